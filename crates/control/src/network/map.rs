//! A VPC as one host needs to know it, from the records.
//!
//! Invariants: the same records give the same map. A VPC is there exactly if a task of the host has an interface in it. Interfaces that no
//! host can reach (their host says no address, or they are of something that runs nowhere) are left out.
//!
//! Cost: one walk over the interfaces and route tables of the account and region.

use crate::instance::Instance;
use books::route;
use domain::{
    ec2::{FlowLog, PrefixList, RouteTable},
    id::{ClusterName, InstanceId, Scope},
    instance::ContainerInstance,
    link::network::{
        FlowLogMap, GroupMap, InterfaceMap, Outside, PeerMap, RuleMap, SubnetMap, VpcMap,
    },
    vpc::{AttachedTo, NetworkInterface, Peer, SecurityGroup, Subnet, Vpc, domain_name, zone_id},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::Ipv4Addr,
    sync::Arc,
};
use store::{ReadError, Snapshot};

/// The attribute by which an instance says at which address other hosts reach its overlay.
pub const ADDRESS_ATTRIBUTE: &str = "longshore.address";

/// The maps of all VPCs that the tasks of `host` have an interface in, by id.
///
/// # Errors
/// If a record cannot be read.
pub fn maps(snapshot: &Snapshot, host: &Instance) -> Result<BTreeMap<String, VpcMap>, ReadError> {
    let mut by_vpc: BTreeMap<String, Vec<Arc<NetworkInterface>>> = BTreeMap::new();
    for interface in snapshot.range::<NetworkInterface>(&NetworkInterface::all(&host.scope)) {
        let interface = interface?.record;
        by_vpc.entry(interface.vpc.clone()).or_default().push(interface);
    }
    by_vpc.retain(|_, interfaces| interfaces.iter().any(|it| is_of(it, host)));
    let mut maps = BTreeMap::new();
    let mut hosts = Hosts { snapshot, scope: &host.scope, known: BTreeMap::new() };
    for (id, interfaces) in by_vpc {
        // One that is gone has no interfaces; a record in between is not worth a map.
        let Some(vpc) = snapshot.get::<Vpc>(&Vpc::key(&host.scope, &id))? else { continue };
        maps.insert(id, map(snapshot, host, &vpc, &interfaces, &mut hosts)?);
    }
    Ok(maps)
}

fn map(
    snapshot: &Snapshot,
    host: &Instance,
    vpc: &Vpc,
    interfaces: &[Arc<NetworkInterface>],
    hosts: &mut Hosts<'_>,
) -> Result<VpcMap, ReadError> {
    let own = || interfaces.iter().filter(|it| is_of(it, host));
    let groups: BTreeSet<&str> = own().flat_map(|it| &it.groups).map(String::as_str).collect();
    let subnets: BTreeSet<&str> = own().map(|it| it.subnet.as_str()).collect();
    let mut map = VpcMap {
        id: vpc.id.clone(),
        account: host.scope.account.to_string(),
        region: host.scope.region.to_string(),
        number: vpc.number,
        blocks: vpc.blocks.iter().map(|(_, block)| block.to_string()).collect(),
        domain: if vpc.dns_hostnames {
            domain_name(host.scope.region.as_str())
        } else {
            String::new()
        },
        dns_support: vpc.dns_support,
        subnets: subnet_maps(snapshot, &host.scope, vpc, &subnets)?,
        ..VpcMap::default()
    };
    for id in groups {
        let key = SecurityGroup::key(&host.scope, id);
        if let Some(group) = snapshot.get::<SecurityGroup>(&key)? {
            map.groups.insert(id.to_owned(), group_map(&group));
        }
    }
    map.sets = sets(snapshot, &host.scope, &map.groups, interfaces)?;
    let logs = flow_logs(snapshot, &host.scope)?;
    for interface in interfaces {
        let Some(mut told) = interface_map(interface, host, hosts)? else { continue };
        if is_of(interface, host) {
            told.flow_logs = of_interface(&logs, interface);
        }
        map.interfaces.push(told);
    }
    Ok(map)
}

fn is_of(interface: &NetworkInterface, host: &Instance) -> bool {
    matches!(&interface.attached_to, AttachedTo::Task { cluster, instance, .. }
        if *cluster == host.cluster && *instance == host.id)
}

fn subnet_maps(
    snapshot: &Snapshot,
    scope: &Scope,
    vpc: &Vpc,
    ids: &BTreeSet<&str>,
) -> Result<Vec<SubnetMap>, ReadError> {
    let mut tables = Vec::new();
    for table in snapshot.range::<RouteTable>(&RouteTable::all(scope)) {
        let table = table?.record;
        if table.vpc == vpc.id {
            tables.push(table);
        }
    }
    let mut maps = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(subnet) = snapshot.get::<Subnet>(&Subnet::key(scope, id))? else { continue };
        let has = |table: &&Arc<RouteTable>| table.associations.iter().any(|(_, of)| of == id);
        let main = || tables.iter().find(|table| table.id == vpc.main_route_table);
        let table = tables.iter().find(has).or_else(main);
        let outside = match table {
            Some(table) => route::outside(snapshot, scope, table)?,
            None => Outside::None,
        };
        maps.push(SubnetMap {
            id: subnet.id.clone(),
            block: subnet.block.to_string(),
            zone: subnet.zone.clone(),
            zone_id: zone_id(&subnet.zone),
            outside,
        });
    }
    Ok(maps)
}

