"""Limits of tasks as this host's kernel has them, by control groups of version 1 or 2, and what tasks read of them."""

import pathlib

import belongings
import pytest
from conftest import DEADLINE_S, opened, wait_for
from endpoints import Container
from services import LIVES

MIB = 1 << 20
ROOT = pathlib.Path("/sys/fs/cgroup")
IS_V2 = (ROOT / "cgroup.controllers").exists()
# What is looked for, in which hierarchy and file of version 1, and in which file of version 2.
FILES = {
    "memory": ("memory/memory.limit_in_bytes", "memory.max"),
    "swap": ("memory/memory.memsw.limit_in_bytes", "memory.swap.max"),
    "quota": ("cpu/cpu.cfs_quota_us", "cpu.max"),
    "weight": ("cpu/cpu.shares", "cpu.weight"),
    "pids": ("pids/pids.max", "pids.max"),
}


def setting(group, name):
    """What a group of a task has; nothing where this kernel does not have such a thing."""
    first, second = FILES[name]
    hierarchy, file = first.split("/")
    path = ROOT / group / second if IS_V2 else ROOT / hierarchy / group / file
    return path.read_text().strip() if path.exists() else None


def group_of(arn):
    return f"ecs/{arn.rsplit('/', 1)[1]}"


@pytest.fixture(scope="module")
def place():
    with opened() as region:
        yield region


def network(region):
    subnets = region.client("ec2").describe_subnets()["Subnets"]
    return {"awsvpcConfiguration": {"subnets": [subnet["SubnetId"] for subnet in subnets]}}


def define(region, family, containers, **more):
    containers = [{"image": "busybox:e2e", "stopTimeout": 2} | container for container in containers]
    region.client().register_task_definition(family=family, containerDefinitions=containers, **more)


def stopped(region, arn):
    region.client().stop_task(cluster="default", task=arn)
    region.wait(arn, "STOPPED")
    name = group_of(arn).removeprefix("ecs/")
    wait_for(lambda: name not in {group.name for group in belongings.control_groups()}, "its control groups are gone")


def test_a_task_without_limits_of_its_own_weighs_what_its_containers_do(place):
    define(place, "bridge", [{"name": "one", "command": LIVES, "cpu": 256, "memory": 64, "memoryReservation": 32},
                             {"name": "two", "command": LIVES, "cpu": 512, "memory": 32}])
    arn = place.run("bridge")
    place.wait(arn, "RUNNING")
    group = group_of(arn)
    assert setting(group, "weight") == ("75" if IS_V2 else "768")
    assert setting(f"{group}/one", "memory") == str(64 * MIB) and setting(f"{group}/two", "memory") == str(32 * MIB)
    # How many shares become which weight is the OCI runtime's, and has changed.
    assert 1 < int(setting(f"{group}/one", "weight")) < int(setting(f"{group}/two", "weight"))
    assert setting(group, "quota") == ("max 100000" if IS_V2 else "-1")
    # As much swap as memory, where swap is counted; version 1 counts both together.
    assert setting(f"{group}/one", "swap") in (None, str((64 if IS_V2 else 128) * MIB))
    stopped(place, arn)


@pytest.mark.parametrize("launch_type", ["EC2", "FARGATE"])
def test_a_task_with_limits_has_them_as_a_whole(place, launch_type):
    family = f"whole-{launch_type.lower()}"
    define(place, family, [{"name": "one", "command": LIVES}, {"name": "two", "command": LIVES, "memory": 128}],
           networkMode="awsvpc", cpu="256", memory="512", requiresCompatibilities=[launch_type])
    arn = place.run(family, launchType=launch_type, networkConfiguration=network(place))
    place.wait(arn, "RUNNING")
    group = group_of(arn)
    assert setting(group, "quota") == ("25000 100000" if IS_V2 else "25000")
    assert setting(group, "weight") == ("100" if IS_V2 else "1024")
    assert setting(group, "memory") == str(512 * MIB) and setting(f"{group}/two", "memory") == str(128 * MIB)
    if launch_type == "FARGATE":
        assert setting(group, "swap") in (None, "0" if IS_V2 else str(512 * MIB))
    stopped(place, arn)


def test_a_fargate_task_that_wants_more_memory_than_it_has_says_so(place):
    define(place, "eater", [{"name": "main", "command": ["dd", "if=/dev/zero", "of=/dev/null", "bs=1G", "count=1"]}],
           networkMode="awsvpc", cpu="256", memory="512", requiresCompatibilities=["FARGATE"])
    arn = place.run("eater", launchType="FARGATE", networkConfiguration=network(place))
    # A quarter of a processor takes half a GiB page by page: minutes, where the processor is emulated.
    (container,) = place.wait(arn, "STOPPED", 5 * DEADLINE_S)["containers"]
    assert container["exitCode"] == 137
    assert container["reason"].startswith("OutOfMemoryError: Container killed due to memory usage"), container


def test_a_task_reads_what_the_kernel_counts(place):
    script = f"head -c 16m /dev/urandom > /dev/shm/x; dd if=/dev/shm/x of=/x bs=1M conv=fsync 2>/dev/null; {LIVES[-1]}"
    define(place, "counted", [{"name": "main", "command": ["sh", "-c", script]}], cpu="256", memory="64")
    one = Container(place, place.run("counted"))

    def written():
        stats = one.json(f"{one.v4}/stats")
        assert stats["memory_stats"]["limit"] == 64 * MIB and stats["pids_stats"]["current"] >= 1
        storage = stats["blkio_stats"]["io_service_bytes_recursive"]
        # What is written later, by whom, version 1 does not know.
        is_there = not IS_V2 or sum(it["value"] for it in storage if it["op"] == "Write") >= 16 * MIB
        return stats if is_there and stats["memory_stats"]["usage"] > 16 * MIB else None

    stats = wait_for(written, "it has written")
    group, used = group_of(one.arn), stats["cpu_stats"]["cpu_usage"]["total_usage"]
    file = ROOT / group / "main/cpu.stat" if IS_V2 else ROOT / "cpuacct" / group / "main/cpuacct.usage"
    now = int(file.read_text().split()[1]) * 1000 if IS_V2 else int(file.read_text())
    assert 0 < used <= now
    stopped(place, one.arn)


def test_groups_outlive_the_agent_and_go_with_the_task(own_region):
    define(own_region, "lives", [{"name": "main", "command": LIVES, "memory": 32}])
    arn = own_region.run("lives")
    own_region.wait(arn, "RUNNING")
    own_region.kill()
    own_region.process = None
    name = group_of(arn).removeprefix("ecs/")
    assert setting(f"ecs/{name}/main", "memory") == str(32 * MIB)
    own_region.restart()
    wait_for(lambda: own_region.describe(arn)["lastStatus"] == "RUNNING", "it still runs")
    stopped(own_region, arn)
