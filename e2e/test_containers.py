"""What a container definition says is what the container gets: seen from inside, through real clients."""

import json

import pytest
from conftest import DEADLINE_S, port_of_nobody, wait_for


def output(region, arn):
    region.wait(arn, "STOPPED")
    return region.logs(arn)


@pytest.mark.parametrize("name, definition, command, expected", [
    ("environment", {"environment": [{"name": "COLOUR", "value": "blue green"}]}, "echo $COLOUR", "blue green"),
    ("user", {"user": "65534:65534"}, "id -u; id -g", "65534\n65534"),
    ("named-user", {"user": "nobody"}, "id -un", "nobody"),
    ("directory", {"workingDirectory": "/var"}, "pwd", "/var"),
    ("hostname", {"hostname": "lighthouse"}, "hostname", "lighthouse"),
    ("readonly", {"readonlyRootFilesystem": True}, "touch /x || echo refused", "refused"),
    ("extra-hosts", {"extraHosts": [{"hostname": "pier", "ipAddress": "10.9.8.7"}]}, "grep pier /etc/hosts", "10.9.8.7"),
    ("dns", {"dnsServers": ["10.1.1.1"], "dnsSearchDomains": ["example.test"]}, "cat /etc/resolv.conf", "nameserver 10.1.1.1"),
    ("ulimits", {"ulimits": [{"name": "nofile", "softLimit": 321, "hardLimit": 654}]}, "ulimit -Sn; ulimit -Hn", "321\n654"),
    ("sysctl", {"systemControls": [{"namespace": "net.core.somaxconn", "value": "777"}]}, "cat /proc/sys/net/core/somaxconn", "777"),
    ("tmpfs", {"linuxParameters": {"tmpfs": [{"containerPath": "/scratch", "size": 8}]}}, "df -m /scratch | tail -1", "8"),
    ("shm", {"linuxParameters": {"sharedMemorySize": 9}}, "df -m /dev/shm | tail -1", "9"),
    ("init", {"linuxParameters": {"initProcessEnabled": True}}, "[ $$ != 1 ] && echo not the first process", "not the first process"),
    ("drop", {"linuxParameters": {"capabilities": {"drop": ["CHOWN"]}}}, "touch /x; chown 1 /x || echo refused", "refused"),
    ("entry-point", {"entryPoint": ["sh", "-c"], "command": ["echo by the entry point"]}, None, "by the entry point"),
    ("memory-limit", {"memory": 24}, "cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max", "25165824"),
])
def test_a_field_is_honoured(region, name, definition, command, expected):
    container = dict(definition)
    command = container.pop("command", None) or ["sh", "-c", command]
    region.register(f"field-{name}", command, **container)
    said = output(region, region.run(f"field-{name}"))
    assert expected in said, said


def test_overrides_change_command_and_environment(region):
    region.register("overridden", ["echo", "as defined"], environment=[{"name": "A", "value": "1"}, {"name": "B", "value": "2"}])
    arn = region.run("overridden", overrides={"containerOverrides": [
        {"name": "main", "command": ["sh", "-c", "echo $A $B"], "environment": [{"name": "B", "value": "3"}]}]})
    assert "1 3" in output(region, arn)


def test_containers_of_a_task_start_in_the_order_they_depend(region):
    ecs = region.client()
    share = [{"sourceVolume": "work", "containerPath": "/work"}]
    ecs.register_task_definition(
        family="ordered", volumes=[{"name": "work"}],
        containerDefinitions=[
            {"name": "app", "image": "busybox:e2e", "memory": 16, "command": ["cat", "/work/made"], "mountPoints": share,
             "dependsOn": [{"containerName": "prepare", "condition": "SUCCESS"}]},
            {"name": "prepare", "image": "busybox:e2e", "memory": 16, "essential": False, "mountPoints": share,
             "command": ["sh", "-c", "echo made before > /work/made"]},
        ])
    arn = region.run("ordered")
    assert "made before" in output(region, arn)
    codes = {container["name"]: container["exitCode"] for container in region.describe(arn)["containers"]}
    assert codes == {"app": 0, "prepare": 0}


