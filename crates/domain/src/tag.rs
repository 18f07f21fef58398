//! Tags and other pairs of texts, as the API lists them.

use serde::{Deserialize, Serialize};

/// A tag on a resource. Keys are unique within a resource; order is the order they were given in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag {
    /// 1 to 128 characters.
    pub key: String,
    /// 0 to 256 characters.
    #[serde(default)]
    pub value: String,
}

/// A name and a value, such as an environment variable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct KeyValue {
    /// The name.
    #[serde(default)]
    pub name: String,
    /// The value; empty where none was given.
    #[serde(default)]
    pub value: String,
}

/// An attribute of a container instance, or one that a task definition requires.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attribute {
    /// 1 to 128 characters.
    pub name: String,
    /// Many attributes are just present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}
