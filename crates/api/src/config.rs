//! What the operator decides once, before the first call.

use domain::{block::Block, time::Millis};
use std::net::Ipv4Addr;

/// Settings of the control plane that decisions look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// How long a STOPPED task stays describable. ECS promises at least an hour.
    pub stopped_task_retention: Millis,
    /// Where agents open their sessions (ACS and TCS), such as `https://plane.example:4566`; `None` sends each where it came from.
    pub agent_endpoint: Option<String>,
    /// Whether IAM's policies decide what callers may do.
    pub enforces_policies: bool,
    /// The pool of addresses by which the outside reaches interfaces.
    pub public_addresses: Block,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            stopped_task_retention: Millis::from_s(3600),
            agent_endpoint: None,
            enforces_policies: false,
            // Of 198.18.0.0/15, which RFC 2544 keeps for tests of networks: no network has it, and no host is hidden behind it.
            public_addresses: Block::around(Ipv4Addr::new(198, 18, 0, 0), 16),
        }
    }
}
