//! What must hold, whatever happens. Each law is a function with a sentence as its name; a broken one ends the run.
//!
//! `task.rs` about lives of tasks, `books.rs` about what is written together, `service.rs` about services and their deployments,
//! `host.rs` about what really runs, `world/steady.rs` about how things are once faults stopped.
//! Invariant: laws look at records before and after a commit and at kernels, never at what the code under test thinks of them.

mod books;
mod host;
mod image;
mod network;
mod service;
mod task;

use crate::{
    truth::Commit,
    world::{Work, World},
};
use domain::{
    id::{InstanceId, ServiceName, TaskId},
    record::Record,
    task::Task,
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use store::{Found, Snapshot};

/// All laws. Each is named as the law of at least one mutant, which it must kill.
pub const LAWS: &[&str] = &[
    "a host hears of an interface before the task that has it",
    "an address is given out when it is free",
    "an address is in one interface",
    "an interface and its address are there as long as their task has a place",
    "hosts know of their VPCs what the records say",
    "a daemon is at most once on an instance",
    "a deployment that failed or was rolled back never rolls forward by itself",
    "a ledger is the sum of its tasks",
    "a plan says everything once",
    "a protected task is not stopped by scale-in or deployment",
    "a service deployment that is over stays so",
    "a service goes from ACTIVE by DRAINING to INACTIVE",
    "a service has at most one deployment under way",
    "a service never has more tasks than the maximum",
    "a service's index names its tasks",
    "a status never goes back",
    "a task is kept until it was STOPPED for long enough",
    "a task is not forgotten before it is tallied",
    "a task runs at most once",
    "a task runs where it was put",
    "a task stays where it was put and holds what it was given",
    "after the last fault everything becomes steady",
    "all tasks of a revision run the same images",
    "events are numbered without gaps, and the newest 100 are kept",
    "every reply is what the model says",
    "exactly the tasks that are not STOPPED are assigned, as they are desired",
    "no part panics",
    "no round takes healthy capacity below the minimum",
    "no two tasks share a host port",
    "nothing runs on for longer than one exchange",
    "one client token has one effect",
    "reservations never exceed an instance",
    "rounds come to an end when nothing else happens",
    "the same seed is the same run",
    "what a revision resolved stays",
    "what is STOPPED stays as it ended",
    "what is steady stays so",
    "what was answered is seen",
];

/// A law that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// The law.
    pub(crate) law: &'static str,
    /// What was seen.
    pub(crate) what: String,
    /// When.
    pub(crate) at: Timestamp,
}

/// What the laws remember.
#[derive(Debug, Default)]
pub(crate) struct Laws {
    /// The first that was broken.
    pub(crate) broken: Option<Broken>,
    /// Short names of tasks, in the order they were made.
    names: BTreeMap<String, String>,
    /// Short names of deployments and task sets, in the order they were made.
    deployments: BTreeMap<String, String>,
    /// Which host an instance is.
    pub(crate) instances: BTreeMap<InstanceId, String>,
    /// Tasks that are not STOPPED, by instance.
    on_instance: BTreeMap<InstanceId, BTreeMap<TaskId, Arc<Task>>>,
    /// Tasks that are kept, by service.
    of_service: BTreeMap<ServiceName, BTreeMap<TaskId, Arc<Task>>>,
    /// The tasks that were made by the calls of a token.
    by_token: BTreeMap<String, BTreeSet<TaskId>>,
    /// Since when a host runs a task that it should not, though it could know.
    ghosts: BTreeMap<(usize, String), Timestamp>,
    /// The digests of revisions, and since when they are known.
    digests: BTreeMap<String, (Timestamp, BTreeMap<String, String>)>,
    /// Which interface has which address.
    addresses: network::Addresses,
    service: service::Memory,
}

