//! StopServiceDeployment: the way back, because somebody wants it.

use super::{Named, Told};
use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::launch::not_served,
};
use domain::{
    deployment::{DeploymentStatus, ServiceDeployment, ServiceDeploymentStatus as Status},
    service::Service,
};
use store::Expect;
use wire::{Fault, Value, reply, tables::ecs, view};

view! {
    Stop : ecs::STOP_SERVICE_DEPLOYMENT_REQUEST {
        arn: &'a str = "serviceDeploymentArn",
        kind: Option<&'a str> = "stopType",
    }
}

/// Asks for an ongoing deployment to be rolled back; the scheduler does it. Asking again changes nothing.
pub fn stop(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Stop::from(request);
    if request.kind == Some("ABORT") {
        return Err(not_served("`stopType` ABORT"));
    }
    let named = Named::read(ctx, request.arn)?.ok_or_else(not_found)?;
    let Told { story, service } = named.find(view, ctx)?.ok_or_else(not_found)?;
    let reply =
        reply!(ecs::STOP_SERVICE_DEPLOYMENT_RESPONSE { "serviceDeploymentArn": request.arn });
    match story.status {
        Status::Pending | Status::InProgress => {}
        Status::StopRequested | Status::RollbackRequested | Status::RollbackInProgress => {
            return Ok((reply, Writes::new()));
        }
        Status::Successful
        | Status::Stopped
        | Status::RollbackSuccessful
        | Status::RollbackFailed => {
            return Err(over(story.status));
        }
    }
    let mut after = Service::clone(&service.record);
    let ongoing = after.deployments.iter_mut().find(|deployment| {
        deployment.status == DeploymentStatus::Primary && deployment.service_deployment == story.id
    });
    // A story that goes on is that of the PRIMARY deployment, unless its service is being deleted.
    let Some(ongoing) = ongoing else { return Err(over(story.status)) };
    ongoing.rollback_requested = true;
    ongoing.updated_at = ctx.now;
    let mut told = ServiceDeployment::clone(&story.record);
    told.status = Status::RollbackRequested;
    told.updated_at = ctx.now;
    let mut writes = Writes::new();
    writes.put(&service.key, Expect::Revision(service.modified), after);
    writes.put(&story.key, Expect::Revision(story.modified), told);
    Ok((reply, writes))
}

fn not_found() -> Fault {
    Fault::sender(
        "ServiceDeploymentNotFoundException",
        "The specified service deployment does not exist.",
    )
}

fn over(status: Status) -> Fault {
    let message = format!("The service deployment is {status}: it cannot be stopped any more.");
    Fault::sender("ConflictException", message)
}
