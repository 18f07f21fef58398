//! The words of scenes: from text to values and back.

use crate::{
    driver::{ContainerFault, ContainerKey, FaultName, Signal},
    machine::{Action, Report},
};
use domain::{
    definition::{Condition, Dependency, PortMapping, RestartPolicy, VolumeFrom},
    id::TaskId,
    link::{
        acs::{FromAgent, PayloadContainer, PayloadTask},
        docker,
    },
    status::DesiredStatus,
    time::{Millis, Timestamp},
};
use std::fmt::Write as _;

pub(super) fn id_of(letter: &str) -> TaskId {
    TaskId::parse(letter.repeat(32)).expect("tasks are called a to f")
}

pub(super) fn arn(letter: &str) -> String {
    format!("arn:aws:ecs:us-east-1:000000000000:task/default/{}", id_of(letter))
}

// === text → values ===

pub(super) fn stop_task(letter: &str) -> PayloadTask {
    let stop = serde_json::json!({ "arn": arn(letter), "desiredStatus": "STOPPED" });
    serde_json::from_value(stop).expect("a stop")
}

pub(super) fn payload_task(letter: &str, containers: &str) -> PayloadTask {
    let mut task = stop_task(letter);
    task.desired_status = DesiredStatus::Running;
    task.family = "family".into();
    task.version = "1".into();
    let mut depth = 0;
    let words = containers.split(|c: char| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        c == ' ' && depth == 0
    });
    for word in words.filter(|word| !word.is_empty()) {
        match word.strip_prefix('@') {
            Some(service) => task.service_name = service.to_owned(),
            None => task.containers.push(container(word)),
        }
    }
    task
}

fn container(text: &str) -> PayloadContainer {
    let (name, options) = text.split_once('[').unwrap_or((text, ""));
    let mut container = PayloadContainer {
        name: name.trim_end_matches('?').to_owned(),
        essential: !name.ends_with('?'),
        ..PayloadContainer::default()
    };
    for option in options.trim_end_matches(']').split_whitespace() {
        let (key, value) = option.split_once('=').expect("key=value");
        set(&mut container, key, value);
    }
    container
}

fn set(container: &mut PayloadContainer, key: &str, value: &str) {
    let number = || value.parse::<i64>().expect("a number");
    match key {
        "after" => {
            container.depends_on = value
                .split(',')
                .map(|one| {
                    let (name, condition) = one.split_once(':').expect("name:CONDITION");
                    Dependency {
                        container_name: name.to_owned(),
                        condition: Condition::parse(condition).expect("a condition"),
                    }
                })
                .collect();
        }
        "link" => container.links = vec![value.to_owned()],
        "from" => {
            container.volumes_from =
                vec![VolumeFrom { source_container: Some(value.to_owned()), read_only: None }];
        }
        "stop" => container.stop_timeout = number(),
        "start" => container.start_timeout = number(),
        "restart" => {
            let (period, codes) = value.split_once(':').unwrap_or((value, ""));
            container.restart_policy = Some(RestartPolicy {
                enabled: true,
                ignored_exit_codes: Some(
                    codes.split(',').filter_map(|code| code.parse().ok()).collect(),
                ),
                restart_attempt_period: Some(period.parse().expect("seconds")),
            });
        }
        "health" => {
            let parts: Vec<i64> =
                value.split('/').map(|part| part.parse().expect("a number")).collect();
            let ns = |s: i64| s * 1_000_000_000;
            let config = docker::Config {
                healthcheck: Some(docker::Healthcheck {
                    test: vec!["CMD-SHELL".into(), "check".into()],
                    interval: ns(parts[0]),
                    timeout: ns(parts[1]),
                    retries: parts[2],
                    start_period: ns(parts[3]),
                }),
                ..docker::Config::default()
            };
            container.health_check_type = "docker".into();
            container.docker_config.config = serde_json::to_string(&config).expect("JSON");
        }
        "cpu" => container.cpu = number(),
        "mem" => container.memory = number(),
        "port" => {
            container.port_mappings = vec![PortMapping {
                container_port: Some(80),
                host_port: Some(number()),
                ..PortMapping::default()
            }];
        }
        _ => panic!("`{key}` is not an option of a container"),
    }
}

