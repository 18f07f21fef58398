//! REPLICA services of ECS's own controller: as many tasks as are wanted, of the PRIMARY deployment in the end.
//!
//! While the PRIMARY deployment stands, older ones are on their way out. One that failed and has nothing to go back to is stalled: no
//! task of it is started, and older ones stay as they are, their unhealthy tasks replaced by the same.

use super::{
    bounds::Bounds,
    keep::{Force, Group, Makes, keep},
    rebalance::{is_rebalancing, rebalance},
    rollout,
    step::{Facts, Step},
};
use crate::floor::Draft;
use domain::deployment::RolloutState;

/// Decides on a service.
pub(crate) fn serve(facts: &Facts<'_>, step: &mut Step, draft: &mut Draft<'_>) {
    let desired = facts.service.desired;
    rollout::guard(facts, step, desired);
    let deployments = step.after.deployments.clone();
    let Some(primary) = deployments.first() else { return };
    let is_stalled = primary.rollout == RolloutState::Failed;
    let groups = deployments.iter().enumerate().map(|(at, deployment)| Group {
        id: &deployment.id,
        template: &deployment.template,
        stays: is_stalled || at == 0,
        makes: match (at == 0, is_stalled) {
            (true, false) => Makes::Missing,
            (false, true) => Makes::Replacements,
            (true, true) | (false, false) => Makes::Nothing,
        },
    });
    let bounds = Bounds::of(desired, &facts.service.configuration);
    let retry_at = primary.retry_at.filter(|_| !is_stalled);
    let force = Force {
        groups: groups.collect(),
        cause: &primary.id,
        desired,
        lower: bounds.lower,
        upper: bounds.upper,
        retry_at,
        is_failing: primary.failed_tasks > 0 || retry_at.is_some_and(|at| at > facts.now),
        leaves_spare: is_rebalancing(step),
    };
    keep(facts, step, draft, &force);
    rollout::finish(facts, step, desired);
    rebalance(facts, step, draft, bounds);
}
