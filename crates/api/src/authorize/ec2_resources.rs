//! Which resources an operation of EC2 is on, and which tags it puts on what it makes (Service Authorization Reference, EC2).
//!
//! What an operation makes has no id yet: it is `subnet/*`. What lists is on `*`, as in AWS, and so is what names nothing.

use super::{Act, context::texts};
use crate::{
    decide::{Ctx, View},
    ec2::{address, group, id, launch_template, noun::all_where, request::list, tag},
};
use domain::{
    ec2::{ElasticAddress, RouteTable},
    vpc::{NetworkInterface, Subnet, Vpc},
};
use std::collections::BTreeSet;
use wire::{Fault, Value};

/// What an operation makes, and the members that name what else it is on.
type On = (&'static str, Option<&'static str>, &'static [&'static str]);

const ON: &[On] = &[
    ("AllocateAddress", Some("elastic-ip"), &[]),
    ("AssociateAddress", None, &["AllocationId", "PublicIp", "NetworkInterfaceId"]),
    ("AssociateDhcpOptions", None, &["DhcpOptionsId", "VpcId"]),
    ("AssociateRouteTable", None, &["RouteTableId", "SubnetId"]),
    ("AssociateVpcCidrBlock", None, &["VpcId"]),
    ("AttachInternetGateway", None, &["InternetGatewayId", "VpcId"]),
    ("AttachNetworkInterface", None, &["NetworkInterfaceId", "InstanceId"]),
    ("AuthorizeSecurityGroupEgress", None, &["GroupId"]),
    ("AuthorizeSecurityGroupIngress", None, &["GroupId", "GroupName"]),
    ("CreateDhcpOptions", Some("dhcp-options"), &[]),
    ("CreateFlowLogs", Some("vpc-flow-log"), &["ResourceIds"]),
    ("CreateInternetGateway", Some("internet-gateway"), &[]),
    ("CreateLaunchTemplate", Some("launch-template"), &[]),
    ("CreateLaunchTemplateVersion", None, &["LaunchTemplateId", "LaunchTemplateName"]),
    ("CreateManagedPrefixList", Some("prefix-list"), &[]),
    ("CreateNatGateway", Some("natgateway"), &["SubnetId", "AllocationId"]),
    ("CreateNetworkAcl", Some("network-acl"), &["VpcId"]),
    ("CreateNetworkAclEntry", None, &["NetworkAclId"]),
    ("CreateNetworkInterface", Some("network-interface"), &["SubnetId", "Groups"]),
    ("CreateRoute", None, &["RouteTableId"]),
    ("CreateRouteTable", Some("route-table"), &["VpcId"]),
    ("CreateSecurityGroup", Some("security-group"), &["VpcId"]),
    ("CreateSubnet", Some("subnet"), &["VpcId"]),
    ("CreateTags", None, &["Resources"]),
    ("CreateVpc", Some("vpc"), &[]),
    (
        "CreateVpcEndpoint",
        Some("vpc-endpoint"),
        &["VpcId", "RouteTableIds", "SecurityGroupIds", "SubnetIds"],
    ),
    ("DeleteDhcpOptions", None, &["DhcpOptionsId"]),
    ("DeleteFlowLogs", None, &["FlowLogIds"]),
    ("DeleteInternetGateway", None, &["InternetGatewayId"]),
    ("DeleteLaunchTemplate", None, &["LaunchTemplateId", "LaunchTemplateName"]),
    ("DeleteLaunchTemplateVersions", None, &["LaunchTemplateId", "LaunchTemplateName"]),
    ("DeleteManagedPrefixList", None, &["PrefixListId"]),
    ("DeleteNatGateway", None, &["NatGatewayId"]),
    ("DeleteNetworkAcl", None, &["NetworkAclId"]),
    ("DeleteNetworkAclEntry", None, &["NetworkAclId"]),
    ("DeleteNetworkInterface", None, &["NetworkInterfaceId"]),
    ("DeleteRoute", None, &["RouteTableId"]),
    ("DeleteRouteTable", None, &["RouteTableId"]),
    ("DeleteSecurityGroup", None, &["GroupId", "GroupName"]),
    ("DeleteSubnet", None, &["SubnetId"]),
    ("DeleteTags", None, &["Resources"]),
    ("DeleteVpc", None, &["VpcId"]),
    ("DeleteVpcEndpoints", None, &["VpcEndpointIds"]),
    ("DescribeInstanceAttribute", None, &["InstanceId"]),
    ("DescribeNetworkInterfaceAttribute", None, &["NetworkInterfaceId"]),
    ("DescribeVpcAttribute", None, &["VpcId"]),
    ("DetachInternetGateway", None, &["InternetGatewayId", "VpcId"]),
    ("DetachNetworkInterface", None, &["AttachmentId"]),
    ("DisassociateAddress", None, &["AssociationId", "PublicIp"]),
    ("DisassociateRouteTable", None, &["AssociationId"]),
    ("DisassociateVpcCidrBlock", None, &["AssociationId"]),
    ("GetManagedPrefixListEntries", None, &["PrefixListId"]),
    ("ModifyLaunchTemplate", None, &["LaunchTemplateId", "LaunchTemplateName"]),
    ("ModifyManagedPrefixList", None, &["PrefixListId"]),
    ("ModifyNetworkInterfaceAttribute", None, &["NetworkInterfaceId", "Groups"]),
    ("ModifySecurityGroupRules", None, &["GroupId"]),
    ("ModifySubnetAttribute", None, &["SubnetId"]),
    ("ModifyVpcAttribute", None, &["VpcId"]),
    (
        "ModifyVpcEndpoint",
        None,
        &[
            "VpcEndpointId",
            "AddRouteTableIds",
            "AddSecurityGroupIds",
            "AddSubnetIds",
            "RemoveRouteTableIds",
            "RemoveSecurityGroupIds",
            "RemoveSubnetIds",
        ],
    ),
    ("ReleaseAddress", None, &["AllocationId", "PublicIp"]),
    ("ReplaceNetworkAclAssociation", None, &["NetworkAclId", "AssociationId"]),
    ("ReplaceNetworkAclEntry", None, &["NetworkAclId"]),
    ("ReplaceRoute", None, &["RouteTableId"]),
    ("ReplaceRouteTableAssociation", None, &["RouteTableId", "AssociationId"]),
    ("RevokeSecurityGroupEgress", None, &["GroupId"]),
    ("RevokeSecurityGroupIngress", None, &["GroupId", "GroupName"]),
    ("UpdateSecurityGroupRuleDescriptionsEgress", None, &["GroupId", "GroupName"]),
    ("UpdateSecurityGroupRuleDescriptionsIngress", None, &["GroupId", "GroupName"]),
];

