//! A cluster's instances by slots, as their records are now.
//!
//! Invariant: a slot is one instance's for as long as any of its records is there.

use super::ask::is_there;
use domain::{
    fargate::PoolHost,
    instance::{ContainerInstance, InstanceLink, Ledger},
    key::Key,
};
use placement::{
    candidate::Candidate,
    row::{Booked, Row},
};
use std::{collections::BTreeMap, sync::Arc};

/// What is known of one instance.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Its id as a number, by which equal instances are taken.
    id: u128,
    /// The registration and its key.
    pub(super) instance: Option<(Key, Arc<ContainerInstance>)>,
    pub(super) ledger: Option<Arc<Ledger>>,
    pub(super) link: Option<Arc<InstanceLink>>,
    /// On the floor of Fargate's pool.
    pub(super) pool: Option<PoolHost>,
}

impl Known {
    /// What decides between it and its equals. Ids are chance from their first digit to their last, but for those of tests, of which
    /// the last tell.
    pub(super) fn tie(&self) -> u64 {
        self.id as u64
    }

    fn is_empty(&self) -> bool {
        let Self { id: _, instance, ledger, link, pool } = self;
        instance.is_none() && ledger.is_none() && link.is_none() && pool.is_none()
    }
}

/// Every instance of one cluster.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    all: Vec<Known>,
    slots: BTreeMap<u128, u32>,
    free: Vec<u32>,
    /// How many are ACTIVE or DRAINING.
    present: usize,
    /// For instances whose ledger is not written yet.
    no_ledger: Ledger,
}

impl Rows {
    /// How many slots there are, used or not.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    pub(super) fn slot(&self, id: u128) -> Option<u32> {
        self.slots.get(&id).copied()
    }

    /// The slot of an instance that may be new.
    pub(super) fn admit(&mut self, id: u128) -> u32 {
        if let Some(slot) = self.slots.get(&id) {
            return *slot;
        }
        let known = Known { id, ..Known::default() };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.all[slot as usize] = known;
                slot
            }
            None => {
                self.all.push(known);
                u32::try_from(self.all.len() - 1).expect("a cluster has fewer than 2^32 instances")
            }
        };
        self.slots.insert(id, slot);
        slot
    }

    /// Frees the slot if nothing is known of its instance any more.
    pub(super) fn leave(&mut self, slot: u32) {
        let known = &self.all[slot as usize];
        if known.is_empty() {
            self.slots.remove(&known.id);
            self.free.push(slot);
        }
    }

    pub(super) fn known(&self, slot: u32) -> &Known {
        &self.all[slot as usize]
    }

    /// How many instances are ACTIVE or DRAINING.
    pub(super) fn present(&self) -> usize {
        self.present
    }

    /// The key of a registered instance's record.
    pub(super) fn key(&self, slot: u32) -> Key {
        let instance = self.known(slot).instance.as_ref();
        instance.map(|(key, _)| key.clone()).expect("a task is placed on a registered instance")
    }

    pub(super) fn register(&mut self, slot: u32, instance: Option<(Key, Arc<ContainerInstance>)>) {
        let there = |known: &Known| {
            usize::from(known.instance.as_ref().is_some_and(|(_, instance)| is_there(instance)))
        };
        let known = &mut self.all[slot as usize];
        self.present -= there(known);
        known.instance = instance;
        self.present += there(known);
    }

    /// Gives the ledger as it was.
    pub(super) fn enter(&mut self, slot: u32, ledger: Option<Arc<Ledger>>) -> Option<Arc<Ledger>> {
        std::mem::replace(&mut self.all[slot as usize].ledger, ledger)
    }

    pub(super) fn connect(&mut self, slot: u32, link: Option<Arc<InstanceLink>>) {
        self.all[slot as usize].link = link;
    }

    pub(super) fn lend(&mut self, slot: u32, pool: Option<PoolHost>) {
        self.all[slot as usize].pool = pool;
    }

    /// All that are registered.
    pub(super) fn registered(&self) -> impl Iterator<Item = (u32, &ContainerInstance)> {
        (0..).zip(&self.all).filter_map(|(slot, known)| {
            known.instance.as_ref().map(|(_, instance)| (slot, &**instance))
        })
    }

    /// An instance as placement sees it; `None` if it is not registered.
    pub(super) fn row<'a>(&'a self, slot: u32, booked: &'a Bookings) -> Option<Row<'a>> {
        let known = self.known(slot);
        let (_, instance) = known.instance.as_ref()?;
        let ledger = known.ledger.as_deref().unwrap_or(&self.no_ledger);
        let link = known.link.as_deref();
        let candidate = Candidate { instance, ledger, link, pool: known.pool };
        Some(Row { candidate, booked: booked.at(slot) })
    }
}

/// What a draft placed, by slot.
#[derive(Debug, Default)]
pub(super) struct Bookings {
    by_slot: Vec<Option<Box<Booked>>>,
}

impl Bookings {
    pub(super) fn at(&self, slot: u32) -> Option<&Booked> {
        self.by_slot.get(slot as usize)?.as_deref()
    }

    pub(super) fn entry(&mut self, slot: u32) -> &mut Booked {
        let slot = slot as usize;
        if slot >= self.by_slot.len() {
            self.by_slot.resize_with(slot + 1, || None);
        }
        self.by_slot[slot].get_or_insert_default()
    }

    pub(super) fn clear(&mut self, slot: u32) {
        if let Some(booked) = self.by_slot.get_mut(slot as usize) {
            *booked = None;
        }
    }
}
