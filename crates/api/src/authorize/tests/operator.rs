//! What policies say of Longshore's own operations.

use super::{ask, world};
use crate::operator::TABLE;
use serde_json::{Value as Json, json};

#[test]
fn hosts_of_the_pool_are_allowed_one_by_one() {
    let host = |id: &str| format!("arn:aws:longshore:us-east-1:123456789012:fargate-host/{id}");
    let statement = json!([
        {"Effect": "Allow", "Action": "longshore:*FargateHost", "Resource": host("a1*")},
        {"Effect": "Deny", "Action": "longshore:RemoveFargateHost", "Resource": host("a1b")},
    ]);
    let one_by_one = world(statement);
    let may = |operation: &str, request: Json| {
        ask(&one_by_one, TABLE.service, operation, request) == "allowed"
    };
    for operation in ["DrainFargateHost", "ResumeFargateHost", "RemoveFargateHost"] {
        assert!(may(operation, json!({"host": "a1c"})), "{operation}");
        assert!(!may(operation, json!({"host": "b1c"})), "{operation}");
    }
    assert!(may("DrainFargateHost", json!({"host": "a1b", "stopTasks": true})));
    assert!(!may("RemoveFargateHost", json!({"host": "a1b", "force": true})));
    // Which hosts there are is asked about all of them, and whose capacity is taken back about a task.
    assert!(!may("ListFargateHosts", json!({})));
    let list = |resource: &str| {
        let statement = json!({"Effect": "Allow", "Action": "longshore:ListFargateHosts", "Resource": resource});
        ask(&world(statement), TABLE.service, "ListFargateHosts", json!({})) == "allowed"
    };
    assert!(list("*") && !list(&host("*")));
    let interrupt = |resource: &str| {
        let statement = json!({"Effect": "Allow", "Action": "longshore:InterruptSpotTask", "Resource": resource});
        let request = json!({"cluster": "web", "task": "t1"});
        ask(&world(statement), TABLE.service, "InterruptSpotTask", request) == "allowed"
    };
    assert!(interrupt("arn:aws:ecs:us-east-1:123456789012:task/web/*") && !interrupt(&host("*")));
}
