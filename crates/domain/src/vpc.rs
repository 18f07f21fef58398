//! What tasks with an interface of their own have to do with a VPC: VPCs, subnets, security groups, interfaces and their addresses.
//!
//! Must always hold: an address of a subnet is in at most one interface, because whoever gives one out writes its [`SubnetAddress`] as a
//! record that must be absent. An interface of a task is made in the commit that gives the task its instance and deleted in the
//! one that makes it STOPPED. Ids are EC2's own (`vpc-…`, `subnet-…`, `sg-…`, `eni-…`, 17 hexadecimal digits).
//! Not here: what only the EC2 API knows of (route tables, gateways, network ACLs: `ec2.rs`), what hosts are told (`link::network`).

use crate::{
    block::Block,
    id::{ClusterName, InstanceId, Scope, TaskId},
    key::{Key, Prefix, keyed_by_id},
    record::Record,
    tag::Tag,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::net::Ipv4Addr;

/// A virtual private cloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Vpc {
    /// `vpc-…`.
    pub id: String,
    /// The ids of associations (`vpc-cidr-assoc-…`) and their blocks, the primary one first.
    pub blocks: Vec<(String, Block)>,
    /// Whether it is the one that is there from the start.
    #[serde(default)]
    pub is_default: bool,
    /// Its number in the overlay of all hosts: 1 to 16,777,215, unlike any other VPC's of any account and region.
    pub number: u32,
    /// `dopt-…` or `default`.
    pub dhcp_options: String,
    /// Whether the resolver at the base address plus two answers.
    pub dns_support: bool,
    /// Whether interfaces get names.
    pub dns_hostnames: bool,
    /// `default` or `dedicated`, as given: hosts are never shared with other owners anyway.
    pub tenancy: String,
    /// Its main route table.
    pub main_route_table: String,
    /// Its network ACL for subnets that have no other.
    pub default_acl: String,
    /// Its security group called `default`.
    pub default_group: String,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for Vpc {
    const TABLE: &'static str = "vpc";
}

impl Vpc {
    /// Its first block, by which its resolver has its address. Every VPC has one.
    pub fn primary(&self) -> Option<Block> {
        self.blocks.first().map(|(_, block)| *block)
    }
}

/// A part of a VPC's addresses, in one zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subnet {
    /// `subnet-…`.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// Its availability zone, by name. Never changes.
    pub zone: String,
    /// Its block. The first four addresses and the last one are never given out.
    pub block: Block,
    /// Whether it is the one of its zone that is there from the start.
    #[serde(default)]
    pub is_default: bool,
    /// Whether instances in it get a public address.
    #[serde(default)]
    pub map_public_ip: bool,
    /// Its network ACL.
    pub acl: String,
    /// The id of its association with its network ACL.
    pub acl_association: String,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for Subnet {
    const TABLE: &'static str = "subnet";
}

/// Who may talk to the interfaces that are in the group, and to whom they may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroup {
    /// `sg-…`.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// Unique in its VPC.
    pub name: String,
    /// As given.
    pub description: String,
    /// What is allowed. What no rule allows is not.
    pub rules: Vec<SecurityGroupRule>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for SecurityGroup {
    const TABLE: &'static str = "security-group";
}

/// One rule: one direction, one protocol, one range of ports, one peer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroupRule {
    /// `sgr-…`.
    pub id: String,
    /// Whether it is about what leaves.
    #[serde(default)]
    pub egress: bool,
    /// What of.
    pub traffic: Traffic,
    /// From or to whom.
    pub peer: Peer,
    /// As given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// A kind of packets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Traffic {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, an IANA number as text, or `-1` for all.
    pub protocol: String,
    /// First port, or the ICMP type (-1 for all). `None` where the protocol has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i32>,
    /// Last port, or the ICMP code (-1 for all).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i32>,
}

/// The other end of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Peer {
    /// An IPv4 block.
    Ipv4(String),
    /// An IPv6 block.
    Ipv6(String),
    /// The interfaces that are in a security group.
    Group(String),
    /// The blocks of a prefix list.
    PrefixList(String),
}

/// An interface in a subnet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkInterface {
    /// `eni-…`.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// Its subnet.
    pub subnet: String,
    /// Its subnet's zone.
    pub zone: String,
    /// Its addresses, the primary one first.
    pub addresses: Vec<Ipv4Addr>,
    /// Such as `0a:ff:c1:…`, as text.
    pub mac: String,
    /// Its security groups: one to five.
    pub groups: Vec<String>,
    /// As given; of a task's, the ARN of its attachment.
    pub description: String,
    /// Whose it is.
    #[serde(default)]
    pub attached_to: AttachedTo,
    /// `eni-attach-…`, while it is attached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<String>,
    /// The address by which the outside reaches it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_address: Option<Ipv4Addr>,
    /// Whether it takes only what is addressed to it.
    pub source_dest_check: bool,
    /// Whether ECS made it: users cannot change or delete it.
    #[serde(default)]
    pub requester_managed: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for NetworkInterface {
    const TABLE: &'static str = "network-interface";
}

