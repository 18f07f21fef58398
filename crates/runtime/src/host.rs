//! What this host is and whether containers can run on it. Every lack is one sentence that says what to do.

use crate::cgroup::Cgroups;
use crate::cgroup::controllers::ControllerProblem;
use crate::driver::LinuxConfig;
use crate::spawn;
use rustix::mount::FsOpenFlags;
use std::path::PathBuf;

/// What is looked for if none is configured, the faster one first.
const RUNTIMES: [&str; 2] = ["crun", "runc"];

/// Why containers cannot run here.
#[derive(Debug, thiserror::Error)]
pub enum HostProblem {
    /// Containers need root.
    #[error("running containers needs root: start it with `sudo`")]
    NotRoot,
    /// No OCI runtime.
    #[error(
        "neither `crun` nor `runc` is installed: install one of them, such as with `apt-get install crun`"
    )]
    NoRuntime,
    /// The one configured for Fargate is not there.
    #[error(
        "`{0}` is to run Fargate's tasks and is not installed: install it, or leave `--fargate-runtime` out to run them like all others"
    )]
    NoFargateRuntime(String),
    /// The configured OCI runtime is not there.
    #[error(
        "the OCI runtime `{0}` is not an executable program: install it or name another with `--runtime`"
    )]
    UnknownRuntime(String),
    /// The OCI runtime does not answer.
    #[error(
        "the OCI runtime `{program}` does not tell its version ({text}): repair it or name another with `--runtime`"
    )]
    BrokenRuntime {
        /// Its path.
        program: String,
        /// What happened.
        text: String,
    },
    /// No firewall program.
    #[error("`nft` is not installed: install it, such as with `apt-get install nftables`")]
    NoNft,
    /// No control groups.
    #[error(
        "no control groups are mounted: mount them, such as with `mount -t cgroup2 none /sys/fs/cgroup`"
    )]
    NoCgroups,
    /// They could limit nothing.
    #[error(transparent)]
    Controllers(#[from] ControllerProblem),
    /// No overlay file system.
    #[error("the kernel has no overlay file system: load it with `modprobe overlay`")]
    NoOverlay,
    /// A part of the kernel that cannot be read.
    #[error("read `{what}`: {source}; is /proc mounted?")]
    Unreadable {
        /// The file.
        what: &'static str,
        /// Why not.
        source: std::io::Error,
    },
}

/// The OCI runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runtime {
    /// Its program.
    pub program: PathBuf,
    /// Its name and version, such as `crun 1.8.1`.
    pub version: String,
    /// Which of those whose ways differ.
    pub kind: RuntimeKind,
}

/// OCI runtimes that have ways of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuntimeKind {
    /// It knows more than the specification.
    Crun,
    /// gVisor's: containers have a kernel of their own, which is a process of the host.
    Runsc,
    /// It follows the specification and runc's command line.
    Other,
}

/// A host that containers can run on.
#[derive(Clone, Debug)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// Processors.
    pub cores: u16,
    /// MiB of memory.
    pub memory_mib: i64,
    /// `x86_64` or `arm64`, in ECS's words.
    pub architecture: &'static str,
    /// Which OCI runtime runs containers.
    pub runtime: Runtime,
    /// Which one runs those of Fargate's tasks.
    pub fargate_runtime: Runtime,
    /// A word for people: `v1`, `v1 hybrid` or `v2`.
    pub cgroup_version: &'static str,
    pub(crate) cgroups: Cgroups,
    pub(crate) capabilities: u64,
    /// Above it a process needs a capability that we do not have.
    pub(crate) files_max: u64,
}

