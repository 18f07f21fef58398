//! What is known of every service: its record, its tasks, and what its tasks are made from.
//!
//! Invariants: whatever a decision looks at is brought up to date by notes alone; a service is decided again only after a note that
//! touches it, or when something of it is due. A service whose tasks have no place hears of every change that may give them one.

use super::{
    daemon::Posts,
    fargate,
    member::Member,
    roster::Roster,
    step::{Mould, number},
};
use crate::view::keys::{cluster_key, pool_key, scope_of, scope_text};
use domain::{
    definition::TaskDefinition,
    deployment::ServiceRevision,
    exec::with_capability,
    id::{DeploymentId, ServiceName},
    key::Key,
    record::Revision,
    service::{DefinitionName, PlacementRule, SchedulingStrategy, Service, Template},
    task::{Overrides, Task},
};
use placement::{demand::Demand, filter::Constraint, strategy::Strategy, wants::Wants};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Every service.
#[derive(Clone, Debug, Default)]
pub(crate) struct Services {
    pub(crate) known: BTreeMap<Key, Known>,
    /// By the cluster of a floor: services whose tasks have no place there.
    blocked: BTreeMap<Key, BTreeSet<Key>>,
    /// By the cluster of a floor: services for which it matters which instances there are.
    watching: BTreeMap<Key, BTreeSet<Key>>,
    /// By the alarm's scope and name: services that are guarded by it.
    guarded: BTreeMap<(String, String), BTreeSet<Key>>,
}

/// One service.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) record: Option<(Revision, Arc<Service>)>,
    /// Of its cluster's record.
    pub(crate) cluster: Key,
    pub(crate) group: String,
    pub(crate) roster: Roster,
    pub(crate) moulds: BTreeMap<u64, Mould>,
    /// Containers without digest, by the number of the revision.
    pub(crate) unresolved: BTreeMap<u64, BTreeSet<String>>,
    /// Of a DAEMON.
    pub(crate) posts: Posts,
}

impl Services {
    /// Whether nothing is known at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The key of the service that a task belongs to, shared with the other tasks.
    pub(crate) fn key_of(&self, task_key: &Key, task: &Task) -> Option<Key> {
        let name = ServiceName::parse(task.owner()?.service).ok()?;
        let key = Service::key(&scope_of(task_key), &task.cluster, &name);
        Some(self.known.get_key_value(&key).map_or(key, |(known, _)| known.clone()))
    }

    /// What is known of a service, made if need be.
    fn entry(&mut self, key: &Key) -> &mut Known {
        self.known.entry(key.clone()).or_insert_with(|| Known {
            record: None,
            cluster: cluster_key(key),
            group: format!("service:{}", key.last()),
            roster: Roster::default(),
            moulds: BTreeMap::new(),
            unresolved: BTreeMap::new(),
            posts: Posts::default(),
        })
    }

    /// Takes note of a service as it is now; answers the definitions that it names and did not before, and those it does no more.
    pub(crate) fn note(
        &mut self,
        key: &Key,
        revision: Revision,
        service: &Arc<Service>,
    ) -> (Vec<Key>, Vec<Key>) {
        let known = self.entry(key);
        let before = known.record.replace((revision, Arc::clone(service)));
        let before = before.map(|(_, before)| before);
        let is_same = before.as_ref().is_some_and(|before| {
            before.constraints == service.constraints && before.strategies == service.strategies
        });
        let ids: BTreeSet<u64> = templates(service).map(|(id, _)| number(id)).collect();
        known.moulds.retain(|id, _| is_same && ids.contains(id));
        if !is_same {
            known.posts.touch_all();
        }
        known.roster.forget_squads(|id| ids.contains(&id));
        if before.as_ref().is_none_or(|before| before.grace_s != service.grace_s) {
            known.roster.touch_all();
        }
        self.watch(key, Some(service));
        let alarms_before = before.as_ref().map(|it| alarms(key, it)).unwrap_or_default();
        let alarms = alarms(key, service);
        self.guard(key, &alarms_before, &alarms);
        let used_before = before.map(|it| definitions(key, &it)).unwrap_or_default();
        let used = definitions(key, service);
        (
            used.difference(&used_before).cloned().collect(),
            used_before.difference(&used).cloned().collect(),
        )
    }

