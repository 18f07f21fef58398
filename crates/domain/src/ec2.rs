//! What a VPC has besides subnets, groups and interfaces: route tables, gateways, network ACLs, DHCP options, elastic addresses, endpoints,
//! flow logs.
//!
//! Hosts hear of route tables only what becomes of a subnet's route to 0.0.0.0/0 (`link::network::Outside`).

use crate::{
    block::Block,
    flow_log::FlowTraffic,
    id::Scope,
    key::{Key, Prefix, keyed_by_id},
    record::Record,
    tag::Tag,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::net::Ipv4Addr;

/// Written when an account's default VPC was made in a region: it is made once, and may be deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {}

impl Record for Settled {
    const TABLE: &'static str = "vpc-settled";
}

impl Settled {
    /// The one record of an account and region.
    pub fn key(scope: &Scope) -> Key {
        Key::of::<Self>(scope, &["default"])
    }
}

/// The index by which a VPC's number in the overlay is given out once. It is one for all accounts and regions, so its scope is `everyone`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VpcNumber {
    /// Account, region and id of the VPC that has it.
    pub vpc: String,
}

impl Record for VpcNumber {
    const TABLE: &'static str = "vpc-number";
}

impl VpcNumber {
    /// The key of one number. `everyone` is the scope that all accounts share.
    pub fn key(everyone: &Scope, number: u32) -> Key {
        Key::of::<Self>(everyone, &[&number.to_string()])
    }
}

/// Where packets of subnets go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteTable {
    /// `rtb-…`.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// The id of its association as the VPC's main table; `None` if it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main: Option<String>,
    /// Associations with subnets: `rtbassoc-…` and the subnet. A subnet has one at most; without one the main table is its.
    #[serde(default)]
    pub associations: Vec<(String, String)>,
    /// Without the one to the VPC itself, which every table has.
    #[serde(default)]
    pub routes: Vec<Route>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Route {
    /// Where to.
    pub destination: Destination,
    /// By the id of what takes it: `igw-…`, `nat-…`, `eni-…`, …
    pub target: String,
}

/// What a route is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Destination {
    /// A block.
    Ipv4(Block),
    /// An IPv6 block, as given. Kept for whoever describes it; nothing is routed by it.
    Ipv6(String),
    /// A prefix list.
    PrefixList(String),
}

impl Record for RouteTable {
    const TABLE: &'static str = "route-table";
}

/// A way to the internet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InternetGateway {
    /// `igw-…`.
    pub id: String,
    /// The VPC that it is attached to. A VPC has one at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpc: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for InternetGateway {
    const TABLE: &'static str = "internet-gateway";
}

/// A way to the internet that nobody comes in by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NatGateway {
    /// `nat-…`.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// Its subnet.
    pub subnet: String,
    /// Its interface, which goes when it is deleted.
    pub interface: String,
    /// That interface's address.
    pub address: Ipv4Addr,
    /// `eipalloc-…`, its address and `eipassoc-…`, where it is public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<(String, Ipv4Addr, String)>,
    /// When it was deleted; it is described for an hour more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for NatGateway {
    const TABLE: &'static str = "nat-gateway";
}

/// An elastic address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ElasticAddress {
    /// `eipalloc-…`.
    pub id: String,
    /// The address.
    pub address: Ipv4Addr,
    /// `eipassoc-…` and the interface, while it is associated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub association: Option<(String, String)>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for ElasticAddress {
    const TABLE: &'static str = "elastic-address";
}

/// The index by which an address that the outside sees is given out once, whoever has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicAddress {
    /// Account, region and id of the elastic address or interface that has it.
    pub owner: String,
}

impl Record for PublicAddress {
    const TABLE: &'static str = "public-address";
}

impl PublicAddress {
    /// The key of one address. `everyone` is the scope that all accounts share.
    pub fn key(everyone: &Scope, address: Ipv4Addr) -> Key {
        Key::of::<Self>(everyone, &[&address.to_string()])
    }
}

/// Stateless rules of subnets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkAcl {
    /// `acl-…`.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// Whether it is the one of subnets that have no other.
    #[serde(default)]
    pub is_default: bool,
    /// In no order; each number comes once in each direction.
    pub entries: Vec<AclEntry>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// One rule of a network ACL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AclEntry {
    /// Rules are asked in the order of numbers; 32767 is the one that refuses what no other took.
    pub number: i64,
    /// Whether it is about what leaves.
    #[serde(default)]
    pub egress: bool,
    /// Whether it lets pass.
    pub allow: bool,
    /// An IANA number as text, `-1` for all.
    pub protocol: String,
    /// An IPv4 block; `None` where it is for IPv6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<Block>,
    /// An IPv6 block, as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv6_block: Option<String>,
    /// First and last port.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ports: Option<(i64, i64)>,
    /// ICMP type and code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icmp: Option<(i64, i64)>,
}

impl Record for NetworkAcl {
    const TABLE: &'static str = "network-acl";
}

