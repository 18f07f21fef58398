//! RunTask on Fargate's pool.

use crate::ecs::stage::{Stage, able, list, resources, text};
use domain::{
    ec2::PublicAddress,
    iam::everywhere,
    instance::Ledger,
    key::Prefix,
    vpc::{NetworkInterface, SubnetAddress},
};
use serde_json::{Value as Json, json};

/// Clusters `default` and `shop`, subnets in zones a, b and c, and a definition `web` of Fargate's smallest size.
fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.ok("CreateCluster", json!({"clusterName": "shop"}));
    stage.vpc(&["us-east-1a", "us-east-1b", "us-east-1c"]);
    define(&mut stage, "web", json!({}));
    stage
}

fn define(stage: &mut Stage, family: &str, more: Json) {
    let mut task = json!({"networkMode": "awsvpc", "cpu": "256", "memory": "512"});
    for (name, value) in more.as_object().expect("an object") {
        task[name] = value.clone();
    }
    stage.define_task(family, json!({}), task);
}

/// A host of the pool alone, in a zone.
fn host(stage: &mut Stage, name: &str, zone: &str, more: Json) -> String {
    let attributes = able(json!([{"name": "ecs.availability-zone", "value": zone}]));
    let mut request = json!({"cluster": ".fargate", "attributes": attributes,
                             "totalResources": resources(2048, 4096)});
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    stage.host(name, request)
}

/// As `longshore up` registers: an instance of cluster `default` that lends its room.
fn lender(stage: &mut Stage) -> String {
    let attributes = able(json!([{"name": "longshore.fargate"}]));
    stage.host("lender", json!({"attributes": attributes}))
}

fn asked(more: Json) -> Json {
    let subnets = ["a", "b", "c"].map(|zone| format!("subnet-us-east-1{zone}"));
    let network = json!({"awsvpcConfiguration": {"subnets": subnets}});
    let mut request =
        json!({"cluster": "shop", "launchType": "FARGATE", "networkConfiguration": network});
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    request
}

/// The zones of the tasks of a RunTask, sorted; then each failure.
fn zones(stage: &mut Stage, more: Json) -> String {
    let reply = stage.run_whole(asked(more));
    let mut zones: Vec<_> =
        list(&reply["tasks"]).map(|task| text(&task["availabilityZone"])[9..].to_owned()).collect();
    zones.sort_unstable();
    let failures = list(&reply["failures"])
        .map(|it| format!("\n{}: {}", text(&it["reason"]), text(&it["detail"])));
    zones.join(" ") + &failures.collect::<String>()
}

#[test]
fn a_task_shows_what_fargate_shows_and_not_where_it_is() {
    let mut stage = stage();
    host(&mut stage, "a", "us-east-1a", json!({}));
    let reply = stage.run_whole(asked(json!({"overrides": {"cpu": "512", "memory": "1 GB",
        "ephemeralStorage": {"sizeInGiB": 30}}})));
    let task = &reply["tasks"][0];
    let shown = ["launchType", "platformVersion", "platformFamily", "cpu", "memory"]
        .map(|name| text(&task[name]));
    assert_eq!(shown, ["FARGATE", "1.4.0", "Linux", "512", "1024"]);
    assert!(
        task.get("containerInstanceArn").is_none() && task.get("capacityProviderName").is_none()
    );
    assert_eq!(task["ephemeralStorage"], json!({"sizeInGiB": 30}));
    assert_eq!(task["fargateEphemeralStorage"], json!({"sizeInGiB": 30}));
    assert_eq!(text(&task["connectivity"]), "CONNECTED");
    let names: Vec<_> = list(&task["attributes"]).map(|it| text(&it["name"])).collect();
    assert_eq!(names, ["ecs.cpu-architecture"]);
    let plain = stage.run_whole(asked(json!({"platformVersion": "1.3.0"})));
    assert_eq!(text(&plain["tasks"][0]["platformVersion"]), "1.3.0");
    assert_eq!(plain["tasks"][0]["ephemeralStorage"], json!({"sizeInGiB": 20}));
}

