//! A registry in the test's own process that does wrong on demand.

use super::Made;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper_util::rt::TokioIo;
use runtime::image::digest::Digest;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// What a request looked like: `GET /v2/x/blobs/sha256:… bytes=5- Basic …`.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) range: Option<String>,
    pub(crate) authorization: Option<String>,
    pub(crate) body: String,
}

/// What to do instead of answering.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    Answer(u16, Vec<(&'static str, String)>, String),
    /// So many bytes of the right answer, then the connection breaks.
    CutAfter(usize),
    /// Other bytes under the same name.
    Replace(Bytes),
    /// The whole although a part was asked for.
    IgnoreRange,
    /// The head of the answer, so many bytes, and then nothing.
    HangAfter(usize),
}

type Plan = Box<dyn Fn(&Asked, usize) -> Option<Fault> + Send + Sync>;

struct State {
    contents: Mutex<BTreeMap<String, (String, Bytes)>>,
    asked: Mutex<Vec<Asked>>,
    plan: Mutex<Plan>,
}

pub(crate) struct Registry {
    pub(crate) host: String,
    state: Arc<State>,
    _serving: JoinSet<()>,
}

impl Registry {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let state = Arc::new(State {
            contents: Mutex::default(),
            asked: Mutex::default(),
            plan: Mutex::new(Box::new(|_, _| None)),
        });
        let mut serving = JoinSet::new();
        let shared = Arc::clone(&state);
        serving.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                connections.spawn(async move {
                    let service = hyper::service::service_fn(move |request| {
                        answer(Arc::clone(&state), request)
                    });
                    // A client that speaks TLS or goes away is no failure of the test.
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        Self { host, state, _serving: serving }
    }

    /// For each request, with the number of requests to the same path before it.
    pub(crate) fn plan(
        &self,
        plan: impl Fn(&Asked, usize) -> Option<Fault> + Send + Sync + 'static,
    ) {
        *self.state.plan.lock().unwrap() = Box::new(plan);
    }

    pub(crate) fn put(&self, path: &str, media_type: &str, bytes: impl Into<Bytes>) {
        self.state
            .contents
            .lock()
            .unwrap()
            .insert(path.to_owned(), (media_type.to_owned(), bytes.into()));
    }

    /// Puts an image under `repository:tag`, its layers through `pack`; tells the manifest's digest.
    pub(crate) fn push(
        &self,
        repository: &str,
        tag: &str,
        made: &Made,
        pack: impl Fn(&[u8]) -> Vec<u8>,
    ) -> Digest {
        let packed: Vec<Vec<u8>> = made.layers.iter().map(|layer| pack(layer)).collect();
        let manifest = made.manifest(&packed);
        for blob in packed.into_iter().chain([made.config_bytes()]) {
            self.put(
                &format!("/v2/{repository}/blobs/{}", Digest::of(&blob)),
                "application/octet-stream",
                blob,
            );
        }
        self.put_manifest(repository, tag, "application/vnd.oci.image.manifest.v1+json", manifest)
    }

    pub(crate) fn put_manifest(
        &self,
        repository: &str,
        tag: &str,
        media_type: &str,
        bytes: Vec<u8>,
    ) -> Digest {
        let digest = Digest::of(&bytes);
        self.put(&format!("/v2/{repository}/manifests/{tag}"), media_type, bytes.clone());
        self.put(&format!("/v2/{repository}/manifests/{digest}"), media_type, bytes);
        digest
    }

    /// Takes everything away.
    pub(crate) fn clear(&self) {
        self.state.contents.lock().unwrap().clear();
    }

    /// All requests so far but the first word about TLS; forgets them.
    pub(crate) fn take_asked(&self) -> Vec<Asked> {
        let mut asked = std::mem::take(&mut *self.state.asked.lock().unwrap());
        asked.retain(|asked| asked.path != "/v2/");
        asked
    }

    /// `GET blobs` and the like, sorted: layers travel in no order.
    pub(crate) fn take_kinds(&self) -> Vec<String> {
        let kind = |asked: Asked| {
            format!("{} {}", asked.method, asked.path.split('/').rev().nth(1).unwrap_or(""))
        };
        let mut kinds: Vec<String> = self.take_asked().into_iter().map(kind).collect();
        kinds.sort();
        kinds
    }
}

async fn answer(
    state: Arc<State>,
    request: Request<Incoming>,
) -> Result<Response<Sending>, Infallible> {
    use http_body_util::BodyExt;
    let header =
        |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let mut asked = Asked {
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or("").to_owned(),
        range: header("range"),
        authorization: header("authorization"),
        body: String::new(),
    };
    asked.body =
        String::from_utf8(request.into_body().collect().await.unwrap().to_bytes().to_vec())
            .unwrap();
    let before = {
        let mut all = state.asked.lock().unwrap();
        let before = all
            .iter()
            .filter(|other| other.path == asked.path && other.method == asked.method)
            .count();
        all.push(asked.clone());
        before
    };
    let fault = (state.plan.lock().unwrap())(&asked, before);
    let found = state.contents.lock().unwrap().get(&asked.path).cloned();
    Ok(respond(&asked, fault, found))
}

fn respond(
    asked: &Asked,
    fault: Option<Fault>,
    found: Option<(String, Bytes)>,
) -> Response<Sending> {
    if let Some(Fault::Answer(status, headers, text)) = &fault {
        let mut response = Response::builder().status(*status);
        for (name, value) in headers {
            response = response.header(*name, value);
        }
        return response.body(Sending::whole(text.clone().into_bytes().into())).unwrap();
    }
    if asked.path == "/v2/" {
        return Response::new(Sending::whole(Bytes::new()));
    }
    let Some((media_type, mut bytes)) = found else {
        let text = r#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"#;
        return Response::builder().status(404).body(Sending::whole(text.into())).unwrap();
    };
    let digest = Digest::of(&bytes);
    if let Some(Fault::Replace(other)) = &fault {
        bytes = other.clone();
    }
    let total = bytes.len();
    let mut response = Response::builder()
        .header("content-type", media_type)
        .header("docker-content-digest", digest.to_string());
    let from: Option<usize> = asked
        .range
        .as_ref()
        .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    if let (Some(from), false) = (from, matches!(fault, Some(Fault::IgnoreRange))) {
        if from >= total {
            return response
                .status(StatusCode::RANGE_NOT_SATISFIABLE)
                .body(Sending::whole(Bytes::new()))
                .unwrap();
        }
        response = response
            .status(206)
            .header("content-range", format!("bytes {from}-{}/{total}", total - 1));
        bytes = bytes.slice(from..);
    }
    if asked.method == "HEAD" {
        return response
            .header("content-length", bytes.len())
            .body(Sending::whole(Bytes::new()))
            .unwrap();
    }
    let end = match fault {
        Some(Fault::CutAfter(length)) => End::Cut(length),
        Some(Fault::HangAfter(length)) => End::Hang(length),
        _ => End::Whole,
    };
    response
        .body(Sending { length: bytes.len() as u64, rest: bytes, end, sent: 0, is_flushed: false })
        .unwrap()
}

enum End {
    Whole,
    Cut(usize),
    Hang(usize),
}

struct Sending {
    length: u64,
    rest: Bytes,
    end: End,
    sent: usize,
    is_flushed: bool,
}

impl Sending {
    fn whole(bytes: Bytes) -> Self {
        Self {
            length: bytes.len() as u64,
            rest: bytes,
            end: End::Whole,
            sent: 0,
            is_flushed: false,
        }
    }
}

impl Body for Sending {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let max = match self.end {
            End::Whole => usize::MAX,
            // hyper sends what it has when the body has nothing ready, and throws it away when the body fails.
            End::Cut(max) if self.sent >= max && !self.is_flushed => {
                self.is_flushed = true;
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            End::Cut(max) if self.sent >= max => {
                return Poll::Ready(Some(Err(io::Error::other("cut"))));
            }
            End::Hang(max) if self.sent >= max => return Poll::Pending,
            End::Cut(max) | End::Hang(max) => max - self.sent,
        };
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.rest.len().min(16 * 1024).min(max);
        let piece = self.rest.split_to(length);
        self.sent += length;
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length - self.sent as u64)
    }
}
