//! A control plane's front on a port of its own, and a client that can say anything to it.

use api::{Authenticator, Config, Front, Mode, Peer, Service, limit_connection};
use domain::time::Timestamp;
use http::Request;
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use serde_json::Value as Json;
use std::{convert::Infallible, net::SocketAddr, sync::Arc};
use store::{Embedded, Engine, Options};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use wire::sigv4::{Credentials, sign};

/// 2026-12-01T10:00:00Z, always.
pub(crate) fn clock() -> Timestamp {
    Timestamp(1_796_119_200_000)
}

/// Everything ends when it is dropped.
pub(crate) struct Plane {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) front: Front,
    pub(crate) address: SocketAddr,
    _connections: JoinSet<()>,
    _dir: TempDir,
}

impl Plane {
    pub(crate) async fn new(mode: Mode) -> Self {
        let dir = TempDir::new().expect("a directory");
        let engine = Embedded::open(dir.path(), Options::default()).await.expect("a store");
        let engine: Arc<dyn Engine> = Arc::new(engine);
        Self::on(mode, engine, Config::default(), dir).await
    }

    /// That asks IAM's policies about every call.
    pub(crate) async fn guarded() -> Self {
        let dir = TempDir::new().expect("a directory");
        let engine = Embedded::open(dir.path(), Options::default()).await.expect("a store");
        let config = Config { enforces_policies: true, ..Config::default() };
        Self::on(Mode::Iam, Arc::new(engine), config, dir).await
    }

    async fn on(mode: Mode, engine: Arc<dyn Engine>, config: Config, dir: TempDir) -> Self {
        let service = Service::new(Arc::clone(&engine), Arc::new(config), clock);
        let front = Front::new(service, Authenticator::new(mode, Arc::clone(&engine), clock));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let mut connections = JoinSet::new();
        connections.spawn(accept(listener, front.clone()));
        Self { engine, front, address, _connections: connections, _dir: dir }
    }

    /// Sends bytes on a connection of their own and reads one response.
    pub(crate) async fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        // The server may answer and close before it has read everything, which is no mistake of the test.
        let _ = stream.write_all(bytes).await;
        Answer::read(&mut stream).await
    }

    /// Calls an operation of ECS without a signature.
    pub(crate) async fn ecs(&self, operation: &str, body: &str) -> Answer {
        self.send(&ecs_request(operation, "", body)).await
    }

    /// Calls an operation of ECS that must work.
    pub(crate) async fn ok(&self, operation: &str, body: Json) -> Json {
        let answer = self.ecs(operation, &body.to_string()).await;
        assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
        answer.json()
    }

    /// Who the signer of a request is to STS; the request is `change`d after it was signed.
    pub(crate) async fn identity(
        &self,
        signer: &Signer,
        change: impl FnOnce(String) -> String,
    ) -> Answer {
        let request = signer.request("sts", "", "Action=GetCallerIdentity&Version=2011-06-15");
        self.send(change(request).as_bytes()).await
    }

    /// Calls an operation of ECS with a signature.
    pub(crate) async fn signed(&self, signer: &Signer, operation: &str, body: &str) -> Answer {
        self.send(signer.request("ecs", operation, body).as_bytes()).await
    }
}

async fn accept(listener: TcpListener, front: Front) {
    let mut connections = JoinSet::new();
    while let Ok((stream, peer)) = listener.accept().await {
        connections.spawn(serve(TokioIo::new(stream), Peer(peer), front.clone()));
    }
}

/// Serves one connection to its end.
pub(crate) async fn serve<S>(stream: TokioIo<S>, peer: Peer, front: Front)
where
    TokioIo<S>: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    let mut builder = auto::Builder::new(TokioExecutor::new());
    limit_connection(&mut builder);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        let front = front.clone();
        async move { Ok::<_, Infallible>(front.handle(request).await) }
    });
    let _ = builder.serve_connection_with_upgrades(stream, service).await;
}

/// An HTTP/1.1 request for an operation of ECS; `more` are further header lines.
pub(crate) fn ecs_request(operation: &str, more: &str, body: &str) -> Vec<u8> {
    let target = format!("X-Amz-Target: AmazonEC2ContainerServiceV20141113.{operation}\r\n");
    let kind = "Content-Type: application/x-amz-json-1.1\r\n";
    request(&format!("{target}{kind}{more}"), body)
}

/// An HTTP/1.1 request with these header lines.
pub(crate) fn request(headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
        .into_bytes()
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// Reads one response and leaves what follows it.
    pub(crate) async fn read(stream: &mut TcpStream) -> Self {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.expect("the head of a response"));
        }
        let head = String::from_utf8(head).expect("a head is ASCII");
        let mut lines = head.trim_end().lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status line");
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().expect("a length"))];
        stream.read_exact(&mut body).await.expect("the body of a response");
        Self {
            status: status.parse().expect("a status"),
            headers,
            body: String::from_utf8(body).expect("text"),
        }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// `status Code: message` of a fault in JSON or XML.
    pub(crate) fn fault(&self) -> String {
        let status = self.status;
        if let Ok(json) = serde_json::from_str::<Json>(&self.body) {
            let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
            return format!("{status} {}: {}", text("__type"), text("message"));
        }
        format!("{status} {}: {}", self.element("Code"), self.element("Message"))
    }

    /// The text of an XML element.
    pub(crate) fn element(&self, name: &str) -> String {
        let after = self.body.split_once(&format!("<{name}>")).map_or("", |(_, after)| after);
        after.split('<').next().unwrap_or_default().to_owned()
    }
}

/// Who signs, for where and when.
#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
    pub(crate) region: String,
    pub(crate) service: Option<String>,
    pub(crate) late_ms: i64,
}

impl Signer {
    pub(crate) fn new(id: &str, secret: &str) -> Self {
        Self {
            id: id.to_owned(),
            secret: secret.to_owned(),
            token: None,
            region: "us-east-1".to_owned(),
            service: None,
            late_ms: 0,
        }
    }

    /// A signed HTTP/1.1 request.
    pub(crate) fn request(&self, service: &str, operation: &str, body: &str) -> String {
        let mut request = Request::post("http://localhost/").header("host", "localhost");
        if operation.is_empty() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        } else {
            let target = format!("AmazonEC2ContainerServiceV20141113.{operation}");
            request = request
                .header("content-type", "application/x-amz-json-1.1")
                .header("x-amz-target", target);
        }
        let (mut head, ()) = request.body(()).expect("a request").into_parts();
        let credentials = Credentials {
            access_key_id: self.id.clone(),
            secret_access_key: self.secret.clone(),
            session_token: self.token.clone(),
        };
        let service = self.service.as_deref().unwrap_or(service);
        sign(
            &mut head,
            body.as_bytes(),
            &credentials,
            &self.region,
            service,
            clock().0 - self.late_ms,
        );
        let lines = head
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}\r\n", value.to_str().expect("ASCII")));
        format!(
            "POST / HTTP/1.1\r\nContent-Length: {}\r\n{}\r\n{body}",
            body.len(),
            lines.collect::<String>()
        )
    }
}
