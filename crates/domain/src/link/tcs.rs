//! The telemetry service's messages (agent-protocol.md §5). An agent's frame is a small header block, an empty line, then the JSON.

use crate::status::HealthStatus;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Agent → plane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "message")]
pub enum FromAgent {
    #[serde(rename = "PublishMetricsRequest")]
    Metrics(Metrics),
    #[serde(rename = "PublishHealthRequest")]
    Health(Health),
    #[serde(rename = "PublishInstanceStatusRequest")]
    InstanceStatus(InstanceStatus),
}

/// Plane → agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "message")]
pub enum FromPlane {
    #[serde(rename = "HeartbeatMessage")]
    Heartbeat { healthy: bool },
    #[serde(rename = "AckPublishMetric")]
    AckMetrics { message: String },
    #[serde(rename = "AckPublishHealth")]
    AckHealth { message: String },
    #[serde(rename = "AckPublishInstanceStatus")]
    AckInstanceStatus { message: String },
    #[serde(rename = "StopTelemetrySessionMessage")]
    Stop { message: String },
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Metadata {
    pub cluster: String,
    pub container_instance: String,
    pub message_id: String,
    pub request_id: String,
    /// No task runs.
    pub idle: bool,
    /// The last message of its cycle.
    pub fin: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Metrics {
    pub metadata: Metadata,
    /// Seconds with a fraction.
    pub timestamp: f64,
    pub instance_metrics: Option<Json>,
    pub task_metrics: Vec<TaskMetrics>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TaskMetrics {
    pub task_arn: String,
    pub cluster_arn: String,
    pub task_definition_family: String,
    pub task_definition_version: String,
    pub container_metrics: Vec<ContainerMetrics>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerMetrics {
    pub container_name: String,
    pub container_arn: String,
    /// Percent of the whole host.
    pub cpu_stats_set: Option<StatsSet>,
    /// MiB.
    pub memory_stats_set: Option<StatsSet>,
    pub network_stats_set: Option<Json>,
    pub storage_stats_set: Option<Json>,
    pub restart_stats_set: Option<Json>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StatsSet {
    pub min: f64,
    pub max: f64,
    pub sample_count: i64,
    pub sum: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Health {
    pub metadata: Metadata,
    pub timestamp: f64,
    pub tasks: Vec<TaskHealth>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TaskHealth {
    pub task_arn: String,
    pub cluster_arn: String,
    pub task_definition_family: String,
    pub task_definition_version: String,
    pub containers: Vec<ContainerHealth>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerHealth {
    pub container_name: String,
    pub health_status: HealthStatus,
    /// Seconds with a fraction.
    #[serde(default)]
    pub status_since: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_message: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InstanceStatus {
    pub metadata: Metadata,
    pub timestamp: f64,
    /// As the API shows them.
    pub statuses: Vec<Json>,
}
