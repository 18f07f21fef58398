//! What agents say of tasks, containers and attachments: the Submit… operations (agent-protocol.md §2.2).
//!
//! ```text
//! PENDING ─ image digests ─▶ RUNNING ─▶ STOPPED          a report may skip one, may come twice, and may come late
//! ```
//! Invariant: reports are applied in their order, and nothing goes back: what is late or said again changes nothing, and nothing is
//! said of a task that is STOPPED. Why a task ended is the control plane's to say ([`stop_of`]): agents hardly ever do.
//! A report that will never be true (its task is unknown, or of another account) is refused with `InvalidParameterException`, the
//! one fault after which agents drop it; everything else they would send again for ever.

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes, readable},
    ecs::{cluster, fault, stop_task, task},
    plain,
};
use books::{draft::Draft, network};
use domain::{
    definition::TaskDefinition,
    id::ClusterName,
    instance::Assignment,
    key::Key,
    status::{ContainerStatus, DesiredStatus, StopCode, TaskStatus},
    task::{Attachment, NetworkBinding, Stop, Task},
    time::Timestamp,
    vpc::{AttachedTo, NetworkInterface},
};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use store::Found;
use wire::{Fault, Value, reply, tables::ecs, view};

view! {
    SubmitTask : ecs::SUBMIT_TASK_STATE_CHANGE_REQUEST {
        cluster: Option<&'a str> = "cluster",
        task: Option<&'a str> = "task",
        status: Option<&'a str> = "status",
        reason: Option<&'a str> = "reason",
        containers: Vec<ContainerChange<'a>> = "containers",
        attachments: Vec<AttachmentChange<'a>> = "attachments",
        agents: Vec<AgentChange<'a>> = "managedAgents",
        pull_started_at: Option<i64> = "pullStartedAt",
        pull_stopped_at: Option<i64> = "pullStoppedAt",
        execution_stopped_at: Option<i64> = "executionStoppedAt",
    }
    ContainerChange : ecs::CONTAINER_STATE_CHANGE {
        name: Option<&'a str> = "containerName",
        status: Option<&'a str> = "status",
        image_digest: Option<&'a str> = "imageDigest",
        runtime_id: Option<&'a str> = "runtimeId",
        exit_code: Option<i64> = "exitCode",
        reason: Option<&'a str> = "reason",
        bindings: &'a [Value] = "networkBindings",
    }
    SubmitContainer : ecs::SUBMIT_CONTAINER_STATE_CHANGE_REQUEST {
        cluster: Option<&'a str> = "cluster",
        task: Option<&'a str> = "task",
        name: Option<&'a str> = "containerName",
        status: Option<&'a str> = "status",
        runtime_id: Option<&'a str> = "runtimeId",
        exit_code: Option<i64> = "exitCode",
        reason: Option<&'a str> = "reason",
        bindings: &'a [Value] = "networkBindings",
    }
    SubmitAttachments : ecs::SUBMIT_ATTACHMENT_STATE_CHANGES_REQUEST {
        cluster: Option<&'a str> = "cluster",
        attachments: Vec<AttachmentChange<'a>> = "attachments",
    }
    AttachmentChange : ecs::ATTACHMENT_STATE_CHANGE {
        arn: &'a str = "attachmentArn",
        status: &'a str = "status",
    }
    AgentChange : ecs::MANAGED_AGENT_STATE_CHANGE {
        container: &'a str = "containerName",
        name: &'a str = "managedAgentName",
        status: &'a str = "status",
        reason: Option<&'a str> = "reason",
    }
}

/// A task, its containers and what belongs to it moved on.
pub fn submit_task(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = SubmitTask::from(request);
    let found = reported(view, ctx, request.cluster, request.task)?;
    let seen = request.status.filter(|status| !status.is_empty());
    let seen = seen
        .map(|status| TaskStatus::parse(status).ok_or_else(|| unknown_status(status)))
        .transpose()?;
    let bindings = request.containers.iter().map(|change| read_bindings(change.bindings));
    let bindings = bindings.collect::<Result<Vec<_>, _>>()?;
    let writes = change(view, ctx, &found, |task| {
        for (change, bindings) in request.containers.iter().zip(bindings) {
            apply_container(task, change, bindings);
        }
        for change in &request.attachments {
            apply_attachment(&mut task.attachments, change);
        }
        for change in &request.agents {
            apply_agent(task, change, ctx.now);
        }
        let at = |moment: Option<i64>| moment.map(Timestamp);
        task.pull_started_at = task.pull_started_at.or(at(request.pull_started_at));
        task.pull_stopped_at = task.pull_stopped_at.max(at(request.pull_stopped_at));
        task.execution_stopped_at = task.execution_stopped_at.or(at(request.execution_stopped_at));
        seen.map(|status| Seen { status, reason: request.reason.unwrap_or_default() })
    })?;
    Ok((reply!(ecs::SUBMIT_TASK_STATE_CHANGE_RESPONSE { "acknowledgment": "ok" }), writes))
}

