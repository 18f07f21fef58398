//! The instances of every cluster, kept ready for tasks to be placed on them.
//!
//! ```text
//! instance, ledger, link records ─ note ─▶ Floors ─ draft ─▶ Draft ─ place(ask, count, seed) ─▶ places, and why there are not more
//! ```
//!
//! Invariants: a draft holds what its earlier placements took, whoever they were for, and leaves the floors as they are: only notes of
//! records change them. What is placed depends on the records and the seed alone, not on the order in which records were noted.
//! Not here: how many tasks of which service to place (`service`), the rules of placement (`placement`).

use crate::plan::Place;
use domain::{
    cluster::Cluster,
    instance::{ContainerInstance, InstanceLink, Ledger},
    key::Key,
    record::Record,
    status::InstanceStatus,
};
use placement::{
    candidate::Candidate,
    filter::{Reason, Refusal},
    place::place,
    wants::Wants,
};
use std::{collections::BTreeMap, sync::Arc};

/// Where tasks of one kind may go.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The key of the cluster's record.
    pub cluster: &'a Key,
    /// What they want, made once for their template and shared.
    pub wants: &'a Arc<Wants>,
    /// Their group.
    pub group: &'a str,
    /// Which instances are candidates.
    pub pool: Pool<'a>,
}

/// Which of a cluster's instances are candidates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pool<'a> {
    /// Those outside of EC2, for launch type EXTERNAL; otherwise those of EC2.
    pub is_external: bool,
    /// Only those of this capacity provider.
    pub provider: Option<Provider<'a>>,
    /// Only those of this Availability Zone.
    pub zone: Option<&'a str>,
}

/// How a capacity provider's instances are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provider<'a> {
    /// The provider's name, as [`ContainerInstance::capacity_provider`] says it.
    pub name: &'a str,
    /// Its Auto Scaling group's name or ARN, as [`domain::capacity::GROUP_ATTRIBUTE`] says it.
    pub group: &'a str,
}

/// What became of an ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// At most as many as were asked for, in the order in which they were chosen.
    pub places: Vec<Place>,
    /// Why there are not as many as were asked for.
    pub shortfall: Option<Shortfall>,
}

/// Why no further task could be placed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shortfall {
    /// How many tasks have no place.
    pub missing: usize,
    /// Instances of the cluster that are not INACTIVE.
    pub instances: usize,
    /// Those of them that are in the pool.
    pub candidates: usize,
    /// The candidate that lacks least, and what.
    pub closest: Option<Refusal>,
    /// How many candidates were refused for each reason, in ECS's words ([`Reason::as_str`]).
    pub reasons: BTreeMap<&'static str, usize>,
}

/// Every cluster's instances.
#[derive(Clone, Debug, Default)]
pub struct Floors {
    clusters: BTreeMap<Key, BTreeMap<String, Row>>,
}

#[derive(Clone, Debug, Default)]
struct Row {
    instance: Option<(Key, Arc<ContainerInstance>)>,
    ledger: Arc<Ledger>,
    link: Option<Arc<InstanceLink>>,
}

impl Floors {
    /// Takes note of a registration as it is now.
    pub fn note_instance(&mut self, key: &Key, instance: &Arc<ContainerInstance>) {
        self.row(key).instance = Some((key.clone(), Arc::clone(instance)));
    }

    /// Takes note of a ledger as it is now. It is shared, not copied.
    pub fn note_ledger(&mut self, key: &Key, ledger: &Arc<Ledger>) {
        self.row(key).ledger = Arc::clone(ledger);
    }

    /// Takes note of a link as it is now.
    pub fn note_link(&mut self, key: &Key, link: &Arc<InstanceLink>) {
        self.row(key).link = Some(Arc::clone(link));
    }

    /// Takes note that a record is gone; those of other tables are nothing to it.
    pub fn forget(&mut self, key: &Key) {
        match key.table() {
            Some(ContainerInstance::TABLE) => self.row(key).instance = None,
            Some(Ledger::TABLE) => self.row(key).ledger = Arc::default(),
            Some(InstanceLink::TABLE) => self.row(key).link = None,
            Some(_) | None => return,
        }
        let (cluster, id) = address(key);
        if let Some(rows) = self.clusters.get_mut(cluster.as_str()) {
            rows.retain(|_, row| {
                row.instance.is_some() || row.link.is_some() || row.ledger != Arc::default()
            });
            if rows.is_empty() {
                self.clusters.remove(cluster.as_str());
            }
        }
        let _ = id;
    }

    /// Whether nothing is known at all.
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty()
    }

    /// A plan's placements, none yet. There is one draft at a time.
    pub fn draft(&self) -> Draft<'_> {
        Draft { floors: self, booked: BTreeMap::new() }
    }

    fn row(&mut self, key: &Key) -> &mut Row {
        let (cluster, id) = address(key);
        self.clusters.entry(Key::from_text(cluster)).or_default().entry(id).or_default()
    }
}

/// The text of a cluster's key, and the instance's id.
fn address(key: &Key) -> (String, String) {
    let mut parts = key.as_str().split('/');
    let mut part = || parts.next().unwrap_or_default();
    let (account, region, _table, cluster) = (part(), part(), part(), part());
    (format!("{account}/{region}/{}/{cluster}", Cluster::TABLE), part().to_owned())
}

/// What one plan places.
#[derive(Debug)]
pub struct Draft<'a> {
    floors: &'a Floors,
    booked: BTreeMap<Key, Ledger>,
}

