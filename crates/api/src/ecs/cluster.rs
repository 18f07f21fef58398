//! Clusters.
//!
//! Invariant: a cluster that is INACTIVE has no instance and no service that is not INACTIVE. Deleting and filling cannot pass each other
//! unseen: whoever puts an instance or a service into a cluster also puts the cluster's record ([`touch`]), so that one of the two conflicts.
//! Not here: which capacity providers a cluster uses after it was made (`capacity/association.rs`); Service Connect, which is refused by name.

mod count;

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{
        capacity::{self, association::Providers},
        fault, named, setting, tag,
    },
    page::{HUNDRED, Page},
    plain,
};
use domain::{
    arn::{self, Arn},
    cluster::{Cluster, ClusterStatus},
    id::{ClusterName, Scope},
    instance::ContainerInstance,
    service::{Service, ServiceStatus},
    status::{InstanceStatus, TaskStatus},
    tag::KeyValue,
    task::Task,
};
use store::{Expect, Found};
use wire::{Fault, Members, Value, reply, tables::ecs, view};

/// The name that is meant where none is given.
pub const DEFAULT_NAME: &str = "default";

/// ECS's own limit; DescribeClusters refuses more.
const CLUSTERS_PER_CALL_MAX: usize = 100;

/// The only cluster setting there is.
const CONTAINER_INSIGHTS: &str = "containerInsights";

view! {
    CreateCluster : ecs::CREATE_CLUSTER_REQUEST {
        name: Option<&'a str> = "clusterName",
        tags: &'a [Value] = "tags",
        settings: Option<&'a [Value]> = "settings",
        configuration: Option<&'a Value> = "configuration",
        providers: &'a [Value] = "capacityProviders",
        strategy: &'a [Value] = "defaultCapacityProviderStrategy",
        connect: Option<ConnectDefaults<'a>> = "serviceConnectDefaults",
    }
    ConnectDefaults : ecs::CLUSTER_SERVICE_CONNECT_DEFAULTS_REQUEST {
        namespace: &'a str = "namespace",
    }
    UpdateCluster : ecs::UPDATE_CLUSTER_REQUEST {
        cluster: &'a str = "cluster",
        settings: Option<&'a [Value]> = "settings",
        configuration: Option<&'a Value> = "configuration",
        connect: Option<ConnectDefaults<'a>> = "serviceConnectDefaults",
    }
    UpdateClusterSettings : ecs::UPDATE_CLUSTER_SETTINGS_REQUEST {
        cluster: &'a str = "cluster",
        settings: &'a [Value] = "settings",
    }
    DeleteCluster : ecs::DELETE_CLUSTER_REQUEST {
        cluster: &'a str = "cluster",
    }
    DescribeClusters : ecs::DESCRIBE_CLUSTERS_REQUEST {
        clusters: Option<Vec<&'a str>> = "clusters",
        include: Vec<&'a str> = "include",
    }
}

/// Creates a cluster, revives an INACTIVE one, or answers the ACTIVE one that is there.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = CreateCluster::from(request);
    let name = parse_name(request.name.unwrap_or(DEFAULT_NAME))?;
    let tags = tag::read(request.tags)?;
    let settings = request.settings.map(read_settings).transpose()?;
    let configuration = request.configuration.map(read_configuration).transpose()?;
    let providers = Providers::read(view, ctx, request.providers)?;
    let strategy = capacity::strategy::read(request.strategy)?;
    capacity::strategy::check_default(&strategy, &providers.names)?;
    refuse_service_connect(request.connect.as_ref())?;

    let key = Cluster::key(&ctx.scope, &name);
    let found = view.get::<Cluster>(&key)?;
    let expect = match &found {
        Some(found) if found.status == ClusterStatus::Active => {
            return Ok((
                reply_with(view, ctx, &found.record, &Include::EVERYTHING)?,
                Writes::new(),
            ));
        }
        Some(found) => Expect::Revision(found.modified),
        None => Expect::Absent,
    };
    let settings = match settings {
        Some(settings) if !settings.is_empty() => settings,
        _ => default_settings(view, ctx)?,
    };
    let mut writes = Writes::new();
    providers.touch(&mut writes, &[]);
    let cluster = Cluster {
        name,
        status: ClusterStatus::Active,
        created_at: ctx.now,
        inactive_since: None,
        settings,
        configuration,
        service_connect_namespace: None,
        capacity_providers: providers.names,
        default_strategy: strategy,
        tags,
    };
    let reply = reply_with(view, ctx, &cluster, &Include::EVERYTHING)?;
    writes.put(&key, expect, cluster);
    Ok((reply, writes))
}

