//! How often a caller may ask (agent-protocol.md §8): 40 times a second on average, 60 at once.
//!
//! Pure. Each caller has its own bucket, so that no task can keep another from its credentials.

use super::Caller;
use domain::time::Timestamp;
use std::collections::BTreeMap;

const PER_SECOND: f64 = 40.0;
const BURST: f64 = 60.0;
/// Callers that are remembered; full buckets are dropped beyond.
const CALLERS_MAX: usize = 4096;

/// The buckets of all callers.
#[derive(Debug, Default)]
pub(super) struct Limit {
    buckets: BTreeMap<Caller, Bucket>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

impl Bucket {
    fn fill(&mut self, now: Timestamp) {
        let elapsed_s = (now - self.at).0.max(0) as f64 / 1000.0;
        self.tokens = (self.tokens + elapsed_s * PER_SECOND).min(BURST);
        self.at = now;
    }
}

impl Limit {
    /// Whether `caller` may ask now; counts it if so.
    pub(super) fn admits(&mut self, caller: &Caller, now: Timestamp) -> bool {
        if self.buckets.len() >= CALLERS_MAX {
            self.buckets.retain(|_, bucket| {
                bucket.fill(now);
                bucket.tokens < BURST
            });
        }
        let new = Bucket { tokens: BURST, at: now };
        let bucket = self.buckets.entry(caller.clone()).or_insert(new);
        bucket.fill(now);
        let admits = bucket.tokens >= 1.0;
        if admits {
            bucket.tokens -= 1.0;
        }
        admits
    }
}

#[cfg(test)]
mod tests {
    use super::{Caller, Limit, Timestamp};

    fn count(limit: &mut Limit, caller: &Caller, at: i64) -> usize {
        (0..1000).take_while(|_| limit.admits(caller, Timestamp(at))).count()
    }

    #[test]
    fn sixty_at_once_and_forty_a_second() {
        let mut limit = Limit::default();
        let task = Caller::Task("a".into());
        assert_eq!(count(&mut limit, &task, 0), 60);
        assert_eq!(count(&mut limit, &task, 500), 20);
        assert_eq!(count(&mut limit, &task, 1_000_000), 60);
        // A clock that was set back gives nothing and takes nothing.
        assert_eq!(count(&mut limit, &task, 0), 0);
    }

    #[test]
    fn a_caller_takes_nothing_from_another() {
        let mut limit = Limit::default();
        assert_eq!(count(&mut limit, &Caller::Task("a".into()), 0), 60);
        assert_eq!(count(&mut limit, &Caller::Task("b".into()), 0), 60);
        assert_eq!(count(&mut limit, &Caller::Host, 0), 60);
    }
}