/// What `operation` is on.
pub(super) fn of(
    view: &View,
    ctx: &Ctx,
    operation: &str,
    request: &Value,
) -> Result<Vec<String>, Fault> {
    let Some((_, makes, members)) = ON.iter().find(|(name, ..)| *name == operation) else {
        return Ok(Vec::new());
    };
    let mut resources: Vec<String> = makes.iter().map(|kind| new(ctx, kind)).collect();
    // Tens of thousands may be named, by callers of whom nothing is known yet.
    let mut known: BTreeSet<String> = resources.iter().cloned().collect();
    for member in *members {
        for text in texts(request, member) {
            let resource = match *member {
                "GroupName" => group_of(view, ctx, request)?,
                "LaunchTemplateName" => template(view, ctx, text)?,
                "PublicIp" => address_of(view, ctx, text)?,
                "AssociationId" | "AttachmentId" => part(view, ctx, text)?,
                _ => named(ctx, text),
            };
            if known.insert(resource.clone()) {
                resources.push(resource);
            }
        }
    }
    Ok(resources)
}

/// The tags that a request puts on what it makes: each kind is a call of `CreateTags` of its own.
pub(super) fn tagged(ctx: &Ctx, operation: &str, request: &Value) -> Vec<Act> {
    let specifications = list(request, "TagSpecifications").iter();
    let with_tags = specifications.filter(|it| !list(it, "Tags").is_empty());
    let kinds = with_tags.filter_map(|it| it.get("ResourceType").and_then(Value::as_str));
    kinds
        .map(|kind| Act::new("ec2:CreateTags", new(ctx, kind)).with("ec2:CreateAction", operation))
        .collect()
}

