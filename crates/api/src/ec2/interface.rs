//! Network interfaces. Those of tasks are ECS's: users see them, and do not change them.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        address, fault, id,
        noun::{self, Noun, add, all_where, delete as delete_record, find, noun, put, touch},
        once,
        request::{list, required, text, texts, truth},
        tag,
    },
};
use books::network::{free_address, mac};
use domain::vpc::{
    AttachedTo, NetworkInterface, SecurityGroup, Subnet, SubnetAddress, Vpc, private_name, zone_id,
};
use std::{collections::BTreeSet, net::Ipv4Addr};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ec2, value::Members};

/// EC2's own limit on groups of an interface.
const GROUPS_MAX: usize = 5;
/// Addresses at a subnet's start that nobody gets.
const RESERVED_FIRST: u32 = 4;

/// Who asked for the interfaces of tasks, as EC2 shows it.
const REQUESTER: &str = "amazon-ecs";

impl Noun for NetworkInterface {
    noun!(
        NetworkInterface,
        "network-interface",
        "eni",
        "InvalidNetworkInterfaceID.NotFound",
        "networkInterface ID",
        "NetworkInterfaceIds",
        "NetworkInterfaces"
    );

    fn values(&self, view: &View, ctx: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        let region = ctx.scope.region.as_str();
        let addresses = || self.addresses.iter().map(ToString::to_string).collect();
        let public = || self.public_address.iter().map(ToString::to_string).collect();
        Ok(Some(match filter {
            "addresses.private-ip-address" => addresses(),
            "private-ip-address" => vec![self.address().to_string()],
            "private-dns-name" => vec![self.private_name(region)],
            "addresses.association.public-ip" | "association.public-ip" => public(),
            "association.ip-owner-id" | "addresses.association.owner-id" => {
                self.public_address.iter().map(|_| ctx.scope.account.to_string()).collect()
            }
            "attachment.attachment-id" => self.attachment.iter().cloned().collect(),
            "attachment.instance-id" => instance_of(self).map(str::to_owned).into_iter().collect(),
            "attachment.status" => self.attachment.iter().map(|_| "attached".to_owned()).collect(),
            "attachment.device-index" => self.attachment.iter().map(|_| "1".to_owned()).collect(),
            "availability-zone" => vec![self.zone.clone()],
            "availability-zone-id" => vec![zone_id(&self.zone)],
            "description" => vec![self.description.clone()],
            "group-id" => self.groups.clone(),
            "group-name" => {
                group_names(view, ctx, self)?.into_iter().map(|(_, name)| name).collect()
            }
            "interface-type" => vec![kind(self).to_owned()],
            "mac-address" => vec![self.mac.clone()],
            "requester-id" => requester(self).map(str::to_owned).into_iter().collect(),
            "requester-managed" => vec![self.requester_managed.to_string()],
            "source-dest-check" => vec![self.source_dest_check.to_string()],
            "status" => vec![status(self).to_owned()],
            "subnet-id" => vec![self.subnet.clone()],
            "vpc-id" => vec![self.vpc.clone()],
            _ => return Ok(None),
        }))
    }

