//! Rules of describing and listing tasks.

use crate::ecs::stage::{Stage, list, text};
use expect_test::expect;
use serde_json::{Value as Json, json};

fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.host("a", json!({}));
    stage.define("web", json!({}));
    stage
}

/// How many tasks a list has, over all its pages.
fn count(stage: &mut Stage, request: Json) -> usize {
    let mut arns = Vec::new();
    let mut request = request;
    loop {
        let reply = stage.ok("ListTasks", request.clone());
        arns.extend(list(&reply["taskArns"]).map(text));
        match reply["nextToken"].as_str() {
            Some(token) => request["nextToken"] = json!(token),
            None => break,
        }
    }
    assert!(arns.is_sorted_by(|earlier, later| earlier < later), "in order, none twice");
    arns.len()
}

#[test]
fn tasks_are_described_by_id_or_arn_and_what_is_missing_is_a_failure() {
    let mut stage = stage();
    let task = stage.task();
    let id = task.rsplit('/').next().expect("an id").to_owned();
    let unknown = "0123456789abcdef0123456789abcdef";
    let elsewhere = task.replace("us-east-1", "eu-west-1");
    let asked =
        json!([id, task, unknown, "not an id", elsewhere, task.replace("default", "other")]);
    let reply = stage.ok("DescribeTasks", json!({"tasks": asked}));
    assert_eq!(
        list(&reply["tasks"]).map(|it| text(&it["taskArn"])).collect::<Vec<_>>(),
        [task.clone(), task.clone()]
    );
    let text = serde_json::to_string_pretty(&reply["failures"]).expect("JSON");
    expect![[r#"
        [
          {
            "arn": "arn:aws:ecs:us-east-1:123456789012:task/default/0123456789abcdef0123456789abcdef",
            "reason": "MISSING"
          },
          {
            "arn": "arn:aws:ecs:us-east-1:123456789012:task/default/not an id",
            "reason": "MISSING"
          },
          {
            "arn": "arn:aws:ecs:eu-west-1:123456789012:task/default/ID",
            "reason": "MISSING"
          },
          {
            "arn": "arn:aws:ecs:us-east-1:123456789012:task/other/ID",
            "reason": "MISSING"
          }
        ]"#]].assert_eq(&text.replace(&id, "ID"));
}

#[test]
fn tags_are_shown_only_when_asked_for() {
    let mut stage = stage();
    let reply = stage.run_whole(json!({"tags": [{"key": "a", "value": "b"}]}));
    let task = text(&reply["tasks"][0]["taskArn"]);
    let shown = |stage: &mut Stage, include: Json| {
        stage.ok("DescribeTasks", json!({"tasks": [task], "include": include}))["tasks"][0]["tags"]
            .clone()
    };
    assert_eq!(shown(&mut stage, json!([])), json!([]));
    assert_eq!(shown(&mut stage, json!(["TAGS"])), json!([{"key": "a", "value": "b"}]));
}

#[test]
fn a_describe_has_one_to_a_hundred_tasks_of_a_cluster_that_exists() {
    let cases = vec![
        (json!({"tasks": []}), "InvalidParameterException empty"),
        (json!({"tasks": vec!["x"; 101]}), "InvalidParameterException 100"),
        (json!({"tasks": ["x"], "cluster": "other"}), "ClusterNotFoundException"),
    ];
    stage().check_refusals("DescribeTasks", cases);
}

#[test]
fn connectivity_is_that_of_the_link_while_the_task_lives() {
    let mut stage = stage();
    let host = stage.host("b", json!({}));
    let reply =
        stage.ok("StartTask", json!({"taskDefinition": "web", "containerInstances": [host]}));
    let task = text(&reply["tasks"][0]["taskArn"]);
    assert_eq!(stage.describe(&task)["connectivity"], "CONNECTED");
    stage.world.pass(domain::time::Millis::from_s(60));
    stage.connect(&host, false);
    let shown = stage.describe(&task);
    assert_eq!(shown["connectivity"], "DISCONNECTED");
    assert_eq!(shown["connectivityAt"].as_f64(), Some(stage.world.now.as_seconds()));
    stage.report(&task, json!({"status": "STOPPED"}));
    assert_eq!(stage.describe(&task)["connectivity"], "CONNECTED");
}

#[test]
fn all_filters_of_a_list_must_hold() {
    let mut stage = stage();
    let b = stage.host("b", json!({}));
    stage.define("job", json!({}));
    stage.run_whole(json!({"count": 4, "startedBy": "ada"}));
    let on_b = stage.ok("StartTask", json!({"taskDefinition": "job", "containerInstances": [b]}));
    let stopped = text(&on_b["tasks"][0]["taskArn"]);
    stage.ok(
        "StartTask",
        json!({"taskDefinition": "job", "containerInstances": [b], "startedBy": "ada"}),
    );
    stage.ok("StopTask", json!({"task": stopped}));
    let on = |stage: &mut Stage, more: Json| {
        let mut request = json!({"containerInstance": b});
        for (name, value) in more.as_object().expect("an object") {
            request[name] = value.clone();
        }
        count(stage, request)
    };
    assert_eq!(count(&mut stage, json!({})), 5);
    assert_eq!(count(&mut stage, json!({"desiredStatus": "RUNNING"})), 5);
    assert_eq!(count(&mut stage, json!({"desiredStatus": "STOPPED"})), 1);
    assert_eq!(count(&mut stage, json!({"desiredStatus": "PENDING"})), 0);
    assert_eq!(count(&mut stage, json!({"family": "job"})), 1);
    assert_eq!(count(&mut stage, json!({"family": "jo"})), 0);
    assert_eq!(count(&mut stage, json!({"startedBy": "ada"})), 5);
    assert_eq!(count(&mut stage, json!({"startedBy": "ada", "desiredStatus": "STOPPED"})), 0);
    assert_eq!(count(&mut stage, json!({"launchType": "EC2"})), 5);
    assert_eq!(count(&mut stage, json!({"launchType": "EXTERNAL"})), 0);
    assert_eq!(on(&mut stage, json!({"family": "job"})), 1);
    assert_eq!(on(&mut stage, json!({"desiredStatus": "STOPPED"})), 1);
    assert_eq!(on(&mut stage, json!({"launchType": "EXTERNAL"})), 0);
    stage.report(&stopped, json!({"status": "STOPPED"}));
    assert_eq!(on(&mut stage, json!({"desiredStatus": "STOPPED"})), 1);
}

#[test]
fn long_lists_come_in_pages() {
    let mut stage = stage();
    let b = stage.host("b", json!({}));
    for _ in 0..3 {
        stage.run_whole(json!({"count": 10}));
    }
    assert_eq!(count(&mut stage, json!({"maxResults": 7})), 30);
    let on_b = count(&mut stage, json!({"containerInstance": b}));
    assert_eq!(count(&mut stage, json!({"maxResults": 1, "containerInstance": b})), on_b);
    assert!(on_b > 0);
}

#[test]
fn filters_that_cannot_be_are_refused() {
    let cases = vec![
        (json!({"startedBy": "ada", "family": "web"}), "InvalidParameterException `startedBy`"),
        (json!({"serviceName": "shop"}), "ServiceNotFoundException"),
        (json!({"daemonName": "logs"}), "ClientException `daemonName`"),
        (
            json!({"containerInstance": "0123456789abcdef0123456789abcdef"}),
            "InvalidParameterException container instance",
        ),
        (json!({"cluster": "other"}), "ClusterNotFoundException"),
        (json!({"maxResults": 101}), "InvalidParameterException 100"),
        (json!({"nextToken": "x"}), "InvalidParameterException oken"),
    ];
    stage().check_refusals("ListTasks", cases);
}
