//! Rings when a commit changes what hosts are told of their VPCs.
//!
//! Invariant: whoever hears it looks at the store; the ring itself says nothing. One watch serves all sessions.

use super::map::ADDRESS_ATTRIBUTE;
use crate::shared::{Shared, StoreError};
use domain::{
    ec2::{FlowLog, InternetGateway, NatGateway, PrefixList, RouteTable},
    instance::ContainerInstance,
    key::Prefix,
    record::Record,
    vpc::{NetworkInterface, SecurityGroup, Subnet, Vpc},
};
use std::{sync::Arc, time::Duration};
use store::{Change, WatchBatch, WatchError};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// When the store cannot be watched, this is how long until it is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// What is looked at for a map.
const TABLES: [&str; 9] = [
    Vpc::TABLE,
    Subnet::TABLE,
    SecurityGroup::TABLE,
    NetworkInterface::TABLE,
    RouteTable::TABLE,
    InternetGateway::TABLE,
    NatGateway::TABLE,
    PrefixList::TABLE,
    FlowLog::TABLE,
];

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

/// Whether a commit changes what some host is told.
pub(crate) fn matters(batch: &WatchBatch) -> bool {
    batch.changes.iter().any(|change| match change.key.table() {
        Some(ContainerInstance::TABLE) => moves(change),
        Some(table) => TABLES.contains(&table),
        None => false,
    })
}

/// Whether a host is reached elsewhere from now on. One that cannot be read is as good as moved.
fn moves(change: &Change) -> bool {
    let address = |instance: Option<store::Found<ContainerInstance>>| {
        instance.and_then(|it| it.attributes.get(ADDRESS_ATTRIBUTE).cloned().flatten())
    };
    match (change.before(), change.after()) {
        (Ok(before), Ok(after)) => address(before) != address(after),
        _ => true,
    }
}
