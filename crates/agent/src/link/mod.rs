//! The agent's end of the link: registration, the control session and the telemetry session (agent-protocol.md §2 to §5).
//!
//! Invariants: losing the link touches no container, and what could not be said is said when it is back. Times, waits and answers to what
//! needs no task are decided in `pace` and `frame`, without sockets; what concerns tasks is the machine's. Not here: the machine, files.
//!
//! Read next: `register`, then `acs` and `tcs`.

mod acs;
pub mod api;
mod exec;
pub mod frame;
mod http;
mod metrics;
pub mod pace;
mod register;
mod session;
pub mod tcs;
pub mod websocket;

pub use http::CallError;
pub use pace::Timing;
pub use register::RegisterError;

pub(crate) use self::exec::run as run_exec;
pub(crate) use acs::{Told, run as run_acs};
pub(crate) use api::{Api, Heard};
pub(crate) use http::Http;
pub(crate) use register::{Identity, register, registration};
pub(crate) use tcs::run as run_tcs;

use crate::{
    config::Config,
    driver::Driver,
    machine::{self, TaskTelemetry},
};
use domain::time::Timestamp;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// Reads the wall clock.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the sessions share.
pub(crate) struct Link {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) http: Arc<Http>,
    pub(crate) api: Api,
    pub(crate) driver: Arc<dyn Driver>,
    /// The engine's name and version.
    pub(crate) engine: String,
    /// Cancelled when the agent leaves.
    pub(crate) leaving: CancellationToken,
}

/// What the sessions tell the loop, or ask of it.
#[derive(Clone)]
pub(crate) struct ToLoop {
    /// What the control session heard.
    pub(crate) events: mpsc::Sender<machine::Event>,
    /// The telemetry session asks for tasks and their health.
    pub(crate) asks: mpsc::Sender<oneshot::Sender<Vec<TaskTelemetry>>>,
}

/// What sessions say this agent is.
const AGENT_VERSION: &str = env!("CARGO_PKG_VERSION");
/// The official agent tells a commit here.
const AGENT_HASH: &str = domain::link::OWN_AGENT_HASH;

impl Link {
    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

/// A number from 0 to 1 by chance.
pub(crate) fn chance() -> f64 {
    let mut bytes = [0; 4];
    // Without chance agents come back together, which is a pity and no more.
    _ = getrandom::fill(&mut bytes);
    f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
}

/// A new UUID.
pub(crate) fn uuid() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the kernel has random bytes");
    domain::id::uuid(bytes)
}
