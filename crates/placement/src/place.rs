//! Chooses an instance for each of several identical tasks.
//!
//! Instances that share the values of every attribute that is spread over form a *cell*: within a cell only what an instance has of
//! its own tells it from others (its tasks, what it has left, chance), so a cell keeps its instances ordered by that, and a pick
//! compares the first of each cell and puts one instance back. So a call costs one look at each instance, and a pick costs as
//! many comparisons as there are cells.
//!
//! Invariant: after each pick the picked instance, and no other, is looked at again with that task on it.

use crate::{
    candidate::Candidate,
    filter::{Needs, Reason, Refusal},
    strategy::{Dimension, Field, STRATEGIES_MAX, Strategy},
};
use domain::{
    instance::{Ledger, Resources},
    status::TaskStatus,
};
use std::collections::{BTreeMap, BTreeSet};

/// One task's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Which of the candidates, by its position.
    pub candidate: usize,
    /// What the task holds there.
    pub held: Resources,
}

/// What became of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// At most as many as were asked for, in the order in which they were chosen.
    pub placed: Vec<Placement>,
    /// Every candidate that takes no further task, in the order of candidates; all of them, if fewer were placed than asked for.
    pub refused: Vec<Refusal>,
}

/// Places up to `count` tasks with the same `needs`. `strategies` are at most [`STRATEGIES_MAX`]; `seed` decides what is left to
/// chance. Equal instances are taken in the order of `candidates`.
pub fn place(
    needs: &Needs<'_>,
    strategies: &[Strategy],
    candidates: &[Candidate<'_>],
    count: usize,
    seed: u64,
) -> Outcome {
    assert!(strategies.len() <= STRATEGIES_MAX, "{} strategies", strategies.len());
    let mut floor = Floor::new(needs, strategies, candidates, seed);
    let mut placed = Vec::with_capacity(count.min(candidates.len()));
    while placed.len() < count
        && let Some(placement) = floor.pick()
    {
        placed.push(placement);
    }
    let refused = floor.refused.into_iter().map(|(candidate, reason)| Refusal {
        instance: candidates[candidate].instance.id.clone(),
        reason,
    });
    Outcome { placed, refused: refused.collect() }
}

/// How much an instance is preferred by each strategy; less is better.
type Ranks = [i64; STRATEGIES_MAX];

/// Comes after every count of tasks: the rank of instances without the attribute that is spread over.
const LAST: i64 = i64::MAX / 2;

/// The instances that are left, and what was placed on them in this call.
struct Floor<'a, 'n> {
    needs: &'n Needs<'n>,
    strategies: &'n [Strategy],
    candidates: &'n [Candidate<'a>],
    seed: u64,
    cells: Vec<Cell>,
    /// Tasks of the group in each bucket, over all candidates, whether they take tasks or not.
    bucket_tasks: Vec<i64>,
    /// Ledgers of instances that were picked.
    changed: BTreeMap<usize, Ledger>,
    /// What chance has given to picked instances so far.
    drawn: BTreeMap<(usize, usize), i64>,
    refused: BTreeMap<usize, Reason>,
}

/// Instances that share the values of every attribute that is spread over.
struct Cell {
    /// For each strategy that spreads over an attribute: the bucket, and whether its instances lack the attribute.
    buckets: [Option<(usize, bool)>; STRATEGIES_MAX],
    /// By the ranks that are an instance's own; those of `buckets` are 0 here.
    ready: BTreeSet<(Ranks, usize)>,
}

