//! What the committer decides from: the newest snapshot and the leases. Pure.
//!
//! Invariant: a key is listed under a lease exactly if its entry names that lease, so that the end of a lease takes along what was
//! last put with it and nothing else. A refused change leaves the state as it was.

use crate::{
    CommitError, Expect, LeaseId, Snapshot, Transaction,
    watch::{Change, ChangeKind, WatchBatch},
};
use domain::{key::Key, record::Revision};
use imbl::{OrdMap, OrdSet};
use std::time::Duration;

/// Everything that is durable. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct State {
    pub(crate) snapshot: Snapshot,
    pub(crate) leases: OrdMap<LeaseId, Granted>,
    /// The id given out last. Ids are never used again, so that a late revoke cannot hit a stranger.
    pub(crate) lease_last: u64,
}

/// A lease that has not ended.
#[derive(Clone)]
pub(crate) struct Granted {
    pub(crate) ttl: Duration,
    pub(crate) keys: OrdSet<Key>,
}

impl State {
    pub(crate) fn revision(&self) -> Revision {
        self.snapshot.revision()
    }

    /// Checks and does a transaction. `None` if it changes nothing.
    pub(crate) fn commit(
        &mut self,
        transaction: &Transaction,
    ) -> Result<Option<WatchBatch>, CommitError> {
        let is_unknown = |lease: &LeaseId| !self.leases.contains_key(lease);
        if let Some(lease) = transaction.leases().find(is_unknown) {
            return Err(CommitError::NoLease { lease });
        }
        let batch = self.snapshot.apply(transaction)?;
        for change in batch.iter().flat_map(|batch| &batch.changes) {
            self.follow_lease(change);
        }
        Ok(batch)
    }

    /// A new lease with the next id.
    pub(crate) fn grant(&mut self, ttl: Duration) -> LeaseId {
        let lease = LeaseId(self.lease_last + 1);
        self.insert_lease(lease, ttl);
        lease
    }

    /// A lease as it is read back from disk.
    pub(crate) fn insert_lease(&mut self, lease: LeaseId, ttl: Duration) {
        self.lease_last = self.lease_last.max(lease.0);
        self.leases.insert(lease, Granted { ttl, keys: OrdSet::new() });
    }

    /// Says which lease an entry belongs to, as it is read back from disk.
    pub(crate) fn attach(&mut self, lease: LeaseId, key: Key) -> Result<(), CommitError> {
        let granted = self.leases.get_mut(&lease).ok_or(CommitError::NoLease { lease })?;
        granted.keys.insert(key);
        Ok(())
    }

    /// Ends a lease and deletes what was put with it; the changes are `None` if that is nothing. `None` if there is no such lease.
    pub(crate) fn revoke(&mut self, lease: LeaseId) -> Option<Option<WatchBatch>> {
        let granted = self.leases.get(&lease)?;
        let mut deletes = Transaction::new();
        for key in &granted.keys {
            deletes.delete(key, Expect::Any);
        }
        let batch = self.commit(&deletes).expect("deletes that expect nothing are never refused");
        self.leases.remove(&lease);
        Some(batch)
    }

    fn follow_lease(&mut self, change: &Change) {
        let before = change.previous.as_ref().and_then(|entry| entry.lease());
        let after = match &change.kind {
            ChangeKind::Put(entry) => entry.lease(),
            ChangeKind::Delete => None,
        };
        if before == after {
            return;
        }
        if let Some(granted) = before.and_then(|lease| self.leases.get_mut(&lease)) {
            granted.keys.remove(&change.key);
        }
        if let Some(granted) = after.and_then(|lease| self.leases.get_mut(&lease)) {
            granted.keys.insert(change.key.clone());
        }
    }
}
