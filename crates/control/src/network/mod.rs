//! What hosts are told of the VPCs of their tasks: each VPC whole, when a session opens and whenever it is not what was told before.
//!
//! Invariant: what was told last is what the records said when they were last looked at. A change rings (`bell.rs`), the session looks a
//! moment later, so that many changes are told once; a payload is never sent before the map that its interfaces are in.
//! Not here: what a host makes of it (the host's own side), who may be in which VPC (`api`), who gives out addresses (`books`).

pub(crate) mod bell;
pub mod map;

use crate::instance::Instance;
use domain::{
    instance::ContainerInstance,
    link::network::{NetworkMap, VpcMap},
    time::{Millis, Timestamp},
};
use map::{ADDRESS_ATTRIBUTE, maps};
use std::collections::BTreeMap;
use store::{ReadError, Snapshot};

/// How long after a change it is looked at: what changes together is told together.
const AFTER: Millis = Millis(20);

/// What one host was told.
#[derive(Debug, Default)]
pub struct Told {
    /// By the id of the VPC.
    vpcs: BTreeMap<String, VpcMap>,
    /// When to look again.
    due: Option<Timestamp>,
    messages: u64,
}

impl Told {
    /// Something changed at `now`.
    pub fn ring(&mut self, now: Timestamp) {
        self.due.get_or_insert(now + AFTER);
    }

    /// When to look; `None` while nothing changes.
    pub fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// What the host has to hear to know all that `snapshot` says; from then on it counts as told. `None` where there is no news, and for
    /// agents that do not say where other hosts reach theirs: they make no use of it.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn news(
        &mut self,
        snapshot: &Snapshot,
        instance: &Instance,
    ) -> Result<Option<NetworkMap>, ReadError> {
        self.due = None;
        let registered = snapshot.get::<ContainerInstance>(&instance.key())?;
        if !registered.is_some_and(|it| it.attributes.contains_key(ADDRESS_ATTRIBUTE)) {
            return Ok(None);
        }
        let now = maps(snapshot, instance)?;
        let is_news = |map: &&VpcMap| self.vpcs.get(&map.id) != Some(*map);
        let mut vpcs: Vec<VpcMap> = now.values().filter(is_news).cloned().collect();
        // One without anything of this host: there is nothing of it left here.
        let gone = self.vpcs.values().filter(|map| !now.contains_key(&map.id));
        vpcs.extend(gone.map(|map| VpcMap {
            id: map.id.clone(),
            number: map.number,
            ..VpcMap::default()
        }));
        self.vpcs = now;
        if vpcs.is_empty() {
            return Ok(None);
        }
        self.messages += 1;
        Ok(Some(NetworkMap { message_id: format!("network-{}", self.messages), vpcs }))
    }
}

#[cfg(test)]
mod tests;
