//! The images of this host: names, records, and what others do with them.
//!
//! An image is known by its id, the digest of its configuration; names point to ids. Files are the truth and nothing is remembered between calls, so an
//! agent and a command line may work on one directory at once (`lock`).
//! Invariant: a record exists only while all its layers do: it is written after them, and the collector removes it before them.
//! Not here: how images arrive (`archive`, `pull`), what containers make of them (`rootfs`), who clears up (`gc`).

use super::content::Content;
use super::digest::Digest;
use super::error::ImageError;
use super::home::{self, Home};
use super::layer::Layers;
use super::limit::Limits;
use super::lock;
use super::manifest::ImageConfig;
use super::platform::Platform;
use super::pull::Pulls;
use super::reference::Reference;
use super::registry::endpoint::RegistryOptions;
use fs_err as fs;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Fewest digits that are taken for the beginning of an id, so that short names are not.
const ID_DIGITS_MIN: usize = 4;

/// The images of this host. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Images {
    pub(super) home: Home,
    pub(super) content: Content,
    pub(super) layers: Layers,
    pub(super) platform: Platform,
    pub(super) pulls: Arc<Pulls>,
}

/// What an operator may say about images.
#[derive(Clone, Debug)]
pub struct ImageOptions {
    /// What a layer may be.
    pub limits: Limits,
    /// For which platform images are chosen.
    pub platform: Platform,
    /// How registries are spoken to.
    pub registries: RegistryOptions,
}

impl Default for ImageOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            platform: Platform::host(),
            registries: RegistryOptions::default(),
        }
    }
}

/// An image that is here, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Digest of its configuration; Docker's image id.
    pub id: Digest,
    /// What it runs on.
    pub platform: Platform,
    /// When it was made, RFC 3339, as its maker says.
    pub created: Option<String>,
    /// How to run it.
    config: ImageConfig,
    /// Its layers, the lowest first.
    pub layers: Vec<ImageLayer>,
    /// What the registry calls it: digest of the manifest or index behind the name it was found by. ECS's `imageDigest`. None for loaded images.
    #[serde(skip)]
    pub digest: Option<Digest>,
}

/// A layer of an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageLayer {
    /// Digest of its unpacked stream.
    pub diff_id: Digest,
    /// Under which name it is unpacked.
    pub key: Digest,
    /// Sum of the sizes of its files.
    pub bytes: u64,
}

/// A name of an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The name, in full.
    pub reference: Reference,
    /// The image's id.
    pub image: Digest,
    /// Digest of the manifest or index the name meant when it was pulled.
    pub digest: Option<Digest>,
    /// Digest of the manifest of this platform.
    pub manifest: Option<Digest>,
}

/// An image with its names, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The image.
    pub image: Image,
    /// Its names, sorted. Empty for one whose name went to a newer image.
    pub names: Vec<Name>,
}

/// What a removal did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Names that are gone.
    pub names: Vec<Reference>,
    /// The image, where its last name went and nothing uses it. The next collection frees its layers.
    pub image: Option<Digest>,
}

/// What a container's pin says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Pin {
    pub(super) image: Digest,
    pub(super) layers: Vec<Digest>,
}

impl Image {
    /// A whole image: `layers` are unpacked.
    pub(super) fn new(
        id: Digest,
        platform: Platform,
        created: Option<String>,
        config: ImageConfig,
        layers: Vec<ImageLayer>,
    ) -> Self {
        Self { id, platform, created, config, layers, digest: None }
    }

    /// How to run it.
    pub fn config(&self) -> &ImageConfig {
        &self.config
    }

    /// Sum of the sizes of its files in all layers.
    pub fn bytes(&self) -> u64 {
        self.layers.iter().map(|layer| layer.bytes).sum()
    }
}

impl Images {
    /// Opens the image directory `root`, or makes it.
    pub fn open(root: impl AsRef<Path>) -> Result<Self, ImageError> {
        Self::open_with(root, ImageOptions::default())
    }

    /// Opens with other options.
    pub fn open_with(root: impl AsRef<Path>, options: ImageOptions) -> Result<Self, ImageError> {
        let home = Home::open(root.as_ref())?;
        Ok(Self {
            content: Content::new(home.clone()),
            layers: Layers::new(home.clone(), options.limits),
            home,
            platform: options.platform,
            pulls: Arc::new(Pulls::new(options.registries)),
        })
    }

