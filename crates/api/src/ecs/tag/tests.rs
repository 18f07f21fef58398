//! Tags: what is put, taken away and refused.

use crate::world::World;
use serde_json::{Value as Json, json};

const WEB: &str = "arn:aws:ecs:us-east-1:123456789012:cluster/web";

fn world() -> World {
    let mut world = World::new();
    world.ok("CreateCluster", json!({"clusterName": "web"}));
    world
}

fn tags(world: &mut World, arn: &str) -> Json {
    world.ok("ListTagsForResource", json!({"resourceArn": arn}))["tags"].clone()
}

#[test]
fn tags_are_put_replaced_and_taken_away() {
    let mut world = world();
    let tag = |key: &str, value: &str| json!({"key": key, "value": value});
    world.ok("TagResource", json!({"resourceArn": WEB, "tags": [tag("a", "1"), tag("b", "2")]}));
    world.ok("TagResource", json!({"resourceArn": WEB, "tags": [tag("a", "3"), {"key": "c"}]}));
    assert_eq!(tags(&mut world, WEB), json!([tag("a", "3"), tag("b", "2"), tag("c", "")]));
    world.ok("UntagResource", json!({"resourceArn": WEB, "tagKeys": ["a", "z"]}));
    assert_eq!(tags(&mut world, WEB), json!([tag("b", "2"), tag("c", "")]));
}

#[test]
fn definitions_have_tags_too() {
    let mut world = World::new();
    let container = json!({"name": "a", "image": "nginx", "memory": 64});
    world.ok(
        "RegisterTaskDefinition",
        json!({"family": "web", "containerDefinitions": [container]}),
    );
    let arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1";
    world.ok("TagResource", json!({"resourceArn": arn, "tags": [{"key": "a", "value": "1"}]}));
    assert_eq!(tags(&mut world, arn), json!([{"key": "a", "value": "1"}]));
}

#[test]
fn a_resource_has_at_most_fifty_tags() {
    let mut world = world();
    let many = |from: usize, to: usize| -> Json {
        (from..to).map(|at| json!({"key": format!("k{at}"), "value": "v"})).collect()
    };
    world.ok("TagResource", json!({"resourceArn": WEB, "tags": many(0, 50)}));
    for tags in [many(50, 51), many(0, 51)] {
        let why = world.fault("TagResource", json!({"resourceArn": WEB, "tags": tags}));
        assert!(why.starts_with("InvalidParameterException: "), "{why}");
    }
    world.ok("TagResource", json!({"resourceArn": WEB, "tags": many(10, 20)}));
}

#[test]
fn keys_and_values_have_their_letters_and_lengths() {
    let mut world = world();
    let mut is_taken = |key: &str, value: &str| {
        let tagged = world.call(
            "TagResource",
            json!({"resourceArn": WEB, "tags": [{"key": key, "value": value}]}),
        );
        tagged.map_err(|fault| assert_eq!(fault.code, "InvalidParameterException")).is_ok()
    };
    for (key, value) in
        [("Größe 1", "é+=@"), (&*"k".repeat(128), &*"v".repeat(256)), ("a.b:c/d_e-f", "")]
    {
        assert!(is_taken(key, value), "{key}={value}");
    }
    for (key, value) in [
        ("", "a"),
        ("aws:a", "b"),
        ("AWS:a", "b"),
        ("a#", "b"),
        ("a", "b\n"),
        (&*"k".repeat(129), ""),
        ("a", &*"v".repeat(257)),
    ] {
        assert!(!is_taken(key, value), "{key}={value}");
    }
    let twice = json!([{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]);
    assert!(
        world
            .fault("TagResource", json!({"resourceArn": WEB, "tags": twice}))
            .contains("Duplicate")
    );
}

#[test]
fn what_does_not_exist_has_no_tags() {
    let mut world = world();
    let arn = |rest: &str| format!("arn:aws:ecs:us-east-1:123456789012:{rest}");
    let mut why = |arn: &str| {
        let tag = world.fault("TagResource", json!({"resourceArn": arn, "tags": []}));
        let untag = world.fault("UntagResource", json!({"resourceArn": arn, "tagKeys": []}));
        let list = world.fault("ListTagsForResource", json!({"resourceArn": arn}));
        assert_eq!(tag, untag);
        [tag, list].map(|fault| fault.split(':').next().unwrap_or_default().to_owned())
    };
    let cluster = ["ClusterNotFoundException"; 2];
    assert_eq!(why(&arn("cluster/db")), cluster);
    assert_eq!(why("arn:aws:ecs:eu-west-1:123456789012:cluster/web"), cluster);
    let id = "0".repeat(32);
    for resource in [
        "task-definition/web:1".to_owned(),
        format!("task/web/{id}"),
        "service/web/api".to_owned(),
        format!("container-instance/web/{id}"),
    ] {
        assert_eq!(
            why(&arn(&resource)),
            ["ResourceNotFoundException", "InvalidParameterException"],
            "{resource}"
        );
    }
    for malformed in [
        "web",
        "arn:aws:s3:::bucket",
        &arn("cluster/a b"),
        &arn("task/web"),
        &arn("task-definition/web"),
    ] {
        assert_eq!(why(malformed), ["InvalidParameterException"; 2], "{malformed}");
    }
    assert_eq!(why(&arn("daemon/web/api")), ["ClientException"; 2]);
}
