//! The machine's actions on their way: so many of each kind at once, the others in line.
//!
//! Invariants: every job gives one outcome, also when its driver panics; a cancelled one gives none and its place is free. In the line of
//! steps that bring tasks up those nearest to RUNNING go first, so that tasks come up one after another and not all at the end.
//! Not here: what is asked (the machine).

use crate::{
    config::Limits,
    driver::{ContainerFault, Driver, FaultName},
    endpoint::Ids,
    link::{Api, Heard},
    machine::{Action, JobId, Outcome},
};
use domain::time::Millis;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Duration,
};
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

/// Jobs that share a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Pull,
    Start,
    Removal,
    Signal,
    Probe,
    Report,
}

const KINDS: [Kind; 6] =
    [Kind::Pull, Kind::Start, Kind::Removal, Kind::Signal, Kind::Probe, Kind::Report];

#[derive(Debug)]
struct Waiting {
    job: JobId,
    action: Action,
    limit: Millis,
}

#[derive(Debug)]
struct UnderWay {
    kind: Kind,
    /// For the log.
    what: String,
    cancel: CancellationToken,
}

/// Jobs in line and under way.
pub(crate) struct Jobs {
    driver: Arc<dyn Driver>,
    api: Api,
    /// Where tasks reach the endpoints, containers are told of them when they are created.
    told: Option<Ids>,
    limits: Limits,
    /// By kind, then by turn.
    line: BTreeMap<(Kind, u8, JobId), Waiting>,
    under_way: BTreeMap<JobId, UnderWay>,
    counts: BTreeMap<Kind, usize>,
    set: JoinSet<(JobId, Option<Outcome>)>,
    /// By the runtime's name for the task: only a panic is known by nothing else.
    ids: HashMap<Id, JobId>,
}

impl Jobs {
    pub(crate) fn new(
        driver: Arc<dyn Driver>,
        api: Api,
        told: Option<Ids>,
        limits: Limits,
    ) -> Self {
        Self {
            driver,
            api,
            told,
            limits,
            line: BTreeMap::new(),
            under_way: BTreeMap::new(),
            counts: BTreeMap::new(),
            set: JoinSet::new(),
            ids: HashMap::new(),
        }
    }

    /// Takes a job; it begins with `next`, or when its turn comes. `limit` counts from its begin.
    pub(crate) fn take(&mut self, job: JobId, action: Action, limit: Millis) {
        let (kind, turn) = place(&action);
        self.line.insert((kind, turn, job), Waiting { job, action, limit });
    }

    /// Nobody waits for the job any more.
    pub(crate) fn cancel(&mut self, job: JobId) {
        if let Some(under_way) = self.under_way.get(&job) {
            under_way.cancel.cancel();
        } else {
            self.line.retain(|(_, _, waiting), _| *waiting != job);
        }
    }

    /// The next outcome; waits while there is none. Dropping the future loses nothing.
    pub(crate) async fn next(&mut self) -> (JobId, Outcome) {
        loop {
            // Only now, so that what follows from an outcome stands in line before its place is given away.
            for kind in KINDS {
                self.begin(kind);
            }
            let (job, outcome) = match self.set.join_next_with_id().await {
                None => std::future::pending().await,
                Some(Ok((id, done))) => {
                    self.ids.remove(&id);
                    done
                }
                Some(Err(error)) => {
                    let job = self.ids.remove(&error.id()).expect("every job is known by its id");
                    tracing::error!(%error, "driver panicked");
                    let text = "the driver panicked".to_owned();
                    let fault = ContainerFault { name: FaultName::InternalError, text };
                    (job, Some(Outcome::Faulted(fault)))
                }
            };
            let was = self.under_way.remove(&job).expect("it was under way");
            *self.counts.entry(was.kind).or_default() -= 1;
            if let Some(outcome) = outcome.filter(|_| !was.cancel.is_cancelled()) {
                log(&was.what, &outcome);
                return (job, outcome);
            }
        }
    }

