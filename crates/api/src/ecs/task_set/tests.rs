//! Task sets, by the requests of those who drive deployments themselves.

use crate::{
    decide::Decide,
    ecs::stage::{Stage, cluster, list, text},
};
use domain::{id::ServiceName, key::Key, service::Service, time::Millis};
use expect_test::expect;
use serde_json::{Value as Json, json};

/// An EXTERNAL service `web` that wants ten tasks.
fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.define("web", json!({}));
    let controller = json!({"type": "EXTERNAL"});
    let request =
        json!({"serviceName": "web", "desiredCount": 10, "deploymentController": controller});
    stage.ok("CreateService", request);
    stage
}

fn with(mut request: Json, more: Json) -> Json {
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    request
}

fn of_web(more: Json) -> Json {
    with(json!({"cluster": "default", "service": "web"}), more)
}

fn scale(percent: f64) -> Json {
    json!({"value": percent, "unit": "PERCENT"})
}

fn create(stage: &mut Stage, more: Json) -> Json {
    let request = with(of_web(json!({"taskDefinition": "web"})), more);
    stage.ok("CreateTaskSet", request)["taskSet"].take()
}

/// One task set as DescribeTaskSets shows it.
fn describe(stage: &mut Stage, set: &str) -> Json {
    let request = of_web(json!({"taskSets": [set], "include": ["TAGS"]}));
    stage.ok("DescribeTaskSets", request)["taskSets"][0].take()
}

fn key(stage: &Stage) -> Key {
    let name = ServiceName::parse("web").expect("a name");
    Service::key(&stage.world.scope(), &cluster(), &name)
}

fn record(stage: &Stage) -> Service {
    Service::clone(&stage.world.get::<Service>(&key(stage)).expect("the service").record)
}

