//! Sessions of ECS Exec on this host: a websocket and a command for each (agent-protocol.md §10.4).
//!
//! Which sessions should be here is told by the control session as a whole, so that nothing is missed. `exec::host` decides what happens in
//! one; here it is done. Invariants: a session's command is started once, also if the plane asks again; with the session everything of it
//! ends; its transcript has its end before the client and the plane hear of it. Not here: what runs a command (the driver), who may open a
//! session (the plane).

mod command;
mod transcript;

use super::{Link, http::CallError, register::Identity, websocket::Socket};
use crate::driver::{ContainerKey, ExecCommand};
use command::{Command, Input, News, Running, moved};
use domain::{
    link::exec::{ExecOrder, FromHost, ToHost, WindowSize},
    time::Timestamp,
};
use exec::{
    host::{Effect, Ended, Event, Host, Stream},
    words,
};
use futures_util::{FutureExt, SinkExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use std::{
    collections::{BTreeMap, BTreeSet},
    panic::AssertUnwindSafe,
    time::Duration,
};
use tokio::{sync::watch, time::Instant};
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_util::sync::CancellationToken;
use transcript::Transcript;

/// Sessions that this host has at once; each is a process and two connections.
const SESSIONS_MAX: usize = 256;
/// How long a frame may take to be sent.
const SEND_LIMIT: Duration = Duration::from_secs(10);
/// Between two tries to reach the plane, doubled each time.
const DIAL_PAUSE: Duration = Duration::from_millis(200);
const DIAL_PAUSE_MAX: Duration = Duration::from_secs(5);
/// How often the plane is tried to be told that a session is over; one that cannot be reached finds out by itself.
const GOODBYE_TRIES: u32 = 4;

/// How long sessions may take to end when the agent leaves; less than it gives all its sessions.
const LEAVE_MAX: Duration = Duration::from_secs(2);
/// What a client is told whose session's code is wrong.
const PANICKED: &str = "a fault of its host's agent, whose log says more";

/// Keeps the sessions that `wanted` tells until the agent leaves; then they end, as their commands do.
pub(crate) async fn run(
    link: &Link,
    identity: &Identity,
    mut wanted: watch::Receiver<Vec<ExecOrder>>,
) {
    // Another life of the agent must not begin what this one began.
    let life = super::uuid();
    let mut running: BTreeMap<String, CancellationToken> = BTreeMap::new();
    let mut over: BTreeSet<String> = BTreeSet::new();
    let mut sessions = FuturesUnordered::new();
    loop {
        tokio::select! {
            biased;
            () = link.leaving.cancelled() => {
                running.values().for_each(CancellationToken::cancel);
                let all = async { while sessions.next().await.is_some() {} };
                // Those that take longer are cut off: the plane finds out by itself.
                _ = tokio::time::timeout(LEAVE_MAX, all).await;
                return;
            }
            Some(id) = sessions.next(), if !sessions.is_empty() => {
                running.remove(&id);
                over.insert(id);
            }
            changed = wanted.changed() => {
                if changed.is_err() {
                    return;
                }
                let orders = wanted.borrow_and_update().clone();
                let is_wanted = |id: &String| orders.iter().any(|order| order.session_id == *id);
                over.retain(is_wanted);
                running.iter().filter(|(id, _)| !is_wanted(id)).for_each(|(_, stop)| stop.cancel());
                for order in orders {
                    let id = order.session_id.clone();
                    if running.contains_key(&id) || over.contains(&id) {
                        continue;
                    }
                    if running.len() >= SESSIONS_MAX {
                        tracing::warn!(session = id, "too many sessions on this host");
                        continue;
                    }
                    let stop = CancellationToken::new();
                    running.insert(id.clone(), stop.clone());
                    sessions.push(guarded(link, address(link, identity, &id, &life), order, stop));
                }
            }
        }
    }
}

/// Where the plane has the session `id`.
fn address(link: &Link, identity: &Identity, id: &str, life: &str) -> String {
    super::session::address(
        &format!("{}/exec", link.config.endpoint.trim_end_matches('/')),
        &[
            ("clusterArn", &identity.cluster),
            ("containerInstanceArn", &identity.container_instance_arn),
            ("sessionId", id),
            ("life", life),
        ],
    )
}

/// One session; answers its id. A bug in one is no reason to leave the tasks of this host alone, nor to leave its client waiting.
async fn guarded(
    link: &Link,
    address: String,
    order: ExecOrder,
    stop: CancellationToken,
) -> String {
    let id = order.session_id.clone();
    let session = session(link, address.clone(), order, stop);
    if AssertUnwindSafe(session).catch_unwind().await.is_err() {
        tracing::error!(session = id, "a session ended in a panic");
        say_goodbye(link, dial(link, address.clone(), Duration::ZERO), &address, PANICKED).await;
    }
    id
}

/// One session from its begin to its end.
async fn session(link: &Link, address: String, order: ExecOrder, stop: CancellationToken) {
    let began = (link.now(), Instant::now());
    let mut seed = [0; 16];
    // Ids of messages need only differ within a session.
    _ = getrandom::fill(&mut seed);
    let host = Host::new(&order.session_id, seed, began.0);
    let session = Session {
        link,
        host: if order.log_group.is_some() { host.recorded() } else { host },
        transcript: None,
        began,
        channel: dial(link, address.clone(), Duration::ZERO),
        address,
        dials: 0,
        command: Command::None,
        pending: Vec::new(),
        input: Input::Open,
        size: None,
        order,
    };
    let id = session.order.session_id.clone();
    tracing::info!(
        session = id,
        container = session.order.container,
        task = session.order.task_arn,
        "exec session begins"
    );
    let reason = session.run(stop).await;
    tracing::info!(session = id, reason, "exec session ended");
}

/// The websocket to the plane.
enum Channel<'a> {
    Opening(BoxFuture<'a, Result<Socket, CallError>>),
    Open(Box<Socket>),
}

/// What happened to the channel.
enum FromChannel {
    Opened(Result<Box<Socket>, CallError>),
    Read(Option<Result<Message, tungstenite::Error>>),
}

struct Session<'a> {
    link: &'a Link,
    order: ExecOrder,
    address: String,
    host: Host,
    /// Begun with the command, where one is to be kept.
    transcript: Option<Transcript>,
    /// The wall clock's time at a moment of the steady clock: a session's time does not jump.
    began: (Timestamp, Instant),
    channel: Channel<'a>,
    dials: u32,
    command: Command<'a>,
    /// Input that the command has not taken.
    pending: Vec<u8>,
    input: Input,
    /// What the terminal has to be, once it is there.
    size: Option<WindowSize>,
}