fn group_map(group: &SecurityGroup) -> GroupMap {
    let mut map = GroupMap::default();
    for rule in &group.rules {
        let peer = match &rule.peer {
            Peer::Ipv4(block) => PeerMap::Block(block.clone()),
            Peer::Group(id) | Peer::PrefixList(id) => PeerMap::Set(id.clone()),
            // Interfaces have no IPv6 addresses.
            Peer::Ipv6(_) => continue,
        };
        let rules = if rule.egress { &mut map.egress } else { &mut map.ingress };
        rules.push(RuleMap { traffic: rule.traffic.clone(), peer });
    }
    map.ingress.sort_unstable();
    map.egress.sort_unstable();
    map
}

/// The addresses behind the names in the rules of `groups`.
fn sets(
    snapshot: &Snapshot,
    scope: &Scope,
    groups: &BTreeMap<String, GroupMap>,
    interfaces: &[Arc<NetworkInterface>],
) -> Result<BTreeMap<String, Vec<String>>, ReadError> {
    let rules = groups.values().flat_map(|group| group.ingress.iter().chain(&group.egress));
    let named = rules.filter_map(|rule| match &rule.peer {
        PeerMap::Set(id) => Some(id.clone()),
        PeerMap::Block(_) => None,
    });
    let mut sets: BTreeMap<String, Vec<String>> = named.map(|id| (id, Vec::new())).collect();
    for (id, set) in &mut sets {
        if let Some(list) = snapshot.get::<PrefixList>(&PrefixList::key(scope, id))? {
            set.extend(list.entries.iter().map(|(block, _)| block.to_string()));
        }
        let members = interfaces.iter().filter(|interface| interface.groups.contains(id));
        set.extend(members.flat_map(|it| &it.addresses).map(Ipv4Addr::to_string));
        set.sort_unstable();
        set.dedup();
    }
    Ok(sets)
}

fn interface_map(
    interface: &NetworkInterface,
    host: &Instance,
    hosts: &mut Hosts<'_>,
) -> Result<Option<InterfaceMap>, ReadError> {
    let AttachedTo::Task { cluster, instance, .. } = &interface.attached_to else {
        return Ok(None);
    };
    let map = InterfaceMap {
        id: interface.id.clone(),
        address: interface.address(),
        mac: interface.mac.clone(),
        host: None,
        groups: Vec::new(),
        subnet: String::new(),
        public_address: None,
        flow_logs: Vec::new(),
    };
    if is_of(interface, host) {
        let (groups, subnet) = (interface.groups.clone(), interface.subnet.clone());
        let public_address = interface.public_address;
        return Ok(Some(InterfaceMap { groups, subnet, public_address, ..map }));
    }
    let there = hosts.address(cluster, instance)?;
    Ok(there.map(|address| InterfaceMap { host: Some(address), ..map }))
}

fn flow_logs(snapshot: &Snapshot, scope: &Scope) -> Result<Vec<Arc<FlowLog>>, ReadError> {
    let found = snapshot.range::<FlowLog>(&FlowLog::all(scope));
    found.map(|found| Ok(found?.record)).collect()
}

/// The flow logs that are about an interface: its own, its subnet's, its VPC's.
fn of_interface(logs: &[Arc<FlowLog>], interface: &NetworkInterface) -> Vec<FlowLogMap> {
    let of = [&interface.id, &interface.subnet, &interface.vpc];
    let logs = logs.iter().filter(|log| of.contains(&&log.resource));
    let maps = logs.map(|log| FlowLogMap {
        id: log.id.clone(),
        traffic: log.traffic,
        log_group: log.log_group.clone(),
        format: log.format.clone(),
        interval_s: log.interval_s,
    });
    maps.collect()
}

/// Where hosts are reached; each is looked up once.
struct Hosts<'a> {
    snapshot: &'a Snapshot,
    scope: &'a Scope,
    known: BTreeMap<(ClusterName, InstanceId), Option<Ipv4Addr>>,
}

impl Hosts<'_> {
    fn address(
        &mut self,
        cluster: &ClusterName,
        instance: &InstanceId,
    ) -> Result<Option<Ipv4Addr>, ReadError> {
        let name = (cluster.clone(), instance.clone());
        if let Some(known) = self.known.get(&name) {
            return Ok(*known);
        }
        let key = ContainerInstance::key(self.scope, cluster, instance);
        let found = self.snapshot.get::<ContainerInstance>(&key)?;
        let said = found.and_then(|it| it.attributes.get(ADDRESS_ATTRIBUTE).cloned().flatten());
        let address = said.and_then(|text| text.parse().ok());
        self.known.insert(name, address);
        Ok(address)
    }
}
