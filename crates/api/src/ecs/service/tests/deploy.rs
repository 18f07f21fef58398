//! What begins a deployment, what does not, and what it leaves of the one before.

use super::{
    complete, create, create::give_providers, create_external, deployments, key, record, stage,
    stories, update,
};
use crate::{
    decide::{Ctx, Writes},
    ecs::{
        self,
        stage::{Stage, text},
    },
};
use books::ids::Ids;
use domain::{
    deployment::{BackOff, ServiceDeployment, ServiceDeploymentStatus},
    key::Key,
    service::Service,
};
use serde_json::{Value as Json, json};
use wire::codec::json as codec;

/// Whether an update with `more` begins a deployment of a service whose first is done.
fn deploys(stage: &mut Stage, more: Json) -> bool {
    let before = record(stage).deployments[0].id.clone();
    update(stage, more);
    let service = record(stage);
    let is_new = service.deployments[0].id != before;
    assert_eq!(service.deployments.len(), if is_new { 2 } else { 1 });
    is_new
}

/// Where the story of the service's deployment at `at` is kept.
fn story(stage: &Stage, at: usize) -> Key {
    let service = record(stage);
    let story = &service.deployments[at].service_deployment;
    ServiceDeployment::key(&stage.world.scope(), &service.cluster, &service.name, story)
}

/// The PRIMARY deployment's story becomes `status`.
fn retell(stage: &mut Stage, status: ServiceDeploymentStatus) {
    let key = story(stage, 0);
    stage.world.change::<ServiceDeployment>(&key, |story| story.status = status);
}

#[test]
fn only_another_definition_and_force_begin_a_deployment() {
    let zone = json!([{"type": "spread", "field": "attribute:ecs.availability-zone"}]);
    let breaker = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}});
    let cases = [
        (json!({"taskDefinition": "web:2"}), true),
        (json!({"taskDefinition": "web"}), true),
        (json!({"forceNewDeployment": true}), true),
        (json!({"forceNewDeployment": true, "desiredCount": 3}), true),
        (json!({}), false),
        (json!({"taskDefinition": "web:1"}), false),
        (json!({"taskDefinition": ""}), false),
        (json!({"forceNewDeployment": false}), false),
        (json!({"desiredCount": 5}), false),
        (json!({"desiredCount": 0}), false),
        (json!({"deploymentConfiguration": breaker}), false),
        (json!({"deploymentConfiguration": {"maximumPercent": 150}}), false),
        (json!({"placementConstraints": [{"type": "distinctInstance"}]}), false),
        (json!({"placementStrategy": zone}), false),
        (json!({"healthCheckGracePeriodSeconds": 60}), false),
        (json!({"enableExecuteCommand": false}), false),
        (json!({"enableECSManagedTags": true}), false),
        (json!({"propagateTags": "TASK_DEFINITION"}), false),
        (json!({"availabilityZoneRebalancing": "DISABLED"}), false),
        (json!({"loadBalancers": [], "serviceRegistries": [], "volumeConfigurations": []}), false),
        (json!({"serviceConnectConfiguration": {"enabled": false}}), false),
        (json!({"capacityProviderStrategy": []}), false),
        (json!({"deploymentController": {"type": "ECS"}}), false),
    ];
    for (more, expected) in cases {
        let mut stage = stage();
        create(&mut stage, json!({}));
        stage.define("web", json!({}));
        complete(&mut stage);
        assert_eq!(deploys(&mut stage, more.clone()), expected, "{more}");
    }
}

#[test]
fn a_new_deployment_takes_the_place_of_the_one_that_goes_on() {
    let mut stage = stage();
    let first = create(&mut stage, json!({}));
    stage.define("web", json!({}));
    stage.world.pass(domain::time::Millis::from_s(5));
    let second = update(&mut stage, json!({"taskDefinition": "web"}));
    assert_eq!(
        deployments(&second),
        "PRIMARY web:2 want 2 IN_PROGRESS, ACTIVE web:1 want 0 IN_PROGRESS"
    );
    assert_eq!(second["deployments"][1]["id"], first["deployments"][0]["id"]);
    assert!(second["taskDefinition"].as_str().is_some_and(|arn| arn.ends_with("web:2")));
    assert_eq!(stories(&stage), ["PENDING 2 of web:2 from 0", "STOPPED 2 of web:1 from 0"]);
    let old = stage.world.get::<ServiceDeployment>(&story(&stage, 1)).expect("its story is kept");
    assert_eq!((old.stopped_at, old.finished_at), (Some(stage.world.now), Some(stage.world.now)));
    assert!(!record(&stage).is_steady);
}

