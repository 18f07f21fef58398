//! A world in words, one change, and what is written for it. After each change the books must add up.

use super::Draft;
use crate::{blueprint::Blueprint, ids::Ids, seat::Seat};
use domain::{
    definition::TaskDefinition,
    id::{AccountId, ClusterName, InstanceId, Region, Scope},
    instance::{Assignment, ContainerInstance, Ledger},
    key::{Key, Prefix},
    record::Record,
    status::{StopCode, TaskStatus},
    task::{Overrides, Stop, Task},
    time::Timestamp,
};
use expect_test::{Expect as Expected, expect};
use placement::{candidate::Candidate, demand::Demand};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use store::{Expect, Found, Snapshot, Transaction, Write};

const NOW: Timestamp = Timestamp(1_000);

fn scope() -> Scope {
    Scope {
        account: AccountId::parse("123456789012").expect("digits"),
        region: Region::parse("us-east-1").expect("a region"),
    }
}

fn cluster() -> ClusterName {
    ClusterName::parse("web").expect("a name")
}

fn of<R: Record>(json: Json) -> R {
    serde_json::from_value(json).expect("a record")
}

/// One instance with a GPU, and a definition of one container that takes it.
struct Desk {
    snapshot: Snapshot,
    made: usize,
}

impl Desk {
    fn new(status: &str) -> Self {
        let mut writes = Transaction::new();
        let id = InstanceId::from_bytes([7; 16]);
        let instance: ContainerInstance = of(json!({
            "id": id, "cluster": "web", "status": status, "version": 1, "registered_at": 0,
            "registered": {"cpu": 1024, "memory": 1024, "gpus": ["g0", "g1"]},
            "attributes": {"ecs.availability-zone": "a", "ecs.cpu-architecture": "x86_64"},
        }));
        writes.put(&ContainerInstance::key(&scope(), &cluster(), &id), Expect::Absent, instance);
        let definition: TaskDefinition = of(json!({
            "family": "f", "revision": 1, "status": "ACTIVE", "networkMode": "bridge", "registeredAt": 0,
            "containerDefinitions": [{"name": "app", "image": "busybox", "cpu": 100, "memory": 64,
                "resourceRequirements": [{"type": "GPU", "value": "1"}]}],
        }));
        let key = TaskDefinition::key(&scope(), &definition.family, definition.revision);
        writes.put(&key, Expect::Absent, definition);
        Self { snapshot: Snapshot::default().with(&writes).expect("an empty store"), made: 0 }
    }

    fn all<R: Record>(&self, prefix: &Prefix) -> Vec<Found<R>> {
        self.snapshot.range(prefix).map(|read| read.expect("a record")).collect()
    }

    fn blueprint(&self, group: &str, started_by: Option<&str>) -> Blueprint {
        let definition =
            self.all::<TaskDefinition>(&Prefix::table::<TaskDefinition>(&scope())).remove(0);
        Blueprint {
            cluster: cluster(),
            demand: Demand::of(&definition, &Overrides::default()),
            definition,
            overrides: Overrides::default(),
            attributes: Vec::new(),
            group: group.to_owned(),
            started_by: started_by.map(str::to_owned),
            tags: Vec::new(),
            exec: false,
            seeks: None,
            network: None,
            digests: BTreeMap::from([("app".to_owned(), "sha256:1".to_owned())]),
            fargate: None,
        }
    }

    fn seat(&self) -> Seat {
        Seat::all_in(&self.snapshot, &scope(), &cluster()).expect("records").remove(0)
    }

    fn tasks(&self) -> Vec<Found<Task>> {
        self.all::<Task>(&Task::all_in(&scope(), &cluster()))
    }

    fn ids(&mut self) -> Ids {
        self.made += 1;
        Ids::from_seed([self.made as u8; 32])
    }

    fn make(&mut self, blueprint: &Blueprint) -> String {
        let (ids, seat) = (self.ids(), self.seat());
        self.perform(|draft| {
            let held = blueprint
                .needs(&[])
                .held_on(&Candidate { ledger: draft.ledger(&seat), ..seat.candidate() });
            draft.make(blueprint, &ids, None, &seat, held).expect("records");
        })
    }

