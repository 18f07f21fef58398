//! The process that holds the name spaces which the containers of a task share: process ids and IPC (`pidMode` and `ipcMode` `task`), and
//! in mode `awsvpc` the network. It is what the official agent calls the pause container.
//!
//! It is the first process of the shared process id name space, so it reaps what its processes leave behind, and when it goes the
//! kernel kills them all. It goes with the shim: it hears the end of a pipe whose other end only the shim has.

use crate::sys_process::{self, Side};
use rustix::event::{PollFd, PollFlags};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::process::{Pid, WaitOptions};
use rustix::thread::UnshareFlags;
use std::convert::Infallible;
use std::io;

/// Where the task's directory has links to the shared name spaces, for `config.json` to name.
pub(crate) const PID_LINK: &str = "ns-pid";
/// As [`PID_LINK`].
pub(crate) const IPC_LINK: &str = "ns-ipc";
/// As [`PID_LINK`], for the agent.
pub(crate) const NETWORK_LINK: &str = "ns-net";

/// The running holder.
pub(crate) struct Holder {
    pid: Pid,
    network: Option<OwnedFd>,
    _life: OwnedFd,
}

impl Holder {
    /// Starts it and puts the links into the current directory, the task's. Has a network name space if the task has.
    pub(crate) fn start(has_network: bool) -> io::Result<Self> {
        let (heard, life) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
        let mut flags = UnshareFlags::NEWPID | UnshareFlags::NEWIPC;
        flags.set(UnshareFlags::NEWNET, has_network);
        let pid = match sys_process::fork_into(flags)? {
            Side::Parent(pid) => pid,
            Side::Child => sys_process::finish(|| {
                drop(life);
                hold(&heard)
            }),
        };
        let of = |kind: &str| format!("/proc/{}/ns/{kind}", pid.as_raw_nonzero());
        let mut links = vec![(PID_LINK, "pid"), (IPC_LINK, "ipc")];
        let mut network = None;
        if has_network {
            links.push((NETWORK_LINK, "net"));
            network = Some(OwnedFd::from(fs_err::File::open(of("net"))?.into_file()));
        }
        for (link, kind) in links {
            let _ = fs_err::remove_file(link);
            fs_err::os::unix::fs::symlink(of(kind), link)?;
        }
        Ok(Self { pid, network, _life: life })
    }

    /// The task's network name space, if it has one of its own.
    pub(crate) fn network(&self) -> Option<BorrowedFd<'_>> {
        self.network.as_ref().map(AsFd::as_fd)
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> Pid {
        self.pid
    }

    /// Ends it, and with it every process of the shared name space.
    pub(crate) fn end(&self) {
        let _ = sys_process::kill(self.pid, libc::SIGKILL);
    }
}

fn hold(life: &OwnedFd) -> Result<Infallible, i32> {
    let children =
        sys_process::signals(&[libc::SIGCHLD, libc::SIGTERM, libc::SIGINT, libc::SIGHUP])
            .map_err(|_| 1)?;
    loop {
        while let Ok(Some(_)) = rustix::process::wait(WaitOptions::NOHANG) {}
        let mut poll =
            [PollFd::new(&children, PollFlags::IN), PollFd::new(life, PollFlags::empty())];
        let _ = rustix::event::poll(&mut poll, None);
        if !poll[1].revents().is_empty() {
            return Err(0);
        }
        let mut seen = [0; 128];
        let _ = rustix::io::read(&children, &mut seen);
    }
}
