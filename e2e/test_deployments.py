"""Deployments of real containers: rolled within their bounds, broken and rolled back, stopped, superseded, and outlived by nothing."""

import pytest
import registry
import services as machinery
from conftest import wait_for
from services import LIVES, Watch, ids, processes, task_id

ABSENT = "127.0.0.1:1/absent:none"


def define(services, family, **container):
    """Another revision of a definition; returns its ARN."""
    given = {"name": "main", "image": "busybox:e2e", "memory": 16, "command": LIVES, "stopTimeout": 2} | container
    return services.ecs.register_task_definition(family=family, containerDefinitions=[given])["taskDefinition"]["taskDefinitionArn"]


def definitions(tasks):
    return {task["taskDefinitionArn"] for task in tasks}


@pytest.mark.parametrize("minimum, maximum, fewest, most", [
    (100, 200, 4, 8),
    (50, 100, 2, 4),
    (75, 150, 3, 6),
    (100, 125, 4, 5),
])
def test_a_rolling_update_stays_within_its_bounds(services, minimum, maximum, fewest, most):
    name = f"roll-{minimum}-{maximum}"
    bounds = {"minimumHealthyPercent": minimum, "maximumPercent": maximum}
    services.create(name, 4, definition=define(services, name), deploymentConfiguration=bounds)
    services.steady(name)
    old = ids(services.running(name, 4))
    with Watch(services, name) as watch:
        wanted = define(services, name, environment=[{"name": "ROUND", "value": "2"}])
        services.update(name, taskDefinition=wanted)
        services.steady(name)
    assert definitions(services.running(name, 4)) == {wanted}
    assert watch.looks > 3 and len(watch.seen - old) == 4, "no task was started that was not needed"
    assert min(watch.fewest_up, watch.fewest_healthy, watch.fewest_containers) >= fewest
    assert watch.most <= most
    assert services.events(name)[-2:] == [
        f"(service {name}) (deployment {services.describe(name)['deployments'][0]['id']}) deployment completed.",
        f"(service {name}) has reached a steady state."]
    assert not any(processes(task) for task in old)


def test_a_forced_deployment_replaces_all_with_the_same(services):
    services.create("forced", 2)
    services.steady("forced")
    before, first = services.running("forced", 2), services.describe("forced")["deployments"][0]["id"]
    shown = services.update("forced", forceNewDeployment=True)
    assert [(it["status"], it["id"] == first) for it in shown["deployments"]] == [("PRIMARY", False), ("ACTIVE", True)]
    services.steady("forced")
    after = services.running("forced", 2)
    assert definitions(after) == definitions(before) and not ids(after) & ids(before)


def test_bounds_that_allow_nothing_are_told(services):
    services.create("stuck", 1, deploymentConfiguration={"minimumHealthyPercent": 100, "maximumPercent": 100})
    services.steady("stuck")
    services.update("stuck", forceNewDeployment=True)
    services.said("stuck", "(service stuck) was unable to stop or start tasks during a deployment because of the service deployment configuration. "
                           "Update the minimumHealthyPercent or maximumPercent value and try again.")
    services.update("stuck", deploymentConfiguration={"minimumHealthyPercent": 0, "maximumPercent": 100})
    services.steady("stuck")


@pytest.mark.parametrize("name, broken", [
    ("no-image", {"image": ABSENT}),
    ("no-program", {"command": ["no-such-program"]}),
])
def test_a_circuit_breaker_rolls_back_what_does_not_start(services, name, broken):
    good = define(services, name)
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    services.create(name, 2, definition=good, deploymentConfiguration=breaker)
    services.steady(name)
    kept, first = services.running(name, 2), services.describe(name)["deployments"][0]["id"]
    with Watch(services, name) as watch:
        failed = services.update(name, taskDefinition=define(services, name, **broken))["deployments"][0]["id"]
        services.said(name, f"(service {name}) (deployment {failed}) deployment failed: tasks failed to start.")
        services.said(name, f"(service {name}) rolling back to deployment {first}.")
        shown = services.steady(name)
    assert watch.fewest_containers >= 2
    assert shown["taskDefinition"] == good and ids(services.running(name, 2)) == ids(kept), "what worked was never touched"
    story = services.deployments(name)[0]
    assert story["status"] == "ROLLBACK_SUCCESSFUL"
    assert story["rollback"]["serviceRevisionArn"].endswith(first.rsplit("/", 1)[1])
    counted = story["deploymentCircuitBreaker"]
    # Two are started at once; where both have failed by the next look, the second counts too.
    assert (counted["status"], counted["threshold"]) == ("TRIGGERED", 3) and 3 <= counted["failureCount"] <= 4, counted


