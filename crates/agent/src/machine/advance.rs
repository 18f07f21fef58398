//! Moves one task as far as it goes without waiting: what is asked next follows from where its containers are, not from what happened.
//!
//! Invariant: calling it twice in a row asks nothing twice. Not here: what answers change (`outcome`), who is let in (`machine`).

use super::{
    Action, Desk, Effect, Step,
    health::Next,
    kept::Kept,
    order::Verdict,
    task::{Freeing, Keeping, Prepared, Stage, State, Stopping, Task},
};
use crate::driver::{ContainerKey, FaultName, Signal};
use domain::{
    status::DesiredStatus,
    time::{Millis, Timestamp},
};
use std::sync::Arc;

/// What a container that was never started for want of its dependencies is said to have ended with (agent-protocol.md §7).
const EXIT_CODE_UNRESOLVED: i64 = 143;
/// A container that this many kills did not end is given up; freeing its task then is the last resort.
const KILLS_MAX: u32 = 6;
/// Between two kills, doubled each time.
const KILL_AGAIN: Millis = Millis::from_s(1);
const KILL_AGAIN_MAX: Millis = Millis::from_s(30);

impl Task {
    pub(super) fn advance(&mut self, desk: &mut Desk<'_>) {
        match self.stage {
            Stage::Waiting => self.give_up_waiting(desk),
            Stage::Active => self.advance_containers(desk),
            Stage::Freeing(_) | Stage::Over => {}
        }
        if let Stage::Freeing(freeing) = self.stage {
            self.free(freeing, desk);
        }
        self.say(desk);
        self.keep(desk);
        self.alarm = self.next_alarm(desk.now);
    }

    /// A task that is to end while it waits for room never was on the host.
    fn give_up_waiting(&mut self, desk: &Desk<'_>) {
        if self.desired == DesiredStatus::Running || self.is_blocked {
            return;
        }
        for one in 0..self.containers.len() {
            if self.containers[one].state != State::Stopped {
                self.stopped(one, desk.now, desk.now);
            }
        }
        self.stage = Stage::Over;
        self.conclude(desk.now);
    }

    fn advance_containers(&mut self, desk: &mut Desk<'_>) {
        if self.desired == DesiredStatus::Running {
            self.prepare(desk);
            // A container that will never start may decide others behind it, or the whole task.
            while self.start_containers(desk) && self.desired == DesiredStatus::Running {}
        }
        if self.desired == DesiredStatus::Stopped {
            while self.stop_containers(desk) {}
        }
        if self.all_stopped() && !matches!(self.prepared, Prepared::Asked(_)) {
            self.end("");
            self.stage = Stage::Freeing(Freeing { job: None, faults: 0, at: desk.now });
        }
    }

    fn prepare(&mut self, desk: &mut Desk<'_>) {
        let wants_it =
            self.containers.iter().any(|it| !matches!(it.state, State::Running | State::Stopped));
        if self.prepared == Prepared::No && wants_it {
            let action = Action::Prepare(Arc::clone(&self.payload));
            let job = desk.ask(&self.id, Step::Prepare, action);
            self.prepared = Prepared::Asked(job);
        }
    }

    /// One pass in the payload's order; whether a container was given up.
    fn start_containers(&mut self, desk: &mut Desk<'_>) -> bool {
        let mut gave_up = false;
        for one in 0..self.containers.len() {
            let name = self.containers[one].name.clone();
            let payload = Arc::clone(&self.payload);
            let is_prepared = self.prepared == Prepared::Yes;
            if self.is_hopeless(one, desk) {
                gave_up = true;
                continue;
            }
            match self.containers[one].state {
                // Images come at once and together; what has to wait is the container.
                State::Absent => {
                    let job = desk.ask(&self.id, Step::Pull(one), Action::Pull(payload, name));
                    self.containers[one].state = State::Pulling(job);
                }
                State::Pulled if is_prepared => {
                    let verdict = self.edges.verdict(&self.containers, one, desk.now);
                    if verdict == Verdict::Ready {
                        let job =
                            desk.ask(&self.id, Step::Create(one), Action::Create(payload, name));
                        self.containers[one].state = State::Creating(job);
                    }
                }
                State::Created if is_prepared => {
                    let job = desk.ask(&self.id, Step::Start(one), Action::Start(payload, name));
                    self.containers[one].state = State::Starting(job);
                }
                State::Running => self.probe(one, desk),
                State::Pulling(_)
                | State::Pulled
                | State::Creating(_)
                | State::Created
                | State::Starting(_)
                | State::Stopped => {}
            }
        }
        gave_up
    }

    /// Gives up a container that will never be created for want of its dependencies; whether it was one.
    fn is_hopeless(&mut self, one: usize, desk: &mut Desk<'_>) -> bool {
        let pull = match self.containers[one].state {
            State::Absent | State::Pulled => None,
            State::Pulling(job) => Some(job),
            State::Creating(_)
            | State::Created
            | State::Starting(_)
            | State::Running
            | State::Stopped => return false,
        };
        let verdict = self.edges.verdict(&self.containers, one, desk.now);
        let Verdict::Never(why) = verdict else { return false };
        if let Some(job) = pull {
            desk.cancel(job);
        }
        let container = &mut self.containers[one];
        container.exit_code = Some(EXIT_CODE_UNRESOLVED);
        container.reason = Some(format!("{:?}: {why}", FaultName::CannotStartContainerError));
        self.stopped(one, desk.now, desk.now);
        true
    }

