//! Collection of what nothing refers to.
//!
//! Marks from names, pins of containers and leases of work in progress; the rest is moved to the trash at once and removed at leisure. While it marks and
//! moves, nothing can be entered, leased or pinned (`lock`), for some milliseconds; what is being fetched, unpacked or loaded meanwhile is known by the
//! lock its worker holds.
//! Invariants: a layer that a record, a pin or a lease names is never touched; records go before their layers; being killed at any point leaves a state
//! from which the next collection goes on.
//! Not here: which images with names are no longer wanted: that is for who calls [`Images::remove`].

use super::content::ingest_lock;
use super::digest::Digest;
use super::error::ImageError;
use super::home;
use super::layer::layer_lock;
use super::lock;
use super::store::Images;
use fs_err as fs;
use std::collections::BTreeSet;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How long things without an owner are kept, as the next pull may want them.
#[derive(Clone, Copy, Debug)]
pub struct Grace {
    /// The time it is.
    pub now: SystemTime,
    /// Unpacked layers and documents: what a pull that was cut short left.
    pub unreferenced: Duration,
    /// Partial downloads.
    pub partial: Duration,
}

impl Grace {
    /// The usual: an hour for layers, a day for downloads.
    pub fn usual(now: SystemTime) -> Self {
        Self {
            now,
            unreferenced: Duration::from_secs(3600),
            partial: Duration::from_secs(24 * 3600),
        }
    }

    /// None at all.
    pub fn none(now: SystemTime) -> Self {
        Self { now, unreferenced: Duration::ZERO, partial: Duration::ZERO }
    }
}

/// What a collection removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Images that had lost their names.
    pub images: Vec<Digest>,
    /// Unpacked layers, whole ones and beginnings.
    pub layers: usize,
    /// Documents.
    pub blobs: usize,
    /// Downloads and files of archives.
    pub downloads: usize,
    /// Bytes of files other than unpacked layers.
    pub bytes: u64,
}

/// What must stay.
struct Marked {
    images: BTreeSet<Digest>,
    /// Keys of layers in hexadecimal digits.
    layers: BTreeSet<String>,
    /// Digests of documents in hexadecimal digits.
    blobs: BTreeSet<String>,
}

impl Images {
    /// Removes what nothing refers to. Blocks; one collection at a time, others wait.
    pub fn collect(&self, grace: Grace) -> Result<Collected, ImageError> {
        let _one = self.home.lock("gc")?;
        let mut collected = Collected::default();
        {
            let _alone = lock::alone(&self.home.gate())?;
            let marked = self.mark()?;
            self.sweep_records(&marked, &mut collected)?;
            self.sweep_layers(&marked, grace, &mut collected)?;
            self.sweep_blobs(&marked, grace, &mut collected)?;
            self.sweep_downloads(grace, &mut collected)?;
            self.sweep_locks()?;
            // Written with the gate held: whoever wrote these is dead.
            for part in ["images/names", "images/records", "pins"] {
                self.sweep_unfinished(&self.home.path(part))?;
            }
        }
        self.home.empty_trash()?;
        Ok(collected)
    }

    fn mark(&self) -> Result<Marked, ImageError> {
        let leased = lock::leased(&self.home.path("leases"))?;
        let names = self.names()?;
        let pins = self.pins()?;
        let mut marked = Marked { images: BTreeSet::new(), layers: leased, blobs: BTreeSet::new() };
        marked.images.extend(names.iter().map(|name| name.image));
        for pin in pins.values() {
            marked.images.insert(pin.image);
            marked.layers.extend(pin.layers.iter().map(Digest::hex));
        }
        for image in self.records()?.iter().filter(|image| marked.images.contains(&image.id)) {
            marked.layers.extend(image.layers.iter().map(|layer| layer.key.hex()));
            // A layer that was fitted to those below it was made from the one of its diff id, which the next image will want.
            marked.layers.extend(image.layers.iter().map(|layer| layer.diff_id.hex()));
            marked.blobs.insert(image.id.hex());
        }
        marked.blobs.extend(
            names
                .iter()
                .flat_map(|name| [name.digest, name.manifest])
                .flatten()
                .map(|digest| digest.hex()),
        );
        Ok(marked)
    }

