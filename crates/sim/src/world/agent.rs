//! Agents and hosts: `agent::run` with the timers, the files and the driver taken out.
//!
//! Invariants: an agent that is killed leaves each step that was under way done or not done, and of its files those that were written
//! before; what the kernel runs goes on. A host that is switched off leaves nothing running.

use super::{Connection, Msg, Origin, World, written_task};
use crate::{
    host::{Agent, Write},
    kernel::{Manner, Name, fault},
    mutant::Mutant,
};
use ::agent::{
    driver::{ContainerKey, DriverEvent, FaultName, Probe, Pulled, Signal},
    link::{
        frame::{self, Meaning},
        pace::{Ending, Timing, Watch},
    },
    machine::{Action, Effect, Event, JobId, Outcome},
};
use control::instance::Instance;
use domain::{
    link::acs::PayloadTask,
    time::{Millis, Timestamp},
};
use serde_json::{Value as Json, json};

/// Between two cycles of an agent's telemetry.
const TELEMETRY_EVERY: Millis = Millis::from_s(20);
/// After this an agent's connection that nobody answers has failed.
const CONNECT_LIMIT: Millis = Millis::from_s(10);
/// What an agent says that it can do, by which tasks are placed.
const CAPABILITIES: [&str; 7] = [
    "com.amazonaws.ecs.capability.docker-remote-api.1.24",
    "ecs.capability.container-health-check",
    "ecs.capability.container-ordering",
    "ecs.capability.container-restart-policy",
    "ecs.capability.full-sync",
    "ecs.capability.increased-task-cpu-limit",
    "ecs.capability.task-eni",
];

impl World {
    /// An agent's process begins on a host that is on.
    pub(super) fn agent_begins(&mut self, host: usize) {
        if !self.hosts[host].is_on || self.hosts[host].agent.is_some() {
            return;
        }
        self.hosts[host].lives += 1;
        let life = self.hosts[host].lives;
        let agent = Agent::new(&self.hosts[host], life, self.now);
        let it = &mut self.hosts[host];
        it.agent = Some(agent);
        let kept = it.disk.kept.values().cloned().collect();
        let found = it.kernel.inventory();
        self.say(format_args!("h{host} agent {life} begins"));
        self.machine(host, Event::Restore { kept, found });
        self.later(Millis(1), Msg::Join { host, life });
        self.later(TELEMETRY_EVERY, Msg::Telemetry { host, life, is_cycle: true });
    }

    /// An agent's process is killed.
    pub(super) fn agent_dies(&mut self, host: usize) {
        let Some(agent) = self.hosts[host].agent.take() else { return };
        self.say(format_args!("h{host} agent {} dies", agent.life));
        let is_on = self.hosts[host].is_on;
        for action in agent.jobs.into_values() {
            // Whether the step was through is not known; a report that was sent is sent.
            if is_on && self.chance.hits(500) && !matches!(action, Action::Submit(_)) {
                _ = self.step_of(host, &action);
            }
        }
        if let Some(connection) = agent.connection {
            self.agent_hangs_up(connection, is_on);
        }
    }

    /// Tells an agent's machine something and performs what it answers.
    pub(super) fn machine(&mut self, host: usize, event: Event) {
        let now = self.now;
        let Some(agent) = &mut self.hosts[host].agent else { return };
        let (life, time) = (agent.life, agent.time(now));
        for effect in agent.machine.handle(event, time) {
            self.perform_effect(host, life, effect);
        }
        let Some(agent) = &mut self.hosts[host].agent else { return };
        let Some(due) = agent.machine.due() else { return };
        let due = Timestamp(due.0 - agent.clock_error).max(Timestamp(now.0 + 1));
        if agent.alarm.is_none_or(|alarm| alarm <= now || alarm > due) {
            agent.alarm = Some(due);
            self.at(due, Msg::AgentDue { host, life });
        }
    }

