//! A shim's loop: wait until something happens, do it, wait again.
//!
//! What can happen: a child ended, a client spoke, a container wrote, a probe's limit is over. All of it is seen in [`Shim::turn`].

use super::clients::{Asker, Clients};
use super::container::Container;
use super::entry::Early;
use super::exec::{Exec, News};
use super::holder::Holder;
use super::launch::Shared;
use super::log_file::Stream;
use super::probe::{self, Probe, monotonic_ms};
use super::protocol::{Answer, Event, Launch, Op, Part, Request, Storage, VERSION, Window};
use super::storage::Kept;
use super::zygote;
use crate::cgroup::Cgroups;
use crate::sys_process::{self, Disposition};
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::process::{Pid, WaitOptions, WaitStatus};
use std::collections::BTreeMap;
use std::io;
use std::os::unix::net::UnixListener;

/// While a group that was killed still has processes, look again after this, milliseconds: their end is nobody's signal to us.
const BUSY_GROUP_MS: i64 = 10;
/// Looks before a busy group is left to the agent.
const BUSY_LOOKS_MAX: u32 = 500;

struct Shim {
    cgroup: String,
    cgroups: Cgroups,
    signals: OwnedFd,
    listener: UnixListener,
    clients: Clients,
    containers: BTreeMap<String, Container>,
    probes: BTreeMap<u64, (String, Probe)>,
    execs: BTreeMap<u64, (String, Exec)>,
    /// Of both.
    entries_ever: u64,
    holder: Option<Holder>,
    storage: Option<Kept>,
    /// Children that ended before we learnt whose they are: a container's first process can be faster than its OCI runtime.
    early: BTreeMap<i32, Early>,
    ending: Vec<Asker>,
    busy_looks: u32,
}

enum Source {
    Signals,
    Listener,
    Client(u64),
    Output(String, Stream),
    Probe(u64),
}

/// Runs the shim of one task to its end.
pub(super) fn run(
    request: &zygote::Request,
    listener: UnixListener,
    cgroups: Cgroups,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    rustix::process::set_child_subreaper(Some(rustix::process::getpid()))?;
    for signal in [libc::SIGTERM, libc::SIGINT, libc::SIGHUP] {
        // Meant for others of a group or terminal; only the agent ends a shim, by a request.
        sys_process::meet(signal, Disposition::Ignore);
    }
    let signals = sys_process::signals(&[libc::SIGCHLD])?;
    let mut shim = Shim {
        cgroup: request.cgroup.clone(),
        cgroups,
        signals,
        listener,
        clients: Clients::default(),
        containers: BTreeMap::new(),
        probes: BTreeMap::new(),
        execs: BTreeMap::new(),
        entries_ever: 0,
        holder: None,
        storage: None,
        early: BTreeMap::new(),
        ending: vec![],
        busy_looks: 0,
    };
    while !shim.turn()? {}
    Ok(())
}

impl Shim {
    /// One wait and what follows. True when the shim is to end.
    fn turn(&mut self) -> io::Result<bool> {
        for (source, ready) in self.wait()? {
            match source {
                Source::Signals => self.reap(),
                Source::Listener => self.clients.accept(&self.listener),
                Source::Client(number) => {
                    if ready.contains(PollFlags::OUT) {
                        self.clients.flush(number);
                    }
                    for request in self.clients.read(number) {
                        self.request(number, request);
                    }
                }
                Source::Output(name, stream) => {
                    if let Some(container) = self.containers.get_mut(&name) {
                        container.read(stream);
                    }
                }
                Source::Probe(number) => {
                    if let Some((_, probe)) = self.probes.get_mut(&number) {
                        probe.read();
                    }
                }
            }
        }
        let now = monotonic_ms();
        for (_, probe) in self.probes.values_mut() {
            if probe.deadline_ms().is_some_and(|deadline| deadline <= now) {
                probe.expire();
            }
        }
        self.look_at_execs();
        Ok(!self.ending.is_empty() && self.try_end())
    }

