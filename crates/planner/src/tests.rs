//! Tables: records in, actions out.
//!
//! A line is a record, by a number for its id; a time is how many seconds ago. `now` is the same in every case.

use crate::{
    plan::{Action, Plan, plan},
    rules::Rules,
    view::{Noted, View},
};
use domain::{
    cluster::Cluster,
    definition::TaskDefinition,
    iam::{SessionCredential, TaskCredentials},
    id::{AccountId, ClusterName, InstanceId, Region, Scope, TaskId},
    instance::{ContainerInstance, InstanceLink},
    key::Key,
    record::{Record, Revision},
    task::{ClientToken, Task},
    time::{Millis, Timestamp},
};
use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};
use std::{fmt::Write as _, sync::Arc};

const NOW: Timestamp = Timestamp(1_000_000_000);

fn scope() -> Scope {
    Scope {
        account: AccountId::parse("123456789012").expect("digits"),
        region: Region::parse("us-east-1").expect("a region"),
    }
}

fn cluster() -> ClusterName {
    ClusterName::parse("web").expect("a name")
}

fn id(number: &str) -> String {
    format!("{:032x}", number.parse::<u64>().expect("a number"))
}

fn task_key(number: &str) -> Key {
    Task::key(&scope(), &cluster(), &TaskId::parse(id(number)).expect("an id"))
}

fn instance_id(number: &str) -> InstanceId {
    InstanceId::parse(id(number)).expect("an id")
}

fn ago(seconds: &str) -> Timestamp {
    NOW + Millis::from_s(-seconds.parse::<i64>().expect("seconds"))
}

fn record<R: Record>(json: Json) -> R {
    serde_json::from_value(json).expect("a record")
}

/// `RUNNING on 7 of 2 wanted STOPPED made 10 ended 5`
fn task(number: &str, last: &str, rest: &[&str]) -> Task {
    let after = |word: &str| rest.iter().position(|it| *it == word).map(|at| rest[at + 1]);
    record(json!({
        "id": id(number), "cluster": "web", "family": "app", "version": 1, "demand": {},
        "revision": after("of").unwrap_or("1").parse::<u32>().expect("a revision"),
        "instance": after("on").map(id),
        "desired": after("wanted").unwrap_or("RUNNING"), "last": last,
        "launch_type": "EC2", "group": "family:app", "cpu": "0", "memory": "0", "overrides": {},
        "created_at": after("made").map_or(NOW, ago), "stopped_at": after("ended").map(ago),
        "containers": [],
    }))
}

fn apply(view: &mut View, line: &str) {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["task", number, "gone"] => view.forget(&task_key(number)),
        ["task", number, last, rest @ ..] => {
            view.note(&task_key(number), Revision(1), Noted::Task(&task(number, last, rest)));
        }
        ["instance", number, "gone"] => {
            view.forget(&ContainerInstance::key(&scope(), &cluster(), &instance_id(number)));
        }
        ["instance", number, status, since @ ..] => {
            let instance: ContainerInstance = record(json!({
                "id": id(number), "cluster": "web", "status": status, "version": 1, "registered": {},
                "attributes": {}, "registered_at": since.first().map_or(NOW, |it| ago(it)),
                "ec2_instance_id": format!("i-{number}"), "inactive_since": since.first().map(|it| ago(it)),
            }));
            let key = ContainerInstance::key(&scope(), &cluster(), &instance.id);
            view.note(&key, Revision(1), Noted::Instance(&Arc::new(instance)));
        }
        ["link", number, "gone"] => {
            view.forget(&InstanceLink::key(&scope(), &cluster(), &instance_id(number)));
        }
        ["link", number, connected, since @ ..] => {
            let link = InstanceLink {
                connected: *connected == "up",
                since: since.first().map_or(NOW, |it| ago(it)),
                ..InstanceLink::default()
            };
            view.note(
                &InstanceLink::key(&scope(), &cluster(), &instance_id(number)),
                Revision(1),
                Noted::Link(&Arc::new(link)),
            );
        }
        ["definition", revision, status] => {
            let revision: u32 = revision.parse().expect("a revision");
            let definition: TaskDefinition = record(json!({
                "family": "app", "revision": revision, "status": status, "containerDefinitions": [],
                "networkMode": "bridge", "registeredAt": 0,
            }));
            let key = TaskDefinition::key(&scope(), &definition.family, definition.revision);
            if *status == "INACTIVE" {
                view.forget(&key)
            } else {
                view.note(&key, Revision(1), Noted::Definition(&Arc::new(definition)))
            }
        }
        ["cluster", status, since] => {
            let cluster: Cluster = record(json!({
                "name": "web", "status": status, "createdAt": 0, "inactiveSince": ago(since),
            }));
            view.note(
                &Cluster::key(&scope(), &cluster.name),
                Revision(1),
                Noted::Cluster(&cluster),
            );
        }
        ["token", name, ended] => {
            let token = ClientToken {
                parameters: String::new(),
                tasks: Vec::new(),
                expires_at: ago(ended),
            };
            let key = ClientToken::key(&scope(), &cluster(), "RunTask", name);
            view.note(&key, Revision(1), Noted::Token(&token));
        }
        ["session", name, ended] => {
            let session: SessionCredential = record(json!({
                "access_key_id": name, "secret_access_key": "", "session_token": "", "account": "123456789012",
                "principal_arn": "", "role_arn": "", "expires_at": ago(ended),
            }));
            view.note(
                &SessionCredential::key(name),
                Revision(1),
                Noted::SessionCredential(&session),
            );
        }
        ["credentials", number] => {
            let key = credentials_key(number);
            view.note(&key, Revision(1), Noted::TaskCredentials(&TaskCredentials::default()));
        }
        ["credentials", number, "gone"] => view.forget(&credentials_key(number)),
        _ => panic!("`{line}` is not in the language of these tests"),
    }
}