#[test]
fn a_lender_s_room_is_one_and_its_counts_are_its_own() {
    let mut stage = stage();
    let lender = lender(&mut stage);
    stage.define("own", json!({"cpu": 512}));
    stage.run_whole(json!({"taskDefinition": "own"}));
    let reply = stage.run_whole(asked(json!({"count": 3})));
    assert_eq!(list(&reply["tasks"]).count(), 1, "512 MiB of it are left after 64 and 512");
    assert_eq!(list(&reply["failures"]).count(), 2);
    let shown = stage.ok("DescribeContainerInstances", json!({"containerInstances": [lender]}));
    let instance = &shown["containerInstances"][0];
    assert_eq!(
        (&instance["pendingTasksCount"], &instance["runningTasksCount"]),
        (&json!(1), &json!(0))
    );
    let left: Vec<_> = list(&instance["remainingResources"])
        .take(2)
        .map(|it| it["integerValue"].as_i64().expect("a number"))
        .collect();
    assert_eq!(left, [1024 - 512 - 256, 1024 - 64 - 512]);
    let listed = stage.ok("ListTasks", json!({"containerInstance": lender}));
    assert_eq!(list(&listed["taskArns"]).count(), 1, "its own");
    let listed = stage.ok("ListTasks", json!({"cluster": "shop", "launchType": "FARGATE"}));
    assert_eq!(list(&listed["taskArns"]).count(), 1);
    let counts = |stage: &mut Stage, name: &str| {
        let asked = json!({"clusters": [name], "include": ["STATISTICS"]});
        let cluster = stage.ok("DescribeClusters", asked)["clusters"][0].clone();
        let statistics = list(&cluster["statistics"]);
        let pending = statistics.filter(|it| text(&it["name"]).starts_with("pending"));
        let pending: Vec<_> = pending.map(|it| text(&it["value"])).collect();
        (cluster["pendingTasksCount"].as_i64(), pending.join(" "))
    };
    assert_eq!(counts(&mut stage, "default"), (Some(1), "1 0 0".to_owned()));
    assert_eq!(counts(&mut stage, "shop"), (Some(1), "0 1 0".to_owned()));
}

#[test]
fn fargate_s_tasks_of_the_lender_s_own_cluster_are_counted_in_the_cluster_only() {
    let mut stage = stage();
    let lender = lender(&mut stage);
    stage.run_whole(asked(json!({"cluster": "default"})));
    let shown = stage.ok("DescribeContainerInstances", json!({"containerInstances": [lender]}));
    assert_eq!(shown["containerInstances"][0]["pendingTasksCount"], json!(0));
    let listed = stage.ok("ListTasks", json!({"containerInstance": lender}));
    assert_eq!(list(&listed["taskArns"]).count(), 0);
    let clusters = stage.ok("DescribeClusters", json!({"clusters": ["default"]}));
    assert_eq!(clusters["clusters"][0]["pendingTasksCount"], json!(1));
}

#[test]
fn tasks_spread_over_the_zones_of_hosts() {
    let mut stage = stage();
    for (name, zone) in [("a", "us-east-1a"), ("b", "us-east-1b"), ("x", "us-east-1f")] {
        host(&mut stage, name, zone, json!({}));
    }
    assert_eq!(zones(&mut stage, json!({"count": 4})), "a a b b");
    let only_c = json!({"awsvpcConfiguration": {"subnets": ["subnet-us-east-1c"]}});
    assert_eq!(
        zones(&mut stage, json!({"networkConfiguration": only_c})),
        "c",
        "no host is there, so any carries it"
    );
}

#[test]
fn a_pool_in_one_zone_serves_subnets_of_others_evenly() {
    let mut stage = stage();
    host(&mut stage, "x", "us-east-1f", json!({}));
    assert_eq!(zones(&mut stage, json!({"count": 6})), "a a b b c c");
}

