//! Attributes of container instances: what users put, take away and list.
//!
//! Invariant: users touch only attributes of their own. Names that begin with `ecs.` or `com.amazonaws.`, and some that begin with
//! `longshore.`, are said by agents and by the control plane, and placement relies on them.

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{capacity::membership, cluster, fault, instance},
    page::{HUNDRED, Page},
};
use domain::{
    arn::{self, Arn},
    cluster::Cluster,
    fargate,
    id::InstanceId,
    instance::ContainerInstance,
    status::InstanceStatus,
};
use std::collections::BTreeMap;
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit on the attributes that users put on an instance.
pub const CUSTOM_MAX: usize = 10;

/// By which an agent says where other hosts reach its own.
pub const ADDRESS_ATTRIBUTE: &str = "longshore.address";

/// ECS's own limit on the attributes of a call.
const PER_CALL_MAX: usize = 10;

/// ECS's own limits.
const NAME_LENGTH_MAX: usize = 128;
const VALUE_LENGTH_MAX: usize = 128;

view! {
    PutAttributes : ecs::PUT_ATTRIBUTES_REQUEST {
        cluster: Option<&'a str> = "cluster",
        attributes: Vec<Target<'a>> = "attributes",
    }
    DeleteAttributes : ecs::DELETE_ATTRIBUTES_REQUEST {
        cluster: Option<&'a str> = "cluster",
        attributes: Vec<Target<'a>> = "attributes",
    }
    Target : ecs::ATTRIBUTE {
        name: &'a str = "name",
        value: Option<&'a str> = "value",
        kind: Option<&'a str> = "targetType",
        id: Option<&'a str> = "targetId",
    }
    ListAttributes : ecs::LIST_ATTRIBUTES_REQUEST {
        cluster: Option<&'a str> = "cluster",
        name: Option<&'a str> = "attributeName",
        value: Option<&'a str> = "attributeValue",
    }
}

/// Puts attributes on instances; a name that is there gets the new value.
pub fn put(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = PutAttributes::from(request);
    let cluster = cluster::resolve(view, ctx, request.cluster)?;
    let mut changes = Changes::of(&request.attributes)?;
    let mut shown = Vec::new();
    for asked in &request.attributes {
        check_name(asked.name)?;
        check_value(asked.value)?;
        refuse_reserved(asked.name)?;
        let after = changes.target(view, ctx, &cluster, asked)?;
        let value = asked.value.map(str::to_owned);
        shown.push(show(ctx, after, asked.name, value.as_deref()));
        after.custom_attributes.insert(asked.name.to_owned());
        after.attributes.insert(asked.name.to_owned(), value);
        if after.custom_attributes.len() > CUSTOM_MAX {
            return Err(Fault::sender("AttributeLimitExceededException", too_many()));
        }
    }
    let reply = reply!(ecs::PUT_ATTRIBUTES_RESPONSE { "attributes": shown });
    Ok((reply, changes.writes(view, ctx, &cluster)?))
}

/// Takes attributes away, whatever their value; one that is not there is no mistake.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = DeleteAttributes::from(request);
    let cluster = cluster::resolve(view, ctx, request.cluster)?;
    let mut changes = Changes::of(&request.attributes)?;
    let mut shown = Vec::new();
    for asked in &request.attributes {
        check_name(asked.name)?;
        refuse_reserved(asked.name)?;
        let after = changes.target(view, ctx, &cluster, asked)?;
        if after.custom_attributes.remove(asked.name) {
            let value = after.attributes.remove(asked.name).flatten();
            shown.push(show(ctx, after, asked.name, value.as_deref()));
        }
    }
    let reply = reply!(ecs::DELETE_ATTRIBUTES_RESPONSE { "attributes": shown });
    Ok((reply, changes.writes(view, ctx, &cluster)?))
}

/// Lists attributes of instances that are not INACTIVE, by instance and name; all of them, or those of one name, or of one value.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let page = Page::of("ListAttributes", &ctx.scope, request, &HUNDRED)?;
    let request = ListAttributes::from(request);
    if request.value.is_some() && request.name.is_none() {
        return Err(fault::invalid_parameter("`attributeValue` needs an `attributeName`."));
    }
    let cluster = cluster::resolve(view, ctx, request.cluster)?.name.clone();
    let instances = ContainerInstance::all_in(&ctx.scope, &cluster);
    let of_instance = |found: Found<ContainerInstance>| -> Vec<(String, Value)> {
        if found.status == InstanceStatus::Inactive {
            return Vec::new();
        }
        found
            .attributes
            .iter()
            .filter(|(name, value)| {
                request.name.is_none_or(|wanted| wanted == **name)
                    && request.value.is_none_or(|wanted| Some(wanted) == value.as_deref())
            })
            .map(|(name, value)| {
                (format!("{}/{name}", found.id), show(ctx, &found, name, value.as_deref()))
            })
            .collect()
    };
    let entries = view.range::<ContainerInstance>(&instances).flat_map(|found| match found {
        Ok(found) => of_instance(found).into_iter().map(Ok).collect(),
        Err(fault) => vec![Err(fault)],
    });
    let (attributes, next) = page.cut_all(entries, |earlier, later| earlier < later)?;
    let reply =
        reply!(ecs::LIST_ATTRIBUTES_RESPONSE { "attributes": attributes, "nextToken": next });
    Ok((reply, Writes::new()))
}

