"""Users, roles and policies: who may do what, by stock clients, on a region that enforces them."""

import json

import botocore.exceptions
import pytest
from conftest import opened

TRUST_OF_USERS = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "000000000000"}, "Action": "sts:AssumeRole"}}


@pytest.fixture(scope="module")
def guarded():
    """A region with `--auth iam`, and its administrator."""
    with opened("--auth", "iam") as region:
        said = region.log.read_text()

        def told(name):
            return next(line.split()[-1] for line in said.splitlines() if name in line).partition("=")[2]

        yield region, (told("AWS_ACCESS_KEY_ID"), told("AWS_SECRET_ACCESS_KEY"))


def client(region, service, key, secret, token=None):
    return region.client(service, key, secret=secret, token=token)


def refusal(call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        call(**arguments)
    return refused.value.response["Error"]


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", **it} for it in statements]})


@pytest.fixture
def ada(guarded):
    """A user who may look at clusters and become role `deployer`, and the keys of the user."""
    region, administrator = guarded
    iam = client(region, "iam", *administrator)
    iam.create_user(UserName="ada")
    role = iam.create_role(RoleName="deployer", AssumeRolePolicyDocument=json.dumps(TRUST_OF_USERS))["Role"]
    document = policy({"Action": "ecs:Describe*"}, {"Action": "sts:AssumeRole", "Resource": role["Arn"]})
    iam.put_user_policy(UserName="ada", PolicyName="look", PolicyDocument=document)
    iam.attach_role_policy(RoleName="deployer", PolicyArn="arn:aws:iam::aws:policy/AmazonECS_FullAccess")
    key = iam.create_access_key(UserName="ada")["AccessKey"]
    yield key["AccessKeyId"], key["SecretAccessKey"]
    iam.delete_access_key(UserName="ada", AccessKeyId=key["AccessKeyId"])
    iam.delete_user_policy(UserName="ada", PolicyName="look")
    iam.delete_user(UserName="ada")
    iam.detach_role_policy(RoleName="deployer", PolicyArn="arn:aws:iam::aws:policy/AmazonECS_FullAccess")
    iam.delete_role(RoleName="deployer")


def test_the_agent_joins_by_its_own_key(guarded):
    region, administrator = guarded
    ecs = client(region, "ecs", *administrator)
    arns = ecs.list_container_instances(cluster="default")["containerInstanceArns"]
    instances = ecs.describe_container_instances(cluster="default", containerInstances=arns)["containerInstances"]
    assert [instance["agentConnected"] for instance in instances] == [True]


def test_a_user_does_what_the_policy_allows(guarded, ada):
    region, _ = guarded
    ecs = client(region, "ecs", *ada)
    assert ecs.describe_clusters(clusters=["default"])["clusters"]
    refused = refusal(ecs.create_cluster, clusterName="mine")
    assert refused["Code"] == "AccessDeniedException"
    assert refused["Message"] == (
        "User: arn:aws:iam::000000000000:user/ada is not authorized to perform: ecs:CreateCluster on resource: "
        "arn:aws:ecs:us-east-1:000000000000:cluster/mine because no identity-based policy allows the ecs:CreateCluster action")


def test_a_user_becomes_a_role_for_a_while(guarded, ada):
    region, _ = guarded
    sts = client(region, "sts", *ada)
    session = sts.assume_role(RoleArn="arn:aws:iam::000000000000:role/deployer", RoleSessionName="ada")["Credentials"]
    keys = session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"]
    identity = client(region, "sts", *keys).get_caller_identity()
    assert identity["Arn"] == "arn:aws:sts::000000000000:assumed-role/deployer/ada"
    ecs = client(region, "ecs", *keys)
    ecs.create_cluster(clusterName="made-by-role")
    ecs.delete_cluster(cluster="made-by-role")
    assert refusal(client(region, "iam", *keys).create_user, UserName="eve")["Code"] == "AccessDenied"
    narrowed = sts.assume_role(RoleArn="arn:aws:iam::000000000000:role/deployer", RoleSessionName="ada",
                               Policy=policy({"Action": "ecs:List*"}))["Credentials"]
    ecs = client(region, "ecs", narrowed["AccessKeyId"], narrowed["SecretAccessKey"], narrowed["SessionToken"])
    assert ecs.list_clusters()["clusterArns"]
    assert "no session policy allows" in refusal(ecs.create_cluster, clusterName="mine")["Message"]


def test_roles_are_passed_only_by_who_may(guarded, ada):
    region, administrator = guarded
    iam = client(region, "iam", *administrator)
    iam.put_user_policy(UserName="ada", PolicyName="look", PolicyDocument=policy({"Action": "ecs:RegisterTaskDefinition"}))
    ecs = client(region, "ecs", *ada)
    container = {"name": "main", "image": "busybox:e2e", "memory": 16}
    refused = refusal(ecs.register_task_definition, family="passes", containerDefinitions=[container],
                      taskRoleArn="arn:aws:iam::000000000000:role/deployer")
    assert "iam:PassRole on resource: arn:aws:iam::000000000000:role/deployer" in refused["Message"]
    assert ecs.register_task_definition(family="passes", containerDefinitions=[container])["taskDefinition"]["revision"] == 1


def test_why_tells_what_it_may_not_look_at(guarded, ada):
    region, administrator = guarded
    document = policy({"Action": "ecs:*"}, {"Effect": "Deny", "Action": "ecs:DescribeTaskDefinition"})
    client(region, "iam", *administrator).put_user_policy(UserName="ada", PolicyName="look", PolicyDocument=document)
    key, secret = ada
    done = region.longshore("why", "nothing", check=False, AWS_ACCESS_KEY_ID=key, AWS_SECRET_ACCESS_KEY=secret)
    assert done.returncode == 1 and "not authorized to perform: ecs:DescribeTaskDefinition" in done.stderr, done.stderr
    assert "no service, task or task definition" not in done.stderr, "nobody knows that"


def test_the_stock_command_line_manages_roles(guarded):
    region, (key, secret) = guarded
    keys = {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret}
    made = region.aws("iam", "create-role", "--role-name", "task", "--assume-role-policy-document", json.dumps(TRUST_OF_USERS), **keys)
    assert made["Role"]["AssumeRolePolicyDocument"] == TRUST_OF_USERS
    region.aws("iam", "attach-role-policy", "--role-name", "task", "--policy-arn",
               "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy", **keys)
    listed = region.aws("iam", "list-attached-role-policies", "--role-name", "task", **keys)
    assert [it["PolicyName"] for it in listed["AttachedPolicies"]] == ["AmazonECSTaskExecutionRolePolicy"]
    refused = region.aws("iam", "delete-role", "--role-name", "task", check=False, **keys)
    assert "DeleteConflict" in refused.stderr
    region.aws("iam", "detach-role-policy", "--role-name", "task", "--policy-arn",
               "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy", **keys)
    region.aws("iam", "delete-role", "--role-name", "task", **keys)
