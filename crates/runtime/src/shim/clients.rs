//! The connections to a shim: the agent's, and for a moment after its restart perhaps two of them.
//!
//! Invariant: nothing here blocks. What a client does not read in time is kept for it up to a bound, then the client is dropped: it will
//! come back and ask for the state.

use super::protocol::{self, Message, Request};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};

/// Bytes kept for a client that does not read.
const UNREAD_BYTES_MAX: usize = 4 << 20;

struct Client {
    stream: UnixStream,
    input: Vec<u8>,
    output: Vec<u8>,
    subscribed: bool,
}

/// Whom a reply goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asker {
    /// The connection.
    pub(crate) client: u64,
    /// The request.
    pub(crate) request: u64,
}

/// All connections.
#[derive(Default)]
pub(crate) struct Clients {
    next: u64,
    all: BTreeMap<u64, Client>,
}

impl Clients {
    /// Takes the connections that wait at `listener`.
    pub(crate) fn accept(&mut self, listener: &UnixListener) {
        while let Ok((stream, _)) = listener.accept() {
            if stream.set_nonblocking(true).is_ok() {
                let client = Client { stream, input: vec![], output: vec![], subscribed: false };
                self.all.insert(self.next, client);
                self.next += 1;
            }
        }
    }

    /// Every connection, and whether something waits to be written to it.
    pub(crate) fn fds(&self) -> impl Iterator<Item = (u64, BorrowedFd<'_>, bool)> {
        self.all
            .iter()
            .map(|(number, client)| (*number, client.stream.as_fd(), !client.output.is_empty()))
    }

    /// Reads what a client says. A client that ended or talks nonsense is dropped.
    pub(crate) fn read(&mut self, number: u64) -> Vec<Request> {
        let Some(client) = self.all.get_mut(&number) else { return vec![] };
        let mut room = [0; 8192];
        let mut ended = false;
        loop {
            match client.stream.read(&mut room) {
                Ok(0) => {
                    ended = true;
                    break;
                }
                Ok(length) => client.input.extend(&room[..length]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => {
                    ended = true;
                    break;
                }
            }
        }
        let mut requests = Vec::new();
        loop {
            match protocol::first_frame(&client.input) {
                Ok(None) => break,
                Ok(Some((content, taken))) => {
                    match serde_json::from_slice::<Request>(content) {
                        Ok(request) => requests.push(request),
                        Err(_) => ended = true,
                    }
                    client.input.drain(..taken);
                }
                Err(_) => {
                    ended = true;
                    break;
                }
            }
        }
        if client.input.is_empty() {
            client.input = Vec::new();
        }
        if ended {
            self.all.remove(&number);
        }
        requests
    }

    /// Marks a client as one that hears events.
    pub(crate) fn subscribe(&mut self, number: u64) {
        if let Some(client) = self.all.get_mut(&number) {
            client.subscribed = true;
        }
    }

    /// Answers a request; one whose client is gone goes nowhere.
    pub(crate) fn reply(&mut self, to: Asker, answer: protocol::Answer) {
        let frame = protocol::frame(&Message::Reply { id: to.request, answer });
        self.send(to.client, &frame);
    }

    /// Answers a request and hands descriptors over with it. False if that could not be: whoever asked does not read, or is gone.
    pub(crate) fn hand_over(
        &mut self,
        to: Asker,
        answer: protocol::Answer,
        ends: &[OwnedFd],
    ) -> bool {
        let Some(client) = self.all.get_mut(&to.client) else { return false };
        let frame = protocol::frame(&Message::Reply { id: to.request, answer });
        let fds: Vec<BorrowedFd<'_>> = ends.iter().map(AsFd::as_fd).collect();
        let mut space = [std::mem::MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(3))];
        let mut ancillary = SendAncillaryBuffer::new(&mut space);
        if !client.output.is_empty() || !ancillary.push(SendAncillaryMessage::ScmRights(&fds)) {
            return false;
        }
        let flags = SendFlags::NOSIGNAL;
        let sent = rustix::net::sendmsg(
            &client.stream,
            &[io::IoSlice::new(&frame)],
            &mut ancillary,
            flags,
        );
        let Ok(length) = sent else { return false };
        client.output.extend(&frame[length..]);
        self.flush(to.client);
        true
    }

    /// Tells one client.
    pub(crate) fn tell_one(&mut self, number: u64, event: &protocol::Event) {
        self.send(number, &protocol::frame(&Message::Event(event.clone())));
    }

    /// Whether a client is there.
    pub(crate) fn has(&self, number: u64) -> bool {
        self.all.contains_key(&number)
    }

    /// Tells all subscribers.
    pub(crate) fn tell(&mut self, event: &protocol::Event) {
        let frame = protocol::frame(&Message::Event(event.clone()));
        let subscribed: Vec<u64> =
            self.all.iter().filter(|(_, c)| c.subscribed).map(|(number, _)| *number).collect();
        for number in subscribed {
            self.send(number, &frame);
        }
    }

    fn send(&mut self, number: u64, frame: &[u8]) {
        if let Some(client) = self.all.get_mut(&number) {
            client.output.extend(frame);
            self.flush(number);
        }
    }

    /// Writes what can be written to a client now.
    pub(crate) fn flush(&mut self, number: u64) {
        let Some(client) = self.all.get_mut(&number) else { return };
        while !client.output.is_empty() {
            match client.stream.write(&client.output) {
                Ok(length) => {
                    client.output.drain(..length);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => {
                    self.all.remove(&number);
                    return;
                }
            }
        }
        if client.output.is_empty() {
            client.output = Vec::new();
        } else if client.output.len() > UNREAD_BYTES_MAX {
            self.all.remove(&number);
        }
    }
}
