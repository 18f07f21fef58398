//! Network ACLs: numbered rules of subnets that know no connections.
//!
//! Hosts enforce security groups and ask no network ACL. So an ACL may only say what is done anyway: in each direction the first entry for
//! IPv4 that is asked lets everything pass, or there is none. Anything else is refused with a fault that names the entry. One limit is
//! left, which stacks meet for a moment while they are made: an ACL to which no entry was given yet refuses nothing, and in EC2 it
//! refuses all. Entries for IPv6 are kept: there are no such packets.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault, id,
        noun::{self, Noun, add, all_where, delete as delete_record, find, noun, put, touch},
        once,
        request::{required, text, truth},
        tag,
    },
};
use domain::{
    block::Block,
    ec2::{AclEntry, NetworkAcl},
    vpc::{Subnet, Vpc},
};
use std::net::{Ipv4Addr, Ipv6Addr};
use wire::{Fault, Value, reply, tables::ec2};

/// The entry that every ACL has and that refuses what no other took.
const LAST: i64 = 32767;
/// As far as EC2 raises its limit on entries in one direction.
const ENTRIES_MAX: usize = 40;

impl Noun for NetworkAcl {
    noun!(
        NetworkAcl,
        "network-acl",
        "acl",
        "InvalidNetworkAclID.NotFound",
        "networkAcl ID",
        "NetworkAclIds",
        "NetworkAcls"
    );

    fn values(&self, view: &View, ctx: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        let subnets = || all_where::<Subnet>(view, ctx, |subnet| subnet.acl == self.id);
        let entries = |value: fn(&AclEntry) -> Option<String>| {
            self.entries.iter().filter_map(value).collect::<Vec<_>>()
        };
        Ok(Some(match filter {
            "association.association-id" => {
                subnets()?.iter().map(|subnet| subnet.acl_association.clone()).collect()
            }
            "association.network-acl-id" => vec![self.id.clone()],
            "association.subnet-id" => subnets()?.iter().map(|subnet| subnet.id.clone()).collect(),
            "default" => vec![self.is_default.to_string()],
            "vpc-id" => vec![self.vpc.clone()],
            "entry.cidr" => entries(|entry| entry.block.map(|block| block.to_string())),
            "entry.ipv6-cidr" => entries(|entry| entry.ipv6_block.clone()),
            "entry.icmp.code" => entries(|entry| Some(entry.icmp?.1.to_string())),
            "entry.icmp.type" => entries(|entry| Some(entry.icmp?.0.to_string())),
            "entry.port-range.from" => entries(|entry| Some(entry.ports?.0.to_string())),
            "entry.port-range.to" => entries(|entry| Some(entry.ports?.1.to_string())),
            "entry.egress" => entries(|entry| Some(entry.egress.to_string())),
            "entry.protocol" => entries(|entry| Some(entry.protocol.clone())),
            "entry.rule-action" => entries(|entry| Some(action(entry).to_owned())),
            "entry.rule-number" => entries(|entry| Some(entry.number.to_string())),
            _ => return Ok(None),
        }))
    }

    fn show(&self, view: &View, ctx: &Ctx) -> Result<Value, Fault> {
        let subnets = all_where::<Subnet>(view, ctx, |subnet| subnet.acl == self.id)?;
        let associations = subnets.iter().map(|subnet| {
            reply!(ec2::NETWORK_ACL_ASSOCIATION {
                "NetworkAclAssociationId": &subnet.acl_association,
                "NetworkAclId": &self.id,
                "SubnetId": &subnet.id,
            })
        });
        let mut entries: Vec<&AclEntry> = self.entries.iter().collect();
        entries.sort_by_key(|entry| (entry.egress, entry.number));
        Ok(reply!(ec2::NETWORK_ACL {
            "Associations": associations.collect::<Value>(),
            "Entries": entries.into_iter().map(show_entry).collect::<Value>(),
            "IsDefault": self.is_default,
            "NetworkAclId": &self.id,
            "Tags": tag::show_all(&self.tags),
            "VpcId": &self.vpc,
            "OwnerId": ctx.scope.account.as_str(),
        }))
    }
}

