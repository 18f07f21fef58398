//! The store of the virtual world: the real snapshots and transactions, without a disk.
//!
//! Invariant: a commit checks every expectation on the newest snapshot, as an engine does, and what watches would be told is exactly
//! what it changed. Not here: durability; `tests/reopen.rs` gives a run's commits to the real engine and opens its log again.

use domain::{
    key::Prefix,
    record::{Record, Revision},
    time::Timestamp,
};
use std::{collections::VecDeque, sync::Arc};
use store::{Change, ChangeKind, CommitError, Found, Snapshot, Transaction, WatchBatch, Write};

/// How many commits are kept for those who are behind.
const KEPT_MAX: usize = 20_000;

/// A commit that changed something.
#[derive(Clone, Debug)]
pub(crate) struct Commit {
    pub(crate) at: Timestamp,
    pub(crate) batch: Arc<WatchBatch>,
    pub(crate) after: Snapshot,
}

/// All that is stored, and how it came to be.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    snapshot: Snapshot,
    commits: VecDeque<Commit>,
    /// Every transaction that was committed, if somebody wants them.
    journal: Option<Vec<Transaction>>,
}

impl Truth {
    /// Empty; keeps a journal if asked to.
    pub(crate) fn new(with_journal: bool) -> Self {
        Self { journal: with_journal.then(Vec::new), ..Self::default() }
    }

    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub(crate) fn revision(&self) -> Revision {
        self.snapshot.revision()
    }

    pub(crate) fn journal(&self) -> &[Transaction] {
        self.journal.as_deref().unwrap_or_default()
    }

    /// The records below `prefix` as they are now.
    pub(crate) fn all<R: Record>(&self, prefix: &Prefix) -> Vec<Found<R>> {
        all(&self.snapshot, prefix)
    }

    /// Does all writes, or none. `None` if nothing changed.
    pub(crate) fn commit(
        &mut self,
        transaction: &Transaction,
        now: Timestamp,
    ) -> Result<Option<Commit>, CommitError> {
        let after = self.snapshot.with(transaction)?;
        if after.revision() == self.snapshot.revision() {
            return Ok(None);
        }
        let mut changes = Vec::new();
        for (key, write) in transaction.writes() {
            let previous = self.snapshot.entry(key).cloned();
            let kind = match (write, after.entry(key)) {
                (Write::Put { .. }, Some(entry)) => ChangeKind::Put(entry.clone()),
                (Write::Delete, None) if previous.is_some() => ChangeKind::Delete,
                (Write::Delete, None) => continue,
                (Write::Put { .. }, None) | (Write::Delete, Some(_)) => {
                    unreachable!("a snapshot shows what was written to it")
                }
            };
            changes.push(Change { key: key.clone(), kind, previous });
        }
        let batch = Arc::new(WatchBatch { revision: after.revision(), changes });
        let commit = Commit { at: now, batch, after: after.clone() };
        self.snapshot = after;
        self.commits.push_back(commit.clone());
        if self.commits.len() > KEPT_MAX {
            self.commits.pop_front();
        }
        if let Some(journal) = &mut self.journal {
            journal.push(transaction.clone());
        }
        Ok(Some(commit))
    }

    /// What was shown `commits` ago.
    pub(crate) fn an_older(&self, commits: usize) -> Snapshot {
        let at = self.commits.len().checked_sub(commits + 1);
        at.map_or_else(Snapshot::default, |at| self.commits[at].after.clone())
    }

    /// What was shown right after the commit of `revision`.
    pub(crate) fn at(&self, revision: Revision) -> Snapshot {
        let mut commits = self.commits.iter().rev();
        let commit = commits.find(|commit| commit.batch.revision <= revision);
        commit.map_or_else(Snapshot::default, |commit| commit.after.clone())
    }

    /// The commits after `seen`, oldest first.
    pub(crate) fn since(&self, seen: Revision) -> impl Iterator<Item = &Commit> {
        let first = self.commits.front().map_or(Revision(1), |commit| commit.batch.revision);
        assert!(seen.next() >= first, "someone is behind by more than {KEPT_MAX} commits");
        let skip = usize::try_from(seen.next().0 - first.0).unwrap_or(usize::MAX);
        self.commits.iter().skip(skip)
    }
}

/// The records below `prefix` of a snapshot. All of the world's records are readable: it wrote them itself.
pub(crate) fn all<R: Record>(snapshot: &Snapshot, prefix: &Prefix) -> Vec<Found<R>> {
    snapshot.range(prefix).collect::<Result<_, _>>().expect("records of this process are readable")
}
