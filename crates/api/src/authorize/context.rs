//! Condition keys: AWS's own of every request, and those of IAM and STS (Service Authorization Reference).
//!
//! Not here: those of ECS (`ecs_keys.rs`) and EC2 (`ec2_keys.rs`).

use super::{ec2_keys, ecs_keys, principal::Principal};
use crate::{
    decide::{Ctx, View},
    ecs::tag,
};
use domain::{
    arn::Arn,
    id::AccountId,
    identity::{Entity, InstanceProfile, ManagedPolicy, Role, User},
    tag::Tag,
};
use policy::evaluate::{Request, fold};
use std::collections::BTreeMap;
use wire::{Fault, Value, shape::Service, tables};

pub(super) type Keys = BTreeMap<String, Vec<String>>;

/// What is known of a request for `operation` of `service`, whatever it is on.
pub(super) fn of(
    view: &View,
    ctx: &Ctx,
    principal: &Principal,
    service: &'static Service,
    operation: &str,
    request: &Value,
) -> Result<Keys, Fault> {
    let mut keys = of_caller(ctx, principal);
    let mut put = |key: &str, value: String| keys.entry(key.to_owned()).or_default().push(value);
    for (name, value) in tags_of(request) {
        put(&fold(&format!("aws:requesttag/{name}")), value);
        put("aws:tagkeys", name);
    }
    for key in texts(request, "tagKeys").chain(texts(request, "TagKeys")) {
        put("aws:tagkeys", key.to_owned());
    }
    if service.id == tables::ecs::SERVICE.id {
        ecs_keys::put(view, ctx, operation, request, &mut keys)?;
    } else if service.id == tables::ec2::SERVICE.id {
        ec2_keys::put(view, ctx, request, &mut keys)?;
    } else if service.id == tables::iam::SERVICE.id {
        put_of_iam(request, &mut keys);
    } else if service.id == tables::sts::SERVICE.id {
        put_of_sts(request, &mut keys);
    }
    Ok(keys)
}

/// Who asks, when, and from where.
pub(super) fn of_caller(ctx: &Ctx, principal: &Principal) -> Keys {
    let mut keys = Keys::new();
    let mut put = |key: &str, value: String| keys.entry(key.to_owned()).or_default().push(value);
    put("aws:principalarn", principal.asker.arns.last().cloned().unwrap_or_default());
    put("aws:principalaccount", ctx.caller.scope.account.to_string());
    put("aws:principaltype", principal.kind.to_owned());
    put("aws:userid", ctx.caller.user_id.clone());
    if let Some(name) = &principal.user_name {
        put("aws:username", name.clone());
    }
    for tag in &principal.tags {
        put(&fold(&format!("aws:principaltag/{}", tag.key)), tag.value.clone());
    }
    put("aws:requestedregion", ctx.scope.region.to_string());
    put("aws:epochtime", (ctx.now.0 / 1000).to_string());
    put("aws:currenttime", (ctx.now.0 / 1000).to_string());
    if let Some(source) = ctx.caller.source {
        put("aws:sourceip", source.to_canonical().to_string());
    }
    if let Some(user_agent) = &ctx.caller.user_agent {
        put("aws:useragent", user_agent.clone());
    }
    // The listener speaks without TLS; nobody's service calls for somebody else.
    for key in ["aws:securetransport", "aws:principalisawsservice", "aws:viaawsservice"] {
        put(key, "false".to_owned());
    }
    if let Some(session) = &principal.credential {
        put("aws:tokenissuetime", (session.issued_at.0 / 1000).to_string());
        put("aws:multifactorauthpresent", "false".to_owned());
        if let Some(identity) = &session.source_identity {
            put("aws:sourceidentity", identity.clone());
        }
    }
    keys
}

/// `iam:…` keys.
fn put_of_iam(request: &Value, keys: &mut Keys) {
    let members = [
        ("PolicyArn", "iam:policyarn"),
        ("PermissionsBoundary", "iam:permissionsboundary"),
        ("AWSServiceName", "iam:awsservicename"),
    ];
    put_texts(request, &members, keys);
}

