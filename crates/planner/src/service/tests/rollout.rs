//! Rolling deployments and steady state.

use super::language::check;
use expect_test::expect;

const TWO: &str = "instance 1 a\ninstance 2 b\n";

fn with_two(script: &str) -> String {
    format!("{TWO}{script}")
}

#[test]
fn a_new_service_starts_what_it_wants() {
    check(
        &with_two("service 3\ndeployment 1 IN_PROGRESS new"),
        expect![[r#"
            launch d1 on 1
            launch d1 on 2
            launch d1 on 1
            story 1: Started
            say started 3, 0 replaced, zone None
            d1 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
}

#[test]
fn a_service_that_wants_nothing_is_complete_at_once() {
    check(
        &with_two("service 0\ndeployment 1 IN_PROGRESS new"),
        expect![[r#"
        story 1: Started
        story 1: Succeeded
        say (deployment d1) deployment completed.
        say has reached a steady state.
        d1 is PRIMARY COMPLETED: failed 0, failures 0: ECS deployment d1 completed.
        steady: true
    "#]],
    );
}

#[test]
fn tasks_that_run_but_are_young_are_waited_for() {
    check(
        &with_two("service 2\ndeployment 1 IN_PROGRESS ran\n1: H@1 Y@2"),
        expect![[r#"
        look again in 35 s
    "#]],
    );
}

#[test]
fn healthy_tasks_complete_a_deployment() {
    check(
        &with_two("service 2\ndeployment 1 IN_PROGRESS ran\n1: H@1 H@2"),
        expect![[r#"
        story 1: Succeeded
        say (deployment d1) deployment completed.
        say has reached a steady state.
        d1 is PRIMARY COMPLETED: failed 0, failures 0: ECS deployment d1 completed.
        steady: true
    "#]],
    );
}

#[test]
fn a_completed_deployment_is_steady_again_after_a_change() {
    check(
        &with_two("service 2\ndeployment 1 COMPLETED ran\n1: H@1 H@2"),
        expect![[r#"
        say has reached a steady state.
        steady: true
    "#]],
    );
}

#[test]
fn steady_state_is_said_again_after_hours() {
    let steady = "service 1 steady said 21600 has reached a steady state.\ndeployment 1 COMPLETED ran\n1: H@1";
    check(
        &with_two(steady),
        expect![[r#"
        say has reached a steady state.
    "#]],
    );
    let steady = "service 1 steady said 21000 has reached a steady state.\ndeployment 1 COMPLETED ran\n1: H@1";
    check(
        &with_two(steady),
        expect![[r#"
        look again in 600 s
    "#]],
    );
}

#[test]
fn a_dead_task_is_replaced() {
    check(
        &with_two("service 2 steady\ndeployment 1 COMPLETED ran\n1: H@1 xo@2"),
        expect![[r#"
            launch d1 on 1
            tally t2
            say started 1, 0 replaced, zone None
            d1 is PRIMARY COMPLETED: failed 0, failures 0
            steady: false
        "#]],
    );
}

#[test]
fn a_stopped_task_is_replaced_while_it_still_leaves() {
    check(
        &with_two("service 2 steady\ndeployment 1 COMPLETED ran\n1: H@1 L@2"),
        expect![[r#"
        launch d1 on 1
        say started 1, 0 replaced, zone None
        steady: false
    "#]],
    );
}

#[test]
fn a_task_that_leaves_counts_for_the_maximum() {
    check(
        &with_two("service 2 max 100 min 0\ndeployment 1 COMPLETED ran\n1: H@1 L@2"),
        expect![[""]],
    );
}

#[test]
fn an_update_starts_new_tasks_before_it_stops_old_ones() {
    let old = "service 2\ndeployment 2 IN_PROGRESS\ndeployment 1 COMPLETED ran\n";
    check(
        &with_two(&format!("{old}1: H@1 H@2")),
        expect![[r#"
        launch d2 on 1
        launch d2 on 2
        say started 2, 0 replaced, zone None
    "#]],
    );
    check(
        &with_two(&format!("{old}1: H@1 H@2\n2: P@1 Y@2")),
        expect![[r#"
            d2 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
    check(
        &with_two(&format!("{old}1: H@1 H@2\n2: P@1 H@2")),
        expect![[r#"
            stop t2: Scaling activity initiated by (deployment d2)
            say has stopped 1 running tasks: (task 2).
            d2 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
    check(
        &with_two(&format!("{old}1: L@1 H@2\n2: P@1 H@2")),
        expect![[r#"
            d2 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
    check(
        &with_two(&format!("{old}1: H@2\n2: H@1 H@2")),
        expect![[r#"
            stop t1: Scaling activity initiated by (deployment d2)
            say has stopped 1 running tasks: (task 1).
            d2 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
    check(
        &with_two(&format!("{old}1: C@2\n2: H@1 H@2")),
        expect![[r#"
            d2 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
    check(
        &with_two(&format!("{old}2: H@1 H@2")),
        expect![[r#"
        story 2: Succeeded
        say (deployment d2) deployment completed.
        say has reached a steady state.
        d2 is PRIMARY COMPLETED: failed 0, failures 0: ECS deployment d2 completed.
        1 deployments
        steady: true
    "#]],
    );
}

#[test]
fn an_update_without_room_above_stops_down_to_the_minimum_first() {
    let bounds = "service 4 min 50 max 100\ndeployment 2 IN_PROGRESS\ndeployment 1 COMPLETED ran\n";
    check(
        &with_two(&format!("{bounds}1: H@1 H@1 H@2 H@2")),
        expect![[r#"
        stop t3: Scaling activity initiated by (deployment d2)
        stop t1: Scaling activity initiated by (deployment d2)
        say has stopped 2 running tasks: (task 3) (task 1).
    "#]],
    );
    check(&with_two(&format!("{bounds}1: H@1 H@2 L@1 L@2")), expect![[""]]);
    check(
        &with_two(&format!("{bounds}1: H@1 H@2")),
        expect![[r#"
        launch d2 on 1
        launch d2 on 2
        say started 2, 0 replaced, zone None
    "#]],
    );
    check(
        &with_two(&format!("{bounds}1: H@1 H@2\n2: Y@1 H@2")),
        expect![[r#"
            stop t2: Scaling activity initiated by (deployment d2)
            say has stopped 1 running tasks: (task 2).
            d2 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
}

#[test]
fn an_update_that_may_do_neither_says_so() {
    let bounds =
        "service 2 min 100 max 100\ndeployment 2 IN_PROGRESS\ndeployment 1 COMPLETED ran\n";
    check(
        &with_two(&format!("{bounds}1: H@1 H@2")),
        expect![[r#"
            say was unable to stop or start tasks during a deployment because of the service deployment configuration.
            Update the minimumHealthyPercent or maximumPercent value and try again.
        "#]],
    );
    let bounds =
        "service 3 min 100 max 125\ndeployment 2 IN_PROGRESS\ndeployment 1 COMPLETED ran\n";
    check(
        &with_two(&format!("{bounds}1: H@1 H@2 H@1")),
        expect![[r#"
            say was unable to stop or start tasks during a deployment because of the service deployment configuration.
            Update the minimumHealthyPercent or maximumPercent value and try again.
        "#]],
    );
}

#[test]
fn an_update_without_room_on_instances_gives_up_what_it_may() {
    let full = "instance 1 a full\nservice 4 min 50\ndeployment 2 IN_PROGRESS\ndeployment 1 COMPLETED ran\n";
    check(
        &format!("{full}1: H H H H"),
        expect![[r#"
            stop t1: Scaling activity initiated by (deployment d2)
            stop t2: Scaling activity initiated by (deployment d2)
            say was unable to place a task because no container instance met all of its requirements.
            The closest matching (container-instance 1) has insufficient CPU units available.
            say has stopped 2 running tasks: (task 1) (task 2).
        "#]],
    );
    let full =
        "instance 1 a full\nservice 4\ndeployment 2 IN_PROGRESS\ndeployment 1 COMPLETED ran\n";
    check(
        &format!("{full}1: H H H H"),
        expect![[r#"
            say was unable to place a task because no container instance met all of its requirements.
            The closest matching (container-instance 1) has insufficient CPU units available.
        "#]],
    );
}

#[test]
fn old_tasks_that_do_not_run_yet_are_stopped_at_once() {
    let superseded = "service 2\ndeployment 3 IN_PROGRESS\ndeployment 2 IN_PROGRESS\ndeployment 1 COMPLETED ran\n";
    check(
        &with_two(&format!("{superseded}1: H@1 H@2\n2: P@1 P@2")),
        expect![[r#"
        stop t3: Scaling activity initiated by (deployment d3)
        stop t4: Scaling activity initiated by (deployment d3)
        say has stopped 2 pending tasks: (task 3) (task 4).
    "#]],
    );
}

#[test]
fn young_old_tasks_are_kept_as_long_as_they_are_needed() {
    let early = "service 2\ndeployment 2 IN_PROGRESS\ndeployment 1 IN_PROGRESS ran\n";
    check(
        &with_two(&format!("{early}1: Y@1 Y@2\n2: P@1 P@2")),
        expect![[r#"
        look again in 35 s
    "#]],
    );
}

#[test]
fn protected_tasks_hold_a_deployment_up() {
    let old = "service 1\ndeployment 2 IN_PROGRESS ran\ndeployment 1 COMPLETED ran\n";
    check(
        &with_two(&format!("{old}1: H@1!\n2: H@2")),
        expect![[r#"
        say was unable to reach steady state because (taskSet d1) was unable to scale in due to (reason 1 tasks under protection)
    "#]],
    );
}

#[test]
fn a_task_whose_agent_is_away_does_not_count_as_healthy() {
    let away = "instance 1 a away\ninstance 2 b\nservice 2\ndeployment 2 IN_PROGRESS\ndeployment 1 COMPLETED ran\n";
    check(
        &format!("{away}1: H@1 H@2\n2: H@2 P@2"),
        expect![[r#"
            stop t1: Scaling activity initiated by (deployment d2)
            say has stopped 1 running tasks: (task 1).
            d2 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
    let steady = "instance 1 a away\ninstance 2 b\nservice 2 steady said 10 has reached a steady state.\ndeployment 1 COMPLETED ran\n";
    check(
        &format!("{steady}1: H@1 H@2"),
        expect![[r#"
        look again in 120 s
    "#]],
    );
}

#[test]
fn large_services_are_started_in_steps() {
    let more = "instance 3 a\ninstance 4 b\nservice 1000\ndeployment 1 IN_PROGRESS";
    let script = with_two(more);
    let text = super::language::tell(&mut super::language::view_of(&script));
    assert_eq!(text.lines().filter(|line| line.starts_with("launch")).count(), 256, "{text}");
}

#[test]
fn digests_of_the_first_task_go_to_the_revision() {
    check(
        &with_two(
            "service 2 steady said 1 has reached a steady state.\ndeployment 1 COMPLETED ran\nrevision 1\n1: H@1 Y@2",
        ),
        expect![[r#"
            digests of d1: {"main": "sha256:1"}
            steady: false
        "#]],
    );
}
