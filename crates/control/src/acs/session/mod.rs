//! One agent's control session as a machine: what was heard and what is stored in, frames to send and a time to look again out.
//!
//! ```text
//! a task:      owed ── push ──▶ in flight ── ack ──▶ known
//!               ▲                   │ no ack: again, alone and later each time
//!               └───────────────────┘
//! a session:   open ── deregistered ──▶ farewell: an empty manifest, what the agent still runs is stopped ──▶ closed
//! ```
//!
//! Invariants:
//! - Level, not edge: what is owed follows from what the store wants and what the agent acknowledged; nothing is queued.
//! - At most [`FLIGHTS_MAX`] messages wait for an answer, so that an agent that does not answer costs a bounded amount.
//! - What is wanted of a task waits in at most one message; a stop does not wait for the answer to a start. What was not acknowledged
//!   goes again alone, because one bad task keeps the whole message from being acknowledged (agent-protocol.md §4).
//! - Sequence numbers grow over all sessions of an instance; a manifest's timeline exceeds all that were sent before it.
//!
//! Not here: reading records, making payloads and credentials (`desk.rs`), sockets (`serve.rs`).
//! Read next: `hear.rs` for answers and silence, `send.rs` for what goes out.

mod hear;
mod send;

use crate::config::Timing;
use domain::{
    iam::RoleUse,
    id::TaskId,
    link::acs::{FromAgent, TaskIdentifier},
    status::DesiredStatus,
    time::{Millis, Timestamp},
};
use std::collections::{BTreeMap, BTreeSet};

/// How many messages may wait for an answer, manifests not counted, of which there is one.
pub const FLIGHTS_MAX: usize = 16;
/// How many tasks go into one message.
pub const TASKS_PER_PUSH: usize = 16;
/// How many messages that were given up are remembered, in case their answer comes late.
const LATE_MAX: usize = 64;
/// How often credentials are sent until the next renewal: an agent does not acknowledge those of a task that it does not have.
const CREDENTIAL_ATTEMPTS_MAX: u32 = 5;
/// A wait is doubled no more often than this, whatever its limit.
const DOUBLINGS_MAX: u32 = 20;
/// How many times the moment in which candidates follow an acknowledgement fits into the farewell.
const FAREWELL_MOMENTS: i64 = 5;
/// Room for the messages of one session below its number in a sequence number.
const SEQUENCE_BITS: u32 = 32;

/// What a session begins with.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    /// The session's number: greater than that of every earlier session of the instance.
    pub number: u64,
    /// What the agent speaks; from 2 on it acknowledges heartbeats.
    pub protocol_version: u32,
    /// The agent has no credentials yet: its process is new.
    pub wants_credentials: bool,
}

/// What happens to a session.
#[derive(Clone, Debug)]
pub enum Event {
    /// The store wants this of a task here.
    Assigned {
        /// The task.
        task: TaskId,
        /// What is wanted.
        desired: DesiredStatus,
        /// What the agent is known to know, from what it reported.
        known: Option<DesiredStatus>,
    },
    /// The task is none of this instance's any more.
    Released(TaskId),
    /// Credentials of a task are valid, and should be renewed at this moment.
    Granted {
        /// The task.
        task: TaskId,
        /// What they are for.
        role_use: RoleUse,
        /// When to renew.
        renew_at: Timestamp,
    },
    /// The agent said something.
    Heard(FromAgent),
    /// The agent sent something that means nothing here.
    HeardOther,
    /// The agent's websocket answered, but not the agent.
    Pong,
    /// The instance is no longer part of its cluster.
    Deregistered,
    /// Only time went by.
    Time,
}

/// What is to be done for a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send a payload: stops are of tasks that should end, starts of those that should run.
    Push {
        /// By which it is acknowledged.
        message: u64,
        /// Tasks to start.
        starts: Vec<TaskId>,
        /// Tasks to stop.
        stops: Vec<TaskId>,
    },
    /// Send the list of what should be there.
    Manifest {
        /// By which it is acknowledged.
        message: u64,
        /// Each task and what is wanted of it.
        tasks: Vec<(TaskId, DesiredStatus)>,
    },
    /// Send a heartbeat.
    Heartbeat {
        /// By which it is acknowledged.
        message: u64,
    },
    /// Send a task's credentials, new ones if it is time.
    Credentials {
        /// By which it is acknowledged.
        message: u64,
        /// The task.
        task: TaskId,
        /// What they are for.
        role_use: RoleUse,
    },
    /// Look whether these should not run, and tell the agent to stop those.
    Verify {
        /// The manifest that they are an answer to.
        message: u64,
        /// What the agent runs beyond it.
        candidates: Vec<TaskIdentifier>,
    },
    /// Close the session.
    Close(Closing),
}

