//! EXTERNAL services: each task set has as many tasks as its scale says, and tells whether it is steady (spec/services.md §7).

use super::{
    keep::{Force, Group, Makes, keep},
    member::Phase,
    rollout::say_steady,
    step::{Facts, Step},
};
use crate::floor::Draft;
use domain::task_set::{TaskSet, TaskSetStatus};

/// Decides on a service.
pub(crate) fn serve(facts: &Facts<'_>, step: &mut Step, draft: &mut Draft<'_>) {
    let sets = step.after.task_sets.clone();
    for set in &sets {
        let desired = set.computed_desired(facts.service.desired);
        let group =
            Group { id: &set.id, template: &set.template, stays: true, makes: Makes::Missing };
        let force = Force {
            groups: vec![group],
            cause: &set.id,
            desired,
            // Bounds are for deployments of ECS's own controller; these are their defaults.
            lower: desired,
            upper: desired.saturating_mul(2),
            retry_at: set.retry_at,
            is_failing: set.failed_tasks > 0 || set.retry_at.is_some_and(|at| at > facts.now),
            leaves_spare: false,
        };
        keep(facts, step, draft, &force);
    }
    let idle = step.launches.is_empty() && step.stops.is_empty();
    step.after
        .task_sets
        .retain(|set| set.status != TaskSetStatus::Draining || !facts.squad(&set.id).is_empty());
    for set in &mut step.after.task_sets {
        let is_steady = is_steady(facts, set);
        if set.is_steady != is_steady {
            set.is_steady = is_steady;
            set.stability_at = facts.now;
            set.updated_at = facts.now;
        }
    }
    let all = step.after.task_sets.iter().all(|set| set.is_steady);
    if idle && all && !step.after.task_sets.is_empty() {
        say_steady(facts, step);
    } else {
        step.after.is_steady = false;
    }
}

/// All its tasks run, are healthy and can stay, and there are as many as are wanted.
fn is_steady(facts: &Facts<'_>, set: &TaskSet) -> bool {
    let squad = facts.squad(&set.id);
    let wanted = set.computed_desired(facts.service.desired);
    squad.live() == wanted && squad.count(Phase::Healthy, false) == wanted
}
