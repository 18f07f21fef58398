//! Services on Fargate: what is asked for, what is shown, what is refused.

use super::{create_external, deployments, describe, stage as plain, update, with};
use crate::ecs::stage::{Stage, list};
use domain::vpc::{Subnet, Vpc};
use serde_json::{Value as Json, json};

/// A VPC with subnets in two zones, a cluster that may use Fargate's providers and one of a group, and the definitions `app` (of the smallest
/// size), `big` (which needs the newest platform) and `web` (not for Fargate).
fn stage() -> Stage {
    let mut stage = plain();
    let scope = stage.world.scope();
    let vpc: Vpc = serde_json::from_value(json!({
        "id": "vpc-1", "blocks": [["vpc-cidr-assoc-1", "10.0.0.0/16"]], "number": 1, "dhcpOptions": "default", "dnsSupport": true,
        "dnsHostnames": true, "tenancy": "default", "mainRouteTable": "rtb-1", "defaultAcl": "acl-1", "defaultGroup": "sg-0",
    }))
    .expect("a VPC");
    stage.world.put(&Vpc::key(&scope, "vpc-1"), vpc);
    for (id, zone, block) in [("subnet-1", "a", "10.0.1.0/24"), ("subnet-2", "b", "10.0.2.0/24")] {
        let subnet: Subnet = serde_json::from_value(json!({
            "id": id, "vpc": "vpc-1", "zone": zone, "block": block, "acl": "acl-1", "aclAssociation": "aclassoc-1",
        }))
        .expect("a subnet");
        stage.world.put(&Subnet::key(&scope, id), subnet);
    }
    for (family, cpu, memory) in [("app", "256", "512"), ("big", "8192", "16384")] {
        let more = json!({
            "networkMode": "awsvpc", "cpu": cpu, "memory": memory, "requiresCompatibilities": ["FARGATE"],
        });
        stage.define_task(family, json!({}), more);
    }
    let group = json!({"autoScalingGroupArn": "group"});
    stage.ok("CreateCapacityProvider", json!({"name": "own", "autoScalingGroupProvider": group}));
    let providers = json!(["FARGATE", "FARGATE_SPOT", "own"]);
    let request = json!({
        "cluster": "default", "capacityProviders": providers, "defaultCapacityProviderStrategy": [],
    });
    stage.ok("PutClusterCapacityProviders", request);
    stage
}

fn network(public_ip: &str) -> Json {
    json!({"awsvpcConfiguration": {
        "subnets": ["subnet-1", "subnet-2"], "securityGroups": [], "assignPublicIp": public_ip,
    }})
}

fn item(provider: &str, weight: i64, base: i64) -> Json {
    json!({"capacityProvider": provider, "weight": weight, "base": base})
}

/// CreateService of `web` with two tasks of `app`.
fn request(more: Json) -> Json {
    let request = json!({
        "serviceName": "web", "taskDefinition": "app", "desiredCount": 2, "networkConfiguration": network("ENABLED"),
    });
    with(request, more)
}

fn create(stage: &mut Stage, more: Json) -> Json {
    stage.ok("CreateService", request(more))["service"].take()
}

/// Platform of a thing that has one: `Linux 1.4.0`.
fn platform(shown: &Json) -> String {
    let text = |name: &str| shown[name].as_str().unwrap_or("-").to_owned();
    format!("{} {}", text("platformFamily"), text("platformVersion"))
}

#[test]
fn a_service_shows_what_was_asked_for_and_its_deployment_what_that_means() {
    let mut stage = stage();
    let service = create(&mut stage, json!({"launchType": "FARGATE"}));
    assert_eq!(service["launchType"], "FARGATE");
    assert_eq!(platform(&service), "Linux LATEST");
    assert_eq!(platform(&service["deployments"][0]), "Linux 1.4.0");
    assert_eq!(service["deployments"][0]["launchType"], "FARGATE");
    assert_eq!(service["networkConfiguration"], network("ENABLED"));
    assert_eq!(service["availabilityZoneRebalancing"], "ENABLED");
    let revision = service["currentServiceRevisions"][0]["arn"].clone();
    let request = json!({"serviceRevisionArns": [revision]});
    let reply = stage.ok("DescribeServiceRevisions", request);
    let revision = &reply["serviceRevisions"][0];
    assert_eq!(
        (platform(revision).as_str(), &revision["launchType"]),
        ("Linux 1.4.0", &json!("FARGATE"))
    );
    assert_eq!(describe(&mut stage)["deployments"], service["deployments"]);
}

