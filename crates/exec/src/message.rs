//! The binary form of a message (agent-protocol.md §9.3): a header of 120 bytes, big endian, and a payload.
//!
//! Invariant: what [`Message::encode`] makes, [`Message::decode`] reads back, and nothing that came from outside makes either panic.

use domain::{id, time::Timestamp};
use ring::digest::{SHA256, digest};

/// Bytes from the beginning up to the payload's length.
const HEADER_BYTES: u32 = 116;
/// Where the payload begins in the messages that we make.
const PAYLOAD_AT: usize = 120;
/// The only version there is.
const SCHEMA_VERSION: u32 = 1;

/// The longest message that is read: far more than either end sends at once.
pub const MESSAGE_BYTES_MAX: usize = 64 * 1024;

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Client to host, numbered.
    Input,
    /// Host to client, numbered.
    Output,
    /// Says that a numbered message is here.
    Acknowledge,
    /// The session is over.
    ChannelClosed,
    /// The other end is back.
    StartPublication,
    /// The other end is away.
    PausePublication,
}

const KINDS: [(Kind, &str); 6] = [
    (Kind::Input, "input_stream_data"),
    (Kind::Output, "output_stream_data"),
    (Kind::Acknowledge, "acknowledge"),
    (Kind::ChannelClosed, "channel_closed"),
    (Kind::StartPublication, "start_publication"),
    (Kind::PausePublication, "pause_publication"),
];

impl Kind {
    /// As messages name it.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// What a numbered message carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of agent-protocol.md §9.3")]
pub enum Content {
    None,
    Output,
    Error,
    Size,
    Parameter,
    HandshakeRequest,
    HandshakeResponse,
    HandshakeComplete,
    Flag,
    StdErr,
    ExitCode,
    /// Something else, by its number.
    Other(u32),
}

const CONTENTS: [(Content, u32); 11] = [
    (Content::None, 0),
    (Content::Output, 1),
    (Content::Error, 2),
    (Content::Size, 3),
    (Content::Parameter, 4),
    (Content::HandshakeRequest, 5),
    (Content::HandshakeResponse, 6),
    (Content::HandshakeComplete, 7),
    (Content::Flag, 10),
    (Content::StdErr, 11),
    (Content::ExitCode, 12),
];

impl Content {
    fn number(self) -> u32 {
        match self {
            Self::Other(number) => number,
            known => CONTENTS.iter().find(|(it, _)| *it == known).map_or(0, |(_, number)| *number),
        }
    }

    fn of(number: u32) -> Self {
        CONTENTS.iter().find(|(_, it)| *it == number).map_or(Self::Other(number), |(it, _)| *it)
    }
}

/// The first message of a stream has this flag.
pub const SYN: u64 = 1;
/// Acknowledgements have these.
pub const SYN_FIN: u64 = 3;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it is for.
    pub kind: Kind,
    /// When it was made.
    pub created: Timestamp,
    /// Its number in its stream; 0 for what is not numbered.
    pub sequence: i64,
    /// [`SYN`], [`SYN_FIN`] or 0.
    pub flags: u64,
    /// A UUID's bytes.
    pub id: [u8; 16],
    /// What it carries.
    pub content: Content,
    /// It itself.
    pub payload: Vec<u8>,
}

/// Why bytes are no message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// They end too early, or claim to.
    #[error("it is cut short")]
    Short,
    /// They are more than [`MESSAGE_BYTES_MAX`].
    #[error("it has more than {MESSAGE_BYTES_MAX} bytes")]
    Long,
    /// A type that nobody knows; to be skipped.
    #[error("it has the unknown type `{0}`")]
    Kind(String),
    /// A number that is none.
    #[error("its sequence number {0} is none")]
    Sequence(i64),
    /// The payload is not what was sent.
    #[error("its payload does not have its digest")]
    Digest,
}

impl Message {
    /// Its id as text, whatever kind of UUID it is.
    pub fn id_text(&self) -> String {
        let hex = id::hex(&self.id);
        let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
        parts.join("-")
    }

