//! A host's brain: which container to pull, create, start, probe, signal and free, and what to say of it. Values in, values out.
//!
//! ```text
//! task       WAITING ──room──▶ ACTIVE ──all stopped──▶ FREEING ──removed──▶ OVER ──STOPPED accepted──▶ tombstone
//!             └──stop──▶ OVER                           └─ ↺ until it works
//!
//! container  NONE ──▶ pulling ──▶ PULLED ──gates open──▶ creating ──▶ CREATED ──▶ starting ──▶ RUNNING ──exit──▶ STOPPED
//!             │          │           │ never                │           ▲  │          │          │ ▲               ▲
//!             │          │           ▼                      │           │  │          │          │ └─ probes       │
//!             └──────────┴── fault or end of the task ──────┴───────────│──┴──────────┴──────────│─────────────────┘
//!                                                                       └──── restart policy ────┘
//! ```
//! What always holds: statuses and `desired` only move forward · a task is RUNNING when every container runs or is past it, and STOPPED
//! when all stopped and nothing of it is left on the host · a stop reaches a container after all that wait for it stopped, and ends in
//! a kill · what is acknowledged, reported or freed was written down before · each step is under way at most once.
//!
//! Time comes in with each event; `due` says when to come back though nothing happens. Not here: performing (the loop in `run`), the
//! link's own timers (`link`), what runs a container (`driver`).

mod adopt;
mod advance;
mod health;
mod kept;
mod ledger;
mod log;
mod message;
mod order;
mod outcome;
mod plane;
mod portrait;
mod report;
mod task;
#[cfg(test)]
mod tests;

pub use kept::{Kept, KeptContainer};
pub use ledger::Room;
pub use log::Entry;
pub use message::{Action, ContainerTelemetry, Effect, Event, JobId, Outcome, TaskTelemetry};
pub use plane::Unreadable;
pub use portrait::{ContainerPortrait, Known, Portrait};
pub use report::{ContainerChange, Report};

use crate::driver::{Capacity, DriverEvent};
use domain::{
    id::TaskId,
    link::tcs::ContainerHealth,
    status::DesiredStatus,
    time::{Millis, Timestamp},
};
use ledger::Ledger;
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};
use task::{Keeping, Stage, Task};

/// Limits of single steps, from their begin: the official agent's.
const PULL_LIMIT: Millis = Millis::from_s(2 * 3600);
const CREATE_LIMIT: Millis = Millis::from_s(4 * 60);
const START_LIMIT: Millis = Millis::from_s(3 * 60);
const SIGNAL_LIMIT: Millis = Millis::from_s(30);
const REMOVE_LIMIT: Millis = Millis::from_s(2 * 60);
const SUBMIT_LIMIT: Millis = Millis::from_s(30);
/// A driver ends a probe at the probe's own limit; this much later it is given up.
const PROBE_GRACE: Millis = Millis::from_s(5);
/// A file that could not be written, or a leftover that could not be removed, is tried again after this.
const KEEP_AGAIN: Millis = Millis::from_s(1);
const LEAVE_AGAIN: Millis = Millis::from_s(5);

/// What the machine is told once.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What tasks may have of the host; ports are those that they may not have.
    pub room: Room,
    /// Between the stop signal and the kill for containers that do not say, 30 s in ECS.
    pub stop_timeout: Millis,
    /// How long preparing a task may take.
    pub prepare_limit: Millis,
    /// How long a task that is over is remembered after the plane has heard of it.
    pub retention: Millis,
}

impl Settings {
    /// ECS's defaults for a host with `capacity`, of which `reserved_memory_mib` are for others.
    pub fn new(capacity: &Capacity, reserved_memory_mib: i64) -> Self {
        Self {
            room: Room {
                cpu: capacity.cpu_units,
                memory: (capacity.memory_mib - reserved_memory_mib).max(0),
                tcp: capacity.reserved_ports_tcp.iter().copied().collect(),
                udp: capacity.reserved_ports_udp.iter().copied().collect(),
            },
            stop_timeout: Millis::from_s(30),
            prepare_limit: CREATE_LIMIT,
            retention: Millis::from_s(600),
        }
    }
}

/// What a job is for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Work {
    Task(TaskId, Step),
    Leftover(String),
}

