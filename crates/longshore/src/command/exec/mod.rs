//! `longshore exec`: runs a command in a container and talks to it, over the same data channel that AWS's plugin uses.
//!
//! `exec::client` decides; here it is done. Must always hold: however it ends, the terminal is as it was before; a session that is left by a
//! signal is ended, so that it does not count on. The exit code is the command's.

mod terminal;

use super::{
    client::{Client, Fault},
    find, render,
};
use crate::args;
use agent::link::websocket::Socket;
use anyhow::{Context, Result, anyhow, bail};
use domain::time::Timestamp;
use exec::{
    client::{self, Effect, Event},
    host::Stream,
    note::Opening,
    words,
};
use futures_util::{SinkExt, StreamExt};
use ring::rand::{SecureRandom, SystemRandom};
use serde_json::{Value as Json, json};
use std::{io::Write, process::ExitCode, time::Duration};
use terminal::{Keyboard, Raw, Signals, Woken};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

/// How long the command may take to begin.
const BEGIN_MAX: Duration = Duration::from_secs(30);
/// How long a broken channel is tried to be opened again, and how often.
const RETURN_MAX: Duration = Duration::from_secs(60);
const RETURN_PAUSE: Duration = Duration::from_millis(300);
/// How long a frame may take to be sent.
const SEND_MAX: Duration = Duration::from_secs(30);
/// How often the plane is shown that somebody is there, as AWS's plugin does.
const PING_EVERY: Duration = Duration::from_secs(60);

pub(crate) async fn run(arguments: &args::Exec) -> Result<ExitCode> {
    let client = Client::new(&arguments.connection)?;
    let cluster = find::cluster_of(&arguments.task, &arguments.cluster);
    let task = find::task(&client, cluster, &arguments.task).await?;
    let container = container(&task, arguments.container.as_deref())?;
    let command = match arguments.words.as_slice() {
        [] => words::SHELL.to_owned(),
        given => words::join(given),
    };
    let request = json!({
        "cluster": cluster, "task": task["taskArn"], "container": container,
        "command": command, "interactive": true,
    });
    let opened = client.call("ExecuteCommand", request).await?;
    let is_json = arguments.connection.output == args::Output::Json;
    let mut talk = Talk::new(&client, &opened["session"], is_json)?;
    let ended = talk.run().await;
    if ended.is_err() {
        talk.end().await;
    }
    // Before anything is printed by us.
    drop(talk.raw.take());
    let (code, reason) = ended?;
    if let Shown::Kept { output, error } = &talk.shown {
        render::print_json(&json!({
            "taskArn": task["taskArn"], "containerName": container, "sessionId": talk.session,
            "exitCode": code, "output": String::from_utf8_lossy(output),
            "error": String::from_utf8_lossy(error), "reason": reason,
        }));
    }
    match code {
        Some(code) => Ok(ExitCode::from(u8::try_from(code.rem_euclid(256)).unwrap_or(u8::MAX))),
        None if reason.is_empty() => bail!("the session ended before the command did"),
        None => bail!("the session ended: {reason}"),
    }
}

/// The container that is meant.
fn container(task: &Json, wanted: Option<&str>) -> Result<String> {
    let all = task["containers"].as_array().into_iter().flatten();
    let names: Vec<&str> = all.filter_map(|container| container["name"].as_str()).collect();
    match (wanted, names.as_slice()) {
        (Some(wanted), names) if names.contains(&wanted) => Ok(wanted.to_owned()),
        (Some(wanted), names) => {
            bail!("the task has no container `{wanted}`; it has {}", names.join(", "))
        }
        (None, [only]) => Ok((*only).to_owned()),
        (None, names) => {
            bail!(
                "the task has {} containers; choose one with `--container`: {}",
                names.len(),
                names.join(", ")
            )
        }
    }
}

