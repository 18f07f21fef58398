//! Everything on the host that is the instance's, as lines for people and tests: what is left when all tasks are removed is a leak.
//!
//! Not listed: what belongs to the instance itself (bridge, firewall table, the endpoints' name space, zygote), logs, and control groups,
//! which have tasks' ids alone and say nothing of the instance.

use super::{DriverError, Inner, LinuxDriver};
use crate::network::netlink::Netlink;
use crate::network::{link, port_map};
use crate::shim::zygote::Identity;
use std::io;
use std::path::Path;

impl LinuxDriver {
    /// What of tasks is on the host now: directories, mounts, loop devices, processes, interfaces, published ports, who is known to the
    /// endpoints, images' roots.
    /// Blocks.
    pub fn belongings(&self) -> Result<Vec<String>, DriverError> {
        self.inner.belongings()
    }
}

impl Inner {
    fn belongings(&self) -> Result<Vec<String>, DriverError> {
        let root = self.home.root();
        let mut found = Vec::new();
        let list = |dir: &Path| -> Result<Vec<String>, DriverError> {
            let entries = fs_err::read_dir(dir).map_err(DriverError::File)?;
            Ok(entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect())
        };
        let tasks = list(&self.home.tasks())?;
        found.extend(tasks.iter().map(|task| format!("directory of task {task}")));
        for id in self.images.container_ids()? {
            found.push(format!("root of container {id}"));
        }
        for dir in [false, true].map(|is_runsc| self.home.state_of_runtime(is_runsc)) {
            for name in list(&dir)?.iter().filter(|name| !name.starts_with('.')) {
                found.push(format!("state of the OCI runtime: {name}"));
            }
        }
        let mounts = fs_err::read_to_string("/proc/self/mountinfo").map_err(DriverError::File)?;
        let below = [root.display().to_string(), self.images.root().display().to_string()];
        for point in mounts.lines().filter_map(|line| line.split(' ').nth(4)) {
            if below.iter().any(|dir| point.starts_with(dir.as_str())) {
                found.push(format!("mount {point}"));
            }
        }
        found.extend(self.loop_devices(root)?);
        let network = |error: crate::network::netlink::NetlinkError| {
            DriverError::File(io::Error::other(error.to_string()))
        };
        let prefix = self.home.interface_prefix();
        let names = Netlink::route().and_then(|mut n| link::names(&mut n)).map_err(network)?;
        found.extend(
            names.iter().filter(|n| n.starts_with(&prefix)).map(|name| format!("interface {name}")),
        );
        for entry in port_map::list(&self.table).map_err(network)? {
            found.push(format!(
                "port {}/{} to {}:{}",
                entry.host,
                entry.protocol.name(),
                entry.address,
                entry.container
            ));
        }
        let admitted = self.endpoints.admitted().map_err(network)?;
        found.extend(admitted.iter().map(|address| format!("caller {address} of the endpoints")));
        found.extend(self.awsvpc.belongings().map_err(DriverError::File)?);
        found.extend(self.processes(root)?);
        found.sort();
        Ok(found)
    }

    /// Devices whose file lies in a directory of ours.
    fn loop_devices(&self, root: &Path) -> Result<Vec<String>, DriverError> {
        let mut found = Vec::new();
        for entry in fs_err::read_dir("/sys/block").map_err(DriverError::File)?.flatten() {
            // Those that are free have no such file.
            let file = fs_err::read_to_string(entry.path().join("loop/backing_file"));
            if file.is_ok_and(|file| Path::new(file.trim_end()).starts_with(root)) {
                found.push(format!("device {}", entry.file_name().to_string_lossy()));
            }
        }
        Ok(found)
    }

    /// Shims, which are in their tasks' directories, and what has a root of ours.
    fn processes(&self, root: &Path) -> Result<Vec<String>, DriverError> {
        let mut found = Vec::new();
        for entry in fs_err::read_dir("/proc").map_err(DriverError::File)?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            // A process may end while we look.
            let is_in = |link: &str| {
                fs_err::read_link(entry.path().join(link)).is_ok_and(|to| to.starts_with(root))
            };
            let groups = fs_err::read_to_string(entry.path().join("cgroup")).unwrap_or_default();
            let is_ours = groups.lines().any(|line| {
                line.split("/ecs/")
                    .nth(1)
                    .and_then(|rest| rest.split('/').next())
                    .is_some_and(|task| self.home.task(task).exists())
            });
            let is_shim = is_in("cwd") && std::process::id().to_string() != name;
            // One that ended and waits for its parent to look holds nothing.
            let is_alive = name.parse().ok().and_then(Identity::of).is_some();
            if (is_shim || is_ours) && is_alive {
                let command = fs_err::read_to_string(entry.path().join("comm")).unwrap_or_default();
                found.push(format!("process {name} ({})", command.trim()));
            }
        }
        Ok(found)
    }
}
