//! What a frame of the control session means, and the answers that need no task. Values in, values out.
//!
//! Unknown types and members are skipped. A message that does not say which instance it is for, or names another one, is dropped: that is
//! how the official agent treats it (agent-protocol.md §4).

use crate::machine::{Event, Unreadable};
use domain::link::{
    Frame,
    acs::{
        FromAgent, Heartbeat, HeartbeatAck, InstanceCredentials, Manifest, Nack, Payload,
        PayloadTask, RoleCredentialsMessage, StopVerificationAck, Text, Update,
    },
    exec::{ExecOrder, ExecSessions},
    network::NetworkMap,
};
use serde::Deserialize;
use serde_json::value::RawValue;

/// What a frame asks for.
#[derive(Debug)]
pub enum Meaning {
    /// For the machine.
    Event(Box<Event>),
    /// To be answered, and to look whether the host is well.
    Heartbeat(FromAgent),
    /// To be answered.
    Answer(FromAgent),
    /// Which sessions of ECS Exec should be here.
    Exec(Vec<ExecOrder>),
    /// The role of this instance.
    Instance(Box<InstanceCredentials>),
    /// For the driver.
    Network(NetworkMap),
    /// For the log.
    Skip(String),
}

/// A payload whose tasks are read one by one, so that a bad one does not spoil the others.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct RawPayload<'a> {
    message_id: String,
    cluster_arn: String,
    container_instance_arn: String,
    generated_at: i64,
    seq_num: i64,
    #[serde(borrow)]
    tasks: Vec<&'a RawValue>,
}

impl Default for RawPayload<'_> {
    fn default() -> Self {
        let Payload {
            message_id, cluster_arn, container_instance_arn, generated_at, seq_num, ..
        } = Payload::default();
        let tasks = Vec::new();
        Self { message_id, cluster_arn, container_instance_arn, generated_at, seq_num, tasks }
    }
}

/// As much of a task as is needed to say that it is none.
#[derive(Deserialize)]
struct BadTask {
    #[serde(default)]
    arn: String,
}

/// As much of a message as every one has that is for one instance.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Address {
    message_id: String,
    cluster_arn: String,
    container_instance_arn: String,
}

/// What `text` means to the instance `arn`.
pub fn read(text: &str, arn: &str) -> Meaning {
    match meaning(text, arn) {
        Ok(meaning) => meaning,
        Err(error) => Meaning::Skip(format!("a frame that cannot be read: {error}")),
    }
}

fn meaning(text: &str, arn: &str) -> Result<Meaning, serde_json::Error> {
    let frame: Frame<'_> = serde_json::from_str(text)?;
    let message = frame.message.map_or("{}", RawValue::get);
    let for_machine = |event: Event| Ok(Meaning::Event(Box::new(event)));
    match frame.kind.as_ref() {
        "HeartbeatMessage" => {
            let heartbeat: Heartbeat = serde_json::from_str(message)?;
            let ack = HeartbeatAck { message_id: heartbeat.message_id };
            Ok(Meaning::Heartbeat(FromAgent::HeartbeatAck(ack)))
        }
        "PayloadMessage" => addressed(message, arn, payload(message)?),
        "TaskManifestMessage" => {
            let manifest: Manifest = serde_json::from_str(message)?;
            addressed(message, arn, Event::Manifest(manifest))
        }
        "IAMRoleCredentialsMessage" => {
            let credentials: RoleCredentialsMessage = serde_json::from_str(message)?;
            for_machine(Event::Credentials(credentials))
        }
        "TaskStopVerificationAck" => {
            let ack: StopVerificationAck = serde_json::from_str(message)?;
            for_machine(Event::StopVerified(ack))
        }
        "StageUpdateMessage" | "PerformUpdateMessage" => {
            let update: Update = serde_json::from_str(message)?;
            Ok(nack(update, "Updates are disabled"))
        }
        "AttachTaskNetworkInterfacesMessage"
        | "AttachInstanceNetworkInterfacesMessage"
        | "ConfirmAttachmentMessage" => {
            let update: Update = serde_json::from_str(message)?;
            Ok(nack(update, "this agent does not attach interfaces or volumes yet"))
        }
        "ExecSessionsMessage" => {
            let all: ExecSessions = serde_json::from_str(message)?;
            Ok(if all.container_instance_arn == arn {
                Meaning::Exec(all.sessions)
            } else {
                Meaning::Skip("sessions of another instance".to_owned())
            })
        }
        "InstanceCredentialsMessage" => Ok(Meaning::Instance(serde_json::from_str(message)?)),
        "NetworkMapMessage" => Ok(Meaning::Network(serde_json::from_str(message)?)),
        kind @ ("CloseMessage" | "ErrorMessage") => {
            let said: Text = serde_json::from_str(message)?;
            Ok(Meaning::Skip(format!("{kind}: {}", said.message)))
        }
        other => Ok(Meaning::Skip(format!("a frame of the unknown type `{other}`"))),
    }
}

fn addressed(message: &str, arn: &str, event: Event) -> Result<Meaning, serde_json::Error> {
    let address: Address = serde_json::from_str(message)?;
    let whom = &address.container_instance_arn;
    if address.message_id.is_empty() || address.cluster_arn.is_empty() || whom.is_empty() {
        return Ok(Meaning::Skip("a message without id, cluster or instance".to_owned()));
    }
    if whom != arn {
        return Ok(Meaning::Skip(format!("a message for another instance, `{whom}`")));
    }
    Ok(Meaning::Event(Box::new(event)))
}

