//! Several actions in one commit.
//!
//! Invariant: each is decided on what those before it make of the snapshot, so that what they do together is what they would do one
//! after the other. An action that cannot be decided, because a record cannot be read, does not keep the others.

use super::{Terms, writes};
use books::ids::Ids;
use domain::time::Timestamp;
use planner::plan::Action;
use std::ops::Range;
use store::{Snapshot, Transaction};

/// A commit ends with the action that brings it over so many writes, so that it stays far from the store's limit.
const WRITES_MAX: usize = 2048;

/// What some actions write.
#[derive(Debug, Default)]
pub struct Joined {
    /// All writes.
    pub writes: Transaction,
    /// Which actions wrote something.
    pub done: Vec<usize>,
    /// The first action that was not looked at.
    pub until: usize,
}

/// What to write for the actions of `range`, or for as many of them as one commit should have. The ids of what the `n`th action makes
/// follow from `ids` and `n`.
pub fn together(
    snapshot: &Snapshot,
    terms: &Terms<'_>,
    actions: &[Action],
    range: Range<usize>,
    ids: &Ids,
    now: Timestamp,
) -> Joined {
    let mut snapshot = snapshot.clone();
    let mut joined = Joined { until: range.start, ..Joined::default() };
    for index in range {
        if joined.writes.len() >= WRITES_MAX {
            break;
        }
        joined.until = index + 1;
        let action = &actions[index];
        match writes(&snapshot, terms, action, &ids.child("action", index), now) {
            Ok(next) if next.is_empty() => {}
            Ok(next) => {
                snapshot = snapshot.with(&next).expect("it was decided on this snapshot");
                joined.writes.then(next);
                joined.done.push(index);
            }
            Err(error) => {
                tracing::error!(
                    ?action,
                    error = &error as &dyn std::error::Error,
                    "an action is left out"
                );
            }
        }
    }
    joined
}
