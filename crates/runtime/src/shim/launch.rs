//! Starts the OCI runtime for one container, in a child that first makes the container's mounts and network.
//!
//! The child has name spaces of its own before it becomes the runtime, and the container inherits them. Whatever is killed afterwards,
//! mounts and interfaces go when the last process in them goes: there is nothing to clean up and so nothing to forget.
//! What goes wrong in the child is the last line of `runtime.log` in the bundle, where the runtime itself also writes.

use super::protocol::{Launch, Network, Part};
use super::rootfs;
use super::storage::Kept;
use crate::network::attach;
use crate::sys_process::{self, Side};
use rustix::fd::{AsFd, BorrowedFd};
use rustix::process::Pid;
use rustix::thread::LinkNameSpaceType;
use std::convert::Infallible;
use std::ffi::CString;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The exit code of a child that did not get as far as the OCI runtime, by what stood in the way.
const NO_NETWORK: i32 = 121;
const NO_MOUNT: i32 = 122;
const NO_RUNTIME: i32 = 123;

/// Greatest length of a message of the runtime that is passed on, bytes.
const MESSAGE_BYTES_MAX: usize = 4096;

/// The runtime's own log, in the bundle.
pub(crate) const LOG: &str = "runtime.log";
/// The host's id of the container's first process, in the bundle.
pub(crate) const PID_FILE: &str = "pid";

/// What the child has as standard input, output and error.
#[derive(Clone, Copy)]
pub(crate) struct Stdio<'a> {
    pub(crate) input: BorrowedFd<'a>,
    pub(crate) output: BorrowedFd<'a>,
    pub(crate) error: BorrowedFd<'a>,
}

/// What the shim holds for all containers of its task.
#[derive(Clone, Copy)]
pub(crate) struct Shared<'a> {
    /// The task's network, if it has one of its own.
    pub(crate) network: Option<BorrowedFd<'a>>,
    /// What they write to, if that is limited.
    pub(crate) storage: Option<&'a Kept>,
}

/// Forks the launch child.
pub(crate) fn start(
    launch: &Launch,
    stdio: Stdio<'_>,
    console: Option<&Path>,
    shared: Shared<'_>,
) -> io::Result<Pid> {
    let _ = fs_err::remove_file(launch.bundle.join(LOG));
    let _ = fs_err::remove_file(launch.bundle.join(PID_FILE));
    match sys_process::fork()? {
        Side::Parent(pid) => Ok(pid),
        Side::Child => sys_process::finish(|| child(launch, stdio, console, shared)),
    }
}

fn child(
    launch: &Launch,
    stdio: Stdio<'_>,
    console: Option<&Path>,
    shared: Shared<'_>,
) -> Result<Infallible, i32> {
    let note = |code: i32, text: String| {
        let _ = fs_err::write(launch.bundle.join(LOG), text);
        code
    };
    rootfs::leave_host(launch.runtime.hide.as_deref())
        .map_err(|e| note(NO_MOUNT, e.to_string()))?;
    match &launch.network {
        Network::Host => Ok(()),
        Network::Isolated => attach::isolate(),
        Network::Bridge(to) => attach::attach(to),
        Network::Task => attach::join(shared.network),
    }
    .and_then(|()| attach::set_all(&launch.net_sysctls))
    .map_err(|e| note(NO_NETWORK, e.to_string()))?;
    if let Some((wanted, storage)) = launch.storage.as_ref().zip(shared.storage) {
        storage.mount_at(&wanted.at).map_err(|e| note(NO_MOUNT, e.to_string()))?;
        rootfs::make_room(&launch.rootfs, &launch.scratch)
            .map_err(|e| note(NO_MOUNT, e.to_string()))?;
    }
    let root = rootfs::mount(&launch.rootfs).map_err(|e| note(NO_MOUNT, e.to_string()))?;
    launch
        .copies
        .iter()
        .try_for_each(|copy| rootfs::fill_volume(root.as_fd(), copy))
        .and_then(|()| rootfs::ensure_dir(root.as_fd(), &launch.working_dir))
        .map_err(|e| note(NO_MOUNT, e.to_string()))?;
    drop(root);
    for (fd, number) in [(stdio.input, 0), (stdio.output, 1), (stdio.error, 2)] {
        sys_process::place(fd, number).map_err(|e| note(NO_RUNTIME, e.to_string()))?;
    }
    be_killable();
    let error = sys_process::exec(&launch.runtime.program, &run_args(launch, console), &env());
    Err(note(NO_RUNTIME, format!("start `{}`: {error}", launch.runtime.program.display())))
}

fn run_args(launch: &Launch, console: Option<&Path>) -> Vec<CString> {
    let mut args = global_args(launch);
    args.extend(["run".into(), "--detach".into()]);
    if let Some(console) = console {
        args.extend(["--console-socket".into(), console.to_owned()]);
    }
    args.extend(["--pid-file".into(), launch.bundle.join(PID_FILE)]);
    args.extend(["--bundle".into(), launch.bundle.clone(), PathBuf::from(&launch.id)]);
    texts(args)
}

