//! The way from containers to the agent's endpoints, and who they are taken for. Asked for by `KERNEL_TESTS=1`.
//!
//! In the agent's place a server answers here that says who asked; what the agent answers is tested without a kernel.

mod kernel_support;

use agent::driver::{Driver, Probe};
use agent::endpoint::{Caller, Doorway, Listener};
use domain::link::acs::PayloadTask;
use domain::time::Millis;
use kernel_support::{Bench, check, check_with, is_asked_for, key, task};
use runtime::LinuxDriver;
use rustix::fd::AsFd;
use rustix::thread::LinkNameSpaceType;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

const TASKS: &str = "http://169.254.170.2/";
const INSTANCE: &str = "http://169.254.169.254/latest";
/// Who is answered is answered by then.
const ANSWERED_BY: Millis = Millis::from_s(30);
/// Who is not is not later either; waiting longer would only make these tests slower.
const UNANSWERED_AFTER: Millis = Millis::from_s(3);

/// Answers every request with who asked, until it is dropped.
fn answer(driver: &LinuxDriver) -> JoinSet<()> {
    let mut servers = JoinSet::new();
    let doorway = driver.doorway().expect("tasks reach the endpoints");
    for listener in doorway.listen().expect("sockets") {
        let (Listener::Tasks(socket) | Listener::Instance(socket)) = listener;
        let socket = TcpListener::from_std(socket).expect("a socket");
        servers.spawn(serve(socket, Arc::clone(&doorway)));
    }
    servers
}

async fn serve(socket: TcpListener, doorway: Arc<dyn Doorway>) {
    loop {
        let (mut stream, peer) = socket.accept().await.expect("a connection");
        let who = match doorway.caller(peer.ip()) {
            Some(Caller::Task(id)) => id,
            Some(Caller::Host) => "the host".to_owned(),
            None => "nobody".to_owned(),
        };
        let mut request = [0; 1024];
        let _ = stream.read(&mut request).await;
        let length = who.len();
        let reply = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{who}");
        let _ = stream.write_all(reply.as_bytes()).await;
    }
}

/// A task in a network mode that waits for commands; it may change its network.
fn waiting(mode: &str) -> Arc<PayloadTask> {
    let host: Value = json!({ "NetworkMode": mode, "CapAdd": ["NET_ADMIN", "NET_RAW"] });
    let container = json!({
        "name": "main", "command": ["sh", "-c", "exec sleep 1000"],
        "dockerConfig": { "hostConfig": host },
    });
    task(json!({ "networkMode": mode }), json!([container]))
}

/// Who the container is taken for.
async fn who(bench: &Bench, task: &PayloadTask, url: &str) -> Option<String> {
    ask(bench, task, url, ANSWERED_BY).await
}

/// As [`who`], for one that should not be answered.
async fn in_vain(bench: &Bench, task: &PayloadTask, url: &str) -> Option<String> {
    ask(bench, task, url, UNANSWERED_AFTER).await
}

/// What a container is answered within a time; nothing if it is not.
async fn ask(bench: &Bench, task: &PayloadTask, url: &str, limit: Millis) -> Option<String> {
    let command = ["wget", "-q", "-O", "-", url].map(str::to_owned).to_vec();
    let probed = bench.driver.probe(key(task, "main"), command, limit).await;
    match probed.expect("probed") {
        Probe::Ended { code: 0, output } => Some(output),
        Probe::Ended { .. } | Probe::TimedOut => None,
    }
}

/// Runs a command in the container, which must succeed.
async fn run(bench: &Bench, task: &PayloadTask, command: &str) -> String {
    let (code, text) = bench.probe(task, "main", &["sh", "-c", command]).await;
    assert_eq!(code, 0, "{command}: {text}");
    text.trim().to_owned()
}

async fn address(bench: &Bench, task: &PayloadTask) -> String {
    run(bench, task, "ip -4 -o addr show eth0 | tr -s ' ' | cut -d' ' -f4 | cut -d/ -f1").await
}

#[test]
fn containers_of_the_bridge_are_known_by_their_addresses() {
    check(|bench| async move {
        let _servers = answer(&bench.driver);
        let (first, second) = (waiting("bridge"), waiting("bridge"));
        bench.run(&first).await;
        bench.run(&second).await;
        assert_eq!(who(&bench, &first, TASKS).await.as_deref(), Some(first.id()));
        assert_eq!(who(&bench, &second, TASKS).await.as_deref(), Some(second.id()));
        assert_eq!(who(&bench, &second, INSTANCE).await.as_deref(), Some(second.id()));
        let facts = bench.driver.facts(first.id());
        assert_eq!(facts["main"].addresses[0].to_string(), address(&bench, &first).await);
        let sample = &bench.driver.samples(first.id().to_owned()).await["main"];
        assert!(sample.cpu_ns[0] > 0 && sample.host_ns > 0, "{sample:?}");
        assert!(sample.memory_bytes > 0 && sample.memory_limit_bytes > 0, "{sample:?}");
        assert!(sample.traffic["eth0"].sent[0] > 0, "{sample:?}");
    });
}

