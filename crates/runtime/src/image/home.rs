//! Where things lie under the image directory, and how a file gets there whole.
//!
//! ```text
//! {root}/format                     `1`
//!       /lock  /locks/  /leases/    see `lock`
//!       /content/blobs/sha256/<hex> manifests, indexes and configurations, by digest
//!       /content/ingest/<hex>       downloads of layers, partial or waiting to be unpacked
//!       /content/ingest/load-<x>/   files of an archive that is being loaded
//!       /layers/<hex>/fs            an unpacked layer; <hex> is its diff id, or its chain id where it depends on those below
//!       /layers/<hex>/layer.json    what is known about it
//!       /layers/tmp-<hex>-<x>/      one being unpacked
//!       /images/records/<hex>.json  an image, by the digest of its configuration
//!       /images/names/<hex>.json    a name of one, by the digest of the name
//!       /containers/<id>/           upper, work and merged of a container's root
//!       /pins/<id>                  the layers that container stands on
//!       /trash/<x>                  moved away to be removed
//! ```
//! Invariant: a file or directory under its final name is complete and on disk; everything else has a name the collector knows.

use super::digest::Digest;
use super::error::ImageError;
use super::lock::{self, FileLock};
use fs_err as fs;
use rustix::fs::{Mode, OFlags};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The format written by this version.
const FORMAT: u32 = 1;

/// The image directory.
#[derive(Clone, Debug)]
pub struct Home {
    root: PathBuf,
}

impl Home {
    /// Opens the directory, or makes it.
    pub fn open(root: &Path) -> Result<Self, ImageError> {
        let home = Self { root: root.to_owned() };
        for part in [
            "locks",
            "leases",
            "content/blobs/sha256",
            "content/ingest",
            "layers",
            "images/records",
            "images/names",
            "containers",
            "pins",
            "trash",
        ] {
            let path = root.join(part);
            fs::create_dir_all(&path).map_err(ImageError::io("make", &path))?;
        }
        // Layers hold setuid files of strangers: nobody but root may walk in.
        let private = Mode::from_raw_mode(0o700);
        rustix::fs::chmod(root, private).map_err(ImageError::io("change the mode of", root))?;
        let format = root.join("format");
        match fs::read_to_string(&format) {
            Ok(found)
                if found.trim().parse().is_ok_and(|found: u32| (1..=FORMAT).contains(&found)) => {}
            Ok(found) => {
                return Err(ImageError::Format {
                    path: root.to_owned(),
                    found: found.trim().to_owned(),
                    newest: FORMAT,
                });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                home.write_durably(&format, format!("{FORMAT}\n").as_bytes())?
            }
            Err(error) => return Err(ImageError::io("read", &format)(error)),
        }
        Ok(home)
    }

    /// The directory itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the directory.
    pub fn path(&self, part: &str) -> PathBuf {
        self.root.join(part)
    }

    /// The lock between everybody and the collector.
    pub fn gate(&self) -> PathBuf {
        self.path("lock")
    }

    /// The lock file of one thing.
    pub fn lock_path(&self, name: &str) -> PathBuf {
        self.path("locks").join(name)
    }

    /// Holds one thing alone; waits for whoever holds it, in whichever process.
    pub fn lock(&self, name: &str) -> Result<FileLock, ImageError> {
        lock::alone(&self.lock_path(name))
    }

    /// A blob's file.
    pub fn blob(&self, digest: &Digest) -> PathBuf {
        self.path("content/blobs/sha256").join(digest.hex())
    }

    /// A download's file.
    pub fn ingest(&self, name: &str) -> PathBuf {
        self.path("content/ingest").join(name)
    }

    /// A layer's directory.
    pub fn layer(&self, key: &Digest) -> PathBuf {
        self.path("layers").join(key.hex())
    }

    /// An image's record.
    pub fn record(&self, id: &Digest) -> PathBuf {
        self.path("images/records").join(format!("{}.json", id.hex()))
    }

