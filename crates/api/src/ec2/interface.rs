//! Network interfaces. Those of tasks are ECS's: users see them, and do not change them.
//! Read next: `interface_shown.rs` for what is seen of one.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        address, fault, id,
        interface_shown::{attachment, group_names},
        noun::{self, Noun, add, all_where, delete as delete_record, find, put, touch},
        once,
        request::{list, required, text, texts, truth},
        tag,
    },
};
use books::network::{free_address, mac};
use domain::vpc::{AttachedTo, NetworkInterface, SecurityGroup, Subnet, SubnetAddress, Vpc};
use std::{collections::BTreeSet, net::Ipv4Addr};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ec2, value::Members};

/// EC2's own limit on groups of an interface.
const GROUPS_MAX: usize = 5;
/// Addresses at a subnet's start that nobody gets.
const RESERVED_FIRST: u32 = 4;

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
