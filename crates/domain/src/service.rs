//! Services: what the user wants, and how far it is.
//!
//! One record holds the wish and the state of its deployments, so that whoever changes either (the API by a call, the scheduler by a
//! round) does it at the revision it read: two schedulers cannot both start the same missing task. What grows without bound is kept
//! apart: events, service deployments and revisions (`deployment.rs`), and the index of its tasks.

use crate::{
    cluster::StrategyItem,
    deployment::{Deployment, DeploymentConfiguration},
    id::{ClusterName, DefinitionRevision, DeploymentId, Family, Scope, ServiceName, TaskId},
    key::{Key, Prefix},
    record::Record,
    status::{LaunchType, wire_names},
    tag::Tag,
    task_set::TaskSet,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The life of a service (spec/services.md §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ServiceStatus {
    /// Its tasks are kept running.
    Active,
    /// Deleted; its tasks are still stopping.
    Draining,
    /// Deleted and without tasks; describable for a while, and its name may be used again.
    Inactive,
}
wire_names!(ServiceStatus { Active = "ACTIVE", Draining = "DRAINING", Inactive = "INACTIVE" });

/// How many tasks a service has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SchedulingStrategy {
    /// As many as are asked for.
    #[default]
    Replica,
    /// One on each instance that fits.
    Daemon,
}
wire_names!(SchedulingStrategy { Replica = "REPLICA", Daemon = "DAEMON" });

/// Who drives deployments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Controller {
    /// The service scheduler.
    #[default]
    Ecs,
    /// The client, by task sets.
    External,
}
wire_names!(Controller { Ecs = "ECS", External = "EXTERNAL" });

/// Which tags a service's tasks get besides the managed ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PropagateTags {
    /// None.
    #[default]
    None,
    /// The service's.
    Service,
    /// The task definition's.
    TaskDefinition,
}
wire_names!(PropagateTags {
    None = "NONE",
    Service = "SERVICE",
    TaskDefinition = "TASK_DEFINITION",
});

/// One task definition of a family.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DefinitionName {
    /// The family.
    pub family: Family,
    /// The revision.
    pub revision: DefinitionRevision,
}

/// What the tasks of one deployment or task set are made from. Never changes: another one is another deployment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// What runs.
    pub definition: DefinitionName,
    /// Where, if no strategy says so. Exactly one of the two is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    /// Which capacity providers, in shares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strategy: Vec<StrategyItem>,
    /// Of Fargate, as asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// Of tasks in awsvpc mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<crate::vpc::TaskNetwork>,
}

impl Template {
    /// Whether its tasks are Fargate's. A strategy has Fargate's providers only, or none of them.
    pub fn is_fargate(&self) -> bool {
        self.launch_type == Some(LaunchType::Fargate)
            || self.strategy.iter().any(|item| item.is_fargate())
    }
}

/// A constraint or strategy of placement as the client gave it; checked when the service was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacementRule {
    /// Such as `memberOf` or `spread`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A constraint's `expression`, a strategy's `field`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub argument: Option<String>,
}

/// The newest event's text, and when it was said: the same text is said again only when something else was said, or hours later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Said {
    /// As in the event.
    pub message: String,
    /// When.
    pub at: Timestamp,
}

