//! Tables: an action that was planned, the world as it is when it is performed, what is written.

use super::{Terms, writes};
use crate::instance::Instance;
use books::ids::Ids;
use domain::{
    capacity::CapacityProvider,
    definition::TaskDefinition,
    deployment::{ServiceDeployment, ServiceRevision},
    iam::{SessionCredential, TaskCredentials},
    id::{
        AccountId, ClusterName, DeploymentId, InstanceId, Region, Scope, ServiceDeploymentId,
        ServiceName, TaskId,
    },
    instance::{Assignment, ContainerInstance, InstanceLink, Ledger},
    key::Key,
    record::Record,
    service::{Service, ServiceEvent, ServiceTask},
    status::DesiredStatus,
    task::{ClientToken, Task},
    time::{Millis, Timestamp},
};
use expect_test::{Expect as Expected, expect};
use planner::{
    plan::Action,
    rules::{Rules, orphaned},
};
use serde_json::{Value as Json, json};
use store::{Expect, Snapshot, Transaction, Write};

const NOW: Timestamp = Timestamp(1_000_000_000);

fn instance() -> Instance {
    Instance {
        scope: Scope {
            account: AccountId::parse("123456789012").expect("digits"),
            region: Region::parse("us-east-1").expect("a region"),
        },
        cluster: ClusterName::parse("web").expect("a name"),
        id: InstanceId::from_bytes([7; 16]),
    }
}

fn task_id(number: u8) -> TaskId {
    TaskId::from_bytes([number; 16])
}

fn ago(seconds: &str) -> Timestamp {
    NOW + Millis::from_s(-seconds.parse::<i64>().expect("seconds"))
}

fn of<R: Record>(json: Json) -> R {
    serde_json::from_value(json).expect("a record")
}

/// Adds what a line says to the world.
fn put(line: &str, world: &mut Transaction) {
    let here = instance();
    let (scope, cluster) = (&here.scope, &here.cluster);
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["instance", status, since] => {
            let record: ContainerInstance = of(json!({
                "id": here.id, "cluster": "web", "status": status, "version": 1, "registered": {}, "attributes": {},
                "registered_at": ago(since), "inactive_since": ago(since),
            }));
            world.put(&here.key(), Expect::Absent, record);
        }
        ["link", connected, since] => {
            let link = InstanceLink {
                connected: *connected == "up",
                since: ago(since),
                ..InstanceLink::default()
            };
            world.put(&here.link_key(), Expect::Absent, link);
        }
        ["ledger", pending] => {
            let pending: i64 = pending.parse().expect("a number");
            let ledger = Ledger {
                pending,
                groups: [(std::sync::Arc::from("g"), pending)].into_iter().collect(),
                ..Ledger::default()
            };
            world.put(&Ledger::key(scope, cluster, &here.id), Expect::Absent, ledger);
        }
        ["task", number, last, on, ended] => {
            let id = task_id(number.parse().expect("a number"));
            let task: Task = of(json!({
                "id": id, "cluster": "web", "family": "f", "revision": 1, "desired": "RUNNING", "last": last,
                "instance": (*on == "here").then_some(&here.id), "demand": {}, "version": 1, "launch_type": "EC2",
                "group": "g", "cpu": "0", "memory": "0", "overrides": {}, "containers": [],
                "created_at": ago(ended), "stopped_at": ago(ended), "tallied": *last == "STOPPED",
            }));
            world.put(&Task::key(&here.scope, &here.cluster, &id), Expect::Absent, task);
        }
        ["assignment", number] => {
            let id = task_id(number.parse().expect("a number"));
            let key = Assignment::key(scope, cluster, &here.id, &id);
            world.put(
                &key,
                Expect::Absent,
                Assignment { desired: DesiredStatus::Running, cluster: None },
            );
        }
        ["definition", status] => {
            let definition: TaskDefinition = of(json!({
                "family": "f", "revision": 1, "status": status, "networkMode": "bridge", "registeredAt": 0, "containerDefinitions": [],
            }));
            let key = TaskDefinition::key(scope, &definition.family, definition.revision);
            world.put(&key, Expect::Absent, definition);
        }
        ["token", ended] => {
            let token = ClientToken {
                parameters: String::new(),
                tasks: Vec::new(),
                expires_at: ago(ended),
            };
            world.put(&token_key(), Expect::Absent, token);
        }
        ["credentials", number] => {
            let key = credentials_key(number.parse().expect("a number"));
            let held: TaskCredentials = of(json!({ "roles": [{
                "role_use": "TaskApplication", "role_arn": "r", "credentials_id": "c", "access_key_id": "ASIA2",
                "expires_at": 0, "superseded": ["ASIA1"],
            }] }));
            world.put(&key, Expect::Absent, held);
            for id in ["ASIA1", "ASIA2"] {
                let credential: SessionCredential = of(json!({
                    "access_key_id": id, "secret_access_key": "", "session_token": "", "account": "123456789012",
                    "principal_arn": "", "role_arn": "", "expires_at": NOW,
                }));
                world.put(&SessionCredential::key(id), Expect::Absent, credential);
            }
        }
        ["service", status, since] => {
            let record: Service = of(json!({
                "name": "api", "cluster": "web", "status": status, "inactiveSince": ago(since), "createdAt": 0,
                "configuration": { "maximumPercent": 200, "minimumHealthyPercent": 100 },
            }));
            world.put(&Service::key(scope, cluster, &service()), Expect::Absent, record);
        }
        ["event"] => {
            let event: ServiceEvent = of(json!({ "id": "e", "createdAt": 0, "message": "" }));
            world.put(&ServiceEvent::key(scope, cluster, &service(), 7), Expect::Absent, event);
        }
        ["story", number, status, finished, target] => {
            let story: ServiceDeployment = of(json!({
                "id": story_id(number), "status": status, "target": revision_id(target), "desired": 1, "createdAt": 0,
                "configuration": { "maximumPercent": 200, "minimumHealthyPercent": 100 }, "updatedAt": 0,
                "finishedAt": ago(finished),
            }));
            world.put(&story_key(number), Expect::Absent, story);
        }
        ["revision", number] => {
            let id = revision_id(number);
            let revision: ServiceRevision = of(json!({
                "id": id, "template": { "definition": { "family": "f", "revision": 1 } }, "createdAt": 0,
            }));
            let key = ServiceRevision::key(scope, cluster, &service(), &id);
            world.put(&key, Expect::Absent, revision);
        }
        ["indexed", number] => {
            let id = task_id(number.parse().expect("a number"));
            world.put(
                &ServiceTask::key(scope, cluster, &service(), &id),
                Expect::Absent,
                ServiceTask {},
            );
        }
        ["provider", status, since] => {
            let provider: CapacityProvider = of(json!({
                "name": "spare", "status": status, "inactiveSince": ago(since), "createdAt": 0,
                "group": { "arn": "g", "scaling": {} },
            }));
            world.put(&CapacityProvider::key(scope, "spare"), Expect::Absent, provider);
        }
        _ => panic!("`{line}` is not in the language of these tests"),
    }
}

