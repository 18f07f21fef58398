//! The newest samples of containers, in memory only: who wants history asks CloudWatch.
//!
//! Invariant: bounded. At most [`SAMPLES_MAX`] containers are known; a container that was not heard of for [`SAMPLE_AGE_MAX`] is not.

use domain::{
    id::{ClusterName, InstanceId, Scope, TaskId},
    link::tcs::{ContainerMetrics, StatsSet},
    time::{Millis, Timestamp},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

/// So many containers' samples are kept: more than the tasks of a full ECS cluster.
pub const SAMPLES_MAX: usize = 100_000;
/// Agents tell every 20 s; whoever misses six times is gone.
pub const SAMPLE_AGE_MAX: Millis = Millis::from_s(120);

/// What a container used when its agent last told.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The container's task's account and region.
    pub scope: Scope,
    /// The cluster.
    pub cluster: ClusterName,
    /// Where it runs.
    pub instance: InstanceId,
    /// The task.
    pub task: TaskId,
    /// The container's name.
    pub container: String,
    /// When this was heard.
    pub at: Timestamp,
    /// Percent of the whole host, on average over the time that the sample is of.
    pub cpu_percent: Option<f64>,
    /// MiB, on average over that time.
    pub memory_mib: Option<f64>,
    /// All that the agent said.
    pub told: ContainerMetrics,
}

/// The samples, shared by all telemetry sessions.
#[derive(Clone, Debug, Default)]
pub struct Metrics(Arc<Mutex<BTreeMap<(TaskId, String), Sample>>>);

impl Metrics {
    /// Keeps samples in place of older ones of the same containers.
    pub fn keep(&self, samples: Vec<Sample>, now: Timestamp) {
        let mut kept = self.0.lock().expect("nothing under this lock panics");
        for sample in samples {
            let key = (sample.task.clone(), sample.container.clone());
            if kept.len() >= SAMPLES_MAX && !kept.contains_key(&key) {
                // Looking through all is dear, so it is done only when there is no room.
                kept.retain(|_, sample| now - sample.at <= SAMPLE_AGE_MAX);
                if kept.len() >= SAMPLES_MAX {
                    return;
                }
            }
            kept.insert(key, sample);
        }
    }

    /// The newest sample of every container that was heard of lately, by task and container.
    pub fn newest(&self, now: Timestamp) -> Vec<Sample> {
        let mut kept = self.0.lock().expect("nothing under this lock panics");
        kept.retain(|_, sample| now - sample.at <= SAMPLE_AGE_MAX);
        kept.values().cloned().collect()
    }
}

/// The average of a set of samples; `None` if it has none.
pub(crate) fn average(set: Option<&StatsSet>) -> Option<f64> {
    set.filter(|set| set.sample_count > 0).map(|set| set.sum / set.sample_count as f64)
}

#[cfg(test)]
mod tests {
    use super::{Metrics, Sample, average};
    use domain::{
        id::{AccountId, ClusterName, InstanceId, Region, Scope, TaskId},
        link::tcs::{ContainerMetrics, StatsSet},
        time::Timestamp,
    };

    fn sample(task: u8, at: i64) -> Sample {
        Sample {
            scope: Scope {
                account: AccountId::parse("123456789012").expect("digits"),
                region: Region::parse("us-east-1").expect("a region"),
            },
            cluster: ClusterName::parse("web").expect("a name"),
            instance: InstanceId::from_bytes([1; 16]),
            task: TaskId::from_bytes([task; 16]),
            container: "app".into(),
            at: Timestamp(at),
            cpu_percent: None,
            memory_mib: None,
            told: ContainerMetrics::default(),
        }
    }

    #[test]
    fn only_the_newest_sample_of_a_living_container_is_kept() {
        let metrics = Metrics::default();
        metrics.keep(vec![sample(1, 0), sample(2, 0)], Timestamp(0));
        metrics.keep(vec![sample(1, 20_000)], Timestamp(20_000));
        let at =
            |now| metrics.newest(Timestamp(now)).into_iter().map(|it| it.at.0).collect::<Vec<_>>();
        assert_eq!(at(20_000), [20_000, 0]);
        assert_eq!(at(130_000), [20_000]);
        assert_eq!(at(20_001), [20_000]);
    }

    #[test]
    fn an_average_needs_samples() {
        let set = |sample_count, sum| StatsSet { sample_count, sum, ..StatsSet::default() };
        assert_eq!(average(Some(&set(4, 10.0))), Some(2.5));
        assert_eq!(average(Some(&set(0, 0.0))), None);
        assert_eq!(average(None), None);
    }
}