#[test]
fn a_strategy_of_fargate_s_providers_is_shown_in_place_of_a_launch_type() {
    let mut stage = stage();
    let strategy = json!([item("FARGATE", 1, 1), item("FARGATE_SPOT", 3, 0)]);
    let service = create(
        &mut stage,
        json!({"capacityProviderStrategy": strategy, "platformVersion": "1.3.0"}),
    );
    assert_eq!(service["capacityProviderStrategy"], strategy);
    assert_eq!(service["launchType"], Json::Null);
    assert_eq!(platform(&service), "Linux 1.3.0");
    assert_eq!(platform(&service["deployments"][0]), "Linux 1.3.0");
}

#[test]
fn a_cluster_s_default_strategy_may_be_fargate_s() {
    let mut stage = stage();
    let strategy = json!([item("FARGATE_SPOT", 1, 0)]);
    let providers = json!(["FARGATE", "FARGATE_SPOT"]);
    let put = json!({
        "cluster": "default", "capacityProviders": providers, "defaultCapacityProviderStrategy": strategy,
    });
    stage.ok("PutClusterCapacityProviders", put);
    let service = create(&mut stage, json!({}));
    assert_eq!(service["capacityProviderStrategy"], strategy);
    assert_eq!(platform(&service), "Linux LATEST");
}

#[test]
fn statistics_count_a_service_by_launch_type_and_by_strategy() {
    let counted = |asked: Json| {
        let mut stage = stage();
        create(&mut stage, asked);
        let asked = json!({"clusters": ["default"], "include": ["STATISTICS"]});
        let cluster = stage.ok("DescribeClusters", asked)["clusters"][0].take();
        let active = list(&cluster["statistics"]).find(|it| it["value"] == "1");
        active.map(|it| it["name"].clone()).unwrap_or_default()
    };
    assert_eq!(counted(json!({"launchType": "FARGATE"})), "activeFargateServiceCount");
    let spot = json!({"capacityProviderStrategy": [item("FARGATE_SPOT", 1, 0)]});
    assert_eq!(counted(spot), "activeFargateServiceCount");
    let own = json!({"capacityProviderStrategy": [item("own", 1, 0)], "networkConfiguration": network("DISABLED")});
    assert_eq!(counted(own), "activeEC2ServiceCount");
}

#[test]
fn another_platform_begins_a_deployment_and_the_same_does_not() {
    let mut stage = stage();
    create(&mut stage, json!({"launchType": "FARGATE"}));
    let same = update(&mut stage, json!({"platformVersion": "LATEST"}));
    assert_eq!(list(&same["deployments"]).count(), 1);
    let older = update(&mut stage, json!({"platformVersion": "1.3.0"}));
    assert_eq!(platform(&older), "Linux 1.3.0");
    assert_eq!(platform(&older["deployments"][0]), "Linux 1.3.0");
    assert_eq!(
        deployments(&older),
        "PRIMARY app:1 want 2 IN_PROGRESS, ACTIVE app:1 want 0 IN_PROGRESS"
    );
    // What was asked for stays.
    let counted = update(&mut stage, json!({"desiredCount": 3}));
    assert_eq!(platform(&counted), "Linux 1.3.0");
    let fault = stage.fault("UpdateService", json!({"service": "web", "taskDefinition": "big"}));
    assert!(fault.starts_with("PlatformTaskDefinitionIncompatibilityException"), "{fault}");
}

#[test]
fn a_strategy_takes_the_place_of_a_launch_type_by_force() {
    let mut stage = stage();
    create(&mut stage, json!({"launchType": "FARGATE"}));
    let strategy = json!([item("FARGATE_SPOT", 1, 0)]);
    let fault = stage
        .fault("UpdateService", json!({"service": "web", "capacityProviderStrategy": strategy}));
    assert!(fault.starts_with("InvalidParameterException"), "{fault}");
    let request = json!({"capacityProviderStrategy": strategy, "forceNewDeployment": true});
    let service = update(&mut stage, request);
    assert_eq!(service["deployments"][0]["capacityProviderStrategy"], strategy);
    assert_eq!(platform(&service), "Linux LATEST");
    let back = json!({"capacityProviderStrategy": [], "forceNewDeployment": true});
    assert_eq!(update(&mut stage, back)["launchType"], "FARGATE");
}

