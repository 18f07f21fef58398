//! Cleaning up after a benchmark however it ends, also by SIGKILL: a shell that waits until nobody can write to its input any more.

use anyhow::{Context, Result};
use std::{
    ffi::OsStr,
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
};

/// Runs its script when dropped, or when this process is gone. Dropping waits for the script's end.
pub(super) struct Guard(Child);

impl Guard {
    /// `arguments` are `$1` and so on in the shell's `script`.
    pub(super) fn new<I, S>(script: &str, arguments: I) -> Result<Self>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let shell = Command::new("sh")
            .args(["-c", &format!("cat >/dev/null\n{script}"), "guard"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            // Ctrl-C is for the benchmark; its cleaning is not interrupted.
            .process_group(0)
            .spawn();
        Ok(Self(shell.context("start a shell that cleans up")?))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Waiting closes the pipe first.
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::Guard;
    use fs_err as fs;

    #[test]
    fn the_script_runs_when_the_guard_goes_and_not_before() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("cleaned up");
        let guard =
            Guard::new("echo \"$2\" >\"$1\"", [file.as_os_str(), "yes".as_ref()]).expect("a shell");
        assert!(!file.exists());
        drop(guard);
        assert_eq!(fs::read_to_string(&file).expect("written"), "yes\n");
    }
}
