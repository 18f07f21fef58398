//! Stories as clients see them, and the wish to go back.

use super::stop;
use crate::ecs::stage::{Stage, cluster, list, text};
use domain::{
    deployment::{Alarms, Guard, Rollback, ServiceDeployment, ServiceDeploymentStatus as Status},
    id::{ServiceDeploymentId, ServiceName},
    key::Key,
    service::Service,
    time::{Millis, Timestamp},
};
use expect_test::expect;
use serde_json::{Value as Json, json};

/// A service `web` of three tasks with a circuit breaker.
fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.define("web", json!({}));
    let breaker = json!({"enable": true, "rollback": true});
    let request = json!({
        "serviceName": "web", "taskDefinition": "web", "desiredCount": 3,
        "deploymentConfiguration": {"deploymentCircuitBreaker": breaker},
    });
    stage.ok("CreateService", request);
    stage
}

/// Another deployment begins, a second later.
fn deploy(stage: &mut Stage) {
    stage.world.pass(Millis::from_s(1));
    stage.ok("UpdateService", json!({"service": "web", "forceNewDeployment": true}));
}

fn briefs(stage: &mut Stage, more: Json) -> Vec<Json> {
    let mut request = json!({"service": "web"});
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    let reply = stage.ok("ListServiceDeployments", request);
    list(&reply["serviceDeployments"]).cloned().collect()
}

/// The ARN of the newest story.
fn newest(stage: &mut Stage) -> String {
    text(&briefs(stage, json!({}))[0]["serviceDeploymentArn"])
}

fn describe(stage: &mut Stage, arn: &str) -> Json {
    let reply = stage.ok("DescribeServiceDeployments", json!({"serviceDeploymentArns": [arn]}));
    reply["serviceDeployments"][0].clone()
}

fn web() -> ServiceName {
    ServiceName::parse("web").expect("a name")
}

fn key_of(stage: &Stage, arn: &str) -> Key {
    let id = arn.rsplit('/').next().expect("an id");
    let id = ServiceDeploymentId::parse(id).expect("an id");
    ServiceDeployment::key(&stage.world.scope(), &cluster(), &web(), &id)
}

/// What the scheduler writes into a story.
fn tell(stage: &mut Stage, arn: &str, change: impl FnOnce(&mut ServiceDeployment)) {
    let key = key_of(stage, arn);
    stage.world.change::<ServiceDeployment>(&key, change);
}

fn record(stage: &Stage) -> Service {
    let key = Service::key(&stage.world.scope(), &cluster(), &web());
    Service::clone(&stage.world.get::<Service>(&key).expect("the service").record)
}

