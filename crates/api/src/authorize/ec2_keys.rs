//! Condition keys of EC2: of a request, and of a resource by what is stored of it.

use super::context::{Keys, texts};
use crate::{
    decide::{Ctx, View},
    ec2::{id, noun::is_id, request::list, tag},
};
use domain::{
    arn::Arn,
    ec2::{NetworkAcl, RouteTable, VpcEndpoint},
    tag::Tag,
    vpc::{NetworkInterface, SecurityGroup, Subnet},
};
use policy::evaluate::fold;
use wire::{Fault, Value};

/// What a request for `operation` says: the tags of what it makes, and the VPC that it makes it in.
pub(super) fn put(view: &View, ctx: &Ctx, request: &Value, keys: &mut Keys) -> Result<(), Fault> {
    keys.insert("ec2:region".to_owned(), vec![ctx.scope.region.to_string()]);
    for specification in list(request, "TagSpecifications") {
        for given in list(specification, "Tags") {
            let text = |name: &str| given.get(name).and_then(Value::as_str).unwrap_or_default();
            let key = fold(&format!("aws:requesttag/{}", text("Key")));
            keys.entry(key).or_default().push(text("Value").to_owned());
            keys.entry("aws:tagkeys".to_owned()).or_default().push(text("Key").to_owned());
        }
    }
    let mut vpc = texts(request, "VpcId").next().map(str::to_owned);
    let subnet = texts(request, "SubnetId").next().filter(|subnet| is_id(subnet));
    if let Some(subnet) = subnet.filter(|_| vpc.is_none()) {
        let found = view.get::<Subnet>(&Subnet::key(&ctx.scope, subnet))?;
        vpc = found.map(|subnet| subnet.vpc.clone());
    }
    put_vpc(ctx, vpc, keys);
    if let Some(service) = texts(request, "ServiceName").next() {
        keys.insert("ec2:vpceservicename".to_owned(), vec![service.to_owned()]);
    }
    Ok(())
}

/// What is known of a resource: the VPC that it is in, its own id where that is a key; and its tags.
pub(super) fn put_resource(
    view: &View,
    ctx: &Ctx,
    arn: &Arn<'_>,
    keys: &mut Keys,
) -> Result<Vec<Tag>, Fault> {
    let Some((kind, name)) = arn.resource.split_once('/') else { return Ok(Vec::new()) };
    if !is_id(name) {
        return Ok(Vec::new());
    }
    let scope = &ctx.scope;
    let vpc = match kind {
        "subnet" => view.get::<Subnet>(&Subnet::key(scope, name))?.map(|it| it.vpc.clone()),
        "security-group" => {
            view.get::<SecurityGroup>(&SecurityGroup::key(scope, name))?.map(|it| it.vpc.clone())
        }
        "network-interface" => {
            let found = view.get::<NetworkInterface>(&NetworkInterface::key(scope, name))?;
            if let Some(found) = &found {
                let subnet = id::arn(scope, "subnet", &found.subnet);
                keys.insert("ec2:subnet".to_owned(), vec![subnet]);
            }
            found.map(|it| it.vpc.clone())
        }
        "route-table" => {
            view.get::<RouteTable>(&RouteTable::key(scope, name))?.map(|it| it.vpc.clone())
        }
        "network-acl" => {
            view.get::<NetworkAcl>(&NetworkAcl::key(scope, name))?.map(|it| it.vpc.clone())
        }
        "vpc-endpoint" => {
            let found = view.get::<VpcEndpoint>(&VpcEndpoint::key(scope, name))?;
            if let Some(found) = &found {
                keys.insert("ec2:vpceservicename".to_owned(), vec![found.service.clone()]);
            }
            found.map(|it| it.vpc.clone())
        }
        _ => None,
    };
    put_vpc(ctx, vpc, keys);
    for (of, key) in [
        ("vpc", "ec2:vpcid"),
        ("subnet", "ec2:subnetid"),
        ("security-group", "ec2:securitygroupid"),
        ("network-interface", "ec2:networkinterfaceid"),
        ("route-table", "ec2:routetableid"),
        ("internet-gateway", "ec2:internetgatewayid"),
        ("elastic-ip", "ec2:allocationid"),
    ] {
        if of == kind {
            keys.insert(key.to_owned(), vec![name.to_owned()]);
        }
    }
    tag::of(view, ctx, name)
}

fn put_vpc(ctx: &Ctx, vpc: Option<String>, keys: &mut Keys) {
    if let Some(vpc) = vpc {
        keys.insert("ec2:vpc".to_owned(), vec![id::arn(&ctx.scope, "vpc", &vpc)]);
    }
}
