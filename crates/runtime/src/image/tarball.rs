//! Reads tar streams: v7, ustar, GNU (long names, sparse files, base-256 numbers), star and pax.
//!
//! What Docker's own writer and reader (Go's `archive/tar`) make of an archive is the measure, since an image must not mean two things to two engines.
//! Invariant: memory is bounded whatever the archive says: headers that describe an entry are limited to [`DESCRIPTION_BYTES_MAX`], contents are never
//! held. Every error names the offset in the stream.
//! Not here: what is done with an entry (`unpack`, `archive`), and how large contents may be (`limit`).
//! Read next: `header` for one 512-byte block, `pax` for extended headers, `sparse` for files with holes.

mod header;
mod pax;
mod sparse;

use header::{BLOCK, Header};
use pax::Extension;
use sparse::Map;
use std::io::{self, BufRead};

/// Most bytes of long names, pax records and sparse maps for one entry. Go's reader has the same limit for each of them; a path is at most 4,096 bytes and
/// all extended attributes of a file at most 64 KiB, so real entries stay far below.
const DESCRIPTION_BYTES_MAX: u64 = 1 << 20;

/// An archive that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TarError {
    /// The stream below failed, or its decompressor did not like what it saw.
    #[error("read the archive at byte {offset}")]
    Read {
        /// Bytes read before.
        offset: u64,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The stream ends in the middle of an entry.
    #[error("the archive is cut off at byte {offset}")]
    CutOff {
        /// Where it ended.
        offset: u64,
    },
    /// The bytes are no tar.
    #[error("damaged archive at byte {offset}: {why}")]
    Damaged {
        /// Where.
        offset: u64,
        /// What is wrong.
        why: String,
    },
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file with contents.
    File,
    /// Another name for an earlier entry.
    HardLink,
    /// A symbolic link.
    Symlink,
    /// A character device.
    CharDevice,
    /// A block device.
    BlockDevice,
    /// A directory.
    Directory,
    /// A named pipe.
    Fifo,
}

/// An instant in a tar header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Moment {
    /// Seconds since 1970, possibly negative.
    pub seconds: i64,
    /// Nanoseconds after that, below 1,000,000,000.
    pub nanos: u32,
}

/// One entry, its extended headers applied.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The name as it stands in the archive: not checked, not normalised.
    pub path: Vec<u8>,
    /// What it is.
    pub kind: Kind,
    /// Target of a link; empty for others.
    pub link: Vec<u8>,
    /// Permission bits, with setuid, setgid and sticky.
    pub mode: u32,
    /// Owner.
    pub uid: u64,
    /// Group.
    pub gid: u64,
    /// When the contents changed last.
    pub mtime: Moment,
    /// Size of the file once laid out, holes included.
    pub size: u64,
    /// Extended attributes, in the order of the archive.
    pub xattrs: Vec<(Vec<u8>, Vec<u8>)>,
    /// Major and minor number of a device.
    pub device: (u32, u32),
}

/// Takes the contents of a file, in order.
pub(super) trait Sink {
    /// The next bytes.
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// The next `length` bytes are zero and need not be stored.
    fn hole(&mut self, length: u64) -> io::Result<()>;
}

/// Why contents did not arrive: the archive, or the one who took them.
#[derive(Debug)]
pub(super) enum CopyError {
    /// The archive.
    Tar(TarError),
    /// The sink.
    Sink(io::Error),
}

/// A tar stream, read entry by entry.
pub(super) struct Tarball<R> {
    reader: R,
    offset: u64,
    /// Bytes of the current entry's contents that are still in the stream.
    stored: u64,
    /// Bytes that fill up its last block.
    padding: u64,
    sparse: Option<Map>,
    has_ended: bool,
}

impl<R: BufRead> Tarball<R> {
    /// Begins to read.
    pub(super) fn new(reader: R) -> Self {
        Self { reader, offset: 0, stored: 0, padding: 0, sparse: None, has_ended: false }
    }

    /// The next entry, or none at the end. What was not copied of the last one is skipped.
    pub(super) fn next_entry(&mut self) -> Result<Option<Entry>, TarError> {
        if self.has_ended {
            return Ok(None);
        }
        let mut extension = Extension::default();
        loop {
            self.skip_rest()?;
            let Some(header) = self.header()? else {
                self.has_ended = true;
                return match extension.is_empty() {
                    true => Ok(None),
                    false => Err(self.damaged("an extended header is not followed by its entry")),
                };
            };
            match header.kind {
                b'x' => {
                    let text = self.description(header.size)?;
                    extension.read_pax(&text).map_err(|why| self.damaged(why))?;
                }
                // Global headers are skipped, as Docker does: writers put comments there, and a name for every entry makes no sense.
                b'g' => drop(self.description(header.size)?),
                b'L' => extension.long_path = Some(until_nul(self.description(header.size)?)),
                b'K' => extension.long_link = Some(until_nul(self.description(header.size)?)),
                _ => return self.entry(header, extension).map(Some),
            }
        }
    }