pub(super) fn key_of(text: &str) -> ContainerKey {
    let (task, name) = text.split_once('/').expect("task/container");
    ContainerKey { task: id_of(task).as_str().to_owned(), name: name.to_owned() }
}

pub(super) fn fault_of(text: &str) -> ContainerFault {
    let (name, text) = text.split_once(": ").expect("Name: text");
    let name = match name {
        "CannotPullContainerError" => FaultName::CannotPullContainerError,
        "CannotStartContainerError" => FaultName::CannotStartContainerError,
        "ResourceInitializationError" => FaultName::ResourceInitializationError,
        _ => FaultName::InternalError,
    };
    ContainerFault { name, text: text.to_owned() }
}

pub(super) fn duration(text: &str) -> Millis {
    match text.strip_suffix("ms") {
        Some(ms) => Millis(ms.parse().expect("milliseconds")),
        None => Millis::from_s(text.trim_end_matches('s').parse().expect("seconds")),
    }
}

// === values → text ===

pub(super) fn seconds(at: Timestamp) -> String {
    let since = at.0 - 1_000_000;
    format!("{}.{:03}s", since / 1000, since % 1000)
}

pub(super) fn short(id: &str) -> &str {
    &id[..1]
}

/// Ids and ARNs of a scene's tasks as their letters.
pub(super) fn shorten(text: &str) -> String {
    let mut text = text.replace("arn:aws:ecs:us-east-1:000000000000:task/default/", "");
    for letter in ["a", "b", "c", "d", "e", "f"] {
        text = text.replace(&letter.repeat(32), letter);
    }
    text
}

pub(super) fn action_text(action: &Action) -> String {
    match action {
        Action::Prepare(task) => format!("prepare {}", short(task.id())),
        Action::Pull(task, name) => format!("pull {}/{name}", short(task.id())),
        Action::Create(task, name) => format!("create {}/{name}", short(task.id())),
        Action::Start(task, name) => format!("start {}/{name}", short(task.id())),
        Action::Signal(key, Signal::Stop) => format!("stop {}/{}", short(&key.task), key.name),
        Action::Signal(key, Signal::Kill) => format!("kill {}/{}", short(&key.task), key.name),
        Action::Probe(key, command, _) => {
            format!("probe {}/{} {}", short(&key.task), key.name, command.join(" "))
        }
        Action::Remove(id) => format!("remove {}", short(id)),
        Action::Submit(report) => report_text(report),
    }
}

fn report_text(report: &Report) -> String {
    let id = report.task_arn.rsplit('/').next().unwrap_or_default();
    let mut text = format!("say {}", short(id));
    if let Some(status) = report.status {
        _ = write!(text, " {status}");
    }
    if !report.reason.is_empty() {
        _ = write!(text, " {:?}", shorten(&report.reason));
    }
    for change in &report.containers {
        _ = write!(text, " {}:{}", change.name, change.status);
        if let Some(code) = change.exit_code {
            _ = write!(text, "({code})");
        }
        if let Some(reason) = &change.reason {
            _ = write!(text, " {:?}", shorten(reason));
        }
    }
    text
}

pub(super) fn frame_text(frame: &FromAgent) -> String {
    match frame {
        FromAgent::Ack(ack) => format!("ack {}", ack.message_id),
        FromAgent::Nack(nack) => format!("nack {}", nack.message_id),
        FromAgent::HeartbeatAck(ack) => format!("ack {}", ack.message_id),
        FromAgent::CredentialsAck(ack) => format!("ack {} {}", ack.message_id, ack.credentials_id),
        FromAgent::StopVerification(asked) => {
            let tasks: Vec<&str> = asked
                .stop_candidates
                .iter()
                .map(|task| short(task.task_arn.rsplit('/').next().unwrap_or_default()))
                .collect();
            format!("verify {} {}", asked.message_id, tasks.join(" "))
        }
    }
}
