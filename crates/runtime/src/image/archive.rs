//! Loads images from archives: what `docker save` writes (the old layout and the one with an OCI layout inside) and OCI image layouts in a tar.
//!
//! The archive is read once from beginning to end, as it may come through a pipe; its description may stand last. Large files go to a directory of their
//! own beside the downloads, small ones stay in memory; when all is read, the images are put together and their layers unpacked.
//! Invariants: an image is entered only when every digest in it was right; files that do not belong to it are dropped; nothing stays after an error.
//! Not here: compression of the outer archive is `compress`'s matter, names inside layers `unpack`'s.

mod plan;

use super::compress;
use super::digest::{Digest, Hasher};
use super::error::ImageError;
use super::home;
use super::layer::Layers;
use super::limit::{Counted, Limits, Measured};
use super::lock::{self, Lease};
use super::manifest::ConfigDocument;
use super::progress::{LayerPhase, Progress, ProgressSink};
use super::reference::Reference;
use super::rooted;
use super::store::{Image, Images, Name};
use super::tarball::{CopyError, Entry, Kind, Sink, Tarball};
use fs_err as fs;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Files up to this size stay in memory: configurations, manifests, and the small layers of small images.
const SMALL_BYTES_MAX: u64 = 1 << 20;

/// Most bytes of small files together; later ones go to disk.
const SMALL_BYTES_TOTAL_MAX: u64 = 64 << 20;

/// Threads that unpack. Each keeps one processor busy with decompression; beyond four the disk is the limit.
const WORKERS_MAX: usize = 4;

/// A file of an archive.
#[derive(Clone, Debug)]
enum Stored {
    Memory(Arc<[u8]>),
    Disk { path: PathBuf, bytes: u64 },
    Link(String),
}

/// One image of an archive, its files found.
#[derive(Debug)]
struct Planned {
    config: Arc<[u8]>,
    layers: Vec<Stored>,
    names: Vec<Reference>,
    /// The manifest, where the archive has one.
    manifest: Option<Arc<[u8]>>,
}

impl Images {
    /// Loads every image of an archive for this host's platform, and gives them the names the archive has for them.
    ///
    /// Blocks until all is on disk. Two loads of the same layers, in whichever processes, unpack them once.
    pub fn load(
        &self,
        reader: impl Read + Send,
        progress: &ProgressSink,
    ) -> Result<Vec<Image>, ImageError> {
        let scratch = Scratch::new(self)?;
        let files = read_files(reader, scratch.path.clone(), progress)?;
        let planned = files.plan(&self.platform)?;
        if planned.is_empty() {
            return Err(ImageError::malformed("the archive", "it holds no images"));
        }
        planned.into_iter().map(|planned| self.install(planned, progress)).collect()
    }

    fn install(&self, planned: Planned, progress: &ProgressSink) -> Result<Image, ImageError> {
        let what = planned.names.first().map_or_else(
            || "an image of the archive".to_owned(),
            |name| format!("image `{}`", name.familiar()),
        );
        let document = ConfigDocument::read(
            &planned.config,
            planned.layers.len(),
            &format!("configuration of {what}"),
        )?;
        let diff_ids = document.rootfs.diff_ids.clone();
        let lease = Lease::new(&self.home.path("leases"), &self.home.gate())?;
        lease.protect(
            diff_ids.iter().map(Digest::hex).collect::<Vec<_>>().iter().map(String::as_str),
        )?;
        let work: Vec<(Digest, &Stored)> = diff_ids.iter().copied().zip(&planned.layers).collect();
        unpack_all(&self.layers, &work, progress)?;
        let id = Digest::of(&planned.config);
        let manifest = planned.manifest.as_ref().map(|bytes| Digest::of(bytes));
        let layers = self.stack(&diff_ids, &lease)?;
        let image = Image::new(id, document.platform, document.created, document.config, layers);
        let names: Vec<Name> = planned
            .names
            .into_iter()
            .map(|reference| Name { reference, image: id, digest: None, manifest })
            .collect();
        let documents: Vec<&[u8]> = [&planned.config]
            .into_iter()
            .chain(&planned.manifest)
            .map(|bytes| &bytes[..])
            .collect();
        self.enter(&image, &names, &documents)?;
        progress.tell(Progress::Done { image: id });
        Ok(image)
    }
}

