//! The write-ahead log: what was committed since the last checkpoint, in segments.
//!
//! Invariants:
//! - A frame is written only when all frames before it are safe. So what a crash leaves behind the last whole frame of the last
//!   segment was never acknowledged, and whatever is broken anywhere else is damage.
//! - A segment is begun only when the one before is safe; its first frame names it.
//! - After a full disk the log ends where it ended before; after any other error nothing is written again.
//!
//! Room is made ahead of the end, with zeros: overwriting bytes that are there costs a sync half of what growing the file costs.

use crate::{
    OpenError,
    directory::{CHECKPOINT_NAME, io_error, segment_name, segments},
    disk::{Disk, DiskFile, is_full},
    frame::{self, Parsed},
    record::{self, Position, Record},
};
use std::{io, path::Path, sync::Arc};

/// How much room is made at a time. More makes the one commit that pays for it slower.
const ROOM: u64 = 256 * 1024;

/// The length of the frame that names a segment.
const SEGMENT_FRAME: u64 = frame::HEADER as u64 + 9;

/// Why nothing was appended.
#[derive(Debug)]
pub(crate) enum AppendError {
    /// No room. The log is as it was.
    Full(io::Error),
    /// The system gave no file, as when the process has too many open. The log is as it was.
    Refused { act: &'static str, source: io::Error },
    /// The disk failed; what is on it is unknown.
    Io { act: &'static str, source: io::Error },
}

/// The end of the log, open for writing.
pub(crate) struct Log {
    disk: Arc<dyn Disk>,
    segment_bytes: u64,
    segment: u64,
    file: Box<dyn DiskFile>,
    /// Where the next frame goes.
    tail: u64,
    /// The length of the file; zeros from `tail` on.
    len: u64,
    /// The number of the next frame.
    sequence: u64,
    /// The file was cut back, which is not yet safe.
    is_cut: bool,
}

/// Where the readable log ends.
pub(crate) struct End {
    segment: u64,
    tail: u64,
    len: u64,
    sequence: u64,
    /// What comes after `tail` is rubbish.
    is_torn: bool,
}

impl Log {
    /// The first segment of a new log.
    pub(crate) fn create(disk: Arc<dyn Disk>, segment_bytes: u64) -> io::Result<Self> {
        let file = disk.create(&segment_name(1))?;
        Self::start(disk, file, segment_bytes, 1, 0)
    }

    /// The log from where [`replay`] found its end. What is behind is cut off first.
    pub(crate) fn resume(disk: Arc<dyn Disk>, segment_bytes: u64, end: &End) -> io::Result<Self> {
        let name = segment_name(end.segment);
        if end.tail == 0 {
            // Not even the name of the segment was safe, so nothing in it was.
            let file = disk.create(&name)?;
            return Self::start(disk, file, segment_bytes, end.segment, end.sequence);
        }
        let mut file = disk.open(&name)?;
        if end.is_torn {
            file.set_len(end.tail)?;
        }
        Ok(Self {
            disk,
            segment_bytes,
            segment: end.segment,
            file,
            tail: end.tail,
            len: if end.is_torn { end.tail } else { end.len },
            sequence: end.sequence,
            is_cut: end.is_torn,
        })
    }

    /// Names a segment in its empty file, makes room and all of it safe.
    fn start(
        disk: Arc<dyn Disk>,
        mut file: Box<dyn DiskFile>,
        segment_bytes: u64,
        segment: u64,
        sequence: u64,
    ) -> io::Result<Self> {
        let mut bytes = Vec::new();
        frame::begin(&mut bytes);
        record::write_segment(&mut bytes, segment);
        frame::finish(&mut bytes, sequence);
        let tail = bytes.len() as u64;
        let len = ROOM.min(segment_bytes).max(tail);
        bytes.resize(usize::try_from(len).expect("room fits into memory"), 0);
        file.write_at(&bytes, 0)?;
        file.sync()?;
        disk.sync_names()?;
        Ok(Self {
            disk,
            segment_bytes,
            segment,
            file,
            tail,
            len,
            sequence: sequence + 1,
            is_cut: false,
        })
    }

    /// The number of the open segment.
    pub(crate) fn segment(&self) -> u64 {
        self.segment
    }

    /// The number that the next frame will have.
    pub(crate) fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Writes one frame and makes it safe. `frame` was begun with [`frame::begin`].
    pub(crate) fn append(&mut self, frame: &mut Vec<u8>) -> Result<(), AppendError> {
        let is_begun = self.tail > SEGMENT_FRAME;
        if is_begun && self.tail + frame.len() as u64 > self.segment_bytes {
            self.rotate()?;
        }
        frame::finish(frame, self.sequence);
        let end = self.tail + frame.len() as u64;
        self.write(frame)?;
        self.file.sync().map_err(|source| AppendError::Io { act: "sync the log", source })?;
        self.is_cut = false;
        self.tail = end;
        self.len = self.len.max(end);
        self.sequence += 1;
        Ok(())
    }

    /// Goes on in a new segment.
    pub(crate) fn rotate(&mut self) -> Result<(), AppendError> {
        if self.is_cut {
            // Else the rubbish that was cut off could come back in the middle of the log.
            self.file.sync().map_err(|source| AppendError::Io { act: "sync the log", source })?;
            self.is_cut = false;
        }
        let number = self.segment + 1;
        let file = match self.disk.create(&segment_name(number)) {
            Ok(file) => file,
            Err(source) => {
                self.unstart(number)?;
                let act = "make a segment of the log";
                let is_full = is_full(&source);
                return Err(if is_full {
                    AppendError::Full(source)
                } else {
                    AppendError::Refused { act, source }
                });
            }
        };
        match Self::start(Arc::clone(&self.disk), file, self.segment_bytes, number, self.sequence) {
            Ok(next) => *self = next,
            Err(source) if is_full(&source) => {
                self.unstart(number)?;
                return Err(AppendError::Full(source));
            }
            Err(source) => {
                return Err(AppendError::Io { act: "begin a segment of the log", source });
            }
        }
        Ok(())
    }

    /// Removes a segment for which there was no room. Safely, as it must not come back after others took its frame's sequence.
    fn unstart(&self, number: u64) -> Result<(), AppendError> {
        let removed = match self.disk.remove(&segment_name(number)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => self.disk.sync_names(),
        };
        removed.map_err(|source| AppendError::Io { act: "remove a segment of the log", source })
    }

    /// Writes a frame at the tail and makes room behind it if it is the last that fits.
    fn write(&mut self, frame: &mut Vec<u8>) -> Result<(), AppendError> {
        let frame_len = frame.len();
        let end = self.tail + frame_len as u64;
        if end > self.len {
            let room = (end + ROOM).min(self.segment_bytes.max(end));
            frame.resize(usize::try_from(room - self.tail).expect("a segment fits into memory"), 0);
            match self.file.write_at(frame, self.tail) {
                Ok(()) => {
                    self.len = room;
                    return Ok(());
                }
                Err(error) if is_full(&error) => self.cut()?,
                Err(source) => return Err(AppendError::Io { act: "write the log", source }),
            }
            frame.truncate(frame_len);
        }
        match self.file.write_at(frame, self.tail) {
            Ok(()) => Ok(()),
            Err(error) if is_full(&error) => {
                self.cut()?;
                Err(AppendError::Full(error))
            }
            Err(source) => Err(AppendError::Io { act: "write the log", source }),
        }
    }

    /// Takes back what may have been written behind the tail. Needs no room.
    fn cut(&mut self) -> Result<(), AppendError> {
        let fault = |source| AppendError::Io { act: "cut the log back", source };
        self.file.set_len(self.tail).map_err(fault)?;
        self.len = self.tail;
        self.is_cut = true;
        Ok(())
    }
}

/// Reads the log from `from` on and gives each record to `apply`, which may refuse it with a reason.
pub(crate) fn replay(
    disk: &dyn Disk,
    dir: &Path,
    from: Position,
    mut apply: impl FnMut(Record) -> Result<(), String>,
) -> Result<End, OpenError> {
    let fault = |source| io_error(dir, "read the log", source);
    let numbers: Vec<u64> = segments(disk)
        .map_err(fault)?
        .into_iter()
        .filter(|number| *number >= from.segment)
        .collect();
    let last = numbers.last().copied().unwrap_or(from.segment);
    let mut sequence = from.sequence;
    for number in from.segment..=last {
        let name = segment_name(number);
        let path = dir.join(&name);
        if !numbers.contains(&number) {
            let what = "the segment is missing".into();
            return Err(OpenError::Corrupt { path, offset: 0, what });
        }
        let bytes = disk.read(&name).map_err(fault)?;
        let (tail, stop) = replay_segment(&bytes, number, &mut sequence, &mut apply)
            .map_err(|(offset, what)| corrupt(&path, offset, what))?;
        if number == last {
            let is_torn = stop.is_some();
            return Ok(End { segment: number, tail, len: bytes.len() as u64, sequence, is_torn });
        }
        if let Some(what) = stop {
            return Err(corrupt(&path, tail, what.into()));
        }
    }
    unreachable!("the last segment returns")
}

/// A file that shows that the directory was used, whatever else is missing: a checkpoint, or a segment with more than its name.
pub(crate) fn find_used(disk: &dyn Disk) -> io::Result<Option<String>> {
    match disk.read(CHECKPOINT_NAME) {
        Ok(_) => return Ok(Some(CHECKPOINT_NAME.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    for number in segments(disk)? {
        let name = segment_name(number);
        let bytes = disk.read(&name)?;
        let begin = match frame::parse(&bytes, 0, 0) {
            Parsed::Frame { end, .. } if number == 1 => end,
            _ => 0,
        };
        if frame::has_frame(&bytes[begin..], 0) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Why a segment cannot be read on, and where.
type Damage = (u64, String);

/// Reads one segment; answers where its frames end, and what is wrong there if it is not a clean end.
fn replay_segment(
    bytes: &[u8],
    number: u64,
    sequence: &mut u64,
    apply: &mut impl FnMut(Record) -> Result<(), String>,
) -> Result<(u64, Option<&'static str>), Damage> {
    let mut offset = 0;
    loop {
        let (payload, end) = match frame::parse(bytes, offset, *sequence) {
            Parsed::Frame { payload, end } => (payload, end),
            Parsed::End => return Ok((offset as u64, None)),
            Parsed::Misplaced => return Err((offset as u64, "a frame is out of sequence".into())),
            Parsed::Invalid(what) if frame::has_frame(&bytes[offset + 1..], *sequence) => {
                return Err((offset as u64, format!("{what}, and there are whole ones behind it")));
            }
            Parsed::Invalid(what) => return Ok((offset as u64, Some(what))),
        };
        let mut is_named = offset > 0;
        for record in record::read(payload) {
            let record = record.map_err(|malformed| (offset as u64, malformed.to_string()))?;
            match record {
                Record::Segment { number: found } if !is_named && found == number => {
                    is_named = true
                }
                record if is_named => apply(record).map_err(|what| (offset as u64, what))?,
                _ => return Err((0, "the segment is not the one its name says".into())),
            }
        }
        *sequence += 1;
        offset = end;
    }
}

fn corrupt(path: &Path, offset: u64, what: String) -> OpenError {
    OpenError::Corrupt { path: path.to_owned(), offset, what }
}
