//! The virtual world on the command line: builds it, hands the arguments on, and plants the bugs that are patches.
//!
//! One seed runs in a debug build, many in a release build: they answer the same. `--mutants` plants every bug at the seams of the world
//! (`sim::Mutant`) and then each of `crates/sim/mutants/*.patch` in a checkout of its own, so that nobody's files change.

use anyhow::{Context, Result, bail, ensure};
use fs_err as fs;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// As of `sim`: --seeds N --from S --seed S --trace --mutants --mutant NAME --jobs N --failures N --tasks-only
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// How many seeds a patch may survive until it is said to live.
const PATCH_SEEDS: &str = "200";

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    let has = |name: &str| {
        arguments.arguments.iter().any(|it| it == name || it.starts_with(&format!("{name}=")))
    };
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--locked", "-p", "sim", "--bin", "sim"]).current_dir(root);
    if !has("--seed") {
        cargo.arg("--release");
    }
    let status = cargo.arg("--").args(&arguments.arguments).status().context("run the world")?;
    ensure!(status.success(), "a law does not hold, or a planted bug lives");
    if has("--mutants") {
        patches(root)?;
    }
    Ok(())
}

/// Plants the bugs that no seam shows, one after the other.
fn patches(root: &Path) -> Result<()> {
    let mut patches: Vec<PathBuf> = fs::read_dir(root.join("crates/sim/mutants"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    patches.retain(|path| path.extension().is_some_and(|extension| extension == "patch"));
    patches.sort();
    let tree = root.join("target/mutants/tree");
    let text = tree.to_string_lossy().into_owned();
    // What a run that was cut off left behind is in the way.
    _ = git(root, &["worktree", "remove", "--force", &text]);
    git(root, &["worktree", "add", "--detach", "--force", &text, "HEAD"])?;
    let alive = try_patches(root, &tree, &patches);
    git(root, &["worktree", "remove", "--force", &text])?;
    let alive = alive?;
    if !alive.is_empty() {
        bail!("planted bugs live: {}", alive.join(", "));
    }
    Ok(())
}

fn try_patches(root: &Path, tree: &Path, patches: &[PathBuf]) -> Result<Vec<String>> {
    let mut alive = Vec::new();
    for patch in patches {
        let name = patch.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        git(tree, &["apply", &patch.to_string_lossy()]).with_context(|| format!("apply {name}"))?;
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--locked", "-p", "sim", "--bin", "sim", "--"])
            .args(["--seeds", PATCH_SEEDS])
            .env("CARGO_TARGET_DIR", root.join("target/mutants/target"))
            .current_dir(tree)
            .output()
            .context("run the world")?;
        git(tree, &["checkout", "--quiet", "."])?;
        let said = String::from_utf8_lossy(&output.stdout);
        match said.lines().find(|line| line.contains("breaks a law")) {
            Some(line) => println!("{name:32} dies: {line}"),
            None if said.contains(" seeds, ") => {
                println!("{name:32} LIVES");
                alive.push(name);
            }
            None => bail!("{name} does not build: {}", String::from_utf8_lossy(&output.stderr)),
        }
    }
    Ok(alive)
}

fn git(at: &Path, arguments: &[&str]) -> Result<()> {
    let output = Command::new("git").args(arguments).current_dir(at).output().context("run git")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git {}: {said}", arguments.join(" "));
    Ok(())
}
