//! DescribeServices and ListServices.

use super::{create, create_daemon, describe, stage};
use crate::ecs::stage::{Stage, list, text};
use domain::{
    id::ServiceName,
    service::ServiceEvent,
    time::{Millis, Timestamp},
};
use serde_json::{Value as Json, json};

const ARN: &str = "arn:aws:ecs:us-east-1:123456789012:service/default";

#[test]
fn counts_are_sums_over_the_service_s_tasks() {
    let mut stage = stage();
    let host = stage.host("a", json!({}));
    let first = text(&create(&mut stage, json!({}))["deployments"][0]["id"]);
    let running = stage.serve("web", &first, &host);
    stage.report(&running, json!({"status": "RUNNING"}));
    let over = stage.serve("web", &first, &host);
    stage.report(&over, json!({"status": "STOPPED"}));
    super::update(&mut stage, json!({"forceNewDeployment": true}));
    let second = text(&describe(&mut stage)["deployments"][0]["id"]);
    stage.serve("web", &second, &host);
    // Tasks that are not the service's do not count.
    stage.task();
    let service = describe(&mut stage);
    let counts = |json: &Json| {
        let count = |name: &str| json[name].as_i64().expect("a count");
        (count("runningCount"), count("pendingCount"))
    };
    assert_eq!(counts(&service), (1, 1));
    assert_eq!(counts(&service["deployments"][0]), (0, 1));
    assert_eq!(counts(&service["deployments"][1]), (1, 0));
    assert_eq!(service["deployments"][1]["desiredCount"], 1);
    stage.ok("StopTask", json!({"task": running}));
    let service = describe(&mut stage);
    assert_eq!(service["deployments"][1]["desiredCount"], 0, "it is to be stopped");
    assert_eq!(counts(&service["deployments"][1]), (1, 0), "but runs still");
    let revisions: Vec<_> = list(&service["currentServiceRevisions"])
        .map(|it| (it["runningTaskCount"].as_i64(), it["requestedTaskCount"].as_i64()))
        .collect();
    assert_eq!(revisions, [(Some(0), Some(2)), (Some(1), Some(0))]);
}

#[test]
fn events_are_the_newest_hundred_newest_first() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    let (scope, name) = (stage.world.scope(), ServiceName::parse("web").expect("a name"));
    for number in 0..103 {
        let event = ServiceEvent {
            id: domain::id::uuid([number as u8; 16]),
            created_at: Timestamp(1_000) + Millis::from_s(number),
            message: format!("(service web) event {number}"),
        };
        let key = ServiceEvent::key(&scope, &super::cluster(), &name, number as u64);
        stage.world.put(&key, event);
    }
    let service = describe(&mut stage);
    let told: Vec<_> = list(&service["events"]).map(|event| text(&event["message"])).collect();
    assert_eq!(told.len(), 100);
    assert_eq!(
        (told[0].as_str(), told[99].as_str()),
        ("(service web) event 102", "(service web) event 3")
    );
    assert_eq!(service["events"][0]["createdAt"], 103.0);
}

#[test]
fn tags_are_shown_to_who_asks_for_them() {
    let mut stage = stage();
    let tags = json!([{"key": "team", "value": "a"}]);
    create(&mut stage, json!({"tags": tags}));
    assert_eq!(describe(&mut stage).get("tags"), None);
    let request = json!({"services": ["web"], "include": ["TAGS"]});
    assert_eq!(stage.ok("DescribeServices", request)["services"][0]["tags"], tags);
}

#[test]
fn services_are_found_by_name_and_arn_and_what_is_missing_is_told() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    let arn = format!("{ARN}/web");
    let short = "arn:aws:ecs:us-east-1:123456789012:service/web";
    let elsewhere = "arn:aws:ecs:us-east-1:123456789012:service/other/web";
    let request = json!({"services": ["web", arn, short, "db", elsewhere, "not a name"]});
    let reply = stage.ok("DescribeServices", request);
    let found: Vec<_> = list(&reply["services"]).map(|it| text(&it["serviceArn"])).collect();
    assert_eq!(found, [arn.as_str(); 3]);
    assert_eq!(
        reply["failures"],
        json!([
            {"arn": format!("{ARN}/db"), "reason": "MISSING"},
            {"arn": elsewhere, "reason": "MISSING"},
            {"arn": format!("{ARN}/not a name"), "reason": "MISSING"},
        ])
    );
    let many: Vec<_> = (0..11).map(|at| format!("s{at}")).collect();
    stage.check_refusals(
        "DescribeServices",
        vec![
            (json!({"services": []}), "InvalidParameterException empty"),
            (json!({"services": many}), "InvalidParameterException 10"),
        ],
    );
}

fn names(stage: &mut Stage, more: Json) -> (String, Option<String>) {
    let reply = stage.ok("ListServices", more);
    let names = list(&reply["serviceArns"]).map(|arn| {
        let arn = text(arn);
        arn.strip_prefix(&format!("{ARN}/")).expect("an ARN of this cluster").to_owned()
    });
    let names = names.collect::<Vec<_>>().join(" ");
    (names, reply["nextToken"].as_str().map(str::to_owned))
}

#[test]
fn lists_are_pages_of_ten_by_name() {
    let mut stage = stage();
    for at in 0..12 {
        create(&mut stage, json!({"serviceName": format!("s{at:02}")}));
    }
    let (first, next) = names(&mut stage, json!({}));
    assert_eq!(first, "s00 s01 s02 s03 s04 s05 s06 s07 s08 s09");
    let next = next.expect("there is more");
    assert_eq!(names(&mut stage, json!({"nextToken": next})), ("s10 s11".into(), None));
    assert_eq!(names(&mut stage, json!({"maxResults": 100})).0.split(' ').count(), 12);
    let refusals = vec![(json!({"maxResults": 101}), "InvalidParameterException maxResults")];
    stage.check_refusals("ListServices", refusals);
}

#[test]
fn lists_can_be_filtered() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    create_daemon(&mut stage, json!({"serviceName": "agent"}));
    let daemon = json!({"schedulingStrategy": "DAEMON"});
    assert_eq!(names(&mut stage, daemon).0, "agent");
    assert_eq!(names(&mut stage, json!({"schedulingStrategy": "REPLICA"})).0, "web");
    assert_eq!(names(&mut stage, json!({"launchType": "EC2"})).0, "agent web");
    assert_eq!(names(&mut stage, json!({"launchType": "EXTERNAL"})).0, "");
    assert_eq!(names(&mut stage, json!({"resourceManagementType": "CUSTOMER"})).0, "agent web");
    assert_eq!(names(&mut stage, json!({"resourceManagementType": "ECS"})).0, "");
}

#[test]
fn there_is_no_namespace() {
    let mut stage = stage();
    stage.check_refusals(
        "ListServicesByNamespace",
        vec![
            (json!({"namespace": "apps"}), "NamespaceNotFoundException apps"),
            (
                json!({"namespace": "apps", "maxResults": 101}),
                "InvalidParameterException maxResults",
            ),
        ],
    );
}