fn service() -> ServiceName {
    ServiceName::parse("api").expect("a name")
}

fn story_id(number: &str) -> ServiceDeploymentId {
    ServiceDeploymentId::from_bytes([number.parse().expect("a number"); 21])
}

fn story_key(number: &str) -> Key {
    ServiceDeployment::key(&instance().scope, &instance().cluster, &service(), &story_id(number))
}

fn revision_id(number: &str) -> DeploymentId {
    DeploymentId::from_number(number.parse().expect("a number"))
}

fn token_key() -> Key {
    ClientToken::key(&instance().scope, &instance().cluster, "RunTask", "t")
}

fn credentials_key(number: u8) -> Key {
    TaskCredentials::key(&instance().scope, &instance().cluster, &task_id(number))
}

/// `lose 1 2`, `abandon 1`, or `forget` and a table.
fn action(text: &str) -> Action {
    let here = instance();
    let words: Vec<&str> = text.split_whitespace().collect();
    let task = |number: &&str| {
        Task::key(&here.scope, &here.cluster, &task_id(number.parse().expect("a number")))
    };
    let why = String::new();
    match words.as_slice() {
        ["lose", tasks @ ..] => Action::Lose {
            instance: here.key(),
            tasks: tasks.iter().map(task).collect(),
            stop: orphaned(),
            why,
        },
        ["abandon", number] => Action::Abandon { task: task(number), stop: orphaned(), why },
        ["forget", "instance"] => Action::Forget { record: here.key(), why },
        ["forget", "service"] => {
            Action::Forget { record: Service::key(&here.scope, &here.cluster, &service()), why }
        }
        ["forget", "story", number] => Action::Forget { record: story_key(number), why },
        ["forget", "provider"] => {
            Action::Forget { record: CapacityProvider::key(&here.scope, "spare"), why }
        }
        ["forget", "token"] => Action::Forget { record: token_key(), why },
        ["forget", "definition"] => {
            let family = domain::id::Family::parse("f").expect("a name");
            let revision = domain::id::DefinitionRevision(1);
            Action::Forget { record: TaskDefinition::key(&here.scope, &family, revision), why }
        }
        ["forget", "task", number] => Action::Forget { record: task(number), why },
        ["forget", "credentials", number] => {
            Action::Forget { record: credentials_key(number.parse().expect("a number")), why }
        }
        _ => panic!("`{text}` is not in the language of these tests"),
    }
}

fn short(key: &Key) -> String {
    format!("{}/{}", key.table().expect("a table"), &key.last()[..2])
}

