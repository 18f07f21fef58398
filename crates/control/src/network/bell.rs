//! Rings when a commit changes what hosts are told of their VPCs.
//!
//! Invariant: whoever hears it looks at the store; the ring itself says nothing. One watch serves all sessions.

use super::survey::Touched;
use crate::shared::{Shared, StoreError};
use domain::key::Prefix;
use std::{sync::Arc, time::Duration};
use store::{WatchBatch, WatchError};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// When the store cannot be watched, this is how long until it is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// The bell.
#[derive(Debug)]
pub(crate) struct Bell(watch::Sender<()>);

impl Bell {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(()))
    }

    /// Hears what is rung from now on.
    pub(crate) fn listen(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }

    fn ring(&self) {
        self.0.send_replace(());
    }
}

/// Watches the store until `stop` is cancelled or it is closed.
pub(crate) async fn run(shared: Arc<Shared>, stop: CancellationToken) {
    let watching = stop.run_until_cancelled(async {
        loop {
            match follow(&shared).await {
                Err(
                    StoreError::Watch(WatchError::Closed)
                    | StoreError::Read(store::ReadError::Closed),
                ) => return,
                // Too slow for the history that the store keeps: begin anew.
                Err(StoreError::Watch(WatchError::Compacted { .. })) => {}
                Err(error) => {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "changes of networks are not heard"
                    );
                    tokio::time::sleep(PAUSE).await;
                }
                Ok(never) => match never {},
            }
        }
    });
    let _ = watching.await;
}

async fn follow(shared: &Shared) -> Result<std::convert::Infallible, StoreError> {
    let seen = shared.engine.snapshot().await?.revision();
    let mut watch = shared.engine.watch(Prefix::everything(), seen.next()).await?;
    // Whatever happened before the watch began.
    shared.bell.ring();
    loop {
        if matters(&*watch.next().await?) {
            shared.bell.ring();
        }
    }
}

/// Whether a commit changes what some host is told. A record that cannot be read is as good as changed.
pub fn matters(batch: &WatchBatch) -> bool {
    let mut touched = Touched::default();
    batch.changes.iter().any(|change| touched.add(change).is_err() || !touched.is_nothing())
}
