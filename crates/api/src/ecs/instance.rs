//! Container instances: how they are named, shown, described and listed, and how they are drained.
//!
//! Not here: how they come and go (`register_instance.rs`, `deregister_instance.rs`), their attributes (`attribute.rs`).

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes, moment, readable},
    ecs::{cluster, fault, named, tag},
    page::{HUNDRED, Page},
    plain,
};
use books::seat::Seat;
use domain::{
    arn,
    id::{ClusterName, InstanceId, Scope},
    instance::{ContainerInstance, InstanceLink, Resources},
    status::InstanceStatus,
    time::Timestamp,
};
use placement::query::Query;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit; DescribeContainerInstances refuses more.
const DESCRIBED_PER_CALL_MAX: usize = 100;

/// ECS's own limit; UpdateContainerInstancesState refuses more.
const UPDATED_PER_CALL_MAX: usize = 10;

view! {
    DescribeInstances : ecs::DESCRIBE_CONTAINER_INSTANCES_REQUEST {
        cluster: Option<&'a str> = "cluster",
        instances: Vec<&'a str> = "containerInstances",
        include: Vec<&'a str> = "include",
    }
    ListInstances : ecs::LIST_CONTAINER_INSTANCES_REQUEST {
        cluster: Option<&'a str> = "cluster",
        filter: Option<&'a str> = "filter",
        status: Option<&'a str> = "status",
    }
    UpdateState : ecs::UPDATE_CONTAINER_INSTANCES_STATE_REQUEST {
        cluster: Option<&'a str> = "cluster",
        instances: Vec<&'a str> = "containerInstances",
        status: &'a str = "status",
    }
    UpdateAgent : ecs::UPDATE_CONTAINER_AGENT_REQUEST {
        cluster: Option<&'a str> = "cluster",
        instance: &'a str = "containerInstance",
    }
}

/// Describes instances by id or ARN; what does not exist is a failure.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = DescribeInstances::from(request);
    let cluster = cluster::resolve(view, ctx, request.cluster)?.name.clone();
    named::check_count(&request.instances, DESCRIBED_PER_CALL_MAX, "Container instances")?;
    let include = Include {
        tags: request.include.contains(&"TAGS"),
        health: request.include.contains(&"CONTAINER_INSTANCE_HEALTH"),
    };
    let (mut instances, mut failures) = (Vec::new(), Vec::new());
    for identifier in request.instances {
        match find(view, ctx, &cluster, identifier)? {
            Some(found) => {
                instances.push(show(
                    &ctx.scope,
                    &readable(Seat::of(view.snapshot(), &ctx.scope, found))?,
                    &include,
                ));
            }
            None => failures.push(fault::missing(&arn_of(&ctx.scope, &cluster, identifier))),
        }
    }
    let reply = reply!(ecs::DESCRIBE_CONTAINER_INSTANCES_RESPONSE {
        "containerInstances": instances,
        "failures": failures,
    });
    Ok((reply, Writes::new()))
}

/// Lists ARNs of instances that are not INACTIVE and that the filter, a query, is true of; in the order of their ids.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let page = Page::of("ListContainerInstances", &ctx.scope, request, &HUNDRED)?;
    let request = ListInstances::from(request);
    let cluster = cluster::resolve(view, ctx, request.cluster)?.name.clone();
    let query = request.filter.map(Query::parse).transpose();
    let query = query.map_err(|error| {
        fault::invalid_parameter(format!("`filter` is not a cluster query: {error}."))
    })?;
    let status = request.status.and_then(InstanceStatus::parse);
    let is_listed = |seat: &Seat| {
        let of_status = match status {
            Some(status) => seat.instance.status == status,
            None => seat.instance.status != InstanceStatus::Inactive,
        };
        of_status && query.as_ref().is_none_or(|query| query.matches(&seat.candidate()))
    };
    let entries = readable(Seat::all_in(view.snapshot(), &ctx.scope, &cluster))?
        .into_iter()
        .filter(is_listed);
    let entries = entries.map(|seat| {
        Ok((seat.instance.id.to_string(), arn::instance(&ctx.scope, &cluster, &seat.instance.id)))
    });
    let (arns, next) = page.cut_all(entries, |earlier, later| earlier < later)?;
    let arns: Value = arns.into_iter().collect();
    let reply = reply!(ecs::LIST_CONTAINER_INSTANCES_RESPONSE {
        "containerInstanceArns": arns,
        "nextToken": next,
    });
    Ok((reply, Writes::new()))
}

