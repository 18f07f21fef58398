//! Connections between agents and control planes: frames in their order, late, sometimes lost, and never across a cut.
//!
//! A frame that meets a cut waits for its end, as TCP would send it again; one whose other end is gone by then is lost. Within a
//! connection frames keep their order. That single frames get lost stands for full queues on either side.

use super::{Msg, World};
use control::{acs::session::Session, instance::Instance, network::Told};
use domain::{
    link::acs::{FromAgent, FromPlane},
    record::Revision,
    time::{Millis, Timestamp},
};

/// A connection.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) host: usize,
    pub(crate) life: u64,
    pub(crate) plane: usize,
    /// What the agent said when it asked for the session: which instance it is. The plane knows nothing else of it.
    pub(super) instance: Option<Instance>,
    /// And whether its process is new.
    pub(super) wants_credentials: bool,
    /// Whether the agent holds its end.
    pub(crate) is_agents: bool,
    /// What the plane has of it, once the session is open.
    pub(crate) session: Option<Box<PlaneEnd>>,
    /// When the newest frame arrives at the agent.
    to_agent_at: Timestamp,
    /// And at the plane.
    to_plane_at: Timestamp,
}

/// A session as its plane has it.
#[derive(Debug)]
pub(crate) struct PlaneEnd {
    pub(crate) instance: Instance,
    pub(crate) number: u64,
    pub(crate) session: Session,
    /// Up to where it was told what is assigned.
    pub(crate) seen: Revision,
    /// What the agent was told of networks.
    pub(crate) told: Told,
    /// When it is woken by itself.
    pub(crate) alarm: Option<Timestamp>,
}

impl Connection {
    pub(super) fn new(
        (host, life): (usize, u64),
        plane: usize,
        instance: Option<Instance>,
        wants_credentials: bool,
    ) -> Self {
        Self {
            host,
            life,
            plane,
            instance,
            wants_credentials,
            is_agents: true,
            session: None,
            to_agent_at: Timestamp::default(),
            to_plane_at: Timestamp::default(),
        }
    }
}

impl World {
    /// Sends a frame to the agent.
    pub(super) fn send_to_agent(&mut self, connection: u64, message: &FromPlane) {
        let frame = serde_json::to_string(message).expect("plain data has a JSON form");
        // No queue drops a map: the session ends where one is full.
        let may_be_lost = !matches!(message, FromPlane::NetworkMap(_));
        if may_be_lost && self.loses_frame(connection) {
            return self.say(format_args!("~{connection} frame to agent is lost"));
        }
        self.reach_agent(connection, Msg::ToAgent { connection, frame });
    }

    /// Sends a frame to the plane.
    pub(super) fn send_to_plane(&mut self, connection: u64, message: &FromAgent) {
        let frame = serde_json::to_string(message).expect("plain data has a JSON form");
        if self.loses_frame(connection) {
            self.say(format_args!("~{connection} frame to plane is lost"));
            if matches!(message, FromAgent::StopVerification(_)) {
                // No queue drops this one: the connection broke.
                self.reach_plane(connection, Msg::Gone { connection });
                self.reach_agent(connection, Msg::Closed { connection, code: 1006, refusal: None });
            }
            return;
        }
        self.reach_plane(connection, Msg::ToPlane { connection, frame });
    }

    pub(super) fn loses_frame(&mut self, connection: u64) -> bool {
        let host = self.connections.get(&connection).map(|it| &self.hosts[it.host]);
        let is_on_bad_line = host.is_some_and(|host| self.now < host.bad_line_until);
        self.faults.loses_frame(&mut self.chance, is_on_bad_line)
    }

    /// Something arrives at the agent's end, after all that was sent before.
    pub(super) fn reach_agent(&mut self, connection: u64, msg: Msg) {
        let after = self.faults.frame_delay(&mut self.chance);
        let Some(it) = self.connections.get_mut(&connection) else { return };
        it.to_agent_at = it.to_agent_at.max(self.now + after);
        let at = it.to_agent_at;
        self.at(at, msg);
    }

    /// Something arrives at the plane's end, after all that was sent before.
    pub(super) fn reach_plane(&mut self, connection: u64, msg: Msg) {
        let after = self.faults.frame_delay(&mut self.chance);
        let Some(it) = self.connections.get_mut(&connection) else { return };
        it.to_plane_at = it.to_plane_at.max(self.now + after);
        let at = it.to_plane_at;
        self.at(at, msg);
    }

    /// If the connection's host is cut off, what arrives waits; otherwise it is given back.
    pub(super) fn unless_cut(&mut self, connection: u64, msg: Msg) -> Option<Msg> {
        let host = self.connections.get(&connection)?.host;
        if !self.hosts[host].is_cut(self.now) {
            return Some(msg);
        }
        let at = self.hosts[host].cut_until + Millis(200);
        if let Some(it) = self.connections.get_mut(&connection) {
            it.to_agent_at = it.to_agent_at.max(at);
            it.to_plane_at = it.to_plane_at.max(at);
        }
        self.at(at, msg);
        None
    }

    /// The agent lets go of its end. The plane hears of it if the host is still there to say so.
    pub(super) fn agent_hangs_up(&mut self, connection: u64, is_told: bool) {
        let Some(it) = self.connections.get_mut(&connection) else { return };
        it.is_agents = false;
        if is_told {
            self.reach_plane(connection, Msg::Gone { connection });
        }
    }

    /// The plane lets go of its end, with that code.
    pub(super) fn plane_hangs_up(&mut self, connection: u64, code: u16) {
        if let Some(it) = self.connections.get_mut(&connection) {
            it.session = None;
            self.reach_agent(connection, Msg::Closed { connection, code, refusal: None });
        }
    }

    /// Forgets a connection that both ends let go.
    pub(super) fn forget_connection(&mut self, connection: u64) {
        let is_over = self
            .connections
            .get(&connection)
            .is_some_and(|it| !it.is_agents && it.session.is_none());
        if is_over {
            self.connections.remove(&connection);
        }
    }
}
