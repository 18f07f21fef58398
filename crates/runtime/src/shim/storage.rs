//! The file system of limited size that the containers of a task write to: a sparse file without a name, as a loop device.
//!
//! The shim holds it. Each container mounts it in its own mount name space, between fork and exec (docs/decisions/0007), so that it goes,
//! file, device and all, with the shim and the last process of the task. Nothing of it outlives them: it is made anew where a shim is.
//! Not here: what is in it (`rootfs`), and the empty file system that it is a copy of (`driver::storage`).

use super::protocol::Storage;
use crate::sys_loop;
use rustix::fd::{AsFd, AsRawFd, OwnedFd};
use rustix::fs::{CWD, Mode, OFlags, SeekFrom};
use rustix::io::Errno;
use rustix::mount::{FsMountFlags, FsOpenFlags, MountAttrFlags, MoveMountFlags};
use std::io;
use std::path::{Path, PathBuf};

/// With less than this on the disk below, a task could write next to nothing, and would hear of it late, bytes.
const HOST_FREE_BYTES_MIN: u64 = 256 << 20;

/// Of ext4. Nothing in it is read again after a crash, so it need not wait for the disk; what is not needed yet is not written; and what is
/// deleted is given back to the disk below.
const OPTIONS: [&str; 3] = ["nobarrier", "noinit_itable", "discard"];

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StorageError {
    /// The disk below is full.
    #[error(
        "the task's ephemeral storage lies on the disk of `{}`, which has {free_mib} MiB free: free some, or stop tasks",
        dir.display()
    )]
    Full {
        /// Where it would be.
        dir: PathBuf,
        /// MiB.
        free_mib: u64,
    },
    /// A step.
    #[error("{act} the task's ephemeral storage: {source}")]
    Step {
        /// What.
        act: &'static str,
        /// Why not.
        source: io::Error,
    },
}

fn failed<E: Into<io::Error>>(act: &'static str) -> impl FnOnce(E) -> StorageError {
    move |source| StorageError::Step { act, source: source.into() }
}

/// The file system, as long as this value or a mount of it is there.
#[derive(Debug)]
pub(crate) struct Kept {
    device: OwnedFd,
    /// A mount at no place, which keeps the file system.
    mount: OwnedFd,
}

impl Kept {
    /// Makes an empty one. Some 3 ms.
    pub(crate) fn make(wanted: &Storage) -> Result<Self, StorageError> {
        let dir = wanted.at.parent().unwrap_or(&wanted.at);
        let found = rustix::fs::statvfs(dir).map_err(failed("look at the disk of"))?;
        let free = found.f_bavail.saturating_mul(found.f_frsize);
        if free < HOST_FREE_BYTES_MIN {
            return Err(StorageError::Full { dir: dir.to_owned(), free_mib: free >> 20 });
        }
        let file = copy(&wanted.template, dir).map_err(failed("lay out"))?;
        let device = sys_loop::attach(file.as_fd()).map_err(failed("attach"))?;
        let mount = mount(&device).map_err(failed("mount"))?;
        Ok(Self { device, mount })
    }

    /// Mounts it at `place` in this process's mount name space.
    pub(crate) fn mount_at(&self, place: &Path) -> Result<(), StorageError> {
        let mount = mount(&self.device).map_err(failed("mount"))?;
        let flags = MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH;
        rustix::mount::move_mount(mount.as_fd(), "", CWD, place, flags).map_err(failed("place"))
    }

    /// Lets it go without writing what it holds. For when nothing of the task runs any more.
    pub(crate) fn forget(self) {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        if let Ok(root) = rustix::fs::openat(&self.mount, ".", flags, Mode::empty()) {
            // It goes all the same, only slower.
            let _ = sys_loop::forget(root.as_fd());
        }
    }
}

/// A copy of a sparse file, with its holes, that has no name.
fn copy(template: &Path, dir: &Path) -> io::Result<OwnedFd> {
    let from = fs_err::File::open(template)?;
    let length = from.metadata()?.len();
    let path = dir.join("storage.new");
    let to = fs_err::OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(&path)?;
    fs_err::remove_file(&path)?;
    to.set_len(length)?;
    let mut at = 0;
    loop {
        at = match rustix::fs::seek(from.file(), SeekFrom::Data(at)) {
            // There is no more.
            Err(Errno::NXIO) => return Ok(to.into_file().into()),
            found => found?,
        };
        let end = rustix::fs::seek(from.file(), SeekFrom::Hole(at))?;
        let mut there = at;
        while at < end {
            let count = usize::try_from(end - at).unwrap_or(usize::MAX);
            let copied = rustix::fs::copy_file_range(
                from.file(),
                Some(&mut at),
                to.file(),
                Some(&mut there),
                count,
            )?;
            if copied == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

/// The file system on `device`, mounted at no place. Every one of them is the same file system.
fn mount(device: &OwnedFd) -> Result<OwnedFd, Errno> {
    let context = rustix::mount::fsopen("ext4", FsOpenFlags::FSOPEN_CLOEXEC)?;
    let source = format!("/proc/self/fd/{}", device.as_raw_fd());
    rustix::mount::fsconfig_set_string(&context, "source", source)?;
    for option in OPTIONS {
        rustix::mount::fsconfig_set_flag(&context, option)?;
    }
    rustix::mount::fsconfig_create(&context)?;
    rustix::mount::fsmount(&context, FsMountFlags::FSMOUNT_CLOEXEC, MountAttrFlags::empty())
}
