//! Runs a command in a container for a health check. The limit is for the whole of it.

use super::clients::Asker;
use super::entry::{self, Early, Entry, Stage};
use super::launch::Stdio;
use super::protocol::{Answer, Launch, Part};
use crate::sys_process;
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::pipe::PipeFlags;
use rustix::process::{Pid, Signal, WaitStatus};
use std::io;

/// What is kept of the output, bytes.
const OUTPUT_BYTES_MAX: usize = 4096;

/// A command that runs.
pub(crate) struct Probe {
    asker: Asker,
    entry: Entry,
    pipe: OwnedFd,
    output: Vec<u8>,
    /// On the monotonic clock, milliseconds.
    deadline_ms: i64,
    timed_out: bool,
}

/// The monotonic clock, milliseconds.
pub(crate) fn monotonic_ms() -> i64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}

impl Probe {
    /// Starts `command` in the container of `launch` whose first process is `first`. `number` makes its files unique.
    pub(crate) fn start(
        (launch, first): (&Launch, Pid),
        command: &[String],
        limit_ms: i64,
        asker: Asker,
        number: u64,
    ) -> io::Result<Self> {
        let (reader, writer) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC)?;
        rustix::io::ioctl_fionbio(&reader, true)?;
        let null = fs_err::File::open("/dev/null")?;
        let stdio =
            Stdio { input: null.file().as_fd(), output: writer.as_fd(), error: writer.as_fd() };
        let process = entry::process(launch, command)?;
        let name = format!("probe-{number}");
        let entry = Entry::start((launch, first), &process, &name, stdio, None)?;
        let deadline_ms = monotonic_ms().saturating_add(limit_ms);
        Ok(Self { asker, entry, pipe: reader, output: vec![], deadline_ms, timed_out: false })
    }

    /// The pipe to wait for.
    pub(crate) fn output(&self) -> BorrowedFd<'_> {
        self.pipe.as_fd()
    }

    /// When [`Probe::expire`] is due, if it still is.
    pub(crate) fn deadline_ms(&self) -> Option<i64> {
        (!self.timed_out).then_some(self.deadline_ms)
    }

    /// True if the process `pid` is this probe's.
    pub(crate) fn owns(&self, pid: Pid) -> bool {
        self.entry.owns(pid)
    }

    /// Reads what there is. False at the end.
    pub(crate) fn read(&mut self) -> bool {
        let mut room = [0; 4096];
        loop {
            match rustix::io::read(&self.pipe, &mut room) {
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => return true,
                Ok(0) | Err(_) => return false,
                Ok(length) => {
                    let keep = length.min(OUTPUT_BYTES_MAX - self.output.len());
                    self.output.extend(&room[..keep]);
                }
            }
        }
    }

    /// Kills the command: its limit is over, or its container ended.
    pub(crate) fn expire(&mut self) {
        self.timed_out = true;
        if let Some(pid) = self.entry.running() {
            // Both are in a session that was made for them, so the group is theirs alone; what is there to doubt is asked all the same.
            let group = rustix::process::getpgid(Some(pid)).ok();
            if let Some(group) = group.filter(|group| *group != rustix::process::getpgrp()) {
                let _ = rustix::process::kill_process_group(group, Signal::KILL);
            }
            let _ = sys_process::kill(pid, libc::SIGKILL);
        }
    }

    /// A process of this probe ended. Some answer when that was the command; `early` finds how a process ended that is not known yet.
    pub(crate) fn ended(
        &mut self,
        pid: Pid,
        status: WaitStatus,
        early: impl FnOnce(Pid) -> Option<Early>,
    ) -> Option<Answer> {
        match self.entry.ended(pid, status, early) {
            Stage::Ended(status) => Some(self.verdict(status)),
            Stage::Begun if self.timed_out => {
                self.expire();
                None
            }
            Stage::Begun => None,
            Stage::NotBegun if self.timed_out => Some(Answer::TimedOut),
            Stage::NotBegun => {
                self.read();
                // As Docker has it for a command that cannot be run.
                let output = String::from_utf8_lossy(&self.output).into_owned();
                Some(Answer::Probed { code: 126, output })
            }
        }
    }

    fn verdict(&mut self, status: WaitStatus) -> Answer {
        self.read();
        if self.timed_out {
            return Answer::TimedOut;
        }
        let code = entry::code_of(status);
        Answer::Probed { code, output: String::from_utf8_lossy(&self.output).into_owned() }
    }

    /// Whom to answer; the probe is over.
    pub(crate) fn finish(self) -> Asker {
        self.asker
    }
}

/// The answer where a probe could not even begin.
pub(crate) fn refused(error: &io::Error) -> Answer {
    Answer::Refused { part: Part::Runtime, text: error.to_string() }
}
