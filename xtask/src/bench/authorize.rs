//! `bench authorize`: what policies add to a call in `--auth iam`, measured by an example of crate `api`.

use anyhow::{Context, Result, ensure};
use std::{path::Path, process::Command};

pub(super) fn run(root: &Path) -> Result<String> {
    let binary = root.join("target/release/examples/authorize");
    let output = Command::new(&binary).output();
    let output = output.with_context(|| format!("run {}", binary.display()))?;
    ensure!(
        output.status.success(),
        "measuring did not succeed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).context("read a report")
}
