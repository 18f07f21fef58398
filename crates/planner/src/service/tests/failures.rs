//! Tasks that do not start, circuit breaker, alarms, ways back, back-off.

use super::language::check;
use expect_test::expect;

const ONE: &str = "instance 1 a\n";

#[test]
fn a_task_that_does_not_start_is_counted_and_replaced() {
    check(
        &format!("{ONE}service 1\ndeployment 1 IN_PROGRESS\n1: xf"),
        expect![[r#"
            launch d1 on 1
            tally t1
            story 1: Counted(1)
            say started 1, 0 replaced, zone None
            d1 is PRIMARY IN_PROGRESS: failed 1, failures 1, next in -1 s
        "#]],
    );
}

#[test]
fn failures_in_a_row_wait_longer_and_longer() {
    let after = |waves: u32| {
        format!(
            "{ONE}service 1\ndeployment 1 IN_PROGRESS failed {waves} waves {waves} retry -20 before 30\n1: xf"
        )
    };
    check(
        &after(1),
        expect![[r#"
            tally t1
            story 1: Counted(1)
            say is unable to consistently start tasks successfully.
            d1 is PRIMARY IN_PROGRESS: failed 2, failures 1, next in 9 s
        "#]],
    );
    check(
        &after(2),
        expect![[r#"
            tally t1
            story 1: Counted(1)
            say is unable to consistently start tasks successfully.
            d1 is PRIMARY IN_PROGRESS: failed 3, failures 1, next in 19 s
        "#]],
    );
    check(
        &after(9),
        expect![[r#"
            tally t1
            story 1: Counted(1)
            say is unable to consistently start tasks successfully.
            d1 is PRIMARY IN_PROGRESS: failed 10, failures 1, next in 899 s
        "#]],
    );
}

#[test]
fn tasks_that_were_started_together_count_as_one_wave() {
    check(
        &format!("{ONE}service 3\ndeployment 1 IN_PROGRESS\n1: xf xf xf"),
        expect![[r#"
            launch d1 on 1
            launch d1 on 1
            launch d1 on 1
            tally t1
            tally t2
            tally t3
            story 1: Counted(1)
            story 1: Counted(2)
            story 1: Counted(3)
            say started 3, 0 replaced, zone None
            d1 is PRIMARY IN_PROGRESS: failed 3, failures 3, next in -1 s
        "#]],
    );
}

#[test]
fn nothing_is_started_before_its_time() {
    check(
        &format!("{ONE}service 1\ndeployment 1 IN_PROGRESS failed 2 waves 2 retry 9 before 1"),
        expect![[r#"
            look again in 9 s
        "#]],
    );
}

#[test]
fn a_task_that_runs_ends_the_back_off() {
    check(
        &format!(
            "{ONE}service 2\ndeployment 1 IN_PROGRESS failed 2 failures 2 waves 2 retry 9 before 30\n1: Y"
        ),
        expect![[r#"
            launch d1 on 1
            story 1: Counted(0)
            say started 1, 0 replaced, zone None
            d1 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
}

#[test]
fn a_failing_update_gives_no_capacity_up() {
    let failing = "service 4 min 50 max 100\ndeployment 2 IN_PROGRESS failed 2 waves 2 retry 9 before 1\ndeployment 1 COMPLETED ran\n";
    check(&format!("{ONE}{failing}1: H H H H"), expect![[""]]);
}

#[test]
fn what_the_user_or_a_host_ended_is_no_failure() {
    check(
        &format!("{ONE}service 1 steady\ndeployment 1 COMPLETED ran\n1: xo"),
        expect![[r#"
            launch d1 on 1
            tally t1
            say started 1, 0 replaced, zone None
            d1 is PRIMARY COMPLETED: failed 0, failures 0
            steady: false
        "#]],
    );
}

#[test]
fn a_crash_loop_is_slowed_down() {
    let after = |short: u32| {
        format!("{ONE}service 1\ndeployment 1 COMPLETED ran short {short} before 60\n1: xs")
    };
    check(
        &after(0),
        expect![[r#"
            launch d1 on 1
            tally t1
            say started 1, 0 replaced, zone None
            d1 is PRIMARY COMPLETED: failed 0, failures 0
        "#]],
    );
    check(
        &after(2),
        expect![[r#"
            launch d1 on 1
            tally t1
            say started 1, 0 replaced, zone None
            d1 is PRIMARY COMPLETED: failed 0, failures 0
        "#]],
    );
    check(
        &after(3),
        expect![[r#"
            launch d1 on 1
            tally t1
            say started 1, 0 replaced, zone None
            d1 is PRIMARY COMPLETED: failed 0, failures 0, next in 0 s
        "#]],
    );
    check(
        &after(30),
        expect![[r#"
            tally t1
            d1 is PRIMARY COMPLETED: failed 0, failures 0, next in 59 s
        "#]],
    );
}

#[test]
fn a_task_that_lived_longer_ends_the_crash_loop() {
    check(
        &format!("{ONE}service 1\ndeployment 1 COMPLETED ran short 5 before 60 retry 7\n1: xo"),
        expect![[r#"
            launch d1 on 1
            tally t1
            say started 1, 0 replaced, zone None
            d1 is PRIMARY COMPLETED: failed 0, failures 0
        "#]],
    );
}

#[test]
fn the_circuit_breaker_trips_at_its_threshold() {
    let service = "service 1 breaker\ndeployment 1 IN_PROGRESS failed 2 failures 2 waves 2 retry -20 before 30\n1: xf";
    check(
        &format!("{ONE}{service}"),
        expect![[r#"
        tally t1
        story 1: Counted(3)
        story 1: Broken
        story 1: Stopped("ECS deployment circuit breaker: task(s) failed to start.")
        say is unable to consistently start tasks successfully.
        say (deployment d1) deployment failed: tasks failed to start.
        d1 is PRIMARY FAILED: failed 3, failures 3, next in 19 s: ECS deployment circuit breaker: task(s) failed to start.
    "#]],
    );
}

#[test]
fn the_circuit_breaker_goes_back_to_the_last_completed_deployment() {
    let service = "service 2 breaker rollback completed 1\ndeployment 2 IN_PROGRESS failed 2 failures 2\ndeployment 1 COMPLETED ran\n";
    check(
        &format!("{ONE}{service}1: H H\n2: xf P"),
        expect![[r#"
        stop t4: Scaling activity initiated by (deployment d1)
        tally t3
        story 2: Counted(3)
        story 2: Broken
        story 2: RollingBack { reason: "ECS deployment circuit breaker: task(s) failed to start.", revision: DeploymentId("1000000000000000001") }
        say (deployment d2) deployment failed: tasks failed to start.
        say rolling back to deployment d1.
        say has stopped 1 pending tasks: (task 4).
        d1 is PRIMARY IN_PROGRESS: failed 0, failures 0: ECS deployment d1 in progress.
        d2 is ACTIVE FAILED: failed 3, failures 3, next in -1 s: ECS deployment circuit breaker: rolling back to deploymentId d1.
    "#]],
    );
}

#[test]
fn a_way_back_ends_with_its_own_words() {
    let back = "service 1 breaker rollback\ndeployment 1 IN_PROGRESS ran back 2\ndeployment 2 FAILED\n1: H";
    check(
        &format!("{ONE}{back}"),
        expect![[r#"
        story 1: RolledBack
        say (deployment d1) deployment completed.
        say has reached a steady state.
        d1 is PRIMARY COMPLETED: failed 0, failures 0: ECS deployment d1 completed.
        1 deployments
        steady: true
    "#]],
    );
}

#[test]
fn a_way_back_that_fails_stalls() {
    let back = "service 1 breaker rollback\ndeployment 1 IN_PROGRESS back 2 failures 3\ndeployment 2 FAILED\n";
    check(
        &format!("{ONE}{back}"),
        expect![[r#"
        story 1: Broken
        story 1: RollbackFailed("ECS deployment circuit breaker: task(s) failed to start.")
        say (deployment d1) deployment failed: tasks failed to start.
        d1 is PRIMARY FAILED: failed 0, failures 3: ECS deployment circuit breaker: task(s) failed to start.
        1 deployments
    "#]],
    );
}

#[test]
fn a_stalled_deployment_starts_nothing() {
    check(
        &format!("{ONE}service 2 breaker\ndeployment 1 FAILED\n1: H"),
        expect![[r#"
            d1 is PRIMARY FAILED: failed 0, failures 0
        "#]],
    );
}

#[test]
fn a_stalled_deployment_costs_no_capacity() {
    let service =
        format!("{ONE}service 3 breaker\ndeployment 2 FAILED\ndeployment 1 COMPLETED ran\n");
    check(
        &format!("{service}1: H xo H"),
        expect![[r#"
            launch d1 on 1
            tally t2
            say started 1, 0 replaced, zone None
            d1 is ACTIVE COMPLETED: failed 0, failures 0
        "#]],
    );
    check(
        &format!("{service}1: H H H\n2: H"),
        expect![[r#"
            stop t4: Scaling activity initiated by (deployment d2)
            say has stopped 1 running tasks: (task 4).
            d2 is PRIMARY FAILED: failed 0, failures 0
        "#]],
    );
}

#[test]
fn failed_health_checks_count_once_a_task_ran() {
    let service = "service 4 checks breaker\ndeployment 1 IN_PROGRESS ran failures 2\n";
    check(
        &format!("{ONE}{service}1: xu Y Y Y"),
        expect![[r#"
        tally t1
        story 1: Counted(3)
        story 1: Broken
        story 1: Stopped("ECS deployment circuit breaker: task(s) failed to start.")
        say (deployment d1) deployment failed: tasks failed to start.
        d1 is PRIMARY FAILED: failed 0, failures 3: ECS deployment circuit breaker: task(s) failed to start.
    "#]],
    );
    check(
        &format!("{ONE}{service}1: Y Y Y H"),
        expect![[r#"
            story 1: Counted(0)
            d1 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
}

#[test]
fn the_user_stops_a_deployment() {
    let service = "service 1 completed 1\ndeployment 2 IN_PROGRESS requested\ndeployment 1 COMPLETED ran\n1: H";
    check(
        &format!("{ONE}{service}"),
        expect![[r#"
        story 2: RollingBack { reason: "ECS deployment stopped: requested by user.", revision: DeploymentId("1000000000000000001") }
        story 2: RolledBack
        say rolling back to deployment d1.
        say (deployment d1) deployment completed.
        say has reached a steady state.
        d1 is PRIMARY COMPLETED: failed 0, failures 0: ECS deployment d1 completed.
        1 deployments
        steady: true
    "#]],
    );
    check(
        &format!("{ONE}service 1\ndeployment 1 IN_PROGRESS requested\n1: P"),
        expect![[r#"
        story 1: Stopped("ECS deployment stopped: requested by user.")
        d1 is PRIMARY FAILED: failed 0, failures 0: ECS deployment stopped: requested by user.
    "#]],
    );
}

#[test]
fn an_alarm_fails_a_deployment() {
    let service = "service 1 rollback completed 1 alarms high\ndeployment 2 IN_PROGRESS\ndeployment 1 COMPLETED ran\n";
    check(
        &format!("{ONE}{service}1: H\n2: P\nalarm high"),
        expect![[r#"
            stop t2: Scaling activity initiated by (deployment d1)
            story 2: Alarmed(["high"])
            story 2: RollingBack { reason: "ECS deployment failed: alarm detected.", revision: DeploymentId("1000000000000000001") }
            say (deployment d2) deployment failed: alarm detected.
            say rolling back to deployment d1.
            say has stopped 1 pending tasks: (task 2).
            d1 is PRIMARY IN_PROGRESS: failed 0, failures 0: ECS deployment d1 in progress.
            d2 is ACTIVE FAILED: failed 0, failures 0: ECS deployment failed: alarm detected.
        "#]],
    );
}

#[test]
fn an_alarm_that_was_on_before_does_not_count() {
    let service = "service 1 rollback alarms high\ndeployment 1 IN_PROGRESS";
    check(
        &format!("{ONE}{service} new\nalarm high"),
        expect![[r#"
            launch d1 on 1
            story 1: Started
            say started 1, 0 replaced, zone None
            d1 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
    check(
        &format!("{ONE}{service} deaf ran\n1: H\nalarm high"),
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
fn a_deployment_with_alarms_bakes() {
    let service = "service 1 bake 5 alarms high\ndeployment 1 IN_PROGRESS ran";
    check(
        &format!("{ONE}{service}\n1: H"),
        expect![[r#"
            d1 is PRIMARY IN_PROGRESS: failed 0, failures 0
        "#]],
    );
    check(
        &format!("{ONE}{service} baking 200\n1: H"),
        expect![[r#"
        look again in 100 s
    "#]],
    );
    check(
        &format!("{ONE}{service} baking 300\n1: H"),
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
fn tasks_without_place_are_told_with_what_comes_closest() {
    check(
        "service 1\ndeployment 1 IN_PROGRESS",
        expect![[r#"
            say was unable to place a task because no container instance met all of its requirements.
            Reason: No Container Instances were found in your cluster.
        "#]],
    );
    check(
        "instance 1 a full\nservice 1\ndeployment 1 IN_PROGRESS",
        expect![[r#"
            say was unable to place a task because no container instance met all of its requirements.
            The closest matching (container-instance 1) has insufficient CPU units available.
        "#]],
    );
    let said = "was unable to place a task because no container instance met all of its requirements. \
         The closest matching (container-instance 00000000000000000000000000000009) has insufficient CPU units available.";
    check(
        &format!("instance 1 a full\nservice 1 said 60 {said}\ndeployment 1 IN_PROGRESS"),
        expect![[""]],
    );
    check(
        "instance 1 a away\nservice 1\ndeployment 1 IN_PROGRESS",
        expect![[r#"
            say was unable to place a task because no container instance met all of its requirements.
            The closest matching (container-instance 1) encountered error "AGENT".
        "#]],
    );
}
