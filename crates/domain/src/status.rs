//! Statuses and their order. Status only moves forward: `Ord` is the order of a task's life, and whoever applies a report asks
//! `if seen > kept`.
//!
//! ```text
//! PROVISIONING → PENDING → ACTIVATING → RUNNING → DEACTIVATING → STOPPING → DEPROVISIONING → STOPPED
//! ```
//! Any status may be skipped, none may come back (spec/tasks.md §4).

use serde::{Deserialize, Serialize};

macro_rules! wire_names {
    ($name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        impl $name {
            /// The name that the API uses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value that the API's name stands for.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use wire_names;

/// What a host last said of a task, in the order of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TaskStatus {
    /// Created; needs work before an instance can have it (an interface, capacity).
    Provisioning,
    /// Handed to an instance.
    Pending,
    /// Runs, but is not registered everywhere yet.
    Activating,
    /// Every container reached its steady state.
    Running,
    /// Is being taken out of target groups and discovery.
    Deactivating,
    /// The stop signal is sent.
    Stopping,
    /// Containers ended; interfaces and volumes are being freed.
    Deprovisioning,
    /// Over.
    Stopped,
}
wire_names!(TaskStatus {
    Provisioning = "PROVISIONING",
    Pending = "PENDING",
    Activating = "ACTIVATING",
    Running = "RUNNING",
    Deactivating = "DEACTIVATING",
    Stopping = "STOPPING",
    Deprovisioning = "DEPROVISIONING",
    Stopped = "STOPPED",
});

/// What the control plane wants of a task. Never goes from `Stopped` back to `Running`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DesiredStatus {
    /// It should run.
    Running,
    /// It should end.
    Stopped,
}
wire_names!(DesiredStatus { Running = "RUNNING", Stopped = "STOPPED" });

/// What a host last said of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ContainerStatus {
    /// Not started yet.
    Pending,
    /// Its process runs.
    Running,
    /// Its process ended, or it never started and never will.
    Stopped,
}
wire_names!(ContainerStatus { Pending = "PENDING", Running = "RUNNING", Stopped = "STOPPED" });

/// The verdict of a container's health check, or of a task's essential containers together.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum HealthStatus {
    /// No verdict yet, or no check.
    #[default]
    Unknown,
    /// The last check passed.
    Healthy,
    /// As many checks as `retries` asks for did not pass.
    Unhealthy,
}
wire_names!(HealthStatus { Unknown = "UNKNOWN", Healthy = "HEALTHY", Unhealthy = "UNHEALTHY" });

/// Why a task ended, as a closed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StopCode {
    /// It never reached RUNNING.
    TaskFailedToStart,
    /// An essential container ended by itself.
    EssentialContainerExited,
    /// Somebody called StopTask.
    UserInitiated,
    /// The service scheduler did not want it any more.
    ServiceSchedulerInitiated,
    /// Spot capacity was taken back.
    SpotInterruption,
    /// Its host went away.
    TerminationNotice,
}
wire_names!(StopCode {
    TaskFailedToStart = "TaskFailedToStart",
    EssentialContainerExited = "EssentialContainerExited",
    UserInitiated = "UserInitiated",
    ServiceSchedulerInitiated = "ServiceSchedulerInitiated",
    SpotInterruption = "SpotInterruption",
    TerminationNotice = "TerminationNotice",
});

/// The life of a container instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum InstanceStatus {
    /// Waits for its trunk interface.
    #[serde(rename = "REGISTERING")]
    Registering,
    /// Registration did not work; `status_reason` says why.
    #[serde(rename = "REGISTRATION_FAILED")]
    RegistrationFailed,
    /// Takes tasks.
    #[serde(rename = "ACTIVE")]
    Active,
    /// Takes no new tasks.
    #[serde(rename = "DRAINING")]
    Draining,
    /// Is being taken out.
    #[serde(rename = "DEREGISTERING")]
    Deregistering,
    /// Taken out; describable for a while.
    #[serde(rename = "INACTIVE")]
    Inactive,
}
wire_names!(InstanceStatus {
    Registering = "REGISTERING",
    RegistrationFailed = "REGISTRATION_FAILED",
    Active = "ACTIVE",
    Draining = "DRAINING",
    Deregistering = "DEREGISTERING",
    Inactive = "INACTIVE",
});

/// Where a task's containers run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LaunchType {
    /// On a container instance.
    #[serde(rename = "EC2")]
    Ec2,
    /// On hosts that users do not see.
    #[serde(rename = "FARGATE")]
    Fargate,
    /// On an instance outside of EC2.
    #[serde(rename = "EXTERNAL")]
    External,
    /// On instances that ECS itself manages.
    #[serde(rename = "MANAGED_INSTANCES")]
    ManagedInstances,
}
wire_names!(LaunchType {
    Ec2 = "EC2",
    Fargate = "FARGATE",
    External = "EXTERNAL",
    ManagedInstances = "MANAGED_INSTANCES",
});

#[cfg(test)]
mod tests {
    use super::TaskStatus;

    #[test]
    fn a_task_s_life_has_one_order() {
        let life =
            "PROVISIONING PENDING ACTIVATING RUNNING DEACTIVATING STOPPING DEPROVISIONING STOPPED"
                .split(' ')
                .map(TaskStatus::parse);
        let life: Vec<_> = life.map(|status| status.expect("a status")).collect();
        assert!(life.is_sorted_by(|earlier, later| earlier < later));
    }

    #[test]
    fn stored_and_api_names_are_the_same() {
        let stored = serde_json::to_string(&TaskStatus::Deprovisioning).expect("a string");
        assert_eq!(stored, "\"DEPROVISIONING\"");
    }
}
