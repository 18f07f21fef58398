//! Everything of a container definition that the link's message has no member for, as Docker's own JSON.
//!
//! Units are Docker's: bytes and nanoseconds, where ECS has MiB and seconds.

use domain::{
    definition::{
        ContainerDefinition, Device, HealthCheck, LinuxParameters, LogConfiguration, NetworkMode,
        Tmpfs,
    },
    link::{acs, docker},
    task::Task,
};
use std::collections::BTreeMap;

const MIB: i64 = 1024 * 1024;
const NANOS_PER_S: i64 = 1_000_000_000;

/// What ECS assumes of a health check that does not say: seconds, seconds, times, seconds (spec/tasks.md §2).
const HEALTH_INTERVAL_S: i64 = 30;
const HEALTH_TIMEOUT_S: i64 = 5;
const HEALTH_RETRIES: i64 = 3;
const HEALTH_START_PERIOD_S: i64 = 0;

/// Docker's configuration of `container`, which has its overrides applied.
pub(super) fn config(
    task: &Task,
    network_mode: NetworkMode,
    container: &ContainerDefinition,
) -> acs::DockerConfig {
    let text =
        |json: serde_json::Result<String>| json.expect("plain data with text keys has a JSON form");
    acs::DockerConfig {
        version: api_version(container).into(),
        config: text(serde_json::to_string(&container_config(network_mode, container))),
        host_config: text(serde_json::to_string(&host_config(task, network_mode, container))),
    }
}

/// The least version of Docker's API that knows what the container asks for; agents raise it to one that their engine still serves.
fn api_version(container: &ContainerDefinition) -> &'static str {
    let linux = container.linux_parameters.as_ref();
    if container.health_check.as_ref().is_some_and(|check| check.start_period.is_some()) {
        "1.29"
    } else if linux.is_some_and(|linux| linux.init_process_enabled.is_some()) {
        "1.25"
    } else {
        "1.24"
    }
}

fn container_config(network_mode: NetworkMode, container: &ContainerDefinition) -> docker::Config {
    docker::Config {
        user: container.user.clone().unwrap_or_default(),
        working_dir: container.working_directory.clone().unwrap_or_default(),
        hostname: unless_awsvpc(network_mode, container.hostname.clone()),
        labels: container.docker_labels.clone().unwrap_or_default(),
        tty: container.pseudo_terminal.unwrap_or_default(),
        open_stdin: container.interactive.unwrap_or_default(),
        network_disabled: container.disable_networking.unwrap_or_default(),
        healthcheck: container.health_check.as_ref().map(healthcheck),
        // ECS has no member for it: the image's own holds.
        stop_signal: String::new(),
    }
}

/// In awsvpc mode the network's names belong to the task's pause container, and Docker refuses them elsewhere.
fn unless_awsvpc<T: Default>(network_mode: NetworkMode, value: Option<T>) -> T {
    match network_mode {
        NetworkMode::Awsvpc => T::default(),
        NetworkMode::Bridge | NetworkMode::Host | NetworkMode::None => value.unwrap_or_default(),
    }
}

fn healthcheck(check: &HealthCheck) -> docker::Healthcheck {
    let nanos = |seconds: Option<i64>, default: i64| seconds.unwrap_or(default) * NANOS_PER_S;
    let is_named = check
        .command
        .first()
        .is_some_and(|word| ["CMD", "CMD-SHELL", "NONE"].contains(&word.as_str()));
    // A bare list is a command; Docker wants it said.
    let kind = if is_named { None } else { Some("CMD".to_owned()) };
    docker::Healthcheck {
        test: kind.into_iter().chain(check.command.iter().cloned()).collect(),
        interval: nanos(check.interval, HEALTH_INTERVAL_S),
        timeout: nanos(check.timeout, HEALTH_TIMEOUT_S),
        start_period: nanos(check.start_period, HEALTH_START_PERIOD_S),
        retries: check.retries.unwrap_or(HEALTH_RETRIES),
    }
}

