//! Decisions that lost a race, made one after the other and committed together.
//!
//! ```text
//! waiting: RunTask, RunTask, StopTask …
//!    view ──decide──▶ writes ──▶ view with them ──decide──▶ more writes ──▶ … ──▶ one commit ──▶ everybody's reply
//! ```
//! Many clients at one record, such as the ledger of the only instance there is, make each other lose: of all that decided on the same view only
//! one gets through. So whoever lost waits here. One task takes all who wait, decides for each on a view that shows the writes of those before it,
//! and commits the lot: one sync of the disk for all of them, and nobody loses to a neighbour. It changes how often decisions are made, not
//! what they may see: each is made on a world that is the real one when the commit succeeds, and is thrown away otherwise.
//!
//! Must always hold: no reply leaves before the writes that it rests on are durable, a refusal included, as it may rest on a neighbour's; a
//! caller that goes away changes nothing for the others; the number of tries and the size of a batch are bounded.

use crate::{
    decide::{Ctx, Decide, Reply, View, Writes},
    service::{Clock, TRIES_MAX, busy, closed, uncommitted},
};
use domain::time::Timestamp;
use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::{CommitError, Engine, Snapshot};
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;
use wire::{Fault, Value};

/// How many decisions one commit may hold: enough to fill the time of a sync, few enough that the thread is not kept for long.
const BATCH_MAX: usize = 64;

/// The bytes of writes from which on no further decision is added to a batch; the store takes transactions of many times this.
const BATCH_BYTES_MAX: usize = 1024 * 1024;

/// A decision to make.
pub(crate) struct Job {
    pub(crate) decide: Decide,
    pub(crate) request: Value,
    pub(crate) ctx: Ctx,
    /// The code of a fault of ours in the service that was asked.
    pub(crate) server_fault: &'static str,
}

struct Waiting {
    job: Job,
    answer: oneshot::Sender<Result<Reply, Fault>>,
}

/// All who lost a race.
#[derive(Clone)]
pub(crate) struct Queue(Arc<Shared>);

struct Shared {
    engine: Arc<dyn Engine>,
    clock: Clock,
    line: Mutex<Line>,
    tasks: TaskTracker,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<Waiting>,
    /// Whether a task takes from `waiting`.
    is_served: bool,
}

impl Queue {
    pub(crate) fn new(engine: Arc<dyn Engine>, clock: Clock) -> Self {
        Self(Arc::new(Shared { engine, clock, line: Mutex::default(), tasks: TaskTracker::new() }))
    }

    /// Whether others are waiting or being served: who has something to write does better to join them than to race them.
    pub(crate) fn is_busy(&self) -> bool {
        self.0.line().is_served
    }

    /// Waits in line, and answers what was decided.
    pub(crate) async fn call(&self, job: Job) -> Result<Reply, Fault> {
        let server_fault = job.server_fault;
        let (answer, answered) = oneshot::channel();
        let is_served = {
            let mut line = self.0.line();
            line.waiting.push_back(Waiting { job, answer });
            std::mem::replace(&mut line.is_served, true)
        };
        if !is_served {
            // A task of its own: the caller may go away, what it began for others may not.
            let shared = Arc::clone(&self.0);
            drop(self.0.tasks.spawn(async move { shared.work().await }));
        }
        answered.await.unwrap_or_else(|_| Err(closed(server_fault)))
    }

    /// Waits until nobody waits any more. For the end, when nobody calls any more.
    pub(crate) async fn close(&self) {
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }
}

impl Shared {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn work(&self) {
        let _guard = Serving(self);
        while let Some(batch) = self.take() {
            let left = self.serve(batch).await;
            let mut line = self.line();
            left.into_iter().rev().for_each(|waiting| line.waiting.push_front(waiting));
        }
    }

    fn take(&self) -> Option<Vec<Waiting>> {
        let mut line = self.line();
        line.is_served = !line.waiting.is_empty();
        let count = line.waiting.len().min(BATCH_MAX);
        line.is_served.then(|| line.waiting.drain(..count).collect())
    }

    /// Answers those at the head of `batch` for whom there is room in one commit, and gives back the others.
    async fn serve(&self, mut batch: Vec<Waiting>) -> Vec<Waiting> {
        for _ in 0..TRIES_MAX {
            let snapshot = match self.engine.snapshot().await {
                Ok(snapshot) => snapshot,
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "take a snapshot");
                    return refuse(batch, closed);
                }
            };
            let (writes, outcomes) = plan(snapshot, &mut batch, (self.clock)());
            let left = batch.split_off(outcomes.len());
            let committed = match writes.is_empty() {
                true => Ok(()),
                false => self.engine.commit(writes).await.map(drop),
            };
            match committed {
                Ok(()) => {
                    for (waiting, outcome) in batch.into_iter().zip(outcomes) {
                        // Who asked may have gone; what was decided stands.
                        let _ = waiting.answer.send(outcome);
                    }
                    return left;
                }
                Err(CommitError::Conflict { key, .. }) => {
                    tracing::debug!(%key, count = batch.len(), "lost a race; deciding again");
                    batch.extend(left);
                }
                Err(error) => {
                    refuse(batch, |server_fault| uncommitted(server_fault, &error));
                    return left;
                }
            }
        }
        refuse(batch, busy)
    }
}

/// If the one who serves dies of a bug, the next who comes starts another.
struct Serving<'a>(&'a Shared);

impl Drop for Serving<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.line().is_served = false;
        }
    }
}

fn refuse(batch: Vec<Waiting>, fault: impl Fn(&'static str) -> Fault) -> Vec<Waiting> {
    for waiting in batch {
        let fault = fault(waiting.job.server_fault);
        let _ = waiting.answer.send(Err(fault));
    }
    Vec::new()
}

/// Decides for each of `batch`, as far as there is room, on a view that shows what those before it write: all writes together, and what each is
/// to be answered once they are durable.
fn plan(
    snapshot: Snapshot,
    batch: &mut [Waiting],
    now: Timestamp,
) -> (Writes, Vec<Result<Reply, Fault>>) {
    let (mut shown, mut all, mut outcomes) = (snapshot, Writes::new(), Vec::new());
    for Waiting { job, .. } in batch {
        if all.bytes() > BATCH_BYTES_MAX {
            break;
        }
        job.ctx.now = now;
        let view = View::new(shown.clone());
        let decided =
            catch_unwind(AssertUnwindSafe(|| (job.decide)(&view, &job.request, &job.ctx)));
        outcomes.push(match decided {
            Ok(Ok((reply, writes))) => match shown.with(&writes) {
                Ok(next) => {
                    shown = next;
                    all.then(writes);
                    Ok(reply)
                }
                Err(error) => {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "a decision expects what its view did not show"
                    );
                    Err(broken(job.server_fault))
                }
            },
            Ok(Err(fault)) => Err(fault),
            Err(_) => {
                tracing::error!("a decision panicked");
                Err(broken(job.server_fault))
            }
        });
    }
    (all, outcomes)
}

fn broken(server_fault: &'static str) -> Fault {
    Fault::receiver(server_fault, "The request could not be processed; the server's log says why.")
        .with_status(500)
}

#[cfg(test)]
mod tests;
