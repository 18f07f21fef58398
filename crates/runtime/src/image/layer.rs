//! Unpacked layers, each once on this host.
//!
//! Invariants: `{root}/layers/<key>` exists only whole: its stream had the diff id the image promised, and it is on disk. Who unpacks holds the layer's lock,
//! so two pulls, two loads or two processes do it once.
//! Not here: where the bytes come from (`pull`, `archive`), what overlayfs needs (`unpack`, `rootfs`).

use super::compress;
use super::digest::Digest;
use super::error::ImageError;
use super::home::{self, Home};
use super::limit::{Counted, Limits};
use super::lock::{self, FileLock};
use super::progress::{LayerPhase, ProgressSink};
use super::rooted::Implied;
use super::unpack::{self, UnpackError, Unpacked};
use data_encoding::BASE64;
use fs_err as fs;
use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Packed bytes between two events of progress.
const PROGRESS_BYTES: u64 = 4 << 20;

/// What is known about an unpacked layer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct LayerFacts {
    /// Digest of its unpacked stream.
    pub diff_id: Digest,
    /// Sum of the sizes of its files.
    pub bytes: u64,
    /// Number of its entries.
    pub entries: u64,
    /// Base64 of the paths of directories that its archive does not have (see `fit`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    implied: Vec<String>,
}

impl LayerFacts {
    /// Facts of a layer that was just laid out.
    fn new(unpacked: &Unpacked) -> Self {
        let implied = unpacked
            .implied
            .iter()
            .map(|path| BASE64.encode(path.as_os_str().as_bytes()))
            .collect();
        Self {
            diff_id: unpacked.diff_id,
            bytes: unpacked.bytes,
            entries: unpacked.entries,
            implied,
        }
    }

    /// Directories that the archive does not have.
    pub(super) fn implied(&self) -> Implied {
        let decode = |text: &String| BASE64.decode(text.as_bytes()).ok();
        self.implied
            .iter()
            .filter_map(decode)
            .map(|bytes| PathBuf::from(OsStr::from_bytes(&bytes)))
            .collect()
    }
}

/// The layers under an image directory.
#[derive(Clone, Debug)]
pub(super) struct Layers {
    home: Home,
    limits: Limits,
}

impl Layers {
    /// The layers of this directory.
    pub(super) fn new(home: Home, limits: Limits) -> Self {
        Self { home, limits }
    }

    /// The directory for overlayfs.
    pub(super) fn directory(&self, key: &Digest) -> PathBuf {
        self.home.layer(key).join("fs")
    }

    /// What is known about a layer, or none where it is not here.
    pub(super) fn facts(&self, key: &Digest) -> Result<Option<LayerFacts>, ImageError> {
        let path = self.home.layer(key).join("layer.json");
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|source| ImageError::Json { what: path.display().to_string(), source }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ImageError::io("read", &path)(error)),
        }
    }

    /// Waits until nobody else unpacks this layer.
    pub(super) fn lock(&self, key: &Digest) -> Result<FileLock, ImageError> {
        self.home.lock(&layer_lock(&key.hex()))
    }

    /// Lays out a layer from its packed stream of `total` bytes. To be called with its lock held; what is half done after an error is removed.
    pub(super) fn unpack(
        &self,
        diff_id: Digest,
        packed: impl Read + Send,
        total: u64,
        progress: &ProgressSink,
    ) -> Result<LayerFacts, ImageError> {
        self.publish(diff_id, |tree| {
            let count = Arc::new(AtomicU64::new(0));
            let watched = Watched {
                inner: Counted::new(packed, Arc::clone(&count)),
                layer: diff_id,
                done: 0,
                told: 0,
                total,
                progress,
            };
            let what = format!("layer {diff_id}");
            let stream = compress::decompress(watched, &what)?;
            let unpacked =
                unpack::unpack(stream, count, tree, self.limits).map_err(|source| match source
                    .is_full()
                {
                    true => ImageError::Full { path: tree.to_owned() },
                    false => ImageError::Unpack { layer: diff_id, source },
                })?;
            if unpacked.diff_id != diff_id {
                let source = UnpackError::DiffId { wanted: diff_id, actual: unpacked.diff_id };
                return Err(ImageError::Unpack { layer: diff_id, source });
            }
            Ok(LayerFacts::new(&unpacked))
        })
    }

    /// Makes a layer's directory aside with `fill`, and gives it its name once it is whole and on disk.
    pub(super) fn publish(
        &self,
        key: Digest,
        fill: impl FnOnce(&Path) -> Result<LayerFacts, ImageError>,
    ) -> Result<LayerFacts, ImageError> {
        let aside = self.home.path("layers").join(format!("tmp-{}-{}", key.hex(), lock::unique()));
        let done = self.fill_and_name(&key, &aside, fill);
        if done.is_err() {
            // The error that is on its way says more than a second one; the collector clears what stays.
            let _ = home::remove_tree(&aside);
        }
        done
    }

    fn fill_and_name(
        &self,
        key: &Digest,
        aside: &Path,
        fill: impl FnOnce(&Path) -> Result<LayerFacts, ImageError>,
    ) -> Result<LayerFacts, ImageError> {
        let tree = aside.join("fs");
        fs::create_dir_all(&tree).map_err(ImageError::io("make", &tree))?;
        rustix::fs::chmod(&tree, rustix::fs::Mode::from_raw_mode(0o755))
            .map_err(ImageError::io("change the mode of", &tree))?;
        let facts = fill(&tree)?;
        let text = serde_json::to_vec(&facts).expect("facts are plain data");
        let path = aside.join("layer.json");
        fs::write(&path, text).map_err(ImageError::io("write", &path))?;
        // One sync for all files of the layer: a sync for each would cost a disk write apiece.
        home::sync_file_system(aside)?;
        fs::rename(aside, self.home.layer(key)).map_err(ImageError::io("rename", aside))?;
        home::sync_directory(&self.home.path("layers"))?;
        Ok(facts)
    }
}

/// The name of the lock on a layer.
pub(super) fn layer_lock(key: &str) -> String {
    format!("layer-{key}")
}

/// Tells progress while a packed stream is read.
struct Watched<'a, R> {
    inner: R,
    layer: Digest,
    done: u64,
    told: u64,
    total: u64,
    progress: &'a ProgressSink,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        self.done += read as u64;
        if self.done - self.told >= PROGRESS_BYTES {
            self.told = self.done;
            self.progress
                .layer(self.layer, LayerPhase::Unpacking { done: self.done, total: self.total });
        }
        Ok(read)
    }
}
