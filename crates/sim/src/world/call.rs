//! Calls of the API and everything else that looks, decides and commits.
//!
//! ```text
//! look ▸ decide ▸ (others may commit now) ▸ commit ── conflict ──▶ look again, a bounded number of times
//! ```
//! Between a decision and its commit the world may go on, as it does while an engine writes. Calls come late, twice or not at all, and
//! so do their answers.

use super::{Msg, World, plane::Performed};
use crate::mutant::Mutant;
use ::agent::machine::{JobId, Outcome};
use api::decide::{Ctx, Decide, Table, View};
use books::ids::Ids;
use control::instance::Instance;
use domain::{record::Revision, time::Millis};
use serde_json::Value as Json;
use std::{ops::Range, sync::Arc};
use store::{CommitError, Snapshot, Transaction};
use wire::{Fault, Value, codec::json};

/// How often a call is decided anew: as `api::service` does.
const CALL_TRIES_MAX: usize = 32;
/// And everything else: as `control::shared` does.
const TRIES_MAX: usize = 8;
/// And several actions of a plan in one commit: as `control::rounds` does.
const TRIES_TOGETHER_MAX: usize = 3;
/// After this a caller gives up.
const ANSWER_LIMIT: Millis = Millis::from_s(25);

/// Who waits for the answer of a call.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// The user, who remembers what was asked.
    User(super::user::Asked),
    /// An agent that registers.
    Registration { host: usize, life: u64 },
    /// An agent that reports.
    Report { host: usize, life: u64, job: JobId },
}

/// A call on its way.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) id: u64,
    pub(crate) operation: &'static str,
    pub(crate) decide: Decide,
    pub(crate) request: Value,
    /// Where its ids come from.
    pub(crate) seed: [u8; 32],
    /// The host it comes from.
    pub(crate) host: Option<usize>,
}

/// Something that is decided on a snapshot and then committed.
#[derive(Clone, Debug)]
pub(crate) enum Work {
    /// A call of the API at a plane.
    Call { call: Call, plane: usize },
    /// Actions of a plan, in one commit.
    Act { plane: usize, plan: Arc<Performed>, range: Range<usize> },
    /// A plane begins.
    Begin,
    /// A session begins at a plane.
    Open { connection: u64, plane: usize, instance: Instance },
    /// A session is over, as its plane knows since that moment.
    Close { instance: Instance, number: u64, since: domain::time::Timestamp },
    /// An agent told the health of its tasks.
    Health { instance: Instance, told: Vec<domain::link::tcs::TaskHealth> },
}

/// What was decided.
#[derive(Clone, Debug)]
pub(crate) enum Decided {
    Answer(Result<Json, Fault>),
    /// The number of a session that opens.
    Opened(Option<u64>),
    /// How many actions wrote something, and the first that was not looked at.
    Joined(usize, usize),
    Nothing,
}

/// The service that has an operation; no two of them have one in common.
pub(super) fn table_of(operation: &str) -> &'static Table {
    if api::ecs::TABLE.operation(operation).is_some() { &api::ecs::TABLE } else { &api::ec2::TABLE }
}

/// A request, read and checked. EC2 calls members otherwise on the wire, so here they are called as the model does.
pub(super) fn read(operation: &str, request: &Json) -> Result<Value, Fault> {
    let table = table_of(operation);
    let shape = table.service.operation(operation).expect("the model has it").input;
    let read = match is_ecs(table) {
        true => json::decode(shape, request.to_string().as_bytes())?,
        false => api::plain::from_json(request.clone()),
    };
    wire::check(shape, &read).map_err(|broken| (table.refuse)(operation, &broken))?;
    Ok(read)
}

fn is_ecs(table: &'static Table) -> bool {
    std::ptr::eq(table, &raw const api::ecs::TABLE)
}

impl World {
    /// Sends a call that comes from the user or from the agent of `host`.
    pub(crate) fn call(
        &mut self,
        origin: Origin,
        host: Option<usize>,
        operation: &'static str,
        request: &Json,
    ) {
        let id = self.next_number();
        let decide = table_of(operation).operation(operation).expect("it is served");
        self.calls.insert(id, origin);
        let request = match read(operation, request) {
            Ok(request) => request,
            Err(fault) => {
                return self.later(Millis(1), Msg::Answer { call: id, answer: Some(Err(fault)) });
            }
        };
        let seed = self.chance.seed();
        let call = Call { id, operation, decide, request, seed, host };
        let is_cut = host.is_some_and(|host| self.hosts[host].is_cut(self.now));
        if is_cut || self.faults.loses_call(&mut self.chance) {
            return self.later(ANSWER_LIMIT, Msg::Answer { call: id, answer: None });
        }
        let plane = self.active();
        if self.faults.doubles_call(&mut self.chance) {
            let again = Call { seed: self.chance.seed(), ..call.clone() };
            let after = self.faults.call_delay(&mut self.chance);
            self.later(after, Msg::Call { call: again, plane });
        }
        let after = self.faults.call_delay(&mut self.chance);
        self.later(after, Msg::Call { call, plane });
    }

