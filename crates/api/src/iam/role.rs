//! Roles and their trust policies.

use crate::{
    authorize::is_built_in,
    decide::{Ctx, Decision, View, Writes},
    iam::{
        entity::{
            change, delete as delete_record, find, listed, new_name, optional, page, show_role,
            text,
        },
        fault,
        grants::Named,
        managed,
        user::check_ungranted,
    },
};
use domain::{
    arn::Arn,
    id::AccountId,
    identity::{Entity, Grants, InstanceProfile, Name, Role, User},
};
use policy::document::{Document, Kind, Malformed, Principal};
use store::Expect;
use wire::{Fault, Value, reply, tables::iam};

/// How long sessions may last where nothing is said, in seconds.
const SESSION_DEFAULT_S: i64 = 3600;

/// The one of them of which there may be several roles, told apart by a suffix.
const SUFFIXED: &str = "autoscaling.amazonaws.com";

/// Services that own a role in every account that uses them, and the policy that it has.
const LINKED: &[(&str, &str, Option<&str>)] = &[
    (
        "ecs.amazonaws.com",
        "AWSServiceRoleForECS",
        Some("arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy"),
    ),
    ("autoscaling.amazonaws.com", "AWSServiceRoleForAutoScaling", None),
    ("elasticloadbalancing.amazonaws.com", "AWSServiceRoleForElasticLoadBalancing", None),
    (
        "ecs.application-autoscaling.amazonaws.com",
        "AWSServiceRoleForApplicationAutoScaling_ECSService",
        None,
    ),
];

/// Makes a role.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let name = new_name::<Role>(view, ctx, request, text(request, "RoleName"))?;
    if name.path.starts_with("/aws-service-role/") {
        return Err(fault::invalid_input("The path /aws-service-role/ is reserved for AWS."));
    }
    let trust = read_trust(view, text(request, "AssumeRolePolicyDocument"))?;
    let boundary = optional(request, "PermissionsBoundary").map(str::to_owned);
    let mut writes = Writes::new();
    if let Some(arn) = &boundary {
        managed::touch(view, ctx, arn, &mut writes)?;
    }
    let role = Role {
        name,
        grants: Grants { boundary, ..Grants::default() },
        trust,
        description: optional(request, "Description").map(str::to_owned),
        session_max_s: session_max(request),
        service: None,
    };
    writes.put(&Role::key_of(&ctx.scope.account, &role.name.name), Expect::Absent, role.clone());
    Ok((reply!(iam::CREATE_ROLE_RESPONSE { "Role": show_role(ctx, &role, true) }), writes))
}

fn session_max(request: &Value) -> i64 {
    request.get("MaxSessionDuration").and_then(Value::as_i64).unwrap_or(SESSION_DEFAULT_S)
}

/// The trust policy of a request, whose users and roles are there: IAM refuses those that are not, in whichever account.
fn read_trust(view: &View, document: &str) -> Result<String, Fault> {
    let trust = Document::admit(document, Kind::Trust).map_err(|error| fault::malformed(&error))?;
    for principal in trust.principals() {
        if !is_there(view, principal)? {
            return Err(fault::malformed(&Malformed::Principal(principal.clone())));
        }
    }
    Ok(document.to_owned())
}

/// Whether a principal exists, as far as records say: accounts, services and sessions have none.
fn is_there(view: &View, principal: &Principal) -> Result<bool, Fault> {
    let Principal::Aws(text) = principal else { return Ok(true) };
    let Some(arn) = Arn::parse(text) else { return Ok(true) };
    match arn.resource.split_once('/') {
        Some(("user", name)) if is_built_in(name) => Ok(true),
        Some(("user", _)) => has::<User>(view, arn, text),
        Some(("role", _)) => has::<Role>(view, arn, text),
        _ => Ok(true),
    }
}

fn has<E: Entity>(view: &View, arn: Arn<'_>, text: &str) -> Result<bool, Fault> {
    let Ok(account) = AccountId::parse(arn.account) else { return Ok(false) };
    let name = arn.resource.rsplit('/').next().expect("a split has one part at least");
    let found = view.get::<E>(&E::key_of(&account, name))?;
    Ok(found.is_some_and(|found| found.arn(&account) == text))
}

