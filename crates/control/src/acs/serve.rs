//! A control session as it runs: a socket, a watch and a timer around the machine.
//!
//! Invariants: it decides nothing. Its instance is connected in the store from before its first frame until after its last, unless a
//! newer session took over. Nothing in it waits for the agent, but for what comes in.

use super::{
    desk::{self, Standing, Versions},
    session::{Closing, Effect, Event, Opening, Session},
};
use crate::{
    credentials::Issuer,
    exec,
    instance::Instance,
    network::Told,
    profile::{self, RoleTold},
    registry::Seat,
    shared::{Shared, StoreError},
    socket::{BoxFull, Incoming, SessionClock, Socket},
};
use domain::{
    id::TaskId,
    link::{
        Frame, OWN_AGENT_HASH,
        acs::{FromAgent, FromPlane},
        exec::ExecSessions,
    },
    record::Revision,
    time::Timestamp,
};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use store::{Transaction, Watch, WatchError};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
};
use tokio_util::sync::CancellationToken;

/// How many commits are taken from a watch before the machine takes its step.
const BATCHES_PER_STEP: usize = 64;
/// How often a full disk is asked whether there is room for one more record: for an hour.
const DISCONNECT_ATTEMPTS_MAX: usize = 3600;
/// And how long between.
const DISCONNECT_PAUSE: Duration = Duration::from_secs(1);

/// What an agent says when it connects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hello {
    pub(crate) versions: Versions,
    pub(crate) protocol_version: u32,
    pub(crate) wants_credentials: bool,
    /// Of Longshore's own agent: the instance profile whose role its host has.
    pub(crate) instance_profile: Option<String>,
}

/// Why a session ended.
#[derive(Debug)]
enum Ending {
    /// The other end is gone.
    Gone(String),
    /// The agent said nothing for longer than its lease, since then.
    Silent(Timestamp),
    /// We end it, and say so. Agents come back at once after 1000, 1001 and 1011 (agent-protocol.md §3.3).
    Ours(u16, &'static str),
}

#[derive(Debug, thiserror::Error)]
enum SessionError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Box(#[from] BoxFull),
}

impl From<store::ReadError> for SessionError {
    fn from(error: store::ReadError) -> Self {
        Self::Store(error.into())
    }
}

/// Runs the session of `instance` on a websocket's connection until it ends or `stop` is cancelled.
pub(crate) async fn run<S: AsyncRead + AsyncWrite + Unpin + Send>(
    shared: Arc<Shared>,
    instance: Instance,
    hello: Hello,
    connection: S,
    stop: CancellationToken,
) {
    let mut socket = Socket::accept(connection).await;
    let clock = SessionClock::new(shared.sources.now());
    let (ending, number) = match open(&shared, &instance, &hello, clock.now()).await {
        Ok(Some(number)) => {
            let mut talk = Talk {
                shared: &shared,
                instance: &instance,
                told: Told::default(),
                role: RoleTold::of(&hello),
                bell: shared.bell.listen(),
                clock,
                number,
                socket: &mut socket,
            };
            (talk.run(&hello, &stop).await, Some(number))
        }
        Ok(None) => (Ok(Ending::Ours(1000, "instance is not registered")), None),
        Err(error) => (Err(error.into()), None),
    };
    if let Some(number) = number {
        // Whoever fell silent is away since its last word.
        let since = if let Ok(Ending::Silent(since)) = &ending { *since } else { clock.now() };
        disconnect(&shared, &instance, number, since, &stop).await;
    }
    let id = &instance.id;
    match ending {
        Ok(Ending::Gone(why)) => tracing::info!(instance = %id, why, "agent disconnected"),
        Ok(Ending::Silent(_)) => {
            tracing::warn!(instance = %id, "agent does not answer");
            socket.close(1001, "no answer to heartbeats").await;
        }
        Ok(Ending::Ours(code, why)) => {
            tracing::info!(instance = %id, why, "agent session closed");
            socket.close(code, why).await;
        }
        Err(error) => {
            tracing::error!(instance = %id, error = &error as &dyn std::error::Error, "agent session failed");
            socket.close(1011, "internal error").await;
        }
    }
}

/// Says in the store that the agent is connected. `None` if the instance is none of its cluster's any more.
async fn open(
    shared: &Shared,
    instance: &Instance,
    hello: &Hello,
    now: Timestamp,
) -> Result<Option<u64>, StoreError> {
    let decided = shared.settle(|snapshot| {
        if desk::standing(snapshot, instance)? != Standing::Registered {
            return Ok((None, Transaction::new()));
        }
        let (writes, number) = desk::open(snapshot, instance, &hello.versions, now)?;
        Ok((Some(number), writes))
    });
    let (number, _) = decided.await?;
    let version = hello.versions.agent_version.as_deref().unwrap_or_default();
    tracing::info!(instance = %instance.id, session = number, version, "agent connected");
    Ok(number)
}

/// Says in the store that the agent is away, unless a newer session is there. Tries for a while: an instance that stays connected in
/// the store without an agent would keep its tasks for ever.
async fn disconnect(
    shared: &Shared,
    instance: &Instance,
    number: u64,
    now: Timestamp,
    stop: &CancellationToken,
) {
    for _ in 0..DISCONNECT_ATTEMPTS_MAX {
        let decided = shared
            .settle(|snapshot| {
                Ok(((), desk::close(snapshot, instance, number, now)?.unwrap_or_default()))
            })
            .await;
        let Err(error) = decided else { return };
        tracing::error!(instance = %instance.id, error = &error as &dyn std::error::Error, "record that the agent is away");
        let may_pass = match &error {
            StoreError::Contended => true,
            StoreError::Commit(error) => error.is_passing(),
            StoreError::Read(_) | StoreError::Watch(_) => false,
        };
        // The next start of the control plane finds the link open and closes it.
        if !may_pass
            || stop.run_until_cancelled(tokio::time::sleep(DISCONNECT_PAUSE)).await.is_none()
        {
            return;
        }
    }
}

/// The session while it runs.
struct Talk<'a, S> {
    shared: &'a Shared,
    instance: &'a Instance,
    /// What the agent was told of networks, and what says that there may be news.
    told: Told,
    role: Option<RoleTold>,
    bell: watch::Receiver<()>,
    clock: SessionClock,
    number: u64,
    socket: &'a mut Socket<S>,
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Talk<'_, S> {
    async fn run(
        &mut self,
        hello: &Hello,
        stop: &CancellationToken,
    ) -> Result<Ending, SessionError> {
        let seat = self.shared.registry.enter(self.instance.key());
        let opening = Opening {
            number: self.number,
            protocol_version: hello.protocol_version,
            wants_credentials: hello.wants_credentials,
        };
        let mut session = Session::new(self.shared.config.timing, opening, self.clock.now());
        let mut watch = self.synchronise(&mut session).await?;
        if let Some(ending) = self.look(&mut session).await? {
            return Ok(ending);
        }
        self.tell_networks().await?;
        let is_own_agent = hello.versions.agent_hash.as_deref() == Some(OWN_AGENT_HASH);
        let mut execs = None;
        loop {
            if is_own_agent {
                self.tell_execs(&mut execs).await?;
            }
            let now = self.clock.now();
            if self.told.due().is_some_and(|due| due <= now) {
                self.tell_networks().await?;
            }
            self.tell_role(now).await?;
            for effect in session.step(now) {
                if let Some(ending) = self.perform(&mut session, effect, now).await? {
                    return Ok(ending);
                }
            }
            if let Some(ending) = self.wait(&mut session, &mut watch, &seat, stop).await? {
                return Ok(ending);
            }
        }
    }

