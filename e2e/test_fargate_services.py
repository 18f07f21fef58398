"""Services on Fargate's pool, tasks of FARGATE_SPOT that are interrupted, and instances outside of EC2."""

import json

import botocore.exceptions
import hosts
import pytest
from conftest import opened, wait_for
from services import LIVES, Services, task_id

# Says when it listens to being asked to end, says that it was asked, and takes its time.
LINGERS = ["sh", "-c", "trap 'echo asked' TERM; echo listens; while :; do sleep 0.1 & wait $!; done"]
STOP_TIMEOUT_S = 3


class Place:
    """A cluster without container instances that may use Fargate's providers, and the default VPC."""

    def __init__(self, region, cluster):
        self.region, self.cluster, self.ecs, ec2 = region, cluster, region.client(), region.client("ec2")
        self.ecs.create_cluster(clusterName=cluster, capacityProviders=["FARGATE", "FARGATE_SPOT"])
        vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]
        subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]
        self.subnets = {subnet["AvailabilityZone"]: subnet["SubnetId"] for subnet in subnets}
        self.services = Services(region, cluster)

    def define(self, family, command=LIVES, cpu="256", memory="512", stop_timeout=STOP_TIMEOUT_S):
        container = {"name": "main", "image": "busybox:e2e", "command": command, "stopTimeout": stop_timeout, "essential": True}
        self.ecs.register_task_definition(
            family=family, networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu=cpu, memory=memory, containerDefinitions=[container])

    def create(self, name, count, zones=None, public="DISABLED", **more):
        subnets = [subnet for zone, subnet in self.subnets.items() if zones is None or zone in zones]
        network = {"awsvpcConfiguration": {"subnets": subnets, "assignPublicIp": public}}
        return self.services.create(name, count, name, networkConfiguration=network, **more)

    def steady(self, name, count):
        """Waits until as many tasks run as are wanted, and no others."""

        def tasks():
            shown, tasks = self.services.describe(name), self.services.tasks(name)
            is_steady = shown["runningCount"] == len(tasks) == count and shown["pendingCount"] == 0
            return tasks if is_steady and shown["deployments"][0]["rolloutState"] == "COMPLETED" else None

        return self.services.until(name, tasks, f"{count} tasks run")

    def task(self, arn):
        return self.ecs.describe_tasks(cluster=self.cluster, tasks=[arn])["tasks"][0]

    def ended(self, arn):
        return wait_for(lambda: (it := self.task(arn))["lastStatus"] == "STOPPED" and it, f"{arn} is STOPPED")

    def interrupt(self, *words, check=True):
        return self.region.longshore("spot", "interrupt", "--cluster", self.cluster, *words, check=check)


def providers(tasks):
    return sorted(task["capacityProviderName"] for task in tasks)


@pytest.fixture(scope="module")
def place():
    with opened("--healthy-after", "1s") as region:
        place = Place(region, "shop")
        yield place
        place.services.clear()


def test_a_service_of_two_runs_is_deployed_and_goes(place):
    place.define("web")
    service = place.create("web", 2, launchType="FARGATE", public="ENABLED")
    assert (service["launchType"], service["platformVersion"], service["platformFamily"]) == ("FARGATE", "LATEST", "Linux")
    deployment = service["deployments"][0]
    assert (deployment["launchType"], deployment["platformVersion"]) == ("FARGATE", "1.4.0")
    first = place.steady("web", 2)
    assert {(task["launchType"], task["platformVersion"], task["cpu"], task["memory"]) for task in first} == {("FARGATE", "1.4.0", "256", "512")}
    assert all("containerInstanceArn" not in task for task in first)
    place.define("web", memory="1024")
    place.services.update("web", taskDefinition="web")
    second = wait_for(lambda: [it for it in place.steady("web", 2) if it["memory"] == "1024"][1:] and place.steady("web", 2), "the update is done")
    assert not {task["taskArn"] for task in first} & {task["taskArn"] for task in second}
    shown = place.region.longshore("ps", "--cluster", "shop").stdout
    assert all(task_id(task)[:8] in shown for task in second), shown
    assert "web" in place.region.longshore("top", "--cluster", "shop", "--once").stdout
    told = place.region.longshore("why", "--cluster", "shop", "web").stdout
    assert "container instance" not in told, told
    place.ecs.delete_service(cluster="shop", service="web", force=True)
    wait_for(lambda: place.ecs.list_tasks(cluster="shop")["taskArns"] == [], "its tasks are gone")


