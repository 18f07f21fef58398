//! A session as its host sees it: the part that AWS's ssm-agent plays.
//!
//! ```text
//!            client is there         answered           command ended         all acknowledged, or too late
//! Opening ──────────────────▶ asked ─────────▶ Running ──────────────▶ Ending ─────────────────────▶ Closed
//!     └───────────── nobody came, or nobody did anything, or somebody ended it: killed ────────────▶ Closed
//! ```
//! The command is started only when a client answered: only then it is known what terminal it has. A client that is away finds what it
//! missed when it comes back.
//!
//! Must always hold: pure; the command is started at most once; what a client sees is in the transcript before, if there is one and it is
//! not full; after [`Effect::Close`] nothing more is asked.
//! Not here: processes and sockets (`agent`), who may open a session (`api`).

use crate::{
    message::{Content, Kind, Message, SYN_FIN},
    note::{
        Acknowledgement, ChannelClosed, HandshakeComplete, HandshakeResponse, OwnClient,
        SESSION_TYPE, handshake_request,
    },
    reliable::{Inbox, MessageIds, Outbox, acknowledgement},
};
use domain::{
    link::exec::WindowSize,
    time::{Millis, Timestamp},
};

/// How long a session waits for its first client.
pub const OPEN_MAX: Millis = Millis::from_s(60);
/// How long nothing may be said in either direction (spec/tasks.md §6).
pub const IDLE_MAX: Millis = Millis::from_s(20 * 60);
/// How long a client may be away: also one that was killed, for nobody can tell it from one whose connection broke. Its session counts for
/// as long among those of its container.
pub const AWAY_MAX: Millis = Millis::from_s(5 * 60);
/// How long what the command said last may take to be acknowledged.
pub const LAST_WORDS_MAX: Millis = Millis::from_s(60);
/// Input that waits for the command; more is not acknowledged, so that the client sends it again.
const INPUT_BYTES_MAX: usize = 256 * 1024;
/// What is kept of a session at most, bytes: who copies files through one is not to fill the host's disk with its transcript.
pub const TRANSCRIPT_BYTES_MAX: usize = 64 << 20;
/// What stands where a transcript stops before its session.
const TRANSCRIPT_FULL: &[u8] = b"\nThe transcript is full: what follows is not in it.\n";
/// What one message to a client of AWS's holds, as the ssm-agent has it.
const PLUGIN_CHUNK_BYTES: usize = 1024;
/// And to one of ours.
const OWN_CHUNK_BYTES: usize = 16 * 1024;
/// A flag message that asks for the session's end.
const TERMINATE: [u8; 4] = [0, 0, 0, 2];

/// Which of a command's streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output, or all that a terminal shows.
    Output,
    /// Standard error, where there is no terminal.
    Error,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A client is at the other end of the channel now.
    Up,
    /// No client is.
    Down,
    /// A binary frame came.
    Frame(Vec<u8>),
    /// The command wrote.
    Output(Stream, Vec<u8>),
    /// The command took so many bytes of its input.
    InputTaken(usize),
    /// The command ended, and all that it wrote was told; with its exit code where that is known.
    Ended(Option<i64>),
    /// The command could not be started, or the session's host cannot go on.
    Failed(String),
    /// Somebody wants the session to end.
    Terminate(String),
    /// [`Host::due`] has come.
    Due,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send this binary frame, if the channel is there; else forget it.
    Send(Vec<u8>),
    /// Start the command: in a terminal of this size, or with pipes.
    Start(Option<WindowSize>),
    /// Give this to the command, and say [`Event::InputTaken`].
    Input(Vec<u8>),
    /// There is no more input.
    InputEnd,
    /// The terminal has another size.
    Resize(WindowSize),
    /// Append this to the session's transcript, before what follows is done; [`Event::Failed`] if that cannot be.
    Record(Vec<u8>),
    /// End the command.
    Kill,
    /// The session is over: end its transcript. Said once, and before the frame that tells the client, which comes last.
    Close(Ended),
}

