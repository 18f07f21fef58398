//! The engine for one machine: a directory, a queue and the one who works it off.
//!
//! Invariants:
//! - At most one job works on the queue; it runs on tokio's blocking threads, so that a paused clock stands still while it does.
//! - The queue is bounded in bytes; who finds it full waits.
//! - A directory is open at most once, in all processes.
//!
//! Read next: `committer.rs`.

use crate::{
    BoxFuture, CommitError, CompactError, Engine, LeaseError, LeaseId, OpenError, ReadError,
    Snapshot, Transaction, Watch, WatchError,
    checkpoint::{Checkpoint, remove_needless},
    committer::{Answer, Committer, Counters, Outlets, Request, Schedule},
    directory::{self, DirectoryLock, io_error},
    disk::{Disk, HostDisk},
    feed::{Feed, History},
    lease::LeaseClock,
    log::{self, Log},
    record::Record,
    state::State,
};
use domain::{key::Prefix, record::Revision};
use std::{
    collections::VecDeque,
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, Weak},
    time::Duration,
};
use tokio::sync::{Semaphore, oneshot};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use crate::committer::Stats;

/// A commit may be so large; what is larger is a mistake, as everyone else waits for it.
const TRANSACTION_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Requests of so many bytes may wait.
const QUEUE_BYTES_MAX: usize = 4 * TRANSACTION_BYTES_MAX;
/// What a request takes of the queue at least, so that many small ones are bounded too.
const REQUEST_BYTES_MIN: usize = 1024;
/// A batch is closed when it has so many bytes, so that the first in it does not wait for too many others.
const BATCH_BYTES_MAX: usize = 4 * 1024 * 1024;
/// A lease is at least so long: shorter ones end before their owner hears of them.
const LEASE_TTL_MIN: Duration = Duration::from_millis(10);
/// A lease is at most so long: whoever wants it longer wants no lease.
const LEASE_TTL_MAX: Duration = Duration::from_secs(366 * 24 * 3600);
/// How long the end of a lease waits for room on a full disk, or for a file, before it tries again.
const REVOKE_RETRY: Duration = Duration::from_secs(1);

/// What may be chosen. The defaults are right for all but tests.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// A segment of the log has about this length.
    pub segment_bytes: u64,
    /// A checkpoint is written after this much log, or after as much as the last checkpoint was long, if that is more.
    pub checkpoint_log_bytes: u64,
    /// So many commits are kept for watches.
    pub history_commits_max: usize,
    /// And of them no more than fit into about this much memory.
    pub history_bytes_max: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            segment_bytes: 16 * 1024 * 1024,
            checkpoint_log_bytes: 64 * 1024 * 1024,
            history_commits_max: 16 * 1024,
            history_bytes_max: 64 * 1024 * 1024,
        }
    }
}

/// The engine that keeps everything in a directory of this machine. Clones are handles to the same engine.
///
/// The engine goes when its last handle does; [`Embedded::close`] also waits until the directory is free again.
#[derive(Clone)]
pub struct Embedded {
    shared: Arc<Shared>,
}

struct Shared {
    outlets: Outlets,
    queue: Mutex<Queue>,
    room: Arc<Semaphore>,
    committer: Mutex<Committer>,
    disk: Arc<dyn Disk>,
    tasks: TaskTracker,
    stop: CancellationToken,
    /// Given back by [`Embedded::close`], else with the engine.
    lock: Mutex<Option<DirectoryLock>>,
}

#[derive(Default)]
struct Queue {
    requests: VecDeque<(usize, Request)>,
    is_worked_on: bool,
    is_closed: bool,
}

impl Embedded {
    /// Opens the store in `dir`, which is made if there is none. Must be called in a tokio runtime with time enabled; leases run out
    /// only as long as that runtime runs.
    ///
    /// # Errors
    /// If another process has it, a newer version wrote it, or what is there is damaged or cannot be read.
    pub async fn open(dir: &Path, options: Options) -> Result<Self, OpenError> {
        let dir = dir.to_owned();
        blocking(move || {
            let lock = DirectoryLock::take(&dir)?;
            let disk = HostDisk::new(&dir).map_err(|source| io_error(&dir, "open", source))?;
            Self::load(Arc::new(disk), dir, Some(lock), options)
        })
        .await
    }

