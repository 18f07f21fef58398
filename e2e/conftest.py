"""A region of its own for the tests: the real binary, a free port, a temporary directory, real containers. Leaves nothing behind."""

import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import belongings
import boto3
import botocore.config
import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = pathlib.Path(os.environ.get("LONGSHORE_BINARY", ROOT / "target/debug/longshore"))
AWS = ROOT / ".venv/bin/aws"
DEADLINE_S = 60
PREFIX = "longshore-e2e-"


def wait_for(condition, what, deadline_s=DEADLINE_S):
    """Waits until `condition()` is true-ish and returns it; a condition, never a while. `what` is a text, or makes one when it is too late."""
    end = time.monotonic() + deadline_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            pytest.fail(f"not within {deadline_s} s: {what() if callable(what) else what}")
        time.sleep(0.02)


def port_of_nobody():
    """A port that nobody has, and that the kernel gives to nobody who asks for any: whoever wants it later finds it free."""
    first = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    for port in random.sample(range(max(first - 10_000, 1024), max(first, 11_024)), 100):
        with contextlib.suppress(OSError), socket.socket() as free:
            free.bind(("0.0.0.0", port))
            return port
    pytest.fail("no free port")


class Region:
    """One `longshore up` and the clients that talk to it."""

    command = "up"

    def __init__(self, directory, *arguments):
        self.directory = pathlib.Path(directory)
        self.data = self.directory / "data"
        self.log = self.directory / "up.log"
        self.arguments = arguments
        self.process = None
        self.endpoint = None

    def start(self, listen=None):
        listen = listen or f"127.0.0.1:{port_of_nobody()}"
        (self.data / "endpoint").unlink(missing_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [BINARY, self.command, "--data-dir", self.data, "--listen", listen, *self.arguments],
                stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=self.environment(), start_new_session=True)
        wait_for(self.is_ready, lambda: f"`longshore {self.command}` is ready; it said:\n{self.log.read_text()}")
        return self

    def is_ready(self):
        if self.process.poll() is not None:
            pytest.fail(f"`longshore {self.command}` ended with {self.process.returncode}:\n{self.log.read_text()}")
        file = self.data / "endpoint"
        if file.exists():
            self.endpoint = file.read_text().strip()
        return bool(self.endpoint) and file.exists()

    def kill(self):
        """What a crash does: SIGKILL, no warning."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def restart(self):
        listen = self.endpoint.removeprefix("http://")
        self.start(listen)

    def environment(self, **more):
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        kept |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1", "AWS_PAGER": ""}
        kept |= {"LONGSHORE_DATA_DIR": str(self.data), "RUST_BACKTRACE": "1"}
        if self.endpoint:
            kept["AWS_ENDPOINT_URL"] = self.endpoint
        return kept | more

    def client(self, service="ecs", key="test", region="us-east-1", secret="test", token=None):
        return boto3.client(
            service, endpoint_url=self.endpoint, region_name=region, aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token,
            config=botocore.config.Config(retries={"total_max_attempts": 1}, max_pool_connections=32))

    def aws(self, *arguments, check=True, **more):
        """The stock AWS CLI; its JSON output."""
        done = subprocess.run([AWS, *arguments], env=self.environment(**more), capture_output=True, text=True, timeout=DEADLINE_S)
        if check and done.returncode != 0:
            pytest.fail(f"aws {' '.join(map(str, arguments))}: {done.stderr}")
        return json.loads(done.stdout) if check and done.stdout.strip() else done

    def longshore(self, *arguments, check=True, **more):
        done = subprocess.run([BINARY, *arguments], env=self.environment(**more), capture_output=True, text=True, timeout=DEADLINE_S)
        if check and done.returncode != 0:
            pytest.fail(f"longshore {' '.join(map(str, arguments))}: {done.stderr}{done.stdout}")
        return done

    def load_busybox(self):
        archive = self.directory / "busybox.tar"
        subprocess.run([ROOT / "tools/busybox-image", archive, "busybox:e2e"], check=True)
        self.longshore("image", "load", archive)

    def register(self, family, command, **container):
        """A definition of one busybox container; returns its ARN."""
        definition = {"name": "main", "image": "busybox:e2e", "memory": 32, "command": command, "stopTimeout": 2, **container}
        reply = self.client().register_task_definition(family=family, containerDefinitions=[definition])
        return reply["taskDefinition"]["taskDefinitionArn"]

    def run(self, family, **more):
        reply = self.client().run_task(cluster="default", taskDefinition=family, **more)
        assert not reply["failures"], reply["failures"]
        return reply["tasks"][0]["taskArn"]

    def describe(self, arn):
        return self.client().describe_tasks(cluster="default", tasks=[arn])["tasks"][0]

    def wait(self, arn, status, deadline_s=DEADLINE_S):
        order = ["PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED"]

        def reached():
            task = self.describe(arn)
            return task if order.index(task["lastStatus"]) >= order.index(status) else None

        return wait_for(reached, f"{arn} is {status}", deadline_s)

    def logs(self, arn):
        return self.longshore("logs", arn).stdout

    def stop_everything(self):
        """What `longshore down` does, also where the region is dead or deaf."""
        if self.process and self.process.poll() is None:
            self.longshore("down", check=False)
            try:
                self.process.wait(DEADLINE_S)
                return
            except subprocess.TimeoutExpired:
                self.kill()
        clear(self.data)

    def leaks(self):
        """What is left on the host that belongs to this region."""
        return belongings.of(self.data)


def clear(data):
    subprocess.run([BINARY, "down", "--data-dir", data], capture_output=True, timeout=DEADLINE_S)


@contextlib.contextmanager
def opened(*arguments):
    """A region with busybox in it; afterwards nothing of it may be left. `arguments` are more of `up`."""
    directory = pathlib.Path(tempfile.mkdtemp(prefix=PREFIX))
    (directory / "owner").write_text(birth(os.getpid()))
    region = Region(directory, *arguments)
    try:
        region.start()
        region.load_busybox()
        yield region
    finally:
        region.stop_everything()
        left = region.leaks()
        if not left:
            shutil.rmtree(directory, ignore_errors=True)
    assert not left, "\n".join(left)


def birth(pid):
    """Names a process for good: its number is used again, its number and when it began are not. Empty if it is gone."""
    try:
        return f"{pid} {pathlib.Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[19]}"
    except OSError:
        return ""


def pytest_sessionstart():
    """Ends what a session left that was killed without a chance to clean up, and makes SIGTERM such a chance."""
    import hosts  # which needs what is here

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for directory in pathlib.Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            owner = (directory / "owner").read_text()
            if owner and owner != birth(owner.split()[0]):
                clear(directory / "data")
                hosts.sweep(directory)
                shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def region():
    with opened() as region:
        yield region


@pytest.fixture
def own_region(request):
    """A region that a test may break. Its parameters are more arguments of `up`."""
    with opened(*getattr(request, "param", [])) as region:
        yield region


@pytest.fixture(scope="session")
def quick_region():
    """A region in which a task counts as healthy soon."""
    import services

    with opened("--healthy-after", f"{services.HEALTHY_AFTER_S}s") as region:
        yield region


@pytest.fixture
def services(quick_region):
    """Services of a shared region; what a test makes is gone when it ends."""
    import services as machinery

    made = machinery.Services(quick_region)
    try:
        yield made
    finally:
        made.clear()
