//! RunTask by capacity providers.

use crate::ecs::{
    run_task::run,
    stage::{Stage, cluster, list, text},
};
use domain::{
    id::TaskId,
    status::TaskStatus,
    task::{Seeks, Task},
};
use serde_json::{Value as Json, json};

/// Providers `a` and `b` of cluster `default`, neither with managed scaling, and a definition `web` of which two tasks fit on an instance.
fn stage() -> Stage {
    let mut stage = Stage::new();
    for name in ["a", "b"] {
        let settings = json!({"autoScalingGroupArn": name});
        stage.ok(
            "CreateCapacityProvider",
            json!({"name": name, "autoScalingGroupProvider": settings}),
        );
    }
    associate(&mut stage, json!([]));
    stage.define("web", json!({"cpu": 500}));
    stage
}

fn associate(stage: &mut Stage, strategy: Json) {
    let request = json!({"cluster": "default", "capacityProviders": ["a", "b", "FARGATE"], "defaultCapacityProviderStrategy": strategy});
    stage.ok("PutClusterCapacityProviders", request);
}

fn scale(stage: &mut Stage, name: &str) {
    let settings = json!({"managedScaling": {"status": "ENABLED"}});
    stage.ok("UpdateCapacityProvider", json!({"name": name, "autoScalingGroupProvider": settings}));
}

/// An instance called `name` of the group `group`.
fn host(stage: &mut Stage, name: &str, group: &str) {
    let attribute = json!({"name": "longshore.auto-scaling-group", "value": group});
    stage.host(name, json!({"attributes": [attribute]}));
}

fn item(provider: &str, weight: i64, base: i64) -> Json {
    json!({"capacityProvider": provider, "weight": weight, "base": base})
}

/// Each task's provider and where it is, one a word: `a:PENDING b:PROVISIONING`; then each failure.
fn run_short(stage: &mut Stage, request: Json) -> String {
    let reply = stage.run_whole(request);
    let task = |task: &Json| {
        format!("{}:{}", text(&task["capacityProviderName"]), text(&task["lastStatus"]))
    };
    let tasks: Vec<_> = list(&reply["tasks"]).map(task).collect();
    let failures = list(&reply["failures"]).map(|it| format!(" {}", text(&it["reason"])));
    tasks.join(" ") + &failures.collect::<String>()
}

fn waiting(stage: &mut Stage) -> Vec<Task> {
    let all = Task::all_in(&stage.world.scope(), &cluster());
    let tasks = stage.world.all::<Task>(&all).into_iter().map(|found| Task::clone(&found.record));
    tasks.filter(|task| task.last == TaskStatus::Provisioning).collect()
}

#[test]
fn tasks_go_to_the_instances_of_their_provider_in_shares() {
    let mut stage = stage();
    host(&mut stage, "one", "a");
    host(&mut stage, "two", "b");
    host(&mut stage, "three", "b");
    stage.host("other", json!({}));
    let strategy = json!([item("a", 1, 0), item("b", 4, 0)]);
    let reply = stage.run_whole(json!({"count": 5, "capacityProviderStrategy": strategy}));
    let providers: Vec<_> =
        list(&reply["tasks"]).map(|task| text(&task["capacityProviderName"])).collect();
    assert_eq!(providers, ["a", "b", "b", "b", "b"]);
    let hosts: Vec<_> = stage.short(&reply).split(' ').map(str::to_owned).collect();
    assert_eq!(hosts[0], "one");
    assert!(hosts[1..].iter().all(|host| host == "two" || host == "three"), "{hosts:?}");
    assert!(list(&reply["tasks"]).all(|task| task["launchType"] == "EC2"));
}

#[test]
fn a_base_comes_before_the_weights() {
    let mut stage = stage();
    scale(&mut stage, "a");
    scale(&mut stage, "b");
    let strategy = json!([item("a", 1, 2), item("b", 1, 0)]);
    assert_eq!(
        run_short(&mut stage, json!({"count": 6, "capacityProviderStrategy": strategy})),
        "a:PROVISIONING a:PROVISIONING a:PROVISIONING b:PROVISIONING a:PROVISIONING b:PROVISIONING"
    );
}

