//! What a task holds on its instance from placement until it is STOPPED (spec/tasks.md §5).

use domain::{
    definition::{ContainerDefinition, NetworkMode, PortMapping, TaskDefinition},
    instance::Resources,
    task::Overrides,
};
use std::collections::BTreeSet;

/// Amounts that one task asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// CPU units, 1024 a core.
    pub cpu: i64,
    /// MiB.
    pub memory: i64,
    /// Host ports that the definition names, TCP. Ports that the host chooses are not held: the host knows what is free.
    pub ports_tcp: BTreeSet<u16>,
    /// Host ports that the definition names, UDP.
    pub ports_udp: BTreeSet<u16>,
    /// How many GPUs.
    pub gpus: usize,
    /// Network interfaces: one in awsvpc mode.
    pub enis: i64,
}

impl Demand {
    /// What a task of `definition` with `overrides` holds. A task-level amount wins over the sum of the containers'; of a container's
    /// memory the reservation counts, and the hard limit where there is none.
    pub fn of(definition: &TaskDefinition, overrides: &Overrides) -> Self {
        let containers: Vec<_> = definition
            .container_definitions
            .iter()
            .map(|container| with_override(container, overrides))
            .collect();
        let task_cpu = amount(overrides.cpu.as_deref().or(definition.cpu.as_deref()));
        let task_memory = amount(overrides.memory.as_deref().or(definition.memory.as_deref()));
        Self {
            cpu: task_cpu.unwrap_or_else(|| containers.iter().map(|c| c.cpu).sum()),
            memory: task_memory.unwrap_or_else(|| containers.iter().map(reserved_memory).sum()),
            ports_tcp: fixed_ports(definition.network_mode, &containers, "tcp"),
            ports_udp: fixed_ports(definition.network_mode, &containers, "udp"),
            gpus: containers.iter().map(gpus_of).sum(),
            enis: i64::from(definition.network_mode == NetworkMode::Awsvpc),
        }
    }

    /// The same, of a task of Fargate: how many interfaces its host's type has does not bound it.
    #[must_use]
    pub fn on_fargate(self) -> Self {
        Self { enis: 0, ..self }
    }

    /// This demand as what is held, with `gpus` chosen for it.
    pub fn held_with(&self, gpus: BTreeSet<String>) -> Resources {
        Resources {
            cpu: self.cpu,
            memory: self.memory,
            ports_tcp: self.ports_tcp.clone(),
            ports_udp: self.ports_udp.clone(),
            gpus,
            enis: self.enis,
        }
    }
}

/// How many GPUs a container asks for.
pub fn gpus_of(container: &ContainerDefinition) -> usize {
    container
        .resource_requirements
        .iter()
        .flatten()
        .filter(|requirement| requirement.kind == "GPU")
        .filter_map(|requirement| requirement.value.parse::<usize>().ok())
        .sum()
}

/// `container` as it is after the request's override of it, if there is one.
pub fn with_override(
    container: &ContainerDefinition,
    overrides: &Overrides,
) -> ContainerDefinition {
    overrides
        .container_overrides
        .iter()
        .find(|change| change.name == container.name)
        .map_or_else(|| container.clone(), |change| change.apply(container))
}

/// Registration and RunTask leave only digits in task-level amounts.
fn amount(text: Option<&str>) -> Option<i64> {
    text?.parse().ok()
}

fn reserved_memory(container: &ContainerDefinition) -> i64 {
    container.memory_reservation.or(container.memory).unwrap_or(0)
}

fn fixed_ports(
    mode: NetworkMode,
    containers: &[ContainerDefinition],
    protocol: &str,
) -> BTreeSet<u16> {
    let port: fn(&PortMapping) -> Option<i64> = match mode {
        NetworkMode::Bridge => |mapping| mapping.host_port,
        // There is one set of ports, so what the container listens on is the host's port.
        NetworkMode::Host => |mapping| mapping.host_port.or(mapping.container_port),
        // Ports of an interface of the task's own, or none.
        NetworkMode::Awsvpc | NetworkMode::None => |_| None,
    };
    containers
        .iter()
        .flat_map(|container| &container.port_mappings)
        .filter(|mapping| mapping.protocol.as_deref().unwrap_or("tcp") == protocol)
        .filter_map(port)
        .filter_map(|port| u16::try_from(port).ok())
        .filter(|port| *port != 0)
        .collect()
}
