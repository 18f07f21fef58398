//! A module per AWS service, a file per noun; each operation decides a reply and writes. And the HTTP front.
//!
//! ```text
//! HTTP ─▶ front ── wire::route ─▶ auth ─▶ wire::decode, check ─▶ service ──▶ ecs::cluster::create(view, request, ctx)
//!                                                              snapshot ▲            │ (reply, writes) or a fault
//!                                                                       └─ conflict ─┴─ commit ─▶ wire::encode_reply
//! ```
//!
//! Must always hold: an operation is a function of a view, a request and a context (`decide.rs`); only `service.rs`, `front.rs` and
//! `auth.rs` touch the world. What a client sees is a fault of AWS's model; inner words go to the log under the request's id.
//! Not here: placing tasks (`planner`), the agents' websockets (`control`), shapes and codecs (`wire`).
//! To add an operation: its line in `wire/operations`, its function and row in the service's table here, its test.

mod audit;
pub mod auth;
pub mod authorize;
pub mod caller;
pub mod config;
pub mod decide;
pub mod ec2;
pub mod ecs;
pub mod front;
pub mod iam;
pub mod operator;
pub mod page;
pub mod plain;
mod queue;
pub mod service;
pub mod ssm;
pub mod sts;

#[cfg(test)]
mod world;

pub use auth::{Authenticator, Mode, bootstrap_administrator};
pub use caller::{Caller, Peer};
pub use config::Config;
pub use front::{Front, limit_connection};
pub use service::{Clock, Service, system_clock};
