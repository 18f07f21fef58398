//! The facts that the rules look at, and the agenda that follows from them.
//!
//! Invariants: the agenda has for every subject the moment that its rule names for the facts as they are now, and nothing else. What
//! is noted of one record touches only the subjects whose rules look at it.
//! A subject is named by its record's key; instances by the key of their registration, whether it exists or not.

pub(crate) mod keys;
pub(crate) mod known;
mod noted;

use self::{
    keys::{pool_key, service_of, shared},
    known::{KnownDefinition, KnownInstance, KnownTask, makes_room},
};
use crate::{
    floor::Floors,
    rules::{
        AT_ONCE, InstanceFacts, Registered, Rules, TaskFacts, definition_is_over, name_of,
        pool_host_is_over, story_over,
    },
    service::{known::Services, member::Member},
};
use domain::{
    capacity::CapacityProvider,
    cluster::Cluster,
    definition::TaskDefinition,
    deployment::ServiceRevision,
    fargate::PoolHost,
    iam::TaskCredentials,
    id::Scope,
    instance::{ContainerInstance, InstanceLink, Ledger},
    key::Key,
    record::{Record, Revision},
    service::Service,
    status::{DesiredStatus, TaskStatus},
    task::Task,
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
    sync::Arc,
};

pub use self::{
    keys::{instance_id, scope_of, sibling},
    noted::Noted,
};

/// Everything the rules know, kept up to date record by record.
#[derive(Clone, Debug, Default)]
pub struct View {
    pub(crate) rules: Rules,
    pub(crate) tasks: BTreeMap<Key, KnownTask>,
    pub(crate) instances: BTreeMap<Key, KnownInstance>,
    pub(crate) definitions: BTreeMap<Key, KnownDefinition>,
    pub(crate) providers: BTreeMap<Key, Arc<CapacityProvider>>,
    pub(crate) services: Services,
    pub(crate) floors: Floors,
    /// Clusters in which there may be room that there was not.
    pub(crate) stirred: BTreeSet<Key>,
    /// By their cluster: tasks that wait for an instance, by age.
    pub(crate) waiting: BTreeMap<Key, BTreeSet<(Timestamp, Key)>>,
    /// Alarms that are on, by scope and name.
    pub(crate) alarms: BTreeSet<(String, String)>,
    /// Tasks' credentials that are kept.
    credentials: BTreeSet<Key>,
    pub(crate) agenda: BTreeSet<(Timestamp, Key)>,
    due: BTreeMap<Key, Timestamp>,
}

impl View {
    /// Of an empty store.
    pub fn new(rules: Rules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// The rules that it follows.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Whether nothing is known at all.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
            && self.instances.is_empty()
            && self.definitions.is_empty()
            && self.credentials.is_empty()
            && self.services.is_empty()
            && self.floors.is_empty()
            && self.waiting.is_empty()
            && self.due.is_empty()
    }

    /// How many subjects have something due, now or later.
    pub fn agenda_len(&self) -> usize {
        self.agenda.len()
    }

    /// Takes note of a record as it is now. `revision` is that of the commit that put it: a step of a service is of its record at that
    /// revision, or nothing.
    pub fn note(&mut self, key: &Key, revision: Revision, record: Noted<'_>) {
        match record {
            Noted::Task(task) => self.note_task(key, task),
            Noted::Instance(instance) => {
                self.floors.note_instance(key, instance);
                self.change_instance(key, |known| {
                    known.name = name_of(&instance.id, Some(instance));
                    known.record = Some(Arc::clone(instance));
                });
            }
            Noted::Link(link) => {
                self.floors.note_link(key, link);
                let instance = sibling::<ContainerInstance>(key);
                self.change_instance(&instance, |known| known.link = Some(Arc::clone(link)));
            }
            Noted::Ledger(ledger) => self.note_ledger(key, Some(ledger)),
            Noted::PoolHost(host) => {
                let instance = sibling::<ContainerInstance>(key);
                self.floors.note_pooled(&instance, *host);
                self.change_instance(&instance, |known| known.pool = Some(*host));
            }
            Noted::Definition(definition) => self.note_definition(key, definition),
            Noted::Cluster(cluster) => self.schedule(key, self.rules.cluster_over(cluster)),
            Noted::Token(token) => self.schedule(key, Some(token.expires_at)),
            Noted::SessionCredential(credential) => self.schedule(key, Some(credential.expires_at)),
            Noted::TaskCredentials(_) => {
                self.credentials.insert(key.clone());
                self.review_credentials(key);
            }
            Noted::Service(service) => {
                let (named, not_named) = self.services.note(key, revision, service);
                self.name_definitions(key, &named, &not_named);
                self.schedule(key, Some(AT_ONCE));
            }
            Noted::Revision(record) => {
                let service = service_of(key);
                self.services.note_revision(&service, record);
                self.wake(&service);
            }
            Noted::ServiceDeployment(story) => self.schedule(key, story_over(story)),
            Noted::Provider(provider) => {
                self.providers.insert(key.clone(), Arc::clone(provider));
                self.schedule(key, self.rules.provider_over(provider));
                self.stir_all();
            }
        }
    }

