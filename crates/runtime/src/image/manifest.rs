//! The documents that describe an image: index, manifest and configuration, in OCI's and Docker's forms.
//!
//! Invariant: a document that was read has what is needed to unpack and run the image; everything else in it is read over.
//! Not here: schema 1 of Docker (before 2016): it is refused by name.

use super::content::DOCUMENT_BYTES_MAX;
use super::digest::Digest;
use super::error::ImageError;
use super::platform::Platform;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// What a registry is asked for, best first.
pub const ACCEPTED: &str = "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, \
    application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";

/// Most layers of an image. overlayfs stacks 500 directories; Docker makes at most 127.
pub const LAYERS_MAX: usize = 500;

/// Points to content.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    /// What it is.
    #[serde(default)]
    pub media_type: String,
    /// Its name.
    pub digest: Digest,
    /// Its length in bytes.
    pub size: u64,
    /// Notes of whoever made it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub annotations: BTreeMap<String, String>,
    /// What it runs on, in an index.
    #[serde(default)]
    pub platform: Option<Platform>,
}

/// One image: configuration and layers, the lowest first.
#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    /// Points to the configuration.
    pub config: Descriptor,
    /// Points to the layers.
    pub layers: Vec<Descriptor>,
}

/// Images for several platforms.
#[derive(Clone, Debug, Deserialize)]
pub struct Index {
    /// Points to the manifests.
    pub manifests: Vec<Descriptor>,
}

/// What a manifest endpoint may answer.
#[derive(Clone, Debug)]
pub enum Document {
    /// Several images.
    Index(Index),
    /// One image.
    Manifest(Manifest),
}

impl Document {
    /// Reads a document by its shape: the type that stands beside it is often wrong. `what` names it in errors.
    pub fn read(bytes: &[u8], what: &str) -> Result<Self, ImageError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Shape {
            schema_version: Option<u32>,
            manifests: Option<serde_json::Value>,
        }
        if bytes.len() as u64 > DOCUMENT_BYTES_MAX {
            return Err(ImageError::malformed(
                what,
                format!("it is longer than {DOCUMENT_BYTES_MAX} bytes"),
            ));
        }
        let json = |source| ImageError::Json { what: what.to_owned(), source };
        let shape: Shape = serde_json::from_slice(bytes).map_err(json)?;
        if shape.schema_version == Some(1) {
            let instead = "push the image again with a current tool".to_owned();
            return Err(ImageError::Unsupported { what: format!("schema 1 of {what}"), instead });
        }
        if shape.manifests.is_some() {
            return serde_json::from_slice(bytes).map(Self::Index).map_err(json);
        }
        let manifest: Manifest = serde_json::from_slice(bytes).map_err(json)?;
        if manifest.layers.len() > LAYERS_MAX {
            return Err(ImageError::malformed(
                what,
                format!("it has more than {LAYERS_MAX} layers"),
            ));
        }
        Ok(Self::Manifest(manifest))
    }
}

impl Index {
    /// The image for a host: the best fit, the first of equals, the only one where no platform is said.
    pub fn choose(&self, host: &Platform, image: &str) -> Result<&Descriptor, ImageError> {
        let fits = |entry: &&Descriptor| {
            entry.platform.as_ref().and_then(|offered| host.distance(offered))
        };
        let best = self
            .manifests
            .iter()
            .filter_map(|entry| fits(&entry).map(|distance| (distance, entry)))
            .min_by_key(|(distance, _)| *distance);
        if let Some((_, entry)) = best {
            return Ok(entry);
        }
        match self.manifests.as_slice() {
            [only] if only.platform.is_none() => Ok(only),
            all => {
                let mut offered: Vec<String> = all
                    .iter()
                    .filter_map(|entry| entry.platform.as_ref())
                    .map(Platform::to_string)
                    .collect();
                // Attestations stand beside images under this name.
                offered.retain(|platform| platform != "unknown/unknown");
                let offered =
                    if offered.is_empty() { "none".to_owned() } else { offered.join(", ") };
                Err(ImageError::Platform {
                    image: image.to_owned(),
                    wanted: host.to_string(),
                    offered,
                })
            }
        }
    }
}

/// What the maker of an image says about running it. The image's own health check is left out: ECS runs only those of task definitions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ImageConfig {
    /// `user[:group]`, names or numbers; empty for root.
    #[serde(deserialize_with = "null_is_default")]
    pub user: String,
    /// `8080/tcp` and the like.
    #[serde(deserialize_with = "keys")]
    pub exposed_ports: Vec<String>,
    /// `NAME=value`.
    #[serde(deserialize_with = "null_is_default")]
    pub env: Vec<String>,
    /// The program; empty for none.
    #[serde(deserialize_with = "one_or_many")]
    pub entrypoint: Vec<String>,
    /// Its arguments, or the program where there is no entry point.
    #[serde(deserialize_with = "one_or_many")]
    pub cmd: Vec<String>,
    /// Paths that want a volume of their own.
    #[serde(deserialize_with = "keys")]
    pub volumes: Vec<String>,
    /// Where the program starts; empty for `/`.
    #[serde(deserialize_with = "null_is_default")]
    pub working_dir: String,
    /// Notes.
    #[serde(deserialize_with = "null_is_default")]
    pub labels: BTreeMap<String, String>,
    /// Name or number of the signal to stop with; empty for SIGTERM.
    #[serde(deserialize_with = "null_is_default")]
    pub stop_signal: String,
}

