//! The orders of a cluster's instances that were used of late, and what a draft placed.
//!
//! Invariants: an order is brought up to date before it is used, from the log of what changed since. What was not used for as long as
//! it takes every instance to change twice is dropped, and made again when it is needed.

use super::{
    ask::{Ask, OwnedPool, Placed, Shortfall},
    groups::Groups,
    log::{Log, Look, Passes, What},
    rows::{Bookings, Rows},
};
use crate::plan::Place;
use domain::{
    instance::{Ledger, Resources},
    status::InstanceStatus,
};
use placement::{
    chance::Chance,
    feature::unserved,
    filter::{Reason, Refusal},
    floor::Floor,
    party::Party,
    row::Row,
};
use std::collections::BTreeMap;

/// The log is not cut below this, however few instances there are. Tests cut it all the time.
const LOG_MIN: usize = if cfg!(test) { 8 } else { 4096 };

/// Candidates over all orders, at about 100 bytes each: beyond, those that were not used for longest are dropped.
const SEATS_MAX: usize = if cfg!(test) { 40 } else { 20_000_000 };

/// A cluster's orders.
#[derive(Debug, Default)]
pub(super) struct Index {
    groups: Groups,
    log: Log,
    passes: Passes,
    kept: BTreeMap<String, Kept>,
    bookings: Bookings,
    /// What the draft placed, in order: group and slot.
    drafted: Vec<(u32, u32)>,
    /// Counts uses of orders.
    uses: u64,
}

/// A floor that is kept, and its parties by their group's number.
#[derive(Debug)]
struct Kept {
    floor: Floor,
    pool: OwnedPool,
    seen: u64,
    used: u64,
    /// Whether it was used since the log was last cut.
    is_fresh: bool,
    /// Whether its constraints look at how far tasks are.
    follows_progress: bool,
    parties: BTreeMap<u32, KeptParty>,
}

#[derive(Debug)]
struct KeptParty {
    party: Party,
    seen: u64,
    is_fresh: bool,
}

impl Index {
    /// Of the same records, without orders.
    pub(super) fn anew(&self) -> Self {
        let mut groups = self.groups.clone();
        for (group, slot) in &self.drafted {
            groups.add(*group, *slot, -1);
        }
        Self { groups, ..Self::default() }
    }

    pub(super) fn note_instance(&mut self, rows: &Rows, slot: u32) {
        self.push(rows, slot, What::Instance);
    }

    pub(super) fn note_ledger(
        &mut self,
        rows: &Rows,
        slot: u32,
        before: Option<&Ledger>,
        after: Option<&Ledger>,
    ) {
        let mut changed = Vec::new();
        self.groups.follow(slot, before, after, |group| changed.push(What::Group(group)));
        if changed.is_empty() {
            let is_same = before.map(|ledger| &ledger.held) == after.map(|ledger| &ledger.held);
            changed.push(if is_same { What::Progress } else { What::Held });
        }
        for what in changed {
            self.push(rows, slot, what);
        }
    }

    fn push(&mut self, rows: &Rows, slot: u32, what: What) {
        let is_of_use = match what {
            What::Progress => self.kept.values().any(|kept| kept.follows_progress),
            What::Instance | What::Held | What::Group(_) => !self.kept.is_empty(),
        };
        if !is_of_use {
            return;
        }
        // Nothing was placed for very long.
        if self.log.len() >= 8 * log_max(rows) {
            self.kept.clear();
            self.log.clear();
            return;
        }
        self.log.push(slot, what);
    }

    pub(super) fn place(&mut self, rows: &Rows, ask: &Ask<'_>, count: usize, seed: u64) -> Placed {
        let mut kept = self.take(rows, ask);
        let group = self.groups.number(ask.group);
        let mut party = self.take_party(rows, &mut kept, group);
        let needs = ask.wants.needs(ask.group);
        let mut chance = Chance::new(seed);
        let mut placed = Placed::default();
        while placed.places.len() < count
            && let Some(slot) = party.party.pick(&kept.floor, &mut chance)
        {
            let row = rows.row(slot, &self.bookings).expect("a pick is of a candidate");
            let held = needs.held_at(&row);
            self.book(ask.group, group, slot, &held);
            // The order that is in use is out of `kept`, but must see this when it is used again.
            self.log.push(slot, What::Group(group));
            let tasks = self.groups.tasks_on(group, slot);
            party.party.set(&kept.floor, slot, tasks, rows.row(slot, &self.bookings).as_ref());
            placed.places.push(Place { instance: rows.key(slot), held });
        }
        // It has seen what it placed. The floor has not, but it is passed over where the group has tasks.
        party.seen = self.log.end();
        let missing = count - placed.places.len();
        if missing > 0 {
            let shortfall = self.shortfall(rows, ask, &kept.floor, &party.party);
            placed.shortfall = Some(Shortfall { missing, ..shortfall });
        }
        kept.parties.insert(group, party);
        self.give_back(ask, kept);
        placed
    }

