"""Fargate: tasks of any cluster, on hosts that nobody sees."""

import json
import urllib.request

import botocore.exceptions
import hosts
import pytest
from conftest import opened, wait_for

PAGE = ["sh", "-c", "mkdir /www; echo page > /www/index.html; exec httpd -f -p 80 -h /www"]
ORDER = ["PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED"]


class Place:
    """A cluster without container instances, and the default VPC."""

    def __init__(self, region, cluster):
        self.region, self.cluster = region, cluster
        self.ecs, self.ec2 = region.client(), region.client("ec2")
        self.ecs.create_cluster(clusterName=cluster)
        vpc = self.ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]
        self.vpc = vpc["VpcId"]
        subnets = self.ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]
        self.zones = {subnet["SubnetId"]: subnet["AvailabilityZone"] for subnet in subnets}

    def define(self, family, command, **more):
        definition = {"name": "main", "image": "busybox:e2e", "command": command, "stopTimeout": 2, "essential": True}
        self.ecs.register_task_definition(**{
            "family": family, "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
            "containerDefinitions": [definition]} | more)

    def open_group(self, name):
        """A security group that lets everybody in by HTTP."""
        group = self.ec2.create_security_group(GroupName=name, Description=name, VpcId=self.vpc)["GroupId"]
        self.ec2.authorize_security_group_ingress(GroupId=group, IpProtocol="tcp", FromPort=80, ToPort=80, CidrIp="0.0.0.0/0")
        return group

    def ask(self, family, public="DISABLED", subnets=None, groups=(), **more):
        network = {"subnets": subnets or list(self.zones), "securityGroups": list(groups), "assignPublicIp": public}
        return self.ecs.run_task(**{
            "cluster": self.cluster, "taskDefinition": family, "launchType": "FARGATE",
            "networkConfiguration": {"awsvpcConfiguration": network}} | more)

    def run(self, family, **more):
        reply = self.ask(family, **more)
        assert not reply["failures"], reply["failures"]
        return [task["taskArn"] for task in reply["tasks"]]

    def task(self, arn):
        return self.ecs.describe_tasks(cluster=self.cluster, tasks=[arn])["tasks"][0]

    def wait(self, arn, status):
        def reached():
            task = self.task(arn)
            assert status == "STOPPED" or task["lastStatus"] != "STOPPED", task.get("stoppedReason")
            return task if ORDER.index(task["lastStatus"]) >= ORDER.index(status) else None

        return wait_for(reached, f"{arn} is {status}")

    def wait_until_open(self, arn):
        def is_open():
            (agent,) = self.task(arn)["containers"][0]["managedAgents"]
            return agent["lastStatus"] == "RUNNING"

        wait_for(is_open, "people are let in")

    def stop(self, arns):
        for arn in arns:
            self.ecs.stop_task(cluster=self.cluster, task=arn)
        return [self.wait(arn, "STOPPED") for arn in arns]

    def inside(self, arn, *command):
        return self.region.longshore("exec", "--cluster", self.cluster, arn, "--", *command).stdout

    def fetched(self, arn, address):
        """The page at an address as a task sees it; empty as long as nobody serves it."""
        command = ["wget", "-q", "-O", "-", f"http://{address}/"]
        return self.region.longshore("exec", "--cluster", self.cluster, arn, "--", *command, check=False).stdout

    def instance(self):
        """The container instance of this machine's owner."""
        (arn,) = self.ecs.list_container_instances(cluster="default")["containerInstanceArns"]
        return self.ecs.describe_container_instances(cluster="default", containerInstances=[arn])["containerInstances"][0]

    def left(self, name):
        return next(it["integerValue"] for it in self.instance()["remainingResources"] if it["name"] == name)

    def counts(self):
        cluster = self.ecs.describe_clusters(clusters=[self.cluster], include=["STATISTICS"])["clusters"][0]
        running = {it["name"]: it["value"] for it in cluster["statistics"]}["runningFargateTasksCount"]
        return cluster["registeredContainerInstancesCount"], cluster["runningTasksCount"], cluster["pendingTasksCount"], int(running)


