//! Registration and the control session: identity, heartbeats, refusals, coming back.

use super::{Host, arn, id, is_acked, run_message, stop_message};
use crate::{
    AgentError, RegisterError, ShelfError, Timing,
    fake_plane::{INSTANCE, Plane},
};
use domain::{
    id::ClusterName,
    link::acs::FromAgent,
    tag::{Attribute, Tag},
    time::Millis,
};
use serde_json::{Value as Json, json};

fn cluster(name: &str) -> Option<ClusterName> {
    Some(ClusterName::parse(name).expect("a name"))
}

#[tokio::test]
async fn a_host_says_what_it_has_and_what_it_is_called() {
    let plane = Plane::start().await;
    let host = Host::new();
    let mut config = host.config(&plane);
    config.reserved_memory_mib = 96;
    config.instance_type = Some("m5.large".into());
    config.availability_zone = Some("us-east-1b".into());
    config.attributes = vec![Attribute { name: "rack".into(), value: Some("7".into()) }];
    config.tags = vec![Tag { key: "team".into(), value: "web".into() }];
    let agent = host.start(config);
    plane.opened("acs", 1).await;
    let request = plane.state().calls[0].1.clone();
    assert_eq!(
        request["totalResources"][0],
        json!({ "name": "CPU", "type": "INTEGER", "integerValue": 2048 })
    );
    assert_eq!(request["totalResources"][1]["integerValue"], 4000);
    assert_eq!(request["totalResources"][2]["stringSetValue"], json!(["22"]));
    assert_eq!(request["tags"], json!([{ "key": "team", "value": "web" }]));
    assert_eq!(request["containerInstanceArn"], json!(null));
    let attributes = request["attributes"].as_array().expect("attributes");
    for (name, value) in [
        ("rack", json!("7")),
        ("ecs.instance-type", json!("m5.large")),
        ("ecs.availability-zone", json!("us-east-1b")),
        ("ecs.capability.full-sync", json!(null)),
    ] {
        let found = attributes.iter().find(|attribute| attribute["name"] == name);
        assert_eq!(found.expect(name)["value"], value);
    }
    agent.kill().await;

    let _next = host.start(host.config(&plane));
    let again = |state: &crate::fake_plane::State| {
        let mut registrations =
            state.calls.iter().filter(|(name, _)| name == "RegisterContainerInstance");
        registrations.nth(1).map(|(_, request)| request["containerInstanceArn"].clone())
    };
    assert_eq!(plane.until("second registration", again).await, INSTANCE);
    assert_eq!(plane.state().complaints, Vec::<String>::new());
}

#[tokio::test]
async fn a_session_says_who_opens_it() {
    let plane = Plane::start().await;
    let host = Host::new();
    let _agent = host.start(host.config(&plane));
    let opening = plane.opened("acs", 1).await;
    for part in [
        "clusterArn=default&",
        "protocolVersion=2&",
        "seqNum=1",
        "sendCredentials=true&",
        "dockerVersion=DockerVersion%3A%20fake%201&",
    ] {
        assert!(opening.contains(part), "{part} is not in {opening}");
    }
    assert!(opening.contains(&format!(
        "containerInstanceArn={}",
        INSTANCE.replace(':', "%3A").replace('/', "%2F")
    )));
    let opening = plane.opened("tcs", 1).await;
    assert!(opening.contains("cluster=default&containerInstance=arn"), "{opening}");
    plane.close("acs", 1000);
    let opening = plane.opened("acs", 2).await;
    assert!(
        opening.contains("sendCredentials=false"),
        "only a new process asks for all credentials"
    );
}

#[tokio::test]
async fn heartbeats_updates_and_strangers_are_answered() {
    let plane = Plane::start().await;
    let host = Host::new();
    let _agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say(
        "acs",
        &json!({ "type": "HeartbeatMessage", "message": { "messageId": "h1", "healthy": true } }),
    );
    plane.say("acs", &json!({ "type": "PerformUpdateMessage", "message": { "messageId": "u1", "clusterArn": "c", "containerInstanceArn": INSTANCE } }));
    plane.say("acs", &json!({ "type": "ToBeInvented", "message": {} }));
    let texts = plane
        .until("answers", |state| {
            let texts =
                state.control.iter().map(|frame| serde_json::to_string(frame).expect("JSON"));
            (state.control.len() == 2).then(|| texts.collect::<Vec<String>>())
        })
        .await;
    assert!(texts[0].contains("HeartbeatAckRequest") && texts[0].contains("h1"), "{}", texts[0]);
    assert!(
        texts[1].contains("NackRequest") && texts[1].contains("Updates are disabled"),
        "{}",
        texts[1]
    );
}

