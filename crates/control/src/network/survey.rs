//! What there is in the VPCs of an account and region, walked over once for all sessions.
//!
//! Invariants: a survey says what the records of its snapshot say. A VPC's ground has the revision of the newest snapshot in which something
//! changed that any host is told of it: while that stays, so does what each host is told.
//!
//! Cost: one walk over the interfaces, route tables and flow logs of the account and region for each change of any of them, however many
//! sessions look; and what changed in the store since the last look, whatever it was.

use super::map::{ADDRESS_ATTRIBUTE, plain};
use domain::{
    ec2::{FlowLog, InternetGateway, NatGateway, PrefixList, RouteTable},
    id::{ClusterName, InstanceId, Scope},
    instance::ContainerInstance,
    link::network::InterfaceMap,
    record::{Record, Revision},
    vpc::{AttachedTo, NetworkInterface, SecurityGroup, Subnet, Vpc},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
};
use store::{Change, Found, ReadError, Snapshot};

/// An instance by its cluster and its id.
pub(super) type Host = (ClusterName, InstanceId);

/// One VPC.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) vpc: Arc<Vpc>,
    /// When something in it changed last, as far as was looked at.
    pub(super) since: Revision,
    /// By id.
    interfaces: Vec<Arc<NetworkInterface>>,
    /// How each of them looks from hosts that do not have it; `None` for those that nobody reaches.
    pub(super) seen: Vec<Option<InterfaceMap>>,
    /// Which of them are of which host.
    of_hosts: BTreeMap<Host, Vec<usize>>,
    /// Addresses of the members of groups.
    pub(super) members: BTreeMap<String, Vec<String>>,
    pub(super) tables: Vec<Arc<RouteTable>>,
    /// All of the account and region.
    pub(super) flow_logs: Arc<Vec<Arc<FlowLog>>>,
}

impl Ground {
    /// The interfaces of a host, and their places in [`Self::seen`].
    pub(super) fn of_host(&self, host: &Host) -> impl Iterator<Item = (usize, &NetworkInterface)> {
        let places = self.of_hosts.get(host).into_iter().flatten();
        places.map(|place| (*place, &*self.interfaces[*place]))
    }
}

/// All VPCs of an account and region that have interfaces.
#[derive(Clone, Debug)]
pub struct Survey {
    scope: Scope,
    snapshot: Snapshot,
    grounds: Arc<BTreeMap<String, Arc<Ground>>>,
    hosts: Arc<BTreeMap<Host, BTreeSet<String>>>,
}

impl Survey {
    /// Of a snapshot.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn of(snapshot: &Snapshot, scope: &Scope) -> Result<Self, ReadError> {
        Self::walk(snapshot, scope, |_| None)
    }

    /// What it says.
    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The VPCs in which a host has interfaces.
    pub(super) fn of_host(&self, host: &Host) -> impl Iterator<Item = &Ground> {
        let ids = self.hosts.get(host).into_iter().flatten();
        ids.filter_map(|id| self.grounds.get(id).map(|ground| &**ground))
    }

    /// The same of a later snapshot: walked over again only if something changed that matters here.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub(super) fn later(&self, snapshot: &Snapshot) -> Result<Self, ReadError> {
        let here = format!("{}/{}/", self.scope.account, self.scope.region);
        let mut touched = Touched::default();
        for change in snapshot.changes_since(&self.snapshot) {
            if change.key.as_str().starts_with(&here) {
                touched.add(&change)?;
            }
        }
        if touched.is_nothing() {
            return Ok(Self { snapshot: snapshot.clone(), ..self.clone() });
        }
        let kept = |vpc: &str| {
            let is_kept = !touched.all && !touched.vpcs.contains(vpc);
            self.grounds.get(vpc).filter(|_| is_kept).cloned()
        };
        Self::walk(snapshot, &self.scope, kept)
    }

    /// Looks at everything, but for the VPCs that are `kept` from before.
    fn walk(
        snapshot: &Snapshot,
        scope: &Scope,
        kept: impl Fn(&str) -> Option<Arc<Ground>>,
    ) -> Result<Self, ReadError> {
        let mut by_vpc: BTreeMap<String, Vec<Arc<NetworkInterface>>> = BTreeMap::new();
        for interface in snapshot.range::<NetworkInterface>(&NetworkInterface::all(scope)) {
            let interface = interface?.record;
            match by_vpc.get_mut(&interface.vpc) {
                Some(interfaces) => interfaces.push(interface),
                None => drop(by_vpc.insert(interface.vpc.clone(), vec![interface])),
            }
        }
        let mut tables: BTreeMap<String, Vec<Arc<RouteTable>>> = BTreeMap::new();
        for table in snapshot.range::<RouteTable>(&RouteTable::all(scope)) {
            let table = table?.record;
            tables.entry(table.vpc.clone()).or_default().push(table);
        }
        let logs = snapshot.range::<FlowLog>(&FlowLog::all(scope));
        let flow_logs = logs.map(|found| Ok(found?.record)).collect::<Result<_, ReadError>>()?;
        let flow_logs = Arc::new(flow_logs);
        let mut reach = Reach { snapshot, scope, known: BTreeMap::new() };
        let (mut grounds, mut hosts) = (BTreeMap::new(), BTreeMap::<Host, BTreeSet<String>>::new());
        for (id, interfaces) in by_vpc {
            // One that is gone has no interfaces; a record in between is not worth a map.
            let Some(vpc) = snapshot.get::<Vpc>(&Vpc::key(scope, &id))? else { continue };
            let ground = match kept(&id) {
                Some(ground) => ground,
                None => {
                    let tables = tables.remove(&id).unwrap_or_default();
                    let flow_logs = Arc::clone(&flow_logs);
                    Arc::new(ground(vpc.record, interfaces, tables, flow_logs, &mut reach)?)
                }
            };
            for host in ground.of_hosts.keys() {
                hosts.entry(host.clone()).or_default().insert(id.clone());
            }
            grounds.insert(id, ground);
        }
        let (grounds, hosts) = (Arc::new(grounds), Arc::new(hosts));
        Ok(Self { scope: scope.clone(), snapshot: snapshot.clone(), grounds, hosts })
    }
}

