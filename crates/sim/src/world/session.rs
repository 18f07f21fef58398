//! A control plane's end of the sessions with agents: `acs::serve` with the sockets taken out.
//!
//! Invariant: a session's own commits happen at once, in the order of its effects, because `serve` waits for each.

use super::{Msg, Work, World, call::Decided, connection::PlaneEnd};
use crate::mutant::Mutant;
use control::{
    acs::{
        desk::{self, Standing, Versions},
        session::{Closing, Effect, Event, Opening, Session},
    },
    config::{CredentialTimes, Sources, Timing},
    credentials::Issuer,
    instance::Instance,
    network::{self, Told},
};
use domain::{
    id::TaskId,
    link::{acs::FromAgent, acs::FromPlane, tcs::TaskHealth},
    time::Timestamp,
};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use store::{Snapshot, Transaction};

/// Times of sessions, as the binary has them by default.
pub(crate) fn timing(world: &World) -> Timing {
    Timing::default().within(world.rules.loss_after)
}

impl World {
    pub(super) fn knock_arrives(&mut self, connection: u64) {
        let Some(msg) = self.unless_cut(connection, Msg::Knock { connection }) else { return };
        drop(msg);
        let Some(it) = self.connections.get(&connection) else { return };
        let (plane, instance) = (it.plane, it.instance.clone());
        if !self.planes[plane].is_up || self.planes[plane].is_stale {
            return self.later(
                domain::time::Millis(1),
                Msg::Closed { connection, code: 0, refusal: None },
            );
        }
        let standing = instance.as_ref().map(|instance| {
            desk::standing(self.truth.snapshot(), instance).expect("readable records")
        });
        let refusal = match standing {
            Some(Standing::Registered) => None,
            Some(Standing::Deregistered) => Some("InactiveInstanceException"),
            Some(Standing::Unknown) | None => Some("InvalidInstanceException"),
        };
        if let Some(name) = refusal {
            let refusal = Some(name.to_owned());
            return self.reach_agent(connection, Msg::Closed { connection, code: 0, refusal });
        }
        if let Some(instance) = instance {
            self.settle(Work::Open { connection, plane, instance }, 1);
        }
    }

    pub(super) fn decide_open(
        &self,
        instance: &Instance,
        snapshot: &Snapshot,
    ) -> (Decided, Transaction) {
        if desk::standing(snapshot, instance).expect("readable records") != Standing::Registered {
            return (Decided::Opened(None), Transaction::new());
        }
        let opened = desk::open(snapshot, instance, &Versions::default(), self.now);
        let (writes, number) = opened.expect("readable records");
        (Decided::Opened(Some(number)), writes)
    }

    /// Whether the agent is still there shows only later: its host may have been switched off without a word.
    pub(super) fn session_opens(
        &mut self,
        connection: u64,
        instance: Instance,
        number: Option<u64>,
    ) {
        let Some(number) = number else {
            return self
                .reach_agent(connection, Msg::Closed { connection, code: 1000, refusal: None });
        };
        let Some(it) = self.connections.get(&connection) else {
            // The agent said goodbye meanwhile.
            return self.settle(Work::Close { instance, number, since: self.now }, 1);
        };
        let (host, wants_credentials) = (it.host, it.wants_credentials);
        let opening = Opening { number, protocol_version: 2, wants_credentials };
        let mut session = Session::new(timing(self), opening, self.now);
        let snapshot = self.truth.snapshot();
        let renew_before = CredentialTimes::default().renew_before;
        let events = desk::assigned(snapshot, &instance, renew_before).expect("readable records");
        for event in events {
            _ = session.note(event, self.now);
        }
        let seen = snapshot.revision();
        self.say(format_args!("~{connection} session {number} of h{host} opens"));
        let told = Told::default();
        let mut end = Box::new(PlaneEnd { instance, number, session, seen, told, alarm: None });
        self.reach_agent(connection, Msg::Opened { connection });
        self.tell_networks(connection, &mut end);
        if let Some(it) = self.connections.get_mut(&connection) {
            it.session = Some(end);
        }
        self.session_wakes(connection, false);
    }

