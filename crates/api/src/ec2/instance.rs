//! Instances: the hosts of container instances, by the id that ECS shows of them. Nobody makes, stops or changes one by this API: a
//! host is there while its agent is registered.

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    ec2::{
        fault,
        filter::Filters,
        request::{required, texts},
        tag,
    },
    page::{Limits, Page},
};
use domain::{
    instance::ContainerInstance,
    key::Prefix,
    vpc::{private_name, zone_id},
};
use std::{collections::BTreeMap, net::Ipv4Addr, sync::Arc};
use wire::{Fault, Value, reply, tables::ec2, value::Members};

const PAGES: Limits = Limits { allowed: 5..=1000, default: i64::MAX };
/// EC2's number for `running`.
const RUNNING: i64 = 16;

/// Describes instances, each in a reservation of its own.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let shown = |id: &str, instance: &ContainerInstance| {
        reply!(ec2::RESERVATION {
            "ReservationId": reservation(id),
            "OwnerId": ctx.scope.account.as_str(),
            "Groups": Value::List(Vec::new()),
            "Instances": Value::List(vec![show(ctx, id, instance)]),
        })
    };
    let (reservations, next) = list("DescribeInstances", view, request, ctx, shown)?;
    let reply = reply!(ec2::DESCRIBE_INSTANCES_RESULT {
        "Reservations": Value::List(reservations),
        "NextToken": next,
    });
    Ok((reply, Writes::new()))
}

/// Describes how instances are: they run.
pub fn describe_status(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let shown = |id: &str, instance: &ContainerInstance| {
        let summary = || reply!(ec2::INSTANCE_STATUS_SUMMARY { "Status": "ok" });
        let zone = attribute(instance, "ecs.availability-zone");
        reply!(ec2::INSTANCE_STATUS {
            "AvailabilityZone": zone,
            "AvailabilityZoneId": zone.map(zone_id),
            "InstanceId": id,
            "InstanceState": state(),
            "InstanceStatus": summary(),
            "SystemStatus": summary(),
        })
    };
    let (statuses, next) = list("DescribeInstanceStatus", view, request, ctx, shown)?;
    let reply = reply!(ec2::DESCRIBE_INSTANCE_STATUS_RESULT {
        "InstanceStatuses": Value::List(statuses),
        "NextToken": next,
    });
    Ok((reply, Writes::new()))
}

/// Answers one attribute of an instance.
pub fn describe_attribute(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let id = required(request, "InstanceId")?;
    let all = all(view, ctx)?;
    let instance = all.get(id).ok_or_else(|| not_found(id))?;
    let text = |value: Option<&str>| reply!(ec2::ATTRIBUTE_VALUE { "Value": value });
    let truth = |value: bool| reply!(ec2::ATTRIBUTE_BOOLEAN_VALUE { "Value": value });
    let (member, value) = match required(request, "Attribute")? {
        "instanceType" => ("InstanceType", text(attribute(instance, "ecs.instance-type"))),
        "groupSet" => ("Groups", Value::List(Vec::new())),
        "productCodes" => ("ProductCodes", Value::List(Vec::new())),
        "blockDeviceMapping" => ("BlockDeviceMappings", Value::List(Vec::new())),
        "userData" => ("UserData", text(None)),
        "kernel" => ("KernelId", text(None)),
        "ramdisk" => ("RamdiskId", text(None)),
        "rootDeviceName" => ("RootDeviceName", text(None)),
        "sriovNetSupport" => ("SriovNetSupport", text(None)),
        "instanceInitiatedShutdownBehavior" => {
            ("InstanceInitiatedShutdownBehavior", text(Some("stop")))
        }
        // Nobody stops or ends a host by this API.
        "disableApiTermination" => ("DisableApiTermination", truth(true)),
        "disableApiStop" => ("DisableApiStop", truth(true)),
        "sourceDestCheck" => ("SourceDestCheck", truth(true)),
        "ebsOptimized" => ("EbsOptimized", truth(false)),
        "enaSupport" => ("EnaSupport", truth(false)),
        "enclaveOptions" => ("EnclaveOptions", reply!(ec2::ENCLAVE_OPTIONS { "Enabled": false })),
        other => {
            let message = format!("Value ({other}) for parameter attribute is invalid.");
            return Err(fault::invalid_value(message));
        }
    };
    let mut reply = Members::new();
    reply.put("InstanceId", id);
    reply.put(member, value);
    Ok((Value::Map(reply), Writes::new()))
}

fn not_found(id: &str) -> Fault {
    fault::fault("InvalidInstanceID.NotFound", format!("The instance ID '{id}' does not exist"))
}

