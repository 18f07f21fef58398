//! The rules of a task definition as a whole (spec/tasks.md §2, "Validation").
//!
//! Invariant: a definition that passes can run somewhere that ECS knows, and each of its references leads to something in it.
//! Rules of one container are in `container.rs`, of its ports in `port.rs`, of launch types in `compatibility.rs`.

use crate::ecs::{
    definition::{compatibility, container, port, size, volume},
    fault,
};
use domain::definition::{Condition, ContainerDefinition, NetworkMode, TaskDefinition};
use placement::query::{LENGTH_MAX, Query};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use wire::Fault;

/// ECS's own limit on the containers of a task.
const CONTAINERS_MAX: usize = 10;

/// ECS's own limit on the placement constraints of a definition.
const CONSTRAINTS_MAX: usize = 10;

/// ECS's own limits on a task's ephemeral storage, in GiB.
const EPHEMERAL_STORAGE_GIB: std::ops::RangeInclusive<i64> = 21..=200;

/// Checks everything that does not depend on where the task will run, and that it can run where it says it must.
///
/// # Errors
/// The first rule that it breaks.
pub(super) fn check(definition: &TaskDefinition) -> Result<(), Fault> {
    let containers = &definition.container_definitions;
    if containers.is_empty() {
        return Err(fault::client("Container list cannot be empty."));
    }
    if containers.len() > CONTAINERS_MAX {
        return Err(fault::client(format!(
            "A task definition can have at most {CONTAINERS_MAX} containers."
        )));
    }
    for container in containers {
        container::check_identity(container)?;
    }
    check_unique("container name", containers.iter().map(|container| container.name.as_str()))?;
    compatibility::check_required(definition)?;
    check_sizes(definition)?;
    if !containers.iter().any(|container| container.essential) {
        return Err(fault::client(
            "At least one container of a task definition must be essential.",
        ));
    }
    for container in containers {
        container::check(container, definition)?;
    }
    check_references(containers)?;
    check_order(containers)?;
    port::check(definition)?;
    volume::check(definition)?;
    check_constraints(definition)?;
    check_firelens(containers)?;
    check_task_members(definition)
}

/// Refuses a name that occurs twice.
pub(super) fn check_unique<'a>(
    what: &str,
    names: impl Iterator<Item = &'a str>,
) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(fault::client(format!("Duplicate {what} '{name}'.")));
        }
    }
    Ok(())
}

/// What a definition says of its size; it has been read, so it is a number.
pub(super) fn number(text: Option<&str>) -> Option<i64> {
    text.and_then(|text| text.parse().ok())
}

fn check_sizes(definition: &TaskDefinition) -> Result<(), Fault> {
    let task_memory = number(definition.memory.as_deref());
    let (mut cpu_sum, mut memory_sum) = (0, 0);
    for container in &definition.container_definitions {
        let name = &container.name;
        let reserved = container.memory_reservation.or(container.memory);
        if task_memory.is_none() && reserved.is_none() {
            return Err(fault::client(format!(
                "Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified."
            )));
        }
        let greatest = container.memory.max(container.memory_reservation);
        if let (Some(memory), Some(task)) = (greatest, task_memory)
            && memory > task
        {
            return Err(fault::client(format!(
                "Invalid 'memory' setting for container '{name}'. The 'memory' setting for container is greater than for the task."
            )));
        }
        cpu_sum += container.cpu;
        memory_sum += reserved.unwrap_or(0);
    }
    if let Some(task) = task_memory.filter(|task| memory_sum > *task) {
        return Err(fault::client(format!(
            "Invalid 'memory' setting for task. The containers together reserve {memory_sum} MiB, the task has {task} MiB."
        )));
    }
    if let Some(task) = number(definition.cpu.as_deref()).filter(|task| cpu_sum > *task) {
        return Err(fault::client(format!(
            "Invalid 'cpu' setting for task. The containers together reserve {cpu_sum} CPU units, the task has {task}."
        )));
    }
    Ok(())
}

/// Every container that another one names is there, and is another one.
fn check_references(containers: &[ContainerDefinition]) -> Result<(), Fault> {
    for container in containers {
        let links =
            container.links.iter().flatten().map(|link| link.split(':').next().unwrap_or_default());
        let volumes = container
            .volumes_from
            .iter()
            .map(|from| from.source_container.as_deref().unwrap_or_default());
        let depends = container.depends_on.iter().flatten().map(|on| on.container_name.as_str());
        let named = links.map(|name| ("links", name));
        let named = named.chain(volumes.map(|name| ("volumesFrom", name)));
        for (member, name) in named.chain(depends.map(|name| ("dependsOn", name))) {
            let message = if name == container.name {
                format!("Container '{name}' names itself in '{member}'.")
            } else if containers.iter().all(|other| other.name != name) {
                format!(
                    "Unknown container '{name}' in '{member}' of container '{}'.",
                    container.name
                )
            } else {
                continue;
            };
            return Err(fault::client(message));
        }
        for dependency in container.depends_on.iter().flatten() {
            let Some(other) =
                containers.iter().find(|other| other.name == dependency.container_name)
            else {
                continue;
            };
            let why = match dependency.condition {
                Condition::Complete | Condition::Success if other.essential => "is essential",
                Condition::Healthy if other.health_check.is_none() => "has no health check",
                Condition::Start
                | Condition::Complete
                | Condition::Success
                | Condition::Healthy => continue,
            };
            return Err(fault::client(format!(
                "Container '{}' cannot wait for '{}' to be {}: that container {why}.",
                container.name, other.name, dependency.condition
            )));
        }
    }
    Ok(())
}

