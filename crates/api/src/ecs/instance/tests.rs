//! Rules of describing, listing and draining instances.

use crate::ecs::stage::{Stage, cluster, instance_id, list, text};
use domain::instance::InstanceLink;
use expect_test::expect;
use serde_json::{Value as Json, json};

#[test]
fn instances_are_described_by_id_or_arn_and_what_is_missing_is_a_failure() {
    let mut stage = Stage::new();
    let arn = stage.host("a", json!({"tags": [{"key": "k", "value": "v"}]}));
    let id = arn.rsplit('/').next().expect("an id");
    let asked = json!([
        id,
        arn,
        "0123456789abcdef0123456789abcdef",
        "x",
        arn.replace("us-east-1", "eu-west-1")
    ]);
    let reply = stage.ok("DescribeContainerInstances", json!({"containerInstances": asked}));
    assert_eq!(list(&reply["containerInstances"]).count(), 2);
    assert_eq!(reply["containerInstances"][0]["tags"], json!([]));
    assert_eq!(reply["containerInstances"][0]["healthStatus"], Json::Null);
    let failures: Vec<_> = list(&reply["failures"])
        .map(|it| format!("{} {}", text(&it["arn"]), text(&it["reason"])))
        .collect();
    expect![[r#"
        arn:aws:ecs:us-east-1:123456789012:container-instance/default/0123456789abcdef0123456789abcdef MISSING
        arn:aws:ecs:us-east-1:123456789012:container-instance/default/x MISSING
        arn:aws:ecs:eu-west-1:123456789012:container-instance/default/ID MISSING"#]].assert_eq(&failures.join("\n").replace(id, "ID"));
    let cases = vec![
        (json!({"containerInstances": []}), "InvalidParameterException empty"),
        (json!({"containerInstances": vec!["x"; 101]}), "InvalidParameterException 100"),
    ];
    stage.check_refusals("DescribeContainerInstances", cases);
}

#[test]
fn remaining_resources_are_what_no_task_holds_and_ports_are_those_in_use() {
    let mut stage = Stage::new();
    let devices = json!([{"id": "g0", "type": "GPU"}, {"id": "g1", "type": "GPU"}]);
    let arn = stage.host("a", json!({"platformDevices": devices}));
    let ports = json!([{"containerPort": 80, "hostPort": 8080}, {"containerPort": 53, "hostPort": 53, "protocol": "udp"}]);
    let gpu = json!([{"type": "GPU", "value": "1"}]);
    stage.define("web", json!({"cpu": 100, "portMappings": ports, "resourceRequirements": gpu}));
    let task = stage.task();
    let remaining = |stage: &mut Stage| {
        let reply = stage.ok("DescribeContainerInstances", json!({"containerInstances": [arn]}));
        let instance = &reply["containerInstances"][0];
        let shown = list(&instance["remainingResources"]).map(|resource| {
            let set: Vec<_> = list(&resource["stringSetValue"]).map(text).collect();
            format!("{}={}{}", text(&resource["name"]), resource["integerValue"], set.join(","))
        });
        let counts = format!(
            " running {} pending {}",
            instance["runningTasksCount"], instance["pendingTasksCount"]
        );
        shown.collect::<Vec<_>>().join(" ") + &counts
    };
    let pending = remaining(&mut stage);
    stage.report(&task, json!({"status": "RUNNING"}));
    let running = remaining(&mut stage);
    stage.report(&task, json!({"status": "STOPPED"}));
    expect![[r#"
        CPU=924 MEMORY=960 PORTS=022,2375,2376,8080,51678,51679 PORTS_UDP=053 GPU=0g1 running 0 pending 1
        CPU=924 MEMORY=960 PORTS=022,2375,2376,8080,51678,51679 PORTS_UDP=053 GPU=0g1 running 1 pending 0
        CPU=1024 MEMORY=1024 PORTS=022,2375,2376,51678,51679 PORTS_UDP=0 GPU=0g0,g1 running 0 pending 0"#]].assert_eq(&[pending, running, remaining(&mut stage)].join("\n"));
}

#[test]
fn tags_and_health_are_shown_only_when_asked_for() {
    let mut stage = Stage::new();
    let arn = stage.host("a", json!({"tags": [{"key": "k", "value": "v"}]}));
    let include = json!(["TAGS", "CONTAINER_INSTANCE_HEALTH"]);
    let request = json!({"containerInstances": [arn], "include": include});
    let shown =
        stage.ok("DescribeContainerInstances", request.clone())["containerInstances"][0].take();
    assert_eq!(shown["tags"], json!([{"key": "k", "value": "v"}]));
    assert_eq!(shown["healthStatus"]["overallStatus"], "INSUFFICIENT_DATA");
    let key = InstanceLink::key(&stage.world.scope(), &cluster(), &instance_id(&arn));
    stage.world.change::<InstanceLink>(&key, |link| {
        let check = json!({"type": "CONTAINER_RUNTIME", "status": "OK", "lastUpdated": 1.5, "lastStatusChange": 1});
        link.health = Some(json!({"overallStatus": "OK", "details": [check]}));
    });
    let shown =
        stage.ok("DescribeContainerInstances", request)["containerInstances"][0]["healthStatus"]
            .take();
    let check = json!({"type": "CONTAINER_RUNTIME", "status": "OK", "lastUpdated": 1.5, "lastStatusChange": 1.0});
    assert_eq!(shown["overallStatus"], "OK");
    assert_eq!(shown["details"][0]["lastUpdated"].as_f64(), check["lastUpdated"].as_f64());
    assert_eq!(
        shown["details"][0]["lastStatusChange"].as_f64(),
        check["lastStatusChange"].as_f64()
    );
}

#[test]
fn a_list_is_filtered_by_query_and_status() {
    let mut stage = Stage::new();
    stage.define("web", json!({}));
    let mut names = std::collections::BTreeMap::new();
    for (name, rack) in [("a", "1"), ("b", "2"), ("c", "2")] {
        let arn = stage.host(name, json!({"attributes": [{"name": "rack", "value": rack}]}));
        names.insert(arn, name);
    }
    let arn_of =
        |name: &str| names.iter().find(|(_, known)| **known == name).expect("a name").0.clone();
    let state = json!({"containerInstances": [arn_of("b")], "status": "DRAINING"});
    stage.ok("UpdateContainerInstancesState", state);
    stage.ok("StartTask", json!({"taskDefinition": "web", "containerInstances": [arn_of("c")]}));
    let mut listed = |request: Json| {
        let reply = stage.ok("ListContainerInstances", request);
        let mut listed: Vec<_> =
            list(&reply["containerInstanceArns"]).map(|arn| names[&text(arn)]).collect();
        listed.sort_unstable();
        listed.join("")
    };
    assert_eq!(listed(json!({})), "abc");
    assert_eq!(listed(json!({"status": "ACTIVE"})), "ac");
    assert_eq!(listed(json!({"status": "DRAINING"})), "b");
    assert_eq!(listed(json!({"filter": "attribute:rack == 2"})), "bc");
    assert_eq!(listed(json!({"filter": "attribute:rack == 2", "status": "ACTIVE"})), "c");
    assert_eq!(listed(json!({"filter": "task:group == family:web"})), "c");
    let page = stage.ok("ListContainerInstances", json!({"maxResults": 2}));
    let rest = json!({"maxResults": 2, "nextToken": page["nextToken"]});
    assert_eq!(list(&stage.ok("ListContainerInstances", rest)["containerInstanceArns"]).count(), 1);
    let fault = stage.fault("ListContainerInstances", json!({"filter": "attribute:rack = 2"}));
    assert!(
        fault.starts_with("InvalidParameterException: ") && fault.contains("character 16"),
        "{fault}"
    );
}

#[test]
fn draining_is_set_and_taken_back_instance_by_instance() {
    let mut stage = Stage::new();
    let (a, gone) = (stage.host("a", json!({})), stage.host("gone", json!({})));
    stage.ok("DeregisterContainerInstance", json!({"containerInstance": gone}));
    let unknown = "0123456789abcdef0123456789abcdef";
    let mut set = |status: &str, instances: Json| {
        let reply = stage.ok(
            "UpdateContainerInstancesState",
            json!({"containerInstances": instances, "status": status}),
        );
        let shown = list(&reply["containerInstances"])
            .map(|it| format!("{} v{}", text(&it["status"]), it["version"]));
        let failures = list(&reply["failures"]).map(|it| text(&it["reason"]));
        shown.chain(failures).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(set("DRAINING", json!([a, gone, unknown, a])), "DRAINING v2 INACTIVE MISSING");
    assert_eq!(set("DRAINING", json!([a])), "DRAINING v2");
    assert_eq!(set("ACTIVE", json!([a])), "ACTIVE v3");
    let cases = vec![
        (
            json!({"containerInstances": [a], "status": "DEREGISTERING"}),
            "InvalidParameterException DRAINING",
        ),
        (json!({"containerInstances": [], "status": "ACTIVE"}), "InvalidParameterException empty"),
        (
            json!({"containerInstances": vec![a; 11], "status": "ACTIVE"}),
            "InvalidParameterException 10",
        ),
    ];
    stage.check_refusals("UpdateContainerInstancesState", cases);
}

#[test]
fn the_plane_never_has_an_update_for_an_agent() {
    let mut stage = Stage::new();
    let arn = stage.host("a", json!({}));
    let request = json!({"containerInstance": arn});
    assert!(
        stage.fault("UpdateContainerAgent", request.clone()).starts_with("MissingVersionException")
    );
    let key = InstanceLink::key(&stage.world.scope(), &cluster(), &instance_id(&arn));
    stage.world.change::<InstanceLink>(&key, |link| link.agent_version = Some("1.105.1".into()));
    assert!(stage.fault("UpdateContainerAgent", request).starts_with("NoUpdateAvailableException"));
    let unknown = json!({"containerInstance": "0123456789abcdef0123456789abcdef"});
    assert!(stage.fault("UpdateContainerAgent", unknown).starts_with("InvalidParameterException"));
}
