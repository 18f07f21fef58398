//! Rollouts as they are seen and as they end.

use super::{End, Look, Rollout, done};
use crate::command::service::tests::{deployment, updating, web};
use anstream::adapter::strip_str;
use domain::time::Millis;
use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};

const ROWS: usize = 12;

fn second() -> Rollout {
    Rollout::of(&updating()).expect("it has a PRIMARY deployment")
}

/// Of `web:2`.
fn story(status: &str) -> Json {
    json!({
        "status": status,
        "targetServiceRevision": {
            "arn": "arn:aws:ecs:us-east-1:000000000000:service-revision/default/web/2",
        },
        "deploymentCircuitBreaker": { "status": "MONITORING", "failureCount": 1, "threshold": 3 },
    })
}

/// A running task of a deployment, with what its health checks say.
fn task(deployment: &str, health: &str) -> Json {
    json!({
        "startedBy": deployment, "lastStatus": "RUNNING", "healthStatus": health,
        "containers": [{ "name": "web", "healthStatus": health }],
    })
}

fn look(service: Json) -> Look {
    looked("IN_PROGRESS", service)
}

/// At a service, and at a story that is there.
fn looked(status: &str, service: Json) -> Look {
    Look { story: Some(story(status)), service, tasks: Vec::new() }
}

fn check(look: &Look, expected: Expect) {
    let events: Vec<Json> = look.service["events"].as_array().expect("events").clone();
    let frame = second().frame(look, &events, ROWS, Millis(72_000));
    let frame: Vec<String> = frame.iter().map(|line| strip_str(line).to_string()).collect();
    expected.assert_eq(&format!("{}\n-- {}", frame.join("\n"), second().line(look)));
}

fn ends(look: &Look, expected: Option<End>) {
    assert_eq!(second().end(look), expected);
}

fn failed(text: &str) -> Option<End> {
    Some(End::Failed(text.into()))
}

