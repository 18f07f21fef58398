//! What the operator decides once, and where time and chance come from.

use domain::{
    block::Block,
    time::{Millis, Timestamp},
};
use planner::rules::Rules;
use std::{fmt, net::Ipv4Addr, sync::Arc};

/// Settings of sessions and rounds. The defaults are right for agents as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// When instances are lost and what is forgotten when.
    pub rules: Rules,
    /// What holds for every agent session.
    pub timing: Timing,
    /// What holds for credentials of tasks' roles.
    pub credentials: CredentialTimes,
    /// Whether a task's role must trust ECS before the task gets credentials of it.
    pub checks_trust: bool,
    /// Where public addresses of tasks come from that services make.
    pub public_addresses: Block,
    /// How many agent sessions may be open at once; those beyond are told to come back.
    pub sessions_max: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            rules: Rules::default(),
            timing: Timing::default(),
            credentials: CredentialTimes::default(),
            checks_trust: false,
            public_addresses: Block::around(Ipv4Addr::new(198, 18, 0, 0), 16),
            // Three times the instances of a full ECS cluster, each with two sessions.
            sessions_max: 30_000,
        }
    }
}

/// Times of an agent session. All of them are longer than zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Agents close a session that is silent for 60 s (agent-protocol.md §3.3), so this is well below.
    pub heartbeat_every: Millis,
    /// An agent that is silent for so long is disconnected, and away since its last word. Two heartbeats may get lost. Never longer than
    /// [`Rules::loss_after`].
    pub lease: Millis,
    /// What is not acknowledged is sent again after so long; twice as long each time.
    pub resend_after: Millis,
    /// But never later than so long.
    pub resend_after_max: Millis,
    /// A stop that was acknowledged is sent again if the task has not ended after so long.
    pub stop_repeat: Millis,
    /// After tasks ended, the agent is asked within so long whether it still runs any that it should not.
    pub manifest_after: Millis,
    /// A deregistered instance has so long to say what it still runs.
    pub farewell: Millis,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            heartbeat_every: Millis::from_s(30),
            lease: Millis::from_s(75),
            resend_after: Millis::from_s(5),
            resend_after_max: Millis::from_s(120),
            stop_repeat: Millis::from_s(300),
            manifest_after: Millis::from_s(60),
            farewell: Millis::from_s(5),
        }
    }
}

impl Timing {
    /// With a lease and heartbeats that show within `max` that an agent is silent.
    #[must_use]
    pub fn within(self, max: Millis) -> Self {
        let lease = self.lease.min(max);
        // Two and a half heartbeats in a lease.
        let heartbeat_every = self.heartbeat_every.min(Millis((lease.0 * 2 / 5).max(1)));
        Self { heartbeat_every, lease, ..self }
    }
}

/// Times of a task's role credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialTimes {
    /// How long they are valid. ECS's are valid for six hours.
    pub valid_for: Millis,
    /// How long before their end they are renewed.
    pub renew_before: Millis,
}

impl Default for CredentialTimes {
    fn default() -> Self {
        Self { valid_for: Millis::from_s(6 * 3600), renew_before: Millis::from_s(3600) }
    }
}

/// Reads the wall clock.
pub type Clock = dyn Fn() -> Timestamp + Send + Sync;

/// Fills bytes that nobody can guess.
pub type Random = dyn Fn(&mut [u8]) + Send + Sync;

/// Where time and chance come from.
#[derive(Clone)]
pub struct Sources {
    /// The only time there is.
    pub clock: Arc<Clock>,
    /// Ids and secrets are made of it.
    pub random: Arc<Random>,
}

impl Sources {
    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Bytes for one id or secret.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }
}

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sources")
    }
}

#[cfg(test)]
mod tests {
    use super::Timing;
    use domain::time::Millis;

    #[test]
    fn a_shorter_loss_time_makes_a_shorter_lease() {
        let usual = Timing::default();
        assert_eq!(usual.within(Millis::from_s(120)), usual);
        let short = usual.within(Millis::from_s(10));
        assert_eq!((short.lease, short.heartbeat_every), (Millis::from_s(10), Millis::from_s(4)));
    }
}
