//! A task as an agent gets it: definition and overrides merged, in the members of the link's message where it has one and in Docker's
//! own JSON where it has none (agent-protocol.md §4.1, §4.2, §6).
//!
//! Invariants: the same task gives the same payload, but for its credentials. Overrides never reach the agent: the official one ends
//! a task that has any but `command`. Port mappings are sent only where the agent maps ports.
//! Not here: when to send it (`acs`), where credentials come from (`credentials`).

mod docker;
mod interface;
mod secrets;

use domain::{
    arn,
    definition::{ContainerDefinition, NetworkMode, PortMapping, TaskDefinition, Volume},
    id::Scope,
    link::{
        acs::{PayloadContainer, PayloadTask, PayloadVolume, RoleCredentials},
        network::TaskInterface,
    },
    status::{DesiredStatus, LaunchType},
    task::{Container, Task},
};
pub use interface::interface;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// CPU units of one vCPU.
const CPU_UNITS: f64 = 1024.0;

/// How many ECS Exec sessions a container may have at once: what ECS itself sends.
const EXEC_SESSIONS_MAX: &str = "2";

/// The credentials that go with a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    /// For the containers.
    pub application: Option<RoleCredentials>,
    /// For the agent.
    pub execution: Option<RoleCredentials>,
}

/// The payload that starts `task`, which is of `definition` and has these interfaces.
pub fn start(
    scope: &Scope,
    task: &Task,
    definition: &TaskDefinition,
    credentials: Credentials,
    interfaces: Vec<TaskInterface>,
) -> PayloadTask {
    let overrides = &task.overrides;
    let units = overrides.cpu.as_ref().or(definition.cpu.as_ref());
    let memory = overrides.memory.as_ref().or(definition.memory.as_ref());
    let source = Source { scope, task, definition };
    PayloadTask {
        network_mode: definition.network_mode.as_str().into(),
        launch_type: task.launch_type.as_str().into(),
        cpu: units.and_then(|units| units.parse::<f64>().ok()).unwrap_or_default() / CPU_UNITS,
        memory: memory.and_then(|memory| memory.parse().ok()).unwrap_or_default(),
        pid_mode: definition.pid_mode.clone().unwrap_or_default(),
        ipc_mode: definition.ipc_mode.clone().unwrap_or_default(),
        service_name: task.group.strip_prefix("service:").unwrap_or_default().into(),
        group: task.group.clone(),
        containers: definition
            .container_definitions
            .iter()
            .map(|it| source.container(it))
            .collect(),
        volumes: definition.volumes.iter().map(volume).collect(),
        role_credentials: credentials.application,
        execution_role_credentials: credentials.execution,
        associations: task.containers.iter().flat_map(associations).collect(),
        elastic_network_interfaces: interfaces,
        proxy_configuration: definition.proxy_configuration.clone(),
        enable_fault_injection: definition.enable_fault_injection.unwrap_or_default(),
        ephemeral_storage_gib: task.ephemeral_storage_gib,
        ..named(scope, task, DesiredStatus::Running)
    }
}

/// The payload that stops `task`. It needs no definition, so that it can always be sent.
pub fn stop(scope: &Scope, task: &Task) -> PayloadTask {
    named(scope, task, DesiredStatus::Stopped)
}

fn named(scope: &Scope, task: &Task, desired_status: DesiredStatus) -> PayloadTask {
    PayloadTask {
        arn: arn::task(scope, &task.cluster, &task.id),
        task_cluster_arn: arn::cluster(scope, &task.cluster),
        family: task.family.to_string(),
        version: task.revision.to_string(),
        desired_status,
        overrides: "{}".into(),
        network_mode: String::new(),
        launch_type: String::new(),
        cpu: 0.0,
        memory: 0,
        pid_mode: String::new(),
        ipc_mode: String::new(),
        service_name: String::new(),
        group: String::new(),
        containers: Vec::new(),
        volumes: Vec::new(),
        role_credentials: None,
        execution_role_credentials: None,
        associations: Vec::new(),
        elastic_network_interfaces: Vec::new(),
        proxy_configuration: None,
        enable_fault_injection: false,
        ephemeral_storage_gib: None,
    }
}

/// What a container's payload is made from, besides its definition.
#[derive(Clone, Copy)]
struct Source<'a> {
    scope: &'a Scope,
    task: &'a Task,
    definition: &'a TaskDefinition,
}

