"""The agent's endpoints as a task's own processes see them: requests from within the network of a container."""

import json
import pathlib
import subprocess
import sys

from conftest import DEADLINE_S, wait_for
from services import first_process

TASKS = "http://169.254.170.2"
INSTANCE = "http://169.254.169.254"

# Runs in the container's network with this host's Python; one line of JSON for each request.
CLIENT = """
import json, sys, urllib.error, urllib.request
urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({})))
for method, url, body, headers in json.loads(sys.argv[1]):
    request = urllib.request.Request(url, body.encode() if body else None, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=5) as reply:
            print(json.dumps([reply.status, reply.read().decode()]))
    except urllib.error.HTTPError as reply:
        print(json.dumps([reply.code, reply.read().decode()]))
    except OSError as error:
        print(json.dumps([0, str(error)]))
"""

# So many requests at once that no slow machine spreads them out: all of them on one connection, before the first answer.
BURST = """
import http.client, sys
host, path, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
connection = http.client.HTTPConnection(host, 80, timeout=10)
statuses = []
while len(statuses) < count and statuses[-1:] != [429]:
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    statuses.append(answer.status)
print(statuses.count(200), statuses.count(429), answer.will_close)
"""


class Container:
    """The first process of a task's one container."""

    def __init__(self, region, arn):
        region.wait(arn, "RUNNING")
        self.region, self.arn = region, arn
        self.pid = first_process(arn.rsplit("/", 1)[1])
        self.environment = wait_for(self.own_environment, "the container's command has begun")

    def own_environment(self):
        """What the container's command was started with; nothing as long as the process is the OCI runtime's, which has a start of its own."""
        lines = pathlib.Path(f"/proc/{self.pid}/environ").read_text().split("\0")
        found = dict(line.split("=", 1) for line in lines if "=" in line)
        return found if "ECS_CONTAINER_METADATA_URI_V4" in found else None

    def ask_all(self, requests):
        """Status and text of the answers to requests: a method, a URL, a body and headers each. Status 0 is no answer."""
        done = subprocess.run(["nsenter", f"--net=/proc/{self.pid}/ns/net", sys.executable, "-c", CLIENT, json.dumps(requests)],
                              capture_output=True, text=True, timeout=DEADLINE_S)
        assert done.returncode == 0, done.stderr
        return [tuple(json.loads(line)) for line in done.stdout.splitlines()]

    def ask(self, url, method="GET", body=None, headers=None):
        return self.ask_all([(method, url, body, headers or {})])[0]

    def burst(self, url, count):
        """Asks one after the other on one connection, until it is too often: how many were answered, and whether the connection ended with the refusal."""
        host, _, path = url.removeprefix("http://").partition("/")
        done = subprocess.run(["nsenter", f"--net=/proc/{self.pid}/ns/net", sys.executable, "-c", BURST, host, f"/{path}", str(count)],
                              capture_output=True, text=True, timeout=DEADLINE_S)
        assert done.returncode == 0, done.stderr
        answered, refused, ended = done.stdout.split()
        assert int(answered) + int(refused) < count, "it may ask as often as it likes"
        return int(answered), ended == "True"

    def json(self, url):
        status, text = self.ask(url)
        assert status == 200, (url, status, text)
        return json.loads(text)

    @property
    def v4(self):
        return self.environment["ECS_CONTAINER_METADATA_URI_V4"]

    @property
    def credentials_url(self):
        return TASKS + self.environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]

    def credentials(self):
        return self.json(self.credentials_url)
