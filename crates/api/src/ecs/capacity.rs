//! Capacity providers and strategies, as far as they are served: the two of Fargate by name.

use crate::{ecs::fault, plain};
use domain::cluster::StrategyItem;
use std::collections::BTreeSet;
use wire::{Fault, Value};

/// Providers that exist without being created.
pub const PREDEFINED: [&str; 2] = ["FARGATE", "FARGATE_SPOT"];

/// ECS's own limit on the items of a strategy.
const ITEMS_MAX: usize = 20;

/// The capacity providers of a request.
///
/// # Errors
/// `InvalidParameterException`, if one does not exist.
pub fn read_providers(names: &[Value]) -> Result<Vec<String>, Fault> {
    let mut providers = Vec::new();
    for name in names.iter().filter_map(Value::as_str) {
        check_exists(name)?;
        if !providers.iter().any(|known| known == name) {
            providers.push(name.to_owned());
        }
    }
    Ok(providers)
}

/// The capacity provider strategy of a request.
///
/// # Errors
/// `InvalidParameterException`, if a provider does not exist or comes twice, or bases or weights are not as ECS wants them.
pub fn read_strategy(items: &[Value]) -> Result<Vec<StrategyItem>, Fault> {
    let items: Vec<StrategyItem> = items.iter().map(plain::from_value).collect::<Result<_, _>>()?;
    if items.len() > ITEMS_MAX {
        let message = format!("A capacity provider strategy can have at most {ITEMS_MAX} items.");
        return Err(fault::invalid_parameter(message));
    }
    let mut names = BTreeSet::new();
    for item in &items {
        check_exists(&item.capacity_provider)?;
        if !names.insert(&item.capacity_provider) {
            let message = format!(
                "Capacity provider `{}` comes twice in the strategy.",
                item.capacity_provider
            );
            return Err(fault::invalid_parameter(message));
        }
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
pub fn check_default_strategy(items: &[StrategyItem], providers: &[String]) -> Result<(), Fault> {
    match items.iter().find(|item| !providers.contains(&item.capacity_provider)) {
        None => Ok(()),
        Some(item) => Err(fault::invalid_parameter(format!(
            "The default strategy names capacity provider `{}`, which is not one of the cluster's capacity providers.",
            item.capacity_provider
        ))),
    }
}

fn check_exists(name: &str) -> Result<(), Fault> {
    if PREDEFINED.contains(&name) {
        return Ok(());
    }
    let message = format!(
        "The specified capacity provider `{name}` does not exist: Longshore does not serve other capacity providers than \
         FARGATE and FARGATE_SPOT yet."
    );
    Err(fault::invalid_parameter(message))
}
