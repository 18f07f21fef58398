//! What every session and the rounds have in hand.

use crate::{
    config::{Config, Sources},
    network::{bell::Bell, survey::Surveys},
    registry::Registry,
    tcs::metrics::Metrics,
};
use domain::record::Revision;
use std::sync::Arc;
use store::{CommitError, Engine, ReadError, Snapshot, Transaction, WatchError};

/// How often a commit that met another is decided again in a row. Whoever loses so often waits for its next turn.
pub(crate) const CONFLICTS_MAX: usize = 8;

/// Handles to what there is one of.
pub(crate) struct Shared {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) config: Config,
    pub(crate) sources: Sources,
    pub(crate) registry: Arc<Registry>,
    pub(crate) bell: Bell,
    pub(crate) surveys: Surveys,
    pub(crate) metrics: Metrics,
}

/// Why a session or a round could not go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("read the store")]
    Read(#[from] ReadError),
    #[error("write to the store")]
    Commit(#[from] CommitError),
    #[error("watch the store")]
    Watch(#[from] WatchError),
    #[error("records changed again and again while they were looked at")]
    Contended,
}

impl Shared {
    /// Decides on a fresh snapshot and commits, until nobody comes between. `decide` says what it decided and what to write for it;
    /// no write means that nothing is to be done.
    pub(crate) async fn settle<T>(
        &self,
        decide: impl FnMut(&Snapshot) -> Result<(T, Transaction), ReadError> + Send,
    ) -> Result<(T, Option<Revision>), StoreError> {
        self.settle_within(CONFLICTS_MAX, decide).await
    }

    /// The same, for who would rather do something else after some conflicts.
    pub(crate) async fn settle_within<T>(
        &self,
        conflicts_max: usize,
        mut decide: impl FnMut(&Snapshot) -> Result<(T, Transaction), ReadError> + Send,
    ) -> Result<(T, Option<Revision>), StoreError> {
        for _ in 0..conflicts_max {
            let snapshot = self.engine.snapshot().await?;
            let (decided, writes) = decide(&snapshot)?;
            if writes.is_empty() {
                return Ok((decided, None));
            }
            match self.engine.commit(writes).await {
                Ok(revision) => return Ok((decided, Some(revision))),
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Contended)
    }
}
