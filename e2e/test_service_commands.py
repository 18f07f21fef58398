"""The command line about services: lists, rollouts to look at, events, reasons; exit codes that scripts can go by."""

import contextlib
import http.server
import json
import os
import pty
import signal
import subprocess
import threading

import pytest
from conftest import BINARY, DEADLINE_S, wait_for
from services import LIVES

BREAKER = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}


def started(region, *arguments, stdout=subprocess.PIPE, **more):
    """A command that goes on; whoever starts it ends it. One that hangs is killed, so that who reads from it reads its end."""
    process = subprocess.Popen([BINARY, *arguments], env=region.environment(**more), stdin=subprocess.DEVNULL, stdout=stdout,
                               stderr=subprocess.PIPE, text=True)
    late = threading.Timer(DEADLINE_S, process.kill)
    late.daemon = True
    late.start()
    return process


@contextlib.contextmanager
def deaf(*replies):
    """A control plane that gives these replies and then none: its address, and what is set when somebody waits for it in vain."""
    replies, asked, over = list(replies), threading.Event(), threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            if not replies:
                asked.set()
                over.wait()
                return
            body = json.dumps(replies.pop(0)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def test_services_are_listed_with_their_rollout(services):
    services.create("listed", 2)
    services.steady("listed")
    line = next(line for line in services.region.longshore("services").stdout.splitlines() if line.startswith("listed "))
    assert line.split()[1:7] == ["ACTIVE", "2", "2", "0", "listed:1", "COMPLETED"]
    told = json.loads(services.region.longshore("services", "--output", "json").stdout)["services"]
    assert any(service["serviceName"] == "listed" and service["runningCount"] == 2 for service in told)


def test_an_image_is_deployed_and_everything_else_kept(services):
    region, ecs = services.region, services.ecs
    first = ecs.register_task_definition(
        family="pictured", tags=[{"key": "team", "value": "a"}],
        containerDefinitions=[{"name": "app", "image": "busybox:old", "memory": 16, "command": LIVES, "stopTimeout": 2,
                               "environment": [{"name": "A", "value": "1"}]}])["taskDefinition"]
    services.create("pictured", 0, definition="pictured")
    done = region.longshore("deploy", "pictured", "--image", "busybox:e2e", "--count", "2", "--watch", "--timeout", f"{DEADLINE_S}s")
    assert "registered pictured:2: container app runs busybox:e2e, busybox:old before" in done.stdout
    assert "pictured runs pictured:2 with 2 tasks" in done.stdout
    second = ecs.describe_task_definition(taskDefinition="pictured:2", include=["TAGS"])
    assert second["tags"] == [{"key": "team", "value": "a"}]
    differing = {"taskDefinitionArn", "revision", "registeredAt", "containerDefinitions"}
    assert {name for name, value in second["taskDefinition"].items() if first[name] != value} == differing
    was, now = first["containerDefinitions"][0], second["taskDefinition"]["containerDefinitions"][0]
    assert now == was | {"image": "busybox:e2e"}
    assert {task["taskDefinitionArn"].rsplit("/")[-1] for task in services.running("pictured", 2)} == {"pictured:2"}


def test_a_deployment_that_was_rolled_back_fails_the_command(services):
    region = services.region
    services.create("returning", 1, deploymentConfiguration=BREAKER)
    services.steady("returning")
    region.register("returning", ["/no/such/program"])
    done = region.longshore("deploy", "returning", "--task-definition", "returning:2", "--watch", check=False)
    assert done.returncode == 1, done.stdout
    assert "returning:1 runs again" in done.stderr and "circuit breaker" in done.stderr
    assert "/no/such/program" in region.longshore("why", "returning").stdout
    assert services.describe("returning")["deployments"][0]["taskDefinition"].endswith("/returning:1")
    grown = region.longshore("deploy", "returning", "--count", "2", "--watch")
    assert "returning runs returning:1 with 2 tasks" in grown.stdout


def test_who_stops_looking_stops_nothing(services):
    region = services.region
    region.register("slow", ["/no/such/program"])
    services.create("slow", 1, definition="slow")
    late = region.longshore("deploy", "slow", "--watch", "--timeout", "0s", check=False)
    assert late.returncode == 3 and "the deployment goes on" in late.stderr
    watch = started(region, "deploy", "slow", "--watch")
    assert "deploying slow:1" in watch.stdout.readline()
    watch.send_signal(signal.SIGINT)
    _, said = watch.communicate(timeout=DEADLINE_S)
    assert watch.returncode == 130 and "the deployment goes on" in said
    assert services.describe("slow")["deployments"][0]["rolloutState"] == "IN_PROGRESS"


END_OF_FRAME = b"\x1b[?2026l"


def test_a_terminal_is_drawn_over(services):
    constraint = {"type": "memberOf", "expression": "attribute:canvas == there"}
    services.create("drawn", 1, placementConstraints=[constraint])
    instance = services.ecs.list_container_instances()["containerInstanceArns"][0]
    attribute = {"name": "canvas", "value": "there", "targetId": instance}
    ours, theirs = pty.openpty()
    watch = started(services.region, "deploy", "drawn", "--watch", "--timeout", f"{DEADLINE_S}s", stdout=theirs, TERM="xterm")
    os.close(theirs)
    drawn = b""
    try:
        # The deployment goes on when somebody looks.
        while END_OF_FRAME not in drawn:
            drawn += os.read(ours, 65536)
        services.ecs.put_attributes(attributes=[attribute])
        while piece := os.read(ours, 65536):
            drawn += piece
    except OSError:
        # The other end is gone: all was read.
        pass
    finally:
        os.close(ours)
        services.ecs.delete_attributes(attributes=[attribute])
    assert watch.wait(DEADLINE_S) == 0, watch.stderr.read()
    frames = drawn.decode().split("\x1b[?2026h")[1:]
    assert len(frames) > 1 and all("\x1b[" in frame and "drawn:1" in frame for frame in frames)
    assert "F" in frames[1].split("service")[0], "the second frame begins by going up"
    watch.stderr.close()


SERVICE = {"serviceName": "web", "status": "ACTIVE", "deployments": [{"id": "ecs-svc/1", "status": "PRIMARY", "rolloutState": "IN_PROGRESS"}]}


@pytest.mark.parametrize("arguments, replies, code", [
    (["deploy", "web", "--watch"], [{"services": [SERVICE]}], 130),
    (["top"], [], 0),
], ids=["deploy", "top"])
def test_who_waits_for_a_deaf_control_plane_can_stop(region, arguments, replies, code):
    ours, theirs = pty.openpty()
    with deaf(*replies) as (endpoint, asked):
        view = started(region, *arguments, "--endpoint", endpoint, stdout=theirs, TERM="xterm")
        try:
            assert asked.wait(DEADLINE_S), "it asks"
            view.send_signal(signal.SIGINT)
            assert view.wait(10) == code, "sooner than the control plane is given up"
        finally:
            view.kill()
            view.communicate()
            os.close(theirs)
            os.close(ours)


def test_why_says_what_each_instance_lacks(services):
    region = services.region
    region.register("greedy", LIVES, memory=4_000_000)
    services.create("greedy", 1, definition="greedy")
    services.said("greedy", "was unable to place a task")
    told = region.longshore("why", "greedy").stdout
    assert "RESOURCE:MEMORY (needs 4000000 MiB" in told
    facts = json.loads(region.longshore("why", "greedy", "--output", "json").stdout)
    refused = [(instance["fits"], instance["reason"]) for instance in facts["instances"]]
    assert refused == [(False, "RESOURCE:MEMORY")]
    listed = region.longshore("services").stdout
    assert "`longshore why greedy` says more" in listed


def test_why_says_until_when_nothing_is_tried(services):
    region = services.region
    region.register("hopeless", ["/no/such/program"])
    services.create("hopeless", 1, definition="hopeless")
    services.said("hopeless", "is unable to consistently start tasks successfully")
    # What has stopped by now is what the wait comes from, or came before that: it may be tried again meanwhile.
    stopped = max(task["stoppedAt"].timestamp() for task in services.tasks("hopeless", "STOPPED") if "stoppedAt" in task)
    told = wait_for(lambda: json.loads(region.longshore("why", "hopeless", "--output", "json").stdout)["backOff"], "it waits")
    assert told["failedStarts"] >= 2 and told["until"] >= stopped + 9


def test_events_are_told_oldest_first_and_followed(services):
    region = services.region
    services.create("told", 1)
    services.steady("told")
    lines = region.longshore("events", "told").stdout.splitlines()
    assert "has started 1 tasks" in lines[0] and "has reached a steady state" in lines[-1]
    follow = started(region, "events", "--follow", "told")
    try:
        assert [follow.stdout.readline().strip() for _ in lines] == [line.strip() for line in lines]
        services.update("told", desiredCount=2)
        assert "has started 1 tasks" in follow.stdout.readline()
    finally:
        follow.terminate()
        follow.communicate(timeout=DEADLINE_S)


def test_top_shows_instances_and_services(services):
    services.create("busy", 1)
    services.steady("busy")
    shown = services.region.longshore("top").stdout
    assert "1 instance" in shown and "connected" in shown and "busy:1" in shown
    facts = json.loads(services.region.longshore("top", "--output", "json").stdout)
    assert len(facts["containerInstances"]) == 1


@pytest.mark.parametrize("arguments, said", [
    (["deploy", "no-such-service", "--force"], "aws ecs create-service"),
    (["events", "no-such-service"], "there is no service `no-such-service`"),
    (["why", "no-such-thing"], "no service, task or task definition"),
    (["services", "--cluster", "no-such-cluster"], "Cluster not found."),
    (["services", "--endpoint", "localhost:4566"], "`localhost:4566` is not a URL such as http://"),
])
def test_what_does_not_exist_is_said_in_a_sentence(region, arguments, said):
    done = region.longshore(*arguments, check=False)
    assert done.returncode == 1 and said in done.stderr and len(done.stderr.strip().splitlines()) == 1