/// The configuration document of an image.
#[derive(Clone, Debug, Deserialize)]
pub struct ConfigDocument {
    /// What it runs on.
    #[serde(flatten)]
    pub platform: Platform,
    /// When it was made, RFC 3339.
    #[serde(default)]
    pub created: Option<String>,
    /// How to run it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub config: ImageConfig,
    /// What it consists of.
    pub rootfs: RootFsDocument,
}

/// The layers of an image.
#[derive(Clone, Debug, Deserialize)]
pub struct RootFsDocument {
    /// Digests of the unpacked layers, the lowest first.
    #[serde(default, deserialize_with = "null_is_default")]
    pub diff_ids: Vec<Digest>,
}

impl ConfigDocument {
    /// Reads a configuration that belongs to `layers` layers. `what` names it in errors.
    pub fn read(bytes: &[u8], layers: usize, what: &str) -> Result<Self, ImageError> {
        let document: Self = serde_json::from_slice(bytes)
            .map_err(|source| ImageError::Json { what: what.to_owned(), source })?;
        let diff_ids = document.rootfs.diff_ids.len();
        if diff_ids != layers {
            return Err(ImageError::malformed(
                what,
                format!("it names {diff_ids} layers, the image has {layers}"),
            ));
        }
        Ok(document)
    }
}

fn null_is_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    from: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// Sets are written as objects with empty values.
fn keys<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Set {
        Object(BTreeMap<String, serde_json::Value>),
        List(Vec<String>),
    }
    Ok(match Option::deserialize(from)? {
        None => Vec::new(),
        Some(Set::Object(map)) => map.into_keys().collect(),
        Some(Set::List(list)) => list,
    })
}

/// Very old builders wrote a single string.
fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Words {
        Many(Vec<String>),
        One(String),
    }
    Ok(match Option::deserialize(from)? {
        None => Vec::new(),
        Some(Words::Many(words)) => words,
        Some(Words::One(word)) => vec![word],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn index(platforms: &[&str]) -> Index {
        let entries: Vec<String> = platforms
            .iter()
            .map(|text| {
                let mut parts = text.split('/');
                let (os, architecture) = (parts.next().unwrap(), parts.next().unwrap());
                format!(r#"{{"digest":"{HEX}","size":1,"mediaType":"{text}","platform":{{"os":"{os}","architecture":"{architecture}"}}}}"#)
            })
            .collect();
        match Document::read(
            format!(r#"{{"schemaVersion":2,"manifests":[{}]}}"#, entries.join(",")).as_bytes(),
            "test",
        )
        .unwrap()
        {
            Document::Index(index) => index,
            Document::Manifest(_) => panic!("an index"),
        }
    }

    fn host() -> Platform {
        Platform { os: "linux".into(), architecture: "amd64".into(), variant: String::new() }
    }

    #[test]
    fn index_gives_the_image_of_the_host() {
        let index = index(&["linux/arm64", "linux/amd64", "unknown/unknown"]);
        assert_eq!(index.choose(&host(), "x").unwrap().media_type, "linux/amd64");
    }

    #[test]
    fn index_without_the_host_says_what_it_has() {
        let error = index(&["linux/arm64", "unknown/unknown"]).choose(&host(), "x").unwrap_err();
        assert_eq!(
            error.to_string(),
            "no matching manifest for linux/amd64 in the manifest list of `x`: it has linux/arm64"
        );
    }

    #[test]
    fn configuration_bears_nulls_and_absences() {
        let text = format!(
            r#"{{"architecture":"amd64","os":"linux","config":{{"Env":null,"Entrypoint":"sh","Cmd":["-c","x"],"ExposedPorts":{{"80/tcp":{{}}}},
            "Volumes":null,"Labels":null,"User":"1000","Healthcheck":{{"Test":["CMD"]}}}},"rootfs":{{"type":"layers","diff_ids":["{HEX}"]}}}}"#
        );
        let document = ConfigDocument::read(text.as_bytes(), 1, "test").unwrap();
        assert_eq!(document.config.entrypoint, ["sh"]);
        assert_eq!(document.config.cmd, ["-c", "x"]);
        assert_eq!(document.config.exposed_ports, ["80/tcp"]);
        assert_eq!(document.platform, host());
        assert!(
            ConfigDocument::read(text.as_bytes(), 2, "test").is_err(),
            "layers and diff ids must agree"
        );
        let kept: ImageConfig =
            serde_json::from_slice(&serde_json::to_vec(&document.config).unwrap()).unwrap();
        assert_eq!(kept, document.config, "it is kept in records in the same form");
        ConfigDocument::read(br#"{"rootfs":{"diff_ids":null},"config":null}"#, 0, "test").unwrap();
    }

    #[test]
    fn schema_1_and_nonsense_are_refused() {
        let error =
            Document::read(br#"{"schemaVersion":1,"fsLayers":[]}"#, "manifest").unwrap_err();
        assert!(error.to_string().starts_with("schema 1 of manifest is not supported"), "{error}");
        for bad in ["", "[]", "{}", r#"{"layers":[]}"#, r#"{"manifests":3}"#] {
            assert!(Document::read(bad.as_bytes(), "manifest").is_err(), "{bad}");
        }
    }
}
