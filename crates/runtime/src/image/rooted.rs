//! Paths that cannot leave their root, whatever symbolic links they meet.
//!
//! An archive may hold `a -> /etc` and then `a/passwd`: inside the image that is its own `/etc/passwd`, and here it must be so too. Every operation
//! therefore goes through a descriptor of the directory that holds the last part of the name, found by `openat2` with `RESOLVE_IN_ROOT`, and never follows
//! a link at that last part.
//! Invariant: no name given here reaches a file outside `root`, and no component is ever `..`.
//! Not here: what entries mean (`unpack`).

use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{AtFlags, FileType, Mode, OFlags, ResolveFlags, XattrFlags};
use rustix::io::Errno;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// Symbolic links followed for one name; the kernel's own limit.
const LINKS_MAX: usize = 40;

/// Longest single name, in bytes: the kernel's limit on every file system that can hold layers.
pub(super) const NAME_BYTES_MAX: usize = 255;

/// Longest path, in bytes: the kernel's limit, less the zero byte at its end.
pub(super) const PATH_BYTES_MAX: usize = 4095;

/// Most parts of a path. While a missing directory is made, each part holds a descriptor; real images stay below 50.
pub(super) const PARTS_MAX: usize = 255;

/// A name that no file of an image can have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPath {
    /// It has `..`.
    #[error("it leaves its directory with `..`")]
    Upward,
    /// It has a zero byte.
    #[error("it has a zero byte")]
    Zero,
    /// A part is longer than [`NAME_BYTES_MAX`].
    #[error("a part of it is longer than {NAME_BYTES_MAX} bytes")]
    LongName,
    /// It is longer than [`PATH_BYTES_MAX`].
    #[error("it is longer than {PATH_BYTES_MAX} bytes")]
    Long,
    /// It has more than [`PARTS_MAX`] parts.
    #[error("it has more than {PARTS_MAX} parts")]
    Deep,
}

/// The parts of a path seen from the root of its image; none for the root itself. `/`, `.` and doubled slashes mean nothing.
pub(super) fn components(path: &[u8]) -> Result<Vec<&[u8]>, BadPath> {
    if path.len() > PATH_BYTES_MAX {
        return Err(BadPath::Long);
    }
    if path.contains(&0) {
        return Err(BadPath::Zero);
    }
    let mut parts = Vec::new();
    for part in path.split(|b| *b == b'/').filter(|part| !part.is_empty() && *part != b".") {
        if part == b".." {
            return Err(BadPath::Upward);
        }
        if part.len() > NAME_BYTES_MAX {
            return Err(BadPath::LongName);
        }
        if parts.len() == PARTS_MAX {
            return Err(BadPath::Deep);
        }
        parts.push(part);
    }
    Ok(parts)
}

/// The inverse of [`components`].
pub(super) fn join(parts: &[&[u8]]) -> PathBuf {
    PathBuf::from(OsStr::from_bytes(&parts.join(&b'/')))
}

/// Directories that did not stand in the archive and had to be made for what lies in them: from the root, all links resolved. One that took the place of a
/// whiteout is none of them: it has nothing to do with what lies below.
pub(super) type Implied = BTreeSet<PathBuf>;

/// What overlayfs reads as "hide all that is below".
pub(super) const OPAQUE: &str = "trusted.overlay.opaque";

/// A directory tree that names are looked up in.
pub(super) struct Rooted {
    root: OwnedFd,
    /// The directory of the last name: neighbours stand together in an archive.
    last: Option<(PathBuf, OwnedFd)>,
}

impl Rooted {
    /// Opens the tree.
    pub(super) fn open(root: &Path) -> io::Result<Self> {
        let root = rustix::fs::open(
            root,
            OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC,
            Mode::empty(),
        )?;
        Ok(Self { root, last: None })
    }

    /// To be called after something other than a new file changed: directories may be elsewhere now.
    pub(super) fn forget(&mut self) {
        self.last = None;
    }