    pub(super) fn agent_due(&mut self, host: usize, life: u64) {
        let now = self.now;
        let agent = self.hosts[host].agent.as_ref();
        if agent.is_some_and(|agent| agent.life == life && agent.alarm == Some(now)) {
            self.machine(host, Event::Due);
        }
    }

    fn perform_effect(&mut self, host: usize, life: u64, effect: Effect) {
        match effect {
            Effect::Keep(kept) => self.write(host, Write::Keep(kept)),
            Effect::Forget(id) => self.write(host, Write::Forget(id)),
            Effect::Do(job, action, limit) => self.begin_job(host, life, job, action, limit),
            Effect::Cancel(job) => {
                let agent = self.hosts[host].agent.as_mut();
                if let Some(action) = agent.and_then(|agent| agent.jobs.remove(&job)) {
                    // It may have been through just before.
                    if self.chance.hits(500) && !matches!(action, Action::Submit(_)) {
                        _ = self.step_of(host, &action);
                    }
                }
            }
            Effect::Send(frame) => {
                let agent = self.hosts[host].agent.as_ref();
                let open = agent.filter(|agent| agent.watch.is_some());
                if let Some(connection) = open.and_then(|agent| agent.connection) {
                    self.send_to_plane(connection, &frame);
                }
            }
            Effect::HealthChanged => {
                self.later(Millis(2), Msg::Telemetry { host, life, is_cycle: false });
            }
            Effect::Ignored(why) => self.say(format_args!("h{host} ignores {why}")),
        }
    }

    fn write(&mut self, host: usize, write: Write) {
        let Some(agent) = &mut self.hosts[host].agent else { return };
        let life = agent.life;
        agent.writes.push_back(write);
        if !std::mem::replace(&mut agent.is_writing, true) {
            let after = self.moment(0, 3);
            self.later(after, Msg::Written { host, life });
        }
    }

    pub(super) fn written(&mut self, host: usize, life: u64) {
        if !self.hosts[host].is_alive(life) {
            return;
        }
        let it = &mut self.hosts[host];
        let Some(agent) = &mut it.agent else { return };
        let Some(write) = agent.writes.pop_front() else { return };
        let is_last = agent.writes.is_empty();
        agent.is_writing = !is_last;
        let id = written_task(&write).clone();
        let event = match write {
            Write::Keep(kept) => {
                let arrival = kept.arrival;
                it.disk.kept.insert(id.clone(), *kept);
                Some(Event::Kept(id, arrival, Ok(())))
            }
            Write::Forget(_) => {
                it.disk.kept.remove(&id);
                None
            }
        };
        if !is_last {
            let after = self.moment(0, 2);
            self.later(after, Msg::Written { host, life });
        }
        if let Some(event) = event {
            self.machine(host, event);
        }
    }

    fn begin_job(&mut self, host: usize, life: u64, job: JobId, action: Action, limit: Millis) {
        if let Some(agent) = &mut self.hosts[host].agent {
            agent.jobs.insert(job, action.clone());
        }
        if let Action::Submit(report) = &action {
            let request = ::agent::link::api::submission(self.cluster.as_str(), report);
            let said = report.status.map_or("-", |status| status.as_str());
            let name = self.laws.name_of(report.task_arn.rsplit('/').next().unwrap_or_default());
            self.say(format_args!("h{host} reports {name} {said}"));
            let origin = Origin::Report { host, life, job };
            return self.call(origin, Some(host), "SubmitTaskStateChange", &request);
        }
        let takes = self.length_of(host, &action);
        let after = if takes > limit { limit } else { takes };
        self.later(after, Msg::Done { host, life, job });
    }

