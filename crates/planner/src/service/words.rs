//! What events, reasons and stopped tasks are told, in ECS's words (spec/services.md §1, §8; spec/placement.md §3).

use super::launch::Supply;
use crate::floor::Shortfall;
use domain::{id::DeploymentId, key::Key};
use placement::filter::Reason;
use std::{collections::BTreeMap, fmt::Write, sync::Arc};

pub(crate) const STEADY: &str = "has reached a steady state.";
pub(crate) const NOT_CONSISTENTLY: &str = "is unable to consistently start tasks successfully.";
pub(crate) const CANNOT_PROGRESS: &str = "was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.";
pub(crate) const TOO_MANY_WAIT: &str = "was unable to place tasks in your cluster because the tasks provisioning capacity limit was exceeded.";
const UNPLACED: &str =
    "was unable to place a task because no container instance met all of its requirements.";
const NO_CAPACITY: &str = "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.";
const CLOSEST: &str = " The closest matching (container-instance ";

/// An event's whole text.
pub(crate) fn message(service: &str, text: &str) -> String {
    format!("(service {service}) {text}")
}

/// Whether two events say the same. Which instance comes closest to a task that has no place changes all the time; what it lacks counts.
pub(crate) fn are_alike(one: &str, other: &str) -> bool {
    fn without_instance(text: &str) -> Option<(&str, &str)> {
        let (head, rest) = text.split_once(CLOSEST)?;
        Some((head, rest.split_once(')')?.1))
    }
    one == other || without_instance(one).is_some_and(|it| Some(it) == without_instance(other))
}

/// `(task 1) (task 2)`
fn list(tasks: &[Key]) -> String {
    let mut text = String::new();
    for task in tasks {
        // Writing to a String cannot go wrong.
        let _ = write!(text, " (task {})", task.last());
    }
    text
}

pub(crate) fn stopped_running(tasks: &[Key]) -> String {
    format!("has stopped {} running tasks:{}.", tasks.len(), list(tasks))
}

pub(crate) fn stopped_pending(tasks: &[Key]) -> String {
    format!("has stopped {} pending tasks:{}.", tasks.len(), list(tasks))
}

pub(crate) fn scaling(deployment: &DeploymentId) -> String {
    format!("Scaling activity initiated by (deployment {})", deployment.prefixed())
}

pub(crate) fn in_progress(id: &DeploymentId) -> String {
    format!("ECS deployment {} in progress.", id.prefixed())
}

pub(crate) fn completed(id: &DeploymentId) -> String {
    format!("ECS deployment {} completed.", id.prefixed())
}

pub(crate) fn rolling_back(id: &DeploymentId) -> String {
    format!("ECS deployment circuit breaker: rolling back to deploymentId {}.", id.prefixed())
}

pub(crate) fn protected(deployment: &DeploymentId, count: usize) -> String {
    format!(
        "was unable to reach steady state because (taskSet {}) was unable to scale in due to (reason {count} tasks under protection)",
        deployment.prefixed()
    )
}

/// Why a task has no place.
pub(crate) fn unplaced(shortfall: &Shortfall, supply: Supply) -> String {
    if supply == Supply::Fargate {
        return match &shortfall.unserved {
            // Ours: on AWS there is nothing that Fargate's hosts do not serve.
            Some(unserved) => format!("was unable to place a task. Reason: {unserved}"),
            None => NO_CAPACITY.into(),
        };
    }
    if shortfall.instances == 0 {
        return format!("{UNPLACED} Reason: No Container Instances were found in your cluster.");
    }
    if shortfall.candidates == 0 && supply == Supply::Provider {
        return "was unable to reach steady state. Reason: No Container Instances were found in your capacity provider.".into();
    }
    let Some(closest) = &shortfall.closest else { return UNPLACED.into() };
    let lack = match &closest.reason {
        Reason::Cpu(_) => "has insufficient CPU units available.",
        Reason::Memory(_) => "has insufficient memory available.",
        Reason::Gpu(_) => "has insufficient GPU resource available.",
        Reason::Interface(_) => "has insufficient network interfaces available.",
        Reason::Ports { .. } => "is already using a port required by your task.",
        Reason::Attribute { .. } => "is missing an attribute required by your task.",
        Reason::Agent => "encountered error \"AGENT\".",
        // Nothing that the instance lacks: it is not to be used.
        Reason::Location { .. }
        | Reason::Status(_)
        | Reason::MemberOf { .. }
        | Reason::DistinctInstance => {
            return UNPLACED.into();
        }
    };
    format!("{UNPLACED}{CLOSEST}{}) {lack}", closest.instance)
}

/// `2 tasks in az-a, 1 tasks in az-b`
fn zones(counts: &BTreeMap<Arc<str>, i64>) -> String {
    let counts: Vec<_> =
        counts.iter().map(|(zone, count)| format!("{count} tasks in {zone}")).collect();
    counts.join(", ")
}

pub(crate) fn unbalanced(counts: &BTreeMap<Arc<str>, i64>) -> String {
    format!("is not AZ balanced with {}. AZ Rebalancing in progress.", zones(counts))
}

pub(crate) fn balanced(counts: &BTreeMap<Arc<str>, i64>) -> String {
    format!("is AZ balanced with {}.", zones(counts))
}

pub(crate) fn rebalance_stop(deployment: &DeploymentId) -> String {
    format!("Availability-zone rebalancing initiated by (deployment {})", deployment.prefixed())
}

pub(crate) fn rebalance_stopped(zone: &str, tasks: &[Key]) -> String {
    format!(
        "has stopped {} running tasks in {zone} due to AZ rebalancing:{}.",
        tasks.len(),
        list(tasks)
    )
}

pub(crate) fn rebalance_unplaced(zone: &str, supply: Supply) -> String {
    if supply == Supply::Fargate {
        return format!("is unable to place a task in {zone}.");
    }
    format!(
        "is unable to place a task in {zone} because no container instance met all of its requirements."
    )
}

pub(crate) fn rebalance_protected(deployment: &DeploymentId, count: usize) -> String {
    format!(
        "was unable to AZ Rebalance because (taskSet {}) was unable to scale in due to (reason {count} tasks under protection).",
        deployment.prefixed()
    )
}