    fn show(&self, view: &View, ctx: &Ctx) -> Result<Value, Fault> {
        let vpc = view.get::<Vpc>(&Vpc::key(&ctx.scope, &self.vpc))?;
        let has_names = vpc.is_some_and(|vpc| vpc.dns_support && vpc.dns_hostnames);
        let groups = group_names(view, ctx, self)?
            .into_iter()
            .map(|(id, name)| reply!(ec2::GROUP_IDENTIFIER { "GroupId": id, "GroupName": name }));
        let region = ctx.scope.region.as_str();
        let association = association(view, ctx, self)?;
        let addresses = self.addresses.iter().enumerate().map(|(index, address)| {
            reply!(ec2::NETWORK_INTERFACE_PRIVATE_IP_ADDRESS {
                "Association": association.clone().filter(|_| index == 0),
                "Primary": index == 0,
                "PrivateDnsName": has_names.then(|| private_name(*address, region)),
                "PrivateIpAddress": address.to_string(),
            })
        });
        Ok(reply!(ec2::NETWORK_INTERFACE {
            "Association": association.clone(),
            "Attachment": attachment(ctx, self),
            "AvailabilityZone": &self.zone,
            "Description": &self.description,
            "Groups": groups.collect::<Value>(),
            "InterfaceType": kind(self),
            "Ipv6Addresses": Value::List(Vec::new()),
            "MacAddress": &self.mac,
            "NetworkInterfaceId": &self.id,
            "OwnerId": ctx.scope.account.as_str(),
            "PrivateDnsName": has_names.then(|| self.private_name(region)),
            "PrivateIpAddress": self.address().to_string(),
            "PrivateIpAddresses": addresses.collect::<Value>(),
            "RequesterId": requester(self),
            "RequesterManaged": self.requester_managed,
            "SourceDestCheck": self.source_dest_check,
            "Status": status(self),
            "SubnetId": &self.subnet,
            "TagSet": tag::show_all(&self.tags),
            "VpcId": &self.vpc,
            "AvailabilityZoneId": zone_id(&self.zone),
        }))
    }
}

fn association(
    view: &View,
    ctx: &Ctx,
    interface: &NetworkInterface,
) -> Result<Option<Value>, Fault> {
    let Some(address) = interface.public_address else { return Ok(None) };
    let elastic = address::at(view, ctx, address)?;
    let association = elastic.as_ref().and_then(|it| it.association.as_ref());
    Ok(Some(reply!(ec2::NETWORK_INTERFACE_ASSOCIATION {
        "AllocationId": elastic.as_ref().map(|it| it.id.as_str()),
        "AssociationId": association.map(|(id, _)| id.as_str()),
        // Whose an address is that comes and goes with its interface.
        "IpOwnerId": elastic.as_ref().map_or("amazon", |_| ctx.scope.account.as_str()),
        "PublicIp": address.to_string(),
    })))
}

fn kind(interface: &NetworkInterface) -> &'static str {
    match &interface.attached_to {
        AttachedTo::Other(id) if id.starts_with("nat-") => "nat_gateway",
        AttachedTo::Other(id) if id.starts_with("vpce-") => "vpc_endpoint",
        AttachedTo::Nothing | AttachedTo::Task { .. } | AttachedTo::Other(_) => "interface",
    }
}

/// Who asked for those that users did not make.
fn requester(interface: &NetworkInterface) -> Option<&'static str> {
    let is_task = matches!(interface.attached_to, AttachedTo::Task { .. });
    interface.requester_managed.then_some(if is_task { REQUESTER } else { "amazon-aws" })
}

fn status(interface: &NetworkInterface) -> &'static str {
    if interface.attached_to == AttachedTo::Nothing { "available" } else { "in-use" }
}

/// The EC2 instance that has it, where users see one.
fn instance_of(interface: &NetworkInterface) -> Option<&str> {
    match &interface.attached_to {
        AttachedTo::Task { ec2_instance, .. } => ec2_instance.as_deref(),
        AttachedTo::Nothing | AttachedTo::Other(_) => None,
    }
}

fn attachment(ctx: &Ctx, interface: &NetworkInterface) -> Option<Value> {
    let id = interface.attachment.as_deref()?;
    let instance = instance_of(interface);
    Some(reply!(ec2::NETWORK_INTERFACE_ATTACHMENT {
        "AttachmentId": id,
        "DeleteOnTermination": false,
        "DeviceIndex": 1,
        "NetworkCardIndex": 0,
        "InstanceId": instance,
        "InstanceOwnerId": instance.map(|_| ctx.scope.account.as_str()),
        "Status": "attached",
    }))
}

fn group_names(
    view: &View,
    ctx: &Ctx,
    interface: &NetworkInterface,
) -> Result<Vec<(String, String)>, Fault> {
    let mut names = Vec::new();
    for id in &interface.groups {
        let group = view.get::<SecurityGroup>(&SecurityGroup::key(&ctx.scope, id))?;
        names.push((id.clone(), group.map(|group| group.name.clone()).unwrap_or_default()));
    }
    Ok(names)
}

