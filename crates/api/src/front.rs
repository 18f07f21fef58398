//! The HTTP front: one request in, one response out, whatever happens in between.
//!
//! ```text
//! head, body ─▶ route ─▶ authenticate ─▶ decode ─▶ check ─▶ service.call ─▶ encode ─▶ response, one log line
//!      │          │           │             │         │          │
//!      └──────────┴───────────┴─────────────┴─────────┴──────────┴──▶ a fault in the protocol that was spoken, with the request's id
//! ```
//! Must always hold: every request gets an answer with a request id, also one whose handling panicked; no request makes the server hold
//! more than [`HEAD_BYTES_MAX`] and [`BODY_BYTES_MAX`] of it, or wait for it longer than [`BODY_TIMEOUT`]. Neither bodies nor signatures are logged.
//! Not here: the listener, agents' websockets and everything under `/_longshore/` (the binary has those).

use crate::{
    audit::{End, Trace},
    auth::{Authenticator, Purpose},
    caller::{Caller, Peer},
    decide::{Decide, Table},
    ec2, ecs, iam, operator,
    service::Service,
    ssm, sts,
};
use books::ids::Ids;
use bytes::Bytes;
use futures_util::FutureExt;
use http::{Request, Response, header, request::Parts};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Body;
use hyper_util::{
    rt::{TokioExecutor, TokioTimer},
    server::conn::auto,
};
use std::{any::Any, net::SocketAddr, panic::AssertUnwindSafe, sync::Arc, time::Duration};
use tokio::time::{Instant, timeout};
use wire::{
    Fault, Value, own,
    route::{Routed, Unrouted},
    shape::Protocol,
    sigv4::claimed,
};

/// The largest body that is read: a task definition has at most 64 KiB, and no other request that is served comes near to this.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;

/// How long a body may take to arrive.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// The largest head that is served, in bytes of its headers and URI. Session tokens have a few KiB. `hyper` itself reads no more than
/// six times as much, nor more than a hundred headers.
pub const HEAD_BYTES_MAX: usize = 64 * 1024;

/// How long a connection may take to send the head of its next request; also how long it may be idle.
const HEADER_TIMEOUT: Duration = Duration::from_secs(60);

/// Requests that one HTTP/2 connection may have open at a time.
const STREAMS_MAX: u32 = 250;

/// Every service of which something is served.
static TABLES: [&Table; 6] =
    [&ec2::TABLE, &ecs::TABLE, &iam::TABLE, &operator::TABLE, &ssm::TABLE, &sts::TABLE];

/// Answers API requests. Cheap to clone.
#[derive(Clone)]
pub struct Front {
    service: Service,
    authenticator: Arc<Authenticator>,
}

/// Sets the limits of a connection that serves a [`Front`]: both HTTP/1.1 and HTTP/2 without TLS.
pub fn limit_connection(builder: &mut auto::Builder<TokioExecutor>) {
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS_MAX)
        .max_header_list_size(2 * HEAD_BYTES_MAX as u32)
        .keep_alive_interval(HEADER_TIMEOUT)
        .keep_alive_timeout(HEADER_TIMEOUT);
}

/// A fault and the form to write it in.
struct Refusal {
    protocol: Protocol,
    service: Option<&'static wire::shape::Service>,
    fault: Fault,
}

impl Front {
    /// That lets `service` do what callers whom `authenticator` believes ask for.
    pub fn new(service: Service, authenticator: Authenticator) -> Self {
        Self { service, authenticator: Arc::new(authenticator) }
    }

    /// The caller of an upgrade to an agent's websocket, which someone else answers: with 101, or 403 where it is refused. `action` is what
    /// the caller must be allowed to do on the instance that the request names: `ecs:Poll` or `ecs:StartTelemetrySession`.
    ///
    /// # Errors
    /// Why it is not believed, or not allowed.
    pub async fn authenticate_agent(&self, head: &Parts, action: &str) -> Result<Caller, Fault> {
        let started = Instant::now();
        let mut trace = Trace {
            peer: peer(head),
            service: Some(Purpose::LINK.service.signing_name),
            operation: action.split_once(':').map(|(_, name)| name.to_owned()),
            ..Trace::default()
        };
        let answered = self.admit_agent(head, action, &mut trace).await;
        let end = End {
            status: if answered.is_ok() { 101 } else { 403 },
            code: answered.as_ref().err().map(|fault| fault.code.as_ref()),
            took: started.elapsed(),
            request_id: &self.service.ids().uuid("request", 0),
        };
        trace.log(&end, self.service.enforces_policies());
        answered
    }

