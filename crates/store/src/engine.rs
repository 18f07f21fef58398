//! The verbs that every engine offers.
//!
//! Invariant: callers hold an `Arc<dyn Engine>` and cannot tell the engines apart; `conformance.rs` is the contract as tests.

use crate::{
    CommitError, CompactError, LeaseError, LeaseId, ReadError, Snapshot, Transaction, Watch,
    WatchError,
};
use domain::{key::Prefix, record::Revision};
use std::{pin::Pin, time::Duration};

/// A future in a box, so that [`Engine`] can be used behind a pointer.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where the truth is kept.
///
/// Every future may be dropped at any time: the store is then as it was before, or as it would have been after.
pub trait Engine: Send + Sync + 'static {
    /// Everything there is, at one revision. It shows every commit that was answered before this was called.
    fn snapshot(&self) -> BoxFuture<'_, Result<Snapshot, ReadError>>;

    /// Does all writes of `transaction`, or none. Answers the revision of the commit when it is durable.
    ///
    /// A transaction that changes nothing makes no revision: it answers the present one.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] if an expectation does not hold: look again and decide again. Everything else is a fault of the
    /// store or of the caller and says what to do.
    fn commit(&self, transaction: Transaction) -> BoxFuture<'_, Result<Revision, CommitError>>;

    /// Every commit from revision `from` on, itself included, as far as it changes keys below `prefix`. To continue a snapshot,
    /// pass `snapshot.revision().next()`. A revision to come is allowed: the watch is quiet until then.
    ///
    /// # Errors
    /// [`WatchError::Compacted`] if `from` is no longer kept: take a new snapshot and watch from there.
    fn watch(&self, prefix: Prefix, from: Revision) -> BoxFuture<'_, Result<Watch, WatchError>>;

    /// A new lease, which ends `ttl` after it was granted or last kept alive, and takes the records put with it along.
    /// When the store is opened again, a lease that had not ended has its whole `ttl` before it.
    fn grant(&self, ttl: Duration) -> BoxFuture<'_, Result<LeaseId, LeaseError>>;

    /// Gives a lease its whole time again and answers how long that is.
    ///
    /// # Errors
    /// [`LeaseError::NotFound`] if it ended, even if its records are only about to go.
    fn keep_alive(&self, lease: LeaseId) -> BoxFuture<'_, Result<Duration, LeaseError>>;

    /// Ends a lease now and deletes the records put with it, in one commit.
    fn revoke(&self, lease: LeaseId) -> BoxFuture<'_, Result<(), LeaseError>>;

    /// Forgets changes before `revision`, which stays watchable itself. What is already forgotten is no error.
    fn compact(&self, revision: Revision) -> BoxFuture<'_, Result<(), CompactError>>;
}
