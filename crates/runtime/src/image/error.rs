//! What can go wrong with images, and the name Amazon ECS has for it.
//!
//! Invariant: a message names the thing (image, layer, path, registry) and, where a person can help, says what to do.
//! The cause is the `source`; [`ImageError::reason`] prints the whole chain once, in the form of a container's `reason`.

use super::digest::{Digest, InvalidDigest};
use super::unpack::UnpackError;
use std::error::Error;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

/// Longest `reason` that ECS keeps with a container, in characters.
const REASON_CHARS_MAX: usize = 1024;

/// An act on images that could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// The text is not the name of an image.
    #[error("`{text}` is not an image reference: {why}")]
    Reference {
        /// What was given.
        text: String,
        /// Which rule it breaks.
        why: &'static str,
    },
    /// There is no such image on this host.
    #[error(
        "no image `{name}` on this host: pull it with `longshore image pull` or load it with `longshore image load`"
    )]
    Unknown {
        /// The reference or id that was asked for.
        name: String,
    },
    /// An id prefix that fits several images.
    #[error("`{prefix}` is the beginning of several image ids: give more digits")]
    Ambiguous {
        /// What was given.
        prefix: String,
    },
    /// The image cannot go: a container stands on it.
    #[error(
        "image `{image}` is in use by container `{container}`: stop its task first, or force the removal of its name"
    )]
    InUse {
        /// The image.
        image: String,
        /// One of the containers.
        container: String,
    },
    /// A container id that cannot be a file name.
    #[error(
        "`{id}` is not a container id: 1 to 128 letters, digits, `_`, `-` and `.`, not beginning with `.`"
    )]
    ContainerId {
        /// What was given.
        id: String,
    },
    /// A file operation.
    #[error("{act} `{}`", path.display())]
    Io {
        /// What we were doing, such as `open`.
        act: &'static str,
        /// To what.
        path: PathBuf,
        /// What the kernel said.
        #[source]
        source: io::Error,
    },
    /// The disk, or the quota on it, is full.
    #[error("no space left for `{}`: free space on its file system, or remove images with `longshore image rm`", path.display())]
    Full {
        /// What was being written.
        path: PathBuf,
    },
    /// The data directory was made by a newer Longshore.
    #[error("`{}` has format {found}, this version reads up to {newest}: use the newer version or another data directory", path.display())]
    Format {
        /// The directory.
        path: PathBuf,
        /// Its format.
        found: String,
        /// The newest one known here.
        newest: u32,
    },
    /// Bytes that are not what their name promised.
    #[error(
        "{what} has digest {actual}, wanted {wanted}: the content was damaged or replaced on its way"
    )]
    DigestMismatch {
        /// Such as ``layer of `busybox` ``.
        what: String,
        /// What was promised.
        wanted: Digest,
        /// What came.
        actual: Digest,
    },
    /// A text that should have been a digest.
    #[error("{what}")]
    Digest {
        /// Where it stood.
        what: String,
        /// The rule it breaks.
        #[source]
        source: InvalidDigest,
    },
    /// A document or archive that cannot be understood.
    #[error("{what} cannot be read: {why}")]
    Malformed {
        /// The document.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// A document that is not the JSON it should be.
    #[error("{what} cannot be read")]
    Json {
        /// The document.
        what: String,
        /// Where and what.
        #[source]
        source: serde_json::Error,
    },
    /// Something that is well-formed and not supported.
    #[error("{what} is not supported: {instead}")]
    Unsupported {
        /// The thing.
        what: String,
        /// What to do instead.
        instead: String,
    },
    /// An index without an image for this host.
    #[error(
        "no matching manifest for {wanted} in the manifest list of `{image}`: it has {offered}"
    )]
    Platform {
        /// The image.
        image: String,
        /// This host's platform.
        wanted: String,
        /// The platforms there are.
        offered: String,
    },
    /// A layer that could not be laid out.
    #[error("unpack layer {layer}")]
    Unpack {
        /// The layer's diff id.
        layer: Digest,
        /// Why.
        #[source]
        source: UnpackError,
    },
    /// A name was not found in its registry, or may not be seen.
    #[error(
        "pull `{image}`: repository or tag does not exist, or access to it needs credentials ({text})"
    )]
    Absent {
        /// The image.
        image: String,
        /// What the registry said.
        text: String,
    },
    /// The registry did not accept the credentials, or wants some.
    #[error("pull `{image}`: `{registry}` refused access ({text})")]
    Denied {
        /// The image.
        image: String,
        /// Who refused.
        registry: String,
        /// What it said.
        text: String,
    },
    /// The registry answered something that is not a pull.
    #[error("pull `{image}`: `{registry}` answered {status} ({text})")]
    Answer {
        /// The image.
        image: String,
        /// Who answered.
        registry: String,
        /// The HTTP status.
        status: u16,
        /// What it said.
        text: String,
    },
    /// The registry could not be reached or stopped talking, after all retries.
    #[error("pull `{image}`: no answer from `{registry}`")]
    Transport {
        /// The image.
        image: String,
        /// Who does not answer.
        registry: String,
        /// The last failure.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// Finding out what the image is did not succeed; the cause says why.
    #[error("resolve the manifest of `{image}`")]
    Manifest {
        /// The image.
        image: String,
        /// Why.
        #[source]
        source: Box<ImageError>,
    },
    /// A worker of ours ended without an answer.
    #[error("{act} was cut short")]
    Cut {
        /// What it was doing.
        act: &'static str,
    },
}