    /// The image directory.
    pub fn root(&self) -> &Path {
        self.home.root()
    }

    /// The image a name means on this host; none where it has to be pulled.
    pub fn resolve(&self, reference: &Reference) -> Result<Option<Image>, ImageError> {
        let by_digest = reference.digest().map(|digest| reference.with_digest(digest));
        let Some(name) = self.name(by_digest.as_ref().unwrap_or(reference))? else {
            return Ok(None);
        };
        let image = self.record(&name.image)?;
        Ok(image.map(|image| Image { digest: name.digest, ..image }))
    }

    /// The image that a person means: by name, by id, or by the beginning of an id.
    pub fn find(&self, text: &str) -> Result<Image, ImageError> {
        if let Ok(reference) = Reference::parse(text)
            && let Some(image) = self.resolve(&reference)?
        {
            return Ok(image);
        }
        let digits = text.strip_prefix("sha256:").unwrap_or(text);
        if digits.len() < ID_DIGITS_MIN || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(ImageError::Unknown { name: text.to_owned() });
        }
        let mut found =
            self.records()?.into_iter().filter(|image| image.id.hex().starts_with(digits));
        match (found.next(), found.next()) {
            (Some(image), None) => {
                let digest = self
                    .names()?
                    .into_iter()
                    .find(|name| name.image == image.id)
                    .and_then(|name| name.digest);
                Ok(Image { digest, ..image })
            }
            (Some(_), Some(_)) => Err(ImageError::Ambiguous { prefix: text.to_owned() }),
            (None, _) => Err(ImageError::Unknown { name: text.to_owned() }),
        }
    }

    /// All images, sorted by name.
    pub fn list(&self) -> Result<Vec<Listed>, ImageError> {
        let mut names: BTreeMap<Digest, Vec<Name>> = BTreeMap::new();
        for name in self.names()? {
            names.entry(name.image).or_default().push(name);
        }
        let listed = |image: Image| {
            let mut names = names.remove(&image.id).unwrap_or_default();
            names.sort_by(|a, b| a.reference.cmp(&b.reference));
            let digest = names.iter().find_map(|name| name.digest);
            Listed { image: Image { digest, ..image }, names }
        };
        let mut all: Vec<Listed> = self.records()?.into_iter().map(listed).collect();
        let key = |listed: &Listed| {
            (
                listed.names.is_empty(),
                listed.names.first().map(|name| name.reference.clone()),
                listed.image.id,
            )
        };
        all.sort_by_cached_key(key);
        Ok(all)
    }

    /// Gives an image one more name, taking it from another image where that had it.
    pub fn tag(&self, image: &Image, reference: &Reference) -> Result<(), ImageError> {
        let known = self.names()?.into_iter().find(|name| name.image == image.id);
        let manifest = known.and_then(|name| name.manifest);
        let name = Name { reference: reference.clone(), image: image.id, digest: None, manifest };
        self.enter(image, &[name], &[])
    }

    /// Takes a name from its image, and the image with its last name. An id takes all names. An image a container stands on is refused,
    /// unless by `removal_is_forced`: then the names go, and the layers stay until the container is gone.
    pub fn remove(&self, text: &str, removal_is_forced: bool) -> Result<Removed, ImageError> {
        let image = self.find(text)?;
        let _alone = lock::alone(&self.home.gate())?;
        let names: Vec<Name> =
            self.names()?.into_iter().filter(|name| name.image == image.id).collect();
        let asked = Reference::parse(text).ok();
        let is_asked = |name: &Name| asked.as_ref() == Some(&name.reference);
        let (mut going, staying): (Vec<Name>, Vec<Name>) = if names.iter().any(is_asked) {
            names.into_iter().partition(is_asked)
        } else {
            (names, Vec::new())
        };
        // A digest is what a tag was pulled as; alone it keeps nothing.
        let is_last = staying.iter().all(|name| name.reference.tag().is_none());
        if is_last {
            going.extend(staying);
            if let Some(container) =
                self.pins()?.into_iter().find_map(|(id, pin)| (pin.image == image.id).then_some(id))
                && !removal_is_forced
            {
                return Err(ImageError::InUse { image: text.to_owned(), container });
            }
        }
        for name in &going {
            let path = self.name_path(&name.reference);
            fs::remove_file(&path).map_err(ImageError::io("remove", &path))?;
        }
        home::sync_directory(&self.home.path("images/names"))?;
        let is_pinned = self.pins()?.values().any(|pin| pin.image == image.id);
        let is_gone = is_last && !is_pinned;
        if is_gone {
            let path = self.home.record(&image.id);
            fs::remove_file(&path).map_err(ImageError::io("remove", &path))?;
            home::sync_directory(&self.home.path("images/records"))?;
        }
        Ok(Removed {
            names: going.into_iter().map(|name| name.reference).collect(),
            image: is_gone.then_some(image.id),
        })
    }

    /// Writes an image's documents, record and names, all before the collector can look. Its layers must be unpacked, and leased by the caller.
    pub(super) fn enter(
        &self,
        image: &Image,
        names: &[Name],
        documents: &[&[u8]],
    ) -> Result<(), ImageError> {
        let _entering = lock::shared(&self.home.gate())?;
        for document in documents {
            self.content.put(document)?;
        }
        for layer in &image.layers {
            let path = self.home.layer(&layer.key);
            if !path.is_dir() {
                return Err(ImageError::Io {
                    act: "find layer",
                    path,
                    source: io::ErrorKind::NotFound.into(),
                });
            }
        }
        let record = serde_json::to_vec(image).expect("a record is plain data");
        let path = self.home.record(&image.id);
        // The same id is the same configuration and the same layers: writing it again would only cost syncs.
        if fs::read(&path).ok().as_ref() != Some(&record) {
            self.home.write_durably(&path, &record)?;
        }
        for name in names {
            let text = serde_json::to_vec(name).expect("a name is plain data");
            let path = self.name_path(&name.reference);
            if fs::read(&path).ok().as_ref() != Some(&text) {
                self.home.write_durably(&path, &text)?;
            }
        }
        Ok(())
    }

    /// The record of an image.
    pub(super) fn record(&self, id: &Digest) -> Result<Option<Image>, ImageError> {
        read_json(&self.home.record(id))
    }

    /// What a name says.
    pub(super) fn name(&self, reference: &Reference) -> Result<Option<Name>, ImageError> {
        read_json(&self.name_path(reference))
    }

    /// All records, in no order that means anything.
    pub(super) fn records(&self) -> Result<Vec<Image>, ImageError> {
        read_all(&self.home.path("images/records"))
            .map(|all| all.into_iter().map(|(_, image)| image).collect())
    }

    /// All names.
    pub(super) fn names(&self) -> Result<Vec<Name>, ImageError> {
        read_all(&self.home.path("images/names"))
            .map(|all| all.into_iter().map(|(_, name)| name).collect())
    }

    /// All pins, by container.
    pub(super) fn pins(&self) -> Result<BTreeMap<String, Pin>, ImageError> {
        let name = |path: PathBuf| {
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
        };
        Ok(read_all(&self.home.path("pins"))?
            .into_iter()
            .map(|(path, pin)| (name(path), pin))
            .collect())
    }

    fn name_path(&self, reference: &Reference) -> PathBuf {
        let name = Digest::of(reference.to_string().as_bytes()).hex();
        self.home.path("images/names").join(format!("{name}.json"))
    }
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, ImageError> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|source| ImageError::Json { what: path.display().to_string(), source }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ImageError::io("read", path)(error)),
    }
}

/// Every document in a directory; one that goes while we look was not there.
fn read_all<T: DeserializeOwned>(directory: &Path) -> Result<Vec<(PathBuf, T)>, ImageError> {
    let mut all = Vec::new();
    for entry in fs::read_dir(directory).map_err(ImageError::io("read", directory))? {
        let path = entry.map_err(ImageError::io("read", directory))?.path();
        // A beginning dot: still being written.
        if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            continue;
        }
        if let Some(document) = read_json(&path)? {
            all.push((path, document));
        }
    }
    Ok(all)
}
