//! What ended tasks mean for their deployment: counts of failures, the circuit breaker's count, and back-off.
//!
//! Invariant: every task is tallied once, in the commit that changes the counts.
//!
//! ```text
//! never RUNNING, by itself ─▶ failed_tasks + 1, back-off 0, 10 s, 20 s … 15 min; the breaker's count while none of the deployment ran
//! ended soon after RUNNING ─▶ from the 4th in a row: 1 s, 2 s … 1 min (docs/decisions/0012)
//! health checks not passed ─▶ the breaker's count once one of the deployment ran
//! ```
//! Tasks that were started together count once in back-off: a service of a hundred would not be tried again for a quarter of an hour
//! because of one wave.

use super::{
    member::{End, Member, Phase},
    step::{Facts, Step, TASKS_PER_STEP_MAX, number},
    words,
};
use crate::plan::Turn;
use domain::{
    deployment::{BackOff, RolloutState},
    service::ServiceStatus,
    time::{Millis, Timestamp},
};

/// The longest wait after tasks that did not start (spec/services.md §3).
const FAILED_WAIT_MAX: Millis = Millis::from_s(900);
/// So many short-lived tasks in a row are replaced at once.
const SHORT_LIVES_FREE: u32 = 3;
/// The longest wait after short-lived tasks.
pub const SHORT_WAIT_MAX: Millis = Millis::from_s(60);

/// Enters what ended, and what has begun to run.
pub(crate) fn tally(facts: &Facts<'_>, step: &mut Step) {
    let is_active = facts.service.status == ServiceStatus::Active;
    for (key, member) in facts.roster.ended().take(TASKS_PER_STEP_MAX) {
        step.tallied.push(key.clone());
        step.because("tasks ended");
        if is_active {
            count(facts, step, member);
        }
    }
    if is_active {
        for index in 0..step.after.deployments.len() {
            succeed(facts, step, index);
        }
        for set in &mut step.after.task_sets {
            let latest = facts.squad(&set.id).latest_start;
            clear(&mut set.back_off, &mut set.failed_tasks, &mut set.retry_at, latest);
        }
    }
}

fn count(facts: &Facts<'_>, step: &mut Step, member: &Member) {
    let ended = member.stopped_at.unwrap_or(facts.now);
    let at = step.after.deployments.iter().position(|it| number(&it.id) == member.deployment);
    let mut counted = None;
    let waits = if let Some(at) = at {
        let has_run = has_run(facts, step, at);
        let deployment = &mut step.after.deployments[at];
        let counts = match member.end {
            End::Failed => !has_run,
            End::Unhealthy => has_run,
            End::Short | End::Other => false,
        };
        if counts && deployment.rollout == RolloutState::InProgress {
            deployment.failures += 1;
            counted = Some((deployment.service_deployment.clone(), deployment.failures));
        }
        let back_off = &mut deployment.back_off;
        let waits =
            enter(member, ended, back_off, &mut deployment.failed_tasks, &mut deployment.retry_at);
        deployment.updated_at = facts.now;
        waits
    } else {
        let mut sets = step.after.task_sets.iter_mut();
        let Some(set) = sets.find(|it| number(&it.id) == member.deployment) else { return };
        enter(member, ended, &mut set.back_off, &mut set.failed_tasks, &mut set.retry_at)
    };
    if let Some((story, failures)) = counted {
        step.turn(&story, Turn::Counted(failures));
    }
    if waits {
        step.say(words::NOT_CONSISTENTLY);
    }
}

/// Enters one end into the counts that back-off goes by. Says whether the next start has to wait because tasks do not start.
fn enter(
    member: &Member,
    ended: Timestamp,
    back_off: &mut BackOff,
    failed_tasks: &mut u32,
    retry_at: &mut Option<Timestamp>,
) -> bool {
    match member.end {
        End::Failed => {
            *failed_tasks += 1;
            // One that was made before the last wait was over is of the same wave.
            let is_next = retry_at.is_none_or(|retry| member.created_at >= retry);
            back_off.failed_at = back_off.failed_at.max(Some(ended));
            if is_next {
                back_off.waves += 1;
                *retry_at = Some(ended + failed_wait(back_off.waves));
            }
            is_next && back_off.waves > 1
        }
        End::Short => {
            let is_next = back_off.failed_at.is_none_or(|before| member.created_at >= before);
            if is_next {
                back_off.short_lives += 1;
                back_off.failed_at = Some(ended);
            }
            if is_next && back_off.short_lives > SHORT_LIVES_FREE {
                let wait = short_wait(back_off.short_lives - SHORT_LIVES_FREE);
                *retry_at = (*retry_at).max(Some(ended + wait));
            }
            false
        }
        End::Unhealthy | End::Other => {
            if member.started_at.is_some() && back_off.short_lives > 0 {
                back_off.short_lives = 0;
                *retry_at = None;
            }
            false
        }
    }
}

/// How long nothing is started after so many starts in a row that came to nothing: 0, 10 s, 20 s, 40 s, …
pub fn failed_wait(waves: u32) -> Millis {
    match waves.checked_sub(2) {
        None => Millis(0),
        Some(doublings) => Millis((10_000_i64 << doublings.min(16)).min(FAILED_WAIT_MAX.0)),
    }
}

/// 1 s, 2 s, 4 s, …
fn short_wait(beyond: u32) -> Millis {
    Millis((1_000_i64 << beyond.saturating_sub(1).min(16)).min(SHORT_WAIT_MAX.0))
}

/// A start after the last failure ends the back-off of tasks that do not start. Says whether it did.
fn clear(
    back_off: &mut BackOff,
    failed_tasks: &mut u32,
    retry_at: &mut Option<Timestamp>,
    latest_start: Option<Timestamp>,
) -> bool {
    if back_off.waves == 0 || latest_start <= back_off.failed_at {
        return false;
    }
    (back_off.waves, *failed_tasks) = (0, 0);
    if back_off.short_lives <= SHORT_LIVES_FREE {
        *retry_at = None;
    }
    true
}

/// Whether a task of the deployment has been RUNNING since it began, or began anew.
fn has_run(facts: &Facts<'_>, step: &Step, at: usize) -> bool {
    let deployment = &step.after.deployments[at];
    let latest = facts.squad(&deployment.id).latest_start;
    deployment.has_run || latest.is_some() && latest >= deployment.begun_at
}

fn succeed(facts: &Facts<'_>, step: &mut Step, at: usize) {
    let has_run = has_run(facts, step, at);
    let deployment = &mut step.after.deployments[at];
    let squad = facts.squad(&deployment.id);
    let (back_off, failed) = (&mut deployment.back_off, &mut deployment.failed_tasks);
    if clear(back_off, failed, &mut deployment.retry_at, squad.latest_start) {
        deployment.updated_at = facts.now;
    }
    let passes = facts.moulds.get(&number(&deployment.id)).is_some_and(|it| it.has_checks)
        && squad.in_phase(Phase::Healthy) > 0;
    let is_first = has_run && !deployment.has_run;
    deployment.has_run = has_run;
    // The first stage ends with the first task that runs, the second with the first that passes its checks.
    if (is_first || passes) && deployment.failures > 0 {
        deployment.failures = 0;
        if deployment.rollout == RolloutState::InProgress {
            let story = deployment.service_deployment.clone();
            step.turn(&story, Turn::Counted(0));
        }
    }
}