/// Makes an interface that is attached to nothing.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let reply = |shown: Value| {
        let token = text(request, "ClientToken");
        reply!(ec2::CREATE_NETWORK_INTERFACE_RESULT { "ClientToken": token, "NetworkInterface": shown })
    };
    if let Some(made) = once::earlier::<NetworkInterface>(view, request, ctx)? {
        return Ok((reply(made.show(view, ctx)?), Writes::new()));
    }
    if let Some(kind) = text(request, "InterfaceType").filter(|kind| *kind != "interface") {
        return Err(fault::not_served(&format!("`InterfaceType` {kind}")));
    }
    let subnet = find::<Subnet>(view, ctx, required(request, "SubnetId")?)?;
    let mut writes = Writes::new();
    let given = texts(request, "Groups");
    let groups = groups(view, ctx, &mut writes, &given, (&subnet.vpc, &subnet.id))?;
    let made = make(view, ctx, &mut writes, &subnet, &wanted(request)?, 0)?;
    let made = NetworkInterface {
        groups,
        description: text(request, "Description").unwrap_or_default().to_owned(),
        tags: tag::specified(request, "network-interface")?,
        ..made
    };
    once::note(view, request, ctx, &made, &mut writes)?;
    let shown = made.show(&view.after(&writes), ctx)?;
    add(&mut writes, ctx, made);
    Ok((reply(shown), writes))
}

/// The addresses that a request asks for, the primary one first.
fn wanted(request: &Value) -> Result<Vec<Ipv4Addr>, Fault> {
    let mut wanted = Vec::new();
    if let Some(given) = text(request, "PrivateIpAddress") {
        wanted.push(read_address(given)?);
    }
    let has_primary = !wanted.is_empty();
    for given in list(request, "PrivateIpAddresses") {
        let address = read_address(required(given, "PrivateIpAddress")?)?;
        match truth(given, "Primary") {
            Some(true) if has_primary && wanted.first() != Some(&address) => {
                let message = "Only one address of an interface can be its primary address.";
                return Err(fault::combination(message));
            }
            Some(true) if !has_primary => wanted.insert(0, address),
            Some(_) | None if !wanted.contains(&address) => wanted.push(address),
            Some(_) | None => {}
        }
    }
    Ok(wanted)
}

/// Reads an address.
///
/// # Errors
/// `InvalidParameterValue`.
pub fn read_address(given: &str) -> Result<Ipv4Addr, Fault> {
    given.parse().map_err(|_| {
        let message = format!("Value ({given}) for parameter privateIpAddress is invalid.");
        fault::invalid_value(message)
    })
}

/// A new interface of a subnet, the `index`th of this call, at `wanted` addresses or at a free one. The addresses are in `writes`; the interface itself is
/// for the caller to complete and write.
///
/// # Errors
/// `InvalidParameterValue`, `InvalidIPAddress.InUse`, `InsufficientFreeAddressesInSubnet`.
pub fn make(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    subnet: &Found<Subnet>,
    wanted: &[Ipv4Addr],
    index: usize,
) -> Result<NetworkInterface, Fault> {
    let ids = ctx.ids.child("interface", index);
    let mut addresses = wanted.to_vec();
    for address in wanted {
        check_address(view, ctx, subnet, *address)?;
    }
    if addresses.is_empty() {
        let start = ids.number("address", 0);
        let free = free_address(view.snapshot(), &ctx.scope, subnet, start, &BTreeSet::new());
        addresses.push(free.ok_or_else(|| {
            let message =
                "The specified subnet does not have enough free addresses to satisfy the request.";
            fault::fault("InsufficientFreeAddressesInSubnet", message)
        })?);
    }
    let interface = NetworkInterface {
        id: id::fresh(&ids, "eni", 0),
        vpc: subnet.vpc.clone(),
        subnet: subnet.id.clone(),
        zone: subnet.zone.clone(),
        mac: mac(&ids),
        groups: Vec::new(),
        description: String::new(),
        attached_to: AttachedTo::Nothing,
        attachment: None,
        public_address: None,
        source_dest_check: true,
        requester_managed: false,
        created_at: ctx.now,
        tags: Vec::new(),
        addresses,
    };
    // Not written: all who take an address at once would wait for each other. Who deletes the subnet looks at its addresses.
    writes.expect(&subnet.key, Expect::Revision(subnet.modified));
    for address in &interface.addresses {
        let key = SubnetAddress::key(&ctx.scope, &subnet.id, *address);
        writes.put(&key, Expect::Absent, SubnetAddress { interface: interface.id.clone() });
    }
    Ok(interface)
}

