//! The routers of an instance's VPCs, and what the control plane last said of each VPC.
//!
//! Invariants: maps are kept on disk before they are followed, so that an agent that starts anew has rules before the plane speaks; the last
//! map is the one that counts; a router is there while a task of its VPC is, and a task is connected only to a router whose rules are in force.
//! Blocking, but for the wait.

use super::conntrack;
use super::flow_logs::{Files, Recorder};
use super::namespace;
use super::resolver::{Resolver, Sockets};
use super::router::{Names, Router, RouterError};
use super::task::{self, Own};
use crate::shim::zygote::replace;
use crate::spawn::{self, SpawnError};
use crate::steps;
use domain::link::network::VpcMap;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio_util::task::TaskTracker;
use vpc::{
    dns::Zone,
    host::{self, Open},
    wanted,
};

/// What is to be set up.
#[derive(Clone, Debug)]
pub(crate) struct Wanted<'a> {
    /// How routers are called.
    pub(crate) names: Names,
    /// Where maps are kept.
    pub(crate) kept: PathBuf,
    /// Where records of flow logs go.
    pub(crate) records: Files,
    /// The host's firewall table for all routers.
    pub(crate) table: String,
    /// The bridge of containers without an interface of their own.
    pub(crate) bridge: &'a str,
    /// This host's address for other hosts.
    pub(crate) underlay: Option<Ipv4Addr>,
}

/// All routers of the instance.
pub(crate) struct Routers {
    names: Names,
    kept: PathBuf,
    records: Files,
    table: String,
    underlay: Option<Ipv4Addr>,
    state: Mutex<State>,
    /// Counts maps that were heard.
    heard: watch::Sender<u64>,
    tracker: TaskTracker,
    runtime: Handle,
}

#[derive(Default)]
struct State {
    maps: BTreeMap<String, VpcMap>,
    routers: BTreeMap<String, Built>,
    /// What the host's table has, once this agent said it.
    open: Option<Open>,
}

struct Built {
    router: Router,
    resolver: Option<Resolver>,
    recorder: Option<Recorder>,
}

impl Built {
    /// Before the router goes: what its interfaces' flow logs have not yet.
    fn finish(self) {
        if let Some(recorder) = self.recorder {
            recorder.finish();
        }
    }
}

/// What stood in the way.
#[derive(Debug, thiserror::Error)]
pub enum RoutersError {
    /// A file of ours; its path is in it.
    #[error(transparent)]
    File(io::Error),
    /// A router.
    #[error(transparent)]
    Router(#[from] RouterError),
    /// The host's firewall.
    #[error("set up nftables table `{table}`")]
    Firewall {
        /// Its name.
        table: String,
        /// Why not.
        #[source]
        source: SpawnError,
    },
    /// A task's interface.
    #[error("connect interface {address} of VPC `{vpc}`")]
    Interface {
        /// Its address.
        address: Ipv4Addr,
        /// Where.
        vpc: String,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The plane did not say what it should.
    #[error(
        "the control plane did not say what interface {address} of VPC `{vpc}` may do: is it of this agent's version?"
    )]
    Unknown {
        /// Its address.
        address: Ipv4Addr,
        /// Where.
        vpc: String,
    },
}

impl Routers {
    /// Reads what is kept and sets the host's side up. To be called within a tokio runtime.
    pub(crate) fn open(wanted: Wanted<'_>) -> Result<Self, RoutersError> {
        let Wanted { names, kept, records, table, bridge, underlay } = wanted;
        fs_err::create_dir_all(&kept).map_err(RoutersError::File)?;
        let of_host = host::Names { table: &table, uplinks: &names.uplinks, bridge };
        spawn::nft(&host::script(of_host, conntrack::room()))
            .map_err(|source| RoutersError::Firewall { table: table.clone(), source })?;
        let state = State { maps: read_maps(&kept)?, ..State::default() };
        Ok(Self {
            names,
            kept,
            records,
            table,
            underlay,
            state: Mutex::new(state),
            heard: watch::Sender::new(0),
            tracker: TaskTracker::new(),
            runtime: Handle::current(),
        })
    }

    /// Takes the plane's word. What is said of VPCs without tasks here is kept until they have one.
    pub(crate) fn learn(&self, maps: Vec<VpcMap>) -> Result<(), RoutersError> {
        let mut first_error = None;
        {
            let mut state = self.state();
            for map in maps.into_iter().filter(|map| is_file_name(&map.id)) {
                if let Err(error) = self.learn_one(&mut state, map) {
                    // The others may be fine.
                    first_error.get_or_insert(error);
                }
            }
        }
        self.heard.send_modify(|count| *count += 1);
        first_error.map_or(Ok(()), Err)
    }

