//! Limits: memory, CPU, resource limits, devices.

use super::oci::{Cpu, Device, DeviceRule, Memory, Rlimit};
use domain::link::acs::{PayloadContainer, PayloadTask};
use domain::link::docker::{HostConfig, Ulimit};

const MIB: i64 = 1 << 20;
/// The agent's bounds for shares (agent-protocol.md §6).
const SHARES_MIN: i64 = 2;
const SHARES_MAX: i64 = 262_144;
/// The least memory Docker gives, bytes.
const MEMORY_MIN: i64 = 4 * MIB;

/// Open files where a definition says nothing, soft and hard: the agent's own limit must not shine through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Files(u64, u64);

impl Files {
    /// As on Amazon's ECS-optimized images.
    pub(crate) const INSTANCE: Self = Self(32_768, 65_536);
    /// As on Fargate (spec/tasks.md §2).
    pub(crate) const FARGATE: Self = Self(65_535, 65_535);
}

/// Names of resource limits that Docker takes.
const LIMITS: &[&str] = &[
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "nofile",
    "nproc",
    "rss",
    "rtprio",
    "rttime",
    "sigpending",
    "stack",
];

/// CPU shares; a container that asks for none gets the least, as the official agent gives it.
pub(crate) fn cpu(container: &PayloadContainer) -> Cpu {
    let shares = container.cpu.clamp(SHARES_MIN, SHARES_MAX);
    Cpu { shares: u64::try_from(shares).ok() }
}

/// CPU shares of a whole task, as the official agent gives them: what its containers ask for together, unless the task asks for CPU
/// itself and is held to that.
pub(crate) fn task_shares(task: &PayloadTask) -> Option<u64> {
    let all = || task.containers.iter().filter_map(|it| cpu(it).shares);
    (task.cpu <= 0.0).then(|| all().sum::<u64>().min(SHARES_MAX.unsigned_abs()))
}

/// Memory limits. Docker's rules: without a word about swap, as much again.
pub(crate) fn memory(
    container: &PayloadContainer,
    host: &HostConfig,
    counts_swap: bool,
    has_swappiness: bool,
) -> Memory {
    let limit = (container.memory > 0).then(|| (container.memory * MIB).max(MEMORY_MIN));
    let swap = match (limit, host.memory_swap) {
        (None, _) => None,
        (Some(limit), 0) => Some(limit.saturating_mul(2)),
        (Some(_), swap) if swap < 0 => Some(-1),
        (Some(limit), swap) => Some(swap.max(limit)),
    };
    let reservation = (host.memory_reservation > 0).then_some(host.memory_reservation);
    Memory {
        limit,
        // The kernel refuses a soft limit above the hard one on version 2.
        reservation: reservation.map(|soft| limit.map_or(soft, |limit| soft.min(limit))),
        swap: swap.filter(|_| counts_swap),
        swappiness: host
            .memory_swappiness
            .filter(|value| *value >= 0 && has_swappiness)
            .and_then(|value| u64::try_from(value).ok()),
    }
}

/// Resource limits. `Err` names one that does not exist. `files_max` is the most open files that this host can give.
pub(crate) fn rlimits(
    ulimits: &[Ulimit],
    files: Files,
    files_max: u64,
) -> Result<Vec<Rlimit>, String> {
    let unlimited = |value: i64| u64::try_from(value).unwrap_or(u64::MAX);
    let mut found = Vec::new();
    for ulimit in ulimits {
        if !LIMITS.contains(&ulimit.name.as_str()) {
            return Err(ulimit.name.clone());
        }
        found.push(Rlimit {
            kind: format!("RLIMIT_{}", ulimit.name.to_ascii_uppercase()),
            soft: unlimited(ulimit.soft),
            hard: unlimited(ulimit.hard),
        });
    }
    if !found.iter().any(|limit| limit.kind == "RLIMIT_NOFILE") {
        found.push(Rlimit {
            kind: "RLIMIT_NOFILE".into(),
            soft: files.0.min(files_max),
            hard: files.1.min(files_max),
        });
    }
    Ok(found)
}

/// A device of the host that a container gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HostDevice {
    /// In the container.
    pub(crate) node: Device,
    /// Some of `rwm`.
    pub(crate) access: String,
}

