//! CPU time of this thread: the machine is shared, and who else uses it must not count.

use std::time::Duration;

/// Runs from when it was started.
pub(crate) struct CpuClock(Duration);

impl CpuClock {
    pub(crate) fn start() -> Self {
        Self(now())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        now() - self.0
    }
}

/// Nanoseconds on a CPU are the first number of schedstat. The kernel counts them when it schedules, so it is made to.
fn now() -> Duration {
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells it");
    let nanoseconds = text.split(' ').next().and_then(|number| number.parse().ok());
    Duration::from_nanos(nanoseconds.expect("a number"))
}
