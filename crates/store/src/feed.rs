//! What readers and watchers see: the durable snapshot, and the changes that led to it.
//!
//! Invariants: everything in here is durable. The history is without gaps, its last batch made the snapshot, and its size is bounded.
//! A watch holds no queue, only its place in the history: a slow one costs nothing and is told when its place is gone.
//!
//! A quiet watch is not woken by commits that do not concern it. The feed knows the watches by prefix and marks in the watch's slot
//! the first commit that it has not seen and that concerns it; the watch goes on from there without looking at those before.

use crate::{CompactError, Snapshot, WatchError, watch::WatchBatch};
use domain::{
    key::{Key, Prefix},
    record::Revision,
};
use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::Notify;

/// No commit waits for the watch: no commit makes revision 0.
const NOTHING: u64 = 0;

/// The commits that are kept for watches.
pub(crate) struct History {
    /// Of consecutive revisions.
    batches: VecDeque<Arc<WatchBatch>>,
    bytes: usize,
    /// The least revision that can be watched from.
    oldest: Revision,
    commits_max: usize,
    bytes_max: usize,
}

/// The published side of an engine.
pub(crate) struct Feed(Mutex<Published>);

struct Published {
    snapshot: Snapshot,
    /// Its last batch made the snapshot.
    history: History,
    /// By the text of their prefix.
    watches: BTreeMap<String, Vec<Arc<Slot>>>,
    is_over: bool,
}

/// Where the feed leaves word for one watch.
struct Slot {
    /// The first commit of its prefix since it last looked, or [`NOTHING`]. Written under the feed's lock.
    pending: AtomicU64,
    wake: Notify,
}

impl History {
    /// Nothing yet, in a store that is at `revision`.
    pub(crate) fn new(revision: Revision, commits_max: usize, bytes_max: usize) -> Self {
        Self { batches: VecDeque::new(), bytes: 0, oldest: revision, commits_max, bytes_max }
    }

    /// The newest commit.
    pub(crate) fn last(&self) -> Option<&Arc<WatchBatch>> {
        self.batches.back()
    }

    /// Adds the next commit and forgets old ones over the limits. The newest stays, whatever its size, so that the snapshot's own
    /// revision can always be watched from.
    pub(crate) fn push(&mut self, batch: Arc<WatchBatch>) {
        let follows = self.last().is_none_or(|last| last.revision.next() == batch.revision);
        assert!(follows, "revision {} does not follow the history", batch.revision);
        self.bytes += batch.bytes();
        self.batches.push_back(batch);
        while self.batches.len() > 1
            && (self.batches.len() > self.commits_max || self.bytes > self.bytes_max)
        {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        // The kept commits begin after `oldest` only while nothing was forgotten yet.
        if let Some(batch) = self.batches.pop_front_if(|batch| batch.revision <= self.oldest) {
            self.bytes -= batch.bytes();
        }
        self.oldest = self.oldest.next();
    }

    /// The commits from `from` to the newest.
    fn since(&self, from: Revision) -> impl Iterator<Item = &Arc<WatchBatch>> {
        let first = self.batches.front().map_or(from, |batch| batch.revision);
        let skip = usize::try_from(from.0.saturating_sub(first.0)).unwrap_or(usize::MAX);
        self.batches.range(skip.min(self.batches.len())..)
    }
}

impl Feed {
    /// A feed that begins at `snapshot`, which the last commit of `history` made, if there is one.
    pub(crate) fn new(snapshot: Snapshot, history: History) -> Self {
        Self(Mutex::new(Published { snapshot, history, watches: BTreeMap::new(), is_over: false }))
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.lock().snapshot.clone()
    }

    /// Shows `snapshot`, which `batches` led to, and wakes the watches that they concern.
    pub(crate) fn publish(&self, snapshot: Snapshot, batches: Vec<Arc<WatchBatch>>) {
        let mut published = self.lock();
        published.snapshot = snapshot;
        for batch in batches {
            for change in &batch.changes {
                published.announce(batch.revision, &change.key);
            }
            published.history.push(batch);
        }
    }

    /// Ends all watches, when they have seen what there is.
    pub(crate) fn end(&self) {
        let mut published = self.lock();
        published.is_over = true;
        for slot in published.watches.values().flatten() {
            slot.wake.notify_one();
        }
    }