fn global_args(launch: &Launch) -> Vec<PathBuf> {
    let mut args: Vec<PathBuf> = vec![
        launch.runtime.program.clone(),
        "--root".into(),
        launch.runtime.state_dir.clone(),
        "--log".into(),
        launch.bundle.join(LOG),
    ];
    if launch.runtime.is_runsc {
        // The network name space that it is started in, which is the container's or its task's. One of its own kernel's would take the
        // interfaces away from the task's other containers.
        args.push("--network=host".into());
    }
    args
}

/// The arguments that run the process described in `process` in the container, leaving its id in `pid_file` and sending its terminal, if it
/// has one, to `console`.
pub(crate) fn exec_args(
    launch: &Launch,
    process: &Path,
    pid_file: &Path,
    console: Option<&Path>,
) -> Vec<CString> {
    let mut args = global_args(launch);
    args.extend(["exec".into(), "--detach".into()]);
    if let Some(console) = console {
        args.extend(["--console-socket".into(), console.to_owned()]);
    }
    args.extend(["--process".into(), process.to_owned(), "--pid-file".into(), pid_file.to_owned()]);
    args.push(PathBuf::from(&launch.id));
    texts(args)
}

/// Forks a child that runs a command in the container by the OCI runtime's `exec`. `first` is the container's first process.
pub(crate) fn exec(
    launch: &Launch,
    first: Pid,
    args: &[CString],
    stdio: Stdio<'_>,
) -> io::Result<Pid> {
    // The OCI runtime does not know of the container's network, for it did not make it; runc would leave the command in ours.
    let network = fs_err::File::open(format!("/proc/{}/ns/net", first.as_raw_nonzero()))?;
    match sys_process::fork()? {
        Side::Parent(pid) => Ok(pid),
        Side::Child => sys_process::finish(|| {
            rootfs::leave_host(launch.runtime.hide.as_deref()).map_err(|_| NO_MOUNT)?;
            let kind = LinkNameSpaceType::Network;
            rustix::thread::move_into_link_name_space(network.file().as_fd(), Some(kind))
                .map_err(|_| NO_NETWORK)?;
            // A group of its own, by which all that the command starts can be killed.
            rustix::process::setsid().map_err(|_| NO_RUNTIME)?;
            for (fd, number) in [(stdio.input, 0), (stdio.output, 1), (stdio.error, 2)] {
                sys_process::place(fd, number).map_err(|_| NO_RUNTIME)?;
            }
            be_killable();
            sys_process::exec(&launch.runtime.program, args, &env());
            Err(NO_RUNTIME)
        }),
    }
}

/// The shim is spared when memory runs out; what it starts is not. crun passes over the specification's 0.
fn be_killable() {
    // Nothing was lowered where this is not allowed.
    let _ = fs_err::write("/proc/self/oom_score_adj", "0");
}

fn texts(args: Vec<PathBuf>) -> Vec<CString> {
    // Paths with a NUL cannot come from the file system; one that came from elsewhere names nothing.
    args.iter().map(|arg| CString::new(arg.as_os_str().as_bytes()).unwrap_or_default()).collect()
}

/// The OCI runtime's own environment; the container's is in its `config.json`.
fn env() -> Vec<CString> {
    vec![c"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned()]
}

/// What stood in the way of a launch whose child ended with `code`, and its words for it.
pub(crate) fn complaint(launch: &Launch, code: Option<i32>) -> (Part, String) {
    let part = match code {
        Some(NO_NETWORK) => Part::Network,
        Some(NO_MOUNT) => Part::Mount,
        _ => Part::Runtime,
    };
    let log = fs_err::read_to_string(launch.bundle.join(LOG)).unwrap_or_default();
    let message = log.lines().rev().find_map(message_of).unwrap_or_else(|| {
        let name = launch.runtime.program.file_name().unwrap_or_default().to_string_lossy();
        match code {
            Some(code) => format!("`{name}` ended with code {code} and said nothing"),
            None => format!("`{name}` was killed"),
        }
    });
    (part, message)
}

/// The message in one line of a runtime's log, without its time and level.
fn message_of(line: &str) -> Option<String> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    // runsc: {"msg":"…","level":"error","time":"…"}
    #[derive(serde::Deserialize)]
    struct Said {
        msg: String,
    }
    let said = serde_json::from_str::<Said>(line).ok();
    // runc: time="…" level=error msg="…"
    let text = match (said, line.split_once("msg=\"")) {
        (Some(said), _) => said.msg,
        (None, Some((_, text))) => text.trim_end_matches('"').replace("\\\"", "\""),
        // crun: 2026-11-21T09:00:00.000000Z: …
        (None, None) => match line.split_once("Z: ") {
            Some((time, text)) if time.starts_with("20") => text.to_owned(),
            _ => line.to_owned(),
        },
    };
    let cut =
        (0..=MESSAGE_BYTES_MAX.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    Some(text[..cut].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_lose_time_and_level() {
        let crun = "2026-11-21T09:00:00.123456Z: executable file `nope` not found in $PATH";
        assert_eq!(message_of(crun).expect("text"), "executable file `nope` not found in $PATH");
        let runc = r#"time="2026-11-21" level=error msg="exec: \"nope\": not found""#;
        assert_eq!(message_of(runc).expect("text"), r#"exec: "nope": not found"#);
        let runsc = r#"{"msg":"creating container: \"nope\"","level":"error","time":"2026"}"#;
        assert_eq!(message_of(runsc).expect("text"), r#"creating container: "nope""#);
        assert_eq!(message_of("  "), None);
    }
}
