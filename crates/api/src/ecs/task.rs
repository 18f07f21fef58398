//! Tasks: how they are named, shown, described and listed.
//!
//! Not here: starting them (`run_task.rs`, `start_task.rs`), stopping them (`stop_task.rs`), what agents say of them (`state_change.rs`).

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    ecs::{cluster, fault, instance, named, service, tag},
    page::{HUNDRED, Page},
    plain,
};
use domain::{
    arn::{self, Arn},
    id::{ClusterName, InstanceId, Scope, ServiceName, TaskId},
    instance::{Assignment, InstanceLink},
    key::Key,
    service::ServiceTask,
    status::{DesiredStatus, TaskStatus},
    task::{Container, Task},
    time::Timestamp,
};
use serde_json::Value as Json;
use store::Found;
use wire::{Fault, Members, Value, reply, tables::ecs, view};

/// ECS's own limit; DescribeTasks refuses more.
const TASKS_PER_CALL_MAX: usize = 100;

view! {
    DescribeTasks : ecs::DESCRIBE_TASKS_REQUEST {
        cluster: Option<&'a str> = "cluster",
        tasks: Vec<&'a str> = "tasks",
        include: Vec<&'a str> = "include",
    }
    ListTasks : ecs::LIST_TASKS_REQUEST {
        cluster: Option<&'a str> = "cluster",
        instance: Option<&'a str> = "containerInstance",
        family: Option<&'a str> = "family",
        started_by: Option<&'a str> = "startedBy",
        service: Option<&'a str> = "serviceName",
        desired: Option<&'a str> = "desiredStatus",
        launch_type: Option<&'a str> = "launchType",
        daemon: Option<&'a str> = "daemonName",
    }
}

/// Describes tasks by id or ARN; what does not exist is a failure.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = DescribeTasks::from(request);
    let cluster = cluster::resolve(view, ctx, request.cluster)?.name.clone();
    named::check_count(&request.tasks, TASKS_PER_CALL_MAX, "Tasks")?;
    let has_tags = request.include.contains(&"TAGS");
    let (mut tasks, mut failures) = (Vec::new(), Vec::new());
    for identifier in request.tasks {
        match find(view, ctx, &cluster, identifier)? {
            Some(found) if has_tags => tasks.push(show(view, &ctx.scope, &found)?),
            Some(found) => tasks.push(show_without_tags(view, &ctx.scope, &found)?),
            None => failures.push(fault::missing(&arn_of(&ctx.scope, &cluster, identifier))),
        }
    }
    let reply = reply!(ecs::DESCRIBE_TASKS_RESPONSE { "tasks": tasks, "failures": failures });
    Ok((reply, Writes::new()))
}

/// The task of `cluster` that an id or ARN means.
///
/// # Errors
/// A fault of the service, if its record cannot be read.
pub fn find(
    view: &View,
    ctx: &Ctx,
    cluster: &ClusterName,
    identifier: &str,
) -> Result<Option<Found<Task>>, Fault> {
    let id = named::id_in_cluster(&ctx.scope, cluster, "task", identifier);
    match id.and_then(|id| TaskId::parse(id).ok()) {
        Some(id) => view.get(&Task::key(&ctx.scope, cluster, &id)),
        None => Ok(None),
    }
}

/// The cluster in a task's ARN of this account and region.
pub fn cluster_of(scope: &Scope, identifier: &str) -> Option<ClusterName> {
    let (cluster, _) = Arn::parse(identifier)?.resource_of_kind(scope, "task")?.split_once('/')?;
    ClusterName::parse(cluster).ok()
}

/// The full ARN of the task that a request names, whether it exists or not.
pub fn arn_of(scope: &Scope, cluster: &ClusterName, identifier: &str) -> String {
    named::arn_below(scope, &format!("task/{cluster}"), identifier)
}

