//! Everything up to a place in the log, in one file, so that the log before it can go.
//!
//! Invariants: the file is replaced as a whole, by a rename, after its content is safe; the log before its position is removed only
//! after the rename is safe. It is written from a clone of the state, beside the commits that go on.
//!
//! It carries the last commit too, with what was there before, so that the snapshot's own revision can be watched from after a restart.

use crate::{
    Entry, OpenError, Snapshot,
    directory::{CHECKPOINT_NAME, NEXT_CHECKPOINT_NAME, io_error, segment_name, segments},
    disk::{Disk, DiskFile},
    frame::{self, Parsed},
    record::{self, Position, Record},
    state::State,
    watch::WatchBatch,
};
use domain::{
    key::{Key, Prefix},
    record::Revision,
};
use imbl::OrdMap;
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Entries go into frames of about this size.
const FRAME_BYTES: usize = 256 * 1024;

/// Where to begin without a checkpoint.
const BEGINNING: Position =
    Position { revision: Revision(0), lease_last: 0, segment: 1, sequence: 0 };

/// What a checkpoint says.
pub(crate) struct Checkpoint {
    pub(crate) state: State,
    pub(crate) last: Option<Arc<WatchBatch>>,
    pub(crate) position: Position,
}

impl Checkpoint {
    /// Writes it in place of the one before, and removes the log that it makes needless. Answers its size in bytes.
    ///
    /// # Errors
    /// Then the checkpoint before and all of the log are still there, or this one is and some of the log is left over; a later
    /// checkpoint or the next opening removes that.
    pub(crate) fn write(&self, disk: &dyn Disk) -> io::Result<u64> {
        let mut writer = Writer::new(disk.create(NEXT_CHECKPOINT_NAME)?);
        record::write_checkpoint(&mut writer.frame, self.position);
        for (lease, granted) in &self.state.leases {
            record::write_grant(&mut writer.frame, *lease, granted.ttl);
            writer.flush_if_full()?;
        }
        let mut entries = 0;
        for entry in self.state.snapshot.entries(&Prefix::everything()) {
            record::write_entry(&mut writer.frame, entry);
            writer.flush_if_full()?;
            entries += 1;
        }
        if let Some(last) = &self.last {
            record::write_last(&mut writer.frame, last);
        }
        record::write_end(&mut writer.frame, entries);
        let bytes = writer.finish()?;
        disk.rename(NEXT_CHECKPOINT_NAME, CHECKPOINT_NAME)?;
        disk.sync_names()?;
        remove_needless(disk, self.position)?;
        Ok(bytes)
    }

    /// Reads the one that is there, or the empty one.
    pub(crate) fn read(disk: &dyn Disk, dir: &Path) -> Result<Self, OpenError> {
        let bytes = match disk.read(CHECKPOINT_NAME) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { state: State::default(), last: None, position: BEGINNING });
            }
            Err(source) => return Err(io_error(dir, "read the checkpoint", source)),
        };
        Reading::default().file(&bytes, dir.join(CHECKPOINT_NAME))
    }
}

/// Removes the segments before `position` and what a crash left of an unfinished checkpoint.
pub(crate) fn remove_needless(disk: &dyn Disk, position: Position) -> io::Result<()> {
    // From the oldest on, so that what a crash leaves has no gap.
    for number in segments(disk)?.into_iter().take_while(|number| *number < position.segment) {
        disk.remove(&segment_name(number))?;
    }
    match disk.remove(NEXT_CHECKPOINT_NAME) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

struct Writer {
    file: Box<dyn DiskFile>,
    frame: Vec<u8>,
    offset: u64,
    sequence: u64,
}

impl Writer {
    fn new(file: Box<dyn DiskFile>) -> Self {
        let mut frame = Vec::new();
        frame::begin(&mut frame);
        Self { file, frame, offset: 0, sequence: 0 }
    }

    fn flush_if_full(&mut self) -> io::Result<()> {
        if self.frame.len() >= FRAME_BYTES { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        frame::finish(&mut self.frame, self.sequence);
        self.file.write_at(&self.frame, self.offset)?;
        self.offset += self.frame.len() as u64;
        self.sequence += 1;
        frame::begin(&mut self.frame);
        Ok(())
    }

    fn finish(mut self) -> io::Result<u64> {
        self.flush()?;
        self.file.sync()?;
        Ok(self.offset)
    }
}

/// A checkpoint as far as it was read.
#[derive(Default)]
struct Reading {
    position: Option<Position>,
    state: State,
    index: OrdMap<Key, Entry>,
    last: Option<Arc<WatchBatch>>,
    is_whole: bool,
}

impl Reading {
    fn file(mut self, bytes: &[u8], path: PathBuf) -> Result<Checkpoint, OpenError> {
        let corrupt = |offset: usize, what: &str| OpenError::Corrupt {
            path: path.clone(),
            offset: offset as u64,
            what: what.into(),
        };
        let mut offset = 0;
        for sequence in 0.. {
            let (payload, end) = match frame::parse(bytes, offset, sequence) {
                Parsed::Frame { payload, end } => (payload, end),
                Parsed::End => break,
                Parsed::Misplaced => return Err(corrupt(offset, "a frame is out of sequence")),
                Parsed::Invalid(what) => return Err(corrupt(offset, what)),
            };
            for record in record::read(payload) {
                let record = record.map_err(|malformed| corrupt(offset, &malformed.to_string()))?;
                self.take(record).map_err(|what| corrupt(offset, what))?;
            }
            offset = end;
        }
        match self.position {
            Some(position) if self.is_whole => {
                self.state.snapshot = Snapshot::new(position.revision, self.index);
                self.state.lease_last = position.lease_last;
                Ok(Checkpoint { state: self.state, last: self.last, position })
            }
            Some(_) | None => Err(corrupt(offset, "the checkpoint is cut off")),
        }
    }

    fn take(&mut self, record: Record) -> Result<(), &'static str> {
        if self.is_whole || (self.position.is_none() && !matches!(record, Record::Checkpoint(_))) {
            return Err("a record is out of place");
        }
        match record {
            Record::Checkpoint(position) => self.position = Some(position),
            Record::Grant { lease, ttl } => self.state.insert_lease(lease, ttl),
            Record::Entry(entry) => {
                if let Some(lease) = entry.lease() {
                    let attached = self.state.attach(lease, entry.key().clone());
                    attached.map_err(|_| "a record's lease is missing")?;
                }
                self.index.insert(entry.key().clone(), entry);
            }
            Record::Last(batch) => self.last = Some(Arc::new(batch)),
            Record::End { entries } if entries == self.index.len() as u64 => self.is_whole = true,
            Record::End { .. } => return Err("records are missing"),
            Record::Segment { .. }
            | Record::Commit { .. }
            | Record::Revoke { .. }
            | Record::Closed => {
                return Err("a record is out of place");
            }
        }
        Ok(())
    }
}
