//! Docker Engine and Docker Swarm as peers: a daemon of our own in a temporary directory, driven by its API.

use super::http::Connection;
use anyhow::{Context, Result, ensure};
use fs_err as fs;
use serde_json::{Value as Json, json};
use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const READY_MAX: Duration = Duration::from_secs(60);
/// Docker Swarm was once seen never to finish; a scene that takes longer counts as this long.
const SCENE_MAX: Duration = Duration::from_secs(180);

/// A daemon of our own.
pub(super) struct Docker {
    directory: PathBuf,
    daemon: Child,
    connection: Connection,
}

impl Docker {
    /// Starts `dockerd`, or says `None` where it is not installed.
    pub(super) fn start(archive: &Path) -> Result<Option<Self>> {
        if Command::new("dockerd").arg("--version").output().is_err() {
            return Ok(None);
        }
        let directory =
            std::env::temp_dir().join(format!("longshore-bench-docker-{}", std::process::id()));
        fs::create_dir_all(&directory)?;
        let log = fs::File::create(directory.join("dockerd.log"))?;
        let at = |name: &str| directory.join(name).to_string_lossy().into_owned();
        let daemon = Command::new("dockerd")
            .args(["--data-root", &at("data"), "--exec-root", &at("exec"), "--pidfile", &at("pid")])
            .args(["--host", &format!("unix://{}", at("sock"))])
            .stdin(Stdio::null())
            .stdout(log.file().try_clone()?)
            .stderr(log.file().try_clone()?)
            .spawn()
            .context("start dockerd")?;
        let connection = Self::connect(&directory.join("sock"))?;
        let mut docker = Self { directory, daemon, connection };
        let image = fs::read(archive)?;
        let (status, body) = docker.connection.request(
            "POST",
            "/v1.41/images/load",
            "Content-Type: application/x-tar\r\n",
            &image,
        )?;
        ensure!(status == 200, "docker load answered {status}: {}", String::from_utf8_lossy(&body));
        Ok(Some(docker))
    }

    fn connect(socket: &Path) -> Result<Connection> {
        let deadline = Instant::now() + READY_MAX;
        loop {
            if let Ok(mut connection) = Connection::unix(socket)
                && matches!(connection.request("GET", "/v1.41/_ping", "", b""), Ok((200, _)))
            {
                return Ok(connection);
            }
            ensure!(Instant::now() < deadline, "dockerd is not ready after {READY_MAX:?}");
            std::thread::yield_now();
        }
    }

    fn call(&mut self, method: &str, path: &str, body: &Json) -> Result<Json> {
        let bytes = if body.is_null() { Vec::new() } else { serde_json::to_vec(body)? };
        let (status, answer) =
            self.connection.request(method, path, "Content-Type: application/json\r\n", &bytes)?;
        ensure!(
            status < 300,
            "docker {method} {path} answered {status}: {}",
            String::from_utf8_lossy(&answer)
        );
        Ok(serde_json::from_slice(&answer).unwrap_or(Json::Null))
    }

    /// Creates and starts one container; returns how long it took and its id.
    pub(super) fn launch(&mut self) -> Result<(Duration, String)> {
        let begin = Instant::now();
        let body = json!({ "Image": "busybox:bench", "Cmd": ["sleep", "1000"], "HostConfig": { "Memory": 16 << 20 } });
        let created = self.call("POST", "/v1.41/containers/create", &body)?;
        let id = created["Id"].as_str().context("an id")?.to_owned();
        self.call("POST", &format!("/v1.41/containers/{id}/start"), &Json::Null)?;
        Ok((begin.elapsed(), id))
    }

    pub(super) fn remove(&mut self, id: &str) -> Result<()> {
        self.call("DELETE", &format!("/v1.41/containers/{id}?force=true"), &Json::Null).map(drop)
    }

    pub(super) fn make_swarm(&mut self) -> Result<()> {
        self.call(
            "POST",
            "/v1.41/swarm/init",
            &json!({ "ListenAddr": "127.0.0.1:0", "AdvertiseAddr": "127.0.0.1" }),
        )
        .map(drop)
    }

    /// Creates a service and returns how long it took until all replicas ran.
    pub(super) fn service(&mut self, replicas: usize) -> Result<Duration> {
        let begin = Instant::now();
        let body = json!({
            "Name": "bench", "Mode": { "Replicated": { "Replicas": replicas } },
            "TaskTemplate": { "ContainerSpec": { "Image": "busybox:bench", "Args": ["sleep", "1000"] },
                              "Resources": { "Limits": { "MemoryBytes": 16 << 20 } } },
        });
        let created = self.call("POST", "/v1.41/services/create", &body)?;
        let id = created["ID"].as_str().context("an id")?.to_owned();
        let filter = "/v1.41/tasks?filters=%7B%22service%22%3A%5B%22bench%22%5D%7D";
        let took = loop {
            let tasks = self.call("GET", filter, &Json::Null)?;
            let running = tasks
                .as_array()
                .into_iter()
                .flatten()
                .filter(|task| task["Status"]["State"] == "running")
                .count();
            if running >= replicas || begin.elapsed() > SCENE_MAX {
                break begin.elapsed();
            }
            std::thread::yield_now();
        };
        self.call("DELETE", &format!("/v1.41/services/{id}"), &Json::Null)?;
        let gone = Instant::now() + SCENE_MAX;
        while Instant::now() < gone {
            let left = self.call("GET", "/v1.41/containers/json?all=true", &Json::Null)?;
            if left.as_array().is_none_or(Vec::is_empty) {
                break;
            }
            std::thread::yield_now();
        }
        Ok(took)
    }
}

impl Drop for Docker {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.daemon.id().to_string()).status();
        let _ = self.daemon.wait();
        for line in fs::read_to_string("/proc/self/mounts").unwrap_or_default().lines().rev() {
            let mounted = line.split(' ').nth(1).unwrap_or_default();
            if mounted.starts_with(&*self.directory.to_string_lossy()) {
                let _ = Command::new("umount").arg(mounted).status();
            }
        }
        let _ = fs::remove_dir_all(&self.directory);
    }
}
