//! REPLICA services of ECS's own controller: as many tasks as are wanted, of the PRIMARY deployment in the end.
//!
//! While the PRIMARY deployment stands, older ones are on their way out. One that failed and has nothing to go back to is stalled: no
//! task of it is started, and older ones stay. What they lose is made again: unhealthy tasks by the same, dead ones by the last
//! deployment that was completed, so that a failed deployment without a way back does not cost capacity.

use super::{
    bounds::Bounds,
    keep::{Force, Group, Makes, keep},
    rebalance::{is_rebalancing, rebalance},
    rollout,
    step::{Facts, Step},
};
use crate::floor::Draft;
use domain::deployment::{Deployment, RolloutState};

/// Decides on a service.
pub(crate) fn serve(facts: &Facts<'_>, step: &mut Step, draft: &mut Draft<'_>) {
    let desired = facts.service.desired;
    rollout::guard(facts, step, desired);
    let deployments = step.after.deployments.clone();
    let Some(primary) = deployments.first() else { return };
    let is_stalled = primary.rollout == RolloutState::Failed;
    // Where a deployment failed and there is no way back, the last that was completed holds what is there.
    let is_completed = |it: &Deployment| it.rollout == RolloutState::Completed;
    let holder = if is_stalled { deployments.iter().position(is_completed) } else { Some(0) };
    let groups = deployments.iter().enumerate().map(|(at, deployment)| Group {
        id: &deployment.id,
        template: &deployment.template,
        stays: is_stalled || at == 0,
        makes: match (holder == Some(at), is_stalled && at > 0) {
            (true, _) => Makes::Missing,
            (false, true) => Makes::Replacements,
            (false, false) => Makes::Nothing,
        },
    });
    let bounds = Bounds::of(desired, &facts.service.configuration);
    let makes = holder.map_or(primary, |at| &deployments[at]);
    let retry_at = makes.retry_at.filter(|_| holder.is_some());
    let force = Force {
        groups: groups.collect(),
        cause: &primary.id,
        desired,
        lower: bounds.lower,
        upper: bounds.upper,
        retry_at,
        is_failing: makes.failed_tasks > 0 || retry_at.is_some_and(|at| at > facts.now),
        leaves_spare: is_rebalancing(step),
    };
    keep(facts, step, draft, &force);
    rollout::finish(facts, step, desired);
    rebalance(facts, step, draft, bounds);
}
