//! Picks instances for tasks: the cluster query language, filters, strategies, and why not (spec/placement.md §1, §2).
//!
//! Must always hold: pure and deterministic. The same request, candidates and seed give the same placements in the same order, and
//! no placement takes more than its instance has left, those made earlier in the same call included. Every candidate that is not
//! chosen while tasks are left says why, as data.
//! Not here: which instances are candidates (the caller knows launch types and capacity providers), reading and writing records
//! (`api`, `control`): the caller commits the ledgers at the revisions it read them at, so that of two placements at once one
//! must look again.
//! Cost: a call looks at each candidate once. Who places all the time keeps a `floor` and its `party`s instead, where a change costs one
//! look and a pick a step in a sorted list, however many instances there are.
//! Read next: `place.rs` for the one function people come for, `floor.rs` and `party.rs` for how it is kept, `query/mod.rs` for the
//! language.

pub mod candidate;
pub mod chance;
pub mod demand;
pub mod feature;
pub mod filter;
pub mod floor;
mod lack;
mod ordered;
pub mod party;
pub mod place;
pub mod query;
pub mod row;
pub mod share;
pub mod strategy;
pub mod wants;

#[cfg(test)]
mod tests;
