//! DeleteService.

use super::{create, create_daemon, create_external, describe, record, stage, stories, update};
use crate::ecs::stage::{Stage, text};
use domain::{
    id::ServiceName,
    service::{ServiceEvent, ServiceStatus},
};
use serde_json::{Value as Json, json};

fn delete(stage: &mut Stage, more: Json) -> Json {
    let request = super::with(json!({"service": "web"}), more);
    stage.ok("DeleteService", request)["service"].take()
}

/// One event of `web`.
fn tell(stage: &mut Stage, number: u64) {
    let name = ServiceName::parse("web").expect("a name");
    let scope = stage.world.scope();
    let key = ServiceEvent::key(&scope, &super::cluster(), &name, number);
    let event = ServiceEvent {
        id: domain::id::uuid([7; 16]),
        created_at: stage.world.now,
        message: "(service web) has reached a steady state.".into(),
    };
    stage.world.put(&key, event);
}

#[test]
fn what_is_scaled_above_zero_goes_only_by_force() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    assert_eq!(
        stage.fault("DeleteService", json!({"service": "web"})),
        "InvalidParameterException: The service cannot be stopped while it is scaled above 0."
    );
    update(&mut stage, json!({"desiredCount": 0}));
    assert_eq!(delete(&mut stage, json!({}))["status"], "INACTIVE");
}

#[test]
fn a_daemon_goes_without_force() {
    let mut stage = stage();
    stage.host("a", json!({}));
    assert_eq!(create_daemon(&mut stage, json!({}))["desiredCount"], 1);
    let service = delete(&mut stage, json!({}));
    assert_eq!((&service["status"], &service["desiredCount"]), (&json!("INACTIVE"), &json!(0)));
}

#[test]
fn a_service_without_tasks_is_inactive_at_once_and_its_history_is_gone() {
    let mut stage = stage();
    create(&mut stage, json!({"tags": [{"key": "team", "value": "a"}]}));
    let service = delete(&mut stage, json!({"force": true}));
    assert_eq!(service["status"], "INACTIVE");
    assert_eq!(service["deployments"], json!([]));
    assert_eq!(service.get("currentServiceDeployment"), None);
    assert_eq!(record(&stage).inactive_since, Some(stage.world.now));
    assert!(stories(&stage).is_empty());
    let request = json!({"services": ["web"], "include": ["TAGS"]});
    let described = stage.ok("DescribeServices", request)["services"][0].take();
    assert_eq!((&described["status"], &described["tags"]), (&json!("INACTIVE"), &json!([])));
    assert_eq!(stage.ok("ListServices", json!({}))["serviceArns"], json!([]));
}

#[test]
fn a_service_with_tasks_is_draining_until_they_are_gone() {
    let mut stage = stage();
    let host = stage.host("a", json!({}));
    let service = create(&mut stage, json!({}));
    let task = stage.serve("web", &text(&service["deployments"][0]["id"]), &host);
    let service = delete(&mut stage, json!({"force": true}));
    assert_eq!(service["status"], "DRAINING");
    assert_eq!((&service["desiredCount"], &service["pendingCount"]), (&json!(0), &json!(1)));
    assert_eq!(service["deployments"][0]["desiredCount"], 0);
    assert_eq!(stage.ok("ListServices", json!({}))["serviceArns"], json!([]));
    // Deleting it again is no mistake, creating it again is.
    assert_eq!(delete(&mut stage, json!({}))["status"], "DRAINING");
    let request = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 1});
    assert_eq!(
        stage.fault("CreateService", request),
        "InvalidParameterException: Unable to Start a service that is still Draining."
    );
    assert_eq!(
        stage.fault("UpdateService", json!({"service": "web", "desiredCount": 1})),
        "ServiceNotActiveException: Service was not ACTIVE."
    );
    // A task that has ended does not count, though it is kept.
    stage.report(&task, json!({"status": "STOPPED"}));
    assert_eq!(describe(&mut stage)["pendingCount"], 0);
}

#[test]
fn a_task_that_ended_does_not_keep_a_service() {
    let mut stage = stage();
    let host = stage.host("a", json!({}));
    let service = create(&mut stage, json!({}));
    let task = stage.serve("web", &text(&service["deployments"][0]["id"]), &host);
    stage.report(&task, json!({"status": "STOPPED"}));
    assert_eq!(delete(&mut stage, json!({"force": true}))["status"], "INACTIVE");
}

#[test]
fn the_name_of_an_inactive_service_may_be_used_again() {
    let mut stage = stage();
    let first = create(&mut stage, json!({"clientToken": "t", "enableECSManagedTags": true}));
    tell(&mut stage, 0);
    delete(&mut stage, json!({"force": true}));
    assert_eq!(describe(&mut stage)["events"].as_array().map(Vec::len), Some(1));
    let second = create(&mut stage, json!({"clientToken": "t"}));
    assert_eq!(second["status"], "ACTIVE");
    assert_eq!(second["enableECSManagedTags"], false);
    assert_eq!(second["events"], json!([]), "what the first was told is not the second's");
    assert_ne!(first["deployments"][0]["id"], second["deployments"][0]["id"]);
    assert_eq!(stories(&stage).len(), 1);
}

#[test]
fn task_sets_go_only_by_force_and_are_draining_while_they_have_tasks() {
    let mut stage = stage();
    let host = stage.host("a", json!({}));
    create_external(&mut stage, json!({"desiredCount": 0}));
    let request = json!({"cluster": "default", "service": "web", "taskDefinition": "web"});
    let set = stage.ok("CreateTaskSet", request)["taskSet"].take();
    let refusals = vec![(json!({"service": "web"}), "InvalidParameterException task sets")];
    stage.check_refusals("DeleteService", refusals);
    let task = stage.serve("web", &text(&set["id"]), &host);
    let service = delete(&mut stage, json!({"force": true}));
    assert_eq!(service["status"], "DRAINING");
    assert_eq!(service["taskSets"][0]["status"], "DRAINING");
    stage.report(&task, json!({"status": "STOPPED"}));
}

#[test]
fn task_sets_without_tasks_go_with_their_service() {
    let mut stage = stage();
    create_external(&mut stage, json!({"desiredCount": 0}));
    let request = json!({"cluster": "default", "service": "web", "taskDefinition": "web"});
    stage.ok("CreateTaskSet", request);
    let service = delete(&mut stage, json!({"force": true}));
    assert_eq!((&service["status"], &service["taskSets"]), (&json!("INACTIVE"), &json!([])));
}

#[test]
fn what_is_not_there_cannot_be_deleted() {
    let mut stage = stage();
    let missing = "ServiceNotFoundException: Service not found.";
    assert_eq!(stage.fault("DeleteService", json!({"service": "web"})), missing);
    create(&mut stage, json!({}));
    delete(&mut stage, json!({"force": true}));
    assert_eq!(record(&stage).status, ServiceStatus::Inactive);
    assert_eq!(stage.fault("DeleteService", json!({"service": "web"})), missing);
}
