//! The hosts of Fargate's pool, of which users know nothing: who runs a region sees them, takes them out of service, and back.
//!
//! ```text
//! ACTIVE ── DrainFargateHost ──▶ DRAINING: takes no new tasks; those of services are made elsewhere and stopped within their bounds, as on
//!    ▲                              │      a DRAINING container instance; others go on until they end, or are stopped with `stopTasks`
//!    └──── ResumeFargateHost ───────┘        RemoveFargateHost: it is gone for good (a lender leaves with its container instance)
//! ```
//! Of a host that is lent, the lending is drained (`PoolHost`): the container instance that users see stays as it is, and so do its own tasks.
//! Invariant: after a drain was answered, no task of Fargate is put there, also by none who looked before: placements expect `PoolHost`.
//! Not here: moving tasks (`planner`), how hosts come and go (`ecs::register_instance`).

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes, moment, readable},
    ecs::{attribute::ADDRESS_ATTRIBUTE, deregister_instance, fault},
    page::{HUNDRED, Page},
};
use books::{draft::Draft, seat::Seat};
use domain::{
    arn,
    fargate::{self, POOL_ATTRIBUTE, PoolHost},
    id::TaskId,
    instance::Assignment,
    status::{DesiredStatus, InstanceStatus, TaskStatus},
    task::Task,
};
use placement::{
    candidate::{ARCHITECTURE_ATTRIBUTE, ZONE_ATTRIBUTE},
    row::Row,
};
use store::{Expect, Found};
use wire::{Fault, Value, own, reply, view};

view! {
    Drain : own::DRAIN_FARGATE_HOST_REQUEST {
        host: &'a str = "host",
        stop_tasks: Option<bool> = "stopTasks",
    }
    Remove : own::REMOVE_FARGATE_HOST_REQUEST {
        host: &'a str = "host",
        force: Option<bool> = "force",
    }
    Resume : own::RESUME_FARGATE_HOST_REQUEST {
        host: &'a str = "host",
    }
}

/// Lists the hosts of the pool, by the clusters they registered in and their ids.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let page = Page::of("ListFargateHosts", &ctx.scope, request, &HUNDRED)?;
    let seats = readable(Seat::pool(view.snapshot(), &ctx.scope))?;
    let entries = seats.iter().map(|seat| {
        Ok((PoolHost::key(&ctx.scope, &seat.instance.cluster, &seat.instance.id).to_string(), seat))
    });
    let (seats, next) = page.cut_all(entries, |earlier, later| earlier < later)?;
    let hosts = seats.into_iter().map(|seat| show(view, ctx, seat));
    let hosts: Vec<Value> = hosts.collect::<Result<_, _>>()?;
    let reply = reply!(own::LIST_FARGATE_HOSTS_RESPONSE { "hosts": hosts, "nextToken": next });
    Ok((reply, Writes::new()))
}

/// Takes a host out of the pool's service. One that is already is answered as it is; with `stopTasks` its tasks that no service replaces are
/// told to stop, also then.
pub fn drain(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Drain::from(request);
    let (seat, host) = find(view, ctx, request.host)?;
    let mut draft = Draft::new(view.snapshot(), &ctx.scope, ctx.now);
    if host.draining_since.is_none() {
        let after = PoolHost { draining_since: Some(ctx.now) };
        draft.writes().put(&host.key, Expect::Revision(host.modified), after);
    }
    let mut stopped = Vec::new();
    if request.stop_tasks == Some(true) {
        for task in tasks(view, ctx, &seat)? {
            if is_standalone(&task) && task.desired == DesiredStatus::Running {
                readable(draft.stop(&task, fargate::maintenance()))?;
                stopped.push(arn::task(&ctx.scope, &task.cluster, &task.id));
            }
        }
    }
    let writes = draft.finish();
    let reply = reply!(own::DRAIN_FARGATE_HOST_RESPONSE {
        "host": show_after(view, ctx, &writes, request.host)?,
        "stoppedTaskArns": stopped.into_iter().collect::<Value>(),
    });
    Ok((reply, writes))
}

/// Takes a host back into the pool's service. One that is ACTIVE is answered as it is.
pub fn resume(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Resume::from(request);
    let (seat, host) = find(view, ctx, request.host)?;
    let mut writes = Writes::new();
    if host.draining_since.is_some() {
        let after = PoolHost { draining_since: None };
        writes.put(&host.key, Expect::Revision(host.modified), after);
    } else if let Some(reason) = reason(&seat, &host) {
        let message = format!("Host {} cannot be taken back from here. {reason}", request.host);
        return Err(fault::invalid_parameter(message));
    }
    let reply = reply!(own::RESUME_FARGATE_HOST_RESPONSE {
        "host": show_after(view, ctx, &writes, request.host)?,
    });
    Ok((reply, writes))
}

/// Takes a host out of the pool for good: one whose machine is gone, as agents that end say nothing. While tasks are on it this takes
/// `force`; they are STOPPED with it.
pub fn remove(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Remove::from(request);
    let (seat, _) = find(view, ctx, request.host)?;
    let cluster = &seat.instance.cluster;
    if !cluster.is_fargate() {
        return Err(fault::invalid_parameter(format!(
            "Host {} is a container instance of cluster {cluster}, which lends its room: DeregisterContainerInstance takes it out of both, and \
             an agent that starts without the attribute {POOL_ATTRIBUTE} lends no more.",
            request.host
        )));
    }
    let is_forced = request.force == Some(true);
    let count = tasks(view, ctx, &seat)?.len();
    if count > 0 && !is_forced {
        return Err(fault::invalid_parameter(format!(
            "Host {} has {count} tasks of Fargate: drain it (DrainFargateHost) until it has none, or remove it with `force`.",
            request.host
        )));
    }
    let writes = deregister_instance::leave(view, ctx, &seat.instance, is_forced)?;
    let reply = reply!(own::REMOVE_FARGATE_HOST_RESPONSE { "hostId": request.host });
    Ok((reply, writes))
}

