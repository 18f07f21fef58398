//! The driver for Linux: performs what the agent asks, with real containers.
//!
//! It keeps nothing in memory that the host does not know better: connections to shims, addresses that are given out, the files of
//! images about users. All of it is found again by `inventory`.
//! Blocking work (files, netlink, unpacked images) runs on the runtime's blocking threads; what waits for shims is async.
//! Read on: `home` for what lies where, `create` and `task` for the acts, `inventory` for going on after a crash.

mod awsvpc;
mod belongings;
mod capacity;
mod client;
mod create;
mod doorway;
mod error;
mod exec;
mod home;
mod inventory;
mod record;
mod remove;
mod storage;
mod task;
mod traffic;
mod usage;
mod users;
mod volumes;
mod zygote;

pub use error::DriverError;

use crate::cgroup::Cgroups;
use crate::container::user::UserFiles;
use crate::host::{Host, HostProblem};
use crate::image::digest::Digest;
use crate::image::pull::PullPolicy;
use crate::image::store::Images;
use crate::network::address::{Pool, Subnet};
use crate::network::callers::Callers;
use crate::network::endpoints::Endpoints;
use crate::network::{bridge, endpoints, guard};
use agent::driver::{
    Capacity, ContainerFault, ContainerKey, Driver, DriverEvent, ExecCommand, ExecProcess,
    FaultName, Found, Probe, Pulled, Signal, Started, Usage,
};
use agent::endpoint::Doorway;
use awsvpc::Awsvpc;
use client::ShimClient;
use domain::link::acs::PayloadTask;
use domain::link::network::NetworkMap;
use domain::time::{Millis, Timestamp};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use home::Home;
use record::Record;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::task::TaskTracker;
use zygote::Zygote;

/// How an instance runs containers.
#[derive(Clone, Debug)]
pub struct LinuxConfig {
    /// The directory of tasks, volumes and logs. One agent at a time; the names of all that it makes on the host come from it.
    pub root: PathBuf,
    /// `crun`, `runc`, or the path of one of them; the first that is installed if none.
    pub runtime: Option<String>,
    /// As `runtime`, also `runsc`, for the tasks of Fargate; the same as for others if none.
    pub fargate_runtime: Option<String>,
    /// The bridge's name; one from `root` if none.
    pub bridge: Option<String>,
    /// The bridge's subnet; a free one if none.
    pub subnet: Option<Subnet>,
    /// This host's address by which other hosts of its VPCs reach it. Without one, tasks of VPCs meet on this host only.
    pub underlay: Option<Ipv4Addr>,
    /// Whether tasks of mode `awsvpc` may come: not to an instance outside of EC2, which has no interfaces to give.
    pub serves_awsvpc: bool,
    /// The binary that has the `shim` subcommand ([`crate::shim::main`]); this very one if none.
    pub program: Option<PathBuf>,
    /// When registries are asked for images.
    pub pull_policy: PullPolicy,
    /// TCP ports that tasks may not have.
    pub reserved_ports_tcp: Vec<u16>,
    /// UDP ports that tasks may not have.
    pub reserved_ports_udp: Vec<u16>,
    /// MiB of this host that are not for tasks.
    pub reserved_memory_mib: i64,
    /// Processes and threads that one task may have at most.
    pub task_pids_max: Option<i64>,
    /// How long logs stay after their task.
    pub log_retention: Duration,
    /// Tasks do not see what EC2 says of an instance.
    pub block_instance_metadata: bool,
    /// Those of mode `awsvpc` do not, as by the official agent's ECS_AWSVPC_BLOCK_IMDS.
    pub awsvpc_block_imds: bool,
}

impl LinuxConfig {
    /// The usual for an instance in `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        /// What ECS reserves on every instance (spec/tasks.md §5): SSH, Docker and the agent's own.
        const RESERVED: [u16; 5] = [22, 2375, 2376, 51678, 51679];
        /// The official agent keeps task directories this long after a task.
        const THREE_HOURS: Duration = Duration::from_secs(3 * 3600);
        Self {
            root: root.into(),
            runtime: None,
            fargate_runtime: None,
            bridge: None,
            subnet: None,
            underlay: None,
            serves_awsvpc: true,
            program: None,
            pull_policy: PullPolicy::PreferCached,
            reserved_ports_tcp: RESERVED.to_vec(),
            reserved_ports_udp: vec![],
            reserved_memory_mib: 0,
            task_pids_max: None,
            log_retention: THREE_HOURS,
            block_instance_metadata: false,
            awsvpc_block_imds: false,
        }
    }
}

