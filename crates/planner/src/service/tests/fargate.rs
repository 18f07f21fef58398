//! Services on Fargate's pool: hosts, zones, shares of its providers, interruptions.

use super::language::{NOW, SEEN, check, cluster, tell, view_of};
use crate::{
    plan::{Action, plan},
    view::{Noted, View, sibling},
};
use domain::{
    fargate::{PoolHost, booked_group},
    instance::{Ledger, Resources},
    status::TaskStatus,
};
use expect_test::expect;
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, Strategy},
    proptest,
    sample::select,
};
use std::sync::Arc;

const SERVICE: &str = "service 2 fargate a,b\ndeployment 1 IN_PROGRESS";

#[test]
fn tasks_go_to_the_hosts_of_the_pool_and_to_no_other_instance() {
    check(
        &format!("instance 1 a\ninstance 5 a hidden\n{SERVICE}"),
        expect![[r#"
        launch d1 on 5
        launch d1 on 5
        say started 2, 0 replaced, zone None
    "#]],
    );
    check(
        &format!("instance 1 a pooled\n{SERVICE}"),
        expect![[r#"
        launch d1 on 1
        launch d1 on 1
        say started 2, 0 replaced, zone None
    "#]],
    );
}

#[test]
fn hosts_of_the_pool_take_no_tasks_of_a_cluster_s_own() {
    let service = "service 1\ndeployment 1 IN_PROGRESS";
    check(
        &format!("instance 5 a hidden\n{service}"),
        expect![[r#"
        say was unable to place a task because no container instance met all of its requirements.
        Reason: No Container Instances were found in your cluster.
    "#]],
    );
    check(
        &format!("instance 5 a hidden\ninstance 1 a pooled\n{service}"),
        expect![[r#"
        launch d1 on 1
        say started 1, 0 replaced, zone None
    "#]],
    );
}

#[test]
fn a_host_s_zone_decides_where_the_pool_has_one_in_a_zone_of_the_subnets() {
    let hosts = "instance 5 a hidden\ninstance 6 b hidden\ninstance 7 c hidden\n";
    check(
        &format!("{hosts}{SERVICE}"),
        expect![[r#"
        launch d1 on 5
        launch d1 on 6
        say started 2, 0 replaced, zone None
    "#]],
    );
    // One that has no room does not send its tasks to another zone.
    check(
        &format!("instance 5 a hidden full\ninstance 7 c hidden\n{SERVICE}"),
        expect![[r#"
        say was unable to place a task.
        Reason: Capacity is unavailable at this time.
        Please try again later or in a different availability zone.
    "#]],
    );
}

#[test]
fn any_host_carries_tasks_of_zones_without_one() {
    let service = "service 3 fargate a,b\ndeployment 1 IN_PROGRESS";
    check(
        &format!("instance 7 c hidden\n{service}"),
        expect![[r#"
        launch d1 on 7 in zone a
        launch d1 on 7 in zone b
        launch d1 on 7 in zone a
        say started 3, 0 replaced, zone None
    "#]],
    );
    check(
        &format!("instance 7 c hidden\n{service}\n1: Y@7~a"),
        expect![[r#"
        launch d1 on 7 in zone b
        launch d1 on 7 in zone a
        say started 2, 0 replaced, zone None
        d1 is PRIMARY IN_PROGRESS: failed 0, failures 0
    "#]],
    );
    // One that is DRAINING is none.
    check(
        &format!("instance 5 a hidden draining\ninstance 7 c hidden\n{service}"),
        expect![[r#"
        launch d1 on 7 in zone a
        launch d1 on 7 in zone b
        launch d1 on 7 in zone a
        say started 3, 0 replaced, zone None
    "#]],
    );
}

#[test]
fn what_no_host_serves_is_told_by_its_name_and_started_when_one_does() {
    let service = "service 1 fargate a,b needs efs\ndeployment 1 IN_PROGRESS";
    check(
        &format!("instance 5 a hidden full\ninstance 7 c hidden\n{service}"),
        expect![[r#"
        say was unable to place a task. Reason: The hosts of Longshore's Fargate pool do not serve volumes of Amazon EFS yet.
    "#]],
    );
    // A host that serves it and has no room is a lack of room.
    check(
        &format!("instance 5 a hidden full serves efs\ninstance 7 c hidden\n{service}"),
        expect![[r#"
        say was unable to place a task.
        Reason: Capacity is unavailable at this time.
        Please try again later or in a different availability zone.
    "#]],
    );
    check(
        &format!("instance 5 a hidden serves efs\ninstance 7 c hidden\n{service}"),
        expect![[r#"
        launch d1 on 5
        say started 1, 0 replaced, zone None
    "#]],
    );
    // Without hosts nobody knows what they will serve.
    check(
        &format!("instance 5 a hidden draining\n{service}"),
        expect![[r#"
        say was unable to place a task.
        Reason: Capacity is unavailable at this time.
        Please try again later or in a different availability zone.
    "#]],
    );
}

#[test]
fn what_has_no_place_waits_for_the_pool_to_have_room() {
    let mut view = view_of(&format!("instance 1 a\ninstance 5 a hidden full\n{SERVICE}"));
    expect![[r#"
        say was unable to place a task.
        Reason: Capacity is unavailable at this time.
        Please try again later or in a different availability zone.
    "#]]
    .assert_eq(&tell(&mut view));
    let said = "said 5 was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.";
    let service = format!("service 2 fargate a,b {said}\ndeployment 1 IN_PROGRESS");
    let mut view = view_of(&format!("instance 1 a\ninstance 5 a hidden full\n{service}"));
    expect![[""]].assert_eq(&tell(&mut view));
    let host = view.instances.keys().next().expect("a host").clone();
    view.note(&sibling::<Ledger>(&host), SEEN, Noted::Ledger(&Arc::default()));
    expect![[r#"
        launch d1 on 5
        launch d1 on 5
        say started 2, 0 replaced, zone None
    "#]]
    .assert_eq(&tell(&mut view));
}

#[test]
fn tasks_leave_a_host_that_is_draining() {
    check(
        "instance 5 a hidden draining\ninstance 6 a hidden\nservice 2 fargate a\ndeployment 1 COMPLETED ran\n1: H@5~a H@6~a",
        expect![[r#"
            launch d1 on 6
            say started 1, 0 replaced, zone None
        "#]],
    );
}

#[test]
fn tasks_leave_a_host_that_the_pool_s_operator_drains() {
    for host in ["instance 5 a hidden", "instance 5 a pooled"] {
        check(
            &format!(
                "{host} retired\ninstance 6 a hidden\nservice 2 fargate a\ndeployment 1 COMPLETED ran\n1: H@5~a H@6~a"
            ),
            expect![[r#"
                launch d1 on 6
                say started 1, 0 replaced, zone None
            "#]],
        );
        // One by one, where no more than are wanted may be.
        check(
            &format!(
                "{host} retired\ninstance 6 a hidden\nservice 3 fargate a min 50 max 100\ndeployment 1 COMPLETED ran\n1: H@5~a H@5~a H@6~a"
            ),
            expect![[r#"
                stop t1: Scaling activity initiated by (deployment d1)
                say has stopped 1 running tasks: (task 1).
            "#]],
        );
        // Nothing new goes there, and nothing ends that has nowhere to go.
        check(
            &format!("{host} retired\nservice 2 fargate a\ndeployment 1 COMPLETED ran\n1: H@5~a"),
            expect![[r#"
                say was unable to place a task.
                Reason: Capacity is unavailable at this time.
                Please try again later or in a different availability zone.
            "#]],
        );
    }
}

#[test]
fn a_lender_that_the_pool_drains_is_its_own_cluster_s_as_before() {
    check(
        "instance 1 a pooled retired\nservice 3\ndeployment 1 COMPLETED ran\n1: H@1 H@1",
        expect![[r#"
            launch d1 on 1
            say started 1, 0 replaced, zone None
        "#]],
    );
}

#[test]
fn a_lender_that_lends_no_more_keeps_tasks_of_fargate_until_they_have_another_place() {
    let lender = "instance 1 a pooled unlent";
    let service = "service 1 fargate a\ndeployment 1 COMPLETED ran\n1: H@1~a";
    check(
        &format!("{lender}\n{service}"),
        expect![[r#"
        say was unable to place a task.
        Reason: Capacity is unavailable at this time.
        Please try again later or in a different availability zone.
    "#]],
    );
    check(
        &format!("{lender}\ninstance 5 a hidden\n{service}"),
        expect![[r#"
        launch d1 on 5
        say started 1, 0 replaced, zone None
    "#]],
    );
}

#[test]
fn a_host_leaves_the_pool_with_its_last_task_of_fargate() {
    let mut view = view_of("instance 1 a pooled unlent\n");
    let host = view.instances.keys().next().expect("a host").clone();
    view.note(&sibling::<Ledger>(&host), SEEN, Noted::Ledger(&Arc::default()));
    let forgets = |view: &mut View| {
        let plan = plan(view, NOW);
        plan.actions.iter().any(|it| {
            matches!(it, Action::Forget { record, .. } if *record == sibling::<PoolHost>(&host))
        })
    };
    assert!(forgets(&mut view));
    let mut ledger = Ledger::default();
    let group = booked_group(&cluster(), "service:web");
    ledger.admit(&Resources::default(), &group, TaskStatus::Running);
    view.note(&sibling::<Ledger>(&host), SEEN, Noted::Ledger(&Arc::new(ledger)));
    assert!(!forgets(&mut view), "one is there");
    view.note(&sibling::<Ledger>(&host), SEEN, Noted::Ledger(&Arc::default()));
    assert!(forgets(&mut view));
    view.forget(&sibling::<PoolHost>(&host));
    assert!(!forgets(&mut view) && view.agenda_len() == 0);
}

#[test]
fn the_providers_have_their_shares() {
    let service =
        "service 5 fargate a strategy FARGATE 1 1 FARGATE_SPOT 3 0\ndeployment 1 IN_PROGRESS";
    check(
        &format!("instance 5 a hidden\n{service}"),
        expect![[r#"
        launch d1 on 5 of FARGATE
        launch d1 on 5 of FARGATE
        launch d1 on 5 of FARGATE_SPOT
        launch d1 on 5 of FARGATE_SPOT
        launch d1 on 5 of FARGATE_SPOT
        say started 5, 0 replaced, zone None
    "#]],
    );
}

#[test]
fn what_is_interrupted_is_made_again_on_spot_and_counts_as_no_failure() {
    let service = "service 2 breaker fargate a strategy FARGATE 0 1 FARGATE_SPOT 1 0\n";
    check(
        &format!(
            "instance 5 a hidden\n{service}deployment 1 COMPLETED ran\n1: H@5~a/FARGATE L@5~a/FARGATE_SPOT"
        ),
        expect![[r#"
            launch d1 on 5 of FARGATE_SPOT
            say started 1, 0 replaced, zone None
        "#]],
    );
    check(
        &format!(
            "instance 5 a hidden\n{service}deployment 1 IN_PROGRESS\n1: H@5~a/FARGATE xi@5~a/FARGATE_SPOT"
        ),
        expect![[r#"
            launch d1 on 5 of FARGATE_SPOT
            tally t2
            say started 1, 0 replaced, zone None
            d1 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
    // There is none, and on-demand capacity is not what takes its place.
    check(
        &format!(
            "instance 5 a hidden full\n{service}deployment 1 COMPLETED ran\n1: H@5~a/FARGATE L@5~a/FARGATE_SPOT"
        ),
        expect![[r#"
            say was unable to place a task.
            Reason: Capacity is unavailable at this time.
            Please try again later or in a different availability zone.
        "#]],
    );
}

#[test]
fn zones_are_balanced_by_subnets_where_any_host_carries_them() {
    let zones = "instance 7 c hidden\nservice 4 fargate a,b rebalancing steady said 5 has reached a steady state.";
    check(
        &format!("{zones}\ndeployment 1 COMPLETED ran\n1: H@7~a H@7~a H@7~a H@7~b"),
        expect![[r#"
            launch d1 on 7 in zone b
            say is not AZ balanced with 3 tasks in a, 1 tasks in b. AZ Rebalancing in progress.
            say started 1, 0 replaced, zone Some("b")
            steady: false
            rebalancing: true
        "#]],
    );
    let moving = zones.replace("said 5", "moving said 5");
    check(
        &format!("{moving}\ndeployment 1 COMPLETED ran\n1: H@7~a H@7~a H@7~a H@7~b H@7~b"),
        expect![[r#"
            stop t1: Availability-zone rebalancing initiated by (deployment d1)
            say has stopped 1 running tasks in a due to AZ rebalancing: (task 1).
            steady: false
        "#]],
    );
    check(
        &format!("{moving}\ndeployment 1 COMPLETED ran\n1: H@7~a H@7~a H@7~b H@7~b"),
        expect![[r#"
            say is AZ balanced with 2 tasks in a, 2 tasks in b.
            rebalancing: false
        "#]],
    );
}

#[test]
fn zones_without_a_host_are_nobody_s_concern_where_another_has_one() {
    let zones = "instance 5 a hidden\nservice 2 fargate a,b rebalancing steady said 5 has reached a steady state.";
    check(
        &format!("{zones}\ndeployment 1 COMPLETED ran\n1: H@5~a H@5~a"),
        expect![[r#"
        look again in 21595 s
    "#]],
    );
}

/// Hosts, of which some are drained, and a service's tasks on them: how many it wants, its bounds, then each task's host.
fn crowds() -> impl Strategy<Value = (Vec<u8>, usize, i64, i64, Vec<usize>)> {
    let host = 0..4_u8;
    let tasks = vec(0..4_usize, 0..8);
    (vec(host, 1..4), 1..6_usize, select(vec![0, 50, 100]), select(vec![100, 150, 200]), tasks)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_step_puts_a_task_on_a_drained_host_or_stops_more_than_the_bounds_allow(
        (hosts, wanted, min, max, tasks) in crowds()
    ) {
        const KINDS: [&str; 4] = ["hidden", "hidden retired", "pooled retired", "pooled unlent"];
        let mut script = String::new();
        for (number, kind) in hosts.iter().enumerate() {
            script += &format!("instance {} a {}\n", number + 1, KINDS[usize::from(*kind)]);
        }
        script += &format!("service {wanted} fargate a min {min} max {max}\ndeployment 1 COMPLETED ran\n1:");
        for host in &tasks {
            script += &format!(" H@{}~a", host % hosts.len() + 1);
        }
        let mut view = view_of(&script);
        for action in plan(&mut view, NOW).actions {
            let Action::Serve(step) = action else { continue };
            for launch in &step.launches {
                let place = launch.place.as_ref().expect("tasks of Fargate do not wait");
                let number: usize = usize::from_str_radix(place.instance.last(), 16).expect("a number");
                assert_eq!(hosts[number - 1], 0, "{script}");
            }
            let least = (i64::try_from(wanted).expect("few") * min + 99) / 100;
            let left = i64::try_from(tasks.len()).expect("few") - i64::try_from(step.stops.len()).expect("few");
            assert!(step.stops.is_empty() || left >= least, "{script}");
        }
    }
}
