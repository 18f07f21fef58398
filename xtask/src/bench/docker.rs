//! Docker Engine as a peer: a daemon of our own in a temporary directory, driven by its API.
//!
//! It runs in namespaces of its own, so that its firewall rules, bridges, mounts and containers end with it. What a container costs does
//! not change by that. Docker Swarm is in `swarm`.

use super::{guard::Guard, http::Connection, region::memory_of};
use anyhow::{Context, Result, ensure};
use fs_err as fs;
use serde_json::{Value as Json, json};
use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const READY_MAX: Duration = Duration::from_secs(60);
/// Everything of the daemon ends with the first process of its namespaces, $1; its control groups are called $3.
const CLEAN_UP: &str = r#"
kill -9 "$1"
for _ in $(seq 200); do
    find /sys/fs/cgroup -depth -type d -path "*/$3*" -exec rmdir {} + 2>/dev/null
    find /sys/fs/cgroup -type d -path "*/$3*" | grep -q . || break
    sleep 0.05
done
rm -rf "$2"
"#;

/// A daemon of our own.
pub(super) struct Docker {
    daemon: Child,
    guard: Option<Guard>,
    connection: Connection,
}

impl Docker {
    /// Starts `dockerd`, or says `None` where it is not installed.
    pub(super) fn start(archive: &Path) -> Result<Option<Self>> {
        if Command::new("dockerd").arg("--version").output().is_err() {
            return Ok(None);
        }
        let name = format!("longshore-bench-docker-{}", std::process::id());
        let directory = std::env::temp_dir().join(&name);
        fs::create_dir_all(&directory)?;
        let log = fs::File::create(directory.join("dockerd.log"))?;
        let at = |name: &str| directory.join(name).to_string_lossy().into_owned();
        let daemon = Command::new("unshare")
            .args(["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"])
            .args(["sh", "-c", "ip link set lo up; exec dockerd \"$@\"", "dockerd"])
            .args(["--data-root", &at("data"), "--exec-root", &at("exec"), "--pidfile", &at("pid")])
            .args(["--cgroup-parent", &name])
            .args(["--host", &format!("unix://{}", at("sock"))])
            .stdin(Stdio::null())
            .stdout(log.file().try_clone()?)
            .stderr(log.file().try_clone()?)
            .spawn()
            .context("start dockerd")?;
        let pid = daemon.id().to_string();
        let guard = Guard::new(CLEAN_UP, [pid.as_ref(), directory.as_os_str(), name.as_ref()])?;
        let connection = Self::connect(&directory.join("sock"))?;
        let mut docker = Self { daemon, guard: Some(guard), connection };
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

    pub(super) fn call(&mut self, method: &str, path: &str, body: &Json) -> Result<Json> {
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

    /// The daemon's processes, by their name in /proc.
    pub(super) fn memory_of(&self, name: &str) -> u64 {
        let space = |process: &Path| fs::read_link(process.join("ns/mnt")).ok();
        let ours = Path::new("/proc").join(self.daemon.id().to_string());
        let ours = space(&ours);
        memory_of(|process| {
            let comm = fs::read_to_string(process.join("comm")).unwrap_or_default();
            comm.trim_end() == name && space(process) == ours
        })
    }
}

impl Drop for Docker {
    fn drop(&mut self) {
        self.guard = None;
        let _ = self.daemon.wait();
    }
}