#[test]
fn the_story_of_a_deployment_that_is_done_stays_as_it_is() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    retell(&mut stage, ServiceDeploymentStatus::Successful);
    complete(&mut stage);
    update(&mut stage, json!({"forceNewDeployment": true}));
    assert_eq!(stories(&stage), ["PENDING 2 of web:1 from 0", "SUCCESSFUL 2 of web:1 from 0"]);
}

#[test]
fn a_way_back_that_is_overtaken_did_not_come_back() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    retell(&mut stage, ServiceDeploymentStatus::RollbackInProgress);
    update(&mut stage, json!({"forceNewDeployment": true}));
    assert_eq!(stories(&stage)[1], "ROLLBACK_FAILED 2 of web:1 from 0");
}

#[test]
fn deployments_that_have_tasks_are_where_the_next_comes_from() {
    let mut stage = stage();
    let host = stage.host("a", json!({}));
    let first = create(&mut stage, json!({}));
    let first = text(&first["deployments"][0]["id"]);
    let task = stage.serve("web", &first, &host);
    let second = update(&mut stage, json!({"forceNewDeployment": true}));
    assert_eq!(stories(&stage)[0], "PENDING 2 of web:1 from 1");
    assert_eq!(
        deployments(&second),
        "PRIMARY web:1 want 2 IN_PROGRESS, ACTIVE web:1 want 1 IN_PROGRESS"
    );
    assert_eq!(second["deployments"][1]["pendingCount"], 1);
    // A third one goes on beside the first, which has a task; the second never had one.
    let third = update(&mut stage, json!({"forceNewDeployment": true}));
    assert_eq!(third["deployments"].as_array().map(Vec::len), Some(3));
    let fourth = update(&mut stage, json!({"forceNewDeployment": true}));
    let ids: Vec<_> = super::list(&fourth["deployments"]).map(|it| text(&it["id"])).collect();
    assert_eq!(ids.len(), 3, "the second is gone");
    assert_eq!(ids[2], first);
    stage.report(&task, json!({"status": "STOPPED"}));
    let fifth = update(&mut stage, json!({"forceNewDeployment": true}));
    assert_eq!(fifth["deployments"].as_array().map(Vec::len), Some(2), "and so is the first");
}

#[test]
fn what_can_be_rolled_back_to_is_kept() {
    let mut stage = stage();
    let first = create(&mut stage, json!({}));
    complete(&mut stage);
    for _ in 0..4 {
        update(&mut stage, json!({"forceNewDeployment": true}));
    }
    let service = record(&stage);
    let oldest = service.deployments.last().expect("there are several");
    assert_eq!(first["deployments"][0]["id"], oldest.id.prefixed());
    assert_eq!(service.last_completed.as_ref(), Some(&oldest.id));
    assert_eq!(service.deployments.len(), 3, "but what never had a task is not");
}

#[test]
fn another_count_alone_goes_on_with_the_deployment_and_its_story() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    let service = update(&mut stage, json!({"desiredCount": 7}));
    assert_eq!(deployments(&service), "PRIMARY web:1 want 7 IN_PROGRESS");
    assert_eq!(stories(&stage), ["PENDING 7 of web:1 from 0"]);
}

#[test]
fn an_update_lets_tasks_that_do_not_start_be_tried_again_at_once() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    let (key, now) = (key(&stage), stage.world.now);
    stage.world.change::<Service>(&key, |service| {
        service.deployments[0].failed_tasks = 4;
        service.deployments[0].failures = 2;
        service.deployments[0].retry_at = Some(now);
        service.deployments[0].back_off.waves = 3;
    });
    update(&mut stage, json!({}));
    let primary = record(&stage).deployments.swap_remove(0);
    assert_eq!((primary.failed_tasks, primary.retry_at), (0, None));
    assert_eq!(primary.back_off, BackOff::default());
    assert_eq!(primary.failures, 2, "the circuit breaker goes on counting");
}

