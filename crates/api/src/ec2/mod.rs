//! Amazon EC2, as far as networks of tasks need it: VPCs and all that is in them.
//!
//! Invariants: a member of a request that nobody reads is refused by its name (`request::guard`), and so is a filter. Whatever belongs to
//! something else is made together with a write of that other thing, so that of making and deleting at once one looks again.
//! An account's default VPC in a region is made before its first request is decided (`settle`).
//! Read next: `noun.rs` for what all kinds of things have in common, `vpc.rs` for one of them.

pub mod absent;
pub mod account;
pub mod acl;
pub mod address;
pub mod classic_link;
pub mod dhcp_options;
pub mod endpoint_service;
pub mod fault;
pub mod filter;
pub mod flow_log;
pub mod group;
pub mod group_rule;
pub mod id;
pub mod instance;
pub mod instance_type;
pub mod interface;
mod interface_shown;
pub mod internet_gateway;
pub mod launch_template;
pub mod nat_gateway;
pub mod noun;
pub mod once;
pub mod permission;
pub mod prefix_list;
pub mod request;
pub mod route_table;
pub mod settle;
pub mod subnet;
pub mod tag;
pub mod unsuccessful;
pub mod vpc;
pub mod vpc_endpoint;
pub mod vpc_endpoint_change;
mod vpc_endpoint_route;
pub mod zone;

#[cfg(test)]
mod tests;

use crate::decide::{Decide, Table};
use wire::{Fault, check::Violations, tables::ec2};

/// An operation by its name, what decides it, and the members that it reads.
macro_rules! operations {
    ($($name:literal => $decide:path [$($member:literal)*],)*) => {
        &[$((
            $name,
            (|view, request, ctx| request::guard(view, request, ctx, &[$($member),*], $decide)) as Decide,
        ),)*]
    };
}

