//! Signed requests to the control plane: calls of its API, and websockets.
//!
//! One pool of connections for everything; TLS and the host's roots are loaded only when an address asks for them. Invariant: every
//! request is signed and bounded in time. Not here: what is asked (`api`), when to ask again (`pace`, the machine).

use super::{
    Clock,
    websocket::{self, Socket},
};
use bytes::Bytes;
use domain::id::Region;
use futures_util::future::Either;
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri, header, uri::InvalidUri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value as Json;
use std::{error::Error, io, sync::OnceLock, time::Duration};
use wire::sigv4::{self, Credentials};

/// ECS's name in credential scopes.
const SERVICE: &str = "ecs";
/// The prefix of an operation in `X-Amz-Target`.
const TARGET: &str = "AmazonEC2ContainerServiceV20141113";
/// How long a connection may take, and a call.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
const CALL_LIMIT: Duration = Duration::from_secs(30);
/// Replies are small; more than this is none of ours.
const REPLY_BYTES_MAX: usize = 4 * 1024 * 1024;

type Plain = Client<HttpConnector, Full<Bytes>>;
type Tls = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// Why a call has no reply.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The address is none.
    #[error("`{address}` is not an address")]
    Address {
        /// What was given.
        address: String,
        /// What is wrong with it.
        #[source]
        source: InvalidUri,
    },
    /// An address that is neither `http` nor `https`.
    #[error("`{address}` begins neither with http:// nor with https://")]
    Scheme {
        /// What was given.
        address: String,
    },
    /// The certificates of this host cannot be read.
    #[error("read the host's certificates")]
    Roots {
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Nobody answered.
    #[error("reach {address}")]
    Unreached {
        /// Where.
        address: String,
        /// Why.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// Nobody answered in time.
    #[error("no answer from {address} within {limit:?}")]
    Late {
        /// Where.
        address: String,
        /// How long it might have taken.
        limit: Duration,
    },
    /// The plane answered with a fault.
    #[error("{name}: {message}")]
    Fault {
        /// The HTTP status.
        status: u16,
        /// The fault's name, without its namespace.
        name: String,
        /// Its text.
        message: String,
    },
    /// The reply is not what it should be.
    #[error("the reply of {address} makes no sense: {what}")]
    Reply {
        /// Where.
        address: String,
        /// What is wrong with it.
        what: String,
    },
}

impl CallError {
    /// The fault's name, if the plane answered with one.
    pub(crate) fn fault(&self) -> Option<&str> {
        match self {
            Self::Fault { name, .. } => Some(name),
            _ => None,
        }
    }

    /// Whether asking again later may help.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Fault { status, name, .. } => {
                let is_passing =
                    ["ThrottlingException", "ServerException", "LimitExceededException"];
                *status >= 500 || is_passing.contains(&name.as_str())
            }
            Self::Address { .. } | Self::Scheme { .. } | Self::Roots { .. } => false,
            Self::Unreached { .. } | Self::Late { .. } | Self::Reply { .. } => true,
        }
    }
}

/// What signs and sends.
pub(crate) struct Http {
    credentials: Credentials,
    region: Region,
    clock: Clock,
    plain: Plain,
    tls: OnceLock<Tls>,
}

impl Http {
    pub(crate) fn new(credentials: Credentials, region: Region, clock: Clock) -> Self {
        let plain = Client::builder(TokioExecutor::new()).build(connector());
        Self { credentials, region, clock, plain, tls: OnceLock::new() }
    }

    /// Calls an operation of the API at `endpoint`.
    ///
    /// # Errors
    /// When nobody answers, or the answer is a fault.
    pub(crate) async fn call(
        &self,
        endpoint: &str,
        operation: &str,
        request: &Json,
    ) -> Result<Json, CallError> {
        self.call_as(endpoint, operation, request, &self.credentials).await
    }

    /// As [`Self::call`], in the name of others.
    pub(crate) async fn call_as(
        &self,
        endpoint: &str,
        operation: &str,
        request: &Json,
        credentials: &Credentials,
    ) -> Result<Json, CallError> {
        let body = Bytes::from(request.to_string());
        let mut message = self.request(Method::POST, endpoint, "/", &body)?;
        let headers = message.headers_mut();
        headers
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.1"));
        let target = HeaderValue::try_from(format!("{TARGET}.{operation}"));
        headers.insert("x-amz-target", target.expect("operations have plain names"));
        let message = self.signed(message, &body, credentials);
        let reply = self.send(endpoint, message).await?;
        let (status, body) = read(endpoint, reply).await?;
        if status.is_success() {
            return serde_json::from_slice(&body).map_err(|error| CallError::Reply {
                address: endpoint.to_owned(),
                what: error.to_string(),
            });
        }
        Err(fault(status, &body))
    }

