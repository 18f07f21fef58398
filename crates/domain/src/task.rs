//! Tasks: one running copy of a definition; once stopped, never again.
//!
//! `desired` is the control plane's, `last` and everything about containers is the host's. Both only move forward.

use crate::{
    definition::ContainerDefinition,
    fargate,
    id::{ClusterName, DefinitionRevision, Family, InstanceId, Scope, TaskId},
    instance::Resources,
    key::{Key, Prefix},
    record::Record,
    service::PlacementRule,
    status::{ContainerStatus, DesiredStatus, HealthStatus, LaunchType, StopCode, TaskStatus},
    tag::{Attribute, KeyValue, Tag},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::borrow::Cow;

/// A task as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Its cluster.
    pub cluster: ClusterName,
    /// Its definition's family.
    pub family: Family,
    /// Its definition's revision.
    pub revision: DefinitionRevision,
    /// Where it is, once that is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<InstanceId>,
    /// The cluster that its instance registered in, where that is another than its own: Fargate's tasks are on hosts of a pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_cluster: Option<ClusterName>,
    /// What it holds there until it is STOPPED.
    pub demand: Resources,
    /// What is wanted.
    pub desired: DesiredStatus,
    /// What the host last said.
    pub last: TaskStatus,
    /// Starts at 1 and grows with every change that ECS would emit an event for.
    pub version: i64,
    /// EC2, FARGATE, …
    pub launch_type: LaunchType,
    /// Of Fargate, such as `1.4.0`: what was asked for was resolved when it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// GiB that its containers may write, of Fargate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage_gib: Option<i64>,
    /// Set only when a strategy was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider: Option<String>,
    /// `family:{family}`, `service:{name}`, or what the client said.
    pub group: String,
    /// Who started it, if anybody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_by: Option<String>,
    /// Task-level CPU units as text, as the API shows them.
    pub cpu: String,
    /// Task-level MiB as text.
    pub memory: String,
    /// The request's overrides, with every container named.
    pub overrides: Overrides,
    /// In the order of the definition.
    pub containers: Vec<Container>,
    /// Interfaces and volumes.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Such as `ecs.cpu-architecture`.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// Of its instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability_zone: Option<String>,
    /// Whether ExecuteCommand may enter it.
    #[serde(default)]
    pub enable_execute_command: bool,
    /// Over essential containers with a check.
    #[serde(default)]
    pub health: HealthStatus,
    /// Whether its agent is connected, and since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connectivity: Option<(bool, Timestamp)>,
    /// When RunTask or the scheduler made it.
    pub created_at: Timestamp,
    /// First pull began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pull_started_at: Option<Timestamp>,
    /// Last pull ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pull_stopped_at: Option<Timestamp>,
    /// It reached RUNNING.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// It left RUNNING.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopping_at: Option<Timestamp>,
    /// The first essential container ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution_stopped_at: Option<Timestamp>,
    /// It reached STOPPED.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<Timestamp>,
    /// Why it ends or ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<Stop>,
    /// Until when scale-in and deployments leave it alone, if anybody asked for that. Only tasks of services have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protected_until: Option<Timestamp>,
    /// Its end was entered in its deployment's count of failures, or needs not be. Only tasks of services have it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tallied: bool,
    /// What its request asks of an instance, while it waits for one. A service's tasks have it from their service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seeks: Option<Box<Seeks>>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// What a RunTask asks of the instances of its tasks, besides what their definition does; checked when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seeks {
    /// What must hold, without the definition's own.
    pub constraints: Vec<PlacementRule>,
    /// What is preferred; where it is empty, tasks are spread over zones, then instances.
    pub strategies: Vec<PlacementRule>,
    /// Of tasks in awsvpc mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<crate::vpc::TaskNetwork>,
}

/// Whose task it is, if a service's scheduler made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner<'a> {
    /// The service's name.
    pub service: &'a str,
    /// The deployment's or task set's id, without `ecs-svc/`.
    pub deployment: &'a str,
}

/// Why a task ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// As a closed set.
    pub code: StopCode,
    /// In words.
    pub reason: String,
}

impl Record for Task {
    const TABLE: &'static str = "task";
}

