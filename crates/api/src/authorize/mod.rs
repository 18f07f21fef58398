//! What a caller may do: from a request to the actions, resources and context that IAM policies speak of, and their verdict.
//!
//! Must always hold: asked for every call in mode `iam`, on the view that it is first decided on. What no policy allows is
//! refused. An account's root may do everything.
//! Not here: what a policy means (crate `policy`), who calls (`auth`).
//! Read next: `resources.rs` for what each operation of ECS is on.

mod context;
mod principal;
mod resources;

#[cfg(test)]
mod tests;

use crate::decide::{Ctx, View};
use policy::{
    document::{Document, Kind},
    evaluate::{Request, trusts},
};
use principal::Principal;
use wire::{
    Fault, Value,
    shape::{Protocol, Service},
    tables::{ecs, sts},
};

/// What everybody may do of STS, whatever policies say (its API reference).
const FREE: [&str; 2] = ["GetCallerIdentity", "GetSessionToken"];

/// Refuses what the caller may not do.
///
/// # Errors
/// `AccessDenied` in AWS's words, or a fault of the service if a record cannot be read.
pub fn authorize(
    view: &View,
    ctx: &Ctx,
    service: &'static Service,
    operation: &str,
    request: &Value,
) -> Result<(), Fault> {
    if service.id == sts::SERVICE.id && FREE.contains(&operation) {
        return Ok(());
    }
    let Some(principal) = Principal::of(view, ctx)? else { return Ok(()) };
    let action = format!("{}:{operation}", action_prefix(service));
    let context = context::of(view, ctx, &principal, request)?;
    for resource in resources::of(view, ctx, service, operation, request)? {
        let mut asked = Request {
            principal: principal.asker.clone(),
            action: action.clone(),
            resource: resource.clone(),
            context: context.clone(),
        };
        context::add_resource(view, ctx, &resource, &mut asked)?;
        check(&principal, ctx, service, &asked)?;
    }
    for role in resources::passed_roles(ctx, service, operation, request) {
        let asked = Request {
            principal: principal.asker.clone(),
            action: "iam:PassRole".to_owned(),
            resource: role,
            context: context.clone(),
        };
        check(&principal, ctx, service, &asked.with("iam:PassedToService", resources::PASSED_TO))?;
    }
    Ok(())
}

/// Refuses an agent's session that its caller may not open: `ecs:Poll` or `ecs:StartTelemetrySession` on an instance's ARN.
///
/// # Errors
/// As [`authorize`].
pub fn authorize_session(
    view: &View,
    ctx: &Ctx,
    action: &str,
    resource: &str,
) -> Result<(), Fault> {
    let Some(principal) = Principal::of(view, ctx)? else { return Ok(()) };
    let asked = Request {
        principal: principal.asker.clone(),
        action: action.to_owned(),
        resource: resource.to_owned(),
        context: context::of(view, ctx, &principal, &Value::Null)?,
    };
    check(&principal, ctx, &ecs::SERVICE, &asked)
}

/// Whether a role's trust policy lets the caller in. An account that it names stands for those in it whose own policies allow
/// `sts:AssumeRole`; that they do was asked before.
pub(crate) fn is_trusted(ctx: &Ctx, trust: &str, role: &str, external_id: Option<&str>) -> bool {
    let Ok(document) = Document::parse(trust, Kind::Trust) else { return false };
    let mut asked = Request {
        principal: principal::asker(ctx),
        action: "sts:AssumeRole".to_owned(),
        resource: role.to_owned(),
        context: std::collections::BTreeMap::new(),
    };
    if let Some(id) = external_id {
        asked = asked.with("sts:ExternalId", id);
    }
    trusts(&document, &asked)
}

fn check(
    principal: &Principal,
    ctx: &Ctx,
    service: &'static Service,
    asked: &Request,
) -> Result<(), Fault> {
    let verdict = principal.verdict(asked);
    let Some(because) = verdict.because(&asked.action) else { return Ok(()) };
    let message = format!(
        "User: {} is not authorized to perform: {} on resource: {} {because}",
        ctx.caller.arn, asked.action, asked.resource
    );
    Err(denied(service, message))
}

/// The fault in the form of the service's protocol.
pub(crate) fn denied(service: &'static Service, message: String) -> Fault {
    let is_query = |protocol: &Protocol| {
        matches!(protocol, Protocol::AwsQuery | Protocol::Ec2Query | Protocol::RestXml)
    };
    if service.protocols.contains(&Protocol::Ec2Query) {
        return Fault::sender("UnauthorizedOperation", message).with_status(403);
    }
    if service.protocols.iter().all(is_query) {
        return Fault::sender("AccessDenied", message).with_status(403);
    }
    Fault::sender("AccessDeniedException", message).with_status(400)
}

/// What names of a service's actions begin with: what its requests are signed for, except CloudWatch.
fn action_prefix(service: &'static Service) -> &'static str {
    match service.signing_name {
        "monitoring" => "cloudwatch",
        name => name,
    }
}