    /// Opens the store on a disk of the caller's making, for tests. Nothing is locked; `dir` is only its name in messages.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_on(
        disk: Arc<dyn Disk>,
        dir: &Path,
        options: Options,
    ) -> Result<Self, OpenError> {
        let dir = dir.to_owned();
        blocking(move || Self::load(disk, dir, None, options)).await
    }

    /// Ends the engine: what is queued is still done, what comes later is refused, watches end. Returns when nothing of it is left
    /// and the directory can be opened again.
    pub async fn close(self) {
        let shared = self.shared;
        shared.stop.cancel();
        shared.queue().is_closed = true;
        shared.tasks.close();
        shared.tasks.wait().await;
        blocking(move || {
            shared.committer().close();
            *shared.lock.lock().expect("nothing under this lock panics") = None;
        })
        .await;
    }

    /// What was written since the engine was opened.
    pub fn stats(&self) -> Stats {
        self.shared.outlets.counters.read()
    }

    fn is_closed(&self) -> bool {
        self.shared.queue().is_closed
    }

    fn load(
        disk: Arc<dyn Disk>,
        dir: PathBuf,
        lock: Option<DirectoryLock>,
        options: Options,
    ) -> Result<Self, OpenError> {
        let Loaded { state, history, log, schedule } = Loaded::read(&disk, &dir, options)?;
        let clock = Arc::new(LeaseClock::default());
        for (lease, granted) in &state.leases {
            clock.start(*lease, granted.ttl);
        }
        let last = history.last().cloned();
        let feed = Arc::new(Feed::new(state.snapshot.clone(), history));
        let outlets = Outlets { feed, clock, counters: Arc::new(Counters::default()) };
        let shared = Arc::new(Shared {
            committer: Mutex::new(Committer::new(dir, state, last, log, outlets.clone(), schedule)),
            outlets,
            queue: Mutex::default(),
            room: Arc::new(Semaphore::new(QUEUE_BYTES_MAX)),
            disk,
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            lock: Mutex::new(lock),
        });
        let reaper = end_leases(Arc::downgrade(&shared), Arc::clone(&shared.outlets.clock));
        shared.tasks.spawn(shared.stop.clone().run_until_cancelled_owned(reaper));
        Ok(Self { shared })
    }
}

/// What a directory holds.
struct Loaded {
    state: State,
    history: History,
    log: Log,
    schedule: Schedule,
}

impl Loaded {
    fn read(disk: &Arc<dyn Disk>, dir: &Path, options: Options) -> Result<Self, OpenError> {
        let format = directory::read_format(disk.as_ref(), dir)?;
        let Checkpoint { mut state, last, position } = Checkpoint::read(disk.as_ref(), dir)?;
        let mut schedule = Schedule {
            log_bytes_min: options.checkpoint_log_bytes,
            log_bytes: 0,
            checkpoint_bytes: 0,
            is_running: false,
        };
        let mut history =
            History::new(position.revision, options.history_commits_max, options.history_bytes_max);
        if format.is_none() {
            let log = Self::begin(disk, dir, options)?;
            return Ok(Self { state, history, log, schedule });
        }
        last.into_iter().for_each(|batch| history.push(batch));
        let apply = |record| replay(record, &mut state, &mut history);
        let end = log::replay(disk.as_ref(), dir, position, apply)?;
        let log = Log::resume(Arc::clone(disk), options.segment_bytes, &end)
            .map_err(|source| io_error(dir, "open the log", source))?;
        remove_needless(disk.as_ref(), position)
            .map_err(|source| io_error(dir, "remove old files", source))?;
        schedule.log_bytes = (log.segment() - position.segment) * options.segment_bytes;
        Ok(Self { state, history, log, schedule })
    }

