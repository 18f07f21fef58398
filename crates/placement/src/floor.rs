//! Instances in the order in which tasks of one kind go to them, for a group that has no task there yet.
//!
//! Instances that share the values of every attribute that is spread over form a *cell*: within a cell only what an instance has of
//! its own decides between it and others, so a cell keeps its ready instances ordered by that. A floor serves every group whose tasks
//! want the same; what a group's own tasks change is kept beside it (`party.rs`).
//!
//! Invariants: an instance's seat says what [`Needs`](crate::filter::Needs) says of it for a group without a task there. A change of one instance costs one
//! look at it and a place in a sorted list, however many instances there are.
//! Not here: which of a cluster's instances are candidates, and noticing that one has changed.

use crate::{
    candidate::ZONE_ATTRIBUTE,
    filter::Constraint,
    lack::{KINDS, Kind, Lack, amount_of},
    ordered::Ordered,
    row::Row,
    strategy::{Dimension, Field, STRATEGIES_MAX, Strategy},
    wants::Wants,
};
use std::{collections::BTreeMap, sync::Arc};

/// How much an instance is preferred by each strategy; less is better.
pub(crate) type Ranks = [i64; STRATEGIES_MAX];

/// Comes after every count of tasks: the rank of instances without the attribute that is spread over.
const LAST: i64 = i64::MAX / 2;

/// What an instance has left of the resources that it may be filled up with, in the order of strategies.
pub(crate) type Left = [i64; 2];

/// A ready instance's place in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(crate) left: Left,
    pub(crate) tie: u64,
    pub(crate) slot: u32,
}

impl Mark {
    /// Comes after all.
    pub(crate) const LAST: Self = Self { left: [i64::MAX; 2], tie: u64::MAX, slot: u32::MAX };
}

/// Instances that share the values of every attribute that is spread over.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// For each strategy that spreads over an attribute: the bucket, and whether its instances lack the attribute.
    pub(crate) buckets: [Option<(u32, bool)>; STRATEGIES_MAX],
    pub(crate) ready: Ordered<Mark>,
}

/// Whether an instance takes a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Ready(Left),
    Refused(Lack),
}

/// What does not change with the tasks that an instance has.
#[derive(Clone, Copy, Debug)]
struct Fixed {
    is_active: bool,
    is_connected: bool,
    has_attributes: bool,
    /// One of the tasks' subnets is in its zone, or they have none.
    has_subnet: bool,
    /// The first expression that is not true of it and does not ask for tasks, by its position among constraints.
    broken: Option<u8>,
}

impl Fixed {
    fn is_suited(self) -> bool {
        self.is_active && self.has_attributes && self.has_subnet && self.broken.is_none()
    }
}

#[derive(Clone, Copy, Debug)]
struct Seat {
    cell: u32,
    zone: u32,
    tie: u64,
    fixed: Fixed,
    standing: Standing,
}

/// Candidates for tasks that want the same, by slots that the caller gives them.
#[derive(Clone, Debug)]
pub struct Floor {
    wants: Arc<Wants>,
    /// Strategies up to the first that leaves nothing to the next.
    levels: Vec<Strategy>,
    /// Equals are taken by chance.
    is_random: bool,
    dimensions: Vec<Dimension>,
    /// For each constraint, whether what it says can change with an instance's tasks.
    is_live: Vec<bool>,
    seats: Vec<Option<Seat>>,
    cells: Vec<Cell>,
    root: Branch,
    cells_of_bucket: Vec<Vec<u32>>,
    refused: Ordered<(Lack, u64, u32)>,
    counts: [usize; KINDS],
    candidates: usize,
    zones: Vec<(String, usize)>,
    zone_of_name: BTreeMap<String, u32>,
    moves: u64,
}

