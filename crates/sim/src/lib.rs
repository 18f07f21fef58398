//! The virtual world: the parts of Longshore as they are, on virtual time, with faults, and laws that must hold whatever happens.
//!
//! ```text
//! seed ─▶ world: one queue of messages ─▶ api · planner · control::{acs::session, rounds} · agent::machine ─▶ commits, steps, frames
//!                    ▲  late, lost, doubled ◀─────────────────────────────────────────────────────────────────────┘
//!                    └─ troubles, a user                        laws look at every commit, every process and the end
//! ```
//! Must always hold: everything follows from the seed; laws look at what is, not at what the code under test believes; every law kills a
//! mutant. Not here: sockets, disks and containers (tested where they are), the store's log (`tests/reopen.rs` replays a run's commits).
//! Read next: `world/mod.rs` for what happens, `law/mod.rs` for what must hold, `mutant/mod.rs` for what laws are tested with.

mod chance;
mod host;
mod kernel;
mod law;
mod mutant;
mod run;
pub mod script;
mod trace;
mod truth;
mod world;

pub use law::LAWS;
pub use mutant::Mutant;
pub use run::{Options, Outcome, run};
