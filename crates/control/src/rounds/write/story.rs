//! What becomes of service deployments (spec/services.md §4).
//!
//! ```text
//! PENDING ─Started─▶ IN_PROGRESS ─Succeeded─▶ SUCCESSFUL
//!                      │      └─Stopped─▶ STOPPED
//!                      └─RollingBack─▶ ROLLBACK_IN_PROGRESS ─RolledBack─▶ ROLLBACK_SUCCESSFUL
//!                      └───────────────────────────────────RollbackFailed─▶ ROLLBACK_FAILED
//! ```
//!
//! Invariant: one that is over stays as it is.

use domain::{
    deployment::{Rollback, ServiceDeployment, ServiceDeploymentStatus as Status},
    time::Timestamp,
};
use planner::plan::Turn;

/// Tells `story` on. `desired` is how many tasks are wanted now.
pub(super) fn tell(story: &mut ServiceDeployment, turn: &Turn, desired: i64, now: Timestamp) {
    if story.status.is_over() {
        return;
    }
    story.updated_at = now;
    story.desired = desired;
    match turn {
        Turn::Started => {
            if story.status == Status::Pending {
                story.status = Status::InProgress;
            }
            story.started_at.get_or_insert(now);
        }
        Turn::Counted(failures) => story.failures = *failures,
        Turn::Succeeded => finish(story, Status::Successful, None, now),
        Turn::Stopped(reason) => {
            finish(story, Status::Stopped, Some(reason), now);
            story.stopped_at = Some(now);
        }
        Turn::RollingBack { reason, revision } => {
            story.status = Status::RollbackInProgress;
            story.status_reason = Some(reason.clone());
            story.rollback = Some(Rollback {
                reason: reason.clone(),
                started_at: now,
                revision: revision.clone(),
            });
        }
        Turn::RolledBack => finish(story, Status::RollbackSuccessful, None, now),
        Turn::RollbackFailed(reason) => finish(story, Status::RollbackFailed, Some(reason), now),
        Turn::Broken => story.is_broken = true,
        Turn::Alarmed(names) => story.triggered_alarms.clone_from(names),
    }
}

fn finish(story: &mut ServiceDeployment, status: Status, reason: Option<&String>, now: Timestamp) {
    story.status = status;
    if let Some(reason) = reason {
        story.status_reason = Some(reason.clone());
    }
    story.finished_at = Some(now);
}
