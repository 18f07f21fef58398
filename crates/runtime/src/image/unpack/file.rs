//! One file: its contents, and what it is besides.
//!
//! Invariant: owner, attributes, mode and time are set in the order in which they do not undo each other.

use super::super::tarball::{CopyError, Entry, Kind, Moment, Sink, Tarball};
use super::Problem;
use rustix::fd::OwnedFd;
use rustix::fs::{Gid, Mode, Timespec, Timestamps, Uid, XattrFlags};
use rustix::io::Errno;
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;

/// Contents, then what they are: writing and changing the owner both take setuid and capabilities away.
pub(super) fn fill(
    file: OwnedFd,
    entry: &Entry,
    tarball: &mut Tarball<impl io::BufRead>,
) -> Result<(), CopyError> {
    let mut writer = Writer { file, end: 0, written: 0 };
    tarball.copy_contents(&mut writer)?;
    let file = writer.finish().map_err(CopyError::Sink)?;
    describe(&file, entry).map_err(|problem| match problem {
        Problem::Io(error) => CopyError::Sink(error),
        Problem::Entry(why) => CopyError::Sink(io::Error::other(why)),
    })?;
    rustix::fs::futimens(&file, &times(entry.mtime)).map_err(|error| CopyError::Sink(error.into()))
}

struct Writer {
    file: OwnedFd,
    /// Where the next byte goes.
    end: u64,
    /// Where the last stored byte ended.
    written: u64,
}

impl Sink for Writer {
    fn bytes(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match rustix::io::pwrite(&self.file, bytes, self.end) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => {
                    self.end += written as u64;
                    bytes = &bytes[written..];
                }
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.written = self.end;
        Ok(())
    }

    fn hole(&mut self, length: u64) -> io::Result<()> {
        self.end += length;
        Ok(())
    }
}

impl Writer {
    fn finish(self) -> io::Result<OwnedFd> {
        if self.end != self.written {
            rustix::fs::ftruncate(&self.file, self.end)?;
        }
        Ok(self.file)
    }
}

/// Owner, extended attributes and mode of an open file or directory, in the order in which they do not undo each other.
pub(super) fn describe(fd: &OwnedFd, entry: &Entry) -> Result<(), Problem> {
    let (uid, gid) = owner(entry)?;
    rustix::fs::fchown(fd, Some(uid), Some(gid))?;
    for (name, value) in &entry.xattrs {
        if !is_kept(name, entry.kind) {
            tracing::debug!(path = %entry.path.escape_ascii(), attribute = %name.escape_ascii(), "extended attribute left out");
            continue;
        }
        match rustix::fs::fsetxattr(fd, OsStr::from_bytes(name), value, XattrFlags::empty()) {
            // A file system without such attributes: Docker does not mind either.
            Err(Errno::OPNOTSUPP) => {
                tracing::debug!(attribute = %name.escape_ascii(), "extended attribute not supported here")
            }
            // ext4 says "no space" of an attribute beyond its block; the disk is not full.
            Err(Errno::NOSPC | Errno::TOOBIG | Errno::RANGE) => {
                let (name, bytes) = (name.escape_ascii(), value.len());
                return Err(Problem::Entry(format!(
                    "has an extended attribute `{name}` of {bytes} bytes, more than this file system takes"
                )));
            }
            done => done?,
        }
    }
    rustix::fs::fchmod(fd, Mode::from_raw_mode(entry.mode))?;
    Ok(())
}

fn is_kept(name: &[u8], kind: Kind) -> bool {
    match name {
        b"security.capability" => kind == Kind::File,
        b"system.posix_acl_access" | b"system.posix_acl_default" => true,
        _ => name.starts_with(b"user.") && !name.starts_with(b"user.overlay."),
    }
}

pub(super) fn owner(entry: &Entry) -> Result<(Uid, Gid), Problem> {
    // The last number means "no change" to the kernel.
    let id = |id: u64| u32::try_from(id).ok().filter(|id| *id != u32::MAX);
    match (id(entry.uid), id(entry.gid)) {
        (Some(uid), Some(gid)) => Ok((Uid::from_raw(uid), Gid::from_raw(gid))),
        _ => {
            Err(Problem::Entry(format!("has an owner out of range ({}:{})", entry.uid, entry.gid)))
        }
    }
}

pub(super) fn times(moment: Moment) -> Timestamps {
    let time = Timespec { tv_sec: moment.seconds, tv_nsec: moment.nanos.into() };
    Timestamps { last_access: time, last_modification: time }
}