/// Makes an empty cluster INACTIVE.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = DeleteCluster::from(request);
    let name = named(ctx, request.cluster)?;
    let key = Cluster::key(&ctx.scope, &name);
    let found = view.get::<Cluster>(&key)?.ok_or_else(fault::cluster_not_found)?;
    if found.status == ClusterStatus::Inactive {
        // ECS answers the INACTIVE cluster again, so that a client whose first reply got lost may repeat itself.
        return Ok((reply_with(view, ctx, &found.record, &Include::BASIC)?, Writes::new()));
    }
    for instance in view.range::<ContainerInstance>(&ContainerInstance::all_in(&ctx.scope, &name)) {
        if instance?.status != InstanceStatus::Inactive {
            let message =
                "The Cluster cannot be deleted while Container Instances are active or draining.";
            return Err(Fault::sender("ClusterContainsContainerInstancesException", message));
        }
    }
    for service in view.range::<Service>(&Service::all_in(&ctx.scope, &name)) {
        if service?.status != ServiceStatus::Inactive {
            let message = "The Cluster cannot be deleted while Services are active.";
            return Err(Fault::sender("ClusterContainsServicesException", message));
        }
    }
    for task in view.range::<Task>(&Task::all_in(&ctx.scope, &name)) {
        if task?.last != TaskStatus::Stopped {
            let message = "The Cluster cannot be deleted while Tasks are active.";
            return Err(Fault::sender("ClusterContainsTasksException", message));
        }
    }
    let mut cluster = Cluster::clone(&found.record);
    cluster.status = ClusterStatus::Inactive;
    cluster.inactive_since = Some(ctx.now);
    let reply = reply_with(view, ctx, &cluster, &Include::BASIC)?;
    let mut writes = Writes::new();
    writes.put(&key, Expect::Revision(found.modified), cluster);
    Ok((reply, writes))
}

/// Describes clusters by name or ARN; what does not exist is a failure.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = DescribeClusters::from(request);
    let include = Include::of(&request.include);
    let asked = match request.clusters {
        Some(asked) if !asked.is_empty() => asked,
        _ => vec![DEFAULT_NAME],
    };
    named::check_most(&asked, CLUSTERS_PER_CALL_MAX, "Clusters")?;
    let (mut clusters, mut failures) = (Vec::new(), Vec::new());
    for identifier in asked {
        if identifier.is_empty() {
            return Err(fault::invalid_parameter("Clusters can not be blank."));
        }
        let name = match identify(&ctx.scope, identifier) {
            Identified::Here(name) => name,
            Identified::Elsewhere(arn) => {
                failures.push(fault::missing(arn));
                continue;
            }
            Identified::Malformed => return Err(malformed(identifier)),
        };
        match view.get::<Cluster>(&Cluster::key(&ctx.scope, &name))? {
            Some(found) => clusters.push(show(view, ctx, &found.record, &include)?),
            None => failures.push(fault::missing(&arn::cluster(&ctx.scope, &name))),
        }
    }
    let reply =
        reply!(ecs::DESCRIBE_CLUSTERS_RESPONSE { "clusters": clusters, "failures": failures });
    Ok((reply, Writes::new()))
}

/// Lists the ARNs of ACTIVE clusters, by name.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let page = Page::of("ListClusters", &ctx.scope, request, &HUNDRED)?;
    let prefix = domain::key::Prefix::table::<Cluster>(&ctx.scope);
    let clusters = view.range::<Cluster>(&prefix).filter_map(|found| match found {
        Ok(found) if found.status == ClusterStatus::Active => {
            Some(Ok((found.name.to_string(), arn::cluster(&ctx.scope, &found.name))))
        }
        Ok(_) => None,
        Err(fault) => Some(Err(fault)),
    });
    let (arns, next) = page.cut_all(clusters, |earlier, later| earlier < later)?;
    let arns: Value = arns.into_iter().collect();
    let reply = reply!(ecs::LIST_CLUSTERS_RESPONSE { "clusterArns": arns, "nextToken": next });
    Ok((reply, Writes::new()))
}

