"""The first whole road: register, run, watch, stop, by the AWS CLI and by boto3."""

import urllib.request

from conftest import wait_for


def test_the_aws_cli_walks_the_whole_road(region):
    containers = '[{"name":"main","image":"busybox:e2e","memory":32,"stopTimeout":2,"command":["sh","-c","echo first light; sleep 600"]}]'
    registered = region.aws("ecs", "register-task-definition", "--family", "walk", "--container-definitions", containers)
    assert registered["taskDefinition"]["status"] == "ACTIVE"
    task = region.aws("ecs", "run-task", "--task-definition", "walk")["tasks"][0]
    assert task["desiredStatus"] == "RUNNING"
    region.aws("ecs", "wait", "tasks-running", "--tasks", task["taskArn"])
    described = region.aws("ecs", "describe-tasks", "--tasks", task["taskArn"])["tasks"][0]
    assert described["lastStatus"] == "RUNNING"
    assert described["containers"][0]["lastStatus"] == "RUNNING"
    assert described["containers"][0]["runtimeId"]
    wait_for(lambda: "first light" in region.logs(task["taskArn"]), "the container's line is in its log")
    region.aws("ecs", "stop-task", "--task", task["taskArn"], "--reason", "seen enough")
    region.aws("ecs", "wait", "tasks-stopped", "--tasks", task["taskArn"])
    stopped = region.aws("ecs", "describe-tasks", "--tasks", task["taskArn"])["tasks"][0]
    assert (stopped["stopCode"], stopped["stoppedReason"]) == ("UserInitiated", "seen enough")


def test_boto3_waiters_pass(region):
    ecs = region.client()
    region.register("waited", ["sleep", "600"])
    arns = [task["taskArn"] for task in ecs.run_task(taskDefinition="waited", count=3)["tasks"]]
    ecs.get_waiter("tasks_running").wait(tasks=arns, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    for arn in arns:
        ecs.stop_task(task=arn)
    ecs.get_waiter("tasks_stopped").wait(tasks=arns, WaiterConfig={"Delay": 1, "MaxAttempts": 60})


def test_exit_codes_and_reasons_are_told(region):
    region.register("leaves", ["sh", "-c", "exit 3"])
    task = region.wait(region.run("leaves"), "STOPPED")
    assert task["containers"][0]["exitCode"] == 3
    assert task["stopCode"] == "EssentialContainerExited"
    assert task["stoppedReason"] == "Essential container in task exited"


def test_a_page_is_served_from_a_published_port(region):
    region.register("serves", ["httpd", "-f", "-p", "80", "-h", "/www"], portMappings=[{"containerPort": 80}])
    arn = region.run("serves")
    task = region.wait(arn, "RUNNING")
    port = task["containers"][0]["networkBindings"][0]["hostPort"]

    def page():
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
        except OSError:
            return None

    assert b"Longshore" in wait_for(page, "the page is served")
    region.client().stop_task(task=arn)
    region.wait(arn, "STOPPED")


def test_an_image_that_is_not_there_stops_the_task_with_a_reason(region):
    region.client().register_task_definition(
        family="absent", containerDefinitions=[{"name": "main", "image": "127.0.0.1:1/absent:none", "memory": 32}])
    task = region.wait(region.run("absent"), "STOPPED")
    assert task["stopCode"] == "TaskFailedToStart"
    assert "CannotPull" in task["containers"][0]["reason"]
    assert "CannotPull" in task["stoppedReason"]


def test_a_container_beyond_its_memory_is_killed_and_told(region):
    region.register("greedy", ["sh", "-c", "head -c 200m /dev/zero | tail"], memory=16)
    task = region.wait(region.run("greedy"), "STOPPED")
    assert task["containers"][0]["exitCode"] == 137
    assert task["containers"][0]["reason"].startswith("OutOfMemoryError: Container killed due to memory usage")


def test_two_accounts_and_two_regions_see_nothing_of_each_other(region):
    other = region.client(key="111122223333")
    assert other.list_clusters()["clusterArns"] == []
    elsewhere = region.client(region="eu-west-1")
    assert elsewhere.list_clusters()["clusterArns"] == []
    assert "arn:aws:ecs:us-east-1:000000000000:cluster/default" in region.client().list_clusters()["clusterArns"]


def test_sts_says_who_is_calling(region):
    identity = region.client("sts", key="111122223333").get_caller_identity()
    assert identity["Account"] == "111122223333"
    assert region.aws("sts", "get-caller-identity")["Account"] == "000000000000"


def test_what_is_not_served_yet_says_so(region):
    import botocore.exceptions
    import pytest

    with pytest.raises(botocore.exceptions.ClientError) as refused:
        region.client().create_express_gateway_service(executionRoleArn="arn:aws:iam::000000000000:role/a",
                                                       infrastructureRoleArn="arn:aws:iam::000000000000:role/b",
                                                       primaryContainer={"image": "busybox:e2e"})
    assert "CreateExpressGatewayService" in str(refused.value) and "not served" in str(refused.value)
