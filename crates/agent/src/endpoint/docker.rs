//! What a container uses, in the form of Docker's statistics with the rates that the official agent adds (agent-protocol.md §8).
//!
//! Docker shows a sample beside an earlier one, from which readers compute shares. Here the earlier one is what was shown before, at least a
//! second ago; for the first reader it is the container's start, when every counter was 0. So nothing is sampled that nobody asks for.

use super::{
    door::{Sample, Traffic},
    metadata::moment,
    view::ContainerView,
};
use crate::driver::ContainerKey;
use domain::time::{Millis, Timestamp};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// Between two samples that are shown beside each other, at least.
const APART: Millis = Millis::from_s(1);
/// A sample that nobody came back for is dropped after this.
const KEPT_FOR: Millis = Millis::from_s(600);

/// The samples that were shown.
#[derive(Debug, Default)]
pub(super) struct Samples {
    /// The newest, and the one before it.
    shown: BTreeMap<ContainerKey, (Sample, Sample)>,
}

impl Samples {
    /// A fresh sample and what to show it beside. `started` is when the container's process began.
    pub(super) fn take(
        &mut self,
        key: ContainerKey,
        fresh: Sample,
        started: Option<Timestamp>,
    ) -> (Sample, Sample) {
        self.shown.retain(|_, (newest, _)| fresh.at - newest.at < KEPT_FOR);
        let kept = self.shown.get(&key);
        // Of an earlier run of the container, whose counters began anew since.
        let kept = kept.filter(|(newest, _)| newest.cpu_ns[0] <= fresh.cpu_ns[0]);
        let before = match kept {
            Some((newest, _)) if fresh.at - newest.at >= APART => newest.clone(),
            Some((_, before)) => return (before.clone(), fresh),
            None => beginning(&fresh, started),
        };
        self.shown.insert(key, (fresh.clone(), before.clone()));
        (before, fresh)
    }
}

/// What a sample at the container's start would have been.
fn beginning(fresh: &Sample, started: Option<Timestamp>) -> Sample {
    let at = started.map_or(fresh.at, |started| started.min(fresh.at));
    let elapsed_ns = u64::try_from((fresh.at - at).0).unwrap_or(0).saturating_mul(1_000_000);
    let idle = elapsed_ns.saturating_mul(u64::from(fresh.cores));
    Sample {
        at,
        core_ns: vec![0; fresh.core_ns.len()],
        host_ns: fresh.host_ns.saturating_sub(idle),
        cores: fresh.cores,
        traffic: fresh.traffic.keys().map(|name| (name.clone(), Traffic::default())).collect(),
        ..Sample::default()
    }
}

/// The statistics of a container.
pub(super) fn stats(container: &ContainerView, before: &Sample, now: &Sample) -> Json {
    let mut stats = json!({
        "read": moment(now.at),
        "preread": moment(before.at),
        "pids_stats": { "current": now.pids },
        "blkio_stats": { "io_service_bytes_recursive": storage(now) },
        "num_procs": 0,
        "storage_stats": {},
        "cpu_stats": cpu(now),
        "precpu_stats": cpu(before),
        "memory_stats": memory(now),
        "name": format!("/{}", container.docker_name),
        "id": container.portrait.runtime_id,
    });
    // A container in the host's network has no interface of its own.
    if !now.traffic.is_empty() {
        stats["networks"] = networks(now);
        stats["network_rate_stats"] = rates(before, now);
    }
    stats
}

fn cpu(sample: &Sample) -> Json {
    let [all, kernel, user] = sample.cpu_ns;
    let [periods, throttled, throttled_ns] = sample.throttled;
    let mut usage = json!({
        "total_usage": all, "usage_in_kernelmode": kernel, "usage_in_usermode": user,
    });
    if !sample.core_ns.is_empty() {
        usage["percpu_usage"] = sample.core_ns.clone().into();
    }
    json!({
        "cpu_usage": usage,
        "system_cpu_usage": sample.host_ns,
        "online_cpus": sample.cores,
        "throttling_data": {
            "periods": periods, "throttled_periods": throttled, "throttled_time": throttled_ns,
        },
    })
}

fn memory(sample: &Sample) -> Json {
    let mut memory = json!({
        "usage": sample.memory_bytes, "stats": sample.memory, "limit": sample.memory_limit_bytes,
    });
    if let Some(max) = sample.memory_max_bytes {
        memory["max_usage"] = max.into();
    }
    memory
}

fn storage(sample: &Sample) -> Vec<Json> {
    let of = |((major, minor), [read, written]): &((u64, u64), [u64; 2])| {
        [("Read", *read), ("Write", *written), ("Total", read + written)]
            .map(|(op, value)| json!({ "major": major, "minor": minor, "op": op, "value": value }))
    };
    sample.storage.iter().flat_map(of).collect()
}

fn networks(sample: &Sample) -> Json {
    let of = |(name, traffic): (&String, &Traffic)| {
        let ([rx, rx_packets, rx_errors, rx_dropped], [tx, tx_packets, tx_errors, tx_dropped]) =
            (traffic.received, traffic.sent);
        let shown = json!({
            "rx_bytes": rx, "rx_packets": rx_packets, "rx_errors": rx_errors,
            "rx_dropped": rx_dropped, "tx_bytes": tx, "tx_packets": tx_packets,
            "tx_errors": tx_errors, "tx_dropped": tx_dropped,
        });
        (name.clone(), shown)
    };
    Json::Object(sample.traffic.iter().map(of).collect::<Map<_, _>>())
}

/// Bytes a second over all interfaces.
fn rates(before: &Sample, now: &Sample) -> Json {
    let elapsed_s = (now.at - before.at).0 as f64 / 1000.0;
    let total =
        |sample: &Sample, of: fn(&Traffic) -> u64| -> u64 { sample.traffic.values().map(of).sum() };
    let rate = |of: fn(&Traffic) -> u64| {
        let bytes = total(now, of).saturating_sub(total(before, of));
        if elapsed_s > 0.0 { bytes as f64 / elapsed_s } else { 0.0 }
    };
    json!({
        "rx_bytes_per_sec": rate(|traffic| traffic.received[0]),
        "tx_bytes_per_sec": rate(|traffic| traffic.sent[0]),
    })
}