#[test]
fn old_and_new_are_side_by_side() {
    check(
        &look(updating()),
        expect![[r#"
        service `web` in cluster `default`: deploying web:2  1m 12s

          new  web:2  █████▒▒▒▒▒····················  1 of 3 running, 1 pending
          old  web:1  ███████████████···············  3 running
          at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures

          00:03:10Z  has started 2 tasks: (task 1) (task 2).
          00:02:21Z  has reached a steady state.
        -- deploying web:2: new web:2: 1 of 3 running, 1 pending; old web:1: 3 running"#]],
    );
}

#[test]
fn tasks_with_checks_are_solid_only_once_they_pass() {
    let mut look = look(updating());
    look.tasks = vec![
        task("ecs-svc/2", "UNHEALTHY"),
        task("ecs-svc/1", "HEALTHY"),
        task("ecs-svc/1", "HEALTHY"),
        task("ecs-svc/1", "UNKNOWN"),
    ];
    check(
        &look,
        expect![[r#"
        service `web` in cluster `default`: deploying web:2  1m 12s

          new  web:2  ▓▓▓▓▓▒▒▒▒▒····················  1 of 3 running, 0 healthy, 1 unhealthy, 1 pending
          old  web:1  ██████████▓▓▓▓▓···············  3 running, 2 healthy
          at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures

          00:03:10Z  has started 2 tasks: (task 1) (task 2).
          00:02:21Z  has reached a steady state.
        -- deploying web:2: new web:2: 1 of 3 running, 0 healthy, 1 unhealthy, 1 pending; old web:1: 3 running, 2 healthy"#]],
    );
}

#[test]
fn a_bar_of_many_tasks_is_in_proportion() {
    let mut service = updating();
    service["desiredCount"] = json!(400);
    service["deployments"][0] =
        deployment("ecs-svc/2", "PRIMARY", "web:2", [400, 1, 100], "IN_PROGRESS");
    service["deployments"][1] =
        deployment("ecs-svc/1", "ACTIVE", "web:1", [400, 400, 0], "COMPLETED");
    check(
        &look(service),
        expect![[r#"
        service `web` in cluster `default`: deploying web:2  1m 12s

          new  web:2  █▒▒▒··························  1 of 400 running, 100 pending
          old  web:1  ███████████████···············  400 running
          at least 400 stay healthy, at most 800 tasks at once; circuit breaker: 1 of 3 failures

          00:03:10Z  has started 2 tasks: (task 1) (task 2).
          00:02:21Z  has reached a steady state.
        -- deploying web:2: new web:2: 1 of 400 running, 100 pending; old web:1: 400 running"#]],
    );
}

#[test]
fn the_way_back_says_why() {
    let mut look = look(going_back());
    look.story = Some(story("ROLLBACK_IN_PROGRESS"));
    check(
        &look,
        expect![[r#"
        service `web` in cluster `default`: going back from web:2 to web:1 (circuit breaker: tasks failed to start)  1m 12s

          old  web:1  ███████████████···············  3 of 3 running
          new  web:2  █████·························  1 running
          at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures

          00:03:10Z  has started 2 tasks: (task 1) (task 2).
          00:02:21Z  has reached a steady state.
        -- going back from web:2 to web:1 (circuit breaker: tasks failed to start): old web:1: 3 of 3 running; new web:2: 1 running"#]],
    );
}

#[test]
fn a_low_terminal_shows_the_newest_events() {
    let mut service = updating();
    let event = |n: i64| json!({ "id": n.to_string(), "createdAt": n, "message": format!("(service web) {n}.") });
    service["events"] = (1..=20).map(event).collect();
    check(
        &look(service),
        expect![[r#"
        service `web` in cluster `default`: deploying web:2  1m 12s

          new  web:2  █████▒▒▒▒▒····················  1 of 3 running, 1 pending
          old  web:1  ███████████████···············  3 running
          at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures

          00:00:15Z  15.
          00:00:16Z  16.
          00:00:17Z  17.
          00:00:18Z  18.
          00:00:19Z  19.
          00:00:20Z  20.
        -- deploying web:2: new web:2: 1 of 3 running, 1 pending; old web:1: 3 running"#]],
    );
}

/// The PRIMARY is the old one again.
fn going_back() -> Json {
    let mut service = updating();
    service["taskDefinition"] = web()["taskDefinition"].clone();
    let mut broken = deployment("ecs-svc/2", "ACTIVE", "web:2", [0, 1, 0], "FAILED");
    broken["rolloutStateReason"] = json!("ECS deployment circuit breaker: tasks failed to start.");
    service["deployments"] =
        json!([deployment("ecs-svc/1", "PRIMARY", "web:1", [3, 3, 0], "IN_PROGRESS"), broken,]);
    service
}

/// Only `web:2` is left, all of it.
fn completed() -> Json {
    let mut service = web();
    service["deployments"] =
        json!([deployment("ecs-svc/2", "PRIMARY", "web:2", [3, 3, 0], "COMPLETED")]);
    service
}

#[test]
fn it_is_over_when_all_are_there_and_no_others() {
    ends(&look(updating()), None);
    ends(&looked("SUCCESSFUL", completed()), Some(End::Completed));
    assert_eq!(
        done(&second(), &completed(), Millis(61_000)),
        "done in 1m 1s: web runs web:2 with 3 tasks"
    );
}

#[test]
fn a_changed_count_is_waited_for_in_a_completed_deployment() {
    let mut service = completed();
    service["desiredCount"] = json!(5);
    let look = looked("SUCCESSFUL", service);
    ends(&look, None);
    assert_eq!(second().headline(&look), "web:2 goes to 5 tasks");
}

#[test]
fn a_service_that_is_ahead_of_its_story_is_looked_at_again() {
    ends(&look(completed()), None);
    ends(&look(going_back()), None);
}

#[test]
fn a_failure_without_a_way_back_is_the_end() {
    let mut service = updating();
    service["deployments"][0]["rolloutState"] = json!("FAILED");
    service["deployments"][0]["rolloutStateReason"] =
        json!("ECS deployment circuit breaker: tasks failed to start.");
    ends(&looked("STOPPED", service), failed("circuit breaker: tasks failed to start"));
}

#[test]
fn a_way_back_is_watched_to_its_end() {
    let mut look = look(going_back());
    look.story = Some(story("ROLLBACK_IN_PROGRESS"));
    ends(&look, None);
    look.story = Some(story("ROLLBACK_SUCCESSFUL"));
    assert_eq!(
        second().headline(&look),
        "web:2 was rolled back to web:1 (circuit breaker: tasks failed to start)"
    );
    ends(&look, failed("circuit breaker: tasks failed to start; web:1 runs again"));
    look.story = Some(story("ROLLBACK_FAILED"));
    ends(&look, failed("circuit breaker: tasks failed to start; the way back failed too"));
}

#[test]
fn what_was_rolled_back_to_did_not_fail() {
    let first = Rollout::of(&web()).expect("it has a PRIMARY deployment");
    let mut look = looked("ROLLBACK_IN_PROGRESS", going_back());
    assert_eq!(first.end(&look), None);
    look.story = Some(story("ROLLBACK_SUCCESSFUL"));
    look.service = web();
    assert_eq!(first.end(&look), Some(End::Completed));
    assert_eq!(first.headline(&look), "web:1 is deployed");
}

#[test]
fn a_newer_deployment_ends_the_watch() {
    let mut service = updating();
    service["deployments"][0] =
        deployment("ecs-svc/3", "PRIMARY", "web:3", [3, 0, 0], "IN_PROGRESS");
    ends(&looked("STOPPED", service), failed("deployment ecs-svc/3 took its place"));
    let mut service = updating();
    service["deployments"][0]["status"] = json!("ACTIVE");
    service["deployments"][1] =
        deployment("ecs-svc/3", "PRIMARY", "web:3", [3, 0, 0], "IN_PROGRESS");
    ends(&looked("STOPPED", service), failed("deployment ecs-svc/3 took its place"));
}

#[test]
fn a_deleted_service_ends_the_watch() {
    let mut service = updating();
    service["status"] = json!("DRAINING");
    ends(&looked("STOPPED", service), failed("the service was deleted"));
}
