//! What one group's own tasks change of the order that a floor keeps for groups without any.
//!
//! Instances that have tasks of the group are *members*: they are ordered here, by the ranks that count those tasks, and passed over
//! where the floor has them. The first of both in each cell is the cell's *head*; the best head is the next pick. So a party costs as
//! much as its group has instances, and a pick no more than the cells whose counts it changes.
//!
//! Invariant: whenever heads are compared, every cell that something changed in was looked at again.

use crate::{
    chance::Chance,
    floor::{Floor, Mark, Ranks, Standing},
    lack::{KINDS, Kind, Lack},
    ordered::Ordered,
    row::Row,
};
use std::collections::{BTreeMap, BTreeSet};

/// A group on a floor.
#[derive(Clone, Debug, Default)]
pub struct Party {
    members: BTreeMap<u32, Member>,
    /// One bit a slot: passing over members must cost next to nothing, as the first thousands of a cell may be members.
    is_member: Vec<u64>,
    corners: Vec<Corner>,
    dirty: Vec<u32>,
    heads: BTreeSet<(Head, u32)>,
    /// Tasks of the group in each of the floor's buckets.
    bucket_tasks: Vec<i64>,
    refused: Ordered<(Lack, u64, u32)>,
    moves: u64,
}

/// An instance that has tasks of the group.
#[derive(Clone, Debug)]
struct Member {
    cell: u32,
    tie: u64,
    /// Those that count where tasks are spread.
    tasks: i64,
    place: Place,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Ready(Ranks),
    Refused(Lack),
}

/// Ranks, what decides between equals, and the slot.
type Head = (Ranks, u64, u32);

/// The party's side of a cell.
#[derive(Clone, Debug, Default)]
struct Corner {
    /// Members that take one more task, by their own ranks.
    ready: Ordered<Head>,
    /// Everything before this in the floor's cell is a member.
    passed: Option<Mark>,
    head: Option<Head>,
    is_dirty: bool,
}

/// How often chance may fall on a member before the others are counted out.
const MISSES_MAX: u32 = 32;

impl Party {
    /// Of a group without tasks.
    pub fn new(floor: &Floor) -> Self {
        let mut party = Self::default();
        party.follow(floor);
        party
    }

