//! Kills at every point: what the next agent finds must be enough.

use super::{Agent, Host, arn, id, key, run_message, stop_message};
use crate::{Config, fake::Step, fake_plane::Plane};
use domain::time::Millis;
use std::time::Duration;

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
    assert_eq!(host.driver.begun(&key("a", "web")), 1);
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
        plane.opened("acs", 2).await;
        // The first one may not have been acknowledged.
        plane.say("acs", &stop_message(3, "a"));
        let stopped = plane.reported(&arn("a"), "STOPPED").await;
        assert_eq!(stopped["containers"][0]["exitCode"], 143);
        assert!(host.driver.is_clear());
    }
}

#[tokio::test]
async fn a_stop_that_was_heard_is_not_asked_for_again_after_a_kill() {
    let plane = Plane::start().await;
    let host = Host::new();
    let config = || Config { stop_timeout: Millis::from_s(2), ..host.config(&plane) };
    let agent = host.start(config());
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "stubborn"));
    plane.reported(&arn("a"), "RUNNING").await;
    plane.say("acs", &stop_message(2, "a"));
    let file = host.dir.path().join(format!("agent/tasks/{}.json", id("a")));
    let is_written = || fs_err::read_to_string(&file).expect("it is there").contains("kill_at");
    let written = async {
        while !is_written() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), written).await.expect("it was heard");
    agent.kill().await;
    let _agent = host.start(config());
    let stopped = plane.reported(&arn("a"), "STOPPED").await;
    assert_eq!(stopped["containers"][0]["exitCode"], 137);
    let signals = host.driver.calls().into_iter().filter(|call| call.starts_with("signal"));
    let key = key("a", "web");
    assert_eq!(
        signals.collect::<Vec<_>>(),
        [format!("signal {key} Stop"), format!("signal {key} Kill")]
    );
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

/// Says to a session what a real plane would: every task of which it has not heard that it is STOPPED.
fn speak(plane: &Plane) {
    let is_over = |letter| plane.state().report(&arn(letter), "STOPPED").is_some();
    for (n, letter, image) in [(1, "a", "run"), (2, "b", "exit:3"), (3, "c", "run")] {
        if !is_over(letter) {
            plane.say("acs", &run_message(n, letter, image));
        }
    }
    if !is_over("c") {
        plane.say("acs", &stop_message(4, "c"));
    }
}

/// How much has happened that can be seen from outside.
fn steps(plane: &Plane, host: &Host) -> usize {
    let state = plane.state();
    host.driver.calls().len() + state.calls.len() + state.openings.len() + state.control.len()
}

/// An agent comes up, is told of its tasks, and is killed when that many steps more were seen.
async fn live_for(plane: &Plane, host: &Host, lived: usize) {
    let (opened, seen) = (plane.openings("acs"), steps(plane, host));
    let agent = host.start(host.config(plane));
    let is_over = || steps(plane, host) >= seen + lived;
    let spoken = async {
        plane.opened("acs", opened + 1).await;
        speak(plane);
        std::future::pending::<()>().await;
    };
    // Where less than that happens at all, it is killed in its sleep.
    let limit = tokio::time::sleep(Duration::from_millis(150));
    tokio::select! {
        biased;
        () = host.driver.until(|_| is_over()) => {}
        () = plane.changed(is_over) => {}
        () = spoken => {}
        () = limit => {}
    }
    agent.kill().await;
}

/// The last agent lives: everything must end, be told, and be gone.
async fn all_ends_well(plane: &Plane, host: &Host) {
    let opened = plane.openings("acs");
    let mut last: Agent = host.start(host.config(plane));
    plane.opened("acs", opened + 1).await;
    speak(plane);
    plane.reported(&arn("a"), "RUNNING").await;
    let crashed = plane.reported(&arn("b"), "STOPPED").await;
    assert_eq!(
        crashed["containers"].as_array().expect("changes").last().expect("one")["exitCode"],
        3
    );
    plane.reported(&arn("c"), "STOPPED").await;
    plane.say("acs", &stop_message(5, "a"));
    plane.reported(&arn("a"), "STOPPED").await;
    last.stopper.stop_all("the test is over");
    last.ended().await.expect("a good end");
    assert!(host.driver.is_clear());
    assert_eq!(plane.state().complaints, Vec::<String>::new());
    let folder = host.dir.path().join("agent/tasks");
    assert_eq!(fs_err::read_dir(folder).expect("a folder").count(), 0);
}

#[tokio::test]
async fn a_kill_after_any_step_loses_nothing() {
    for lived in 1..=30 {
        let (plane, host) = (Plane::start().await, Host::new());
        live_for(&plane, &host, lived).await;
        all_ends_well(&plane, &host).await;
    }
}

#[tokio::test]
async fn kills_again_and_again_lose_nothing() {
    for first in 1..=4 {
        let (plane, host) = (Plane::start().await, Host::new());
        for round in 0..6 {
            live_for(&plane, &host, 6 + (first * 5 + round * 7) % 17).await;
        }
        all_ends_well(&plane, &host).await;
    }
}
