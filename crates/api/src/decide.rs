//! What every operation is: a function from a view, a request and a context to a reply and writes.
//!
//! Invariant: a decision reads nothing but its arguments. It may be made twice on two views and thrown away once; only writes that
//! are committed count. It names in its writes what it read (`Expect::Revision(found.modified)`, `Expect::Absent`), so that a
//! commit on a changed world is refused and the shell (`service.rs`) looks again.
//! Not here: when to try again, who calls and whether that is true.

use crate::{caller::Caller, config::Config};
use books::ids::Ids;
use domain::{
    id::Scope,
    key::{Key, Prefix},
    record::{Record, Revision},
    time::Timestamp,
};
use std::sync::Arc;
use store::{Found, ReadError, Snapshot};
use wire::{Fault, Value, check::Violations};

/// What a client gets when its request was decided: a value of the operation's output shape.
pub type Reply = Value;

/// What is to be committed for it; empty for an operation that only reads.
pub type Writes = store::Transaction;

/// The outcome of an operation.
pub type Decision = Result<(Reply, Writes), Fault>;

/// What has to be stored before a service decides; empty when nothing is missing.
pub type Prepare = fn(&View, &Ctx) -> Result<Writes, Fault>;

/// An operation. `request` has passed the model's rules.
pub type Decide = fn(&View, &Value, &Ctx) -> Decision;

/// All that a decision may know besides what is stored.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// The only time there is.
    pub now: Timestamp,
    /// The account and region that the request is for.
    pub scope: Scope,
    /// Who asks.
    pub caller: Caller,
    /// Where ids for new records come from.
    pub ids: Ids,
    /// The operator's settings.
    pub config: Arc<Config>,
}

/// One service: its model, and the operations that Longshore decides.
#[derive(Debug)]
pub struct Table {
    /// The model.
    pub service: &'static wire::shape::Service,
    /// What each operation does, by the model's name.
    pub operations: &'static [(&'static str, Decide)],
    /// What a client is told that breaks rules of the model.
    pub refuse: fn(operation: &str, &Violations) -> Fault,
    /// The code of a fault of ours, such as `ServerException`.
    pub server_fault: &'static str,
    /// What has to be stored before any of its operations is decided for an account and region; empty when nothing is missing.
    pub prepare: Option<Prepare>,
}

impl Table {
    /// The function that decides `operation`.
    pub fn operation(&self, operation: &str) -> Option<Decide> {
        self.operations.iter().find(|(name, _)| *name == operation).map(|(_, decide)| *decide)
    }
}

/// A consistent read of everything stored. A record that cannot be read is a fault of ours: the log says which and why.
#[derive(Clone, Debug, Default)]
pub struct View(Snapshot);

impl View {
    /// Of a snapshot.
    pub fn new(snapshot: Snapshot) -> Self {
        Self(snapshot)
    }

    /// The last commit that it shows.
    pub fn revision(&self) -> Revision {
        self.0.revision()
    }

    /// The record at `key`, if there is one.
    ///
    /// # Errors
    /// A fault of the service, if it cannot be decoded.
    pub fn get<R: Record>(&self, key: &Key) -> Result<Option<Found<R>>, Fault> {
        self.0.get(key).map_err(|error| unreadable(&error))
    }

    /// The records below `prefix`, in key order.
    pub fn range<'a, R: Record>(
        &'a self,
        prefix: &Prefix,
    ) -> impl Iterator<Item = Result<Found<R>, Fault>> + use<'a, R> {
        self.0.range(prefix).map(|read| read.map_err(|error| unreadable(&error)))
    }

    /// The records below `prefix` whose keys come after `after`, in key order.
    pub fn range_after<'a, R: Record>(
        &'a self,
        prefix: &Prefix,
        after: &Key,
    ) -> impl Iterator<Item = Result<Found<R>, Fault>> + use<'a, R> {
        self.0.range_after(prefix, after).map(|read| read.map_err(|error| unreadable(&error)))
    }

    /// Whether anything is below `prefix`.
    pub fn any(&self, prefix: &Prefix) -> bool {
        self.0.keys(prefix).next().is_some()
    }

    /// The keys below `prefix`, in order.
    pub fn keys<'a>(&'a self, prefix: &Prefix) -> impl Iterator<Item = &'a Key> + use<'a> {
        self.0.keys(prefix)
    }

    /// The view that a commit of `writes`, which were decided on this one, makes of it: for replies that show what was written.
    pub fn after(&self, writes: &Writes) -> Self {
        let snapshot = self.0.with(writes);
        Self(snapshot.expect("what was decided on a view holds of that view"))
    }

    /// The snapshot itself.
    pub fn snapshot(&self) -> &Snapshot {
        &self.0
    }
}

/// What was read; a record that cannot be read is a fault of ours.
///
/// # Errors
/// That fault.
pub fn readable<T>(read: Result<T, ReadError>) -> Result<T, Fault> {
    read.map_err(|error| unreadable(&error))
}

fn unreadable(error: &ReadError) -> Fault {
    tracing::error!(error = error as &dyn std::error::Error, "read a record");
    Fault::receiver(
        "ServerException",
        "A stored record cannot be read; the server's log says which.",
    )
}

/// `time` as replies carry it.
pub fn moment(time: Timestamp) -> Value {
    Value::Time(time.0)
}
