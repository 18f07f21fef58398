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
use exec::{
    message::{Kind, MESSAGE_BYTES_MAX},
    note::Token,
};
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
/// How long a session's host may take to say that it is over where the store said so first.
const LAST_WORD_MAX: Duration = Duration::from_secs(5);
/// How long an end may take to say goodbye.
const CLOSE_MAX: Duration = Duration::from_secs(1);

/// Why an end was let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// It went, or fell silent, or a newer one took its place.
    Gone,
    /// The session is over: the agent says so, or the store.
    Over {
        /// The client heard it from its host.
        is_told: bool,
    },
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
    let ending = relay(&mut socket, &place, inlet, Side::Client, &stop).await;
    if ending == (Ending::Over { is_told: false }) {
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
    if matches!(ending, Ending::Over { .. })
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
        ending = send(sink, inlet, place, side) => ending,
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
                    Ok(FromHost::Ended { .. }) => return Ending::Over { is_told: false },
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
///
/// A client of a session that the store says is over is let go when its host said so too: the host knows how it ended, and what a client may
/// look at then, such as the transcript, is there by then.
async fn send<S>(mut sink: S, mut inlet: Inlet, place: &Place, side: Side) -> Ending
where
    S: Sink<Message, Error = Error> + Unpin,
{
    let mut ping_at = Instant::now() + PING_EVERY;
    let (mut is_told, mut over_by) = (false, None);
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
                Some(Relayed::Frame(frame)) => {
                    is_told |= exec::message::Message::kind_of(&frame) == Ok(Kind::ChannelClosed);
                    Message::Binary(frame)
                }
                Some(Relayed::Over) if is_told || place.other().is_none() => {
                    return Ending::Over { is_told };
                }
                Some(Relayed::Over) => {
                    over_by = over_by.or(Some(Instant::now() + LAST_WORD_MAX));
                    continue;
                }
                None => return Ending::Gone,
            },
            () = tokio::time::sleep_until(over_by.unwrap_or(ping_at)), if over_by.is_some() => {
                return Ending::Over { is_told };
            }
            () = tokio::time::sleep_until(ping_at) => {
                ping_at = Instant::now() + PING_EVERY;
                Message::Ping(Bytes::new())
            }
        };
        if !matches!(timeout(SEND_MAX, sink.send(message)).await, Ok(Ok(()))) {
            return Ending::Gone;
        }
        if is_told && over_by.is_some() {
            return Ending::Over { is_told };
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

#[cfg(test)]
mod tests {
    use super::{Ending, LAST_WORD_MAX, send};
    use crate::exec::exchange::{Exchange, Relayed, Side};
    use domain::time::Timestamp;
    use futures_util::{future, sink};
    use std::{
        pin::pin,
        sync::{Arc, Mutex},
    };
    use tokio::time::Instant;
    use tokio_tungstenite::tungstenite::{Bytes, Error, Message};

    /// What a client is sent to whom all this is relayed, and how that ends; a host is there or not.
    async fn sent(relayed: &[Relayed], with_host: bool) -> (Vec<Message>, Ending) {
        let exchange = Arc::new(Exchange::default());
        let (place, inlet) = exchange.enter("s", Side::Client);
        let host = with_host.then(|| exchange.enter("s", Side::Host));
        let sent = Mutex::new(Vec::new());
        let sink = pin!(sink::unfold((), |(), message| {
            sent.lock().expect("no panic").push(message);
            future::ready(Ok::<(), Error>(()))
        }));
        for one in relayed {
            match one {
                Relayed::Over => exchange.over("s"),
                frame => {
                    let (other, _) = host.as_ref().expect("frames come from a host");
                    let other = other.other().expect("the client is there");
                    other.send(frame.clone()).await.expect("room");
                }
            }
        }
        let ending = send(sink, inlet, &place, Side::Client).await;
        let sent = sent.lock().expect("no panic").clone();
        (sent, ending)
    }

    fn closed() -> Bytes {
        exec::host::closed("s", "because", [1; 16], Timestamp(1)).into()
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_hears_the_end_of_its_session_from_its_host() {
        let word = Relayed::Frame(closed());
        let began = Instant::now();
        for relayed in [[Relayed::Over, word.clone()], [word.clone(), Relayed::Over]] {
            let (sent, ending) = sent(&relayed, true).await;
            assert_eq!(sent, [Message::Binary(closed())]);
            assert_eq!(ending, Ending::Over { is_told: true });
        }
        assert_eq!(began.elapsed().as_secs(), 0, "at once");
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_is_gone_or_says_nothing_is_not_waited_for() {
        let began = Instant::now();
        let (nothing, ending) = sent(&[Relayed::Over], false).await;
        assert_eq!((nothing.len(), ending), (0, Ending::Over { is_told: false }));
        assert_eq!(began.elapsed().as_secs(), 0);
        let last = Relayed::Frame(Bytes::from_static(b"no message"));
        let (sent, ending) = sent(&[Relayed::Over, last, Relayed::Over], true).await;
        assert_eq!((sent.len(), ending), (1, Ending::Over { is_told: false }));
        assert_eq!(began.elapsed(), LAST_WORD_MAX);
    }
}
