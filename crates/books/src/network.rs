//! A task's own network interface: its subnet, address and name are chosen with the task's instance, and given back with its end.
//!
//! Must always hold: an interface and its address are in the store exactly as long as their task has an instance and is not STOPPED, and
//! no two interfaces of a subnet have an address in common, nor a public one at all: whoever takes one writes a record that must be absent. The first address
//! to be tried follows from the task's id, so that commits at the same time rarely meet and addresses are used again late.
//! Not here: which subnets a request may name (`api::ecs::network`), in which zone the task is (`placement`), what hosts are told
//! (`control::network`).

#[cfg(test)]
mod tests;

use crate::{ids::Ids, public::free_public_address, seat::Seat};
use domain::{
    block::Block,
    ec2::PublicAddress,
    iam::everywhere,
    id::{Scope, TaskId, hex},
    key::Key,
    tag::KeyValue,
    task::{Attachment, Task},
    time::Timestamp,
    vpc::{
        AttachedTo, NetworkInterface, SecurityGroup, Subnet, SubnetAddress, SubnetChoice,
        TaskNetwork, Vpc,
    },
};
use placement::candidate::ZONE_ATTRIBUTE;
use ring::digest::{SHA256, digest};
use serde_json::json;
use std::{collections::BTreeSet, net::Ipv4Addr};
use store::{Expect, Found, ReadError, Snapshot, Transaction};

/// Addresses at the start of a subnet that nobody gets: the network's own, the router's, the resolver's and one more.
const RESERVED_FIRST: u32 = 4;
/// And at its end: broadcast.
const RESERVED_LAST: u32 = 1;
/// After so many addresses that are taken, all that are taken are looked at together.
const PROBES_MAX: u32 = 32;
/// The tags of a task that its interface has too.
const MANAGED_TAGS: [&str; 2] = ["aws:ecs:clusterName", "aws:ecs:serviceName"];

/// How many addresses of a subnet can be given out.
pub fn assignable(block: Block) -> u32 {
    let size = u32::try_from(block.size()).unwrap_or(u32::MAX);
    size.saturating_sub(RESERVED_FIRST + RESERVED_LAST)
}

/// An address of a subnet that nobody has and that is not in `taken`, the first behind the one that `start` means; `None` if there is
/// none. Costs a few look-ups, and a walk over the subnet's addresses where most of them are given out.
pub fn free_address(
    snapshot: &Snapshot,
    scope: &Scope,
    subnet: &Subnet,
    start: u64,
    taken: &BTreeSet<Key>,
) -> Option<Ipv4Addr> {
    let count = assignable(subnet.block);
    if count == 0 {
        return None;
    }
    let first = u32::try_from(start % u64::from(count)).expect("less than the count");
    let at = |step: u32| {
        let offset = (u64::from(first) + u64::from(step)) % u64::from(count);
        let offset = u32::try_from(offset).expect("less than the count");
        subnet.block.address(RESERVED_FIRST + offset)
    };
    let is_free = |address: &Ipv4Addr| {
        let key = SubnetAddress::key(scope, &subnet.id, *address);
        !taken.contains(&key) && snapshot.entry(&key).is_none()
    };
    let near = (0..count.min(PROBES_MAX)).filter_map(at).find(is_free);
    near.or_else(|| {
        let given: BTreeSet<&str> =
            snapshot.keys(&SubnetAddress::all_of(scope, &subnet.id)).map(Key::last).collect();
        let is_given = |address: &Ipv4Addr| given.contains(address.to_string().as_str());
        (PROBES_MAX..count).filter_map(at).find(|address| !is_given(address) && is_free(address))
    })
}

/// Why a task can have no interface: then it is not started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Whoever made it said no network.
    NoNetwork,
    /// None of its subnets is in this zone, or is there any more.
    NoSubnet(String),
    /// All addresses of these subnets are given out.
    Full(String),
    /// A security group is gone.
    NoGroup(String),
    /// All public addresses are given out.
    NoPublicAddress(String),
}