impl Session<'_> {
    /// Runs it to its end; answers why it ended.
    async fn run(mut self, stop: CancellationToken) -> String {
        let mut is_stopped = false;
        loop {
            let (began, at) = self.began;
            let due = self.host.due().map_or(at, |due| {
                at + Duration::from_millis((due - began).0.max(0).unsigned_abs())
            });
            let room = self.host.has_room().then(|| self.host.chunk_bytes());
            let input = (self.pending.as_slice(), self.input);
            let event = tokio::select! {
                biased;
                () = stop.cancelled(), if !is_stopped => {
                    is_stopped = true;
                    let is_left = self.link.leaving.is_cancelled();
                    let why = if is_left { "its host's agent leaves" } else { "ended on request" };
                    Some(Event::Terminate(why.to_owned()))
                }
                from = heard(&mut self.channel) => match self.hear(from) {
                    Ok(event) => event,
                    // It is over, or not ours to begin: the plane knows.
                    Err(reason) => {
                        self.command = Command::None;
                        self.end_transcript(&Ended { exit_code: None, reason: reason.clone() }).await;
                        return reason;
                    }
                },
                news = moved(&mut self.command, input, room) => self.follow(news),
                () = tokio::time::sleep_until(due) => Some(Event::Due),
            };
            let mut ended = None;
            if let Some(event) = event {
                ended = self.handle(event).await;
            }
            if let Some(code) = self.finished() {
                self.command = Command::None;
                ended = self.handle(Event::Ended(code)).await.or(ended);
            }
            if let Some(ended) = ended {
                self.command = Command::None;
                let Ended { reason, .. } = ended;
                say_goodbye(self.link, self.channel, &self.address, &reason).await;
                return reason;
            }
        }
    }

    fn now(&self) -> Timestamp {
        let elapsed = i64::try_from(self.began.1.elapsed().as_millis()).unwrap_or(i64::MAX);
        Timestamp(self.began.0.0.saturating_add(elapsed))
    }

    /// What the channel brought. `Err` if the plane wants nothing of this session.
    fn hear(&mut self, from: FromChannel) -> Result<Option<Event>, String> {
        Ok(match from {
            FromChannel::Opened(Ok(socket)) => {
                self.dials = 0;
                self.channel = Channel::Open(socket);
                None
            }
            FromChannel::Opened(Err(error)) => {
                if !error.is_passing() {
                    return Err(error.to_string());
                }
                self.redial();
                None
            }
            FromChannel::Read(Some(Ok(Message::Binary(bytes)))) => {
                Some(Event::Frame(bytes.to_vec()))
            }
            FromChannel::Read(Some(Ok(Message::Text(text)))) => match serde_json::from_str(&text) {
                Ok(ToHost::Client { connected: true }) => Some(Event::Up),
                Ok(ToHost::Client { connected: false }) => Some(Event::Down),
                Err(error) => {
                    tracing::warn!(%error, "frame of an exec channel skipped");
                    None
                }
            },
            FromChannel::Read(Some(Ok(
                Message::Ping(_) | Message::Pong(_) | Message::Frame(_),
            ))) => None,
            FromChannel::Read(Some(Ok(Message::Close(_)) | Err(_)) | None) => {
                self.redial();
                Some(Event::Down)
            }
        })
    }

    fn redial(&mut self) {
        self.channel = dial(self.link, self.address.clone(), pause(self.dials));
        self.dials += 1;
    }

    /// What came from the command.
    fn follow(&mut self, news: News) -> Option<Event> {
        match news {
            News::Started(Err(fault)) => {
                self.command = Command::None;
                Some(Event::Failed(fault.text))
            }
            News::Started(Ok(process)) => {
                if let Some(size) = self.size {
                    process.life.resize(size);
                }
                let error_is_open = process.error.is_some();
                let running = Running { process, output_is_open: true, error_is_open, exit: None };
                self.command = Command::Running(Box::new(running));
                None
            }
            News::Wrote(stream, bytes) if bytes.is_empty() => {
                if let Command::Running(running) = &mut self.command {
                    match stream {
                        Stream::Output => running.output_is_open = false,
                        Stream::Error => running.error_is_open = false,
                    }
                }
                None
            }
            News::Wrote(stream, bytes) => Some(Event::Output(stream, bytes)),
            News::Took(Ok(length)) if length > 0 => {
                self.pending.drain(..length);
                Some(Event::InputTaken(length))
            }
            News::Took(result) => {
                // It reads no more, or everything was said: what is pending is gone, and so is its end of the pipe.
                if let Err(error) = result {
                    tracing::debug!(%error, "a command reads no more");
                }
                let length = self.pending.len();
                self.pending.clear();
                self.input = Input::Closed;
                if let Command::Running(running) = &mut self.command {
                    running.process.input = Box::new(tokio::io::sink());
                }
                Some(Event::InputTaken(length))
            }
            News::Ended(code) => {
                if let Command::Running(running) = &mut self.command {
                    running.exit = Some((code, Instant::now()));
                }
                None
            }
            News::Held => {
                if let Command::Running(running) = &mut self.command {
                    (running.output_is_open, running.error_is_open) = (false, false);
                }
                None
            }
        }
    }

    /// The code of a command that ended and whose output was read.
    fn finished(&self) -> Option<Option<i64>> {
        let Command::Running(running) = &self.command else { return None };
        let (code, _) = running.exit?;
        (!running.output_is_open && !running.error_is_open).then_some(code)
    }

    /// Lets the machine decide, and does it. Answers how the session ended, once it has.
    async fn handle(&mut self, event: Event) -> Option<Ended> {
        let mut events = vec![event];
        let mut ended = None;
        while let Some(event) = events.pop() {
            for effect in self.host.handle(event, self.now()) {
                match effect {
                    Effect::Send(frame) => self.send(Message::binary(frame)).await,
                    Effect::Start(window) => events.extend(self.start(window).await),
                    Effect::Record(bytes) => {
                        if let Err(why) = self.record(bytes).await {
                            // What follows shows what is not in the transcript.
                            events.push(Event::Failed(why));
                            break;
                        }
                    }
                    Effect::Input(bytes) if self.input == Input::Open => self.pending.extend(bytes),
                    Effect::Input(bytes) => events.push(Event::InputTaken(bytes.len())),
                    Effect::InputEnd => self.input = Input::Last,
                    Effect::Resize(size) => {
                        self.size = Some(size);
                        if let Command::Running(running) = &self.command {
                            running.process.life.resize(size);
                        }
                    }
                    Effect::Kill => self.command = Command::None,
                    Effect::Close(how) => {
                        self.end_transcript(&how).await;
                        ended = Some(how);
                    }
                }
            }
        }
        ended
    }

    async fn record(&mut self, bytes: Vec<u8>) -> Result<(), String> {
        let Some(transcript) = &mut self.transcript else { return Ok(()) };
        transcript.write(bytes).await.map_err(|error| not_kept(&error))
    }

    /// Begins the transcript, if one is to be kept.
    async fn begin_transcript(&mut self) -> Result<(), String> {
        let Some(group) = &self.order.log_group else { return Ok(()) };
        let data_dir = &self.link.config.data_dir;
        let begun = Transcript::begin(data_dir, group, &self.order, self.now()).await;
        self.transcript = Some(begun.map_err(|error| not_kept(&error))?);
        Ok(())
    }

    async fn end_transcript(&mut self, ended: &Ended) {
        let now = self.now();
        let Some(transcript) = self.transcript.take() else { return };
        if let Err(error) = transcript.end(ended, now).await {
            tracing::warn!(%error, session = self.order.session_id, "a transcript has no end");
        }
    }

    /// Begins the command, or says why not.
    async fn start(&mut self, window: Option<WindowSize>) -> Option<Event> {
        if let Err(why) = self.begin_transcript().await {
            return Some(Event::Failed(why));
        }
        let args = match words::split(&self.order.command) {
            Ok(args) if args.is_empty() => vec![words::SHELL.to_owned()],
            Ok(args) => args,
            Err(error) => {
                let why = format!("the command `{}`: {error}", self.order.command);
                return Some(Event::Failed(why));
            }
        };
        let task = self.order.task_arn.rsplit('/').next().unwrap_or_default().to_owned();
        let key = ContainerKey { task, name: self.order.container.clone() };
        let driver = &*self.link.driver;
        self.command = Command::Starting(driver.exec(key, ExecCommand { args, window }));
        None
    }

    /// Sends a frame if the channel is there; what matters is repeated otherwise.
    async fn send(&mut self, message: Message) {
        let Channel::Open(socket) = &mut self.channel else { return };
        if !sent(socket, message).await {
            self.redial();
        }
    }
}