/// Makes instances DRAINING, so that they take no new tasks, or ACTIVE again.
pub fn update_state(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = UpdateState::from(request);
    let cluster = cluster::resolve(view, ctx, request.cluster)?.name.clone();
    named::check_count(&request.instances, UPDATED_PER_CALL_MAX, "Container instances")?;
    let is_settable = |status: &InstanceStatus| {
        matches!(status, InstanceStatus::Active | InstanceStatus::Draining)
    };
    let status = InstanceStatus::parse(request.status).filter(is_settable).ok_or_else(|| {
        fault::invalid_parameter("Container instance status should be one of [ACTIVE,DRAINING].")
    })?;
    let mut writes = Writes::new();
    let (mut instances, mut failures) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for identifier in request.instances {
        let arn = arn_of(&ctx.scope, &cluster, identifier);
        let Some(found) = find(view, ctx, &cluster, identifier)? else {
            failures.push(fault::missing(&arn));
            continue;
        };
        if !seen.insert(found.id.clone()) {
            continue;
        }
        if !is_settable(&found.status) {
            failures.push(fault::failure(&arn, found.status.as_str(), None));
            continue;
        }
        let mut seat = readable(Seat::of(view.snapshot(), &ctx.scope, found))?;
        if seat.instance.status != status {
            let mut after = ContainerInstance::clone(&seat.instance.record);
            after.status = status;
            after.version += 1;
            seat.instance.record = after.clone().into();
            writes.put(&seat.instance.key, Expect::Revision(seat.instance.modified), after);
        }
        instances.push(show(&ctx.scope, &seat, &Include::BASIC));
    }
    let reply = reply!(ecs::UPDATE_CONTAINER_INSTANCES_STATE_RESPONSE {
        "containerInstances": instances,
        "failures": failures,
    });
    Ok((reply, writes))
}

/// Tells why the agent cannot be updated from here: Longshore's own agent is part of the binary on its host, and the official one is
/// updated by whoever installed it. So there never is an update that the control plane could hand out.
pub fn update_agent(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = UpdateAgent::from(request);
    let cluster = cluster::resolve(view, ctx, request.cluster)?.name.clone();
    let found = find(view, ctx, &cluster, request.instance)?.ok_or_else(not_found)?;
    let link = view.get::<InstanceLink>(&InstanceLink::key(&ctx.scope, &cluster, &found.id))?;
    match link.and_then(|link| link.agent_version.clone()) {
        None => Err(Fault::sender(
            "MissingVersionException",
            "The agent of this container instance never told its version.",
        )),
        Some(version) => Err(Fault::sender(
            "NoUpdateAvailableException",
            format!(
                "There is no update for agent {version}: update the software on the host itself."
            ),
        )),
    }
}

/// The instance of `cluster` that an id or ARN means, INACTIVE ones included.
///
/// # Errors
/// A fault of the service, if its record cannot be read.
pub fn find(
    view: &View,
    ctx: &Ctx,
    cluster: &ClusterName,
    identifier: &str,
) -> Result<Option<Found<ContainerInstance>>, Fault> {
    let id = named::id_in_cluster(&ctx.scope, cluster, "container-instance", identifier);
    match id.and_then(|id| InstanceId::parse(id).ok()) {
        Some(id) => view.get(&ContainerInstance::key(&ctx.scope, cluster, &id)),
        None => Ok(None),
    }
}

/// The fault for an instance that does not exist, where the operation is about one.
pub fn not_found() -> Fault {
    fault::invalid_parameter("The referenced container instance was not found.")
}

/// The full ARN of the instance that a request names, whether it exists or not.
pub fn arn_of(scope: &Scope, cluster: &ClusterName, identifier: &str) -> String {
    named::arn_below(scope, &format!("container-instance/{cluster}"), identifier)
}

/// Which parts of an instance are shown only on request.
pub struct Include {
    /// Its tags.
    pub tags: bool,
    /// What its agent's own checks found.
    pub health: bool,
}

impl Include {
    /// What everybody sees.
    pub const BASIC: Self = Self { tags: false, health: false };
    /// What whoever registers it sees.
    pub const TAGS: Self = Self { tags: true, health: false };
}

