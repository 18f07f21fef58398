//! Container instances: what was registered, what is taken, and whether its agent is there.
//!
//! Three records with one writer each: registration and status (`ContainerInstance`, the API), what tasks hold (`Ledger`, whoever
//! places or ends a task, always at the revision it read, so that reservations never exceed the instance), and the link
//! (`InstanceLink`, the agent session).

use crate::{
    fargate,
    iam::InstanceRole,
    id::{ClusterName, InstanceId, Scope, TaskId},
    key::{Key, Prefix},
    record::Record,
    status::{DesiredStatus, InstanceStatus, TaskStatus},
    tag::{Attribute, Tag},
    task::Task,
    time::Timestamp,
};
use imbl::{OrdMap, ordmap::DiffItem};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Amounts of everything a task can hold on an instance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Resources {
    /// CPU units, 1024 a core.
    pub cpu: i64,
    /// MiB.
    pub memory: i64,
    /// Host ports, TCP.
    pub ports_tcp: BTreeSet<u16>,
    /// Host ports, UDP.
    pub ports_udp: BTreeSet<u16>,
    /// Ids of GPUs.
    pub gpus: BTreeSet<String>,
    /// Network interfaces for tasks in awsvpc mode.
    pub enis: i64,
}

impl Resources {
    /// Adds what one more task holds. Ports and GPUs must be free: nobody holds a port twice.
    pub fn take(&mut self, other: &Self) {
        self.cpu += other.cpu;
        self.memory += other.memory;
        self.ports_tcp.extend(&other.ports_tcp);
        self.ports_udp.extend(&other.ports_udp);
        self.gpus.extend(other.gpus.iter().cloned());
        self.enis += other.enis;
    }

    /// Gives back what one task held.
    fn give_back(&mut self, other: &Self) {
        self.cpu -= other.cpu;
        self.memory -= other.memory;
        self.ports_tcp.retain(|port| !other.ports_tcp.contains(port));
        self.ports_udp.retain(|port| !other.ports_udp.contains(port));
        self.gpus.retain(|gpu| !other.gpus.contains(gpu));
        self.enis -= other.enis;
    }
}

/// What an agent registered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContainerInstance {
    /// Its id.
    pub id: InstanceId,
    /// Its cluster.
    pub cluster: ClusterName,
    /// `i-…` or `mi-…`, where the agent told one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ec2_instance_id: Option<String>,
    /// The capacity provider that owns it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider: Option<String>,
    /// Where it is in its life.
    pub status: InstanceStatus,
    /// Why it is there, for failures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// Starts at 1 and grows with every change that ECS would emit an event for.
    pub version: i64,
    /// Totals; `ports_*` are the ports that the host keeps for itself.
    pub registered: Resources,
    /// Built-in, agent's and user's attributes, by name.
    pub attributes: BTreeMap<String, Option<String>>,
    /// Names of the attributes that users put and may delete.
    #[serde(default)]
    pub custom_attributes: BTreeSet<String>,
    /// When it first registered.
    pub registered_at: Timestamp,
    /// When it was deregistered, while it is INACTIVE: by this it is forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inactive_since: Option<Timestamp>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// PENDING … UPDATED | FAILED, once UpdateContainerAgent was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_update: Option<String>,
}

impl Record for ContainerInstance {
    const TABLE: &'static str = "instance";
}

impl ContainerInstance {
    /// The key of one instance.
    pub fn key(scope: &Scope, cluster: &ClusterName, id: &InstanceId) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), id.as_str()])
    }

    /// All instances of a cluster.
    pub fn all_in(scope: &Scope, cluster: &ClusterName) -> Prefix {
        Prefix::under::<Self>(scope, &[cluster.as_str()])
    }

    /// Whether tasks of Fargate may be put on it.
    pub fn is_of_pool(&self) -> bool {
        self.cluster.is_fargate() || self.attributes.contains_key(fargate::POOL_ATTRIBUTE)
    }

    /// Its attributes as the API lists them.
    pub fn attribute_list(&self) -> Vec<Attribute> {
        self.attributes
            .iter()
            .map(|(name, value)| Attribute { name: name.clone(), value: value.clone() })
            .collect()
    }
}

