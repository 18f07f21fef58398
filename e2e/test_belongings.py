"""The check that ends every region's fixture is only worth something if it sees what a region has."""

import re

import belongings
from conftest import wait_for

KINDS = {"mount", "directory", "interface", "namespace", "firewall:", "control", "process"}


def kinds(found):
    return {line.split(" ")[0] for line in found}


def with_command(found):
    return found if any(re.fullmatch(r"process \d+: sleep 600", line) for line in found) else None


def test_what_a_region_has_is_seen_until_it_is_down(own_region):
    own_region.client().register_task_definition(family="seen", ipcMode="task", containerDefinitions=[
        {"name": "main", "image": "busybox:e2e", "memory": 32, "command": ["sleep", "600"], "stopTimeout": 2}])
    arn = own_region.run("seen")
    own_region.wait(arn, "RUNNING")
    # RUNNING is a task whose command is about to begin.
    found = wait_for(lambda: with_command(own_region.leaks()), lambda: f"the container's command is seen: {own_region.leaks()}")
    assert kinds(found) == KINDS, found
    assert {line.split("/")[-1] for line in found if line.startswith("control group")} == {arn.rsplit("/", 1)[1]}
    own_region.kill()
    assert kinds(own_region.leaks()) == KINDS, "containers, bridge and table outlive the region"
    own_region.stop_everything()
    wait_for(lambda: own_region.leaks() == [], "nothing is left")


def test_regions_do_not_see_each_other(region, tmp_path):
    (tmp_path / "data").mkdir()
    assert region.leaks() and belongings.of(tmp_path / "data") == []