/// An instance as replies show it.
pub fn show(scope: &Scope, seat: &Seat, include: &Include) -> Value {
    let instance = &seat.instance;
    let link = seat.link.as_deref();
    let version = reply!(ecs::VERSION_INFO {
        "agentVersion": link.and_then(|link| link.agent_version.as_ref()),
        "agentHash": link.and_then(|link| link.agent_hash.as_ref()),
        "dockerVersion": link.and_then(|link| link.docker_version.as_ref()),
    });
    let is_connected =
        instance.status != InstanceStatus::Inactive && seat.candidate().is_connected();
    let shown_tags = if include.tags { instance.tags.as_slice() } else { &[] };
    reply!(ecs::CONTAINER_INSTANCE {
        "containerInstanceArn": arn::instance(scope, &instance.cluster, &instance.id),
        "ec2InstanceId": instance.ec2_instance_id.as_ref(),
        "capacityProviderName": instance.capacity_provider.as_ref(),
        "version": instance.version,
        "versionInfo": version,
        "remainingResources": show_resources(&remaining(&instance.registered, &seat.ledger.held)),
        "registeredResources": show_resources(&instance.registered),
        "status": instance.status.as_str(),
        "statusReason": instance.status_reason.as_ref(),
        "agentConnected": is_connected,
        "runningTasksCount": seat.ledger.running,
        "pendingTasksCount": seat.ledger.pending,
        "agentUpdateStatus": instance.agent_update.as_ref(),
        "attributes": plain::to_value(&instance.attribute_list()),
        "registeredAt": moment(instance.registered_at),
        "attachments": Vec::<Value>::new(),
        "tags": tag::show(shown_tags),
        "healthStatus": include.health.then(|| show_health(link.and_then(|link| link.health.as_ref()))),
    })
}

/// What is left: amounts and GPUs that nobody holds. Ports are shown the other way round, as ECS does: those that are in use.
fn remaining(registered: &Resources, held: &Resources) -> Resources {
    Resources {
        cpu: registered.cpu - held.cpu,
        memory: registered.memory - held.memory,
        ports_tcp: &registered.ports_tcp | &held.ports_tcp,
        ports_udp: &registered.ports_udp | &held.ports_udp,
        gpus: &registered.gpus - &held.gpus,
        enis: registered.enis - held.enis,
    }
}

fn show_resources(resources: &Resources) -> Value {
    let amount = |name: &str, amount: i64| {
        reply!(ecs::RESOURCE {
            "name": name,
            "type": "INTEGER",
            "doubleValue": 0.0,
            "longValue": 0,
            "integerValue": amount,
        })
    };
    let set = |name: &str, entries: Value| {
        reply!(ecs::RESOURCE {
            "name": name,
            "type": "STRINGSET",
            "doubleValue": 0.0,
            "longValue": 0,
            "integerValue": 0,
            "stringSetValue": entries,
        })
    };
    let ports = |ports: &BTreeSet<u16>| ports.iter().map(u16::to_string).collect::<Value>();
    let mut shown = vec![
        amount("CPU", resources.cpu),
        amount("MEMORY", resources.memory),
        set("PORTS", ports(&resources.ports_tcp)),
        set("PORTS_UDP", ports(&resources.ports_udp)),
    ];
    if !resources.gpus.is_empty() {
        shown.push(set("GPU", resources.gpus.iter().collect()));
    }
    Value::List(shown)
}

/// The agent's own checks. The record keeps moments as agents tell them, in seconds.
fn show_health(health: Option<&Json>) -> Value {
    const MOMENTS: [&str; 2] = ["lastUpdated", "lastStatusChange"];
    let Some(health) = health else {
        return reply!(ecs::CONTAINER_INSTANCE_HEALTH_STATUS { "overallStatus": "INSUFFICIENT_DATA" });
    };
    let checks = health.get("details").and_then(Json::as_array).into_iter().flatten();
    let details: Value = checks
        .map(|check| {
            let mut shown = plain::from_json(check.clone());
            if let Value::Map(members) = &mut shown {
                for name in MOMENTS {
                    let at = check.get(name).and_then(Json::as_f64);
                    members.put(name, at.map(|at| moment(Timestamp::from_seconds(at))));
                }
            }
            shown
        })
        .collect();
    reply!(ecs::CONTAINER_INSTANCE_HEALTH_STATUS {
        "overallStatus": health.get("overallStatus").and_then(Json::as_str),
        "details": details,
    })
}
