"""Several hosts on one machine: a control plane, and agents that each have a network namespace as their host.

A host is a namespace, joined to ours by a pair of interfaces, and a data directory of its own. Its agent sees its own interfaces, bridge and
firewall; kernel, control groups and clock are shared. Cutting the pair is what a broken network does.
"""

import contextlib
import itertools
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

import belongings
from conftest import BINARY, DEADLINE_S, PREFIX, ROOT, Region, birth, clear, wait_for
from services import processes

# Of the network 10.231.0.0/16, four addresses for each pair. Where a session begins to look for a number that no other has.
NUMBERS = itertools.count(os.getpid() % 4000 * 4)

# How long a host may be silent: longer than a machine that is busy keeps an agent from its turn, for tests in which no host is silent.
LEASE = "60s"
# For those in which one is.
SHORT_LEASE = "8s"


class Plane(Region):
    """`longshore server` alone, reachable from the hosts."""

    command = "server"

    def start(self, listen="0.0.0.0:0"):
        return super().start(listen)

    @property
    def port(self):
        return int(self.endpoint.rpartition(":")[2])


class Host:
    """A host with its agent."""

    def __init__(self, plane, directory, name, *arguments):
        self.plane, self.name, self.arguments = plane, name, arguments
        self.directory = pathlib.Path(directory)
        self.data = self.directory / "data"
        self.log = self.directory / "agent.log"
        self.process = None
        self.namespace = self.link = self.outside = self.inside = None

    def take(self, number):
        """Takes a number: what is named after it, and its addresses."""
        number %= 16000
        self.namespace, self.link = f"{PREFIX}{number}", f"lse{number}"
        address = lambda last: f"10.231.{(number * 4 + last) >> 8}.{(number * 4 + last) & 255}"
        self.outside, self.inside = address(1), address(2)

    def ip(self, *arguments, check=True):
        done = subprocess.run(["ip", *arguments], capture_output=True, text=True, timeout=DEADLINE_S)
        assert not check or done.returncode == 0, done.stderr
        return done.stdout

    def build(self):
        self.directory.mkdir(parents=True)
        while True:
            self.take(next(NUMBERS))
            # Who makes it has the number.
            added = subprocess.run(["ip", "netns", "add", self.namespace], capture_output=True, text=True, timeout=DEADLINE_S)
            if added.returncode == 0:
                break
            assert "File exists" in added.stderr, added.stderr
        (self.directory / "namespace").write_text(f"{self.namespace} {self.link}")
        self.ip("link", "add", self.link, "type", "veth", "peer", "name", "eth0", "netns", self.namespace)
        self.ip("address", "add", f"{self.outside}/30", "dev", self.link)
        self.ip("link", "set", self.link, "up")
        self.ip("-n", self.namespace, "address", "add", f"{self.inside}/30", "dev", "eth0")
        self.ip("-n", self.namespace, "link", "set", "eth0", "up")
        self.ip("-n", self.namespace, "link", "set", "lo", "up")
        self.ip("-n", self.namespace, "route", "add", "default", "via", self.outside)

    def within(self, *command):
        # Not `ip netns exec`: that mounts another /sys, which has no control groups.
        return ["nsenter", f"--net=/run/netns/{self.namespace}", *map(str, command)]

    def start(self):
        endpoint = f"http://{self.outside}:{self.plane.port}"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.within(BINARY, "agent", "--data-dir", self.data, "--endpoint", endpoint, *self.arguments), stdout=log,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=self.plane.environment(), start_new_session=True)
        return self

    def load_busybox(self):
        archive = self.plane.directory / "busybox.tar"
        if not archive.exists():
            subprocess.run([ROOT / "tools/busybox-image", archive, "busybox:e2e"], check=True)
        self.plane.longshore("image", "load", "--data-dir", self.data, archive)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def cut(self):
        """Nothing gets through any more, and nobody is told."""
        self.ip("link", "set", self.link, "down")

    def join(self):
        self.ip("link", "set", self.link, "up")

    def containers(self):
        """The processes of tasks that run here, by task: what is true, whatever anybody says."""
        tasks = self.data / "runtime/tasks"
        found = {task: processes(task) for task in (os.listdir(tasks) if tasks.is_dir() else [])}
        return {task: pids for task, pids in found.items() if pids}

    def destroy(self):
        """Ends everything; what is left of it all the same, a line each."""
        if self.namespace is None:
            return []
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.down()
            try:
                self.process.wait(DEADLINE_S)
            except subprocess.TimeoutExpired:
                self.kill()
        self.down()
        left = belongings.of(self.data)
        left += [f"{self.name}: {line}" for line in subprocess.run(
            self.within("nft", "list", "ruleset"), capture_output=True, text=True, timeout=DEADLINE_S).stdout.splitlines()]
        left += [f"{self.name}: {line}" for line in self.ip("-n", self.namespace, "-br", "link").splitlines()
                 if line.split("@")[0].split()[0] not in ("lo", "eth0")]
        self.unbuild()
        return left

    def down(self):
        """What `longshore down` does, also where the agent is dead."""
        subprocess.run(self.within(BINARY, "down", "--data-dir", self.data), capture_output=True, timeout=DEADLINE_S)

    def unbuild(self):
        self.ip("link", "delete", self.link, check=False)
        self.ip("netns", "delete", self.namespace, check=False)


