"""ECS Exec: people in containers, by the API, the data channel, and our own client."""

import json
import os
import pty
import signal
import subprocess
import termios

import botocore.exceptions
import pytest
from conftest import BINARY, wait_for
from exec_channel import HANDSHAKE_COMPLETE, SIZE, Channel, WebSocket


def running(region, family="open", command=("sleep", "600"), **container):
    """A RUNNING task that lets people in."""
    region.register(family, list(command), **container)
    arn = region.run(family, enableExecuteCommand=True)
    wait_for(lambda: agent(region, arn).get("lastStatus") == "RUNNING", "people are let in")
    return arn


def agent(region, arn):
    agents = region.describe(arn)["containers"][0].get("managedAgents", [{}])
    return agents[0]


def execute(region, arn, command="sh", **more):
    return region.client().execute_command(task=arn, command=command, interactive=True, **more)


def session(region, arn, command="sh"):
    return Channel(execute(region, arn, command)["session"])


def processes(region, arn):
    """What runs in the task's container, seen by another session."""
    return region.longshore("exec", arn, "--", "ps", "-o", "args").stdout


def refused(call):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call()
    return caught.value.response["Error"]["Code"]


def test_a_shell_has_a_terminal_that_changes_its_size(region):
    arn = running(region, environment=[{"name": "COLOUR", "value": "blue"}])
    shell = session(region, arn)
    shell.resize(91, 17)
    shell.type("id -u; echo $COLOUR $TERM; stty size\n")
    shell.until_text("17 91")
    assert "blue xterm-256color" in shell.text.decode()
    shell.resize(120, 40)
    shell.type("stty size\n")
    shell.until_text("40 120")
    shell.type("exit 3\n")
    closed = shell.until_closed()
    assert (closed["SessionId"], closed["Output"]) == (shell.session["sessionId"], "")
    assert shell.codes == [], "exit codes are for our own client"
    assert shell.acknowledged == set(range(shell.sent))


def test_a_client_may_differ_from_the_plugin_in_how_it_begins(region):
    """Others write the schema's version as a number, and tell their terminal's size before they answer the handshake."""
    arn = running(region)
    shell = Channel(execute(region, arn)["session"], MessageSchemaVersion=1, ClientId=None)
    shell.say(json.dumps({"cols": 91, "rows": 17}).encode(), SIZE)
    shell.until(lambda: HANDSHAKE_COMPLETE in shell.contents, "the handshake is over")
    shell.say(b"stty size\n")
    shell.until_text("17 91")
    shell.say(b"exit\n")
    shell.until_closed()


def test_control_c_interrupts_the_command_and_not_the_shell(region):
    arn = running(region)
    shell = session(region, arn)
    shell.type("echo going; sleep 4321\n")
    shell.until_text("\r\ngoing")
    wait_for(lambda: "sleep 4321" in processes(region, arn), "it sleeps")
    shell.type("\x03")
    shell.type("echo after $((40 + 2))\n")
    shell.until_text("after 42")
    assert "sleep 4321" not in processes(region, arn)


def test_what_is_not_acknowledged_is_said_again_and_what_comes_twice_is_done_once(region):
    arn = running(region)
    shell = session(region, arn)
    shell.begun()
    shell.acknowledges = False
    shell.type("echo once $((1 + 1))\n")
    shell.until_text("once 2")
    shell.until(lambda: shell.repeats >= 2, "output is repeated")
    shell.acknowledges = True
    again = shell.say(b"echo typed $((2 + 2)) >> /tmp/typed\n")
    for _ in range(3):
        shell.socket.send(again, 2)
    shell.type("cat /tmp/typed; echo end $((3 + 3))\n")
    shell.until_text("end 6")
    assert shell.text.decode().count("typed 4") == 1, shell.text


def test_a_channel_that_breaks_is_taken_up_again_and_misses_nothing(region):
    arn = running(region)
    shell = session(region, arn)
    shell.type("(sleep 1; echo while you were away) & echo here\n")
    shell.until_text("\r\nhere")
    shell.socket.close()
    reply = region.client("ssm").resume_session(SessionId=shell.session["sessionId"])
    assert reply["StreamUrl"] == shell.url
    wait_for(lambda: "sleep 1" not in processes(region, arn).splitlines(), "it said it to nobody")
    shell.open(reply["TokenValue"])
    shell.until_text("while you were away")
    shell.type("echo still $((4 + 4))\n")
    shell.until_text("still 8")


