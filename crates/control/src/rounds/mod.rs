//! Rounds: view, plan, commit, again.
//!
//! ```text
//! snapshot ─▶ View ◀─ watch: every commit, record by record
//!              │ plan
//!              ▼
//!           actions ─ each decided again on a fresh snapshot ─▶ commit ─▶ (comes back by the watch)
//! ```
//!
//! Invariants: a round is woken by a commit or by what is due, and by a slow safety tick. Its cost grows with what changed and what is
//! due. A plan that met another's commit is dropped: the watch brings what happened, and the next round plans on that. No round begins
//! before the watch brought what the last one wrote, else it would plan the same again.

pub mod index;
pub mod write;

use self::write::{Terms, together::together};
use crate::shared::{CONFLICTS_MAX, Shared, StoreError};
use books::ids::Ids;
use domain::{
    key::Prefix,
    record::Revision,
    time::{Millis, Timestamp},
};
use planner::{
    plan::{Action, plan},
    rules::Rules,
    view::View,
};
use std::{ops::Range, sync::Arc, time::Duration};
use store::{CommitError, Watch, WatchError};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

pub use index::DisconnectError;
pub(crate) use index::disconnect_all;

/// A round happens at least so often, should a wake-up ever get lost or the wall clock be set forward.
const SAFETY_TICK: Duration = Duration::from_secs(30);
/// When nothing of a plan could be done, for a full disk perhaps, the next round waits.
const PAUSE: Duration = Duration::from_secs(1);
/// How often a commit of several actions that met another is decided again, before each goes by itself.
const CONFLICTS_TOGETHER_MAX: usize = 3;
/// How many actions go by themselves then, before the rest is tried together again.
const ACTIONS_APART_MAX: usize = 16;

/// Runs rounds until `stop` is cancelled or the store is closed.
pub(crate) async fn run(shared: Arc<Shared>, awake_since: Timestamp, stop: CancellationToken) {
    let rounds = stop.run_until_cancelled(async {
        loop {
            let rules = Rules { awake_since, ..shared.config.rules.clone() };
            let mut rounds = Rounds { shared: &shared, view: View::new(rules) };
            match rounds.go().await {
                // Too slow for the history that the store keeps: begin anew.
                Err(StoreError::Watch(WatchError::Compacted { .. })) => {}
                Err(
                    StoreError::Watch(WatchError::Closed)
                    | StoreError::Read(store::ReadError::Closed),
                ) => return,
                Err(error) => {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "rounds are interrupted"
                    );
                    tokio::time::sleep(PAUSE).await;
                }
                Ok(never) => match never {},
            }
        }
    });
    let _ = rounds.await;
}

/// The rounds on one view.
struct Rounds<'a> {
    shared: &'a Shared,
    view: View,
}

/// Actions to be done.
#[derive(Clone, Copy)]
struct Work<'a> {
    actions: &'a [Action],
    /// Where ids of what is made come from.
    ids: &'a Ids,
    now: Timestamp,
    /// After so many conflicts it is left.
    conflicts_max: usize,
}

/// What came of a plan.
#[derive(Default)]
struct Outcome {
    /// The last commit.
    written: Option<Revision>,
    /// How many there were.
    commits: usize,
    /// Something is left to be done.
    is_partial: bool,
}

