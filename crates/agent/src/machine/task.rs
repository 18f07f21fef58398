//! A task and its containers as the machine sees them.
//!
//! Invariants: `desired` only rises; a container that is `Stopped` stays so; `Entry`s are written to the log in the order things
//! happened and each at most once for each status. Not here: what to do next (`advance`).

use super::{
    JobId,
    health::{Health, Next},
    ledger::Room,
    log::{Entry, Log},
    order::Edges,
    report::ContainerChange,
};
use crate::driver::{Exit, Started};
use domain::{
    definition::RestartPolicy,
    exec::MANAGED_AGENT,
    id::TaskId,
    link::acs::{PayloadContainer, PayloadTask},
    status::{ContainerStatus, DesiredStatus, HealthStatus, TaskStatus},
    task::NetworkBinding,
    time::{Millis, Timestamp},
};
use std::sync::Arc;

/// ECS's default for `restartAttemptPeriod`.
const RESTART_ATTEMPT_PERIOD_S: i64 = 300;

/// Where a task is on this host; see the picture in `machine`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Waits until the host has room.
    Waiting,
    /// Its containers are on their way up, up, or on their way down.
    Active,
    /// All containers stopped; the driver frees what they had.
    Freeing(Freeing),
    /// Nothing of it is left on the host, but its last report may not be accepted yet.
    Over,
}

/// How freeing goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Freeing {
    pub(super) job: Option<JobId>,
    /// How often it did not work.
    pub(super) faults: u32,
    /// When to try again.
    pub(super) at: Timestamp,
}

/// Whether what the containers share is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prepared {
    No,
    Asked(JobId),
    Yes,
}

/// Where the file of a task is against the task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    /// They agree.
    Kept,
    /// The task has moved; write it.
    Due,
    /// Asked to be written; whether the task has moved since.
    Asked {
        /// Then it is written once more.
        moved: bool,
    },
    /// It could not be written; again at this time.
    Retry(Timestamp),
}

/// A task of this host.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) id: TaskId,
    pub(super) payload: Arc<PayloadTask>,
    /// The order of arrival on this host.
    pub(super) arrival: u64,
    pub(super) desired: DesiredStatus,
    /// The task's own reason, for what no container can be blamed for.
    pub(super) reason: String,
    pub(super) stage: Stage,
    pub(super) prepared: Prepared,
    /// In the payload's order.
    pub(super) containers: Vec<Container>,
    pub(super) edges: Edges,
    pub(super) room: Room,
    /// Something that goes by its name is still on the host and has to go first.
    pub(super) is_blocked: bool,
    /// Whether `room` is taken in the ledger.
    pub(super) holds_room: bool,
    pub(super) log: Log,
    pub(super) keeping: Keeping,
    /// There is a file, be it an older one: a restart knows the task. Only then the plane may hear of it.
    pub(super) has_file: bool,
    /// There could be no file: the plane hears only that it is over.
    pub(super) is_refused: bool,
    /// The last status in the log. Never goes back.
    pub(super) reported: Option<TaskStatus>,
    /// From the first pull's begin to the last one's end.
    pub(super) pulls: Option<(Timestamp, Timestamp)>,
    pub(super) execution_stopped_at: Option<Timestamp>,
    /// Whoever watched its containers is gone: nothing of it can start any more.
    pub(super) is_lost: bool,
    /// The plane has heard that it is STOPPED.
    pub(super) end_is_told: bool,
    /// When to look at it again though nothing happened.
    pub(super) alarm: Option<Timestamp>,
}

/// Where a container is: NONE → PULLED → CREATED → RUNNING → STOPPED, with the steps between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// NONE.
    Absent,
    Pulling(JobId),
    Pulled,
    Creating(JobId),
    /// Created, or ended and about to be started again by its restart policy.
    Created,
    Starting(JobId),
    Running,
    Stopped,
}

/// How a container's stop goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stopping {
    /// When to kill it, or to kill it again.
    pub(super) kill_at: Timestamp,
    pub(super) kills: u32,
    /// Its stop signal arrived: the next agent is not to send it again, nor to give it more time.
    pub(super) is_told: bool,
}

