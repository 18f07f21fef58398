//! A registry, an empty image directory, and what is asked of them in most tests of pulls.

use super::registry::{Asked, Registry};
use super::{Made, Tar};
use fs_err as fs;
use runtime::image::digest::Digest;
use runtime::image::error::ImageError;
use runtime::image::progress::{LayerPhase, Progress, ProgressSink};
use runtime::image::pull::PullPolicy;
use runtime::image::reference::Reference;
use runtime::image::registry::auth::Credentials;
use runtime::image::registry::endpoint::{Patience, RegistryOptions};
use runtime::image::store::{Image, ImageOptions, Images};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Bytes that do not pack.
pub(crate) fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..length).map(|_| next()).collect()
}

pub(crate) fn image() -> Made {
    let lower = Tar::new().dir("bin").program("bin/x", &noise(300_000, 1)).finish();
    let upper = Tar::new().file("y", &noise(200_000, 2)).finish();
    Made::new("web:1", vec![lower, upper])
}

pub(crate) struct Bench {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) images: Images,
    pub(crate) registry: Registry,
    pub(crate) events: Arc<Mutex<Vec<Progress>>>,
}

pub(crate) fn patience() -> Patience {
    let ms = Duration::from_millis;
    Patience {
        connect: ms(2000),
        answer: ms(2000),
        idle: ms(2000),
        tries: 4,
        first_wait: ms(1),
        wait_max: ms(20),
    }
}

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::with(RegistryOptions { patience: patience(), ..RegistryOptions::default() }).await
    }

    pub(crate) async fn with(registries: RegistryOptions) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let images =
            Images::open_with(dir.path(), ImageOptions { registries, ..ImageOptions::default() })
                .unwrap();
        Self { dir, images, registry: Registry::start().await, events: Arc::default() }
    }

    pub(crate) fn reference(&self, rest: &str) -> Reference {
        Reference::parse(&format!("{}/{rest}", self.registry.host)).unwrap()
    }

    pub(crate) async fn pull_as(
        &self,
        rest: &str,
        credentials: Option<Credentials>,
        policy: PullPolicy,
    ) -> Result<Image, ImageError> {
        let events = Arc::clone(&self.events);
        let progress = ProgressSink::new(move |event| events.lock().unwrap().push(event));
        let (images, reference) = (self.images.clone(), self.reference(rest));
        // As the agent does it: on a task of its own, so that it has to be `Send`.
        let mut running = tokio::task::JoinSet::new();
        running.spawn(async move { images.pull(&reference, credentials, policy, &progress).await });
        running.join_next().await.unwrap().unwrap()
    }

    pub(crate) async fn pull(&self, rest: &str) -> Result<Image, ImageError> {
        self.pull_as(rest, None, PullPolicy::Always).await
    }

    pub(crate) fn retries(&self) -> usize {
        let is_retry = |event: &&Progress| {
            matches!(event, Progress::Layer { phase: LayerPhase::Retrying { .. }, .. })
        };
        self.events.lock().unwrap().iter().filter(is_retry).count()
    }

    pub(crate) fn assert_has(&self, made: &Made, image: &Image) {
        assert_eq!(image.id, made.id());
        for (layer, wanted) in image.layers.iter().zip(made.diff_ids()) {
            assert_eq!(layer.diff_id, wanted);
            assert!(self.dir.path().join("layers").join(layer.key.hex()).join("fs").is_dir());
        }
        self.assert_nothing_on_the_way();
    }

    pub(crate) fn assert_nothing_on_the_way(&self) {
        assert_eq!(names(&self.dir.path().join("content/ingest")), Vec::<String>::new());
        assert_eq!(names(&self.dir.path().join("leases")), Vec::<String>::new());
        assert!(
            !names(&self.dir.path().join("layers")).iter().any(|name| name.starts_with("tmp-"))
        );
    }

    pub(crate) fn assert_no_image(&self) {
        assert!(self.images.list().unwrap().is_empty());
        self.assert_nothing_on_the_way();
    }
}

pub(crate) fn names(path: &Path) -> Vec<String> {
    fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

pub(crate) fn is_layer(asked: &Asked, made: &Made, pack: impl Fn(&[u8]) -> Vec<u8>) -> bool {
    made.layers.iter().any(|layer| asked.path.ends_with(&Digest::of(&pack(layer)).to_string()))
}

pub(crate) fn basic(username: &str, password: &str) -> Option<Credentials> {
    Some(Credentials::Basic { username: username.to_owned(), password: password.to_owned() })
}