/// The host of that id, and its place in the pool.
fn find(view: &View, ctx: &Ctx, id: &str) -> Result<(Seat, Found<PoolHost>), Fault> {
    let key = view.keys(&PoolHost::all(&ctx.scope)).find(|key| key.last() == id);
    let instance = key.and_then(PoolHost::instance_key).map(|key| view.get(&key));
    let seat = instance
        .transpose()?
        .flatten()
        .map(|instance| readable(Seat::of(view.snapshot(), &ctx.scope, instance)));
    let seat = seat.transpose()?;
    let found = seat.and_then(|seat| seat.pool.clone().map(|host| (seat, host)));
    found.ok_or_else(|| {
        let message = format!(
            "There is no host {id:?} in Fargate's pool: ListFargateHosts tells which there are, by their full ids."
        );
        Fault::sender("HostNotFoundException", message)
    })
}

/// The tasks of Fargate on a host that are not STOPPED.
fn tasks(view: &View, ctx: &Ctx, seat: &Seat) -> Result<Vec<Found<Task>>, Fault> {
    let (home, id) = (&seat.instance.cluster, &seat.instance.id);
    let mut tasks = Vec::new();
    for assignment in view.range::<Assignment>(&Assignment::all_of(&ctx.scope, home, id)) {
        let assignment = assignment?;
        let Ok(task) = TaskId::parse(assignment.key.last()) else { continue };
        let of = assignment.cluster.as_ref().unwrap_or(home);
        let found = view.get::<Task>(&Task::key(&ctx.scope, of, &task))?;
        tasks.extend(found.filter(|it| it.is_fargate() && it.last != TaskStatus::Stopped));
    }
    Ok(tasks)
}

/// Whether no service makes another one in its place.
fn is_standalone(task: &Task) -> bool {
    task.owner().is_none()
}

/// Why a host takes no new tasks of Fargate, though nobody drained it here, and what makes it take some again.
fn reason(seat: &Seat, host: &PoolHost) -> Option<String> {
    if host.status(&seat.instance) == InstanceStatus::Active {
        return None;
    }
    let cluster = &seat.instance.cluster;
    if seat.instance.status != InstanceStatus::Active {
        let status = seat.instance.status;
        return Some(format!(
            "Its container instance is {status} in cluster {cluster}: UpdateContainerInstancesState makes it ACTIVE."
        ));
    }
    (!seat.instance.is_of_pool()).then(|| {
        format!(
            "Its room is no longer lent: its agent registered without {POOL_ATTRIBUTE}. With it, it lends again; its last task takes it out of the pool."
        )
    })
}

/// The host as it is after `writes`.
fn show_after(view: &View, ctx: &Ctx, writes: &Writes, id: &str) -> Result<Value, Fault> {
    let after = view.after(writes);
    let (seat, _) = find(&after, ctx, id)?;
    show(&after, ctx, &seat)
}

fn show(view: &View, ctx: &Ctx, seat: &Seat) -> Result<Value, Fault> {
    let host = seat.pool.as_ref().map(|found| *found.record).unwrap_or_default();
    let (instance, candidate) = (&seat.instance, seat.candidate());
    let row = Row::from(candidate);
    let drained = host.draining_since.map(|_| {
        "Whoever runs the region takes it out of service (DrainFargateHost): ResumeFargateHost takes it back.".to_owned()
    });
    let reasons: Vec<String> = drained.into_iter().chain(reason(seat, &host)).collect();
    let lender = (!instance.cluster.is_fargate()).then_some(&instance.cluster);
    let tasks = tasks(view, ctx, seat)?;
    let count = |is_counted: &dyn Fn(&Task) -> bool| {
        i64::try_from(tasks.iter().filter(|task| is_counted(task)).count()).unwrap_or(i64::MAX)
    };
    let is_spot = |task: &Task| task.capacity_provider.as_deref() == Some(fargate::SPOT);
    Ok(reply!(own::FARGATE_HOST {
        "hostId": instance.id.as_str(),
        "status": host.status(instance).as_str(),
        "statusReason": (!reasons.is_empty()).then(|| reasons.join(" ")),
        "drainingSince": host.draining_since.map(moment),
        "cluster": lender.map(|cluster| cluster.as_str()),
        "containerInstanceArn": lender.map(|cluster| arn::instance(&ctx.scope, cluster, &instance.id)),
        "address": candidate.attribute(ADDRESS_ATTRIBUTE),
        "availabilityZone": candidate.attribute(ZONE_ATTRIBUTE),
        "cpuArchitecture": candidate.attribute(ARCHITECTURE_ATTRIBUTE),
        "agentConnected": candidate.is_connected(),
        "agentVersion": seat.link.as_ref().and_then(|link| link.agent_version.as_ref()),
        "registeredCpu": instance.registered.cpu,
        "remainingCpu": row.cpu_left(),
        "registeredMemory": instance.registered.memory,
        "remainingMemory": row.memory_left(),
        "fargateTasksCount": count(&|task| !is_spot(task)),
        "fargateSpotTasksCount": count(&is_spot),
        "standaloneTasksCount": count(&is_standalone),
    }))
}
