//! Planted bugs: what the laws are tested with. A mutant changes what a part returns at a seam of the world; a law that kills none says
//! nothing.
//!
//! Bugs that no seam shows are patches in `mutants/`, which `cargo xtask sim --mutants` applies to a copy of the sources one by one.

use crate::world::Work;
use api::decide::Decision;
use control::rounds::index;
use domain::{
    instance::{Assignment, Ledger},
    key::Key,
    record::Record,
    service::{Service, ServiceEvent},
    status::{DesiredStatus, TaskStatus},
    task::{ClientToken, Task},
};
use planner::{
    plan::{Action, Plan},
    view::{Noted, View},
};
use std::collections::BTreeSet;
use store::{Entry, Expect, Snapshot, Transaction, Write};
use wire::Value;

macro_rules! mutants {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal),+ $(,)?) => {
        /// A planted bug.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Mutant { $($(#[doc = $doc])+ $variant),+ }

        impl Mutant {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// What it is called on the command line.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

mutants! {
    /// A report sets the task's status, whatever it was.
    LateReportsWin = "late-reports-win",
    /// No task is lost with its host.
    DeadHostsAreNotNoticed = "dead-hosts-are-not-noticed",
    /// The scheduler sees services without a minimum.
    MinimumIsIgnored = "minimum-is-ignored",
    /// The scheduler sees services without a maximum.
    MaximumIsIgnored = "maximum-is-ignored",
    /// The scheduler does not see that tasks are protected.
    ProtectionIsIgnored = "protection-is-ignored",
    /// Agents say that they stop and remove, and do not.
    AgentsNeverRemove = "agents-never-remove",
    /// Agents do not hear which stops were verified.
    StopsAreNotVerified = "stops-are-not-verified",
    /// What a task holds is not given back.
    LedgerIsNotReleased = "ledger-is-not-released",
    /// An assignment stays when its task ends.
    AssignmentStays = "assignment-stays",
    /// What is launched is launched again.
    LaunchesTwice = "launches-twice",
    /// Commits do not look whether what they were decided on is still so.
    NothingIsExpected = "nothing-is-expected",
    /// Client tokens are not written down.
    TokensAreForgotten = "tokens-are-forgotten",
    /// The API reads an older state than the one that it answered from.
    ReadsAreStale = "reads-are-stale",
    /// Old events of services are not deleted.
    EventsPileUp = "events-pile-up",
    /// Stopped tasks are wanted again.
    StopsAreTakenBack = "stops-are-taken-back",
    /// Replies have a member that the model does not have.
    RepliesAreOdd = "replies-are-odd",
    /// Tasks are not marked as tallied.
    TalliesAreForgotten = "tallies-are-forgotten",
    /// The end of a task's service deployment is told again and again.
    RoundsNeverRest = "rounds-never-rest",
    /// Chance that does not come from the seed.
    ChanceIsReal = "chance-is-real",
}

impl Mutant {
    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|mutant| mutant.name() == name)
    }

    /// Takes note of a record for a plane, not always as it is.
    pub(crate) fn note(self, view: &mut View, entry: &Entry) {
        let key = entry.key();
        match (self, key.table()) {
            (Self::MinimumIsIgnored | Self::MaximumIsIgnored, Some(Service::TABLE)) => {
                let found = entry.read::<Service>().expect("readable");
                let mut service = (*found.record).clone();
                match self {
                    Self::MinimumIsIgnored => service.configuration.minimum_healthy_percent = 0,
                    _ => service.configuration.maximum_percent = 1_000,
                }
                note_service(view, key, entry, &service);
            }
            (Self::ProtectionIsIgnored, Some(Task::TABLE)) => {
                let found = entry.read::<Task>().expect("readable");
                let task = Task { protected_until: None, ..(*found.record).clone() };
                view.note(key, Noted::Task(&task));
            }
            _ => index::note(view, entry),
        }
    }

    /// Changes what a plan wants.
    pub(crate) fn of_plan(self, plan: &mut Plan) {
        if self == Self::DeadHostsAreNotNoticed {
            plan.actions.retain(|action| !matches!(action, Action::Lose { .. }));
        }
        for action in &mut plan.actions {
            if let (Self::TalliesAreForgotten, Action::Serve(step)) = (self, action) {
                step.tallied.clear();
            }
        }
    }

    /// Changes what an operation answers and writes.
    pub(crate) fn of_decision(self, operation: &str, decision: &mut Decision) {
        let Ok((reply, writes)) = decision else { return };
        if self == Self::RepliesAreOdd
            && operation == "RunTask"
            && let Value::Map(members) = reply
        {
            members.put("oddity", Value::Bool(true));
        }
        if self == Self::TokensAreForgotten {
            for key in keys_of::<ClientToken>(writes) {
                writes.delete(&key, Expect::Any);
            }
        }
    }

    /// Changes what is written.
    pub(crate) fn of_writes(
        self,
        work: &Work,
        snapshot: &Snapshot,
        mut writes: Transaction,
    ) -> Transaction {
        match self {
            Self::LedgerIsNotReleased => {
                let ends = tasks_in(&writes).any(|task| task.last == TaskStatus::Stopped);
                for key in keys_of::<Ledger>(&writes).into_iter().filter(|_| ends) {
                    put_back::<Ledger>(snapshot, &key, &mut writes);
                }
            }
            Self::AssignmentStays => {
                for key in keys_of::<Assignment>(&writes) {
                    let is_gone = writes.pending::<Assignment>(&key).expect("typed").is_none();
                    if is_gone {
                        put_back::<Assignment>(snapshot, &key, &mut writes);
                    }
                }
            }
            Self::EventsPileUp => {
                for key in keys_of::<ServiceEvent>(&writes) {
                    if writes.pending::<ServiceEvent>(&key).expect("typed").is_none() {
                        put_back::<ServiceEvent>(snapshot, &key, &mut writes);
                    }
                }
            }
            Self::LateReportsWin | Self::StopsAreTakenBack => {
                self.of_report(work, snapshot, &mut writes);
            }
            Self::NothingIsExpected => return unexpecting(&writes),
            _ => {}
        }
        writes
    }

    fn of_report(self, work: &Work, snapshot: &Snapshot, writes: &mut Transaction) {
        let Work::Call { call, .. } = work else { return };
        if call.operation != "SubmitTaskStateChange" {
            return;
        }
        let tasks: Vec<Task> = tasks_in(writes).collect();
        for mut task in tasks {
            let key = keys_of::<Task>(writes)
                .into_iter()
                .find(|key| key.last() == task.id.as_str())
                .expect("it is written");
            match self {
                Self::LateReportsWin => task.last = TaskStatus::Pending,
                _ => task.desired = DesiredStatus::Running,
            }
            if snapshot.entry(&key).is_some() {
                writes.put(&key, Expect::Any, task);
            }
        }
    }
}

