//! The websockets of a session's two ends: what comes in at one goes out at the other.
//!
//! Invariants: reading never waits for writing at the same end, so that two ends cannot wait for each other; nothing waits for an end that
//! is silent without a limit. It decides nothing.

use super::{
    desk,
    exchange::{Inlet, Place, Relayed, Side},
};
use crate::shared::Shared;
use domain::link::exec::{FromHost, ToHost};
use exec::{message::MESSAGE_BYTES_MAX, note::Token};
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::{Instant, timeout},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Bytes, Error, Message, Utf8Bytes,
        protocol::{CloseFrame, Role, WebSocketConfig, frame::coding::CloseCode},
    },
};
use tokio_util::sync::CancellationToken;

/// How long a client may take to say its token.
const OPENING_MAX: Duration = Duration::from_secs(10);
/// How often an end is asked for a sign of life.
const PING_EVERY: Duration = Duration::from_secs(30);
/// An end that says nothing for so long is gone.
const SILENCE_MAX: Duration = Duration::from_secs(100);
/// How long a frame may take to be sent.
const SEND_MAX: Duration = Duration::from_secs(30);
/// How long an end may take to say goodbye.
const CLOSE_MAX: Duration = Duration::from_secs(1);

/// Why an end was let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// It went, or fell silent, or a newer one took its place.
    Gone,
    /// The session is over: the agent says so, or the store.
    Over,
}

/// Serves a client of `session`, if it has its token.
pub(crate) async fn client<S: AsyncRead + AsyncWrite + Unpin + Send>(
    shared: Arc<Shared>,
    session: String,
    connection: S,
    stop: CancellationToken,
) {
    let mut socket = accept(connection).await;
    let Some(token) = stop.run_until_cancelled(opening(&mut socket)).await.flatten() else {
        return close(socket, CloseCode::Policy, "no token was said").await;
    };
    match desk::spend(&shared, &session, &token, shared.sources.now()).await {
        Ok(true) => {}
        Ok(false) => {
            tracing::info!(session, "exec channel refused: not its token");
            return close(socket, CloseCode::Policy, "the token opens nothing").await;
        }
        Err(error) => {
            tracing::error!(
                session,
                error = &error as &dyn std::error::Error,
                "open an exec channel"
            );
            return close(socket, CloseCode::Error, "internal error").await;
        }
    }
    let (place, inlet) = shared.registry.exchange.enter(&session, Side::Client);
    tracing::info!(session, "exec client connected");
    if relay(&mut socket, &place, inlet, Side::Client, &stop).await == Ending::Over {
        // Its agent said so too, if it could; a client takes the first word for it.
        let now = shared.sources.now();
        let last = exec::host::closed(&session, "", shared.sources.bytes(), now);
        _ = timeout(SEND_MAX, socket.send(Message::binary(last))).await;
    }
    tracing::info!(session, "exec client disconnected");
    close(socket, CloseCode::Normal, "").await;
}

/// Serves the agent that has the command of `session`.
pub(crate) async fn host<S: AsyncRead + AsyncWrite + Unpin + Send>(
    shared: Arc<Shared>,
    session: String,
    connection: S,
    stop: CancellationToken,
) {
    let mut socket = accept(connection).await;
    let (place, inlet) = shared.registry.exchange.enter(&session, Side::Host);
    let ending = relay(&mut socket, &place, inlet, Side::Host, &stop).await;
    if ending == Ending::Over
        && let Err(error) = desk::end(&shared, &session).await
    {
        // The agent's next life, or the sweep, ends it.
        tracing::error!(session, error = &error as &dyn std::error::Error, "end an exec session");
    }
    drop(place);
    close(socket, CloseCode::Normal, "").await;
}

async fn accept<S: AsyncRead + AsyncWrite + Unpin>(connection: S) -> WebSocketStream<S> {
    let config = WebSocketConfig::default()
        .read_buffer_size(MESSAGE_BYTES_MAX)
        .write_buffer_size(0)
        .max_message_size(Some(MESSAGE_BYTES_MAX))
        .max_frame_size(Some(MESSAGE_BYTES_MAX));
    WebSocketStream::from_raw_socket(connection, Role::Server, Some(config)).await
}

