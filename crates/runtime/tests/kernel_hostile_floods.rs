//! Hostile tasks that take all they can get of what several tasks share: others go on. Asked for by `KERNEL_TESTS=1`.

mod hostile_support;
mod kernel_support;
mod vpc_support;

use domain::link::acs::PayloadTask;
use hostile_support::frame::{self, Ends, Mac, Packet};
use hostile_support::{counted, heard_by, inside, network_of, send};
use kernel_support::{Bench, check, named};
use std::net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use vpc_support::{Scene, everywhere, router_of, says, socket};

const GATEWAY: Mac = [0x0a, 0x58, 0xa9, 0xfe, 0x01, 0x01];
const GOOD: u8 = 5;
const EVIL: u8 = 6;
const ASKED: u8 = 7;

fn from(last: u8) -> Ends {
    Ends { from: [0x0a, 0, 0, 0, 0, last], to: GATEWAY }
}

/// Two tasks and one that both may ask, and the networks of the two.
async fn scene(bench: &Bench) -> (Scene, [Arc<PayloadTask>; 3], [PathBuf; 2]) {
    let mut scene = Scene::new();
    scene.group("sg-any", everywhere(), everywhere());
    let all = [GOOD, EVIL, ASKED];
    all.iter().for_each(|last| scene.interface(*last, &["sg-any"]));
    scene.tell(bench).await;
    let tasks = all.map(|last| scene.sleeper(last));
    for task in &tasks {
        bench.run(task).await;
    }
    let networks = [network_of(bench, &tasks[0]).await, network_of(bench, &tasks[1]).await];
    (scene, tasks, networks)
}

#[test]
fn one_task_does_not_have_all_turns_of_the_resolver() {
    check(|bench| async move {
        let (scene, [good, ..], [_, evil]) = scene(&bench).await;
        let resolver: Ipv4Addr = "169.254.169.253".parse().expect("an address");
        let name =
            format!("ip-{}.ec2.internal", scene.address(ASKED).to_string().replace('.', "-"));
        let ask = format!("nslookup {name} {resolver}");
        assert!(says(&bench, &good, &ask).await.contains(&scene.address(ASKED).to_string()));
        // More than there are turns, of which each lasts until the client is left.
        let held: Vec<TcpStream> = inside(&evil, || {
            let to = SocketAddr::from((resolver, 53));
            (0..600)
                .filter_map(|_| TcpStream::connect_timeout(&to, Duration::from_secs(1)).ok())
                .collect()
        });
        assert!(held.len() > 100, "{}", held.len());
        let found = says(&bench, &good, &ask).await;
        assert!(found.contains(&scene.address(ASKED).to_string()), "{found}");
        drop(held);
    });
}

#[test]
fn one_task_asks_the_resolver_so_often_and_no_more() {
    check(|bench| async move {
        const SENT: usize = 8000;
        let (scene, [good, ..], [_, evil]) = scene(&bench).await;
        let resolver: Ipv4Addr = "169.254.169.253".parse().expect("an address");
        let name =
            format!("ip-{}.ec2.internal", scene.address(ASKED).to_string().replace('.', "-"));
        let router = router_of(&bench);
        let before = inside(&router, heard);
        let packet = Packet::new(scene.address(EVIL), resolver, 17);
        let question = from(EVIL).ipv4(&packet, &frame::datagram(9, 53, b"no question at all"));
        send(&evil, "eth0", &vec![question; SENT]);
        let arrived = inside(&router, heard) - before;
        assert!(arrived > 1000 && arrived < SENT / 2, "{arrived} of {SENT}");
        let found = says(&bench, &good, &format!("nslookup {name} {resolver}")).await;
        assert!(found.contains(&scene.address(ASKED).to_string()), "{found}");
    });
}

/// The datagrams that came to sockets of the calling thread's network, whether or not there was room for them.
fn heard() -> usize {
    counted("Udp:", "InDatagrams") + counted("Udp:", "InErrors")
}

