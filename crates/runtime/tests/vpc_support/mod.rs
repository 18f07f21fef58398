//! A VPC for tests, as the control plane would tell of it, and tasks in it.

#![allow(dead_code, reason = "each test file uses a part of it")]

use crate::kernel_support::{Bench, claim, eventually, named, task};
use agent::driver::Driver;
use domain::link::acs::PayloadTask;
use domain::link::network::{
    GroupMap, InterfaceMap, NetworkMap, Outside, PeerMap, RuleMap, SubnetMap, VpcMap,
};
use domain::vpc::Traffic;
use rustix::fd::AsFd;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, UdpSocket};
use std::path::PathBuf;
use std::sync::Arc;

/// A VPC of one subnet. Blocks and numbers differ from test to test, for all run on one host.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) map: VpcMap,
    second: u8,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::with(145 + claim("vpc", 45), std::process::id())
    }

    /// The one of a test, for the processes that it is made of. They have networks of their own.
    pub(crate) fn of(process: u32) -> Self {
        Self::with(u8::try_from(100 + process % 45).expect("small"), process)
    }

    fn with(second: u8, process: u32) -> Self {
        let subnet = SubnetMap {
            id: "subnet-1".into(),
            block: format!("10.{second}.1.0/24"),
            zone: "us-east-1a".into(),
            zone_id: "use1-az1".into(),
            outside: Outside::None,
        };
        let map = VpcMap {
            id: "vpc-1".into(),
            number: 1 + process % 0xff_fffe,
            blocks: vec![format!("10.{second}.0.0/16")],
            domain: "ec2.internal".into(),
            dns_support: true,
            subnets: vec![subnet],
            ..VpcMap::default()
        };
        Self { map, second }
    }

    pub(crate) fn address(&self, last: u8) -> Ipv4Addr {
        Ipv4Addr::new(10, self.second, 1, last)
    }

    pub(crate) fn mac(last: u8) -> String {
        format!("0a:00:00:00:00:{last:02x}")
    }

    /// A group with these rules.
    pub(crate) fn group(&mut self, id: &str, ingress: Vec<RuleMap>, egress: Vec<RuleMap>) {
        self.map.groups.insert(id.into(), GroupMap { ingress, egress });
        self.map.sets.entry(id.into()).or_default();
    }

    /// An interface on this host.
    pub(crate) fn interface(&mut self, last: u8, groups: &[&str]) {
        let address = self.address(last);
        for group in groups {
            self.map.sets.entry((*group).into()).or_default().push(address.to_string());
        }
        self.map.interfaces.push(InterfaceMap {
            id: format!("eni-{last}"),
            address,
            mac: Self::mac(last),
            host: None,
            groups: groups.iter().map(ToString::to_string).collect(),
            subnet: "subnet-1".into(),
            public_address: None,
            flow_logs: vec![],
        });
    }

    /// An interface on another host, which is reached by `host`.
    pub(crate) fn remote(&mut self, last: u8, groups: &[&str], host: Ipv4Addr) {
        self.interface(last, groups);
        let interface = self.map.interfaces.last_mut().expect("one");
        (interface.host, interface.groups) = (Some(host), vec![]);
    }

    /// What the control plane says.
    pub(crate) fn whole(&self) -> NetworkMap {
        NetworkMap { message_id: String::new(), vpcs: vec![self.map.clone()] }
    }

    pub(crate) async fn tell(&self, bench: &Bench) {
        bench.driver.network(self.whole()).await.expect("the map is followed");
    }

    /// The interface `last` as a payload has it.
    pub(crate) fn own(&self, last: u8) -> Value {
        let address = self.address(last);
        let name = format!("ip-{}.ec2.internal", address.to_string().replace('.', "-"));
        let gateway = self.address(1);
        let resolver = Ipv4Addr::new(10, self.second, 0, 2);
        json!({
            "ec2Id": format!("eni-{last}"), "macAddress": Self::mac(last), "name": "eth0",
            "ipv4Addresses": [{ "privateAddress": address, "primary": true }],
            "subnetGatewayIpv4Address": format!("{gateway}/24"),
            "domainNameServers": [resolver], "domainName": ["ec2.internal"],
            "privateDnsName": name, "vpcId": self.map.id, "vpcNumber": self.map.number,
        })
    }

    /// A task with the interface `last`.
    pub(crate) fn task(&self, last: u8, containers: Value) -> Arc<PayloadTask> {
        let interface = self.own(last);
        task(
            json!({ "networkMode": "awsvpc", "elasticNetworkInterfaces": [interface] }),
            containers,
        )
    }

    /// A task that sleeps.
    pub(crate) fn sleeper(&self, last: u8) -> Arc<PayloadTask> {
        let container = json!({ "name": "main", "command": ["sh", "-c", "exec sleep 1000"],
            "dockerConfig": { "hostConfig": { "CapAdd": ["NET_ADMIN", "NET_RAW"] } } });
        self.task(last, json!([container]))
    }

    /// A task with web servers on ports 80 and 81.
    pub(crate) fn server(&self, last: u8) -> Arc<PayloadTask> {
        let script = "mkdir /www; echo page > /www/index.html; httpd -p 81 -h /www; exec httpd -f -p 80 -h /www";
        self.task(last, json!([{ "name": "main", "command": ["sh", "-c", script] }]))
    }
}