/// Why there is no driver on this host.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The host lacks something.
    #[error(transparent)]
    Host(#[from] HostProblem),
    /// Setting up did not succeed.
    #[error(transparent)]
    Driver(#[from] DriverError),
}

/// A task whose shim is connected.
#[derive(Debug)]
struct Known {
    shim: ShimClient,
    records: BTreeMap<String, Record>,
}

/// The driver. Cheap to clone: all clones are one.
#[derive(Clone)]
pub struct LinuxDriver {
    inner: Arc<Inner>,
}

struct Inner {
    config: LinuxConfig,
    host: Host,
    cgroups: Cgroups,
    home: Home,
    images: Arc<Images>,
    bridge: String,
    table: String,
    endpoints: Endpoints,
    callers: Callers,
    awsvpc: Awsvpc,
    zygote: Zygote,
    pool: Mutex<Pool>,
    tasks: Mutex<BTreeMap<String, Known>>,
    users: Mutex<BTreeMap<Digest, Arc<UserFiles>>>,
    tracker: TaskTracker,
    tell: mpsc::UnboundedSender<DriverEvent>,
    // Unbounded, because a shim's event must not wait for the agent; there are at most a few per container.
    told: tokio::sync::Mutex<mpsc::UnboundedReceiver<DriverEvent>>,
}

impl LinuxDriver {
    /// Looks at the host, sets up bridge and firewall, starts the zygote. Blocks for some 30 ms. To be called within a tokio runtime.
    ///
    /// Containers of an earlier agent go on; `inventory` finds them and must be called before anything else.
    pub fn open(config: LinuxConfig, images: Arc<Images>) -> Result<Self, OpenError> {
        let host = crate::host::check(&config)?;
        host.cgroups.make_ready().map_err(HostProblem::from)?;
        let home = Home::open(&config.root)?;
        let bridge = config.bridge.clone().unwrap_or_else(|| home.bridge());
        let table = home.table();
        let (uplinks, ends) = (home.uplinks(), home.interface_prefix());
        let wanted = bridge::Wanted {
            bridge: &bridge,
            table: &table,
            ends: &ends,
            uplinks: &uplinks,
            subnet: config.subnet,
        };
        let subnet = bridge::set_up(&wanted).map_err(DriverError::from)?;
        let endpoints = set_up_endpoints(&home, &bridge, subnet)?;
        let awsvpc = Awsvpc::open(&home, &bridge, &config)?;
        let program = match &config.program {
            Some(program) => program.clone(),
            // The link, so that shims of this agent are of this version also after the file was replaced.
            None => PathBuf::from("/proc/self/exe"),
        };
        let zygote = Zygote::new(program);
        zygote.warm_up()?;
        let (tell, told) = mpsc::unbounded_channel();
        let inner = Inner {
            cgroups: host.cgroups.clone(),
            host,
            home,
            images,
            bridge,
            table,
            endpoints,
            callers: Callers::default(),
            awsvpc,
            zygote,
            pool: Mutex::new(Pool::new(subnet)),
            tasks: Mutex::default(),
            users: Mutex::default(),
            tracker: TaskTracker::new(),
            tell,
            told: tokio::sync::Mutex::new(told),
            config,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Takes bridge, firewall table and the endpoints' name space away, for when the instance itself goes. Containers must be removed before.
    pub fn tear_down(&self) -> Result<(), DriverError> {
        self.inner.awsvpc.tear_down()?;
        let name = self.inner.home.endpoints();
        endpoints::tear_down(&name)
            .map_err(|source| bridge::NetworkError::Endpoints { name, source })?;
        bridge::tear_down(&self.inner.bridge, &self.inner.table)?;
        match fs_err::remove_dir_all(self.inner.home.runtime_state()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(DriverError::File(error))
            }
            _ => Ok(()),
        }
    }

    /// What was found out about the host.
    pub fn host(&self) -> &Host {
        &self.inner.host
    }

    /// The process id of the parent of shims, if it runs: with the shims, all that runs beside the agent.
    pub fn zygote_pid(&self) -> Option<u32> {
        self.inner.zygote.pid()
    }

    /// Runs blocking work of the driver.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, DriverError> + Send + 'static,
    ) -> Result<T, DriverError> {
        let inner = Arc::clone(&self.inner);
        match tokio::task::spawn_blocking(move || work(&inner)).await {
            Ok(done) => done,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // The runtime ends, and with it whoever asked.
                Err(error) => Err(DriverError::Unknown(error.to_string())),
            },
        }
    }
}

fn set_up_endpoints(home: &Home, bridge: &str, subnet: Subnet) -> Result<Endpoints, DriverError> {
    let name = home.endpoints();
    let wanted = endpoints::Wanted { name: &name, bridge, subnet };
    let made = Endpoints::set_up(&wanted)
        .map_err(|source| bridge::NetworkError::Endpoints { name: name.clone(), source })?;
    if !made.serves_host() {
        tracing::warn!(
            "another agent of this host has the route to {}: containers in host mode find its endpoints and not this one's",
            endpoints::TASKS
        );
    }
    Ok(made)
}

impl Inner {
    /// From now on requests from `address` are `task`'s, and the container behind the interface `end` sends as nobody else.
    fn admit(&self, address: Ipv4Addr, end: &str, task: &str) -> Result<(), DriverError> {
        self.callers.claim(address, task);
        guard::let_send(&self.table, end, address).map_err(DriverError::netlink)?;
        self.endpoints.admit(address).map_err(DriverError::netlink)
    }

