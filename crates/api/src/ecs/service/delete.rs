//! DeleteService.
//!
//! Invariant: a service that is INACTIVE has no task that is not STOPPED, no deployment and no task set.
//! Not here: stopping the tasks of one that is DRAINING, and making it INACTIVE then (`planner`).

use super::{
    count::Tally,
    existing,
    show::{Tags, show},
};
use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{cluster, fault},
};
use domain::{
    deployment::{ServiceDeployment, ServiceRevision},
    service::{SchedulingStrategy, Service, ServiceStatus},
    task_set::TaskSetStatus,
};
use store::Expect;
use wire::{Fault, Value, reply, tables::ecs, view};

view! {
    DeleteService : ecs::DELETE_SERVICE_REQUEST {
        cluster: Option<&'a str> = "cluster",
        service: &'a str = "service",
        force: Option<bool> = "force",
    }
}

/// Deletes a service: DRAINING while it has tasks, INACTIVE at once if it has none.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = DeleteService::from(request);
    let cluster = cluster::active(view, ctx, request.cluster)?;
    let found = existing(view, ctx, &cluster.name, request.service)?;
    if found.status == ServiceStatus::Draining {
        // It is being deleted already: a client whose first reply got lost may repeat itself.
        return Ok((reply_with(view, ctx, &found)?, Writes::new()));
    }
    check(&found, request.force == Some(true))?;
    let mut service = Service::clone(&found.record);
    service.desired = 0;
    service.tags = Vec::new();
    service.is_steady = false;
    if Tally::of(view, &ctx.scope, &service)?.total.is_none() {
        service.status = ServiceStatus::Inactive;
        service.inactive_since = Some(ctx.now);
        service.deployments = Vec::new();
        service.task_sets = Vec::new();
    } else {
        service.status = ServiceStatus::Draining;
        for set in &mut service.task_sets {
            set.status = TaskSetStatus::Draining;
            set.updated_at = ctx.now;
        }
    }
    let mut writes = Writes::new();
    forget_history(view, ctx, &service, &mut writes);
    writes.put(&found.key, Expect::Revision(found.modified), service.clone());
    let reply = reply_with(&view.after(&writes), ctx, &service)?;
    Ok((reply, writes))
}

fn reply_with(view: &View, ctx: &Ctx, service: &Service) -> Result<Value, Fault> {
    let shown = show(view, &ctx.scope, service, Tags::Hidden)?;
    Ok(reply!(ecs::DELETE_SERVICE_RESPONSE { "service": shown }))
}

/// Without `force` nothing goes that somebody still wants.
fn check(service: &Service, is_forced: bool) -> Result<(), Fault> {
    let is_scaled = service.scheduling == SchedulingStrategy::Replica && service.desired > 0;
    if is_scaled && !is_forced {
        return Err(fault::invalid_parameter(
            "The service cannot be stopped while it is scaled above 0.",
        ));
    }
    if !service.task_sets.is_empty() && !is_forced {
        return Err(fault::invalid_parameter(
            "The service cannot be stopped while it has task sets: delete them first, or use force.",
        ));
    }
    Ok(())
}

/// The stories of its deployments go with it, and so do its revisions: no task is made from them any more.
fn forget_history(view: &View, ctx: &Ctx, service: &Service, writes: &mut Writes) {
    let (cluster, name) = (&service.cluster, &service.name);
    let stories = ServiceDeployment::all_of(&ctx.scope, cluster, name);
    let revisions = ServiceRevision::all_of(&ctx.scope, cluster, name);
    for key in view.keys(&stories).chain(view.keys(&revisions)) {
        writes.delete(key, Expect::Any);
    }
}
