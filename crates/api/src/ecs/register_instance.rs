//! RegisterContainerInstance: an agent says what its host has.
//!
//! Invariant: every attribute that an agent sends comes back with its value; the official agent takes a missing one for a fatal
//! error. The control plane adds those that ECS itself knows of an instance ([`put_built_in`]).

#[cfg(test)]
mod tests;

use crate::{
    caller::Caller,
    decide::{Ctx, Decision, View, Writes, readable},
    ecs::{
        attribute,
        capacity::membership,
        cluster::{self, Home},
        fault, instance, named, setting, tag,
    },
};
use books::seat::Seat;
use domain::{
    arn::Arn,
    fargate::PoolHost,
    id::{ClusterName, InstanceId, hex},
    instance::{ContainerInstance, InstanceLink, Ledger, Resources},
    instance_type::InstanceType,
    status::InstanceStatus,
};
use placement::candidate::{EXTERNAL_ATTRIBUTE, TRUNK_ATTRIBUTE, TYPE_ATTRIBUTE, task_interfaces};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ecs, view};

const AVAILABILITY_ZONE: &str = "ecs.availability-zone";
const CPU_ARCHITECTURE: &str = "ecs.cpu-architecture";

/// The instance type of a host that is nobody's virtual machine, as far as it tells.
const OWN_INSTANCE_TYPE: &str = "longshore";

view! {
    RegisterInstance : ecs::REGISTER_CONTAINER_INSTANCE_REQUEST {
        cluster: Option<&'a str> = "cluster",
        identity: Option<&'a str> = "instanceIdentityDocument",
        resources: Vec<ResourceAmount<'a>> = "totalResources",
        version: Option<VersionInfo<'a>> = "versionInfo",
        arn: Option<&'a str> = "containerInstanceArn",
        attributes: Vec<SentAttribute<'a>> = "attributes",
        devices: Vec<Device<'a>> = "platformDevices",
        tags: &'a [Value] = "tags",
    }
    ResourceAmount : ecs::RESOURCE {
        name: Option<&'a str> = "name",
        double: Option<f64> = "doubleValue",
        long: Option<i64> = "longValue",
        integer: Option<i64> = "integerValue",
        set: Vec<&'a str> = "stringSetValue",
    }
    VersionInfo : ecs::VERSION_INFO {
        agent_version: Option<&'a str> = "agentVersion",
        agent_hash: Option<&'a str> = "agentHash",
        docker_version: Option<&'a str> = "dockerVersion",
    }
    SentAttribute : ecs::ATTRIBUTE {
        name: &'a str = "name",
        value: Option<&'a str> = "value",
    }
    Device : ecs::PLATFORM_DEVICE {
        id: &'a str = "id",
        kind: &'a str = "type",
    }
}

/// Registers an instance, or registers it anew: an agent that names its ARN gets that one again, also after the instance was
/// deregistered or forgotten, so that no agent is locked out by what it remembers.
pub fn register(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = RegisterInstance::from(request);
    let home = cluster::home(view, ctx, request.cluster)?;
    let id = match request.arn.filter(|arn| !arn.is_empty()) {
        Some(arn) => named(ctx, &home.name, arn)?,
        None => InstanceId::from_bytes(ctx.ids.bytes("container-instance", 0)),
    };
    let key = ContainerInstance::key(&ctx.scope, &home.name, &id);
    match view.get::<ContainerInstance>(&key)? {
        Some(found) => again(view, ctx, &request, &home, found),
        None => anew(view, ctx, &request, &home, id),
    }
}

fn named(ctx: &Ctx, cluster: &ClusterName, arn: &str) -> Result<InstanceId, Fault> {
    Arn::parse(arn)
        .and_then(|_| named::id_in_cluster(&ctx.scope, cluster, "container-instance", arn))
        .and_then(|id| InstanceId::parse(id).ok())
        .ok_or_else(|| {
            fault::invalid_parameter(format!(
                "`{arn}` is not the ARN of a container instance of cluster `{cluster}`."
            ))
        })
}

