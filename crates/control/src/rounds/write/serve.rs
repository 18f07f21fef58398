//! A step of a service: tasks made and stopped, and its record, stories, revisions and events with them.
//!
//! Invariants: the step is of the service's record as it was seen, or nothing is written. Whether a place fits is asked again, with the
//! ledger as it is now and with what the same step did before; a place that does not is left out, and the next round looks for it again.
//! Not here: what to do (`planner`).

#[cfg(test)]
mod tests;

use super::{event, story};
use books::{blueprint::Blueprint, draft::Draft, ids::Ids, seat::Seat};
use domain::{
    block::Block,
    definition::TaskDefinition,
    deployment::{ServiceDeployment, ServiceRevision},
    fargate::{PLATFORM_VERSION, platform_version},
    id::{DeploymentId, Scope, ServiceDeploymentId, ServiceName, TaskId},
    instance::ContainerInstance,
    key::Key,
    service::{DefinitionName, PropagateTags, Service, ServiceStatus, Template},
    status::{DesiredStatus, HealthStatus, TaskStatus},
    tag::Tag,
    task::{Overrides, Task},
    time::Timestamp,
};
use placement::{
    candidate::Candidate,
    filter::{Constraint, Needs},
};
use planner::{
    plan::{Launch, Place, ServiceStep},
    view::scope_of,
};
use std::{borrow::Cow, collections::BTreeMap};
use store::{Expect, ReadError, Snapshot, Transaction};

/// The tag by which ECS itself says of which cluster a task is.
const CLUSTER_TAG: &str = "aws:ecs:clusterName";
/// The tag by which ECS itself says of which service a task is.
const SERVICE_TAG: &str = "aws:ecs:serviceName";

/// What to write for `step`; nothing if the service changed since, or if nothing of it can be done any more.
pub(super) fn serve(
    snapshot: &Snapshot,
    step: &ServiceStep,
    ids: &Ids,
    (public_addresses, now): (Block, Timestamp),
) -> Result<Transaction, ReadError> {
    let found = snapshot.get::<Service>(&step.service)?;
    let Some(before) = found.filter(|found| found.modified == step.seen) else {
        return Ok(Transaction::new());
    };
    let scope = scope_of(&step.service);
    let mut draft = Draft::new(snapshot, &scope, now).with_public_addresses(public_addresses);
    for (key, stop) in &step.stops {
        let task = snapshot.get::<Task>(key)?;
        let Some(task) = task.filter(|task| task.desired == DesiredStatus::Running) else {
            continue;
        };
        if is_spared(&step.after, &task, now) {
            return Ok(Transaction::new());
        }
        draft.stop(&task, stop.clone())?;
    }
    for key in &step.tallied {
        if let Some(task) = snapshot.get::<Task>(key)?.filter(|task| !task.tallied) {
            let after = Task { tallied: true, ..Task::clone(&task.record) };
            draft.writes().put(key, Expect::Revision(task.modified), after);
        }
    }
    let mut after = step.after.clone();
    let made = Launching::new(snapshot, &scope, &after).make(&mut draft, &step.launches, ids)?;
    event::tell(snapshot, &scope, &mut after, &step.events, &made, (ids, now), draft.writes());
    tell_stories(snapshot, &scope, step, now, draft.writes())?;
    note_digests(snapshot, &scope, step, draft.writes())?;
    // A step that did nothing but look would be planned and written again and again.
    let mut writes = draft.finish();
    if writes.is_empty() && after == *before.record {
        return Ok(Transaction::new());
    }
    writes.put(&step.service, Expect::Revision(step.seen), after);
    Ok(writes)
}

/// Whether a task was protected since the step was planned, which is then one of old facts: protecting a task does not change its
/// service's record. What is unhealthy or belongs to a deleted service is not spared.
fn is_spared(service: &Service, task: &Task, now: Timestamp) -> bool {
    task.protected_until.is_some_and(|until| now < until)
        && task.health != HealthStatus::Unhealthy
        && service.status == ServiceStatus::Active
}

fn tell_stories(
    snapshot: &Snapshot,
    scope: &Scope,
    step: &ServiceStep,
    now: Timestamp,
    writes: &mut Transaction,
) -> Result<(), ReadError> {
    let service = &step.after;
    let mut told: BTreeMap<&ServiceDeploymentId, Vec<_>> = BTreeMap::new();
    for (id, turn) in &step.stories {
        told.entry(id).or_default().push(turn);
    }
    for (id, turns) in told {
        let key = ServiceDeployment::key(scope, &service.cluster, &service.name, id);
        let Some(found) = snapshot.get::<ServiceDeployment>(&key)? else { continue };
        let mut story = ServiceDeployment::clone(&found.record);
        for turn in turns {
            story::tell(&mut story, turn, service.desired, now);
        }
        if story != *found.record {
            writes.put(&key, Expect::Revision(found.modified), story);
        }
    }
    Ok(())
}

