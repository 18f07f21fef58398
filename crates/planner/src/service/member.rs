//! A service's task as its scheduler sees it, and how it stands at a moment.
//!
//! Invariant: a standing follows from the task's record, from where it is and from the time alone; it also says when it changes by time.

use crate::rules::Rules;
use domain::{
    key::Key,
    status::{DesiredStatus, HealthStatus, StopCode, TaskStatus},
    task::Task,
    time::{Millis, Timestamp},
};
use std::sync::Arc;

/// What a task is told that was stopped because its health checks did not pass. ECS's words.
pub(crate) const UNHEALTHY: &str = "Task failed container health checks";

/// A task that ended by itself sooner than this after it had started is short-lived (docs/decisions/0012).
pub(crate) const SHORT_LIFE: Millis = Millis::from_s(10);

/// What the rules look at of a service's task.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    /// The number of its deployment or task set.
    pub(crate) deployment: u64,
    pub(crate) desired: DesiredStatus,
    pub(crate) last: TaskStatus,
    pub(crate) health: HealthStatus,
    pub(crate) created_at: Timestamp,
    pub(crate) started_at: Option<Timestamp>,
    pub(crate) stopped_at: Option<Timestamp>,
    pub(crate) end: End,
    pub(crate) protected_until: Option<Timestamp>,
    pub(crate) tallied: bool,
    pub(crate) instance: Option<Key>,
    pub(crate) zone: Option<Arc<str>>,
    pub(crate) provider: Option<Arc<str>>,
    /// Of Fargate: its zone is its subnet's, not its host's.
    pub(crate) is_fargate: bool,
}

/// Why a task ended, as far as anything is counted by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It never reached RUNNING, and nobody wanted that.
    Failed,
    /// It ended by itself soon after it had started.
    Short,
    /// Its health checks did not pass.
    Unhealthy,
    /// Somebody wanted it, its host went away, or it had run for long enough.
    Other,
}

/// Where a task is, as far as it changes how the task stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Whereabouts {
    /// Its essential containers have health checks.
    pub(crate) has_checks: bool,
    /// Its instance is DRAINING, or its host in Fargate's pool.
    pub(crate) is_draining: bool,
    /// Its instance's agent is not connected, so that nobody knows how it is.
    pub(crate) is_away: bool,
}

/// How a task that is to run is doing. The order is that in which tasks are given up where there are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    /// RUNNING, and its health checks do not pass.
    Unhealthy,
    /// It waits for an instance.
    Waiting,
    /// On an instance, but not RUNNING yet.
    Pending,
    /// RUNNING, its checks do not pass, but that does not count yet.
    Excused,
    /// RUNNING, and not known to be healthy yet.
    Young,
    /// RUNNING, but its agent is away.
    Away,
    /// RUNNING and healthy.
    Healthy,
}

impl Phase {
    pub(crate) const ALL: [Self; 7] = [
        Self::Unhealthy,
        Self::Waiting,
        Self::Pending,
        Self::Excused,
        Self::Young,
        Self::Away,
        Self::Healthy,
    ];

    /// Whether its task is RUNNING.
    pub(crate) fn is_running(self) -> bool {
        !matches!(self, Self::Waiting | Self::Pending)
    }
}

/// Where a task stands among those of its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is to run; whether its instance is DRAINING.
    Kept(Phase, bool),
    /// It is to end, and still PENDING or RUNNING.
    Leaving,
    /// It is past RUNNING, but not STOPPED.
    Closing,
    /// STOPPED, and not tallied.
    Ended,
    /// STOPPED and tallied: nothing is due for it here.
    Over,
}

impl Member {
    /// Of a record; `None` if it is no service's.
    pub(crate) fn of(task: &Task, instance: Option<&Key>) -> Option<Self> {
        let deployment = task.owner()?.deployment.parse().ok()?;
        Some(Self {
            deployment,
            desired: task.desired,
            last: task.last,
            health: task.health,
            created_at: task.created_at,
            started_at: task.started_at,
            stopped_at: task.stopped_at,
            end: end_of(task),
            protected_until: task.protected_until,
            tallied: task.tallied,
            instance: instance.cloned(),
            zone: task.availability_zone.as_deref().map(Arc::from),
            provider: task.capacity_provider.as_deref().map(Arc::from),
            is_fargate: task.is_fargate(),
        })
    }

    /// Whether scale-in and deployments leave it alone.
    pub(crate) fn is_protected(&self, now: Timestamp) -> bool {
        self.protected_until.is_some_and(|until| now < until)
    }

    /// How it stands at `now`, and when that changes if no fact does. `grace` is the time after its start in which its health does not
    /// count.
    pub(crate) fn stands(
        &self,
        now: Timestamp,
        at: Whereabouts,
        grace: Millis,
        rules: &Rules,
    ) -> (Standing, Option<Timestamp>) {
        if self.last == TaskStatus::Stopped {
            let over = if self.tallied { Standing::Over } else { Standing::Ended };
            return (over, None);
        }
        if self.last > TaskStatus::Running {
            return (Standing::Closing, None);
        }
        if self.desired == DesiredStatus::Stopped {
            return (Standing::Leaving, None);
        }
        let (phase, changes) = self.phase(now, at, grace, rules);
        let unprotected = self.protected_until.filter(|until| now < *until);
        (Standing::Kept(phase, at.is_draining), changes.into_iter().chain(unprotected).min())
    }

    fn phase(
        &self,
        now: Timestamp,
        at: Whereabouts,
        grace: Millis,
        rules: &Rules,
    ) -> (Phase, Option<Timestamp>) {
        if self.last < TaskStatus::Running {
            let phase = if self.instance.is_none() { Phase::Waiting } else { Phase::Pending };
            return (phase, None);
        }
        if at.is_away {
            return (Phase::Away, None);
        }
        let started = self.started_at.unwrap_or(self.created_at);
        let until = |moment: Timestamp, before: Phase, then: Phase| {
            if now < moment { (before, Some(moment)) } else { (then, None) }
        };
        match (at.has_checks, self.health) {
            (true, HealthStatus::Healthy) => (Phase::Healthy, None),
            (true, HealthStatus::Unknown) => (Phase::Young, None),
            (true, HealthStatus::Unhealthy) => {
                until(started + grace, Phase::Excused, Phase::Unhealthy)
            }
            (false, _) => until(started + rules.healthy_after, Phase::Young, Phase::Healthy),
        }
    }
}

fn end_of(task: &Task) -> End {
    let code = task.stop.as_ref().map(|stop| stop.code);
    let by_itself = match code {
        None | Some(StopCode::TaskFailedToStart | StopCode::EssentialContainerExited) => true,
        Some(StopCode::ServiceSchedulerInitiated) => {
            let is_unhealthy = task.stop.as_ref().is_some_and(|stop| stop.reason == UNHEALTHY);
            return if is_unhealthy { End::Unhealthy } else { End::Other };
        }
        Some(
            StopCode::UserInitiated | StopCode::SpotInterruption | StopCode::TerminationNotice,
        ) => false,
    };
    let Some(started) = task.started_at else {
        return if by_itself { End::Failed } else { End::Other };
    };
    let ended = task.execution_stopped_at.or(task.stopping_at).or(task.stopped_at);
    let is_short = ended.is_some_and(|ended| ended - started < SHORT_LIFE);
    if by_itself && is_short { End::Short } else { End::Other }
}
