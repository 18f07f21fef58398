//! Chooses an instance for each of several identical tasks.
//!
//! One call looks at each candidate once, orders them (`floor.rs`), and picks. Who places again and again keeps the floor instead.

use crate::{
    candidate::Candidate,
    chance::Chance,
    filter::{Needs, Reason, Refusal},
    floor::Floor,
    party::Party,
    row::{Booked, Row},
    strategy::Strategy,
    wants::Wants,
};
use domain::instance::Resources;
use std::{collections::BTreeMap, sync::Arc};

/// One task's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Which of the candidates, by its position.
    pub candidate: usize,
    /// What the task holds there.
    pub held: Resources,
}

/// What became of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// At most as many as were asked for, in the order in which they were chosen.
    pub placed: Vec<Placement>,
    /// Every candidate that takes no further task, in the order of candidates; all of them, if fewer were placed than asked for.
    pub refused: Vec<Refusal>,
}

/// Places up to `count` tasks with the same `needs`. `strategies` are at most [`STRATEGIES_MAX`](crate::strategy::STRATEGIES_MAX);
/// `seed` decides what is left to chance. Equal instances are taken in the order of `candidates`.
pub fn place(
    needs: &Needs<'_>,
    strategies: &[Strategy],
    candidates: &[Candidate<'_>],
    count: usize,
    seed: u64,
) -> Outcome {
    let wants = Arc::new(Wants::of(needs, strategies));
    let slots = || (0..u32::MAX).zip(candidates);
    let rows = slots().map(|(slot, candidate)| (slot, u64::from(slot), Row::from(*candidate)));
    let floor = Floor::new(&wants, rows);
    let mut party = Party::new(&floor);
    for (slot, candidate) in slots() {
        let tasks = candidate.ledger.groups.get(needs.group).copied().unwrap_or(0);
        if tasks > 0 {
            party.set(&floor, slot, tasks, Some(&Row::from(*candidate)));
        }
    }
    let mut chance = Chance::new(seed);
    let mut booked: BTreeMap<u32, Booked> = BTreeMap::new();
    let mut placed = Vec::with_capacity(count.min(candidates.len()));
    while placed.len() < count
        && let Some(slot) = party.pick(&floor, &mut chance)
    {
        let candidate = candidates[slot as usize];
        let there = booked.entry(slot).or_default();
        let held = needs.held_at(&Row { candidate, booked: Some(there) });
        there.add(&held, needs.group);
        let row = Row { candidate, booked: Some(there) };
        party.set(&floor, slot, row.tasks_of(needs.group), Some(&row));
        placed.push(Placement { candidate: slot as usize, held });
    }
    let refused = slots().filter(|(slot, _)| party.is_refused(&floor, *slot));
    let refused = refused.map(|(slot, candidate)| Refusal {
        instance: candidate.instance.id.clone(),
        reason: reason(needs, &Row { candidate: *candidate, booked: booked.get(&slot) }),
    });
    Outcome { placed, refused: refused.collect() }
}

/// Why an instance that is refused is.
fn reason(needs: &Needs<'_>, row: &Row<'_>) -> Reason {
    if !row.candidate.takes_new_tasks() {
        return Reason::Status(row.candidate.status());
    }
    needs.refused_at(row).expect("the floor refuses what the needs refuse")
}
