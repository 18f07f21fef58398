//! Restart policies.

use super::check;
use expect_test::expect;

#[test]
fn a_restart_policy_starts_again_without_a_word() {
    check(
        "
        auto
        run a: web[restart=60:5]
        wait 60s
        exit a/web 1
        wait 61s
        exit a/web 5
        ",
        &expect![[r#"
            auto
            run a: web[restart=60:5]
              start a/web
              say a RUNNING web:RUNNING
            wait 60s
            exit a/web 1
              start a/web
            wait 61s
            exit a/web 5
              remove a
              say a STOPPED web:STOPPED(5)
        "#]],
    );
    check(
        "
        auto
        run a: web[restart=60]
        wait 59s
        exit a/web 1
        ",
        &expect![[r#"
            auto
            run a: web[restart=60]
              start a/web
              say a RUNNING web:RUNNING
            wait 59s
            exit a/web 1
              remove a
              say a STOPPED web:STOPPED(1)
        "#]],
    );
    check(
        "
        auto
        hold stop
        run a: web[restart=60]
        wait 61s
        stop a
        exit a/web 143
        ",
        &expect![[r#"
            auto
            hold stop
            run a: web[restart=60]
              start a/web
              say a RUNNING web:RUNNING
            wait 61s
            stop a
              stop a/web
            exit a/web 143
              remove a
              say a STOPPED web:STOPPED(143)
        "#]],
    );
}

#[test]
fn a_restart_that_faults_ends_the_container() {
    check(
        "
        auto
        run a: web[restart=60]
        wait 61s
        hold start
        exit a/web 9
        fail a/web start CannotStartContainerError: gone
        ",
        &expect![[r#"
            auto
            run a: web[restart=60]
              start a/web
              say a RUNNING web:RUNNING
            wait 61s
            hold start
            exit a/web 9
              start a/web
            fail a/web start CannotStartContainerError: gone
              remove a
              say a STOPPED web:STOPPED(9) "CannotStartContainerError: gone"
        "#]],
    );
}

#[test]
fn an_exit_that_is_told_twice_ends_one_run_only() {
    check(
        "
        auto
        run a: web[restart=60]
        wait 60s
        exit a/web 1
        again
        ",
        &expect![[r#"
            auto
            run a: web[restart=60]
              start a/web
              say a RUNNING web:RUNNING
            wait 60s
            exit a/web 1
              start a/web
            again
        "#]],
    );
}
