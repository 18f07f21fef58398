//! What the operator decides once, before the first call.

use domain::time::Millis;

/// Settings of the control plane that decisions look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// How long a STOPPED task stays describable. ECS promises at least an hour.
    pub stopped_task_retention: Millis,
    /// Where agents open their control session (ACS), such as `https://127.0.0.1:4566`.
    pub agent_endpoint: String,
    /// Where agents send metrics (TCS).
    pub telemetry_endpoint: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            stopped_task_retention: Millis::from_s(3600),
            agent_endpoint: "http://127.0.0.1:4566".into(),
            telemetry_endpoint: "http://127.0.0.1:4566".into(),
        }
    }
}
