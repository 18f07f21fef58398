//! Rules of what agents report.

use crate::ecs::stage::{Stage, cluster, list, text};
use domain::{
    definition::TaskDefinition,
    id::{DefinitionRevision, Family, TaskId},
    task::{Attachment, Task},
    time::{Millis, Timestamp},
};
use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};

/// A task of `app`, essential, and `side`, which is not.
fn stage() -> (Stage, String, String) {
    let mut stage = Stage::new();
    let host = stage.host("a", json!({}));
    let app = json!({"name": "app", "image": "busybox", "memory": 64});
    let side = json!({"name": "side", "image": "busybox", "memory": 64, "essential": false});
    stage.ok(
        "RegisterTaskDefinition",
        json!({"family": "web", "containerDefinitions": [app, side]}),
    );
    let task = stage.task();
    (stage, host, task)
}

/// Reports one after the other, each written `TASK-STATUS container=STATUS(exit):reason … | task reason`, and the life after each.
fn check(reports: &[&str], expected: Expect) {
    let (mut stage, _, task) = stage();
    let mut lives = String::new();
    for report in reports {
        if let Some(reason) = report.strip_prefix("stop ") {
            stage.ok("StopTask", json!({"task": task, "reason": reason}));
        } else {
            stage.report(&task, read(report));
        }
        lives += &format!("{report}\n    {}\n", stage.life(&task));
    }
    expected.assert_eq(&lives);
}

fn read(report: &str) -> Json {
    let (report, reason) = report.split_once(" | ").unwrap_or((report, ""));
    let mut words = report.split(' ');
    let status = words.next().filter(|status| *status != "-");
    let containers: Vec<_> = words
        .map(|word| {
            let (name, said) = word.split_once('=').expect("container=STATUS");
            let (said, reason) = said.split_once(':').unwrap_or((said, ""));
            let (status, exit) = match said.split_once('(') {
                Some((status, exit)) => (status, exit.trim_end_matches(')').parse::<i64>().ok()),
                None => (said, None),
            };
            json!({"containerName": name, "status": status, "exitCode": exit, "reason": reason.replace('_', " ")})
        })
        .collect();
    json!({"status": status, "containers": containers, "reason": reason})
}

