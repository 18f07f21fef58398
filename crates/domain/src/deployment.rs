//! Deployments: the way from one template of a service to the next (spec/services.md §2 to §4).
//!
//! A service holds the deployments that still have tasks or are wanted. Each has a revision (what it deploys, never changed but for the
//! image digests that its first task resolves) and a service deployment (the story of how it went, kept after it is over).

use crate::{
    id::{ClusterName, DeploymentId, Scope, ServiceDeploymentId, ServiceName},
    key::{Key, Prefix},
    record::Record,
    service::Template,
    status::wire_names,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Bounds and guards of a service's deployments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentConfiguration {
    /// Percent of the desired count that may exist at once, rounded down.
    pub maximum_percent: i64,
    /// Percent of the desired count that must stay healthy, rounded up.
    pub minimum_healthy_percent: i64,
    /// Whether a deployment whose tasks do not start fails.
    #[serde(default)]
    pub circuit_breaker: Guard,
    /// Alarms that fail a deployment; `None` where none were given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarms: Option<Alarms>,
    /// Minutes between all tasks being healthy and the end of a deployment; `None` where none was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bake_min: Option<i64>,
}

impl Default for DeploymentConfiguration {
    fn default() -> Self {
        Self {
            maximum_percent: 200,
            minimum_healthy_percent: 100,
            circuit_breaker: Guard::default(),
            alarms: None,
            bake_min: None,
        }
    }
}

/// Something that fails a deployment, and what then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guard {
    /// Whether it is on.
    pub enable: bool,
    /// Whether the last completed deployment comes back.
    pub rollback: bool,
}

/// Alarms as guards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Alarms {
    /// Names of CloudWatch alarms.
    pub names: Vec<String>,
    /// Whether they count, and what then.
    pub guard: Guard,
}

/// How many tasks of a deployment may not start before its circuit breaker trips, of a service that wants `desired`: half of them, rounded
/// up, but 3 at least and 200 at most (spec/services.md §3).
pub fn breaker_threshold(desired: i64) -> u32 {
    let half = desired.max(0).unsigned_abs().div_ceil(2);
    u32::try_from(half.clamp(3, 200)).expect("at most 200")
}

/// A deployment's place among those of its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DeploymentStatus {
    /// New tasks are made for it.
    Primary,
    /// An older one that still has tasks.
    Active,
}
wire_names!(DeploymentStatus { Primary = "PRIMARY", Active = "ACTIVE" });

/// How a deployment is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RolloutState {
    /// Not there yet.
    InProgress,
    /// All its tasks ran and were healthy, and no others were left.
    Completed,
    /// A guard tripped: no more of its tasks are started.
    Failed,
}
wire_names!(RolloutState { InProgress = "IN_PROGRESS", Completed = "COMPLETED", Failed = "FAILED" });

/// How often in a row starting tasks came to nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BackOff {
    /// Starts that did not get a task to RUNNING. Tasks that were started together count once.
    pub waves: u32,
    /// Tasks that ended by themselves soon after they had started.
    pub short_lives: u32,
    /// When the last of either ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_at: Option<Timestamp>,
}

/// One deployment of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deployment {
    /// Its id, which is also that of its revision.
    pub id: DeploymentId,
    /// PRIMARY or ACTIVE.
    pub status: DeploymentStatus,
    /// What its tasks are made from.
    pub template: Template,
    /// The service deployment that tells its story; it changes when it is rolled back to.
    pub service_deployment: ServiceDeploymentId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// How it is doing.
    pub rollout: RolloutState,
    /// That in ECS's words.
    pub reason: String,
    /// How many of its tasks in a row did not start; 0 again when one does. Shown as `failedTasks`, and what back-off grows with.
    #[serde(default)]
    pub failed_tasks: u32,
    /// What the circuit breaker counts.
    #[serde(default)]
    pub failures: u32,
    /// One of its tasks reached RUNNING.
    #[serde(default)]
    pub has_run: bool,
    /// Before this no further task is started, because the last ones failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Timestamp>,
    /// What that wait grows with.
    #[serde(default)]
    pub back_off: BackOff,
    /// When its first task was made, or none was needed: its story left PENDING.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_at: Option<Timestamp>,
    /// Since when all is as wanted, while the bake time passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baking_since: Option<Timestamp>,
    /// An alarm was already on when it began, so that alarms do not count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ignores_alarms: bool,
    /// Somebody called StopServiceDeployment with ROLLBACK; the scheduler has not acted on it yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rollback_requested: bool,
    /// The deployment that failed and brought this one back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rolls_back: Option<DeploymentId>,
}