/// A directory for the large files of one archive; it goes with the load, or with the next collection.
struct Scratch {
    path: PathBuf,
    _lock: lock::FileLock,
}

impl Scratch {
    fn new(images: &Images) -> Result<Self, ImageError> {
        let name = format!("load-{}", lock::unique());
        let lock = images.home.lock(&super::content::ingest_lock(&name))?;
        let path = images.home.ingest(&name);
        fs::create_dir(&path).map_err(ImageError::io("make", &path))?;
        Ok(Self { path, _lock: lock })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = home::remove_tree(&self.path) {
            tracing::warn!(path = %self.path.display(), %error, "the files of an archive stay until the next collection");
        }
    }
}

/// Unpacks what is missing, several layers at once. The first error ends it.
fn unpack_all(
    layers: &Layers,
    work: &[(Digest, &Stored)],
    progress: &ProgressSink,
) -> Result<(), ImageError> {
    let next = AtomicUsize::new(0);
    let worker = || -> Result<(), ImageError> {
        while let Some((diff_id, stored)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
            let _lock = layers.lock(diff_id)?;
            if layers.facts(diff_id)?.is_some() {
                progress.layer(*diff_id, LayerPhase::Present);
                continue;
            }
            let done = stored
                .open()
                .and_then(|(reader, bytes)| layers.unpack(*diff_id, reader, bytes, progress));
            if done.is_err() {
                next.store(work.len(), Ordering::Relaxed);
            }
            done?;
            progress.layer(*diff_id, LayerPhase::Unpacked);
        }
        Ok(())
    };
    let workers = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(WORKERS_MAX)
        .min(work.len());
    if workers <= 1 {
        return worker();
    }
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
        running.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or(Err(ImageError::Cut { act: "unpacking" }))
        })
    })
}

impl Stored {
    fn open(&self) -> Result<(Box<dyn Read + Send + '_>, u64), ImageError> {
        match self {
            Self::Memory(bytes) => Ok((Box::new(&bytes[..]), bytes.len() as u64)),
            Self::Disk { path, bytes } => {
                Ok((Box::new(fs::File::open(path).map_err(ImageError::io("open", path))?), *bytes))
            }
            Self::Link(_) => unreachable!("links are resolved when they are looked up"),
        }
    }
}

/// The files of an archive, by their normalised names.
#[derive(Default)]
struct Files {
    files: BTreeMap<String, Stored>,
}

fn read_files(
    reader: impl Read + Send,
    scratch: PathBuf,
    progress: &ProgressSink,
) -> Result<Files, ImageError> {
    let limits = Limits::of_archives();
    let count = Arc::new(AtomicU64::new(0));
    let stream = compress::decompress(Counted::new(reader, Arc::clone(&count)), "the archive")?;
    let mut tarball = Tarball::new(Measured::unhashed(stream, count, limits));
    let mut files = Files::default();
    let (mut entries, mut in_memory) = (0, 0);
    while let Some(entry) = tarball.next_entry().map_err(broken)? {
        entries += 1;
        if entries > limits.entries_max {
            return Err(ImageError::malformed(
                "the archive",
                format!("it has more than {} files", limits.entries_max),
            ));
        }
        let shown = entry.path.escape_ascii().to_string();
        let name = normal(&entry.path, b"").ok_or_else(|| {
            ImageError::malformed("the archive", format!("it has a file named `{shown}`"))
        })?;
        let stored = match entry.kind {
            Kind::Directory => continue,
            Kind::File => {
                let is_small = entry.size <= SMALL_BYTES_MAX
                    && in_memory + entry.size <= SMALL_BYTES_TOTAL_MAX;
                in_memory += if is_small { entry.size } else { 0 };
                let path = (!is_small).then(|| scratch.join(files.files.len().to_string()));
                let stored = store(&mut tarball, &name, &entry, path)?;
                progress.tell(Progress::Reading { bytes: tarball.reader().position() });
                stored
            }
            Kind::Symlink => match normal(&entry.link, parent(&name).as_bytes()) {
                Some(target) => Stored::Link(target),
                None => {
                    return Err(ImageError::malformed(
                        "the archive",
                        format!("`{shown}` is a link out of it"),
                    ));
                }
            },
            Kind::HardLink => match normal(&entry.link, b"") {
                Some(target) => Stored::Link(target),
                None => {
                    return Err(ImageError::malformed(
                        "the archive",
                        format!("`{shown}` is a link out of it"),
                    ));
                }
            },
            Kind::CharDevice | Kind::BlockDevice | Kind::Fifo => {
                return Err(ImageError::malformed(
                    "the archive",
                    format!("`{shown}` is no file: archives of images hold files only"),
                ));
            }
        };
        files.files.insert(name, stored);
    }
    if files.files.is_empty() {
        return Err(ImageError::malformed("the archive", "it is empty or no tar archive"));
    }
    Ok(files)
}

