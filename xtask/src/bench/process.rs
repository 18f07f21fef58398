//! Containers' processes as the host sees them: found by control group, killed from outside.

use anyhow::{Context, Result};
use fs_err as fs;
use rustix::process::{Pid, Signal, kill_process};
use std::path::Path;

/// The first process of the container in whose control group's path `part` is: the one with the lowest number.
pub(super) fn first_of(part: &str) -> Result<Pid> {
    let is_in = |entry: &Path| {
        fs::read_to_string(entry.join("cgroup")).is_ok_and(|groups| groups.contains(part))
    };
    fs::read_dir("/proc")?
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok().zip(Some(entry.path())))
        .filter(|(_, path)| is_in(path))
        .filter_map(|(pid, _)| Pid::from_raw(pid))
        .min_by_key(|pid| pid.as_raw_nonzero())
        .with_context(|| format!("no process is in a control group of `{part}`"))
}

/// SIGKILL.
pub(super) fn kill(pid: Pid) -> Result<()> {
    kill_process(pid, Signal::KILL)
        .with_context(|| format!("kill {pid}", pid = pid.as_raw_nonzero()))
}