    /// The directory `parts`, which must exist.
    pub(super) fn directory(&mut self, parts: &[&[u8]]) -> io::Result<BorrowedFd<'_>> {
        let path = join(parts);
        if self.last.as_ref().is_none_or(|(last, _)| *last != path) {
            let fd = in_root(self.root.as_fd(), &path, OFlags::PATH | OFlags::DIRECTORY)?;
            self.last = Some((path, fd));
        }
        Ok(self.last.as_ref().expect("just set").1.as_fd())
    }

    /// The directory `parts`; what is missing of it is made, owned by root with mode 0755, and told to `implied`.
    pub(super) fn directory_or_make(
        &mut self,
        parts: &[&[u8]],
        implied: &mut Implied,
    ) -> io::Result<BorrowedFd<'_>> {
        match self.directory(parts) {
            Ok(_) => {}
            Err(error)
                if matches!(Errno::from_io_error(&error), Some(Errno::NOENT | Errno::NOTDIR)) =>
            {
                let fd = self.walk(parts, implied)?;
                self.last = Some((join(parts), fd));
            }
            Err(error) => return Err(error),
        }
        Ok(self.last.as_ref().expect("just set").1.as_fd())
    }

    /// Part by part, making directories where there are none.
    fn walk(&self, parts: &[&[u8]], implied: &mut Implied) -> io::Result<OwnedFd> {
        let mut ahead: Vec<Vec<u8>> = parts.iter().rev().map(|part| part.to_vec()).collect();
        let mut behind: Vec<(Vec<u8>, OwnedFd)> = Vec::new();
        let mut links = 0;
        while let Some(part) = ahead.pop() {
            let here = behind.last().map_or(self.root.as_fd(), |(_, fd)| fd.as_fd());
            match part.as_slice() {
                b"" | b"." => continue,
                // At the root, `..` is the root.
                b".." => {
                    behind.pop();
                    continue;
                }
                _ => {}
            }
            let name = OsStr::from_bytes(&part);
            let found = match rustix::fs::statat(here, name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(stat) => Some(FileType::from_raw_mode(stat.st_mode)),
                Err(Errno::NOENT) => None,
                Err(error) => return Err(error.into()),
            };
            let is_replaced = match found {
                Some(FileType::Symlink) => {
                    links += 1;
                    if links > LINKS_MAX {
                        return Err(Errno::LOOP.into());
                    }
                    let target = rustix::fs::readlinkat(here, name, Vec::new())?.into_bytes();
                    if target.starts_with(b"/") {
                        behind.clear();
                    }
                    ahead.extend(target.split(|b| *b == b'/').rev().map(<[u8]>::to_vec));
                    continue;
                }
                Some(FileType::Directory) => None,
                None => Some(false),
                Some(_) if is_whiteout(here, name)? => {
                    rustix::fs::unlinkat(here, name, AtFlags::empty())?;
                    Some(true)
                }
                Some(_) => return Err(Errno::NOTDIR.into()),
            };
            if is_replaced.is_some() {
                rustix::fs::mkdirat(here, name, Mode::from_raw_mode(0o755))?;
                // The process's mask took from the mode.
                rustix::fs::chmodat(here, name, Mode::from_raw_mode(0o755), AtFlags::empty())?;
            }
            let fd = open_directory(here, name)?;
            if is_replaced == Some(true) {
                set_opaque(&fd)?;
            }
            behind.push((part, fd));
            if is_replaced == Some(false) {
                let names: Vec<&[u8]> = behind.iter().map(|(name, _)| name.as_slice()).collect();
                implied.insert(join(&names));
            }
        }
        match behind.pop() {
            Some((_, fd)) => Ok(fd),
            None => Ok(rustix::io::fcntl_dupfd_cloexec(&self.root, 0)?),
        }
    }
}

/// Makes a directory of a layer hide all that lies below it.
pub(super) fn set_opaque(directory: &impl AsFd) -> io::Result<()> {
    Ok(rustix::fs::fsetxattr(directory, OPAQUE, b"y", XattrFlags::empty())?)
}

/// Opens a directory for reading and for changing what it is; never through a link.
pub(super) fn open_directory(parent: BorrowedFd<'_>, name: &OsStr) -> io::Result<OwnedFd> {
    Ok(rustix::fs::openat(
        parent,
        name,
        OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC,
        Mode::empty(),
    )?)
}