    pub(super) fn call_arrives(&mut self, call: Call, plane: usize) {
        if !self.planes.get(plane).is_some_and(|plane| plane.is_up) {
            // The connection is refused, or the address leads to another plane the next time.
            return self.later(Millis(5), Msg::Answer { call: call.id, answer: None });
        }
        self.settle(Work::Call { call, plane }, 1);
    }

    /// Looks and decides, and commits soon.
    pub(super) fn settle(&mut self, work: Work, tries: usize) {
        if !self.is_under_way(&work) {
            return;
        }
        let snapshot = self.truth.snapshot().clone();
        let (decided, mut writes) = self.decide(&work, &snapshot);
        if writes.is_empty() {
            return self.settled(work, decided, Ok(None));
        }
        if let Some(mutant) = self.mutant {
            writes = mutant.of_writes(&work, &snapshot, writes);
        }
        match self.faults.commit_delay(&mut self.chance) {
            Millis(0) => self.commit(work, &writes, decided, tries),
            after => self.later(after, Msg::Commit { work, writes, decided, tries }),
        }
    }

    pub(super) fn commit(
        &mut self,
        work: Work,
        writes: &Transaction,
        decided: Decided,
        tries: usize,
    ) {
        // A plane that crashed may have sent its commit before; nobody there hears how it went. That an agent is connected comes too
        // late for its successor, which took all of them for away when it began and would never hear that this one is not.
        let is_heard = self.is_under_way(&work);
        if !is_heard && (self.chance.hits(500) || matches!(work, Work::Open { .. })) {
            return;
        }
        let tries_max = match &work {
            Work::Call { .. } => CALL_TRIES_MAX,
            Work::Act { range, .. } if range.len() > 1 => TRIES_TOGETHER_MAX,
            Work::Act { .. }
            | Work::Open { .. }
            | Work::Close { .. }
            | Work::Health { .. }
            | Work::Begin => TRIES_MAX,
        };
        match self.commit_now(writes, &work) {
            Ok(revision) if is_heard => self.settled(work, decided, Ok(revision)),
            Err(CommitError::Conflict { .. }) if is_heard && tries < tries_max => {
                self.settle(work, tries + 1);
            }
            Err(error) if is_heard => self.settled(work, decided, Err(error)),
            Ok(_) | Err(_) => {}
        }
    }

    /// Commits and tells everybody.
    pub(super) fn commit_now(
        &mut self,
        writes: &Transaction,
        work: &Work,
    ) -> Result<Option<Revision>, CommitError> {
        let before = self.truth.snapshot().clone();
        let commit = self.truth.commit(writes, self.now)?;
        if let Some(commit) = &commit {
            self.describe(commit);
            self.check_commit(&before, commit, work);
            self.wake_after(commit);
        }
        Ok(Some(self.truth.revision()).filter(|_| commit.is_some()))
    }

    fn decide(&mut self, work: &Work, snapshot: &Snapshot) -> (Decided, Transaction) {
        match work {
            Work::Call { call, .. } => self.decide_call(call, snapshot),
            Work::Act { plane, plan, range } => {
                let joined = self.decide_actions(*plane, plan, range.clone(), snapshot);
                (Decided::Joined(joined.done.len(), joined.until), joined.writes)
            }
            Work::Begin => (Decided::Nothing, Transaction::new()),
            Work::Open { instance, .. } => self.decide_open(instance, snapshot),
            Work::Close { instance, number, since } => {
                let writes = control::acs::desk::close(snapshot, instance, *number, *since);
                (Decided::Nothing, writes.expect("readable records").unwrap_or_default())
            }
            Work::Health { instance, told } => {
                let writes = control::tcs::health::writes(snapshot, instance, told);
                (Decided::Nothing, writes.expect("readable records"))
            }
        }
    }

    /// In what an operation is decided whose ids come from `seed`.
    pub(super) fn ctx(&self, seed: [u8; 32]) -> Ctx {
        Ctx {
            now: self.now,
            scope: self.scope.clone(),
            caller: self.caller.clone(),
            ids: Ids::from_seed(seed),
            config: Arc::clone(&self.config),
        }
    }

