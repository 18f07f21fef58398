//! StartTask: tasks on instances that the client names.

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, readable},
    ecs::{cluster, fault, instance, launch::Launch, task},
};
use books::{draft::Draft, seat::Seat};
use domain::status::{InstanceStatus, LaunchType};
use placement::candidate::Candidate;
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit on the instances of a call.
const INSTANCES_MAX: usize = 10;

/// ECS's own limit.
const STARTED_BY_LENGTH_MAX: usize = 36;

view! {
    StartTask : ecs::START_TASK_REQUEST {
        cluster: Option<&'a str> = "cluster",
        instances: Vec<&'a str> = "containerInstances",
    }
}

/// Starts one task on each instance that is named. Constraints and strategies do not count; what an instance has and can do does. An
/// instance that is DRAINING takes what it is given by name.
pub fn start(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let asked = StartTask::from(request);
    let cluster = cluster::resolve(view, ctx, asked.cluster)?.name.clone();
    if asked.instances.is_empty() || asked.instances.len() > INSTANCES_MAX {
        return Err(fault::invalid_parameter(format!(
            "Container instances must have 1 to {INSTANCES_MAX} elements."
        )));
    }
    let launch =
        Launch::read(view, ctx, &cluster, request, LaunchType::Ec2, STARTED_BY_LENGTH_MAX)?;
    let needs = launch.needs(&[]);
    let mut draft = Draft::new(view.snapshot(), &ctx.scope, ctx.now);
    let mut tasks = Vec::new();
    let mut failures = Vec::new();
    for identifier in asked.instances {
        let arn = instance::arn_of(&ctx.scope, &cluster, identifier);
        let Some(found) = instance::find(view, ctx, &cluster, identifier)? else {
            failures.push(fault::missing(&arn));
            continue;
        };
        let seat = readable(Seat::of(view.snapshot(), &ctx.scope, found))?;
        let candidate = Candidate { ledger: draft.ledger(&seat), ..seat.candidate() };
        let status = seat.instance.status;
        if !matches!(status, InstanceStatus::Active | InstanceStatus::Draining) {
            failures.push(fault::failure(&arn, status.as_str(), None));
        } else if let Some(reason) = needs.refused_by(&candidate) {
            failures.push(fault::failure(&arn, reason.as_str(), reason.detail().as_deref()));
        } else {
            launch.check_launch_type(launch_type(&candidate))?;
            let held = needs.held_on(&candidate);
            tasks.push(launch.make(ctx, &mut draft, tasks.len(), None, &seat, held)?);
        }
    }
    let tasks = tasks.iter().map(|task| task::show(view, &ctx.scope, task));
    let tasks = tasks.collect::<Result<Vec<_>, Fault>>()?;
    let reply = reply!(ecs::START_TASK_RESPONSE { "tasks": tasks, "failures": failures });
    Ok((reply, draft.finish()))
}

fn launch_type(candidate: &Candidate<'_>) -> LaunchType {
    if candidate.is_external() { LaunchType::External } else { LaunchType::Ec2 }
}
