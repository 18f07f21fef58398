//! `sim`: runs seeds and says which break a law. `cargo xtask sim` is the way to it.

use clap::Parser;
use sim::{Mutant, Options, Outcome, run};
use std::{
    collections::BTreeMap,
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
    sync::mpsc,
    thread,
    time::Duration,
};

/// Lines of the conversation that are shown of a seed that fails.
const LINES_SHOWN: usize = 60;

#[derive(Parser)]
#[command(
    name = "cargo xtask sim",
    about = "Runs the virtual world on seeds and says which break a law"
)]
struct Arguments {
    /// How many seeds
    #[arg(long, default_value_t = 1000)]
    seeds: u64,
    /// The first of them
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// One seed only
    #[arg(long)]
    seed: Option<u64>,
    /// Show the whole conversation of `--seed`
    #[arg(long, requires = "seed")]
    trace: bool,
    /// Plant each bug in turn and say which no law notices
    #[arg(long)]
    mutants: bool,
    /// Plant this bug
    #[arg(long, value_parser = named)]
    mutant: Option<Mutant>,
    /// Only tasks, no services
    #[arg(long)]
    tasks_only: bool,
    /// How many seeds run at once
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Go on after a seed that fails, up to this many
    #[arg(long, default_value_t = 1)]
    failures: usize,
}

fn named(name: &str) -> Result<Mutant, String> {
    let names: Vec<&str> = Mutant::ALL.iter().map(|mutant| mutant.name()).collect();
    Mutant::named(name).ok_or_else(|| format!("one of {}", names.join(", ")))
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let is_well = match (arguments.seed, arguments.mutants) {
        (Some(seed), _) => one(seed, &arguments),
        (None, true) => mutants(&arguments),
        (None, false) => many(&arguments),
    };
    if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn options(seed: u64, arguments: &Arguments) -> Options {
    let services = !arguments.tasks_only;
    Options { mutant: arguments.mutant, services, ..Options::new(seed) }
}

/// Runs one seed and shows how it ends.
fn one(seed: u64, arguments: &Arguments) -> bool {
    let lines = if arguments.trace { usize::MAX } else { LINES_SHOWN };
    let outcome = run(Options { lines, ..options(seed, arguments) });
    for line in &outcome.lines {
        println!("{line}");
    }
    println!(
        "seed {seed}: {} steps, {} s of virtual time, hash {:016x}",
        outcome.steps, outcome.seconds, outcome.hash
    );
    told(seed, arguments.mutant, &outcome)
}

/// Says what is wrong with a seed; true if nothing is.
fn told(seed: u64, mutant: Option<Mutant>, outcome: &Outcome) -> bool {
    let Some((law, what)) = &outcome.broken else { return true };
    let with = mutant.map(|mutant| format!(" --mutant {}", mutant.name())).unwrap_or_default();
    println!("seed {seed} breaks a law: {law}\n  {what}");
    println!("  again: cargo xtask sim --seed {seed} --trace{with}");
    false
}

/// Runs many seeds, several at once.
fn many(arguments: &Arguments) -> bool {
    let next = AtomicU64::new(arguments.from);
    let end = arguments.from + arguments.seeds;
    let (results, arrived) = mpsc::channel();
    let mut failed = 0;
    let mut steps = 0_u64;
    thread::scope(|scope| {
        for _ in 0..arguments.jobs.max(1) {
            let (results, next) = (results.clone(), &next);
            scope.spawn(move || {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end {
                        return;
                    }
                    let outcome = run(options(seed, arguments));
                    if results.send((seed, outcome)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(results);
        let mut done = 0_u64;
        while let Ok((seed, outcome)) = arrived.recv_timeout(Duration::from_secs(600)) {
            done += 1;
            steps += outcome.steps;
            if outcome.broken.is_some() {
                failed += 1;
                show_end(seed, arguments);
                if failed >= arguments.failures {
                    next.store(end, Ordering::Relaxed);
                }
            }
            if done.is_multiple_of(1000) {
                println!("{done} of {} seeds, {failed} failed", arguments.seeds);
            }
        }
        println!("{done} seeds, {steps} steps, {failed} failed");
    });
    failed == 0
}

/// Runs a seed that failed again, and shows how it ended.
fn show_end(seed: u64, arguments: &Arguments) {
    let outcome = run(Options { lines: LINES_SHOWN, ..options(seed, arguments) });
    for line in &outcome.lines {
        println!("  {line}");
    }
    told(seed, arguments.mutant, &outcome);
}

/// Plants each bug and looks whether its law notices it.
fn mutants(arguments: &Arguments) -> bool {
    let mut alive = 0;
    for mutant in Mutant::ALL {
        let mut others: BTreeMap<&str, u64> = BTreeMap::new();
        let found = (arguments.from..arguments.from + arguments.seeds).find(|seed| {
            let law = noticed(*mutant, *seed, arguments);
            if let Some(law) = law.filter(|law| *law != mutant.law()) {
                *others.entry(law).or_default() += 1;
            }
            law == Some(mutant.law())
        });
        let name = mutant.name();
        match found {
            Some(seed) => println!("{name:28} dies at seed {seed}: {}", mutant.law()),
            None => {
                alive += 1;
                println!(
                    "{name:28} LIVES: {} does not notice it; others: {others:?}",
                    mutant.law()
                );
            }
        }
    }
    println!("{} planted bugs, {alive} not noticed by their law", Mutant::ALL.len());
    alive == 0
}

/// The law by which a bug is noticed in a seed.
fn noticed(mutant: Mutant, seed: u64, arguments: &Arguments) -> Option<&'static str> {
    let mutated = Options { mutant: Some(mutant), ..options(seed, arguments) };
    let first = run(mutated);
    if mutant == Mutant::ChanceIsReal && run(mutated).hash != first.hash {
        return Some(mutant.law());
    }
    first.broken.map(|(law, _)| law)
}