fn action(entry: &AclEntry) -> &'static str {
    if entry.allow { "allow" } else { "deny" }
}

fn show_entry(entry: &AclEntry) -> Value {
    let ports = entry.ports.map(|(from, to)| reply!(ec2::PORT_RANGE { "From": from, "To": to }));
    let icmp =
        entry.icmp.map(|(kind, code)| reply!(ec2::ICMP_TYPE_CODE { "Code": code, "Type": kind }));
    reply!(ec2::NETWORK_ACL_ENTRY {
        "CidrBlock": entry.block.map(|block| block.to_string()),
        "Egress": entry.egress,
        "IcmpTypeCode": icmp,
        "Ipv6CidrBlock": entry.ipv6_block.as_deref(),
        "PortRange": ports,
        "Protocol": &entry.protocol,
        "RuleAction": action(entry),
        "RuleNumber": entry.number,
    })
}

/// What a network ACL has that lets all pass.
pub fn open_entries(egress: bool) -> [AclEntry; 2] {
    [AclEntry { number: 100, allow: true, ..last(egress) }, last(egress)]
}

fn last(egress: bool) -> AclEntry {
    AclEntry {
        number: LAST,
        egress,
        allow: false,
        protocol: "-1".to_owned(),
        block: Some(Block::around(Ipv4Addr::UNSPECIFIED, 0)),
        ipv6_block: None,
        ports: None,
        icmp: None,
    }
}

/// Makes a network ACL without entries.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let reply = |shown: Value| {
        let token = text(request, "ClientToken");
        reply!(ec2::CREATE_NETWORK_ACL_RESULT { "NetworkAcl": shown, "ClientToken": token })
    };
    if let Some(made) = once::earlier::<NetworkAcl>(view, request, ctx)? {
        return Ok((reply(made.show(view, ctx)?), Writes::new()));
    }
    let vpc = find::<Vpc>(view, ctx, required(request, "VpcId")?)?;
    let acl = NetworkAcl {
        id: id::fresh(&ctx.ids, "acl", 0),
        vpc: vpc.id.clone(),
        is_default: false,
        entries: [false, true].map(last).into(),
        tags: tag::specified(request, "network-acl")?,
    };
    let mut writes = Writes::new();
    touch(&mut writes, &vpc);
    once::note(view, request, ctx, &acl, &mut writes)?;
    let shown = acl.show(view, ctx)?;
    add(&mut writes, ctx, acl);
    Ok((reply(shown), writes))
}

/// Deletes a network ACL that no subnet has.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let acl = find::<NetworkAcl>(view, ctx, required(request, "NetworkAclId")?)?;
    if acl.is_default {
        let message = format!("cannot delete default network ACL {}", acl.id);
        return Err(fault::invalid_value(message));
    }
    if !all_where::<Subnet>(view, ctx, |subnet| subnet.acl == acl.id)?.is_empty() {
        let message =
            format!("The networkAcl '{}' has dependencies and cannot be deleted.", acl.id);
        return Err(fault::dependency(message));
    }
    let mut writes = Writes::new();
    delete_record(&mut writes, &acl);
    Ok((Value::map(), writes))
}

/// Makes an entry.
pub fn create_entry(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    change(view, request, ctx, |entries, entry| match find_entry(entries, &entry) {
        Some(_) => {
            let message =
                format!("The network acl entry identified by {} already exists.", entry.number);
            Err(fault::fault("NetworkAclEntryAlreadyExists", message))
        }
        None => {
            entries.push(entry);
            Ok(())
        }
    })
}

/// Puts an entry in the place of the one with its number.
pub fn replace_entry(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    change(view, request, ctx, |entries, entry| {
        let at = find_entry(entries, &entry).ok_or_else(|| no_such_entry(entry.number))?;
        entries[at] = entry;
        Ok(())
    })
}