impl Source<'_> {
    fn execution_role(&self) -> Option<&str> {
        let overridden = self.task.overrides.execution_role_arn.as_deref();
        overridden.or(self.definition.execution_role_arn.as_deref())
    }

    fn container(&self, definition: &ContainerDefinition) -> PayloadContainer {
        let overrides = &self.task.overrides.container_overrides;
        let over = overrides.iter().find(|over| over.name == definition.name);
        let merged = over.map_or_else(|| definition.clone(), |over| over.apply(definition));
        let known = self.task.containers.iter().find(|known| known.name == merged.name);
        let container_arn = known.map(|known| {
            arn::container(self.scope, &self.task.cluster, &self.task.id, &known.uuid)
        });
        PayloadContainer {
            secrets: secrets::references(self.scope, &merged),
            registry_authentication: secrets::registry(
                self.scope,
                &merged,
                self.execution_role().is_some(),
            ),
            logs_auth_strategy: self.logs_auth_strategy(&merged),
            docker_config: docker::config(self.task, self.definition.network_mode, &merged),
            environment: self.environment(&merged),
            port_mappings: self.port_mappings(&merged),
            health_check_type: merged.health_check.as_ref().map_or("", |_| "docker").into(),
            managed_agents: self.managed_agents(),
            container_arn: container_arn.unwrap_or_default(),
            overrides: "{}".into(),
            name: merged.name,
            image: self.image(merged.image, known),
            cpu: merged.cpu,
            memory: merged.memory.unwrap_or_default(),
            essential: merged.essential,
            command: merged.command.unwrap_or_default(),
            entry_point: merged.entry_point,
            environment_files: merged.environment_files.unwrap_or_default(),
            links: merged.links.unwrap_or_default(),
            mount_points: merged.mount_points,
            volumes_from: merged.volumes_from,
            depends_on: merged.depends_on.unwrap_or_default(),
            start_timeout: merged.start_timeout.unwrap_or_default(),
            stop_timeout: merged.stop_timeout.unwrap_or_default(),
            restart_policy: merged.restart_policy,
            firelens_configuration: merged.firelens_configuration,
            credential_specs: merged.credential_specs.unwrap_or_default(),
        }
    }

    /// A service's task runs what the first task of its revision ran, whatever the tag means by now. Of other tasks the digest is only
    /// what their host found out.
    fn image(&self, image: String, container: Option<&Container>) -> String {
        let digest = container.and_then(|container| container.image_digest.as_deref());
        match digest.filter(|_| self.task.owner().is_some() && !image.contains('@')) {
            Some(digest) => format!("{image}@{digest}"),
            None => image,
        }
    }

    /// The container's own variables win over what ECS adds.
    fn environment(&self, container: &ContainerDefinition) -> BTreeMap<String, String> {
        let execution = match self.task.launch_type {
            LaunchType::Fargate => "AWS_ECS_FARGATE",
            LaunchType::Ec2 | LaunchType::External | LaunchType::ManagedInstances => "AWS_ECS_EC2",
        };
        let added = ("AWS_EXECUTION_ENV".to_owned(), execution.to_owned());
        let own = container.environment.iter().map(|it| (it.name.clone(), it.value.clone()));
        [added].into_iter().chain(own).collect()
    }

    /// Docker refuses published ports in another container's network and ignores them in the host's.
    fn port_mappings(&self, container: &ContainerDefinition) -> Vec<PortMapping> {
        match self.definition.network_mode {
            NetworkMode::Bridge => container.port_mappings.iter().map(port_mapping).collect(),
            NetworkMode::Host | NetworkMode::Awsvpc | NetworkMode::None => Vec::new(),
        }
    }

    fn managed_agents(&self) -> Vec<Json> {
        let agent = json!({
            "name": "ExecuteCommandAgent",
            "properties": { "sessionLimit": EXEC_SESSIONS_MAX },
        });
        if self.task.enable_execute_command { vec![agent] } else { Vec::new() }
    }

    fn logs_auth_strategy(&self, container: &ContainerDefinition) -> String {
        let is_aws =
            container.log_configuration.as_ref().is_some_and(|it| it.log_driver == "awslogs");
        if is_aws && self.execution_role().is_some() {
            "ExecutionRole".into()
        } else {
            String::new()
        }
    }
}

/// Without the names that only service discovery uses: agents do not know them.
fn port_mapping(mapping: &PortMapping) -> PortMapping {
    PortMapping { name: None, app_protocol: None, ..mapping.clone() }
}

fn volume(volume: &Volume) -> PayloadVolume {
    let mut payload = PayloadVolume { name: volume.name.clone(), ..PayloadVolume::default() };
    if volume.docker_volume_configuration.is_some() {
        payload.kind = "docker".into();
        payload.docker_volume_configuration.clone_from(&volume.docker_volume_configuration);
    } else if volume.efs_volume_configuration.is_some() {
        payload.kind = "efs".into();
        payload.efs_volume_configuration.clone_from(&volume.efs_volume_configuration);
    } else if volume.s3files_volume_configuration.is_some() {
        payload.kind = "s3files".into();
    } else if volume.fsx_windows_file_server_volume_configuration.is_some() {
        payload.kind = "fsxWindowsFileServer".into();
    } else {
        payload.kind = "host".into();
        payload.host = Some(volume.host.clone().unwrap_or_default());
    }
    payload
}

fn associations(container: &Container) -> impl Iterator<Item = Json> {
    container.gpu_ids.iter().map(|id| {
        json!({
            "type": "gpu",
            "name": id,
            "content": { "encoding": "", "value": "" },
            "containers": [container.name],
        })
    })
}

#[cfg(test)]
mod tests;
