//! Rules of an instance that leaves.

use crate::ecs::stage::Stage;
use serde_json::json;

fn with_task() -> (Stage, String, String) {
    let mut stage = Stage::new();
    let host = stage.host("a", json!({}));
    stage.define("web", json!({}));
    let task = stage.task();
    (stage, host, task)
}

#[test]
fn an_empty_instance_becomes_inactive_and_is_listed_no_more() {
    let mut stage = Stage::new();
    let host = stage.host("a", json!({}));
    let reply = stage.ok("DeregisterContainerInstance", json!({"containerInstance": host}));
    let instance = &reply["containerInstance"];
    assert_eq!(
        (&instance["status"], &instance["agentConnected"]),
        (&json!("INACTIVE"), &json!(false))
    );
    assert_eq!(instance["version"], 2);
    assert_eq!(stage.ok("ListContainerInstances", json!({}))["containerInstanceArns"], json!([]));
    let described = stage.ok("DescribeContainerInstances", json!({"containerInstances": [host]}));
    assert_eq!(described["containerInstances"][0]["status"], "INACTIVE");
    let before = stage.world.snapshot.revision();
    let again = stage.ok("DeregisterContainerInstance", json!({"containerInstance": host}));
    assert_eq!(again["containerInstance"]["version"], 2);
    assert_eq!(stage.world.snapshot.revision(), before);
    stage.ok("DeleteCluster", json!({"cluster": "default"}));
}

#[test]
fn tasks_keep_an_instance_unless_forced() {
    let (mut stage, host, task) = with_task();
    let found = "InvalidParameterException: Found running tasks on the instance.";
    for force in [json!({}), json!({"force": false})] {
        let mut request = force;
        request["containerInstance"] = json!(host);
        assert_eq!(stage.fault("DeregisterContainerInstance", request), found);
    }
    let other = stage.task();
    stage.report(&task, json!({"status": "RUNNING"}));
    stage.ok("DeregisterContainerInstance", json!({"containerInstance": host, "force": true}));
    for task in [task, other] {
        let life = stage.life(&task);
        assert!(life.starts_with("STOPPED desired STOPPED"), "{life}");
        assert!(
            life.ends_with("UserInitiated: Container instance deregistration forced by user"),
            "{life}"
        );
    }
    assert_eq!(stage.ledger(&host), domain::instance::Ledger::default());
}

#[test]
fn an_instance_whose_tasks_have_stopped_goes_without_force() {
    let (mut stage, host, task) = with_task();
    stage.report(&task, json!({"status": "STOPPED"}));
    stage.ok("DeregisterContainerInstance", json!({"containerInstance": host}));
}

#[test]
fn a_task_placed_meanwhile_is_not_overlooked() {
    let (mut stage, host, task) = with_task();
    stage.report(&task, json!({"status": "STOPPED"}));
    let row =
        crate::ecs::TABLE.service.operation("DeregisterContainerInstance").expect("an operation");
    let body = json!({"containerInstance": host}).to_string();
    let request = wire::codec::json::decode(row.input, body.as_bytes()).expect("JSON");
    let (_, writes) =
        super::deregister(&stage.world.view(), &request, &stage.world.ctx()).expect("it is empty");
    stage.task();
    assert!(stage.world.snapshot.with(&writes).is_err());
}

#[test]
fn an_unknown_instance_is_a_fault() {
    let mut stage = Stage::new();
    let request = json!({"containerInstance": "0123456789abcdef0123456789abcdef"});
    assert!(
        stage
            .fault("DeregisterContainerInstance", request)
            .starts_with("InvalidParameterException")
    );
}