def test_a_token_opens_once_and_only_its_own_session(region):
    arn = running(region)
    first = execute(region, arn)["session"]
    other = execute(region, arn)["session"]
    shell = Channel(first)
    shell.begun()
    for url, token in [(first["streamUrl"], first["tokenValue"]), (other["streamUrl"], first["tokenValue"]), (other["streamUrl"], "guess")]:
        stranger = WebSocket(url)
        stranger.send(json.dumps({"TokenValue": token}).encode(), 1)
        assert stranger.receive()[0] == 8, "closed without a word"
    unknown = first["streamUrl"].replace(first["sessionId"], "ecs-execute-command-00000000000000000")
    stranger = WebSocket(unknown)
    stranger.send(json.dumps({"TokenValue": first["tokenValue"]}).encode(), 1)
    assert stranger.receive()[0] == 8
    assert WebSocket(first["streamUrl"].replace(first["sessionId"], "x")).status == 400
    Channel(other).begun()


def test_who_ends_a_session_ends_its_command(region):
    arn = running(region)
    shell = session(region, arn)
    shell.type("sleep 4321 & sleep 4322 & echo up\n")
    shell.until_text("\r\nup")
    ssm = region.client("ssm")
    ssm.terminate_session(SessionId=shell.session["sessionId"])
    shell.until_closed()
    wait_for(lambda: "sleep 432" not in processes(region, arn), "nothing of it runs")
    assert ssm.resume_session(SessionId=shell.session["sessionId"])["TokenValue"] == ""
    assert region.describe(arn)["lastStatus"] == "RUNNING"


def test_two_sessions_are_the_most_and_an_end_makes_room(region):
    arn = running(region)
    first, second = session(region, arn), session(region, arn)
    first.begun()
    second.begun()
    assert refused(lambda: execute(region, arn)) == "ClientException"
    first.type("exit\n")
    first.until_closed()
    wait_for(lambda: "session" in try_execute(region, arn), "there is room again")


def try_execute(region, arn):
    try:
        return execute(region, arn)
    except botocore.exceptions.ClientError:
        return {}


def test_what_is_not_open_is_refused_in_ecs_s_words(region):
    arn = running(region)
    region.register("closed", ["sleep", "600"])
    closed = region.run("closed")
    region.wait(closed, "RUNNING")
    ecs = region.client()
    calls = [
        (lambda: execute(region, closed), "InvalidParameterException"),
        (lambda: execute(region, arn, container="other"), "InvalidParameterException"),
        (lambda: ecs.execute_command(task=arn, command="sh", interactive=False), "InvalidParameterException"),
        (lambda: execute(region, arn, cluster="nowhere"), "ClusterNotFoundException"),
        (lambda: region.client("ssm").start_session(Target="i-0123456789abcdef0"), "TargetNotConnected"),
    ]
    for call, code in calls:
        assert refused(call) == code
    ecs.stop_task(task=arn)
    region.wait(arn, "STOPPED")
    assert refused(lambda: execute(region, arn)) == "InvalidParameterException"
    assert agent(region, arn)["lastStatus"] == "STOPPED"


def test_a_session_is_opened_by_its_target_too(region):
    arn = running(region)
    container = region.describe(arn)["containers"][0]
    target = f"ecs:default_{arn.rsplit('/', 1)[1]}_{container['runtimeId']}"
    reply = region.client("ssm").start_session(Target=target)
    shell = Channel({"sessionId": reply["SessionId"], "streamUrl": reply["StreamUrl"], "tokenValue": reply["TokenValue"]})
    shell.type("echo by target $((5 + 5))\n")
    shell.until_text("by target 10")


def test_a_command_that_is_not_there_is_named_when_the_session_ends(region):
    arn = running(region)
    assert "no-such-program" in session(region, arn, "no-such-program").until_closed()["Output"]
    assert "quote" in session(region, arn, "sh -c 'oh").until_closed()["Output"]