/// Lists ARNs of tasks that all filters of the request hold for, in the order of their ids.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let page = Page::of("ListTasks", &ctx.scope, request, &HUNDRED)?;
    let request = ListTasks::from(request);
    let cluster = cluster::resolve(view, ctx, request.cluster)?.name.clone();
    let filters = Filters::of(view, ctx, &cluster, &request)?;
    let entry = |task: &Task| {
        filters.hold(task).then(|| (task.id.to_string(), arn::task(&ctx.scope, &cluster, &task.id)))
    };
    let after = page.after().and_then(|id| TaskId::parse(id).ok());
    let by_id = |key: &Key| {
        let id = TaskId::parse(key.last()).ok()?;
        let task = view.get::<Task>(&Task::key(&ctx.scope, &cluster, &id)).transpose()?;
        task.map(|task| entry(&task)).transpose()
    };
    let (arns, next) = match &filters {
        Filters { service: Some(service), .. } => {
            let index = ServiceTask::all_of(&ctx.scope, &cluster, service);
            page.cut_all(view.keys(&index).filter_map(by_id), |earlier, later| earlier < later)?
        }
        // Few of a cluster's tasks are on one instance, and its assignments are those that are not STOPPED.
        Filters { instance: Some(instance), desired: Some(DesiredStatus::Running), .. } => {
            let assigned = Assignment::all_of(&ctx.scope, &cluster, instance);
            page.cut_all(view.keys(&assigned).filter_map(by_id), |earlier, later| earlier < later)?
        }
        _ => {
            let all = Task::all_in(&ctx.scope, &cluster);
            let kept = |task: Result<Found<Task>, Fault>| task.map(|task| entry(&task)).transpose();
            match after {
                Some(id) => {
                    let after = Task::key(&ctx.scope, &cluster, &id);
                    page.cut(view.range_after::<Task>(&all, &after).filter_map(kept))?
                }
                None => page.cut(view.range::<Task>(&all).filter_map(kept))?,
            }
        }
    };
    let arns: Value = arns.into_iter().collect();
    let reply = reply!(ecs::LIST_TASKS_RESPONSE { "taskArns": arns, "nextToken": next });
    Ok((reply, Writes::new()))
}

/// What a listed task must be like.
struct Filters<'a> {
    instance: Option<InstanceId>,
    service: Option<ServiceName>,
    family: Option<&'a str>,
    started_by: Option<&'a str>,
    launch_type: Option<&'a str>,
    /// `None` holds for no task: ECS never wants a task to be PENDING.
    desired: Option<DesiredStatus>,
}

impl<'a> Filters<'a> {
    fn of(
        view: &View,
        ctx: &Ctx,
        cluster: &ClusterName,
        request: &ListTasks<'a>,
    ) -> Result<Self, Fault> {
        let others = [
            request.instance,
            request.family,
            request.service,
            request.launch_type,
            request.daemon,
        ];
        if request.started_by.is_some() && others.iter().any(Option::is_some) {
            return Err(fault::invalid_parameter(
                "`startedBy` cannot be combined with other filters.",
            ));
        }
        let service = request
            .service
            .map(|identifier| {
                let found = service::find(view, ctx, cluster, identifier)?;
                found.map(|found| found.name.clone()).ok_or_else(service::not_found)
            })
            .transpose()?;
        if request.daemon.is_some() {
            return Err(fault::client(
                "`daemonName` is not served by Longshore yet: leave it out.",
            ));
        }
        let instance = request
            .instance
            .map(|identifier| {
                instance::find(view, ctx, cluster, identifier)?
                    .map(|found| found.id.clone())
                    .ok_or_else(instance::not_found)
            })
            .transpose()?;
        let desired = DesiredStatus::parse(request.desired.unwrap_or("RUNNING"));
        Ok(Self {
            instance,
            service,
            family: request.family,
            started_by: request.started_by,
            launch_type: request.launch_type,
            desired,
        })
    }

    fn hold(&self, task: &Task) -> bool {
        let is = |wanted: Option<&str>, text: &str| wanted.is_none_or(|wanted| wanted == text);
        self.desired == Some(task.desired)
            && self.instance.as_ref().is_none_or(|wanted| {
                // Of Fargate's tasks nobody sees where they are.
                task.instance.as_ref() == Some(wanted) && !task.is_fargate()
            })
            && self.service.as_ref().is_none_or(|service| {
                task.owner().is_some_and(|owner| owner.service == service.as_str())
            })
            && is(self.family, task.family.as_str())
            && is(self.started_by, task.started_by.as_deref().unwrap_or_default())
            && is(self.launch_type, task.launch_type.as_str())
    }
}

/// A task as replies show it, but for its tags.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
pub fn show_without_tags(view: &View, scope: &Scope, task: &Task) -> Result<Value, Fault> {
    let mut shown = show(view, scope, task)?;
    if let Value::Map(members) = &mut shown {
        members.put("tags", Value::List(Vec::new()));
    }
    Ok(shown)
}

