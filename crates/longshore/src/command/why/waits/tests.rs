//! What services wait for, in words.

use super::lines;
use crate::command::{
    service::tests::{deployment, updating, web},
    why::{instances::Answer, service::Facts},
};
use anstream::adapter::strip_str;
use domain::time::Timestamp;
use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};

const NOW: Timestamp = Timestamp(200_000);

/// A task of a deployment; on an instance.
fn task(id: &str, deployment: &str, status: &str) -> Json {
    json!({
        "taskArn": format!("arn:aws:ecs:us-east-1:000000000000:task/default/{id}"),
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:000000000000:task-definition/web:1",
        "containerInstanceArn": "arn:aws:ecs:us-east-1:000000000000:container-instance/default/aaaaaaaaaaaaaaaa",
        "startedBy": deployment, "lastStatus": status, "desiredStatus": "RUNNING", "healthStatus": "UNKNOWN",
        "createdAt": 180.0, "containers": [{ "name": "web", "healthStatus": "UNKNOWN" }],
    })
}

fn failed(id: &str, created: f64, stopped: f64) -> Json {
    let mut task = task(id, "ecs-svc/1", "STOPPED");
    task["createdAt"] = json!(created);
    task["stoppedAt"] = json!(stopped);
    task["stopCode"] = json!("TaskFailedToStart");
    task["stoppedReason"] = json!("CannotPullContainerError: no such image");
    task
}

fn answer(instance: &str, refusal: Option<(&str, Option<&str>)>) -> Answer {
    Answer {
        instance: format!(
            "arn:aws:ecs:us-east-1:000000000000:container-instance/default/{instance}"
        ),
        zone: "us-east-1a".into(),
        cpu: (256, 1024),
        memory: (8192, 4000),
        refusal: refusal.map(|(reason, detail)| (reason.to_owned(), detail.map(str::to_owned))),
    }
}

fn facts(service: Json, tasks: Vec<Json>) -> Facts {
    Facts {
        service,
        story: Some(json!({
            "deploymentCircuitBreaker": { "status": "MONITORING", "failureCount": 1, "threshold": 3 },
        })),
        tasks,
        stopped: Vec::new(),
        protected: Vec::new(),
        instances: Vec::new(),
        answers: vec![answer("aaaaaaaaaaaaaaaa", None)],
    }
}

fn running(count: usize) -> Vec<Json> {
    (0..count).map(|n| task(&format!("{n:032}"), "ecs-svc/1", "RUNNING")).collect()
}

/// `web` with one task running and no other there.
fn short_of_two() -> Facts {
    let mut service = web();
    service["runningCount"] = json!(1);
    service["deployments"][0] =
        deployment("ecs-svc/1", "PRIMARY", "web:1", [3, 1, 0], "IN_PROGRESS");
    facts(service, running(1))
}

