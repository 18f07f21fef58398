//! A new deployment: in one commit it becomes PRIMARY, has its revision, and its story begins.

use crate::decide::{Ctx, View, Writes};
use domain::{
    definition::TaskDefinition,
    deployment::{
        BackOff, Deployment, DeploymentStatus, RevisionImage, RolloutState, ServiceDeployment,
        ServiceDeploymentStatus, ServiceRevision,
    },
    id::{DeploymentId, ServiceDeploymentId},
    service::{Service, Template},
};
use store::{Expect, Found};
use wire::Fault;

use super::count::Tally;

/// What the story of a deployment says that another one took the place of.
const SUPERSEDED: &str = "A newer service deployment superseded this one.";

/// Gives `service` a new PRIMARY deployment of `template`, whose definition is `definition`, and writes all of it but the service's
/// record, which is the caller's. What was PRIMARY is ACTIVE from now on, and its story is over.
///
/// # Errors
/// A fault of ours, if a record cannot be read.
pub fn deploy(
    view: &View,
    ctx: &Ctx,
    service: &mut Service,
    template: Template,
    definition: &Found<TaskDefinition>,
    writes: &mut Writes,
) -> Result<(), Fault> {
    let id = DeploymentId::from_number(ctx.ids.number("deployment", 0));
    let tally = Tally::of(view, &ctx.scope, service)?;
    end_stories(view, ctx, service, writes)?;
    let has_tasks = |id: &DeploymentId| tally.deployment(id).kept > 0;
    let sources = service.deployments.iter().map(|older| &older.id);
    let sources: Vec<_> = sources.filter(|id| has_tasks(id)).cloned().collect();
    retire(ctx, service, &tally);
    let story = ServiceDeploymentId::from_bytes(ctx.ids.array("service deployment"));
    let revision = ServiceRevision {
        id: id.clone(),
        template: template.clone(),
        images: images(definition),
        created_at: ctx.now,
    };
    let begun = ServiceDeployment {
        id: story.clone(),
        status: ServiceDeploymentStatus::Pending,
        status_reason: None,
        target: id.clone(),
        sources,
        configuration: service.configuration.clone(),
        desired: service.desired,
        failures: 0,
        is_broken: false,
        triggered_alarms: Vec::new(),
        rollback: None,
        created_at: ctx.now,
        started_at: None,
        updated_at: ctx.now,
        finished_at: None,
        stopped_at: None,
    };
    let (cluster, name) = (&service.cluster, &service.name);
    let key = ServiceRevision::key(&ctx.scope, cluster, name, &id);
    writes.put(&key, Expect::Absent, revision);
    let key = ServiceDeployment::key(&ctx.scope, cluster, name, &story);
    writes.put(&key, Expect::Absent, begun);
    writes.expect(&definition.key, Expect::Revision(definition.modified));
    service.deployments.insert(0, begin(ctx, id, story, template.clone()));
    service.template = Some(template);
    service.is_steady = false;
    Ok(())
}

fn begin(
    ctx: &Ctx,
    id: DeploymentId,
    story: ServiceDeploymentId,
    template: Template,
) -> Deployment {
    Deployment {
        reason: format!("ECS deployment {} in progress.", id.prefixed()),
        id,
        status: DeploymentStatus::Primary,
        template,
        service_deployment: story,
        created_at: ctx.now,
        updated_at: ctx.now,
        rollout: RolloutState::InProgress,
        failed_tasks: 0,
        failures: 0,
        has_run: false,
        retry_at: None,
        back_off: BackOff::default(),
        begun_at: None,
        baking_since: None,
        ignores_alarms: false,
        rollback_requested: false,
        rolls_back: None,
    }
}

/// What was PRIMARY is ACTIVE. Older ones that have neither tasks nor anything to come back for go, so that a client that deploys
/// again and again what cannot start does not make the record grow.
fn retire(ctx: &Ctx, service: &mut Service, tally: &Tally) {
    let last_completed = service.last_completed.clone();
    service.deployments.retain(|older| {
        older.status == DeploymentStatus::Primary
            || last_completed.as_ref() == Some(&older.id)
            || !tally.deployment(&older.id).is_none()
    });
    for older in &mut service.deployments {
        older.rollback_requested = false;
        if older.status == DeploymentStatus::Primary {
            older.status = DeploymentStatus::Active;
            older.updated_at = ctx.now;
        }
    }
}

/// The stories of deployments that are superseded. Superseding takes no time here, so STOP_REQUESTED is passed over.
fn end_stories(
    view: &View,
    ctx: &Ctx,
    service: &Service,
    writes: &mut Writes,
) -> Result<(), Fault> {
    let mut ended = Vec::new();
    for older in &service.deployments {
        let story = &older.service_deployment;
        if ended.contains(&story) {
            continue;
        }
        ended.push(story);
        let key = ServiceDeployment::key(&ctx.scope, &service.cluster, &service.name, story);
        let Some(found) = view.get::<ServiceDeployment>(&key)? else { continue };
        if found.status.is_over() {
            continue;
        }
        let mut story = ServiceDeployment::clone(&found.record);
        story.status = match story.status {
            // A way back that began has an end of its own.
            ServiceDeploymentStatus::RollbackInProgress => ServiceDeploymentStatus::RollbackFailed,
            _ => ServiceDeploymentStatus::Stopped,
        };
        story.status_reason = Some(SUPERSEDED.to_owned());
        story.updated_at = ctx.now;
        story.finished_at = Some(ctx.now);
        story.stopped_at = Some(ctx.now);
        writes.put(&key, Expect::Revision(found.modified), story);
    }
    Ok(())
}

/// The story of a deployment that goes on under other numbers: bounds, guards and how many tasks are wanted.
pub(super) fn retell(
    view: &View,
    ctx: &Ctx,
    service: &Service,
    writes: &mut Writes,
) -> Result<(), Fault> {
    let Some(primary) = service.primary() else { return Ok(()) };
    let story = &primary.service_deployment;
    let key = ServiceDeployment::key(&ctx.scope, &service.cluster, &service.name, story);
    let Some(found) = view.get::<ServiceDeployment>(&key)? else { return Ok(()) };
    let is_told = found.desired == service.desired && found.configuration == service.configuration;
    if found.status.is_over() || is_told {
        return Ok(());
    }
    let mut story = ServiceDeployment::clone(&found.record);
    story.desired = service.desired;
    story.configuration = service.configuration.clone();
    story.updated_at = ctx.now;
    writes.put(&key, Expect::Revision(found.modified), story);
    Ok(())
}

fn images(definition: &TaskDefinition) -> Vec<RevisionImage> {
    let containers = definition.container_definitions.iter();
    containers
        .map(|container| RevisionImage {
            container: container.name.clone(),
            image: container.image.clone(),
            digest: None,
        })
        .collect()
}