#[test]
fn the_same_goes_for_task_sets() {
    let mut stage = stage();
    create_external(&mut stage, json!({}));
    let request = json!({"cluster": "default", "service": "web", "taskDefinition": "web"});
    stage.ok("CreateTaskSet", request);
    let (key, now) = (key(&stage), stage.world.now);
    stage.world.change::<Service>(&key, |service| {
        service.task_sets[0].failed_tasks = 4;
        service.task_sets[0].retry_at = Some(now);
        service.task_sets[0].back_off.waves = 3;
    });
    update(&mut stage, json!({}));
    let set = record(&stage).task_sets.swap_remove(0);
    assert_eq!((set.failed_tasks, set.retry_at, set.back_off), (0, None, BackOff::default()));
}

#[test]
fn an_update_that_changes_nothing_writes_nothing() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    complete(&mut stage);
    let before = stage.world.snapshot.revision();
    update(&mut stage, json!({"desiredCount": 2, "taskDefinition": "web:1"}));
    assert_eq!(stage.world.snapshot.revision(), before);
    assert!(record(&stage).is_steady);
}

#[test]
fn a_service_that_changed_is_not_steady_until_the_scheduler_says_so() {
    for more in [json!({"desiredCount": 3}), json!({"enableECSManagedTags": true})] {
        let mut stage = stage();
        create(&mut stage, json!({}));
        complete(&mut stage);
        update(&mut stage, more.clone());
        assert!(!record(&stage).is_steady, "{more}");
    }
}

#[test]
fn a_deployment_is_updated_by_another_count_and_by_nothing_else() {
    let mut stage = stage();
    let first = create(&mut stage, json!({}));
    stage.world.pass(domain::time::Millis::from_s(5));
    let updated = |service: &Json| service["deployments"][0]["updatedAt"].as_f64();
    let same = update(&mut stage, json!({"enableECSManagedTags": true}));
    assert_eq!(updated(&same), updated(&first));
    let later = update(&mut stage, json!({"desiredCount": 3}));
    assert_eq!(updated(&later), updated(&first).map(|at| at + 5.0));
}

#[test]
fn what_was_decided_on_a_definition_or_cluster_that_changed_is_not_written() {
    let creating = json!({"serviceName": "web", "taskDefinition": "web:1", "desiredCount": 2});
    let updating = json!({"service": "old", "taskDefinition": "web:1"});
    for (operation, request) in [("CreateService", creating), ("UpdateService", updating)] {
        let mut stage = stage();
        stage.define("old", json!({}));
        create(&mut stage, json!({"serviceName": "old", "taskDefinition": "old"}));
        let writes = decided(&stage, operation, &request);
        assert!(stage.world.snapshot.with(&writes).is_ok());
        stage.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:1"}));
        assert!(stage.world.snapshot.with(&writes).is_err(), "{operation} writes all the same");
    }
    let mut stage = stage();
    let request = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 2});
    let writes = decided(&stage, "CreateService", &request);
    stage.ok("DeleteCluster", json!({"cluster": "default"}));
    assert!(stage.world.snapshot.with(&writes).is_err(), "a service in a cluster that is gone");
}

/// What an operation would write now.
fn decided(stage: &Stage, operation: &str, request: &Json) -> Writes {
    let row = ecs::TABLE.service.operation(operation).expect("the model has it");
    let decide = ecs::TABLE.operation(operation).expect("it is served");
    let request = codec::decode(row.input, request.to_string().as_bytes()).expect("a request");
    let ctx = Ctx { ids: Ids::from_seed([255; 32]), ..stage.world.ctx() };
    let (_, writes) = decide(&stage.world.view(), &request, &ctx).expect("a reply");
    writes
}

#[test]
fn what_is_deregistered_goes_on_but_nothing_new_comes_of_it() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    stage.define("web", json!({}));
    stage.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:1"}));
    let service = update(&mut stage, json!({"desiredCount": 3}));
    assert_eq!(deployments(&service), "PRIMARY web:1 want 3 IN_PROGRESS");
    let named = json!({"service": "web", "taskDefinition": "web:1"});
    stage.check_refusals("UpdateService", vec![(named, "ClientException inactive")]);
    update(&mut stage, json!({"forceNewDeployment": true}));
    stage.ok("DeleteTaskDefinitions", json!({"taskDefinitions": ["web:1"]}));
    update(&mut stage, json!({"desiredCount": 4}));
    let forced = json!({"service": "web", "forceNewDeployment": true});
    stage.check_refusals("UpdateService", vec![(forced, "ClientException inactive")]);
}

