"""What is killed, cut off or given nonsense: a clear fault, nothing lost, nothing leaked."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import tempfile
import threading

import belongings
import botocore.exceptions
import pytest
from conftest import BINARY, wait_for
from services import first_process, task_id


def test_containers_outlive_a_killed_region_and_are_adopted(own_region):
    own_region.register("outlives", ["sh", "-c", "trap 'echo asked; exit 7' TERM; echo begin; while true; do sleep 0.1; done"])
    arn = own_region.run("outlives")
    own_region.wait(arn, "RUNNING")
    wait_for(lambda: "begin" in own_region.logs(arn), "it listens to the signal")
    before = own_region.describe(arn)
    own_region.kill()
    own_region.restart()
    wait_for(lambda: own_region.client().describe_container_instances(
        cluster="default", containerInstances=own_region.client().list_container_instances(cluster="default")["containerInstanceArns"]
    )["containerInstances"][0]["agentConnected"], "the agent is connected again")
    after = own_region.describe(arn)
    assert (after["lastStatus"], after["startedAt"]) == ("RUNNING", before["startedAt"])
    assert after["containers"][0]["runtimeId"] == before["containers"][0]["runtimeId"]
    own_region.client().stop_task(task=arn)
    assert own_region.wait(arn, "STOPPED")["containers"][0]["exitCode"] == 7
    assert own_region.logs(arn).split() == ["begin", "asked"]


def test_a_stop_that_a_kill_interrupts_ends_when_it_was_to(own_region):
    """It is asked once, says so, says so again when five seconds are gone, and is to be killed after eight."""
    command = """
        trap 'echo asked; then=$(($(date +%s) + 5))' TERM
        echo begin
        while true; do
            sleep 0.1
            if [ -n "$then" ] && [ "$(date +%s)" -ge "$then" ]; then echo later; then=; fi
        done"""
    own_region.register("stubborn", ["sh", "-c", command], stopTimeout=8)
    arn = own_region.run("stubborn")
    wait_for(lambda: "begin" in own_region.logs(arn), "it listens")
    own_region.client().stop_task(task=arn)
    wait_for(lambda: "later" in own_region.logs(arn), "five seconds are gone")
    own_region.kill()
    own_region.restart()
    task = own_region.wait(arn, "STOPPED")
    assert task["containers"][0]["exitCode"] == 137
    assert own_region.logs(arn).split() == ["begin", "asked", "later"], "it is asked once"
    lasted = (task["executionStoppedAt"] - task["stoppingAt"]).total_seconds()
    assert 7.9 < lasted < 12, "neither before its time nor that long after it was found again"


def test_an_exit_while_the_region_was_dead_is_told_afterwards(own_region):
    own_region.register("ends-alone", ["sh", "-c", "until [ -e /tmp/go ]; do sleep 0.05; done; exit 5"],
                        linuxParameters={"initProcessEnabled": False})
    arn = own_region.run("ends-alone")
    own_region.wait(arn, "RUNNING")
    own_region.kill()
    os.kill(first_process(task_id(arn)), signal.SIGKILL)
    own_region.restart()
    task = own_region.wait(arn, "STOPPED")
    assert task["containers"][0]["exitCode"] == 137


def test_nothing_acknowledged_is_lost_when_the_region_is_killed_under_load(own_region):
    acknowledged, end = [], threading.Event()

    def register():
        ecs = own_region.client()
        while not end.is_set():
            try:
                reply = ecs.register_task_definition(
                    family="loaded", containerDefinitions=[{"name": "main", "image": "busybox:e2e", "memory": 16}])
                acknowledged.append(reply["taskDefinition"]["revision"])
            except (botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError):
                return

    writers = [threading.Thread(target=register) for _ in range(4)]
    for writer in writers:
        writer.start()
    wait_for(lambda: len(acknowledged) > 50, "some writes are acknowledged")
    own_region.kill()
    end.set()
    for writer in writers:
        writer.join()
    own_region.restart()
    pages = own_region.client().get_paginator("list_task_definitions").paginate(familyPrefix="loaded")
    kept = {int(arn.rsplit(":", 1)[1]) for page in pages for arn in page["taskDefinitionArns"]}
    assert set(acknowledged) <= kept
    assert len(acknowledged) == len(set(acknowledged))


def test_random_kills_under_load_leave_nothing_behind(own_region):
    """The fixture looks at the host afterwards; here the tasks all come to an end that is told."""
    rng = random.Random(20261121)
    own_region.register("churn", ["sh", "-c", "sleep 0.3; exit 4"])
    arns = []
    for _ in range(4):
        arns += [task["taskArn"] for task in own_region.client().run_task(taskDefinition="churn", count=5)["tasks"]]
        victim = rng.choice(processes_of(own_region))
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)  # it may have ended since it was seen
        if victim == own_region.process.pid:
            own_region.process.wait()
            own_region.restart()
    for arn in arns:
        task = own_region.wait(arn, "STOPPED")
        assert task["stopCode"] in ("EssentialContainerExited", "TaskFailedToStart"), task


def processes_of(region):
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/cmdline", "rb") as file:
                    if str(region.data).encode() in file.read():
                        found.append(int(entry))
            except OSError:
                continue
    return found


def test_one_sentence_says_what_to_do(region):
    taken = region.endpoint.removeprefix("http://")
    with tempfile.TemporaryDirectory() as directory:
        other = subprocess.run([BINARY, "up", "--data-dir", f"{directory}/data", "--listen", taken], capture_output=True, text=True, timeout=30)
        assert other.returncode == 1
        assert taken in other.stderr and "--listen" in other.stderr
        assert len(other.stderr.strip().splitlines()) == 1, other.stderr
        assert belongings.of(f"{directory}/data") == []
    with tempfile.TemporaryDirectory() as directory:
        lost = subprocess.run([BINARY, "agent", "--data-dir", f"{directory}/data", "--endpoint", taken], capture_output=True, text=True, timeout=30)
        assert lost.returncode == 1
        assert f"`{taken}` is not a URL such as http://" in lost.stderr
        assert len(lost.stderr.strip().splitlines()) == 1, lost.stderr
        assert belongings.of(f"{directory}/data") == []
    locked = subprocess.run([BINARY, "up", "--data-dir", region.data, "--listen", "127.0.0.1:0"], capture_output=True, text=True, timeout=30)
    assert locked.returncode == 1
    assert str(region.data) in locked.stderr
    assert len(locked.stderr.strip().splitlines()) == 1, locked.stderr
    with tempfile.TemporaryDirectory() as directory:
        os.chmod(directory, 0o777)
        nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
        poor = subprocess.run([*nobody, BINARY, "up", "--data-dir", f"{directory}/data"], capture_output=True, text=True, timeout=30)
    assert poor.returncode == 1
    assert "root" in poor.stderr
    assert len(poor.stderr.strip().splitlines()) == 1, poor.stderr


def exchange(region, request):
    host, port = region.endpoint.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as stream:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            stream.sendall(request)  # who refuses a request need not read all of it
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = stream.recv(65536)
            if not piece:
                break
            answer += piece
        head, _, body = answer.partition(b"\r\n\r\n")
        length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0)
        while len(body) < length:
            body += stream.recv(65536)
        return head, body


def post(region, body, target=b"AmazonEC2ContainerServiceV20141113.ListClusters", headers=b""):
    return exchange(region, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: " + target
                    + b"\r\nContent-Length: %d\r\n" % len(body) + headers + b"\r\n" + body)


def test_nonsense_gets_a_fault_and_a_request_id(region):
    head, body = post(region, b'{"cluster": ')
    assert b" 400 " in head.split(b"\r\n")[0] and b"SerializationException" in body
    assert b"x-amzn-requestid" in head.lower()
    head, body = post(region, b'{"maxResults": "many"}')
    assert b" 400 " in head.split(b"\r\n")[0] and b"SerializationException" in body
    head, body = post(region, b"{}", target=b"AmazonEC2ContainerServiceV20141113.MakeCoffee")
    assert b" 400 " in head.split(b"\r\n")[0] and b"UnknownOperationException" in body
    head, _ = post(region, b"{}", headers=b"X-Long: " + b"a" * 200_000 + b"\r\n")
    assert b" 431 " in head.split(b"\r\n")[0]
    deep = b'{"clusters":' + b"[" * 5000 + b"]" * 5000 + b"}"
    head, _ = post(region, deep, target=b"AmazonEC2ContainerServiceV20141113.DescribeClusters")
    assert b" 400 " in head.split(b"\r\n")[0]
    assert region.client().list_clusters()["clusterArns"]


@pytest.mark.parametrize("own_region", [["--auth", "iam"]], indirect=True)
def test_with_iam_only_known_keys_get_in(own_region):
    said = own_region.log.read_text()
    key = next(line.split()[-1] for line in said.splitlines() if "AWS_ACCESS_KEY_ID" in line).split("=")[-1]
    secret = next(line.split()[-1] for line in said.splitlines() if "AWS_SECRET_ACCESS_KEY" in line).split("=")[-1]
    assert own_region.client(key=key, secret=secret).list_clusters()["clusterArns"]
    with pytest.raises(botocore.exceptions.ClientError) as unknown:
        own_region.client(key="AKIAUNKNOWN000000000").list_clusters()
    assert unknown.value.response["Error"]["Code"] == "UnrecognizedClientException"
    with pytest.raises(botocore.exceptions.ClientError) as wrong:
        own_region.client(key=key, secret="wrong").list_clusters()
    assert wrong.value.response["Error"]["Code"] == "InvalidSignatureException"
