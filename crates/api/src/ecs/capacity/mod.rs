//! Capacity providers: groups of instances that tasks are shared out to.
//!
//! Invariants: a provider that is associated with an ACTIVE cluster is ACTIVE. Deleting and associating cannot pass each other unseen:
//! whoever associates a provider also puts its record ([`association::Providers::touch`]), so that one of the two conflicts.
//! Not here: how a strategy shares tasks out (`placement::share`), Auto Scaling groups themselves, which are not served yet: their
//! instances say by an attribute which group they are of (`membership.rs`), and the numbers of managed scaling are kept and shown.
//! Fargate's two providers are known by name: their hosts are of one pool, and FARGATE_SPOT says that a task may be interrupted.

pub mod association;
pub mod membership;
pub mod provider;
mod settings;
pub mod strategy;

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, View},
    ecs::fault,
};
use domain::{
    arn::Arn,
    capacity::{CapacityProvider, ProviderStatus},
    fargate,
};
use store::Found;
use wire::Fault;

/// Providers that exist without being created.
pub const PREDEFINED: [&str; 2] = [fargate::ON_DEMAND, fargate::SPOT];

/// Whether a name is that of a provider which exists without being created.
pub fn is_predefined(name: &str) -> bool {
    PREDEFINED.contains(&name)
}

/// The name that a name or ARN means; `None` for the ARN of something else, or of another account or region.
pub fn name_of<'a>(ctx: &Ctx, identifier: &'a str) -> Option<&'a str> {
    let Some(arn) = Arn::parse(identifier) else { return Some(identifier) };
    arn.resource_of_kind(&ctx.scope, "capacity-provider")
}

/// The provider of a name that a user made, INACTIVE ones included.
///
/// # Errors
/// A fault of the service, if its record cannot be read.
pub fn find(view: &View, ctx: &Ctx, name: &str) -> Result<Option<Found<CapacityProvider>>, Fault> {
    if !provider::is_name(name) {
        return Ok(None);
    }
    view.get(&CapacityProvider::key(&ctx.scope, name))
}

/// The ACTIVE provider of a name that a user made.
///
/// # Errors
/// `InvalidParameterException`, if there is none.
pub fn active(view: &View, ctx: &Ctx, name: &str) -> Result<Found<CapacityProvider>, Fault> {
    let found = find(view, ctx, name)?;
    found.filter(|found| found.status == ProviderStatus::Active).ok_or_else(|| {
        fault::invalid_parameter(format!(
            "The specified capacity provider `{name}` does not exist. Specify a valid name or ARN and try again."
        ))
    })
}
