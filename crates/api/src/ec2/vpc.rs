//! VPCs: made with all that belongs to one from the start, described, changed, deleted.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        acl, fault, id,
        noun::{self, Noun, add, all_where, delete as delete_record, find, noun, put},
        request::{required, text, truth},
        settle, tag,
    },
};
use domain::{
    block::Block,
    ec2::{InternetGateway, NetworkAcl, Route, RouteTable, VpcEndpoint, VpcNumber},
    iam::everywhere,
    tag::Tag,
    vpc::{NetworkInterface, Peer, SecurityGroup, SecurityGroupRule, Subnet, Traffic, Vpc},
};
use store::Expect;
use wire::{Fault, Value, reply, tables::ec2, value::Members};

/// The overlay has numbers of 24 bits; 0 is nobody's.
const NUMBERS: u64 = (1 << 24) - 1;

/// EC2's own limits on blocks of VPCs.
const PREFIXES: std::ops::RangeInclusive<u8> = 16..=28;
const BLOCKS_MAX: usize = 5;

impl Noun for Vpc {
    noun!(Vpc, "vpc", "vpc", "InvalidVpcID.NotFound", "vpc ID", "VpcIds", "Vpcs");

    fn values(&self, _: &View, _: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        let blocks = || self.blocks.iter().map(|(_, block)| block.to_string());
        Ok(Some(match filter {
            "cidr" | "cidr-block" => blocks().take(1).collect(),
            "cidr-block-association.cidr-block" => blocks().collect(),
            "cidr-block-association.association-id" => {
                self.blocks.iter().map(|(id, _)| id.clone()).collect()
            }
            "cidr-block-association.state" => vec!["associated".to_owned()],
            // No VPC has one.
            "ipv6-cidr-block-association.association-id"
            | "ipv6-cidr-block-association.ipv6-cidr-block"
            | "ipv6-cidr-block-association.ipv6-pool"
            | "ipv6-cidr-block-association.state" => Vec::new(),
            "dhcp-options-id" => vec![self.dhcp_options.clone()],
            "is-default" | "isDefault" => vec![self.is_default.to_string()],
            "state" => vec!["available".to_owned()],
            "instance-tenancy" => vec![self.tenancy.clone()],
            _ => return Ok(None),
        }))
    }

    fn show(&self, _: &View, ctx: &Ctx) -> Result<Value, Fault> {
        let blocks = self.blocks.iter().map(|(id, block)| show_block(id, *block, "associated"));
        Ok(reply!(ec2::VPC {
            "OwnerId": ctx.scope.account.as_str(),
            "InstanceTenancy": &self.tenancy,
            "CidrBlockAssociationSet": blocks.collect::<Value>(),
            "IsDefault": self.is_default,
            "Tags": tag::show(&self.tags),
            "VpcId": &self.id,
            "State": "available",
            "CidrBlock": self.primary().map(|block| block.to_string()),
            "DhcpOptionsId": &self.dhcp_options,
        }))
    }
}

fn show_block(id: &str, block: Block, state: &str) -> Value {
    reply!(ec2::VPC_CIDR_BLOCK_ASSOCIATION {
        "AssociationId": id,
        "CidrBlock": block.to_string(),
        "CidrBlockState": reply!(ec2::VPC_CIDR_BLOCK_STATE { "State": state }),
    })
}

/// Makes a VPC with a main route table, a network ACL that lets all pass, and a security group called `default`.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let block = text(request, "CidrBlock").ok_or_else(|| fault::missing("cidrBlock"))?;
    let block = read_block(block)?;
    let tenancy = text(request, "InstanceTenancy").unwrap_or("default");
    if tenancy == "host" {
        return Err(fault::invalid_value("The tenancy value host is not supported for a VPC."));
    }
    let mut writes = Writes::new();
    let name = |prefix: &str, purpose: &str| id::fresh(&ctx.ids.child(purpose, 0), prefix, 0);
    let vpc = Vpc {
        tenancy: tenancy.to_owned(),
        ..found(view, ctx, &mut writes, &name, block, Vec::new(), tag::specified(request, "vpc")?)?
    };
    let shown = vpc.show(view, ctx)?;
    add(&mut writes, ctx, vpc);
    Ok((reply!(ec2::CREATE_VPC_RESULT { "Vpc": noun::in_state(shown, "pending") }), writes))
}

