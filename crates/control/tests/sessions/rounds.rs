//! Rounds on a whole control plane: what is due happens when it is due, and nothing happens otherwise.

use crate::scene::{Plane, cluster, of, scope, task_key};
use domain::{
    cluster::Cluster,
    definition::TaskDefinition,
    iam::SessionCredential,
    id::{DefinitionRevision, Family},
    instance::{ContainerInstance, InstanceLink, Ledger},
    status::TaskStatus,
    task::{ClientToken, Task},
    time::{Millis, Timestamp},
};
use serde_json::json;
use std::time::Duration;
use store::{Expect, Transaction};
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn a_stopped_task_is_kept_for_an_hour() {
    let plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    plane.run_tasks(&[1, 2], &instance).await;
    plane.report(1, &instance, TaskStatus::Stopped).await;
    let begin = Instant::now();
    tokio::time::sleep(Duration::from_secs(3599)).await;
    assert!(plane.task(1).await.is_some());
    plane.wait_for::<Task>(&task_key(1), |task| task.is_none()).await;
    assert_eq!(begin.elapsed().as_secs(), 3600);
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_over_goes_with_all_that_belongs_to_it() {
    let plane = Plane::start().await;
    let instance = plane.register(1).await;
    plane.deregister(&instance).await;
    let now = plane.now();
    let token = ClientToken {
        parameters: String::new(),
        tasks: Vec::new(),
        expires_at: now + Millis::from_s(10),
    };
    let token_key = ClientToken::key(&scope(), &cluster(), "RunTask", "once");
    let gone: Cluster =
        of(json!({ "name": "gone", "status": "INACTIVE", "createdAt": 0, "inactiveSince": now }));
    let gone_key = Cluster::key(&scope(), &gone.name);
    let credential: SessionCredential = of(json!({
        "access_key_id": "ASIA1", "secret_access_key": "", "session_token": "", "account": "123456789012",
        "principal_arn": "", "role_arn": "", "expires_at": now + Millis::from_s(20),
    }));
    let mut writes = Transaction::new();
    writes.put(&token_key, Expect::Absent, token);
    writes.put(&gone_key, Expect::Absent, gone);
    writes.put(&SessionCredential::key("ASIA1"), Expect::Absent, credential);
    writes.put(&instance.link_key(), Expect::Absent, InstanceLink::default());
    plane.commit(writes).await;
    let begin = Instant::now();
    plane.wait_for::<ClientToken>(&token_key, |it| it.is_none()).await;
    assert_eq!(begin.elapsed().as_secs(), 10);
    plane.wait_for::<SessionCredential>(&SessionCredential::key("ASIA1"), |it| it.is_none()).await;
    assert_eq!(begin.elapsed().as_secs(), 20);
    tokio::time::sleep(Duration::from_secs(3500)).await;
    plane.wait_for::<ContainerInstance>(&instance.key(), |it| it.is_none()).await;
    assert_eq!(begin.elapsed().as_secs(), 3600);
    plane.wait_for::<Cluster>(&gone_key, |it| it.is_none()).await;
    assert!(plane.record::<InstanceLink>(&instance.link_key()).await.is_none());
    assert!(plane.record::<Ledger>(&crate::scene::ledger_key(&instance)).await.is_none());
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_definition_is_deleted_when_its_last_task_has_stopped() {
    let plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    plane.run_task(1, &instance).await;
    plane.report(1, &instance, TaskStatus::Running).await;
    let family = Family::parse("web").expect("a name");
    let key = TaskDefinition::key(&scope(), &family, DefinitionRevision(1));
    let mut definition =
        (*plane.record::<TaskDefinition>(&key).await.expect("a definition")).clone();
    definition.status = domain::definition::DefinitionStatus::DeleteInProgress;
    let mut writes = Transaction::new();
    writes.put(&key, Expect::Any, definition);
    plane.commit(writes).await;
    tokio::time::sleep(Duration::from_secs(100)).await;
    assert!(plane.record::<TaskDefinition>(&key).await.is_some());
    plane.report(1, &instance, TaskStatus::Stopped).await;
    plane.wait_for::<TaskDefinition>(&key, |it| it.is_none()).await;
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_task_whose_definition_vanished_is_given_up_and_frees_its_place() {
    let plane = Plane::start().await;
    let instance = plane.register(1).await;
    plane.run_task(1, &instance).await;
    plane.wait_for_task(1, |task| task.last == TaskStatus::Stopped).await;
    let task = plane.task(1).await.expect("a task");
    assert!(task.stop.as_ref().is_some_and(|stop| stop.reason.starts_with("TaskFailedToStart: ")));
    let ledger =
        plane.record::<Ledger>(&crate::scene::ledger_key(&instance)).await.expect("a ledger");
    assert_eq!(*ledger, Ledger::default());
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn all_that_is_due_goes_in_one_commit() {
    let plane = Plane::start().await;
    let instance = plane.register(1).await;
    let mut writes = Transaction::new();
    let token_key = |name: &str| ClientToken::key(&scope(), &cluster(), "RunTask", name);
    for name in ["a", "b", "c"] {
        let token =
            ClientToken { parameters: String::new(), tasks: Vec::new(), expires_at: plane.now() };
        writes.put(&token_key(name), Expect::Absent, token);
    }
    for number in [1, 2] {
        let task: Task = of(json!({
            "id": crate::scene::task_id(number), "cluster": cluster(), "family": "web", "revision": 1, "desired": "RUNNING",
            "last": "PENDING", "instance": instance.id, "demand": {}, "version": 1, "launch_type": "EC2",
            "group": "family:web", "cpu": "0", "memory": "0", "overrides": {}, "containers": [], "created_at": 0,
        }));
        writes.put(&task_key(number), Expect::Absent, task);
    }
    let before = plane.commit(writes).await;
    plane.wait_for_task(2, |task| task.last == TaskStatus::Stopped).await;
    let after = plane.engine.snapshot().await.expect("a snapshot").revision();
    assert_eq!(after, before.next());
    assert!(plane.record::<ClientToken>(&token_key("c")).await.is_none());
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn nothing_is_written_while_nothing_is_due() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    let mut agent = crate::agent::Agent::connect_new(&mut plane, &instance).await;
    plane.run_task(1, &instance).await;
    agent.payload().await;
    plane.report(1, &instance, TaskStatus::Running).await;
    agent.heartbeat().await;
    let revision = plane.engine.snapshot().await.expect("a snapshot").revision();
    for _ in 0..240 {
        agent.heartbeat().await;
    }
    assert_eq!(plane.engine.snapshot().await.expect("a snapshot").revision(), revision);
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_plan_that_met_another_s_commit_is_made_again() {
    let plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let instance = plane.register(1).await;
    let numbers: Vec<u8> = (1..=200).collect();
    plane.run_tasks(&numbers, &instance).await;
    // The instance never connects: after two minutes all are lost at once, while others write the same ledger.
    let key = crate::scene::ledger_key(&instance);
    tokio::time::sleep(Duration::from_millis(119_999)).await;
    let is_over = |task: &Task| task.last == TaskStatus::Stopped;
    let mut writers = 0;
    while !plane.task(200).await.is_some_and(|task| is_over(&task)) {
        let snapshot = plane.engine.snapshot().await.expect("a snapshot");
        let found = snapshot.get::<Ledger>(&key).expect("a ledger").expect("a ledger");
        let mut writes = Transaction::new();
        writes.put(&key, Expect::Revision(found.modified), (*found.record).clone());
        // Whoever is slower loses; both go on.
        writers += usize::from(plane.engine.commit(writes).await.is_ok());
        tokio::time::advance(Duration::from_millis(1)).await;
        assert!(
            plane.now() < Timestamp(crate::scene::BEGIN.0 + 200_000),
            "the rounds never came through"
        );
    }
    assert!(writers > 0);
    for number in &numbers {
        plane.wait_for_task(*number, is_over).await;
    }
    assert_eq!(plane.record::<Ledger>(&key).await.as_deref(), Some(&Ledger::default()));
    plane.close().await;
}
