//! A command that somebody talks to: asked of the task's shim on a connection of its own, whose end is the command's.

use super::task::ANSWER_TIMEOUT;
use super::{DriverError, LinuxDriver, client};
use crate::shim::protocol::{self, Answer, Event, Message, Op, Request, VERSION, Window};
use agent::driver::{ContainerKey, ExecCommand, ExecLife, ExecProcess};
use domain::link::exec::WindowSize;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rustix::fd::{AsFd, OwnedFd};
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags};
use std::io::{self, IoSliceMut};
use std::mem::MaybeUninit;
use tokio::io::{AsyncWriteExt, Interest};
use tokio::net::UnixStream;
use tokio::net::unix::pipe;

/// Read from the shim at once.
const READ_BYTES: usize = 4096;

impl LinuxDriver {
    pub(super) async fn exec_in_container(
        &self,
        key: &ContainerKey,
        command: ExecCommand,
    ) -> Result<ExecProcess, DriverError> {
        // Only of a container that was created, so that names are checked.
        self.inner.record(&key.task, &key.name)?;
        let gone = |error: io::Error| DriverError::Shim {
            task: key.task.clone(),
            text: error.to_string(),
        };
        let stream = client::open(&self.inner.home.task(&key.task)).map_err(gone)?;
        let mut line = Line { stream, input: Vec::new(), ends: Vec::new() };
        let window = command.window.map(|it| Window { cols: it.cols, rows: it.rows });
        let op = Op::Exec { container: key.name.clone(), command: command.args, window };
        let request = protocol::frame(&Request { v: VERSION, id: 1, op });
        line.stream.write_all(&request).await.map_err(gone)?;
        let answer = tokio::time::timeout(ANSWER_TIMEOUT, line.message()).await;
        match answer.map_err(|_| gone(io::ErrorKind::TimedOut.into()))?.map_err(gone)? {
            Message::Reply { answer: Answer::Entered, .. } => line.process().map_err(gone),
            Message::Reply { answer: Answer::Refused { part, text }, .. } => {
                Err(DriverError::refused(part, text))
            }
            Message::Reply { .. } | Message::Event(_) => Err(DriverError::Refused(format!(
                "the shim of task `{}` answered something else",
                key.task
            ))),
        }
    }
}

/// The connection to the shim.
struct Line {
    stream: UnixStream,
    input: Vec<u8>,
    /// What was handed over.
    ends: Vec<OwnedFd>,
}

impl Line {
    /// The next message. Dropping the future loses nothing.
    async fn message(&mut self) -> io::Result<Message> {
        loop {
            let whole = protocol::first_frame(&self.input).map_err(io::Error::other)?;
            if let Some((content, taken)) = whole {
                let message = serde_json::from_slice(content)?;
                self.input.drain(..taken);
                return Ok(message);
            }
            let (bytes, ends) =
                self.stream.async_io(Interest::READABLE, || receive(&self.stream)).await?;
            if bytes.is_empty() {
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            self.input.extend(bytes);
            self.ends.extend(ends);
        }
    }

    fn process(mut self) -> io::Result<ExecProcess> {
        let mut ends = std::mem::take(&mut self.ends).into_iter();
        let missing = || io::Error::other("the shim handed over too little");
        let first = ends.next().ok_or_else(missing)?;
        let (Some(output), Some(error)) = (ends.next(), ends.next()) else {
            // A terminal is read and written as a pipe is; at its end reading says EIO.
            return Ok(ExecProcess {
                input: Box::new(pipe::Sender::from_owned_fd_unchecked(first.try_clone()?)?),
                output: Box::new(pipe::Receiver::from_owned_fd_unchecked(first.try_clone()?)?),
                error: None,
                life: Box::new(Life { line: self, terminal: Some(first) }),
            });
        };
        Ok(ExecProcess {
            input: Box::new(pipe::Sender::from_owned_fd(first)?),
            output: Box::new(pipe::Receiver::from_owned_fd(output)?),
            error: Some(Box::new(pipe::Receiver::from_owned_fd(error)?)),
            life: Box::new(Life { line: self, terminal: None }),
        })
    }
}

/// Reads once, with what is handed over.
fn receive(stream: &UnixStream) -> io::Result<(Vec<u8>, Vec<OwnedFd>)> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(3))];
    let mut ancillary = RecvAncillaryBuffer::new(&mut space);
    let mut room = vec![0; READ_BYTES];
    let received = rustix::net::recvmsg(
        stream.as_fd(),
        &mut [IoSliceMut::new(&mut room)],
        &mut ancillary,
        RecvFlags::CMSG_CLOEXEC,
    )?;
    room.truncate(received.bytes);
    let mut ends = Vec::new();
    for message in ancillary.drain() {
        if let RecvAncillaryMessage::ScmRights(fds) = message {
            ends.extend(fds);
        }
    }
    Ok((room, ends))
}

/// The command's life: the connection to its shim.
struct Life {
    line: Line,
    terminal: Option<OwnedFd>,
}

impl ExecLife for Life {
    fn resize(&self, size: WindowSize) {
        let Some(end) = &self.terminal else { return };
        let size = rustix::termios::Winsize {
            ws_col: size.cols,
            ws_row: size.rows,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        // A terminal whose command ended has no size.
        let _ = rustix::termios::tcsetwinsize(end, size);
    }

    fn ended(&mut self) -> BoxFuture<'_, Option<i64>> {
        async {
            loop {
                match self.line.message().await {
                    Ok(Message::Event(Event::Left { code })) => return Some(code),
                    Ok(Message::Event(_) | Message::Reply { .. }) => {}
                    Err(_) => return None,
                }
            }
        }
        .boxed()
    }
}
