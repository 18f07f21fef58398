//! Between a session and the store: what the records say to the machine, and frames made of records.
//!
//! Invariant: everything read here is one snapshot's. What goes out is decided by the machine; here it is only put into words.

use super::session::Event;
use crate::{
    credentials::Issuer,
    instance::Instance,
    payload::{self, Credentials},
};
use books::{draft::Draft, role};
use domain::{
    arn,
    definition::TaskDefinition,
    iam::{RoleUse, TaskCredentials},
    id::{Scope, TaskId},
    instance::{Assignment, ContainerInstance, InstanceLink},
    link::{
        acs::{
            FromPlane, Heartbeat, Manifest, Payload, RoleCredentialsMessage, StopVerificationAck,
            TaskIdentifier,
        },
        network::TaskInterface,
    },
    status::{DesiredStatus, InstanceStatus, StopCode, TaskStatus},
    task::{Attachment, Stop, Task},
    time::{Millis, Timestamp},
    vpc::{NetworkInterface, Subnet, Vpc},
};
use store::{Expect, Found, ReadError, Snapshot, Transaction, WatchBatch};

/// What an agent says of itself when it connects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// Such as `1.105.1`.
    pub agent_version: Option<String>,
    /// Of the commit it was built from.
    pub agent_hash: Option<String>,
    /// As the agent tells it.
    pub docker_version: Option<String>,
}

/// Whether an instance is part of its cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Registered,
    /// It was.
    Deregistered,
    /// Nobody knows it.
    Unknown,
}

/// Whether `instance` is part of its cluster now.
///
/// # Errors
/// If its record cannot be read.
pub fn standing(snapshot: &Snapshot, instance: &Instance) -> Result<Standing, ReadError> {
    let found = snapshot.get::<ContainerInstance>(&instance.key())?;
    Ok(match found.map(|found| found.status) {
        Some(InstanceStatus::Inactive) => Standing::Deregistered,
        Some(_) => Standing::Registered,
        None => Standing::Unknown,
    })
}

/// The commit that opens a session, and the session's number.
///
/// # Errors
/// If a record cannot be read.
pub fn open(
    snapshot: &Snapshot,
    instance: &Instance,
    versions: &Versions,
    now: Timestamp,
) -> Result<(Transaction, u64), ReadError> {
    let key = instance.link_key();
    let found = snapshot.get::<InstanceLink>(&key)?;
    let mut link =
        found.as_ref().map_or_else(InstanceLink::default, |found| (*found.record).clone());
    if !link.connected {
        link.connected = true;
        link.since = now;
    }
    link.session += 1;
    link.agent_version.clone_from(&versions.agent_version);
    link.agent_hash.clone_from(&versions.agent_hash);
    link.docker_version.clone_from(&versions.docker_version);
    let number = link.session;
    let mut writes = Transaction::new();
    writes.put(&key, expect_of(found.as_ref()), link);
    // A deregistration at the same moment must be seen.
    let registration = snapshot.get::<ContainerInstance>(&instance.key())?;
    writes.expect(&instance.key(), expect_of(registration.as_ref()));
    Ok((writes, number))
}

/// The commit that says that the instance has no session any more; `None` if a newer session is there, or nothing to change.
///
/// # Errors
/// If a record cannot be read.
pub fn close(
    snapshot: &Snapshot,
    instance: &Instance,
    number: u64,
    now: Timestamp,
) -> Result<Option<Transaction>, ReadError> {
    let key = instance.link_key();
    let Some(found) = snapshot.get::<InstanceLink>(&key)? else { return Ok(None) };
    if found.session != number || !found.connected {
        return Ok(None);
    }
    let mut writes = Transaction::new();
    let link = InstanceLink { connected: false, since: now, ..(*found.record).clone() };
    writes.put(&key, Expect::Revision(found.modified), link);
    Ok(Some(writes))
}

/// Whether a newer session of the instance is there.
///
/// # Errors
/// If a record cannot be read.
pub fn is_superseded(
    snapshot: &Snapshot,
    instance: &Instance,
    number: u64,
) -> Result<bool, ReadError> {
    let found = snapshot.get::<InstanceLink>(&instance.link_key())?;
    Ok(found.is_none_or(|found| found.session > number))
}

/// That a record stays as it was found, or absent.
pub(crate) fn expect_of<R>(found: Option<&Found<R>>) -> Expect {
    found.map_or(Expect::Absent, |found| Expect::Revision(found.modified))
}

