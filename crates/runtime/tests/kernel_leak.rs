//! After kill -9 of anything at any moment, the next agent finds or clears everything. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;
mod vpc_support;

use agent::driver::Driver;
use domain::link::acs::PayloadTask;
use kernel_support::{
    Bench, busybox_images, check_with, eventually_none, groups_of, is_asked_for, task,
};
use runtime::{LinuxConfig, LinuxDriver};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use vpc_support::{Scene, everywhere};

/// Set for the process that is the agent.
const AGENT_OF: &str = "KERNEL_LEAK_AGENT_OF";
/// Rounds, if [`ROUNDS_WANTED`] does not ask for more.
const ROUNDS: u32 = 12;
const ROUNDS_WANTED: &str = "KERNEL_LEAK_ROUNDS";

/// Whom a round kills.
#[derive(Clone, Copy, Debug)]
enum Victim {
    Agent,
    Shim,
    Container,
    OciRuntime,
    Zygote,
    AgentAndShim,
}

const VICTIMS: [Victim; 6] = [
    Victim::Agent,
    Victim::Shim,
    Victim::Container,
    Victim::OciRuntime,
    Victim::Zygote,
    Victim::AgentAndShim,
];

/// Not a test: the agent that is killed is this very program, started with this name and [`AGENT_OF`].
#[test]
fn the_agent_that_is_killed() {
    let Ok(root) = std::env::var(AGENT_OF) else { return };
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    runtime.block_on(async {
        let root = PathBuf::from(root);
        let (config, images) = instance(&root);
        let driver = LinuxDriver::open(config, images).expect("driver");
        driver.inventory().await.expect("inventory");
        let vpc = Arc::new(vpc());
        driver.network(vpc.whole()).await.expect("the map is followed");
        println!("ready");
        let mut lives = tokio::task::JoinSet::new();
        for number in 0..4 {
            let (driver, vpc) = (driver.clone(), Arc::clone(&vpc));
            lives.spawn(async move {
                loop {
                    // What is killed in between fails this life, and the next one begins.
                    let _ = live(&driver, a_task(&vpc, number)).await;
                }
            });
        }
        lives.join_next().await;
    });
}

async fn live(
    driver: &LinuxDriver,
    task: Arc<PayloadTask>,
) -> Result<(), agent::driver::ContainerFault> {
    driver.prepare(Arc::clone(&task)).await?;
    for name in ["main", "side"] {
        driver.create(Arc::clone(&task), name.into()).await?;
        driver.start(Arc::clone(&task), name.into()).await?;
    }
    driver.remove(task.id().to_owned()).await
}

/// The VPC of every second life.
fn vpc() -> Scene {
    let mut scene = Scene::new();
    scene.group("sg-1", everywhere(), everywhere());
    (0..4).for_each(|number| scene.interface(10 + number, &["sg-1"]));
    scene
}

fn a_task(vpc: &Scene, number: u8) -> Arc<PayloadTask> {
    let point = json!([{ "sourceVolume": "v", "containerPath": "/data" }]);
    let sleeper = ["sh", "-c", "setsid sleep 1000 & exec sleep 1000"];
    let ports = json!([{ "containerPort": 80 }, { "containerPortRange": "90-93" }]);
    let containers = json!([
        { "name": "main", "command": sleeper, "mountPoints": point, "portMappings": ports },
        { "name": "side", "command": sleeper, "dockerConfig": { "config": { "Tty": true } } },
    ]);
    let mut members = json!({ "networkMode": "bridge", "ipcMode": "task", "pidMode": "task",
        "volumes": [{ "name": "v", "type": "host", "host": {} }] });
    if number % 2 == 1 {
        members["networkMode"] = "awsvpc".into();
        members["launchType"] = "FARGATE".into();
        members["ephemeralStorageGib"] = 21.into();
        members["elasticNetworkInterfaces"] = json!([vpc.own(10 + number)]);
    }
    task(members, containers)
}

fn instance(root: &Path) -> (LinuxConfig, Arc<runtime::image::store::Images>) {
    let mut config = LinuxConfig::new(root.join("data"));
    config.program = Some(env!("CARGO_BIN_EXE_runtime-shim").into());
    config.runtime = std::env::var("KERNEL_TESTS_RUNTIME").ok();
    (config, busybox_images(&root.join("images")))
}

