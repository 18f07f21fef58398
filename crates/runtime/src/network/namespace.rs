//! A network name space with a name in the file system, which outlives whoever made it; and work inside of it.
//!
//! Invariant: only the thread that is made for the work enters; the agent's other threads stay where they are. What is opened inside (a
//! listener, a netlink socket) belongs to the name space wherever it is used afterwards.

use crate::{steps, sys_process};
use rustix::fd::AsFd;
use rustix::fs::Mode;
use rustix::mount::UnmountFlags;
use rustix::thread::{LinkNameSpaceType, UnshareFlags};
use std::io;
use std::path::{Path, PathBuf};

/// Where iproute2 looks for names, so that `ip netns exec NAME …` works.
const DIRECTORY: &str = "/run/netns";
/// The file system of name spaces (statfs(2)).
const NSFS_MAGIC: u64 = 0x6e73_6673;

/// A network name space by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Namespace {
    path: PathBuf,
}

impl Namespace {
    /// The one called `name`; it may not be there.
    pub(crate) fn named(name: &str) -> Self {
        Self { path: Path::new(DIRECTORY).join(name) }
    }

    /// Those that are there whose names begin with `prefix`.
    pub(crate) fn all(prefix: &str) -> io::Result<Vec<String>> {
        let entries = match fs_err::read_dir(DIRECTORY) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
            other => other?,
        };
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        Ok(names.filter(|name| name.starts_with(prefix)).collect())
    }

    /// Its file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is there: after a reboot, or in another mount name space, its file may be an empty one.
    pub(crate) fn exists(&self) -> bool {
        let found = fs_err::File::open(&self.path).and_then(|file| Ok(rustix::fs::fstatfs(file)?));
        found.is_ok_and(|found| u64::try_from(found.f_type).is_ok_and(|kind| kind == NSFS_MAGIC))
    }

    /// Makes it unless it is there.
    pub(crate) fn make(&self) -> io::Result<()> {
        if self.exists() {
            return Ok(());
        }
        fs_err::create_dir_all(DIRECTORY)?;
        let flags = rustix::fs::OFlags::CREATE | rustix::fs::OFlags::CLOEXEC;
        drop(rustix::fs::open(&self.path, flags, Mode::empty())?);
        steps::done("make the file of a name space");
        on_a_thread(|| {
            sys_process::unshare(UnshareFlags::NEWNET)?;
            rustix::mount::mount_bind("/proc/thread-self/ns/net", &self.path)?;
            steps::done("give a name space its name");
            Ok(())
        })
    }

    /// Does `work` inside.
    pub(crate) fn inside<T: Send>(
        &self,
        work: impl FnOnce() -> io::Result<T> + Send,
    ) -> io::Result<T> {
        inside(&fs_err::File::open(&self.path)?, work)
    }

    /// Takes the name away. The name space goes with its last interface to elsewhere, socket and process. Gone already is fine.
    pub(crate) fn remove(&self) -> io::Result<()> {
        match rustix::mount::unmount(&self.path, UnmountFlags::DETACH | UnmountFlags::NOFOLLOW) {
            // Not mounted, or not there.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOENT) => {}
            other => other?,
        }
        steps::done("take a name space's name");
        match fs_err::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Does `work` in the network name space that `file` is, with or without a name.
pub(crate) fn inside<T: Send>(
    file: &fs_err::File,
    work: impl FnOnce() -> io::Result<T> + Send,
) -> io::Result<T> {
    on_a_thread(|| {
        let kind = Some(LinkNameSpaceType::Network);
        rustix::thread::move_into_link_name_space(file.file().as_fd(), kind)?;
        work()
    })
}

/// Sets kernel parameters of the calling thread's name space, by their names below `net`, and has it do without IPv6.
pub(crate) fn set_for_ipv4(parameters: &[(&str, &str)]) -> io::Result<()> {
    for (name, value) in parameters {
        fs_err::write(format!("/proc/sys/net/{name}"), value)?;
    }
    for name in ["ipv6/conf/all/disable_ipv6", "ipv6/conf/default/disable_ipv6"] {
        match fs_err::write(format!("/proc/sys/net/{name}"), "1") {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Has an interface of the calling thread's name space do without IPv6. A kernel that has none is fine.
pub(crate) fn without_ipv6(interface: &str) -> io::Result<()> {
    match fs_err::write(format!("/proc/sys/net/ipv6/conf/{interface}/disable_ipv6"), "1") {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Does `work` on a thread that ends with it, so that the name space it changes to is nobody else's.
fn on_a_thread<T: Send>(work: impl FnOnce() -> io::Result<T> + Send) -> io::Result<T> {
    let done = std::thread::scope(|scope| scope.spawn(work).join());
    match done {
        Ok(done) => done,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
