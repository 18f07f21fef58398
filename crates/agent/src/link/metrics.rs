//! What containers use, from samples to the sets that telemetry carries (agent-protocol.md §5). Values in, values out.
//!
//! CPU is a share of the whole host, from the difference of two samples; a container's first sample gives none. Sets are over the samples
//! since the last publication. Not here: taking samples (the driver), when (`tcs`).

use crate::{
    driver::{ContainerKey, Usage},
    machine::TaskTelemetry,
};
use domain::{
    link::tcs::{ContainerMetrics, StatsSet, TaskMetrics},
    time::Timestamp,
};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

const MIB: f64 = 1_048_576.0;

/// Collects samples between publications.
#[derive(Debug, Default)]
pub(crate) struct Sampler {
    cores: f64,
    last: BTreeMap<ContainerKey, (Timestamp, Usage)>,
    seen: BTreeMap<ContainerKey, Seen>,
}

/// The samples of one container since the last publication.
#[derive(Debug, Default)]
struct Seen {
    cpu_percent: Vec<f64>,
    memory_mib: Vec<f64>,
    /// Bytes and bytes a second, received and sent.
    network: Vec<[(u64, f64); 2]>,
    /// Bytes read and written.
    storage: Vec<(u64, u64)>,
}

impl Sampler {
    /// For a host with `cpu_units`, 1024 a core.
    pub(crate) fn new(cpu_units: i64) -> Self {
        Self { cores: (cpu_units as f64 / 1024.0).max(1.0 / 1024.0), ..Self::default() }
    }

    /// Takes one sample of every running container.
    pub(crate) fn sample(&mut self, usages: Vec<(ContainerKey, Usage)>, now: Timestamp) {
        let running: BTreeSet<&ContainerKey> = usages.iter().map(|(key, _)| key).collect();
        self.last.retain(|key, _| running.contains(key));
        for (key, usage) in usages {
            let seen = self.seen.entry(key.clone()).or_default();
            let before = self.last.get(&key).filter(|(at, _)| *at < now);
            let elapsed_s = before.map(|(at, _)| (now - *at).0 as f64 / 1000.0);
            seen.memory_mib.push(usage.memory_bytes as f64 / MIB);
            if let (Some(elapsed_s), Some((_, before))) = (elapsed_s, before) {
                // A container that was started again counts from 0 once more.
                let used_s = usage.cpu_ns.saturating_sub(before.cpu_ns) as f64 / 1e9;
                seen.cpu_percent.push(100.0 * used_s / elapsed_s / self.cores);
            }
            if let Some((received, sent)) = usage.network_bytes {
                let rate = |bytes: u64, of: fn((u64, u64)) -> u64| {
                    let earlier = before.and_then(|(_, usage)| usage.network_bytes).map(of);
                    match (earlier, elapsed_s) {
                        (Some(earlier), Some(elapsed_s)) => {
                            bytes.saturating_sub(earlier) as f64 / elapsed_s
                        }
                        _ => 0.0,
                    }
                };
                seen.network.push([
                    (received, rate(received, |(received, _)| received)),
                    (sent, rate(sent, |(_, sent)| sent)),
                ]);
            }
            seen.storage.extend(usage.storage_bytes);
            self.last.insert(key, (now, usage));
        }
    }

    /// The metrics of `tasks` since the last call. Tasks without a sample are left out.
    pub(crate) fn publish(&mut self, tasks: &[TaskTelemetry]) -> Vec<TaskMetrics> {
        let mut seen = std::mem::take(&mut self.seen);
        let of = |task: &TaskTelemetry| {
            let payload = &task.payload;
            let mut container_metrics = Vec::new();
            for container in &task.containers {
                let key =
                    ContainerKey { task: payload.id().to_owned(), name: container.name.clone() };
                let Some(seen) = seen.remove(&key) else { continue };
                container_metrics.push(ContainerMetrics {
                    container_name: container.name.clone(),
                    container_arn: payload
                        .container(&container.name)
                        .map(|it| it.container_arn.clone())
                        .unwrap_or_default(),
                    cpu_stats_set: set(&seen.cpu_percent),
                    memory_stats_set: set(&seen.memory_mib),
                    network_stats_set: network(&seen.network),
                    storage_stats_set: storage(&seen.storage),
                    restart_stats_set: container
                        .restarts
                        .map(|count| json!({ "restartCount": count })),
                });
            }
            TaskMetrics {
                task_arn: payload.arn.clone(),
                cluster_arn: payload.task_cluster_arn.clone(),
                task_definition_family: payload.family.clone(),
                task_definition_version: payload.version.clone(),
                container_metrics,
            }
        };
        tasks.iter().map(of).filter(|task| !task.container_metrics.is_empty()).collect()
    }
}

fn set(values: &[f64]) -> Option<StatsSet> {
    let min = values.iter().copied().reduce(f64::min)?;
    let max = values.iter().copied().reduce(f64::max)?;
    let sample_count = i64::try_from(values.len()).unwrap_or(i64::MAX);
    Some(StatsSet { min, max, sample_count, sum: values.iter().sum() })
}