/// Keeps one file. Where its name is a digest, its bytes must have it.
fn store(
    tarball: &mut Tarball<impl BufRead>,
    name: &str,
    entry: &Entry,
    path: Option<PathBuf>,
) -> Result<Stored, ImageError> {
    let wanted = name.strip_prefix("blobs/sha256/").map(|hex| {
        Digest::from_hex(hex).ok_or_else(|| {
            ImageError::malformed("the archive", format!("`{name}` is not named by a digest"))
        })
    });
    let wanted = wanted.transpose()?;
    let (target, shown) = match &path {
        Some(path) => (
            Target::Disk(fs::File::create(path).map_err(ImageError::io("make", path))?),
            path.clone(),
        ),
        None => (
            Target::Memory(Vec::with_capacity(usize::try_from(entry.size).expect("small"))),
            PathBuf::from(name),
        ),
    };
    let mut sink = Storing { target, hasher: wanted.map(|_| Hasher::new()), bytes: 0 };
    tarball.copy_contents(&mut sink).map_err(|error| match error {
        CopyError::Tar(error) => broken(error),
        CopyError::Sink(source) => ImageError::io("write", &shown)(source),
    })?;
    if let (Some(wanted), Some(hasher)) = (wanted, sink.hasher) {
        let actual = hasher.finish();
        if actual != wanted {
            return Err(ImageError::DigestMismatch {
                what: format!("`{name}` of the archive"),
                wanted,
                actual,
            });
        }
    }
    Ok(match (sink.target, path) {
        (Target::Disk(_), Some(path)) => Stored::Disk { path, bytes: sink.bytes },
        (Target::Memory(bytes), _) => Stored::Memory(bytes.into()),
        (Target::Disk(_), None) => unreachable!("a file on disk has a path"),
    })
}

enum Target {
    Memory(Vec<u8>),
    Disk(fs::File),
}

struct Storing {
    target: Target,
    hasher: Option<Hasher>,
    bytes: u64,
}

impl Sink for Storing {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(hasher) = &mut self.hasher {
            hasher.update(bytes);
        }
        self.bytes += bytes.len() as u64;
        match &mut self.target {
            Target::Memory(all) => all.extend_from_slice(bytes),
            Target::Disk(file) => file.write_all(bytes)?,
        }
        Ok(())
    }

    fn hole(&mut self, _: u64) -> io::Result<()> {
        Err(io::Error::other("a sparse file, which no writer of images makes"))
    }
}

/// A name inside the archive, links resolved by their text alone; none where it leads out.
fn normal(path: &[u8], base: &[u8]) -> Option<String> {
    let base = if path.starts_with(b"/") { b"" } else { base };
    let mut parts: Vec<&[u8]> = rooted::components(base).ok()?;
    for part in path.split(|b| *b == b'/').filter(|part| !part.is_empty() && *part != b".") {
        match part {
            b".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    String::from_utf8(parts.join(&b'/'))
        .ok()
        .filter(|name| !name.is_empty() || path.is_empty() || path == b"./" || path == b".")
}

fn parent(name: &str) -> &str {
    Path::new(name).parent().and_then(Path::to_str).unwrap_or("")
}

fn broken(error: super::tarball::TarError) -> ImageError {
    use std::error::Error as _;
    let why = match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    ImageError::malformed("the archive", why)
}
