//! What requests name by id or by ARN: how many at a time, which id is meant, and the ARN of what may not exist.

use super::fault;
use domain::{
    arn::{self, Arn},
    id::{ClusterName, Scope},
};
use wire::Fault;

/// Refuses a list of `what` that is empty or has more than `most` entries.
///
/// # Errors
/// `InvalidParameterException`, that names the list.
pub fn check_count(identifiers: &[&str], most: usize, what: &str) -> Result<(), Fault> {
    if identifiers.is_empty() {
        return Err(fault::invalid_parameter(format!("{what} cannot be empty.")));
    }
    check_most(identifiers, most, what)
}

/// The same where an empty list means something.
///
/// # Errors
/// As [`check_count`].
pub fn check_most(identifiers: &[&str], most: usize, what: &str) -> Result<(), Fault> {
    if identifiers.len() > most {
        let message = format!("{what} cannot have more than {most} elements.");
        return Err(fault::invalid_parameter(message));
    }
    Ok(())
}

/// The id in `identifier`, which is one itself, or an ARN of `kind` in this cluster, with or without the cluster's name in it.
pub fn id_in_cluster<'a>(
    scope: &Scope,
    cluster: &ClusterName,
    kind: &str,
    identifier: &'a str,
) -> Option<&'a str> {
    let Some(arn) = Arn::parse(identifier) else { return Some(identifier) };
    let rest = arn.resource_of_kind(scope, kind)?;
    match rest.split_once('/') {
        Some((name, id)) => (name == cluster.as_str()).then_some(id),
        None => Some(rest),
    }
}

/// The full ARN of what `identifier` names below `parents`, such as `task/default`, whether it exists or not. An ARN is taken as it is.
pub fn arn_below(scope: &Scope, parents: &str, identifier: &str) -> String {
    if identifier.starts_with("arn:") {
        return identifier.to_owned();
    }
    arn::ecs(scope, &format!("{parents}/{identifier}"))
}
