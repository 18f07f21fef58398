//! Registration, lists and the end of definitions.

use super::{registered, request};
use crate::world::World;
use domain::{
    definition::{DefinitionStatus, TaskDefinition},
    id::{DefinitionRevision, Family},
    time::Millis,
};
use expect_test::expect;
use serde_json::{Value as Json, json};

#[test]
fn what_is_left_out_is_filled_in() {
    let reply = World::new().ok(
        "RegisterTaskDefinition",
        request(&json!({"container": {"portMappings": [{"containerPort": 80}]}, "tags": [{"key": "a", "value": "b"}]})),
    );
    let text = serde_json::to_string_pretty(&reply).expect("JSON");
    expect![[r#"
        {
          "tags": [
            {
              "key": "a",
              "value": "b"
            }
          ],
          "taskDefinition": {
            "compatibilities": [
              "EC2",
              "EXTERNAL"
            ],
            "containerDefinitions": [
              {
                "cpu": 0,
                "environment": [],
                "essential": true,
                "image": "nginx",
                "memory": 64,
                "mountPoints": [],
                "name": "app",
                "portMappings": [
                  {
                    "containerPort": 80,
                    "hostPort": 0,
                    "protocol": "tcp"
                  }
                ],
                "systemControls": [],
                "volumesFrom": []
              }
            ],
            "family": "web",
            "networkMode": "bridge",
            "placementConstraints": [],
            "registeredAt": 1796119200,
            "registeredBy": "arn:aws:iam::123456789012:root",
            "requiresAttributes": [],
            "revision": 1,
            "status": "ACTIVE",
            "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1",
            "volumes": []
          }
        }"#]]
    .assert_eq(&text);
}

#[test]
fn sizes_ports_and_checks_are_shown_as_ecs_shows_them() {
    let definition = registered(
        json!({
            "cpu": ".25 vCPU",
            "memory": "0.5 GB",
            "networkMode": "awsvpc",
            "taskRoleArn": "web",
            "container": {
                "essential": false,
                "portMappings": [{"containerPort": 80}],
                "healthCheck": {"command": ["CMD-SHELL", "true"]},
                "restartPolicy": {"enabled": true},
            },
            "containerDefinitions": null,
        }
        )
        .as_object()
        .map(|members| {
            // One essential container beside the one under test.
            let mut request = request(&Json::Object(members.clone()));
            let side = json!({"name": "side", "image": "nginx"});
            request["containerDefinitions"].as_array_mut().expect("containers").push(side);
            request
        })
        .expect("members"),
    );
    let container = &definition["containerDefinitions"][0];
    assert_eq!((&definition["cpu"], &definition["memory"]), (&json!("256"), &json!("512")));
    assert_eq!(definition["taskRoleArn"], "arn:aws:iam::123456789012:role/web");
    assert_eq!(
        container["portMappings"],
        json!([{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}])
    );
    assert_eq!(container["essential"], false);
    let check =
        json!({"command": ["CMD-SHELL", "true"], "interval": 30, "timeout": 5, "retries": 3});
    assert_eq!(container["healthCheck"], check);
    assert_eq!(container["restartPolicy"], json!({"enabled": true, "restartAttemptPeriod": 300}));
}

#[test]
fn what_a_definition_asks_for_is_named_as_attributes() {
    let names = |change: Json| -> Vec<String> {
        let definition = registered(change);
        let attributes = definition["requiresAttributes"].as_array().expect("a list").clone();
        let short = |name: &str| {
            let name = name
                .strip_prefix("com.amazonaws.")
                .map_or(name.to_owned(), |rest| format!("aws.{rest}"));
            name.replace("ecs.capability.", "")
        };
        attributes
            .iter()
            .map(|attribute| short(attribute["name"].as_str().expect("a name")))
            .collect()
    };
    assert_eq!(names(json!({})), [""; 0]);
    let role = "arn:aws:iam::123456789012:role/exec";
    let awslogs = json!({"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-region": "r"},
        "secretOptions": [{"name": "t", "valueFrom": "arn:aws:secretsmanager:us-east-1:123456789012:secret:a"}]});
    assert_eq!(
        names(
            json!({"executionRoleArn": role, "taskRoleArn": role, "networkMode": "host", "container": {
                "image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/web",
                "logConfiguration": awslogs,
                "secrets": [{"name": "A", "valueFrom": "/a"}],
            }})
        ),
        [
            "aws.docker-remote-api.1.19",
            "aws.ecr-auth",
            "aws.logging-driver.awslogs",
            "aws.task-iam-role",
            "aws.task-iam-role-network-host",
            "execution-role-awslogs",
            "execution-role-ecr-pull",
            "secrets.asm.bootstrap.log-driver",
            "secrets.ssm.environment-variables",
        ]
    );
    let cases = [
        (json!({"networkMode": "awsvpc"}), "task-eni"),
        (json!({"memory": "512"}), "task-cpu-mem-limit"),
        (json!({"cpu": "11 vCPU"}), "increased-task-cpu-limit"),
        (json!({"pidMode": "host"}), "pid-ipc-namespace-sharing"),
        (json!({"ipcMode": "task"}), "pid-ipc-namespace-sharing"),
        (json!({"networkMode": "host", "enableFaultInjection": true}), "fault-injection"),
        (json!({"container": {"privileged": true}}), "aws.privileged-container"),
        (json!({"container": {"stopTimeout": 5}}), "container-ordering"),
        (json!({"container": {"healthCheck": {"command": ["a"]}}}), "container-health-check"),
        (json!({"container": {"restartPolicy": {"enabled": true}}}), "container-restart-policy"),
        (
            json!({"container": {"portMappings": [{"containerPortRange": "1-2"}]}}),
            "network.container-port-range",
        ),
        (
            json!({"container": {"repositoryCredentials": {"credentialsParameter": "a"}}}),
            "private-registry-authentication.secretsmanager",
        ),
        (
            json!({"container": {"environmentFiles": [{"type": "s3", "value": "a.env"}]}}),
            "env-files.s3",
        ),
        (
            json!({"container": {"firelensConfiguration": {"type": "fluentbit", "options": {"config-file-type": "s3"}}}}),
            "firelens.options.config.s3",
        ),
        (
            json!({"container": {"logConfiguration": {"logDriver": "splunk"}}}),
            "aws.logging-driver.splunk",
        ),
        (json!({"container": {"dockerSecurityOptions": ["apparmor:x"]}}), "aws.apparmor"),
        (json!({"container": {"credentialSpecs": ["credentialspec:a"]}}), "gmsa"),
        (
            json!({"volumes": [{"name": "v", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]}),
            "efs",
        ),
        (
            json!({"volumes": [{"name": "v", "dockerVolumeConfiguration": {"driver": "rexray"}}]}),
            "docker-plugin.rexray",
        ),
        (
            json!({"volumes": [{"name": "v", "configuredAtLaunch": true}]}),
            "storage.ebs-task-volume-attach",
        ),
        (
            json!({"trustedExecutionConfiguration": {"isolationMode": "SHARED"}}),
            "trusted-execution",
        ),
    ];
    for (change, name) in cases {
        let names = names(change.clone());
        assert!(names.iter().any(|known| known == name), "{change}: {names:?}");
    }
}

#[test]
fn no_revision_is_given_twice() {
    let mut world = World::new();
    let mut register = || {
        world.ok("RegisterTaskDefinition", request(&json!({})))["taskDefinition"]["revision"]
            .clone()
    };
    assert_eq!([register(), register()], [json!(1), json!(2)]);
    let mut world = world;
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:2"}));
    world.ok("DeleteTaskDefinitions", json!({"taskDefinitions": ["web:2"]}));
    let third = world.ok("RegisterTaskDefinition", request(&json!({})));
    assert_eq!(third["taskDefinition"]["revision"], 3);
}

fn with_revisions(families: &[(&str, u32)]) -> World {
    let mut world = World::new();
    for (family, count) in families {
        for _ in 0..*count {
            world.ok("RegisterTaskDefinition", request(&json!({"family": family})));
        }
    }
    world
}

#[test]
fn a_family_means_its_highest_active_revision() {
    let mut world = with_revisions(&[("web", 3)]);
    let revision = |world: &mut World, name: &str| {
        let described = world.call("DescribeTaskDefinition", json!({"taskDefinition": name}));
        described.map_or_else(
            |fault| fault.to_string(),
            |reply| reply["taskDefinition"]["revision"].to_string(),
        )
    };
    assert_eq!(revision(&mut world, "web"), "3");
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:3"}));
    assert_eq!(revision(&mut world, "web"), "2");
    assert_eq!(revision(&mut world, "web:3"), "3");
    assert_eq!(
        revision(&mut world, "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"),
        "1"
    );
    let unknown = "ClientException: Unable to describe task definition.";
    assert_eq!(revision(&mut world, "web:4"), unknown);
    assert_eq!(revision(&mut world, "db"), unknown);
    assert_eq!(
        revision(&mut world, "arn:aws:ecs:us-east-1:999999999999:task-definition/web:1"),
        unknown
    );
    assert_eq!(
        revision(&mut world, "web:x"),
        "ClientException: Invalid revision number. Number: x"
    );
    world.enter("123456789012", "eu-west-1");
    assert_eq!(revision(&mut world, "web"), unknown);
}

#[test]
fn tags_are_described_when_asked_for() {
    let mut world = World::new();
    world.ok("RegisterTaskDefinition", request(&json!({"tags": [{"key": "a", "value": "b"}]})));
    let plain = world.ok("DescribeTaskDefinition", json!({"taskDefinition": "web"}));
    assert!(plain["tags"].is_null());
    let tagged =
        world.ok("DescribeTaskDefinition", json!({"taskDefinition": "web", "include": ["TAGS"]}));
    assert_eq!(tagged["tags"], json!([{"key": "a", "value": "b"}]));
}

#[test]
fn a_definition_ends_step_by_step() {
    let mut world = with_revisions(&[("web", 1)]);
    assert_eq!(
        world.fault("DeregisterTaskDefinition", json!({"taskDefinition": "web"})),
        "ClientException: Revision is missing."
    );
    let active = world.ok("DeleteTaskDefinitions", json!({"taskDefinitions": ["web:1", "web:7"]}));
    assert_eq!(active["taskDefinitions"], json!([]));
    assert!(active["failures"][0]["reason"].as_str().expect("a reason").contains("ACTIVE"));
    assert_eq!(
        active["failures"][1],
        json!({"arn": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7", "reason": "MISSING"})
    );
    world.pass(Millis::from_s(60));
    let inactive = world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:1"}));
    assert_eq!(inactive["taskDefinition"]["status"], "INACTIVE");
    assert_eq!(inactive["taskDefinition"]["deregisteredAt"], 1_796_119_260);
    world.pass(Millis::from_s(60));
    let again = world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:1"}));
    assert_eq!(again["taskDefinition"]["deregisteredAt"], 1_796_119_260);
    let going = world.ok("DeleteTaskDefinitions", json!({"taskDefinitions": ["web:1"]}));
    assert_eq!(going["taskDefinitions"][0]["status"], "DELETE_IN_PROGRESS");
    assert_eq!(going["taskDefinitions"][0]["deleteRequestedAt"], 1_796_119_320);
    let key = TaskDefinition::key(
        &world.scope(),
        &Family::parse("web").expect("a family"),
        DefinitionRevision(1),
    );
    let stored = world.get::<TaskDefinition>(&key).expect("it is there until nothing uses it");
    assert_eq!(stored.status, DefinitionStatus::DeleteInProgress);
    let eleven: Vec<String> = (1..=11).map(|revision| format!("web:{revision}")).collect();
    assert!(
        world
            .fault("DeleteTaskDefinitions", json!({"taskDefinitions": eleven}))
            .starts_with("InvalidParameterException")
    );
    assert_eq!(
        world.fault("DeleteTaskDefinitions", json!({"taskDefinitions": ["web"]})),
        "ClientException: Revision is missing."
    );
}

/// All pages of a list, one line a page, ARNs shortened to what is behind the slash.
fn pages(world: &mut World, operation: &str, member: &str, request: Json) -> Vec<String> {
    let mut lines = Vec::new();
    let mut request = request;
    loop {
        let reply = world.ok(operation, request.clone());
        let short = |entry: &Json| {
            let entry = entry.as_str().expect("text");
            entry.rsplit('/').next().unwrap_or_default().to_owned()
        };
        let page: Vec<String> =
            reply[member].as_array().expect("a list").iter().map(short).collect();
        lines.push(page.join(" "));
        match &reply["nextToken"] {
            Json::Null => return lines,
            token => request["nextToken"] = token.clone(),
        }
    }
}

#[test]
fn lists_go_by_family_then_by_number() {
    let mut world = with_revisions(&[("web", 11), ("web-x", 1), ("api", 1)]);
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:5"}));
    let mut list =
        |request: Json| pages(&mut world, "ListTaskDefinitions", "taskDefinitionArns", request);
    assert_eq!(
        list(json!({"maxResults": 5})),
        ["api:1 web:1 web:2 web:3 web:4", "web:6 web:7 web:8 web:9 web:10", "web:11 web-x:1"]
    );
    assert_eq!(
        list(json!({"maxResults": 7, "sort": "DESC"})),
        ["web-x:1 web:11 web:10 web:9 web:8 web:7 web:6", "web:4 web:3 web:2 web:1 api:1"]
    );
    assert_eq!(list(json!({"familyPrefix": "web-x"})), ["web-x:1"]);
    assert_eq!(list(json!({"familyPrefix": "we"})), [""]);
    assert_eq!(list(json!({"familyPrefix": "web", "status": "INACTIVE"})), ["web:5"]);
}

#[test]
fn families_are_listed_by_what_they_still_have() {
    let mut world = with_revisions(&[("web", 2), ("web-x", 1), ("api", 1)]);
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web-x:1"}));
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:2"}));
    let mut list =
        |request: Json| pages(&mut world, "ListTaskDefinitionFamilies", "families", request);
    assert_eq!(list(json!({"maxResults": 2})), ["api web", "web-x"]);
    assert_eq!(list(json!({"status": "ACTIVE"})), ["api web"]);
    assert_eq!(list(json!({"status": "INACTIVE"})), ["web-x"]);
    assert_eq!(list(json!({"familyPrefix": "web", "status": "ALL"})), ["web web-x"]);
    let key = TaskDefinition::key(
        &world.scope(),
        &Family::parse("web-x").expect("a family"),
        DefinitionRevision(1),
    );
    world.forget(&key);
    assert_eq!(pages(&mut world, "ListTaskDefinitionFamilies", "families", json!({})), ["api web"]);
    let next = world.ok("RegisterTaskDefinition", request(&json!({"family": "web-x"})));
    assert_eq!(next["taskDefinition"]["revision"], 2);
}
