//! What the control plane says, and when it is acknowledged (agent-protocol.md §4).
//!
//! A message is acknowledged once every task that it speaks of is written down, and not at all if one of them could not be taken.
//! Messages may come twice, late or about tasks that nobody knows: `desired` only rises, and whoever asks about a task that is over
//! hears again that it is STOPPED. Stops come before starts. Not here: heartbeats and updates, which touch no task (`link`).

use super::{
    Effect, Machine,
    ledger::Room,
    order::Edges,
    task::{Keeping, Task},
};
use crate::driver::FaultName;
use domain::{
    id::TaskId,
    link::acs::{
        Ack, CredentialsAck, FromAgent, Manifest, Payload, PayloadTask, RoleCredentials,
        RoleCredentialsMessage, StopVerification, StopVerificationAck, TaskIdentifier,
    },
    status::DesiredStatus,
    time::{Millis, Timestamp},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A task of a payload that is no task, as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its ARN.
    pub arn: String,
    /// What is wrong with it.
    pub why: String,
}

/// How long the payload of a task may take that a manifest names and nobody here knows. Then the plane hears that it is STOPPED: its
/// file was lost, as by a power cut, and the plane, which knows it as running, would wait for ever.
const MISSING_AFTER: Millis = Millis::from_s(60);

/// A task that a manifest names and nobody here knows.
#[derive(Clone, Debug)]
pub(super) struct Missing {
    arn: String,
    pub(super) until: Timestamp,
}

/// Answers that wait until tasks are written down.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    waits_for: BTreeSet<TaskId>,
    frames: Vec<FromAgent>,
}

/// The manifest that is being asked back about.
#[derive(Clone, Debug)]
pub(super) struct Verification {
    message_id: String,
    candidates: BTreeMap<String, TaskId>,
}

/// The task's reason when its containers wait for each other in a circle (spec/tasks.md §4).
pub(super) fn unresolvable(arn: &str) -> String {
    format!(
        "{:?}: Task dependencies cannot be resolved, taskArn: {arn}",
        FaultName::TaskDependencyError
    )
}

impl Machine {
    pub(super) fn payload(
        &mut self,
        payload: Payload,
        unreadable: Vec<Unreadable>,
        out: &mut Vec<Effect>,
    ) {
        self.seq_seen = self.seq_seen.max(payload.seq_num);
        let mut is_whole = unreadable.is_empty();
        let mut waits_for = BTreeSet::new();
        let mut frames = vec![FromAgent::Ack(Ack {
            cluster: payload.cluster_arn,
            container_instance: payload.container_instance_arn,
            message_id: payload.message_id.clone(),
        })];
        let (stops, starts): (Vec<_>, Vec<_>) = payload
            .tasks
            .into_iter()
            .partition(|task| task.desired_status == DesiredStatus::Stopped);
        for task in stops.into_iter().chain(starts) {
            frames.extend(credentials_acks(&payload.message_id, &task));
            match self.take_in(task) {
                Ok(waits) => waits_for.extend(waits),
                Err(why) => {
                    is_whole = false;
                    out.push(Effect::Ignored(why));
                }
            }
        }
        for bad in unreadable {
            self.take_in_unreadable(bad, out);
        }
        if is_whole {
            self.answer(waits_for, frames, out);
        }
    }

    /// Takes in one task. The id is of a task that has to be written down before the message may be acknowledged.
    fn take_in(&mut self, payload: PayloadTask) -> Result<Option<TaskId>, String> {
        let id = TaskId::parse(payload.id()).map_err(|_| {
            format!("a task whose ARN does not end with a task id: `{}`", payload.arn)
        })?;
        if let Some(task) = self.tasks.get_mut(&id) {
            if payload.desired_status == DesiredStatus::Stopped {
                task.end("");
                self.touched.insert(id.clone());
            }
            return Ok((task.keeping != Keeping::Kept).then_some(id));
        }
        self.missing.remove(&id);
        let is_over = self.tombstones.contains(&id);
        if self.closing.is_some() && payload.desired_status == DesiredStatus::Running && !is_over {
            return Err(format!("task {id}: this agent is stopping everything"));
        }
        let task = self.welcome(id.clone(), payload, is_over);
        self.touched.insert(id.clone());
        self.tasks.insert(id.clone(), task);
        Ok(Some(id))
    }

