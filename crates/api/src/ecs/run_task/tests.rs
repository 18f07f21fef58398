//! Rules of RunTask.

mod fargate;
mod provider;

use crate::ecs::stage::{Stage, list, resources, text};
use domain::time::Millis;
use expect_test::expect;
use serde_json::{Value as Json, json};

fn web(more: Json) -> Stage {
    let mut stage = Stage::new();
    stage.host("a", json!({}));
    stage.define("web", more);
    stage
}

#[test]
fn a_placed_task_is_shown_whole() {
    let mut stage = Stage::new();
    let architecture = json!([{"name": "ecs.cpu-architecture", "value": "x86_64"}]);
    stage.host("a", json!({"attributes": architecture}));
    stage.define("web", json!({"cpu": 128, "memoryReservation": 32}));
    let reply =
        stage.run_whole(json!({"startedBy": "ada", "tags": [{"key": "team", "value": "x"}]}));
    expect![[r#"
        {
          "failures": [],
          "tasks": [
            {
              "attachments": [],
              "attributes": [
                {
                  "name": "ecs.cpu-architecture",
                  "value": "x86_64"
                }
              ],
              "availabilityZone": "us-east-1a",
              "clusterArn": "arn:aws:ecs:us-east-1:123456789012:cluster/default",
              "connectivity": "CONNECTED",
              "connectivityAt": 1796119200,
              "containerInstanceArn": "arn:aws:ecs:us-east-1:123456789012:container-instance/default/62101c75747b3aae51dbf41b55fdc51c",
              "containers": [
                {
                  "containerArn": "arn:aws:ecs:us-east-1:123456789012:container/default/a01fc7d26517d4a2ee29da373155f79a/4bebc6d3-3608-4b28-928e-7559aa310909",
                  "cpu": "128",
                  "healthStatus": "UNKNOWN",
                  "image": "busybox",
                  "lastStatus": "PENDING",
                  "memory": "64",
                  "memoryReservation": "32",
                  "name": "app",
                  "networkBindings": [],
                  "networkInterfaces": [],
                  "taskArn": "arn:aws:ecs:us-east-1:123456789012:task/default/a01fc7d26517d4a2ee29da373155f79a"
                }
              ],
              "cpu": "128",
              "createdAt": 1796119200,
              "desiredStatus": "RUNNING",
              "enableExecuteCommand": false,
              "group": "family:web",
              "healthStatus": "UNKNOWN",
              "inferenceAccelerators": [],
              "lastStatus": "PENDING",
              "launchType": "EC2",
              "memory": "32",
              "overrides": {
                "containerOverrides": [
                  {
                    "name": "app"
                  }
                ],
                "inferenceAcceleratorOverrides": []
              },
              "startedBy": "ada",
              "tags": [
                {
                  "key": "team",
                  "value": "x"
                }
              ],
              "taskArn": "arn:aws:ecs:us-east-1:123456789012:task/default/a01fc7d26517d4a2ee29da373155f79a",
              "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1",
              "version": 1
            }
          ]
        }"#]].assert_eq(&serde_json::to_string_pretty(&reply).expect("JSON"));
    let task = text(&reply["tasks"][0]["taskArn"]);
    assert_eq!(stage.describe(&task), reply["tasks"][0]);
}

#[test]
fn tasks_that_fit_nowhere_are_failures_by_instance() {
    let mut stage =
        web(json!({"cpu": 300, "portMappings": [{"containerPort": 80, "hostPort": 8080}]}));
    stage.host("b", json!({"totalResources": resources(1024, 32)}));
    let off = stage.host("c", json!({}));
    stage.connect(&off, false);
    assert_eq!(
        stage.run(json!({"count": 3})),
        "a\na RESOURCE:PORTS: port 8080/tcp is taken\nb RESOURCE:MEMORY: needs 64 MiB, 32 are free\nc AGENT"
    );
    let held = stage.ledger(&off);
    assert_eq!(held, domain::instance::Ledger::default());
}

#[test]
fn nothing_of_a_failed_placement_is_stored() {
    let mut stage = web(json!({"cpu": 2000}));
    let before = stage.world.snapshot.revision();
    assert_eq!(
        stage.run(json!({"clientToken": "t"})),
        "\na RESOURCE:CPU: needs 2000 CPU units, 1024 are free"
    );
    assert_eq!(stage.world.snapshot.revision(), before);
}

#[test]
fn only_active_instances_are_asked() {
    let mut stage = web(json!({}));
    let drained = stage.host("b", json!({}));
    let state = json!({"containerInstances": [drained], "status": "DRAINING"});
    stage.ok("UpdateContainerInstancesState", state);
    assert_eq!(stage.run(json!({"count": 3})), "a a a");
    let gone = stage.host("c", json!({}));
    stage.ok("DeregisterContainerInstance", json!({"containerInstance": gone}));
    assert_eq!(stage.run(json!({"count": 2})), "a a");
}

#[test]
fn a_cluster_without_instances_is_a_fault() {
    let mut stage = Stage::new();
    stage.define("web", json!({}));
    let none = "InvalidParameterException: No Container Instances were found in your cluster.";
    assert_eq!(stage.refused(json!({})), none);
    stage.host("x", json!({"attributes": [{"name": "ecs.capability.external"}]}));
    assert_eq!(stage.refused(json!({})), none);
    assert_eq!(stage.run(json!({"launchType": "EXTERNAL"})), "x");
}

#[test]
fn whole_requests_are_refused_in_words() {
    let mut stage = web(json!({}));
    stage.define("old", json!({}));
    stage.world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "old:1"}));
    let constraint = json!({"type": "memberOf", "expression": "agentConnected == true"});
    let strategy = json!({"type": "spread", "field": "instanceId"});
    let fargate = json!([{"capacityProvider": "FARGATE"}]);
    let network = json!({"awsvpcConfiguration": {"subnets": ["subnet-1"]}});
    let cases = vec![
        (json!({"cluster": "other"}), "ClusterNotFoundException"),
        (json!({"taskDefinition": "nothing"}), "ClientException found"),
        (json!({"taskDefinition": "old"}), "ClientException found"),
        (json!({"taskDefinition": "old:1"}), "ClientException inactive"),
        (json!({"count": 0}), "InvalidParameterException ount"),
        (json!({"count": 11}), "InvalidParameterException ount"),
        (
            json!({"launchType": "FARGATE"}),
            "InvalidParameterException Task definition does not support launch_type FARGATE.",
        ),
        (json!({"launchType": "MANAGED_INSTANCES"}), "InvalidParameterException MANAGED_INSTANCES"),
        (
            json!({"launchType": "EC2", "capacityProviderStrategy": fargate}),
            "InvalidParameterException both a launch type and capacity provider strategy",
        ),
        (json!({"capacityProviderStrategy": fargate}), "InvalidParameterException `FARGATE`"),
        (json!({"platformVersion": "LATEST"}), "InvalidParameterException platform version"),
        (
            json!({"networkConfiguration": network}),
            "InvalidParameterException Network Configuration",
        ),
        (
            json!({"volumeConfigurations": [{"name": "data"}]}),
            "ClientException `volumeConfigurations`",
        ),
        (json!({"propagateTags": "SERVICE"}), "InvalidParameterException `propagateTags`"),
        (json!({"group": "service:web"}), "InvalidParameterException `service:web`"),
        (json!({"group": "family:other"}), "InvalidParameterException `family:other`"),
        (json!({"group": "g".repeat(256)}), "InvalidParameterException 255"),
        (json!({"startedBy": "a".repeat(129)}), "InvalidParameterException `startedBy`"),
        (json!({"startedBy": "a b"}), "InvalidParameterException `startedBy`"),
        (
            json!({"placementConstraints": vec![constraint; 11]}),
            "InvalidParameterException at most 10",
        ),
        (
            json!({"placementConstraints": [{"type": "memberOf"}]}),
            "InvalidParameterException expression",
        ),
        (
            json!({"placementConstraints": [{"type": "memberOf", "expression": "attribute:a = b"}]}),
            "InvalidParameterException at character 13",
        ),
        (
            json!({"placementConstraints": [{"type": "distinctInstance", "expression": "x"}]}),
            "InvalidParameterException `distinctInstance`",
        ),
        (json!({"placementConstraints": [{}]}), "InvalidParameterException constraint"),
        (json!({"placementStrategy": vec![strategy; 6]}), "InvalidParameterException at most 5"),
        (json!({"placementStrategy": [{"type": "spread"}]}), "InvalidParameterException `spread`"),
        (
            json!({"placementStrategy": [{"type": "binpack", "field": "disk"}]}),
            "InvalidParameterException `disk`",
        ),
        (json!({"clientToken": "t".repeat(65)}), "InvalidParameterException `clientToken`"),
        (json!({"clientToken": "t\u{e9}"}), "InvalidParameterException `clientToken`"),
        (json!({"tags": [{"key": "aws:x", "value": ""}]}), "InvalidParameterException `aws:x`"),
    ];
    stage.check_run_refusals(cases);
}

