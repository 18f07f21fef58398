//! Hostile containers on the bridge: what they send in another's name, and what they send hosts, arrives nowhere. Asked for by `KERNEL_TESTS=1`.
//!
//! Each test sends what must not arrive, and then a true datagram that does: who has heard that one has heard all there is.

mod hostile_support;
mod kernel_support;

use agent::driver::Driver as _;
use agent::endpoint::Doorway as _;
use domain::link::acs::PayloadTask;
use hostile_support::frame::{self, EVERYBODY, Ends, Mac, Packet};
use hostile_support::{Ear, heard_by, network_of, send};
use kernel_support::{Bench, World, check, named, task};
use serde_json::json;
use std::net::{Ipv4Addr, Ipv6Addr, TcpStream, UdpSocket};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

const TRUE: &str = "true-datagram";
const FALSE: &str = "false-datagram";

/// A container of the bridge.
struct Party {
    task: Arc<PayloadTask>,
    network: PathBuf,
    address: Ipv4Addr,
}

impl Party {
    async fn new(bench: &Bench) -> Self {
        let script = "mkdir /www; echo page > /www/index.html; exec httpd -f -p 80 -h /www";
        let container = json!({ "name": "main", "command": ["sh", "-c", script] });
        let task = task(json!({ "networkMode": "bridge" }), json!([container]));
        bench.run(&task).await;
        let network = network_of(bench, &task).await;
        let address = bench.driver.facts(task.id())["main"].addresses[0];
        Self { task, network, address }
    }

    fn mac(&self) -> Mac {
        mac_of(self.address)
    }

    fn ear(&self) -> Ear {
        Ear::at(&self.network, "eth0")
    }

    fn sends(&self, frames: &[Vec<u8>]) {
        send(&self.network, "eth0", frames);
    }
}

/// What containers and bridges have.
fn mac_of(address: Ipv4Addr) -> Mac {
    let [a, b, c, d] = address.octets();
    [0x02, 0x42, a, b, c, d]
}

/// The host's address on the bridge.
fn gateway(party: &Party) -> Ipv4Addr {
    let base = u32::from(party.address) & 0xffff_f000;
    Ipv4Addr::from(base + 1)
}

fn bridge_of(bench: &Bench) -> String {
    let all = named(bench.root());
    let bridge = all.iter().find_map(|it| it.strip_prefix("/sys/class/net/lsbr"));
    format!("lsbr{}", bridge.expect("a bridge"))
}

/// A socket of the host, and its port.
fn host_socket(address: std::net::IpAddr) -> (UdpSocket, u16) {
    let socket = UdpSocket::bind((address, 0)).expect("bound");
    let port = socket.local_addr().expect("an address").port();
    (socket, port)
}

#[test]
fn nobody_believes_a_lie_about_who_is_where() {
    check(|bench| async move {
        let [evil, victim] = [Party::new(&bench).await, Party::new(&bench).await];
        let gateway = gateway(&evil);
        let to = |to| Ends { from: evil.mac(), to };
        // They talk, so that everybody knows who is where.
        read_page(victim.address);
        let (socket, port) = host_socket(gateway.into());
        victim.sends(&[Ends { from: victim.mac(), to: mac_of(gateway) }.udp(
            victim.address,
            (gateway, port),
            TRUE,
        )]);
        assert_eq!(heard_by(&socket, TRUE.as_bytes()), Vec::<String>::new());
        let (code, text) =
            bench.probe(&victim.task, "main", &["ping", "-c", "1", &gateway.to_string()]).await;
        assert_eq!(code, 0, "{text}");
        let ear = victim.ear();
        evil.sends(&[
            to(victim.mac()).arp(gateway, evil.mac(), victim.address),
            to(EVERYBODY).arp(gateway, evil.mac(), gateway),
            to(mac_of(gateway)).arp(victim.address, evil.mac(), gateway),
            to(EVERYBODY).arp(victim.address, evil.mac(), victim.address),
            // As the host itself, and as its MAC.
            Ends { from: mac_of(gateway), to: victim.mac() }.arp(
                gateway,
                evil.mac(),
                victim.address,
            ),
            to(victim.mac()).udp(evil.address, (victim.address, 9), TRUE),
        ]);
        let lies = ear.until(TRUE.as_bytes(), &evil.mac());
        let heard: Vec<_> = lies.iter().filter(|it| it[12..14] == [8, 6]).collect();
        assert_eq!(heard, Vec::<&Vec<u8>>::new(), "no lie arrives");
        let (_, known) = bench.probe(&victim.task, "main", &["ip", "neigh"]).await;
        let lie =
            |it: &&str| it.starts_with(&gateway.to_string()) && it.contains(&text_of(evil.mac()));
        assert_eq!(known.lines().find(lie), None, "{known}");
        read_page(victim.address);
    });
}