fn check(facts: &Facts, expected: Expect) {
    let lines = lines(facts, NOW);
    let lines: Vec<String> = lines.iter().map(|line| strip_str(line).to_string()).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn a_steady_service_waits_for_nothing() {
    check(
        &facts(web(), running(3)),
        expect![[r#"
        service `web` in cluster `default`: 3 wanted, 3 running, 0 pending
          it waits for nothing: all is as wanted
          deployment ecs-svc/1 of web:1 (PRIMARY) is COMPLETED since 1m 0s: 3 of 3 running, 0 pending
          bounds: at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
          newest event, 59s ago: has reached a steady state."#]],
    );
}

#[test]
fn each_instance_says_what_it_lacks() {
    let mut facts = short_of_two();
    facts.answers = vec![
        answer(
            "aaaaaaaaaaaaaaaa",
            Some(("RESOURCE:MEMORY", Some("needs 8192 MiB, 4000 are free"))),
        ),
        answer("bbbbbbbbbbbbbbbb", Some(("it is DRAINING and takes no new tasks", None))),
    ];
    facts.instances = vec![json!({
        "status": "DRAINING",
        "containerInstanceArn": "arn:aws:ecs:us-east-1:000000000000:container-instance/default/bbbbbbbbbbbbbbbb",
    })];
    check(
        &facts,
        expect![[r#"
        service `web` in cluster `default`: 3 wanted, 1 running, 0 pending
          2 tasks cannot be placed: none of the 2 instances takes one more
            INSTANCE      ZONE        CPU NEEDED/FREE  MEMORY NEEDED/FREE  LACKS
            aaaaaaaaaaaa  us-east-1a  256/1024         8192/4000 MiB       RESOURCE:MEMORY (needs 8192 MiB, 4000 are free)
            bbbbbbbbbbbb  us-east-1a  256/1024         8192/4000 MiB       it is DRAINING and takes no new tasks
          deployment ecs-svc/1 of web:1 (PRIMARY) is IN_PROGRESS since 1m 0s: 1 of 3 running, 0 pending
          bounds: at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
          instance bbbbbbbbbbbb is DRAINING: 0 tasks of the service there
          newest event, 59s ago: has reached a steady state."#]],
    );
}

/// What is waited for, in words.
fn waited_for(facts: &Facts) -> Vec<String> {
    super::waits(facts, NOW).iter().map(super::Wait::text).collect()
}

#[test]
fn where_no_instance_may_have_the_tasks_it_says_what_to_join() {
    let mut facts = short_of_two();
    facts.answers.clear();
    assert_eq!(
        waited_for(&facts),
        ["2 tasks cannot be placed: the cluster has no instances; join one with `longshore agent`"]
    );
    facts.instances = vec![json!({ "status": "ACTIVE" })];
    facts.service["launchType"] = json!("EXTERNAL");
    assert_eq!(
        waited_for(&facts),
        ["2 tasks cannot be placed: no instance of the cluster is of launch type EXTERNAL"]
    );
    facts.service["capacityProviderStrategy"] = json!([{ "capacityProvider": "spot" }]);
    assert_eq!(
        waited_for(&facts),
        [
            "2 tasks cannot be placed: no instance is of capacity provider spot; an agent is, with `--attribute longshore.auto-scaling-group=` and its group"
        ]
    );
}

#[test]
fn back_off_says_until_when_and_why() {
    let mut facts = short_of_two();
    facts.service["deployments"][0]["failedTasks"] = json!(3);
    facts.tasks.clear();
    facts.stopped = vec![
        failed("11111111111111111111111111111111", 150.0, 160.0),
        failed("22222222222222222222222222222222", 160.0, 170.0),
        failed("33333333333333333333333333333333", 180.0, 195.0),
    ];
    check(
        &facts,
        expect![[r#"
        service `web` in cluster `default`: 3 wanted, 1 running, 0 pending
          it starts nothing until 00:03:35Z (for 15s), because 3 starts in a row came to nothing
          deployment ecs-svc/1 of web:1 (PRIMARY) is IN_PROGRESS since 1m 0s: 1 of 3 running, 0 pending, 3 in a row did not start
          bounds: at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
          stopped last:
            TASK          DEFINITION  STOPPED  RAN    REASON
            333333333333  web:1       5s ago   never  CannotPullContainerError: no such image
            222222222222  web:1       30s ago  never  CannotPullContainerError: no such image
            111111111111  web:1       40s ago  never  CannotPullContainerError: no such image
          newest event, 59s ago: has reached a steady state."#]],
    );
}

#[test]
fn tasks_that_end_soon_after_their_start_are_paused_for() {
    let mut facts = short_of_two();
    assert_eq!(waited_for(&facts), ["2 tasks will be started now: there is room"]);
    let mut ended = failed("11111111111111111111111111111111", 150.0, 160.0);
    ended["stopCode"] = json!("EssentialContainerExited");
    ended["startedAt"] = json!(159.0);
    facts.stopped = vec![ended];
    assert_eq!(
        waited_for(&facts),
        [
            "2 tasks will be started within a minute: there is room, but the last ones ended by themselves soon after they had started"
        ]
    );
}

#[test]
fn the_upper_bound_makes_new_tasks_wait_for_old_ones() {
    let mut service = updating();
    service["deploymentConfiguration"]["maximumPercent"] = json!(100);
    service["deploymentConfiguration"]["minimumHealthyPercent"] = json!(50);
    let mut facts = facts(service, running(3));
    check(
        &facts,
        expect![[r#"
            service `web` in cluster `default`: 3 wanted, 4 running, 1 pending
              3 tasks are there of at most 3 (maximumPercent): old ones must stop first
              deployment ecs-svc/2 of web:2 (PRIMARY) is IN_PROGRESS since 1m 0s: 1 of 3 running, 1 pending
              deployment ecs-svc/1 of web:1 (ACTIVE) is COMPLETED since 1m 0s: 3 running, 0 pending
              bounds: at least 2 stay healthy, at most 3 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
              newest event, 10s ago: has started 2 tasks: (task 1) (task 2)."#]],
    );
    facts.service["deploymentConfiguration"]["minimumHealthyPercent"] = json!(100);
    check(
        &facts,
        expect![[r#"
            service `web` in cluster `default`: 3 wanted, 4 running, 1 pending
              3 tasks are there of at most 3 (maximumPercent): nothing can move: lower minimumHealthyPercent or raise maximumPercent
              deployment ecs-svc/2 of web:2 (PRIMARY) is IN_PROGRESS since 1m 0s: 1 of 3 running, 1 pending
              deployment ecs-svc/1 of web:1 (ACTIVE) is COMPLETED since 1m 0s: 3 running, 0 pending
              bounds: at least 3 stay healthy, at most 3 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
              newest event, 10s ago: has started 2 tasks: (task 1) (task 2)."#]],
    );
}

#[test]
fn new_tasks_have_to_prove_themselves() {
    let mut service = updating();
    service["deployments"][0] =
        deployment("ecs-svc/2", "PRIMARY", "web:2", [3, 3, 0], "IN_PROGRESS");
    let mut tasks = running(3);
    tasks.extend((3..6).map(|n| task(&format!("{n:032}"), "ecs-svc/2", "RUNNING")));
    check(
        &facts(service, tasks),
        expect![[r#"
            service `web` in cluster `default`: 3 wanted, 4 running, 1 pending
              its tasks run and count as healthy after a while (40 s, or what `--healthy-after` of the control plane says); then those of older deployments go
              deployment ecs-svc/2 of web:2 (PRIMARY) is IN_PROGRESS since 1m 0s: 3 of 3 running, 0 pending
              deployment ecs-svc/1 of web:1 (ACTIVE) is COMPLETED since 1m 0s: 3 running, 0 pending
              bounds: at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
              newest event, 10s ago: has started 2 tasks: (task 1) (task 2)."#]],
    );
}

#[test]
fn a_failed_deployment_waits_for_a_person() {
    let mut facts = short_of_two();
    facts.service["deployments"][0]["rolloutState"] = json!("FAILED");
    facts.service["deployments"][0]["rolloutStateReason"] =
        json!("ECS deployment circuit breaker: tasks failed to start.");
    check(
        &facts,
        expect![[r#"
        service `web` in cluster `default`: 3 wanted, 1 running, 0 pending
          it starts no more tasks, because its deployment failed (circuit breaker: tasks failed to start): deploy something else
          deployment ecs-svc/1 of web:1 (PRIMARY) is FAILED since 1m 0s: 1 of 3 running, 0 pending (circuit breaker: tasks failed to start)
          bounds: at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
          newest event, 59s ago: has reached a steady state."#]],
    );
}

#[test]
fn tasks_that_are_not_well_are_told_one_by_one() {
    let mut tasks = running(2);
    tasks[0]["healthStatus"] = json!("UNHEALTHY");
    tasks[0]["startedAt"] = json!(190.0);
    tasks.push(task("33333333333333333333333333333333", "ecs-svc/1", "PENDING"));
    check(
        &facts(web(), tasks),
        expect![[r#"
        service `web` in cluster `default`: 3 wanted, 3 running, 0 pending
          1 task is being started
          1 task is unhealthy: the health checks fail
            task 000000000000 runs since 10s
            task 333333333333 is PENDING since 20s: its instance has it and prepares its containers, or waits until others free what it needs
          deployment ecs-svc/1 of web:1 (PRIMARY) is COMPLETED since 1m 0s: 3 of 3 running, 0 pending
          bounds: at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
          newest event, 59s ago: has reached a steady state."#]],
    );
}

#[test]
fn protected_tasks_keep_a_service_too_large() {
    let mut service = web();
    service["desiredCount"] = json!(2);
    let mut facts = facts(service, running(3));
    facts.protected = vec![json!({
        "taskArn": facts.tasks[0]["taskArn"], "protectionEnabled": true, "expirationDate": 260.0,
    })];
    check(
        &facts,
        expect![[r#"
        service `web` in cluster `default`: 2 wanted, 3 running, 0 pending
          1 task is too many, and 1 task is protected
          deployment ecs-svc/1 of web:1 (PRIMARY) is COMPLETED since 1m 0s: 3 of 3 running, 0 pending
          bounds: at least 2 stay healthy, at most 4 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
          protected from scale-in: 000000000000 until 00:04:20Z (for 1m 0s)
          newest event, 59s ago: has reached a steady state."#]],
    );
}

#[test]
fn a_deleted_service_waits_for_its_last_tasks() {
    let mut service = web();
    service["status"] = json!("DRAINING");
    service["deployments"] = json!([]);
    check(
        &facts(service, Vec::new()),
        expect![[r#"
        service `web` in cluster `default`: 3 wanted, 3 running, 0 pending
          it was deleted and waits for 3 tasks to stop
          newest event, 59s ago: has reached a steady state."#]],
    );
}

/// `web` on Fargate, with one task running of three; nobody sees where it is.
fn on_fargate(event: &str) -> Facts {
    let mut facts = short_of_two();
    facts.service["launchType"] = json!("FARGATE");
    facts.service["events"] =
        json!([{ "createdAt": 141.0, "message": format!("(service web) {event}") }]);
    facts.answers = Vec::new();
    for task in &mut facts.tasks {
        task["launchType"] = json!("FARGATE");
        task["containerInstanceArn"] = Json::Null;
    }
    facts
}

#[test]
fn a_service_on_fargate_waits_for_the_pool_and_for_no_instance() {
    let said = "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.";
    check(
        &on_fargate(said),
        expect![[r#"
        service `web` in cluster `default`: 3 wanted, 1 running, 0 pending
          2 tasks cannot be placed: no host of Fargate's pool has room; `longshore fargate hosts` shows what they have, `longshore agent --fargate` adds one
          deployment ecs-svc/1 of web:1 (PRIMARY) is IN_PROGRESS since 1m 0s: 1 of 3 running, 0 pending
          bounds: at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
          newest event, 59s ago: was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone."#]],
    );
    let said = "was unable to place a task. Reason: The hosts of Longshore's Fargate pool do not serve secrets yet.";
    check(
        &on_fargate(said),
        expect![[r#"
        service `web` in cluster `default`: 3 wanted, 1 running, 0 pending
          2 tasks cannot be placed: The hosts of Longshore's Fargate pool do not serve secrets yet. Deploy a task definition without it
          deployment ecs-svc/1 of web:1 (PRIMARY) is IN_PROGRESS since 1m 0s: 1 of 3 running, 0 pending
          bounds: at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
          newest event, 59s ago: was unable to place a task. Reason: The hosts of Longshore's Fargate pool do not serve secrets yet."#]],
    );
    check(
        &on_fargate("has started 2 tasks: (task a) (task b)."),
        expect![[r#"
        service `web` in cluster `default`: 3 wanted, 1 running, 0 pending
          2 tasks will be started now: there is room
          deployment ecs-svc/1 of web:1 (PRIMARY) is IN_PROGRESS since 1m 0s: 1 of 3 running, 0 pending
          bounds: at least 3 stay healthy, at most 6 tasks at once; circuit breaker: 1 of 3 failures (MONITORING)
          newest event, 59s ago: has started 2 tasks: (task a) (task b)."#]],
    );
}
