//! One process for one data directory: who claims it holds a lock as long as it lives, and `longshore down` finds it by that.
//!
//! SIGINT and SIGTERM end the process and leave containers running, so that it can be restarted and upgraded; `longshore down`
//! sends SIGUSR1, which stops them first.

use crate::layout;
use anyhow::{Context, Result, bail};
use fs_err as fs;
use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
    process::{Pid, Signal, kill_process},
};
use std::{
    io::{Read, Seek, Write},
    path::Path,
};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// The claim of this process on a data directory; gone when dropped or when the process is.
pub(crate) struct Presence(fs::File);

/// Opened to be locked and read; the lock, not the file, says that somebody is there.
fn open(data: &Path) -> Result<fs::File> {
    Ok(fs::OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(layout::presence(data))?)
}

fn pid_in(file: &mut fs::File) -> Option<Pid> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.read_to_string(&mut text).ok()?;
    Pid::from_raw(text.trim().parse().ok()?)
}

fn lock(file: &fs::File) -> Result<bool> {
    match flock(file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(true),
        Err(Errno::WOULDBLOCK) => Ok(false),
        Err(error) => Err(error).with_context(|| format!("lock `{}`", file.path().display())),
    }
}

impl Presence {
    /// Claims `data` for this process, making it where it is not there.
    pub(crate) fn claim(data: &Path) -> Result<Self> {
        fs::create_dir_all(data)?;
        let mut file = open(data)?;
        if !lock(&file)? {
            let by = pid_in(&mut file).map_or_else(
                || "another process".to_owned(),
                |pid| format!("process {}", pid.as_raw_nonzero()),
            );
            let data = data.display();
            bail!(
                "`{data}` is in use by {by}; end that with `longshore down --data-dir {data}`, or choose another with `--data-dir`"
            );
        }
        file.set_len(0)?;
        file.rewind()?;
        writeln!(file, "{}", std::process::id())?;
        Ok(Self(file))
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        // An empty file that nobody locks is what a region that ended leaves.
        let _ = self.0.set_len(0);
    }
}

/// Asks the process that uses `data` to stop its tasks and end; says whether there is one.
pub(crate) fn ask_to_go_down(data: &Path) -> Result<bool> {
    if !layout::presence(data).exists() {
        return Ok(false);
    }
    let mut file = open(data)?;
    if lock(&file)? {
        return Ok(false);
    }
    let pid = pid_in(&mut file)
        .with_context(|| format!("read the process number in `{}`", file.path().display()))?;
    kill_process(pid, Signal::USR1)
        .with_context(|| format!("signal process {}", pid.as_raw_nonzero()))?;
    Ok(true)
}

/// Whether a process uses `data`.
pub(crate) fn is_used(data: &Path) -> Result<bool> {
    Ok(!lock(&open(data)?)?)
}

/// How a process is asked to end.
#[derive(Clone, Default)]
pub(crate) struct Ending {
    /// End; leave containers running.
    pub(crate) leave: CancellationToken,
    /// Stop all tasks, then end.
    pub(crate) down: CancellationToken,
}

impl Ending {
    /// Listens to signals as long as the process lives.
    pub(crate) fn by_signals() -> Result<Self> {
        let ending = Self::default();
        let (mut interrupt, mut terminate) =
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        let mut down = signal(SignalKind::user_defined1())?;
        let heard = ending.clone();
        #[expect(
            clippy::disallowed_methods,
            reason = "lives as long as the process and owns nothing"
        )]
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    biased;
                    _ = down.recv() => heard.down.cancel(),
                    _ = interrupt.recv() => heard.leave.cancel(),
                    _ = terminate.recv() => heard.leave.cancel(),
                }
            }
        });
        Ok(ending)
    }

    /// Resolves when an end of either kind is asked for.
    pub(crate) async fn asked(&self) {
        tokio::select! {
            biased;
            () = self.down.cancelled() => {}
            () = self.leave.cancelled() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Presence, ask_to_go_down, is_used};

    #[test]
    fn one_process_has_a_directory_and_the_other_is_told_who() {
        let data = tempfile::tempdir().expect("a directory");
        assert!(!ask_to_go_down(data.path()).expect("nobody to ask"));
        let claim = Presence::claim(data.path()).expect("a free directory");
        assert!(is_used(data.path()).expect("a look"));
        let refused = Presence::claim(data.path()).err().expect("it is taken").to_string();
        assert!(
            refused.contains(&std::process::id().to_string()) && refused.contains("--data-dir"),
            "{refused}"
        );
        drop(claim);
        assert!(!is_used(data.path()).expect("a look"));
        Presence::claim(data.path()).expect("free again");
    }
}