#[test]
fn another_strategy_takes_a_forced_deployment() {
    let mut stage = stage();
    give_providers(&mut stage);
    let strategy = |name: &str| json!([{"capacityProvider": name, "weight": 1, "base": 0}]);
    create(&mut stage, json!({"launchType": "EC2"}));
    complete(&mut stage);
    let must_force = "InvalidParameterException: When switching from launch type to capacity provider strategy on an existing service, or \
                      making a change to a capacity provider strategy on a service that is already using one, you must force a new \
                      deployment.";
    let request = json!({"service": "web", "capacityProviderStrategy": strategy("metal")});
    assert_eq!(stage.fault("UpdateService", request), must_force);
    let service = update(
        &mut stage,
        json!({"capacityProviderStrategy": strategy("metal"), "forceNewDeployment": true}),
    );
    assert_eq!(service["capacityProviderStrategy"], strategy("metal"));
    assert_eq!(service.get("launchType"), None);
    assert_eq!(service["deployments"][0]["capacityProviderStrategy"], strategy("metal"));
    assert_eq!(service["deployments"][1]["launchType"], "EC2");
    // The same again changes nothing, another one takes force again.
    update(&mut stage, json!({"capacityProviderStrategy": strategy("metal")}));
    let request = json!({"service": "web", "capacityProviderStrategy": strategy("spare")});
    assert_eq!(stage.fault("UpdateService", request), must_force);
    let back = json!({"capacityProviderStrategy": [], "forceNewDeployment": true});
    let service = update(&mut stage, back);
    assert_eq!(service["launchType"], "EC2");
    assert_eq!(service.get("capacityProviderStrategy"), None);
}

#[test]
fn a_service_that_named_no_launch_type_falls_back_to_the_one_it_got() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    give_providers(&mut stage);
    let strategy = json!([{"capacityProvider": "metal", "weight": 1, "base": 0}]);
    update(&mut stage, json!({"capacityProviderStrategy": strategy, "forceNewDeployment": true}));
    let back = json!({"capacityProviderStrategy": [], "forceNewDeployment": true});
    assert_eq!(update(&mut stage, back)["launchType"], "EC2");
}

#[test]
fn a_service_and_the_end_of_its_provider_cannot_pass_each_other() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    give_providers(&mut stage);
    let strategy = json!([{"capacityProvider": "metal", "weight": 1, "base": 0}]);
    let request = json!({
        "service": "web", "capacityProviderStrategy": strategy, "forceNewDeployment": true,
    });
    let writes = decided(&stage, "UpdateService", &request);
    let without = json!({
        "cluster": "default", "capacityProviders": [], "defaultCapacityProviderStrategy": [],
    });
    stage.ok("PutClusterCapacityProviders", without);
    assert!(stage.world.snapshot.with(&writes).is_err(), "a strategy of providers that are gone");
}

#[test]
fn a_wish_to_roll_back_does_not_outlive_its_deployment() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    let key = key(&stage);
    stage.world.change::<Service>(&key, |service| {
        service.deployments[0].rollback_requested = true;
    });
    update(&mut stage, json!({"forceNewDeployment": true}));
    assert!(record(&stage).deployments.iter().all(|it| !it.rollback_requested));
}

#[test]
fn a_service_that_never_had_a_launch_type_has_none_to_fall_back_to() {
    let mut stage = stage();
    give_providers(&mut stage);
    create(&mut stage, json!({}));
    assert_eq!(
        stage.fault(
            "UpdateService",
            json!({"service": "web", "capacityProviderStrategy": [], "forceNewDeployment": true})
        ),
        "InvalidParameterException: No launch type to fall back to for empty capacity provider strategy. Your service was not created \
         with a launch type."
    );
}

#[test]
fn of_an_external_service_only_what_is_not_a_task_set_s_can_be_changed() {
    let mut stage = stage();
    create_external(&mut stage, json!({}));
    let service = update(
        &mut stage,
        json!({"desiredCount": 4, "propagateTags": "SERVICE", "healthCheckGracePeriodSeconds": 3}),
    );
    assert_eq!(service["desiredCount"], 4);
    assert_eq!(service["deployments"], json!([]));
    let refused =
        |more| (super::with(json!({"service": "web"}), more), "InvalidParameterException EXTERNAL");
    stage.check_refusals(
        "UpdateService",
        vec![
            refused(json!({"taskDefinition": "web"})),
            refused(json!({"forceNewDeployment": true})),
            refused(json!({"deploymentConfiguration": {"maximumPercent": 150}})),
        ],
    );
}