    /// The bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(PAYLOAD_AT + self.payload.len());
        bytes.extend(HEADER_BYTES.to_be_bytes());
        bytes.extend(format!("{:<32}", self.kind.name()).as_bytes());
        bytes.extend(SCHEMA_VERSION.to_be_bytes());
        bytes.extend(self.created.0.to_be_bytes());
        bytes.extend(self.sequence.to_be_bytes());
        bytes.extend(self.flags.to_be_bytes());
        bytes.extend(&self.id[8..]);
        bytes.extend(&self.id[..8]);
        bytes.extend(digest(&SHA256, &self.payload).as_ref());
        bytes.extend(self.content.number().to_be_bytes());
        let length = u32::try_from(self.payload.len()).expect("payloads are cut to size");
        bytes.extend(length.to_be_bytes());
        bytes.extend(&self.payload);
        bytes
    }

    /// The message in `bytes`.
    ///
    /// # Errors
    /// Why they are none.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let message = Self::decode_as_it_is(bytes)?;
        let is_whole = slice(bytes, 80, 32)? == digest(&SHA256, &message.payload).as_ref();
        if is_whole || message.payload.is_empty() { Ok(message) } else { Err(Malformed::Digest) }
    }

    /// What the message in `bytes` is for, whatever else is wrong with it.
    ///
    /// # Errors
    /// Why nobody can tell.
    pub fn kind_of(bytes: &[u8]) -> Result<Kind, Malformed> {
        let name = String::from_utf8_lossy(slice(bytes, 4, 32)?);
        let name = name.trim_matches(|c: char| c == '\0' || c.is_whitespace());
        let kind = KINDS.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind);
        kind.ok_or_else(|| Malformed::Kind(name.to_owned()))
    }

    /// The message in `bytes`, whatever its digest says: there are clients that make it in another way, and AWS's host does not look at it.
    ///
    /// # Errors
    /// Why they are none.
    pub fn decode_as_it_is(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > MESSAGE_BYTES_MAX {
            return Err(Malformed::Long);
        }
        let header = number(bytes, 0)? as usize;
        if header < HEADER_BYTES as usize {
            return Err(Malformed::Short);
        }
        let length = number(bytes, header)? as usize;
        let payload = bytes.get(header + 4..).and_then(|rest| rest.get(..length));
        let payload = payload.ok_or(Malformed::Short)?;
        let kind = Self::kind_of(bytes)?;
        let sequence = long(bytes, 48)?;
        if sequence < 0 {
            return Err(Malformed::Sequence(sequence));
        }
        let mut id = [0; 16];
        id[..8].copy_from_slice(slice(bytes, 72, 8)?);
        id[8..].copy_from_slice(slice(bytes, 64, 8)?);
        Ok(Self {
            kind,
            created: Timestamp(long(bytes, 40)?),
            sequence,
            flags: long(bytes, 56)?.cast_unsigned(),
            id,
            content: Content::of(number(bytes, 112)?),
            payload: payload.to_vec(),
        })
    }
}

fn slice(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], Malformed> {
    bytes.get(at..at.saturating_add(length)).ok_or(Malformed::Short)
}

fn number(bytes: &[u8], at: usize) -> Result<u32, Malformed> {
    let found = slice(bytes, at, 4)?.try_into().map_err(|_| Malformed::Short)?;
    Ok(u32::from_be_bytes(found))
}

fn long(bytes: &[u8], at: usize) -> Result<i64, Malformed> {
    let found = slice(bytes, at, 8)?.try_into().map_err(|_| Malformed::Short)?;
    Ok(i64::from_be_bytes(found))
}

#[cfg(test)]
mod tests {
    use super::{Content, Kind, Malformed, Message, SYN};
    use domain::{id::hex, time::Timestamp};
    use expect_test::expect;
    use proptest::prelude::*;

    fn message(payload: &[u8]) -> Message {
        Message {
            kind: Kind::Output,
            created: Timestamp(1_700_000_000_000),
            sequence: 7,
            flags: SYN,
            id: *b"\x00\x01\x02\x03\x04\x05\x46\x07\x88\x09\x0a\x0b\x0c\x0d\x0e\x0f",
            content: Content::Output,
            payload: payload.to_vec(),
        }
    }

    #[test]
    fn the_form_is_that_of_the_plugin() {
        let bytes = message(b"hi").encode();
        let shown: Vec<String> = [
            0..4,
            4..36,
            36..40,
            40..48,
            48..56,
            56..64,
            64..80,
            80..112,
            112..116,
            116..120,
            120..122,
        ]
        .into_iter()
        .map(|part| hex(&bytes[part]))
        .collect();
        expect![[r#"
            00000074
            6f75747075745f73747265616d5f646174612020202020202020202020202020
            00000001
            0000018bcfe56800
            0000000000000007
            0000000000000001
            88090a0b0c0d0e0f0001020304054607
            8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4
            00000001
            00000002
            6869
        "#]]
        .assert_eq(&(shown.join("\n") + "\n"));
    }

    #[test]
    fn a_message_that_was_changed_on_its_way_is_refused() {
        let mut bytes = message(b"hi").encode();
        bytes[121] ^= 1;
        assert_eq!(Message::decode(&bytes), Err(Malformed::Digest));
        assert_eq!(Message::decode_as_it_is(&bytes).map(|it| it.payload), Ok(b"hh".to_vec()));
    }

    #[test]
    fn a_type_may_be_padded_with_zeros() {
        let mut bytes = message(b"hi").encode();
        bytes[22..36].fill(0);
        assert_eq!(Message::decode(&bytes), Ok(message(b"hi")));
    }

    #[test]
    fn an_unknown_type_is_told_apart() {
        let mut bytes = message(b"hi").encode();
        bytes[4] = b'x';
        let refused = Message::decode(&bytes);
        assert_eq!(refused, Err(Malformed::Kind("xutput_stream_data".into())));
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(payload: Vec<u8>, sequence in 0..i64::MAX, created: i64) {
            let made = Message { sequence, created: Timestamp(created), ..message(&payload) };
            prop_assert_eq!(Message::decode(&made.encode()), Ok(made));
        }

        #[test]
        fn nothing_from_outside_panics(bytes: Vec<u8>, cut in 0..140_usize, at in 0..122_usize, byte: u8) {
            let _ = Message::decode(&bytes);
            let mut good = message(b"hi").encode();
            good[at] = byte;
            good.truncate(cut);
            let _ = Message::decode(&good);
        }
    }
}
