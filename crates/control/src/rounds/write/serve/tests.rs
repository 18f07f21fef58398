//! A service on two instances, a step, and what the records say after it.

mod fargate;

use super::super::{tests::terms, together::together, writes};
use books::ids::Ids;
use domain::{
    definition::TaskDefinition,
    deployment::{ServiceDeployment, ServiceRevision},
    id::{
        AccountId, ClusterName, DeploymentId, InstanceId, Region, Scope, ServiceDeploymentId,
        ServiceName, TaskId,
    },
    instance::{Assignment, ContainerInstance, InstanceLink, Ledger, Resources},
    key::{Key, Prefix},
    record::Record,
    service::{Service, ServiceEvent, ServiceTask},
    status::StopCode,
    task::{Stop, Task},
    time::{Millis, Timestamp},
};
use expect_test::{Expect as Expected, expect};
use planner::{
    plan::{Action, Event, Launch, Place, ServiceStep, Turn},
    rules::Rules,
};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use store::{Expect, Found, Snapshot, Transaction};

const NOW: Timestamp = Timestamp(1_000_000);

fn scope() -> Scope {
    Scope {
        account: AccountId::parse("123456789012").expect("digits"),
        region: Region::parse("us-east-1").expect("a region"),
    }
}

fn cluster() -> ClusterName {
    ClusterName::parse("shop").expect("a name")
}

fn name() -> ServiceName {
    ServiceName::parse("web").expect("a name")
}

fn service_key() -> Key {
    Service::key(&scope(), &cluster(), &name())
}

fn deployment() -> DeploymentId {
    DeploymentId::from_number(1)
}

fn story() -> ServiceDeploymentId {
    ServiceDeploymentId::from_bytes([0; 21])
}

fn instance(number: u8) -> InstanceId {
    InstanceId::from_bytes([number; 16])
}

fn task_key(number: u8) -> Key {
    Task::key(&scope(), &cluster(), &TaskId::from_bytes([number; 16]))
}

fn of<R: Record>(json: Json) -> R {
    serde_json::from_value(json).expect("a record")
}

fn template() -> Json {
    json!({ "definition": { "family": "f", "revision": 1 }, "launchType": "EC2" })
}

fn service() -> Json {
    json!({
        "name": "web", "cluster": "shop", "status": "ACTIVE", "desired": 2, "template": template(), "createdAt": 0,
        "configuration": { "maximumPercent": 200, "minimumHealthyPercent": 100 }, "createdBy": null,
        "tags": [{ "key": "team", "value": "a" }],
        "deployments": [{
            "id": deployment(), "status": "PRIMARY", "template": template(), "serviceDeployment": story(), "createdAt": 0,
            "updatedAt": 0, "rollout": "IN_PROGRESS", "reason": "",
        }],
    })
}

/// Everything that is stored, and a step being planned on it.
struct Scene {
    snapshot: Snapshot,
    step: ServiceStep,
}

impl Scene {
    /// Two connected instances with room for two tasks each, and a service without tasks; `more` is laid over its record.
    fn new(more: Json) -> Self {
        let mut writes = Transaction::new();
        let (scope, cluster) = (scope(), cluster());
        for number in [1, 2] {
            let id = instance(number);
            let record: ContainerInstance = of(json!({
                "id": id, "cluster": "shop", "status": "ACTIVE", "version": 1, "registered_at": 0, "attributes": {},
                "registered": { "cpu": 1024, "memory": 1024 },
            }));
            writes.put(&ContainerInstance::key(&scope, &cluster, &id), Expect::Absent, record);
            let link = InstanceLink { connected: true, ..InstanceLink::default() };
            writes.put(&InstanceLink::key(&scope, &cluster, &id), Expect::Absent, link);
        }
        let definition: TaskDefinition = of(json!({
            "family": "f", "revision": 1, "status": "ACTIVE", "networkMode": "bridge", "registeredAt": 0,
            "tags": [{ "key": "from", "value": "definition" }],
            "containerDefinitions": [{ "name": "app", "image": "busybox", "cpu": 512, "memory": 64 }],
        }));
        let key = TaskDefinition::key(&scope, &definition.family, definition.revision);
        writes.put(&key, Expect::Absent, definition);
        let revision: ServiceRevision = of(json!({
            "id": deployment(), "template": template(), "createdAt": 0, "images": [{ "container": "app", "image": "busybox" }],
        }));
        let key = ServiceRevision::key(&scope, &cluster, &name(), &deployment());
        writes.put(&key, Expect::Absent, revision);
        let told: ServiceDeployment = of(json!({
            "id": story(), "status": "PENDING", "target": deployment(), "desired": 2, "createdAt": 0, "updatedAt": 0,
            "configuration": { "maximumPercent": 200, "minimumHealthyPercent": 100 },
        }));
        let key = ServiceDeployment::key(&scope, &cluster, &name(), &story());
        writes.put(&key, Expect::Absent, told);
        let mut record = service();
        let (into, from) =
            (record.as_object_mut().expect("an object"), more.as_object().expect("an object"));
        into.extend(from.iter().map(|(name, value)| (name.clone(), value.clone())));
        writes.put(&service_key(), Expect::Absent, of::<Service>(record));
        let snapshot = Snapshot::default().with(&writes).expect("an empty store");
        let step = step_on(&snapshot);
        Self { snapshot, step }
    }

