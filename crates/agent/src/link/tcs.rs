//! The telemetry session: metrics and health every cycle, health at once when it changes, and the host's own status after a heartbeat of
//! the control session (agent-protocol.md §5).
//!
//! Invariant: what is owed is a flag until it is put together, so that a frame that comes in between loses nothing. Not here: metrics
//! of the time without a session; nobody misses them.

use super::{
    Link, ToLoop,
    api::Endpoints,
    metrics::Sampler,
    register::Identity,
    session::{self, Heard, Talk},
};
use crate::machine::TaskTelemetry;
use domain::{
    link::{
        Frame,
        tcs::{FromAgent, Health, InstanceStatus, Metadata, Metrics, TaskHealth},
    },
    time::Timestamp,
};
use serde_json::json;
use std::{collections::VecDeque, time::Duration};
use tokio::{
    sync::{oneshot, watch},
    time::{Instant, MissedTickBehavior},
};

/// The official agent's limit for a message.
const TASKS_PER_MESSAGE: usize = 10;
/// An engine that does not tell what its containers use for this long is not well.
const ENGINE_LIMIT: Duration = Duration::from_secs(10);
/// Samples taken for one publication.
const SAMPLES_PER_CYCLE: u32 = 2;

struct Tcs<'a> {
    link: &'a Link,
    identity: &'a Identity,
    to_loop: &'a ToLoop,
    /// Whom frames are signed for.
    endpoint: String,
    health: watch::Receiver<u64>,
    heartbeats: watch::Receiver<u64>,
    sampler: Sampler,
    sample_at: Instant,
    cycle: tokio::time::Interval,
    /// Metrics, health and status of this cycle are to be sent.
    owes_cycle: bool,
    /// Health has changed.
    owes_health: bool,
    /// Frames that are ready, without their head.
    ready: VecDeque<String>,
    engine: EngineStatus,
}

/// What the host says of its container engine.
#[derive(Clone, Copy, Debug)]
struct EngineStatus {
    is_well: bool,
    since: Timestamp,
}

/// Keeps the telemetry session up until the agent leaves.
pub(crate) async fn run(
    link: &Link,
    identity: &Identity,
    to_loop: &ToLoop,
    health: watch::Receiver<u64>,
    heartbeats: watch::Receiver<u64>,
) {
    let interval = Duration::from_millis(link.config.metrics_interval.0.unsigned_abs().max(1));
    let mut cycle = tokio::time::interval(interval);
    cycle.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut tcs = Tcs {
        link,
        identity,
        to_loop,
        endpoint: String::new(),
        health,
        heartbeats,
        sampler: Sampler::new(link.driver.capacity().cpu_units),
        sample_at: Instant::now(),
        cycle,
        owes_cycle: false,
        owes_health: false,
        ready: VecDeque::new(),
        engine: EngineStatus { is_well: true, since: link.now() },
    };
    session::keep(link, identity, link.config.tcs, &mut tcs).await;
}

impl Talk for Tcs<'_> {
    const NAME: &'static str = "telemetry";

    fn address(&mut self, endpoints: &Endpoints) -> String {
        self.endpoint.clone_from(&endpoints.telemetry);
        session::address(
            &endpoints.telemetry,
            &[
                ("agentHash", super::AGENT_HASH),
                ("agentVersion", super::AGENT_VERSION),
                ("cluster", &self.identity.cluster),
                ("containerInstance", &self.identity.container_instance_arn),
                ("dockerVersion", &self.link.engine),
            ],
        )
    }

    async fn opened(&mut self) {
        self.ready.clear();
        self.cycle.reset();
        self.owes_cycle = true;
    }

    async fn next(&mut self) -> String {
        loop {
            if let Some(body) = self.ready.pop_front() {
                return self.link.http.frame_head(&self.endpoint, body.as_bytes()) + &body;
            }
            if self.owes_cycle {
                self.put_cycle().await;
                self.owes_cycle = false;
                self.owes_health = false;
                continue;
            }
            if self.owes_health {
                let tasks = self.tasks().await;
                self.put_health(&tasks);
                self.owes_health = false;
                continue;
            }
            tokio::select! {
                biased;
                changed = self.health.changed() => match changed {
                    Ok(()) => self.owes_health = true,
                    // The loop is gone, and with it soon everything.
                    Err(_) => std::future::pending().await,
                },
                _ = self.cycle.tick() => self.owes_cycle = true,
                () = tokio::time::sleep_until(self.sample_at) => self.sample().await,
            }
        }
    }

    async fn hear(&mut self, text: &str) -> Heard {
        let Ok(frame) = serde_json::from_str::<Frame<'_>>(text) else {
            tracing::warn!("telemetry frame that cannot be read");
            return Heard::Nothing;
        };
        match frame.kind.as_ref() {
            "HeartbeatMessage"
            | "AckPublishMetric"
            | "AckPublishHealth"
            | "AckPublishInstanceStatus" => Heard::Life(None),
            "StopTelemetrySessionMessage" => Heard::End("the plane stops telemetry".to_owned()),
            kind => {
                tracing::warn!(kind, "telemetry frame skipped");
                Heard::Nothing
            }
        }
    }
}

