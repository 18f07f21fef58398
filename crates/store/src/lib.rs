//! Truth: keyed records with revisions, snapshots, all-or-nothing commits with expectations, watch, leases.
//!
//! Six verbs with the meaning etcd gives them, behind the trait [`Engine`]; [`Embedded`] is the engine for one machine.
//!
//! ```text
//! caller ─ commit ─▶ queue ─▶ committer ── State: check, apply (pure) ──▶ Log: one frame, one fdatasync ──▶ Feed ─▶ snapshots
//!                              (all that queued while the last sync ran)        │ every 64 MiB                 └─▶ watches
//!                                                                               └─▶ Checkpoint, then old segments go
//! ```
//!
//! Must always hold:
//! - A commit is answered, and readers and watches see it, only after it is on disk.
//! - A commit is there whole or not at all, also after a crash at any byte.
//! - The revision grows by one with every commit that changes something, and by nothing else.
//! - After a sync that the disk refused, nothing more is written: no one knows what is on disk.
//! - Memory is bounded: the queue, the history kept for watches and what a slow watch may hold.
//!
//! Not here: what the records mean (`domain`), when to try again after a conflict (the caller looks again and decides again).
//! Read next: `engine.rs` for the verbs, `state.rs` for what a commit does, `committer.rs` for when, `log.rs` for how it stays.

mod checkpoint;
mod committer;
pub mod conformance;
mod directory;
pub mod disk;
mod embedded;
mod engine;
mod entry;
mod error;
mod feed;
mod frame;
mod lease;
mod log;
mod record;
mod snapshot;
mod state;
mod transaction;
mod watch;

pub use embedded::{Embedded, Options, Stats};
pub use engine::{BoxFuture, Engine};
pub use entry::{Entry, Found};
pub use error::{CommitError, CompactError, LeaseError, OpenError, ReadError, WatchError};
pub use feed::Watch;
pub use lease::LeaseId;
pub use snapshot::Snapshot;
pub use transaction::{Expect, Transaction, Write};
pub use watch::{Change, ChangeKind, WatchBatch};