    /// How long a step takes.
    fn length_of(&mut self, host: usize, action: &Action) -> Millis {
        match action {
            Action::Pull(payload, name) => {
                let image = payload.container(name).map_or("", |it| it.image.as_str()).to_owned();
                if self.hosts[host].images.contains(&image) {
                    Millis(1)
                } else if self.now < self.hosts[host].slow_until {
                    self.moment(20_000, 200_000)
                } else {
                    self.moment(50, 2_000)
                }
            }
            Action::Prepare(_) => self.moment(1, 5),
            Action::Create(..) | Action::Start(..) => self.moment(5, 30),
            Action::Signal(..) => self.moment(1, 5),
            Action::Probe(..) => self.moment(5, 50),
            Action::Remove(_) => self.moment(5, 80),
            Action::Submit(_) => Millis(0),
        }
    }

    pub(super) fn job_done(&mut self, host: usize, life: u64, job: JobId) {
        if !self.hosts[host].is_alive(life) {
            return;
        }
        let agent = self.hosts[host].agent.as_ref();
        let Some(action) = agent.and_then(|agent| agent.jobs.get(&job)).cloned() else { return };
        let outcome = match self.faults.fails_step(&mut self.chance) {
            true => Outcome::Faulted(fault(FaultName::DockerTimeoutError, "the engine is busy")),
            false => self.step_of(host, &action),
        };
        self.job_ends(host, life, job, outcome);
    }

    pub(super) fn job_ends(&mut self, host: usize, life: u64, job: JobId, outcome: Outcome) {
        if !self.hosts[host].is_alive(life) {
            return;
        }
        let agent = self.hosts[host].agent.as_mut();
        if agent.and_then(|agent| agent.jobs.remove(&job)).is_some() {
            self.machine(host, Event::Done(job, outcome));
        }
    }

    /// A step of the driver happens.
    fn step_of(&mut self, host: usize, action: &Action) -> Outcome {
        let now = self.now;
        match action {
            Action::Prepare(payload) => {
                self.hosts[host].kernel.prepare(payload);
                Outcome::Prepared
            }
            Action::Pull(payload, name) => {
                let mut image =
                    payload.container(name).map_or("", |it| it.image.as_str()).to_owned();
                if self.has(Mutant::DigestsAreIgnored) {
                    image.truncate(image.find('@').unwrap_or(image.len()));
                }
                if Manner::of(&image) == Manner::Missing {
                    let text = format!("no such image: {image}");
                    return Outcome::Faulted(fault(FaultName::CannotPullContainerError, &text));
                }
                let is_new = self.hosts[host].images.insert(image.clone());
                let digest = Some(self.user.digest_of(&image));
                let pulled = is_new.then_some((Timestamp(now.0 - 10), now));
                Outcome::Pulled(Pulled { digest, pulled })
            }
            Action::Create(payload, name) => match self.hosts[host].kernel.create(payload, name) {
                Ok(id) => Outcome::Created(id),
                Err(fault) => Outcome::Faulted(fault),
            },
            Action::Start(payload, name) => {
                let at = self.where_it_starts(host, payload, name);
                match self.hosts[at].kernel.start(payload, name, now) {
                    Ok((started, process)) => {
                        let name = (payload.id().to_owned(), name.clone());
                        self.process_begins(at, name, process);
                        Outcome::Started(started)
                    }
                    Err(fault) => Outcome::Faulted(fault),
                }
            }
            Action::Signal(key, signal) => {
                self.signal(host, key, *signal);
                Outcome::Signalled
            }
            Action::Probe(key, ..) => {
                let name = (key.task.clone(), key.name.clone());
                let image = self.hosts[host].kernel.process(&name).map(|(_, image)| image);
                let image = image.unwrap_or("sick").to_owned();
                let is_well = self.is_well(&image);
                Outcome::Probed(Probe::Ended { code: i64::from(!is_well), output: String::new() })
            }
            Action::Remove(task) => {
                if !self.has(Mutant::AgentsNeverRemove) {
                    self.hosts[host].kernel.remove(task);
                }
                Outcome::Removed
            }
            Action::Submit(_) => Outcome::Unreached,
        }
    }

