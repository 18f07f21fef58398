//! Names of records: `{account}/{region}/{table}/{part}/{part}…`.
//!
//! Invariant: a part never contains `/` nor a control character, so that a prefix that ends in `/` selects whole parts only and
//! keys of different tables can never meet. Keys order as their text does.

use crate::{id::Scope, record::Record};
use serde::{Deserialize, Serialize};
use std::{borrow::Borrow, fmt, sync::Arc};

/// The name of one record. Cheap to clone: readers, watchers and the store's index share one text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(Arc<str>);

impl Key {
    /// The key of a record of table `R` in `scope`, by its parts. Panics if a part is empty or contains `/`: ids are checked
    /// when they are made, so such a part is a bug of ours.
    pub fn of<R: Record>(scope: &Scope, parts: &[&str]) -> Self {
        let mut text = Prefix::table::<R>(scope).0;
        for (index, part) in parts.iter().enumerate() {
            assert!(
                !part.is_empty() && !part.contains('/'),
                "key part {part:?} of table {}",
                R::TABLE
            );
            if index > 0 {
                text.push('/');
            }
            text.push_str(part);
        }
        Self(text.into())
    }

    /// A key from its text, as it was read back from disk or the wire.
    pub fn from_text(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The segment that names the table, or `None` for a text that no [`Key::of`] made.
    pub fn table(&self) -> Option<&str> {
        let mut segments = self.0.split('/');
        let table = segments.nth(2)?;
        segments.next().map(|_| table)
    }

    /// The last part: the record's own id.
    pub fn last(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A key orders and compares as its text, so that an index of keys can be asked by text.
impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// All keys that begin with a text; made so that it ends at a `/`, except for the empty prefix, which selects everything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix(String);

impl Prefix {
    /// Every key there is.
    pub fn everything() -> Self {
        Self(String::new())
    }

    /// Every record of table `R` in `scope`.
    pub fn table<R: Record>(scope: &Scope) -> Self {
        Self(format!("{}/{}/{}/", scope.account, scope.region, R::TABLE))
    }

    /// Every record of table `R` below the given leading parts, such as all tasks of a cluster.
    pub fn under<R: Record>(scope: &Scope, parts: &[&str]) -> Self {
        Self(format!("{}/", Key::of::<R>(scope, parts)))
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `key` begins with this prefix.
    pub fn covers(&self, key: &Key) -> bool {
        key.0.starts_with(&self.0)
    }
}

/// Keys of records that an account has in a region, each by its id alone.
macro_rules! keyed_by_id {
    ($($record:ident)*) => { $(
        impl $record {
            /// The key of one, by its id.
            pub fn key(scope: &$crate::id::Scope, id: &str) -> $crate::key::Key {
                $crate::key::Key::of::<Self>(scope, &[id])
            }

            /// All of an account in a region.
            pub fn all(scope: &$crate::id::Scope) -> $crate::key::Prefix {
                $crate::key::Prefix::table::<Self>(scope)
            }
        }
    )* };
}
pub(crate) use keyed_by_id;