#[test]
fn what_is_not_served_is_named() {
    let mut stage = web(json!({}));
    let mps = json!({"nvidiaMps": {"memory": 1}});
    let gpu = json!([{"type": "GPU", "value": "1", "sharingStrategy": mps}]);
    stage.define("mps", json!({"resourceRequirements": gpu}));
    stage.check_run_refusals(vec![(
        json!({"taskDefinition": "mps"}),
        "ClientException `sharingStrategy`",
    )]);
}

#[test]
fn constraints_of_definition_and_request_must_all_hold() {
    let mut stage = Stage::new();
    for (name, rack, zone) in [("a", "1", "x"), ("b", "1", "y"), ("c", "2", "y")] {
        let attributes = json!([{"name": "rack", "value": rack}, {"name": "ecs.availability-zone", "value": zone}]);
        stage.host(name, json!({"attributes": attributes}));
    }
    let own = json!([{"type": "memberOf", "expression": "attribute:rack == 1"}]);
    stage.define_task("web", json!({}), json!({"placementConstraints": own}));
    let zone = json!({"type": "memberOf", "expression": "attribute:ecs.availability-zone == y"});
    assert_eq!(stage.run(json!({"placementConstraints": [zone]})), "b");
    let distinct = json!({"type": "distinctInstance"});
    assert_eq!(
        stage.run(json!({"count": 2, "placementConstraints": [distinct]})),
        "a\na DistinctInstance placement constraint unsatisfied.\n\
         b DistinctInstance placement constraint unsatisfied.\n\
         c MemberOf placement constraint unsatisfied.: attribute:rack == 1"
    );
    let ten = vec![zone; 10];
    assert!(stage.refused(json!({"placementConstraints": ten})).contains("at most 10"));
}

