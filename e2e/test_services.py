"""Services through real clients: made, scaled, kept alive, deleted, and refused in ECS's words."""

import os
import re
import signal

import botocore.exceptions
import pytest
from conftest import wait_for
from services import LIVES, ids, processes, task_id

QUICK = {"Delay": 1, "MaxAttempts": 60}


def test_a_service_comes_grows_shrinks_and_goes(services):
    ecs = services.ecs
    made = services.create("walk", 2)
    assert (made["status"], made["desiredCount"]) == ("ACTIVE", 2)
    ecs.get_waiter("services_stable").wait(services=["walk"], WaiterConfig=QUICK)
    first = services.running("walk", 2)
    assert all(processes(task_id(task)) for task in first)
    services.update("walk", desiredCount=4)
    ecs.get_waiter("services_stable").wait(services=["walk"], WaiterConfig=QUICK)
    assert ids(first) < ids(services.running("walk", 4)), "growing leaves alone what runs"
    services.update("walk", desiredCount=1)
    kept = services.running("walk", 1)
    ecs.get_waiter("services_stable").wait(services=["walk"], WaiterConfig=QUICK)
    stopped = {task["stoppedReason"] for task in services.tasks("walk", "STOPPED")}
    assert len(stopped) == 1 and re.fullmatch(r"Scaling activity initiated by \(?deployment ecs-svc/\d+\)?", stopped.pop())
    with pytest.raises(ecs.exceptions.InvalidParameterException, match="The service cannot be stopped while it is scaled above 0."):
        ecs.delete_service(service="walk")
    services.update("walk", desiredCount=0)
    wait_for(lambda: not services.tasks("walk"), "the last task is to be stopped")
    assert ecs.delete_service(service="walk")["service"]["status"] in ("DRAINING", "INACTIVE")
    ecs.get_waiter("services_inactive").wait(services=["walk"], WaiterConfig=QUICK)
    assert not processes(task_id(kept[0]))
    assert not any("/walk" in arn for arn in ecs.list_services()["serviceArns"])
    texts = services.events("walk")
    assert re.fullmatch(r"\(service walk\) has started 2 tasks: \(task \w{32}\) \(task \w{32}\)\.", texts[0]), texts
    assert "(service walk) has reached a steady state." in texts
    assert any(re.fullmatch(r"\(service walk\) has stopped 3 running tasks: (\(task \w{32}\) ?){3}\.", text) for text in texts), texts


def test_the_stock_command_line_deploys_and_waits(services):
    region = services.region
    region.register("shore", LIVES)
    services.made.append("shore")
    made = region.aws("ecs", "create-service", "--service-name", "shore", "--task-definition", "shore:1", "--desired-count", "2")["service"]
    assert made["taskDefinition"].endswith(":task-definition/shore:1")
    services.steady("shore")
    region.aws("ecs", "wait", "services-stable", "--services", "shore")
    region.register("shore", LIVES)
    updated = region.aws("ecs", "update-service", "--service", "shore", "--task-definition", "shore")["service"]
    assert updated["taskDefinition"].endswith(":task-definition/shore:2")
    services.steady("shore")
    region.aws("ecs", "wait", "services-stable", "--services", "shore")
    assert {task["taskDefinitionArn"].rsplit("/", 1)[1] for task in services.tasks("shore")} == {"shore:2"}
    region.aws("ecs", "delete-service", "--service", "shore", "--force")
    wait_for(lambda: services.describe("shore")["status"] == "INACTIVE", "it is INACTIVE")
    region.aws("ecs", "wait", "services-inactive", "--services", "shore")


