//! Image references: what people write after `image:`, and the one full form of it.
//!
//! Rules of Docker and OCI: `[registry/]path[:tag][@digest]`; the first part is a registry when it has a dot, a colon, a capital or is `localhost`;
//! no registry means `docker.io`, one part there means `library/<part>`, neither tag nor digest means `:latest`.
//! Invariant: a [`Reference`] is in its full form, so equal references are equal texts.
//! Not here: which host serves a registry (`registry::endpoint`).

use super::digest::Digest;
use super::error::ImageError;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The registry that names without one belong to.
pub const DOCKER_HUB: &str = "docker.io";

/// Longest repository name with its registry, in bytes: the limit of the distribution protocol.
const NAME_BYTES_MAX: usize = 255;

/// Longest tag, in bytes: the limit of the distribution protocol.
const TAG_BYTES_MAX: usize = 128;

/// The full name of an image.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference {
    registry: String,
    repository: String,
    tag: Option<String>,
    digest: Option<Digest>,
}

impl Reference {
    /// Reads what a person or a task definition says.
    pub fn parse(text: &str) -> Result<Self, ImageError> {
        let fail = |why| ImageError::Reference { text: text.to_owned(), why };
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => {
                let digest = Digest::parse(digest).map_err(|_| {
                    fail("after `@` must stand `sha256:` and 64 hexadecimal digits")
                })?;
                (rest, Some(digest))
            }
            None => (text, None),
        };
        // A colon after the last slash begins the tag; one before it belongs to a port.
        let (name, tag) = match rest.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
            _ => (rest, None),
        };
        if name.is_empty() {
            return Err(fail("it has no name"));
        }
        let (registry, path) = match name.split_once('/') {
            Some((first, path)) if is_registry(first) => (first, path),
            _ => (DOCKER_HUB, name),
        };
        let registry = if registry == "index.docker.io" { DOCKER_HUB } else { registry };
        if !is_host(registry) {
            return Err(fail(
                "the registry must be a host name or an address, with an optional port",
            ));
        }
        if let Some(tag) = tag
            && !is_tag(tag)
        {
            return Err(fail(
                "a tag is 1 to 128 letters, digits, `_`, `.` and `-`, not beginning with `.` or `-`",
            ));
        }
        if path.bytes().any(|b| b.is_ascii_uppercase()) {
            return Err(fail("a repository name must be in lower case"));
        }
        if !path.split('/').all(is_component) {
            return Err(fail(
                "each part of a repository name is lower-case letters and digits, with single `.`, `_`, `__` or `-` between them",
            ));
        }
        let repository = if registry == DOCKER_HUB && !path.contains('/') {
            format!("library/{path}")
        } else {
            path.to_owned()
        };
        if registry.len() + 1 + repository.len() > NAME_BYTES_MAX {
            return Err(fail("registry and repository together must be at most 255 bytes"));
        }
        let tag = match (tag, digest) {
            (None, None) => Some("latest".to_owned()),
            (tag, _) => tag.map(str::to_owned),
        };
        Ok(Self { registry: registry.to_owned(), repository, tag, digest })
    }

    /// The registry, such as `docker.io` or `localhost:5000`.
    pub fn registry(&self) -> &str {
        &self.registry
    }

    /// The repository in its registry, such as `library/busybox`.
    pub fn repository(&self) -> &str {
        &self.repository
    }

    /// The tag; `latest` when nothing was said, none when only a digest was.
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The digest, which wins over the tag.
    pub fn digest(&self) -> Option<Digest> {
        self.digest
    }

    /// The same repository by tag.
    pub fn with_tag(&self, tag: &str) -> Result<Self, ImageError> {
        if !is_tag(tag) {
            return Err(ImageError::Reference { text: tag.to_owned(), why: "not a tag" });
        }
        Ok(Self { tag: Some(tag.to_owned()), digest: None, ..self.clone() })
    }

    /// The same repository by digest alone.
    pub fn with_digest(&self, digest: Digest) -> Self {
        Self { tag: None, digest: Some(digest), ..self.clone() }
    }

    /// What to ask the registry's manifest endpoint for: the digest, else the tag.
    pub(super) fn target(&self) -> String {
        match (&self.digest, &self.tag) {
            (Some(digest), _) => digest.to_string(),
            (None, Some(tag)) => tag.clone(),
            (None, None) => unreachable!("the constructor sets a tag where there is no digest"),
        }
    }

    /// The name without what is implied, as people write it: `busybox:1.36` for `docker.io/library/busybox:1.36`.
    pub fn familiar(&self) -> String {
        let name = if self.registry == DOCKER_HUB {
            self.repository.strip_prefix("library/").unwrap_or(&self.repository).to_owned()
        } else {
            format!("{}/{}", self.registry, self.repository)
        };
        self.suffixed(name)
    }

    fn suffixed(&self, mut name: String) -> String {
        if let Some(tag) = &self.tag {
            name.push(':');
            name.push_str(tag);
        }
        if let Some(digest) = &self.digest {
            name.push('@');
            name.push_str(&digest.to_string());
        }
        name
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.suffixed(format!("{}/{}", self.registry, self.repository)))
    }
}

