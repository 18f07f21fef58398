//! What the machine says of a task, as values: the content of a SubmitTaskStateChange (agent-protocol.md §2.2).
//!
//! `containers` is a log, oldest first; a container may appear twice, RUNNING and then STOPPED.

use domain::{
    status::{ContainerStatus, TaskStatus},
    task::NetworkBinding,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One report. Said again until the plane answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The task's ARN.
    pub task_arn: String,
    /// `RUNNING` or `STOPPED`; `None` where only containers changed.
    pub status: Option<TaskStatus>,
    /// Mostly empty: the plane makes a task's reason from its containers.
    pub reason: String,
    /// Oldest first.
    pub containers: Vec<ContainerChange>,
    /// The first pull's begin, if bytes had to flow.
    pub pull_started_at: Option<Timestamp>,
    /// The last pull's end, if bytes had to flow.
    pub pull_stopped_at: Option<Timestamp>,
    /// When the first essential container ended.
    pub execution_stopped_at: Option<Timestamp>,
}

/// What happened to a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerChange {
    /// As in the definition.
    pub name: String,
    /// The engine's id, if it was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime_id: Option<String>,
    /// Where it is now.
    pub status: ContainerStatus,
    /// Once its process ended, where anybody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i64>,
    /// `{ErrorName}: {text}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `sha256:…` of the manifest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// Ports on the host.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub network_bindings: Vec<NetworkBinding>,
    /// People are let in while it runs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_open: bool,
}
