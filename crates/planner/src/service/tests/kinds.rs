//! Daemons, task sets, capacity providers, deleted services.

use super::language::check;
use expect_test::expect;

#[test]
fn a_daemon_is_on_every_active_instance() {
    check(
        "instance 1 a\ninstance 2 b\ninstance 3 b draining\nservice 0 daemon\ndeployment 1 IN_PROGRESS",
        expect![[r#"
            launch d1 on 1
            launch d1 on 2
            say started 2, 0 replaced, zone None
        "#]],
    );
}

#[test]
fn a_daemon_leaves_a_draining_instance() {
    check(
        "instance 1 a\ninstance 3 b draining\nservice 0 daemon\ndeployment 1 COMPLETED ran\n1: H@1 H@3",
        expect![[r#"
            stop t2: Scaling activity initiated by (deployment d1)
            say has stopped 1 running tasks: (task 2).
        "#]],
    );
}

#[test]
fn a_daemon_s_update_stops_before_it_starts() {
    let service = "instance 1 a\ninstance 2 b\nservice 0 daemon min 50\ndeployment 2 IN_PROGRESS\ndeployment 1 COMPLETED ran\n";
    check(
        &format!("{service}1: H@1 H@2"),
        expect![[r#"
            stop t1: Scaling activity initiated by (deployment d2)
            say has stopped 1 running tasks: (task 1).
        "#]],
    );
    check(&format!("{service}1: L@1 H@2"), expect![[""]]);
    check(
        &format!("{service}1: xo@1 H@2"),
        expect![[r#"
            launch d2 on 1
            tally t1
            say started 1, 0 replaced, zone None
            d1 is ACTIVE COMPLETED: failed 0, failures 0
        "#]],
    );
    check(
        &format!("{service}2: H@1\n1: H@2"),
        expect![[r#"
            stop t2: Scaling activity initiated by (deployment d2)
            say has stopped 1 running tasks: (task 2).
            d2 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
}

#[test]
fn a_daemon_is_steady_without_the_instances_that_are_away() {
    check(
        "instance 1 a\ninstance 2 b away\nservice 0 daemon\ndeployment 1 IN_PROGRESS ran\n1: H@1",
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
fn of_two_daemons_on_an_instance_one_goes() {
    check(
        "instance 1 a\nservice 0 daemon\ndeployment 1 COMPLETED ran\n1: H@1 H@1",
        expect![[r#"
        stop t1: Scaling activity initiated by (deployment d1)
        say has stopped 1 running tasks: (task 1).
    "#]],
    );
}

#[test]
fn task_sets_have_their_share() {
    let service = "instance 1 a\ninstance 2 b\nservice 3 external\nset 2 50\nset 1 100\n";
    check(
        &format!("{service}1: H@1 H@2 H@1"),
        expect![[r#"
        launch d2 on 1
        launch d2 on 2
        say started 2, 0 replaced, zone None
        set 1 is steady: true
    "#]],
    );
    check(
        &format!("{service}1: H@1 H@2 H@1\n2: H@1 H@2"),
        expect![[r#"
        say has reached a steady state.
        set 2 is steady: true
        set 1 is steady: true
        steady: true
    "#]],
    );
}

#[test]
fn a_draining_task_set_goes_with_its_last_task() {
    let service = "instance 1 a\nservice 2 external\nset 1 100 draining\n";
    check(
        &format!("{service}1: H H"),
        expect![[r#"
        stop t1: Scaling activity initiated by (deployment d1)
        stop t2: Scaling activity initiated by (deployment d1)
        say has stopped 2 running tasks: (task 1) (task 2).
    "#]],
    );
    check(
        &format!("{service}1: xo"),
        expect![[r#"
        tally t1
        0 task sets
    "#]],
    );
}

/// What each of them lacks would be news in every round, because it is not what was said last.
#[test]
fn of_task_sets_without_a_place_one_complains() {
    let scene = |said: &str| {
        format!(
            "provider a\ninstance 1 a full\nservice 1 external said 5 {said}\nset 2 100\nset 1 100 of a"
        )
    };
    check(
        &scene("has reached a steady state."),
        expect![[r#"
        say was unable to place a task because no container instance met all of its requirements.
        The closest matching (container-instance 1) has insufficient CPU units available.
        steady: false
    "#]],
    );
    let said = "was unable to place a task because no container instance met all of its requirements. \
                The closest matching (container-instance 1) has insufficient CPU units available.";
    check(&scene(said), expect![[""]]);
}

#[test]
fn tasks_are_shared_out_to_capacity_providers() {
    let providers = "provider a\nprovider b\ninstance 1 a group a\ninstance 2 b group b\n";
    check(
        &format!("{providers}service 5 strategy a 1 0 b 4 0\ndeployment 1 IN_PROGRESS"),
        expect![[r#"
            launch d1 on 1 of a
            launch d1 on 2 of b
            launch d1 on 2 of b
            launch d1 on 2 of b
            launch d1 on 2 of b
            say started 5, 0 replaced, zone None
        "#]],
    );
}

#[test]
fn scaling_in_takes_from_the_provider_that_has_most_for_its_share() {
    let providers = "provider a\nprovider b\ninstance 1 a group a\ninstance 2 b group b\n";
    let tasks = "1: H@1 H@1 H@1 H@1 H@2 H@2";
    check(
        &format!("{providers}service 4 strategy a 1 0 b 1 0\ndeployment 1 COMPLETED ran\n{tasks}"),
        expect![[r#"
            stop t1: Scaling activity initiated by (deployment d1)
            stop t2: Scaling activity initiated by (deployment d1)
            say has stopped 2 running tasks: (task 1) (task 2).
        "#]],
    );
    check(
        &format!("{providers}service 4 strategy a 1 2 b 1 0\ndeployment 1 COMPLETED ran\n{tasks}"),
        expect![[r#"
            stop t1: Scaling activity initiated by (deployment d1)
            stop t5: Scaling activity initiated by (deployment d1)
            say has stopped 2 running tasks: (task 1) (task 5).
        "#]],
    );
}

#[test]
fn tasks_wait_where_a_provider_gets_instances() {
    let service = "service 2 strategy a 1 0\ndeployment 1 IN_PROGRESS";
    check(
        &format!("provider a managed\n{service}"),
        expect![[r#"
        launch d1 nowhere yet of a
        launch d1 nowhere yet of a
        say started 2, 0 replaced, zone None
    "#]],
    );
    check(
        &format!("provider a\ninstance 1 a group b\n{service}"),
        expect![[r#"
        say was unable to reach steady state. Reason: No Container Instances were found in your capacity provider.
    "#]],
    );
}

#[test]
fn what_waits_is_seated_when_there_is_room() {
    let service = "service 2 strategy a 1 0\ndeployment 1 IN_PROGRESS\n1: W W";
    check(
        &format!("provider a managed\n{service}"),
        expect![[r#"
        look again in 888 s
    "#]],
    );
    check(
        &format!("provider a managed\n{service}\ninstance 1 a group a small"),
        expect![[r#"
        seat t2 on 1
    "#]],
    );
}

#[test]
fn a_deleted_service_stops_everything() {
    check(
        "instance 1 a\nservice 0 draining\ndeployment 1 COMPLETED ran\n1: H H! P",
        expect![[r#"
            stop t3: Scaling activity initiated by (deployment d1)
            stop t1: Scaling activity initiated by (deployment d1)
            stop t2: Scaling activity initiated by (deployment d1)
            say has stopped 2 running tasks: (task 1) (task 2).
            say has stopped 1 pending tasks: (task 3).
        "#]],
    );
    check("instance 1 a\nservice 0 draining\ndeployment 1 COMPLETED ran\n1: L", expect![[""]]);
    check(
        "instance 1 a\nservice 0 draining\ndeployment 1 COMPLETED ran\n1: xo",
        expect![[r#"
            tally t1
            0 deployments
            INACTIVE
        "#]],
    );
}

#[test]
fn an_inactive_service_is_forgotten_in_the_end() {
    check(
        "service 0 inactive 3600",
        expect![[r#"
        forget web: INACTIVE for long enough
    "#]],
    );
    check(
        "service 0 inactive 3000",
        expect![[r#"
        look again in 600 s
    "#]],
    );
    check(
        "service 0 inactive 3600\n1: xo",
        expect![[r#"
        tally t1
    "#]],
    );
}
