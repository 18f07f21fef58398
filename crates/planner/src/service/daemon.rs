//! DAEMON services: one task on each ACTIVE instance that is as its tasks want it (spec/services.md §3).
//!
//! On an instance the old task ends before the new one is made, so that they never share a port. A task goes where its instance is
//! DRAINING or no longer as wanted, and is not replaced there.
//! Invariant: no instance has two tasks that are to run.

use super::{
    bounds::Bounds,
    launch::pool,
    member::{Member, Phase, Standing},
    rollout,
    roster::to_i64,
    step::{Facts, Mould, Step, TASKS_PER_STEP_MAX, number, reason_of, say_stopped},
    words,
};
use crate::{
    floor::{Ask, Draft, Shortfall},
    plan::Launch,
};
use domain::{
    deployment::{Deployment, RolloutState},
    instance::Ledger,
    key::Key,
    status::InstanceStatus,
};
use placement::{candidate::Candidate, filter::Refusal};
use std::collections::BTreeMap;

/// Decides on a service. `instances` are those of its cluster.
pub(crate) fn serve<'a>(
    facts: &Facts<'a>,
    step: &mut Step,
    draft: &mut Draft<'_>,
    instances: impl Iterator<Item = &'a Key>,
) {
    let Some(primary) = step.after.primary().cloned() else { return };
    let mut wanted = wanted(facts, &primary, instances);
    let desired = to_i64(wanted.len());
    rollout::guard(facts, step, desired);
    let Some(primary) = step.after.primary().cloned() else { return };
    let bounds = Bounds::of(desired, &facts.service.configuration);
    let mut healthy = facts.in_phase(Phase::Healthy) - bounds.lower;
    let in_phase = |phase| facts.in_phase(phase);
    let running = Phase::ALL.into_iter().filter(|phase| phase.is_running()).map(in_phase);
    let mut running = running.sum::<i64>() - bounds.lower;
    let is_stalled = primary.rollout == RolloutState::Failed;
    let mut stops: Vec<(Key, Phase)> = Vec::new();
    let mut members: Vec<_> = facts.roster.members().collect();
    // Of two on one instance the newest goes; old and unhealthy ones before those that are well.
    members.sort_by_key(|(key, member, _)| (rank(member, &primary), member.created_at, *key));
    for (key, member, standing) in members {
        let Some(instance) = &member.instance else { continue };
        let Standing::Kept(phase, is_draining) = standing else {
            // Until it is gone there is no room for the next.
            if standing == Standing::Leaving {
                wanted.remove(instance);
            }
            continue;
        };
        let is_due = !is_draining && wanted.remove(instance).is_some();
        let is_old = number(&primary.id) != member.deployment && !is_stalled;
        if is_due && phase != Phase::Unhealthy && !is_old {
            continue;
        }
        let is_protected = member.is_protected(facts.now) && phase != Phase::Unhealthy;
        let serves = is_due && phase.is_running() && phase != Phase::Unhealthy;
        let is_well = phase == Phase::Healthy;
        if is_protected || serves && (if is_well { healthy } else { running }) <= 0 {
            continue;
        }
        healthy -= i64::from(serves && is_well);
        running -= i64::from(serves);
        stops.push((key.clone(), phase));
    }
    // Nobody can start a task where no agent is.
    let unreachable = wanted.values().filter(|is_connected| !**is_connected).count();
    stop(step, &primary, &stops);
    if !is_stalled {
        start(facts, step, draft, &primary, wanted);
    }
    rollout::finish(facts, step, desired - to_i64(unreachable));
}

/// Tasks of the PRIMARY deployment are looked at first, so that where there are two, the other one goes.
fn rank(member: &Member, primary: &Deployment) -> bool {
    member.deployment != number(&primary.id)
}

