//! Control sessions over a websocket, with an agent that behaves as the official one.

use crate::{
    agent::{Agent, Memory},
    scene::{BEGIN, Plane, assignment_key, ledger_key, scope, task_arn, task_id},
};
use control::config::Config;
use domain::{
    iam::{SessionCredential, TaskCredentials},
    identity::{Entity, Role},
    instance::{Assignment, Ledger},
    link::acs::FromPlane,
    status::{DesiredStatus, StopCode, TaskStatus},
    time::Millis,
};
use serde_json::json;
use std::time::Duration;
use store::{Expect, Transaction};
use tokio::time::{Instant, sleep};

const ROLE: &str = "arn:aws:iam::123456789012:role/app/reader";

#[tokio::test(start_paused = true)]
async fn a_session_is_shown_as_connected_until_it_ends() {
    let mut plane = Plane::start().await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    agent.heartbeat().await;
    let link = plane.link(&instance).await;
    assert!(link.connected);
    assert_eq!((link.session, link.since), (1, BEGIN));
    assert_eq!(link.agent_version.as_deref(), Some("1.105.1"));
    assert_eq!(link.agent_hash.as_deref(), Some("8dfceca6c"));
    assert_eq!(link.docker_version.as_deref(), Some("DockerVersion: 20.10.24+dfsg1"));
    agent.leave().await;
    plane.wait_for_link(&instance, |link| !link.connected && link.session == 1).await;
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn who_is_not_registered_is_told_so_in_the_agents_form() {
    let mut plane = Plane::start().await;
    let instance = plane.register(1).await;
    let gone = plane.register(2).await;
    plane.deregister(&gone).await;
    let upgrade = [
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    for (cluster, id, headers, name) in [
        ("default", gone.id.as_str(), &upgrade[..], "InactiveInstanceException"),
        ("default", "00000000000000000000000000000000", &upgrade, "InvalidInstanceException"),
        ("other", instance.id.as_str(), &upgrade, "InvalidInstanceException"),
        ("no/cluster", instance.id.as_str(), &upgrade, "InvalidClusterException"),
        ("default", instance.id.as_str(), &upgrade[1..], "BadRequestException"),
    ] {
        let acs = format!("/acs/ws?clusterArn={cluster}&containerInstanceArn={id}");
        let tcs = format!("/tcs/ws?cluster={cluster}&containerInstance={id}");
        for path in [acs, tcs] {
            let (status, body) = plane.get(&path, headers).await;
            assert_eq!((status.as_u16(), body["type"].as_str()), (400, Some(name)), "{path}");
            assert!(body["message"]["message"].is_string());
        }
    }
    assert!(!plane.link(&gone).await.connected);
    plane.control.shutdown().await;
    let path = format!("/acs/ws?clusterArn=default&containerInstanceArn={}", instance.id);
    let (status, body) = plane.get(&path, &upgrade).await;
    assert_eq!((status.as_u16(), body["type"].as_str()), (503, Some("ServerException")));
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn heartbeats_keep_a_quiet_session_open() {
    let mut plane = Plane::start().await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    let begin = Instant::now();
    for _ in 0..20 {
        // An agent closes after 60 s of silence; `next` waits no longer.
        agent.heartbeat().await;
    }
    assert_eq!(begin.elapsed().as_secs(), 19 * 30);
    assert_eq!(plane.link(&instance).await.session, 1);
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_mute_agent_is_disconnected_and_its_tasks_are_lost() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    plane.run_task(1, &instance).await;
    agent.payload().await;
    plane.report(1, &instance, TaskStatus::Running).await;
    let spoke = plane.now();
    agent.is_mute = true;
    assert_eq!(agent.until_closed().await, "closed 1001");
    assert_eq!((plane.now() - spoke).0 / 1000, 75, "its lease");
    let link = plane.link(&instance).await;
    assert_eq!((link.connected, link.since), (false, spoke), "away since its last word");
    plane.wait_for_task(1, |task| task.last == TaskStatus::Stopped).await;
    assert_eq!((plane.now() - spoke).0 / 1000, 120, "as long as a silent agent keeps its tasks");
    let task = plane.task(1).await.expect("a task");
    assert_eq!(task.stop.as_ref().map(|stop| stop.code), Some(StopCode::TerminationNotice));
    assert_eq!(task.desired, DesiredStatus::Stopped);
    assert_eq!(
        plane.record::<Ledger>(&ledger_key(&instance)).await.as_deref(),
        Some(&Ledger::default())
    );
    assert!(plane.record::<Assignment>(&assignment_key(1, &instance)).await.is_none());
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_task_is_on_the_wire_in_the_instant_in_which_it_is_placed() {
    let mut plane = Plane::start().await;
    plane.define(json!({ "command": ["serve"], "memory": 64 }), None).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    agent.heartbeat().await;
    let begin = Instant::now();
    plane.run_tasks(&[1, 2], &instance).await;
    let payload = agent.payload().await;
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert_eq!(payload.tasks.len(), 2, "one commit, one message");
    let task = &payload.tasks[0];
    assert_eq!(task.arn, task_arn(1));
    assert_eq!(task.containers[0].command, ["serve"]);
    assert_eq!(task.containers[0].memory, 64);
    plane.stop_task(1, &instance).await;
    let payload = agent.payload().await;
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert_eq!((payload.tasks.len(), payload.tasks[0].desired_status), (1, DesiredStatus::Stopped));
    assert!(!agent.runs(1));
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_task_that_the_agent_cannot_read_holds_up_no_other() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    agent.cannot_read.insert(task_arn(2));
    plane.run_tasks(&[1, 2, 3], &instance).await;
    assert_eq!(agent.payload().await.tasks.len(), 3);
    // Again, each alone: the good ones are acknowledged then.
    for _ in 0..3 {
        assert_eq!(agent.payload().await.tasks.len(), 1);
    }
    for wait_s in [10, 20, 40] {
        let begin = Instant::now();
        let payload = agent.payload().await;
        assert_eq!(payload.tasks[0].arn, task_arn(2));
        assert_eq!(begin.elapsed().as_secs(), wait_s);
    }
    // The agent tells what it cannot read as STOPPED.
    plane.report(2, &instance, TaskStatus::Stopped).await;
    agent.is_mute = true;
    let end = agent.until_closed().await;
    assert_eq!(end, "closed 1001", "no payload is owed any more, only heartbeats went out");
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_reconnect_takes_over_from_the_older_session() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    let mut first = Agent::connect_new(&mut plane, &instance).await;
    first.heartbeat().await;
    let mut second = Agent::connect_new(&mut plane, &instance).await;
    second.heartbeat().await;
    assert_eq!(first.until_closed().await, "closed 1000");
    let link = plane.link(&instance).await;
    assert_eq!((link.connected, link.session, link.since), (true, 2, BEGIN));
    plane.run_task(1, &instance).await;
    second.payload().await;
    assert!(second.runs(1));
    assert!(plane.link(&instance).await.connected, "the older session's end changes nothing");
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_returning_agent_is_not_told_again_what_it_runs() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    plane.run_tasks(&[1, 2], &instance).await;
    agent.payload().await;
    plane.report(1, &instance, TaskStatus::Running).await;
    let memory = agent.vanish();
    plane.wait_for_link(&instance, |link| !link.connected).await;
    plane.stop_task(1, &instance).await;
    plane.run_task(3, &instance).await;
    let mut agent = Agent::connect(&mut plane, &instance, memory).await;
    let listed = agent.manifest().await;
    let wanted: Vec<_> =
        listed.iter().map(|task| (task.task_arn.clone(), task.desired_status)).collect();
    let arn = |number| task_arn(number);
    let expected = [
        (arn(1), DesiredStatus::Stopped),
        (arn(2), DesiredStatus::Running),
        (arn(3), DesiredStatus::Running),
    ];
    assert_eq!(wanted, expected);
    let payload = agent.payload().await;
    let told: Vec<_> =
        payload.tasks.iter().map(|task| (task.arn.clone(), task.desired_status)).collect();
    assert_eq!(told, expected, "stops come first; what was not reported as running is told again");
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn what_was_lost_and_returns_is_ended_in_one_exchange() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    plane.run_tasks(&[1, 2], &instance).await;
    agent.payload().await;
    plane.report(1, &instance, TaskStatus::Running).await;
    let memory = agent.vanish();
    plane.wait_for_task(1, |task| task.last == TaskStatus::Stopped).await;
    let mut agent = Agent::connect(&mut plane, &instance, memory).await;
    assert!(agent.runs(1) && agent.runs(2));
    let begin = Instant::now();
    agent.until(|message| matches!(message, FromPlane::StopVerificationAck(_)).then_some(())).await;
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert!(!agent.runs(1) && !agent.runs(2));
    plane.run_task(3, &instance).await;
    agent.payload().await;
    assert!(agent.runs(3), "what is wanted now runs");
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn only_what_really_should_not_run_is_ended() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let (here, there) = (plane.register(1).await, plane.register(2).await);
    plane.run_task(1, &here).await;
    plane.run_task(2, &there).await;
    plane.report(1, &here, TaskStatus::Running).await;
    let mut memory = Memory { is_new: true, ..Memory::default() };
    let foreign =
        "arn:aws:ecs:us-east-1:999999999999:task/default/0123456789abcdef0123456789abcdef";
    for arn in [task_arn(1), task_arn(2), task_arn(9), foreign.into()] {
        memory.runs.insert(arn, DesiredStatus::Running);
    }
    let mut agent = Agent::connect(&mut plane, &here, memory).await;
    let ack = agent
        .until(|message| {
            if let FromPlane::StopVerificationAck(ack) = message { Some(ack.clone()) } else { None }
        })
        .await;
    assert_eq!(ack.stop_tasks.len(), 3, "another instance's, an unknown one and another account's");
    assert_eq!(agent.memory.runs.keys().collect::<Vec<_>>(), [&task_arn(1)]);
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_task_placed_while_the_agent_asks_is_not_ended() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    // The manifest is out and lists nothing; the agent reads it only after it has started the task.
    let manifest = agent.next().await.expect("a manifest");
    let FromPlane::Manifest(manifest) = manifest else {
        panic!("the first message is the manifest")
    };
    plane.run_task(1, &instance).await;
    agent.payload().await;
    let question = domain::link::acs::StopVerification {
        message_id: manifest.message_id,
        stop_candidates: vec![domain::link::acs::TaskIdentifier {
            task_arn: task_arn(1),
            task_cluster_arn: instance.cluster_arn(),
            desired_status: DesiredStatus::Stopped,
        }],
    };
    agent.say(&domain::link::acs::FromAgent::StopVerification(question)).await;
    let ack = agent
        .until(|message| {
            if let FromPlane::StopVerificationAck(ack) = message { Some(ack.clone()) } else { None }
        })
        .await;
    assert!(ack.stop_tasks.is_empty());
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_role_s_credentials_come_with_the_task_and_end_with_it() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), Some(ROLE)).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    plane.run_tasks(&[1, 2], &instance).await;
    let payload = agent.payload().await;
    let roles: Vec<_> =
        payload.tasks.iter().filter_map(|task| task.role_credentials.clone()).collect();
    assert_eq!(roles.len(), 2);
    assert_ne!(roles[0].credentials_id, roles[1].credentials_id);
    assert_eq!(roles[0].role_arn, ROLE);
    assert_eq!(roles[0].expiration, "2027-01-15T14:00:00Z");
    let key = SessionCredential::key(&roles[0].access_key_id);
    let stored =
        plane.record::<SessionCredential>(&key).await.expect("it is stored before it is sent");
    assert_eq!(stored.secret_access_key, roles[0].secret_access_key);
    assert_eq!(stored.session_token, roles[0].session_token);
    let principal = format!("arn:aws:sts::123456789012:assumed-role/reader/{}", task_id(1));
    assert_eq!(stored.principal_arn, principal);
    assert!(stored.access_key_id.starts_with("ASIA") && stored.access_key_id.len() == 20);

    plane.report(1, &instance, TaskStatus::Running).await;
    plane.report(2, &instance, TaskStatus::Stopped).await;
    let renewed = agent.credentials().await;
    assert_eq!((plane.now() - BEGIN).0, Millis::from_s(5 * 3600).0, "an hour before the end");
    assert_eq!((renewed.role_type.as_str(), renewed.task_arn), ("TaskApplication", task_arn(1)));
    assert_eq!(
        renewed.role_credentials.credentials_id, roles[0].credentials_id,
        "the container's address holds it"
    );
    assert_ne!(renewed.role_credentials.access_key_id, roles[0].access_key_id);
    assert!(
        plane.record::<SessionCredential>(&key).await.is_some(),
        "the older one is valid to its end"
    );
    let newer = SessionCredential::key(&renewed.role_credentials.access_key_id);
    assert!(plane.record::<SessionCredential>(&newer).await.is_some());

    plane.report(1, &instance, TaskStatus::Stopped).await;
    for key in [key, newer] {
        plane.wait_for::<SessionCredential>(&key, |kept| kept.is_none()).await;
    }
    let held = TaskCredentials::key(&scope(), &instance.cluster, &task_id(1));
    plane.wait_for::<TaskCredentials>(&held, |kept| kept.is_none()).await;
    plane.close().await;
}

/// Role `reader`, that trusts a service.
async fn trust(plane: &Plane, service: &str) {
    let statement = json!({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}});
    let role = json!({
        "name": "reader", "path": "/app/", "id": "AROAREADER", "created_at": 0, "session_max_s": 3600,
        "trust": json!({"Version": "2012-10-17", "Statement": statement}).to_string(),
    });
    let role: Role = serde_json::from_value(role).expect("a role");
    let mut writes = Transaction::new();
    writes.put(&Role::key_of(&scope().account, "reader"), Expect::Any, role);
    plane.commit(writes).await;
}

#[tokio::test(start_paused = true)]
async fn a_task_whose_role_does_not_trust_ecs_does_not_start() {
    let mut plane = Plane::start_with(Config { checks_trust: true, ..Config::default() }).await;
    plane.define(json!({}), Some(ROLE)).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    let refused = format!("ECS was unable to assume the role '{ROLE}' that was provided");
    for (number, service) in [(1, None), (2, Some("ec2.amazonaws.com"))] {
        if let Some(service) = service {
            trust(&plane, service).await;
        }
        plane.run_task(number, &instance).await;
        plane.wait_for_task(number, |task| task.last == TaskStatus::Stopped).await;
        let task = plane.task(number).await.expect("it is kept for a while");
        let stop = task.stop.as_ref().expect("it is told why");
        assert_eq!(stop.code, StopCode::TaskFailedToStart);
        assert!(stop.reason.starts_with(&refused), "{}", stop.reason);
        let key = assignment_key(number, &instance);
        assert!(plane.record::<Assignment>(&key).await.is_none(), "its room is free again");
    }
    trust(&plane, "ecs-tasks.amazonaws.com").await;
    plane.run_task(3, &instance).await;
    let payload = agent.payload().await;
    assert_eq!(payload.tasks.len(), 1, "nothing was ever said of the others");
    assert!(payload.tasks[0].role_credentials.is_some());
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_new_process_gets_its_tasks_credentials_again() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), Some(ROLE)).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    plane.run_task(1, &instance).await;
    let given = agent.payload().await.tasks[0].role_credentials.clone().expect("credentials");
    plane.report(1, &instance, TaskStatus::Running).await;
    let memory = agent.vanish();
    let memory = Memory { is_new: true, ..memory };
    let mut agent = Agent::connect(&mut plane, &instance, memory).await;
    let again = agent.credentials().await;
    assert_eq!(again.role_credentials, given);
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_deregistered_instance_ends_what_it_runs_and_goes() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    plane.run_task(1, &instance).await;
    agent.payload().await;
    assert!(agent.runs(1));
    plane.deregister(&instance).await;
    assert_eq!(agent.until_closed().await, "closed 1000");
    assert!(!agent.runs(1));
    plane.wait_for_task(1, |task| task.last == TaskStatus::Stopped).await;
    let stop = plane.task(1).await.expect("a task").stop.clone().expect("a reason");
    assert_eq!(stop.code, StopCode::UserInitiated);
    plane.wait_for_link(&instance, |link| !link.connected).await;
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn an_agent_that_does_not_read_holds_up_nobody() {
    let mut plane = Plane::start().await;
    plane
        .define(json!({ "environment": [{ "name": "LONG", "value": "x".repeat(30_000) }] }), None)
        .await;
    let (slow, quick) = (plane.register(1).await, plane.register(2).await);
    let stuck = Agent::connect_new(&mut plane, &slow).await;
    let mut agent = Agent::connect_new(&mut plane, &quick).await;
    agent.heartbeat().await;
    // Far more than the connection's buffers hold.
    plane.run_tasks(&(1..=100).collect::<Vec<_>>(), &slow).await;
    let begin = Instant::now();
    plane.run_task(101, &quick).await;
    agent.payload().await;
    assert_eq!(begin.elapsed(), Duration::ZERO);
    // Who does not even read is gone when its lease is over.
    let mut rest = tokio::task::JoinSet::new();
    rest.spawn(async move {
        loop {
            agent.heartbeat().await;
        }
    });
    plane.wait_for_link(&slow, |link| !link.connected).await;
    assert!(begin.elapsed() <= Duration::from_secs(80), "{:?}", begin.elapsed());
    rest.shutdown().await;
    drop(stuck);
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn frames_that_mean_nothing_are_passed_over() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    for text in [
        "",
        "{",
        "[]",
        r#"{"type":"FutureMessage","message":{}}"#,
        r#"{"type":"AckRequest","message":7}"#,
    ] {
        agent.say_text(text).await;
    }
    plane.run_task(1, &instance).await;
    agent.payload().await;
    assert!(agent.runs(1));
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_says_goodbye_and_leaves_nothing_running() {
    let mut plane = Plane::start().await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    agent.heartbeat().await;
    let control = std::sync::Arc::clone(&plane.control);
    let (end, ()) = tokio::join!(agent.until_closed(), control.shutdown());
    assert_eq!(end, "closed 1001");
    assert!(!plane.link(&instance).await.connected);
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn the_plane_may_be_away_without_a_task_being_lost() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    plane.run_task(1, &instance).await;
    agent.payload().await;
    plane.report(1, &instance, TaskStatus::Running).await;
    let memory = agent.vanish();
    plane.restart(Duration::from_secs(3600)).await;
    // Long enough for rounds to have judged, short enough to be allowed.
    sleep(Duration::from_secs(100)).await;
    let mut agent = Agent::connect(&mut plane, &instance, memory).await;
    agent.heartbeat().await;
    assert_eq!(plane.task(1).await.expect("a task").last, TaskStatus::Running);
    assert!(agent.runs(1));
    sleep(Duration::from_secs(1)).await;
    assert_eq!(plane.link(&instance).await.session, 2);
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_plane_that_was_killed_finds_no_agent_connected() {
    let plane = Plane::start().await;
    let instance = plane.register(1).await;
    // As a kill leaves it: the session that said so is gone.
    let mut writes = store::Transaction::new();
    let link = domain::instance::InstanceLink { connected: true, session: 4, ..Default::default() };
    writes.put(&instance.link_key(), store::Expect::Absent, link);
    plane.commit(writes).await;
    let mut plane = plane;
    plane.restart(Duration::from_secs(5)).await;
    let link = plane.link(&instance).await;
    assert_eq!((link.connected, link.session, (link.since - BEGIN).0), (false, 4, 5000));
    plane.close().await;
}
