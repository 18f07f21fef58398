//! The rules of one container definition (spec/tasks.md §2).

use crate::ecs::{definition::check::check_unique, fault};
use domain::{
    definition::{
        ContainerDefinition, HealthCheck, LinuxParameters, NetworkMode, RestartPolicy,
        TaskDefinition,
    },
    id::NAME_LENGTH_MAX,
};
use std::net::IpAddr;
use wire::Fault;

/// The longest image name before its digest.
const IMAGE_LENGTH_MAX: usize = 255;

/// The least memory that a container starts with, in MiB.
const MEMORY_MIB_MIN: i64 = 6;

/// ECS's own limit on environment files.
const ENVIRONMENT_FILES_MAX: usize = 10;

/// ECS's own limit on exit codes that do not cause a restart.
const IGNORED_EXIT_CODES_MAX: usize = 50;

/// Capabilities that the kernel knows and ECS takes, besides `ALL`.
const CAPABILITIES: &[&str] = &[
    "AUDIT_CONTROL",
    "AUDIT_WRITE",
    "BLOCK_SUSPEND",
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "IPC_LOCK",
    "IPC_OWNER",
    "KILL",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "MKNOD",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_RAW",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_CHROOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "SYSLOG",
    "WAKE_ALARM",
];

/// A name and an image.
///
/// # Errors
/// What is missing or malformed.
pub(super) fn check_identity(container: &ContainerDefinition) -> Result<(), Fault> {
    for (member, text) in [("name", &container.name), ("image", &container.image)] {
        if text.is_empty() {
            return Err(fault::client(format!("Container.{member} should not be null or empty.")));
        }
    }
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if container.name.len() > NAME_LENGTH_MAX || !container.name.bytes().all(is_name) {
        return Err(fault::client("Container.name contains invalid characters."));
    }
    if is_image(&container.image) {
        Ok(())
    } else {
        Err(fault::client("Container.image contains invalid characters."))
    }
}