/// A new VPC and, in `writes`, all that belongs to it; the VPC itself is for the caller to write. `name` makes ids from a prefix and a purpose,
/// `routes` are those of its main table.
///
/// # Errors
/// If a record cannot be read.
pub fn found(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    name: &dyn Fn(&str, &str) -> String,
    block: Block,
    routes: Vec<Route>,
    tags: Vec<Tag>,
) -> Result<Vpc, Fault> {
    let id = name("vpc", "vpc");
    let table = RouteTable {
        id: name("rtb", "main"),
        vpc: id.clone(),
        main: Some(name("rtbassoc", "main")),
        associations: Vec::new(),
        routes,
        tags: Vec::new(),
    };
    let acl = NetworkAcl {
        id: name("acl", "default"),
        vpc: id.clone(),
        is_default: true,
        entries: [false, true].into_iter().flat_map(acl::open_entries).collect(),
        tags: Vec::new(),
    };
    let group = default_group(&id, name);
    let vpc = Vpc {
        blocks: vec![(name("vpc-cidr-assoc", "primary"), block)],
        is_default: false,
        number: number(view, ctx, writes, &id)?,
        dhcp_options: settle::default_options(ctx),
        dns_support: true,
        dns_hostnames: false,
        tenancy: "default".to_owned(),
        main_route_table: table.id.clone(),
        default_acl: acl.id.clone(),
        default_group: group.id.clone(),
        tags,
        id,
    };
    add(writes, ctx, table);
    add(writes, ctx, acl);
    add(writes, ctx, group);
    Ok(vpc)
}

/// A number in the overlay that no other VPC has.
fn number(view: &View, ctx: &Ctx, writes: &mut Writes, vpc: &str) -> Result<u32, Fault> {
    for attempt in 0..usize::MAX {
        let number = 1 + ctx.ids.number("vpc-number", attempt) % NUMBERS;
        let number = u32::try_from(number).expect("24 bits");
        let key = VpcNumber::key(&everywhere(), number);
        if view.get::<VpcNumber>(&key)?.is_none() {
            let vpc = format!("{}/{}/{vpc}", ctx.scope.account, ctx.scope.region);
            writes.put(&key, Expect::Absent, VpcNumber { vpc });
            return Ok(number);
        }
    }
    unreachable!("there are more numbers than VPCs that a store can hold")
}

/// Its members may talk to each other and to everybody, and nobody else to them.
fn default_group(vpc: &str, name: &dyn Fn(&str, &str) -> String) -> SecurityGroup {
    let id = name("sg", "default");
    let all = Traffic { protocol: "-1".to_owned(), from: None, to: None };
    let rule = |purpose: &str, egress: bool, peer: Peer| SecurityGroupRule {
        id: name("sgr", purpose),
        egress,
        traffic: all.clone(),
        peer,
        description: None,
        tags: Vec::new(),
    };
    SecurityGroup {
        vpc: vpc.to_owned(),
        name: "default".to_owned(),
        description: "default VPC security group".to_owned(),
        rules: vec![
            rule("ingress", false, Peer::Group(id.clone())),
            rule("egress", true, Peer::Ipv4("0.0.0.0/0".to_owned())),
        ],
        tags: Vec::new(),
        id,
    }
}

fn read_block(text: &str) -> Result<Block, Fault> {
    let invalid = || {
        fault::invalid_value(format!(
            "Value ({text}) for parameter cidrBlock is invalid. This is not a valid CIDR block."
        ))
    };
    let block = Block::parse_loose(text).map_err(|_| invalid())?;
    if !PREFIXES.contains(&block.prefix()) {
        return Err(fault::fault("InvalidVpc.Range", format!("The CIDR '{text}' is invalid.")));
    }
    Ok(block)
}

/// Deletes a VPC in which nothing is left that it did not come with.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let vpc = find::<Vpc>(view, ctx, required(request, "VpcId")?)?;
    let tables = all_where::<RouteTable>(view, ctx, |table| table.vpc == vpc.id)?;
    let acls = all_where::<NetworkAcl>(view, ctx, |acl| acl.vpc == vpc.id)?;
    let groups = all_where::<SecurityGroup>(view, ctx, |group| group.vpc == vpc.id)?;
    let is_used = tables.len() > 1
        || acls.len() > 1
        || groups.len() > 1
        || !all_where::<Subnet>(view, ctx, |subnet| subnet.vpc == vpc.id)?.is_empty()
        || !all_where::<NetworkInterface>(view, ctx, |it| it.vpc == vpc.id)?.is_empty()
        || !all_where::<VpcEndpoint>(view, ctx, |it| it.vpc == vpc.id)?.is_empty()
        || !all_where::<InternetGateway>(view, ctx, |it| it.vpc.as_ref() == Some(&vpc.id))?
            .is_empty();
    if is_used {
        let message = format!("The vpc '{}' has dependencies and cannot be deleted.", vpc.id);
        return Err(fault::dependency(message));
    }
    let mut writes = Writes::new();
    tables.iter().for_each(|table| delete_record(&mut writes, table));
    acls.iter().for_each(|acl| delete_record(&mut writes, acl));
    groups.iter().for_each(|group| delete_record(&mut writes, group));
    writes.delete(&VpcNumber::key(&everywhere(), vpc.number), Expect::Any);
    delete_record(&mut writes, &vpc);
    Ok((Value::map(), writes))
}

