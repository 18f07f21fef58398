"""Users, roles and policies: who may do what, by stock clients, on a region that enforces them."""

import json
import re

import botocore.exceptions
import pytest
from conftest import opened, wait_for

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


def test_the_administrator_is_a_user_as_every_other(guarded):
    region, administrator = guarded
    iam = client(region, "iam", *administrator)
    user = iam.get_user()["User"]
    assert user["UserName"] == "administrator" and user in iam.list_users()["Users"]
    assert client(region, "sts", *administrator).get_caller_identity()["UserId"] == user["UserId"]
    attached = iam.list_attached_user_policies(UserName="administrator")["AttachedPolicies"]
    assert [policy["PolicyName"] for policy in attached] == ["AdministratorAccess"]
    second = iam.create_access_key()["AccessKey"]
    keys = [key["AccessKeyId"] for key in iam.list_access_keys()["AccessKeyMetadata"]]
    assert sorted(keys) == sorted([administrator[0], second["AccessKeyId"]])
    rotated = client(region, "iam", second["AccessKeyId"], second["SecretAccessKey"])
    rotated.update_access_key(AccessKeyId=administrator[0], Status="Inactive")
    assert refusal(iam.get_user)["Code"] == "InvalidClientTokenId"
    rotated.update_access_key(AccessKeyId=administrator[0], Status="Active")
    iam.delete_access_key(AccessKeyId=second["AccessKeyId"])
    assert refusal(rotated.get_user)["Code"] == "InvalidClientTokenId"


def test_a_user_goes_by_the_calls_that_tools_make(guarded):
    """What Ansible's `iam_user` and Terraform's `force_destroy` ask before they delete a user."""
    region, administrator = guarded
    iam = client(region, "iam", *administrator)
    iam.create_user(UserName="leaving")
    key = iam.create_access_key(UserName="leaving")["AccessKey"]["AccessKeyId"]
    name = {"UserName": "leaving"}
    assert iam.list_groups_for_user(**name)["Groups"] == []
    iam.delete_access_key(**name, AccessKeyId=key)
    assert iam.list_ssh_public_keys(**name)["SSHPublicKeys"] == []
    assert iam.list_service_specific_credentials(**name)["ServiceSpecificCredentials"] == []
    assert iam.list_signing_certificates(**name)["Certificates"] == []
    assert iam.list_mfa_devices(**name)["MFADevices"] == []
    for call in (iam.get_login_profile, iam.delete_login_profile):
        refused = refusal(call, **name)
        assert (refused["Code"], refused["Message"]) == ("NoSuchEntity", "Login Profile for User leaving cannot be found.")
    iam.delete_user(**name)
    assert refusal(iam.list_mfa_devices, **name)["Code"] == "NoSuchEntity"


def test_a_trust_policy_names_who_can_be(guarded):
    region, administrator = guarded
    iam = client(region, "iam", *administrator)

    def refused(change):
        document = {"Version": "2012-10-17", "Statement": {**TRUST_OF_USERS["Statement"], **change}}
        error = refusal(iam.create_role, RoleName="slip", AssumeRolePolicyDocument=json.dumps(document))
        assert error["Code"] == "MalformedPolicyDocument"
        return error["Message"]

    nobody = "arn:aws:iam::000000000000:user/nobody"
    assert refused({"Principal": {"AWS": "foo"}}) == 'Invalid principal in policy: "AWS":"foo"'
    assert refused({"Principal": {"AWS": nobody}}) == f'Invalid principal in policy: "AWS":"{nobody}"'
    assert refused({"Principal": {"Service": "foo"}}) == 'Invalid principal in policy: "SERVICE":"foo"'
    assert refused({"Action": "ecs:RunTask"}) == "AssumeRole policy may only specify STS AssumeRole actions."


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


TRUST_OF_TASKS = {"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole",
    "Condition": {"StringEquals": {"aws:SourceAccount": "000000000000"}, "ArnLike": {"aws:SourceArn": "arn:aws:ecs:us-east-1:000000000000:*"}}}}


