//! Capacity providers as resources: made, changed, deleted, described.
//!
//! Not here: the provider types of Managed Instances, which are refused by name. Deleting takes no time, so that a provider is never seen
//! on its way: it is ACTIVE, or INACTIVE with DELETE_COMPLETE.

use super::{PREDEFINED, active, find, is_predefined, name_of, settings};
use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{cluster, fault, named, service::Tags, tag},
    page::{Limits, Page},
};
use domain::{
    arn,
    capacity::{CapacityProvider, ProviderStatus},
    cluster::{Cluster, ClusterStatus},
    id::{NAME_LENGTH_MAX, Scope},
    key::Prefix,
    service::{Service, ServiceStatus},
};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ecs, view};

/// Names that begin so are AWS's own.
const RESERVED_PREFIXES: [&str; 3] = ["aws", "ecs", "fargate"];

/// ECS's own limit; DescribeCapacityProviders refuses more.
const DESCRIBED_PER_CALL_MAX: usize = 100;

/// ECS's own limits on pages of providers.
const PAGES: Limits = Limits { allowed: 1..=10, default: 10 };

view! {
    Create : ecs::CREATE_CAPACITY_PROVIDER_REQUEST {
        name: &'a str = "name",
        cluster: Option<&'a str> = "cluster",
        group: Option<&'a Value> = "autoScalingGroupProvider",
        managed: Option<&'a Value> = "managedInstancesProvider",
        tags: &'a [Value] = "tags",
    }
    Update : ecs::UPDATE_CAPACITY_PROVIDER_REQUEST {
        name: &'a str = "name",
        cluster: Option<&'a str> = "cluster",
        group: Option<&'a Value> = "autoScalingGroupProvider",
        managed: Option<&'a Value> = "managedInstancesProvider",
    }
    Delete : ecs::DELETE_CAPACITY_PROVIDER_REQUEST {
        provider: &'a str = "capacityProvider",
        cluster: Option<&'a str> = "cluster",
    }
    Describe : ecs::DESCRIBE_CAPACITY_PROVIDERS_REQUEST {
        providers: Vec<&'a str> = "capacityProviders",
        cluster: Option<&'a str> = "cluster",
        include: Vec<&'a str> = "include",
    }
}

/// Makes a provider of an Auto Scaling group's instances. The name of a deleted one may be used again.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Create::from(request);
    check_name(request.name)?;
    refuse_managed(request.managed, request.cluster)?;
    let group = request.group.ok_or_else(group_needed)?;
    let group = settings::read(ctx, group)?;
    let tags = tag::read(request.tags)?;
    let key = CapacityProvider::key(&ctx.scope, request.name);
    let expect = match view.get::<CapacityProvider>(&key)? {
        None => Expect::Absent,
        Some(found) if found.status == ProviderStatus::Inactive => Expect::Revision(found.modified),
        Some(_) => {
            return Err(fault::invalid_parameter(
                "A capacity provider with the specified name already exists. Specify a unique name and try again.",
            ));
        }
    };
    for other in view.range::<CapacityProvider>(&CapacityProvider::all(&ctx.scope)) {
        let other = other?;
        if other.status == ProviderStatus::Active && other.group.is_meant_by(&group.arn) {
            return Err(fault::invalid_parameter(format!(
                "The Auto Scaling group `{}` is that of capacity provider `{}` already: each is for one capacity provider only.",
                group.name(),
                other.name
            )));
        }
    }
    let provider = CapacityProvider {
        name: request.name.to_owned(),
        status: ProviderStatus::Active,
        update_status: None,
        inactive_since: None,
        group,
        cluster: None,
        created_at: ctx.now,
        tags,
    };
    let reply = reply!(ecs::CREATE_CAPACITY_PROVIDER_RESPONSE {
        "capacityProvider": show(&ctx.scope, &provider, Tags::Shown),
    });
    let mut writes = Writes::new();
    writes.put(&key, expect, provider);
    Ok((reply, writes))
}

