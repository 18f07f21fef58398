"""A network as stacks make it: each write followed by its read, with boto3 and the stock AWS CLI, and all of it deleted again."""

import botocore.exceptions
import pytest

ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"]


def tagged(kind, name):
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}, {"Key": "stack", "Value": "vpc-module"}]}]


def named(name):
    return [{"Name": "tag:Name", "Values": [name]}, {"Name": "tag:stack", "Values": ["vpc-module"]}]


def refused(code, call, **request):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**request)
    assert caught.value.response["Error"]["Code"] == code, caught.value
    return caught.value.response["Error"]["Message"]


class Stack:
    """What Terraform's VPC module makes of a name, a block and three zones."""

    def __init__(self, ec2):
        self.ec2 = ec2

    def build(self):
        ec2 = self.ec2
        self.vpc = ec2.create_vpc(CidrBlock="10.40.0.0/16", InstanceTenancy="default", TagSpecifications=tagged("vpc", "web"))["Vpc"]["VpcId"]
        ec2.get_waiter("vpc_available").wait(VpcIds=[self.vpc])
        for attribute, member in [("enableDnsHostnames", "EnableDnsHostnames"), ("enableDnsSupport", "EnableDnsSupport")]:
            ec2.modify_vpc_attribute(VpcId=self.vpc, **{member: {"Value": True}})
            assert ec2.describe_vpc_attribute(VpcId=self.vpc, Attribute=attribute)[member]["Value"]
        self.subnets = {}
        for index, zone in enumerate(ZONES):
            for kind, offset in [("public", 100), ("private", 0)]:
                subnet = ec2.create_subnet(
                    VpcId=self.vpc, CidrBlock=f"10.40.{index + offset}.0/24", AvailabilityZone=zone,
                    TagSpecifications=tagged("subnet", f"{kind}-{zone}"))["Subnet"]["SubnetId"]
                ec2.get_waiter("subnet_available").wait(SubnetIds=[subnet])
                self.subnets[kind, zone] = subnet
            ec2.modify_subnet_attribute(SubnetId=self.subnets["public", zone], MapPublicIpOnLaunch={"Value": True})
        self.gateway = ec2.create_internet_gateway(TagSpecifications=tagged("internet-gateway", "web"))["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=self.gateway, VpcId=self.vpc)
        self.address = ec2.allocate_address(Domain="vpc", TagSpecifications=tagged("elastic-ip", "nat"))
        nat = ec2.create_nat_gateway(
            SubnetId=self.subnets["public", ZONES[0]], AllocationId=self.address["AllocationId"], TagSpecifications=tagged("natgateway", "web"))
        self.nat = nat["NatGateway"]["NatGatewayId"]
        ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[self.nat])
        self.tables, self.associations = {}, []
        for kind, target in [("public", {"GatewayId": self.gateway}), ("private", {"NatGatewayId": self.nat})]:
            table = ec2.create_route_table(VpcId=self.vpc, TagSpecifications=tagged("route-table", kind))["RouteTable"]["RouteTableId"]
            ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", **target)
            self.tables[kind] = table
            for zone in ZONES:
                done = ec2.associate_route_table(RouteTableId=table, SubnetId=self.subnets[kind, zone])
                self.associations.append(done["AssociationId"])
        return self

    def default_acl(self):
        """As the module takes over a VPC's own ACL: what is there goes, what is wanted comes."""
        mine = [{"Name": "vpc-id", "Values": [self.vpc]}, {"Name": "default", "Values": ["true"]}]
        acl = self.ec2.describe_network_acls(Filters=mine)["NetworkAcls"][0]
        for entry in acl["Entries"]:
            if entry["RuleNumber"] < 32767:
                self.ec2.delete_network_acl_entry(NetworkAclId=acl["NetworkAclId"], RuleNumber=entry["RuleNumber"], Egress=entry["Egress"])
        for egress in [True, False]:
            for number, block in [(100, {"CidrBlock": "0.0.0.0/0"}), (101, {"Ipv6CidrBlock": "::/0"})]:
                self.ec2.create_network_acl_entry(
                    NetworkAclId=acl["NetworkAclId"], RuleNumber=number, Egress=egress, Protocol="-1", RuleAction="allow",
                    PortRange={"From": 0, "To": 0}, **block)
        return self.ec2.describe_network_acls(NetworkAclIds=[acl["NetworkAclId"]])["NetworkAcls"][0]

    def clear(self):
        ec2 = self.ec2
        for association in self.associations:
            ec2.disassociate_route_table(AssociationId=association)
        for table in self.tables.values():
            ec2.delete_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0")
            ec2.delete_route_table(RouteTableId=table)
        ec2.delete_nat_gateway(NatGatewayId=self.nat)
        ec2.get_waiter("nat_gateway_deleted").wait(NatGatewayIds=[self.nat])
        ec2.release_address(AllocationId=self.address["AllocationId"])
        ec2.detach_internet_gateway(InternetGatewayId=self.gateway, VpcId=self.vpc)
        ec2.delete_internet_gateway(InternetGatewayId=self.gateway)
        for subnet in self.subnets.values():
            ec2.delete_subnet(SubnetId=subnet)
        ec2.delete_vpc(VpcId=self.vpc)


