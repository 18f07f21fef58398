//! Laws of services, over random settings and random calls.

use super::{deployments, describe, record, stage};
use crate::ecs::stage::{Stage, cluster};
use domain::{
    deployment::{DeploymentStatus, ServiceDeployment, ServiceRevision},
    service::{Service, ServiceStatus},
    status::TaskStatus,
    task::Task,
};
use proptest::{
    collection::vec,
    option,
    prelude::{Just, ProptestConfig, Strategy, any, prop_oneof},
    proptest,
    sample::{Index, select, subsequence},
};
use serde_json::{Map, Value as Json, json};

/// What UpdateService takes of what DescribeServices shows.
const UPDATABLE: [&str; 16] = [
    "desiredCount",
    "taskDefinition",
    "capacityProviderStrategy",
    "deploymentConfiguration",
    "availabilityZoneRebalancing",
    "networkConfiguration",
    "placementConstraints",
    "placementStrategy",
    "platformVersion",
    "healthCheckGracePeriodSeconds",
    "deploymentController",
    "enableExecuteCommand",
    "enableECSManagedTags",
    "loadBalancers",
    "propagateTags",
    "serviceRegistries",
];

/// Members of a CreateService that ECS takes together with all others.
fn settings() -> impl Strategy<Value = Json> {
    let configuration = (100..300_i64, 0..=100_i64, any::<[bool; 2]>(), option::of(0..=1440_i64))
        .prop_map(|(max, min, [enable, rollback], bake)| {
            let mut configuration = json!({
                "maximumPercent": max,
                "minimumHealthyPercent": min,
                "deploymentCircuitBreaker": {"enable": enable, "rollback": rollback},
                "alarms": {"alarmNames": ["errors"], "enable": enable, "rollback": rollback},
            });
            if let Some(bake) = bake {
                configuration["bakeTimeInMinutes"] = json!(bake);
            }
            ("deploymentConfiguration", configuration)
        });
    let constraints = subsequence(
        vec![
            json!({"type": "distinctInstance"}),
            json!({"type": "memberOf", "expression": "attribute:stack == prod"}),
            json!({"type": "memberOf", "expression": "attribute:ecs.availability-zone in [a, b]"}),
        ],
        0..=3,
    );
    let strategies = subsequence(
        vec![
            json!({"type": "spread", "field": "attribute:ecs.availability-zone"}),
            json!({"type": "spread", "field": "host"}),
            json!({"type": "binpack", "field": "memory"}),
            json!({"type": "random"}),
        ],
        0..=4,
    );
    let members = (
        configuration,
        constraints.prop_map(|it| ("placementConstraints", json!(it))),
        strategies.prop_map(|it| ("placementStrategy", json!(it))),
        (0..1000_i64).prop_map(|it| ("healthCheckGracePeriodSeconds", json!(it))),
        any::<bool>().prop_map(|it| ("enableECSManagedTags", json!(it))),
        select(&["NONE", "SERVICE", "TASK_DEFINITION"][..])
            .prop_map(|it| ("propagateTags", json!(it))),
        select(&["web", "web:1", "web:2"][..]).prop_map(|it| ("taskDefinition", json!(it))),
        (0..20_i64).prop_map(|it| ("desiredCount", json!(it))),
    );
    (members, any::<[bool; 6]>()).prop_map(|((a, b, c, d, e, f, g, h), kept)| {
        let optional = [a, b, c, d, e, f].into_iter().zip(kept);
        let optional = optional.filter(|(_, is_kept)| *is_kept).map(|(member, _)| member);
        let members = optional.chain([g, h]).map(|(name, value)| (name.to_owned(), value));
        Json::Object(members.collect::<Map<_, _>>())
    })
}

