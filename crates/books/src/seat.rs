//! An instance with what belongs to it: registration, ledger, link and its place in Fargate's pool, read together.

use domain::{
    fargate::PoolHost,
    id::{ClusterName, InstanceId, Scope},
    instance::{ContainerInstance, InstanceLink, Ledger},
    record::Record,
};
use placement::candidate::Candidate;
use std::sync::Arc;
use store::{Expect, Found, ReadError, Snapshot};

/// One instance at the snapshot's revision.
#[derive(Clone, Debug)]
pub struct Seat {
    /// What was registered.
    pub instance: Found<ContainerInstance>,
    /// What is taken.
    pub ledger: Arc<Ledger>,
    /// At which revision the ledger was read.
    pub ledger_seen: Expect,
    /// Its agent's link; `None` while no agent ever connected.
    pub link: Option<Arc<InstanceLink>>,
    /// Its place in Fargate's pool, if it has one.
    pub pool: Option<Found<PoolHost>>,
}

impl Seat {
    /// What belongs to `instance`.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn of(
        snapshot: &Snapshot,
        scope: &Scope,
        instance: Found<ContainerInstance>,
    ) -> Result<Self, ReadError> {
        let (cluster, id) = (&instance.cluster, &instance.id);
        let ledger = snapshot.get::<Ledger>(&Ledger::key(scope, cluster, id))?;
        let link = snapshot.get::<InstanceLink>(&InstanceLink::key(scope, cluster, id))?;
        let pool = snapshot.get::<PoolHost>(&PoolHost::key(scope, cluster, id))?;
        Ok(Self::with(instance, ledger, link, pool))
    }

    /// Every instance of a cluster, in the order of ids. The four tables are walked side by side, as a cluster has thousands.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn all_in(
        snapshot: &Snapshot,
        scope: &Scope,
        cluster: &ClusterName,
    ) -> Result<Vec<Self>, ReadError> {
        let mut ledgers = Beside(snapshot.range(&Ledger::all_in(scope, cluster)).peekable());
        let mut links = Beside(snapshot.range(&InstanceLink::all_in(scope, cluster)).peekable());
        let mut pool = Beside(snapshot.range(&PoolHost::all_in(scope, cluster)).peekable());
        snapshot
            .range::<ContainerInstance>(&ContainerInstance::all_in(scope, cluster))
            .map(|instance| {
                let instance = instance?;
                let ledger = ledgers.of(&instance.id)?;
                let link = links.of(&instance.id)?;
                let pool = pool.of(&instance.id)?;
                Ok(Self::with(instance, ledger, link, pool))
            })
            .collect()
    }

    /// The hosts of Fargate's pool, DRAINING ones too, in the order of their clusters and ids.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn pool(snapshot: &Snapshot, scope: &Scope) -> Result<Vec<Self>, ReadError> {
        let mut seats = Vec::new();
        for host in snapshot.range::<PoolHost>(&PoolHost::all(scope)) {
            let host = host?;
            let instance = PoolHost::instance_key(&host.key).map(|key| snapshot.get(&key));
            if let Some(instance) = instance.transpose()?.flatten() {
                seats.push(Self::of(snapshot, scope, instance)?);
            }
        }
        Ok(seats)
    }

    /// The instance as placement sees it for tasks of its cluster.
    pub fn candidate(&self) -> Candidate<'_> {
        let link = self.link.as_deref();
        Candidate { instance: &self.instance, ledger: &self.ledger, link, pool: None }
    }

    /// The same for tasks of Fargate; `None` if it is not of the pool.
    pub fn host(&self) -> Option<Candidate<'_>> {
        let pool = self.pool.as_ref()?;
        Some(Candidate { pool: Some(*pool.record), ..self.candidate() })
    }

    fn with(
        instance: Found<ContainerInstance>,
        ledger: Option<Found<Ledger>>,
        link: Option<Found<InstanceLink>>,
        pool: Option<Found<PoolHost>>,
    ) -> Self {
        let (ledger, ledger_seen) = match ledger {
            Some(found) => (found.record, Expect::Revision(found.modified)),
            None => (Arc::default(), Expect::Absent),
        };
        Self { instance, ledger, ledger_seen, link: link.map(|found| found.record), pool }
    }
}

/// A table whose keys end in the same ids, in the same order, though some may be missing or more than asked for.
struct Beside<I: Iterator>(std::iter::Peekable<I>);

impl<R: Record, I: Iterator<Item = Result<Found<R>, ReadError>>> Beside<I> {
    /// The record of `id`; ids are asked for in their order.
    fn of(&mut self, id: &InstanceId) -> Result<Option<Found<R>>, ReadError> {
        let is_before = |next: &Result<Found<R>, ReadError>| {
            next.as_ref().is_ok_and(|found| found.key.last() < id.as_str())
        };
        while self.0.next_if(is_before).is_some() {}
        let is_it = |next: &Result<Found<R>, ReadError>| {
            next.as_ref().map_or(true, |found| found.key.last() == id.as_str())
        };
        self.0.next_if(is_it).transpose()
    }
}
