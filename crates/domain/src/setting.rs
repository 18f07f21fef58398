//! Account settings: the account's defaults and each principal's own.

use crate::{
    id::Scope,
    key::{Key, Prefix},
    record::Record,
};
use serde::{Deserialize, Serialize};

/// The principal part of a default for the whole account.
pub const DEFAULT_PRINCIPAL: &str = "default";

/// One setting of one principal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// One of the model's `SettingName`s.
    pub name: String,
    /// As the client gave it.
    pub value: String,
    /// Whose it is; the account's root for a default.
    pub principal: String,
}

impl Record for Setting {
    const TABLE: &'static str = "setting";
}

impl Setting {
    /// The key of `principal`'s setting `name`. A principal's ARN may contain `/`, which a key part may not.
    pub fn key(scope: &Scope, principal: &str, name: &str) -> Key {
        Key::of::<Self>(scope, &[&principal.replace('/', "|"), name])
    }

    /// All settings of `principal`.
    pub fn all_of(scope: &Scope, principal: &str) -> Prefix {
        Prefix::under::<Self>(scope, &[&principal.replace('/', "|")])
    }
}
