"""A network as stacks make it: each write followed by its read, with boto3 and the stock AWS CLI, and all of it deleted again."""

import json

import botocore.exceptions
import pytest
from conftest import opened, wait_for

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


def service(name):
    return f"com.amazonaws.us-east-1.{name}"


def test_endpoints_as_a_vpc_module_makes_them(region):
    ec2 = region.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.43.0.0/16")["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.43.{index}.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"] for index, zone in enumerate(ZONES)]
    group = ec2.create_security_group(GroupName="endpoints", Description="endpoints", VpcId=vpc)["GroupId"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]

    # As Terraform asks before and after it makes one.
    offered = ec2.describe_vpc_endpoint_services(Filters=[
        {"Name": "service-name", "Values": [service("s3")]}, {"Name": "service-type", "Values": ["Gateway"]}])
    assert [it["ServiceType"] for it in offered["ServiceDetails"]] == [[{"ServiceType": "Gateway"}]]
    s3 = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName=service("s3"), RouteTableIds=[table], TagSpecifications=tagged("vpc-endpoint", "s3"))["VpcEndpoint"]
    assert (s3["State"], s3["VpcEndpointType"], s3["RouteTableIds"]) == ("available", "Gateway", [table])
    prefixes = ec2.describe_prefix_lists(Filters=[{"Name": "prefix-list-name", "Values": [service("s3")]}])["PrefixLists"][0]["PrefixListId"]
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    assert [(it["DestinationPrefixListId"], it["GatewayId"], it["State"]) for it in routes if "DestinationPrefixListId" in it] == [
        (prefixes, s3["VpcEndpointId"], "active")]
    made = {}
    for name in ["ecr.api", "ecr.dkr", "logs", "ssmmessages"]:
        made[name] = ec2.create_vpc_endpoint(
            VpcId=vpc, ServiceName=service(name), VpcEndpointType="Interface", SubnetIds=subnets, SecurityGroupIds=[group], PrivateDnsEnabled=True,
            PolicyDocument='{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}',
            TagSpecifications=tagged("vpc-endpoint", name))["VpcEndpoint"]
    pages = ec2.get_paginator("describe_vpc_endpoints").paginate(Filters=[{"Name": "vpc-id", "Values": [vpc]}], PaginationConfig={"PageSize": 2})
    pages = [page["VpcEndpoints"] for page in pages]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {it["State"] for page in pages for it in page} == {"available"}
    logs = ec2.describe_vpc_endpoints(Filters=[{"Name": "tag:Name", "Values": ["logs"]}])["VpcEndpoints"][0]
    assert logs["DnsEntries"][-1]["DnsName"] == "logs.us-east-1.amazonaws.com"
    interfaces = ec2.describe_network_interfaces(NetworkInterfaceIds=logs["NetworkInterfaceIds"])["NetworkInterfaces"]
    assert {(it["InterfaceType"], it["RequesterManaged"], it["Status"]) for it in interfaces} == {("vpc_endpoint", True, "in-use")}
    assert sorted(it["SubnetId"] for it in interfaces) == sorted(subnets)
    refused("OperationNotPermitted", ec2.delete_network_interface, NetworkInterfaceId=logs["NetworkInterfaceIds"][0])
    refused("DependencyViolation", ec2.delete_subnet, SubnetId=subnets[0])
    refused("DependencyViolation", ec2.delete_security_group, GroupId=group)
    refused("DependencyViolation", ec2.delete_route_table, RouteTableId=table)
    ec2.modify_vpc_endpoint(VpcEndpointId=logs["VpcEndpointId"], RemoveSubnetIds=subnets[1:])
    ec2.modify_vpc_endpoint(VpcEndpointId=s3["VpcEndpointId"], RemoveRouteTableIds=[table])
    ec2.delete_route_table(RouteTableId=table)

    ids = [s3["VpcEndpointId"], *(it["VpcEndpointId"] for it in made.values())]
    assert ec2.delete_vpc_endpoints(VpcEndpointIds=ids)["Unsuccessful"] == []
    refused("InvalidVpcEndpointId.NotFound", ec2.describe_vpc_endpoints, VpcEndpointIds=ids[:1])
    for subnet in subnets:
        ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_security_group(GroupId=group)
    ec2.delete_vpc(VpcId=vpc)