/// One container moved on; agents of today say it with their tasks.
pub fn submit_container(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = SubmitContainer::from(request);
    let found = reported(view, ctx, request.cluster, request.task)?;
    let bindings = read_bindings(request.bindings)?;
    let writes = change(view, ctx, &found, |task| {
        let change = ContainerChange {
            name: request.name,
            status: request.status,
            image_digest: None,
            runtime_id: request.runtime_id,
            exit_code: request.exit_code,
            reason: request.reason,
            bindings: request.bindings,
            _lifetime: request._lifetime,
        };
        apply_container(task, &change, bindings);
        None
    })?;
    Ok((reply!(ecs::SUBMIT_CONTAINER_STATE_CHANGE_RESPONSE { "acknowledgment": "ok" }), writes))
}

/// Interfaces moved on, of whichever tasks on hosts of the cluster they are.
pub fn submit_attachments(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = SubmitAttachments::from(request);
    let cluster = reported_cluster(view, ctx, request.cluster)?;
    let mut of_tasks: BTreeMap<Key, (Found<Task>, Vec<&AttachmentChange<'_>>)> = BTreeMap::new();
    let interfaces = interfaces(view, ctx, &request.attachments)?;
    for (change, interface) in request.attachments.iter().zip(interfaces) {
        let task = interface.map(|it| task_of(view, ctx, &it)).transpose()?.flatten();
        let id = attachment_id(change);
        let task = task.filter(|task| is_told_by(task, &cluster));
        let task = task.filter(|task| task.attachments.iter().any(|it| it.id == id));
        let Some(task) = task else {
            let message = format!("Attachment `{}` was not found.", change.arn);
            return Err(fault::invalid_parameter(message));
        };
        of_tasks.entry(task.key.clone()).or_insert((task, Vec::new())).1.push(change);
    }
    let mut writes = Writes::new();
    for (found, changes) in of_tasks.into_values() {
        writes.merge(change(view, ctx, &found, |task| {
            changes.into_iter().for_each(|change| apply_attachment(&mut task.attachments, change));
            None
        })?);
    }
    Ok((reply!(ecs::SUBMIT_ATTACHMENT_STATE_CHANGES_RESPONSE { "acknowledgment": "ok" }), writes))
}

/// The interface of each of some attachments. Those that an earlier version made do not tell theirs by what they are called: all
/// interfaces are looked through for them, once, and as long as such tasks run.
fn interfaces(
    view: &View,
    ctx: &Ctx,
    changes: &[AttachmentChange<'_>],
) -> Result<Vec<Option<Found<NetworkInterface>>>, Fault> {
    let mut earlier: BTreeMap<String, Option<Found<NetworkInterface>>> = BTreeMap::new();
    let mut found = Vec::with_capacity(changes.len());
    for change in changes {
        let id = attachment_id(change);
        let interface = network::interface_of(id);
        found.push(match &interface {
            Some(interface) => view.get(&NetworkInterface::key(&ctx.scope, interface))?,
            None => None,
        });
        if interface.is_none() {
            earlier.insert(id.to_owned(), None);
        }
    }
    if earlier.is_empty() {
        return Ok(found);
    }
    for interface in view.range::<NetworkInterface>(&NetworkInterface::all(&ctx.scope)) {
        let interface = interface?;
        let attachment = interface.description.rsplit('/').next().unwrap_or_default();
        if let Some(place) = earlier.get_mut(attachment) {
            *place = Some(interface);
        }
    }
    for (change, found) in changes.iter().zip(&mut found) {
        if let Some(interface) = earlier.get(attachment_id(change)) {
            found.clone_from(interface);
        }
    }
    Ok(found)
}

/// The task that an interface is of. Its host may be of another cluster, Fargate's.
fn task_of(
    view: &View,
    ctx: &Ctx,
    interface: &NetworkInterface,
) -> Result<Option<Found<Task>>, Fault> {
    let AttachedTo::Task { task, cluster, instance, .. } = &interface.attached_to else {
        return Ok(None);
    };
    let key = Assignment::key(&ctx.scope, cluster, instance, task);
    let Some(assignment) = view.get::<Assignment>(&key)? else { return Ok(None) };
    let of = assignment.cluster.as_ref().unwrap_or(cluster);
    view.get::<Task>(&Task::key(&ctx.scope, of, task))
}

/// Whether agents of `cluster` may speak of a task: it is on a host of that cluster, or on none and of that cluster itself.
fn is_told_by(task: &Task, cluster: &ClusterName) -> bool {
    task.host().map_or(&task.cluster, |(host_cluster, _)| host_cluster) == cluster
}

fn reported_cluster(view: &View, ctx: &Ctx, cluster: Option<&str>) -> Result<ClusterName, Fault> {
    let found = cluster::home(view, ctx, cluster);
    found.map(|home| home.name).map_err(|fault| {
        // The server's own trouble passes; a cluster that is gone does not come back for this report.
        if fault.receiver { fault } else { fault::invalid_parameter(fault.message) }
    })
}

fn reported(
    view: &View,
    ctx: &Ctx,
    cluster: Option<&str>,
    task: Option<&str>,
) -> Result<Found<Task>, Fault> {
    let cluster = reported_cluster(view, ctx, cluster)?;
    let identifier = task.unwrap_or_default();
    // A host's cluster may be another than that of its tasks, which their ARNs tell.
    let of = task::cluster_of(&ctx.scope, identifier).unwrap_or_else(|| cluster.clone());
    let found = task::find(view, ctx, &of, identifier)?;
    found.filter(|task| is_told_by(task, &cluster)).ok_or_else(stop_task::not_found)
}

/// What a report says of the task itself.
struct Seen<'a> {
    status: TaskStatus,
    reason: &'a str,
}

/// Applies a report: `apply` changes what belongs to the task and says what is reported of the task itself. What follows from that is
/// the same for every report.
fn change<'a>(
    view: &View,
    ctx: &Ctx,
    found: &Found<Task>,
    apply: impl FnOnce(&mut Task) -> Option<Seen<'a>>,
) -> Result<Writes, Fault> {
    let mut writes = Writes::new();
    if found.last == TaskStatus::Stopped {
        return Ok(writes);
    }
    let mut after = Task::clone(&found.record);
    let seen = apply(&mut after);
    let essential = Essential::of(view, ctx, found)?;
    if let Some(seen) = &seen {
        let was_running = after.last >= TaskStatus::Running;
        if after.advance(seen.status) && seen.status == TaskStatus::Running {
            after.started_at = Some(ctx.now);
            // A task that runs has its interface, whether or not its agent says so.
            for attachment in after.attachments.iter_mut().filter(|it| it.is_interface()) {
                move_attachment(attachment, Attachment::ATTACHED);
            }
        }
        if after.last == TaskStatus::Stopped {
            let stop = stop_of(&after, &essential, was_running, seen.reason);
            end(&mut after, stop, ctx.now);
        }
    }
    // The agent stops the others by itself; from now on that is what is wanted, too.
    if after.desired == DesiredStatus::Running && essential.one_has_ended(&after) {
        let was_running = after.last >= TaskStatus::Running;
        after.stop = Some(stop_of(&after, &essential, was_running, ""));
        after.desired = DesiredStatus::Stopped;
        after.stopping_at = Some(ctx.now);
    }
    if after != *found.record {
        after.version += 1;
        let mut draft = Draft::new(view.snapshot(), &ctx.scope, ctx.now);
        readable(draft.change(found, after))?;
        writes = draft.finish();
    }
    Ok(writes)
}