impl<'a, 'n> Floor<'a, 'n> {
    fn new(
        needs: &'n Needs<'n>,
        strategies: &'n [Strategy],
        candidates: &'n [Candidate<'a>],
        seed: u64,
    ) -> Self {
        let mut floor = Self {
            needs,
            strategies,
            candidates,
            seed,
            cells: Vec::new(),
            bucket_tasks: Vec::new(),
            changed: BTreeMap::new(),
            drawn: BTreeMap::new(),
            refused: BTreeMap::new(),
        };
        let mut cell_of_path = BTreeMap::new();
        let mut bucket_of_path = BTreeMap::new();
        for (index, candidate) in candidates.iter().enumerate() {
            let path: Vec<_> = floor.spread_names().map(|name| candidate.attribute(name)).collect();
            let next = floor.cells.len();
            let cell = *cell_of_path.entry(path.clone()).or_insert(next);
            if cell == next {
                let buckets = floor.buckets(&path, &mut bucket_of_path);
                floor.cells.push(Cell { buckets, ready: BTreeSet::new() });
            }
            let tasks = candidate.ledger.groups.get(needs.group).copied().unwrap_or(0);
            floor.count_in_buckets(cell, tasks);
            if candidate.takes_new_tasks() {
                floor.look_at(index, cell);
            } else {
                floor.refused.insert(index, Reason::Status(candidate.instance.status));
            }
        }
        floor
    }

    /// The attributes that are spread over, in the order of strategies.
    fn spread_names(&self) -> impl Iterator<Item = &'n str> {
        self.strategies.iter().filter_map(|strategy| match strategy {
            Strategy::Spread(Field::Attribute(name)) => Some(name.as_str()),
            Strategy::Spread(Field::Instance) | Strategy::Random | Strategy::Binpack(_) => None,
        })
    }

    /// The buckets of a new cell. A bucket is a path of values, not one value: a second attribute is spread over within the first.
    fn buckets<'p>(
        &mut self,
        path: &[Option<&'p str>],
        bucket_of_path: &mut BTreeMap<Vec<Option<&'p str>>, usize>,
    ) -> [Option<(usize, bool)>; STRATEGIES_MAX] {
        let mut buckets = [None; STRATEGIES_MAX];
        let mut depth = 0;
        for (level, strategy) in self.strategies.iter().enumerate() {
            if !matches!(strategy, Strategy::Spread(Field::Attribute(_))) {
                continue;
            }
            let next = self.bucket_tasks.len();
            let bucket = *bucket_of_path.entry(path[..=depth].to_vec()).or_insert(next);
            if bucket == next {
                self.bucket_tasks.push(0);
            }
            buckets[level] = Some((bucket, path[depth].is_none()));
            depth += 1;
        }
        buckets
    }

    fn count_in_buckets(&mut self, cell: usize, tasks: i64) {
        for (bucket, _) in self.cells[cell].buckets.iter().flatten() {
            self.bucket_tasks[*bucket] += tasks;
        }
    }

    /// Makes an instance ready for one more task, or notes why it takes none.
    fn look_at(&mut self, index: usize, cell: usize) {
        let candidate = self.now(index);
        if let Some(reason) = self.needs.refused_by(&candidate) {
            self.refused.insert(index, reason);
            return;
        }
        let (total, held) = (&candidate.instance.registered, &candidate.ledger.held);
        let (cpu_left, memory_left) = (total.cpu - held.cpu, total.memory - held.memory);
        let tasks = candidate.ledger.groups.get(self.needs.group).copied().unwrap_or(0);
        let mut ranks = [0; STRATEGIES_MAX];
        for (level, strategy) in self.strategies.iter().enumerate() {
            ranks[level] = match strategy {
                Strategy::Spread(Field::Attribute(_)) => 0,
                Strategy::Spread(Field::Instance) => tasks,
                Strategy::Binpack(Dimension::Cpu) => cpu_left,
                Strategy::Binpack(Dimension::Memory) => memory_left,
                Strategy::Random => self.draw(index, level),
            };
        }
        self.cells[cell].ready.insert((ranks, index));
    }

    /// An instance with the tasks that this call placed on it.
    fn now(&self, index: usize) -> Candidate<'_> {
        let candidate = self.candidates[index];
        let ledger = self.changed.get(&index).unwrap_or(candidate.ledger);
        Candidate { ledger, ..candidate }
    }

    /// Chance, fair at every pick: each instance's ranks are the arrivals of a Poisson process of its own, and of processes with one
    /// rate each is the next to arrive with the same chance, however often it was before.
    fn draw(&mut self, index: usize, level: usize) -> i64 {
        let arrival = self.drawn.entry((index, level)).or_insert(0);
        let mixed =
            mix(self.seed ^ mix(*arrival as u64 ^ mix((index * STRATEGIES_MAX + level) as u64)));
        let uniform = ((mixed >> 11) as f64 + 1.0) / (1_u64 << 53) as f64;
        // Thousands of arrivals of 2^32 each are far from the end of an i64.
        *arrival += (-uniform.ln() * f64::from(u32::MAX)) as i64 + 1;
        *arrival
    }

    fn pick(&mut self) -> Option<Placement> {
        let (cell, index) = self
            .cells
            .iter()
            .enumerate()
            .filter_map(|(cell, content)| {
                let (own, index) = content.ready.first()?;
                Some((self.full_ranks(content, own), *index, cell))
            })
            .min()
            .map(|(_, index, cell)| (cell, index))?;
        self.cells[cell].ready.pop_first();
        let candidate = self.candidates[index];
        let ledger = self.changed.entry(index).or_insert_with(|| candidate.ledger.clone());
        let held = self.needs.held_on(candidate.instance, &ledger.held);
        ledger.admit(&held, self.needs.group, TaskStatus::Pending);
        self.count_in_buckets(cell, 1);
        self.look_at(index, cell);
        Some(Placement { candidate: index, held })
    }

    /// An instance's own ranks, with those of its cell in their places.
    fn full_ranks(&self, cell: &Cell, own: &Ranks) -> Ranks {
        let mut ranks = *own;
        for (rank, bucket) in ranks.iter_mut().zip(&cell.buckets) {
            if let Some((bucket, lacks_attribute)) = bucket {
                let tasks = self.bucket_tasks[*bucket];
                *rank = if *lacks_attribute { LAST + tasks } else { tasks };
            }
        }
        ranks
    }
}

/// Spreads the bits of a number evenly (the finaliser of SplitMix64).
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
