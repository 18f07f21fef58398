//! CreateService: what it writes, what it means by default, and when it is the same call again.

use super::{
    create, create_daemon, create_external, deployments, describe, record, stage, stories, with,
};
use crate::ecs::stage::text;
use serde_json::json;

const ARN: &str = "arn:aws:ecs:us-east-1:123456789012";

#[test]
fn a_new_service_has_one_deployment_and_its_story_begins() {
    let mut stage = stage();
    let service = create(&mut stage, json!({}));
    assert_eq!(deployments(&service), "PRIMARY web:1 want 2 IN_PROGRESS");
    assert_eq!(stories(&stage), ["PENDING 2 of web:1 from 0"]);
    let request = json!({"services": ["web"], "include": ["TAGS"]});
    let described = stage.ok("DescribeServices", request);
    assert_eq!(service, described["services"][0], "DescribeServices shows what was answered");
}

#[test]
fn a_definition_is_shown_by_its_arn_however_it_was_named() {
    let arn = format!("{ARN}:task-definition/web:2");
    for named in ["web", "web:2", arn.as_str()] {
        let mut stage = stage();
        stage.define("web", json!({}));
        let service = create(&mut stage, json!({"taskDefinition": named}));
        assert_eq!(service["taskDefinition"], arn.as_str(), "{named}");
        assert_eq!(service["deployments"][0]["taskDefinition"], arn.as_str(), "{named}");
    }
}

#[test]
fn the_primary_s_id_is_that_of_its_revision() {
    let mut stage = stage();
    let service = create(&mut stage, json!({}));
    let id = text(&service["deployments"][0]["id"]);
    let digits = id.strip_prefix("ecs-svc/").expect("a prefix");
    assert_eq!(digits.len(), 19);
    assert_eq!(
        service["currentServiceRevisions"],
        json!([{
            "arn": format!("{ARN}:service-revision/default/web/{digits}"),
            "requestedTaskCount": 2,
            "runningTaskCount": 0,
            "pendingTaskCount": 0,
        }])
    );
    assert_eq!(
        service["deployments"][0]["rolloutStateReason"],
        format!("ECS deployment {id} in progress.")
    );
    let story = text(&service["currentServiceDeployment"]);
    let story = story.strip_prefix(&format!("{ARN}:service-deployment/default/web/"));
    assert_eq!(story.expect("a story of this service").len(), 21);
}

#[test]
fn every_setting_has_its_default() {
    let mut stage = stage();
    let service = create(&mut stage, json!({}));
    let shown = |name: &str| service[name].clone();
    assert_eq!(shown("launchType"), "EC2");
    assert_eq!(shown("schedulingStrategy"), "REPLICA");
    assert_eq!(shown("deploymentController"), json!({"type": "ECS"}));
    assert_eq!(shown("availabilityZoneRebalancing"), "ENABLED");
    assert_eq!(shown("enableECSManagedTags"), false);
    assert_eq!(shown("enableExecuteCommand"), false);
    assert_eq!(shown("propagateTags"), "NONE");
    assert_eq!(shown("createdBy"), "arn:aws:iam::123456789012:root");
    for name in ["loadBalancers", "serviceRegistries", "placementConstraints", "placementStrategy"]
    {
        assert_eq!(shown(name), json!([]), "{name}");
    }
    assert_eq!(
        shown("deploymentConfiguration"),
        json!({
            "deploymentCircuitBreaker": {"enable": false, "rollback": false},
            "maximumPercent": 200,
            "minimumHealthyPercent": 100,
            "strategy": "ROLLING",
            "bakeTimeInMinutes": 0,
        })
    );
    let absent = ["capacityProviderStrategy", "networkConfiguration", "platformVersion", "roleArn"];
    for name in absent {
        assert_eq!(service.get(name), None, "{name}");
    }
}

