//! Which of several images fits a host.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Operating system and processor, in the words of Go and OCI.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Platform {
    /// Such as `linux`.
    #[serde(default)]
    pub os: String,
    /// Such as `amd64`.
    #[serde(default)]
    pub architecture: String,
    /// Such as `v7`; empty where there is only one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub variant: String,
}

impl Platform {
    /// The platform this program was built for, which is the one it runs on.
    pub fn host() -> Self {
        let (architecture, variant) = match std::env::consts::ARCH {
            "x86_64" => ("amd64", ""),
            "x86" => ("386", ""),
            "aarch64" => ("arm64", "v8"),
            "arm" => ("arm", "v7"),
            "powerpc64" => ("ppc64le", ""),
            other => (other, ""),
        };
        Self {
            os: "linux".to_owned(),
            architecture: architecture.to_owned(),
            variant: variant.to_owned(),
        }
    }

    /// How well an image for `offered` runs here: none when not at all, else the less the better.
    ///
    /// A 32-bit ARM host runs images of older variants; `arm64` and `arm64/v8` are the same; `amd64` runs plain images and none of the higher levels,
    /// which need instructions this program has not asked for.
    pub fn distance(&self, offered: &Platform) -> Option<u32> {
        if self.os != offered.os || self.architecture != offered.architecture {
            return None;
        }
        match self.architecture.as_str() {
            "arm" => {
                let level = |platform: &Platform| match platform.variant.as_str() {
                    "" => Some(7),
                    text => text.strip_prefix('v')?.parse::<u32>().ok(),
                };
                level(self)?.checked_sub(level(offered)?)
            }
            "arm64" => matches!(offered.variant.as_str(), "" | "v8").then_some(0),
            _ => (self.variant == offered.variant
                || offered.variant.is_empty()
                || offered.variant == "v1")
                .then_some(0),
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        if self.variant.is_empty() { Ok(()) } else { write!(f, "/{}", self.variant) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn platform(text: &str) -> Platform {
        let mut parts = text.split('/').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        Platform { os: next(), architecture: next(), variant: next() }
    }

    fn check(host: &str, offered: &str, wanted: Option<u32>) {
        assert_eq!(platform(host).distance(&platform(offered)), wanted, "{host} {offered}");
    }

    #[test]
    fn variants_fit_downwards_only() {
        check("linux/amd64", "linux/amd64", Some(0));
        check("linux/amd64", "linux/amd64/v3", None);
        check("linux/amd64", "linux/arm64", None);
        check("linux/amd64", "windows/amd64", None);
        check("linux/arm64/v8", "linux/arm64", Some(0));
        check("linux/arm64/v8", "linux/arm64/v8", Some(0));
        check("linux/arm/v7", "linux/arm/v6", Some(1));
        check("linux/arm/v6", "linux/arm/v7", None);
        check("linux/amd64", "unknown/unknown", None);
    }
}