#[tokio::test]
async fn a_plane_that_goes_away_finds_its_tasks_when_it_is_back() {
    let plane = Plane::start().await;
    let host = Host::new();
    let _agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    plane.say("acs", &run_message(2, "b", "run"));
    plane.reported(&arn("a"), "RUNNING").await;
    plane.reported(&arn("b"), "RUNNING").await;
    let address = plane.address();
    drop(plane);
    host.driver.exit(&super::key("b", "web"), 7);
    host.until(|host| host.calls().iter().any(|call| *call == format!("remove {}", id("b")))).await;
    assert_eq!(host.driver.running(), [super::key("a", "web")], "losing the link stops nothing");
    let plane = Plane::restart(address).await;
    let stopped = plane.reported(&arn("b"), "STOPPED").await;
    assert_eq!(stopped["containers"][0]["exitCode"], 7);
    plane.opened("acs", 1).await;
    let manifest = json!({ "type": "TaskManifestMessage", "message": {
        "messageId": "9", "clusterArn": super::CLUSTER, "containerInstanceArn": INSTANCE, "timeline": 9, "tasks": [],
    }});
    plane.say("acs", &manifest);
    let candidates = plane
        .until("stop verification", |state| {
            state.control.iter().find_map(|frame| match frame {
                FromAgent::StopVerification(asked) => Some(asked.stop_candidates.clone()),
                _ => None,
            })
        })
        .await;
    assert_eq!(candidates.len(), 1);
    let stop = json!({ "taskArn": arn("a"), "desiredStatus": "STOPPED" });
    plane.say("acs", &json!({ "type": "TaskStopVerificationAck", "message": { "messageId": "9", "stopTasks": [stop] } }));
    plane.reported(&arn("a"), "STOPPED").await;
}

#[tokio::test]
async fn sessions_come_back_after_every_kind_of_end() {
    let plane = Plane::start().await;
    let host = Host::new();
    let _agent = host.start(host.config(&plane));
    for (n, code) in (1..).zip([1000, 1001, 1011, 4000]) {
        plane.opened("acs", n).await;
        plane.close("acs", code);
    }
    plane.opened("acs", 5).await;
    plane.say("acs", &run_message(1, "a", "run"));
    plane.reported(&arn("a"), "RUNNING").await;
}

#[tokio::test]
async fn silence_and_age_end_a_session() {
    let plane = Plane::start().await;
    let host = Host::new();
    let mut config = host.config(&plane);
    config.acs = Timing { silence: Millis(50), silence_jitter: Millis(0), ..config.acs };
    config.tcs = Timing { session: Millis(50), session_jitter: Millis(0), ..config.tcs };
    let _agent = host.start(config);
    plane.opened("acs", 3).await;
    plane.opened("tcs", 3).await;
    let is_told = |state: &crate::fake_plane::State| {
        state.endings.iter().any(|ending| ending.contains("ConnectionExpired")).then_some(())
    };
    plane.until("goodbye", is_told).await;
}

#[tokio::test]
async fn a_deregistered_instance_waits_and_keeps_its_tasks() {
    let plane = Plane::start().await;
    let host = Host::new();
    let mut config = host.config(&plane);
    config.acs = Timing { inactive: Millis(100), ..config.acs };
    let _agent = host.start(config);
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    plane.reported(&arn("a"), "RUNNING").await;
    plane.fail_next("acs", 400, "InactiveInstanceException");
    plane.close("acs", 1000);
    plane.opened("acs", 2).await;
    assert_eq!(host.driver.running().len(), 1);
}

#[tokio::test]
async fn addresses_are_asked_for_again_when_connecting_keeps_failing() {
    let plane = Plane::start().await;
    let host = Host::new();
    for _ in 0..4 {
        plane.fail_next("acs", 503, "ServerException");
    }
    let _agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.opened("tcs", 1).await;
    let asked = plane.state().count("DiscoverPollEndpoint");
    assert!(
        (3..=4).contains(&asked),
        "once for each session, and again after three failures: {asked}"
    );
}

