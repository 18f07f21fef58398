//! An agent as the official one behaves on the wire (agent-protocol.md §3 to §5), with checks of everything that it relies on.

use crate::scene::{Plane, task_arn};
use control::instance::Instance;
use domain::{
    link::acs::{
        Ack, CredentialsAck, FromAgent, FromPlane, HeartbeatAck, Payload, RoleCredentialsMessage,
        StopVerification, TaskIdentifier,
    },
    status::DesiredStatus,
};
use futures_util::{SinkExt, StreamExt};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use tokio::{io::DuplexStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// No frame takes longer, of paused time: two heartbeats.
const DEADLINE: Duration = Duration::from_secs(60);

/// What outlives an agent's connection.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Tasks it runs, by ARN.
    pub(crate) runs: BTreeMap<String, DesiredStatus>,
    /// The largest sequence number or timeline seen.
    pub(crate) latest: i64,
    /// Message ids seen: none may come twice.
    pub(crate) seen: BTreeSet<String>,
    /// Its process is new, so it wants credentials.
    pub(crate) is_new: bool,
}

/// A connected agent.
pub(crate) struct Agent {
    pub(crate) memory: Memory,
    instance: Instance,
    socket: WebSocketStream<DuplexStream>,
    /// The manifest whose verification counts.
    verifying: Option<String>,
    /// Tasks that it cannot read, so that it acknowledges no payload with one of them.
    pub(crate) cannot_read: BTreeSet<String>,
    /// Acknowledges nothing, if set.
    pub(crate) is_mute: bool,
    /// Longshore's own, and not the official one.
    is_own: bool,
}

impl Agent {
    pub(crate) async fn connect(plane: &mut Plane, instance: &Instance, memory: Memory) -> Self {
        Self::connect_as(plane, instance, memory, "agentHash=8dfceca6c").await
    }

    /// As Longshore's own agent, on a host with an instance profile.
    pub(crate) async fn connect_with_profile(
        plane: &mut Plane,
        instance: &Instance,
        profile: &str,
    ) -> Self {
        let says = format!("agentHash=longshore&instanceProfile={profile}");
        Self::connect_as(plane, instance, Memory { is_new: true, ..Memory::default() }, &says).await
    }

    async fn connect_as(
        plane: &mut Plane,
        instance: &Instance,
        memory: Memory,
        says: &str,
    ) -> Self {
        // A name and not an ARN, and everything encoded, as the agent sends it.
        let send_credentials = memory.is_new;
        let query = format!(
            "{says}&agentVersion=1.105.1&clusterArn={}&containerInstanceArn={}&dockerVersion=DockerVersion%3A+20.10.24%2Bdfsg1&protocolVersion=2&sendCredentials={send_credentials}&seqNum=1",
            instance.cluster,
            instance.arn().replace(':', "%3A").replace('/', "%2F"),
        );
        let request =
            format!("ws://plane/acs/ws?{query}").into_client_request().expect("a request");
        let (socket, _) = client_async(request, plane.dial()).await.expect("an upgrade");
        Self {
            memory,
            instance: instance.clone(),
            socket,
            verifying: None,
            cannot_read: BTreeSet::new(),
            is_mute: false,
            is_own: says.contains("agentHash=longshore"),
        }
    }

    pub(crate) async fn connect_new(plane: &mut Plane, instance: &Instance) -> Self {
        Self::connect(plane, instance, Memory { is_new: true, ..Memory::default() }).await
    }

    /// The next message, or why there is none.
    pub(crate) async fn next(&mut self) -> Result<FromPlane, String> {
        loop {
            let frame =
                timeout(DEADLINE, self.socket.next()).await.map_err(|_| "silence".to_owned())?;
            match frame {
                Some(Ok(Message::Text(text))) => {
                    return serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"));
                }
                Some(Ok(Message::Close(frame))) => {
                    let code = frame.map(|frame| u16::from(frame.code));
                    return Err(format!(
                        "closed {}",
                        code.map_or_else(String::new, |code| code.to_string())
                    ));
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error.to_string()),
                None => return Err("connection ended".into()),
            }
        }
    }

    /// Takes and answers messages as the agent does until one is as wanted, which is answered too.
    pub(crate) async fn until<T>(
        &mut self,
        mut is_right: impl FnMut(&FromPlane) -> Option<T>,
    ) -> T {
        for _ in 0..5000 {
            let message = self.next().await.expect("a message");
            let wanted = is_right(&message);
            self.take(message).await;
            if let Some(wanted) = wanted {
                return wanted;
            }
        }
        panic!("the wanted message never came")
    }

    /// Takes and answers messages until the connection ends: how it did.
    pub(crate) async fn until_closed(&mut self) -> String {
        loop {
            match self.next().await {
                Ok(message) => self.take(message).await,
                Err(end) => return end,
            }
        }
    }

    pub(crate) async fn payload(&mut self) -> Payload {
        self.until(|message| {
            if let FromPlane::Payload(payload) = message { Some(payload.clone()) } else { None }
        })
        .await
    }

    pub(crate) async fn credentials(&mut self) -> RoleCredentialsMessage {
        self.until(
            |message| {
                if let FromPlane::Credentials(it) = message { Some(it.clone()) } else { None }
            },
        )
        .await
    }

    /// The tasks of the next manifest that the agent heeds.
    pub(crate) async fn manifest(&mut self) -> Vec<TaskIdentifier> {
        self.until(|message| {
            if let FromPlane::Manifest(it) = message { Some(it.tasks.clone()) } else { None }
        })
        .await
    }

    pub(crate) async fn heartbeat(&mut self) {
        self.until(|message| matches!(message, FromPlane::Heartbeat(_)).then_some(())).await;
    }