/// The instances that are to have a task, and whether their agents are there to start one.
fn wanted<'a>(
    facts: &Facts<'a>,
    primary: &Deployment,
    instances: impl Iterator<Item = &'a Key>,
) -> BTreeMap<Key, bool> {
    let Some(mould) = facts.moulds.get(&number(&primary.id)) else { return BTreeMap::new() };
    instances.filter_map(|key| Some((key.clone(), suits(facts, primary, mould, key)?))).collect()
}

fn suits(facts: &Facts<'_>, primary: &Deployment, mould: &Mould, key: &Key) -> Option<bool> {
    let site = (facts.site)(key)?;
    if site.record.status != InstanceStatus::Active {
        return None;
    }
    let template = &primary.template;
    let mut items = template.strategy.iter();
    let is_in_pool = if template.strategy.is_empty() {
        pool(template, None, None).has(site.record)
    } else {
        items.any(|item| {
            (facts.providers)(&item.capacity_provider)
                .is_some_and(|it| pool(template, Some(it), None).has(site.record))
        })
    };
    let ledger = Ledger::default();
    let candidate = Candidate { instance: site.record, ledger: &ledger, link: site.link };
    let needs = mould.wants.needs(facts.group);
    (is_in_pool && needs.is_suited_by(&candidate)).then(|| candidate.is_connected())
}

fn stop(step: &mut Step, primary: &Deployment, stops: &[(Key, Phase)]) {
    let (mut running, mut pending) = (Vec::new(), Vec::new());
    for (key, phase) in stops {
        if step.stop(std::slice::from_ref(key), &reason_of(*phase, &primary.id)) == 0 {
            break;
        }
        let list = if phase.is_running() { &mut running } else { &mut pending };
        list.push(key.clone());
    }
    if !stops.is_empty() {
        step.because("daemons are old, unhealthy, or not wanted where they are");
    }
    say_stopped(step, &running, &pending);
}

fn start(
    facts: &Facts<'_>,
    step: &mut Step,
    draft: &mut Draft<'_>,
    primary: &Deployment,
    missing: BTreeMap<Key, bool>,
) {
    if missing.is_empty() {
        return;
    }
    if let Some(at) = primary.retry_at.filter(|at| *at > facts.now) {
        step.look_at(at);
        return;
    }
    let Some(mould) = facts.moulds.get(&number(&primary.id)) else { return };
    let ask = Ask {
        cluster: facts.cluster,
        wants: &mould.wants,
        group: facts.group,
        pool: pool(&primary.template, None, None),
    };
    let (instances, mut made, mut closest) = (missing.len(), 0, None);
    for (key, is_connected) in missing {
        if step.launches.len() >= TASKS_PER_STEP_MAX {
            break;
        }
        if !is_connected {
            continue;
        }
        match draft.place_on(&ask, &key) {
            Ok(place) => {
                let deployment = primary.id.clone();
                let site = (facts.site)(&key);
                let provider = provider_of(facts, primary, site.map(|site| site.record));
                step.launches.push(Launch { deployment, place: Some(place), provider });
                made += 1;
            }
            Err(reason) => closest = closest.or(Some((key, reason))),
        }
    }
    step.say_started(made, 0, None);
    if made > 0 {
        step.because("instances lack their daemon");
    }
    if let Some((key, reason)) = closest {
        step.is_blocked = true;
        let closest = Some(Refusal { instance: crate::view::instance_id(&key), reason });
        let shortfall =
            Shortfall { instances, candidates: instances, closest, ..Shortfall::default() };
        step.say(words::unplaced(&shortfall, false));
    }
}

/// The provider of a strategy that an instance belongs to.
fn provider_of(
    facts: &Facts<'_>,
    primary: &Deployment,
    instance: Option<&domain::instance::ContainerInstance>,
) -> Option<String> {
    let names = primary.template.strategy.iter().map(|item| &item.capacity_provider);
    let mut names = names.filter(|name| {
        (facts.providers)(name).zip(instance).is_some_and(|(it, instance)| it.has(instance))
    });
    names.next().cloned()
}
