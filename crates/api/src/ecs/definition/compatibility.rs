//! Where a definition can run: EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES (spec/tasks.md §2, "compatibilities").
//!
//! Each launch type has rules of its own. A definition is compatible with those whose rules it keeps; it must keep those of the types that it
//! says it requires.

use crate::ecs::{
    definition::{check::number, size},
    fault,
};
use domain::definition::{ContainerDefinition, NetworkMode, TaskDefinition};
use wire::Fault;

/// Seconds that Fargate lets a container take to start or to stop.
const FARGATE_TIMEOUT_S: std::ops::RangeInclusive<i64> = 2..=120;

const FARGATE_LOG_DRIVERS: [&str; 3] = ["awslogs", "splunk", "awsfirelens"];

type Rule = fn(&TaskDefinition) -> Result<(), Fault>;

/// In the order in which replies list them.
const TYPES: [(&str, Rule); 4] = [
    ("EC2", ec2),
    ("FARGATE", fargate),
    ("EXTERNAL", external),
    ("MANAGED_INSTANCES", managed_instances),
];

/// The launch types that `definition` can run on.
pub(super) fn of(definition: &TaskDefinition) -> Vec<String> {
    let fits = TYPES.iter().filter(|(_, rule)| rule(definition).is_ok());
    fits.map(|(name, _)| (*name).to_owned()).collect()
}

/// Whether `definition` can run on what it requires.
///
/// # Errors
/// The first rule that is broken of a type that it requires.
pub(super) fn check_required(definition: &TaskDefinition) -> Result<(), Fault> {
    let required = definition.requires_compatibilities.as_deref().unwrap_or_default();
    let mut rules =
        TYPES.iter().filter(|(name, _)| required.iter().any(|required| required == name));
    rules.try_for_each(|(_, rule)| rule(definition))
}

fn ec2(definition: &TaskDefinition) -> Result<(), Fault> {
    number(definition.cpu.as_deref()).map_or(Ok(()), size::check_cpu)
}

fn external(definition: &TaskDefinition) -> Result<(), Fault> {
    ec2(definition)?;
    let refuse =
        |what: &str| Err(fault::client(format!("External instances do not support {what}.")));
    if definition.network_mode == NetworkMode::Awsvpc {
        return refuse("network mode awsvpc");
    }
    if definition.proxy_configuration.is_some() {
        return refuse("'proxyConfiguration'");
    }
    if definition.volumes.iter().any(|volume| volume.configured_at_launch == Some(true)) {
        return refuse("volumes that are configured at launch");
    }
    Ok(())
}

fn managed_instances(definition: &TaskDefinition) -> Result<(), Fault> {
    ec2(definition)?;
    let refuse =
        |what: &str| Err(fault::client(format!("Managed Instances do not support {what}.")));
    if !matches!(definition.network_mode, NetworkMode::Awsvpc | NetworkMode::Host) {
        return refuse("other network modes than awsvpc and host");
    }
    if is_windows(definition) {
        return refuse("Windows");
    }
    if definition.inference_accelerators.is_some() {
        return refuse("inference accelerators");
    }
    Ok(())
}

/// Whether a definition's containers are of Windows.
pub fn is_windows(definition: &TaskDefinition) -> bool {
    let family = definition
        .runtime_platform
        .as_ref()
        .and_then(|platform| platform.operating_system_family.as_deref());
    family.is_some_and(|family| family.starts_with("WINDOWS"))
}

fn fargate(definition: &TaskDefinition) -> Result<(), Fault> {
    let required = |member: &str| {
        fault::client(format!("Fargate requires that '{member}' be defined at the task level."))
    };
    let cpu = number(definition.cpu.as_deref()).ok_or_else(|| required("cpu"))?;
    let memory = number(definition.memory.as_deref()).ok_or_else(|| required("memory"))?;
    if definition.network_mode != NetworkMode::Awsvpc {
        return Err(fault::client("Fargate only supports network mode ‘awsvpc’."));
    }
    if !size::is_fargate_pair(cpu, memory, is_windows(definition)) {
        return Err(size::no_fargate_pair(cpu, memory));
    }
    let refuse = |what: &str| Err(fault::client(format!("Fargate does not support {what}.")));
    if !definition.placement_constraints.is_empty() {
        return refuse("placement constraints");
    }
    if definition.pid_mode.as_deref() == Some("host") {
        return refuse("pidMode host");
    }
    if definition.ipc_mode.is_some() {
        return refuse("'ipcMode'");
    }
    if definition.inference_accelerators.is_some() {
        return refuse("inference accelerators");
    }
    for volume in &definition.volumes {
        if volume.docker_volume_configuration.is_some() {
            return refuse("'dockerVolumeConfiguration'");
        }
        if volume.host.as_ref().is_some_and(|host| host.source_path.is_some()) {
            return refuse("'sourcePath' of host volumes");
        }
        if volume.fsx_windows_file_server_volume_configuration.is_some() {
            return refuse("'fsxWindowsFileServerVolumeConfiguration'");
        }
    }
    let has_role = definition.execution_role_arn.is_some();
    definition.container_definitions.iter().try_for_each(|container| {
        fargate_container(container)?;
        fargate_execution_role(container, has_role)
    })
}