    /// Tells a session what was committed, asks it what is due, and performs that.
    pub(super) fn session_wakes(&mut self, connection: u64, by_alarm: bool) {
        let Some(mut end) = self.take_end(connection, by_alarm) else { return };
        let prefix = end.instance.assignments();
        let mut events = Vec::new();
        for commit in self.truth.since(end.seen) {
            if network::bell::matters(&commit.batch) {
                end.told.ring(self.now);
            }
            let mut batch = (*commit.batch).clone();
            batch.changes.retain(|change| change.key.as_str().starts_with(prefix.as_str()));
            events.extend(desk::changed(&batch).expect("readable records"));
        }
        end.seen = self.truth.revision();
        for event in events {
            _ = end.session.note(event, self.now);
        }
        let snapshot = self.truth.snapshot();
        let is_superseded = desk::is_superseded(snapshot, &end.instance, end.number);
        if is_superseded.expect("readable records") {
            return self.plane_hangs_up(connection, 1000);
        }
        let standing = desk::standing(snapshot, &end.instance).expect("readable records");
        if standing != Standing::Registered {
            _ = end.session.note(Event::Deregistered, self.now);
        }
        self.run_session(connection, end);
    }

    /// A session's end, unless it is woken by an alarm that was put off.
    fn take_end(&mut self, connection: u64, by_alarm: bool) -> Option<Box<PlaneEnd>> {
        let it = self.connections.get_mut(&connection)?;
        let end = it.session.take()?;
        if by_alarm && end.alarm != Some(self.now) {
            it.session = Some(end);
            return None;
        }
        Some(end)
    }

    /// Tells the agent what is new in the VPCs of its tasks.
    fn tell_networks(&mut self, connection: u64, end: &mut PlaneEnd) {
        let Some(plane) = self.connections.get(&connection).map(|it| it.plane) else { return };
        let surveys = &self.planes[plane].surveys;
        let survey = surveys.at(self.truth.snapshot(), &self.scope).expect("readable records");
        let news = end.told.news(&survey, &end.instance).expect("readable records");
        if let Some(map) = news {
            self.say(format_args!("~{connection} map of {} VPCs", map.vpcs.len()));
            self.send_to_agent(connection, &FromPlane::NetworkMap(map));
        }
    }

    fn run_session(&mut self, connection: u64, mut end: Box<PlaneEnd>) {
        let is_deaf = self.has(Mutant::BellIsNotHeard);
        if end.told.due().is_some_and(|due| due <= self.now) && !is_deaf {
            self.tell_networks(connection, &mut end);
        }
        for effect in end.session.step(self.now) {
            if let Some((code, since)) = self.perform(connection, &mut end, effect) {
                self.plane_hangs_up(connection, code);
                let (instance, number) = (end.instance, end.number);
                return self.settle(Work::Close { instance, number, since }, 1);
            }
        }
        let due = end.session.due();
        let due = end.told.due().filter(|_| !is_deaf).map_or(due, |told| told.min(due));
        let due = due.max(self.now + domain::time::Millis(1));
        if end.alarm.is_none_or(|alarm| alarm <= self.now || alarm > due) {
            end.alarm = Some(due);
            self.at(due, Msg::Session { connection, alarm: true });
        }
        if let Some(it) = self.connections.get_mut(&connection) {
            it.session = Some(end);
        }
    }

    /// Performs one effect; the code and the moment since when the agent is away, if the session is over.
    fn perform(
        &mut self,
        connection: u64,
        end: &mut PlaneEnd,
        effect: Effect,
    ) -> Option<(u16, Timestamp)> {
        let (now, instance) = (self.now, end.instance.clone());
        match effect {
            Effect::Push { message, starts, stops } => {
                let sequence = end.session.sequence(message);
                self.push(connection, end, sequence, &starts, &stops);
            }
            Effect::Manifest { message, tasks } => {
                let sequence = end.session.sequence(message);
                let frame = desk::manifest(self.truth.snapshot(), &instance, sequence, &tasks, now);
                let frame = frame.expect("readable records");
                self.say(format_args!("~{connection} manifest of {} tasks", tasks.len()));
                self.send_to_agent(connection, &frame);
            }
            Effect::Heartbeat { message } => {
                let frame = desk::heartbeat(end.session.sequence(message));
                self.send_to_agent(connection, &frame);
            }
            Effect::Credentials { message, task, role_use } => {
                let sources = self.sources();
                let issuer = issuer(&sources, &instance, now);
                let snapshot = self.truth.snapshot().clone();
                let made = desk::credentials(&snapshot, &instance, &issuer, &task, role_use);
                if let Some((mut message_out, granted, writes)) = made.expect("readable records") {
                    self.commit_of_session(&instance, &writes);
                    message_out.message_id = end.session.sequence(message).to_string();
                    self.send_to_agent(connection, &FromPlane::Credentials(message_out));
                    _ = end.session.note(granted, now);
                }
            }
            Effect::Verify { message, candidates } => {
                let sequence = end.session.sequence(message);
                let snapshot = self.truth.snapshot();
                let ack = desk::verified(snapshot, &instance, sequence, candidates, now);
                let ack = ack.expect("readable records");
                let count = ack.stop_tasks.len();
                self.say(format_args!("~{connection} verifies {count} stops"));
                self.send_to_agent(connection, &FromPlane::StopVerificationAck(ack));
            }
            Effect::Close(Closing::LeaseEnded(since)) => {
                self.say(format_args!("~{connection} lease of {} ended", instance.id));
                return Some((1001, since));
            }
            Effect::Close(Closing::Deregistered) => return Some((1000, now)),
        }
        None
    }

