"""Capacity providers and placement over several hosts: who gets how many of a service's real tasks."""

import collections

import botocore.exceptions
import hosts as machinery
import pytest
from conftest import wait_for
from services import LIVES, Services, task_id

GROUP = "longshore.auto-scaling-group"


def group_arn(name):
    return (f"arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:00000000-0000-0000-0000-000000000000:autoScalingGroupName/{name}")


@pytest.fixture(scope="module")
def shared_hosts():
    """Two hosts, `a` of group `near` and `b` of group `far`, each in a zone of its own."""
    with machinery.opened() as hosts:
        for name, group in (("a", "near"), ("b", "far")):
            hosts.add(name, "--availability-zone", f"us-east-1{name}", "--attribute", f"{GROUP}={group}")
        ecs = hosts.plane.client()
        for name in ("near", "far"):
            made = ecs.create_capacity_provider(name=name, autoScalingGroupProvider={"autoScalingGroupArn": group_arn(name)})
            assert made["capacityProvider"]["status"] == "ACTIVE"
        cluster = ecs.put_cluster_capacity_providers(cluster="default", capacityProviders=["near", "far", "FARGATE"],
                                                     defaultCapacityProviderStrategy=[])["cluster"]
        assert cluster["capacityProviders"] == ["near", "far", "FARGATE"]
        yield hosts


@pytest.fixture
def hosts(shared_hosts):
    shared_hosts.services = Services(shared_hosts.plane)
    yield shared_hosts
    shared_hosts.services.clear()


def by_host(hosts, name):
    """How many of a service's tasks have processes on each host, whatever anybody says."""
    wanted = {task_id(task) for task in hosts.services.tasks(name)}
    return {host: len(wanted & set(tasks)) for host, tasks in hosts.running().items()}


def strategy(*shares):
    return [{"capacityProvider": provider, "weight": weight, "base": base} for provider, weight, base in shares]


@pytest.mark.parametrize("name, shares, count, expected", [
    ("even", [("near", 1, 0), ("far", 1, 0)], 4, {"a": 2, "b": 2}),
    ("one-to-four", [("near", 1, 0), ("far", 4, 0)], 5, {"a": 1, "b": 4}),
    ("base", [("near", 1, 2), ("far", 1, 0)], 6, {"a": 4, "b": 2}),
    ("only-base", [("near", 0, 1), ("far", 1, 0)], 4, {"a": 1, "b": 3}),
])
def test_tasks_are_shared_out_by_base_and_weight(hosts, name, shares, count, expected):
    # Each provider is a zone here, so that keeping zones balanced would work against the shares.
    made = hosts.services.create(name, count, capacityProviderStrategy=strategy(*shares), availabilityZoneRebalancing="DISABLED")
    assert "launchType" not in made and made["capacityProviderStrategy"] == strategy(*shares)
    hosts.services.steady(name)
    assert by_host(hosts, name) == expected
    told = collections.Counter(task["capacityProviderName"] for task in hosts.services.tasks(name))
    assert told == {"near": expected["a"], "far": expected["b"]}


def test_a_service_moves_to_another_provider_by_force_only(hosts):
    services = hosts.services
    services.create("moves", 2, capacityProviderStrategy=strategy(("near", 1, 0)))
    services.steady("moves")
    assert by_host(hosts, "moves") == {"a": 2, "b": 0}
    services.update("moves", capacityProviderStrategy=strategy(("far", 1, 0)), forceNewDeployment=True)
    services.steady("moves")
    assert by_host(hosts, "moves") == {"a": 0, "b": 2}


def test_the_default_strategy_of_a_cluster_is_used_where_nothing_is_said(hosts):
    ecs, providers = hosts.plane.client(), ["near", "far", "FARGATE"]
    ecs.put_cluster_capacity_providers(cluster="default", capacityProviders=providers, defaultCapacityProviderStrategy=strategy(("far", 1, 0)))
    try:
        hosts.services.create("by-default", 2)
        hosts.services.steady("by-default")
        assert by_host(hosts, "by-default") == {"a": 0, "b": 2}
        task = ecs.run_task(cluster="default", taskDefinition="by-default")["tasks"][0]
        assert task["capacityProviderName"] == "far"
        ecs.stop_task(cluster="default", task=task["taskArn"])
    finally:
        ecs.put_cluster_capacity_providers(cluster="default", capacityProviders=providers, defaultCapacityProviderStrategy=[])


