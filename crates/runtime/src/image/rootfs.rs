//! A container's root: an image's layers below, a directory of its own above, joined by overlayfs.
//!
//! Invariants: while a container has a root, a pin keeps its layers; the pin is written before anything else of it and removed after everything else.
//! Every step may be cut by a crash and done again: [`Images::rootfs`] takes up what is there, [`Images::release`] removes what is left.
//! The root does not outlive the boot it was made in (an ECS container never does), so overlayfs is mounted `volatile`: without that, removing a container
//! costs a sync of the whole disk. What is found from an earlier boot is thrown away.
//! Not here: the OCI runtime, volumes and their mounts, `/etc/hosts` and the like.

use super::digest::Digest;
use super::error::ImageError;
use super::home;
use super::lock;
use super::manifest::ImageConfig;
use super::rooted;
use super::store::{Image, Images, Pin};
use fs_err as fs;
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{CWD, Gid, Mode, OFlags, Uid};
use rustix::io::Errno;
use rustix::mount::{
    FsMountFlags, FsOpenFlags, MountAttrFlags, MountFlags, MoveMountFlags, UnmountFlags,
};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Longest container id.
const ID_BYTES_MAX: usize = 128;

/// Longest value that `fsconfig` takes, less the zero byte. A longer path goes through a descriptor.
const OPTION_BYTES_MAX: usize = 255;

/// What overlayfs calls itself in `statfs`.
const OVERLAY_MAGIC: i64 = 0x794c_7630;

/// Where the kernel gives a number only.
const MOUNT_HINT: &str =
    "the kernel's log says why; overlayfs wants ext4, xfs, btrfs or tmpfs below it";

/// Mounts over one another at one place that are taken away, before something else must be wrong.
const MOUNTS_MAX: usize = 16;

/// The directories of a container's root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootFs {
    /// Unpacked layers, the top one first, never empty.
    pub lower: Vec<PathBuf>,
    /// What the container writes.
    pub upper: PathBuf,
    /// overlayfs's own.
    pub work: PathBuf,
    /// Where it is mounted: the container's `/`.
    pub merged: PathBuf,
    /// How to run the image.
    pub config: ImageConfig,
}

impl Images {
    /// Prepares a container's root and pins its layers. The same id and image again take up what is there; another image begins anew.
    pub fn rootfs(&self, image: &Image, container_id: &str) -> Result<RootFs, ImageError> {
        check_id(container_id)?;
        let directory = self.home.container(container_id);
        self.pin(image, container_id)?;
        let origin = format!("{}{}\n", boot_id()?, image.id);
        let mark = directory.join("of");
        // Written last: without it, nothing was ever done there.
        if !fs::read_to_string(&mark).is_ok_and(|of| of == origin) {
            unmount_all(&directory.join("merged"))?;
            self.home.discard(&directory)?;
        }
        let mut lower = Vec::new();
        let mut seen = BTreeSet::new();
        // A layer that stands twice is wholly covered by its upper copy, and overlayfs refuses the same directory twice.
        for layer in image.layers.iter().rev().filter(|layer| seen.insert(layer.key)) {
            lower.push(self.layers.directory(&layer.key));
        }
        if lower.is_empty() {
            lower.push(directory.join("empty"));
            make(&directory.join("empty"))?;
        }
        let part = |name: &str| directory.join(name);
        let root = RootFs {
            lower,
            upper: part("upper"),
            work: part("work"),
            merged: part("merged"),
            config: image.config().clone(),
        };
        root.lay_out()?;
        fs::write(&mark, &origin).map_err(ImageError::io("write", &mark))?;
        Ok(root)
    }

    /// Unmounts and removes a container's root and lets go of its layers. Done already is fine.
    pub fn release(&self, container_id: &str) -> Result<(), ImageError> {
        check_id(container_id)?;
        let directory = self.home.container(container_id);
        unmount_all(&directory.join("merged"))?;
        let trash = self.home.path("trash").join(lock::unique());
        match fs::rename(&directory, &trash) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(ImageError::io("move away", &directory)(error)),
        }
        let pin = self.home.pin(container_id);
        match fs::remove_file(&pin) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(ImageError::io("remove", &pin)(error));
            }
            _ => {}
        }
        home::remove_tree(&trash)
    }

    /// Containers that have a root, or the beginning or rest of one. Whoever knows which containers there should be releases the others.
    pub fn container_ids(&self) -> Result<Vec<String>, ImageError> {
        let mut ids: BTreeSet<String> = self.pins()?.into_keys().collect();
        let containers = self.home.path("containers");
        for entry in fs::read_dir(&containers).map_err(ImageError::io("read", &containers))? {
            ids.insert(
                entry
                    .map_err(ImageError::io("read", &containers))?
                    .file_name()
                    .to_string_lossy()
                    .into_owned(),
            );
        }
        Ok(ids.into_iter().collect())
    }

    fn pin(&self, image: &Image, container_id: &str) -> Result<(), ImageError> {
        let _entering = lock::shared(&self.home.gate())?;
        let keys: Vec<Digest> = image.layers.iter().map(|layer| layer.key).collect();
        for key in &keys {
            if !self.home.layer(key).is_dir() {
                return Err(ImageError::Unknown { name: image.id.to_string() });
            }
        }
        let pin = serde_json::to_vec(&Pin { image: image.id, layers: keys })
            .expect("a pin is plain data");
        // Not synced: a pin is for containers that run, and after a power cut none does.
        let path = self.home.pin(container_id);
        let temporary = self.home.path("pins").join(format!(".{}", lock::unique()));
        fs::write(&temporary, pin).map_err(ImageError::io("write", &temporary))?;
        fs::rename(&temporary, &path).map_err(ImageError::io("rename", &temporary))
    }
}

