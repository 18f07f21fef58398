//! Subnets.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault, id,
        noun::{self, Noun, add, all_where, delete as delete_record, find, noun, put, touch},
        request::{required, text, truth},
        tag, zone,
    },
};
use domain::{
    block::Block,
    ec2::{NetworkAcl, RouteTable},
    vpc::{NetworkInterface, Subnet, SubnetAddress, Vpc, zone_id},
};
use std::collections::BTreeSet;
use store::Expect;
use wire::{Fault, Value, reply, tables::ec2};

/// The first four addresses of a block and the last are nobody's.
const RESERVED: u64 = 5;

const PREFIXES: std::ops::RangeInclusive<u8> = 16..=28;

impl Noun for Subnet {
    noun!(
        Subnet,
        "subnet",
        "subnet",
        "InvalidSubnetID.NotFound",
        "subnet ID",
        "SubnetIds",
        "Subnets"
    );

    fn values(&self, view: &View, ctx: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        Ok(Some(vec![match filter {
            "availability-zone" | "availabilityZone" => self.zone.clone(),
            "availability-zone-id" | "availabilityZoneId" => zone_id(&self.zone),
            "available-ip-address-count" => free(view, ctx, self).to_string(),
            "cidr-block" | "cidr" | "cidrBlock" => self.block.to_string(),
            "default-for-az" | "defaultForAz" => self.is_default.to_string(),
            "map-public-ip-on-launch" => self.map_public_ip.to_string(),
            "state" => "available".to_owned(),
            "subnet-arn" => id::arn(&ctx.scope, "subnet", &self.id),
            "vpc-id" => self.vpc.clone(),
            "ipv6-native"
            | "enable-dns64"
            | "map-customer-owned-ip-on-launch"
            | "private-dns-name-options-on-launch.enable-resource-name-dns-a-record"
            | "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record" => {
                "false".to_owned()
            }
            "private-dns-name-options-on-launch.hostname-type" => "ip-name".to_owned(),
            // No subnet has any of these.
            "customer-owned-ipv4-pool"
            | "enable-lni-at-device-index"
            | "ipv6-cidr-block-association.association-id"
            | "ipv6-cidr-block-association.ipv6-cidr-block"
            | "ipv6-cidr-block-association.state"
            | "outpost-arn" => return Ok(Some(Vec::new())),
            _ => return Ok(None),
        }]))
    }

    fn show(&self, view: &View, ctx: &Ctx) -> Result<Value, Fault> {
        Ok(reply!(ec2::SUBNET {
            "AvailabilityZoneId": zone_id(&self.zone),
            "MapCustomerOwnedIpOnLaunch": false,
            "OwnerId": ctx.scope.account.as_str(),
            "AssignIpv6AddressOnCreation": false,
            "Ipv6CidrBlockAssociationSet": Value::List(Vec::new()),
            "Tags": tag::show(&self.tags),
            "SubnetArn": id::arn(&ctx.scope, "subnet", &self.id),
            "EnableDns64": false,
            "Ipv6Native": false,
            "PrivateDnsNameOptionsOnLaunch": reply!(ec2::PRIVATE_DNS_NAME_OPTIONS_ON_LAUNCH {
                "HostnameType": "ip-name",
                "EnableResourceNameDnsARecord": false,
                "EnableResourceNameDnsAAAARecord": false,
            }),
            "SubnetId": &self.id,
            "State": "available",
            "VpcId": &self.vpc,
            "CidrBlock": self.block.to_string(),
            "AvailableIpAddressCount": free(view, ctx, self),
            "AvailabilityZone": &self.zone,
            "DefaultForAz": self.is_default,
            "MapPublicIpOnLaunch": self.map_public_ip,
        }))
    }
}

/// How many addresses nobody has.
fn free(view: &View, ctx: &Ctx, subnet: &Subnet) -> i64 {
    let used = view.keys(&SubnetAddress::all_of(&ctx.scope, &subnet.id)).count();
    let all = i64::try_from(subnet.block.size().saturating_sub(RESERVED)).unwrap_or_default();
    all - i64::try_from(used).unwrap_or_default()
}

