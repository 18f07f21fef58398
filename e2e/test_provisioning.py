"""Tasks that wait for capacity: PROVISIONING until their provider has an instance that suits them."""

import pytest
from services import LIVES

GROUP = "longshore.auto-scaling-group"
SHARE = [{"capacityProvider": "later", "weight": 1}]


@pytest.fixture
def waiting(own_region):
    """A region whose instance is of no group, and a provider with managed scaling that has no instance."""
    ecs = own_region.client()
    group = {"autoScalingGroupArn": "later", "managedScaling": {"status": "ENABLED"}}
    ecs.create_capacity_provider(name="later", autoScalingGroupProvider=group)
    ecs.put_cluster_capacity_providers(cluster="default", capacityProviders=["later"], defaultCapacityProviderStrategy=[])
    own_region.register("web", LIVES)
    return own_region


def instance(region):
    return region.client().list_container_instances(cluster="default")["containerInstanceArns"][0]


def put(region, name, value):
    attribute = {"name": name, "value": value, "targetId": instance(region)}
    region.client().put_attributes(cluster="default", attributes=[attribute])


def test_a_task_waits_until_its_provider_has_an_instance(waiting):
    task = waiting.run("web", capacityProviderStrategy=SHARE)
    shown = waiting.describe(task)
    assert (shown["lastStatus"], shown["desiredStatus"], shown["capacityProviderName"]) == ("PROVISIONING", "RUNNING", "later")
    assert "containerInstanceArn" not in shown
    put(waiting, GROUP, "later")
    shown = waiting.wait(task, "RUNNING")
    assert (shown["containerInstanceArn"], shown["capacityProviderName"]) == (instance(waiting), "later")


def test_a_task_that_waits_is_placed_by_its_own_request(waiting):
    put(waiting, GROUP, "later")
    wanted = {"type": "memberOf", "expression": "attribute:rack == two"}
    picky = waiting.run("web", capacityProviderStrategy=SHARE, placementConstraints=[wanted])
    easy = waiting.run("web", capacityProviderStrategy=SHARE)
    waiting.wait(easy, "RUNNING")
    assert waiting.describe(picky)["lastStatus"] == "PROVISIONING"
    put(waiting, "rack", "two")
    waiting.wait(picky, "RUNNING")


def test_tasks_that_wait_survive_the_control_plane_and_can_be_stopped(waiting):
    kept, stopped = (waiting.run("web", capacityProviderStrategy=SHARE) for _ in range(2))
    waiting.kill()
    waiting.restart()
    waiting.client().stop_task(cluster="default", task=stopped)
    assert waiting.wait(stopped, "STOPPED")["stopCode"] == "UserInitiated"
    put(waiting, GROUP, "later")
    waiting.wait(kept, "RUNNING")


def test_a_provider_that_tasks_wait_for_stays(waiting):
    ecs = waiting.client()
    task = waiting.run("web", capacityProviderStrategy=SHARE)
    remove = {"cluster": "default", "capacityProviders": [], "defaultCapacityProviderStrategy": []}
    with pytest.raises(ecs.exceptions.ResourceInUseException):
        ecs.put_cluster_capacity_providers(**remove)
    ecs.stop_task(cluster="default", task=task)
    waiting.wait(task, "STOPPED")
    ecs.put_cluster_capacity_providers(**remove)
    ecs.delete_capacity_provider(capacityProvider="later")
    gone = ecs.describe_capacity_providers(capacityProviders=["later"])["capacityProviders"][0]
    assert (gone["status"], gone["updateStatus"]) == ("INACTIVE", "DELETE_COMPLETE")