    /// A container's directory.
    pub fn container(&self, id: &str) -> PathBuf {
        self.path("containers").join(id)
    }

    /// A container's pin.
    pub fn pin(&self, id: &str) -> PathBuf {
        self.path("pins").join(id)
    }

    /// Puts a whole file under its final name: others see nothing or all of it, also after a power cut.
    pub fn write_durably(&self, path: &Path, bytes: &[u8]) -> Result<(), ImageError> {
        let directory = path.parent().expect("a file under the root has a parent");
        let temporary = directory.join(format!(".{}", lock::unique()));
        let done = write_synced(&temporary, bytes).and_then(|()| {
            fs::rename(&temporary, path).map_err(ImageError::io("rename", &temporary))?;
            sync_directory(directory)
        });
        if done.is_err() {
            // Gone already where the rename succeeded; the collector takes what stays behind.
            let _ = fs::remove_file(&temporary);
        }
        done
    }

    /// Moves a file or directory out of its place at once, to be removed at leisure. False where it was not there.
    pub fn discard(&self, path: &Path) -> Result<bool, ImageError> {
        let trash = self.path("trash").join(lock::unique());
        match fs::rename(path, &trash) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(ImageError::io("move away", path)(error)),
        }
    }

    /// Removes what was moved away, by anyone.
    pub fn empty_trash(&self) -> Result<(), ImageError> {
        let trash = self.path("trash");
        for entry in fs::read_dir(&trash).map_err(ImageError::io("read", &trash))? {
            let path = entry.map_err(ImageError::io("read", &trash))?.path();
            remove_tree(&path)?;
        }
        Ok(())
    }
}

/// Removes a file or a directory with all in it; being gone already, or going while we look, is fine.
pub(super) fn remove_tree(path: &Path) -> Result<(), ImageError> {
    loop {
        let removed = match fs::symlink_metadata(path) {
            Ok(found) if found.is_dir() => fs::remove_dir_all(path),
            Ok(_) => fs::remove_file(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => Err(error),
        };
        match removed {
            Ok(()) => return Ok(()),
            // Somebody else removes it too.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(ImageError::io("remove", path)(error)),
        }
    }
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), ImageError> {
    let mut file = fs::File::create(path).map_err(ImageError::io("make", path))?;
    file.write_all(bytes).map_err(ImageError::io("write", path))?;
    file.sync_all().map_err(ImageError::io("sync", path))
}

/// Makes the names in a directory durable.
pub(super) fn sync_directory(path: &Path) -> Result<(), ImageError> {
    let directory = open_directory(path)?;
    rustix::fs::fsync(directory).map_err(ImageError::io("sync", path))
}

/// Makes everything on the file system that holds `path` durable.
pub(super) fn sync_file_system(path: &Path) -> Result<(), ImageError> {
    let directory = open_directory(path)?;
    rustix::fs::syncfs(directory).map_err(ImageError::io("sync the file system of", path))
}

fn open_directory(path: &Path) -> Result<rustix::fd::OwnedFd, ImageError> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    rustix::fs::open(path, flags, Mode::empty()).map_err(ImageError::io("open", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directory_of_a_newer_version_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        Home::open(dir.path()).unwrap();
        Home::open(dir.path()).unwrap();
        fs::write(dir.path().join("format"), "2\n").unwrap();
        let error = Home::open(dir.path()).unwrap_err().to_string();
        assert!(error.contains("format 2"), "{error}");
    }

    #[test]
    fn discarded_things_are_gone_from_their_place_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path()).unwrap();
        let path = home.path("layers/x");
        fs::create_dir_all(path.join("fs/deep")).unwrap();
        assert!(home.discard(&path).unwrap());
        assert!(!path.exists());
        assert!(!home.discard(&path).unwrap());
        home.empty_trash().unwrap();
        assert_eq!(fs::read_dir(home.path("trash")).unwrap().count(), 0);
    }
}
