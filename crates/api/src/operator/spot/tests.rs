//! Tasks that are interrupted, and those that cannot be.

use super::interrupt;
use crate::ecs::stage::{Stage, cluster, text};
use domain::{fargate, id::TaskId, key::Key, task::Task};
use serde_json::{Value as Json, json};
use wire::{Value, own};

/// A task of `web` on a host, which agents know of; its ARN.
fn stage() -> (Stage, String) {
    let mut stage = Stage::new();
    stage.host("a", json!({}));
    stage.define("web", json!({}));
    let task = stage.task();
    stage.report(
        &task,
        json!({"status": "RUNNING", "containers": [{"containerName": "app", "status": "RUNNING"}]}),
    );
    (stage, task)
}

fn key(stage: &Stage, task: &str) -> Key {
    let id = TaskId::parse(task.rsplit('/').next().expect("an id")).expect("an id");
    Task::key(&stage.world.scope(), &cluster(), &id)
}

/// As if RunTask had been given that capacity provider.
fn put_on(stage: &mut Stage, task: &str, provider: &str) {
    let key = key(stage, task);
    stage.world.change::<Task>(&key, |task| task.capacity_provider = Some(provider.to_owned()));
}

fn call(stage: &mut Stage, request: Json) -> Result<Value, String> {
    let request = crate::plain::from_json(request);
    let decided = interrupt(&stage.world.view(), &request, &stage.world.ctx());
    let (reply, writes) = decided.map_err(|fault| fault.to_string())?;
    let row = own::SERVICE.operation("InterruptSpotTask").expect("the operation");
    assert_eq!(wire::check::mismatch(row.output, &reply), None);
    stage.world.snapshot = stage.world.snapshot.with(&writes).expect("nobody else writes");
    stage.check_books();
    Ok(reply)
}

#[test]
fn a_task_of_spot_is_told_and_ends_when_its_agent_says_so() {
    let (mut stage, task) = stage();
    put_on(&mut stage, &task, fargate::SPOT);
    let reply = call(&mut stage, json!({"task": task})).expect("it is of Spot");
    let told = reply.get("task").expect("the task");
    assert_eq!(told.get("stopCode").and_then(Value::as_str), Some("SpotInterruption"));
    assert_eq!(told.get("desiredStatus").and_then(Value::as_str), Some("STOPPED"));
    assert_eq!(told.get("lastStatus").and_then(Value::as_str), Some("RUNNING"));
    assert!(stage.describe(&task)["stoppingAt"].is_number());
    // Who stops it too does not change why it ends.
    stage.ok("StopTask", json!({"task": task}));
    let again = call(&mut stage, json!({"task": task})).expect("it is still RUNNING");
    assert_eq!(again, reply);
    stage.report(&task, json!({"status": "STOPPED", "containers": [{"containerName": "app", "status": "STOPPED", "exitCode": 143}]}));
    let life = stage.life(&task);
    assert!(
        life.starts_with("STOPPED desired STOPPED") && life.contains("SpotInterruption: "),
        "{life}"
    );
    let fault = call(&mut stage, json!({"task": task})).expect_err("it is over");
    assert!(fault.starts_with("InvalidParameterException") && fault.contains("STOPPED"), "{fault}");
}

#[test]
fn others_are_refused_by_what_they_are() {
    let (mut stage, task) = stage();
    let fault = call(&mut stage, json!({"task": task})).expect_err("it is of EC2");
    assert!(fault.starts_with("InvalidParameterException") && fault.contains("EC2"), "{fault}");
    put_on(&mut stage, &task, fargate::ON_DEMAND);
    let fault = call(&mut stage, json!({"task": task})).expect_err("it is not of Spot");
    assert!(fault.contains("provider FARGATE:"), "{fault}");
    let fault = call(&mut stage, json!({"task": "0".repeat(32)})).expect_err("there is none");
    assert!(fault.starts_with("InvalidParameterException"), "{fault}");
    let fault = call(&mut stage, json!({"task": task, "cluster": "none"})).expect_err("no cluster");
    assert!(fault.starts_with("ClusterNotFoundException"), "{fault}");
    assert_eq!(text(&stage.describe(&task)["desiredStatus"]), "RUNNING");
}
