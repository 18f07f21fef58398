//! Takes what is queued, decides it, makes it durable and shows it: group commit.
//!
//! Invariants:
//! - One at a time. What queues while one batch is being synced is the next batch, in the order in which it was queued.
//! - Nothing is answered or shown before it is on disk. A refusal is answered with the batch too, as it may rest on writes before it.
//! - If the disk refuses a batch, none of it happened: the state goes back to what is durable.
//! - After an error of the disk nothing is written any more. That it is full, or that the process has no file to spare, is no such error.

use crate::{
    CommitError, LeaseError, LeaseId, Transaction,
    checkpoint::Checkpoint,
    feed::Feed,
    frame,
    lease::LeaseClock,
    log::{AppendError, Log},
    record::{self, Position},
    state::State,
    watch::WatchBatch,
};
use domain::record::Revision;
use std::{
    io,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

/// What callers ask for.
pub(crate) enum Request {
    Commit { transaction: Transaction, answer: Answer<Revision, CommitError> },
    Grant { ttl: Duration, answer: Answer<LeaseId, LeaseError> },
    Revoke { lease: LeaseId, answer: Answer<(), LeaseError> },
}

/// Where the answer goes, and the room in the queue that is given back with it.
pub(crate) struct Answer<T, E> {
    pub(crate) to: oneshot::Sender<Result<T, E>>,
    pub(crate) room: OwnedSemaphorePermit,
}

impl<T, E> Answer<T, E> {
    fn send(self, outcome: Result<T, E>) {
        drop(self.room);
        // Who asked may have gone; what was decided stands.
        let _ = self.to.send(outcome);
    }
}

/// A request that was decided; what is to be answered when the batch is durable.
enum Decided {
    Commit(Answer<Revision, CommitError>, Result<Revision, CommitError>),
    Grant(Answer<LeaseId, LeaseError>, LeaseId, Duration),
    Revoke(Answer<(), LeaseError>, LeaseId, Result<(), LeaseError>),
}

impl Request {
    pub(crate) fn refuse(self, error: CommitError) {
        match self {
            Self::Commit { answer, .. } => answer.send(Err(error)),
            Self::Grant { answer, .. } => answer.send(Err(error.into())),
            Self::Revoke { answer, .. } => answer.send(Err(error.into())),
        }
    }
}

impl Decided {
    fn refuse(self, error: CommitError) {
        match self {
            Self::Commit(answer, _) => answer.send(Err(error)),
            Self::Grant(answer, ..) => answer.send(Err(error.into())),
            Self::Revoke(answer, ..) => answer.send(Err(error.into())),
        }
    }

    fn confirm(self, clock: &LeaseClock) {
        match self {
            Self::Commit(answer, outcome) => answer.send(outcome),
            Self::Grant(answer, lease, ttl) => {
                clock.start(lease, ttl);
                answer.send(Ok(lease));
            }
            Self::Revoke(answer, lease, outcome) => {
                clock.remove(lease);
                answer.send(outcome);
            }
        }
    }
}

/// What was written since the engine was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Commits that changed something.
    pub commits: u64,
    /// Syncs of the log that made them durable.
    pub syncs: u64,
    /// Bytes of the log, without the room made ahead.
    pub log_bytes: u64,
    /// Checkpoints that were finished.
    pub checkpoints: u64,
}

/// [`Stats`] as they grow, for those who look without waiting for the committer.
#[derive(Default)]
pub(crate) struct Counters(Mutex<Stats>);

impl Counters {
    pub(crate) fn read(&self) -> Stats {
        *self.lock()
    }

    fn lock(&self) -> MutexGuard<'_, Stats> {
        self.0.lock().expect("nothing under this lock panics")
    }
}

/// What the committer tells the others through.
#[derive(Clone)]
pub(crate) struct Outlets {
    pub(crate) feed: Arc<Feed>,
    pub(crate) clock: Arc<LeaseClock>,
    pub(crate) counters: Arc<Counters>,
}

/// The one writer.
pub(crate) struct Committer {
    dir: PathBuf,
    state: State,
    /// The commit that made the state's revision.
    last: Option<Arc<WatchBatch>>,
    log: Log,
    outlets: Outlets,
    /// What every request is refused with, once the disk failed.
    broken: Option<CommitError>,
    frame: Vec<u8>,
    schedule: Schedule,
}

/// When the next checkpoint is due.
pub(crate) struct Schedule {
    /// After so much log. More than the checkpoint before had, so that a large store is not written all the time.
    pub(crate) log_bytes_min: u64,
    pub(crate) log_bytes: u64,
    pub(crate) checkpoint_bytes: u64,
    pub(crate) is_running: bool,
}

impl Schedule {
    fn is_due(&self) -> bool {
        !self.is_running && self.log_bytes >= self.log_bytes_min.max(self.checkpoint_bytes)
    }
}

impl Committer {
    pub(crate) fn new(
        dir: PathBuf,
        state: State,
        last: Option<Arc<WatchBatch>>,
        log: Log,
        outlets: Outlets,
        schedule: Schedule,
    ) -> Self {
        Self { dir, state, last, log, outlets, broken: None, frame: Vec::new(), schedule }
    }