    /// Copies the current entry's contents, holes told apart.
    pub(super) fn copy_contents(&mut self, sink: &mut impl Sink) -> Result<(), CopyError> {
        match self.sparse.take() {
            None => self.copy_stored(self.stored, sink),
            Some(map) => {
                let mut position = 0;
                for (offset, length) in map.data {
                    if offset > position {
                        sink.hole(offset - position).map_err(CopyError::Sink)?;
                    }
                    self.copy_stored(length, sink)?;
                    position = offset + length;
                }
                match map.size - position {
                    0 => Ok(()),
                    rest => sink.hole(rest).map_err(CopyError::Sink),
                }
            }
        }
    }

    /// The stream, to ask how far it is.
    pub(super) fn reader(&self) -> &R {
        &self.reader
    }

    /// Gives the stream back, for reading on to its very end.
    pub(super) fn into_reader(self) -> R {
        self.reader
    }

    fn copy_stored(&mut self, mut length: u64, sink: &mut impl Sink) -> Result<(), CopyError> {
        while length > 0 {
            let offset = self.offset;
            let piece = self
                .reader
                .fill_buf()
                .map_err(|source| CopyError::Tar(TarError::Read { offset, source }))?;
            if piece.is_empty() {
                return Err(CopyError::Tar(TarError::CutOff { offset }));
            }
            let taken = piece.len().min(usize::try_from(length).unwrap_or(usize::MAX));
            sink.bytes(&piece[..taken]).map_err(CopyError::Sink)?;
            self.reader.consume(taken);
            self.offset += taken as u64;
            self.stored -= taken as u64;
            length -= taken as u64;
        }
        Ok(())
    }

    fn skip_rest(&mut self) -> Result<(), TarError> {
        let mut length = self.stored + self.padding;
        while length > 0 {
            let offset = self.offset;
            let piece =
                self.reader.fill_buf().map_err(|source| TarError::Read { offset, source })?;
            if piece.is_empty() {
                // Some writers leave out the padding of the last entry.
                return if length <= self.padding {
                    self.forget()
                } else {
                    Err(TarError::CutOff { offset })
                };
            }
            let taken = piece.len().min(usize::try_from(length).unwrap_or(usize::MAX));
            self.reader.consume(taken);
            self.offset += taken as u64;
            length -= taken as u64;
        }
        self.forget()
    }

    fn forget(&mut self) -> Result<(), TarError> {
        (self.stored, self.padding, self.sparse) = (0, 0, None);
        Ok(())
    }

