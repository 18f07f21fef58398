//! Which tasks to give up where there are too many (spec/placement.md §1, stop selection).
//!
//! Among tasks that stand alike it is the reverse of how they came: first from the capacity provider that has most for its share (§4), then
//! by the strategy: of those spread, one from the fullest zone, then from the instance with most tasks of the service; of those packed, one
//! from the instance with fewest, so that it may become free.
//! Cost: nothing but the size of the answer, unless a pile has to be cut; then that pile is looked at once.

use super::{
    member::{Member, Phase},
    roster::Squad,
    step::{Facts, number},
};
use domain::{cluster::StrategyItem, id::DeploymentId, key::Key, service::Service};
use placement::{
    candidate::ZONE_ATTRIBUTE,
    share::unshare,
    strategy::{Field, Strategy},
};
use std::collections::{BTreeMap, BinaryHeap};

/// Tasks of one deployment that stand alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pile<'a> {
    pub(crate) id: &'a DeploymentId,
    pub(crate) phase: Phase,
    pub(crate) is_draining: bool,
    /// Whether shares of capacity providers count before zones. Not where tasks move between zones: who then takes one back from the zone
    /// that it was moved to moves it for ever.
    pub(crate) by_share: bool,
}

/// Which tasks are given up.
#[derive(Debug, Default)]
pub(crate) struct Picked {
    /// With how they stand.
    pub(crate) tasks: Vec<(Key, Phase)>,
    /// How many were passed over because they are protected, by deployment.
    pub(crate) protected: Vec<(DeploymentId, usize)>,
}

/// How many may be given up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quota {
    /// In all.
    pub(crate) all: i64,
    /// Healthy ones among them.
    pub(crate) healthy: i64,
}

/// Takes tasks from `piles`, the first ones first, as far as `quota` goes, which is reduced by them.
pub(crate) fn pick<'a>(
    facts: &Facts<'_>,
    piles: impl IntoIterator<Item = Pile<'a>>,
    quota: &mut Quota,
    picked: &mut Picked,
) {
    for pile in piles {
        let most =
            if pile.phase == Phase::Healthy { quota.all.min(quota.healthy) } else { quota.all };
        let squad = facts.squad(pile.id);
        let all = squad.set(pile.phase, pile.is_draining);
        if quota.all <= 0 || all.is_empty() {
            continue;
        }
        // What does not work is not worth protecting.
        let protected = (pile.phase != Phase::Unhealthy).then_some(&squad.protected);
        let passed = protected.map_or(0, |set| set.iter().filter(|it| all.contains(*it)).count());
        let count = usize::try_from(most).unwrap_or(0).min(all.len() - passed);
        let free = || all.iter().filter(|key| protected.is_none_or(|set| !set.contains(*key)));
        let some = if count == all.len() - passed {
            free().collect()
        } else if count == 0 {
            Vec::new()
        } else {
            cut(facts, squad, &free().collect::<Vec<_>>(), (count, pile.by_share))
        };
        quota.all -= super::roster::to_i64(some.len());
        if pile.phase == Phase::Healthy {
            quota.healthy -= super::roster::to_i64(some.len());
        }
        picked.tasks.extend(some.into_iter().map(|key| (key.clone(), pile.phase)));
        if passed > 0 && quota.all > 0 {
            picked.protected.push((pile.id.clone(), passed));
        }
    }
}

/// `count` of `tasks`, by the reverse of how those of their squad were placed.
fn cut<'a>(
    facts: &'a Facts<'_>,
    squad: &'a Squad,
    tasks: &[&'a Key],
    (count, by_share): (usize, bool),
) -> Vec<&'a Key> {
    let Some(first) = tasks.first().and_then(|key| facts.roster.member(key)) else {
        return Vec::new();
    };
    let strategies = match facts.moulds.get(&first.deployment) {
        Some(mould) => mould.wants.strategies().to_vec(),
        None => Strategy::defaults().to_vec(),
    };
    let mut crowd = Crowd::of(facts, squad, strategies);
    let mut chosen = Vec::with_capacity(count);
    let shares = if by_share {
        by_provider(facts, squad, first.deployment, tasks, count)
    } else {
        vec![(tasks.to_vec(), count)]
    };
    for (tasks, count) in shares {
        take(facts, &mut crowd, &tasks, count, &mut chosen);
    }
    chosen
}

/// Tasks of each capacity provider, and how many of them go. One that no share is of goes first.
fn by_provider<'a>(
    facts: &Facts<'_>,
    squad: &Squad,
    deployment: u64,
    tasks: &[&'a Key],
    count: usize,
) -> Vec<(Vec<&'a Key>, usize)> {
    let strategy = strategy_of(facts.service, deployment);
    if strategy.len() < 2 {
        return vec![(tasks.to_vec(), count)];
    }
    let mut others = Vec::new();
    let mut shares: Vec<(Vec<&Key>, usize)> = vec![(Vec::new(), 0); strategy.len()];
    for key in tasks {
        let provider = facts.roster.member(key).and_then(|member| member.provider.as_deref());
        let item =
            strategy.iter().position(|item| Some(item.capacity_provider.as_str()) == provider);
        match item {
            Some(at) => shares[at].0.push(*key),
            None => others.push(*key),
        }
    }
    let there = |item: &StrategyItem| squad.providers.get(item.capacity_provider.as_str()).copied();
    let mut counts: Vec<i64> = strategy.iter().map(|item| there(item).unwrap_or(0)).collect();
    let of_others = count.min(others.len());
    for _ in of_others..count {
        let at = unshare(strategy, &counts, |at| shares[at].1 < shares[at].0.len());
        let Some(at) = at else { break };
        counts[at] -= 1;
        shares[at].1 += 1;
    }
    shares.insert(0, (others, of_others));
    shares
}

