//! Permissions of requests: what rules of security groups are made, found and taken back by.

use crate::{
    decide::{Ctx, View},
    ec2::{
        fault,
        noun::find,
        request::{list, required, text},
    },
};
use domain::{
    block::Block,
    vpc::{Peer, SecurityGroup, Traffic},
};
use wire::{Fault, Value};

/// EC2's own default limit on rules of a group in one direction.
pub const RULES_MAX: usize = 60;

/// What a request says of a rule.
pub struct Wanted {
    /// What of.
    pub traffic: Traffic,
    /// From or to whom.
    pub peer: Peer,
    /// As given.
    pub description: Option<String>,
}

/// What a request's permissions say, in the form with lists or the oldest one with single members.
///
/// # Errors
/// What is wrong with them.
pub fn read(
    view: &View,
    request: &Value,
    ctx: &Ctx,
    group: &SecurityGroup,
) -> Result<Vec<Wanted>, Fault> {
    let mut wanted = Vec::new();
    for permission in list(request, "IpPermissions") {
        let traffic = read_traffic(permission)?;
        for peer in peers(view, permission, ctx, group)? {
            let (peer, description) = peer;
            wanted.push(Wanted { traffic: traffic.clone(), peer, description });
        }
        // A group has not so many, and cannot have.
        if wanted.len() > RULES_MAX {
            return Err(too_many());
        }
    }
    if text(request, "IpProtocol").is_some() {
        let traffic = read_traffic(request)?;
        let peer = match (text(request, "CidrIp"), text(request, "SourceSecurityGroupName")) {
            (Some(block), None) => read_ipv4(block)?,
            (None, Some(name)) => Peer::Group(by_name(view, ctx, group, name)?),
            _ => return Err(fault::missing("cidrIp")),
        };
        wanted.push(Wanted { traffic, peer, description: None });
    }
    Ok(wanted)
}

/// The fault for more than [`RULES_MAX`].
pub fn too_many() -> Fault {
    let message = "The maximum number of rules per security group has been reached.";
    fault::fault("RulesPerSecurityGroupLimitExceeded", message)
}

fn peers(
    view: &View,
    permission: &Value,
    ctx: &Ctx,
    group: &SecurityGroup,
) -> Result<Vec<(Peer, Option<String>)>, Fault> {
    let mut peers = Vec::new();
    for range in list(permission, "IpRanges") {
        peers.push((read_ipv4(required(range, "CidrIp")?)?, read_description(range)?));
    }
    for range in list(permission, "Ipv6Ranges") {
        let block = required(range, "CidrIpv6")?;
        let (address, prefix) = block.split_once('/').unwrap_or((block, ""));
        let is_block = address.parse::<std::net::Ipv6Addr>().is_ok()
            && prefix.parse::<u8>().is_ok_and(|prefix| prefix <= 128);
        if !is_block {
            let message = format!("CIDR block {block} is malformed");
            return Err(fault::invalid_value(message));
        }
        peers.push((Peer::Ipv6(block.to_owned()), read_description(range)?));
    }
    for named in list(permission, "PrefixListIds") {
        let id = required(named, "PrefixListId")?;
        peers.push((Peer::PrefixList(id.to_owned()), read_description(named)?));
    }
    for pair in list(permission, "UserIdGroupPairs") {
        let owner = text(pair, "UserId");
        if owner.is_some_and(|owner| owner != ctx.scope.account.as_str()) {
            return Err(fault::not_served("A rule that names a group of another account"));
        }
        let id = match (text(pair, "GroupId"), text(pair, "GroupName")) {
            (Some(id), _) => {
                let other = find::<SecurityGroup>(view, ctx, id)?;
                if other.vpc != group.vpc {
                    let message = format!(
                        "You have specified two resources that belong to different networks: {} and {id}.",
                        group.id
                    );
                    return Err(fault::fault("InvalidGroup.NotFound", message));
                }
                id.to_owned()
            }
            (None, Some(name)) => by_name(view, ctx, group, name)?,
            (None, None) => return Err(fault::missing("GroupId")),
        };
        peers.push((Peer::Group(id), read_description(pair)?));
    }
    Ok(peers)
}

fn by_name(view: &View, ctx: &Ctx, group: &SecurityGroup, name: &str) -> Result<String, Fault> {
    for other in view.range::<SecurityGroup>(&SecurityGroup::all(&ctx.scope)) {
        let other = other?;
        if other.vpc == group.vpc && other.name == name {
            return Ok(other.id.clone());
        }
    }
    let message = format!("The security group '{name}' does not exist in VPC '{}'", group.vpc);
    Err(fault::fault("InvalidGroup.NotFound", message))
}

