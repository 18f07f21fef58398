//! Pulls: from a reference to an image that is here.
//!
//! The name is resolved to a digest, the digest to the manifest of this platform, that to a configuration and layers; what is here already is not fetched.
//! Layers travel and are unpacked side by side, each once whoever wants it.
//! Invariants: an image is entered only when all of it is here and every digest was right; dropping the future stops the pull, keeps what came for the
//! next one, and leaves no image.
//! Not here: HTTP (`registry`), unpacking (`layer`).

use super::content::Verified;
use super::digest::Digest;
use super::error::ImageError;
use super::layer::LayerFacts;
use super::lock::{FileLock, Lease};
use super::manifest::{ConfigDocument, Document, Manifest};
use super::progress::{LayerPhase, Progress, ProgressSink};
use super::reference::Reference;
use super::registry::auth::Credentials;
use super::registry::blob::Wanted;
use super::registry::endpoint::RegistryOptions;
use super::registry::{Registries, Repository};
use super::store::{Image, Images, Name};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, Weak};
use tokio::sync::{OwnedMutexGuard, Semaphore};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Layers that travel at once, over all pulls. One connection seldom fills a line; more than a few only share it.
const DOWNLOADS_MAX: usize = 6;

/// Layers that are unpacked at once, over all pulls. Each keeps a processor busy.
const UNPACKS_MAX: usize = 4;

/// Layers that are in work or wait for another process, over all pulls: each may hold a thread.
const LAYERS_AT_ONCE_MAX: usize = 32;

/// When a registry is asked. The names are those of the agent's `ECS_IMAGE_PULL_BEHAVIOR`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PullPolicy {
    /// Ask; where that does not succeed, take what is here.
    #[default]
    Default,
    /// Ask, and fail where that does not succeed.
    Always,
    /// Take what is here, else ask.
    Once,
    /// Take what is here, else ask.
    PreferCached,
}

/// What all pulls of a process share.
#[derive(Debug)]
pub(super) struct Pulls {
    options: RegistryOptions,
    /// Made at the first pull: certificates are read then.
    registries: Mutex<Option<Arc<Registries>>>,
    flights: Mutex<BTreeMap<Digest, Weak<tokio::sync::Mutex<()>>>>,
    at_once: Arc<Semaphore>,
    downloads: Arc<Semaphore>,
    unpacks: Arc<Semaphore>,
}

impl Pulls {
    pub(super) fn new(options: RegistryOptions) -> Self {
        let unpacks = std::thread::available_parallelism().map_or(1, usize::from).min(UNPACKS_MAX);
        Self {
            options,
            registries: Mutex::default(),
            flights: Mutex::default(),
            at_once: Arc::new(Semaphore::new(LAYERS_AT_ONCE_MAX)),
            downloads: Arc::new(Semaphore::new(DOWNLOADS_MAX)),
            unpacks: Arc::new(Semaphore::new(unpacks)),
        }
    }

    fn registries(&self) -> Result<Arc<Registries>, ImageError> {
        let mut made = self.registries.lock().expect("nothing panics while it is held");
        if let Some(registries) = made.as_ref() {
            return Ok(Arc::clone(registries));
        }
        let registries = Arc::new(Registries::new(self.options.clone())?);
        *made = Some(Arc::clone(&registries));
        Ok(registries)
    }

    /// Waits until nobody else in this process works on a layer. Waiting on its file lock alone would cost a thread for each who waits.
    async fn flight(&self, layer: Digest) -> OwnedMutexGuard<()> {
        let flight = {
            let mut flights = self.flights.lock().expect("nothing panics while it is held");
            flights.retain(|_, flight| flight.strong_count() > 0);
            match flights.get(&layer).and_then(Weak::upgrade) {
                Some(flight) => flight,
                None => {
                    let flight = Arc::default();
                    flights.insert(layer, Arc::downgrade(&flight));
                    flight
                }
            }
        };
        flight.lock_owned().await
    }
}