    async fn admit_agent(
        &self,
        head: &Parts,
        action: &str,
        trace: &mut Trace,
    ) -> Result<Caller, Fault> {
        let caller = self.believe(head, b"", Purpose::LINK, trace).await?;
        let query = head.uri.query().unwrap_or_default();
        let is_instance = |name: &str| matches!(name, "containerInstanceArn" | "containerInstance");
        let instance = wire::codec::form::pairs(query).find(|(name, _)| is_instance(name));
        let instance = instance.map_or("*".into(), |(_, value)| value);
        trace.is_asked = true;
        self.service.authorize_agent(&caller, action, &instance).await?;
        let mut pairs = wire::codec::form::pairs(query);
        if let Some((_, profile)) = pairs.find(|(name, _)| *name == domain::link::INSTANCE_PROFILE)
        {
            self.service.authorize_profile(&caller, &profile).await?;
        }
        Ok(caller)
    }

    /// Who calls, or why that is not believed; `trace` knows either.
    async fn believe(
        &self,
        head: &Parts,
        body: &[u8],
        purpose: Purpose,
        trace: &mut Trace,
    ) -> Result<Caller, Fault> {
        let caller = self.authenticator.authenticate(head, body, purpose).await;
        match &caller {
            Ok(caller) => trace.caller = Some(caller.clone()),
            Err(_) => {
                let claim = claimed(&head.headers, head.uri.query().unwrap_or_default());
                trace.tried_key = claim.map(|claim| claim.access_key_id);
            }
        }
        caller
    }

    /// Answers one request.
    pub async fn handle<B>(&self, request: Request<B>) -> Response<Full<Bytes>>
    where
        B: Body<Data = Bytes>,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let started = Instant::now();
        let ids = self.service.ids();
        let request_id = ids.uuid("request", 0);
        let (head, body) = request.into_parts();
        let mut trace = Trace { peer: peer(&head), ..Trace::default() };
        let answered = AssertUnwindSafe(self.answer(&head, body, &ids, &request_id, &mut trace));
        let answered = answered
            .catch_unwind()
            .await
            .unwrap_or_else(|panic| Err(panicked(&*panic, &head, &request_id)));
        let (response, code) = match answered {
            Ok(response) => (response, None),
            Err(refusal) => {
                let Refusal { protocol, service, fault } = refusal;
                (wire::encode_fault(protocol, service, &fault, &request_id), Some(fault.code))
            }
        };
        let end = End {
            status: response.status().as_u16(),
            code: code.as_deref(),
            took: started.elapsed(),
            request_id: &request_id,
        };
        trace.log(&end, self.service.enforces_policies());
        response.map(|body| Full::new(Bytes::from(body)))
    }

    async fn answer<B>(
        &self,
        head: &Parts,
        body: B,
        ids: &Ids,
        request_id: &str,
        trace: &mut Trace,
    ) -> Result<Response<Vec<u8>>, Refusal>
    where
        B: Body<Data = Bytes>,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        check_head(head).map_err(|fault| refuse_unread(head, fault))?;
        let body = read_body(head, body).await.map_err(|fault| refuse_unread(head, fault))?;
        let routed = wire::route(&own::ALL, head, &body).map_err(|unrouted| {
            let Unrouted { protocol, service, operation, fault } = *unrouted;
            trace.operation = operation;
            trace.service = service.map(|service| service.signing_name);
            Refusal { protocol, service, fault }
        })?;
        trace.operation = Some(routed.operation.name.to_owned());
        trace.service = Some(routed.service.signing_name);
        let refuse =
            |fault| Refusal { protocol: routed.protocol, service: Some(routed.service), fault };
        let purpose = Purpose { service: routed.service, protocol: routed.protocol };
        let caller = self.believe(head, &body, purpose, trace).await.map_err(refuse)?;
        let (table, decide, request) = read(&routed, head, &body).map_err(refuse)?;
        trace.is_asked = true;
        let (name, ids) = (routed.operation.name, ids.child("operation", 0));
        let called = self.service.call(table, name, decide, &request, &caller, ids).await;
        Ok(wire::encode_reply(&routed, &called.map_err(refuse)?, request_id))
    }
}

