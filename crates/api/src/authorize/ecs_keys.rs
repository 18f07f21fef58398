//! `ecs:…` condition keys: what a request and its resource say that policies for ECS ask about (Service Authorization Reference).
//!
//! A key is there where the request says something by it, so that a policy can tell what is asked for from what is left to a default. But a
//! cluster that is left out is the default one, and what is started without a word of ECS Exec is started without it (the developer guide's
//! policy "launch tasks only when ECS Exec is turned off" asks for `false`).

use super::{
    context::{Keys, put_texts, texts},
    resources,
};
use crate::{
    decide::{Ctx, View},
    ecs::{cluster, definition, named::arn_below},
};
use domain::arn::Arn;
use wire::{Fault, Value, tables};

/// Members that are texts, and their keys.
const TEXTS: [(&str, &str); 4] = [
    ("container", "ecs:container-name"),
    ("namespace", "ecs:namespace"),
    ("propagateTags", "ecs:propagate-tags"),
    ("requiresCompatibilities", "ecs:compute-compatibility"),
];

/// Members that are truth values, and their keys.
const TRUTHS: [(&str, &str); 2] = [
    ("enableExecuteCommand", "ecs:enable-execute-command"),
    ("enableECSManagedTags", "ecs:enable-ecs-managed-tags"),
];

/// What starts tasks or describes how; each of [`TRUTHS`] is false where they do not say it.
const STARTS: [&str; 3] = ["RunTask", "StartTask", "CreateService"];

/// Lists that switch something on unless they are empty, and their keys.
const SWITCHES: [(&str, &str); 2] = [
    ("volumeConfigurations", "ecs:enable-ebs-volumes"),
    ("vpcLatticeConfigurations", "ecs:enable-vpc-lattice"),
];

/// Puts the keys that follow from a request for `operation`.
pub(super) fn put(
    view: &View,
    ctx: &Ctx,
    operation: &str,
    request: &Value,
    keys: &mut Keys,
) -> Result<(), Fault> {
    let text = |name: &str| texts(request, name).next();
    put_texts(request, &TEXTS, keys);
    let mut put = |key: &str, value: String| keys.entry(key.to_owned()).or_default().push(value);
    if operation.ends_with("AccountSetting") || operation.ends_with("AccountSettingDefault") {
        text("name").into_iter().for_each(|name| put("ecs:account-setting", name.to_owned()));
    }
    let cluster =
        text("cluster").or_else(|| has_cluster(operation).then_some(cluster::DEFAULT_NAME));
    if let Some(cluster) = cluster {
        put("ecs:cluster", arn_below(&ctx.scope, "cluster", cluster));
    }
    let parents = |kind: &str| {
        let cluster = cluster.unwrap_or(cluster::DEFAULT_NAME);
        format!("{kind}/{}", cluster.rsplit('/').next().unwrap_or(cluster))
    };
    for (member, kind, key) in [
        ("service", "service", "ecs:service"),
        ("task", "task", "ecs:task"),
        ("containerInstances", "container-instance", "ecs:container-instances"),
    ] {
        for named in texts(request, member) {
            put(key, arn_below(&ctx.scope, &parents(kind), named));
        }
    }
    if let Some(definition) = text("taskDefinition") {
        put("ecs:task-definition", resources::definition(view, ctx, definition)?);
    }
    for provider in providers(request) {
        put("ecs:capacity-provider", arn_below(&ctx.scope, "capacity-provider", provider));
    }
    for (member, key) in TRUTHS {
        let default = STARTS.contains(&operation).then_some(false);
        if let Some(truth) = request.get(member).and_then(Value::as_bool).or(default) {
            put(key, truth.to_string());
        }
    }
    for (member, key) in SWITCHES {
        if let Some(list) = request.get(member).and_then(Value::as_list) {
            put(key, (!list.is_empty()).to_string());
        }
    }
    put_sizes(request, &mut put);
    put_nested(request, &mut put);
    Ok(())
}