/// Looks at this host. Starts the OCI runtime once to ask its version.
pub fn check(config: &LinuxConfig) -> Result<Host, HostProblem> {
    if !rustix::process::geteuid().is_root() {
        return Err(HostProblem::NotRoot);
    }
    let runtime = runtime(config.runtime.as_deref())?;
    let fargate_runtime = match config.fargate_runtime.as_deref() {
        Some(name) => fargate_runtime(name)?,
        None => runtime.clone(),
    };
    if spawn::find("nft").is_none() {
        return Err(HostProblem::NoNft);
    }
    let cgroups = Cgroups::detect()
        .map_err(|source| HostProblem::Unreadable { what: "/proc/self/mountinfo", source })?
        .ok_or(HostProblem::NoCgroups)?;
    // Opening also loads the module, where that is possible.
    rustix::mount::fsopen("overlay", FsOpenFlags::FSOPEN_CLOEXEC)
        .map_err(|_| HostProblem::NoOverlay)?;
    let names = rustix::system::uname();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let capabilities = capabilities()?;
    Ok(Host {
        name: names.nodename().to_string_lossy().into_owned(),
        cores: u16::try_from(cores).unwrap_or(u16::MAX),
        memory_mib: memory_mib()?,
        architecture: match std::env::consts::ARCH {
            "aarch64" => "arm64",
            other => other,
        },
        runtime,
        fargate_runtime,
        cgroup_version: cgroups.name(),
        cgroups,
        files_max: files_max(capabilities),
        capabilities,
    })
}

fn runtime(wanted: Option<&str>) -> Result<Runtime, HostProblem> {
    let program = match wanted {
        Some(name) => {
            spawn::find(name).ok_or_else(|| HostProblem::UnknownRuntime(name.to_owned()))?
        }
        None => RUNTIMES.iter().find_map(|name| spawn::find(name)).ok_or(HostProblem::NoRuntime)?,
    };
    ask(program)
}

fn fargate_runtime(name: &str) -> Result<Runtime, HostProblem> {
    let program = spawn::find(name);
    ask(program.ok_or_else(|| HostProblem::NoFargateRuntime(name.to_owned()))?)
}

/// Which runtime a program is, in its own words.
fn ask(program: PathBuf) -> Result<Runtime, HostProblem> {
    let said = spawn::version(&program).map_err(|error| HostProblem::BrokenRuntime {
        program: program.display().to_string(),
        text: crate::chain::chain(&error),
    })?;
    let version = said.replace(" version ", " ").trim().to_owned();
    let kind = match version.split(' ').next() {
        Some("crun") => RuntimeKind::Crun,
        Some("runsc") => RuntimeKind::Runsc,
        _ => RuntimeKind::Other,
    };
    Ok(Runtime { kind, version, program })
}

fn memory_mib() -> Result<i64, HostProblem> {
    const FILE: &str = "/proc/meminfo";
    let text = fs_err::read_to_string(FILE)
        .map_err(|source| HostProblem::Unreadable { what: FILE, source })?;
    let kib = text
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<i64>().ok());
    Ok(kib.unwrap_or(0) / 1024)
}

/// The most open files that a process can be given. With the right to raise limits, any number.
fn files_max(capabilities: u64) -> u64 {
    const SYS_RESOURCE: u32 = 24;
    if capabilities >> SYS_RESOURCE & 1 == 1 {
        return u64::MAX;
    }
    rustix::process::getrlimit(rustix::process::Resource::Nofile).maximum.unwrap_or(u64::MAX)
}

/// The capabilities that can be given, as a mask.
fn capabilities() -> Result<u64, HostProblem> {
    const FILE: &str = "/proc/self/status";
    let text = fs_err::read_to_string(FILE)
        .map_err(|source| HostProblem::Unreadable { what: FILE, source })?;
    let mask = text
        .lines()
        .find_map(|line| line.strip_prefix("CapBnd:"))
        .and_then(|rest| u64::from_str_radix(rest.trim(), 16).ok());
    Ok(mask.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sandbox_that_is_not_there_says_what_to_do() {
        let error = fargate_runtime("/no/such/runsc").expect_err("none").to_string();
        assert!(error.contains("`/no/such/runsc`") && error.contains("install it"), "{error}");
    }

    #[test]
    fn a_runtime_that_is_not_there_is_named() {
        let error = runtime(Some("no-such-runtime")).expect_err("none");
        assert!(error.to_string().contains("`no-such-runtime`"), "{error}");
        assert!(error.to_string().contains("--runtime"), "{error}");
    }
}
