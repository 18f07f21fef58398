//! Services: how many tasks of which revision should run where, and the next step towards it (spec/services.md, spec/placement.md).
//!
//! ```text
//! notes ─▶ known: record, roster of tasks ─ settle(now) ─▶ decide ─┬ tally      what ended
//!                                                                  ├ rollout    guards, way back, completion, steady state
//!                                                                  ├ replica ┐
//!                                                                  ├ task_set┴▶ keep: make, replace, give up (pick)
//!                                                                  ├ daemon     one on each instance
//!                                                                  ├ rebalance  zones
//!                                                                  └ version    digests            ─▶ one ServiceStep
//! ```
//! Invariants: a step follows from facts of records and the time alone, so that whoever stops in between goes on where it was. No step
//! by itself takes healthy capacity below the minimum. The record's revision makes a step happen once.
//! Not here: where tasks fit (`floor`), writing (`control`).

pub mod bounds;
pub(crate) mod daemon;
mod decide;
pub(crate) mod fargate;
mod keep;
pub(crate) mod known;
mod launch;
pub(crate) mod member;
mod pick;
mod rebalance;
mod replica;
mod rollout;
mod roster;
pub(crate) mod seat;
mod step;
pub mod tally;
mod task_set;
#[cfg(test)]
mod tests;
mod version;
mod words;

pub(crate) use decide::decide_all;
