//! The virtual world: one queue of messages, one clock that jumps from message to message, and everything that they are for.
//!
//! ```text
//! step: pop the earliest message ▸ hand it to the part it is for ▸ queue what follows, late, lost or doubled by chance ▸ check the laws
//! ```
//! Invariants: everything that happens follows from the seed; a part is asked as its shell would ask it and sees nothing else. What is
//! a shell in the product (sockets, the loops of `control` and `agent`) is played here with the same steps in the same order.
//! Read next: `call.rs` for how decisions are committed, `plane.rs` and `session.rs` for the control plane, `agent.rs` for hosts,
//! `user.rs` and `fault.rs` for those who make trouble.

mod agent;
mod call;
mod connection;
mod describe;
mod fault;
mod plane;
mod session;
mod steady;
mod user;

pub(crate) use self::{
    call::{Call, Origin, Work},
    connection::Connection,
    fault::{Faults, Trouble},
    plane::Plane,
    user::User,
};

use crate::{
    chance::Chance,
    host::{Host, Write},
    kernel::Name,
    law::{Broken, LAWS, Laws},
    mutant::Mutant,
    trace::Trace,
    truth::Truth,
};
use ::agent::machine::JobId;
use api::{caller::Caller, config::Config};
use domain::{
    id::{AccountId, ClusterName, Region, Scope},
    link::tcs::TaskHealth,
    time::{Millis, Timestamp},
};
use planner::rules::Rules;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use store::Transaction;

/// 2026-12-01T10:00:00Z, when every world begins.
pub(crate) const BEGIN: Timestamp = Timestamp(1_796_119_200_000);

/// What a world is made of.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) seed: u64,
    /// How many lines of the conversation are kept.
    pub(crate) lines: usize,
    /// Whether all commits are kept, for the real engine.
    pub(crate) with_journal: bool,
    pub(crate) mutant: Option<Mutant>,
    pub(crate) rules: Rules,
    pub(crate) faults: Faults,
}

/// Everything there is.
pub(crate) struct World {
    pub(crate) now: Timestamp,
    queue: BTreeMap<(Timestamp, u64), Msg>,
    sequence: u64,
    pub(crate) chance: Chance,
    pub(crate) scope: Scope,
    pub(crate) cluster: ClusterName,
    pub(crate) caller: Caller,
    pub(crate) config: Arc<Config>,
    pub(crate) rules: Rules,
    pub(crate) truth: Truth,
    pub(crate) planes: Vec<Plane>,
    /// The one that calls and agents find.
    active_plane: usize,
    pub(crate) connections: BTreeMap<u64, Connection>,
    pub(crate) hosts: Vec<Host>,
    pub(crate) user: User,
    pub(crate) faults: Faults,
    pub(crate) laws: Laws,
    pub(crate) trace: Trace,
    pub(crate) mutant: Option<Mutant>,
    pub(crate) calls: BTreeMap<u64, Origin>,
    /// Numbers of calls, connections and lives: never given twice.
    numbers: u64,
    /// Steps so far.
    pub(crate) steps: u64,
}

/// Something that happens later.
#[derive(Debug)]
pub(crate) enum Msg {
    /// A call arrives at a control plane.
    Call { call: Call, plane: usize },
    /// A decision is committed.
    Commit { work: Work, writes: Transaction, decided: call::Decided, tries: usize },
    /// The answer to a call arrives; `None` if there is none.
    Answer { call: u64, answer: Option<Result<serde_json::Value, wire::Fault>> },
    /// A control plane looks what is due.
    Round { plane: usize },
    /// A control plane's process begins.
    PlaneBegins,
    /// A session's time has come.
    Session { connection: u64, alarm: bool },
    /// An agent's request for a session arrives.
    Knock { connection: u64 },
    /// The answer to that arrives at the agent.
    Opened { connection: u64 },
    /// The session is over for the agent: with this code, or the name of a refusal.
    Closed { connection: u64, code: u16, refusal: Option<String> },
    /// The session is over for the plane.
    Gone { connection: u64 },
    /// A frame arrives at the agent.
    ToAgent { connection: u64, frame: String },
    /// A frame arrives at the plane.
    ToPlane { connection: u64, frame: String },
    /// Health of tasks arrives at the plane.
    Health { connection: u64, told: Vec<TaskHealth> },
    /// An agent's process begins.
    AgentBegins { host: usize },
    /// An agent tries to register, or to connect.
    Join { host: usize, life: u64 },
    /// Something is due for an agent's machine.
    AgentDue { host: usize, life: u64 },
    /// The agent looks at the time of its session.
    Watch { host: usize, life: u64, connection: u64 },
    /// A step of the driver is done.
    Done { host: usize, life: u64, job: JobId },
    /// A file is written.
    Written { host: usize, life: u64 },
    /// The agent tells the health of its tasks.
    Telemetry { host: usize, life: u64, is_cycle: bool },
    /// A process ends.
    Exit { host: usize, name: Name, process: u64, code: i64 },
    /// The user does something.
    User,
    /// The user leaves everything in a state that can become steady.
    UserSettles,
    /// Trouble begins, or ends.
    Trouble(Trouble),
}

