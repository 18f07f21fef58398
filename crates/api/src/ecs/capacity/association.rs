//! Which capacity providers a cluster uses.
//!
//! Associating takes no time, as nothing is attached to an Auto Scaling group: a cluster's attachments are never on their way, and no call
//! is told to wait for that.

use super::{active, is_predefined, membership, provider, strategy};
use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::cluster,
};
use domain::{
    capacity::CapacityProvider,
    cluster::Cluster,
    instance::ContainerInstance,
    service::{Service, ServiceStatus},
    status::{InstanceStatus, TaskStatus},
    task::Task,
};
use store::{Expect, Found};
use wire::{Fault, Value, tables::ecs, view};

view! {
    Put : ecs::PUT_CLUSTER_CAPACITY_PROVIDERS_REQUEST {
        cluster: &'a str = "cluster",
        providers: &'a [Value] = "capacityProviders",
        strategy: &'a [Value] = "defaultCapacityProviderStrategy",
    }
}

/// Replaces a cluster's providers and its default strategy. Instances that were waiting for their provider belong to it from now on, and
/// those of a removed one to none.
pub fn put(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Put::from(request);
    let found = cluster::resolve(view, ctx, Some(request.cluster))?;
    let providers = Providers::read(view, ctx, request.providers)?;
    let strategy = strategy::read(request.strategy)?;
    strategy::check_default(&strategy, &providers.names)?;
    let removed = found.capacity_providers.iter().filter(|name| !providers.names.contains(name));
    for name in removed {
        refuse_in_use(view, ctx, &found, name)?;
    }
    let mut writes = Writes::new();
    providers.touch(&mut writes, &found.capacity_providers);
    let instances = ContainerInstance::all_in(&ctx.scope, &found.name);
    for instance in view.range::<ContainerInstance>(&instances) {
        let instance = instance?;
        let belongs = membership::provider_of(view, ctx, &providers.names, &instance)?;
        if instance.status != InstanceStatus::Inactive && instance.capacity_provider != belongs {
            let mut after = ContainerInstance::clone(&instance.record);
            after.capacity_provider = belongs;
            after.version += 1;
            writes.put(&instance.key, Expect::Revision(instance.modified), after);
        }
    }
    let mut after = Cluster::clone(&found.record);
    after.capacity_providers = providers.names;
    after.default_strategy = strategy;
    let reply = cluster::reply_whole(view, ctx, &after)?;
    writes.put(&found.key, Expect::Revision(found.modified), after);
    Ok((reply, writes))
}

/// The providers that a request wants a cluster to have.
pub struct Providers {
    /// Each once, in the request's order.
    pub names: Vec<String>,
    made: Vec<Found<CapacityProvider>>,
}

impl Providers {
    /// Reads their names.
    ///
    /// # Errors
    /// `InvalidParameterException`, if one does not exist.
    pub fn read(view: &View, ctx: &Ctx, names: &[Value]) -> Result<Self, Fault> {
        let mut providers = Self { names: Vec::new(), made: Vec::new() };
        for name in names.iter().filter_map(Value::as_str) {
            if providers.names.iter().any(|known| known == name) {
                continue;
            }
            if !is_predefined(name) {
                providers.made.push(active(view, ctx, name)?);
            }
            providers.names.push(name.to_owned());
        }
        Ok(providers)
    }

    /// Puts the records of those that the cluster did not have `before`, so that whoever decided to delete one has to look again.
    pub fn touch(&self, writes: &mut Writes, before: &[String]) {
        for found in self.made.iter().filter(|found| !before.contains(&found.name)) {
            provider::touch(writes, found);
        }
    }
}

/// A provider stays while something of the cluster runs on it or wants to. A task that is being made on it at this very moment is not
/// seen; it runs on, and is not moved.
fn refuse_in_use(view: &View, ctx: &Ctx, cluster: &Cluster, name: &str) -> Result<(), Fault> {
    let in_use = || {
        Err(Fault::sender(
            "ResourceInUseException",
            "The specified capacity provider is in use and cannot be removed.",
        ))
    };
    for service in view.range::<Service>(&Service::all_in(&ctx.scope, &cluster.name)) {
        let service = service?;
        if service.status != ServiceStatus::Inactive && service.uses_provider(name) {
            return in_use();
        }
    }
    for task in view.range::<Task>(&Task::all_in(&ctx.scope, &cluster.name)) {
        let task = task?;
        if task.last != TaskStatus::Stopped && task.capacity_provider.as_deref() == Some(name) {
            return in_use();
        }
    }
    Ok(())
}
