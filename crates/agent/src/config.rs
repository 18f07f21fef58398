//! What an agent is told when it starts.

use crate::link::Timing;
use domain::{
    id::{ClusterName, Region},
    tag::{Attribute, Tag},
    time::Millis,
};
use std::{net::SocketAddr, path::PathBuf};
use wire::sigv4::Credentials;

/// Everything that is to choose about an agent. [`Config::new`] has the defaults.
#[derive(Clone, Debug)]
pub struct Config {
    /// The control plane's address, such as `http://127.0.0.1:4566`.
    pub endpoint: String,
    /// The cluster to join; `None` joins `default` and makes it if it is not there.
    pub cluster: Option<ClusterName>,
    /// The region of the control plane.
    pub region: Region,
    /// What signs requests.
    pub credentials: Credentials,
    /// The agent's own directory is `agent` below this one.
    pub data_dir: PathBuf,
    /// The user's attributes of the instance, besides those of the driver.
    pub attributes: Vec<Attribute>,
    /// Tags of the instance.
    pub tags: Vec<Tag>,
    /// Shown as the attribute `ecs.instance-type`.
    pub instance_type: Option<String>,
    /// Shown as the attribute `ecs.availability-zone`.
    pub availability_zone: Option<String>,
    /// The instance profile that the plane takes the host's role from, for EC2's words to tasks that may see them.
    pub instance_profile: Option<String>,
    /// EC2's words are given out without a token as well (IMDSv1).
    pub serves_version_1: bool,
    /// Where introspection answers; nowhere if none. Whoever reaches it reads about every task of the host.
    pub introspection: Option<SocketAddr>,
    /// Memory of the host that tasks do not get, MiB.
    pub reserved_memory_mib: i64,
    /// Between the stop signal and the kill for containers that do not say.
    pub stop_timeout: Millis,
    /// How long a task that is over is remembered after the plane has heard of it.
    pub task_retention: Millis,
    /// How long [`crate::Shutdown`] by `stop_all` waits for containers and for the plane.
    pub stop_all_limit: Millis,
    /// How much is done at once.
    pub limits: Limits,
    /// Times of the control session.
    pub acs: Timing,
    /// Times of the telemetry session.
    pub tcs: Timing,
    /// Between two publications of metrics.
    pub metrics_interval: Millis,
}

/// How many of the driver's steps are under way at once. What does not get its turn waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Pulls.
    pub pulls: usize,
    /// Steps that bring tasks up: prepare, create, start. Those nearest to RUNNING go first.
    pub starts: usize,
    /// Removals.
    pub removals: usize,
    /// Signals. A stop does not wait for health checks that take their time.
    pub signals: usize,
    /// Health checks.
    pub probes: usize,
    /// Reports to the plane.
    pub reports: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            pulls: 4,
            // Measured on two cores: 40 tasks a second and a half with 3, 4 or 6, a quarter longer with 2, twice as long with 8 or 1; the
            // fewer, the sooner the first one runs.
            starts: cores + 1,
            removals: cores + 1,
            signals: 16,
            probes: 16,
            reports: 16,
        }
    }
}

impl Config {
    /// An agent of `cluster` with ECS's defaults.
    pub fn new(
        endpoint: impl Into<String>,
        cluster: Option<ClusterName>,
        region: Region,
        credentials: Credentials,
        data_dir: impl Into<PathBuf>,
    ) -> Self {
        Self {
            endpoint: endpoint.into(),
            cluster,
            region,
            credentials,
            data_dir: data_dir.into(),
            attributes: Vec::new(),
            tags: Vec::new(),
            instance_type: None,
            availability_zone: None,
            instance_profile: None,
            serves_version_1: false,
            introspection: None,
            reserved_memory_mib: 0,
            stop_timeout: Millis::from_s(30),
            task_retention: Millis::from_s(600),
            stop_all_limit: Millis::from_s(120),
            limits: Limits::default(),
            acs: Timing::ACS,
            tcs: Timing::TCS,
            metrics_interval: Millis::from_s(20),
        }
    }

    /// The cluster's name.
    pub(crate) fn cluster_name(&self) -> &str {
        self.cluster.as_ref().map_or("default", ClusterName::as_str)
    }
}
