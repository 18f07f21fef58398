//! Until when a service starts no further task because the last ones failed. Pure.
//!
//! The scheduler keeps this in the service's record and the API does not show it, so that it is told again here from the tasks that
//! ended, by the scheduler's own curve. Tasks that are forgotten already are not in it: the wait is then at least what is told.

use domain::time::Timestamp;
use planner::service::tally::failed_wait;
use serde_json::Value as Json;

/// Why nothing is started for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BackOff {
    /// How many starts in a row came to nothing; tasks that were started together count once.
    pub(super) starts: u32,
    /// When the next is.
    pub(super) until: Timestamp,
}

/// What the tasks of one deployment say, in any order, those that run included; `None` if the last start succeeded.
pub(super) fn back_off(tasks: &[&Json]) -> Option<BackOff> {
    let mut ends: Vec<(Timestamp, Timestamp)> =
        tasks.iter().filter(|task| has_failed(task)).filter_map(|task| ended(task)).collect();
    ends.sort_unstable();
    let last_start = tasks.iter().filter_map(|task| time(task, "startedAt")).max();
    let mut waits: Option<BackOff> = None;
    for (stopped, created) in ends {
        if last_start.is_some_and(|start| start > stopped) {
            continue;
        }
        // One that was made before the last wait was over is of the same wave.
        if waits.is_some_and(|waits| created < waits.until) {
            continue;
        }
        let starts = waits.map_or(0, |waits| waits.starts) + 1;
        waits = Some(BackOff { starts, until: stopped + failed_wait(starts) });
    }
    waits
}

fn time(task: &Json, member: &str) -> Option<Timestamp> {
    task[member].as_f64().map(Timestamp::from_seconds)
}

fn ended(task: &Json) -> Option<(Timestamp, Timestamp)> {
    Some((time(task, "stoppedAt")?, time(task, "createdAt")?))
}

/// It never reached RUNNING, and nobody wanted that.
fn has_failed(task: &Json) -> bool {
    let is_own_doing = matches!(
        task["stopCode"].as_str(),
        None | Some("TaskFailedToStart" | "EssentialContainerExited")
    );
    task["lastStatus"] == "STOPPED" && task["startedAt"].is_null() && is_own_doing
}

#[cfg(test)]
mod tests {
    use super::{BackOff, back_off};
    use domain::time::Timestamp;
    use serde_json::{Value as Json, json};

    fn failed(created: i64, stopped: i64) -> Json {
        json!({
            "lastStatus": "STOPPED", "stopCode": "TaskFailedToStart",
            "createdAt": created, "stoppedAt": stopped,
        })
    }

    fn check(tasks: &[Json], starts_and_until: Option<(u32, i64)>) {
        let expected = starts_and_until
            .map(|(starts, until)| BackOff { starts, until: Timestamp(until * 1000) });
        assert_eq!(back_off(&tasks.iter().collect::<Vec<_>>()), expected);
    }

    #[test]
    fn each_start_that_fails_doubles_the_wait() {
        check(&[], None);
        check(&[failed(1, 2)], Some((1, 2)));
        check(&[failed(1, 2), failed(3, 4)], Some((2, 14)));
        check(&[failed(14, 15), failed(1, 2), failed(3, 4)], Some((3, 35)));
    }

    #[test]
    fn tasks_that_were_started_together_count_once() {
        check(&[failed(1, 2), failed(3, 4), failed(3, 5), failed(3, 6)], Some((2, 14)));
    }

    #[test]
    fn a_start_that_succeeds_ends_it() {
        let runs = json!({ "lastStatus": "RUNNING", "createdAt": 14, "startedAt": 15 });
        check(&[failed(1, 2), failed(3, 4), runs], None);
    }

    #[test]
    fn a_task_that_somebody_stopped_did_not_fail() {
        let mut stopped = failed(1, 2);
        stopped["stopCode"] = json!("UserInitiated");
        check(&[stopped], None);
    }
}