fn ground(
    vpc: Arc<Vpc>,
    interfaces: Vec<Arc<NetworkInterface>>,
    tables: Vec<Arc<RouteTable>>,
    flow_logs: Arc<Vec<Arc<FlowLog>>>,
    reach: &mut Reach<'_>,
) -> Result<Ground, ReadError> {
    let mut seen = Vec::with_capacity(interfaces.len());
    let mut of_hosts: BTreeMap<Host, Vec<usize>> = BTreeMap::new();
    let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (place, interface) in interfaces.iter().enumerate() {
        for group in &interface.groups {
            let addresses = interface.addresses.iter().map(Ipv4Addr::to_string);
            members.entry(group.clone()).or_default().extend(addresses);
        }
        let AttachedTo::Task { cluster, instance, .. } = &interface.attached_to else {
            seen.push(None);
            continue;
        };
        let host = (cluster.clone(), instance.clone());
        let there = reach.address(&host)?;
        seen.push(there.map(|there| InterfaceMap { host: Some(there), ..plain(interface) }));
        of_hosts.entry(host).or_default().push(place);
    }
    // In the order in which hosts are told them, so that nobody has to sort them again.
    for addresses in members.values_mut() {
        addresses.sort_unstable();
        addresses.dedup();
    }
    let since = reach.snapshot.revision();
    Ok(Ground { vpc, since, interfaces, seen, of_hosts, members, tables, flow_logs })
}

/// Where hosts are reached; each is looked up once.
struct Reach<'a> {
    snapshot: &'a Snapshot,
    scope: &'a Scope,
    known: BTreeMap<Host, Option<Ipv4Addr>>,
}

impl Reach<'_> {
    fn address(&mut self, host: &Host) -> Result<Option<Ipv4Addr>, ReadError> {
        if let Some(known) = self.known.get(host) {
            return Ok(*known);
        }
        let key = ContainerInstance::key(self.scope, &host.0, &host.1);
        let found = self.snapshot.get::<ContainerInstance>(&key)?;
        let address = found.and_then(|it| said(&it).and_then(|text| text.parse().ok()));
        self.known.insert(host.clone(), address);
        Ok(address)
    }
}

/// The address that an instance says.
fn said(instance: &ContainerInstance) -> Option<&str> {
    instance.attributes.get(ADDRESS_ATTRIBUTE)?.as_deref()
}

/// Which VPCs' maps changes are about.
#[derive(Debug, Default)]
pub(super) struct Touched {
    vpcs: BTreeSet<String>,
    /// What changed may be in any.
    all: bool,
}

impl Touched {
    pub(super) fn is_nothing(&self) -> bool {
        !self.all && self.vpcs.is_empty()
    }

    /// Adds what a change is about.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub(super) fn add(&mut self, change: &Change) -> Result<(), ReadError> {
        match change.key.table() {
            Some(Vpc::TABLE) => self.put::<Vpc>(change, |it| Some(&it.id)),
            Some(Subnet::TABLE) => self.put::<Subnet>(change, |it| Some(&it.vpc)),
            Some(SecurityGroup::TABLE) => self.put::<SecurityGroup>(change, |it| Some(&it.vpc)),
            Some(NetworkInterface::TABLE) => {
                self.put::<NetworkInterface>(change, |it| Some(&it.vpc))
            }
            Some(RouteTable::TABLE) => self.put::<RouteTable>(change, |it| Some(&it.vpc)),
            Some(NatGateway::TABLE) => self.put::<NatGateway>(change, |it| Some(&it.vpc)),
            Some(InternetGateway::TABLE) => {
                self.put::<InternetGateway>(change, |it| it.vpc.as_ref())
            }
            Some(PrefixList::TABLE | FlowLog::TABLE) => {
                self.all = true;
                Ok(())
            }
            Some(ContainerInstance::TABLE) => {
                let address = |it: Option<Found<ContainerInstance>>| {
                    it.and_then(|it| said(&it).map(str::to_owned))
                };
                self.all |= address(change.before()?) != address(change.after()?);
                Ok(())
            }
            Some(_) | None => Ok(()),
        }
    }

    fn put<R: Record>(
        &mut self,
        change: &Change,
        vpc: fn(&R) -> Option<&String>,
    ) -> Result<(), ReadError> {
        for found in [change.before::<R>()?, change.after::<R>()?].into_iter().flatten() {
            self.vpcs.extend(vpc(&found).cloned());
        }
        Ok(())
    }
}

/// The newest survey of each account and region.
#[derive(Debug, Default)]
pub struct Surveys(Mutex<BTreeMap<Scope, Survey>>);

impl Surveys {
    /// A survey that says at least what `snapshot` says. Who comes while another looks waits for what that finds.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn at(&self, snapshot: &Snapshot, scope: &Scope) -> Result<Survey, ReadError> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let survey = match known.get(scope) {
            Some(survey) if survey.snapshot.revision() >= snapshot.revision() => {
                return Ok(survey.clone());
            }
            Some(survey) => survey.later(snapshot)?,
            None => Survey::of(snapshot, scope)?,
        };
        known.insert(scope.clone(), survey.clone());
        Ok(survey)
    }
}