    fn put<R: Record>(&mut self, key: &Key, record: R) {
        let mut writes = Transaction::new();
        writes.put(key, Expect::Any, record);
        self.snapshot = self.snapshot.with(&writes).expect("nothing is assumed");
    }

    /// A task of the service on an instance that knows of it.
    fn task(&mut self, number: u8, on: u8, last: &str) {
        let id = TaskId::from_bytes([number; 16]);
        let task: Task = of(json!({
            "id": id, "cluster": "shop", "family": "f", "revision": 1, "desired": "RUNNING", "last": last,
            "instance": instance(on), "demand": { "cpu": 512, "memory": 64 }, "version": 1, "launch_type": "EC2",
            "group": "service:web", "started_by": deployment().prefixed(), "cpu": "0", "memory": "0", "overrides": {},
            "containers": [], "created_at": 0,
        }));
        let key = Ledger::key(&scope(), &cluster(), &instance(on));
        let found = self.snapshot.get::<Ledger>(&key).expect("a record");
        let mut ledger = found.map_or_else(Ledger::default, |found| (*found.record).clone());
        if last != "STOPPED" {
            ledger.admit(&task.demand, &task.booked_group(), task.last);
            let assignment = Assignment::key(&scope(), &cluster(), &instance(on), &id);
            self.put(&assignment, Assignment::to(&task));
        }
        self.put(&key, ledger);
        self.put(&ServiceTask::key(&scope(), &cluster(), &name(), &id), ServiceTask {});
        self.put(&task_key(number), task);
    }

    fn launch(&mut self, places: &[Option<u8>]) {
        self.step.launches = places
            .iter()
            .map(|place| Launch {
                deployment: deployment(),
                place: place.map(|number| Place {
                    instance: ContainerInstance::key(&scope(), &cluster(), &instance(number)),
                    held: Resources::default(),
                }),
                provider: None,
                zone: None,
            })
            .collect();
    }

    fn started(&mut self, launches: usize) {
        self.step.events.push(Event::Started { launches, replaced: 0, zone: None });
    }

    /// Performs the step, once on the snapshot. Says whether anything was written.
    fn perform(&mut self) -> bool {
        let action = Action::Serve(Box::new(self.step.clone()));
        let ids = Ids::from_seed([1; 32]);
        let written =
            writes(&self.snapshot, &terms(&Rules::default()), &action, &ids, NOW).expect("records");
        self.snapshot = self.snapshot.with(&written).expect("it was decided on this");
        !written.is_empty()
    }

    fn all<R: Record>(&self, prefix: &Prefix) -> Vec<Found<R>> {
        self.snapshot.range(prefix).map(|read| read.expect("a record")).collect()
    }

