//! What a data directory is called by: its lock, its format and the names of its files.
//!
//! ```text
//! LOCK                       held by the process that has it open; its pid
//! FORMAT                     the number of the layout; written last when a directory is made, so that it is there if all else is
//! checkpoint                 everything up to a place in the log
//! log-0000000000000001       the log from there on, in segments
//! ```

use crate::{OpenError, disk::Disk};
use fs_err as fs;
use rustix::fs::{FlockOperation, flock};
use std::{
    io::{self, Read, Write},
    os::unix::fs::DirBuilderExt,
    path::Path,
};

/// The layout that this version writes, and the newest it reads.
pub(crate) const FORMAT: u32 = 1;

const FORMAT_NAME: &str = "FORMAT";
const NEXT_FORMAT_NAME: &str = "FORMAT.next";
const LOCK_NAME: &str = "LOCK";
const FORMAT_INTRO: &str = "longshore store format ";
const SEGMENT_INTRO: &str = "log-";

/// The name of the checkpoint.
pub(crate) const CHECKPOINT_NAME: &str = "checkpoint";
/// The name of the next checkpoint while it is being written.
pub(crate) const NEXT_CHECKPOINT_NAME: &str = "checkpoint.next";

/// The only right to write in a data directory. Given back when dropped, also by a crash.
pub(crate) struct DirectoryLock(
    #[expect(dead_code, reason = "held open, as closing it gives the lock back")] fs::File,
);

impl DirectoryLock {
    /// Makes the directory if there is none, and locks it.
    pub(crate) fn take(dir: &Path) -> Result<Self, OpenError> {
        // Records may be secrets, so no one else may look into a directory that is made here.
        let mut builder = std::fs::DirBuilder::new();
        let made = builder.recursive(true).mode(0o700).create(dir);
        made.map_err(|source| io_error(dir, "make", source))?;
        let fault = |source| io_error(dir, "lock", source);
        let path = dir.join(LOCK_NAME);
        let mut options = fs::OpenOptions::new();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(fault)?;
        match flock(file.file(), FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => {
                let mut text = String::new();
                // Whose it is only makes the message better; a lock file that cannot be read is still locked.
                let pid =
                    file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok());
                return Err(OpenError::Locked { dir: dir.to_owned(), pid });
            }
            Err(errno) => return Err(fault(errno.into())),
        }
        file.set_len(0).map_err(fault)?;
        writeln!(file, "{}", std::process::id()).map_err(fault)?;
        Ok(Self(file))
    }
}

/// The format of a directory; `None` if it was never finished.
pub(crate) fn read_format(disk: &dyn Disk, dir: &Path) -> Result<Option<u32>, OpenError> {
    let content = match disk.read(FORMAT_NAME) {
        Ok(content) => content,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(io_error(dir, "read the format", source)),
    };
    let text = String::from_utf8_lossy(&content);
    let found = text.strip_prefix(FORMAT_INTRO).and_then(|number| number.trim_end().parse().ok());
    let Some(found) = found else {
        let what = format!("`{}` is not a format", text.escape_debug());
        return Err(OpenError::Corrupt { path: dir.join(FORMAT_NAME), offset: 0, what });
    };
    if found > FORMAT {
        return Err(OpenError::NewerFormat { dir: dir.to_owned(), found, supported: FORMAT });
    }
    Ok(Some(found))
}

/// Marks a directory as finished, durably.
pub(crate) fn write_format(disk: &dyn Disk) -> io::Result<()> {
    let mut file = disk.create(NEXT_FORMAT_NAME)?;
    file.write_at(format!("{FORMAT_INTRO}{FORMAT}\n").as_bytes(), 0)?;
    file.sync()?;
    disk.rename(NEXT_FORMAT_NAME, FORMAT_NAME)?;
    disk.sync_names()
}

/// The name of a segment of the log.
pub(crate) fn segment_name(number: u64) -> String {
    format!("{SEGMENT_INTRO}{number:016}")
}

/// The numbers of all segments that are there, in order.
pub(crate) fn segments(disk: &dyn Disk) -> io::Result<Vec<u64>> {
    let number = |name: String| {
        let number = name.strip_prefix(SEGMENT_INTRO)?.parse().ok()?;
        (segment_name(number) == name).then_some(number)
    };
    let mut numbers: Vec<u64> = disk.list()?.into_iter().filter_map(number).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

pub(crate) fn io_error(dir: &Path, act: &'static str, source: io::Error) -> OpenError {
    OpenError::Io { act, dir: dir.to_owned(), source }
}
