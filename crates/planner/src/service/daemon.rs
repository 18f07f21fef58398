//! DAEMON services: one task on each ACTIVE instance that is as its tasks want it (spec/services.md §3).
//!
//! On an instance the old task ends before the new one is made, so that they never share a port. A task goes where its instance is
//! DRAINING or no longer as wanted, and is not replaced there.
//! Invariant: no instance has two tasks that are to run.

use super::{
    bounds::Bounds,
    launch::{Supply, pool},
    member::{Member, Phase, Standing},
    rollout,
    roster::to_i64,
    step::{Facts, Mould, Step, TASKS_PER_STEP_MAX, number},
    words,
};
use crate::{
    floor::{Ask, Draft, Shortfall},
    plan::Launch,
    view::instance_id,
};
use domain::{
    deployment::{Deployment, RolloutState},
    instance::Ledger,
    key::Key,
    status::InstanceStatus,
};
use placement::{
    candidate::Candidate,
    filter::{Reason, Refusal},
};
use std::collections::{BTreeMap, BTreeSet};

/// The instances of a DAEMON, kept up to date by what changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Posts {
    /// Instances that are to have a task.
    wanted: BTreeSet<Key>,
    /// Those of them that have none, not even one that leaves.
    lacking: BTreeSet<Key>,
    /// Tasks that are to go because of where they are, by instance.
    misplaced: BTreeMap<Key, Vec<Key>>,
    /// Instances to be looked at again.
    changed: BTreeSet<Key>,
    /// The deployment that all this is for. `None` if everything is to be looked at again.
    of: Option<u64>,
}

impl Posts {
    /// Has an instance looked at again.
    pub(crate) fn touch(&mut self, instance: &Key) {
        self.changed.insert(instance.clone());
    }

    /// Has everything looked at again.
    pub(crate) fn touch_all(&mut self) {
        self.of = None;
    }

    /// Brings everything up to date. `moved` are instances whose tasks changed, `all` those of the cluster.
    pub(crate) fn refresh<'a>(
        &mut self,
        facts: &Facts<'_>,
        moved: BTreeSet<Key>,
        all: impl Iterator<Item = &'a Key>,
    ) {
        let Some(primary) = facts.service.primary() else { return };
        let Some(mould) = facts.moulds.get(&number(&primary.id)) else { return };
        self.changed.extend(moved);
        if self.of != Some(number(&primary.id)) {
            self.changed.extend(self.wanted.iter().chain(self.misplaced.keys()).cloned());
            self.changed.extend(all.cloned());
            self.of = Some(number(&primary.id));
        }
        for instance in std::mem::take(&mut self.changed) {
            self.look_at(facts, primary, mould, &instance);
        }
    }

    fn look_at(&mut self, facts: &Facts<'_>, primary: &Deployment, mould: &Mould, at: &Key) {
        let is_wanted = suits(facts, primary, mould, at);
        let is_empty = facts.roster.at(at).next().is_none();
        let kept = facts.roster.at(at).filter(|(_, _, it)| matches!(it, Standing::Kept(..)));
        // Of two on one instance the newer goes, and an old deployment's before the newest one's.
        let mut kept: Vec<_> = kept
            .map(|(key, member, _)| (rank(member, primary), member.created_at, key.clone()))
            .collect();
        kept.sort();
        let kept = kept.into_iter().skip(usize::from(is_wanted)).map(|(_, _, key)| key);
        let misplaced: Vec<Key> = kept.collect();
        put(&mut self.wanted, at, is_wanted);
        put(&mut self.lacking, at, is_wanted && is_empty);
        if misplaced.is_empty() {
            self.misplaced.remove(at);
        } else {
            self.misplaced.insert(at.clone(), misplaced);
        }
    }
}

fn put(set: &mut BTreeSet<Key>, key: &Key, is_in: bool) {
    if is_in {
        set.insert(key.clone());
    } else {
        set.remove(key);
    }
}

/// Tasks of the PRIMARY deployment come first.
fn rank(member: &Member, primary: &Deployment) -> bool {
    member.deployment != number(&primary.id)
}

/// Decides on a service.
pub(crate) fn serve(facts: &Facts<'_>, step: &mut Step, draft: &mut Draft<'_>, posts: &Posts) {
    let desired = to_i64(posts.wanted.len());
    rollout::guard(facts, step, desired);
    let Some(primary) = step.after.primary().cloned() else { return };
    // After a way back the posts are another deployment's: what follows is the next step's. Without a definition there is nothing.
    if posts.of != Some(number(&primary.id)) {
        return;
    }
    let is_stalled = primary.rollout == RolloutState::Failed;
    let stops = stops(facts, &primary, posts, is_stalled, desired);
    step.give_up(&stops, &primary.id);
    if !stops.is_empty() {
        step.because("daemons are old, unhealthy, or not wanted where they are");
    }
    if !is_stalled {
        start(facts, step, draft, &primary, posts);
    }
    // Nobody can start a task where no agent is.
    let is_reachable = |key: &&Key| {
        (facts.site)(key).is_some_and(|site| site.link.is_some_and(|link| link.connected))
    };
    let unreachable = posts.lacking.iter().filter(|key| !is_reachable(key)).count();
    rollout::finish(facts, step, desired - to_i64(unreachable));
}

