//! When to try again, when to give up waiting, and when to begin a session anew (agent-protocol.md §3.3, §5). Values in, values out.
//!
//! Chance comes in as a number from 0 to 1, so that the same input gives the same wait.

use domain::time::{Millis, Timestamp};

/// The close codes after which an agent comes back at once; a stream that ends without one counts as 1006.
const AT_ONCE: [u16; 4] = [1000, 1001, 1006, 1011];
/// A session shorter than this was none: coming back at once would be a loop, as of two agents with one identity that push each other out.
const SESSION_MIN: Millis = Millis::from_s(5);
/// The name in a refusal that says that the instance is deregistered.
const INACTIVE: &str = "InactiveInstanceException";

/// Times of a session. The defaults are the official agent's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// A session that hears nothing for this long, and up to `silence_jitter` longer, is given up.
    pub silence: Millis,
    /// See `silence`.
    pub silence_jitter: Millis,
    /// A session is begun anew after this long, and up to `session_jitter` longer.
    pub session: Millis,
    /// See `session`.
    pub session_jitter: Millis,
    /// The first wait after a session that did not come about; each next one is half as long again.
    pub backoff: Millis,
    /// The longest such wait.
    pub backoff_max: Millis,
    /// The wait after the plane said that the instance is deregistered.
    pub inactive: Millis,
}

impl Timing {
    /// Of the control session.
    pub const ACS: Self = Self {
        silence: Millis::from_s(60),
        silence_jitter: Millis::from_s(60),
        session: Millis::from_s(30 * 60),
        session_jitter: Millis::from_s(5 * 60),
        backoff: Millis(250),
        backoff_max: Millis::from_s(120),
        inactive: Millis::from_s(3600),
    };
    /// Of the telemetry session.
    pub const TCS: Self =
        Self { backoff: Millis::from_s(1), backoff_max: Millis::from_s(60), ..Self::ACS };
}

/// Why there is no session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The other end closed it with this code.
    Closed(u16, String),
    /// The connection broke, or there never was one.
    Broken(String),
    /// Nothing was heard for too long.
    Silent,
    /// It was open long enough.
    Expired,
    /// The plane opens none, for this reason.
    Refused(String, String),
}

/// The waits between sessions.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    timing: Timing,
    failures: i32,
}

/// The times of one session.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    silence: Millis,
    heard_at: Timestamp,
    expires_at: Timestamp,
}

impl Pace {
    /// Before the first session.
    pub fn new(timing: Timing) -> Self {
        Self { timing, failures: 0 }
    }

    /// How long to wait after a session that lasted `length`.
    pub fn wait(&mut self, ending: &Ending, length: Millis, chance: f64) -> Millis {
        let was_one = length >= SESSION_MIN;
        if was_one {
            self.failures = 0;
        }
        let comes_back_at_once = match ending {
            Ending::Closed(code, _) => AT_ONCE.contains(code),
            Ending::Expired => true,
            Ending::Refused(name, _) if name == INACTIVE => return self.timing.inactive,
            Ending::Broken(_) | Ending::Silent | Ending::Refused(..) => false,
        };
        if comes_back_at_once && was_one {
            return Millis(0);
        }
        let wait = self.timing.backoff.0 as f64 * 1.5_f64.powi(self.failures.min(60));
        self.failures += 1;
        let wait = wait.min(self.timing.backoff_max.0 as f64);
        Millis((wait * (1.0 - 0.2 * chance)) as i64)
    }

    /// Whether the address itself may be wrong: it is time to ask for it again.
    pub fn doubts_the_address(&self) -> bool {
        self.failures >= 3
    }
}

impl Watch {
    /// Of a session that begins at `now`.
    pub fn new(timing: Timing, now: Timestamp, chance: f64) -> Self {
        let part = |of: Millis| Millis((of.0 as f64 * chance) as i64);
        Self {
            silence: Millis(timing.silence.0 + part(timing.silence_jitter).0),
            heard_at: now,
            expires_at: now + timing.session + part(timing.session_jitter),
        }
    }

