"""Services of a region as tests see them: by name, made and gone with the test."""

import contextlib
import datetime
import os
import pathlib
import threading
import time

from conftest import DEADLINE_S, wait_for

# Ends at once when it is asked to; what it says is its log.
LIVES = ["sh", "-c", "trap exit TERM; echo here; sleep 600 & wait"]
# As long as a task without checks must run to be healthy in the tests' regions.
HEALTHY_AFTER_S = 1


class Services:
    """What a test does with services. What it made is deleted by `clear`."""

    def __init__(self, region, cluster="default"):
        self.region, self.cluster, self.ecs, self.made = region, cluster, region.client(), []

    def create(self, name, count=1, definition=None, **more):
        """Makes a service of LIVES, or of the definition that is named; returns it as the reply shows it."""
        if definition is None:
            self.region.register(name, LIVES)
        self.made.append(name)
        given = {"desiredCount": count} | more
        given = {key: value for key, value in given.items() if value is not None}
        return self.ecs.create_service(cluster=self.cluster, serviceName=name, taskDefinition=definition or name, **given)["service"]

    def update(self, name, **more):
        return self.ecs.update_service(cluster=self.cluster, service=name, **more)["service"]

    def describe(self, name):
        return self.ecs.describe_services(cluster=self.cluster, services=[name])["services"][0]

    def describe_all(self):
        """Those that are ACTIVE."""
        return self.ecs.list_services(cluster=self.cluster)["serviceArns"]

    def tasks(self, name, status="RUNNING"):
        """The service's tasks that are to have a status, described."""
        arns = self.ecs.list_tasks(cluster=self.cluster, serviceName=name, desiredStatus=status)["taskArns"]
        return self.ecs.describe_tasks(cluster=self.cluster, tasks=arns, include=["TAGS"])["tasks"] if arns else []

    def events(self, name):
        """Oldest first."""
        return [event["message"] for event in reversed(self.describe(name)["events"])]

    def said(self, name, text, deadline_s=DEADLINE_S):
        """Waits for an event with `text` in it."""
        def found():
            return next((event for event in self.events(name) if text in event), None)

        return self.until(name, found, f"an event says `{text}`", deadline_s)

    def until(self, name, condition, what, deadline_s=DEADLINE_S):
        """Waits, and says what the service looks like if it does not come."""
        def looks():
            deployments = self.describe(name)["deployments"]
            rollouts = [(it["status"], it.get("rolloutState"), it.get("rolloutStateReason"), it["runningCount"]) for it in deployments]
            return f"{what}; {rollouts}\n" + "\n".join(self.events(name))

        return wait_for(condition, looks, deadline_s)

    def steady(self, name, deadline_s=DEADLINE_S):
        """Waits until one deployment is left, complete, with as many tasks as are wanted."""
        def is_steady():
            service = self.describe(name)
            counts = service["runningCount"] == service["desiredCount"] and service["pendingCount"] == 0
            only = service["deployments"]
            return service if counts and len(only) == 1 and only[0]["rolloutState"] == "COMPLETED" else None

        return self.until(name, is_steady, f"{name} is steady", deadline_s)

    def running(self, name, count):
        """Waits until exactly so many of the service's tasks run."""
        def run():
            tasks = [task for task in self.tasks(name) if task["lastStatus"] == "RUNNING"]
            return tasks if len(tasks) == count else None

        return self.until(name, run, f"{count} tasks of {name} run") if count else wait_for(lambda: not self.tasks(name), f"no task of {name}")

    def deployments(self, name):
        """Its service deployments, newest first, described."""
        listed = self.ecs.list_service_deployments(cluster=self.cluster, service=name)["serviceDeployments"]
        found = self.ecs.describe_service_deployments(serviceDeploymentArns=[it["serviceDeploymentArn"] for it in listed])
        return sorted(found["serviceDeployments"], key=lambda it: it["createdAt"], reverse=True)

    def delete(self, name):
        self.ecs.delete_service(cluster=self.cluster, service=name, force=True)
        wait_for(lambda: self.describe(name)["status"] == "INACTIVE", f"{name} is INACTIVE")

    def clear(self):
        """Deletes what was made and is not gone, and waits until no container of it is left."""
        for name in dict.fromkeys(self.made):
            if self.describe(name)["status"] == "ACTIVE":
                self.ecs.delete_service(cluster=self.cluster, service=name, force=True)
        for name in dict.fromkeys(self.made):
            wait_for(lambda: self.describe(name)["status"] == "INACTIVE", f"{name} is INACTIVE")
            wait_for(lambda: not any(processes(task_id(task)) for status in ("RUNNING", "STOPPED") for task in self.tasks(name, status)),
                     f"no container of {name} is left")