fn text_of(mac: Mac) -> String {
    mac.map(|byte| format!("{byte:02x}")).join(":")
}

fn read_page(address: Ipv4Addr) {
    let to = (address, 80).into();
    assert!(TcpStream::connect_timeout(&to, Duration::from_secs(5)).is_ok(), "{address} answers");
}

#[test]
fn nobody_sends_in_the_name_of_another() {
    check(|bench| async move {
        let [evil, victim, other] =
            [Party::new(&bench).await, Party::new(&bench).await, Party::new(&bench).await];
        let gateway = gateway(&evil);
        let (socket, port) = host_socket(Ipv4Addr::UNSPECIFIED.into());
        let ear = victim.ear();
        let mut frames = Vec::new();
        for (source, mac) in [
            (other.address, evil.mac()),
            (other.address, other.mac()),
            (gateway, evil.mac()),
            (gateway, mac_of(gateway)),
            (Ipv4Addr::new(169, 254, 170, 2), evil.mac()),
            (Ipv4Addr::new(127, 0, 0, 2), evil.mac()),
            (Ipv4Addr::new(192, 0, 2, 77), evil.mac()),
        ] {
            let from = |to| Ends { from: mac, to };
            frames.push(from(mac_of(gateway)).udp(source, (gateway, port), FALSE));
            frames.push(from(victim.mac()).udp(source, (victim.address, 9), FALSE));
            frames.push(from(mac_of(gateway)).udp(source, (victim.address, 9), FALSE));
        }
        evil.sends(&frames);
        let own = |to| Ends { from: evil.mac(), to };
        evil.sends(&[
            own(mac_of(gateway)).udp(evil.address, (gateway, port), TRUE),
            own(victim.mac()).udp(evil.address, (victim.address, 9), TRUE),
        ]);
        assert_eq!(heard_by(&socket, TRUE.as_bytes()), Vec::<String>::new(), "by the host");
        let heard = ear.until(TRUE.as_bytes(), FALSE.as_bytes());
        assert_eq!(heard, Vec::<Vec<u8>>::new(), "by the neighbour");
    });
}

#[test]
fn containers_of_an_agent_that_stood_no_guard_have_one_from_the_next_on() {
    check(|bench| async move {
        let [evil, victim] = [Party::new(&bench).await, Party::new(&bench).await];
        let gateway = gateway(&evil);
        let all = named(bench.root());
        let guard = all.iter().find(|it| it.starts_with("table bridge ")).expect("a guard");
        let gone = Command::new("nft").arg(format!("delete {guard}")).status().expect("nft");
        assert!(gone.success(), "{guard}: {gone}");
        let next = bench.another();
        next.inventory().await.expect("inventory");
        let (socket, port) = host_socket(gateway.into());
        let to_host = |from| Ends { from, to: mac_of(gateway) };
        evil.sends(&[
            to_host(victim.mac()).udp(victim.address, (gateway, port), FALSE),
            to_host(evil.mac()).udp(evil.address, (gateway, port), TRUE),
        ]);
        assert_eq!(heard_by(&socket, TRUE.as_bytes()), Vec::<String>::new());
        victim.sends(&[to_host(victim.mac()).udp(victim.address, (gateway, port), TRUE)]);
        assert_eq!(heard_by(&socket, TRUE.as_bytes()), Vec::<String>::new());
    });
}

#[test]
fn a_container_that_ended_leaves_its_name_to_nobody() {
    check(|bench| async move {
        let [evil, victim] = [Party::new(&bench).await, Party::new(&bench).await];
        let gateway = gateway(&evil);
        bench.signal(&victim.task, "main", agent::driver::Signal::Kill).await;
        bench.exit(&victim.task, "main").await;
        let (socket, port) = host_socket(gateway.into());
        let as_victim = Ends { from: victim.mac(), to: mac_of(gateway) };
        let ear = evil.ear();
        evil.sends(&[as_victim.udp(victim.address, (gateway, port), FALSE)]);
        // Would go where the bridge last saw the MAC.
        let answer = UdpSocket::bind((gateway, 0)).expect("bound");
        answer.send_to(FALSE.as_bytes(), (victim.address, 9)).expect("sent");
        answer.send_to(TRUE.as_bytes(), (evil.address, 9)).expect("sent");
        assert_eq!(ear.until(TRUE.as_bytes(), FALSE.as_bytes()), Vec::<Vec<u8>>::new());
        evil.sends(&[Ends { from: evil.mac(), to: mac_of(gateway) }.udp(
            evil.address,
            (gateway, port),
            TRUE,
        )]);
        assert_eq!(heard_by(&socket, TRUE.as_bytes()), Vec::<String>::new());
    });
}