/// Where what the command writes goes.
enum Shown {
    /// To our own output and error; what is not written yet.
    Through(Vec<(Stream, Vec<u8>)>),
    /// Nowhere until the end.
    Kept { output: Vec<u8>, error: Vec<u8> },
}

/// A session from here.
struct Talk<'a> {
    client: &'a Client,
    session: String,
    stream_url: String,
    token: String,
    client_id: String,
    machine: client::Client,
    /// What the machine wants to be sent.
    frames: Vec<Vec<u8>>,
    raw: Option<Raw>,
    keyboard: Keyboard,
    signals: Signals,
    shown: Shown,
    ended: Option<(Option<i64>, String)>,
}

impl<'a> Talk<'a> {
    fn new(client: &'a Client, session: &Json, is_json: bool) -> Result<Self> {
        let text = |name: &str| {
            let found = session[name].as_str().map(str::to_owned);
            found.ok_or_else(|| anyhow!("ExecuteCommand answered no `{name}`"))
        };
        let window = if is_json { None } else { terminal::window() };
        let (mut seed, random) = ([0; 32], SystemRandom::new());
        random
            .fill(&mut seed)
            .map_err(|_| anyhow!("the operating system gives no random bytes"))?;
        let (ids, own) = seed.split_at(16);
        Ok(Self {
            client,
            session: text("sessionId")?,
            stream_url: text("streamUrl")?,
            token: text("tokenValue")?,
            client_id: domain::id::uuid(own.try_into().expect("sixteen of thirty-two")),
            machine: client::Client::new(window, ids.try_into().expect("the other sixteen")),
            frames: Vec::new(),
            raw: window.map(|_| Raw::enter()).transpose()?,
            keyboard: if is_json { Keyboard::silent() } else { Keyboard::read() },
            signals: Signals::listen(window.is_some())?,
            shown: if is_json {
                Shown::Kept { output: Vec::new(), error: Vec::new() }
            } else {
                Shown::Through(Vec::new())
            },
            ended: None,
        })
    }

    /// Talks until the session is over: the command's exit code, and why it ended otherwise.
    async fn run(&mut self) -> Result<(Option<i64>, String)> {
        let begin_by = Instant::now() + BEGIN_MAX;
        loop {
            let mut socket = self.open().await?;
            self.tell(Event::Up);
            let broken = self.talk(&mut socket, begin_by).await?;
            if let Some(ended) = self.ended.take() {
                _ = tokio::time::timeout(Duration::from_millis(200), socket.close(None)).await;
                return Ok(ended);
            }
            tracing::debug!(broken, "the data channel broke");
            self.resume().await?;
        }
    }

