//! What a caller may do: from a request to the actions, resources and context that IAM policies speak of, and their verdict.
//!
//! Must always hold: asked for every call in mode `iam`, on the view that it is first decided on. What no policy allows is
//! refused. An account's root may do everything.
//! Not here: what a policy means (crate `policy`), who calls (`auth`).
//! Read next: `resources.rs` for what each operation of ECS is on (`ec2_resources.rs` of EC2), `further.rs` for what it does besides,
//! `context.rs` for condition keys, `known.rs` for policies that were read.

mod context;
mod ec2_keys;
mod ec2_resources;
mod ecs_keys;
mod further;
mod known;
mod principal;
mod resources;

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, View, readable},
    ec2::request::check_lists,
};
use books::role;
use domain::identity::{Entity, InstanceProfile, Role};
use known::Documents;
use policy::evaluate::{Request, trusts};
use principal::Principal;
pub(crate) use principal::is_built_in;
use std::sync::Arc;
use wire::{
    Fault, Value,
    shape::{Protocol, Service},
    tables::{ec2, ecs, iam, sts},
};

/// What everybody may do of STS, whatever policies say (its API reference).
const FREE: [&str; 2] = ["GetCallerIdentity", "GetSessionToken"];

/// One action on one resource that a call takes.
struct Act {
    action: String,
    resource: String,
    /// Condition keys of this act alone.
    keys: Vec<(&'static str, String)>,
}

impl Act {
    fn new(action: impl Into<String>, resource: String) -> Self {
        Self { action: action.into(), resource, keys: Vec::new() }
    }

    fn with(mut self, key: &'static str, value: &str) -> Self {
        self.keys.push((key, value.to_owned()));
        self
    }
}

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
    if service.id == iam::SERVICE.id && principal.is_token() {
        let message = "The security token included in the request is invalid";
        return Err(Fault::sender("InvalidClientTokenId", message).with_status(403));
    }
    if service.id == ec2::SERVICE.id {
        // Each thing that is named is asked about with all that is said.
        check_lists(request)?;
    }
    let context = context::of(view, ctx, &principal, service, operation, request)?;
    let action = format!("{}:{operation}", action_prefix(service));
    let resources = resources::of(view, ctx, service, operation, request)?;
    let own = resources.into_iter().map(|resource| Act::new(action.as_str(), resource));
    for act in own.chain(further::of(view, ctx, service, operation, request)?) {
        let mut asked = Request {
            principal: principal.asker.clone(),
            action: act.action,
            resource: act.resource,
            context: context.clone(),
        };
        for (key, value) in act.keys {
            asked = asked.with(key, value);
        }
        context::put_resource(view, ctx, &asked.resource.clone(), &mut asked)?;
        check(view, &principal, ctx, service, &asked)?;
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
        context: context::of_caller(ctx, &principal),
    };
    check(view, &principal, ctx, &ecs::SERVICE, &asked)
}

/// Refuses the instance profile that an agent names for its host, if its caller may not pass the profile's role to EC2. One that is not
/// there gives nothing, nor does what cannot be a name: agents say what they like.
///
/// # Errors
/// As [`authorize`].
pub fn authorize_profile(view: &View, ctx: &Ctx, profile: &str) -> Result<(), Fault> {
    let Some(principal) = Principal::of(view, ctx)? else { return Ok(()) };
    if profile.is_empty() || profile.contains('/') {
        return Ok(());
    }
    let account = &ctx.scope.account;
    let found = view.get::<InstanceProfile>(&InstanceProfile::key_of(account, profile))?;
    let Some(name) = found.and_then(|found| found.role.clone()) else { return Ok(()) };
    let Some(role) = view.get::<Role>(&Role::key_of(account, &name))? else { return Ok(()) };
    let arn = role.arn(account);
    let asked = Request {
        principal: principal.asker.clone(),
        action: "iam:PassRole".to_owned(),
        resource: arn.clone(),
        context: context::of_caller(ctx, &principal),
    };
    let mut asked = asked.with("iam:PassedToService", role::INSTANCES_SERVICE);
    context::put_resource(view, ctx, &arn, &mut asked)?;
    check(view, &principal, ctx, &ecs::SERVICE, &asked)
}

/// The first action of an AssumeRole that the role's trust policy does not let the caller do. An account that it names stands for those in
/// it whose own policies allow the action; that they do was asked before.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
pub(crate) fn untrusted(
    view: &View,
    ctx: &Ctx,
    role: &Arc<Role>,
    arn: &str,
    request: &Value,
) -> Result<Option<&'static str>, Fault> {
    const ASSUME: &str = "sts:AssumeRole";
    let trust = known::trust(role);
    let principal = Principal::of(view, ctx)?.unwrap_or_else(|| Principal::root(ctx));
    let service = &sts::SERVICE;
    let mut asked = Request {
        principal: principal.asker.clone(),
        action: String::new(),
        resource: arn.to_owned(),
        context: context::of(view, ctx, &principal, service, "AssumeRole", request)?,
    };
    context::put_resource(view, ctx, arn, &mut asked)?;
    let mut actions = std::iter::once(ASSUME).chain(further::session_actions(request));
    Ok(actions.find(|action| {
        asked.action = (*action).to_owned();
        !trust.iter().any(|trust| trusts(trust, &asked))
    }))
}

fn check(
    view: &View,
    principal: &Principal,
    ctx: &Ctx,
    service: &'static Service,
    asked: &Request,
) -> Result<(), Fault> {
    let policy = policy_of(view, asked)?;
    let verdict = principal.verdict(asked, policy.as_ref().and_then(|policy| policy.first()));
    let Some(because) = verdict.because(&asked.action) else { return Ok(()) };
    let message = format!(
        "User: {} is not authorized to perform: {} on resource: {} {because}",
        ctx.caller.arn, asked.action, asked.resource
    );
    Err(denied(service, message))
}

/// The policy of the resource itself. Of what is served, roles have one: whom it names itself needs no policy of its own to become the role.
fn policy_of(view: &View, asked: &Request) -> Result<Option<Documents>, Fault> {
    if !asked.action.starts_with("sts:") {
        return Ok(None);
    }
    let role = readable(role::find(view.snapshot(), &asked.resource))?;
    Ok(role.map(|role| known::trust(&role.record)))
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

/// Whether a fault's code is one by which a caller is told that it may not do something.
pub(crate) fn is_denial(code: &str) -> bool {
    matches!(
        code,
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" | "InvalidClientTokenId"
    )
}

/// What names of a service's actions begin with: what its requests are signed for, except CloudWatch.
fn action_prefix(service: &'static Service) -> &'static str {
    match service.signing_name {
        "monitoring" => "cloudwatch",
        name => name,
    }
}