    /// Opens the websocket at `address`, whose path and query are whole.
    ///
    /// # Errors
    /// When nobody answers, or the plane refuses.
    pub(crate) async fn open(&self, address: &str) -> Result<Socket, CallError> {
        let path = address.find("://").and_then(|at| Some(at + 3 + address[at + 3..].find('/')?));
        let (endpoint, path) = address.split_at(path.unwrap_or(address.len()));
        let mut message = self.request(Method::GET, endpoint, path, &Bytes::new())?;
        let key = websocket::ask(message.headers_mut());
        let message = self.signed(message, &[], &self.credentials);
        let reply = self.send(endpoint, message).await?;
        if !websocket::is_granted(&reply) {
            let (status, body) = read(endpoint, reply).await?;
            return Err(fault(status, &body));
        }
        if !websocket::is_proven(&reply, &key) {
            let what = "the websocket's key is not answered".to_owned();
            return Err(CallError::Reply { address: endpoint.to_owned(), what });
        }
        websocket::begin(reply).await.map_err(|error| unreached(endpoint, error))
    }

    /// The header block that a telemetry frame begins with (agent-protocol.md §5).
    pub(crate) fn frame_head(&self, address: &str, body: &[u8]) -> String {
        let host = host_of(address);
        let (mut head, ()) = Request::new(()).into_parts();
        if let Ok(value) = HeaderValue::from_str(host) {
            head.headers.insert(header::HOST, value);
        }
        sigv4::sign(&mut head, body, &self.credentials, self.region.as_str(), SERVICE, self.now());
        let mut text = String::new();
        let names = ["authorization", "host", "x-amz-date", "x-amz-security-token"];
        let shown = ["Authorization", "Host", "X-Amz-Date", "X-Amz-Security-Token"];
        for (name, shown) in names.into_iter().zip(shown) {
            if let Some(value) = head.headers.get(name).and_then(|value| value.to_str().ok()) {
                text.push_str(&format!("{shown}: {value}\r\n"));
            }
        }
        text.push_str("\r\n");
        text
    }

    fn now(&self) -> i64 {
        (self.clock)().0
    }

    fn request(
        &self,
        method: Method,
        endpoint: &str,
        path: &str,
        body: &Bytes,
    ) -> Result<Request<Full<Bytes>>, CallError> {
        let address = format!("{}{path}", endpoint.trim_end_matches('/'));
        let uri: Uri = address
            .parse()
            .map_err(|source| CallError::Address { address: address.clone(), source })?;
        let mut message = Request::new(Full::new(body.clone()));
        *message.method_mut() = method;
        let host = HeaderValue::from_str(host_of(endpoint));
        *message.uri_mut() = uri;
        if let Ok(host) = host {
            message.headers_mut().insert(header::HOST, host);
        }
        let agent = concat!("longshore-agent/", env!("CARGO_PKG_VERSION"));
        message.headers_mut().insert(header::USER_AGENT, HeaderValue::from_static(agent));
        Ok(message)
    }

    fn signed(
        &self,
        message: Request<Full<Bytes>>,
        body: &[u8],
        credentials: &Credentials,
    ) -> Request<Full<Bytes>> {
        let (mut head, full) = message.into_parts();
        sigv4::sign(&mut head, body, credentials, self.region.as_str(), SERVICE, self.now());
        Request::from_parts(head, full)
    }

