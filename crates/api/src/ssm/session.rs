//! Sessions with containers: opened by their target, taken up again, ended.
//!
//! Invariant: a session that is over is answered as one that timed out, for the plugin to say so and end well.

use crate::{
    decide::{Ctx, Decision, View, Writes, readable},
    ecs::execute_command,
};
use domain::{
    cluster::{Cluster, ClusterStatus},
    exec::ExecSession,
    id::{ClusterName, TaskId},
    task::Task,
};
use store::Found;
use wire::{Fault, Value, reply, tables::ssm, view};

/// The document of ECS Exec's own sessions.
const DOCUMENT: &str = "AmazonECS-ExecuteInteractiveCommand";

view! {
    StartSession : ssm::START_SESSION_REQUEST {
        target: &'a str = "Target",
        document: Option<&'a str> = "DocumentName",
        parameters: Option<&'a Value> = "Parameters",
    }
    ResumeSession : ssm::RESUME_SESSION_REQUEST {
        id: &'a str = "SessionId",
    }
    TerminateSession : ssm::TERMINATE_SESSION_REQUEST {
        id: &'a str = "SessionId",
    }
}

/// A container by the name that the Session Manager has for it: `ecs:{cluster}_{task}_{runtime id}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Target<'a> {
    /// The cluster's name, which may have underscores of its own.
    pub(crate) cluster: &'a str,
    /// The task's id.
    pub(crate) task: &'a str,
    /// The engine's id of the container.
    pub(crate) runtime_id: &'a str,
}

impl<'a> Target<'a> {
    /// Reads a target.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (rest, runtime_id) = text.strip_prefix("ecs:")?.rsplit_once('_')?;
        let (cluster, task) = rest.rsplit_once('_')?;
        Some(Self { cluster, task, runtime_id })
    }
}

/// Opens a session.
pub fn start(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = StartSession::from(request);
    let Some(target) = Target::parse(request.target) else {
        return Err(not_connected(request.target));
    };
    let cluster = ClusterName::parse(target.cluster).ok();
    let cluster = cluster.map(|name| view.get::<Cluster>(&Cluster::key(&ctx.scope, &name)));
    let cluster = cluster.transpose()?.flatten();
    let cluster = cluster
        .filter(|cluster| cluster.status == ClusterStatus::Active)
        .ok_or_else(|| not_connected(request.target))?;
    let task = TaskId::parse(target.task).ok();
    let task = task.map(|id| view.get::<Task>(&Task::key(&ctx.scope, &cluster.name, &id)));
    let task = task.transpose()?.flatten().ok_or_else(|| not_connected(request.target))?;
    let mut containers = task.containers.iter();
    let container =
        containers.find(|container| container.runtime_id.as_deref() == Some(target.runtime_id));
    let container = container.ok_or_else(|| not_connected(request.target))?;
    let command = command(&request)?;
    let opened = execute_command::open(view, ctx, &cluster, &task, container, command)
        .map_err(|fault| in_words_of_ssm(fault, request.target))?;
    let reply = reply!(ssm::START_SESSION_RESPONSE {
        "SessionId": &opened.id,
        "TokenValue": &opened.token,
        "StreamUrl": &opened.stream_url,
    });
    Ok((reply, opened.writes))
}

/// The command of a request; none opens a shell.
fn command<'a>(request: &StartSession<'a>) -> Result<&'a str, Fault> {
    match request.document {
        None | Some(DOCUMENT) => {}
        Some(other) => {
            let message = format!("Document {other} is not served by Longshore: use {DOCUMENT}.");
            return Err(Fault::sender("InvalidDocument", message));
        }
    }
    let given = request.parameters.and_then(|parameters| parameters.get("command"));
    let first = given.and_then(Value::as_list).and_then(<[Value]>::first);
    Ok(first.and_then(Value::as_str).unwrap_or_default())
}

/// Gives a session another token.
pub fn resume(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let id = ResumeSession::from(request).id;
    let (token, stream_url, writes) = match find(view, ctx, id)? {
        Some(found) => {
            let token = execute_command::token(ctx);
            let writes = books::exec::renew(&found, &token, ctx.now);
            (token, execute_command::stream_url(ctx, id)?, writes)
        }
        None => (String::new(), String::new(), Writes::new()),
    };
    let reply = reply!(ssm::RESUME_SESSION_RESPONSE {
        "SessionId": id,
        "TokenValue": token,
        "StreamUrl": stream_url,
    });
    Ok((reply, writes))
}

/// Ends a session; its host hears of it.
pub fn terminate(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let id = TerminateSession::from(request).id;
    let writes = match find(view, ctx, id)? {
        Some(found) => readable(books::exec::end(view.snapshot(), &found))?,
        None => Writes::new(),
    };
    Ok((reply!(ssm::TERMINATE_SESSION_RESPONSE { "SessionId": id }), writes))
}

