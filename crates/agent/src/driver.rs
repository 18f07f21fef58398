//! The seam between a host's brain and its hands: what the agent asks of whoever runs containers.
//!
//! Implementations: `runtime` (Linux containers) and the fakes of tests and of `sim`. A driver takes no decision: no retries, no
//! restarts, no order between containers. Every call is idempotent, so that an agent that was killed between asking and hearing the
//! answer just asks again. Dropping a returned future never leaves a step half done for good: the next `inventory` tells it or
//! `remove` clears it.

use crate::endpoint::Doorway;
use domain::{
    link::{acs::PayloadTask, exec::WindowSize, network::NetworkMap},
    tag::Attribute,
    task::NetworkBinding,
    time::{Millis, Timestamp},
};
use futures_util::future::BoxFuture;
use std::{fmt, sync::Arc};
use tokio::io::{AsyncRead, AsyncWrite};

/// Names a container on this host: the task's id and the container's name in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContainerKey {
    /// 32 hexadecimal digits.
    pub task: String,
    /// As in the definition.
    pub name: String,
}

impl fmt::Display for ContainerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.task, self.name)
    }
}

/// The error names of spec/tasks.md §4, as they appear before the colon in a container's `reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are ECS's own and are documented there")]
pub enum FaultName {
    CannotPullContainerError,
    CannotPullContainerAuthError,
    CannotPullImageManifestError,
    CannotCreateContainerError,
    CannotStartContainerError,
    CannotStopContainerError,
    CannotInspectContainerError,
    CannotCreateVolumeError,
    DockerTimeoutError,
    OutOfMemoryError,
    ResourceInitializationError,
    HostConfigError,
    DockerClientConfigError,
    ContainerNetworkingError,
    ContainerVanishedError,
    TaskDependencyError,
    InternalError,
}

/// Why a container could not take a step: shown as `{name}: {text}`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name:?}: {text}")]
pub struct ContainerFault {
    /// ECS's name for it.
    pub name: FaultName,
    /// What happened, where, and what to do.
    pub text: String,
}

/// What this host has and can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// 1024 a core.
    pub cpu_units: i64,
    /// MiB for tasks.
    pub memory_mib: i64,
    /// TCP ports that tasks may not have.
    pub reserved_ports_tcp: Vec<u16>,
    /// UDP ports that tasks may not have.
    pub reserved_ports_udp: Vec<u16>,
    /// Capabilities and built-in attributes.
    pub attributes: Vec<Attribute>,
    /// Name and version of the engine, such as `longshore 0.1.0 crun 1.8.1`.
    pub engine: String,
}

/// An image that is here now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// `sha256:…` of the manifest, where the image has one.
    pub digest: Option<String>,
    /// When bytes began and ended to flow; `None` where the image was here already.
    pub pulled: Option<(Timestamp, Timestamp)>,
}

/// A container that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    /// When its process began.
    pub at: Timestamp,
    /// Ports on the host.
    pub bindings: Vec<NetworkBinding>,
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// 128 + signal number for a signal.
    pub code: i64,
    /// The kernel killed it, or one of its children, for memory.
    pub out_of_memory: bool,
    /// When.
    pub at: Timestamp,
}

/// Where a container of this host is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not created, or its creation was cut off.
    Absent,
    /// Created, its process not started.
    Created,
    /// Its process runs.
    Running(Started),
    /// Its process ended.
    Exited(Exit),
}

/// A task that the driver still knows, as after the agent's restart.
#[derive(Clone, Debug)]
pub struct Found {
    /// The task's id.
    pub task: String,
    /// The payload it was prepared with; `None` if the host was cut off before it was kept: only `remove` makes sense then.
    pub payload: Option<Arc<PayloadTask>>,
    /// Every container of the payload, its engine id and where it is.
    pub containers: Vec<(String, Option<String>, Phase)>,
}

/// What a driver tells unasked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriverEvent {
    /// A container's process ended.
    Exited(ContainerKey, Exit),
    /// The shim of a task died: its containers are dead too and nobody knows their exit codes.
    Lost(String),
}

/// How to ask a process to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The image's or definition's stop signal, SIGTERM by default.
    Stop,
    /// SIGKILL to every process of the container.
    Kill,
}

/// The verdict of one run of a command in a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// It ended; the output is cut to 4 KiB.
    Ended {
        /// Its exit code.
        code: i64,
        /// Standard output and error.
        output: String,
    },
    /// It was killed at its time limit.
    TimedOut,
}