    /// Decides, writes, shows and answers a batch. Answers the checkpoint that is to be written now, if one is due.
    pub(crate) fn run(&mut self, requests: Vec<Request>) -> Option<Checkpoint> {
        if let Some(broken) = &self.broken {
            requests.into_iter().for_each(|request| request.refuse(broken.clone()));
            return None;
        }
        let mut next = self.state.clone();
        let mut batches = Vec::new();
        frame::begin(&mut self.frame);
        let decide = |request| decide(request, &mut next, &mut batches, &mut self.frame);
        let decided: Vec<Decided> = requests.into_iter().map(decide).collect();
        if let Err(error) = self.write() {
            let error = self.fail(error);
            decided.into_iter().for_each(|decided| decided.refuse(error.clone()));
            return None;
        }
        self.outlets.counters.lock().commits += batches.len() as u64;
        if let Some(last) = batches.last() {
            self.last = Some(Arc::clone(last));
            self.outlets.feed.publish(next.snapshot.clone(), batches);
        }
        self.state = next;
        decided.into_iter().for_each(|decided| decided.confirm(&self.outlets.clock));
        self.checkpoint()
    }

    /// The last frame of an orderly end. It is only a help for the next opening, so it may go wrong.
    pub(crate) fn close(&mut self) {
        self.outlets.feed.end();
        if self.broken.is_none() {
            frame::begin(&mut self.frame);
            record::write_closed(&mut self.frame);
            if let Err(error) = self.write() {
                self.fail(error);
            }
        }
        self.broken.get_or_insert(CommitError::Closed);
    }

    /// Takes note of how a checkpoint went.
    pub(crate) fn checkpoint_done(&mut self, outcome: io::Result<u64>) {
        self.schedule.is_running = false;
        match outcome {
            Ok(bytes) => {
                self.schedule.checkpoint_bytes = bytes;
                self.outlets.counters.lock().checkpoints += 1;
            }
            // The log still has everything; the next checkpoint comes after as much log again.
            Err(error) => {
                tracing::warn!(dir = %self.dir.display(), %error, "checkpoint not written")
            }
        }
    }

    /// Appends the frame that was filled, if there is anything in it.
    fn write(&mut self) -> Result<(), AppendError> {
        let bytes = self.frame.len() as u64;
        if self.frame.len() > frame::HEADER {
            self.log.append(&mut self.frame)?;
            let mut stats = self.outlets.counters.lock();
            stats.syncs += 1;
            stats.log_bytes += bytes;
            self.schedule.log_bytes += bytes;
        }
        Ok(())
    }

    fn fail(&mut self, error: AppendError) -> CommitError {
        let dir = self.dir.clone();
        match error {
            AppendError::Full(source) => CommitError::Full { dir, source: Arc::new(source) },
            AppendError::Refused { act, source } => {
                CommitError::Refused { act, dir, source: Arc::new(source) }
            }
            AppendError::Io { act, source } => {
                tracing::error!(dir = %dir.display(), act, error = %source, "the store takes no more writes");
                let error = CommitError::Io { act, dir, source: Arc::new(source) };
                self.broken = Some(error.clone());
                self.outlets.feed.end();
                error
            }
        }
    }

    fn checkpoint(&mut self) -> Option<Checkpoint> {
        if !self.schedule.is_due() {
            return None;
        }
        self.schedule.log_bytes = 0;
        let sequence = self.log.sequence();
        if let Err(error) = self.log.rotate() {
            let error = self.fail(error);
            tracing::warn!(%error, "checkpoint not begun");
            return None;
        }
        self.schedule.is_running = true;
        let position = Position {
            revision: self.state.revision(),
            lease_last: self.state.lease_last,
            segment: self.log.segment(),
            sequence,
        };
        Some(Checkpoint { state: self.state.clone(), last: self.last.clone(), position })
    }
}

/// What comes of a request, as far as it is for the state to say; what changed goes into `batches` and into the frame.
fn decide(
    request: Request,
    state: &mut State,
    batches: &mut Vec<Arc<WatchBatch>>,
    frame: &mut Vec<u8>,
) -> Decided {
    let note = |batch: Option<WatchBatch>| {
        if let Some(batch) = batch {
            record::write_commit(frame, &batch);
            batches.push(Arc::new(batch));
        }
    };
    match request {
        Request::Commit { transaction, answer } => {
            let outcome = state.commit(&transaction).map(note);
            Decided::Commit(answer, outcome.map(|()| state.revision()))
        }
        Request::Grant { ttl, answer } => {
            let lease = state.grant(ttl);
            record::write_grant(frame, lease, ttl);
            Decided::Grant(answer, lease, ttl)
        }
        Request::Revoke { lease, answer } => {
            let outcome = state.revoke(lease).map(note);
            if outcome.is_some() {
                record::write_revoke(frame, lease);
            }
            Decided::Revoke(answer, lease, outcome.ok_or(LeaseError::NotFound { lease }))
        }
    }
}
