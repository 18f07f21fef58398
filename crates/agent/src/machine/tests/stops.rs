//! The way down: exits, stops, kills, restarts, faults, freeing.

use super::check;
use expect_test::expect;

#[test]
fn a_task_is_stopped_only_when_nothing_of_it_is_left() {
    check(
        "
        auto
        hold remove
        run a: web
        hold remove stop
        stop a
        exit a/web 0
        wait 250ms
        hold nothing
        ",
        &expect![[r#"
            auto
            hold remove
            run a: web
              start a/web
              say a RUNNING web:RUNNING
            hold remove stop
            stop a
              stop a/web
            exit a/web 0
              remove a
            wait 250ms
              at 0.250s
              say a web:STOPPED(0)
            hold nothing
              say a STOPPED
        "#]],
    );
}

#[test]
fn death_of_a_service_s_task_is_told_before_it_is_freed() {
    check(
        "
        auto
        hold remove
        run a: @api web
        exit a/web 1
        hold nothing
        run b: @api web
        hold stop
        stop b
        exit b/web 0
        ",
        &expect![[r#"
            auto
            hold remove
            run a: @api web
              start a/web
              say a RUNNING web:RUNNING
            exit a/web 1
              say a web:STOPPED(1)
              remove a
            hold nothing
              say a STOPPED
            run b: @api web
              start b/web
              say b RUNNING web:RUNNING
            hold stop
            stop b
              stop b/web
            exit b/web 0
              remove b
              say b STOPPED web:STOPPED(0)
        "#]],
    );
}

#[test]
fn essential_containers_take_the_task_with_them() {
    check(
        "
        auto
        run a: web side? log?
        exit a/side 1
        wait 1s
        exit a/web 3
        wait 1s
        ",
        &expect![[r#"
            auto
            run a: web side? log?
              start a/web
              start a/side
              start a/log
              say a RUNNING web:RUNNING side:RUNNING log:RUNNING
            exit a/side 1
            wait 1s
              at 0.250s
              say a side:STOPPED(1)
            exit a/web 3
              stop a/log
              remove a
              say a STOPPED web:STOPPED(3) log:STOPPED(143)
            wait 1s
        "#]],
    );
}

#[test]
fn a_task_without_essential_containers_ends_with_its_last() {
    check(
        "
        auto
        run a: one? two?
        exit a/one 0
        exit a/two 0
        ",
        &expect![[r#"
            auto
            run a: one? two?
              start a/one
              start a/two
              say a RUNNING one:RUNNING two:RUNNING
            exit a/one 0
            exit a/two 0
              remove a
              say a STOPPED one:STOPPED(0) two:STOPPED(0)
        "#]],
    );
}

#[test]
fn stops_go_against_the_order_of_starting() {
    check(
        "
        auto
        hold stop
        run a: db web[after=db:HEALTHY] db2[link=web]
        stop a
        ",
        &expect![[r#"
            auto
            hold stop
            run a: db web[after=db:HEALTHY] db2[link=web]
              start a/db
            stop a
              stop a/db
        "#]],
    );
    check(
        "
        auto
        run a: db cache web[after=db:START,cache:START]
        hold stop
        stop a
        exit a/web 0
        exit a/db 0
        exit a/cache 0
        ",
        &expect![[r#"
            auto
            run a: db cache web[after=db:START,cache:START]
              start a/db
              start a/cache
              start a/web
              say a RUNNING db:RUNNING cache:RUNNING web:RUNNING
            hold stop
            stop a
              stop a/web
            exit a/web 0
              stop a/db
              stop a/cache
            exit a/db 0
            exit a/cache 0
              remove a
              say a STOPPED web:STOPPED(0) db:STOPPED(0) cache:STOPPED(0)
        "#]],
    );
}

#[test]
fn a_stop_ends_in_kills_and_then_in_giving_up() {
    check(
        "
        auto
        run a: web[stop=5] log?
        hold stop kill
        stop a
        exit a/log 0
        wait 100s
        ",
        &expect![[r#"
            auto
            run a: web[stop=5] log?
              start a/web
              start a/log
              say a RUNNING web:RUNNING log:RUNNING
            hold stop kill
            stop a
              stop a/web
              stop a/log
            exit a/log 0
            wait 100s
              at 0.250s
              say a log:STOPPED(0)
              at 5.000s
              kill a/web
              at 6.000s
              kill a/web
              at 8.000s
              kill a/web
              at 12.000s
              kill a/web
              at 20.000s
              kill a/web
              at 36.000s
              kill a/web
              at 66.000s
              remove a
              say a STOPPED web:STOPPED "CannotStopContainerError: the process did not end after 6 kills"
        "#]],
    );
}

#[test]
fn a_stop_while_pulling_cancels_the_pull() {
    check(
        "
        run a: web
        stop a
        ok a prepare
        ok a remove
        ok a say
        ",
        &expect![[r#"
            run a: web
              prepare a
              pull a/web
              ack m1
            stop a
              cancel pull a/web
              ack m2
            ok a prepare
              remove a
            ok a remove
              say a STOPPED web:STOPPED
            ok a say
              forget a
        "#]],
    );
}

#[test]
fn a_stop_while_starting_waits_for_the_start() {
    check(
        "
        auto
        hold start
        run a: web
        stop a
        ok a/web start
        ",
        &expect![[r#"
            auto
            hold start
            run a: web
              start a/web
            stop a
            ok a/web start
              stop a/web
              remove a
              say a STOPPED web:RUNNING web:STOPPED(143)
        "#]],
    );
}

#[test]
fn faults_name_the_container() {
    check(
        "
        auto
        hold pull
        run a: web log
        fail a/web pull CannotPullContainerError: no such image
        ",
        &expect![[r#"
            auto
            hold pull
            run a: web log
            fail a/web pull CannotPullContainerError: no such image
              remove a
              say a STOPPED web:STOPPED "CannotPullContainerError: no such image" log:STOPPED
        "#]],
    );
    check(
        "
        auto
        hold create
        run a: web
        late a/web create
        ",
        &expect![[r#"
            auto
            hold create
            run a: web
            late a/web create
              remove a
              say a STOPPED web:STOPPED "DockerTimeoutError: Could not transition to CREATED; timed out after waiting 4m0s"
        "#]],
    );
    check(
        "
        auto
        hold start
        run a: web
        fail a/web start CannotStartContainerError: exec format error
        ",
        &expect![[r#"
            auto
            hold start
            run a: web
              start a/web
            fail a/web start CannotStartContainerError: exec format error
              remove a
              say a STOPPED web:STOPPED "CannotStartContainerError: exec format error"
        "#]],
    );
    check(
        "
        auto
        hold prepare
        run a: web
        fail a prepare ResourceInitializationError: no space left on device
        ",
        &expect![[r#"
            auto
            hold prepare
            run a: web
            fail a prepare ResourceInitializationError: no space left on device
              remove a
              say a STOPPED "ResourceInitializationError: no space left on device" web:STOPPED
        "#]],
    );
}

#[test]
fn a_container_that_fails_and_is_not_essential_lets_the_task_run() {
    check(
        "
        auto
        hold pull
        run a: web log?
        ok a/web pull
        fail a/log pull CannotPullContainerError: no such image
        ",
        &expect![[r#"
            auto
            hold pull
            run a: web log?
            ok a/web pull
              start a/web
            fail a/log pull CannotPullContainerError: no such image
              say a RUNNING web:RUNNING log:STOPPED "CannotPullContainerError: no such image"
        "#]],
    );
}

#[test]
fn running_out_of_memory_has_its_own_reason() {
    check(
        "
        auto
        run a: web
        exit a/web 137 oom
        ",
        &expect![[r#"
            auto
            run a: web
              start a/web
              say a RUNNING web:RUNNING
            exit a/web 137 oom
              remove a
              say a STOPPED web:STOPPED(137) "OutOfMemoryError: Container killed due to memory usage"
        "#]],
    );
}

#[test]
fn an_exit_may_be_told_before_its_start() {
    check(
        "
        auto
        hold start
        run a: web
        exit a/web 0
        ok a/web start
        ",
        &expect![[r#"
            auto
            hold start
            run a: web
              start a/web
            exit a/web 0
            ok a/web start
              say a RUNNING web:RUNNING
              remove a
              say a STOPPED web:STOPPED(0)
        "#]],
    );
}

#[test]
fn a_supervisor_s_death_ends_the_task_without_exit_codes() {
    check(
        "
        auto
        run a: web side?
        lost a
        ",
        &expect![[r#"
            auto
            run a: web side?
              start a/web
              start a/side
              say a RUNNING web:RUNNING side:RUNNING
            lost a
              remove a
              say a STOPPED "InternalError: the process that watches the task's containers died" web:STOPPED "ContainerVanishedError: the container is gone and its exit code is not known" side:STOPPED "ContainerVanishedError: the container is gone and its exit code is not known"
        "#]],
    );
}

#[test]
fn what_cannot_be_freed_is_tried_again_and_told_after_a_while() {
    check(
        "
        auto
        run a: web[port=80]
        run b: web[port=80]
        hold remove
        stop a
        fail a remove InternalError: busy
        wait 400ms
        fail a remove InternalError: busy
        wait 800ms
        fail a remove InternalError: busy
        wait 1600ms
        fail a remove InternalError: busy
        wait 3200ms
        fail a remove InternalError: busy
        wait 6400ms
        fail a remove InternalError: busy
        wait 12800ms
        ok a remove
        ",
        &expect![[r#"
            auto
            run a: web[port=80]
              start a/web
              say a RUNNING web:RUNNING
            run b: web[port=80]
            hold remove
            stop a
              stop a/web
              remove a
            fail a remove InternalError: busy
            wait 400ms
              at 0.250s
              say a web:STOPPED(143)
              at 0.400s
              remove a
            fail a remove InternalError: busy
            wait 800ms
              at 1.200s
              remove a
            fail a remove InternalError: busy
            wait 1600ms
              at 2.800s
              remove a
            fail a remove InternalError: busy
            wait 3200ms
              at 6.000s
              remove a
            fail a remove InternalError: busy
            wait 6400ms
              at 12.400s
              remove a
            fail a remove InternalError: busy
              say a STOPPED "InternalError: busy"
            wait 12800ms
              at 25.200s
              remove a
            ok a remove
              start b/web
              say b RUNNING web:RUNNING
        "#]],
    );
}

#[test]
fn a_start_that_is_answered_after_the_supervisor_s_death_is_none() {
    check(
        "
        auto
        hold start
        run a: web
        lost a
        ok a/web start
        ",
        &expect![[r#"
            auto
            hold start
            run a: web
              start a/web
            lost a
            ok a/web start
              remove a
              say a STOPPED "InternalError: the process that watches the task's containers died" web:RUNNING web:STOPPED "ContainerVanishedError: the container is gone and its exit code is not known"
        "#]],
    );
}
