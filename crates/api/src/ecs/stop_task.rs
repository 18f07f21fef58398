//! StopTask: somebody no longer wants a task.

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, readable},
    ecs::{cluster, fault, task},
};
use books::draft::Draft;
use domain::{status::StopCode, task::Stop};
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
    let mut draft = Draft::new(view.snapshot(), &ctx.scope, ctx.now);
    let stop = Stop { code: StopCode::UserInitiated, reason: reason.to_owned() };
    let after = readable(draft.stop(&found, stop))?;
    let reply = reply!(ecs::STOP_TASK_RESPONSE { "task": task::show(view, &ctx.scope, &after)? });
    Ok((reply, draft.finish()))
}

/// The fault for a task that does not exist.
pub fn not_found() -> Fault {
    fault::invalid_parameter("The referenced task was not found.")
}