#[test]
fn a_task_runs_and_its_essential_container_ends() {
    check(
        &[
            "PENDING app=PENDING",
            "RUNNING app=RUNNING side=RUNNING",
            "- side=STOPPED(0)",
            "- app=STOPPED(3)",
            "STOPPED",
        ],
        expect![[r#"
            PENDING app=PENDING
                PENDING desired RUNNING v1 app=PENDING side=PENDING
            RUNNING app=RUNNING side=RUNNING
                RUNNING desired RUNNING v2 app=RUNNING side=RUNNING
            - side=STOPPED(0)
                RUNNING desired RUNNING v3 app=RUNNING side=STOPPED(0)
            - app=STOPPED(3)
                RUNNING desired STOPPED v4 app=STOPPED(3) side=STOPPED(0) EssentialContainerExited: Essential container in task exited
            STOPPED
                STOPPED desired STOPPED v5 app=STOPPED(3) side=STOPPED(0) EssentialContainerExited: Essential container in task exited
        "#]],
    );
}

#[test]
fn one_report_may_say_everything_in_its_order() {
    check(
        &["STOPPED app=RUNNING side=RUNNING app=STOPPED(1) side=STOPPED(137)"],
        expect![[r#"
        STOPPED app=RUNNING side=RUNNING app=STOPPED(1) side=STOPPED(137)
            STOPPED desired STOPPED v2 app=STOPPED(1) side=STOPPED(137) EssentialContainerExited: Essential container in task exited
    "#]],
    );
}

#[test]
fn late_and_repeated_reports_lose() {
    check(
        &[
            "RUNNING app=RUNNING",
            "RUNNING app=RUNNING",
            "PENDING app=PENDING",
            "STOPPED app=STOPPED(0)",
            "RUNNING app=RUNNING",
            "STOPPED app=STOPPED(9):late",
        ],
        expect![[r#"
            RUNNING app=RUNNING
                RUNNING desired RUNNING v2 app=RUNNING side=PENDING
            RUNNING app=RUNNING
                RUNNING desired RUNNING v2 app=RUNNING side=PENDING
            PENDING app=PENDING
                RUNNING desired RUNNING v2 app=RUNNING side=PENDING
            STOPPED app=STOPPED(0)
                STOPPED desired STOPPED v3 app=STOPPED(0) side=STOPPED EssentialContainerExited: Essential container in task exited
            RUNNING app=RUNNING
                STOPPED desired STOPPED v3 app=STOPPED(0) side=STOPPED EssentialContainerExited: Essential container in task exited
            STOPPED app=STOPPED(9):late
                STOPPED desired STOPPED v3 app=STOPPED(0) side=STOPPED EssentialContainerExited: Essential container in task exited
        "#]],
    );
}

#[test]
fn a_task_that_never_ran_says_what_kept_it() {
    check(
        &["STOPPED app=STOPPED:CannotPullContainerError:_no_such_image side=STOPPED"],
        expect![[r#"
            STOPPED app=STOPPED:CannotPullContainerError:_no_such_image side=STOPPED
                STOPPED desired STOPPED v2 app=STOPPED side=STOPPED TaskFailedToStart: CannotPullContainerError: no such image
        "#]],
    );
    check(
        &["STOPPED side=STOPPED:CannotStartContainerError:_no app=STOPPED(0)"],
        expect![[r#"
        STOPPED side=STOPPED:CannotStartContainerError:_no app=STOPPED(0)
            STOPPED desired STOPPED v2 app=STOPPED(0) side=STOPPED TaskFailedToStart: CannotStartContainerError: no
    "#]],
    );
    check(
        &["STOPPED app=STOPPED(1)"],
        expect![[r#"
        STOPPED app=STOPPED(1)
            STOPPED desired STOPPED v2 app=STOPPED(1) side=STOPPED EssentialContainerExited: Essential container in task exited
    "#]],
    );
    check(
        &["STOPPED app=STOPPED(137):OutOfMemoryError:_Container_killed"],
        expect![[r#"
        STOPPED app=STOPPED(137):OutOfMemoryError:_Container_killed
            STOPPED desired STOPPED v2 app=STOPPED(137) side=STOPPED EssentialContainerExited: Essential container in task exited
    "#]],
    );
    check(
        &["STOPPED | ResourceInitializationError: no logs"],
        expect![[r#"
        STOPPED | ResourceInitializationError: no logs
            STOPPED desired STOPPED v2 app=STOPPED side=STOPPED TaskFailedToStart: ResourceInitializationError: no logs
    "#]],
    );
    check(
        &["STOPPED"],
        expect![[r#"
        STOPPED
            STOPPED desired STOPPED v2 app=STOPPED side=STOPPED TaskFailedToStart: Task failed to start
    "#]],
    );
}

#[test]
fn a_user_s_stop_stays_the_reason() {
    check(
        &["RUNNING app=RUNNING", "stop enough", "STOPPED app=STOPPED(143) side=STOPPED(137)"],
        expect![[r#"
            RUNNING app=RUNNING
                RUNNING desired RUNNING v2 app=RUNNING side=PENDING
            stop enough
                RUNNING desired STOPPED v3 app=RUNNING side=PENDING UserInitiated: enough
            STOPPED app=STOPPED(143) side=STOPPED(137)
                STOPPED desired STOPPED v4 app=STOPPED(143) side=STOPPED(137) UserInitiated: enough
        "#]],
    );
    check(
        &["stop early", "RUNNING app=RUNNING", "STOPPED app=STOPPED(143)"],
        expect![[r#"
        stop early
            PENDING desired STOPPED v2 app=PENDING side=PENDING UserInitiated: early
        RUNNING app=RUNNING
            RUNNING desired STOPPED v3 app=RUNNING side=PENDING UserInitiated: early
        STOPPED app=STOPPED(143)
            STOPPED desired STOPPED v4 app=STOPPED(143) side=STOPPED UserInitiated: early
    "#]],
    );
    check(
        &["RUNNING", "- app=STOPPED(1)", "stop too late", "STOPPED"],
        expect![[r#"
        RUNNING
            RUNNING desired RUNNING v2 app=PENDING side=PENDING
        - app=STOPPED(1)
            RUNNING desired STOPPED v3 app=STOPPED(1) side=PENDING EssentialContainerExited: Essential container in task exited
        stop too late
            RUNNING desired STOPPED v3 app=STOPPED(1) side=PENDING EssentialContainerExited: Essential container in task exited
        STOPPED
            STOPPED desired STOPPED v4 app=STOPPED(1) side=STOPPED EssentialContainerExited: Essential container in task exited
    "#]],
    );
}

#[test]
fn containers_that_are_not_the_task_s_own_are_passed_over() {
    check(
        &["RUNNING ~internal~pause=RUNNING app=RUNNING"],
        expect![[r#"
        RUNNING ~internal~pause=RUNNING app=RUNNING
            RUNNING desired RUNNING v2 app=RUNNING side=PENDING
    "#]],
    );
}

#[test]
fn what_a_container_is_told_by_its_host_is_shown() {
    let (mut stage, _, task) = stage();
    let digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
    let pending = json!([{"containerName": "app", "status": "PENDING", "imageDigest": digest}]);
    stage.report(&task, json!({"status": "PENDING", "containers": pending}));
    let binding =
        json!({"bindIP": "0.0.0.0", "containerPort": 80, "hostPort": 32768, "protocol": "tcp"});
    let running = json!([{"containerName": "app", "status": "RUNNING", "runtimeId": "abc", "networkBindings": [binding]}]);
    stage.report(&task, json!({"status": "RUNNING", "containers": running}));
    let restarted = json!([{"containerName": "app", "status": "RUNNING", "runtimeId": "def"}]);
    stage.report(&task, json!({"containers": restarted}));
    let late =
        json!([{"containerName": "app", "status": "STOPPED", "runtimeId": "def", "exitCode": 0}]);
    stage.report(&task, json!({"status": "STOPPED", "containers": late}));
    let shown = stage.describe(&task)["containers"][0].take();
    assert_eq!(shown["imageDigest"], digest);
    assert_eq!(shown["runtimeId"], "def");
    assert_eq!(shown["networkBindings"], json!([binding]));
    assert_eq!((&shown["lastStatus"], &shown["exitCode"]), (&json!("STOPPED"), &json!(0)));
}

#[test]
fn moments_are_the_host_s_where_it_tells_them_and_ours_where_not() {
    let (mut stage, _, task) = stage();
    let start = stage.world.now;
    stage.world.pass(Millis::from_s(1));
    let at = |seconds: f64| start.as_seconds() + seconds;
    stage.report(
        &task,
        json!({"status": "RUNNING", "pullStartedAt": at(0.25), "pullStoppedAt": at(0.5)}),
    );
    stage.report(&task, json!({"pullStartedAt": at(0.75), "pullStoppedAt": at(0.875)}));
    stage.world.pass(Millis::from_s(1));
    stage.report(&task, json!({"containers": [{"containerName": "app", "status": "STOPPED", "exitCode": 0}], "executionStoppedAt": at(1.5)}));
    stage.world.pass(Millis::from_s(1));
    stage.report(&task, json!({"status": "STOPPED", "executionStoppedAt": at(1.75)}));
    let shown = stage.describe(&task);
    let moments = [
        ("createdAt", 0.0),
        ("pullStartedAt", 0.25),
        ("pullStoppedAt", 0.875),
        ("startedAt", 1.0),
        ("executionStoppedAt", 1.5),
        ("stoppingAt", 2.0),
        ("stoppedAt", 3.0),
    ];
    for (name, seconds) in moments {
        assert_eq!(shown[name].as_f64(), Some(at(seconds)), "{name}");
    }
}

#[test]
fn a_task_that_never_ran_has_no_start() {
    let (mut stage, _, task) = stage();
    stage.report(&task, json!({"status": "STOPPED"}));
    let shown = stage.describe(&task);
    assert_eq!(shown["startedAt"], Json::Null);
    assert!(shown["stoppedAt"].is_number());
}

#[test]
fn a_report_that_changes_nothing_writes_nothing() {
    let (mut stage, _, task) = stage();
    stage.report(&task, read("RUNNING app=RUNNING"));
    let before = stage.world.snapshot.revision();
    stage.report(&task, read("RUNNING app=RUNNING"));
    stage.report(&task, read("PENDING"));
    stage.report(&task, json!({}));
    assert_eq!(stage.world.snapshot.revision(), before);
    stage.report(&task, read("STOPPED"));
    let before = stage.world.snapshot.revision();
    stage.report(&task, read("STOPPED app=STOPPED(1)"));
    assert_eq!(stage.world.snapshot.revision(), before);
}

#[test]
fn room_is_freed_when_the_task_is_stopped_and_not_before() {
    let (mut stage, host, task) = stage();
    assert_eq!((stage.ledger(&host).held.memory, stage.ledger(&host).pending), (128, 1));
    stage.report(&task, read("RUNNING app=RUNNING"));
    assert_eq!((stage.ledger(&host).pending, stage.ledger(&host).running), (0, 1));
    stage.report(&task, read("- app=STOPPED(0)"));
    assert_eq!(stage.ledger(&host).held.memory, 128);
    stage.report(&task, read("STOPPED"));
    assert_eq!(stage.ledger(&host), domain::instance::Ledger::default());
}

#[test]
fn reports_that_never_come_true_are_refused_so_that_agents_drop_them() {
    let (mut stage, _, task) = stage();
    let dropped = "InvalidParameterException: ";
    let foreign = task.replace("123456789012", "999999999999");
    let cases = [
        json!({"status": "RUNNING"}),
        json!({"task": "0123456789abcdef0123456789abcdef", "status": "RUNNING"}),
        json!({"task": foreign, "status": "RUNNING"}),
        json!({"task": task, "cluster": "other", "status": "RUNNING"}),
        json!({"task": task, "status": "DANCING"}),
    ];
    for case in cases {
        let fault = stage.fault("SubmitTaskStateChange", case);
        assert!(fault.starts_with(dropped), "{fault}");
    }
    for operation in ["SubmitContainerStateChange", "SubmitTaskStateChange"] {
        assert!(stage.fault(operation, json!({"cluster": "default"})).starts_with(dropped));
    }
}

#[test]
fn a_container_may_be_reported_alone() {
    let (mut stage, _, task) = stage();
    let alone = |more: Json| {
        let mut request =
            json!({"task": task, "containerName": "app", "status": "RUNNING", "runtimeId": "abc"});
        for (name, value) in more.as_object().expect("an object") {
            request[name] = value.clone();
        }
        request
    };
    let reply = stage.ok("SubmitContainerStateChange", alone(json!({})));
    assert_eq!(reply, json!({"acknowledgment": "ok"}));
    assert_eq!(stage.life(&task), "PENDING desired RUNNING v2 app=RUNNING side=PENDING");
    stage.ok("SubmitContainerStateChange", alone(json!({"status": "STOPPED", "exitCode": 2})));
    assert_eq!(
        stage.life(&task),
        "PENDING desired STOPPED v3 app=STOPPED(2) side=PENDING EssentialContainerExited: Essential container in task exited"
    );
}

#[test]
fn attachments_move_forward_by_their_task() {
    let (mut stage, _, task) = stage();
    let id = TaskId::parse(task.rsplit('/').next().expect("an id")).expect("an id");
    let key = Task::key(&stage.world.scope(), &cluster(), &id);
    stage.world.change::<Task>(&key, |task| {
        let attachment = |id: &str| Attachment {
            id: id.into(),
            kind: "ElasticNetworkInterface".into(),
            status: "ATTACHING".into(),
            details: Vec::new(),
        };
        task.attachments = vec![attachment("one"), attachment("two")];
    });
    let change = |id: &str, status: &str| json!({"attachmentArn": format!("arn:aws:ecs:us-east-1:123456789012:attachment/default/{id}"), "status": status});
    let changes = [
        change("one", "ATTACHED"),
        change("one", "CREATED"),
        change("none", "ATTACHED"),
        change("two", "ATTACHED"),
    ];
    stage.report(&task, json!({"attachments": changes}));
    let shown = stage.describe(&task);
    let statuses: Vec<_> = list(&shown["attachments"]).map(|it| text(&it["status"])).collect();
    assert_eq!(statuses, ["ATTACHED", "ATTACHED"]);
}

#[test]
fn an_agent_inside_a_container_moves_forward() {
    let (mut stage, _, task) = stage();
    let id = TaskId::parse(task.rsplit('/').next().expect("an id")).expect("an id");
    let key = Task::key(&stage.world.scope(), &cluster(), &id);
    stage.world.change::<Task>(&key, |task| {
        task.containers[0].managed_agents =
            vec![json!({"name": "ExecuteCommandAgent", "lastStatus": "PENDING"})];
    });
    let agent = |status: &str, reason: &str| json!({"managedAgents": [{"containerName": "app", "managedAgentName": "ExecuteCommandAgent", "status": status, "reason": reason}]});
    stage.report(&task, agent("RUNNING", ""));
    let shown =
        |stage: &mut Stage| stage.describe(&task)["containers"][0]["managedAgents"][0].take();
    assert_eq!(
        shown(&mut stage)["lastStartedAt"].as_f64(),
        Some(Timestamp(1_796_119_200_000).as_seconds())
    );
    stage.report(&task, agent("STOPPED", "gone"));
    stage.report(&task, agent("RUNNING", ""));
    let last = shown(&mut stage);
    assert_eq!((&last["lastStatus"], &last["reason"]), (&json!("STOPPED"), &json!("gone")));
}

#[test]
fn a_task_whose_definition_is_gone_still_ends() {
    let (mut stage, _, task) = stage();
    let family = Family::parse("web").expect("a family");
    let key = TaskDefinition::key(&stage.world.scope(), &family, DefinitionRevision(1));
    stage.world.forget(&key);
    stage.report(&task, read("RUNNING app=RUNNING"));
    stage.report(&task, read("STOPPED app=STOPPED(0)"));
    assert_eq!(
        stage.life(&task),
        "STOPPED desired STOPPED v3 app=STOPPED(0) side=STOPPED EssentialContainerExited: Essential container in task exited"
    );
}
