//! A telemetry session as it runs.
//!
//! Invariants: every report is acknowledged, whether it changed anything or not: an agent that hears nothing for a minute comes again
//! and tells the same. A report of an instance changes that instance and its tasks only.

use super::{
    frame, health,
    metrics::{Sample, average},
};
use crate::{
    acs::desk::{Standing, standing},
    instance::Instance,
    shared::{Shared, StoreError},
    socket::{BoxFull, Incoming, SessionClock, Socket},
};
use domain::{
    instance::InstanceLink,
    link::tcs::{FromAgent, FromPlane, Metrics, TaskHealth, TaskMetrics},
    time::Timestamp,
};
use serde_json::Value as Json;
use std::sync::Arc;
use store::{Expect, Transaction};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_util::sync::CancellationToken;

#[derive(Debug, thiserror::Error)]
enum SessionError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Box(#[from] BoxFull),
}

/// Runs the telemetry session of `instance` on a websocket's connection until it ends or `stop` is cancelled.
pub(crate) async fn run<S: AsyncRead + AsyncWrite + Unpin + Send>(
    shared: Arc<Shared>,
    instance: Instance,
    connection: S,
    stop: CancellationToken,
) {
    let mut socket = Socket::accept(connection).await;
    let ending = talk(&shared, &instance, &mut socket, &stop).await;
    let id = &instance.id;
    match ending {
        Ok(None) => tracing::debug!(instance = %id, "telemetry ended"),
        Ok(Some((code, why))) => {
            tracing::debug!(instance = %id, why, "telemetry closed");
            socket.close(code, why).await;
        }
        Err(error) => {
            tracing::error!(instance = %id, error = &error as &dyn std::error::Error, "telemetry failed");
            socket.close(1011, "internal error").await;
        }
    }
}

/// Until the other end is gone (`None`) or we end it.
async fn talk<S: AsyncRead + AsyncWrite + Unpin + Send>(
    shared: &Shared,
    instance: &Instance,
    socket: &mut Socket<S>,
    stop: &CancellationToken,
) -> Result<Option<(u16, &'static str)>, SessionError> {
    let timing = shared.config.timing;
    let seat = shared.registry.enter(instance.key());
    let clock = SessionClock::new(shared.sources.now());
    let (mut heard_at, mut heartbeat_due) = (clock.now(), clock.now());
    loop {
        let now = clock.now();
        if now - heard_at > timing.lease {
            return Ok(Some((1001, "no word from the agent")));
        }
        if heartbeat_due <= now {
            heartbeat_due = now + timing.heartbeat_every;
            send(socket, &FromPlane::Heartbeat { healthy: true })?;
            // An agent that has nothing to tell shows by its answer that it is there.
            socket.ping()?;
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(Some((1001, "the control plane stops"))),
            () = seat.woken() => {
                let snapshot = shared.engine.snapshot().await.map_err(StoreError::from)?;
                if standing(&snapshot, instance).map_err(StoreError::from)? != Standing::Registered {
                    send(socket, &FromPlane::Stop { message: "the instance was deregistered".into() })?;
                    return Ok(Some((1000, "instance was deregistered")));
                }
            }
            incoming = socket.next() => match incoming {
                Incoming::Text(text) => {
                    heard_at = clock.now();
                    let answer = hear(shared, instance, &text, shared.sources.now()).await?;
                    answer.map_or(Ok(()), |answer| send(socket, &answer))?;
                }
                Incoming::Pulse => heard_at = clock.now(),
                Incoming::Closed(_) => return Ok(None),
            },
            () = clock.wait(heartbeat_due.min(heard_at + timing.lease + domain::time::Millis(1))) => {}
        }
    }
}

fn send<S: AsyncRead + AsyncWrite + Unpin>(
    socket: &mut Socket<S>,
    message: &FromPlane,
) -> Result<(), BoxFull> {
    socket.put(serde_json::to_string(message).expect("plain data with text keys has a JSON form"))
}

/// Applies what a frame tells and answers it; `None` for a frame that means nothing here.
async fn hear(
    shared: &Shared,
    instance: &Instance,
    text: &str,
    now: Timestamp,
) -> Result<Option<FromPlane>, SessionError> {
    let id = &instance.id;
    let message = match frame::read(text) {
        Ok(message) => message,
        Err(error) => {
            tracing::warn!(instance = %id, error = &error as &dyn std::error::Error, "telemetry frame means nothing here");
            return Ok(None);
        }
    };
    let (answer, outcome) = match message {
        FromAgent::Metrics(told) => {
            let message = told.metadata.message_id.clone();
            (FromPlane::AckMetrics { message }, keep(shared, instance, told, now).await)
        }
        FromAgent::Health(told) => {
            let message = told.metadata.message_id;
            (FromPlane::AckHealth { message }, apply_health(shared, instance, &told.tasks).await)
        }
        FromAgent::InstanceStatus(told) => {
            let message = told.metadata.request_id;
            (
                FromPlane::AckInstanceStatus { message },
                apply_status(shared, instance, &told.statuses).await,
            )
        }
    };
    match outcome {
        Ok(()) => Ok(Some(answer)),
        // The agent tells the same again in 20 s.
        Err(error @ (StoreError::Contended | StoreError::Commit(_))) => {
            tracing::warn!(instance = %id, error = &error as &dyn std::error::Error, "telemetry is not written");
            Ok(Some(answer))
        }
        Err(error @ (StoreError::Read(_) | StoreError::Watch(_))) => Err(error.into()),
    }
}

async fn keep(
    shared: &Shared,
    instance: &Instance,
    told: Metrics,
    now: Timestamp,
) -> Result<(), StoreError> {
    let snapshot = shared.engine.snapshot().await?;
    let mut samples = Vec::new();
    for TaskMetrics { task_arn, container_metrics, .. } in told.task_metrics {
        let Some(task) = instance.task_by_arn(&snapshot, &task_arn)? else { continue };
        let known = |name: &str| task.containers.iter().any(|container| container.name == name);
        for told in container_metrics.into_iter().filter(|told| known(&told.container_name)) {
            samples.push(Sample {
                scope: instance.scope.clone(),
                cluster: task.cluster.clone(),
                instance: instance.id.clone(),
                task: task.id.clone(),
                container: told.container_name.clone(),
                at: now,
                cpu_percent: average(told.cpu_stats_set.as_ref()),
                memory_mib: average(told.memory_stats_set.as_ref()),
                told,
            });
        }
    }
    shared.metrics.keep(samples, now);
    Ok(())
}

async fn apply_health(
    shared: &Shared,
    instance: &Instance,
    told: &[TaskHealth],
) -> Result<(), StoreError> {
    let decided = shared.settle(|snapshot| Ok(((), health::writes(snapshot, instance, told)?)));
    decided.await.map(|((), _)| ())
}

async fn apply_status(
    shared: &Shared,
    instance: &Instance,
    statuses: &[Json],
) -> Result<(), StoreError> {
    let key = instance.link_key();
    let decided = shared.settle(|snapshot| {
        let mut writes = Transaction::new();
        // Before its control session there is no link to write to.
        if let Some(found) = snapshot.get::<InstanceLink>(&key)?
            && let Some(health) = health::instance(found.health.as_ref(), statuses)
        {
            let link = InstanceLink { health: Some(health), ..(*found.record).clone() };
            writes.put(&key, Expect::Revision(found.modified), link);
        }
        Ok(((), writes))
    });
    decided.await.map(|((), _)| ())
}
