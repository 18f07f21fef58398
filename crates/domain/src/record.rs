//! What a stored noun promises to the store.
//!
//! A record is a value with a fixed kind. It is stored as JSON with the field names of the ECS API where it has one, so that an old
//! data directory opens in a new version: a new field has a default, a field that goes away is ignored.

use serde::{Serialize, de::DeserializeOwned};

/// The store's position: every commit makes a greater one. 0 is "before anything was written".
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Revision(pub u64);

impl Revision {
    /// The one after this: where a watch begins that continues a snapshot of this revision.
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl std::fmt::Display for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A noun that the store keeps. `Send + Sync + 'static`, because a snapshot shares decoded records between readers.
pub trait Record: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The table's name, the segment of the key that says what is stored there, such as `task`.
    const TABLE: &'static str;
}