/// A rule for a port, or for everything.
pub(crate) fn rule(protocol: &str, port: Option<i32>, peer: PeerMap) -> RuleMap {
    RuleMap { traffic: Traffic { protocol: protocol.into(), from: port, to: port }, peer }
}

pub(crate) fn block(text: &str) -> PeerMap {
    PeerMap::Block(text.into())
}

pub(crate) fn members(id: &str) -> PeerMap {
    PeerMap::Set(id.into())
}

pub(crate) fn everywhere() -> Vec<RuleMap> {
    vec![rule("-1", None, block("0.0.0.0/0"))]
}

/// Whether a page is read from the task.
pub(crate) async fn reads(bench: &Bench, from: &PayloadTask, to: &str) -> bool {
    let (host, port) = to.split_once(':').unwrap_or((to, "80"));
    let command =
        format!("printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 1 {host} {port} | grep -q '200 OK'");
    bench.probe(from, "main", &["sh", "-c", &command]).await.0 == 0
}

/// As [`reads`], of what is to be read now: a host that is busy has its time.
pub(crate) async fn is_read(bench: &Bench, from: &PayloadTask, to: &str) -> bool {
    let (host, port) = to.split_once(':').unwrap_or((to, "80"));
    let command =
        format!("printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 15 {host} {port} | grep -q '200 OK'");
    bench.probe(from, "main", &["sh", "-c", &command]).await.0 == 0
}

/// Waits until it is.
pub(crate) async fn will_read(bench: &Bench, from: &PayloadTask, to: &str) {
    let deadline = tokio::time::Instant::now() + crate::kernel_support::DEADLINE;
    while !reads(bench, from, to).await {
        assert!(tokio::time::Instant::now() < deadline, "`{to}` is read in time");
    }
}

/// A socket in a task's network.
pub(crate) fn socket(bench: &Bench, task: &PayloadTask, at: (Ipv4Addr, u16)) -> UdpSocket {
    let path = bench.root().join("tasks").join(task.id()).join("ns-net");
    let network = fs_err::File::open(path).expect("the task's network");
    std::thread::scope(|scope| {
        let bound = scope.spawn(|| {
            let kind = Some(rustix::thread::LinkNameSpaceType::Network);
            rustix::thread::move_into_link_name_space(network.file().as_fd(), kind).expect("enter");
            UdpSocket::bind(at).expect("bind")
        });
        bound.join().expect("joined")
    })
}

/// What a command of a task says.
pub(crate) async fn says(bench: &Bench, task: &PayloadTask, command: &str) -> String {
    bench.probe(task, "main", &["sh", "-c", command]).await.1
}

/// The name space of the router of the one VPC that the bench has. Another test's may have its number.
pub(crate) fn router_of(bench: &Bench) -> PathBuf {
    let all = named(bench.root());
    all.iter().find(|it| it.starts_with("/run/netns/lsvpc")).expect("a router").into()
}

/// Waits until the host has no router of the VPC.
pub(crate) async fn router_goes(bench: &Bench) {
    eventually("the router is gone", || {
        !bench.driver.belongings().expect("listed").iter().any(|line| line.contains("router"))
    })
    .await;
}
