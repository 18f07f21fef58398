//! One container's life as its shim sees it.
//!
//! ```text
//!            launch          runtime ended well            first process ended
//! (nothing) ───────▶ Starting ─────────────────▶ Running ─────────────────────▶ Exited ──launch──▶ Starting …
//!                        └── runtime ended badly ──▶ (nothing), or Exited again
//! ```
//! Every phase is in `phase.json` before anybody hears of it.

use super::clients::Asker;
use super::launch::{self, Shared, Stdio};
use super::log_file::{LogFile, Moment, Stream};
use super::ports::{self, Held};
use super::protocol::{Answer, Ended, Launch, Network, Part, Phase, Port, Running};
use super::terminal::TerminalSocket;
use super::{PHASE, zygote};
use crate::cgroup::Cgroups;
use crate::network::port_map;
use crate::sys_process;
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::pipe::PipeFlags;
use rustix::process::{Pid, WaitStatus};
use std::io;

/// Read from one pipe before others get their turn, bytes.
const READ_BYTES_MAX: usize = 64 * 1024;

/// Read from the pipes of an ended container at most, so that a stranger that still holds one cannot keep us; a pipe holds 64 KiB by default.
const REST_READS_MAX: usize = 64;

/// The seconds and nanoseconds now.
pub(crate) fn now() -> Moment {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Realtime);
    Moment { s: time.tv_sec, ns: u32::try_from(time.tv_nsec).unwrap_or(0) }
}

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    let now = now();
    now.s * 1000 + i64::from(now.ns / 1_000_000)
}

/// A container.
pub(crate) struct Container {
    launch: Launch,
    phase: Option<Phase>,
    /// The OCI runtime that is at work, and who waits for it.
    runtime: Option<Pid>,
    waiting: Vec<Asker>,
    /// The first process.
    pid: Option<Pid>,
    output: [Option<OwnedFd>; 2],
    input: Option<OwnedFd>,
    console: Option<TerminalSocket>,
    log: Option<LogFile>,
    held: Vec<Held>,
    ports: Vec<Port>,
    oom_before: u64,
}

impl Container {
    /// A container that was never started here.
    pub(crate) fn new() -> Self {
        Self {
            launch: Launch::default(),
            phase: None,
            runtime: None,
            waiting: vec![],
            pid: None,
            output: [None, None],
            input: None,
            console: None,
            log: None,
            held: vec![],
            ports: vec![],
            oom_before: 0,
        }
    }

    /// Where it is, if it ever was started.
    pub(crate) fn phase(&self) -> Option<&Phase> {
        self.phase.as_ref()
    }

    /// The OCI runtime's process while it is at work.
    pub(crate) fn runtime(&self) -> Option<Pid> {
        self.runtime
    }

    /// The first process while it runs.
    pub(crate) fn pid(&self) -> Option<Pid> {
        self.pid
    }

    /// How it was launched.
    pub(crate) fn launch_spec(&self) -> &Launch {
        &self.launch
    }

    /// Nothing of it runs.
    pub(crate) fn is_still(&self) -> bool {
        self.runtime.is_none() && self.pid.is_none()
    }

    /// Begins a start, or joins one. The answer is there at once where nothing is to be done. `shared` is what the task's containers share.
    pub(crate) fn start(
        &mut self,
        launch: Launch,
        asker: Asker,
        cgroups: &Cgroups,
        shared: Shared<'_>,
    ) -> Option<Answer> {
        match &self.phase {
            Some(Phase::Running(running)) => return Some(Answer::Started(running.clone())),
            Some(Phase::Starting) => {
                self.waiting.push(asker);
                return None;
            }
            Some(Phase::Exited(_)) | None => {}
        }
        self.launch = launch;
        match self.spawn(cgroups, shared) {
            Ok(pid) => {
                self.runtime = Some(pid);
                self.phase = Some(Phase::Starting);
                self.waiting.push(asker);
                None
            }
            Err((part, text)) => {
                self.drop_stdio();
                Some(Answer::Refused { part, text })
            }
        }
    }

