"""Tasks with network interfaces of their own: what an ECS networking workshop does, with stock clients."""

import botocore.exceptions
import pytest
from conftest import opened, wait_for

SERVER = ["sh", "-c", "mkdir /www; echo page > /www/index.html; exec httpd -f -p 80 -h /www"]
# Says whether the server answers, again and again.
CLIENT = """trap exit TERM; while :; do
if printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 1 {} 80 | grep -q '200 OK'; then echo yes; else echo no; fi; sleep 0.2 & wait $!; done"""


@pytest.fixture(scope="module")
def place():
    """A region with room for three tasks with interfaces, and its default VPC's subnets."""
    with opened("--instance-type", "m5.xlarge") as region:
        ec2 = region.client("ec2")
        vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]
        subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]
        yield region, ec2, vpc, subnets


def group(ec2, vpc, name):
    return ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc["VpcId"])["GroupId"]


def run(region, subnets, family, command, groups):
    """A task in one of the subnets; returns its ARN."""
    definition = {"name": "main", "image": "busybox:e2e", "memory": 32, "command": command, "stopTimeout": 2}
    region.client().register_task_definition(family=family, networkMode="awsvpc", containerDefinitions=[definition])
    network = {"subnets": [subnet["SubnetId"] for subnet in subnets], "securityGroups": groups}
    return region.run(family, networkConfiguration={"awsvpcConfiguration": network})


def details(task):
    (attachment,) = task["attachments"]
    assert attachment["type"] == "ElasticNetworkInterface"
    return {detail["name"]: detail["value"] for detail in attachment["details"]}


def said(region, arn):
    return region.logs(arn).split()


def test_a_task_has_an_interface_that_groups_guard_and_that_goes_with_it(place):
    region, ec2, vpc, subnets = place
    web, friend = group(ec2, vpc, "web"), group(ec2, vpc, "friend")
    allowed = [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [{"GroupId": friend}]}]
    ec2.authorize_security_group_ingress(GroupId=web, IpPermissions=allowed)
    server = run(region, subnets, "server", SERVER, [web])
    task = region.wait(server, "RUNNING")
    shown = details(task)
    (interface,) = ec2.describe_network_interfaces(NetworkInterfaceIds=[shown["networkInterfaceId"]])["NetworkInterfaces"]
    assert interface["Status"] == "in-use" and interface["PrivateIpAddress"] == shown["privateIPv4Address"]
    assert [group["GroupId"] for group in interface["Groups"]] == [web]
    assert interface["SubnetId"] == shown["subnetId"] and interface["MacAddress"] == shown["macAddress"]
    (own,) = task["containers"][0]["networkInterfaces"]
    assert own["privateIpv4Address"] == shown["privateIPv4Address"]
    client = run(region, subnets, "client", ["sh", "-c", CLIENT.format(shown["privateIPv4Address"])], [friend])
    region.wait(client, "RUNNING")
    wait_for(lambda: "yes" in said(region, client), "the friend is served")
    ec2.revoke_security_group_ingress(GroupId=web, IpPermissions=allowed)
    wait_for(lambda: said(region, client)[-1] == "no", "the friend is not served any more")
    ec2.authorize_security_group_ingress(GroupId=web, IpPermissions=allowed)
    wait_for(lambda: said(region, client)[-1] == "yes", "the friend is served again")
    for arn in (client, server):
        region.client().stop_task(cluster="default", task=arn)
        region.wait(arn, "STOPPED")
    with pytest.raises(botocore.exceptions.ClientError, match="InvalidNetworkInterfaceID.NotFound"):
        ec2.describe_network_interfaces(NetworkInterfaceIds=[shown["networkInterfaceId"]])
    for name in (web, friend):
        ec2.revoke_security_group_ingress(GroupId=name, IpPermissions=allowed) if name == web else None
        ec2.delete_security_group(GroupId=name)


def test_a_neighbour_without_the_group_is_not_served(place):
    region, ec2, vpc, subnets = place
    guarded, stranger = group(ec2, vpc, "guarded"), group(ec2, vpc, "stranger")
    server = run(region, subnets, "server", SERVER, [guarded])
    address = details(region.wait(server, "RUNNING"))["privateIPv4Address"]
    client = run(region, subnets, "client", ["sh", "-c", CLIENT.format(address)], [stranger])
    region.wait(client, "RUNNING")
    wait_for(lambda: len(said(region, client)) >= 2, "it tries")
    assert set(said(region, client)) == {"no"}
    for arn in (client, server):
        region.client().stop_task(cluster="default", task=arn)
        region.wait(arn, "STOPPED")


def test_why_names_the_zones_in_which_a_service_has_subnets(place):
    region, ec2, vpc, subnets = place
    elsewhere = [subnet["SubnetId"] for subnet in subnets if not subnet["AvailabilityZone"].endswith("a")]
    definition = {"name": "main", "image": "busybox:e2e", "memory": 32, "command": ["sleep", "600"]}
    ecs = region.client()
    ecs.register_task_definition(family="far", networkMode="awsvpc", containerDefinitions=[definition])
    network = {"awsvpcConfiguration": {"subnets": elsewhere}}
    ecs.create_service(serviceName="far", taskDefinition="far", desiredCount=1, networkConfiguration=network)
    try:
        said = region.longshore("why", "far").stdout
        assert "LOCATION" in said and "us-east-1b, us-east-1c" in said, said
    finally:
        ecs.delete_service(service="far", force=True)