/// Who decides a request, and the request itself as its operation's input.
fn read(
    routed: &Routed,
    head: &Parts,
    body: &[u8],
) -> Result<(&'static Table, Decide, Value), Fault> {
    let Routed { service, operation, .. } = routed;
    let table = TABLES.into_iter().find(|table| table.service.id == service.id);
    let decide = table.and_then(|table| Some((table, table.operation(operation.name)?)));
    let Some((table, decide)) = decide else {
        let message =
            format!("{} of {} is not served by Longshore yet.", operation.name, service.full_name);
        return Err(Fault::sender("UnsupportedOperationException", message));
    };
    let request = wire::decode(routed, head, body)?;
    wire::check(operation.input, &request)
        .map_err(|broken| (table.refuse)(operation.name, &broken))?;
    Ok((table, decide, request))
}

/// Who is at the other end, if the listener told.
fn peer(head: &Parts) -> Option<SocketAddr> {
    head.extensions.get::<Peer>().map(|peer| peer.0)
}

fn check_head(head: &Parts) -> Result<(), Fault> {
    let headers: usize =
        head.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    let uri = head.uri.path().len() + head.uri.query().map_or(0, str::len);
    if headers + uri > HEAD_BYTES_MAX {
        let message = format!("The headers of the request have more than {HEAD_BYTES_MAX} bytes.");
        return Err(Fault::sender("RequestHeaderSectionTooLarge", message).with_status(431));
    }
    Ok(())
}

/// The whole body.
async fn read_body<B>(head: &Parts, body: B) -> Result<Bytes, Fault>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let too_large = || {
        let message = format!("The body of the request has more than {BODY_BYTES_MAX} bytes.");
        Fault::sender("RequestEntityTooLargeException", message).with_status(413)
    };
    if let Some(encoding) = head.headers.get(header::CONTENT_ENCODING)
        && encoding != "identity"
    {
        let message = format!(
            "Content-Encoding {encoding:?} is not served by Longshore: send the body as it is."
        );
        return Err(Fault::sender("UnsupportedMediaTypeException", message).with_status(415));
    }
    if body.size_hint().lower() > BODY_BYTES_MAX as u64 {
        return Err(too_large());
    }
    let reading = Limited::new(body, BODY_BYTES_MAX).collect();
    match timeout(BODY_TIMEOUT, reading).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(error)) => {
            tracing::debug!(error = &*error as &dyn std::error::Error, "read a body");
            let message = "The body of the request ended before it was complete.";
            Err(Fault::sender("IncompleteBody", message).with_status(400))
        }
        Err(_) => {
            let message = format!(
                "The body of the request did not arrive within {} seconds.",
                BODY_TIMEOUT.as_secs()
            );
            Err(Fault::sender("RequestTimeoutException", message).with_status(408))
        }
    }
}

/// The form in which to refuse a request of which only the head was read.
fn refuse_unread(head: &Parts, fault: Fault) -> Refusal {
    match wire::route(&own::ALL, head, &[]) {
        Ok(routed) => Refusal { protocol: routed.protocol, service: Some(routed.service), fault },
        Err(unrouted) => Refusal { protocol: unrouted.protocol, service: unrouted.service, fault },
    }
}

fn panicked(panic: &(dyn Any + Send), head: &Parts, request_id: &str) -> Refusal {
    let text = panic.downcast_ref::<&str>().copied();
    let text =
        text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no text");
    tracing::error!(request_id, panic = text, "a request made its handler panic");
    let message = "The request could not be processed; the server's log says why.";
    refuse_unread(head, Fault::receiver("InternalFailure", message).with_status(500))
}
