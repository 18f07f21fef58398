//! A command that somebody talks to, by ECS Exec.
//!
//! ```text
//!            runtime ended well           command ended, or whoever asked is gone            nothing left, or killed
//! Beginning ───────────────────▶ Running ─────────────────────────────────────────▶ Hung up ─────────────────────────▶ (over)
//! ```
//! It lives as long as the connection that asked for it: a connection has one. Its terminal or pipes are handed to whoever asked; nothing
//! of what is said goes through here. Invariant: once it is over, no process of the command's sessions is left in the container. What the
//! command put into a session of its own belongs to the container and stays.

use super::clients::Asker;
use super::entry::{self, Early, Entry, Stage};
use super::launch::{self, Stdio};
use super::probe::monotonic_ms;
use super::protocol::{Answer, Launch, Part, Window};
use super::terminal::TerminalSocket;
use crate::cgroup::Cgroups;
use crate::sys_process;
use rustix::fd::{AsFd, OwnedFd};
use rustix::pipe::PipeFlags;
use rustix::process::{Pid, WaitStatus};
use serde_json::Value as Json;
use std::io;

/// Between the hangup and the kill, milliseconds: a shell writes its history.
const HANGUP_MS: i64 = 1000;
/// How often the processes that are left are looked for, milliseconds: their end is nobody's signal to us.
const LOOK_MS: i64 = 20;

/// A command.
pub(crate) struct Exec {
    asker: Asker,
    entry: Entry,
    cgroup: String,
    terminal: Option<(TerminalSocket, Window)>,
    /// The ends of pipes that are handed over.
    pipes: Vec<OwnedFd>,
    /// When what is left is killed, on the monotonic clock; set with the hangup.
    kill_at_ms: Option<i64>,
}

/// What came of a process that ended.
pub(crate) enum News {
    /// Nothing to tell.
    Nothing,
    /// The command runs: to be answered with these.
    Begun(Vec<OwnedFd>),
    /// There is no command: to be answered so.
    Refused(Answer),
    /// The command ended with this code: to be told. These are still to be handed over, if it was too fast for us.
    Ended(i64, Vec<OwnedFd>),
}