impl Refusal {
    /// In EC2's words, as ECS passes them on.
    pub(crate) fn reason(&self) -> String {
        const CREATE: &str = "Unexpected EC2 error while attempting to Create Network Interface";
        match self {
            Self::NoNetwork => format!("{CREATE}: no network configuration was given."),
            Self::NoSubnet(zone) => {
                format!("{CREATE} in zone '{zone}': InvalidSubnetID.NotFound")
            }
            Self::Full(subnet) => {
                format!("{CREATE} in subnet '{subnet}': InsufficientFreeAddressesInSubnet")
            }
            Self::NoGroup(group) => {
                format!("{CREATE} with security group '{group}': InvalidGroup.NotFound")
            }
            Self::NoPublicAddress(subnet) => format!(
                "{CREATE} with public IP assignment enabled in subnet '{subnet}': InsufficientAddressCapacity"
            ),
        }
    }
}

/// An interface for a task that has its place, and what was looked at for it.
pub(crate) struct Made {
    interface: NetworkInterface,
    subnet: Found<Subnet>,
    groups: Vec<Found<SecurityGroup>>,
}

/// What there is to choose from.
pub(crate) struct Room<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) scope: &'a Scope,
    /// Addresses that others of the same commit have.
    pub(crate) taken: &'a BTreeSet<Key>,
    /// Where public addresses come from.
    pub(crate) public: Option<Block>,
}

/// Chooses the interface of `task`, which is on the instance of `seat`.
///
/// # Errors
/// If a record cannot be read.
pub(crate) fn choose(
    room: &Room<'_>,
    (task, network): (&Task, Option<&TaskNetwork>),
    seat: &Seat,
    now: Timestamp,
) -> Result<Result<Made, Refusal>, ReadError> {
    let Room { snapshot, scope, taken, public } = *room;
    let Some(network) = network else { return Ok(Err(Refusal::NoNetwork)) };
    let ids = ids_of(&task.id);
    let groups = match groups(snapshot, scope, network)? {
        Ok(groups) => groups,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let zone = seat.candidate().attribute(ZONE_ATTRIBUTE).unwrap_or_default();
    let mut refusal = Refusal::NoSubnet(zone.to_owned());
    for choice in choices(room, task, network, zone, ids.number("subnet", 0)) {
        let Some(subnet) = snapshot.get::<Subnet>(&Subnet::key(scope, &choice.id))? else {
            continue;
        };
        let start = ids.number("address", 0);
        let Some(address) = free_address(snapshot, scope, &subnet, start, taken) else {
            refusal = Refusal::Full(subnet.record.id.clone());
            continue;
        };
        let mut interface = interface(scope, &ids, task, seat, &subnet, address, now);
        interface.groups = groups.iter().map(|group| group.record.id.clone()).collect();
        if network.public_ip {
            let start = ids.number("public-address", 0);
            let free = public.and_then(|pool| free_public_address(snapshot, pool, start, taken));
            if free.is_none() {
                return Ok(Err(Refusal::NoPublicAddress(subnet.record.id.clone())));
            }
            interface.public_address = free;
        }
        return Ok(Ok(Made { interface, subnet, groups }));
    }
    Ok(Err(refusal))
}

/// The subnets in which a task can be that is on a host in `zone`, in the order in which they are tried: those in the zone. A task of
/// Fargate for which there is none can be in all of them, and is rather where fewer of the same commit are; which of those that are
/// equal comes first follows from `turn`.
fn choices<'a>(
    room: &Room<'_>,
    task: &Task,
    network: &'a TaskNetwork,
    zone: &str,
    turn: u64,
) -> Vec<&'a SubnetChoice> {
    let in_zone = |subnet: &&SubnetChoice| subnet.zone == zone;
    let mut choices: Vec<&SubnetChoice> = network.subnets.iter().filter(in_zone).collect();
    let is_anywhere = choices.is_empty() && task.is_fargate();
    if is_anywhere {
        choices.extend(&network.subnets);
    }
    if !choices.is_empty() {
        let turn = turn % choices.len() as u64;
        choices.rotate_left(usize::try_from(turn).expect("less than 16"));
    }
    if is_anywhere {
        let tasks = |zone: &str| -> usize {
            let there = network.subnets.iter().filter(|subnet| subnet.zone == zone);
            let prefixes = there.map(|subnet| SubnetAddress::all_of(room.scope, &subnet.id));
            prefixes.map(|of| room.taken.iter().filter(|key| of.covers(key)).count()).sum()
        };
        choices.sort_by_cached_key(|subnet| tasks(&subnet.zone));
    }
    choices
}