    /// Whether an instance has tasks of the group.
    pub fn has(&self, slot: u32) -> bool {
        let (word, bit) = bit_of(slot);
        self.is_member.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Takes note that the floor has looked at an instance again.
    pub fn touch(&mut self, floor: &Floor, slot: u32) {
        self.follow(floor);
        let Some(cell) = floor.cell_of(slot) else { return };
        if let Some(mark) = floor.mark_of(slot) {
            let passed = &mut self.corners[cell as usize].passed;
            *passed = passed.map(|passed| passed.min(mark));
        }
        self.soil(cell);
    }

    /// Takes note of how many tasks of the group an instance has, and of what it is now.
    pub fn set(&mut self, floor: &Floor, slot: u32, tasks: i64, row: Option<&Row<'_>>) {
        self.follow(floor);
        let before = self.members.remove(&slot);
        let judged = row.filter(|_| tasks > 0).and_then(|row| floor.judge_member(slot, row));
        if let Some(member) = &before {
            self.strike(slot, member);
        }
        let after = judged.map(|(cell, tie, standing)| Member {
            cell,
            tie,
            tasks: if floor.counts_tasks(slot) { tasks } else { 0 },
            place: match standing {
                Standing::Ready(left) => Place::Ready(floor.ranks(&left, tasks)),
                Standing::Refused(lack) => Place::Refused(lack),
            },
        });
        self.count_in_buckets(floor, before.as_ref(), after.as_ref());
        let (word, bit) = bit_of(slot);
        if word >= self.is_member.len() {
            self.is_member.resize(word + 1, 0);
        }
        match after {
            Some(member) => {
                self.enter(slot, &member);
                self.is_member[word] |= bit;
                self.members.insert(slot, member);
            }
            None => {
                self.is_member[word] &= !bit;
                self.touch(floor, slot);
            }
        }
    }

    /// The instance that the next task goes to.
    pub fn pick(&mut self, floor: &Floor, chance: &mut Chance) -> Option<u32> {
        self.follow(floor);
        while let Some(cell) = self.dirty.pop() {
            self.review(floor, cell);
        }
        let ((ranks, _, slot), _) = *self.heads.first()?;
        Some(if floor.is_random() { self.pick_among_equals(floor, &ranks, chance) } else { slot })
    }

    /// The candidate that lacks least, by its slot.
    pub fn closest(&self, floor: &Floor) -> Option<u32> {
        let other = floor.refused().find(|(_, _, slot)| !self.has(*slot));
        let member = self.refused.first();
        other.into_iter().chain(member).min().map(|(_, _, slot)| *slot)
    }

    /// How many candidates are refused for each reason.
    pub(crate) fn counts(&self, floor: &Floor) -> [usize; KINDS] {
        let mut counts = floor.counts();
        for (slot, member) in &self.members {
            if let Some(Standing::Refused(lack)) = floor.standing(*slot) {
                counts[lack.kind as usize] -= 1;
            }
            if let Place::Refused(lack) = member.place {
                counts[lack.kind as usize] += 1;
            }
        }
        counts
    }

    /// The same in ECS's words ([`Reason::as_str`](crate::filter::Reason::as_str)); what no candidate is refused for is left out.
    pub fn reasons(&self, floor: &Floor) -> BTreeMap<&'static str, usize> {
        let counted = Kind::ALL.into_iter().zip(self.counts(floor));
        counted
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| (kind.as_str(), count))
            .collect()
    }

    /// Whether an instance takes no further task.
    pub fn is_refused(&self, floor: &Floor, slot: u32) -> bool {
        match self.members.get(&slot) {
            Some(member) => matches!(member.place, Place::Refused(_)),
            None => matches!(floor.standing(slot), Some(Standing::Refused(_))),
        }
    }

    /// Has a corner for each cell, and looks at all of them again if instances came, went or changed cells.
    fn follow(&mut self, floor: &Floor) {
        if self.corners.len() == floor.cells().len() && self.moves == floor.moves() {
            return;
        }
        self.moves = floor.moves();
        self.corners.resize_with(floor.cells().len(), Corner::default);
        self.bucket_tasks.resize(floor.cells_of_bucket().len(), 0);
        for cell in 0..self.corners.len() {
            self.corners[cell].passed = None;
            self.soil(cell as u32);
        }
    }

    fn soil(&mut self, cell: u32) {
        let corner = &mut self.corners[cell as usize];
        if !corner.is_dirty {
            corner.is_dirty = true;
            self.dirty.push(cell);
        }
    }

    fn strike(&mut self, slot: u32, member: &Member) {
        match member.place {
            Place::Ready(ranks) => {
                let corner = &mut self.corners[member.cell as usize];
                corner.ready.remove(&(ranks, member.tie, slot));
            }
            Place::Refused(lack) => {
                self.refused.remove(&(lack, member.tie, slot));
            }
        }
        self.soil(member.cell);
    }

    fn enter(&mut self, slot: u32, member: &Member) {
        match member.place {
            Place::Ready(ranks) => {
                let corner = &mut self.corners[member.cell as usize];
                corner.ready.insert((ranks, member.tie, slot));
            }
            Place::Refused(lack) => {
                self.refused.insert((lack, member.tie, slot));
            }
        }
        self.soil(member.cell);
    }

    fn count_in_buckets(&mut self, floor: &Floor, before: Option<&Member>, after: Option<&Member>) {
        let told = |member: Option<&Member>| member.map(|member| (member.cell, member.tasks));
        let (before, after) = (told(before), told(after));
        if before == after {
            return;
        }
        let signed = [before.map(|(cell, tasks)| (cell, -tasks)), after];
        for (cell, tasks) in signed.into_iter().flatten().filter(|(_, tasks)| *tasks != 0) {
            for (bucket, _) in floor.cells()[cell as usize].buckets.iter().flatten() {
                self.bucket_tasks[*bucket as usize] += tasks;
                for cell in &floor.cells_of_bucket()[*bucket as usize] {
                    self.soil(*cell);
                }
            }
        }
    }

    /// Finds a cell's head anew.
    fn review(&mut self, floor: &Floor, cell: u32) {
        let passed = self.corners[cell as usize].passed;
        let others = floor.cells()[cell as usize].ready.from(passed.as_ref());
        let other = others.into_iter().find(|mark| !self.has(mark.slot)).copied();
        let corner = &mut self.corners[cell as usize];
        corner.is_dirty = false;
        corner.passed = Some(other.unwrap_or(Mark::LAST));
        let other = other.map(|mark| (floor.ranks(&mark.left, 0), mark.tie, mark.slot));
        let head = other.into_iter().chain(corner.ready.first().copied()).min();
        let head = head
            .map(|(own, tie, slot)| (floor.full_ranks(cell, &own, &self.bucket_tasks), tie, slot));
        let before = std::mem::replace(&mut corner.head, head);
        if before != head {
            if let Some(before) = before {
                self.heads.remove(&(before, cell));
            }
            if let Some(head) = head {
                self.heads.insert((head, cell));
            }
        }
    }

    /// One of the instances that rank as `best` in all cells, each with the same chance.
    fn pick_among_equals(&self, floor: &Floor, best: &Ranks, chance: &mut Chance) -> u32 {
        let equals: Vec<Equals<'_>> = self
            .heads
            .iter()
            .take_while(|((ranks, _, _), _)| ranks == best)
            .map(|((_, _, slot), cell)| self.equals(floor, *slot, *cell))
            .collect();
        let all: usize = equals.iter().map(|it| it.others + it.members).sum();
        for _ in 0..MISSES_MAX {
            let slot = nth_equal(&equals, chance.below(all));
            if let Some(slot) = slot.filter(|(slot, is_member)| *is_member || !self.has(*slot)) {
                return slot.0;
            }
        }
        let rest: Vec<u32> = (0..all)
            .filter_map(|n| nth_equal(&equals, n))
            .filter(|(slot, is_member)| *is_member || !self.has(*slot))
            .map(|(slot, _)| slot)
            .collect();
        rest[chance.below(rest.len())]
    }

    /// The instances of a cell that rank as its head does.
    fn equals<'a>(&'a self, floor: &'a Floor, head: u32, cell: u32) -> Equals<'a> {
        let corner = &self.corners[cell as usize];
        let others = &floor.cells()[cell as usize].ready;
        let own = match self.members.get(&head) {
            Some(Member { place: Place::Ready(ranks), .. }) => *ranks,
            Some(Member { place: Place::Refused(_), .. }) => {
                unreachable!("a head takes a task")
            }
            None => match floor.standing(head) {
                Some(Standing::Ready(left)) => floor.ranks(&left, 0),
                Some(Standing::Refused(_)) | None => unreachable!("a head takes a task"),
            },
        };
        let (low, high) = ((own, 0, 0), (own, u64::MAX, u32::MAX));
        let members_from = corner.ready.rank(&low);
        let members = corner.ready.rank(&high) - members_from;
        // What an instance without tasks of the group has left, if it ranks the same.
        let left = floor.left_of(&own);
        let (others_from, others_to) = match left {
            None => (0, 0),
            Some(left) => (
                others.rank(&Mark { left, tie: 0, slot: 0 }),
                others.rank(&Mark { left, tie: u64::MAX, slot: u32::MAX }),
            ),
        };
        Equals {
            others: others_to - others_from,
            others_from,
            members,
            members_from,
            floor: others,
            party: &corner.ready,
        }
    }
}

/// Where a cell's equals are.
struct Equals<'a> {
    /// Those that the floor orders, members among them.
    others: usize,
    others_from: usize,
    members: usize,
    members_from: usize,
    floor: &'a Ordered<Mark>,
    party: &'a Ordered<Head>,
}

/// The n-th of all equals, and whether it was found among members.
fn nth_equal(equals: &[Equals<'_>], mut n: usize) -> Option<(u32, bool)> {
    for cell in equals {
        if n < cell.others {
            return cell.floor.nth(cell.others_from + n).map(|mark| (mark.slot, false));
        }
        n -= cell.others;
        if n < cell.members {
            return cell.party.nth(cell.members_from + n).map(|(_, _, slot)| (*slot, true));
        }
        n -= cell.members;
    }
    None
}

fn bit_of(slot: u32) -> (usize, u64) {
    ((slot / 64) as usize, 1 << (slot % 64))
}