#[test]
fn without_a_strategy_zones_then_instances_are_filled_evenly() {
    let mut stage = Stage::new();
    for (name, zone) in [("a", "x"), ("b", "x"), ("c", "y")] {
        let attributes = json!([{"name": "ecs.availability-zone", "value": zone}]);
        stage.host(name, json!({"attributes": attributes}));
    }
    stage.define("web", json!({}));
    let placed = stage.run(json!({"count": 6}));
    let on = |name: &str| placed.split(' ').filter(|placed| *placed == name).count();
    assert_eq!((on("a") + on("b"), on("c")), (3, 3), "{placed}");
    assert!(on("a") > 0 && on("b") > 0, "{placed}");
    let binpack = json!([{"type": "binpack", "field": "memory"}]);
    let packed = stage.run(json!({"count": 3, "placementStrategy": binpack}));
    assert_eq!(packed, "c c c");
}

#[test]
fn overrides_are_stored_with_every_container_and_change_the_demand() {
    let mut stage = Stage::new();
    let host =
        stage.host("a", json!({"attributes": [{"name": "ecs.capability.task-cpu-mem-limit"}]}));
    let side =
        json!({"name": "side", "image": "busybox", "memory": 64, "cpu": 10, "essential": false});
    let app = json!({"name": "app", "image": "busybox", "memory": 64, "cpu": 20});
    stage.ok(
        "RegisterTaskDefinition",
        json!({"family": "web", "containerDefinitions": [app, side]}),
    );
    let overrides = json!({"containerOverrides": [
        {"name": "side", "command": ["x"], "environment": [{"name": "A", "value": "1"}], "memory": 128, "cpu": 30}
    ]});
    let reply = stage.run_whole(json!({"overrides": overrides}));
    let task = &reply["tasks"][0];
    expect![[r#"
        {
          "containerOverrides": [
            {
              "name": "app"
            },
            {
              "command": [
                "x"
              ],
              "cpu": 30,
              "environment": [
                {
                  "name": "A",
                  "value": "1"
                }
              ],
              "memory": 128,
              "name": "side"
            }
          ],
          "inferenceAcceleratorOverrides": []
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&task["overrides"]).expect("JSON"));
    assert_eq!((text(&task["cpu"]), text(&task["memory"])), ("50".into(), "192".into()));
    let sizes: Vec<_> =
        list(&task["containers"]).map(|it| (text(&it["cpu"]), text(&it["memory"]))).collect();
    assert_eq!(sizes, [("20".into(), "64".into()), ("30".into(), "128".into())]);
    stage.run(json!({"overrides": {"cpu": ".25 vCPU", "memory": "0.5 GB"}}));
    let held = stage.ledger(&host).held;
    assert_eq!((held.cpu, held.memory), (50 + 256, 192 + 512));
}

#[test]
fn overrides_must_fit_the_definition() {
    let mut stage = web(json!({"memory": 64, "memoryReservation": 32}));
    let container = |more: Json| {
        let mut change = json!({"name": "app"});
        for (name, value) in more.as_object().expect("an object") {
            change[name] = value.clone();
        }
        json!({"containerOverrides": [change]})
    };
    let accelerator = json!([{"type": "InferenceAccelerator", "value": "d"}]);
    let cases = vec![
        (container(json!({"name": "other"})), "InvalidParameterException other"),
        (container(json!({"name": ""})), "InvalidParameterException name"),
        (json!({"containerOverrides": [{"command": ["x"]}]}), "InvalidParameterException name"),
        (
            json!({"containerOverrides": [{"name": "app"}, {"name": "app"}]}),
            "InvalidParameterException more than one",
        ),
        (container(json!({"command": ["x".repeat(8192)]})), "InvalidParameterException 8192"),
        (container(json!({"cpu": -1})), "InvalidParameterException 'cpu'"),
        (
            container(json!({"memory": 5, "memoryReservation": 5})),
            "InvalidParameterException at least 6 MiB",
        ),
        (container(json!({"memory": 16})), "InvalidParameterException 'memoryReservation'"),
        (
            container(json!({"resourceRequirements": [{"type": "GPU", "value": "many"}]})),
            "InvalidParameterException `many`",
        ),
        (
            container(json!({"resourceRequirements": accelerator})),
            "ClientException InferenceAccelerator",
        ),
        (
            json!({"memory": "32"}),
            "InvalidParameterException The 'memory' setting for container is greater than for the task.",
        ),
        (json!({"memory": "a lot"}), "ClientException a lot"),
        (json!({"cpu": "a lot"}), "ClientException Invalid 'cpu' setting for task."),
        (
            json!({"inferenceAcceleratorOverrides": [{"deviceName": "d", "deviceType": "t"}]}),
            "ClientException `inferenceAcceleratorOverrides`",
        ),
        (
            json!({"ephemeralStorage": {"sizeInGiB": 21}}),
            "InvalidParameterException `ephemeralStorage`",
        ),
    ];
    let cases =
        cases.into_iter().map(|(overrides, fault)| (json!({"overrides": overrides}), fault));
    stage.check_run_refusals(cases.collect());
}

#[test]
fn gpus_are_given_to_the_containers_that_ask() {
    let mut stage = Stage::new();
    let devices: Vec<_> = (0..3).map(|at| json!({"id": format!("g{at}"), "type": "GPU"})).collect();
    stage.host("a", json!({"platformDevices": devices}));
    let gpus = |name: &str, count: &str| json!({"name": name, "image": "x", "memory": 64, "resourceRequirements": [{"type": "GPU", "value": count}]});
    let containers = json!([gpus("one", "1"), gpus("two", "2")]);
    stage
        .ok("RegisterTaskDefinition", json!({"family": "web", "containerDefinitions": containers}));
    let reply = stage.run_whole(json!({}));
    let given: Vec<_> =
        list(&reply["tasks"][0]["containers"]).map(|it| it["gpuIds"].clone()).collect();
    assert_eq!(given, [json!(["g0"]), json!(["g1", "g2"])]);
    assert_eq!(stage.run(json!({})), "\na RESOURCE:GPU: needs 3 GPUs, 0 are free");
}

#[test]
fn tags_are_the_request_s_own_then_the_definition_s_and_ours() {
    let mut stage = Stage::new();
    stage.host("a", json!({}));
    let tags = json!([{"key": "a", "value": "definition"}, {"key": "b", "value": "definition"}]);
    stage.define_task("web", json!({}), json!({"tags": tags}));
    let mut tags = |request: Json| {
        let reply = stage.run_whole(request);
        let tags = list(&reply["tasks"][0]["tags"]);
        let tags = tags.map(|tag| format!("{}={}", text(&tag["key"]), text(&tag["value"])));
        tags.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(tags(json!({})), "");
    let own = json!([{"key": "b", "value": "own"}]);
    assert_eq!(tags(json!({"tags": own, "propagateTags": "NONE"})), "b=own");
    assert_eq!(
        tags(
            json!({"tags": own, "propagateTags": "TASK_DEFINITION", "enableECSManagedTags": true})
        ),
        "a=definition b=own aws:ecs:clusterName=default"
    );
}

#[test]
fn a_group_is_the_family_unless_named() {
    let mut stage = web(json!({}));
    let mut group = |request: Json| text(&stage.run_whole(request)["tasks"][0]["group"]);
    assert_eq!(group(json!({})), "family:web");
    assert_eq!(group(json!({"group": "family:web"})), "family:web");
    assert_eq!(group(json!({"group": "nightly"})), "nightly");
}

#[test]
fn one_client_token_has_one_effect() {
    let mut stage = web(json!({}));
    let request = json!({"clientToken": "once", "count": 2});
    let first = stage.run_whole(request.clone());
    stage.world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:1"}));
    assert_eq!(stage.run_whole(request.clone()), first);
    let mut said = request.clone();
    said["cluster"] = json!("default");
    assert_eq!(stage.run_whole(said), first, "the cluster by another word");
    let other = stage
        .world
        .call("RunTask", json!({"taskDefinition": "web", "clientToken": "once", "count": 3}));
    let fault = other.expect_err("other parameters");
    assert_eq!(fault.code, "ConflictException");
    let arns: Vec<_> = list(&first["tasks"]).map(|task| text(&task["taskArn"])).collect();
    let named = fault.members.get("resourceIds").and_then(wire::Value::as_list).expect("a list");
    assert_eq!(named.iter().map(|arn| arn.as_str().expect("text")).collect::<Vec<_>>(), arns);

    stage.define("web", json!({}));
    stage.world.pass(Millis::from_s(24 * 3600));
    let later = stage.run_whole(request);
    assert_ne!(later["tasks"][0]["taskArn"], first["tasks"][0]["taskArn"]);
}

#[test]
fn a_token_replayed_shows_tasks_as_they_are_now() {
    let mut stage = web(json!({}));
    let request = json!({"clientToken": "once"});
    let first = stage.run_whole(request.clone());
    let task = text(&first["tasks"][0]["taskArn"]);
    stage.report(&task, json!({"status": "RUNNING"}));
    assert_eq!(stage.run_whole(request)["tasks"][0]["lastStatus"], "RUNNING");
}

/// What two control planes do at once: both decide on the same view, and of two commits on one ledger only the first goes through.
#[test]
fn two_placements_at_once_never_take_the_same_room() {
    let mut stage = web(json!({"cpu": 600}));
    let row = crate::ecs::TABLE.service.operation("RunTask").expect("an operation");
    let request =
        wire::codec::json::decode(row.input, br#"{"taskDefinition": "web"}"#).expect("JSON");
    let view = stage.world.view();
    let mut ctx = stage.world.ctx();
    let (_, first) = super::run(&view, &request, &ctx).expect("room");
    ctx.ids = ctx.ids.child("another call", 0);
    let (_, second) = super::run(&view, &request, &ctx).expect("room");
    stage.world.snapshot = stage.world.snapshot.with(&first).expect("nobody was faster");
    assert!(stage.world.snapshot.with(&second).is_err());
    stage.check_books();
    assert_eq!(stage.run(json!({})), "\na RESOURCE:CPU: needs 600 CPU units, 424 are free");
}

#[test]
fn a_definition_or_instance_that_changes_meanwhile_is_looked_at_again() {
    let mut stage = web(json!({}));
    let row = crate::ecs::TABLE.service.operation("RunTask").expect("an operation");
    let request =
        wire::codec::json::decode(row.input, br#"{"taskDefinition": "web"}"#).expect("JSON");
    let (_, writes) = super::run(&stage.world.view(), &request, &stage.world.ctx()).expect("room");
    let mut other = stage.world.clone();
    other.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:1"}));
    assert!(other.snapshot.with(&writes).is_err());
    let mut other = stage.world.clone();
    let instances = other.ok("ListContainerInstances", json!({}));
    let state =
        json!({"containerInstances": instances["containerInstanceArns"], "status": "DRAINING"});
    other.ok("UpdateContainerInstancesState", state);
    assert!(other.snapshot.with(&writes).is_err());
    assert!(stage.world.snapshot.with(&writes).is_ok());
    stage.run(json!({}));
}
