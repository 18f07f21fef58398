//! Locks between processes, and leases that keep work in progress from being collected.
//!
//! `longshore image load` may run beside an agent, so nothing here may rest on memory. `flock` locks end with their process, however it dies.
//! * `{root}/lock`: shared while something is entered (a lease, a pin, a record) or looked up to be used; alone while the collector marks and moves away.
//!   Held for milliseconds, never while waiting for a network or unpacking.
//! * `{root}/locks/<name>`: alone while one blob is fetched or one layer is unpacked, so that it is done once.
//! * `{root}/leases/<name>`: a file its owner keeps locked, listing what the owner is about to use. A lease nobody holds is a dead process's.
//!
//! Order: a name's lock, then `{root}/lock`; never the other way round.

use super::error::ImageError;
use fs_err as fs;
use rustix::fs::{FlockOperation, Mode, OFlags};
use rustix::io::Errno;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A lock that is held.
#[derive(Debug)]
pub struct FileLock {
    _file: File,
}

/// Waits until nobody holds the lock alone.
pub(super) fn shared(path: &Path) -> Result<FileLock, ImageError> {
    loop {
        if let Some(lock) = acquire(path, FlockOperation::LockShared)? {
            return Ok(lock);
        }
    }
}

/// Waits until nobody else holds the lock at all.
pub(super) fn alone(path: &Path) -> Result<FileLock, ImageError> {
    loop {
        if let Some(lock) = acquire(path, FlockOperation::LockExclusive)? {
            return Ok(lock);
        }
    }
}

/// The lock alone, or none where somebody holds it.
pub(super) fn try_alone(path: &Path) -> Result<Option<FileLock>, ImageError> {
    acquire(path, FlockOperation::NonBlockingLockExclusive)
}

/// None where the lock is held by others, or where its file was replaced while we waited.
fn acquire(path: &Path, operation: FlockOperation) -> Result<Option<FileLock>, ImageError> {
    let file = open(path)?;
    match flock(&file, operation) {
        Ok(()) => {}
        Err(Errno::WOULDBLOCK) => return Ok(None),
        Err(error) => return Err(ImageError::io("lock", path)(error)),
    }
    let held = file.metadata().map_err(ImageError::io("look at", path))?;
    // The collector removes lock files that nobody holds: a lock on a removed file excludes nobody.
    match std::fs::symlink_metadata(path) {
        Ok(named) if named.ino() == held.ino() && named.dev() == held.dev() => {
            Ok(Some(FileLock { _file: file }))
        }
        _ => Ok(None),
    }
}

fn open(path: &Path) -> Result<File, ImageError> {
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::CLOEXEC;
    rustix::fs::open(path, flags, Mode::from_raw_mode(0o600))
        .map(File::from)
        .map_err(ImageError::io("open lock", path))
}

fn flock(file: &File, operation: FlockOperation) -> rustix::io::Result<()> {
    loop {
        match rustix::fs::flock(file, operation) {
            Err(Errno::INTR) => {}
            done => return done,
        }
    }
}

/// Keeps what it lists from the collector for as long as it lives.
#[derive(Debug)]
pub(super) struct Lease {
    file: File,
    path: PathBuf,
    /// `{root}/lock`.
    gate: PathBuf,
}

impl Lease {
    /// A new lease under `leases`.
    pub(super) fn new(leases: &Path, gate: &Path) -> Result<Self, ImageError> {
        let _entering = shared(gate)?;
        let path = leases.join(unique());
        let file = open(&path)?;
        flock(&file, FlockOperation::LockExclusive).map_err(ImageError::io("lock", &path))?;
        Ok(Self { file, path, gate: gate.to_owned() })
    }

    /// Lists more names. When this returns, the collector has either removed such a thing before, or will not.
    pub(super) fn protect<'a>(
        &self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), ImageError> {
        let _entering = shared(&self.gate)?;
        let text: String = names.into_iter().flat_map(|name| [name, "\n"]).collect();
        (&self.file).write_all(text.as_bytes()).map_err(ImageError::io("write", &self.path))
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // Left behind, it would be cleared by the collector.
        let _ = fs::remove_file(&self.path);
    }
}

/// What living leases list. Dead ones are removed. To be called with `{root}/lock` held alone.
pub(super) fn leased(leases: &Path) -> Result<BTreeSet<String>, ImageError> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(leases).map_err(ImageError::io("read", leases))? {
        let path = entry.map_err(ImageError::io("read", leases))?.path();
        if try_alone(&path)?.is_some() {
            fs::remove_file(&path).map_err(ImageError::io("remove", &path))?;
            continue;
        }
        // Its owner may end just now.
        let text = fs::read_to_string(&path).unwrap_or_default();
        names.extend(text.lines().map(str::to_owned));
    }
    Ok(names)
}

/// A name no other file has: 128 random bits.
pub(super) fn unique() -> String {
    let mut bytes = [0u8; 16];
    let mut filled = 0;
    while filled < bytes.len() {
        match rustix::rand::getrandom(&mut bytes[filled..], rustix::rand::GetRandomFlags::empty()) {
            Ok(more) => filled += more,
            Err(Errno::INTR) => {}
            Err(error) => panic!("the kernel gives no random bytes: {error}"),
        }
    }
    data_encoding::HEXLOWER.encode(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_held_alone_excludes_and_ends_with_its_holder() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let held = alone(&path).unwrap();
        assert!(try_alone(&path).unwrap().is_none());
        drop(held);
        assert!(try_alone(&path).unwrap().is_some());
    }

    #[test]
    fn lock_on_a_removed_file_is_not_taken_for_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let old = open(&path).unwrap();
        fs::remove_file(&path).unwrap();
        flock(&old, FlockOperation::LockExclusive).unwrap();
        assert!(try_alone(&path).unwrap().is_some(), "the name is free");
    }

    #[test]
    fn leases_list_while_they_live() {
        let dir = tempfile::tempdir().unwrap();
        let (leases, gate) = (dir.path().join("leases"), dir.path().join("lock"));
        fs::create_dir(&leases).unwrap();
        let lease = Lease::new(&leases, &gate).unwrap();
        lease.protect(["a", "b"]).unwrap();
        lease.protect(["c"]).unwrap();
        assert_eq!(leased(&leases).unwrap().into_iter().collect::<Vec<_>>(), ["a", "b", "c"]);
        // A process that was killed leaves the file and not the lock.
        fs::write(leases.join("dead"), "d\n").unwrap();
        drop(lease);
        assert!(leased(&leases).unwrap().is_empty());
        assert_eq!(fs::read_dir(&leases).unwrap().count(), 0);
    }
}
