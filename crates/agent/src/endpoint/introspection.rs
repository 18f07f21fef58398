//! What the agent tells people and programs on its host about itself and its tasks. No credentials, and no ids of the other endpoints.

use super::{
    metadata::{moment, networks},
    reply::{Reply, Request},
    view::{ContainerView, HostView, TaskView},
};
use serde_json::{Value as Json, json};

const LICENSE: &str = include_str!("../../../../LICENSE");
/// Docker's short ids have as many digits.
const SHORT_ID: usize = 12;

/// The answer to a request from the host, of which all `tasks` are. Those of Fargate are not listed.
pub(super) fn respond(host: &HostView, tasks: &[TaskView], request: &Request) -> Reply {
    if request.method != "GET" {
        return Reply::words(405, format!("method `{}` is not served", request.method));
    }
    match request.path.as_str() {
        "/v1/metadata" => Reply::json(
            200,
            &json!({
                "Cluster": host.cluster,
                "ContainerInstanceArn": host.instance_arn,
                "Version": host.version,
            }),
        ),
        "/v1/tasks" => {
            // Whoever owns this host is not told what it runs for Fargate.
            let seen: Vec<&TaskView> =
                tasks.iter().filter(|task| !task.portrait.payload.is_on_fargate()).collect();
            listed(&seen, request)
        }
        "/license" => Reply::text(200, LICENSE),
        "/" => {
            let commands = ["/v1/metadata", "/v1/tasks", "/license"];
            Reply::json(200, &json!({ "AvailableCommands": commands }))
        }
        path => Reply::words(404, format!("no such path `{path}`")),
    }
}

fn listed(tasks: &[&TaskView], request: &Request) -> Reply {
    let is_wanted: Box<dyn Fn(&&&TaskView) -> bool> =
        match (request.parameter("taskarn"), request.parameter("dockerid")) {
            (None, None) => {
                let all: Vec<Json> = tasks.iter().map(|it| task(it)).collect();
                return Reply::json(200, &json!({ "Tasks": all }));
            }
            (Some(_), Some(_)) => {
                return Reply::words(400, "give `taskarn` or `dockerid`, not both");
            }
            (Some(arn), None) => Box::new(move |task| task.portrait.payload.arn == arn),
            (None, Some(id)) => Box::new(move |task| {
                task.containers.iter().any(|container| is_called(container, &id))
            }),
        };
    match tasks.iter().find(is_wanted) {
        Some(found) => Reply::json(200, &task(found)),
        None => Reply::json(404, &json!({})),
    }
}

fn is_called(container: &ContainerView, id: &str) -> bool {
    let is_long_enough = id.len() >= SHORT_ID;
    is_long_enough && container.portrait.runtime_id.as_ref().is_some_and(|it| it.starts_with(id))
}

fn task(task: &TaskView) -> Json {
    let payload = &task.portrait.payload;
    let created = task.containers.iter().filter(|it| it.portrait.runtime_id.is_some());
    json!({
        "Arn": payload.arn,
        "DesiredStatus": task.portrait.desired.as_str(),
        "KnownStatus": task.portrait.known.as_str(),
        "Family": payload.family,
        "Version": payload.version,
        "Containers": created.map(|it| container(task, it)).collect::<Vec<_>>(),
    })
}

fn container(task: &TaskView, container: &ContainerView) -> Json {
    let shown = &container.portrait;
    let facts = container.facts.as_ref();
    let mut json = json!({
        "DockerId": shown.runtime_id,
        "DockerName": container.docker_name,
        "Name": shown.name,
        "Image": container.payload.image,
        "ImageID": facts.and_then(|facts| facts.image_id.as_deref()).unwrap_or_default(),
    });
    if let Some(created) = facts.and_then(|facts| facts.created) {
        json["CreatedAt"] = moment(created).into();
    }
    if let Some(started) = shown.started {
        json["StartedAt"] = moment(started).into();
    }
    let networks = networks(&task.portrait.payload, container, false);
    if !networks.is_empty() {
        json["Networks"] = networks.into();
    }
    if let Some(restarts) = shown.restarts {
        json["RestartCount"] = restarts.into();
    }
    json
}
