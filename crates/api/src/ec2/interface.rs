//! Network interfaces. Those of tasks are ECS's: users see them, and do not change them.

use crate::{
    decide::{Ctx, Decision, View},
    ec2::{
        noun::{self, Noun, noun},
        tag, zone,
    },
};
use domain::vpc::{AttachedTo, NetworkInterface, SecurityGroup, Vpc, private_name};
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
            "private-ip-address" => vec![self.address().to_string()],
            "private-dns-name" => vec![self.private_name(region)],
            "addresses.association.public-ip" | "association.public-ip" => public(),
            "association.ip-owner-id" | "addresses.association.owner-id" => {
                self.public_address.iter().map(|_| ctx.scope.account.to_string()).collect()
            }
            "attachment.attachment-id" => self.attachment.iter().cloned().collect(),
            "attachment.instance-id" => instance_of(self).map(str::to_owned).into_iter().collect(),
            "attachment.status" => self.attachment.iter().map(|_| "attached".to_owned()).collect(),
            "attachment.device-index" => self.attachment.iter().map(|_| "1".to_owned()).collect(),
            "availability-zone" => vec![self.zone.clone()],
            "availability-zone-id" => vec![zone::id(&self.zone)],
            "description" => vec![self.description.clone()],
            "group-id" => self.groups.clone(),
            "group-name" => {
                group_names(view, ctx, self)?.into_iter().map(|(_, name)| name).collect()
            }
            "interface-type" => vec!["interface".to_owned()],
            "mac-address" => vec![self.mac.clone()],
            "requester-id" => {
                self.requester_managed.then(|| REQUESTER.to_owned()).into_iter().collect()
            }
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
        let association = || {
            self.public_address.map(|address| {
                reply!(ec2::NETWORK_INTERFACE_ASSOCIATION {
                    "IpOwnerId": ctx.scope.account.as_str(),
                    "PublicIp": address.to_string(),
                })
            })
        };
        let addresses = self.addresses.iter().enumerate().map(|(index, address)| {
            reply!(ec2::NETWORK_INTERFACE_PRIVATE_IP_ADDRESS {
                "Association": association().filter(|_| index == 0),
                "Primary": index == 0,
                "PrivateDnsName": has_names.then(|| private_name(*address, region)),
                "PrivateIpAddress": address.to_string(),
            })
        });
        Ok(reply!(ec2::NETWORK_INTERFACE {
            "Association": association(),
            "Attachment": attachment(ctx, self),
            "AvailabilityZone": &self.zone,
            "Description": &self.description,
            "Groups": groups.collect::<Value>(),
            "InterfaceType": "interface",
            "Ipv6Addresses": Value::List(Vec::new()),
            "MacAddress": &self.mac,
            "NetworkInterfaceId": &self.id,
            "OwnerId": ctx.scope.account.as_str(),
            "PrivateDnsName": has_names.then(|| self.private_name(region)),
            "PrivateIpAddress": self.address().to_string(),
            "PrivateIpAddresses": addresses.collect::<Value>(),
            "RequesterId": self.requester_managed.then_some(REQUESTER),
            "RequesterManaged": self.requester_managed,
            "SourceDestCheck": self.source_dest_check,
            "Status": status(self),
            "SubnetId": &self.subnet,
            "TagSet": tag::show(&self.tags),
            "VpcId": &self.vpc,
            "AvailabilityZoneId": zone::id(&self.zone),
        }))
    }
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

fn attachment(ctx: &Ctx, interface: &NetworkInterface) -> Option<Value> {
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

fn group_names(
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

/// Describes network interfaces.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe::<NetworkInterface>(view, request, ctx)
}