#[test]
fn public_addresses_do_not_go_along_to_instances() {
    let mut stage = stage();
    create(&mut stage, json!({"launchType": "FARGATE"}));
    let strategy = json!([item("own", 1, 0)]);
    let moved =
        json!({"service": "web", "capacityProviderStrategy": strategy, "forceNewDeployment": true});
    let fault = stage.fault("UpdateService", moved.clone());
    assert_eq!(
        fault,
        "InvalidParameterException: Assign public IP is not supported for this launch type."
    );
    let service =
        update(&mut stage, with(moved, json!({"networkConfiguration": network("DISABLED")})));
    assert_eq!(service["deployments"][0]["capacityProviderStrategy"], strategy);
}

#[test]
fn a_provider_that_a_service_uses_stays_with_its_cluster() {
    let mut stage = stage();
    create(&mut stage, json!({"capacityProviderStrategy": [item("FARGATE_SPOT", 1, 0)]}));
    let put = json!({
        "cluster": "default", "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": [],
    });
    let fault = stage.fault("PutClusterCapacityProviders", put);
    assert!(fault.starts_with("ResourceInUseException"), "{fault}");
}

#[test]
fn what_fargate_does_not_do_is_refused() {
    let mut stage = stage();
    let fargate = |more: Json| request(with(json!({"launchType": "FARGATE"}), more));
    let mixed = json!([item("FARGATE", 1, 0), item("own", 1, 0)]);
    let cases = vec![
        (
            fargate(json!({"taskDefinition": "web", "networkConfiguration": null})),
            "InvalidParameterException FARGATE",
        ),
        (
            fargate(json!({"networkConfiguration": null})),
            "InvalidParameterException Network Configuration",
        ),
        (fargate(json!({"platformVersion": "1.2.0"})), "PlatformUnknownException"),
        (
            fargate(json!({"taskDefinition": "big", "platformVersion": "1.3.0"})),
            "PlatformTaskDefinitionIncompatibilityException",
        ),
        (
            fargate(json!({"schedulingStrategy": "DAEMON", "desiredCount": null})),
            "InvalidParameterException daemon",
        ),
        (
            fargate(json!({"placementConstraints": [{"type": "distinctInstance"}]})),
            "InvalidParameterException constraints",
        ),
        (
            fargate(json!({"placementStrategy": [{"type": "spread", "field": "host"}]})),
            "InvalidParameterException strategies",
        ),
        (request(json!({"capacityProviderStrategy": mixed})), "InvalidParameterException mix"),
        (
            request(
                json!({"capacityProviderStrategy": [item("FARGATE", 1, 0)], "taskDefinition": "web", "networkConfiguration": null}),
            ),
            "InvalidParameterException FARGATE",
        ),
        (
            request(
                json!({"launchType": "EC2", "networkConfiguration": network("DISABLED"), "platformVersion": "1.4.0"}),
            ),
            "InvalidParameterException platform version",
        ),
        (request(json!({"launchType": "EC2"})), "InvalidParameterException public IP"),
        (
            request(json!({"launchType": "EXTERNAL", "networkConfiguration": network("DISABLED")})),
            "InvalidParameterException EXTERNAL",
        ),
    ];
    stage.check_refusals("CreateService", cases);
    let put = json!({"cluster": "default", "capacityProviders": ["own"], "defaultCapacityProviderStrategy": []});
    stage.ok("PutClusterCapacityProviders", put);
    let strategy = json!({"capacityProviderStrategy": [item("FARGATE", 1, 0)]});
    stage.check_refusals(
        "CreateService",
        vec![(request(strategy), "InvalidParameterException FARGATE")],
    );
}

#[test]
fn task_sets_go_to_fargate_too() {
    let mut stage = stage();
    create_external(&mut stage, json!({}));
    let set = |more: Json| {
        let request = json!({
            "cluster": "default", "service": "web", "taskDefinition": "app", "networkConfiguration": network("ENABLED"),
        });
        with(request, more)
    };
    let made = stage.ok("CreateTaskSet", set(json!({"launchType": "FARGATE"})));
    assert_eq!(made["taskSet"]["launchType"], "FARGATE");
    assert_eq!(platform(&made["taskSet"]), "Linux 1.4.0");
    let strategy = json!([item("FARGATE_SPOT", 1, 0)]);
    let made = stage.ok("CreateTaskSet", set(json!({"capacityProviderStrategy": strategy})));
    assert_eq!(made["taskSet"]["capacityProviderStrategy"], strategy);
    let refused = set(json!({"launchType": "FARGATE", "platformVersion": "0.9"}));
    stage.check_refusals("CreateTaskSet", vec![(refused, "PlatformUnknownException")]);
}