    /// Requests from `address` are nobody's.
    fn dismiss(&self, address: Ipv4Addr) -> Result<(), DriverError> {
        self.callers.release(address);
        self.endpoints.dismiss(address).map_err(DriverError::netlink)
    }

    fn tasks(&self) -> MutexGuard<'_, BTreeMap<String, Known>> {
        self.tasks.lock().expect("nothing panics while it is held")
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().expect("nothing panics while it is held")
    }
}

/// The time now. The driver is an outermost shell: it stamps what happened.
#[expect(clippy::disallowed_methods, reason = "the driver stamps what happened on the host")]
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)))
}

impl Driver for LinuxDriver {
    fn capacity(&self) -> Capacity {
        capacity::capacity(&self.inner.config, &self.inner.host, self.inner.endpoints.serves_host())
    }

    fn inventory(&self) -> BoxFuture<'_, Result<Vec<Found>, ContainerFault>> {
        async { self.find_all().await.map_err(|e| e.fault(FaultName::InternalError)) }.boxed()
    }

    fn pull(
        &self,
        task: Arc<PayloadTask>,
        container: String,
    ) -> BoxFuture<'_, Result<Pulled, ContainerFault>> {
        async move {
            let pulled = self.pull_image(&task, &container).await;
            pulled.map_err(|e| e.fault(FaultName::CannotPullContainerError))
        }
        .boxed()
    }

    fn prepare(&self, task: Arc<PayloadTask>) -> BoxFuture<'_, Result<(), ContainerFault>> {
        async move {
            let prepared = self.prepare_task(task).await;
            prepared.map_err(|e| e.fault(FaultName::ResourceInitializationError))
        }
        .boxed()
    }

    fn create(
        &self,
        task: Arc<PayloadTask>,
        container: String,
    ) -> BoxFuture<'_, Result<String, ContainerFault>> {
        async move {
            let created = self.blocking(move |inner| inner.create(&task, &container)).await;
            created.map_err(|e| e.fault(FaultName::CannotCreateContainerError))
        }
        .boxed()
    }

    fn start(
        &self,
        task: Arc<PayloadTask>,
        container: String,
    ) -> BoxFuture<'_, Result<Started, ContainerFault>> {
        async move {
            let started = self.start_container(task.id(), &container).await;
            started.map_err(|e| e.fault(FaultName::CannotStartContainerError))
        }
        .boxed()
    }

    fn signal(
        &self,
        container: ContainerKey,
        signal: Signal,
    ) -> BoxFuture<'_, Result<(), ContainerFault>> {
        async move {
            let signalled = self.signal_container(&container, signal).await;
            signalled.map_err(|e| e.fault(FaultName::CannotStopContainerError))
        }
        .boxed()
    }

    fn probe(
        &self,
        container: ContainerKey,
        command: Vec<String>,
        limit: Millis,
    ) -> BoxFuture<'_, Result<Probe, ContainerFault>> {
        async move {
            let probed = self.probe_container(&container, command, limit).await;
            probed.map_err(|e| e.fault(FaultName::CannotInspectContainerError))
        }
        .boxed()
    }

    fn exec(
        &self,
        container: ContainerKey,
        command: ExecCommand,
    ) -> BoxFuture<'_, Result<ExecProcess, ContainerFault>> {
        async move {
            let entered = self.exec_in_container(&container, command).await;
            entered.map_err(|e| e.fault(FaultName::CannotInspectContainerError))
        }
        .boxed()
    }

    fn remove(&self, task: String) -> BoxFuture<'_, Result<(), ContainerFault>> {
        async move {
            let removed = self.remove_task(&task).await;
            removed.map_err(|e| e.fault(FaultName::InternalError))
        }
        .boxed()
    }

    fn event(&self) -> BoxFuture<'_, DriverEvent> {
        async {
            // Held while waiting: there is one caller, so nobody waits for it.
            match self.inner.told.lock().await.recv().await {
                Some(event) => event,
                // The sender is beside the receiver, so this is never reached; if it were, nothing happens any more.
                None => std::future::pending().await,
            }
        }
        .boxed()
    }

    fn network(&self, map: NetworkMap) -> BoxFuture<'_, Result<(), ContainerFault>> {
        async move {
            let learned = self.learn(map).await;
            learned.map_err(|e| e.fault(FaultName::ContainerNetworkingError))
        }
        .boxed()
    }

    fn doorway(&self) -> Option<Arc<dyn Doorway>> {
        Some(Arc::new(self.clone()))
    }

    fn usage(&self) -> BoxFuture<'_, Vec<(ContainerKey, Usage)>> {
        async {
            match self.blocking(|inner| Ok(inner.usage())).await {
                Ok(usage) => usage,
                Err(error) => {
                    tracing::warn!(%error, "usage was not read");
                    vec![]
                }
            }
        }
        .boxed()
    }
}
