//! A small language for the machine's tests: events in, effects out. The only place that knows how to drive a machine by hand.
//!
//! ```text
//! run a: web db?[after=web:START stop=5]   a payload with a task `aaaa…`; `?` is not essential; options below
//! run a: @api web                          the same, of the service `api`
//! stop a            a payload that stops it              retry m1          the message with this number once more
//! ok a/web pull     that step worked                     fail a/web pull CannotPullContainerError: why
//! late a/web start  that step took too long              exit a/web 3      its process ended (`oom`: by memory)
//! lost a            its supervisor died                  again             the last exit is told once more
//! wait 5s           time passes, alarms ring
//! probe a/web 1     the probe under way ended with 1     plane away|back   reports are answered, or not
//! manifest 9: a b   what should run                      verified m2: a    what may be stopped
//! disk full|slow|ok  files cannot be, are not yet written  kill 5s           the agent is killed, and started anew after a while
//! auto              steps work by themselves             hold start        but for these
//! linked · stopall why · gone a/web (host lost it) · unwritten a (disk lost it) · headless a (driver lost its payload) · credentials a ·
//! both a: web stop b (one message) · unreadable a · show keep|ack|…
//! ```
//! Options: `after=name:CONDITION,…` `link=` `from=` `stop=`s `start=`s `restart=`s`[:code,…]` `health=interval/timeout/retries/period`
//! `cpu=` `mem=` `port=` (host, TCP).

use super::words::{
    action_text, arn, duration, fault_of, frame_text, id_of, key_of, payload_task, seconds, short,
    shorten, stop_task,
};
use crate::{
    driver::{ContainerKey, DriverEvent, Exit, Found, Phase, Probe, Pulled, Signal, Started},
    machine::{
        Action, Effect, Event, JobId, Kept, Machine, Outcome, Report, Room, Settings, Unreadable,
    },
};
use domain::{
    id::TaskId,
    link::acs::{
        Manifest, Payload, PayloadTask, RoleCredentials, RoleCredentialsMessage,
        StopVerificationAck, TaskIdentifier,
    },
    status::DesiredStatus,
    time::{Millis, Timestamp},
};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt::Write as _,
    sync::Arc,
};

/// What the host really has of a task.
#[derive(Clone, Debug, Default)]
pub(super) struct OnHost {
    pub(super) payload: Option<Arc<PayloadTask>>,
    pub(super) containers: BTreeMap<String, Phase>,
}

/// A machine, the host it decides about and the plane it talks to.
pub(super) struct World {
    pub(super) machine: Machine,
    settings: Settings,
    pub(super) now: Timestamp,
    pub(super) disk: BTreeMap<TaskId, Kept>,
    pub(super) disk_is_full: bool,
    /// It could not write at some time.
    pub(super) disk_was_full: bool,
    pub(super) disk_is_slow: bool,
    /// Files to write, or to remove, in order.
    pub(super) writes: VecDeque<(TaskId, Option<Box<Kept>>)>,
    pub(super) jobs: BTreeMap<JobId, Action>,
    pub(super) host: BTreeMap<String, OnHost>,
    pub(super) accepted: Vec<Report>,
    pub(super) plane_is_away: bool,
    pub(super) auto: bool,
    held: BTreeSet<String>,
    shown: BTreeSet<String>,
    pub(super) messages: Vec<Payload>,
    lines: String,
    last_exit: Option<(ContainerKey, Exit)>,
    /// Looks at each effect before it is performed.
    pub(super) watch: fn(&World, &Effect),
}

/// Runs `scene` and returns what the machine did, one paragraph an event.
pub(super) fn play(scene: &str) -> String {
    let mut world = World::new(settings());
    for line in scene.lines().map(str::trim).filter(|line| !line.is_empty()) {
        _ = writeln!(world.lines, "{line}");
        world.line(line);
        if world.auto {
            world.work();
        }
    }
    world.lines
}

pub(super) fn settings() -> Settings {
    Settings {
        room: Room { cpu: 2048, memory: 1000, tcp: [22].into(), udp: BTreeSet::new() },
        stop_timeout: Millis::from_s(30),
        prepare_limit: Millis::from_s(240),
        retention: Millis::from_s(600),
    }
}

