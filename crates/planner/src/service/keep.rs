//! Keeps a number of tasks running: makes what is missing, replaces what cannot stay, gives up what is too much.
//!
//! A task *stays* if it is of the wanted deployment, not unhealthy, and its instance is not DRAINING. All others are to go, and make
//! room for the ones that are missing:
//! ```text
//! missing = wanted - staying          made at once, up to the maximum
//! not RUNNING yet, not staying        stopped at once
//! RUNNING, not staying                stopped as staying ones become healthy; down to the minimum only where missing ones have no room
//! ```
//! Invariant (do no harm): a step stops a healthy task only while more healthy tasks than the minimum are left, and one that runs but
//! is not known to be healthy only while enough run. Capacity is not given up for a deployment whose tasks do not start.
//! Not here: whose tasks these are (`replica`, `task_set`).

use super::{
    launch::{Launched, Order, launch},
    member::Phase,
    pick::{Picked, Pile, Quota, pick, piles},
    roster::to_i64,
    step::{Facts, Step, TASKS_PER_STEP_MAX},
    words,
};
use crate::floor::Draft;
use domain::{id::DeploymentId, service::Template, time::Timestamp};

/// Tasks that are kept together.
pub(crate) struct Force<'a> {
    /// Its tasks are made from these. The first is the one that is wanted; others, oldest last, are older ones.
    pub(crate) groups: Vec<Group<'a>>,
    /// The deployment that tasks are told is the cause.
    pub(crate) cause: &'a DeploymentId,
    /// How many tasks are wanted.
    pub(crate) desired: i64,
    pub(crate) lower: i64,
    pub(crate) upper: i64,
    /// Starting tasks did not work lately; before then none is started.
    pub(crate) retry_at: Option<Timestamp>,
    pub(crate) is_failing: bool,
    /// Tasks that are too many are left to somebody else.
    pub(crate) leaves_spare: bool,
}

/// The tasks of one deployment.
pub(crate) struct Group<'a> {
    pub(crate) id: &'a DeploymentId,
    pub(crate) template: &'a Template,
    /// Its tasks may stay.
    pub(crate) stays: bool,
    /// Tasks of it are made: where there are too few, or only in place of its own that cannot stay.
    pub(crate) makes: Makes,
}

/// For what tasks of a deployment are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Makes {
    Missing,
    Replacements,
    Nothing,
}

/// Counts of a force.
struct Strength {
    staying: i64,
    staying_healthy: i64,
    /// RUNNING, and to go.
    going: i64,
    healthy: i64,
    running: i64,
    live: i64,
    leaving: i64,
    /// Staying, but not RUNNING yet.
    coming: i64,
    unhealthy: i64,
}

impl Strength {
    fn of(facts: &Facts<'_>, force: &Force<'_>) -> Self {
        let mut it = Self {
            staying: 0,
            staying_healthy: 0,
            going: 0,
            healthy: 0,
            running: 0,
            live: 0,
            leaving: 0,
            coming: 0,
            unhealthy: 0,
        };
        for group in &force.groups {
            let squad = facts.squad(group.id);
            it.live += squad.live();
            it.leaving += to_i64(squad.leaving);
            for pile in piles(group.id) {
                let count = squad.count(pile.phase, pile.is_draining);
                let stays = stays(group, pile);
                it.staying += if stays { count } else { 0 };
                let is_healthy = pile.phase == Phase::Healthy;
                it.staying_healthy += if stays && is_healthy { count } else { 0 };
                it.coming += if stays && !pile.phase.is_running() { count } else { 0 };
                it.going += if !stays && pile.phase.is_running() { count } else { 0 };
                it.healthy += if is_healthy { count } else { 0 };
                it.running += if pile.phase.is_running() { count } else { 0 };
                it.unhealthy += if pile.phase == Phase::Unhealthy { count } else { 0 };
            }
        }
        it
    }
}

fn stays(group: &Group<'_>, pile: Pile<'_>) -> bool {
    group.stays && !pile.is_draining && pile.phase != Phase::Unhealthy
}

/// Takes a step towards what is wanted.
pub(crate) fn keep(facts: &Facts<'_>, step: &mut Step, draft: &mut Draft<'_>, force: &Force<'_>) {
    let strength = Strength::of(facts, force);
    let missing = (force.desired - strength.staying).max(0);
    let room = (force.upper - strength.live).max(0);
    let launched = start(facts, step, draft, force, &strength, missing.min(room));
    let want = Want { missing: missing - launched.made, launched };
    let picked = give_up(facts, step, force, &strength, &want);
    step.give_up(&picked.tasks, force.cause);
    if !picked.tasks.is_empty() {
        step.because("tasks are too many, unhealthy, or in the way of others");
    }
    complain(step, force, &strength, &want, &picked);
}

/// What is still missing after a step's launches.
struct Want {
    missing: i64,
    launched: Launched,
}