impl Task {
    /// The key of one task.
    pub fn key(scope: &Scope, cluster: &ClusterName, id: &TaskId) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), id.as_str()])
    }

    /// All tasks of a cluster that are still kept.
    pub fn all_in(scope: &Scope, cluster: &ClusterName) -> Prefix {
        Prefix::under::<Self>(scope, &[cluster.as_str()])
    }

    /// The cluster and id of the instance it was put on.
    pub fn host(&self) -> Option<(&ClusterName, &InstanceId)> {
        let id = self.instance.as_ref()?;
        Some((self.host_cluster.as_ref().unwrap_or(&self.cluster), id))
    }

    /// Whether it is Fargate's, so that users do not see where it is.
    pub fn is_fargate(&self) -> bool {
        self.launch_type == LaunchType::Fargate
    }

    /// The group by which placement and ledgers know it.
    pub fn booked_group(&self) -> Cow<'_, str> {
        if self.is_fargate() {
            fargate::booked_group(&self.cluster, &self.group).into()
        } else {
            self.group.as_str().into()
        }
    }

    /// The service and deployment that it belongs to. Users cannot make tasks of such a group: it is reserved.
    pub fn owner(&self) -> Option<Owner<'_>> {
        let service = self.group.strip_prefix("service:")?;
        let deployment = self.started_by.as_deref()?.strip_prefix("ecs-svc/")?;
        Some(Owner { service, deployment })
    }

    /// Moves `last` forward; a late report changes nothing. Says whether it moved.
    pub fn advance(&mut self, seen: TaskStatus) -> bool {
        let moves = seen > self.last;
        if moves {
            self.last = seen;
        }
        moves
    }

    /// Ends it without its host's word, which may never come: it is STOPPED, and so is every container. A reason that it already has
    /// is the true one and stays. Changes nothing of a task that is STOPPED.
    pub fn end(&mut self, stop: Stop, now: Timestamp) {
        if !self.advance(TaskStatus::Stopped) {
            return;
        }
        self.desired = DesiredStatus::Stopped;
        self.version += 1;
        self.stop.get_or_insert(stop);
        self.stopping_at.get_or_insert(now);
        self.stopped_at = Some(now);
        for container in &mut self.containers {
            container.last = ContainerStatus::Stopped;
            container.end_agents();
        }
    }
}

/// One container of a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Container {
    /// Its UUID; the last part of its ARN.
    pub uuid: String,
    /// As in the definition.
    pub name: String,
    /// As in the definition.
    pub image: String,
    /// What the host resolved the image to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// The engine's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime_id: Option<String>,
    /// What the host last said.
    pub last: ContainerStatus,
    /// Once its process ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i64>,
    /// `{ErrorName}: {text}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Ports on the host, once it runs.
    #[serde(default)]
    pub network_bindings: Vec<NetworkBinding>,
    /// In awsvpc mode.
    #[serde(default)]
    pub network_interfaces: Vec<Json>,
    /// By its own check.
    #[serde(default)]
    pub health: HealthStatus,
    /// ExecuteCommandAgent.
    #[serde(default)]
    pub managed_agents: Vec<Json>,
    /// CPU units as text, overrides applied.
    pub cpu: String,
    /// MiB as text, overrides applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    /// MiB as text, overrides applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_reservation: Option<String>,
    /// GPUs it was given.
    #[serde(default)]
    pub gpu_ids: Vec<String>,
}

impl Container {
    /// Whether people are let in.
    pub fn is_open(&self) -> bool {
        let is_open = |agent: &Json| {
            agent["name"] == crate::exec::MANAGED_AGENT && agent["lastStatus"] == "RUNNING"
        };
        self.last == ContainerStatus::Running && self.managed_agents.iter().any(is_open)
    }

    /// What is inside a container ends with it.
    pub fn end_agents(&mut self) {
        for agent in &mut self.managed_agents {
            agent["lastStatus"] = "STOPPED".into();
        }
    }
}

/// A container's port on the host, as agents report it and the API shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkBinding {
    /// `0.0.0.0`.
    #[serde(rename = "bindIP", skip_serializing_if = "Option::is_none")]
    pub bind_ip: Option<String>,
    /// In the container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_port: Option<i64>,
    /// On the host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_port: Option<i64>,
    /// `tcp` or `udp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// For a range mapping, in the container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_port_range: Option<String>,
    /// For a range mapping, on the host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_port_range: Option<String>,
}

/// What a RunTask or StartTask changed of its definition. Names are the API's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Overrides {
    /// Every container of the definition, overridden or not.
    pub container_overrides: Vec<ContainerOverride>,
    /// CPU units as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<String>,
    /// MiB as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    /// Instead of the definition's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_role_arn: Option<String>,
    /// Instead of the definition's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution_role_arn: Option<String>,
    /// As given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage: Option<Json>,
    /// As given; the API shows `[]` where nothing was.
    pub inference_accelerator_overrides: Vec<Json>,
}

/// What was changed of one container.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerOverride {
    /// Which container.
    pub name: String,
    /// Replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<Vec<String>>,
    /// Merges by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Vec<KeyValue>>,
    /// Replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment_files: Option<Vec<Json>>,
    /// Replaces; CPU units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<i64>,
    /// Replaces; MiB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<i64>,
    /// Replaces; MiB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_reservation: Option<i64>,
    /// Replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_requirements: Option<Vec<crate::definition::ResourceRequirement>>,
}

impl ContainerOverride {
    /// `definition` with this override applied.
    pub fn apply(&self, definition: &ContainerDefinition) -> ContainerDefinition {
        let mut result = definition.clone();
        if let Some(command) = &self.command {
            result.command = Some(command.clone());
        }
        for variable in self.environment.iter().flatten() {
            result.environment.retain(|kept| kept.name != variable.name);
            result.environment.push(variable.clone());
        }
        if let Some(files) = &self.environment_files {
            result.environment_files = Some(files.clone());
        }
        result.cpu = self.cpu.unwrap_or(result.cpu);
        result.memory = self.memory.or(result.memory);
        result.memory_reservation = self.memory_reservation.or(result.memory_reservation);
        if let Some(requirements) = &self.resource_requirements {
            result.resource_requirements = Some(requirements.clone());
        }
        result
    }
}