/// What a name means, all documents here.
struct Resolved {
    /// Of the manifest, or of the index it was chosen from.
    digest: Digest,
    /// Of the manifest.
    manifest_digest: Digest,
    manifest: Manifest,
    /// Index, manifest and configuration, to be kept.
    documents: Vec<Bytes>,
    id: Digest,
    config: ConfigDocument,
}

impl Images {
    /// Brings an image here, as `policy` says, and gives it its name.
    ///
    /// Cancel-safe: dropping the future leaves no image; what came stays for the next pull.
    pub async fn pull(
        &self,
        reference: &Reference,
        credentials: Option<Credentials>,
        policy: PullPolicy,
        progress: &ProgressSink,
    ) -> Result<Image, ImageError> {
        if matches!(policy, PullPolicy::Once | PullPolicy::PreferCached)
            && let Some(image) = self.resolved(reference).await?
        {
            progress.tell(Progress::Done { image: image.id });
            return Ok(image);
        }
        match (self.pull_now(reference, credentials, progress).await, policy) {
            (Err(error), PullPolicy::Default) => match self.resolved(reference).await? {
                Some(image) => {
                    tracing::warn!(image = %reference, reason = error.reason(), "pull did not succeed; the image that is here is used");
                    progress.tell(Progress::Done { image: image.id });
                    Ok(image)
                }
                None => Err(error),
            },
            (done, _) => done,
        }
    }

    async fn resolved(&self, reference: &Reference) -> Result<Option<Image>, ImageError> {
        let (images, reference) = (self.clone(), reference.clone());
        blocking("looking an image up", move || images.resolve(&reference)).await
    }

    async fn pull_now(
        &self,
        reference: &Reference,
        credentials: Option<Credentials>,
        progress: &ProgressSink,
    ) -> Result<Image, ImageError> {
        let repository =
            Arc::new(self.pulls.registries()?.repository(reference, credentials.as_ref()));
        let resolving = self.resolve_remotely(reference, &repository).await;
        let resolved = match resolving {
            // The agent resolves tags only; a digest is what it is, and a failure to get it is one of the pull.
            Err(error) if reference.digest().is_none() => {
                return Err(ImageError::Manifest {
                    image: reference.familiar(),
                    source: Box::new(error),
                });
            }
            other => other?,
        };
        let bytes = resolved.manifest.layers.iter().map(|layer| layer.size).sum();
        progress.tell(Progress::Resolved {
            digest: resolved.digest,
            layers: resolved.manifest.layers.len(),
            bytes,
        });
        let images = self.clone();
        let diff_ids = resolved.config.rootfs.diff_ids.clone();
        let lease = blocking("taking a lease", move || {
            let lease = Lease::new(&images.home.path("leases"), &images.home.gate())?;
            lease.protect(
                diff_ids.iter().map(Digest::hex).collect::<Vec<_>>().iter().map(String::as_str),
            )?;
            Ok(lease)
        })
        .await?;
        self.fetch_layers(&resolved, &repository, progress).await?;
        let (images, reference) = (self.clone(), reference.clone());
        let image = blocking("entering an image", move || {
            images.enter_pulled(&reference, resolved, &lease)
        })
        .await?;
        progress.tell(Progress::Done { image: image.id });
        Ok(image)
    }

