//! CreateService.

use super::{create, deployments, describe, stage};
use serde_json::json;

#[test]
fn a_new_service_has_one_deployment_in_progress() {
    let mut stage = stage();
    let service = create(&mut stage, json!({}));
    assert_eq!(deployments(&service), "PRIMARY web:1 want 2 IN_PROGRESS");
    assert_eq!(describe(&mut stage)["status"], "ACTIVE");
}

#[test]
fn an_update_begins_another() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    let service = super::update(&mut stage, json!({"forceNewDeployment": true}));
    assert_eq!(
        deployments(&service),
        "PRIMARY web:1 want 2 IN_PROGRESS, ACTIVE web:1 want 0 IN_PROGRESS"
    );
}
