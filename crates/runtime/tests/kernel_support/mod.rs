//! Real containers for tests: an instance of its own in a directory of its own, an image made of the host's static busybox, and a look
//! afterwards whether anything is left.

#![allow(dead_code, reason = "each test file uses a part of it")]

#[path = "../image_support/mod.rs"]
mod image_support;

use agent::driver::{
    ContainerFault, ContainerKey, Driver, DriverEvent, Exit, Found, Phase, Probe, Signal, Started,
};
use domain::link::acs::PayloadTask;
use domain::time::Millis;
use futures_util::FutureExt as _;
pub(crate) use image_support::{Made, Tar};
use runtime::image::progress::ProgressSink;
use runtime::image::store::Images;
use runtime::logs::LogReader;
use runtime::{LinuxConfig, LinuxDriver};
use serde_json::{Value, json};
use std::future::Future;
use std::net::{Ipv4Addr, TcpListener};
use std::ops::Range;
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Whatever a test waits for is there by then, or never.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

const APPLETS: &[&str] = &[
    "sh", "sleep", "true", "false", "echo", "cat", "ls", "id", "pwd", "env", "hostname", "grep",
    "ps", "kill", "dd", "touch", "mount", "nc", "wget", "httpd", "ip", "stat", "mkdir", "ulimit",
    "head", "seq", "tail", "yes", "wc", "tr", "chmod", "chown", "test", "tty", "date", "cut", "df",
    "mknod", "setsid", "ping", "nslookup", "printf", "mkfifo",
];

/// Instances that this process has now.
static BENCHES: AtomicU32 = AtomicU32::new(0);

/// An instance.
pub(crate) struct Bench {
    pub(crate) driver: LinuxDriver,
    pub(crate) images: Arc<Images>,
    pub(crate) config: LinuxConfig,
    dir: tempfile::TempDir,
}

/// Whether kernel tests are asked for; says so if not.
pub(crate) fn is_asked_for() -> bool {
    image_support::has_kernel()
}

/// Runs a test with an instance; afterwards removes everything and looks that nothing is left.
pub(crate) fn check<F: Future<Output = ()>>(test: impl FnOnce(Arc<Bench>) -> F) {
    check_with(|_| {}, test);
}

