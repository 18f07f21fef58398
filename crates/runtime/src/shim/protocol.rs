//! What the agent and a task's shim say to each other, over a unix socket in the task's directory.
//!
//! A frame is a length (4 bytes, big endian) and that many bytes of JSON. Requests carry the version and an id; replies carry the id.
//! After `Subscribe` a client also hears events. Invariant: a shim outlives the agent that started it, so members are only ever
//! added, with a default, and a change that an older shim would misread raises [`VERSION`].

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::net::Ipv4Addr;
use std::path::PathBuf;

/// The version of the messages.
pub(crate) const VERSION: u32 = 1;

/// Greatest length of a frame, bytes. A launch with a long environment is far below: the environment is in `config.json`.
pub(crate) const FRAME_BYTES_MAX: usize = 1 << 20;

/// Agent → shim.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    /// Version of the messages.
    pub(crate) v: u32,
    /// Comes back with the reply.
    pub(crate) id: u64,
    /// What to do.
    pub(crate) op: Op,
}

/// What a shim can do.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Op {
    /// Tell this client what happens from now on.
    Subscribe,
    /// Where every container is.
    State,
    /// Start a container that does not run.
    Start(Box<Launch>),
    /// Signal a container's first process, or all its processes.
    Signal { container: String, signal: i32, whole: bool },
    /// Run a command in a container.
    Probe { container: String, command: Vec<String>, limit_ms: i64 },
    /// Run a command in a container for as long as this connection lasts, in a terminal or with pipes. The answer has the descriptors to
    /// talk to it: the terminal, or its input, output and error. One for a connection.
    Exec { container: String, command: Vec<String>, window: Option<Window> },
    /// Make the network name space that all containers of the task are in, if it is not there.
    HoldNetwork,
    /// Make the file system that all containers of the task write to, if it is not there.
    HoldStorage(Storage),
    /// Kill everything, free what this shim holds, end.
    Shutdown,
}

/// Shim → agent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Message {
    /// To the request with that id.
    Reply { id: u64, answer: Answer },
    /// To subscribers.
    Event(Event),
}

/// How a request went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Answer {
    /// Done, nothing to tell.
    Done,
    /// To `State`.
    State(BTreeMap<String, Phase>),
    /// To `HoldNetwork`: by the process that holds it.
    Held { pid: i32 },
    /// To `Start`.
    Started(Running),
    /// To `Probe`.
    Probed { code: i64, output: String },
    /// To `Probe`: killed at its limit.
    TimedOut,
    /// To `Exec`: it runs.
    Entered,
    /// It could not be done.
    Refused { part: Part, text: String },
}

/// A terminal's size in characters; 0 and 0 where nobody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Window {
    pub(crate) cols: u16,
    pub(crate) rows: u16,
}

/// What stood in the way of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Part {
    /// The OCI runtime, or the program to run.
    Runtime,
    /// Interfaces, addresses, ports.
    Network,
    /// Mounts and volumes.
    Mount,
    /// There is no such container, or it is not in the right phase.
    Request,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Event {
    /// A container's first process ended.
    Exited { container: String, exit: Ended },
    /// The command of `Exec` ended. Told to whoever asked for it.
    Left { code: i64 },
}

/// Where a container is. Also kept in the container's directory, for when the shim is no more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Phase {
    /// The OCI runtime is at work.
    Starting,
    /// Its process runs.
    Running(Running),
    /// Its process ended.
    Exited(Ended),
}

/// A container that runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Running {
    /// Of its first process, as the host sees it.
    pub(crate) pid: i32,
    /// Milliseconds since 1970.
    pub(crate) at: i64,
    /// What was asked for, with the host's ports filled in.
    #[serde(default)]
    pub(crate) ports: Vec<Port>,
}

/// How a container ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ended {
    /// 128 + signal for a signal.
    pub(crate) code: i64,
    /// The kernel killed one of its processes for memory.
    #[serde(default)]
    pub(crate) oom: bool,
    /// Milliseconds since 1970.
    pub(crate) at: i64,
}

