//! What is right, as functions of facts: when something is due, and what.
//!
//! Every rule answers with the moment from which it applies. A moment in the past means now; `None` means that nothing is due until
//! a fact changes.

use domain::{
    capacity::{CapacityProvider, ProviderStatus},
    cluster::{Cluster, ClusterStatus},
    definition::DefinitionStatus,
    deployment::ServiceDeployment,
    fargate::PoolHost,
    id::InstanceId,
    instance::{ContainerInstance, InstanceLink, Ledger},
    service::{Service, ServiceStatus},
    status::{DesiredStatus, InstanceStatus, StopCode, TaskStatus},
    task::{Stop, Task},
    time::{Millis, Timestamp},
};

/// Times that the operator may choose, and since when the rules apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long an instance may be without its agent, from its last word, until its tasks are lost.
    pub loss_after: Millis,
    /// How long a STOPPED task, an INACTIVE instance and an INACTIVE cluster stay describable. ECS promises an hour for tasks.
    pub retention: Millis,
    /// How long a task may wait for an instance (spec/tasks.md §3: undocumented, commonly 10 to 30 minutes).
    pub placement_wait_max: Millis,
    /// How long a service's task without health checks must run until it counts as healthy (spec/services.md §2).
    pub healthy_after: Millis,
    /// Since when agents can connect: an agent is not away while there is nobody to connect to.
    pub awake_since: Timestamp,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            loss_after: Millis::from_s(120),
            retention: Millis::from_s(3600),
            placement_wait_max: Millis::from_s(900),
            healthy_after: Millis::from_s(40),
            awake_since: Timestamp::default(),
        }
    }
}

impl Rules {
    /// When an INACTIVE cluster goes.
    pub fn cluster_over(&self, cluster: &Cluster) -> Option<Timestamp> {
        let since = cluster.inactive_since.unwrap_or(cluster.created_at);
        (cluster.status == ClusterStatus::Inactive).then_some(since + self.retention)
    }

    /// When an INACTIVE capacity provider goes.
    pub fn provider_over(&self, provider: &CapacityProvider) -> Option<Timestamp> {
        let since = provider.inactive_since.unwrap_or(provider.created_at);
        (provider.status == ProviderStatus::Inactive).then_some(since + self.retention)
    }

    /// When an INACTIVE service goes, if none of its tasks is left by then.
    pub fn service_over(&self, service: &Service) -> Option<Timestamp> {
        let since = service.inactive_since.unwrap_or(service.created_at);
        (service.status == ServiceStatus::Inactive).then_some(since + self.retention)
    }
}

/// How long the story of a service deployment is kept once it is over: ECS's own time.
const STORY_KEPT: Millis = Millis::from_s(90 * 24 * 3600);

/// When the story of a service deployment goes that is over.
pub fn story_over(story: &ServiceDeployment) -> Option<Timestamp> {
    let ended = story.finished_at.or(story.stopped_at).unwrap_or(story.updated_at);
    story.status.is_over().then_some(ended + STORY_KEPT)
}

/// Before every moment: what is due then is due at once.
pub const AT_ONCE: Timestamp = Timestamp(i64::MIN);

/// What a rule says: from when on, and what is to be done.
pub type Due<Verdict> = Option<(Timestamp, Verdict)>;

/// What the rules look at of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFacts {
    /// What is wanted.
    pub desired: DesiredStatus,
    /// What its host last said.
    pub last: TaskStatus,
    /// Whether it has an instance.
    pub is_placed: bool,
    /// Whether its definition is still there.
    pub is_defined: bool,
    /// Whether nobody has to count its end any more.
    pub is_tallied: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it reached STOPPED.
    pub stopped_at: Option<Timestamp>,
}

/// What may be due for a task by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskVerdict {
    /// It was kept as long as promised.
    Forget,
    /// It should stop and no host has it.
    NeverStarted,
    /// No instance was found for it in time.
    NeverPlaced,
    /// It waits for an instance's agent, which cannot be told what to start.
    Undefined,
}

impl TaskFacts {
    /// Of a record.
    pub fn of(task: &Task, is_defined: bool) -> Self {
        Self {
            desired: task.desired,
            last: task.last,
            is_placed: task.instance.is_some(),
            is_defined,
            is_tallied: task.tallied || task.owner().is_none(),
            created_at: task.created_at,
            stopped_at: task.stopped_at,
        }
    }

    /// What is due for the task by itself.
    pub fn due(&self, rules: &Rules) -> Due<TaskVerdict> {
        if self.last == TaskStatus::Stopped {
            let ended = self.stopped_at.unwrap_or(self.created_at);
            return self.is_tallied.then_some((ended + rules.retention, TaskVerdict::Forget));
        }
        if self.is_placed {
            // A host that has the task already needs no definition to go on.
            let waits = self.desired == DesiredStatus::Running && self.last < TaskStatus::Running;
            return (waits && !self.is_defined).then_some((AT_ONCE, TaskVerdict::Undefined));
        }
        match self.desired {
            DesiredStatus::Stopped => Some((AT_ONCE, TaskVerdict::NeverStarted)),
            DesiredStatus::Running => {
                Some((self.created_at + rules.placement_wait_max, TaskVerdict::NeverPlaced))
            }
        }
    }
}