/// All that is assigned to the instance, and the credentials that its tasks have.
///
/// # Errors
/// If a record cannot be read.
pub fn assigned(
    snapshot: &Snapshot,
    instance: &Instance,
    renew_before: Millis,
) -> Result<Vec<Event>, ReadError> {
    let mut events = Vec::new();
    for assignment in snapshot.range::<Assignment>(&instance.assignments()) {
        let assignment = assignment?;
        let Ok(id) = TaskId::parse(assignment.key.last()) else { continue };
        let cluster = assignment.cluster.as_ref().unwrap_or(&instance.cluster);
        let task = snapshot.get::<Task>(&Task::key(&instance.scope, cluster, &id))?;
        // A task that its agent reported as running is one that the agent has.
        let is_known = task.is_some_and(|task| task.last >= TaskStatus::Running);
        let known = (is_known && assignment.desired == DesiredStatus::Running)
            .then_some(DesiredStatus::Running);
        events.push(Event::Assigned { task: id.clone(), desired: assignment.desired, known });
        let key = TaskCredentials::key(&instance.scope, cluster, &id);
        for role in snapshot.get::<TaskCredentials>(&key)?.iter().flat_map(|found| &found.roles) {
            let renew_at = Timestamp(role.expires_at.0 - renew_before.0);
            events.push(Event::Granted { task: id.clone(), role_use: role.role_use, renew_at });
        }
    }
    Ok(events)
}

/// What a commit changed about the instance's assignments. The batch is of a watch of those.
///
/// # Errors
/// If a record cannot be read.
pub fn changed(batch: &WatchBatch) -> Result<Vec<Event>, ReadError> {
    let mut events = Vec::new();
    for change in &batch.changes {
        let Ok(task) = TaskId::parse(change.key.last()) else { continue };
        events.push(match change.after::<Assignment>()? {
            Some(assignment) => Event::Assigned { task, desired: assignment.desired, known: None },
            None => Event::Released(task),
        });
    }
    Ok(events)
}

/// Tasks of one payload message, and what must be committed before it is sent.
#[derive(Debug, Default)]
pub struct Assembly {
    /// The message, its numbers still to be filled in.
    pub payload: Payload,
    /// Credentials that came with it.
    pub granted: Vec<Event>,
    /// What must be committed before it is sent.
    pub writes: Transaction,
}

/// Puts a payload together. A task that is not there any more, or has no definition, is left out: the planner deals with it. One whose
/// role does not trust ECS is STOPPED instead of sent.
///
/// # Errors
/// If a record cannot be read.
pub fn assemble(
    snapshot: &Snapshot,
    instance: &Instance,
    issuer: &Issuer<'_>,
    starts: &[TaskId],
    stops: &[TaskId],
) -> Result<Assembly, ReadError> {
    let mut assembly = Assembly::default();
    let mut ended = Draft::new(snapshot, &instance.scope, issuer.now);
    let tasks = &mut assembly.payload.tasks;
    for id in stops {
        if let Some(task) = instance.task(snapshot, id)? {
            tasks.push(payload::stop(&instance.scope, &task));
        }
    }
    for id in starts {
        let Some(task) = instance.task(snapshot, id)? else { continue };
        if task.desired == DesiredStatus::Stopped {
            continue;
        }
        let key = TaskDefinition::key(&instance.scope, &task.family, task.revision);
        let Some(definition) = snapshot.get::<TaskDefinition>(&key)? else { continue };
        let provided = issuer.provide(snapshot, &task, &definition)?;
        if let Some(role) = provided.refused {
            tracing::info!(task = %id, role, "a task's role does not trust ECS");
            let stop =
                Stop { code: StopCode::TaskFailedToStart, reason: role::not_assumable(&role) };
            ended.end(&task, stop)?;
            continue;
        }
        assembly.writes.merge(provided.writes);
        let renewals = provided.renewals.into_iter();
        assembly.granted.extend(renewals.map(|(role_use, renew_at)| Event::Granted {
            task: id.clone(),
            role_use,
            renew_at,
        }));
        let Some(interfaces) = interfaces(snapshot, &instance.scope, &task)? else { continue };
        tasks.push(payload::start(
            &instance.scope,
            &task,
            &definition,
            provided.credentials,
            interfaces,
        ));
    }
    assembly.writes.merge(ended.finish());
    Ok(assembly)
}

/// A task's interfaces; `None` if one is not there any more: then the task has ended.
fn interfaces(
    snapshot: &Snapshot,
    scope: &Scope,
    task: &Task,
) -> Result<Option<Vec<TaskInterface>>, ReadError> {
    let mut interfaces = Vec::new();
    for attachment in task.attachments.iter().filter(|it| it.is_interface()) {
        let Some(id) = attachment.detail(Attachment::INTERFACE_ID) else { return Ok(None) };
        let found = snapshot.get::<NetworkInterface>(&NetworkInterface::key(scope, id))?;
        let Some(interface) = found else { return Ok(None) };
        let subnet = snapshot.get::<Subnet>(&Subnet::key(scope, &interface.subnet))?;
        let vpc = snapshot.get::<Vpc>(&Vpc::key(scope, &interface.vpc))?;
        let Some((subnet, vpc)) = subnet.zip(vpc) else { return Ok(None) };
        interfaces.push(payload::interface(scope, &interface, &subnet, &vpc));
    }
    Ok(Some(interfaces))
}

