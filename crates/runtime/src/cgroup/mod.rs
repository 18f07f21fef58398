//! Control groups, versions 1 and 2 and both at once: where they are, making, killing, reading and removing one by its path.
//!
//! A path such as `/ecs/<task>/<container>` means the directory of that path below the root of every hierarchy. The OCI runtime makes a
//! container's group and writes its limits; what is here makes the task's group around it, and reads and clears both.
//! Invariant: nothing here waits. Killing is asynchronous, and a group that still has processes refuses to go with `EBUSY`.

pub(crate) mod controllers;
pub(crate) mod sample;
pub(crate) mod usage;

use controllers::hand_down;
use rustix::process::Pid;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Rounds of kill-and-look before giving up on a group that forks faster than we kill without a freezer.
const KILL_ROUNDS_MAX: usize = 16;

/// The hierarchies of this host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cgroups {
    /// One mount per controller or set of controllers, by controller (or `name=…`).
    V1 {
        /// Controller → mount point.
        mounts: BTreeMap<String, PathBuf>,
        /// A version 2 mount without controllers beside them ("hybrid").
        unified: Option<PathBuf>,
    },
    /// One mount for all.
    V2(PathBuf),
}

/// The limits of a whole task.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct TaskLimits {
    /// CPU time per 100 ms of wall time, microseconds.
    pub(crate) cpu_quota_us: Option<i64>,
    /// Its weight among tasks, in version 1's words; [`CPU_SHARES_USUAL`] if none.
    pub(crate) cpu_shares: Option<u64>,
    /// Bytes.
    pub(crate) memory_bytes: Option<i64>,
    /// What does not fit is not swapped out, where swap is counted.
    pub(crate) is_without_swap: bool,
    /// Processes and threads.
    pub(crate) pids: Option<i64>,
}

/// The period that quotas are given for, microseconds; the official agent's.
pub(crate) const CPU_PERIOD_US: i64 = 100_000;

/// Shares of a group of which nothing is said: the kernel's.
const CPU_SHARES_USUAL: u64 = 1024;
/// The same as a weight of version 2.
const CPU_WEIGHT_USUAL: u64 = 100;
/// The kernel's bound.
const CPU_WEIGHT_MAX: u64 = 10_000;

impl Cgroups {
    /// Looks what is mounted. `None` where there are no control groups at all.
    pub(crate) fn detect() -> io::Result<Option<Self>> {
        Ok(Self::from_mountinfo(&fs_err::read_to_string("/proc/self/mountinfo")?))
    }

    fn from_mountinfo(text: &str) -> Option<Self> {
        let mut mounts = BTreeMap::new();
        let mut unified = None;
        for line in text.lines() {
            let Some((left, right)) = line.split_once(" - ") else { continue };
            let Some(point) = left.split(' ').nth(4).map(PathBuf::from) else { continue };
            let mut right = right.split(' ');
            match right.next() {
                Some("cgroup2") => unified = unified.or(Some(point)),
                Some("cgroup") => {
                    let options = right.nth(1).unwrap_or_default();
                    for name in options.split(',').filter(|name| is_controller(name)) {
                        mounts.entry(name.to_owned()).or_insert_with(|| point.clone());
                    }
                }
                _ => {}
            }
        }
        match (mounts.contains_key("memory") || mounts.contains_key("cpu"), unified) {
            (true, unified) => Some(Self::V1 { mounts, unified }),
            (false, Some(root)) => Some(Self::V2(root)),
            (false, None) => None,
        }
    }

    /// The version 2 mount that crun must not see.
    pub(crate) fn hybrid_mount(&self) -> Option<&Path> {
        match self {
            Self::V1 { unified, .. } => unified.as_deref(),
            Self::V2(_) => None,
        }
    }