/// A step of a task; the number is the container's index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Prepare,
    Pull(usize),
    Create(usize),
    Start(usize),
    Signal(usize),
    Probe(usize),
    Remove,
    Submit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leftover {
    Removing(JobId),
    Again(Timestamp),
}

/// What deciding about one task needs besides the task.
struct Desk<'a> {
    now: Timestamp,
    settings: &'a Settings,
    jobs: &'a mut Jobs,
    out: &'a mut Vec<Effect>,
}

#[derive(Clone, Debug, Default)]
struct Jobs {
    next: u64,
    under_way: BTreeMap<JobId, Work>,
}

/// The machine. See the module.
#[derive(Clone, Debug)]
pub struct Machine {
    settings: Settings,
    tasks: BTreeMap<TaskId, Task>,
    /// Tasks in `Stage::Waiting`, in the order they came; may hold some that no longer wait.
    waiting: BTreeSet<(u64, TaskId)>,
    /// On the host, and of no task that was written down.
    leftovers: BTreeMap<String, Leftover>,
    /// Tasks whose end is told.
    tombstones: BTreeSet<TaskId>,
    /// Until when each is remembered. Forgetting may be late; it is no reason to wake up.
    burials: VecDeque<(Timestamp, TaskId)>,
    /// Tasks that the newest manifest names and whose payload is still to come.
    missing: BTreeMap<TaskId, plane::Missing>,
    ledger: Ledger,
    jobs: Jobs,
    answers: Vec<plane::Answer>,
    verification: Option<plane::Verification>,
    /// The greatest sequence number and timeline that the plane used.
    seq_seen: i64,
    closing: Option<String>,
    arrivals: u64,
    alarms: BTreeSet<(Timestamp, TaskId)>,
    /// Tasks to look at before this event is dealt with.
    touched: BTreeSet<TaskId>,
    /// Effects of the event that is being dealt with.
    out: Vec<Effect>,
}

impl Machine {
    /// A machine that knows of nothing.
    pub fn new(settings: Settings) -> Self {
        Self {
            ledger: Ledger::new(settings.room.clone()),
            settings,
            tasks: BTreeMap::new(),
            waiting: BTreeSet::new(),
            leftovers: BTreeMap::new(),
            tombstones: BTreeSet::new(),
            burials: VecDeque::new(),
            missing: BTreeMap::new(),
            jobs: Jobs::default(),
            answers: Vec::new(),
            verification: None,
            seq_seen: 0,
            closing: None,
            arrivals: 0,
            alarms: BTreeSet::new(),
            touched: BTreeSet::new(),
            out: Vec::new(),
        }
    }