/// Reads an IPv4 block; bits behind its prefix are cleared.
///
/// # Errors
/// `InvalidParameterValue`.
pub fn read_ipv4(text: &str) -> Result<Peer, Fault> {
    let block = Block::parse_loose(text);
    let block =
        block.map_err(|_| fault::invalid_value(format!("CIDR block {text} is malformed")))?;
    Ok(Peer::Ipv4(block.to_string()))
}

/// Whether a group's name, its description or a rule's has nothing but what EC2 documents for them ("CreateSecurityGroup", "IpRange").
pub fn is_plain(text: &str) -> bool {
    text.chars().all(|char| char.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(char))
}

/// Reads a rule's description.
///
/// # Errors
/// `InvalidParameterValue`.
pub fn read_description(of: &Value) -> Result<Option<String>, Fault> {
    let Some(description) = text(of, "Description") else { return Ok(None) };
    if description.chars().count() > 255 || !is_plain(description) {
        return Err(fault::invalid_value(
            "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
        ));
    }
    Ok(Some(description.to_owned()))
}

/// Protocol and ports, by the protocol's name where it has one.
///
/// # Errors
/// `InvalidParameterValue`, `MissingParameter`.
pub fn read_traffic(of: &Value) -> Result<Traffic, Fault> {
    let given = required(of, "IpProtocol")?;
    let invalid = || {
        fault::invalid_value(format!("Invalid value '{given}' for IP protocol. Unknown protocol."))
    };
    let protocol = match given.to_ascii_lowercase().as_str() {
        "6" | "tcp" => "tcp".to_owned(),
        "17" | "udp" => "udp".to_owned(),
        "1" | "icmp" => "icmp".to_owned(),
        "58" | "icmpv6" => "icmpv6".to_owned(),
        "-1" | "all" => "-1".to_owned(),
        other => other.parse::<u8>().map_err(|_| invalid())?.to_string(),
    };
    let port = |member: &str| -> Result<Option<i32>, Fault> {
        let Some(port) = of.get(member).and_then(Value::as_i64) else { return Ok(None) };
        let wrong = || fault::invalid_value(format!("Invalid value '{port}' for portRange."));
        i32::try_from(port)
            .ok()
            .filter(|port| (-1..=65535).contains(port))
            .map(Some)
            .ok_or_else(wrong)
    };
    let (from, to) = (port("FromPort")?, port("ToPort")?);
    match protocol.as_str() {
        "tcp" | "udp" => match (from, to) {
            (Some(from), Some(to)) if from == -1 && to == -1 => {
                Ok(Traffic { protocol, from: Some(0), to: Some(65535) })
            }
            (Some(from), Some(to)) if 0 <= from && from <= to => {
                Ok(Traffic { protocol, from: Some(from), to: Some(to) })
            }
            (Some(from), Some(to)) => {
                let message = format!("Invalid TCP/UDP port range ({from}:{to})");
                Err(fault::invalid_value(message))
            }
            _ => Err(fault::missing("fromPort and toPort")),
        },
        "icmp" | "icmpv6" => {
            Ok(Traffic { protocol, from: Some(from.unwrap_or(-1)), to: Some(to.unwrap_or(-1)) })
        }
        // Other protocols have no ports, and all of them have all.
        _ => Ok(Traffic { protocol, from: None, to: None }),
    }
}

/// A rule in EC2's words.
pub fn words(rule: &Wanted) -> String {
    let peer = match &rule.peer {
        Peer::Ipv4(text) | Peer::Ipv6(text) | Peer::Group(text) | Peer::PrefixList(text) => text,
    };
    let traffic = &rule.traffic;
    match (traffic.protocol.as_str(), traffic.from, traffic.to) {
        ("-1", ..) => format!("peer: {peer}, ALL, ALLOW"),
        ("icmp" | "icmpv6", Some(kind), Some(code)) => format!(
            "peer: {peer}, {}, type: {kind}, code: {code}, ALLOW",
            traffic.protocol.to_uppercase()
        ),
        (protocol, Some(from), Some(to)) => format!(
            "peer: {peer}, {}, from port: {from}, to port: {to}, ALLOW",
            protocol.to_uppercase()
        ),
        (protocol, ..) => format!("peer: {peer}, {protocol}, ALLOW"),
    }
}
