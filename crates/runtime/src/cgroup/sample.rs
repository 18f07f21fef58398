//! All that a control group tells of what its processes use, for statistics in Docker's form.
//!
//! The formats are the kernel's (cgroup-v1 and cgroup-v2 documentation); a file that is missing or odd counts as nothing.
//! Not here: the few numbers that are published all the time (`usage`).

use super::Cgroups;
use super::usage::{number, text, value_of};
use agent::endpoint::Sample;
use std::collections::BTreeMap;
use std::path::Path;

/// The kernel counts some times in hundredths of a second.
const TICK_NS: u64 = 10_000_000;

/// Reads a sample of the group `path`; `None` if there is no such group. `memory_bytes` is what the host has.
pub(crate) fn read(cgroups: &Cgroups, path: &str, memory_bytes: u64) -> Option<Sample> {
    let memory = cgroups.dir("memory", path)?;
    if !memory.exists() {
        return None;
    }
    let stat = pairs(&text(&memory, "memory.stat"));
    let mut sample = match cgroups {
        Cgroups::V1 { .. } => version_1(cgroups, path, &memory, &stat),
        Cgroups::V2(root) => version_2(root, &memory),
    };
    // What is not limited is limited by what there is.
    if sample.memory_limit_bytes == 0 || sample.memory_limit_bytes > memory_bytes {
        sample.memory_limit_bytes = memory_bytes;
    }
    sample.memory = stat;
    Some(sample)
}

fn version_1(cgroups: &Cgroups, path: &str, memory: &Path, stat: &BTreeMap<String, u64>) -> Sample {
    let file = |controller: &str, name: &str| {
        cgroups.dir(controller, path).map(|dir| text(&dir, name)).unwrap_or_default()
    };
    let times = file("cpuacct", "cpuacct.stat");
    let throttled = file("cpu", "cpu.stat");
    let storage = file("blkio", "blkio.throttle.io_service_bytes");
    Sample {
        cpu_ns: [
            number(cgroups.dir("cpuacct", path), "cpuacct.usage"),
            value_of(&times, "system") * TICK_NS,
            value_of(&times, "user") * TICK_NS,
        ],
        core_ns: file("cpuacct", "cpuacct.usage_percpu")
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect(),
        throttled: ["nr_periods", "nr_throttled", "throttled_time"]
            .map(|name| value_of(&throttled, name)),
        memory_bytes: number(Some(memory.to_owned()), "memory.usage_in_bytes"),
        memory_max_bytes: Some(number(Some(memory.to_owned()), "memory.max_usage_in_bytes")),
        memory_limit_bytes: stat.get("hierarchical_memory_limit").copied().unwrap_or(0),
        storage: storage_1(&storage),
        pids: number(cgroups.dir("pids", path), "pids.current"),
        ..Sample::default()
    }
}

fn version_2(root: &Path, group: &Path) -> Sample {
    const MICRO: u64 = 1000;
    let cpu = text(group, "cpu.stat");
    let of = |name: &str| number(Some(group.to_owned()), name);
    let us = |name: &str| value_of(&cpu, name) * MICRO;
    Sample {
        cpu_ns: [us("usage_usec"), us("system_usec"), us("user_usec")],
        throttled: [
            value_of(&cpu, "nr_periods"),
            value_of(&cpu, "nr_throttled"),
            us("throttled_usec"),
        ],
        memory_bytes: of("memory.current"),
        memory_max_bytes: Some(of("memory.peak")).filter(|bytes| *bytes > 0),
        memory_limit_bytes: least_limit(root, group),
        storage: storage_2(&text(group, "io.stat")),
        pids: of("pids.current"),
        ..Sample::default()
    }
}

/// The least memory limit of a group and those above it, which version 1 tells itself; 0 for none.
fn least_limit(root: &Path, group: &Path) -> u64 {
    let groups = group.ancestors().take_while(|dir| *dir != root);
    // `max` is no number.
    let limits = groups.filter_map(|dir| text(dir, "memory.max").trim().parse().ok());
    limits.min().unwrap_or(0)
}

