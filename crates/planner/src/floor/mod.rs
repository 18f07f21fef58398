//! The instances of every cluster, kept ready for tasks to be placed on them.
//!
//! ```text
//! instance, ledger, link records ─ note ─▶ Floors ─ draft ─▶ Draft ─ place(ask, count, seed) ─▶ places, and why there are not more
//! ```
//!
//! Invariants: a draft holds what its earlier placements took, whoever they were for, and leaves no trace: only notes of records
//! change what is there. What is placed depends on the records and the seed alone, not on the order in which records were noted, nor
//! on what was placed before.
//! Cost: an order of the instances is made once for all tasks that want the same and kept (`index.rs`); a change of an instance costs
//! each order that is in use one look at it, and a task one look at its place and a step in a sorted list, however many instances
//! there are.
//! Fargate's pool has a floor of its own, under the key of its cluster. An instance of a users' cluster that is of the pool is on both floors:
//! what a draft places there by way of one is taken into account on the other. Only on the pool's it is as its place in the pool is:
//! a host may be DRAINING there and ACTIVE in its cluster.
//! Not here: how many tasks of which service to place (`service`), the rules of placement (`placement`).

mod ask;
mod groups;
mod index;
mod log;
mod rows;
#[cfg(test)]
mod tests;

use crate::{
    plan::Place,
    view::keys::{cluster_key, pool_key, sibling},
};
use domain::{
    fargate::PoolHost,
    instance::{ContainerInstance, InstanceLink, Ledger},
    key::Key,
    record::Record,
};
use index::Index;
use placement::filter::Reason;
use rows::Rows;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub use ask::{Ask, Placed, Pool, Provider, Shortfall};

/// Every cluster's instances.
#[derive(Clone, Default)]
pub struct Floors {
    clusters: BTreeMap<Key, Cluster>,
    /// Instances of users' clusters that are of Fargate's pool too, by the keys of their registrations.
    pooled: BTreeSet<Key>,
}

/// One cluster's instances, and their orders.
#[derive(Default)]
struct Cluster {
    rows: Rows,
    /// A store of what can be made again from `rows` at any time, which is why reading may change it.
    index: Mutex<Index>,
}

impl Floors {
    /// Takes note of a registration as it is now.
    pub fn note_instance(&mut self, key: &Key, instance: &Arc<ContainerInstance>) {
        let (floors, id) = self.addresses(key);
        for floor in floors {
            let cluster = self.cluster(floor);
            let slot = cluster.rows.admit(id);
            cluster.rows.register(slot, Some((key.clone(), Arc::clone(instance))));
            index_of(&mut cluster.index).note_instance(&cluster.rows, slot);
        }
    }

    /// Takes note of a ledger as it is now. It is shared, not copied.
    pub fn note_ledger(&mut self, key: &Key, ledger: &Arc<Ledger>) {
        let (floors, id) = self.addresses(key);
        for floor in floors {
            let cluster = self.cluster(floor);
            let slot = cluster.rows.admit(id);
            cluster.enter(slot, Some(Arc::clone(ledger)));
        }
    }

    /// Takes note of a link as it is now.
    pub fn note_link(&mut self, key: &Key, link: &Arc<InstanceLink>) {
        let (floors, id) = self.addresses(key);
        for floor in floors {
            let cluster = self.cluster(floor);
            let slot = cluster.rows.admit(id);
            cluster.rows.connect(slot, Some(Arc::clone(link)));
            index_of(&mut cluster.index).note_instance(&cluster.rows, slot);
        }
    }

