//! ExecuteCommand: a session with a command in a container (agent-protocol.md §9.1).
//!
//! Not here: what is said in a session and by whom (`exec`, `control`, `agent`); opening it by AmazonSSM's own name (`ssm`).

mod logging;
#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes, readable},
    ecs::{cluster, fault, poll_endpoint, stop_task, task},
};
use domain::{
    arn,
    cluster::Cluster,
    exec::{ExecRoster, ExecSession, SESSIONS_PER_CONTAINER_MAX, session_id},
    id::hex,
    instance::InstanceLink,
    link::OWN_AGENT_HASH,
    status::DesiredStatus,
    task::{Container, Task},
};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's words for a task that cannot be entered (spec/tasks.md §6).
const NOT_OPEN: &str = "The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.";

view! {
    ExecuteCommand : ecs::EXECUTE_COMMAND_REQUEST {
        cluster: Option<&'a str> = "cluster",
        container: Option<&'a str> = "container",
        command: &'a str = "command",
        interactive: bool = "interactive",
        task: &'a str = "task",
    }
}

/// Opens a session.
pub fn execute(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = ExecuteCommand::from(request);
    let cluster = cluster::resolve(view, ctx, request.cluster)?.record.clone();
    if !request.interactive {
        return Err(fault::invalid_parameter(
            "Interactive must be true: ECS Exec has interactive sessions only.",
        ));
    }
    let found = task::find(view, ctx, &cluster.name, request.task)?;
    let found = found.ok_or_else(stop_task::not_found)?;
    let container = named(&found, request.container)?;
    let opened = open(view, ctx, &cluster, &found, container, request.command)?;
    let session = reply!(ecs::SESSION {
        "sessionId": &opened.id,
        "streamUrl": &opened.stream_url,
        "tokenValue": &opened.token,
    });
    let reply = reply!(ecs::EXECUTE_COMMAND_RESPONSE {
        "clusterArn": arn::cluster(&ctx.scope, &cluster.name),
        "containerArn": arn::container(&ctx.scope, &cluster.name, &found.id, &container.uuid),
        "containerName": &container.name,
        "interactive": true,
        "session": session,
        "taskArn": arn::task(&ctx.scope, &cluster.name, &found.id),
    });
    Ok((reply, opened.writes))
}

/// The container of `task` that a request means.
fn named<'a>(task: &'a Task, name: Option<&str>) -> Result<&'a Container, Fault> {
    match (name.filter(|name| !name.is_empty()), task.containers.as_slice()) {
        (Some(name), containers) => {
            containers.iter().find(|container| container.name == name).ok_or_else(|| {
                fault::invalid_parameter(format!("The task has no container `{name}`."))
            })
        }
        (None, [only]) => Ok(only),
        (None, _) => Err(fault::invalid_parameter(
            "A container name must be specified: the task has more than one container.",
        )),
    }
}

/// A session that is about to be.
pub(crate) struct Opened {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) stream_url: String,
    pub(crate) writes: Writes,
}

/// Opens a session with `command` in `container`.
///
/// # Errors
/// Why nobody gets in now.
pub(crate) fn open(
    view: &View,
    ctx: &Ctx,
    cluster: &Cluster,
    task: &Found<Task>,
    container: &Container,
    command: &str,
) -> Result<Opened, Fault> {
    let is_up = task.enable_execute_command && task.desired == DesiredStatus::Running;
    let place = task.host().filter(|_| is_up && container.is_open());
    let (host_cluster, instance) = place.ok_or_else(|| fault::invalid_parameter(NOT_OPEN))?;
    let log_group = logging::group(view, ctx, cluster, task, container)?;
    check_connected(view, ctx, task)?;
    let key = ExecRoster::key(&ctx.scope, host_cluster, instance);
    let roster = view.get::<ExecRoster>(&key)?;
    let count = roster.map_or(0, |roster| roster.count(&task.id, &container.name));
    if count >= SESSIONS_PER_CONTAINER_MAX {
        return Err(fault::client(format!(
            "Container `{}` has {count} sessions already, which is the most it may have: end one, such as with `aws ssm terminate-session`.",
            container.name
        )));
    }
    let (id, token) = (session_id(ctx.ids.bytes("session", 0)), token(ctx));
    let session = ExecSession {
        id: id.clone(),
        scope: ctx.scope.clone(),
        cluster: cluster.name.clone(),
        task: task.id.clone(),
        instance: instance.clone(),
        host_cluster: task.host_cluster.clone(),
        container: container.name.clone(),
        runtime_id: container.runtime_id.clone().unwrap_or_default(),
        command: command.to_owned(),
        owner_arn: ctx.caller.arn.clone(),
        created_at: ctx.now,
        log_group,
        token: Some(books::exec::token_digest(&token, ctx.now)),
        host: None,
    };
    let mut writes = readable(books::exec::open(view.snapshot(), &session))?;
    writes.expect(&task.key, Expect::Revision(task.modified));
    Ok(Opened { stream_url: stream_url(ctx, &id)?, id, token, writes })
}

/// Text that nobody can guess.
pub(crate) fn token(ctx: &Ctx) -> String {
    let [first, second] = [0, 1].map(|index| hex(&ctx.ids.bytes("token", index)));
    first + &second
}

/// Where the channel of a session is.
///
/// # Errors
/// If nobody knows by which address the caller reaches us.
pub(crate) fn stream_url(ctx: &Ctx, session: &str) -> Result<String, Fault> {
    let base = poll_endpoint::base(ctx)?;
    // `http` becomes `ws`, and `https` `wss`.
    let base = base.strip_prefix("http").map_or(base.clone(), |rest| format!("ws{rest}"));
    Ok(format!("{base}/v1/data-channel/{session}?role=publish_subscribe"))
}

/// The official agent needs AWS's own control channel for sessions, which is not here.
fn check_connected(view: &View, ctx: &Ctx, task: &Task) -> Result<(), Fault> {
    let key = task.host().map(|(cluster, id)| InstanceLink::key(&ctx.scope, cluster, id));
    let link = key.map(|key| view.get::<InstanceLink>(&key)).transpose()?.flatten();
    let arn = match task.host() {
        Some((cluster, instance)) if !task.is_fargate() => {
            arn::instance(&ctx.scope, cluster, instance)
        }
        _ => format!("the host of {}", arn::task(&ctx.scope, &task.cluster, &task.id)),
    };
    let why = match link {
        Some(link) if link.connected => {
            if link.agent_hash.as_deref() == Some(OWN_AGENT_HASH) {
                return Ok(());
            }
            format!("The agent of {arn} is not Longshore's own, which alone serves ECS Exec.")
        }
        _ => format!("The agent of {arn} is not connected."),
    };
    let message =
        format!("The execute command failed due to an internal error. Try again later. {why}");
    Err(Fault::sender("TargetNotConnectedException", message))
}