fn anew(
    view: &View,
    ctx: &Ctx,
    request: &RegisterInstance<'_>,
    home: &Home,
    id: InstanceId,
) -> Decision {
    let mut sent = Sent::of(request, ctx)?;
    sent.trunk(new_trunk(view, ctx, &sent.attributes)?);
    let custom_attributes = sent.custom();
    if custom_attributes.len() > attribute::CUSTOM_MAX {
        return Err(fault::invalid_parameter(attribute::too_many()));
    }
    let mut instance = ContainerInstance {
        id,
        cluster: home.name.clone(),
        ec2_instance_id: sent.ec2_instance_id,
        capacity_provider: None,
        status: InstanceStatus::Active,
        status_reason: None,
        version: 1,
        registered: sent.resources,
        attributes: sent.attributes,
        custom_attributes,
        registered_at: ctx.now,
        inactive_since: None,
        tags: tag::read(request.tags)?,
        agent_update: None,
    };
    name(&mut instance, home);
    instance.capacity_provider = provider_of(view, ctx, home, &instance)?;
    let mut writes = Writes::new();
    touch(&mut writes, home);
    enter_pool(view, ctx, &mut writes, &instance)?;
    let ledger = Ledger::key(&ctx.scope, &home.name, &instance.id);
    if view.get::<Ledger>(&ledger)?.is_none() {
        writes.put(&ledger, Expect::Absent, Ledger::default());
    }
    if let Some(version) = &request.version {
        let own = |text: Option<&str>| text.map(str::to_owned);
        let link = InstanceLink {
            since: ctx.now,
            agent_version: own(version.agent_version),
            agent_hash: own(version.agent_hash),
            docker_version: own(version.docker_version),
            ..InstanceLink::default()
        };
        let key = InstanceLink::key(&ctx.scope, &home.name, &instance.id);
        if view.get::<InstanceLink>(&key)?.is_none() {
            writes.put(&key, Expect::Absent, link);
        }
    }
    let key = ContainerInstance::key(&ctx.scope, &home.name, &instance.id);
    writes.put(&key, Expect::Absent, instance);
    reply_with(view, ctx, writes, &key)
}

fn again(
    view: &View,
    ctx: &Ctx,
    request: &RegisterInstance<'_>,
    home: &Home,
    found: Found<ContainerInstance>,
) -> Decision {
    let mut sent = Sent::of(request, ctx)?;
    // An instance gets its trunk when it is new, or as good as new after it was deregistered, and keeps it.
    let trunk = found.attributes.get(TRUNK_ATTRIBUTE).cloned().flatten();
    let is_back = trunk.is_none() && found.status == InstanceStatus::Inactive;
    sent.trunk(if is_back { new_trunk(view, ctx, &sent.attributes)? } else { trunk });
    let instance_type = |attributes: &BTreeMap<String, Option<String>>| {
        attributes.get(TYPE_ATTRIBUTE).cloned().flatten()
    };
    if instance_type(&found.attributes) != instance_type(&sent.attributes) {
        return Err(fault::client("Container instance type changes are not supported."));
    }
    let mut after = ContainerInstance::clone(&found.record);
    after.custom_attributes.extend(sent.custom());
    // What users put stays; what the agent no longer says goes.
    after.attributes.retain(|name, _| found.custom_attributes.contains(name));
    after.attributes.extend(sent.attributes);
    after.registered = sent.resources;
    after.ec2_instance_id = sent.ec2_instance_id.or(after.ec2_instance_id);
    name(&mut after, home);
    after.capacity_provider = provider_of(view, ctx, home, &after)?;
    let mut writes = Writes::new();
    let mut is_news = membership::group_of(&after) != membership::group_of(&found);
    if after.status == InstanceStatus::Inactive {
        after.status = InstanceStatus::Active;
        after.inactive_since = None;
        after.registered_at = ctx.now;
        is_news = true;
    }
    if is_news {
        touch(&mut writes, home);
    }
    enter_pool(view, ctx, &mut writes, &after)?;
    if after != *found.record {
        after.version += 1;
        writes.put(&found.key, Expect::Revision(found.modified), after);
    }
    reply_with(view, ctx, writes, &found.key)
}

/// Gives an instance whose agent knows of no EC2 the id by which it is shown: one that follows from its own, so that it stays. One outside of
/// EC2 is a managed instance (`mi-…`) of AWS Systems Manager. Hosts of Fargate's pool are not shown.
fn name(instance: &mut ContainerInstance, home: &Home) {
    let is_external = instance.attributes.contains_key(EXTERNAL_ATTRIBUTE);
    if instance.ec2_instance_id.is_none() && home.cluster.is_some() {
        let kind = if is_external { "mi" } else { "i" };
        instance.ec2_instance_id = Some(format!("{kind}-{}", &instance.id.as_str()[..17]));
    }
}

