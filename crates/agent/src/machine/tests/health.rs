//! Health checks.

use super::check;
use expect_test::expect;

#[test]
fn healthy_waits_for_the_check() {
    check(
        "
        auto
        run a: db[health=5/2/3/0] web[after=db:HEALTHY]
        wait 5s
        probe a/db 0 fine
        ",
        &expect![[r#"
            auto
            run a: db[health=5/2/3/0] web[after=db:HEALTHY]
              start a/db
            wait 5s
              at 0.250s
              say a db:RUNNING
              at 5.000s
              probe a/db /bin/sh -c check
            probe a/db 0 fine
              health a/db:HEALTHY fine
              start a/web
              say a RUNNING web:RUNNING
        "#]],
    );
}

#[test]
fn a_start_timeout_ends_the_wait_for_health() {
    check(
        "
        auto
        run a: db?[health=5/2/3/0 start=12] web[after=db:HEALTHY]
        wait 5s
        probe a/db 1
        wait 5s
        probe a/db 1
        wait 5s
        ",
        &expect![[r#"
            auto
            run a: db?[health=5/2/3/0 start=12] web[after=db:HEALTHY]
              start a/db
            wait 5s
              at 0.250s
              say a db:RUNNING
              at 5.000s
              probe a/db /bin/sh -c check
            probe a/db 1
            wait 5s
              at 10.000s
              probe a/db /bin/sh -c check
            probe a/db 1
            wait 5s
              at 12.000s
              stop a/db
              remove a
              say a STOPPED web:STOPPED(143) "CannotStartContainerError: dependency graph: container ordering dependency [db] for target [web] has timed out." db:STOPPED(143)
        "#]],
    );
}

#[test]
fn health_counts_retries_and_leaves_out_the_start_period() {
    check(
        "
        auto
        run a: web[health=10/2/2/15]
        wait 10s
        probe a/web 1
        wait 10s
        probe a/web 1 refused
        wait 10s
        probe a/web late
        wait 10s
        probe a/web 0
        ",
        &expect![[r#"
            auto
            run a: web[health=10/2/2/15]
              start a/web
              say a RUNNING web:RUNNING
            wait 10s
              at 10.000s
              probe a/web /bin/sh -c check
            probe a/web 1
            wait 10s
              at 20.000s
              probe a/web /bin/sh -c check
            probe a/web 1 refused
            wait 10s
              at 30.000s
              probe a/web /bin/sh -c check
            probe a/web late
              health a/web:UNHEALTHY Health check exceeded timeout (2000 ms)
            wait 10s
              at 40.000s
              probe a/web /bin/sh -c check
            probe a/web 0
              health a/web:HEALTHY
        "#]],
    );
}

#[test]
fn a_success_ends_the_start_period() {
    check(
        "
        auto
        run a: web[health=10/2/1/300]
        wait 10s
        probe a/web 0
        wait 10s
        probe a/web 1
        ",
        &expect![[r#"
            auto
            run a: web[health=10/2/1/300]
              start a/web
              say a RUNNING web:RUNNING
            wait 10s
              at 10.000s
              probe a/web /bin/sh -c check
            probe a/web 0
              health a/web:HEALTHY
            wait 10s
              at 20.000s
              probe a/web /bin/sh -c check
            probe a/web 1
              health a/web:UNHEALTHY
        "#]],
    );
}

#[test]
fn a_restart_begins_health_anew() {
    check(
        "
        auto
        run a: web[health=10/2/1/0 restart=15]
        wait 10s
        probe a/web 0
        wait 10s
        exit a/web 1
        wait 10s
        ",
        &expect![[r#"
            auto
            run a: web[health=10/2/1/0 restart=15]
              start a/web
              say a RUNNING web:RUNNING
            wait 10s
              at 10.000s
              probe a/web /bin/sh -c check
            probe a/web 0
              health a/web:HEALTHY
            wait 10s
              at 20.000s
              probe a/web /bin/sh -c check
            exit a/web 1
              health a/web:UNKNOWN
              start a/web
            wait 10s
              at 30.000s
              probe a/web /bin/sh -c check
        "#]],
    );
}