    /// Forgets the changes before `revision`.
    pub(crate) fn compact(&self, revision: Revision) -> Result<(), CompactError> {
        let mut published = self.lock();
        let current = published.snapshot.revision();
        if revision > current {
            return Err(CompactError::Future { revision, current });
        }
        while published.history.oldest < revision {
            published.history.forget_oldest();
        }
        Ok(())
    }

    /// Begins a watch at `from`.
    pub(crate) fn watch(
        self: &Arc<Self>,
        prefix: Prefix,
        from: Revision,
    ) -> Result<Watch, WatchError> {
        let mut published = self.lock();
        if published.is_over {
            return Err(WatchError::Closed);
        }
        if from < published.history.oldest {
            return Err(WatchError::Compacted { oldest: published.history.oldest });
        }
        let slot = Arc::new(Slot { pending: AtomicU64::new(NOTHING), wake: Notify::new() });
        published.watches.entry(prefix.as_str().to_owned()).or_default().push(Arc::clone(&slot));
        let seen_to = published.snapshot.revision();
        drop(published);
        Ok(Watch {
            feed: Arc::clone(self),
            prefix,
            slot,
            next: from,
            announced_from: seen_to.next(),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Published> {
        self.0.lock().expect("nothing under this lock panics")
    }
}

impl Published {
    fn announce(&self, revision: Revision, key: &Key) {
        let text = key.as_str();
        let ends = text.match_indices('/').map(|(at, _)| at + 1);
        for end in std::iter::once(0).chain(ends) {
            for slot in self.watches.get(&text[..end]).into_iter().flatten() {
                if slot.pending.load(Ordering::Relaxed) == NOTHING {
                    slot.pending.store(revision.0, Ordering::Relaxed);
                    slot.wake.notify_one();
                }
            }
        }
    }
}

/// The commits that concern a prefix, one after the other.
pub struct Watch {
    feed: Arc<Feed>,
    prefix: Prefix,
    slot: Arc<Slot>,
    /// The first revision that was not looked at.
    next: Revision,
    /// Commits from here on are announced in the slot; those before have to be looked at one by one.
    announced_from: Revision,
}

impl Watch {
    /// The next commit that concerns the prefix, as soon as there is one. Dropping the future loses nothing.
    ///
    /// # Errors
    /// [`WatchError::Compacted`] if the watch was too slow and its place in the history is gone: take a new snapshot and a new
    /// watch. [`WatchError::Closed`] when nothing will come any more. Both are for good.
    pub async fn next(&mut self) -> Result<Arc<WatchBatch>, WatchError> {
        loop {
            if let Some(batch) = self.advance()? {
                return Ok(batch);
            }
            self.slot.wake.notified().await;
        }
    }

    /// The next commit that concerns the prefix, if there is one already.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub fn advance(&mut self) -> Result<Option<Arc<WatchBatch>>, WatchError> {
        let published = self.feed.lock();
        loop {
            if self.next >= self.announced_from {
                let pending = self.slot.pending.swap(NOTHING, Ordering::Relaxed);
                if pending == NOTHING {
                    return if published.is_over { Err(WatchError::Closed) } else { Ok(None) };
                }
                self.next = self.next.max(Revision(pending));
                self.announced_from = published.snapshot.revision().next();
                continue;
            }
            if self.next < published.history.oldest {
                return Err(WatchError::Compacted { oldest: published.history.oldest });
            }
            for batch in published.history.since(self.next) {
                if batch.revision >= self.announced_from {
                    break;
                }
                self.next = batch.revision.next();
                if let Some(batch) = WatchBatch::below(batch, &self.prefix) {
                    return Ok(Some(batch));
                }
            }
            self.next = self.next.max(self.announced_from);
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Watch {{ prefix: {:?}, next: {} }}", self.prefix.as_str(), self.next)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut published = self.feed.lock();
        if let Some(slots) = published.watches.get_mut(self.prefix.as_str()) {
            slots.retain(|slot| !Arc::ptr_eq(slot, &self.slot));
            if slots.is_empty() {
                published.watches.remove(self.prefix.as_str());
            }
        }
    }
}
