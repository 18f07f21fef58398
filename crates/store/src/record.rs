//! What the payloads of frames say, in the log and in a checkpoint.
//!
//! Invariants: reading never panics and takes no more memory than the bytes it was given account for. A tag never changes its
//! meaning; a change of layout is a new tag and, if an older version must not read on, a new format number (`directory.rs`).
//!
//! Numbers are little endian, texts and records are their length (u32) and their bytes, lease 0 is no lease.

use crate::{
    Entry, LeaseId,
    entry::{Fields, Value},
    transaction::{Pending, Transaction},
    watch::{Change, ChangeKind, WatchBatch},
};
use domain::{key::Key, record::Revision};
use std::{sync::Arc, time::Duration};

const TAG_SEGMENT: u8 = 1;
const TAG_COMMIT: u8 = 2;
const TAG_GRANT: u8 = 3;
const TAG_REVOKE: u8 = 4;
const TAG_CHECKPOINT: u8 = 5;
const TAG_ENTRY: u8 = 6;
const TAG_LAST: u8 = 7;
const TAG_END: u8 = 8;
const TAG_CLOSED: u8 = 9;

const CHANGE_PUT: u8 = 1;
const CHANGE_DELETE: u8 = 2;

/// One statement of a payload.
#[derive(Debug)]
pub(crate) enum Record {
    /// Log: this is that segment. First in its file.
    Segment { number: u64 },
    /// Log: a commit; its expectations held and are not written.
    Commit { revision: Revision, writes: Transaction },
    /// Log and checkpoint: a lease begins.
    Grant { lease: LeaseId, ttl: Duration },
    /// Log: a lease has ended. What was put with it is deleted by the commit before.
    Revoke { lease: LeaseId },
    /// Log: the engine was closed in order. Says nothing, but shows that what is before it is whole.
    Closed,
    /// Checkpoint: where it stands. First in its file.
    Checkpoint(Position),
    /// Checkpoint: a record as it is stored.
    Entry(Entry),
    /// Checkpoint: the commit that led to it.
    Last(WatchBatch),
    /// Checkpoint: it is whole and has this many entries.
    End { entries: u64 },
}

/// Where a checkpoint stands, and where in the log to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// The last commit in the checkpoint.
    pub(crate) revision: Revision,
    /// The id of the last lease that was granted.
    pub(crate) lease_last: u64,
    /// The first segment that is not in the checkpoint.
    pub(crate) segment: u64,
    /// The sequence of the first frame of that segment.
    pub(crate) sequence: u64,
}

/// The bytes do not say anything that this version knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a frame's content is not understood")]
pub(crate) struct Malformed;

pub(crate) fn write_segment(out: &mut Vec<u8>, number: u64) {
    out.push(TAG_SEGMENT);
    put_u64(out, number);
}

pub(crate) fn write_commit(out: &mut Vec<u8>, batch: &WatchBatch) {
    out.push(TAG_COMMIT);
    put_u64(out, batch.revision.0);
    put_len(out, batch.changes.len());
    for change in &batch.changes {
        match &change.kind {
            ChangeKind::Put(entry) => {
                out.push(CHANGE_PUT);
                put_bytes(out, change.key.as_str().as_bytes());
                put_lease(out, entry.lease());
                put_bytes(out, entry.json());
            }
            ChangeKind::Delete => {
                out.push(CHANGE_DELETE);
                put_bytes(out, change.key.as_str().as_bytes());
            }
        }
    }
}

pub(crate) fn write_grant(out: &mut Vec<u8>, lease: LeaseId, ttl: Duration) {
    out.push(TAG_GRANT);
    put_u64(out, lease.0);
    put_u64(out, u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX));
}

pub(crate) fn write_revoke(out: &mut Vec<u8>, lease: LeaseId) {
    out.push(TAG_REVOKE);
    put_u64(out, lease.0);
}

pub(crate) fn write_closed(out: &mut Vec<u8>) {
    out.push(TAG_CLOSED);
}

pub(crate) fn write_checkpoint(out: &mut Vec<u8>, position: Position) {
    out.push(TAG_CHECKPOINT);
    for number in [position.revision.0, position.lease_last, position.segment, position.sequence] {
        put_u64(out, number);
    }
}

pub(crate) fn write_entry(out: &mut Vec<u8>, entry: &Entry) {
    out.push(TAG_ENTRY);
    put_entry(out, entry);
}

