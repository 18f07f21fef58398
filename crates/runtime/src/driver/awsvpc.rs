//! Tasks with interfaces of their own (mode `awsvpc`): their part of preparing, finding and removing.
//!
//! ```text
//! prepare: addresses kept ─▶ holder has a name space ─▶ the plane's word is there ─▶ eth0 to the router, ecs-eth0 to the endpoints
//! ```
//! Invariant: what a task holds on the host is either the kernel's to remove with the task's processes, or follows from `network.json` in its
//! directory, which is written before the first step and goes after the last.

use super::record::read_json;
use super::{DriverError, Inner, LinuxDriver};
use crate::host::RuntimeKind;
use crate::network::address::{Pool, Subnet};
use crate::network::endpoints;
use crate::network::flow_logs::Files;
use crate::network::router::Names;
use crate::network::routers::{self, Routers};
use crate::network::task::{self, Own};
use crate::shim::IDENTITY;
use crate::shim::protocol::{Answer, Op};
use crate::shim::zygote::{Identity, replace};
use crate::steps;
use domain::link::acs::PayloadTask;
use domain::link::network::NetworkMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

/// In the task's directory.
const FILE: &str = "network.json";
/// The plane says what an interface may do at about the same time as that there is one.
const WORD_TIMEOUT: Duration = Duration::from_secs(10);
/// Addresses of tasks' interfaces to the agent (spec/networking.md §1), as [`Subnet`] has them.
const TO_AGENT: (Ipv4Addr, u8) = (Ipv4Addr::new(169, 254, 172, 0), 22);

/// What a task has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Held {
    vpc: String,
    number: u32,
    /// Its address at the endpoints.
    at_agent: Ipv4Addr,
    /// It may see what EC2 says of the instance.
    #[serde(default)]
    sees_instance: bool,
}

/// The networks of all tasks that have one of their own.
pub(super) struct Awsvpc {
    routers: Routers,
    held: Mutex<BTreeMap<String, Held>>,
    at_agent: Mutex<Pool>,
}

impl Awsvpc {
    /// Sets the host's side up.
    pub(super) fn open(
        home: &super::home::Home,
        bridge: &str,
        config: &super::LinuxConfig,
    ) -> Result<Self, DriverError> {
        let underlay = config.underlay;
        let records = records(home, config);
        let names = Names { namespaces: home.routers(), uplinks: home.uplinks() };
        let (kept, table) = (home.vpcs(), home.vpc_table());
        let routers =
            Routers::open(routers::Wanted { names, kept, records, table, bridge, underlay })?;
        let pool = Pool::new(Subnet::around(TO_AGENT.0, TO_AGENT.1));
        Ok(Self { routers, held: Mutex::default(), at_agent: Mutex::new(pool) })
    }

    /// Takes routers and the host's side away.
    pub(super) fn tear_down(&self) -> Result<(), DriverError> {
        Ok(self.routers.tear_down()?)
    }

    /// As lines for people and tests: what is on the host for tasks of VPCs.
    pub(super) fn belongings(&self) -> io::Result<Vec<String>> {
        let numbers = self.routers.found()?;
        Ok(numbers.iter().map(|number| format!("router of VPC number {number}")).collect())
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<String, Held>> {
        self.held.lock().expect("nothing panics while it is held")
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.at_agent.lock().expect("nothing panics while it is held")
    }
}

/// Where records of flow logs go, and how long they stay.
pub(super) fn records(home: &super::home::Home, config: &super::LinuxConfig) -> Files {
    Files { root: home.flow_logs(), kept: config.log_retention }
}

impl LinuxDriver {
    /// Takes the plane's word about VPCs.
    pub(super) async fn learn(&self, map: NetworkMap) -> Result<(), DriverError> {
        self.blocking(move |inner| Ok(inner.awsvpc.routers.learn(map.vpcs)?)).await
    }

    /// Gives a task its network, if it has one of its own. Its shim is there.
    pub(super) async fn connect_task(&self, task: &PayloadTask) -> Result<(), DriverError> {
        if task.network_mode != "awsvpc" {
            return Ok(());
        }
        let own = own_of(task)?;
        let id = task.id().to_owned();
        let held = self
            .blocking({
                let (id, own) = (id.clone(), own.clone());
                let sees_instance = self.inner.lets_see_instance(task);
                move |inner| inner.hold(&id, &own, sees_instance)
            })
            .await?;
        let holder = match self.ask(&id, Op::HoldNetwork).await? {
            Answer::Held { pid } => pid,
            _ => return Err(DriverError::Networking("the shim answered something else".into())),
        };
        self.inner.awsvpc.routers.wait_for(&own, WORD_TIMEOUT).await?;
        let is_kernels = self.inner.runtime_of(task).kind != RuntimeKind::Runsc;
        self.blocking(move |inner| inner.connect(&id, &own, &held, holder, is_kernels)).await
    }
}

impl Inner {
    /// Whether a task of mode `awsvpc` may see what EC2 says of the instance. Those of Fargate are on none that they know of.
    fn lets_see_instance(&self, task: &PayloadTask) -> bool {
        let config = &self.config;
        let is_blocked = config.block_instance_metadata || config.awsvpc_block_imds;
        !is_blocked && !task.is_on_fargate()
    }

