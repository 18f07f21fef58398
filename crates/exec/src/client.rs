//! A session as our own client sees it: the part that AWS's Session Manager plugin plays, and the exit code besides.
//!
//! Must always hold: pure. What the command wrote is printed once and in order; what is typed is kept until the host has it, also through
//! a new channel. Not here: the terminal and the socket (`longshore`).

use crate::{
    host::Stream,
    message::{Content, Kind, Message},
    note::{
        Acknowledgement, ChannelClosed, HandshakeRequest, HandshakeResponse, OwnClient,
        ProcessedAction,
    },
    reliable::{Inbox, MessageIds, Outbox, acknowledgement},
};
use domain::{link::exec::WindowSize, time::Timestamp};
use serde_json::Value as Json;

/// What one message of input holds.
pub const CHUNK_BYTES: usize = 1024;
/// What the client says it is.
const CLIENT_VERSION: &str = "1.2.0.0";

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A channel is open, and the token was said.
    Up,
    /// A binary frame came.
    Frame(Vec<u8>),
    /// Somebody typed.
    Input(Vec<u8>),
    /// There is nothing more to read.
    InputEnd,
    /// The terminal has this size now.
    Size(WindowSize),
    /// [`Client::due`] has come.
    Due,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send this binary frame.
    Send(Vec<u8>),
    /// Show this.
    Print(Stream, Vec<u8>),
    /// The session is over. Said once, and last.
    Close {
        /// The command's.
        exit_code: Option<i64>,
        /// Why, where it was not the command's end.
        reason: String,
    },
}

/// A session's client.
#[derive(Clone, Debug)]
pub struct Client {
    terminal: Option<WindowSize>,
    is_ready: bool,
    outbox: Outbox,
    inbox: Inbox,
    ids: MessageIds,
    exit_code: Option<i64>,
    is_closed: bool,
    effects: Vec<Effect>,
}

impl Client {
    /// Of a new session, with a terminal of this size or without one. `seed` is for ids of messages.
    pub fn new(terminal: Option<WindowSize>, seed: [u8; 16]) -> Self {
        Self {
            terminal,
            is_ready: false,
            outbox: Outbox::new(Kind::Input),
            inbox: Inbox::default(),
            ids: MessageIds::new(seed),
            exit_code: None,
            is_closed: false,
            effects: Vec::new(),
        }
    }

    /// Whether the command runs and more input can be taken now.
    pub fn has_room(&self) -> bool {
        self.is_ready && !self.is_closed && self.outbox.has_room()
    }

    /// Whether the command was begun.
    pub fn is_ready(&self) -> bool {
        self.is_ready
    }

    /// When to be told [`Event::Due`].
    pub fn due(&self) -> Option<Timestamp> {
        if self.is_closed { None } else { self.outbox.due() }
    }

    /// Takes what happened and says what to do.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        if self.is_closed {
            return Vec::new();
        }
        match event {
            Event::Up => {
                self.effects.extend(self.outbox.repeat_all(now).into_iter().map(Effect::Send));
            }
            Event::Frame(bytes) => {
                if let Ok(message) = Message::decode(&bytes) {
                    self.hear(message, now);
                }
            }
            Event::Input(bytes) => {
                for chunk in bytes.chunks(CHUNK_BYTES) {
                    self.put(Content::Output, chunk.to_vec(), now);
                }
            }
            Event::InputEnd => self.put(Content::Output, Vec::new(), now),
            Event::Size(size) => {
                self.terminal = Some(size);
                if self.is_ready {
                    self.put(Content::Size, serde_json::to_vec(&size).expect("plain data"), now);
                }
            }
            Event::Due => self.effects.extend(self.outbox.repeat(now).map(Effect::Send)),
        }
        std::mem::take(&mut self.effects)
    }

    fn hear(&mut self, message: Message, now: Timestamp) {
        match message.kind {
            Kind::Acknowledge => {
                if let Ok(note) = serde_json::from_slice::<Acknowledgement>(&message.payload) {
                    self.outbox.acknowledged(note.acknowledged_message_sequence_number, now);
                }
            }
            Kind::Output => {
                let note = acknowledgement(&message, &mut self.ids, now);
                let (is_acknowledged, ready) = self.inbox.take(message);
                for message in ready {
                    self.follow(&message, now);
                }
                if is_acknowledged {
                    self.effects.push(Effect::Send(note));
                }
            }
            Kind::ChannelClosed => {
                let note: ChannelClosed =
                    serde_json::from_slice(&message.payload).unwrap_or_default();
                self.is_closed = true;
                let exit_code = self.exit_code;
                self.effects.push(Effect::Close { exit_code, reason: note.output });
            }
            Kind::Input | Kind::StartPublication | Kind::PausePublication => {}
        }
    }

    fn follow(&mut self, message: &Message, now: Timestamp) {
        match message.content {
            Content::HandshakeRequest => {
                let asked = serde_json::from_slice::<HandshakeRequest>(&message.payload);
                let actions = asked.map(|asked| asked.requested_client_actions).unwrap_or_default();
                let done = actions.into_iter().map(|action| process(&action.action_type));
                let response = HandshakeResponse {
                    client_version: CLIENT_VERSION.to_owned(),
                    processed_client_actions: done.collect(),
                    errors: Json::Null,
                    longshore: Some(OwnClient { terminal: self.terminal }),
                };
                let response = serde_json::to_vec(&response).expect("plain data");
                self.put(Content::HandshakeResponse, response, now);
            }
            Content::HandshakeComplete => self.is_ready = true,
            Content::Output => self.print(Stream::Output, message),
            Content::StdErr | Content::Error => self.print(Stream::Error, message),
            Content::ExitCode => {
                let text = String::from_utf8_lossy(&message.payload);
                self.exit_code = text.trim().parse().ok();
            }
            _ => {}
        }
    }

    fn print(&mut self, stream: Stream, message: &Message) {
        // A host may begin with output and without a handshake (§9.5 a).
        self.is_ready = true;
        self.effects.push(Effect::Print(stream, message.payload.clone()));
    }

    fn put(&mut self, content: Content, payload: Vec<u8>, now: Timestamp) {
        let bytes = self.outbox.put(content, payload, &mut self.ids, now);
        self.effects.push(Effect::Send(bytes));
    }
}

/// Answers one thing that a host asks for: a shell is all that can be done here.
fn process(action: &str) -> ProcessedAction {
    let is_served = action == "SessionType";
    let error = if is_served { String::new() } else { format!("{action} is not supported") };
    ProcessedAction {
        action_type: action.to_owned(),
        action_status: if is_served { 1 } else { 3 },
        action_result: Json::Null,
        error: Some(error),
    }
}
