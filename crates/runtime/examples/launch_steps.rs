//! Where the time of a launch goes: every step of the driver, one task at a time and many at once, and the memory of what stays.
//!
//! `cargo run -p runtime --example launch_steps -- ARCHIVE IMAGE [TASKS]` as root, with an image that has `/bin/sleep`.

use agent::driver::Driver;
use domain::link::acs::PayloadTask;
use domain::link::network::{
    GroupMap, InterfaceMap, NetworkMap, PeerMap, RuleMap, SubnetMap, VpcMap,
};
use domain::vpc::Traffic;
use runtime::image::progress::ProgressSink;
use runtime::image::store::Images;
use runtime::{LinuxConfig, LinuxDriver};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

type AnyError = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1).peekable();
    if args.peek().is_some_and(|first| first == runtime::shim::SUBCOMMAND) {
        return runtime::shim::main(args.skip(1));
    }
    let args: Vec<String> = args.map(|arg| arg.to_string_lossy().into_owned()).collect();
    let [archive, image, rest @ ..] = &args[..] else {
        println!("usage: launch_steps ARCHIVE IMAGE [TASKS]");
        return ExitCode::from(2);
    };
    let tasks = rest.first().and_then(|text| text.parse().ok()).unwrap_or(30);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match runtime.block_on(measure(archive, image, tasks)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(archive: &str, image: &str, count: usize) -> Result<(), AnyError> {
    let dir = std::env::temp_dir().join(format!("launch-steps-{}", std::process::id()));
    let images = Arc::new(Images::open(dir.join("images"))?);
    images.load(fs_err::File::open(archive)?, &ProgressSink::none())?;
    let driver = LinuxDriver::open(LinuxConfig::new(dir.join("data")), images)?;
    for mode in ["none", "bridge", "awsvpc"] {
        one_at_a_time(&driver, image, mode, count).await?;
        at_once(&driver, image, mode, count).await?;
    }
    driver.tear_down()?;
    fs_err::remove_dir_all(dir)?;
    Ok(())
}

async fn one_at_a_time(
    driver: &LinuxDriver,
    image: &str,
    mode: &str,
    count: usize,
) -> Result<(), AnyError> {
    let mut steps: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    for number in 0..count {
        let task = task(image, mode, number)?;
        let began = Instant::now();
        let mut last = began;
        let mut step = |name| {
            let now = Instant::now();
            steps.entry(name).or_default().push(now - last);
            last = now;
        };
        if mode == "awsvpc" {
            // As the control plane does for each task that comes.
            driver.network(vpc(number + 1)).await?;
            step("0 map of the VPC");
        }
        driver.pull(Arc::clone(&task), "main".into()).await?;
        step("1 pull (image is here)");
        driver.prepare(Arc::clone(&task)).await?;
        step("2 prepare");
        driver.create(Arc::clone(&task), "main".into()).await?;
        step("3 create");
        driver.start(Arc::clone(&task), "main".into()).await?;
        step("4 start");
        let launched = Instant::now() - began;
        driver.remove(task.id().to_owned()).await?;
        step("6 remove");
        steps.entry("5 all to running").or_default().push(launched);
    }
    println!("network {mode}, one at a time, {count} tasks: p50 / p90, ms");
    for (name, mut times) in steps {
        times.sort_unstable();
        let at = |part: usize| times[times.len() * part / 100].as_secs_f64() * 1000.0;
        println!("  {name:<24} {:6.2} {:6.2}", at(50), at(90));
    }
    Ok(())
}

async fn at_once(
    driver: &LinuxDriver,
    image: &str,
    mode: &str,
    count: usize,
) -> Result<(), AnyError> {
    let tasks: Vec<_> = (0..count).map(|at| task(image, mode, at)).collect::<Result<_, _>>()?;
    let began = Instant::now();
    if mode == "awsvpc" {
        driver.network(vpc(count)).await?;
    }
    let starts = tasks.iter().map(|task| async {
        driver.pull(Arc::clone(task), "main".into()).await?;
        driver.prepare(Arc::clone(task)).await?;
        driver.create(Arc::clone(task), "main".into()).await?;
        driver.start(Arc::clone(task), "main".into()).await
    });
    for started in futures_util::future::join_all(starts).await {
        started?;
    }
    let took = began.elapsed().as_secs_f64();
    let shims = shims_kib(&tasks, driver)?;
    println!(
        "network {mode}, {count} at once: {took:.2} s, {:.0} a second; memory of a shim (PSS): {} KiB",
        count as f64 / took,
        shims / count.max(1) as u64,
    );
    let removals = tasks.iter().map(|task| driver.remove(task.id().to_owned()));
    for removed in futures_util::future::join_all(removals).await {
        removed?;
    }
    Ok(())
}

/// The memory of all shims, each page's part of it.
fn shims_kib(tasks: &[Arc<PayloadTask>], driver: &LinuxDriver) -> Result<u64, AnyError> {
    let wanted: Vec<&str> = tasks.iter().map(|task| task.id()).collect();
    let mut sum = 0;
    for line in driver.belongings()? {
        let Some(pid) = line.strip_prefix("process ").and_then(|rest| rest.split(' ').next())
        else {
            continue;
        };
        let cwd = fs_err::read_link(format!("/proc/{pid}/cwd")).unwrap_or_default();
        if !wanted.iter().any(|id| cwd.ends_with(id)) {
            continue;
        }
        let text = fs_err::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
        let pss = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        sum += pss
            .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok())
            .unwrap_or_default();
    }
    Ok(sum)
}