    /// Takes note of whether an alarm of CloudWatch is on. `scope` is where it is.
    pub fn note_alarm(&mut self, scope: &Scope, name: &str, is_on: bool) {
        let scope = format!("{}/{}", scope.account, scope.region);
        let alarm = (scope, name.to_owned());
        let changes =
            if is_on { self.alarms.insert(alarm.clone()) } else { self.alarms.remove(&alarm) };
        if changes {
            let guarded: Vec<Key> = self.services.guarded(&alarm.0, name).cloned().collect();
            guarded.iter().for_each(|service| self.wake(service));
        }
    }

    /// Takes note that a record is gone.
    pub fn forget(&mut self, key: &Key) {
        match key.table() {
            Some(Task::TABLE) => {
                let known = self.tasks.remove(key);
                self.schedule(key, None);
                if let Some(known) = known {
                    self.detach(key, &known);
                    self.leave_service(key, &known);
                }
                self.review_credentials_of(key);
            }
            Some(ContainerInstance::TABLE) => {
                self.floors.forget(key);
                self.change_instance(key, |known| known.record = None);
            }
            Some(InstanceLink::TABLE) => {
                self.floors.forget(key);
                let instance = sibling::<ContainerInstance>(key);
                self.change_instance(&instance, |known| known.link = None);
            }
            Some(Ledger::TABLE) => {
                self.floors.forget(key);
                self.note_ledger(key, None);
            }
            Some(PoolHost::TABLE) => {
                let instance = sibling::<ContainerInstance>(key);
                self.floors.forget_pooled(&instance);
                self.schedule(key, None);
                self.change_instance(&instance, |known| known.pool = None);
                self.stir_floor(&pool_key(key), &instance);
            }
            Some(TaskDefinition::TABLE) => {
                if let Some(known) = self.definitions.get_mut(key) {
                    known.record = None;
                }
                self.define_tasks(key, false);
                self.review_definition(key);
            }
            Some(TaskCredentials::TABLE) => {
                self.credentials.remove(key);
                self.schedule(key, None);
            }
            Some(Service::TABLE) => {
                let not_named = self.services.forget(key);
                self.name_definitions(key, &[], &not_named);
                self.schedule(key, None);
            }
            Some(ServiceRevision::TABLE) => {
                self.services.forget_revision(&service_of(key), key.last());
            }
            Some(CapacityProvider::TABLE) => {
                self.providers.remove(key);
                self.schedule(key, None);
            }
            Some(_) | None => self.schedule(key, None),
        }
    }

    /// The facts of an instance.
    pub(crate) fn instance_facts(&self, key: &Key) -> Option<InstanceFacts> {
        self.instances.get(key).map(|known| InstanceFacts {
            registered: known.record.as_deref().map(Registered::of),
            link: known.link.as_ref().map(|link| (link.connected, link.since)),
            has_tasks: !known.tasks.is_empty(),
        })
    }

