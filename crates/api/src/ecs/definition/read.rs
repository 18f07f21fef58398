//! From a RegisterTaskDefinition request to a definition in the form that the API returns it: defaults filled in, sizes as numbers
//! (spec/tasks.md §2, "Normalisation on output"). What is wrong with the result is for `check.rs`.

use crate::{
    decide::Ctx,
    ecs::{definition::size, fault, tag},
    plain,
};
use domain::{
    definition::{
        ContainerDefinition, DefinitionStatus, NetworkMode, RestartPolicy, TaskDefinition,
    },
    id::{DefinitionRevision, Family, NAME_LENGTH_MAX},
};
use serde::de::DeserializeOwned;
use wire::{Fault, Value, tables::ecs, view};

view! {
    Register : ecs::REGISTER_TASK_DEFINITION_REQUEST {
        family: &'a str = "family",
        task_role: Option<&'a str> = "taskRoleArn",
        execution_role: Option<&'a str> = "executionRoleArn",
        network_mode: Option<&'a str> = "networkMode",
        containers: &'a [Value] = "containerDefinitions",
        volumes: &'a [Value] = "volumes",
        constraints: &'a [Value] = "placementConstraints",
        requires: Option<&'a Value> = "requiresCompatibilities",
        cpu: Option<&'a str> = "cpu",
        memory: Option<&'a str> = "memory",
        tags: &'a [Value] = "tags",
        pid_mode: Option<&'a str> = "pidMode",
        ipc_mode: Option<&'a str> = "ipcMode",
        proxy: Option<&'a Value> = "proxyConfiguration",
        accelerators: Option<&'a Value> = "inferenceAccelerators",
        ephemeral_storage: Option<&'a Value> = "ephemeralStorage",
        runtime_platform: Option<&'a Value> = "runtimePlatform",
        fault_injection: Option<bool> = "enableFaultInjection",
        trusted_execution: Option<&'a Value> = "trustedExecutionConfiguration",
    }
}

/// Seconds that a container must have run before it is restarted, where nothing is said.
const RESTART_ATTEMPT_PERIOD_DEFAULT_S: i64 = 300;

/// The definition that `request` describes, as ACTIVE revision 0: the real revision is given when it is registered.
///
/// # Errors
/// `ClientException` or `InvalidParameterException`, if a part of it cannot be read.
pub(super) fn read(request: &Value, ctx: &Ctx) -> Result<TaskDefinition, Fault> {
    let request = Register::from(request);
    let network_mode = request.network_mode.and_then(NetworkMode::parse).unwrap_or_default();
    let cpu = request.cpu.map(size::cpu_units).transpose()?;
    let memory = request.memory.map(size::memory_mib).transpose()?;
    let containers: Result<Vec<_>, Fault> = request
        .containers
        .iter()
        .map(|container| read_container(container, network_mode))
        .collect();
    Ok(TaskDefinition {
        family: read_family(request.family)?,
        revision: DefinitionRevision(0),
        status: DefinitionStatus::Active,
        container_definitions: containers?,
        task_role_arn: request.task_role.map(|role| role_arn(role, ctx)).transpose()?.flatten(),
        execution_role_arn: request
            .execution_role
            .map(|role| role_arn(role, ctx))
            .transpose()?
            .flatten(),
        network_mode,
        volumes: read_all(request.volumes)?,
        requires_attributes: Vec::new(),
        placement_constraints: request
            .constraints
            .iter()
            .map(|constraint| with_default(constraint, "type", "memberOf"))
            .map(|constraint| plain::from_value(&constraint))
            .collect::<Result<_, _>>()?,
        compatibilities: Vec::new(),
        runtime_platform: request.runtime_platform.map(plain::from_value).transpose()?,
        requires_compatibilities: request.requires.map(plain::from_value).transpose()?,
        cpu: cpu.map(|units| units.to_string()),
        memory: memory.map(|mib| mib.to_string()),
        inference_accelerators: request.accelerators.map(plain::to_json),
        pid_mode: request.pid_mode.map(str::to_owned),
        ipc_mode: request.ipc_mode.map(str::to_owned),
        proxy_configuration: request.proxy.map(plain::to_json),
        registered_at: ctx.now,
        deregistered_at: None,
        delete_requested_at: None,
        registered_by: Some(ctx.caller.arn.clone()),
        ephemeral_storage: request.ephemeral_storage.map(plain::to_json),
        enable_fault_injection: request.fault_injection,
        trusted_execution_configuration: request.trusted_execution.map(plain::to_json),
        tags: tag::read(request.tags)?,
    })
}

fn read_family(family: &str) -> Result<Family, Fault> {
    if family.is_empty() {
        return Err(fault::client("Family should not be null or empty."));
    }
    if family.len() > NAME_LENGTH_MAX {
        return Err(fault::client(format!("Family is longer than {NAME_LENGTH_MAX} characters.")));
    }
    Family::parse(family).map_err(|_| fault::client("Family contains invalid characters."))
}

fn read_all<T: DeserializeOwned>(values: &[Value]) -> Result<Vec<T>, Fault> {
    values.iter().map(plain::from_value).collect()
}

/// `value` with member `name` where it has none.
fn with_default(value: &Value, name: &'static str, default: &'static str) -> Value {
    let mut value = value.clone();
    if let Value::Map(members) = &mut value
        && members.get(name).is_none()
    {
        members.put(name, default);
    }
    value
}

/// Roles are given by name or by ARN, and shown by ARN; an empty text is none.
fn role_arn(role: &str, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let is_plain = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-/:".contains(&byte))
    };
    if role.is_empty() {
        return Ok(None);
    }
    if !is_plain(role) {
        return Err(fault::client("Role is not valid"));
    }
    let is_arn = role.starts_with("arn:");
    if is_arn && !role.contains(":role/") {
        return Err(fault::client("Role is not valid"));
    }
    let name = || format!("arn:aws:iam::{}:role/{role}", ctx.scope.account);
    Ok(Some(if is_arn { role.to_owned() } else { name() }))
}

fn read_container(value: &Value, network_mode: NetworkMode) -> Result<ContainerDefinition, Fault> {
    let mut container: ContainerDefinition = plain::from_value(value)?;
    container.essential = value.get("essential").and_then(Value::as_bool).unwrap_or(true);
    for mapping in &mut container.port_mappings {
        mapping.protocol.get_or_insert_with(|| "tcp".to_owned());
        if mapping.host_port.is_none() && mapping.container_port_range.is_none() {
            mapping.host_port = match network_mode {
                NetworkMode::Awsvpc | NetworkMode::Host => mapping.container_port,
                NetworkMode::Bridge | NetworkMode::None => Some(0),
            };
        }
    }
    if let Some(check) = &mut container.health_check {
        check.interval.get_or_insert(30);
        check.timeout.get_or_insert(5);
        check.retries.get_or_insert(3);
    }
    if let Some(RestartPolicy { enabled: true, restart_attempt_period: period @ None, .. }) =
        &mut container.restart_policy
    {
        *period = Some(RESTART_ATTEMPT_PERIOD_DEFAULT_S);
    }
    Ok(container)
}