# What a service is shown with if only name, definition and count were given; a type where the value differs each time.
SHOWN = {
    "serviceArn": "arn:aws:ecs:us-east-1:000000000000:service/default/plain",
    "serviceName": "plain",
    "clusterArn": "arn:aws:ecs:us-east-1:000000000000:cluster/default",
    "loadBalancers": [],
    "serviceRegistries": [],
    "status": "ACTIVE",
    "desiredCount": 0,
    "runningCount": 0,
    "pendingCount": 0,
    "launchType": "EC2",
    "taskDefinition": "arn:aws:ecs:us-east-1:000000000000:task-definition/plain:1",
    "deploymentConfiguration": {
        "deploymentCircuitBreaker": {"enable": False, "rollback": False},
        "maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "ROLLING", "bakeTimeInMinutes": 0,
    },
    "deployments": list,
    "events": list,
    "createdAt": object,
    "currentServiceDeployment": str,
    "currentServiceRevisions": list,
    "placementConstraints": [],
    "placementStrategy": [],
    "schedulingStrategy": "REPLICA",
    "deploymentController": {"type": "ECS"},
    "createdBy": "arn:aws:iam::000000000000:root",
    "enableECSManagedTags": False,
    "propagateTags": "NONE",
    "enableExecuteCommand": False,
    "availabilityZoneRebalancing": "ENABLED",
    "resourceManagementType": "CUSTOMER",
}
DEPLOYMENT_SHOWN = {
    "id": str, "status": "PRIMARY", "taskDefinition": SHOWN["taskDefinition"], "desiredCount": 0, "pendingCount": 0, "runningCount": 0,
    "failedTasks": 0, "createdAt": object, "updatedAt": object, "launchType": "EC2", "rolloutState": "COMPLETED", "rolloutStateReason": str,
}


def check_shown(shown, expected):
    assert shown.keys() == expected.keys()
    for name, value in expected.items():
        is_right = isinstance(shown[name], value) if isinstance(value, type) else shown[name] == value
        assert is_right, f"{name}: {shown[name]}"


def test_every_setting_is_shown_with_its_default(services):
    services.region.client().register_task_definition(family="plain", containerDefinitions=[{"name": "main", "image": "busybox:e2e", "memory": 16}])
    region = services.region
    newest = region.client().describe_task_definition(taskDefinition="plain")["taskDefinition"]["revision"]
    assert newest == 1, "the table below names the revision"
    services.create("plain", 0, definition="plain")
    shown = services.steady("plain")
    check_shown(shown, SHOWN)
    check_shown(shown["deployments"][0], DEPLOYMENT_SHOWN)
    (primary,), (revision,) = shown["deployments"], shown["currentServiceRevisions"]
    assert re.fullmatch(r"ecs-svc/\d{19}", primary["id"])
    assert revision["arn"].rsplit("/", 1)[1] == primary["id"].rsplit("/", 1)[1], "a deployment and its revision share their number"
    assert primary["rolloutStateReason"] == f"ECS deployment {primary['id']} completed."


def test_settings_come_back_as_they_were_given(services):
    given = {
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": True}, "maximumPercent": 150,
                                    "minimumHealthyPercent": 50},
        "placementConstraints": [{"type": "memberOf", "expression": "attribute:ecs.os-type == linux"}],
        "placementStrategy": [{"type": "spread", "field": "attribute:ecs.availability-zone"}, {"type": "binpack", "field": "memory"}],
        "enableECSManagedTags": True, "propagateTags": "SERVICE", "availabilityZoneRebalancing": "DISABLED",
    }
    services.create("echo", 1, **given)
    shown = services.steady("echo")
    for name, value in given.items():
        if isinstance(value, dict):
            assert shown[name].items() >= value.items()
        elif name == "placementStrategy":
            assert [(it["type"], it["field"].lower()) for it in shown[name]] == [(it["type"], it["field"]) for it in value]
        else:
            assert shown[name] == value, name


def test_creating_twice_is_creating_once_with_a_token_and_refused_without(services):
    ecs = services.ecs
    first = services.create("once", 1, clientToken="the-same")
    given = {"cluster": "default", "serviceName": "once", "taskDefinition": "once", "desiredCount": 1}
    again = ecs.create_service(**given, clientToken="the-same")["service"]
    assert again["deployments"][0]["id"] == first["deployments"][0]["id"]
    for token in ({}, {"clientToken": "another"}):
        with pytest.raises(ecs.exceptions.InvalidParameterException, match="Creation of service was not idempotent."):
            ecs.create_service(**given, **token)
    services.running("once", 1)