/// What the rules look at of an instance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstanceFacts {
    /// What was registered; `None` if there is no such record (any more).
    pub registered: Option<Registered>,
    /// Whether its agent is connected and since when; `None` if it never was.
    pub link: Option<(bool, Timestamp)>,
    /// Whether tasks that are not STOPPED are there.
    pub has_tasks: bool,
}

/// What the rules look at of a registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Where it is in its life.
    pub status: InstanceStatus,
    /// When it registered.
    pub at: Timestamp,
    /// When it was deregistered.
    pub inactive_since: Option<Timestamp>,
}

/// What may be due for an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceVerdict {
    /// Its agent was away for too long: its tasks are lost. Since when it is away.
    Lost(Timestamp),
    /// It is no longer part of the cluster, and tasks are still there.
    Orphaned,
    /// It was kept as long as promised, or only what belongs to it is left.
    Forget,
}

impl Registered {
    /// Of a record.
    pub fn of(instance: &ContainerInstance) -> Self {
        Self {
            status: instance.status,
            at: instance.registered_at,
            inactive_since: instance.inactive_since,
        }
    }
}

impl InstanceFacts {
    /// Of records.
    pub fn of(
        instance: Option<&ContainerInstance>,
        link: Option<&InstanceLink>,
        has_tasks: bool,
    ) -> Self {
        Self {
            registered: instance.map(Registered::of),
            link: link.map(|link| (link.connected, link.since)),
            has_tasks,
        }
    }

    /// What is due for the instance.
    pub fn due(&self, rules: &Rules) -> Due<InstanceVerdict> {
        let Some(registered) = &self.registered else {
            let is_left = self.has_tasks || self.link.is_some();
            let verdict =
                if self.has_tasks { InstanceVerdict::Orphaned } else { InstanceVerdict::Forget };
            return is_left.then_some((AT_ONCE, verdict));
        };
        match (registered.status, self.has_tasks) {
            (InstanceStatus::Inactive, true) => Some((AT_ONCE, InstanceVerdict::Orphaned)),
            (InstanceStatus::Inactive, false) => {
                let since = registered.inactive_since.unwrap_or(registered.at);
                Some((since + rules.retention, InstanceVerdict::Forget))
            }
            (_, true) => {
                let (is_connected, since) = self.link.unwrap_or((false, registered.at));
                let since = since.max(rules.awake_since);
                (!is_connected).then(|| (since + rules.loss_after, InstanceVerdict::Lost(since)))
            }
            (_, false) => None,
        }
    }
}

/// Whether a definition may go: it is being deleted, no task that is not STOPPED is of it, and no service, deployment or task set
/// names it (spec/tasks.md §2).
pub fn definition_is_over(status: DefinitionStatus, is_used: bool) -> bool {
    status == DefinitionStatus::DeleteInProgress && !is_used
}

/// Whether a host's place in Fargate's pool may go: its room is not lent (any more), and no task of Fargate is left on it.
pub fn pool_host_is_over(instance: Option<&ContainerInstance>, ledger: Option<&Ledger>) -> bool {
    !instance.is_some_and(PoolHost::is_due) && ledger.is_none_or(|it| it.fargate.is_empty())
}

/// Why tasks end whose host went away. ECS's words, then ours.
pub fn lost(instance: &str, away: Millis) -> Stop {
    let seconds = away.0 / 1000;
    Stop {
        code: StopCode::TerminationNotice,
        reason: format!(
            "Host EC2 (instance {instance}) terminated. Its agent was away for {seconds} s."
        ),
    }
}

/// Why tasks end whose instance was taken out of its cluster.
pub fn orphaned() -> Stop {
    Stop {
        code: StopCode::UserInitiated,
        reason: "Container instance deregistration forced by user".into(),
    }
}

/// What people call an instance: its EC2 id where it has one.
pub fn name_of(id: &InstanceId, instance: Option<&ContainerInstance>) -> String {
    instance.and_then(|it| it.ec2_instance_id.clone()).unwrap_or_else(|| id.to_string())
}

impl TaskVerdict {
    /// Why the task ends, where the verdict is that it does.
    pub fn stop(self, rules: &Rules) -> Option<Stop> {
        let failed = |text: String| Stop {
            code: StopCode::TaskFailedToStart,
            reason: format!("TaskFailedToStart: {text}"),
        };
        match self {
            Self::Forget => None,
            Self::NeverStarted => {
                Some(Stop { code: StopCode::UserInitiated, reason: "Task stopped by user".into() })
            }
            Self::NeverPlaced => {
                let minutes = rules.placement_wait_max.0 / 60_000;
                Some(failed(format!(
                    "no container instance was found for it within {minutes} minutes"
                )))
            }
            Self::Undefined => Some(failed("its task definition no longer exists".into())),
        }
    }
}
