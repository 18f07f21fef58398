//! Tasks of one VPC on two hosts, which are network name spaces here. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;
mod vpc_support;

use agent::driver::Driver as _;
use kernel_support::{Bench, DEADLINE, check_with, is_asked_for};
use std::io::{BufRead, BufReader};
use std::net::Ipv4Addr;
use std::process::{Child, Command, Stdio};
use vpc_support::{Scene, block, everywhere, members, reads, router_of, rule, says};

/// Set for the process that is a host: the test's process, which host it is, and the network between them.
const HOST: &str = "KERNEL_OVERLAY_HOST";

/// The two hosts, by the last byte of their address and of their task's.
const ENDS: [u8; 2] = [1, 2];

fn underlay(net: u32, end: u8) -> Ipv4Addr {
    Ipv4Addr::new(10, 232, u8::try_from(net % 250).expect("small"), end)
}

/// Not a test: one of the two hosts is this very program, started with this name and [`HOST`] in a network name space.
#[test]
fn one_of_the_hosts() {
    let Ok(which) = std::env::var(HOST) else { return };
    let (process, end) = which.split_once(' ').expect("two words");
    let (process, end): (u32, u8) =
        (process.parse().expect("number"), end.parse().expect("number"));
    let other = ENDS[usize::from(end == ENDS[0])];
    let change =
        move |config: &mut runtime::LinuxConfig| config.underlay = Some(underlay(process, end));
    check_with(change, |bench| async move {
        let mut scene = Scene::of(process);
        let hosts = format!("{}/24", underlay(process, 0));
        let ingress =
            vec![rule("tcp", Some(80), members("sg-1")), rule("tcp", Some(81), block(&hosts))];
        scene.group("sg-1", ingress, everywhere());
        scene.interface(10 + end, &["sg-1"]);
        scene.remote(10 + other, &["sg-1"], underlay(process, other));
        scene.tell(&bench).await;
        let task = scene.server(10 + end);
        bench.run(&task).await;
        let there = scene.address(10 + other).to_string();
        let deadline = tokio::time::Instant::now() + DEADLINE;
        while !reads(&bench, &task, &there).await {
            assert!(tokio::time::Instant::now() < deadline, "the other host's task is read");
        }
        assert!(!reads(&bench, &task, &format!("{there}:81")).await, "its groups are asked");
        // The host itself is known by its own address, here and there.
        host_reads(&there, 81).await;
        host_reads(&scene.address(10 + end).to_string(), 81).await;
        assert!(!is_open(&there, 80), "the group lets in its members alone");
        // A packet of the whole length arrives, one byte more does not fit.
        let link = says(&bench, &task, "ip -o link show eth0").await;
        assert!(link.contains("mtu 1450"), "{link}");
        let big = format!(
            "dd if=/dev/zero of=/www/big bs=1k count=512 2>/dev/null; printf 'GET /big HTTP/1.0\\r\\n\\r\\n' | nc -w 5 {there} 80 | wc -c"
        );
        let mut length = 0;
        while length < 512 * 1024 {
            assert!(tokio::time::Instant::now() < deadline, "long pages arrive, not {length}");
            length = says(&bench, &task, &big).await.trim().parse().unwrap_or(0);
        }
        println!("through");
        // The other one may still read from us.
        let mut line = String::new();
        let _ = tokio::task::spawn_blocking(move || std::io::stdin().read_line(&mut line)).await;
    });
    println!("clear");
}

/// Whether a port of another host's task can be had from this host.
fn is_open(address: &str, port: u16) -> bool {
    let address = format!("{address}:{port}").parse().expect("an address");
    std::net::TcpStream::connect_timeout(&address, std::time::Duration::from_secs(1)).is_ok()
}

/// Waits until this host reads a page of another host's task.
async fn host_reads(address: &str, port: u16) {
    let deadline = tokio::time::Instant::now() + DEADLINE;
    while !is_open(address, port) {
        assert!(tokio::time::Instant::now() < deadline, "the host reaches {address}:{port}");
        tokio::task::yield_now().await;
    }
}