def test_flow_logs_are_made_described_and_deleted(region):
    ec2 = region.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.44.0.0/16")["Vpc"]["VpcId"]
    group = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/vpc-flow-log/web"
    wanted = {
        "ResourceType": "VPC", "TrafficType": "ALL", "LogDestinationType": "cloud-watch-logs",
        "LogDestination": group, "DeliverLogsPermissionArn": "arn:aws:iam::000000000000:role/flows", "MaxAggregationInterval": 60}
    account = region.client("sts").get_caller_identity()["Account"]
    wanted = {name: value.replace("000000000000", account) if isinstance(value, str) else value for name, value in wanted.items()}
    made = ec2.create_flow_logs(ResourceIds=[vpc, "vpc-0"], TagSpecifications=tagged("vpc-flow-log", "web"), **wanted)
    assert [it["Error"]["Code"] for it in made["Unsuccessful"]] == ["InvalidVpcID.NotFound"]
    [log] = ec2.describe_flow_logs(FlowLogIds=made["FlowLogIds"])["FlowLogs"]
    assert (log["FlowLogStatus"], log["LogGroupName"], log["MaxAggregationInterval"]) == ("ACTIVE", "/aws/vpc-flow-log/web", 60)
    assert log["LogFormat"].startswith("${version} ${account-id} ${interface-id}")
    again = ec2.create_flow_logs(ResourceIds=[vpc], **wanted)
    assert [it["Error"]["Code"] for it in again["Unsuccessful"]] == ["FlowLogAlreadyExists"]
    to_s3 = {**wanted, "LogDestinationType": "s3", "LogDestination": "arn:aws:s3:::flows"}
    assert "`s3`" in refused("UnsupportedOperation", ec2.create_flow_logs, ResourceIds=[vpc], **to_s3)
    assert "colour" in refused("InvalidParameter", ec2.create_flow_logs, ResourceIds=[vpc], LogFormat="${colour}", **wanted)
    shown = region.aws("ec2", "describe-flow-logs", "--filter", f"Name=resource-id,Values={vpc}")["FlowLogs"]
    assert [it["FlowLogId"] for it in shown] == made["FlowLogIds"]
    assert ec2.delete_flow_logs(FlowLogIds=made["FlowLogIds"])["Unsuccessful"] == []
    ec2.delete_vpc(VpcId=vpc)


def test_what_there_is_none_of_is_an_empty_list(region):
    for operation, member in [
            ("describe-vpc-peering-connections", "VpcPeeringConnections"), ("describe-vpn-gateways", "VpnGateways"),
            ("describe-vpn-connections", "VpnConnections"), ("describe-customer-gateways", "CustomerGateways"),
            ("describe-egress-only-internet-gateways", "EgressOnlyInternetGateways"), ("describe-transit-gateways", "TransitGateways"),
            ("describe-transit-gateway-vpc-attachments", "TransitGatewayVpcAttachments"), ("describe-carrier-gateways", "CarrierGateways")]:
        assert region.aws("ec2", operation) == {member: []}, operation
    images = region.aws("ec2", "describe-images", "--owners", "amazon", "--filters", "Name=name,Values=al2023-ami-ecs-hvm-*")
    assert images == {"Images": []}
    refused("InvalidAMIID.NotFound", region.client("ec2").describe_images, ImageIds=["ami-0123456789abcdef0"])


def test_a_container_instance_leads_to_its_ec2_instance(region):
    ecs, ec2 = region.client("ecs"), region.client("ec2")
    arns = ecs.list_container_instances()["containerInstanceArns"]
    shown = ecs.describe_container_instances(containerInstances=arns)["containerInstances"][0]
    [reservation] = ec2.describe_instances(InstanceIds=[shown["ec2InstanceId"]])["Reservations"]
    assert reservation["Instances"][0]["State"]["Name"] == "running"
    attribute = ec2.describe_instance_attribute(InstanceId=shown["ec2InstanceId"], Attribute="instanceType")
    attributes = {it["name"]: it.get("value") for it in shown["attributes"]}
    assert attribute["InstanceType"].get("Value") == attributes.get("ecs.instance-type")
    found = ecs.list_container_instances(filter=f"ec2InstanceId == {shown['ec2InstanceId']}")["containerInstanceArns"]
    assert found == [shown["containerInstanceArn"]]