def page_at(address):
    """What is served there; nothing as long as nobody serves it."""
    try:
        with urllib.request.urlopen(f"http://{address}/", timeout=10) as answer:
            return answer.read()
    except OSError:
        return None


def details(task):
    return {detail["name"]: detail["value"] for detail in task["attachments"][0]["details"]}


@pytest.fixture(scope="module")
def place():
    with opened() as region:
        yield Place(region, "shop")


def test_tasks_of_a_cluster_without_instances_run_and_nobody_sees_where(place):
    room = place.left("CPU"), place.left("MEMORY")
    place.define("page", PAGE, ephemeralStorage={"sizeInGiB": 25})
    open_to_all = place.open_group("open")
    arns = place.run("page", count=2, public="ENABLED", groups=[open_to_all], enableExecuteCommand=True, platformVersion="LATEST")
    one, two = (place.wait(arn, "RUNNING") for arn in arns)
    assert (one["launchType"], one["platformVersion"], one["platformFamily"]) == ("FARGATE", "1.4.0", "Linux")
    assert (one["cpu"], one["memory"]) == ("256", "512") and "containerInstanceArn" not in one
    assert one["ephemeralStorage"] == one["fargateEphemeralStorage"] == {"sizeInGiB": 25}
    assert [it["name"] for it in one["attributes"]] == ["ecs.cpu-architecture"]
    assert one["availabilityZone"] == place.zones[details(one)["subnetId"]]
    # Nobody sees where: not in its cluster, nor on the instance that lends its room.
    assert place.ecs.list_container_instances(cluster="shop")["containerInstanceArns"] == []
    assert place.counts() == (0, 2, 0, 2)
    lender = place.instance()
    assert (lender["runningTasksCount"], lender["pendingTasksCount"]) == (0, 0)
    assert (place.left("CPU"), place.left("MEMORY")) == (room[0] - 512, room[1] - 1024)
    on_it = place.ecs.list_tasks(cluster="default", containerInstance=lender["containerInstanceArn"])
    assert on_it["taskArns"] == [] and len(place.ecs.list_tasks(cluster="shop", launchType="FARGATE")["taskArns"]) == 2
    # Their interfaces, with an address for the outside.
    shown = details(one)
    (interface,) = place.ec2.describe_network_interfaces(NetworkInterfaceIds=[shown["networkInterfaceId"]])["NetworkInterfaces"]
    assert interface["RequesterManaged"] and interface["Status"] == "in-use"
    assert "InstanceId" not in interface.get("Attachment", {})
    public = interface["Association"]["PublicIp"]
    assert public.startswith("198.18.")
    wait_for(lambda: page_at(public), "its server is there")
    assert page_at(public) == b"page\n"
    # People get in, and see a neighbour and the task's own metadata.
    place.wait_until_open(arns[0])
    wait_for(lambda: "page" in place.fetched(arns[0], details(two)["privateIPv4Address"]), "its neighbour serves")
    told = json.loads(place.inside(arns[0], "sh", "-c", "wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task"))
    assert (told["TaskARN"], told["LaunchType"], told["Cluster"]) == (arns[0], "FARGATE", one["clusterArn"])
    assert told["AvailabilityZone"] == one["availabilityZone"]
    assert place.inside(arns[0], "sh", "-c", "echo $AWS_EXECUTION_ENV").strip() == "AWS_ECS_FARGATE"
    # What ends gives everything back.
    ended, _ = place.stop(arns)
    assert (ended["stopCode"], ended["containers"][0]["exitCode"] in (137, 143)) == ("UserInitiated", True)
    assert (place.left("CPU"), place.left("MEMORY")) == room and place.counts() == (0, 0, 0, 0)
    with pytest.raises(botocore.exceptions.ClientError, match="InvalidNetworkInterfaceID.NotFound"):
        place.ec2.describe_network_interfaces(NetworkInterfaceIds=[shown["networkInterfaceId"]])
    assert place.ec2.describe_network_interfaces()["NetworkInterfaces"] == []
    place.ec2.delete_security_group(GroupId=open_to_all)