def test_health_is_told_and_gates_a_dependent(region):
    ecs = region.client()
    check = {"command": ["CMD-SHELL", "test -e /tmp/ready"], "interval": 5, "timeout": 30, "retries": 2}
    ecs.register_task_definition(
        family="healthy", containerDefinitions=[
            {"name": "slow", "image": "busybox:e2e", "memory": 16, "healthCheck": check, "stopTimeout": 2,
             "command": ["sh", "-c", "sleep 1; touch /tmp/ready; sleep 600"]},
            {"name": "after", "image": "busybox:e2e", "memory": 16, "essential": False, "command": ["echo", "after"],
             "dependsOn": [{"containerName": "slow", "condition": "HEALTHY"}]},
        ])
    arn = region.run("healthy")
    wait_for(lambda: region.describe(arn)["healthStatus"] == "HEALTHY", "the task is healthy")
    wait_for(lambda: "after" in region.logs(arn), "the dependent ran")
    ecs.stop_task(task=arn)
    region.wait(arn, "STOPPED")


def test_a_restart_policy_restarts_in_place(region):
    region.register("stubborn", ["sh", "-c", "echo begin; sleep 61; exit 1"],
                    restartPolicy={"enabled": True, "restartAttemptPeriod": 60})
    arn = region.run("stubborn")
    region.wait(arn, "RUNNING")
    wait_for(lambda: region.logs(arn).count("begin") >= 2, "it began twice", 60 + DEADLINE_S)
    assert region.describe(arn)["lastStatus"] == "RUNNING"
    region.client().stop_task(task=arn)
    region.wait(arn, "STOPPED")


def test_a_container_that_ignores_the_stop_signal_is_killed_after_its_timeout(region):
    region.register("deaf", ["sh", "-c", "trap '' TERM; while true; do sleep 1; done"], stopTimeout=2)
    arn = region.run("deaf")
    region.wait(arn, "RUNNING")
    region.client().stop_task(task=arn)
    assert region.wait(arn, "STOPPED")["containers"][0]["exitCode"] == 137


def test_modes_host_and_none(region):
    ecs = region.client()
    for mode, expected in (("host", "lo"), ("none", "lo")):
        ecs.register_task_definition(family=f"mode-{mode}", networkMode=mode, containerDefinitions=[
            {"name": "main", "image": "busybox:e2e", "memory": 16, "command": ["sh", "-c", "ls /sys/class/net"]}])
        said = output(region, region.run(f"mode-{mode}"))
        assert expected in said
        if mode == "none":
            assert said.split() == ["lo"]


def test_a_static_host_port_is_held_once(region):
    port = port_of_nobody()
    region.register("static", ["sleep", "600"], portMappings=[{"containerPort": 80, "hostPort": port}])
    arn = region.run("static")
    region.wait(arn, "RUNNING")
    refused = region.client().run_task(taskDefinition="static")
    assert [failure["reason"] for failure in refused["failures"]] == ["RESOURCE:PORTS"]
    region.client().stop_task(task=arn)
    region.wait(arn, "STOPPED")
    again = region.run("static")
    region.wait(again, "RUNNING")
    region.client().stop_task(task=again)
    region.wait(again, "STOPPED")


def test_what_an_instance_cannot_do_is_named(region):
    region.client().register_task_definition(family="cloudwatch", containerDefinitions=[
        {"name": "main", "image": "busybox:e2e", "memory": 16,
         "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-region": "us-east-1"}}}])
    failures = region.client().run_task(taskDefinition="cloudwatch")["failures"]
    assert [failure["reason"] for failure in failures] == ["ATTRIBUTE"]
    assert "logging-driver.awslogs" in json.dumps(failures)
    said = region.longshore("why", "cloudwatch").stdout
    assert "cannot be placed" in said and "logging-driver.awslogs" in said