/// All that is needed to start a container; the rest is in `config.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Launch {
    /// Its name in the task.
    pub(crate) container: String,
    /// The engine's id.
    pub(crate) id: String,
    /// Where `config.json` is.
    pub(crate) bundle: PathBuf,
    /// The OCI runtime.
    pub(crate) runtime: OciRuntime,
    /// Its file system.
    pub(crate) rootfs: Rootfs,
    /// Made if missing, inside the file system.
    pub(crate) working_dir: String,
    /// Where upper and work directory and the task's own volumes are, if the task has such a file system.
    pub(crate) storage: Option<Storage>,
    /// Directories in it, made if missing.
    pub(crate) scratch: Vec<PathBuf>,
    /// Volumes that take over what the image has at their place, as long as they are empty.
    pub(crate) copies: Vec<Copy>,
    /// Standard input stays open; else it is at its end.
    pub(crate) stdin_open: bool,
    /// A pseudo terminal for all three.
    pub(crate) tty: bool,
    /// Where output goes; nowhere without.
    pub(crate) log: Option<LogTarget>,
    /// Its network.
    pub(crate) network: Network,
    /// Of the network's name space, without `net.` cut off.
    pub(crate) net_sysctls: BTreeMap<String, String>,
    /// To publish on the host.
    pub(crate) ports: Vec<Port>,
    /// Path below each hierarchy's root.
    pub(crate) cgroup: String,
    /// Take part in the task's process id name space.
    pub(crate) share_pids: bool,
    /// Take part in the task's IPC name space.
    pub(crate) share_ipc: bool,
}

impl Launch {
    /// The name of the socket by which the OCI runtime hands a terminal over, next to its state. Short, as sockets' paths must be.
    pub(crate) fn terminal(&self) -> String {
        format!("{}{TERMINAL}", self.id.get(..12).unwrap_or(&self.id))
    }

    /// The same for the terminal of a command.
    pub(crate) fn exec_terminal(&self, number: u64) -> String {
        format!("{}-{number}{TERMINAL}", self.id.get(..12).unwrap_or(&self.id))
    }
}

/// How the names of terminals' sockets end.
pub(crate) const TERMINAL: &str = ".tty";

/// How to call the OCI runtime.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct OciRuntime {
    /// Its program.
    pub(crate) program: PathBuf,
    /// Where it keeps its state.
    pub(crate) state_dir: PathBuf,
    /// It must not see this mount (crun refuses a hybrid hierarchy).
    pub(crate) hide: Option<PathBuf>,
    /// It is runsc, with options and files of its own.
    pub(crate) is_runsc: bool,
}

impl OciRuntime {
    /// Removes what it keeps of a container that does not run: what its `delete` would do, without starting it.
    pub(crate) fn forget(&self, id: &str) -> io::Result<()> {
        let found = |done: io::Result<()>| match done {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        found(fs_err::remove_dir_all(self.state_dir.join(id)))?;
        if !self.is_runsc {
            return Ok(());
        }
        // runsc has files whose names begin with it.
        for entry in fs_err::read_dir(&self.state_dir)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(id) {
                found(fs_err::remove_file(entry.path()))?;
            }
        }
        Ok(())
    }
}

/// What a container has as `/`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Rootfs {
    /// Read-only layers, the topmost first; none for a plain directory at `merged`.
    pub(crate) lower: Vec<PathBuf>,
    /// What the container writes.
    pub(crate) upper: PathBuf,
    /// Overlayfs's own.
    pub(crate) work: PathBuf,
    /// Where it is mounted, in the name space of the container only.
    pub(crate) merged: PathBuf,
}

/// A file system of the task's own and of limited size.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Storage {
    /// An empty one, to copy.
    pub(crate) template: PathBuf,
    /// Where containers of the task have it before they have their own `/`. A directory in the task's.
    pub(crate) at: PathBuf,
}

/// A volume to fill from the image.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Copy {
    /// The path in the container.
    pub(crate) from: String,
    /// The volume's directory on the host.
    pub(crate) to: PathBuf,
}

