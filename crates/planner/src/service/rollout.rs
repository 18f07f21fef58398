//! A deployment's way: it begins, it fails by a guard or is stopped by the user and goes back, or it is completed.
//!
//! ```text
//! IN_PROGRESS ─ all as wanted, bake time over ─▶ COMPLETED
//!      └─ circuit breaker, alarm, user ─▶ FAILED ─ a completed one is known ─▶ that one is PRIMARY again: IN_PROGRESS
//!                                            └─ none is ─▶ stalled: none of its tasks is started any more
//! ```
//! Invariants: what failed is never PRIMARY again. A deployment that is rolled back to is no way back itself until it is COMPLETED.

use super::{
    member::Phase,
    roster::to_i64,
    step::{Facts, SAID_AGAIN, Step, set_rollout},
    words,
};
use crate::plan::Turn;
use domain::{
    deployment::{BackOff, Deployment, DeploymentStatus, Guard, RolloutState, breaker_threshold},
    id::DeploymentId,
    service::Service,
    time::Millis,
};

/// The bake time of a deployment with alarms for which none was given; ECS computes one of less than 5 minutes.
const BAKE_DEFAULT: Millis = Millis::from_s(120);

/// Why a deployment does not go on.
struct Failure {
    /// The deployment's `rolloutStateReason` where nothing comes back, and its story's.
    reason: String,
    /// Behind `(deployment ecs-svc/N) `, where there is something to say.
    event: Option<&'static str>,
    goes_back: bool,
    turn: Option<Turn>,
}

/// Lets the PRIMARY deployment begin, and asks its guards.
pub(crate) fn guard(facts: &Facts<'_>, step: &mut Step, desired: i64) {
    let alarms = alarms_on(facts);
    let now = facts.now;
    let Some(primary) = step.primary() else { return };
    if primary.begun_at.is_none() {
        primary.begun_at = Some(now);
        primary.ignores_alarms = !alarms.is_empty();
        let story = primary.service_deployment.clone();
        step.turn(&story, Turn::Started);
        step.because("a deployment begins");
    }
    let Some(primary) = step.primary() else { return };
    let is_requested = std::mem::take(&mut primary.rollback_requested);
    if primary.rollout != RolloutState::InProgress {
        return;
    }
    let breaker = facts.service.configuration.circuit_breaker;
    let failure = if is_requested {
        Failure {
            reason: "ECS deployment stopped: requested by user.".into(),
            event: None,
            goes_back: true,
            turn: None,
        }
    } else if breaker.enable && primary.failures >= breaker_threshold(desired) {
        Failure {
            reason: "ECS deployment circuit breaker: task(s) failed to start.".into(),
            event: Some("deployment failed: tasks failed to start."),
            goes_back: breaker.rollback,
            turn: Some(Turn::Broken),
        }
    } else if !alarms.is_empty() && !primary.ignores_alarms {
        Failure {
            reason: "ECS deployment failed: alarm detected.".into(),
            event: Some("deployment failed: alarm detected."),
            goes_back: alarm_guard(facts).rollback,
            turn: Some(Turn::Alarmed(alarms)),
        }
    } else {
        return;
    };
    fail(facts, step, failure);
}

fn alarm_guard(facts: &Facts<'_>) -> Guard {
    facts.service.configuration.alarms.as_ref().map(|alarms| alarms.guard).unwrap_or_default()
}

/// The service's alarms that are on, if it has any that count.
fn alarms_on(facts: &Facts<'_>) -> Vec<String> {
    let alarms = facts.service.configuration.alarms.as_ref();
    let counted = alarms.filter(|alarms| alarms.guard.enable);
    let names = counted.into_iter().flat_map(|alarms| &alarms.names);
    names.filter(|name| (facts.is_alarmed)(name)).cloned().collect()
}

fn fail(facts: &Facts<'_>, step: &mut Step, failure: Failure) {
    let Failure { reason, event, goes_back, turn } = failure;
    let Some(failed) = step.after.primary().cloned() else { return };
    let story = failed.service_deployment.clone();
    if let Some(text) = event {
        step.say(format!("(deployment {}) {text}", failed.id.prefixed()));
    }
    let is_broken = turn == Some(Turn::Broken);
    if let Some(turn) = turn {
        step.turn(&story, turn);
    }
    step.because("a deployment failed");
    let was_way_back = failed.rolls_back.is_some();
    let target = goes_back.then(|| way_back(&step.after)).flatten();
    let Some(primary) = step.primary() else { return };
    let told = match &target {
        Some(target) if is_broken => words::rolling_back(target),
        Some(_) | None => reason.clone(),
    };
    set_rollout(primary, RolloutState::Failed, told, facts.now);
    primary.baking_since = None;
    match target {
        Some(target) => go_back(facts, step, &failed.id, &target, reason),
        None if was_way_back => step.turn(&story, Turn::RollbackFailed(reason)),
        None => step.turn(&story, Turn::Stopped(reason)),
    }
}

/// The deployment that may come back.
fn way_back(service: &Service) -> Option<DeploymentId> {
    let id = service.last_completed.as_ref()?;
    let mut older = service.deployments.iter().skip(1);
    older
        .find(|deployment| deployment.id == *id && deployment.rollout == RolloutState::Completed)?;
    Some(id.clone())
}

