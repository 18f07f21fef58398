//! Moves tasks between Availability Zones until they are spread evenly (spec/placement.md §3).
//!
//! ```text
//! steady, uneven ─ tasks made in the emptiest zones ─▶ rebalancing ─ all healthy: as many stopped in the fullest ─▶ even, or again
//!                  └ no place: said, nothing done       └ a deployment begins: given up
//! ```
//! Invariants: it begins only with all tasks healthy and no deployment under way; it never launches instances, never goes above the
//! maximum, and stops a task only after its replacement is healthy. Tasks on DRAINING instances do not count.

use super::{
    bounds::Bounds,
    launch::{Order, launch, pool},
    member::Phase,
    pick::{Picked, Pile, Quota, pick},
    roster::to_i64,
    step::{Facts, Step, number},
    words,
};
use crate::{
    floor::{Ask, Draft, Pool},
    view::keys::pool_key,
};
use domain::{
    deployment::{Deployment, RolloutState},
    key::Key,
};
use std::{collections::BTreeMap, sync::Arc};

/// How many tasks each zone has.
type Zones = BTreeMap<Arc<str>, i64>;

/// Whether what is too many is rebalancing's to stop.
pub(crate) fn is_rebalancing(step: &Step) -> bool {
    let primary = step.after.primary();
    step.after.is_rebalancing
        && step.after.rebalancing
        && primary.is_some_and(|it| it.rollout == RolloutState::Completed)
}

/// Begins, goes on with or ends rebalancing.
pub(crate) fn rebalance(facts: &Facts<'_>, step: &mut Step, draft: &mut Draft<'_>, bounds: Bounds) {
    let Some(primary) = step.after.primary().cloned() else { return };
    if !step.after.rebalancing || primary.rollout != RolloutState::Completed {
        if std::mem::take(&mut step.after.is_rebalancing) {
            step.say("stopped AZ Rebalancing.");
        }
        return;
    }
    let squad = facts.squad(&primary.id);
    let healthy = squad.count(Phase::Healthy, false);
    let is_idle = step.launches.is_empty() && step.stops.is_empty();
    if !is_idle || facts.live() != healthy || primary.retry_at.is_some_and(|at| at > facts.now) {
        return;
    }
    let surplus = healthy - facts.service.desired;
    if surplus > 0 {
        stop(facts, step, &primary, surplus, bounds);
    } else if surplus == 0 {
        start(facts, step, draft, &primary, bounds);
    }
}

/// Whether `counts` are as even as they can be.
fn is_even(counts: &Zones) -> bool {
    let (sum, zones) = (counts.values().sum::<i64>(), to_i64(counts.len()).max(1));
    let (least, most) = (sum / zones, (sum + zones - 1) / zones);
    counts.values().all(|count| (least..=most).contains(count))
}

/// How many tasks go to each zone.
fn moves(mut counts: Zones, most: i64) -> Vec<(Arc<str>, i64)> {
    let mut gains = Zones::new();
    for _ in 0..most {
        if is_even(&counts) {
            break;
        }
        let fullest = counts.iter().max_by_key(|(_, count)| **count).map(|(zone, _)| zone.clone());
        let emptiest = counts.iter().min_by_key(|(_, count)| **count).map(|(zone, _)| zone.clone());
        let Some((from, to)) = fullest.zip(emptiest) else { break };
        *counts.entry(from).or_default() -= 1;
        *counts.entry(to.clone()).or_default() += 1;
        *gains.entry(to).or_default() += 1;
    }
    gains.into_iter().collect()
}

fn start(
    facts: &Facts<'_>,
    step: &mut Step,
    draft: &mut Draft<'_>,
    primary: &Deployment,
    bounds: Bounds,
) {
    let Some(counts) = counts(facts, draft, primary) else { return };
    if is_even(&counts) {
        if std::mem::take(&mut step.after.is_rebalancing) {
            step.because("zones are balanced");
            step.say(words::balanced(&counts));
        }
        return;
    }
    let room = (bounds.upper - facts.live()).max(0);
    let mut started: Vec<(Arc<str>, i64)> = Vec::new();
    let mut unplaced = None;
    for (zone, count) in moves(counts.clone(), room) {
        let order =
            Order { id: &primary.id, template: &primary.template, count, zone: Some(&zone) };
        let launched = launch(facts, step, draft, order);
        if let Some((_, supply)) = launched.shortfall {
            unplaced = unplaced.or(Some((zone.clone(), supply)));
        }
        started.push((zone, launched.made));
    }
    if started.iter().all(|(_, made)| *made == 0) {
        step.after.is_rebalancing = false;
        if let Some((zone, supply)) = unplaced {
            step.is_blocked = true;
            step.complain(words::rebalance_unplaced(&zone, supply));
        }
        return;
    }
    step.because("zones are not balanced");
    if !step.after.is_rebalancing {
        step.after.is_rebalancing = true;
        step.say(words::unbalanced(&counts));
    }
    step.after.is_steady = false;
    for (zone, made) in started {
        let made = usize::try_from(made).unwrap_or(0);
        step.say_started(made, 0, Some(zone.to_string()));
    }
}

