//! The way up: images, order, gates, RUNNING.

use super::check;
use expect_test::expect;

#[test]
fn a_task_takes_its_steps_in_order() {
    check(
        "
        show keep
        run a: web
        ok a/web pull
        ok a prepare
        ok a/web create
        ok a/web start
        ok a say
        ",
        &expect![[r#"
            show keep
            run a: web
              keep a
              prepare a
              pull a/web
              ack m1
            ok a/web pull
            ok a prepare
              create a/web
            ok a/web create
              start a/web
            ok a/web start
              say a RUNNING web:RUNNING
              keep a
            ok a say
        "#]],
    );
}

#[test]
fn running_waits_for_every_container() {
    check(
        "
        auto
        hold start
        run a: web side?
        ok a/web start
        wait 1s
        ok a/side start
        ",
        &expect![[r#"
            auto
            hold start
            run a: web side?
              start a/web
              start a/side
            ok a/web start
            wait 1s
              at 0.250s
              say a web:RUNNING
            ok a/side start
              say a RUNNING side:RUNNING
        "#]],
    );
}

#[test]
fn a_container_that_is_past_running_does_not_hold_it_up() {
    check(
        "
        auto
        run a: init?[restart=1:0] web[after=init:SUCCESS]
        exit a/init 0
        ",
        &expect![[r#"
            auto
            run a: init?[restart=1:0] web[after=init:SUCCESS]
              start a/init
            exit a/init 0
              start a/web
              say a RUNNING init:RUNNING init:STOPPED(0) web:RUNNING
        "#]],
    );
}

#[test]
fn images_come_together_and_containers_in_order() {
    check(
        "
        run a: db web[after=db:START]
        ok a prepare
        ok a/web pull
        ok a/db pull
        ok a/db create
        ok a/db start
        ",
        &expect![[r#"
            run a: db web[after=db:START]
              prepare a
              pull a/db
              pull a/web
              ack m1
            ok a prepare
            ok a/web pull
            ok a/db pull
              create a/db
            ok a/db create
              start a/db
            ok a/db start
              create a/web
        "#]],
    );
}

#[test]
fn complete_asks_for_an_end_and_success_for_a_good_one() {
    check(
        "
        auto
        run a: web[after=one:COMPLETE,two:SUCCESS] one? two?
        exit a/one 7
        exit a/two 0
        ",
        &expect![[r#"
            auto
            run a: web[after=one:COMPLETE,two:SUCCESS] one? two?
              start a/one
              start a/two
            exit a/one 7
            exit a/two 0
              start a/web
              say a RUNNING one:RUNNING two:RUNNING one:STOPPED(7) two:STOPPED(0) web:RUNNING
        "#]],
    );
    check(
        "
        auto
        run a: web[after=two:SUCCESS] two?
        exit a/two 1
        ",
        &expect![[r#"
            auto
            run a: web[after=two:SUCCESS] two?
              start a/two
            exit a/two 1
              remove a
              say a STOPPED two:RUNNING two:STOPPED(1) web:STOPPED(143) "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [two] for target [web] as dependency did not exit successfully."
        "#]],
    );
}

#[test]
fn a_dependency_that_will_never_start_fails_those_behind_it() {
    check(
        "
        auto
        hold pull
        run a: db? web[after=db:START]
        fail a/db pull CannotPullContainerError: no such image
        ",
        &expect![[r#"
            auto
            hold pull
            run a: db? web[after=db:START]
            fail a/db pull CannotPullContainerError: no such image
              remove a
              say a STOPPED db:STOPPED "CannotPullContainerError: no such image" web:STOPPED(143) "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [db] for target [web] because dependency will never start"
        "#]],
    );
}

#[test]
fn links_wait_for_a_start_and_volumes_for_a_creation() {
    check(
        "
        run a: web[link=db:database from=data] db data
        ok a prepare
        ok a/web pull
        ok a/db pull
        ok a/data pull
        ok a/db create
        ok a/data create
        ok a/db start
        ",
        &expect![[r#"
            run a: web[link=db:database from=data] db data
              prepare a
              pull a/web
              pull a/db
              pull a/data
              ack m1
            ok a prepare
            ok a/web pull
            ok a/db pull
              create a/db
            ok a/data pull
              create a/data
            ok a/db create
              start a/db
            ok a/data create
              start a/data
            ok a/db start
              create a/web
        "#]],
    );
}

#[test]
fn a_circle_of_dependencies_ends_the_task() {
    check(
        "
        run a: web[after=db:START] db[link=web]
        ok a say
        ",
        &expect![[r#"
            run a: web[after=db:START] db[link=web]
              ack m1
              say a STOPPED "TaskDependencyError: Task dependencies cannot be resolved, taskArn: a" web:STOPPED db:STOPPED
            ok a say
              forget a
        "#]],
    );
}

#[test]
fn an_answer_that_comes_after_the_end_is_nobodys_even_if_the_task_is_asked_for_again() {
    check(
        "
        auto
        hold stop
        run a: web
        stop a
        exit a/web 0
        hold stop say
        stop a
        ok a/web stop
        hold nothing
        ",
        &expect![[r#"
            auto
            hold stop
            run a: web
              start a/web
              say a RUNNING web:RUNNING
            stop a
              stop a/web
            exit a/web 0
              remove a
              say a STOPPED web:STOPPED(0)
            hold stop say
            stop a
              say a STOPPED
            ok a/web stop
            hold nothing
        "#]],
    );
}