#[test]
fn the_cluster_s_default_strategy_is_for_those_who_name_nothing() {
    let mut stage = stage();
    host(&mut stage, "one", "a");
    associate(&mut stage, json!([item("a", 1, 0)]));
    assert_eq!(run_short(&mut stage, json!({})), "a:PENDING");
    let reply = stage.run_whole(json!({"launchType": "EC2"}));
    assert_eq!(reply["tasks"][0]["capacityProviderName"], Json::Null);
    assert_eq!(stage.short(&reply), "one", "a launch type does not ask for a provider");
}

#[test]
fn without_managed_scaling_what_does_not_fit_is_a_failure() {
    let mut stage = stage();
    host(&mut stage, "one", "a");
    stage.host("other", json!({}));
    let strategy = json!([item("a", 1, 0)]);
    let reply = stage.run_whole(json!({"count": 3, "capacityProviderStrategy": strategy}));
    assert_eq!(stage.short(&reply), "one one\none RESOURCE:CPU: needs 500 CPU units, 24 are free");
    assert_eq!(waiting(&mut stage), []);
}

#[test]
fn a_share_does_not_move_to_a_provider_with_room() {
    let mut stage = stage();
    host(&mut stage, "one", "a");
    let both = json!([item("a", 1, 0), item("b", 1, 0)]);
    assert_eq!(
        run_short(&mut stage, json!({"count": 2, "capacityProviderStrategy": both})),
        "a:PENDING EMPTY CAPACITY PROVIDER"
    );
    let only = json!([item("b", 1, 0)]);
    let fault = stage.refused(json!({"capacityProviderStrategy": only}));
    assert!(fault.starts_with("InvalidParameterException: No Container Instances"), "{fault}");
}

#[test]
fn with_managed_scaling_what_does_not_fit_waits() {
    let mut stage = stage();
    scale(&mut stage, "a");
    host(&mut stage, "one", "a");
    let strategy = json!([item("a", 1, 0)]);
    let constraint = json!({"type": "memberOf", "expression": "attribute:ecs.os-type == linux"});
    let request = json!({
        "count": 3, "capacityProviderStrategy": strategy, "placementConstraints": [constraint],
        "placementStrategy": [{"type": "binpack", "field": "memory"}],
    });
    assert_eq!(run_short(&mut stage, request), "a:PENDING a:PENDING a:PROVISIONING");
    let waiting = waiting(&mut stage);
    let [task] = waiting.as_slice() else { panic!("{waiting:?}") };
    assert_eq!((&task.instance, task.capacity_provider.as_deref()), (&None, Some("a")));
    let seeks: Seeks = serde_json::from_value(json!({
        "constraints": [{"type": "memberOf", "argument": "attribute:ecs.os-type == linux"}],
        "strategies": [{"type": "binpack", "argument": "MEMORY"}],
    }))
    .expect("what it seeks");
    assert_eq!(task.seeks.as_deref(), Some(&seeks), "it is placed by its own request later");
    let arn = domain::arn::task(&stage.world.scope(), &cluster(), &task.id);
    assert_eq!(stage.life(&arn), "PROVISIONING desired RUNNING v1 app=PENDING");
}

#[test]
fn agents_of_other_clusters_do_not_speak_of_a_task_that_waits() {
    let mut stage = stage();
    scale(&mut stage, "a");
    stage.ok("CreateCluster", json!({"clusterName": "shop"}));
    let strategy = json!([item("a", 0, 0)]);
    let reply = stage.run_whole(json!({"capacityProviderStrategy": strategy}));
    let arn = text(&reply["tasks"][0]["taskArn"]);
    for cluster in ["shop", ".fargate"] {
        let report = json!({"cluster": cluster, "task": arn, "status": "STOPPED"});
        let refused = stage.fault("SubmitTaskStateChange", report);
        assert_eq!(refused, "InvalidParameterException: The referenced task was not found.");
    }
    assert_eq!(waiting(&mut stage).len(), 1);
}

