//! Everything there is, at one revision.
//!
//! Invariant: a snapshot never changes, and reading it is pure. A commit makes a new one that shares all that did not change, so a
//! clone costs a pointer and an old snapshot only what was replaced since.

use crate::{
    CommitError, Entry, Expect, Found, ReadError, Transaction,
    entry::Fields,
    transaction::Pending,
    watch::{Change, ChangeKind, WatchBatch},
};
use domain::{
    key::{Key, Prefix},
    record::{Record, Revision},
};
use imbl::{OrdMap, ordmap::DiffItem};
use std::{fmt, ops::Bound, sync::Arc};

/// A consistent, immutable read of the whole store. [`Snapshot::default`] is the store before anything was written.
#[derive(Clone, Default)]
pub struct Snapshot {
    revision: Revision,
    index: OrdMap<Key, Entry>,
}

impl Snapshot {
    pub(crate) fn new(revision: Revision, index: OrdMap<Key, Entry>) -> Self {
        Self { revision, index }
    }

    /// The last commit that it shows.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The record of a key, if there is one.
    ///
    /// # Errors
    /// If the key is of another table, or the stored record does not fit the type.
    pub fn get<R: Record>(&self, key: &Key) -> Result<Option<Found<R>>, ReadError> {
        self.entry(key).map(Entry::read).transpose()
    }

    /// What is stored at a key, whatever its type.
    pub fn entry(&self, key: &Key) -> Option<&Entry> {
        self.index.get(key)
    }

    /// The records below a prefix, in key order.
    pub fn range<'a, R: Record>(
        &'a self,
        prefix: &Prefix,
    ) -> impl Iterator<Item = Result<Found<R>, ReadError>> + use<'a, R> {
        self.entries(prefix).map(Entry::read)
    }

    /// The records below a prefix whose keys come after `after`, in key order: the next page.
    pub fn range_after<'a, R: Record>(
        &'a self,
        prefix: &Prefix,
        after: &Key,
    ) -> impl Iterator<Item = Result<Found<R>, ReadError>> + use<'a, R> {
        self.between(prefix, Bound::Excluded(after.as_str())).map(Entry::read)
    }

    /// What is stored below a prefix, whatever its type, in key order.
    pub fn entries<'a>(&'a self, prefix: &Prefix) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.between(prefix, Bound::Unbounded)
    }

    /// The keys below a prefix, in order.
    pub fn keys<'a>(&'a self, prefix: &Prefix) -> impl Iterator<Item = &'a Key> + use<'a> {
        self.entries(prefix).map(Entry::key)
    }

    /// How many records are below a prefix. Counts them one by one.
    pub fn count(&self, prefix: &Prefix) -> usize {
        self.entries(prefix).count()
    }

    /// What happened between `earlier`, a snapshot of the same store, and this one, in key order. Costs what changed, not what there is:
    /// what both share is passed over.
    pub fn changes_since<'a>(&'a self, earlier: &'a Self) -> impl Iterator<Item = Change> + 'a {
        let put = |entry: &Entry, previous: Option<&Entry>| Change {
            key: entry.key().clone(),
            kind: ChangeKind::Put(entry.clone()),
            previous: previous.cloned(),
        };
        earlier.index.diff(&self.index).map(move |item| match item {
            DiffItem::Add(_, entry) => put(entry, None),
            DiffItem::Update { old, new } => put(new.1, Some(old.1)),
            DiffItem::Remove(key, entry) => {
                Change { key: key.clone(), kind: ChangeKind::Delete, previous: Some(entry.clone()) }
            }
        })
    }

    /// The snapshot that a commit of `transaction` would make of this one, for tests of decisions and for dry runs. Leases are not
    /// known here and not checked.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] if an expectation does not hold.
    pub fn with(&self, transaction: &Transaction) -> Result<Self, CommitError> {
        let mut after = self.clone();
        after.apply(transaction)?;
        Ok(after)
    }

    /// Checks all expectations, then does all writes. `None` if nothing changed; on error nothing did.
    pub(crate) fn apply(
        &mut self,
        transaction: &Transaction,
    ) -> Result<Option<WatchBatch>, CommitError> {
        for (key, expected) in transaction.expectations() {
            let found = self.index.get(key).map(Entry::modified);
            if !expected.holds(found) {
                return Err(CommitError::Conflict { key: key.clone(), expected, found });
            }
        }
        for prefix in transaction.guarded() {
            let mut below = self.entries(prefix);
            if let Some(stranger) = below.find(|it| transaction.is_stranger(prefix, it.key())) {
                return Err(CommitError::Conflict {
                    key: stranger.key().clone(),
                    expected: Expect::Absent,
                    found: Some(stranger.modified()),
                });
            }
        }
        let revision = self.revision.next();
        let write = |(key, pending): (&Key, &Pending)| self.write(revision, key, pending);
        let changes: Vec<Change> = transaction.pending_writes().filter_map(write).collect();
        if changes.is_empty() {
            return Ok(None);
        }
        self.revision = revision;
        Ok(Some(WatchBatch { revision, changes }))
    }

    fn write(&mut self, revision: Revision, key: &Key, pending: &Pending) -> Option<Change> {
        let Pending::Put { value, lease } = pending else {
            let (key, previous) = self.index.remove_with_key(key)?;
            return Some(Change { key, kind: ChangeKind::Delete, previous: Some(previous) });
        };
        let previous = self.index.get(key).cloned();
        let entry = Entry::new(Fields {
            key: previous.as_ref().map_or(key, Entry::key).clone(),
            value: Arc::clone(value),
            created: previous.as_ref().map_or(revision, Entry::created),
            modified: revision,
            version: previous.as_ref().map_or(0, Entry::version) + 1,
            lease: *lease,
        });
        self.index.insert(entry.key().clone(), entry.clone());
        Some(Change { key: entry.key().clone(), kind: ChangeKind::Put(entry), previous })
    }

    fn between<'a>(
        &'a self,
        prefix: &Prefix,
        after: Bound<&str>,
    ) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let low = match after {
            Bound::Excluded(after) if after >= prefix.as_str() => Bound::Excluded(after),
            _ => Bound::Included(prefix.as_str()),
        };
        let end = end_of(prefix);
        let high = end.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        // A range that ends before it begins would be a panic of the map, not an empty answer.
        let is_empty =
            matches!((low, high), (Bound::Excluded(low), Bound::Excluded(high)) if low >= high);
        let range = (!is_empty).then(|| self.index.range::<_, str>((low, high)));
        range.into_iter().flatten().map(|(_, entry)| entry)
    }
}

/// The first text after all texts that begin with `prefix`; `None` if there is none. A prefix ends at a `/`, whose successor is `0`.
fn end_of(prefix: &Prefix) -> Option<String> {
    let text = prefix.as_str().strip_suffix('/')?;
    Some(format!("{text}0"))
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Snapshot {{ revision: {}, records: {} }}", self.revision, self.index.len())
    }
}
