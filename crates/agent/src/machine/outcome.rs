//! What answers and events change in a task. Each arrives at most once; one that comes too late finds nobody waiting for it.

use super::{
    Action, Desk, Effect, Outcome, Step,
    health::Next,
    task::{Freeing, Keeping, Prepared, Stage, State, Task},
};
use crate::driver::{ContainerFault, Exit, FaultName, Probe, Signal, Started};
use domain::{
    status::ContainerStatus,
    time::{Millis, Timestamp},
};

/// ECS's text for a container that ran out of memory (spec/tasks.md §4).
const OUT_OF_MEMORY: &str = "Container killed due to memory usage";
/// Between two tries to free a task, doubled each time.
const FREE_AGAIN: Millis = Millis(200);
const FREE_AGAIN_MAX: Millis = Millis::from_s(30);
/// After so many tries (about 12 s) the task is reported STOPPED although something of it is left. It keeps its room until that is gone.
const FREE_FAULTS_PATIENCE: u32 = 6;

impl Task {
    /// The answer to `step`.
    pub(super) fn done(&mut self, step: Step, outcome: Outcome, desk: &mut Desk<'_>) {
        match step {
            Step::Prepare => self.prepare_done(outcome, desk),
            Step::Pull(one) => self.pull_done(one, outcome, desk.now),
            Step::Create(one) => self.create_done(one, outcome, desk.now),
            Step::Start(one) => self.start_done(one, outcome, desk),
            Step::Probe(one) => self.probe_done(one, outcome, desk),
            Step::Signal(one) => self.signal_done(one, &outcome),
            Step::Remove => self.remove_done(outcome, desk),
            Step::Submit => match outcome {
                Outcome::Accepted | Outcome::Refused(_) => {
                    self.end_is_told |= self.log.answered(desk.now);
                }
                _ => self.log.unanswered(desk.now, spread(self.id.as_str())),
            },
        }
    }

    fn prepare_done(&mut self, outcome: Outcome, desk: &Desk<'_>) {
        match outcome {
            Outcome::Prepared => self.prepared = Prepared::Yes,
            other => {
                self.prepared = Prepared::No;
                let fault = fault(other, "RESOURCES_PROVISIONED", desk.settings.prepare_limit);
                self.end(&fault.to_string());
            }
        }
    }

    fn pull_done(&mut self, one: usize, outcome: Outcome, now: Timestamp) {
        match outcome {
            Outcome::Pulled(pulled) => {
                let container = &mut self.containers[one];
                container.state = State::Pulled;
                container.digest = pulled.digest;
                if let Some((start, stop)) = pulled.pulled {
                    let (first, last) = self.pulls.unwrap_or((start, stop));
                    self.pulls = Some((first.min(start), last.max(stop)));
                }
            }
            other => self.failed(one, &fault(other, "PULLED", super::PULL_LIMIT), now),
        }
    }

    fn create_done(&mut self, one: usize, outcome: Outcome, now: Timestamp) {
        match outcome {
            Outcome::Created(id) => {
                let container = &mut self.containers[one];
                container.state = State::Created;
                container.runtime_id = Some(id);
            }
            other => self.failed(one, &fault(other, "CREATED", super::CREATE_LIMIT), now),
        }
    }

    fn start_done(&mut self, one: usize, outcome: Outcome, desk: &mut Desk<'_>) {
        match outcome {
            Outcome::Started(started) => {
                self.started(one, started, desk.now);
                if self.is_lost {
                    self.gone(one, desk.now);
                } else if let Some(exit) = self.containers[one].early_exit.take() {
                    self.exited(one, exit, desk);
                }
            }
            other => {
                if matches!(other, Outcome::TimedOut) {
                    // It may have started all the same; as far as the task goes it has not.
                    let action = Action::Signal(self.key(one), Signal::Kill);
                    desk.ask(&self.id, Step::Signal(one), action);
                }
                let container = &mut self.containers[one];
                let known = container.early_exit.take().or(container.last_exit.take());
                container.exit_code = known.map(|exit| exit.code);
                self.failed(one, &fault(other, "RUNNING", super::START_LIMIT), desk.now);
            }
        }
    }

    fn probe_done(&mut self, one: usize, outcome: Outcome, desk: &mut Desk<'_>) {
        let container = &mut self.containers[one];
        let Some(health) = &mut container.health else { return };
        if container.state != State::Running {
            health.next = Next::Never;
            return;
        }
        let probe = match outcome {
            Outcome::Probed(probe) => Ok(probe),
            Outcome::Faulted(fault) => Err(fault.to_string()),
            _ => Ok(Probe::TimedOut),
        };
        if health.answer(probe, desk.now) {
            desk.out.push(Effect::HealthChanged);
            self.keeping.move_on();
        }
    }

    /// What counts is the exit; if it does not come, the next kill does. But who was told to stop is not told again by the next agent. It
    /// is written down only now: one that is killed in between says it twice, which is better than never.
    fn signal_done(&mut self, one: usize, outcome: &Outcome) {
        if let (Outcome::Signalled, Some(stopping)) = (outcome, &mut self.containers[one].stopping)
            && !stopping.is_told
        {
            stopping.is_told = true;
            self.keeping.move_on();
        }
    }