/// How a session ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The command's, if it ended by itself.
    pub exit_code: Option<i64>,
    /// Why, where it was not the command's end.
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// No answer to the handshake yet.
    Opening { asked: bool },
    /// The command is started.
    Running,
    /// It ended, then; what it said may not all be told.
    Ending { since: Timestamp, exit_code: Option<i64> },
    /// Nothing is left to do.
    Closed,
}

/// A session's host.
#[derive(Clone, Debug)]
pub struct Host {
    session: String,
    began: Timestamp,
    phase: Phase,
    /// The client has answered the handshake.
    is_shaken: bool,
    own_client: bool,
    size: Option<WindowSize>,
    outbox: Outbox,
    inbox: Inbox,
    ids: MessageIds,
    input_bytes: usize,
    input_ended: bool,
    /// Since when no client is there.
    away_since: Option<Timestamp>,
    active_at: Timestamp,
    /// How much more its transcript takes, if it has one.
    transcript_room: Option<usize>,
    effects: Vec<Effect>,
}

impl Host {
    /// Of a new session. `seed` is for ids of messages.
    pub fn new(session: impl Into<String>, seed: [u8; 16], now: Timestamp) -> Self {
        Self {
            session: session.into(),
            began: now,
            phase: Phase::Opening { asked: false },
            is_shaken: false,
            own_client: false,
            size: None,
            outbox: Outbox::new(Kind::Output),
            inbox: Inbox::default(),
            ids: MessageIds::new(seed),
            input_bytes: 0,
            input_ended: false,
            away_since: Some(now),
            active_at: now,
            transcript_room: None,
            effects: Vec::new(),
        }
    }

    /// The same with a transcript of what its command writes.
    #[must_use]
    pub fn recorded(self) -> Self {
        Self { transcript_room: Some(TRANSCRIPT_BYTES_MAX), ..self }
    }

    /// Whether more output of the command can be taken now: while it cannot, the command is not read.
    pub fn has_room(&self) -> bool {
        self.phase == Phase::Running && self.outbox.has_room()
    }

    /// How many bytes of output are best told at once.
    pub fn chunk_bytes(&self) -> usize {
        if self.own_client { OWN_CHUNK_BYTES } else { PLUGIN_CHUNK_BYTES }
    }

    /// When to be told [`Event::Due`]; `None` once it is closed.
    pub fn due(&self) -> Option<Timestamp> {
        let end = match self.phase {
            Phase::Closed => return None,
            Phase::Opening { .. } => self.began + OPEN_MAX,
            Phase::Running => self.active_at + IDLE_MAX,
            Phase::Ending { since, .. } => since + LAST_WORDS_MAX,
        };
        let back = self.away_since.map(|since| since + AWAY_MAX);
        let repeat = self.away_since.is_none().then(|| self.outbox.due()).flatten();
        [Some(end), back, repeat].into_iter().flatten().min()
    }