    fn probe(&mut self, one: usize, desk: &mut Desk<'_>) {
        let key = self.key(one);
        let Some(health) = &mut self.containers[one].health else { return };
        if let Next::At(at) = health.next
            && at <= desk.now
        {
            let action = Action::Probe(key, health.command.clone(), health.timeout);
            health.next = Next::After(desk.ask(&self.id, Step::Probe(one), action));
        }
    }

    /// One pass against the order of starting; whether a container stopped, which may release others.
    fn stop_containers(&mut self, desk: &mut Desk<'_>) -> bool {
        let mut any_stopped = false;
        for one in 0..self.containers.len() {
            match self.containers[one].state {
                State::Absent | State::Pulled | State::Created => {
                    self.stopped(one, desk.now, desk.now);
                    any_stopped = true;
                }
                State::Pulling(job) => {
                    desk.cancel(job);
                    self.stopped(one, desk.now, desk.now);
                    any_stopped = true;
                }
                // They take a moment, and the engine is left in a known state.
                State::Creating(_) | State::Starting(_) | State::Stopped => {}
                State::Running => any_stopped |= self.stop_running(one, desk),
            }
        }
        any_stopped
    }

    /// Signals a running container when its turn has come; whether it was given up.
    fn stop_running(&mut self, one: usize, desk: &mut Desk<'_>) -> bool {
        let key = self.key(one);
        let container = &mut self.containers[one];
        if let Some(health) = &mut container.health
            && let Next::After(job) = std::mem::replace(&mut health.next, Next::Never)
        {
            desk.cancel(job);
        }
        let Some(stopping) = container.stopping else {
            if self.edges.is_released(&self.containers, one) {
                let container = &mut self.containers[one];
                let wait = container.stop_timeout.unwrap_or(desk.settings.stop_timeout);
                let kill_at = desk.now + wait;
                container.stopping = Some(Stopping { kill_at, kills: 0, is_told: false });
                desk.ask(&self.id, Step::Signal(one), Action::Signal(key, Signal::Stop));
            }
            return false;
        };
        if desk.now < stopping.kill_at {
            return false;
        }
        if stopping.kills == KILLS_MAX {
            container.reason = Some(format!(
                "{:?}: the process did not end after {KILLS_MAX} kills",
                FaultName::CannotStopContainerError
            ));
            self.stopped(one, desk.now, desk.now);
            return true;
        }
        let wait = KILL_AGAIN.0.saturating_mul(1 << stopping.kills).min(KILL_AGAIN_MAX.0);
        let kill_at = desk.now + Millis(wait);
        container.stopping = Some(Stopping { kill_at, kills: stopping.kills + 1, ..stopping });
        desk.ask(&self.id, Step::Signal(one), Action::Signal(key, Signal::Kill));
        false
    }

    /// Exit codes are lost with what is freed, so they are written down first; but a full disk keeps no task from ending.
    fn free(&mut self, freeing: Freeing, desk: &mut Desk<'_>) {
        let is_written = matches!(self.keeping, Keeping::Kept | Keeping::Retry(_));
        if is_written && freeing.job.is_none() && freeing.at <= desk.now {
            let action = Action::Remove(self.id.as_str().to_owned());
            let job = Some(desk.ask(&self.id, Step::Remove, action));
            self.stage = Stage::Freeing(Freeing { job, ..freeing });
        }
    }

    /// A task that the plane has heard of is one that the next agent must find, so its file comes first.
    fn say(&mut self, desk: &mut Desk<'_>) {
        let may_be_told = self.has_file || self.is_refused;
        if may_be_told && self.log.due().is_some_and(|at| at <= desk.now) {
            let (report, taken) =
                self.log.compose(&self.payload, self.pulls, self.execution_stopped_at);
            let job = desk.ask(&self.id, Step::Submit, Action::Submit(report));
            self.log.sent(job, taken);
        }
    }

    fn keep(&mut self, desk: &mut Desk<'_>) {
        let is_due = match self.keeping {
            Keeping::Due => true,
            Keeping::Retry(at) => at <= desk.now,
            Keeping::Kept | Keeping::Asked { .. } => false,
        };
        if is_due {
            self.keeping = Keeping::Asked { moved: false };
            desk.out.push(Effect::Keep(Box::new(Kept::of(self))));
        }
    }

    /// The earliest time at which something happens to this task by itself. What is due now was done just now.
    fn next_alarm(&self, now: Timestamp) -> Option<Timestamp> {
        let mut at: Vec<Timestamp> = self.log.due().into_iter().collect();
        if let Keeping::Retry(retry) = self.keeping {
            at.push(retry);
        }
        if let Stage::Freeing(Freeing { job: None, at: again, .. }) = self.stage {
            at.push(again);
        }
        for (one, container) in self.containers.iter().enumerate() {
            at.extend(container.stopping.map(|stopping| stopping.kill_at));
            if self.stage != Stage::Active || self.desired == DesiredStatus::Stopped {
                continue;
            }
            if matches!(container.state, State::Pulling(_) | State::Pulled)
                && let Verdict::Wait(Some(until)) = self.edges.verdict(&self.containers, one, now)
            {
                at.push(until);
            }
            if let Some(Next::At(probe)) = container.health.as_ref().map(|health| health.next) {
                at.push(probe);
            }
        }
        at.into_iter().filter(|at| *at > now).min()
    }

    /// Container `one`'s name on the host.
    pub(super) fn key(&self, one: usize) -> ContainerKey {
        ContainerKey { task: self.id.as_str().to_owned(), name: self.containers[one].name.clone() }
    }
}
