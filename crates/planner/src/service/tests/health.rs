//! Unhealthy tasks, draining instances, scale-in.

use super::language::check;
use expect_test::expect;

const TWO: &str = "instance 1 a\ninstance 2 b\n";

#[test]
fn an_unhealthy_task_is_replaced_before_it_is_stopped() {
    let service = format!("{TWO}service 3 checks steady\ndeployment 1 COMPLETED ran\n");
    check(
        &format!("{service}1: H@1 H@2 U@1"),
        expect![[r#"
        launch d1 on 1
        say started 1, 1 replaced, zone None
        steady: false
    "#]],
    );
    check(
        &format!("{service}1: H@1 H@2 U@1 Y@2"),
        expect![[r#"
        steady: false
    "#]],
    );
    check(
        &format!("{service}1: H@1 H@2 U@1 H@2"),
        expect![[r#"
        stop t3: Task failed container health checks
        say has stopped 1 running tasks: (task 3).
        steady: false
    "#]],
    );
    check(
        &format!("{service}1: H@1 H@2 U@1 U@2"),
        expect![[r#"
        launch d1 on 1
        stop t4: Task failed container health checks
        say started 1, 1 replaced, zone None
        say has stopped 1 running tasks: (task 4).
        steady: false
    "#]],
    );
}

#[test]
fn without_room_one_unhealthy_task_is_stopped_at_a_time() {
    let service = format!("{TWO}service 3 max 100 checks\ndeployment 1 COMPLETED ran\n");
    check(
        &format!("{service}1: H@1 U@2 U@1"),
        expect![[r#"
        stop t3: Task failed container health checks
        say has stopped 1 running tasks: (task 3).
    "#]],
    );
    check(&format!("{service}1: H@1 L@2 U@1"), expect![[""]]);
    check(&format!("{service}1: H@1 P@2 U@1"), expect![[""]]);
}

#[test]
fn health_does_not_count_in_the_grace_period() {
    check(
        &format!("{TWO}service 2 checks grace 700\ndeployment 1 IN_PROGRESS ran\n1: H@1 U@2"),
        expect![[r#"
            look again in 100 s
        "#]],
    );
}

#[test]
fn an_unhealthy_task_of_a_stalled_deployment_s_predecessor_is_replaced_by_the_same() {
    let service =
        format!("{TWO}service 2 checks\ndeployment 2 FAILED\ndeployment 1 COMPLETED ran\n");
    check(
        &format!("{service}1: H@1 U@2"),
        expect![[r#"
        launch d1 on 1
        say started 1, 1 replaced, zone None
    "#]],
    );
}

#[test]
fn scale_in_takes_what_is_worth_least() {
    let service = format!("{TWO}instance 3 a draining\nservice 2\ndeployment 1 COMPLETED ran\n");
    check(
        &format!("{service}1: H@1 H@2 P@1 Y@2"),
        expect![[r#"
        stop t3: Scaling activity initiated by (deployment d1)
        stop t4: Scaling activity initiated by (deployment d1)
        say has stopped 1 running tasks: (task 4).
        say has stopped 1 pending tasks: (task 3).
    "#]],
    );
    check(
        &format!("{service}1: H@1 H@2 H@3"),
        expect![[r#"
        stop t3: Scaling activity initiated by (deployment d1)
        say has stopped 1 running tasks: (task 3).
    "#]],
    );
    check(
        &format!("{service}1: H@1 H@1 H@1 H@2"),
        expect![[r#"
        stop t1: Scaling activity initiated by (deployment d1)
        stop t2: Scaling activity initiated by (deployment d1)
        say has stopped 2 running tasks: (task 1) (task 2).
    "#]],
    );
}

#[test]
fn scale_in_leaves_protected_tasks_alone() {
    let service = format!("{TWO}service 1\ndeployment 1 COMPLETED ran\n");
    check(
        &format!("{service}1: H@1! H@2"),
        expect![[r#"
        stop t2: Scaling activity initiated by (deployment d1)
        say has stopped 1 running tasks: (task 2).
    "#]],
    );
    check(
        &format!("{service}1: H@1! H@2!"),
        expect![[r#"
        say was unable to reach steady state because (taskSet d1) was unable to scale in due to (reason 2 tasks under protection)
    "#]],
    );
}

#[test]
fn everything_goes_where_nothing_is_wanted() {
    check(
        &format!("{TWO}service 0 checks\ndeployment 1 COMPLETED ran\n1: H@1 U@2 P@1"),
        expect![[r#"
            stop t3: Scaling activity initiated by (deployment d1)
            stop t1: Scaling activity initiated by (deployment d1)
            stop t2: Task failed container health checks
            say has stopped 2 running tasks: (task 1) (task 2).
            say has stopped 1 pending tasks: (task 3).
        "#]],
    );
}

#[test]
fn draining_keeps_to_the_bounds() {
    let draining = "instance 1 a draining\ninstance 2 b\nservice 4 ";
    let tasks = "\ndeployment 1 COMPLETED ran\n1: H H H H";
    check(
        &format!("{draining}min 50 max 100{tasks}"),
        expect![[r#"
        stop t1: Scaling activity initiated by (deployment d1)
        stop t2: Scaling activity initiated by (deployment d1)
        say has stopped 2 running tasks: (task 1) (task 2).
    "#]],
    );
    check(
        &format!("{draining}{tasks}"),
        expect![[r#"
        launch d1 on 2
        launch d1 on 2
        launch d1 on 2
        launch d1 on 2
        say started 4, 0 replaced, zone None
    "#]],
    );
    check(
        &format!("{draining}max 100{tasks}"),
        expect![[r#"
            say was unable to stop or start tasks during a deployment because of the service deployment configuration.
            Update the minimumHealthyPercent or maximumPercent value and try again.
        "#]],
    );
    check(
        &format!("{draining}{tasks} H@2 H@2 Y@2 Y@2"),
        expect![[r#"
        stop t1: Scaling activity initiated by (deployment d1)
        stop t2: Scaling activity initiated by (deployment d1)
        say has stopped 2 running tasks: (task 1) (task 2).
    "#]],
    );
}

#[test]
fn pending_tasks_of_a_draining_instance_are_stopped_at_once() {
    check(
        "instance 1 a draining\ninstance 2 b\nservice 2\ndeployment 1 COMPLETED ran\n1: H@2 P@1",
        expect![[r#"
            launch d1 on 2
            stop t2: Scaling activity initiated by (deployment d1)
            say started 1, 0 replaced, zone None
            say has stopped 1 pending tasks: (task 2).
        "#]],
    );
}

#[test]
fn protection_ends_by_itself() {
    check(
        &format!(
            "{TWO}service 1 steady said 5 has reached a steady state.\ndeployment 1 COMPLETED ran\n1: H@1!"
        ),
        expect![[r#"
            look again in 60 s
        "#]],
    );
}
