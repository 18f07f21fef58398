//! Where the tasks of one call go, and what is told of those that go nowhere.

use crate::{
    decide::{Ctx, View, Writes, readable},
    ecs::{capacity, cluster, fault, launch::Launch},
};
use books::{draft::Draft, seat::Seat};
use domain::{
    arn,
    cluster::{Cluster, StrategyItem},
    status::{LaunchType, TaskStatus},
    task::Task,
};
use placement::{
    filter::{Constraint, Refusal},
    place::{Outcome, Placement, place},
    share::share,
    strategy::Strategy,
};
use std::collections::BTreeMap;
use store::{Expect, Found};
use wire::{Fault, Value};

/// ECS's own limit on the tasks of a cluster that wait for instances of capacity providers.
const WAITING_MAX: usize = 500;

/// A call that is understood.
pub(super) struct Order<'a> {
    pub(super) view: &'a View,
    pub(super) ctx: &'a Ctx,
    pub(super) cluster: &'a Found<Cluster>,
    pub(super) launch: Launch,
    pub(super) constraints: Vec<Constraint>,
    pub(super) strategies: Vec<Strategy>,
    pub(super) count: usize,
}

/// What came of it.
pub(super) struct Started {
    pub(super) tasks: Vec<Task>,
    pub(super) failures: Vec<Value>,
    pub(super) writes: Writes,
}

/// The instances of one capacity provider, and the call's tasks on them.
struct Party {
    /// The provider's name.
    name: String,
    /// Whether a task may wait for instances that the provider does not have yet.
    is_scaled: bool,
    seats: Vec<Seat>,
    placed: std::vec::IntoIter<Placement>,
    refused: Vec<Refusal>,
    /// Tasks that found no room and do not wait.
    is_short: bool,
}

