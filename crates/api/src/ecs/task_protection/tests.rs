//! Who is protected, until when, and who cannot be.

use crate::ecs::stage::{Stage, cluster, list, text};
use domain::{deployment::RolloutState, id::ServiceName, key::Key, service::Service, time::Millis};
use serde_json::{Value as Json, json};

/// 2026-12-01T10:00:00Z, in seconds.
const NOW: i64 = 1_796_119_200;

/// A service `web` of two tasks, which run.
fn stage() -> (Stage, Vec<String>) {
    let mut stage = Stage::new();
    stage.define("web", json!({}));
    let request = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 2});
    stage.ok("CreateService", request);
    let host = stage.host("a", json!({}));
    let deployment = deployment(&stage);
    let tasks = (0..2).map(|_| stage.serve("web", &deployment, &host)).collect();
    (stage, tasks)
}

fn key(stage: &Stage) -> Key {
    let name = ServiceName::parse("web").expect("a name");
    Service::key(&stage.world.scope(), &cluster(), &name)
}

/// The PRIMARY deployment.
fn deployment(stage: &Stage) -> String {
    let service = stage.world.get::<Service>(&key(stage)).expect("the service");
    service.deployments[0].id.prefixed()
}

fn host(stage: &mut Stage) -> String {
    let reply = stage.ok("ListContainerInstances", json!({}));
    text(&reply["containerInstanceArns"][0])
}

/// Each task's protection, then each failure: `true 60 | MISSING`. Times are minutes from the beginning.
fn short(reply: &Json) -> String {
    let task = |task: &Json| {
        let until = task["expirationDate"].as_i64().map(|at| format!(" {}", (at - NOW) / 60));
        format!("{}{}", task["protectionEnabled"], until.unwrap_or_default())
    };
    let shown: Vec<_> = list(&reply["protectedTasks"])
        .map(task)
        .chain(list(&reply["failures"]).map(|it| text(&it["reason"])))
        .collect();
    shown.join(" | ")
}

fn update(stage: &mut Stage, tasks: &[String], more: Json) -> String {
    let mut request = json!({"cluster": "default", "tasks": tasks, "protectionEnabled": true});
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    short(&stage.ok("UpdateTaskProtection", request))
}

fn get(stage: &mut Stage, tasks: &[String]) -> String {
    short(&stage.ok("GetTaskProtection", json!({"cluster": "default", "tasks": tasks})))
}

#[test]
fn a_task_is_protected_for_two_hours_or_as_long_as_is_said() {
    let (mut stage, tasks) = stage();
    assert_eq!(get(&mut stage, &tasks), "false | false");
    assert_eq!(update(&mut stage, &tasks[..1], json!({})), "true 120");
    assert_eq!(update(&mut stage, &tasks[1..], json!({"expiresInMinutes": 2880})), "true 2880");
    assert_eq!(get(&mut stage, &tasks), "true 120 | true 2880");
}

#[test]
fn protecting_again_counts_from_now() {
    let (mut stage, tasks) = stage();
    update(&mut stage, &tasks[..1], json!({}));
    stage.world.pass(Millis::from_s(600));
    assert_eq!(update(&mut stage, &tasks[..1], json!({"expiresInMinutes": 1})), "true 11");
}

#[test]
fn protection_ends_when_its_time_is_over_or_when_somebody_ends_it() {
    let (mut stage, tasks) = stage();
    update(&mut stage, &tasks, json!({"expiresInMinutes": 10}));
    assert_eq!(update(&mut stage, &tasks[..1], json!({"protectionEnabled": false})), "false");
    assert_eq!(get(&mut stage, &tasks), "false | true 10");
    stage.world.pass(Millis::from_s(599));
    assert_eq!(get(&mut stage, &tasks), "false | true 10");
    stage.world.pass(Millis::from_s(1));
    assert_eq!(get(&mut stage, &tasks), "false | false");
}