/// Status and how many tasks are wanted, of every set, the newest first.
fn short(stage: &mut Stage) -> String {
    let reply = stage.ok("DescribeTaskSets", of_web(json!({})));
    let short = |set: &Json| format!("{} {}", text(&set["status"]), set["computedDesiredCount"]);
    list(&reply["taskSets"]).map(short).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_new_task_set_is_shown_whole() {
    let mut stage = stage();
    let mut set = create(
        &mut stage,
        json!({"externalId": "blue", "scale": scale(25.0), "tags": [{"key": "team", "value": "a"}]}),
    );
    let (id, arn) = (text(&set["id"].take()), text(&set["taskSetArn"].take()));
    assert!(id.strip_prefix("ecs-svc/").is_some_and(|digits| digits.len() == 19), "{id}");
    assert_eq!(arn, format!("arn:aws:ecs:us-east-1:123456789012:task-set/default/web/{id}"));
    expect![[r#"
        {
          "clusterArn": "arn:aws:ecs:us-east-1:123456789012:cluster/default",
          "computedDesiredCount": 3,
          "createdAt": 1796119200,
          "externalId": "blue",
          "id": null,
          "launchType": "EC2",
          "loadBalancers": [],
          "pendingCount": 0,
          "runningCount": 0,
          "scale": {
            "unit": "PERCENT",
            "value": 25
          },
          "serviceArn": "arn:aws:ecs:us-east-1:123456789012:service/default/web",
          "serviceRegistries": [],
          "stabilityStatus": "STABILIZING",
          "stabilityStatusAt": 1796119200,
          "status": "ACTIVE",
          "tags": [
            {
              "key": "team",
              "value": "a"
            }
          ],
          "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1",
          "taskSetArn": null,
          "updatedAt": 1796119200
        }"#]]
    .assert_eq(&format!("{set:#}"));
}

#[test]
fn a_task_set_without_a_scale_wants_no_task() {
    let mut stage = stage();
    let set = create(&mut stage, json!({}));
    assert_eq!(set["computedDesiredCount"], 0);
    assert_eq!(set["scale"], json!({"value": 0, "unit": "PERCENT"}));
    assert_eq!(set["stabilityStatus"], "STEADY_STATE");
}

#[test]
fn a_scale_is_a_share_of_what_the_service_wants_rounded_up() {
    let mut stage = stage();
    for (percent, expected) in [(0.0, 0), (1.0, 1), (33.3, 4), (100.0, 10)] {
        let set = create(&mut stage, json!({"scale": scale(percent)}));
        assert_eq!(set["computedDesiredCount"], expected, "{percent} %");
    }
    stage.ok("UpdateService", json!({"service": "web", "desiredCount": 20}));
    assert_eq!(short(&mut stage), "ACTIVE 20, ACTIVE 7, ACTIVE 1, ACTIVE 0");
}

#[test]
fn task_sets_are_found_by_id_and_arn() {
    let mut stage = stage();
    let set = create(&mut stage, json!({}));
    let (id, arn) = (text(&set["id"]), text(&set["taskSetArn"]));
    let digits = id.strip_prefix("ecs-svc/").expect("a prefix");
    for name in [id.as_str(), arn.as_str(), digits] {
        assert_eq!(describe(&mut stage, name)["id"], id, "{name}");
    }
    let other = arn.replace("/web/", "/other/");
    let unknown = format!("ecs-svc/{}", "1".repeat(19));
    let reply =
        stage.ok("DescribeTaskSets", of_web(json!({"taskSets": [unknown, id, other, "x"]})));
    assert_eq!(list(&reply["taskSets"]).count(), 1);
    let prefix = "arn:aws:ecs:us-east-1:123456789012:task-set/default/web";
    let missing = |arn: String| json!({"arn": arn, "reason": "MISSING"});
    assert_eq!(
        reply["failures"],
        json!([
            missing(format!("{prefix}/{unknown}")),
            missing(other),
            missing(format!("{prefix}/x"))
        ])
    );
}

#[test]
fn tasks_are_counted_by_their_set() {
    let mut stage = stage();
    let host = stage.host("a", json!({}));
    let blue = text(&create(&mut stage, json!({"scale": scale(20.0)}))["id"]);
    let green = text(&create(&mut stage, json!({"scale": scale(10.0)}))["id"]);
    let running = stage.serve("web", &blue, &host);
    stage.report(&running, json!({"status": "RUNNING"}));
    stage.serve("web", &blue, &host);
    stage.serve("web", &green, &host);
    let mut counts = |set: &str| {
        let shown = describe(&mut stage, set);
        (shown["runningCount"].as_i64(), shown["pendingCount"].as_i64())
    };
    assert_eq!(counts(&blue), (Some(1), Some(1)));
    assert_eq!(counts(&green), (Some(0), Some(1)));
    let service = stage.ok("DescribeServices", json!({"services": ["web"]}));
    let shown: Vec<_> = list(&service["services"][0]["taskSets"])
        .map(|set| (text(&set["id"]), set["runningCount"].clone()))
        .collect();
    assert_eq!(shown, [(green, json!(0)), (blue, json!(1))], "the newest first");
}

#[test]
fn what_cannot_be_a_task_set_is_refused() {
    let mut stage = stage();
    stage.ok(
        "CreateService",
        json!({"serviceName": "own", "taskDefinition": "web", "desiredCount": 1}),
    );
    let of = |more: Json| with(of_web(json!({"taskDefinition": "web"})), more);
    let balancer =
        json!({"targetGroupArn": "arn:aws:x", "containerName": "app", "containerPort": 80});
    let cases = vec![
        (of(json!({"service": "own"})), "InvalidParameterException EXTERNAL"),
        (of(json!({"service": "none"})), "ServiceNotFoundException"),
        (of(json!({"cluster": "none"})), "ClusterNotFoundException"),
        (of(json!({"taskDefinition": "none"})), "ClientException found"),
        (of(json!({"scale": scale(-0.1)})), "InvalidParameterException scale"),
        (of(json!({"scale": scale(100.1)})), "InvalidParameterException scale"),
        (of(json!({"clientToken": "t".repeat(37)})), "InvalidParameterException `clientToken`"),
        (of(json!({"externalId": "e".repeat(1025)})), "InvalidParameterException `externalId`"),
        (of(json!({"loadBalancers": [balancer]})), "ClientException `loadBalancers`"),
        (
            of(json!({"serviceRegistries": [{"registryArn": "arn:aws:x"}]})),
            "ClientException `serviceRegistries`",
        ),
        (
            of(json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}})),
            "InvalidParameterException Network Configuration",
        ),
        (of(json!({"platformVersion": "LATEST"})), "InvalidParameterException platform version"),
        (
            of(json!({"capacityProviderStrategy": [{"capacityProvider": "none", "weight": 1}]})),
            "InvalidParameterException `none`",
        ),
    ];
    stage.check_refusals("CreateTaskSet", cases);
    assert_eq!(record(&stage).task_sets, []);
}

#[test]
fn a_service_has_at_most_five_task_sets() {
    let mut stage = stage();
    for _ in 0..5 {
        create(&mut stage, json!({}));
    }
    let request = of_web(json!({"taskDefinition": "web"}));
    stage.check_refusals("CreateTaskSet", vec![(request, "LimitExceededException 5")]);
}

#[test]
fn one_token_makes_one_task_set() {
    let mut stage = stage();
    let first = create(&mut stage, json!({"clientToken": "t", "scale": scale(10.0)}));
    let again = create(&mut stage, json!({"clientToken": "t", "scale": scale(10.0)}));
    assert_eq!(first, again);
    let other = of_web(json!({"taskDefinition": "web", "clientToken": "t"}));
    stage.check_refusals("CreateTaskSet", vec![(other, "InvalidParameterException idempotent")]);
    create(&mut stage, json!({"clientToken": "u"}));
    assert_eq!(record(&stage).task_sets.len(), 2);
}

