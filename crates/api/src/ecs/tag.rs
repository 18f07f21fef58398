//! Tags: reading, showing and limits, for every resource that has them; and the operations on tags by ARN.
//!
//! Invariant: keys that begin with `aws:` are ours. Users neither put nor take them away, and they do not count against the limit.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{capacity, fault, task_set},
};
use domain::{
    arn::Arn,
    capacity::{CapacityProvider, ProviderStatus},
    cluster::{Cluster, ClusterStatus},
    definition::TaskDefinition,
    id::{ClusterName, DefinitionRevision, DeploymentId, Family, InstanceId, ServiceName, TaskId},
    instance::ContainerInstance,
    record::Record,
    service::{Service, ServiceStatus},
    tag::Tag,
    task::Task,
};
use std::collections::BTreeSet;
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit on the tags of a resource.
pub const TAGS_MAX: usize = 50;

/// Keys that begin so are AWS's.
const RESERVED_PREFIX: &str = "aws:";

/// The tags of a request.
///
/// # Errors
/// `InvalidParameterException`, if there are too many, a key comes twice, or one is not allowed.
pub fn read(tags: &[Value]) -> Result<Vec<Tag>, Fault> {
    let text = |tag: &Value, name: &str| {
        tag.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let tags: Vec<Tag> =
        tags.iter().map(|tag| Tag { key: text(tag, "key"), value: text(tag, "value") }).collect();
    if tags.len() > TAGS_MAX {
        return Err(too_many());
    }
    let mut keys = BTreeSet::new();
    for tag in &tags {
        check_key(&tag.key)?;
        if !tag.value.chars().all(is_allowed) {
            let message =
                format!("The value of tag `{}` contains characters that are not allowed.", tag.key);
            return Err(fault::invalid_parameter(message));
        }
        if !keys.insert(&tag.key) {
            return Err(fault::invalid_parameter(format!("Duplicate tag key `{}`.", tag.key)));
        }
    }
    Ok(tags)
}

/// `tags` with those of `more` put in: a key that exists gets the new value.
///
/// # Errors
/// `InvalidParameterException`, if that makes too many.
pub fn merge(tags: &[Tag], more: Vec<Tag>) -> Result<Vec<Tag>, Fault> {
    let mut merged = tags.to_vec();
    for tag in more {
        match merged.iter_mut().find(|kept| kept.key == tag.key) {
            Some(kept) => kept.value = tag.value,
            None => merged.push(tag),
        }
    }
    let own = merged.iter().filter(|tag| !is_reserved(&tag.key)).count();
    if own > TAGS_MAX { Err(too_many()) } else { Ok(merged) }
}

/// Tags as replies list them.
pub fn show(tags: &[Tag]) -> Value {
    tags.iter().map(|tag| reply!(ecs::TAG { "key": &tag.key, "value": &tag.value })).collect()
}

fn check_key(key: &str) -> Result<(), Fault> {
    if key.is_empty() {
        return Err(fault::invalid_parameter("A tag key cannot be empty."));
    }
    if is_reserved(key) {
        return Err(fault::invalid_parameter(format!(
            "Tag key `{key}`: keys that begin with `aws:` are reserved for AWS."
        )));
    }
    if !key.chars().all(is_allowed) {
        return Err(fault::invalid_parameter(format!(
            "Tag key `{key}` contains characters that are not allowed."
        )));
    }
    Ok(())
}

fn is_reserved(key: &str) -> bool {
    key.get(..RESERVED_PREFIX.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(RESERVED_PREFIX))
}

/// The model's pattern `[\p{L}\p{Z}\p{N}_.:/=+\-@]*`; marks that Unicode counts as alphabetic pass too.
fn is_allowed(letter: char) -> bool {
    letter.is_alphanumeric()
        || (letter.is_whitespace() && !letter.is_control())
        || matches!(letter, '_' | '.' | ':' | '/' | '=' | '+' | '-' | '@')
}

fn too_many() -> Fault {
    fault::invalid_parameter(format!("A resource can have at most {TAGS_MAX} tags."))
}

view! {
    TagResource : ecs::TAG_RESOURCE_REQUEST {
        arn: &'a str = "resourceArn",
        tags: &'a [Value] = "tags",
    }
    UntagResource : ecs::UNTAG_RESOURCE_REQUEST {
        arn: &'a str = "resourceArn",
        keys: Vec<&'a str> = "tagKeys",
    }
    ListTagsForResource : ecs::LIST_TAGS_FOR_RESOURCE_REQUEST {
        arn: &'a str = "resourceArn",
    }
}

/// Puts tags on a resource.
pub fn tag_resource(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = TagResource::from(request);
    let more = read(request.tags)?;
    let tagged = Tagged::find(view, ctx, request.arn)?.ok_or_else(fault::resource_not_found)?;
    let tags = merge(tagged.tags(), more)?;
    Ok((reply!(ecs::TAG_RESOURCE_RESPONSE {}), tagged.with(tags)))
}

/// Takes tags from a resource; keys that it does not have are no mistake.
pub fn untag_resource(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = UntagResource::from(request);
    for key in &request.keys {
        check_key(key)?;
    }
    let tagged = Tagged::find(view, ctx, request.arn)?.ok_or_else(fault::resource_not_found)?;
    let mut tags = tagged.tags().to_vec();
    tags.retain(|tag| !request.keys.contains(&tag.key.as_str()));
    Ok((reply!(ecs::UNTAG_RESOURCE_RESPONSE {}), tagged.with(tags)))
}

/// Lists the tags of a resource.
pub fn list_for_resource(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = ListTagsForResource::from(request);
    // The model has no ResourceNotFoundException for this operation.
    let missing = || fault::invalid_parameter("The specified resource could not be found.");
    let tagged = Tagged::find(view, ctx, request.arn)?.ok_or_else(missing)?;
    let reply = reply!(ecs::LIST_TAGS_FOR_RESOURCE_RESPONSE { "tags": show(tagged.tags()) });
    Ok((reply, Writes::new()))
}

/// The tags of a resource by its ARN; none where it has none, or is not there.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
pub fn of_resource(view: &View, ctx: &Ctx, arn: &str) -> Result<Vec<Tag>, Fault> {
    match Tagged::find(view, ctx, arn) {
        Ok(found) => Ok(found.map(|tagged| tagged.tags().to_vec()).unwrap_or_default()),
        Err(fault) if fault.receiver => Err(fault),
        Err(_) => Ok(Vec::new()),
    }
}

/// A resource that has tags.
enum Tagged {
    Cluster(Found<Cluster>),
    CapacityProvider(Found<CapacityProvider>),
    Definition(Found<TaskDefinition>),
    Instance(Found<ContainerInstance>),
    Service(Found<Service>),
    Task(Found<Task>),
    /// A service, and which of its task sets.
    TaskSet(Found<Service>, DeploymentId),
}

impl Tagged {
    /// The resource of an ARN in this account and region.
    fn find(view: &View, ctx: &Ctx, text: &str) -> Result<Option<Self>, Fault> {
        let malformed = || {
            fault::invalid_parameter(format!(
                "Invalid identifier: `{text}` is not the ARN of an ECS resource."
            ))
        };
        let arn = Arn::parse(text).filter(|arn| arn.service == "ecs").ok_or_else(malformed)?;
        let (kind, id) = arn.resource.split_once('/').ok_or_else(malformed)?;
        let is_here =
            arn.region == ctx.scope.region.as_str() && arn.account == ctx.scope.account.as_str();
        match kind {
            "cluster" => {
                let name = ClusterName::parse(id).map_err(|_| malformed())?;
                let found = if is_here {
                    view.get::<Cluster>(&Cluster::key(&ctx.scope, &name))?
                } else {
                    None
                };
                let found = found.filter(|found| found.status == ClusterStatus::Active);
                found.map(|found| Some(Self::Cluster(found))).ok_or_else(fault::cluster_not_found)
            }
            _ if !is_here => Ok(None),
            "capacity-provider" => {
                let found = capacity::find(view, ctx, id)?;
                let found = found.filter(|found| found.status == ProviderStatus::Active);
                Ok(found.map(Self::CapacityProvider))
            }
            "task-definition" => {
                let (family, revision) = id.rsplit_once(':').ok_or_else(malformed)?;
                let family = Family::parse(family).map_err(|_| malformed())?;
                let revision = DefinitionRevision(revision.parse().map_err(|_| malformed())?);
                let found = view.get(&TaskDefinition::key(&ctx.scope, &family, revision))?;
                Ok(found.map(Self::Definition))
            }
            "container-instance" => {
                let (cluster, id) = in_cluster(id).ok_or_else(malformed)?;
                let id = InstanceId::parse(id).map_err(|_| malformed())?;
                Ok(view
                    .get(&ContainerInstance::key(&ctx.scope, &cluster, &id))?
                    .map(Self::Instance))
            }
            "service" => {
                let (cluster, name) = in_cluster(id).ok_or_else(malformed)?;
                let name = ServiceName::parse(name).map_err(|_| malformed())?;
                let found = view.get::<Service>(&Service::key(&ctx.scope, &cluster, &name))?;
                let found = found.filter(|found| found.status != ServiceStatus::Inactive);
                Ok(found.map(Self::Service))
            }
            "task" => {
                let (cluster, id) = in_cluster(id).ok_or_else(malformed)?;
                let id = TaskId::parse(id).map_err(|_| malformed())?;
                Ok(view.get(&Task::key(&ctx.scope, &cluster, &id))?.map(Self::Task))
            }
            "task-set" => {
                let found = task_set::tagged(view, ctx, text)?;
                Ok(found.map(|(service, id)| Self::TaskSet(service, id)))
            }
            other => {
                Err(fault::client(format!("Tags on a `{other}` are not served by Longshore yet.")))
            }
        }
    }

    fn tags(&self) -> &[Tag] {
        match self {
            Self::Cluster(found) => &found.tags,
            Self::CapacityProvider(found) => &found.tags,
            Self::Definition(found) => &found.tags,
            Self::Instance(found) => &found.tags,
            Self::Service(found) => &found.tags,
            Self::Task(found) => &found.tags,
            Self::TaskSet(service, id) => {
                let set = service.task_sets.iter().find(|set| set.id == *id);
                set.map_or(&[], |set| &set.tags)
            }
        }
    }

    /// The writes that give it `tags`.
    fn with(self, tags: Vec<Tag>) -> Writes {
        if tags == self.tags() {
            return Writes::new();
        }
        match self {
            Self::Cluster(found) => rewrite(&found, |record| record.tags = tags),
            Self::CapacityProvider(found) => rewrite(&found, |record| record.tags = tags),
            Self::Definition(found) => rewrite(&found, |record| record.tags = tags),
            Self::Instance(found) => rewrite(&found, |record| record.tags = tags),
            Self::Service(found) => rewrite(&found, |record| record.tags = tags),
            Self::Task(found) => rewrite(&found, |record| record.tags = tags),
            Self::TaskSet(service, id) => rewrite(&service, |record| {
                let set = record.task_sets.iter_mut().find(|set| set.id == id);
                set.into_iter().for_each(|set| set.tags = tags.clone());
            }),
        }
    }
}

/// The cluster and the rest of an ARN. Nothing of Fargate's pool is users'.
fn in_cluster(id: &str) -> Option<(ClusterName, &str)> {
    let (cluster, id) = id.split_once('/')?;
    let cluster = ClusterName::parse(cluster).ok().filter(|cluster| !cluster.is_fargate())?;
    Some((cluster, id))
}

fn rewrite<R: Record + Clone>(found: &Found<R>, change: impl FnOnce(&mut R)) -> Writes {
    let mut record = R::clone(&found.record);
    change(&mut record);
    let mut writes = Writes::new();
    writes.put(&found.key, Expect::Revision(found.modified), record);
    writes
}

#[cfg(test)]
mod tests;