/// Changes how a provider is scaled. Its group stays what it is.
pub fn update(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Update::from(request);
    refuse_predefined(request.name, "updated")?;
    refuse_managed(request.managed, request.cluster)?;
    let asked = request.group.ok_or_else(group_needed)?;
    let found = active(view, ctx, request.name)?;
    let mut after = CapacityProvider::clone(&found.record);
    after.group = settings::update(&after.group, asked)?;
    after.update_status = Some("UPDATE_COMPLETE".to_owned());
    let reply = reply!(ecs::UPDATE_CAPACITY_PROVIDER_RESPONSE {
        "capacityProvider": show(&ctx.scope, &after, Tags::Shown),
    });
    let mut writes = Writes::new();
    if after != *found.record {
        writes.put(&found.key, Expect::Revision(found.modified), after);
    }
    Ok((reply, writes))
}

/// Makes a provider INACTIVE that no cluster and no service uses.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Delete::from(request);
    refuse_managed(None, request.cluster)?;
    let name = name_of(ctx, request.provider).unwrap_or(request.provider);
    refuse_predefined(name, "deleted")?;
    let found = active(view, ctx, name)?;
    if let Some(user) = user_of(view, ctx, name)? {
        return Err(fault::client(format!(
            "The specified capacity provider is in use by {user} and cannot be deleted."
        )));
    }
    let mut after = CapacityProvider::clone(&found.record);
    after.status = ProviderStatus::Inactive;
    after.inactive_since = Some(ctx.now);
    after.update_status = Some("DELETE_COMPLETE".to_owned());
    let reply = reply!(ecs::DELETE_CAPACITY_PROVIDER_RESPONSE {
        "capacityProvider": show(&ctx.scope, &after, Tags::Shown),
    });
    let mut writes = Writes::new();
    writes.put(&found.key, Expect::Revision(found.modified), after);
    Ok((reply, writes))
}

/// What keeps a provider from being deleted, in words.
fn user_of(view: &View, ctx: &Ctx, name: &str) -> Result<Option<String>, Fault> {
    for cluster in view.range::<Cluster>(&Prefix::table::<Cluster>(&ctx.scope)) {
        let cluster = cluster?;
        if cluster.status == ClusterStatus::Active
            && cluster.capacity_providers.iter().any(|used| used == name)
        {
            return Ok(Some(format!("cluster `{}`", cluster.name)));
        }
    }
    for service in view.range::<Service>(&Prefix::table::<Service>(&ctx.scope)) {
        let service = service?;
        if service.status != ServiceStatus::Inactive && service.uses_provider(name) {
            return Ok(Some(format!("service `{}`", service.name)));
        }
    }
    Ok(None)
}

/// Describes providers by name or ARN; what does not exist is a failure. Without names, all that are ACTIVE in pages of ten.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let page = Page::of("DescribeCapacityProviders", &ctx.scope, request, &PAGES)?;
    let request = Describe::from(request);
    let cluster =
        request.cluster.map(|name| cluster::resolve(view, ctx, Some(name))).transpose()?;
    let is_of_cluster = |name: &str| {
        cluster.as_ref().is_none_or(|it| it.capacity_providers.iter().any(|used| used == name))
    };
    let tags = if request.include.contains(&"TAGS") { Tags::Shown } else { Tags::Hidden };
    if request.providers.is_empty() {
        let (shown, next) = all(view, ctx, &page, tags, is_of_cluster)?;
        let reply = reply!(ecs::DESCRIBE_CAPACITY_PROVIDERS_RESPONSE {
            "capacityProviders": shown,
            "failures": Vec::<Value>::new(),
            "nextToken": next,
        });
        return Ok((reply, Writes::new()));
    }
    named::check_most(&request.providers, DESCRIBED_PER_CALL_MAX, "Capacity providers")?;
    let (mut shown, mut failures) = (Vec::new(), Vec::new());
    for identifier in request.providers {
        let name = name_of(ctx, identifier).filter(|name| is_of_cluster(name));
        let found = match name {
            Some(name) if is_predefined(name) => Some(show_predefined(&ctx.scope, name)),
            Some(name) => find(view, ctx, name)?.map(|found| show(&ctx.scope, &found, tags)),
            None => None,
        };
        match found {
            Some(found) => shown.push(found),
            None => {
                let arn = named::arn_below(&ctx.scope, "capacity-provider", identifier);
                failures.push(fault::missing(&arn));
            }
        }
    }
    let reply = reply!(ecs::DESCRIBE_CAPACITY_PROVIDERS_RESPONSE {
        "capacityProviders": shown,
        "failures": failures,
    });
    Ok((reply, Writes::new()))
}