fn credentials_key(number: &str) -> Key {
    TaskCredentials::key(&scope(), &cluster(), &TaskId::parse(id(number)).expect("an id"))
}

/// `task/1` for the task of number 1.
fn short(key: &Key) -> String {
    let last = key.last().trim_start_matches('0');
    format!("{}/{last}", key.table().expect("a table"))
}

fn tell(plan: &Plan) -> String {
    let mut text = String::new();
    for action in &plan.actions {
        match action {
            Action::Lose { instance, tasks, stop, why } => {
                let tasks: Vec<String> = tasks.iter().map(short).collect();
                let code = stop.code;
                writeln!(text, "lose {} of {} as {code}: {why}", tasks.join(" "), short(instance))
            }
            Action::Abandon { task, stop, why } => {
                writeln!(text, "abandon {} as {}: {why}", short(task), stop.code)
            }
            Action::Serve(step) => writeln!(text, "serve {}: {}", short(&step.service), step.why),
            Action::Seat { task, place, why } => {
                writeln!(text, "seat {} on {}: {why}", short(task), short(&place.instance))
            }
            Action::Forget { record, why } => writeln!(text, "forget {}: {why}", short(record)),
        }
        .expect("a String takes everything");
    }
    if let Some(due) = plan.due {
        writeln!(text, "look again in {} s", (due - NOW).0 / 1000)
            .expect("a String takes everything");
    }
    text
}

fn view_of(script: &str) -> View {
    let mut view = View::new(Rules::default());
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        apply(&mut view, line);
    }
    view
}

fn check(script: &str, expect: Expect) {
    expect.assert_eq(&tell(&plan(&mut view_of(script), NOW)));
}

#[test]
fn tasks_of_a_connected_instance_are_left_alone() {
    check(
        "definition 1 ACTIVE\ninstance 7 ACTIVE\nlink 7 up 9000\ntask 1 RUNNING on 7",
        expect![[""]],
    );
}

