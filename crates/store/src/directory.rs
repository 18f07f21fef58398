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
    path::{Path, PathBuf},
};

/// The layout that this version writes, and the newest it reads.
pub(crate) const FORMAT: u32 = 1;

const FORMAT_NAME: &str = "FORMAT";
const LOCK_NAME: &str = "LOCK";
const FORMAT_INTRO: &str = "longshore store format ";
const SEGMENT_INTRO: &str = "log-";

/// The only right to write in a data directory. Given back when dropped, also by a crash.
pub(crate) struct DirectoryLock(
    #[expect(dead_code, reason = "held open, as closing it gives the lock back")] fs::File,
);

impl DirectoryLock {
    /// Makes the directory if there is none, and locks it.
    pub(crate) fn take(dir: &Path) -> Result<Self, OpenError> {
        fs::create_dir_all(dir).map_err(|source| io_error(dir, "make", source))?;
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
    let path = dir.join(FORMAT_NAME);
    let content = match disk.read(&path) {
        Ok(content) => content,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(io_error(dir, "read the format", source)),
    };
    let text = String::from_utf8_lossy(&content);
    let found = text.strip_prefix(FORMAT_INTRO).and_then(|number| number.trim_end().parse().ok());
    let Some(found) = found else {
        let what = format!("`{}` is not a format", text.escape_debug());
        return Err(OpenError::Corrupt { path, offset: 0, what });
    };
    if found > FORMAT {
        return Err(OpenError::NewerFormat { dir: dir.to_owned(), found, supported: FORMAT });
    }
    Ok(Some(found))
}

/// Marks a directory as finished, durably.
pub(crate) fn write_format(disk: &dyn Disk, dir: &Path) -> io::Result<()> {
    let path = dir.join(FORMAT_NAME);
    let next = dir.join("FORMAT.next");
    let mut file = disk.create(&next)?;
    file.write_at(format!("{FORMAT_INTRO}{FORMAT}\n").as_bytes(), 0)?;
    file.sync()?;
    disk.rename(&next, &path)?;
    disk.sync_dir(dir)
}

/// Where a segment of the log is.
pub(crate) fn segment_path(dir: &Path, number: u64) -> PathBuf {
    dir.join(format!("{SEGMENT_INTRO}{number:016}"))
}

/// The numbers of all segments that are there, in order.
pub(crate) fn segments(disk: &dyn Disk, dir: &Path) -> io::Result<Vec<u64>> {
    let number = |name: String| name.strip_prefix(SEGMENT_INTRO)?.parse().ok();
    let mut numbers: Vec<u64> = disk.list(dir)?.into_iter().filter_map(number).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Where the checkpoint is.
pub(crate) fn checkpoint_path(dir: &Path) -> PathBuf {
    dir.join("checkpoint")
}

/// Where the next checkpoint is while it is being written.
pub(crate) fn next_checkpoint_path(dir: &Path) -> PathBuf {
    dir.join("checkpoint.next")
}

pub(crate) fn io_error(dir: &Path, act: &'static str, source: io::Error) -> OpenError {
    OpenError::Io { act, dir: dir.to_owned(), source }
}