fn check_address(view: &View, ctx: &Ctx, subnet: &Subnet, address: Ipv4Addr) -> Result<(), Fault> {
    if !subnet.block.contains(address) {
        let message = format!("Address {address} does not fall within the subnet's address range");
        return Err(fault::invalid_value(message));
    }
    let first = u32::from(address) - u32::from(subnet.block.base());
    if first < RESERVED_FIRST || address == subnet.block.last() {
        let message = format!("Address {address} is in subnet's reserved address range");
        return Err(fault::invalid_value(message));
    }
    let key = SubnetAddress::key(&ctx.scope, &subnet.id, address);
    if view.get::<SubnetAddress>(&key)?.is_some() {
        let message = format!("Address {address} is in use.");
        return Err(fault::fault("InvalidIPAddress.InUse", message));
    }
    Ok(())
}

/// The groups of a new interface of a VPC; the VPC's own where none is named. Who deletes one at the same time looks again. A fault calls
/// what they are for `beside`.
///
/// # Errors
/// `InvalidGroup.NotFound`, `InvalidParameter` for one of another VPC, `SecurityGroupsPerInterfaceLimitExceeded`.
pub fn groups(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    wanted: &[&str],
    (vpc, beside): (&str, &str),
) -> Result<Vec<String>, Fault> {
    let vpc = find::<Vpc>(view, ctx, vpc)?;
    let own = [vpc.default_group.as_str()];
    let wanted = if wanted.is_empty() { &own } else { wanted };
    if wanted.len() > GROUPS_MAX {
        let message = "The maximum number of security groups per interface has been reached.";
        return Err(fault::fault("SecurityGroupsPerInterfaceLimitExceeded", message));
    }
    let mut groups: Vec<String> = Vec::new();
    for id in wanted {
        let group = find::<SecurityGroup>(view, ctx, id)?;
        if group.vpc != vpc.id {
            let kind = if beside.starts_with("subnet-") { "subnet" } else { "network" };
            let message =
                format!("Security group {id} and {kind} {beside} belong to different networks.");
            return Err(fault::fault("InvalidParameter", message));
        }
        if !groups.iter().any(|known| known == id) {
            touch(writes, &group);
            groups.push(group.id.clone());
        }
    }
    Ok(groups)
}

/// One that users may change.
fn own(view: &View, request: &Value, ctx: &Ctx) -> Result<Found<NetworkInterface>, Fault> {
    let found = find::<NetworkInterface>(view, ctx, required(request, "NetworkInterfaceId")?)?;
    if found.requester_managed {
        let message = "You do not have permission to access the specified resource.";
        return Err(fault::not_permitted(message));
    }
    Ok(found)
}

/// Deletes an interface that is attached to nothing. An elastic address that it had is nobody's then.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = own(view, request, ctx)?;
    if found.attached_to != AttachedTo::Nothing {
        let message = format!("Network interface '{}' is currently in use.", found.id);
        return Err(fault::fault("InvalidNetworkInterface.InUse", message));
    }
    let mut writes = Writes::new();
    remove(view, ctx, &mut writes, &found)?;
    Ok((Value::map(), writes))
}

