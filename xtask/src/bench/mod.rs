//! Benchmarks: tables with medians and, where a peer can be installed, the ratio to it in the same run.
//!
//! Machines are shared and noisy, so only the ratios of one run count. `--record` adds the table with date and commit to `bench/`.
//! Not here: timed tests. Nothing fails because a machine is slow.

#![expect(clippy::disallowed_methods, reason = "a benchmark is the one place that reads the clock")]

mod api;
mod authorize;
mod docker;
mod guard;
mod http;
mod launch;
mod network;
mod process;
mod region;
mod samples;
mod scale;
mod service;
mod swarm;
mod wait;

use anyhow::{Context, Result};
use std::{fmt::Write, path::Path, process::Command};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Which benchmark
    #[arg(value_enum)]
    name: Name,
    /// Add the result to bench/{name}.md
    #[arg(long)]
    record: bool,
    /// Measure the release binary that is there, or the one that LONGSHORE_BINARY names
    #[arg(long)]
    no_build: bool,
    /// Leave the peers out
    #[arg(long)]
    alone: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Name {
    /// RunTask to RUNNING, beside Docker Engine and Docker Swarm
    Launch,
    /// Calls a second and p99, beside moto's server
    Api,
    /// What the policies of a caller add to a call
    Authorize,
    /// Services until steady, replaced and rolled, beside Docker Swarm
    Service,
    /// Throughput between two tasks of one host, beside a plain pair of interfaces
    Network,
    /// The planner alone with large clusters, on the grids of Nomad's and SwarmKit's benchmarks
    Scale,
}

impl Name {
    fn text(self) -> &'static str {
        match self {
            Self::Launch => "launch",
            Self::Api => "api",
            Self::Authorize => "authorize",
            Self::Service => "service",
            Self::Network => "network",
            Self::Scale => "scale",
        }
    }

    /// What cargo builds for it.
    fn built(self) -> &'static [&'static str] {
        match self {
            Self::Launch | Self::Api | Self::Service | Self::Network => &["-p", "longshore"],
            Self::Authorize => &["-p", "api", "--example", "authorize"],
            Self::Scale => &["-p", "planner", "--example", "scale"],
        }
    }
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    if !arguments.no_build {
        build(root, arguments.name.built())?;
    }
    let report = match arguments.name {
        Name::Launch => launch::run(root, !arguments.alone)?,
        Name::Api => api::run(root, !arguments.alone)?,
        Name::Authorize => authorize::run(root)?,
        Name::Service => service::run(root, !arguments.alone)?,
        Name::Network => network::run(root)?,
        Name::Scale => scale::run(root)?,
    };
    println!("{report}");
    if arguments.record {
        record(root, arguments.name, &report)?;
    }
    Ok(())
}

fn build(root: &Path, what: &[&str]) -> Result<()> {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--locked"])
        .args(what)
        .current_dir(root)
        .status();
    anyhow::ensure!(
        status.context("run cargo build")?.success(),
        "the release build did not succeed"
    );
    Ok(())
}

/// Puts the newest result first, below the file's title.
fn record(root: &Path, name: Name, report: &str) -> Result<()> {
    let file = root.join("bench").join(format!("{}.md", name.text()));
    let title = format!(
        "# `cargo xtask bench {}`\n\nNewest first. Shared, noisy machines: read the ratios of one run.\n",
        name.text()
    );
    let earlier = fs_err::read_to_string(&file).unwrap_or_else(|_| title.clone());
    let earlier = earlier.strip_prefix(&title).unwrap_or(&earlier);
    let mut text = title.clone();
    let _ = write!(
        text,
        "\n## {} at {}\n{}\n\n{report}\n{earlier}",
        said("date", &["+%F"]),
        commit(root),
        machine()
    );
    fs_err::write(&file, text)?;
    println!("recorded in {}", file.display());
    Ok(())
}

fn commit(root: &Path) -> String {
    let root = root.to_string_lossy();
    let dirty = if said("git", &["-C", &root, "status", "--porcelain", "--untracked-files=no"])
        .is_empty()
    {
        ""
    } else {
        " and changes"
    };
    format!("{}{dirty}", said("git", &["-C", &root, "rev-parse", "--short", "HEAD"]))
}

fn machine() -> String {
    format!("{} cores, kernel {}", said("nproc", &[]), said("uname", &["-r"]))
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default()
}