    /// Takes what happened and says what to do.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        if self.phase == Phase::Closed {
            return Vec::new();
        }
        match event {
            Event::Up => self.up(now),
            Event::Down => self.away_since = self.away_since.or(Some(now)),
            Event::Frame(bytes) => {
                // What cannot be read was not sent by a client that keeps to the protocol; it is repeated or it was nothing.
                if let Ok(message) = Message::decode_as_it_is(&bytes) {
                    self.hear(message, now);
                }
            }
            Event::Output(stream, bytes) => self.tell_output(stream, &bytes, now),
            Event::InputTaken(bytes) => self.input_bytes = self.input_bytes.saturating_sub(bytes),
            Event::Ended(exit_code) => self.ended(exit_code, now),
            Event::Failed(why) | Event::Terminate(why) => self.close(None, why, now),
            Event::Due => self.look(now),
        }
        std::mem::take(&mut self.effects)
    }

    fn up(&mut self, now: Timestamp) {
        self.away_since = None;
        self.effects.extend(self.outbox.repeat_all(now).into_iter().map(Effect::Send));
        if self.phase == (Phase::Opening { asked: false }) {
            self.phase = Phase::Opening { asked: true };
            let request = serde_json::to_vec(&handshake_request()).expect("plain data");
            self.put(Content::HandshakeRequest, request, now);
        }
    }

    fn hear(&mut self, message: Message, now: Timestamp) {
        match message.kind {
            Kind::Acknowledge => {
                if let Ok(note) = serde_json::from_slice::<Acknowledgement>(&message.payload) {
                    self.outbox.acknowledged(note.acknowledged_message_sequence_number, now);
                }
                self.close_if_told(now);
            }
            Kind::Input => self.hear_input(message, now),
            Kind::ChannelClosed => self.close(None, String::new(), now),
            Kind::Output | Kind::StartPublication | Kind::PausePublication => {}
        }
    }

    fn hear_input(&mut self, message: Message, now: Timestamp) {
        let is_full = self.input_bytes + message.payload.len() > INPUT_BYTES_MAX;
        if is_full && message.content == Content::Output && !self.inbox.knows(&message) {
            return;
        }
        let note = acknowledgement(&message, &mut self.ids, now);
        let (is_acknowledged, ready) = self.inbox.take(message);
        if is_acknowledged {
            self.effects.push(Effect::Send(note));
        }
        for message in ready {
            self.follow(&message, now);
        }
    }

    /// Does what a message says whose turn it is.
    fn follow(&mut self, message: &Message, now: Timestamp) {
        let is_new = self.phase == (Phase::Opening { asked: true });
        match message.content {
            Content::HandshakeResponse => self.shake(&message.payload, now),
            Content::Size => {
                let Ok(size) = serde_json::from_slice::<WindowSize>(&message.payload) else {
                    return;
                };
                self.size = Some(size);
                if is_new {
                    self.begin(Some(size), now);
                } else if self.phase == Phase::Running {
                    self.effects.push(Effect::Resize(size));
                }
            }
            Content::Output if is_new => {
                // A client that knows of no handshake, as there are; it has a terminal.
                self.begin(Some(self.size.unwrap_or_default()), now);
                self.follow(message, now);
            }
            Content::Output if self.phase == Phase::Running && !self.input_ended => {
                self.active_at = now;
                if message.payload.is_empty() {
                    if self.own_client {
                        self.input_ended = true;
                        self.effects.push(Effect::InputEnd);
                    }
                } else {
                    self.input_bytes += message.payload.len();
                    self.effects.push(Effect::Input(message.payload.clone()));
                }
            }
            Content::Flag if message.payload == TERMINATE => self.close(None, String::new(), now),
            _ => {}
        }
    }

    /// The answer to the handshake. There are clients that say their terminal's size before it: their command is started by then, and
    /// they wait all the same to be told that the handshake is over.
    fn shake(&mut self, payload: &[u8], now: Timestamp) {
        let is_new = self.phase == (Phase::Opening { asked: true });
        if self.is_shaken || !(is_new || self.phase == Phase::Running) {
            return;
        }
        let Ok(response) = serde_json::from_slice::<HandshakeResponse>(payload) else {
            return self.close(None, "the client's handshake cannot be read".to_owned(), now);
        };
        let refused = response.processed_client_actions.iter().find(|it| it.action_status != 1);
        if let Some(refused) = refused {
            let error = refused.error.as_deref().unwrap_or_default();
            let why = format!("the client refused {SESSION_TYPE}: {error}");
            return self.close(None, why, now);
        }
        self.is_shaken = true;
        let complete = HandshakeComplete {
            handshake_time_to_complete: (now - self.began).0.saturating_mul(1_000_000),
            customer_message: String::new(),
        };
        let complete = serde_json::to_vec(&complete).expect("plain data");
        self.put(Content::HandshakeComplete, complete, now);
        if is_new {
            self.own_client = response.longshore.is_some();
            let terminal = match response.longshore {
                Some(OwnClient { terminal }) => terminal,
                None => Some(self.size.unwrap_or_default()),
            };
            self.begin(terminal, now);
        }
    }

    fn begin(&mut self, terminal: Option<WindowSize>, now: Timestamp) {
        self.phase = Phase::Running;
        self.active_at = now;
        self.effects.push(Effect::Start(terminal));
    }

    fn tell_output(&mut self, stream: Stream, bytes: &[u8], now: Timestamp) {
        if self.phase != Phase::Running {
            return;
        }
        self.active_at = now;
        self.record(bytes);
        let content = match stream {
            Stream::Output => Content::Output,
            Stream::Error => Content::StdErr,
        };
        for chunk in bytes.chunks(self.chunk_bytes()) {
            self.put(content, chunk.to_vec(), now);
        }
    }

    /// Nobody is shown what the transcript has not.
    fn record(&mut self, bytes: &[u8]) {
        let Some(room) = self.transcript_room.filter(|room| *room > 0) else { return };
        let mut record = bytes[..bytes.len().min(room)].to_vec();
        self.transcript_room = Some(room - record.len());
        if record.len() == room {
            record.extend(TRANSCRIPT_FULL);
        }
        self.effects.push(Effect::Record(record));
    }

    fn ended(&mut self, exit_code: Option<i64>, now: Timestamp) {
        if self.phase != Phase::Running {
            return;
        }
        if let (true, Some(code)) = (self.own_client, exit_code) {
            self.put(Content::ExitCode, code.to_string().into_bytes(), now);
        }
        self.phase = Phase::Ending { since: now, exit_code };
        self.close_if_told(now);
    }

    fn close_if_told(&mut self, now: Timestamp) {
        if let Phase::Ending { exit_code, .. } = self.phase
            && self.outbox.is_empty()
        {
            self.close(exit_code, String::new(), now);
        }
    }

    fn look(&mut self, now: Timestamp) {
        let is_past = |since: Timestamp, limit: Millis| since + limit <= now;
        let minutes = |limit: Millis| limit.0 / 60_000;
        if self.away_since.is_some_and(|since| is_past(since, AWAY_MAX)) {
            let why = format!("no client for {} minutes", minutes(AWAY_MAX));
            return self.close(None, why, now);
        }
        match self.phase {
            Phase::Opening { .. } if is_past(self.began, OPEN_MAX) => {
                self.close(None, format!("no client within {} s", OPEN_MAX.0 / 1000), now);
            }
            Phase::Running if is_past(self.active_at, IDLE_MAX) => {
                let why = format!("timed out: nothing was said for {} minutes", minutes(IDLE_MAX));
                self.close(None, why, now);
            }
            Phase::Ending { since, exit_code } if is_past(since, LAST_WORDS_MAX) => {
                self.close(exit_code, String::new(), now);
            }
            Phase::Opening { .. } | Phase::Running | Phase::Ending { .. } | Phase::Closed => {
                if self.away_since.is_none()
                    && let Some(bytes) = self.outbox.repeat(now)
                {
                    self.effects.push(Effect::Send(bytes));
                }
            }
        }
    }

    fn close(&mut self, exit_code: Option<i64>, reason: String, now: Timestamp) {
        if self.phase == Phase::Running {
            self.effects.push(Effect::Kill);
        }
        self.phase = Phase::Closed;
        let word = closed(&self.session, &reason, self.ids.draw(), now);
        self.effects.push(Effect::Close(Ended { exit_code, reason }));
        self.effects.push(Effect::Send(word));
    }

    fn put(&mut self, content: Content, payload: Vec<u8>, now: Timestamp) {
        let bytes = self.outbox.put(content, payload, &mut self.ids, now);
        self.effects.push(Effect::Send(bytes));
    }
}

/// The frame that tells a client that its session is over. Clients print `reason`, if there is one.
pub fn closed(session: &str, reason: &str, id: [u8; 16], now: Timestamp) -> Vec<u8> {
    let kind = Kind::ChannelClosed;
    let content = Content::None;
    let message = Message {
        kind,
        created: now,
        sequence: 0,
        flags: SYN_FIN,
        id,
        content,
        payload: Vec::new(),
    };
    let note = ChannelClosed {
        message_type: kind.name().to_owned(),
        message_id: message.id_text(),
        destination_id: session.to_owned(),
        session_id: session.to_owned(),
        schema_version: 1,
        created_date: now.0.to_string(),
        output: reason.to_owned(),
    };
    let payload = serde_json::to_vec(&note).expect("plain data");
    Message { payload, ..message }.encode()
}
