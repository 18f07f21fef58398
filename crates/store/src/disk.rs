//! The few things the engine asks of a disk.
//!
//! Invariant of every implementation: what was written before a successful `sync` of its file is there after a crash, what was not
//! may be there in any part; a new name or a new place of a name is there after a successful `sync_names`.
//! There are two: a directory of the host, and the one of the tests, which fails and loses power on command.

use fs_err as fs;
use std::{
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

/// The files of one directory, by name.
pub trait Disk: Send + Sync + 'static {
    /// Makes an empty file, in place of the one that may be there.
    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>>;
    /// Opens a file to write it.
    fn open(&self, name: &str) -> io::Result<Box<dyn DiskFile>>;
    /// A file's whole content.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;
    /// The names of all files, in any order.
    fn list(&self) -> io::Result<Vec<String>>;
    /// Gives a file another name, in place of the one that may have it.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, name: &str) -> io::Result<()>;
    /// Makes the names of all files durable.
    fn sync_names(&self) -> io::Result<()>;
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

/// A directory of the host. Its errors name the path.
pub(crate) struct HostDisk {
    dir: PathBuf,
    /// Open from the beginning, so that a process that has no file to spare can still sync it.
    handle: fs::File,
}

impl HostDisk {
    pub(crate) fn new(dir: &Path) -> io::Result<Self> {
        Ok(Self { dir: dir.to_owned(), handle: fs::File::open(dir)? })
    }
}

impl Disk for HostDisk {
    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(HostFile(fs::File::create(self.dir.join(name))?)))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(HostFile(fs::OpenOptions::new().write(true).open(self.dir.join(name))?)))
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.dir.join(name))
    }

    fn list(&self) -> io::Result<Vec<String>> {
        let name = |entry: fs::DirEntry| entry.file_name().into_string().ok();
        fs::read_dir(&self.dir)?.filter_map(|entry| entry.map(name).transpose()).collect()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.dir.join(from), self.dir.join(to))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.dir.join(name))
    }

    fn sync_names(&self) -> io::Result<()> {
        self.handle.sync_all()
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
