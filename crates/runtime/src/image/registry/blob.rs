//! Downloads of layers: streamed to disk, hashed on the way, taken up where they broke.
//!
//! Invariants: memory is bounded by [`PIECES_AHEAD`]; the file holds what came in order and nothing else; more bytes than the manifest says are refused
//! while they come. Dropping the future stops the download and keeps what is there.

use super::super::content::{Ingest, Verified};
use super::super::digest::Digest;
use super::super::error::ImageError;
use super::super::progress::{LayerPhase, ProgressSink};
use super::super::pull::Way;
use super::session::{Refusal, Session};
use super::transport::Hope;
use super::{Repository, chain};
use bytes::Bytes;
use http::header::CONTENT_RANGE;
use http::{Method, Response, StatusCode};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::sync::mpsc;

/// Pieces between the network and the disk. hyper gives pieces of some 8 to 400 KiB.
const PIECES_AHEAD: usize = 16;

/// A try that brought at least this much was no failure, and patience begins anew: slow lines break often. Bytes, so that tries stay bounded.
const HEADWAY_BYTES_MIN: u64 = 1 << 20;

/// What to download.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Wanted {
    /// Its digest as it travels.
    pub(in super::super) digest: Digest,
    /// Its length as it travels.
    pub(in super::super) size: u64,
    /// The layer it becomes, for progress.
    pub(in super::super) layer: Digest,
}

enum Order {
    Write(Bytes),
    Restart,
}

/// Why one try ended.
enum Broken {
    /// The registry.
    Refusal(Refusal),
    /// The bytes or the disk: no further try.
    Error(ImageError),
}

impl From<Refusal> for Broken {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl Repository {
    /// Fetches what is missing of a layer into `ingest`.
    pub(in super::super) async fn download(
        &self,
        wanted: Wanted,
        ingest: Ingest,
        way: &Way,
    ) -> Result<Verified, ImageError> {
        let mut state = State { wanted, done: ingest.written() };
        let what = format!("layer {} of `{}`", wanted.layer, self.image);
        let (orders, written) = mpsc::channel(PIECES_AHEAD);
        let writer = tokio::task::spawn_blocking(move || write(ingest, written));
        let fetched = way.unless_stopped(self.fetch(&mut state, &orders, &way.progress)).await;
        drop(orders);
        let ingest = writer.await.map_err(|_| ImageError::Cut { act: "writing a layer" })??;
        fetched??;
        tokio::task::spawn_blocking(move || ingest.verify(&what))
            .await
            .map_err(|_| ImageError::Cut { act: "checking a layer" })?
    }

    /// Every host in order, each until patience ends. A host goes on where the one before it stopped.
    async fn fetch(
        &self,
        state: &mut State,
        orders: &mpsc::Sender<Order>,
        progress: &ProgressSink,
    ) -> Result<(), ImageError> {
        let mut last = None;
        for session in &self.sessions {
            let mut tries = self.tries(session);
            loop {
                let before = state.done;
                match state.fetch_once(session, orders, progress).await {
                    Ok(()) => return Ok(()),
                    Err(Broken::Error(error)) => return Err(error),
                    Err(Broken::Refusal(refusal)) => {
                        if state.done >= before + HEADWAY_BYTES_MIN {
                            tries = self.tries(session);
                        }
                        progress.layer(
                            state.wanted.layer,
                            LayerPhase::Retrying { why: said(&refusal) },
                        );
                        match tries.wait(refusal).await {
                            Ok(()) => {}
                            Err(refusal) => {
                                last = Some(self.error(session, refusal));
                                break;
                            }
                        }
                    }
                }
            }
        }
        Err(last.expect("a registry has a host"))
    }
}

/// How far a download is.
struct State {
    wanted: Wanted,
    done: u64,
}

impl State {
    async fn fetch_once(
        &mut self,
        session: &Session,
        orders: &mpsc::Sender<Order>,
        progress: &ProgressSink,
    ) -> Result<(), Broken> {
        let Wanted { digest, size, layer } = self.wanted;
        if self.done > size {
            self.restart(orders).await?;
        }
        if self.done == size && size > 0 {
            return Ok(());
        }
        let response =
            match session.get(Method::GET, &format!("blobs/{digest}"), "*/*", self.done).await {
                Err(Refusal::Final { status: StatusCode::RANGE_NOT_SATISFIABLE, .. })
                    if self.done > 0 =>
                {
                    self.restart(orders).await?;
                    session.get(Method::GET, &format!("blobs/{digest}"), "*/*", 0).await?
                }
                other => other?,
            };
        if self.done > 0 && !continues_at(&response, self.done) {
            self.restart(orders).await?;
        }
        let idle = session.transport().patience().idle;
        let mut body = response.into_body();
        loop {
            let frame = match tokio::time::timeout(idle, body.frame()).await {
                Err(_) => {
                    return Err(Refusal::NoAnswer(
                        Hope::Good,
                        "the layer stopped in the middle".into(),
                    )
                    .into());
                }
                Ok(Some(Err(error))) => {
                    return Err(Refusal::NoAnswer(Hope::Good, error.into()).into());
                }
                Ok(None) if self.done == size => return Ok(()),
                Ok(None) => {
                    return Err(Refusal::NoAnswer(
                        Hope::Good,
                        format!("the layer ended after {} of {size} bytes", self.done).into(),
                    )
                    .into());
                }
                Ok(Some(Ok(frame))) => frame,
            };
            let Ok(data) = frame.into_data() else { continue };
            self.done += data.len() as u64;
            if self.done > size {
                let why = format!("the registry sends more than the {size} bytes of its manifest");
                return Err(Broken::Error(ImageError::malformed(format!("layer {layer}"), why)));
            }
            send(orders, Order::Write(data)).await?;
            progress.layer(layer, LayerPhase::Downloading { done: self.done, total: size });
        }
    }

    async fn restart(&mut self, orders: &mpsc::Sender<Order>) -> Result<(), Broken> {
        self.done = 0;
        send(orders, Order::Restart).await
    }
}

/// True when an answer goes on where we stopped.
fn continues_at(response: &Response<Incoming>, from: u64) -> bool {
    let range = response.headers().get(CONTENT_RANGE).and_then(|value| value.to_str().ok());
    response.status() == StatusCode::PARTIAL_CONTENT
        && range.is_none_or(|range| range.starts_with(&format!("bytes {from}-")))
}

/// The writer went away: its own error says why, and is read when it is joined.
async fn send(orders: &mpsc::Sender<Order>, order: Order) -> Result<(), Broken> {
    orders.send(order).await.map_err(|_| Broken::Error(ImageError::Cut { act: "writing a layer" }))
}

/// Hashing and writing, off the network's threads.
fn write(mut ingest: Ingest, mut orders: mpsc::Receiver<Order>) -> Result<Ingest, ImageError> {
    while let Some(order) = orders.blocking_recv() {
        match order {
            Order::Write(bytes) => ingest.write(&bytes)?,
            Order::Restart => ingest.restart()?,
        }
    }
    Ok(ingest)
}

fn said(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoAnswer(_, error) => chain(error.as_ref()),
        Refusal::Later { status, text, .. } | Refusal::Final { status, text } => {
            format!("{} ({text})", status.as_u16())
        }
    }
}