/// A command that somebody talks to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecCommand {
    /// The program and its arguments.
    pub args: Vec<String>,
    /// The size of its terminal; `None` for pipes.
    pub window: Option<WindowSize>,
}

/// A command that runs. Whoever drops `life` ends it, with all processes of its sessions.
pub struct ExecProcess {
    /// What it reads. To be dropped when there is no more.
    pub input: Box<dyn AsyncWrite + Send + Unpin>,
    /// What it writes; with a terminal all of it. What cannot be read any more has ended.
    pub output: Box<dyn AsyncRead + Send + Unpin>,
    /// What it writes to its standard error, where it has no terminal.
    pub error: Option<Box<dyn AsyncRead + Send + Unpin>>,
    /// The command itself.
    pub life: Box<dyn ExecLife>,
}

/// A command that runs, without what it reads and writes.
pub trait ExecLife: Send {
    /// Gives its terminal another size; nothing where it has none.
    fn resize(&self, size: WindowSize);

    /// Waits for its end: its exit code, `None` where nobody knows it. Dropping the future loses nothing.
    fn ended(&mut self) -> BoxFuture<'_, Option<i64>>;
}

/// A sample of what a container uses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    /// Total CPU time, nanoseconds.
    pub cpu_ns: u64,
    /// Memory in use without the file cache that can be dropped, bytes.
    pub memory_bytes: u64,
    /// Received and sent by the container's interface, bytes.
    pub network_bytes: Option<(u64, u64)>,
    /// Read from and written to block devices, bytes.
    pub storage_bytes: Option<(u64, u64)>,
    /// Processes and threads.
    pub pids: u64,
}

/// Performs effects. Object safe: the loop holds an `Arc<dyn Driver>`.
pub trait Driver: Send + Sync + 'static {
    /// What this host has and can do.
    fn capacity(&self) -> Capacity;

    /// Everything of ours that is on this host, also what an earlier agent left. Clears what belongs to no task.
    fn inventory(&self) -> BoxFuture<'_, Result<Vec<Found>, ContainerFault>>;

    /// Makes the image of one container available.
    fn pull(
        &self,
        task: Arc<PayloadTask>,
        container: String,
    ) -> BoxFuture<'_, Result<Pulled, ContainerFault>>;

    /// Makes all that the containers of a task share: its directory, cgroup, volumes, shim. Keeps the payload for `inventory`.
    fn prepare(&self, task: Arc<PayloadTask>) -> BoxFuture<'_, Result<(), ContainerFault>>;

    /// Creates a container and returns the engine's id. `prepare` and `pull` came before.
    fn create(
        &self,
        task: Arc<PayloadTask>,
        container: String,
    ) -> BoxFuture<'_, Result<String, ContainerFault>>;

    /// Starts a created container, or starts one that exited again on the same file system (restart policy).
    fn start(
        &self,
        task: Arc<PayloadTask>,
        container: String,
    ) -> BoxFuture<'_, Result<Started, ContainerFault>>;

    /// Signals a container. One that does not run is a success.
    fn signal(
        &self,
        container: ContainerKey,
        signal: Signal,
    ) -> BoxFuture<'_, Result<(), ContainerFault>>;

    /// Runs a command in a running container, as its health check does.
    fn probe(
        &self,
        container: ContainerKey,
        command: Vec<String>,
        limit: Millis,
    ) -> BoxFuture<'_, Result<Probe, ContainerFault>>;

    /// Runs a command in a running container as root, for somebody who talks to it. It ends when the agent does.
    fn exec(
        &self,
        container: ContainerKey,
        command: ExecCommand,
    ) -> BoxFuture<'_, Result<ExecProcess, ContainerFault>>;

    /// Frees all of a task: containers, shim, mounts, cgroups, addresses, ports, volumes of its life. Logs stay for `log_retention`.
    fn remove(&self, task: String) -> BoxFuture<'_, Result<(), ContainerFault>>;

    /// The next thing that happened. One caller only; never fails, waits while nothing happens.
    fn event(&self) -> BoxFuture<'_, DriverEvent>;

    /// Takes what the plane says of VPCs: all that it says of each, and the last word counts. In force on running tasks when this is done.
    fn network(&self, map: NetworkMap) -> BoxFuture<'_, Result<(), ContainerFault>>;

    /// What each running container uses now.
    fn usage(&self) -> BoxFuture<'_, Vec<(ContainerKey, Usage)>>;

    /// How tasks reach the agent's endpoints; `None` where they cannot, and then containers are not told of any.
    fn doorway(&self) -> Option<Arc<dyn Doorway>> {
        None
    }
}