/// A container of a task.
#[derive(Clone, Debug)]
pub(super) struct Container {
    pub(super) name: String,
    pub(super) essential: bool,
    pub(super) start_timeout: Millis,
    pub(super) stop_timeout: Option<Millis>,
    pub(super) restart_policy: Option<RestartPolicy>,
    pub(super) state: State,
    pub(super) stopping: Option<Stopping>,
    /// The engine's id, once created.
    pub(super) runtime_id: Option<String>,
    pub(super) digest: Option<String>,
    pub(super) bindings: Vec<NetworkBinding>,
    /// ExecuteCommand may enter it.
    pub(super) is_open: bool,
    /// When its process last began, by the driver.
    pub(super) started: Option<Timestamp>,
    /// When the machine first saw it run.
    pub(super) up_since: Option<Timestamp>,
    pub(super) exit_code: Option<i64>,
    pub(super) reason: Option<String>,
    pub(super) restarts: u32,
    /// The exit that was dealt with last: a driver may tell it twice.
    pub(super) last_exit: Option<Exit>,
    /// An exit that was told before its start.
    pub(super) early_exit: Option<Exit>,
    pub(super) health: Option<Health>,
    /// The last status in the log. Never goes back.
    pub(super) reported: ContainerStatus,
}

impl Container {
    pub(super) fn new(payload: &PayloadContainer) -> Self {
        Self {
            name: payload.name.clone(),
            essential: payload.essential,
            start_timeout: Millis::from_s(payload.start_timeout.max(0)),
            stop_timeout: (payload.stop_timeout > 0).then(|| Millis::from_s(payload.stop_timeout)),
            restart_policy: payload.restart_policy.clone().filter(|policy| policy.enabled),
            state: State::Absent,
            stopping: None,
            runtime_id: None,
            digest: None,
            bindings: Vec::new(),
            is_open: payload.managed_agents.iter().any(|agent| agent["name"] == MANAGED_AGENT),
            started: None,
            up_since: None,
            exit_code: None,
            reason: None,
            restarts: 0,
            last_exit: None,
            early_exit: None,
            health: Health::of(payload),
            reported: ContainerStatus::Pending,
        }
    }

    pub(super) fn health_status(&self) -> HealthStatus {
        self.health.as_ref().map_or(HealthStatus::Unknown, |health| health.status)
    }

    /// Whether its restart policy starts it again after `exit` (spec/tasks.md §4).
    pub(super) fn restarts_after(&self, exit: &Exit) -> bool {
        let Some(policy) = &self.restart_policy else { return false };
        let is_ignored =
            policy.ignored_exit_codes.as_ref().is_some_and(|codes| codes.contains(&exit.code));
        let period = policy.restart_attempt_period.unwrap_or(RESTART_ATTEMPT_PERIOD_S);
        let ran = self.started.map_or(Millis(0), |started| exit.at - started);
        !is_ignored && ran >= Millis::from_s(period)
    }

    /// The container as a report shows it.
    pub(super) fn change(&self, status: ContainerStatus) -> ContainerChange {
        ContainerChange {
            name: self.name.clone(),
            runtime_id: self.runtime_id.clone(),
            status,
            exit_code: self.exit_code,
            reason: self.reason.clone(),
            image_digest: self.digest.clone(),
            network_bindings: self.bindings.clone(),
            is_open: self.is_open,
        }
    }

    /// Whether its process runs or is between two runs.
    pub(super) fn is_up(&self) -> bool {
        self.started.is_some() && self.state != State::Stopped
    }
}

impl Task {
    pub(super) fn new(id: TaskId, payload: Arc<PayloadTask>, edges: Edges, arrival: u64) -> Self {
        Self {
            id,
            arrival,
            desired: payload.desired_status,
            reason: String::new(),
            stage: Stage::Waiting,
            prepared: Prepared::No,
            containers: payload.containers.iter().map(Container::new).collect(),
            edges,
            room: Room::of(&payload),
            is_blocked: false,
            holds_room: false,
            log: Log::default(),
            keeping: Keeping::Due,
            has_file: false,
            is_refused: false,
            reported: None,
            pulls: None,
            execution_stopped_at: None,
            is_lost: false,
            end_is_told: false,
            alarm: None,
            payload,
        }
    }