impl FromStr for Reference {
    type Err = ImageError;
    fn from_str(text: &str) -> Result<Self, ImageError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Reference {
    type Error = ImageError;
    fn try_from(text: String) -> Result<Self, ImageError> {
        Self::parse(&text)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> String {
        reference.to_string()
    }
}

fn is_registry(first: &str) -> bool {
    first.contains(['.', ':'])
        || first == "localhost"
        || first.bytes().any(|b| b.is_ascii_uppercase())
}

fn is_host(registry: &str) -> bool {
    let (host, port) = match registry.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && !port.contains(']') => (host, Some(port)),
        _ => (registry, None),
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return false;
    }
    if let Some(inner) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return inner.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    host.split('.').all(is_label)
}

fn is_tag(tag: &str) -> bool {
    !tag.is_empty()
        && tag.len() <= TAG_BYTES_MAX
        && !tag.starts_with(['.', '-'])
        && tag.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

/// Runs of letters and digits, with `.`, `_`, `__` or any number of `-` between two runs.
fn is_component(part: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = part.as_bytes();
    if !bytes.first().is_some_and(|b| is_plain(*b)) || !bytes.last().is_some_and(|b| is_plain(*b)) {
        return false;
    }
    bytes.chunk_by(|a, b| is_plain(*a) == is_plain(*b)).all(|run| {
        is_plain(run[0]) || matches!(run, b"." | b"_" | b"__") || run.iter().all(|b| *b == b'-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn check(text: &str, full: &str, familiar: &str) {
        let reference = Reference::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(reference.to_string(), full, "{text}");
        assert_eq!(reference.familiar(), familiar, "{text}");
        assert_eq!(Reference::parse(full).unwrap(), reference, "the full form reads back");
        assert_eq!(Reference::parse(familiar).unwrap(), reference, "the familiar form reads back");
    }

    #[test]
    fn short_names_get_their_registry_library_and_tag() {
        check("busybox", "docker.io/library/busybox:latest", "busybox:latest");
        check("busybox:1.36", "docker.io/library/busybox:1.36", "busybox:1.36");
        check(
            "amazon/amazon-ecs-sample",
            "docker.io/amazon/amazon-ecs-sample:latest",
            "amazon/amazon-ecs-sample:latest",
        );
        check("index.docker.io/library/x", "docker.io/library/x:latest", "x:latest");
    }

    #[test]
    fn first_part_with_dot_colon_or_localhost_is_a_registry() {
        check("localhost/x", "localhost/x:latest", "localhost/x:latest");
        check("localhost:5000/x/y:v1", "localhost:5000/x/y:v1", "localhost:5000/x/y:v1");
        check("[::1]:5000/x", "[::1]:5000/x:latest", "[::1]:5000/x:latest");
        check(
            "000000000000.dkr.ecr.eu-west-1.amazonaws.com/web:7",
            "000000000000.dkr.ecr.eu-west-1.amazonaws.com/web:7",
            "000000000000.dkr.ecr.eu-west-1.amazonaws.com/web:7",
        );
        check(
            "public.ecr.aws/docker/library/busybox",
            "public.ecr.aws/docker/library/busybox:latest",
            "public.ecr.aws/docker/library/busybox:latest",
        );
    }

    #[test]
    fn digests_stand_alone_or_beside_a_tag() {
        check(
            &format!("x@sha256:{HEX}"),
            &format!("docker.io/library/x@sha256:{HEX}"),
            &format!("x@sha256:{HEX}"),
        );
        check(
            &format!("x:1@sha256:{HEX}"),
            &format!("docker.io/library/x:1@sha256:{HEX}"),
            &format!("x:1@sha256:{HEX}"),
        );
        let both = Reference::parse(&format!("x:1@sha256:{HEX}")).unwrap();
        assert_eq!(both.target(), format!("sha256:{HEX}"));
    }

    #[test]
    fn separators_stand_singly_between_letters() {
        check(
            "a__b/c-.d".replace("-.", "-").as_str(),
            "docker.io/a__b/c-d:latest",
            "a__b/c-d:latest",
        );
        check("a---b", "docker.io/library/a---b:latest", "a---b:latest");
        for bad in ["a..b", "a___b", "-a", "a-", "a.", ".a", "a/-b", "a//b", "/a", "a/", "a.-b"] {
            assert!(Reference::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_no_reference_is_refused_with_a_reason() {
        let long = "a".repeat(256);
        let tag = format!("x:{}", "t".repeat(129));
        for bad in [
            "",
            ":",
            "@",
            "x:",
            "x@",
            "x@sha256:12",
            "Busybox",
            "x y",
            "x\n",
            "x:-a",
            "host:99999/x",
            "ho_st.io/x",
            "../x",
            "x/../y",
            "[::1/x",
            &long,
            &tag,
        ] {
            let error = Reference::parse(bad).expect_err(bad);
            assert!(error.to_string().contains("is not an image reference"), "{error}");
        }
    }
}
