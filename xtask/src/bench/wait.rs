//! Waiting for what is measured.

use anyhow::Result;
use std::time::{Duration, Instant};

/// How often it is looked. Looking without a pause would take a core from who is measured.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// Waits until `is_so`, or until `max` since `begin` is over; returns how long it is since then.
///
/// # Errors
/// What `is_so` has.
pub(super) fn until(
    begin: Instant,
    max: Duration,
    mut is_so: impl FnMut() -> Result<bool>,
) -> Result<Duration> {
    while !is_so()? && begin.elapsed() < max {
        std::thread::park_timeout(LOOK_EVERY);
    }
    Ok(begin.elapsed())
}
