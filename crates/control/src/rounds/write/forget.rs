//! Records whose time has come go, with all that belongs to them.

use super::Looked;
use crate::{acs::desk::expect_of, instance::Instance};
use books::draft::Draft;
use domain::{
    capacity::CapacityProvider,
    cluster::Cluster,
    definition::{DefinitionStatus, TaskDefinition},
    deployment::{ServiceDeployment, ServiceRevision},
    fargate::PoolHost,
    iam::{SessionCredential, TaskCredentials},
    id::{ClusterName, ServiceName, TaskId},
    instance::{Assignment, ContainerInstance, InstanceLink, Ledger},
    key::Key,
    record::Record,
    service::{Service, ServiceEvent, ServiceTask},
    status::TaskStatus,
    task::{ClientToken, Task},
    time::Timestamp,
};
use planner::{
    rules::{InstanceVerdict, Rules, TaskFacts, TaskVerdict, pool_host_is_over, story_over},
    view::{scope_of, sibling},
};
use store::{Expect, ReadError, Snapshot, Transaction};

/// What to delete with `key`; nothing if it is not over.
pub(super) fn forget(
    snapshot: &Snapshot,
    rules: &Rules,
    key: &Key,
    now: Timestamp,
) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let is_over = match key.table() {
        Some(Task::TABLE) => return forget_task(snapshot, rules, key, now),
        Some(TaskDefinition::TABLE) => {
            let found = snapshot.get::<TaskDefinition>(key)?;
            // That no task uses it is the view's word: none can be made of it any more.
            found.is_some_and(|found| found.status == DefinitionStatus::DeleteInProgress)
        }
        Some(Cluster::TABLE) => {
            let over = snapshot.get::<Cluster>(key)?.and_then(|it| rules.cluster_over(&it));
            over.is_some_and(|over| over <= now)
        }
        Some(ClientToken::TABLE) => {
            snapshot.get::<ClientToken>(key)?.is_some_and(|token| token.expires_at <= now)
        }
        Some(SessionCredential::TABLE) => snapshot
            .get::<SessionCredential>(key)?
            .is_some_and(|credential| credential.expires_at <= now),
        Some(TaskCredentials::TABLE) => return revoke(snapshot, key),
        Some(PoolHost::TABLE) => return forget_pool_host(snapshot, key),
        Some(ContainerInstance::TABLE) => return forget_instance(snapshot, rules, key, now),
        Some(Service::TABLE) => return forget_service(snapshot, rules, key, now),
        Some(ServiceDeployment::TABLE) => return forget_story(snapshot, key, now),
        Some(CapacityProvider::TABLE) => {
            let provider = snapshot.get::<CapacityProvider>(key)?;
            let over = provider.and_then(|it| rules.provider_over(&it));
            over.is_some_and(|over| over <= now)
        }
        Some(_) | None => false,
    };
    if let Some(entry) = snapshot.entry(key).filter(|_| is_over) {
        writes.delete(key, Expect::Revision(entry.modified()));
    }
    Ok(writes)
}

fn forget_task(
    snapshot: &Snapshot,
    rules: &Rules,
    key: &Key,
    now: Timestamp,
) -> Result<Transaction, ReadError> {
    let Some(task) = snapshot.get::<Task>(key)? else { return Ok(Transaction::new()) };
    let due = TaskFacts::of(&task, true).due(rules);
    let mut draft = Draft::new(snapshot, &scope_of(key), now);
    if due.is_some_and(|(at, verdict)| at <= now && verdict == TaskVerdict::Forget) {
        draft.forget(&task);
    }
    Ok(draft.finish())
}

/// A service that was deleted goes with its events, stories and revisions. What is left of its tasks goes by itself.
fn forget_service(
    snapshot: &Snapshot,
    rules: &Rules,
    key: &Key,
    now: Timestamp,
) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let Some(service) = snapshot.get::<Service>(key)? else { return Ok(writes) };
    if rules.service_over(&service).is_none_or(|over| over > now) {
        return Ok(writes);
    }
    let (scope, cluster, name) = (scope_of(key), &service.cluster, &service.name);
    for entry in snapshot.keys(&ServiceTask::all_of(&scope, cluster, name)) {
        let id = TaskId::parse(entry.last()).expect("an entry's key ends in a task's id");
        let task_key = Task::key(&scope, cluster, &id);
        match snapshot.get::<Task>(&task_key)? {
            // Nobody would tally its tasks any more, and without that they are kept for ever.
            Some(task) if !task.tallied => return Ok(Transaction::new()),
            Some(_) => {}
            None => writes.delete(entry, Expect::Any),
        }
    }
    let parts = [
        ServiceEvent::all_of(&scope, cluster, name),
        ServiceDeployment::all_of(&scope, cluster, name),
        ServiceRevision::all_of(&scope, cluster, name),
    ];
    for part in parts.iter().flat_map(|prefix| snapshot.keys(prefix)) {
        writes.delete(part, Expect::Any);
    }
    writes.delete(key, Expect::Revision(service.modified));
    Ok(writes)
}

