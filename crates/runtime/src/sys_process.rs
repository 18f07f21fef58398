//! The few things about processes that need `unsafe`: fork, exec, signalfd, and taking over a descriptor that was inherited.
//!
//! Invariant: [`fork`] is called only by processes with one thread (the shim and its zygote), so that the child may do anything.
//! Not here: what to run and why (`spawn`, `shim`).

#![expect(unsafe_code, reason = "fork, exec and inherited descriptors have no safe interface")]

use rustix::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use rustix::process::Pid;
use std::convert::Infallible;
use std::ffi::{CString, c_int};
use std::io;
use std::os::unix::ffi::OsStrExt;

/// Which side of a fork this is.
pub(crate) enum Side {
    /// The process that asked; the child's id.
    Parent(Pid),
    /// The copy.
    Child,
}

/// Copies this process. Only for processes with one thread.
pub(crate) fn fork() -> io::Result<Side> {
    // SAFETY: the caller has one thread (see the module's invariant), so no lock can be held by a thread that is not copied.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()),
        0 => Ok(Side::Child),
        id => Ok(Side::Parent(Pid::from_raw(id).expect("fork gives a positive id"))),
    }
}

/// As [`fork`], with the child in new name spaces, where it is the first process if `flags` has the process id name space.
pub(crate) fn fork_into(flags: rustix::thread::UnshareFlags) -> io::Result<Side> {
    let flags = libc::c_long::from(flags.bits()) | libc::c_long::from(libc::SIGCHLD);
    // SAFETY: without a stack of its own the child goes on with a copy of ours, as after fork; the caller has one thread.
    match unsafe { libc::syscall(libc::SYS_clone, flags, 0, 0, 0, 0) } {
        -1 => Err(io::Error::last_os_error()),
        0 => Ok(Side::Child),
        id => Ok(Side::Parent(
            Pid::from_raw(i32::try_from(id).expect("an id")).expect("clone gives a positive id"),
        )),
    }
}

/// Ends this process at once: no destructors, no buffers written.
pub(crate) fn exit_now(code: i32) -> ! {
    // SAFETY: `_exit` takes any number and does not return.
    unsafe { libc::_exit(code) }
}

/// Leaves the current mount or network name space. Only for processes with one thread; a network name space also for a thread that nobody
/// else's work runs on.
pub(crate) fn unshare(flags: rustix::thread::UnshareFlags) -> io::Result<()> {
    // SAFETY: `FILES` is not among the flags we use, so descriptors stay shared as they were; the name space is the calling thread's alone.
    unsafe { rustix::thread::unshare_unsafe(flags) }.map_err(io::Error::from)
}

/// Makes `source` also available as descriptor `number`, which stays open across exec.
pub(crate) fn place(source: BorrowedFd<'_>, number: c_int) -> io::Result<()> {
    if source.as_raw_fd() == number {
        // dup2 on itself would keep close-on-exec.
        // SAFETY: F_SETFD on an open descriptor touches no memory.
        return check(unsafe { libc::fcntl(number, libc::F_SETFD, 0) }).map(drop);
    }
    // SAFETY: both are plain numbers; what `number` was before is closed, and callers pass only 0, 1 and 2.
    check(unsafe { libc::dup2(source.as_raw_fd(), number) }).map(drop)
}

/// Takes over a descriptor that this process was started with, and keeps it from programs it starts.
pub(crate) fn inherit(number: c_int) -> io::Result<OwnedFd> {
    // SAFETY: F_DUPFD_CLOEXEC on a number fails with EBADF where nothing is open.
    let copy = check(unsafe { libc::fcntl(number, libc::F_DUPFD_CLOEXEC, 3) })?;
    // SAFETY: the kernel just made `copy`, and nobody else owns it.
    Ok(unsafe { OwnedFd::from_raw_fd(copy) })
}

/// Replaces this process by `program`. Signals are as a fresh process expects them: none blocked, SIGPIPE and SIGCHLD not ignored.
pub(crate) fn exec(program: &std::path::Path, args: &[CString], env: &[CString]) -> io::Error {
    let Ok(path) = CString::new(program.as_os_str().as_bytes()) else {
        return io::Error::from(io::ErrorKind::InvalidInput);
    };
    let args = pointers(args);
    let env = pointers(env);
    // SAFETY: SIG_DFL is a valid disposition, and an empty signal set a valid mask.
    unsafe {
        for signal in [libc::SIGPIPE, libc::SIGCHLD, libc::SIGTERM, libc::SIGINT, libc::SIGHUP] {
            libc::signal(signal, libc::SIG_DFL);
        }
        let mut none = std::mem::zeroed();
        libc::sigemptyset(&raw mut none);
        libc::sigprocmask(libc::SIG_SETMASK, &raw const none, std::ptr::null_mut());
    }
    // SAFETY: `path`, `args` and `env` are NUL-terminated and the lists end with a null pointer; all outlive the call.
    unsafe { libc::execve(path.as_ptr(), args.as_ptr(), env.as_ptr()) };
    io::Error::last_os_error()
}

