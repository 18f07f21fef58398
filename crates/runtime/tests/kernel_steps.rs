//! Ends the agent between any two steps of a task's network, from the instance's first to its last: the next one leaves nothing. Asked for by
//! `KERNEL_TESTS=1`.
//!
//! `kernel_leak` kills at random moments, and others than the agent; here every step is one that was the last.

mod kernel_support;
mod vpc_support;

use agent::driver::Driver;
use domain::flow_log::{DEFAULT_FORMAT, FlowTraffic};
use domain::link::network::{FlowLogMap, NetworkMap, Outside};
use kernel_support::{busybox_images, eventually_none, groups_of, is_asked_for, named};
use runtime::{LinuxConfig, LinuxDriver};
use rustix::process::{Signal, getpid, kill_process};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use vpc_support::{Scene, block, everywhere, rule};

/// Set for the process that is the agent: its directory, and after which step it ends, or 0.
const AGENT_OF: &str = "KERNEL_STEPS_AGENT_OF";

static LAST: AtomicUsize = AtomicUsize::new(0);
static DONE: AtomicUsize = AtomicUsize::new(0);

/// Ends this process after its last step, as nothing else does: at once and without a word. Steps are told before that.
fn count(step: &str) {
    let number = DONE.fetch_add(1, Ordering::SeqCst) + 1;
    println!("step {number}: {step}");
    if number == LAST.load(Ordering::SeqCst) {
        kill_process(getpid(), Signal::KILL).expect("killed");
        // Until the signal is there, this thread does nothing more.
        loop {
            std::thread::park();
        }
    }
}

/// Not a test: the agent is this very program, started with this name and [`AGENT_OF`].
#[test]
fn the_agent_that_ends() {
    let Ok(which) = std::env::var(AGENT_OF) else { return };
    let (last, root) = which.split_once(' ').expect("two words");
    LAST.store(last.parse().expect("number"), Ordering::SeqCst);
    runtime::steps::listen(count);
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    runtime.block_on(whole_life(&PathBuf::from(root)));
}

/// All that there is of a task's network: groups, ways out, a public address, other hosts, a flow log; it comes, changes and goes.
async fn whole_life(root: &Path) {
    let driver = open(root);
    driver.inventory().await.expect("inventory");
    let mut scene = Scene::new();
    scene.map.subnets[0].outside = Outside::Gateway;
    scene.group("sg-1", vec![rule("tcp", Some(80), block("0.0.0.0/0"))], everywhere());
    scene.interface(5, &["sg-1"]);
    scene.interface(6, &["sg-1"]);
    scene.map.interfaces[0].public_address = Some(Ipv4Addr::new(203, 0, 113, 7));
    scene.remote(9, &["sg-1"], Ipv4Addr::new(192, 0, 2, 9));
    driver.network(scene.whole()).await.expect("followed");
    let [first, second] = [scene.sleeper(5), scene.sleeper(6)];
    driver.prepare(Arc::clone(&first)).await.expect("prepared");
    scene.map.interfaces[0].flow_logs = vec![FlowLogMap {
        id: "fl-1".into(),
        traffic: FlowTraffic::All,
        log_group: "flows".into(),
        format: DEFAULT_FORMAT.into(),
        interval_s: 600,
    }];
    scene.map.interfaces[0].public_address = None;
    scene.remote(10, &["sg-1"], Ipv4Addr::new(192, 0, 2, 10));
    driver.network(scene.whole()).await.expect("followed");
    driver.prepare(Arc::clone(&second)).await.expect("prepared");
    driver.remove(first.id().to_owned()).await.expect("removed");
    scene.map.interfaces.retain(|it| it.host.is_none() && it.id != "eni-5");
    driver.network(scene.whole()).await.expect("followed");
    driver.remove(second.id().to_owned()).await.expect("removed");
    driver.network(NetworkMap::default()).await.expect("followed");
    driver.tear_down().expect("torn down");
}

fn open(root: &Path) -> LinuxDriver {
    let mut config = LinuxConfig::new(root.join("data"));
    config.program = Some(env!("CARGO_BIN_EXE_runtime-shim").into());
    config.runtime = std::env::var("KERNEL_TESTS_RUNTIME").ok();
    config.underlay = Some(Ipv4Addr::LOCALHOST);
    LinuxDriver::open(config, busybox_images(&root.join("images"))).expect("driver")
}

/// Runs an agent that ends after the step `last`. Returns which process it was, how it ended, and the names of its steps.
fn run(root: &Path, last: usize) -> (u32, ExitStatus, Vec<String>) {
    let agent = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "the_agent_that_ends", "--nocapture"])
        .env(AGENT_OF, format!("{last} {}", root.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("agent");
    let process = agent.id();
    let said = agent.wait_with_output().expect("output");
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let steps =
        text.lines().filter_map(|line| line.split_once("step ")).map(|(_, step)| step.into());
    (process, said.status, steps.collect())
}

/// What the next agent does: find all, remove all, and go itself.
async fn clear(root: &Path) -> Vec<String> {
    let driver = open(root);
    for found in driver.inventory().await.expect("inventory") {
        driver.remove(found.task).await.expect("removed");
    }
    driver.inventory().await.expect("inventory");
    let mut left = eventually_none(|| driver.belongings().expect("listed")).await;
    driver.tear_down().expect("torn down");
    left.extend(eventually_none(|| named(&root.join("data"))).await);
    left
}

#[test]
fn nothing_is_left_whichever_step_was_the_last() {
    if !is_asked_for() || std::env::var(AGENT_OF).is_ok() {
        return;
    }
    let dir = tempfile::tempdir().expect("dir");
    let (agent, status, steps) = run(dir.path(), 0);
    assert!(status.success(), "a life without a fault: {steps:#?}");
    for wanted in ["keep a map", "give a name space its name", "run nft", "make overlay", "take"] {
        assert!(steps.iter().any(|step| step.contains(wanted)), "{wanted}: {steps:#?}");
    }
    assert_eq!(groups_of(agent), Vec::<String>::new());
    println!("{} steps: {steps:#?}", steps.len());
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    for last in 1..=steps.len() {
        let (agent, status, done) = run(dir.path(), last);
        // Two lives have the same steps but for what the kernel was found doing, such as names that it was slow to free.
        assert!(!status.success() || done.len() < last, "{last}: {done:#?}");
        let mut left = runtime.block_on(clear(dir.path()));
        left.extend(groups_of(agent));
        assert_eq!(left, Vec::<String>::new(), "after {:?}", done.last());
    }
}