/// Digests stay as they were first resolved: all later tasks of the revision run the same images.
fn note_digests(
    snapshot: &Snapshot,
    scope: &Scope,
    step: &ServiceStep,
    writes: &mut Transaction,
) -> Result<(), ReadError> {
    let service = &step.after;
    for (id, digests) in &step.digests {
        let key = ServiceRevision::key(scope, &service.cluster, &service.name, id);
        let Some(found) = snapshot.get::<ServiceRevision>(&key)? else { continue };
        let mut revision = ServiceRevision::clone(&found.record);
        for image in &mut revision.images {
            if image.digest.is_none() {
                image.digest = digests.get(&image.container).cloned();
            }
        }
        if revision != *found.record {
            writes.put(&key, Expect::Revision(found.modified), revision);
        }
    }
    Ok(())
}

/// What the tasks of one deployment are made from.
struct Pattern {
    blueprint: Blueprint,
    constraints: Vec<Constraint>,
}

/// Tasks being made for one service.
struct Launching<'a> {
    snapshot: &'a Snapshot,
    scope: &'a Scope,
    service: &'a Service,
    /// By deployment; `None` if its definition is gone.
    patterns: BTreeMap<DeploymentId, Option<Pattern>>,
    /// By the key of the registration.
    seats: BTreeMap<Key, Option<Seat>>,
}

impl<'a> Launching<'a> {
    fn new(snapshot: &'a Snapshot, scope: &'a Scope, service: &'a Service) -> Self {
        Self { snapshot, scope, service, patterns: BTreeMap::new(), seats: BTreeMap::new() }
    }

    /// The tasks, as far as they can be made, in the order of `launches`.
    fn make(
        mut self,
        draft: &mut Draft<'_>,
        launches: &[Launch],
        ids: &Ids,
    ) -> Result<Vec<Option<TaskId>>, ReadError> {
        let mut made = Vec::with_capacity(launches.len());
        for (index, launch) in launches.iter().enumerate() {
            let task = self.make_one(draft, launch, &ids.child("task", index))?;
            made.push(task.map(|task| task.id));
        }
        Ok(made)
    }

    fn make_one(
        &mut self,
        draft: &mut Draft<'_>,
        launch: &Launch,
        ids: &Ids,
    ) -> Result<Option<Task>, ReadError> {
        if !self.patterns.contains_key(&launch.deployment) {
            let pattern = self.pattern(&launch.deployment)?;
            self.patterns.insert(launch.deployment.clone(), pattern);
        }
        let Some(Some(pattern)) = self.patterns.get(&launch.deployment) else { return Ok(None) };
        let provider = launch.provider.as_deref();
        let Some(Place { instance, .. }) = &launch.place else {
            return Ok(Some(draft.make_waiting(&pattern.blueprint, ids, provider)));
        };
        if !self.seats.contains_key(instance) {
            let seat = seat_of(self.snapshot, self.scope, instance)?;
            self.seats.insert(instance.clone(), seat);
        }
        let Some(Some(seat)) = self.seats.get(instance) else { return Ok(None) };
        let host = match pattern.blueprint.fargate {
            Some(_) => seat.host(),
            None => Some(seat.candidate()),
        };
        let Some(host) = host else { return Ok(None) };
        let candidate = Candidate { ledger: draft.ledger(seat), ..host };
        let needs = needs(&pattern.blueprint, &pattern.constraints);
        if !candidate.takes_new_tasks() || needs.refused_by(&candidate).is_some() {
            return Ok(None);
        }
        let held = needs.held_on(&candidate);
        let blueprint = match launch.zone.as_deref() {
            Some(zone) => Cow::Owned(within(&pattern.blueprint, zone)),
            None => Cow::Borrowed(&pattern.blueprint),
        };
        draft.make(&blueprint, ids, provider, seat, held).map(Some)
    }

    fn pattern(&self, deployment: &DeploymentId) -> Result<Option<Pattern>, ReadError> {
        let service = self.service;
        let Some((_, template)) = templates(service).find(|(id, _)| *id == deployment) else {
            return Ok(None);
        };
        let DefinitionName { family, revision } = &template.definition;
        let key = TaskDefinition::key(self.scope, family, *revision);
        let Some(definition) = self.snapshot.get::<TaskDefinition>(&key)? else {
            return Ok(None);
        };
        let key = ServiceRevision::key(self.scope, &service.cluster, &service.name, deployment);
        let revision = self.snapshot.get::<ServiceRevision>(&key)?;
        let images = revision.iter().flat_map(|revision| &revision.images);
        let digests = images.filter_map(|it| Some((it.container.clone(), it.digest.clone()?)));
        let constraints = Constraint::all(&definition.placement_constraints, &service.constraints);
        let blueprint = Blueprint {
            group: service.group(),
            started_by: Some(deployment.prefixed()),
            tags: tags(service, &definition),
            digests: digests.collect(),
            network: template.network.clone(),
            ..Blueprint::new(service.cluster.clone(), definition, Overrides::default())
        }
        .entered_if(service.exec);
        let blueprint = if template.is_fargate() {
            blueprint.on_fargate(resolved(template.platform_version.as_deref()))
        } else {
            blueprint
        };
        Ok(Some(Pattern { blueprint, constraints }))
    }
}

