//! What can go wrong, by act.
//!
//! Invariant: every message says what and where, and what to do if someone can do something. Causes are sources, not text.

use crate::{Expect, LeaseId};
use domain::{key::Key, record::Revision};
use std::{io, path::PathBuf, sync::Arc, time::Duration};

/// Why a record or a snapshot could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The key names another table than the type that was asked for.
    #[error("`{key}` is not a key of table `{table}`")]
    WrongTable {
        /// What was read.
        key: Key,
        /// The table of the type that was asked for.
        table: &'static str,
    },
    /// Two types claim the same table: the record was put or decoded as the other one.
    #[error("`{key}` holds a record of table `{table}` of another type than was asked for")]
    WrongType {
        /// What was read.
        key: Key,
        /// The table of both types.
        table: &'static str,
    },
    /// The stored JSON does not fit the type.
    #[error("decode `{key}` as a record of table `{table}`")]
    Decode {
        /// What was read.
        key: Key,
        /// The table of the type.
        table: &'static str,
        /// What the decoder says.
        #[source]
        source: serde_json::Error,
    },
    /// The engine was closed.
    #[error("the store is closed")]
    Closed,
}

/// Why nothing was committed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CommitError {
    /// The world is not as the transaction expects.
    #[error("`{key}` is {}, not {expected} as expected", at(*.found))]
    Conflict {
        /// The first key, in key order, for which it does not hold.
        key: Key,
        /// What the transaction expects.
        expected: Expect,
        /// The revision at which the record was last changed; `None` if there is none.
        found: Option<Revision>,
    },
    /// A record was put with a lease that does not exist or has ended.
    #[error("there is no lease {lease}")]
    NoLease {
        /// Which one.
        lease: LeaseId,
    },
    /// The transaction is over the limit.
    #[error("a commit of {bytes} bytes is too large: at most {bytes_max} bytes; split it")]
    TooLarge {
        /// Keys and records together.
        bytes: usize,
        /// The engine's limit.
        bytes_max: usize,
    },
    /// The disk is full. Nothing was written, and commits work again as soon as there is room.
    #[error("no room left for the store in `{dir}`: free some space there and try again")]
    Full {
        /// The data directory.
        dir: PathBuf,
        /// What the operating system says.
        #[source]
        source: Arc<io::Error>,
    },
    /// The system refused for now, as when the process has too many files open. Nothing was written, and commits work again as
    /// soon as it does not.
    #[error(
        "{act} in `{dir}`: nothing was written; try again, or restart with a higher limit of open files"
    )]
    Refused {
        /// What was being done.
        act: &'static str,
        /// The data directory.
        dir: PathBuf,
        /// What the operating system says.
        #[source]
        source: Arc<io::Error>,
    },
    /// The disk failed. Whether this commit is on disk is unknown, so the engine takes no more until it is opened again.
    #[error(
        "{act} in `{dir}`: the store takes no more writes, as it cannot know what is on disk; check the disk, then restart"
    )]
    Io {
        /// What was being done.
        act: &'static str,
        /// The data directory.
        dir: PathBuf,
        /// What the operating system says.
        #[source]
        source: Arc<io::Error>,
    },
    /// The engine was closed before the commit was taken up.
    #[error("the store is closed")]
    Closed,
}

impl CommitError {
    /// Whether nothing was written for a reason that is not the commit's own and passes by itself or with what the message asks for: the
    /// same commit may work a moment later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Full { .. } | Self::Refused { .. } => true,
            Self::Conflict { .. }
            | Self::NoLease { .. }
            | Self::TooLarge { .. }
            | Self::Io { .. }
            | Self::Closed => false,
        }
    }
}

fn at(found: Option<Revision>) -> String {
    found.map_or_else(|| "absent".into(), |revision| format!("at revision {revision}"))
}

/// Why a watch does not start or ended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WatchError {
    /// The changes asked for are no longer kept.
    #[error(
        "changes before revision {oldest} are no longer kept: take a new snapshot and watch from there"
    )]
    Compacted {
        /// The oldest revision that can still be watched from.
        oldest: Revision,
    },
    /// The engine was closed or takes no more writes: nothing will come.
    #[error("the store is closed or its disk failed: no more changes will come")]
    Closed,
}

/// Why a lease could not be granted, kept or revoked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LeaseError {
    /// It never was, or has ended.
    #[error("there is no lease {lease}")]
    NotFound {
        /// Which one.
        lease: LeaseId,
    },
    /// The length is out of range.
    #[error("a lease cannot last {ttl:?}: at least {ttl_min:?} and at most {ttl_max:?}")]
    Ttl {
        /// What was asked for.
        ttl: Duration,
        /// The least.
        ttl_min: Duration,
        /// The most.
        ttl_max: Duration,
    },
    /// The change of the lease could not be committed.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

/// Why the history was not compacted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompactError {
    /// The revision is still to come.
    #[error("cannot compact at revision {revision}: the store is at {current}")]
    Future {
        /// What was asked for.
        revision: Revision,
        /// Where the store is.
        current: Revision,
    },
}

/// Why a data directory could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error("data directory `{dir}` is in use by {}: stop it first, or choose another directory", owner(*.pid))]
    Locked {
        /// The data directory.
        dir: PathBuf,
        /// Who, if it could be read.
        pid: Option<u32>,
    },
    /// A later version of Longshore wrote it.
    #[error(
        "data directory `{dir}` has format {found}, this version reads up to {supported}: start the version that wrote it"
    )]
    NewerFormat {
        /// The data directory.
        dir: PathBuf,
        /// What its `FORMAT` file says.
        found: u32,
        /// The newest that this version reads.
        supported: u32,
    },
    /// What is on disk is not what was written.
    #[error(
        "`{path}` is damaged at byte {offset}: {what}; restore the data directory from a backup"
    )]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// Where in it.
        offset: u64,
        /// What is wrong there.
        what: String,
    },
    /// The operating system refused.
    #[error("{act} in data directory `{dir}`")]
    Io {
        /// What was being done.
        act: &'static str,
        /// The data directory.
        dir: PathBuf,
        /// What the operating system says.
        #[source]
        source: io::Error,
    },
}

fn owner(pid: Option<u32>) -> String {
    pid.map_or_else(|| "another process".into(), |pid| format!("process {pid}"))
}
