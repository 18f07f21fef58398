//! Rules of registration.

use crate::ecs::stage::{Stage, cluster, instance_id, list, resources, text};
use domain::{cluster::Cluster, instance::InstanceLink, time::Millis};
use expect_test::expect;
use serde_json::{Value as Json, json};

fn register(stage: &mut Stage, more: Json) -> Json {
    let mut request = json!({"totalResources": resources(2048, 4096)});
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    stage.ok("RegisterContainerInstance", request)["containerInstance"].take()
}

fn attribute(instance: &Json, name: &str) -> Option<Json> {
    list(&instance["attributes"]).find(|it| it["name"] == name).map(|it| it["value"].clone())
}

#[test]
fn a_new_instance_is_shown_whole() {
    let mut stage = Stage::new();
    let more = json!({
        "attributes": [{"name": "ecs.cpu-architecture", "value": "arm64"}, {"name": "ecs.capability.full-sync"}],
        "tags": [{"key": "team", "value": "x"}],
        "platformDevices": [{"id": "g0", "type": "GPU"}],
    });
    let instance = register(&mut stage, more);
    let id = text(&instance["containerInstanceArn"]);
    let id = id.rsplit('/').next().expect("an id");
    let shown = serde_json::to_string_pretty(&instance).expect("JSON").replace(id, "ID");
    expect![[r#"
        {
          "agentConnected": false,
          "attachments": [],
          "attributes": [
            {
              "name": "ecs.availability-zone",
              "value": "us-east-1a"
            },
            {
              "name": "ecs.capability.full-sync"
            },
            {
              "name": "ecs.cpu-architecture",
              "value": "arm64"
            },
            {
              "name": "ecs.instance-type",
              "value": "longshore"
            },
            {
              "name": "ecs.os-family",
              "value": "LINUX"
            },
            {
              "name": "ecs.os-type",
              "value": "linux"
            }
          ],
          "containerInstanceArn": "arn:aws:ecs:us-east-1:123456789012:container-instance/default/ID",
          "ec2InstanceId": "i-62101c75747b3aae5",
          "pendingTasksCount": 0,
          "registeredAt": 1796119200,
          "registeredResources": [
            {
              "doubleValue": 0,
              "integerValue": 2048,
              "longValue": 0,
              "name": "CPU",
              "type": "INTEGER"
            },
            {
              "doubleValue": 0,
              "integerValue": 4096,
              "longValue": 0,
              "name": "MEMORY",
              "type": "INTEGER"
            },
            {
              "doubleValue": 0,
              "integerValue": 0,
              "longValue": 0,
              "name": "PORTS",
              "stringSetValue": [
                "22",
                "2375",
                "2376",
                "51678",
                "51679"
              ],
              "type": "STRINGSET"
            },
            {
              "doubleValue": 0,
              "integerValue": 0,
              "longValue": 0,
              "name": "PORTS_UDP",
              "stringSetValue": [],
              "type": "STRINGSET"
            },
            {
              "doubleValue": 0,
              "integerValue": 0,
              "longValue": 0,
              "name": "GPU",
              "stringSetValue": [
                "g0"
              ],
              "type": "STRINGSET"
            }
          ],
          "remainingResources": [
            {
              "doubleValue": 0,
              "integerValue": 2048,
              "longValue": 0,
              "name": "CPU",
              "type": "INTEGER"
            },
            {
              "doubleValue": 0,
              "integerValue": 4096,
              "longValue": 0,
              "name": "MEMORY",
              "type": "INTEGER"
            },
            {
              "doubleValue": 0,
              "integerValue": 0,
              "longValue": 0,
              "name": "PORTS",
              "stringSetValue": [
                "22",
                "2375",
                "2376",
                "51678",
                "51679"
              ],
              "type": "STRINGSET"
            },
            {
              "doubleValue": 0,
              "integerValue": 0,
              "longValue": 0,
              "name": "PORTS_UDP",
              "stringSetValue": [],
              "type": "STRINGSET"
            },
            {
              "doubleValue": 0,
              "integerValue": 0,
              "longValue": 0,
              "name": "GPU",
              "stringSetValue": [
                "g0"
              ],
              "type": "STRINGSET"
            }
          ],
          "runningTasksCount": 0,
          "status": "ACTIVE",
          "tags": [
            {
              "key": "team",
              "value": "x"
            }
          ],
          "version": 1,
          "versionInfo": {}
        }"#]].assert_eq(&shown);
}

#[test]
fn every_attribute_sent_comes_back_and_built_ins_are_added() {
    let mut stage = Stage::new();
    let sent = json!([
        {"name": "ecs.capability.task-eni"},
        {"name": "com.amazonaws.ecs.capability.docker-remote-api.1.17", "value": ""},
        {"name": "ecs.os-type", "value": "linux"},
        {"name": "rack", "value": "7"},
        {"name": "ecs.availability-zone", "value": "us-east-1f"},
    ]);
    let instance = register(&mut stage, json!({"attributes": sent}));
    assert_eq!(attribute(&instance, "ecs.capability.task-eni"), Some(Json::Null));
    assert!(attribute(&instance, "com.amazonaws.ecs.capability.docker-remote-api.1.17").is_some());
    assert_eq!(attribute(&instance, "rack"), Some(json!("7")));
    assert_eq!(attribute(&instance, "ecs.availability-zone"), Some(json!("us-east-1f")));
    assert_eq!(attribute(&instance, "ecs.os-type"), Some(json!("linux")));
    for name in ["ecs.os-family", "ecs.cpu-architecture", "ecs.instance-type"] {
        assert!(attribute(&instance, name).is_some_and(|value| value.is_string()), "{name}");
    }
}

#[test]
fn an_identity_document_says_what_the_agent_does_not() {
    let mut stage = Stage::new();
    let document = json!({
        "instanceId": "i-0abc", "instanceType": "m6g.large", "availabilityZone": "us-east-1c", "architecture": "arm64", "imageId": "ami-1",
    });
    let instance = register(&mut stage, json!({"instanceIdentityDocument": document.to_string()}));
    assert_eq!(instance["ec2InstanceId"], "i-0abc");
    for (name, value) in [
        ("ecs.instance-type", "m6g.large"),
        ("ecs.availability-zone", "us-east-1c"),
        ("ecs.cpu-architecture", "arm64"),
        ("ecs.ami-id", "ami-1"),
    ] {
        assert_eq!(attribute(&instance, name), Some(json!(value)), "{name}");
    }
    let zone = attribute(
        &register(&mut stage, json!({"instanceIdentityDocument": ""})),
        "ecs.availability-zone",
    );
    assert_eq!(zone, Some(json!("us-east-1a")));
}

#[test]
fn a_host_that_knows_of_no_ec2_has_an_id_that_stays() {
    let mut stage = Stage::new();
    let instance = register(&mut stage, json!({}));
    let arn = instance["containerInstanceArn"].as_str().expect("an ARN");
    let own = arn.rsplit('/').next().expect("an id");
    assert_eq!(instance["ec2InstanceId"], format!("i-{}", &own[..17]));
    let again = register(&mut stage, json!({"containerInstanceArn": arn}));
    assert_eq!(again["ec2InstanceId"], instance["ec2InstanceId"]);
    let external =
        register(&mut stage, json!({"attributes": [{"name": "ecs.capability.external"}]}));
    let arn = external["containerInstanceArn"].as_str().expect("an ARN");
    let own = arn.rsplit('/').next().expect("an id");
    assert_eq!(external["ec2InstanceId"], format!("mi-{}", &own[..17]));
}

#[test]
fn an_external_instance_is_named_by_its_session() {
    let mut stage = Stage::new();
    stage.world.caller.arn = "arn:aws:sts::123456789012:assumed-role/anywhere/mi-0123".into();
    let more = json!({"attributes": [{"name": "ecs.capability.external"}]});
    let instance = register(&mut stage, more);
    assert_eq!(instance["ec2InstanceId"], "mi-0123");
    assert_eq!(attribute(&instance, "ecs.instance-type"), None);
}

#[test]
fn registering_again_keeps_the_instance_and_takes_its_news() {
    let mut stage = Stage::new();
    let sent = json!([{"name": "ecs.capability.old"}, {"name": "rack", "value": "7"}]);
    let tags = json!([{"key": "a", "value": "b"}]);
    let first = register(&mut stage, json!({"attributes": sent, "tags": tags}));
    let arn = text(&first["containerInstanceArn"]);
    let target = json!([{"name": "stack", "value": "prod", "targetId": arn}]);
    stage.ok("PutAttributes", json!({"attributes": target}));
    stage.ok(
        "UpdateContainerInstancesState",
        json!({"containerInstances": [arn], "status": "DRAINING"}),
    );
    stage.world.pass(Millis::from_s(60));
    let again = register(
        &mut stage,
        json!({
            "containerInstanceArn": arn,
            "attributes": [{"name": "ecs.capability.new"}],
            "totalResources": resources(1024, 512),
        }),
    );
    assert_eq!(again["containerInstanceArn"], first["containerInstanceArn"]);
    assert_eq!(again["registeredAt"], first["registeredAt"]);
    assert_eq!(again["tags"], first["tags"]);
    assert_eq!(again["status"], "DRAINING");
    assert_eq!(again["version"], 4);
    assert_eq!(again["registeredResources"][1]["integerValue"], 512);
    let has = |name: &str| attribute(&again, name).is_some();
    assert!(has("stack") && has("rack") && has("ecs.capability.new") && has("ecs.os-type"));
    assert!(!has("ecs.capability.old"));
    let before = stage.world.snapshot.revision();
    let same = json!({
        "containerInstanceArn": arn,
        "attributes": [{"name": "ecs.capability.new"}],
        "totalResources": resources(1024, 512),
    });
    assert_eq!(register(&mut stage, same)["version"], 4);
    assert_eq!(stage.world.snapshot.revision(), before, "the same again changes nothing");
}

#[test]
fn an_instance_s_type_never_changes() {
    let mut stage = Stage::new();
    let of_type = |name: &str| json!([{"name": "ecs.instance-type", "value": name}]);
    let first = register(&mut stage, json!({"attributes": of_type("m5.large")}));
    let again = json!({
        "containerInstanceArn": first["containerInstanceArn"],
        "attributes": of_type("m5.xlarge"),
        "totalResources": resources(2048, 4096),
    });
    assert_eq!(
        stage.fault("RegisterContainerInstance", again),
        "ClientException: Container instance type changes are not supported."
    );
}

#[test]
fn an_agent_that_remembers_more_than_the_plane_keeps_its_arn() {
    let mut stage = Stage::new();
    let first = register(&mut stage, json!({}));
    let arn = text(&first["containerInstanceArn"]);
    stage.ok("DeregisterContainerInstance", json!({"containerInstance": arn}));
    let revived = register(&mut stage, json!({"containerInstanceArn": arn}));
    assert_eq!(
        (&revived["containerInstanceArn"], &revived["status"]),
        (&first["containerInstanceArn"], &json!("ACTIVE"))
    );
    let mut empty = Stage::new();
    let restored = register(&mut empty, json!({"containerInstanceArn": arn}));
    assert_eq!(restored["containerInstanceArn"], first["containerInstanceArn"]);
    for foreign in
        [arn.replace("us-east-1", "eu-west-1"), arn.replace("default", "other"), "x".into()]
    {
        let request = json!({"containerInstanceArn": foreign, "totalResources": resources(1, 1)});
        assert!(
            stage
                .fault("RegisterContainerInstance", request)
                .starts_with("InvalidParameterException")
        );
    }
}

#[test]
fn versions_that_are_told_are_kept() {
    let mut stage = Stage::new();
    let version = json!({"agentVersion": "1.105.1", "agentHash": "abc", "dockerVersion": "DockerVersion: 20"});
    let instance = register(&mut stage, json!({"versionInfo": version}));
    assert_eq!(instance["versionInfo"], version);
    assert_eq!(instance["agentConnected"], false);
}

#[test]
fn a_registration_that_makes_no_sense_is_refused() {
    let mut stage = Stage::new();
    let with = |more: Json| {
        let mut request = json!({"totalResources": resources(1024, 1024)});
        for (name, value) in more.as_object().expect("an object") {
            request[name] = value.clone();
        }
        request
    };
    let custom: Vec<_> = (0..11).map(|at| json!({"name": format!("a{at}")})).collect();
    let port = json!({"name": "PORTS", "stringSetValue": ["http"]});
    let cases = vec![
        (with(json!({"cluster": "other"})), "ClusterNotFoundException"),
        (json!({}), "InvalidParameterException CPU"),
        (json!({"totalResources": resources(0, 1024)}), "InvalidParameterException CPU"),
        (json!({"totalResources": resources(1, 0)}), "InvalidParameterException MEMORY"),
        (json!({"totalResources": [port]}), "InvalidParameterException `http`"),
        (with(json!({"attributes": [{"name": "a b"}]})), "InvalidParameterException `a b`"),
        (
            with(json!({"attributes": [{"name": "a", "value": "b!"}]})),
            "InvalidParameterException `b!`",
        ),
        (with(json!({"attributes": custom})), "InvalidParameterException at most 10"),
        (
            with(json!({"tags": [{"key": "aws:x", "value": ""}]})),
            "InvalidParameterException `aws:x`",
        ),
    ];
    stage.check_refusals("RegisterContainerInstance", cases);
}

/// Deleting a cluster and registering into it cannot both go through.
#[test]
fn registering_and_deleting_the_cluster_conflict() {
    let mut stage = Stage::new();
    let key = Cluster::key(&stage.world.scope(), &cluster());
    let before = stage.world.get::<Cluster>(&key).expect("a cluster").modified;
    let instance = register(&mut stage, json!({}));
    assert!(stage.world.get::<Cluster>(&key).expect("a cluster").modified > before);
    let id = instance_id(&text(&instance["containerInstanceArn"]));
    assert!(
        stage
            .world
            .get::<InstanceLink>(&InstanceLink::key(&stage.world.scope(), &cluster(), &id))
            .is_none()
    );
}