#[test]
fn a_story_is_shown_whole() {
    let mut stage = stage();
    let arn = newest(&mut stage);
    let mut shown = describe(&mut stage, &arn);
    assert_eq!(shown["serviceDeploymentArn"].take(), arn);
    shown["targetServiceRevision"]["arn"].take();
    expect![[r#"
        {
          "alarms": {
            "status": "DISABLED"
          },
          "clusterArn": "arn:aws:ecs:us-east-1:123456789012:cluster/default",
          "createdAt": 1796119200,
          "deploymentCircuitBreaker": {
            "failureCount": 0,
            "status": "MONITORING",
            "threshold": 3
          },
          "deploymentConfiguration": {
            "bakeTimeInMinutes": 0,
            "deploymentCircuitBreaker": {
              "enable": true,
              "rollback": true
            },
            "maximumPercent": 200,
            "minimumHealthyPercent": 100,
            "strategy": "ROLLING"
          },
          "serviceArn": "arn:aws:ecs:us-east-1:123456789012:service/default/web",
          "serviceDeploymentArn": null,
          "sourceServiceRevisions": [],
          "status": "PENDING",
          "targetServiceRevision": {
            "arn": null,
            "pendingTaskCount": 0,
            "requestedTaskCount": 3,
            "runningTaskCount": 0
          },
          "updatedAt": 1796119200
        }"#]]
    .assert_eq(&format!("{shown:#}"));
}

#[test]
fn a_service_s_stories_are_listed_the_newest_first() {
    let mut stage = stage();
    deploy(&mut stage);
    deploy(&mut stage);
    let listed = briefs(&mut stage, json!({}));
    let short = |brief: &Json| (text(&brief["status"]), brief["createdAt"].as_i64());
    let listed: Vec<_> = listed.iter().map(short).collect();
    let at = |second: i64| Some(1_796_119_200 + second);
    assert_eq!(
        listed,
        [("PENDING".into(), at(2)), ("STOPPED".into(), at(1)), ("STOPPED".into(), at(0))]
    );
}

#[test]
fn the_filters_of_a_list_must_all_hold() {
    let mut stage = stage();
    deploy(&mut stage);
    deploy(&mut stage);
    let mut count = |more: Json| briefs(&mut stage, more).len();
    let at = |second: i64| 1_796_119_200 + second;
    assert_eq!(count(json!({"status": ["STOPPED"]})), 2);
    assert_eq!(count(json!({"status": ["STOPPED", "PENDING"]})), 3);
    assert_eq!(count(json!({"status": ["SUCCESSFUL"]})), 0);
    assert_eq!(count(json!({"createdAt": {"after": at(0)}})), 2);
    assert_eq!(count(json!({"createdAt": {"before": at(2)}})), 2);
    assert_eq!(count(json!({"createdAt": {"after": at(0), "before": at(2)}})), 1);
    assert_eq!(count(json!({"createdAt": {"before": at(2)}, "status": ["PENDING"]})), 0);
}

#[test]
fn stories_come_in_pages_of_twenty() {
    let mut stage = stage();
    for _ in 0..20 {
        deploy(&mut stage);
    }
    let first = stage.ok("ListServiceDeployments", json!({"service": "web"}));
    assert_eq!(list(&first["serviceDeployments"]).count(), 20);
    let next = json!({"service": "web", "nextToken": first["nextToken"]});
    let second = stage.ok("ListServiceDeployments", next);
    let rest: Vec<_> = list(&second["serviceDeployments"]).collect();
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0]["createdAt"], 1_796_119_200, "the oldest comes last");
    assert_eq!(second["nextToken"], Json::Null);
    let cases = vec![
        (json!({"service": "web", "maxResults": 0}), "InvalidParameterException maxResults"),
        (json!({"service": "web", "maxResults": 101}), "InvalidParameterException maxResults"),
        (json!({"service": "none"}), "ServiceNotFoundException"),
        (json!({"service": "web", "cluster": "none"}), "ClusterNotFoundException"),
    ];
    stage.check_refusals("ListServiceDeployments", cases);
}

#[test]
fn what_is_not_there_is_missing_and_what_is_no_arn_is_refused() {
    let mut stage = stage();
    let arn = newest(&mut stage);
    let strange = [
        arn.replace("us-east-1", "eu-west-1"),
        arn.replace("/web/", "/other/"),
        format!("{}x", &arn[..arn.len() - 1]),
        format!("{arn}x"),
    ];
    let mut asked = vec![arn.clone()];
    asked.extend(strange.iter().cloned());
    let reply = stage.ok("DescribeServiceDeployments", json!({"serviceDeploymentArns": asked}));
    assert_eq!(list(&reply["serviceDeployments"]).count(), 1);
    let missing: Vec<_> =
        strange.iter().map(|arn| json!({"arn": arn, "reason": "MISSING"})).collect();
    assert_eq!(reply["failures"], json!(missing));
    let cases = vec![
        (json!({"serviceDeploymentArns": []}), "InvalidParameterException empty"),
        (json!({"serviceDeploymentArns": vec![arn; 21]}), "InvalidParameterException 20"),
        (json!({"serviceDeploymentArns": ["web"]}), "InvalidParameterException `web`"),
        (
            json!({"serviceDeploymentArns": ["arn:aws:ecs:us-east-1:123456789012:service/default/web"]}),
            "InvalidParameterException",
        ),
    ];
    stage.check_refusals("DescribeServiceDeployments", cases);
}