fn fargate_execution_role(container: &ContainerDefinition, has_role: bool) -> Result<(), Fault> {
    if has_role {
        return Ok(());
    }
    let requires = "Fargate requires task definition to have execution role ARN to support";
    if is_ecr(&container.image) {
        return Err(fault::client(format!("{requires} ECR images.")));
    }
    if container.log_configuration.as_ref().is_some_and(|log| log.log_driver == "awslogs") {
        return Err(fault::client(format!("{requires} log driver awslogs.")));
    }
    Ok(())
}

fn fargate_container(container: &ContainerDefinition) -> Result<(), Fault> {
    let given = |list: &Option<Vec<String>>| list.as_ref().is_some_and(|list| !list.is_empty());
    let linux = container.linux_parameters.as_ref();
    let added = linux.and_then(|linux| linux.capabilities.as_ref()?.add.as_ref());
    let firelens = container.firelens_configuration.as_ref();
    let log = container.log_configuration.as_ref().map(|log| log.log_driver.as_str());
    let too_long =
        |seconds: Option<i64>| seconds.is_some_and(|seconds| !FARGATE_TIMEOUT_S.contains(&seconds));
    let is_gpu = |kind: &str| kind == "GPU";
    let forbidden = [
        ("'privileged'", container.privileged == Some(true)),
        ("'links'", given(&container.links)),
        (
            "'devices'",
            linux.is_some_and(|linux| linux.devices.as_ref().is_some_and(|list| !list.is_empty())),
        ),
        ("'sharedMemorySize'", linux.is_some_and(|linux| linux.shared_memory_size.is_some())),
        ("'maxSwap'", linux.is_some_and(|linux| linux.max_swap.is_some())),
        ("'swappiness'", linux.is_some_and(|linux| linux.swappiness.is_some())),
        ("'dockerSecurityOptions'", given(&container.docker_security_options)),
        ("'disableNetworking'", container.disable_networking == Some(true)),
        ("'dnsServers'", given(&container.dns_servers)),
        ("'dnsSearchDomains'", given(&container.dns_search_domains)),
        ("'extraHosts'", container.extra_hosts.as_ref().is_some_and(|hosts| !hosts.is_empty())),
        (
            "GPUs",
            container
                .resource_requirements
                .iter()
                .flatten()
                .any(|requirement| is_gpu(&requirement.kind)),
        ),
        ("this log driver", log.is_some_and(|driver| !FARGATE_LOG_DRIVERS.contains(&driver))),
        (
            "other added capabilities than SYS_PTRACE",
            added.is_some_and(|added| added.iter().any(|name| name != "SYS_PTRACE")),
        ),
        (
            "FireLens configuration from S3",
            firelens.is_some_and(|firelens| firelens["options"]["config-file-type"] == "s3"),
        ),
        (
            "a start or stop timeout that is not between 2 and 120 seconds",
            too_long(container.start_timeout) || too_long(container.stop_timeout),
        ),
    ];
    match forbidden.iter().find(|(_, is_used)| *is_used) {
        None => Ok(()),
        Some((what, _)) => Err(fault::client(format!(
            "Fargate does not support {what} (container '{}').",
            container.name
        ))),
    }
}

/// Whether an image is in Amazon ECR: `{account}.dkr.ecr.{region}.amazonaws.com/…`.
pub(super) fn is_ecr(image: &str) -> bool {
    let host = image.split('/').next().unwrap_or_default();
    let mut labels = host.split('.');
    let is_account = labels
        .next()
        .is_some_and(|label| label.len() == 12 && label.bytes().all(|byte| byte.is_ascii_digit()));
    is_account
        && labels.next() == Some("dkr")
        && labels.next().is_some_and(|label| label == "ecr" || label == "ecr-fips")
}