/// The groups that are asked for; the VPC's own where none is.
fn groups(
    snapshot: &Snapshot,
    scope: &Scope,
    network: &TaskNetwork,
) -> Result<Result<Vec<Found<SecurityGroup>>, Refusal>, ReadError> {
    let mut wanted = network.groups.clone();
    if wanted.is_empty() {
        let vpc = snapshot.get::<Vpc>(&Vpc::key(scope, &network.vpc))?;
        wanted.extend(vpc.map(|vpc| vpc.default_group.clone()));
    }
    let mut groups = Vec::with_capacity(wanted.len());
    for id in wanted {
        match snapshot.get::<SecurityGroup>(&SecurityGroup::key(scope, &id))? {
            Some(group) => groups.push(group),
            None => return Ok(Err(Refusal::NoGroup(id))),
        }
    }
    if groups.is_empty() {
        return Ok(Err(Refusal::NoGroup(network.vpc.clone())));
    }
    Ok(Ok(groups))
}

fn interface(
    scope: &Scope,
    ids: &Ids,
    task: &Task,
    seat: &Seat,
    subnet: &Subnet,
    address: Ipv4Addr,
    now: Timestamp,
) -> NetworkInterface {
    let id = ec2_id("eni", ids);
    let attachment = attachment_id(&id, ids);
    NetworkInterface {
        id,
        vpc: subnet.vpc.clone(),
        subnet: subnet.id.clone(),
        zone: subnet.zone.clone(),
        addresses: vec![address],
        mac: mac(ids),
        groups: Vec::new(),
        description: domain::arn::ecs(scope, &format!("attachment/{attachment}")),
        attached_to: AttachedTo::Task {
            task: task.id.clone(),
            cluster: seat.instance.cluster.clone(),
            instance: seat.instance.id.clone(),
            ec2_instance: seat.instance.ec2_instance_id.clone().filter(|_| !task.is_fargate()),
        },
        attachment: Some(ec2_id("eni-attach", ids)),
        public_address: None,
        source_dest_check: true,
        requester_managed: true,
        created_at: now,
        tags: task
            .tags
            .iter()
            .filter(|tag| MANAGED_TAGS.contains(&tag.key.as_str()))
            .cloned()
            .collect(),
    }
}

impl Made {
    /// Writes the interface, and shows it in its task.
    pub(crate) fn enter(
        self,
        scope: &Scope,
        task: &mut Task,
        taken: &mut BTreeSet<Key>,
        writes: &mut Transaction,
    ) {
        let Self { interface, subnet, groups } = self;
        // A subnet or group is not deleted without a look at the interfaces in it.
        writes.expect(&subnet.key, Expect::Revision(subnet.modified));
        for group in &groups {
            writes.expect(&group.key, Expect::Revision(group.modified));
        }
        let address = interface.address();
        let address_key = SubnetAddress::key(scope, &interface.subnet, address);
        let record = SubnetAddress { interface: interface.id.clone() };
        writes.put(&address_key, Expect::Absent, record);
        taken.insert(address_key);
        if let Some(address) = interface.public_address {
            let key = PublicAddress::key(&everywhere(), address);
            let owner = public_owner(scope, &interface.id);
            writes.put(&key, Expect::Absent, PublicAddress { owner });
            taken.insert(key);
        }
        if task.is_fargate() {
            // Its host may be in another zone: what it says of itself is where its subnet is.
            task.availability_zone = Some(interface.zone.clone());
        }
        let attachment = shown(scope, &ids_of(&task.id), &interface);
        for container in &mut task.containers {
            container.network_interfaces =
                vec![json!({ "attachmentId": attachment.id, "privateIpv4Address": address })];
        }
        task.attachments.push(attachment);
        let key = NetworkInterface::key(scope, &interface.id);
        writes.put(&key, Expect::Absent, interface);
    }
}

/// An interface as its task shows it.
fn shown(scope: &Scope, ids: &Ids, interface: &NetworkInterface) -> Attachment {
    let detail = |name: &str, value: String| KeyValue { name: name.to_owned(), value };
    Attachment {
        id: attachment_id(&interface.id, ids),
        kind: Attachment::INTERFACE.to_owned(),
        status: Attachment::ATTACHING.to_owned(),
        details: vec![
            detail(Attachment::SUBNET, interface.subnet.clone()),
            detail(Attachment::INTERFACE_ID, interface.id.clone()),
            detail("macAddress", interface.mac.clone()),
            detail("privateDnsName", interface.private_name(scope.region.as_str())),
            detail(Attachment::ADDRESS, interface.address().to_string()),
        ],
    }
}

