//! What hosts are told of the VPCs of their tasks: each VPC whole, when a session opens and whenever it is not what was told before.
//!
//! Invariant: what was told last is what the records said when they were last looked at. A change rings (`bell.rs`), the session looks a
//! moment later, so that many changes are told once, and all sessions look at one survey (`survey.rs`); a payload is never sent before the
//! map that its interfaces are in.
//! Not here: what a host makes of it (the host's own side), who may be in which VPC (`api`), who gives out addresses (`books`).

pub mod bell;
pub mod map;
pub mod survey;

use crate::instance::Instance;
use domain::{
    instance::ContainerInstance,
    link::network::{NetworkMap, VpcMap},
    record::Revision,
    time::{Millis, Timestamp},
};
use map::{ADDRESS_ATTRIBUTE, map};
use std::collections::BTreeMap;
use store::ReadError;
use survey::Survey;

/// How long after a change it is looked at: what changes together is told together.
const AFTER: Millis = Millis(20);

/// What one host was told.
#[derive(Debug, Default)]
pub struct Told {
    /// By the id of the VPC: since when it is so, and how it is.
    vpcs: BTreeMap<String, (Revision, VpcMap)>,
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

    /// What the host has to hear to know all that `survey` says; from then on it counts as told. `None` where there is no news, and for
    /// agents that do not say where other hosts reach theirs: they make no use of it.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn news(
        &mut self,
        survey: &Survey,
        instance: &Instance,
    ) -> Result<Option<NetworkMap>, ReadError> {
        self.due = None;
        let snapshot = survey.snapshot();
        let registered = snapshot.get::<ContainerInstance>(&instance.key())?;
        if !registered.is_some_and(|it| it.attributes.contains_key(ADDRESS_ATTRIBUTE)) {
            return Ok(None);
        }
        let host = (instance.cluster.clone(), instance.id.clone());
        let (mut news, mut before) = (Vec::new(), std::mem::take(&mut self.vpcs));
        for ground in survey.of_host(&host) {
            let id = &ground.vpc.id;
            let known = match before.remove(id) {
                Some(known) if known.0 == ground.since => {
                    self.vpcs.insert(id.clone(), known);
                    continue;
                }
                known => known,
            };
            let map = map(snapshot, &instance.scope, ground, &host)?;
            if known.is_none_or(|(_, known)| known != map) {
                news.push(map.clone());
            }
            self.vpcs.insert(id.clone(), (ground.since, map));
        }
        // One without anything of this host: there is nothing of it left here.
        news.extend(before.into_values().map(|(_, map)| VpcMap {
            id: map.id,
            number: map.number,
            ..VpcMap::default()
        }));
        if news.is_empty() {
            return Ok(None);
        }
        self.messages += 1;
        Ok(Some(NetworkMap { message_id: format!("network-{}", self.messages), vpcs: news }))
    }
}

#[cfg(test)]
mod tests;