    /// A word for people: `v1`, `v1 hybrid` or `v2`.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::V1 { unified: None, .. } => "v1",
            Self::V1 { unified: Some(_), .. } => "v1 hybrid",
            Self::V2(_) => "v2",
        }
    }

    /// Where the group `path` is for `controller`, whether it exists or not.
    pub(crate) fn dir(&self, controller: &str, path: &str) -> Option<PathBuf> {
        let root = match self {
            Self::V1 { mounts, .. } => mounts.get(controller)?,
            Self::V2(root) => root,
        };
        Some(root.join(path.trim_start_matches('/')))
    }

    /// Every directory that the group has or could have, each once.
    pub(crate) fn dirs(&self, path: &str) -> Vec<PathBuf> {
        let roots: Vec<&PathBuf> = match self {
            Self::V1 { mounts, unified } => mounts.values().chain(unified).collect(),
            Self::V2(root) => vec![root],
        };
        let mut found: Vec<_> =
            roots.iter().map(|root| root.join(path.trim_start_matches('/'))).collect();
        found.sort();
        found.dedup();
        found
    }

    /// True if the kernel counts swap. `path` is any group that was made.
    pub(crate) fn counts_swap(&self, path: &str) -> bool {
        let file = match self {
            Self::V1 { .. } => {
                self.dir("memory", "/").map(|m| m.join("memory.memsw.limit_in_bytes"))
            }
            // The root group has no such file.
            Self::V2(_) => self.dir("memory", path).map(|m| m.join("memory.swap.max")),
        };
        file.is_some_and(|file| file.exists())
    }

    /// Makes the group of a task with its limits.
    pub(crate) fn create_task(&self, path: &str, limits: &TaskLimits) -> io::Result<()> {
        match self {
            Self::V1 { .. } => self.create_task_v1(path, limits),
            Self::V2(root) => create_task_v2(root, path, limits),
        }
    }

    fn create_task_v1(&self, path: &str, limits: &TaskLimits) -> io::Result<()> {
        // The OCI runtime makes the group in the other hierarchies when it makes the containers' groups.
        if let Some((shares, dir)) = limits.cpu_shares.zip(self.dir("cpu", path)) {
            fs_err::create_dir_all(&dir)?;
            fs_err::write(dir.join("cpu.shares"), shares.to_string())?;
        }
        if let Some((quota, dir)) = limits.cpu_quota_us.zip(self.dir("cpu", path)) {
            fs_err::create_dir_all(&dir)?;
            fs_err::write(dir.join("cpu.cfs_period_us"), CPU_PERIOD_US.to_string())?;
            fs_err::write(dir.join("cpu.cfs_quota_us"), quota.to_string())?;
        }
        if let Some((bytes, dir)) = limits.memory_bytes.zip(self.dir("memory", path)) {
            fs_err::create_dir_all(&dir)?;
            fs_err::write(dir.join("memory.limit_in_bytes"), bytes.to_string())?;
            // Of memory and swap together.
            if limits.is_without_swap {
                set_if_there(&dir.join("memory.memsw.limit_in_bytes"), &bytes.to_string())?;
            }
        }
        if let Some((count, dir)) = limits.pids.zip(self.dir("pids", path)) {
            fs_err::create_dir_all(&dir)?;
            fs_err::write(dir.join("pids.max"), count.to_string())?;
        }
        Ok(())
    }

    /// The processes in the group and below it.
    pub(crate) fn processes(&self, path: &str) -> Vec<Pid> {
        let mut found: Vec<Pid> = Vec::new();
        for dir in self.dirs(path) {
            collect(&dir, &mut found);
        }
        found.sort_by_key(|pid| pid.as_raw_nonzero());
        found.dedup();
        found
    }

    /// Kills every process in the group and below it. Says whether there was any.
    pub(crate) fn kill(&self, path: &str) -> bool {
        if let Self::V2(root) = self {
            let dir = root.join(path.trim_start_matches('/'));
            if self.processes(path).is_empty() {
                return false;
            }
            // Kernels before 5.14 have no such file.
            if fs_err::write(dir.join("cgroup.kill"), "1").is_ok() {
                return true;
            }
        }
        // A frozen process cannot fork away from us; the kill takes effect when it thaws, on version 2 at once.
        let (name, frozen, thawed) = match self {
            Self::V1 { .. } => ("freezer.state", "FROZEN", "THAWED"),
            Self::V2(_) => ("cgroup.freeze", "1", "0"),
        };
        let freezer = self.dir("freezer", path).map(|dir| dir.join(name));
        let freeze = |word: &str| {
            if let Some(file) = &freezer {
                let _ = fs_err::write(file, word);
            }
        };
        let mut any = false;
        for round in 0..KILL_ROUNDS_MAX {
            let processes = self.processes(path);
            if processes.is_empty() {
                break;
            }
            if round == 0 {
                freeze(frozen);
            }
            any = true;
            for pid in processes {
                // The id was read a moment ago from a group of ours; a stranger that got it since would not be in the group.
                kill_member(self, path, pid);
            }
            freeze(thawed);
        }
        any
    }

    /// Removes the group with everything below it. A group that still has processes is `ResourceBusy`.
    pub(crate) fn remove(&self, path: &str) -> io::Result<()> {
        let mut result = Ok(());
        for dir in self.dirs(path) {
            if let Err(error) = remove_tree(&dir)
                && error.kind() != io::ErrorKind::NotFound
            {
                result = Err(error);
            }
        }
        result
    }

    /// How often the kernel killed a process of the group for memory.
    pub(crate) fn oom_kills(&self, path: &str) -> u64 {
        let (file, key) = match self {
            Self::V1 { .. } => ("memory.oom_control", "oom_kill "),
            Self::V2(_) => ("memory.events", "oom_kill "),
        };
        let Some(dir) = self.dir("memory", path) else { return 0 };
        let text = fs_err::read_to_string(dir.join(file)).unwrap_or_default();
        text.lines()
            .find_map(|line| line.strip_prefix(key))
            .and_then(|count| count.trim().parse().ok())
            .unwrap_or(0)
    }

    /// Moves the calling process to the root of every hierarchy, so that it outlives the group of whoever started it.
    pub(crate) fn leave(&self) {
        for dir in self.dirs("/") {
            // Not ours to insist on: inside a container there may be no such right, and then nobody ends us by group either.
            let _ = fs_err::write(dir.join("cgroup.procs"), "0");
        }
    }
}

