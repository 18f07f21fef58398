//! What a host has to know of the VPCs of its tasks. Longshore's own messages: agents that do not know them pass over unknown types.
//!
//! Invariant: a map is the whole of one VPC as far as this host needs it, and takes the place of what was said of it before; the last one
//! that is sent is the truth. A host forgets a VPC that it has no interface of.

use crate::flow_log::FlowTraffic;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, net::Ipv4Addr};

/// Plane → agent: VPCs that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkMap {
    pub message_id: String,
    pub vpcs: Vec<VpcMap>,
}

/// One VPC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VpcMap {
    /// `vpc-…`.
    pub id: String,
    /// Whose it is, and where: what records of flows say of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub account: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// Its network identifier in the overlay.
    pub number: u32,
    /// Its blocks in CIDR form, the primary one first.
    pub blocks: Vec<String>,
    /// Such as `eu-west-1.compute.internal`; empty where interfaces have no names.
    pub domain: String,
    /// Whether the resolver answers.
    pub dns_support: bool,
    /// Subnets that interfaces of this host are in.
    pub subnets: Vec<SubnetMap>,
    /// Security groups that interfaces of this host are in, by id.
    pub groups: BTreeMap<String, GroupMap>,
    /// Blocks of prefix lists and addresses of the members of groups that rules name, by the id of list or group.
    pub sets: BTreeMap<String, Vec<String>>,
    /// Every interface of the VPC that this host has or may talk to.
    pub interfaces: Vec<InterfaceMap>,
}

/// A subnet, and where what leaves the VPC from there goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SubnetMap {
    pub id: String,
    /// CIDR form.
    pub block: String,
    pub zone: String,
    /// Such as `euw1-az1`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub zone_id: String,
    /// How the subnet's routes let its interfaces reach the outside.
    pub outside: Outside,
}

/// The way out of a subnet, from its route to 0.0.0.0/0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outside {
    /// No such route.
    #[default]
    None,
    /// To an internet gateway: only interfaces with a public address get there.
    Gateway,
    /// To a NAT gateway: all of them, from its address; nobody outside reaches them.
    Nat,
}

/// The rules of a security group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GroupMap {
    pub ingress: Vec<RuleMap>,
    pub egress: Vec<RuleMap>,
}

/// One rule, for IPv4.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleMap {
    pub traffic: crate::vpc::Traffic,
    pub peer: PeerMap,
}

/// The other end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PeerMap {
    /// A block in CIDR form.
    Block(String),
    /// A name in [`VpcMap::sets`].
    Set(String),
}

/// An interface, wherever it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InterfaceMap {
    /// `eni-…`.
    pub id: String,
    pub address: Ipv4Addr,
    pub mac: String,
    /// The host's own address at which its overlay listens; `None` where it is this host's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<Ipv4Addr>,
    /// Of this host's interfaces: what they are in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subnet: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_address: Option<Ipv4Addr>,
    /// Of this host's interfaces: the flow logs that are about it, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flow_logs: Vec<FlowLogMap>,
}

/// A flow log, as the host keeps it for an interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowLogMap {
    /// `fl-…`.
    pub id: String,
    pub traffic: FlowTraffic,
    /// The log group that records go to, in a stream `{interface}-{all|accept|reject}`.
    pub log_group: String,
    /// Fields as [`crate::flow_log::read`] reads them. A field that a host does not know is `-` in its records.
    pub format: String,
    /// Over how many seconds a record sums up at most: 60 or 600.
    pub interval_s: u32,
}

/// An interface of a task as its payload has it (agent-protocol.md §4.3), with what our own agent needs besides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TaskInterface {
    /// `eni-…`.
    pub ec2_id: String,
    pub mac_address: String,
    pub attachment_arn: String,
    /// The device's name inside, such as `eth0`; empty for the agent's choice.
    pub name: String,
    pub index: i64,
    pub ipv4_addresses: Vec<TaskAddress>,
    /// With its prefix, such as `10.77.0.1/24`.
    pub subnet_gateway_ipv4_address: String,
    pub domain_name_servers: Vec<String>,
    pub domain_name: Vec<String>,
    pub private_dns_name: String,
    /// `default`.
    pub interface_association_protocol: String,
    /// Longshore's own: the VPC, so that the host finds its map.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub vpc_id: String,
    /// Longshore's own: the VPC's number in the overlay.
    pub vpc_number: u32,
    /// Longshore's own: the zone of its subnet, which its host need not be in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub availability_zone: String,
}

/// An address of a task's interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskAddress {
    pub private_address: Ipv4Addr,
    pub primary: bool,
}