fn list(
    operation: &str,
    view: &View,
    request: &Value,
    ctx: &Ctx,
    show: impl Fn(&str, &ContainerInstance) -> Value,
) -> Result<(Vec<Value>, Option<String>), Fault> {
    let (wanted, filters) = (texts(request, "InstanceIds"), Filters::read(request)?);
    let all = all(view, ctx)?;
    if let Some(id) = wanted.iter().find(|id| !all.contains_key(**id)) {
        return Err(not_found(id));
    }
    let answer = |id: &str, instance: &ContainerInstance, filter: &str| match filter {
        "instance-status.status" | "system-status.status"
            if operation == "DescribeInstanceStatus" =>
        {
            Some(vec!["ok".to_owned()])
        }
        _ => values(ctx, id, instance, filter),
    };
    let mut entries = Vec::new();
    for (id, instance) in &all {
        let is_named = wanted.is_empty() || wanted.contains(&id.as_str());
        if is_named && filters.admit(|filter| Ok(answer(id, instance, filter)))? {
            entries.push(Ok((id.clone(), show(id, instance))));
        }
    }
    let page = Page::of_ec2(operation, &ctx.scope, request, &PAGES)?;
    page.cut_all(entries, |earlier, later| earlier < later)
}

/// Those of all clusters that are registered, by id.
fn all(view: &View, ctx: &Ctx) -> Result<BTreeMap<String, Arc<ContainerInstance>>, Fault> {
    let mut all = BTreeMap::new();
    for found in view.range::<ContainerInstance>(&Prefix::table::<ContainerInstance>(&ctx.scope)) {
        let instance = found?.record;
        let id = instance.ec2_instance_id.clone().filter(|id| id.starts_with("i-"));
        let is_shown = instance.inactive_since.is_none() && !instance.cluster.is_fargate();
        if let Some(id) = id.filter(|_| is_shown) {
            all.insert(id, instance);
        }
    }
    Ok(all)
}

fn attribute<'a>(instance: &'a ContainerInstance, name: &str) -> Option<&'a str> {
    instance.attributes.get(name)?.as_deref()
}

/// Where other hosts reach it.
fn address(instance: &ContainerInstance) -> Option<Ipv4Addr> {
    attribute(instance, "longshore.address")?.parse().ok()
}

/// The reservation that an instance is alone in.
fn reservation(id: &str) -> String {
    id.replacen("i-", "r-", 1)
}

fn state() -> Value {
    reply!(ec2::INSTANCE_STATE { "Code": RUNNING, "Name": "running" })
}

fn values(ctx: &Ctx, id: &str, instance: &ContainerInstance, filter: &str) -> Option<Vec<String>> {
    let of = |name: &str| attribute(instance, name).map(str::to_owned).into_iter().collect();
    Some(match filter {
        "instance-id" => vec![id.to_owned()],
        "instance-state-name" => vec!["running".to_owned()],
        "instance-state-code" => vec![RUNNING.to_string()],
        "instance-type" => of("ecs.instance-type"),
        "availability-zone" => of("ecs.availability-zone"),
        "image-id" => of("ecs.ami-id"),
        "availability-zone-id" => {
            attribute(instance, "ecs.availability-zone").map(zone_id).into_iter().collect()
        }
        "architecture" => of("ecs.cpu-architecture"),
        "reservation-id" => vec![reservation(id)],
        "tenancy" => vec!["default".to_owned()],
        "source-dest-check" => vec!["true".to_owned()],
        "ebs-optimized" | "ena-support" | "enclave-options.enabled" => vec!["false".to_owned()],
        "private-dns-name" => {
            let name = |address| private_name(address, ctx.scope.region.as_str());
            address(instance).map(name).into_iter().collect()
        }
        // A host is in no VPC of its users, and nothing else of this is shown of any.
        "vpc-id"
        | "subnet-id"
        | "client-token"
        | "dns-name"
        | "group-id"
        | "group-name"
        | "host-id"
        | "instance.group-id"
        | "instance.group-name"
        | "instance-lifecycle"
        | "iam-instance-profile.arn"
        | "iam-instance-profile.id"
        | "iam-instance-profile.name"
        | "ip-address"
        | "ipv6-address"
        | "kernel-id"
        | "key-name"
        | "outpost-arn"
        | "placement-group-name"
        | "platform"
        | "product-code"
        | "product-code.type"
        | "ramdisk-id"
        | "requester-id"
        | "root-device-name"
        | "spot-instance-request-id" => Vec::new(),
        "private-ip-address" => address(instance).iter().map(ToString::to_string).collect(),
        "owner-id" => vec![ctx.scope.account.to_string()],
        _ => return tag::values(&instance.tags, filter),
    })
}

fn show(ctx: &Ctx, id: &str, instance: &ContainerInstance) -> Value {
    let address = address(instance);
    let region = ctx.scope.region.as_str();
    reply!(ec2::INSTANCE {
        "Architecture": attribute(instance, "ecs.cpu-architecture"),
        "Tags": tag::show(&instance.tags),
        "InstanceId": id,
        "ImageId": attribute(instance, "ecs.ami-id"),
        "State": state(),
        "PrivateDnsName": address.map(|address| private_name(address, region)),
        "InstanceType": attribute(instance, "ecs.instance-type"),
        "LaunchTime": moment(instance.registered_at),
        "Placement": reply!(ec2::PLACEMENT {
            "AvailabilityZone": attribute(instance, "ecs.availability-zone"),
            "Tenancy": "default",
        }),
        "PrivateIpAddress": address.map(|address| address.to_string()),
    })
}
