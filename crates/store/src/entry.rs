//! A stored record with its history in numbers, and the typed view of it.
//!
//! Invariant: an entry never changes. Its JSON is what is on disk; the typed value is the one that was put, or is decoded from the
//! JSON when first asked for, once, and then shared by all readers.

use crate::{LeaseId, ReadError};
use domain::{
    key::Key,
    record::{Record, Revision},
};
use std::{
    any::Any,
    fmt,
    ops::Deref,
    sync::{Arc, OnceLock},
};

/// A record's content: JSON always, typed as soon as someone has looked.
pub(crate) struct Value {
    json: Box<[u8]>,
    typed: OnceLock<Arc<dyn Any + Send + Sync>>,
}

impl Value {
    /// Of a record that is being put.
    pub(crate) fn put<R: Record>(key: &Key, record: R) -> Self {
        assert_eq!(key.table(), Some(R::TABLE), "put a `{}` at `{key}`", R::TABLE);
        let json = serde_json::to_vec(&record)
            .expect("a record is plain data with text keys, which always has a JSON form");
        Self { json: json.into(), typed: OnceLock::from(Arc::new(record) as Arc<_>) }
    }

    /// As it was read from disk.
    pub(crate) fn stored(json: &[u8]) -> Self {
        Self { json: json.into(), typed: OnceLock::new() }
    }

    pub(crate) fn json(&self) -> &[u8] {
        &self.json
    }

    pub(crate) fn record<R: Record>(&self, key: &Key) -> Result<Arc<R>, ReadError> {
        if key.table() != Some(R::TABLE) {
            return Err(ReadError::WrongTable { key: key.clone(), table: R::TABLE });
        }
        let typed = match self.typed.get() {
            Some(typed) => typed,
            None => {
                let record: R = serde_json::from_slice(&self.json).map_err(|source| {
                    ReadError::Decode { key: key.clone(), table: R::TABLE, source }
                })?;
                self.typed.get_or_init(|| Arc::new(record))
            }
        };
        let wrong_type = |_| ReadError::WrongType { key: key.clone(), table: R::TABLE };
        Arc::clone(typed).downcast().map_err(wrong_type)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.json))
    }
}

/// A record as it is stored. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Entry(Arc<Fields>);

#[derive(Debug)]
pub(crate) struct Fields {
    pub(crate) key: Key,
    pub(crate) value: Arc<Value>,
    pub(crate) created: Revision,
    pub(crate) modified: Revision,
    pub(crate) version: u64,
    pub(crate) lease: Option<LeaseId>,
}

/// The same key put by the same commit is the same entry.
impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.key == other.0.key && self.0.modified == other.0.modified)
    }
}

impl Entry {
    pub(crate) fn new(fields: Fields) -> Self {
        Self(Arc::new(fields))
    }

    /// Its name.
    pub fn key(&self) -> &Key {
        &self.0.key
    }

    /// The revision of the commit that made it; a record that is put again after its deletion is made anew.
    pub fn created(&self) -> Revision {
        self.0.created
    }

    /// The revision of the commit that put it last: what [`crate::Expect::Revision`] compares with.
    pub fn modified(&self) -> Revision {
        self.0.modified
    }

    /// How often it was put since it was created, that included.
    pub fn version(&self) -> u64 {
        self.0.version
    }

    /// The lease that takes it along when it ends.
    pub fn lease(&self) -> Option<LeaseId> {
        self.0.lease
    }

    /// The stored text.
    pub fn json(&self) -> &[u8] {
        self.0.value.json()
    }

    /// The record itself.
    ///
    /// # Errors
    /// If the entry is of another table or does not fit the type.
    pub fn read<R: Record>(&self) -> Result<Found<R>, ReadError> {
        Ok(Found {
            key: self.0.key.clone(),
            record: self.0.value.record(&self.0.key)?,
            created: self.0.created,
            modified: self.0.modified,
        })
    }
}

/// A record that was found, with what is needed to write it back safely.
#[derive(Debug)]
pub struct Found<R> {
    /// Its name.
    pub key: Key,
    /// The record, shared with all other readers.
    pub record: Arc<R>,
    /// The revision of the commit that made it.
    pub created: Revision,
    /// The revision of the commit that put it last.
    pub modified: Revision,
}

impl<R> Deref for Found<R> {
    type Target = R;
    fn deref(&self) -> &R {
        &self.record
    }
}

impl<R> Clone for Found<R> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            record: Arc::clone(&self.record),
            created: self.created,
            modified: self.modified,
        }
    }
}