/// Gives back the interfaces that a task had, which is STOPPED now.
///
/// # Errors
/// If a record cannot be read.
pub(crate) fn give_back(
    snapshot: &Snapshot,
    scope: &Scope,
    before: &Task,
    writes: &mut Transaction,
) -> Result<(), ReadError> {
    let had = |it: &&Attachment| it.is_interface() && it.status != Attachment::DELETED;
    for attachment in before.attachments.iter().filter(had) {
        if let Some(id) = attachment.detail(Attachment::INTERFACE_ID) {
            let key = NetworkInterface::key(scope, id);
            let public = snapshot.get::<NetworkInterface>(&key)?.and_then(|it| it.public_address);
            if let Some(address) = public {
                give_back_public(snapshot, scope, id, address, writes)?;
            }
            writes.delete(&key, Expect::Any);
        }
        let address = attachment.detail(Attachment::ADDRESS).and_then(|text| text.parse().ok());
        if let Some((subnet, address)) = attachment.detail(Attachment::SUBNET).zip(address) {
            writes.delete(&SubnetAddress::key(scope, subnet, address), Expect::Any);
        }
    }
    Ok(())
}

/// Gives back the public address of an interface, if it came with the interface: an elastic one is its owner's.
fn give_back_public(
    snapshot: &Snapshot,
    scope: &Scope,
    interface: &str,
    address: Ipv4Addr,
    writes: &mut Transaction,
) -> Result<(), ReadError> {
    let key = PublicAddress::key(&everywhere(), address);
    let owner = public_owner(scope, interface);
    if snapshot.get::<PublicAddress>(&key)?.is_some_and(|it| it.owner == owner) {
        writes.delete(&key, Expect::Any);
    }
    Ok(())
}

/// Who has a public address that came with an interface.
fn public_owner(scope: &Scope, interface: &str) -> String {
    format!("{}/{}/{interface}", scope.account, scope.region)
}

/// Shows a STOPPED task's interfaces as gone.
pub(crate) fn mark_deleted(task: &mut Task) {
    for attachment in task.attachments.iter_mut().filter(|it| it.is_interface()) {
        Attachment::DELETED.clone_into(&mut attachment.status);
    }
}

/// What a task's interface is called follows from the task's id alone.
fn ids_of(task: &TaskId) -> Ids {
    let digest = digest(&SHA256, task.as_str().as_bytes());
    Ids::from_seed(digest.as_ref().try_into().expect("SHA-256 has 32 bytes"))
}

/// Hexadecimal digits of a UUID, and of an id of EC2's.
const UUID_DIGITS: usize = 32;
const EC2_DIGITS: usize = 17;
/// Where a UUID says of which version it is: 8 is one whose digits mean what its maker wants (RFC 9562).
const VERSION_AT: usize = 12;
/// And of which variant.
const VARIANT_AT: usize = 16;

/// What the attachment of an interface is called, such that it tells the interface: agents name attachments alone.
fn attachment_id(interface: &str, ids: &Ids) -> String {
    let rest = hex(&ids.bytes("attachment", 0));
    let mut digits = interface.strip_prefix("eni-").unwrap_or(interface).to_owned();
    digits.push_str(&rest[..UUID_DIGITS - 2 - digits.len()]);
    digits.insert(VERSION_AT, '8');
    digits.insert(VARIANT_AT, '8');
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-")
}

/// The interface (`eni-…`) of an attachment, by what the attachment is called; `None` where that does not tell: it is none, or an earlier
/// version of Longshore made it.
pub fn interface_of(attachment: &str) -> Option<String> {
    let mut digits: String = attachment.chars().filter(|char| *char != '-').collect();
    let is_ours = digits.len() == UUID_DIGITS
        && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && digits.as_bytes()[VERSION_AT] == b'8'
        && digits.as_bytes()[VARIANT_AT] == b'8';
    if !is_ours {
        return None;
    }
    digits.remove(VARIANT_AT);
    digits.remove(VERSION_AT);
    Some(format!("eni-{}", &digits[..EC2_DIGITS]))
}

/// Such as `eni-` and 17 hexadecimal digits.
fn ec2_id(prefix: &str, ids: &Ids) -> String {
    format!("{prefix}-{}", &hex(&ids.bytes(prefix, 0))[..EC2_DIGITS])
}

/// One that no maker of devices has: locally administered.
pub fn mac(ids: &Ids) -> String {
    let bytes = ids.bytes("mac", 0);
    let rest: Vec<_> = bytes[..5].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("0a:{}", rest.join(":"))
}
