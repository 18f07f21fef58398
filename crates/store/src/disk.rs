//! The few things the engine asks of a disk.
//!
//! Invariant of every implementation: what was written before a successful `sync` of its file is there after a crash, what was not
//! may be there in any part; a new name or a new place of a name is there after a successful `sync_dir`.
//! There are two: [`HostDisk`], and the one of the tests, which fails and loses power on command.

use fs_err as fs;
use std::{
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

/// Files in directories.
pub trait Disk: Send + Sync + 'static {
    /// Makes an empty file, in place of the one that may be there.
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// Opens a file to write it.
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// A file's whole content.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The names in a directory, in any order.
    fn list(&self, dir: &Path) -> io::Result<Vec<String>>;
    /// Gives a file another name in its directory, in place of the one that may have it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes the names in a directory durable.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;
}

/// A file that is open for writing.
pub trait DiskFile: Send {
    /// Writes all of `bytes` at `offset`. After an error any part of it may be written.
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()>;
    /// Cuts the file off or fills it up with zeros.
    fn set_len(&mut self, len: u64) -> io::Result<()>;
    /// Makes content and length durable.
    fn sync(&mut self) -> io::Result<()>;
}

/// The host's file system. Its errors name the path.
#[derive(Clone, Copy, Debug, Default)]
pub struct HostDisk;

impl Disk for HostDisk {
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(HostFile(fs::File::create(path)?)))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(HostFile(fs::OpenOptions::new().write(true).open(path)?)))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        let name = |entry: fs::DirEntry| entry.file_name().into_string().ok();
        fs::read_dir(dir)?.filter_map(|entry| entry.map(name).transpose()).collect()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        fs::File::open(dir)?.sync_all()
    }
}

struct HostFile(fs::File);

impl DiskFile for HostFile {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.0.file().write_all_at(bytes, offset).map_err(|source| with_path(source, self.0.path()))
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }
}

/// Names the path, keeping the kind, by which a full disk is known.
fn with_path(source: io::Error, path: &Path) -> io::Error {
    io::Error::new(source.kind(), NamedError { path: path.to_owned(), source })
}

#[derive(Debug, thiserror::Error)]
#[error("write `{path}`")]
struct NamedError {
    path: PathBuf,
    #[source]
    source: io::Error,
}

/// Whether an error means that there is no room, which may change, and not that the disk is broken.
pub(crate) fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    )
}
