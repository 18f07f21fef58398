//! A websocket with a bounded box of frames to go, so that a slow reader at the other end holds up nobody here.
//!
//! Invariant: putting a frame into the box never waits. A full box means that the agent does not read, and ends the session.

use domain::time::Timestamp;
use futures_util::{
    Sink, SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use std::{collections::VecDeque, future::poll_fn, pin::Pin, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::Instant,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Bytes, Error, Message, Utf8Bytes,
        protocol::{CloseFrame, Role, WebSocketConfig, frame::coding::CloseCode},
    },
};

/// How many frames may wait to be sent. A session sends no more than its flights and a few heartbeats without an answer.
const BOX_MAX: usize = 64;
/// Frames are small; agents have thousands of sockets.
const READ_BUFFER_BYTES: usize = 8 * 1024;
/// A frame from an agent is no larger: ten tasks' metrics are some 50 KiB.
const MESSAGE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// How long the other end may take to say goodbye.
const CLOSE_WAIT: Duration = Duration::from_secs(1);

/// What comes in.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// A frame of text.
    Text(Utf8Bytes),
    /// The websocket's own answer to a ping, or a ping.
    Pulse,
    /// The other end closed, or the connection broke.
    Closed(String),
}

/// The agent does not read what it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{BOX_MAX} frames wait and the agent does not read them")]
pub(crate) struct BoxFull;

/// A server's end of a websocket.
pub(crate) struct Socket<S> {
    sink: SplitSink<WebSocketStream<S>, Message>,
    stream: SplitStream<WebSocketStream<S>>,
    waiting: VecDeque<Message>,
    is_flushed: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket<S> {
    /// On a connection whose upgrade is done.
    pub(crate) async fn accept(connection: S) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER_BYTES)
            .write_buffer_size(READ_BUFFER_BYTES)
            .max_message_size(Some(MESSAGE_BYTES_MAX))
            .max_frame_size(Some(MESSAGE_BYTES_MAX));
        let socket = WebSocketStream::from_raw_socket(connection, Role::Server, Some(config)).await;
        let (sink, stream) = socket.split();
        Self { sink, stream, waiting: VecDeque::new(), is_flushed: true }
    }

    /// Puts a frame of text into the box.
    pub(crate) fn put(&mut self, text: String) -> Result<(), BoxFull> {
        self.put_message(Message::text(text))
    }

    /// Puts a ping into the box.
    pub(crate) fn ping(&mut self) -> Result<(), BoxFull> {
        self.put_message(Message::Ping(Bytes::new()))
    }

    fn put_message(&mut self, message: Message) -> Result<(), BoxFull> {
        if self.waiting.len() >= BOX_MAX {
            return Err(BoxFull);
        }
        self.waiting.push_back(message);
        self.is_flushed = false;
        Ok(())
    }

    /// Sends what is in the box until something comes in. Dropping the future loses nothing.
    pub(crate) async fn next(&mut self) -> Incoming {
        let Self { sink, stream, waiting, is_flushed } = self;
        loop {
            let read = tokio::select! {
                biased;
                sent = flush(sink, waiting), if !*is_flushed => match sent {
                    Ok(()) => {
                        *is_flushed = true;
                        continue;
                    }
                    Err(error) => return Incoming::Closed(error.to_string()),
                },
                read = stream.next() => read,
            };
            return match read {
                Some(Ok(Message::Text(text))) => Incoming::Text(text),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                    // The answer to a ping is in the sink and wants to be flushed.
                    *is_flushed = false;
                    Incoming::Pulse
                }
                Some(Ok(Message::Close(frame))) => {
                    let reason = frame.map_or_else(String::new, |frame| frame.to_string());
                    Incoming::Closed(format!("closed by the agent {reason}"))
                }
                // Agents speak text; other frames mean nothing.
                Some(Ok(Message::Binary(_) | Message::Frame(_))) => continue,
                Some(Err(error)) => Incoming::Closed(error.to_string()),
                None => Incoming::Closed("connection ended".into()),
            };
        }
    }

    /// Says goodbye and waits a moment for the answer. Frames still in the box go before.
    pub(crate) async fn close(mut self, code: u16, reason: &str) {
        let frame = CloseFrame { code: CloseCode::from(code), reason: Utf8Bytes::from(reason) };
        self.waiting.push_back(Message::Close(Some(frame)));
        self.is_flushed = false;
        let goodbye = async { while !matches!(self.next().await, Incoming::Closed(_)) {} };
        // An agent that does not answer is gone in any case.
        let _ = tokio::time::timeout(CLOSE_WAIT, goodbye).await;
        let _ = tokio::time::timeout(CLOSE_WAIT, self.sink.close()).await;
    }
}

async fn flush<S>(sink: &mut S, waiting: &mut VecDeque<Message>) -> Result<(), Error>
where
    S: Sink<Message, Error = Error> + Unpin,
{
    while !waiting.is_empty() {
        poll_fn(|context| Pin::new(&mut *sink).poll_ready(context)).await?;
        let message = waiting.pop_front().expect("it was not empty, and nobody else takes from it");
        Pin::new(&mut *sink).start_send(message)?;
    }
    poll_fn(|context| Pin::new(&mut *sink).poll_flush(context)).await
}

/// A session's own time: the wall clock's at its beginning, then as steady as tokio's. A wall clock that is set back would hold up
/// heartbeats, one that is set forward would end leases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SessionClock {
    began: Timestamp,
    at: Instant,
}

impl SessionClock {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self { began: now, at: Instant::now() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        let elapsed = i64::try_from(self.at.elapsed().as_millis()).unwrap_or(i64::MAX);
        Timestamp(self.began.0.saturating_add(elapsed))
    }

    /// Returns at `until`.
    pub(crate) async fn wait(&self, until: Timestamp) {
        let since = u64::try_from((until - self.began).0).unwrap_or_default();
        tokio::time::sleep_until(self.at + Duration::from_millis(since)).await;
    }
}
