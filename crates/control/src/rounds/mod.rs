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

use crate::shared::{Shared, StoreError};
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
use std::{sync::Arc, time::Duration};
use store::{CommitError, Transaction, Watch, WatchError};
use tokio_util::sync::CancellationToken;

pub use index::DisconnectError;
pub(crate) use index::disconnect_all;

/// A round happens at least so often, should a wake-up ever get lost or the wall clock be set forward.
const SAFETY_TICK: Duration = Duration::from_secs(30);
/// When nothing of a plan could be done, for a full disk perhaps, the next round waits.
const PAUSE: Duration = Duration::from_secs(1);
/// How many records one commit forgets at most.
const FORGOTTEN_PER_COMMIT: usize = 128;

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

/// What came of a plan.
#[derive(Default)]
struct Outcome {
    /// The last commit.
    written: Option<Revision>,
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
            let planned = plan(&self.view, now);
            let outcome = self.perform(planned.actions, now).await?;
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

    async fn perform(&self, actions: Vec<Action>, now: Timestamp) -> Result<Outcome, StoreError> {
        let mut outcome = Outcome::default();
        let (forget, others): (Vec<_>, Vec<_>) =
            actions.into_iter().partition(|action| matches!(action, Action::Forget { .. }));
        for action in &others {
            self.perform_some(std::slice::from_ref(action), now, &mut outcome).await?;
        }
        for actions in forget.chunks(FORGOTTEN_PER_COMMIT) {
            self.perform_some(actions, now, &mut outcome).await?;
        }
        Ok(outcome)
    }

    /// Does some actions in one commit.
    async fn perform_some(
        &self,
        actions: &[Action],
        now: Timestamp,
        outcome: &mut Outcome,
    ) -> Result<(), StoreError> {
        let rules = self.rules();
        let settled = self.shared.settle(|snapshot| {
            let mut writes = Transaction::new();
            for action in actions {
                writes.merge(write::writes(snapshot, &rules, action, now)?);
            }
            Ok(((), writes))
        });
        match settled.await {
            Ok(((), Some(revision))) => {
                outcome.written = Some(revision);
                actions.iter().for_each(log);
            }
            // The view is behind the store: what is right follows from what the watch brings.
            Ok(((), None)) => outcome.is_partial = true,
            Err(StoreError::Contended) => outcome.is_partial = true,
            Err(StoreError::Commit(
                error @ (CommitError::Full { .. } | CommitError::TooLarge { .. }),
            )) => {
                outcome.is_partial = true;
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a round's writes are refused"
                );
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn rules(&self) -> Rules {
        self.view.rules().clone()
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
