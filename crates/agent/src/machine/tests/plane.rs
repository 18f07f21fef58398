//! What the plane says, what it is told, and who is let in.

use super::check;
use expect_test::expect;

#[test]
fn a_task_without_room_waits_until_others_are_freed() {
    check(
        "
        auto
        show prepare
        run a: web[mem=600 port=80]
        run b: web[mem=600]
        run c: web[port=80]
        run d: web[mem=300]
        hold remove
        stop a
        hold nothing
        wait 1s
        ",
        &expect![[r#"
            auto
            show prepare
            run a: web[mem=600 port=80]
              prepare a
              start a/web
              say a RUNNING web:RUNNING
            run b: web[mem=600]
            run c: web[port=80]
            run d: web[mem=300]
              prepare d
              start d/web
              say d RUNNING web:RUNNING
            hold remove
            stop a
              stop a/web
              remove a
            hold nothing
              say a STOPPED web:STOPPED(143)
              prepare b
              prepare c
              start b/web
              start c/web
              say b RUNNING web:RUNNING
              say c RUNNING web:RUNNING
            wait 1s
        "#]],
    );
}

#[test]
fn a_task_that_waits_for_room_can_be_stopped() {
    check(
        "
        auto
        run a: web[cpu=2048]
        run b: web[cpu=1]
        stop b
        ",
        &expect![[r#"
            auto
            run a: web[cpu=2048]
              start a/web
              say a RUNNING web:RUNNING
            run b: web[cpu=1]
            stop b
              say b STOPPED web:STOPPED
        "#]],
    );
}

#[test]
fn a_task_that_never_fits_is_refused() {
    check(
        "run a: web[mem=1001]",
        &expect![[r#"
            run a: web[mem=1001]
              ack m1
              say a STOPPED "ResourceInitializationError: the task asks for 1001 MiB of memory of 1000" web:STOPPED
        "#]],
    );
    check(
        "run a: web[cpu=4096]",
        &expect![[r#"
            run a: web[cpu=4096]
              ack m1
              say a STOPPED "ResourceInitializationError: the task asks for 4096 CPU units of 2048" web:STOPPED
        "#]],
    );
    check(
        "run a: web[port=22]",
        &expect![[r#"
            run a: web[port=22]
              ack m1
              say a STOPPED "ResourceInitializationError: the task asks for port 22, which the host keeps for itself" web:STOPPED
        "#]],
    );
}

#[test]
fn stops_come_before_starts() {
    check(
        "
        auto
        run a: web[port=80]
        hold stop
        both b: web[port=80] stop a
        exit a/web 0
        ",
        &expect![[r#"
            auto
            run a: web[port=80]
              start a/web
              say a RUNNING web:RUNNING
            hold stop
            both b: web[port=80] stop a
              stop a/web
            exit a/web 0
              remove a
              say a STOPPED web:STOPPED(0)
              start b/web
              say b RUNNING web:RUNNING
        "#]],
    );
}

#[test]
fn a_payload_may_come_twice() {
    check(
        "
        auto
        show ack prepare
        run a: web
        retry m1
        stop a
        retry m1
        retry m2
        ",
        &expect![[r#"
            auto
            show ack prepare
            run a: web
              prepare a
              ack m1
              start a/web
              say a RUNNING web:RUNNING
            retry m1
              ack m1
            stop a
              stop a/web
              ack m2
              remove a
              say a STOPPED web:STOPPED(143)
            retry m1
              ack m1
              say a STOPPED web:STOPPED
            retry m2
              ack m2
              say a STOPPED
        "#]],
    );
}

#[test]
fn a_stop_for_a_task_that_nobody_knows_is_answered() {
    check(
        "
        stop a
        ok a say
        ",
        &expect![[r#"
            stop a
              ack m1
              say a STOPPED
            ok a say
              forget a
        "#]],
    );
}

#[test]
fn a_tombstone_is_forgotten_after_the_retention() {
    check(
        "
        auto
        show prepare
        run a: web
        stop a
        wait 600s
        retry m1
        ",
        &expect![[r#"
            auto
            show prepare
            run a: web
              prepare a
              start a/web
              say a RUNNING web:RUNNING
            stop a
              stop a/web
              remove a
              say a STOPPED web:STOPPED(143)
            wait 600s
            retry m1
              prepare a
              start a/web
              say a RUNNING web:RUNNING
        "#]],
    );
}

#[test]
fn a_task_that_cannot_be_read_is_stopped_and_not_acknowledged() {
    check(
        "
        unreadable a
        ok a say
        ",
        &expect![[r#"
            unreadable a
              say a STOPPED "UnrecognizedTaskError: Error loading task - no such member"
            ok a say
              forget a
        "#]],
    );
    check(
        "run a:",
        &expect![[r#"
            run a:
              ack m1
              say a STOPPED "UnrecognizedTaskError: Error loading task - it has no container"
        "#]],
    );
    check(
        "run a: web web",
        &expect![[r#"
            run a: web web
              ack m1
              say a STOPPED "UnrecognizedTaskError: Error loading task - two containers are called `web`" web:STOPPED web:STOPPED
        "#]],
    );
}

#[test]
fn a_full_disk_takes_no_task_but_lets_go_of_those_it_has() {
    check(
        "
        auto
        show ack keep
        run a: web
        disk full
        run b: web
        stop a
        wait 1s
        ",
        &expect![[r#"
            auto
            show ack keep
            run a: web
              keep a
              ack m1
              start a/web
              say a RUNNING web:RUNNING
              keep a
            disk full
            run b: web
              keep b
              ignore a message whose task b is not written down
              remove b
              say b STOPPED "ResourceInitializationError: no space left on device" web:STOPPED
            stop a
              stop a/web
              keep a
              ignore a message whose task a is not written down
              remove a
              say a STOPPED web:STOPPED(143)
            wait 1s
        "#]],
    );
}

#[test]
fn reports_are_said_until_they_are_answered() {
    check(
        "
        auto
        plane away
        run a: web
        wait 5s
        plane back
        linked
        ",
        &expect![[r#"
            auto
            plane away
            run a: web
              start a/web
              say a RUNNING web:RUNNING
            wait 5s
              at 0.351s
              say a RUNNING web:RUNNING
              at 1.053s
              say a RUNNING web:RUNNING
              at 2.457s
              say a RUNNING web:RUNNING
            plane back
            linked
              say a RUNNING web:RUNNING
        "#]],
    );
}

#[test]
fn a_running_is_not_swallowed_by_the_stopped_behind_it() {
    check(
        "
        auto
        plane away
        run a: web
        exit a/web 1
        plane back
        linked
        ",
        &expect![[r#"
            auto
            plane away
            run a: web
              start a/web
              say a RUNNING web:RUNNING
            exit a/web 1
              remove a
            plane back
            linked
              say a RUNNING web:RUNNING
              say a STOPPED web:STOPPED(1)
        "#]],
    );
}

#[test]
fn a_refused_report_is_dropped() {
    check(
        "
        auto
        hold say
        run a: web
        fail a say InvalidParameterException
        stop a
        fail a say InvalidParameterException
        ",
        &expect![[r#"
            auto
            hold say
            run a: web
              start a/web
              say a RUNNING web:RUNNING
            fail a say InvalidParameterException
            stop a
              stop a/web
              remove a
              say a STOPPED web:STOPPED(143)
            fail a say InvalidParameterException
        "#]],
    );
}

#[test]
fn what_the_manifest_does_not_name_is_stopped_after_asking_back() {
    check(
        "
        auto
        show ack
        run a: web
        run b: web
        manifest 9: a
        verified manifest-8: b
        verified manifest-9: a b
        verified manifest-9: b
        manifest 9: a
        manifest 10: a
        ",
        &expect![[r#"
            auto
            show ack
            run a: web
              ack m1
              start a/web
              say a RUNNING web:RUNNING
            run b: web
              ack m2
              start b/web
              say b RUNNING web:RUNNING
            manifest 9: a
              ack manifest-9
              verify manifest-9 b
            verified manifest-8: b
              ignore a stop verification of `manifest-8`
            verified manifest-9: a b
              stop b/web
              remove b
              say b STOPPED web:STOPPED(143)
            verified manifest-9: b
              ignore a stop verification of `manifest-9`
            manifest 9: a
              ignore a manifest of timeline 9 after 9
            manifest 10: a
              ack manifest-10
        "#]],
    );
}

#[test]
fn credentials_are_acknowledged_for_tasks_that_are_known() {
    check(
        "
        auto
        show ack keep
        credentials a
        run a: web
        credentials a
        ",
        &expect![[r#"
            auto
            show ack keep
            credentials a
              ignore credentials of task `a`
            run a: web
              keep a
              ack m1
              start a/web
              say a RUNNING web:RUNNING
              keep a
            credentials a
              keep a
              ack c1 role
        "#]],
    );
}

#[test]
fn stopping_everything_takes_nothing_new() {
    check(
        "
        auto
        show ack
        run a: web
        stopall the host is going down
        run b: web
        ",
        &expect![[r#"
            auto
            show ack
            run a: web
              ack m1
              start a/web
              say a RUNNING web:RUNNING
            stopall the host is going down
              stop a/web
              remove a
              say a STOPPED "the host is going down" web:STOPPED(143)
            run b: web
              ignore task b: this agent is stopping everything
        "#]],
    );
}

#[test]
fn a_task_that_a_manifest_names_and_nobody_has_is_stopped_after_a_minute() {
    check(
        "
        auto
        show ack
        manifest 9: a b
        wait 59s
        run a: web
        wait 2s
        ",
        &expect![[r#"
            auto
            show ack
            manifest 9: a b
              ack manifest-9
            wait 59s
            run a: web
              ack m1
              start a/web
              say a RUNNING web:RUNNING
            wait 2s
              at 60.000s
              say b STOPPED "InternalError: the host has no record of the task"
        "#]],
    );
}