    /// A new store. The format is written last, so a directory without it was never used; but if there is anything in the log all
    /// the same, someone lost the file, and the log must not be overwritten.
    fn begin(disk: &Arc<dyn Disk>, dir: &Path, options: Options) -> Result<Log, OpenError> {
        let fault = |source| io_error(dir, "make the store", source);
        if let Some(used) = log::find_used(disk.as_ref()).map_err(fault)? {
            let what = "there is a log but no `FORMAT` file beside it".into();
            return Err(OpenError::Corrupt { path: dir.join(used), offset: 0, what });
        }
        let log = Log::create(Arc::clone(disk), options.segment_bytes).map_err(fault)?;
        directory::write_format(disk.as_ref()).map_err(fault)?;
        Ok(log)
    }
}

/// Does again what the log says was done.
fn replay(record: Record, state: &mut State, history: &mut History) -> Result<(), String> {
    match record {
        Record::Commit { revision, writes } => {
            let expected = state.revision().next();
            if revision != expected {
                return Err(format!("revision {revision} follows {}", state.revision()));
            }
            let batch = state.commit(&writes).map_err(|error| error.to_string())?;
            history.push(Arc::new(batch.ok_or("a commit changes nothing")?));
        }
        Record::Grant { lease, ttl } => state.insert_lease(lease, ttl),
        Record::Revoke { lease } => {
            let revoked = state.revoke(lease).ok_or("a lease ends that never began")?;
            if revoked.is_some() {
                return Err("a lease ends before its records".into());
            }
        }
        Record::Closed => {}
        Record::Segment { .. }
        | Record::Checkpoint(_)
        | Record::Entry(_)
        | Record::Last(_)
        | Record::End { .. } => return Err("a record is out of place".into()),
    }
    Ok(())
}

/// Revokes leases when their time is over, until the engine is gone.
async fn end_leases(shared: Weak<Shared>, clock: Arc<LeaseClock>) {
    loop {
        for lease in clock.ended().await {
            while let Some(shared) = shared.upgrade() {
                match shared.ask(0, |answer| Request::Revoke { lease, answer }).await {
                    Err(LeaseError::Commit(error)) if error.is_passing() => {}
                    Ok(()) | Err(LeaseError::NotFound { .. }) => break,
                    // The engine takes no more writes; what is left of the lease is for the next opening.
                    Err(_) => return,
                }
                drop(shared);
                tokio::time::sleep(REVOKE_RETRY).await;
            }
        }
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().expect("nothing under this lock panics")
    }

    fn committer(&self) -> MutexGuard<'_, Committer> {
        self.committer.lock().expect("a committer that panicked has broken a law")
    }

    /// Queues a request and waits for its answer. Dropping the future after it was queued does not take it back.
    async fn ask<T, E: From<CommitError>>(
        self: &Arc<Self>,
        bytes: usize,
        request: impl FnOnce(Answer<T, E>) -> Request,
    ) -> Result<T, E> {
        let bytes = bytes.max(REQUEST_BYTES_MIN);
        let permits = u32::try_from(bytes).expect("a transaction is bounded far below 4 GiB");
        let room = Arc::clone(&self.room).acquire_many_owned(permits).await;
        let room = room.expect("the semaphore is never closed");
        let (to, answer) = oneshot::channel();
        self.enqueue(bytes, request(Answer { to, room }));
        answer.await.unwrap_or_else(|_| Err(CommitError::Closed.into()))
    }

    fn enqueue(self: &Arc<Self>, bytes: usize, request: Request) {
        let mut queue = self.queue();
        if queue.is_closed {
            drop(queue);
            return request.refuse(CommitError::Closed);
        }
        queue.requests.push_back((bytes, request));
        let is_first = !std::mem::replace(&mut queue.is_worked_on, true);
        // A runtime that is being shut down drops the job at once, and a dropped job takes the queue.
        drop(queue);
        if is_first {
            let job = Job { shared: Arc::clone(self), is_done: false };
            self.tasks.spawn_blocking(move || job.run());
        }
    }

    /// What is queued, up to a batch; if that is nothing, the job is over.
    fn next_batch(&self) -> Vec<Request> {
        let mut queue = self.queue();
        let mut batch = Vec::new();
        let mut batch_bytes = 0;
        while batch_bytes < BATCH_BYTES_MAX
            && let Some((bytes, request)) = queue.requests.pop_front()
        {
            batch_bytes += bytes;
            batch.push(request);
        }
        queue.is_worked_on = !batch.is_empty();
        batch
    }

    fn write_checkpoint(self: &Arc<Self>, checkpoint: Checkpoint) {
        let shared = Arc::clone(self);
        self.tasks.spawn_blocking(move || {
            let outcome = checkpoint.write(shared.disk.as_ref());
            shared.committer().checkpoint_done(outcome);
        });
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.stop.cancel();
        self.outlets.feed.end();
    }
}