    /// The host itself, unless a bug is planted.
    fn where_it_starts(&mut self, host: usize, payload: &PayloadTask, name: &str) -> usize {
        let is_everywhere = self.has(Mutant::StartsEverywhere);
        if !is_everywhere && !self.has(Mutant::StartsNextDoor) {
            return host;
        }
        let next = (host + 1) % self.hosts.len();
        let kernel = &mut self.hosts[next].kernel;
        kernel.prepare(&std::sync::Arc::new(payload.clone()));
        _ = kernel.create(payload, name);
        if is_everywhere {
            _ = kernel.start(payload, name, self.now);
            return host;
        }
        next
    }

    fn is_well(&self, image: &str) -> bool {
        match image.split([':', '@']).next() {
            Some("sick") => false,
            Some("moody") => !self.faults.is_bad_time(self.now),
            Some(_) | None => true,
        }
    }

    fn process_begins(&mut self, host: usize, name: Name, process: u64) {
        let task = self.laws.name_of(&name.0);
        self.say(format_args!("h{host} runs {task}/{}", name.1));
        self.check_start(host, &name);
        let image = self.hosts[host].kernel.process(&name).map(|(_, image)| image.to_owned());
        if let Some(Manner::Ends { code, after }) = image.as_deref().map(Manner::of) {
            self.later(Millis(after.0 + 1), Msg::Exit { host, name, process, code });
        }
    }

    fn signal(&mut self, host: usize, key: &ContainerKey, signal: Signal) {
        let name = (key.task.clone(), key.name.clone());
        let Some((process, image)) = self.hosts[host].kernel.process(&name) else { return };
        let manner = Manner::of(image);
        if self.has(Mutant::AgentsNeverRemove) {
            return;
        }
        let ends = |after, code| Some((after, code));
        let end = match (signal, manner) {
            (Signal::Kill, _) => ends(Millis(2), 137),
            (Signal::Stop, Manner::Runs { is_stubborn: true, .. }) => None,
            (Signal::Stop, Manner::Runs { stops_after, .. }) => ends(stops_after, 143),
            (Signal::Stop, Manner::Ends { .. } | Manner::Missing | Manner::Broken) => {
                ends(Millis(50), 143)
            }
        };
        if let Some((after, code)) = end {
            self.later(after, Msg::Exit { host, name, process, code });
        }
    }

    pub(super) fn process_exits(&mut self, host: usize, name: &Name, process: u64, code: i64) {
        let now = self.now;
        let Some(mut exit) = self.hosts[host].kernel.exit(name, process, code, now) else { return };
        let task = self.laws.name_of(&name.0);
        self.say(format_args!("h{host} {task}/{} ended with {code}", name.1));
        let Some(agent) = &self.hosts[host].agent else { return };
        exit.at = agent.time(now);
        let key = ContainerKey { task: name.0.clone(), name: name.1.clone() };
        self.machine(host, Event::Driver(DriverEvent::Exited(key, exit)));
    }

    /// An agent registers, or connects once it did.
    pub(super) fn join(&mut self, host: usize, life: u64) {
        if !self.hosts[host].is_alive(life) {
            return;
        }
        let it = &self.hosts[host];
        let Some(agent) = &it.agent else { return };
        if agent.arn.is_none() {
            let request = self.registration(host);
            let origin = Origin::Registration { host, life };
            return self.call(origin, Some(host), "RegisterContainerInstance", &request);
        }
        if agent.connection.is_some() {
            return;
        }
        let connection = self.next_number();
        let plane = self.active();
        let (now, is_cut) = (self.now, self.hosts[host].is_cut(self.now));
        if let Some(agent) = &mut self.hosts[host].agent {
            agent.connection = Some(connection);
            agent.began = now;
            let arn = agent.arn.as_deref().unwrap_or_default();
            let instance = Instance::parse(self.scope.clone(), self.cluster.as_str(), arn).ok();
            let asked = Connection::new((host, life), plane, instance, agent.wants_credentials);
            self.connections.insert(connection, asked);
        }
        if is_cut || !self.planes[plane].is_up {
            let after = if is_cut { CONNECT_LIMIT } else { Millis(2) };
            return self.later(after, Msg::Closed { connection, code: 0, refusal: None });
        }
        self.reach_plane(connection, Msg::Knock { connection });
    }