    /// Takes one event and says what to do, in this order. `now` never goes back.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        while let Some((_, id)) = self.burials.pop_front_if(|(until, _)| *until <= now) {
            self.tombstones.remove(&id);
        }
        let mut out = std::mem::take(&mut self.out);
        match event {
            Event::Restore { kept, found } => self.restore(kept, found, now),
            Event::Payload(payload, unreadable) => self.payload(payload, unreadable, &mut out),
            Event::Credentials(message) => self.credentials(message, &mut out),
            Event::Manifest(manifest) => self.manifest(manifest, now, &mut out),
            Event::StopVerified(ack) => self.stop_verified(&ack, &mut out),
            Event::Linked => self.linked(now),
            Event::Kept(id, arrival, result) => self.kept(&id, arrival, result, now, &mut out),
            Event::Done(job, outcome) => self.done(job, outcome, now),
            Event::Driver(event) => self.driver_event(event, now),
            Event::Due => self.ring(now),
            Event::StopAll(reason) => self.stop_all(reason),
        }
        out.append(&mut self.out);
        self.settle(now);
        out.append(&mut self.out);
        out
    }

    /// When to say `Event::Due`; `None` while only events matter.
    pub fn due(&self) -> Option<Timestamp> {
        let tasks = self.alarms.first().map(|(at, _)| *at);
        let leftovers = self.leftovers.values().filter_map(|leftover| match leftover {
            Leftover::Again(at) => Some(*at),
            Leftover::Removing(_) => None,
        });
        let missing = self.missing.values().map(|missing| missing.until);
        tasks.into_iter().chain(leftovers).chain(missing).min()
    }

    /// Whether nothing is left to run, to free or to say: after `StopAll` the time to leave.
    pub fn is_idle(&self) -> bool {
        self.tasks.is_empty() && self.leftovers.is_empty()
    }

    /// Whether nothing of any task is left on the host, though reports may still wait for the plane.
    pub fn is_clear(&self) -> bool {
        self.leftovers.is_empty() && self.tasks.values().all(|task| task.stage == Stage::Over)
    }

    /// Whether no room of the host is taken.
    #[cfg(test)]
    fn holds_nothing(&self) -> bool {
        self.ledger.is_empty()
    }

    /// What metrics and health are told about: tasks with a running container.
    pub fn telemetry(&self) -> Vec<TaskTelemetry> {
        let of = |task: &Task| TaskTelemetry {
            payload: Arc::clone(&task.payload),
            containers: task
                .containers
                .iter()
                .filter(|container| container.is_up())
                .map(|container| ContainerTelemetry {
                    name: container.name.clone(),
                    restarts: container.restart_policy.is_some().then_some(container.restarts),
                    health: container.health.as_ref().map(|health| ContainerHealth {
                        container_name: container.name.clone(),
                        health_status: health.status,
                        status_since: health.since.as_seconds(),
                        status_message: health.message.clone(),
                    }),
                })
                .collect(),
        };
        self.tasks.values().map(of).filter(|task| !task.containers.is_empty()).collect()
    }

    /// Looks at every task that was touched, and at those whose turn that makes it, until nothing moves.
    fn settle(&mut self, now: Timestamp) {
        loop {
            while let Some(id) = self.touched.pop_first() {
                let Some(mut task) = self.tasks.remove(&id) else { continue };
                task.is_blocked = self.leftovers.contains_key(id.as_str());
                if let Some(alarm) = task.alarm {
                    self.alarms.remove(&(alarm, id.clone()));
                }
                self.with_desk(now, |desk| task.advance(desk));
                self.file_away(task, now);
            }
            self.let_in();
            if self.touched.is_empty() {
                return;
            }
        }
    }

    fn file_away(&mut self, mut task: Task, now: Timestamp) {
        if task.stage == Stage::Over && task.holds_room {
            task.holds_room = false;
            self.ledger.give_back(&task.room);
        }
        if task.stage == Stage::Over && task.end_is_told {
            self.out.push(Effect::Forget(task.id.clone()));
            // A late answer, such as to a signal whose container ended meanwhile, is not for whoever the plane asks for by this id again.
            self.jobs
                .under_way
                .retain(|_, work| !matches!(work, Work::Task(id, _) if *id == task.id));
            let mut out = std::mem::take(&mut self.out);
            self.answers_after(&task.id, true, &mut out);
            self.out = out;
            self.burials.push_back((now + self.settings.retention, task.id.clone()));
            self.tombstones.insert(task.id);
            return;
        }
        if task.stage == Stage::Waiting {
            self.waiting.insert((task.arrival, task.id.clone()));
        }
        self.alarms.extend(task.alarm.map(|at| (at, task.id.clone())));
        self.tasks.insert(task.id.clone(), task);
    }

    /// Lets in whoever waits and fits, in the order they came.
    fn let_in(&mut self) {
        for (arrival, id) in std::mem::take(&mut self.waiting) {
            let Some(task) = self.tasks.get_mut(&id).filter(|task| task.stage == Stage::Waiting)
            else {
                continue;
            };
            if !task.is_blocked
                && task.desired == DesiredStatus::Running
                && self.ledger.fits(&task.room)
            {
                self.ledger.take(&task.room);
                task.holds_room = true;
                task.stage = Stage::Active;
                self.touched.insert(id);
            } else {
                self.waiting.insert((arrival, id));
            }
        }
    }

    fn linked(&mut self, now: Timestamp) {
        for task in self.tasks.values_mut() {
            task.log.hurry(now);
            self.touched.insert(task.id.clone());
        }
    }

    fn kept(
        &mut self,
        id: &TaskId,
        arrival: u64,
        result: Result<(), String>,
        now: Timestamp,
        out: &mut Vec<Effect>,
    ) {
        let is_kept = result.is_ok();
        let task = self.tasks.get_mut(id).filter(|task| task.arrival == arrival);
        let Some(task) = task else { return };
        task.kept(result, now);
        self.touched.insert(id.clone());
        if !is_kept || task.keeping == Keeping::Kept {
            self.answers_after(id, is_kept, out);
        }
    }

    fn done(&mut self, job: JobId, outcome: Outcome, now: Timestamp) {
        match self.jobs.under_way.remove(&job) {
            Some(Work::Task(id, step)) => {
                let Some(mut task) = self.tasks.remove(&id) else { return };
                self.with_desk(now, |desk| task.done(step, outcome, desk));
                self.tasks.insert(id.clone(), task);
                self.touched.insert(id);
            }
            Some(Work::Leftover(id)) if matches!(outcome, Outcome::Removed) => {
                self.leftovers.remove(&id);
                self.touched.extend(TaskId::parse(id).ok());
            }
            Some(Work::Leftover(id)) => {
                self.leftovers.insert(id, Leftover::Again(now + LEAVE_AGAIN));
            }
            None => {}
        }
    }

    fn driver_event(&mut self, event: DriverEvent, now: Timestamp) {
        let id = match &event {
            DriverEvent::Exited(key, _) => &key.task,
            DriverEvent::Lost(task) => task,
        };
        let Some(mut task) = TaskId::parse(id.as_str()).ok().and_then(|id| self.tasks.remove(&id))
        else {
            return;
        };
        self.with_desk(now, |desk| match event {
            DriverEvent::Exited(key, exit) => {
                if let Some(one) = task.index(&key.name) {
                    task.exited(one, exit, desk);
                }
            }
            DriverEvent::Lost(_) => task.lost(desk),
        });
        self.touched.insert(task.id.clone());
        self.tasks.insert(task.id.clone(), task);
    }

    fn ring(&mut self, now: Timestamp) {
        while let Some((at, id)) = self.alarms.first().cloned()
            && at <= now
        {
            self.alarms.pop_first();
            self.touched.insert(id);
        }
        self.give_up_missing(now);
        let again: Vec<String> = self
            .leftovers
            .iter()
            .filter(|(_, leftover)| matches!(leftover, Leftover::Again(at) if *at <= now))
            .map(|(id, _)| id.clone())
            .collect();
        for id in again {
            self.leave(&id, now);
        }
    }

    fn stop_all(&mut self, reason: String) {
        for task in self.tasks.values_mut() {
            task.end(&reason);
            self.touched.insert(task.id.clone());
        }
        self.closing = Some(reason);
    }

    /// Removes what the host has of task `id`, of which nothing was written down.
    fn leave(&mut self, id: &str, now: Timestamp) {
        let work = Work::Leftover(id.to_owned());
        let action = Action::Remove(id.to_owned());
        let job = self.with_desk(now, |desk| desk.ask_for(work, action));
        self.leftovers.insert(id.to_owned(), Leftover::Removing(job));
    }

    fn with_desk<T>(&mut self, now: Timestamp, decide: impl FnOnce(&mut Desk<'_>) -> T) -> T {
        let Self { settings, jobs, out, .. } = self;
        decide(&mut Desk { now, settings, jobs, out })
    }
}

impl Desk<'_> {
    fn ask(&mut self, task: &TaskId, step: Step, action: Action) -> JobId {
        self.ask_for(Work::Task(task.clone(), step), action)
    }

    fn ask_for(&mut self, work: Work, action: Action) -> JobId {
        let limit = match &action {
            Action::Prepare(_) => self.settings.prepare_limit,
            Action::Pull(..) => PULL_LIMIT,
            Action::Create(..) => CREATE_LIMIT,
            Action::Start(..) => START_LIMIT,
            Action::Signal(..) => SIGNAL_LIMIT,
            Action::Probe(_, _, limit) => Millis(limit.0 + PROBE_GRACE.0),
            Action::Remove(_) => REMOVE_LIMIT,
            Action::Submit(_) => SUBMIT_LIMIT,
        };
        let job = JobId(self.jobs.next);
        self.jobs.next += 1;
        self.jobs.under_way.insert(job, work);
        self.out.push(Effect::Do(job, action, limit));
        job
    }

    fn cancel(&mut self, job: JobId) {
        if self.jobs.under_way.remove(&job).is_some() {
            self.out.push(Effect::Cancel(job));
        }
    }
}
