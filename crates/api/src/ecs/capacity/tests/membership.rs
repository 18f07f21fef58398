//! Instances and their provider.

use super::{check_conflict, group, make, put};
use crate::ecs::{capacity::association, register_instance, stage::Stage};
use serde_json::{Value as Json, json};

/// What an agent with `ECS_INSTANCE_ATTRIBUTES` says.
fn of_group(name: &str) -> Json {
    json!({"attributes": [{"name": "longshore.auto-scaling-group", "value": name}]})
}

fn provider(stage: &mut Stage, arn: &str) -> Json {
    let request = json!({"containerInstances": [arn]});
    stage.ok("DescribeContainerInstances", request)["containerInstances"][0]["capacityProviderName"]
        .take()
}

/// Providers `a` and `b`, of which the cluster has `a`.
fn stage() -> Stage {
    let mut stage = Stage::new();
    make(&mut stage, "a", json!({}));
    make(&mut stage, "b", json!({}));
    put(&mut stage, &["FARGATE", "a"]);
    stage
}

#[test]
fn an_instance_belongs_to_the_provider_of_its_group_when_it_registers() {
    let mut stage = stage();
    let cases = [
        ("a", json!("a")),
        (group("a").as_str(), json!("a")),
        ("b", Json::Null),
        ("c", Json::Null),
    ]
    .map(|(group, expected)| (of_group(group), expected));
    for (more, expected) in cases {
        let arn = stage.host("one", more.clone());
        assert_eq!(provider(&mut stage, &arn), expected, "{more}");
    }
    let arn = stage.host("one", json!({}));
    assert_eq!(provider(&mut stage, &arn), Json::Null);
}

#[test]
fn an_instance_outside_of_ec2_belongs_to_none() {
    let mut stage = stage();
    let attributes = json!([
        {"name": "longshore.auto-scaling-group", "value": "a"}, {"name": "ecs.capability.external"},
    ]);
    let arn = stage.host("one", json!({"attributes": attributes}));
    assert_eq!(provider(&mut stage, &arn), Json::Null);
}

#[test]
fn instances_follow_their_cluster_s_providers() {
    let mut stage = stage();
    let (a, b) = (stage.host("one", of_group("a")), stage.host("two", of_group("b")));
    let version = |stage: &mut Stage| {
        let request = json!({"containerInstances": [b]});
        let shown = stage.ok("DescribeContainerInstances", request);
        shown["containerInstances"][0]["version"].as_i64().expect("a number")
    };
    let before = version(&mut stage);
    put(&mut stage, &["a", "b"]);
    assert_eq!((provider(&mut stage, &a), provider(&mut stage, &b)), (json!("a"), json!("b")));
    assert_eq!(version(&mut stage), before + 1, "instances have a new version when they change");
    put(&mut stage, &["b"]);
    assert_eq!((provider(&mut stage, &a), provider(&mut stage, &b)), (Json::Null, json!("b")));
    assert_eq!(version(&mut stage), before + 1, "and keep it when they do not");
}

#[test]
fn an_instance_that_registers_again_with_another_group_changes_its_provider() {
    let mut stage = stage();
    put(&mut stage, &["a", "b"]);
    let arn = stage.host("one", of_group("a"));
    let mut again = of_group("b");
    again["containerInstanceArn"] = json!(arn);
    assert_eq!(stage.host("one", again), arn);
    assert_eq!(provider(&mut stage, &arn), "b");
}

#[test]
fn a_group_that_users_put_or_delete_counts_too() {
    let mut stage = stage();
    let arn = stage.host("one", json!({}));
    let attribute = json!({"name": "longshore.auto-scaling-group", "value": "a", "targetId": arn});
    stage.ok("PutAttributes", json!({"attributes": [attribute]}));
    assert_eq!(provider(&mut stage, &arn), "a");
    stage.ok("DeleteAttributes", json!({"attributes": [attribute]}));
    assert_eq!(provider(&mut stage, &arn), Json::Null);
}

#[test]
fn registering_and_associating_at_once_do_not_miss_each_other() {
    let mut stage = stage();
    let put = (
        "PutClusterCapacityProviders",
        json!({"cluster": "default", "capacityProviders": ["a", "b"], "defaultCapacityProviderStrategy": []}),
    );
    let mut request = of_group("b");
    request["totalResources"] = crate::ecs::stage::resources(1024, 1024);
    let register = ("RegisterContainerInstance", request.clone());
    check_conflict(&stage, register.clone(), association::put, put.clone());
    check_conflict(&stage, put.clone(), register_instance::register, register);
    let arn = stage.host("one", of_group("a"));
    request["containerInstanceArn"] = json!(arn);
    let again = ("RegisterContainerInstance", request);
    check_conflict(&stage, again.clone(), association::put, put.clone());
    check_conflict(&stage, put, register_instance::register, again);
}
