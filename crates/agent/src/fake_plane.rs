//! A control plane for tests, on a real socket: it checks signatures, keeps what it is told, and says what the test wants.
//!
//! It is no judge: it answers every call with what an agent needs, unless a test queued a fault. Not here: any rule of ECS.

use bytes::Bytes;
use domain::link::acs::FromAgent;
use futures_util::{SinkExt, StreamExt};
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::{Value as Json, json};
use std::{
    collections::{BTreeMap, VecDeque},
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
    task::JoinSet,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message,
        handshake::derive_accept_key,
        protocol::{CloseFrame, Role, frame::coding::CloseCode},
    },
};
use tokio_util::{
    sync::{CancellationToken, DropGuard},
    task::TaskTracker,
};
use wire::sigv4::{Message as Canonical, Signed, SigningKey};

/// No test waits longer than this for anything.
const PATIENCE: Duration = Duration::from_secs(20);
pub(crate) const SECRET: &str = "secret";
pub(crate) const INSTANCE: &str = "arn:aws:ecs:us-east-1:000000000000:container-instance/default/0123456789abcdef0123456789abcdef";

/// What the plane was told.
#[derive(Default)]
pub(crate) struct State {
    /// Operations and their requests, oldest first.
    pub(crate) calls: Vec<(String, Json)>,
    /// Websockets that were opened, as path and query.
    pub(crate) openings: Vec<String>,
    /// Frames of the control session.
    pub(crate) control: Vec<FromAgent>,
    /// Frames of the telemetry session, as sent.
    pub(crate) telemetry: Vec<String>,
    /// How sessions of agents ended, as the plane saw it.
    pub(crate) endings: Vec<String>,
    /// What could not be right.
    pub(crate) complaints: Vec<String>,
    faults: BTreeMap<String, VecDeque<(u16, Json)>>,
    sockets: BTreeMap<&'static str, mpsc::UnboundedSender<Message>>,
    is_forgetful: bool,
}

struct Shared {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
    address: SocketAddr,
    sessions: TaskTracker,
    gone: CancellationToken,
}

/// A running plane. Dropped, it is gone from the network.
pub(crate) struct Plane {
    shared: Arc<Shared>,
    _server: JoinSet<()>,
    _gone: DropGuard,
}

