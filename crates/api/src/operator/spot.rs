//! InterruptSpotTask: Fargate takes back the capacity of a task.
//!
//! The task is told as on AWS: from that moment STOPPED is wanted of it and its stop code is SpotInterruption, its containers get their stop
//! signal at once, and are killed when their `stopTimeout` is over: 30 s where they have none, two minutes at most. Its service sees it
//! leave, makes another one of FARGATE_SPOT if the pool has room, and counts no failure.
//! Not here: the event on EventBridge, which is not served yet.

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, moment, readable},
    ecs::{cluster, fault, stop_task, task},
};
use books::draft::Draft;
use domain::{
    arn, fargate,
    status::{StopCode, TaskStatus},
    task::{Stop, Task},
};
use wire::{Fault, Value, own, reply, view};

/// What a task is told, in ECS's words.
const REASON: &str = "Your Spot Task was interrupted.";

view! {
    Interrupt : own::INTERRUPT_SPOT_TASK_REQUEST {
        cluster: Option<&'a str> = "cluster",
        task: &'a str = "task",
    }
}

/// Interrupts a task of FARGATE_SPOT. One that is to stop already is answered as it is.
pub fn interrupt(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Interrupt::from(request);
    let cluster = cluster::resolve(view, ctx, request.cluster)?.name.clone();
    let found = task::find(view, ctx, &cluster, request.task)?.ok_or_else(stop_task::not_found)?;
    check(&found)?;
    let stop = Stop { code: StopCode::SpotInterruption, reason: REASON.to_owned() };
    let mut draft = Draft::new(view.snapshot(), &ctx.scope, ctx.now);
    let after = readable(draft.stop(&found, stop))?;
    let told = after.stop.as_ref();
    let reply = reply!(own::INTERRUPT_SPOT_TASK_RESPONSE {
        "task": reply!(own::INTERRUPTED_TASK {
            "taskArn": arn::task(&ctx.scope, &cluster, &after.id),
            "desiredStatus": after.desired.as_str(),
            "lastStatus": after.last.as_str(),
            "stopCode": told.map(|stop| stop.code.as_str()),
            "stoppedReason": told.map(|stop| &stop.reason),
            "stoppingAt": after.stopping_at.map(moment),
        }),
    });
    Ok((reply, draft.finish()))
}

/// Only tasks of FARGATE_SPOT are interrupted.
fn check(task: &Task) -> Result<(), Fault> {
    if task.last == TaskStatus::Stopped {
        return Err(fault::invalid_parameter(format!("Task {} is STOPPED already.", task.id)));
    }
    let of = match task.capacity_provider.as_deref() {
        Some(fargate::SPOT) => return Ok(()),
        Some(provider) => format!("of capacity provider {provider}"),
        None => format!("of launch type {}", task.launch_type),
    };
    Err(fault::invalid_parameter(format!(
        "Task {} is {of}: only tasks of capacity provider {} can be interrupted.",
        task.id,
        fargate::SPOT
    )))
}