def test_the_end_of_a_task_ends_its_sessions(region):
    arn = running(region)
    shell = session(region, arn)
    shell.begun()
    region.client().stop_task(task=arn)
    shell.until_closed()
    region.wait(arn, "STOPPED")


def test_a_killed_region_leaves_nothing_of_a_session_and_its_task_goes_on(own_region):
    region = own_region
    arn = running(region)
    shell = session(region, arn)
    shell.type("sleep 4321 & echo up\n")
    shell.until_text("\r\nup")
    region.kill()
    region.restart()
    wait_for(lambda: region.describe(arn)["connectivity"] == "CONNECTED", "the agent is back")
    wait_for(lambda: "sleep 4321" not in processes(region, arn), "nothing of it runs")
    assert region.describe(arn)["lastStatus"] == "RUNNING"
    # What another life of the agent began is not begun again.
    assert region.client("ssm").resume_session(SessionId=shell.session["sessionId"])["TokenValue"] == ""


def test_a_session_that_is_to_be_logged_has_a_transcript_that_survives_a_kill(own_region):
    region = own_region
    ecs = region.client()

    def configure(**configuration):
        ecs.update_cluster(cluster="default", configuration={"executeCommandConfiguration": configuration})

    def transcript(id):
        return region.data / "exec-logs" / "%2Fecs%2Fexec" / f"{id}.log"

    arn = running(region)
    configure(logging="OVERRIDE", logConfiguration={"s3BucketName": "bucket"})
    with pytest.raises(botocore.exceptions.ClientError, match="s3BucketName"):
        execute(region, arn)
    configure(logging="OVERRIDE", logConfiguration={"cloudWatchLogGroupName": "/ecs/exec"})
    shell = session(region, arn)
    shell.type("echo kept $((1 + 1))\n")
    shell.until_text("kept 2")
    file = transcript(shell.session["sessionId"])
    assert "kept 2" in file.read_text(), "it is there before the client sees it"
    assert file.stat().st_mode & 0o777 == 0o600
    region.kill()
    assert "kept 2" in file.read_text()
    region.restart()
    wait_for(lambda: region.describe(arn)["connectivity"] == "CONNECTED", "the agent is back")
    other = session(region, arn, "sh -c 'echo all; exit 4'")
    other.until_closed()
    lines = transcript(other.session["sessionId"]).read_text().splitlines()
    assert arn in lines[0] and "echo all" in lines[0] and "arn:aws:iam::" in lines[0], lines
    assert lines[1] == "all" and lines[-1].endswith("with exit code 4"), lines
    ended = session(region, arn, "sh -c 'echo here; sleep 600'")
    ended.until_text("here")
    region.client("ssm").terminate_session(SessionId=ended.session["sessionId"])
    assert ended.until_closed()["Output"] == "ended on request"
    assert transcript(ended.session["sessionId"]).read_text().endswith(": ended on request\n"), "its end is there before the client hears of it"
    configure(logging="NONE")
    unlogged = session(region, arn, "echo nothing")
    unlogged.until_closed()
    assert not transcript(unlogged.session["sessionId"]).exists()
    configure(logging="OVERRIDE", logConfiguration={"cloudWatchLogGroupName": "/ecs/exec"})
    left = session(region, arn, "sh -c 'echo here; sleep 600'")
    left.until_text("here")
    region.process.terminate()
    assert left.until_closed()["Output"] == "its host's agent leaves"
    last = transcript(left.session["sessionId"]).read_text().splitlines()[-1]
    assert last.startswith("Session ended at") and last.endswith("agent leaves"), last
    assert region.process.wait(timeout=60) == 0


