//! Condition keys: AWS's own of every request, and those of ECS (Service Authorization Reference).

use super::principal::Principal;
use crate::{
    decide::{Ctx, View},
    ecs::{named::arn_below, tag},
};
use policy::evaluate::Request;
use std::collections::BTreeMap;
use wire::{Fault, Value};

type Keys = BTreeMap<String, Vec<String>>;

/// What is known of a request whatever it is on.
pub(super) fn of(
    view: &View,
    ctx: &Ctx,
    principal: &Principal,
    request: &Value,
) -> Result<Keys, Fault> {
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
        put(&format!("aws:principaltag/{}", tag.key.to_lowercase()), tag.value.clone());
    }
    put("aws:requestedregion", ctx.scope.region.to_string());
    put("aws:epochtime", (ctx.now.0 / 1000).to_string());
    put("aws:currenttime", (ctx.now.0 / 1000).to_string());
    for (name, value) in tags_of(request) {
        put(&format!("aws:requesttag/{}", name.to_lowercase()), value);
        put("aws:tagkeys", name);
    }
    for key in texts(request, "tagKeys").chain(texts(request, "TagKeys")) {
        put("aws:tagkeys", key.to_owned());
    }
    of_ecs(view, ctx, request, &mut keys)?;
    Ok(keys)
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

fn texts<'a>(request: &'a Value, member: &str) -> impl Iterator<Item = &'a str> {
    let list = request.get(member).and_then(Value::as_list).unwrap_or_default();
    list.iter().filter_map(Value::as_str)
}

/// `ecs:…` keys that follow from members of the request.
fn of_ecs(view: &View, ctx: &Ctx, request: &Value, keys: &mut Keys) -> Result<(), Fault> {
    let text = |name: &str| request.get(name).and_then(Value::as_str);
    let mut put = |key: &str, value: String| keys.entry(key.to_owned()).or_default().push(value);
    if let Some(cluster) = text("cluster") {
        put("ecs:cluster", arn_below(&ctx.scope, "cluster", cluster));
    }
    if let Some(container) = text("container") {
        put("ecs:container-name", container.to_owned());
    }
    if let Some(definition) = text("taskDefinition") {
        put("ecs:task-definition", super::resources::definition(view, ctx, definition)?);
    }
    for (member, key) in [
        ("enableExecuteCommand", "ecs:enable-execute-command"),
        ("enableECSManagedTags", "ecs:enable-ecs-managed-tags"),
    ] {
        if let Some(truth) = request.get(member).and_then(Value::as_bool) {
            put(key, truth.to_string());
        }
    }
    if let Some(propagate) = text("propagateTags") {
        put("ecs:propagate-tags", propagate.to_owned());
    }
    for (member, key) in [("cpu", "ecs:task-cpu"), ("memory", "ecs:task-memory")] {
        if let Some(amount) = text(member) {
            put(key, amount.to_owned());
        }
    }
    for compatibility in texts(request, "requiresCompatibilities") {
        put("ecs:compute-compatibility", compatibility.to_owned());
    }
    let strategy = request.get("capacityProviderStrategy").and_then(Value::as_list);
    for item in strategy.unwrap_or_default() {
        if let Some(provider) = item.get("capacityProvider").and_then(Value::as_str) {
            put("ecs:capacity-provider", arn_below(&ctx.scope, "capacity-provider", provider));
        }
    }
    Ok(())
}

/// The tags of the resource, as `aws:ResourceTag` and `ecs:ResourceTag`.
pub(super) fn add_resource(
    view: &View,
    ctx: &Ctx,
    resource: &str,
    asked: &mut Request,
) -> Result<(), Fault> {
    if resource == "*" || !resource.starts_with("arn:aws:ecs:") {
        return Ok(());
    }
    for tag in tag::of_resource(view, ctx, resource)? {
        for prefix in ["aws:resourcetag", "ecs:resourcetag"] {
            let key = format!("{prefix}/{}", tag.key.to_lowercase());
            asked.context.insert(key, vec![tag.value.clone()]);
        }
    }
    Ok(())
}
