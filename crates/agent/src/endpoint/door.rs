//! The seam to whoever runs containers: where requests arrive, who sent them, and what the machine does not know of a container.

use domain::time::Timestamp;
use futures_util::future::BoxFuture;
use std::{
    collections::BTreeMap,
    io,
    net::{IpAddr, Ipv4Addr, TcpListener},
};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caller {
    /// A task that has an address of its own.
    Task(String),
    /// A process in the host's network: of a task in host mode, or of the host itself.
    Host,
}

/// A socket, and what is served on it.
#[derive(Debug)]
pub enum Listener {
    /// Credentials, metadata and task protection.
    Tasks(TcpListener),
    /// What EC2 says to an instance.
    Instance(TcpListener),
}

/// How tasks reach the endpoints. Object safe.
pub trait Doorway: Send + Sync {
    /// Opens the sockets, which do not block. Called once by an agent; blocks for a moment.
    ///
    /// # Errors
    /// When an address cannot be listened on.
    fn listen(&self) -> io::Result<Vec<Listener>>;

    /// Whose address it is; `None` for nobody's.
    fn caller(&self, address: IpAddr) -> Option<Caller>;

    /// Whether EC2's words about this instance are for `caller`. Not for tasks of Fargate, which know of no instance.
    fn sees_instance(&self, caller: &Caller) -> bool;

    /// What is known of the containers of a task that are created, by name. From memory.
    fn facts(&self, task: &str) -> BTreeMap<String, Facts>;

    /// What the containers of a task that run use now, by name.
    fn samples(&self, task: String) -> BoxFuture<'_, BTreeMap<String, Sample>>;

    /// MiB in use of the storage of a task that has so much and no more; `None` while nobody can tell.
    fn storage_used_mib(&self, task: String) -> BoxFuture<'_, Option<i64>>;

    /// How good this host's clock is, if it can tell.
    fn clock_drift(&self) -> Option<ClockDrift>;
}

/// How far a host's clock may be from the true time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClockDrift {
    /// When that was found out, by this clock.
    pub at: Timestamp,
    /// Milliseconds at most.
    pub error_ms_max: f64,
    /// Something keeps it right.
    pub is_synchronized: bool,
}

/// A created container, as far as the machine does not know it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// `sha256:…` of the image's configuration.
    pub image_id: Option<String>,
    /// When it was created.
    pub created: Option<Timestamp>,
    /// `bridge`, `host`, `none` or `awsvpc`.
    pub network_mode: String,
    /// Its addresses on the bridge; those of a task's own interface are in the payload.
    pub addresses: Vec<Ipv4Addr>,
    /// What is mounted.
    pub volumes: Vec<Volume>,
}

/// A mounted volume.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// Of a named volume; empty for a path of the host.
    pub name: String,
    /// On the host.
    pub source: String,
    /// In the container.
    pub destination: String,
}

/// What a container uses at one moment. Counters are since its process began.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// When it was taken.
    pub at: Timestamp,
    /// CPU time, nanoseconds: all, in the kernel, outside of it.
    pub cpu_ns: [u64; 3],
    /// CPU time by core, nanoseconds, where the kernel tells.
    pub core_ns: Vec<u64>,
    /// CPU time of the whole host since it started, nanoseconds.
    pub host_ns: u64,
    /// Cores of the host.
    pub cores: u32,
    /// Periods, periods in which it was held back, and for how many nanoseconds.
    pub throttled: [u64; 3],
    /// Memory in use with the file cache, bytes.
    pub memory_bytes: u64,
    /// The most it had in use, bytes, where the kernel tells.
    pub memory_max_bytes: Option<u64>,
    /// What it may use, bytes.
    pub memory_limit_bytes: u64,
    /// The kernel's own statistics of its memory.
    pub memory: BTreeMap<String, u64>,
    /// By interface.
    pub traffic: BTreeMap<String, Traffic>,
    /// Read from and written to block devices, bytes: by device number.
    pub storage: Vec<((u64, u64), [u64; 2])>,
    /// Processes and threads.
    pub pids: u64,
}

/// What went through an interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Received: bytes, packets, errors, dropped.
    pub received: [u64; 4],
    /// Sent: bytes, packets, errors, dropped.
    pub sent: [u64; 4],
}