/// Answers a role.
pub fn get(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let role = find::<Role>(view, ctx, text(request, "RoleName"))?;
    Ok((reply!(iam::GET_ROLE_RESPONSE { "Role": show_role(ctx, &role, true) }), Writes::new()))
}

/// Lists roles.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let roles = listed::<Role>(view, ctx, request, |role| show_role(ctx, role, false))?;
    Ok((Value::Map(page(request, "Roles", roles)?), Writes::new()))
}

/// Changes description and session length: what is not said is what a new role has.
pub fn update(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<Role>(view, ctx, text(request, "RoleName"))?;
    found.check_modifiable()?;
    change(&found, |role| {
        role.description = optional(request, "Description").map(str::to_owned);
        role.session_max_s = session_max(request);
        Ok(())
    })
}

/// Changes the description.
pub fn update_description(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<Role>(view, ctx, text(request, "RoleName"))?;
    let description = text(request, "Description").to_owned();
    let after = Role { description: Some(description.clone()), ..Role::clone(&found.record) };
    let (_, writes) = change(&found, |role| {
        role.description = Some(description);
        Ok(())
    })?;
    let shown = show_role(ctx, &after, true);
    Ok((reply!(iam::UPDATE_ROLE_DESCRIPTION_RESPONSE { "Role": shown }), writes))
}

/// Changes who may become the role.
pub fn update_trust(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<Role>(view, ctx, text(request, "RoleName"))?;
    found.check_modifiable()?;
    let trust = read_trust(view, text(request, "PolicyDocument"))?;
    change(&found, |role| {
        role.trust = trust;
        Ok(())
    })
}

/// Deletes a role that has nothing left.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<Role>(view, ctx, text(request, "RoleName"))?;
    found.check_modifiable()?;
    for profile in view.range::<InstanceProfile>(&InstanceProfile::all(&ctx.scope.account)) {
        if profile?.role.as_deref() == Some(found.name.name.as_str()) {
            return Err(fault::conflict(
                "Cannot delete entity, must remove roles from instance profile first.",
            ));
        }
    }
    check_ungranted(&found.grants)?;
    Ok(delete_record(&found))
}

/// Makes the role that a service owns in the account.
pub fn create_linked(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let service = text(request, "AWSServiceName");
    let known = LINKED.iter().find(|(known, ..)| *known == service);
    let Some((_, name, attached)) = known else {
        return Err(fault::invalid_input(format!(
            "Longshore knows no service-linked role of {service}."
        )));
    };
    let name = &match optional(request, "CustomSuffix") {
        None => (*name).to_owned(),
        Some(suffix) if service == SUFFIXED => format!("{name}_{suffix}"),
        Some(_) => {
            let message = format!("Custom suffix is not allowed for {service}");
            return Err(fault::invalid_input(message));
        }
    };
    if view.get::<Role>(&Role::key_of(&ctx.scope.account, name))?.is_some() {
        return Err(fault::invalid_input(format!(
            "Service role name {name} has been taken in this account, please try a different suffix."
        )));
    }
    let statement = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"sts:AssumeRole"}}]}}"#
    );
    let named = new_name::<Role>(view, ctx, request, name)?;
    let role = Role {
        name: Name { path: format!("/aws-service-role/{service}/"), ..named },
        grants: Grants {
            attached: attached.iter().map(|arn| (*arn).to_owned()).collect(),
            ..Grants::default()
        },
        trust: statement,
        description: optional(request, "Description").map(str::to_owned),
        session_max_s: SESSION_DEFAULT_S,
        service: Some(service.to_owned()),
    };
    let mut writes = Writes::new();
    writes.put(&Role::key_of(&ctx.scope.account, name), Expect::Absent, role.clone());
    let shown = show_role(ctx, &role, true);
    Ok((reply!(iam::CREATE_SERVICE_LINKED_ROLE_RESPONSE { "Role": shown }), writes))
}