/// What is true of every task that is STOPPED.
fn end(task: &mut Task, stop: Stop, now: Timestamp) {
    task.desired = DesiredStatus::Stopped;
    task.stop.get_or_insert(stop);
    task.stopping_at.get_or_insert(now);
    task.stopped_at = Some(now);
    task.connectivity = Some((true, now));
    for container in &mut task.containers {
        container.last = ContainerStatus::Stopped;
    }
}

/// Which containers of a task are essential; `None` if its definition, which says so, is gone.
struct Essential(Option<Vec<String>>);

impl Essential {
    fn of(view: &View, ctx: &Ctx, task: &Task) -> Result<Self, Fault> {
        let key = TaskDefinition::key(&ctx.scope, &task.family, task.revision);
        let definition = view.get::<TaskDefinition>(&key)?;
        Ok(Self(definition.map(|definition| {
            let containers = definition.container_definitions.iter();
            let essential = containers.filter(|container| container.essential);
            essential.map(|container| container.name.clone()).collect()
        })))
    }

    /// Whether a container that is known to be essential has ended. Without the definition the agent alone knows, and says when the task
    /// is STOPPED.
    fn one_has_ended(&self, task: &Task) -> bool {
        let is_essential =
            |name: &String| self.0.as_ref().is_some_and(|essential| essential.contains(name));
        let mut containers = task.containers.iter();
        containers.any(|it| is_essential(&it.name) && it.last == ContainerStatus::Stopped)
    }

    /// Whether a container that may be essential ran and ended.
    fn one_has_exited(&self, task: &Task) -> bool {
        let is_essential =
            |name: &String| self.0.as_ref().is_none_or(|essential| essential.contains(name));
        task.containers.iter().any(|it| is_essential(&it.name) && it.exit_code.is_some())
    }
}

