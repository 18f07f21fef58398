//! Rules of ExecuteCommand, and of what lets people in.

use crate::ecs::stage::{Stage, cluster, instance_id, text};
use domain::{
    exec::{ExecRoster, ExecSession},
    instance::InstanceLink,
};
use expect_test::expect;
use serde_json::{Value as Json, json};

/// A host that people can be let into, and on it a RUNNING task of `web` with its ARN.
struct Scene {
    stage: Stage,
    host: String,
    task: String,
}

fn scene() -> Scene {
    scene_with(json!({}))
}

fn scene_with(container: Json) -> Scene {
    let mut stage = Stage::new();
    let capability = json!([
        {"name": "ecs.capability.execute-command"},
        {"name": "com.amazonaws.ecs.capability.docker-remote-api.1.19"},
        {"name": "com.amazonaws.ecs.capability.logging-driver.awslogs"},
    ]);
    let host = stage.host("a", json!({"attributes": capability}));
    let key = InstanceLink::key(&stage.world.scope(), &cluster(), &instance_id(&host));
    stage.world.change(&key, |link: &mut InstanceLink| {
        link.agent_hash = Some(domain::link::OWN_AGENT_HASH.to_owned());
    });
    stage.world.caller.reached_at = Some("plane.example:4566".into());
    stage.define("web", container);
    let reply = stage.run_whole(json!({"enableExecuteCommand": true}));
    let task = text(&reply["tasks"][0]["taskArn"]);
    Scene { stage, host, task }
}

impl Scene {
    /// Its container runs, and lets people in.
    fn up(mut self) -> Self {
        let running = json!([{"containerName": "app", "runtimeId": "r-1", "status": "RUNNING"}]);
        let agents = json!([{"containerName": "app", "managedAgentName": "ExecuteCommandAgent", "status": "RUNNING"}]);
        let report = json!({"status": "RUNNING", "containers": running, "managedAgents": agents});
        self.stage.report(&self.task, report);
        self
    }

    fn asked(&self, more: Json) -> Json {
        let mut request = json!({"task": self.task, "command": "sh", "interactive": true});
        for (name, value) in more.as_object().expect("members") {
            request[name] = value.clone();
        }
        request
    }

    fn ok(&mut self) -> Json {
        self.stage.ok("ExecuteCommand", self.asked(json!({})))
    }

    fn refused(&mut self, more: Json, expected: &str) {
        self.stage.check_refusals("ExecuteCommand", vec![(self.asked(more), expected)]);
    }

    fn agent(&mut self) -> Json {
        self.stage.describe(&self.task)["containers"][0]["managedAgents"][0].take()
    }
}