    fn wait(&self) -> io::Result<Vec<(Source, PollFlags)>> {
        let mut all: Vec<(Source, BorrowedFd<'_>, PollFlags)> = vec![
            (Source::Signals, self.signals.as_fd(), PollFlags::IN),
            (Source::Listener, self.listener.as_fd(), PollFlags::IN),
        ];
        for (number, fd, has_output) in self.clients.fds() {
            let out = if has_output { PollFlags::OUT } else { PollFlags::empty() };
            all.push((Source::Client(number), fd, PollFlags::IN | out));
        }
        for (name, container) in &self.containers {
            all.extend(
                container
                    .outputs()
                    .map(|(stream, fd)| (Source::Output(name.clone(), stream), fd, PollFlags::IN)),
            );
        }
        for (number, (_, probe)) in &self.probes {
            all.push((Source::Probe(*number), probe.output(), PollFlags::IN));
        }
        let mut polls: Vec<PollFd<'_>> =
            all.iter().map(|(_, fd, flags)| PollFd::from_borrowed_fd(*fd, *flags)).collect();
        let timeout = self
            .timeout_ms()
            .map(|ms| Timespec { tv_sec: ms / 1000, tv_nsec: ms % 1000 * 1_000_000 });
        match rustix::event::poll(&mut polls, timeout.as_ref()) {
            Err(rustix::io::Errno::INTR) => return Ok(vec![]),
            other => other?,
        };
        let ready: Vec<PollFlags> = polls.iter().map(PollFd::revents).collect();
        let sources = all.into_iter().map(|(source, _, _)| source);
        Ok(sources.zip(ready).filter(|(_, ready)| !ready.is_empty()).collect())
    }

    fn timeout_ms(&self) -> Option<i64> {
        let now = monotonic_ms();
        let probes = self.probes.values().filter_map(|(_, probe)| probe.deadline_ms());
        let ending = (!self.ending.is_empty()).then_some(now + BUSY_GROUP_MS);
        let execs = self.execs.values().filter_map(|(_, exec)| exec.due_ms());
        probes.chain(ending).chain(execs).min().map(|due| (due - now).max(0))
    }

    fn request(&mut self, client: u64, request: Request) {
        let asker = Asker { client, request: request.id };
        let refuse = |text: String| Some(Answer::Refused { part: Part::Request, text });
        let answer = if request.v != VERSION {
            refuse(format!("this shim speaks version {VERSION}, not {}", request.v))
        } else if !self.ending.is_empty() && !matches!(request.op, Op::Shutdown | Op::State) {
            refuse("the task is being removed".into())
        } else {
            match request.op {
                Op::Subscribe => {
                    self.clients.subscribe(client);
                    Some(Answer::Done)
                }
                Op::State => Some(Answer::State(
                    self.containers
                        .iter()
                        .filter_map(|(name, container)| {
                            Some((name.clone(), container.phase()?.clone()))
                        })
                        .collect(),
                )),
                Op::Start(launch) => self.start(*launch, asker),
                Op::Signal { container, signal, whole } => Some(
                    self.containers
                        .get(&container)
                        .map_or(Answer::Done, |c| c.signal(signal, whole, &self.cgroups)),
                ),
                Op::Probe { container, command, limit_ms } => {
                    self.probe(&container, &command, limit_ms, asker)
                }
                Op::Exec { container, command, window } => {
                    self.exec(&container, &command, window, asker)
                }
                Op::HoldNetwork => Some(self.hold_network()),
                Op::HoldStorage(wanted) => {
                    Some(self.hold_storage(&wanted).err().unwrap_or(Answer::Done))
                }
                Op::Shutdown => {
                    self.shutdown(asker);
                    None
                }
            }
        };
        if let Some(answer) = answer {
            self.clients.reply(asker, answer);
        }
    }

    fn start(&mut self, launch: Launch, asker: Asker) -> Option<Answer> {
        if (launch.share_pids || launch.share_ipc) && self.holder.is_none() {
            match Holder::start(false) {
                Ok(holder) => self.holder = Some(holder),
                Err(error) => return Some(probe::refused(&error)),
            }
        }
        // A shim that was made anew for the task has none yet.
        if let Some(wanted) = &launch.storage
            && let Err(refused) = self.hold_storage(wanted)
        {
            return Some(refused);
        }
        let name = launch.container.clone();
        let container = self.containers.entry(name).or_insert_with(Container::new);
        let shared = Shared {
            network: self.holder.as_ref().and_then(Holder::network),
            storage: self.storage.as_ref(),
        };
        container.start(launch, asker, &self.cgroups, shared)
    }

    fn hold_storage(&mut self, wanted: &Storage) -> Result<(), Answer> {
        if self.storage.is_none() {
            let made = Kept::make(wanted);
            let made = made
                .map_err(|error| Answer::Refused { part: Part::Mount, text: error.to_string() })?;
            self.storage = Some(made);
        }
        Ok(())
    }

