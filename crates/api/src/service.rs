//! The shell around decisions: look, decide, commit; on conflict throw the plan away and look again.
//!
//! Who has lost a race queues up behind others who lost over the same record, so that losers do not make each other lose: with many clients
//! at one record, the first in the queue has only newcomers to beat. The queues make nothing right or wrong, only fair; other control
//! planes on the same store know nothing of them.
//!
//! Must always hold: a reply is given only after its writes are durable; nothing is committed that was decided on a world that has
//! changed since; the number of tries is bounded.

use crate::{
    caller::Caller,
    config::Config,
    decide::{Ctx, Decide, Reply, Table, View},
    ids::Ids,
};
use domain::{key::Key, time::Timestamp};
use ring::rand::{SecureRandom, SystemRandom};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};
use store::{CommitError, Engine};
use tokio::sync::{Semaphore, SemaphorePermit};
use wire::{Fault, Value};

/// How often a decision is made anew before the client is told to come again. Every conflict means that another commit got
/// through, so it takes this many lost races in a row.
const TRIES_MAX: usize = 32;

/// Queues for those who lost a race. Records share queues, which costs a little waiting and no rightness.
const QUEUES: usize = 64;

/// Where the time comes from: the system's clock, or a test's.
pub type Clock = fn() -> Timestamp;

/// The system's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the shell that reads the clock for all the others"
)]
pub fn system_clock() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}

/// Runs decisions against the store.
#[derive(Clone)]
pub struct Service {
    engine: Arc<dyn Engine>,
    config: Arc<Config>,
    clock: Clock,
    random: SystemRandom,
    queues: Arc<[Semaphore; QUEUES]>,
}

impl Service {
    /// Over `engine`, with the time of `clock`.
    pub fn new(engine: Arc<dyn Engine>, config: Arc<Config>, clock: Clock) -> Self {
        let queues = Arc::new(std::array::from_fn(|_| Semaphore::new(1)));
        Self { engine, config, clock, random: SystemRandom::new(), queues }
    }

    /// The store.
    pub fn engine(&self) -> &Arc<dyn Engine> {
        &self.engine
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Fresh randomness.
    ///
    /// # Panics
    /// If the operating system has none to give: nothing that needs an id can go on then.
    pub fn ids(&self) -> Ids {
        let mut seed = [0; 32];
        self.random.fill(&mut seed).expect("the operating system gives random bytes");
        Ids::from_seed(seed)
    }

    /// Serves one request of `table` that `decide` decides, with `ids` for what it makes. `request` is of the operation's input shape and
    /// has passed its rules.
    ///
    /// # Errors
    /// What the decision refuses with, or a fault of the service if the store does not do its part.
    pub async fn call(
        &self,
        table: &Table,
        decide: Decide,
        request: &Value,
        caller: &Caller,
        ids: Ids,
    ) -> Result<Reply, Fault> {
        let mut ctx = Ctx {
            now: self.now(),
            scope: caller.scope.clone(),
            caller: caller.clone(),
            ids,
            config: Arc::clone(&self.config),
        };
        let mut turn = None;
        for _ in 0..TRIES_MAX {
            let snapshot = self.engine.snapshot().await.map_err(|error| {
                tracing::error!(error = &error as &dyn std::error::Error, "take a snapshot");
                Fault::receiver(table.server_fault, "The store is closed; the server is stopping.")
            })?;
            let view = View::new(snapshot);
            let (reply, writes) = decide(&view, request, &ctx)?;
            // A snapshot is no longer needed once a plan stands; held on, it would keep replaced records alive.
            drop(view);
            if writes.is_empty() {
                return Ok(reply);
            }
            match self.engine.commit(writes).await {
                Ok(_) => return Ok(reply),
                Err(CommitError::Conflict { key, .. }) => {
                    tracing::debug!(%key, "lost a race; deciding again");
                    if turn.is_none() {
                        turn = Some(self.turn_after(&key).await);
                    }
                    ctx.now = self.now();
                }
                Err(error) => return Err(uncommitted(table, &error)),
            }
        }
        Err(Fault::receiver(
            table.server_fault,
            "The resource is changed by many others at the moment. Try again.",
        ))
    }
}

impl Service {
    /// Waits until all have gone who lost over `key` before, and holds the others up until it is dropped.
    async fn turn_after(&self, key: &Key) -> SemaphorePermit<'_> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let at = hasher.finish() % QUEUES as u64;
        let queue = &self.queues[usize::try_from(at).expect("less than the number of queues")];
        queue.acquire().await.expect("queues are never closed")
    }
}

fn uncommitted(table: &Table, error: &CommitError) -> Fault {
    tracing::error!(error = error as &dyn std::error::Error, "commit");
    let message = match error {
        CommitError::TooLarge { .. } => {
            return Fault::sender("ClientException", "The request is too large to be stored.");
        }
        CommitError::Full { .. } => {
            "The server has no room left to store this. Free space in its data directory and try again."
        }
        CommitError::Closed => "The store is closed; the server is stopping.",
        CommitError::NoLease { .. } | CommitError::Io { .. } | CommitError::Conflict { .. } => {
            "The server cannot store this; its log says why."
        }
    };
    Fault::receiver(table.server_fault, message)
}