#[test]
fn a_session_is_opened_and_its_token_is_not_kept() {
    let mut scene = scene().up();
    let reply = scene.ok();
    let (id, token) = (text(&reply["session"]["sessionId"]), text(&reply["session"]["tokenValue"]));
    let shown = serde_json::to_string_pretty(&reply).expect("JSON");
    let shown = shown.replace(&id, "SESSION").replace(&token, "TOKEN");
    let task = scene.task.rsplit('/').next().expect("an id");
    let shown = shown.replace(task, "TASK");
    let container = text(&reply["containerArn"]);
    let shown = shown.replace(container.rsplit('/').next().expect("an id"), "CONTAINER");
    expect![[r#"
        {
          "clusterArn": "arn:aws:ecs:us-east-1:123456789012:cluster/default",
          "containerArn": "arn:aws:ecs:us-east-1:123456789012:container/default/TASK/CONTAINER",
          "containerName": "app",
          "interactive": true,
          "session": {
            "sessionId": "SESSION",
            "streamUrl": "ws://plane.example:4566/v1/data-channel/SESSION?role=publish_subscribe",
            "tokenValue": "TOKEN"
          },
          "taskArn": "arn:aws:ecs:us-east-1:123456789012:task/default/TASK"
        }"#]]
    .assert_eq(&shown);
    let kept = scene.stage.world.get::<ExecSession>(&ExecSession::key(&id).expect("an id"));
    let kept = serde_json::to_string(&*kept.expect("kept").record).expect("JSON");
    assert!(kept.contains("r-1") && !kept.contains(&token), "{kept}");
}

#[test]
fn nobody_gets_into_what_is_not_open() {
    let not_open = "InvalidParameterException execute command agent isn’t running";
    let mut young = scene();
    young.refused(json!({}), not_open);
    let mut stopping = scene().up();
    let task = stopping.task.clone();
    stopping.stage.ok("StopTask", json!({"task": task}));
    stopping.refused(json!({}), not_open);
    let mut closed = scene().up();
    let task = text(&closed.stage.run_whole(json!({}))["tasks"][0]["taskArn"]);
    closed.stage.report(
        &task,
        json!({"status": "RUNNING", "containers": [{"containerName": "app", "status": "RUNNING"}]}),
    );
    closed.refused(json!({"task": task}), not_open);
}

#[test]
fn a_request_must_say_what_it_means() {
    let mut scene = scene().up();
    scene.refused(json!({"interactive": false}), "InvalidParameterException Interactive");
    scene.refused(json!({"container": "other"}), "InvalidParameterException `other`");
    scene.refused(json!({"task": "0".repeat(32)}), "InvalidParameterException not found");
    scene.refused(json!({"cluster": "other"}), "ClusterNotFoundException");
    let two = json!([
        {"name": "app", "image": "x", "memory": 16},
        {"name": "side", "image": "x", "memory": 16},
    ]);
    scene.stage.ok("RegisterTaskDefinition", json!({"family": "two", "containerDefinitions": two}));
    let reply = scene.stage.ok("RunTask", json!({"taskDefinition": "two"}));
    let task = text(&reply["tasks"][0]["taskArn"]);
    scene.refused(json!({"task": task}), "InvalidParameterException more than one container");
}

#[test]
fn an_agent_that_is_away_or_not_ours_is_not_connected() {
    let mut scene = scene().up();
    let host = scene.host.clone();
    scene.stage.connect(&host, false);
    scene.refused(json!({}), "TargetNotConnectedException is not connected");
    scene.stage.connect(&host, true);
    let key = InstanceLink::key(&scene.stage.world.scope(), &cluster(), &instance_id(&host));
    scene
        .stage
        .world
        .change(&key, |link: &mut InstanceLink| link.agent_hash = Some("8dfceca6".into()));
    scene.refused(json!({}), "TargetNotConnectedException Longshore's own");
}

#[test]
fn a_container_has_two_sessions_at_most() {
    let mut scene = scene().up();
    scene.ok();
    let second = text(&scene.ok()["session"]["sessionId"]);
    scene.refused(json!({}), "ClientException has 2 sessions");
    let key = ExecRoster::key(&scene.stage.world.scope(), &cluster(), &instance_id(&scene.host));
    scene.stage.world.change(&key, |roster: &mut ExecRoster| drop(roster.sessions.remove(&second)));
    scene.ok();
}

impl Scene {
    fn configure(&mut self, exec: &Json) {
        let configuration = json!({"executeCommandConfiguration": exec});
        let request = json!({"cluster": "default", "configuration": configuration});
        self.stage.ok("UpdateCluster", request);
    }

    /// The log group of a session that is opened now.
    fn log_group(&mut self) -> Option<String> {
        let id = text(&self.ok()["session"]["sessionId"]);
        let session = self.stage.world.get::<ExecSession>(&ExecSession::key(&id).expect("an id"));
        session.expect("kept").log_group.clone()
    }
}

#[test]
fn a_transcript_that_cannot_be_kept_is_a_refusal() {
    let mut scene = scene().up();
    scene.configure(&json!({"kmsKeyId": "alias/k", "logging": "NONE"}));
    scene.refused(json!({}), "ClientException `kmsKeyId`");
    for (log, expected) in [
        (json!({"s3BucketName": "b"}), "ClientException `s3BucketName`"),
        (json!({"cloudWatchLogGroupName": "g", "s3KeyPrefix": "p"}), "ClientException Amazon S3"),
        (
            json!({"cloudWatchLogGroupName": "g", "cloudWatchEncryptionEnabled": true}),
            "ClientException `cloudWatchEncryptionEnabled`",
        ),
        (json!({}), "ClientException names no `cloudWatchLogGroupName`"),
        (json!({"cloudWatchLogGroupName": "a b"}), "ClientException no name of a log group"),
    ] {
        scene.configure(&json!({"logging": "OVERRIDE", "logConfiguration": log}));
        scene.refused(json!({}), expected);
    }
}

#[test]
fn a_transcript_goes_to_the_log_group_that_is_configured() {
    let mut plain = scene().up();
    assert_eq!(plain.log_group(), None, "no driver that has a group");
    let log = json!({"cloudWatchLogGroupName": "/ecs/exec", "cloudWatchEncryptionEnabled": false, "s3EncryptionEnabled": false});
    plain.configure(&json!({"logging": "OVERRIDE", "logConfiguration": log}));
    assert_eq!(plain.log_group().as_deref(), Some("/ecs/exec"));

    let options = json!({"awslogs-group": "/ecs/web", "awslogs-region": "us-east-1"});
    let log = json!({"logDriver": "awslogs", "options": options});
    let own = || scene_with(json!({"logConfiguration": log})).up();
    assert_eq!(own().log_group().as_deref(), Some("/ecs/web"));
    let mut default = own();
    default.configure(&json!({"logging": "DEFAULT"}));
    assert_eq!(default.log_group().as_deref(), Some("/ecs/web"));
    let mut none = own();
    none.configure(&json!({"logging": "NONE"}));
    assert_eq!(none.log_group(), None);
}

#[test]
fn a_task_that_can_be_entered_needs_a_host_that_can() {
    let mut stage = Stage::new();
    stage.host("a", json!({}));
    stage.define("web", json!({}));
    let reply = stage.run_whole(json!({"enableExecuteCommand": true}));
    let detail = text(&reply["failures"][0]["detail"]);
    let reason = text(&reply["failures"][0]["reason"]);
    assert_eq!(reason, "ATTRIBUTE");
    assert!(detail.contains("ecs.capability.execute-command"), "{detail}");
}

#[test]
fn what_lets_people_in_comes_and_goes_with_its_container() {
    let mut scene = scene();
    assert_eq!(scene.agent(), json!({"name": "ExecuteCommandAgent", "lastStatus": "PENDING"}));
    scene = scene.up();
    let running = scene.agent();
    assert_eq!(running["lastStatus"], "RUNNING");
    assert!(running["lastStartedAt"].is_number(), "{running}");
    let stopped = json!([{"containerName": "app", "exitCode": 0, "status": "STOPPED"}]);
    let task = scene.task.clone();
    scene.stage.report(&task, json!({"status": "STOPPED", "containers": stopped}));
    assert_eq!(scene.agent()["lastStatus"], "STOPPED");
}