    /// A whole block, or none where the stream ends before it.
    fn block(&mut self) -> Result<Option<[u8; BLOCK]>, TarError> {
        let mut block = [0; BLOCK];
        let mut filled = 0;
        while filled < BLOCK {
            let offset = self.offset;
            match self.reader.read(&mut block[filled..]) {
                Ok(0) if filled == 0 => return Ok(None),
                Ok(0) => return Err(TarError::CutOff { offset }),
                Ok(read) => {
                    filled += read;
                    self.offset += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(TarError::Read { offset, source }),
            }
        }
        Ok(Some(block))
    }

    /// The next header; none at the end mark (two blocks of zeros) or where the stream ends between entries.
    fn header(&mut self) -> Result<Option<Header>, TarError> {
        let Some(block) = self.block()? else { return Ok(None) };
        if block == [0; BLOCK] {
            return match self.block()? {
                None => Ok(None),
                Some(second) if second == [0; BLOCK] => Ok(None),
                // What follows a single block of zeros exists for some readers only.
                Some(_) => Err(self.damaged("an entry follows a single block of zeros")),
            };
        }
        Header::read(&block).map(Some).map_err(|why| self.damaged(why))
    }

    /// Contents that describe the next entry, held in memory.
    fn description(&mut self, size: u64) -> Result<Vec<u8>, TarError> {
        if size > DESCRIPTION_BYTES_MAX {
            return Err(self.damaged(format!(
                "an extended header of {size} bytes, at most {DESCRIPTION_BYTES_MAX} are read"
            )));
        }
        let mut text = Vec::new();
        (self.stored, self.padding) = (size, padding(size));
        match self.copy_stored(size, &mut Collect(&mut text)) {
            Ok(()) => Ok(text),
            Err(CopyError::Tar(error)) => Err(error),
            Err(CopyError::Sink(source)) => Err(TarError::Read { offset: self.offset, source }),
        }
    }

    fn entry(&mut self, header: Header, extension: Extension) -> Result<Entry, TarError> {
        let kind = match header.kind {
            // Before POSIX there was no type for directories: a slash at the end was it.
            0 | b'0' if header.is_v7 && header.path.ends_with(b"/") => Kind::Directory,
            0 | b'0' | b'7' | b'S' => Kind::File,
            b'1' => Kind::HardLink,
            b'2' => Kind::Symlink,
            b'3' => Kind::CharDevice,
            b'4' => Kind::BlockDevice,
            b'5' => Kind::Directory,
            b'6' => Kind::Fifo,
            other => {
                return Err(self.damaged(format!(
                    "entries of type `{}` are not known",
                    char::from(other).escape_default()
                )));
            }
        };
        // Only files have contents, whatever the size says; Go's reader does the same.
        let stored = if kind == Kind::File { extension.size.unwrap_or(header.size) } else { 0 };
        if i64::try_from(stored).is_err() {
            return Err(self.damaged("a file larger than any file system takes"));
        }
        (self.stored, self.padding) = (stored, padding(stored));
        if kind == Kind::File {
            self.sparse = self.sparse_map(&header, &extension)?;
        }
        Ok(Entry {
            path: extension.path.or(extension.long_path).unwrap_or(header.path),
            kind,
            link: extension.link.or(extension.long_link).unwrap_or(header.link),
            mode: header.mode & 0o7777,
            uid: extension.uid.unwrap_or(header.uid),
            gid: extension.gid.unwrap_or(header.gid),
            mtime: extension.mtime.unwrap_or(header.mtime),
            size: self.sparse.as_ref().map_or(stored, |map| map.size),
            xattrs: extension.xattrs,
            device: header.device,
        })
    }

    /// The map of a sparse file, in any of its four encodings, checked against what is stored.
    fn sparse_map(
        &mut self,
        header: &Header,
        extension: &Extension,
    ) -> Result<Option<Map>, TarError> {
        let map = if header.kind == b'S' {
            let mut reader = header.sparse().map_err(|why| self.damaged(why))?;
            while reader.is_continued() {
                let Some(block) = self.block()? else {
                    return Err(TarError::CutOff { offset: self.offset });
                };
                reader.read_block(&block).map_err(|why| self.damaged(why))?;
            }
            reader.finish()
        } else if extension.has_sparse_map_in_contents() {
            let mut reader = sparse::Lines::default();
            while !reader.is_complete() {
                let Some(left) = self.stored.checked_sub(BLOCK as u64) else {
                    return Err(self.damaged("a sparse map longer than its file"));
                };
                let Some(block) = self.block()? else {
                    return Err(TarError::CutOff { offset: self.offset });
                };
                self.stored = left;
                reader.read_block(&block).map_err(|why| self.damaged(why))?;
            }
            let size = extension
                .sparse_size
                .ok_or_else(|| self.damaged("a sparse file without its size"))?;
            reader.finish(size)
        } else if let Some(data) = extension.sparse_data().map_err(|why| self.damaged(why))? {
            let size = extension
                .sparse_size
                .ok_or_else(|| self.damaged("a sparse file without its size"))?;
            Map { data, size }
        } else {
            return Ok(None);
        };
        map.check(self.stored).map_err(|why| self.damaged(why))?;
        Ok(Some(map))
    }

    fn damaged(&self, why: impl Into<String>) -> TarError {
        TarError::Damaged { offset: self.offset, why: why.into() }
    }
}

struct Collect<'a>(&'a mut Vec<u8>);

impl Sink for Collect<'_> {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
    fn hole(&mut self, length: u64) -> io::Result<()> {
        // Descriptions are never sparse; were one, its zeros would count against the limit like bytes.
        let length = usize::try_from(length).map_err(io::Error::other)?;
        self.0.resize(self.0.len() + length, 0);
        Ok(())
    }
}

fn padding(size: u64) -> u64 {
    size.next_multiple_of(BLOCK as u64) - size
}

fn until_nul(mut text: Vec<u8>) -> Vec<u8> {
    if let Some(end) = text.iter().position(|b| *b == 0) {
        text.truncate(end);
    }
    text
}

#[cfg(test)]
mod tests;
