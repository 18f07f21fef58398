//! A control plane's process: its view, its rounds, its crashes. `control::rounds` with the engine and the timers taken out.
//!
//! Invariants are those of `rounds`: no round begins before the watch brought what the last one wrote; a plan that met another's commit
//! is decided again on a fresh look. A *stale* plane is one that another has replaced and that does not know it: it goes on with its
//! rounds, far behind, until it is ended.

use super::{Msg, Work, World};
use crate::{mutant::Mutant, truth::Commit};
use books::ids::Ids;
use control::{
    config::Config,
    network::{self, survey::Surveys},
    rounds::{
        index,
        write::{
            Terms,
            together::{Joined, together},
        },
    },
};
use domain::{
    instance::{Assignment, ContainerInstance, InstanceLink},
    key::Prefix,
    record::{Record, Revision},
    time::{Millis, Timestamp},
};
use planner::{
    plan::{Action, plan},
    rules::Rules,
    view::{View, sibling},
};
use std::{collections::BTreeSet, ops::Range, sync::Arc};
use store::{ChangeKind, CommitError, Snapshot};

/// As in `control::rounds`.
const SAFETY_TICK: Millis = Millis::from_s(30);
const PAUSE: Millis = Millis::from_s(1);
const ACTIONS_APART_MAX: usize = 16;

/// How many rounds in a row may write while nobody else does. A round starts or stops as much as it may, so each step of a deployment
/// that needs no word of a host is done in a few.
const ROUNDS_ALONE_MAX: usize = 400;

/// A control plane.
#[derive(Debug)]
pub(crate) struct Plane {
    pub(crate) is_up: bool,
    /// Another one is there, and this one does not know.
    pub(crate) is_stale: bool,
    /// How far its view is behind.
    pub(crate) lag: Millis,
    pub(crate) view: View,
    /// What its sessions tell hosts of networks from.
    pub(super) surveys: Surveys,
    pub(crate) seen: Revision,
    /// The last commit of its own.
    written: Revision,
    /// When its next round is.
    round_at: Option<Timestamp>,
    acting: Option<Acting>,
    rounds_alone: usize,
}

/// A plan that is being performed.
#[derive(Debug)]
struct Acting {
    plan: Arc<Performed>,
    /// The first action that is still to do.
    from: usize,
    /// Up to here each action goes by itself, because together they met others' commits again and again.
    apart_until: usize,
    has_written: bool,
    is_partial: bool,
    due: Option<Timestamp>,
}

/// What a plane performs of a plan.
#[derive(Debug)]
pub(crate) struct Performed {
    pub(crate) actions: Vec<Action>,
    seed: [u8; 32],
    pub(crate) now: Timestamp,
}

impl World {
    /// The plane that calls and agents find.
    pub(super) fn active(&self) -> usize {
        self.active_plane
    }

    /// A new control plane's process begins, and is the one that calls and agents find. Nothing if one is there.
    pub(crate) fn plane_begins(&mut self) {
        let is_there =
            self.planes.get(self.active_plane).is_some_and(|it| it.is_up && !it.is_stale);
        if is_there {
            return;
        }
        let writes =
            index::disconnected(self.truth.snapshot(), self.now).expect("readable records");
        if !writes.is_empty() {
            let work = Work::Begin;
            self.commit_now(&writes, &work).expect("decided on the newest snapshot");
        }
        self.active_plane = self.new_plane(Millis(0));
    }

    /// A second control plane's process begins that only plans.
    pub(super) fn second_plane_begins(&mut self, lag: Millis) -> usize {
        self.new_plane(lag)
    }

    fn new_plane(&mut self, lag: Millis) -> usize {
        let mut rules = Rules { awake_since: self.now, ..self.rules.clone() };
        if self.has(Mutant::TasksAreForgottenEarly) {
            rules.retention = Millis::from_s(10);
        }
        let mut view = View::new(rules);
        let snapshot = self.truth.snapshot();
        for entry in snapshot.entries(&Prefix::everything()) {
            self.note(&mut view, entry);
        }
        let seen = snapshot.revision();
        let plane = Plane {
            is_up: true,
            is_stale: false,
            lag,
            view,
            surveys: Surveys::default(),
            seen,
            written: seen,
            round_at: None,
            acting: None,
            rounds_alone: 0,
        };
        self.planes.push(plane);
        let plane = self.planes.len() - 1;
        self.say(format_args!("P{plane} begins"));
        self.round_soon(plane, Millis(1));
        plane
    }