    pub(super) fn place_on(
        &mut self,
        rows: &Rows,
        ask: &Ask<'_>,
        slot: Option<u32>,
    ) -> Result<Place, Reason> {
        let row = slot.and_then(|slot| rows.row(slot, &self.bookings).map(|row| (slot, row)));
        let in_pool = row.filter(|(_, row)| ask.pool.has(row.candidate.instance));
        let (slot, row) = in_pool.ok_or(Reason::Status(InstanceStatus::Inactive))?;
        if let Some(reason) = refusal(ask, &row) {
            return Err(reason);
        }
        let held = ask.wants.needs(ask.group).held_at(&row);
        let group = self.groups.number(ask.group);
        self.book(ask.group, group, slot, &held);
        self.push(rows, slot, What::Group(group));
        Ok(Place { instance: rows.key(slot), held })
    }

    fn shortfall(&self, rows: &Rows, ask: &Ask<'_>, floor: &Floor, party: &Party) -> Shortfall {
        let closest = party.closest(floor).and_then(|slot| {
            let row = rows.row(slot, &self.bookings)?;
            let instance = row.candidate.instance.id.clone();
            Some(Refusal { instance, reason: refusal(ask, &row)? })
        });
        Shortfall {
            missing: 0,
            instances: rows.present(),
            candidates: floor.candidates(),
            closest,
            reasons: party.reasons(floor),
            unserved: None,
        }
    }

    pub(super) fn zones(&mut self, rows: &Rows, ask: &Ask<'_>) -> BTreeMap<String, usize> {
        let kept = self.take(rows, ask);
        let zones = kept.floor.suited().map(|(zone, count)| (zone.to_owned(), count)).collect();
        self.give_back(ask, kept);
        zones
    }

    /// What of the tasks no instance serves. Looks at all of them: to be asked only where none suits.
    pub(super) fn unserved(&self, rows: &Rows, ask: &Ask<'_>) -> Option<String> {
        let slots = rows.registered().filter(|(_, instance)| ask.pool.has(instance));
        let hosts = slots.filter_map(|(slot, _)| rows.row(slot, &self.bookings));
        unserved(ask.wants.needs(ask.group).attributes, hosts.map(|row| row.candidate))
    }

    /// Forgets what the draft placed.
    pub(super) fn end_draft(&mut self, rows: &Rows) {
        for (group, slot) in std::mem::take(&mut self.drafted) {
            self.groups.add(group, slot, -1);
            self.bookings.clear(slot);
            self.push(rows, slot, What::Group(group));
        }
    }

    /// Takes note of what the draft placed on an instance by way of another floor.
    pub(super) fn mirror(&mut self, rows: &Rows, name: &str, slot: u32, held: &Resources) {
        let group = self.groups.number(name);
        self.book(name, group, slot, held);
        self.push(rows, slot, What::Group(group));
    }

    fn book(&mut self, name: &str, group: u32, slot: u32, held: &Resources) {
        self.bookings.entry(slot).add(held, name);
        self.groups.add(group, slot, 1);
        self.drafted.push((group, slot));
    }

    /// The floor of an ask as of now, out of the index while it is in use.
    fn take(&mut self, rows: &Rows, ask: &Ask<'_>) -> Kept {
        self.cut(rows);
        self.uses += 1;
        let mut kept = self.kept.remove(&name_of(ask)).unwrap_or_else(|| self.make(rows, ask));
        self.catch_up(rows, &mut kept);
        kept.used = self.uses;
        kept.is_fresh = true;
        kept
    }