/// Whose capacity provider an instance is of. Hosts of Fargate's pool are nobody's.
fn provider_of(
    view: &View,
    ctx: &Ctx,
    home: &Home,
    instance: &ContainerInstance,
) -> Result<Option<String>, Fault> {
    match &home.cluster {
        Some(cluster) => membership::provider_of(view, ctx, &cluster.capacity_providers, instance),
        None => Ok(None),
    }
}

fn touch(writes: &mut Writes, home: &Home) {
    if let Some(cluster) = &home.cluster {
        cluster::touch(writes, cluster);
    }
}

/// Enters an instance in the index of Fargate's pool, or strikes it out, as it is now. One that no longer lends its room, but has tasks of
/// Fargate, stays there and takes no new ones: the rounds strike it out when the last of them has ended.
///
/// # Errors
/// A fault of ours, if the index cannot be read.
pub fn enter_pool(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    instance: &ContainerInstance,
) -> Result<(), Fault> {
    let key = PoolHost::key(&ctx.scope, &instance.cluster, &instance.id);
    match (view.get::<PoolHost>(&key)?, PoolHost::is_due(instance)) {
        (None, true) => writes.put(&key, Expect::Absent, PoolHost::default()),
        (Some(_), false) if instance.status == InstanceStatus::Inactive => {
            writes.delete(&key, Expect::Any);
        }
        (Some(_), false) => {
            let ledger_key = Ledger::key(&ctx.scope, &instance.cluster, &instance.id);
            let ledger = view.get::<Ledger>(&ledger_key)?;
            if ledger.as_ref().is_none_or(|ledger| ledger.fargate.is_empty()) {
                writes.delete(&key, Expect::Any);
                // Whoever puts a task there at this moment writes the ledger that was read here.
                let seen = ledger.map_or(Expect::Absent, |it| Expect::Revision(it.modified));
                writes.expect(&ledger_key, seen);
            }
        }
        (None, false) | (Some(_), true) => {}
    }
    Ok(())
}

/// The instance at `key` as it will be after `writes`.
fn reply_with(view: &View, ctx: &Ctx, writes: Writes, key: &domain::key::Key) -> Decision {
    let after = view.after(&writes);
    let found = after.get(key)?.ok_or_else(instance::not_found)?;
    let seat = readable(Seat::of(after.snapshot(), &ctx.scope, found))?;
    let shown = instance::show(&ctx.scope, &seat, &instance::Include::TAGS);
    let reply = reply!(ecs::REGISTER_CONTAINER_INSTANCE_RESPONSE { "containerInstance": shown });
    Ok((reply, writes))
}

/// What an agent says of its host, with what ECS adds.
struct Sent {
    ec2_instance_id: Option<String>,
    resources: Resources,
    attributes: BTreeMap<String, Option<String>>,
}