#[tokio::test]
async fn a_missing_default_cluster_is_made_and_another_is_an_error() {
    let plane = Plane::start().await;
    let host = Host::new();
    plane.fail_next("RegisterContainerInstance", 400, "ClusterNotFoundException");
    let agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    assert_eq!(plane.state().count("CreateCluster"), 1);
    agent.kill().await;

    let other = Host::new();
    let mut config = other.config(&plane);
    config.cluster = cluster("web");
    plane.fail_next("RegisterContainerInstance", 400, "ClusterNotFoundException");
    let error = other.start(config).ended().await.expect_err("no such cluster");
    assert!(matches!(error, AgentError::Register(RegisterError::Refused { .. })), "{error}");
}

#[tokio::test]
async fn a_plane_that_is_not_there_yet_is_waited_for() {
    let plane = Plane::start().await;
    let (address, host) = (plane.address(), Host::new());
    let config = host.config(&plane);
    drop(plane);
    let _agent = host.start(config);
    host.until(|host| !host.calls().is_empty()).await;
    let plane = Plane::restart(address).await;
    plane.opened("acs", 1).await;
}

#[tokio::test]
async fn attributes_that_are_not_kept_end_the_agent() {
    let plane = Plane::start().await;
    plane.forget_attributes();
    let host = Host::new();
    let error = host.start(host.config(&plane)).ended().await.expect_err("attributes are lost");
    assert!(matches!(error, AgentError::Register(RegisterError::NotKept { .. })), "{error}");
}

#[tokio::test]
async fn one_directory_has_one_agent_and_one_cluster() {
    let plane = Plane::start().await;
    let host = Host::new();
    let first = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    let error = host.start(host.config(&plane)).ended().await.expect_err("it is locked");
    assert!(matches!(error, AgentError::Shelf(ShelfError::Locked { .. })), "{error}");
    first.kill().await;
    let mut config = host.config(&plane);
    config.cluster = cluster("web");
    let error = host.start(config).ended().await.expect_err("another cluster");
    assert!(matches!(error, AgentError::Shelf(ShelfError::OtherCluster { .. })), "{error}");
}

#[tokio::test]
async fn leaving_says_goodbye_and_stops_nothing() {
    let plane = Plane::start().await;
    let host = Host::new();
    let mut agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    plane.reported(&arn("a"), "RUNNING").await;
    agent.stopper.leave();
    agent.ended().await.expect("a good end");
    assert_eq!(host.driver.running().len(), 1);
    let is_told = |state: &crate::fake_plane::State| {
        state.endings.iter().any(|ending| ending == "acs the agent leaves").then_some(())
    };
    plane.until("goodbye", is_told).await;
}

#[tokio::test]
async fn stopping_everything_waits_for_the_last_report() {
    let plane = Plane::start().await;
    let host = Host::new();
    let mut agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    plane.reported(&arn("a"), "RUNNING").await;
    agent.stopper.stop_all("the host goes down");
    agent.ended().await.expect("a good end");
    assert!(host.driver.is_clear());
    let stopped: Json = plane.state().report(&arn("a"), "STOPPED").expect("it was told");
    assert_eq!(stopped["reason"], "the host goes down");
}

#[tokio::test]
async fn a_stop_before_its_start_is_no_harm() {
    let plane = Plane::start().await;
    let host = Host::new();
    let _agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &stop_message(1, "a"));
    plane.reported(&arn("a"), "STOPPED").await;
    plane.say("acs", &run_message(2, "a", "run"));
    plane.until("acknowledgement", |state| is_acked(state, 2)).await;
    assert!(host.driver.calls().iter().all(|call| !call.starts_with("start")));
}

#[tokio::test]
async fn a_host_that_is_not_taken_back_is_told_how_to_begin_anew() {
    let plane = Plane::start().await;
    let host = Host::new();
    let first = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    first.kill().await;
    plane.fail_next("RegisterContainerInstance", 400, "InvalidParameterException");
    let error = host.start(host.config(&plane)).ended().await.expect_err("it is refused");
    assert!(error.to_string().contains("remove `instance.json`"), "{error}");
}
