//! Services as replies show them.
//!
//! Every setting is shown with the value it has, defaults included, so that whoever compares what it asked for with what there is
//! finds no difference.

use super::{
    count::{Tally, desired},
    template::{show_place, show_platform},
};
use crate::{
    decide::{View, moment},
    ecs::{tag, task_set},
    plain,
};
use domain::{
    arn,
    deployment::{Deployment, DeploymentConfiguration, DeploymentStatus},
    id::Scope,
    service::{Controller, EVENTS_MAX, PlacementRule, Service, ServiceEvent, ServiceStatus},
};
use store::Found;
use wire::{Fault, Members, Value, reply, tables::ecs};

/// Whether a service is shown with its tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tags {
    /// They are not asked for.
    Hidden,
    /// They are.
    Shown,
}

/// A service as replies show it.
///
/// # Errors
/// A fault of ours, if a record cannot be read.
pub fn show(view: &View, scope: &Scope, service: &Service, tags: Tags) -> Result<Value, Fault> {
    let tally = Tally::of(view, scope, service)?;
    let desired = desired(view, scope, service)?;
    let mut shown = reply!(ecs::SERVICE_2 {
        "serviceArn": arn::service(scope, &service.cluster, &service.name),
        "serviceName": service.name.as_str(),
        "clusterArn": arn::cluster(scope, &service.cluster),
        "loadBalancers": Vec::<Value>::new(),
        "serviceRegistries": Vec::<Value>::new(),
        "status": service.status.as_str(),
        "desiredCount": desired,
        "runningCount": tally.total.running,
        "pendingCount": tally.total.pending,
        "deploymentConfiguration": show_configuration(&service.configuration),
        "deployments": show_deployments(scope, service, desired, &tally),
        "roleArn": service.role.as_deref(),
        "events": show_events(view, scope, service)?,
        "createdAt": moment(service.created_at),
        "placementConstraints": show_rules(&service.constraints, "expression"),
        "placementStrategy": show_rules(&service.strategies, "field"),
        "healthCheckGracePeriodSeconds": service.grace_s,
        "schedulingStrategy": service.scheduling.as_str(),
        "deploymentController": reply!(ecs::DEPLOYMENT_CONTROLLER { "type": service.controller.as_str() }),
        "createdBy": service.created_by.as_deref(),
        "enableECSManagedTags": service.managed_tags,
        "propagateTags": service.propagate.as_str(),
        "enableExecuteCommand": service.exec,
        "availabilityZoneRebalancing": if service.rebalancing { "ENABLED" } else { "DISABLED" },
        "resourceManagementType": "CUSTOMER",
        "tags": (tags == Tags::Shown).then(|| tag::show(&service.tags)),
    });
    if let Value::Map(members) = &mut shown {
        put_template(members, scope, service, &tally);
        put_revisions(members, scope, service, desired, &tally);
    }
    Ok(shown)
}

/// What the newest wish is made from. A service whose task sets have that shows the launch type that they get by default.
fn put_template(members: &mut Members, scope: &Scope, service: &Service, tally: &Tally) {
    match &service.template {
        Some(template) => {
            let name = &template.definition;
            members.put("taskDefinition", arn::definition(scope, &name.family, name.revision));
            show_platform(members, template);
            members.put("platformVersion", template.platform_version.as_deref());
            show_place(members, template);
        }
        None => members.put("launchType", "EC2"),
    }
    if service.controller == Controller::External {
        members.put("taskSets", task_set::show_all(scope, service, tally, Tags::Hidden));
    }
}

/// The deployment that goes on or was the last, and what has tasks. Deleting a service deletes its history.
fn put_revisions(
    members: &mut Members,
    scope: &Scope,
    service: &Service,
    desired: i64,
    tally: &Tally,
) {
    if service.status != ServiceStatus::Active {
        return;
    }
    let Some(primary) = service.primary() else { return };
    let (cluster, name) = (&service.cluster, &service.name);
    let story = arn::service_deployment(scope, cluster, name, &primary.service_deployment);
    members.put("currentServiceDeployment", story);
    let summary = |deployment: &Deployment| {
        let counts = tally.deployment(&deployment.id);
        reply!(ecs::SERVICE_CURRENT_REVISION_SUMMARY {
            "arn": arn::service_revision(scope, cluster, name, &deployment.id),
            "requestedTaskCount": requested(deployment, desired, tally),
            "runningTaskCount": counts.running,
            "pendingTaskCount": counts.pending,
        })
    };
    let revisions: Value = service.deployments.iter().map(summary).collect();
    members.put("currentServiceRevisions", revisions);
}

