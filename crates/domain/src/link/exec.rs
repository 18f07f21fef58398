//! ECS Exec between the plane and Longshore's own agent.
//!
//! Over the control session the plane says which sessions should be on a host, all of them, whenever that changes; the official agent is
//! never told. For each the agent opens a websocket of its own, on which binary frames are the data channel's (crate `exec`), relayed to
//! and from the client unchanged, and text frames are those below.

use serde::{Deserialize, Serialize};

/// A terminal's size in characters. 0 and 0 where nobody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowSize {
    pub cols: u16,
    pub rows: u16,
}

/// All sessions that should be on the host now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExecSessions {
    pub container_instance_arn: String,
    pub sessions: Vec<ExecOrder>,
}

/// One session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExecOrder {
    pub session_id: String,
    pub task_arn: String,
    pub container: String,
    /// As the client gave it: to be split into words as a shell does.
    pub command: String,
    /// Who opened it.
    pub owner_arn: String,
    /// The log group that its transcript is for, if one is to be kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_group: Option<String>,
}

/// Plane → agent, as text on a session's websocket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum ToHost {
    /// Whether a client is at the other end.
    Client { connected: bool },
}

/// Agent → plane, as text on a session's websocket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum FromHost {
    /// The session is over, and its client was told.
    Ended {
        /// For the log.
        reason: String,
    },
}
