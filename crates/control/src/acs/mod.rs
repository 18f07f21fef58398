//! The agent control service: a session per connected agent (agent-protocol.md §3, §4).

pub mod session;
