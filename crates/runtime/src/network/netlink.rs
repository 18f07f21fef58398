//! Netlink, as much as interfaces, addresses, routes and map elements need: build messages, send them in one go, hear what the kernel says.
//!
//! Blocking and without a thread, because the shim's launch child uses it between `unshare` and `exec`, where no async runtime can be.
//! Invariant: every message is acknowledged or its error is returned together with what it was for.
//! Not here: what to set up (`attach`, `bridge`, `port_map`).

use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::io::Errno;
use rustix::net::netlink::{NETFILTER, SocketAddrNetlink};
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType};
use std::io;

/// Room for one answer of the kernel; its dumps come in pieces of at most this.
const ANSWER_BYTES_MAX: usize = 32 * 1024;

const HEADER_BYTES: usize = 16;
const REQUEST: u16 = 0x1;
const ACK: u16 = 0x4;
const DUMP: u16 = 0x300;
/// Fail if it is there already.
pub(crate) const EXCLUSIVE: u16 = 0x200;
/// Take the place of what is there.
pub(crate) const REPLACE: u16 = 0x100;
/// Make it if it is not there.
pub(crate) const CREATE: u16 = 0x400;
const ERROR: u16 = 2;
const DONE: u16 = 3;

/// What the kernel refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NetlinkError {
    /// It did not do one of our messages.
    #[error("{act}: {}", io::Error::from(*.errno))]
    Refused {
        /// What the message was for.
        act: String,
        /// Why not.
        errno: Errno,
    },
    /// The conversation itself.
    #[error("talk to the kernel's network: {0}")]
    Talk(#[from] Errno),
    /// An answer that is none.
    #[error("the kernel's network answer is cut short")]
    Short,
}

impl NetlinkError {
    /// True for an answer with that error number.
    pub(crate) fn is(&self, wanted: Errno) -> bool {
        matches!(self, Self::Refused { errno, .. } if *errno == wanted)
    }
}

/// One message under construction.
pub(crate) struct Message {
    kind: u16,
    flags: u16,
    body: Vec<u8>,
    act: String,
    acknowledged: bool,
}

impl Message {
    /// A message of `kind` that begins with the fixed part `head`; `act` says what it is for.
    pub(crate) fn new(kind: u16, flags: u16, head: &[u8], act: impl Into<String>) -> Self {
        Self { kind, flags, body: head.to_vec(), act: act.into(), acknowledged: true }
    }

    /// A message that the kernel does not acknowledge, as the brackets around a batch.
    pub(crate) fn bracket(kind: u16, head: &[u8]) -> Self {
        Self { kind, flags: 0, body: head.to_vec(), act: String::new(), acknowledged: false }
    }

    /// Adds an attribute.
    #[must_use]
    pub(crate) fn attribute(mut self, kind: u16, value: &[u8]) -> Self {
        put(&mut self.body, kind, value);
        self
    }

    /// Adds a text with its final NUL.
    #[must_use]
    pub(crate) fn text(self, kind: u16, value: &str) -> Self {
        let bytes: Vec<u8> = value.bytes().chain([0]).collect();
        self.attribute(kind, &bytes)
    }
}

/// Appends one attribute, padded to 4 bytes.
pub(crate) fn put(body: &mut Vec<u8>, kind: u16, value: &[u8]) {
    let length = u16::try_from(4 + value.len()).expect("attributes are below 64 KiB");
    body.extend(length.to_ne_bytes());
    body.extend(kind.to_ne_bytes());
    body.extend(value);
    body.resize(body.len().next_multiple_of(4), 0);
}

/// The attributes in `bytes`: kind without flags, and value.
pub(crate) fn attributes(mut bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let length = u16::from_ne_bytes(*bytes.first_chunk::<2>()?) as usize;
        let kind = u16::from_ne_bytes(*bytes.get(2..)?.first_chunk::<2>()?) & 0x3fff;
        let value = bytes.get(4..length)?;
        bytes = bytes.get(length.next_multiple_of(4)..).unwrap_or_default();
        Some((kind, value))
    })
}

/// A conversation with one part of the kernel, in the network name space where it was opened.
#[derive(Debug)]
pub(crate) struct Netlink {
    socket: OwnedFd,
    sequence: u32,
}

impl Netlink {
    /// Interfaces, addresses and routes.
    pub(crate) fn route() -> Result<Self, NetlinkError> {
        // Protocol 0, which is rustix's word for none.
        Self::open(None)
    }

    /// nftables.
    pub(crate) fn netfilter() -> Result<Self, NetlinkError> {
        Self::open(Some(NETFILTER))
    }

    fn open(protocol: Option<rustix::net::Protocol>) -> Result<Self, NetlinkError> {
        let socket = rustix::net::socket_with(
            AddressFamily::NETLINK,
            SocketType::RAW,
            SocketFlags::CLOEXEC,
            protocol,
        )?;
        rustix::net::bind(&socket, &SocketAddrNetlink::new(0, 0))?;
        Ok(Self { socket, sequence: 0 })
    }

