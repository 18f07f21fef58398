//! What has not been accepted yet of what there is to say about a task.
//!
//! A report is the log's beginning up to its first task status, so that RUNNING is not swallowed by the STOPPED behind it. A task's
//! status is said at once; a container's change alone waits a moment for company, unless somebody waits for it.
//! Invariant: at most one report of a task is under way, and an entry leaves the log only when a report with it was answered.
//! Not here: sending (the loop).

use super::{
    JobId,
    report::{ContainerChange, Report},
};
use domain::{
    link::acs::PayloadTask,
    status::TaskStatus,
    time::{Millis, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How long a container's change waits for the task's status, which mostly follows. The official agent lets it wait 10 to 30 s.
const COMPANY: Millis = Millis(250);
/// First and longest wait after a report that nobody answered. The official agent ends with 1 to 30 s as well.
const RETRY_MIN: Millis = Millis(200);
const RETRY_MAX: Millis = Millis::from_s(30);

/// One thing to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// A container changed.
    Container(ContainerChange),
    /// The task changed, with the task's own reason.
    Task(TaskStatus, String),
}

/// The log of one task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Log {
    entries: VecDeque<Entry>,
    /// When a log that holds only containers' changes is sent.
    flush_at: Option<Timestamp>,
    /// The report under way, and how many entries it took.
    under_way: Option<(JobId, usize)>,
    /// After a report that nobody answered: not before then, and how many there were.
    retry: Option<(Timestamp, u32)>,
}

impl Log {
    /// The log as it was kept.
    pub(super) fn restored(entries: Vec<Entry>, now: Timestamp) -> Self {
        let flush_at = (!entries.is_empty()).then_some(now + COMPANY);
        Self { entries: entries.into(), flush_at, ..Self::default() }
    }

    pub(super) fn push(&mut self, entry: Entry, now: Timestamp) {
        self.entries.push_back(entry);
        self.flush_at = self.flush_at.or(Some(now + COMPANY));
    }

    /// What there is to say is not to wait for company.
    pub(super) fn hasten(&mut self, now: Timestamp) {
        self.flush_at = self.flush_at.map(|at| at.min(now));
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many entries the next report takes.
    fn next_len(&self) -> usize {
        let status = self.entries.iter().position(|entry| matches!(entry, Entry::Task(..)));
        status.map_or(self.entries.len(), |index| index + 1)
    }

    /// When the next report is to be sent; `None` while there is nothing to say or one is under way.
    pub(super) fn due(&self) -> Option<Timestamp> {
        if self.entries.is_empty() || self.under_way.is_some() {
            return None;
        }
        let has_status = self.entries.iter().any(|entry| matches!(entry, Entry::Task(..)));
        let at = if has_status { Timestamp(i64::MIN) } else { self.flush_at? };
        Some(self.retry.map_or(at, |(not_before, _)| at.max(not_before)))
    }

    /// The next report. Only when `due`.
    pub(super) fn compose(
        &self,
        task: &PayloadTask,
        pulls: Option<(Timestamp, Timestamp)>,
        execution_stopped_at: Option<Timestamp>,
    ) -> (Report, usize) {
        let taken = self.next_len();
        let mut report = Report {
            task_arn: task.arn.clone(),
            status: None,
            reason: String::new(),
            containers: Vec::new(),
            pull_started_at: pulls.map(|(start, _)| start),
            pull_stopped_at: pulls.map(|(_, stop)| stop),
            execution_stopped_at,
        };
        for entry in self.entries.iter().take(taken) {
            match entry {
                Entry::Container(change) => report.containers.push(change.clone()),
                Entry::Task(status, reason) => {
                    report.status = Some(*status);
                    report.reason.clone_from(reason);
                }
            }
        }
        (report, taken)
    }

    pub(super) fn sent(&mut self, job: JobId, taken: usize) {
        self.under_way = Some((job, taken));
    }

    /// The report under way was accepted, or refused for good: both end it. Says whether it told the task's end.
    pub(super) fn answered(&mut self, now: Timestamp) -> bool {
        let Some((_, taken)) = self.under_way.take() else { return false };
        let mut told_the_end = false;
        for entry in self.entries.drain(..taken) {
            told_the_end |= matches!(entry, Entry::Task(TaskStatus::Stopped, _));
        }
        self.retry = None;
        self.flush_at = (!self.entries.is_empty()).then_some(now + COMPANY);
        told_the_end
    }

    /// Nobody answered. `spread` tells tasks apart, so that they do not all come back at once.
    pub(super) fn unanswered(&mut self, now: Timestamp, spread: u64) {
        self.under_way = None;
        let tries = self.retry.map_or(0, |(_, tries)| tries) + 1;
        let wait = RETRY_MIN.0.saturating_mul(1 << tries.min(20)).min(RETRY_MAX.0);
        let jitter = wait / 4 * i64::try_from(spread % 100).unwrap_or_default() / 100;
        self.retry = Some((now + Millis(wait - jitter), tries));
    }

    /// The plane is there again: no reason to wait.
    pub(super) fn hurry(&mut self, now: Timestamp) {
        if let Some((not_before, _)) = &mut self.retry {
            *not_before = (*not_before).min(now);
        }
    }
}
