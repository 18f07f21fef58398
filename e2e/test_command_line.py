"""The command line: tables for people, JSON for programs, one sentence when something is wrong."""

import json

import belongings
from conftest import wait_for


def test_ps_shows_tasks_and_stop_ends_them(region):
    region.register("listed", ["sleep", "600"], portMappings=[{"containerPort": 8080}])
    arn = region.run("listed")
    region.wait(arn, "RUNNING")
    short = arn.rsplit("/", 1)[1][:12]
    table = region.longshore("ps").stdout
    line = next(line for line in table.splitlines() if line.startswith(short))
    assert "listed:" in line and "RUNNING" in line and "→8080/tcp" in line
    tasks = json.loads(region.longshore("ps", "--output", "json").stdout)["tasks"]
    assert arn in [task["taskArn"] for task in tasks]
    assert "STOPPED" in region.longshore("stop", short).stdout
    assert short not in region.longshore("ps").stdout
    assert short in region.longshore("ps", "--all").stdout


def test_logs_follow_until_the_task_ends(region):
    region.register("chatty", ["sh", "-c", "for i in 1 2 3; do echo line $i; echo error $i >&2; sleep 0.2; done"])
    arn = region.run("chatty")
    followed = region.longshore("logs", "--follow", arn)
    assert followed.stdout.splitlines() == ["line 1", "line 2", "line 3"]
    assert followed.stderr.splitlines() == ["error 1", "error 2", "error 3"]
    assert region.longshore("logs", "-n", "1", arn).stdout.splitlines() in (["line 3"], [])


def test_why_explains_an_exit(region):
    region.register("explained", ["sh", "-c", "exit 127"])
    arn = region.run("explained")
    region.wait(arn, "STOPPED")
    said = region.longshore("why", arn).stdout
    assert "Essential container in task exited" in said and "127" in said
    facts = json.loads(region.longshore("why", arn, "--output", "json").stdout)
    assert facts["containers"][0]["exitCode"] == 127


def test_why_says_what_is_missing(region):
    region.register("huge", ["true"], memory=4_000_000)
    said = region.longshore("why", "huge").stdout
    assert "RESOURCE:MEMORY" in said


def test_images_are_listed_and_removed(region):
    assert "busybox:e2e" in region.longshore("image", "ls").stdout
    listed = json.loads(region.longshore("image", "ls", "--output", "json").stdout)["images"]
    assert any("busybox:e2e" in image["names"] for image in listed)
    refused = region.longshore("image", "rm", "no-such:image", check=False)
    assert refused.returncode == 1 and "no-such" in refused.stderr


def test_mistakes_get_one_sentence(region):
    wrong = region.longshore("logs", "ffffffffffff", check=False)
    assert wrong.returncode == 1 and len(wrong.stderr.strip().splitlines()) == 1
    nobody = region.longshore("ps", check=False, AWS_ENDPOINT_URL="http://127.0.0.1:1")
    assert nobody.returncode == 1 and "127.0.0.1:1" in nobody.stderr
    assert region.longshore("nonsense", check=False).returncode == 2


def test_completions_are_for_shells(region):
    for shell in ("bash", "zsh", "fish"):
        assert "longshore" in region.longshore("completions", shell).stdout


def test_health_answers_when_ready(region):
    import urllib.request

    with urllib.request.urlopen(f"{region.endpoint}/_longshore/health", timeout=5) as reply:
        assert reply.status == 200


def test_an_agent_can_join_from_elsewhere(region, tmp_path):
    """A second agent of its own data directory joins over the network and takes a task by name."""
    import os
    import signal
    import subprocess

    from conftest import BINARY

    region.client().create_cluster(clusterName="joined")
    log = open(tmp_path / "agent.log", "wb")
    agent = subprocess.Popen(
        [BINARY, "agent", "--data-dir", tmp_path / "host", "--endpoint", region.endpoint, "--cluster", "joined",
         "--attribute", "rack=r1"],
        env=region.environment(LONGSHORE_DATA_DIR=str(tmp_path / "host")), stdout=log, stderr=subprocess.STDOUT)
    try:
        ecs = region.client()
        arns = wait_for(lambda: ecs.list_container_instances(cluster="joined", filter="attribute:rack == r1")["containerInstanceArns"],
                        "the agent joined")
        wait_for(lambda: ecs.describe_container_instances(cluster="joined", containerInstances=arns)["containerInstances"][0]["agentConnected"],
                 "its session is open")
        subprocess.run([BINARY, "image", "load", region.directory / "busybox.tar", "--data-dir", tmp_path / "host"], check=True, capture_output=True)
        region.register("elsewhere", ["sleep", "600"])
        task = ecs.run_task(cluster="joined", taskDefinition="elsewhere")["tasks"][0]["taskArn"]
        wait_for(lambda: ecs.describe_tasks(cluster="joined", tasks=[task])["tasks"][0]["lastStatus"] == "RUNNING", "it runs there")
        ecs.stop_task(cluster="joined", task=task)
        wait_for(lambda: ecs.describe_tasks(cluster="joined", tasks=[task])["tasks"][0]["lastStatus"] == "STOPPED", "it stopped")
    finally:
        agent.send_signal(signal.SIGTERM)
        agent.wait(30)
        down = subprocess.run([BINARY, "down", "--data-dir", tmp_path / "host"], capture_output=True, text=True, timeout=60)
    assert down.returncode == 0, down.stderr
    assert belongings.of(tmp_path / "host") == []
    assert os.path.exists(tmp_path / "agent.log")
