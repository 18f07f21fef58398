//! What is kept of tasks, instances and definitions.

use crate::rules::TaskFacts;
use domain::{
    definition::TaskDefinition,
    fargate::PoolHost,
    instance::{ContainerInstance, InstanceLink, Ledger},
    key::Key,
    status::{InstanceStatus, TaskStatus},
    task::Task,
};
use std::{collections::BTreeSet, sync::Arc};

/// A task's facts and what it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct KnownTask {
    pub(crate) facts: TaskFacts,
    pub(crate) instance: Option<Key>,
    pub(crate) definition: Key,
    /// The service that it is of.
    pub(crate) service: Option<Key>,
    /// The record, while it waits for an instance.
    pub(crate) waiting: Option<Box<Task>>,
}

/// An instance's records and its tasks that are not STOPPED.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownInstance {
    pub(crate) record: Option<Arc<ContainerInstance>>,
    pub(crate) link: Option<Arc<InstanceLink>>,
    pub(crate) ledger: Option<Arc<Ledger>>,
    /// Its place in Fargate's pool.
    pub(crate) pool: Option<PoolHost>,
    /// Its EC2 id, or its own.
    pub(crate) name: String,
    pub(crate) tasks: BTreeSet<Key>,
}

impl KnownTask {
    /// Whether it is STOPPED.
    pub(crate) fn is_over(&self) -> bool {
        self.facts.last == TaskStatus::Stopped
    }
}

impl KnownInstance {
    /// Whether its agent is connected.
    pub(crate) fn is_connected(&self) -> bool {
        self.record.is_some() && self.link.as_ref().is_some_and(|link| link.connected)
    }

    /// Whether the tasks of its cluster are to go elsewhere.
    pub(crate) fn is_draining(&self) -> bool {
        self.record.as_ref().is_some_and(|it| it.status == InstanceStatus::Draining)
    }

    /// Whether tasks of Fargate are to go elsewhere.
    pub(crate) fn is_draining_in_pool(&self) -> bool {
        let record = self.record.as_ref();
        record
            .is_some_and(|it| self.pool.unwrap_or_default().status(it) == InstanceStatus::Draining)
    }

    /// What changes how its tasks stand.
    pub(crate) fn stance(&self) -> (bool, bool, bool) {
        (self.is_connected(), self.is_draining(), self.is_draining_in_pool())
    }
}

/// A definition, and what keeps it: its tasks that are not STOPPED, and services that name it.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownDefinition {
    pub(crate) record: Option<Arc<TaskDefinition>>,
    pub(crate) tasks: BTreeSet<Key>,
    pub(crate) services: BTreeSet<Key>,
}

/// Whether tasks may have a place now that had none. Where a ledger only took more, there is none.
pub(crate) fn makes_room(before: Option<&Ledger>, now: Option<&Ledger>) -> bool {
    let Some((before, now)) = before.zip(now) else { return true };
    let (had, has) = (&before.held, &now.held);
    has.cpu < had.cpu
        || has.memory < had.memory
        || !had.ports_tcp.is_subset(&has.ports_tcp)
        || !had.ports_udp.is_subset(&has.ports_udp)
        || !had.gpus.is_subset(&has.gpus)
        // Expressions ask for groups and for how many tasks there are.
        || now.running != before.running
        || now.regrouped(before).any(|(_, had, has)| had == 0 || has == 0)
}