class Hosts:
    """A control plane and its hosts."""

    def __init__(self, directory, lease, healthy_after):
        (directory / "plane").mkdir()
        self.plane = Plane(directory / "plane", "--auth", "local", "--instance-lease", lease, "--healthy-after", healthy_after)
        self.directory = directory
        self.all = {}

    def __getitem__(self, name):
        return self.all[name]

    def add(self, name, *arguments):
        """A host whose agent is there and connected, with busybox in it."""
        host = self.all[name] = Host(self.plane, self.directory / name, name, "--attribute", f"host={name}", *arguments)
        host.build()
        host.load_busybox()
        host.start()
        wait_for(lambda: self.instance(name)["agentConnected"], f"the agent of `{name}` is connected")
        return host

    def lend(self, name, *arguments):
        """A host of Fargate's pool with busybox in it. Nobody sees it, so that only a task shows whether it is there."""
        host = self.all[name] = Host(self.plane, self.directory / name, name, "--fargate", *arguments)
        host.build()
        host.load_busybox()
        return host.start()

    def instances(self):
        """By the names of hosts, as DescribeContainerInstances shows them."""
        ecs = self.plane.client()
        statuses = ("ACTIVE", "DRAINING")
        arns = [arn for status in statuses for arn in ecs.list_container_instances(cluster="default", status=status)["containerInstanceArns"]]
        found = ecs.describe_container_instances(cluster="default", containerInstances=arns)["containerInstances"] if arns else []
        return {next(it["value"] for it in instance["attributes"] if it["name"] == "host"): instance for instance in found}

    def instance(self, name):
        """Without an agent as long as it is not registered."""
        return self.instances().get(name, {"agentConnected": False})

    def arn(self, name):
        return self.instance(name)["containerInstanceArn"]

    def running(self):
        """What runs, whatever anybody says: the ids of tasks that have processes, by host."""
        return {name: sorted(host.containers()) for name, host in self.all.items()}


@contextlib.contextmanager
def opened(*names, lease=LEASE, healthy_after="1s"):
    """Hosts in a zone each; afterwards nothing of them may be left."""
    directory = pathlib.Path(tempfile.mkdtemp(prefix=PREFIX))
    (directory / "owner").write_text(birth(os.getpid()))
    hosts = Hosts(directory, lease, healthy_after)
    try:
        hosts.plane.start()
        hosts.plane.client().create_cluster(clusterName="default")
        for name in names:
            hosts.add(name, "--availability-zone", f"us-east-1{name}")
        yield hosts
    finally:
        left = [line for host in hosts.all.values() for line in host.destroy()]
        hosts.plane.stop_everything()
        left += hosts.plane.leaks()
        if not left:
            shutil.rmtree(directory, ignore_errors=True)
    assert not left, "\n".join(left)


def sweep(directory):
    """Ends what hosts a killed session left in `directory`."""
    for file in pathlib.Path(directory).glob("*/namespace"):
        host = Host(None, file.parent, file.parent.name)
        host.namespace, host.link = file.read_text().split()
        host.down()
        host.unbuild()
    clear(pathlib.Path(directory) / "plane/data")