    /// Makes the task's network before its first container. Once there is another holder it is too late: its containers are elsewhere.
    fn hold_network(&mut self) -> Answer {
        if self.holder.is_none() {
            match Holder::start(true) {
                Ok(holder) => self.holder = Some(holder),
                Err(error) => {
                    return Answer::Refused { part: Part::Network, text: error.to_string() };
                }
            }
        }
        match self.holder.as_ref().filter(|holder| holder.network().is_some()) {
            Some(holder) => Answer::Held { pid: holder.pid().as_raw_nonzero().get() },
            None => Answer::Refused {
                part: Part::Network,
                text: "the task was begun without a network of its own".to_owned(),
            },
        }
    }

    fn probe(
        &mut self,
        name: &str,
        command: &[String],
        limit_ms: i64,
        asker: Asker,
    ) -> Option<Answer> {
        self.entries_ever += 1;
        let number = self.entries_ever;
        let container = match running(&self.containers, name) {
            Ok(container) => container,
            Err(refused) => return Some(refused),
        };
        match Probe::start(container, command, limit_ms, asker, number) {
            Ok(probe) => {
                self.probes.insert(number, (name.to_owned(), probe));
                None
            }
            Err(error) => Some(probe::refused(&error)),
        }
    }

    fn exec(
        &mut self,
        name: &str,
        command: &[String],
        window: Option<Window>,
        asker: Asker,
    ) -> Option<Answer> {
        self.entries_ever += 1;
        let number = self.entries_ever;
        let container = match running(&self.containers, name) {
            Ok(container) => container,
            Err(refused) => return Some(refused),
        };
        match Exec::start(container, command, window, asker, number) {
            Ok(exec) => {
                self.execs.insert(number, (name.to_owned(), exec));
                None
            }
            Err(error) => Some(probe::refused(&error)),
        }
    }

    /// Ends the commands whose connection is gone, and forgets those of which nothing is left.
    fn look_at_execs(&mut self) {
        let (clients, cgroups) = (&self.clients, &self.cgroups);
        self.execs.retain(|_, (_, exec)| {
            if !clients.has(exec.asker().client) {
                exec.hang_up(cgroups);
            }
            !exec.look(cgroups)
        });
    }

    /// A process of a command of somebody's ended.
    fn exec_moved(&mut self, number: u64, pid: Pid, status: WaitStatus) {
        let Some((name, exec)) = self.execs.get_mut(&number) else { return };
        let Some(container) = self.containers.get(name) else { return };
        let early = &mut self.early;
        let early = |pid: Pid| early.remove(&pid.as_raw_nonzero().get());
        let asker = exec.asker();
        let is_heard = match exec.ended(pid, status, container.launch_spec(), early) {
            News::Nothing => true,
            News::Begun(ends) => self.clients.hand_over(asker, Answer::Entered, &ends),
            News::Refused(answer) => {
                self.clients.reply(asker, answer);
                false
            }
            News::Ended(code, ends) => {
                if !ends.is_empty() {
                    self.clients.hand_over(asker, Answer::Entered, &ends);
                }
                self.clients.tell_one(asker.client, &Event::Left { code });
                false
            }
        };
        if !is_heard && let Some((_, exec)) = self.execs.get_mut(&number) {
            exec.hang_up(&self.cgroups);
        }
    }

    /// Takes every child that ended.
    fn reap(&mut self) {
        let mut seen = [0; 128];
        while rustix::io::read(&self.signals, &mut seen).is_ok_and(|length| length > 0) {}
        while let Some(pid) = sys_process::ended_child() {
            // Of one that was waited for nobody can tell any more.
            let session = rustix::process::getsid(Some(pid)).ok();
            let Ok(Some((pid, status))) = rustix::process::waitpid(Some(pid), WaitOptions::NOHANG)
            else {
                break;
            };
            self.child_ended(pid, Early { status, session });
        }
        let launching = self.containers.values().any(|c| c.runtime().is_some());
        let entering = self.execs.values().any(|(_, exec)| exec.is_beginning());
        if !launching && !entering && self.probes.is_empty() {
            // Nobody is on the way whose child these could be: they were orphans.
            self.early.clear();
        }
        if self.containers.values().all(Container::is_still) {
            sys_process::trim_memory();
        }
    }