    fn registration(&self, host: usize) -> Json {
        let it = &self.hosts[host];
        let integer = |name: &str, value: i64| json!({"name": name, "type": "INTEGER", "integerValue": value});
        let set = |name: &str, values: &[u16]| {
            let values: Vec<String> = values.iter().map(u16::to_string).collect();
            json!({"name": name, "type": "STRINGSET", "stringSetValue": values})
        };
        let mut attributes: Vec<Json> =
            CAPABILITIES.iter().map(|name| json!({"name": name})).collect();
        attributes.push(json!({"name": "ecs.availability-zone", "value": it.zone}));
        attributes.extend(self.provider_attribute(host));
        attributes.extend(self.address_attribute(host));
        let identity = json!({"instanceId": it.ec2_id()}).to_string();
        let mut request = json!({
            "cluster": self.cluster.as_str(),
            "attributes": attributes,
            "totalResources": [
                integer("CPU", it.capacity.cpu_units),
                integer("MEMORY", it.capacity.memory_mib),
                set("PORTS", &it.capacity.reserved_ports_tcp),
                set("PORTS_UDP", &it.capacity.reserved_ports_udp),
            ],
            "instanceIdentityDocument": identity,
            "instanceIdentityDocumentSignature": "",
        });
        if let Some(arn) = &it.disk.arn {
            request["containerInstanceArn"] = json!(arn);
        }
        request
    }

    pub(super) fn registered(
        &mut self,
        host: usize,
        life: u64,
        answer: Option<Result<Json, wire::Fault>>,
    ) {
        if !self.hosts[host].is_alive(life) {
            return;
        }
        let arn = answer.and_then(Result::ok).and_then(|reply| {
            reply["containerInstance"]["containerInstanceArn"].as_str().map(str::to_owned)
        });
        let Some(arn) = arn else {
            let ending = Ending::Broken("not registered".to_owned());
            return self.wait_and_join(host, life, &ending, Millis(0));
        };
        let it = &mut self.hosts[host];
        it.disk.arn = Some(arn.clone());
        if let Some(agent) = &mut it.agent {
            agent.arn = Some(arn);
        }
        self.join(host, life);
    }

    fn wait_and_join(&mut self, host: usize, life: u64, ending: &Ending, length: Millis) {
        let chance = self.chance.part();
        let Some(agent) = &mut self.hosts[host].agent else { return };
        let wait = agent.pace.wait(ending, length, chance);
        self.later(wait, Msg::Join { host, life });
    }

    pub(super) fn opened(&mut self, connection: u64) {
        let msg = Msg::Opened { connection };
        if self.unless_cut(connection, msg).is_none() {
            return;
        }
        let Some(host) = self.holder(connection) else { return };
        let chance = self.chance.part();
        let now = self.now;
        let Some(agent) = &mut self.hosts[host].agent else { return };
        let watch = Watch::new(Timing::ACS, now, chance);
        let (life, due) = (agent.life, watch.due());
        agent.watch = Some(watch);
        agent.wants_credentials = false;
        self.at(due, Msg::Watch { host, life, connection });
        self.machine(host, Event::Linked);
    }

    pub(super) fn closed(&mut self, connection: u64, code: u16, refusal: Option<String>) {
        let msg = Msg::Closed { connection, code, refusal };
        let Some(Msg::Closed { refusal, .. }) = self.unless_cut(connection, msg) else { return };
        let Some(host) = self.holder(connection) else { return };
        let ending = match (refusal, code) {
            (Some(name), _) => Ending::Refused(name, String::new()),
            (None, 0) => Ending::Broken("no connection".to_owned()),
            (None, code) => Ending::Closed(code, String::new()),
        };
        self.session_ends(host, connection, &ending, false);
    }