    /// When something is due next after `now`.
    pub(crate) fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        let from = (Timestamp(now.0.saturating_add(1)), Key::from_text(""));
        let mut later = self.agenda.range((Bound::Included(from), Bound::Unbounded));
        later.next().map(|(at, _)| *at)
    }

    /// Makes services due whose tasks may have a place now, or that follow what instances there are.
    pub(crate) fn rouse(&mut self) {
        for cluster in self.stirred.clone() {
            let blocked: Vec<Key> = self.services.blocked(&cluster).cloned().collect();
            blocked.iter().for_each(|service| self.wake(service));
        }
    }

    fn note_task(&mut self, key: &Key, task: &Task) {
        let before = self.tasks.remove(key);
        let (definition, instance, service) = self.belongings(key, task, before.as_ref());
        let waits = task.instance.is_none()
            && task.last == TaskStatus::Provisioning
            && task.desired == DesiredStatus::Running;
        let waiting = before.as_ref().and_then(|it| it.waiting.as_deref());
        self.queue(key, waiting, waits.then_some(task));
        let is_over = task.last == TaskStatus::Stopped;
        // A task stays where it was put and of the definition it is of, until it is STOPPED.
        let is_same = before.as_ref().is_some_and(|it| !it.is_over() && it.instance == instance);
        if let Some(before) = before.filter(|_| is_over || !is_same) {
            self.detach(key, &before);
        }
        if !is_over && !is_same {
            self.attach(key, instance.as_ref(), &definition);
        }
        if let Some((service, member)) = service.as_ref().zip(Member::of(task, instance.as_ref())) {
            self.services.note_task(service, key, member, task);
            self.wake(service);
        }
        let known = KnownTask {
            facts: TaskFacts::of(task, self.is_defined(&definition)),
            instance,
            definition,
            service,
            waiting: waits.then(|| Box::new(task.clone())),
        };
        self.tasks.insert(key.clone(), known);
        self.review_task(key);
        self.review_credentials_of(key);
    }

    /// The keys of a task's definition, instance and service. What is known of it already is not looked for again.
    fn belongings(
        &self,
        key: &Key,
        task: &Task,
        before: Option<&KnownTask>,
    ) -> (Key, Option<Key>, Option<Key>) {
        let at = |id: &str| before.and_then(|it| it.instance.as_ref()).filter(|it| it.last() == id);
        let instance = task.host().map(|(cluster, id)| match at(id.as_str()) {
            Some(known) => known.clone(),
            None => {
                let instance = ContainerInstance::key(&scope_of(key), cluster, id);
                shared(&self.instances, instance)
            }
        });
        if let Some(before) = before {
            return (before.definition.clone(), instance, before.service.clone());
        }
        let definition = TaskDefinition::key(&scope_of(key), &task.family, task.revision);
        (shared(&self.definitions, definition), instance, self.services.key_of(key, task))
    }

    /// Enters a task among those that wait for an instance, or strikes it out.
    fn queue(&mut self, key: &Key, before: Option<&Task>, now: Option<&Task>) {
        if let Some(before) = before {
            let cluster = Cluster::key(&scope_of(key), &before.cluster);
            if let Some(waiting) = self.waiting.get_mut(&cluster) {
                waiting.remove(&(before.created_at, key.clone()));
                if waiting.is_empty() {
                    self.waiting.remove(&cluster);
                }
            }
        }
        if let Some(now) = now {
            let cluster = Cluster::key(&scope_of(key), &now.cluster);
            self.waiting.entry(cluster.clone()).or_default().insert((now.created_at, key.clone()));
            self.stirred.insert(cluster);
        }
    }

    fn leave_service(&mut self, key: &Key, known: &KnownTask) {
        self.queue(key, known.waiting.as_deref(), None);
        if let Some(service) = &known.service {
            self.services.forget_task(service, key);
            self.wake(service);
        }
    }

    /// Has a service decided again, if it is there.
    fn wake(&mut self, service: &Key) {
        let is_there = self.services.known.get(service).is_some_and(|it| it.record.is_some());
        if is_there {
            self.schedule(service, Some(AT_ONCE));
        }
    }

    fn note_definition(&mut self, key: &Key, definition: &Arc<TaskDefinition>) {
        let known = self.definitions.entry(key.clone()).or_default();
        let is_new = known.record.replace(Arc::clone(definition)).is_none();
        if is_new {
            self.define_tasks(key, true);
            let known = self.definitions.get(key);
            let services = known.map(|known| known.services.clone()).unwrap_or_default();
            services.iter().for_each(|service| self.wake(service));
        }
        self.review_definition(key);
    }

    fn name_definitions(&mut self, service: &Key, named: &[Key], not_named: &[Key]) {
        for definition in named {
            let known = self.definitions.entry(definition.clone()).or_default();
            known.services.insert(service.clone());
            self.review_definition(definition);
        }
        for definition in not_named {
            if let Some(known) = self.definitions.get_mut(definition) {
                known.services.remove(service);
            }
            self.review_definition(definition);
        }
    }

    /// Changes what is known of an instance, and has looked at again what follows from it.
    fn change_instance(&mut self, key: &Key, change: impl FnOnce(&mut KnownInstance)) {
        let known = self.instances.entry(key.clone()).or_default();
        let before = known.stance();
        change(known);
        if known.stance() != before {
            for task in known.tasks.clone() {
                let service = self.tasks.get(&task).and_then(|known| known.service.clone());
                if let Some(service) = service {
                    self.services.touch(&service, &task);
                    self.wake(&service);
                }
            }
        }
        self.review_instance(key);
        for floor in self.floors.floors_of(key) {
            self.stir_floor(&floor, key);
        }
    }

    /// Something of an instance changed, so that there may be room on the floor that there was not.
    fn stir_floor(&mut self, floor: &Key, instance: &Key) {
        let watching: Vec<Key> = self.services.watching(floor).cloned().collect();
        for service in &watching {
            self.services.touch_post(service, instance);
            self.wake(service);
        }
        self.stirred.insert(floor.clone());
    }

    fn note_ledger(&mut self, key: &Key, ledger: Option<&Arc<Ledger>>) {
        if let Some(ledger) = ledger {
            self.floors.note_ledger(key, ledger);
        }
        let instance = sibling::<ContainerInstance>(key);
        let known = self.instances.entry(instance.clone()).or_default();
        let before = std::mem::replace(&mut known.ledger, ledger.cloned());
        if makes_room(before.as_deref(), ledger.map(|it| &**it)) {
            self.stirred.extend(self.floors.floors_of(&instance));
        }
        self.review_instance(&instance);
    }

    fn stir_all(&mut self) {
        let floors: BTreeSet<Key> =
            self.instances.keys().flat_map(|key| self.floors.floors_of(key)).collect();
        self.stirred.extend(floors);
        self.stirred.extend(self.waiting.keys().cloned());
        let watching = self.services.touch_posts();
        watching.iter().for_each(|service| self.wake(service));
    }

    fn attach(&mut self, task: &Key, instance: Option<&Key>, definition: &Key) {
        self.definitions.entry(definition.clone()).or_default().tasks.insert(task.clone());
        self.review_definition(definition);
        if let Some(instance) = instance {
            let known = self.instances.entry(instance.clone()).or_default();
            if known.name.is_empty() {
                instance.last().clone_into(&mut known.name);
            }
            known.tasks.insert(task.clone());
            self.review_instance(instance);
        }
    }

    fn detach(&mut self, task: &Key, known: &KnownTask) {
        if let Some(definition) = self.definitions.get_mut(&known.definition) {
            definition.tasks.remove(task);
            self.review_definition(&known.definition);
        }
        let instance = known.instance.as_ref();
        if let Some((key, known)) =
            instance.and_then(|key| Some((key, self.instances.get_mut(key)?)))
        {
            known.tasks.remove(task);
            self.review_instance(key);
        }
    }

    fn is_defined(&self, definition: &Key) -> bool {
        self.definitions.get(definition).is_some_and(|known| known.record.is_some())
    }

    fn review_task(&mut self, key: &Key) {
        let due = self.tasks.get(key).and_then(|known| known.facts.due(&self.rules));
        self.schedule(key, due.map(|(at, _)| at));
    }

    fn review_instance(&mut self, key: &Key) {
        let facts = self.instance_facts(key).unwrap_or_default();
        self.schedule(key, facts.due(&self.rules).map(|(at, _)| at));
        let Some(known) = self.instances.get(key) else { return };
        let is_kept = known.ledger.is_some() || known.pool.is_some();
        if known.pool.is_some() {
            let (record, ledger) = (known.record.as_deref(), known.ledger.as_deref());
            let is_over = pool_host_is_over(record, ledger);
            self.schedule(&sibling::<PoolHost>(key), is_over.then_some(AT_ONCE));
        }
        if facts == InstanceFacts::default() && !is_kept {
            self.instances.remove(key);
        }
    }

    fn review_definition(&mut self, key: &Key) {
        let Some(known) = self.definitions.get(key) else { return };
        let is_used = !known.tasks.is_empty() || !known.services.is_empty();
        let status = known.record.as_ref().map(|record| record.status);
        let is_over = status.is_some_and(|status| definition_is_over(status, is_used));
        if status.is_none() && !is_used {
            self.definitions.remove(key);
        }
        self.schedule(key, is_over.then_some(AT_ONCE));
    }

    /// Tells a definition's tasks whether it is there. Looks at all of them, which is why it is asked for only when that changes.
    fn define_tasks(&mut self, definition: &Key, is_defined: bool) {
        let Some(known) = self.definitions.get(definition) else { return };
        for task in known.tasks.clone() {
            let mut service = None;
            if let Some(known) = self.tasks.get_mut(&task) {
                known.facts.is_defined = is_defined;
                service.clone_from(&known.service);
            }
            if let Some(service) = service {
                self.services.touch(&service, &task);
                self.wake(&service);
            }
            self.review_task(&task);
        }
    }

    fn review_credentials_of(&mut self, task: &Key) {
        if !self.credentials.is_empty() {
            self.review_credentials(&sibling::<TaskCredentials>(task));
        }
    }

    fn review_credentials(&mut self, key: &Key) {
        if !self.credentials.contains(key) {
            return;
        }
        let task = self.tasks.get(&sibling::<Task>(key));
        let is_used = task.is_some_and(|known| known.facts.last != TaskStatus::Stopped);
        self.schedule(key, (!is_used).then_some(AT_ONCE));
    }

    pub(crate) fn schedule(&mut self, key: &Key, at: Option<Timestamp>) {
        let before = match at {
            Some(at) => self.due.insert(key.clone(), at),
            None => self.due.remove(key),
        };
        if before == at {
            return;
        }
        if let Some(before) = before {
            self.agenda.remove(&(before, key.clone()));
        }
        if let Some(at) = at {
            self.agenda.insert((at, key.clone()));
        }
    }
}