impl Laws {
    /// The short name of a task; a part of its id if it has none.
    pub(crate) fn name_of(&self, id: &str) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| id.chars().take(8).collect())
    }

    pub(crate) fn give_name(&mut self, id: &TaskId) -> String {
        let next = format!("t{}", self.names.len() + 1);
        self.names.entry(id.as_str().to_owned()).or_insert(next).clone()
    }

    /// The id of the task of that short name.
    pub(crate) fn task_named(&self, name: &str) -> Option<String> {
        self.names.iter().find(|(_, it)| *it == name).map(|(id, _)| id.clone())
    }

    /// The id of the deployment or task set of that short name.
    pub(crate) fn deployment_named(&self, name: &str) -> Option<String> {
        self.deployments.iter().find(|(_, it)| *it == name).map(|(id, _)| id.clone())
    }

    /// How many tasks were made before this one.
    pub(crate) fn order_of(&self, id: &str) -> usize {
        let name = self.names.get(id);
        name.and_then(|name| name[1..].parse().ok()).unwrap_or(usize::MAX)
    }

    pub(crate) fn name_deployment(&mut self, id: &str) {
        let next = format!("d{}", self.deployments.len() + 1);
        self.deployments.entry(id.to_owned()).or_insert(next);
    }

    /// A text with the ids in it replaced by short names.
    pub(crate) fn short(&self, text: &str) -> String {
        let mut out = String::new();
        let is_hex = |c: char| c.is_ascii_hexdigit();
        let mut rest = text;
        while let Some(at) = rest.find(is_hex) {
            let end = rest[at..].find(|c| !is_hex(c)).map_or(rest.len(), |end| at + end);
            out.push_str(&rest[..at]);
            let word = &rest[at..end];
            match self.names.get(word).or_else(|| self.deployments.get(word)) {
                Some(name) => out.push_str(name),
                None => {
                    let host = self.instances.iter().find(|(id, _)| id.as_str() == word);
                    out.push_str(host.map_or(word, |(_, name)| name));
                }
            }
            rest = &rest[end..];
        }
        out + rest
    }
}

impl World {
    /// The laws about what a commit did.
    pub(crate) fn check_commit(&mut self, before: &Snapshot, commit: &Commit, work: &Work) {
        let mut instances = BTreeSet::new();
        let mut services = BTreeSet::new();
        for change in &commit.batch.changes {
            if change.key.table() == Some(Task::TABLE) {
                let (was, is) = (change.before::<Task>(), change.after::<Task>());
                let (was, is) = (was.expect("readable"), is.expect("readable"));
                self.remember_task(was.as_ref(), is.as_ref(), &mut instances, &mut services);
                self.check_task(was.as_ref(), is.as_ref(), commit, work);
            }
            self.note_digests(change);
            self.touched_by(change, &mut instances, &mut services);
        }
        self.check_interfaces(commit);
        for instance in instances {
            self.check_books_of(&instance, &commit.after);
        }
        for service in services {
            self.check_service(&service, before, &commit.after, work);
        }
    }

    fn remember_task(
        &mut self,
        was: Option<&Found<Task>>,
        is: Option<&Found<Task>>,
        instances: &mut BTreeSet<InstanceId>,
        services: &mut BTreeSet<ServiceName>,
    ) {
        let laws = &mut self.laws;
        if let Some(task) = was {
            if let Some(instance) = &task.instance {
                laws.on_instance.entry(instance.clone()).or_default().remove(&task.id);
                instances.insert(instance.clone());
            }
            if let Some(service) = service_of(task) {
                laws.of_service.entry(service.clone()).or_default().remove(&task.id);
                services.insert(service);
            }
        }
        let Some(task) = is else { return };
        if let Some(instance) = &task.instance {
            if task.last != domain::status::TaskStatus::Stopped {
                let on_instance = laws.on_instance.entry(instance.clone()).or_default();
                on_instance.insert(task.id.clone(), Arc::clone(&task.record));
            }
            instances.insert(instance.clone());
        }
        if let Some(service) = service_of(task) {
            let of_service = laws.of_service.entry(service.clone()).or_default();
            of_service.insert(task.id.clone(), Arc::clone(&task.record));
            services.insert(service);
        }
    }

    /// The tasks of a service that are kept.
    pub(crate) fn tasks_of(&self, service: &ServiceName) -> impl Iterator<Item = &Arc<Task>> {
        self.laws.of_service.get(service).into_iter().flat_map(BTreeMap::values)
    }
}

/// The service that a task is of.
pub(crate) fn service_of(task: &Task) -> Option<ServiceName> {
    task.owner().and_then(|owner| ServiceName::parse(owner.service).ok())
}
