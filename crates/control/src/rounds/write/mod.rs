//! From an action to what is written for it, on a fresh look.
//!
//! Invariants: the rule that demanded the action is asked again with the records as they are now, and everything it looked at is
//! expected to stay so. An action that is no longer right writes nothing. What belongs together goes in one commit: a task that ends
//! gives back what it held and loses its assignment.

#[cfg(test)]
mod tests;

use crate::{acs::desk::expect_of, instance::Instance};
use books::draft::Draft;
use domain::{
    cluster::{Cluster, ClusterStatus},
    definition::{DefinitionStatus, TaskDefinition},
    iam::{SessionCredential, TaskCredentials},
    id::TaskId,
    instance::{ContainerInstance, InstanceLink, Ledger},
    key::Key,
    record::Record,
    status::TaskStatus,
    task::{ClientToken, Stop, Task},
    time::Timestamp,
};
use planner::{
    plan::Action,
    rules::{InstanceFacts, InstanceVerdict, Rules, TaskFacts, TaskVerdict},
    view::{instance_id, scope_of, sibling},
};
use store::{Expect, Found, ReadError, Snapshot, Transaction};

/// What to write for `action`.
///
/// # Errors
/// If a record cannot be read.
pub fn writes(
    snapshot: &Snapshot,
    rules: &Rules,
    action: &Action,
    now: Timestamp,
) -> Result<Transaction, ReadError> {
    match action {
        Action::Lose { instance, tasks, stop, .. } => {
            lose(snapshot, rules, instance, tasks, stop, now)
        }
        Action::Abandon { task, stop, .. } => abandon(snapshot, rules, task, stop, now),
        // No plan has these yet: services and waiting tasks come with the scheduler.
        Action::Serve(_) | Action::Seat { .. } => Ok(Transaction::new()),
        Action::Forget { record, .. } => forget(snapshot, rules, record, now),
    }
}

/// The records that say how an instance is.
struct Looked {
    registered: Option<Found<ContainerInstance>>,
    link: Option<Found<InstanceLink>>,
}

impl Looked {
    fn at(snapshot: &Snapshot, instance: &Key) -> Result<Self, ReadError> {
        Ok(Self {
            registered: snapshot.get(instance)?,
            link: snapshot.get(&sibling::<InstanceLink>(instance))?,
        })
    }

    fn expect(&self, instance: &Key, writes: &mut Transaction) {
        writes.expect(instance, expect_of(self.registered.as_ref()));
        writes.expect(&sibling::<InstanceLink>(instance), expect_of(self.link.as_ref()));
    }

    /// What is due for it now.
    fn verdict(&self, rules: &Rules, has_tasks: bool, now: Timestamp) -> Option<InstanceVerdict> {
        let registered = self.registered.as_ref().map(|found| &*found.record);
        let facts = InstanceFacts::of(
            registered,
            self.link.as_ref().map(|found| &*found.record),
            has_tasks,
        );
        facts.due(rules).filter(|(at, _)| *at <= now).map(|(_, verdict)| verdict)
    }
}

fn lose(
    snapshot: &Snapshot,
    rules: &Rules,
    instance: &Key,
    tasks: &[Key],
    stop: &Stop,
    now: Timestamp,
) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let looked = Looked::at(snapshot, instance)?;
    match looked.verdict(rules, true, now) {
        Some(InstanceVerdict::Lost(_) | InstanceVerdict::Orphaned) => {}
        Some(InstanceVerdict::Forget) | None => return Ok(writes),
    }
    let id = instance_id(instance);
    let mut ended = Vec::new();
    for key in tasks {
        let task = snapshot.get::<Task>(key)?;
        ended.extend(task.filter(|task| {
            task.instance.as_ref() == Some(&id) && task.last != TaskStatus::Stopped
        }));
    }
    if !ended.is_empty() {
        looked.expect(instance, &mut writes);
        let mut draft = Draft::new(snapshot, &scope_of(instance), now);
        for task in &ended {
            draft.end(task, stop.clone())?;
        }
        writes.merge(draft.finish());
    }
    Ok(writes)
}