/// One task's credentials for one use, with what must be committed before they are sent.
///
/// # Errors
/// If a record cannot be read.
pub fn credentials(
    snapshot: &Snapshot,
    instance: &Instance,
    issuer: &Issuer<'_>,
    id: &TaskId,
    role_use: RoleUse,
) -> Result<Option<(RoleCredentialsMessage, Event, Transaction)>, ReadError> {
    let Some(task) = instance.task(snapshot, id)? else { return Ok(None) };
    if task.last == TaskStatus::Stopped {
        return Ok(None);
    }
    let key = TaskDefinition::key(&instance.scope, &task.family, task.revision);
    let Some(definition) = snapshot.get::<TaskDefinition>(&key)? else { return Ok(None) };
    let provided = issuer.provide(snapshot, &task, &definition)?;
    if let Some(role) = &provided.refused {
        // What it has it keeps until that ends.
        tracing::warn!(task = %id, role, "credentials are not renewed: the role does not trust ECS any more");
    }
    let Credentials { application, execution } = provided.credentials;
    let given = match role_use {
        RoleUse::TaskApplication => application,
        RoleUse::TaskExecution => execution,
    };
    let renewal = provided.renewals.iter().find(|(of, _)| *of == role_use);
    let Some((given, (_, renew_at))) = given.zip(renewal) else { return Ok(None) };
    let message = RoleCredentialsMessage {
        message_id: String::new(),
        task_arn: arn::task(&instance.scope, &task.cluster, id),
        task_cluster_arn: arn::cluster(&instance.scope, &task.cluster),
        role_type: role_use.as_str().into(),
        role_credentials: given,
    };
    let granted = Event::Granted { task: id.clone(), role_use, renew_at: *renew_at };
    Ok(Some((message, granted, provided.writes)))
}

/// The manifest of `tasks`.
///
/// # Errors
/// If a record cannot be read.
pub fn manifest(
    snapshot: &Snapshot,
    instance: &Instance,
    sequence: i64,
    tasks: &[(TaskId, DesiredStatus)],
    now: Timestamp,
) -> Result<FromPlane, ReadError> {
    let identifier = |(task, desired): &(TaskId, DesiredStatus)| {
        let cluster = instance.cluster_of(snapshot, task)?;
        Ok(TaskIdentifier {
            task_arn: arn::task(&instance.scope, &cluster, task),
            task_cluster_arn: arn::cluster(&instance.scope, &cluster),
            desired_status: *desired,
        })
    };
    Ok(FromPlane::Manifest(Manifest {
        message_id: sequence.to_string(),
        cluster_arn: instance.cluster_arn(),
        container_instance_arn: instance.arn(),
        generated_at: now.0,
        timeline: sequence,
        tasks: tasks.iter().map(identifier).collect::<Result<_, _>>()?,
    }))
}

/// A heartbeat.
pub fn heartbeat(sequence: i64) -> FromPlane {
    FromPlane::Heartbeat(Heartbeat { message_id: sequence.to_string(), healthy: true })
}

/// The answer to what an agent runs beyond its manifest: those that really should not run. A task that was placed since the manifest was
/// made, and pushed, is not among them.
///
/// # Errors
/// If a record cannot be read.
pub fn verified(
    snapshot: &Snapshot,
    instance: &Instance,
    sequence: i64,
    candidates: Vec<TaskIdentifier>,
    now: Timestamp,
) -> Result<StopVerificationAck, ReadError> {
    let is_gone = standing(snapshot, instance)? != Standing::Registered;
    let mut stop_tasks = Vec::new();
    for candidate in candidates {
        if is_gone || !should_run(snapshot, instance, &candidate.task_arn)? {
            stop_tasks.push(TaskIdentifier { desired_status: DesiredStatus::Stopped, ..candidate });
        }
    }
    Ok(StopVerificationAck { message_id: sequence.to_string(), generated_at: now.0, stop_tasks })
}

fn should_run(snapshot: &Snapshot, instance: &Instance, arn: &str) -> Result<bool, ReadError> {
    Ok(instance.task_by_arn(snapshot, arn)?.is_some_and(|task| {
        task.desired == DesiredStatus::Running && task.last != TaskStatus::Stopped
    }))
}
