//! What a control group uses now.
//!
//! The formats are the kernel's (cgroup-v1 and cgroup-v2 documentation); a file that is missing or odd counts as nothing.

use super::Cgroups;
use std::path::{Path, PathBuf};

/// A sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct GroupUsage {
    /// CPU time since the group was made, nanoseconds.
    pub(crate) cpu_ns: u64,
    /// Memory without the file cache that can be dropped at once, bytes.
    pub(crate) memory_bytes: u64,
    /// Read from and written to block devices, bytes.
    pub(crate) storage_bytes: Option<(u64, u64)>,
    /// Processes and threads.
    pub(crate) pids: u64,
}

/// Reads a sample of the group `path`; `None` if there is no such group.
pub(crate) fn read(cgroups: &Cgroups, path: &str) -> Option<GroupUsage> {
    let memory = cgroups.dir("memory", path)?;
    if !memory.exists() {
        return None;
    }
    Some(match cgroups {
        Cgroups::V1 { .. } => GroupUsage {
            cpu_ns: number(cgroups.dir("cpuacct", path), "cpuacct.usage"),
            memory_bytes: number(Some(memory.clone()), "memory.usage_in_bytes")
                .saturating_sub(value_of(&text(&memory, "memory.stat"), "total_inactive_file")),
            storage_bytes: storage_v1(cgroups.dir("blkio", path)),
            pids: number(cgroups.dir("pids", path), "pids.current"),
        },
        Cgroups::V2(_) => GroupUsage {
            cpu_ns: value_of(&text(&memory, "cpu.stat"), "usage_usec") * 1000,
            memory_bytes: number(Some(memory.clone()), "memory.current")
                .saturating_sub(value_of(&text(&memory, "memory.stat"), "inactive_file")),
            storage_bytes: storage_v2(&text(&memory, "io.stat")),
            pids: number(Some(memory.clone()), "pids.current"),
        },
    })
}

pub(super) fn text(dir: &Path, file: &str) -> String {
    fs_err::read_to_string(dir.join(file)).unwrap_or_default()
}

pub(super) fn number(dir: Option<PathBuf>, file: &str) -> u64 {
    dir.and_then(|dir| text(&dir, file).trim().parse().ok()).unwrap_or(0)
}

/// The value in a line `key value`.
pub(super) fn value_of(text: &str, key: &str) -> u64 {
    text.lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(' '))
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(0)
}

fn storage_v1(dir: Option<PathBuf>) -> Option<(u64, u64)> {
    let dir = dir?;
    // The recursive file counts what a privileged container's own groups did.
    let text = ["blkio.throttle.io_service_bytes_recursive", "blkio.throttle.io_service_bytes"]
        .iter()
        .find_map(|file| fs_err::read_to_string(dir.join(file)).ok())?;
    Some(sum_v1(&text))
}

fn sum_v1(text: &str) -> (u64, u64) {
    text.lines().fold((0, 0), |(read, written), line| {
        let mut words = line.split_whitespace().skip(1);
        let (Some(act), Some(bytes)) = (words.next(), words.next()) else { return (read, written) };
        let bytes: u64 = bytes.parse().unwrap_or(0);
        match act {
            "Read" => (read + bytes, written),
            "Write" => (read, written + bytes),
            _ => (read, written),
        }
    })
}

fn storage_v2(text: &str) -> Option<(u64, u64)> {
    let field = |line: &str, key: &str| -> u64 {
        line.split_whitespace()
            .find_map(|word| word.strip_prefix(key)?.strip_prefix('=')?.parse().ok())
            .unwrap_or(0)
    };
    Some(text.lines().fold((0, 0), |(read, written), line| {
        (read + field(line, "rbytes"), written + field(line, "wbytes"))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storage_adds_up_over_devices() {
        let v1 = "8:0 Read 10\n8:0 Write 20\n8:0 Total 30\n8:16 Read 1\nTotal 31\n";
        assert_eq!(sum_v1(v1), (11, 20));
        let v2 = "8:0 rbytes=10 wbytes=20 rios=1\n8:16 rbytes=1 wbytes=0\n";
        assert_eq!(storage_v2(v2), Some((11, 20)));
        assert_eq!(storage_v2("garbage\n"), Some((0, 0)));
    }

    #[test]
    fn a_key_is_matched_whole() {
        let stat = "total_inactive_file_x 5\ntotal_inactive_file 7\n";
        assert_eq!(value_of(stat, "total_inactive_file"), 7);
        assert_eq!(value_of("", "total_inactive_file"), 0);
    }
}
