//! The agent control service's messages (agent-protocol.md §4).

use crate::{
    definition::{Dependency, MountPoint, PortMapping, RestartPolicy, VolumeFrom},
    id::hex,
    status::DesiredStatus,
    tag::KeyValue,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Plane → agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "message")]
pub enum FromPlane {
    #[serde(rename = "PayloadMessage")]
    Payload(Payload),
    #[serde(rename = "HeartbeatMessage")]
    Heartbeat(Heartbeat),
    #[serde(rename = "IAMRoleCredentialsMessage")]
    Credentials(RoleCredentialsMessage),
    #[serde(rename = "TaskManifestMessage")]
    Manifest(Manifest),
    #[serde(rename = "TaskStopVerificationAck")]
    StopVerificationAck(StopVerificationAck),
    #[serde(rename = "StageUpdateMessage")]
    StageUpdate(Update),
    #[serde(rename = "PerformUpdateMessage")]
    PerformUpdate(Update),
    #[serde(rename = "AttachTaskNetworkInterfacesMessage")]
    AttachTaskInterfaces(AttachTaskInterfaces),
    /// Longshore's own.
    #[serde(rename = "NetworkMapMessage")]
    NetworkMap(super::network::NetworkMap),
    /// Ours: for Longshore's own agent only.
    #[serde(rename = "ExecSessionsMessage")]
    ExecSessions(super::exec::ExecSessions),
    /// Ours: for Longshore's own agent only.
    #[serde(rename = "InstanceCredentialsMessage")]
    InstanceCredentials(InstanceCredentials),
    #[serde(rename = "CloseMessage")]
    Close(Text),
    #[serde(rename = "ErrorMessage")]
    Error(Text),
}