/// Instances as a call changes them, each read and written once.
struct Changes {
    instances: BTreeMap<InstanceId, (Found<ContainerInstance>, ContainerInstance)>,
}

impl Changes {
    fn of(asked: &[Target<'_>]) -> Result<Self, Fault> {
        if asked.is_empty() || asked.len() > PER_CALL_MAX {
            return Err(fault::invalid_parameter(format!(
                "Attributes must have 1 to {PER_CALL_MAX} elements."
            )));
        }
        Ok(Self { instances: BTreeMap::new() })
    }

    /// The instance that an attribute is for, with what the call changed so far.
    fn target(
        &mut self,
        view: &View,
        ctx: &Ctx,
        cluster: &Cluster,
        asked: &Target<'_>,
    ) -> Result<&mut ContainerInstance, Fault> {
        let not_found =
            || Fault::sender("TargetNotFoundException", "The specified target was not found.");
        let id = asked.id.filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| fault::invalid_parameter("An attribute needs a `targetId`."))?;
        if asked.kind.is_none() && Arn::parse(id).is_none() {
            return Err(fault::invalid_parameter(
                "`targetType` is needed where `targetId` is not an ARN.",
            ));
        }
        let found = instance::find(view, ctx, &cluster.name, id)?
            .filter(|found| found.status != InstanceStatus::Inactive)
            .ok_or_else(not_found)?;
        let (_, after) = self.instances.entry(found.id.clone()).or_insert_with(|| {
            let after = ContainerInstance::clone(&found.record);
            (found, after)
        });
        Ok(after)
    }

    /// An instance whose group changed may belong to another capacity provider.
    fn writes(self, view: &View, ctx: &Ctx, cluster: &Found<Cluster>) -> Result<Writes, Fault> {
        let mut writes = Writes::new();
        let mut is_regrouped = false;
        for (found, mut after) in self.instances.into_values() {
            if after == *found.record {
                continue;
            }
            if membership::group_of(&after) != membership::group_of(&found) {
                let providers = &cluster.capacity_providers;
                after.capacity_provider = membership::provider_of(view, ctx, providers, &after)?;
                is_regrouped = true;
            }
            after.version += 1;
            writes.put(&found.key, Expect::Revision(found.modified), after);
        }
        if is_regrouped {
            cluster::touch(&mut writes, cluster);
        }
        Ok(writes)
    }
}

fn show(ctx: &Ctx, instance: &ContainerInstance, name: &str, value: Option<&str>) -> Value {
    reply!(ecs::ATTRIBUTE {
        "name": name,
        "value": value,
        "targetId": arn::instance(&ctx.scope, &instance.cluster, &instance.id),
    })
}

/// Whether a name may be an attribute's.
///
/// # Errors
/// `InvalidParameterException` if not.
pub fn check_name(name: &str) -> Result<(), Fault> {
    let is_allowed = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'/' | b'\\')
    };
    if (1..=NAME_LENGTH_MAX).contains(&name.len()) && name.bytes().all(is_allowed) {
        return Ok(());
    }
    Err(fault::invalid_parameter(format!(
        "Attribute name `{name}` must have 1 to {NAME_LENGTH_MAX} letters, digits, hyphens, underscores, slashes, backslashes and \
         periods."
    )))
}

/// Whether a value may be an attribute's; none may.
///
/// # Errors
/// `InvalidParameterException` if not.
pub fn check_value(value: Option<&str>) -> Result<(), Fault> {
    let value = value.unwrap_or_default();
    let is_allowed = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'.' | b'-' | b'/' | b'\\' | b'@' | b':' | b' ')
    };
    if value.len() <= VALUE_LENGTH_MAX && value.bytes().all(is_allowed) && value.trim() == value {
        return Ok(());
    }
    Err(fault::invalid_parameter(format!(
        "Attribute value `{value}` must have at most {VALUE_LENGTH_MAX} letters, digits, hyphens, underscores, periods, at signs, slashes, \
         backslashes, colons and spaces, none of them at its ends."
    )))
}

/// Whether a name is for agents and the control plane only.
pub fn is_reserved(name: &str) -> bool {
    const PREFIXES: [&str; 2] = ["ecs.", "com.amazonaws."];
    // What an agent says of its host: tasks and packets go by it.
    const OURS: [&str; 2] = [fargate::POOL_ATTRIBUTE, ADDRESS_ATTRIBUTE];
    PREFIXES.iter().any(|prefix| name.starts_with(prefix)) || OURS.contains(&name)
}

fn refuse_reserved(name: &str) -> Result<(), Fault> {
    if is_reserved(name) {
        return Err(fault::invalid_parameter(format!(
            "Attribute name `{name}` is reserved for ECS, or begins with a prefix that is."
        )));
    }
    Ok(())
}

/// What is said of an eleventh custom attribute.
pub fn too_many() -> String {
    format!("A container instance can have at most {CUSTOM_MAX} custom attributes.")
}