/// How many tasks that are not STOPPED have come how far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Tasks whose last status is RUNNING.
    pub running: i64,
    /// Tasks whose last status is before RUNNING.
    pub pending: i64,
    /// Tasks that are past RUNNING, but not STOPPED.
    pub stopping: i64,
}

/// What the tasks on an instance hold that are not STOPPED. Exists as long as its instance.
///
/// Room is one for all. Tasks of Fargate are counted apart, because users do not see them here: their groups are those of
/// [`fargate::booked_group`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ledger {
    /// Sum over tasks, those of Fargate too.
    pub held: Resources,
    /// Tasks whose last status is RUNNING, without those of Fargate.
    pub running: i64,
    /// Tasks whose last status is before RUNNING, without those of Fargate.
    pub pending: i64,
    /// Tasks that are past RUNNING, but not STOPPED, without those of Fargate.
    pub stopping: i64,
    /// Tasks that are not STOPPED, by group. An instance may have hundreds, and a ledger is made anew for every task that comes or goes:
    /// what does not change is shared with the ledger that it is made from.
    pub groups: OrdMap<Arc<str>, i64>,
    /// Tasks of Fargate, by their cluster; a cluster that has none is not there.
    #[serde(skip_serializing_if = "OrdMap::is_empty")]
    pub fargate: OrdMap<Arc<str>, Tally>,
}

impl Record for Ledger {
    const TABLE: &'static str = "ledger";
}

impl Ledger {
    /// The key of an instance's ledger.
    pub fn key(scope: &Scope, cluster: &ClusterName, id: &InstanceId) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), id.as_str()])
    }

    /// All ledgers of a cluster.
    pub fn all_in(scope: &Scope, cluster: &ClusterName) -> Prefix {
        Prefix::under::<Self>(scope, &[cluster.as_str()])
    }

    /// Enters a task of `group` that holds `held` and whose last status is `last`, which is not STOPPED.
    pub fn admit(&mut self, held: &Resources, group: &str, last: TaskStatus) {
        self.held.take(held);
        *self.count_of(group, last) += 1;
        match self.groups.get_mut(group) {
            Some(tasks) => *tasks += 1,
            None => {
                self.groups.insert(group.into(), 1);
            }
        }
    }

    /// Counts a task of `group` under its new last status, which is not STOPPED either: that is [`Ledger::release`].
    pub fn advance(&mut self, group: &str, from: TaskStatus, to: TaskStatus) {
        *self.count_of(group, from) -= 1;
        *self.count_of(group, to) += 1;
    }

    /// Strikes out a task that was entered before and whose last status was `last` until now. Panics if it was not: what an
    /// instance has free would be wrong from then on.
    pub fn release(&mut self, held: &Resources, group: &str, last: TaskStatus) {
        self.held.give_back(held);
        let count = self.count_of(group, last);
        *count -= 1;
        assert!(*count >= 0, "a task in {last} leaves a ledger that has none");
        if let Some(cluster) = fargate::cluster_of_booked(group)
            && self.fargate.get(cluster) == Some(&Tally::default())
        {
            self.fargate.remove(cluster);
        }
        let in_group = self.groups.get_mut(group).expect("a task's group is entered with it");
        *in_group -= 1;
        if *in_group == 0 {
            self.groups.remove(group);
        }
    }

    /// The groups whose number of tasks differs from an earlier ledger of the instance, with that number in both; no ledger has none of
    /// any group. Costs what changed, where one was made from the other.
    pub fn regrouped<'a>(
        &'a self,
        before: &'a Self,
    ) -> impl Iterator<Item = (&'a Arc<str>, i64, i64)> {
        before.groups.diff(&self.groups).map(|item| match item {
            DiffItem::Add(name, tasks) => (name, 0, *tasks),
            DiffItem::Update { old: (_, old), new: (name, new) } => (name, *old, *new),
            DiffItem::Remove(name, tasks) => (name, *tasks, 0),
        })
    }

    /// Tasks that are not STOPPED, without those of Fargate.
    pub fn tasks(&self) -> i64 {
        self.running + self.pending + self.stopping
    }

    /// Whether a task of `group` with this last status can be among those that were entered.
    pub fn may_have(&self, group: &str, last: TaskStatus) -> bool {
        let counted = match fargate::cluster_of_booked(group) {
            None => part(last).map(|part| part.of(self.running, self.pending, self.stopping)),
            Some(cluster) => self.fargate.get(cluster).and_then(|tally| {
                part(last).map(|part| part.of(tally.running, tally.pending, tally.stopping))
            }),
        };
        counted.is_some_and(|tasks| tasks > 0) && self.groups.contains_key(group)
    }

    fn count_of(&mut self, group: &str, last: TaskStatus) -> &mut i64 {
        let part = part(last).expect("a STOPPED task is in no ledger");
        let Some(cluster) = fargate::cluster_of_booked(group) else {
            return part.of(&mut self.running, &mut self.pending, &mut self.stopping);
        };
        if !self.fargate.contains_key(cluster) {
            self.fargate.insert(cluster.into(), Tally::default());
        }
        let tally = self.fargate.get_mut(cluster).expect("it was just entered");
        part.of(&mut tally.running, &mut tally.pending, &mut tally.stopping)
    }
}

