//! Task protection: tasks of services that scale-in and deployments leave alone for a while (spec/tasks.md §6).
//!
//! Protection ends by itself, without anybody writing it: a task is protected while the time it was promised is not over.

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes, moment, readable},
    ecs::{cluster, fault, named, task},
};
use books::draft::Draft;
use domain::{
    arn,
    deployment::RolloutState,
    id::{ServiceName, TaskId},
    key::Key,
    service::{SchedulingStrategy, Service, ServiceTask},
    status::{DesiredStatus, TaskStatus},
    task::Task,
    time::{Millis, Timestamp},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limits on the tasks of a call.
const UPDATED_PER_CALL_MAX: usize = 10;
const DESCRIBED_PER_CALL_MAX: usize = 100;

/// ECS's own limits on how long a task is protected.
const MINUTES: RangeInclusive<i64> = 1..=2880;

/// How long it is where nothing is said.
const MINUTES_DEFAULT: i64 = 120;

/// Why no further task of a service can be protected.
const BLOCKED: &str = "Tasks that are protected already block what is wanted of the service: end their protection, or wait for its end.";

view! {
    Update : ecs::UPDATE_TASK_PROTECTION_REQUEST {
        cluster: &'a str = "cluster",
        tasks: Vec<&'a str> = "tasks",
        enabled: bool = "protectionEnabled",
        minutes: Option<i64> = "expiresInMinutes",
    }
    Get : ecs::GET_TASK_PROTECTION_REQUEST {
        cluster: &'a str = "cluster",
        tasks: Vec<&'a str> = "tasks",
    }
}

/// Protects tasks from now on, or no longer. Protecting again counts from now.
pub fn update(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Update::from(request);
    let cluster = cluster::active(view, ctx, Some(request.cluster))?.name.clone();
    named::check_count(&request.tasks, UPDATED_PER_CALL_MAX, "Tasks")?;
    let minutes = request.minutes.unwrap_or(MINUTES_DEFAULT);
    if !MINUTES.contains(&minutes) {
        return Err(fault::invalid_parameter(format!(
            "`expiresInMinutes` must be between {} and {}.",
            MINUTES.start(),
            MINUTES.end()
        )));
    }
    let until = request.enabled.then(|| ctx.now + Millis::from_s(minutes * 60));
    let mut draft = Draft::new(view.snapshot(), &ctx.scope, ctx.now);
    let (mut shown, mut failures) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    let mut services = Services { view, ctx, known: BTreeMap::new() };
    for identifier in request.tasks {
        let found = task::find(view, ctx, &cluster, identifier)?;
        let Some(found) = found else {
            failures.push(fault::missing(&task::arn_of(&ctx.scope, &cluster, identifier)));
            continue;
        };
        if !seen.insert(found.id.clone()) {
            continue;
        }
        if let Some(failure) = unprotectable(ctx, &found) {
            failures.push(failure);
            continue;
        }
        if until.is_some() && services.is_blocked(&found)? {
            let arn = arn::task(&ctx.scope, &cluster, &found.id);
            failures.push(fault::failure(&arn, "DEPLOYMENT_BLOCKED", Some(BLOCKED)));
            continue;
        }
        let after = Task { protected_until: until, ..Task::clone(&found.record) };
        shown.push(show(ctx, &after));
        readable(draft.change(&found, after))?;
    }
    let reply = reply!(ecs::UPDATE_TASK_PROTECTION_RESPONSE {
        "protectedTasks": shown,
        "failures": failures,
    });
    Ok((reply, draft.finish()))
}

/// Tells which tasks are protected, and until when.
pub fn get(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Get::from(request);
    let cluster = cluster::active(view, ctx, Some(request.cluster))?.name.clone();
    named::check_count(&request.tasks, DESCRIBED_PER_CALL_MAX, "Tasks")?;
    let (mut shown, mut failures) = (Vec::new(), Vec::new());
    for identifier in request.tasks {
        match task::find(view, ctx, &cluster, identifier)? {
            None => {
                failures.push(fault::missing(&task::arn_of(&ctx.scope, &cluster, identifier)));
            }
            Some(found) => match unprotectable(ctx, &found) {
                Some(failure) => failures.push(failure),
                None => shown.push(show(ctx, &found)),
            },
        }
    }
    let reply = reply!(ecs::GET_TASK_PROTECTION_RESPONSE {
        "protectedTasks": shown,
        "failures": failures,
    });
    Ok((reply, Writes::new()))
}

/// Only tasks of services that are to run can be protected: others are not scaled in, or are already.
fn unprotectable(ctx: &Ctx, task: &Task) -> Option<Value> {
    let detail = if task.owner().is_none() {
        "The task does not belong to a service."
    } else if task.desired == DesiredStatus::Stopped || task.last == TaskStatus::Stopped {
        "The task is stopped or being stopped."
    } else {
        return None;
    };
    let arn = arn::task(&ctx.scope, &task.cluster, &task.id);
    Some(fault::failure(&arn, "TASK_NOT_VALID", Some(detail)))
}

/// Services of the tasks of one call, as they are before it.
struct Services<'a> {
    view: &'a View,
    ctx: &'a Ctx,
    /// Whether each is blocked.
    known: BTreeMap<Key, bool>,
}

