"""Hosts come and go, and a service's tasks stay what they should be: real agents, real containers, real silence."""

import signal

import hosts as machinery
import pytest
from conftest import wait_for
from services import LIVES, Services, Watch, task_id

# From an agent's return until what should not run is gone: one exchange, and what stopping and looking cost.
EXCHANGE_S = 5


@pytest.fixture
def hosts(request):
    """Three hosts. Its parameter is how long they may be silent."""
    with machinery.opened("a", "b", "c", lease=getattr(request, "param", machinery.LEASE)) as hosts:
        yield hosts


class Service:
    """The service `web`, and what is true of it."""

    def __init__(self, hosts, desired):
        self.hosts, self.desired, self.services = hosts, desired, Services(hosts.plane)
        self.services.create("web", desired)
        self.steady()

    def steady(self):
        """Waits until as many tasks as are wanted run, and no others do or are to."""

        def is_steady():
            shown = self.services.describe("web")
            return shown["runningCount"] == self.desired and shown["pendingCount"] == 0 and len(self.tasks()) == self.desired

        self.until(is_steady, f"{self.desired} tasks run")

    def until(self, condition, what):
        return self.services.until("web", condition, what)

    def tasks(self):
        """Tasks that are wanted, by their ids."""
        return {task_id(task): task for task in self.services.tasks("web")}

    def zones(self):
        return sorted(task["availabilityZone"][-1] for task in self.tasks().values())

    def is_true(self):
        """Whether exactly the tasks that are wanted run."""
        running = [task for tasks in self.hosts.running().values() for task in tasks]
        return sorted(running) == sorted(self.tasks())


def silence(host, how):
    if how == "frozen":
        host.process.send_signal(signal.SIGSTOP)
    else:
        host.cut()


def sound(host, how):
    if how == "frozen":
        host.process.send_signal(signal.SIGCONT)
    else:
        host.join()


@pytest.mark.parametrize("hosts", [machinery.SHORT_LEASE], indirect=True, ids=["short"])
@pytest.mark.parametrize("how", ["frozen", "cut off"])
def test_tasks_of_a_silent_host_are_replaced_and_do_not_run_twice_when_it_returns(hosts, how):
    web = Service(hosts, 3)
    assert web.zones() == ["a", "b", "c"], "tasks are spread over zones"
    lost = hosts.running()["a"]
    silence(hosts["a"], how)
    wait_for(lambda: lost[0] not in web.tasks(), "the silent host's task is given up")
    web.steady()
    assert "a" not in web.zones(), "nothing is placed on a host that is silent"
    assert hosts.running()["a"] == lost, "nobody can tell a silent host to stop"
    stopped = hosts.plane.describe(lost[0])
    assert (stopped["lastStatus"], stopped["stopCode"]) == ("STOPPED", "TerminationNotice")
    sound(hosts["a"], how)
    wait_for(lambda: hosts.instance("a")["agentConnected"], "the agent is back")
    wait_for(lambda: lost[0] not in hosts.running()["a"], "what was given up is gone", EXCHANGE_S)
    wait_for(web.is_true, "what is wanted runs, and nothing else")
    assert hosts.plane.describe(lost[0])["lastStatus"] == "STOPPED", "a stopped task stays stopped"


def test_an_agent_that_is_killed_finds_its_tasks_again(hosts):
    web = Service(hosts, 3)
    before = sorted(web.tasks())
    processes = hosts["c"].containers()
    hosts["c"].kill()
    wait_for(lambda: not hosts.instance("c")["agentConnected"], "the death is noticed")
    hosts["c"].start()
    wait_for(lambda: hosts.instance("c")["agentConnected"], "the agent is back")
    assert sorted(web.tasks()) == before
    (task, kept), = hosts["c"].containers().items()
    assert kept == processes[task], "its container was not started again"


def test_a_draining_host_is_emptied_without_falling_below_the_minimum(hosts):
    web = Service(hosts, 3)
    with Watch(web.services, "web") as watch:
        hosts.plane.client().update_container_instances_state(cluster="default", containerInstances=[hosts.arn("a")], status="DRAINING")
        web.until(lambda: "a" not in web.zones() and web.is_true(), "the draining host is empty")
        web.steady()
    assert watch.fewest_up == 3, "100 % stay healthy"
    assert hosts.running()["a"] == []


def test_a_host_that_is_deregistered_by_force_loses_its_tasks_to_others(hosts):
    web = Service(hosts, 3)
    hosts.plane.client().deregister_container_instance(cluster="default", containerInstance=hosts.arn("b"), force=True)
    web.steady()
    assert "b" not in web.zones()
    wait_for(web.is_true, "what the host still ran is gone", EXCHANGE_S)


def test_a_new_host_takes_what_found_no_room(hosts):
    memory = hosts.instance("a")["registeredResources"]
    memory = next(it["integerValue"] for it in memory if it["name"] == "MEMORY")
    hosts.plane.register("web", LIVES, memoryReservation=memory * 2 // 3, memory=memory)
    services = Services(hosts.plane)
    services.create("web", 4, definition="web")
    runs = lambda count: services.describe("web")["runningCount"] == count
    services.until("web", lambda: runs(3), "three hosts take one each")
    hosts.add("d", "--availability-zone", "us-east-1d")
    services.until("web", lambda: runs(4), "the new host takes the fourth")