def test_a_session_is_who_its_tags_say(guarded):
    region, administrator = guarded
    iam, ecs = client(region, "iam", *administrator), client(region, "ecs", *administrator)
    trust = {"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": "000000000000"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}}
    role = iam.create_role(RoleName="team", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    own = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    iam.put_role_policy(RoleName="team", PolicyName="own", PolicyDocument=policy({"Action": "ecs:DeleteCluster", "Condition": own}))
    ecs.create_cluster(clusterName="blue", tags=[{"key": "team", "value": "blue"}])
    iam.create_user(UserName="tagger")
    iam.put_user_policy(UserName="tagger", PolicyName="tag", PolicyDocument=policy({"Action": ["sts:AssumeRole", "sts:TagSession"]}))
    key = iam.create_access_key(UserName="tagger")["AccessKey"]

    def as_team(team):
        sts = client(region, "sts", key["AccessKeyId"], key["SecretAccessKey"])
        session = sts.assume_role(RoleArn=role, RoleSessionName="it", Tags=[{"Key": "team", "Value": team}])
        keys = session["Credentials"]
        identity = client(region, "sts", keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]).get_caller_identity()
        assert identity["UserId"] == session["AssumedRoleUser"]["AssumedRoleId"]
        return client(region, "ecs", keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])

    assert refusal(as_team("green").delete_cluster, cluster="blue")["Code"] == "AccessDeniedException"
    assert as_team("blue").delete_cluster(cluster="blue")["cluster"]["status"] == "INACTIVE"


def test_tags_on_what_is_made_take_a_permission(guarded, ada):
    region, administrator = guarded
    iam, ecs = client(region, "iam", *administrator), client(region, "ecs", *ada)
    make = {"Action": ["ecs:CreateCluster", "ecs:DeleteCluster"]}
    iam.put_user_policy(UserName="ada", PolicyName="look", PolicyDocument=policy(make))
    tags = [{"key": "team", "value": "a"}]
    refused = refusal(ecs.create_cluster, clusterName="tagged", tags=tags)
    assert "ecs:TagResource on resource: arn:aws:ecs:us-east-1:000000000000:cluster/tagged" in refused["Message"]
    tag = {"Action": "ecs:TagResource", "Condition": {"StringEquals": {"ecs:CreateAction": "CreateCluster", "aws:RequestTag/team": "a"}}}
    iam.put_user_policy(UserName="ada", PolicyName="look", PolicyDocument=policy(make, tag))
    ecs.create_cluster(clusterName="tagged", tags=tags)
    ecs.delete_cluster(cluster="tagged")


def test_a_task_may_do_what_its_role_may_and_nothing_else(guarded):
    region, administrator = guarded
    iam, ecs = client(region, "iam", *administrator), client(region, "ecs", *administrator)
    role = iam.create_role(RoleName="lister", AssumeRolePolicyDocument=json.dumps(TRUST_OF_USERS))["Role"]["Arn"]
    only_default = {"ArnEquals": {"ecs:cluster": "arn:aws:ecs:us-east-1:000000000000:cluster/default"}}
    iam.put_role_policy(RoleName="lister", PolicyName="list", PolicyDocument=policy({"Action": "ecs:ListTasks", "Condition": only_default}))
    tell = "wget -q -O - http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI; echo; exec sleep 1000"
    container = {"name": "main", "image": "busybox:e2e", "memory": 32, "command": ["sh", "-c", tell], "stopTimeout": 2}
    ecs.register_task_definition(family="lister", containerDefinitions=[container], taskRoleArn=role)
    refused = refusal(ecs.run_task, cluster="default", taskDefinition="lister")
    assert refused["Code"] == "ClientException" and role in refused["Message"], "the role does not trust ECS"
    iam.update_assume_role_policy(RoleName="lister", PolicyDocument=json.dumps(TRUST_OF_TASKS))
    task = ecs.run_task(cluster="default", taskDefinition="lister")["tasks"][0]["taskArn"]
    key = {"AWS_ACCESS_KEY_ID": administrator[0], "AWS_SECRET_ACCESS_KEY": administrator[1]}
    said = wait_for(lambda: region.longshore("logs", task, check=False, **key).stdout.strip(), "the task told its credentials")
    keys = json.loads(said.splitlines()[0])
    mine = client(region, "ecs", keys["AccessKeyId"], keys["SecretAccessKey"], keys["Token"])
    assert mine.list_tasks(cluster="default")["taskArns"] == [task]
    assert refusal(mine.list_tasks, cluster="other")["Code"] == "AccessDeniedException"
    refused = refusal(mine.stop_task, cluster="default", task=task)
    assert f"assumed-role/lister/{task.rpartition('/')[2]} is not authorized to perform: ecs:StopTask" in refused["Message"]
    plain = re.sub(r"\x1b\[[0-9;]*m", "", region.log.read_text())
    audited = [line for line in plain.splitlines() if "longshore::audit" in line and "StopTask" in line]
    assert len(audited) == 1 and 'decision="denied"' in audited[0] and "source=\"127.0.0.1:" in audited[0]
    ecs.stop_task(cluster="default", task=task)