/// Which tasks to stop, and how they stand.
fn stops(
    facts: &Facts<'_>,
    primary: &Deployment,
    posts: &Posts,
    is_stalled: bool,
    desired: i64,
) -> Vec<(Key, Phase)> {
    let lower = Bounds::of(desired, &facts.service.configuration).lower;
    let running = Phase::ALL.into_iter().filter(|phase| phase.is_running());
    let mut running = running.map(|phase| facts.in_phase(phase)).sum::<i64>() - lower;
    let mut healthy = facts.in_phase(Phase::Healthy) - lower;
    let mut stops = BTreeMap::new();
    let is_protected = |key: &Key, phase: Phase| {
        let member = facts.roster.member(key);
        phase != Phase::Unhealthy && member.is_some_and(|it| it.is_protected(facts.now))
    };
    let misplaced: BTreeSet<&Key> = posts.misplaced.values().flatten().collect();
    for key in &misplaced {
        let Some(Standing::Kept(phase, _)) = facts.roster.standing(key) else { continue };
        if !is_protected(key, phase) {
            stops.insert((*key).clone(), phase);
        }
    }
    for (of, squad) in facts.roster.squads() {
        let is_old = of != number(&primary.id) && !is_stalled;
        for phase in Phase::ALL.into_iter().filter(|phase| is_old || *phase == Phase::Unhealthy) {
            let serves = phase.is_running() && phase != Phase::Unhealthy;
            let tasks = squad.set(phase, false).iter().filter(|key| !misplaced.contains(key));
            for key in tasks.filter(|key| !is_protected(key, phase)) {
                let room = if phase == Phase::Healthy { healthy } else { running };
                if stops.len() >= TASKS_PER_STEP_MAX || serves && room <= 0 {
                    break;
                }
                healthy -= i64::from(phase == Phase::Healthy);
                running -= i64::from(serves);
                stops.insert(key.clone(), phase);
            }
        }
    }
    stops.into_iter().collect()
}

/// Whether an instance is to have a task, whether or not it has room and its agent is there.
fn suits(facts: &Facts<'_>, primary: &Deployment, mould: &Mould, key: &Key) -> bool {
    let Some(site) = (facts.site)(key) else { return false };
    if site.record.status != InstanceStatus::Active {
        return false;
    }
    let template = &primary.template;
    let mut items = template.strategy.iter();
    let is_in_pool = if template.strategy.is_empty() {
        pool(template.launch_type, None, None).has(site.record)
    } else {
        items.any(|item| {
            (facts.providers)(&item.capacity_provider)
                .is_some_and(|it| pool(template.launch_type, Some(it), None).has(site.record))
        })
    };
    let ledger = Ledger::default();
    let candidate =
        Candidate { instance: site.record, ledger: &ledger, link: site.link, pool: None };
    let needs = mould.wants.needs(facts.group);
    is_in_pool && needs.is_suited_by(&candidate)
}

fn start(
    facts: &Facts<'_>,
    step: &mut Step,
    draft: &mut Draft<'_>,
    primary: &Deployment,
    posts: &Posts,
) {
    if posts.lacking.is_empty() {
        return;
    }
    if let Some(at) = primary.retry_at.filter(|at| *at > facts.now) {
        step.look_at(at);
        return;
    }
    let Some(mould) = facts.moulds.get(&number(&primary.id)) else { return };
    let pool = pool(primary.template.launch_type, None, None);
    let ask = Ask { cluster: facts.cluster, wants: &mould.wants, group: facts.group, pool };
    let (mut made, mut closest) = (0, None);
    for key in &posts.lacking {
        if step.launches.len() >= TASKS_PER_STEP_MAX {
            break;
        }
        match draft.place_on(&ask, key) {
            Ok(place) => {
                let deployment = primary.id.clone();
                let site = (facts.site)(key);
                let provider = provider_of(facts, primary, site.map(|site| site.record));
                step.launches.push(Launch { deployment, place: Some(place), provider, zone: None });
                made += 1;
            }
            Err(Reason::Agent) => step.is_blocked = true,
            Err(reason) => closest = closest.or(Some((key, reason))),
        }
    }
    step.say_started(made, 0, None);
    if made > 0 {
        step.because("instances lack their daemon");
    }
    if let Some((key, reason)) = closest {
        step.is_blocked = true;
        let closest = Some(Refusal { instance: instance_id(key), reason });
        let count = posts.wanted.len();
        let shortfall =
            Shortfall { instances: count, candidates: count, closest, ..Shortfall::default() };
        step.complain(words::unplaced(&shortfall, Supply::Instances));
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
