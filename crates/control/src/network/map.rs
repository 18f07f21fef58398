//! A VPC as one host needs to know it, from what was surveyed of it.
//!
//! Invariants: the same records give the same map. A VPC is there exactly if a task of the host has an interface in it. Interfaces that no
//! host can reach (their host says no address, or they are of something that runs nowhere) are left out.

use super::survey::{Ground, Host, Survey};
use crate::instance::Instance;
use books::route;
use domain::{
    ec2::{FlowLog, PrefixList, RouteTable},
    id::Scope,
    link::network::{
        FlowLogMap, GroupMap, InterfaceMap, Outside, PeerMap, RuleMap, SubnetMap, VpcMap,
    },
    vpc::{NetworkInterface, Peer, SecurityGroup, Subnet, Vpc, domain_name, zone_id},
};
use std::{
    collections::{BTreeMap, BTreeSet},
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
    let survey = Survey::of(snapshot, &host.scope)?;
    let name = (host.cluster.clone(), host.id.clone());
    let grounds = survey.of_host(&name);
    grounds
        .map(|ground| {
            Ok((ground.vpc.id.clone(), map(survey.snapshot(), &host.scope, ground, &name)?))
        })
        .collect()
}

/// One VPC as `host` needs to know it.
///
/// # Errors
/// If a record cannot be read.
pub(super) fn map(
    snapshot: &Snapshot,
    scope: &Scope,
    ground: &Ground,
    host: &Host,
) -> Result<VpcMap, ReadError> {
    let vpc = &ground.vpc;
    let own = || ground.of_host(host).map(|(_, interface)| interface);
    let groups: BTreeSet<&str> = own().flat_map(|it| &it.groups).map(String::as_str).collect();
    let subnets: BTreeSet<&str> = own().map(|it| it.subnet.as_str()).collect();
    let mut map = VpcMap {
        id: vpc.id.clone(),
        account: scope.account.to_string(),
        region: scope.region.to_string(),
        number: vpc.number,
        blocks: vpc.blocks.iter().map(|(_, block)| block.to_string()).collect(),
        domain: if vpc.dns_hostnames { domain_name(scope.region.as_str()) } else { String::new() },
        dns_support: vpc.dns_support,
        subnets: subnet_maps(snapshot, scope, vpc, &ground.tables, &subnets)?,
        ..VpcMap::default()
    };
    for id in groups {
        let key = SecurityGroup::key(scope, id);
        if let Some(group) = snapshot.get::<SecurityGroup>(&key)? {
            map.groups.insert(id.to_owned(), group_map(&group));
        }
    }
    map.sets = sets(snapshot, scope, &map.groups, ground)?;
    map.interfaces = interface_maps(ground, host);
    Ok(map)
}

/// Those of the host with what it needs to know of its own, the others as all see them.
fn interface_maps(ground: &Ground, host: &Host) -> Vec<InterfaceMap> {
    let own: BTreeMap<usize, &NetworkInterface> = ground.of_host(host).collect();
    let maps = ground.seen.iter().enumerate().filter_map(|(index, seen)| {
        let Some(interface) = own.get(&index) else { return seen.clone() };
        Some(InterfaceMap {
            groups: interface.groups.clone(),
            subnet: interface.subnet.clone(),
            public_address: interface.public_address,
            flow_logs: of_interface(&ground.flow_logs, interface),
            ..plain(interface)
        })
    });
    maps.collect()
}

/// What all hosts know of an interface, but for where it is.
pub(super) fn plain(interface: &NetworkInterface) -> InterfaceMap {
    InterfaceMap {
        id: interface.id.clone(),
        address: interface.address(),
        mac: interface.mac.clone(),
        host: None,
        groups: Vec::new(),
        subnet: String::new(),
        public_address: None,
        flow_logs: Vec::new(),
    }
}

fn subnet_maps(
    snapshot: &Snapshot,
    scope: &Scope,
    vpc: &Vpc,
    tables: &[Arc<RouteTable>],
    ids: &BTreeSet<&str>,
) -> Result<Vec<SubnetMap>, ReadError> {
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
    ground: &Ground,
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
        set.extend(ground.members.get(id).into_iter().flatten().cloned());
        set.sort_unstable();
        set.dedup();
    }
    Ok(sets)
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
