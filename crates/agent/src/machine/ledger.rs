//! What the tasks of this host hold of it: CPU units, memory, host ports (agent-protocol.md §6).
//!
//! The plane reserves too, so a task normally fits. It does not where the plane knows less than the host, such as while a task that
//! was given up still stops; then it waits here. Tasks are let in as they came, but one that waits for a port does not hold up those
//! behind it that need none. Not here: which ports containers get by chance (the driver finds them free).

use domain::link::{acs::PayloadTask, docker::HostConfig};
use std::collections::BTreeSet;

/// MiB in bytes.
const MIB: i64 = 1 << 20;

/// Amounts, either of the host or of one task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// CPU units, 1024 a core.
    pub cpu: i64,
    /// MiB.
    pub memory: i64,
    /// TCP ports of the host.
    pub tcp: BTreeSet<u16>,
    /// UDP ports of the host.
    pub udp: BTreeSet<u16>,
}

/// The host and what is taken of it.
#[derive(Clone, Debug)]
pub(super) struct Ledger {
    /// `cpu` and `memory` are totals; the ports are those no task may have.
    host: Room,
    held: Room,
}

impl Room {
    /// What `task` holds: its own limits, else the sum over its containers, a reservation before a limit. Fargate counts its own.
    pub(super) fn of(task: &PayloadTask) -> Self {
        if task.is_on_fargate() {
            return Self::default();
        }
        let mut room = Self::default();
        for container in &task.containers {
            // A text that cannot be read is the driver's to refuse, with the container's name.
            let host: HostConfig =
                serde_json::from_str(&container.docker_config.host_config).unwrap_or_default();
            room.cpu += container.cpu;
            room.memory += match host.memory_reservation {
                0 => container.memory,
                bytes => bytes / MIB,
            };
            room.ports_of(container, host.network_mode == "host" || task.network_mode == "host");
        }
        if task.cpu > 0.0 {
            room.cpu = (task.cpu * 1024.0).round() as i64;
        }
        if task.memory > 0 {
            room.memory = task.memory;
        }
        room
    }

    fn ports_of(&mut self, container: &domain::link::acs::PayloadContainer, on_host: bool) {
        for mapping in &container.port_mappings {
            let wanted = mapping.host_port.unwrap_or_default();
            let port = if on_host && wanted == 0 {
                mapping.container_port.unwrap_or_default()
            } else {
                wanted
            };
            let Some(port) = u16::try_from(port).ok().filter(|port| *port > 0) else { continue };
            if mapping.protocol.as_deref() == Some("udp") {
                self.udp.insert(port);
            } else {
                self.tcp.insert(port);
            }
        }
    }
}

impl Ledger {
    pub(super) fn new(host: Room) -> Self {
        Self { host, held: Room::default() }
    }

    /// Why `room` could not be had even if nothing else ran; `None` if it could.
    pub(super) fn never_fits(&self, room: &Room) -> Option<String> {
        if room.cpu > self.host.cpu {
            return Some(format!("asks for {} CPU units of {}", room.cpu, self.host.cpu));
        }
        if room.memory > self.host.memory {
            return Some(format!("asks for {} MiB of memory of {}", room.memory, self.host.memory));
        }
        let reserved = room
            .tcp
            .intersection(&self.host.tcp)
            .next()
            .or_else(|| room.udp.intersection(&self.host.udp).next());
        reserved.map(|port| format!("asks for port {port}, which the host keeps for itself"))
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.held == Room::default()
    }

    pub(super) fn fits(&self, room: &Room) -> bool {
        self.held.cpu + room.cpu <= self.host.cpu
            && self.held.memory + room.memory <= self.host.memory
            && self.held.tcp.is_disjoint(&room.tcp)
            && self.held.udp.is_disjoint(&room.udp)
    }

    /// Takes `room`, whether it fits or not: what runs already is not argued with.
    pub(super) fn take(&mut self, room: &Room) {
        self.held.cpu += room.cpu;
        self.held.memory += room.memory;
        self.held.tcp.extend(&room.tcp);
        self.held.udp.extend(&room.udp);
    }

    pub(super) fn give_back(&mut self, room: &Room) {
        self.held.cpu -= room.cpu;
        self.held.memory -= room.memory;
        self.held.tcp.retain(|port| !room.tcp.contains(port));
        self.held.udp.retain(|port| !room.udp.contains(port));
        assert!(self.held.cpu >= 0 && self.held.memory >= 0, "more given back than taken");
    }
}
