//! Seeds in the usual test run: all laws hold, the same seed is the same run, and every planted bug is noticed.

use sim::{LAWS, Mutant, Options, run};

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

/// Whether the law of a bug notices it; the laws that others noticed it by.
fn is_noticed(mutant: Mutant) -> Result<(), Vec<&'static str>> {
    let mut others = Vec::new();
    for seed in 0..SEEDS_MAX {
        let mutated = Options { mutant: Some(mutant), ..Options::new(seed) };
        let first = run(mutated);
        let is_same = mutant != Mutant::ChanceIsReal || run(mutated).hash == first.hash;
        let law = first.broken.map(|(law, _)| law);
        let law = law.filter(|_| is_same).or((!is_same).then_some("the same seed is the same run"));
        if law == Some(mutant.law()) {
            return Ok(());
        }
        others.extend(law);
    }
    Err(others)
}

/// Every bug of a part of the list is noticed by its law.
fn check_mutants(part: usize) {
    let ours = Mutant::ALL.iter().skip(part).step_by(4);
    let alive: Vec<_> = ours
        .filter_map(|mutant| Some((mutant.name(), mutant.law(), is_noticed(*mutant).err()?)))
        .collect();
    assert_eq!(alive, [], "the laws of these bugs do not notice them");
}

#[test]
fn planted_bugs_die_by_their_law_1() {
    check_mutants(0);
}

#[test]
fn planted_bugs_die_by_their_law_2() {
    check_mutants(1);
}

#[test]
fn planted_bugs_die_by_their_law_3() {
    check_mutants(2);
}

#[test]
fn planted_bugs_die_by_their_law_4() {
    check_mutants(3);
}

#[test]
fn every_law_has_a_bug_that_it_kills() {
    let idle: Vec<&&str> =
        LAWS.iter().filter(|law| !Mutant::ALL.iter().any(|it| it.law() == **law)).collect();
    assert_eq!(idle, [&""; 0]);
}