    /// From a name to the documents of this platform's image. What is here is not fetched again; the registry is asked in any case.
    async fn resolve_remotely(
        &self,
        reference: &Reference,
        repository: &Repository,
    ) -> Result<Resolved, ImageError> {
        let target = reference.target();
        // A request for the head alone is not counted by registries that ration pulls.
        let known = match repository.head(&target).await {
            Ok(digest) => digest,
            Err(error @ ImageError::Transport { .. }) => return Err(error),
            // The answer to a request for the whole says more, or the registry does not know heads.
            Err(_) => None,
        };
        let known = match known {
            Some(digest) if reference.digest().is_none_or(|wanted| wanted == digest) => {
                self.kept(digest).await?.map(|bytes| (digest, bytes))
            }
            _ => None,
        };
        let (digest, bytes) = match known {
            Some(known) => known,
            None => repository.manifest(&target).await?,
        };
        let what = format!("manifest of `{}`", repository.image());
        let mut documents = vec![bytes.clone()];
        let (manifest_digest, manifest) = match Document::read(&bytes, &what)? {
            Document::Manifest(manifest) => (digest, manifest),
            Document::Index(index) => {
                let chosen = index.choose(&self.platform, repository.image())?;
                let bytes = match self.kept(chosen.digest).await? {
                    Some(bytes) => bytes,
                    None => repository.manifest(&chosen.digest.to_string()).await?.1,
                };
                documents.push(bytes.clone());
                match Document::read(&bytes, &what)? {
                    Document::Manifest(manifest) => (chosen.digest, manifest),
                    Document::Index(_) => {
                        return Err(ImageError::malformed(
                            what,
                            "an index points to another index",
                        ));
                    }
                }
            }
        };
        let id = manifest.config.digest;
        let config = match self.kept(id).await? {
            Some(bytes) => bytes,
            None => repository.blob_document(id, manifest.config.size).await?,
        };
        documents.push(config.clone());
        let config = ConfigDocument::read(
            &config,
            manifest.layers.len(),
            &format!("configuration of `{}`", repository.image()),
        )?;
        Ok(Resolved { digest, manifest_digest, manifest, documents, id, config })
    }

    async fn kept(&self, digest: Digest) -> Result<Option<Bytes>, ImageError> {
        let content = self.content.clone();
        blocking("reading a document", move || Ok(content.get(&digest)?.map(Bytes::from))).await
    }

    /// All layers, side by side. The first error stops the others, and is told when they have stopped.
    async fn fetch_layers(
        &self,
        resolved: &Resolved,
        repository: &Arc<Repository>,
        progress: &ProgressSink,
    ) -> Result<(), ImageError> {
        // A layer that stands twice is fetched once.
        let layers: BTreeMap<Digest, Wanted> = resolved
            .config
            .rootfs
            .diff_ids
            .iter()
            .zip(&resolved.manifest.layers)
            .map(|(diff_id, packed)| {
                (*diff_id, Wanted { digest: packed.digest, size: packed.size, layer: *diff_id })
            })
            .collect();
        let stop = CancellationToken::new();
        // When this future is dropped, work on blocking threads cannot be awaited; it is told to end.
        let _told_to_stop = stop.clone().drop_guard();
        let mut running = JoinSet::new();
        for wanted in layers.into_values() {
            let (images, repository) = (self.clone(), Arc::clone(repository));
            let way = Way { progress: progress.clone(), stop: stop.clone() };
            running.spawn(async move { images.fetch_layer(wanted, &repository, &way).await });
        }
        let mut first = Ok(());
        while let Some(done) = running.join_next().await {
            let done = done.unwrap_or(Err(ImageError::Cut { act: "fetching a layer" }));
            if first.is_ok() && done.is_err() {
                stop.cancel();
                first = done;
            }
        }
        first
    }

    async fn fetch_layer(
        &self,
        wanted: Wanted,
        repository: &Repository,
        way: &Way,
    ) -> Result<(), ImageError> {
        let (pulls, layer) = (&self.pulls, wanted.layer);
        let _at_once = way.unless_stopped(pulls.at_once.acquire()).await?.expect("never closed");
        let _flight = way.unless_stopped(pulls.flight(layer)).await?;
        let layers = self.layers.clone();
        let held = blocking("waiting for a layer", move || {
            let lock = layers.lock(&layer)?;
            Ok(layers.facts(&layer)?.is_none().then_some(lock))
        });
        let Some(lock) = way.unless_stopped(held).await?? else {
            way.progress.layer(layer, LayerPhase::Present);
            return Ok(());
        };
        let verified = {
            let _travelling =
                way.unless_stopped(pulls.downloads.acquire()).await?.expect("never closed");
            self.download(wanted, repository, way).await?
        };
        let _unpacking = way.unless_stopped(pulls.unpacks.acquire()).await?.expect("never closed");
        self.unpack(layer, verified, lock, way).await?;
        way.progress.layer(layer, LayerPhase::Unpacked);
        Ok(())
    }