impl Exec {
    /// Starts `command` in the container of `launch` whose first process is `first`. `number` makes its files unique.
    pub(crate) fn start(
        (launch, first): (&Launch, Pid),
        command: &[String],
        window: Option<Window>,
        asker: Asker,
        number: u64,
    ) -> io::Result<Self> {
        let name = format!("exec-{number}");
        let process = process(launch, command, window)?;
        let null = fs_err::OpenOptions::new().read(true).write(true).open("/dev/null")?;
        let null = OwnedFd::from(null);
        let (mut terminal, mut pipes, mut theirs) = (None, Vec::new(), Vec::new());
        if let Some(window) = window {
            let path = launch.runtime.state_dir.join(launch.exec_terminal(number));
            terminal = Some((TerminalSocket::listen(path)?, window));
        } else {
            let (reader, writer) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC)?;
            theirs.push(reader);
            pipes.push(writer);
            for _ in [1, 2] {
                let (reader, writer) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC)?;
                theirs.push(writer);
                pipes.push(reader);
            }
        }
        let of = |index: usize| theirs.get(index).unwrap_or(&null).as_fd();
        let stdio = Stdio { input: of(0), output: of(1), error: of(2) };
        let console = terminal.as_ref().map(|(socket, _)| socket.path());
        let entry = Entry::start((launch, first), &process, &name, stdio, console)?;
        let cgroup = launch.cgroup.clone();
        Ok(Self { asker, entry, cgroup, terminal, pipes, kill_at_ms: None })
    }

    /// Who asked.
    pub(crate) fn asker(&self) -> Asker {
        self.asker
    }

    /// True if the process `pid` is one of these.
    pub(crate) fn owns(&self, pid: Pid) -> bool {
        self.entry.owns(pid)
    }

    /// True until it is known whether there is a command.
    pub(crate) fn is_beginning(&self) -> bool {
        self.entry.is_beginning()
    }

    /// One of its processes ended. `early` finds how a process ended that is not known yet.
    pub(crate) fn ended(
        &mut self,
        pid: Pid,
        status: WaitStatus,
        launch: &Launch,
        early: impl FnOnce(Pid) -> Option<Early>,
    ) -> News {
        let is_beginning = self.is_beginning();
        match self.entry.ended(pid, status, early) {
            Stage::Begun | Stage::Ended(_) if is_beginning && self.kill_at_ms.is_some() => {
                // Whoever asked is gone already.
                News::Nothing
            }
            Stage::Begun => match self.take_ends() {
                Ok(ends) => News::Begun(ends),
                Err(error) => News::Refused(refused(&error)),
            },
            Stage::Ended(status) if is_beginning => match self.take_ends() {
                Ok(ends) => News::Ended(entry::code_of(status), ends),
                Err(error) => News::Refused(refused(&error)),
            },
            Stage::Ended(status) => News::Ended(entry::code_of(status), Vec::new()),
            Stage::NotBegun => {
                let (part, text) = launch::complaint(launch, status.exit_status());
                News::Refused(Answer::Refused { part, text })
            }
        }
    }

    fn take_ends(&mut self) -> io::Result<Vec<OwnedFd>> {
        let Some((socket, window)) = self.terminal.take() else {
            return Ok(std::mem::take(&mut self.pipes));
        };
        let end = socket.take()?;
        if window != Window::default() {
            let size = rustix::termios::Winsize {
                ws_col: window.cols,
                ws_row: window.rows,
                ws_xpixel: 0,
                ws_ypixel: 0,
            };
            rustix::termios::tcsetwinsize(&end, size)?;
        }
        Ok(vec![end])
    }

    /// Nobody talks to it any more: what is left of it is told so, and killed if it does not end.
    pub(crate) fn hang_up(&mut self, cgroups: &Cgroups) {
        if self.kill_at_ms.is_some() {
            return;
        }
        self.kill_at_ms = Some(monotonic_ms() + HANGUP_MS);
        self.signal(cgroups, &[libc::SIGHUP, libc::SIGCONT]);
    }

    /// When to [`Self::look`]; `None` as long as it is not hung up.
    pub(crate) fn due_ms(&self) -> Option<i64> {
        self.kill_at_ms.map(|_| monotonic_ms() + LOOK_MS)
    }

    /// Kills what should have ended. True once nothing is left.
    pub(crate) fn look(&mut self, cgroups: &Cgroups) -> bool {
        let Some(kill_at_ms) = self.kill_at_ms else { return false };
        let is_late = kill_at_ms <= monotonic_ms();
        // The OCI runtime is let go on for as long: of one that is killed at work nobody learns what it began.
        if let Some(runtime) = self.entry.running().filter(|_| is_late) {
            let _ = sys_process::kill(runtime, libc::SIGKILL);
        }
        let signals: &[i32] = if is_late { &[libc::SIGKILL] } else { &[] };
        self.signal(cgroups, signals) == 0 && self.entry.running().is_none()
    }

    /// Signals what runs of the command's sessions in the container; says how many processes that were.
    fn signal(&self, cgroups: &Cgroups, signals: &[i32]) -> usize {
        // Only processes of the container are looked at: a number that was used again elsewhere is not touched.
        let all = cgroups.processes(&self.cgroup).into_iter();
        let ours = all.filter(|pid| {
            session_of(*pid).is_some_and(|session| self.entry.sessions().contains(&session))
        });
        let ours: Vec<Pid> = ours.collect();
        for (pid, signal) in ours.iter().flat_map(|pid| signals.iter().map(move |it| (pid, it))) {
            let _ = sys_process::kill(*pid, *signal);
        }
        ours.len()
    }
}

/// The session of a process that has not ended.
fn session_of(pid: Pid) -> Option<Pid> {
    let stat = fs_err::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    // The name may hold anything, also `)`; the numbers begin after the last one: state, parent, group, session.
    let mut words = stat.rsplit_once(')')?.1.split_whitespace();
    let state = words.next()?;
    let session = words.nth(2)?.parse().ok()?;
    if state == "Z" { None } else { Pid::from_raw(session) }
}

/// As [`entry::process`], as root and for people: that is who ECS Exec is (spec/tasks.md §6).
fn process(launch: &Launch, command: &[String], window: Option<Window>) -> io::Result<Json> {
    let mut process = entry::process(launch, command)?;
    let was_root = process["user"]["uid"] == 0;
    process["user"] = serde_json::json!({ "uid": 0, "gid": 0 });
    let capabilities = process["capabilities"]["bounding"].clone();
    for set in ["effective", "permitted"] {
        process["capabilities"][set] = capabilities.clone();
    }
    let mut set = |name: &str, value: &str, only_if_missing: bool| {
        let Some(all) = process["env"].as_array_mut() else { return };
        let is_it = |it: &Json| {
            it.as_str().and_then(|it| it.strip_prefix(name)).is_some_and(|it| it.starts_with('='))
        };
        if only_if_missing && all.iter().any(is_it) {
            return;
        }
        all.retain(|it| !is_it(it));
        all.push(format!("{name}={value}").into());
    };
    if !was_root {
        set("HOME", "/root", false);
    }
    set("LANG", "C.UTF-8", true);
    if let Some(window) = window {
        set("TERM", "xterm-256color", false);
        process["terminal"] = true.into();
        if window != Window::default() {
            process["consoleSize"] =
                serde_json::json!({ "height": window.rows, "width": window.cols });
        }
    }
    Ok(process)
}

fn refused(error: &io::Error) -> Answer {
    Answer::Refused { part: Part::Runtime, text: error.to_string() }
}
