//! UpdateService: what is left out stays, what is empty empties.

use super::{create, create_daemon, stage, update};
use serde_json::{Value as Json, json};

#[test]
fn what_is_left_out_stays_and_what_is_empty_empties() {
    let mut stage = stage();
    let constraint = json!([{"type": "distinctInstance"}]);
    let spread = json!([{"type": "spread", "field": "attribute:ecs.availability-zone"}]);
    let asked = json!({
        "placementConstraints": constraint,
        "placementStrategy": spread,
        "healthCheckGracePeriodSeconds": 9,
        "enableECSManagedTags": true,
        "propagateTags": "SERVICE",
    });
    create(&mut stage, asked.clone());
    let kept = update(&mut stage, json!({"desiredCount": 3}));
    for (name, value) in asked.as_object().expect("an object") {
        assert_eq!(kept[name], *value, "{name}");
    }
    let emptied = json!({"placementConstraints": [], "placementStrategy": []});
    let emptied = update(&mut stage, emptied);
    assert_eq!(emptied["placementConstraints"], json!([]));
    assert_eq!(emptied["placementStrategy"], json!([]));
    assert_eq!(emptied["propagateTags"], "SERVICE");
}

#[test]
fn of_a_configuration_only_what_is_said_changes() {
    let mut stage = stage();
    create(
        &mut stage,
        json!({"deploymentConfiguration": {
            "deploymentCircuitBreaker": {"enable": true, "rollback": false},
            "maximumPercent": 150,
            "minimumHealthyPercent": 50,
        }}),
    );
    let service = update(&mut stage, json!({"deploymentConfiguration": {"maximumPercent": 300}}));
    let configuration = &service["deploymentConfiguration"];
    assert_eq!(configuration["maximumPercent"], 300);
    assert_eq!(configuration["minimumHealthyPercent"], 50);
    assert_eq!(
        configuration["deploymentCircuitBreaker"],
        json!({"enable": true, "rollback": false})
    );
}

#[test]
fn zones_stay_balanced_or_not_until_somebody_says_otherwise() {
    let mut stage = stage();
    create(&mut stage, json!({"placementStrategy": [{"type": "random"}]}));
    // It could be now, but nobody asked for it.
    let service = update(&mut stage, json!({"placementStrategy": []}));
    assert_eq!(service["availabilityZoneRebalancing"], "DISABLED");
    let service = update(&mut stage, json!({"availabilityZoneRebalancing": "ENABLED"}));
    assert_eq!(service["availabilityZoneRebalancing"], "ENABLED");
    // And what it forbids is refused, unless it is given up in the same call.
    let bounds = json!({"maximumPercent": 100, "minimumHealthyPercent": 0});
    let request = json!({"service": "web", "deploymentConfiguration": bounds});
    let refusals = vec![(request, "InvalidParameterException maximumPercent of 100")];
    stage.check_refusals("UpdateService", refusals);
    let service = update(
        &mut stage,
        json!({"deploymentConfiguration": bounds, "availabilityZoneRebalancing": "DISABLED"}),
    );
    assert_eq!(service["deploymentConfiguration"]["maximumPercent"], 100);
}

#[test]
fn how_many_tasks_a_daemon_has_is_not_the_client_s_to_say() {
    let mut stage = stage();
    create_daemon(&mut stage, json!({}));
    let cases: [(Json, &str); 2] = [
        (
            json!({"desiredCount": 1}),
            "InvalidParameterException: The daemon scheduling strategy does not support a desired count for services. Remove the desired \
             count value and try again",
        ),
        (
            json!({"placementStrategy": [{"type": "random"}]}),
            "InvalidParameterException: The daemon scheduling strategy does not support placement strategies. Remove the placement \
             strategy and try again",
        ),
    ];
    for (more, fault) in cases {
        let request = super::with(json!({"service": "web"}), more);
        assert_eq!(stage.fault("UpdateService", request), fault);
    }
}

#[test]
fn another_definition_brings_its_own_constraints() {
    let mut stage = stage();
    let rules = |count: usize| {
        let rule =
            |at| json!({"type": "memberOf", "expression": format!("attribute:a{at} exists")});
        (0..count).map(rule).collect::<Vec<_>>()
    };
    create(&mut stage, json!({"placementConstraints": rules(8)}));
    stage.define_task("web", json!({}), json!({"placementConstraints": rules(3)}));
    let request = json!({"service": "web", "taskDefinition": "web:2"});
    let refusals = vec![(request, "InvalidParameterException 10 placement constraints")];
    stage.check_refusals("UpdateService", refusals);
}
