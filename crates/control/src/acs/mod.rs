//! The agent control service: a session per connected agent (agent-protocol.md §3, §4).
//!
//! `session` decides, `desk` puts records into the machine's words and the machine's into frames, `serve` runs it on a socket.

pub mod desk;
pub(crate) mod serve;
pub mod session;