/// Under which of its counts a ledger has a task.
#[derive(Clone, Copy)]
enum Part {
    Running,
    Pending,
    Stopping,
}

impl Part {
    fn of<T>(self, running: T, pending: T, stopping: T) -> T {
        match self {
            Self::Running => running,
            Self::Pending => pending,
            Self::Stopping => stopping,
        }
    }
}

/// `None` for STOPPED.
fn part(last: TaskStatus) -> Option<Part> {
    match last {
        TaskStatus::Provisioning | TaskStatus::Pending | TaskStatus::Activating => {
            Some(Part::Pending)
        }
        TaskStatus::Running => Some(Part::Running),
        TaskStatus::Deactivating | TaskStatus::Stopping | TaskStatus::Deprovisioning => {
            Some(Part::Stopping)
        }
        TaskStatus::Stopped => None,
    }
}

/// Whether an instance's agent is connected, and what it said of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InstanceLink {
    /// A session is open.
    pub connected: bool,
    /// When `connected` last changed.
    pub since: Timestamp,
    /// Counts sessions: a closing session that is no longer the newest changes nothing.
    pub session: u64,
    /// Such as `1.105.1`.
    pub agent_version: Option<String>,
    /// Such as `8dfceca6c`.
    pub agent_hash: Option<String>,
    /// As the agent tells it, such as `DockerVersion: 20.10.24`.
    pub docker_version: Option<String>,
    /// The agent's health checks as the API shows them (`overallStatus`, `details`), moments in seconds since 1970.
    pub health: Option<serde_json::Value>,
    /// What its metadata service gives out, where its agent named an instance profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<InstanceRole>,
}

impl Record for InstanceLink {
    const TABLE: &'static str = "link";
}

impl InstanceLink {
    /// The key of an instance's link.
    pub fn key(scope: &Scope, cluster: &ClusterName, id: &InstanceId) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), id.as_str()])
    }

    /// All links of a cluster.
    pub fn all_in(scope: &Scope, cluster: &ClusterName) -> Prefix {
        Prefix::under::<Self>(scope, &[cluster.as_str()])
    }
}

/// The index by which an agent session finds its tasks: exists from placement until the task is STOPPED.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// What is wanted of the task.
    pub desired: DesiredStatus,
    /// The task's cluster, where that is another than the instance's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<ClusterName>,
}

impl Record for Assignment {
    const TABLE: &'static str = "assignment";
}