/// A log in Docker's `json-file` form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct LogTarget {
    /// The newest file; older ones have `.1`, `.2`, … after its name.
    pub(crate) path: PathBuf,
    /// A new file is begun above this, bytes; 0 for never.
    pub(crate) bytes_max: u64,
    /// Files kept, the newest included; at least 1.
    pub(crate) files_max: u32,
}

/// A container's network.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Network {
    /// The host's.
    Host,
    /// Its own, with nothing but `lo`.
    #[default]
    Isolated,
    /// Its own, on the instance's bridge.
    Bridge(Attachment),
    /// The task's, which was made before.
    Task,
}

/// An interface on the bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Attachment {
    /// The bridge's name.
    pub(crate) bridge: String,
    /// The name of the host's end.
    pub(crate) host_end: String,
    /// The container's address.
    pub(crate) address: Ipv4Addr,
    /// Bits of the network.
    pub(crate) prefix: u8,
    /// The bridge's address.
    pub(crate) gateway: Ipv4Addr,
    /// The nftables table with the port maps.
    pub(crate) table: String,
    /// Addresses that are reached on the bridge itself, at the interface of the agent's endpoints.
    #[serde(default)]
    pub(crate) endpoints: Vec<Ipv4Addr>,
}

/// TCP or UDP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Protocol {
    /// `tcp`.
    Tcp,
    /// `udp`.
    Udp,
}

impl Protocol {
    /// As in definitions and replies.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }
}

/// One published port, or `count` of them in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Port {
    /// TCP or UDP.
    pub(crate) protocol: Protocol,
    /// First port in the container.
    pub(crate) container: u16,
    /// First port on the host; 0 asks for free ones.
    pub(crate) host: u16,
    /// How many.
    pub(crate) count: u16,
    /// It was asked for as a range, and is reported as one.
    #[serde(default)]
    pub(crate) range: bool,
}

/// A frame around `value`.
pub(crate) fn frame<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = vec![0; 4];
    serde_json::to_writer(&mut bytes, value).expect("our messages are JSON and a Vec takes them");
    let length = u32::try_from(bytes.len() - 4).expect("messages are below 4 GiB");
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    bytes
}

/// The first whole frame of `bytes`: its content and how many bytes it took. `None` if more must come.
pub(crate) fn first_frame(bytes: &[u8]) -> Result<Option<(&[u8], usize)>, TooLong> {
    let Some(head) = bytes.first_chunk::<4>() else { return Ok(None) };
    let length = u32::from_be_bytes(*head) as usize;
    if length > FRAME_BYTES_MAX {
        return Err(TooLong(length));
    }
    Ok(bytes.get(4..4 + length).map(|content| (content, 4 + length)))
}

/// A frame that claims to be longer than [`FRAME_BYTES_MAX`].
#[derive(Debug, PartialEq, thiserror::Error)]
#[error("a frame of {0} bytes is longer than any message")]
pub(crate) struct TooLong(pub(crate) usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_found_only_once_it_is_whole() {
        let bytes = frame(&Request { v: VERSION, id: 7, op: Op::State });
        assert_eq!(&bytes[4..], br#"{"v":1,"id":7,"op":"state"}"#);
        for cut in 0..bytes.len() {
            assert_eq!(first_frame(&bytes[..cut]), Ok(None), "{cut}");
        }
        let (content, taken) = first_frame(&bytes).expect("short").expect("whole");
        assert_eq!((content, taken), (&bytes[4..], bytes.len()));
        assert_eq!(first_frame(&[0xff; 8]), Err(TooLong(0xffff_ffff)));
    }

    #[test]
    fn members_that_an_older_shim_did_not_know_are_optional() {
        let launch: Launch = serde_json::from_str(r#"{"container":"web"}"#).expect("defaults");
        assert_eq!(launch.container, "web");
        let port = r#"{"protocol":"tcp","container":80,"host":0,"count":1}"#;
        assert!(!serde_json::from_str::<Port>(port).expect("default").range);
    }
}