def test_an_agent_that_comes_back_finds_its_tasks_of_other_clusters(place):
    place.define("sleep", ["sleep", "3600"])
    (arn,) = place.run("sleep")
    runtime_id = place.wait(arn, "RUNNING")["containers"][0]["runtimeId"]
    place.region.kill()
    place.region.restart()
    wait_for(lambda: place.instance()["agentConnected"], "the agent is back")
    wait_for(lambda: place.task(arn)["connectivity"] == "CONNECTED", "its task is connected")
    task = place.task(arn)
    assert (task["lastStatus"], task["containers"][0]["runtimeId"]) == ("RUNNING", runtime_id)
    place.stop([arn])


def test_without_room_it_says_so_in_fargate_s_words(place):
    place.define("huge", ["sleep", "3600"], cpu="16384", memory="122880")
    reply = place.ask("huge")
    (failure,) = reply["failures"]
    assert reply["tasks"] == [] and failure["reason"].startswith("Capacity is unavailable at this time.")


def test_two_hosts_of_the_pool_share_the_tasks_of_a_cluster():
    with hosts.opened() as machines:
        for name in "ab":
            machines.lend(name, "--availability-zone", f"us-east-1{name}")
        place = Place(machines.plane, "shop")
        place.define("page", PAGE)
        subnets = [subnet for subnet, zone in place.zones.items() if zone in ("us-east-1a", "us-east-1b")]

        Pool(machines).wait_until_connected(2)
        arns = place.run("page", count=2, subnets=subnets, enableExecuteCommand=True)
        one, two = (place.wait(arn, "RUNNING") for arn in arns)
        assert [len(tasks) for tasks in machines.running().values()] == [1, 1]
        assert place.ecs.list_container_instances(cluster="shop")["containerInstanceArns"] == []
        place.wait_until_open(arns[0])
        wait_for(lambda: "page" in place.fetched(arns[0], details(two)["privateIPv4Address"]), "its neighbour serves")
        with pytest.raises(botocore.exceptions.ClientError, match="InvalidParameterException"):
            place.ecs.list_container_instances(cluster=".fargate")
        place.stop(arns)


def test_draining_the_instance_that_lends_its_room_moves_services_tasks_of_fargate():
    with hosts.opened() as machines:
        machines.add("a", "--availability-zone", "us-east-1a", "--attribute", "longshore.fargate=yes")
        machines.lend("b", "--availability-zone", "us-east-1b")
        place = Place(machines.plane, "shop")
        place.define("page", PAGE)
        network = {"awsvpcConfiguration": {"subnets": list(place.zones)}}
        place.ecs.create_service(
            cluster="shop", serviceName="page", taskDefinition="page", launchType="FARGATE", desiredCount=2, networkConfiguration=network)
        wait_for(lambda: sum(map(len, machines.running().values())) == 2 and machines.running()["b"], "the pool runs the service")
        arn = machines.arn("a")
        place.ecs.update_container_instances_state(cluster="default", containerInstances=[arn], status="DRAINING")
        wait_for(lambda: [len(tasks) for tasks in machines.running().values()] == [0, 2], lambda: f"all are on b: {machines.running()}")
        place.ecs.delete_service(cluster="shop", service="page", force=True)
        wait_for(lambda: not any(machines.running().values()), "all are stopped")


class Pool:
    """The hosts of Fargate's pool, as whoever runs the region sees them."""

    def __init__(self, machines):
        self.machines, self.region = machines, machines.plane

    def do(self, *words, check=True):
        return self.region.longshore("fargate", *words, check=check)

    def hosts(self):
        """By the names of machines: of those that are there."""
        addresses = {host.inside: name for name, host in self.machines.all.items()}
        return {addresses[host["address"]]: host for host in json.loads(self.do("hosts", "--output", "json").stdout)["hosts"]}

    def wait_until_connected(self, count):
        wait_for(lambda: sum(host["agentConnected"] for host in self.hosts().values()) == count, f"{count} hosts are connected")

    def counts(self, name):
        return tuple(self.hosts()[name][f"{kind}TasksCount"] for kind in ("fargate", "fargateSpot", "standalone"))


