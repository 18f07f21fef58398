//! What a commit wants to write, and under which assumptions.
//!
//! Invariant: a key is written at most once; what was said last about it holds. Expectations add up: all must hold.
//! Records are made into JSON here, in the caller's thread, so that the committer only moves bytes.

use crate::{LeaseId, ReadError, entry::Value};
use domain::{
    key::Key,
    record::{Record, Revision},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

/// What a transaction assumes about a key at the moment of the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expect {
    /// No record is there.
    Absent,
    /// The record was last changed by the commit of this revision.
    Revision(Revision),
    /// Nothing is assumed.
    Any,
}

impl Expect {
    /// Whether the record whose last change was `modified` (`None`: there is none) is as expected.
    pub fn holds(self, modified: Option<Revision>) -> bool {
        match self {
            Self::Absent => modified.is_none(),
            Self::Revision(revision) => modified == Some(revision),
            Self::Any => true,
        }
    }
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("absent"),
            Self::Revision(revision) => write!(f, "at revision {revision}"),
            Self::Any => f.write_str("anything"),
        }
    }
}

/// Writes that are done together or not at all.
#[derive(Clone, Debug, Default)]
pub struct Transaction {
    expectations: BTreeSet<(Key, Expect)>,
    writes: BTreeMap<Key, Pending>,
}

#[derive(Clone, Debug)]
pub(crate) enum Pending {
    Put { value: Arc<Value>, lease: Option<LeaseId> },
    Delete,
}

/// A write of a transaction, for those who look at it before it is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write<'a> {
    /// The record's JSON and the lease it is put with.
    Put {
        /// As it will be stored.
        json: &'a [u8],
        /// What takes it along when it ends.
        lease: Option<LeaseId>,
    },
    /// The record goes.
    Delete,
}

impl Transaction {
    /// Without any write.
    pub fn new() -> Self {
        Self::default()
    }

    /// Assumes something about a key that need not be written.
    pub fn expect(&mut self, key: &Key, expect: Expect) {
        if expect != Expect::Any {
            self.expectations.insert((key.clone(), expect));
        }
    }

    /// Puts a record, without a lease. Panics if `key` is not of the record's table: such a key is a bug of ours.
    pub fn put<R: Record>(&mut self, key: &Key, expect: Expect, record: R) {
        self.write(
            key,
            expect,
            Pending::Put { value: Arc::new(Value::put(key, record)), lease: None },
        );
    }

    /// Puts a record that goes when `lease` ends. Panics as [`Self::put`] does.
    pub fn put_leased<R: Record>(&mut self, key: &Key, expect: Expect, record: R, lease: LeaseId) {
        let value = Arc::new(Value::put(key, record));
        self.write(key, expect, Pending::Put { value, lease: Some(lease) });
    }

    /// Deletes a record. One that is not there changes nothing, unless `expect` says that it must be.
    pub fn delete(&mut self, key: &Key, expect: Expect) {
        self.write(key, expect, Pending::Delete);
    }

    /// Adds everything that `other` expects and writes; where both write a key, `other` holds.
    pub fn merge(&mut self, other: Self) {
        self.expectations.extend(other.expectations);
        self.writes.extend(other.writes);
    }

    /// Whether it neither writes nor expects anything.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.expectations.is_empty()
    }

    /// How many keys it writes.
    pub fn len(&self) -> usize {
        self.writes.len()
    }

    /// The size of all keys and records that it writes.
    pub fn bytes(&self) -> usize {
        let size = |(key, pending): (&Key, &Pending)| {
            key.as_str().len()
                + match pending {
                    Pending::Put { value, .. } => value.json().len(),
                    Pending::Delete => 0,
                }
        };
        self.writes.iter().map(size).sum()
    }

    /// What it assumes, in key order.
    pub fn expectations(&self) -> impl Iterator<Item = (&Key, Expect)> {
        self.expectations.iter().map(|(key, expect)| (key, *expect))
    }

    /// What it writes, in key order.
    pub fn writes(&self) -> impl Iterator<Item = (&Key, Write<'_>)> {
        self.writes.iter().map(|(key, pending)| {
            let write = match pending {
                Pending::Put { value, lease } => Write::Put { json: value.json(), lease: *lease },
                Pending::Delete => Write::Delete,
            };
            (key, write)
        })
    }

    /// The record that it puts at `key`; `None` if it puts none there.
    ///
    /// # Errors
    /// If the record put there is of another type.
    pub fn pending<R: Record>(&self, key: &Key) -> Result<Option<Arc<R>>, ReadError> {
        match self.writes.get(key) {
            Some(Pending::Put { value, .. }) => value.record(key).map(Some),
            Some(Pending::Delete) | None => Ok(None),
        }
    }

    /// The leases that its records are put with.
    pub(crate) fn leases(&self) -> impl Iterator<Item = LeaseId> {
        self.writes.values().filter_map(|pending| match pending {
            Pending::Put { lease, .. } => *lease,
            Pending::Delete => None,
        })
    }

    pub(crate) fn pending_writes(&self) -> impl Iterator<Item = (&Key, &Pending)> {
        self.writes.iter()
    }

    /// A write as it was read back from the log.
    pub(crate) fn replay(&mut self, key: Key, pending: Pending) {
        self.writes.insert(key, pending);
    }

    fn write(&mut self, key: &Key, expect: Expect, pending: Pending) {
        self.expect(key, expect);
        self.writes.insert(key.clone(), pending);
    }
}
