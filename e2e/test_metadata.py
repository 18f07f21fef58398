"""What a task learns of itself and its role from the agent: metadata, credentials, protection; and what it does not learn."""

import datetime
import json
import re
import subprocess
import urllib.request

import boto3
import botocore.exceptions
import pytest
from conftest import opened, port_of_nobody, wait_for
from endpoints import INSTANCE, TASKS, Container
from services import LIVES

ROLE = "arn:aws:iam::000000000000:role/reader"
TRUST = {"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}}


@pytest.fixture(scope="module")
def place():
    """A region whose introspection has a port of its own, and two tasks with a role."""
    port = port_of_nobody()
    with opened("--introspection", f"127.0.0.1:{port}") as region:
        region.introspection = f"127.0.0.1:{port}"
        define(region, "metadata")
        yield region, *(Container(region, region.run("metadata")) for _ in range(2))


def define(region, family, **more):
    container = {"name": "main", "image": "busybox:e2e", "memory": 32, "command": LIVES, "stopTimeout": 2,
                 "portMappings": [{"containerPort": 80}], "dockerLabels": {"tier": "front"}}
    region.client().register_task_definition(family=family, containerDefinitions=[container], **{"taskRoleArn": ROLE} | more)


def client(region, service, given):
    return boto3.client(service, endpoint_url=region.endpoint, region_name="us-east-1", aws_access_key_id=given["AccessKeyId"],
                        aws_secret_access_key=given["SecretAccessKey"], aws_session_token=given["Token"])


def test_a_task_reads_of_itself_what_describe_tasks_shows(place):
    region, one, _ = place
    shown = region.describe(one.arn)
    container = one.json(one.v4)
    assert container["DockerId"] == shown["containers"][0]["runtimeId"]
    assert container["ContainerARN"] == shown["containers"][0]["containerArn"]
    assert (container["Name"], container["Image"], container["KnownStatus"]) == ("main", "busybox:e2e", "RUNNING")
    assert container["Labels"]["com.amazonaws.ecs.task-arn"] == one.arn and container["Labels"]["tier"] == "front"
    assert container["Ports"][0]["HostPort"] == shown["containers"][0]["networkBindings"][0]["hostPort"]
    assert container["ImageID"].startswith("sha256:") and container["Limits"]["Memory"] == 32
    assert re.fullmatch(r"ecs-metadata-\d+-main-[0-9a-f]{20}", container["DockerName"])
    task = one.json(f"{one.v4}/task")
    assert (task["TaskARN"], task["Family"], task["LaunchType"]) == (one.arn, "metadata", "EC2")
    assert task["AvailabilityZone"] == shown["availabilityZone"]
    assert task["Containers"] == [container]
    assert one.json(f"{one.environment['ECS_CONTAINER_METADATA_URI']}/task")["TaskARN"] == one.arn
    stats = one.json(f"{one.v4}/stats")
    assert stats["cpu_stats"]["cpu_usage"]["total_usage"] > 0 and stats["memory_stats"]["usage"] > 0
    assert stats["networks"]["eth0"]["tx_bytes"] > 0 and stats["network_rate_stats"]["tx_bytes_per_sec"] > 0
    assert list(one.json(f"{one.v4}/task/stats")) == [container["DockerId"]]


def test_tags_are_told_where_they_are_asked_for(place):
    region, one, _ = place
    region.client().tag_resource(resourceArn=one.arn, tags=[{"key": "team", "value": "sea"}])
    assert one.json(f"{one.v4}/taskWithTags")["TaskTags"] == {"team": "sea"}
    assert "TaskTags" not in one.json(f"{one.v4}/task")


def test_the_container_itself_reads_its_addresses_from_its_environment(place):
    region, one, _ = place
    script = ('wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task; echo; wget -q -O - '
              'http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI; echo; echo $AWS_REGION $AWS_DEFAULT_REGION $AWS_EXECUTION_ENV')
    container = {"name": "main", "image": "busybox:e2e", "memory": 32, "command": ["sh", "-c", script]}
    region.client().register_task_definition(family="reads", taskRoleArn=ROLE, containerDefinitions=[container])
    arn = region.run("reads")
    region.wait(arn, "STOPPED")
    task, given, words = region.logs(arn).strip().splitlines()
    assert json.loads(task)["TaskARN"] == arn
    assert json.loads(given)["RoleArn"] == ROLE
    assert words == "us-east-1 us-east-1 AWS_ECS_EC2"


def test_the_region_of_the_user_stays(place):
    region, _, _ = place
    container = {"name": "main", "image": "busybox:e2e", "memory": 32, "command": ["env"],
                 "environment": [{"name": "AWS_DEFAULT_REGION", "value": "eu-west-1"}]}
    region.client().register_task_definition(family="elsewhere", containerDefinitions=[container])
    arn = region.run("elsewhere")
    region.wait(arn, "STOPPED")
    lines = region.logs(arn).splitlines()
    assert "AWS_DEFAULT_REGION=eu-west-1" in lines and not any(line.startswith("AWS_REGION=") for line in lines)
    assert not any("CREDENTIALS" in line for line in lines), "a task without a role is told of none"


def test_no_task_reads_of_another(place):
    _, one, two = place
    paths = ["", "/task", "/stats", "/task/stats", "/taskWithTags"]
    asked = [("GET", two.v4 + path, None, {}) for path in paths]
    assert [status for status, _ in one.ask_all(asked)] == [404] * len(paths)
    status, text = one.ask(two.credentials_url)
    assert (status, json.loads(text)["code"]) == (400, "InvalidIdInRequest")
    status, _ = one.ask(f"{two.environment['ECS_AGENT_URI']}/task-protection/v1/state")
    assert status == 404
    assert two.ask(two.credentials_url)[0] == 200
    secrets = {container.environment["ECS_AGENT_URI"] for container in (one, two)}
    assert len(secrets) == 2


def test_credentials_of_the_role_speak_to_our_api(place):
    region, one, _ = place
    given = one.credentials()
    assert set(given) == {"RoleArn", "AccessKeyId", "SecretAccessKey", "Token", "Expiration"}
    identity = client(region, "sts", given).get_caller_identity()
    assert identity["Arn"] == f"arn:aws:sts::000000000000:assumed-role/reader/{one.arn.rsplit('/', 1)[1]}"


def test_who_asks_for_credentials_is_written_down(place):
    region, one, _ = place
    one.credentials()
    lines = lambda: [it for it in region.log.read_text().splitlines() if "GetCredentials" in it and one.arn in it]
    wait_for(lambda: any("Python-urllib" in line for line in lines()), "a line of the audit log")
    secret = one.environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"].rsplit("/", 1)[1]
    assert not any(secret in line for line in lines())


def test_a_task_that_asks_too_often_hears_so_and_no_other_does(place):
    _, one, two = place
    answered, is_ended = one.burst(one.credentials_url, 4000)
    assert answered >= 60 and is_ended, (answered, is_ended)
    assert two.ask(two.v4)[0] == 200
    wait_for(lambda: one.ask(one.v4)[0] == 200, "the task is answered again")


def test_what_ec2_says_of_the_instance_needs_a_token(place):
    _, one, two = place
    zone = f"{INSTANCE}/latest/meta-data/placement/availability-zone"
    assert one.ask(zone)[0] == 401
    status, token = one.ask(f"{INSTANCE}/latest/api/token", "PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})
    assert status == 200
    shown = {"X-aws-ec2-metadata-token": token}
    assert one.ask(zone, headers=shown) == (200, one.json(f"{one.v4}/task")["AvailabilityZone"])
    assert one.ask(f"{INSTANCE}/latest/meta-data/placement/region", headers=shown) == (200, "us-east-1")
    assert one.ask(f"{INSTANCE}/latest/meta-data/iam/security-credentials/", headers=shown)[0] == 404
    assert two.ask(zone, headers=shown)[0] == 401, "another's token"


def test_introspection_is_for_the_host(place):
    region, one, _ = place
    address = region.introspection

    def get(path):
        with urllib.request.urlopen(f"http://{address}{path}", timeout=5) as reply:
            return json.loads(reply.read())

    about = get("/v1/metadata")
    assert about["Cluster"] == "default" and "container-instance/default/" in about["ContainerInstanceArn"]
    assert one.arn in {task["Arn"] for task in get("/v1/tasks")["Tasks"]}
    assert get(f"/v1/tasks?taskarn={one.arn}")["Containers"][0]["Name"] == "main"
    gateway = subprocess.run(["nsenter", f"--net=/proc/{one.pid}/ns/net", "ip", "-4", "route", "show", "default"],
                             capture_output=True, text=True, check=True).stdout.split()[2]
    assert one.ask(f"http://{gateway}:{address.rpartition(':')[2]}/v1/tasks")[0] == 0, "containers do not reach it"


def test_protection_by_the_task_itself(place):
    region, _, _ = place
    ecs = region.client()
    define(region, "protected")
    ecs.create_service(cluster="default", serviceName="protected", taskDefinition="protected", desiredCount=1)
    try:
        arn = wait_for(lambda: ecs.list_tasks(cluster="default", serviceName="protected")["taskArns"], "a task")[0]
        task = Container(region, arn)
        url = f"{task.environment['ECS_AGENT_URI']}/task-protection/v1/state"
        status, text = task.ask(url, "PUT", json.dumps({"ProtectionEnabled": True, "ExpiresInMinutes": 5}))
        protection = json.loads(text)["protection"]
        assert (status, protection["ProtectionEnabled"], protection["TaskArn"]) == (200, True, arn)
        until = datetime.datetime.fromisoformat(protection["ExpirationDate"])
        shown = ecs.get_task_protection(cluster="default", tasks=[arn])["protectedTasks"][0]
        assert shown["protectionEnabled"] and abs((shown["expirationDate"] - until).total_seconds()) < 1
        assert json.loads(task.ask(url)[1])["protection"]["ProtectionEnabled"] is True
        task.ask(url, "PUT", json.dumps({"ProtectionEnabled": False}))
        assert not ecs.get_task_protection(cluster="default", tasks=[arn])["protectedTasks"][0]["protectionEnabled"]
        assert task.ask(url, "PUT", json.dumps({"Protected": True}))[0] == 400
    finally:
        ecs.delete_service(cluster="default", service="protected", force=True)


def test_a_task_of_no_service_is_told_that_it_cannot_be_protected(place):
    _, one, _ = place
    status, text = one.ask(f"{one.environment['ECS_AGENT_URI']}/task-protection/v1/state")
    assert (status, json.loads(text)["failure"]["Reason"]) == (200, "TASK_NOT_VALID")


def test_the_endpoints_survive_the_agent(own_region):
    define(own_region, "stays")
    task = Container(own_region, own_region.run("stays"))
    before = task.credentials()
    own_region.kill()
    assert task.ask(task.v4)[0] == 0
    own_region.restart()
    wait_for(lambda: task.ask(task.v4)[0] == 200, "the next agent answers by the old address")
    assert task.credentials()["RoleArn"] == before["RoleArn"]
    assert task.json(f"{task.v4}/task")["TaskARN"] == task.arn


@pytest.mark.parametrize("own_region", [["--role-credentials-validity", "24s"]], indirect=True)
def test_credentials_are_renewed_before_they_end(own_region):
    define(own_region, "renewed")
    task = Container(own_region, own_region.run("renewed"))
    first = task.credentials()

    def renewed():
        asked_at = datetime.datetime.now(datetime.timezone.utc)
        now = task.credentials()
        left = datetime.datetime.fromisoformat(now["Expiration"]) - asked_at
        assert left.total_seconds() > 0, "never one that has ended"
        return now if now["AccessKeyId"] != first["AccessKeyId"] else None

    second = wait_for(renewed, "other credentials at the same address")
    assert second["Expiration"] > first["Expiration"] and second["RoleArn"] == first["RoleArn"]
    assert client(own_region, "sts", second).get_caller_identity()["Account"] == "000000000000"


def test_the_policy_of_the_role_is_what_its_credentials_may():
    with opened("--auth", "iam") as region:
        said = region.log.read_text()
        keys = [next(line.split()[-1] for line in said.splitlines() if name in line).partition("=")[2]
                for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")]
        administrator = lambda service: boto3.client(service, endpoint_url=region.endpoint, region_name="us-east-1",
                                                     aws_access_key_id=keys[0], aws_secret_access_key=keys[1])
        iam, ecs = administrator("iam"), administrator("ecs")
        region.client = lambda service="ecs": administrator(service)
        iam.create_role(RoleName="reader", AssumeRolePolicyDocument=json.dumps(TRUST))
        allowed = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecs:ListClusters", "Resource": "*"}}
        iam.put_role_policy(RoleName="reader", PolicyName="look", PolicyDocument=json.dumps(allowed))
        define(region, "reader")
        task = Container(region, region.run("reader"))
        role = client(region, "ecs", task.credentials())
        assert role.list_clusters()["clusterArns"] == [ecs.list_clusters()["clusterArns"][0]]
        with pytest.raises(botocore.exceptions.ClientError) as refused:
            role.describe_clusters(clusters=["default"])
        assert refused.value.response["Error"]["Code"] == "AccessDeniedException"
        status, text = task.ask(f"{task.environment['ECS_AGENT_URI']}/task-protection/v1/state")
        assert (status, json.loads(text)["error"]["Code"]) == (400, "AccessDeniedException")
