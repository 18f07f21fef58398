//! Forks a shim for every task the agent asks for.
//!
//! It has the agent's end of a socket pair as standard input and ends when the agent does. A shim is forked, not executed: it starts in
//! a fraction of a millisecond, and its memory is this process's until it writes to it.

use super::{IDENTITY, SOCKET, supervisor};
use crate::cgroup::Cgroups;
use crate::sys_process::{self, Disposition, Side};
use rustix::fd::{AsFd, OwnedFd};
use rustix::net::{RecvFlags, SendFlags};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::io;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// `longshore shim zygote`.
pub(crate) const ARGUMENT: &str = "zygote";

/// Room for a request: two paths.
const REQUEST_BYTES_MAX: usize = 16 * 1024;

/// The kernel should kill containers before it kills what watches them.
const OOM_SCORE: &str = "-999";

/// Agent → zygote.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    /// The task's directory.
    pub(crate) task_dir: PathBuf,
    /// The task's control group.
    pub(crate) cgroup: String,
}

/// Zygote's child → agent.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    /// Why there is no shim.
    pub(crate) error: Option<String>,
}

/// Which process a shim is, so that an id that was reused is not taken for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    /// Its process id.
    pub(crate) pid: i32,
    /// When it was started, in the kernel's ticks since boot.
    pub(crate) started: u64,
    /// The boot it belongs to.
    pub(crate) boot: String,
}

impl Identity {
    /// Of the process `pid` now; `None` if there is none.
    pub(crate) fn of(pid: i32) -> Option<Self> {
        let stat = fs_err::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name may hold anything, also `)`; the numbers begin after the last one.
        let numbers = stat.rsplit_once(')')?.1;
        let mut numbers = numbers.split_whitespace();
        let state = numbers.next()?;
        if state == "Z" || state == "X" {
            return None;
        }
        let started = numbers.nth(18)?.parse().ok()?;
        let boot = fs_err::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        Some(Self { pid, started, boot: boot.trim().to_owned() })
    }
}

pub(super) fn main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("shim zygote: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> io::Result<()> {
    let agent = sys_process::inherit(0)?;
    let nothing = fs_err::OpenOptions::new().read(true).write(true).open("/dev/null")?;
    for number in [0, 1, 2] {
        sys_process::place(nothing.as_fd(), number)?;
    }
    let cgroups = Cgroups::detect()?.ok_or_else(|| io::Error::other("no control groups"))?;
    cgroups.leave();
    // Also not ours to insist on.
    let _ = fs_err::write("/proc/self/oom_score_adj", OOM_SCORE);
    let _ = rustix::thread::set_name(c"longshore-shim");
    let _ = rustix::process::setsid();
    rustix::process::chdir("/")?;
    // Ended shims are nobody's news here: the agent sees their sockets close.
    sys_process::meet(libc::SIGCHLD, Disposition::Ignore);
    sys_process::trim_memory();
    let mut room = vec![0; REQUEST_BYTES_MAX];
    loop {
        let (length, _) = match rustix::net::recv(&agent, &mut room[..], RecvFlags::empty()) {
            Err(rustix::io::Errno::INTR) => continue,
            other => other?,
        };
        if length == 0 {
            return Ok(());
        }
        let request: Request = match serde_json::from_slice(&room[..length]) {
            Ok(request) => request,
            Err(error) => {
                answer(&agent, Some(error.to_string()))?;
                continue;
            }
        };
        match sys_process::fork() {
            Ok(Side::Parent(_)) => {}
            Ok(Side::Child) => sys_process::finish(|| become_shim(agent, request, cgroups)),
            Err(error) => answer(&agent, Some(format!("fork: {error}")))?,
        }
    }
}

fn answer(agent: &OwnedFd, error: Option<String>) -> io::Result<()> {
    let text = serde_json::to_vec(&Answer { error })?;
    rustix::net::send(agent, &text, SendFlags::NOSIGNAL)?;
    Ok(())
}

fn become_shim(agent: OwnedFd, request: Request, cgroups: Cgroups) -> Result<Infallible, i32> {
    sys_process::meet(libc::SIGCHLD, Disposition::Default);
    match prepare(&request) {
        Ok((listener, lock)) => {
            // The agent asks again if it did not hear this.
            let _ = answer(&agent, None);
            drop(agent);
            let ended = supervisor::run(&request, listener, cgroups);
            drop(lock);
            Err(if ended.is_ok() { 0 } else { 1 })
        }
        Err(error) => {
            let _ = answer(&agent, Some(error.to_string()));
            Err(1)
        }
    }
}

fn prepare(request: &Request) -> io::Result<(UnixListener, fs_err::File)> {
    rustix::process::chdir(&request.task_dir)?;
    let _ = rustix::process::setsid();
    // One shim per task: the lock goes with the process, however it ends.
    let lock = fs_err::OpenOptions::new().create(true).append(true).open("shim.lock")?;
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::NonBlockingLockExclusive)
        .map_err(|_| io::Error::other("the task has a shim already"))?;
    match fs_err::remove_file(SOCKET) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // Relative, because a socket's path has at most 107 bytes and data directories can be deep.
    let listener = UnixListener::bind(SOCKET)?;
    let me = Identity::of(rustix::process::getpid().as_raw_nonzero().get())
        .ok_or_else(|| io::Error::other("no /proc"))?;
    replace(Path::new(IDENTITY), &serde_json::to_vec(&me)?)?;
    Ok((listener, lock))
}

/// Puts `content` into the file at once: a reader sees the old or the new. Not forced to disk, because it means nothing after a reboot.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut new = path.to_owned().into_os_string();
    new.push(".new");
    fs_err::write(&new, content)?;
    fs_err::rename(&new, path)
}
