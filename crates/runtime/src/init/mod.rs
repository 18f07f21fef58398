//! The small init (`initProcessEnabled`): first process of a container, which passes signals on and reaps what nobody waits for.
//!
//! It is a program of its own of a few KiB, without a C library (`sys_init.rs`, compiled by the build script), because it must run in
//! every image, however this binary is linked.

use std::io;
use std::path::{Path, PathBuf};

const PROGRAM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/init"));

/// The program as a file below `root`, written if it is not there. `None` where there is none for this processor.
pub(crate) fn program(root: &Path) -> io::Result<Option<PathBuf>> {
    if PROGRAM.is_empty() {
        return Ok(None);
    }
    let digest = ring::digest::digest(&ring::digest::SHA256, PROGRAM);
    // By its content, so that an upgrade does not replace the file under running containers.
    let name = format!("init-{}", data_encoding::HEXLOWER.encode(&digest.as_ref()[..8]));
    let path = root.join(name);
    if !path.exists() {
        use std::os::unix::fs::PermissionsExt;
        let new = root.join(format!(".init-{}", std::process::id()));
        fs_err::write(&new, PROGRAM)?;
        fs_err::set_permissions(&new, std::fs::Permissions::from_mode(0o755))?;
        fs_err::rename(&new, &path)?;
    }
    Ok(Some(path))
}