/// A task as replies show it, with its tags.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
pub fn show(view: &View, scope: &Scope, task: &Task) -> Result<Value, Fault> {
    let task_arn = arn::task(scope, &task.cluster, &task.id);
    // Nobody sees the hosts of Fargate's pool.
    let host = task.host().filter(|_| !task.is_fargate());
    let storage = task.ephemeral_storage_gib;
    let container = |container| show_container(scope, task, &task_arn, container);
    let containers: Value = task.containers.iter().map(container).collect();
    let connectivity = connectivity(view, scope, task)?;
    let mut shown = reply!(ecs::TASK {
        "attachments": plain::to_value(&task.attachments),
        "attributes": plain::to_value(&task.attributes),
        "availabilityZone": task.availability_zone.as_ref(),
        "capacityProviderName": task.capacity_provider.as_ref(),
        "clusterArn": arn::cluster(scope, &task.cluster),
        "connectivity": connectivity.map(|(is_connected, _)| if is_connected { "CONNECTED" } else { "DISCONNECTED" }),
        "connectivityAt": connectivity.map(|(_, since)| moment(since)),
        "containerInstanceArn": host.map(|(cluster, id)| arn::instance(scope, cluster, id)),
        "containers": containers,
        "cpu": &task.cpu,
        "createdAt": moment(task.created_at),
        "desiredStatus": task.desired.as_str(),
        "enableExecuteCommand": task.enable_execute_command,
        "ephemeralStorage": storage.map(|gib| reply!(ecs::EPHEMERAL_STORAGE { "sizeInGiB": gib })),
        "fargateEphemeralStorage": storage.map(|gib| reply!(ecs::TASK_EPHEMERAL_STORAGE { "sizeInGiB": gib })),
        "group": &task.group,
        "healthStatus": task.health.as_str(),
        "inferenceAccelerators": Vec::<Value>::new(),
        "lastStatus": task.last.as_str(),
        "launchType": task.launch_type.as_str(),
        "memory": &task.memory,
        "overrides": plain::to_value(&task.overrides),
        "platformFamily": task.platform_version.as_ref().map(|_| "Linux"),
        "platformVersion": task.platform_version.as_ref(),
        "startedBy": task.started_by.as_ref(),
        "stopCode": task.stop.as_ref().map(|stop| stop.code.as_str()),
        "stoppedReason": task.stop.as_ref().map(|stop| &stop.reason),
        "tags": tag::show(&task.tags),
        "taskArn": &task_arn,
        "taskDefinitionArn": arn::definition(scope, &task.family, task.revision),
        "version": task.version,
    });
    if let Value::Map(members) = &mut shown {
        put_moments(members, task);
    }
    Ok(shown)
}

fn put_moments(members: &mut Members, task: &Task) {
    let moments = [
        ("pullStartedAt", task.pull_started_at),
        ("pullStoppedAt", task.pull_stopped_at),
        ("startedAt", task.started_at),
        ("stoppingAt", task.stopping_at),
        ("executionStoppedAt", task.execution_stopped_at),
        ("stoppedAt", task.stopped_at),
    ];
    for (name, at) in moments {
        members.put(name, at.map(moment));
    }
}

/// Whether the task's agent is connected, and since when. While a task lives that is its instance's link; a STOPPED task keeps what
/// was true at its end.
fn connectivity(
    view: &View,
    scope: &Scope,
    task: &Task,
) -> Result<Option<(bool, Timestamp)>, Fault> {
    if task.last == TaskStatus::Stopped {
        return Ok(task.connectivity);
    }
    let Some((cluster, instance)) = task.host() else { return Ok(None) };
    let link = view.get::<InstanceLink>(&InstanceLink::key(scope, cluster, instance))?;
    Ok(link.map(|link| (link.connected, link.since.max(task.created_at))))
}

fn show_container(scope: &Scope, task: &Task, task_arn: &str, container: &Container) -> Value {
    let agents: Value = container.managed_agents.iter().map(show_managed_agent).collect();
    reply!(ecs::CONTAINER {
        "containerArn": arn::container(scope, &task.cluster, &task.id, &container.uuid),
        "taskArn": task_arn,
        "name": &container.name,
        "image": &container.image,
        "imageDigest": container.image_digest.as_ref(),
        "runtimeId": container.runtime_id.as_ref(),
        "lastStatus": container.last.as_str(),
        "exitCode": container.exit_code,
        "reason": container.reason.as_ref(),
        "networkBindings": plain::to_value(&container.network_bindings),
        "networkInterfaces": plain::to_value(&container.network_interfaces),
        "healthStatus": container.health.as_str(),
        "managedAgents": (!container.managed_agents.is_empty()).then_some(agents),
        "cpu": &container.cpu,
        "memory": container.memory.as_ref(),
        "memoryReservation": container.memory_reservation.as_ref(),
        "gpuIds": (!container.gpu_ids.is_empty()).then(|| plain::to_value(&container.gpu_ids)),
    })
}

/// Records keep moments as milliseconds.
fn show_managed_agent(agent: &Json) -> Value {
    let mut shown = plain::from_json(agent.clone());
    let started = agent.get("lastStartedAt").and_then(Json::as_i64);
    if let (Value::Map(members), Some(started)) = (&mut shown, started) {
        members.put("lastStartedAt", moment(Timestamp(started)));
    }
    shown
}
