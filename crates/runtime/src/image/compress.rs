//! Compression of archives and layers, told by the first bytes.
//!
//! Media types lie (registries are full of `gzip` layers that are plain tars), so the bytes decide; the digests are checked either way.
//! Invariant: memory for decompression is bounded: 32 KiB for gzip, [`ZSTD_WINDOW_LOG_MAX`] for zstd.

use super::error::ImageError;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Largest window a zstd stream may ask for, as a power of two: 128 MiB, what `zstd` itself reads without `--long=31`.
const ZSTD_WINDOW_LOG_MAX: u32 = 27;

/// Read at a time from a file or socket. Larger steps no longer show in the time to unpack.
const READ_BYTES: usize = 128 * 1024;

/// Enough to see every magic number below; the one of tar stands at byte 257.
const HEAD_BYTES: usize = 512;

/// How a stream is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    /// Not at all.
    Plain,
    /// RFC 1952, any number of members.
    Gzip,
    /// RFC 8878, any number of frames.
    Zstd,
}

/// Tells how a stream that begins with `head` is compressed; `what` names it in the error.
pub(super) fn detect(head: &[u8], what: &str) -> Result<Compression, ImageError> {
    let other = match head {
        [0x1f, 0x8b, ..] => return Ok(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => return Ok(Compression::Zstd),
        // A skippable frame may come first (`pzstd` and zstd:chunked write them).
        [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => return Ok(Compression::Zstd),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => "xz",
        [b'B', b'Z', b'h', ..] => "bzip2",
        [0x04, 0x22, 0x4d, 0x18, ..] => "lz4",
        _ => return Ok(Compression::Plain),
    };
    Err(ImageError::Unsupported {
        what: format!("{other} compression of {what}"),
        instead: "use a plain tar, gzip or zstd".to_owned(),
    })
}

/// Decompresses `source` as its first bytes tell; `what` names it in errors.
pub(super) fn decompress<'a>(
    mut source: impl Read + Send + 'a,
    what: &str,
) -> Result<Box<dyn Read + Send + 'a>, ImageError> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    source
        .by_ref()
        .take(HEAD_BYTES as u64)
        .read_to_end(&mut head)
        .map_err(|error| ImageError::malformed(what, error.to_string()))?;
    let compression = detect(&head, what)?;
    let whole = BufReader::with_capacity(READ_BYTES, Cursor::new(head).chain(source));
    open(compression, whole).map_err(|error| ImageError::malformed(what, error.to_string()))
}

fn open<'a>(
    compression: Compression,
    source: impl BufRead + Send + 'a,
) -> io::Result<Box<dyn Read + Send + 'a>> {
    Ok(match compression {
        Compression::Plain => Box::new(source),
        Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(source)),
        Compression::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(source)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
            Box::new(decoder)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn check(packed: Vec<u8>, wanted: &[u8]) {
        let mut out = Vec::new();
        // One byte at a time: pipes give what they have.
        decompress(Trickle(Cursor::new(packed)), "test").unwrap().read_to_end(&mut out).unwrap();
        assert_eq!(out, wanted);
    }

    struct Trickle<R>(R);
    impl<R: Read> Read for Trickle<R> {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let end = buf.len().min(1);
            self.0.read(&mut buf[..end])
        }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn first_bytes_decide() {
        check(b"plain".to_vec(), b"plain");
        check(Vec::new(), b"");
        check(gzip(b"gzip"), b"gzip");
        check(zstd::encode_all(&b"zstd"[..], 1).unwrap(), b"zstd");
    }

    #[test]
    fn several_members_and_frames_are_one_stream() {
        check([gzip(b"one "), gzip(b"two")].concat(), b"one two");
        let frames =
            [zstd::encode_all(&b"one "[..], 1).unwrap(), zstd::encode_all(&b"two"[..], 1).unwrap()];
        check(frames.concat(), b"one two");
        let skippable = [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, b'h', b'i'];
        check([&skippable[..], &frames[1]].concat(), b"two");
    }

    #[test]
    fn cut_streams_are_errors_not_ends() {
        for packed in [gzip(&[7; 10_000]), zstd::encode_all(&[7; 10_000][..], 1).unwrap()] {
            let cut = packed[..packed.len() - 3].to_vec();
            let mut out = Vec::new();
            assert!(decompress(Cursor::new(cut), "test").unwrap().read_to_end(&mut out).is_err());
        }
    }

    #[test]
    fn other_compressions_are_named() {
        let error = detect(b"\xfd7zXZ\0rest", "layer").unwrap_err().to_string();
        assert_eq!(
            error,
            "xz compression of layer is not supported: use a plain tar, gzip or zstd"
        );
    }
}
