//! Tasks of Fargate: on which hosts of the pool, and in which Availability Zones.
//!
//! A task is in its subnet's zone. Where the pool has ACTIVE hosts in a zone of the tasks' subnets, they are on those hosts, and each host's
//! zone decides; where it has none, any host carries them, and each task is in the zone that has fewest of the deployment.
//! Not here: which subnet of the zone (`books::network`).

use super::{
    launch::{Launched, Order, Supply},
    step::{Facts, Mould, Step},
};
use crate::{
    floor::{Ask, Draft, Pool},
    plan::Launch,
    view::keys::pool_key,
};
use domain::{fargate::booked_group, id::ClusterName, key::Key, vpc::TaskNetwork};
use placement::{filter::reaches, wants::Wants};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What tasks of Fargate are made from besides what others are.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// What they want of a host that may be in any zone.
    anywhere: Arc<Wants>,
    /// The zones of their subnets.
    zones: BTreeSet<Arc<str>>,
}

/// Where tasks may go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way<'a> {
    pub(crate) wants: &'a Arc<Wants>,
    /// Whether a host's zone is its tasks'.
    pub(crate) is_near: bool,
}

impl Site {
    pub(crate) fn new(anywhere: Wants, network: Option<&TaskNetwork>) -> Self {
        let zones = network.map(|network| network.zones().into_iter().map(Arc::from).collect());
        Self { anywhere: Arc::new(anywhere), zones: zones.unwrap_or_default() }
    }

    /// The zones of the tasks' subnets.
    pub(crate) fn zones(&self) -> impl Iterator<Item = &Arc<str>> {
        self.zones.iter()
    }

    /// Where the pool's hosts are decides where tasks go. `near` is what they want of a host in a zone of theirs.
    pub(crate) fn way<'a>(
        &'a self,
        near: &'a Arc<Wants>,
        draft: &Draft<'_>,
        pool: &Key,
    ) -> Way<'a> {
        let zones = draft.zones(&self.ask(pool));
        let is_near = reaches(zones.keys().map(String::as_str), &self.zones);
        Way { wants: if is_near { near } else { &self.anywhere }, is_near }
    }

    /// What is asked of hosts that may be in any zone.
    fn ask<'a>(&'a self, pool: &'a Key) -> Ask<'a> {
        Ask { cluster: pool, wants: &self.anywhere, group: "", pool: Pool::default() }
    }
}

/// Makes as many of `count` tasks as have a place. None waits: on Fargate there is room, or the next look finds some.
pub(crate) fn launch(
    facts: &Facts<'_>,
    step: &mut Step,
    draft: &mut Draft<'_>,
    (order, mould, site): (Order<'_>, &Mould, &Site),
    (name, count): (Option<&str>, usize),
    launched: &mut Launched,
) {
    let pool = pool_key(facts.key);
    let way = site.way(&mould.wants, draft, &pool);
    let group = group(facts);
    let zone = order.zone.filter(|_| way.is_near);
    let ask = Ask {
        cluster: &pool,
        wants: way.wants,
        group: &group,
        pool: Pool { zone, ..Pool::default() },
    };
    let placed = draft.place(&ask, count, facts.seed());
    for place in placed.places {
        let zone = match (way.is_near, order.zone) {
            (true, _) => None,
            (false, Some(zone)) => Some(zone.to_owned()),
            (false, None) => emptiest(facts, step, order, site),
        };
        step.launches.push(Launch {
            deployment: order.id.clone(),
            place: Some(place),
            provider: name.map(str::to_owned),
            zone,
        });
        launched.made += 1;
    }
    if let Some(mut shortfall) = placed.shortfall {
        shortfall.unserved = draft.unserved(&site.ask(&pool));
        launched.shortfall = Some((shortfall, Supply::Fargate));
    }
}

/// The zone of their subnets that has fewest tasks of the deployment, with those that the step makes.
fn emptiest(facts: &Facts<'_>, step: &Step, order: Order<'_>, site: &Site) -> Option<String> {
    let there = &facts.squad(order.id).zones;
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for zone in &site.zones {
        counts.insert(zone, there.get(zone).copied().unwrap_or(0));
    }
    for launch in step.launches.iter().filter(|launch| launch.deployment == *order.id) {
        if let Some(count) = launch.zone.as_deref().and_then(|zone| counts.get_mut(zone)) {
            *count += 1;
        }
    }
    let zone = counts.into_iter().min_by_key(|(_, count)| *count);
    zone.map(|(zone, _)| zone.to_owned())
}

/// The group by which the pool's hosts know the service's tasks.
fn group(facts: &Facts<'_>) -> String {
    let cluster =
        ClusterName::parse(facts.cluster.last()).expect("a cluster's key ends in its name");
    booked_group(&cluster, facts.group)
}