/// Lines of a name and a number.
fn pairs(text: &str) -> BTreeMap<String, u64> {
    text.lines()
        .filter_map(|line| {
            let (name, value) = line.split_once(' ')?;
            Some((name.to_owned(), value.trim().parse().ok()?))
        })
        .collect()
}

fn device(text: &str) -> Option<(u64, u64)> {
    let (major, minor) = text.split_once(':')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

fn storage_1(text: &str) -> Vec<((u64, u64), [u64; 2])> {
    let mut all: BTreeMap<(u64, u64), [u64; 2]> = BTreeMap::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let (Some(of), Some(act), Some(bytes)) =
            (words.next().and_then(device), words.next(), words.next())
        else {
            continue;
        };
        let bytes = bytes.parse().unwrap_or(0);
        match act {
            "Read" => all.entry(of).or_default()[0] += bytes,
            "Write" => all.entry(of).or_default()[1] += bytes,
            _ => {}
        }
    }
    all.into_iter().collect()
}

fn storage_2(text: &str) -> Vec<((u64, u64), [u64; 2])> {
    let field = |line: &str, key: &str| -> u64 {
        line.split_whitespace()
            .find_map(|word| word.strip_prefix(key)?.strip_prefix('=')?.parse().ok())
            .unwrap_or(0)
    };
    text.lines()
        .filter_map(|line| {
            let of = device(line.split_whitespace().next()?)?;
            Some((of, [field(line, "rbytes"), field(line, "wbytes")]))
        })
        .collect()
}

/// CPU time of this host since it started, over all cores and whatever it was spent on, nanoseconds.
pub(crate) fn host_ns() -> u64 {
    let stat = fs_err::read_to_string("/proc/stat").unwrap_or_default();
    spent(stat.lines().next().unwrap_or_default())
}

fn spent(line: &str) -> u64 {
    // Those after the eighth are parts of earlier ones.
    let ticks: u64 =
        line.split_whitespace().skip(1).take(8).filter_map(|word| word.parse::<u64>().ok()).sum();
    ticks * TICK_NS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storage_is_by_device() {
        let v1 = "8:0 Read 10\n8:0 Write 20\n8:0 Total 30\n8:16 Read 1\nTotal 31\n";
        assert_eq!(storage_1(v1), [((8, 0), [10, 20]), ((8, 16), [1, 0])]);
        let v2 = "8:0 rbytes=10 wbytes=20 rios=1\n8:16 rbytes=1 wbytes=0\ngarbage\n";
        assert_eq!(storage_2(v2), [((8, 0), [10, 20]), ((8, 16), [1, 0])]);
    }

    #[test]
    fn the_least_limit_of_all_groups_counts() {
        let root = tempfile::tempdir().expect("dir");
        let group = root.path().join("ecs/task/main");
        fs_err::create_dir_all(&group).expect("made");
        let limit = |of: &str, text: &str| {
            fs_err::write(root.path().join(of).join("memory.max"), text).expect("written");
            least_limit(root.path(), &group)
        };
        assert_eq!(limit("ecs/task/main", "max\n"), 0);
        assert_eq!(limit("ecs/task", "4096\n"), 4096);
        assert_eq!(limit("ecs/task/main", "8192\n"), 4096);
        assert_eq!(limit("ecs/task/main", "1024\n"), 1024);
    }

    #[test]
    fn the_hosts_time_counts_nothing_twice() {
        assert_eq!(spent("cpu  1 2 3 4 5 6 7 8 100 200"), 36 * TICK_NS);
        assert_eq!(spent(""), 0);
    }

    #[test]
    fn statistics_are_names_with_numbers() {
        let found = pairs("cache 4096\nrss 8192\nodd\nwrong x\n");
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            [("cache".to_owned(), 4096), ("rss".to_owned(), 8192)]
        );
    }
}
