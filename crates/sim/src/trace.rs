//! The conversation of a run: every event in one line, and a hash over all of them.
//!
//! Invariant: the hash is over every line whether it is kept or not, so that two runs of one seed can be compared without keeping
//! anything. Lines hold no address, no clock of the machine and nothing that a hash map ordered.

use domain::time::{Millis, Timestamp};
use std::{
    collections::VecDeque,
    fmt::{self, Write},
};

/// FNV-1a's numbers for 64 bits.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The lines of a run.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    hash: Hash,
    lines: VecDeque<(Millis, String)>,
    /// How many lines there were.
    count: usize,
    /// How many lines are kept: the newest.
    keep: usize,
    started: Timestamp,
}

#[derive(Clone, Copy, Debug)]
struct Hash(u64);

impl Write for Hash {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(PRIME);
        }
        Ok(())
    }
}

impl Trace {
    /// Keeps the newest `keep` lines; times are told from `started`.
    pub(crate) fn new(keep: usize, started: Timestamp) -> Self {
        Self { hash: Hash(OFFSET), lines: VecDeque::new(), count: 0, keep, started }
    }

    /// Adds a line.
    pub(crate) fn say(&mut self, now: Timestamp, line: fmt::Arguments<'_>) {
        let at = now - self.started;
        // Neither hashing nor writing to a String can go wrong.
        _ = writeln!(self.hash, "{} {line}", at.0);
        if self.keep > 0 {
            if self.lines.len() >= self.keep {
                self.lines.pop_front();
            }
            self.lines.push_back((at, line.to_string()));
        }
        self.count += 1;
    }

    /// What tells this run from others.
    pub(crate) fn hash(&self) -> u64 {
        self.hash.0
    }

    /// The newest lines, oldest first.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        let show =
            |(at, line): &(Millis, String)| format!("{:>5}.{:03} {line}", at.0 / 1000, at.0 % 1000);
        self.lines.iter().map(show)
    }

    /// How many lines there were so far.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// What was said after the first `count` lines, as far as it is kept.
    pub(crate) fn since(&self, count: usize) -> impl Iterator<Item = &(Millis, String)> {
        let skipped = self.count - self.lines.len();
        self.lines.iter().skip(count.saturating_sub(skipped))
    }
}
