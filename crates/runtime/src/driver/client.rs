//! The agent's side of the conversation with one shim: a task that owns the socket, asked through a channel.

use crate::shim::SOCKET;
use crate::shim::protocol::{self, Answer, Event, Message, Op, Request, VERSION};
use rustix::fs::{Mode, OFlags};
use std::collections::BTreeMap;
use std::io;
use std::os::fd::AsRawFd;
use std::path::Path;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::TaskTracker;

/// Requests that wait to be sent; whoever has more waits.
const QUEUE_MAX: usize = 32;

/// The shim ended, or the connection to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it ended")]
pub(crate) struct Gone;

/// A conversation. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct ShimClient {
    requests: mpsc::Sender<(Op, oneshot::Sender<Answer>)>,
}

/// What a shim tells unasked.
#[derive(Debug)]
pub(crate) enum Told {
    /// An event.
    Event(Event),
    /// It ended.
    Gone,
}

impl ShimClient {
    /// Connects to the shim of the task in `dir` and hears what happens there from now on. `tell` must not block.
    pub(crate) fn connect(
        dir: &Path,
        tracker: &TaskTracker,
        tell: impl Fn(Told) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let stream = open(dir)?;
        let (requests, asked) = mpsc::channel(QUEUE_MAX);
        tracker.spawn(converse(stream, asked, tell));
        Ok(Self { requests })
    }

    /// Asks and waits for the answer.
    pub(crate) async fn ask(&self, op: Op) -> Result<Answer, Gone> {
        let (answer, answered) = oneshot::channel();
        self.requests.send((op, answer)).await.map_err(|_| Gone)?;
        answered.await.map_err(|_| Gone)
    }

    /// True once the conversation is over.
    pub(crate) fn is_gone(&self) -> bool {
        self.requests.is_closed()
    }
}

/// A connection to the shim of the task in `dir`.
pub(crate) fn open(dir: &Path) -> io::Result<UnixStream> {
    // By a descriptor of the directory, because a socket's path has at most 107 bytes.
    let dir =
        rustix::fs::open(dir, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let path = format!("/proc/self/fd/{}/{SOCKET}", dir.as_raw_fd());
    let stream = std::os::unix::net::UnixStream::connect(path)?;
    stream.set_nonblocking(true)?;
    UnixStream::from_std(stream)
}

async fn converse(
    mut stream: UnixStream,
    mut asked: mpsc::Receiver<(Op, oneshot::Sender<Answer>)>,
    tell: impl Fn(Told),
) {
    let mut waiting: BTreeMap<u64, oneshot::Sender<Answer>> = BTreeMap::new();
    let mut next = 1;
    let mut input = Vec::with_capacity(4096);
    let (mut reader, mut writer) = stream.split();
    let subscribe = Request { v: VERSION, id: 0, op: Op::Subscribe };
    let mut is_up = writer.write_all(&protocol::frame(&subscribe)).await.is_ok();
    while is_up {
        tokio::select! {
            biased;
            read = reader.read_buf(&mut input) => {
                is_up = read.is_ok_and(|length| length > 0) && hear(&mut input, &mut waiting, &tell);
            }
            request = asked.recv() => match request {
                Some((op, answer)) => {
                    let request = Request { v: VERSION, id: next, op };
                    waiting.insert(next, answer);
                    next += 1;
                    is_up = writer.write_all(&protocol::frame(&request)).await.is_ok();
                }
                // Nobody is left who could ask: the agent ends, and the shim goes on.
                None => return,
            },
        }
    }
    asked.close();
    tell(Told::Gone);
}

/// Takes the whole frames of `input`. False for one that is none.
fn hear(
    input: &mut Vec<u8>,
    waiting: &mut BTreeMap<u64, oneshot::Sender<Answer>>,
    tell: &impl Fn(Told),
) -> bool {
    loop {
        let taken = match protocol::first_frame(input) {
            Ok(None) => return true,
            Err(_) => return false,
            Ok(Some((content, taken))) => {
                match serde_json::from_slice(content) {
                    Ok(Message::Event(event)) => tell(Told::Event(event)),
                    Ok(Message::Reply { id, answer }) => {
                        if let Some(asker) = waiting.remove(&id) {
                            // Whoever asked may have gone on; the shim did its part all the same.
                            let _ = asker.send(answer);
                        }
                    }
                    Err(_) => return false,
                }
                taken
            }
        };
        input.drain(..taken);
    }
}