fn payload(message: &str) -> Result<Event, serde_json::Error> {
    let raw: RawPayload<'_> = serde_json::from_str(message)?;
    let mut tasks = Vec::new();
    let mut unreadable = Vec::new();
    for task in raw.tasks {
        match serde_json::from_str::<PayloadTask>(task.get()) {
            Ok(task) => tasks.push(task),
            Err(error) => {
                let bad: BadTask = serde_json::from_str(task.get())
                    .unwrap_or_else(|_| BadTask { arn: String::new() });
                unreadable.push(Unreadable { arn: bad.arn, why: error.to_string() });
            }
        }
    }
    let payload = Payload {
        message_id: raw.message_id,
        cluster_arn: raw.cluster_arn,
        container_instance_arn: raw.container_instance_arn,
        generated_at: raw.generated_at,
        seq_num: raw.seq_num,
        tasks,
    };
    Ok(Event::Payload(payload, unreadable))
}

fn nack(update: Update, reason: &str) -> Meaning {
    Meaning::Answer(FromAgent::Nack(Nack {
        cluster: update.cluster_arn,
        container_instance: update.container_instance_arn,
        message_id: update.message_id,
        reason: reason.to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::{Meaning, read};
    use crate::machine::Event;
    use serde_json::json;

    fn meaning(kind: &str, message: serde_json::Value) -> Meaning {
        read(&json!({ "type": kind, "message": message }).to_string(), "me")
    }

    fn text(kind: &str, message: serde_json::Value) -> String {
        match meaning(kind, message) {
            Meaning::Event(event) => format!("event {event:?}").chars().take(40).collect(),
            Meaning::Heartbeat(answer) | Meaning::Answer(answer) => {
                serde_json::to_string(&answer).expect("JSON")
            }
            Meaning::Network(map) => format!("network of {} VPCs", map.vpcs.len()),
            Meaning::Exec(orders) => format!("exec {orders:?}"),
            Meaning::Instance(role) => format!("role {role:?}"),
            Meaning::Skip(why) => format!("skip {why}"),
        }
    }

    #[test]
    fn a_heartbeat_is_answered() {
        assert_eq!(
            text("HeartbeatMessage", json!({ "messageId": "7", "healthy": true })),
            r#"{"type":"HeartbeatAckRequest","message":{"messageId":"7"}}"#
        );
    }

    #[test]
    fn updates_are_disabled() {
        let update = json!({ "messageId": "7", "clusterArn": "c", "containerInstanceArn": "me" });
        assert_eq!(
            text("StageUpdateMessage", update),
            r#"{"type":"NackRequest","message":{"cluster":"c","containerInstance":"me","messageId":"7","reason":"Updates are disabled"}}"#
        );
    }

    #[test]
    fn one_bad_task_does_not_spoil_the_others() {
        let payload = json!({
            "messageId": "7", "clusterArn": "c", "containerInstanceArn": "me", "seqNum": 3,
            "tasks": [
                { "arn": "good", "desiredStatus": "RUNNING", "memberOfTomorrow": 1 },
                { "arn": "bad", "desiredStatus": "SLEEPING" },
                17,
            ],
        });
        let Meaning::Event(event) = meaning("PayloadMessage", payload) else {
            panic!("a payload is for the machine");
        };
        let Event::Payload(payload, unreadable) = *event else { panic!("a payload") };
        assert_eq!((payload.seq_num, payload.tasks.len()), (3, 1));
        let arns: Vec<&str> = unreadable.iter().map(|bad| bad.arn.as_str()).collect();
        assert_eq!(arns, ["bad", ""]);
    }

    #[test]
    fn messages_for_nobody_or_others_are_dropped() {
        let manifest = |instance: &str| json!({ "messageId": "7", "clusterArn": "c", "containerInstanceArn": instance });
        let meant = |instance| text("TaskManifestMessage", manifest(instance));
        assert_eq!(meant(""), "skip a message without id, cluster or instance");
        assert_eq!(meant("you"), "skip a message for another instance, `you`");
        assert_eq!(&meant("me")[..14], "event Manifest");
    }

    #[test]
    fn what_is_said_of_vpcs_is_for_the_driver() {
        let map = json!({ "messageId": "7", "vpcs": [{ "id": "vpc-1", "memberOfTomorrow": 1 }] });
        assert_eq!(text("NetworkMapMessage", map), "network of 1 VPCs");
    }

    #[test]
    fn the_role_of_the_instance_is_read_and_its_secrets_are_not_printed() {
        let given =
            json!({ "accessKeyId": "ASIA1", "secretAccessKey": "hush", "sessionToken": "hush" });
        let said = json!({ "roleName": "host", "roleCredentials": given });
        let text = text("InstanceCredentialsMessage", said);
        assert!(text.starts_with("role ") && text.contains(r#"role_name: "host""#), "{text}");
        assert!(!text.contains("hush"), "{text}");
    }

    #[test]
    fn strange_frames_are_skipped() {
        assert_eq!(
            text("ToBeInvented", json!({})),
            "skip a frame of the unknown type `ToBeInvented`"
        );
        assert_eq!(text("CloseMessage", json!({ "message": "bye" })), "skip CloseMessage: bye");
        assert!(matches!(read("nonsense", "me"), Meaning::Skip(_)));
        assert!(matches!(meaning("PayloadMessage", json!({ "tasks": 3 })), Meaning::Skip(_)));
    }
}
