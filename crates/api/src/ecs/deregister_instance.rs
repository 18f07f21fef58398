//! DeregisterContainerInstance: an instance leaves its cluster.

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes, readable},
    ecs::{cluster, fault, instance, register_instance},
};
use books::{draft::Draft, seat::Seat};
use domain::{
    id::TaskId,
    instance::{Assignment, ContainerInstance, Ledger},
    status::{InstanceStatus, StopCode, TaskStatus},
    task::{Stop, Task},
};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ecs, view};

view! {
    DeregisterInstance : ecs::DEREGISTER_CONTAINER_INSTANCE_REQUEST {
        cluster: Option<&'a str> = "cluster",
        instance: &'a str = "containerInstance",
        force: Option<bool> = "force",
    }
}

/// Makes an instance INACTIVE. While it has tasks this takes `force`; they are STOPPED with it, whether their host still hears of it or
/// not: if its agent is connected, it finds them no longer assigned and ends them.
pub fn deregister(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = DeregisterInstance::from(request);
    let cluster = cluster::home(view, ctx, request.cluster)?.name;
    let found = instance::find(view, ctx, &cluster, request.instance)?;
    let found = found.ok_or_else(instance::not_found)?;
    let writes = leave(view, ctx, &found, request.force == Some(true))?;
    let after = view.after(&writes);
    let found = after.get(&found.key)?.ok_or_else(instance::not_found)?;
    let seat = readable(Seat::of(after.snapshot(), &ctx.scope, found))?;
    let shown = instance::show(&ctx.scope, &seat, &instance::Include::BASIC);
    let reply = reply!(ecs::DEREGISTER_CONTAINER_INSTANCE_RESPONSE { "containerInstance": shown });
    Ok((reply, writes))
}

/// What makes an instance INACTIVE; nothing of one that is. While it has tasks, they are STOPPED with it if that `is_forced`.
///
/// # Errors
/// `InvalidParameterException` for one that has tasks, if it is not forced.
pub fn leave(
    view: &View,
    ctx: &Ctx,
    found: &Found<ContainerInstance>,
    is_forced: bool,
) -> Result<Writes, Fault> {
    let cluster = &found.cluster;
    if found.status == InstanceStatus::Inactive {
        return Ok(Writes::new());
    }
    let before = readable(Seat::of(view.snapshot(), &ctx.scope, found.clone()))?;
    let assigned = Assignment::all_of(&ctx.scope, cluster, &found.id);
    let mut tasks = Vec::new();
    for assignment in view.range::<Assignment>(&assigned) {
        let assignment = assignment?;
        let Ok(id) = TaskId::parse(assignment.key.last()) else { continue };
        let of = assignment.cluster.as_ref().unwrap_or(cluster);
        let task = view.get::<Task>(&Task::key(&ctx.scope, of, &id))?;
        tasks.extend(task.filter(|task| task.last != TaskStatus::Stopped));
    }
    if !tasks.is_empty() && !is_forced {
        return Err(fault::invalid_parameter("Found running tasks on the instance."));
    }
    let mut draft = Draft::new(view.snapshot(), &ctx.scope, ctx.now);
    for task in tasks {
        let reason = "Container instance deregistration forced by user".into();
        readable(draft.lose(&task, Stop { code: StopCode::UserInitiated, reason }))?;
    }
    let mut writes = draft.finish();
    // Whoever places a task at this moment writes the ledger that was read here.
    writes.expect(&Ledger::key(&ctx.scope, cluster, &found.id), before.ledger_seen);
    let mut after = ContainerInstance::clone(&found.record);
    after.status = InstanceStatus::Inactive;
    after.inactive_since = Some(ctx.now);
    after.version += 1;
    register_instance::enter_pool(view, ctx, &mut writes, &after)?;
    writes.put(&found.key, Expect::Revision(found.modified), after);
    Ok(writes)
}