impl RootFs {
    /// Makes its directories, where they are not there.
    pub(crate) fn lay_out(&self) -> Result<(), ImageError> {
        for path in [&self.upper, &self.work, &self.merged] {
            make(path)?;
        }
        self.take_over_root_directory()
    }

    /// Mounts the root at `merged`. Mounted already is fine.
    pub fn mount(&self) -> Result<(), ImageError> {
        if self.is_mounted()? {
            return Ok(());
        }
        // A mark that a volatile mount leaves. The kernel refuses it since the machine may have crashed in between; `rootfs` has looked at that.
        home::remove_tree(&self.work.join("work/incompat"))?;
        let mut words = String::new();
        match self.mount_by_descriptor(&mut words) {
            // Before Linux 6.8 layers cannot be given one by one, before 5.10 there is no `volatile`.
            Err(Errno::INVAL | Errno::NOSYS) => self.mount_by_text(),
            done => done,
        }
        .map_err(|error| {
            let words = if words.is_empty() { MOUNT_HINT } else { &words };
            let error = io::Error::from(error);
            let said = io::Error::new(error.kind(), format!("{error} ({words})"));
            ImageError::io("mount the root", &self.merged)(said)
        })
    }

    /// Unmounts it, even while somebody is in it. Not mounted is fine.
    pub fn unmount(&self) -> Result<(), ImageError> {
        unmount_all(&self.merged)
    }

    /// Whether it is mounted.
    pub fn is_mounted(&self) -> Result<bool, ImageError> {
        is_overlay(&self.merged)
    }

    /// Opens a regular file of the mounted root for reading; links are those of the container.
    pub fn open_file(&self, path: &Path) -> io::Result<std::fs::File> {
        rooted::open_file(&self.merged, path)
    }

    /// The upper directory's owner and mode are what the container sees of `/`: they must be the image's.
    fn take_over_root_directory(&self) -> Result<(), ImageError> {
        let top = &self.lower[0];
        let found = fs::metadata(top).map_err(ImageError::io("look at", top))?;
        let (owner, group) = (Uid::from_raw(found.uid()), Gid::from_raw(found.gid()));
        rustix::fs::chown(&self.upper, Some(owner), Some(group))
            .map_err(ImageError::io("change the owner of", &self.upper))?;
        rustix::fs::chmod(&self.upper, Mode::from_raw_mode(found.mode() & 0o7777))
            .map_err(ImageError::io("change the mode of", &self.upper))
    }

    /// Where it does not succeed, the kernel says more than a number: its words go to `words`.
    fn mount_by_descriptor(&self, words: &mut String) -> Result<(), Errno> {
        let overlay = rustix::mount::fsopen("overlay", FsOpenFlags::FSOPEN_CLOEXEC)?;
        self.configure(&overlay).inspect_err(|_| *words = kernel_words(&overlay))?;
        let mount = rustix::mount::fsmount(
            &overlay,
            FsMountFlags::FSMOUNT_CLOEXEC,
            MountAttrFlags::empty(),
        )?;
        rustix::mount::move_mount(
            mount.as_fd(),
            "",
            CWD,
            &self.merged,
            MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH,
        )
    }

    fn configure(&self, overlay: &OwnedFd) -> Result<(), Errno> {
        let set = |key: &str, path: &Path| -> Result<(), Errno> {
            // The kernel reads backslashes and colons in these values as its own signs.
            let is_plain = path.as_os_str().len() <= OPTION_BYTES_MAX
                && !path
                    .as_os_str()
                    .as_encoded_bytes()
                    .iter()
                    .any(|b| matches!(b, b'\\' | b':' | b','));
            if is_plain {
                return rustix::mount::fsconfig_set_string(overlay, key, path);
            }
            let fd = open_path(path)?;
            rustix::mount::fsconfig_set_string(overlay, key, by_descriptor(&fd))
        };
        for layer in &self.lower {
            set("lowerdir+", layer)?;
        }
        set("upperdir", &self.upper)?;
        set("workdir", &self.work)?;
        // Without an index the same upper directory can be mounted again.
        rustix::mount::fsconfig_set_string(overlay, "index", "off")?;
        rustix::mount::fsconfig_set_flag(overlay, "volatile")?;
        rustix::mount::fsconfig_create(overlay)
    }