/// A service as it is stored. Counts are not stored: they are sums over its tasks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// Its name, unique among the cluster's services that are not INACTIVE.
    pub name: ServiceName,
    /// Its cluster.
    pub cluster: ClusterName,
    /// Where it is in its life.
    pub status: ServiceStatus,
    /// When it became INACTIVE: by this it is forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inactive_since: Option<Timestamp>,
    /// REPLICA or DAEMON.
    #[serde(default)]
    pub scheduling: SchedulingStrategy,
    /// Who drives deployments.
    #[serde(default)]
    pub controller: Controller,
    /// How many tasks are wanted. Of a DAEMON it is computed and 0 here.
    #[serde(default)]
    pub desired: i64,
    /// What the newest wish is made from; `None` for EXTERNAL services without a primary task set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
    /// The launch type it was created with, to which an emptied strategy falls back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_launch_type: Option<LaunchType>,
    /// How deployments go.
    #[serde(default)]
    pub configuration: DeploymentConfiguration,
    /// As given.
    #[serde(default)]
    pub constraints: Vec<PlacementRule>,
    /// As given; where it is empty, tasks are spread over zones, then instances.
    #[serde(default)]
    pub strategies: Vec<PlacementRule>,
    /// Seconds after a task's start in which its health does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_s: Option<i64>,
    /// Whether tasks are moved to keep zones balanced.
    #[serde(default)]
    pub rebalancing: bool,
    /// Whether tasks get ECS's own tags.
    #[serde(default)]
    pub managed_tags: bool,
    /// Which tags tasks get.
    #[serde(default)]
    pub propagate: PropagateTags,
    /// Whether ExecuteCommand may enter its tasks.
    #[serde(default)]
    pub exec: bool,
    /// IAM role, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// The principal's ARN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// The call that created it: the client's token and a digest of the parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<(String, String)>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// Newest first; the first is PRIMARY. Empty for EXTERNAL.
    #[serde(default)]
    pub deployments: Vec<Deployment>,
    /// The newest deployment that was COMPLETED and may be rolled back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_completed: Option<DeploymentId>,
    /// Of EXTERNAL services, newest first.
    #[serde(default)]
    pub task_sets: Vec<TaskSet>,
    /// The number of the next event.
    #[serde(default)]
    pub next_event: u64,
    /// The newest event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
    /// Whether steady state was said since something changed.
    #[serde(default)]
    pub is_steady: bool,
    /// Zone rebalancing is going on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_rebalancing: bool,
}

impl Record for Service {
    const TABLE: &'static str = "service";
}

impl Service {
    /// The key of one service.
    pub fn key(scope: &Scope, cluster: &ClusterName, name: &ServiceName) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), name.as_str()])
    }

    /// All services of a cluster.
    pub fn all_in(scope: &Scope, cluster: &ClusterName) -> Prefix {
        Prefix::under::<Self>(scope, &[cluster.as_str()])
    }

    /// Its tasks' group.
    pub fn group(&self) -> String {
        format!("service:{}", self.name)
    }

    /// The deployment that new tasks are made for.
    pub fn primary(&self) -> Option<&Deployment> {
        self.deployments.first()
    }

    /// Whether its tasks may be on the capacity provider called `name`, now or by what is wanted.
    pub fn uses_provider(&self, name: &str) -> bool {
        let newest = self.template.iter();
        let deployed = self.deployments.iter().map(|deployment| &deployment.template);
        let sets = self.task_sets.iter().map(|set| &set.template);
        newest
            .chain(deployed)
            .chain(sets)
            .flat_map(|template| &template.strategy)
            .any(|item| item.capacity_provider == name)
    }

    /// The deployment called `id`.
    pub fn deployment(&self, id: &DeploymentId) -> Option<&Deployment> {
        self.deployments.iter().find(|deployment| deployment.id == *id)
    }
}

/// How many of a service's events are kept: ECS's own number.
pub const EVENTS_MAX: u64 = 100;

/// Something that a service's scheduler did or could not do, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceEvent {
    /// A UUID.
    pub id: String,
    /// When.
    pub created_at: Timestamp,
    /// `(service web) has reached a steady state.`
    pub message: String,
}

impl Record for ServiceEvent {
    const TABLE: &'static str = "service-event";
}

impl ServiceEvent {
    /// The key of the event of a number; keys order as numbers do.
    pub fn key(scope: &Scope, cluster: &ClusterName, service: &ServiceName, number: u64) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), service.as_str(), &format!("{number:016}")])
    }

    /// All events of a service, oldest first.
    pub fn all_of(scope: &Scope, cluster: &ClusterName, service: &ServiceName) -> Prefix {
        Prefix::under::<Self>(scope, &[cluster.as_str(), service.as_str()])
    }
}

/// The index by which a service's tasks are found: exists from a task's making until it is forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceTask {}

impl Record for ServiceTask {
    const TABLE: &'static str = "service-task";
}

impl ServiceTask {
    /// The key of one task's entry.
    pub fn key(scope: &Scope, cluster: &ClusterName, service: &ServiceName, task: &TaskId) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), service.as_str(), task.as_str()])
    }

    /// All tasks of a service that are still kept.
    pub fn all_of(scope: &Scope, cluster: &ClusterName, service: &ServiceName) -> Prefix {
        Prefix::under::<Self>(scope, &[cluster.as_str(), service.as_str()])
    }
}