impl Assignment {
    /// The key of one task's assignment.
    pub fn key(scope: &Scope, cluster: &ClusterName, instance: &InstanceId, task: &TaskId) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), instance.as_str(), task.as_str()])
    }

    /// What stands at the assignment of a task that has an instance.
    pub fn to(task: &Task) -> Self {
        Self {
            desired: task.desired,
            cluster: task.host_cluster.is_some().then(|| task.cluster.clone()),
        }
    }

    /// All tasks assigned to an instance.
    pub fn all_of(scope: &Scope, cluster: &ClusterName, instance: &InstanceId) -> Prefix {
        Prefix::under::<Self>(scope, &[cluster.as_str(), instance.as_str()])
    }
}

#[cfg(test)]
mod tests {
    use super::{Ledger, Resources};
    use crate::status::TaskStatus;

    fn held(cpu: i64, port: u16) -> Resources {
        Resources { cpu, memory: 64, ports_tcp: [port].into(), ..Resources::default() }
    }

    #[test]
    fn a_task_s_whole_life_leaves_the_ledger_as_it_was() {
        let mut ledger = Ledger::default();
        ledger.admit(&held(128, 80), "family:web", TaskStatus::Pending);
        let before = ledger.clone();
        ledger.admit(&held(256, 81), "family:web", TaskStatus::Pending);
        assert_eq!((ledger.held.cpu, ledger.pending, ledger.groups["family:web"]), (384, 2, 2));
        ledger.advance("family:web", TaskStatus::Pending, TaskStatus::Running);
        ledger.advance("family:web", TaskStatus::Running, TaskStatus::Stopping);
        assert_eq!((ledger.pending, ledger.running, ledger.stopping), (1, 0, 1));
        ledger.release(&held(256, 81), "family:web", TaskStatus::Stopping);
        assert_eq!(ledger, before);
        ledger.release(&held(128, 80), "family:web", TaskStatus::Pending);
        assert_eq!(ledger, Ledger::default());
    }

    #[test]
    fn tasks_of_fargate_hold_room_and_are_counted_apart() {
        let mut ledger = Ledger::default();
        ledger.admit(&held(128, 80), "family:web", TaskStatus::Running);
        let before = ledger.clone();
        let group = ".fargate/web/family:web";
        ledger.admit(&held(256, 81), group, TaskStatus::Pending);
        ledger.advance(group, TaskStatus::Pending, TaskStatus::Running);
        assert_eq!((ledger.held.cpu, ledger.running, ledger.pending), (384, 1, 0));
        assert_eq!((ledger.fargate["web"].running, ledger.groups[group]), (1, 1));
        assert!(ledger.may_have(group, TaskStatus::Running));
        assert!(!ledger.may_have(group, TaskStatus::Pending));
        assert!(!ledger.may_have(".fargate/db/family:web", TaskStatus::Running));
        ledger.release(&held(256, 81), group, TaskStatus::Running);
        assert_eq!(ledger, before);
    }

    #[test]
    fn groups_that_changed_are_named_with_what_they_had() {
        let mut before = Ledger::default();
        for (group, port) in [("family:gone", 80), ("family:more", 81), ("family:same", 82)] {
            before.admit(&held(128, port), group, TaskStatus::Running);
        }
        let mut after = before.clone();
        after.release(&held(128, 80), "family:gone", TaskStatus::Running);
        after.admit(&held(128, 83), "family:more", TaskStatus::Pending);
        after.admit(&held(128, 84), "family:new", TaskStatus::Pending);
        let changes: Vec<_> =
            after.regrouped(&before).map(|(group, old, new)| (&**group, old, new)).collect();
        assert_eq!(changes, [("family:gone", 1, 0), ("family:more", 1, 2), ("family:new", 0, 1)]);
    }

    #[test]
    fn a_ledger_is_stored_with_its_groups_in_order() {
        let mut ledger = Ledger::default();
        for (group, port) in [("service:b", 80), ("service:a", 81), ("service:b", 82)] {
            ledger.admit(&held(1, port), group, TaskStatus::Running);
        }
        let json = serde_json::to_string(&ledger).expect("plain data");
        assert!(json.ends_with(r#""groups":{"service:a":1,"service:b":2}}"#), "{json}");
        assert_eq!(serde_json::from_str::<Ledger>(&json).expect("a ledger"), ledger);
    }
}