pub(super) fn terms(rules: &Rules) -> Terms<'_> {
    Terms { rules, public_addresses: crate::config::Config::default().public_addresses }
}

fn check(world: &str, planned: &str, expected: Expected) {
    let mut records = Transaction::new();
    for line in world.lines().map(str::trim).filter(|line| !line.is_empty()) {
        put(line, &mut records);
    }
    let snapshot = Snapshot::default().with(&records).expect("an empty store");
    let written = writes(
        &snapshot,
        &terms(&Rules::default()),
        &action(planned),
        &Ids::from_seed([0; 32]),
        NOW,
    )
    .expect("readable records");
    assert!(snapshot.with(&written).is_ok(), "what it expects holds in the world it looked at");
    let mut text = String::new();
    for (key, write) in written.writes() {
        let verb = match write {
            Write::Put { .. } => "put",
            Write::Delete => "delete",
        };
        text += &format!("{verb} {}\n", short(key));
    }
    if written.is_empty() {
        return expected.assert_eq("nothing");
    }
    let looked: Vec<String> = written.expectations().map(|(key, _)| short(key)).collect();
    text += &format!("if unchanged: {}\n", looked.join(" "));
    expected.assert_eq(&text);
}

const LOST: &str = "instance ACTIVE 9000\nlink down 500\nledger 2\ntask 1 PENDING here 0\ntask 2 PENDING here 0\nassignment 1\nassignment 2\n";

