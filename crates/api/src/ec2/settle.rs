//! What an account has in a region from the start: a VPC with a subnet in each zone, a way to the internet, a security group.
//!
//! Made before the first request for EC2 is decided, and once: who deletes it does not get it again, but by `CreateDefaultVpc`.

use crate::{
    decide::{Ctx, View, Writes},
    ec2::{id, noun::add, prefix_list, vpc, zone},
};
use domain::{
    block::Block,
    ec2::{Destination, DhcpOptions, InternetGateway, Route, Settled},
    vpc::{Subnet, Vpc, domain_name},
};
use std::net::Ipv4Addr;
use store::Expect;
use wire::Fault;

/// Bits of the default subnets.
const SUBNET_PREFIX: u8 = 20;

/// The block of every default VPC.
fn block() -> Block {
    Block::around(Ipv4Addr::new(172, 31, 0, 0), 16)
}

/// What is missing of what has to be there; empty when nothing is.
///
/// # Errors
/// If a record cannot be read.
pub fn prepare(view: &View, ctx: &Ctx) -> Result<Writes, Fault> {
    let mut writes = Writes::new();
    let key = Settled::key(&ctx.scope);
    if view.get::<Settled>(&key)?.is_some() {
        return Ok(writes);
    }
    writes.put(&key, Expect::Absent, Settled {});
    let options = DhcpOptions {
        id: default_options(ctx),
        settings: vec![
            ("domain-name".to_owned(), vec![domain_name(ctx.scope.region.as_str())]),
            ("domain-name-servers".to_owned(), vec!["AmazonProvidedDNS".to_owned()]),
        ],
        tags: Vec::new(),
    };
    writes.put(&DhcpOptions::key(&ctx.scope, &options.id), Expect::Absent, options);
    for list in prefix_list::own(ctx) {
        add(&mut writes, ctx, list);
    }
    // The same ids each time, so that who writes them down finds them again on a region that was made anew.
    default_vpc(view, ctx, &mut writes, &|prefix, purpose| {
        id::fixed(&ctx.scope, prefix, &format!("default-{purpose}"))
    })?;
    Ok(writes)
}

/// The id of the DHCP options that new VPCs have.
pub fn default_options(ctx: &Ctx) -> String {
    id::fixed(&ctx.scope, "dopt", "default")
}

/// A default VPC in `writes`, with ids that `name` makes from a prefix and a purpose.
///
/// # Errors
/// If a record cannot be read.
pub fn default_vpc(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    name: &dyn Fn(&str, &str) -> String,
) -> Result<Vpc, Fault> {
    let everywhere = Destination::Ipv4(Block::around(Ipv4Addr::UNSPECIFIED, 0));
    let route = Route { destination: everywhere, target: name("igw", "gateway") };
    let made = vpc::found(view, ctx, writes, name, block(), vec![route], Vec::new())?;
    let gateway = InternetGateway {
        id: name("igw", "gateway"),
        vpc: Some(made.id.clone()),
        tags: Vec::new(),
    };
    writes.put(&InternetGateway::key(&ctx.scope, &gateway.id), Expect::Absent, gateway);
    for (index, zone) in zone::names(&ctx.scope).into_iter().enumerate() {
        let offset = u32::try_from(index).unwrap_or_default() << (32 - SUBNET_PREFIX);
        let base = block().address(offset).expect("three subnets are in the block");
        let subnet = Subnet {
            id: name("subnet", &zone),
            vpc: made.id.clone(),
            zone: zone.clone(),
            block: Block::around(base, SUBNET_PREFIX),
            is_default: true,
            map_public_ip: true,
            acl: made.default_acl.clone(),
            acl_association: name("aclassoc", &zone),
            tags: Vec::new(),
        };
        add(writes, ctx, subnet);
    }
    let vpc = Vpc { is_default: true, dns_hostnames: true, ..made };
    add(writes, ctx, vpc.clone());
    Ok(vpc)
}