    fn spawn(&mut self, cgroups: &Cgroups, shared: Shared<'_>) -> Result<Pid, (Part, String)> {
        let runtime = |error: io::Error| (Part::Runtime, error.to_string());
        self.clear(cgroups);
        if self.held.is_empty() {
            (self.held, self.ports) =
                ports::hold(&self.launch.ports).map_err(|text| (Part::Network, text))?;
        }
        self.oom_before = cgroups.oom_kills(&self.launch.cgroup);
        self.log = match &self.launch.log {
            // A log that cannot be opened must not be lost silently for the container's whole life.
            Some(target) => Some(LogFile::open(target.clone()).map_err(runtime)?),
            None => None,
        };
        let nothing = || {
            fs_err::OpenOptions::new().read(true).write(true).open("/dev/null").map(OwnedFd::from)
        };
        let (mut input, mut output, mut error) = (None, None, None);
        if self.launch.tty {
            let path = self.launch.runtime.state_dir.join(self.launch.terminal());
            self.console = Some(TerminalSocket::listen(path).map_err(runtime)?);
        } else {
            if self.launch.stdin_open {
                let (reader, writer) = pipe(PipeFlags::CLOEXEC).map_err(runtime)?;
                (input, self.input) = (Some(reader), Some(writer));
            }
            if self.log.is_some() {
                let (reader, writer) = output_pipe().map_err(runtime)?;
                (self.output[0], output) = (Some(reader), Some(writer));
                let (reader, writer) = output_pipe().map_err(runtime)?;
                (self.output[1], error) = (Some(reader), Some(writer));
            }
        }
        let null = nothing().map_err(runtime)?;
        let or_null = |fd: &Option<OwnedFd>| -> io::Result<OwnedFd> {
            fd.as_ref().map_or_else(|| null.try_clone(), OwnedFd::try_clone)
        };
        let (input, output, error) = (
            or_null(&input).map_err(runtime)?,
            or_null(&output).map_err(runtime)?,
            or_null(&error).map_err(runtime)?,
        );
        let stdio = Stdio { input: input.as_fd(), output: output.as_fd(), error: error.as_fd() };
        let console = self.console.as_ref().map(TerminalSocket::path);
        launch::start(&self.launch, stdio, console, shared).map_err(runtime)
    }

    /// The OCI runtime ended. Everybody who waits gets the answer.
    pub(crate) fn runtime_ended(
        &mut self,
        status: WaitStatus,
        cgroups: &Cgroups,
    ) -> (Vec<Asker>, Answer) {
        self.runtime = None;
        let answer = match self.adopt(status) {
            Ok(running) => {
                self.phase = Some(Phase::Running(running.clone()));
                Answer::Started(running)
            }
            Err((part, text)) => {
                self.phase = None;
                self.pid = None;
                cgroups.kill(&self.launch.cgroup);
                self.withdraw();
                self.drop_stdio();
                self.clear(cgroups);
                Answer::Refused { part, text }
            }
        };
        let kept = self.keep_phase();
        let answer = match kept {
            Err(error) if self.pid.is_some() => {
                // It runs, and the next agent learns it from us; only a dead shim could not tell.
                let _ = error;
                answer
            }
            _ => answer,
        };
        (std::mem::take(&mut self.waiting), answer)
    }

    fn adopt(&mut self, status: WaitStatus) -> Result<Running, (Part, String)> {
        if status.exit_status() != Some(0) {
            return Err(launch::complaint(&self.launch, status.exit_status()));
        }
        let text = fs_err::read_to_string(self.launch.bundle.join(launch::PID_FILE))
            .map_err(|error| (Part::Runtime, error.to_string()))?;
        let pid = text.trim().parse().ok().and_then(Pid::from_raw);
        let pid = pid.ok_or((Part::Runtime, format!("`{text}` is not a process id")))?;
        self.pid = Some(pid);
        if self.launch.tty {
            let console = self.console.take().map(TerminalSocket::take).transpose();
            self.output[0] = console.map_err(|error| (Part::Runtime, error.to_string()))?;
        }
        if let Network::Bridge(to) = &self.launch.network {
            let entries = port_map::entries(&self.ports, to.address);
            port_map::publish(&to.table, &entries)
                .map_err(|error| (Part::Network, error.to_string()))?;
        }
        Ok(Running { pid: pid.as_raw_nonzero().get(), at: now_ms(), ports: self.ports.clone() })
    }

