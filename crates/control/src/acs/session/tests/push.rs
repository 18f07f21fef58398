//! What is owed to an agent, and how often.

use super::{check, task};
use crate::{
    acs::session::{Effect, Event, Opening, Session},
    config::Timing,
};
use domain::{
    link::acs::{Ack, FromAgent},
    status::DesiredStatus,
    time::Timestamp,
};
use expect_test::expect;

#[test]
fn a_session_opens_with_a_manifest_and_what_is_owed() {
    check(
        "0 want 1 RUNNING +
         0 want 2 RUNNING known +
         0 want 3 STOPPED known +
         0 time
         0.1 ack 1
         0.1 ack 2
         0.2 hack",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING 2=RUNNING 3=STOPPED
                2: push stop 3 start 1
                3: heartbeat
                until 5
            0.1 ack 1
                until 5
            0.1 ack 2
                until 30
            0.2 hack
                until 30
        "#]],
    );
}

#[test]
fn a_new_task_is_pushed_at_once() {
    check(
        "0 time
         1 ack 1
         2 want 1 RUNNING
         2.1 ack 3
         3 want 1 STOPPED
         3.1 ack 4
         4 release 1",
        expect![[r#"
            0 time
                1: manifest
                2: heartbeat
                until 5
            1 ack 1
                until 30
            2 want 1 RUNNING
                3: push start 1
                until 7
            2.1 ack 3
                until 30
            3 want 1 STOPPED
                4: push stop 1
                until 8
            3.1 ack 4
                until 30
            4 release 1
                until 30
        "#]],
    );
}

#[test]
fn what_is_not_acknowledged_goes_again_alone_and_later_each_time() {
    check(
        "0 want 1 RUNNING +
         0 want 2 RUNNING +
         0 time
         0.1 ack 1
         5 time
         6 ack 4
         10 time
         15 time
         35 time",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING 2=RUNNING
                2: push start 1 2
                3: heartbeat
                until 5
            0.1 ack 1
                until 5
            5 time
                4: push start 1
                5: push start 2
                until 15
            6 ack 4
                until 15
            10 time
                until 15
            15 time
                6: push start 2
                until 30
            35 time
                7: push start 2
                8: heartbeat
                until 65
        "#]],
    );
}

#[test]
fn a_late_acknowledgement_counts() {
    check(
        "0 want 1 RUNNING +
         0 want 2 RUNNING +
         0 time
         0.1 ack 1
         5 time
         5.1 ack 2
         40 hack",
        expect![[r#"
            0 time
                1: manifest 1=RUNNING 2=RUNNING
                2: push start 1 2
                3: heartbeat
                until 5
            0.1 ack 1
                until 5
            5 time
                4: push start 1
                5: push start 2
                until 15
            5.1 ack 2
                until 15
            40 hack
                6: heartbeat
                until 70
        "#]],
    );
}

#[test]
fn a_stop_does_not_wait_for_the_answer_to_the_start() {
    check(
        "0 time
         0 ack 1
         1 want 1 RUNNING
         1.1 want 1 STOPPED
         1.2 ack 3
         1.3 ack 4
         2 want 1 RUNNING",
        expect![[r#"
            0 time
                1: manifest
                2: heartbeat
                until 5
            0 ack 1
                until 30
            1 want 1 RUNNING
                3: push start 1
                until 6
            1.1 want 1 STOPPED
                4: push stop 1
                until 6
            1.2 ack 3
                until 6.1
            1.3 ack 4
                until 30
            2 want 1 RUNNING
                until 30
        "#]],
    );
}

#[test]
fn a_stop_that_leads_to_nothing_is_said_again() {
    check(
        "0 want 1 STOPPED +
         0 time
         0.5 ack 1
         1 ack 2
         30 hack
         60 hack
         120 hack
         180 hack
         240 hack
         300 hack
         301 hack",
        expect![[r#"
            0 time
                1: manifest 1=STOPPED
                2: push stop 1
                3: heartbeat
                until 5
            0.5 ack 1
                until 5
            1 ack 2
                until 30
            30 hack
                4: heartbeat
                until 60
            60 hack
                5: heartbeat
                until 90
            120 hack
                6: heartbeat
                until 150
            180 hack
                7: heartbeat
                until 210
            240 hack
                8: heartbeat
                until 270
            300 hack
                9: heartbeat
                until 301
            301 hack
                10: push stop 1
                until 306
        "#]],
    );
}

#[test]
fn only_so_many_messages_wait_for_an_agent() {
    let mut session = Session::new(
        Timing::default(),
        Opening { number: 1, protocol_version: 2, wants_credentials: false },
        Timestamp(0),
    );
    for of in 1..=300_u64 {
        let _ = session.note(
            Event::Assigned {
                task: task(&of.to_string()),
                desired: DesiredStatus::Running,
                known: None,
            },
            Timestamp(0),
        );
    }
    let pushed = |effects: &[Effect]| {
        let starts = effects.iter().map(|effect| match effect {
            Effect::Push { starts, .. } => starts.len(),
            _ => 0,
        });
        starts.filter(|count| *count > 0).collect::<Vec<_>>()
    };
    assert_eq!(pushed(&session.step(Timestamp(0))), [16; 16]);
    assert_eq!(pushed(&session.step(Timestamp(1))), [0; 0]);
    let ack = Ack { message_id: session.sequence(2).to_string(), ..Ack::default() };
    let _ = session.note(Event::Heard(FromAgent::Ack(ack)), Timestamp(2));
    assert_eq!(pushed(&session.step(Timestamp(2))), [16]);
}
