//! What is refused: first in ECS's words, then what Longshore does not serve.

use super::{create, stage, with};
use crate::ecs::stage::Stage;
use serde_json::{Value as Json, json};

/// CreateService of `web` with `more` is refused like that.
fn check(stage: &mut Stage, cases: Vec<(Json, &'static str)>) {
    let request = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 2});
    let whole = |(more, fault)| (with(request.clone(), more), fault);
    stage.check_refusals("CreateService", cases.into_iter().map(whole).collect());
}

#[test]
fn ecs_s_own_rules_hold() {
    let mut stage = stage();
    stage.define_task("net", json!({}), json!({"networkMode": "awsvpc"}));
    stage.define("old", json!({}));
    stage.ok("DeregisterTaskDefinition", json!({"taskDefinition": "old:1"}));
    let item = json!([{"capacityProvider": "FARGATE", "weight": 1}]);
    let many: Vec<_> = (0..11).map(|_| json!({"type": "distinctInstance"})).collect();
    check(
        &mut stage,
        vec![
            (json!({"serviceName": "a b"}), "InvalidParameterException a b"),
            (json!({"serviceName": ""}), "InvalidParameterException"),
            (json!({"desiredCount": null}), "InvalidParameterException desiredCount"),
            (json!({"desiredCount": -1}), "InvalidParameterException desiredCount"),
            (json!({"taskDefinition": null}), "InvalidParameterException TaskDefinition"),
            (json!({"taskDefinition": "nothing"}), "ClientException TaskDefinition not found."),
            (json!({"taskDefinition": "old:1"}), "ClientException TaskDefinition is inactive"),
            (
                json!({"taskDefinition": "net"}),
                "InvalidParameterException Network Configuration must be provided",
            ),
            (
                json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["s"]}}}),
                "InvalidParameterException Network Configuration is not valid",
            ),
            (json!({"platformVersion": "LATEST"}), "InvalidParameterException platform version"),
            (
                json!({"launchType": "EC2", "capacityProviderStrategy": item}),
                "InvalidParameterException both a launch type and capacity provider strategy",
            ),
            (json!({"capacityProviderStrategy": item}), "InvalidParameterException FARGATE"),
            (json!({"role": "arn:aws:iam::1:role/x"}), "InvalidParameterException IAM role"),
            (json!({"healthCheckGracePeriodSeconds": -1}), "InvalidParameterException"),
            (json!({"placementConstraints": many}), "InvalidParameterException 10"),
            (
                json!({"placementConstraints": [{"type": "memberOf", "expression": "a =="}]}),
                "InvalidParameterException expression",
            ),
            (
                json!({"placementStrategy": [{"type": "spread"}]}),
                "InvalidParameterException strategy",
            ),
            (json!({"tags": [{"key": "aws:x", "value": "1"}]}), "InvalidParameterException aws:"),
            (json!({"clientToken": "x".repeat(37)}), "InvalidParameterException clientToken"),
            (json!({"schedulingStrategy": "SOME"}), "InvalidParameterException schedulingStrategy"),
            (json!({"cluster": "other"}), "ClusterNotFoundException: Cluster not found."),
        ],
    );
    let bounds = [
        json!({"maximumPercent": 99}),
        json!({"minimumHealthyPercent": 101}),
        json!({"minimumHealthyPercent": -1}),
        json!({"bakeTimeInMinutes": 1441}),
        json!({"alarms": {"alarmNames": [], "enable": true, "rollback": true}}),
    ];
    for bound in bounds {
        let more = json!({"deploymentConfiguration": bound});
        check(&mut stage, vec![(more, "InvalidParameterException")]);
    }
}

#[test]
fn a_daemon_takes_neither_count_nor_strategy_nor_another_controller() {
    let mut stage = stage();
    let refused = "InvalidParameterException daemon scheduling strategy";
    let daemon = json!({"schedulingStrategy": "DAEMON", "desiredCount": null});
    let random = json!({"placementStrategy": [{"type": "random"}]});
    check(
        &mut stage,
        vec![
            (json!({"schedulingStrategy": "DAEMON"}), refused),
            (with(daemon.clone(), random), refused),
            (with(daemon.clone(), json!({"deploymentController": {"type": "EXTERNAL"}})), refused),
            (
                with(daemon.clone(), json!({"availabilityZoneRebalancing": "ENABLED"})),
                "InvalidParameterException DAEMON",
            ),
            (
                with(daemon, json!({"deploymentConfiguration": {"maximumPercent": 150}})),
                "ClientException not served by Longshore yet",
            ),
        ],
    );
}