/// The shares of the deployment or task set of that number.
fn strategy_of(service: &Service, deployment: u64) -> &[StrategyItem] {
    let deployments = service.deployments.iter().map(|it| (&it.id, &it.template));
    let sets = service.task_sets.iter().map(|it| (&it.id, &it.template));
    let found = deployments.chain(sets).find(|(id, _)| number(id) == deployment);
    found.map_or(&[], |(_, template)| &template.strategy)
}

/// `count` of `tasks`, by the reverse of the strategy that `crowd` looks at.
fn take<'a>(
    facts: &'a Facts<'_>,
    crowd: &mut Crowd<'a, '_>,
    tasks: &[&'a Key],
    count: usize,
    chosen: &mut Vec<&'a Key>,
) {
    let mut by_seat: BTreeMap<Option<Seat<'a>>, Vec<(_, &'a Key)>> = BTreeMap::new();
    for key in tasks {
        let Some(member) = facts.roster.member(key) else { continue };
        by_seat.entry(Seat::of(member)).or_default().push((member.created_at, *key));
    }
    // The newest of an instance goes first.
    by_seat.values_mut().for_each(|tasks| tasks.sort_unstable());
    let mut heap: BinaryHeap<_> = by_seat.keys().map(|seat| (crowd.weight(*seat), *seat)).collect();
    let until = chosen.len() + count;
    while chosen.len() < until
        && let Some((weight, seat)) = heap.pop()
    {
        // Weights change as tasks are taken; what is at the top may be out of date.
        let weighs = crowd.weight(seat);
        if weighs != weight {
            heap.push((weighs, seat));
            continue;
        }
        let Some(tasks) = by_seat.get_mut(&seat) else { continue };
        if let Some((_, key)) = tasks.pop() {
            chosen.push(key);
            crowd.take(seat);
            heap.push((crowd.weight(seat), seat));
        }
    }
}

/// Where tasks are that are alike to a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seat<'a> {
    instance: &'a Key,
    /// Of tasks of Fargate: it is their subnet's, and a host may carry tasks of any.
    zone: Option<&'a str>,
}

impl<'a> Seat<'a> {
    fn of(member: &'a Member) -> Option<Self> {
        let zone = member.zone.as_deref().filter(|_| member.is_fargate);
        member.instance.as_ref().map(|instance| Self { instance, zone })
    }

    fn value<'f: 'a>(self, facts: &Facts<'f>, name: &str) -> Option<&'a str> {
        if name == ZONE_ATTRIBUTE && self.zone.is_some() {
            return self.zone;
        }
        (facts.site)(self.instance)?.record.attributes.get(name)?.as_deref()
    }
}

/// How many tasks there are in every bucket that a strategy looks at.
struct Crowd<'a, 'f> {
    facts: &'a Facts<'f>,
    strategies: Vec<Strategy>,
    /// For each strategy that spreads over an attribute, by its value.
    values: Vec<BTreeMap<Option<&'a str>, i64>>,
    seats: BTreeMap<Seat<'a>, i64>,
}

impl<'a, 'f> Crowd<'a, 'f> {
    fn of(facts: &'a Facts<'f>, squad: &'a Squad, strategies: Vec<Strategy>) -> Self {
        let mut crowd = Self {
            facts,
            values: vec![BTreeMap::new(); strategies.len()],
            strategies,
            seats: BTreeMap::new(),
        };
        let sets = Phase::ALL.into_iter().map(|phase| squad.set(phase, false));
        for key in sets.flatten() {
            let Some(seat) = facts.roster.member(key).and_then(Seat::of) else { continue };
            *crowd.seats.entry(seat).or_default() += 1;
        }
        for (seat, count) in &crowd.seats {
            for (at, strategy) in crowd.strategies.iter().enumerate() {
                if let Strategy::Spread(Field::Attribute(name)) = strategy {
                    *crowd.values[at].entry(seat.value(facts, name)).or_default() += count;
                }
            }
        }
        crowd
    }

    /// The greatest is given up first.
    fn weight(&self, seat: Option<Seat<'a>>) -> Vec<i64> {
        let Some(seat) = seat else { return Vec::new() };
        let here = self.seats.get(&seat).copied().unwrap_or(0);
        let weights = self.strategies.iter().enumerate().map(|(at, strategy)| match strategy {
            Strategy::Random => 0,
            Strategy::Spread(Field::Instance) => here,
            Strategy::Spread(Field::Attribute(name)) => {
                match seat.value(self.facts, name) {
                    // These were to be used last.
                    None => i64::MAX,
                    value => self.values[at].get(&value).copied().unwrap_or(0),
                }
            }
            Strategy::Binpack(_) => -here,
        });
        weights.collect()
    }

    fn take(&mut self, seat: Option<Seat<'a>>) {
        let Some(seat) = seat else { return };
        if let Some(count) = self.seats.get_mut(&seat) {
            *count -= 1;
        }
        for (at, strategy) in self.strategies.iter().enumerate() {
            if let Strategy::Spread(Field::Attribute(name)) = strategy
                && let Some(count) = self.values[at].get_mut(&seat.value(self.facts, name))
            {
                *count -= 1;
            }
        }
    }
}

/// All piles of a deployment in the order in which tasks are given up, DRAINING instances first.
pub(crate) fn piles(id: &DeploymentId) -> impl Iterator<Item = Pile<'_>> {
    let pile = move |is_draining| {
        let of = move |phase| Pile { id, phase, is_draining, by_share: true };
        Phase::ALL.into_iter().map(of)
    };
    debug_assert!(number(id) > 0, "ids are numbers of 19 digits");
    pile(true).chain(pile(false))
}