    /// A control plane's process ends at once, as by a kill.
    pub(super) fn plane_dies(&mut self, plane: usize) {
        if !self.planes[plane].is_up {
            return;
        }
        self.planes[plane].is_up = false;
        self.planes[plane].acting = None;
        self.say(format_args!("P{plane} dies"));
        self.plane_drops_sessions(plane);
    }

    /// Its sessions end without a word to the store.
    pub(super) fn plane_drops_sessions(&mut self, plane: usize) {
        let of = |(id, it): (&u64, &super::Connection)| (it.plane == plane).then_some(*id);
        let its: Vec<u64> = self.connections.iter().filter_map(of).collect();
        for connection in its {
            self.plane_hangs_up(connection, 1006);
        }
        if plane == self.active() {
            self.answers_are_lost();
        }
    }

    fn note(&self, view: &mut View, entry: &store::Entry) {
        match self.mutant {
            Some(mutant) => mutant.note(view, entry),
            None => index::note(view, entry),
        }
    }

    /// A commit wakes rounds and the sessions it is about.
    pub(super) fn wake_after(&mut self, commit: &Commit) {
        for plane in 0..self.planes.len() {
            if self.planes[plane].is_up {
                let after = Millis(self.planes[plane].lag.0 + self.moment(1, 4).0);
                self.round_soon(plane, after);
            }
        }
        let mut instances = BTreeSet::new();
        for change in &commit.batch.changes {
            match change.key.table() {
                Some(ContainerInstance::TABLE) => drop(instances.insert(change.key.clone())),
                Some(InstanceLink::TABLE) => {
                    instances.insert(sibling::<ContainerInstance>(&change.key));
                }
                Some(Assignment::TABLE) => {
                    let parts: Vec<&str> = change.key.as_str().split('/').collect();
                    let id = domain::id::InstanceId::parse(parts[4]).expect("an instance's id");
                    instances.insert(ContainerInstance::key(&self.scope, &self.cluster, &id));
                }
                Some(_) | None => {}
            }
        }
        let rings = network::bell::matters(&commit.batch);
        let about = |(id, it): (&u64, &super::Connection)| {
            let end = it.session.as_ref()?;
            (rings || instances.contains(&end.instance.key())).then_some(*id)
        };
        let woken: Vec<u64> = self.connections.iter().filter_map(about).collect();
        for connection in woken {
            let after = self.moment(0, 3);
            self.later(after, Msg::Session { connection, alarm: false });
        }
    }

    fn round_soon(&mut self, plane: usize, after: Millis) {
        let at = self.now + after;
        if self.planes[plane].round_at.is_none_or(|round| round > at) {
            self.planes[plane].round_at = Some(at);
            self.at(at, Msg::Round { plane });
        }
    }

    pub(super) fn round(&mut self, plane: usize) {
        let Some(it) = self.planes.get_mut(plane) else { return };
        if !it.is_up || it.round_at != Some(self.now) {
            return;
        }
        it.round_at = None;
        if it.acting.is_some() {
            return;
        }
        self.catch_up(plane);
        let it = &mut self.planes[plane];
        let mut planned = plan(&mut it.view, self.now);
        if let Some(mutant) = self.mutant {
            mutant.of_plan(&mut planned, self.truth.snapshot());
        }
        self.describe_plan(plane, &planned.actions);
        self.check_plan(plane, &planned.actions);
        // A planted bug: what is protected now is not any more when it is looked at.
        let off =
            if self.has(Mutant::ProtectionIsIgnored) { Millis::from_s(7200) } else { Millis(0) };
        let now = self.now + off;
        let plan = Performed { actions: planned.actions, seed: self.chance.seed(), now };
        self.planes[plane].acting = Some(Acting {
            plan: Arc::new(plan),
            from: 0,
            apart_until: 0,
            has_written: false,
            is_partial: false,
            due: planned.due,
        });
        self.act(plane);
    }

    /// Takes in what was committed, as far as the plane has heard of it.
    fn catch_up(&mut self, plane: usize) {
        let (until, lag) = (self.planes[plane].written, self.planes[plane].lag);
        let heard: Vec<Commit> = self
            .truth
            .since(self.planes[plane].seen)
            .take_while(|commit| commit.batch.revision <= until || commit.at + lag <= self.now)
            .cloned()
            .collect();
        let mut view = std::mem::take(&mut self.planes[plane].view);
        for commit in &heard {
            for change in &commit.batch.changes {
                match &change.kind {
                    ChangeKind::Put(entry) => self.note(&mut view, entry),
                    ChangeKind::Delete => view.forget(&change.key),
                }
            }
            self.planes[plane].seen = commit.batch.revision;
        }
        self.planes[plane].view = view;
        if heard.iter().any(|commit| commit.batch.revision > until) {
            self.planes[plane].rounds_alone = 0;
        }
    }