/// Agent → plane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "message")]
pub enum FromAgent {
    #[serde(rename = "AckRequest")]
    Ack(Ack),
    #[serde(rename = "NackRequest")]
    Nack(Nack),
    #[serde(rename = "HeartbeatAckRequest")]
    HeartbeatAck(HeartbeatAck),
    #[serde(rename = "IAMRoleCredentialsAckRequest")]
    CredentialsAck(CredentialsAck),
    #[serde(rename = "TaskStopVerificationMessage")]
    StopVerification(StopVerification),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Payload {
    pub message_id: String,
    pub cluster_arn: String,
    pub container_instance_arn: String,
    /// Milliseconds since 1970.
    pub generated_at: i64,
    pub seq_num: i64,
    pub tasks: Vec<PayloadTask>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Heartbeat {
    pub message_id: String,
    pub healthy: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HeartbeatAck {
    pub message_id: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Text {
    pub message: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Ack {
    pub cluster: String,
    pub container_instance: String,
    pub message_id: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Nack {
    pub cluster: String,
    pub container_instance: String,
    pub message_id: String,
    pub reason: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CredentialsAck {
    pub message_id: String,
    pub credentials_id: String,
    pub expiration: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RoleCredentialsMessage {
    pub message_id: String,
    pub task_arn: String,
    pub task_cluster_arn: String,
    /// `TaskApplication` or `TaskExecution`.
    pub role_type: String,
    pub role_credentials: RoleCredentials,
}

/// Never printed: the secrets are left out of its `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RoleCredentials {
    pub credentials_id: String,
    pub role_arn: String,
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: String,
    /// ISO 8601 text.
    pub expiration: String,
}

impl std::fmt::Debug for RoleCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RoleCredentials")
            .field("credentials_id", &self.credentials_id)
            .field("role_arn", &self.role_arn)
            .finish()
    }
}

/// The instance profile that an agent named when it connected, and credentials of its role, for the host's metadata service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InstanceCredentials {
    pub profile_arn: String,
    pub profile_id: String,
    /// Empty where the profile has no role.
    pub role_name: String,
    /// ISO 8601 text: when this was decided.
    pub last_updated: String,
    /// `None` where EC2 may not become the role.
    pub role_credentials: Option<RoleCredentials>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Manifest {
    pub message_id: String,
    pub cluster_arn: String,
    pub container_instance_arn: String,
    pub generated_at: i64,
    /// Must exceed every sequence number that was sent before.
    pub timeline: i64,
    pub tasks: Vec<TaskIdentifier>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskIdentifier {
    pub task_arn: String,
    #[serde(default)]
    pub task_cluster_arn: String,
    pub desired_status: DesiredStatus,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StopVerification {
    pub message_id: String,
    pub stop_candidates: Vec<TaskIdentifier>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StopVerificationAck {
    pub message_id: String,
    pub generated_at: i64,
    pub stop_tasks: Vec<TaskIdentifier>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Update {
    pub message_id: String,
    pub cluster_arn: String,
    pub container_instance_arn: String,
    pub update_info: Json,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AttachTaskInterfaces {
    pub message_id: String,
    pub cluster_arn: String,
    pub container_instance_arn: String,
    pub task_arn: String,
    pub task_cluster_arn: String,
    pub generated_at: i64,
    pub wait_timeout_ms: i64,
    pub elastic_network_interfaces: Vec<Json>,
}

/// One task of a payload (§4.1). A stop needs the ARN, family, version and `desiredStatus` only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PayloadTask {
    pub arn: String,
    #[serde(default)]
    pub task_cluster_arn: String,
    #[serde(default)]
    pub family: String,
    /// The definition revision as text.
    #[serde(default)]
    pub version: String,
    pub desired_status: DesiredStatus,
    /// Always `{}`: overrides are merged by the plane.
    #[serde(default)]
    pub overrides: String,
    /// `bridge`, `host`, `none`, `awsvpc`.
    #[serde(default)]
    pub network_mode: String,
    /// `EC2`, `FARGATE`, …
    #[serde(default)]
    pub launch_type: String,
    /// vCPUs; 0 where the task has no limit of its own.
    #[serde(default)]
    pub cpu: f64,
    /// MiB; 0 where the task has no limit of its own.
    #[serde(default)]
    pub memory: i64,
    #[serde(default)]
    pub pid_mode: String,
    #[serde(default)]
    pub ipc_mode: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service_name: String,
    #[serde(default)]
    pub group: String,
    #[serde(default)]
    pub containers: Vec<PayloadContainer>,
    #[serde(default)]
    pub volumes: Vec<PayloadVolume>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_credentials: Option<RoleCredentials>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution_role_credentials: Option<RoleCredentials>,
    /// Devices by kind, such as `{"type": "gpu", "name": id, "containers": [name]}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub associations: Vec<Json>,
    /// Of a task in awsvpc mode.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elastic_network_interfaces: Vec<super::network::TaskInterface>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_configuration: Option<Json>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub enable_fault_injection: bool,
    /// Longshore's own: GiB that the task's containers and its own volumes share; no limit where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage_gib: Option<i64>,
}

impl PayloadTask {
    /// The id at the end of the ARN.
    pub fn id(&self) -> &str {
        self.arn.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it runs on the pool of hosts that users do not see.
    pub fn is_on_fargate(&self) -> bool {
        self.launch_type == crate::status::LaunchType::Fargate.as_str()
    }

    /// The container called `name`.
    pub fn container(&self, name: &str) -> Option<&PayloadContainer> {
        self.containers.iter().find(|container| container.name == name)
    }
}

/// One container of a payload (§4.2). What has no member here is in `docker_config`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PayloadContainer {
    pub name: String,
    pub image: String,
    /// Shares.
    pub cpu: i64,
    /// Hard limit, MiB; 0 for none.
    pub memory: i64,
    pub essential: bool,
    pub command: Vec<String>,
    /// `None` keeps the image's.
    pub entry_point: Option<Vec<String>>,
    pub environment: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub environment_files: Vec<Json>,
    pub port_mappings: Vec<PortMapping>,
    pub links: Vec<String>,
    pub mount_points: Vec<MountPoint>,
    pub volumes_from: Vec<VolumeFrom>,
    pub depends_on: Vec<Dependency>,
    /// Seconds; 0 for none.
    pub start_timeout: i64,
    /// Seconds; 0 for the agent's default.
    pub stop_timeout: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_authentication: Option<Json>,
    /// `ExecutionRole` where the log driver calls AWS with the execution role.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub logs_auth_strategy: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firelens_configuration: Option<Json>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credential_specs: Vec<String>,
    /// `docker` where the container has a check.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub health_check_type: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub managed_agents: Vec<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restart_policy: Option<RestartPolicy>,
    pub container_arn: String,
    pub overrides: String,
    pub docker_config: DockerConfig,
}

/// Docker's own JSON as text, which the official agent lays over what it computed, and ours reads as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DockerConfig {
    /// Docker API version, such as `1.24`.
    pub version: String,
    /// A `docker::Config` as JSON text.
    pub config: String,
    /// A `docker::HostConfig` as JSON text.
    pub host_config: String,
}

/// A volume of a payload. `host` is always there for kind `host`; an empty one is a volume that lives as long as the task.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PayloadVolume {
    pub name: String,
    /// `host`, `docker`, `efs`, …
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<crate::definition::HostVolume>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docker_volume_configuration: Option<crate::definition::DockerVolume>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub efs_volume_configuration: Option<Json>,
}

/// The Docker name of a container: `ecs-{family}-{version}-{name}-{hex}` (agent-protocol.md §6). `salt` makes it unique.
pub fn docker_name(task: &PayloadTask, container: &str, salt: [u8; 10]) -> String {
    let name: String =
        container.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    format!("ecs-{}-{}-{name}-{}", task.family, task.version, hex(&salt))
}

/// The labels that every agent puts on a container, on top of the user's (agent-protocol.md §6).
pub fn labels(task: &PayloadTask, container: &str, cluster: &str) -> Vec<KeyValue> {
    [
        ("com.amazonaws.ecs.cluster", cluster),
        ("com.amazonaws.ecs.container-name", container),
        ("com.amazonaws.ecs.task-arn", &task.arn),
        ("com.amazonaws.ecs.task-definition-family", &task.family),
        ("com.amazonaws.ecs.task-definition-version", &task.version),
    ]
    .map(|(name, value)| KeyValue { name: name.into(), value: value.into() })
    .into()
}

#[cfg(test)]
mod tests {
    use super::{FromAgent, FromPlane, Heartbeat};

    #[test]
    fn a_frame_has_a_type_and_a_message() {
        let message = FromPlane::Heartbeat(Heartbeat { message_id: "m".into(), healthy: true });
        let text = serde_json::to_string(&message).expect("JSON");
        assert_eq!(
            text,
            r#"{"type":"HeartbeatMessage","message":{"messageId":"m","healthy":true}}"#
        );
        let answer = r#"{"type":"HeartbeatAckRequest","message":{"messageId":"m","later":1}}"#;
        assert!(matches!(serde_json::from_str(answer), Ok(FromAgent::HeartbeatAck(_))));
    }
}