/// Writes that an interface is gone, and gives back its addresses.
///
/// # Errors
/// If a record cannot be read.
pub fn remove(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    found: &Found<NetworkInterface>,
) -> Result<(), Fault> {
    for address in &found.addresses {
        let key = SubnetAddress::key(&ctx.scope, &found.subnet, *address);
        writes.delete(&key, Expect::Any);
    }
    if let Some(address) = found.public_address
        && let Some(elastic) = address::at(view, ctx, address)?
    {
        address::take_back(writes, &elastic);
    }
    delete_record(writes, found);
    Ok(())
}

/// Changes an interface's description, groups, or whether it takes only what is addressed to it.
pub fn modify_attribute(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = own(view, request, ctx)?;
    let mut writes = Writes::new();
    let mut changed = NetworkInterface::clone(&found.record);
    if let Some(description) = request.get("Description") {
        let value = description.get("Value").and_then(Value::as_str).unwrap_or_default();
        value.clone_into(&mut changed.description);
    }
    let check = request.get("SourceDestCheck").and_then(|it| truth(it, "Value"));
    changed.source_dest_check = check.unwrap_or(changed.source_dest_check);
    let wanted = texts(request, "Groups");
    if !wanted.is_empty() {
        let subnet = find::<Subnet>(view, ctx, &found.subnet)?;
        changed.groups = groups(view, ctx, &mut writes, &wanted, (&subnet.vpc, &subnet.id))?;
    }
    put(&mut writes, &found, changed);
    Ok((Value::map(), writes))
}

/// Answers one attribute of an interface.
pub fn describe_attribute(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<NetworkInterface>(view, ctx, required(request, "NetworkInterfaceId")?)?;
    let mut reply = Members::new();
    reply.put("NetworkInterfaceId", found.id.as_str());
    match required(request, "Attribute")? {
        "description" => reply.put(
            "Description",
            reply!(ec2::ATTRIBUTE_VALUE { "Value": found.description.as_str() }),
        ),
        "groupSet" => {
            let shown = group_names(view, ctx, &found)?.into_iter().map(
                |(id, name)| reply!(ec2::GROUP_IDENTIFIER { "GroupId": id, "GroupName": name }),
            );
            reply.put("Groups", shown.collect::<Value>());
        }
        "sourceDestCheck" => reply.put(
            "SourceDestCheck",
            reply!(ec2::ATTRIBUTE_BOOLEAN_VALUE { "Value": found.source_dest_check }),
        ),
        "attachment" => reply.put("Attachment", attachment(ctx, &found)),
        "associatePublicIpAddress" => {
            reply.put("AssociatePublicIpAddress", found.public_address.is_some());
        }
        other => {
            let message = format!("Value ({other}) for parameter attribute is invalid.");
            return Err(fault::invalid_value(message));
        }
    }
    Ok((Value::Map(reply), Writes::new()))
}

/// Refuses to attach an interface: those of tasks come with them, and no host takes another.
pub fn attach(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = own(view, request, ctx)?;
    if found.attached_to != AttachedTo::Nothing {
        let message = format!("Interface: [{}] in use.", found.id);
        return Err(fault::fault("InvalidNetworkInterface.InUse", message));
    }
    Err(fault::not_served("An interface of an instance's own, besides those of its tasks,"))
}

/// Refuses to detach an interface: only those are attached that somebody else attached.
pub fn detach(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let id = required(request, "AttachmentId")?;
    let has = |interface: &NetworkInterface| interface.attachment.as_deref() == Some(id);
    let found = all_where::<NetworkInterface>(view, ctx, has)?;
    Err(match found.first() {
        Some(_) => {
            let message = "You are not allowed to manage the attachments of this interface.";
            fault::not_permitted(message)
        }
        None => {
            let message = format!("The attachment ID '{id}' does not exist");
            fault::fault("InvalidAttachmentID.NotFound", message)
        }
    })
}

/// Describes network interfaces.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe::<NetworkInterface>(view, request, ctx)
}