#[test]
fn room_that_is_lacking_is_told_in_fargate_s_words_and_without_hosts() {
    let words = "Capacity is unavailable at this time. Please try again later or in a different availability zone";
    let mut stage = stage();
    let no_host = "Fargate's pool has no ACTIVE host: add one with `longshore agent --fargate`, or take one back with `longshore fargate drain --undo`.";
    assert_eq!(zones(&mut stage, json!({})), format!("\n{words}: {no_host}"));
    let arm = able(json!([{"name": "ecs.cpu-architecture", "value": "arm64"}]));
    host(&mut stage, "arm", "us-east-1a", json!({"attributes": arm}));
    define(&mut stage, "intel", json!({"runtimePlatform": {"cpuArchitecture": "X86_64"}}));
    let lacks = "ATTRIBUTE: ecs.cpu-architecture=x86_64";
    assert_eq!(
        zones(&mut stage, json!({"taskDefinition": "intel", "count": 2})),
        format!("\n{words}: {lacks}\n{words}: {lacks}")
    );
    define(&mut stage, "big", json!({"cpu": "4096", "memory": "8192"}));
    let lacks = "RESOURCE:CPU: needs 4096 CPU units, 2048 are free";
    assert_eq!(zones(&mut stage, json!({"taskDefinition": "big"})), format!("\n{words}: {lacks}"));
}

