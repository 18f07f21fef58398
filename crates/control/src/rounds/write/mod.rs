//! From an action to what is written for it, on a fresh look.
//!
//! Invariants: the rule that demanded the action is asked again with the records as they are now, and everything it looked at is
//! expected to stay so. An action that is no longer right writes nothing. What belongs together goes in one commit: a task that ends
//! gives back what it held and loses its assignment.

mod event;
mod forget;
mod serve;
mod story;
#[cfg(test)]
mod tests;
pub mod together;

use crate::acs::desk::expect_of;
use books::{draft::Draft, ids::Ids};
use domain::{
    block::Block,
    definition::TaskDefinition,
    instance::{ContainerInstance, InstanceLink},
    key::Key,
    status::TaskStatus,
    task::{Stop, Task},
    time::Timestamp,
};
use planner::{
    plan::Action,
    rules::{InstanceFacts, InstanceVerdict, Rules, TaskFacts, TaskVerdict},
    view::{instance_id, scope_of, sibling},
};
use store::{Expect, Found, ReadError, Snapshot, Transaction};

/// What holds for all actions.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// What the planner followed.
    pub rules: &'a Rules,
    /// Where public addresses of tasks come from.
    pub public_addresses: Block,
}

/// What to write for `action`; nothing if it is no longer right. Ids of what is made follow from `ids`, of which no other action may
/// make anything.
///
/// # Errors
/// If a record cannot be read.
pub fn writes(
    snapshot: &Snapshot,
    terms: &Terms<'_>,
    action: &Action,
    ids: &Ids,
    now: Timestamp,
) -> Result<Transaction, ReadError> {
    let Terms { rules, public_addresses } = *terms;
    match action {
        Action::Lose { instance, tasks, stop, .. } => {
            lose(snapshot, rules, instance, tasks, stop, now)
        }
        Action::Abandon { task, stop, .. } => abandon(snapshot, rules, task, stop, now),
        Action::Serve(step) => serve::serve(snapshot, step, ids, (public_addresses, now)),
        Action::Seat { task, place, .. } => {
            serve::seat(snapshot, task, place, (public_addresses, now))
        }
        Action::Forget { record, .. } => forget::forget(snapshot, rules, record, now),
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
            draft.lose(task, stop.clone())?;
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