fn host_config(
    task: &Task,
    network_mode: NetworkMode,
    container: &ContainerDefinition,
) -> docker::HostConfig {
    let default = LinuxParameters::default();
    let linux = container.linux_parameters.as_ref().unwrap_or(&default);
    let capabilities = linux.capabilities.clone().unwrap_or_default();
    let extra_hosts = container.extra_hosts.iter().flatten();
    let extra_hosts = extra_hosts.map(|it| format!("{}:{}", it.hostname, it.ip_address)).collect();
    docker::HostConfig {
        // The agent joins the containers of an awsvpc task itself.
        network_mode: unless_awsvpc(network_mode, Some(network_mode.as_str().to_owned())),
        privileged: container.privileged.unwrap_or_default(),
        readonly_rootfs: container.readonly_root_filesystem.unwrap_or_default(),
        cap_add: capabilities.add.unwrap_or_default(),
        cap_drop: capabilities.drop.unwrap_or_default(),
        devices: linux.devices.iter().flatten().map(device).collect(),
        init: linux.init_process_enabled,
        shm_size: linux.shared_memory_size.unwrap_or_default() * MIB,
        tmpfs: linux.tmpfs.iter().flatten().map(tmpfs).collect(),
        memory_reservation: container.memory_reservation.unwrap_or_default() * MIB,
        memory_swap: memory_swap(linux, container.memory),
        // ECS: ignored unless maxSwap says that there is swap of the container's own.
        memory_swappiness: linux.max_swap.and(linux.swappiness),
        ulimits: container.ulimits.iter().flatten().map(ulimit).collect(),
        dns: unless_awsvpc(network_mode, container.dns_servers.clone()),
        dns_search: unless_awsvpc(network_mode, container.dns_search_domains.clone()),
        extra_hosts: unless_awsvpc(network_mode, Some(extra_hosts)),
        security_opt: container.docker_security_options.clone().unwrap_or_default(),
        sysctls: container.system_controls.iter().filter_map(sysctl).collect(),
        log_config: container.log_configuration.as_ref().map(|it| log_config(task, container, it)),
    }
}

/// Docker counts memory and swap together. Without a limit on memory there can be none on swap; without `maxSwap` the host decides.
fn memory_swap(linux: &LinuxParameters, memory: Option<i64>) -> i64 {
    linux.max_swap.zip(memory).map_or(0, |(swap, memory)| (memory + swap) * MIB)
}

fn device(device: &Device) -> docker::Device {
    let letter = |permission: &String| match permission.as_str() {
        "read" => "r",
        "write" => "w",
        "mknod" => "m",
        _ => "",
    };
    let permissions = device.permissions.as_ref().filter(|permissions| !permissions.is_empty());
    docker::Device {
        path_on_host: device.host_path.clone(),
        path_in_container: device
            .container_path
            .clone()
            .unwrap_or_else(|| device.host_path.clone()),
        cgroup_permissions: permissions
            .map_or_else(|| "rwm".into(), |permissions| permissions.iter().map(letter).collect()),
    }
}

fn tmpfs(tmpfs: &Tmpfs) -> (String, String) {
    let size = format!("size={}m", tmpfs.size);
    let options = tmpfs.mount_options.iter().flatten().cloned();
    (tmpfs.container_path.clone(), options.chain([size]).collect::<Vec<_>>().join(","))
}

fn ulimit(ulimit: &domain::definition::Ulimit) -> docker::Ulimit {
    docker::Ulimit { name: ulimit.name.clone(), soft: ulimit.soft_limit, hard: ulimit.hard_limit }
}

fn sysctl(control: &domain::definition::SystemControl) -> Option<(String, String)> {
    control.namespace.clone().zip(control.value.clone())
}

fn log_config(
    task: &Task,
    container: &ContainerDefinition,
    configuration: &LogConfiguration,
) -> docker::LogConfig {
    /// ECS's own option: Docker's driver refuses it and wants the whole name of the stream.
    const STREAM_PREFIX: &str = "awslogs-stream-prefix";
    let mut config: BTreeMap<_, _> = configuration.options.clone().unwrap_or_default();
    if configuration.log_driver == "awslogs"
        && let Some(prefix) = config.remove(STREAM_PREFIX)
    {
        let stream = format!("{prefix}/{}/{}", container.name, task.id);
        config.insert("awslogs-stream".into(), stream);
    }
    docker::LogConfig { kind: configuration.log_driver.clone(), config }
}
