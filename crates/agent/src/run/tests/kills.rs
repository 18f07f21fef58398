//! Kills at every point: what the next agent finds must be enough.

use super::{Agent, Host, arn, clock, id, key, run_message, stop_message};
use crate::{
    fake::Step,
    fake_plane::Plane,
    run::{run, shutdown},
};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

/// Polls a future so many times and then drops it, as a kill would.
struct Cut<F> {
    inner: Pin<Box<F>>,
    polls: usize,
}

impl<F: Future> Future for Cut<F> {
    type Output = Option<F::Output>;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        self.inner.as_mut().poll(context).map(Some)
    }
}

#[tokio::test]
async fn an_agent_that_comes_back_goes_on_with_its_tasks() {
    let plane = Plane::start().await;
    let host = Host::new();
    let agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    plane.reported(&arn("a"), "RUNNING").await;
    agent.kill().await;
    assert_eq!(host.driver.running(), [key("a", "web")]);
    host.driver.exit(&key("a", "web"), 5);
    let _agent = host.start(host.config(&plane));
    let stopped = plane.reported(&arn("a"), "STOPPED").await;
    assert_eq!(stopped["containers"][0]["exitCode"], 5, "it ended while nobody listened");
    let starts = host.driver.calls().iter().filter(|call| call.starts_with("start")).count();
    assert_eq!(starts, 1);
}

#[tokio::test]
async fn a_kill_in_the_middle_of_a_step_repeats_the_step() {
    for step in [Step::Prepare, Step::Pull, Step::Create, Step::Start] {
        let plane = Plane::start().await;
        let host = Host::new();
        host.driver.hold(step);
        let agent = host.start(host.config(&plane));
        plane.opened("acs", 1).await;
        plane.say("acs", &run_message(1, "a", "run"));
        let name = format!("{step:?}").to_lowercase();
        host.until(|host| host.calls().iter().any(|call| call.starts_with(&name))).await;
        agent.kill().await;
        host.driver.release(step);
        let _agent = host.start(host.config(&plane));
        plane.reported(&arn("a"), "RUNNING").await;
    }
}

#[tokio::test]
async fn a_kill_while_stopping_stops_all_the_same() {
    for step in [Step::Signal, Step::Remove] {
        let plane = Plane::start().await;
        let host = Host::new();
        let agent = host.start(host.config(&plane));
        plane.opened("acs", 1).await;
        plane.say("acs", &run_message(1, "a", "run"));
        plane.reported(&arn("a"), "RUNNING").await;
        host.driver.hold(step);
        plane.say("acs", &stop_message(2, "a"));
        let name = format!("{step:?}").to_lowercase();
        host.until(|host| host.calls().iter().any(|call| call.starts_with(&name))).await;
        agent.kill().await;
        host.driver.release(step);
        let _agent = host.start(host.config(&plane));
        let stopped = plane.reported(&arn("a"), "STOPPED").await;
        assert_eq!(stopped["containers"][0]["exitCode"], 143);
        assert!(host.driver.is_clear());
    }
}

#[tokio::test]
async fn a_reboot_ends_what_ran() {
    let plane = Plane::start().await;
    let host = Host::new();
    let agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    plane.reported(&arn("a"), "RUNNING").await;
    agent.kill().await;
    host.driver.reboot();
    let _agent = host.start(host.config(&plane));
    let stopped = plane.reported(&arn("a"), "STOPPED").await;
    let reason = stopped["containers"][0]["reason"].as_str().expect("a reason");
    assert!(reason.starts_with("ContainerVanishedError: "), "{reason}");
}

#[tokio::test]
async fn what_nobody_wrote_down_is_removed() {
    let plane = Plane::start().await;
    let host = Host::new();
    let agent = host.start(host.config(&plane));
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    plane.reported(&arn("a"), "RUNNING").await;
    agent.kill().await;
    let file = host.dir.path().join(format!("agent/tasks/{}.json", id("a")));
    fs_err::remove_file(file).expect("it was there");
    let _agent = host.start(host.config(&plane));
    host.until(crate::fake::FakeDriver::is_clear).await;
}

/// Agents are killed after ever more polls while three tasks come, run, crash and are stopped. The last one lives, and everything must
/// end and be told.
#[tokio::test]
async fn kills_at_any_moment_lose_nothing() {
    let plane = Plane::start().await;
    let host = Host::new();
    // The plane says everything anew in each session, as a real one does with what was not acknowledged.
    let script = [
        run_message(1, "a", "run"),
        run_message(2, "b", "exit:3"),
        run_message(3, "c", "run"),
        stop_message(4, "c"),
    ];
    for round in 0..60 {
        let (_stopper, shutdown) = shutdown();
        let agent = run(host.config(&plane), host.driver.clone(), clock(), shutdown);
        let cut = Cut { inner: Box::pin(agent), polls: 1 + round };
        let opened = plane.state().openings.iter().filter(|it| it.starts_with("/acs")).count();
        let speak = async {
            plane.opened("acs", opened + 1).await;
            for message in &script {
                plane.say("acs", message);
            }
            std::future::pending::<()>().await;
        };
        // Polls come with events; an agent that has nothing to do is killed in its sleep.
        let limit = tokio::time::timeout(Duration::from_millis(30), cut);
        tokio::select! {
            biased;
            _ = limit => {}
            () = speak => {}
        }
    }
    let mut last: Agent = host.start(host.config(&plane));
    let opened = plane.state().openings.iter().filter(|it| it.starts_with("/acs")).count();
    plane.opened("acs", opened + 1).await;
    for message in &script {
        plane.say("acs", message);
    }
    plane.reported(&arn("a"), "RUNNING").await;
    plane.reported(&arn("b"), "STOPPED").await;
    plane.reported(&arn("c"), "STOPPED").await;
    plane.say("acs", &stop_message(5, "a"));
    plane.reported(&arn("a"), "STOPPED").await;
    last.stopper.stop_all("the test is over");
    last.ended().await.expect("a good end");
    assert!(host.driver.is_clear());
    assert_eq!(plane.state().complaints, Vec::<String>::new());
    for letter in ["a", "b", "c"] {
        let create = format!("start {}/web", id(letter));
        let starts = host.driver.calls().iter().filter(|call| **call == create).count();
        assert!(starts >= 1 || letter == "c", "{letter} was never started");
    }
}
