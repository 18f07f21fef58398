//! Heartbeats, and what counts as silence.

use super::check;
use expect_test::expect;

#[test]
fn heartbeats_go_on_and_silence_ends_the_session() {
    check(
        "0 time
         0.1 ack 1
         0.1 hack
         30 time
         60 time
         75 pong
         75.101 time",
        expect![[r#"
            0 time
                1: manifest
                2: heartbeat
                until 5
            0.1 ack 1
                until 30
            0.1 hack
                until 30
            30 time
                3: heartbeat
                until 60
            60 time
                4: heartbeat
                until 75.101
            75 pong
                until 75.101
            75.101 time
                close: lease ended, silent since 0.1
                until 75.101
        "#]],
    );
}

#[test]
fn any_word_of_the_agent_renews_its_lease() {
    check(
        "0 time
         0.1 ack 1
         60 noise
         90 time
         120 time
         135.001 time",
        expect![[r#"
            0 time
                1: manifest
                2: heartbeat
                until 5
            0.1 ack 1
                until 30
            60 noise
                3: heartbeat
                until 90
            90 time
                4: heartbeat
                until 120
            120 time
                5: heartbeat
                until 135.001
            135.001 time
                close: lease ended, silent since 60
                until 135.001
        "#]],
    );
}

#[test]
fn time_in_which_the_plane_itself_did_not_run_is_no_silence() {
    check(
        "0 time
         0.1 ack 1
         0.1 hack
         30 time
         500 time
         515.101 time",
        expect![[r#"
            0 time
                1: manifest
                2: heartbeat
                until 5
            0.1 ack 1
                until 30
            0.1 hack
                until 30
            30 time
                3: heartbeat
                until 60
            500 time
                4: heartbeat
                until 515.101
            515.101 time
                close: lease ended, silent since 440.1
                until 515.101
        "#]],
    );
}

#[test]
fn a_plane_that_is_always_late_notices_silence_still() {
    check(
        "0 time
         0.1 ack 1
         0.1 hack
         50 time
         100 time
         150 time",
        expect![[r#"
            0 time
                1: manifest
                2: heartbeat
                until 5
            0.1 ack 1
                until 30
            0.1 hack
                until 30
            50 time
                3: heartbeat
                until 80
            100 time
                4: heartbeat
                until 115.101
            150 time
                close: lease ended, silent since 74.999
                until 130
        "#]],
    );
}

#[test]
fn an_older_agent_shows_by_its_socket_that_it_is_there() {
    check(
        "protocol 1
         0 time
         0.1 ack 1
         60 pong
         90 time
         120 time
         135.001 time",
        expect![[r#"
            0 time
                1: manifest
                2: heartbeat
                until 5
            0.1 ack 1
                until 30
            60 pong
                3: heartbeat
                until 90
            90 time
                4: heartbeat
                until 120
            120 time
                5: heartbeat
                until 135.001
            135.001 time
                close: lease ended, silent since 60
                until 135.001
        "#]],
    );
}