#[test]
fn one_task_opens_so_many_connections_to_the_agent_and_no_more() {
    check(|bench| async move {
        const SENT: u16 = 2000;
        let (_, tasks, [_, evil]) = scene(&bench).await;
        let agent: Ipv4Addr = "169.254.170.2".parse().expect("an address");
        let own = says(&bench, &tasks[1], "ip -4 -o addr show ecs-eth0").await;
        let own = own.split_whitespace().nth(3).and_then(|text| text.split('/').next());
        let own: Ipv4Addr = own.and_then(|text| text.parse().ok()).expect("an address");
        let [a, b, c, d] = own.octets();
        let ends = Ends { from: [0x02, 0x42, a, b, c, d], to: [0x02, 0x42, 169, 254, 170, 2] };
        let packet = Packet::new(own, agent, 6);
        let open = |port| ends.ipv4(&packet, &frame::segment(&packet, (port, 80), 2));
        let all = named(bench.root());
        let endpoints = all.iter().find(|it| it.starts_with("/run/netns/lsep")).expect("endpoints");
        let segments = || inside(Path::new(endpoints), || counted("Tcp:", "InSegs"));
        let before = segments();
        let frames: Vec<_> = (0..SENT).map(|at| open(1000 + at)).collect();
        send(&evil, "ecs-eth0", &frames);
        let arrived = segments() - before;
        assert!(arrived > 100 && arrived < usize::from(SENT) / 2, "{arrived} of {SENT}");
    });
}

#[test]
fn one_task_does_not_fill_the_table_of_flows() {
    check(|bench| async move {
        let (scene, [good, _, asked], [_, evil]) = scene(&bench).await;
        let [own, there] = [EVIL, ASKED].map(|last| scene.address(last));
        let ear = socket(&bench, &asked, (there, 9));
        let room = number("/proc/sys/net/netfilter/nf_conntrack_max");
        let router = router_of(&bench);
        let flows = || inside(&router, || number("/proc/sys/net/netfilter/nf_conntrack_count"));
        // As many as a quarter of what there is room for, each from a port of its own to one of its own.
        let wanted = u16::try_from((room / 4 / 16).min(4096)).expect("small");
        inside(&evil, || {
            let sockets: Vec<UdpSocket> =
                (0..16).map(|_| UdpSocket::bind((own, 0)).expect("bound")).collect();
            for port in 0..wanted {
                for socket in &sockets {
                    // Beyond its share the kernel says nothing.
                    let _ = socket.send_to(b"x", (there, 10_000 + port));
                }
            }
        });
        let held = flows();
        assert!(held > room / 16, "{held} of {room}");
        assert!(held < room / 5, "{held} of {room}");
        let asking = socket(&bench, &good, (scene.address(GOOD), 0));
        asking.send_to(b"question", (there, 9)).expect("sent");
        assert_eq!(heard_by(&ear, b"question"), Vec::<String>::new());
    });
}

#[test]
fn one_task_does_not_fill_what_puts_pieces_together() {
    check(|bench| async move {
        let (scene, [good, _, asked], [_, evil]) = scene(&bench).await;
        let [own, there] = [EVIL, ASKED].map(|last| scene.address(last));
        let ear = socket(&bench, &asked, (there, 9));
        // First pieces of as many packets, of which no other piece comes.
        let piece = |id| {
            let packet = Packet::new(own, there, 17).piece(id, 0, true);
            from(EVIL).ipv4(&packet, &frame::datagram(9, 9, &[0; 1400]))
        };
        send(&evil, "eth0", &(0..8000).map(piece).collect::<Vec<_>>());
        let asking = socket(&bench, &good, (scene.address(GOOD), 0));
        let long = [b'q'; 2000];
        asking.send_to(&long, (there, 9)).expect("sent");
        assert_eq!(heard_by(&ear, &long), Vec::<String>::new());
    });
}

fn number(path: &str) -> u64 {
    fs_err::read_to_string(path).expect("a file").trim().parse().expect("a number")
}
