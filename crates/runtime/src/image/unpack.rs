//! Lays a layer's archive out as a directory that overlayfs can use as a lower layer.
//!
//! * A whiteout `.wh.x` becomes a character device 0:0 named `x`; `.wh..wh..opq` sets `trusted.overlay.opaque` on its directory. Both hide names of the
//!   layers below and never touch what the same layer brings, in whichever order they stand (OCI layer rules).
//! * Files keep owner, mode with setuid and setgid, time, hard links, holes, devices, and of the extended attributes `security.capability`, `user.*` and
//!   POSIX access lists. `trusted.overlay.*` would let an archive speak to the kernel's overlayfs, so it and all others are left out.
//! * Names cannot leave the directory (`rooted`), amounts are limited (`limit`), and the digest of the unpacked stream is told to the caller.
//!
//! Invariant: nothing outside `root` is read or written; after an error the directory is to be thrown away.
//! Not here: where layers live and that each is unpacked once (`layer`); directories that stand only in lower layers (`fit`).

mod file;

use super::digest::Digest;
use super::limit::{Limits, Measured};
use super::rooted::{self, BadPath, Implied, Rooted};
use super::tarball::{CopyError, Entry, Kind, Moment, TarError, Tarball};
use file::{describe, fill, owner, times};
use rustix::fd::{BorrowedFd, OwnedFd};
use rustix::fs::{AtFlags, FileType, Mode, OFlags};
use rustix::io::Errno;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Most bytes of the names of directories, which are kept until the end: half a million directories of 500 bytes.
const DIRECTORY_NAMES_BYTES_MAX: u64 = 256 << 20;

/// Longest name in a message, in bytes.
const SHOWN_BYTES_MAX: usize = 256;

/// Begins the name of an entry that removes another.
const WHITEOUT: &[u8] = b".wh.";

