//! The shell around the endpoints: sockets, who is on the other end, and gathering what an answer is made from.
//!
//! Invariants: nothing is read of a caller without a name; a caller has so many connections and requests and no more, so that no task
//! takes the agent's descriptors, memory or another's turn, and who asks too often is left at once; one line in the log for each request for
//! credentials. Not here: what is answered.

use super::{
    docker::Samples,
    door::{Caller, Doorway, Listener},
    ids::Ids,
    instance, introspection,
    limit::Limit,
    protection,
    reply::{Reply, Request},
    respond::respond,
    route::Route,
    view::{HostView, OnFargate, Tags, TaskView, View},
};
use crate::{
    driver::ContainerKey,
    link::{Api, CallError, Clock},
    machine::Portrait,
};
use bytes::Bytes;
use domain::{id::TaskId, tag::Tag};
use http::{HeaderValue, Response, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json;
use std::{
    collections::BTreeMap,
    convert::Infallible,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch},
    task::JoinSet,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The largest body that is read: what a task says about its protection.
const BODY_BYTES_MAX: usize = 16 * 1024;
/// The largest head of a request, and what is kept of requests that were sent before the answer to the first.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// How long a request's head or body may take, and a connection be idle.
const REQUEST_LIMIT: Duration = Duration::from_secs(30);
/// Connections that one caller may have open at a time.
const CONNECTIONS_MAX: usize = 64;
/// When the kernel has no descriptor for a connection, accepting again at once only burns time.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// An address may be in use for a moment: by the agent before this one.
const LISTEN_AGAIN: Duration = Duration::from_secs(1);

/// A question to the loop: a task, or all.
pub(crate) struct Ask {
    pub(crate) task: Option<TaskId>,
    pub(crate) answer: oneshot::Sender<Vec<Portrait>>,
}

/// What answers are gathered from.
pub(crate) struct Endpoint {
    pub(crate) doorway: Option<Arc<dyn Doorway>>,
    pub(crate) ids: Ids,
    pub(crate) host: watch::Receiver<HostView>,
    pub(crate) asks: mpsc::Sender<Ask>,
    pub(crate) api: Api,
    pub(crate) clock: Clock,
    limit: Mutex<Limit>,
    samples: Mutex<Samples>,
    open: Mutex<BTreeMap<Caller, Arc<Semaphore>>>,
}

/// What is served on a socket.
#[derive(Clone, Copy)]
enum Served {
    Tasks,
    Instance,
    Introspection,
}

/// Serves until the agent leaves. Introspection is at `introspection`, if that is free.
pub(crate) async fn run(
    endpoint: Arc<Endpoint>,
    introspection: Option<SocketAddr>,
    leaving: CancellationToken,
) {
    let connections = TaskTracker::new();
    let mut sockets = JoinSet::new();
    if let Some(address) = introspection {
        match TcpListener::bind(address).await {
            Ok(listener) => {
                let address = listener.local_addr().unwrap_or(address);
                tracing::info!(%address, "introspection answers");
                let accepting = accept(
                    Arc::clone(&endpoint),
                    listener,
                    Served::Introspection,
                    connections.clone(),
                );
                sockets.spawn(accepting);
            }
            Err(error) => tracing::warn!(
                %address,
                %error,
                "introspection is off: its address is taken, as by another agent; choose one with `--introspection`"
            ),
        }
    }
    let opening = open_doorway(&endpoint);
    let opened = tokio::select! {
        biased;
        () = leaving.cancelled() => Vec::new(),
        opened = opening => opened,
    };
    for (served, listener) in opened {
        sockets.spawn(accept(Arc::clone(&endpoint), listener, served, connections.clone()));
    }
    leaving.cancelled().await;
    sockets.shutdown().await;
    connections.close();
}

/// The sockets of the doorway; asks again while there are none.
async fn open_doorway(endpoint: &Endpoint) -> Vec<(Served, TcpListener)> {
    let Some(doorway) = &endpoint.doorway else { return Vec::new() };
    loop {
        let asked = Arc::clone(doorway);
        let opened = tokio::task::spawn_blocking(move || asked.listen()).await;
        let opened = opened.unwrap_or_else(|error| Err(io::Error::other(error)));
        let opened = opened.and_then(|all| {
            let socket = |it| match it {
                Listener::Tasks(socket) => Ok((Served::Tasks, TcpListener::from_std(socket)?)),
                Listener::Instance(socket) => {
                    Ok((Served::Instance, TcpListener::from_std(socket)?))
                }
            };
            all.into_iter().map(socket).collect::<io::Result<Vec<_>>>()
        });
        match opened {
            Ok(opened) => return opened,
            Err(error) => tracing::warn!(
                %error,
                "metadata and credentials are not served to tasks yet: the address cannot be listened on"
            ),
        }
        tokio::time::sleep(LISTEN_AGAIN).await;
    }
}

async fn accept(
    endpoint: Arc<Endpoint>,
    listener: TcpListener,
    served: Served,
    connections: TaskTracker,
) {
    // Dropped with the socket's task, and all its connections with it.
    let end = CancellationToken::new();
    let _ends = end.clone().drop_guard();
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let caller = endpoint.caller(served, peer.ip());
        let Some(caller) = caller else {
            tracing::debug!(%peer, "connection of nobody's address refused");
            continue;
        };
        let Some(place) = endpoint.place(&caller) else {
            tracing::debug!(%peer, ?caller, "connection beyond the caller's limit refused");
            continue;
        };
        let serving = connection(Arc::clone(&endpoint), stream, peer.ip(), served, place);
        let end = end.clone();
        drop(connections.spawn(async move {
            tokio::select! {
                biased;
                () = end.cancelled() => {}
                () = serving => {}
            }
        }));
    }
}