/// Something attached to a task, such as its elastic network interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// A bare UUID.
    pub id: String,
    /// Such as `ElasticNetworkInterface`.
    #[serde(rename = "type")]
    pub kind: String,
    /// PRECREATED … DELETED | FAILED.
    pub status: String,
    /// As the API shows them.
    pub details: Vec<KeyValue>,
}

impl Attachment {
    /// The type of a task's own network interface.
    pub const INTERFACE: &'static str = "ElasticNetworkInterface";
    /// The status of one that is being made ready on its host.
    pub const ATTACHING: &'static str = "ATTACHING";
    /// The status of one that is there.
    pub const ATTACHED: &'static str = "ATTACHED";
    /// The status of one that is gone, as that of every STOPPED task is.
    pub const DELETED: &'static str = "DELETED";
    /// The detail with an interface's subnet.
    pub const SUBNET: &'static str = "subnetId";
    /// The detail with an interface's id.
    pub const INTERFACE_ID: &'static str = "networkInterfaceId";
    /// The detail with an interface's address.
    pub const ADDRESS: &'static str = "privateIPv4Address";

    /// Whether it is a network interface.
    pub fn is_interface(&self) -> bool {
        self.kind == Self::INTERFACE
    }

    /// The value of a detail.
    pub fn detail(&self, name: &str) -> Option<&str> {
        self.details.iter().find(|it| it.name == name).map(|it| it.value.as_str())
    }
}

/// What a client token stands for: one token, one effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientToken {
    /// A digest of the request's parameters: the same token with others is a conflict.
    pub parameters: String,
    /// The tasks that the first call made.
    pub tasks: Vec<TaskId>,
    /// When it may be forgotten.
    pub expires_at: Timestamp,
}

impl Record for ClientToken {
    const TABLE: &'static str = "client-token";
}

impl ClientToken {
    /// The key of `token` as used for `operation` in `cluster`. Tokens may hold any printable character, so they are kept as hex.
    pub fn key(scope: &Scope, cluster: &ClusterName, operation: &str, token: &str) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), operation, &crate::id::hex(token.as_bytes())])
    }
}

#[cfg(test)]
mod tests {
    use super::{ContainerOverride, Stop, Task};
    use crate::{
        definition::ContainerDefinition,
        status::{ContainerStatus, DesiredStatus, StopCode, TaskStatus},
        tag::KeyValue,
        time::Timestamp,
    };

    fn variable(name: &str, value: &str) -> KeyValue {
        KeyValue { name: name.into(), value: value.into() }
    }

    #[test]
    fn an_override_merges_environment_by_name_and_replaces_the_rest() {
        let definition = ContainerDefinition {
            command: Some(vec!["serve".into()]),
            environment: vec![variable("A", "1"), variable("B", "2")],
            memory: Some(64),
            ..ContainerDefinition::default()
        };
        let change = ContainerOverride {
            command: Some(vec!["check".into()]),
            environment: Some(vec![variable("B", "3"), variable("C", "4")]),
            ..ContainerOverride::default()
        };
        let result = change.apply(&definition);
        assert_eq!(result.command, Some(vec!["check".to_owned()]));
        assert_eq!(
            result.environment,
            [variable("A", "1"), variable("B", "3"), variable("C", "4")]
        );
        assert_eq!(result.memory, Some(64));
    }

    #[test]
    fn an_ended_task_stays_as_it_ended_and_keeps_its_first_reason() {
        let stop = |reason: &str| Stop { code: StopCode::TerminationNotice, reason: reason.into() };
        let mut ended: Task = serde_json::from_value(serde_json::json!({
            "id": "0".repeat(32), "cluster": "web", "family": "f", "revision": 1, "desired": "RUNNING",
            "last": "RUNNING", "demand": {}, "version": 1, "launch_type": "EC2", "group": "family:f",
            "cpu": "256", "memory": "128", "overrides": {}, "created_at": 0,
            "containers": [{ "uuid": "u", "name": "c", "image": "i", "last": "RUNNING", "cpu": "0" }],
        }))
        .expect("a task");
        ended.stop = Some(stop("first"));
        ended.end(stop("second"), Timestamp(5));
        assert_eq!((ended.desired, ended.last), (DesiredStatus::Stopped, TaskStatus::Stopped));
        assert_eq!((ended.version, ended.stopped_at), (2, Some(Timestamp(5))));
        assert_eq!(ended.containers[0].last, ContainerStatus::Stopped);
        assert_eq!(ended.stop, Some(stop("first")));
        let once = ended.clone();
        ended.end(stop("third"), Timestamp(6));
        assert_eq!(ended, once);
    }
}
