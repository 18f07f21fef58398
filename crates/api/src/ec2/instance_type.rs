//! Types of instances, as far as Longshore knows what they mean for tasks.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault,
        filter::Filters,
        request::{text, texts},
        zone,
    },
    page::{Limits, Page},
};
use domain::{instance_type::InstanceType, vpc::zone_id};
use wire::{Fault, Value, reply, tables::ec2};

const PAGES: Limits = Limits { allowed: 5..=1000, default: i64::MAX };

fn values(of: &InstanceType, filter: &str) -> Option<Vec<String>> {
    Some(vec![match filter {
        "instance-type" => of.name.to_owned(),
        "processor-info.supported-architecture" => of.architecture.to_owned(),
        "vcpu-info.default-vcpus" => of.vcpus.to_string(),
        "memory-info.size-in-mib" => of.memory_mib.to_string(),
        "network-info.maximum-network-interfaces" => of.interfaces.to_string(),
        "network-info.ipv4-addresses-per-interface" => of.addresses_per_interface.to_string(),
        _ => return None,
    }])
}

fn show(of: &InstanceType) -> Value {
    let gpus = (of.gpus > 0).then(|| {
        let device = reply!(ec2::GPU_DEVICE_INFO { "Count": of.gpus });
        reply!(ec2::GPU_INFO { "Gpus": Value::List(vec![device]) })
    });
    reply!(ec2::INSTANCE_TYPE_INFO {
        "InstanceType": of.name,
        "ProcessorInfo": reply!(ec2::PROCESSOR_INFO {
            "SupportedArchitectures": Value::List(vec![of.architecture.into()]),
        }),
        "VCpuInfo": reply!(ec2::V_CPU_INFO { "DefaultVCpus": of.vcpus }),
        "MemoryInfo": reply!(ec2::MEMORY_INFO { "SizeInMiB": of.memory_mib }),
        "NetworkInfo": reply!(ec2::NETWORK_INFO {
            "MaximumNetworkInterfaces": of.interfaces,
            "Ipv4AddressesPerInterface": of.addresses_per_interface,
        }),
        "GpuInfo": gpus,
    })
}

/// Describes types.
pub fn describe(_: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (wanted, filters) = (texts(request, "InstanceTypes"), Filters::read(request)?);
    if let Some(name) = wanted.iter().find(|name| InstanceType::find(name).is_none()) {
        let message = format!("The following supplied instance types do not exist: [{name}]");
        return Err(fault::fault("InvalidInstanceType", message));
    }
    let mut entries = Vec::new();
    for known in InstanceType::all() {
        let is_named = wanted.is_empty() || wanted.contains(&known.name);
        if is_named && filters.admit(|filter| Ok(values(&known, filter)))? {
            entries.push((known.name.to_owned(), show(&known)));
        }
    }
    let (types, next) = cut("DescribeInstanceTypes", request, ctx, entries)?;
    let reply = reply!(ec2::DESCRIBE_INSTANCE_TYPES_RESULT {
        "InstanceTypes": Value::List(types),
        "NextToken": next,
    });
    Ok((reply, Writes::new()))
}

/// Describes where types are to be had: all of them everywhere.
pub fn describe_offerings(_: &View, request: &Value, ctx: &Ctx) -> Decision {
    let filters = Filters::read(request)?;
    let kind = text(request, "LocationType").unwrap_or("region");
    let locations: Vec<String> = match kind {
        "region" => vec![ctx.scope.region.to_string()],
        "availability-zone" => zone::names(&ctx.scope).into(),
        "availability-zone-id" => zone::names(&ctx.scope).iter().map(|it| zone_id(it)).collect(),
        other => return Err(fault::not_served(&format!("`LocationType` {other}"))),
    };
    let mut entries = Vec::new();
    for known in InstanceType::all() {
        for location in &locations {
            let values = |filter: &str| {
                Ok(match filter {
                    "instance-type" => Some(vec![known.name.to_owned()]),
                    "location" => Some(vec![location.clone()]),
                    _ => None,
                })
            };
            if filters.admit(values)? {
                let shown = reply!(ec2::INSTANCE_TYPE_OFFERING {
                    "InstanceType": known.name,
                    "LocationType": kind,
                    "Location": location,
                });
                entries.push((format!("{} {location}", known.name), shown));
            }
        }
    }
    let (offerings, next) = cut("DescribeInstanceTypeOfferings", request, ctx, entries)?;
    let reply = reply!(ec2::DESCRIBE_INSTANCE_TYPE_OFFERINGS_RESULT {
        "InstanceTypeOfferings": Value::List(offerings),
        "NextToken": next,
    });
    Ok((reply, Writes::new()))
}

fn cut(
    operation: &str,
    request: &Value,
    ctx: &Ctx,
    mut entries: Vec<(String, Value)>,
) -> Result<(Vec<Value>, Option<String>), Fault> {
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    let page = Page::of_ec2(operation, &ctx.scope, request, &PAGES)?;
    page.cut_all(entries.into_iter().map(Ok), |earlier, later| earlier < later)
}