#[test]
fn what_no_host_of_the_pool_serves_is_refused_by_its_name() {
    let mut stage = stage();
    let secret =
        json!({"name": "TOKEN", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/token"});
    let log = json!({"logDriver": "awslogs", "options": {
        "awslogs-group": "web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}});
    stage.define_task(
        "logs",
        json!({"secrets": [secret], "logConfiguration": log}),
        json!({"networkMode": "awsvpc", "cpu": "256", "memory": "512",
               "executionRoleArn": "arn:aws:iam::123456789012:role/pull"}),
    );
    let asked = || asked(json!({"taskDefinition": "logs"}));
    let reply = stage.run_whole(asked());
    assert!(
        text(&reply["failures"][0]["reason"]).starts_with("Capacity is unavailable"),
        "hosts may come"
    );
    // Whatever its room.
    let docker = able(json!([{"name": "com.amazonaws.ecs.capability.docker-remote-api.1.19"}]));
    let small = json!({"totalResources": resources(128, 128), "attributes": docker});
    host(&mut stage, "a", "us-east-1a", small);
    assert_eq!(
        stage.fault("RunTask", asked()),
        "ClientException: The hosts of Longshore's Fargate pool do not serve secrets or the awslogs log driver yet."
    );
    let names = [
        "com.amazonaws.ecs.capability.docker-remote-api.1.19",
        "com.amazonaws.ecs.capability.logging-driver.awslogs",
        "ecs.capability.execution-role-awslogs",
        "ecs.capability.secrets.ssm.environment-variables",
    ];
    let served = able(names.iter().map(|name| json!({"name": name})).collect());
    host(&mut stage, "b", "us-east-1b", json!({"attributes": served}));
    assert_eq!(list(&stage.run_whole(asked())["tasks"]).count(), 1, "one host is enough");
}

#[test]
fn a_host_of_another_architecture_keeps_no_task_in_its_zone() {
    let mut stage = stage();
    let arm = json!([
        {"name": "ecs.cpu-architecture", "value": "arm64"},
        {"name": "ecs.availability-zone", "value": "us-east-1a"},
    ]);
    host(&mut stage, "arm", "us-east-1a", json!({"attributes": able(arm)}));
    host(&mut stage, "x", "us-east-1f", json!({}));
    define(&mut stage, "intel", json!({"runtimePlatform": {"cpuArchitecture": "X86_64"}}));
    let only_a = json!({"awsvpcConfiguration": {"subnets": ["subnet-us-east-1a"]}});
    let asked = json!({"taskDefinition": "intel", "networkConfiguration": only_a});
    assert_eq!(zones(&mut stage, asked), "a", "the other host carries it");
}

#[test]
fn public_addresses_come_and_go_with_their_tasks() {
    let mut stage = stage();
    stage.world.config.public_addresses = "203.0.113.0/30".parse().expect("a block");
    host(&mut stage, "a", "us-east-1a", json!({}));
    let network = |public: &str| {
        let subnets = ["subnet-us-east-1a"];
        json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": subnets, "assignPublicIp": public}}})
    };
    let given = |stage: &Stage| {
        let scope = stage.world.scope();
        let interfaces = stage.world.all::<NetworkInterface>(&NetworkInterface::all(&scope));
        let addresses = Prefix::table::<SubnetAddress>(&scope);
        assert_eq!(stage.world.all::<SubnetAddress>(&addresses).len(), interfaces.len());
        let public = Prefix::table::<PublicAddress>(&everywhere());
        let mut given: Vec<_> = stage.world.all::<PublicAddress>(&public);
        given.sort_by(|one, other| one.key.cmp(&other.key));
        let mut shown: Vec<_> = interfaces.iter().filter_map(|it| it.public_address).collect();
        shown.sort_unstable();
        let keys: Vec<_> = given.iter().map(|it| it.key.last().to_owned()).collect();
        assert_eq!(shown.iter().map(ToString::to_string).collect::<Vec<_>>(), keys);
        keys.len()
    };
    let both = stage.run_whole(asked(network("ENABLED")));
    let more = stage.run_whole(asked(
        json!({"count": 2, "networkConfiguration": network("ENABLED")["networkConfiguration"]}),
    ));
    assert_eq!(given(&stage), 2, "there are two");
    let stopped = list(&more["tasks"]).find(|task| text(&task["lastStatus"]) == "STOPPED");
    let reason = text(&stopped.expect("one got none")["stoppedReason"]);
    assert!(reason.contains("public IP") && reason.contains("subnet-us-east-1a"), "{reason}");
    stage.run_whole(asked(network("DISABLED")));
    assert_eq!(given(&stage), 2);
    let arn = text(&both["tasks"][0]["taskArn"]);
    let report = json!({"cluster": ".fargate", "task": arn, "status": "STOPPED"});
    stage.ok("SubmitTaskStateChange", report);
    assert_eq!(given(&stage), 1);
    stage.run_whole(asked(network("ENABLED")));
    assert_eq!(given(&stage), 2, "it was given back");
}

#[test]
fn agents_speak_of_tasks_on_hosts_of_their_cluster_only() {
    let mut stage = stage();
    host(&mut stage, "a", "us-east-1a", json!({}));
    let reply = stage.run_whole(asked(json!({})));
    let arn = text(&reply["tasks"][0]["taskArn"]);
    let report = |cluster: &str| json!({"cluster": cluster, "task": arn, "status": "RUNNING"});
    for cluster in ["default", "shop"] {
        let refused = stage.fault("SubmitTaskStateChange", report(cluster));
        assert_eq!(refused, "InvalidParameterException: The referenced task was not found.");
    }
    stage.ok("SubmitTaskStateChange", report(".fargate"));
    let task =
        stage.ok("DescribeTasks", json!({"cluster": "shop", "tasks": [arn]}))["tasks"][0].take();
    assert_eq!(text(&task["lastStatus"]), "RUNNING");
    assert_eq!(text(&task["attachments"][0]["status"]), "ATTACHED");
    let attachment = format!("attachment/{}", text(&task["attachments"][0]["id"]));
    let change = |cluster: &str| json!({"cluster": cluster, "attachments": [{"attachmentArn": attachment, "status": "DETACHED"}]});
    assert!(stage.fault("SubmitAttachmentStateChanges", change("shop")).contains("not found"));
    stage.ok("SubmitAttachmentStateChanges", change(".fargate"));
    let task =
        stage.ok("DescribeTasks", json!({"cluster": "shop", "tasks": [arn]}))["tasks"][0].take();
    assert_eq!(text(&task["attachments"][0]["status"]), "DETACHED");
}

#[test]
fn the_pool_s_cluster_is_nobody_s() {
    let mut stage = stage();
    let arn = host(&mut stage, "a", "us-east-1a", json!({}));
    let malformed = "InvalidParameterException Cluster must match";
    let cluster = json!({"cluster": ".fargate"});
    let with = |name: &str, value: Json| {
        let mut request = cluster.clone();
        request[name] = value;
        request
    };
    let calls = [
        ("CreateCluster", json!({"clusterName": ".fargate"})),
        ("DeleteCluster", cluster.clone()),
        ("UpdateCluster", cluster.clone()),
        ("DescribeClusters", json!({"clusters": [".fargate"]})),
        ("ListContainerInstances", cluster.clone()),
        ("DescribeContainerInstances", with("containerInstances", json!([arn]))),
        ("ListTasks", cluster.clone()),
        ("ListServices", cluster.clone()),
        ("ListAttributes", with("targetType", json!("container-instance"))),
        ("PutAttributes", with("attributes", json!([{"name": "x", "targetId": arn}]))),
        ("RunTask", with("taskDefinition", json!("web"))),
        (
            "UpdateContainerInstancesState",
            json!({"cluster": ".fargate", "containerInstances": [arn], "status": "DRAINING"}),
        ),
        (
            "StartTask",
            json!({"cluster": ".fargate", "taskDefinition": "web", "containerInstances": [arn]}),
        ),
        (
            "PutClusterCapacityProviders",
            json!({"cluster": ".fargate", "capacityProviders": [], "defaultCapacityProviderStrategy": []}),
        ),
    ];
    for (operation, request) in calls {
        stage.check_refusals(operation, vec![(request, malformed)]);
    }
    let tagged = json!({"resourceArn": arn, "tags": [{"key": "a", "value": "b"}]});
    stage.check_refusals("TagResource", vec![(tagged, "InvalidParameterException ARN")]);
    let by_arn = json!({"cluster": "arn:aws:ecs:us-east-1:123456789012:cluster/.fargate"});
    stage.check_refusals("ListContainerInstances", vec![(by_arn, malformed)]);
    for name in ["default", "shop"] {
        let listed = stage.ok("ListContainerInstances", json!({"cluster": name}));
        assert_eq!(list(&listed["containerInstanceArns"]).count(), 0);
    }
    let clusters = stage.ok("ListClusters", json!({}));
    assert_eq!(list(&clusters["clusterArns"]).count(), 2);
}

#[test]
fn whole_requests_are_refused_in_fargate_s_words() {
    let mut stage = stage();
    host(&mut stage, "a", "us-east-1a", json!({}));
    stage.define("bridge", json!({}));
    let windows = json!({"cpu": "1024", "memory": "2048", "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}});
    define(&mut stage, "windows", windows);
    define(&mut stage, "efs", json!({"ephemeralStorage": {"sizeInGiB": 40}}));
    let rule = json!([{"type": "distinctInstance"}]);
    let strategy = json!([{"type": "random"}]);
    let cases = vec![
        (
            json!({"taskDefinition": "bridge", "launchType": "FARGATE"}),
            "InvalidParameterException Task definition does not support launch_type FARGATE.",
        ),
        (
            json!({"cluster": "shop", "launchType": "FARGATE"}),
            "InvalidParameterException Network Configuration must be provided",
        ),
        (asked(json!({"placementConstraints": rule})), "InvalidParameterException constraints"),
        (asked(json!({"placementStrategy": strategy})), "InvalidParameterException strategies"),
        (asked(json!({"platformVersion": "9.9.9"})), "PlatformUnknownException"),
        (
            asked(json!({"taskDefinition": "efs", "platformVersion": "1.3.0"})),
            "PlatformTaskDefinitionIncompatibilityException 1.3.0",
        ),
        (asked(json!({"taskDefinition": "windows"})), "ClientException Windows"),
        (
            asked(json!({"overrides": {"cpu": "300"}})),
            "ClientException No Fargate configuration exists for given values",
        ),
        (
            asked(json!({"overrides": {"ephemeralStorage": {"sizeInGiB": 201}}})),
            "ClientException 'ephemeralStorage'",
        ),
        (asked(json!({"group": ".fargate/shop/family:web"})), "InvalidParameterException Group"),
    ];
    stage.check_run_refusals(cases);
    let network = json!({"awsvpcConfiguration": {"subnets": ["subnet-us-east-1a"], "assignPublicIp": "ENABLED"}});
    stage.check_run_refusals(vec![(
        json!({"networkConfiguration": network}),
        "InvalidParameterException Assign public IP is not supported for this launch type.",
    )]);
}

#[test]
fn shares_of_fargate_s_providers_are_kept() {
    let mut stage = stage();
    host(&mut stage, "a", "us-east-1a", json!({}));
    let item = |name: &str, weight: i64| json!({"capacityProvider": name, "weight": weight});
    let strategy = json!([item("FARGATE", 1), item("FARGATE_SPOT", 2)]);
    stage.ok(
        "PutClusterCapacityProviders",
        json!({"cluster": "shop", "capacityProviders": ["FARGATE", "FARGATE_SPOT"], "defaultCapacityProviderStrategy": strategy}),
    );
    let mut request = asked(json!({"count": 6}));
    request.as_object_mut().expect("an object").remove("launchType");
    let reply = stage.run_whole(request);
    let of = |name: &str| {
        let is_it = |task: &&Json| text(&task["capacityProviderName"]) == name;
        list(&reply["tasks"]).filter(is_it).count()
    };
    assert_eq!((of("FARGATE"), of("FARGATE_SPOT")), (2, 4));
    assert!(list(&reply["tasks"]).all(|task| text(&task["launchType"]) == "FARGATE"));
}

#[test]
fn a_host_that_leaves_the_pool_ends_its_tasks_without_naming_itself() {
    let mut stage = stage();
    let arn = host(&mut stage, "a", "us-east-1a", json!({}));
    let reply = stage.run_whole(asked(json!({})));
    let task = text(&reply["tasks"][0]["taskArn"]);
    let asked_of =
        |force: bool| json!({"cluster": ".fargate", "containerInstance": arn, "force": force});
    assert!(stage.fault("DeregisterContainerInstance", asked_of(false)).contains("running tasks"));
    stage.ok("DeregisterContainerInstance", asked_of(true));
    let shown =
        stage.ok("DescribeTasks", json!({"cluster": "shop", "tasks": [task]}))["tasks"][0].take();
    assert_eq!(
        (text(&shown["lastStatus"]), text(&shown["stopCode"])),
        ("STOPPED".to_owned(), "TerminationNotice".to_owned())
    );
    assert!(text(&shown["stoppedReason"]).contains("underlying infrastructure"));
    assert_eq!(stage.ledger(&arn), Ledger::default());
}

#[test]
fn a_cluster_with_a_task_of_fargate_is_not_deleted() {
    let mut stage = stage();
    host(&mut stage, "a", "us-east-1a", json!({}));
    let before = stage.world.clone();
    stage.run_whole(asked(json!({})));
    let refused = stage.fault("DeleteCluster", json!({"cluster": "shop"}));
    assert!(refused.starts_with("ClusterContainsTasksException"), "{refused}");
    // Of two that decide at the same moment one looks again.
    let decide = |operation: &str, body: Json, decide: crate::decide::Decide| {
        let row = crate::ecs::TABLE.service.operation(operation).expect("an operation");
        let request = wire::codec::json::decode(row.input, body.to_string().as_bytes());
        decide(&before.view(), &request.expect("JSON"), &before.ctx()).expect("it may").1
    };
    let mut body = asked(json!({}));
    body["taskDefinition"] = "web".into();
    let run = decide("RunTask", body, super::super::run);
    let delete = decide("DeleteCluster", json!({"cluster": "shop"}), crate::ecs::cluster::delete);
    let after = before.snapshot.with(&run).expect("nobody was faster");
    assert!(after.with(&delete).is_err(), "a task is in it");
}