/// Whether a frame could be sent.
async fn sent(socket: &mut Socket, message: Message) -> bool {
    matches!(tokio::time::timeout(SEND_LIMIT, socket.send(message)).await, Ok(Ok(())))
}

/// Tells the plane that a session is over. If it cannot be told it finds out when it is asked for the session again.
async fn say_goodbye(link: &Link, mut channel: Channel<'_>, address: &str, reason: &str) {
    let word = FromHost::Ended { reason: reason.to_owned() };
    let word = serde_json::to_string(&word).expect("plain data");
    for tries in 0..GOODBYE_TRIES {
        let socket = match channel {
            Channel::Open(socket) => Some(*socket),
            Channel::Opening(opening) => match tokio::time::timeout(SEND_LIMIT, opening).await {
                // It knows already.
                Ok(Err(error)) if !error.is_passing() => return,
                opened => opened.ok().and_then(Result::ok),
            },
        };
        if let Some(mut socket) = socket
            && sent(&mut socket, Message::text(word.clone())).await
        {
            // The plane closes when it has written it down.
            let closed = async { while let Some(Ok(_)) = socket.next().await {} };
            _ = tokio::time::timeout(SEND_LIMIT, closed).await;
            return;
        }
        channel = dial(link, address.to_owned(), pause(tries));
    }
}

/// What a client is told whose session cannot be logged as it has to be.
fn not_kept(error: &std::io::Error) -> String {
    tracing::error!(%error, "a transcript is not kept");
    "the session's transcript cannot be kept: its host's log says why".to_owned()
}

/// How long to wait before the plane is tried again.
fn pause(dials: u32) -> Duration {
    DIAL_PAUSE.saturating_mul(1 << dials.min(8)).min(DIAL_PAUSE_MAX)
}

/// Opens the websocket at `address` after a pause.
fn dial(link: &Link, address: String, pause: Duration) -> Channel<'_> {
    let opening = async move {
        tokio::time::sleep(pause).await;
        link.http.open(&address).await
    };
    Channel::Opening(opening.boxed())
}

/// What happens to the channel next. Dropping the future loses nothing.
async fn heard(channel: &mut Channel<'_>) -> FromChannel {
    match channel {
        Channel::Opening(opening) => FromChannel::Opened(opening.await.map(Box::new)),
        Channel::Open(socket) => FromChannel::Read(socket.next().await),
    }
}