/// Makes `target` PRIMARY in place of `failed`, which is the first.
fn go_back(
    facts: &Facts<'_>,
    step: &mut Step,
    failed: &DeploymentId,
    target: &DeploymentId,
    reason: String,
) {
    let deployments = &mut step.after.deployments;
    let Some(at) = deployments.iter().position(|it| it.id == *target) else { return };
    let mut back = deployments.remove(at);
    let story = deployments[0].service_deployment.clone();
    deployments[0].status = DeploymentStatus::Active;
    back.service_deployment = story.clone();
    back.rolls_back = Some(failed.clone());
    begin_anew(&mut back, facts);
    step.after.template = Some(back.template.clone());
    step.after.last_completed = None;
    step.after.is_steady = false;
    step.after.deployments.insert(0, back);
    step.say(format!("rolling back to deployment {}.", target.prefixed()));
    step.turn(&story, Turn::RollingBack { reason, revision: target.clone() });
}

fn begin_anew(deployment: &mut Deployment, facts: &Facts<'_>) {
    let reason = words::in_progress(&deployment.id);
    set_rollout(deployment, RolloutState::InProgress, reason, facts.now);
    deployment.status = DeploymentStatus::Primary;
    deployment.begun_at = Some(facts.now);
    deployment.has_run = false;
    deployment.failures = 0;
    deployment.failed_tasks = 0;
    deployment.back_off = BackOff::default();
    deployment.retry_at = None;
    deployment.baking_since = None;
    // What was on because of the deployment that failed is no reason to leave the way back.
    deployment.ignores_alarms = !alarms_on(facts).is_empty();
}

/// Completes the PRIMARY deployment where all is as wanted, and says that the service is steady. `desired` is how many tasks are wanted.
pub(crate) fn finish(facts: &Facts<'_>, step: &mut Step, desired: i64) {
    let idle = step.launches.is_empty() && step.stops.is_empty();
    forget_older(facts, step);
    let Some(primary) = step.after.primary() else { return };
    let standing = Standing::of(facts, &primary.id, desired);
    if primary.rollout == RolloutState::InProgress {
        if !(idle && standing.is_complete) {
            if let Some(primary) = step.primary() {
                primary.baking_since = None;
            }
        } else if !is_baked(facts, step) {
            return;
        } else {
            complete(facts, step);
        }
    }
    let is_completed = step.after.primary().is_some_and(|it| it.rollout == RolloutState::Completed);
    if !(idle && standing.is_steady && is_completed) {
        // An agent that is away for a moment does not unsettle a service.
        step.after.is_steady &= idle && standing.is_calm;
        return;
    }
    say_steady(facts, step);
}

/// Says that the service is steady, when it became so and every few hours.
pub(crate) fn say_steady(facts: &Facts<'_>, step: &mut Step) {
    let said = facts.service.said.as_ref().map(|said| said.at);
    if !step.after.is_steady {
        step.after.is_steady = true;
        step.because("all is as wanted");
        step.say(words::STEADY);
    } else if said.is_none_or(|said| said + SAID_AGAIN <= facts.now) {
        step.because("all is still as wanted");
        step.say(words::STEADY);
    }
    step.look_at(
        said.filter(|said| *said + SAID_AGAIN > facts.now).unwrap_or(facts.now) + SAID_AGAIN,
    );
}

fn complete(facts: &Facts<'_>, step: &mut Step) {
    let Some(primary) = step.primary() else { return };
    let reason = words::completed(&primary.id);
    set_rollout(primary, RolloutState::Completed, reason, facts.now);
    primary.baking_since = None;
    let (id, story) = (primary.id.clone(), primary.service_deployment.clone());
    let is_way_back = primary.rolls_back.is_some();
    step.after.deployments.truncate(1);
    step.after.last_completed = Some(id.clone());
    step.after.is_steady = false;
    step.turn(&story, if is_way_back { Turn::RolledBack } else { Turn::Succeeded });
    step.because("a deployment is completed");
    step.say(format!("(deployment {}) deployment completed.", id.prefixed()));
}

/// Older deployments go with their last task, but for the one that may come back.
fn forget_older(facts: &Facts<'_>, step: &mut Step) {
    let keeps = step.after.last_completed.clone();
    step.after.deployments.retain(|deployment| {
        deployment.status == DeploymentStatus::Primary
            || keeps.as_ref() == Some(&deployment.id)
            || !facts.squad(&deployment.id).is_empty()
    });
}

/// Whether the bake time is over; it begins now if it did not yet.
fn is_baked(facts: &Facts<'_>, step: &mut Step) -> bool {
    let configuration = &facts.service.configuration;
    let Some(primary) = step.primary() else { return true };
    let is_guarded = configuration.alarms.as_ref().is_some_and(|alarms| alarms.guard.enable);
    if !is_guarded || primary.ignores_alarms {
        return true;
    }
    let minutes = configuration.bake_min.map(|minutes| Millis::from_s(minutes * 60));
    let since = *primary.baking_since.get_or_insert(facts.now);
    let until = since + minutes.unwrap_or(BAKE_DEFAULT);
    if until > facts.now {
        step.look_at(until);
    }
    until <= facts.now
}

/// How near a service is to what is wanted.
struct Standing {
    /// The PRIMARY deployment may be completed.
    is_complete: bool,
    /// All tasks run and are healthy, and no other runs.
    is_steady: bool,
    /// The same as far as is known.
    is_calm: bool,
}

impl Standing {
    fn of(facts: &Facts<'_>, primary: &DeploymentId, desired: i64) -> Self {
        let squad = facts.squad(primary);
        let healthy = squad.count(Phase::Healthy, false);
        let away = squad.count(Phase::Away, false);
        let is_alone = facts.live() == squad.kept() && squad.kept() == desired;
        let others = facts.roster.squads().map(|(_, squad)| squad.is_empty());
        let are_gone =
            to_i64(others.filter(|is_empty| !is_empty).count()) <= i64::from(desired > 0);
        let is_steady = is_alone && healthy == desired;
        Self {
            is_complete: is_steady && are_gone,
            is_steady,
            is_calm: is_alone && healthy + away == desired,
        }
    }
}