    /// The old way. Its options must fit a page, so directories are named by descriptors: 500 layers need 10 KiB by path and 4 KiB hold 200 of them so.
    fn mount_by_text(&self) -> Result<(), Errno> {
        let layers: Vec<OwnedFd> =
            self.lower.iter().map(|layer| open_path(layer)).collect::<Result<_, Errno>>()?;
        let (upper, work) = (open_path(&self.upper)?, open_path(&self.work)?);
        let mut options = String::from("index=off,lowerdir=");
        for (at, layer) in layers.iter().enumerate() {
            // Writing to a String cannot fail.
            let _ = write!(options, "{}{}", if at == 0 { "" } else { ":" }, by_descriptor(layer));
        }
        let _ =
            write!(options, ",upperdir={},workdir={}", by_descriptor(&upper), by_descriptor(&work));
        let options = std::ffi::CString::new(options).map_err(|_| Errno::INVAL)?;
        rustix::mount::mount(
            "overlay",
            &self.merged,
            "overlay",
            MountFlags::empty(),
            options.as_c_str(),
        )
    }
}

/// What the kernel noted while a file system was configured, a message a read, its level before it.
fn kernel_words(context: &OwnedFd) -> String {
    let mut words = Vec::new();
    let mut message = [0; 1024];
    while let Ok(length) = rustix::io::read(context, &mut message[..]) {
        if length == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&message[..length]);
        words.push(text.trim_start_matches(['e', 'w', 'i', ' ']).trim().to_owned());
    }
    words.join("; ")
}

fn make(path: &Path) -> Result<(), ImageError> {
    fs::create_dir_all(path).map_err(ImageError::io("make", path))
}

fn open_path(path: &Path) -> Result<OwnedFd, Errno> {
    rustix::fs::open(path, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())
}

fn by_descriptor(fd: &OwnedFd) -> String {
    format!("/proc/self/fd/{}", fd.as_raw_fd())
}

fn is_overlay(path: &Path) -> Result<bool, ImageError> {
    match rustix::fs::statfs(path) {
        Ok(found) => Ok(found.f_type == OVERLAY_MAGIC && is_mount_point(path)?),
        Err(Errno::NOENT) => Ok(false),
        Err(error) => Err(ImageError::io("look at", path)(error)),
    }
}

/// Another device than its parent's: the image directory itself may lie on an overlay.
fn is_mount_point(path: &Path) -> Result<bool, ImageError> {
    let parent = path.parent().expect("below the image directory");
    let here = fs::metadata(path).map_err(ImageError::io("look at", path))?;
    let above = fs::metadata(parent).map_err(ImageError::io("look at", parent))?;
    Ok(here.dev() != above.dev())
}

/// Takes every mount at `path` away. Busy ones are taken out of the tree and end with their last user.
fn unmount_all(path: &Path) -> Result<(), ImageError> {
    for _ in 0..MOUNTS_MAX {
        let done = match rustix::mount::unmount(path, UnmountFlags::NOFOLLOW) {
            Err(Errno::BUSY) => {
                rustix::mount::unmount(path, UnmountFlags::DETACH | UnmountFlags::NOFOLLOW)
            }
            done => done,
        };
        match done {
            Ok(()) => {}
            Err(Errno::INVAL | Errno::NOENT) => return Ok(()),
            Err(error) => return Err(ImageError::io("unmount", path)(error)),
        }
    }
    Err(ImageError::io("unmount", path)(Errno::BUSY))
}

/// Ids become file names.
fn check_id(id: &str) -> Result<(), ImageError> {
    let is_good = !id.is_empty()
        && id.len() <= ID_BYTES_MAX
        && !id.starts_with('.')
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    if is_good { Ok(()) } else { Err(ImageError::ContainerId { id: id.to_owned() }) }
}

fn boot_id() -> Result<String, ImageError> {
    let path = Path::new("/proc/sys/kernel/random/boot_id");
    fs::read_to_string(path).map_err(ImageError::io("read", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a kernel before 6.8 gets. Asked for by `KERNEL_TESTS=1`.
    #[test]
    fn old_way_of_mounting_shows_the_same() {
        if std::env::var_os("KERNEL_TESTS").is_none_or(|value| value != "1") {
            eprintln!("SKIPPED: set KERNEL_TESTS=1 to run it as root");
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let part = |name: &str| dir.path().join(name);
        let lower: Vec<PathBuf> = (0..150).map(|n| part(&format!("{n}:lower"))).collect();
        for (n, layer) in lower.iter().enumerate() {
            fs::create_dir(layer).unwrap();
            fs::write(layer.join("all"), n.to_string()).unwrap();
            fs::write(layer.join(n.to_string()), "").unwrap();
        }
        let root = RootFs {
            lower,
            upper: part("upper"),
            work: part("work"),
            merged: part("merged"),
            config: ImageConfig::default(),
        };
        for path in [&root.upper, &root.work, &root.merged] {
            fs::create_dir(path).unwrap();
        }
        root.mount_by_text().unwrap();
        let all = fs::read_to_string(root.merged.join("all"));
        let count = fs::read_dir(&root.merged).map(Iterator::count);
        root.unmount().unwrap();
        assert_eq!((all.unwrap(), count.unwrap()), ("0".to_owned(), 151));
        assert!(!root.is_mounted().unwrap());
    }
}