fn change(
    view: &View,
    request: &Value,
    ctx: &Ctx,
    change: impl Fn(&mut Vec<AclEntry>, AclEntry) -> Result<(), Fault>,
) -> Decision {
    let found = find::<NetworkAcl>(view, ctx, required(request, "NetworkAclId")?)?;
    let mut acl = NetworkAcl::clone(&found.record);
    change(&mut acl.entries, read_entry(request)?)?;
    write(&found, acl)
}

/// Deletes an entry.
pub fn delete_entry(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<NetworkAcl>(view, ctx, required(request, "NetworkAclId")?)?;
    let (number, egress) = (read_number(request)?, read_direction(request)?);
    let mut acl = NetworkAcl::clone(&found.record);
    let at = acl.entries.iter().position(|it| it.number == number && it.egress == egress);
    acl.entries.remove(at.ok_or_else(|| no_such_entry(number))?);
    write(&found, acl)
}

fn write(found: &store::Found<NetworkAcl>, acl: NetworkAcl) -> Decision {
    for egress in [false, true] {
        let of_direction = acl.entries.iter().filter(|it| it.egress == egress && it.number != LAST);
        if of_direction.clone().count() > ENTRIES_MAX {
            let message = "The maximum number of network acl entries has been reached.";
            return Err(fault::fault("NetworkAclEntryLimitExceeded", message));
        }
        let first = of_direction.filter(|it| it.block.is_some()).min_by_key(|it| it.number);
        if let Some(entry) = first.filter(|entry| !is_open(entry)) {
            return Err(fault::not_served(&words(entry)));
        }
    }
    let mut writes = Writes::new();
    put(&mut writes, found, acl);
    Ok((Value::map(), writes))
}

/// Whether it lets everything pass.
fn is_open(entry: &AclEntry) -> bool {
    entry.allow && entry.protocol == "-1" && entry.block.is_some_and(|block| block.prefix() == 0)
}

/// What is not served, and why.
fn words(entry: &AclEntry) -> String {
    let direction = if entry.egress { "egress" } else { "ingress" };
    let block = entry.block.map(|block| block.to_string()).unwrap_or_default();
    format!(
        "Network ACL entry {} ({direction}, {} protocol {} {block}) before which no entry lets all traffic pass: hosts enforce security groups, not network ACLs, and it",
        entry.number,
        action(entry),
        entry.protocol,
    )
}

fn find_entry(entries: &[AclEntry], entry: &AclEntry) -> Option<usize> {
    entries.iter().position(|it| it.number == entry.number && it.egress == entry.egress)
}

fn no_such_entry(number: i64) -> Fault {
    let message = format!("The network acl entry identified by {number} does not exist.");
    fault::fault("InvalidNetworkAclEntry.NotFound", message)
}

fn read_number(request: &Value) -> Result<i64, Fault> {
    let number = request.get("RuleNumber").and_then(Value::as_i64);
    let number = number.ok_or_else(|| fault::missing("ruleNumber"))?;
    if !(1..LAST).contains(&number) {
        let message = format!(
            "Value ({number}) for parameter ruleNumber is invalid. Rule numbers are from 1 to 32766."
        );
        return Err(fault::invalid_value(message));
    }
    Ok(number)
}

fn read_direction(request: &Value) -> Result<bool, Fault> {
    truth(request, "Egress").ok_or_else(|| fault::missing("egress"))
}