def test_our_client_has_the_exit_code_and_bytes_as_they_are(region):
    arn = running(region)
    done = region.longshore("exec", arn, "--", "sh", "-c", "echo out; echo err >&2; exit 42", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (42, "out\n", "err\n")
    block = bytes(range(256)) * 2000
    environment = region.environment()
    done = subprocess.run([BINARY, "exec", arn, "--", "cat"], input=block, env=environment, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout == block, done.stderr) == (0, True, b"")
    shown = json.loads(region.longshore("exec", arn, "--output", "json", "--", "sh", "-c", "echo hi; exit 3", check=False).stdout)
    assert (shown["exitCode"], shown["output"], shown["containerName"]) == (3, "hi\n", "main")
    wrong = region.longshore("exec", arn, "--container", "other", check=False)
    assert wrong.returncode == 1 and "it has main" in wrong.stderr
    missing = region.longshore("exec", arn, "--", "no-such-program", check=False)
    assert missing.returncode == 1 and "no-such-program" in missing.stderr


class Terminal:
    """Our client in a terminal of its own."""

    def __init__(self, region, *arguments):
        self.master, slave = pty.openpty()
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        termios.tcsetwinsize(slave, (21, 77))
        self.process = subprocess.Popen(
            [BINARY, "exec", *arguments], stdin=slave, stdout=slave, stderr=slave, env=region.environment(TERM="xterm"), start_new_session=True)
        os.set_blocking(self.master, False)
        self.text = b""

    def until(self, text):
        def look():
            try:
                self.text += os.read(self.master, 65536)
            except BlockingIOError:
                pass
            return text.encode() in self.text
        wait_for(look, lambda: f"{text!r}; it said {self.text!r}")

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        code = self.process.wait(timeout=30)
        assert termios.tcgetattr(self.slave) == self.before, "the terminal is as it was"
        os.close(self.master)
        os.close(self.slave)
        return code


def test_our_client_gives_a_terminal_and_takes_it_back(region):
    arn = running(region)
    shell = Terminal(region, arn)
    shell.until("#")
    shell.type("stty size; echo is $((6 + 6))\n")
    shell.until("is 12")
    shell.until("21 77")
    termios.tcsetwinsize(shell.slave, (30, 99))
    shell.process.send_signal(signal.SIGWINCH)
    shell.type("sleep 4321\n")
    wait_for(lambda: "sleep 4321" in processes(region, arn), "it sleeps")
    shell.type("\x03")
    shell.type("stty size\n")
    shell.until("30 99")
    shell.type("exit 9\n")
    assert shell.end() == 9


def test_our_client_that_is_told_to_end_ends_the_session(region):
    arn = running(region)
    shell = Terminal(region, arn, "--", "sh", "-c", "echo up; sleep 4321; sleep 1")
    shell.until("up")
    shell.process.send_signal(signal.SIGTERM)
    assert shell.end() == 128 + signal.SIGTERM
    wait_for(lambda: "sleep 4321" not in processes(region, arn), "nothing of it runs")


def test_the_stock_cli_opens_a_session_for_the_plugin(region, tmp_path):
    """The plugin is not in any registry that tests may use; what the CLI gives it is what it would begin with."""
    arn = running(region)
    given = tmp_path / "given.json"
    plugin = tmp_path / "session-manager-plugin"
    plugin.write_text(f"#!/bin/sh\n[ $# = 0 ] || printf '%s\\n' \"$@\" > {given}\n")
    plugin.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    region.aws("ecs", "execute-command", "--task", arn, "--container", "main", "--interactive", "--command", "sh", check=False, **environment)
    session_json, name, operation, _profile, target, endpoint = given.read_text().splitlines()
    runtime_id = region.describe(arn)["containers"][0]["runtimeId"]
    assert (name, operation, endpoint) == ("us-east-1", "StartSession", region.endpoint)
    assert json.loads(target) == {"Target": f"ecs:default_{arn.rsplit('/', 1)[1]}_{runtime_id}"}
    shell = Channel(json.loads(session_json))
    shell.type("echo by the CLI $((7 + 7))\n")
    shell.until_text("by the CLI 14")


def test_a_service_s_tasks_can_be_entered(region):
    region.register("served", ["sleep", "600"])
    ecs = region.client()
    ecs.create_service(serviceName="entered", taskDefinition="served", desiredCount=1, enableExecuteCommand=True)
    try:
        arn = wait_for(lambda: ecs.list_tasks(serviceName="entered")["taskArns"], "a task")[0]
        wait_for(lambda: agent(region, arn).get("lastStatus") == "RUNNING", "people are let in")
        assert region.longshore("exec", arn, "--", "echo", "hello").stdout == "hello\n"
    finally:
        ecs.delete_service(service="entered", force=True)
