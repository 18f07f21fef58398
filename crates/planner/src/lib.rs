//! The brain: what should happen next to tasks, instances and what belongs to them.
//!
//! ```text
//! records ─ note ─▶ View: facts + agenda (what is due when) ─ plan(view, now) ─▶ actions, each with its why, and the next due time
//! ```
//!
//! Must always hold: pure and deterministic. Level, not edge: what is due follows from the facts alone, so that a round that was lost
//! is made up for by the next. The work of a round grows with what changed and with what is due, not with what there is.
//! Not here: reading and writing records (`control`), choosing instances (`placement`).
//! Read next: `rules.rs` for what is right, `view.rs` for how it is kept at hand, `plan.rs` for what comes out, `service` for services.

pub mod floor;
pub mod plan;
pub mod rules;
pub mod service;
pub mod view;

#[cfg(test)]
mod tests;