    fn begin(&mut self, kind: Kind) {
        while self.counts.get(&kind).copied().unwrap_or_default() < self.limit(kind) {
            let first = (kind, 0, JobId(0))..=(kind, u8::MAX, JobId(u64::MAX));
            let Some(key) = self.line.range(first).next().map(|(key, _)| *key) else { return };
            let Waiting { job, action, limit } = self.line.remove(&key).expect("it was just seen");
            let action = self.equipped(action);
            let (what, cancel) = (action.to_string(), CancellationToken::new());
            let (driver, api) = (Arc::clone(&self.driver), self.api.clone());
            let limit = Duration::from_millis(limit.0.unsigned_abs());
            let stop = cancel.clone();
            let handle = self.set.spawn(async move {
                let work = tokio::time::timeout(limit, perform(driver, api, action));
                let done = tokio::select! {
                    biased;
                    () = stop.cancelled() => None,
                    done = work => Some(done.unwrap_or(Outcome::TimedOut)),
                };
                (job, done)
            });
            self.ids.insert(handle.id(), job);
            self.under_way.insert(job, UnderWay { kind, what, cancel });
            *self.counts.entry(kind).or_default() += 1;
        }
    }

    /// A container is created with what it is told of the endpoints.
    fn equipped(&self, action: Action) -> Action {
        match (action, &self.told) {
            (Action::Create(task, name), Some(ids)) => {
                Action::Create(ids.equip(&task, &name), name)
            }
            (other, _) => other,
        }
    }

    fn limit(&self, kind: Kind) -> usize {
        let limit = match kind {
            Kind::Pull => self.limits.pulls,
            Kind::Start => self.limits.starts,
            Kind::Removal => self.limits.removals,
            Kind::Signal => self.limits.signals,
            Kind::Probe => self.limits.probes,
            Kind::Report => self.limits.reports,
        };
        limit.max(1)
    }
}

/// Outcomes are not shown as a whole: a probe's holds what the container said.
fn log(what: &str, outcome: &Outcome) {
    match outcome {
        Outcome::Faulted(fault) => tracing::warn!(what, %fault, "step faulted"),
        Outcome::TimedOut => tracing::warn!(what, "step took too long"),
        Outcome::Refused(why) => tracing::warn!(what, why, "refused for good"),
        Outcome::Unreached => tracing::debug!(what, "not answered"),
        Outcome::Prepared
        | Outcome::Pulled(_)
        | Outcome::Created(_)
        | Outcome::Started(_)
        | Outcome::Signalled
        | Outcome::Probed(_)
        | Outcome::Removed
        | Outcome::Accepted => tracing::debug!(what, "done"),
    }
}

/// In which line, and when in it.
fn place(action: &Action) -> (Kind, u8) {
    match action {
        Action::Pull(..) => (Kind::Pull, 0),
        Action::Start(..) => (Kind::Start, 0),
        Action::Create(..) => (Kind::Start, 1),
        Action::Prepare(_) => (Kind::Start, 2),
        Action::Remove(_) => (Kind::Removal, 0),
        Action::Signal(..) => (Kind::Signal, 0),
        Action::Probe(..) => (Kind::Probe, 0),
        Action::Submit(_) => (Kind::Report, 0),
    }
}

async fn perform(driver: Arc<dyn Driver>, api: Api, action: Action) -> Outcome {
    let outcome = match action {
        Action::Prepare(task) => driver.prepare(task).await.map(|()| Outcome::Prepared),
        Action::Pull(task, name) => driver.pull(task, name).await.map(Outcome::Pulled),
        Action::Create(task, name) => driver.create(task, name).await.map(Outcome::Created),
        Action::Start(task, name) => driver.start(task, name).await.map(Outcome::Started),
        Action::Signal(key, signal) => {
            driver.signal(key, signal).await.map(|()| Outcome::Signalled)
        }
        Action::Probe(key, command, limit) => {
            driver.probe(key, command, limit).await.map(Outcome::Probed)
        }
        Action::Remove(task) => driver.remove(task).await.map(|()| Outcome::Removed),
        Action::Submit(report) => Ok(match api.submit(&report).await {
            Heard::Accepted => {
                if let Some(to) = report.status {
                    tracing::info!(task = report.task_arn, %to, "task moved");
                }
                Outcome::Accepted
            }
            Heard::Refused(why) => Outcome::Refused(why),
            Heard::Unreached(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::debug!(task = report.task_arn, error, "report not accepted yet");
                Outcome::Unreached
            }
        }),
    };
    outcome.unwrap_or_else(Outcome::Faulted)
}
