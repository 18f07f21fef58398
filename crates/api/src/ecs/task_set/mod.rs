//! Task sets: the deployments of services whose client drives them (spec/services.md §7).
//!
//! ```text
//!            create            primary: this one
//!              │   ┌───────────────────────────────▶┐
//!              ▼   │                                │
//!            ACTIVE ◀──────────────────────────── PRIMARY
//!              │         primary: another one       │
//!              └──────────────┬─────────────────────┘
//!                           delete
//!                             ▼
//!                          DRAINING ──▶ gone, when its tasks are: the scheduler takes it out
//! ```
//! Invariants: an operation changes the set in its service's record, at the revision it read, and never a task. At most one set is
//! PRIMARY, and the service is made of what that is made of.
//! Not here: how many tasks a set gets and when it is steady, which the scheduler says; load balancers and registries of task sets, which
//! are not served.

mod change;
mod create;

#[cfg(test)]
mod tests;

pub use change::{delete, make_primary, update};
pub use create::create;

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    ecs::{
        cluster, fault, named,
        service::{self, Tags, Tally, show_place, show_platform},
        tag,
    },
};
use domain::{
    arn::{self, Arn},
    id::{DeploymentId, Scope},
    service::Service,
    task_set::TaskSet,
};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ecs, view};

view! {
    Describe : ecs::DESCRIBE_TASK_SETS_REQUEST {
        cluster: &'a str = "cluster",
        service: &'a str = "service",
        sets: Vec<&'a str> = "taskSets",
        include: Vec<&'a str> = "include",
    }
}

/// Describes the task sets of a service that are named, or all; what does not exist is a failure.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Describe::from(request);
    let service = service_of(view, ctx, request.cluster, request.service)?;
    let tags = if request.include.contains(&"TAGS") { Tags::Shown } else { Tags::Hidden };
    let tally = Tally::of(view, &ctx.scope, &service)?;
    let (mut shown, mut failures) = (Vec::new(), Vec::new());
    if request.sets.is_empty() {
        shown.extend(
            service.task_sets.iter().map(|set| show(&ctx.scope, &service, set, &tally, tags)),
        );
    }
    for identifier in request.sets {
        match find(ctx, &service, identifier) {
            Some(set) => shown.push(show(&ctx.scope, &service, set, &tally, tags)),
            None => {
                let parents = format!("task-set/{}/{}", service.cluster, service.name);
                failures.push(fault::missing(&named::arn_below(&ctx.scope, &parents, identifier)));
            }
        }
    }
    let reply =
        reply!(ecs::DESCRIBE_TASK_SETS_RESPONSE { "taskSets": shown, "failures": failures });
    Ok((reply, Writes::new()))
}

/// The ACTIVE service that a request about a task set means.
fn service_of(
    view: &View,
    ctx: &Ctx,
    cluster: &str,
    service: &str,
) -> Result<Found<Service>, Fault> {
    let cluster = cluster::active(view, ctx, Some(cluster))?;
    service::active(view, ctx, &cluster.name, service)
}

/// The task set of `service` that an id, with or without `ecs-svc/`, or an ARN means.
fn find<'a>(ctx: &Ctx, service: &'a Service, identifier: &str) -> Option<&'a TaskSet> {
    let id = match Arn::parse(identifier) {
        None => identifier,
        Some(arn) => {
            let (cluster, name, id) = arn.resource_in_service(&ctx.scope, "task-set")?;
            (cluster == service.cluster && name == service.name).then_some(id)?
        }
    };
    let id = DeploymentId::parse(id.strip_prefix("ecs-svc/").unwrap_or(id)).ok()?;
    service.task_sets.iter().find(|set| set.id == id)
}

/// There is no such task set.
fn not_found() -> Fault {
    Fault::sender("TaskSetNotFoundException", "The specified task set does not exist.")
}

/// A task set as replies show it, with the tasks that it has by `tally`, which is its service's.
pub fn show(scope: &Scope, service: &Service, set: &TaskSet, tally: &Tally, tags: Tags) -> Value {
    let (cluster, name) = (&service.cluster, &service.name);
    let counts = tally.deployment(&set.id);
    let definition = &set.template.definition;
    let scale = reply!(ecs::SCALE { "value": set.scale_percent, "unit": "PERCENT" });
    let shown_tags = if tags == Tags::Shown { set.tags.as_slice() } else { &[] };
    let mut shown = reply!(ecs::TASK_SET {
        "id": set.id.prefixed(),
        "taskSetArn": arn::task_set(scope, cluster, name, &set.id),
        "serviceArn": arn::service(scope, cluster, name),
        "clusterArn": arn::cluster(scope, cluster),
        "externalId": set.external_id.as_deref(),
        "status": set.status.as_str(),
        "taskDefinition": arn::definition(scope, &definition.family, definition.revision),
        "computedDesiredCount": set.computed_desired(service.desired),
        "pendingCount": counts.pending,
        "runningCount": counts.running,
        "createdAt": moment(set.created_at),
        "updatedAt": moment(set.updated_at),
        "loadBalancers": Vec::<Value>::new(),
        "serviceRegistries": Vec::<Value>::new(),
        "scale": scale,
        "stabilityStatus": if set.is_steady { "STEADY_STATE" } else { "STABILIZING" },
        "stabilityStatusAt": moment(set.stability_at),
        "tags": tag::show(shown_tags),
    });
    if let Value::Map(members) = &mut shown {
        show_platform(members, &set.template);
        show_place(members, &set.template);
    }
    shown
}

/// The task sets of a service as replies show them with it.
pub fn show_all(scope: &Scope, service: &Service, tally: &Tally, tags: Tags) -> Value {
    service.task_sets.iter().map(|set| show(scope, service, set, tally, tags)).collect()
}

/// The task set at an ARN's id, with its service's record: for its tags.
///
/// # Errors
/// A fault of the service, if the record cannot be read.
pub fn tagged(
    view: &View,
    ctx: &Ctx,
    text: &str,
) -> Result<Option<(Found<Service>, DeploymentId)>, Fault> {
    let named = Arn::parse(text).and_then(|arn| arn.resource_in_service(&ctx.scope, "task-set"));
    let Some((cluster, name, _)) = named else { return Ok(None) };
    let service = view.get::<Service>(&Service::key(&ctx.scope, &cluster, &name))?;
    Ok(service.and_then(|service| {
        let id = find(ctx, &service, text)?.id.clone();
        Some((service, id))
    }))
}

view! {
    Scale : ecs::SCALE {
        value: Option<f64> = "value",
    }
}

/// The percentage of a request's `scale`; 0 where it says nothing.
fn read_scale(asked: Option<&Scale<'_>>) -> Result<f64, Fault> {
    let percent = asked.and_then(|scale| scale.value).unwrap_or(0.0);
    if (0.0..=100.0).contains(&percent) {
        return Ok(percent);
    }
    Err(fault::invalid_parameter("The scale of a task set must be between 0 and 100 percent."))
}

/// Puts `after` in the place of `found`, if it changed.
fn rewrite(found: &Found<Service>, after: Service) -> Writes {
    let mut writes = Writes::new();
    if after != *found.record {
        writes.put(&found.key, Expect::Revision(found.modified), after);
    }
    writes
}
