//! Rules of StartTask.

use crate::ecs::stage::{Stage, resources};
use expect_test::expect;
use serde_json::{Value as Json, json};

#[test]
fn each_named_instance_gets_one_task_or_says_why_not() {
    let mut stage = Stage::new();
    let a = stage.host("a", json!({}));
    let full = stage.host("full", json!({"totalResources": resources(1024, 32)}));
    let off = stage.host("off", json!({}));
    stage.connect(&off, false);
    let gone = stage.host("gone", json!({}));
    stage.ok("DeregisterContainerInstance", json!({"containerInstance": gone}));
    let drained = stage.host("drained", json!({}));
    let state = json!({"containerInstances": [drained], "status": "DRAINING"});
    stage.ok("UpdateContainerInstancesState", state);
    let constraint = json!([{"type": "memberOf", "expression": "attribute:rack exists"}]);
    stage.define_task("web", json!({"cpu": 600}), json!({"placementConstraints": constraint}));
    let unknown = "0123456789abcdef0123456789abcdef";
    let id = a.rsplit('/').next().expect("an id").to_owned();
    let request = json!({
        "taskDefinition": "web",
        "containerInstances": [a, full, off, gone, drained, unknown, "nonsense", id],
        "startedBy": "ada",
    });
    let reply = stage.ok("StartTask", request);
    expect![[r#"
        a drained
        a RESOURCE:CPU: needs 600 CPU units, 424 are free
        arn:aws:ecs:us-east-1:123456789012:container-instance/default/0123456789abcdef0123456789abcdef MISSING
        arn:aws:ecs:us-east-1:123456789012:container-instance/default/nonsense MISSING
        full RESOURCE:MEMORY: needs 64 MiB, 32 are free
        gone INACTIVE
        off AGENT"#]].assert_eq(&stage.short(&reply));
    assert_eq!(reply["tasks"][0]["startedBy"], "ada");
    assert_eq!(reply["tasks"][0]["launchType"], "EC2");
    assert_eq!(stage.ledger(&a).tasks(), 1);
}

#[test]
fn an_external_instance_takes_what_is_compatible_with_it() {
    let mut stage = Stage::new();
    let x = stage.host("x", json!({"attributes": [{"name": "ecs.capability.external"}]}));
    stage.define("web", json!({}));
    let reply = stage.ok("StartTask", json!({"taskDefinition": "web", "containerInstances": [x]}));
    assert_eq!(reply["tasks"][0]["launchType"], "EXTERNAL");
}

#[test]
fn whole_requests_are_refused_in_words() {
    let mut stage = Stage::new();
    let a = stage.host("a", json!({}));
    stage.define("web", json!({}));
    let on = |instances: Vec<&String>, more: Json| {
        let mut request = json!({"taskDefinition": "web", "containerInstances": instances});
        for (name, value) in more.as_object().expect("an object") {
            request[name] = value.clone();
        }
        request
    };
    let cases = vec![
        (on(vec![], json!({})), "InvalidParameterException 1 to 10"),
        (on(vec![&a; 11], json!({})), "InvalidParameterException 1 to 10"),
        (on(vec![&a], json!({"taskDefinition": "none"})), "ClientException found"),
        (
            on(vec![&a], json!({"startedBy": "a".repeat(37)})),
            "InvalidParameterException `startedBy`",
        ),
        (on(vec![&a], json!({"cluster": "other"})), "ClusterNotFoundException"),
    ];
    stage.check_refusals("StartTask", cases);
}