    /// Waits until something happens and tells the machine.
    async fn wait(
        &mut self,
        session: &mut Session,
        watch: &mut Watch,
        seat: &Seat,
        stop: &CancellationToken,
    ) -> Result<Option<Ending>, SessionError> {
        let others = [self.told.due(), self.role.as_ref().map(|role| role.due)];
        let due = others.into_iter().flatten().fold(session.due(), Ord::min);
        tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(Some(Ending::Ours(1001, "the control plane stops"))),
            () = seat.woken() => return self.look(session).await,
            batch = watch.next() => {
                let mut next = batch.map(Some);
                for _ in 0..BATCHES_PER_STEP {
                    match next {
                        Ok(Some(batch)) => self.tell(session, desk::changed(&batch)?),
                        Ok(None) => break,
                        Err(WatchError::Compacted { .. }) => {
                            *watch = self.synchronise(session).await?;
                            break;
                        }
                        Err(error @ WatchError::Closed) => return Err(StoreError::from(error).into()),
                    }
                    next = watch.advance();
                }
            }
            incoming = self.socket.next() => match incoming {
                Incoming::Text(text) => {
                    let now = self.clock.now();
                    if let Some(effect) = session.note(read(self.instance, &text), now) {
                        return self.perform(session, effect, now).await;
                    }
                }
                Incoming::Pulse => self.tell(session, vec![Event::Pong]),
                Incoming::Closed(why) => return Ok(Some(Ending::Gone(why))),
            },
            // What rings is there as long as this session's hold on it.
            _ = self.bell.changed() => self.told.ring(self.clock.now()),
            () = self.clock.wait(due) => {}
        }
        Ok(None)
    }

    /// Tells the agent which sessions of ECS Exec it should have, all of them, if that is not what it was told before.
    async fn tell_execs(&mut self, told: &mut Option<ExecSessions>) -> Result<(), SessionError> {
        let snapshot = self.shared.engine.snapshot().await?;
        let wanted = exec::desk::wanted(&snapshot, self.instance)?;
        if told.as_ref() != Some(&wanted) {
            self.send(&FromPlane::ExecSessions(wanted.clone()))?;
            *told = Some(wanted);
        }
        Ok(())
    }

    /// Tells the agent its host's role and credentials of it, if they are new.
    async fn tell_role(&mut self, now: Timestamp) -> Result<(), SessionError> {
        let Some(mut role) = self.role.take_if(|role| role.due <= now) else { return Ok(()) };
        let decided = self.shared.settle(|snapshot| {
            let answer = self.issuer(now).role_of(snapshot, self.instance, &role.profile)?;
            Ok(((answer.told, answer.due), answer.writes))
        });
        role.due = now + profile::LOOK_AGAIN;
        if let Some((told, due)) = self.unless_refused(decided.await)? {
            role.due = due;
            if told.is_none() && role.said.is_none() {
                let id = &self.instance.id;
                tracing::warn!(instance = %id, profile = role.profile, "an agent names an instance profile that is not there");
            }
            if let Some(told) = told.filter(|told| !role.has_said(told)) {
                self.send(&FromPlane::InstanceCredentials(told.clone()))?;
                role.said = Some(told);
            }
        }
        self.role = Some(role);
        Ok(())
    }

    fn tell(&self, session: &mut Session, events: Vec<Event>) {
        let now = self.clock.now();
        for event in events {
            // What the store says has no answer of its own; the next step has.
            let _ = session.note(event, now);
        }
    }

    /// Tells the machine all that is assigned now, and watches what comes.
    async fn synchronise(&self, session: &mut Session) -> Result<Watch, SessionError> {
        let engine = &self.shared.engine;
        let renew_before = self.shared.config.credentials.renew_before;
        loop {
            let snapshot = engine.snapshot().await?;
            match engine.watch(self.instance.assignments(), snapshot.revision().next()).await {
                Ok(watch) => {
                    let events = desk::assigned(&snapshot, self.instance, renew_before)?;
                    let there: BTreeSet<&TaskId> =
                        events.iter().filter_map(assigned_task).collect();
                    let gone = session.tasks().filter(|task| !there.contains(task));
                    let gone: Vec<_> = gone.cloned().map(Event::Released).collect();
                    self.tell(session, gone);
                    self.tell(session, events);
                    return Ok(watch);
                }
                Err(WatchError::Compacted { .. }) => {}
                Err(error @ WatchError::Closed) => return Err(StoreError::from(error).into()),
            }
        }
    }

    /// Tells the agent what is new in the VPCs of its tasks.
    async fn tell_networks(&mut self) -> Result<(), SessionError> {
        let snapshot = self.shared.engine.snapshot().await?;
        let survey = self.shared.surveys.at(&snapshot, &self.instance.scope)?;
        if let Some(map) = self.told.news(&survey, self.instance)? {
            tracing::debug!(instance = %self.instance.id, vpcs = map.vpcs.len(), "networks sent");
            self.send(&FromPlane::NetworkMap(map))?;
        }
        Ok(())
    }

    /// Looks whether this session still is the one of an instance of its cluster.
    async fn look(&self, session: &mut Session) -> Result<Option<Ending>, SessionError> {
        let snapshot = self.shared.engine.snapshot().await?;
        if desk::is_superseded(&snapshot, self.instance, self.number)? {
            return Ok(Some(Ending::Ours(1000, "a newer session took over")));
        }
        if desk::standing(&snapshot, self.instance)? != Standing::Registered {
            self.tell(session, vec![Event::Deregistered]);
        }
        Ok(None)
    }

    async fn perform(
        &mut self,
        session: &mut Session,
        effect: Effect,
        now: Timestamp,
    ) -> Result<Option<Ending>, SessionError> {
        match effect {
            Effect::Push { message, starts, stops } => {
                self.push(session, session.sequence(message), &starts, &stops, now).await?;
            }
            Effect::Manifest { message, tasks } => {
                let snapshot = self.shared.engine.snapshot().await?;
                let sequence = session.sequence(message);
                self.send(&desk::manifest(&snapshot, self.instance, sequence, &tasks, now)?)?;
            }
            Effect::Heartbeat { message } => {
                self.send(&desk::heartbeat(session.sequence(message)))?;
                self.socket.ping()?;
            }
            Effect::Credentials { message, task, role_use } => {
                let sequence = session.sequence(message);
                let decided = self.shared.settle(|snapshot| {
                    let made = desk::credentials(
                        snapshot,
                        self.instance,
                        &self.issuer(now),
                        &task,
                        role_use,
                    )?;
                    Ok(match made {
                        Some((message, granted, writes)) => (Some((message, granted)), writes),
                        None => (None, Transaction::new()),
                    })
                });
                if let Some((mut message, granted)) = self.unless_refused(decided.await)?.flatten()
                {
                    message.message_id = sequence.to_string();
                    self.send(&FromPlane::Credentials(message))?;
                    let _ = session.note(granted, now);
                }
            }
            Effect::Verify { message, candidates } => {
                let snapshot = self.shared.engine.snapshot().await?;
                let sequence = session.sequence(message);
                let ack = desk::verified(&snapshot, self.instance, sequence, candidates, now)?;
                if !ack.stop_tasks.is_empty() {
                    tracing::info!(instance = %self.instance.id, tasks = ack.stop_tasks.len(), "agent runs tasks it should not");
                }
                self.send(&FromPlane::StopVerificationAck(ack))?;
            }
            Effect::Close(Closing::LeaseEnded(since)) => return Ok(Some(Ending::Silent(since))),
            Effect::Close(Closing::Deregistered) => {
                return Ok(Some(Ending::Ours(1000, "instance was deregistered")));
            }
        }
        Ok(None)
    }

    async fn push(
        &mut self,
        session: &mut Session,
        sequence: i64,
        starts: &[TaskId],
        stops: &[TaskId],
        now: Timestamp,
    ) -> Result<(), SessionError> {
        let decided = self.shared.settle(|snapshot| {
            let mut assembly =
                desk::assemble(snapshot, self.instance, &self.issuer(now), starts, stops)?;
            let writes = std::mem::take(&mut assembly.writes);
            Ok((assembly, writes))
        });
        let Some(assembly) = self.unless_refused(decided.await)? else { return Ok(()) };
        let mut payload = assembly.payload;
        if payload.tasks.is_empty() {
            return Ok(());
        }
        if payload.tasks.iter().any(|task| !task.elastic_network_interfaces.is_empty()) {
            // The host has to know the VPC before the task.
            self.tell_networks().await?;
        }
        payload.message_id = sequence.to_string();
        payload.seq_num = sequence;
        payload.generated_at = now.0;
        payload.cluster_arn = self.instance.cluster_arn();
        payload.container_instance_arn = self.instance.arn();
        tracing::debug!(instance = %self.instance.id, starts = starts.len(), stops = stops.len(), "payload sent");
        self.send(&FromPlane::Payload(payload))?;
        self.tell(session, assembly.granted);
        Ok(())
    }

    fn issuer(&self, now: Timestamp) -> Issuer<'_> {
        Issuer {
            times: self.shared.config.credentials,
            checks_trust: self.shared.config.checks_trust,
            sources: &self.shared.sources,
            scope: &self.instance.scope,
            now,
        }
    }

    /// A commit that was refused, by a full disk or by others who were faster every time, costs this message only: nobody answers what
    /// was not sent, so the machine comes back to it.
    fn unless_refused<T>(
        &self,
        settled: Result<(T, Option<Revision>), StoreError>,
    ) -> Result<Option<T>, SessionError> {
        match settled {
            Ok((decided, _)) => Ok(Some(decided)),
            Err(error @ (StoreError::Commit(_) | StoreError::Contended)) => {
                let id = &self.instance.id;
                tracing::warn!(instance = %id, error = &error as &dyn std::error::Error, "credentials are not written");
                Ok(None)
            }
            Err(error @ (StoreError::Read(_) | StoreError::Watch(_))) => Err(error.into()),
        }
    }

    fn send(&mut self, message: &FromPlane) -> Result<(), BoxFull> {
        self.socket
            .put(serde_json::to_string(message).expect("plain data with text keys has a JSON form"))
    }
}

fn assigned_task(event: &Event) -> Option<&TaskId> {
    if let Event::Assigned { task, .. } = event { Some(task) } else { None }
}

/// What a frame says. One that means nothing here shows at least that the agent is there.
fn read(instance: &Instance, text: &str) -> Event {
    match serde_json::from_str::<FromAgent>(text) {
        Ok(message) => {
            if let FromAgent::Nack(nack) = &message {
                tracing::warn!(instance = %instance.id, message = nack.message_id, reason = nack.reason, "agent refused a message");
            }
            Event::Heard(message)
        }
        Err(error) => {
            let kind = serde_json::from_str::<Frame<'_>>(text).map(|frame| frame.kind.into_owned());
            let kind = kind.unwrap_or_else(|_| "no frame".into());
            tracing::warn!(instance = %instance.id, kind, %error, "frame from agent means nothing here");
            Event::HeardOther
        }
    }
}
