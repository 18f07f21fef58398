//! The facts that the rules look at, and the agenda that follows from them.
//!
//! Invariants: the agenda has for every subject the moment that its rule names for the facts as they are now, and nothing else. What
//! is noted of one record touches only the subjects whose rules look at it.
//! A subject is named by its record's key; instances by the key of their registration, whether it exists or not.

use crate::{
    floor::Floors,
    rules::{
        AT_ONCE, InstanceFacts, Registered, Rules, STORY_KEPT, TaskFacts, definition_is_over,
        name_of,
    },
    service::{
        known::{Services, scope_text},
        member::Member,
        seat::cluster_of,
    },
};
use domain::{
    capacity::{CapacityProvider, ProviderStatus},
    cluster::{Cluster, ClusterStatus},
    definition::TaskDefinition,
    deployment::{ServiceDeployment, ServiceRevision},
    iam::{SessionCredential, TaskCredentials},
    id::{AccountId, InstanceId, Region, Scope},
    instance::{ContainerInstance, InstanceLink, Ledger},
    key::Key,
    record::{Record, Revision},
    service::Service,
    status::{DesiredStatus, InstanceStatus, TaskStatus},
    task::{ClientToken, Task},
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A record that the rules look at, as it is now. What is kept of it is shared, not copied.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each variant is named after its record")]
pub enum Noted<'a> {
    Task(&'a Task),
    Instance(&'a Arc<ContainerInstance>),
    Link(&'a Arc<InstanceLink>),
    Ledger(&'a Arc<Ledger>),
    Definition(&'a Arc<TaskDefinition>),
    Cluster(&'a Cluster),
    Token(&'a ClientToken),
    SessionCredential(&'a SessionCredential),
    TaskCredentials(&'a TaskCredentials),
    Service(&'a Arc<Service>),
    Revision(&'a ServiceRevision),
    ServiceDeployment(&'a ServiceDeployment),
    Provider(&'a Arc<CapacityProvider>),
}

/// A task's facts and what it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct KnownTask {
    pub(crate) facts: TaskFacts,
    pub(crate) instance: Option<Key>,
    pub(crate) definition: Key,
    /// The service that it is of.
    service: Option<Key>,
    /// The record, while it waits for an instance.
    pub(crate) waiting: Option<Box<Task>>,
}

/// An instance's records and its tasks that are not STOPPED.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownInstance {
    pub(crate) record: Option<Arc<ContainerInstance>>,
    pub(crate) link: Option<Arc<InstanceLink>>,
    ledger: Option<Arc<Ledger>>,
    /// Its EC2 id, or its own.
    pub(crate) name: String,
    pub(crate) tasks: BTreeSet<Key>,
}

impl KnownInstance {
    /// Whether its agent is connected.
    pub(crate) fn is_connected(&self) -> bool {
        self.record.is_some() && self.link.as_ref().is_some_and(|link| link.connected)
    }

    /// Whether its tasks are to go elsewhere.
    pub(crate) fn is_draining(&self) -> bool {
        self.record.as_ref().is_some_and(|it| it.status == InstanceStatus::Draining)
    }

    /// What changes how its tasks stand.
    fn stance(&self) -> (bool, bool) {
        (self.is_connected(), self.is_draining())
    }
}

/// A definition, and what keeps it: its tasks that are not STOPPED, and services that name it.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownDefinition {
    pub(crate) record: Option<Arc<TaskDefinition>>,
    tasks: BTreeSet<Key>,
    services: BTreeSet<Key>,
}

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
    /// By cluster: tasks that wait for an instance, by age.
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
            Noted::Definition(definition) => self.note_definition(key, definition),
            Noted::Cluster(cluster) => {
                let since = cluster.inactive_since.unwrap_or(cluster.created_at);
                let is_over = cluster.status == ClusterStatus::Inactive;
                self.schedule(key, is_over.then_some(since + self.rules.retention));
            }
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
            Noted::ServiceDeployment(story) => {
                let ended = story.finished_at.or(story.stopped_at).unwrap_or(story.updated_at);
                let is_over = story.status.is_over();
                self.schedule(key, is_over.then_some(ended + STORY_KEPT));
            }
            Noted::Provider(provider) => {
                self.providers.insert(key.clone(), Arc::clone(provider));
                let since = provider.inactive_since.unwrap_or(provider.created_at);
                let is_over = provider.status == ProviderStatus::Inactive;
                self.schedule(key, is_over.then_some(since + self.rules.retention));
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
                self.review_credentials(&sibling::<TaskCredentials>(key));
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

    /// Makes services due whose tasks may have a place now, or that follow what instances there are.
    pub(crate) fn rouse(&mut self) {
        for cluster in self.stirred.clone() {
            let blocked: Vec<Key> = self.services.blocked(&cluster).cloned().collect();
            blocked.iter().for_each(|service| self.wake(service));
        }
    }

    fn note_task(&mut self, key: &Key, task: &Task) {
        let scope = scope_of(key);
        let definition = TaskDefinition::key(&scope, &task.family, task.revision);
        let definition = shared(&self.definitions, definition);
        let instance = task.instance.as_ref();
        let instance = instance.map(|id| ContainerInstance::key(&scope, &task.cluster, id));
        let instance = instance.map(|instance| shared(&self.instances, instance));
        let waits = task.instance.is_none()
            && task.last == TaskStatus::Provisioning
            && task.desired == DesiredStatus::Running;
        let service = self.services.key_of(key, task);
        let known = KnownTask {
            facts: TaskFacts::of(task, self.is_defined(&definition)),
            instance: instance.clone(),
            definition: definition.clone(),
            service: service.clone(),
            waiting: waits.then(|| Box::new(task.clone())),
        };
        let before = self.tasks.insert(key.clone(), known);
        self.queue(
            key,
            before.as_ref().and_then(|it| it.waiting.as_deref()),
            waits.then_some(task),
        );
        if let Some(before) = before {
            // A task stays where it was put and of the definition it is of, until it is STOPPED.
            if task.last == TaskStatus::Stopped || before.instance != instance {
                self.detach(key, &before);
            }
        }
        if task.last != TaskStatus::Stopped {
            self.attach(key, instance.as_ref(), &definition);
        }
        if let Some((service, member)) = service.zip(Member::of(task, instance.as_ref())) {
            self.services.note_task(&service, key, member, task);
            self.wake(&service);
        }
        self.review_task(key);
        self.review_credentials(&sibling::<TaskCredentials>(key));
    }

    /// Enters a task among those that wait for an instance, or strikes it out.
    fn queue(&mut self, key: &Key, before: Option<&Task>, now: Option<&Task>) {
        if let Some(before) = before {
            let cluster = cluster_of(key, &before.cluster);
            if let Some(waiting) = self.waiting.get_mut(&cluster) {
                waiting.remove(&(before.created_at, key.clone()));
                if waiting.is_empty() {
                    self.waiting.remove(&cluster);
                }
            }
        }
        if let Some(now) = now {
            let cluster = cluster_of(key, &now.cluster);
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
        let cluster = cluster_key(key);
        let watching: Vec<Key> = self.services.watching(&cluster).cloned().collect();
        watching.iter().for_each(|service| self.wake(service));
        self.stirred.insert(cluster);
    }

    fn note_ledger(&mut self, key: &Key, ledger: Option<&Arc<Ledger>>) {
        if let Some(ledger) = ledger {
            self.floors.note_ledger(key, ledger);
        }
        let instance = sibling::<ContainerInstance>(key);
        let known = self.instances.entry(instance.clone()).or_default();
        let before = std::mem::replace(&mut known.ledger, ledger.cloned());
        if makes_room(before.as_deref(), ledger.map(|it| &**it)) {
            self.stirred.insert(cluster_key(key));
        }
        self.review_instance(&instance);
    }

    fn stir_all(&mut self) {
        let clusters: BTreeSet<Key> = self.instances.keys().map(cluster_key).collect();
        self.stirred.extend(clusters);
        self.stirred.extend(self.waiting.keys().cloned());
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
        let has_ledger = self.instances.get(key).is_some_and(|known| known.ledger.is_some());
        if facts == InstanceFacts::default() && !has_ledger {
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

/// Whether tasks may have a place now that had none. Where a ledger only took more, there is none.
fn makes_room(before: Option<&Ledger>, now: Option<&Ledger>) -> bool {
    let Some((before, now)) = before.zip(now) else { return true };
    let (had, has) = (&before.held, &now.held);
    has.cpu < had.cpu
        || has.memory < had.memory
        || !had.ports_tcp.is_subset(&has.ports_tcp)
        || !had.ports_udp.is_subset(&has.ports_udp)
        || !had.gpus.is_subset(&has.gpus)
        // Expressions ask for groups and for how many tasks there are.
        || now.running != before.running
        || !now.groups.keys().eq(before.groups.keys())
}

/// The same key as one that is kept already: their text is shared.
fn shared<V>(kept: &BTreeMap<Key, V>, key: Key) -> Key {
    kept.get_key_value(&key).map_or(key, |(kept, _)| kept.clone())
}

/// The key of the cluster's record that a record of an instance is of.
fn cluster_key(key: &Key) -> Key {
    let name = key.as_str().split('/').nth(3).unwrap_or_default();
    Key::from_text(format!("{}/{}/{name}", scope_text(key), Cluster::TABLE))
}

/// The key of the service's record that a revision is of.
fn service_of(key: &Key) -> Key {
    let mut parts = key.as_str().split('/').skip(3);
    let (cluster, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    Key::from_text(format!("{}/{}/{cluster}/{name}", scope_text(key), Service::TABLE))
}

/// The account and region of a record. Panics for a key that [`Key::of`] did not make.
pub fn scope_of(key: &Key) -> Scope {
    let mut parts = key.as_str().split('/');
    let mut part = || parts.next().expect("a key has an account and a region").to_owned();
    Scope {
        account: AccountId::parse(part()).expect("a key begins with an account"),
        region: Region::parse(part()).expect("a key has a region"),
    }
}

/// The key of the record of table `R` that has the same scope and parts.
pub fn sibling<R: Record>(key: &Key) -> Key {
    let text = key.as_str();
    let parts = text.splitn(4, '/').nth(3).expect("a key has parts below its table");
    Key::of::<R>(&scope_of(key), &parts.split('/').collect::<Vec<_>>())
}

/// The id that an instance's key ends in. Panics for a key of anything else.
pub fn instance_id(key: &Key) -> InstanceId {
    InstanceId::parse(key.last()).expect("an instance's key ends in its id")
}