impl Tcs<'_> {
    async fn sample(&mut self) {
        let cycle = self.link.config.metrics_interval.0.unsigned_abs();
        let usage = tokio::time::timeout(ENGINE_LIMIT, self.link.driver.usage()).await;
        let is_well = usage.is_ok();
        if is_well != self.engine.is_well {
            self.engine = EngineStatus { is_well, since: self.link.now() };
        }
        if let Ok(usage) = usage {
            self.sampler.sample(usage, self.link.now());
        }
        let pause = Duration::from_millis(cycle) / SAMPLES_PER_CYCLE;
        self.sample_at = Instant::now() + pause;
    }

    async fn tasks(&self) -> Vec<TaskTelemetry> {
        let (answer, asked) = oneshot::channel();
        if self.to_loop.asks.send(answer).await.is_err() {
            return Vec::new();
        }
        asked.await.unwrap_or_default()
    }

    async fn put_cycle(&mut self) {
        let tasks = self.tasks().await;
        self.sample().await;
        self.put_metrics(&tasks);
        self.put_health(&tasks);
        if self.heartbeats.has_changed().unwrap_or(false) {
            self.heartbeats.mark_unchanged();
            self.put_status();
        }
    }

    fn put_metrics(&mut self, tasks: &[TaskTelemetry]) {
        let metrics = self.sampler.publish(tasks);
        let message_id = super::uuid();
        let chunks: Vec<_> = metrics.chunks(TASKS_PER_MESSAGE).collect();
        if chunks.is_empty() {
            let metadata = Metadata { idle: true, fin: true, ..self.metadata(&message_id) };
            return self.put_metrics_message(metadata, Vec::new());
        }
        let last = chunks.len() - 1;
        for (n, chunk) in chunks.into_iter().enumerate() {
            let metadata = Metadata { fin: n == last, ..self.metadata(&message_id) };
            self.put_metrics_message(metadata, chunk.to_vec());
        }
    }

    fn put_metrics_message(
        &mut self,
        metadata: Metadata,
        task_metrics: Vec<domain::link::tcs::TaskMetrics>,
    ) {
        let timestamp = self.link.now().as_seconds();
        self.put(&FromAgent::Metrics(Metrics {
            metadata,
            timestamp,
            instance_metrics: None,
            task_metrics,
        }));
    }

    fn put_health(&mut self, tasks: &[TaskTelemetry]) {
        let healths: Vec<TaskHealth> = tasks.iter().filter_map(health_of).collect();
        let message_id = super::uuid();
        let chunks: Vec<_> = healths.chunks(TASKS_PER_MESSAGE).collect();
        let count = chunks.len();
        for (n, chunk) in chunks.into_iter().enumerate() {
            self.put(&FromAgent::Health(Health {
                metadata: Metadata { fin: n + 1 == count, ..self.metadata(&message_id) },
                timestamp: self.link.now().as_seconds(),
                tasks: chunk.to_vec(),
            }));
        }
    }

    fn put_status(&mut self) {
        let now = self.link.now().as_seconds();
        let EngineStatus { is_well, since } = self.engine;
        let mut status = json!({
            "type": "ContainerRuntime",
            "status": if is_well { "OK" } else { "IMPAIRED" },
            "lastUpdated": now,
            "lastStatusChange": since.as_seconds(),
        });
        if !is_well {
            status["statusReason"] = "the container engine does not answer".into();
        }
        let metadata = Metadata { request_id: super::uuid(), ..self.metadata("") };
        self.put(&FromAgent::InstanceStatus(InstanceStatus {
            metadata,
            timestamp: now,
            statuses: vec![status],
        }));
    }

    fn metadata(&self, message_id: &str) -> Metadata {
        Metadata {
            cluster: self.identity.cluster.clone(),
            container_instance: self.identity.container_instance_arn.clone(),
            message_id: message_id.to_owned(),
            ..Metadata::default()
        }
    }

    fn put(&mut self, message: &FromAgent) {
        let text = serde_json::to_string(message);
        self.ready.push_back(text.expect("plain data with text keys has a JSON form"));
    }
}

/// The health of a task that has a container with a check.
pub fn health_of(task: &TaskTelemetry) -> Option<TaskHealth> {
    let containers: Vec<_> =
        task.containers.iter().filter_map(|container| container.health.clone()).collect();
    (!containers.is_empty()).then(|| TaskHealth {
        task_arn: task.payload.arn.clone(),
        cluster_arn: task.payload.task_cluster_arn.clone(),
        task_definition_family: task.payload.family.clone(),
        task_definition_version: task.payload.version.clone(),
        containers,
    })
}