/// Changes settings and configuration; what the request does not mention stays.
pub fn update(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = UpdateCluster::from(request);
    let settings = request.settings.map(read_settings).transpose()?;
    let configuration = request.configuration.map(read_configuration).transpose()?;
    refuse_service_connect(request.connect.as_ref())?;
    change(view, ctx, request.cluster, |cluster| {
        merge_settings(&mut cluster.settings, settings.unwrap_or_default());
        if configuration.is_some() {
            cluster.configuration = configuration;
        }
    })
}

/// Changes settings.
pub fn update_settings(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = UpdateClusterSettings::from(request);
    let settings = read_settings(request.settings)?;
    if settings.is_empty() {
        return Err(fault::invalid_parameter("Settings must not be empty."));
    }
    change(view, ctx, request.cluster, |cluster| merge_settings(&mut cluster.settings, settings))
}

/// The ACTIVE cluster that a request of another noun means; `default` where it names none.
///
/// # Errors
/// `ClusterNotFoundException`, if there is no such ACTIVE cluster; `InvalidParameterException` for what is neither name nor ARN.
pub fn resolve(view: &View, ctx: &Ctx, identifier: Option<&str>) -> Result<Found<Cluster>, Fault> {
    let name = named(ctx, identifier.unwrap_or(DEFAULT_NAME))?;
    let found = view.get::<Cluster>(&Cluster::key(&ctx.scope, &name))?;
    found.filter(|found| found.status == ClusterStatus::Active).ok_or_else(fault::cluster_not_found)
}

/// The cluster that an agent is in.
#[derive(Debug)]
pub struct Home {
    /// Its name.
    pub name: ClusterName,
    /// Its record; `None` for that of Fargate's pool, which users do not have.
    pub cluster: Option<Found<Cluster>>,
}

/// As [`resolve`], for what agents ask: of them, some are in Fargate's pool.
///
/// # Errors
/// As [`resolve`].
pub fn home(view: &View, ctx: &Ctx, identifier: Option<&str>) -> Result<Home, Fault> {
    if let Some(Identified::Here(name)) = identifier.map(|it| identify_any(&ctx.scope, it))
        && name.is_fargate()
    {
        return Ok(Home { name, cluster: None });
    }
    let found = resolve(view, ctx, identifier)?;
    Ok(Home { name: found.name.clone(), cluster: Some(found) })
}

/// As [`resolve`], for operations that tell a deleted cluster from one that never was: those of services.
///
/// # Errors
/// `ClusterNotFoundException`, if there is no such ACTIVE cluster; `InvalidParameterException` for what is neither name nor ARN.
pub fn active(view: &View, ctx: &Ctx, identifier: Option<&str>) -> Result<Found<Cluster>, Fault> {
    let name = named(ctx, identifier.unwrap_or(DEFAULT_NAME))?;
    let found = view.get::<Cluster>(&Cluster::key(&ctx.scope, &name))?;
    let found = found.ok_or_else(fault::cluster_not_found)?;
    match found.status {
        ClusterStatus::Active => Ok(found),
        ClusterStatus::Inactive => {
            Err(Fault::sender("ClusterNotFoundException", "The referenced cluster was inactive."))
        }
    }
}

/// Puts the cluster's record as it is, so that whoever decided on this cluster's emptiness has to look again. For whoever puts an instance into it.
pub fn touch(writes: &mut Writes, cluster: &Found<Cluster>) {
    writes.put(&cluster.key, Expect::Revision(cluster.modified), Cluster::clone(&cluster.record));
}

fn change(view: &View, ctx: &Ctx, identifier: &str, change: impl FnOnce(&mut Cluster)) -> Decision {
    let found = resolve(view, ctx, Some(identifier))?;
    let mut cluster = Cluster::clone(&found.record);
    change(&mut cluster);
    let reply = reply_with(view, ctx, &cluster, &Include::EVERYTHING)?;
    let mut writes = Writes::new();
    if cluster != *found.record {
        writes.put(&found.key, Expect::Revision(found.modified), cluster);
    }
    Ok((reply, writes))
}