/// A container starts after those that it depends on, links to or takes volumes from; a circle of them would never start.
fn check_order(containers: &[ContainerDefinition]) -> Result<(), Fault> {
    let before = |container: &ContainerDefinition| -> BTreeSet<String> {
        let links = container.links.iter().flatten().filter_map(|link| link.split(':').next());
        let volumes =
            container.volumes_from.iter().filter_map(|from| from.source_container.as_deref());
        let depends = container.depends_on.iter().flatten().map(|on| on.container_name.as_str());
        links.chain(volumes).chain(depends).map(str::to_owned).collect()
    };
    let mut waiting: BTreeMap<&str, BTreeSet<String>> =
        containers.iter().map(|container| (container.name.as_str(), before(container))).collect();
    loop {
        let free: Vec<&str> =
            waiting.iter().filter(|(_, before)| before.is_empty()).map(|(name, _)| *name).collect();
        if free.is_empty() {
            break;
        }
        for name in free {
            waiting.remove(name);
            for before in waiting.values_mut() {
                before.remove(name);
            }
        }
    }
    match waiting.keys().next() {
        None => Ok(()),
        Some(name) => Err(fault::client(format!(
            "Container '{name}' depends on itself, by way of other containers."
        ))),
    }
}

fn check_constraints(definition: &TaskDefinition) -> Result<(), Fault> {
    let constraints = &definition.placement_constraints;
    if constraints.len() > CONSTRAINTS_MAX {
        let message =
            format!("A task definition can have at most {CONSTRAINTS_MAX} placement constraints.");
        return Err(fault::client(message));
    }
    for constraint in constraints {
        let expression = constraint.expression.as_deref().unwrap_or_default();
        if expression.chars().count() > LENGTH_MAX {
            let message = format!(
                "A placement constraint's expression can have at most {LENGTH_MAX} characters."
            );
            return Err(fault::client(message));
        }
        Query::parse(expression).map_err(|error| {
            fault::client(format!(
                "Invalid expression '{expression}' in a placement constraint: {error}."
            ))
        })?;
    }
    Ok(())
}

fn check_firelens(containers: &[ContainerDefinition]) -> Result<(), Fault> {
    let routers =
        containers.iter().filter(|container| container.firelens_configuration.is_some()).count();
    if routers > 1 {
        return Err(fault::client(
            "Only one container of a task definition can have a 'firelensConfiguration'.",
        ));
    }
    let uses = |container: &&ContainerDefinition| {
        container.log_configuration.as_ref().is_some_and(|log| log.log_driver == "awsfirelens")
    };
    match containers.iter().find(uses) {
        Some(container) if routers == 0 => Err(fault::client(format!(
            "Container '{}' logs to 'awsfirelens', but no container has a 'firelensConfiguration'.",
            container.name
        ))),
        _ => Ok(()),
    }
}

/// Refuses a size of ephemeral storage that no task can have.
///
/// # Errors
/// `ClientException`.
pub fn check_ephemeral_storage(storage: Option<&Json>) -> Result<(), Fault> {
    let gib = storage.and_then(|storage| storage["sizeInGiB"].as_i64());
    match gib.filter(|gib| !EPHEMERAL_STORAGE_GIB.contains(gib)) {
        None => Ok(()),
        Some(gib) => Err(fault::client(format!(
            "Invalid 'ephemeralStorage' setting for task: {gib} GiB is not between {} and {}.",
            EPHEMERAL_STORAGE_GIB.start(),
            EPHEMERAL_STORAGE_GIB.end()
        ))),
    }
}

fn check_task_members(definition: &TaskDefinition) -> Result<(), Fault> {
    check_ephemeral_storage(definition.ephemeral_storage.as_ref())?;
    let mode = definition.network_mode;
    if definition.enable_fault_injection == Some(true)
        && !matches!(mode, NetworkMode::Awsvpc | NetworkMode::Host)
    {
        return Err(fault::client("'enableFaultInjection' needs network mode awsvpc or host."));
    }
    if let Some(proxy) = &definition.proxy_configuration {
        let name = proxy["containerName"].as_str().unwrap_or_default();
        if definition.container_definitions.iter().all(|container| container.name != name) {
            return Err(fault::client(format!(
                "Unknown container '{name}' in 'proxyConfiguration'."
            )));
        }
        if mode != NetworkMode::Awsvpc {
            return Err(fault::client("'proxyConfiguration' needs network mode awsvpc."));
        }
    }
    let devices = definition.inference_accelerators.as_ref().and_then(Json::as_array);
    let names = devices.into_iter().flatten().filter_map(|device| device["deviceName"].as_str());
    check_unique("inference accelerator", names)?;
    match number(definition.cpu.as_deref()) {
        Some(units) if definition.requires_compatibilities.is_none() => size::check_cpu(units),
        _ => Ok(()),
    }
}
