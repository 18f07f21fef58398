//! Regions and availability zones: every region has three zones, `a` to `c`.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{fault, filter::Filters, request::texts},
};
use domain::{id::Scope, vpc::zone_id};
use wire::{Fault, Value, reply, tables::ec2};

const LETTERS: [char; 3] = ['a', 'b', 'c'];

/// The zones of a region, by name.
pub fn names(scope: &Scope) -> [String; 3] {
    LETTERS.map(|letter| format!("{}{letter}", scope.region))
}

/// The zone of a name or an id.
///
/// # Errors
/// `InvalidParameterValue` if the region has no such zone.
pub fn read(
    scope: &Scope,
    name: Option<&str>,
    by_id: Option<&str>,
) -> Result<Option<String>, Fault> {
    let (given, found) = match (name, by_id) {
        (Some(name), _) => (name, names(scope).into_iter().find(|zone| zone == name)),
        (None, Some(by_id)) => {
            (by_id, names(scope).into_iter().find(|zone| zone_id(zone) == by_id))
        }
        (None, None) => return Ok(None),
    };
    found.map(Some).ok_or_else(|| {
        let known = names(scope).join(", ");
        fault::invalid_value(format!(
            "Value ({given}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: {known}."
        ))
    })
}

/// Describes the zones of the region.
pub fn describe(_: &View, request: &Value, ctx: &Ctx) -> Decision {
    let filters = Filters::read(request)?;
    let (wanted, by_id) = (texts(request, "ZoneNames"), texts(request, "ZoneIds"));
    let all = names(&ctx.scope);
    let unknown = wanted.iter().find(|name| !all.iter().any(|zone| zone == *name));
    if let Some(name) =
        unknown.or_else(|| by_id.iter().find(|it| !all.iter().any(|zone| zone_id(zone) == **it)))
    {
        return Err(fault::invalid_value(format!("Invalid availability zone: [{name}]")));
    }
    let mut shown = Vec::new();
    for zone in &all {
        let is_named = wanted.is_empty() || wanted.contains(&zone.as_str());
        let is_named = is_named && (by_id.is_empty() || by_id.contains(&zone_id(zone).as_str()));
        let values = |filter: &str| {
            Ok(match filter {
                "zone-name" => Some(vec![zone.clone()]),
                "zone-id" => Some(vec![zone_id(zone)]),
                "region-name" | "group-name" => Some(vec![ctx.scope.region.to_string()]),
                "state" => Some(vec!["available".to_owned()]),
                "zone-type" => Some(vec!["availability-zone".to_owned()]),
                "opt-in-status" => Some(vec!["opt-in-not-required".to_owned()]),
                "message" => Some(Vec::new()),
                _ => None,
            })
        };
        if is_named && filters.admit(values)? {
            shown.push(reply!(ec2::AVAILABILITY_ZONE {
                "OptInStatus": "opt-in-not-required",
                "RegionName": ctx.scope.region.as_str(),
                "ZoneName": zone,
                "ZoneId": zone_id(zone),
                "GroupName": ctx.scope.region.as_str(),
                "NetworkBorderGroup": ctx.scope.region.as_str(),
                "ZoneType": "availability-zone",
                "State": "available",
            }));
        }
    }
    let reply =
        reply!(ec2::DESCRIBE_AVAILABILITY_ZONES_RESULT { "AvailabilityZones": Value::List(shown) });
    Ok((reply, Writes::new()))
}

/// Describes regions: the one that the request is for, since every region is whatever its clients call it.
pub fn describe_regions(_: &View, request: &Value, ctx: &Ctx) -> Decision {
    let filters = Filters::read(request)?;
    let wanted = texts(request, "RegionNames");
    let own = ctx.scope.region.as_str();
    let mut names: Vec<&str> = if wanted.is_empty() { vec![own] } else { wanted };
    names.dedup();
    let mut shown = Vec::new();
    for name in names {
        let endpoint = format!("ec2.{name}.amazonaws.com");
        let values = |filter: &str| {
            Ok(match filter {
                "region-name" => Some(vec![name.to_owned()]),
                "endpoint" => Some(vec![endpoint.clone()]),
                "opt-in-status" => Some(vec!["opt-in-not-required".to_owned()]),
                _ => None,
            })
        };
        if filters.admit(values)? {
            shown.push(reply!(ec2::REGION {
                "OptInStatus": "opt-in-not-required",
                "RegionName": name,
                "Endpoint": endpoint.as_str(),
            }));
        }
    }
    let reply = reply!(ec2::DESCRIBE_REGIONS_RESULT { "Regions": Value::List(shown) });
    Ok((reply, Writes::new()))
}