def test_a_host_that_is_drained_hands_its_services_tasks_on_and_takes_nothing_new():
    with hosts.opened() as machines:
        for name in "ab":
            machines.lend(name, "--availability-zone", f"us-east-1{name}")
        place, pool = Place(machines.plane, "shop"), Pool(machines)
        pool.wait_until_connected(2)
        a = pool.hosts()["a"]
        assert (a["status"], a["availabilityZone"], a["remainingCpu"]) == ("ACTIVE", "us-east-1a", a["registeredCpu"]) and "cluster" not in a
        place.define("page", PAGE)
        near = {zone: [subnet for subnet, of in place.zones.items() if of == f"us-east-1{zone}"] for zone in "ab"}
        network = {"awsvpcConfiguration": {"subnets": near["a"] + near["b"]}}
        place.ecs.create_service(
            cluster="shop", serviceName="page", taskDefinition="page", launchType="FARGATE", desiredCount=2, networkConfiguration=network,
            availabilityZoneRebalancing="DISABLED")
        wait_for(lambda: place.counts()[3] == 2 and all(len(tasks) == 1 for tasks in machines.running().values()), "one runs on each host")
        (standalone,) = place.run("page", subnets=near["a"])
        place.wait(standalone, "RUNNING")
        assert pool.counts("a") == (2, 0, 1)
        pool.do("drain", machines["a"].inside)
        # What is to be replaced goes when another runs in its place: of the service, two run all the time.
        served = lambda: [task for tasks in machines.running().values() for task in tasks if task != standalone.rpartition("/")[2]]

        def has_moved():
            assert len(served()) >= 2, machines.running()
            return pool.counts("a") == (1, 0, 1)

        wait_for(has_moved, lambda: f"the service has left: {pool.hosts()}")
        assert len(machines.running()["b"]) == 2 and place.task(standalone)["lastStatus"] == "RUNNING"
        # Nothing new comes, also where the task's own zone is that host's.
        (elsewhere,) = place.run("page", subnets=near["a"])
        place.wait(elsewhere, "RUNNING")
        assert elsewhere.rpartition("/")[2] in machines.running()["b"]
        said = pool.do("drain", a["hostId"][:12], "--wait", "--timeout", "100ms", check=False)
        assert said.returncode == 3 and "1 of RunTask" in said.stdout, said.stdout
        said = pool.do("drain", a["hostId"], "--stop-tasks", "--wait")
        assert "0 tasks of Fargate left" in said.stdout, said.stdout
        task = place.task(standalone)
        assert (task["lastStatus"], task["stopCode"]) == ("STOPPED", "TerminationNotice") and "maintenance" in task["stoppedReason"]
        assert machines.running()["a"] == [] and "DRAINING" in pool.do("hosts").stdout
        # Its agent starts anew and it is drained still, until it is taken back.
        machines["a"].kill()
        wait_for(lambda: not pool.hosts()["a"]["agentConnected"], "the agent is away")
        machines["a"].start()
        pool.wait_until_connected(2)
        assert pool.hosts()["a"]["status"] == "DRAINING"
        assert "ACTIVE" in pool.do("drain", "--undo", a["hostId"]).stdout
        (near_again,) = place.run("page", subnets=near["a"])
        place.wait(near_again, "RUNNING")
        assert machines.running()["a"] == [near_again.rpartition("/")[2]]
        # A host with tasks is not removed by mistake; one that went for good is.
        said = pool.do("remove", a["hostId"], check=False)
        assert said.returncode == 1 and "drain it" in said.stderr, said.stderr
        place.stop([near_again, elsewhere])
        machines["a"].down()
        machines["a"].process.wait()
        wait_for(lambda: not pool.hosts()["a"]["agentConnected"], "the agent is away")
        pool.do("remove", a["hostId"])
        assert list(pool.hosts()) == ["b"]
        place.ecs.delete_service(cluster="shop", service="page", force=True)
        wait_for(lambda: not any(machines.running().values()), "all are stopped")