    pub(super) fn decide_call(
        &mut self,
        call: &Call,
        snapshot: &Snapshot,
    ) -> (Decided, Transaction) {
        let shown = match self.mutant {
            Some(Mutant::ReadsAreStale) if call.operation.starts_with("Describe") => {
                Some(self.truth.an_older(8))
            }
            Some(mutant) => mutant.of_snapshot(call.operation, snapshot),
            None => None,
        };
        let shown = shown.unwrap_or_else(|| snapshot.clone());
        let ctx = self.ctx(call.seed);
        let mut decision = (call.decide)(&View::new(shown), &call.request, &ctx);
        if let Some(mutant) = self.mutant {
            mutant.of_decision(call.operation, &mut decision);
        }
        match decision {
            Err(fault) => (Decided::Answer(Err(fault)), Transaction::new()),
            Ok((reply, writes)) => {
                let table = table_of(call.operation);
                let row = table.service.operation(call.operation).expect("in the model");
                if let Some(wrong) = wire::check::mismatch(row.output, &reply) {
                    self.breaks(
                        "every reply is what the model says",
                        format!("{}: {wrong}", call.operation),
                    );
                }
                let reply = match is_ecs(table) {
                    true => serde_json::from_str(&json::encode(row.output, &reply)),
                    false => Ok(api::plain::to_json(&reply)),
                };
                let reply = reply.expect("replies are JSON");
                (Decided::Answer(Ok(reply)), writes)
            }
        }
    }

    /// Whether those who began it are still there.
    fn is_under_way(&self, work: &Work) -> bool {
        let is_up = |plane: usize| self.planes.get(plane).is_some_and(|plane| plane.is_up);
        match work {
            Work::Call { plane, .. } | Work::Act { plane, .. } => is_up(*plane),
            Work::Open { plane, .. } => is_up(*plane) && !self.planes[*plane].is_stale,
            Work::Close { .. } | Work::Health { .. } | Work::Begin => true,
        }
    }

    fn settled(
        &mut self,
        work: Work,
        decided: Decided,
        committed: Result<Option<Revision>, CommitError>,
    ) {
        match (work, decided) {
            (Work::Call { call, .. }, Decided::Answer(answer)) => {
                let answer = match committed {
                    Ok(_) => answer,
                    Err(error) => Err(Fault::receiver("ServerException", error.to_string())),
                };
                let outcome = match &answer {
                    Ok(_) => String::new(),
                    Err(fault) => format!(" {fault}"),
                };
                self.say(format_args!("#{} {}{outcome}", call.id, call.operation));
                self.answer(&call, answer);
            }
            (Work::Act { plane, range, .. }, Decided::Joined(done, until)) => {
                self.acted(plane, range, (done, until), committed);
            }
            (Work::Open { connection, instance, .. }, Decided::Opened(number)) => {
                self.session_opens(connection, instance, number.filter(|_| committed.is_ok()));
            }
            (
                Work::Act { .. }
                | Work::Begin
                | Work::Close { .. }
                | Work::Health { .. }
                | Work::Call { .. }
                | Work::Open { .. },
                _,
            ) => {}
        }
    }

    fn answer(&mut self, call: &Call, answer: Result<Json, Fault>) {
        let is_cut = call.host.is_some_and(|host| self.hosts[host].is_cut(self.now));
        if is_cut || self.faults.loses_answer(&mut self.chance) {
            return self.later(ANSWER_LIMIT, Msg::Answer { call: call.id, answer: None });
        }
        let after = self.faults.call_delay(&mut self.chance);
        self.later(after, Msg::Answer { call: call.id, answer: Some(answer) });
    }

    /// A plane is gone, and with it the answers that it owes.
    pub(super) fn answers_are_lost(&mut self) {
        let waiting: Vec<u64> = self.calls.keys().copied().collect();
        for call in waiting {
            self.later(ANSWER_LIMIT, Msg::Answer { call, answer: None });
        }
    }

    pub(super) fn answer_arrives(&mut self, call: u64, answer: Option<Result<Json, Fault>>) {
        // The first answer counts, that there is none included.
        let Some(origin) = self.calls.remove(&call) else { return };
        match origin {
            Origin::User(asked) => self.user_hears(asked, answer),
            Origin::Registration { host, life } => self.registered(host, life, answer),
            Origin::Report { host, life, job } => {
                let outcome = match answer {
                    Some(Ok(_)) => Outcome::Accepted,
                    Some(Err(fault)) if fault.code == "InvalidParameterException" => {
                        Outcome::Refused(fault.to_string())
                    }
                    Some(Err(_)) | None => Outcome::Unreached,
                };
                self.job_ends(host, life, job, outcome);
            }
        }
    }
}
