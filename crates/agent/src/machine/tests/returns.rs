//! After a kill of the agent.

use super::{check, scene::play};
use expect_test::{Expect, expect};

#[test]
fn an_agent_that_comes_back_goes_on() {
    check(
        "
        auto
        run a: web[health=10/2/3/0]
        wait 10s
        probe a/web 0
        kill
        wait 10s
        probe a/web 1
        exit a/web 4
        ",
        &expect![[r#"
            auto
            run a: web[health=10/2/3/0]
              start a/web
              say a RUNNING web:RUNNING
            wait 10s
              at 10.000s
              probe a/web /bin/sh -c check
            probe a/web 0
              health a/web:HEALTHY
            kill
            wait 10s
              at 20.000s
              probe a/web /bin/sh -c check
            probe a/web 1
            exit a/web 4
              remove a
              say a STOPPED web:STOPPED(4)
        "#]],
    );
}

#[test]
fn exits_while_the_agent_was_away_are_told() {
    check(
        "
        auto
        show remove forget
        hold remove
        run a: web side?
        plane away
        exit a/web 4
        kill
        plane back
        hold nothing
        wait 1s
        ",
        &expect![[r#"
            auto
            show remove forget
            hold remove
            run a: web side?
              start a/web
              start a/side
              say a RUNNING web:RUNNING side:RUNNING
            plane away
            exit a/web 4
              stop a/side
              remove a
            kill
              remove a
            plane back
            hold nothing
              say a STOPPED web:STOPPED(4) side:STOPPED(143)
              forget a
            wait 1s
        "#]],
    );
}

#[test]
fn a_killed_agent_begins_anew_what_had_not_begun() {
    check(
        "
        run a: web
        kill
        ok a prepare
        kill
        ok a prepare
        ok a/web pull
        ok a/web create
        kill
        ok a prepare
        ok a/web start
        kill
        ok a say
        ",
        &expect![[r#"
            run a: web
              prepare a
              pull a/web
              ack m1
            kill
              prepare a
              pull a/web
            ok a prepare
            kill
              prepare a
              pull a/web
            ok a prepare
            ok a/web pull
              create a/web
            ok a/web create
              start a/web
            kill
              prepare a
            ok a prepare
              start a/web
            ok a/web start
              say a RUNNING web:RUNNING
            kill
              say a RUNNING web:RUNNING
            ok a say
        "#]],
    );
}

#[test]
fn what_was_running_and_is_gone_is_stopped() {
    check(
        "
        auto
        run a: web side?
        gone a/web
        kill
        ",
        &expect![[r#"
            auto
            run a: web side?
              start a/web
              start a/side
              say a RUNNING web:RUNNING side:RUNNING
            gone a/web
            kill
              stop a/side
              say a RUNNING web:RUNNING side:RUNNING
              remove a
              say a STOPPED web:STOPPED "ContainerVanishedError: the container is gone and its exit code is not known" side:STOPPED(143)
        "#]],
    );
}

#[test]
fn leftovers_are_removed_and_do_not_meet_their_successor() {
    check(
        "
        auto
        show prepare
        run a: web
        unwritten a
        hold remove
        kill
        run a: web
        fail a remove InternalError: busy
        wait 5s
        ok a remove
        ",
        &expect![[r#"
            auto
            show prepare
            run a: web
              prepare a
              start a/web
              say a RUNNING web:RUNNING
            unwritten a
            hold remove
            kill
              remove a
            run a: web
            fail a remove InternalError: busy
            wait 5s
              at 5.000s
              remove a
            ok a remove
              prepare a
              start a/web
              say a RUNNING web:RUNNING
        "#]],
    );
    check(
        "
        auto
        run a: web
        unwritten a
        hold remove
        kill
        stop a
        ok a remove
        ",
        &expect![[r#"
            auto
            run a: web
              start a/web
              say a RUNNING web:RUNNING
            unwritten a
            hold remove
            kill
              remove a
            stop a
            ok a remove
              say a STOPPED
        "#]],
    );
}

#[test]
fn a_task_whose_payload_the_driver_lost_is_begun_anew() {
    check(
        "
        run a: web
        ok a prepare
        headless a
        kill
        ok a remove
        ",
        &expect![[r#"
            run a: web
              prepare a
              pull a/web
              ack m1
            ok a prepare
            headless a
            kill
              remove a
            ok a remove
              prepare a
              pull a/web
        "#]],
    );
}

#[test]
fn a_container_that_stopped_before_stays_so() {
    check(
        "
        auto
        show pull start
        run a: web init?
        exit a/init 0
        wait 1s
        kill
        stop a
        ",
        &expect![[r#"
            auto
            show pull start
            run a: web init?
              pull a/web
              pull a/init
              start a/web
              start a/init
              say a RUNNING web:RUNNING init:RUNNING
            exit a/init 0
            wait 1s
              at 0.250s
              say a init:STOPPED(0)
            kill
            stop a
              stop a/web
              remove a
              say a STOPPED init:STOPPED(0) web:STOPPED(143)
        "#]],
    );
}

#[test]
fn nothing_is_told_of_a_task_before_it_is_written_down() {
    check(
        "
        auto
        show ack
        disk slow
        run a: web
        disk ok
        ",
        &expect![[r#"
            auto
            show ack
            disk slow
            run a: web
              start a/web
            disk ok
              say a RUNNING web:RUNNING
              ack m1
        "#]],
    );
    check(
        "
        auto
        show ack
        disk slow
        hold nothing
        run a: web
        kill
        run a: web
        ",
        &expect![[r#"
            auto
            show ack
            disk slow
            hold nothing
            run a: web
              start a/web
            kill
              remove a
            run a: web
              start a/web
        "#]],
    );
}

/// The lines that bring `a: web` of scenes without `auto` up, with ten seconds to stop.
const UP: &str = "
    run a: web[stop=10]
    ok a prepare
    ok a/web pull
    ok a/web create
    ok a/web start
    ok a say
    stop a
";

/// What follows on the way down.
#[track_caller]
fn check_stop(scene: &str, expected: &Expect) {
    let played = play(&format!("{UP}{scene}"));
    let (_, down) = played.split_once("stop a\n").expect("it is told to stop");
    expected.assert_eq(down);
}

#[test]
fn a_stop_that_a_kill_interrupts_ends_when_it_was_to_and_is_not_asked_for_twice() {
    check_stop(
        "
        ok a/web stop
        wait 4s
        kill 3s
        wait 10s
        ",
        &expect![[r#"
              stop a/web
              ack m2
            ok a/web stop
            wait 4s
            kill 3s
            wait 10s
              at 10.000s
              kill a/web
              at 11.000s
              kill a/web
              at 13.000s
              kill a/web
              at 17.000s
              kill a/web
        "#]],
    );
    check_stop(
        "
        ok a/web stop
        kill 60s
        kill
        ",
        &expect![[r#"
              stop a/web
              ack m2
            ok a/web stop
            kill 60s
              kill a/web
            kill
        "#]],
    );
}

#[test]
fn a_stop_signal_of_which_nothing_is_known_is_sent_by_the_next_agent() {
    check_stop(
        "
        wait 4s
        kill 60s
        ok a/web stop
        wait 10s
        ",
        &expect![[r#"
              stop a/web
              ack m2
            wait 4s
            kill 60s
              stop a/web
            ok a/web stop
            wait 10s
              at 74.000s
              kill a/web
        "#]],
    );
    check_stop(
        "
        fail a/web stop
        kill
        ",
        &expect![[r#"
              stop a/web
              ack m2
            fail a/web stop
            kill
              stop a/web
        "#]],
    );
}

#[test]
fn who_was_not_told_to_stop_before_a_kill_has_its_own_time_afterwards() {
    check(
        "
        auto
        run a: db[stop=3] web[after=db:START stop=10]
        hold stop kill
        stop a
        ok a/web stop
        kill 5s
        wait 4s
        ",
        &expect![[r#"
            auto
            run a: db[stop=3] web[after=db:START stop=10]
              start a/db
              start a/web
              say a RUNNING db:RUNNING web:RUNNING
            hold stop kill
            stop a
              stop a/web
            ok a/web stop
              stop a/db
            kill 5s
              stop a/db
            wait 4s
              at 5.250s
              say a web:STOPPED(143)
              at 8.000s
              kill a/db
              at 9.000s
              kill a/db
        "#]],
    );
}