    async fn send(
        &self,
        endpoint: &str,
        message: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, CallError> {
        let sent = match message.uri().scheme_str() {
            Some("http") => Either::Left(self.plain.request(message)),
            Some("https") => Either::Right(self.tls()?.request(message)),
            _ => return Err(CallError::Scheme { address: endpoint.to_owned() }),
        };
        match tokio::time::timeout(CALL_LIMIT, sent).await {
            Ok(Ok(reply)) => Ok(reply),
            Ok(Err(error)) => Err(unreached(endpoint, error)),
            Err(_) => Err(CallError::Late { address: endpoint.to_owned(), limit: CALL_LIMIT }),
        }
    }

    fn tls(&self) -> Result<&Tls, CallError> {
        if self.tls.get().is_none() {
            let mut http = connector();
            http.enforce_http(false);
            let https = HttpsConnectorBuilder::new()
                .with_native_roots()
                .map_err(|source| CallError::Roots { source })?
                .https_or_http()
                .enable_http1()
                .wrap_connector(http);
            let tls = Client::builder(TokioExecutor::new()).build(https);
            // Two at once make the same; the first stays.
            _ = self.tls.set(tls);
        }
        Ok(self.tls.get().expect("it was just set"))
    }
}

fn connector() -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(CONNECT_LIMIT));
    connector.set_keepalive(Some(Duration::from_secs(30)));
    connector
}

/// `host:port` of an address.
fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default()
}

fn unreached(endpoint: &str, error: impl Error + Send + Sync + 'static) -> CallError {
    CallError::Unreached { address: endpoint.to_owned(), source: Box::new(error) }
}

async fn read(endpoint: &str, reply: Response<Incoming>) -> Result<(StatusCode, Bytes), CallError> {
    let status = reply.status();
    let body = Limited::new(reply.into_body(), REPLY_BYTES_MAX).collect();
    match tokio::time::timeout(CALL_LIMIT, body).await {
        Ok(Ok(body)) => Ok((status, body.to_bytes())),
        Ok(Err(source)) => Err(CallError::Unreached { address: endpoint.to_owned(), source }),
        Err(_) => Err(CallError::Late { address: endpoint.to_owned(), limit: CALL_LIMIT }),
    }
}

/// A fault in any of the forms that the plane has for it: `__type` of the API, `type` of a refused websocket, or the name as the only
/// member.
fn fault(status: StatusCode, body: &[u8]) -> CallError {
    let json: Json = serde_json::from_slice(body).unwrap_or_default();
    let text = |value: &Json| match value {
        Json::String(text) => text.clone(),
        other => ["message", "Message"]
            .iter()
            .find_map(|name| other.get(name)?.as_str())
            .unwrap_or_default()
            .to_owned(),
    };
    let named = ["__type", "type"].iter().find_map(|name| json.get(name)?.as_str());
    let (name, message) = match named {
        Some(name) => {
            let message = ["message", "Message"].iter().find_map(|name| json.get(name));
            (name.rsplit('#').next().unwrap_or_default().to_owned(), message.map(text))
        }
        None => match json.as_object().and_then(|members| members.iter().next()) {
            Some((name, message)) => (name.clone(), Some(text(message))),
            None => (format!("HTTP {}", status.as_u16()), None),
        },
    };
    CallError::Fault { status: status.as_u16(), name, message: message.unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::{fault, host_of};
    use http::StatusCode;

    #[test]
    fn faults_have_many_forms() {
        let text = |body: &str| fault(StatusCode::BAD_REQUEST, body.as_bytes()).to_string();
        assert_eq!(
            text(r#"{"__type":"com.amazonaws#ClientException","message":"no"}"#),
            "ClientException: no"
        );
        assert_eq!(
            text(r#"{"type":"InactiveInstanceException","message":{"message":"gone"}}"#),
            "InactiveInstanceException: gone"
        );
        assert_eq!(
            text(r#"{"InactiveInstanceException":"gone"}"#),
            "InactiveInstanceException: gone"
        );
        assert_eq!(text("<html>"), "HTTP 400: ");
    }

    #[test]
    fn a_server_s_trouble_passes_and_a_client_s_stays() {
        let of = |status, name: &str| {
            let body = format!(r#"{{"__type":"{name}"}}"#);
            fault(status, body.as_bytes()).is_passing()
        };
        assert!(of(StatusCode::SERVICE_UNAVAILABLE, "Whatever"));
        assert!(of(StatusCode::BAD_REQUEST, "ThrottlingException"));
        assert!(!of(StatusCode::BAD_REQUEST, "ClientException"));
    }

    #[test]
    fn a_host_has_its_port() {
        assert_eq!(host_of("http://127.0.0.1:4566/ws?a=b"), "127.0.0.1:4566");
        assert_eq!(host_of("https://plane"), "plane");
    }
}
