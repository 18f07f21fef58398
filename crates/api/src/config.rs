//! What the operator decides once, before the first call.

use domain::time::Millis;

/// Settings of the control plane that decisions look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// How long a STOPPED task stays describable. ECS promises at least an hour.
    pub stopped_task_retention: Millis,
    /// Where agents open their sessions (ACS and TCS), such as `https://plane.example:4566`; `None` sends each where it came from.
    pub agent_endpoint: Option<String>,
    /// Whether IAM's policies decide what callers may do.
    pub enforces_policies: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            stopped_task_retention: Millis::from_s(3600),
            agent_endpoint: None,
            enforces_policies: false,
        }
    }
}