/// How many tasks of a deployment are wanted: of the PRIMARY all, of an older one those that are not to be stopped yet.
fn requested(deployment: &Deployment, desired: i64, tally: &Tally) -> i64 {
    match deployment.status {
        DeploymentStatus::Primary => desired,
        DeploymentStatus::Active => tally.deployment(&deployment.id).kept,
    }
}

fn show_deployments(scope: &Scope, service: &Service, desired: i64, tally: &Tally) -> Value {
    if service.status == ServiceStatus::Inactive || service.controller == Controller::External {
        return Value::List(Vec::new());
    }
    let show = |deployment: &Deployment| {
        let counts = tally.deployment(&deployment.id);
        let name = &deployment.template.definition;
        let mut shown = reply!(ecs::DEPLOYMENT {
            "id": deployment.id.prefixed(),
            "status": deployment.status.as_str(),
            "taskDefinition": arn::definition(scope, &name.family, name.revision),
            "desiredCount": requested(deployment, desired, tally),
            "pendingCount": counts.pending,
            "runningCount": counts.running,
            "failedTasks": i64::from(deployment.failed_tasks),
            "createdAt": moment(deployment.created_at),
            "updatedAt": moment(deployment.updated_at),
            "rolloutState": deployment.rollout.as_str(),
            "rolloutStateReason": &deployment.reason,
        });
        if let Value::Map(members) = &mut shown {
            show_platform(members, &deployment.template);
            show_place(members, &deployment.template);
        }
        shown
    };
    service.deployments.iter().map(show).collect()
}

/// How deployments go, as the API shows it.
pub fn show_configuration(configuration: &DeploymentConfiguration) -> Value {
    let breaker = configuration.circuit_breaker;
    let alarms = configuration.alarms.as_ref().map(|alarms| {
        reply!(ecs::DEPLOYMENT_ALARMS {
            "alarmNames": plain::to_value(&alarms.names),
            "rollback": alarms.guard.rollback,
            "enable": alarms.guard.enable,
        })
    });
    reply!(ecs::DEPLOYMENT_CONFIGURATION {
        "deploymentCircuitBreaker": reply!(ecs::DEPLOYMENT_CIRCUIT_BREAKER {
            "enable": breaker.enable,
            "rollback": breaker.rollback,
        }),
        "maximumPercent": configuration.maximum_percent,
        "minimumHealthyPercent": configuration.minimum_healthy_percent,
        "alarms": alarms,
        "strategy": "ROLLING",
        "bakeTimeInMinutes": configuration.bake_min.unwrap_or(0),
    })
}

/// Constraints and strategies differ in the name of their argument only.
fn show_rules(rules: &[PlacementRule], argument: &'static str) -> Value {
    let show = |rule: &PlacementRule| {
        let mut members = Members::new();
        members.put("type", rule.kind.as_str().to_owned());
        members.put(argument, rule.argument.clone());
        Value::Map(members)
    };
    rules.iter().map(show).collect()
}

/// Newest first.
fn show_events(view: &View, scope: &Scope, service: &Service) -> Result<Value, Fault> {
    let events = ServiceEvent::all_of(scope, &service.cluster, &service.name);
    let events: Vec<Found<ServiceEvent>> = view.range(&events).collect::<Result<_, _>>()?;
    let newest = events.iter().rev().take(usize::try_from(EVENTS_MAX).unwrap_or(usize::MAX));
    let show = |event: &Found<ServiceEvent>| {
        reply!(ecs::SERVICE_EVENT {
            "id": &event.id,
            "createdAt": moment(event.created_at),
            "message": &event.message,
        })
    };
    Ok(newest.map(show).collect())
}
