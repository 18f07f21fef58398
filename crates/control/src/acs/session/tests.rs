//! Transcripts: what happens to a session, line by line, and under each line what it does about it.
//!
//! Times are seconds, tasks and messages numbers. After each line the machine takes its step, as the shell lets it.

use super::{Closing, Effect, Event, Opening, Session};
use crate::config::Timing;
use domain::{
    iam::RoleUse,
    id::TaskId,
    link::acs::{Ack, CredentialsAck, FromAgent, HeartbeatAck, StopVerification, TaskIdentifier},
    status::DesiredStatus,
    time::{Millis, Timestamp},
};
use expect_test::{Expect, expect};
use std::fmt::Write as _;

fn number(text: &str) -> u64 {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is a number"))
}

fn task(text: &str) -> TaskId {
    TaskId::parse(format!("{:032x}", number(text))).expect("an id")
}

fn short(task: &TaskId) -> &str {
    task.as_str().trim_start_matches('0')
}

fn seconds(at: Timestamp) -> f64 {
    at.as_seconds()
}

fn role_use(text: &str) -> RoleUse {
    if text == "app" { RoleUse::TaskApplication } else { RoleUse::TaskExecution }
}

fn event(session: &Session, line: &str) -> Event {
    let id = |text: &str| session.sequence(number(text)).to_string();
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["want", of, desired] => Event::Assigned {
            task: task(of),
            desired: DesiredStatus::parse(desired).expect("a status"),
            known: None,
        },
        ["want", of, desired, "known"] => Event::Assigned {
            task: task(of),
            desired: DesiredStatus::parse(desired).expect("a status"),
            known: Some(DesiredStatus::Running),
        },
        ["release", of] => Event::Released(task(of)),
        ["grant", of, role, renew_at] => Event::Granted {
            task: task(of),
            role_use: role_use(role),
            renew_at: Timestamp(Millis::from_s(renew_at.parse().expect("seconds")).0),
        },
        ["ack", message] => {
            Event::Heard(FromAgent::Ack(Ack { message_id: id(message), ..Ack::default() }))
        }
        ["foreign", message_id] => {
            Event::Heard(FromAgent::Ack(Ack { message_id: (*message_id).into(), ..Ack::default() }))
        }
        ["cack", message] => Event::Heard(FromAgent::CredentialsAck(CredentialsAck {
            message_id: id(message),
            ..CredentialsAck::default()
        })),
        ["hack"] => Event::Heard(FromAgent::HeartbeatAck(HeartbeatAck::default())),
        ["verify", message, tasks @ ..] => {
            let candidate = |of: &&str| TaskIdentifier {
                task_arn: format!("task/{of}"),
                task_cluster_arn: String::new(),
                desired_status: DesiredStatus::Stopped,
            };
            let stop_candidates = tasks.iter().map(candidate).collect();
            Event::Heard(FromAgent::StopVerification(StopVerification {
                message_id: id(message),
                stop_candidates,
            }))
        }
        ["noise"] => Event::HeardOther,
        ["pong"] => Event::Pong,
        ["gone"] => Event::Deregistered,
        ["time"] => Event::Time,
        _ => panic!("`{line}` is not in the language of these tests"),
    }
}

fn tell(effect: &Effect) -> String {
    let list = |tasks: &[TaskId]| tasks.iter().map(short).collect::<Vec<_>>().join(" ");
    match effect {
        Effect::Push { message, starts, stops } => {
            let part = |verb: &str, tasks: &[TaskId]| {
                if tasks.is_empty() { String::new() } else { format!(" {verb} {}", list(tasks)) }
            };
            format!("{message}: push{}{}", part("stop", stops), part("start", starts))
        }
        Effect::Manifest { message, tasks } => {
            let tasks: Vec<_> =
                tasks.iter().map(|(task, it)| format!(" {}={it}", short(task))).collect();
            format!("{message}: manifest{}", tasks.concat())
        }
        Effect::Heartbeat { message } => format!("{message}: heartbeat"),
        Effect::Credentials { message, task, role_use } => {
            format!("{message}: credentials {} {role_use}", short(task))
        }
        Effect::Verify { message, candidates } => {
            let arns: Vec<_> = candidates.iter().map(|it| it.task_arn.as_str()).collect();
            format!("verify of {message}: {}", arns.join(" "))
        }
        Effect::Close(Closing::LeaseEnded) => "close: lease ended".into(),
        Effect::Close(Closing::Deregistered) => "close: deregistered".into(),
    }
}

/// Plays `script`: `2.5 ack 1` is what happens at 2.5 s. The first line may open the session otherwise than usual.
fn check(script: &str, expect: Expect) {
    let mut text = String::new();
    let mut opening = Opening { number: 3, protocol_version: 2, wants_credentials: false };
    let mut session: Option<Session> = None;
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line {
            "new process" => opening.wants_credentials = true,
            "protocol 1" => opening.protocol_version = 1,
            _ => {
                let (at, what) = line.split_once(' ').expect("a time and an event");
                let now = Timestamp::from_seconds(at.parse().expect("seconds"));
                let session =
                    session.get_or_insert_with(|| Session::new(Timing::default(), opening, now));
                // All that the store says is told before the first step.
                let is_told = what.ends_with('+');
                let event = event(session, what.trim_end_matches(" +"));
                let effect = session.note(event, now);
                let effects =
                    effect.into_iter().chain(if is_told { Vec::new() } else { session.step(now) });
                let effects: Vec<_> = effects.collect();
                let is_closed = matches!(effects.last(), Some(Effect::Close(_)));
                assert!(
                    is_told || is_closed || session.due() > now,
                    "after `{line}` it would spin"
                );
                let effects: Vec<_> =
                    effects.iter().map(|effect| format!("    {}\n", tell(effect))).collect();
                if !is_told {
                    let due = seconds(session.due());
                    write!(text, "{line}\n{}    until {due}\n", effects.concat())
                        .expect("a String takes all");
                }
            }
        }
    }
    expect.assert_eq(&text);
}

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

#[test]
fn heartbeats_go_on_and_silence_ends_the_session() {
    check(
        "0 time
         0.1 ack 1
         0.1 hack
         30 time
         60 time
         75 pong
         75.2 time",
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
            75.2 time
                close: lease ended
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
         100 time
         136 time",
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
            100 time
                4: heartbeat
                until 130
            136 time
                close: lease ended
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
         100 time
         136 time",
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
            100 time
                4: heartbeat
                until 130
            136 time
                close: lease ended
                until 130
        "#]],
    );
}

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