    /// Takes note of how an instance is of Fargate's pool, by the key of its registration, whether that is known yet or not.
    pub fn note_pooled(&mut self, instance: &Key, host: PoolHost) {
        let ((home, id), pool) = (address(instance), pool_key(instance));
        let comes = home != pool && self.pooled.insert(instance.clone());
        let known = self.clusters.get(&home).filter(|_| comes).and_then(|home| {
            let slot = home.rows.slot(id)?;
            Some(home.rows.known(slot).clone())
        });
        let cluster = self.cluster(pool);
        let slot = cluster.rows.admit(id);
        cluster.rows.lend(slot, Some(host));
        if let Some(known) = known {
            cluster.rows.register(slot, known.instance);
            cluster.rows.connect(slot, known.link);
            cluster.enter(slot, known.ledger);
        }
        index_of(&mut cluster.index).note_instance(&cluster.rows, slot);
    }

    /// Takes note that an instance is no longer of Fargate's pool. What registered there stays, until its registration goes.
    pub fn forget_pooled(&mut self, instance: &Key) {
        let (pool, (_, id)) = (pool_key(instance), address(instance));
        self.forget_on(&pool, id, PoolHost::TABLE);
        if self.pooled.remove(instance) {
            for table in [ContainerInstance::TABLE, Ledger::TABLE, InstanceLink::TABLE] {
                self.forget_on(&pool, id, table);
            }
        }
    }

    /// The floors that an instance is on, by the key of its registration.
    pub fn floors_of(&self, instance: &Key) -> impl Iterator<Item = Key> + use<> {
        let pool = self.pooled.contains(instance).then(|| pool_key(instance));
        [Some(cluster_key(instance)), pool].into_iter().flatten()
    }

    /// Takes note that a record is gone; those of other tables are nothing to it.
    pub fn forget(&mut self, key: &Key) {
        let is_ours = matches!(
            key.table(),
            Some(ContainerInstance::TABLE | Ledger::TABLE | InstanceLink::TABLE)
        );
        if !is_ours {
            return;
        }
        let (floors, id) = self.addresses(key);
        for floor in floors {
            self.forget_on(&floor, id, key.table().unwrap_or_default());
        }
    }

    fn forget_on(&mut self, floor: &Key, id: u128, table: &str) {
        let Some(cluster) = self.clusters.get_mut(floor) else { return };
        let Some(slot) = cluster.rows.slot(id) else { return };
        match table {
            ContainerInstance::TABLE => cluster.rows.register(slot, None),
            Ledger::TABLE => cluster.enter(slot, None),
            PoolHost::TABLE => cluster.rows.lend(slot, None),
            _ => cluster.rows.connect(slot, None),
        }
        index_of(&mut cluster.index).note_instance(&cluster.rows, slot);
        cluster.rows.leave(slot);
        if cluster.rows.is_empty() {
            self.clusters.remove(floor);
        }
    }

    /// Whether nothing is known at all.
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty() && self.pooled.is_empty()
    }

    /// A plan's placements, none yet. There is one draft at a time: two would see each other's placements.
    pub fn draft(&self) -> Draft<'_> {
        Draft { floors: self, touched: BTreeSet::new() }
    }

    fn cluster(&mut self, key: Key) -> &mut Cluster {
        self.clusters.entry(key).or_default()
    }

    /// The floors that the instance of a record is on, and its id as a number.
    fn addresses(&self, key: &Key) -> (impl Iterator<Item = Key> + use<>, u128) {
        let (home, id) = address(key);
        let is_pooled =
            !self.pooled.is_empty() && self.pooled.contains(&sibling::<ContainerInstance>(key));
        let pool = is_pooled.then(|| pool_key(key));
        ([Some(home), pool].into_iter().flatten(), id)
    }
}

impl Cluster {
    fn enter(&mut self, slot: u32, ledger: Option<Arc<Ledger>>) {
        let before = self.rows.enter(slot, ledger.clone());
        let index = index_of(&mut self.index);
        index.note_ledger(&self.rows, slot, before.as_deref(), ledger.as_deref());
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Cluster {
    fn clone(&self) -> Self {
        Self { rows: self.rows.clone(), index: Mutex::new(self.index().anew()) }
    }
}

impl fmt::Debug for Floors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.clusters.iter().map(|(name, cluster)| (name, cluster.rows.present()));
        f.debug_map().entries(counts).finish()
    }
}