/// A page of those that are ACTIVE, by name; Fargate's own first.
fn all(
    view: &View,
    ctx: &Ctx,
    page: &Page,
    tags: Tags,
    is_listed: impl Fn(&str) -> bool,
) -> Result<(Vec<Value>, Option<String>), Fault> {
    // No name has a slash, so that these come before every name.
    let own = PREDEFINED.into_iter().filter(|name| is_listed(name));
    let own = own.map(|name| Ok((format!("/{name}"), show_predefined(&ctx.scope, name))));
    let made = view.range::<CapacityProvider>(&CapacityProvider::all(&ctx.scope));
    let made = made.filter_map(|found| match found {
        Ok(found) if found.status != ProviderStatus::Active || !is_listed(&found.name) => None,
        Ok(found) => Some(Ok((format!("0{}", found.name), show(&ctx.scope, &found, tags)))),
        Err(fault) => Some(Err(fault)),
    });
    page.cut_all(own.chain(made), |earlier, later| earlier < later)
}

/// A provider as replies show it.
fn show(scope: &Scope, provider: &CapacityProvider, tags: Tags) -> Value {
    let shown_tags = if tags == Tags::Shown { provider.tags.as_slice() } else { &[] };
    reply!(ecs::CAPACITY_PROVIDER {
        "capacityProviderArn": arn::capacity_provider(scope, &provider.name),
        "name": &provider.name,
        "cluster": provider.cluster.as_ref().map(|cluster| cluster.as_str()),
        "status": provider.status.as_str(),
        "autoScalingGroupProvider": settings::show(&provider.group),
        "updateStatus": provider.update_status.as_ref(),
        "tags": tag::show(shown_tags),
        "type": "EC2_AUTOSCALING",
    })
}

fn show_predefined(scope: &Scope, name: &str) -> Value {
    reply!(ecs::CAPACITY_PROVIDER {
        "capacityProviderArn": arn::capacity_provider(scope, name),
        "name": name,
        "status": "ACTIVE",
        "tags": Vec::<Value>::new(),
        "type": name,
    })
}

/// Whether a text can be the name of a provider at all.
pub(super) fn is_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=NAME_LENGTH_MAX).contains(&name.len()) && name.bytes().all(is_allowed)
}

fn check_name(name: &str) -> Result<(), Fault> {
    if !is_name(name) {
        return Err(fault::invalid_parameter(format!(
            "The capacity provider name `{name}` must have 1 to {NAME_LENGTH_MAX} letters, digits, underscores and hyphens."
        )));
    }
    let lower = name.to_ascii_lowercase();
    match RESERVED_PREFIXES.into_iter().find(|prefix| lower.starts_with(prefix)) {
        None => Ok(()),
        Some(prefix) => Err(fault::invalid_parameter(format!(
            "The capacity provider name `{name}` must not begin with `{prefix}`."
        ))),
    }
}

fn refuse_predefined(name: &str, act: &str) -> Result<(), Fault> {
    if is_predefined(name) {
        return Err(fault::invalid_parameter(format!(
            "Capacity provider `{name}` is reserved and cannot be {act}."
        )));
    }
    Ok(())
}

/// Only providers of Managed Instances belong to one cluster.
fn refuse_managed(managed: Option<&Value>, cluster: Option<&str>) -> Result<(), Fault> {
    if managed.is_some() {
        return Err(fault::client(
            "`managedInstancesProvider` is not served by Longshore yet: use `autoScalingGroupProvider`.",
        ));
    }
    match cluster.filter(|cluster| !cluster.is_empty()) {
        None => Ok(()),
        Some(_) => Err(fault::invalid_parameter(
            "`cluster` is for capacity providers of Managed Instances only: a capacity provider of an Auto Scaling group is \
             associated with clusters by PutClusterCapacityProviders.",
        )),
    }
}

fn group_needed() -> Fault {
    fault::invalid_parameter("A capacity provider needs an `autoScalingGroupProvider`.")
}

/// The record at its revision, put as it is: see the module's invariant.
pub(super) fn touch(writes: &mut Writes, found: &Found<CapacityProvider>) {
    let same = CapacityProvider::clone(&found.record);
    writes.put(&found.key, Expect::Revision(found.modified), same);
}
