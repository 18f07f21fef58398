//! From records to what the planner takes note of.
//!
//! Invariant: a record that cannot be read is said once in the log and otherwise treated as if it were gone; the rounds go on.

use crate::registry::Registry;
use domain::{
    capacity::CapacityProvider,
    cluster::Cluster,
    definition::TaskDefinition,
    deployment::{ServiceDeployment, ServiceRevision},
    exec::{ExecRoster, ExecSession},
    fargate::PoolHost,
    iam::{SessionCredential, TaskCredentials},
    instance::{ContainerInstance, InstanceLink, Ledger},
    key::Prefix,
    record::Record,
    service::Service,
    task::{ClientToken, Task},
    time::Timestamp,
};
use planner::view::{Noted, View, sibling};
use store::{
    ChangeKind, CommitError, Engine, Entry, Expect, ReadError, Snapshot, Transaction, WatchBatch,
};

/// Takes note of a record.
pub fn note(view: &mut View, entry: &Entry) {
    if let Err(error) = try_note(view, entry) {
        tracing::error!(key = %entry.key(), error = &error as &dyn std::error::Error, "a record is left out of account");
        view.forget(entry.key());
    }
}

fn try_note(view: &mut View, entry: &Entry) -> Result<(), ReadError> {
    let (key, revision) = (entry.key(), entry.modified());
    match key.table() {
        Some(Task::TABLE) => view.note(key, revision, Noted::Task(&*entry.read::<Task>()?)),
        Some(ContainerInstance::TABLE) => {
            view.note(key, revision, Noted::Instance(&entry.read::<ContainerInstance>()?.record));
        }
        Some(InstanceLink::TABLE) => {
            view.note(key, revision, Noted::Link(&entry.read::<InstanceLink>()?.record));
        }
        Some(Ledger::TABLE) => {
            view.note(key, revision, Noted::Ledger(&entry.read::<Ledger>()?.record))
        }
        Some(TaskDefinition::TABLE) => {
            view.note(key, revision, Noted::Definition(&entry.read::<TaskDefinition>()?.record));
        }
        Some(Service::TABLE) => {
            view.note(key, revision, Noted::Service(&entry.read::<Service>()?.record));
        }
        Some(ServiceRevision::TABLE) => {
            view.note(key, revision, Noted::Revision(&*entry.read::<ServiceRevision>()?));
        }
        Some(ServiceDeployment::TABLE) => {
            view.note(
                key,
                revision,
                Noted::ServiceDeployment(&*entry.read::<ServiceDeployment>()?),
            );
        }
        Some(CapacityProvider::TABLE) => {
            view.note(key, revision, Noted::Provider(&entry.read::<CapacityProvider>()?.record));
        }
        Some(Cluster::TABLE) => {
            view.note(key, revision, Noted::Cluster(&*entry.read::<Cluster>()?))
        }
        Some(ClientToken::TABLE) => {
            view.note(key, revision, Noted::Token(&*entry.read::<ClientToken>()?))
        }
        Some(SessionCredential::TABLE) => {
            view.note(
                key,
                revision,
                Noted::SessionCredential(&*entry.read::<SessionCredential>()?),
            );
        }
        Some(TaskCredentials::TABLE) => {
            view.note(key, revision, Noted::TaskCredentials(&*entry.read::<TaskCredentials>()?));
        }
        Some(PoolHost::TABLE) => {
            view.note(key, revision, Noted::PoolHost(&*entry.read::<PoolHost>()?));
        }
        // Assignments, events, settings: no rule looks at them.
        Some(_) | None => {}
    }
    Ok(())
}

/// Takes note of a commit, and wakes the sessions of the instances that it is about.
pub(super) fn absorb(view: &mut View, batch: &WatchBatch, registry: &Registry) {
    for change in &batch.changes {
        match &change.kind {
            ChangeKind::Put(entry) => note(view, entry),
            ChangeKind::Delete => view.forget(&change.key),
        }
        match change.key.table() {
            Some(ContainerInstance::TABLE) => registry.wake(&change.key),
            Some(InstanceLink::TABLE | ExecRoster::TABLE) => {
                registry.wake(&sibling::<ContainerInstance>(&change.key));
            }
            Some(ExecSession::TABLE) if matches!(change.kind, ChangeKind::Delete) => {
                registry.exchange.over(change.key.last());
            }
            Some(_) | None => {}
        }
    }
}

/// The writes that say that no agent is connected: sessions do not outlive the process that held them.
///
/// # Errors
/// If a link cannot be read.
pub fn disconnected(snapshot: &Snapshot, now: Timestamp) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let is_link = |entry: &&Entry| entry.key().table() == Some(InstanceLink::TABLE);
    for entry in snapshot.entries(&Prefix::everything()).filter(is_link) {
        let found = entry.read::<InstanceLink>()?;
        if found.connected {
            let link = InstanceLink { connected: false, since: now, ..(*found.record).clone() };
            writes.put(entry.key(), Expect::Revision(entry.modified()), link);
        }
    }
    Ok(writes)
}

/// Writes that, until nobody comes between.
///
/// # Errors
/// If the store cannot be read or written.
pub(crate) async fn disconnect_all(
    engine: &dyn Engine,
    now: Timestamp,
) -> Result<(), DisconnectError> {
    loop {
        let writes = disconnected(&engine.snapshot().await?, now)?;
        if writes.is_empty() {
            return Ok(());
        }
        match engine.commit(writes).await {
            Ok(_) => return Ok(()),
            Err(CommitError::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Why the control plane could not begin.
#[derive(Debug, thiserror::Error)]
pub enum DisconnectError {
    /// The links could not be read.
    #[error("read which agents were connected")]
    Read(#[from] ReadError),
    /// The links could not be written.
    #[error("record that no agent is connected")]
    Commit(#[from] CommitError),
}