/// The story of a deployment goes, and the revision that it deployed unless another story or the service itself still names it.
fn forget_story(snapshot: &Snapshot, key: &Key, now: Timestamp) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let Some(story) = snapshot.get::<ServiceDeployment>(key)? else { return Ok(writes) };
    if story_over(&story).is_none_or(|over| over > now) {
        return Ok(writes);
    }
    writes.delete(key, Expect::Revision(story.modified));
    let (scope, revision) = (scope_of(key), &story.target);
    let (cluster, name) = service_of(key);
    let service = snapshot.get::<Service>(&Service::key(&scope, &cluster, &name))?;
    let mut is_named = service.as_ref().is_some_and(|service| {
        service.deployment(revision).is_some() || service.last_completed.as_ref() == Some(revision)
    });
    for other in
        snapshot.range::<ServiceDeployment>(&ServiceDeployment::all_of(&scope, &cluster, &name))
    {
        let other = other?;
        let rolls_back = other.rollback.as_ref().is_some_and(|it| it.revision == *revision);
        let names = other.target == *revision || other.sources.contains(revision) || rolls_back;
        is_named |= other.id != story.id && names;
    }
    if !is_named {
        writes.expect(&Service::key(&scope, &cluster, &name), expect_of(service.as_ref()));
        writes.delete(&ServiceRevision::key(&scope, &cluster, &name, revision), Expect::Any);
    }
    Ok(writes)
}

/// The cluster and service that a record of a service belongs to. Panics for a key of anything else.
fn service_of(key: &Key) -> (ClusterName, ServiceName) {
    let mut parts = key.as_str().split('/').skip(3);
    let mut part = || parts.next().expect("a key of a service's record has its parts").to_owned();
    let cluster = ClusterName::parse(part()).expect("a key's parts were checked");
    (cluster, ServiceName::parse(part()).expect("a key's parts were checked"))
}

/// A task's credentials end with it.
fn revoke(snapshot: &Snapshot, key: &Key) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let task_key = sibling::<Task>(key);
    let task = snapshot.get::<Task>(&task_key)?;
    let is_over = task.as_ref().is_none_or(|task| task.last == TaskStatus::Stopped);
    if let Some(held) = snapshot.get::<TaskCredentials>(key)?.filter(|_| is_over) {
        for id in held.access_key_ids() {
            writes.delete(&SessionCredential::key(id), Expect::Any);
        }
        writes.delete(key, Expect::Revision(held.modified));
        writes.expect(&task_key, expect_of(task.as_ref()));
    }
    Ok(writes)
}

/// A host whose room is no longer lent leaves the pool with its last task of Fargate.
fn forget_pool_host(snapshot: &Snapshot, key: &Key) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let (instance, ledger) = (sibling::<ContainerInstance>(key), sibling::<Ledger>(key));
    let registered = snapshot.get::<ContainerInstance>(&instance)?;
    let taken = snapshot.get::<Ledger>(&ledger)?;
    let is_over = pool_host_is_over(
        registered.as_ref().map(|it| &*it.record),
        taken.as_ref().map(|it| &*it.record),
    );
    if let Some(host) = snapshot.get::<PoolHost>(key)?.filter(|_| is_over) {
        writes.delete(key, Expect::Revision(host.modified));
        // Its agent may lend its room again at this moment.
        writes.expect(&instance, expect_of(registered.as_ref()));
        writes.expect(&ledger, expect_of(taken.as_ref()));
    }
    Ok(writes)
}

fn forget_instance(
    snapshot: &Snapshot,
    rules: &Rules,
    key: &Key,
    now: Timestamp,
) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let looked = Looked::at(snapshot, key)?;
    if looked.verdict(rules, false, now) != Some(InstanceVerdict::Forget) {
        return Ok(writes);
    }
    let instance = Instance::of_key(key);
    for assignment in snapshot.range::<Assignment>(&instance.assignments()) {
        let assignment = assignment?;
        // One that outlived its task is left over too; a task that is not STOPPED keeps the instance.
        let id = TaskId::parse(assignment.key.last());
        let id = id.expect("an assignment's key ends in a task's id");
        let cluster = assignment.cluster.as_ref().unwrap_or(&instance.cluster);
        let task_key = Task::key(&instance.scope, cluster, &id);
        let task = snapshot.get::<Task>(&task_key)?;
        if task.as_ref().is_some_and(|task| task.last != TaskStatus::Stopped) {
            return Ok(Transaction::new());
        }
        writes.delete(&assignment.key, Expect::Any);
        writes.expect(&task_key, expect_of(task.as_ref()));
    }
    looked.expect(key, &mut writes);
    let parts = [sibling::<InstanceLink>(key), sibling::<Ledger>(key), sibling::<PoolHost>(key)];
    for part in parts.into_iter().chain([key.clone()]) {
        writes.delete(&part, Expect::Any);
    }
    Ok(writes)
}
