//! A container's file system, made in the launch child's own mount name space, so that it goes with the container's last process.
//!
//! Invariant: no path of the image is followed outside the image. Everything inside is reached from a descriptor of the root with
//! `RESOLVE_IN_ROOT`, for an image may have `/etc -> /` or worse.

use super::protocol::{Copy, Rootfs};
use crate::image::error::ImageError;
use crate::image::manifest::ImageConfig;
use crate::image::rootfs::RootFs;
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{AtFlags, FileType, Gid, Mode, OFlags, ResolveFlags, Timestamps, Uid, XattrFlags};
use rustix::io::Errno;
use rustix::mount::{MountPropagationFlags, UnmountFlags};
use std::ffi::CStr;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Directories below each other that are copied at most; an image with more is an attack on the stack.
const DEPTH_MAX: usize = 256;

/// What could not be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RootfsError {
    /// The layers.
    #[error("{}", crate::chain::chain(.0))]
    Mount(ImageError),
    /// A step of ours.
    #[error("{act} `{}`: {source}", path.display())]
    Step {
        /// What.
        act: &'static str,
        /// To what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

fn failed<E: Into<io::Error>>(act: &'static str, path: &Path) -> impl FnOnce(E) -> RootfsError {
    let path = path.to_owned();
    move |source| RootfsError::Step { act, path, source: source.into() }
}

/// Leaves the host's mount name space; nothing that is mounted from now on is seen outside. `hide` is not seen inside.
pub(crate) fn leave_host(hide: Option<&Path>) -> Result<(), RootfsError> {
    let root = Path::new("/");
    crate::sys_process::unshare(rustix::thread::UnshareFlags::NEWNS)
        .map_err(failed("make a mount name space for", root))?;
    rustix::mount::mount_change(root, MountPropagationFlags::PRIVATE | MountPropagationFlags::REC)
        .map_err(failed("make private", root))?;
    match hide {
        Some(hide) => rustix::mount::unmount(hide, UnmountFlags::DETACH)
            .map_err(failed("hide from the OCI runtime", hide)),
        None => Ok(()),
    }
}

fn overlay(rootfs: &Rootfs) -> RootFs {
    RootFs {
        lower: rootfs.lower.clone(),
        upper: rootfs.upper.clone(),
        work: rootfs.work.clone(),
        merged: rootfs.merged.clone(),
        config: ImageConfig::default(),
    }
}

/// Makes the directories that lie in the task's storage: those of the container's file system, and `scratch`.
pub(crate) fn make_room(rootfs: &Rootfs, scratch: &[PathBuf]) -> Result<(), RootfsError> {
    overlay(rootfs).lay_out().map_err(RootfsError::Mount)?;
    scratch.iter().try_for_each(|dir| fs_err::create_dir_all(dir).map_err(failed("make", dir)))
}

/// Mounts the file system at its place and returns a descriptor of its root.
pub(crate) fn mount(rootfs: &Rootfs) -> Result<OwnedFd, RootfsError> {
    if !rootfs.lower.is_empty() {
        overlay(rootfs).mount().map_err(RootfsError::Mount)?;
    }
    rustix::fs::open(
        &rootfs.merged,
        OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC,
        Mode::empty(),
    )
    .map_err(failed("open", &rootfs.merged))
}

/// Opens `path` as seen from inside; `None` if it is not there.
fn open_in(
    root: BorrowedFd<'_>,
    path: &Path,
    flags: OFlags,
) -> Result<Option<OwnedFd>, RootfsError> {
    let inside = path.strip_prefix("/").unwrap_or(path);
    let inside = if inside.as_os_str().is_empty() { Path::new(".") } else { inside };
    let flags = flags | OFlags::CLOEXEC;
    match rustix::fs::openat2(root, inside, flags, Mode::empty(), ResolveFlags::IN_ROOT) {
        Ok(fd) => Ok(Some(fd)),
        Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
        Err(error) => Err(failed("open in the image", path)(error)),
    }
}

/// Makes the directory `path` inside, with those above it, as Docker makes a working directory.
pub(crate) fn ensure_dir(root: BorrowedFd<'_>, path: &str) -> Result<(), RootfsError> {
    let path = Path::new(path);
    let dir = OFlags::PATH | OFlags::DIRECTORY;
    if open_in(root, path, dir)?.is_some() {
        return Ok(());
    }
    let mut above = PathBuf::from("/");
    for part in path.components() {
        let name = match part {
            Component::Normal(name) => name,
            Component::ParentDir => {
                above.pop();
                continue;
            }
            Component::RootDir | Component::CurDir | Component::Prefix(_) => continue,
        };
        let below = above.join(name);
        if open_in(root, &below, dir)?.is_none() {
            let parent = open_in(root, &above, dir)?
                .ok_or_else(|| failed("make in the image", &below)(Errno::NOTDIR))?;
            rustix::fs::mkdirat(&parent, name, Mode::from_raw_mode(0o755))
                .map_err(failed("make in the image", &below))?;
        }
        above = below;
    }
    Ok(())
}

/// Fills an empty volume with what the image has at its place, as Docker does on first use. Once: a mark beside it tells a copy that
/// was cut off, which is begun anew.
pub(crate) fn fill_volume(root: BorrowedFd<'_>, copy: &Copy) -> Result<(), RootfsError> {
    let readable = OFlags::RDONLY | OFlags::DIRECTORY;
    let Some(from) = open_in(root, Path::new(&copy.from), readable)? else { return Ok(()) };
    let to = rustix::fs::open(&copy.to, readable | OFlags::CLOEXEC, Mode::empty())
        .map_err(failed("open", &copy.to))?;
    // Two containers of one volume may start at once.
    rustix::fs::flock(&to, rustix::fs::FlockOperation::LockExclusive)
        .map_err(failed("lock", &copy.to))?;
    let mut mark = copy.to.clone().into_os_string();
    mark.push(".filling");
    let mark = PathBuf::from(mark);
    let was_cut_off = mark.exists();
    let is_empty = fs_err::read_dir(&copy.to).map_err(failed("read", &copy.to))?.next().is_none();
    if was_cut_off {
        clear(&copy.to).map_err(failed("clear", &copy.to))?;
    } else if !is_empty {
        return Ok(());
    }
    fs_err::write(&mark, "").map_err(failed("write", &mark))?;
    copy_dir(from.as_fd(), to.as_fd(), DEPTH_MAX).map_err(failed("fill volume", &copy.to))?;
    fs_err::remove_file(&mark).map_err(failed("remove", &mark))
}

fn clear(dir: &Path) -> io::Result<()> {
    for entry in fs_err::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs_err::remove_dir_all(entry.path())?;
        } else {
            fs_err::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn copy_dir(from: BorrowedFd<'_>, to: BorrowedFd<'_>, depth: usize) -> io::Result<()> {
    if depth == 0 {
        return Err(io::Error::other("directories are nested too deep"));
    }
    for entry in rustix::fs::Dir::read_from(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == c"." || name == c".." {
            continue;
        }
        copy_entry(from, to, name, depth)?;
    }
    let stat = rustix::fs::fstat(from)?;
    rustix::fs::fchown(to, Some(Uid::from_raw(stat.st_uid)), Some(Gid::from_raw(stat.st_gid)))?;
    rustix::fs::fchmod(to, Mode::from_raw_mode(stat.st_mode))?;
    rustix::fs::futimens(to, &times(&stat))?;
    Ok(())
}

fn copy_entry(
    from: BorrowedFd<'_>,
    to: BorrowedFd<'_>,
    name: &CStr,
    depth: usize,
) -> io::Result<()> {
    let stat = rustix::fs::statat(from, name, AtFlags::SYMLINK_NOFOLLOW)?;
    let mode = Mode::from_raw_mode(stat.st_mode);
    let (uid, gid) = (Uid::from_raw(stat.st_uid), Gid::from_raw(stat.st_gid));
    let read = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::Directory => {
            rustix::fs::mkdirat(to, name, mode)?;
            let from = rustix::fs::openat(from, name, read | OFlags::DIRECTORY, Mode::empty())?;
            let to = rustix::fs::openat(to, name, read | OFlags::DIRECTORY, Mode::empty())?;
            return copy_dir(from.as_fd(), to.as_fd(), depth - 1);
        }
        FileType::RegularFile => {
            let from = rustix::fs::openat(from, name, read, Mode::empty())?;
            let create = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
            let to = rustix::fs::openat(to, name, create, mode)?;
            io::copy(
                &mut std::fs::File::from(from.try_clone()?),
                &mut std::fs::File::from(to.try_clone()?),
            )?;
            copy_capability(&from, &to)?;
            rustix::fs::fchown(&to, Some(uid), Some(gid))?;
            // After chown, which clears the set-id bits.
            rustix::fs::fchmod(&to, mode)?;
            rustix::fs::futimens(&to, &times(&stat))?;
            return Ok(());
        }
        FileType::Symlink => {
            let target = rustix::fs::readlinkat(from, name, Vec::new())?;
            rustix::fs::symlinkat(target, to, name)?;
        }
        kind => rustix::fs::mknodat(to, name, kind, mode, stat.st_rdev)?,
    }
    rustix::fs::chownat(to, name, Some(uid), Some(gid), AtFlags::SYMLINK_NOFOLLOW)?;
    Ok(())
}

/// File capabilities; chown would clear them, so this is for files whose owner is already root, as it is for those that have any.
fn copy_capability(from: &OwnedFd, to: &OwnedFd) -> io::Result<()> {
    const NAME: &str = "security.capability";
    let mut room = [0_u8; 64];
    match rustix::fs::fgetxattr(from, NAME, &mut room[..]) {
        Ok(length) => Ok(rustix::fs::fsetxattr(to, NAME, &room[..length], XattrFlags::empty())?),
        Err(_) => Ok(()),
    }
}

fn times(stat: &rustix::fs::Stat) -> Timestamps {
    let time = |tv_sec, tv_nsec| rustix::fs::Timespec { tv_sec, tv_nsec };
    Timestamps {
        last_access: time(stat.st_atime, stat.st_atime_nsec as _),
        last_modification: time(stat.st_mtime, stat.st_mtime_nsec as _),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(dir: &Path) -> OwnedFd {
        rustix::fs::open(dir, OFlags::PATH | OFlags::DIRECTORY, Mode::empty()).expect("open")
    }

    #[test]
    fn a_working_directory_is_made_inside_even_through_hostile_links() {
        let dir = tempfile::tempdir().expect("dir");
        let outside = tempfile::tempdir().expect("dir");
        fs_err::os::unix::fs::symlink(outside.path(), dir.path().join("app")).expect("link");
        let ended = ensure_dir(root(dir.path()).as_fd(), "/app/x/y");
        assert!(fs_err::read_dir(outside.path()).expect("read").next().is_none(), "{ended:?}");
        ensure_dir(root(dir.path()).as_fd(), "/a/../b/c").expect("made");
        assert!(dir.path().join("b/c").is_dir());
    }

    #[test]
    fn an_empty_volume_takes_what_the_image_has_and_a_full_one_keeps_its_own() {
        let image = tempfile::tempdir().expect("dir");
        fs_err::create_dir_all(image.path().join("data/sub")).expect("dir");
        fs_err::write(image.path().join("data/sub/file"), "from image").expect("write");
        fs_err::os::unix::fs::symlink("file", image.path().join("data/sub/link")).expect("link");
        let volumes = tempfile::tempdir().expect("dir");
        let to = volumes.path().join("v");
        fs_err::create_dir(&to).expect("dir");
        let copy = Copy { from: "/data".into(), to: to.clone() };
        fill_volume(root(image.path()).as_fd(), &copy).expect("filled");
        let link = to.join("sub/link");
        assert_eq!(fs_err::read_to_string(&link).expect("read"), "from image");
        fs_err::write(&link, "changed").expect("write");
        fill_volume(root(image.path()).as_fd(), &copy).expect("left alone");
        assert_eq!(fs_err::read_to_string(&link).expect("read"), "changed");
        fs_err::write(volumes.path().join("v.filling"), "").expect("write");
        fill_volume(root(image.path()).as_fd(), &copy).expect("begun anew");
        assert_eq!(fs_err::read_to_string(&link).expect("read"), "from image");
    }
}
