//! The control session: tasks, manifests and credentials in, acknowledgements out (agent-protocol.md §3, §4).

use super::{
    Link, ToLoop,
    api::Endpoints,
    frame::{self, Meaning},
    register::Identity,
    session::{self, Heard, Talk},
};
use crate::{endpoint::HostView, machine::Event};
use domain::link::{acs::FromAgent, exec::ExecOrder};
use tokio::sync::{mpsc, watch};

/// Where what the plane says goes that is not for the machine.
pub(crate) struct Told {
    /// Counts heartbeats.
    pub(crate) heartbeats: watch::Sender<u64>,
    /// What it wants of ECS Exec.
    pub(crate) execs: watch::Sender<Vec<ExecOrder>>,
    /// What the endpoints say of this host.
    pub(crate) host: watch::Sender<HostView>,
}

struct Acs<'a> {
    link: &'a Link,
    identity: &'a Identity,
    events: mpsc::Sender<Event>,
    frames: mpsc::Receiver<FromAgent>,
    told: Told,
    /// The plane sends all credentials once to each process.
    wants_credentials: bool,
}

/// Keeps the control session up until the agent leaves.
pub(crate) async fn run(
    link: &Link,
    identity: &Identity,
    to_loop: &ToLoop,
    frames: mpsc::Receiver<FromAgent>,
    told: Told,
) {
    let events = to_loop.events.clone();
    let mut acs = Acs { link, identity, events, frames, told, wants_credentials: true };
    session::keep(link, identity, link.config.acs, &mut acs).await;
}

impl Talk for Acs<'_> {
    const NAME: &'static str = "control";

    fn address(&mut self, endpoints: &Endpoints) -> String {
        let engine = format!("DockerVersion: {}", self.link.engine);
        let wants_credentials = if self.wants_credentials { "true" } else { "false" };
        let mut parameters = vec![
            ("agentHash", super::AGENT_HASH),
            ("agentVersion", super::AGENT_VERSION),
            ("clusterArn", &self.identity.cluster),
            ("containerInstanceArn", &self.identity.container_instance_arn),
            ("dockerVersion", &engine),
            ("protocolVersion", "2"),
            ("sendCredentials", wants_credentials),
            ("seqNum", "1"),
        ];
        // Longshore's own.
        let profile = self.link.config.instance_profile.as_deref();
        parameters.extend(profile.map(|name| (domain::link::INSTANCE_PROFILE, name)));
        session::address(&endpoints.control, &parameters)
    }

    async fn opened(&mut self) {
        self.wants_credentials = false;
        // What was meant for an earlier session means nothing in this one.
        while self.frames.try_recv().is_ok() {}
        self.tell(Event::Linked).await;
    }

    async fn next(&mut self) -> String {
        match self.frames.recv().await {
            Some(frame) => text(&frame),
            // The loop is gone, and with it soon everything.
            None => std::future::pending().await,
        }
    }

    async fn hear(&mut self, frame: &str) -> Heard {
        match frame::read(frame, &self.identity.container_instance_arn) {
            Meaning::Event(event) => {
                self.tell(*event).await;
                Heard::Life(None)
            }
            Meaning::Heartbeat(answer) => {
                self.told.heartbeats.send_modify(|count| *count += 1);
                Heard::Life(Some(text(&answer)))
            }
            Meaning::Answer(answer) => {
                tracing::warn!(?answer, "refused what this agent does not do");
                Heard::Life(Some(text(&answer)))
            }
            Meaning::Exec(orders) => {
                self.told.execs.send_replace(orders);
                Heard::Life(None)
            }
            Meaning::Instance(role) => {
                tracing::info!(?role, "the instance's role");
                self.told.host.send_modify(|host| host.role = Some(*role));
                Heard::Life(None)
            }
            Meaning::Network(map) => {
                // In the order in which it came, and not taking the session's time for longer than the host needs.
                if let Err(fault) = self.link.driver.network(map).await {
                    tracing::error!(%fault, "what the control plane says of VPCs is not in force");
                }
                Heard::Life(None)
            }
            Meaning::Skip(why) => {
                tracing::warn!(why, "frame skipped");
                Heard::Life(None)
            }
        }
    }
}

impl Acs<'_> {
    async fn tell(&self, event: Event) {
        // A loop that is gone needs to hear nothing.
        _ = self.events.send(event).await;
    }
}

fn text(frame: &FromAgent) -> String {
    serde_json::to_string(frame).expect("plain data with text keys has a JSON form")
}
