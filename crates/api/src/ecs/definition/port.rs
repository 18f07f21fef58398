//! The rules of port mappings (spec/tasks.md §2).

use crate::ecs::{definition::check::check_unique, fault};
use domain::definition::{ContainerDefinition, NetworkMode, PortMapping, TaskDefinition};
use std::collections::{BTreeMap, BTreeSet};
use wire::Fault;

/// ECS's own limit on the ranges, and so on the mappings, of a container.
const MAPPINGS_MAX: usize = 100;

/// The longest name of a mapping.
const NAME_LENGTH_MAX: usize = 64;

const PORTS: std::ops::RangeInclusive<i64> = 1..=65_535;

/// Checks all mappings of `definition`.
///
/// # Errors
/// The first rule that is broken.
pub(super) fn check(definition: &TaskDefinition) -> Result<(), Fault> {
    let mode = definition.network_mode;
    let mut host_ports = BTreeSet::new();
    for container in &definition.container_definitions {
        let name = &container.name;
        let mappings = &container.port_mappings;
        if mode == NetworkMode::None && !mappings.is_empty() {
            return Err(fault::client(format!(
                "Container '{name}' has port mappings, which networkMode=none does not allow."
            )));
        }
        if mappings.len() > MAPPINGS_MAX {
            return Err(fault::client(format!(
                "Container '{name}' has more than {MAPPINGS_MAX} port mappings."
            )));
        }
        for mapping in mappings {
            check_mapping(mapping, mode, name)?;
            let host_port = mapping.host_port.filter(|port| *port != 0);
            if let Some(port) = host_port
                && !host_ports.insert((port, mapping.protocol.clone()))
            {
                let protocol = mapping.protocol.as_deref().unwrap_or_default();
                return Err(fault::client(format!(
                    "Host port {port}/{protocol} is mapped twice in the task definition."
                )));
            }
        }
        check_container_ports(container)?;
    }
    let mappings =
        definition.container_definitions.iter().flat_map(|container| &container.port_mappings);
    check_unique("port mapping name", mappings.filter_map(|mapping| mapping.name.as_deref()))
}

fn check_mapping(mapping: &PortMapping, mode: NetworkMode, container: &str) -> Result<(), Fault> {
    if let Some(name) = &mapping.name {
        check_name(name)?;
    }
    if let Some(range) = &mapping.container_port_range {
        let invalid = |why: &str| {
            Err(fault::client(format!(
                "Invalid 'containerPortRange' setting '{range}' for container '{container}': {why}."
            )))
        };
        if mapping.container_port.is_some() || mapping.host_port.is_some() {
            return invalid("it goes with neither 'containerPort' nor 'hostPort'");
        }
        if !matches!(mode, NetworkMode::Bridge | NetworkMode::Awsvpc) {
            return invalid("it needs network mode bridge or awsvpc");
        }
        return match parse_range(range) {
            Some(_) => Ok(()),
            None => invalid("it is not of the form first-last within 1 to 65535"),
        };
    }
    let Some(port) = mapping.container_port else {
        let message = format!("A port mapping of container '{container}' has no 'containerPort'.");
        return Err(fault::client(message));
    };
    let host_port = mapping.host_port.unwrap_or(0);
    if !PORTS.contains(&port) || !(0..=*PORTS.end()).contains(&host_port) {
        return Err(fault::client(format!(
            "Invalid port {port}:{host_port} in a port mapping of container '{container}'."
        )));
    }
    match mode {
        NetworkMode::Awsvpc | NetworkMode::Host if host_port != port => {
            Err(fault::client(format!(
                "When networkMode={mode}, the host ports and container ports in port mappings must match."
            )))
        }
        NetworkMode::Awsvpc | NetworkMode::Host | NetworkMode::Bridge | NetworkMode::None => Ok(()),
    }
}

fn check_name(name: &str) -> Result<(), Fault> {
    let is_allowed = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-'
    };
    let is_fine = !name.is_empty()
        && name.len() <= NAME_LENGTH_MAX
        && !name.starts_with('-')
        && name.bytes().all(is_allowed);
    if is_fine {
        return Ok(());
    }
    Err(fault::client(format!(
        "Invalid port mapping name '{name}': it can have at most {NAME_LENGTH_MAX} of a-z, 0-9, _ and -, and does not begin with -."
    )))
}

/// First and last port of `first-last`.
fn parse_range(text: &str) -> Option<(i64, i64)> {
    let is_number = |text: &str| {
        !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (first, last) =
        text.split_once('-').filter(|(first, last)| is_number(first) && is_number(last))?;
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first < last && PORTS.contains(&first) && PORTS.contains(&last)).then_some((first, last))
}

/// A container's port is mapped with one protocol, and ranges do not meet ports or each other.
fn check_container_ports(container: &ContainerDefinition) -> Result<(), Fault> {
    let mut protocols: BTreeMap<i64, &str> = BTreeMap::new();
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for mapping in &container.port_mappings {
        let protocol = mapping.protocol.as_deref().unwrap_or_default();
        if let Some(range) = mapping.container_port_range.as_deref().and_then(parse_range) {
            spans.push(range);
        } else if let Some(port) = mapping.container_port {
            match protocols.insert(port, protocol) {
                Some(other) if other != protocol => {
                    return Err(fault::client(format!(
                        "Container '{}' maps port {port} with more than one protocol.",
                        container.name
                    )));
                }
                Some(_) => {}
                None => spans.push((port, port)),
            }
        }
    }
    spans.sort_unstable();
    match spans.windows(2).find(|pair| pair[1].0 <= pair[0].1) {
        None => Ok(()),
        Some(pair) => Err(fault::client(format!(
            "Port mappings of container '{}' overlap at port {}.",
            container.name, pair[1].0
        ))),
    }
}
