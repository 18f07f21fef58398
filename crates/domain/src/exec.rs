//! Sessions of ECS Exec: somebody talks to a command in a container.
//!
//! A session is found by its id alone, because a client's websocket names nothing else of it; which sessions a host should have is kept
//! with the host. Invariant: both are written in one commit, so that a session is in its host's roster for as long as it lives.
//! Not here: what is said in a session (crate `exec`).

use crate::{
    iam::everywhere,
    id::{ClusterName, InstanceId, Scope, TaskId},
    key::Key,
    record::Record,
    tag::Attribute,
    time::{Millis, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many sessions a container may have at once: ECS's own default.
pub const SESSIONS_PER_CONTAINER_MAX: usize = 2;
/// How long a token opens a channel.
pub const TOKEN_LIFE: Millis = Millis::from_s(5 * 60);
/// No session lives longer: beyond this its record is left over.
pub const SESSION_LIFE_MAX: Millis = Millis::from_s(24 * 3600);
/// The capability of an instance whose tasks can be entered.
pub const CAPABILITY: &str = "ecs.capability.execute-command";
/// What lets people into a container, as DescribeTasks names it.
pub const MANAGED_AGENT: &str = "ExecuteCommandAgent";

/// What lets people into a container that was just made, as its record has it.
pub fn managed_agent() -> serde_json::Value {
    serde_json::json!({ "name": MANAGED_AGENT, "lastStatus": "PENDING" })
}

/// What an instance must have for a task that asks for `attributes`, and that people may enter if `exec`.
pub fn with_capability(attributes: &[Attribute], exec: bool) -> Vec<Attribute> {
    let capability = exec.then(|| Attribute { name: CAPABILITY.to_owned(), value: None });
    attributes.iter().cloned().chain(capability).collect()
}

/// A session, for as long as it lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExecSession {
    /// Such as `ecs-execute-command-0a1b2c3d4e5f67890`.
    pub id: String,
    /// The account and region of its task.
    pub scope: Scope,
    /// The task's cluster.
    pub cluster: ClusterName,
    /// The task.
    pub task: TaskId,
    /// The task's instance.
    pub instance: InstanceId,
    /// The instance's cluster, where that is another than the task's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_cluster: Option<ClusterName>,
    /// Which of its containers.
    pub container: String,
    /// The engine's id of it.
    pub runtime_id: String,
    /// As the client gave it.
    pub command: String,
    /// Who opened it.
    pub owner_arn: String,
    /// When.
    pub created_at: Timestamp,
    /// The log group that its transcript is for, if one is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_group: Option<String>,
    /// What opens its channel once more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<TokenDigest>,
    /// Which life of an agent began it. Another life did not start its command, and never will: a command is started once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
}

/// A token that nobody can read back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenDigest {
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// From then on it opens nothing.
    pub expires_at: Timestamp,
}

impl Record for ExecSession {
    const TABLE: &'static str = "exec-session";
}

impl ExecSession {
    /// The key of the session with this id; `None` for a text that is no session's id.
    pub fn key(id: &str) -> Option<Key> {
        let is_id = id.strip_prefix(ID_PREFIX).is_some_and(|rest| {
            rest.len() == ID_DIGITS && rest.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        is_id.then(|| Key::of::<Self>(&everywhere(), &[id]))
    }

    /// The key of the roster that it is in.
    pub fn roster_key(&self) -> Key {
        let cluster = self.host_cluster.as_ref().unwrap_or(&self.cluster);
        ExecRoster::key(&self.scope, cluster, &self.instance)
    }
}

/// What ids of sessions begin with, and how many hexadecimal digits follow.
const ID_PREFIX: &str = "ecs-execute-command-";
const ID_DIGITS: usize = 17;

/// A session's id, of bytes that nobody can guess.
pub fn session_id(bytes: [u8; 16]) -> String {
    format!("{ID_PREFIX}{}", &crate::id::hex(&bytes)[..ID_DIGITS])
}

/// The sessions that should be on a host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExecRoster {
    /// By id.
    pub sessions: BTreeMap<String, ExecPlace>,
}

/// Where a session is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExecPlace {
    /// The task.
    pub task: TaskId,
    /// Which of its containers.
    pub container: String,
}

impl Record for ExecRoster {
    const TABLE: &'static str = "exec-roster";
}

impl ExecRoster {
    /// The key of the roster of this instance.
    pub fn key(scope: &Scope, cluster: &ClusterName, instance: &InstanceId) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), instance.as_str()])
    }

    /// How many sessions the container has.
    pub fn count(&self, task: &TaskId, container: &str) -> usize {
        let is_there = |place: &&ExecPlace| place.task == *task && place.container == container;
        self.sessions.values().filter(is_there).count()
    }
}

#[cfg(test)]
mod tests {
    use super::{ExecSession, session_id};

    #[test]
    fn only_ids_of_sessions_are_keys() {
        let id = session_id([0xab; 16]);
        assert_eq!(id, "ecs-execute-command-ababababababababa");
        assert!(ExecSession::key(&id).is_some());
        for other in
            ["", "ecs-execute-command-", "../../x", "ecs-execute-command-ababababababab/ba"]
        {
            assert_eq!(ExecSession::key(other), None, "{other}");
        }
    }
}