impl Plane {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        Self::serve(listener, address)
    }

    /// A plane at the address of one that is gone.
    pub(crate) async fn restart(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).await.expect("the port is free again");
        Self::serve(listener, address)
    }

    fn serve(listener: TcpListener, address: SocketAddr) -> Self {
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            changed: watch::channel(0).0,
            address,
            sessions: TaskTracker::new(),
            gone: CancellationToken::new(),
        });
        let gone = shared.gone.clone().drop_guard();
        let mut server = JoinSet::new();
        server.spawn(accept(Arc::clone(&shared), listener));
        Self { shared, _server: server, _gone: gone }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.shared.address
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock()
    }

    /// The next call of `operation` is answered with this fault; `acs` and `tcs` refuse a websocket.
    pub(crate) fn fail_next(&self, operation: &str, status: u16, name: &str) {
        let body = if operation == "acs" || operation == "tcs" {
            json!({ "type": name, "message": { "message": "as the test wants" } })
        } else {
            json!({ "__type": name, "message": "as the test wants" })
        };
        let mut state = self.state();
        state.faults.entry(operation.to_owned()).or_default().push_back((status, body));
    }

    /// Registrations lose the agent's attributes.
    pub(crate) fn forget_attributes(&self) {
        self.state().is_forgetful = true;
    }

    /// Says something in the session `acs` or `tcs`.
    pub(crate) fn say(&self, session: &str, frame: &Json) {
        self.send(session, Message::text(frame.to_string()));
    }

    /// Closes the session.
    pub(crate) fn close(&self, session: &str, code: u16) {
        let frame = CloseFrame { code: CloseCode::from(code), reason: "".into() };
        self.send(session, Message::Close(Some(frame)));
    }

    fn send(&self, session: &str, message: Message) {
        let state = self.state();
        let socket = state.sockets.get(session).expect("a session");
        // An agent that is gone hears nothing, and the test will see that.
        _ = socket.send(message);
    }

    /// Waits for `found` to find something.
    pub(crate) async fn until<T>(
        &self,
        what: &str,
        mut found: impl FnMut(&State) -> Option<T>,
    ) -> T {
        let mut changed = self.shared.changed.subscribe();
        let waited = tokio::time::timeout(PATIENCE, async {
            loop {
                if let Some(found) = found(&self.state()) {
                    return found;
                }
                // The sender is in `self`.
                _ = changed.changed().await;
            }
        });
        match waited.await {
            Ok(found) => found,
            Err(_) => {
                let state = self.state();
                panic!("no {what}; calls: {:#?}, frames: {:#?}", state.calls, state.control)
            }
        }
    }

    /// Waits for the control session's `n`th opening, counted from 1.
    pub(crate) async fn opened(&self, session: &str, n: usize) -> String {
        let path = format!("/{session}/ws?");
        self.until(&format!("opening {n} of {session}"), |state| {
            let mut of = state.openings.iter().filter(|opening| opening.starts_with(&path));
            of.nth(n - 1).cloned().filter(|_| state.sockets.contains_key(session))
        })
        .await
    }

    /// Waits until `condition` holds, looked at whenever something was heard.
    pub(crate) async fn changed(&self, mut condition: impl FnMut() -> bool) {
        let mut changed = self.shared.changed.subscribe();
        while !condition() {
            // The sender is in `self`.
            _ = changed.changed().await;
        }
    }

    /// How often the session was opened.
    pub(crate) fn openings(&self, session: &str) -> usize {
        let path = format!("/{session}/ws?");
        self.state().openings.iter().filter(|opening| opening.starts_with(&path)).count()
    }

    /// Waits until a task was reported with `status`, and returns that report.
    pub(crate) async fn reported(&self, task: &str, status: &str) -> Json {
        self.until(&format!("{status} of {task}"), |state| state.report(task, status)).await
    }
}

impl State {
    pub(crate) fn report(&self, task: &str, status: &str) -> Option<Json> {
        self.reports().find(|it| it["task"] == task && it["status"] == status).cloned()
    }

    /// Every report, oldest first.
    pub(crate) fn reports(&self) -> impl Iterator<Item = &Json> {
        let is_report = |(operation, _): &&(String, Json)| operation == "SubmitTaskStateChange";
        self.calls.iter().filter(is_report).map(|(_, request)| request)
    }

    pub(crate) fn count(&self, operation: &str) -> usize {
        self.calls.iter().filter(|(called, _)| called == operation).count()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.send_modify(|count| *count += 1);
    }
}

async fn accept(shared: Arc<Shared>, listener: TcpListener) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            let serve = service_fn(|request| answer(Arc::clone(&shared), request));
            let io = TokioIo::new(stream);
            let connection = hyper::server::conn::http1::Builder::new().serve_connection(io, serve);
            // Agents come and go as tests want it.
            _ = connection.with_upgrades().await;
        });
    }
}