impl Order<'_> {
    /// On any instance of `launch_type`, those of capacity providers included.
    pub(super) fn on_instances(&self, launch_type: LaunchType) -> Result<Started, Fault> {
        let is_external = launch_type == LaunchType::External;
        let seats = self.seats(|seat| seat.candidate().is_external() == is_external)?;
        if seats.is_empty() {
            return Err(fault::invalid_parameter(
                "No Container Instances were found in your cluster.",
            ));
        }
        let outcome = self.place(&seats, self.count, 0);
        let is_short = outcome.placed.len() < self.count;
        let mut draft = Draft::new(self.view.snapshot(), &self.ctx.scope, self.ctx.now);
        let mut tasks = Vec::with_capacity(outcome.placed.len());
        for placement in outcome.placed {
            let seat = &seats[placement.candidate];
            let index = tasks.len();
            tasks.push(self.launch.make(
                self.ctx,
                &mut draft,
                index,
                None,
                seat,
                placement.held,
            )?);
        }
        let refused = outcome.refused.iter().filter(|_| is_short);
        let failures = refused.map(|refusal| self.failure(refusal)).collect();
        Ok(Started { tasks, failures, writes: draft.finish() })
    }

    /// On instances of capacity providers, in the shares of `strategy`. A task stays with the provider that it fell to: if there is no
    /// room for it, it waits where managed scaling may make some, and is a failure elsewhere.
    pub(super) fn on_providers(&self, strategy: &[StrategyItem]) -> Result<Started, Fault> {
        let shares = share(strategy, &[], self.count);
        let mut seats: BTreeMap<String, Vec<Seat>> = BTreeMap::new();
        for seat in self.seats(|seat| seat.instance.capacity_provider.is_some())? {
            let provider = seat.instance.capacity_provider.clone().unwrap_or_default();
            seats.entry(provider).or_default().push(seat);
        }
        let mut parties = Vec::with_capacity(strategy.len());
        for (at, item) in strategy.iter().enumerate() {
            let wanted = shares.iter().filter(|share| **share == at).count();
            let seats = seats.remove(&item.capacity_provider).unwrap_or_default();
            parties.push(self.party(&item.capacity_provider, seats, wanted, at)?);
        }
        let is_hopeless = |party: &Party| party.seats.is_empty() && !party.is_scaled;
        if shares.iter().all(|at| is_hopeless(&parties[*at])) {
            return Err(fault::invalid_parameter(
                "No Container Instances were found in your capacity provider.",
            ));
        }
        let mut draft = Draft::new(self.view.snapshot(), &self.ctx.scope, self.ctx.now);
        let mut tasks = Vec::with_capacity(self.count);
        let mut waiting = 0;
        for at in shares {
            let party = &mut parties[at];
            let (index, provider) = (tasks.len(), party.name.as_str());
            if let Some(placement) = party.placed.next() {
                let seat = &party.seats[placement.candidate];
                let held = placement.held;
                tasks.push(self.launch.make(
                    self.ctx,
                    &mut draft,
                    index,
                    Some(provider),
                    seat,
                    held,
                )?);
            } else if party.is_scaled {
                tasks.push(self.launch.make_waiting(self.ctx, &mut draft, index, provider));
                waiting += 1;
            } else {
                party.is_short = true;
            }
        }
        let failures = parties.iter().filter(|party| party.is_short);
        let failures = failures.flat_map(|party| self.failures(party)).collect();
        let mut writes = draft.finish();
        if waiting > 0 {
            self.check_waiting(waiting)?;
            // A cluster is not deleted, nor is a provider taken from it, without a look at those that wait there; and of two calls
            // that both fill the last place of those that may wait, one looks again.
            cluster::touch(&mut writes, self.cluster);
        } else {
            writes.expect(&self.cluster.key, Expect::Revision(self.cluster.modified));
        }
        Ok(Started { tasks, failures, writes })
    }

    fn party(
        &self,
        name: &str,
        seats: Vec<Seat>,
        wanted: usize,
        at: usize,
    ) -> Result<Party, Fault> {
        let outcome = self.place(&seats, wanted, at);
        let provider = capacity::find(self.view, self.ctx, name)?;
        Ok(Party {
            name: name.to_owned(),
            is_scaled: provider.is_some_and(|provider| provider.group.scaling.enabled),
            seats,
            placed: outcome.placed.into_iter(),
            refused: outcome.refused,
            is_short: false,
        })
    }

    /// The instances of the cluster that take new tasks and that `is_asked` holds for.
    fn seats(&self, is_asked: impl Fn(&Seat) -> bool) -> Result<Vec<Seat>, Fault> {
        let all = Seat::all_in(self.view.snapshot(), &self.ctx.scope, &self.cluster.name);
        let mut seats = readable(all)?;
        seats.retain(|seat| seat.candidate().takes_new_tasks() && is_asked(seat));
        Ok(seats)
    }

    /// `part` tells apart the placements of one call, for those that are by chance.
    fn place(&self, seats: &[Seat], count: usize, part: usize) -> Outcome {
        let candidates: Vec<_> = seats.iter().map(Seat::candidate).collect();
        let seed = self.ctx.ids.number("placement", part);
        place(&self.launch.needs(&self.constraints), &self.strategies, &candidates, count, seed)
    }

    fn check_waiting(&self, more: usize) -> Result<(), Fault> {
        let mut waiting = more;
        let all = Task::all_in(&self.ctx.scope, &self.cluster.name);
        for task in self.view.range::<Task>(&all) {
            let task = task?;
            waiting += usize::from(task.last == TaskStatus::Provisioning);
        }
        if waiting <= WAITING_MAX {
            return Ok(());
        }
        Err(fault::client(format!(
            "The tasks provisioning capacity limit was exceeded: at most {WAITING_MAX} tasks of a cluster can be PROVISIONING."
        )))
    }

    fn failures(&self, party: &Party) -> Vec<Value> {
        if party.seats.is_empty() {
            let arn = arn::capacity_provider(&self.ctx.scope, &party.name);
            return vec![fault::failure(&arn, "EMPTY CAPACITY PROVIDER", None)];
        }
        party.refused.iter().map(|refusal| self.failure(refusal)).collect()
    }

    fn failure(&self, refusal: &Refusal) -> Value {
        let arn = arn::instance(&self.ctx.scope, &self.cluster.name, &refusal.instance);
        fault::failure(&arn, refusal.reason.as_str(), refusal.reason.detail().as_deref())
    }
}
