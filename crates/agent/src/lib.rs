//! A host's brain: a pure task machine, the link to the control plane and the loop that performs effects through a driver.
//!
//! ```text
//! plane ⇄ link ─events─▶ run ─events─▶ machine
//!                         │ ◀─effects──┘
//!                         └─▶ driver (containers), shelf (files)
//! ```
//! Whatever decides is in `machine`; `run` only performs. The link is the same that the official agent uses, so both kinds of agent can
//! join one cluster. An agent that loses the link keeps its containers, and one that is started anew finds them again.

mod config;
pub mod driver;
pub mod endpoint;
#[cfg(any(test, feature = "fake"))]
pub mod fake;
#[cfg(test)]
mod fake_plane;
pub mod link;
pub mod machine;
mod run;

pub use config::{Config, Limits};
pub use link::{CallError, Clock, RegisterError, Timing};
pub use run::{AgentError, ShelfError, Shutdown, Stopper, run, shutdown};
pub use wire::sigv4::Credentials;
