//! Tasks of Fargate: on hosts of the pool, which replies never name.
//!
//! Invariant: a task is placed at once or not at all. What a call finds no room for is a failure; there is nothing to wait for, because
//! nobody but the operator adds hosts. What no host serves whatever its room is refused by its name ([`placement::feature`]): RunTask by
//! a ClientException, as Windows is; a service, whose definition was stored before hosts came or after they went, by its event.

use super::place::Started;
use crate::{
    decide::{Ctx, View, readable},
    ecs::{cluster, fargate, fault, launch::Launch},
};
use books::{draft::Draft, seat::Seat};
use domain::{
    cluster::{Cluster, StrategyItem},
    status::TaskStatus,
};
use placement::{
    feature::unserved, filter::Refusal, place::place, share::share, strategy::Strategy,
};
use std::collections::BTreeMap;
use store::Found;
use wire::{Fault, Value, reply, tables::ecs};

/// What is said of a pool that has no host.
const NO_HOST: &str = "Fargate's pool has no ACTIVE host: add one with `longshore agent --fargate`, or take one back with `longshore fargate drain --undo`.";

/// Places up to `count` tasks, in the shares of `strategy` where there is one.
///
/// # Errors
/// `ClientException` for what no host of the pool serves; a fault of ours, if a record cannot be read.
pub(super) fn start(
    view: &View,
    ctx: &Ctx,
    cluster: &Found<Cluster>,
    launch: &Launch,
    strategy: &[StrategyItem],
    count: usize,
) -> Result<Started, Fault> {
    let mut hosts = readable(Seat::pool(view.snapshot(), &ctx.scope))?;
    hosts.retain(|host| host.host().is_some_and(|host| host.takes_new_tasks()));
    let candidates: Vec<_> = hosts.iter().filter_map(Seat::host).collect();
    let seed = ctx.ids.number("placement", 0);
    if let Some(unserved) = unserved(launch.needs(&[]).attributes, candidates.iter().copied()) {
        return Err(fault::client(unserved));
    }
    let needs = launch.needs(&[]).of_pool(candidates.iter().copied());
    let outcome = place(&needs, &Strategy::defaults(), &candidates, count, seed);
    let shares = if strategy.is_empty() { Vec::new() } else { share(strategy, &[], count) };
    let mut draft = Draft::new(view.snapshot(), &ctx.scope, ctx.now)
        .with_public_addresses(ctx.config.public_addresses);
    let mut tasks = Vec::with_capacity(outcome.placed.len());
    for placement in outcome.placed {
        let index = tasks.len();
        let provider = shares.get(index).map(|at| strategy[*at].capacity_provider.as_str());
        let seat = &hosts[placement.candidate];
        tasks.push(launch.make(ctx, &mut draft, index, provider, seat, placement.held)?);
    }
    let missing = count - tasks.len();
    let failures = vec![failure(&outcome.refused); missing];
    let mut writes = draft.finish();
    if tasks.iter().any(|task| task.last != TaskStatus::Stopped) {
        // No instance keeps the cluster from being deleted: whoever deletes it at this moment has to look again.
        cluster::touch(&mut writes, cluster);
    }
    Ok(Started { tasks, failures, writes })
}

/// Why there was no room for a task: ECS's words, and what most of the hosts lack.
fn failure(refused: &[Refusal]) -> Value {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for refusal in refused {
        let detail = refusal.reason.detail();
        let detail = detail.map(|detail| format!(": {detail}")).unwrap_or_default();
        *reasons.entry(format!("{}{detail}", refusal.reason.as_str())).or_default() += 1;
    }
    let most = reasons.into_iter().max_by_key(|(_, hosts)| *hosts);
    let detail = most.map_or_else(|| NO_HOST.to_owned(), |(reason, _)| reason);
    reply!(ecs::FAILURE { "reason": fargate::NO_CAPACITY, "detail": detail })
}
