//! What an account has and may have, and what it had from the start and deleted.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault, id,
        noun::{self, Noun, add, all_where, touch},
        request::{required, texts},
        settle, zone,
    },
};
use domain::{
    block::Block,
    ec2::Settled,
    vpc::{Subnet, Vpc},
};
use store::Expect;
use wire::{Fault, Value, reply, tables::ec2};

/// Bits of default subnets.
const SUBNET_PREFIX: u8 = 20;

/// Describes attributes of the account. Limits are EC2's own defaults where Longshore has the same.
pub fn describe_attributes(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let wanted = texts(request, "AttributeNames");
    let default = all_where::<Vpc>(view, ctx, |vpc| vpc.is_default)?;
    let default = default.first().map_or("none", |vpc| vpc.id.as_str());
    let attributes = [
        ("supported-platforms", "VPC"),
        ("default-vpc", default),
        ("vpc-max-security-groups-per-interface", "5"),
    ];
    let known = |name: &&&str| !attributes.iter().any(|(known, _)| known == *name);
    if let Some(name) = wanted.iter().find(known) {
        return Err(fault::not_served(&format!("Account attribute `{name}`")));
    }
    let is_wanted = |name: &str| wanted.is_empty() || wanted.contains(&name);
    let shown = attributes.into_iter().filter(|(name, _)| is_wanted(name)).map(|(name, value)| {
        reply!(ec2::ACCOUNT_ATTRIBUTE {
            "AttributeName": name,
            "AttributeValues": Value::List(vec![
                reply!(ec2::ACCOUNT_ATTRIBUTE_VALUE { "AttributeValue": value }),
            ]),
        })
    });
    let reply = reply!(ec2::DESCRIBE_ACCOUNT_ATTRIBUTES_RESULT {
        "AccountAttributes": shown.collect::<Value>(),
    });
    Ok((reply, Writes::new()))
}

/// Makes the default VPC anew, where it was deleted.
pub fn create_default_vpc(view: &View, _: &Value, ctx: &Ctx) -> Decision {
    if !all_where::<Vpc>(view, ctx, |vpc| vpc.is_default)?.is_empty() {
        let message = "A Default VPC already exists for this account in this region.";
        return Err(fault::fault("DefaultVpcAlreadyExists", message));
    }
    let mut writes = Writes::new();
    // Of two that make one at once, one looks again.
    let key = Settled::key(&ctx.scope);
    if let Some(settled) = view.get::<Settled>(&key)? {
        writes.put(&key, Expect::Revision(settled.modified), Settled {});
    }
    let name = |prefix: &str, purpose: &str| id::fresh(&ctx.ids.child(purpose, 0), prefix, 0);
    let vpc = settle::default_vpc(view, ctx, &mut writes, &name)?;
    let shown = noun::in_state(vpc.show(view, ctx)?, "pending");
    Ok((reply!(ec2::CREATE_DEFAULT_VPC_RESULT { "Vpc": shown }), writes))
}

/// Makes the default subnet of a zone anew, in the first free part of the default VPC.
pub fn create_default_subnet(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let named = required(request, "AvailabilityZone")?;
    let zone = zone::read(&ctx.scope, Some(named), None)?.unwrap_or_default();
    let Some(vpc) = all_where::<Vpc>(view, ctx, |vpc| vpc.is_default)?.into_iter().next() else {
        let message = "No default VPC exists for this account in this region.";
        return Err(fault::fault("DefaultVpcDoesNotExist", message));
    };
    let subnets = all_where::<Subnet>(view, ctx, |subnet| subnet.vpc == vpc.id)?;
    if let Some(known) = subnets.iter().find(|it| it.is_default && it.zone == zone) {
        let message = format!("'{}' is already the default subnet in {zone}.", known.id);
        return Err(fault::fault("DefaultSubnetAlreadyExistsInAvailabilityZone", message));
    }
    let subnet = Subnet {
        id: id::fresh(&ctx.ids, "subnet", 0),
        vpc: vpc.id.clone(),
        block: free_block(&vpc, |block| subnets.iter().any(|it| it.block.overlaps(block)))?,
        is_default: true,
        map_public_ip: true,
        acl: vpc.default_acl.clone(),
        acl_association: id::fresh(&ctx.ids, "aclassoc", 0),
        tags: Vec::new(),
        zone,
    };
    let mut writes = Writes::new();
    touch(&mut writes, &vpc);
    let shown = subnet.show(view, ctx)?;
    add(&mut writes, ctx, subnet);
    Ok((reply!(ec2::CREATE_DEFAULT_SUBNET_RESULT { "Subnet": shown }), writes))
}

/// The first part of a VPC of a default subnet's size that is not taken.
fn free_block(vpc: &Vpc, is_taken: impl Fn(Block) -> bool) -> Result<Block, Fault> {
    let step = 1_u32 << (32 - SUBNET_PREFIX);
    let whole = vpc.primary().filter(|block| block.prefix() <= SUBNET_PREFIX);
    let parts = whole.into_iter().flat_map(|block| {
        (0..).map_while(move |index: u32| block.address(index.checked_mul(step)?))
    });
    let mut blocks = parts.map(|base| Block::around(base, SUBNET_PREFIX));
    blocks.find(|block| !is_taken(*block)).ok_or_else(|| {
        let message = format!("The VPC '{}' has no free block for a default subnet.", vpc.id);
        fault::fault("InsufficientCidrBlocks", message)
    })
}