#[test]
fn each_revision_shows_the_tasks_that_it_has() {
    let mut stage = stage();
    let host = stage.host("a", json!({}));
    let first = record(&stage).deployments[0].id.clone();
    let running = stage.serve("web", &first.prefixed(), &host);
    stage.report(&running, json!({"status": "RUNNING"}));
    stage.serve("web", &first.prefixed(), &host);
    deploy(&mut stage);
    let second = record(&stage).deployments[0].id.clone();
    stage.serve("web", &second.prefixed(), &host);
    let arn = newest(&mut stage);
    let shown = describe(&mut stage, &arn);
    let short = |revision: &Json| {
        format!(
            "{} wants {}, {} run, {} pend",
            text(&revision["arn"]).rsplit('/').next().expect("an id"),
            revision["requestedTaskCount"],
            revision["runningTaskCount"],
            revision["pendingTaskCount"]
        )
    };
    assert_eq!(short(&shown["targetServiceRevision"]), format!("{second} wants 3, 0 run, 1 pend"));
    let sources: Vec<_> = list(&shown["sourceServiceRevisions"]).map(short).collect();
    assert_eq!(sources, [format!("{first} wants 2, 1 run, 1 pend")]);
}

#[test]
fn the_circuit_breaker_says_what_it_does() {
    let mut stage = stage();
    let arn = newest(&mut stage);
    let mut breaker = |change: fn(&mut ServiceDeployment)| {
        tell(&mut stage, &arn, change);
        let shown = describe(&mut stage, &arn);
        let breaker = &shown["deploymentCircuitBreaker"];
        format!("{} {}/{}", text(&breaker["status"]), breaker["failureCount"], breaker["threshold"])
    };
    assert_eq!(breaker(|_| {}), "MONITORING 0/3");
    assert_eq!(
        breaker(|story| (story.status, story.failures) = (Status::InProgress, 2)),
        "MONITORING 2/3"
    );
    assert_eq!(breaker(|story| story.failures = 4), "MONITORING 3/3", "what tripped it is counted");
    assert_eq!(breaker(|story| (story.desired, story.failures) = (25, 2)), "MONITORING 2/13");
    assert_eq!(breaker(|story| story.desired = 1000), "MONITORING 2/200");
    assert_eq!(breaker(|story| story.status = Status::Successful), "MONITORING_COMPLETE 2/200");
    assert_eq!(breaker(|story| story.is_broken = true), "TRIGGERED 2/200");
    assert_eq!(
        breaker(|story| {
            story.is_broken = false;
            story.configuration.circuit_breaker.enable = false;
        }),
        "DISABLED 2/200"
    );
}

#[test]
fn alarms_are_named_and_those_that_tripped_too() {
    let mut stage = stage();
    let arn = newest(&mut stage);
    assert_eq!(describe(&mut stage, &arn)["alarms"], json!({"status": "DISABLED"}));
    tell(&mut stage, &arn, |story| {
        let guard = Guard { enable: true, rollback: false };
        story.configuration.alarms =
            Some(Alarms { names: vec!["high".into(), "low".into()], guard });
    });
    assert_eq!(
        describe(&mut stage, &arn)["alarms"],
        json!({"status": "MONITORING", "alarmNames": ["high", "low"]})
    );
    tell(&mut stage, &arn, |story| story.triggered_alarms = vec!["low".into()]);
    assert_eq!(
        describe(&mut stage, &arn)["alarms"],
        json!({"status": "TRIGGERED", "alarmNames": ["high", "low"], "triggeredAlarmNames": ["low"]})
    );
}

#[test]
fn a_way_back_says_why_and_where_to() {
    let mut stage = stage();
    let arn = newest(&mut stage);
    let revision = record(&stage).deployments[0].id.clone();
    let back = revision.clone();
    tell(&mut stage, &arn, |story| {
        story.status = Status::RollbackInProgress;
        story.rollback = Some(Rollback {
            reason: "it broke".into(),
            started_at: Timestamp(1_796_119_205_000),
            revision: back,
        });
    });
    let expected = json!({
        "reason": "it broke",
        "startedAt": 1_796_119_205,
        "serviceRevisionArn": format!("arn:aws:ecs:us-east-1:123456789012:service-revision/default/web/{revision}"),
    });
    assert_eq!(describe(&mut stage, &arn)["rollback"], expected);
}

