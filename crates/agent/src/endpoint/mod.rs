//! The endpoints that the agent has for its tasks and for the host: role credentials, metadata, task protection, introspection
//! (agent-protocol.md §8, spec/networking.md §2).
//!
//! ```text
//! connection ─▶ serve: who asks (Doorway) ─▶ limit ─▶ route ─▶ view of what the caller may see ─▶ respond ─▶ reply, audit line
//! ```
//! A request is answered from values: `route` says what is asked for, `serve` gathers a `View`, `respond` answers.
//! What always holds: a view has only what its caller may see, so one task's answers never hold another's data, and ids of other tasks are
//! unknown ids. A caller is known by its source address; the host's own processes, which share one, see the tasks that are in host mode, and
//! of those only what they know the id of, 122 bits that nobody guesses. Credentials are given out until a task's last process ended.
//! Not here: how packets get here (`runtime`), new credentials (the plane sends them, the machine keeps them).

mod credentials;
mod docker;
mod door;
mod ids;
mod instance;
mod introspection;
mod limit;
mod metadata;
mod protection;
mod reply;
mod respond;
mod route;
mod serve;
#[cfg(test)]
mod tests;
mod view;

pub use door::{Caller, ClockDrift, Doorway, Facts, Listener, Sample, Traffic, Volume};

pub(crate) use ids::{Ids, SECRET_BYTES};
pub(crate) use serve::{Ask, Endpoint, run};
pub(crate) use view::HostView;

/// Where tasks find these endpoints.
const ADDRESS: &str = "http://169.254.170.2";