    /// The socket, for requests about interfaces in the same name space.
    pub(crate) fn fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }

    /// Sends `messages` in one datagram and waits until each is acknowledged. The first that is refused is the error.
    pub(crate) fn run(&mut self, messages: &[Message]) -> Result<(), NetlinkError> {
        let first = self.sequence + 1;
        let mut bytes = Vec::new();
        for message in messages {
            self.sequence += 1;
            let flags = REQUEST | message.flags | if message.acknowledged { ACK } else { 0 };
            encode(&mut bytes, message, flags, self.sequence);
        }
        rustix::net::send(&self.socket, &bytes, SendFlags::empty())?;
        let mut waiting = messages.iter().filter(|message| message.acknowledged).count();
        let mut refused = None;
        while waiting > 0 {
            for (kind, sequence, body) in self.receive()? {
                if kind != ERROR || sequence < first {
                    continue;
                }
                waiting = waiting.saturating_sub(1);
                let code = i32::from_ne_bytes(*body.first_chunk().ok_or(NetlinkError::Short)?);
                if code == 0 {
                    continue;
                }
                let errno = Errno::from_raw_os_error(-code);
                let act = messages.get((sequence - first) as usize).map(|m| m.act.clone());
                refused
                    .get_or_insert(NetlinkError::Refused { act: act.unwrap_or_default(), errno });
                if messages.iter().any(|message| !message.acknowledged) {
                    // A refused batch is undone as a whole, and what follows in it is not acknowledged.
                    waiting = 0;
                }
            }
        }
        if let Some(refused) = refused {
            return Err(refused);
        }
        if let Some(last) = messages.iter().rfind(|message| message.acknowledged) {
            crate::steps::done(&last.act);
        }
        Ok(())
    }

    /// Everything of a kind: the bodies of the answers.
    pub(crate) fn dump(&mut self, message: &Message) -> Result<Vec<Vec<u8>>, NetlinkError> {
        self.sequence += 1;
        let mut bytes = Vec::new();
        encode(&mut bytes, message, REQUEST | DUMP, self.sequence);
        rustix::net::send(&self.socket, &bytes, SendFlags::empty())?;
        let mut found = Vec::new();
        loop {
            for (kind, sequence, body) in self.receive()? {
                if sequence != self.sequence {
                    continue;
                }
                match kind {
                    DONE => return Ok(found),
                    ERROR => {
                        let code =
                            i32::from_ne_bytes(*body.first_chunk().ok_or(NetlinkError::Short)?);
                        let errno = Errno::from_raw_os_error(-code);
                        return Err(NetlinkError::Refused { act: message.act.clone(), errno });
                    }
                    _ => found.push(body),
                }
            }
        }
    }

    fn receive(&self) -> Result<Vec<(u16, u32, Vec<u8>)>, NetlinkError> {
        let mut room = vec![0; ANSWER_BYTES_MAX];
        let (length, _) = rustix::net::recv(&self.socket, &mut room[..], RecvFlags::empty())?;
        let mut rest = &room[..length];
        let mut found = Vec::new();
        while rest.len() >= HEADER_BYTES {
            let whole = u32_at(rest, 0) as usize;
            if whole < HEADER_BYTES || whole > rest.len() {
                return Err(NetlinkError::Short);
            }
            let kind = u16::from_ne_bytes([rest[4], rest[5]]);
            found.push((kind, u32_at(rest, 8), rest[HEADER_BYTES..whole].to_vec()));
            rest = rest.get(whole.next_multiple_of(4)..).unwrap_or_default();
        }
        Ok(found)
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_ne_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn encode(bytes: &mut Vec<u8>, message: &Message, flags: u16, sequence: u32) {
    let length = u32::try_from(HEADER_BYTES + message.body.len()).expect("a message is short");
    bytes.extend(length.to_ne_bytes());
    bytes.extend(message.kind.to_ne_bytes());
    bytes.extend(flags.to_ne_bytes());
    bytes.extend(sequence.to_ne_bytes());
    bytes.extend([0; 4]);
    bytes.extend(&message.body);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_padded_and_read_back() {
        let mut body = Vec::new();
        put(&mut body, 3, b"eth0\0");
        put(&mut body, 0x8000 | 4, &[1, 2]);
        assert_eq!(body.len(), 12 + 8);
        let found: Vec<_> = attributes(&body).collect();
        assert_eq!(found, [(3, &b"eth0\0"[..]), (4, &[1, 2][..])]);
    }

    #[test]
    fn attributes_that_are_cut_short_end_the_list() {
        let mut body = Vec::new();
        put(&mut body, 3, b"eth0");
        for cut in 0..body.len() {
            assert_eq!(attributes(&body[..cut]).count(), 0, "{cut}");
        }
        assert_eq!(attributes(&[0; 8]).count(), 0);
    }
}