/// `sts:…` keys.
fn put_of_sts(request: &Value, keys: &mut Keys) {
    let members = [
        ("RoleSessionName", "sts:rolesessionname"),
        ("ExternalId", "sts:externalid"),
        ("SourceIdentity", "sts:sourceidentity"),
        ("TransitiveTagKeys", "sts:transitivetagkeys"),
    ];
    put_texts(request, &members, keys);
    if let Some(seconds) = request.get("DurationSeconds").and_then(Value::as_i64) {
        keys.entry("sts:durationseconds".to_owned()).or_default().push(seconds.to_string());
    }
}

/// Members that are keys as they are: texts, or lists of them.
pub(super) fn put_texts(request: &Value, members: &[(&str, &str)], keys: &mut Keys) {
    for (member, key) in members {
        for text in texts(request, member) {
            keys.entry((*key).to_owned()).or_default().push(text.to_owned());
        }
    }
}

/// The tags that a request gives.
fn tags_of(request: &Value) -> Vec<(String, String)> {
    let lists = ["tags", "Tags"].into_iter().filter_map(|name| request.get(name)?.as_list());
    let text = |tag: &Value, lower: &str, upper: &str| {
        let found = tag.get(lower).or_else(|| tag.get(upper));
        found.and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    lists.flatten().map(|tag| (text(tag, "key", "Key"), text(tag, "value", "Value"))).collect()
}

/// A text, or each of a list of texts, but for empty ones.
pub(super) fn texts<'a>(
    request: &'a Value,
    member: &str,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let value = request.get(member);
    let list = value.and_then(Value::as_list).unwrap_or_default();
    list.iter().chain(value).filter_map(Value::as_str).filter(|text| !text.is_empty())
}

/// What is known of the resource: its tags, and the cluster and service that it is in.
pub(super) fn put_resource(
    view: &View,
    ctx: &Ctx,
    resource: &str,
    asked: &mut Request,
) -> Result<(), Fault> {
    let Some(arn) = Arn::parse(resource) else { return Ok(()) };
    let (prefix, tags) = match arn.service {
        "ecs" => {
            ecs_keys::put_parents(ctx, &arn, &mut asked.context);
            ("ecs", tag::of_resource(view, ctx, resource)?)
        }
        "ec2" => ("ec2", ec2_keys::put_resource(view, ctx, &arn, &mut asked.context)?),
        "iam" => {
            let entity = find_entity(view, &ctx.scope.account, resource)?;
            if let Some(boundary) = entity.as_ref().and_then(|it| it.boundary.clone()) {
                asked.context.entry("iam:permissionsboundary".into()).or_insert(vec![boundary]);
            }
            ("iam", entity.map(|it| it.tags).unwrap_or_default())
        }
        _ => return Ok(()),
    };
    for tag in tags {
        for prefix in ["aws", prefix] {
            let key = fold(&format!("{prefix}:resourcetag/{}", tag.key));
            asked.context.entry(key).or_default().push(tag.value.clone());
        }
    }
    Ok(())
}

/// What conditions know of something in IAM.
struct KnownEntity {
    tags: Vec<Tag>,
    boundary: Option<String>,
}

fn find_entity(view: &View, account: &AccountId, arn: &str) -> Result<Option<KnownEntity>, Fault> {
    let resource = Arn::parse(arn).map_or("", |arn| arn.resource);
    let Some((kind, path)) = resource.split_once('/') else { return Ok(None) };
    let name = path.rsplit('/').next().unwrap_or(path);
    if name.is_empty() {
        return Ok(None);
    }
    Ok(match kind {
        "user" => known::<User>(view, account, name, |it| it.grants.boundary.clone())?,
        "role" => known::<Role>(view, account, name, |it| it.grants.boundary.clone())?,
        "policy" => known::<ManagedPolicy>(view, account, name, |_| None)?,
        "instance-profile" => known::<InstanceProfile>(view, account, name, |_| None)?,
        _ => None,
    })
}

fn known<E: Entity>(
    view: &View,
    account: &AccountId,
    name: &str,
    boundary: impl Fn(&E) -> Option<String>,
) -> Result<Option<KnownEntity>, Fault> {
    let found = view.get::<E>(&E::key_of(account, name))?;
    Ok(found.map(|it| KnownEntity { tags: it.name().tags.clone(), boundary: boundary(&it) }))
}