    fn learn_one(&self, state: &mut State, map: VpcMap) -> Result<(), RoutersError> {
        let id = map.id.clone();
        let is_followed = state.routers.get(&id).is_none_or(|built| built.router.follows());
        if is_followed && state.maps.get(&id) == Some(&map) {
            return Ok(());
        }
        if is_ours(&map) || state.routers.contains_key(&id) {
            let text = serde_json::to_vec(&map).expect("a map is plain data");
            replace(&self.file(&id), &text).map_err(RoutersError::File)?;
            steps::done("keep a map");
            state.maps.insert(id.clone(), map);
        } else {
            self.forget(state, &id)?;
        }
        let State { maps, routers, .. } = &mut *state;
        if let (Some(map), Some(built)) = (maps.get(&id), routers.get_mut(&id)) {
            self.follow(built, map)?;
            self.publish(state)?;
        }
        Ok(())
    }

    /// Waits until the plane said what `own` may do.
    pub(crate) async fn wait_for(&self, own: &Own, limit: Duration) -> Result<(), RoutersError> {
        let mut heard = self.heard.subscribe();
        let is_known = || {
            let state = self.state();
            state.maps.get(&own.vpc).is_some_and(|map| wanted::knows(map, own.address))
        };
        let known = tokio::time::timeout(limit, heard.wait_for(|_| is_known())).await;
        match known {
            Ok(Ok(_)) => Ok(()),
            _ => Err(RoutersError::Unknown { address: own.address, vpc: own.vpc.clone() }),
        }
    }

    /// Connects the name space `task` to its VPC as [`task::connect`] does; the router is made if it is not there.
    pub(crate) fn connect(
        &self,
        own: &Own,
        task: &fs_err::File,
        is_kernels: bool,
    ) -> Result<(), RoutersError> {
        let mut state = self.state();
        self.ensure_in(&mut state, &own.vpc, own.number)?;
        let interface =
            |source| RoutersError::Interface { address: own.address, vpc: own.vpc.clone(), source };
        let State { maps, routers, .. } = &mut *state;
        let built = routers.get_mut(&own.vpc);
        let built = built.ok_or_else(|| interface(io::ErrorKind::NotFound.into()))?;
        if let Some(map) = maps.get(&own.vpc).filter(|_| !built.router.follows()) {
            self.follow(built, map)?;
        }
        task::connect(&mut built.router, own, task, is_kernels).map_err(interface)
    }

    /// Makes the router of a VPC, or finds it there.
    pub(crate) fn ensure(&self, vpc: &str, number: u32) -> Result<(), RoutersError> {
        self.ensure_in(&mut self.state(), vpc, number)
    }

    fn ensure_in(&self, state: &mut State, vpc: &str, number: u32) -> Result<(), RoutersError> {
        let State { maps, routers, .. } = &mut *state;
        if routers.get(vpc).is_some_and(|built| built.router.number() == number) {
            return Ok(());
        }
        let router = Router::make(&self.names, number, self.underlay)?;
        let mut built = Built { router, resolver: None, recorder: None };
        if let Some(map) = maps.get(vpc) {
            self.follow(&mut built, map)?;
        }
        routers.insert(vpc.to_owned(), built);
        self.publish(state)
    }

    /// Takes the router of a VPC away that has no task any more.
    pub(crate) fn drop_router(&self, vpc: &str, number: u32) -> Result<(), RoutersError> {
        let mut state = self.state();
        state.routers.remove(vpc).into_iter().for_each(Built::finish);
        self.names.take_away(number)?;
        if !state.maps.get(vpc).is_some_and(is_ours) {
            self.forget(&mut state, vpc)?;
        }
        self.publish(&mut state)
    }

    /// Takes everything away that earlier agents left of VPCs whose numbers are not among `needed`.
    pub(crate) fn sweep(&self, needed: &BTreeSet<u32>) -> Result<(), RoutersError> {
        let mut state = self.state();
        let is_idle = |built: &Built| !needed.contains(&built.router.number());
        let idle: Vec<String> =
            state.routers.iter().filter(|(_, it)| is_idle(it)).map(|(id, _)| id.clone()).collect();
        for id in idle {
            state.routers.remove(&id).into_iter().for_each(Built::finish);
        }
        for number in self.names.found().map_err(RoutersError::File)? {
            if !needed.contains(&number) {
                self.names.take_away(number)?;
            }
        }
        self.publish(&mut state)
    }

    /// The numbers of the VPCs that have a router on this host.
    pub(crate) fn found(&self) -> io::Result<BTreeSet<u32>> {
        self.names.found()
    }

