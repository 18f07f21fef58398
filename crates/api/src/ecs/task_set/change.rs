//! UpdateTaskSet, UpdateServicePrimaryTaskSet and DeleteTaskSet.

use super::{Scale, find, not_found, read_scale, rewrite, service_of, show};
use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{
        fault,
        service::{Tags, Tally},
    },
};
use domain::{
    id::DeploymentId,
    service::Service,
    task_set::{TaskSet, TaskSetStatus},
};
use store::Found;
use wire::{Fault, Value, reply, tables::ecs, view};

view! {
    Update : ecs::UPDATE_TASK_SET_REQUEST {
        cluster: &'a str = "cluster",
        service: &'a str = "service",
        set: &'a str = "taskSet",
        scale: Scale<'a> = "scale",
    }
    Primary : ecs::UPDATE_SERVICE_PRIMARY_TASK_SET_REQUEST {
        cluster: &'a str = "cluster",
        service: &'a str = "service",
        set: &'a str = "primaryTaskSet",
    }
    Delete : ecs::DELETE_TASK_SET_REQUEST {
        cluster: &'a str = "cluster",
        service: &'a str = "service",
        set: &'a str = "taskSet",
        force: Option<bool> = "force",
    }
}

/// Scales a task set.
pub fn update(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Update::from(request);
    let service = service_of(view, ctx, request.cluster, request.service)?;
    let percent = read_scale(Some(&request.scale))?;
    let set = living(ctx, &service, request.set)?;
    if set.scale_percent == percent {
        return shown(view, ctx, &service, &set.id, Writes::new());
    }
    let desired = service.desired;
    change(view, ctx, &service, &set.id, |set| {
        let before = set.computed_desired(desired);
        set.scale_percent = percent;
        set.updated_at = ctx.now;
        // Until the scheduler looks again, nobody is told that all is as wanted.
        if set.computed_desired(desired) != before && set.is_steady {
            set.is_steady = false;
            set.stability_at = ctx.now;
        }
    })
}

/// Makes a task set PRIMARY, and what it is made of that of the service. The one that was PRIMARY is ACTIVE.
pub fn make_primary(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Primary::from(request);
    let service = service_of(view, ctx, request.cluster, request.service)?;
    let chosen = living(ctx, &service, request.set)?;
    if chosen.status == TaskSetStatus::Primary {
        return shown(view, ctx, &service, &chosen.id, Writes::new());
    }
    let (id, template) = (chosen.id.clone(), chosen.template.clone());
    let mut after = Service::clone(&service.record);
    after.template = Some(template);
    for set in &mut after.task_sets {
        let status = if set.id == id {
            TaskSetStatus::Primary
        } else if set.status == TaskSetStatus::Primary {
            TaskSetStatus::Active
        } else {
            continue;
        };
        set.status = status;
        set.updated_at = ctx.now;
    }
    let writes = rewrite(&service, after);
    shown(view, ctx, &service, &id, writes)
}

/// Has a task set's tasks stopped; then it is gone. Deleting it again changes nothing.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Delete::from(request);
    let service = service_of(view, ctx, request.cluster, request.service)?;
    let set = find(ctx, &service, request.set).ok_or_else(not_found)?;
    if set.status == TaskSetStatus::Draining {
        return shown(view, ctx, &service, &set.id, Writes::new());
    }
    if set.scale_percent > 0.0 && request.force != Some(true) {
        return Err(fault::invalid_parameter(
            "The task set cannot be deleted while it is scaled above 0: scale it to 0 first, or use force.",
        ));
    }
    change(view, ctx, &service, &set.id, |set| {
        set.status = TaskSetStatus::Draining;
        set.updated_at = ctx.now;
    })
}

/// The task set that a request means and that is not being deleted.
fn living<'a>(ctx: &Ctx, service: &'a Service, identifier: &str) -> Result<&'a TaskSet, Fault> {
    let set = find(ctx, service, identifier).ok_or_else(not_found)?;
    match set.status {
        TaskSetStatus::Primary | TaskSetStatus::Active => Ok(set),
        TaskSetStatus::Draining => Err(fault::invalid_parameter(format!(
            "Task set {} is DRAINING: it cannot be changed any more.",
            set.id.prefixed()
        ))),
    }
}

fn change(
    view: &View,
    ctx: &Ctx,
    service: &Found<Service>,
    id: &DeploymentId,
    change: impl FnOnce(&mut TaskSet),
) -> Decision {
    let mut after = Service::clone(&service.record);
    after.is_steady = false;
    if let Some(set) = after.task_sets.iter_mut().find(|set| set.id == *id) {
        change(set);
    }
    let writes = rewrite(service, after);
    shown(view, ctx, service, id, writes)
}

/// The task set as it is after `writes`.
fn shown(
    view: &View,
    ctx: &Ctx,
    service: &Found<Service>,
    id: &DeploymentId,
    writes: Writes,
) -> Decision {
    let after = view.after(&writes);
    let service = after.get::<Service>(&service.key)?.ok_or_else(not_found)?;
    let set = service.task_sets.iter().find(|set| set.id == *id).ok_or_else(not_found)?;
    let tally = Tally::of(&after, &ctx.scope, &service)?;
    let shown = show(&ctx.scope, &service, set, &tally, Tags::Hidden);
    // The replies that hold one task set are of one form; the encoder checks each against its own shape.
    Ok((reply!(ecs::UPDATE_TASK_SET_RESPONSE { "taskSet": shown }), writes))
}