    fn sweep_records(&self, marked: &Marked, collected: &mut Collected) -> Result<(), ImageError> {
        for image in self.records()? {
            if !marked.images.contains(&image.id) {
                self.home.discard(&self.home.record(&image.id))?;
                collected.images.push(image.id);
            }
        }
        if collected.images.is_empty() {
            Ok(())
        } else {
            home::sync_directory(&self.home.path("images/records"))
        }
    }

    fn sweep_layers(
        &self,
        marked: &Marked,
        grace: Grace,
        collected: &mut Collected,
    ) -> Result<(), ImageError> {
        for (name, path) in entries(&self.home.path("layers"))? {
            let is_garbage = match name.strip_prefix("tmp-") {
                // Who unpacks holds the layer's lock.
                Some(rest) => {
                    self.is_free(&layer_lock(rest.split('-').next().unwrap_or_default()))?
                }
                None => {
                    !marked.layers.contains(&name)
                        && is_older(&path, grace.now, grace.unreferenced)?
                }
            };
            if is_garbage && self.home.discard(&path)? {
                collected.layers += 1;
            }
        }
        Ok(())
    }

    fn sweep_blobs(
        &self,
        marked: &Marked,
        grace: Grace,
        collected: &mut Collected,
    ) -> Result<(), ImageError> {
        for (name, path) in entries(&self.home.path("content/blobs/sha256"))? {
            if !marked.blobs.contains(&name) && is_older(&path, grace.now, grace.unreferenced)? {
                collected.bytes += length(&path);
                collected.blobs += usize::from(self.home.discard(&path)?);
            }
        }
        Ok(())
    }

    fn sweep_downloads(&self, grace: Grace, collected: &mut Collected) -> Result<(), ImageError> {
        for (name, path) in entries(&self.home.path("content/ingest"))? {
            // Files of an archive are of no use to anyone but their load; half a layer is to the next pull.
            let is_wanted =
                !name.starts_with("load-") && !is_older(&path, grace.now, grace.partial)?;
            if !is_wanted && self.is_free(&ingest_lock(&name))? {
                collected.bytes += length(&path);
                collected.downloads += usize::from(self.home.discard(&path)?);
            }
        }
        Ok(())
    }

    /// Lock files that nobody holds; whoever is about to take one looks whether it is still there.
    fn sweep_locks(&self) -> Result<(), ImageError> {
        for (name, path) in entries(&self.home.path("locks"))? {
            if name != "gc"
                && let Some(_held) = lock::try_alone(&path)?
            {
                home::remove_tree(&path)?;
            }
        }
        Ok(())
    }

    fn sweep_unfinished(&self, directory: &Path) -> Result<(), ImageError> {
        for (name, path) in entries(directory)? {
            if name.starts_with('.') {
                home::remove_tree(&path)?;
            }
        }
        Ok(())
    }

    fn is_free(&self, name: &str) -> Result<bool, ImageError> {
        Ok(lock::try_alone(&self.home.lock_path(name))?.is_some())
    }
}

fn entries(directory: &Path) -> Result<Vec<(String, PathBuf)>, ImageError> {
    let mut all = Vec::new();
    for entry in fs::read_dir(directory).map_err(ImageError::io("read", directory))? {
        let entry = entry.map_err(ImageError::io("read", directory))?;
        all.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    Ok(all)
}

/// True for what has not changed for so long. What is gone meanwhile is not old, and a time in the future is no age.
fn is_older(path: &Path, now: SystemTime, than: Duration) -> Result<bool, ImageError> {
    match fs::symlink_metadata(path).and_then(|found| found.modified()) {
        Ok(changed) => {
            Ok(than.is_zero() || now.duration_since(changed).is_ok_and(|age| age >= than))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(ImageError::io("look at", path)(error)),
    }
}

fn length(path: &Path) -> u64 {
    fs::symlink_metadata(path).map_or(0, |found| found.size())
}