impl Services<'_> {
    /// Whether tasks that are protected already keep the service of `task` from what is wanted of it.
    fn is_blocked(&mut self, task: &Task) -> Result<bool, Fault> {
        let owner = task.owner().and_then(|owner| ServiceName::parse(owner.service).ok());
        let Some(name) = owner else { return Ok(false) };
        let key = Service::key(&self.ctx.scope, &task.cluster, &name);
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let is_blocked = match self.view.get::<Service>(&key)? {
            Some(service) => self.look(&service)?,
            None => false,
        };
        self.known.insert(key, is_blocked);
        Ok(is_blocked)
    }

    /// A service is blocked if more of its tasks are protected than are wanted, or if its deployment can do nothing but wait: all that
    /// is left of older ones is protected, and there is no room or no need for new tasks. A DAEMON has no number of its own.
    fn look(&self, service: &Service) -> Result<bool, Fault> {
        if service.scheduling == SchedulingStrategy::Daemon {
            return Ok(false);
        }
        let primary = service.primary();
        let (mut protected, mut all, mut new, mut old) = (0_i64, 0_i64, 0_i64, 0_i64);
        let mut has_old_protected = false;
        let index = ServiceTask::all_of(&self.ctx.scope, &service.cluster, &service.name);
        for id in self.view.keys(&index).filter_map(|key| TaskId::parse(key.last()).ok()) {
            let key = Task::key(&self.ctx.scope, &service.cluster, &id);
            let Some(task) = self.view.get::<Task>(&key)? else { continue };
            if task.last == TaskStatus::Stopped || task.desired == DesiredStatus::Stopped {
                continue;
            }
            let is_protected = protection(self.ctx, &task).is_some();
            let of = task.owner().map(|owner| owner.deployment);
            let is_new = primary.is_some_and(|primary| of == Some(primary.id.as_str()));
            all += 1;
            protected += i64::from(is_protected);
            new += i64::from(is_new);
            old += i64::from(!is_new && !is_protected);
            has_old_protected |= !is_new && is_protected;
        }
        let is_deploying = primary.is_some_and(|it| it.rollout == RolloutState::InProgress);
        let most = service.desired * service.configuration.maximum_percent / 100;
        let can_start = new < service.desired && all < most;
        let waits = is_deploying && has_old_protected && old == 0 && !can_start;
        Ok(protected > service.desired || waits)
    }
}

/// Until when a task is protected, if it is.
fn protection(ctx: &Ctx, task: &Task) -> Option<Timestamp> {
    task.protected_until.filter(|until| *until > ctx.now)
}

fn show(ctx: &Ctx, task: &Task) -> Value {
    let until = protection(ctx, task);
    reply!(ecs::PROTECTED_TASK {
        "taskArn": arn::task(&ctx.scope, &task.cluster, &task.id),
        "protectionEnabled": until.is_some(),
        "expirationDate": until.map(moment),
    })
}
