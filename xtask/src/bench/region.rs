//! A `longshore up` of the release binary in a temporary directory, as a benchmark's subject. Leaves nothing behind.

use super::{guard::Guard, http::Connection};
use anyhow::{Context, Result, bail};
use fs_err as fs;
use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const READY_MAX: Duration = Duration::from_secs(30);
/// Stops the tasks and the region, or frees what is left of it where it is dead; $1 is the binary.
const CLEAN_UP: &str = r#"
"$1" down --data-dir "$2/data" || { kill -9 "$3"; "$1" down --data-dir "$2/data"; }
rm -rf "$2"
"#;

/// A region of its own.
pub(super) struct Region {
    binary: PathBuf,
    directory: PathBuf,
    process: Child,
    guard: Option<Guard>,
    /// `host:port`.
    pub(super) address: String,
}

impl Region {
    pub(super) fn start(root: &Path) -> Result<Self> {
        Self::start_with(root, &[])
    }

    /// Starts one with more arguments of `longshore up`.
    pub(super) fn start_with(root: &Path, more: &[&str]) -> Result<Self> {
        let named = std::env::var_os("LONGSHORE_BINARY").map(PathBuf::from);
        let binary = named.unwrap_or_else(|| root.join("target/release/longshore"));
        let directory =
            std::env::temp_dir().join(format!("longshore-bench-{}", std::process::id()));
        fs::create_dir_all(&directory)?;
        let log = fs::File::create(directory.join("up.log"))?;
        let process = Command::new(&binary)
            .args(["up", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(directory.join("data"))
            .args(more)
            .stdin(Stdio::null())
            .stdout(log.file().try_clone()?)
            .stderr(log.file().try_clone()?)
            .spawn()
            .context("start longshore")?;
        let pid = process.id().to_string();
        let guard =
            Guard::new(CLEAN_UP, [binary.as_os_str(), directory.as_os_str(), pid.as_ref()])?;
        let mut region =
            Self { binary, directory, process, guard: Some(guard), address: String::new() };
        region.address = region.endpoint()?;
        Ok(region)
    }

    fn endpoint(&mut self) -> Result<String> {
        let file = self.data().join("endpoint");
        let deadline = Instant::now() + READY_MAX;
        loop {
            if let Ok(text) = fs::read_to_string(&file)
                && text.ends_with('\n')
            {
                return Ok(text.trim().trim_start_matches("http://").to_owned());
            }
            if let Some(status) = self.process.try_wait()? {
                bail!(
                    "longshore ended with {status}: {}",
                    fs::read_to_string(self.directory.join("up.log"))?
                );
            }
            if Instant::now() > deadline {
                bail!("longshore is not ready after {READY_MAX:?}");
            }
            std::thread::yield_now();
        }
    }

    fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    /// The network name space of a task that has one of its own.
    pub(super) fn network_of(&self, task: &str) -> PathBuf {
        self.data().join("runtime/tasks").join(task).join("ns-net")
    }

    pub(super) fn connect(&self) -> Result<Connection> {
        Connection::tcp(&self.address)
    }

    /// Loads the busybox image that tools/busybox-image makes, as `busybox:bench`.
    pub(super) fn load_busybox(&self, root: &Path) -> Result<()> {
        let archive = self.archive(root)?;
        self.longshore(&["image", "load", &archive.to_string_lossy()])
    }

    /// The image as a `docker save` archive.
    pub(super) fn archive(&self, root: &Path) -> Result<PathBuf> {
        let archive = self.directory.join("busybox.tar");
        let made = Command::new(root.join("tools/busybox-image"))
            .arg(&archive)
            .arg("busybox:bench")
            .status();
        anyhow::ensure!(
            made.context("run tools/busybox-image")?.success(),
            "tools/busybox-image did not succeed"
        );
        Ok(archive)
    }

    fn longshore(&self, arguments: &[&str]) -> Result<()> {
        let output = Command::new(&self.binary)
            .args(arguments)
            .env("LONGSHORE_DATA_DIR", self.data())
            .env("AWS_ENDPOINT_URL", format!("http://{}", self.address))
            .output()
            .context("run longshore")?;
        anyhow::ensure!(
            output.status.success(),
            "longshore {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(())
    }

    /// Proportional set size of every Longshore process, shims included, in bytes: what they really take of the machine's memory.
    pub(super) fn memory(&self) -> u64 {
        memory_of(|process| {
            fs::read_link(process.join("exe")).is_ok_and(|program| program == self.binary)
        })
    }

    /// The same of the control plane and its agent, which are one process: without the shims.
    pub(super) fn memory_of_control(&self) -> u64 {
        let control = Path::new("/proc").join(self.process.id().to_string());
        memory_of(|process| process == control)
    }
}

/// Proportional set size of the processes that `is_meant` says yes to by their directory in /proc, in bytes.
pub(super) fn memory_of(is_meant: impl Fn(&Path) -> bool) -> u64 {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten().map(|entry| entry.path());
    processes
        .filter(|process| is_meant(process))
        .filter_map(|process| fs::read_to_string(process.join("smaps_rollup")).ok())
        .filter_map(|text| proportional_kib(&text))
        .map(|kib| kib * 1024)
        .sum()
}

fn proportional_kib(rollup: &str) -> Option<u64> {
    rollup
        .lines()
        .find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix("kB")?.trim().parse().ok())
}

impl Drop for Region {
    fn drop(&mut self) {
        self.guard = None;
        let _ = self.process.wait();
    }
}