#[test]
fn only_living_tasks_of_services_are_protected() {
    let (mut stage, mut tasks) = stage();
    let standalone = stage.task();
    stage.ok("StopTask", json!({"task": tasks[0]}));
    tasks.extend([standalone, "0".repeat(32)]);
    let expected = "true 120 | TASK_NOT_VALID | TASK_NOT_VALID | MISSING";
    assert_eq!(update(&mut stage, &tasks, json!({})), expected);
    assert_eq!(get(&mut stage, &tasks), expected);
    let reply =
        stage.ok("GetTaskProtection", json!({"cluster": "default", "tasks": ["0".repeat(32)]}));
    let arn = format!("arn:aws:ecs:us-east-1:123456789012:task/default/{}", "0".repeat(32));
    assert_eq!(reply["failures"], json!([{"arn": arn, "reason": "MISSING"}]));
}

#[test]
fn a_task_that_is_named_twice_is_protected_once() {
    let (mut stage, tasks) = stage();
    let id = tasks[0].rsplit('/').next().expect("an id").to_owned();
    assert_eq!(update(&mut stage, &[tasks[0].clone(), id], json!({})), "true 120");
}

#[test]
fn no_more_is_protected_when_that_already_blocks_a_deployment() {
    let (mut stage, old) = stage();
    let host = host(&mut stage);
    stage.ok("UpdateService", json!({"service": "web", "forceNewDeployment": true}));
    assert_eq!(update(&mut stage, &old[..1], json!({})), "true 120");
    let second = deployment(&stage);
    let new: Vec<_> = (0..2).map(|_| stage.serve("web", &second, &host)).collect();
    assert_eq!(
        update(&mut stage, &new[..1], json!({})),
        "true 120",
        "an old task that is not protected can still be stopped"
    );
    stage.ok("StopTask", json!({"task": old[1]}));
    assert_eq!(update(&mut stage, &new[1..], json!({})), "DEPLOYMENT_BLOCKED");
    assert_eq!(
        update(&mut stage, &old[..1], json!({"protectionEnabled": false})),
        "false",
        "the way out is open"
    );
    assert_eq!(update(&mut stage, &new[1..], json!({})), "true 120");
}

#[test]
fn a_deployment_that_can_start_tasks_is_not_blocked() {
    let (mut stage, old) = stage();
    stage.ok("UpdateService", json!({"service": "web", "forceNewDeployment": true}));
    assert_eq!(update(&mut stage, &old, json!({})), "true 120 | true 120");
    assert_eq!(update(&mut stage, &old, json!({"expiresInMinutes": 60})), "true 60 | true 60");
}

#[test]
fn no_more_is_protected_than_is_wanted() {
    let (mut stage, tasks) = stage();
    let key = key(&stage);
    stage.world.change::<Service>(&key, |service| {
        service.deployments[0].rollout = RolloutState::Completed;
    });
    update(&mut stage, &tasks, json!({}));
    assert_eq!(update(&mut stage, &tasks, json!({})), "true 120 | true 120");
    stage.ok("UpdateService", json!({"service": "web", "desiredCount": 1}));
    assert_eq!(update(&mut stage, &tasks[..1], json!({})), "DEPLOYMENT_BLOCKED");
}

#[test]
fn calls_have_their_bounds() {
    let (mut stage, tasks) = stage();
    let of = |tasks: Json, minutes: i64| json!({"cluster": "default", "tasks": tasks, "protectionEnabled": true, "expiresInMinutes": minutes});
    let eleven = json!(vec![tasks[0].clone(); 11]);
    let cases = vec![
        (of(json!([]), 1), "InvalidParameterException empty"),
        (of(eleven, 1), "InvalidParameterException 10"),
        (of(json!(tasks), 0), "InvalidParameterException `expiresInMinutes`"),
        (of(json!(tasks), 2881), "InvalidParameterException `expiresInMinutes`"),
        (
            json!({"cluster": "none", "tasks": tasks, "protectionEnabled": true}),
            "ClusterNotFoundException",
        ),
    ];
    stage.check_refusals("UpdateTaskProtection", cases);
    let many = json!(vec![tasks[0].clone(); 101]);
    let cases = vec![
        (json!({"cluster": "default", "tasks": many}), "InvalidParameterException 100"),
        (json!({"cluster": "default"}), "InvalidParameterException empty"),
    ];
    stage.check_refusals("GetTaskProtection", cases);
}
