//! Content digests: how bytes are named.
//!
//! Invariant: a [`Digest`] is 32 bytes of SHA-256, whatever the text it came from; two digests are equal exactly when they name the same bytes.
//! Not here: where the bytes are kept (`content`). Other algorithms: the OCI rules allow them, registries do not serve them; they are refused by name.

use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The name of some bytes: their SHA-256, shown as `sha256:<64 hexadecimal digits>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

/// A text that does not name content in a way Longshore can check.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a digest: it must be `sha256:` and 64 hexadecimal digits in lower case")]
pub struct InvalidDigest {
    /// What was given.
    pub text: String,
}

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::new();
        hasher.update(bytes);
        hasher.finish()
    }

    /// Reads `sha256:<hex>`.
    pub fn parse(text: &str) -> Result<Self, InvalidDigest> {
        let invalid = || InvalidDigest { text: text.to_owned() };
        Self::from_hex(text.strip_prefix("sha256:").ok_or_else(invalid)?).ok_or_else(invalid)
    }

    /// From 64 hexadecimal digits in lower case, as they stand in file names.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// 64 hexadecimal digits, without the name of the algorithm.
    pub fn hex(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }

    /// The first twelve hexadecimal digits, as people are shown ids.
    pub fn short(&self) -> String {
        self.hex()[..12].to_owned()
    }

    /// The name of a stack of layers: the digest of the stack below and this layer's own, as OCI defines ChainID.
    pub fn chain(below: Option<Digest>, diff_id: Digest) -> Digest {
        match below {
            None => diff_id,
            Some(below) => Digest::of(format!("{below} {diff_id}").as_bytes()),
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", self.hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = InvalidDigest;
    fn from_str(text: &str) -> Result<Self, InvalidDigest> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Digest {
    type Error = InvalidDigest;
    fn try_from(text: String) -> Result<Self, InvalidDigest> {
        Self::parse(&text)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> String {
        digest.to_string()
    }
}

/// Computes a [`Digest`] from pieces.
#[derive(Clone)]
pub struct Hasher(Context);

impl Hasher {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    /// The next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all bytes seen.
    pub fn finish(self) -> Digest {
        let digest = self.0.finish();
        Digest(digest.as_ref().try_into().expect("SHA-256 is 32 bytes long"))
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hasher")
    }
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn nothing_has_the_well_known_digest() {
        assert_eq!(Digest::of(b"").to_string(), EMPTY);
        assert_eq!(Digest::parse(EMPTY).unwrap(), Digest::of(b""));
    }

    #[test]
    fn other_algorithms_capitals_and_short_texts_are_refused() {
        for text in [
            "",
            "sha256:",
            "sha512:00",
            &EMPTY.to_uppercase(),
            &EMPTY[..70],
            "sha256:../../etc/passwd",
            &format!("{EMPTY}0"),
        ] {
            assert!(Digest::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn chain_of_one_layer_is_its_diff_id() {
        let diff = Digest::of(b"layer");
        assert_eq!(Digest::chain(None, diff), diff);
        assert_ne!(Digest::chain(Some(diff), diff), diff);
    }
}
