//! The shell around decisions: look, decide, commit; on conflict throw the plan away and decide again, together with others who lost
//! (`queue.rs`).
//!
//! Must always hold: a reply is given only after its writes are durable; nothing is committed that was decided on a world that has
//! changed since; the number of tries is bounded.

use crate::{
    authorize::{authorize, authorize_profile, authorize_session},
    caller::Caller,
    config::Config,
    decide::{Ctx, Decide, Reply, Table, View},
    ecs,
    queue::{Job, Queue},
};
use books::ids::Ids;
use domain::time::Timestamp;
use ring::rand::{SecureRandom, SystemRandom};
use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};
use store::{CommitError, Engine};
use wire::{Fault, Value};

/// How often decisions are made anew before their clients are told to come again. Every conflict means that someone else's commit got
/// through, so it takes this many lost races in a row.
pub(crate) const TRIES_MAX: usize = 32;

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

/// Runs decisions against the store. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    engine: Arc<dyn Engine>,
    config: Arc<Config>,
    clock: Clock,
    random: SystemRandom,
    queue: Queue,
}

impl Service {
    /// Over `engine`, with the time of `clock`.
    pub fn new(engine: Arc<dyn Engine>, config: Arc<Config>, clock: Clock) -> Self {
        let queue = Queue::new(Arc::clone(&engine), clock);
        Self { engine, config, clock, random: SystemRandom::new(), queue }
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

    /// Serves one request of `operation` in `table` that `decide` decides, with `ids` for what it makes. `request` is of the operation's input shape and
    /// has passed its rules.
    ///
    /// # Errors
    /// What the decision refuses with, or a fault of the service if the store does not do its part.
    pub async fn call(
        &self,
        table: &Table,
        operation: &str,
        decide: Decide,
        request: &Value,
        caller: &Caller,
        ids: Ids,
    ) -> Result<Reply, Fault> {
        let server_fault = table.server_fault;
        let ctx = self.ctx(caller, ids);
        let view = self.prepared(table, &ctx).await?;
        if self.config.enforces_policies {
            authorize(&view, &ctx, table.service, operation, request)?;
        }
        let (reply, writes) = decide(&view, request, &ctx)?;
        if writes.is_empty() {
            return Ok(reply);
        }
        if !self.queue.is_busy() {
            match self.engine.commit(writes).await {
                Ok(_) => return Ok(reply),
                Err(CommitError::Conflict { key, .. }) => {
                    tracing::debug!(%key, "lost a race; deciding again")
                }
                Err(error) => return Err(uncommitted(server_fault, &error)),
            }
        }
        self.queue.call(Job { decide, request: request.clone(), ctx, server_fault }).await
    }

    /// Whether IAM's policies decide what callers may do.
    pub(crate) fn enforces_policies(&self) -> bool {
        self.config.enforces_policies
    }

    /// Refuses an agent's session that its caller may not open.
    ///
    /// # Errors
    /// `AccessDeniedException`, or a fault of the service if the store does not do its part.
    pub(crate) async fn authorize_agent(
        &self,
        caller: &Caller,
        action: &str,
        instance: &str,
    ) -> Result<(), Fault> {
        if !self.config.enforces_policies {
            return Ok(());
        }
        let view = self.view(ecs::TABLE.server_fault).await?;
        authorize_session(&view, &self.ctx(caller, self.ids()), action, instance)
    }

    /// Refuses a host's role that its agent's caller may not pass.
    ///
    /// # Errors
    /// As [`Self::authorize_agent`].
    pub(crate) async fn authorize_profile(
        &self,
        caller: &Caller,
        profile: &str,
    ) -> Result<(), Fault> {
        if !self.config.enforces_policies {
            return Ok(());
        }
        let view = self.view(ecs::TABLE.server_fault).await?;
        authorize_profile(&view, &self.ctx(caller, self.ids()), profile)
    }

    /// A view in which everything is that `table` presupposes.
    async fn prepared(&self, table: &Table, ctx: &Ctx) -> Result<View, Fault> {
        let Some(prepare) = table.prepare else { return self.view(table.server_fault).await };
        for _ in 0..TRIES_MAX {
            let view = self.view(table.server_fault).await?;
            let writes = prepare(&view, ctx)?;
            if writes.is_empty() {
                return Ok(view);
            }
            match self.engine.commit(writes).await {
                // Somebody else may have been first: what counts is that it is there.
                Ok(_) | Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(uncommitted(table.server_fault, &error)),
            }
        }
        Err(busy(table.server_fault))
    }

    async fn view(&self, server_fault: &'static str) -> Result<View, Fault> {
        let snapshot = self.engine.snapshot().await.map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "take a snapshot");
            closed(server_fault)
        })?;
        Ok(View::new(snapshot))
    }

    fn ctx(&self, caller: &Caller, ids: Ids) -> Ctx {
        Ctx {
            now: self.now(),
            scope: caller.scope.clone(),
            caller: caller.clone(),
            ids,
            config: Arc::clone(&self.config),
        }
    }

    /// Whether decisions that lost a race are waiting.
    #[cfg(test)]
    pub(crate) fn is_busy(&self) -> bool {
        self.queue.is_busy()
    }

    /// Waits for what is still being decided. For the end, when nobody calls any more.
    pub async fn close(&self) {
        self.queue.close().await;
    }
}

pub(crate) fn uncommitted(server_fault: &'static str, error: &CommitError) -> Fault {
    tracing::error!(error = error as &dyn std::error::Error, "commit");
    let message = match error {
        CommitError::TooLarge { .. } => {
            return Fault::sender("ClientException", "The request is too large to be stored.");
        }
        CommitError::Full { .. } => {
            "The server has no room left to store this. Free space in its data directory and try again."
        }
        CommitError::Closed => return closed(server_fault),
        CommitError::NoLease { .. }
        | CommitError::Refused { .. }
        | CommitError::Io { .. }
        | CommitError::Conflict { .. } => "The server cannot store this; its log says why.",
    };
    Fault::receiver(server_fault, message)
}

pub(crate) fn closed(server_fault: &'static str) -> Fault {
    Fault::receiver(server_fault, "The store is closed; the server is stopping.")
}

pub(crate) fn busy(server_fault: &'static str) -> Fault {
    Fault::receiver(
        server_fault,
        "The resource is changed by many others at the moment. Try again.",
    )
}