fn abandon(
    snapshot: &Snapshot,
    rules: &Rules,
    key: &Key,
    stop: &Stop,
    now: Timestamp,
) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let Some(task) = snapshot.get::<Task>(key)? else { return Ok(writes) };
    let scope = scope_of(key);
    let definition = TaskDefinition::key(&scope, &task.family, task.revision);
    let defined = snapshot.get::<TaskDefinition>(&definition)?;
    let due = TaskFacts::of(&task, defined.is_some()).due(rules).filter(|(at, _)| *at <= now);
    match due {
        Some((_, TaskVerdict::NeverStarted | TaskVerdict::NeverPlaced)) => {}
        Some((_, TaskVerdict::Undefined)) => writes.expect(&definition, Expect::Absent),
        Some((_, TaskVerdict::Forget)) | None => return Ok(writes),
    }
    let mut draft = Draft::new(snapshot, &scope, now);
    draft.end(&task, stop.clone())?;
    writes.merge(draft.finish());
    Ok(writes)
}

fn forget(
    snapshot: &Snapshot,
    rules: &Rules,
    key: &Key,
    now: Timestamp,
) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let is_over = match key.table() {
        Some(Task::TABLE) => return forget_task(snapshot, rules, key, now),
        Some(TaskDefinition::TABLE) => {
            let found = snapshot.get::<TaskDefinition>(key)?;
            // That no task uses it is the view's word: none can be made of it any more.
            found.is_some_and(|found| found.status == DefinitionStatus::DeleteInProgress)
        }
        Some(Cluster::TABLE) => snapshot.get::<Cluster>(key)?.is_some_and(|cluster| {
            let since = cluster.inactive_since.unwrap_or(cluster.created_at);
            cluster.status == ClusterStatus::Inactive && since + rules.retention <= now
        }),
        Some(ClientToken::TABLE) => {
            snapshot.get::<ClientToken>(key)?.is_some_and(|token| token.expires_at <= now)
        }
        Some(SessionCredential::TABLE) => snapshot
            .get::<SessionCredential>(key)?
            .is_some_and(|credential| credential.expires_at <= now),
        Some(TaskCredentials::TABLE) => return revoke(snapshot, key),
        Some(ContainerInstance::TABLE) => return forget_instance(snapshot, rules, key, now),
        Some(_) | None => false,
    };
    if let Some(entry) = snapshot.entry(key).filter(|_| is_over) {
        writes.delete(key, Expect::Revision(entry.modified()));
    }
    Ok(writes)
}

fn forget_task(
    snapshot: &Snapshot,
    rules: &Rules,
    key: &Key,
    now: Timestamp,
) -> Result<Transaction, ReadError> {
    let Some(task) = snapshot.get::<Task>(key)? else { return Ok(Transaction::new()) };
    let due = TaskFacts::of(&task, true).due(rules);
    let mut draft = Draft::new(snapshot, &scope_of(key), now);
    if due.is_some_and(|(at, verdict)| at <= now && verdict == TaskVerdict::Forget) {
        draft.forget(&task);
    }
    Ok(draft.finish())
}

/// A task's credentials end with it.
fn revoke(snapshot: &Snapshot, key: &Key) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let task_key = sibling::<Task>(key);
    let task = snapshot.get::<Task>(&task_key)?;
    let is_over = task.as_ref().is_none_or(|task| task.last == TaskStatus::Stopped);
    if let Some(held) = snapshot.get::<TaskCredentials>(key)?.filter(|_| is_over) {
        for id in held.access_key_ids() {
            writes.delete(&SessionCredential::key(id), Expect::Any);
        }
        writes.delete(key, Expect::Revision(held.modified));
        writes.expect(&task_key, expect_of(task.as_ref()));
    }
    Ok(writes)
}

fn forget_instance(
    snapshot: &Snapshot,
    rules: &Rules,
    key: &Key,
    now: Timestamp,
) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let looked = Looked::at(snapshot, key)?;
    if looked.verdict(rules, false, now) != Some(InstanceVerdict::Forget) {
        return Ok(writes);
    }
    let instance = Instance::of_key(key);
    for assignment in snapshot.keys(&instance.assignments()) {
        // One that outlived its task is left over too; a task that is not STOPPED keeps the instance.
        let task_key = instance.task_key(
            &TaskId::parse(assignment.last()).expect("an assignment's key ends in a task's id"),
        );
        let task = snapshot.get::<Task>(&task_key)?;
        if task.as_ref().is_some_and(|task| task.last != TaskStatus::Stopped) {
            return Ok(Transaction::new());
        }
        writes.delete(assignment, Expect::Any);
        writes.expect(&task_key, expect_of(task.as_ref()));
    }
    looked.expect(key, &mut writes);
    for part in [key.clone(), sibling::<InstanceLink>(key), sibling::<Ledger>(key)] {
        writes.delete(&part, Expect::Any);
    }
    Ok(writes)
}