fn is_controller(option: &str) -> bool {
    !matches!(
        option,
        "rw" | "ro" | "relatime" | "noatime" | "xattr" | "clone_children" | "noprefix"
    ) && !option.starts_with("release_agent")
}

fn create_task_v2(root: &Path, path: &str, limits: &TaskLimits) -> io::Result<()> {
    let mut dir = root.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        // What is refused shows where a limit is written.
        let _ = hand_down(&dir);
        dir.push(part);
        if let Err(error) = fs_err::create_dir(&dir)
            && error.kind() != io::ErrorKind::AlreadyExists
        {
            return Err(error);
        }
    }
    if let Some(shares) = limits.cpu_shares {
        fs_err::write(dir.join("cpu.weight"), weight(shares).to_string())?;
    }
    if let Some(quota) = limits.cpu_quota_us {
        fs_err::write(dir.join("cpu.max"), format!("{quota} {CPU_PERIOD_US}"))?;
    }
    if let Some(bytes) = limits.memory_bytes {
        fs_err::write(dir.join("memory.max"), bytes.to_string())?;
        if limits.is_without_swap {
            set_if_there(&dir.join("memory.swap.max"), "0")?;
        }
    }
    if let Some(count) = limits.pids {
        fs_err::write(dir.join("pids.max"), count.to_string())?;
    }
    hand_down(&dir)
}

/// What shares are on version 2. In proportion, so that a task of which nothing is said weighs among others what it does on version 1.
fn weight(shares: u64) -> u64 {
    (shares.saturating_mul(CPU_WEIGHT_USUAL) / CPU_SHARES_USUAL).clamp(1, CPU_WEIGHT_MAX)
}

/// Writes a file that a kernel without the feature does not have.
fn set_if_there(file: &Path, text: &str) -> io::Result<()> {
    if file.exists() { fs_err::write(file, text) } else { Ok(()) }
}

fn collect(dir: &Path, found: &mut Vec<Pid>) {
    let text = fs_err::read_to_string(dir.join("cgroup.procs")).unwrap_or_default();
    found.extend(text.lines().filter_map(|line| Pid::from_raw(line.parse().ok()?)));
    let Ok(entries) = fs_err::read_dir(dir) else { return };
    for entry in entries.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&entry.path(), found);
        }
    }
}

/// Kills `pid` through a descriptor of it, taken before a second look whether it is still in the group: its id cannot be reused between.
fn kill_member(cgroups: &Cgroups, path: &str, pid: Pid) {
    use rustix::process::{PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
    let Ok(handle) = pidfd_open(pid, PidfdFlags::empty()) else { return };
    let text = fs_err::read_to_string(format!("/proc/{}/cgroup", pid.as_raw_nonzero()))
        .unwrap_or_default();
    let wanted = format!("/{}", path.trim_matches('/'));
    let inside = text.lines().filter_map(|line| line.splitn(3, ':').nth(2)).any(|group| {
        group == wanted || group.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with('/'))
    });
    // Seen from inside a cgroup name space the paths differ; then the list we read is the only witness.
    if inside || cgroups.processes(path).contains(&pid) {
        let _ = pidfd_send_signal(&handle, Signal::KILL);
    }
}

fn remove_tree(dir: &Path) -> io::Result<()> {
    // The files in it are the kernel's; only groups are removed, the deepest first.
    let entries = fs_err::read_dir(dir)?;
    for entry in entries.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_tree(&entry.path())?;
        }
    }
    fs_err::remove_dir(dir)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(mountinfo: &str, expect: Expect) {
        let found = Cgroups::from_mountinfo(mountinfo);
        let text = found.map_or("none".to_owned(), |found| {
            let dirs: Vec<_> =
                found.dirs("/ecs/t").iter().map(|dir| dir.display().to_string()).collect();
            format!("{}: {}", found.name(), dirs.join(" "))
        });
        expect.assert_eq(&text);
    }

    #[test]
    fn shares_become_weights_in_proportion() {
        let weights = [0, 2, 256, 1024, 2048, 262_144].map(weight);
        assert_eq!(weights, [1, 1, 25, 100, 200, 10_000]);
    }

    #[test]
    fn hierarchies_are_told_from_the_mounts() {
        check("30 29 0:26 / / rw - ext4 /dev/vda rw", expect!["none"]);
        check(
            "30 29 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate",
            expect!["v2: /sys/fs/cgroup/ecs/t"],
        );
        check(
            "31 29 0:27 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct\n\
             32 29 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory",
            expect!["v1: /sys/fs/cgroup/cpu,cpuacct/ecs/t /sys/fs/cgroup/memory/ecs/t"],
        );
        check(
            "32 29 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n\
             33 29 0:29 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd\n\
             34 29 0:30 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw",
            expect![
                "v1 hybrid: /sys/fs/cgroup/memory/ecs/t /sys/fs/cgroup/systemd/ecs/t /sys/fs/cgroup/unified/ecs/t"
            ],
        );
    }
}