/// Opens a file of a tree for reading, links resolved as if `root` were `/`. For `/etc/passwd` and the like inside a container's root.
pub(super) fn open_file(root: &Path, path: &Path) -> io::Result<File> {
    let root =
        rustix::fs::open(root, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    // A pipe instead of the file would hold us for ever.
    let file = File::from(in_root(root.as_fd(), path, OFlags::RDONLY | OFlags::NONBLOCK)?);
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a regular file")) }
}

fn in_root(root: BorrowedFd<'_>, path: &Path, flags: OFlags) -> io::Result<OwnedFd> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let resolve = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
    // EAGAIN: something was renamed elsewhere on the host while `..` was resolved; looking again answers it.
    for _ in 0..LINKS_MAX {
        match rustix::fs::openat2(root, path, flags | OFlags::CLOEXEC, Mode::empty(), resolve) {
            Err(Errno::AGAIN | Errno::INTR) => {}
            done => return Ok(done?),
        }
    }
    Err(Errno::AGAIN.into())
}

/// True for a character device 0:0, overlayfs's mark that a name of a lower layer is gone.
pub(super) fn is_whiteout(parent: BorrowedFd<'_>, name: &OsStr) -> io::Result<bool> {
    match rustix::fs::statat(parent, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) => {
            Ok(FileType::from_raw_mode(stat.st_mode) == FileType::CharacterDevice
                && stat.st_rdev == 0)
        }
        Err(Errno::NOENT) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Removes a name and all below it. Links are removed, never followed.
pub(super) fn remove(parent: BorrowedFd<'_>, name: &OsStr) -> io::Result<()> {
    match rustix::fs::unlinkat(parent, name, AtFlags::empty()) {
        Err(Errno::ISDIR | Errno::PERM) => {}
        done => return Ok(done?),
    }
    // Depth is bounded by the longest path; an explicit stack keeps a hostile tree from using up ours.
    let mut stack = vec![(open_directory(parent, name)?, name.to_owned())];
    while let Some((directory, _)) = stack.last() {
        match first_child_directory(directory)? {
            Some(child) => {
                let fd = open_directory(directory.as_fd(), &child)?;
                stack.push((fd, child));
            }
            None => {
                let (_, name) = stack.pop().expect("the loop saw it");
                let parent = stack.last().map_or(parent, |(fd, _)| fd.as_fd());
                rustix::fs::unlinkat(parent, &name, AtFlags::REMOVEDIR)?;
            }
        }
    }
    Ok(())
}

/// Removes all files of a directory; answers the first directory in it, if any.
fn first_child_directory(directory: &OwnedFd) -> io::Result<Option<std::ffi::OsString>> {
    let mut found = None;
    for child in rustix::fs::Dir::read_from(directory)? {
        let child = child?;
        let name = OsStr::from_bytes(child.file_name().to_bytes());
        if name == "." || name == ".." {
            continue;
        }
        match rustix::fs::unlinkat(directory, name, AtFlags::empty()) {
            Err(Errno::ISDIR | Errno::PERM) => found = found.or_else(|| Some(name.to_owned())),
            done => done?,
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fs_err as fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn names_are_seen_from_the_root() {
        let check = |path: &[u8], wanted: &str| {
            assert_eq!(join(&components(path).unwrap()), Path::new(wanted))
        };
        check(b"./a//b/", "a/b");
        check(b"/etc/passwd", "etc/passwd");
        check(b"./", "");
        check(b"/", "");
    }

    #[test]
    fn names_that_climb_or_are_too_long_are_refused() {
        assert_eq!(components(b"a/../../b"), Err(BadPath::Upward));
        assert_eq!(components(b".."), Err(BadPath::Upward));
        assert_eq!(components(b"a\0b"), Err(BadPath::Zero));
        assert_eq!(components(&[b'a'; 256]), Err(BadPath::LongName));
        assert_eq!(components(&b"a/".repeat(3000)), Err(BadPath::Long));
        assert_eq!(components(&b"a/".repeat(300)), Err(BadPath::Deep));
        assert!(components(b"...").is_ok());
    }

    #[test]
    fn links_that_point_out_stay_in() {
        let dir = tempfile::tempdir().unwrap();
        let (root, outside) = (dir.path().join("root"), dir.path().join("outside"));
        fs::create_dir(&root).unwrap();
        fs::create_dir(&outside).unwrap();
        symlink(&outside, root.join("absolute")).unwrap();
        symlink("../../outside", root.join("relative")).unwrap();
        let mut rooted = Rooted::open(&root).unwrap();
        for link in [&b"absolute"[..], b"relative"] {
            let mut implied = Implied::new();
            let directory = rooted.directory_or_make(&[link, b"deep"], &mut implied).unwrap();
            rustix::fs::mkdirat(directory, "x", Mode::from_raw_mode(0o700)).unwrap();
            rooted.forget();
        }
        assert_eq!(fs::read_dir(&outside).unwrap().count(), 0, "nothing was made outside");
        let inside = root.join(outside.strip_prefix("/").unwrap()).join("deep/x");
        assert!(inside.is_dir(), "the absolute link is one of the image");
        assert!(root.join("outside/deep/x").is_dir(), "`..` stops at the root");
    }

    #[test]
    fn link_circles_end() {
        let dir = tempfile::tempdir().unwrap();
        symlink("b", dir.path().join("a")).unwrap();
        symlink("a", dir.path().join("b")).unwrap();
        let mut rooted = Rooted::open(dir.path()).unwrap();
        let error = rooted.directory_or_make(&[b"a", b"x"], &mut Implied::new()).unwrap_err();
        assert_eq!(Errno::from_io_error(&error), Some(Errno::LOOP));
    }

    #[test]
    fn removal_takes_links_and_not_what_they_point_to() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("keep")).unwrap();
        fs::write(dir.path().join("keep/file"), "x").unwrap();
        fs::create_dir_all(dir.path().join("gone/a/b/c")).unwrap();
        fs::write(dir.path().join("gone/a/file"), "x").unwrap();
        symlink("../keep", dir.path().join("gone/link")).unwrap();
        let parent =
            rustix::fs::open(dir.path(), OFlags::PATH | OFlags::DIRECTORY, Mode::empty()).unwrap();
        remove(parent.as_fd(), OsStr::new("gone")).unwrap();
        assert!(!dir.path().join("gone").exists());
        assert!(dir.path().join("keep/file").exists());
    }

    #[test]
    fn files_are_opened_inside_their_root() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("etc")).unwrap();
        symlink("/etc/real", dir.path().join("etc/passwd")).unwrap();
        fs::write(dir.path().join("etc/real"), "inside").unwrap();
        let file = open_file(dir.path(), Path::new("/etc/passwd")).unwrap();
        assert_eq!(io::read_to_string(file).unwrap(), "inside");
        assert!(open_file(dir.path(), Path::new("/etc")).is_err());
    }
}