/// Changes one attribute of a VPC.
pub fn modify_attribute(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<Vpc>(view, ctx, required(request, "VpcId")?)?;
    let value = |member: &str| request.get(member).and_then(|it| truth(it, "Value"));
    let mut vpc = Vpc::clone(&found.record);
    let (support, hostnames) = (value("EnableDnsSupport"), value("EnableDnsHostnames"));
    vpc.dns_support = support.unwrap_or(vpc.dns_support);
    vpc.dns_hostnames = hostnames.unwrap_or(vpc.dns_hostnames);
    if value("EnableNetworkAddressUsageMetrics") == Some(true) {
        return Err(fault::not_served("`EnableNetworkAddressUsageMetrics`"));
    }
    let mut writes = Writes::new();
    put(&mut writes, &found, vpc);
    Ok((Value::map(), writes))
}

/// Answers one attribute of a VPC.
pub fn describe_attribute(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let vpc = find::<Vpc>(view, ctx, required(request, "VpcId")?)?;
    let (member, value) = match required(request, "Attribute")? {
        "enableDnsSupport" => ("EnableDnsSupport", vpc.dns_support),
        "enableDnsHostnames" => ("EnableDnsHostnames", vpc.dns_hostnames),
        _ => ("EnableNetworkAddressUsageMetrics", false),
    };
    let mut reply = Members::new();
    reply.put("VpcId", vpc.id.as_str());
    reply.put(member, reply!(ec2::ATTRIBUTE_BOOLEAN_VALUE { "Value": value }));
    Ok((Value::Map(reply), Writes::new()))
}

/// Gives a VPC a further block.
pub fn associate_block(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<Vpc>(view, ctx, required(request, "VpcId")?)?;
    let block = read_block(required(request, "CidrBlock")?)?;
    if found.blocks.iter().any(|(_, known)| known.overlaps(block)) {
        let message = format!("The CIDR '{block}' conflicts with another CIDR of the VPC.");
        return Err(fault::fault("InvalidVpc.Conflict", message));
    }
    if found.blocks.len() >= BLOCKS_MAX {
        let message =
            format!("This network '{}' has met its maximum number of allowed CIDRs", found.id);
        return Err(fault::fault("CidrLimitExceeded", message));
    }
    let id = id::fresh(&ctx.ids, "vpc-cidr-assoc", 0);
    let mut vpc = Vpc::clone(&found.record);
    vpc.blocks.push((id.clone(), block));
    let mut writes = Writes::new();
    put(&mut writes, &found, vpc);
    let reply = reply!(ec2::ASSOCIATE_VPC_CIDR_BLOCK_RESULT {
        "VpcId": &found.id,
        "CidrBlockAssociation": show_block(&id, block, "associating"),
    });
    Ok((reply, writes))
}

/// Takes a further block from a VPC.
pub fn disassociate_block(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let association = required(request, "AssociationId")?;
    let has = |vpc: &Vpc| vpc.blocks.iter().any(|(id, _)| id == association);
    let Some(found) = all_where::<Vpc>(view, ctx, has)?.into_iter().next() else {
        let message = format!("The vpc CIDR block association ID '{association}' does not exist");
        return Err(fault::fault("InvalidVpcCidrBlockAssociationID.NotFound", message));
    };
    let at = found.blocks.iter().position(|(id, _)| id == association).unwrap_or_default();
    let (id, block) = found.blocks[at].clone();
    if at == 0 {
        let message = format!(
            "The vpc CIDR block with association ID {association} may not be disassociated. It is the primary IPv4 CIDR block of the VPC"
        );
        return Err(fault::not_permitted(message));
    }
    let in_block = |subnet: &Subnet| subnet.vpc == found.id && block.covers(subnet.block);
    if !all_where::<Subnet>(view, ctx, in_block)?.is_empty() {
        let message = format!(
            "The vpc CIDR block with association ID {association} has dependencies and cannot be disassociated."
        );
        return Err(fault::dependency(message));
    }
    let mut vpc = Vpc::clone(&found.record);
    vpc.blocks.remove(at);
    let mut writes = Writes::new();
    put(&mut writes, &found, vpc);
    let reply = reply!(ec2::DISASSOCIATE_VPC_CIDR_BLOCK_RESULT {
        "VpcId": &found.id,
        "CidrBlockAssociation": show_block(&id, block, "disassociating"),
    });
    Ok((reply, writes))
}

/// Describes VPCs.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe::<Vpc>(view, request, ctx)
}