    /// Does the next of the plan's actions, or ends the round.
    fn act(&mut self, plane: usize) {
        let Some(acting) = &self.planes[plane].acting else { return };
        let (plan, from) = (Arc::clone(&acting.plan), acting.from);
        if from < plan.actions.len() {
            let is_apart = from < acting.apart_until;
            let range = from..if is_apart { from + 1 } else { plan.actions.len() };
            return self.settle(Work::Act { plane, plan, range }, 1);
        }
        let Some(acting) = self.planes[plane].acting.take() else { return };
        let due = acting.due.map_or(SAFETY_TICK, |due| Millis((due - self.now).0.max(1)));
        let mut pause = match (acting.has_written, acting.is_partial) {
            (true, _) => Millis(0),
            (false, true) => PAUSE,
            (false, false) => due.min(SAFETY_TICK),
        };
        // What was kept as long as promised is forgotten at its own time each, and does not come back.
        let only_forgets =
            plan.actions.iter().all(|action| matches!(action, Action::Forget { .. }));
        if acting.has_written && !only_forgets {
            self.planes[plane].rounds_alone += 1;
            if self.planes[plane].rounds_alone > ROUNDS_ALONE_MAX {
                self.breaks(
                    "rounds come to an end when nothing else happens",
                    format!("P{plane} wrote in {ROUNDS_ALONE_MAX} rounds in a row"),
                );
            }
            pause = Millis(1);
        }
        self.round_soon(plane, pause);
        // What came by the watch while it was acting has not been looked at.
        if self.planes[plane].seen < self.truth.revision() {
            let lag = self.planes[plane].lag;
            self.round_soon(plane, Millis(lag.0 + 1));
        }
    }

    pub(super) fn decide_actions(
        &self,
        plane: usize,
        plan: &Performed,
        range: Range<usize>,
        snapshot: &Snapshot,
    ) -> Joined {
        let terms = Terms {
            rules: self.planes[plane].view.rules(),
            public_addresses: Config::default().public_addresses,
        };
        let ids = Ids::from_seed(plan.seed);
        together(snapshot, &terms, &plan.actions, range, &ids, plan.now)
    }

    pub(super) fn acted(
        &mut self,
        plane: usize,
        range: Range<usize>,
        (done, until): (usize, usize),
        committed: Result<Option<Revision>, CommitError>,
    ) {
        let Some(it) = self.planes.get_mut(plane).filter(|it| it.is_up) else { return };
        let Some(acting) = &mut it.acting else { return };
        let plan = Arc::clone(&acting.plan);
        match committed {
            Ok(revision) => {
                acting.has_written |= revision.is_some();
                it.written = it.written.max(revision.unwrap_or_default());
                // The view is behind the store: what is right follows from what the watch brings.
                acting.is_partial |= done < until - range.start;
                acting.from = until;
            }
            // Others were faster every time.
            Err(_) if range.len() > 1 => {
                acting.apart_until = plan.actions.len().min(acting.from + ACTIONS_APART_MAX);
            }
            Err(_) => {
                acting.is_partial = true;
                acting.from += 1;
            }
        }
        if self.has(Mutant::LaunchesTwice) {
            self.launch_again(plane, &plan.actions[range]);
        }
        self.act(plane);
    }

    /// A planted bug: what was launched is launched again, as by a plane that does not know that it did.
    fn launch_again(&mut self, plane: usize, actions: &[Action]) {
        let snapshot = self.truth.snapshot().clone();
        let again: Vec<Action> = actions
            .iter()
            .filter_map(|action| crate::mutant::launched_again(action, &snapshot))
            .collect();
        let plan = Performed { actions: again, seed: self.chance.seed(), now: self.now };
        let range = 0..plan.actions.len();
        let joined = self.decide_actions(plane, &plan, range.clone(), &snapshot);
        let work = Work::Act { plane, plan: Arc::new(plan), range };
        _ = self.commit_now(&joined.writes, &work);
    }

    /// Whether a plane has nothing to do before its next safety tick, and knows all.
    pub(super) fn is_quiet(&self, plane: usize) -> bool {
        let it = &self.planes[plane];
        it.acting.is_none() && it.seen == self.truth.revision()
    }
}