pub(crate) fn write_last(out: &mut Vec<u8>, batch: &WatchBatch) {
    out.push(TAG_LAST);
    put_u64(out, batch.revision.0);
    put_len(out, batch.changes.len());
    for change in &batch.changes {
        put_bytes(out, change.key.as_str().as_bytes());
        let after = match &change.kind {
            ChangeKind::Put(entry) => Some(entry),
            ChangeKind::Delete => None,
        };
        for entry in [after, change.previous.as_ref()] {
            out.push(u8::from(entry.is_some()));
            if let Some(entry) = entry {
                put_entry(out, entry);
            }
        }
    }
}

pub(crate) fn write_end(out: &mut Vec<u8>, entries: u64) {
    out.push(TAG_END);
    put_u64(out, entries);
}

/// The records of a payload, one after the other.
pub(crate) fn read(payload: &[u8]) -> impl Iterator<Item = Result<Record, Malformed>> {
    let mut reader = Reader(payload);
    std::iter::from_fn(move || {
        if reader.0.is_empty() {
            return None;
        }
        let record = reader.record();
        if record.is_err() {
            reader.0 = &[];
        }
        Some(record)
    })
}

fn put_u64(out: &mut Vec<u8>, number: u64) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn put_len(out: &mut Vec<u8>, len: usize) {
    let len = u32::try_from(len).expect("a transaction is bounded far below 4 GiB");
    out.extend_from_slice(&len.to_le_bytes());
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_len(out, bytes.len());
    out.extend_from_slice(bytes);
}

fn put_lease(out: &mut Vec<u8>, lease: Option<LeaseId>) {
    put_u64(out, lease.map_or(0, |lease| lease.0));
}

