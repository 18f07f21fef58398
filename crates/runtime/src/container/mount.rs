//! What is mounted in a container: Docker's usual file systems, the files under `/etc`, tmpfs, volumes.

use super::oci::Mount;
use super::request::{Request, RequestError, Sharing};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Docker's `/dev/shm`, bytes.
const SHM_BYTES: i64 = 64 << 20;

/// Where the small init is seen in a container.
pub(crate) const INIT: &str = "/dev/longshore-init";

/// Hidden from containers that are not privileged (Docker's list).
pub(crate) const MASKED: &[&str] = &[
    "/proc/asound",
    "/proc/acpi",
    "/proc/interrupts",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/sys/firmware",
    "/sys/devices/virtual/powercap",
];

/// Read-only in containers that are not privileged (Docker's list).
pub(crate) const READ_ONLY: &[&str] =
    &["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

/// A volume at its place in a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct VolumeMount {
    /// The directory or file on the host.
    pub(crate) source: PathBuf,
    /// In the container.
    pub(crate) destination: String,
    /// It cannot be written.
    pub(crate) read_only: bool,
    /// While it is empty, it takes over what the image has there.
    pub(crate) is_filled: bool,
}

/// Where the files of one container are on the host.
pub(crate) struct Places<'a> {
    /// `hosts`, `resolv.conf`, `hostname`.
    pub(crate) bundle: &'a Path,
    /// The task's shared `/dev/shm`, with `ipcMode` `task`.
    pub(crate) shared_shm: Option<&'a Path>,
    /// The small init, if it is wanted.
    pub(crate) init: Option<&'a Path>,
}

fn mount(destination: &str, kind: &str, source: impl Into<PathBuf>, options: &str) -> Mount {
    Mount {
        destination: destination.into(),
        kind: kind.into(),
        source: source.into(),
        options: options.split(',').map(str::to_owned).collect(),
    }
}

fn bind(source: &Path, destination: &str, read_only: bool) -> Mount {
    let options = if read_only { "rbind,rprivate,ro" } else { "rbind,rprivate,rw" };
    mount(destination, "bind", source, options)
}

/// All mounts, in the order they are made: what lies deeper comes later.
pub(crate) fn mounts(
    request: &Request,
    volumes: &[VolumeMount],
    places: &Places<'_>,
) -> Result<Vec<Mount>, RequestError> {
    let write = if request.host.privileged { "rw" } else { "ro" };
    let mut all = vec![
        mount("/proc", "proc", "proc", "nosuid,noexec,nodev"),
        mount("/dev", "tmpfs", "tmpfs", "nosuid,strictatime,mode=755,size=65536k"),
        mount(
            "/dev/pts",
            "devpts",
            "devpts",
            "nosuid,noexec,newinstance,ptmxmode=0666,mode=0620,gid=5",
        ),
        mount("/sys", "sysfs", "sysfs", &format!("nosuid,noexec,nodev,{write}")),
        mount("/sys/fs/cgroup", "cgroup", "cgroup", &format!("{write},nosuid,noexec,nodev")),
    ];
    let is_taken = |path: &str| volumes.iter().any(|volume| volume.destination == path);
    all.extend(ipc(request, places).into_iter().filter(|mount| !is_taken(&mount.destination)));
    let read_only = request.host.readonly_rootfs;
    for name in ["resolv.conf", "hostname", "hosts"] {
        let path = format!("/etc/{name}");
        if !is_taken(&path) {
            all.push(bind(&places.bundle.join(name), &path, read_only));
        }
    }
    if let Some(init) = places.init {
        all.push(bind(init, INIT, true));
    }
    let mut asked: Vec<Mount> = volumes
        .iter()
        .map(|volume| bind(&volume.source, &volume.destination, volume.read_only))
        .collect();
    for (path, options) in &request.host.tmpfs {
        asked.push(mount(&absolute("tmpfs", path)?, "tmpfs", "tmpfs", &tmpfs_options(options)));
    }
    asked.sort_by_key(|mount| Path::new(&mount.destination).components().count());
    all.extend(asked);
    Ok(all)
}

fn ipc(request: &Request, places: &Places<'_>) -> Vec<Mount> {
    let queue = mount("/dev/mqueue", "mqueue", "mqueue", "nosuid,noexec,nodev");
    match request.ipc {
        Sharing::Private => {
            let bytes = if request.host.shm_size > 0 { request.host.shm_size } else { SHM_BYTES };
            let options = format!("nosuid,noexec,nodev,mode=1777,size={bytes}");
            vec![queue, mount("/dev/shm", "tmpfs", "shm", &options)]
        }
        Sharing::Task => {
            let shm = places.shared_shm.map(|shm| bind(shm, "/dev/shm", false));
            [queue].into_iter().chain(shm).collect()
        }
        Sharing::Host => vec![
            bind(Path::new("/dev/mqueue"), "/dev/mqueue", false),
            bind(Path::new("/dev/shm"), "/dev/shm", false),
        ],
        Sharing::Nothing => vec![queue],
    }
}

/// Docker's defaults, which what is asked for comes after.
fn tmpfs_options(asked: &str) -> String {
    let mut options = vec!["noexec", "nosuid", "nodev"];
    for option in asked.split(',').filter(|option| !option.is_empty()) {
        let opposite = match option {
            "exec" => Some("noexec"),
            "suid" => Some("nosuid"),
            "dev" => Some("nodev"),
            _ => None,
        };
        options.retain(|kept| Some(*kept) != opposite && *kept != option);
        options.push(option);
    }
    options.join(",")
}

/// A path in a container, which must begin at its root.
pub(crate) fn absolute(what: &'static str, path: &str) -> Result<String, RequestError> {
    if path.starts_with('/') && !path.contains('\0') {
        return Ok(path.trim_end_matches('/').to_owned())
            .map(|path| if path.is_empty() { "/".into() } else { path });
    }
    Err(RequestError::Value {
        what,
        value: path.into(),
        why: "must be an absolute path in the container",
    })
}

#[cfg(test)]
mod tests {
    use super::tmpfs_options;

    #[test]
    fn what_is_asked_of_a_tmpfs_wins() {
        assert_eq!(tmpfs_options(""), "noexec,nosuid,nodev");
        assert_eq!(tmpfs_options("size=1m,exec"), "nosuid,nodev,size=1m,exec");
        assert_eq!(tmpfs_options("noexec,mode=755"), "nosuid,nodev,noexec,mode=755");
    }
}
