//! Between a channel and the store: who may open it, and what an agent should have.

use crate::{
    instance::Instance,
    shared::{Shared, StoreError},
};
use domain::{
    arn,
    exec::{ExecRoster, ExecSession},
    link::exec::{ExecOrder, ExecSessions},
    time::Timestamp,
};
use store::{Found, ReadError, Snapshot, Transaction};

/// What came of an agent that asks for its end of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// It is its own.
    Ours,
    /// There is no such session on its instance.
    Unknown,
    /// An earlier life of the agent began it; it is over now.
    Lost,
}

/// Uses up a session's token. Says whether it was that.
pub(crate) async fn spend(
    shared: &Shared,
    session: &str,
    token: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let decided = shared.settle(|snapshot| {
        let found = find(snapshot, session)?;
        let writes = found.and_then(|found| books::exec::spend(&found, token, now));
        Ok((writes.is_some(), writes.unwrap_or_default()))
    });
    Ok(decided.await?.0)
}

/// Makes `life` of the instance's agent the one that begins the session's command, if none is yet.
pub(crate) async fn claim(
    shared: &Shared,
    instance: &Instance,
    session: &str,
    life: &str,
) -> Result<Claim, StoreError> {
    let decided = shared.settle(|snapshot| {
        let found = find(snapshot, session)?;
        let Some(found) = found.filter(|it| it.roster_key() == roster_key(instance)) else {
            return Ok((Claim::Unknown, Transaction::new()));
        };
        Ok(match books::exec::claim(&found, life) {
            Some(writes) => (Claim::Ours, writes),
            None => (Claim::Lost, books::exec::end(snapshot, &found)?),
        })
    });
    Ok(decided.await?.0)
}

/// Ends a session; one that is over already stays so.
pub(crate) async fn end(shared: &Shared, session: &str) -> Result<(), StoreError> {
    let decided = shared.settle(|snapshot| {
        let found = find(snapshot, session)?;
        let writes = found.map(|found| books::exec::end(snapshot, &found)).transpose()?;
        Ok(((), writes.unwrap_or_default()))
    });
    decided.await.map(|((), _)| ())
}

/// The sessions that should be on an instance.
///
/// # Errors
/// If a record cannot be read.
pub(crate) fn wanted(snapshot: &Snapshot, instance: &Instance) -> Result<ExecSessions, ReadError> {
    let roster = snapshot.get::<ExecRoster>(&roster_key(instance))?;
    let mut sessions = Vec::new();
    for id in roster.iter().flat_map(|roster| roster.sessions.keys()) {
        if let Some(found) = find(snapshot, id)? {
            sessions.push(ExecOrder {
                session_id: id.clone(),
                task_arn: arn::task(&found.scope, &found.cluster, &found.task),
                container: found.container.clone(),
                command: found.command.clone(),
                owner_arn: found.owner_arn.clone(),
                log_group: found.log_group.clone(),
            });
        }
    }
    Ok(ExecSessions { container_instance_arn: instance.arn(), sessions })
}

fn roster_key(instance: &Instance) -> domain::key::Key {
    ExecRoster::key(&instance.scope, &instance.cluster, &instance.id)
}

fn find(snapshot: &Snapshot, session: &str) -> Result<Option<Found<ExecSession>>, ReadError> {
    match ExecSession::key(session) {
        Some(key) => snapshot.get(&key),
        None => Ok(None),
    }
}