impl Draft<'_> {
    /// Places up to `count` tasks; they are taken into account by whatever this draft places next. `seed` decides what is left to
    /// chance.
    pub fn place(&mut self, ask: &Ask<'_>, count: usize, seed: u64) -> Placed {
        let rows = self.rows(ask);
        let candidates: Vec<_> = rows.iter().map(|(key, row)| self.candidate(key, row)).collect();
        let outcome =
            place(&ask.wants.needs(ask.group), ask.wants.strategies(), &candidates, count, seed);
        let shortfall = (outcome.placed.len() < count).then(|| {
            let mut reasons = BTreeMap::new();
            for refusal in &outcome.refused {
                *reasons.entry(refusal.reason.as_str()).or_insert(0) += 1;
            }
            Shortfall {
                missing: count - outcome.placed.len(),
                instances: self.floors.clusters.get(ask.cluster).map_or(0, BTreeMap::len),
                candidates: candidates.len(),
                closest: outcome.refused.first().cloned(),
                reasons,
            }
        });
        let places: Vec<Place> = outcome
            .placed
            .into_iter()
            .map(|it| Place { instance: rows[it.candidate].0.clone(), held: it.held })
            .collect();
        let ledgers: Vec<Arc<Ledger>> =
            rows.iter().map(|(_, row)| Arc::clone(&row.ledger)).collect();
        let keys: BTreeMap<Key, usize> =
            rows.iter().enumerate().map(|(index, (key, _))| ((*key).clone(), index)).collect();
        for place in &places {
            let ledger = self
                .booked
                .entry(place.instance.clone())
                .or_insert_with(|| (*ledgers[keys[&place.instance]]).clone());
            ledger.admit(&place.held, ask.group, domain::status::TaskStatus::Pending);
        }
        Placed { places, shortfall }
    }

    /// Places one task on the instance of that key, or says why it cannot be there.
    ///
    /// # Errors
    /// The reason; [`Reason::Status`] with INACTIVE if there is no such instance.
    pub fn place_on(&mut self, ask: &Ask<'_>, instance: &Key) -> Result<Place, Reason> {
        let gone = Reason::Status(InstanceStatus::Inactive);
        let rows = self.rows(ask);
        let (key, row) = rows.iter().find(|(key, _)| *key == instance).ok_or(gone)?;
        let candidate = self.candidate(key, row);
        let needs = ask.wants.needs(ask.group);
        if !candidate.takes_new_tasks() {
            return Err(Reason::Status(candidate.instance.status));
        }
        if let Some(reason) = needs.refused_by(&candidate) {
            return Err(reason);
        }
        let held = needs.held_on(candidate.instance, &candidate.ledger.held);
        let mut ledger = candidate.ledger.clone();
        ledger.admit(&held, ask.group, domain::status::TaskStatus::Pending);
        self.booked.insert(instance.clone(), ledger);
        Ok(Place { instance: instance.clone(), held })
    }

    /// How many ACTIVE instances of the pool are as the tasks want them, whether they have room or not: what is wanted of a DAEMON.
    pub fn suitable(&self, ask: &Ask<'_>) -> usize {
        self.zones(ask).values().sum()
    }

    /// The same by Availability Zone, where those without one are the empty text.
    pub fn zones(&self, ask: &Ask<'_>) -> BTreeMap<String, usize> {
        let needs = ask.wants.needs(ask.group);
        let mut zones = BTreeMap::new();
        for (key, row) in self.rows(ask) {
            let candidate = self.candidate(key, row);
            if candidate.takes_new_tasks() && needs.is_suited_by(&candidate) {
                let zone = candidate.attribute("ecs.availability-zone").unwrap_or_default();
                *zones.entry(zone.to_owned()).or_insert(0) += 1;
            }
        }
        zones
    }

    fn rows(&self, ask: &Ask<'_>) -> Vec<(&Key, &Row)> {
        let rows = self.floors.clusters.get(ask.cluster).into_iter().flatten();
        rows.filter_map(|(_, row)| row.instance.as_ref().map(|(key, _)| (key, row)))
            .filter(|(_, row)| {
                let instance = &row.instance.as_ref().expect("it was filtered").1;
                ask.pool.has(instance)
            })
            .collect()
    }

    fn candidate<'b>(&'b self, key: &Key, row: &'b Row) -> Candidate<'b> {
        Candidate {
            instance: &row.instance.as_ref().expect("rows without one are left out").1,
            ledger: self.booked.get(key).unwrap_or(&row.ledger),
            link: row.link.as_deref(),
        }
    }
}

impl Pool<'_> {
    /// Whether `instance` is a candidate. Those that are INACTIVE or never came to be are not.
    pub fn has(&self, instance: &ContainerInstance) -> bool {
        let value = |name: &str| instance.attributes.get(name).and_then(|value| value.as_deref());
        matches!(instance.status, InstanceStatus::Active | InstanceStatus::Draining)
            && instance.attributes.contains_key(placement::candidate::EXTERNAL_ATTRIBUTE)
                == self.is_external
            && self.provider.is_none_or(|provider| {
                instance.capacity_provider.as_deref() == Some(provider.name)
                    || value(domain::capacity::GROUP_ATTRIBUTE)
                        .is_some_and(|group| group_name(group) == group_name(provider.group))
            })
            && self.zone.is_none_or(|zone| value("ecs.availability-zone") == Some(zone))
    }
}

/// An Auto Scaling group's name, from its name or its ARN.
fn group_name(text: &str) -> &str {
    text.rsplit_once("autoScalingGroupName/").map_or(text, |(_, name)| name)
}