enum Identified<'a> {
    /// A name, or an ARN in this account and region.
    Here(ClusterName),
    /// The ARN of a cluster of another account or region.
    Elsewhere(&'a str),
    /// Neither.
    Malformed,
}

fn identify<'a>(scope: &Scope, identifier: &'a str) -> Identified<'a> {
    match identify_any(scope, identifier) {
        // No user has a cluster of that name.
        Identified::Here(name) if name.is_fargate() => Identified::Malformed,
        identified => identified,
    }
}

/// The same, Fargate's own cluster included.
fn identify_any<'a>(scope: &Scope, identifier: &'a str) -> Identified<'a> {
    let Some(parts) = Arn::parse(identifier) else {
        return ClusterName::parse(identifier).map_or(Identified::Malformed, Identified::Here);
    };
    let name = parts.resource.strip_prefix("cluster/").map(ClusterName::parse);
    let Some(Ok(name)) = name.filter(|_| parts.service == "ecs") else {
        return Identified::Malformed;
    };
    let is_here = parts.resource_of_kind(scope, "cluster").is_some();
    if is_here { Identified::Here(name) } else { Identified::Elsewhere(identifier) }
}

fn named(ctx: &Ctx, identifier: &str) -> Result<ClusterName, Fault> {
    if identifier.is_empty() {
        return Err(fault::invalid_parameter("Cluster can not be blank."));
    }
    match identify(&ctx.scope, identifier) {
        Identified::Here(name) => Ok(name),
        Identified::Elsewhere(_) => Err(fault::cluster_not_found()),
        Identified::Malformed => Err(malformed(identifier)),
    }
}

fn parse_name(name: &str) -> Result<ClusterName, Fault> {
    let parsed = ClusterName::parse(name).ok().filter(|name| !name.is_fargate());
    parsed.ok_or_else(|| malformed(name))
}

fn malformed(identifier: &str) -> Fault {
    fault::invalid_parameter(format!(
        "Cluster must match ^[a-zA-Z0-9\\-_]{{1,255}}$, but was {identifier}"
    ))
}

fn refuse_service_connect(defaults: Option<&ConnectDefaults<'_>>) -> Result<(), Fault> {
    match defaults {
        Some(ConnectDefaults { namespace, .. }) if !namespace.is_empty() => Err(fault::client(
            "`serviceConnectDefaults` is not served by Longshore yet: leave it out.",
        )),
        _ => Ok(()),
    }
}

fn read_settings(settings: &[Value]) -> Result<Vec<KeyValue>, Fault> {
    let mut read = Vec::new();
    for item in settings {
        let text = |name| item.get(name).and_then(Value::as_str);
        let (Some(name), Some(value)) = (text("name"), text("value")) else {
            return Err(fault::invalid_parameter("A cluster setting needs a name and a value."));
        };
        setting::check_value(name, value)?;
        merge_settings(
            &mut read,
            vec![KeyValue { name: name.to_owned(), value: value.to_owned() }],
        );
    }
    Ok(read)
}

fn merge_settings(settings: &mut Vec<KeyValue>, changes: Vec<KeyValue>) {
    for change in changes {
        settings.retain(|kept| kept.name != change.name);
        settings.push(change);
    }
}

fn default_settings(view: &View, ctx: &Ctx) -> Result<Vec<KeyValue>, Fault> {
    let value = setting::effective(view, ctx, CONTAINER_INSIGHTS)?;
    Ok(vec![KeyValue { name: CONTAINER_INSIGHTS.to_owned(), value }])
}

view! {
    Configuration : ecs::CLUSTER_CONFIGURATION {
        exec: Option<ExecConfiguration<'a>> = "executeCommandConfiguration",
        storage: Option<StorageConfiguration<'a>> = "managedStorageConfiguration",
    }
    StorageConfiguration : ecs::MANAGED_STORAGE_CONFIGURATION {
        key: Option<&'a str> = "kmsKeyId",
        fargate_key: Option<&'a str> = "fargateEphemeralStorageKmsKeyId",
    }
    ExecConfiguration : ecs::EXECUTE_COMMAND_CONFIGURATION {
        logging: Option<&'a str> = "logging",
        log: Option<&'a Value> = "logConfiguration",
    }
}

