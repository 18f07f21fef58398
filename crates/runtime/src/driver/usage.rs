//! What running containers use now, read from their control groups and interfaces without asking their shims.

use super::Inner;
use crate::cgroup::usage;
use crate::shim::protocol::Network;
use agent::driver::{ContainerKey, Usage};

impl Inner {
    pub(super) fn usage(&self) -> Vec<(ContainerKey, Usage)> {
        let containers: Vec<(String, String, String, Option<String>)> = self
            .tasks()
            .iter()
            .flat_map(|(task, known)| {
                known.records.values().map(|record| {
                    let end = match &record.launch.network {
                        Network::Bridge(to) => Some(to.host_end.clone()),
                        Network::Host | Network::Isolated => None,
                    };
                    let launch = &record.launch;
                    (task.clone(), launch.container.clone(), launch.cgroup.clone(), end)
                })
            })
            .collect();
        containers
            .into_iter()
            .filter_map(|(task, name, cgroup, end)| {
                let sample = usage::read(&self.cgroups, &cgroup)?;
                let usage = Usage {
                    cpu_ns: sample.cpu_ns,
                    memory_bytes: sample.memory_bytes,
                    network_bytes: end.and_then(|end| traffic(&end)),
                    storage_bytes: sample.storage_bytes,
                    pids: sample.pids,
                };
                Some((ContainerKey { task, name }, usage))
            })
            .collect()
    }
}

/// Received and sent by the container: what the host's end sent and received.
fn traffic(host_end: &str) -> Option<(u64, u64)> {
    let read = |name: &str| -> Option<u64> {
        let path = format!("/sys/class/net/{host_end}/statistics/{name}");
        fs_err::read_to_string(path).ok()?.trim().parse().ok()
    };
    Some((read("tx_bytes")?, read("rx_bytes")?))
}
