//! Answers a request for credentials or metadata from a view.

use super::{
    credentials, metadata,
    reply::Reply,
    route::{Metadata, Own, Route},
    view::{ContainerView, TaskView, View},
};
use serde_json::{Map, Value as Json};

/// The answer to `route`. Task protection, which the plane has to be asked about, is answered elsewhere: here as an unknown container.
pub(crate) fn respond(view: &View, route: &Route) -> Reply {
    match route {
        Route::Credentials { version, id } => credentials::respond(view, *version, id.as_deref()),
        Route::Own(what) => own(view, what),
        Route::Metadata { version, id, what } => by_id(view, *version, id, what),
        Route::Protection { id, .. } => unknown(4, id),
    }
}

/// Version 2: the caller's address says which task it is, as only tasks with an interface of their own have one.
fn own(view: &View, what: &Own) -> Reply {
    let task = view.own_task().filter(|task| has_own_interface(task));
    let Some(task) = task else {
        let text = "unable to get the task of the request by its address: version 2 of the endpoint is for network mode `awsvpc`; use the address in ECS_CONTAINER_METADATA_URI_V4";
        return Reply::words(400, text);
    };
    let no_container = |id: &str| Reply::words(400, format!("unknown container `{id}`"));
    match what {
        Own::Task { .. } => Reply::json(200, &metadata::task(&view.host, task, 2)),
        Own::Container(id) => match task.by_docker_id(id) {
            Some(container) => Reply::json(200, &metadata::container(task, container, 2)),
            None => no_container(id),
        },
        Own::Stats => Reply::json(200, &all_stats(task)),
        Own::ContainerStats(id) => match task.by_docker_id(id) {
            Some(container) => Reply::json(200, &stats(container)),
            None => no_container(id),
        },
    }
}

fn has_own_interface(task: &TaskView) -> bool {
    let mode = |it: &ContainerView| it.facts.as_ref().map(|facts| facts.network_mode.clone());
    task.containers.iter().filter_map(mode).any(|mode| mode == metadata::AWSVPC)
}

fn by_id(view: &View, version: u8, id: &str, what: &Metadata) -> Reply {
    let Some((task, container)) = view.by_endpoint(id) else { return unknown(version, id) };
    match what {
        Metadata::Container => Reply::json(200, &metadata::container(task, container, version)),
        Metadata::Task { .. } => Reply::json(200, &metadata::task(&view.host, task, version)),
        Metadata::Stats => Reply::json(200, &stats(container)),
        Metadata::TaskStats => Reply::json(200, &all_stats(task)),
        Metadata::Associations(kind, name) => associations(task, container, kind, name.as_deref()),
    }
}

/// Ids of other tasks are answered as ids that never were.
fn unknown(version: u8, id: &str) -> Reply {
    let text = format!(
        "V{version} metadata handler: unable to get task arn from request: unable to get docker ID from v{version} endpoint ID: {id}"
    );
    Reply::words(404, text)
}

/// `null` while a container does not run.
fn stats(container: &ContainerView) -> Json {
    container.stats.clone().unwrap_or(Json::Null)
}

fn all_stats(task: &TaskView) -> Json {
    let of = |it: &ContainerView| Some((it.portrait.runtime_id.clone()?, stats(it)));
    Json::Object(task.containers.iter().filter_map(of).collect::<Map<_, _>>())
}

/// The devices of a kind that a container has: their names, or what one of them is.
fn associations(
    task: &TaskView,
    container: &ContainerView,
    kind: &str,
    name: Option<&str>,
) -> Reply {
    let is_of = |it: &&Json| {
        let containers = it["containers"].as_array();
        it["type"] == kind
            && containers
                .is_some_and(|all| all.contains(&Json::from(container.portrait.name.as_str())))
    };
    let mut all = task.portrait.payload.associations.iter().filter(is_of);
    match name {
        None => {
            let names: Vec<&Json> = all.map(|it| &it["name"]).collect();
            Reply::json(200, &serde_json::json!({ "Associations": names }))
        }
        Some(name) => match all.find(|it| it["name"] == name) {
            Some(found) => Reply::text(200, found["content"]["value"].as_str().unwrap_or_default()),
            None => Reply::words(404, format!("unknown association `{name}` of type `{kind}`")),
        },
    }
}