/// Why a session closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The agent was silent for longer than its lease, since then.
    LeaseEnded(Timestamp),
    /// The instance was deregistered and has said its farewell.
    Deregistered,
}

/// What is owed to the agent about one task.
#[derive(Clone, Debug)]
struct Charge {
    wanted: DesiredStatus,
    known: Option<DesiredStatus>,
    /// When `known` was last said.
    known_at: Timestamp,
    /// What the newest message that waits says of it.
    in_flight: Option<DesiredStatus>,
    attempts: u32,
}

/// A message that waits for its answer.
#[derive(Clone, Debug)]
struct Flight {
    what: Cargo,
    /// When it is given up.
    until: Timestamp,
}

#[derive(Clone, Debug)]
enum Cargo {
    Tasks(Vec<(TaskId, DesiredStatus)>),
    Manifest,
    Credentials(TaskId, RoleUse),
}

/// A task's credentials for one use.
#[derive(Clone, Copy, Debug)]
struct Grant {
    renew_at: Timestamp,
    /// When to send them before that.
    send_at: Option<Timestamp>,
    attempts: u32,
    is_in_flight: bool,
}

impl Grant {
    fn due(&self) -> Timestamp {
        self.send_at.map_or(self.renew_at, |at| at.min(self.renew_at))
    }
}

/// The machine.
#[derive(Debug)]
pub struct Session {
    timing: Timing,
    opening: Opening,
    /// Messages sent so far.
    sent: u64,
    /// When the agent was last heard, later by what was not its own silence.
    heard_at: Timestamp,
    /// When the last step wanted the next one at the latest.
    stepped_by: Timestamp,
    heartbeat_due: Timestamp,
    charges: BTreeMap<TaskId, Charge>,
    /// Tasks that the agent must be told about and that are not in flight.
    owed: BTreeSet<TaskId>,
    /// Acknowledged stops by when they are said again.
    stopping: BTreeSet<(Timestamp, TaskId)>,
    grants: BTreeMap<(TaskId, RoleUse), Grant>,
    flights: BTreeMap<u64, Flight>,
    /// Messages that were given up, and what of.
    late: BTreeMap<u64, Vec<(TaskId, DesiredStatus)>>,
    manifest_due: Option<Timestamp>,
    manifest_attempts: u32,
    /// The newest manifest, as long as its answer counts.
    manifest: Option<u64>,
    /// Set once the instance is deregistered: when the session closes at the latest.
    farewell: Option<Timestamp>,
}

impl Session {
    /// A session that opened at `now`. The agent's tasks are told by events; the first manifest follows them.
    pub fn new(timing: Timing, opening: Opening, now: Timestamp) -> Self {
        Self {
            timing,
            opening,
            sent: 0,
            heard_at: now,
            stepped_by: now,
            heartbeat_due: now,
            charges: BTreeMap::new(),
            owed: BTreeSet::new(),
            stopping: BTreeSet::new(),
            grants: BTreeMap::new(),
            flights: BTreeMap::new(),
            late: BTreeMap::new(),
            manifest_due: Some(now),
            manifest_attempts: 0,
            manifest: None,
            farewell: None,
        }
    }

    /// The sequence number of a message.
    pub fn sequence(&self, message: u64) -> i64 {
        i64::try_from((self.opening.number << SEQUENCE_BITS) + message)
            .expect("fewer than 2^31 sessions")
    }

    /// Takes note of what happened. What follows from it is the next [`Self::step`]'s.
    pub fn note(&mut self, event: Event, now: Timestamp) -> Option<Effect> {
        match event {
            Event::Assigned { task, desired, known } => self.assigned(&task, desired, known, now),
            Event::Released(task) => self.released(&task, now),
            Event::Granted { task, role_use, renew_at } => {
                self.granted(task, role_use, renew_at, now)
            }
            Event::Heard(message) => {
                self.heard_at = now;
                return self.heard(message, now);
            }
            Event::HeardOther => self.heard_at = now,
            // An agent of protocol 2 shows by its acknowledgements that it is well, not only that its socket is.
            Event::Pong if self.opening.protocol_version < 2 => self.heard_at = now,
            Event::Pong | Event::Time => {}
            Event::Deregistered => self.deregistered(now),
        }
        None
    }

    /// What is due at `now`. Nothing more is until the next event or [`Self::due`].
    pub fn step(&mut self, now: Timestamp) -> Vec<Effect> {
        self.forgive(now);
        let effects = self.take_step(now);
        self.stepped_by = self.due();
        effects
    }

    /// A control plane that was stopped for a while (a virtual machine that was paused, a host without a turn for it) asked nothing of the
    /// agent meanwhile: that is no silence of the agent's.
    fn forgive(&mut self, now: Timestamp) {
        let late = (now - self.stepped_by).max(Millis(0));
        self.heard_at = (self.heard_at + late).min(now);
    }