/// A layer that cannot be laid out.
#[derive(Debug, thiserror::Error)]
pub enum UnpackError {
    /// The archive.
    #[error(transparent)]
    Archive(#[from] TarError),
    /// A name that no file can have.
    #[error("`{}` cannot be a path", path.display())]
    Path {
        /// The name in the archive.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: BadPath,
    },
    /// An entry that makes no sense.
    #[error("`{}` {why}", path.display())]
    Entry {
        /// The name in the archive.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The kernel refused an entry.
    #[error("make `{}`", path.display())]
    Make {
        /// The name in the archive.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The archive asks for too much.
    #[error("the layer has more than {max} {what}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The limit.
        max: u64,
    },
    /// The stream unpacked to other bytes than the image says.
    #[error("the unpacked layer has digest {actual}, its image says {wanted}")]
    DiffId {
        /// What the image says.
        wanted: Digest,
        /// What it is.
        actual: Digest,
    },
    /// The directory for the layer.
    #[error("open the directory to unpack into")]
    Root(#[source] io::Error),
}

impl UnpackError {
    /// True when the disk was full.
    pub(super) fn is_full(&self) -> bool {
        matches!(self, Self::Make { source, .. } if super::error::is_full(source))
    }
}

/// What was laid out.
pub(super) struct Unpacked {
    /// Digest of the whole unpacked stream.
    pub diff_id: Digest,
    /// Sum of the sizes of all files.
    pub bytes: u64,
    /// Number of entries.
    pub entries: u64,
    /// Directories that had to be made though the archive does not have them.
    pub implied: Implied,
}

/// Reads the unpacked stream `source` into the directory `root`. `packed` counts the bytes that go into the decompressor before `source`.
pub(super) fn unpack(
    source: impl Read,
    packed: Arc<AtomicU64>,
    root: &Path,
    limits: Limits,
) -> Result<Unpacked, UnpackError> {
    let rooted = Rooted::open(root).map_err(UnpackError::Root)?;
    let mut tarball = Tarball::new(Measured::new(source, packed, limits));
    let mut layout = Layout {
        rooted,
        limits,
        bytes: 0,
        entries: 0,
        implied: Implied::new(),
        name_bytes: 0,
        directories: BTreeMap::new(),
    };
    while let Some(entry) = tarball.next_entry()? {
        layout.entry(&entry, &mut tarball)?;
    }
    layout.finish_directories()?;
    let end = tarball.into_reader().finish();
    // What follows the archive's end mark is part of the layer's digest and of nothing else.
    let (diff_id, _) = end.map_err(|source| TarError::Read { offset: 0, source })?;
    Ok(Unpacked { diff_id, bytes: layout.bytes, entries: layout.entries, implied: layout.implied })
}

struct Layout {
    rooted: Rooted,
    limits: Limits,
    bytes: u64,
    entries: u64,
    implied: Implied,
    name_bytes: u64,
    /// Times of directories are set last: making what is in them changes them.
    directories: BTreeMap<Vec<u8>, Moment>,
}

impl Layout {
    fn entry(
        &mut self,
        entry: &Entry,
        tarball: &mut Tarball<impl io::BufRead>,
    ) -> Result<(), UnpackError> {
        self.entries += 1;
        self.bytes = self.bytes.saturating_add(entry.size);
        if self.entries > self.limits.entries_max {
            return Err(UnpackError::TooMany { what: "entries", max: self.limits.entries_max });
        }
        if self.bytes > self.limits.bytes_max {
            return Err(UnpackError::TooMany { what: "bytes", max: self.limits.bytes_max });
        }
        if self.name_bytes > DIRECTORY_NAMES_BYTES_MAX {
            return Err(UnpackError::TooMany {
                what: "bytes of names of directories",
                max: DIRECTORY_NAMES_BYTES_MAX,
            });
        }
        let shown = || shown(&entry.path);
        let parts = rooted::components(&entry.path)
            .map_err(|source| UnpackError::Path { path: shown(), source })?;
        let place = self.place(entry, &parts);
        let done = match place {
            Ok(Place::Done) => Ok(()),
            Ok(Place::File(file)) => {
                return fill(file, entry, tarball).map_err(|error| into_make(error, shown()));
            }
            Err(error) => Err(error),
        };
        done.map_err(|problem| problem.at(shown()))
    }

    fn place(&mut self, entry: &Entry, parts: &[&[u8]]) -> Result<Place, Problem> {
        let Some((name, parent)) = parts.split_last() else {
            return self.root(entry);
        };
        if let Some(hidden) = name.strip_prefix(WHITEOUT) {
            return self.whiteout(parent, hidden).map(|()| Place::Done);
        }
        let name = OsStr::from_bytes(name);
        match entry.kind {
            Kind::Directory => self.make_directory(parent, name, entry, parts)?,
            Kind::HardLink => self.hard_link(parent, name, entry)?,
            Kind::File => {
                let flags = OFlags::WRONLY
                    | OFlags::CREATE
                    | OFlags::EXCL
                    | OFlags::NOFOLLOW
                    | OFlags::CLOEXEC;
                let fd = self.make(parent, name, |at| {
                    rustix::fs::openat(at, name, flags, Mode::from_raw_mode(0o600))
                })?;
                return Ok(Place::File(fd));
            }
            Kind::Symlink => {
                if entry.link.is_empty() || entry.link.contains(&0) {
                    return Err(Problem::Entry("is a symbolic link without a target".to_owned()));
                }
                let target = OsStr::from_bytes(&entry.link);
                self.make(parent, name, |at| rustix::fs::symlinkat(target, at, name))?;
                self.describe_node(parent, name, entry, false)?;
            }
            Kind::CharDevice | Kind::BlockDevice | Kind::Fifo => {
                let kind = match entry.kind {
                    Kind::CharDevice => FileType::CharacterDevice,
                    Kind::BlockDevice => FileType::BlockDevice,
                    _ => FileType::Fifo,
                };
                let device = rustix::fs::makedev(entry.device.0, entry.device.1);
                self.make(parent, name, |at| {
                    rustix::fs::mknodat(at, name, kind, Mode::from_raw_mode(0o600), device)
                })?;
                self.describe_node(parent, name, entry, true)?;
            }
        }
        Ok(Place::Done)
    }

    /// Entries named `/` or `.` describe the root directory itself.
    fn root(&mut self, entry: &Entry) -> Result<Place, Problem> {
        if entry.kind != Kind::Directory {
            return Err(Problem::Entry(
                "is not a directory, and stands where the root directory is".to_owned(),
            ));
        }
        let at = self.rooted.directory(&[])?;
        let fd = rooted::open_directory(at, OsStr::new("."))?;
        describe(&fd, entry)?;
        self.directories.insert(Vec::new(), entry.mtime);
        Ok(Place::Done)
    }

    /// Makes a node; what stands in its place from earlier in the same archive gives way.
    fn make<T>(
        &mut self,
        parent: &[&[u8]],
        name: &OsStr,
        make: impl Fn(BorrowedFd<'_>) -> rustix::io::Result<T>,
    ) -> io::Result<T> {
        let at = self.rooted.directory_or_make(parent, &mut self.implied)?;
        match make(at) {
            Err(Errno::EXIST) => {
                rooted::remove(at, name)?;
                let made = make(at);
                self.rooted.forget();
                self.directories
                    .remove([parent, &[name.as_bytes()]].concat().join(&b'/').as_slice());
                Ok(made?)
            }
            done => Ok(done?),
        }
    }

    fn make_directory(
        &mut self,
        parent: &[&[u8]],
        name: &OsStr,
        entry: &Entry,
        parts: &[&[u8]],
    ) -> Result<(), Problem> {
        let at = self.rooted.directory_or_make(parent, &mut self.implied)?;
        let mode = Mode::from_raw_mode(0o700);
        let mut is_opaque = false;
        match rustix::fs::mkdirat(at, name, mode) {
            Ok(()) => {}
            Err(Errno::EXIST) => {
                let stat = rustix::fs::statat(at, name, AtFlags::SYMLINK_NOFOLLOW)?;
                if FileType::from_raw_mode(stat.st_mode) != FileType::Directory {
                    is_opaque = rooted::is_whiteout(at, name)?;
                    rooted::remove(at, name)?;
                    rustix::fs::mkdirat(at, name, mode)?;
                }
            }
            Err(error) => return Err(error.into()),
        }
        let fd = rooted::open_directory(at, name)?;
        if is_opaque {
            rooted::set_opaque(&fd)?;
        }
        describe(&fd, entry)?;
        self.rooted.forget();
        let path = parts.join(&b'/');
        self.implied.remove(Path::new(OsStr::from_bytes(&path)));
        self.name_bytes += path.len() as u64;
        self.directories.insert(path, entry.mtime);
        Ok(())
    }

    fn hard_link(&mut self, parent: &[&[u8]], name: &OsStr, entry: &Entry) -> Result<(), Problem> {
        let target = rooted::components(&entry.link)
            .map_err(|bad| Problem::Entry(format!("links to a name that cannot be: {bad}")))?;
        let Some((target_name, target_parent)) = target.split_last() else {
            return Err(Problem::Entry("links to the root directory".to_owned()));
        };
        if parent == target_parent && target_name == &name.as_bytes() {
            return Err(Problem::Entry("links to itself".to_owned()));
        }
        let target_name = OsStr::from_bytes(target_name);
        let missing = || {
            Problem::Entry(format!(
                "is a link to `{}`, which the layer does not have before it",
                shown(&entry.link).display()
            ))
        };
        let from = match self.rooted.directory(target_parent) {
            Ok(from) => rustix::io::fcntl_dupfd_cloexec(from, 0)?,
            Err(_) => return Err(missing()),
        };
        self.make(parent, name, |at| {
            rustix::fs::linkat(&from, target_name, at, name, AtFlags::empty())
        })
        .map_err(|error| match Errno::from_io_error(&error) {
            Some(Errno::NOENT) => missing(),
            Some(Errno::PERM) => Problem::Entry("is a link to a directory".to_owned()),
            _ => Problem::Io(error),
        })
    }

    fn whiteout(&mut self, parent: &[&[u8]], hidden: &[u8]) -> Result<(), Problem> {
        if hidden == b".wh..opq" {
            let at = self.rooted.directory_or_make(parent, &mut self.implied)?;
            let fd = rooted::open_directory(at, OsStr::new("."))?;
            return Ok(rooted::set_opaque(&fd)?);
        }
        // Other names of this kind are aufs's own bookkeeping, which Docker leaves out as well.
        if hidden.starts_with(WHITEOUT) {
            return Ok(());
        }
        if matches!(hidden, b"" | b"." | b"..") {
            return Err(Problem::Entry("hides nothing that could be there".to_owned()));
        }
        let name = OsStr::from_bytes(hidden);
        let at = self.rooted.directory_or_make(parent, &mut self.implied)?;
        match rustix::fs::mknodat(at, name, FileType::CharacterDevice, Mode::empty(), 0) {
            Ok(()) => Ok(()),
            // The layer brings the name itself: a directory then shows nothing of those below; anything else hides them anyway.
            Err(Errno::EXIST) => match rooted::open_directory(at, name) {
                Ok(fd) => Ok(rooted::set_opaque(&fd)?),
                Err(_) => Ok(()),
            },
            Err(error) => Err(error.into()),
        }
    }

    /// Owner, mode and time of what cannot be opened.
    fn describe_node(
        &mut self,
        parent: &[&[u8]],
        name: &OsStr,
        entry: &Entry,
        has_mode: bool,
    ) -> Result<(), Problem> {
        let (uid, gid) = owner(entry)?;
        let at = self.rooted.directory(parent)?;
        rustix::fs::chownat(at, name, Some(uid), Some(gid), AtFlags::SYMLINK_NOFOLLOW)?;
        if has_mode {
            // Just made, and no link: there is nothing to follow.
            rustix::fs::chmodat(at, name, Mode::from_raw_mode(entry.mode), AtFlags::empty())?;
        }
        rustix::fs::utimensat(at, name, &times(entry.mtime), AtFlags::SYMLINK_NOFOLLOW)?;
        Ok(())
    }

    fn finish_directories(&mut self) -> Result<(), UnpackError> {
        for (path, mtime) in std::mem::take(&mut self.directories) {
            let parts: Vec<&[u8]> =
                path.split(|b| *b == b'/').filter(|part| !part.is_empty()).collect();
            let done = match self.rooted.directory(&parts) {
                Ok(at) => rustix::fs::utimensat(at, ".", &times(mtime), AtFlags::empty())
                    .map_err(io::Error::from),
                // A later entry took its place.
                Err(_) => Ok(()),
            };
            done.map_err(|source| UnpackError::Make { path: rooted::join(&parts), source })?;
        }
        Ok(())
    }
}

/// A name for a message: hostile ones are long.
fn shown(path: &[u8]) -> PathBuf {
    match path.get(..SHOWN_BYTES_MAX) {
        Some(begin) if path.len() > SHOWN_BYTES_MAX => {
            PathBuf::from(format!("{}…", String::from_utf8_lossy(begin)))
        }
        _ => PathBuf::from(OsStr::from_bytes(path)),
    }
}

enum Place {
    Done,
    File(OwnedFd),
}

enum Problem {
    Entry(String),
    Io(io::Error),
}

impl Problem {
    fn at(self, path: PathBuf) -> UnpackError {
        match self {
            Self::Entry(why) => UnpackError::Entry { path, why },
            Self::Io(source) => UnpackError::Make { path, source },
        }
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Errno> for Problem {
    fn from(error: Errno) -> Self {
        Self::Io(error.into())
    }
}

fn into_make(error: CopyError, path: PathBuf) -> UnpackError {
    match error {
        CopyError::Tar(error) => UnpackError::Archive(error),
        CopyError::Sink(source) => UnpackError::Make { path, source },
    }
}