impl Rounds<'_> {
    async fn go(&mut self) -> Result<std::convert::Infallible, StoreError> {
        let snapshot = self.shared.engine.snapshot().await?;
        let mut watch =
            self.shared.engine.watch(Prefix::everything(), snapshot.revision().next()).await?;
        for entry in snapshot.entries(&Prefix::everything()) {
            index::note(&mut self.view, entry);
        }
        let mut seen = snapshot.revision();
        drop(snapshot);
        // Sessions that opened before the watch began may have missed something.
        self.shared.registry.wake_all();
        loop {
            while let Some(batch) = watch.advance()? {
                seen = batch.revision;
                index::absorb(&mut self.view, &batch, &self.shared.registry);
            }
            let now = self.shared.sources.now();
            let began = Instant::now();
            let planned = plan(&mut self.view, now);
            let planning = began.elapsed();
            let outcome = self.perform(&planned.actions, now).await?;
            if !planned.actions.is_empty() {
                tracing::debug!(
                    actions = planned.actions.len(),
                    commits = outcome.commits,
                    is_partial = outcome.is_partial,
                    plan_us = planning.as_micros(),
                    perform_us = (began.elapsed() - planning).as_micros(),
                    "round"
                );
            }
            if let Some(written) = outcome.written {
                self.catch_up(&mut watch, &mut seen, written).await?;
                continue;
            }
            let pause = if outcome.is_partial { PAUSE } else { wait_for(planned.due, now) };
            tokio::select! {
                biased;
                batch = watch.next() => {
                    let batch = batch?;
                    seen = batch.revision;
                    index::absorb(&mut self.view, &batch, &self.shared.registry);
                }
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Takes in commits until `written` is among them.
    async fn catch_up(
        &mut self,
        watch: &mut Watch,
        seen: &mut Revision,
        written: Revision,
    ) -> Result<(), StoreError> {
        while *seen < written {
            let batch = watch.next().await?;
            *seen = batch.revision;
            index::absorb(&mut self.view, &batch, &self.shared.registry);
        }
        Ok(())
    }

    /// Does what a plan says, in as few commits as it fits into: each costs a sync of the disk.
    async fn perform(&self, actions: &[Action], now: Timestamp) -> Result<Outcome, StoreError> {
        let ids = Ids::from_seed(self.shared.sources.bytes());
        let (mut outcome, mut from) = (Outcome::default(), 0);
        while from < actions.len() {
            let all = from..actions.len();
            let work = Work { actions, ids: &ids, now, conflicts_max: CONFLICTS_TOGETHER_MAX };
            if let Some(until) = self.perform_some(work, all, &mut outcome).await? {
                from = until;
                continue;
            }
            // Somebody keeps changing what one of them looks at. That one alone should have to look again.
            let until = actions.len().min(from + ACTIONS_APART_MAX);
            let work = Work { conflicts_max: CONFLICTS_MAX, ..work };
            for index in from..until {
                let done = self.perform_some(work, index..index + 1, &mut outcome).await?;
                outcome.is_partial |= done.is_none();
            }
            from = until;
        }
        Ok(outcome)
    }

    /// Does some actions in one commit, from the beginning of `range` as many as fit into it. Answers where it stopped; `None` if others'
    /// commits came between again and again, or if it is too much at once.
    async fn perform_some(
        &self,
        work: Work<'_>,
        range: Range<usize>,
        outcome: &mut Outcome,
    ) -> Result<Option<usize>, StoreError> {
        let (rules, public_addresses) = (self.view.rules(), self.shared.config.public_addresses);
        let terms = Terms { rules, public_addresses };
        let Work { actions, ids, now, conflicts_max } = work;
        let settled = self.shared.settle_within(conflicts_max, |snapshot| {
            let mut joined = together(snapshot, &terms, actions, range.clone(), ids, now);
            let writes = std::mem::take(&mut joined.writes);
            Ok((joined, writes))
        });
        match settled.await {
            Ok((joined, revision)) => {
                outcome.written = revision.or(outcome.written);
                outcome.commits += usize::from(revision.is_some());
                // The view is behind the store: what is right follows from what the watch brings.
                outcome.is_partial |= joined.done.len() < joined.until - range.start;
                joined.done.iter().for_each(|index| log(&actions[*index]));
                Ok(Some(joined.until))
            }
            Err(StoreError::Contended | StoreError::Commit(CommitError::TooLarge { .. })) => {
                Ok(None)
            }
            Err(StoreError::Commit(error)) if error.is_passing() => {
                outcome.is_partial = true;
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a round's writes are refused"
                );
                Ok(Some(actions.len()))
            }
            Err(error) => Err(error),
        }
    }
}

/// How long nothing is due, but never longer than the safety tick.
fn wait_for(due: Option<Timestamp>, now: Timestamp) -> Duration {
    let until = due.map_or(Millis(i64::MAX), |due| Millis(due.0.saturating_sub(now.0)));
    Duration::from_millis(u64::try_from(until.0).unwrap_or_default()).min(SAFETY_TICK)
}

fn log(action: &Action) {
    match action {
        Action::Lose { instance, tasks, why, .. } => {
            tracing::warn!(instance = instance.last(), tasks = tasks.len(), why, "tasks are lost");
        }
        Action::Abandon { task, why, .. } => {
            tracing::warn!(task = task.last(), why, "task is given up")
        }
        Action::Serve(step) => {
            tracing::info!(service = %step.service, why = step.why, "service takes a step")
        }
        Action::Seat { task, place, why } => {
            tracing::info!(
                task = task.last(),
                instance = place.instance.last(),
                why,
                "task gets its instance"
            );
        }
        Action::Forget { record, why } => tracing::debug!(%record, why, "record is forgotten"),
    }
}