    /// What there is now, in the order of instances, with ids of tasks as letters.
    fn show(&self) -> String {
        let (scope, cluster, name) = (scope(), cluster(), name());
        let mut tasks = self.all::<Task>(&Task::all_in(&scope, &cluster));
        tasks.sort_by_key(|task| (task.instance.clone(), task.created_at, task.id.clone()));
        let mut text = String::new();
        for task in &tasks {
            let on = task
                .instance
                .as_ref()
                .map_or("nowhere".into(), |id| format!("on {}", &id.as_str()[..2]));
            let tags: Vec<String> =
                task.tags.iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect();
            let digests: Vec<&str> =
                task.containers.iter().filter_map(|it| it.image_digest.as_deref()).collect();
            let mut facts = vec![on, task.last.to_string(), format!("wants {}", task.desired)];
            facts.extend(task.stop.as_ref().map(|stop| format!("{}: {}", stop.code, stop.reason)));
            facts.extend(task.tallied.then(|| "tallied".to_owned()));
            facts.extend((!tags.is_empty()).then(|| tags.join(" ")));
            facts.extend(digests.iter().map(|digest| (*digest).to_owned()));
            text += &format!("task {}\n", facts.join(", "));
        }
        let indexed = self.all::<ServiceTask>(&ServiceTask::all_of(&scope, &cluster, &name));
        assert_eq!(indexed.len(), tasks.len(), "every task is in the index");
        for event in self.all::<ServiceEvent>(&ServiceEvent::all_of(&scope, &cluster, &name)) {
            let number: u64 = event.key.last().parse().expect("a number");
            let mut message = event.message.clone();
            for task in &tasks {
                message = message.replace(task.id.as_str(), "ID");
            }
            text += &format!("event {} {message}\n", number);
        }
        text
    }
}

fn step_on(snapshot: &Snapshot) -> ServiceStep {
    let found = snapshot.get::<Service>(&service_key()).expect("a record").expect("a service");
    ServiceStep {
        service: service_key(),
        seen: found.modified,
        after: (*found.record).clone(),
        launches: Vec::new(),
        stops: Vec::new(),
        tallied: Vec::new(),
        stories: Vec::new(),
        digests: Vec::new(),
        events: Vec::new(),
        why: String::new(),
    }
}

fn check(scene: &Scene, expected: Expected) {
    expected.assert_eq(&scene.show());
}

