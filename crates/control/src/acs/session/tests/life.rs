//! Manifests, credentials and the end of a session.

use super::check;
use crate::{
    acs::session::{Opening, Session},
    config::Timing,
};
use domain::time::Timestamp;
use expect_test::expect;

#[test]
fn what_the_agent_runs_beyond_the_manifest_is_looked_at_once() {
    check(
        "0 want 1 RUNNING known +
         0 time
         0.1 ack 1
         0.2 verify 1 8 9
         0.3 verify 1 8 9
         0.4 verify 7 8",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING
                2: heartbeat
                until 5
            0.1 ack 1
                until 30
            0.2 verify 1 8 9
                verify of 1: task/8 task/9
                until 30
            0.3 verify 1 8 9
                until 30
            0.4 verify 7 8
                until 30
        "#]],
    );
}

#[test]
fn a_manifest_that_is_not_acknowledged_is_made_anew() {
    check(
        "0 time
         1 want 1 RUNNING
         1.1 ack 3
         5 time
         5.1 verify 1 8
         5.2 ack 4",
        expect![[r#"
            0 time
                1: manifest
                2: heartbeat
                until 5
            1 want 1 RUNNING
                3: push start 1
                until 5
            1.1 ack 3
                until 5
            5 time
                4: manifest 1=RUNNING
                until 15
            5.1 verify 1 8
                until 15
            5.2 ack 4
                until 30
        "#]],
    );
}

#[test]
fn a_manifest_follows_until_the_agent_runs_nothing_beyond_it() {
    check(
        "0 time
         0.1 ack 1
         0.2 verify 1 8
         20 hack
         40 hack
         60.2 time
         60.3 ack 4
         65 hack",
        expect![[r#"
            0 time
                1: manifest
                2: heartbeat
                until 5
            0.1 ack 1
                until 30
            0.2 verify 1 8
                verify of 1: task/8
                until 30
            20 hack
                until 30
            40 hack
                3: heartbeat
                until 60.2
            60.2 time
                4: manifest
                until 65.2
            60.3 ack 4
                until 70
            65 hack
                until 70
        "#]],
    );
}

#[test]
fn after_tasks_ended_the_agent_is_asked_what_it_still_runs() {
    check(
        "0 want 1 RUNNING known +
         0 want 2 RUNNING known +
         0 time
         0.1 ack 1
         10 release 1
         20 hack
         40 hack
         70 time
         70.1 ack 4",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING 2=RUNNING
                2: heartbeat
                until 5
            0.1 ack 1
                until 30
            10 release 1
                until 30
            20 hack
                until 30
            40 hack
                3: heartbeat
                until 70
            70 time
                4: manifest 2=RUNNING
                5: heartbeat
                until 75
            70.1 ack 4
                until 100
        "#]],
    );
}

#[test]
fn a_new_process_gets_the_credentials_of_its_tasks() {
    check(
        "new process
         0 want 1 RUNNING known +
         0 want 2 RUNNING +
         0 grant 1 app 1000 +
         0 grant 1 exec 1000 +
         0 grant 2 app 1000 +
         0 time
         0.1 cack 2
         0.1 cack 3",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING 2=RUNNING
                2: push start 2
                3: credentials 1 TaskApplication
                4: credentials 1 TaskExecution
                5: heartbeat
                until 5
            0.1 cack 2
                until 5
            0.1 cack 3
                until 5
        "#]],
    );
    check(
        "0 want 1 RUNNING known +
         0 grant 1 app 1000 +
         0 time
         0.1 ack 1",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING
                2: heartbeat
                until 5
            0.1 ack 1
                until 30
        "#]],
    );
}

#[test]
fn credentials_are_renewed_when_it_is_time() {
    check(
        "0 want 1 RUNNING known +
         0 grant 1 app 40 +
         0 time
         0.1 ack 1
         40 hack
         40 grant 1 app 2000
         40.1 cack 3
         41 release 1",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING
                2: heartbeat
                until 5
            0.1 ack 1
                until 30
            40 hack
                3: credentials 1 TaskApplication
                4: heartbeat
                until 45
            40 grant 1 app 2000
                until 45
            40.1 cack 3
                until 70
            41 release 1
                until 70
        "#]],
    );
}

#[test]
fn credentials_that_nobody_takes_are_not_sent_for_ever() {
    check(
        "0 want 1 RUNNING known +
         0 grant 1 app 10 +
         0 time
         0.1 ack 1
         10 hack
         15 hack
         25 hack
         45 hack
         85 hack
         165 hack
         165 hack",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING
                2: heartbeat
                until 5
            0.1 ack 1
                until 10
            10 hack
                3: credentials 1 TaskApplication
                until 15
            15 hack
                4: credentials 1 TaskApplication
                until 25
            25 hack
                5: credentials 1 TaskApplication
                until 30
            45 hack
                6: credentials 1 TaskApplication
                7: heartbeat
                until 75
            85 hack
                8: credentials 1 TaskApplication
                9: heartbeat
                until 115
            165 hack
                10: heartbeat
                until 195
            165 hack
                until 195
        "#]],
    );
}

#[test]
fn a_payload_s_credentials_are_no_answer_for_its_tasks() {
    check(
        "0 want 1 RUNNING +
         0 time
         0.1 ack 1
         0.2 cack 2
         5 time",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING
                2: push start 1
                3: heartbeat
                until 5
            0.1 ack 1
                until 5
            0.2 cack 2
                until 5
            5 time
                4: push start 1
                until 15
        "#]],
    );
}

#[test]
fn a_deregistered_instance_says_what_it_still_runs_and_goes() {
    check(
        "0 want 1 RUNNING known +
         0 time
         0.1 ack 1
         1 gone
         1 release 1
         1.1 ack 3
         1.2 verify 3 1",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING
                2: heartbeat
                until 5
            0.1 ack 1
                until 30
            1 gone
                3: manifest
                until 6
            1 release 1
                until 6
            1.1 ack 3
                until 2.1
            1.2 verify 3 1
                verify of 3: task/1
                close: deregistered
                until 1.2
        "#]],
    );
    check(
        "0 time
         1 gone
         1.1 ack 3
         2.1 time",
        expect![[r#"
            0 time
                1: manifest
                2: heartbeat
                until 5
            1 gone
                3: manifest
                until 6
            1.1 ack 3
                until 2.1
            2.1 time
                close: deregistered
                until 2.1
        "#]],
    );
    check(
        "0 time
         1 gone
         2 want 9 RUNNING
         6 time",
        expect![[r#"
            0 time
                1: manifest
                2: heartbeat
                until 5
            1 gone
                3: manifest
                until 6
            2 want 9 RUNNING
                until 6
            6 time
                close: deregistered
                until 6
        "#]],
    );
}

#[test]
fn answers_to_another_session_mean_nothing() {
    check(
        "0 want 1 RUNNING +
         0 time
         0.1 foreign 8589934594
         0.1 foreign something
         0.1 ack 77
         5 time",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING
                2: push start 1
                3: heartbeat
                until 5
            0.1 foreign 8589934594
                until 5
            0.1 foreign something
                until 5
            0.1 ack 77
                until 5
            5 time
                4: manifest 1=RUNNING
                5: push start 1
                until 15
        "#]],
    );
}

#[test]
fn sequence_numbers_grow_over_sessions() {
    let session = |number| {
        let opening = Opening { number, protocol_version: 2, wants_credentials: false };
        Session::new(Timing::default(), opening, Timestamp(0))
    };
    assert!(session(2).sequence(1) > session(1).sequence(u64::from(u32::MAX)));
}