    /// Commits a draft; what it wrote, by table, and what else it expects.
    fn perform(&mut self, change: impl FnOnce(&mut Draft<'_>)) -> String {
        let mut draft = Draft::new(&self.snapshot, &scope(), NOW);
        change(&mut draft);
        let writes = draft.finish();
        let name = |key: &Key| key.table().expect("a table").to_owned();
        let said = writes.writes().map(|(key, write)| match write {
            Write::Put { .. } => format!("put {}", name(key)),
            Write::Delete => format!("delete {}", name(key)),
        });
        let said: Vec<String> = said.collect();
        let written: Vec<&Key> = writes.writes().map(|(key, _)| key).collect();
        let expected = writes.expectations().filter(|(key, _)| !written.contains(key));
        let expected: Vec<String> = expected.map(|(key, _)| name(key)).collect();
        self.snapshot = self.snapshot.with(&writes).expect("it was decided on this");
        self.check_books();
        if said.is_empty() {
            "nothing".into()
        } else {
            format!("{}; if unchanged: {}", said.join(", "), expected.join(" "))
        }
    }

    fn check_books(&self) {
        let (mut expected, mut assigned) = (Ledger::default(), Vec::new());
        for task in self.tasks() {
            if task.instance.is_some() && task.last != TaskStatus::Stopped {
                expected.admit(&task.demand, &task.booked_group(), task.last);
                assigned.push((task.id.to_string(), task.desired));
            }
        }
        assert_eq!(*self.seat().ledger, expected);
        let found = self.all::<Assignment>(&Prefix::table::<Assignment>(&scope()));
        let found: Vec<_> = found.iter().map(|it| (it.key.last().to_owned(), it.desired)).collect();
        assert_eq!(found, assigned);
    }
}

fn stop() -> Stop {
    Stop { code: StopCode::ServiceSchedulerInitiated, reason: "Scaling activity".into() }
}

fn check(said: String, expected: Expected) {
    expected.assert_eq(&said);
}

const SERVICE: (&str, Option<&str>) = ("service:web", Some("ecs-svc/1234567890123456789"));

#[test]
fn task_of_a_service_comes_and_goes_with_its_index() {
    let mut desk = Desk::new("ACTIVE");
    let blueprint = desk.blueprint(SERVICE.0, SERVICE.1);
    check(
        desk.make(&blueprint),
        expect![
            "put assignment, put ledger, put service-task, put task; if unchanged: definition instance"
        ],
    );
    let task = desk.tasks().remove(0);
    let said = desk.perform(|draft| draft.end(&task, stop()).expect("records"));
    check(said, expect!["delete assignment, put ledger, put task; if unchanged: "]);
    let task = desk.tasks().remove(0);
    check(
        desk.perform(|draft| draft.forget(&task)),
        expect!["delete service-task, delete task; if unchanged: "],
    );
}

#[test]
fn task_of_nobody_has_no_index() {
    let mut desk = Desk::new("ACTIVE");
    let blueprint = desk.blueprint("family:f", None);
    check(
        desk.make(&blueprint),
        expect!["put assignment, put ledger, put task; if unchanged: definition instance"],
    );
}

#[test]
fn task_is_made_with_the_digests_that_are_known_and_a_gpu_of_its_own() {
    let mut desk = Desk::new("ACTIVE");
    let blueprint = desk.blueprint("family:f", None);
    desk.make(&blueprint);
    desk.make(&blueprint);
    let mut gpus: Vec<_> =
        desk.tasks().iter().flat_map(|task| task.containers[0].gpu_ids.clone()).collect();
    gpus.sort_unstable();
    assert_eq!(gpus, ["g0", "g1"]);
    let task = desk.tasks().remove(0);
    assert_eq!(task.containers[0].image_digest.as_deref(), Some("sha256:1"));
    assert_eq!(task.availability_zone.as_deref(), Some("a"));
}

#[test]
fn waiting_task_holds_nothing_until_it_has_an_instance() {
    let mut desk = Desk::new("ACTIVE");
    let blueprint = desk.blueprint(SERVICE.0, SERVICE.1);
    let ids = desk.ids();
    let said = desk.perform(|draft| {
        draft.make_waiting(&blueprint, &ids, Some("spare"));
    });
    check(said, expect!["put service-task, put task; if unchanged: definition"]);
    let (task, seat) = (desk.tasks().remove(0), desk.seat());
    assert_eq!(
        (task.last, task.capacity_provider.as_deref()),
        (TaskStatus::Provisioning, Some("spare"))
    );
    let held = blueprint.needs(&[]).held_on(&seat.candidate());
    let said = desk.perform(|draft| {
        draft.seat(&task, &blueprint, &seat, held).expect("records");
    });
    check(said, expect!["put assignment, put ledger, put task; if unchanged: instance"]);
    let task = desk.tasks().remove(0);
    assert_eq!(
        (task.last, task.version, task.containers[0].gpu_ids.len()),
        (TaskStatus::Pending, 2, 1)
    );
}

#[test]
fn waiting_task_that_is_stopped_is_stopped_at_once() {
    let mut desk = Desk::new("ACTIVE");
    let blueprint = desk.blueprint(SERVICE.0, SERVICE.1);
    let ids = desk.ids();
    desk.perform(|draft| {
        draft.make_waiting(&blueprint, &ids, None);
    });
    let task = desk.tasks().remove(0);
    desk.perform(|draft| {
        draft.stop(&task, stop()).expect("records");
    });
    assert_eq!(desk.tasks()[0].last, TaskStatus::Stopped);
}

#[test]
fn stop_waits_for_the_host_unless_it_left_the_cluster() {
    for (status, expected) in [
        ("ACTIVE", TaskStatus::Pending),
        ("DRAINING", TaskStatus::Pending),
        ("INACTIVE", TaskStatus::Stopped),
    ] {
        let mut desk = Desk::new(status);
        let blueprint = desk.blueprint("family:f", None);
        desk.make(&blueprint);
        let task = desk.tasks().remove(0);
        desk.perform(|draft| {
            draft.stop(&task, stop()).expect("records");
        });
        assert_eq!(desk.tasks()[0].last, expected, "on an instance that is {status}");
    }
}

#[test]
fn first_reason_stays() {
    let mut desk = Desk::new("ACTIVE");
    let blueprint = desk.blueprint("family:f", None);
    desk.make(&blueprint);
    for reason in ["first", "second"] {
        let task = desk.tasks().remove(0);
        desk.perform(|draft| {
            draft.stop(&task, Stop { reason: reason.into(), ..stop() }).expect("records");
        });
    }
    assert_eq!(desk.tasks()[0].stop.as_ref().map(|stop| stop.reason.as_str()), Some("first"));
}

#[test]
fn tasks_of_one_instance_change_together() {
    let mut desk = Desk::new("ACTIVE");
    let blueprint = desk.blueprint("family:f", None);
    desk.make(&blueprint);
    let (before, ids, seat) = (desk.tasks().remove(0), desk.ids(), desk.seat());
    let said = desk.perform(|draft| {
        draft.end(&before, stop()).expect("records");
        let held = blueprint
            .needs(&[])
            .held_on(&Candidate { ledger: draft.ledger(&seat), ..seat.candidate() });
        draft.make(&blueprint, &ids, None, &seat, held).expect("records");
    });
    check(
        said,
        expect![
            "delete assignment, put assignment, put ledger, put task, put task; if unchanged: definition instance"
        ],
    );
}

#[test]
fn task_that_the_ledger_does_not_know_can_end() {
    let mut desk = Desk::new("ACTIVE");
    let blueprint = desk.blueprint("family:f", None);
    desk.make(&blueprint);
    let task = desk.tasks().remove(0);
    let mut writes = Transaction::new();
    let key = Ledger::key(&scope(), &cluster(), task.instance.as_ref().expect("an instance"));
    writes.put(&key, Expect::Any, Ledger::default());
    desk.snapshot = desk.snapshot.with(&writes).expect("nothing is assumed");
    desk.perform(|draft| draft.end(&task, stop()).expect("records"));
    assert_eq!(desk.tasks()[0].last, TaskStatus::Stopped);
}