    fn give_back(&mut self, ask: &Ask<'_>, kept: Kept) {
        self.kept.insert(name_of(ask), kept);
        let seats = |kept: &Kept| kept.floor.candidates();
        while self.kept.len() > 1 && self.kept.values().map(seats).sum::<usize>() > SEATS_MAX {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.used);
            let oldest = oldest.map(|(name, _)| name.clone()).expect("there are several");
            self.kept.remove(&oldest);
        }
    }

    fn make(&self, rows: &Rows, ask: &Ask<'_>) -> Kept {
        let candidates = rows.registered().filter(|(_, instance)| ask.pool.has(instance));
        let seats = candidates.filter_map(|(slot, _)| {
            Some((slot, rows.known(slot).tie(), rows.row(slot, &self.bookings)?))
        });
        Kept {
            floor: Floor::new(ask.wants, seats),
            pool: OwnedPool::of(&ask.pool),
            seen: self.log.end(),
            used: 0,
            is_fresh: true,
            follows_progress: ask.wants.asks_of_tasks(),
            parties: BTreeMap::new(),
        }
    }

    fn catch_up(&mut self, rows: &Rows, kept: &mut Kept) {
        self.passes.begin();
        for change in self.log.since(kept.seen) {
            let slot = change.slot;
            let row = || rows.row(slot, &self.bookings);
            match change.what {
                What::Instance => {
                    if self.passes.is_first(slot, Look::Whole) {
                        let row = row().filter(|row| kept.pool.has(row.candidate.instance));
                        kept.floor.settle(slot, rows.known(slot).tie(), row.as_ref());
                    }
                }
                What::Progress if !kept.follows_progress => {}
                What::Held | What::Group(_) | What::Progress => {
                    if self.passes.is_first(slot, Look::Brief)
                        && let Some(row) = row()
                    {
                        kept.floor.refresh(slot, &row);
                    }
                }
            }
        }
        kept.seen = self.log.end();
    }

    /// The party of a group on a floor that is up to date.
    fn take_party(&mut self, rows: &Rows, kept: &mut Kept, group: u32) -> KeptParty {
        let Some(mut party) = kept.parties.remove(&group) else {
            let mut party = Party::new(&kept.floor);
            for (slot, tasks) in self.groups.tasks(group) {
                party.set(&kept.floor, *slot, *tasks, rows.row(*slot, &self.bookings).as_ref());
            }
            return KeptParty { party, seen: self.log.end(), is_fresh: true };
        };
        self.catch_party_up(rows, kept, group, &mut party);
        party.is_fresh = true;
        party
    }

    fn catch_party_up(&mut self, rows: &Rows, kept: &Kept, group: u32, party: &mut KeptParty) {
        self.passes.begin();
        for change in self.log.since(party.seen) {
            let slot = change.slot;
            if change.what == What::Progress && !kept.follows_progress {
                continue;
            }
            let tasks = || self.groups.tasks_on(group, slot);
            // One that became a candidate only now may have the group's tasks already.
            let is_newcomer = || change.what == What::Instance && tasks() > 0;
            if change.what == What::Group(group) || party.party.has(slot) || is_newcomer() {
                let tasks = tasks();
                if self.passes.is_first(slot, Look::Whole) {
                    let row = rows.row(slot, &self.bookings);
                    party.party.set(&kept.floor, slot, tasks, row.as_ref());
                }
            } else if self.passes.is_first(slot, Look::Brief) {
                party.party.touch(&kept.floor, slot);
            }
        }
        party.seen = self.log.end();
    }

    /// Cuts a log that has grown long: who is in use reads it to its end, who is not is dropped.
    fn cut(&mut self, rows: &Rows) {
        if self.log.len() < log_max(rows) {
            return;
        }
        let all = std::mem::take(&mut self.kept);
        for (name, mut kept) in all {
            if !std::mem::take(&mut kept.is_fresh) {
                continue;
            }
            self.catch_up(rows, &mut kept);
            let parties = std::mem::take(&mut kept.parties);
            for (group, mut party) in parties {
                if std::mem::take(&mut party.is_fresh) {
                    self.catch_party_up(rows, &kept, group, &mut party);
                    kept.parties.insert(group, party);
                }
            }
            self.kept.insert(name, kept);
        }
        self.log.clear();
        let kept = &self.kept;
        self.groups.sweep(|group| kept.values().any(|kept| kept.parties.contains_key(&group)));
    }
}

/// Why an instance of the pool takes no task.
fn refusal(ask: &Ask<'_>, row: &Row<'_>) -> Option<Reason> {
    if !row.candidate.takes_new_tasks() {
        return Some(Reason::Status(row.candidate.status()));
    }
    ask.wants.needs(ask.group).refused_at(row)
}

/// What tells an order from the others.
fn name_of(ask: &Ask<'_>) -> String {
    format!("{} {:?}", ask.wants.signature(), ask.pool)
}

/// How long the log may grow: reading it to its end must not cost more than making an order anew.
fn log_max(rows: &Rows) -> usize {
    LOG_MIN.max(2 * rows.len())
}
