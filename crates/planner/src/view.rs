//! The facts that the rules look at, and the agenda that follows from them.
//!
//! Invariants: the agenda has for every subject the moment that its rule names for the facts as they are now, and nothing else. What
//! is noted of one record touches only the subjects whose rules look at it.
//! A subject is named by its record's key; instances by the key of their registration, whether it exists or not.

use crate::rules::{
    AT_ONCE, InstanceFacts, Registered, Rules, TaskFacts, definition_is_over, name_of,
};
use domain::{
    cluster::{Cluster, ClusterStatus},
    definition::{DefinitionStatus, TaskDefinition},
    iam::{SessionCredential, TaskCredentials},
    id::{AccountId, InstanceId, Region, Scope},
    instance::{ContainerInstance, InstanceLink},
    key::Key,
    record::Record,
    status::TaskStatus,
    task::{ClientToken, Task},
    time::Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};

/// A record that the rules look at, as it is now.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each variant is named after its record")]
pub enum Noted<'a> {
    Task(&'a Task),
    Instance(&'a ContainerInstance),
    Link(&'a InstanceLink),
    Definition(&'a TaskDefinition),
    Cluster(&'a Cluster),
    Token(&'a ClientToken),
    SessionCredential(&'a SessionCredential),
    TaskCredentials(&'a TaskCredentials),
}

/// A task's facts and what it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct KnownTask {
    pub(crate) facts: TaskFacts,
    instance: Option<Key>,
    definition: Key,
}

/// An instance's facts and its tasks that are not STOPPED.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownInstance {
    registered: Option<Registered>,
    link: Option<(bool, Timestamp)>,
    /// Its EC2 id, or its own.
    pub(crate) name: String,
    pub(crate) tasks: BTreeSet<Key>,
}

/// A definition and its tasks that are not STOPPED.
#[derive(Clone, Debug, Default)]
struct KnownDefinition {
    status: Option<DefinitionStatus>,
    tasks: BTreeSet<Key>,
}

/// Everything the rules know, kept up to date record by record.
#[derive(Clone, Debug, Default)]
pub struct View {
    pub(crate) rules: Rules,
    pub(crate) tasks: BTreeMap<Key, KnownTask>,
    pub(crate) instances: BTreeMap<Key, KnownInstance>,
    definitions: BTreeMap<Key, KnownDefinition>,
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
            && self.due.is_empty()
    }

    /// How many subjects have something due, now or later.
    pub fn agenda_len(&self) -> usize {
        self.agenda.len()
    }

    /// Takes note of a record as it is now.
    pub fn note(&mut self, key: &Key, record: Noted<'_>) {
        match record {
            Noted::Task(task) => self.note_task(key, task),
            Noted::Instance(instance) => {
                let known = self.instances.entry(key.clone()).or_default();
                known.registered = Some(Registered::of(instance));
                known.name = name_of(&instance.id, Some(instance));
                self.review_instance(key);
            }
            Noted::Link(link) => {
                let instance = sibling::<ContainerInstance>(key);
                let known = self.instances.entry(instance.clone()).or_default();
                known.link = Some((link.connected, link.since));
                self.review_instance(&instance);
            }
            Noted::Definition(definition) => {
                let known = self.definitions.entry(key.clone()).or_default();
                let is_new = known.status.replace(definition.status).is_none();
                if is_new {
                    self.define_tasks(key, true);
                }
                self.review_definition(key);
            }
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
                }
                self.review_credentials(&sibling::<TaskCredentials>(key));
            }
            Some(ContainerInstance::TABLE) => {
                if let Some(known) = self.instances.get_mut(key) {
                    known.registered = None;
                }
                self.review_instance(key);
            }
            Some(InstanceLink::TABLE) => {
                let instance = sibling::<ContainerInstance>(key);
                if let Some(known) = self.instances.get_mut(&instance) {
                    known.link = None;
                }
                self.review_instance(&instance);
            }
            Some(TaskDefinition::TABLE) => {
                if let Some(known) = self.definitions.get_mut(key) {
                    known.status = None;
                }
                self.define_tasks(key, false);
                self.review_definition(key);
            }
            Some(TaskCredentials::TABLE) => {
                self.credentials.remove(key);
                self.schedule(key, None);
            }
            Some(_) | None => self.schedule(key, None),
        }
    }

    /// The facts of an instance.
    pub(crate) fn instance_facts(&self, key: &Key) -> Option<InstanceFacts> {
        self.instances.get(key).map(|known| InstanceFacts {
            registered: known.registered.clone(),
            link: known.link,
            has_tasks: !known.tasks.is_empty(),
        })
    }

    fn note_task(&mut self, key: &Key, task: &Task) {
        let scope = scope_of(key);
        let definition = TaskDefinition::key(&scope, &task.family, task.revision);
        let instance = task.instance.as_ref();
        let instance = instance.map(|id| ContainerInstance::key(&scope, &task.cluster, id));
        let known = KnownTask {
            facts: TaskFacts::of(task, self.is_defined(&definition)),
            instance: instance.clone(),
            definition: definition.clone(),
        };
        let before = self.tasks.insert(key.clone(), known);
        if let Some(before) = before {
            // A task stays where it was put and of the definition it is of, until it is STOPPED.
            if task.last == TaskStatus::Stopped || before.instance != instance {
                self.detach(key, &before);
            }
        }
        if task.last != TaskStatus::Stopped {
            self.attach(key, instance.as_ref(), &definition);
        }
        self.review_task(key);
        self.review_credentials(&sibling::<TaskCredentials>(key));
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
        self.definitions.get(definition).is_some_and(|known| known.status.is_some())
    }

    fn review_task(&mut self, key: &Key) {
        let due = self.tasks.get(key).and_then(|known| known.facts.due(&self.rules));
        self.schedule(key, due.map(|(at, _)| at));
    }

    fn review_instance(&mut self, key: &Key) {
        let facts = self.instance_facts(key).unwrap_or_default();
        self.schedule(key, facts.due(&self.rules).map(|(at, _)| at));
        if facts == InstanceFacts::default() {
            self.instances.remove(key);
        }
    }

    fn review_definition(&mut self, key: &Key) {
        let Some(known) = self.definitions.get(key) else { return };
        let has_tasks = !known.tasks.is_empty();
        let is_over = known.status.is_some_and(|status| definition_is_over(status, has_tasks));
        if known.status.is_none() && !has_tasks {
            self.definitions.remove(key);
        }
        self.schedule(key, is_over.then_some(AT_ONCE));
    }

    /// Tells a definition's tasks whether it is there. Looks at all of them, which is why it is asked for only when that changes.
    fn define_tasks(&mut self, definition: &Key, is_defined: bool) {
        let Some(known) = self.definitions.get(definition) else { return };
        for task in known.tasks.clone() {
            if let Some(known) = self.tasks.get_mut(&task) {
                known.facts.is_defined = is_defined;
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

    fn schedule(&mut self, key: &Key, at: Option<Timestamp>) {
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