impl Floor {
    /// Of the candidates that `rows` gives: the slot, what decides between equals, and the row.
    pub fn new<'a>(wants: &Arc<Wants>, rows: impl Iterator<Item = (u32, u64, Row<'a>)>) -> Self {
        let strategies = wants.strategies();
        let chance = strategies.iter().position(|strategy| *strategy == Strategy::Random);
        let levels = strategies[..chance.unwrap_or(strategies.len())].to_vec();
        let mut dimensions = Vec::new();
        for level in &levels {
            if let Strategy::Binpack(dimension) = level
                && !dimensions.contains(dimension)
            {
                dimensions.push(*dimension);
            }
        }
        let is_live = wants.constraints().iter().map(|constraint| match constraint {
            Constraint::DistinctInstance => true,
            Constraint::MemberOf(query) => query.asks_of_tasks(),
        });
        let mut floor = Self {
            is_live: is_live.collect(),
            wants: Arc::clone(wants),
            levels,
            is_random: chance.is_some(),
            dimensions,
            seats: Vec::new(),
            cells: Vec::new(),
            root: Branch::default(),
            cells_of_bucket: Vec::new(),
            refused: Ordered::default(),
            counts: [0; KINDS],
            candidates: 0,
            zones: Vec::new(),
            zone_of_name: BTreeMap::new(),
            moves: 0,
        };
        floor.fill(rows);
        floor
    }

    /// Sorts once, which is faster than to find every instance its place.
    fn fill<'a>(&mut self, rows: impl Iterator<Item = (u32, u64, Row<'a>)>) {
        let mut ready: Vec<Vec<Mark>> = Vec::new();
        let mut refused = Vec::new();
        for (slot, tie, row) in rows {
            let seat = self.seat(tie, &row);
            match seat.standing {
                Standing::Ready(left) => {
                    ready.resize_with(self.cells.len(), Vec::new);
                    ready[seat.cell as usize].push(Mark { left, tie, slot });
                }
                Standing::Refused(lack) => {
                    self.counts[lack.kind as usize] += 1;
                    refused.push((lack, tie, slot));
                }
            }
            self.count(&seat, true);
            self.put(slot, Some(seat));
        }
        for (cell, marks) in self.cells.iter_mut().zip(ready) {
            cell.ready = Ordered::of(marks);
        }
        self.refused = Ordered::of(refused);
    }

    /// What its tasks want.
    pub fn wants(&self) -> &Arc<Wants> {
        &self.wants
    }

    /// How many candidates there are.
    pub fn candidates(&self) -> usize {
        self.candidates
    }

    /// How many ACTIVE candidates of each Availability Zone are as the tasks want them, whether they have room and a connected agent
    /// or not. Those without a zone are under the empty name.
    pub fn suited(&self) -> impl Iterator<Item = (&str, usize)> {
        self.zones.iter().filter(|(_, suited)| *suited > 0).map(|(name, n)| (name.as_str(), *n))
    }

    /// Takes note of anything that may have changed of an instance; `None` if it is no candidate (any more).
    pub fn settle(&mut self, slot: u32, tie: u64, row: Option<&Row<'_>>) {
        let before = self.seat_of(slot).copied();
        if let Some(seat) = before {
            self.leave(slot, &seat);
            self.count(&seat, false);
        }
        let after = row.map(|row| self.seat(tie, row));
        if let Some(seat) = after {
            self.join(slot, &seat);
            self.count(&seat, true);
        }
        if before.map(|seat| seat.cell) != after.map(|seat| seat.cell) {
            self.moves += 1;
        }
        self.put(slot, after);
    }

    /// Takes note that an instance's tasks have changed, and nothing else of it.
    pub fn refresh(&mut self, slot: u32, row: &Row<'_>) {
        let Some(before) = self.seat_of(slot).copied() else { return };
        let standing = self.judge(before.fixed, row, false);
        if standing == before.standing {
            return;
        }
        let after = Seat { standing, ..before };
        self.leave(slot, &before);
        self.join(slot, &after);
        self.put(slot, Some(after));
    }

    /// Whether an instance is a candidate.
    pub fn has(&self, slot: u32) -> bool {
        self.seat_of(slot).is_some()
    }

    /// What an instance that has a task of the group would be told.
    pub(crate) fn judge_member(&self, slot: u32, row: &Row<'_>) -> Option<(u32, u64, Standing)> {
        let seat = self.seat_of(slot)?;
        Some((seat.cell, seat.tie, self.judge(seat.fixed, row, true)))
    }

    /// Whether an instance's tasks count where tasks are spread: not where it is being left.
    pub(crate) fn counts_tasks(&self, slot: u32) -> bool {
        self.seat_of(slot).is_some_and(|seat| seat.fixed.is_active)
    }

    pub(crate) fn standing(&self, slot: u32) -> Option<Standing> {
        self.seat_of(slot).map(|seat| seat.standing)
    }

    pub(crate) fn cell_of(&self, slot: u32) -> Option<u32> {
        self.seat_of(slot).map(|seat| seat.cell)
    }

    /// Where a ready instance is in its cell.
    pub(crate) fn mark_of(&self, slot: u32) -> Option<Mark> {
        let seat = self.seat_of(slot)?;
        match seat.standing {
            Standing::Ready(left) => Some(Mark { left, tie: seat.tie, slot }),
            Standing::Refused(_) => None,
        }
    }

    pub(crate) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub(crate) fn cells_of_bucket(&self) -> &[Vec<u32>] {
        &self.cells_of_bucket
    }

    pub(crate) fn is_random(&self) -> bool {
        self.is_random
    }

    /// Grows whenever an instance comes, goes or changes its cell.
    pub(crate) fn moves(&self) -> u64 {
        self.moves
    }

    pub(crate) fn counts(&self) -> [usize; KINDS] {
        self.counts
    }

    /// Refused candidates, the closest first.
    pub(crate) fn refused(&self) -> impl Iterator<Item = &(Lack, u64, u32)> {
        self.refused.from(None)
    }

    /// The ranks that are an instance's own, with `tasks` of the group; those of its cell's buckets are 0.
    pub(crate) fn ranks(&self, left: &Left, tasks: i64) -> Ranks {
        let mut ranks = [0; STRATEGIES_MAX];
        for (rank, level) in ranks.iter_mut().zip(&self.levels) {
            *rank = match level {
                Strategy::Spread(Field::Attribute(_)) | Strategy::Random => 0,
                Strategy::Spread(Field::Instance) => tasks,
                Strategy::Binpack(dimension) => {
                    left[usize::from(self.dimensions.first() != Some(dimension))]
                }
            };
        }
        ranks
    }

    /// What an instance without tasks of the group has left, if it has these ranks of its own.
    pub(crate) fn left_of(&self, own: &Ranks) -> Option<Left> {
        let mut left = [0; 2];
        for (rank, level) in own.iter().zip(&self.levels) {
            match level {
                Strategy::Spread(Field::Attribute(_)) | Strategy::Random => {}
                Strategy::Spread(Field::Instance) if *rank != 0 => return None,
                Strategy::Spread(Field::Instance) => {}
                Strategy::Binpack(dimension) => {
                    left[usize::from(self.dimensions.first() != Some(dimension))] = *rank;
                }
            }
        }
        Some(left)
    }

    /// An instance's own ranks, with those of its cell in their places.
    pub(crate) fn full_ranks(&self, cell: u32, own: &Ranks, bucket_tasks: &[i64]) -> Ranks {
        let mut ranks = *own;
        for (rank, bucket) in ranks.iter_mut().zip(&self.cells[cell as usize].buckets) {
            if let Some((bucket, lacks_attribute)) = bucket {
                let tasks = bucket_tasks[*bucket as usize];
                *rank = if *lacks_attribute { LAST + tasks } else { tasks };
            }
        }
        ranks
    }

    fn seat_of(&self, slot: u32) -> Option<&Seat> {
        self.seats.get(slot as usize)?.as_ref()
    }

    fn put(&mut self, slot: u32, seat: Option<Seat>) {
        let slot = slot as usize;
        if slot >= self.seats.len() {
            self.seats.resize(slot + 1, None);
        }
        self.seats[slot] = seat;
    }

    fn seat(&mut self, tie: u64, row: &Row<'_>) -> Seat {
        let candidate = &row.candidate;
        let needs = self.wants.needs("");
        let constraints = self.wants.constraints().iter().zip(&self.is_live);
        let broken = constraints.into_iter().position(|(constraint, is_live)| match constraint {
            Constraint::DistinctInstance => false,
            Constraint::MemberOf(query) => !is_live && !query.matches_at(row),
        });
        let fixed = Fixed {
            is_active: candidate.takes_new_tasks(),
            is_connected: candidate.is_connected(),
            has_attributes: needs.lacks_attribute(candidate).is_none(),
            has_subnet: needs.is_elsewhere(candidate).is_none(),
            broken: broken.map(|at| u8::try_from(at).expect("constraints are few")),
        };
        let zone = self.zone(candidate.attribute(ZONE_ATTRIBUTE).unwrap_or_default());
        let cell = self.cell(row);
        Seat { cell, zone, tie, fixed, standing: self.judge(fixed, row, false) }
    }

    /// As [`Needs::refused_at`](crate::filter::Needs::refused_at) says it, behind the status.
    fn judge(&self, fixed: Fixed, row: &Row<'_>, has_group: bool) -> Standing {
        let refused = |distance, kind, missing| Standing::Refused(Lack { distance, missing, kind });
        if !fixed.is_active {
            return refused(5, Kind::Status, 0);
        }
        if !fixed.is_connected {
            return refused(4, Kind::Agent, 0);
        }
        if let Some(reason) = self.wants.needs("").lacks_room(row) {
            let (kind, missing) = amount_of(&reason);
            let distance = match fixed {
                Fixed { has_attributes: false, .. } | Fixed { has_subnet: false, .. } => 3,
                Fixed { broken: Some(_), .. } => 2,
                Fixed { .. } => 0,
            };
            return refused(distance, kind, missing);
        }
        if !fixed.has_attributes {
            return refused(3, Kind::Attribute, 0);
        }
        if !fixed.has_subnet {
            return refused(3, Kind::Location, 0);
        }
        for (at, constraint) in self.wants.constraints().iter().enumerate() {
            match constraint {
                Constraint::DistinctInstance if has_group => {
                    return refused(1, Kind::DistinctInstance, 0);
                }
                Constraint::DistinctInstance => {}
                Constraint::MemberOf(query) => {
                    let is_broken = if self.is_live[at] {
                        !query.matches_at(row)
                    } else {
                        fixed.broken.is_some_and(|broken| usize::from(broken) == at)
                    };
                    if is_broken {
                        return refused(2, Kind::MemberOf, 0);
                    }
                }
            }
        }
        let left = |at: usize| match self.dimensions.get(at) {
            None => 0,
            Some(Dimension::Cpu) => row.cpu_left(),
            Some(Dimension::Memory) => row.memory_left(),
        };
        Standing::Ready([left(0), left(1)])
    }

    fn leave(&mut self, slot: u32, seat: &Seat) {
        let was_there = match seat.standing {
            Standing::Ready(left) => {
                let mark = Mark { left, tie: seat.tie, slot };
                self.cells[seat.cell as usize].ready.remove(&mark)
            }
            Standing::Refused(lack) => {
                self.counts[lack.kind as usize] -= 1;
                self.refused.remove(&(lack, seat.tie, slot))
            }
        };
        assert!(was_there, "a seat is where its standing says");
    }

    fn join(&mut self, slot: u32, seat: &Seat) {
        match seat.standing {
            Standing::Ready(left) => {
                let mark = Mark { left, tie: seat.tie, slot };
                self.cells[seat.cell as usize].ready.insert(mark);
            }
            Standing::Refused(lack) => {
                self.counts[lack.kind as usize] += 1;
                self.refused.insert((lack, seat.tie, slot));
            }
        }
    }

    /// Counts a candidate that came, or one that goes.
    fn count(&mut self, seat: &Seat, comes: bool) {
        let suited = &mut self.zones[seat.zone as usize].1;
        let is_suited = usize::from(seat.fixed.is_suited());
        if comes {
            self.candidates += 1;
            *suited += is_suited;
        } else {
            self.candidates -= 1;
            *suited -= is_suited;
        }
    }

    fn zone(&mut self, name: &str) -> u32 {
        if let Some(zone) = self.zone_of_name.get(name) {
            return *zone;
        }
        let zone = index(self.zones.len());
        self.zones.push((name.to_owned(), 0));
        self.zone_of_name.insert(name.to_owned(), zone);
        zone
    }

    /// The cell of an instance with these attributes. A bucket is a path of values, not one value: a second attribute is spread over
    /// within the first.
    fn cell(&mut self, row: &Row<'_>) -> u32 {
        let Self { levels, root, cells, cells_of_bucket, .. } = self;
        let mut buckets = [None; STRATEGIES_MAX];
        let mut branch = root;
        for (bucket, level) in buckets.iter_mut().zip(levels) {
            let Strategy::Spread(Field::Attribute(name)) = level else { continue };
            let value = row.candidate.attribute(name);
            branch = branch.child(value, cells_of_bucket);
            *bucket = Some((branch.bucket, value.is_none()));
        }
        *branch.cell.get_or_insert_with(|| {
            let cell = index(cells.len());
            cells.push(Cell { buckets, ready: Ordered::default() });
            for (bucket, _) in buckets.iter().flatten() {
                cells_of_bucket[*bucket as usize].push(cell);
            }
            cell
        })
    }
}

/// Values of the attributes that are spread over, as far as they are known to lead to the same instances.
#[derive(Clone, Debug, Default)]
struct Branch {
    bucket: u32,
    /// Where no further attribute is spread over.
    cell: Option<u32>,
    values: BTreeMap<String, Branch>,
    /// Of instances that lack the attribute.
    without: Option<Box<Branch>>,
}

impl Branch {
    /// The branch of one more value, with a bucket of its own.
    fn child(&mut self, value: Option<&str>, cells_of_bucket: &mut Vec<Vec<u32>>) -> &mut Self {
        let mut make = || {
            cells_of_bucket.push(Vec::new());
            Self { bucket: index(cells_of_bucket.len() - 1), ..Self::default() }
        };
        let Some(value) = value else {
            return self.without.get_or_insert_with(|| Box::new(make()));
        };
        if !self.values.contains_key(value) {
            self.values.insert(value.to_owned(), make());
        }
        self.values.get_mut(value).expect("it was inserted where it was missing")
    }
}

fn index(count: usize) -> u32 {
    u32::try_from(count).expect("there are fewer than 2^32 of anything")
}