def test_a_lender_is_drained_in_the_pool_alone_and_leaves_it_with_its_last_task():
    with hosts.opened() as machines:
        lender = machines.add("a", "--attribute", "longshore.fargate=yes")
        place, pool = Place(machines.plane, "shop"), Pool(machines)
        place.define("page", PAGE)
        (arn,) = place.run("page")
        place.wait(arn, "RUNNING")
        host = pool.hosts()["a"]
        assert host["cluster"] == "default" and pool.counts("a") == (1, 0, 1)
        pool.do("drain", host["hostId"])
        assert machines.instance("a")["status"] == "ACTIVE"
        (failure,) = place.ask("page")["failures"]
        assert "no ACTIVE host" in failure["detail"], failure
        machines.plane.register("own", ["sleep", "3600"])
        own = machines.plane.run("own")
        machines.plane.wait(own, "RUNNING")
        pool.do("drain", "--undo", host["hostId"])
        # It comes back without lending its room: its task goes on, and is counted, and nothing new comes.
        lender.kill()
        wait_for(lambda: not machines.instance("a")["agentConnected"], "the agent is away")
        lender.arguments = tuple(word for word in lender.arguments if word not in ("--attribute", "longshore.fargate=yes", "host=a"))
        lender.arguments += ("--attribute", "host=a")
        lender.start()
        wait_for(lambda: machines.instance("a")["agentConnected"], "the agent is back")
        left = pool.hosts()["a"]
        assert left["status"] == "DRAINING" and "no longer lent" in left["statusReason"], left
        assert place.counts() == (0, 1, 0, 1) and len(machines.running()["a"]) == 2
        said = pool.do("drain", "--undo", host["hostId"], check=False)
        assert said.returncode == 1 and "longshore.fargate" in said.stderr, said.stderr
        assert place.ask("page")["tasks"] == []
        place.stop([arn])
        wait_for(lambda: pool.hosts() == {}, lambda: f"it has left the pool: {pool.hosts()}")
        machines.plane.client().stop_task(cluster="default", task=own)
        machines.plane.wait(own, "STOPPED")


def test_a_host_of_the_pool_that_is_lost_loses_its_tasks_and_ends_them_when_it_is_back():
    with hosts.opened(lease=hosts.SHORT_LEASE) as machines:
        host = machines.lend("a")
        place = Place(machines.plane, "shop")
        place.define("page", PAGE)
        arn = wait_for(lambda: [task["taskArn"] for task in place.ask("page")["tasks"]], "the host takes tasks")[0]
        place.wait(arn, "RUNNING")
        host.cut()
        task = place.wait(arn, "STOPPED")
        assert task["stopCode"] == "TerminationNotice" and "instance" not in task["stoppedReason"], task["stoppedReason"]
        assert host.containers(), "nobody told it"
        host.join()
        wait_for(lambda: not host.containers(), "it ends what it should not run")
        again = wait_for(lambda: [task["taskArn"] for task in place.ask("page")["tasks"]], "the host takes tasks again")
        place.wait(again[0], "RUNNING")
        place.stop(again)


def test_only_tasks_with_a_public_address_reach_the_outside():
    with hosts.opened() as machines:
        host = machines.lend("a")
        place = Place(machines.plane, "shop")
        place.define("page", PAGE)

        def started(public):
            reply = place.ask("page", public=public, enableExecuteCommand=True)
            return [task["taskArn"] for task in reply["tasks"]]

        open_to_the_world = wait_for(lambda: started("ENABLED"), "the host takes tasks")[0]
        (closed,) = place.run("page", enableExecuteCommand=True)
        shown = details(place.wait(open_to_the_world, "RUNNING"))
        (interface,) = place.ec2.describe_network_interfaces(NetworkInterfaceIds=[shown["networkInterfaceId"]])["NetworkInterfaces"]
        place.wait(closed, "RUNNING")
        # Whoever runs a region leads the pool's addresses to its hosts. The route goes with the pair of interfaces.
        host.ip("route", "add", f"{interface['Association']['PublicIp']}/32", "via", host.inside)
        for arn in (open_to_the_world, closed):
            place.wait_until_open(arn)
        ask = f"nc -w 3 {host.outside} {machines.plane.port} </dev/null && echo yes || echo no"
        assert place.inside(open_to_the_world, "sh", "-c", ask).split() == ["yes"]
        assert place.inside(closed, "sh", "-c", ask).split() == ["no"]
        place.stop([open_to_the_world, closed])