def test_policies_say_which_vpc_a_user_may_change():
    with opened("--auth", "iam") as region:
        said = region.log.read_text()

        def told(name):
            return next(line.split()[-1] for line in said.splitlines() if name in line).partition("=")[2]

        administrator = {"key": told("AWS_ACCESS_KEY_ID"), "secret": told("AWS_SECRET_ACCESS_KEY")}
        ec2, iam = region.client("ec2", **administrator), region.client("iam", **administrator)
        own, other = [ec2.create_vpc(CidrBlock=f"10.{number}.0.0/16")["Vpc"] for number in (50, 51)]
        arn = f"arn:aws:ec2:us-east-1:{own['OwnerId']}:"
        statements = [
            {"Action": "ec2:Describe*", "Resource": "*"},
            {"Action": "ec2:CreateSubnet", "Resource": [f"{arn}vpc/{own['VpcId']}", f"{arn}subnet/*"]},
            {"Action": "ec2:CreateTags", "Resource": f"{arn}subnet/*", "Condition": {
                "StringEquals": {"ec2:CreateAction": "CreateSubnet"}, "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}},
            {"Action": "ec2:DeleteSubnet", "Resource": "*", "Condition": {"StringEquals": {"ec2:ResourceTag/team": "web"}}}]
        document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **it} for it in statements]}
        iam.create_user(UserName="ada")
        iam.put_user_policy(UserName="ada", PolicyName="subnets", PolicyDocument=json.dumps(document))
        key = iam.create_access_key(UserName="ada")["AccessKey"]
        ada = region.client("ec2", key["AccessKeyId"], secret=key["SecretAccessKey"])

        def tags(key):
            return [{"ResourceType": "subnet", "Tags": [{"Key": key, "Value": "web"}]}]

        why = refused("UnauthorizedOperation", ada.create_subnet, VpcId=other["VpcId"], CidrBlock="10.51.0.0/24")
        assert f"vpc/{other['VpcId']}" in why, why
        why = refused("UnauthorizedOperation", ada.create_subnet, VpcId=own["VpcId"], CidrBlock="10.50.0.0/24", TagSpecifications=tags("cost"))
        assert "ec2:CreateTags" in why, why
        mine = ada.create_subnet(VpcId=own["VpcId"], CidrBlock="10.50.0.0/24", TagSpecifications=tags("team"))["Subnet"]["SubnetId"]
        plain = ada.create_subnet(VpcId=own["VpcId"], CidrBlock="10.50.1.0/24")["Subnet"]["SubnetId"]
        refused("UnauthorizedOperation", ada.create_tags, Resources=[plain], Tags=[{"Key": "team", "Value": "web"}])
        refused("UnauthorizedOperation", ada.delete_subnet, SubnetId=plain)
        ada.delete_subnet(SubnetId=mine)


def test_a_flow_of_a_task_is_recorded_by_its_host(own_region):
    region, ec2 = own_region, own_region.client("ec2")
    subnet = ec2.describe_subnets(Filters=[{"Name": "availability-zone", "Values": ["us-east-1a"]}])["Subnets"][0]
    made = ec2.create_flow_logs(
        ResourceIds=[subnet["VpcId"]], ResourceType="VPC", TrafficType="ALL", LogGroupName="/vpc/flows", MaxAggregationInterval=60,
        DeliverLogsPermissionArn="arn:aws:iam::000000000000:role/flows",
        LogFormat="${interface-id} ${subnet-id} ${az-id} ${srcaddr} ${dstaddr} ${dstport} ${action} ${flow-direction}")
    assert made["Unsuccessful"] == []
    region.client().register_task_definition(family="talker", networkMode="awsvpc", containerDefinitions=[{
        "name": "main", "image": "busybox:e2e", "memory": 32, "command": ["nc", "-w", "1", "192.0.2.1", "53"]}])
    arn = region.run("talker", networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet["SubnetId"]]}})
    task = region.wait(arn, "STOPPED")
    shown = {detail["name"]: detail["value"] for detail in task["attachments"][0]["details"]}
    wanted = [
        shown["networkInterfaceId"], subnet["SubnetId"], subnet["AvailabilityZoneId"], shown["privateIPv4Address"], "192.0.2.1", "53", "ACCEPT",
        "egress"]
    file = region.data / "runtime/flow-logs/%2Fvpc%2Fflows" / f"{shown['networkInterfaceId']}-all.log"
    wait_for(lambda: file.exists() and " ".join(wanted) in file.read_text(), lambda: f"`{' '.join(wanted)}` is in {file}")


def test_what_clients_add_and_read_by_themselves(region):
    """SDKs send client tokens nobody wrote, and some clients read the tags of what has none."""
    ec2 = region.client("ec2")
    template = ec2.create_launch_template(LaunchTemplateName="hosts", LaunchTemplateData={"InstanceType": "t3.micro"})["LaunchTemplate"]
    this = {"LaunchTemplateId": template["LaunchTemplateId"]}
    made = ec2.create_launch_template_version(SourceVersion="1", LaunchTemplateData={"InstanceType": "t3.small"}, **this)
    assert made["LaunchTemplateVersion"]["VersionNumber"] == 2
    assert ec2.modify_launch_template(DefaultVersion="2", **this)["LaunchTemplate"]["DefaultVersionNumber"] == 2
    (default,) = ec2.describe_launch_template_versions(Versions=["$Default"], **this)["LaunchTemplateVersions"]
    assert default["LaunchTemplateData"] == {"InstanceType": "t3.small"}
    ec2.delete_launch_template(**this)
    gateway = ec2.create_internet_gateway()["InternetGateway"]
    assert gateway["Tags"] == []
    ec2.delete_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"])
    assert ec2.describe_route_tables()["RouteTables"][0]["Tags"] == []
