//! How long leases have left.
//!
//! Invariants: a lease is in the table exactly while its grant is durable and its end is not. The time is tokio's, so that tests pause
//! it. Being kept alive is not written down: after a restart every lease has its whole time again, as in etcd.
//! Not here: what ends with a lease (`state.rs`).

use crate::LeaseError;
use std::{collections::BTreeMap, fmt, sync::Mutex, time::Duration};
use tokio::{sync::Notify, time::Instant};

/// The name of a lease. Never given out twice in the life of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeaseId(pub u64);

impl fmt::Display for LeaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

struct Term {
    ttl: Duration,
    /// When it ends; `None` once it has and its revocation is on the way.
    ends: Option<Instant>,
}

/// When each lease ends.
#[derive(Default)]
pub(crate) struct LeaseClock {
    terms: Mutex<BTreeMap<LeaseId, Term>>,
    changed: Notify,
}

impl LeaseClock {
    /// A lease begins its time.
    pub(crate) fn start(&self, lease: LeaseId, ttl: Duration) {
        self.lock().insert(lease, Term { ttl, ends: Some(Instant::now() + ttl) });
        self.changed.notify_one();
    }

    /// A lease was revoked.
    pub(crate) fn remove(&self, lease: LeaseId) {
        self.lock().remove(&lease);
    }

    /// A lease has its whole time again; answers how long that is.
    pub(crate) fn keep_alive(&self, lease: LeaseId) -> Result<Duration, LeaseError> {
        let now = Instant::now();
        match self.lock().get_mut(&lease) {
            // A lease whose time is over has ended, also if no one noticed yet: its owner must not count on it.
            Some(Term { ttl, ends: Some(ends) }) if *ends > now => {
                *ends = now + *ttl;
                Ok(*ttl)
            }
            Some(_) | None => Err(LeaseError::NotFound { lease }),
        }
    }

    /// Waits until leases end, and takes them: from now on they cannot be kept alive.
    pub(crate) async fn ended(&self) -> Vec<LeaseId> {
        loop {
            let next = self.lock().values().filter_map(|term| term.ends).min();
            let Some(next) = next else {
                self.changed.notified().await;
                continue;
            };
            tokio::select! {
                biased;
                () = self.changed.notified() => {}
                () = tokio::time::sleep_until(next) => {}
            }
            let ended = self.take_ended();
            if !ended.is_empty() {
                return ended;
            }
        }
    }

    fn take_ended(&self) -> Vec<LeaseId> {
        let now = Instant::now();
        let mut ended = Vec::new();
        for (lease, term) in self.lock().iter_mut() {
            if term.ends.is_some_and(|ends| ends <= now) {
                term.ends = None;
                ended.push(*lease);
            }
        }
        ended
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<LeaseId, Term>> {
        self.terms.lock().expect("nothing under this lock panics")
    }
}

#[cfg(test)]
mod tests {
    use super::{LeaseClock, LeaseId};
    use std::time::Duration;

    const TTL: Duration = Duration::from_secs(10);

    #[tokio::test(start_paused = true)]
    async fn lease_whose_time_is_over_has_ended_although_no_one_noticed() {
        let clock = LeaseClock::default();
        clock.start(LeaseId(1), TTL);
        tokio::time::sleep(TTL - Duration::from_millis(1)).await;
        assert_eq!(clock.keep_alive(LeaseId(1)).expect("it has a millisecond left"), TTL);
        tokio::time::sleep(TTL).await;
        clock.keep_alive(LeaseId(1)).expect_err("its time is over");
        assert_eq!(clock.ended().await, [LeaseId(1)]);
    }

    #[tokio::test(start_paused = true)]
    async fn ended_lease_is_told_once_and_cannot_be_kept_alive() {
        let clock = LeaseClock::default();
        for lease in [1, 2, 3] {
            clock.start(LeaseId(lease), TTL);
        }
        clock.start(LeaseId(4), TTL * 2);
        clock.remove(LeaseId(2));
        assert_eq!(clock.ended().await, [LeaseId(1), LeaseId(3)]);
        clock.keep_alive(LeaseId(1)).expect_err("its revocation is on the way");
        assert_eq!(clock.ended().await, [LeaseId(4)]);
        let more = tokio::time::timeout(TTL * 100, clock.ended()).await;
        assert!(more.is_err(), "{more:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn shorter_lease_that_begins_later_ends_first() {
        let clock = LeaseClock::default();
        clock.start(LeaseId(1), TTL);
        let (ended, ()) = tokio::join!(clock.ended(), async {
            tokio::task::yield_now().await;
            clock.start(LeaseId(2), TTL / 2);
        });
        assert_eq!(ended, [LeaseId(2)]);
    }
}