def test_interrupted_tasks_of_spot_are_replaced_on_spot(place):
    place.define("spot", LINGERS)
    strategy = [{"capacityProvider": "FARGATE", "base": 1, "weight": 0}, {"capacityProvider": "FARGATE_SPOT", "weight": 1}]
    service = place.create("spot", 3, capacityProviderStrategy=strategy)
    assert "launchType" not in service and len(service["capacityProviderStrategy"]) == 2
    tasks = place.steady("spot", 3)
    assert providers(tasks) == ["FARGATE", "FARGATE_SPOT", "FARGATE_SPOT"]
    kept = next(task for task in tasks if task["capacityProviderName"] == "FARGATE")
    one, two = (task["taskArn"] for task in tasks if task is not kept)
    wait_for(lambda: "listens" in place.region.longshore("logs", "--cluster", "shop", one).stdout, "it listens")
    # One that may not be is refused, and the other is interrupted all the same.
    said = place.interrupt(kept["taskArn"], one, check=False)
    assert said.returncode == 1 and "FARGATE_SPOT" in said.stderr, said.stderr
    assert "Your Spot Task was interrupted." in said.stdout, said.stdout
    warned = place.task(one)
    assert (warned["desiredStatus"], warned["stopCode"]) == ("STOPPED", "SpotInterruption")
    ended = place.ended(one)
    # It is asked at once, and has its time until it is killed.
    assert "asked" in place.region.longshore("logs", "--cluster", "shop", one).stdout
    assert ended["containers"][0]["exitCode"] == 137 and ended["stoppedReason"] == "Your Spot Task was interrupted."
    assert (ended["stoppedAt"] - ended["stoppingAt"]).total_seconds() >= STOP_TIMEOUT_S
    assert providers(place.steady("spot", 3)) == ["FARGATE", "FARGATE_SPOT", "FARGATE_SPOT"]
    every = json.loads(place.interrupt("--all", "--output", "json").stdout)["tasks"]
    assert len(every) == 2 and two in {task["taskArn"] for task in every}
    for task in every:
        place.ended(task["taskArn"])
    after = place.steady("spot", 3)
    assert providers(after) == ["FARGATE", "FARGATE_SPOT", "FARGATE_SPOT"] and kept["taskArn"] in {task["taskArn"] for task in after}
    assert place.services.describe("spot")["deployments"][0]["failedTasks"] == 0
    place.ecs.delete_service(cluster="shop", service="spot", force=True)


def test_a_service_without_room_says_so_in_fargate_s_words_and_starts_when_there_is(place):
    place.define("huge", cpu="16384", memory="122880")
    place.create("huge", 1, launchType="FARGATE")
    place.services.said("huge", "was unable to place a task. Reason: Capacity is unavailable at this time.")
    told = place.region.longshore("why", "--cluster", "shop", "huge").stdout
    assert "Capacity is unavailable" in told, told
    place.ecs.delete_service(cluster="shop", service="huge", force=True)


def test_tasks_of_a_host_of_the_pool_that_is_lost_are_made_on_another():
    with hosts.opened(lease=hosts.SHORT_LEASE) as machines:
        for name in "ab":
            machines.lend(name, "--availability-zone", f"us-east-1{name}")
        place = Place(machines.plane, "shop")
        place.define("web")
        place.create("web", 2, zones=("us-east-1a", "us-east-1b"), launchType="FARGATE")
        place.steady("web", 2)

        def is_spread():
            return all(len(tasks) == 1 for tasks in machines.running().values())

        if not is_spread():
            # The second host came later than the service.
            place.services.update("web", forceNewDeployment=True)
        wait_for(lambda: place.steady("web", 2) and is_spread(), "there is one on each host")
        assert {task["availabilityZone"] for task in place.services.tasks("web")} == {"us-east-1a", "us-east-1b"}
        (lost,) = machines.running()["a"]
        machines["a"].cut()
        stopped = place.ended(lost)
        assert stopped["stopCode"] == "TerminationNotice" and "EC2" not in stopped["stoppedReason"], stopped["stoppedReason"]
        assert {task["availabilityZone"] for task in place.steady("web", 2)} == {"us-east-1b"}
        machines["a"].join()
        place.services.clear()


def test_only_tasks_of_launch_type_external_run_outside_of_ec2():
    with hosts.opened("a") as machines:
        machines.add("x", "--external")
        region = machines.plane
        inside, outside = machines.instance("a"), machines.instance("x")
        assert outside["ec2InstanceId"].startswith("mi-") and inside["ec2InstanceId"].startswith("i-")
        may_have_interfaces = [instance for instance in (inside, outside)
                               if "ecs.capability.task-eni" in {it["name"] for it in instance["attributes"]}]
        assert may_have_interfaces == [inside]
        region.register("job", LIVES)
        ecs = region.client()
        for launch_type, instance in (("EC2", inside), ("EXTERNAL", outside)):
            replies = [ecs.run_task(cluster="default", taskDefinition="job", launchType=launch_type) for _ in range(2)]
            tasks = [task for reply in replies for task in reply["tasks"]]
            assert {(task["launchType"], task["containerInstanceArn"]) for task in tasks} == {(launch_type, instance["containerInstanceArn"])}
            for task in tasks:
                region.wait(task["taskArn"], "RUNNING")
        services = Services(region)
        services.create("edge", 2, "job", launchType="EXTERNAL")
        services.until("edge", lambda: services.describe("edge")["runningCount"] == 2, "the service runs")
        assert {task["containerInstanceArn"] for task in services.tasks("edge")} == {outside["containerInstanceArn"]}
        definition = {"name": "main", "image": "busybox:e2e", "memory": 32, "command": LIVES}
        ecs.register_task_definition(family="net", networkMode="awsvpc", containerDefinitions=[definition])
        with pytest.raises(botocore.exceptions.ClientError, match="does not support launch_type EXTERNAL"):
            services.create("net", 1, "net", launchType="EXTERNAL")
        services.made.remove("net")
        services.clear()