async fn answer(
    shared: Arc<Shared>,
    mut request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let upgrade = hyper::upgrade::on(&mut request);
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    check_signature(&shared, &head, &body);
    let target = head.headers.get("x-amz-target").and_then(|value| value.to_str().ok());
    if let Some(target) = target {
        let operation = target.rsplit('.').next().unwrap_or_default();
        return Ok(call(&shared, operation, &body));
    }
    let session = if head.uri.path() == "/acs/ws" { "acs" } else { "tcs" };
    if let Some((status, fault)) = shared.fault(session) {
        return Ok(reply(status, &fault));
    }
    let key = head.headers.get(header::SEC_WEBSOCKET_KEY).expect("a websocket").clone();
    let opening = head.uri.to_string();
    let held = Arc::clone(&shared);
    shared.sessions.spawn(async move {
        let Ok(upgraded) = upgrade.await else { return };
        let io = TokioIo::new(upgraded);
        let socket = WebSocketStream::from_raw_socket(io, Role::Server, None).await;
        let gone = held.gone.clone();
        tokio::select! {
            biased;
            () = gone.cancelled() => {}
            () = talk(held, session, opening, socket) => {}
        }
    });
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let accept = HeaderValue::try_from(derive_accept_key(key.as_bytes())).expect("base64");
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    response.headers_mut().insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    response.headers_mut().insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    Ok(response)
}

impl Shared {
    fn fault(&self, operation: &str) -> Option<(u16, Json)> {
        self.lock().faults.get_mut(operation).and_then(VecDeque::pop_front)
    }
}

fn check_signature(shared: &Shared, head: &http::request::Parts, body: &[u8]) {
    let query = head.uri.query().unwrap_or_default();
    let verified = Signed::read(&head.headers, query).and_then(|signed| {
        let key = SigningKey::derive(SECRET, &signed.claim);
        signed.verify(&Canonical::of(head, body), &key, signed.signed_at)
    });
    if let Err(denial) = verified {
        shared.tell(|state| state.complaints.push(format!("{}: {denial:?}", head.uri)));
    }
}

fn call(shared: &Shared, operation: &str, body: &[u8]) -> Response<Full<Bytes>> {
    let request: Json = serde_json::from_slice(body).expect("JSON");
    let fault = shared.fault(operation);
    let is_forgetful = shared.lock().is_forgetful;
    let (status, answer) = fault.unwrap_or_else(|| {
        let answer = match operation {
            "RegisterContainerInstance" => json!({ "containerInstance": {
                "containerInstanceArn": INSTANCE,
                "attributes": if is_forgetful { json!([]) } else { request["attributes"].clone() },
            }}),
            "DiscoverPollEndpoint" => json!({
                "endpoint": format!("http://{}/acs/", shared.address),
                "telemetryEndpoint": format!("http://{}/tcs", shared.address),
            }),
            _ => json!({ "acknowledgment": "ok" }),
        };
        (200, answer)
    });
    // A call that failed was none.
    if status == 200 {
        shared.tell(|state| state.calls.push((operation.to_owned(), request)));
    } else {
        shared.tell(|state| state.calls.push((format!("{operation} failed"), request)));
    }
    reply(status, &answer)
}

fn reply(status: u16, body: &Json) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body.to_string())));
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    response
}

async fn talk<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin>(
    shared: Arc<Shared>,
    session: &'static str,
    opening: String,
    mut socket: WebSocketStream<S>,
) {
    let (sender, mut to_send) = mpsc::unbounded_channel();
    shared.tell(|state| {
        state.openings.push(opening);
        state.sockets.insert(session, sender);
    });
    loop {
        tokio::select! {
            biased;
            Some(message) = to_send.recv() => {
                if socket.send(message).await.is_err() {
                    break;
                }
            }
            read = socket.next() => match read {
                Some(Ok(Message::Text(text))) => shared.tell(|state| state.note(session, &text)),
                Some(Ok(Message::Close(frame))) => {
                    let reason = frame.map(|frame| frame.reason.to_string()).unwrap_or_default();
                    shared.tell(|state| state.endings.push(format!("{session} {reason}")));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            },
        }
    }
}

impl State {
    fn note(&mut self, session: &str, text: &str) {
        if session == "tcs" {
            return self.telemetry.push(text.to_owned());
        }
        match serde_json::from_str(text) {
            Ok(frame) => self.control.push(frame),
            Err(error) => self.complaints.push(format!("{text}: {error}")),
        }
    }
}