    async fn download(
        &self,
        wanted: Wanted,
        repository: &Repository,
        way: &Way,
    ) -> Result<Verified, ImageError> {
        loop {
            let content = self.content.clone();
            let ingest =
                blocking("opening a download", move || content.ingest(wanted.digest)).await?;
            let resumed = ingest.resumed();
            match repository.download(wanted, ingest, way).await {
                // After a power cut, bytes of the earlier download may never have reached the disk.
                Err(ImageError::DigestMismatch { .. }) if resumed > 0 => {
                    tracing::info!(layer = %wanted.layer, resumed, "an earlier download was damaged and begins again");
                }
                done => return done,
            }
        }
    }

    async fn unpack(
        &self,
        layer: Digest,
        verified: Verified,
        lock: FileLock,
        way: &Way,
    ) -> Result<LayerFacts, ImageError> {
        let (layers, way) = (self.layers.clone(), way.clone());
        blocking("unpacking a layer", move || {
            let packed = Stoppable { inner: verified.open()?, stop: way.stop.clone() };
            let facts = layers.unpack(layer, packed, verified.bytes(), &way.progress);
            // Also after an error: bytes with the right digest will not unpack better next time, and on a full disk their room is worth more.
            if facts.is_ok() || !way.stop.is_cancelled() {
                verified.remove()?;
            }
            drop(lock);
            facts
        })
        .await
    }

    fn enter_pulled(
        &self,
        reference: &Reference,
        resolved: Resolved,
        lease: &Lease,
    ) -> Result<Image, ImageError> {
        let Resolved { digest, manifest_digest, id, config, documents, .. } = resolved;
        let layers = self.stack(&config.rootfs.diff_ids, lease)?;
        let mut image = Image::new(id, config.platform, config.created, config.config, layers);
        image.digest = Some(digest);
        let name = |reference: Reference| Name {
            reference,
            image: id,
            digest: Some(digest),
            manifest: Some(manifest_digest),
        };
        let mut names = vec![name(reference.with_digest(digest))];
        // With both, the digest decided; what the tag means was not asked.
        if reference.digest().is_none() {
            names.push(name(reference.clone()));
        }
        let documents: Vec<&[u8]> = documents.iter().map(|bytes| &bytes[..]).collect();
        self.enter(&image, &names, &documents)?;
        Ok(image)
    }
}

/// What the work on one image's layers has in common.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) progress: ProgressSink,
    /// Set by the first error, and when nobody waits any more: what is here stays for the next pull.
    pub(super) stop: CancellationToken,
}

impl Way {
    /// Waits for `work`, which is dropped when all is to stop.
    pub(super) async fn unless_stopped<T>(
        &self,
        work: impl Future<Output = T>,
    ) -> Result<T, ImageError> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(ImageError::Cut { act: "fetching a layer" }),
            done = work => Ok(done),
        }
    }
}

/// Ends a stream when all is to stop.
struct Stoppable<R> {
    inner: R,
    stop: CancellationToken,
}

impl<R: Read> Read for Stoppable<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_cancelled() {
            return Err(io::Error::other("the pull was stopped"));
        }
        self.inner.read(buf)
    }
}

/// Runs what blocks off the async threads.
async fn blocking<T: Send + 'static>(
    act: &'static str,
    work: impl FnOnce() -> Result<T, ImageError> + Send + 'static,
) -> Result<T, ImageError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ImageError::Cut { act })?
}
