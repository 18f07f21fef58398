//! ECS Exec's data channel (agent-protocol.md §9): its messages, their order, and what both ends of a session do.
//!
//! ```text
//! client                     plane                      host
//! Client ── frames ──▶ websocket ═ relay ═ websocket ──▶ Host ── effects ──▶ a command in a container
//! ```
//! The host plays the part that AWS's ssm-agent plays; the client may be AWS's Session Manager plugin or our own [`client::Client`].
//! Frames may be lost, doubled or late between the two: both number, acknowledge and repeat, so the plane between them only relays.
//!
//! Must always hold: pure. Time is an argument; ids come from a seed. Every byte is delivered once and in order, or the session ends.
//! Not here: sockets, terminals, processes (`agent`, `control`, `longshore`).
//! Read next: `message` for the form of a frame, `reliable` for order and repetition, `host` for a session's life.

pub mod client;
pub mod host;
pub mod message;
pub mod note;
pub mod reliable;
pub mod words;

#[cfg(test)]
mod tests;