/// Makes tasks, unless starting has to wait.
fn start(
    facts: &Facts<'_>,
    step: &mut Step,
    draft: &mut Draft<'_>,
    force: &Force<'_>,
    strength: &Strength,
    count: i64,
) -> Launched {
    let mut all = Launched::default();
    if count == 0 {
        return all;
    }
    if let Some(at) = force.retry_at.filter(|at| *at > facts.now) {
        step.look_at(at);
        return all;
    }
    let mut left = count;
    for group in &force.groups {
        let squad = facts.squad(group.id);
        let count = match group.makes {
            Makes::Missing => left,
            Makes::Replacements => left.min(squad.kept() - squad.fresh()),
            Makes::Nothing => 0,
        };
        if count == 0 {
            continue;
        }
        let order = Order { id: group.id, template: group.template, count, zone: None };
        let launched = launch(facts, step, draft, order);
        left -= launched.made;
        all.made += launched.made;
        all.shortfall = all.shortfall.or(launched.shortfall);
        all.too_many_wait |= launched.too_many_wait;
    }
    let made = usize::try_from(all.made).unwrap_or(0);
    let replaced = all.made.min(strength.unhealthy);
    step.say_started(made, usize::try_from(replaced).unwrap_or(0), None);
    if made > 0 {
        step.because("tasks are missing");
    }
    if let Some((shortfall, supply)) = &all.shortfall {
        step.is_blocked = true;
        step.because("tasks have no place");
        step.complain(words::unplaced(shortfall, *supply));
    } else if all.too_many_wait {
        step.is_blocked = true;
        step.complain(words::TOO_MANY_WAIT);
    }
    all
}

/// Which tasks to stop.
fn give_up(
    facts: &Facts<'_>,
    step: &Step,
    force: &Force<'_>,
    it: &Strength,
    want: &Want,
) -> Picked {
    let mut picked = Picked::default();
    let most = to_i64(TASKS_PER_STEP_MAX.saturating_sub(step.stops.len()));
    let left = |picked: &Picked| most - to_i64(picked.tasks.len());
    // Those that do not run yet serve nobody.
    let mut quota = Quota { all: most, healthy: 0 };
    pick(facts, going(force).filter(|pile| !pile.phase.is_running()), &mut quota, &mut picked);
    let freed = to_i64(picked.tasks.len());
    let mut healthy = it.healthy - force.lower;
    // Where there are too many, those of the newest that are least worth go first.
    let spare = if force.leaves_spare { 0 } else { it.staying - force.desired };
    let mut quota = Quota { all: left(&picked).min(spare), healthy };
    let groups = force.groups.iter().filter(|group| group.stays);
    let staying = groups.flat_map(|group| piles(group.id).filter(|pile| stays(group, *pile)));
    pick(facts, staying, &mut quota, &mut picked);
    healthy = quota.healthy;
    // As many as are made up for by healthy ones that stay; more only to make room for what is missing.
    let replaced = (it.staying_healthy.min(force.desired) + it.going - force.desired).max(0);
    let kept = it.live - it.leaving - freed + want.launched.made;
    let has_no_place = want.launched.shortfall.is_some();
    let is_stuck = want.missing > 0 && !force.is_failing && (has_no_place || kept >= force.upper);
    let for_room = if is_stuck { (want.missing - it.leaving - freed).max(0) } else { 0 };
    let all = replaced.max(for_room).min(left(&picked));
    let before = picked.tasks.len();
    let is_shaky = |pile: &Pile<'_>| pile.phase.is_running() && pile.phase != Phase::Healthy;
    let mut quota = Quota { all: all.min(replaced.max(it.running - force.lower)), healthy: 0 };
    pick(facts, going(force).filter(is_shaky), &mut quota, &mut picked);
    let all = all - to_i64(picked.tasks.len() - before);
    let mut quota = Quota { all, healthy };
    let is_healthy = |pile: &Pile<'_>| pile.phase == Phase::Healthy;
    pick(facts, going(force).filter(is_healthy), &mut quota, &mut picked);
    // Nothing else makes room: one that is of no use, at a time.
    let is_quiet = it.leaving == 0 && it.coming == 0 && picked.tasks.is_empty();
    if is_stuck && !has_no_place && is_quiet && it.unhealthy > 0 {
        let mut one = Quota { all: 1, healthy: 0 };
        let is_unhealthy = |pile: &Pile<'_>| pile.phase == Phase::Unhealthy;
        pick(facts, going(force).filter(is_unhealthy), &mut one, &mut picked);
    }
    picked
}

/// Tasks that are to go: by how they stand, then the oldest deployments' first.
fn going<'a>(force: &'a Force<'a>) -> impl Iterator<Item = Pile<'a>> {
    Phase::ALL.into_iter().flat_map(move |phase| {
        force.groups.iter().rev().flat_map(move |group| {
            piles(group.id).filter(move |pile| pile.phase == phase && !stays(group, *pile))
        })
    })
}

/// Says why nothing goes on, where that is so.
fn complain(step: &mut Step, force: &Force<'_>, it: &Strength, want: &Want, picked: &Picked) {
    let is_idle = step.launches.is_empty() && step.stops.is_empty() && it.leaving == 0;
    if !is_idle || step.is_blocked {
        return;
    }
    if let Some((id, count)) = picked.protected.first() {
        step.complain(words::protected(id, *count));
        return;
    }
    let is_tight = force.upper <= force.desired && force.lower >= force.desired;
    let is_settled = it.coming == 0 && it.healthy == it.live;
    if want.missing > 0 && is_tight && is_settled && it.live >= force.upper {
        step.complain(words::CANNOT_PROGRESS);
    }
}