def test_a_circuit_breaker_without_rollback_stops_trying(services):
    services.create("breaks", 1, deploymentConfiguration={"deploymentCircuitBreaker": {"enable": True, "rollback": False}})
    services.steady("breaks")
    (kept,) = services.running("breaks", 1)
    services.update("breaks", taskDefinition=define(services, "breaks", image=ABSENT))
    primary = lambda: services.describe("breaks")["deployments"][0]
    services.until("breaks", lambda: primary()["rolloutState"] == "FAILED", "the deployment has failed")
    assert primary()["rolloutStateReason"].startswith("ECS deployment circuit breaker: task")
    assert primary()["failedTasks"] == 3 and len(services.tasks("breaks", "STOPPED")) == 3
    assert ids(services.running("breaks", 1)) == {task_id(kept)}, "the old deployment's task goes on"
    services.update("breaks", taskDefinition=define(services, "breaks"))
    services.steady("breaks")


def test_a_deployment_that_is_stopped_rolls_back(services):
    ecs, good = services.ecs, define(services, "halt")
    services.create("halt", 2, definition=good)
    services.steady("halt")
    kept = services.running("halt", 2)
    services.update("halt", taskDefinition=define(services, "halt", image=ABSENT))
    services.until("halt", lambda: services.tasks("halt", "STOPPED"), "a task of the new deployment did not start")
    arn = services.deployments("halt")[0]["serviceDeploymentArn"]
    assert services.deployments("halt")[0]["status"] == "IN_PROGRESS"
    assert ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ROLLBACK")["serviceDeploymentArn"] == arn
    services.until("halt", lambda: services.deployments("halt")[0]["status"] == "ROLLBACK_SUCCESSFUL", "it is rolled back")
    assert services.steady("halt")["taskDefinition"] == good and ids(services.running("halt", 2)) == ids(kept)
    with pytest.raises(ecs.exceptions.ConflictException):
        ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ROLLBACK")


def test_deployments_and_revisions_tell_their_story(services):
    first = define(services, "story")
    services.create("story", 1, definition=first)
    services.steady("story")
    second = define(services, "story", environment=[{"name": "ROUND", "value": "2"}])
    services.update("story", taskDefinition=second)
    shown = services.steady("story")
    newest, oldest = services.deployments("story")
    assert [it["status"] for it in (newest, oldest)] == ["SUCCESSFUL", "SUCCESSFUL"]
    assert newest["serviceDeploymentArn"] == shown["currentServiceDeployment"]
    assert oldest.get("sourceServiceRevisions", []) == []
    assert [it["arn"] for it in newest["sourceServiceRevisions"]] == [oldest["targetServiceRevision"]["arn"]]
    assert newest["targetServiceRevision"]["arn"] == shown["currentServiceRevisions"][0]["arn"]
    assert newest["createdAt"] <= newest["startedAt"] <= newest["finishedAt"]
    assert newest["deploymentConfiguration"]["maximumPercent"] == 200
    arns = [it["targetServiceRevision"]["arn"] for it in (newest, oldest)]
    revisions = {it["serviceRevisionArn"]: it for it in services.ecs.describe_service_revisions(serviceRevisionArns=arns)["serviceRevisions"]}
    assert [revisions[arn]["taskDefinition"] for arn in arns] == [second, first]
    assert all(it["launchType"] == "EC2" for it in revisions.values())
    (image,) = revisions[arns[0]]["containerImages"]
    assert (image["containerName"], image["image"]) == ("main", "busybox:e2e")
    finished = services.ecs.list_service_deployments(service="story", status=["SUCCESSFUL"])["serviceDeployments"]
    assert len(finished) == 2 and services.ecs.list_service_deployments(service="story", status=["PENDING"])["serviceDeployments"] == []
    for arn in arns:
        assert f"(service story) (deployment ecs-svc/{arn.rsplit('/', 1)[1]}) deployment completed." in services.events("story")