/// The operations of EC2 that Longshore serves.
pub static TABLE: Table = Table {
    service: &ec2::SERVICE,
    operations: operations! {
        "AllocateAddress" => address::allocate ["Domain" "TagSpecifications"],
        "AssociateAddress" => address::associate
            ["AllocationId" "PublicIp" "NetworkInterfaceId" "PrivateIpAddress" "AllowReassociation"],
        "AssociateDhcpOptions" => dhcp_options::associate ["DhcpOptionsId" "VpcId"],
        "AssociateRouteTable" => route_table::associate ["RouteTableId" "SubnetId"],
        "AssociateVpcCidrBlock" => vpc::associate_block ["VpcId" "CidrBlock"],
        "AttachInternetGateway" => internet_gateway::attach ["InternetGatewayId" "VpcId"],
        "AttachNetworkInterface" => interface::attach ["NetworkInterfaceId" "InstanceId" "DeviceIndex" "NetworkCardIndex"],
        "AuthorizeSecurityGroupEgress" => group_rule::authorize_egress
            ["GroupId" "IpPermissions" "IpProtocol" "FromPort" "ToPort" "CidrIp" "SourceSecurityGroupName" "TagSpecifications"],
        "AuthorizeSecurityGroupIngress" => group_rule::authorize_ingress
            ["GroupId" "GroupName" "IpPermissions" "IpProtocol" "FromPort" "ToPort" "CidrIp" "SourceSecurityGroupName" "TagSpecifications"],
        "CreateDefaultSubnet" => account::create_default_subnet ["AvailabilityZone"],
        "CreateDefaultVpc" => account::create_default_vpc [],
        "CreateDhcpOptions" => dhcp_options::create ["DhcpConfigurations" "TagSpecifications"],
        "CreateFlowLogs" => flow_log::create
            ["ResourceIds" "ResourceType" "TrafficType" "LogDestinationType" "LogDestination" "LogGroupName" "DeliverLogsPermissionArn" "LogFormat"
             "MaxAggregationInterval" "TagFieldSpecifications" "ClientToken" "TagSpecifications"],
        "CreateInternetGateway" => internet_gateway::create ["TagSpecifications"],
        "CreateLaunchTemplate" => launch_template::create
            ["LaunchTemplateName" "VersionDescription" "LaunchTemplateData" "ClientToken" "TagSpecifications"],
        "CreateLaunchTemplateVersion" => launch_template::create_version
            ["LaunchTemplateId" "LaunchTemplateName" "SourceVersion" "VersionDescription" "LaunchTemplateData" "ClientToken"],
        "CreateManagedPrefixList" => prefix_list::create
            ["PrefixListName" "Entries" "MaxEntries" "AddressFamily" "ClientToken" "TagSpecifications"],
        "CreateNatGateway" => nat_gateway::create
            ["SubnetId" "AllocationId" "ConnectivityType" "PrivateIpAddress" "ClientToken" "TagSpecifications"],
        "CreateNetworkAcl" => acl::create ["VpcId" "TagSpecifications" "ClientToken"],
        "CreateNetworkAclEntry" => acl::create_entry
            ["NetworkAclId" "RuleNumber" "Protocol" "RuleAction" "Egress" "CidrBlock" "Ipv6CidrBlock" "IcmpTypeCode" "PortRange"],
        "CreateNetworkInterface" => interface::create
            ["SubnetId" "Description" "Groups" "InterfaceType" "PrivateIpAddress" "PrivateIpAddresses" "ClientToken" "TagSpecifications"],
        "CreateRoute" => route_table::create_route
            ["RouteTableId" "DestinationCidrBlock" "DestinationIpv6CidrBlock" "DestinationPrefixListId" "GatewayId" "NatGatewayId"
             "NetworkInterfaceId"],
        "CreateRouteTable" => route_table::create ["VpcId" "TagSpecifications" "ClientToken"],
        "CreateSecurityGroup" => group::create ["GroupName" "Description" "VpcId" "TagSpecifications"],
        "CreateSubnet" => subnet::create ["VpcId" "CidrBlock" "AvailabilityZone" "AvailabilityZoneId" "TagSpecifications"],
        "CreateTags" => tag::create ["Resources" "Tags"],
        "CreateVpc" => vpc::create ["CidrBlock" "InstanceTenancy" "TagSpecifications"],
        "CreateVpcEndpoint" => vpc_endpoint::create
            ["VpcEndpointType" "VpcId" "ServiceName" "PolicyDocument" "RouteTableIds" "SubnetIds" "SecurityGroupIds" "IpAddressType" "DnsOptions"
             "ClientToken" "PrivateDnsEnabled" "TagSpecifications" "SubnetConfigurations" "ServiceRegion"],
        "DeleteDhcpOptions" => dhcp_options::delete ["DhcpOptionsId"],
        "DeleteFlowLogs" => flow_log::delete ["FlowLogIds"],
        "DeleteInternetGateway" => internet_gateway::delete ["InternetGatewayId"],
        "DeleteLaunchTemplate" => launch_template::delete ["LaunchTemplateId" "LaunchTemplateName"],
        "DeleteLaunchTemplateVersions" => launch_template::delete_versions ["LaunchTemplateId" "LaunchTemplateName" "Versions"],
        "DeleteManagedPrefixList" => prefix_list::delete ["PrefixListId"],
        "DeleteNatGateway" => nat_gateway::delete ["NatGatewayId"],
        "DeleteNetworkAcl" => acl::delete ["NetworkAclId"],
        "DeleteNetworkAclEntry" => acl::delete_entry ["NetworkAclId" "RuleNumber" "Egress"],
        "DeleteNetworkInterface" => interface::delete ["NetworkInterfaceId"],
        "DeleteRoute" => route_table::delete_route
            ["RouteTableId" "DestinationCidrBlock" "DestinationIpv6CidrBlock" "DestinationPrefixListId"],
        "DeleteRouteTable" => route_table::delete ["RouteTableId"],
        "DeleteSecurityGroup" => group::delete ["GroupId" "GroupName"],
        "DeleteSubnet" => subnet::delete ["SubnetId"],
        "DeleteTags" => tag::remove ["Resources" "Tags"],
        "DeleteVpc" => vpc::delete ["VpcId"],
        "DeleteVpcEndpoints" => vpc_endpoint::delete ["VpcEndpointIds"],
        "DescribeAccountAttributes" => account::describe_attributes ["AttributeNames"],
        "DescribeAddresses" => address::describe ["AllocationIds" "PublicIps" "Filters"],
        "DescribeAddressesAttribute" => address::describe_attribute ["AllocationIds" "Attribute"],
        "DescribeAvailabilityZones" => zone::describe ["Filters" "ZoneNames" "ZoneIds" "AllAvailabilityZones"],
        "DescribeCarrierGateways" => absent::describe_carrier_gateways ["CarrierGatewayIds" "Filters" "MaxResults" "NextToken"],
        "DescribeCustomerGateways" => absent::describe_customer_gateways ["CustomerGatewayIds" "Filters"],
        "DescribeDhcpOptions" => dhcp_options::describe ["DhcpOptionsIds" "Filters" "MaxResults" "NextToken"],
        "DescribeEgressOnlyInternetGateways" => absent::describe_egress_only_gateways
            ["EgressOnlyInternetGatewayIds" "Filters" "MaxResults" "NextToken"],
        "DescribeFlowLogs" => flow_log::describe ["FlowLogIds" "Filter" "MaxResults" "NextToken"],
        "DescribeImages" => absent::describe_images
            ["ImageIds" "Filters" "MaxResults" "NextToken" "Owners" "ExecutableUsers" "IncludeDeprecated" "IncludeDisabled"],
        "DescribeInstanceAttribute" => instance::describe_attribute ["InstanceId" "Attribute"],
        "DescribeInstanceStatus" => instance::describe_status
            ["InstanceIds" "Filters" "MaxResults" "NextToken" "IncludeAllInstances"],
        "DescribeInstanceTypeOfferings" => instance_type::describe_offerings ["LocationType" "Filters" "MaxResults" "NextToken"],
        "DescribeInstanceTypes" => instance_type::describe ["InstanceTypes" "Filters" "MaxResults" "NextToken"],
        "DescribeInstances" => instance::describe ["InstanceIds" "Filters" "MaxResults" "NextToken"],
        "DescribeInternetGateways" => internet_gateway::describe ["InternetGatewayIds" "Filters" "MaxResults" "NextToken"],
        "DescribeLaunchTemplateVersions" => launch_template::describe_versions
            ["LaunchTemplateId" "LaunchTemplateName" "Versions" "MinVersion" "MaxVersion" "MaxResults" "NextToken"],
        "DescribeLaunchTemplates" => launch_template::describe
            ["LaunchTemplateIds" "LaunchTemplateNames" "Filters" "MaxResults" "NextToken"],
        "DescribeManagedPrefixLists" => prefix_list::describe ["PrefixListIds" "Filters" "MaxResults" "NextToken"],
        "DescribeNatGateways" => nat_gateway::describe ["NatGatewayIds" "Filter" "MaxResults" "NextToken"],
        "DescribeNetworkAcls" => acl::describe ["NetworkAclIds" "Filters" "MaxResults" "NextToken"],
        "DescribeNetworkInterfaceAttribute" => interface::describe_attribute ["NetworkInterfaceId" "Attribute"],
        "DescribeNetworkInterfaces" => interface::describe ["NetworkInterfaceIds" "Filters" "MaxResults" "NextToken"],
        "DescribePrefixLists" => prefix_list::describe_own ["PrefixListIds" "Filters" "MaxResults" "NextToken"],
        "DescribeRegions" => zone::describe_regions ["Filters" "RegionNames" "AllRegions"],
        "DescribeRouteTables" => route_table::describe ["RouteTableIds" "Filters" "MaxResults" "NextToken"],
        "DescribeSecurityGroupRules" => group_rule::describe ["Filters" "SecurityGroupRuleIds" "MaxResults" "NextToken"],
        "DescribeSecurityGroups" => group::describe ["GroupIds" "GroupNames" "Filters" "MaxResults" "NextToken"],
        "DescribeSubnets" => subnet::describe ["SubnetIds" "Filters" "MaxResults" "NextToken"],
        "DescribeTags" => tag::describe ["Filters" "MaxResults" "NextToken"],
        "DescribeTransitGatewayAttachments" => absent::describe_transit_gateway_attachments
            ["TransitGatewayAttachmentIds" "Filters" "MaxResults" "NextToken"],
        "DescribeTransitGatewayVpcAttachments" => absent::describe_transit_gateway_vpc_attachments
            ["TransitGatewayAttachmentIds" "Filters" "MaxResults" "NextToken"],
        "DescribeTransitGateways" => absent::describe_transit_gateways ["TransitGatewayIds" "Filters" "MaxResults" "NextToken"],
        "DescribeVpcAttribute" => vpc::describe_attribute ["VpcId" "Attribute"],
        "DescribeVpcClassicLink" => classic_link::describe ["VpcIds" "Filters"],
        "DescribeVpcClassicLinkDnsSupport" => classic_link::describe_dns ["VpcIds" "MaxResults" "NextToken"],
        "DescribeVpcEndpointServices" => endpoint_service::describe
            ["ServiceNames" "Filters" "MaxResults" "NextToken" "ServiceRegions"],
        "DescribeVpcEndpoints" => vpc_endpoint::describe ["VpcEndpointIds" "Filters" "MaxResults" "NextToken"],
        "DescribeVpcPeeringConnections" => absent::describe_peering_connections ["VpcPeeringConnectionIds" "Filters" "MaxResults" "NextToken"],
        "DescribeVpcs" => vpc::describe ["VpcIds" "Filters" "MaxResults" "NextToken"],
        "DescribeVpnConnections" => absent::describe_vpn_connections ["VpnConnectionIds" "Filters"],
        "DescribeVpnGateways" => absent::describe_vpn_gateways ["VpnGatewayIds" "Filters"],
        "DetachInternetGateway" => internet_gateway::detach ["InternetGatewayId" "VpcId"],
        "DetachNetworkInterface" => interface::detach ["AttachmentId" "Force"],
        "DisassociateAddress" => address::disassociate ["AssociationId" "PublicIp"],
        "DisassociateRouteTable" => route_table::disassociate ["AssociationId"],
        "DisassociateVpcCidrBlock" => vpc::disassociate_block ["AssociationId"],
        "GetManagedPrefixListEntries" => prefix_list::describe_entries ["PrefixListId" "TargetVersion" "MaxResults" "NextToken"],
        "ModifyLaunchTemplate" => launch_template::modify ["LaunchTemplateId" "LaunchTemplateName" "DefaultVersion" "ClientToken"],
        "ModifyManagedPrefixList" => prefix_list::modify
            ["PrefixListId" "CurrentVersion" "PrefixListName" "AddEntries" "RemoveEntries" "MaxEntries"],
        "ModifyNetworkInterfaceAttribute" => interface::modify_attribute
            ["NetworkInterfaceId" "Description" "Groups" "SourceDestCheck"],
        "ModifySecurityGroupRules" => group_rule::modify ["GroupId" "SecurityGroupRules"],
        "ModifySubnetAttribute" => subnet::modify_attribute
            ["SubnetId" "MapPublicIpOnLaunch" "AssignIpv6AddressOnCreation" "EnableDns64" "MapCustomerOwnedIpOnLaunch"
             "EnableResourceNameDnsARecordOnLaunch" "EnableResourceNameDnsAAAARecordOnLaunch" "PrivateDnsHostnameTypeOnLaunch"],
        "ModifyVpcAttribute" => vpc::modify_attribute
            ["VpcId" "EnableDnsHostnames" "EnableDnsSupport" "EnableNetworkAddressUsageMetrics"],
        "ModifyVpcEndpoint" => vpc_endpoint_change::modify
            ["VpcEndpointId" "ResetPolicy" "PolicyDocument" "AddRouteTableIds" "RemoveRouteTableIds" "AddSubnetIds" "RemoveSubnetIds"
             "AddSecurityGroupIds" "RemoveSecurityGroupIds" "IpAddressType" "DnsOptions" "PrivateDnsEnabled" "SubnetConfigurations"],
        "ReleaseAddress" => address::release ["AllocationId" "PublicIp" "NetworkBorderGroup"],
        "ReplaceNetworkAclAssociation" => acl::replace_association ["AssociationId" "NetworkAclId"],
        "ReplaceNetworkAclEntry" => acl::replace_entry
            ["NetworkAclId" "RuleNumber" "Protocol" "RuleAction" "Egress" "CidrBlock" "Ipv6CidrBlock" "IcmpTypeCode" "PortRange"],
        "ReplaceRoute" => route_table::replace_route
            ["RouteTableId" "DestinationCidrBlock" "DestinationIpv6CidrBlock" "DestinationPrefixListId" "GatewayId" "NatGatewayId"
             "NetworkInterfaceId"],
        "ReplaceRouteTableAssociation" => route_table::replace_association ["AssociationId" "RouteTableId"],
        "RevokeSecurityGroupEgress" => group_rule::revoke_egress
            ["GroupId" "IpPermissions" "IpProtocol" "FromPort" "ToPort" "CidrIp" "SourceSecurityGroupName" "SecurityGroupRuleIds"],
        "RevokeSecurityGroupIngress" => group_rule::revoke_ingress
            ["GroupId" "GroupName" "IpPermissions" "IpProtocol" "FromPort" "ToPort" "CidrIp" "SourceSecurityGroupName" "SecurityGroupRuleIds"],
        "UpdateSecurityGroupRuleDescriptionsEgress" => group_rule::describe_egress
            ["GroupId" "GroupName" "IpPermissions" "SecurityGroupRuleDescriptions"],
        "UpdateSecurityGroupRuleDescriptionsIngress" => group_rule::describe_ingress
            ["GroupId" "GroupName" "IpPermissions" "SecurityGroupRuleDescriptions"],
    },
    refuse,
    server_fault: "InternalError",
    prepare: Some(settle::prepare),
};

fn refuse(_operation: &str, violations: &Violations) -> Fault {
    violations.fault(&ec2::SERVICE)
}
