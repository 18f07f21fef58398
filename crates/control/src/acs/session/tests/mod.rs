//! Transcripts: what happens to a session, line by line, and under each line what it does about it.
//!
//! Times are seconds, tasks and messages numbers. After each line the machine takes its step, as the shell lets it.

mod lease;
mod life;
mod push;

use super::{Closing, Effect, Event, Opening, Session};
use crate::config::Timing;
use domain::{
    iam::RoleUse,
    id::TaskId,
    link::acs::{Ack, CredentialsAck, FromAgent, HeartbeatAck, StopVerification, TaskIdentifier},
    status::DesiredStatus,
    time::{Millis, Timestamp},
};
use expect_test::Expect;
use std::fmt::Write as _;

fn number(text: &str) -> u64 {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is a number"))
}

pub(super) fn task(text: &str) -> TaskId {
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
        Effect::Close(Closing::LeaseEnded(since)) => {
            format!("close: lease ended, silent since {}", seconds(*since))
        }
        Effect::Close(Closing::Deregistered) => "close: deregistered".into(),
    }
}

/// Plays `script`: `2.5 ack 1` is what happens at 2.5 s. The first line may open the session otherwise than usual.
pub(super) fn check(script: &str, expect: Expect) {
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