#[test]
fn a_task_that_waits_can_be_stopped() {
    let mut stage = stage();
    scale(&mut stage, "a");
    let strategy = json!([item("a", 0, 0)]);
    let reply = stage.run_whole(json!({"capacityProviderStrategy": strategy}));
    let arn = text(&reply["tasks"][0]["taskArn"]);
    stage.ok("StopTask", json!({"task": arn}));
    assert!(stage.life(&arn).starts_with("STOPPED desired STOPPED v2 app=STOPPED UserInitiated"));
}

#[test]
fn a_cluster_has_at_most_500_tasks_that_wait() {
    let mut stage = stage();
    scale(&mut stage, "a");
    let request = json!({"count": 10, "capacityProviderStrategy": [item("a", 1, 0)]});
    stage.run_whole(request.clone());
    let sample = waiting(&mut stage).remove(0);
    let scope = stage.world.scope();
    for at in 10..491_u64 {
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&at.to_be_bytes());
        let id = TaskId::from_bytes(bytes);
        let task = Task { id: id.clone(), ..sample.clone() };
        stage.world.put(&Task::key(&scope, &cluster(), &id), task);
    }
    assert_eq!(waiting(&mut stage).len(), 491);
    stage.check_run_refusals(vec![(request.clone(), "ClientException 500")]);
    let nine = json!({"count": 9, "capacityProviderStrategy": [item("a", 1, 0)]});
    stage.run_whole(nine);
    assert_eq!(waiting(&mut stage).len(), 500);
    host(&mut stage, "one", "a");
    let one = json!({"capacityProviderStrategy": [item("a", 1, 0)]});
    assert_eq!(run_short(&mut stage, one), "a:PENDING", "one that finds room is not in the way");
}

#[test]
fn strategies_that_cannot_be_are_refused() {
    let mut stage = stage();
    stage.ok(
        "CreateCapacityProvider",
        json!({"name": "c", "autoScalingGroupProvider": {"autoScalingGroupArn": "c"}}),
    );
    let of = |strategy: Json| json!({"capacityProviderStrategy": strategy});
    stage.check_run_refusals(vec![
        (of(json!([item("c", 1, 0)])), "InvalidParameterException `c`"),
        (of(json!([item("none", 1, 0)])), "InvalidParameterException `none`"),
        (of(json!([item("a", 0, 0), item("b", 0, 0)])), "InvalidParameterException weight"),
        (of(json!([item("a", 1, 1), item("b", 1, 1)])), "InvalidParameterException base"),
        (of(json!([item("a", 1, 0), item("FARGATE", 1, 0)])), "InvalidParameterException mix"),
        (
            json!({"launchType": "EC2", "capacityProviderStrategy": [item("a", 1, 0)]}),
            "InvalidParameterException both a launch type and capacity provider strategy",
        ),
        (
            json!({"platformVersion": "LATEST", "capacityProviderStrategy": [item("a", 1, 0)]}),
            "InvalidParameterException platform version",
        ),
    ]);
}

/// A task that waits has no instance whose record would tell others of it, so that its cluster's does.
#[test]
fn what_happens_to_the_cluster_meanwhile_is_not_overlooked() {
    let mut stage = stage();
    scale(&mut stage, "a");
    let row = crate::ecs::TABLE.service.operation("RunTask").expect("an operation");
    let body = json!({"taskDefinition": "web", "capacityProviderStrategy": [item("a", 1, 0)]});
    let request = wire::codec::json::decode(row.input, body.to_string().as_bytes()).expect("JSON");
    let (_, writes) = run(&stage.world.view(), &request, &stage.world.ctx()).expect("it waits");
    let mut other = stage.world.clone();
    other.ok("DeleteCluster", json!({"cluster": "default"}));
    assert!(other.snapshot.with(&writes).is_err(), "the cluster is gone");
    let row = crate::ecs::TABLE.service.operation("DeleteCluster").expect("an operation");
    let request = wire::codec::json::decode(row.input, br#"{"cluster": "default"}"#).expect("JSON");
    let (_, deletion) =
        crate::ecs::cluster::delete(&stage.world.view(), &request, &stage.world.ctx())
            .expect("it is empty");
    stage.world.snapshot = stage.world.snapshot.with(&writes).expect("nobody was faster");
    assert!(stage.world.snapshot.with(&deletion).is_err(), "a task waits in it");
}