def test_a_vpc_module_s_stack_is_made_read_and_deleted(region):
    ec2 = region.client("ec2")
    stack = Stack(ec2).build()
    vpc = ec2.describe_vpcs(Filters=named("web"))["Vpcs"]
    assert [(it["VpcId"], it["CidrBlock"], it["State"]) for it in vpc] == [(stack.vpc, "10.40.0.0/16", "available")]

    pages = ec2.get_paginator("describe_subnets").paginate(
        Filters=[{"Name": "vpc-id", "Values": [stack.vpc]}], PaginationConfig={"PageSize": 5})
    found = [[subnet["SubnetId"] for subnet in page["Subnets"]] for page in pages]
    assert [len(page) for page in found] == [5, 1]
    assert sorted(sum(found, [])) == sorted(stack.subnets.values())
    public = ec2.describe_subnets(Filters=[{"Name": "tag:Name", "Values": ["public-*"]}, {"Name": "vpc-id", "Values": [stack.vpc]}])["Subnets"]
    assert {(it["AvailabilityZone"], it["MapPublicIpOnLaunch"]) for it in public} == {(zone, True) for zone in ZONES}
    # The NAT gateway has an address of the first public subnet.
    assert sorted(it["AvailableIpAddressCount"] for it in public) == [250, 251, 251]

    nat = ec2.describe_nat_gateways(Filters=[{"Name": "vpc-id", "Values": [stack.vpc]}])["NatGateways"][0]
    assert (nat["State"], nat["NatGatewayAddresses"][0]["PublicIp"]) == ("available", stack.address["PublicIp"])
    address = ec2.describe_addresses(AllocationIds=[stack.address["AllocationId"]])["Addresses"][0]
    assert address["NetworkInterfaceId"] == nat["NatGatewayAddresses"][0]["NetworkInterfaceId"]
    assert ec2.describe_addresses_attribute(AllocationIds=[address["AllocationId"]], Attribute="domain-name")["Addresses"]
    routes = ec2.describe_route_tables(RouteTableIds=[stack.tables["private"]])["RouteTables"][0]["Routes"]
    assert [(it["DestinationCidrBlock"], it.get("GatewayId") or it.get("NatGatewayId"), it["State"]) for it in routes] == [
        ("10.40.0.0/16", "local", "active"), ("0.0.0.0/0", stack.nat, "active")]
    acl = stack.default_acl()
    assert [(it["RuleNumber"], it["Egress"]) for it in acl["Entries"]] == [
        (100, False), (101, False), (32767, False), (100, True), (101, True), (32767, True)]
    tags = ec2.describe_tags(Filters=[{"Name": "tag:stack", "Values": ["vpc-module"]}])["Tags"]
    kinds = {tag["ResourceType"] for tag in tags}
    assert kinds == {"vpc", "subnet", "internet-gateway", "elastic-ip", "natgateway", "route-table"}

    # Nothing goes that something else needs.
    refused("DependencyViolation", ec2.delete_vpc, VpcId=stack.vpc)
    refused("DependencyViolation", ec2.delete_subnet, SubnetId=stack.subnets["public", ZONES[0]])
    refused("DependencyViolation", ec2.delete_route_table, RouteTableId=stack.tables["public"])
    refused("DependencyViolation", ec2.detach_internet_gateway, InternetGatewayId=stack.gateway, VpcId=stack.vpc)
    refused("InvalidIPAddress.InUse", ec2.release_address, AllocationId=stack.address["AllocationId"])
    stack.clear()
    refused("InvalidVpcID.NotFound", ec2.describe_vpcs, VpcIds=[stack.vpc])
    refused("InvalidNetworkAclID.NotFound", ec2.describe_network_acls, NetworkAclIds=[acl["NetworkAclId"]])


