//! What outlives the agent of a task: its payload, how far it came and what the plane has not heard yet.
//!
//! Written before a message about the task is acknowledged, before the plane hears of it, and before what the driver knows of it is
//! freed. Together with what the driver finds on the host it is enough to go on (`adopt`). A file that was written by an older agent can
//! be read: members are only added, with defaults. Not here: files (`shelf`).

use super::{log::Entry, task::Task};
use domain::{
    id::TaskId,
    link::acs::PayloadTask,
    status::{ContainerStatus, DesiredStatus, HealthStatus, TaskStatus},
    task::NetworkBinding,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A task as it is written down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Its id.
    pub id: TaskId,
    /// As it was received, with newer credentials if there were any.
    pub payload: Arc<PayloadTask>,
    /// The order of arrival on this host.
    pub arrival: u64,
    /// Only rises.
    pub desired: DesiredStatus,
    /// The task's own reason.
    #[serde(default)]
    pub reason: String,
    /// The last status in `log`, now or once.
    #[serde(default)]
    pub reported: Option<TaskStatus>,
    /// In the payload's order.
    pub containers: Vec<KeptContainer>,
    /// What the plane may not have heard yet, oldest first.
    #[serde(default)]
    pub log: Vec<Entry>,
    /// From the first pull's begin to the last one's end.
    #[serde(default)]
    pub pulls: Option<(Timestamp, Timestamp)>,
    /// When the first essential container ended.
    #[serde(default)]
    pub execution_stopped_at: Option<Timestamp>,
}

/// A container as it is written down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptContainer {
    /// As in the payload.
    pub name: String,
    /// The last status in the log, now or once.
    pub status: ContainerStatus,
    /// The engine's id.
    #[serde(default)]
    pub runtime_id: Option<String>,
    /// Of the image's manifest.
    #[serde(default)]
    pub digest: Option<String>,
    /// Ports on the host.
    #[serde(default)]
    pub bindings: Vec<NetworkBinding>,
    /// When its process last began.
    #[serde(default)]
    pub started: Option<Timestamp>,
    /// Once it stopped.
    #[serde(default)]
    pub exit_code: Option<i64>,
    /// Why it stopped.
    #[serde(default)]
    pub reason: Option<String>,
    /// Once its stop signal arrived: when it is killed, or killed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kill_at: Option<Timestamp>,
    /// By its restart policy.
    #[serde(default)]
    pub restarts: u32,
    /// The last verdict of its check and since when.
    #[serde(default)]
    pub health: Option<(HealthStatus, Timestamp)>,
}

impl Kept {
    pub(super) fn of(task: &Task) -> Self {
        let containers = task.containers.iter().map(|container| KeptContainer {
            name: container.name.clone(),
            status: container.reported,
            runtime_id: container.runtime_id.clone(),
            digest: container.digest.clone(),
            bindings: container.bindings.clone(),
            started: container.started,
            exit_code: container.exit_code,
            reason: container.reason.clone(),
            kill_at: container.stopping.filter(|it| it.is_told).map(|it| it.kill_at),
            restarts: container.restarts,
            health: container.health.as_ref().map(|health| (health.status, health.since)),
        });
        Self {
            id: task.id.clone(),
            payload: Arc::clone(&task.payload),
            arrival: task.arrival,
            desired: task.desired,
            reason: task.reason.clone(),
            reported: task.reported,
            containers: containers.collect(),
            log: task.log.entries().cloned().collect(),
            pulls: task.pulls,
            execution_stopped_at: task.execution_stopped_at,
        }
    }
}