#[test]
fn an_external_service_has_no_template_of_its_own() {
    let mut stage = stage();
    let external = json!({"deploymentController": {"type": "EXTERNAL"}, "taskDefinition": null});
    let refused = "InvalidParameterException EXTERNAL";
    check(
        &mut stage,
        vec![
            (with(external.clone(), json!({"taskDefinition": "web"})), refused),
            (with(external.clone(), json!({"launchType": "EC2"})), refused),
            (
                with(external.clone(), json!({"deploymentConfiguration": {"maximumPercent": 150}})),
                refused,
            ),
            (with(external, json!({"availabilityZoneRebalancing": "ENABLED"})), refused),
        ],
    );
}

#[test]
fn what_is_not_served_is_named() {
    let mut stage = stage();
    let balancer = json!([{"targetGroupArn": "t", "containerName": "app", "containerPort": 80}]);
    let cases = [
        (json!({"loadBalancers": balancer}), "loadBalancers"),
        (json!({"loadBalancers": balancer, "role": "r"}), "loadBalancers"),
        (json!({"serviceRegistries": [{"registryArn": "r"}]}), "serviceRegistries"),
        (json!({"serviceConnectConfiguration": {"enabled": true}}), "serviceConnectConfiguration"),
        (json!({"volumeConfigurations": [{"name": "v"}]}), "volumeConfigurations"),
        (
            json!({"vpcLatticeConfigurations": [
                {"roleArn": "r", "targetGroupArn": "t", "portName": "p"},
            ]}),
            "vpcLatticeConfigurations",
        ),
        (json!({"gatewayConnectors": [{"portName": "p"}]}), "gatewayConnectors"),
        (
            json!({"monitoring": {"metricConfigurations": [{"metricNames": ["m"], "resolutionSeconds": 60}]}}),
            "monitoring",
        ),
        (json!({"deploymentController": {"type": "CODE_DEPLOY"}}), "CODE_DEPLOY"),
        (json!({"deploymentConfiguration": {"strategy": "BLUE_GREEN"}}), "BLUE_GREEN"),
        (json!({"deploymentConfiguration": {"strategy": "CANARY"}}), "CANARY"),
        (json!({"deploymentConfiguration": {"linearConfiguration": {}}}), "linearConfiguration"),
        (json!({"deploymentConfiguration": {"canaryConfiguration": {}}}), "canaryConfiguration"),
        (
            json!({"deploymentConfiguration": {"earlySuccessCriteria": {"enable": true}}}),
            "earlySuccessCriteria",
        ),
        (
            json!({"deploymentConfiguration": {"deploymentCircuitBreaker": {
                "enable": true, "rollback": true, "resetOnHealthyTask": true,
            }}}),
            "resetOnHealthyTask",
        ),
        (
            json!({"deploymentConfiguration": {"deploymentCircuitBreaker": {
                "enable": true, "rollback": true,
                "thresholdConfiguration": {"type": "COUNT", "value": 5},
            }}}),
            "thresholdConfiguration",
        ),
        (
            json!({"deploymentConfiguration": {"lifecycleHooks": [{"hookTargetArn": "h"}]}}),
            "lifecycleHooks",
        ),
    ];
    for (more, name) in cases {
        let request = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 2});
        let fault = stage.fault("CreateService", with(request, more.clone()));
        assert!(
            fault.starts_with("ClientException: ")
                && fault.contains(name)
                && fault.ends_with("is not served by Longshore yet."),
            "{more}: {fault}"
        );
    }
    create(&mut stage, json!({}));
    for (more, name) in [
        (json!({"loadBalancers": balancer}), "loadBalancers"),
        (json!({"deploymentController": {"type": "EXTERNAL"}}), "deploymentController"),
    ] {
        let fault = stage.fault("UpdateService", with(json!({"service": "web"}), more));
        assert!(fault.contains(name) && fault.contains("not served"), "{fault}");
    }
}

#[test]
fn a_deleted_cluster_is_told_from_one_that_never_was() {
    let mut stage = stage();
    stage.ok("CreateCluster", json!({"clusterName": "gone"}));
    stage.ok("DeleteCluster", json!({"cluster": "gone"}));
    let inactive = "ClusterNotFoundException: The referenced cluster was inactive.";
    for (operation, more) in [
        (
            "CreateService",
            json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 1}),
        ),
        ("UpdateService", json!({"service": "web"})),
        ("DeleteService", json!({"service": "web"})),
        ("DescribeServices", json!({"services": ["web"]})),
        ("ListServices", json!({})),
    ] {
        assert_eq!(stage.fault(operation, with(more, json!({"cluster": "gone"}))), inactive);
    }
}

#[test]
fn what_is_not_there_cannot_be_changed() {
    let mut stage = stage();
    assert_eq!(
        stage.fault("UpdateService", json!({"service": "web"})),
        "ServiceNotFoundException: Service not found."
    );
    create(&mut stage, json!({}));
    stage.ok("DeleteService", json!({"service": "web", "force": true}));
    assert_eq!(
        stage.fault("UpdateService", json!({"service": "web"})),
        "ServiceNotActiveException: Service was not ACTIVE."
    );
}