fn new(ctx: &Ctx, kind: &str) -> String {
    id::arn(&ctx.scope, kind, "*")
}

/// The ARN of what has an id; what cannot be an id is everything, as its kind is unknown.
fn named(ctx: &Ctx, named: &str) -> String {
    let kind = if named.starts_with("i-") { Some("instance") } else { tag::kind_of(named) };
    kind.map_or_else(|| "*".to_owned(), |kind| id::arn(&ctx.scope, kind, named))
}

/// A group that is meant by its name in the default VPC. The operation itself says that there is none.
fn group_of(view: &View, ctx: &Ctx, request: &Value) -> Result<String, Fault> {
    let found = group::of_request(view, request, ctx);
    known(found.map(|group| id::arn(&ctx.scope, "security-group", &group.id)))
        .map(|arn| arn.unwrap_or_else(|| new(ctx, "security-group")))
}

fn template(view: &View, ctx: &Ctx, name: &str) -> Result<String, Fault> {
    let found = launch_template::by_name(view, ctx, name);
    known(found.map(|template| id::arn(&ctx.scope, "launch-template", &template.id)))
        .map(|arn| arn.unwrap_or_else(|| new(ctx, "launch-template")))
}

fn address_of(view: &View, ctx: &Ctx, given: &str) -> Result<String, Fault> {
    let found = address::by_address(view, ctx, given);
    known(found.map(|address| id::arn(&ctx.scope, "elastic-ip", &address.id)))
        .map(|arn| arn.unwrap_or_else(|| new(ctx, "elastic-ip")))
}

/// `None` for what there is not.
fn known(found: Result<String, Fault>) -> Result<Option<String>, Fault> {
    match found {
        Ok(arn) => Ok(Some(arn)),
        Err(fault) if fault.receiver => Err(fault),
        Err(_) => Ok(None),
    }
}

/// The resource that an association or attachment is part of.
fn part(view: &View, ctx: &Ctx, of: &str) -> Result<String, Fault> {
    let first = |ids: Vec<String>| ids.into_iter().next();
    let (kind, found) = if of.starts_with("rtbassoc-") {
        let has = |table: &RouteTable| {
            table.main.as_deref() == Some(of) || table.associations.iter().any(|(it, _)| it == of)
        };
        let found = all_where::<RouteTable>(view, ctx, has)?;
        ("route-table", first(found.iter().map(|it| it.id.clone()).collect()))
    } else if of.starts_with("eipassoc-") {
        let has = |it: &ElasticAddress| it.association.as_ref().is_some_and(|(it, _)| it == of);
        let found = all_where::<ElasticAddress>(view, ctx, has)?;
        ("elastic-ip", first(found.iter().map(|it| it.id.clone()).collect()))
    } else if of.starts_with("aclassoc-") {
        let found = all_where::<Subnet>(view, ctx, |subnet| subnet.acl_association == of)?;
        ("subnet", first(found.iter().map(|it| it.id.clone()).collect()))
    } else if of.starts_with("vpc-cidr-assoc-") {
        let has = |vpc: &Vpc| vpc.blocks.iter().any(|(it, _)| it == of);
        let found = all_where::<Vpc>(view, ctx, has)?;
        ("vpc", first(found.iter().map(|it| it.id.clone()).collect()))
    } else {
        let has = |it: &NetworkInterface| it.attachment.as_deref() == Some(of);
        let found = all_where::<NetworkInterface>(view, ctx, has)?;
        ("network-interface", first(found.iter().map(|it| it.id.clone()).collect()))
    };
    Ok(id::arn(&ctx.scope, kind, found.as_deref().unwrap_or("*")))
}

#[cfg(test)]
mod tests {
    use super::ON;
    use crate::ec2;

    #[test]
    fn every_operation_that_changes_something_is_on_something() {
        // What they make is the account's own first VPC or subnet: there is nothing to name.
        let on_all = ["CreateDefaultSubnet", "CreateDefaultVpc"];
        for (name, _) in ec2::TABLE.operations {
            let reads = name.starts_with("Describe") || name.starts_with("Get");
            let is_listed = ON.iter().any(|(listed, ..)| listed == name);
            assert!(is_listed || reads || on_all.contains(name), "{name}");
        }
    }
}
