//! Content by digest: small documents for good, downloads of layers until they are unpacked.
//!
//! Invariants: a file under `blobs/` has the digest of its name and is on disk. A download is hashed while it is written, can be taken up again where it
//! stopped, and is used only after its whole digest was right; when that digest is wrong or the disk is full, nothing of it stays.
//! A layer's download does not become a blob: it is removed once the layer is unpacked, so that an image lies on disk once, as with Docker.
//! Not here: who fetches (`pull`), what unreferenced things cost (`gc`).

use super::digest::{Digest, Hasher};
use super::error::{self, ImageError};
use super::home::Home;
use super::lock::FileLock;
use fs_err as fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Largest manifest, index or configuration. The distribution protocol wants registries to take manifests of 4 MiB; configurations grow with history.
pub const DOCUMENT_BYTES_MAX: u64 = 8 << 20;

/// Content under an image directory.
#[derive(Clone, Debug)]
pub struct Content {
    home: Home,
}

impl Content {
    /// The content of this directory.
    pub fn new(home: Home) -> Self {
        Self { home }
    }

    /// Keeps a document. It is on disk when this returns.
    pub fn put(&self, bytes: &[u8]) -> Result<Digest, ImageError> {
        let digest = Digest::of(bytes);
        let path = self.home.blob(&digest);
        if !path.exists() {
            self.home.write_durably(&path, bytes)?;
        }
        Ok(digest)
    }

    /// A document, or none. A damaged one is removed and none: it can be fetched again.
    pub fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>, ImageError> {
        let path = self.home.blob(digest);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(ImageError::io("read", &path)(error)),
        };
        if Digest::of(&bytes) == *digest {
            return Ok(Some(bytes));
        }
        tracing::warn!(%digest, "damaged blob removed");
        self.home.discard(&path)?;
        Ok(None)
    }

    /// Begins or takes up a download, alone among all processes: waits while another one fetches the same.
    pub fn ingest(&self, digest: Digest) -> Result<Ingest, ImageError> {
        let name = digest.hex();
        let lock = self.home.lock(&ingest_lock(&name))?;
        let path = self.home.ingest(&name);
        let mut options = fs::OpenOptions::new();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(ImageError::io("open", &path))?;
        let mut hasher = Hasher::new();
        let mut written = 0;
        let mut buffer = vec![0; 256 * 1024];
        loop {
            match file.read(&mut buffer).map_err(ImageError::io("read", &path))? {
                0 => break,
                read => {
                    hasher.update(&buffer[..read]);
                    written += read as u64;
                }
            }
        }
        Ok(Ingest { file, path, hasher, written, resumed: written, wanted: digest, _lock: lock })
    }
}

/// The name of the lock on a download.
pub fn ingest_lock(name: &str) -> String {
    format!("ingest-{name}")
}

/// A download.
#[derive(Debug)]
pub struct Ingest {
    file: fs::File,
    path: PathBuf,
    hasher: Hasher,
    written: u64,
    resumed: u64,
    wanted: Digest,
    _lock: FileLock,
}

impl Ingest {
    /// Bytes that are here: where to go on.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Bytes that were here when this began. After a power cut they may be other than what was written: if the digest is wrong, begin again.
    pub fn resumed(&self) -> u64 {
        self.resumed
    }

    /// Where the bytes lie.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The next bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), ImageError> {
        self.hasher.update(bytes);
        if let Err(source) = self.file.write_all(bytes) {
            if error::is_full(&source) {
                // The room is worth more than the chance to go on.
                let _ = fs::remove_file(&self.path);
            }
            return Err(ImageError::io("write", &self.path)(source));
        }
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// Forgets all bytes.
    pub fn restart(&mut self) -> Result<(), ImageError> {
        self.file.set_len(0).map_err(ImageError::io("cut", &self.path))?;
        io::Seek::rewind(&mut self.file).map_err(ImageError::io("rewind", &self.path))?;
        (self.hasher, self.written, self.resumed) = (Hasher::new(), 0, 0);
        Ok(())
    }

    /// Ends the download: the digest must be the wanted one, else the bytes are removed and `what` is named in the error.
    pub fn verify(self, what: &str) -> Result<Verified, ImageError> {
        let actual = self.hasher.finish();
        if actual != self.wanted {
            fs::remove_file(&self.path).map_err(ImageError::io("remove", &self.path))?;
            return Err(ImageError::DigestMismatch {
                what: what.to_owned(),
                wanted: self.wanted,
                actual,
            });
        }
        Ok(Verified { path: self.path, bytes: self.written, _lock: self._lock })
    }
}

/// A whole download with the right digest, held alone until it is dropped.
#[derive(Debug)]
pub struct Verified {
    path: PathBuf,
    bytes: u64,
    _lock: FileLock,
}

impl Verified {
    /// Its length.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads it.
    pub fn open(&self) -> Result<fs::File, ImageError> {
        fs::File::open(&self.path).map_err(ImageError::io("open", &self.path))
    }

    /// Removes it: its layer is unpacked.
    pub fn remove(self) -> Result<(), ImageError> {
        fs::remove_file(&self.path).map_err(ImageError::io("remove", &self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(dir: &Path) -> Content {
        Content::new(Home::open(dir).unwrap())
    }

    #[test]
    fn download_goes_on_where_it_stopped() {
        let dir = tempfile::tempdir().unwrap();
        let content = content(dir.path());
        let digest = Digest::of(b"hello world");
        let mut first = content.ingest(digest).unwrap();
        first.write(b"hello").unwrap();
        drop(first);
        let mut second = content.ingest(digest).unwrap();
        assert_eq!((second.written(), second.resumed()), (5, 5));
        second.write(b" world").unwrap();
        let verified = second.verify("test").unwrap();
        assert_eq!(io::read_to_string(verified.open().unwrap()).unwrap(), "hello world");
        verified.remove().unwrap();
        assert_eq!(fs::read_dir(dir.path().join("content/ingest")).unwrap().count(), 0);
    }

    #[test]
    fn wrong_bytes_leave_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let content = content(dir.path());
        let mut ingest = content.ingest(Digest::of(b"right")).unwrap();
        ingest.write(b"wrong").unwrap();
        let error = ingest.verify("layer of `x`").unwrap_err();
        assert!(matches!(error, ImageError::DigestMismatch { .. }), "{error}");
        assert_eq!(fs::read_dir(dir.path().join("content/ingest")).unwrap().count(), 0);
    }

    #[test]
    fn damaged_resumed_bytes_can_be_begun_again() {
        let dir = tempfile::tempdir().unwrap();
        let content = content(dir.path());
        let digest = Digest::of(b"right");
        fs::write(dir.path().join("content/ingest").join(digest.hex()), "\0\0\0").unwrap();
        let mut ingest = content.ingest(digest).unwrap();
        assert_eq!(ingest.resumed(), 3);
        ingest.restart().unwrap();
        ingest.write(b"right").unwrap();
        assert_eq!(ingest.verify("test").unwrap().bytes(), 5);
    }

    #[test]
    fn damaged_document_is_none_and_gone() {
        let dir = tempfile::tempdir().unwrap();
        let content = content(dir.path());
        let digest = content.put(b"{}").unwrap();
        assert_eq!(content.get(&digest).unwrap().as_deref(), Some(&b"{}"[..]));
        fs::write(content.home.blob(&digest), "{").unwrap();
        assert_eq!(content.get(&digest).unwrap(), None);
        assert!(!content.home.blob(&digest).exists());
        content.put(b"{}").unwrap();
        assert!(content.get(&digest).unwrap().is_some());
    }
}
