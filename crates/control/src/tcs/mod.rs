//! The telemetry service: a session per agent that tells metrics, health and its own condition (agent-protocol.md §5).
//!
//! `frame` takes frames apart, `health` says what a report changes, `metrics` keeps the newest samples, `serve` runs it on a socket.
//! An agent tells of its own instance's tasks only; what it says of others is not heard.

pub(crate) mod frame;
pub mod health;
pub mod metrics;
pub(crate) mod serve;