/// Counters carry what does not fit into 63 bits apart; ours always fit.
fn counters(values: &[u64]) -> Json {
    let total = values.iter().fold(0, |sum: u64, value| sum.saturating_add(*value));
    let cap = |value: u64| value.min(i64::MAX.unsigned_abs());
    json!({
        "min": cap(values.iter().copied().min().unwrap_or_default()),
        "max": cap(values.iter().copied().max().unwrap_or_default()),
        "sampleCount": values.len(),
        "sum": cap(total),
        "overflowMin": 0,
        "overflowMax": 0,
        "overflowSum": 0,
    })
}

fn network(samples: &[[(u64, f64); 2]]) -> Option<Json> {
    if samples.is_empty() {
        return None;
    }
    let bytes = |way: usize| counters(&samples.iter().map(|it| it[way].0).collect::<Vec<_>>());
    let rates = |way: usize| set(&samples.iter().map(|it| it[way].1).collect::<Vec<_>>());
    Some(json!({
        "rxBytes": bytes(0),
        "txBytes": bytes(1),
        "rxBytesPerSecond": rates(0),
        "txBytesPerSecond": rates(1),
    }))
}

fn storage(samples: &[(u64, u64)]) -> Option<Json> {
    if samples.is_empty() {
        return None;
    }
    let read: Vec<u64> = samples.iter().map(|(read, _)| *read).collect();
    let written: Vec<u64> = samples.iter().map(|(_, written)| *written).collect();
    Some(json!({ "readSizeBytes": counters(&read), "writeSizeBytes": counters(&written) }))
}

#[cfg(test)]
mod tests {
    use super::Sampler;
    use crate::{
        driver::{ContainerKey, Usage},
        machine::{ContainerTelemetry, TaskTelemetry},
    };
    use domain::{link::tcs::ContainerMetrics, time::Timestamp};
    use serde_json::json;
    use std::sync::Arc;

    fn telemetry() -> TaskTelemetry {
        let payload = json!({
            "arn": "arn/a", "desiredStatus": "RUNNING", "family": "web", "version": "3",
            "containers": [{ "name": "web", "containerArn": "arn/a/web" }],
        });
        let container = ContainerTelemetry { name: "web".into(), restarts: Some(2), health: None };
        TaskTelemetry {
            payload: Arc::new(serde_json::from_value(payload).expect("a payload")),
            containers: vec![container],
        }
    }

    fn usage(cpu_ms: u64, memory_mib: u64, received: u64) -> Vec<(ContainerKey, Usage)> {
        let key = ContainerKey { task: "a".into(), name: "web".into() };
        let usage = Usage {
            cpu_ns: cpu_ms * 1_000_000,
            memory_bytes: memory_mib << 20,
            network_bytes: Some((received, 0)),
            storage_bytes: Some((4096, 0)),
            pids: 1,
        };
        vec![(key, usage)]
    }

    fn published(sampler: &mut Sampler) -> Option<ContainerMetrics> {
        sampler.publish(&[telemetry()]).pop().map(|mut task| task.container_metrics.remove(0))
    }

    #[test]
    fn cpu_is_a_share_of_the_whole_host() {
        let mut sampler = Sampler::new(2048);
        sampler.sample(usage(1_000, 10, 0), Timestamp(0));
        sampler.sample(usage(3_000, 30, 500), Timestamp(10_000));
        let web = published(&mut sampler).expect("a container");
        let cpu = web.cpu_stats_set.expect("two samples");
        assert_eq!((cpu.min, cpu.max, cpu.sample_count), (10.0, 10.0, 1), "2 of 20 core seconds");
        let memory = web.memory_stats_set.expect("samples");
        assert_eq!(
            (memory.min, memory.max, memory.sum, memory.sample_count),
            (10.0, 30.0, 40.0, 2)
        );
        let network = web.network_stats_set.expect("samples");
        assert_eq!(network["rxBytes"]["max"], 500);
        assert_eq!(network["rxBytesPerSecond"]["max"], 50.0);
        assert_eq!(web.restart_stats_set, Some(json!({ "restartCount": 2 })));
    }

    #[test]
    fn one_sample_has_no_cpu_and_no_sample_no_task() {
        let mut sampler = Sampler::new(1024);
        sampler.sample(usage(1_000, 10, 0), Timestamp(0));
        let web = published(&mut sampler).expect("a container");
        assert!(web.cpu_stats_set.is_none() && web.memory_stats_set.is_some());
        assert!(published(&mut sampler).is_none());
    }

    #[test]
    fn a_container_that_began_anew_counts_from_nothing() {
        let mut sampler = Sampler::new(1024);
        sampler.sample(usage(9_000, 10, 0), Timestamp(0));
        sampler.sample(usage(1_000, 10, 0), Timestamp(1_000));
        let web = published(&mut sampler).expect("a container");
        assert_eq!(web.cpu_stats_set.expect("a set").max, 0.0);
    }
}