def test_a_newer_deployment_supersedes_one_that_goes_on(services):
    services.create("newer", 2)
    services.steady("newer")
    services.update("newer", taskDefinition=define(services, "newer", image=ABSENT))
    services.until("newer", lambda: services.tasks("newer", "STOPPED"), "a task of it did not start")
    wanted = define(services, "newer")
    with Watch(services, "newer") as watch:
        services.update("newer", taskDefinition=wanted)
        services.steady("newer")
    assert definitions(services.running("newer", 2)) == {wanted}
    assert watch.fewest_healthy >= 2
    assert [it["status"] for it in services.deployments("newer")] == ["SUCCESSFUL", "STOPPED", "SUCCESSFUL"]


def test_scaling_during_a_deployment_ends_at_both(services):
    services.create("both", 2)
    services.steady("both")
    wanted = define(services, "both")
    services.update("both", taskDefinition=wanted)
    services.update("both", desiredCount=4)
    services.steady("both")
    assert definitions(services.running("both", 4)) == {wanted}
    assert len(services.deployments("both")) == 2, "scaling is no deployment"


ASKING = [["--healthy-after", f"{machinery.HEALTHY_AFTER_S}s", "--image-pull-behavior", "always"]]


@pytest.mark.parametrize("own_region", ASKING, indirect=True, ids=["asking"])
def test_tasks_of_one_revision_run_one_image_whatever_its_tag_comes_to_mean(own_region, tmp_path):
    services, command = machinery.Services(own_region), ["sh", "-c", "trap exit TERM; cat /www/index.html; sleep 600 & wait"]
    says = lambda task: wait_for(lambda: own_region.logs(task["taskArn"]).strip(), f"{task_id(task)} says something")
    with registry.opened(tmp_path) as images:
        image = images.push("moving:tag", "first")
        services.create("moving", 1, definition=define(services, "moving", image=image, command=command))
        services.steady("moving")
        images.push("moving:tag", "second")
        services.update("moving", desiredCount=2)
        services.steady("moving")
        tasks = services.running("moving", 2)
        assert [says(task) for task in tasks] == ["first", "first"]
        (digest,) = {task["containers"][0]["imageDigest"] for task in tasks}
        revision = services.describe("moving")["currentServiceRevisions"][0]["arn"]
        (told,) = services.ecs.describe_service_revisions(serviceRevisionArns=[revision])["serviceRevisions"][0]["containerImages"]
        assert (told["containerName"], told["image"], told["imageDigest"]) == ("main", image, digest)
        services.update("moving", forceNewDeployment=True)
        services.steady("moving")
        assert [says(task) for task in services.running("moving", 2)] == ["second", "second"]


@pytest.mark.parametrize("own_region", [["--healthy-after", f"{machinery.HEALTHY_AFTER_S}s"]], indirect=True, ids=["quick"])
def test_a_rolling_update_survives_the_death_of_the_control_plane(own_region):
    services = machinery.Services(own_region)
    services.create("outlives", 6, deploymentConfiguration={"minimumHealthyPercent": 50, "maximumPercent": 100})
    services.steady("outlives")
    old = ids(services.running("outlives", 6))
    wanted = define(services, "outlives")
    services.update("outlives", taskDefinition=wanted)
    services.until("outlives", lambda: ids(services.tasks("outlives")) - old, "a new task is there")
    own_region.kill()
    running = [task for task in old if processes(task)]
    assert len(running) >= 3, "containers outlive the control plane"
    own_region.restart()
    services = machinery.Services(own_region)
    services.steady("outlives")
    tasks = services.running("outlives", 6)
    assert definitions(tasks) == {wanted}
    wait_for(lambda: not any(processes(task) for task in old), "no old container is left")
    assert all(processes(task_id(task)) for task in tasks)
    assert [it["status"] for it in services.deployments("outlives")] == ["SUCCESSFUL", "SUCCESSFUL"]