/// The token in a client's first frame.
async fn opening<S>(socket: &mut S) -> Option<String>
where
    S: Stream<Item = Result<Message, Error>> + Unpin,
{
    let deadline = Instant::now() + OPENING_MAX;
    loop {
        match tokio::time::timeout_at(deadline, socket.next()).await {
            Ok(Some(Ok(Message::Text(text)))) => {
                return serde_json::from_str::<Token>(&text).ok().map(|it| it.token_value);
            }
            Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => {}
            _ => return None,
        }
    }
}

/// Relays between an end and the other until it is over.
async fn relay<S: AsyncRead + AsyncWrite + Unpin + Send>(
    socket: &mut WebSocketStream<S>,
    place: &Place,
    inlet: Inlet,
    side: Side,
    stop: &CancellationToken,
) -> Ending {
    let (sink, stream) = socket.split();
    tokio::select! {
        biased;
        () = stop.cancelled() => Ending::Gone,
        ending = receive(stream, place, side) => ending,
        ending = send(sink, inlet, side) => ending,
    }
}

/// Takes what comes in.
async fn receive<S>(mut stream: S, place: &Place, side: Side) -> Ending
where
    S: Stream<Item = Result<Message, Error>> + Unpin,
{
    loop {
        match timeout(SILENCE_MAX, stream.next()).await {
            Ok(Some(Ok(Message::Binary(frame)))) => {
                if let Some(other) = place.other() {
                    // An end that is gone gets nothing; its successor is given everything again.
                    _ = other.send(Relayed::Frame(frame)).await;
                }
            }
            Ok(Some(Ok(Message::Text(text)))) if side == Side::Host => {
                match serde_json::from_str::<FromHost>(&text) {
                    Ok(FromHost::Ended { .. }) => return Ending::Over,
                    Err(error) => {
                        tracing::warn!(%error, "frame of an agent's exec channel skipped")
                    }
                }
            }
            Ok(Some(Ok(
                Message::Text(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_),
            ))) => {}
            Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) | Err(_) => return Ending::Gone,
        }
    }
}

/// Sends what is for this end, and asks for signs of life.
async fn send<S>(mut sink: S, mut inlet: Inlet, side: Side) -> Ending
where
    S: Sink<Message, Error = Error> + Unpin,
{
    let mut ping_at = Instant::now() + PING_EVERY;
    loop {
        let message = tokio::select! {
            biased;
            changed = inlet.presence.changed(), if side == Side::Host => {
                if changed.is_err() {
                    return Ending::Gone;
                }
                let connected = *inlet.presence.borrow_and_update() != 0;
                let word = ToHost::Client { connected };
                Message::text(serde_json::to_string(&word).expect("plain data"))
            }
            relayed = inlet.frames.recv() => match relayed {
                Some(Relayed::Frame(frame)) => Message::Binary(frame),
                Some(Relayed::Over) => return Ending::Over,
                None => return Ending::Gone,
            },
            () = tokio::time::sleep_until(ping_at) => {
                ping_at = Instant::now() + PING_EVERY;
                Message::Ping(Bytes::new())
            }
        };
        if !matches!(timeout(SEND_MAX, sink.send(message)).await, Ok(Ok(()))) {
            return Ending::Gone;
        }
    }
}

async fn close<S: AsyncRead + AsyncWrite + Unpin>(
    mut socket: WebSocketStream<S>,
    code: CloseCode,
    reason: &'static str,
) {
    let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
    // An end that does not answer a goodbye is gone in any case.
    _ = timeout(CLOSE_MAX, async {
        socket.close(Some(frame)).await?;
        while socket.next().await.is_some_and(|read| read.is_ok()) {}
        Ok::<(), Error>(())
    })
    .await;
}