#[derive(Clone, Debug)]
enum Call {
    Create,
    Update(Json),
    Force,
    Delete {
        force: bool,
    },
    /// The scheduler starts a task for one of the deployments.
    Start(Index),
    Report(Index, &'static str),
    /// The scheduler finds all as wanted.
    Complete,
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = prop_oneof![
        2 => Just(Call::Create),
        4 => settings().prop_map(Call::Update),
        3 => Just(Call::Force),
        1 => any::<bool>().prop_map(|force| Call::Delete { force }),
        4 => any::<Index>().prop_map(Call::Start),
        4 => (any::<Index>(), select(&["RUNNING", "STOPPED"][..])).prop_map(|(at, to)| Call::Report(at, to)),
        1 => Just(Call::Complete),
    ];
    vec(call, 0..25)
}

/// Performs a call; what is refused is as good as what is not, as long as the laws hold.
fn perform(stage: &mut Stage, host: &str, call: &Call) {
    let found = stage.world.get::<Service>(&super::key(stage));
    match call {
        Call::Create => {
            let request = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 2});
            let _ = stage.world.call("CreateService", request);
        }
        Call::Update(more) => {
            let request = super::with(json!({"service": "web"}), more.clone());
            let _ = stage.world.call("UpdateService", request);
        }
        Call::Force => {
            let request = json!({"service": "web", "forceNewDeployment": true});
            let _ = stage.world.call("UpdateService", request);
        }
        Call::Delete { force } => {
            let request = json!({"service": "web", "force": force});
            let _ = stage.world.call("DeleteService", request);
        }
        Call::Start(at) => {
            let Some(service) = found.filter(|it| it.status == ServiceStatus::Active) else {
                return;
            };
            let deployment = &service.deployments[at.index(service.deployments.len())];
            stage.serve("web", &deployment.id.prefixed(), host);
        }
        Call::Report(at, status) => {
            let tasks = stage.world.all::<Task>(&Task::all_in(&stage.world.scope(), &cluster()));
            if !tasks.is_empty() {
                let task = tasks[at.index(tasks.len())].id.to_string();
                stage.report(&task, json!({"status": status}));
            }
        }
        Call::Complete => {
            if found.is_some_and(|service| service.status == ServiceStatus::Active) {
                super::complete(stage);
                let scope = stage.world.scope();
                let service = record(stage);
                let all = ServiceDeployment::all_of(&scope, &service.cluster, &service.name);
                for story in stage.world.all::<ServiceDeployment>(&all) {
                    stage.world.change::<ServiceDeployment>(&story.key, |story| {
                        if !story.status.is_over() {
                            story.status = domain::deployment::ServiceDeploymentStatus::Successful;
                        }
                    });
                }
            }
        }
    }
}

/// What is true of a service whatever was called.
fn check(stage: &mut Stage) {
    let Some(found) = stage.world.get::<Service>(&super::key(stage)) else { return };
    let (service, scope) = (found.record, stage.world.scope());
    let tasks = stage.world.all::<Task>(&Task::all_in(&scope, &cluster()));
    let alive = tasks.iter().filter(|task| task.last != TaskStatus::Stopped).count();
    let stories = ServiceDeployment::all_of(&scope, &service.cluster, &service.name);
    let stories = stage.world.all::<ServiceDeployment>(&stories);
    let revisions = ServiceRevision::all_of(&scope, &service.cluster, &service.name);
    let revisions = stage.world.all::<ServiceRevision>(&revisions);
    match service.status {
        ServiceStatus::Active => {
            assert_eq!(
                service.deployments.first().map(|it| it.status),
                Some(DeploymentStatus::Primary)
            );
            let is_active =
                |older: &domain::deployment::Deployment| older.status == DeploymentStatus::Active;
            assert!(service.deployments.iter().skip(1).all(is_active), "{:?}", service.deployments);
            assert_eq!(service.template.as_ref(), service.primary().map(|it| &it.template));
            for deployment in &service.deployments {
                let mut of_it = revisions.iter().filter(|revision| revision.id == deployment.id);
                assert_eq!(of_it.next().map(|it| &it.template), Some(&deployment.template));
            }
            let going_on = stories.iter().filter(|story| !story.status.is_over()).count();
            assert!(going_on <= 1, "one deployment goes on at a time");
        }
        ServiceStatus::Draining => {
            assert!(stories.is_empty() && revisions.is_empty(), "history goes with its service");
            assert_eq!(service.desired, 0);
        }
        ServiceStatus::Inactive => {
            assert_eq!(alive, 0, "an INACTIVE service has no task");
            assert!(service.deployments.is_empty() && service.inactive_since.is_some());
        }
    }
    let shown = describe(stage);
    let count = |name: &str| shown[name].as_u64().expect("a count");
    assert_eq!(count("runningCount") + count("pendingCount"), alive as u64, "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_update_with_what_is_shown_changes_nothing(settings in settings()) {
        let mut stage = stage();
        stage.define("web", json!({}));
        let request = super::with(json!({"serviceName": "web"}), settings);
        stage.ok("CreateService", request);
        let (kept, before) = (record(&stage), describe(&mut stage));
        let mut request = json!({"service": "web"});
        for name in UPDATABLE {
            if let Some(value) = before.get(name) {
                request[name] = value.clone();
            }
        }
        stage.ok("UpdateService", request);
        let after = describe(&mut stage);
        assert_eq!(deployments(&after), deployments(&before));
        assert_eq!(after, before);
        assert_eq!(record(&stage), kept);
    }

    #[test]
    fn the_laws_hold_whatever_is_called(calls in calls()) {
        let mut stage = stage();
        stage.define("web", json!({}));
        let host = stage.host("a", json!({"totalResources": crate::ecs::stage::resources(4096, 8192)}));
        for call in &calls {
            perform(&mut stage, &host, call);
            check(&mut stage);
        }
    }
}