/// The session of the caller's account and region with this id. `None` if it is over.
fn find(view: &View, ctx: &Ctx, id: &str) -> Result<Option<Found<ExecSession>>, Fault> {
    let Some(key) = ExecSession::key(id) else {
        let message = format!("Session {id} does not exist.");
        return Err(Fault::sender("DoesNotExistException", message));
    };
    let found = view.get::<ExecSession>(&key)?;
    Ok(found.filter(|session| session.scope == ctx.scope))
}

fn not_connected(target: &str) -> Fault {
    Fault::sender("TargetNotConnected", format!("{target} is not connected."))
}

/// Faults of ECS that AWS Systems Manager does not have.
fn in_words_of_ssm(fault: Fault, target: &str) -> Fault {
    match fault.code.as_ref() {
        "TargetNotConnectedException" | "InvalidParameterException" | "ClientException" => {
            let message = format!("{target} is not connected. {}", fault.message);
            Fault::sender("TargetNotConnected", message)
        }
        _ => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::Target;
    use crate::{ssm::TABLE, world::World};
    use domain::{
        exec::{ExecRoster, ExecSession, session_id},
        id::{ClusterName, InstanceId, TaskId},
    };
    use serde_json::json;

    #[test]
    fn a_cluster_s_name_may_have_underscores() {
        let target = Target::parse("ecs:my_own_web_0123_r-1").expect("a target");
        assert_eq!((target.cluster, target.task, target.runtime_id), ("my_own_web", "0123", "r-1"));
        assert_eq!(Target::parse("i-0123456789"), None);
        assert_eq!(Target::parse("ecs:web_1"), None);
    }

    #[test]
    fn what_is_listed_as_served_is_decided() {
        let listed: Vec<&str> = TABLE.service.served_names().collect();
        let decided: Vec<&str> = TABLE.operations.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, decided);
    }

    /// A world with one session, and its id.
    fn world() -> (World, String) {
        let mut world = World::of(&TABLE);
        world.caller.reached_at = Some("plane:1".into());
        let id = session_id([1; 16]);
        let session = ExecSession {
            id: id.clone(),
            scope: world.scope(),
            cluster: ClusterName::parse("web").expect("a name"),
            task: TaskId::from_bytes([1; 16]),
            instance: InstanceId::from_bytes([2; 16]),
            host_cluster: None,
            container: "app".into(),
            runtime_id: "r-1".into(),
            command: "sh".into(),
            owner_arn: "arn".into(),
            created_at: world.now,
            log_group: None,
            token: None,
            host: None,
        };
        let writes = books::exec::open(&world.snapshot, &session).expect("readable");
        world.snapshot = world.snapshot.with(&writes).expect("nothing is there yet");
        (world, id)
    }

    #[test]
    fn a_session_is_taken_up_with_another_token_until_it_is_over() {
        let (mut world, id) = world();
        let reply = world.ok("ResumeSession", json!({"SessionId": id}));
        let first = reply["TokenValue"].as_str().expect("a token").to_owned();
        assert!(
            reply["StreamUrl"]
                .as_str()
                .is_some_and(|url| url.starts_with("ws://plane:1/v1/data-channel/ecs-"))
        );
        let again = world.ok("ResumeSession", json!({"SessionId": id}));
        assert!(!first.is_empty() && again["TokenValue"] != first.as_str());
        world.ok("TerminateSession", json!({"SessionId": id}));
        let over = world.ok("ResumeSession", json!({"SessionId": id}));
        assert_eq!(over["TokenValue"], "");
        let key = ExecRoster::key(
            &world.scope(),
            &ClusterName::parse("web").expect("a name"),
            &InstanceId::from_bytes([2; 16]),
        );
        assert!(world.get::<ExecRoster>(&key).is_none(), "its host hears of it");
    }

    #[test]
    fn another_account_s_session_is_nobody_s() {
        let (mut world, id) = world();
        world.caller.scope.account = domain::id::AccountId::parse("999999999999").expect("digits");
        world.ok("TerminateSession", json!({"SessionId": id}));
        assert_eq!(world.ok("ResumeSession", json!({"SessionId": id}))["TokenValue"], "");
        let key = ExecSession::key(&id).expect("an id");
        assert!(world.get::<ExecSession>(&key).is_some());
        assert!(
            world.fault("ResumeSession", json!({"SessionId": "x"})).starts_with("DoesNotExist")
        );
    }

    #[test]
    fn what_is_no_container_here_is_not_connected() {
        let (mut world, _) = world();
        for target in ["i-0123456789", "ecs:web_0123_r-1"] {
            let fault = world.fault("StartSession", json!({"Target": target}));
            assert!(fault.starts_with("TargetNotConnected: "), "{fault}");
        }
    }
}