    fn remove_done(&mut self, outcome: Outcome, desk: &Desk<'_>) {
        let Stage::Freeing(freeing) = self.stage else { return };
        if matches!(outcome, Outcome::Removed) {
            self.stage = Stage::Over;
            self.conclude(desk.now);
            return;
        }
        let faults = freeing.faults + 1;
        let wait = FREE_AGAIN.0.saturating_mul(1 << faults.min(20)).min(FREE_AGAIN_MAX.0);
        self.stage = Stage::Freeing(Freeing { job: None, faults, at: desk.now + Millis(wait) });
        if faults == FREE_FAULTS_PATIENCE {
            self.end(&fault(outcome, "STOPPED", super::REMOVE_LIMIT).to_string());
            self.conclude(desk.now);
        }
    }

    /// A container's process ended. Told twice, or of an earlier run, it changes nothing.
    pub(super) fn exited(&mut self, one: usize, exit: Exit, desk: &mut Desk<'_>) {
        let container = &mut self.containers[one];
        if container.last_exit.as_ref() == Some(&exit) {
            return;
        }
        match container.state {
            State::Starting(_) => container.early_exit = Some(exit),
            State::Running => {
                let may_restart = self.desired == domain::status::DesiredStatus::Running;
                if may_restart && container.restarts_after(&exit) {
                    self.restart(one, exit, desk);
                } else {
                    self.ended(one, exit, desk);
                }
            }
            State::Absent
            | State::Pulling(_)
            | State::Pulled
            | State::Creating(_)
            | State::Created
            | State::Stopped => {}
        }
    }

    fn restart(&mut self, one: usize, exit: Exit, desk: &mut Desk<'_>) {
        self.quiet_health(one, desk);
        let container = &mut self.containers[one];
        container.state = State::Created;
        container.restarts += 1;
        container.last_exit = Some(exit);
        if let Some(health) = &mut container.health
            && health.reset(desk.now)
        {
            desk.out.push(Effect::HealthChanged);
        }
        self.keeping.move_on();
    }

    fn ended(&mut self, one: usize, exit: Exit, desk: &mut Desk<'_>) {
        self.quiet_health(one, desk);
        let container = &mut self.containers[one];
        container.exit_code = Some(exit.code);
        if exit.out_of_memory {
            container.reason = Some(format!("{:?}: {OUT_OF_MEMORY}", FaultName::OutOfMemoryError));
        }
        let at = exit.at;
        container.last_exit = Some(exit);
        self.stopped(one, at, desk.now);
    }

    /// A probe that is under way has nobody left to ask.
    fn quiet_health(&mut self, one: usize, desk: &mut Desk<'_>) {
        if let Some(health) = &mut self.containers[one].health
            && let Next::After(job) = std::mem::replace(&mut health.next, Next::Never)
        {
            desk.cancel(job);
        }
    }

    /// Whoever watched the task's containers died, and they with it; nobody knows their exit codes.
    pub(super) fn lost(&mut self, desk: &mut Desk<'_>) {
        self.is_lost = true;
        for one in 0..self.containers.len() {
            let container = &self.containers[one];
            if container.state == State::Running
                || container.state == State::Created && container.is_up()
            {
                self.quiet_health(one, desk);
                self.gone(one, desk.now);
            }
        }
        self.end(&format!(
            "{:?}: the process that watches the task's containers died",
            FaultName::InternalError
        ));
    }

    /// Container `one` did run, and now does not, and nobody saw it end.
    pub(super) fn gone(&mut self, one: usize, now: Timestamp) {
        self.containers[one].reason = Some(format!(
            "{:?}: the container is gone and its exit code is not known",
            FaultName::ContainerVanishedError
        ));
        self.stopped(one, now, now);
    }

    fn failed(&mut self, one: usize, fault: &ContainerFault, now: Timestamp) {
        self.containers[one].reason = Some(fault.to_string());
        self.stopped(one, now, now);
    }

    /// As found on the host: container `one` ran and its process ended while nobody listened.
    pub(super) fn found_exited(&mut self, one: usize, exit: Exit, desk: &mut Desk<'_>) {
        if self.containers[one].reported < ContainerStatus::Running {
            self.started(one, Started { at: exit.at, bindings: Vec::new() }, desk.now);
        } else {
            self.containers[one].state = State::Running;
        }
        self.exited(one, exit, desk);
    }

    /// The file was written, or could not be. A host that cannot write a task down does not take it.
    pub(super) fn kept(&mut self, result: Result<(), String>, now: Timestamp) {
        match result {
            Ok(()) => {
                self.has_file = true;
                self.keeping = match self.keeping {
                    Keeping::Asked { moved: true } => Keeping::Due,
                    _ => Keeping::Kept,
                };
            }
            Err(why) => {
                self.keeping = Keeping::Retry(now + super::KEEP_AGAIN);
                if !self.has_file {
                    self.is_refused = true;
                    self.end(&format!("{:?}: {why}", FaultName::ResourceInitializationError));
                }
            }
        }
    }
}

/// An answer that is not the wanted one, as ECS names it.
fn fault(outcome: Outcome, wanted: &str, limit: Millis) -> ContainerFault {
    match outcome {
        Outcome::Faulted(fault) => fault,
        Outcome::TimedOut => ContainerFault {
            name: FaultName::DockerTimeoutError,
            text: format!(
                "Could not transition to {wanted}; timed out after waiting {}",
                in_words(limit)
            ),
        },
        other => ContainerFault {
            name: FaultName::InternalError,
            text: format!("the driver answered {other:?} where {wanted} was asked for"),
        },
    }
}

/// `4m0s`, as ECS writes lengths of time.
fn in_words(length: Millis) -> String {
    let seconds = length.0 / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds}s"),
        (0, _) => format!("{minutes}m{seconds}s"),
        (_, _) => format!("{hours}h{minutes}m{seconds}s"),
    }
}

/// A number that is always the same for one id and mostly another for another one (FNV-1a).
fn spread(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
