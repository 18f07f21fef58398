//! Where the transcript of a session goes: to the log group that its cluster's configuration names, or its container's own.
//!
//! Not here: writing it (the host's agent). What cannot be served is refused by its name when a session is asked for, because who asks for
//! transcripts asks for a reason; a cluster may be made with it, as stacks do.

use crate::{
    decide::{Ctx, View},
    ecs::fault,
};
use domain::{
    cluster::Cluster,
    definition::TaskDefinition,
    log_group,
    task::{Container, Task},
};
use serde_json::Value as Json;
use wire::Fault;

/// The log group that the transcript of a session in `container` is for; none where no transcript is kept.
///
/// # Errors
/// If it would have to go where Longshore brings nothing.
pub(super) fn group(
    view: &View,
    ctx: &Ctx,
    cluster: &Cluster,
    task: &Task,
    container: &Container,
) -> Result<Option<String>, Fault> {
    let exec = cluster.configuration.as_ref().map(|all| &all["executeCommandConfiguration"]);
    let exec = exec.unwrap_or(&Json::Null);
    if is_said(&exec["kmsKeyId"]) {
        return Err(unserved("Encryption of ECS Exec's sessions with a `kmsKeyId`"));
    }
    let group = match exec["logging"].as_str().unwrap_or("DEFAULT") {
        "OVERRIDE" => Some(overriding(&exec["logConfiguration"])?),
        "DEFAULT" => own(view, ctx, task, container)?,
        // NONE: the table of shapes knows no other.
        _ => None,
    };
    match &group {
        Some(name) if log_group::directory(name).is_none() => {
            Err(fault::client(format!("`{name}` is no name of a log group, or too long for one.")))
        }
        _ => Ok(group),
    }
}

/// What a cluster's own configuration says.
fn overriding(log: &Json) -> Result<String, Fault> {
    if ["s3BucketName", "s3KeyPrefix", "s3EncryptionEnabled"].iter().any(|it| is_said(&log[*it])) {
        return Err(unserved("Logging of ECS Exec's sessions to Amazon S3 (`s3BucketName`)"));
    }
    if is_said(&log["cloudWatchEncryptionEnabled"]) {
        let what = "Encryption of ECS Exec's transcripts (`cloudWatchEncryptionEnabled`)";
        return Err(unserved(what));
    }
    let group = log["cloudWatchLogGroupName"].as_str().filter(|group| !group.is_empty());
    group.map(str::to_owned).ok_or_else(|| {
        fault::client("The cluster's `executeCommandConfiguration` has `logging` OVERRIDE and names no `cloudWatchLogGroupName`.")
    })
}

/// Whether a configuration asks for something: a text that is not empty, or true.
fn is_said(value: &Json) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty()) || value.as_bool() == Some(true)
}

/// The log group of the container's own `awslogs` driver. Others than that have no transcripts.
fn own(
    view: &View,
    ctx: &Ctx,
    task: &Task,
    container: &Container,
) -> Result<Option<String>, Fault> {
    let key = TaskDefinition::key(&ctx.scope, &task.family, task.revision);
    let definition = view.get::<TaskDefinition>(&key)?;
    let containers = definition.iter().flat_map(|found| &found.container_definitions);
    let own = containers.into_iter().find(|it| it.name == container.name);
    let log = own.and_then(|it| it.log_configuration.as_ref());
    let options = log.filter(|log| log.log_driver == "awslogs").and_then(|it| it.options.as_ref());
    Ok(options.and_then(|options| options.get("awslogs-group").cloned()))
}

fn unserved(what: &str) -> Fault {
    fault::client(format!(
        "{what} is not served by Longshore: remove it from the cluster's `executeCommandConfiguration`."
    ))
}