@pytest.mark.parametrize("operation, request_, code, words", [
    ("create_service", {"serviceName": "f", "desiredCount": 1}, "InvalidParameterException", ""),
    ("create_service", {"serviceName": "f", "taskDefinition": "nobody-knows", "desiredCount": 1}, "ClientException", "TaskDefinition not found."),
    ("create_service", {"serviceName": "f", "taskDefinition": "faults"}, "InvalidParameterException", "desiredCount"),
    ("create_service", {"serviceName": "f f", "taskDefinition": "faults", "desiredCount": 1}, "InvalidParameterException", ""),
    ("create_service", {"serviceName": "f", "taskDefinition": "faults", "desiredCount": 1, "cluster": "nowhere"}, "ClusterNotFoundException",
     "Cluster not found."),
    ("create_service", {"serviceName": "f", "taskDefinition": "faults", "desiredCount": 1, "launchType": "FARGATE"}, None, "(?i)fargate"),
    ("create_service", {"serviceName": "f", "taskDefinition": "faults", "desiredCount": 1,
                        "capacityProviderStrategy": [{"capacityProvider": "nobody-knows"}]}, "InvalidParameterException", "nobody-knows|capacity provider"),
    ("create_service", {"serviceName": "f", "taskDefinition": "faults", "desiredCount": 1,
                        "placementConstraints": [{"type": "memberOf", "expression": "attribute:x =="}]}, "InvalidParameterException", ""),
    ("create_service", {"serviceName": "f", "taskDefinition": "faults", "desiredCount": 1,
                        "placementStrategy": [{"type": "binpack", "field": "colour"}]}, "InvalidParameterException", ""),
    ("create_service", {"serviceName": "f", "taskDefinition": "faults", "schedulingStrategy": "DAEMON",
                        "placementStrategy": [{"type": "random"}]}, "InvalidParameterException", "daemon"),
    ("create_service", {"serviceName": "f", "taskDefinition": "faults", "desiredCount": 1, "loadBalancers": [
        {"targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/t/0123456789abcdef", "containerName": "main",
         "containerPort": 80}]}, None, "(?i)load.?balancer"),
    ("create_service", {"serviceName": "f", "taskDefinition": "faults", "desiredCount": 1, "serviceRegistries": [
        {"registryArn": "arn:aws:servicediscovery:us-east-1:000000000000:service/srv-1"}]}, None, "(?i)registr"),
    ("create_service", {"serviceName": "f", "taskDefinition": "faults", "desiredCount": 1,
                        "serviceConnectConfiguration": {"enabled": True}}, None, "(?i)service ?connect"),
    ("create_service", {"serviceName": "f", "taskDefinition": "faults", "desiredCount": 1,
                        "deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1}}, None, "BLUE_GREEN"),
    ("update_service", {"service": "nobody-knows", "desiredCount": 1}, "ServiceNotFoundException", "Service not found."),
    ("delete_service", {"service": "nobody-knows"}, "ServiceNotFoundException", "Service not found."),
    ("list_service_deployments", {"service": "nobody-knows"}, "ServiceNotFoundException", "Service not found."),
    ("describe_services", {"services": [f"s{number}" for number in range(11)]}, "InvalidParameterException", ""),
    ("stop_service_deployment", {"serviceDeploymentArn": "arn:aws:ecs:us-east-1:000000000000:service-deployment/default/f/abcdefghijklmnopqrstu"},
     "ServiceDeploymentNotFoundException", ""),
    ("create_task_set", {"service": "nobody-knows", "cluster": "default", "taskDefinition": "faults"}, "ServiceNotFoundException", ""),
])
def test_a_fault_says_what_is_wrong(services, operation, request_, code, words):
    services.region.register("faults", LIVES)
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        getattr(services.ecs, operation)(**request_)
    assert code in (None, refused.value.response["Error"]["Code"]), refused.value
    assert re.search(words, refused.value.response["Error"]["Message"]), refused.value
    assert services.describe_all() == [], "nothing was made"


def test_a_service_that_is_not_there_is_a_failure(services):
    reply = services.ecs.describe_services(services=["nobody-knows"])
    assert reply["services"] == []
    assert [(it["reason"], it["arn"].rsplit("/", 1)[1]) for it in reply["failures"]] == [("MISSING", "nobody-knows")]


def test_a_deleted_service_can_be_made_again_and_not_be_changed(services):
    services.create("again", 1)
    services.running("again", 1)
    services.delete("again")
    with pytest.raises(services.ecs.exceptions.ServiceNotActiveException, match="Service was not ACTIVE."):
        services.update("again", desiredCount=2)
    services.create("again", 1)
    services.running("again", 1)


def test_a_killed_container_is_replaced(services):
    services.create("killed", 2)
    services.steady("killed")
    victim, other = services.running("killed", 2)
    os.kill(min(processes(task_id(victim))), signal.SIGKILL)
    before = ids([victim, other])

    def replacement():
        new = [task for task in services.tasks("killed") if task_id(task) not in before and task["lastStatus"] == "RUNNING"]
        return new[0] if new else None

    new = services.until("killed", replacement, "another task runs")
    services.said("killed", f"(service killed) has started 1 tasks: (task {task_id(new)}).")
    assert task_id(other) in ids(services.running("killed", 2)), "the other one is left alone"
    stopped = services.region.describe(victim["taskArn"])
    assert (stopped["stopCode"], stopped["containers"][0]["exitCode"]) == ("EssentialContainerExited", 137)


def test_an_unhealthy_container_is_replaced(services):
    services.region.register("ill", ["sh", "-c", "trap exit TERM; touch /tmp/well; sleep 600 & wait"], healthCheck={
        "command": ["CMD-SHELL", "test -e /tmp/well"], "interval": 5, "timeout": 30, "retries": 1})
    services.create("ill", 1, definition="ill")
    task = services.steady("ill") and services.running("ill", 1)[0]
    assert task["healthStatus"] == "HEALTHY"
    os.unlink(f"/proc/{min(processes(task_id(task)))}/root/tmp/well")
    event = services.said("ill", "Amazon ECS replaced 1 tasks due to an unhealthy status.")
    assert re.fullmatch(r"\(service ill\) has started 1 tasks: \(task \w{32}\)\. Amazon ECS replaced 1 tasks due to an unhealthy status\.", event)
    services.until("ill", lambda: task_id(task) not in ids(services.tasks("ill")), "the unhealthy one is to be stopped")
    services.until("ill", lambda: [it["healthStatus"] for it in services.tasks("ill")] == ["HEALTHY"], "the new one is healthy")


def test_tasks_that_do_not_start_are_tried_ever_less_often(services):
    services.region.client().register_task_definition(
        family="broken", containerDefinitions=[{"name": "main", "image": "127.0.0.1:1/absent:none", "memory": 16}])
    services.create("broken", 1, definition="broken")
    services.said("broken", "(service broken) is unable to consistently start tasks successfully.")
    tried = services.tasks("broken", "STOPPED")
    assert services.describe("broken")["deployments"][0]["failedTasks"] >= 2
    assert 1 < len(tried) < 8, "it waits longer each time"
    services.region.register("broken", LIVES)
    services.update("broken", taskDefinition="broken")
    services.steady("broken")
    assert services.describe("broken")["deployments"][0]["failedTasks"] == 0


def test_tasks_that_end_at_once_are_replaced_ever_less_often(services):
    services.region.register("crashes", ["sh", "-c", "exit 1"])
    services.create("crashes", 1, definition="crashes")

    def pauses():
        made = sorted(task["createdAt"] for task in services.tasks("crashes", "STOPPED"))
        return [(after - before).total_seconds() for before, after in zip(made, made[1:])]

    services.until("crashes", lambda: any(pause >= 4 for pause in pauses()), "one is started 4 s after the one before")
    assert len(pauses()) < 20, "docs/decisions/0012: from the fourth in a row on it waits 1 s, 2 s, 4 s, …"
    ended = services.tasks("crashes", "STOPPED")
    assert ended[0]["stoppedReason"] == "Essential container in task exited"
    services.region.register("crashes", LIVES)
    services.update("crashes", taskDefinition="crashes")
    services.steady("crashes")


def test_a_daemon_runs_once_on_each_instance(services):
    services.create("daemon", None, schedulingStrategy="DAEMON")
    shown = services.steady("daemon")
    assert (shown["desiredCount"], shown["schedulingStrategy"]) == (1, "DAEMON")
    configuration = shown["deploymentConfiguration"]
    assert (configuration["maximumPercent"], configuration["minimumHealthyPercent"]) == (100, 0)
    (task,) = services.running("daemon", 1)
    services.ecs.stop_task(task=task["taskArn"])
    services.until("daemon", lambda: ids(services.tasks("daemon")) - {task_id(task)}, "it is replaced")
    services.running("daemon", 1)
    services.region.register("daemon", LIVES)
    services.update("daemon", taskDefinition="daemon")
    services.steady("daemon")
    assert services.running("daemon", 1)[0]["taskDefinitionArn"] == services.describe("daemon")["taskDefinition"]


NO_ROOM = "was unable to place a task because no container instance met all of its requirements."


def test_two_on_one_instance_do_not_run_where_they_must_be_apart(services):
    services.create("apart", 2, placementConstraints=[{"type": "distinctInstance"}])
    services.said("apart", f"(service apart) {NO_ROOM}")
    assert len(services.running("apart", 1)) == 1


def test_a_constraint_that_no_instance_meets_is_told_and_waited_for(services):
    services.create("deep", 1, placementConstraints=[{"type": "memberOf", "expression": "attribute:depth == deep"}])
    services.said("deep", f"(service deep) {NO_ROOM}")
    assert services.tasks("deep") == []
    instance = services.ecs.list_container_instances()["containerInstanceArns"][0]
    attribute = {"name": "depth", "value": "deep", "targetId": instance}
    services.ecs.put_attributes(attributes=[attribute])
    try:
        services.steady("deep")
    finally:
        services.ecs.delete_attributes(attributes=[attribute])


def test_what_is_too_large_for_every_instance_is_told(services):
    services.region.register("huge", LIVES, memory=4_000_000)
    services.create("huge", 1, definition="huge")
    event = services.said("huge", f"(service huge) {NO_ROOM}")
    assert "memory" in event


def test_protected_tasks_are_not_scaled_in(services):
    ecs = services.ecs
    services.create("guarded", 3)
    services.steady("guarded")
    tasks = services.running("guarded", 3)
    arns = [task["taskArn"] for task in tasks[:2]]
    reply = ecs.update_task_protection(cluster="default", tasks=arns, protectionEnabled=True, expiresInMinutes=10)
    assert reply["failures"] == [] and {it["taskArn"] for it in reply["protectedTasks"]} == set(arns)
    shown = ecs.get_task_protection(cluster="default", tasks=[task["taskArn"] for task in tasks])["protectedTasks"]
    assert {it["taskArn"] for it in shown if it["protectionEnabled"]} == set(arns)
    services.update("guarded", desiredCount=1)
    event = services.said("guarded", "was unable to scale in due to")
    assert re.fullmatch(r"\(service guarded\) was unable to reach steady state because \(taskSet ecs-svc/\d{19}\) was unable to scale in due to "
                        r"\(reason 2 tasks under protection\)", event), event
    assert ids(services.running("guarded", 2)) == ids(arns)
    ecs.update_task_protection(cluster="default", tasks=arns, protectionEnabled=False)
    services.running("guarded", 1)
    services.steady("guarded")


def test_tags_are_handed_on(services):
    region = services.region
    region.client().register_task_definition(family="tagged", tags=[{"key": "from", "value": "definition"}], containerDefinitions=[
        {"name": "main", "image": "busybox:e2e", "memory": 16, "command": LIVES, "stopTimeout": 2}])
    services.create("tagged", 1, definition="tagged", tags=[{"key": "from", "value": "service"}], propagateTags="SERVICE", enableECSManagedTags=True)
    tags = lambda: {tag["key"]: tag["value"] for tag in services.running("tagged", 1)[0]["tags"]}
    assert tags() == {"from": "service", "aws:ecs:serviceName": "tagged", "aws:ecs:clusterName": "default"}
    services.update("tagged", propagateTags="TASK_DEFINITION", enableECSManagedTags=False, forceNewDeployment=True)
    services.steady("tagged")
    assert tags() == {"from": "definition"}
    arn = services.describe("tagged")["serviceArn"]
    services.ecs.tag_resource(resourceArn=arn, tags=[{"key": "more", "value": "1"}])
    shown = services.ecs.describe_services(services=["tagged"], include=["TAGS"])["services"][0]["tags"]
    assert {tag["key"]: tag["value"] for tag in shown} == {"from": "service", "more": "1"}


def test_services_and_their_tasks_are_listed(services):
    for name in ("list-a", "list-b"):
        services.create(name, 1)
    task = {name: services.running(name, 1)[0] for name in ("list-a", "list-b")}
    ecs = services.ecs
    assert ecs.list_tasks(serviceName="list-a")["taskArns"] == [task["list-a"]["taskArn"]]
    described = task["list-b"]
    assert described["group"] == "service:list-b"
    assert described["startedBy"] == services.describe("list-b")["deployments"][0]["id"]
    pages = ecs.get_paginator("list_services").paginate(PaginationConfig={"PageSize": 1})
    names = [arn.rsplit("/", 1)[1] for page in pages for arn in page["serviceArns"]]
    assert sorted(names) == ["list-a", "list-b"]
    assert ecs.list_services(schedulingStrategy="DAEMON")["serviceArns"] == []
    assert len(ecs.list_services(launchType="EC2")["serviceArns"]) == 2


def test_a_client_drives_task_sets_itself(services):
    ecs, place = services.ecs, {"cluster": "default", "service": "sets"}
    services.region.register("sets", LIVES)
    services.made.append("sets")
    ecs.create_service(serviceName="sets", desiredCount=2, deploymentController={"type": "EXTERNAL"})
    steady = lambda arn: wait_for(lambda: [it for it in ecs.describe_task_sets(**place, taskSets=[arn])["taskSets"]
                                           if it["stabilityStatus"] == "STEADY_STATE"], f"{arn} is steady")[0]
    blue = ecs.create_task_set(**place, taskDefinition="sets", externalId="blue", scale={"value": 100, "unit": "PERCENT"})["taskSet"]
    assert re.fullmatch(r"ecs-svc/\d{19}", blue["id"])
    shown = steady(blue["taskSetArn"])
    assert (shown["computedDesiredCount"], shown["runningCount"], shown["externalId"]) == (2, 2, "blue")
    services.region.register("sets", LIVES)
    green = ecs.create_task_set(**place, taskDefinition="sets", scale={"value": 50, "unit": "PERCENT"})["taskSet"]
    assert steady(green["taskSetArn"])["runningCount"] == 1
    services.running("sets", 3)
    ecs.update_service_primary_task_set(**place, primaryTaskSet=green["taskSetArn"])
    shown = {it["taskSetArn"]: it["status"] for it in services.describe("sets")["taskSets"]}
    assert shown == {blue["taskSetArn"]: "ACTIVE", green["taskSetArn"]: "PRIMARY"}
    ecs.update_task_set(**place, taskSet=green["taskSetArn"], scale={"value": 100, "unit": "PERCENT"})
    assert steady(green["taskSetArn"])["runningCount"] == 2
    with pytest.raises(ecs.exceptions.InvalidParameterException):
        ecs.delete_task_set(**place, taskSet=blue["taskSetArn"])
    ecs.delete_task_set(**place, taskSet=blue["taskSetArn"], force=True)
    services.running("sets", 2)
    assert {task["startedBy"] for task in services.tasks("sets")} == {green["id"]}
    services.create("driven", 0)
    with pytest.raises(ecs.exceptions.InvalidParameterException):
        ecs.create_task_set(cluster="default", service="driven", taskDefinition="sets")


def test_a_service_makes_up_for_a_stopped_task_and_says_so_once(services):
    services.create("said", 1)
    services.steady("said")
    (task,) = services.running("said", 1)
    services.ecs.stop_task(task=task["taskArn"], reason="to see")
    services.until("said", lambda: ids(services.tasks("said")) - {task_id(task)}, "another task is there")
    services.steady("said")
    assert services.region.describe(task["taskArn"])["stoppedReason"] == "to see"
    services.until("said", lambda: services.events("said")[-1].endswith("has reached a steady state."), "it says that it is steady again")
    texts = services.events("said")
    assert all(first != second for first, second in zip(texts, texts[1:])), texts