    /// Takes note that a service is gone; answers the definitions that it named.
    pub(crate) fn forget(&mut self, key: &Key) -> Vec<Key> {
        let Some(known) = self.known.get_mut(key) else { return Vec::new() };
        let before = known.record.take();
        known.moulds.clear();
        self.watch(key, None);
        self.block(key, false);
        let Some((_, before)) = before else { return Vec::new() };
        self.guard(key, &alarms(key, &before), &[]);
        self.tidy(key);
        definitions(key, &before).into_iter().collect()
    }

    /// Takes note of a revision: which of its images are not known by their digests.
    pub(crate) fn note_revision(&mut self, service: &Key, revision: &ServiceRevision) {
        let images = revision.images.iter().filter(|image| image.digest.is_none());
        let unresolved: BTreeSet<String> = images.map(|image| image.container.clone()).collect();
        let known = self.entry(service);
        if unresolved.is_empty() {
            known.unresolved.remove(&number(&revision.id));
        } else {
            known.unresolved.insert(number(&revision.id), unresolved);
        }
    }

    /// Takes note that a revision is gone.
    pub(crate) fn forget_revision(&mut self, service: &Key, id: &str) {
        if let (Some(known), Ok(number)) = (self.known.get_mut(service), id.parse()) {
            known.unresolved.remove(&number);
        }
        self.tidy(service);
    }

    /// Takes note of a service's task as it is now.
    pub(crate) fn note_task(&mut self, service: &Key, key: &Key, member: Member, task: &Task) {
        self.entry(service).roster.note(key, member, task);
    }

    /// Takes note that a task is gone.
    pub(crate) fn forget_task(&mut self, service: &Key, key: &Key) {
        if let Some(known) = self.known.get_mut(service) {
            known.roster.remove(key);
        }
        self.tidy(service);
    }

    /// Has a task looked at again.
    pub(crate) fn touch(&mut self, service: &Key, task: &Key) {
        if let Some(known) = self.known.get_mut(service) {
            known.roster.touch(task);
        }
    }

    /// Whether the tasks of a service have no place.
    pub(crate) fn block(&mut self, key: &Key, is_blocked: bool) {
        let record = self.known.get(key).and_then(|known| known.record.as_ref());
        let on = floors_of(record.map(|(_, service)| &**service));
        enter(&mut self.blocked, &cluster_key(key), key, is_blocked && on.instances);
        enter(&mut self.blocked, &pool_key(key), key, is_blocked && on.pool);
    }

    /// Services that wait for room on a floor.
    pub(crate) fn blocked(&self, floor: &Key) -> impl Iterator<Item = &Key> {
        self.blocked.get(floor).into_iter().flatten()
    }

    /// Services for which it matters which instances are on a floor.
    pub(crate) fn watching(&self, floor: &Key) -> impl Iterator<Item = &Key> {
        self.watching.get(floor).into_iter().flatten()
    }

    /// Has a service look at an instance again.
    pub(crate) fn touch_post(&mut self, service: &Key, instance: &Key) {
        if let Some(known) = self.known.get_mut(service) {
            known.posts.touch(instance);
        }
    }

    /// Has all services of all clusters look at all instances again; answers those for which it matters.
    pub(crate) fn touch_posts(&mut self) -> Vec<Key> {
        let watching: Vec<Key> = self.watching.values().flatten().cloned().collect();
        for key in &watching {
            if let Some(known) = self.known.get_mut(key) {
                known.posts.touch_all();
            }
        }
        watching
    }

    /// Services that an alarm guards.
    pub(crate) fn guarded(&self, scope: &str, alarm: &str) -> impl Iterator<Item = &Key> {
        self.guarded.get(&(scope.to_owned(), alarm.to_owned())).into_iter().flatten()
    }

    fn watch(&mut self, key: &Key, service: Option<&Service>) {
        let watches = service.is_some_and(|service| {
            service.scheduling == SchedulingStrategy::Daemon || service.rebalancing
        });
        let on = floors_of(service);
        enter(&mut self.watching, &cluster_key(key), key, watches && on.instances);
        enter(&mut self.watching, &pool_key(key), key, watches && on.pool);
    }

    fn guard(&mut self, key: &Key, before: &[(String, String)], now: &[(String, String)]) {
        for alarm in before.iter().filter(|alarm| !now.contains(alarm)) {
            enter(&mut self.guarded, alarm, key, false);
        }
        for alarm in now {
            enter(&mut self.guarded, alarm, key, true);
        }
    }

