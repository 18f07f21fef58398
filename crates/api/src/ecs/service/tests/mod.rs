//! Services, by the requests that clients send.

mod create;

use crate::ecs::stage::{Stage, list, text};
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

/// UpdateService of `web`.
fn update(stage: &mut Stage, more: Json) -> Json {
    stage.ok("UpdateService", with(json!({"service": "web"}), more))["service"].take()
}

/// `web` as DescribeServices shows it.
fn describe(stage: &mut Stage) -> Json {
    let reply = stage.ok("DescribeServices", json!({"services": ["web"]}));
    reply["services"][0].clone()
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
