"""What tasks learn of the host they run on: EC2's words and its role by stock boto3 on instances, and neither on Fargate, which holds
them to their size instead."""

import json
import os
import subprocess
import sys

import pytest
from conftest import DEADLINE_S, opened, wait_for
from endpoints import INSTANCE, Container
from services import LIVES
from test_fargate import Place

ROLE = "host"
TRUST = {"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}

# What every SDK does where nothing else is configured: IMDSv2 with a token first.
PROVIDER = """
import json
from botocore.credentials import InstanceMetadataProvider
from botocore.utils import InstanceMetadataFetcher
found = InstanceMetadataProvider(InstanceMetadataFetcher(timeout=5, num_attempts=1)).load()
print(json.dumps(found and dict(zip(("key", "secret", "token"), found.get_frozen_credentials()))))
"""


def provided(container):
    """The credentials that boto3 finds by the container's network, if any."""
    done = subprocess.run(["nsenter", f"--net=/proc/{container.pid}/ns/net", sys.executable, "-c", PROVIDER],
                          capture_output=True, text=True, timeout=DEADLINE_S)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def place():
    """A region on whose one host there is a role."""
    with opened("--instance-type", "m5.xlarge", "--instance-profile", "web") as region:
        iam = region.client("iam")
        iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=json.dumps(TRUST))
        iam.create_instance_profile(InstanceProfileName="web")
        iam.add_role_to_instance_profile(InstanceProfileName="web", RoleName=ROLE)
        yield Place(region, "shop")


def test_a_task_with_an_interface_of_its_own_has_the_instance_s_role(place):
    definition = {"name": "main", "image": "busybox:e2e", "memory": 32, "command": LIVES, "stopTimeout": 2}
    place.ecs.register_task_definition(family="seer", networkMode="awsvpc", containerDefinitions=[definition])
    network = {"awsvpcConfiguration": {"subnets": list(place.zones)}}
    container = Container(place.region, place.region.run("seer", networkConfiguration=network))
    # The profile was made when the agent was there already; the plane looks again by itself.
    found = wait_for(lambda: provided(container), "the role's credentials", 2 * DEADLINE_S)
    sts = place.region.client("sts", found["key"], secret=found["secret"], token=found["token"])
    assert f":assumed-role/{ROLE}/" in sts.get_caller_identity()["Arn"]
    # Without a token there is nothing.
    assert container.ask(f"{INSTANCE}/latest/meta-data/iam/info")[0] == 401
    _, token = container.ask(f"{INSTANCE}/latest/api/token", "PUT", headers={"x-aws-ec2-metadata-token-ttl-seconds": "60"})
    status, text = container.ask(f"{INSTANCE}/latest/meta-data/iam/info", headers={"x-aws-ec2-metadata-token": token})
    assert status == 200 and json.loads(text)["InstanceProfileArn"].endswith(":instance-profile/web")


def test_a_task_of_fargate_has_its_size_and_no_instance(place):
    place.define("small", LIVES)
    (arn,) = place.run("small")
    container = Container(place, arn)
    assert provided(container) is None
    task = container.json(f"{container.v4}/task")
    assert task["LaunchType"] == "FARGATE" and task["Cluster"] == arn.replace(":task/", ":cluster/").rsplit("/", 1)[0]
    assert task["EphemeralStorageMetrics"]["Reserved"] == 20 * 1024 and task["EphemeralStorageMetrics"]["Utilized"] < 100
    assert task["ClockDrift"]["ClockSynchronizationStatus"] in ("SYNCHRONIZED", "NOT_SYNCHRONIZED")
    assert container.environment["AWS_EXECUTION_ENV"] == "AWS_ECS_FARGATE"
    assert container.environment["AWS_REGION"] == container.environment["AWS_DEFAULT_REGION"] == "us-east-1"
    disk = os.statvfs(f"/proc/{container.pid}/root")
    assert 20 * 1024 <= disk.f_bavail * disk.f_frsize >> 20 < 21 * 1024
    place.stop([arn])


def test_a_task_of_fargate_gets_no_more_than_its_size(place):
    place.define("hungry", ["tail", "/dev/zero"])
    too_much = "! busybox fallocate -l 21g /scratch/all && rm /scratch/all && echo room > /scratch/note && echo room > /note"
    points = [{"sourceVolume": "scratch", "containerPath": "/scratch"}]
    place.define("hoarder", [], volumes=[{"name": "scratch"}], containerDefinitions=[
        {"name": "main", "image": "busybox:e2e", "command": ["sh", "-c", too_much], "mountPoints": points}])
    (hungry,), (hoarder,) = place.run("hungry"), place.run("hoarder")
    (ended,) = place.wait(hungry, "STOPPED")["containers"]
    assert ended["exitCode"] == 137 and ended["reason"].startswith("OutOfMemoryError"), ended
    (ended,) = place.wait(hoarder, "STOPPED")["containers"]
    assert ended["exitCode"] == 0, place.region.longshore("logs", "--cluster", "shop", hoarder).stdout
