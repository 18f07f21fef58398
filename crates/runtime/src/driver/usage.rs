//! What running containers use now, read from their control groups and interfaces without asking their shims.

use super::{Inner, traffic};
use crate::cgroup::usage;
use crate::shim::namespace_links;
use crate::shim::protocol::Network;
use agent::driver::{ContainerKey, Usage};

impl Inner {
    pub(super) fn usage(&self) -> Vec<(ContainerKey, Usage)> {
        let containers: Vec<(String, String, String, Network)> = self
            .tasks()
            .iter()
            .flat_map(|(task, known)| {
                known.records.values().map(|record| {
                    let launch = &record.launch;
                    let network = launch.network.clone();
                    (task.clone(), launch.container.clone(), launch.cgroup.clone(), network)
                })
            })
            .collect();
        containers
            .into_iter()
            .filter_map(|(task, name, cgroup, network)| {
                let sample = usage::read(&self.cgroups, &cgroup)?;
                let usage = Usage {
                    cpu_ns: sample.cpu_ns,
                    memory_bytes: sample.memory_bytes,
                    network_bytes: match network {
                        Network::Bridge(to) => traffic::bytes_of_host_end(&to.host_end),
                        Network::Task => self.task_traffic(&task),
                        Network::Host | Network::Isolated => None,
                    },
                    storage_bytes: sample.storage_bytes,
                    pids: sample.pids,
                };
                Some((ContainerKey { task, name }, usage))
            })
            .collect()
    }
}

impl Inner {
    /// Received and sent by a task's own interface.
    fn task_traffic(&self, task: &str) -> Option<(u64, u64)> {
        let link = fs_err::read_link(self.home.task(task).join(namespace_links::NETWORK)).ok()?;
        // The holder's: /proc/{pid}/ns/net.
        let holder = link.parent()?.parent()?;
        of_own(&fs_err::read_to_string(holder.join("net/dev")).ok()?)
    }
}

/// Received and sent by the interface of a task in the kernel's table of interfaces.
fn of_own(table: &str) -> Option<(u64, u64)> {
    let own = traffic::interfaces(table).remove("eth0")?;
    Some((own.received[0], own.sent[0]))
}

#[cfg(test)]
mod tests {
    use super::of_own;

    #[test]
    fn a_tasks_traffic_is_in_its_line() {
        let table = "Inter-|   Receive  |  Transmit
 face |bytes packets errs drop fifo frame compressed multicast|bytes packets errs drop fifo colls carrier compressed
    lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0
  eth0: 1234 5 0 0 0 0 0 0 6789 8 0 0 0 0 0 0
";
        assert_eq!(of_own(table), Some((1234, 6789)));
        assert_eq!(of_own("lo: 1 1"), None);
    }
}
