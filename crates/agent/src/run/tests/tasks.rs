//! Tasks, from payloads to reports.

use super::{Host, arn, id, is_acked, key, run_message, stop_message};
use crate::{
    driver::{ContainerFault, FaultName},
    fake::Step,
    fake_plane::Plane,
};
use serde_json::json;

#[tokio::test]
async fn a_task_runs_and_stops() {
    let plane = Plane::start().await;
    let host = Host::new();
    let _agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    let running = plane.reported(&arn("a"), "RUNNING").await;
    assert_eq!(running["containers"][0]["status"], "RUNNING");
    assert_eq!(running["cluster"], "default");
    plane.until("acknowledgement", |state| is_acked(state, 1)).await;
    plane.say("acs", &stop_message(2, "a"));
    let stopped = plane.reported(&arn("a"), "STOPPED").await;
    assert_eq!(stopped["containers"][0]["exitCode"], 143);
    assert!(stopped["executionStoppedAt"].as_f64().is_some_and(|at| at > 1.7e9));
    assert!(host.driver.is_clear(), "STOPPED is said when nothing is left");
    assert_eq!(plane.state().complaints, Vec::<String>::new());
}

#[tokio::test]
async fn a_message_is_acknowledged_when_its_task_is_written_down() {
    let plane = Plane::start().await;
    let host = Host::new();
    host.driver.hold(Step::Prepare);
    let _agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    plane.until("acknowledgement", |state| is_acked(state, 1)).await;
    let file = host.dir.path().join(format!("agent/tasks/{}.json", id("a")));
    let text = fs_err::read_to_string(file).expect("it is written down");
    assert!(text.contains("\"image\":\"run\""), "{text}");
}

#[tokio::test]
async fn files_go_when_the_plane_has_heard_the_end() {
    let plane = Plane::start().await;
    let host = Host::new();
    let mut agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "exit:3"));
    plane.reported(&arn("a"), "STOPPED").await;
    agent.stopper.stop_all("the test is over");
    agent.ended().await.expect("a good end");
    let folder = host.dir.path().join("agent/tasks");
    assert_eq!(fs_err::read_dir(folder).expect("a folder").count(), 0);
}

#[tokio::test]
async fn a_report_is_said_again_after_a_fault_and_dropped_after_a_refusal() {
    let plane = Plane::start().await;
    let host = Host::new();
    let _agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.fail_next("SubmitTaskStateChange", 500, "ServerException");
    plane.say("acs", &run_message(1, "a", "run"));
    plane.reported(&arn("a"), "RUNNING").await;
    plane.fail_next("SubmitTaskStateChange", 400, "InvalidParameterException");
    plane.say("acs", &run_message(2, "b", "run"));
    plane
        .until("refusal", |state| (state.count("SubmitTaskStateChange failed") == 2).then_some(()))
        .await;
    plane.say("acs", &stop_message(3, "b"));
    plane.reported(&arn("b"), "STOPPED").await;
    assert_eq!(plane.state().report(&arn("b"), "RUNNING"), None);
}

#[tokio::test]
async fn a_fault_of_the_driver_is_the_container_s_reason() {
    let plane = Plane::start().await;
    let host = Host::new();
    let text = "disk quota exceeded".to_owned();
    let fault = ContainerFault { name: FaultName::CannotCreateContainerError, text };
    host.driver.fail_next(Step::Create, fault);
    let _agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    let stopped = plane.reported(&arn("a"), "STOPPED").await;
    let reason = &stopped["containers"][0]["reason"];
    assert_eq!(reason, "CannotCreateContainerError: disk quota exceeded");
}

#[tokio::test]
async fn an_unreadable_task_is_stopped_and_its_message_not_acknowledged() {
    let plane = Plane::start().await;
    let host = Host::new();
    let _agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    let mut message = run_message(1, "a", "run");
    message["message"]["tasks"][0]["containers"] = json!("none");
    plane.say("acs", &message);
    let stopped = plane.reported(&arn("a"), "STOPPED").await;
    let reason = stopped["reason"].as_str().expect("a reason");
    assert!(reason.starts_with("UnrecognizedTaskError: "), "{reason}");
    plane.say("acs", &run_message(2, "b", "run"));
    plane.until("acknowledgement", |state| is_acked(state, 2)).await;
    assert_eq!(is_acked(&plane.state(), 1), None);
}

#[tokio::test]
async fn a_stubborn_container_is_killed() {
    let plane = Plane::start().await;
    let host = Host::new();
    let mut config = host.config(&plane);
    config.stop_timeout = domain::time::Millis(30);
    let _agent = host.start(config);
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "stubborn"));
    plane.reported(&arn("a"), "RUNNING").await;
    plane.say("acs", &stop_message(2, "a"));
    let stopped = plane.reported(&arn("a"), "STOPPED").await;
    assert_eq!(stopped["containers"][0]["exitCode"], 137);
}

#[tokio::test]
async fn a_crash_is_told_without_being_asked() {
    let plane = Plane::start().await;
    let host = Host::new();
    let _agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    plane.reported(&arn("a"), "RUNNING").await;
    host.driver.exit(&key("a", "web"), 9);
    let stopped = plane.reported(&arn("a"), "STOPPED").await;
    assert_eq!(stopped["containers"][0]["exitCode"], 9);
    plane.say("acs", &run_message(2, "b", "run"));
    plane.reported(&arn("b"), "RUNNING").await;
    host.driver.lose(&id("b"));
    let stopped = plane.reported(&arn("b"), "STOPPED").await;
    assert_eq!(stopped["containers"][0]["exitCode"], json!(null));
}

#[tokio::test]
async fn many_tasks_come_up_one_after_another() {
    let plane = Plane::start().await;
    let host = Host::new();
    let mut config = host.config(&plane);
    config.limits.starts = 1;
    let _agent = host.start(config);
    plane.opened("acs", 1).await;
    host.driver.hold(Step::Prepare);
    for (n, letter) in (1..).zip(["a", "b", "c"]) {
        plane.say("acs", &run_message(n, letter, "run"));
    }
    plane.until("acknowledgement", |state| is_acked(state, 3)).await;
    host.driver.release(Step::Prepare);
    plane.reported(&arn("c"), "RUNNING").await;
    let steps: Vec<String> = host
        .driver
        .calls()
        .into_iter()
        .filter(|call| !call.starts_with("pull") && !call.starts_with("inventory"))
        .map(|call| {
            call.replace(&"a".repeat(31), "")
                .replace(&"b".repeat(31), "")
                .replace(&"c".repeat(31), "")
        })
        .collect();
    let [first, rest @ ..] = steps.as_slice() else { panic!("steps") };
    assert_eq!(first, "prepare a");
    assert_eq!(
        rest,
        [
            "create a/web",
            "start a/web",
            "prepare b",
            "create b/web",
            "start b/web",
            "prepare c",
            "create c/web",
            "start c/web"
        ]
    );
}
