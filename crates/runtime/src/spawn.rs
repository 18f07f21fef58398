//! Starts other programs from the agent: the zygote, `nft`, and the OCI runtime to ask its version.
//!
//! The one place of the agent's side with `std::process::Command`. Environment and standard streams are always explicit.
//! Not here: the OCI runtime for containers, which shims start (`shim::launch`).

use rustix::fd::OwnedFd;
use rustix::net::{AddressFamily, SocketFlags, SocketType};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Where programs are looked for, whatever the agent's environment says.
pub(crate) const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// A program that could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SpawnError {
    /// It did not start.
    #[error("start `{program}`")]
    Start {
        /// Its name.
        program: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It is not there.
    #[error("`{program}` is not installed: install it, such as with `apt-get install {package}`")]
    Missing {
        /// Its name.
        program: &'static str,
        /// What it comes with.
        package: &'static str,
    },
    /// It ended badly.
    #[error("`{program}` says: {text}")]
    Ended {
        /// Its name.
        program: String,
        /// What it said.
        text: String,
    },
}

/// Where `name` is; a name with a slash is a path.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let is_program = |path: &PathBuf| {
        use std::os::unix::fs::PermissionsExt;
        fs_err::metadata(path)
            .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
    };
    if name.contains('/') {
        return fs_err::canonicalize(name).ok().filter(is_program);
    }
    PATH.split(':').map(|dir| Path::new(dir).join(name)).find(is_program)
}

fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", PATH).stdin(Stdio::null());
    command
}

fn run(mut command: Command, program: &str, input: &str) -> Result<String, SpawnError> {
    let start = |source| SpawnError::Start { program: program.to_owned(), source };
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(start)?;
    // The programs here read all before they say anything, so this cannot wait for them forever.
    let sent = child.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().map_err(start)?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(SpawnError::Ended { program: program.to_owned(), text });
    }
    sent.unwrap_or(Ok(())).map_err(start)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn nft_program() -> Result<PathBuf, SpawnError> {
    find("nft").ok_or_else(|| SpawnError::Start {
        program: "nft".into(),
        source: io::ErrorKind::NotFound.into(),
    })
}

/// Runs one nftables transaction.
pub(crate) fn nft(script: &str) -> Result<(), SpawnError> {
    let mut nft = command(&nft_program()?);
    nft.args(["-f", "-"]);
    run(nft, "nft", script)?;
    crate::steps::done("run nft");
    Ok(())
}

/// The listing of a chain such as `ip filter FORWARD`.
pub(crate) fn nft_list(chain: &str) -> Result<String, SpawnError> {
    let mut nft = command(&nft_program()?);
    nft.args(["list", "chain"]).args(chain.split(' '));
    run(nft, "nft", "")
}

/// The first line of what `program --version` says.
pub(crate) fn version(program: &Path) -> Result<String, SpawnError> {
    let mut asked = command(program);
    asked.arg("--version");
    let name = program.display().to_string();
    Ok(run(asked, &name, "")?.lines().next().unwrap_or_default().to_owned())
}

/// Makes the file an empty ext4 file system that is not meant to survive a crash, and whose tables are written when they are needed.
pub(crate) fn mkfs(file: &Path) -> Result<(), SpawnError> {
    const OPTIONS: [&str; 8] = [
        "-qF",
        "-m0",
        "-O",
        "^has_journal,^resize_inode,sparse_super2",
        "-E",
        "lazy_itable_init=1,nodiscard,num_backup_sb=0,root_owner=0:0",
        "-L",
        "ephemeral",
    ];
    let program = find("mkfs.ext4")
        .ok_or(SpawnError::Missing { program: "mkfs.ext4", package: "e2fsprogs" })?;
    let mut mkfs = command(&program);
    mkfs.args(OPTIONS).arg(file);
    run(mkfs, "mkfs.ext4", "").map(drop)
}

/// Starts the zygote by running `program` with `args`. Returns our end of its socket and the child, which ends when that end is closed.
pub(crate) fn zygote(program: &Path, args: &[&str]) -> Result<(OwnedFd, Child), SpawnError> {
    let start =
        |source: io::Error| SpawnError::Start { program: program.display().to_string(), source };
    let (ours, theirs) = rustix::net::socketpair(
        AddressFamily::UNIX,
        SocketType::SEQPACKET,
        SocketFlags::CLOEXEC,
        None,
    )
    .map_err(|errno| start(errno.into()))?;
    let mut zygote = command(program);
    let child = zygote
        .args(args)
        .stdin(Stdio::from(theirs))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .current_dir("/")
        .spawn()
        .map_err(start)?;
    Ok((ours, child))
}
