//! Services: the wish that a number of tasks runs, and how it changes.
//!
//! ```text
//! create.rs ─┐                       ┌─▶ settings.rs  what both accept, refuse and mean by default
//! update.rs ─┼─▶ deploy.rs: revision ┤
//! delete.rs ─┘   and story, in the   └─▶ template.rs  what tasks are made from: definition, launch type or strategy
//!                same commit
//! describe.rs, list.rs ─▶ show.rs ─▶ count.rs         counts are sums over the service's tasks, by its index
//! ```
//! Invariants: an operation writes what is wanted into the service's record, at the revision it read, and never a task: making and
//! stopping tasks is the scheduler's (`planner`). A name belongs to one service that is not INACTIVE. Of the service's deployments the
//! first is PRIMARY, all others are ACTIVE, and each has its revision.
//! Not here: stories and revisions as replies show them, stopping a deployment (`service_deployment`), task sets (`task_set`).

mod count;
mod create;
mod delete;
mod deploy;
mod describe;
mod list;
mod settings;
mod show;
mod template;
mod update;

#[cfg(test)]
mod tests;

pub use count::{Counts, Tally, desired};
pub use create::create;
pub use delete::delete;
pub use deploy::deploy;
pub use describe::describe;
pub use list::{list, list_by_namespace};
pub use settings::check_placement;
pub use show::{Tags, show, show_configuration};
pub use template::{read as read_template, show_place, show_platform};
pub use update::update;

use crate::{
    decide::{Ctx, View},
    ecs::named,
};
use domain::{
    id::{ClusterName, ServiceName},
    service::{Service, ServiceStatus},
};
use store::Found;
use wire::{Fault, Value};

/// The service of `cluster` that a name or ARN means, whatever its status.
///
/// # Errors
/// A fault of ours, if its record cannot be read.
pub fn find(
    view: &View,
    ctx: &Ctx,
    cluster: &ClusterName,
    identifier: &str,
) -> Result<Option<Found<Service>>, Fault> {
    let name = named::id_in_cluster(&ctx.scope, cluster, "service", identifier);
    match name.and_then(|name| ServiceName::parse(name).ok()) {
        Some(name) => view.get(&Service::key(&ctx.scope, cluster, &name)),
        None => Ok(None),
    }
}

/// The service that a name or ARN means and that is not INACTIVE.
///
/// # Errors
/// `ServiceNotFoundException`, if there is none.
pub fn existing(
    view: &View,
    ctx: &Ctx,
    cluster: &ClusterName,
    identifier: &str,
) -> Result<Found<Service>, Fault> {
    let found = find(view, ctx, cluster, identifier)?;
    found.filter(|found| found.status != ServiceStatus::Inactive).ok_or_else(not_found)
}

/// The ACTIVE service that a name or ARN means.
///
/// # Errors
/// `ServiceNotFoundException`, if there is none; `ServiceNotActiveException`, if it was deleted.
pub fn active(
    view: &View,
    ctx: &Ctx,
    cluster: &ClusterName,
    identifier: &str,
) -> Result<Found<Service>, Fault> {
    let found = find(view, ctx, cluster, identifier)?.ok_or_else(not_found)?;
    match found.status {
        ServiceStatus::Active => Ok(found),
        ServiceStatus::Draining | ServiceStatus::Inactive => {
            Err(Fault::sender("ServiceNotActiveException", "Service was not ACTIVE."))
        }
    }
}

/// There is no such service.
pub fn not_found() -> Fault {
    Fault::sender("ServiceNotFoundException", "Service not found.")
}

/// Whether a request says anything by a member: an empty text or list says nothing.
fn is_given(request: &Value, name: &str) -> bool {
    request.get(name).is_some_and(|value| match value {
        Value::Str(text) => !text.is_empty(),
        Value::List(entries) => !entries.is_empty(),
        _ => true,
    })
}