impl World {
    /// A world in which nothing has happened yet.
    pub(crate) fn new(setting: Setting) -> Self {
        let account = AccountId::parse("123456789012").expect("twelve digits");
        let region = Region::parse("us-east-1").expect("a region");
        let caller = Caller::root(account, region);
        let chance = Chance::new(setting.seed ^ unseeded(setting.mutant));
        Self {
            now: BEGIN,
            queue: BTreeMap::new(),
            sequence: 0,
            scope: caller.scope.clone(),
            cluster: ClusterName::parse("default").expect("a name"),
            caller,
            config: Arc::new(Config {
                stopped_task_retention: setting.rules.retention,
                ..Config::default()
            }),
            rules: setting.rules,
            truth: Truth::new(setting.with_journal),
            planes: Vec::new(),
            active_plane: 0,
            connections: BTreeMap::new(),
            hosts: Vec::new(),
            user: User::default(),
            faults: setting.faults,
            laws: Laws::default(),
            trace: Trace::new(setting.lines, BEGIN),
            mutant: setting.mutant,
            calls: BTreeMap::new(),
            numbers: 0,
            steps: 0,
            chance,
        }
    }

    /// The next thing happens; false if nothing will ever happen again, or not before `until`.
    pub(crate) fn step(&mut self, until: Timestamp) -> Result<bool, Broken> {
        let Some(entry) = self.queue.first_entry() else { return Ok(false) };
        if entry.key().0 > until {
            self.now = until;
            return Ok(false);
        }
        let ((at, _), msg) = entry.remove_entry();
        self.now = at;
        self.steps += 1;
        self.dispatch(msg);
        match self.laws.broken.take() {
            Some(broken) => Err(broken),
            None => Ok(true),
        }
    }

    fn dispatch(&mut self, msg: Msg) {
        match msg {
            Msg::Call { call, plane } => self.call_arrives(call, plane),
            Msg::Commit { work, writes, decided, tries } => {
                self.commit(work, &writes, decided, tries);
            }
            Msg::Answer { call, answer } => self.answer_arrives(call, answer),
            Msg::Round { plane } => self.round(plane),
            Msg::PlaneBegins => self.plane_begins(),
            Msg::Session { connection, alarm } => self.session_wakes(connection, alarm),
            Msg::Knock { connection } => self.knock_arrives(connection),
            Msg::Opened { connection } => self.opened(connection),
            Msg::Closed { connection, code, refusal } => self.closed(connection, code, refusal),
            Msg::Gone { connection } => self.gone(connection),
            Msg::ToAgent { connection, frame } => self.agent_hears(connection, frame),
            Msg::ToPlane { connection, frame } => self.plane_hears(connection, frame),
            Msg::Health { connection, told } => self.health_arrives(connection, told),
            Msg::AgentBegins { host } => self.agent_begins(host),
            Msg::Join { host, life } => self.join(host, life),
            Msg::AgentDue { host, life } => self.agent_due(host, life),
            Msg::Watch { host, life, connection } => self.watch_session(host, life, connection),
            Msg::Done { host, life, job } => self.job_done(host, life, job),
            Msg::Written { host, life } => self.written(host, life),
            Msg::Telemetry { host, life, is_cycle } => self.telemetry(host, life, is_cycle),
            Msg::Exit { host, name, process, code } => {
                self.process_exits(host, &name, process, code)
            }
            Msg::User => self.user_acts(),
            Msg::UserSettles => self.user_settles(),
            Msg::Trouble(trouble) => self.trouble(trouble),
        }
    }

    /// Something happens `after` from now.
    pub(crate) fn later(&mut self, after: Millis, msg: Msg) {
        self.at(self.now + after, msg);
    }

    /// Something happens at `at`.
    pub(crate) fn at(&mut self, at: Timestamp, msg: Msg) {
        self.sequence += 1;
        self.queue.insert((at.max(self.now), self.sequence), msg);
    }

    /// A number that nobody else has.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    /// A moment by chance.
    pub(crate) fn moment(&mut self, low: i64, high: i64) -> Millis {
        Millis(self.chance.within(low, high))
    }

    /// Adds a line to the conversation.
    pub(crate) fn say(&mut self, line: std::fmt::Arguments<'_>) {
        self.trace.say(self.now, line);
    }

    /// Whether this world has that bug planted.
    pub(crate) fn has(&self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }

    /// A law is broken.
    pub(crate) fn breaks(&mut self, law: &'static str, what: String) {
        assert!(LAWS.contains(&law), "`{law}` is not in the list of laws");
        let broken = Broken { law, what, at: self.now };
        self.trace.say(self.now, format_args!("LAW BROKEN: {law}: {}", broken.what));
        self.laws.broken.get_or_insert(broken);
    }
}

/// Nothing, unless a bug is planted: then something that is not the same for the same seed.
fn unseeded(mutant: Option<Mutant>) -> u64 {
    static RUNS: AtomicU64 = AtomicU64::new(1);
    match mutant {
        Some(Mutant::ChanceIsReal) => RUNS.fetch_add(1, Ordering::Relaxed) << 32,
        Some(_) | None => 0,
    }
}

/// What an agent's file change is of.
pub(crate) fn written_task(write: &Write) -> &domain::id::TaskId {
    match write {
        Write::Keep(kept) => &kept.id,
        Write::Forget(id) => id,
    }
}
