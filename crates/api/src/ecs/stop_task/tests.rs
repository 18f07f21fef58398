//! Rules of StopTask.

use crate::ecs::stage::{Stage, cluster, instance_id};
use domain::{instance::ContainerInstance, status::InstanceStatus, task::Task};
use serde_json::json;

fn running() -> (Stage, String, String) {
    let mut stage = Stage::new();
    let host = stage.host("a", json!({}));
    stage.define("web", json!({"cpu": 100}));
    let task = stage.task();
    stage.report(&task, json!({"status": "RUNNING"}));
    (stage, host, task)
}

#[test]
fn what_is_wanted_changes_at_once_and_what_is_when_the_agent_says_so() {
    let (mut stage, host, task) = running();
    let reply = stage.ok("StopTask", json!({"task": task, "reason": "enough"}));
    assert_eq!(reply["task"]["desiredStatus"], "STOPPED");
    assert_eq!(reply["task"]["lastStatus"], "RUNNING");
    assert!(reply["task"]["stoppingAt"].is_number());
    assert_eq!(stage.life(&task), "RUNNING desired STOPPED v3 app=PENDING UserInitiated: enough");
    assert_eq!(stage.ledger(&host).held.cpu, 100, "a task that stops still holds what it has");
    stage.report(&task, json!({"status": "STOPPED"}));
    assert_eq!(stage.life(&task), "STOPPED desired STOPPED v4 app=STOPPED UserInitiated: enough");
    assert_eq!(stage.ledger(&host).held.cpu, 0);
}

#[test]
fn the_first_reason_stays_and_stopping_twice_is_no_mistake() {
    let (mut stage, _, task) = running();
    stage.ok("StopTask", json!({"task": task}));
    stage.ok("StopTask", json!({"task": task, "reason": "again"}));
    stage.report(&task, json!({"status": "STOPPED"}));
    let before = stage.world.snapshot.revision();
    let reply = stage.ok("StopTask", json!({"task": task, "reason": "too late"}));
    assert_eq!(stage.world.snapshot.revision(), before);
    assert_eq!(reply["task"]["stoppedReason"], "Task stopped by user");
    assert_eq!(reply["task"]["lastStatus"], "STOPPED");
}

#[test]
fn a_task_that_no_agent_has_is_stopped_at_once() {
    let (mut stage, host, task) = running();
    let key = ContainerInstance::key(&stage.world.scope(), &cluster(), &instance_id(&host));
    stage
        .world
        .change::<ContainerInstance>(&key, |instance| instance.status = InstanceStatus::Inactive);
    stage.ok("StopTask", json!({"task": task}));
    assert_eq!(
        stage.life(&task),
        "STOPPED desired STOPPED v3 app=STOPPED UserInitiated: Task stopped by user"
    );
    let other = {
        let id = domain::id::TaskId::from_bytes([7; 16]);
        let found = stage.world.all::<Task>(&Task::all_in(&stage.world.scope(), &cluster()));
        let waiting = Task {
            id: id.clone(),
            instance: None,
            desired: domain::status::DesiredStatus::Running,
            last: domain::status::TaskStatus::Provisioning,
            stop: None,
            ..Task::clone(&found[0].record)
        };
        let scope = stage.world.scope();
        stage.world.put(&Task::key(&scope, &cluster(), &id), waiting);
        id.to_string()
    };
    let reply = stage.ok("StopTask", json!({"task": other}));
    assert_eq!(reply["task"]["lastStatus"], "STOPPED");
}

#[test]
fn an_unknown_task_is_a_fault() {
    let (mut stage, _, task) = running();
    let unknown = "InvalidParameterException: The referenced task was not found.";
    let elsewhere = task.replace("us-east-1", "eu-west-1");
    let in_other_cluster = task.replace("default", "other");
    for identifier in ["0123456789abcdef0123456789abcdef", "x", &elsewhere, &in_other_cluster] {
        assert_eq!(stage.fault("StopTask", json!({"task": identifier})), unknown, "{identifier}");
    }
    let long = json!({"task": task, "reason": "r".repeat(256)});
    assert!(stage.fault("StopTask", long).contains("255"));
    let id = task.rsplit('/').next().expect("an id");
    stage.ok("StopTask", json!({"task": id, "cluster": "default"}));
}