def task_id(task):
    return (task["taskArn"] if isinstance(task, dict) else task).rsplit("/", 1)[1]


def ids(tasks):
    return {task_id(task) for task in tasks}


def processes(task):
    """The numbers of the processes in a task's containers, whatever the region says."""
    hierarchies = pathlib.Path("/sys/fs/cgroup")
    found = set()
    for groups in (*hierarchies.glob("*/ecs"), hierarchies / "ecs"):
        # What is removed while we look is passed over; a glob would fail.
        for group, _, _ in os.walk(groups / task):
            if pathlib.Path(group) != groups / task:
                with contextlib.suppress(OSError):
                    found |= {int(line) for line in pathlib.Path(group, "cgroup.procs").read_text().split()}
    return found


def first_process(task):
    """The process that a task's one container is: number 1 in its own name space, whose children look like it until they are something else."""
    def found():
        for pid in processes(task):
            with contextlib.suppress(OSError):
                status = pathlib.Path(f"/proc/{pid}/status").read_text()
                if status.partition("NSpid:")[2].splitlines()[0].split()[-1] == "1":
                    return pid
        return None

    return wait_for(found, f"the first process of {task}")


class Watch:
    """Looks at a service's tasks and containers all the time: what there ever was of them.

    A look takes two calls. It counts too few of what is healthy only if a task came and became healthy between them, which takes
    HEALTHY_AFTER_S; slower looks do not count. It never counts too many.
    """

    def __init__(self, services, name):
        self.services, self.name = services, name
        self.ecs = services.region.client()
        self.fewest_up = self.fewest_healthy = self.fewest_containers = 1_000_000
        self.most = self.looks = 0
        self.seen, self.broken = set(), None
        self.end = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        wait_for(lambda: self.looks or self.broken, "a first look")
        return self

    def __exit__(self, *_):
        self.end.set()
        self.thread.join()
        assert self.broken is None, self.broken

    def run(self):
        try:
            while not self.end.is_set():
                self.look()
        except Exception as error:  # noqa: BLE001: told by `__exit__`
            self.broken = repr(error)

    def look(self):
        begin = time.monotonic()
        arns = self.ecs.list_tasks(cluster=self.services.cluster, serviceName=self.name)["taskArns"]
        tasks = self.ecs.describe_tasks(cluster=self.services.cluster, tasks=arns)["tasks"] if arns else []
        wanted = [task for task in tasks if task["desiredStatus"] == "RUNNING" and task["lastStatus"] != "STOPPED"]
        up = [task for task in wanted if task["lastStatus"] == "RUNNING"]
        now = datetime.datetime.now(datetime.timezone.utc)
        healthy = [task for task in up if (now - task["startedAt"]).total_seconds() >= HEALTHY_AFTER_S]
        containers = [task for task in arns if processes(task_id(task))]
        self.seen |= ids(wanted)
        self.most = max(self.most, len(wanted))
        if time.monotonic() - begin < HEALTHY_AFTER_S:
            self.fewest_up = min(self.fewest_up, len(up))
            self.fewest_healthy = min(self.fewest_healthy, len(healthy))
            self.fewest_containers = min(self.fewest_containers, len(containers))
            self.looks += 1