/// Works off the queue. If it cannot, because the runtime ends or a law was broken, it refuses what is queued.
struct Job {
    shared: Arc<Shared>,
    is_done: bool,
}

impl Job {
    fn run(mut self) {
        loop {
            let batch = self.shared.next_batch();
            if batch.is_empty() {
                self.is_done = true;
                return;
            }
            let checkpoint = self.shared.committer().run(batch);
            if let Some(checkpoint) = checkpoint {
                self.shared.write_checkpoint(checkpoint);
            }
        }
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        if !self.is_done {
            let mut queue = self.shared.queue();
            queue.is_worked_on = false;
            queue.requests.clear();
        }
    }
}

impl Engine for Embedded {
    fn snapshot(&self) -> BoxFuture<'_, Result<Snapshot, ReadError>> {
        Box::pin(async {
            if self.is_closed() {
                Err(ReadError::Closed)
            } else {
                Ok(self.shared.outlets.feed.snapshot())
            }
        })
    }

    fn commit(&self, transaction: Transaction) -> BoxFuture<'_, Result<Revision, CommitError>> {
        Box::pin(async move {
            let bytes = transaction.bytes();
            if bytes > TRANSACTION_BYTES_MAX {
                return Err(CommitError::TooLarge { bytes, bytes_max: TRANSACTION_BYTES_MAX });
            }
            self.shared.ask(bytes, |answer| Request::Commit { transaction, answer }).await
        })
    }

    fn watch(&self, prefix: Prefix, from: Revision) -> BoxFuture<'_, Result<Watch, WatchError>> {
        Box::pin(async move { self.shared.outlets.feed.watch(prefix, from) })
    }

    fn grant(&self, ttl: Duration) -> BoxFuture<'_, Result<LeaseId, LeaseError>> {
        Box::pin(async move {
            if !(LEASE_TTL_MIN..=LEASE_TTL_MAX).contains(&ttl) {
                return Err(LeaseError::Ttl {
                    ttl,
                    ttl_min: LEASE_TTL_MIN,
                    ttl_max: LEASE_TTL_MAX,
                });
            }
            self.shared.ask(0, |answer| Request::Grant { ttl, answer }).await
        })
    }

    fn keep_alive(&self, lease: LeaseId) -> BoxFuture<'_, Result<Duration, LeaseError>> {
        Box::pin(async move {
            if self.is_closed() {
                return Err(CommitError::Closed.into());
            }
            self.shared.outlets.clock.keep_alive(lease)
        })
    }

    fn revoke(&self, lease: LeaseId) -> BoxFuture<'_, Result<(), LeaseError>> {
        Box::pin(
            async move { self.shared.ask(0, |answer| Request::Revoke { lease, answer }).await },
        )
    }

    fn compact(&self, revision: Revision) -> BoxFuture<'_, Result<(), CompactError>> {
        Box::pin(async move { self.shared.outlets.feed.compact(revision) })
    }
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Embedded {{ snapshot: {:?} }}", self.shared.outlets.feed.snapshot())
    }
}

/// Runs what may block beside the runtime's own threads.
async fn blocking<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(run).await {
        Ok(done) => done,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
