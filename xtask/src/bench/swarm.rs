//! Docker Swarm as a peer: one service at a time on a swarm of one machine, driven by Docker's API.

use super::{docker::Docker, process, wait};
use anyhow::{Context, Result, ensure};
use serde_json::{Value as Json, json};
use std::time::{Duration, Instant};

/// Docker Swarm was once seen never to finish; a scene that takes longer counts as this long.
const SCENE_MAX: Duration = Duration::from_secs(180);
/// Docker's default of 5 s cannot be asked for by 0.
const MONITOR_MIN: Duration = Duration::from_millis(1);

/// A service's command: it ends at once when it is asked to, as no shell's `sleep` of process 1 would.
pub(super) const COMMAND: [&str; 3] = ["sh", "-c", "trap exit TERM; sleep 1000 & wait"];

/// Seconds until it is killed all the same: a shell that is asked before it has come to its `trap` does not hear it.
pub(super) const STOP_S: u64 = 2;

/// A swarm whose only node is this machine.
pub(super) struct Swarm {
    docker: Docker,
    /// The specification that the service has now.
    spec: Json,
    service: String,
}

/// How a rolling update goes.
#[derive(Clone, Copy)]
pub(super) struct Rolling {
    /// Tasks at once.
    pub(super) parallelism: usize,
    /// A new task runs before its old one is stopped.
    pub(super) starts_first: bool,
}

impl Swarm {
    pub(super) fn make(mut docker: Docker) -> Result<Self> {
        let init = json!({ "ListenAddr": "127.0.0.1:0", "AdvertiseAddr": "127.0.0.1" });
        docker.call("POST", "/v1.41/swarm/init", &init)?;
        Ok(Self { docker, spec: Json::Null, service: String::new() })
    }

    /// Creates the service; returns how long it took until all replicas ran. `restart_delay` is 5 s where it is not given.
    pub(super) fn create(
        &mut self,
        replicas: usize,
        restart_delay: Option<Duration>,
    ) -> Result<Duration> {
        let mut restart = json!({ "Condition": "any" });
        if let Some(delay) = restart_delay {
            restart["Delay"] = json!(delay.as_nanos());
        }
        self.spec = json!({
            "Name": "bench", "Mode": { "Replicated": { "Replicas": replicas } },
            "TaskTemplate": { "ContainerSpec": { "Image": "busybox:bench", "Command": COMMAND, "Env": ["ROUND=0"],
                                                 "StopGracePeriod": Duration::from_secs(STOP_S).as_nanos() },
                              "Resources": { "Limits": { "MemoryBytes": 16 << 20 } }, "RestartPolicy": restart },
        });
        let begin = Instant::now();
        let created = self.docker.call("POST", "/v1.41/services/create", &self.spec)?;
        created["ID"].as_str().context("an id")?.clone_into(&mut self.service);
        self.until(begin, |swarm| Ok(swarm.running()?.len() >= replicas))
    }

    /// Kills the process of a task's container; returns how long it took until another task ran in its place.
    pub(super) fn replace(&mut self, victim: &Json) -> Result<Duration> {
        let before = self.running()?;
        let container =
            victim["Status"]["ContainerStatus"]["ContainerID"].as_str().context("a container")?;
        let first = process::first_of(container)?;
        let begin = Instant::now();
        process::kill(first)?;
        let known: Vec<Json> = before.iter().map(|task| task["ID"].clone()).collect();
        self.until(begin, |swarm| {
            Ok(swarm.running()?.iter().any(|task| !known.contains(&task["ID"])))
        })
    }

    /// Changes the tasks' environment and returns how long it took until Docker says that the update is complete.
    pub(super) fn update(&mut self, rolling: Rolling) -> Result<Duration> {
        let path = format!("/v1.41/services/{}", self.service);
        let now = self.docker.call("GET", &path, &Json::Null)?;
        let version = now["Version"]["Index"].as_u64().context("a version")?;
        self.spec["TaskTemplate"]["ContainerSpec"]["Env"] = json!([format!("ROUND={version}")]);
        self.spec["UpdateConfig"] = json!({
            "Parallelism": rolling.parallelism, "Delay": 0, "FailureAction": "pause",
            "Monitor": MONITOR_MIN.as_nanos(), "MaxFailureRatio": 0,
            "Order": if rolling.starts_first { "start-first" } else { "stop-first" },
        });
        let begin = Instant::now();
        self.docker.call("POST", &format!("{path}/update?version={version}"), &self.spec)?;
        self.until(begin, |swarm| {
            let now = swarm.docker.call("GET", &path, &Json::Null)?;
            let state = now["UpdateStatus"]["State"].as_str().unwrap_or_default();
            ensure!(state != "paused", "the update was paused: {}", now["UpdateStatus"]);
            Ok(state == "completed")
        })
    }

    /// Removes the service and waits until its containers are gone.
    pub(super) fn remove(&mut self) -> Result<()> {
        self.docker.call("DELETE", &format!("/v1.41/services/{}", self.service), &Json::Null)?;
        self.until(Instant::now(), |swarm| {
            let left = swarm.docker.call("GET", "/v1.41/containers/json?all=true", &Json::Null)?;
            Ok(left.as_array().is_none_or(Vec::is_empty))
        })
        .map(drop)
    }

    /// Bytes of dockerd with containerd, and of the shims.
    pub(super) fn memory(&self) -> (u64, u64) {
        let of = |name| self.docker.memory_of(name);
        // Names of processes are cut at 15 bytes.
        (of("dockerd") + of("containerd"), of("containerd-shim") + of("containerd-shim-"))
    }

    /// The service's tasks that run.
    pub(super) fn running(&mut self) -> Result<Vec<Json>> {
        // {"service":["bench"],"desired-state":["running"]}
        const OURS: &str = "/v1.41/tasks?filters=%7B%22service%22%3A%5B%22bench%22%5D%2C%22desired-state%22%3A%5B%22running%22%5D%7D";
        let tasks = self.docker.call("GET", OURS, &Json::Null)?;
        let all = tasks.as_array().into_iter().flatten();
        Ok(all.filter(|task| task["Status"]["State"] == "running").cloned().collect())
    }

    fn until(
        &mut self,
        begin: Instant,
        mut is_so: impl FnMut(&mut Self) -> Result<bool>,
    ) -> Result<Duration> {
        wait::until(begin, SCENE_MAX, || is_so(self))
    }
}