#[test]
fn every_setting_is_shown_as_it_was_asked_for() {
    let mut stage = stage();
    let asked = json!({
        "deploymentConfiguration": {
            "deploymentCircuitBreaker": {"enable": true, "rollback": true},
            "maximumPercent": 150,
            "minimumHealthyPercent": 50,
            "alarms": {"alarmNames": ["errors"], "enable": true, "rollback": false},
            "strategy": "ROLLING",
            "bakeTimeInMinutes": 5,
        },
        "placementConstraints": [
            {"type": "distinctInstance"},
            {"type": "memberOf", "expression": "attribute:stack == prod"},
        ],
        "placementStrategy": [
            {"type": "spread", "field": "attribute:ecs.availability-zone"},
            {"type": "binpack", "field": "MEMORY"},
        ],
        "healthCheckGracePeriodSeconds": 30,
        "availabilityZoneRebalancing": "DISABLED",
        "enableECSManagedTags": true,
        "propagateTags": "SERVICE",
        "launchType": "EC2",
        "schedulingStrategy": "REPLICA",
        "deploymentController": {"type": "ECS"},
    });
    let service = create(&mut stage, asked.clone());
    for (name, value) in asked.as_object().expect("an object") {
        assert_eq!(service[name], *value, "{name}");
    }
}

#[test]
fn strategies_are_shown_in_ecs_s_spelling() {
    let mut stage = stage();
    let asked = json!({"placementStrategy": [
        {"type": "spread", "field": "host"}, {"type": "binpack", "field": "cpu"}, {"type": "random"},
    ]});
    assert_eq!(
        create(&mut stage, asked)["placementStrategy"],
        json!([
            {"type": "spread", "field": "instanceId"},
            {"type": "binpack", "field": "CPU"},
            {"type": "random"},
        ])
    );
}

#[test]
fn zones_are_kept_balanced_by_default_where_they_can_be() {
    let zone = "attribute:ecs.availability-zone";
    let cases = [
        (json!({}), "ENABLED"),
        (json!({"placementStrategy": [{"type": "spread", "field": zone}]}), "ENABLED"),
        (json!({"placementStrategy": [{"type": "spread", "field": "instanceId"}]}), "DISABLED"),
        (json!({"deploymentConfiguration": {"maximumPercent": 100}}), "DISABLED"),
        (json!({"launchType": "EXTERNAL"}), "DISABLED"),
        (
            json!({"placementConstraints": [
                {"type": "memberOf", "expression": format!("{zone} in [us-east-1a]")},
            ]}),
            "DISABLED",
        ),
    ];
    for (asked, expected) in cases {
        let mut fresh = stage();
        let service = create(&mut fresh, asked.clone());
        assert_eq!(service["availabilityZoneRebalancing"], expected, "{asked}");
        let request = with(
            json!({"serviceName": "two", "taskDefinition": "web", "desiredCount": 1}),
            with(asked.clone(), json!({"availabilityZoneRebalancing": "ENABLED"})),
        );
        match expected {
            "ENABLED" => drop(fresh.ok("CreateService", request)),
            _ => fresh.check_refusals(
                "CreateService",
                vec![(request, "InvalidParameterException Availability Zone")],
            ),
        }
    }
}

#[test]
fn a_daemon_wants_one_task_on_each_instance_that_fits() {
    let mut stage = stage();
    let stack = |value: &str| json!({"attributes": [{"name": "stack", "value": value}]});
    stage.host("a", stack("prod"));
    let full = stage.host("b", stack("prod"));
    stage.host("c", stack("test"));
    let away = stage.host("d", stack("prod"));
    let drained = stage.host("e", stack("prod"));
    let outside = json!([{"name": "ecs.capability.external"}, {"name": "stack", "value": "prod"}]);
    stage.host("f", json!({"attributes": outside}));
    // Neither room nor a connection has to do with what is wanted.
    stage.define("big", json!({"memory": 1000}));
    stage.ok("StartTask", json!({"taskDefinition": "big", "containerInstances": [full]}));
    stage.connect(&away, false);
    let drain = json!({"containerInstances": [drained], "status": "DRAINING"});
    stage.ok("UpdateContainerInstancesState", drain);
    let asked = json!({"placementConstraints": [
        {"type": "memberOf", "expression": "attribute:stack == prod"},
        {"type": "distinctInstance"},
    ]});
    let service = create_daemon(&mut stage, asked);
    assert_eq!(service["desiredCount"], 3, "a, b and d");
    assert_eq!(service["deployments"][0]["desiredCount"], 3);
    assert_eq!(service["currentServiceRevisions"][0]["requestedTaskCount"], 3);
    assert_eq!(service["availabilityZoneRebalancing"], "DISABLED");
    assert_eq!(service["deploymentConfiguration"]["maximumPercent"], 100);
    assert_eq!(service["deploymentConfiguration"]["minimumHealthyPercent"], 0);
    stage.host("g", stack("prod"));
    assert_eq!(describe(&mut stage)["desiredCount"], 4);
}

