//! A container's health check as a schedule: when to probe, and what the verdicts add up to (spec/tasks.md §4).
//!
//! The rules are Docker's: the first probe comes one interval after the start, the next one interval after a verdict; `retries`
//! failures in a row make it UNHEALTHY, one success makes it HEALTHY; failures within the start period do not count, and a success
//! ends that period. Invariant: one probe at a time. Not here: what others do with the verdict. The agent stops no container for it.

use super::JobId;
use crate::driver::Probe;
use domain::{
    link::{acs::PayloadContainer, docker::Config},
    status::HealthStatus,
    time::{Millis, Timestamp},
};

/// Docker's own defaults for members that are 0, but ECS's for the timeout.
const INTERVAL: Millis = Millis::from_s(30);
const TIMEOUT: Millis = Millis::from_s(5);
const RETRIES: i64 = 3;
/// What is kept of a probe's output for `statusMessage`.
const MESSAGE_CHARS_MAX: usize = 256;

/// When to ask next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The container does not run.
    Never,
    /// Then.
    At(Timestamp),
    /// When this one is answered.
    After(JobId),
}

/// A check and its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Health {
    pub(super) command: Vec<String>,
    pub(super) timeout: Millis,
    interval: Millis,
    retries: i64,
    start_period: Millis,
    pub(super) status: HealthStatus,
    pub(super) since: Timestamp,
    pub(super) message: Option<String>,
    pub(super) next: Next,
    grace_until: Timestamp,
    failures: i64,
}

impl Health {
    /// The check of `container`, if its definition has one. An image's own check does not count.
    pub(super) fn of(container: &PayloadContainer) -> Option<Self> {
        if container.health_check_type != "docker" {
            return None;
        }
        let config: Config = serde_json::from_str(&container.docker_config.config).ok()?;
        let check = config.healthcheck?;
        let command = match check.test.split_first() {
            Some((kind, rest)) if kind == "CMD" => rest.to_vec(),
            Some((kind, rest)) if kind == "CMD-SHELL" => {
                vec!["/bin/sh".to_owned(), "-c".to_owned(), rest.join(" ")]
            }
            Some((kind, _)) if kind == "NONE" => return None,
            Some(_) => check.test.clone(),
            None => return None,
        };
        let or = |ns: i64, default: Millis| if ns > 0 { Millis(ns / 1_000_000) } else { default };
        (!command.is_empty()).then(|| Self {
            command,
            timeout: or(check.timeout, TIMEOUT),
            interval: or(check.interval, INTERVAL),
            retries: if check.retries > 0 { check.retries } else { RETRIES },
            start_period: or(check.start_period, Millis(0)),
            status: HealthStatus::Unknown,
            since: Timestamp(0),
            message: None,
            next: Next::Never,
            grace_until: Timestamp(0),
            failures: 0,
        })
    }

    /// The container's process began at `started`, which may be a while ago when the agent came back.
    pub(super) fn begin(&mut self, started: Timestamp, now: Timestamp) {
        self.failures = 0;
        self.grace_until = started + self.start_period;
        self.next = Next::At(now + self.interval);
    }

    /// Back to no verdict, as when the process is started again. Says whether the status changed.
    pub(super) fn reset(&mut self, now: Timestamp) -> bool {
        self.next = Next::Never;
        self.message = None;
        self.turn(HealthStatus::Unknown, now)
    }

    /// Takes a probe's answer; an engine that could not ask counts as a failure. Says whether the status changed.
    pub(super) fn answer(&mut self, probe: Result<Probe, String>, now: Timestamp) -> bool {
        self.next = Next::At(now + self.interval);
        let failure = match probe {
            Ok(Probe::Ended { code: 0, output }) => {
                self.message = message(output);
                self.failures = 0;
                self.grace_until = Timestamp(0);
                return self.turn(HealthStatus::Healthy, now);
            }
            Ok(Probe::Ended { output, .. }) => output,
            Ok(Probe::TimedOut) => {
                format!("Health check exceeded timeout ({} ms)", self.timeout.0)
            }
            Err(why) => why,
        };
        self.message = message(failure);
        if now < self.grace_until {
            return false;
        }
        self.failures += 1;
        self.failures >= self.retries && self.turn(HealthStatus::Unhealthy, now)
    }

    fn turn(&mut self, status: HealthStatus, now: Timestamp) -> bool {
        let turns = self.status != status;
        if turns {
            self.status = status;
            self.since = now;
        }
        turns
    }
}

fn message(output: String) -> Option<String> {
    let text = output.trim();
    (!text.is_empty()).then(|| text.chars().take(MESSAGE_CHARS_MAX).collect())
}