    /// The first process ended. Says how; nothing of it runs or is reached any more. What else it leaves is [`Self::clear`]ed when that was
    /// told: whoever waits for the news need not wait for a dozen directories.
    pub(crate) fn ended(&mut self, status: WaitStatus, cgroups: &Cgroups) -> Ended {
        self.pid = None;
        let signal = status.terminating_signal().map(|signal| 128 + i64::from(signal));
        let code = signal.or(status.exit_status().map(i64::from)).unwrap_or(255);
        let oom = cgroups.oom_kills(&self.launch.cgroup) > self.oom_before;
        // Without a process id name space of its own, its children live on.
        cgroups.kill(&self.launch.cgroup);
        for stream in [Stream::Out, Stream::Err] {
            for _ in 0..REST_READS_MAX {
                if self.read(stream) == 0 {
                    break;
                }
            }
        }
        if let Some(log) = &mut self.log {
            let _ = log.finish(now());
        }
        self.withdraw();
        self.drop_stdio();
        let ended = Ended { code, oom, at: now_ms() };
        self.phase = Some(Phase::Exited(ended.clone()));
        // A full disk loses the code only if this process dies too.
        let _ = self.keep_phase();
        ended
    }

    fn withdraw(&self) {
        if let Network::Bridge(to) = &self.launch.network {
            // What stays leads to an address without a host, and the next inventory removes it.
            let _ = port_map::withdraw(&to.table, &port_map::entries(&self.ports, to.address));
        }
    }

    fn keep_phase(&self) -> io::Result<()> {
        let path = self.launch.bundle.join(PHASE);
        match &self.phase {
            Some(phase) => zygote::replace(&path, &serde_json::to_vec(phase)?),
            None => match fs_err::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
        }
    }

    fn drop_stdio(&mut self) {
        self.output = [None, None];
        self.input = None;
        self.log = None;
        self.console = None;
    }

    /// Removes what the OCI runtime keeps of a container that does not run: what its `delete` would do, without starting it.
    pub(crate) fn clear(&self, cgroups: &Cgroups) {
        // A group that is busy for a moment longer is removed with the task.
        let _ = cgroups.remove(&self.launch.cgroup);
        let _ = self.launch.runtime.forget(&self.launch.id);
    }

    /// The pipes to wait for.
    pub(crate) fn outputs(&self) -> impl Iterator<Item = (Stream, BorrowedFd<'_>)> {
        [Stream::Out, Stream::Err]
            .into_iter()
            .filter_map(|stream| Some((stream, self.output[stream as usize].as_ref()?.as_fd())))
    }

    /// Moves output to the log. Returns how much; 0 for nothing there and for the end.
    pub(crate) fn read(&mut self, stream: Stream) -> usize {
        let Some(pipe) = &self.output[stream as usize] else { return 0 };
        let mut room = [0; 16 * 1024];
        let mut total = 0;
        while total < READ_BYTES_MAX {
            match rustix::io::read(pipe, &mut room) {
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => break,
                // A terminal whose last user closed it says EIO.
                Ok(0) | Err(_) => {
                    self.output[stream as usize] = None;
                    break;
                }
                Ok(length) => {
                    total += length;
                    if let Some(log) = &mut self.log {
                        // A full disk loses log lines, not the container.
                        let _ = log.take(stream, &room[..length], now());
                    }
                }
            }
        }
        total
    }

    /// Signals its first process, or every process.
    pub(crate) fn signal(&self, signal: i32, whole: bool, cgroups: &Cgroups) -> Answer {
        if whole {
            cgroups.kill(&self.launch.cgroup);
        }
        let Some(pid) = self.pid else { return Answer::Done };
        // Our own child that we have not waited for: its id is its own.
        match sys_process::kill(pid, signal) {
            Err(error) if error.raw_os_error() != Some(libc::ESRCH) => {
                Answer::Refused { part: Part::Request, text: error.to_string() }
            }
            _ => Answer::Done,
        }
    }

    /// Kills everything of it, also a runtime that is at work.
    pub(crate) fn kill(&self, cgroups: &Cgroups) {
        if let Some(pid) = self.runtime {
            let _ = sys_process::kill(pid, libc::SIGKILL);
        }
        self.signal(libc::SIGKILL, true, cgroups);
    }
}

fn pipe(flags: PipeFlags) -> io::Result<(OwnedFd, OwnedFd)> {
    Ok(rustix::pipe::pipe_with(flags)?)
}

/// A pipe whose end here never blocks, while the container's does, as it expects.
fn output_pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let (reader, writer) = pipe(PipeFlags::CLOEXEC)?;
    rustix::io::ioctl_fionbio(&reader, true)?;
    Ok((reader, writer))
}