impl NetworkInterface {
    /// The first address; every interface has one.
    pub fn address(&self) -> Ipv4Addr {
        self.addresses.first().copied().unwrap_or(Ipv4Addr::UNSPECIFIED)
    }

    /// `ip-10-0-0-5.{region}.compute.internal`, and `ip-10-0-0-5.ec2.internal` in us-east-1, as EC2 names them.
    pub fn private_name(&self, region: &str) -> String {
        private_name(self.address(), region)
    }
}

/// As [`NetworkInterface::private_name`], of any address.
pub fn private_name(address: Ipv4Addr, region: &str) -> String {
    let [a, b, c, d] = address.octets();
    format!("ip-{a}-{b}-{c}-{d}.{}", domain_name(region))
}

/// What names of a region's interfaces end in.
pub fn domain_name(region: &str) -> String {
    match region {
        "us-east-1" => "ec2.internal".to_owned(),
        region => format!("{region}.compute.internal"),
    }
}

/// A zone's id, such as `use1-az1`: the same in every account.
pub fn zone_id(zone: &str) -> String {
    let (region, letter) = zone.split_at(zone.len().saturating_sub(1));
    let number = letter.bytes().next().map_or(0, |byte| byte.wrapping_sub(b'a').wrapping_add(1));
    let short: String = region
        .split('-')
        .map(|part| match part {
            "central" => "c".to_owned(),
            "northeast" => "ne".to_owned(),
            "southeast" => "se".to_owned(),
            "northwest" => "nw".to_owned(),
            "southwest" => "sw".to_owned(),
            "north" | "south" | "east" | "west" => part[..1].to_owned(),
            other => other.to_owned(),
        })
        .collect();
    format!("{short}-az{number}")
}

/// What an interface is attached to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AttachedTo {
    /// Nothing: its status is `available`.
    #[default]
    Nothing,
    /// A task, on a container instance: of Fargate, on a host that users do not see.
    Task {
        /// The task.
        task: TaskId,
        /// The cluster of its host.
        cluster: ClusterName,
        /// Where it is.
        instance: InstanceId,
        /// `i-…`; `None` for Fargate.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ec2_instance: Option<String>,
    },
    /// A NAT gateway, an endpoint or whatever else users attach by the EC2 API, by its id.
    Other(String),
}

/// The index by which an address of a subnet is given out once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubnetAddress {
    /// The interface that has it.
    pub interface: String,
}

impl Record for SubnetAddress {
    const TABLE: &'static str = "subnet-address";
}

impl SubnetAddress {
    /// The key of one address of a subnet.
    pub fn key(scope: &Scope, subnet: &str, address: Ipv4Addr) -> Key {
        Key::of::<Self>(scope, &[subnet, &address.to_string()])
    }

    /// All addresses of a subnet that are given out.
    pub fn all_of(scope: &Scope, subnet: &str) -> Prefix {
        Prefix::under::<Self>(scope, &[subnet])
    }
}

keyed_by_id!(Vpc Subnet SecurityGroup NetworkInterface);

/// What tasks of awsvpc mode ask for (`awsvpcConfiguration`), checked and resolved when it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskNetwork {
    /// The VPC that all of it is in.
    pub vpc: String,
    /// Where to be, one of these: 1 to 16.
    pub subnets: Vec<SubnetChoice>,
    /// As given; empty means the VPC's default group.
    pub groups: Vec<String>,
    /// `assignPublicIp`.
    pub public_ip: bool,
}

impl TaskNetwork {
    /// The zones in which a task can be.
    pub fn zones(&self) -> std::collections::BTreeSet<&str> {
        self.subnets.iter().map(|subnet| subnet.zone.as_str()).collect()
    }
}

/// One of the subnets that a task may be in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubnetChoice {
    /// `subnet-…`.
    pub id: String,
    /// Its zone.
    pub zone: String,
}

#[cfg(test)]
mod tests {
    use super::{private_name, zone_id};
    use std::net::Ipv4Addr;

    #[test]
    fn private_names_are_ec2_s() {
        let address = Ipv4Addr::new(10, 0, 0, 5);
        assert_eq!(private_name(address, "us-east-1"), "ip-10-0-0-5.ec2.internal");
        assert_eq!(private_name(address, "eu-west-1"), "ip-10-0-0-5.eu-west-1.compute.internal");
    }

    #[test]
    fn ids_of_zones_are_short() {
        assert_eq!(zone_id("us-east-1a"), "use1-az1");
        assert_eq!(zone_id("ap-southeast-2c"), "apse2-az3");
        assert_eq!(zone_id("eu-central-1b"), "euc1-az2");
    }
}