fn put_entry(out: &mut Vec<u8>, entry: &Entry) {
    put_bytes(out, entry.key().as_str().as_bytes());
    for number in [entry.created().0, entry.modified().0, entry.version()] {
        put_u64(out, number);
    }
    put_lease(out, entry.lease());
    put_bytes(out, entry.json());
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn record(&mut self) -> Result<Record, Malformed> {
        Ok(match self.u8()? {
            TAG_SEGMENT => Record::Segment { number: self.u64()? },
            TAG_COMMIT => {
                Record::Commit { revision: Revision(self.u64()?), writes: self.writes()? }
            }
            TAG_GRANT => Record::Grant {
                lease: LeaseId(self.u64()?),
                ttl: Duration::from_millis(self.u64()?),
            },
            TAG_REVOKE => Record::Revoke { lease: LeaseId(self.u64()?) },
            TAG_CLOSED => Record::Closed,
            TAG_CHECKPOINT => Record::Checkpoint(Position {
                revision: Revision(self.u64()?),
                lease_last: self.u64()?,
                segment: self.u64()?,
                sequence: self.u64()?,
            }),
            TAG_ENTRY => Record::Entry(self.entry()?),
            TAG_LAST => Record::Last(self.last()?),
            TAG_END => Record::End { entries: self.u64()? },
            _ => return Err(Malformed),
        })
    }

    fn writes(&mut self) -> Result<Transaction, Malformed> {
        let mut writes = Transaction::new();
        for _ in 0..self.u32()? {
            let (key, pending) = match self.u8()? {
                CHANGE_PUT => {
                    let key = self.key()?;
                    let lease = self.lease()?;
                    let value = Arc::new(Value::stored(self.bytes()?));
                    (key, Pending::Put { value, lease })
                }
                CHANGE_DELETE => (self.key()?, Pending::Delete),
                _ => return Err(Malformed),
            };
            writes.replay(key, pending);
        }
        Ok(writes)
    }

    fn last(&mut self) -> Result<WatchBatch, Malformed> {
        let revision = Revision(self.u64()?);
        let mut changes = Vec::new();
        for _ in 0..self.u32()? {
            let key = self.key()?;
            let kind = self.optional_entry()?.map_or(ChangeKind::Delete, ChangeKind::Put);
            let previous = self.optional_entry()?;
            changes.push(Change { key, kind, previous });
        }
        Ok(WatchBatch { revision, changes })
    }

    fn optional_entry(&mut self) -> Result<Option<Entry>, Malformed> {
        match self.u8()? {
            0 => Ok(None),
            1 => self.entry().map(Some),
            _ => Err(Malformed),
        }
    }

    fn entry(&mut self) -> Result<Entry, Malformed> {
        Ok(Entry::new(Fields {
            key: self.key()?,
            created: Revision(self.u64()?),
            modified: Revision(self.u64()?),
            version: self.u64()?,
            lease: self.lease()?,
            value: Arc::new(Value::stored(self.bytes()?)),
        }))
    }

    fn key(&mut self) -> Result<Key, Malformed> {
        std::str::from_utf8(self.bytes()?).map(Key::from_text).map_err(|_| Malformed)
    }

    fn lease(&mut self) -> Result<Option<LeaseId>, Malformed> {
        let lease = self.u64()?;
        Ok((lease != 0).then_some(LeaseId(lease)))
    }

    fn bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let len = self.u32()? as usize;
        let (bytes, rest) = self.0.split_at_checked(len).ok_or(Malformed)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn u8(&mut self) -> Result<u8, Malformed> {
        let (byte, rest) = self.0.split_first().ok_or(Malformed)?;
        self.0 = rest;
        Ok(*byte)
    }

    fn u32(&mut self) -> Result<u32, Malformed> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, Malformed> {
        self.array().map(u64::from_le_bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(Malformed)?;
        self.0 = rest;
        Ok(*bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Malformed, Position, Record, read, write_checkpoint, write_closed, write_commit, write_end,
        write_entry, write_grant, write_last, write_revoke, write_segment,
    };
    use crate::{
        Expect, LeaseId, Transaction,
        conformance::{key, note},
        state::State,
    };
    use domain::record::Revision;
    use std::time::Duration;

    /// A payload with one of every record.
    fn everything() -> Vec<u8> {
        let mut state = State::default();
        let lease = state.grant(Duration::from_secs(60));
        let mut transaction = Transaction::new();
        transaction.put(&key("a"), Expect::Any, note("one"));
        transaction.put_leased(&key("b"), Expect::Any, note("two"), lease);
        state.commit(&transaction).expect("nothing is expected");
        transaction.delete(&key("a"), Expect::Any);
        let batch =
            state.commit(&transaction).expect("nothing is expected").expect("it changes something");
        let position = Position { revision: Revision(2), lease_last: 1, segment: 3, sequence: 4 };
        let mut out = Vec::new();
        write_segment(&mut out, 9);
        write_commit(&mut out, &batch);
        write_grant(&mut out, lease, Duration::from_millis(1500));
        write_revoke(&mut out, LeaseId(5));
        write_closed(&mut out);
        write_checkpoint(&mut out, position);
        write_entry(&mut out, state.snapshot.entry(&key("b")).expect("it was put"));
        write_last(&mut out, &batch);
        write_end(&mut out, 1);
        out
    }

    #[test]
    fn every_record_is_read_back() {
        let read: Vec<String> = read(&everything())
            .map(|record| format!("{:?}", record.expect("it was just written")))
            .collect();
        let kinds: Vec<&str> =
            read.iter().map(|text| text.split([' ', '(']).next().expect("a word")).collect();
        assert_eq!(
            kinds,
            [
                "Segment",
                "Commit",
                "Grant",
                "Revoke",
                "Closed",
                "Checkpoint",
                "Entry",
                "Last",
                "End"
            ]
        );
        assert_eq!(read[2], "Grant { lease: LeaseId(1), ttl: 1.5s }");
        assert!(read[1].contains(r#"{"text":"two"}"#), "{}", read[1]);
        assert!(
            read[7].contains("kind: Delete") && read[7].contains(r#"{"text":"one"}"#),
            "{}",
            read[7]
        );
    }

    #[test]
    fn cut_payload_is_malformed() {
        let whole = everything();
        let ends: Vec<usize> = {
            let lens =
                (0..=whole.len()).filter(|len| read(&whole[..*len]).all(|record| record.is_ok()));
            lens.collect()
        };
        assert_eq!(ends.len(), 10, "only between records: {ends:?}");
        let last = read(&whole[..ends[3] - 1]).last().expect("the cut one");
        assert_eq!(last.map(|_: Record| ()), Err(Malformed));
    }

    #[test]
    fn damaged_payload_is_read_without_panic_and_in_its_own_memory() {
        let whole = everything();
        for at in 0..whole.len() {
            for byte in [0x00, 0x01, 0x7F, 0xFF] {
                let mut damaged = whole.clone();
                damaged[at] = byte;
                assert!(read(&damaged).count() <= damaged.len());
            }
        }
    }
}