def test_a_provider_in_use_stays(hosts):
    ecs = hosts.plane.client()
    hosts.services.create("uses", 1, capacityProviderStrategy=strategy(("near", 1, 0)))
    with pytest.raises(ecs.exceptions.ResourceInUseException, match="The specified capacity provider is in use and cannot be removed."):
        ecs.put_cluster_capacity_providers(cluster="default", capacityProviders=["far", "FARGATE"], defaultCapacityProviderStrategy=[])
    with pytest.raises(botocore.exceptions.ClientError):
        ecs.delete_capacity_provider(capacityProvider="near")
    shown = {it["name"]: it["status"] for it in ecs.describe_capacity_providers()["capacityProviders"]}
    assert shown == {"near": "ACTIVE", "far": "ACTIVE", "FARGATE": "ACTIVE", "FARGATE_SPOT": "ACTIVE"}


def test_fargate_is_known_by_name_and_not_served(hosts):
    hosts.plane.register("cloud", LIVES)
    with pytest.raises(botocore.exceptions.ClientError, match="(?i)fargate"):
        hosts.services.ecs.create_service(cluster="default", serviceName="cloud", taskDefinition="cloud", desiredCount=1,
                                          capacityProviderStrategy=strategy(("FARGATE", 1, 0)))


@pytest.mark.parametrize("name, rules, count, expected", [
    ("spread", {}, 4, {"a": 2, "b": 2}),
    ("spread-host", {"placementStrategy": [{"type": "spread", "field": "instanceId"}]}, 4, {"a": 2, "b": 2}),
    ("constrained", {"placementConstraints": [{"type": "memberOf", "expression": "attribute:host == b"}]}, 3, {"a": 0, "b": 3}),
    ("zone", {"placementConstraints": [{"type": "memberOf", "expression": "attribute:ecs.availability-zone in [us-east-1a]"}],
              "availabilityZoneRebalancing": "DISABLED"}, 2, {"a": 2, "b": 0}),
    ("apart", {"placementConstraints": [{"type": "distinctInstance"}]}, 2, {"a": 1, "b": 1}),
    ("daemon", {"schedulingStrategy": "DAEMON"}, None, {"a": 1, "b": 1}),
])
def test_tasks_go_where_the_rules_say(hosts, name, rules, count, expected):
    hosts.services.create(name, count, **rules)
    hosts.services.steady(name)
    assert by_host(hosts, name) == expected


def test_binpack_fills_one_host_before_the_next(hosts):
    hosts.services.create("packed", 3, placementStrategy=[{"type": "binpack", "field": "memory"}], availabilityZoneRebalancing="DISABLED")
    hosts.services.steady("packed")
    assert sorted(by_host(hosts, "packed").values()) == [0, 3]


def test_scaling_in_keeps_zones_even(hosts):
    hosts.services.create("even-less", 4)
    hosts.services.steady("even-less")
    hosts.services.update("even-less", desiredCount=2)
    hosts.services.running("even-less", 2)
    wait_for(lambda: by_host(hosts, "even-less") == {"a": 1, "b": 1}, "one is left in each zone")


def test_zones_are_balanced_again_after_one_was_away(hosts):
    ecs, services = hosts.plane.client(), hosts.services
    drained = hosts.arn("b")
    ecs.update_container_instances_state(cluster="default", containerInstances=[drained], status="DRAINING")
    try:
        services.create("balanced", 4)
        services.steady("balanced")
        assert by_host(hosts, "balanced") == {"a": 4, "b": 0}
    finally:
        ecs.update_container_instances_state(cluster="default", containerInstances=[drained], status="ACTIVE")
    services.said("balanced", "AZ Rebalancing in progress.")
    wait_for(lambda: by_host(hosts, "balanced") == {"a": 2, "b": 2}, "two are in each zone")
    services.said("balanced", "is AZ balanced with")