#[test]
fn a_lost_task_leaves_ledger_and_assignment_in_the_same_commit() {
    check(
        LOST,
        "lose 1 2",
        expect![[r#"
        delete assignment/01
        delete assignment/02
        put ledger/07
        put task/01
        put task/02
        if unchanged: instance/07 ledger/07 link/07 task/01 task/02
    "#]],
    );
}

#[test]
fn an_agent_that_came_back_meanwhile_keeps_its_tasks() {
    check(&LOST.replace("link down 500", "link up 1"), "lose 1 2", expect!["nothing"]);
    check(&LOST.replace("link down 500", "link down 100"), "lose 1 2", expect!["nothing"]);
}

#[test]
fn a_task_that_ended_or_went_meanwhile_is_left_as_it_is() {
    check(
        &LOST.replace("task 2 PENDING here 0", "task 2 STOPPED here 0"),
        "lose 1 2",
        expect![[r#"
            delete assignment/01
            put ledger/07
            put task/01
            if unchanged: instance/07 ledger/07 link/07 task/01
        "#]],
    );
    check(
        &LOST.replace("task 2 PENDING here 0", "task 2 PENDING nowhere 0"),
        "lose 1 2 3",
        expect![[r#"
            delete assignment/01
            put ledger/07
            put task/01
            if unchanged: instance/07 ledger/07 link/07 task/01
        "#]],
    );
    check("instance INACTIVE 1\nledger 0\ntask 1 STOPPED here 0", "lose 1", expect!["nothing"]);
}

#[test]
fn a_task_that_no_ledger_knows_ends_all_the_same() {
    check(
        &LOST.replace("ledger 2", "ledger 0"),
        "lose 1",
        expect![[r#"
        delete assignment/01
        put ledger/07
        put task/01
        if unchanged: instance/07 ledger/07 link/07 task/01
    "#]],
    );
    check(
        &LOST.replace("ledger 2", ""),
        "lose 1",
        expect![[r#"
        delete assignment/01
        put task/01
        if unchanged: instance/07 link/07 task/01
    "#]],
    );
}

#[test]
fn a_task_is_given_up_only_if_it_still_cannot_start() {
    let world =
        "instance ACTIVE 9000\nlink up 500\nledger 1\ntask 1 PENDING here 0\nassignment 1\n";
    check(
        world,
        "abandon 1",
        expect![[r#"
        delete assignment/01
        put ledger/07
        put task/01
        if unchanged: definition/00 ledger/07 task/01
    "#]],
    );
    check(&format!("{world}definition ACTIVE"), "abandon 1", expect!["nothing"]);
    check(
        "task 1 PROVISIONING nowhere 901\ndefinition ACTIVE",
        "abandon 1",
        expect![[r#"
        put task/01
        if unchanged: task/01
    "#]],
    );
    check("task 1 PROVISIONING nowhere 1\ndefinition ACTIVE", "abandon 1", expect!["nothing"]);
    check("", "abandon 1", expect!["nothing"]);
}

#[test]
fn only_what_is_over_is_forgotten() {
    check(
        "task 1 STOPPED here 3600",
        "forget task 1",
        expect![[r#"
        delete task/01
        if unchanged: task/01
    "#]],
    );
    check("task 1 STOPPED here 3599", "forget task 1", expect!["nothing"]);
    check("task 1 RUNNING here 3600", "forget task 1", expect!["nothing"]);
    check(
        "token 0",
        "forget token",
        expect![[r#"
        delete client-token/74
        if unchanged: client-token/74
    "#]],
    );
    check("token -1", "forget token", expect!["nothing"]);
    check(
        "definition DELETE_IN_PROGRESS",
        "forget definition",
        expect![[r#"
        delete definition/00
        if unchanged: definition/00
    "#]],
    );
    check("definition ACTIVE", "forget definition", expect!["nothing"]);
    check("", "forget token", expect!["nothing"]);
}

#[test]
fn an_instance_is_forgotten_with_what_is_left_of_it() {
    let world = "instance INACTIVE 3600\nlink down 3600\nledger 0\n";
    check(
        world,
        "forget instance",
        expect![[r#"
            delete instance/07
            delete ledger/07
            delete link/07
            delete pool-host/07
            if unchanged: instance/07 link/07
        "#]],
    );
    check(
        &format!("{world}assignment 1\ntask 1 STOPPED here 0"),
        "forget instance",
        expect![[r#"
            delete assignment/01
            delete instance/07
            delete ledger/07
            delete link/07
            delete pool-host/07
            if unchanged: instance/07 link/07 task/01
        "#]],
    );
    check(
        &format!("{world}assignment 1\ntask 1 RUNNING here 0"),
        "forget instance",
        expect!["nothing"],
    );
    check(
        "instance INACTIVE 3599\nlink down 3600\nledger 0",
        "forget instance",
        expect!["nothing"],
    );
    check("instance ACTIVE 3600\nlink down 3600\nledger 0", "forget instance", expect!["nothing"]);
    check(
        "link down 1\nledger 0",
        "forget instance",
        expect![[r#"
            delete instance/07
            delete ledger/07
            delete link/07
            delete pool-host/07
            if unchanged: instance/07 link/07
        "#]],
    );
}

#[test]
fn a_task_s_credentials_go_when_it_is_stopped_and_not_before() {
    check(
        "credentials 1\ntask 1 STOPPED here 0",
        "forget credentials 1",
        expect![[r#"
        delete session-credential/AS
        delete session-credential/AS
        delete task-credentials/01
        if unchanged: task-credentials/01 task/01
    "#]],
    );
    check(
        "credentials 1",
        "forget credentials 1",
        expect![[r#"
        delete session-credential/AS
        delete session-credential/AS
        delete task-credentials/01
        if unchanged: task-credentials/01 task/01
    "#]],
    );
    check("credentials 1\ntask 1 RUNNING here 0", "forget credentials 1", expect!["nothing"]);
}

#[test]
fn a_deleted_service_is_forgotten_with_its_events_stories_and_revisions() {
    let world = "service INACTIVE 3600\nevent\nstory 1 STOPPED 0 1\nrevision 1\nindexed 1\n";
    check(
        world,
        "forget service",
        expect![[r#"
        delete service-deployment/BB
        delete service-event/00
        delete service-revision/10
        delete service-task/01
        delete service/ap
        if unchanged: service/ap
    "#]],
    );
    // What a task still needs stays until the task is forgotten.
    check(
        &format!("{world}task 1 STOPPED here 0"),
        "forget service",
        expect![[r#"
        delete service-deployment/BB
        delete service-event/00
        delete service-revision/10
        delete service/ap
        if unchanged: service/ap
    "#]],
    );
    check(&format!("{world}task 1 RUNNING here 0"), "forget service", expect!["nothing"]);
    check("service INACTIVE 3599", "forget service", expect!["nothing"]);
    check("service DRAINING 3600", "forget service", expect!["nothing"]);
}

#[test]
fn a_story_is_kept_for_ninety_days_and_its_revision_as_long_as_it_is_named() {
    let old = "story 1 SUCCESSFUL 7776000 1\nrevision 1\n";
    check(
        old,
        "forget story 1",
        expect![[r#"
        delete service-deployment/BB
        delete service-revision/10
        if unchanged: service-deployment/BB service/ap
    "#]],
    );
    check(
        &format!("{old}story 2 SUCCESSFUL 0 1"),
        "forget story 1",
        expect![[r#"
        delete service-deployment/BB
        if unchanged: service-deployment/BB
    "#]],
    );
    check("story 1 SUCCESSFUL 7775999 1", "forget story 1", expect!["nothing"]);
    check("story 1 IN_PROGRESS 7776000 1", "forget story 1", expect!["nothing"]);
}

#[test]
fn a_deleted_capacity_provider_stays_describable_for_a_while() {
    check(
        "provider INACTIVE 3600",
        "forget provider",
        expect![[r#"
        delete capacity-provider/sp
        if unchanged: capacity-provider/sp
    "#]],
    );
    check("provider INACTIVE 3599", "forget provider", expect!["nothing"]);
    check("provider ACTIVE 3600", "forget provider", expect!["nothing"]);
}