#[test]
fn the_tasks_of_a_task_set_can_be_shared_out_to_providers() {
    let mut stage = stage();
    stage.ok(
        "CreateCapacityProvider",
        json!({"name": "a", "autoScalingGroupProvider": {"autoScalingGroupArn": "a"}}),
    );
    let strategy = json!([{"capacityProvider": "a", "weight": 1, "base": 0}]);
    let providers = |names: Json| json!({"cluster": "default", "capacityProviders": names, "defaultCapacityProviderStrategy": []});
    stage.ok("PutClusterCapacityProviders", providers(json!(["a"])));
    let set = create(&mut stage, json!({"capacityProviderStrategy": strategy}));
    assert_eq!((&set["capacityProviderStrategy"], &set["launchType"]), (&strategy, &Json::Null));
    let cases = vec![(providers(json!([])), "ResourceInUseException")];
    stage.check_refusals("PutClusterCapacityProviders", cases);
}

#[test]
fn a_provider_that_is_taken_away_meanwhile_is_not_used() {
    let mut stage = stage();
    stage.ok(
        "CreateCapacityProvider",
        json!({"name": "a", "autoScalingGroupProvider": {"autoScalingGroupArn": "a"}}),
    );
    let providers = |names: Json| json!({"cluster": "default", "capacityProviders": names, "defaultCapacityProviderStrategy": []});
    stage.ok("PutClusterCapacityProviders", providers(json!(["a"])));
    let decide = |stage: &Stage, operation: &str, decide: Decide, request: Json| {
        let row = crate::ecs::TABLE.service.operation(operation).expect("an operation");
        let body = request.to_string();
        let request = wire::codec::json::decode(row.input, body.as_bytes()).expect("JSON");
        decide(&stage.world.view(), &request, &stage.world.ctx()).expect("it can be").1
    };
    let strategy = json!([{"capacityProvider": "a", "weight": 1}]);
    let set = of_web(json!({"taskDefinition": "web", "capacityProviderStrategy": strategy}));
    let made = decide(&stage, "CreateTaskSet", super::create, set);
    let put = crate::ecs::capacity::association::put;
    let taken = decide(&stage, "PutClusterCapacityProviders", put, providers(json!([])));
    for (first, late) in [(&made, &taken), (&taken, &made)] {
        let snapshot = stage.world.snapshot.with(first).expect("nobody was faster");
        assert!(snapshot.with(late).is_err());
    }
}

#[test]
fn a_task_set_is_scaled() {
    let mut stage = stage();
    let id = text(&create(&mut stage, json!({}))["id"]);
    stage.world.pass(Millis::from_s(60));
    let request = of_web(json!({"taskSet": id, "scale": scale(50.0)}));
    let set = stage.ok("UpdateTaskSet", request.clone())["taskSet"].take();
    assert_eq!(set["computedDesiredCount"], 5);
    assert_eq!(set["stabilityStatus"], "STABILIZING");
    assert_eq!(set["stabilityStatusAt"], set["updatedAt"]);
    assert_eq!(set["updatedAt"].as_i64(), set["createdAt"].as_i64().map(|at| at + 60));
    let before = stage.world.snapshot.revision();
    assert_eq!(stage.ok("UpdateTaskSet", request)["taskSet"], set);
    assert_eq!(stage.world.snapshot.revision(), before, "asking again changes nothing");
    let unknown = format!("ecs-svc/{}", "1".repeat(19));
    let cases = vec![
        (of_web(json!({"taskSet": unknown, "scale": scale(1.0)})), "TaskSetNotFoundException"),
        (of_web(json!({"taskSet": id, "scale": scale(101.0)})), "InvalidParameterException scale"),
        (
            of_web(json!({"taskSet": id, "scale": scale(1.0), "service": "none"})),
            "ServiceNotFoundException",
        ),
    ];
    stage.check_refusals("UpdateTaskSet", cases);
}

