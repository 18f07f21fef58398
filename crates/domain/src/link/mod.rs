//! The agent link: what control plane and agents say to each other, the same for the official ECS agent and for ours.
//!
//! Frames are text, one JSON object `{"type": …, "message": {…}}` each (agent-protocol.md §3.2, §4, §5). Unknown types and members are
//! for the reader to log and skip. Not here: sockets, timers, retries (`control`, `agent`).

#![expect(
    missing_docs,
    reason = "fields mirror the messages of agent-protocol.md one to one and are documented there"
)]

pub mod acs;
pub mod docker;
pub mod exec;
pub mod network;
pub mod tcs;

/// What Longshore's own agent says in the place of a commit when it connects; the official agent says a commit.
pub const OWN_AGENT_HASH: &str = "longshore";

/// By this parameter it names its host's instance profile when it connects.
pub const INSTANCE_PROFILE: &str = "instanceProfile";

/// A frame whose message is not looked at yet: a reader matches `kind` first, so that an unknown type is not an error.
#[derive(serde::Deserialize)]
pub struct Frame<'a> {
    #[serde(rename = "type")]
    pub kind: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    pub message: Option<&'a serde_json::value::RawValue>,
}