def test_groups_and_their_rules_by_both_forms(region):
    ec2 = region.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.41.0.0/16")["Vpc"]["VpcId"]
    web, db = [
        ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc, TagSpecifications=tagged("security-group", name))["GroupId"]
        for name in ("web", "db")]
    ec2.get_waiter("security_group_exists").wait(GroupIds=[web, db])
    https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}]}
    made = ec2.authorize_security_group_ingress(
        GroupId=web, IpPermissions=[https], TagSpecifications=tagged("security-group-rule", "https"))["SecurityGroupRules"]
    refused("InvalidPermission.Duplicate", ec2.authorize_security_group_ingress, GroupId=web, IpPermissions=[https])
    postgres = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [{"GroupId": web}]}
    ec2.authorize_security_group_ingress(GroupId=db, IpPermissions=[postgres])
    rules = ec2.describe_security_group_rules(Filters=[{"Name": "tag:Name", "Values": ["https"]}])["SecurityGroupRules"]
    assert [(it["SecurityGroupRuleId"], it["FromPort"], it["CidrIpv4"]) for it in rules] == [
        (made[0]["SecurityGroupRuleId"], 443, "0.0.0.0/0")]
    refused("DependencyViolation", ec2.delete_security_group, GroupId=web)
    ec2.revoke_security_group_ingress(GroupId=db, IpPermissions=[postgres])
    ec2.revoke_security_group_ingress(GroupId=web, SecurityGroupRuleIds=[made[0]["SecurityGroupRuleId"]])
    for group in (web, db):
        ec2.delete_security_group(GroupId=group)
    ec2.delete_vpc(VpcId=vpc)


def test_the_command_line_walks_the_same_way(region):
    def made(member, key, *arguments):
        return region.aws("ec2", *arguments)[member][key]

    vpc = made("Vpc", "VpcId", "create-vpc", "--cidr-block", "10.42.0.0/16")
    subnet = made("Subnet", "SubnetId", "create-subnet", "--vpc-id", vpc, "--cidr-block", "10.42.1.0/28")
    region.aws("ec2", "create-tags", "--resources", vpc, subnet, "--tags", "Key=Name,Value=by-hand")
    interface = made("NetworkInterface", "NetworkInterfaceId", "create-network-interface", "--subnet-id", subnet, "--description", "mine")
    region.aws("ec2", "modify-network-interface-attribute", "--network-interface-id", interface, "--description", "yours")
    shown = region.aws("ec2", "describe-network-interfaces", "--filters", f"Name=subnet-id,Values={subnet}")["NetworkInterfaces"]
    assert [(it["NetworkInterfaceId"], it["Description"], it["Status"]) for it in shown] == [(interface, "yours", "available")]
    acl = made("NetworkAcl", "NetworkAclId", "create-network-acl", "--vpc-id", vpc)
    denied = region.aws(
        "ec2", "create-network-acl-entry", "--network-acl-id", acl, "--rule-number", "10", "--protocol", "tcp", "--port-range", "From=22,To=22",
        "--rule-action", "deny", "--ingress", "--cidr-block", "0.0.0.0/0", check=False)
    assert "UnsupportedOperation" in denied.stderr and "Network ACL entry 10" in denied.stderr, denied.stderr
    region.aws("ec2", "delete-network-acl", "--network-acl-id", acl)
    in_use = region.aws("ec2", "delete-subnet", "--subnet-id", subnet, check=False)
    assert "DependencyViolation" in in_use.stderr, in_use.stderr
    region.aws("ec2", "delete-network-interface", "--network-interface-id", interface)
    region.aws("ec2", "delete-subnet", "--subnet-id", subnet)
    region.aws("ec2", "delete-vpc", "--vpc-id", vpc)
    names = [it["RegionName"] for it in region.aws("ec2", "describe-regions")["Regions"]]
    assert names == ["us-east-1"]


@pytest.mark.parametrize("own_region", [["--public-addresses", "203.0.113.0/30"]], indirect=True)
def test_public_addresses_come_from_the_operator_s_pool(own_region):
    ec2 = own_region.client("ec2")
    given = sorted(ec2.allocate_address(Domain="vpc")["PublicIp"] for _ in range(2))
    assert given == ["203.0.113.1", "203.0.113.2"]
    refused("InsufficientAddressCapacity", ec2.allocate_address, Domain="vpc")
    own_region.kill()
    own_region.restart()
    assert sorted(it["PublicIp"] for it in ec2.describe_addresses()["Addresses"]) == given
