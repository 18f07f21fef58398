//! Everything a developer runs: import-models, tidy, bench.

mod bench;
mod import_models;
mod sim;
mod tidy;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Everything a developer runs")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the tables of crate `wire` from AWS's models in the pinned `botocore`.
    ImportModels(import_models::Arguments),
    /// Measures, beside peers where they are installed.
    Bench(bench::Arguments),
    /// Runs the virtual world: --seeds N, --seed S --trace, --mutants, and so on.
    Sim(sim::Arguments),
    /// Checks what no compiler checks: allowed edges, pure crates, file manners.
    Tidy,
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::ImportModels(arguments) => import_models::run(&arguments),
        Command::Bench(arguments) => bench::run(&root(), &arguments),
        Command::Sim(arguments) => sim::run(&root(), &arguments),
        Command::Tidy => tidy::run(&root()),
    }
}

/// The repository's root: the folder above this crate.
fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lives in the root")
        .to_owned()
}
