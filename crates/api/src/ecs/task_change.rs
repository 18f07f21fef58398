//! A task changes, and with it everything that follows from it: what its instance has left, and what its agent is told.
//!
//! Invariant: in every commit the ledger of an instance is the sum over its tasks that are not STOPPED, and exactly those have an
//! assignment, which wants what the task's record wants. So a task leaves the ledger in the commit that makes it STOPPED, once.

#[cfg(test)]
mod tests;

use crate::decide::{View, Writes};
use domain::{
    id::Scope,
    instance::{Assignment, Ledger},
    status::TaskStatus,
    task::Task,
};
use store::{Expect, Found};
use wire::Fault;

/// Puts `after` in the place of `before`, at the revision it was read at, and moves ledger and assignment along. Several tasks of one
/// instance may change in one commit.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
pub fn put(
    view: &View,
    scope: &Scope,
    writes: &mut Writes,
    before: &Found<Task>,
    after: Task,
) -> Result<(), Fault> {
    debug_assert!(after.last >= before.last, "{} goes back to {}", before.last, after.last);
    if let Some(instance) = &before.instance {
        if after.last != before.last {
            let key = Ledger::key(scope, &before.cluster, instance);
            change_ledger(view, writes, &key, |ledger| match after.last {
                TaskStatus::Stopped => ledger.release(&before.demand, &before.group, before.last),
                _ => ledger.advance(before.last, after.last),
            })?;
        }
        let assignment = Assignment::key(scope, &before.cluster, instance, &before.id);
        if after.last == TaskStatus::Stopped {
            if before.last != TaskStatus::Stopped {
                writes.delete(&assignment, Expect::Any);
            }
        } else if after.desired != before.desired {
            writes.put(&assignment, Expect::Any, Assignment { desired: after.desired });
        }
    }
    writes.put(&before.key, Expect::Revision(before.modified), after);
    Ok(())
}

/// Changes a ledger at the revision it was read at, or the one that this commit already puts. One that does not exist (its instance
/// is long gone) stays so.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
fn change_ledger(
    view: &View,
    writes: &mut Writes,
    key: &domain::key::Key,
    change: impl FnOnce(&mut Ledger),
) -> Result<(), Fault> {
    let Some(found) = view.get::<Ledger>(key)? else { return Ok(()) };
    let pending = writes.pending::<Ledger>(key).expect("a ledger's key holds a ledger");
    let mut ledger = Ledger::clone(pending.as_deref().unwrap_or(&found.record));
    change(&mut ledger);
    writes.put(key, Expect::Revision(found.modified), ledger);
    Ok(())
}