    /// A task that this host has not heard of, or no longer knows but to be over.
    fn welcome(&mut self, id: TaskId, payload: PayloadTask, is_over: bool) -> Task {
        let arrival = self.arrivals;
        self.arrivals += 1;
        let payload = Arc::new(payload);
        let edges = Edges::of(&payload);
        let ending = if is_over {
            Some(String::new())
        } else if payload.desired_status == DesiredStatus::Stopped {
            None
        } else if edges.is_none() {
            Some(unresolvable(&payload.arn))
        } else if let Some(wrong) = incomplete(&payload) {
            Some(format!("UnrecognizedTaskError: Error loading task - {wrong}"))
        } else {
            let never = self.ledger.never_fits(&Room::of(&payload));
            never.map(|why| format!("{:?}: the task {why}", FaultName::ResourceInitializationError))
        };
        let edges = edges.unwrap_or_else(|| Edges::none(payload.containers.len()));
        let mut task = Task::new(id, payload, edges, arrival);
        if let Some(reason) = ending {
            task.end(&reason);
        }
        task
    }

    /// The plane hears that a task which cannot be read is STOPPED, and why; the message stays unacknowledged.
    fn take_in_unreadable(&mut self, bad: Unreadable, out: &mut Vec<Effect>) {
        let Some(id) = task_id(&bad.arn).filter(|id| !self.tasks.contains_key(id)) else {
            out.push(Effect::Ignored(format!("task `{}`: {}", bad.arn, bad.why)));
            return;
        };
        let reason = format!("UnrecognizedTaskError: Error loading task - {}", bad.why);
        self.disown(id, &bad.arn, &reason);
    }

    /// Says of a task that this host does not have that it is STOPPED.
    fn disown(&mut self, id: TaskId, arn: &str, reason: &str) {
        let stop = serde_json::json!({ "arn": arn, "desiredStatus": DesiredStatus::Stopped });
        let payload = serde_json::from_value(stop).expect("every other member has a default");
        let mut task = self.welcome(id.clone(), payload, false);
        task.end(reason);
        self.touched.insert(id.clone());
        self.tasks.insert(id, task);
    }

    /// Gives up the tasks whose payload should have come by now.
    pub(super) fn give_up_missing(&mut self, now: Timestamp) {
        let late = self.missing.extract_if(.., |_, missing| missing.until <= now);
        for (id, missing) in late.collect::<Vec<_>>() {
            let reason =
                format!("{:?}: the host has no record of the task", FaultName::InternalError);
            self.disown(id, &missing.arn, &reason);
        }
    }

    /// New credentials for a role of a task.
    pub(super) fn credentials(&mut self, message: RoleCredentialsMessage, out: &mut Vec<Effect>) {
        let task = task_id(&message.task_arn).and_then(|id| self.tasks.get_mut(&id));
        let Some(task) = task.filter(|task| task.desired == DesiredStatus::Running) else {
            out.push(Effect::Ignored(format!("credentials of task `{}`", message.task_arn)));
            return;
        };
        let ack = credentials_ack(&message.message_id, &message.role_credentials);
        let payload = Arc::make_mut(&mut task.payload);
        match message.role_type.as_str() {
            "TaskApplication" => payload.role_credentials = Some(message.role_credentials),
            "TaskExecution" => payload.execution_role_credentials = Some(message.role_credentials),
            other => {
                out.push(Effect::Ignored(format!("credentials for the role type `{other}`")));
                return;
            }
        }
        task.keeping.move_on();
        let id = task.id.clone();
        self.touched.insert(id.clone());
        self.answer(BTreeSet::from([id]), vec![ack], out);
    }