impl ImageError {
    /// A closure for `map_err`: `act` was being done to `path`. A full disk becomes [`ImageError::Full`].
    pub(super) fn io<E: Into<io::Error>>(act: &'static str, path: &Path) -> impl FnOnce(E) -> Self {
        move |source| {
            let source = source.into();
            let path = path.to_owned();
            if is_full(&source) { Self::Full { path } } else { Self::Io { act, path, source } }
        }
    }

    /// A document that is damaged.
    pub(super) fn malformed(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Malformed { what: what.into(), why: why.into() }
    }

    /// The error name of Amazon ECS that stands before the text in a container's `reason`.
    ///
    /// Source: the agent's error names (spec/tasks.md section 4). The agent resolves a tag to a digest before it pulls, and a failure there has its own name;
    /// credentials that the registry does not take have theirs; everything else that keeps an image from the host is `CannotPullContainerError`.
    pub fn ecs_name(&self) -> &'static str {
        match self {
            Self::Manifest { source, .. } => match source.as_ref() {
                Self::Denied { .. } => "CannotPullContainerAuthError",
                _ => "CannotPullImageManifestError",
            },
            Self::Denied { .. } => "CannotPullContainerAuthError",
            Self::ContainerId { .. } => "CannotCreateContainerError",
            Self::Reference { .. }
            | Self::Unknown { .. }
            | Self::Ambiguous { .. }
            | Self::InUse { .. }
            | Self::Io { .. }
            | Self::Full { .. }
            | Self::Format { .. }
            | Self::DigestMismatch { .. }
            | Self::Digest { .. }
            | Self::Malformed { .. }
            | Self::Json { .. }
            | Self::Unsupported { .. }
            | Self::Platform { .. }
            | Self::Unpack { .. }
            | Self::Absent { .. }
            | Self::Answer { .. }
            | Self::Transport { .. }
            | Self::Cut { .. } => "CannotPullContainerError",
        }
    }

    /// The whole chain as one line for a container's `reason`: `{ErrorName}: {text}: {cause}…`, at most 1,024 characters.
    pub fn reason(&self) -> String {
        let mut text = self.ecs_name().to_owned();
        let mut next: Option<&dyn Error> = Some(self);
        while let Some(error) = next {
            // Writing to a String cannot fail.
            let _ = write!(text, ": {error}");
            next = error.source();
        }
        match text.char_indices().nth(REASON_CHARS_MAX) {
            Some((cut, _)) => text[..cut].to_owned(),
            None => text,
        }
    }
}

/// True when the error says that no more can be written: a full file system or a quota.
pub(super) fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_disk_is_told_apart_and_says_what_to_do() {
        let error = ImageError::io("write", Path::new("/data/x"))(io::Error::from_raw_os_error(28));
        assert!(matches!(error, ImageError::Full { .. }));
        assert!(error.to_string().contains("/data/x"), "{error}");
        assert!(error.to_string().contains("longshore image rm"), "{error}");
    }

    #[test]
    fn reason_has_the_name_the_text_and_the_causes_and_is_bounded() {
        let io = ImageError::io("open", Path::new("/x"))(io::Error::from_raw_os_error(13));
        let text = io.reason();
        assert!(text.starts_with("CannotPullContainerError: open `/x`: "), "{text}");
        let manifest = ImageError::Manifest { image: "web".into(), source: Box::new(io) };
        assert!(manifest.reason().starts_with(
            "CannotPullImageManifestError: resolve the manifest of `web`: open `/x`: "
        ));
        let long = ImageError::malformed("x", "é".repeat(5000));
        assert_eq!(long.reason().chars().count(), 1024);
    }
}