#[test]
fn a_daemon_with_a_strategy_is_on_the_instances_of_its_providers() {
    let mut stage = stage();
    give_providers(&mut stage);
    let group = |name: &str| json!({"attributes": [{"name": "longshore.auto-scaling-group", "value": name}]});
    stage.host("a", group("metal"));
    stage.host("b", group("spare"));
    stage.host("c", json!({}));
    assert_eq!(create_daemon(&mut stage, json!({}))["desiredCount"], 1);
    let everywhere = json!({"serviceName": "all", "launchType": "EC2"});
    assert_eq!(create_daemon(&mut stage, everywhere)["desiredCount"], 3);
}

#[test]
fn an_external_service_has_task_sets_and_no_deployment() {
    let mut stage = stage();
    let service = create_external(&mut stage, json!({}));
    assert_eq!(service["deployments"], json!([]));
    assert_eq!(service["desiredCount"], 2);
    assert_eq!(service["launchType"], "EC2");
    assert_eq!(service["deploymentController"], json!({"type": "EXTERNAL"}));
    assert_eq!(service["availabilityZoneRebalancing"], "DISABLED");
    for name in ["taskDefinition", "currentServiceDeployment", "currentServiceRevisions"] {
        assert_eq!(service.get(name), None, "{name}");
    }
    assert!(stories(&stage).is_empty());
}

#[test]
fn the_same_token_and_request_is_the_same_call() {
    let mut stage = stage();
    let first = create(&mut stage, json!({"clientToken": "t"}));
    let before = record(&stage);
    let second = create(&mut stage, json!({"clientToken": "t"}));
    assert_eq!(first, second);
    assert_eq!(before, record(&stage));
    let request = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 2});
    let not_idempotent =
        "InvalidParameterException: Creation of service was not idempotent.".to_owned();
    for more in
        [json!({}), json!({"clientToken": "u"}), json!({"clientToken": "t", "desiredCount": 3})]
    {
        let request = with(request.clone(), more);
        assert_eq!(stage.fault("CreateService", request), not_idempotent);
    }
}

#[test]
fn a_service_of_another_cluster_may_have_the_same_name() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    stage.ok("CreateCluster", json!({"clusterName": "other"}));
    let other = create(&mut stage, json!({"cluster": "other"}));
    assert_eq!(other["serviceArn"], format!("{ARN}:service/other/web"));
}

#[test]
fn a_cluster_s_default_strategy_is_for_services_that_name_no_launch_type() {
    let mut stage = stage();
    give_providers(&mut stage);
    let service = create(&mut stage, json!({}));
    let strategy = json!([{"capacityProvider": "metal", "weight": 1, "base": 0}]);
    assert_eq!(service["capacityProviderStrategy"], strategy);
    assert_eq!(service["deployments"][0]["capacityProviderStrategy"], strategy);
    assert_eq!(service.get("launchType"), None);
    let request = json!({
        "serviceName": "two", "taskDefinition": "web", "desiredCount": 1, "launchType": "EC2",
    });
    let two = stage.ok("CreateService", request)["service"].take();
    assert_eq!(two["launchType"], "EC2");
    assert_eq!(two.get("capacityProviderStrategy"), None);
}

/// Gives the cluster the provider `metal` and makes it the default.
pub(super) fn give_providers(stage: &mut crate::ecs::stage::Stage) {
    use crate::ecs::stage::cluster;
    use domain::{
        capacity::{AutoScalingGroup, CapacityProvider, ManagedScaling, ProviderStatus},
        cluster::{Cluster, StrategyItem},
    };
    let scope = stage.world.scope();
    for name in ["metal", "spare"] {
        let provider = CapacityProvider {
            name: name.into(),
            status: ProviderStatus::Active,
            update_status: None,
            inactive_since: None,
            group: AutoScalingGroup {
                arn: name.into(),
                scaling: ManagedScaling::default(),
                termination_protection: false,
                draining: false,
            },
            cluster: None,
            created_at: stage.world.now,
            tags: Vec::new(),
        };
        stage.world.put(&CapacityProvider::key(&scope, name), provider);
    }
    stage.world.change::<Cluster>(&Cluster::key(&scope, &cluster()), |cluster| {
        cluster.capacity_providers = vec!["metal".into(), "spare".into()];
        cluster.default_strategy =
            vec![StrategyItem { capacity_provider: "metal".into(), weight: 1, base: 0 }];
    });
}