impl Sent {
    fn of(request: &RegisterInstance<'_>, ctx: &Ctx) -> Result<Self, Fault> {
        let identity = request.identity.and_then(|text| serde_json::from_str::<Json>(text).ok());
        let identity = |name: &str| {
            let text = identity.as_ref()?.get(name)?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        let mut attributes = BTreeMap::new();
        for sent in &request.attributes {
            // What agents say of themselves is theirs to name; the rest is their owners', and under the rules of PutAttributes.
            if !attribute::is_reserved(sent.name) {
                attribute::check_name(sent.name)?;
                attribute::check_value(sent.value)?;
            }
            attributes.insert(sent.name.to_owned(), sent.value.map(str::to_owned));
        }
        put_built_in(&mut attributes, ctx, &identity);
        Ok(Self {
            ec2_instance_id: identity("instanceId").or_else(|| session_instance(&ctx.caller)),
            resources: resources(request)?,
            attributes,
        })
    }

    /// Gives it the trunk of that id, if any, and with that its room for tasks that have an interface of their own.
    fn trunk(&mut self, id: Option<String>) {
        if id.is_some() {
            self.attributes.insert(TRUNK_ATTRIBUTE.to_owned(), id);
        }
        self.resources.enis = task_interfaces(&self.attributes);
    }

    /// Attributes that the host's owner chose (`ECS_INSTANCE_ATTRIBUTES`) and that users may delete.
    fn custom(&self) -> BTreeSet<String> {
        self.attributes.keys().filter(|name| !attribute::is_reserved(name)).cloned().collect()
    }
}

/// The trunk of a new instance: where the caller's setting asks for one, and the instance's type can have it.
fn new_trunk(
    view: &View,
    ctx: &Ctx,
    attributes: &BTreeMap<String, Option<String>>,
) -> Result<Option<String>, Fault> {
    let kind = attributes.get(TYPE_ATTRIBUTE).and_then(|name| name.as_deref());
    let can_have = kind.and_then(InstanceType::find).is_some_and(|kind| kind.trunked > 0);
    if !can_have || setting::effective(view, ctx, "awsvpcTrunking")? != "enabled" {
        return Ok(None);
    }
    Ok(Some(format!("eni-{}", &hex(&ctx.ids.bytes("trunk", 0))[..17])))
}

/// Adds what ECS knows of an instance and its agent does not say, from the identity document where there is one.
fn put_built_in(
    attributes: &mut BTreeMap<String, Option<String>>,
    ctx: &Ctx,
    identity: &impl Fn(&str) -> Option<String>,
) {
    let own_architecture = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        other => other,
    };
    let is_external = attributes.contains_key(EXTERNAL_ATTRIBUTE);
    let instance_type =
        identity("instanceType").or_else(|| (!is_external).then(|| OWN_INSTANCE_TYPE.to_owned()));
    let built_in = [
        ("ecs.ami-id", identity("imageId")),
        (
            AVAILABILITY_ZONE,
            Some(identity("availabilityZone").unwrap_or_else(|| format!("{}a", ctx.scope.region))),
        ),
        // Of a host that says nothing of itself the best guess is what the control plane runs on: most often the same host.
        (
            CPU_ARCHITECTURE,
            Some(identity("architecture").unwrap_or_else(|| own_architecture.to_owned())),
        ),
        (TYPE_ATTRIBUTE, instance_type),
        ("ecs.os-family", Some("LINUX".to_owned())),
        ("ecs.os-type", Some("linux".to_owned())),
    ];
    for (name, value) in built_in {
        if value.is_some() {
            attributes.entry(name.to_owned()).or_insert(value);
        }
    }
}

/// An external agent has no identity document, but its role's session is named after it (`mi-…`).
fn session_instance(caller: &Caller) -> Option<String> {
    let session = caller.arn.rsplit('/').next()?;
    (session.starts_with("mi-") || session.starts_with("i-")).then(|| session.to_owned())
}

/// Amounts by their names. Kinds that Longshore does not place by (such as NEURON_CORES) are left out.
fn resources(request: &RegisterInstance<'_>) -> Result<Resources, Fault> {
    let mut resources = Resources::default();
    for sent in &request.resources {
        let amount = || {
            let double = sent.double.filter(|double| *double != 0.0).map(|double| double as i64);
            let long = sent.long.filter(|long| *long != 0);
            sent.integer.filter(|integer| *integer != 0).or(long).or(double).unwrap_or(0)
        };
        match sent.name.unwrap_or_default() {
            "CPU" => resources.cpu = amount(),
            "MEMORY" => resources.memory = amount(),
            "PORTS" => resources.ports_tcp = ports(&sent.set)?,
            "PORTS_UDP" => resources.ports_udp = ports(&sent.set)?,
            "GPU" => resources.gpus = sent.set.iter().map(|gpu| (*gpu).to_owned()).collect(),
            _ => {}
        }
    }
    let gpus = request.devices.iter().filter(|device| device.kind == "GPU");
    resources.gpus.extend(gpus.map(|device| device.id.to_owned()));
    for (name, amount) in [("CPU", resources.cpu), ("MEMORY", resources.memory)] {
        if amount <= 0 {
            return Err(fault::invalid_parameter(format!(
                "`totalResources` must have a positive amount of {name}."
            )));
        }
    }
    Ok(resources)
}

fn ports(texts: &[&str]) -> Result<BTreeSet<u16>, Fault> {
    let port = |text: &&str| {
        text.parse().map_err(|_| {
            fault::invalid_parameter(format!("`{text}` in `totalResources` is not a port."))
        })
    };
    texts.iter().map(port).collect()
}