/// What one deployment deploys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceRevision {
    /// Its deployment's id.
    pub id: DeploymentId,
    /// What its tasks are made from.
    pub template: Template,
    /// Images and, once its first task told them, digests, in the order of the definition.
    #[serde(default)]
    pub images: Vec<RevisionImage>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a container of a revision runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionImage {
    /// The container's name.
    pub container: String,
    /// As in the definition.
    pub image: String,
    /// `sha256:…`, by which all later tasks are pulled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

impl Record for ServiceRevision {
    const TABLE: &'static str = "service-revision";
}

impl ServiceRevision {
    /// The key of one revision.
    pub fn key(
        scope: &Scope,
        cluster: &ClusterName,
        service: &ServiceName,
        id: &DeploymentId,
    ) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), service.as_str(), id.as_str()])
    }

    /// All revisions of a service.
    pub fn all_of(scope: &Scope, cluster: &ClusterName, service: &ServiceName) -> Prefix {
        Prefix::under::<Self>(scope, &[cluster.as_str(), service.as_str()])
    }
}

/// Where a service deployment is (spec/services.md §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are ECS's, and the order is told in the spec")]
pub enum ServiceDeploymentStatus {
    Pending,
    InProgress,
    Successful,
    StopRequested,
    Stopped,
    RollbackRequested,
    RollbackInProgress,
    RollbackSuccessful,
    RollbackFailed,
}
wire_names!(ServiceDeploymentStatus {
    Pending = "PENDING",
    InProgress = "IN_PROGRESS",
    Successful = "SUCCESSFUL",
    StopRequested = "STOP_REQUESTED",
    Stopped = "STOPPED",
    RollbackRequested = "ROLLBACK_REQUESTED",
    RollbackInProgress = "ROLLBACK_IN_PROGRESS",
    RollbackSuccessful = "ROLLBACK_SUCCESSFUL",
    RollbackFailed = "ROLLBACK_FAILED",
});

impl ServiceDeploymentStatus {
    /// Whether nothing will happen to it any more.
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::Successful | Self::Stopped | Self::RollbackSuccessful | Self::RollbackFailed
        )
    }
}

/// The story of one deployment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceDeployment {
    /// Its id.
    pub id: ServiceDeploymentId,
    /// Where it is.
    pub status: ServiceDeploymentStatus,
    /// Why it is there, where there is something to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// The revision it deploys.
    pub target: DeploymentId,
    /// The revisions that had tasks when it began.
    #[serde(default)]
    pub sources: Vec<DeploymentId>,
    /// The bounds and guards it runs under.
    pub configuration: DeploymentConfiguration,
    /// How many tasks were wanted when it last changed, by which the circuit breaker's threshold is told.
    pub desired: i64,
    /// What the circuit breaker counted when it last changed.
    #[serde(default)]
    pub failures: u32,
    /// Whether the circuit breaker tripped.
    #[serde(default)]
    pub is_broken: bool,
    /// Names of the alarms that failed it.
    #[serde(default)]
    pub triggered_alarms: Vec<String>,
    /// What is rolled back to, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<Rollback>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it left PENDING.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// When it was stopped before it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<Timestamp>,
}

/// The way back of a service deployment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rollback {
    /// In words.
    pub reason: String,
    /// When it began.
    pub started_at: Timestamp,
    /// The revision that comes back.
    pub revision: DeploymentId,
}

impl Record for ServiceDeployment {
    const TABLE: &'static str = "service-deployment";
}

impl ServiceDeployment {
    /// The key of one service deployment.
    pub fn key(
        scope: &Scope,
        cluster: &ClusterName,
        service: &ServiceName,
        id: &ServiceDeploymentId,
    ) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), service.as_str(), id.as_str()])
    }

    /// All service deployments of a service that are kept.
    pub fn all_of(scope: &Scope, cluster: &ClusterName, service: &ServiceName) -> Prefix {
        Prefix::under::<Self>(scope, &[cluster.as_str(), service.as_str()])
    }
}

#[cfg(test)]
mod tests {
    use super::breaker_threshold;

    #[test]
    fn the_circuit_breaker_trips_at_half_of_what_is_wanted_within_bounds() {
        let cases = [(0, 3), (1, 3), (5, 3), (7, 4), (25, 13), (399, 200), (400, 200), (5000, 200)];
        for (desired, threshold) in cases {
            assert_eq!(breaker_threshold(desired), threshold, "of {desired}");
        }
    }
}