/// As [`check`], with another configuration.
pub(crate) fn check_with<F: Future<Output = ()>>(
    change: impl FnOnce(&mut LinuxConfig),
    test: impl FnOnce(Arc<Bench>) -> F,
) {
    if !is_asked_for() {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("runtime");
    runtime.block_on(async {
        let bench = Arc::new(Bench::new(change));
        BENCHES.fetch_add(1, Ordering::SeqCst);
        let ended = AssertUnwindSafe(test(Arc::clone(&bench))).catch_unwind().await;
        let mut left = bench.clear().await;
        // Groups say which process made them, and not for which of its instances.
        if BENCHES.fetch_sub(1, Ordering::SeqCst) == 1 {
            left.extend(groups_of(std::process::id()));
        }
        match ended {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(()) => assert_eq!(left, Vec::<String>::new(), "nothing is left"),
        }
    });
}

impl Bench {
    fn new(change: impl FnOnce(&mut LinuxConfig)) -> Self {
        let dir = tempfile::tempdir().expect("dir");
        let images = busybox_images(&dir.path().join("images"));
        let mut config = LinuxConfig::new(dir.path().join("data"));
        config.program = Some(env!("CARGO_BIN_EXE_runtime-shim").into());
        // To run all these tests with another OCI runtime.
        config.runtime = std::env::var("KERNEL_TESTS_RUNTIME").ok();
        change(&mut config);
        let driver = LinuxDriver::open(config.clone(), Arc::clone(&images)).expect("driver");
        Self { driver, images, config, dir }
    }

    /// Another driver on the same instance, as after the agent's restart.
    pub(crate) fn another(&self) -> LinuxDriver {
        LinuxDriver::open(self.config.clone(), Arc::clone(&self.images)).expect("driver")
    }

    pub(crate) fn root(&self) -> &Path {
        &self.config.root
    }

    async fn clear(&self) -> Vec<String> {
        for found in self.driver.inventory().await.unwrap_or_default() {
            self.driver.remove(found.task).await.expect("removed");
        }
        let left = eventually_none(|| self.driver.belongings().expect("listed")).await;
        self.driver.tear_down().expect("torn down");
        left.into_iter().chain(named(self.root())).collect()
    }

    /// Prepares a task and creates all its containers.
    pub(crate) async fn create(&self, task: &Arc<PayloadTask>) -> Result<(), ContainerFault> {
        self.driver.prepare(Arc::clone(task)).await?;
        for container in &task.containers {
            self.driver.pull(Arc::clone(task), container.name.clone()).await?;
            self.driver.create(Arc::clone(task), container.name.clone()).await?;
        }
        Ok(())
    }

    /// Starts one container.
    pub(crate) async fn start(
        &self,
        task: &Arc<PayloadTask>,
        name: &str,
    ) -> Result<Started, ContainerFault> {
        self.driver.start(Arc::clone(task), name.to_owned()).await
    }

    /// Creates and starts a task's first container.
    pub(crate) async fn run(&self, task: &Arc<PayloadTask>) -> Started {
        self.create(task).await.expect("created");
        self.start(task, &task.containers[0].name).await.expect("started")
    }

    /// Runs a task of one container to its end: how it ended, and its output.
    pub(crate) async fn run_to_end(&self, task: &Arc<PayloadTask>) -> (Exit, String) {
        self.run(task).await;
        let exit = self.exit(task, &task.containers[0].name).await;
        (exit, self.log(task, &task.containers[0].name))
    }

    /// Waits for the end of a container.
    pub(crate) async fn exit(&self, task: &PayloadTask, name: &str) -> Exit {
        exit_of(&self.driver, task, name).await
    }

    /// Everything in a container's log now.
    pub(crate) fn log(&self, task: &PayloadTask, name: &str) -> String {
        let mut reader = LogReader::open(self.log_path(task, name)).expect("log");
        let mut text = String::new();
        while let Some(record) = reader.next_now().expect("record") {
            text += &record.log;
        }
        text
    }

    pub(crate) fn log_path(&self, task: &PayloadTask, name: &str) -> PathBuf {
        runtime::logs::path(&self.config.root, task.id(), name)
    }

    /// Waits until a container's log has `text`.
    pub(crate) async fn log_has(&self, task: &PayloadTask, name: &str, text: &str) {
        eventually(&format!("`{text}` in the log"), || self.log(task, name).contains(text)).await;
    }

    pub(crate) async fn signal(&self, task: &PayloadTask, name: &str, signal: Signal) {
        self.driver.signal(key(task, name), signal).await.expect("signalled");
    }

    /// Runs a command in a container and returns code and output.
    pub(crate) async fn probe(
        &self,
        task: &PayloadTask,
        name: &str,
        command: &[&str],
    ) -> (i64, String) {
        let command = command.iter().map(|word| (*word).to_owned()).collect();
        match self.driver.probe(key(task, name), command, Millis::from_s(20)).await.expect("probed")
        {
            Probe::Ended { code, output } => (code, output),
            Probe::TimedOut => panic!("the command hangs"),
        }
    }

    pub(crate) async fn remove(&self, task: &PayloadTask) {
        self.driver.remove(task.id().to_owned()).await.expect("removed");
    }

    pub(crate) async fn driver_inventory_is(&self, tasks: usize) {
        assert_eq!(self.driver.inventory().await.expect("inventory").len(), tasks);
    }

    /// What inventory says about one task.
    pub(crate) async fn found(&self, task: &PayloadTask) -> Option<Found> {
        found_by(&self.driver, task).await
    }
}

/// What has a name of the instance in `root`: interfaces, network name spaces and firewall tables.
pub(crate) fn named(root: &Path) -> Vec<String> {
    let root = fs_err::canonicalize(root).expect("a directory");
    let digest = ring::digest::digest(&ring::digest::SHA256, root.as_os_str().as_encoded_bytes());
    let hash = data_encoding::HEXLOWER.encode(&digest.as_ref()[..4]);
    let mut found = Vec::new();
    for dir in ["/sys/class/net", "/run/netns"] {
        let Ok(entries) = fs_err::read_dir(dir) else { continue };
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        found.extend(names.filter(|it| it.contains(&hash)).map(|it| format!("{dir}/{it}")));
    }
    let tables = std::process::Command::new("nft").args(["list", "tables"]).output().expect("nft");
    let tables = String::from_utf8_lossy(&tables.stdout).into_owned();
    found.extend(tables.lines().filter(|it| it.contains(&hash)).map(str::to_owned));
    found
}

/// Where control groups are mounted.
pub(crate) fn hierarchies() -> Vec<PathBuf> {
    let mounts = fs_err::read_to_string("/proc/self/mountinfo").expect("mounts");
    let mounts = mounts.lines().filter(|line| line.contains(" - cgroup"));
    mounts.filter_map(|line| line.split(' ').nth(4).map(PathBuf::from)).collect()
}

/// Control groups of tasks that a process made by [`task`]. Others' groups, of tests that run at once, are not among them.
pub(crate) fn groups_of(process: u32) -> Vec<String> {
    let mut found = Vec::new();
    for entry in hierarchies().iter().flat_map(|at| fs_err::read_dir(at.join("ecs"))).flatten() {
        let entry = entry.expect("listed");
        if entry.file_name().to_string_lossy().get(ID_OF_PROCESS) == Some(&id_of_process(process)) {
            found.push(format!("control group {}", entry.path().display()));
        }
    }
    found
}

pub(crate) async fn found_by(driver: &LinuxDriver, task: &PayloadTask) -> Option<Found> {
    let all = driver.inventory().await.expect("inventory");
    all.into_iter().find(|found| found.task == task.id())
}

pub(crate) fn phase(found: &Found, name: &str) -> Phase {
    let container = found.containers.iter().find(|(other, _, _)| other == name);
    container.map_or(Phase::Absent, |(_, _, phase)| phase.clone())
}

pub(crate) async fn exit_of(driver: &LinuxDriver, task: &PayloadTask, name: &str) -> Exit {
    let wanted = key(task, name);
    let waiting = async {
        loop {
            match driver.event().await {
                DriverEvent::Exited(key, exit) if key == wanted => return exit,
                DriverEvent::Lost(task) => panic!("task {task} was lost"),
                DriverEvent::Exited(..) => {}
            }
        }
    };
    tokio::time::timeout(DEADLINE, waiting).await.expect("the container ends")
}

pub(crate) fn key(task: &PayloadTask, name: &str) -> ContainerKey {
    ContainerKey { task: task.id().to_owned(), name: name.to_owned() }
}

/// Waits for a condition.
pub(crate) async fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = tokio::time::Instant::now() + DEADLINE;
    while !holds() {
        assert!(tokio::time::Instant::now() < deadline, "in time: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Waits until a list is empty: what the kernel frees, it frees in its own time. Returns what stays.
pub(crate) async fn eventually_none(mut list: impl FnMut() -> Vec<String>) -> Vec<String> {
    let deadline = tokio::time::Instant::now() + DEADLINE;
    loop {
        let left = list();
        if left.is_empty() || tokio::time::Instant::now() > deadline {
            return left;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A task with containers as in a payload; `dockerConfig` members may be objects. Everything has network mode `none` unless it says otherwise.
pub(crate) fn task(members: Value, containers: Value) -> Arc<PayloadTask> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut containers = containers;
    for container in containers.as_array_mut().expect("containers") {
        let one = container.as_object_mut().expect("container");
        one.entry("image").or_insert("busybox:1".into());
        one.entry("essential").or_insert(true.into());
        if let Some(docker) = one.get_mut("dockerConfig").and_then(Value::as_object_mut) {
            for text in docker.values_mut().filter(|value| value.is_object()) {
                *text = text.to_string().into();
            }
        }
    }
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    // Control groups have the task's id alone, so ids are unique over all tests that run at once.
    let id = format!("{number:08x}{}{:08x}", id_of_process(std::process::id()), nanos());
    let mut whole = json!({
        "arn": format!("arn:aws:ecs:us-east-1:000000000000:task/default/{id}"),
        "desiredStatus": "RUNNING", "family": "test", "version": "1", "networkMode": "none",
        "containers": containers,
    });
    for (name, value) in members.as_object().expect("members") {
        whole[name] = value.clone();
    }
    Arc::new(serde_json::from_value(whole).expect("payload"))
}

/// Where a task's id says which process made it.
const ID_OF_PROCESS: Range<usize> = 8..24;

fn id_of_process(process: u32) -> String {
    format!("{process:016x}")
}

#[expect(clippy::disallowed_methods, reason = "only to make names unique")]
fn nanos() -> u32 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |d| d.subsec_nanos())
}

/// A task of one container `main` that runs a shell script.
pub(crate) fn script(text: &str) -> Arc<PayloadTask> {
    task(json!({}), json!([{ "name": "main", "command": ["sh", "-c", text] }]))
}

/// As [`script`], with further members of the container.
pub(crate) fn script_with(text: &str, members: Value) -> Arc<PayloadTask> {
    let mut container = json!({ "name": "main", "command": ["sh", "-c", text] });
    for (name, value) in members.as_object().expect("members") {
        container[name] = value.clone();
    }
    task(json!({}), json!([container]))
}

/// A store that has `busybox:1`.
pub(crate) fn busybox_images(root: &Path) -> Arc<Images> {
    let images = Images::open(root).expect("images");
    images.load(&busybox().docker_archive()[..], &ProgressSink::none()).expect("image");
    Arc::new(images)
}

/// `busybox:1`: two layers, so that overlayfs has something to join, with users and a volume's content.
fn busybox() -> Made {
    let program = fs_err::read("/bin/busybox").expect("the package busybox-static is installed");
    let mut base = Tar::new()
        .dir("bin")
        .program("bin/busybox", &program)
        .dir("tmp")
        .dir("proc")
        .dir("sys")
        .dir("dev");
    for applet in APPLETS {
        base = base.symlink(&format!("bin/{applet}"), "busybox");
    }
    let etc = Tar::new()
        .dir("etc")
        .file(
            "etc/passwd",
            b"root:x:0:0:root:/root:/bin/sh\nweb:x:1000:1001:web:/home/web:/bin/sh\n",
        )
        .file("etc/group", b"root:x:0:root\nweb:x:1001:\nstaff:x:50:web\n")
        .dir("data")
        .file("data/from-image", b"from image\n");
    Made::new("busybox:1", vec![base.finish(), etc.finish()])
}

/// A number below `count` that no other test has which wants one for the same thing, as long as this process lives. Numbers made of process
/// ids are the same for two of them now and then.
pub(crate) fn claim(what: &str, count: u8) -> u8 {
    let is_ours = |number: &u8| {
        let name = format!("longshore-test-{what}-{number}");
        let address = SocketAddr::from_abstract_name(name).expect("a short name");
        // The kernel gives it back with the process, however that ends.
        UnixListener::bind_addr(&address).map(std::mem::forget).is_ok()
    };
    (0..count).find(is_ours).expect("fewer tests run at once")
}

/// A port that nobody has, and that the kernel gives to nobody who asks for any: it is free until somebody wants just this one.
pub(crate) fn port_of_nobody() -> u16 {
    let range = fs_err::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").expect("range");
    let first: u16 =
        range.split_whitespace().next().and_then(|it| it.parse().ok()).expect("a port");
    let lowest = first.saturating_sub(100 + 100 * u16::from(claim("ports", 100)));
    let mut ports = lowest.max(1024)..lowest.max(1024) + 100;
    ports
        .find(|port| TcpListener::bind((Ipv4Addr::UNSPECIFIED, *port)).is_ok())
        .expect("a free port")
}

/// A host beyond this one: a network name space with a web server, which knows no way to containers.
pub(crate) struct World {
    pub(crate) name: String,
    net: String,
    server: std::process::Child,
}

impl World {
    pub(crate) fn new() -> Self {
        let name = format!("w{}", std::process::id());
        let ip = |args: &str| {
            let done = std::process::Command::new("ip").args(args.split(' ')).status();
            assert!(done.is_ok_and(|status| status.success()), "ip {args}");
        };
        ip(&format!("netns add {name}"));
        ip(&format!("link add {name} type veth peer name eth0 netns {name}"));
        // Worlds of tests that run at once do not meet.
        let net = format!("10.213.{}", claim("world", 250));
        ip(&format!("addr add {net}.1/24 dev {name}"));
        ip(&format!("link set {name} up"));
        ip(&format!("-n {name} addr add {net}.2/24 dev eth0"));
        ip(&format!("-n {name} link set eth0 up"));
        let page = std::env::temp_dir().join(&name);
        fs_err::create_dir_all(&page).expect("dir");
        fs_err::write(page.join("index.html"), "of the world\n").expect("page");
        let server = std::process::Command::new("ip")
            .args(["netns", "exec", &name, "busybox", "httpd", "-f", "-p", "80", "-h"])
            .arg(&page)
            .spawn()
            .expect("server");
        Self { name, net, server }
    }

    /// Where it is.
    pub(crate) fn address(&self) -> String {
        format!("{}.2", self.net)
    }

    /// Where it has this host.
    pub(crate) fn host(&self) -> String {
        format!("{}.1", self.net)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        let _ = std::process::Command::new("ip").args(["netns", "del", &self.name]).status();
        let _ = std::process::Command::new("ip").args(["link", "del", &self.name]).status();
        let _ = fs_err::remove_dir_all(std::env::temp_dir().join(&self.name));
    }
}
