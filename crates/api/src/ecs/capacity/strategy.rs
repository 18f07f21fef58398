//! Capacity provider strategies as clients give them.

use super::is_predefined;
use crate::{ecs::fault, plain};
use domain::cluster::{Cluster, StrategyItem};
use std::collections::BTreeSet;
use wire::{Fault, Value};

/// ECS's own limit on the items of a strategy.
const ITEMS_MAX: usize = 20;

/// The strategy of a request. Whether its providers exist is for whoever knows the cluster: [`check`].
///
/// # Errors
/// `InvalidParameterException`, if a provider comes twice or does not go with another, or bases or weights are not as ECS wants them.
pub fn read(items: &[Value]) -> Result<Vec<StrategyItem>, Fault> {
    let items: Vec<StrategyItem> = items.iter().map(plain::from_value).collect::<Result<_, _>>()?;
    if items.len() > ITEMS_MAX {
        let message = format!("A capacity provider strategy can have at most {ITEMS_MAX} items.");
        return Err(fault::invalid_parameter(message));
    }
    let mut names = BTreeSet::new();
    for item in &items {
        if !names.insert(&item.capacity_provider) {
            let message = format!(
                "Capacity provider `{}` comes twice in the strategy.",
                item.capacity_provider
            );
            return Err(fault::invalid_parameter(message));
        }
    }
    let of_fargate = items.iter().filter(|item| is_predefined(&item.capacity_provider)).count();
    if of_fargate > 0 && of_fargate < items.len() {
        return Err(fault::invalid_parameter(
            "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate providers. \
             Specify one or the other and try again.",
        ));
    }
    if items.iter().filter(|item| item.base > 0).count() > 1 {
        return Err(fault::invalid_parameter(
            "Only one capacity provider of a strategy can have a base.",
        ));
    }
    if items.len() > 1 && items.iter().all(|item| item.weight == 0) {
        return Err(fault::invalid_parameter(
            "At least one capacity provider of a strategy needs a weight greater than 0.",
        ));
    }
    Ok(items)
}

/// A cluster's default strategy draws on the cluster's providers only.
///
/// # Errors
/// `InvalidParameterException` otherwise.
pub fn check_default(items: &[StrategyItem], providers: &[String]) -> Result<(), Fault> {
    match items.iter().find(|item| !providers.contains(&item.capacity_provider)) {
        None => Ok(()),
        Some(item) => Err(fault::invalid_parameter(format!(
            "The default strategy names capacity provider `{}`, which is not one of the cluster's capacity providers.",
            item.capacity_provider
        ))),
    }
}

/// Tasks go to providers of their cluster only. Those exist and are ACTIVE.
///
/// # Errors
/// `InvalidParameterException` otherwise.
pub fn check(items: &[StrategyItem], cluster: &Cluster) -> Result<(), Fault> {
    let is_foreign =
        |item: &&StrategyItem| !cluster.capacity_providers.contains(&item.capacity_provider);
    match items.iter().find(is_foreign) {
        None => Ok(()),
        Some(item) => Err(fault::invalid_parameter(format!(
            "The specified capacity provider `{}` was not found: it is not associated with cluster `{}`. Associate it with \
             PutClusterCapacityProviders and try again.",
            item.capacity_provider, cluster.name
        ))),
    }
}