async fn connection(
    endpoint: Arc<Endpoint>,
    stream: TcpStream,
    peer: IpAddr,
    served: Served,
    _place: OwnedSemaphorePermit,
) {
    // Small answers, one after another.
    _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let endpoint = Arc::clone(&endpoint);
        async move {
            let reply = endpoint.serve(served, peer, request).await;
            Ok::<_, Infallible>(into_http(reply))
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(REQUEST_LIMIT);
    builder.max_headers(64).max_buf_size(HEAD_BYTES_MAX);
    if let Err(error) = builder.serve_connection(TokioIo::new(stream), service).await {
        tracing::debug!(%peer, %error, "connection of a caller");
    }
}

impl Endpoint {
    pub(crate) fn new(
        doorway: Option<Arc<dyn Doorway>>,
        ids: Ids,
        host: watch::Receiver<HostView>,
        asks: mpsc::Sender<Ask>,
        api: Api,
        clock: Clock,
    ) -> Self {
        let (limit, samples, open) = (Mutex::default(), Mutex::default(), Mutex::default());
        Self { doorway, ids, host, asks, api, clock, limit, samples, open }
    }

    /// Who is at an address. Introspection is for the host alone, and listens where only the host comes.
    fn caller(&self, served: Served, address: IpAddr) -> Option<Caller> {
        match served {
            Served::Introspection => Some(Caller::Host),
            Served::Tasks => self.doorway.as_ref()?.caller(address),
            Served::Instance => {
                let doorway = self.doorway.as_ref()?;
                doorway.caller(address).filter(|caller| doorway.sees_instance(caller))
            }
        }
    }

    /// A place among the caller's connections.
    fn place(&self, caller: &Caller) -> Option<OwnedSemaphorePermit> {
        let mut open = lock(&self.open);
        open.retain(|_, places| places.available_permits() < CONNECTIONS_MAX);
        let places =
            open.entry(caller.clone()).or_insert_with(|| Arc::new(Semaphore::new(CONNECTIONS_MAX)));
        Arc::clone(places).try_acquire_owned().ok()
    }

    async fn serve(&self, served: Served, peer: IpAddr, request: http::Request<Incoming>) -> Reply {
        // Asked anew for each request: a connection may outlive what it came from.
        let Some(caller) = self.caller(served, peer) else {
            return Reply::words(403, "requests from this address are not answered");
        };
        let now = (self.clock)();
        if !lock(&self.limit).admits(&caller, now) {
            return Reply::words(429, "You have reached maximum request limit.").and_close();
        }
        let request = match read(request).await {
            Ok(request) => request,
            Err(refusal) => return refusal,
        };
        match served {
            Served::Introspection => {
                let tasks = self.tasks(None).await;
                introspection::respond(&self.host.borrow(), &tasks, &request)
            }
            Served::Instance => {
                let host = self.host.borrow().clone();
                let reply = instance::respond(&host, &self.ids, &caller, &request, now);
                if reply.audit.is_some() {
                    self.audit(&reply, peer, &request.path, &request);
                }
                reply
            }
            Served::Tasks => match Route::of(&request) {
                Ok(route) => self.answer(&caller, peer, &route, &request).await,
                Err(refusal) => refusal,
            },
        }
    }

    async fn answer(
        &self,
        caller: &Caller,
        peer: IpAddr,
        route: &Route,
        request: &Request,
    ) -> Reply {
        let tasks = self.tasks(caller.task_id()).await;
        let host = self.host.borrow().clone();
        let mut view = View::of(caller, host, tasks);
        if let Route::Protection { id, is_update } = route {
            let call = protection::call(&view, id, is_update.then_some(&request.body[..]));
            return match call {
                Err(refusal) => refusal,
                Ok(call) => {
                    let said =
                        self.api.call_as(call.operation, &call.request, &call.credentials).await;
                    protection::answer(&call, said)
                }
            };
        }
        if route.needs_samples() {
            for task in &mut view.tasks {
                self.put_stats(task).await;
            }
        }
        if route.needs_tags() {
            for task in &mut view.tasks {
                task.tags = Some(self.tags(task).await);
            }
        }
        if route.is_more_on_fargate() {
            for task in &mut view.tasks {
                self.put_fargate(task).await;
            }
        }
        let reply = respond(&view, route);
        if let Route::Credentials { version, .. } = route {
            // Without the id, which is a secret.
            self.audit(&reply, peer, &format!("/v{version}/credentials"), request);
        }
        reply
    }

    /// One line for each request for credentials.
    fn audit(&self, reply: &Reply, peer: IpAddr, path: &str, request: &Request) {
        let host = self.host.borrow();
        tracing::info!(
            target: "longshore::audit",
            event = "GetCredentials",
            status = reply.status,
            address = %peer,
            path,
            task = reply.audit.as_deref().unwrap_or("-"),
            user_agent = request.header("user-agent").unwrap_or("-"),
            cluster = host.cluster,
            instance = host.instance_arn.as_deref().unwrap_or("-"),
            "credentials were asked for"
        );
    }

    async fn tasks(&self, task: Option<TaskId>) -> Vec<TaskView> {
        let (answer, asked) = oneshot::channel();
        if self.asks.send(Ask { task, answer }).await.is_err() {
            return Vec::new();
        }
        let portraits = asked.await.unwrap_or_default();
        let view = |portrait: Portrait| {
            let facts = self.doorway.as_ref().map(|it| it.facts(portrait.payload.id()));
            TaskView::new(portrait, facts.unwrap_or_default(), &self.ids)
        };
        portraits.into_iter().map(view).collect()
    }

    async fn put_stats(&self, task: &mut TaskView) {
        let id = task.portrait.payload.id().to_owned();
        let Some(doorway) = &self.doorway else { return };
        let fresh = doorway.samples(id.clone()).await;
        let mut shown = BTreeMap::new();
        {
            let mut samples = lock(&self.samples);
            for (name, sample) in fresh {
                let portrait = task.portrait.containers.iter().find(|it| it.name == name);
                let key = ContainerKey { task: id.clone(), name: name.clone() };
                let started = portrait.and_then(|it| it.started);
                shown.insert(name, samples.take(key, sample, started));
            }
        }
        task.put_stats(&shown);
    }

    async fn put_fargate(&self, task: &mut TaskView) {
        let payload = &task.portrait.payload;
        let Some(doorway) = self.doorway.as_ref().filter(|_| payload.is_on_fargate()) else {
            return;
        };
        task.on_fargate = OnFargate {
            storage_used_mib: doorway.storage_used_mib(payload.id().to_owned()).await,
            clock: doorway.clock_drift(),
        };
    }

    async fn tags(&self, task: &TaskView) -> Tags {
        let mut tags = Tags::default();
        let task_arn = &task.portrait.payload.arn;
        match self.api.tags(task_arn).await {
            Ok(found) => tags.task = found,
            Err(error) => tags.errors.push(tags_error("TaskTags", task_arn, &error)),
        }
        // A task of Fargate is on no instance that anybody sees.
        let is_seen = !task.portrait.payload.is_on_fargate();
        let instance_arn = self.host.borrow().instance_arn.clone().filter(|_| is_seen);
        if let Some(arn) = instance_arn {
            match self.api.tags(&arn).await {
                Ok(found) => tags.instance = found,
                Err(error) => tags.errors.push(tags_error("ContainerInstanceTags", &arn, &error)),
            }
        }
        // Those of AWS are not for tasks.
        let is_users = |tag: &Tag| !tag.key.starts_with("aws:");
        tags.task.retain(is_users);
        tags.instance.retain(is_users);
        tags
    }
}

fn tags_error(field: &str, arn: &str, error: &CallError) -> serde_json::Value {
    let (status, code) = match error {
        CallError::Fault { status, name, .. } => (*status, name.as_str()),
        _ => (500, "RequestError"),
    };
    json!({
        "ErrorField": field, "ErrorCode": code, "ErrorMessage": error.to_string(),
        "StatusCode": status, "ResourceARN": arn,
    })
}

/// The headers that the endpoints look at.
const HEADERS: [&str; 4] = ["user-agent", instance::TOKEN, instance::TOKEN_TTL, "x-forwarded-for"];

async fn read(request: http::Request<Incoming>) -> Result<Request, Reply> {
    let (head, body) = request.into_parts();
    let body = tokio::time::timeout(REQUEST_LIMIT, Limited::new(body, BODY_BYTES_MAX).collect());
    let body = match body.await {
        Ok(Ok(body)) => body.to_bytes().to_vec(),
        Ok(Err(_)) => {
            return Err(Reply::words(413, format!("a body has at most {BODY_BYTES_MAX} bytes")));
        }
        Err(_) => return Err(Reply::words(408, "the body did not arrive")),
    };
    let value = |name: &&str| {
        let value = head.headers.get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.to_owned()))
    };
    Ok(Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: HEADERS.iter().filter_map(value).collect(),
        body,
    })
}

fn into_http(reply: Reply) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(reply.body)));
    *response.status_mut() =
        http::StatusCode::from_u16(reply.status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.content_type));
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    }
    response
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