/// What a container may do with devices.
pub(crate) fn device_rules(is_privileged: bool, devices: &[HostDevice]) -> Vec<DeviceRule> {
    let rule = |allow, kind, major, minor, access: &str| DeviceRule {
        allow,
        kind,
        major,
        minor,
        access: access.into(),
    };
    if is_privileged {
        return vec![rule(true, None, None, None, "rwm")];
    }
    let mut rules = vec![rule(false, None, None, None, "rwm")];
    // Docker's: nodes may be made, and these used: null, zero, full, random, urandom, tty, console, ptmx and the terminals.
    rules.extend(['c', 'b'].map(|kind| rule(true, Some(kind), None, None, "m")));
    let usual = [
        (1, Some(3)),
        (1, Some(5)),
        (1, Some(7)),
        (1, Some(8)),
        (1, Some(9)),
        (5, Some(0)),
        (5, Some(1)),
        (5, Some(2)),
        (136, None),
    ];
    rules.extend(usual.map(|(major, minor)| rule(true, Some('c'), Some(major), minor, "rwm")));
    rules.extend(devices.iter().map(|device| {
        let node = &device.node;
        rule(true, Some(node.kind), Some(node.major), Some(node.minor), &device.access)
    }));
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mib: i64, host: HostConfig, counts_swap: bool) -> String {
        let container = PayloadContainer { memory: mib, ..Default::default() };
        let found = memory(&container, &host, counts_swap, true);
        let show = |value: Option<i64>| value.map_or("-".to_owned(), |value| value.to_string());
        format!("{} {} {}", show(found.limit), show(found.reservation), show(found.swap))
    }

    #[test]
    fn memory_follows_docker() {
        let none = HostConfig::default();
        assert_eq!(check(0, none.clone(), true), "- - -");
        assert_eq!(check(10, none.clone(), true), "10485760 - 20971520");
        assert_eq!(check(10, none.clone(), false), "10485760 - -");
        assert_eq!(check(1, none, true), "4194304 - 8388608");
        let soft = HostConfig { memory_reservation: 64 << 20, ..Default::default() };
        assert_eq!(check(0, soft.clone(), true), "- 67108864 -");
        assert_eq!(check(10, soft, true), "10485760 10485760 20971520");
        let unlimited = HostConfig { memory_swap: -1, ..Default::default() };
        assert_eq!(check(10, unlimited, true), "10485760 - -1");
        let none = HostConfig { memory_swap: 10 << 20, ..Default::default() };
        assert_eq!(check(10, none, true), "10485760 - 10485760");
    }

    #[test]
    fn shares_are_within_the_agents_bounds() {
        let shares = |cpu| super::cpu(&PayloadContainer { cpu, ..Default::default() }).shares;
        assert_eq!(shares(0), Some(2));
        assert_eq!(shares(512), Some(512));
        assert_eq!(shares(1 << 40), Some(262_144));
    }

    #[test]
    fn a_task_weighs_what_its_containers_ask_for_unless_it_asks_itself() {
        let payload = serde_json::json!({ "arn": "arn:x", "desiredStatus": "RUNNING" });
        let mut task: PayloadTask = serde_json::from_value(payload).expect("payload");
        let containers = [0, 512, 1024].map(|cpu| PayloadContainer { cpu, ..Default::default() });
        task.containers = containers.into();
        assert_eq!(task_shares(&task), Some(2 + 512 + 1024));
        task.cpu = 0.25;
        assert_eq!(task_shares(&task), None);
    }

    #[test]
    fn a_limit_nobody_knows_is_named() {
        let limit = |name: &str| Ulimit { name: name.into(), soft: -1, hard: 5 };
        let rlimits = |wanted: &[Ulimit], max| rlimits(wanted, Files::INSTANCE, max);
        assert_eq!(rlimits(&[limit("wings")], u64::MAX), Err("wings".into()));
        let found = rlimits(&[limit("core")], u64::MAX).expect("known");
        assert_eq!((found[0].soft, found[0].hard, found.len()), (u64::MAX, 5, 2));
        let files = rlimits(&[], 4096).expect("known");
        assert_eq!((files[0].soft, files[0].hard), (4096, 4096));
        let files = super::rlimits(&[], Files::FARGATE, u64::MAX).expect("known");
        assert_eq!((files[0].soft, files[0].hard), (65_535, 65_535));
        assert_eq!(rlimits(&[limit("nofile")], u64::MAX).expect("known").len(), 1);
    }
}