fn pointers(texts: &[CString]) -> Vec<*const libc::c_char> {
    texts.iter().map(|text| text.as_ptr()).chain([std::ptr::null()]).collect()
}

/// Blocks `signals` and returns a descriptor that is readable when one of them came.
pub(crate) fn signals(signals: &[c_int]) -> io::Result<OwnedFd> {
    // SAFETY: the set is made by the calls that exist for that, and the descriptor is fresh.
    unsafe {
        let mut set = std::mem::zeroed();
        libc::sigemptyset(&raw mut set);
        for signal in signals {
            libc::sigaddset(&raw mut set, *signal);
        }
        check(libc::sigprocmask(libc::SIG_BLOCK, &raw const set, std::ptr::null_mut()))?;
        let fd = check(libc::signalfd(-1, &raw const set, libc::SFD_CLOEXEC | libc::SFD_NONBLOCK))?;
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// How a signal that nobody waits for is met.
#[derive(Clone, Copy)]
pub(crate) enum Disposition {
    /// As the kernel does on its own.
    Default,
    /// Not at all; for SIGCHLD, ended children vanish without being waited for.
    Ignore,
}

/// Sets how `signal` is met.
pub(crate) fn meet(signal: c_int, how: Disposition) {
    let handler = match how {
        Disposition::Default => libc::SIG_DFL,
        Disposition::Ignore => libc::SIG_IGN,
    };
    // SAFETY: both are valid dispositions and run no code of ours.
    unsafe { libc::signal(signal, handler) };
}

/// Signals one process by id. For ids that cannot be reused while we look: our own unreaped children.
pub(crate) fn kill(pid: Pid, signal: c_int) -> io::Result<()> {
    // SAFETY: kill takes any numbers.
    check(unsafe { libc::kill(pid.as_raw_nonzero().get(), signal) }).map(drop)
}

/// A child that ended and was not waited for yet, which it still has to be.
pub(crate) fn ended_child() -> Option<Pid> {
    // SAFETY: waitid fills in what it is given, which is all zeros where no child ended; `si_pid` is right for what waitid fills in.
    let id = unsafe {
        let mut info: libc::siginfo_t = std::mem::zeroed();
        let how = libc::WEXITED | libc::WNOHANG | libc::WNOWAIT;
        if libc::waitid(libc::P_ALL, 0, &raw mut info, how) != 0 {
            return None;
        }
        info.si_pid()
    };
    Pid::from_raw(id)
}

/// Runs the body of a forked child to its end: a panic must not run on as a second copy of the parent.
pub(crate) fn finish(body: impl FnOnce() -> Result<Infallible, i32>) -> ! {
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body));
    exit_now(match ended {
        Ok(Err(code)) => code,
        Ok(Ok(never)) => match never {},
        Err(_) => 101,
    })
}

/// Gives back memory that the allocator holds and nobody uses.
pub(crate) fn trim_memory() {
    #[cfg(target_env = "gnu")]
    // SAFETY: malloc_trim only returns free pages to the kernel.
    unsafe {
        libc::malloc_trim(0);
    }
}

fn check(result: c_int) -> io::Result<c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::process::{WaitOptions, waitpid};

    #[test]
    fn a_forked_child_that_panics_does_not_go_on_as_its_parent() {
        // nextest runs each test in its own process, whose other thread only waits for this one.
        match fork().expect("fork") {
            Side::Child => finish(|| -> Result<Infallible, i32> {
                std::panic::set_hook(Box::new(|_| {}));
                panic!("on purpose")
            }),
            Side::Parent(pid) => {
                let (_, status) =
                    waitpid(Some(pid), WaitOptions::empty()).expect("wait").expect("ended");
                assert_eq!(status.exit_status(), Some(101));
            }
        }
    }

    #[test]
    fn a_signal_descriptor_hears_a_blocked_signal() {
        // In a child, because in this process another thread would get the signal.
        match fork().expect("fork") {
            Side::Child => finish(|| {
                let fd = signals(&[libc::SIGUSR1]).map_err(|_| 2)?;
                kill(rustix::process::getpid(), libc::SIGUSR1).map_err(|_| 3)?;
                let mut seen = [0; 128];
                rustix::io::read(&fd, &mut seen).map_err(|_| 4)?;
                Err(i32::from_ne_bytes([seen[0], seen[1], seen[2], seen[3]]))
            }),
            Side::Parent(pid) => {
                let (_, status) =
                    waitpid(Some(pid), WaitOptions::empty()).expect("wait").expect("ended");
                assert_eq!(status.exit_status(), Some(libc::SIGUSR1));
            }
        }
    }
}
