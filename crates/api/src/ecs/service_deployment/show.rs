//! A story as replies show it.

use super::Told;
use crate::{
    decide::{View, moment},
    ecs::service::{Tally, desired, show_configuration},
    plain,
};
use domain::{
    arn,
    deployment::{ServiceDeployment, ServiceDeploymentStatus as Status, breaker_threshold},
    id::{DeploymentId, Scope},
    service::Service,
};
use wire::{Fault, Value, reply, tables::ecs};

/// How many tasks a service has and wants, by which its stories are shown.
pub(super) struct Muster {
    tally: Tally,
    desired: i64,
}

impl Muster {
    /// Counts the tasks of `service`.
    ///
    /// # Errors
    /// A fault of ours, if a record cannot be read.
    pub(super) fn of(view: &View, scope: &Scope, service: &Service) -> Result<Self, Fault> {
        Ok(Self {
            tally: Tally::of(view, scope, service)?,
            desired: desired(view, scope, service)?,
        })
    }
}

/// A story with the tasks that its revisions have now.
pub(super) fn show(scope: &Scope, told: &Told, muster: &Muster) -> Value {
    let Told { story, service } = told;
    let (cluster, name) = (&service.cluster, &service.name);
    let revision = |id: &DeploymentId| {
        let counts = muster.tally.deployment(id);
        let is_primary = service.primary().is_some_and(|primary| primary.id == *id);
        reply!(ecs::SERVICE_REVISION_SUMMARY {
            "arn": arn::service_revision(scope, cluster, name, id),
            "requestedTaskCount": if is_primary { muster.desired } else { counts.kept },
            "runningTaskCount": counts.running,
            "pendingTaskCount": counts.pending,
        })
    };
    let rollback = story.rollback.as_ref().map(|rollback| {
        reply!(ecs::ROLLBACK {
            "reason": &rollback.reason,
            "startedAt": moment(rollback.started_at),
            "serviceRevisionArn": arn::service_revision(scope, cluster, name, &rollback.revision),
        })
    });
    reply!(ecs::SERVICE_DEPLOYMENT {
        "serviceDeploymentArn": arn::service_deployment(scope, cluster, name, &story.id),
        "serviceArn": arn::service(scope, cluster, name),
        "clusterArn": arn::cluster(scope, cluster),
        "createdAt": moment(story.created_at),
        "startedAt": story.started_at.map(moment),
        "finishedAt": story.finished_at.map(moment),
        "stoppedAt": story.stopped_at.map(moment),
        "updatedAt": moment(story.updated_at),
        "sourceServiceRevisions": story.sources.iter().map(revision).collect::<Value>(),
        "targetServiceRevision": revision(&story.target),
        "status": story.status.as_str(),
        "statusReason": story.status_reason.as_deref(),
        "deploymentConfiguration": show_configuration(&story.configuration),
        "rollback": rollback,
        "deploymentCircuitBreaker": show_breaker(story),
        "alarms": show_alarms(story),
    })
}

/// What tripped the breaker is counted and no more than that, though more may have failed in the same round: ECS counts up to its threshold
/// (spec/services.md: FAILED when the count is the threshold). Without a breaker all are counted.
fn show_breaker(story: &ServiceDeployment) -> Value {
    let is_on = story.configuration.circuit_breaker.enable;
    let (failures, threshold) =
        (i64::from(story.failures), i64::from(breaker_threshold(story.desired)));
    reply!(ecs::SERVICE_DEPLOYMENT_CIRCUIT_BREAKER {
        "status": monitor(story, is_on, story.is_broken),
        "failureCount": if is_on { failures.min(threshold) } else { failures },
        "threshold": threshold,
    })
}

fn show_alarms(story: &ServiceDeployment) -> Value {
    let alarms = story.configuration.alarms.as_ref();
    let is_on = alarms.is_some_and(|alarms| alarms.guard.enable);
    let triggered = &story.triggered_alarms;
    reply!(ecs::SERVICE_DEPLOYMENT_ALARMS {
        "status": monitor(story, is_on, !triggered.is_empty()),
        "alarmNames": alarms.map(|alarms| plain::to_value(&alarms.names)),
        "triggeredAlarmNames": (!triggered.is_empty()).then(|| plain::to_value(triggered)),
    })
}

/// What a guard does: it watches a deployment until that is over or goes back.
fn monitor(story: &ServiceDeployment, is_on: bool, is_tripped: bool) -> &'static str {
    if is_tripped {
        return "TRIGGERED";
    }
    match story.status {
        _ if !is_on => "DISABLED",
        Status::Pending | Status::InProgress => "MONITORING",
        Status::Successful
        | Status::StopRequested
        | Status::Stopped
        | Status::RollbackRequested
        | Status::RollbackInProgress
        | Status::RollbackSuccessful
        | Status::RollbackFailed => "MONITORING_COMPLETE",
    }
}
