//! Tasks to make: which capacity provider each goes to, and on which instance.
//!
//! Not here: how many (`replica`, `daemon`, `task_set`), the rules of placement (`placement`).

use super::{
    fargate,
    step::{Facts, Step, TASKS_PER_STEP_MAX, number},
};
use crate::{
    floor::{Ask, Draft, Placed, Pool, Provider, Shortfall},
    plan::Launch,
};
use domain::{
    capacity::{CapacityProvider, ProviderStatus},
    id::DeploymentId,
    service::Template,
    status::LaunchType,
};
use placement::share::share;
use std::{collections::BTreeMap, iter::repeat_n};

/// How many tasks of a cluster may wait for instances that capacity providers still get: ECS's own limit.
const WAITING_MAX: usize = 500;

/// Tasks wanted of one deployment or task set.
#[derive(Clone, Copy)]
pub(crate) struct Order<'a> {
    pub(crate) id: &'a DeploymentId,
    pub(crate) template: &'a Template,
    pub(crate) count: i64,
    /// Only in this Availability Zone.
    pub(crate) zone: Option<&'a str>,
}

/// What came of an order.
#[derive(Debug, Default)]
pub(crate) struct Launched {
    /// How many tasks are made.
    pub(crate) made: i64,
    /// Why there are not as many as were wanted, and of what there is not enough.
    pub(crate) shortfall: Option<(Shortfall, Supply)>,
    /// More tasks would wait than may.
    pub(crate) too_many_wait: bool,
}

/// What tasks were to be placed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Supply {
    /// The cluster's instances.
    Instances,
    /// Those of a capacity provider.
    Provider,
    /// Fargate's pool.
    Fargate,
}

/// Makes as many tasks of `order` as have a place, or may wait for one.
pub(crate) fn launch(
    facts: &Facts<'_>,
    step: &mut Step,
    draft: &mut Draft<'_>,
    order: Order<'_>,
) -> Launched {
    let room = TASKS_PER_STEP_MAX.saturating_sub(step.launches.len());
    let count = usize::try_from(order.count).unwrap_or(0).min(room);
    let mut launched = Launched::default();
    if count == 0 {
        return launched;
    }
    if order.template.strategy.is_empty() {
        launch_in(facts, step, draft, order, (None, count), &mut launched);
        return launched;
    }
    let squad = facts.squad(order.id);
    let strategy = &order.template.strategy;
    let counts: Vec<i64> = strategy
        .iter()
        .map(|item| squad.providers.get(item.capacity_provider.as_str()).copied().unwrap_or(0))
        .collect();
    let mut shares: BTreeMap<usize, usize> = BTreeMap::new();
    for at in share(strategy, &counts, count) {
        *shares.entry(at).or_default() += 1;
    }
    for (at, count) in shares {
        let name = strategy[at].capacity_provider.as_str();
        launch_in(facts, step, draft, order, (Some(name), count), &mut launched);
    }
    launched
}

fn launch_in(
    facts: &Facts<'_>,
    step: &mut Step,
    draft: &mut Draft<'_>,
    order: Order<'_>,
    (name, count): (Option<&str>, usize),
    launched: &mut Launched,
) {
    let Some(mould) = facts.moulds.get(&number(order.id)) else { return };
    if let Some(site) = &mould.fargate {
        fargate::launch(facts, step, draft, (order, mould, site), (name, count), launched);
        return;
    }
    let provider = name.map(|name| (facts.providers)(name));
    // A provider that is not there has no instances.
    let is_gone = matches!(provider, Some(None));
    let provider = provider.flatten().filter(|it| it.status == ProviderStatus::Active);
    let placed = if is_gone {
        let shortfall = Shortfall { missing: count, instances: 1, ..Shortfall::default() };
        Placed { places: Vec::new(), shortfall: Some(shortfall) }
    } else {
        let ask = Ask {
            cluster: facts.cluster,
            wants: &mould.wants,
            group: facts.group,
            pool: pool(order.template.launch_type, provider, order.zone),
        };
        draft.place(&ask, count, facts.seed())
    };
    let missing = placed.shortfall.as_ref().map_or(0, |shortfall| shortfall.missing);
    let waits = provider.is_some_and(|it| it.group.scaling.enabled) && order.zone.is_none();
    let may_wait = if waits {
        let waiting = facts.waiting + step.launches.iter().filter(|it| it.place.is_none()).count();
        missing.min(WAITING_MAX.saturating_sub(waiting))
    } else {
        0
    };
    let places = placed.places.into_iter().map(Some).chain(repeat_n(None, may_wait));
    for place in places {
        let (deployment, provider) = (order.id.clone(), name.map(str::to_owned));
        step.launches.push(Launch { deployment, place, provider, zone: None });
        launched.made += 1;
    }
    if let Some(shortfall) = placed.shortfall.filter(|_| missing > may_wait) {
        launched.too_many_wait |= waits;
        let of = if name.is_some() { Supply::Provider } else { Supply::Instances };
        launched.shortfall = Some((shortfall, of));
    }
}

/// The instances that tasks of this launch type may go to.
pub(crate) fn pool<'a>(
    launch_type: Option<LaunchType>,
    provider: Option<&'a CapacityProvider>,
    zone: Option<&'a str>,
) -> Pool<'a> {
    Pool {
        is_external: launch_type == Some(LaunchType::External),
        provider: provider
            .map(|provider| Provider { name: &provider.name, group: &provider.group.arn }),
        zone,
    }
}