    fn session_ends(&mut self, host: usize, connection: u64, ending: &Ending, is_told: bool) {
        let now = self.now;
        let Some(agent) = &mut self.hosts[host].agent else { return };
        let (life, length) = (agent.life, now - agent.began);
        agent.connection = None;
        agent.watch = None;
        self.say(format_args!("h{host} ~{connection} is over: {ending:?}"));
        self.agent_hangs_up(connection, is_told);
        self.forget_connection(connection);
        self.wait_and_join(host, life, ending, length);
    }

    pub(super) fn watch_session(&mut self, host: usize, life: u64, connection: u64) {
        if !self.hosts[host].is_alive(life) || self.holder(connection) != Some(host) {
            return;
        }
        let now = self.now;
        let agent = self.hosts[host].agent.as_ref();
        let Some(watch) = agent.and_then(|agent| agent.watch) else { return };
        match watch.ended(now) {
            Some(ending) => self.session_ends(host, connection, &ending, true),
            None => self.at(watch.due(), Msg::Watch { host, life, connection }),
        }
    }

    pub(super) fn agent_hears(&mut self, connection: u64, frame: String) {
        let msg = Msg::ToAgent { connection, frame };
        let Some(Msg::ToAgent { frame, .. }) = self.unless_cut(connection, msg) else { return };
        let Some(host) = self.holder(connection) else { return };
        let now = self.now;
        let Some(agent) = &mut self.hosts[host].agent else { return };
        let Some(watch) = &mut agent.watch else { return };
        watch.heard(now);
        let arn = agent.arn.clone().unwrap_or_default();
        match frame::read(&frame, &arn) {
            Meaning::Event(event) => {
                if let Event::Payload(payload, _) = &*event {
                    payload.tasks.iter().for_each(|task| self.check_told(host, task));
                }
                let is_stop = matches!(*event, Event::StopVerified(_));
                if !(is_stop && self.has(Mutant::StopsAreNotVerified)) {
                    self.machine(host, *event);
                }
            }
            Meaning::Heartbeat(answer) | Meaning::Answer(answer) => {
                self.send_to_plane(connection, &answer);
            }
            Meaning::Network(map) => {
                for vpc in map.vpcs {
                    self.hosts[host].learn(vpc);
                }
            }
            // Nobody enters tasks of this world, and its instances have no roles.
            Meaning::Exec(_) | Meaning::Instance(_) => {
                self.say(format_args!("h{host} skips what is not of this world"))
            }
            Meaning::Skip(why) => self.say(format_args!("h{host} skips {why}")),
        }
    }

    /// The host whose agent holds a connection.
    fn holder(&self, connection: u64) -> Option<usize> {
        let it = self.connections.get(&connection)?;
        let agent = self.hosts[it.host].agent.as_ref()?;
        let holds = agent.life == it.life && agent.connection == Some(connection);
        holds.then_some(it.host)
    }

    pub(super) fn telemetry(&mut self, host: usize, life: u64, is_cycle: bool) {
        if !self.hosts[host].is_alive(life) {
            return;
        }
        if is_cycle {
            self.later(TELEMETRY_EVERY, Msg::Telemetry { host, life, is_cycle: true });
        }
        if self.has(Mutant::AgentsLoseSight) && self.chance.hits(100) {
            let running = self.hosts[host].kernel.running().next();
            if let Some((task, _)) = running {
                self.machine(host, Event::Driver(DriverEvent::Lost(task)));
            }
        }
        let Some(agent) = &self.hosts[host].agent else { return };
        let Some(connection) = agent.connection.filter(|_| agent.watch.is_some()) else { return };
        let told = agent.machine.telemetry();
        let told: Vec<_> = told.iter().filter_map(::agent::link::tcs::health_of).collect();
        if !told.is_empty() && !self.loses_frame(connection) {
            self.reach_plane(connection, Msg::Health { connection, told });
        }
    }
}