    /// As it was decided when the task began.
    pub(super) fn sees_instance(&self, task: &str) -> bool {
        self.awsvpc.held().get(task).is_none_or(|held| held.sees_instance)
    }

    /// Writes down what the task is to have.
    fn hold(&self, task: &str, own: &Own, sees_instance: bool) -> Result<Held, DriverError> {
        let mut all = self.awsvpc.held();
        if let Some(held) = all.get(task) {
            return Ok(held.clone());
        }
        let at_agent = self.awsvpc.pool().take().ok_or_else(|| {
            DriverError::NoAddress(Subnet::around(TO_AGENT.0, TO_AGENT.1).to_string())
        })?;
        let (vpc, number) = (own.vpc.clone(), own.number);
        let held = Held { vpc, number, at_agent, sees_instance };
        let text = serde_json::to_vec(&held).expect("plain data");
        if let Err(error) = replace(&self.home.task(task).join(FILE), &text) {
            self.awsvpc.pool().free(at_agent);
            return Err(DriverError::File(error));
        }
        steps::done("write down what a task has");
        self.callers.claim(at_agent, task);
        all.insert(task.to_owned(), held.clone());
        Ok(held)
    }

    fn connect(
        &self,
        id: &str,
        own: &Own,
        held: &Held,
        holder: i32,
        is_kernels: bool,
    ) -> Result<(), DriverError> {
        let network = self.network_of(id, holder).map_err(DriverError::File)?;
        self.awsvpc.routers.connect(own, &network, is_kernels)?;
        let mut reach = vec![endpoints::TASKS];
        reach.extend(held.sees_instance.then_some(endpoints::INSTANCE));
        task::connect_to_agent(&self.endpoints, held.at_agent, &reach, &network).map_err(|source| {
            DriverError::Networking(format!("connect the task to the agent's endpoints: {source}"))
        })
    }

    /// The name space that the process `holder` holds for a task.
    fn network_of(&self, task: &str, holder: i32) -> io::Result<fs_err::File> {
        let network = fs_err::File::open(format!("/proc/{holder}/ns/net"))?;
        // Opened first: if the process is the shim's child now, it was when we opened.
        let shim: Option<Identity> = read_json(&self.home.task(task).join(IDENTITY))
            .map_err(|error| io::Error::other(error.to_string()))?;
        let stat = fs_err::read_to_string(format!("/proc/{holder}/stat"))?;
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1));
        let is_its_child = shim.is_some_and(|shim| parent == Some(&*shim.pid.to_string()));
        if is_its_child { Ok(network) } else { Err(io::Error::other("the task's network is gone")) }
    }

    /// Takes up what an earlier agent gave a task.
    pub(super) fn find_network(&self, task: &str) -> Result<(), DriverError> {
        if self.awsvpc.held().contains_key(task) {
            return Ok(());
        }
        let Some(held) = read_json::<Held>(&self.home.task(task).join(FILE))? else {
            return Ok(());
        };
        self.awsvpc.pool().mark(held.at_agent);
        self.callers.claim(held.at_agent, task);
        self.awsvpc.held().insert(task.to_owned(), held.clone());
        if let Err(error) = self.awsvpc.routers.ensure(&held.vpc, held.number) {
            // What is in the kernel goes on, and the next map or task tries again.
            tracing::error!(
                error = crate::chain::chain(&error),
                "a VPC's router is not followed up"
            );
        }
        Ok(())
    }

    /// Frees what a task without processes holds of the network.
    pub(super) fn free_network(&self, task: &str) -> Result<(), DriverError> {
        let held = self.awsvpc.held().remove(task);
        if let Some(held) = held {
            self.callers.release(held.at_agent);
            self.awsvpc.pool().free(held.at_agent);
            // Held throughout, so that no task begins to need the router meanwhile.
            let others = self.awsvpc.held();
            if !others.values().any(|other| other.vpc == held.vpc) {
                self.awsvpc.routers.drop_router(&held.vpc, held.number)?;
            }
        }
        super::remove::gone(fs_err::remove_file(self.home.task(task).join(FILE)))?;
        steps::done("forget what a task had");
        Ok(())
    }

    /// Takes routers away that no task needs.
    pub(super) fn sweep_routers(&self) -> Result<(), DriverError> {
        let held = self.awsvpc.held();
        let needed: BTreeSet<u32> = held.values().map(|held| held.number).collect();
        Ok(self.awsvpc.routers.sweep(&needed)?)
    }
}

fn own_of(task: &PayloadTask) -> Result<Own, DriverError> {
    let interface = task.elastic_network_interfaces.first().ok_or_else(|| {
        DriverError::Networking(format!("task `{}` of mode `awsvpc` has no interface", task.id()))
    })?;
    Own::read(interface).map_err(DriverError::Networking)
}