#[test]
fn tasks_are_made_with_their_event() {
    let mut scene = Scene::new(json!({}));
    scene.launch(&[Some(1), Some(2)]);
    scene.started(2);
    assert!(scene.perform());
    check(
        &scene,
        expect![[r#"
        task on 01, PENDING, wants RUNNING
        task on 02, PENDING, wants RUNNING
        event 0 (service web) has started 2 tasks: (task ID) (task ID).
    "#]],
    );
}

#[test]
fn place_that_no_longer_fits_is_left_out() {
    let mut scene = Scene::new(json!({}));
    scene.task(9, 1, "RUNNING");
    scene.launch(&[Some(1), Some(1), Some(2)]);
    scene.started(3);
    scene.step = ServiceStep { seen: step_on(&scene.snapshot).seen, ..scene.step.clone() };
    assert!(scene.perform());
    check(
        &scene,
        expect![[r#"
        task on 01, RUNNING, wants RUNNING
        task on 01, PENDING, wants RUNNING
        task on 02, PENDING, wants RUNNING
        event 0 (service web) has started 2 tasks: (task ID) (task ID).
    "#]],
    );
}

#[test]
fn step_of_which_nothing_is_possible_writes_nothing() {
    let mut scene = Scene::new(json!({}));
    scene.task(8, 1, "RUNNING");
    scene.task(9, 1, "RUNNING");
    scene.launch(&[Some(1)]);
    scene.started(1);
    assert!(!scene.perform());
}

#[test]
fn step_on_a_service_that_changed_writes_nothing() {
    let mut scene = Scene::new(json!({}));
    scene.launch(&[Some(1)]);
    let newer: Service = of(service());
    scene.put(&service_key(), newer);
    assert!(!scene.perform());
}

#[test]
fn task_without_a_place_waits() {
    let mut scene = Scene::new(json!({}));
    scene.launch(&[None]);
    assert!(scene.perform());
    check(
        &scene,
        expect![[r#"
        task nowhere, PROVISIONING, wants RUNNING
    "#]],
    );
}

#[test]
fn tags_follow_the_service_s_wish() {
    for (wish, expected) in [
        (
            json!({}),
            expect![[r#"
            task on 01, PENDING, wants RUNNING
        "#]],
        ),
        (
            json!({ "propagate": "SERVICE", "managedTags": true }),
            expect![[r#"
            task on 01, PENDING, wants RUNNING, team=a aws:ecs:clusterName=shop aws:ecs:serviceName=web
        "#]],
        ),
        (
            json!({ "propagate": "TASK_DEFINITION" }),
            expect![[r#"
            task on 01, PENDING, wants RUNNING, from=definition
        "#]],
        ),
    ] {
        let mut scene = Scene::new(wish);
        scene.launch(&[Some(1)]);
        scene.perform();
        check(&scene, expected);
    }
}

#[test]
fn stopped_tasks_tell_who_stopped_them_and_failures_are_tallied() {
    let mut scene = Scene::new(json!({}));
    scene.task(1, 1, "RUNNING");
    scene.task(2, 2, "STOPPED");
    let stop =
        Stop { code: StopCode::ServiceSchedulerInitiated, reason: "Scaling activity".into() };
    scene.step.stops = vec![(task_key(1), stop.clone()), (task_key(7), stop)];
    scene.step.tallied = vec![task_key(2), task_key(7)];
    assert!(scene.perform());
    check(
        &scene,
        expect![[r#"
        task on 01, RUNNING, wants STOPPED, ServiceSchedulerInitiated: Scaling activity
        task on 02, STOPPED, wants RUNNING, tallied
    "#]],
    );
}

#[test]
fn step_that_stops_what_was_protected_meanwhile_writes_nothing() {
    let mut scene = Scene::new(json!({}));
    scene.task(1, 1, "RUNNING");
    scene.task(2, 2, "RUNNING");
    let found = scene.snapshot.get::<Task>(&task_key(1)).expect("a record").expect("a task");
    let protected_until = Some(NOW + Millis::from_s(60));
    scene.put(&task_key(1), Task { protected_until, ..(*found.record).clone() });
    let stop =
        Stop { code: StopCode::ServiceSchedulerInitiated, reason: "Scaling activity".into() };
    scene.step.stops = vec![(task_key(2), stop.clone()), (task_key(1), stop)];
    assert!(!scene.perform());
}

#[test]
fn digests_of_the_first_task_pin_the_later_ones() {
    let mut scene = Scene::new(json!({}));
    for digest in ["sha256:1", "sha256:2"] {
        scene.step = step_on(&scene.snapshot);
        let digests = BTreeMap::from([
            ("app".to_owned(), digest.to_owned()),
            ("gone".to_owned(), digest.to_owned()),
        ]);
        scene.step.digests = vec![(deployment(), digests)];
        scene.perform();
    }
    scene.step = step_on(&scene.snapshot);
    scene.launch(&[Some(1)]);
    scene.perform();
    check(
        &scene,
        expect![[r#"
        task on 01, PENDING, wants RUNNING, sha256:1
    "#]],
    );
}

#[test]
fn oldest_events_go_when_there_are_a_hundred() {
    let mut scene = Scene::new(json!({}));
    for number in 0..51 {
        scene.step = step_on(&scene.snapshot);
        scene.step.events =
            vec![Event::Text(format!("says {number}.")), Event::Text("says more.".into())];
        assert!(scene.perform());
    }
    let events = scene.all::<ServiceEvent>(&ServiceEvent::all_of(&scope(), &cluster(), &name()));
    let first = events.first().map(|event| event.message.as_str());
    assert_eq!((events.len(), first), (100, Some("(service web) says 1.")));
    let after = step_on(&scene.snapshot).after;
    assert_eq!(after.next_event, 102);
    assert_eq!(after.said.map(|said| said.message).as_deref(), Some("(service web) says more."));
}

/// What becomes of a story, step by step.
fn check_story(turns: &[Turn], expected: Expected) {
    let mut scene = Scene::new(json!({}));
    let mut text = String::new();
    for turn in turns {
        scene.step = step_on(&scene.snapshot);
        scene.step.stories = vec![(story(), turn.clone())];
        scene.perform();
        let key = ServiceDeployment::key(&scope(), &cluster(), &name(), &story());
        let told =
            scene.snapshot.get::<ServiceDeployment>(&key).expect("a record").expect("a story");
        let mut facts = vec![told.status.to_string()];
        facts.extend(told.status_reason.clone());
        facts.extend(told.started_at.map(|_| "started".to_owned()));
        facts.extend(told.finished_at.map(|_| "finished".to_owned()));
        facts.extend(told.stopped_at.map(|_| "stopped".to_owned()));
        facts.extend((told.failures > 0).then(|| format!("{} failures", told.failures)));
        facts.extend(told.is_broken.then(|| "broken".to_owned()));
        facts.extend(told.rollback.as_ref().map(|back| format!("back to {}", back.revision)));
        text += &format!("{}\n", facts.join(", "));
    }
    expected.assert_eq(&text);
}

#[test]
fn story_of_a_deployment_is_told_once() {
    check_story(
        &[Turn::Started, Turn::Counted(2), Turn::Succeeded, Turn::Stopped("late".into())],
        expect![[r#"
            IN_PROGRESS, started
            IN_PROGRESS, started, 2 failures
            SUCCESSFUL, started, finished, 2 failures
            SUCCESSFUL, started, finished, 2 failures
        "#]],
    );
    let back =
        Turn::RollingBack { reason: "breaker".into(), revision: DeploymentId::from_number(2) };
    check_story(
        &[Turn::Started, Turn::Broken, back.clone(), Turn::RolledBack],
        expect![[r#"
        IN_PROGRESS, started
        IN_PROGRESS, started, broken
        ROLLBACK_IN_PROGRESS, breaker, started, broken, back to 1000000000000000002
        ROLLBACK_SUCCESSFUL, breaker, started, finished, broken, back to 1000000000000000002
    "#]],
    );
    check_story(
        &[Turn::Started, back, Turn::RollbackFailed("none".into())],
        expect![[r#"
        IN_PROGRESS, started
        ROLLBACK_IN_PROGRESS, breaker, started, back to 1000000000000000002
        ROLLBACK_FAILED, none, started, finished, back to 1000000000000000002
    "#]],
    );
    check_story(
        &[Turn::Stopped("deleted".into())],
        expect![[r#"
        STOPPED, deleted, finished, stopped
    "#]],
    );
}

#[test]
fn steps_of_two_rounds_in_one_commit_do_not_take_the_same_room() {
    let mut scene = Scene::new(json!({}));
    scene.task(9, 1, "RUNNING");
    let other = ServiceName::parse("api").expect("a name");
    let key = Service::key(&scope(), &cluster(), &other);
    let mut record: Service = of(service());
    record.name = other;
    scene.put(&key, record);
    scene.step = step_on(&scene.snapshot);
    scene.launch(&[Some(1)]);
    let found = scene.snapshot.get::<Service>(&key).expect("a record").expect("a service");
    let second = ServiceStep {
        service: key,
        seen: found.modified,
        after: (*found.record).clone(),
        ..scene.step.clone()
    };
    let actions = [&scene.step, &second].map(|step| Action::Serve(Box::new(step.clone())));
    let ids = Ids::from_seed([1; 32]);
    let joined = together(&scene.snapshot, &terms(&Rules::default()), &actions, 0..2, &ids, NOW);
    assert_eq!((joined.done, joined.until), (vec![0], 2));
    assert!(scene.snapshot.with(&joined.writes).is_ok());
}

#[test]
fn waiting_task_gets_its_instance_once() {
    let mut scene = Scene::new(json!({}));
    scene.launch(&[None]);
    scene.perform();
    let task = scene.all::<Task>(&Task::all_in(&scope(), &cluster())).remove(0);
    let place = Place {
        instance: ContainerInstance::key(&scope(), &cluster(), &instance(2)),
        held: Resources::default(),
    };
    let action = Action::Seat { task: task.key.clone(), place, why: String::new() };
    let ids = Ids::from_seed([2; 32]);
    let perform = |snapshot: &Snapshot| {
        writes(snapshot, &terms(&Rules::default()), &action, &ids, NOW + Millis::from_s(1))
            .expect("records")
    };
    let written = perform(&scene.snapshot);
    scene.snapshot = scene.snapshot.with(&written).expect("it was decided on this");
    check(
        &scene,
        expect![[r#"
        task on 02, PENDING, wants RUNNING
    "#]],
    );
    assert!(perform(&scene.snapshot).is_empty());
}