/// Process ids whose command name is `name`, or whose directory is below `root`.
fn processes(root: &Path, wanted: Victim) -> Vec<Pid> {
    let mut found = Vec::new();
    for entry in fs_err::read_dir("/proc").expect("proc").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(pid) = name.parse().ok().and_then(Pid::from_raw) else { continue };
        let read = |file: &str| fs_err::read_to_string(entry.path().join(file)).unwrap_or_default();
        let cwd = fs_err::read_link(entry.path().join("cwd")).unwrap_or_default();
        let is_ours = match wanted {
            Victim::Shim | Victim::AgentAndShim => cwd.starts_with(root.join("data/tasks")),
            Victim::OciRuntime => {
                read("cmdline").contains(&*root.to_string_lossy())
                    && ["crun", "runc"].iter().any(|name| read("comm").starts_with(name))
            }
            Victim::Container => read("cgroup")
                .split("/ecs/")
                .nth(1)
                .and_then(|rest| rest.split('/').next())
                .is_some_and(|id| root.join("data/tasks").join(id).exists()),
            Victim::Agent | Victim::Zygote => false,
        };
        if is_ours {
            found.push(pid);
        }
    }
    found
}

/// The zygote of the agent `agent`: its child.
fn zygote(agent: u32) -> Option<Pid> {
    let path = format!("/proc/{agent}/task/{agent}/children");
    let children = fs_err::read_to_string(path).unwrap_or_default();
    children.split_whitespace().find_map(|pid| Pid::from_raw(pid.parse().ok()?))
}

#[test]
fn nothing_is_left_whatever_is_killed_whenever() {
    if !is_asked_for() {
        return;
    }
    let dir = tempfile::tempdir().expect("dir");
    let seed = std::process::id();
    println!("seed {seed}");
    let rounds = std::env::var(ROUNDS_WANTED).ok().and_then(|text| text.parse().ok());
    for round in 0..rounds.unwrap_or(ROUNDS) {
        let victim = VICTIMS[round as usize % VICTIMS.len()];
        // A moment that no condition describes: this is a fault, not a wait.
        let moment =
            u64::from(seed.wrapping_mul(2_654_435_761).wrapping_add(round * 40_503) >> 7) % 250;
        let agent = kill_in_a_life(dir.path(), victim, Duration::from_millis(moment));
        let runtime = tokio::runtime::Runtime::new().expect("runtime");
        let mut left = runtime.block_on(clear(dir.path()));
        left.extend(groups_of(agent));
        assert_eq!(left, Vec::<String>::new(), "round {round}: {victim:?} after {moment} ms");
    }
    let (config, images) = instance(dir.path());
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    runtime.block_on(async {
        LinuxDriver::open(config, images).expect("driver").tear_down().expect("torn down");
    });
}

/// The process that the agent was.
fn kill_in_a_life(root: &Path, victim: Victim, moment: Duration) -> u32 {
    let mut agent = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "the_agent_that_is_killed", "--nocapture"])
        .env(AGENT_OF, root)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("agent");
    let mut lines =
        std::io::BufRead::lines(std::io::BufReader::new(agent.stdout.take().expect("output")));
    assert!(lines.any(|line| line.is_ok_and(|line| line.contains("ready"))), "the agent is ready");
    std::thread::sleep(moment);
    let pids = match victim {
        Victim::Zygote => zygote(agent.id()).into_iter().collect(),
        other => processes(root, other),
    };
    let agent_dies_first = matches!(victim, Victim::Agent | Victim::AgentAndShim);
    if agent_dies_first {
        agent.kill().expect("killed");
    }
    for pid in pids {
        // It may have ended by itself meanwhile; it was ours a moment ago.
        let _ = kill_process(pid, Signal::KILL);
    }
    if !agent_dies_first {
        std::thread::sleep(moment / 4);
        agent.kill().expect("killed");
    }
    agent.wait().expect("ended");
    agent.id()
}

/// What the next agent does: find all, remove all.
async fn clear(root: &Path) -> Vec<String> {
    let (config, images) = instance(root);
    let driver = LinuxDriver::open(config, images).expect("driver");
    for found in driver.inventory().await.expect("inventory") {
        driver.remove(found.task).await.expect("removed");
    }
    driver.inventory().await.expect("inventory");
    eventually_none(|| driver.belongings().expect("listed")).await
}

#[test]
fn thirty_lives_leave_nothing_and_no_descriptors() {
    check_with(
        |_| {},
        |bench: Arc<Bench>| async move {
            let descriptors = || fs_err::read_dir("/proc/self/fd").expect("fds").count();
            let vpc = vpc();
            vpc.tell(&bench).await;
            for number in 0..2 {
                live(&bench.driver, a_task(&vpc, number)).await.expect("lived");
            }
            let before = descriptors();
            for _ in 0..10 {
                let lives = (0..3).map(|number| live(&bench.driver, a_task(&vpc, number)));
                for ended in futures_util::future::join_all(lives).await {
                    ended.expect("lived");
                }
            }
            kernel_support::eventually("descriptors are closed", || descriptors() <= before).await;
            let left = eventually_none(|| bench.driver.belongings().expect("listed")).await;
            assert_eq!(left, Vec::<String>::new());
        },
    );
}
