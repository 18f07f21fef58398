//! Services, by the requests that clients send.

mod create;
mod delete;
mod deploy;
mod describe;
mod fargate;
mod law;
mod neighbours;
mod refuse;
mod update;

use crate::ecs::stage::{Stage, cluster, list, text};
use domain::{
    deployment::{ServiceDeployment, ServiceRevision},
    id::ServiceName,
    key::Key,
    service::Service,
};
use serde_json::{Value as Json, json};

/// A stage with a service's usual definition: `web:1`, one container of 64 MiB.
fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.define("web", json!({}));
    stage
}

fn with(mut request: Json, more: Json) -> Json {
    let Json::Object(more) = more else { panic!("{more} is no object") };
    for (name, value) in more {
        request[name] = value;
    }
    request
}

/// CreateService of `web` with two tasks.
fn create(stage: &mut Stage, more: Json) -> Json {
    let request = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 2});
    stage.ok("CreateService", with(request, more))["service"].take()
}

/// A DAEMON called `web`.
fn create_daemon(stage: &mut Stage, more: Json) -> Json {
    let request =
        json!({"serviceName": "web", "taskDefinition": "web", "schedulingStrategy": "DAEMON"});
    stage.ok("CreateService", with(request, more))["service"].take()
}

/// A service called `web` whose client drives its deployments.
fn create_external(stage: &mut Stage, more: Json) -> Json {
    let request = json!({
        "serviceName": "web",
        "desiredCount": 2,
        "deploymentController": {"type": "EXTERNAL"},
    });
    stage.ok("CreateService", with(request, more))["service"].take()
}

/// UpdateService of `web`.
fn update(stage: &mut Stage, more: Json) -> Json {
    stage.ok("UpdateService", with(json!({"service": "web"}), more))["service"].take()
}

/// `web` as DescribeServices shows it.
fn describe(stage: &mut Stage) -> Json {
    let reply = stage.ok("DescribeServices", json!({"services": ["web"]}));
    reply["services"][0].clone()
}

fn key(stage: &Stage) -> Key {
    let name = ServiceName::parse("web").expect("a name");
    Service::key(&stage.world.scope(), &cluster(), &name)
}

/// The record of `web`.
fn record(stage: &Stage) -> Service {
    (*stage.world.get::<Service>(&key(stage)).expect("it is there").record).clone()
}

/// What the scheduler writes when a deployment is done.
fn complete(stage: &mut Stage) {
    let key = key(stage);
    stage.world.change::<Service>(&key, |service| {
        service.deployments.truncate(1);
        let primary = &mut service.deployments[0];
        primary.rollout = domain::deployment::RolloutState::Completed;
        primary.reason = format!("ECS deployment {} completed.", primary.id.prefixed());
        service.last_completed = Some(primary.id.clone());
        service.is_steady = true;
    });
}

/// The stories of `web`'s deployments, newest first: `PENDING 2 of web:1 from 0 revisions`.
fn stories(stage: &Stage) -> Vec<String> {
    let name = ServiceName::parse("web").expect("a name");
    let scope = stage.world.scope();
    let all = ServiceDeployment::all_of(&scope, &cluster(), &name);
    let mut stories = stage.world.all::<ServiceDeployment>(&all);
    let order: Vec<_> = record(stage).deployments.into_iter().map(|it| it.id).collect();
    stories.sort_by_key(|story| order.iter().position(|id| *id == story.target));
    let short = |story: &ServiceDeployment| {
        let revision = ServiceRevision::key(&scope, &cluster(), &name, &story.target);
        let revision = stage.world.get::<ServiceRevision>(&revision).expect("each has a revision");
        let definition = &revision.template.definition;
        let of = format!("{}:{}", definition.family, definition.revision);
        format!("{} {} of {of} from {}", story.status, story.desired, story.sources.len())
    };
    stories.iter().map(|story| short(story)).collect()
}

/// Deployments, in short: `PRIMARY web:2 want 2 IN_PROGRESS`.
fn deployments(service: &Json) -> String {
    let short = |deployment: &Json| {
        let arn = text(&deployment["taskDefinition"]);
        format!(
            "{} {} want {} {}",
            text(&deployment["status"]),
            arn.rsplit('/').next().expect("a name"),
            deployment["desiredCount"],
            text(&deployment["rolloutState"]),
        )
    };
    list(&service["deployments"]).map(short).collect::<Vec<_>>().join(", ")
}