    fn child_ended(&mut self, pid: Pid, end: Early) {
        let status = end.status;
        if self.holder.as_ref().is_some_and(|holder| holder.pid() == pid) {
            self.holder = None;
            return;
        }
        if let Some(container) = self.containers.values_mut().find(|c| c.runtime() == Some(pid)) {
            let (askers, answer) = container.runtime_ended(status, &self.cgroups);
            for asker in askers {
                self.clients.reply(asker, answer.clone());
            }
            let first = container.pid();
            if let Some((pid, end)) =
                first.and_then(|p| Some((p, self.early.remove(&p.as_raw_nonzero().get())?)))
            {
                self.child_ended(pid, end);
            }
            return;
        }
        if let Some((name, container)) =
            self.containers.iter_mut().find(|(_, c)| c.pid() == Some(pid))
        {
            let exit = container.ended(status, &self.cgroups);
            let name = name.clone();
            for (of, probe) in self.probes.values_mut() {
                if *of == name {
                    probe.expire();
                }
            }
            for (of, exec) in self.execs.values_mut() {
                if *of == name {
                    exec.hang_up(&self.cgroups);
                }
            }
            self.clients.tell(&Event::Exited { container: name.clone(), exit });
            if let Some(container) = self.containers.get(&name) {
                container.clear(&self.cgroups);
            }
            return;
        }
        let exec = self.execs.iter().find(|(_, (_, exec))| exec.owns(pid));
        if let Some(number) = exec.map(|(number, _)| *number) {
            return self.exec_moved(number, pid, status);
        }
        let early = &mut self.early;
        if let Some((number, (_, probe))) = self.probes.iter_mut().find(|(_, (_, p))| p.owns(pid)) {
            let answer = probe.ended(pid, status, |pid| early.remove(&pid.as_raw_nonzero().get()));
            let number = *number;
            if let Some(answer) = answer
                && let Some((_, probe)) = self.probes.remove(&number)
            {
                self.clients.reply(probe.finish(), answer);
            }
            return;
        }
        early.insert(pid.as_raw_nonzero().get(), end);
    }

    fn shutdown(&mut self, asker: Asker) {
        self.ending.push(asker);
        self.busy_looks = 0;
        for container in self.containers.values() {
            container.kill(&self.cgroups);
        }
        for (_, probe) in self.probes.values_mut() {
            probe.expire();
        }
        for (_, exec) in self.execs.values_mut() {
            exec.hang_up(&self.cgroups);
        }
    }

    /// True once nothing of the task runs any more and everybody was told.
    fn try_end(&mut self) -> bool {
        self.reap();
        if !self.containers.values().all(Container::is_still) {
            for container in self.containers.values().filter(|c| !c.is_still()) {
                container.kill(&self.cgroups);
            }
            return false;
        }
        if let Some(holder) = self.holder.take() {
            holder.end();
            return false;
        }
        let busy = self.cgroups.kill(&self.cgroup) || self.cgroups.remove(&self.cgroup).is_err();
        self.busy_looks += 1;
        if busy && self.busy_looks < BUSY_LOOKS_MAX {
            return false;
        }
        if let Some(storage) = self.storage.take() {
            storage.forget();
        }
        for asker in std::mem::take(&mut self.ending) {
            self.clients.reply(asker, Answer::Done);
        }
        true
    }
}

/// How the container called `name` was launched, and its first process.
fn running<'a>(
    containers: &'a BTreeMap<String, Container>,
    name: &str,
) -> Result<(&'a Launch, Pid), Answer> {
    let found = containers.get(name).and_then(|c| Some((c.launch_spec(), c.pid()?)));
    found.ok_or_else(|| {
        let text = format!("container `{name}` does not run");
        Answer::Refused { part: Part::Request, text }
    })
}

#[cfg(test)]
mod tests {
    use super::super::protocol::Phase;

    #[test]
    fn phases_are_told_apart_in_the_file_that_outlives_the_shim() {
        let text = serde_json::to_string(&Phase::Starting).expect("JSON");
        assert_eq!(text, r#""starting""#);
        let exited = r#"{"exited":{"code":137,"at":5}}"#;
        let Ok(Phase::Exited(ended)) = serde_json::from_str(exited) else { panic!("{exited}") };
        assert_eq!((ended.code, ended.oom), (137, false));
    }
}