#[test]
fn the_host_has_no_ipv6_for_containers() {
    check(|bench| async move {
        let evil = Party::new(&bench).await;
        let gateway = gateway(&evil);
        let everybody = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
        let of = |address: Ipv4Addr| {
            let [a, b, c, d] = address.octets().map(u16::from);
            Ipv6Addr::new(0xfe80, 0, 0, 0, 0x42, (a << 8) | 0xff, 0xfe00 | b, (c << 8) | d)
        };
        let (socket, port) = host_socket(Ipv6Addr::UNSPECIFIED.into());
        let to_host = Ends { from: evil.mac(), to: mac_of(gateway) };
        let to_all = Ends { from: evil.mac(), to: [0x33, 0x33, 0, 0, 0, 1] };
        evil.sends(&[
            to_host.udp6(of(evil.address), (of(gateway), port), FALSE),
            to_all.udp6(of(evil.address), (everybody, port), FALSE),
            to_all.advertisement(of(evil.address)),
            to_host.udp(evil.address, (gateway, port), TRUE),
        ]);
        assert_eq!(heard_by(&socket, TRUE.as_bytes()), Vec::<String>::new());
        let bridge = bridge_of(&bench);
        let routes = fs_err::read_to_string("/proc/net/ipv6_route").unwrap_or_default();
        let defaults = routes.lines().filter(|it| it.starts_with(&"0".repeat(32)));
        let found: Vec<&str> = defaults.filter(|it| it.ends_with(&bridge)).collect();
        assert_eq!(found, Vec::<&str>::new(), "the host goes no way that a container says");
        let addresses = fs_err::read_to_string("/proc/net/if_inet6").unwrap_or_default();
        assert!(!addresses.contains(&bridge), "{addresses}");
    });
}

#[test]
fn no_container_speaks_to_overlays_of_hosts() {
    check(|bench| async move {
        const OVERLAY: u16 = 4789;
        let world = World::new();
        let evil = Party::new(&bench).await;
        let gateway = gateway(&evil);
        let there: Ipv4Addr = world.address().parse().expect("an address");
        let ear = Ear::at(&PathBuf::from(format!("/run/netns/{}", world.name)), "eth0");
        let inner = Ends { from: evil.mac(), to: EVERYBODY }.udp(evil.address, (gateway, 9), FALSE);
        let whole = frame::datagram(9, OVERLAY, &frame::overlaid(7, &inner));
        let out = Ends { from: evil.mac(), to: mac_of(gateway) };
        evil.sends(&[
            out.ipv4(&Packet::new(evil.address, there, 17), &whole),
            // Any other port is its own affair.
            out.udp(evil.address, (there, OVERLAY + 1), TRUE),
        ]);
        assert_eq!(ear.until(TRUE.as_bytes(), FALSE.as_bytes()), Vec::<Vec<u8>>::new());
    });
}

#[test]
fn a_redirection_changes_nobodys_way() {
    check(|bench| async move {
        let [evil, victim] = [Party::new(&bench).await, Party::new(&bench).await];
        let world = World::new();
        let gateway = gateway(&evil);
        let there: Ipv4Addr = world.address().parse().expect("an address");
        let (code, text) =
            bench.probe(&victim.task, "main", &["ping", "-c", "1", &world.address()]).await;
        assert_eq!(code, 0, "{text}");
        let begun =
            Packet::new(victim.address, there, 17).with(&frame::datagram(9, 9, b"12345678"));
        let redirect = frame::icmp(5, 1, evil.address.octets(), &begun);
        let ear = victim.ear();
        for from in [evil.mac(), mac_of(gateway)] {
            let ends = Ends { from, to: victim.mac() };
            evil.sends(&[ends.ipv4(&Packet::new(gateway, victim.address, 1), &redirect)]);
        }
        let marker = Ends { from: evil.mac(), to: victim.mac() };
        evil.sends(&[marker.udp(evil.address, (victim.address, 9), TRUE)]);
        assert_eq!(ear.until(TRUE.as_bytes(), b"12345678"), Vec::<Vec<u8>>::new());
        let way =
            bench.probe(&victim.task, "main", &["ip", "route", "get", &world.address()]).await.1;
        assert!(way.contains(&format!("via {gateway}")), "{way}");
    });
}