    /// The plane's list of what should run here.
    pub(super) fn manifest(&mut self, manifest: Manifest, now: Timestamp, out: &mut Vec<Effect>) {
        if manifest.timeline <= self.seq_seen {
            out.push(Effect::Ignored(format!(
                "a manifest of timeline {} after {}",
                manifest.timeline, self.seq_seen
            )));
            return;
        }
        self.seq_seen = manifest.timeline;
        out.push(Effect::Send(FromAgent::Ack(Ack {
            cluster: manifest.cluster_arn,
            container_instance: manifest.container_instance_arn,
            message_id: manifest.message_id.clone(),
        })));
        let should_run: BTreeSet<&str> = manifest
            .tasks
            .iter()
            .filter(|task| task.desired_status == DesiredStatus::Running)
            .map(|task| task.task_arn.as_str())
            .collect();
        self.missing = should_run
            .iter()
            .filter_map(|arn| Some((task_id(arn)?, (*arn).to_owned())))
            .filter(|(id, _)| !self.tasks.contains_key(id))
            .map(|(id, arn)| (id, Missing { arn, until: now + MISSING_AFTER }))
            .collect();
        let strays: Vec<&Task> = self
            .tasks
            .values()
            .filter(|task| task.desired == DesiredStatus::Running)
            .filter(|task| !should_run.contains(task.payload.arn.as_str()))
            .collect();
        if strays.is_empty() {
            return;
        }
        let stop_candidates = strays.iter().map(|task| TaskIdentifier {
            task_arn: task.payload.arn.clone(),
            task_cluster_arn: task.payload.task_cluster_arn.clone(),
            desired_status: DesiredStatus::Stopped,
        });
        out.push(Effect::Send(FromAgent::StopVerification(StopVerification {
            message_id: manifest.message_id.clone(),
            stop_candidates: stop_candidates.collect(),
        })));
        self.verification = Some(Verification {
            message_id: manifest.message_id,
            candidates: strays
                .iter()
                .map(|task| (task.payload.arn.clone(), task.id.clone()))
                .collect(),
        });
    }

    /// The plane's word on what may be stopped. Good once, and for the newest manifest only.
    pub(super) fn stop_verified(&mut self, ack: &StopVerificationAck, out: &mut Vec<Effect>) {
        let asked = self.verification.take_if(|asked| asked.message_id == ack.message_id);
        let Some(asked) = asked else {
            out.push(Effect::Ignored(format!("a stop verification of `{}`", ack.message_id)));
            return;
        };
        for stop in &ack.stop_tasks {
            let id = asked.candidates.get(&stop.task_arn);
            if let Some(task) = id.and_then(|id| self.tasks.get_mut(id)) {
                task.end("");
                self.touched.insert(task.id.clone());
            }
        }
    }

    /// Sends `frames` once all of `waits_for` are written down.
    fn answer(
        &mut self,
        waits_for: BTreeSet<TaskId>,
        frames: Vec<FromAgent>,
        out: &mut Vec<Effect>,
    ) {
        if waits_for.is_empty() {
            out.extend(frames.into_iter().map(Effect::Send));
        } else {
            self.answers.push(Answer { waits_for, frames });
        }
    }

    /// A task was written down, or could not be: answers that waited for it go, or never will.
    pub(super) fn answers_after(&mut self, id: &TaskId, is_kept: bool, out: &mut Vec<Effect>) {
        for mut answer in std::mem::take(&mut self.answers) {
            let waited = answer.waits_for.remove(id);
            if waited && !is_kept {
                out.push(Effect::Ignored(format!("a message whose task {id} is not written down")));
            } else if answer.waits_for.is_empty() {
                out.extend(answer.frames.into_iter().map(Effect::Send));
            } else {
                self.answers.push(answer);
            }
        }
    }
}

fn task_id(arn: &str) -> Option<TaskId> {
    TaskId::parse(arn.rsplit('/').next()?).ok()
}

/// What a task that should run lacks.
fn incomplete(payload: &PayloadTask) -> Option<String> {
    if payload.containers.is_empty() {
        return Some("it has no container".to_owned());
    }
    let mut names = BTreeSet::new();
    let twice = payload.containers.iter().find(|container| !names.insert(&container.name));
    twice.map(|container| format!("two containers are called `{}`", container.name))
}

fn credentials_acks(message_id: &str, task: &PayloadTask) -> Vec<FromAgent> {
    [&task.role_credentials, &task.execution_role_credentials]
        .into_iter()
        .flatten()
        .filter(|credentials| !credentials.credentials_id.is_empty())
        .map(|credentials| credentials_ack(message_id, credentials))
        .collect()
}

fn credentials_ack(message_id: &str, credentials: &RoleCredentials) -> FromAgent {
    FromAgent::CredentialsAck(CredentialsAck {
        message_id: message_id.to_owned(),
        credentials_id: credentials.credentials_id.clone(),
        expiration: credentials.expiration.clone(),
    })
}