    /// Takes everything away, for when the instance itself goes.
    pub(crate) fn tear_down(&self) -> Result<(), RoutersError> {
        self.sweep(&BTreeSet::new())?;
        spawn::nft(&host::removal(&self.table))
            .map_err(|source| RoutersError::Firewall { table: self.table.clone(), source })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics while it is held")
    }

    fn file(&self, vpc: &str) -> PathBuf {
        self.kept.join(format!("{vpc}.json"))
    }

    fn forget(&self, state: &mut State, vpc: &str) -> Result<(), RoutersError> {
        state.maps.remove(vpc);
        steps::done("forget a map");
        match fs_err::remove_file(self.file(vpc)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(RoutersError::File(error)),
            _ => Ok(()),
        }
    }

    fn follow(&self, built: &mut Built, map: &VpcMap) -> Result<(), RoutersError> {
        // Who goes with this map, goes with what was counted.
        built.recorder.iter().for_each(Recorder::read);
        let is_resumed = built.router.is_found() && !built.router.follows();
        built.router.follow(map)?;
        self.record(built, map, is_resumed);
        let zone = Zone::of(map);
        match &built.resolver {
            // A VPC's primary block never changes, nor where it is asked.
            Some(resolver) => resolver.know(zone),
            None => {
                let addresses = wanted::resolver(map);
                built.resolver = self.resolver(built.router.namespace(), &addresses, zone);
            }
        }
        Ok(())
    }

    /// Records what the map's flow logs want. Tasks work without: that it cannot be done is no reason to refuse them.
    fn record(&self, built: &mut Built, map: &VpcMap, is_resumed: bool) {
        if let Some(recorder) = &built.recorder {
            if !recorder.know(map) {
                built.recorder = None;
            }
            return;
        }
        if map.interfaces.iter().all(|interface| interface.flow_logs.is_empty()) {
            return;
        }
        let _within = self.runtime.enter();
        let (namespace, files) = (built.router.namespace(), self.records.clone());
        match Recorder::begin(namespace, files, map, is_resumed, &self.tracker) {
            Ok(recorder) => built.recorder = Some(recorder),
            Err(error) => tracing::warn!(%error, vpc = map.id, "flow logs are not recorded"),
        }
    }

    /// Tasks work without names, so that a resolver that cannot listen is no reason to refuse them.
    fn resolver(
        &self,
        namespace: &namespace::Namespace,
        addresses: &[Ipv4Addr],
        zone: Zone,
    ) -> Option<Resolver> {
        let sockets =
            namespace.inside(|| addresses.iter().map(|address| Sockets::open(*address)).collect());
        let _within = self.runtime.enter();
        match sockets.and_then(|sockets| Resolver::serve(sockets, zone, &self.tracker)) {
            Ok(resolver) => Some(resolver),
            Err(error) => {
                tracing::warn!(%error, ?addresses, "the resolver of a VPC does not listen: its tasks find no names");
                None
            }
        }
    }

    /// Lets the host pass on what is for public addresses, and hear the other hosts of VPCs.
    fn publish(&self, state: &mut State) -> Result<(), RoutersError> {
        let mut open = Open::default();
        for (id, built) in &state.routers {
            let Some(map) = state.maps.get(id) else { continue };
            let wanted = wanted::Wanted::of(map);
            // Another agent of this host may have the overlay.
            if built.router.has_overlay() {
                open.hosts.insert(map.number, wanted.hosts());
            }
            open.public.extend(wanted.public);
        }
        if state.open.as_ref() == Some(&open) {
            return Ok(());
        }
        spawn::nft(&open.script(&self.table))
            .map_err(|source| RoutersError::Firewall { table: self.table.clone(), source })?;
        state.open = Some(open);
        Ok(())
    }
}

fn read_maps(dir: &Path) -> Result<BTreeMap<String, VpcMap>, RoutersError> {
    let mut maps = BTreeMap::new();
    for entry in fs_err::read_dir(dir).map_err(RoutersError::File)? {
        let path = entry.map_err(RoutersError::File)?.path();
        if path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        let bytes = fs_err::read(&path).map_err(RoutersError::File)?;
        // One that is cut short counts as missing: the plane says it again.
        if let Ok(map) = serde_json::from_slice::<VpcMap>(&bytes) {
            maps.insert(map.id.clone(), map);
        }
    }
    Ok(maps)
}

/// Whether this host has an interface of the VPC.
fn is_ours(map: &VpcMap) -> bool {
    map.interfaces.iter().any(|interface| interface.host.is_none())
}

fn is_file_name(id: &str) -> bool {
    const BYTES_MAX: usize = 64;
    !id.is_empty()
        && id.len() <= BYTES_MAX
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
