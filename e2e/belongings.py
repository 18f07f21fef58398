"""What a region has on this host: mounts, processes, control groups, interfaces, network namespaces, firewall rules, run-time state.

Everything has a name that comes from the data directory (crates/runtime/src/driver/home.rs) or from a task of the region, so several
regions, also those of other people, do not meet. A container's network namespace has no name; it shows by what holds it: a process, an
interface whose other end is in it, or a mount. That of the endpoints has one.
"""

import hashlib
import os
import pathlib
import subprocess


def of(data):
    """One line for each thing that is there."""
    data = pathlib.Path(os.path.realpath(data))
    runtime = data / "runtime"
    name = hashlib.sha256(os.fsencode(runtime)).digest()[:4].hex()
    tasks = {entry.name for part in ("tasks", "logs") if (runtime / part).is_dir() for entry in (runtime / part).iterdir()}
    found = [f"mount {line}" for line in mounts("self", data, name)]
    found += [f"directory of task {entry.name}" for entry in (runtime / "tasks").glob("*")]
    found += [f"interface {entry.name}" for entry in pathlib.Path("/sys/class/net").iterdir() if name in entry.name]
    found += [f"namespace {entry.name}" for entry in pathlib.Path("/run/netns").glob(f"*{name}*")]
    found += [f"firewall: {line.strip()}" for line in firewall() if name in line]
    found += [f"directory {entry}" for entry in [pathlib.Path(f"/run/longshore-{name}")] if entry.exists()]
    found += [f"control group {group}" for group in control_groups() if group.name in tasks]
    found += processes(data, name, tasks)
    return sorted(found)


def mounts(process, data, name):
    try:
        lines = pathlib.Path(f"/proc/{process}/mountinfo").read_text().splitlines()
    except OSError:
        return []
    return [line for line in lines if f"{data}/" in line or f"/run/longshore-{name}" in line]


def firewall():
    listed = subprocess.run(["nft", "list", "ruleset"], capture_output=True, text=True, timeout=30)
    assert listed.returncode == 0, listed.stderr
    return listed.stdout.splitlines()


def control_groups():
    """The groups of tasks, in every hierarchy."""
    found = set()
    for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines():
        left, _, right = line.partition(" - ")
        if right.startswith("cgroup"):
            found |= {group for group in pathlib.Path(left.split(" ")[4], "ecs").glob("*") if group.is_dir()}
    return sorted(found)


def processes(data, name, tasks):
    """By command line, by directories, by control group and, in a mount namespace of its own, by what is mounted there."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        if int(entry.name) == os.getpid():
            continue
        try:
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            groups = (entry / "cgroup").read_text()
        except OSError:
            continue  # it ended while we looked
        if state == "Z":
            continue  # it holds nothing and waits for its parent
        is_ours = str(data) in line or any(link_of(entry / link).startswith(str(data)) for link in ("cwd", "root", "exe"))
        in_group = any(part.partition("/ecs/")[2].split("/")[0] in tasks for part in groups.splitlines() if "/ecs/" in part)
        if is_ours or in_group or mounts(entry.name, data, name):
            found.append(f"process {entry.name}: {line}")
    return found


def link_of(path):
    try:
        return os.readlink(path)
    except OSError:
        return ""