/// Whether an operation is on a cluster, also where its request does not say on which.
fn has_cluster(operation: &str) -> bool {
    const ONLY_IF_NAMED: [&str; 4] = [
        "CreateCapacityProvider",
        "DeleteCapacityProvider",
        "DescribeCapacityProviders",
        "UpdateCapacityProvider",
    ];
    let row = tables::ecs::SERVICE.operation(operation);
    row.is_some_and(|row| row.input.members.iter().any(|member| member.name == "cluster"))
        && !ONLY_IF_NAMED.contains(&operation)
}

/// Capacity providers of a strategy, or of a cluster that is to have them.
fn providers(request: &Value) -> impl Iterator<Item = &str> {
    let strategies = ["capacityProviderStrategy", "defaultCapacityProviderStrategy"];
    let items = strategies.into_iter().filter_map(|name| request.get(name)?.as_list()).flatten();
    let items = items.filter_map(|item| item.get("capacityProvider")?.as_str());
    texts(request, "capacityProviders").chain(items)
}

/// Sizes of a task as plain numbers: CPU units and MiB. What is no size is refused by the operation itself.
fn put_sizes(request: &Value, put: &mut impl FnMut(&str, String)) {
    for holder in [Some(request), request.get("overrides")].into_iter().flatten() {
        if let Some(Ok(units)) = texts(holder, "cpu").next().map(definition::cpu_units) {
            put("ecs:task-cpu", units.to_string());
        }
        if let Some(Ok(mib)) = texts(holder, "memory").next().map(definition::memory_mib) {
            put("ecs:task-memory", mib.to_string());
        }
    }
}

/// What stands deeper in a request.
fn put_nested(request: &Value, put: &mut impl FnMut(&str, String)) {
    let at = |path: &[&str]| path.iter().try_fold(request, |value, name| value.get(name));
    const VPC: [&str; 2] = ["networkConfiguration", "awsvpcConfiguration"];
    if let Some(vpc) = at(&VPC) {
        texts(vpc, "subnets").for_each(|subnet| put("ecs:subnet", subnet.to_owned()));
        for assign in texts(vpc, "assignPublicIp") {
            put("ecs:auto-assign-public-ip", (assign == "ENABLED").to_string());
        }
    }
    if let Some(connect) = at(&["serviceConnectConfiguration"]) {
        let is_enabled = connect.get("enabled").and_then(Value::as_bool) == Some(true);
        put("ecs:enable-service-connect", is_enabled.to_string());
        texts(connect, "namespace").for_each(|name| put("ecs:namespace", name.to_owned()));
    }
    if let Some(defaults) = at(&["serviceConnectDefaults"]) {
        texts(defaults, "namespace").for_each(|name| put("ecs:namespace", name.to_owned()));
    }
    if let Some(storage) = at(&["configuration", "managedStorageConfiguration"]) {
        for key in texts(storage, "fargateEphemeralStorageKmsKeyId") {
            put("ecs:fargate-ephemeral-storage-kms-key", key.to_owned());
        }
    }
    if let Some(containers) = request.get("containerDefinitions").and_then(Value::as_list) {
        let is_privileged =
            |it: &Value| it.get("privileged").and_then(Value::as_bool) == Some(true);
        put("ecs:privileged", containers.iter().any(is_privileged).to_string());
    }
}

/// The cluster and the service in the ARN of something that is below them, where the request itself did not say.
pub(super) fn put_parents(ctx: &Ctx, arn: &Arn<'_>, keys: &mut Keys) {
    let mut parts = arn.resource.split('/');
    let (Some(kind), Some(cluster), Some(third)) = (parts.next(), parts.next(), parts.next())
    else {
        return;
    };
    let mut put = |key: &str, value: String| {
        keys.entry(key.to_owned()).or_insert_with(|| vec![value]);
    };
    put("ecs:cluster", arn_below(&ctx.scope, "cluster", cluster));
    if matches!(kind, "service-deployment" | "service-revision" | "task-set") {
        put("ecs:service", arn_below(&ctx.scope, &format!("service/{cluster}"), third));
    }
}