    /// Wants the task to end, for `reason` if nothing else was said before. Never the other way.
    pub(super) fn end(&mut self, reason: &str) {
        if self.desired == DesiredStatus::Running {
            self.desired = DesiredStatus::Stopped;
            self.keeping.move_on();
        }
        if self.reason.is_empty() && !reason.is_empty() {
            self.reason = reason.to_owned();
            self.keeping.move_on();
        }
    }

    /// The index of the container called `name`.
    pub(super) fn index(&self, name: &str) -> Option<usize> {
        self.containers.iter().position(|container| container.name == name)
    }

    /// Container `one` runs. Says nothing to anybody if it did before.
    pub(super) fn started(&mut self, one: usize, started: Started, now: Timestamp) {
        let container = &mut self.containers[one];
        container.state = State::Running;
        container.started = Some(started.at);
        container.up_since = container.up_since.or(Some(now));
        container.bindings = started.bindings;
        if let Some(health) = &mut container.health {
            health.begin(started.at, now);
        }
        if container.reported < ContainerStatus::Running {
            container.reported = ContainerStatus::Running;
            let change = container.change(ContainerStatus::Running);
            self.log.push(Entry::Container(change), now);
        }
        self.keeping.move_on();
        self.report_running(now);
    }

    /// RUNNING is when every container runs or is past that; an end that is on its way comes before it.
    fn report_running(&mut self, now: Timestamp) {
        let is_past = |it: &Container| it.started.is_some() || it.state == State::Stopped;
        if self.desired == DesiredStatus::Running
            && self.reported.is_none()
            && self.containers.iter().all(is_past)
            && self.containers.iter().any(Container::is_up)
        {
            self.reported = Some(TaskStatus::Running);
            self.log.push(Entry::Task(TaskStatus::Running, String::new()), now);
        }
    }

    /// Container `one` is at its end, for good. `at` is when, where anybody knows.
    pub(super) fn stopped(&mut self, one: usize, at: Timestamp, now: Timestamp) {
        let container = &mut self.containers[one];
        assert!(container.state != State::Stopped, "a container stops once");
        container.state = State::Stopped;
        container.stopping = None;
        if let Some(health) = &mut container.health {
            health.next = Next::Never;
        }
        if container.reported < ContainerStatus::Stopped {
            container.reported = ContainerStatus::Stopped;
            let change = container.change(ContainerStatus::Stopped);
            self.log.push(Entry::Container(change), now);
        }
        if container.essential {
            // The scheduler replaces a service's task when it knows; freeing this one takes longer than that.
            let is_missed = self.desired == DesiredStatus::Running
                && self.reported == Some(TaskStatus::Running)
                && !self.payload.service_name.is_empty();
            if is_missed {
                self.log.hasten(now);
            }
            self.execution_stopped_at = self.execution_stopped_at.or(Some(at));
            self.end("");
        }
        if self.all_stopped() {
            self.end("");
        }
        self.keeping.move_on();
        self.report_running(now);
    }

    /// Everything is over: the last thing that is ever said of this task.
    pub(super) fn conclude(&mut self, now: Timestamp) {
        if self.reported != Some(TaskStatus::Stopped) {
            self.reported = Some(TaskStatus::Stopped);
            self.log.push(Entry::Task(TaskStatus::Stopped, self.reason.clone()), now);
        }
    }

    pub(super) fn all_stopped(&self) -> bool {
        self.containers.iter().all(|container| container.state == State::Stopped)
    }
}

impl Keeping {
    /// The task moved.
    pub(super) fn move_on(&mut self) {
        match self {
            Self::Kept => *self = Self::Due,
            Self::Asked { moved } => *moved = true,
            Self::Due | Self::Retry(_) => {}
        }
    }
}
