//! The listener: accepts connections, sends each request to whom it is for, and ends without cutting a reply.
//!
//! `/_longshore/health` is ours, `/acs/`, `/tcs/` and `/exec/` are agents' websockets, `/v1/data-channel/` is for clients of ECS Exec, all else
//! is the API.
//! Not here: what any of them answers.

use api::{Front, Peer};
use bytes::Bytes;
use control::Control;
use http::{Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::{conn::auto, graceful::GracefulShutdown},
};
use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long replies that are on their way may take once the end is asked for.
const GRACE: Duration = Duration::from_secs(5);
/// How long a client may take between connecting and its first byte.
const FIRST_BYTE_MAX: Duration = Duration::from_secs(60);
/// When the kernel has no descriptor for a connection, accepting again at once only burns time.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Everything that answers requests.
pub(crate) struct Routes {
    pub(crate) front: Front,
    pub(crate) control: Arc<Control>,
    /// The region can be used.
    pub(crate) is_ready: AtomicBool,
}

/// Serves until `end` is cancelled.
pub(crate) async fn run(listener: TcpListener, routes: Arc<Routes>, end: CancellationToken) {
    let connections = TaskTracker::new();
    let graceful = Arc::new(GracefulShutdown::new());
    loop {
        let accepted = tokio::select! {
            biased;
            () = end.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let watcher = graceful.watcher();
                drop(connections.spawn(connection(stream, Peer(peer), routes.clone(), watcher)));
            }
            Err(error) => {
                tracing::warn!(%error, "accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    connections.close();
    if let Ok(graceful) = Arc::try_unwrap(graceful) {
        let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
    }
    let _ = tokio::time::timeout(GRACE, connections.wait()).await;
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    routes: Arc<Routes>,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let _ = stream.set_nodelay(true);
    // A connection that never says anything would be kept for ever: what reads the head has no limit before its first byte.
    let mut first = [0; 1];
    if !matches!(tokio::time::timeout(FIRST_BYTE_MAX, stream.peek(&mut first)).await, Ok(Ok(1))) {
        return;
    }
    let mut builder = auto::Builder::new(TokioExecutor::new());
    api::limit_connection(&mut builder);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        let routes = routes.clone();
        async move { Ok::<_, Infallible>(answer(&routes, request).await) }
    });
    let connection =
        builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended");
    }
}

/// An agent's websocket.
#[derive(Clone, Copy)]
enum Link {
    Acs,
    Tcs,
    Exec,
}

impl Link {
    fn of(path: &str) -> Option<Self> {
        let all = [("/acs/", Self::Acs), ("/tcs/", Self::Tcs), ("/exec/", Self::Exec)];
        all.into_iter().find(|(start, _)| path.starts_with(start)).map(|(_, link)| link)
    }
}

async fn answer(routes: &Routes, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let path = request.uri().path();
    if path == "/_longshore/health" {
        let (status, text) = if routes.is_ready.load(Ordering::Acquire) {
            (StatusCode::OK, r#"{"status":"ready"}"#)
        } else {
            (StatusCode::SERVICE_UNAVAILABLE, r#"{"status":"starting"}"#)
        };
        return json(status, text);
    }
    if path.starts_with(control::DATA_CHANNEL_PATH) {
        return routes.control.accept_data_channel(request);
    }
    let Some(link) = Link::of(path) else { return routes.front.handle(request).await };
    let (head, body) = request.into_parts();
    let action = match link {
        Link::Acs | Link::Exec => "ecs:Poll",
        Link::Tcs => "ecs:StartTelemetrySession",
    };
    match routes.front.authenticate_agent(&head, action).await {
        Ok(caller) => {
            let scope = caller.scope;
            let request = Request::from_parts(head, body);
            match link {
                Link::Acs => routes.control.accept_acs(scope, request).await,
                Link::Tcs => routes.control.accept_tcs(scope, request).await,
                Link::Exec => routes.control.accept_exec(scope, request).await,
            }
        }
        Err(fault) => json(
            StatusCode::FORBIDDEN,
            &format!(r#"{{"type":"AccessDeniedException","message":{:?}}}"#, fault.message),
        ),
    }
}

fn json(status: StatusCode, text: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::copy_from_slice(text.as_bytes())));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    response
}