/// Why a task ends that nobody asked to end: it never started, for the reason of the first container that could not; or an essential
/// container ended, after the task ran or before.
fn stop_of(task: &Task, essential: &Essential, was_running: bool, reason: &str) -> Stop {
    let failed =
        |reason: &str| Stop { code: StopCode::TaskFailedToStart, reason: reason.to_owned() };
    let exited =
        |reason: &str| Stop { code: StopCode::EssentialContainerExited, reason: reason.to_owned() };
    const EXITED: &str = "Essential container in task exited";
    if was_running {
        return exited(if reason.is_empty() { EXITED } else { reason });
    }
    if !reason.is_empty() {
        return failed(reason);
    }
    // A process that ran has an exit code, and so has one that ran out of memory.
    let could_not_start = task.containers.iter().filter(|container| container.exit_code.is_none());
    let mut reasons = could_not_start.filter_map(|container| container.reason.as_deref());
    if let Some(reason) = reasons.find(|reason| !reason.is_empty()) {
        return failed(reason);
    }
    if essential.one_has_exited(task) {
        return exited(EXITED);
    }
    failed("Task failed to start")
}

fn unknown_status(status: &str) -> Fault {
    fault::invalid_parameter(format!("`{status}` is not a status."))
}

fn read_bindings(bindings: &[Value]) -> Result<Vec<NetworkBinding>, Fault> {
    bindings.iter().map(plain::from_value).collect()
}

/// Containers that the task does not have (an agent's own helpers) and statuses that mean nothing here are passed over.
fn apply_container(task: &mut Task, change: &ContainerChange<'_>, bindings: Vec<NetworkBinding>) {
    let name = change.name.unwrap_or_default();
    let Some(container) = task.containers.iter_mut().find(|container| container.name == name)
    else {
        return;
    };
    let seen = change.status.and_then(ContainerStatus::parse).unwrap_or(container.last);
    if seen < container.last {
        return;
    }
    let own = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    // A container that is restarted in place gets another id; a process ends once.
    let is_news = seen > container.last || seen == ContainerStatus::Running;
    let fresh = |kept: &Option<String>, said: Option<&str>| {
        if is_news {
            own(said).or_else(|| kept.clone())
        } else {
            kept.clone().or_else(|| own(said))
        }
    };
    container.image_digest = fresh(&container.image_digest, change.image_digest);
    container.runtime_id = fresh(&container.runtime_id, change.runtime_id);
    if seen != ContainerStatus::Running {
        container.reason = container.reason.take().or(own(change.reason));
    }
    if seen == ContainerStatus::Stopped {
        container.exit_code = container.exit_code.or(change.exit_code);
        container.end_agents();
    }
    if !bindings.is_empty() && (is_news || container.network_bindings.is_empty()) {
        container.network_bindings = bindings;
    }
    container.last = seen;
}

/// The life of an attachment; FAILED ends it from anywhere.
const ATTACHMENT_LIFE: [&str; 8] = [
    "PRECREATED",
    "CREATED",
    "ATTACHING",
    "ATTACHED",
    "DETACHING",
    "DETACHED",
    "DELETED",
    "FAILED",
];

/// Moves an attachment forward, if it is one of these.
fn apply_attachment(attachments: &mut [Attachment], change: &AttachmentChange<'_>) {
    let id = attachment_id(change);
    if let Some(attachment) = attachments.iter_mut().find(|attachment| attachment.id == id) {
        move_attachment(attachment, change.status);
    }
}

fn attachment_id<'a>(change: &AttachmentChange<'a>) -> &'a str {
    change.arn.rsplit('/').next().unwrap_or_default()
}

/// Moves an attachment forward to `status`.
fn move_attachment(attachment: &mut Attachment, status: &str) {
    let stage = |status: &str| ATTACHMENT_LIFE.iter().position(|known| *known == status);
    if stage(status) > stage(&attachment.status) {
        attachment.status = status.to_owned();
    }
}

/// Moves the agent inside a container forward that lets people in.
fn apply_agent(task: &mut Task, change: &AgentChange<'_>, now: Timestamp) {
    let stage =
        |status: &str| ["PENDING", "RUNNING", "STOPPED"].iter().position(|known| *known == status);
    let container = task.containers.iter_mut().find(|container| container.name == change.container);
    let agents = container.into_iter().flat_map(|container| &mut container.managed_agents);
    for agent in agents.filter(|agent| agent["name"] == change.name) {
        let kept = agent["lastStatus"].as_str().and_then(stage);
        if stage(change.status) <= kept {
            continue;
        }
        agent["lastStatus"] = json!(change.status);
        if change.status == "RUNNING" {
            agent["lastStartedAt"] = json!(now.0);
        }
        agent["reason"] = change
            .reason
            .filter(|reason| !reason.is_empty())
            .map_or(Json::Null, |reason| json!(reason));
    }
}
