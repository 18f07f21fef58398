//! `longshore deploy`: a new image, definition or count for a service, and how the rollout goes.
//!
//! It is what the AWS CLI does in three calls (DescribeTaskDefinition, RegisterTaskDefinition, UpdateService): a service that is
//! deployed from here is like any other. Watching only looks: ending it ends nothing.
//! Read next: `image.rs` for the new definition, `rollout.rs` for what is said, `watch.rs` for the loop.

mod image;
mod rollout;
mod watch;

use super::{client::Client, find, render, service};
use crate::args;
use anyhow::{Result, bail};
use serde_json::{Value as Json, json};
use std::process::ExitCode;

pub(crate) async fn run(arguments: &args::Deploy) -> Result<ExitCode> {
    let client = Client::new(&arguments.connection)?;
    let is_json = arguments.connection.output == args::Output::Json;
    let cluster = find::cluster_of(&arguments.service, &arguments.cluster);
    let before = find::service(&client, cluster, &arguments.service).await?;
    let called = service::called(&before);
    if before["status"] != "ACTIVE" {
        bail!(
            "{called} is {}: it was deleted; `aws ecs create-service` makes it anew",
            before["status"].as_str().unwrap_or("-")
        );
    }
    let changes = arguments.definition.is_some()
        || !arguments.images.is_empty()
        || arguments.count.is_some()
        || arguments.force;
    let registered = register(arguments, &client, &before).await?;
    let after = if changes {
        update(arguments, &client, registered.as_ref()).await?
    } else {
        before.clone()
    };
    if !is_json {
        for line in told(&before, &after) {
            anstream::println!("{line}");
        }
    }
    if arguments.watch {
        return watch::run(arguments, &client, &after, is_json).await;
    }
    if is_json {
        render::print_json(&json!({ "taskDefinition": registered, "service": after }));
    } else {
        let name = find::service_name(&after);
        anstream::println!("`longshore deploy {name} --watch` shows how it goes");
    }
    Ok(ExitCode::SUCCESS)
}

/// Registers the revision with the new images; `None` where there are none.
async fn register(
    arguments: &args::Deploy,
    client: &Client,
    service: &Json,
) -> Result<Option<Json>> {
    if arguments.images.is_empty() {
        return Ok(None);
    }
    let base = arguments.definition.as_deref().or(service["taskDefinition"].as_str());
    let Some(base) = base else {
        bail!(
            "{} has no task definition of its own: its task sets have; deploy with `aws ecs create-task-set`",
            service::called(service)
        );
    };
    let asked = json!({ "taskDefinition": base, "include": ["TAGS"] });
    let described = client.call("DescribeTaskDefinition", asked).await?;
    let (request, changes) = image::with_images(&described, &arguments.images)?;
    let mut reply = client.call("RegisterTaskDefinition", request).await?;
    let registered = reply["taskDefinition"].take();
    if arguments.connection.output == args::Output::Table {
        let name = render::last_part(&registered["taskDefinitionArn"]);
        for change in changes {
            anstream::println!("registered {name}: {change}");
        }
    }
    Ok(Some(registered))
}

async fn update(
    arguments: &args::Deploy,
    client: &Client,
    registered: Option<&Json>,
) -> Result<Json> {
    let cluster = find::cluster_of(&arguments.service, &arguments.cluster);
    let mut request = json!({ "cluster": cluster, "service": arguments.service });
    let registered = registered.map(|it| it["taskDefinitionArn"].clone());
    if let Some(definition) = registered.or(arguments.definition.as_ref().map(|it| json!(it))) {
        request["taskDefinition"] = definition;
    }
    if let Some(count) = arguments.count {
        request["desiredCount"] = json!(count);
    }
    if arguments.force {
        request["forceNewDeployment"] = json!(true);
    }
    Ok(client.call("UpdateService", request).await?["service"].take())
}

/// What the call changed, a line each.
fn told(before: &Json, after: &Json) -> Vec<String> {
    let mut lines = Vec::new();
    let called = service::called(after);
    let id = |service| service::primary(service).and_then(|it| it["id"].as_str());
    if id(before) != id(after) {
        let (old, new) = (service::definition(before), service::definition(after));
        let way = if old == new { format!("{new} anew") } else { format!("{old} → {new}") };
        lines.push(format!("{called}: deployment {} of {way}", id(after).unwrap_or("-")));
    }
    let wanted = |service| service::count(service, "desiredCount");
    if wanted(before) != wanted(after) {
        let (old, new) = (wanted(before), wanted(after));
        lines.push(format!("{called}: {} wanted, {old} before", render::counted(new, "task")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::told;
    use crate::command::service::tests::{updating, web};
    use serde_json::json;

    #[test]
    fn what_changed_is_told() {
        let mut after = updating();
        after["desiredCount"] = json!(5);
        assert_eq!(
            told(&web(), &after),
            [
                "service `web` in cluster `default`: deployment ecs-svc/2 of web:1 → web:2",
                "service `web` in cluster `default`: 5 tasks wanted, 3 before",
            ]
        );
    }

    #[test]
    fn a_forced_deployment_is_of_the_same_definition_anew() {
        let mut after = web();
        after["deployments"][0]["id"] = json!("ecs-svc/2");
        assert_eq!(
            told(&web(), &after),
            ["service `web` in cluster `default`: deployment ecs-svc/2 of web:1 anew"]
        );
        assert!(told(&after, &after).is_empty());
    }
}
