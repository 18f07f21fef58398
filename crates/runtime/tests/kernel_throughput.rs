//! How fast a stream is between two tasks of one host through their security groups, against a plain pair of interfaces. Asked for by
//! `KERNEL_TESTS=1`; the figures are printed (`--no-capture`), longer rounds are asked for by `KERNEL_THROUGHPUT_SECONDS`.
//!
//! Rounds of both take turns, so that what else the machine does hits both.

mod kernel_support;
mod vpc_support;

use fs_err::File;
use kernel_support::{Bench, check, is_asked_for};
use rustix::fd::AsFd;
use rustix::thread::LinkNameSpaceType;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Command;
use std::time::Duration;
use tokio::time::Instant;
use vpc_support::{Scene, everywhere, members, rule};

const ROUNDS: usize = 5;
const SECONDS_WANTED: &str = "KERNEL_THROUGHPUT_SECONDS";
/// The aim. Tasks that reach this host alone have about twice as much as the pair, so that a busy machine is no excuse.
const SHARE_MIN: f64 = 0.9;
/// The kernels that hand larger pieces of a stream on (docs/decisions/0020).
const LARGE_PIECES_FROM: (u32, u32) = (6, 3);
/// Of what others do with the usual pieces, which is 0.8 of the pair.
const SHARE_MIN_OF_SMALL_PIECES: f64 = 0.6;
const PORT: u16 = 5001;
const PIECE_BYTES: usize = 128 * 1024;

#[test]
fn groups_cost_a_stream_little() {
    if !is_asked_for() {
        return;
    }
    let seconds = std::env::var(SECONDS_WANTED).ok().and_then(|text| text.parse().ok());
    let round = Duration::from_secs_f64(seconds.unwrap_or(0.5));
    let plain = Plain::new();
    check(|bench| async move {
        let mut scene = Scene::new();
        let port = i32::from(PORT);
        scene.group("sg-server", vec![rule("tcp", Some(port), members("sg-client"))], vec![]);
        scene.group("sg-client", vec![], everywhere());
        scene.interface(5, &["sg-server"]);
        scene.interface(6, &["sg-client"]);
        scene.tell(&bench).await;
        let tasks = [scene.sleeper(5), scene.sleeper(6)];
        for task in &tasks {
            bench.run(task).await;
        }
        let [server, client] = [&tasks[0], &tasks[1]].map(|task| namespace(&bench, task.id()));
        let at = scene.address(5);
        let mut rates = [vec![], vec![]];
        for _ in 0..ROUNDS {
            rates[0].push(stream(&plain.server(), &plain.client(), Plain::ADDRESS, round));
            rates[1].push(stream(&server, &client, at, round));
        }
        let [pair, groups] = rates.map(median);
        let share = groups / pair;
        println!(
            "plain pair {pair:.1} Gbit/s, through groups {groups:.1} Gbit/s, share {share:.2}"
        );
        let share_min = if has_large_pieces() { SHARE_MIN } else { SHARE_MIN_OF_SMALL_PIECES };
        assert!(share > share_min, "{share:.2} of {pair:.1} Gbit/s, and not {share_min}");
    });
}

/// Says so if not.
fn has_large_pieces() -> bool {
    let release = fs_err::read_to_string("/proc/sys/kernel/osrelease").expect("a release");
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).map(str::parse);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
        panic!("a kernel is `{release}`");
    };
    let has = (major, minor) >= LARGE_PIECES_FROM;
    if !has {
        println!("this kernel ({}) hands on the usual pieces of a stream", release.trim_end());
    }
    has
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

fn namespace(bench: &Bench, task: &str) -> File {
    File::open(bench.root().join("tasks").join(task).join("ns-net")).expect("the task's network")
}

fn inside<T: Send>(namespace: &File, work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let work = scope.spawn(|| {
            let kind = Some(LinkNameSpaceType::Network);
            rustix::thread::move_into_link_name_space(namespace.file().as_fd(), kind)
                .expect("enter");
            work()
        });
        work.join().expect("joined")
    })
}

/// Gbit/s of one stream.
fn stream(server: &File, client: &File, at: Ipv4Addr, round: Duration) -> f64 {
    let listener = inside(server, || TcpListener::bind((at, PORT)).expect("bind"));
    let mut sender: TcpStream =
        inside(client, || TcpStream::connect((at, PORT)).expect("connection"));
    let (mut receiver, _) = listener.accept().expect("connection");
    std::thread::scope(|scope| {
        let received = scope.spawn(move || {
            let (mut room, mut total, began) = (vec![0; PIECE_BYTES], 0_u64, Instant::now());
            loop {
                match receiver.read(&mut room).expect("read") {
                    0 => break total as f64 * 8.0 / began.elapsed().as_secs_f64() / 1e9,
                    length => total += length as u64,
                }
            }
        });
        let (piece, began) = (vec![0; PIECE_BYTES], Instant::now());
        while began.elapsed() < round {
            sender.write_all(&piece).expect("written");
        }
        drop(sender);
        received.join().expect("received")
    })
}

/// Two name spaces and a pair of interfaces.
struct Plain {
    names: [String; 2],
}

impl Plain {
    const ADDRESS: Ipv4Addr = Ipv4Addr::new(10, 233, 0, 1);

    fn new() -> Self {
        let names = [1, 2].map(|end| format!("plain{}-{end}", std::process::id()));
        let ip = |args: &str| {
            let done = Command::new("ip").args(args.split(' ')).status();
            assert!(done.is_ok_and(|status| status.success()), "ip {args}");
        };
        names.iter().for_each(|name| ip(&format!("netns add {name}")));
        ip(&format!("-n {} link add eth0 type veth peer name eth0 netns {}", names[0], names[1]));
        for (name, end) in names.iter().zip([1, 2]) {
            ip(&format!("-n {name} addr add 10.233.0.{end}/24 dev eth0"));
            ip(&format!("-n {name} link set eth0 up"));
        }
        Self { names }
    }

    fn open(&self, end: usize) -> File {
        File::open(format!("/run/netns/{}", self.names[end])).expect("name space")
    }

    fn server(&self) -> File {
        self.open(0)
    }

    fn client(&self) -> File {
        self.open(1)
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        for name in &self.names {
            let _ = Command::new("ip").args(["netns", "del", name]).status();
        }
    }
}
