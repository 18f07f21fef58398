//! What a process with `NET_RAW` in a task can do: frames that it writes itself, and hearing every frame of an interface.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod frame;

use crate::kernel_support::{Bench, DEADLINE};
use domain::link::acs::PayloadTask;
use rustix::fd::AsFd as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

/// What a protocol counted in the calling thread's network, by its name in the kernel's table.
pub(crate) fn counted(protocol: &str, wanted: &str) -> usize {
    let text = fs_err::read_to_string("/proc/thread-self/net/snmp").expect("counters");
    let mut lines = text.lines().filter_map(|line| line.strip_prefix(protocol));
    let names = lines.next().expect("names").split(' ');
    let mut pairs = names.zip(lines.next().expect("numbers").split(' '));
    let (_, number) = pairs.find(|(name, _)| *name == wanted).expect("counted");
    number.parse().expect("a number")
}

/// A packet socket on an interface: sends lines of hexadecimal digits as frames, or says what frames come in. Perl is on every Debian.
const TOOL: &str = r#"
    my ($act, $interface) = @ARGV;
    socket(my $socket, 17, 3, 0x0300) or die "socket: $!";
    my $request = pack("a16 x24", $interface);
    ioctl($socket, 0x8933, $request) or die "$interface: $!";
    my $at = pack("S n i S C C a8", 17, 3, unpack("x16 i", $request), 0, 0, 0, "");
    bind($socket, $at) or die "bind: $!";
    $| = 1;
    if ($act eq "send") {
        my @frames = map { chomp; pack("H*", $_) } <STDIN>;
        send($socket, $_, 0, $at) or die "send: $!" for @frames;
    } else {
        print "ready\n";
        while (my $from = recv($socket, my $frame, 65535, 0)) {
            # What goes out is heard as well.
            print unpack("H*", $frame), "\n" if unpack("x10 C", $from) != 4;
        }
    }
"#;

/// The network of one of the task's containers.
pub(crate) async fn network_of(bench: &Bench, task: &PayloadTask) -> PathBuf {
    let command = ["ls", "-l", "/proc/self/ns/net"];
    let (_, said) = bench.probe(task, "main", &command).await;
    let wanted = said.trim().rsplit(' ').next().expect("a link").to_owned();
    let processes = fs_err::read_dir("/proc").expect("processes").flatten();
    processes
        .map(|process| process.path().join("ns/net"))
        .find(|link| fs_err::read_link(link).is_ok_and(|it| it.as_os_str() == wanted.as_str()))
        .expect("a process of the container")
}

fn tool(network: &Path, act: &str, interface: &str) -> Command {
    let mut command = Command::new("nsenter");
    command.arg(format!("--net={}", network.display()));
    // On one processor frames arrive in the order in which they were sent.
    command.args(["taskset", "-c", "0", "perl", "-e", TOOL, act, interface]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// Does `work` in a network.
pub(crate) fn inside<T: Send>(network: &Path, work: impl FnOnce() -> T + Send) -> T {
    let file = fs_err::File::open(network).expect("a network");
    std::thread::scope(|scope| {
        let done = scope.spawn(|| {
            let kind = Some(rustix::thread::LinkNameSpaceType::Network);
            rustix::thread::move_into_link_name_space(file.file().as_fd(), kind).expect("moved");
            work()
        });
        done.join().expect("joined")
    })
}

/// Sends frames out of an interface of a network.
pub(crate) fn send(network: &Path, interface: &str, frames: &[Vec<u8>]) {
    let mut child = tool(network, "send", interface).spawn().expect("perl");
    let mut input = child.stdin.take().expect("input");
    for frame in frames {
        writeln!(input, "{}", data_encoding::HEXLOWER.encode(frame)).expect("written");
    }
    drop(input);
    assert!(child.wait().is_ok_and(|status| status.success()), "frames are sent");
}

/// Hears what comes in on an interface.
pub(crate) struct Ear {
    process: Child,
    frames: mpsc::Receiver<Vec<u8>>,
}

impl Ear {
    pub(crate) fn at(network: &Path, interface: &str) -> Self {
        let mut process = tool(network, "hear", interface).spawn().expect("perl");
        let mut lines = BufReader::new(process.stdout.take().expect("output")).lines();
        let first = lines.next().and_then(Result::ok);
        assert_eq!(first.as_deref(), Some("ready"));
        let (say, frames) = mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let frame = data_encoding::HEXLOWER.decode(line.as_bytes()).expect("digits");
                if say.send(frame).is_err() {
                    return;
                }
            }
        });
        Self { process, frames }
    }

    /// What was heard of frames with `tag` in them, until one came with `marker` in it.
    pub(crate) fn until(&self, marker: &[u8], tag: &[u8]) -> Vec<Vec<u8>> {
        let mut heard = Vec::new();
        loop {
            let frame = self.frames.recv_timeout(DEADLINE).expect("the marker arrives in time");
            if has(&frame, marker) {
                return heard;
            }
            if has(&frame, tag) {
                heard.push(frame);
            }
        }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn has(frame: &[u8], part: &[u8]) -> bool {
    frame.windows(part.len()).any(|window| window == part)
}

/// What a socket hears before the marker.
pub(crate) fn heard_by(socket: &std::net::UdpSocket, marker: &[u8]) -> Vec<String> {
    socket.set_read_timeout(Some(DEADLINE)).expect("a timeout");
    let mut heard = Vec::new();
    let mut room = [0; 2048];
    loop {
        let (length, from) = socket.recv_from(&mut room).expect("the marker arrives in time");
        if &room[..length] == marker {
            return heard;
        }
        heard.push(format!("{} from {from}", String::from_utf8_lossy(&room[..length])));
    }
}