/// What DHCP tells instances.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DhcpOptions {
    /// `dopt-…`.
    pub id: String,
    /// Such as `domain-name-servers` and its values.
    pub settings: Vec<(String, Vec<String>)>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for DhcpOptions {
    const TABLE: &'static str = "dhcp-options";
}

/// Blocks under one name, for rules and routes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrefixList {
    /// `pl-…`.
    pub id: String,
    /// As given.
    pub name: String,
    /// Blocks and their descriptions.
    pub entries: Vec<(Block, Option<String>)>,
    /// How many entries there may be.
    pub entries_max: i64,
    /// Starts at 1 and grows with every change of entries.
    pub version: i64,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for PrefixList {
    const TABLE: &'static str = "prefix-list";
}

/// A way from a VPC to a service, as stacks make them. Kept for whoever describes it: no service answers behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VpcEndpoint {
    /// `vpce-…`.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// Such as `com.amazonaws.us-east-1.s3`.
    pub service: String,
    /// How it is reached.
    pub way: EndpointWay,
    /// Who may do what by it, as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// How a VPC endpoint is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EndpointWay {
    /// By routes.
    Gateway {
        /// The route tables that have one.
        route_tables: Vec<String>,
    },
    /// By interfaces.
    Interface {
        /// Subnets, and the interface in each.
        subnets: Vec<(String, String)>,
        /// Security groups of the interfaces.
        groups: Vec<String>,
        /// Whether the service's own name is to mean them.
        private_dns: bool,
    },
}

impl Record for VpcEndpoint {
    const TABLE: &'static str = "vpc-endpoint";
}

/// What instances are to be made from. Its versions are records of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LaunchTemplate {
    /// `lt-…`.
    pub id: String,
    /// Unique in the account and region.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// The ARN of whoever made it.
    pub created_by: String,
    /// The version that is meant where none is named.
    pub default_version: i64,
    /// The newest version ever made; numbers start at 1 and are not used again.
    pub latest_version: i64,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for LaunchTemplate {
    const TABLE: &'static str = "launch-template";
}

/// The index by which a name means a launch template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchTemplateName {
    /// `lt-…`.
    pub template: String,
}

impl Record for LaunchTemplateName {
    const TABLE: &'static str = "launch-template-name";
}

impl LaunchTemplateName {
    /// The key of one name. Names may hold any character, so they are kept as hex.
    pub fn key(scope: &Scope, name: &str) -> Key {
        Key::of::<Self>(scope, &[&crate::id::hex(name.as_bytes())])
    }
}

/// One version of a launch template. Never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LaunchTemplateVersion {
    /// Its number.
    pub number: i64,
    /// As given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// The ARN of whoever made it.
    pub created_by: String,
    /// What it says of instances, by the API's names.
    pub data: serde_json::Value,
}

impl Record for LaunchTemplateVersion {
    const TABLE: &'static str = "launch-template-version";
}

impl LaunchTemplateVersion {
    /// The key of one version of the template `lt-…`. In key order numbers grow.
    pub fn key(scope: &Scope, template: &str, number: i64) -> Key {
        Key::of::<Self>(scope, &[template, &format!("{number:019}")])
    }

    /// All versions of a template.
    pub fn all_of(scope: &Scope, template: &str) -> Prefix {
        Prefix::under::<Self>(scope, &[template])
    }
}

/// That flows of something are to be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowLog {
    /// `fl-…`.
    pub id: String,
    /// A VPC, a subnet or an interface.
    pub resource: String,
    /// Which flows.
    pub traffic: FlowTraffic,
    /// The log group that records go to.
    pub log_group: String,
    /// Its ARN, where it was given by that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
    /// The role by which they are delivered, as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The fields of a record, such as `${version} ${account-id}`.
    pub format: String,
    /// Over how many seconds a record sums up: 60 or 600.
    pub interval_s: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for FlowLog {
    const TABLE: &'static str = "flow-log";
}

/// What a client token of an EC2 call stands for: one token, one effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Once {
    /// A digest of the request's parameters: the same token with others is refused.
    pub parameters: String,
    /// The id of what the first call made.
    pub made: String,
    /// When it may be forgotten.
    pub expires_at: Timestamp,
}

impl Record for Once {
    const TABLE: &'static str = "ec2-client-token";
}

impl Once {
    /// The key of `token` as used for things of `kind`. Tokens may hold any character, so they are kept as hex.
    pub fn key(scope: &Scope, kind: &str, token: &str) -> Key {
        Key::of::<Self>(scope, &[kind, &crate::id::hex(token.as_bytes())])
    }

    /// All tokens used for things of `kind`.
    pub fn all_of(scope: &Scope, kind: &str) -> Prefix {
        Prefix::under::<Self>(scope, &[kind])
    }
}

keyed_by_id!(RouteTable InternetGateway NatGateway ElasticAddress NetworkAcl DhcpOptions PrefixList VpcEndpoint LaunchTemplate FlowLog);