/// Makes a subnet in a free part of its VPC's blocks.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let vpc = find::<Vpc>(view, ctx, required(request, "VpcId")?)?;
    let given = required(request, "CidrBlock")?;
    let block: Block = given.parse().map_err(|_| {
        fault::invalid_value(format!(
            "Value ({given}) for parameter cidrBlock is invalid. This is not a valid CIDR block."
        ))
    })?;
    let is_inside = vpc.blocks.iter().any(|(_, known)| known.covers(block));
    if !is_inside || !PREFIXES.contains(&block.prefix()) {
        return Err(fault::fault("InvalidSubnet.Range", format!("The CIDR '{given}' is invalid.")));
    }
    let clashes = |it: &Subnet| it.vpc == vpc.id && it.block.overlaps(block);
    if !all_where::<Subnet>(view, ctx, clashes)?.is_empty() {
        let message = format!("The CIDR '{given}' conflicts with another subnet");
        return Err(fault::fault("InvalidSubnet.Conflict", message));
    }
    let by_name = text(request, "AvailabilityZone");
    let zone = zone::read(&ctx.scope, by_name, text(request, "AvailabilityZoneId"))?;
    let [first, ..] = zone::names(&ctx.scope);
    let subnet = Subnet {
        id: id::fresh(&ctx.ids, "subnet", 0),
        vpc: vpc.id.clone(),
        zone: zone.unwrap_or(first),
        block,
        is_default: false,
        map_public_ip: false,
        acl: vpc.default_acl.clone(),
        acl_association: id::fresh(&ctx.ids, "aclassoc", 0),
        tags: tag::specified(request, "subnet")?,
    };
    let mut writes = Writes::new();
    touch(&mut writes, &vpc);
    let shown = subnet.show(view, ctx)?;
    add(&mut writes, ctx, subnet);
    Ok((reply!(ec2::CREATE_SUBNET_RESULT { "Subnet": shown }), writes))
}

/// Deletes a subnet without interfaces.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let subnet = find::<Subnet>(view, ctx, required(request, "SubnetId")?)?;
    let is_used = view.any(&SubnetAddress::all_of(&ctx.scope, &subnet.id))
        || !all_where::<NetworkInterface>(view, ctx, |it| it.subnet == subnet.id)?.is_empty();
    if is_used {
        let message = format!("The subnet '{}' has dependencies and cannot be deleted.", subnet.id);
        return Err(fault::dependency(message));
    }
    let mut writes = Writes::new();
    let of_subnet = |table: &RouteTable| table.associations.iter().any(|(_, it)| *it == subnet.id);
    for table in all_where::<RouteTable>(view, ctx, of_subnet)? {
        let mut changed = RouteTable::clone(&table.record);
        changed.associations.retain(|(_, it)| *it != subnet.id);
        put(&mut writes, &table, changed);
    }
    // So that an ACL that is deleted at the same time is looked at again.
    if let Some(acl) = view.get::<NetworkAcl>(&NetworkAcl::key(&ctx.scope, &subnet.acl))? {
        writes.expect(&acl.key, Expect::Revision(acl.modified));
    }
    // Whoever takes an address here expects the subnet as it is; and who took one first is met here.
    writes.expect_only(&SubnetAddress::all_of(&ctx.scope, &subnet.id), BTreeSet::new());
    delete_record(&mut writes, &subnet);
    Ok((Value::map(), writes))
}

/// Changes an attribute of a subnet.
pub fn modify_attribute(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<Subnet>(view, ctx, required(request, "SubnetId")?)?;
    let value = |member: &str| request.get(member).and_then(|it| truth(it, "Value"));
    for member in [
        "AssignIpv6AddressOnCreation",
        "EnableDns64",
        "MapCustomerOwnedIpOnLaunch",
        "EnableResourceNameDnsARecordOnLaunch",
        "EnableResourceNameDnsAAAARecordOnLaunch",
    ] {
        if value(member) == Some(true) {
            return Err(fault::not_served(&format!("`{member}`")));
        }
    }
    if text(request, "PrivateDnsHostnameTypeOnLaunch").is_some_and(|kind| kind != "ip-name") {
        return Err(fault::not_served("`PrivateDnsHostnameTypeOnLaunch` resource-name"));
    }
    let mut subnet = Subnet::clone(&found.record);
    subnet.map_public_ip = value("MapPublicIpOnLaunch").unwrap_or(subnet.map_public_ip);
    let mut writes = Writes::new();
    put(&mut writes, &found, subnet);
    Ok((Value::map(), writes))
}

/// Describes subnets.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe::<Subnet>(view, request, ctx)
}