#[test]
fn one_task_set_is_primary_and_the_service_is_made_of_it() {
    let mut stage = stage();
    let blue = text(&create(&mut stage, json!({}))["id"]);
    stage.define("web", json!({"cpu": 1}));
    let green = text(&create(&mut stage, json!({}))["id"]);
    let mut choose = |set: &str| {
        let request = of_web(json!({"primaryTaskSet": set}));
        let chosen = stage.ok("UpdateServicePrimaryTaskSet", request)["taskSet"].take();
        assert_eq!((&chosen["id"], &chosen["status"]), (&json!(set), &json!("PRIMARY")));
        let service = stage.ok("DescribeServices", json!({"services": ["web"]}));
        let service = &service["services"][0];
        let definition = text(&service["taskDefinition"]);
        let statuses: Vec<_> = list(&service["taskSets"]).map(|set| text(&set["status"])).collect();
        let definition = definition.rsplit('/').next().expect("a name").to_owned();
        format!("{definition}: {}", statuses.join(" "))
    };
    assert_eq!(choose(&blue), "web:1: ACTIVE PRIMARY");
    assert_eq!(choose(&green), "web:2: PRIMARY ACTIVE");
    assert_eq!(choose(&green), "web:2: PRIMARY ACTIVE");
    let unknown = of_web(json!({"primaryTaskSet": format!("ecs-svc/{}", "1".repeat(19))}));
    let cases = vec![(unknown, "TaskSetNotFoundException")];
    stage.check_refusals("UpdateServicePrimaryTaskSet", cases);
}

#[test]
fn a_task_set_that_is_scaled_is_deleted_by_force_only() {
    let mut stage = stage();
    let set = text(&create(&mut stage, json!({"scale": scale(50.0)}))["id"]);
    let delete = of_web(json!({"taskSet": set}));
    stage
        .check_refusals("DeleteTaskSet", vec![(delete.clone(), "InvalidParameterException force")]);
    let forced = with(delete.clone(), json!({"force": true}));
    let deleted = stage.ok("DeleteTaskSet", forced)["taskSet"].take();
    assert_eq!(
        (&deleted["status"], &deleted["computedDesiredCount"]),
        (&json!("DRAINING"), &json!(0))
    );
    assert_eq!(stage.ok("DeleteTaskSet", delete)["taskSet"], deleted, "a client may ask again");
    let idle = text(&create(&mut stage, json!({}))["id"]);
    let deleted = stage.ok("DeleteTaskSet", of_web(json!({"taskSet": idle})));
    assert_eq!(deleted["taskSet"]["status"], "DRAINING");
}

#[test]
fn a_task_set_that_drains_is_not_changed_any_more() {
    let mut stage = stage();
    let set = text(&create(&mut stage, json!({}))["id"]);
    stage.ok("DeleteTaskSet", of_web(json!({"taskSet": set})));
    stage.check_refusals(
        "UpdateTaskSet",
        vec![(
            of_web(json!({"taskSet": set, "scale": scale(1.0)})),
            "InvalidParameterException DRAINING",
        )],
    );
    stage.check_refusals(
        "UpdateServicePrimaryTaskSet",
        vec![(of_web(json!({"primaryTaskSet": set})), "InvalidParameterException DRAINING")],
    );
}

#[test]
fn task_sets_of_a_service_that_drains_are_out_of_reach() {
    let mut stage = stage();
    let host = stage.host("a", json!({}));
    let set = text(&create(&mut stage, json!({"scale": scale(50.0)}))["id"]);
    stage.serve("web", &set, &host);
    stage.ok("DeleteService", json!({"service": "web", "force": true}));
    stage
        .check_refusals("DescribeTaskSets", vec![(of_web(json!({})), "ServiceNotActiveException")]);
    stage.check_refusals(
        "CreateTaskSet",
        vec![(of_web(json!({"taskDefinition": "web"})), "ServiceNotActiveException")],
    );
}

#[test]
fn task_sets_have_tags() {
    let mut stage = stage();
    let set = create(&mut stage, json!({}));
    let other = create(&mut stage, json!({}));
    let (arn, id) = (text(&set["taskSetArn"]), text(&set["id"]));
    let tags = json!([{"key": "team", "value": "a"}]);
    stage.ok("TagResource", json!({"resourceArn": arn, "tags": tags}));
    assert_eq!(stage.ok("ListTagsForResource", json!({"resourceArn": arn}))["tags"], tags);
    assert_eq!(describe(&mut stage, &id)["tags"], tags);
    assert_eq!(describe(&mut stage, &text(&other["id"]))["tags"], json!([]));
    let plain = stage.ok("DescribeTaskSets", of_web(json!({"taskSets": [id]})));
    assert_eq!(plain["taskSets"][0]["tags"], json!([]), "tags are for those who ask for them");
    stage.ok("UntagResource", json!({"resourceArn": arn, "tagKeys": ["team"]}));
    assert_eq!(describe(&mut stage, &id)["tags"], json!([]));
    let unknown = format!("{}1", &arn[..arn.len() - 1]);
    let unknown = if unknown == arn { format!("{}2", &arn[..arn.len() - 1]) } else { unknown };
    let cases = vec![(json!({"resourceArn": unknown, "tags": tags}), "ResourceNotFoundException")];
    stage.check_refusals("TagResource", cases);
}