    fn take_step(&mut self, now: Timestamp) -> Vec<Effect> {
        if now - self.heard_at > self.timing.lease {
            return vec![Effect::Close(Closing::LeaseEnded(self.heard_at))];
        }
        if self.farewell.is_some_and(|until| until <= now) {
            return vec![Effect::Close(Closing::Deregistered)];
        }
        let mut effects = Vec::new();
        self.give_up(now);
        self.send_manifest(now, &mut effects);
        if self.farewell.is_none() {
            self.push(now, &mut effects);
            self.send_credentials(now, &mut effects);
        }
        if self.heartbeat_due <= now {
            self.heartbeat_due = now + self.timing.heartbeat_every;
            effects.push(Effect::Heartbeat { message: self.next_message() });
        }
        effects
    }

    /// When to call [`Self::step`] next if nothing happens: always after the last step.
    pub fn due(&self) -> Timestamp {
        let lease = self.heard_at + self.timing.lease + Millis(1);
        let flights = self.flights.values().map(|flight| flight.until).min();
        let manifest = self.manifest_due.filter(|_| !self.manifest_waits());
        let takes_tasks = self.farewell.is_none() && self.has_room();
        let waiting = self.grants.values().filter(|grant| takes_tasks && !grant.is_in_flight);
        let grants = waiting.map(Grant::due).min();
        let stopping = self.stopping.first().map(|(at, _)| *at);
        [flights, grants, manifest, stopping, self.farewell]
            .into_iter()
            .flatten()
            .fold(lease.min(self.heartbeat_due), Timestamp::min)
    }

    /// The tasks that the store wants something of.
    pub fn tasks(&self) -> impl Iterator<Item = &TaskId> {
        self.charges.keys()
    }

    fn assigned(
        &mut self,
        task: &TaskId,
        desired: DesiredStatus,
        known: Option<DesiredStatus>,
        now: Timestamp,
    ) {
        let charge = self.charges.entry(task.clone()).or_insert(Charge {
            wanted: desired,
            known,
            known_at: now,
            in_flight: None,
            attempts: 0,
        });
        // What is wanted never goes back from STOPPED.
        charge.wanted = charge.wanted.max(desired);
        if charge.wanted == DesiredStatus::Stopped {
            self.grants.retain(|(of, _), _| of != task);
        }
        self.review(task);
    }

    fn released(&mut self, task: &TaskId, now: Timestamp) {
        let Some(charge) = self.charges.remove(task) else { return };
        self.owed.remove(task);
        self.stopping.remove(&(charge.known_at + self.timing.stop_repeat, task.clone()));
        self.grants.retain(|(of, _), _| of != task);
        // The task may have been ended here, by the agent, or without it; only the agent knows what it still runs.
        self.want_manifest(now + self.timing.manifest_after);
    }

    fn want_manifest(&mut self, at: Timestamp) {
        self.manifest_due = Some(self.manifest_due.map_or(at, |earlier| earlier.min(at)));
    }

    fn review(&mut self, task: &TaskId) {
        let Some(charge) = self.charges.get(task) else { return };
        if charge.known == Some(charge.wanted) || charge.in_flight == Some(charge.wanted) {
            self.owed.remove(task);
        } else {
            self.owed.insert(task.clone());
        }
    }

    fn granted(&mut self, task: TaskId, role_use: RoleUse, renew_at: Timestamp, now: Timestamp) {
        let Some(charge) = self.charges.get(&task) else { return };
        if charge.wanted == DesiredStatus::Stopped {
            return;
        }
        // A payload brings credentials along; an agent whose process is new has lost what an earlier payload brought.
        let is_missing = self.opening.wants_credentials && charge.known.is_some();
        let send_at = is_missing.then_some(now);
        let new = Grant { renew_at, send_at, attempts: 0, is_in_flight: false };
        self.grants.entry((task, role_use)).or_insert(new).renew_at = renew_at;
    }

    fn deregistered(&mut self, now: Timestamp) {
        if self.farewell.is_none() {
            self.farewell = Some(now + self.timing.farewell);
            self.flights.retain(|_, flight| !matches!(flight.what, Cargo::Manifest));
            self.manifest_due = Some(now);
        }
    }

    fn has_room(&self) -> bool {
        self.waiting() < FLIGHTS_MAX
    }

    fn manifest_waits(&self) -> bool {
        self.flights.values().any(|flight| matches!(flight.what, Cargo::Manifest))
    }

    fn waiting(&self) -> usize {
        self.flights.values().filter(|flight| !matches!(flight.what, Cargo::Manifest)).count()
    }

    fn next_message(&mut self) -> u64 {
        self.sent += 1;
        self.sent
    }
}

#[cfg(test)]
mod tests;
