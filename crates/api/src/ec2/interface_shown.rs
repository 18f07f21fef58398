//! What is seen of a network interface: in replies, and by filters.

use crate::{
    decide::{Ctx, View},
    ec2::{
        address,
        noun::{Noun, noun},
        tag,
    },
};
use domain::{
    ec2::ElasticAddress,
    vpc::{AttachedTo, NetworkInterface, SecurityGroup, Vpc, private_name, zone_id},
};
use store::Found;
use wire::{Fault, Value, reply, tables::ec2};

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
            "addresses.primary" => {
                (0..self.addresses.len()).map(|index| (index == 0).to_string()).collect()
            }
            "association.allocation-id" => {
                elastic(view, ctx, self)?.map(|it| it.id.clone()).into_iter().collect()
            }
            "association.association-id" => elastic(view, ctx, self)?
                .and_then(|it| it.association.as_ref().map(|(id, _)| id.clone()))
                .into_iter()
                .collect(),
            "private-ip-address" => vec![self.address().to_string()],
            "private-dns-name" => vec![self.private_name(region)],
            "addresses.association.public-ip" | "association.public-ip" => public(),
            "association.ip-owner-id" | "addresses.association.owner-id" => {
                self.public_address.iter().map(|_| ctx.scope.account.to_string()).collect()
            }
            "attachment.attachment-id" => self.attachment.iter().cloned().collect(),
            "attachment.instance-id" => instance_of(self).map(str::to_owned).into_iter().collect(),
            "attachment.instance-owner-id" => {
                instance_of(self).map(|_| ctx.scope.account.to_string()).into_iter().collect()
            }
            "attachment.delete-on-termination" => {
                self.attachment.iter().map(|_| "false".to_owned()).collect()
            }
            "attachment.status" => self.attachment.iter().map(|_| "attached".to_owned()).collect(),
            "attachment.device-index" => self.attachment.iter().map(|_| "1".to_owned()).collect(),
            "operator.managed" => vec!["false".to_owned()],
            // Nothing of this is shown of any.
            "association.public-dns-name"
            | "attachment.attach-time"
            | "ipv6-addresses.ipv6-address"
            | "operator.principal" => Vec::new(),
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

/// The elastic address by which the outside reaches it, where it is one.
fn elastic(
    view: &View,
    ctx: &Ctx,
    interface: &NetworkInterface,
) -> Result<Option<Found<ElasticAddress>>, Fault> {
    match interface.public_address {
        Some(address) => address::at(view, ctx, address),
        None => Ok(None),
    }
}

fn association(
    view: &View,
    ctx: &Ctx,
    interface: &NetworkInterface,
) -> Result<Option<Value>, Fault> {
    let Some(address) = interface.public_address else { return Ok(None) };
    let elastic = elastic(view, ctx, interface)?;
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

/// What it is attached by, as replies have it.
pub(super) fn attachment(ctx: &Ctx, interface: &NetworkInterface) -> Option<Value> {
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

/// Its groups, by id and name.
///
/// # Errors
/// If one cannot be read.
pub(super) fn group_names(
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