    fn push(
        &mut self,
        connection: u64,
        end: &mut PlaneEnd,
        sequence: i64,
        starts: &[TaskId],
        stops: &[TaskId],
    ) {
        let sources = self.sources();
        let issuer = issuer(&sources, &end.instance, self.now);
        let snapshot = self.truth.snapshot().clone();
        let made = desk::assemble(&snapshot, &end.instance, &issuer, starts, stops);
        let assembly = made.expect("readable records");
        self.commit_of_session(&end.instance.clone(), &assembly.writes);
        let mut payload = assembly.payload;
        if payload.tasks.is_empty() {
            return;
        }
        let has_interface =
            payload.tasks.iter().any(|it| !it.elastic_network_interfaces.is_empty());
        if has_interface && !self.has(Mutant::MapsComeLate) {
            self.tell_networks(connection, end);
        }
        payload.message_id = sequence.to_string();
        payload.seq_num = sequence;
        payload.generated_at = self.now.0;
        payload.cluster_arn = end.instance.cluster_arn();
        payload.container_instance_arn = end.instance.arn();
        for task in &payload.tasks {
            let (name, desired) = (self.laws.name_of(task.id()), task.desired_status);
            self.say(format_args!("~{connection} payload {name} {desired}"));
        }
        self.send_to_agent(connection, &FromPlane::Payload(payload));
        for granted in assembly.granted {
            _ = end.session.note(granted, self.now);
        }
    }

    /// Nobody comes between here, so there is no conflict.
    fn commit_of_session(&mut self, instance: &Instance, writes: &Transaction) {
        if !writes.is_empty() {
            let work = Work::Health { instance: instance.clone(), told: Vec::new() };
            self.commit_now(writes, &work).expect("decided on the newest snapshot");
        }
    }

    pub(super) fn plane_hears(&mut self, connection: u64, frame: String) {
        let msg = Msg::ToPlane { connection, frame };
        let Some(Msg::ToPlane { frame, .. }) = self.unless_cut(connection, msg) else { return };
        let Some(mut end) = self.take_end(connection, false) else { return };
        let event = match serde_json::from_str::<FromAgent>(&frame) {
            Ok(message) => Event::Heard(message),
            Err(_) => Event::HeardOther,
        };
        let answer = end.session.note(event, self.now);
        if let Some((code, _)) =
            answer.and_then(|effect| self.perform(connection, &mut end, effect))
        {
            return self.plane_hangs_up(connection, code);
        }
        self.run_session(connection, end);
    }

    /// The agent's end is gone.
    pub(super) fn gone(&mut self, connection: u64) {
        let msg = Msg::Gone { connection };
        if self.unless_cut(connection, msg).is_none() {
            return;
        }
        let Some(it) = self.connections.get_mut(&connection) else { return };
        if let Some(end) = it.session.take() {
            let work = Work::Close { instance: end.instance, number: end.number, since: self.now };
            self.settle(work, 1);
        }
        self.forget_connection(connection);
    }

    pub(super) fn health_arrives(&mut self, connection: u64, told: Vec<TaskHealth>) {
        let msg = Msg::Health { connection, told };
        let Some(Msg::Health { told, .. }) = self.unless_cut(connection, msg) else { return };
        let end = self.connections.get(&connection).and_then(|it| it.session.as_ref());
        if let Some(instance) = end.map(|end| end.instance.clone()) {
            self.settle(Work::Health { instance, told }, 1);
        }
    }

    fn sources(&mut self) -> Sources {
        let (now, state) = (self.now, AtomicU64::new(self.chance.number()));
        Sources {
            clock: Arc::new(move || now),
            random: Arc::new(move |bytes| {
                for byte in bytes {
                    let next = state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
                    *byte = (next ^ (next >> 29)).to_be_bytes()[3];
                }
            }),
        }
    }
}

fn issuer<'a>(sources: &'a Sources, instance: &'a Instance, now: Timestamp) -> Issuer<'a> {
    Issuer {
        times: CredentialTimes::default(),
        checks_trust: false,
        sources,
        scope: &instance.scope,
        now,
    }
}
