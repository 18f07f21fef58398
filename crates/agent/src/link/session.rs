//! One websocket session after another, for as long as the agent runs: what the control and the telemetry session have in common.
//!
//! `pace` decides when; here it is done. Invariant: nothing waits for the plane without a limit.

use super::{
    Link,
    api::Endpoints,
    http::CallError,
    pace::{Ending, Pace, Timing, Watch},
    register::Identity,
    websocket::Socket,
};
use domain::time::{Millis, Timestamp};
use futures_util::{SinkExt, StreamExt};
use std::{collections::BTreeSet, time::Duration};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::{
    Message, Utf8Bytes,
    protocol::{CloseFrame, frame::coding::CloseCode},
};

/// How long a frame may take to be sent.
const SEND_LIMIT: Duration = Duration::from_secs(30);
/// How long a goodbye may take.
const CLOSE_LIMIT: Duration = Duration::from_secs(1);
/// How long the addresses of the sessions are believed, like the official agent.
const ADDRESS_LIFE: Duration = Duration::from_secs(12 * 3600);

/// What a frame was worth.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// A sign of life, to be answered or not.
    Life(Option<String>),
    /// Nothing.
    Nothing,
    /// The plane wants the session to end.
    End(String),
}

/// One of the two sessions.
pub(crate) trait Talk {
    /// Shown in the log.
    const NAME: &'static str;

    /// Where to connect.
    fn address(&mut self, endpoints: &Endpoints) -> String;

    /// A session has begun.
    async fn opened(&mut self);

    /// The next frame to send. Dropping the future loses nothing.
    async fn next(&mut self) -> String;

    /// Takes a frame.
    async fn hear(&mut self, text: &str) -> Heard;
}

/// Keeps a session up until the agent leaves.
pub(crate) async fn keep<T: Talk>(link: &Link, identity: &Identity, timing: Timing, talk: &mut T) {
    let mut pace = Pace::new(timing);
    let mut addresses: Option<(Instant, Endpoints)> = None;
    let mut told = Told::default();
    loop {
        let began = Instant::now();
        let fresh = addresses.as_ref().is_some_and(|(at, _)| at.elapsed() < ADDRESS_LIFE);
        if !fresh || pace.doubts_the_address() {
            match link.api.discover(&identity.container_instance_arn).await {
                Ok(found) => addresses = Some((Instant::now(), found)),
                Err(error) => told.log::<T>("session addresses are not known", &error),
            }
        }
        let ending = match &addresses {
            Some((_, endpoints)) => {
                let address = talk.address(endpoints);
                session(link, timing, &address, talk, &mut told).await
            }
            None => Some(Ending::Broken("the address is not known".to_owned())),
        };
        let Some(ending) = ending else { return };
        let length = Millis(i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX));
        let wait = pace.wait(&ending, length, super::chance());
        if told.is_nothing() {
            tracing::info!(session = T::NAME, ?ending, wait_ms = wait.0, "session ended");
        } else {
            tracing::debug!(session = T::NAME, ?ending, wait_ms = wait.0, "no session yet");
        }
        tokio::select! {
            biased;
            () = link.leaving.cancelled() => return,
            () = tokio::time::sleep(Duration::from_millis(wait.0.unsigned_abs())) => {}
        }
    }
}

/// One session, from its opening to its end; `None` if the agent leaves.
async fn session<T: Talk>(
    link: &Link,
    timing: Timing,
    address: &str,
    talk: &mut T,
    told: &mut Told,
) -> Option<Ending> {
    let opened = tokio::select! {
        biased;
        () = link.leaving.cancelled() => return None,
        opened = link.http.open(address) => opened,
    };
    let mut socket = match opened {
        Ok(socket) => socket,
        Err(CallError::Fault { name, message, .. }) => return Some(Ending::Refused(name, message)),
        Err(error) => {
            told.log::<T>("no session", &error);
            return Some(Ending::Broken(error.to_string()));
        }
    };
    *told = Told::default();
    tracing::info!(session = T::NAME, "session opened");
    talk.opened().await;
    // A session's own time does not jump with the wall clock.
    let began = Instant::now();
    let now = || Timestamp(i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX));
    let mut watch = Watch::new(timing, now(), super::chance());
    loop {
        if let Some(ending) = watch.ended(now()) {
            close(&mut socket, "ConnectionExpired: Reconnect to continue").await;
            return Some(ending);
        }
        let due = began + Duration::from_millis(watch.due().0.unsigned_abs());
        let send = tokio::select! {
            biased;
            () = link.leaving.cancelled() => {
                close(&mut socket, "the agent leaves").await;
                return None;
            }
            read = socket.next() => match heard(talk, read).await {
                Ok(Heard::Life(answer)) => {
                    watch.heard(now());
                    answer
                }
                Ok(Heard::Nothing) => None,
                Ok(Heard::End(why)) => {
                    close(&mut socket, "").await;
                    return Some(Ending::Closed(1000, why));
                }
                Err(ending) => return Some(ending),
            },
            frame = talk.next() => Some(frame),
            () = tokio::time::sleep_until(due) => None,
        };
        if let Some(text) = send {
            match tokio::time::timeout(SEND_LIMIT, socket.send(Message::text(text))).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => return Some(Ending::Broken(error.to_string())),
                Err(_) => return Some(Ending::Broken("a frame could not be sent".to_owned())),
            }
        }
    }
}

/// What came in, or how the session ended with it.
async fn heard<T: Talk>(
    talk: &mut T,
    read: Option<Result<Message, tokio_tungstenite::tungstenite::Error>>,
) -> Result<Heard, Ending> {
    match read {
        Some(Ok(Message::Text(text))) => Ok(talk.hear(&text).await),
        Some(Ok(Message::Close(frame))) => Err(match frame {
            Some(frame) => Ending::Closed(frame.code.into(), frame.reason.to_string()),
            None => Ending::Closed(1006, String::new()),
        }),
        // The plane speaks text; the websocket's own signs of life count for nothing (agent-protocol.md §3.2).
        Some(Ok(_)) => Ok(Heard::Nothing),
        // A stream that ends without a goodbye is as good as a code 1006.
        Some(Err(error)) => Err(Ending::Closed(1006, error.to_string())),
        None => Err(Ending::Closed(1006, "the stream ended".to_owned())),
    }
}

async fn close(socket: &mut Socket, reason: &str) {
    let frame = CloseFrame { code: CloseCode::Normal, reason: Utf8Bytes::from(reason.to_owned()) };
    // A plane that does not answer a goodbye is gone in any case.
    _ = tokio::time::timeout(CLOSE_LIMIT, socket.close(Some(frame))).await;
}

/// The troubles that the log has heard of since the last session: each is a warning once, however often the plane is tried.
#[derive(Debug, Default)]
struct Told(BTreeSet<&'static str>);

impl Told {
    fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    fn log<T: Talk>(&mut self, what: &'static str, error: &CallError) {
        let error = error as &dyn std::error::Error;
        if self.0.insert(what) {
            tracing::warn!(session = T::NAME, error, "{what}; it is tried again until it is there");
        } else {
            tracing::debug!(session = T::NAME, error, "{what}");
        }
    }
}

/// `endpoint` with `/ws` and a query of `parameters`.
pub(crate) fn address(endpoint: &str, parameters: &[(&str, &str)]) -> String {
    let mut address = format!("{}/ws?", endpoint.trim_end_matches('/'));
    for (n, (name, value)) in parameters.iter().enumerate() {
        if n > 0 {
            address.push('&');
        }
        address.push_str(name);
        address.push('=');
        wire::codec::form::encode(value, "", &mut address);
    }
    address
}
