//! Where things of an instance are, and what they are called.
//!
//! ```text
//! {root}/tasks/{task}/payload.json shim.sock shim.json volumes/… shm/ storage/
//! {root}/tasks/{task}/containers/{name}/config.json record.json phase.json hosts …
//! {root}/volumes/{name}/            shared named volumes
//! {root}/storage/{gib}.ext4         empty file systems, to copy
//! {root}/vpcs/{vpc}.json            what the control plane last said of a VPC
//! {root}/flow-logs/{group}/{interface}-{all|accept|reject}.log
//! {root}/logs/{task}/{name}/{name}.log
//! /run/longshore-{hash}/            the OCI runtime's state: it means nothing after a reboot
//! ```
//! Invariant: a task's directory is made before anything else of the task and removed after everything else, so that what is left on
//! the host is always found by it.

use super::DriverError;
use std::path::{Path, PathBuf};

/// Longest name that becomes a file name with an ending of ours.
const NAME_BYTES_MAX: usize = 240;

/// The directories of an instance.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    root: PathBuf,
    hash: String,
}

impl Home {
    /// Opens or makes the directories below `root`.
    pub(crate) fn open(root: &Path) -> Result<Self, DriverError> {
        fs_err::create_dir_all(root).map_err(DriverError::File)?;
        // Names come from where the directory really is: two paths to one directory are one instance.
        let root = fs_err::canonicalize(root).map_err(DriverError::File)?;
        let digest =
            ring::digest::digest(&ring::digest::SHA256, root.as_os_str().as_encoded_bytes());
        let hash = data_encoding::HEXLOWER.encode(&digest.as_ref()[..4]);
        let home = Self { root, hash };
        for dir in [
            home.tasks(),
            home.root.join("volumes"),
            home.root.join("logs"),
            home.root.join("storage"),
            home.runtime_state(),
            home.state_of_runtime(true),
        ] {
            fs_err::create_dir_all(dir).map_err(DriverError::File)?;
        }
        Ok(home)
    }

    /// The directory of the instance.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// All tasks.
    pub(crate) fn tasks(&self) -> PathBuf {
        self.root.join("tasks")
    }

    /// One task.
    pub(crate) fn task(&self, task: &str) -> PathBuf {
        self.tasks().join(task)
    }

    /// One container: the OCI runtime's bundle.
    pub(crate) fn container(&self, task: &str, name: &str) -> PathBuf {
        self.task(task).join("containers").join(name)
    }

    /// A volume of every task that asks for it.
    pub(crate) fn shared_volume(&self, name: &str) -> PathBuf {
        self.root.join("volumes").join(name)
    }

    /// `/dev/shm` of a task whose containers share it.
    pub(crate) fn shared_shm(&self, task: &str) -> PathBuf {
        self.task(task).join("shm")
    }

    /// Where containers of a task have its storage, if it is limited. On the host always empty.
    pub(crate) fn storage(&self, task: &str) -> PathBuf {
        self.task(task).join("storage")
    }

    /// An empty file system for so many GiB.
    pub(crate) fn storage_template(&self, gib: i64) -> PathBuf {
        self.root.join("storage").join(format!("{gib}.ext4"))
    }

    /// Locked by whoever makes such a file system.
    pub(crate) fn storage_lock(&self) -> PathBuf {
        self.root.join("storage").join("lock")
    }

    /// The logs of all tasks.
    pub(crate) fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// The newest file of a container's log.
    pub(crate) fn log(&self, task: &str, name: &str) -> PathBuf {
        crate::logs::path(&self.root, task, name)
    }

    /// Where the OCI runtime keeps its state; a short path, for sockets are in it.
    pub(crate) fn runtime_state(&self) -> PathBuf {
        PathBuf::from(format!("/run/longshore-{}", self.hash))
    }

    /// Where one of the OCI runtimes keeps it: runsc's is not to be mistaken for that of others.
    pub(crate) fn state_of_runtime(&self, is_runsc: bool) -> PathBuf {
        let state = self.runtime_state();
        if is_runsc { state.join(".runsc") } else { state }
    }

    /// The bridge's name, if none is configured. At most 15 characters, as all interfaces.
    pub(crate) fn bridge(&self) -> String {
        format!("lsbr{}", self.hash)
    }

    /// The firewall table's name.
    pub(crate) fn table(&self) -> String {
        format!("longshore_{}", self.hash)
    }

    /// The name of the name space in which the endpoints for tasks are, and of its interface on the bridge.
    pub(crate) fn endpoints(&self) -> String {
        format!("lsep{}", self.hash)
    }

    /// What is known of the VPCs of tasks.
    pub(crate) fn vpcs(&self) -> PathBuf {
        self.root.join("vpcs")
    }

    /// Records of flow logs.
    pub(crate) fn flow_logs(&self) -> PathBuf {
        self.root.join("flow-logs")
    }

    /// The host's firewall table for routers of VPCs.
    pub(crate) fn vpc_table(&self) -> String {
        format!("longshore_{}_vpc", self.hash)
    }

    /// What name spaces of routers begin with; the VPC's number follows.
    pub(crate) fn routers(&self) -> String {
        format!("lsvpc{}-", self.hash)
    }

    /// What the host's ends of links to routers begin with; the VPC's number follows, of six digits at most.
    pub(crate) fn uplinks(&self) -> String {
        format!("u{}", self.hash)
    }

    /// What the host's ends of containers' interfaces begin with.
    pub(crate) fn interface_prefix(&self) -> String {
        format!("v{}", self.hash)
    }

    /// The host's end of the interface of the container with the `offset`th address.
    pub(crate) fn interface(&self, offset: u32) -> String {
        format!("{}{offset:x}", self.interface_prefix())
    }
}

/// The control group of a task, as the official agent names it (agent-protocol.md §6).
pub(crate) fn task_cgroup(task: &str) -> String {
    format!("/ecs/{task}")
}

/// The control group of a container.
pub(crate) fn container_cgroup(task: &str, name: &str) -> String {
    format!("/ecs/{task}/{name}")
}

/// A name from a payload that becomes a file name.
pub(crate) fn check_name(what: &'static str, name: &str) -> Result<(), DriverError> {
    let is_good = !name.is_empty()
        && name.len() <= NAME_BYTES_MAX
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    if is_good { Ok(()) } else { Err(DriverError::Name { what, name: name.to_owned() }) }
}