/// What an instance must have for a task of `blueprint`. Where tasks of Fargate go is decided by where the pool's hosts are, which is the
/// planner's to see: any host that has room carries them.
fn needs<'a>(blueprint: &'a Blueprint, constraints: &'a [Constraint]) -> Needs<'a> {
    let needs = blueprint.needs(constraints);
    let network = needs.network.filter(|_| blueprint.fargate.is_none());
    Needs { network, ..needs }
}

/// The same blueprint, of tasks that are in a subnet of that zone.
fn within(blueprint: &Blueprint, zone: &str) -> Blueprint {
    let mut blueprint = blueprint.clone();
    if let Some(network) = &mut blueprint.network {
        network.subnets.retain(|subnet| subnet.zone == zone);
    }
    blueprint
}

/// The platform version of tasks; it was checked when their template was read.
fn resolved(asked: Option<&str>) -> &'static str {
    platform_version(asked).unwrap_or(PLATFORM_VERSION)
}

/// What a service's tasks are made from, by deployment or task set.
fn templates(service: &Service) -> impl Iterator<Item = (&DeploymentId, &Template)> {
    let deployments = service.deployments.iter().map(|it| (&it.id, &it.template));
    deployments.chain(service.task_sets.iter().map(|it| (&it.id, &it.template)))
}

fn seat_of(snapshot: &Snapshot, scope: &Scope, instance: &Key) -> Result<Option<Seat>, ReadError> {
    let found = snapshot.get::<ContainerInstance>(instance)?;
    found.map(|found| Seat::of(snapshot, scope, found)).transpose()
}

fn tags(service: &Service, definition: &TaskDefinition) -> Vec<Tag> {
    let mut tags = match service.propagate {
        PropagateTags::None => Vec::new(),
        PropagateTags::Service => service.tags.clone(),
        PropagateTags::TaskDefinition => definition.tags.clone(),
    };
    if service.managed_tags {
        let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
        tags.push(tag(CLUSTER_TAG, service.cluster.as_str()));
        tags.push(tag(SERVICE_TAG, service.name.as_str()));
    }
    tags
}

/// Gives a task that waits its instance, if it still waits and the place still fits. Tasks of Fargate wait for none.
pub(super) fn seat(
    snapshot: &Snapshot,
    task: &Key,
    place: &Place,
    (public_addresses, now): (Block, Timestamp),
) -> Result<Transaction, ReadError> {
    let nothing = Ok(Transaction::new());
    let Some(task) = snapshot.get::<Task>(task)? else { return nothing };
    if task.last != TaskStatus::Provisioning || task.desired != DesiredStatus::Running {
        return nothing;
    }
    let scope = scope_of(&task.key);
    let key = TaskDefinition::key(&scope, &task.family, task.revision);
    let Some(definition) = snapshot.get::<TaskDefinition>(&key)? else { return nothing };
    let Some(seat) = seat_of(snapshot, &scope, &place.instance)? else { return nothing };
    let service = match task.owner() {
        Some(owner) => {
            let name = ServiceName::parse(owner.service);
            let key = name.ok().map(|name| Service::key(&scope, &task.cluster, &name));
            key.map(|key| snapshot.get::<Service>(&key)).transpose()?.flatten()
        }
        None => None,
    };
    let asked = match (&service, &task.seeks) {
        (Some(service), _) => service.constraints.as_slice(),
        (None, Some(seeks)) => seeks.constraints.as_slice(),
        (None, None) => &[],
    };
    let constraints = Constraint::all(&definition.placement_constraints, asked);
    let network = match (&service, &task.seeks) {
        (Some(service), _) => task.owner().and_then(|owner| {
            let of = |(id, _): &(&DeploymentId, &Template)| id.as_str() == owner.deployment;
            templates(service).find(of)?.1.network.clone()
        }),
        (None, seeks) => seeks.as_ref().and_then(|seeks| seeks.network.clone()),
    };
    let blueprint = Blueprint {
        group: task.group.clone(),
        network,
        ..Blueprint::new(task.cluster.clone(), definition, task.overrides.clone())
    }
    .entered_if(task.enable_execute_command);
    let (candidate, needs) = (seat.candidate(), blueprint.needs(&constraints));
    if !candidate.takes_new_tasks() || needs.refused_by(&candidate).is_some() {
        return nothing;
    }
    let held = needs.held_on(&candidate);
    let mut draft = Draft::new(snapshot, &scope, now).with_public_addresses(public_addresses);
    draft.seat(&task, &blueprint, &seat, held)?;
    Ok(draft.finish())
}
