//! A command in a container that runs, for health checks and for people.
//!
//! The OCI runtime's `exec` starts it and ends; the process is then adopted by the shim.

use super::launch::{self, Stdio};
use super::protocol::Launch;
use rustix::process::{Pid, WaitStatus};
use std::io;
use std::path::{Path, PathBuf};

/// The processes of a command.
pub(crate) struct Entry {
    files: [PathBuf; 2],
    /// The OCI runtime while it is at work.
    runtime: Option<Pid>,
    command: Option<Pid>,
    /// The sessions in which the command's processes can be: all were made for it.
    sessions: Vec<Pid>,
}

/// The end of a child of which nobody knows whose it is.
#[derive(Clone, Copy)]
pub(crate) struct Early {
    pub(crate) status: WaitStatus,
    /// The session that it was in.
    pub(crate) session: Option<Pid>,
}

/// What the end of one of its processes means.
pub(crate) enum Stage {
    /// The command runs.
    Begun,
    /// There will be no command.
    NotBegun,
    /// The command ended.
    Ended(WaitStatus),
}

impl Entry {
    /// Starts what `process` describes in the container of `launch` whose first process is `first`. `name` makes its files unique.
    pub(crate) fn start(
        (launch, first): (&Launch, Pid),
        process: &serde_json::Value,
        name: &str,
        stdio: Stdio<'_>,
        console: Option<&Path>,
    ) -> io::Result<Self> {
        let files = ["json", "pid"].map(|end| launch.bundle.join(format!("{name}.{end}")));
        fs_err::write(&files[0], serde_json::to_vec(process)?)?;
        let args = launch::exec_args(launch, &files[0], &files[1], console);
        let runtime = launch::exec(launch, first, &args, stdio)?;
        Ok(Self { files, runtime: Some(runtime), command: None, sessions: vec![runtime] })
    }

    /// True if the process `pid` is one of these.
    pub(crate) fn owns(&self, pid: Pid) -> bool {
        self.runtime == Some(pid) || self.command == Some(pid)
    }

    /// True until it is known whether there is a command.
    pub(crate) fn is_beginning(&self) -> bool {
        self.runtime.is_some()
    }

    /// The process to end, if one runs.
    pub(crate) fn running(&self) -> Option<Pid> {
        self.command.or(self.runtime)
    }

    /// The sessions in which the command's processes are, those that it left as well.
    pub(crate) fn sessions(&self) -> &[Pid] {
        &self.sessions
    }

    /// One of its processes ended. `early` finds the end of a process that is not known yet.
    pub(crate) fn ended(
        &mut self,
        pid: Pid,
        status: WaitStatus,
        early: impl FnOnce(Pid) -> Option<Early>,
    ) -> Stage {
        if self.command == Some(pid) {
            self.command = None;
            return Stage::Ended(status);
        }
        self.runtime = None;
        let command = fs_err::read_to_string(&self.files[1])
            .ok()
            .and_then(|text| Pid::from_raw(text.trim().parse().ok()?));
        let Some(command) = command.filter(|_| status.exit_status() == Some(0)) else {
            return Stage::NotBegun;
        };
        self.sessions.push(command);
        match early(command) {
            Some(early) => {
                self.sessions.extend(early.session);
                Stage::Ended(early.status)
            }
            None => {
                // Without a terminal it is in one that the OCI runtime made on its way.
                self.sessions.extend(rustix::process::getsid(Some(command)));
                self.command = Some(command);
                Stage::Begun
            }
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        for file in &self.files {
            let _ = fs_err::remove_file(file);
        }
    }
}

/// The code that a process ended with; 128 and the signal's number for one that was killed.
pub(crate) fn code_of(status: WaitStatus) -> i64 {
    let signal = status.terminating_signal().map(|signal| 128 + i64::from(signal));
    signal.or(status.exit_status().map(i64::from)).unwrap_or(255)
}

/// The container's own process with another command and without a terminal.
pub(crate) fn process(launch: &Launch, command: &[String]) -> io::Result<serde_json::Value> {
    let config = fs_err::read(launch.bundle.join("config.json"))?;
    let mut config: serde_json::Value = serde_json::from_slice(&config)?;
    let mut process = config["process"].take();
    process["args"] = command.into();
    process["terminal"] = false.into();
    Ok(process)
}
