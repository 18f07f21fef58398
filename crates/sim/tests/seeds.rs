//! Seeds in the usual test run: all laws hold, the same seed is the same run, and every planted bug is noticed.

use sim::{Mutant, Options, run};

/// How many seeds a planted bug may survive here.
const SEEDS_MAX: u64 = 64;

/// All laws hold in the seeds of a range.
fn check(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let outcome = run(Options { lines: 80, ..Options::new(seed) });
        if let Some((law, what)) = outcome.broken {
            let lines = outcome.lines.join("\n");
            panic!("{lines}\n{law}: {what}\nagain: cargo xtask sim --seed {seed} --trace");
        }
    }
}

#[test]
fn laws_hold_in_seeds_0_to_15() {
    check(0..16);
}

#[test]
fn laws_hold_in_seeds_16_to_31() {
    check(16..32);
}

#[test]
fn laws_hold_in_seeds_32_to_47() {
    check(32..48);
}

#[test]
fn laws_hold_in_seeds_48_to_63() {
    check(48..64);
}

#[test]
fn the_same_seed_is_the_same_run() {
    for seed in [3, 5, 8] {
        let (first, second) = (run(Options::new(seed)), run(Options::new(seed)));
        assert_eq!((first.hash, first.steps), (second.hash, second.steps), "seed {seed}");
        assert_ne!(first.hash, run(Options::new(seed + 1)).hash);
    }
}

/// The law that notices a bug; `None` if it lives.
fn killer(mutant: Mutant) -> Option<&'static str> {
    (0..SEEDS_MAX).find_map(|seed| {
        let mutated = Options { mutant: Some(mutant), ..Options::new(seed) };
        let first = run(mutated);
        if let Some((law, _)) = first.broken {
            return Some(law);
        }
        (mutant == Mutant::ChanceIsReal && run(mutated).hash != first.hash)
            .then_some("the same seed is the same run")
    })
}

#[test]
fn every_planted_bug_dies() {
    let alive: Vec<&str> = Mutant::ALL
        .iter()
        .filter(|mutant| killer(**mutant).is_none())
        .map(|mutant| mutant.name())
        .collect();
    assert_eq!(alive, [""; 0], "no law notices these bugs");
}
