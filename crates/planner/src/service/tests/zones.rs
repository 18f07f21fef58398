//! Availability Zone rebalancing.

use super::language::check;
use expect_test::expect;

const ZONES: &str =
    "instance 1 a\ninstance 2 b\nservice 4 rebalancing steady said 5 has reached a steady state.";

#[test]
fn even_zones_are_left_alone() {
    check(
        &format!("{ZONES}\ndeployment 1 COMPLETED ran\n1: H@1 H@1 H@2 H@2"),
        expect![[r#"
        look again in 21595 s
    "#]],
    );
}

#[test]
fn tasks_are_made_in_the_emptiest_zone_and_stopped_in_the_fullest() {
    check(
        &format!("{ZONES}\ndeployment 1 COMPLETED ran\n1: H@1 H@1 H@1 H@2"),
        expect![[r#"
        launch d1 on 2
        say is not AZ balanced with 3 tasks in a, 1 tasks in b. AZ Rebalancing in progress.
        say started 1, 0 replaced, zone Some("b")
        steady: false
        rebalancing: true
    "#]],
    );
    let moving = format!("{ZONES} moving").replace("said 5", "moving said 5");
    check(
        &format!("{moving}\ndeployment 1 COMPLETED ran\n1: H@1 H@1 H@1 H@2 Y@2"),
        expect![[r#"
        steady: false
    "#]],
    );
    check(
        &format!("{moving}\ndeployment 1 COMPLETED ran\n1: H@1 H@1 H@1 H@2 H@2"),
        expect![[r#"
        stop t1: Availability-zone rebalancing initiated by (deployment d1)
        say has stopped 1 running tasks in a due to AZ rebalancing: (task 1).
        steady: false
    "#]],
    );
    check(
        &format!("{moving}\ndeployment 1 COMPLETED ran\n1: H@1 H@1 H@2 H@2"),
        expect![[r#"
        say is AZ balanced with 2 tasks in a, 2 tasks in b.
        rebalancing: false
    "#]],
    );
}

#[test]
fn a_zone_without_room_is_told_once() {
    let full = "instance 1 a\ninstance 2 b full\nservice 4 rebalancing steady said 5 ";
    let tasks = "\ndeployment 1 COMPLETED ran\n1: H@1 H@1 H@1 H@2";
    check(
        &format!("{full}has reached a steady state.{tasks}"),
        expect![[r#"
        say is unable to place a task in b because no container instance met all of its requirements.
    "#]],
    );
    check(
        &format!(
            "{full}is unable to place a task in b because no container instance met all of its requirements.{tasks}"
        ),
        expect![[r#"
            look again in 21595 s
        "#]],
    );
}

#[test]
fn a_deployment_ends_rebalancing() {
    check(
        "instance 1 a\ninstance 2 b\nservice 2 rebalancing moving\ndeployment 2 IN_PROGRESS\ndeployment 1 COMPLETED ran\n1: H@1 H@1",
        expect![[r#"
            launch d2 on 1
            launch d2 on 2
            say started 2, 0 replaced, zone None
            say stopped AZ Rebalancing.
            rebalancing: false
        "#]],
    );
}

/// Two complaints that are said in turns would each be news, round after round.
#[test]
fn one_complaint_is_said_at_a_time() {
    let scene = |said: &str| {
        format!(
            "instance 1 a\ninstance 2 b\nservice 2 rebalancing said 5 {said}\ndeployment 1 COMPLETED ran\n1: H@1! H@1! H@2!"
        )
    };
    check(
        &scene("has reached a steady state."),
        expect![[r#"
        say was unable to reach steady state because (taskSet d1) was unable to scale in due to (reason 3 tasks under protection)
        steady: false
    "#]],
    );
    let said = "was unable to reach steady state because (taskSet ecs-svc/1000000000000000001) was unable to scale in due to (reason 3 tasks under protection)";
    check(
        &scene(said),
        expect![[r#"
            steady: false
        "#]],
    );
}