    /// Keeps nothing of what is gone.
    fn tidy(&mut self, key: &Key) {
        let is_over = self.known.get(key).is_some_and(|known| {
            known.record.is_none() && known.roster.is_empty() && known.unresolved.is_empty()
        });
        if is_over {
            self.known.remove(key);
        }
    }
}

/// Which floors the tasks of a service go to.
struct OnFloors {
    instances: bool,
    pool: bool,
}

fn floors_of(service: Option<&Service>) -> OnFloors {
    let of = |is_fargate: bool| {
        service.is_some_and(|it| templates(it).any(|(_, it)| it.is_fargate() == is_fargate))
    };
    OnFloors { instances: of(false), pool: of(true) }
}

fn enter<K: Ord + Clone>(sets: &mut BTreeMap<K, BTreeSet<Key>>, name: &K, key: &Key, is_in: bool) {
    if is_in {
        sets.entry(name.clone()).or_default().insert(key.clone());
    } else if let Some(set) = sets.get_mut(name) {
        set.remove(key);
        if set.is_empty() {
            sets.remove(name);
        }
    }
}

fn alarms(key: &Key, service: &Service) -> Vec<(String, String)> {
    let alarms = service.configuration.alarms.iter().flat_map(|alarms| &alarms.names);
    alarms.map(|name| (scope_text(key).to_owned(), name.clone())).collect()
}

/// What a service's tasks are made from, by deployment or task set.
pub(crate) fn templates(service: &Service) -> impl Iterator<Item = (&DeploymentId, &Template)> {
    let deployments = service.deployments.iter().map(|it| (&it.id, &it.template));
    deployments.chain(service.task_sets.iter().map(|it| (&it.id, &it.template)))
}

/// The key of a definition that a service of `key` names.
pub(crate) fn definition_key(key: &Key, name: &DefinitionName) -> Key {
    TaskDefinition::key(&scope_of(key), &name.family, name.revision)
}

fn definitions(key: &Key, service: &Service) -> BTreeSet<Key> {
    let all = templates(service).map(|(_, template)| template).chain(&service.template);
    all.map(|template| definition_key(key, &template.definition)).collect()
}

impl Mould {
    /// Of a definition, for tasks of a service that are made from `template`.
    pub(crate) fn of(definition: &TaskDefinition, service: &Service, template: &Template) -> Self {
        let containers = definition.container_definitions.iter();
        let is_consistent = |version: Option<&str>| version != Some("disabled");
        let network = template.network.as_ref();
        let kind = if template.is_fargate() { Kind::Fargate } else { Kind::OnInstances };
        let wants = wants(
            definition,
            (&Overrides::default(), service.exec, kind),
            &service.constraints,
            &service.strategies,
        );
        Self {
            fargate: template.is_fargate().then(|| fargate::Site::new(wants.clone(), network)),
            wants: Arc::new(wants.in_network(network)),
            has_checks: has_checks(definition),
            consistent: containers
                .filter(|it| is_consistent(it.version_consistency.as_deref()))
                .map(|it| it.name.clone())
                .collect(),
        }
    }
}

/// Whether an essential container has a health check, so that the task's health says something.
pub(crate) fn has_checks(definition: &TaskDefinition) -> bool {
    let mut containers = definition.container_definitions.iter();
    containers.any(|container| container.essential && container.health_check.is_some())
}

/// What tasks are placed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Their cluster's instances.
    OnInstances,
    /// Fargate's pool.
    Fargate,
}

/// What tasks of a definition want of an instance, with what their service or their request asked for. Texts were checked when they were
/// stored.
pub(crate) fn wants(
    definition: &TaskDefinition,
    (overrides, exec, kind): (&Overrides, bool, Kind),
    constraints: &[PlacementRule],
    strategies: &[PlacementRule],
) -> Wants {
    let strategies = strategies.iter();
    let strategies: Vec<_> = strategies
        .filter_map(|it| Strategy::parse(&it.kind, it.argument.as_deref()).ok())
        .collect();
    let strategies = if strategies.is_empty() { Strategy::defaults().to_vec() } else { strategies };
    let demand = Demand::of(definition, overrides);
    Wants::new(
        if kind == Kind::Fargate { demand.on_fargate() } else { demand },
        with_capability(&definition.requires_attributes, exec),
        definition.runtime_platform.clone(),
        Constraint::all(&definition.placement_constraints, constraints),
        strategies,
    )
}