    pub(crate) fn runs(&self, number: u8) -> bool {
        let arn = task_arn(number);
        self.memory.runs.get(&arn) == Some(&DesiredStatus::Running)
    }

    /// Ends the connection without a word.
    pub(crate) fn vanish(self) -> Memory {
        Memory { is_new: false, ..self.memory }
    }

    /// Closes the connection as the agent does every half hour.
    pub(crate) async fn leave(mut self) -> Memory {
        let _ = self.socket.close(None).await;
        self.vanish()
    }

    pub(crate) async fn say(&mut self, message: &FromAgent) {
        if !self.is_mute {
            let text = serde_json::to_string(message).expect("JSON");
            self.socket.send(Message::text(text)).await.expect("the plane reads");
        }
    }

    pub(crate) async fn say_text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.expect("the plane reads");
    }

    fn check_identity(&mut self, id: &str, cluster: &str, instance: &str) {
        assert_eq!(
            (cluster, instance),
            (self.instance.cluster_arn().as_str(), self.instance.arn().as_str())
        );
        self.check_id(id);
    }

    fn check_id(&mut self, id: &str) {
        assert!(!id.is_empty(), "a message has an id");
        assert!(self.memory.seen.insert(id.to_owned()), "message id {id} came twice");
    }

    async fn take(&mut self, message: FromPlane) {
        match message {
            FromPlane::Heartbeat(heartbeat) => {
                assert!(heartbeat.healthy);
                self.check_id(&heartbeat.message_id);
                self.say(&FromAgent::HeartbeatAck(HeartbeatAck {
                    message_id: heartbeat.message_id,
                }))
                .await;
            }
            FromPlane::Payload(payload) => self.take_payload(payload).await,
            FromPlane::Credentials(message) => self.take_credentials(message).await,
            FromPlane::Manifest(manifest) => self.take_manifest(manifest).await,
            FromPlane::StopVerificationAck(ack) => {
                // Only the answer to the newest manifest counts, and once.
                if self.verifying.take_if(|id| *id == ack.message_id).is_some() {
                    for task in ack.stop_tasks {
                        self.memory.runs.remove(&task.task_arn);
                    }
                }
            }
            // Not acknowledged; the official agent passes over it.
            FromPlane::NetworkMap(_) => {}
            FromPlane::InstanceCredentials(_) | FromPlane::ExecSessions(_) if self.is_own => {}
            other => panic!("an agent does not expect {other:?}"),
        }
    }

    async fn take_payload(&mut self, payload: Payload) {
        self.check_identity(
            &payload.message_id,
            &payload.cluster_arn,
            &payload.container_instance_arn,
        );
        assert!(payload.generated_at > 0);
        assert!(payload.seq_num > self.memory.latest, "sequence numbers grow");
        self.memory.latest = payload.seq_num;
        let mut is_readable = true;
        let mut credentials = Vec::new();
        for task in &payload.tasks {
            assert_eq!(task.overrides, "{}");
            if self.cannot_read.contains(&task.arn) {
                is_readable = false;
                continue;
            }
            let known = self.memory.runs.entry(task.arn.clone()).or_insert(task.desired_status);
            *known = task.desired_status.max(*known);
            credentials.extend(task.role_credentials.clone());
            credentials.extend(task.execution_role_credentials.clone());
        }
        for role in credentials {
            let ack = CredentialsAck {
                message_id: payload.message_id.clone(),
                credentials_id: role.credentials_id,
                expiration: role.expiration,
            };
            self.say(&FromAgent::CredentialsAck(ack)).await;
        }
        if is_readable {
            self.acknowledge(payload.message_id).await;
        }
    }

    async fn take_credentials(&mut self, message: RoleCredentialsMessage) {
        self.check_id(&message.message_id);
        // Not acknowledged if the task is not known.
        if self.memory.runs.contains_key(&message.task_arn) {
            let ack = CredentialsAck {
                message_id: message.message_id,
                credentials_id: message.role_credentials.credentials_id,
                expiration: message.role_credentials.expiration,
            };
            self.say(&FromAgent::CredentialsAck(ack)).await;
        }
    }

    async fn take_manifest(&mut self, manifest: domain::link::acs::Manifest) {
        self.check_identity(
            &manifest.message_id,
            &manifest.cluster_arn,
            &manifest.container_instance_arn,
        );
        if manifest.timeline <= self.memory.latest {
            return;
        }
        self.memory.latest = manifest.timeline;
        let wanted = |arn: &String| {
            manifest
                .tasks
                .iter()
                .any(|task| task.task_arn == *arn && task.desired_status == DesiredStatus::Running)
        };
        let running =
            self.memory.runs.iter().filter(|(_, status)| **status == DesiredStatus::Running);
        let candidates: Vec<_> = running
            .filter(|(arn, _)| !wanted(arn))
            .map(|(arn, _)| TaskIdentifier {
                task_arn: arn.clone(),
                task_cluster_arn: self.instance.cluster_arn(),
                desired_status: DesiredStatus::Stopped,
            })
            .collect();
        self.acknowledge(manifest.message_id.clone()).await;
        if !candidates.is_empty() {
            self.verifying = Some(manifest.message_id.clone());
            let question =
                StopVerification { message_id: manifest.message_id, stop_candidates: candidates };
            self.say(&FromAgent::StopVerification(question)).await;
        }
    }

    async fn acknowledge(&mut self, message_id: String) {
        let ack = Ack {
            cluster: self.instance.cluster_arn(),
            container_instance: self.instance.arn(),
            message_id,
        };
        self.say(&FromAgent::Ack(ack)).await;
    }
}