    /// The plane showed that it is there.
    pub fn heard(&mut self, now: Timestamp) {
        self.heard_at = now;
    }

    /// When to look again.
    pub fn due(&self) -> Timestamp {
        (self.heard_at + self.silence).min(self.expires_at)
    }

    /// What time has made of the session.
    pub fn ended(&self, now: Timestamp) -> Option<Ending> {
        if now >= self.heard_at + self.silence {
            Some(Ending::Silent)
        } else if now >= self.expires_at {
            Some(Ending::Expired)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ending, Pace, Timing, Watch};
    use domain::time::{Millis, Timestamp};

    fn broken() -> Ending {
        Ending::Broken("refused".into())
    }

    #[test]
    fn waits_grow_by_half_up_to_their_limit() {
        let mut pace = Pace::new(Timing::ACS);
        let mut wait = |chance| pace.wait(&broken(), Millis(0), chance).0;
        let waits: Vec<i64> = (0..4).map(|_| wait(0.0)).collect();
        assert_eq!(waits, [250, 375, 562, 843]);
        for _ in 0..20 {
            wait(0.0);
        }
        assert_eq!(wait(0.0), 120_000);
        assert_eq!(wait(1.0), 96_000, "a fifth is left to chance");
    }

    #[test]
    fn a_session_that_was_one_is_begun_again_at_once() {
        let mut pace = Pace::new(Timing::ACS);
        for code in [1000, 1001, 1006, 1011] {
            let closed = Ending::Closed(code, String::new());
            assert_eq!(pace.wait(&closed, Millis::from_s(60), 0.0), Millis(0));
        }
        assert_eq!(pace.wait(&Ending::Expired, Millis::from_s(1800), 0.0), Millis(0));
        let strange = Ending::Closed(4000, String::new());
        assert_eq!(pace.wait(&strange, Millis::from_s(60), 0.0), Millis(250));
    }

    #[test]
    fn a_plane_that_closes_again_and_again_is_not_run_down() {
        let mut pace = Pace::new(Timing::ACS);
        let closed = Ending::Closed(1000, String::new());
        let waits: Vec<i64> = (0..3).map(|_| pace.wait(&closed, Millis(3), 0.0).0).collect();
        assert_eq!(waits, [250, 375, 562]);
    }

    #[test]
    fn a_deregistered_instance_waits_an_hour() {
        let mut pace = Pace::new(Timing::ACS);
        let refused = Ending::Refused("InactiveInstanceException".into(), String::new());
        assert_eq!(pace.wait(&refused, Millis(0), 0.0), Millis::from_s(3600));
    }

    #[test]
    fn the_address_is_doubted_after_three_failures() {
        let mut pace = Pace::new(Timing::ACS);
        for _ in 0..2 {
            pace.wait(&broken(), Millis(0), 0.0);
            assert!(!pace.doubts_the_address());
        }
        pace.wait(&broken(), Millis(0), 0.0);
        assert!(pace.doubts_the_address());
    }

    #[test]
    fn silence_ends_a_session_and_so_does_its_age() {
        let now = Timestamp(0);
        let mut watch = Watch::new(Timing::ACS, now, 0.5);
        assert_eq!(watch.due(), Timestamp(90_000));
        assert_eq!(watch.ended(Timestamp(89_999)), None);
        assert_eq!(watch.ended(Timestamp(90_000)), Some(Ending::Silent));
        for at in (0..).map(|n| Timestamp(n * 30_000)).take_while(|at| at.0 < 1_950_000) {
            watch.heard(at);
            assert_eq!(watch.ended(at), None);
        }
        assert_eq!(watch.due(), Timestamp(1_950_000));
        assert_eq!(watch.ended(Timestamp(1_950_000)), Some(Ending::Expired));
    }
}