impl World {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            machine: Machine::new(settings.clone()),
            settings,
            now: Timestamp(1_000_000),
            disk: BTreeMap::new(),
            disk_is_full: false,
            disk_was_full: false,
            disk_is_slow: false,
            writes: VecDeque::new(),
            jobs: BTreeMap::new(),
            host: BTreeMap::new(),
            accepted: Vec::new(),
            plane_is_away: false,
            auto: false,
            held: BTreeSet::new(),
            shown: BTreeSet::new(),
            messages: Vec::new(),
            lines: String::new(),
            last_exit: None,
            watch: |_, _| {},
        }
    }

    fn line(&mut self, line: &str) {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "run" => {
                let (task, containers) = rest.split_once(':').expect("run task: containers");
                self.payload(vec![payload_task(task, containers)], Vec::new());
            }
            "stop" => self.payload(rest.split(' ').map(stop_task).collect(), Vec::new()),
            "both" => {
                let (starts, stops) = rest.split_once(" stop ").expect("both a: web stop b");
                let (task, containers) = starts.split_once(':').expect("task: containers");
                self.payload(vec![payload_task(task, containers), stop_task(stops)], Vec::new());
            }
            "unreadable" => {
                let bad = Unreadable { arn: arn(rest), why: "no such member".to_owned() };
                self.payload(Vec::new(), vec![bad]);
            }
            "retry" => {
                let number: usize = rest[1..].parse().expect("a message's number");
                let message = self.messages[number - 1].clone();
                self.event(Event::Payload(message, Vec::new()));
            }
            "ok" | "late" | "fail" => self.answer(verb, rest),
            "exit" => self.exit_line(rest),
            "again" => {
                let (key, exit) = self.last_exit.clone().expect("an exit");
                self.event(Event::Driver(DriverEvent::Exited(key, exit)));
            }
            "probe" => self.probe_line(rest),
            "lost" => {
                let id = id_of(rest).as_str().to_owned();
                if let Some(on_host) = self.host.get_mut(&id) {
                    on_host.containers.retain(|_, phase| !matches!(phase, Phase::Running(_)));
                }
                self.event(Event::Driver(DriverEvent::Lost(id)));
            }
            "gone" => {
                let key = key_of(rest);
                self.host.get_mut(&key.task).expect("a task").containers.remove(&key.name);
            }
            "unwritten" => drop(self.disk.remove(&id_of(rest))),
            "headless" => {
                self.host.get_mut(id_of(rest).as_str()).expect("a task").payload = None;
            }
            "wait" => self.wait(duration(rest)),
            "plane" => self.plane_is_away = rest == "away",
            "disk" => {
                self.disk_is_full = rest == "full";
                self.disk_is_slow = rest == "slow";
                while !self.disk_is_slow && !self.writes.is_empty() {
                    if let Some(event) = self.write() {
                        self.event(event);
                    }
                }
            }
            "auto" => self.auto = true,
            "hold" => self.held = rest.split(' ').map(str::to_owned).collect(),
            "show" => self.shown = rest.split(' ').map(str::to_owned).collect(),
            "linked" => self.event(Event::Linked),
            "stopall" => self.event(Event::StopAll(rest.to_owned())),
            "kill" => {
                if !rest.is_empty() {
                    self.now = self.now + duration(rest);
                }
                self.kill();
            }
            "manifest" => self.manifest(rest),
            "verified" => self.verified(rest),
            "credentials" => self.credentials(rest),
            _ => panic!("`{line}` is not a line of a scene"),
        }
    }

    pub(super) fn payload(&mut self, tasks: Vec<PayloadTask>, unreadable: Vec<Unreadable>) {
        let number = self.messages.len() + 1;
        let payload = Payload {
            message_id: format!("m{number}"),
            cluster_arn: "cluster".into(),
            container_instance_arn: "instance".into(),
            seq_num: i64::try_from(number).expect("few messages"),
            tasks,
            ..Payload::default()
        };
        self.messages.push(payload.clone());
        self.event(Event::Payload(payload, unreadable));
    }

    /// Says `event`, performs what has to be done at once, and shows the rest.
    pub(super) fn event(&mut self, event: Event) {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            for effect in self.machine.handle(event, self.now) {
                (self.watch)(self, &effect);
                self.show(&effect);
                match effect {
                    Effect::Keep(kept) => {
                        self.writes.push_back((kept.id.clone(), Some(kept)));
                        if !self.disk_is_slow {
                            events.extend(self.write());
                        }
                    }
                    Effect::Forget(id) => {
                        self.writes.push_back((id, None));
                        if !self.disk_is_slow {
                            self.write();
                        }
                    }
                    Effect::Do(job, action, _) => drop(self.jobs.insert(job, action)),
                    Effect::Cancel(job) => drop(self.jobs.remove(&job)),
                    Effect::Send(_) | Effect::HealthChanged | Effect::Ignored(_) => {}
                }
            }
        }
    }

    /// Writes the next file that was asked for.
    pub(super) fn write(&mut self) -> Option<Event> {
        let (id, kept) = self.writes.pop_front()?;
        let Some(kept) = kept else {
            self.disk.remove(&id);
            return None;
        };
        if self.disk_is_full {
            self.disk_was_full = true;
            return Some(Event::Kept(id, kept.arrival, Err("no space left on device".to_owned())));
        }
        let text = serde_json::to_string(&kept).expect("JSON");
        let read = serde_json::from_str(&text).expect("what was written");
        self.disk.insert(id.clone(), read);
        Some(Event::Kept(id, kept.arrival, Ok(())))
    }

    fn show(&mut self, effect: &Effect) {
        let text = match effect {
            Effect::Keep(kept) => format!("keep {}", short(kept.id.as_str())),
            Effect::Forget(id) => format!("forget {}", short(id.as_str())),
            Effect::Do(_, action, _) => action_text(action),
            Effect::Cancel(job) => format!("cancel {}", action_text(&self.jobs[job])),
            Effect::Send(frame) => frame_text(frame),
            Effect::HealthChanged => self.health_text(),
            Effect::Ignored(why) => format!("ignore {}", shorten(why)),
        };
        let kind = text.split(' ').next().unwrap_or_default();
        let quiet = if self.auto {
            ["keep", "forget", "ack", "prepare", "pull", "create", "cancel"].as_slice()
        } else {
            ["keep"].as_slice()
        };
        if !quiet.contains(&kind) || self.shown.contains(kind) {
            _ = writeln!(self.lines, "  {text}");
        }
    }

    fn health_text(&self) -> String {
        let mut text = "health".to_owned();
        for task in self.machine.telemetry() {
            for container in task.containers {
                if let Some(health) = container.health {
                    let message = health.status_message.unwrap_or_default();
                    let name = format!("{}/{}", short(task.payload.id()), container.name);
                    _ = write!(text, " {name}:{} {message}", health.health_status);
                }
            }
        }
        text.trim_end().to_owned()
    }

    /// Performs jobs as they came until none is left but those held back.
    pub(super) fn work(&mut self) {
        let is_held = |world: &Self, action: &Action| {
            let kind = action_text(action);
            world.held.contains(kind.split(' ').next().unwrap_or_default())
                || matches!(action, Action::Probe(..))
        };
        while let Some((job, _)) = self.jobs.iter().find(|(_, action)| !is_held(self, action)) {
            let job = *job;
            self.perform(job);
        }
    }

    /// The job does what it should.
    pub(super) fn perform(&mut self, job: JobId) {
        let action = self.jobs.remove(&job).expect("a job under way");
        let outcome = match &action {
            Action::Prepare(task) => {
                let on_host = self.host.entry(task.id().to_owned()).or_default();
                on_host.payload = Some(Arc::clone(task));
                Outcome::Prepared
            }
            Action::Pull(..) => Outcome::Pulled(Pulled {
                digest: Some("sha256:1".to_owned()),
                pulled: Some((self.now, self.now)),
            }),
            Action::Create(task, name) => {
                let on_host = self.host.get_mut(task.id()).expect("prepared before created");
                on_host.containers.insert(name.clone(), Phase::Created);
                Outcome::Created(format!("id-{name}"))
            }
            Action::Start(task, name) => {
                let started = Started { at: self.now, bindings: Vec::new() };
                let on_host = self.host.get_mut(task.id()).expect("prepared before started");
                let phase = on_host.containers.get_mut(name).expect("created before started");
                assert!(!matches!(phase, Phase::Running(_)), "{name} is started twice");
                *phase = Phase::Running(started.clone());
                Outcome::Started(started)
            }
            Action::Signal(..) => Outcome::Signalled,
            Action::Probe(..) => Outcome::Probed(Probe::Ended { code: 0, output: String::new() }),
            Action::Remove(id) => {
                self.host.remove(id);
                Outcome::Removed
            }
            Action::Submit(report) if !self.plane_is_away => {
                self.accepted.push(report.clone());
                Outcome::Accepted
            }
            Action::Submit(_) => Outcome::Unreached,
        };
        self.event(Event::Done(job, outcome));
        if let (true, Action::Signal(key, signal)) = (self.auto, action) {
            let code = if signal == Signal::Stop { 143 } else { 137 };
            self.exit(&key, code, false);
        }
    }

    fn answer(&mut self, verb: &str, rest: &str) {
        let mut words = rest.splitn(3, ' ');
        let (name, step) = (words.next().expect("whose"), words.next().expect("which step"));
        let wanted = format!("{step} {name}");
        let found = self.jobs.iter().find(|(_, action)| {
            let text = action_text(action);
            text == wanted || text.starts_with(&format!("{wanted} "))
        });
        let job = *found.unwrap_or_else(|| panic!("`{wanted}` is not under way")).0;
        if verb == "ok" {
            return self.perform(job);
        }
        self.jobs.remove(&job);
        let outcome = match words.next() {
            None if verb == "late" => Outcome::TimedOut,
            Some("unreached") => Outcome::Unreached,
            Some(refused) if step == "say" => Outcome::Refused(refused.to_owned()),
            text => Outcome::Faulted(fault_of(text.unwrap_or("InternalError: no luck"))),
        };
        self.event(Event::Done(job, outcome));
    }

    fn exit_line(&mut self, rest: &str) {
        let mut words = rest.split(' ');
        let key = key_of(words.next().expect("whose"));
        let code = words.next().expect("an exit code").parse().expect("a number");
        self.exit(&key, code, words.next() == Some("oom"));
    }

    /// The process ends, if it runs, and the driver tells it.
    pub(super) fn exit(&mut self, key: &ContainerKey, code: i64, out_of_memory: bool) {
        let exit = Exit { code, out_of_memory, at: self.now };
        let phase = self.host.get_mut(&key.task).and_then(|it| it.containers.get_mut(&key.name));
        match phase {
            Some(phase @ Phase::Running(_)) => *phase = Phase::Exited(exit.clone()),
            // The driver may be quicker to tell the end than the begin.
            Some(Phase::Created) if self.held.contains("start") => {}
            _ => return,
        }
        self.last_exit = Some((key.clone(), exit.clone()));
        self.event(Event::Driver(DriverEvent::Exited(key.clone(), exit)));
    }

    fn probe_line(&mut self, rest: &str) {
        let mut words = rest.splitn(3, ' ');
        let key = key_of(words.next().expect("whose"));
        let code = words.next().expect("an exit code or `late`");
        let is_it = |action: &Action| matches!(action, Action::Probe(of, ..) if *of == key);
        let found = self.jobs.iter().find(|(_, action)| is_it(action));
        let job = *found.expect("a probe under way").0;
        self.jobs.remove(&job);
        let probe = match code.parse() {
            Ok(code) => Probe::Ended { code, output: words.next().unwrap_or_default().to_owned() },
            Err(_) => Probe::TimedOut,
        };
        self.event(Event::Done(job, Outcome::Probed(probe)));
    }

    pub(super) fn wait(&mut self, length: Millis) {
        let until = self.now + length;
        while let Some(due) = self.machine.due().filter(|due| *due <= until) {
            if due > self.now {
                self.now = due;
                _ = writeln!(self.lines, "  at {}", seconds(due));
            }
            self.event(Event::Due);
            if self.auto {
                self.work();
            }
        }
        self.now = until;
    }

    /// What is on disk and on the host is all that is left; answers under way are lost.
    pub(super) fn kill(&mut self) {
        self.jobs.clear();
        self.writes.clear();
        self.machine = Machine::new(self.settings.clone());
        let found = self.host.iter().map(|(task, on_host)| Found {
            task: task.clone(),
            payload: on_host.payload.clone(),
            containers: on_host
                .containers
                .iter()
                .map(|(name, phase)| (name.clone(), Some(format!("id-{name}")), phase.clone()))
                .collect(),
        });
        let found = found.collect();
        let kept = self.disk.values().cloned().collect();
        self.event(Event::Restore { kept, found });
    }

    pub(super) fn manifest(&mut self, rest: &str) {
        let (timeline, tasks) = rest.split_once(':').expect("manifest 9: a b");
        let identifier = |letter: &str| TaskIdentifier {
            task_arn: arn(letter),
            task_cluster_arn: "cluster".into(),
            desired_status: DesiredStatus::Running,
        };
        self.event(Event::Manifest(Manifest {
            message_id: format!("manifest-{timeline}"),
            timeline: timeline.parse().expect("a number"),
            tasks: tasks.split_whitespace().map(identifier).collect(),
            ..Manifest::default()
        }));
    }

    pub(super) fn verified(&mut self, rest: &str) {
        let (message_id, tasks) = rest.split_once(':').expect("verified manifest-9: a");
        let identifier = |letter: &str| TaskIdentifier {
            task_arn: arn(letter),
            task_cluster_arn: "cluster".into(),
            desired_status: DesiredStatus::Stopped,
        };
        self.event(Event::StopVerified(StopVerificationAck {
            message_id: message_id.to_owned(),
            stop_tasks: tasks.split_whitespace().map(identifier).collect(),
            ..StopVerificationAck::default()
        }));
    }

    fn credentials(&mut self, letter: &str) {
        self.event(Event::Credentials(RoleCredentialsMessage {
            message_id: "c1".into(),
            task_arn: arn(letter),
            role_type: "TaskApplication".into(),
            role_credentials: RoleCredentials {
                credentials_id: "role".into(),
                expiration: "2026-12-01T00:00:00Z".into(),
                ..RoleCredentials::default()
            },
            ..RoleCredentialsMessage::default()
        }));
    }
}
