//! `bench scale`: what the planner itself does with large clusters, on one core.
//!
//! The measuring is done by an example of crate `planner`, which has the pure crates at hand and nothing else.

use anyhow::{Context, Result, ensure};
use std::{path::Path, process::Command};

/// What the example measures, in the order of the report.
const PARTS: [&str; 4] = ["place", "packed", "spread", "round"];

pub(super) fn run(root: &Path) -> Result<String> {
    let binary = root.join("target/release/examples/scale");
    let parts = PARTS.map(|part| measure(&binary, part));
    Ok(parts.into_iter().collect::<Result<Vec<_>>>()?.join("\n"))
}

/// Each part has a process of its own, so that the memory of one is not the memory of all.
fn measure(binary: &Path, part: &str) -> Result<String> {
    let output = Command::new(binary).arg(part).output();
    let output = output.with_context(|| format!("run {} {part}", binary.display()))?;
    ensure!(
        output.status.success(),
        "measuring `{part}` did not succeed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).context("read a report")
}