struct Host {
    namespace: String,
    process: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

fn ip(args: &str) {
    let done = Command::new("ip").args(args.split(' ')).status();
    assert!(done.is_ok_and(|status| status.success()), "ip {args}");
}

impl Host {
    /// Its name space is there already.
    fn start(namespace: String, end: u8) -> Self {
        let mut process = Command::new("nsenter")
            .arg(format!("--net=/run/netns/{namespace}"))
            .arg(std::env::current_exe().expect("this program"))
            .args(["--exact", "one_of_the_hosts", "--nocapture"])
            .env(HOST, format!("{} {end}", std::process::id()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("host");
        let lines = BufReader::new(process.stdout.take().expect("output")).lines();
        Self { namespace, process, lines }
    }

    fn says(&mut self, word: &str) -> bool {
        self.lines.any(|line| line.is_ok_and(|line| line.contains(word)))
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = Command::new("ip").args(["netns", "del", &self.namespace]).status();
    }
}

#[test]
fn tasks_on_two_hosts_meet() {
    if !is_asked_for() || std::env::var(HOST).is_ok() {
        return;
    }
    let process = std::process::id();
    let names = ENDS.map(|end| format!("ov{process}-{end}"));
    names.iter().for_each(|name| ip(&format!("netns add {name}")));
    ip(&format!("-n {} link add eth0 type veth peer name eth0 netns {}", names[0], names[1]));
    for (name, end) in names.iter().zip(ENDS) {
        ip(&format!("-n {name} addr add {}/24 dev eth0", underlay(process, end)));
        ip(&format!("-n {name} link set eth0 up"));
        ip(&format!("-n {name} link set lo up"));
    }
    let [first, second] = names;
    let mut hosts = [Host::start(first, ENDS[0]), Host::start(second, ENDS[1])];
    for host in &mut hosts {
        assert!(host.says("through"), "the other host is reached");
    }
    for host in &mut hosts {
        drop(host.process.stdin.take());
    }
    for host in &mut hosts {
        assert!(host.says("clear"), "nothing is left");
    }
}

#[test]
fn a_router_that_is_found_speaks_from_its_agents_address() {
    let [first, second, other] = [1, 2, 9].map(|last| Ipv4Addr::new(192, 0, 2, last));
    let change = move |config: &mut runtime::LinuxConfig| config.underlay = Some(first);
    check_with(change, |bench| async move {
        let mut scene = Scene::new();
        scene.group("sg-1", vec![], everywhere());
        scene.interface(10, &["sg-1"]);
        scene.remote(11, &["sg-1"], other);
        scene.tell(&bench).await;
        let task = scene.sleeper(10);
        bench.run(&task).await;
        let before = overlay(&bench);
        assert!(before.contains(&format!("local {first} ")), "{before}");
        // Another agent finds it as it is, and leaves it so.
        let next = bench.another();
        next.inventory().await.expect("inventory");
        next.network(scene.whole()).await.expect("followed");
        assert_eq!(overlay(&bench), before);
        drop(next);
        let mut config = bench.config.clone();
        config.underlay = Some(second);
        let images = std::sync::Arc::clone(&bench.images);
        let next = runtime::LinuxDriver::open(config, images).expect("driver");
        next.inventory().await.expect("inventory");
        next.network(scene.whole()).await.expect("followed");
        let after = overlay(&bench);
        assert!(after.contains(&format!("local {second} ")), "{after}");
        let ways = in_router(&bench, &["route", "show", "dev", "overlay"]);
        assert!(ways.contains(&format!("{} via {other}", scene.address(11))), "{ways}");
    });
}

/// What `ip` says in the VPC's router.
fn in_router(bench: &Bench, words: &[&str]) -> String {
    let router = router_of(bench);
    let name = router.file_name().expect("a name");
    let said = Command::new("ip").arg("-n").arg(name).args(words).output();
    String::from_utf8_lossy(&said.expect("ip").stdout).into_owned()
}

fn overlay(bench: &Bench) -> String {
    in_router(bench, &["-d", "-o", "link", "show", "overlay"])
}
