//! StopTask: somebody no longer wants a task.

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{cluster, fault, task, task_change},
};
use domain::{
    instance::ContainerInstance,
    status::{DesiredStatus, InstanceStatus, StopCode},
    task::{Stop, Task},
};
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit on what the client says, in characters.
const REASON_LENGTH_MAX: usize = 255;

/// What the task is told where the client gives no reason.
const DEFAULT_REASON: &str = "Task stopped by user";

view! {
    StopTask : ecs::STOP_TASK_REQUEST {
        cluster: Option<&'a str> = "cluster",
        task: &'a str = "task",
        reason: Option<&'a str> = "reason",
    }
}

/// Makes STOPPED what is wanted of a task. Its agent reports when it is true; a task that no agent has is STOPPED at once. The first
/// reason to stop is the one that stays, so that a task which already stops, or has stopped, is answered as it is.
pub fn stop(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = StopTask::from(request);
    let cluster = cluster::resolve(view, ctx, request.cluster)?.name.clone();
    let reason = request.reason.filter(|reason| !reason.is_empty()).unwrap_or(DEFAULT_REASON);
    if reason.chars().count() > REASON_LENGTH_MAX {
        let message = format!("Reason must not be longer than {REASON_LENGTH_MAX} characters.");
        return Err(fault::invalid_parameter(message));
    }
    let found = task::find(view, ctx, &cluster, request.task)?.ok_or_else(not_found)?;
    let mut writes = Writes::new();
    if found.desired == DesiredStatus::Stopped {
        let reply = task::show(view, &ctx.scope, &found)?;
        return Ok((reply!(ecs::STOP_TASK_RESPONSE { "task": reply }), writes));
    }
    let stop = Stop { code: StopCode::UserInitiated, reason: reason.to_owned() };
    let mut after = Task::clone(&found.record);
    if has_host(view, ctx, &found)? {
        after.desired = DesiredStatus::Stopped;
        after.stop = Some(stop);
        after.stopping_at = Some(ctx.now);
        after.version += 1;
    } else {
        after.end(stop, ctx.now);
    }
    let reply = reply!(ecs::STOP_TASK_RESPONSE { "task": task::show(view, &ctx.scope, &after)? });
    task_change::put(view, &ctx.scope, &mut writes, &found, after)?;
    Ok((reply, writes))
}

/// The fault for a task that does not exist.
pub fn not_found() -> Fault {
    fault::invalid_parameter("The referenced task was not found.")
}

/// Whether there is an agent that has the task or will be told of it.
fn has_host(view: &View, ctx: &Ctx, task: &Task) -> Result<bool, Fault> {
    let Some(id) = &task.instance else { return Ok(false) };
    let key = ContainerInstance::key(&ctx.scope, &task.cluster, id);
    let instance = view.get::<ContainerInstance>(&key)?;
    Ok(instance.is_some_and(|instance| instance.status != InstanceStatus::Inactive))
}
