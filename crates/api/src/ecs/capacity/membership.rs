//! Which capacity provider an instance belongs to.
//!
//! Invariant: an instance that is not INACTIVE belongs to the provider of its cluster whose Auto Scaling group it names by the attribute
//! [`GROUP_ATTRIBUTE`], and to none if it names none. Whoever changes that attribute touches the cluster, and whoever changes the
//! cluster's providers puts the cluster, so that of the two one looks again.

use super::find;
use crate::decide::{Ctx, View};
use domain::{capacity::GROUP_ATTRIBUTE, instance::ContainerInstance};
use placement::candidate::EXTERNAL_ATTRIBUTE;
use wire::Fault;

/// The Auto Scaling group that an instance says it is of. One outside of EC2 is of none.
pub fn group_of(instance: &ContainerInstance) -> Option<&str> {
    let value = |name: &str| instance.attributes.get(name);
    value(GROUP_ATTRIBUTE)?.as_deref().filter(|_| value(EXTERNAL_ATTRIBUTE).is_none())
}

/// The one of `providers`, which are names of a cluster's, that an instance belongs to.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
pub fn provider_of(
    view: &View,
    ctx: &Ctx,
    providers: &[String],
    instance: &ContainerInstance,
) -> Result<Option<String>, Fault> {
    let Some(group) = group_of(instance) else { return Ok(None) };
    for name in providers {
        if find(view, ctx, name)?.is_some_and(|found| found.group.is_meant_by(group)) {
            return Ok(Some(name.clone()));
        }
    }
    Ok(None)
}