#[test]
fn an_address_that_is_taken_from_another_gets_no_answer() {
    check(|bench| async move {
        let _servers = answer(&bench.driver);
        let (thief, victim) = (waiting("bridge"), waiting("bridge"));
        bench.run(&thief).await;
        bench.run(&victim).await;
        let theirs = address(&bench, &victim).await;
        let own = address(&bench, &thief).await;
        run(&bench, &thief, &format!("ip addr add {theirs}/20 dev eth0")).await;
        run(&bench, &thief, &format!("ip route replace 169.254.170.2 dev eth0 src {theirs}")).await;
        assert_eq!(in_vain(&bench, &thief, TASKS).await, None, "not as somebody else");
        assert_eq!(who(&bench, &victim, TASKS).await.as_deref(), Some(victim.id()));
        // With the victim's MAC as well, the bridge does not send it the victim's frames.
        let mac = run(&bench, &victim, "cat /sys/class/net/eth0/address").await;
        run(&bench, &thief, &format!("ip link set eth0 address {mac}")).await;
        assert_eq!(in_vain(&bench, &thief, TASKS).await, None, "not as somebody else");
        assert_eq!(who(&bench, &victim, TASKS).await.as_deref(), Some(victim.id()));
        // One that nobody has is nobody's; the endpoints do not learn where it is.
        run(&bench, &thief, "ip addr add 169.254.1.1/16 dev eth0").await;
        run(&bench, &thief, "ip route replace 169.254.170.2 dev eth0 src 169.254.1.1").await;
        assert_eq!(
            in_vain(&bench, &thief, TASKS).await,
            None,
            "an address that is not the bridge's"
        );
        assert_ne!(own, theirs);
    });
}

#[test]
fn the_endpoints_are_no_way_to_anybody_else() {
    check(|bench| async move {
        let _servers = answer(&bench.driver);
        let (from, to) = (waiting("bridge"), waiting("bridge"));
        bench.run(&from).await;
        bench.run(&to).await;
        run(&bench, &to, "mkdir /www; echo page > /www/index.html; httpd -p 80 -h /www").await;
        let url = format!("http://{}/", address(&bench, &to).await);
        assert_eq!(who(&bench, &from, &url).await.as_deref(), Some("page\n"));
        let target = address(&bench, &to).await;
        run(&bench, &from, &format!("ip route add {target} via 169.254.170.2 dev eth0")).await;
        assert_eq!(in_vain(&bench, &from, &url).await, None, "nothing is passed on");
    });
}

#[test]
fn the_way_outlives_the_agent_and_callers_are_known_again() {
    check(|bench| async move {
        let task = waiting("bridge");
        bench.run(&task).await;
        drop(answer(&bench.driver));
        let next = bench.another();
        next.inventory().await.expect("inventory");
        let _servers = answer(&next);
        assert_eq!(who(&bench, &task, TASKS).await.as_deref(), Some(task.id()));
        next.remove(task.id().to_owned()).await.expect("removed");
        assert_eq!(next.belongings().expect("listed"), Vec::<String>::new());
    });
}

#[test]
fn what_ec2_says_can_be_kept_from_tasks() {
    check_with(
        |config| config.block_instance_metadata = true,
        |bench| async move {
            let _servers = answer(&bench.driver);
            let task = waiting("bridge");
            bench.run(&task).await;
            assert_eq!(who(&bench, &task, TASKS).await.as_deref(), Some(task.id()));
            let routes = run(&bench, &task, "ip route").await;
            assert!(!routes.contains("169.254.169.254"), "{routes}");
        },
    );
}

/// A host of its own, as far as networks go: whoever is first on a host has the host's way to the endpoints.
struct Alone {
    name: String,
}

impl Alone {
    /// Moves the calling thread, and those it makes, there.
    fn enter() -> Self {
        let name = format!("alone{}", std::process::id());
        let done = std::process::Command::new("ip").args(["netns", "add", &name]).status();
        assert!(done.is_ok_and(|status| status.success()), "ip netns add {name}");
        let file = fs_err::File::open(format!("/run/netns/{name}")).expect("a name space");
        let kind = Some(LinkNameSpaceType::Network);
        rustix::thread::move_into_link_name_space(file.file().as_fd(), kind).expect("moved");
        Self { name }
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        let _ = std::process::Command::new("ip").args(["netns", "del", &self.name]).status();
    }
}

#[test]
fn in_host_mode_the_first_agent_of_a_host_answers() {
    const IN_HOST_MODE: &str = "com.amazonaws.ecs.capability.task-iam-role-network-host";
    if !is_asked_for() {
        return;
    }
    let _alone = Alone::enter();
    let has = |driver: &LinuxDriver| {
        driver.capacity().attributes.iter().any(|attribute| attribute.name == IN_HOST_MODE)
    };
    check(|first| async move {
        let _servers = answer(&first.driver);
        assert!(has(&first.driver));
        let task = waiting("host");
        first.run(&task).await;
        assert_eq!(who(&first, &task, TASKS).await.as_deref(), Some("the host"));
        assert_eq!(first.driver.facts(task.id())["main"].network_mode, "host");
        // Whether there is an agent before it, an agent says by what it can do.
        let second = {
            let dir = tempfile::tempdir().expect("a directory");
            let images = kernel_support::busybox_images(&dir.path().join("images"));
            let mut config = runtime::LinuxConfig::new(dir.path().join("data"));
            config.program.clone_from(&first.config.program);
            let driver = LinuxDriver::open(config, images).expect("a driver");
            let has = has(&driver);
            driver.tear_down().expect("torn down");
            has
        };
        assert!(!second, "the way is the first one's");
        assert_eq!(who(&first, &task, TASKS).await.as_deref(), Some("the host"), "as before");
        // Found again by the next agent on the same directory.
        assert!(has(&first.another()));
    });
}