/// The block of the example's VPC, one subnet.
const NETWORK: [u8; 2] = [10, 199];

fn address(number: usize) -> Ipv4Addr {
    let [high, low] = u16::try_from(number + 16).unwrap_or(u16::MAX).to_be_bytes();
    Ipv4Addr::new(NETWORK[0], NETWORK[1], high, low)
}

fn mac(number: usize) -> String {
    let [_, _, c, d] = address(number).octets();
    format!("0a:00:00:00:{c:02x}:{d:02x}")
}

/// What the control plane says when there are `count` tasks.
fn vpc(count: usize) -> NetworkMap {
    let rule =
        |peer| RuleMap { traffic: Traffic { protocol: "-1".into(), from: None, to: None }, peer };
    let group = GroupMap {
        ingress: vec![rule(PeerMap::Set("sg-1".into()))],
        egress: vec![rule(PeerMap::Block("0.0.0.0/0".into()))],
    };
    let block = format!("{}.{}.0.0/16", NETWORK[0], NETWORK[1]);
    let interface = |number| InterfaceMap {
        id: format!("eni-{number}"),
        address: address(number),
        mac: mac(number),
        host: None,
        groups: vec!["sg-1".into()],
        subnet: "subnet-1".into(),
        public_address: None,
        flow_logs: vec![],
    };
    let map = VpcMap {
        id: "vpc-1".into(),
        number: std::process::id() & 0xff_ffff,
        blocks: vec![block.clone()],
        dns_support: true,
        subnets: vec![SubnetMap { id: "subnet-1".into(), block, ..SubnetMap::default() }],
        groups: BTreeMap::from([("sg-1".into(), group)]),
        sets: BTreeMap::from([(
            "sg-1".into(),
            (0..count).map(|number| address(number).to_string()).collect(),
        )]),
        interfaces: (0..count).map(interface).collect(),
        ..VpcMap::default()
    };
    NetworkMap { message_id: String::new(), vpcs: vec![map] }
}

fn task(image: &str, mode: &str, number: usize) -> Result<Arc<PayloadTask>, AnyError> {
    let id = format!("{:08x}{:08x}{number:016x}", std::process::id(), mode.len());
    let gateway = Ipv4Addr::new(NETWORK[0], NETWORK[1], 0, 1);
    let interface = serde_json::json!({
        "ec2Id": format!("eni-{number}"), "macAddress": mac(number),
        "ipv4Addresses": [{ "privateAddress": address(number), "primary": true }],
        "subnetGatewayIpv4Address": format!("{gateway}/16"),
        "vpcId": "vpc-1", "vpcNumber": std::process::id() & 0xff_ffff,
    });
    let interfaces = if mode == "awsvpc" { vec![interface] } else { vec![] };
    Ok(Arc::new(serde_json::from_value(serde_json::json!({
        "elasticNetworkInterfaces": interfaces,
        "arn": format!("arn:aws:ecs:us-east-1:000000000000:task/default/{id}"),
        "desiredStatus": "RUNNING", "family": "steps", "version": "1", "networkMode": mode,
        "containers": [{ "name": "main", "image": image, "essential": true, "memory": 64, "cpu": 10,
            "command": ["/bin/sleep", "1000"],
            "portMappings": if mode == "bridge" { serde_json::json!([{ "containerPort": 80 }]) } else { serde_json::json!([]) } }],
    }))?))
}
