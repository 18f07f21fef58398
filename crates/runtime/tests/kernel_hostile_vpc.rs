//! Hostile tasks with interfaces of their own: what they send in another's name or past security groups arrives nowhere. Asked for by
//! `KERNEL_TESTS=1`.
//!
//! Each test sends what must not arrive, and then a true datagram that does: who has heard that one has heard all there is.

mod hostile_support;
mod kernel_support;
mod vpc_support;

use agent::endpoint::Doorway as _;
use domain::link::acs::PayloadTask;
use domain::link::network::Outside;
use hostile_support::frame::{self, EVERYBODY, Ends, Mac, Packet};
use hostile_support::{Ear, heard_by, network_of, send};
use kernel_support::{Bench, World, check, eventually, task};
use serde_json::json;
use std::net::{Ipv4Addr, Ipv6Addr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use vpc_support::{Scene, block, everywhere, reads, rule, says, socket};

const TRUE: &str = "true-datagram";
const FALSE: &str = "false-datagram";
/// The port that everybody may send datagrams to.
const OPEN: u16 = 7777;
/// What tasks have as their gateway's MAC.
const GATEWAY: Mac = [0x0a, 0x58, 0xa9, 0xfe, 0x01, 0x01];

/// Three tasks: whom the others attack, its friend, and the evil one.
struct Trio {
    scene: Scene,
    tasks: [Arc<PayloadTask>; 3],
    networks: [PathBuf; 3],
}

const VICTIM: u8 = 5;
const FRIEND: u8 = 6;
const EVIL: u8 = 7;

impl Trio {
    /// The victim lets in datagrams for [`OPEN`], TCP for port 80, and whatever its friend sends.
    async fn new(bench: &Bench, outside: Outside) -> Self {
        let mut scene = Scene::new();
        scene.map.subnets[0].outside = outside;
        let friend = block(&format!("{}/32", scene.address(FRIEND)));
        let world = || block("0.0.0.0/0");
        let rules = vec![
            rule("udp", Some(i32::from(OPEN)), world()),
            rule("tcp", Some(80), world()),
            rule("-1", None, friend),
        ];
        scene.group("sg-victim", rules, everywhere());
        scene.group("sg-any", everywhere(), everywhere());
        scene.interface(VICTIM, &["sg-victim"]);
        scene.interface(FRIEND, &["sg-any"]);
        scene.interface(EVIL, &["sg-any"]);
        scene.tell(bench).await;
        let tasks = [VICTIM, FRIEND, EVIL].map(|last| scene.sleeper(last));
        for task in &tasks {
            bench.run(task).await;
        }
        let networks = [
            network_of(bench, &tasks[0]).await,
            network_of(bench, &tasks[1]).await,
            network_of(bench, &tasks[2]).await,
        ];
        Self { scene, tasks, networks }
    }

    fn address(&self, last: u8) -> Ipv4Addr {
        self.scene.address(last)
    }

    fn sends(&self, last: u8, frames: &[Vec<u8>]) {
        send(&self.networks[usize::from(last - VICTIM)], "eth0", frames);
    }

    fn ear(&self, last: u8) -> Ear {
        Ear::at(&self.networks[usize::from(last - VICTIM)], "eth0")
    }

    /// What the victim may get from the evil one, as a mark that all before it came or will not.
    fn marks(&self) {
        self.sends(EVIL, &[from(EVIL).udp(self.address(EVIL), (self.address(VICTIM), OPEN), TRUE)]);
    }

    /// The victim hears nothing of these frames of the evil one.
    fn refuses(&self, frames: &[Vec<u8>], tag: &[u8]) {
        let ear = self.ear(VICTIM);
        self.sends(EVIL, frames);
        self.marks();
        assert_eq!(ear.until(TRUE.as_bytes(), tag), Vec::<Vec<u8>>::new());
    }
}

fn mac(last: u8) -> Mac {
    [0x0a, 0, 0, 0, 0, last]
}

fn from(last: u8) -> Ends {
    Ends { from: mac(last), to: GATEWAY }
}

#[test]
fn protocols_that_groups_do_not_name_stay_outside() {
    check(|bench| async move {
        let trio = Trio::new(&bench, Outside::None).await;
        let [victim, evil] = [VICTIM, EVIL].map(|last| trio.address(last));
        let inner = Packet::new(trio.address(FRIEND), victim, 17);
        let inside = inner.with(&frame::datagram(9, 81, FALSE.as_bytes()));
        // ICMP, IGMP, IPIP, IPv6, GRE, ESP, SCTP, UDP-Lite, one that nobody has; with ports that are open for others.
        let open = frame::datagram(9, OPEN, FALSE.as_bytes());
        let mut frames: Vec<_> = [1, 2, 4, 41, 47, 50, 132, 136, 253]
            .into_iter()
            .flat_map(|kind| [(kind, &open), (kind, &inside)])
            .map(|(kind, content)| from(EVIL).ipv4(&Packet::new(evil, victim, kind), content))
            .collect();
        // Ports that groups do not name, and segments of flows that nobody began.
        frames.push(from(EVIL).udp(evil, (victim, 81), FALSE));
        for flags in [2, 0x10, 4, 0x12, 1, 0] {
            let packet = Packet::new(evil, victim, 6);
            let mut segment = frame::segment(&packet, (9, 81), flags);
            segment.extend(FALSE.bytes());
            frames.push(from(EVIL).ipv4(&packet, &segment));
        }
        trio.refuses(&frames, FALSE.as_bytes());
    });
}

#[test]
fn pieces_hide_no_ports() {
    check(|bench| async move {
        let trio = Trio::new(&bench, Outside::None).await;
        let [victim, evil] = [VICTIM, EVIL].map(|last| trio.address(last));
        let packet = || Packet::new(evil, victim, 17);
        let open = frame::datagram(9, OPEN, b"openOPENopenOPEN");
        let shut = frame::datagram(9, 81, b"shutSHUTshutSHUT");
        let piece = |id, at: usize, part: &[u8], more| {
            let at = u16::try_from(at).expect("small");
            from(EVIL).ipv4(&packet().piece(id, at, more), part)
        };
        trio.refuses(
            &[
                // Later pieces alone.
                piece(11, 8, &shut[8..], false),
                piece(12, 64, &shut, false),
                // The first one twice, with an open port and with another.
                piece(13, 0, &open[..16], true),
                piece(13, 0, &shut[..16], true),
                piece(13, 16, &open[16..], false),
                // One that reaches back into the head.
                piece(14, 0, &open[..16], true),
                piece(14, 8, &shut[8..], false),
                // Small ones, in the wrong order, of what is not allowed.
                piece(15, 16, &shut[16..], false),
                piece(15, 8, &shut[8..16], true),
                piece(15, 0, &shut[..8], true),
            ],
            b"shutSHUT",
        );
    });
}

#[test]
fn no_piece_gets_into_the_packet_of_another() {
    check(|bench| async move {
        let trio = Trio::new(&bench, Outside::None).await;
        let [victim, friend] = [VICTIM, FRIEND].map(|last| trio.address(last));
        let datagram = frame::datagram(9, OPEN, b"a-friends-words-");
        let packet = |from, more| Packet::new(friend, victim, 17).piece(99, from, more);
        let heard_at = socket(&bench, &trio.tasks[0], (victim, OPEN));
        // The second half of what the friend is going to send.
        let forged = packet(16, false);
        trio.sends(
            EVIL,
            &[from(EVIL).ipv4(&forged, b"an-evils"), {
                let ends = Ends { from: mac(FRIEND), to: GATEWAY };
                ends.ipv4(&forged, b"an-evils")
            }],
        );
        trio.sends(
            FRIEND,
            &[
                from(FRIEND).ipv4(&packet(0, true), &datagram[..16]),
                from(FRIEND).ipv4(&packet(16, false), &datagram[16..]),
                from(FRIEND).udp(friend, (victim, OPEN), TRUE),
            ],
        );
        let heard = heard_by(&heard_at, TRUE.as_bytes());
        assert_eq!(heard.len(), 1, "{heard:?}");
        assert!(heard[0].starts_with("a-friends-words-"), "{heard:?}");
    });
}

#[test]
fn errors_about_flows_of_others_are_refused() {
    check(|bench| async move {
        let trio = Trio::new(&bench, Outside::None).await;
        let [victim, friend, evil] = [VICTIM, FRIEND, EVIL].map(|last| trio.address(last));
        // A flow between the two others, of which the evil one guessed everything.
        let asking = socket(&bench, &trio.tasks[0], (victim, 5000));
        let asked = socket(&bench, &trio.tasks[1], (friend, 5001));
        asking.connect((friend, 5001)).expect("connected");
        asking.send(b"question").expect("sent");
        assert_eq!(heard_by(&asked, b"question"), Vec::<String>::new());
        let sent = Packet::new(victim, friend, 17).with(&frame::datagram(5000, 5001, b"question"));
        let error = |sender: Ipv4Addr, kind, code, rest| {
            let packet = Packet::new(sender, victim, 1);
            let ends = from(sender.octets()[3]);
            ends.ipv4(&packet, &frame::icmp(kind, code, rest, &sent))
        };
        trio.refuses(
            &[
                // No such port, too long for the way, another way, no time left.
                error(evil, 3, 3, [0; 4]),
                error(evil, 3, 4, [0, 0, 2, 40]),
                error(evil, 5, 1, evil.octets()),
                error(evil, 11, 0, [0; 4]),
            ],
            b"question",
        );
        // Who is asked may say so.
        let ear = trio.ear(VICTIM);
        trio.sends(FRIEND, &[error(friend, 3, 3, [0; 4])]);
        trio.marks();
        assert_eq!(ear.until(TRUE.as_bytes(), b"question").len(), 1);
        let told = asking.send(b"again").and_then(|_| asking.send(b"again"));
        assert_eq!(told.expect_err("told").kind(), std::io::ErrorKind::ConnectionRefused);
    });
}

#[test]
fn other_ways_than_the_routers_lead_nowhere() {
    check(|bench| async move {
        let trio = Trio::new(&bench, Outside::Nat).await;
        let [victim, friend, evil] = [VICTIM, FRIEND, EVIL].map(|last| trio.address(last));
        let [gateway, everybody] = [trio.address(1), Ipv4Addr::BROADCAST];
        // By way of another (RFC 791): loose and strict.
        let routed = |kind: u8| {
            let mut packet = Packet::new(evil, trio.address(1), 17);
            packet.options = [&[kind, 7, 4][..], &victim.octets(), &[0]].concat();
            from(EVIL).ipv4(&packet, &frame::datagram(9, OPEN, FALSE.as_bytes()))
        };
        let mut frames = vec![routed(0x83), routed(0x89)];
        for source in
            [friend, gateway, victim, Ipv4Addr::LOCALHOST, Ipv4Addr::UNSPECIFIED, everybody]
        {
            for sender in [EVIL, FRIEND] {
                frames.push(from(sender).udp(source, (victim, OPEN), FALSE));
            }
        }
        for (target, to) in [
            (everybody, EVERYBODY),
            (Ipv4Addr::new(224, 0, 0, 251), [1, 0, 0x5e, 0, 0, 0xfb]),
            (trio.address(255), EVERYBODY),
            // The neighbour's MAC, and its end of the router.
            (victim, mac(VICTIM)),
        ] {
            let ends = Ends { from: mac(EVIL), to };
            frames.push(ends.udp(evil, (target, OPEN), FALSE));
        }
        // The neighbour is where the evil one is, and so is its gateway.
        for whose in [victim, friend, gateway] {
            for to in [GATEWAY, EVERYBODY, mac(VICTIM)] {
                frames.push(Ends { from: mac(EVIL), to }.arp(whose, mac(EVIL), gateway));
            }
        }
        let local = |last: u8| Ipv6Addr::new(0xfe80, 0, 0, 0, 0x800, 0xff, 0xfe00, u16::from(last));
        let all = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
        for to in [GATEWAY, mac(VICTIM), [0x33, 0x33, 0, 0, 0, 1]] {
            let ends = Ends { from: mac(EVIL), to };
            frames.push(ends.udp6(local(EVIL), (all, OPEN), FALSE));
            frames.push(ends.udp6(local(EVIL), (local(VICTIM), OPEN), FALSE));
            frames.push(ends.advertisement(local(EVIL)));
        }
        trio.refuses(&frames, FALSE.as_bytes());
        // And what is for the victim still goes there.
        let ear = trio.ear(VICTIM);
        trio.sends(FRIEND, &[from(FRIEND).udp(friend, (victim, 81), TRUE)]);
        assert_eq!(ear.until(TRUE.as_bytes(), FALSE.as_bytes()), Vec::<Vec<u8>>::new());
        let neighbours = says(&bench, &trio.tasks[0], "ip neigh").await;
        assert!(!neighbours.contains("0a:00:00:00:00:07"), "{neighbours}");
    });
}

#[test]
fn no_task_speaks_to_overlays_of_hosts() {
    check(|bench| async move {
        const OVERLAY: u16 = 4789;
        let world = World::new();
        let there: Ipv4Addr = world.address().parse().expect("an address");
        let trio = Trio::new(&bench, Outside::Nat).await;
        let [victim, evil] = [VICTIM, EVIL].map(|last| trio.address(last));
        // What another host would take for a packet of the friend, if this host sent it.
        let inner = Ends { from: mac(FRIEND), to: mac(VICTIM) };
        let inner = inner.udp(trio.address(FRIEND), (victim, 81), FALSE);
        let outer =
            |port| frame::datagram(9, port, &frame::overlaid(trio.scene.map.number, &inner));
        let packet = || Packet::new(evil, there, 17);
        let ear = Ear::at(&PathBuf::from(format!("/run/netns/{}", world.name)), "eth0");
        let whole = outer(OVERLAY);
        trio.sends(
            EVIL,
            &[
                from(EVIL).ipv4(&packet(), &whole),
                from(EVIL).ipv4(&packet().piece(7, 0, true), &whole[..24]),
                from(EVIL).ipv4(&packet().piece(7, 24, false), &whole[24..]),
                // Any other port is its own affair.
                from(EVIL).udp(evil, (there, OVERLAY + 1), TRUE),
            ],
        );
        assert_eq!(ear.until(TRUE.as_bytes(), FALSE.as_bytes()), Vec::<Vec<u8>>::new());
        // Nor does this host's own, by any of its addresses.
        let own: Ipv4Addr = world.host().parse().expect("an address");
        trio.refuses(&[from(EVIL).ipv4(&Packet::new(evil, own, 17), &whole)], FALSE.as_bytes());
    });
}

#[test]
fn the_hosts_other_networks_are_not_the_world() {
    check(|bench| async move {
        let trio = Trio::new(&bench, Outside::Nat).await;
        // A container on the bridge, and a task of another VPC with the same way out, both of which anybody may read.
        let container = json!({ "name": "main", "command": ["sh", "-c", PAGE] });
        let neighbour = task(json!({ "networkMode": "bridge" }), json!([container]));
        bench.run(&neighbour).await;
        let on_bridge = bench.driver.facts(neighbour.id())["main"].addresses[0];
        let mut other = Scene::new();
        other.map.number += 1;
        other.map.id = "vpc-2".into();
        other.map.subnets[0].outside = Outside::Nat;
        other.group("sg-open", everywhere(), everywhere());
        other.interface(VICTIM, &["sg-open"]);
        other.tell(&bench).await;
        let server = other.server(VICTIM);
        bench.run(&server).await;
        for (what, address) in [("bridge", on_bridge), ("VPC", other.address(VICTIM))] {
            eventually(what, || TcpStream::connect((address, 80)).is_ok()).await;
            let evil = &trio.tasks[2];
            assert!(!reads(&bench, evil, &address.to_string()).await, "the other {what}");
        }
    });
}

const PAGE: &str = "mkdir /www; echo page > /www/index.html; exec httpd -f -p 80 -h /www";