/// What an action launches, launched once more.
pub(crate) fn launched_again(action: &Action, snapshot: &Snapshot) -> Option<Action> {
    let Action::Serve(step) = action else { return None };
    if step.launches.is_empty() {
        return None;
    }
    let now = snapshot.get::<Service>(&step.service).ok()??;
    let mut again = (**step).clone();
    again.seen = now.modified;
    again.after = (*now.record).clone();
    (again.stops, again.tallied, again.stories) = (Vec::new(), Vec::new(), Vec::new());
    (again.digests, again.events) = (Vec::new(), Vec::new());
    Some(Action::Serve(Box::new(again)))
}

fn note_service(view: &mut View, key: &Key, entry: &Entry, service: &Service) {
    _ = (key, service);
    index::note(view, entry);
}

fn keys_of<R: Record>(writes: &Transaction) -> Vec<Key> {
    let of = |(key, _): &(&Key, Write<'_>)| key.table() == Some(R::TABLE);
    writes.writes().filter(of).map(|(key, _)| key.clone()).collect()
}

fn tasks_in(writes: &Transaction) -> impl Iterator<Item = Task> {
    let keys: BTreeSet<Key> = keys_of::<Task>(writes).into_iter().collect();
    keys.into_iter().filter_map(|key| {
        let pending = writes.pending::<Task>(&key).expect("typed");
        pending.map(|task| (*task).clone())
    })
}

fn put_back<R: Record + Clone>(snapshot: &Snapshot, key: &Key, writes: &mut Transaction) {
    if let Some(found) = snapshot.get::<R>(key).expect("readable") {
        writes.put(key, Expect::Any, (*found.record).clone());
    }
}

/// The same writes without what they assume; of tables that many write at once.
fn unexpecting(writes: &Transaction) -> Transaction {
    let mut out = Transaction::new();
    for (key, write) in writes.writes() {
        match (key.table(), write) {
            (_, Write::Delete) => out.delete(key, Expect::Any),
            (Some(Task::TABLE), _) => put_again::<Task>(writes, key, &mut out),
            (Some(Ledger::TABLE), _) => put_again::<Ledger>(writes, key, &mut out),
            (Some(Assignment::TABLE), _) => put_again::<Assignment>(writes, key, &mut out),
            (Some(Service::TABLE), _) => put_again::<Service>(writes, key, &mut out),
            _ => return writes.clone(),
        }
    }
    out
}

fn put_again<R: Record + Clone>(writes: &Transaction, key: &Key, out: &mut Transaction) {
    if let Some(pending) = writes.pending::<R>(key).expect("typed") {
        out.put(key, Expect::Any, (*pending).clone());
    }
}