/// Tasks by zone, of all zones that have an instance for them; of tasks of Fargate those of their subnets, where hosts carry tasks of any
/// zone. `None` where there are not two.
fn counts(facts: &Facts<'_>, draft: &Draft<'_>, primary: &Deployment) -> Option<Zones> {
    let mould = facts.moulds.get(&number(&primary.id))?;
    let template = &primary.template;
    let mut counts = facts.squad(&primary.id).zones.clone();
    if let Some(site) = &mould.fargate {
        let pool = pool_key(facts.key);
        let way = site.way(&mould.wants, draft, &pool);
        let ask = Ask { cluster: &pool, wants: way.wants, group: "", pool: Pool::default() };
        let zones: Vec<Arc<str>> = if way.is_near {
            draft.zones(&ask).into_keys().map(Arc::from).collect()
        } else {
            site.zones().cloned().collect()
        };
        for zone in zones {
            counts.entry(zone).or_default();
        }
        return (counts.len() > 1).then_some(counts);
    }
    let mut add = |provider| {
        let pool = pool(template.launch_type, provider, None);
        let ask = Ask { cluster: facts.cluster, wants: &mould.wants, group: facts.group, pool };
        for zone in draft.zones(&ask).into_keys().filter(|zone| !zone.is_empty()) {
            counts.entry(Arc::from(zone)).or_default();
        }
    };
    if template.strategy.is_empty() {
        add(None);
    }
    for item in &template.strategy {
        if let Some(provider) = (facts.providers)(&item.capacity_provider) {
            add(Some(provider));
        }
    }
    (counts.len() > 1).then_some(counts)
}

fn stop(facts: &Facts<'_>, step: &mut Step, primary: &Deployment, surplus: i64, bounds: Bounds) {
    let healthy = facts.squad(&primary.id).count(Phase::Healthy, false);
    let mut quota = Quota { all: surplus, healthy: healthy - bounds.lower };
    let (id, phase) = (&primary.id, Phase::Healthy);
    let pile = Pile { id, phase, is_draining: false, by_share: false };
    let mut picked = Picked::default();
    pick(facts, [pile], &mut quota, &mut picked);
    let mut by_zone: BTreeMap<Arc<str>, Vec<Key>> = BTreeMap::new();
    for (task, _) in &picked.tasks {
        let zone = facts.roster.member(task).and_then(|member| member.zone.clone());
        by_zone.entry(zone.unwrap_or_else(|| Arc::from(""))).or_default().push(task.clone());
    }
    for (zone, tasks) in by_zone {
        let stopped = step.stop(&tasks, &words::rebalance_stop(&primary.id));
        if stopped > 0 {
            step.because("zones are being balanced");
            step.say(words::rebalance_stopped(&zone, &tasks[..stopped]));
        }
    }
    if let Some((id, count)) = picked.protected.first().filter(|_| picked.tasks.is_empty()) {
        step.complain(words::rebalance_protected(id, *count));
    }
}

#[cfg(test)]
mod tests {
    use super::{Zones, is_even, moves};
    use std::sync::Arc;

    fn zones(counts: &[i64]) -> Zones {
        let names = ["a", "b", "c"].into_iter().map(Arc::from);
        names.zip(counts.iter().copied()).collect()
    }

    #[test]
    fn zones_are_even_where_none_has_two_more_than_another() {
        for even in [&[1, 1][..], &[1, 2], &[1, 2, 2], &[1, 1, 2], &[1, 0, 0], &[0, 0]] {
            assert!(is_even(&zones(even)), "{even:?}");
        }
        for uneven in [&[2, 0][..], &[3, 1], &[3, 1, 1], &[4, 0, 0], &[2, 2, 0]] {
            assert!(!is_even(&zones(uneven)), "{uneven:?}");
        }
    }

    #[test]
    fn moves_go_from_the_fullest_to_the_emptiest_zone() {
        assert_eq!(moves(zones(&[4, 0, 0]), 9), [(Arc::from("b"), 1), (Arc::from("c"), 1)]);
        assert_eq!(moves(zones(&[6, 0]), 1), [(Arc::from("b"), 1)]);
        assert_eq!(moves(zones(&[1, 0, 0]), 9), []);
    }
}
