//! What a watch tells: all changes of one commit together.

use crate::{Entry, Found, ReadError};
use domain::{
    key::{Key, Prefix},
    record::{Record, Revision},
};
use std::sync::Arc;

/// The changes of one commit, as far as the watch covers them, in key order.
#[derive(Clone, Debug)]
pub struct WatchBatch {
    /// The revision that the commit made.
    pub revision: Revision,
    /// At least one.
    pub changes: Vec<Change>,
}

/// What a commit did to one key.
#[derive(Clone, Debug)]
pub struct Change {
    /// Whose.
    pub key: Key,
    /// What was done.
    pub kind: ChangeKind,
    /// The record before; `None` if there was none.
    pub previous: Option<Entry>,
}

/// What was done to a key.
#[derive(Clone, Debug)]
pub enum ChangeKind {
    /// The record is now this.
    Put(Entry),
    /// The record is gone.
    Delete,
}

impl Change {
    /// The record after the change; `None` if it is gone.
    ///
    /// # Errors
    /// As [`Entry::read`].
    pub fn after<R: Record>(&self) -> Result<Option<Found<R>>, ReadError> {
        match &self.kind {
            ChangeKind::Put(entry) => entry.read().map(Some),
            ChangeKind::Delete => Ok(None),
        }
    }

    /// The record before the change; `None` if there was none.
    ///
    /// # Errors
    /// As [`Entry::read`].
    pub fn before<R: Record>(&self) -> Result<Option<Found<R>>, ReadError> {
        self.previous.as_ref().map(Entry::read).transpose()
    }

    /// The memory that keeping it costs, roughly.
    fn bytes(&self) -> usize {
        /// Two entries with their counts and pointers.
        const OVERHEAD: usize = 256;
        let put = match &self.kind {
            ChangeKind::Put(entry) => entry.json().len(),
            ChangeKind::Delete => 0,
        };
        OVERHEAD + put + self.previous.as_ref().map_or(0, |entry| entry.json().len())
    }
}

impl WatchBatch {
    /// The part of `batch` that `prefix` covers; shared if that is all of it, `None` if it is nothing.
    pub(crate) fn below(batch: &Arc<Self>, prefix: &Prefix) -> Option<Arc<Self>> {
        let covered = batch.changes.iter().filter(|change| prefix.covers(&change.key)).count();
        if covered == 0 {
            return None;
        }
        if covered == batch.changes.len() {
            return Some(Arc::clone(batch));
        }
        let changes =
            batch.changes.iter().filter(|change| prefix.covers(&change.key)).cloned().collect();
        Some(Arc::new(Self { revision: batch.revision, changes }))
    }

    pub(crate) fn bytes(&self) -> usize {
        self.changes.iter().map(Change::bytes).sum()
    }
}