#[test]
fn tasks_of_an_instance_that_is_away_too_long_are_lost() {
    check(
        "definition 1 ACTIVE
         instance 7 ACTIVE
         link 7 down 121
         task 1 RUNNING on 7
         task 2 PENDING on 7 wanted STOPPED
         task 3 STOPPED on 7 ended 10
         task 4 RUNNING on 8
         instance 8 DRAINING
         link 8 up",
        expect![[r#"
            lose task/1 task/2 of instance/7 as TerminationNotice: agent away for 121 s, 120 s are allowed
            look again in 3590 s
        "#]],
    );
}

#[test]
fn an_instance_that_is_just_away_gets_its_time() {
    check(
        "definition 1 ACTIVE\ninstance 7 ACTIVE\nlink 7 down 100\ntask 1 RUNNING on 7",
        expect![[r#"
            look again in 20 s
        "#]],
    );
}

#[test]
fn an_agent_that_returns_in_time_keeps_its_tasks() {
    check(
        "definition 1 ACTIVE\ninstance 7 ACTIVE\nlink 7 down 500\ntask 1 RUNNING on 7\nlink 7 up 1",
        expect![[""]],
    );
}

#[test]
fn an_instance_without_tasks_has_nothing_to_lose() {
    check("instance 7 ACTIVE\nlink 7 down 9000", expect![[""]]);
    check(
        "definition 1 ACTIVE\ninstance 7 ACTIVE\nlink 7 down 9000\ntask 1 RUNNING on 7\ntask 1 STOPPED on 7 ended 1",
        expect![[r#"
            look again in 3599 s
        "#]],
    );
}

#[test]
fn the_time_without_a_control_plane_does_not_count() {
    let mut view = View::new(Rules { awake_since: ago("30"), ..Rules::default() });
    for line in
        ["definition 1 ACTIVE", "instance 7 ACTIVE 9000", "link 7 down 9000", "task 1 RUNNING on 7"]
    {
        apply(&mut view, line);
    }
    assert_eq!(tell(&plan(&mut view, NOW)), "look again in 90 s\n");
}

#[test]
fn an_agent_that_never_came_loses_what_was_put_there() {
    check(
        "definition 1 ACTIVE\ninstance 7 ACTIVE 130\ntask 1 PENDING on 7",
        expect![[r#"
            lose task/1 of instance/7 as TerminationNotice: agent away for 130 s, 120 s are allowed
        "#]],
    );
}

#[test]
fn a_deregistered_instance_leaves_orphans() {
    check(
        "definition 1 ACTIVE\ninstance 7 INACTIVE 1\nlink 7 up\ntask 1 RUNNING on 7",
        expect![[r#"
            lose task/1 of instance/7 as UserInitiated: instance is no longer in its cluster
        "#]],
    );
    check(
        "definition 1 ACTIVE\ntask 1 RUNNING on 7",
        expect![[r#"
            lose task/1 of instance/7 as UserInitiated: instance is no longer in its cluster
        "#]],
    );
}

#[test]
fn stopped_tasks_are_kept_as_long_as_promised() {
    check(
        "definition 1 ACTIVE
         task 1 STOPPED ended 3601
         task 2 STOPPED ended 3600
         task 3 STOPPED ended 3500",
        expect![[r#"
            forget task/1: STOPPED for more than 3600 s
            forget task/2: STOPPED for more than 3600 s
            look again in 100 s
        "#]],
    );
}

#[test]
fn a_task_that_stops_before_it_was_placed_is_over() {
    check(
        "definition 1 ACTIVE\ntask 1 PROVISIONING wanted STOPPED",
        expect![[r#"
            abandon task/1 as UserInitiated: to be stopped, and on no instance
        "#]],
    );
}

#[test]
fn a_task_that_no_instance_takes_is_given_up_in_the_end() {
    check(
        "definition 1 ACTIVE\ntask 1 PROVISIONING made 899\ntask 2 PROVISIONING made 900",
        expect![[r#"
            abandon task/2 as TaskFailedToStart: on no instance after 900 s
            look again in 1 s
        "#]],
    );
}

#[test]
fn a_task_without_definition_cannot_start_but_may_run_on() {
    check(
        "instance 7 ACTIVE\nlink 7 up\ntask 1 PENDING on 7\ntask 2 RUNNING on 7\ntask 3 PENDING on 7 wanted STOPPED",
        expect![[r#"
            abandon task/1 as TaskFailedToStart: its task definition is gone, so that no agent can start it
        "#]],
    );
    check("instance 7 ACTIVE\nlink 7 up\ntask 1 PENDING on 7\ndefinition 1 ACTIVE", expect![[""]]);
    check(
        "definition 1 ACTIVE\ninstance 7 ACTIVE\nlink 7 up\ntask 1 PENDING on 7\ndefinition 1 INACTIVE",
        expect![[r#"
            abandon task/1 as TaskFailedToStart: its task definition is gone, so that no agent can start it
        "#]],
    );
}

#[test]
fn a_definition_goes_with_its_last_task() {
    let used = "definition 1 DELETE_IN_PROGRESS\ninstance 7 ACTIVE\nlink 7 up\ntask 1 RUNNING on 7";
    check(used, expect![[""]]);
    check(
        &format!("{used}\ntask 1 STOPPED on 7 ended 0"),
        expect![[r#"
            forget definition/1: being deleted, and no task or service uses it
            look again in 3600 s
        "#]],
    );
}

#[test]
fn what_expired_is_forgotten() {
    check(
        "token a 1\ntoken b -5\nsession ASIA1 0\nsession ASIA2 -60\ncluster INACTIVE 3600\ninstance 7 INACTIVE 3600\nlink 7 down 4000",
        expect![[r#"
            forget client-token/61: expired
            forget session-credential/ASIA1: expired
            forget cluster/web: INACTIVE for long enough
            forget instance/7: INACTIVE for more than 3600 s, or not registered
            look again in 5 s
        "#]],
    );
    check("cluster ACTIVE 9000\ninstance 7 ACTIVE 9000", expect![[""]]);
}

#[test]
fn a_link_without_instance_is_left_over() {
    check(
        "instance 7 ACTIVE\nlink 7 down\ninstance 7 gone",
        expect![[r#"
            forget instance/7: INACTIVE for more than 3600 s, or not registered
        "#]],
    );
    check("instance 7 ACTIVE\nlink 7 down\ninstance 7 gone\nlink 7 gone", expect![[""]]);
}

#[test]
fn credentials_end_with_their_task() {
    let held =
        "definition 1 ACTIVE\ninstance 7 ACTIVE\nlink 7 up\ntask 1 RUNNING on 7\ncredentials 1";
    check(held, expect![[""]]);
    check(
        &format!("{held}\ntask 1 STOPPED on 7 ended 0"),
        expect![[r#"
            forget task-credentials/1: the task is STOPPED or gone
            look again in 3600 s
        "#]],
    );
    check(
        &format!("{held}\ntask 1 gone"),
        expect![[r#"
            forget task-credentials/1: the task is STOPPED or gone
        "#]],
    );
    check(&format!("{held}\ntask 1 gone\ncredentials 1 gone"), expect![[""]]);
}

#[test]
fn many_tasks_are_lost_in_small_actions() {
    let mut script = String::from("definition 1 ACTIVE\ninstance 7 ACTIVE\nlink 7 down 500\n");
    for number in 1..=130 {
        writeln!(script, "task {number} RUNNING on 7").expect("a String takes everything");
    }
    let sizes = plan(&mut view_of(&script), NOW).actions.into_iter().map(|action| match action {
        Action::Lose { tasks, .. } => tasks.len(),
        Action::Abandon { .. } | Action::Forget { .. } | Action::Serve(_) | Action::Seat { .. } => {
            0
        }
    });
    assert_eq!(sizes.collect::<Vec<_>>(), [64, 64, 2]);
}

/// Whatever the order in which records are noted, the plan is the same: a watch may bring them in any.
#[test]
fn the_agenda_depends_on_facts_and_not_on_their_order() {
    let lines = [
        "definition 1 DELETE_IN_PROGRESS",
        "instance 7 INACTIVE 10",
        "link 7 down 200",
        "task 1 RUNNING on 7",
        "task 2 STOPPED on 7 ended 4000",
        "credentials 2",
    ];
    let told = |order: &[usize]| {
        let script: Vec<&str> = order.iter().map(|at| lines[*at]).collect();
        tell(&plan(&mut view_of(&script.join("\n")), NOW))
    };
    let first = told(&[0, 1, 2, 3, 4, 5]);
    let mut orders = vec![Vec::new()];
    for _ in 0..lines.len() {
        orders = orders
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                (0..lines.len())
                    .filter(|at| !order.contains(at))
                    .map(|at| [order.clone(), vec![at]].concat())
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    assert_eq!(orders.len(), 720);
    for order in orders {
        assert_eq!(told(&order), first, "order {order:?}");
    }
}

/// The agenda of a view that saw everything come and go is empty: nothing is kept of what is gone.
#[test]
fn a_view_keeps_nothing_of_what_is_gone() {
    let view = view_of(
        "definition 1 ACTIVE
         instance 7 ACTIVE
         link 7 up
         task 1 RUNNING on 7
         credentials 1
         task 1 STOPPED on 7 ended 9
         task 1 gone
         credentials 1 gone
         link 7 gone
         instance 7 gone
         definition 1 INACTIVE",
    );
    assert_eq!(view.agenda_len(), 0);
    assert!(view.is_empty(), "{view:?}");
}