fn is_image(image: &str) -> bool {
    let (name, digest) = match image.split_once('@') {
        None => (image, None),
        Some((name, digest)) => (name, Some(digest)),
    };
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:/#-".contains(&byte);
    let is_digest = |digest: &str| {
        digest
            .strip_prefix("sha256:")
            .is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    !name.is_empty()
        && name.len() <= IMAGE_LENGTH_MAX
        && name.bytes().all(is_allowed)
        && digest.is_none_or(is_digest)
}

/// Everything about one container that is wrong in every launch type.
///
/// # Errors
/// The first rule that it breaks.
pub(super) fn check(
    container: &ContainerDefinition,
    definition: &TaskDefinition,
) -> Result<(), Fault> {
    check_memory(container)?;
    check_network(container, definition.network_mode)?;
    check_environment(container, definition.execution_role_arn.is_some())?;
    check_log(container)?;
    let name = &container.name;
    if let Some(policy) = &container.restart_policy {
        check_restart(name, policy)?;
    }
    if let Some(check) = &container.health_check {
        check_health(name, check)?;
    }
    if let Some(linux) = &container.linux_parameters {
        check_linux(name, linux)?;
    }
    for (member, seconds) in
        [("startTimeout", container.start_timeout), ("stopTimeout", container.stop_timeout)]
    {
        bounded(name, member, seconds, 0, i64::from(i32::MAX))?;
    }
    let ulimits = container.ulimits.iter().flatten();
    check_unique(
        &format!("ulimit of container '{name}'"),
        ulimits.clone().map(|ulimit| ulimit.name.as_str()),
    )?;
    let exceeding = |soft: i64, hard: i64| hard != -1 && (soft > hard || soft == -1);
    if let Some(ulimit) =
        ulimits.clone().find(|ulimit| exceeding(ulimit.soft_limit, ulimit.hard_limit))
    {
        return Err(invalid(
            name,
            "ulimits",
            &format!("the soft limit of {} is greater than its hard limit", ulimit.name),
        ));
    }
    check_system_controls(container, definition)?;
    check_accelerators(container, definition)
}

fn invalid(container: &str, member: &str, why: &str) -> Fault {
    fault::client(format!("Invalid '{member}' setting for container '{container}': {why}."))
}

fn bounded(
    container: &str,
    member: &str,
    value: Option<i64>,
    least: i64,
    most: i64,
) -> Result<(), Fault> {
    match value {
        Some(value) if !(least..=most).contains(&value) => {
            Err(invalid(container, member, &format!("{value} is not between {least} and {most}")))
        }
        _ => Ok(()),
    }
}

fn check_memory(container: &ContainerDefinition) -> Result<(), Fault> {
    let name = &container.name;
    let most = i64::from(i32::MAX);
    bounded(name, "cpu", Some(container.cpu), 0, most)?;
    bounded(name, "memory", container.memory, MEMORY_MIB_MIN, most)?;
    bounded(name, "memoryReservation", container.memory_reservation, MEMORY_MIB_MIN, most)?;
    match (container.memory, container.memory_reservation) {
        (Some(memory), Some(reservation)) if memory < reservation => {
            Err(invalid(name, "memory", "it is less than 'memoryReservation'"))
        }
        _ => Ok(()),
    }
}

fn check_network(container: &ContainerDefinition, mode: NetworkMode) -> Result<(), Fault> {
    let given = |list: &Option<Vec<_>>| list.as_ref().is_some_and(|list| !list.is_empty());
    let refused = |member: &str| {
        Err(invalid(&container.name, member, &format!("networkMode={mode} does not allow it")))
    };
    if mode != NetworkMode::Bridge && given(&container.links) {
        return refused("links");
    }
    if mode == NetworkMode::Awsvpc {
        if container.hostname.is_some() {
            return refused("hostname");
        }
        if container.extra_hosts.as_ref().is_some_and(|hosts| !hosts.is_empty()) {
            return refused("extraHosts");
        }
    }
    if let Some(entry) = container
        .extra_hosts
        .iter()
        .flatten()
        .find(|entry| entry.ip_address.parse::<IpAddr>().is_err())
    {
        let why = format!("'{}' is not an IP address", entry.ip_address);
        return Err(invalid(&container.name, "extraHosts", &why));
    }
    Ok(())
}

fn check_environment(
    container: &ContainerDefinition,
    has_execution_role: bool,
) -> Result<(), Fault> {
    let name = &container.name;
    if container.environment.iter().any(|variable| variable.name.is_empty()) {
        return Err(invalid(name, "environment", "the name of a variable is empty"));
    }
    let secrets = container.secrets.iter().flatten();
    for secret in secrets.clone() {
        let is_shared = container.environment.iter().any(|variable| variable.name == secret.name);
        let is_repeated = secrets.clone().filter(|other| other.name == secret.name).count() > 1;
        if is_shared || is_repeated {
            return Err(fault::client(format!(
                "The secret name must be unique and not shared with any new or existing environment variables set on the container, \
                 such as '{}'.",
                secret.name
            )));
        }
    }
    if secrets.count() > 0 && !has_execution_role {
        return Err(fault::client(
            "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
        ));
    }
    let files = container.environment_files.as_deref().unwrap_or_default();
    if files.len() > ENVIRONMENT_FILES_MAX {
        return Err(invalid(
            name,
            "environmentFiles",
            &format!("there are more than {ENVIRONMENT_FILES_MAX}"),
        ));
    }
    match files
        .iter()
        .filter_map(|file| file["value"].as_str())
        .find(|file| !file.ends_with(".env"))
    {
        Some(file) => {
            Err(invalid(name, "environmentFiles", &format!("'{file}' does not end with .env")))
        }
        None => Ok(()),
    }
}

fn check_log(container: &ContainerDefinition) -> Result<(), Fault> {
    let Some(log) = container.log_configuration.as_ref().filter(|log| log.log_driver == "awslogs")
    else {
        return Ok(());
    };
    let has = |name: &str| log.options.as_ref().is_some_and(|options| options.contains_key(name));
    match ["awslogs-group", "awslogs-region"].into_iter().find(|name| !has(name)) {
        Some(name) => Err(invalid(
            &container.name,
            "logConfiguration",
            &format!("log driver awslogs needs option {name}"),
        )),
        None => Ok(()),
    }
}

fn check_restart(container: &str, policy: &RestartPolicy) -> Result<(), Fault> {
    bounded(container, "restartAttemptPeriod", policy.restart_attempt_period, 60, 1800)?;
    if policy.ignored_exit_codes.as_ref().is_some_and(|codes| codes.len() > IGNORED_EXIT_CODES_MAX)
    {
        return Err(invalid(
            container,
            "ignoredExitCodes",
            &format!("there are more than {IGNORED_EXIT_CODES_MAX}"),
        ));
    }
    Ok(())
}

fn check_health(container: &str, check: &HealthCheck) -> Result<(), Fault> {
    bounded(container, "healthCheck.interval", check.interval, 5, 300)?;
    bounded(container, "healthCheck.timeout", check.timeout, 2, 60)?;
    bounded(container, "healthCheck.retries", check.retries, 1, 10)?;
    bounded(container, "healthCheck.startPeriod", check.start_period, 0, 300)?;
    let has_command = match check.command.first().map(String::as_str) {
        Some("CMD" | "CMD-SHELL") => check.command.len() > 1,
        Some(first) => !first.is_empty(),
        None => false,
    };
    if has_command { Ok(()) } else { Err(invalid(container, "healthCheck.command", "it is empty")) }
}

fn check_linux(container: &str, linux: &LinuxParameters) -> Result<(), Fault> {
    let most = i64::from(i32::MAX);
    bounded(container, "linuxParameters.sharedMemorySize", linux.shared_memory_size, 1, most)?;
    bounded(container, "linuxParameters.maxSwap", linux.max_swap, 0, most)?;
    bounded(container, "linuxParameters.swappiness", linux.swappiness, 0, 100)?;
    for tmpfs in linux.tmpfs.iter().flatten() {
        bounded(container, "linuxParameters.tmpfs.size", Some(tmpfs.size), 1, most)?;
        if !tmpfs.container_path.starts_with('/') {
            return Err(invalid(
                container,
                "linuxParameters.tmpfs.containerPath",
                "it is not an absolute path",
            ));
        }
    }
    if linux.devices.iter().flatten().any(|device| !device.host_path.starts_with('/')) {
        return Err(invalid(
            container,
            "linuxParameters.devices.hostPath",
            "it is not an absolute path",
        ));
    }
    let capabilities =
        linux.capabilities.iter().flat_map(|all| [&all.add, &all.drop]).flatten().flatten();
    for name in capabilities {
        if name != "ALL" && !CAPABILITIES.contains(&name.as_str()) {
            return Err(invalid(
                container,
                "linuxParameters.capabilities",
                &format!("there is no capability '{name}'"),
            ));
        }
    }
    Ok(())
}

fn check_system_controls(
    container: &ContainerDefinition,
    definition: &TaskDefinition,
) -> Result<(), Fault> {
    for control in &container.system_controls {
        let namespace = control.namespace.as_deref().unwrap_or_default();
        let why = if namespace.is_empty() || control.value.is_none() {
            "each needs a namespace and a value".to_owned()
        } else if namespace.starts_with("net.") && definition.network_mode == NetworkMode::Host {
            format!("'{namespace}' belongs to the host in networkMode=host")
        } else if namespace.starts_with("kernel.") && definition.ipc_mode.as_deref() == Some("host")
        {
            format!("'{namespace}' belongs to the host in ipcMode=host")
        } else {
            continue;
        };
        return Err(invalid(&container.name, "systemControls", &why));
    }
    Ok(())
}

fn check_accelerators(
    container: &ContainerDefinition,
    definition: &TaskDefinition,
) -> Result<(), Fault> {
    for requirement in container.resource_requirements.iter().flatten() {
        let value = &requirement.value;
        let why = match requirement.kind.as_str() {
            "GPU" if value.parse::<u16>().is_ok_and(|count| count > 0) => continue,
            "GPU" if requirement.sharing_strategy.is_some() => continue,
            "GPU" => format!("'{value}' is not a number of GPUs"),
            "InferenceAccelerator" => {
                let devices =
                    definition.inference_accelerators.as_ref().and_then(|list| list.as_array());
                if devices.into_iter().flatten().any(|device| device["deviceName"] == *value) {
                    continue;
                }
                format!("there is no inference accelerator '{value}' in the task definition")
            }
            _ => continue,
        };
        return Err(invalid(&container.name, "resourceRequirements", &why));
    }
    Ok(())
}