    /// Opens the channel and says the token.
    async fn open(&mut self) -> Result<Socket> {
        let mut socket = self.client.open(&self.stream_url).await?;
        let opening = Opening {
            message_schema_version: "1.0".to_owned(),
            request_id: self.client_id.clone(),
            token_value: std::mem::take(&mut self.token),
            client_id: self.client_id.clone(),
            client_version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let opening = serde_json::to_string(&opening).expect("plain data");
        socket.send(Message::text(opening)).await.context("say the session's token")?;
        Ok(socket)
    }

    /// Another token for the same session.
    async fn resume(&mut self) -> Result<()> {
        let until = Instant::now() + RETURN_MAX;
        loop {
            let request = json!({ "SessionId": self.session });
            match self.client.call_ssm("ResumeSession", request).await {
                Ok(reply) => match reply["TokenValue"].as_str() {
                    Some(token) if !token.is_empty() => {
                        self.token = token.to_owned();
                        return Ok(());
                    }
                    _ => bail!("session {} is over", self.session),
                },
                // The plane answers, and says no.
                Err(error) if error.downcast_ref::<Fault>().is_some() => return Err(error),
                Err(error) if Instant::now() > until => {
                    return Err(error.context("the connection broke and does not come back"));
                }
                Err(_) => tokio::time::sleep(RETURN_PAUSE).await,
            }
        }
    }

    /// Talks over one channel until it breaks, or the session is over.
    async fn talk(&mut self, socket: &mut Socket, begin_by: Instant) -> Result<String> {
        let mut ping_at = Instant::now() + PING_EVERY;
        loop {
            for frame in std::mem::take(&mut self.frames) {
                let sent = tokio::time::timeout(SEND_MAX, socket.send(Message::binary(frame)));
                if !matches!(sent.await, Ok(Ok(()))) {
                    return Ok("a frame could not be sent".to_owned());
                }
            }
            if self.ended.is_some() {
                return Ok(String::new());
            }
            let due = self.machine.due().map_or(ping_at, |due| {
                let wait = u64::try_from((due - now()).0).unwrap_or_default();
                Instant::now() + Duration::from_millis(wait)
            });
            tokio::select! {
                biased;
                woken = self.signals.next() => self.woken(woken).await?,
                read = socket.next() => match read {
                    Some(Ok(Message::Binary(frame))) => self.tell(Event::Frame(frame.to_vec())),
                    Some(Ok(Message::Close(_))) | None => return Ok("closed".to_owned()),
                    Some(Ok(_)) => {}
                    Some(Err(error)) => return Ok(error.to_string()),
                },
                typed = self.keyboard.next(), if self.machine.has_room() => self.tell(match typed {
                    Some(bytes) => Event::Input(bytes),
                    None => Event::InputEnd,
                }),
                () = tokio::time::sleep_until(due.min(ping_at)) => {
                    self.tell(Event::Due);
                    if ping_at <= Instant::now() {
                        ping_at = Instant::now() + PING_EVERY;
                        _ = socket.send(Message::Ping(Vec::new().into())).await;
                    }
                }
                () = tokio::time::sleep_until(begin_by), if !self.machine.is_ready() => {
                    bail!("the command did not begin within {} s", BEGIN_MAX.as_secs());
                }
            }
            self.print()?;
        }
    }

    fn tell(&mut self, event: Event) {
        for effect in self.machine.handle(event, now()) {
            match effect {
                Effect::Send(frame) => self.frames.push(frame),
                Effect::Print(stream, bytes) => match (&mut self.shown, stream) {
                    (Shown::Through(pending), stream) => pending.push((stream, bytes)),
                    (Shown::Kept { output, .. }, Stream::Output) => output.extend(bytes),
                    (Shown::Kept { error, .. }, Stream::Error) => error.extend(bytes),
                },
                Effect::Close { exit_code, reason } => self.ended = Some((exit_code, reason)),
            }
        }
    }

    /// Writes what the command wrote.
    fn print(&mut self) -> Result<()> {
        let Shown::Through(pending) = &mut self.shown else { return Ok(()) };
        for (stream, bytes) in std::mem::take(pending) {
            match stream {
                Stream::Output => {
                    let mut stdout = std::io::stdout().lock();
                    stdout.write_all(&bytes)?;
                    stdout.flush()?;
                }
                Stream::Error => std::io::stderr().lock().write_all(&bytes)?,
            }
        }
        Ok(())
    }

    async fn woken(&mut self, woken: Woken) -> Result<()> {
        match woken {
            Woken::Resized => {
                if let Some(size) = terminal::window() {
                    self.tell(Event::Size(size));
                }
            }
            Woken::Ended(signal) => {
                self.end().await;
                // As a shell shows it of a command that a signal ended.
                self.ended = Some((Some(128 + i64::from(signal)), String::new()));
            }
        }
        Ok(())
    }

    /// Ends the session, and with it the command.
    async fn end(&self) {
        let request = json!({ "SessionId": self.session });
        if let Err(error) = self.client.call_ssm("TerminateSession", request).await {
            // It ends by itself when nobody comes back to it.
            tracing::debug!(error = &*error as &dyn std::error::Error, "end the session");
        }
    }
}

fn now() -> Timestamp {
    api::system_clock()
}