fn read_configuration(configuration: &Value) -> Result<serde_json::Value, Fault> {
    let Configuration { exec, storage, .. } = Configuration::from(configuration);
    // Kept and not done it would promise what nobody does: hosts encrypt nothing.
    if storage.is_some_and(|storage| storage.key.or(storage.fargate_key).is_some()) {
        let message = "`managedStorageConfiguration` with a key is not served by Longshore yet: leave it out.";
        return Err(fault::client(message));
    }
    if let Some(exec) = exec {
        let is_override = exec.logging == Some("OVERRIDE");
        if is_override != exec.log.is_some() {
            let message = "`logConfiguration` of `executeCommandConfiguration` goes with `logging` OVERRIDE, and only with it.";
            return Err(fault::invalid_parameter(message));
        }
    }
    Ok(plain::to_json(configuration))
}

/// Which parts of a cluster are shown.
struct Include {
    attachments: bool,
    configurations: bool,
    settings: bool,
    statistics: bool,
    tags: bool,
}

impl Include {
    /// What a cluster's creator and changer get to see.
    const EVERYTHING: Self = Self {
        attachments: false,
        configurations: true,
        settings: true,
        statistics: false,
        tags: true,
    };
    /// What everybody gets to see who asks for nothing.
    const BASIC: Self = Self {
        attachments: false,
        configurations: false,
        settings: false,
        statistics: false,
        tags: false,
    };

    fn of(names: &[&str]) -> Self {
        let has = |name| names.contains(&name);
        Self {
            attachments: has("ATTACHMENTS"),
            configurations: has("CONFIGURATIONS"),
            settings: has("SETTINGS"),
            statistics: has("STATISTICS"),
            tags: has("TAGS"),
        }
    }
}

/// A reply that holds this cluster with all that its creator and changer get to see.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
pub fn reply_whole(view: &View, ctx: &Ctx, cluster: &Cluster) -> Result<Value, Fault> {
    reply_with(view, ctx, cluster, &Include::EVERYTHING)
}

fn reply_with(
    view: &View,
    ctx: &Ctx,
    cluster: &Cluster,
    include: &Include,
) -> Result<Value, Fault> {
    // The replies that hold one cluster are of one form; the encoder checks each against its own shape.
    Ok(reply!(ecs::CREATE_CLUSTER_RESPONSE { "cluster": show(view, ctx, cluster, include)? }))
}

fn show(view: &View, ctx: &Ctx, cluster: &Cluster, include: &Include) -> Result<Value, Fault> {
    let counts = count::Counts::of(view, &ctx.scope, &cluster.name)?;
    let list = |shown: bool, entries: Value| if shown { entries } else { Value::List(Vec::new()) };
    let statistics = if include.statistics {
        count::statistics(view, &ctx.scope, &cluster.name)?
    } else {
        Value::List(Vec::new())
    };
    let configuration = cluster.configuration.clone().filter(|_| include.configurations);
    let is_group = |name: &String| !capacity::is_predefined(name);
    let has_groups = cluster.capacity_providers.iter().any(is_group);
    let mut shown = reply!(ecs::CLUSTER {
        "clusterArn": arn::cluster(&ctx.scope, &cluster.name),
        "clusterName": cluster.name.as_str(),
        "configuration": configuration.map(plain::from_json),
        "status": cluster.status.as_str(),
        "registeredContainerInstancesCount": counts.instances,
        "runningTasksCount": counts.running,
        "pendingTasksCount": counts.pending,
        "activeServicesCount": counts.services,
        "statistics": statistics,
        "tags": list(include.tags, tag::show(&cluster.tags)),
        "settings": list(include.settings, plain::to_value(&cluster.settings)),
        "capacityProviders": plain::to_value(&cluster.capacity_providers),
        "defaultCapacityProviderStrategy": plain::to_value(&cluster.default_strategy),
        "attachmentsStatus": has_groups.then_some("UPDATE_COMPLETE"),
    });
    if include.attachments
        && let Value::Map(members) = &mut shown
    {
        put_attachments(members);
    }
    Ok(shown)
}

/// Attachments are scaling policies and lifecycle hooks of Auto Scaling groups, of which there are none while groups are not served.
fn put_attachments(members: &mut Members) {
    members.put("attachments", Value::List(Vec::new()));
}