#[test]
fn a_deployment_that_goes_on_is_asked_to_go_back() {
    for kind in [json!({}), json!({"stopType": "ROLLBACK"})] {
        for status in [Status::Pending, Status::InProgress] {
            let mut stage = stage();
            deploy(&mut stage);
            let arn = newest(&mut stage);
            tell(&mut stage, &arn, |story| story.status = status);
            let mut request = kind.clone();
            request["serviceDeploymentArn"] = json!(arn);
            let reply = stage.ok("StopServiceDeployment", request.clone());
            assert_eq!(reply, json!({"serviceDeploymentArn": arn}));
            assert_eq!(describe(&mut stage, &arn)["status"], "ROLLBACK_REQUESTED");
            let asked = |service: &Service| -> Vec<bool> {
                service.deployments.iter().map(|it| it.rollback_requested).collect()
            };
            assert!(asked(&record(&stage)).first().is_some_and(|first| *first));
            assert_eq!(asked(&record(&stage)).iter().filter(|asked| **asked).count(), 1);
            let before = stage.world.snapshot.revision();
            assert_eq!(stage.ok("StopServiceDeployment", request), reply);
            assert_eq!(stage.world.snapshot.revision(), before, "asking again changes nothing");
        }
    }
}

#[test]
fn a_deployment_that_goes_back_or_is_over_is_not_stopped() {
    let mut stage = stage();
    let arn = newest(&mut stage);
    let request = json!({"serviceDeploymentArn": arn});
    for status in [Status::StopRequested, Status::RollbackRequested, Status::RollbackInProgress] {
        tell(&mut stage, &arn, |story| story.status = status);
        stage.ok("StopServiceDeployment", request.clone());
        assert_eq!(describe(&mut stage, &arn)["status"], status.as_str());
    }
    let over =
        [Status::Successful, Status::Stopped, Status::RollbackSuccessful, Status::RollbackFailed];
    for status in over {
        tell(&mut stage, &arn, |story| story.status = status);
        let cases = vec![(request.clone(), "ConflictException")];
        stage.check_refusals("StopServiceDeployment", cases);
    }
    assert!(!record(&stage).deployments[0].rollback_requested);
}

#[test]
fn what_cannot_be_stopped_is_refused() {
    let mut stage = stage();
    let arn = newest(&mut stage);
    let cases = vec![
        (
            json!({"serviceDeploymentArn": arn, "stopType": "ABORT"}),
            "ClientException `stopType` ABORT",
        ),
        (
            json!({"serviceDeploymentArn": arn.replace("/web/", "/other/")}),
            "ServiceDeploymentNotFoundException",
        ),
        (
            json!({"serviceDeploymentArn": arn.replace("us-east-1", "eu-west-1")}),
            "ServiceDeploymentNotFoundException",
        ),
        (json!({"serviceDeploymentArn": "web"}), "InvalidParameterException `web`"),
    ];
    stage.check_refusals("StopServiceDeployment", cases);
}

/// The scheduler and the client act on the same records: the one who is late looks again.
#[test]
fn a_deployment_that_ends_meanwhile_is_not_stopped() {
    let mut stage = stage();
    let arn = newest(&mut stage);
    let row = crate::ecs::TABLE.service.operation("StopServiceDeployment").expect("an operation");
    let body = json!({"serviceDeploymentArn": arn}).to_string();
    let request = wire::codec::json::decode(row.input, body.as_bytes()).expect("JSON");
    let (_, writes) = stop(&stage.world.view(), &request, &stage.world.ctx()).expect("it goes on");
    tell(&mut stage, &arn, |story| story.status = Status::Successful);
    assert!(stage.world.snapshot.with(&writes).is_err());
}
