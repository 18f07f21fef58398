//! What an archive says it holds, in any of its layouts.
//!
//! Invariant: what is planned has all its files.

use super::super::error::ImageError;
use super::super::manifest::{Descriptor, Document, Index, LAYERS_MAX, Manifest};
use super::super::platform::Platform;
use super::super::reference::Reference;
use super::{Files, Planned, Stored, normal};
use serde::Deserialize;
use std::sync::Arc;

/// Symbolic links followed from one file of an archive to another.
const LINKS_MAX: usize = 8;

/// Nesting of indexes in an OCI layout: an index of the layout, one of the image, one to spare.
const INDEX_DEPTH_MAX: usize = 3;

/// Annotations that name an image in an index; the first holds whole names, the second a tag or a name.
const NAME_ANNOTATIONS: [&str; 2] =
    ["io.containerd.image.name", "org.opencontainers.image.ref.name"];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DockerImage {
    config: String,
    #[serde(default)]
    repo_tags: Option<Vec<String>>,
    layers: Vec<String>,
}

impl Files {
    fn get(&self, name: &str) -> Option<&Stored> {
        let mut name = name;
        for _ in 0..=LINKS_MAX {
            match self.files.get(name)? {
                Stored::Link(target) => name = target,
                stored => return Some(stored),
            }
        }
        None
    }

    fn need(&self, name: &str, whose: &str) -> Result<&Stored, ImageError> {
        let normal = normal(name.as_bytes(), b"");
        normal.and_then(|name| self.get(&name)).ok_or_else(|| {
            ImageError::malformed("the archive", format!("`{name}` of {whose} is missing"))
        })
    }

    fn document(&self, name: &str, whose: &str) -> Result<Arc<[u8]>, ImageError> {
        match self.need(name, whose)? {
            Stored::Memory(bytes) => Ok(Arc::clone(bytes)),
            _ => Err(ImageError::malformed(
                "the archive",
                format!("`{name}` of {whose} is larger than such documents are"),
            )),
        }
    }

    fn blob(&self, descriptor: &Descriptor, whose: &str) -> Result<&Stored, ImageError> {
        self.need(&format!("blobs/sha256/{}", descriptor.digest.hex()), whose)
    }

    /// The images of the archive, however it describes them.
    pub(super) fn plan(&self, host: &Platform) -> Result<Vec<Planned>, ImageError> {
        let mut planned = Vec::new();
        if self.get("index.json").is_some() {
            let bytes = self.document("index.json", "the layout")?;
            let Document::Index(index) = Document::read(&bytes, "`index.json` of the archive")?
            else {
                return Err(ImageError::malformed("`index.json` of the archive", "it is no index"));
            };
            self.plan_index(&index, host, &[], 0, &mut planned)?;
        }
        if self.get("manifest.json").is_some() {
            let bytes = self.document("manifest.json", "the archive")?;
            let images: Vec<DockerImage> = serde_json::from_slice(&bytes).map_err(|source| {
                ImageError::Json { what: "`manifest.json` of the archive".to_owned(), source }
            })?;
            for image in images {
                self.plan_docker(image, &mut planned)?;
            }
        } else if planned.is_empty() && self.get("repositories").is_some() {
            let instead = "save it again with a current Docker".to_owned();
            return Err(ImageError::Unsupported {
                what: "an archive of Docker before 1.10".to_owned(),
                instead,
            });
        }
        Ok(planned)
    }

    fn plan_index(
        &self,
        index: &Index,
        host: &Platform,
        names: &[Reference],
        depth: usize,
        planned: &mut Vec<Planned>,
    ) -> Result<(), ImageError> {
        if depth >= INDEX_DEPTH_MAX {
            return Err(ImageError::malformed("the archive", "its indexes are nested too deeply"));
        }
        // Entries without a platform are images apart; entries with one are alternatives.
        let chosen = index.choose(host, "the archive");
        let is_choice = index.manifests.iter().any(|entry| entry.platform.is_some()) && depth > 0;
        let entries: Vec<&Descriptor> = match (is_choice, chosen) {
            (true, Ok(chosen)) => vec![chosen],
            (true, Err(error)) => return Err(error),
            (false, _) => index
                .manifests
                .iter()
                .filter(|entry| {
                    entry.platform.as_ref().is_none_or(|offered| host.distance(offered).is_some())
                })
                .collect(),
        };
        if entries.is_empty() && !index.manifests.is_empty() {
            return Err(index.choose(host, "the archive").expect_err("nothing fits"));
        }
        for entry in entries {
            let whose = format!("image {}", entry.digest);
            let mut names = names.to_vec();
            names.extend(annotated_name(entry));
            let bytes = self.document(&format!("blobs/sha256/{}", entry.digest.hex()), &whose)?;
            match Document::read(&bytes, &format!("manifest {}", entry.digest))? {
                Document::Index(index) => {
                    self.plan_index(&index, host, &names, depth + 1, planned)?
                }
                Document::Manifest(manifest) => {
                    planned.push(self.plan_manifest(&manifest, bytes, names, &whose)?)
                }
            }
        }
        Ok(())
    }

    fn plan_manifest(
        &self,
        manifest: &Manifest,
        bytes: Arc<[u8]>,
        names: Vec<Reference>,
        whose: &str,
    ) -> Result<Planned, ImageError> {
        let config =
            self.document(&format!("blobs/sha256/{}", manifest.config.digest.hex()), whose)?;
        let layers: Result<Vec<Stored>, ImageError> =
            manifest.layers.iter().map(|layer| self.blob(layer, whose).cloned()).collect();
        Ok(Planned { config, layers: layers?, names, manifest: Some(bytes) })
    }

    /// An entry of `manifest.json`: an image of its own, or more names for one of the index.
    fn plan_docker(
        &self,
        image: DockerImage,
        planned: &mut Vec<Planned>,
    ) -> Result<(), ImageError> {
        let names: Result<Vec<Reference>, ImageError> =
            image.repo_tags.unwrap_or_default().iter().map(|tag| Reference::parse(tag)).collect();
        let names = names?;
        let whose = names
            .first()
            .map_or_else(|| "an image".to_owned(), |name| format!("image `{}`", name.familiar()));
        let config = self.document(&image.config, &whose)?;
        if let Some(known) = planned.iter_mut().find(|known| known.config == config) {
            known.names.extend(names);
            known.names.sort();
            known.names.dedup();
            return Ok(());
        }
        if image.layers.len() > LAYERS_MAX {
            return Err(ImageError::malformed(
                "the archive",
                format!("{whose} has more than {LAYERS_MAX} layers"),
            ));
        }
        let layers: Result<Vec<Stored>, ImageError> =
            image.layers.iter().map(|layer| self.need(layer, &whose).cloned()).collect();
        planned.push(Planned { config, layers: layers?, names, manifest: None });
        Ok(())
    }
}

/// The name that an index gives an entry. A tag alone names nothing: layouts do not say whose tag it is.
fn annotated_name(entry: &Descriptor) -> Option<Reference> {
    let mut texts = NAME_ANNOTATIONS.iter().filter_map(|key| entry.annotations.get(*key));
    texts.find_map(|text| {
        let has_repository = text.contains(['/', ':']);
        Reference::parse(text).ok().filter(|_| has_repository)
    })
}