fn index_of(index: &mut Mutex<Index>) -> &mut Index {
    index.get_mut().unwrap_or_else(PoisonError::into_inner)
}

/// The key of the cluster's record, and the instance's id as a number. Panics for a key of anything else.
fn address(key: &Key) -> (Key, u128) {
    let id = u128::from_str_radix(key.last(), 16);
    (cluster_key(key), id.expect("an instance's id is 32 hexadecimal digits"))
}

/// What one plan places.
#[derive(Debug)]
pub struct Draft<'a> {
    floors: &'a Floors,
    touched: BTreeSet<&'a Key>,
}

impl<'a> Draft<'a> {
    /// Places up to `count` tasks; they are taken into account by whatever this draft places next. `seed` decides what is left to
    /// chance.
    pub fn place(&mut self, ask: &Ask<'_>, count: usize, seed: u64) -> Placed {
        let Some(cluster) = self.touch(ask.cluster) else {
            let shortfall = Shortfall { missing: count, ..Shortfall::default() };
            return Placed { places: Vec::new(), shortfall: (count > 0).then_some(shortfall) };
        };
        let placed = cluster.index().place(&cluster.rows, ask, count, seed);
        placed.places.iter().for_each(|place| self.mirror(ask, place));
        placed
    }

    /// Places one task on the instance of that key, or says why it cannot be there.
    ///
    /// # Errors
    /// The reason; [`Reason::Status`] with INACTIVE if there is no such instance in the pool.
    pub fn place_on(&mut self, ask: &Ask<'_>, instance: &Key) -> Result<Place, Reason> {
        let gone = Reason::Status(domain::status::InstanceStatus::Inactive);
        let cluster = self.touch(ask.cluster).ok_or(gone)?;
        let (_, id) = address(instance);
        let place = cluster.index().place_on(&cluster.rows, ask, cluster.rows.slot(id))?;
        self.mirror(ask, &place);
        Ok(place)
    }

    /// How many ACTIVE instances of the pool are as the tasks want them, whether they have room and a connected agent or not, by
    /// Availability Zone; those without one are under the empty text. Expressions about tasks are not asked.
    pub fn zones(&self, ask: &Ask<'_>) -> BTreeMap<String, usize> {
        let cluster = self.floors.clusters.get(ask.cluster);
        cluster.map(|cluster| cluster.index().zones(&cluster.rows, ask)).unwrap_or_default()
    }

    /// What of the tasks no host of Fargate's pool serves, in words; `None` where one suits them, or none is there.
    pub fn unserved(&self, ask: &Ask<'_>) -> Option<String> {
        let cluster = self.floors.clusters.get(ask.cluster)?;
        if !cluster.index().zones(&cluster.rows, ask).is_empty() {
            return None;
        }
        cluster.index().unserved(&cluster.rows, ask)
    }

    /// Has the other floor of an instance that is on two see what was placed on one.
    fn mirror(&mut self, ask: &Ask<'_>, place: &Place) {
        if !self.floors.pooled.contains(&place.instance) {
            return;
        }
        let (home, id) = address(&place.instance);
        let other = if *ask.cluster == home { pool_key(&place.instance) } else { home };
        let Some(cluster) = self.touch(&other) else { return };
        if let Some(slot) = cluster.rows.slot(id) {
            cluster.index().mirror(&cluster.rows, ask.group, slot, &place.held);
        }
    }

    fn touch(&mut self, cluster: &Key) -> Option<&'a Cluster> {
        let (key, cluster) = self.floors.clusters.get_key_value(cluster)?;
        self.touched.insert(key);
        Some(cluster)
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        for cluster in self.touched.iter().filter_map(|key| self.floors.clusters.get(*key)) {
            cluster.index().end_draft(&cluster.rows);
        }
    }
}