fn read_entry(request: &Value) -> Result<AclEntry, Fault> {
    let (number, egress) = (read_number(request)?, read_direction(request)?);
    let allow = match required(request, "RuleAction")? {
        "allow" => true,
        "deny" => false,
        other => {
            let message = format!("Value ({other}) for parameter ruleAction is invalid.");
            return Err(fault::invalid_value(message));
        }
    };
    let (block, ipv6_block) = match (text(request, "CidrBlock"), text(request, "Ipv6CidrBlock")) {
        (Some(block), None) => (Some(read_block(block)?), None),
        (None, Some(block)) => (None, Some(read_ipv6(block)?)),
        (None, None) => return Err(fault::missing("cidrBlock or ipv6CidrBlock")),
        (Some(_), Some(_)) => {
            let message = "The parameters cidrBlock and ipv6CidrBlock cannot be used together";
            return Err(fault::combination(message));
        }
    };
    let protocol = read_protocol(required(request, "Protocol")?)?;
    let pair = |member: &str, [one, other]: [&str; 2]| {
        let of = request.get(member)?;
        Some((of.get(one)?.as_i64()?, of.get(other)?.as_i64()?))
    };
    let (mut ports, mut icmp) = (None, None);
    match protocol.as_str() {
        "6" | "17" => {
            let given = pair("PortRange", ["From", "To"]);
            let (from, to) = given.ok_or_else(|| fault::missing("portRange"))?;
            if from > to || !(0..=65535).contains(&from) || !(0..=65535).contains(&to) {
                let message = format!("Invalid TCP/UDP port range ({from}:{to})");
                return Err(fault::invalid_value(message));
            }
            ports = Some((from, to));
        }
        "1" | "58" => {
            let given = pair("IcmpTypeCode", ["Type", "Code"]);
            icmp = Some(given.ok_or_else(|| fault::missing("icmpTypeCode"))?);
        }
        // Others have no ports; those that are given mean nothing, as in EC2.
        _ => {}
    }
    Ok(AclEntry { number, egress, allow, protocol, block, ipv6_block, ports, icmp })
}

fn read_block(given: &str) -> Result<Block, Fault> {
    Block::parse_loose(given).map_err(|_| {
        fault::invalid_value(format!(
            "Value ({given}) for parameter cidrBlock is invalid. This is not a valid CIDR block."
        ))
    })
}

fn read_ipv6(given: &str) -> Result<String, Fault> {
    let (address, prefix) = given.split_once('/').unwrap_or((given, ""));
    let is_block = address.parse::<Ipv6Addr>().is_ok()
        && prefix.parse::<u8>().is_ok_and(|prefix| prefix <= 128);
    if is_block {
        return Ok(given.to_owned());
    }
    Err(fault::invalid_value(format!(
        "Value ({given}) for parameter ipv6CidrBlock is invalid. This is not a valid CIDR block."
    )))
}

/// An IANA number as text, `-1` for all.
fn read_protocol(given: &str) -> Result<String, Fault> {
    Ok(match given.to_ascii_lowercase().as_str() {
        "-1" | "all" => "-1".to_owned(),
        "tcp" => "6".to_owned(),
        "udp" => "17".to_owned(),
        "icmp" => "1".to_owned(),
        "icmpv6" => "58".to_owned(),
        other => {
            let number = other.parse::<u8>().map_err(|_| {
                let message = format!("Invalid value '{given}' for IP protocol. Unknown protocol.");
                fault::invalid_value(message)
            })?;
            number.to_string()
        }
    })
}

/// Gives a subnet another network ACL.
pub fn replace_association(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let association = required(request, "AssociationId")?;
    let acl = find::<NetworkAcl>(view, ctx, required(request, "NetworkAclId")?)?;
    let has = |subnet: &Subnet| subnet.acl_association == association;
    let found = all_where::<Subnet>(view, ctx, has)?.into_iter().next().ok_or_else(|| {
        let message = format!("The association ID '{association}' does not exist");
        fault::fault("InvalidAssociationID.NotFound", message)
    })?;
    if found.vpc != acl.vpc {
        let message =
            format!("Network ACL {} and subnet {} belong to different networks", acl.id, found.id);
        return Err(fault::invalid_value(message));
    }
    let fresh = id::fresh(&ctx.ids, "aclassoc", 0);
    let subnet = Subnet {
        acl: acl.id.clone(),
        acl_association: fresh.clone(),
        ..Subnet::clone(&found.record)
    };
    let mut writes = Writes::new();
    // So that who deletes the ACL at the same time looks again.
    touch(&mut writes, &acl);
    put(&mut writes, &found, subnet);
    let reply = reply!(ec2::REPLACE_NETWORK_ACL_ASSOCIATION_RESULT { "NewAssociationId": fresh });
    Ok((reply, writes))
}

/// Describes network ACLs.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe::<NetworkAcl>(view, request, ctx)
}
