//! Reads an image's `/etc/passwd` and `/etc/group`, through all its layers, without a mount that anybody could see or that could stay.

use super::DriverError;
use crate::container::user::UserFiles;
use crate::image::rootfs::RootFs;
use rustix::fd::{AsRawFd, OwnedFd};
use rustix::fs::{Mode, OFlags, ResolveFlags};
use rustix::io::Errno;
use rustix::mount::{FsMountFlags, FsOpenFlags, MountAttrFlags};
use std::io::Read as _;
use std::path::Path;

/// Longer files of users are an attack on our memory.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// What the image below `root` says about users. A file that is not there, is no file, or leads nowhere says nothing.
pub(super) fn read(root: &RootFs) -> Result<UserFiles, DriverError> {
    let views = match look(root) {
        Ok(view) => vec![view],
        // Kernels before 6.8 do not take layers one by one. Then the topmost layer that has the file tells, which is wrong only where a
        // link leads from one layer to another.
        Err(Errno::INVAL | Errno::NOSYS) => root
            .lower
            .iter()
            .map(|layer| open_dir(layer))
            .collect::<Result<_, Errno>>()
            .map_err(file)?,
        Err(errno) => return Err(file(errno)),
    };
    let text = |path: &str| views.iter().find_map(|view| text(view, path)).unwrap_or_default();
    Ok(UserFiles { passwd: text("etc/passwd"), group: text("etc/group") })
}

fn file(errno: Errno) -> DriverError {
    DriverError::File(errno.into())
}

/// A descriptor of the joined layers. The mount is attached nowhere and goes with the descriptor.
fn look(root: &RootFs) -> Result<OwnedFd, Errno> {
    if let [only] = &root.lower[..] {
        return open_dir(only);
    }
    let layers = root.lower.iter().map(|layer| open_dir(layer)).collect::<Result<Vec<_>, _>>()?;
    let overlay = rustix::mount::fsopen("overlay", FsOpenFlags::FSOPEN_CLOEXEC)?;
    for layer in &layers {
        let by_descriptor = format!("/proc/self/fd/{}", layer.as_raw_fd());
        rustix::mount::fsconfig_set_string(&overlay, "lowerdir+", by_descriptor)?;
    }
    rustix::mount::fsconfig_create(&overlay)?;
    rustix::mount::fsmount(
        &overlay,
        FsMountFlags::FSMOUNT_CLOEXEC,
        MountAttrFlags::MOUNT_ATTR_RDONLY,
    )
}

fn open_dir(path: &Path) -> Result<OwnedFd, Errno> {
    rustix::fs::open(path, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())
}

fn text(view: &OwnedFd, path: &str) -> Option<String> {
    // A pipe instead of the file would hold us for ever.
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let fd = rustix::fs::openat2(view, path, flags, Mode::empty(), ResolveFlags::IN_ROOT).ok()?;
    let file = std::fs::File::from(fd);
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(FILE_BYTES_MAX).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
