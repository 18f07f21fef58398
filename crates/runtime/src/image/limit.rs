//! How much an archive may ask of this host, and the reader that holds it to that.
//!
//! A few kilobytes can unpack to terabytes. The bytes of a layer are therefore counted on both sides of the decompressor while they pass, and the layer is
//! refused when it crosses a limit, before more is written.
//! Invariant: [`Measured`] hashes exactly the bytes it hands out.

use super::digest::{Digest, Hasher};
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Handed to the archive reader at a time; large enough that hashing and system calls run in long steps.
const CHUNK_BYTES: usize = 256 * 1024;

/// What one layer may be. The defaults are far above real images and far below what fills a host.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the unpacked stream, and of all files together with their holes.
    /// 100 GiB: the largest layers in public use hold models of some 60 GB.
    pub bytes_max: u64,
    /// Unpacked bytes for each packed one, once `ratio_free_bytes` are exceeded.
    /// 200: program code packs to a third; only runs of one byte pack a thousandfold.
    pub ratio_max: u64,
    /// Unpacked bytes before the ratio counts: 1 GiB of zeros, a fresh disk image, is nothing bad.
    pub ratio_free_bytes: u64,
    /// Files, directories and links. 2,000,000: the largest public images hold about half a million; each costs an inode and some memory here.
    pub entries_max: u64,
}

impl Limits {
    /// What an archive of whole images may be: ten layers of the largest kind, and as many files as 2,000 images of 500 layers have.
    pub fn of_archives() -> Self {
        Self { bytes_max: 1 << 40, entries_max: 1_000_000, ..Self::default() }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes_max: 100 << 30,
            ratio_max: 200,
            ratio_free_bytes: 1 << 30,
            entries_max: 2_000_000,
        }
    }
}

/// A stream that went beyond its limits. Carried inside an [`io::Error`] through decompressors and readers.
#[derive(Debug, thiserror::Error)]
pub enum Excess {
    /// More than [`Limits::bytes_max`].
    #[error("it unpacks to more than {max} bytes")]
    Bytes {
        /// The limit.
        max: u64,
    },
    /// More than [`Limits::ratio_max`].
    #[error("it unpacks to more than {max} times its size ({packed} bytes): a zip bomb")]
    Ratio {
        /// The limit.
        max: u64,
        /// Packed bytes so far.
        packed: u64,
    },
}

/// Counts what passes.
pub struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Counted<R> {
    /// Counts into `count`.
    pub fn new(inner: R, count: Arc<AtomicU64>) -> Self {
        Self { inner, count }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Hashes and limits an unpacked stream.
pub struct Measured<R> {
    inner: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    hasher: Option<Hasher>,
    unpacked: u64,
    packed: Arc<AtomicU64>,
    limits: Limits,
}

impl<R: Read> Measured<R> {
    /// `packed` counts the bytes that went into the decompressor.
    pub fn new(inner: R, packed: Arc<AtomicU64>, limits: Limits) -> Self {
        Self { hasher: Some(Hasher::new()), ..Self::unhashed(inner, packed, limits) }
    }

    /// Counts and limits only.
    pub fn unhashed(inner: R, packed: Arc<AtomicU64>, limits: Limits) -> Self {
        let buffer = vec![0; CHUNK_BYTES].into_boxed_slice();
        Self { inner, buffer, start: 0, end: 0, hasher: None, unpacked: 0, packed, limits }
    }

    /// Unpacked bytes so far.
    pub fn position(&self) -> u64 {
        self.unpacked
    }

    /// Reads on to the very end and tells the digest and the length of the whole stream.
    pub fn finish(mut self) -> io::Result<(Digest, u64)> {
        loop {
            let length = self.fill_buf()?.len();
            if length == 0 {
                let hasher =
                    self.hasher.take().expect("asked for a digest of a stream that was not hashed");
                return Ok((hasher.finish(), self.unpacked));
            }
            self.consume(length);
        }
    }

    fn check(&self) -> Result<(), Excess> {
        if self.unpacked > self.limits.bytes_max {
            return Err(Excess::Bytes { max: self.limits.bytes_max });
        }
        let packed = self.packed.load(Ordering::Relaxed);
        if self.unpacked > self.limits.ratio_free_bytes
            && self.unpacked / self.limits.ratio_max > packed
        {
            return Err(Excess::Ratio { max: self.limits.ratio_max, packed });
        }
        Ok(())
    }
}

impl<R: Read> BufRead for Measured<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            let read = loop {
                match self.inner.read(&mut self.buffer) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    done => break done?,
                }
            };
            if let Some(hasher) = &mut self.hasher {
                hasher.update(&self.buffer[..read]);
            }
            self.unpacked += read as u64;
            (self.start, self.end) = (0, read);
            self.check().map_err(io::Error::other)?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, length: usize) {
        self.start += length;
        assert!(self.start <= self.end, "no more can be consumed than was shown");
    }
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let shown = self.fill_buf()?;
        let length = shown.len().min(buf.len());
        buf[..length].copy_from_slice(&shown[..length]);
        self.consume(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(length: u64, packed: u64, limits: Limits) -> io::Result<(Digest, u64)> {
        Measured::new(io::repeat(0).take(length), Arc::new(AtomicU64::new(packed)), limits).finish()
    }

    #[test]
    fn whole_stream_is_hashed() {
        let (digest, length) = measured(1_000_000, 1_000_000, Limits::default()).unwrap();
        assert_eq!((digest, length), (Digest::of(&vec![0; 1_000_000]), 1_000_000));
    }

    #[test]
    fn more_bytes_than_allowed_are_refused() {
        let limits = Limits { bytes_max: 1000, ..Limits::default() };
        assert!(measured(1000, 1000, limits).is_ok());
        assert_eq!(
            measured(1001, 1001, limits).unwrap_err().to_string(),
            "it unpacks to more than 1000 bytes"
        );
    }

    #[test]
    fn ratio_counts_only_beyond_its_free_bytes() {
        let limits = Limits { ratio_free_bytes: 1 << 20, ratio_max: 100, ..Limits::default() };
        assert!(measured(1 << 20, 10, limits).is_ok());
        let error = measured(2 << 20, 10, limits).unwrap_err().to_string();
        assert!(error.contains("zip bomb"), "{error}");
        assert!(measured(2 << 20, 1 << 20, limits).is_ok());
    }
}
