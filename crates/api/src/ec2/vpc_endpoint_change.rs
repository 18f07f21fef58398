//! Changes of a VPC endpoint: its policy, its route tables, or its subnets, groups and name.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        endpoint_service::{EndpointService, Way},
        fault, interface,
        noun::{find, put, touch},
        request::{required, texts, truth},
        vpc_endpoint::{
            add_interfaces, check_addresses, check_private_dns, read_policy, read_subnets,
            refuse_members, way,
        },
        vpc_endpoint_route::{add_routes, remove_routes},
    },
};
use domain::{
    ec2::{EndpointWay, RouteTable, VpcEndpoint},
    vpc::{NetworkInterface, Subnet, Vpc},
};
use store::Found;
use wire::{Fault, Value, reply, tables::ec2};

const OF_INTERFACES: [&str; 6] = [
    "AddSubnetIds",
    "RemoveSubnetIds",
    "AddSecurityGroupIds",
    "RemoveSecurityGroupIds",
    "SubnetConfigurations",
    "PrivateDnsEnabled",
];

/// Changes an endpoint.
pub fn modify(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<VpcEndpoint>(view, ctx, required(request, "VpcEndpointId")?)?;
    check_addresses(request)?;
    let mut changed = VpcEndpoint::clone(&found.record);
    if let Some(policy) = read_policy(request)? {
        changed.policy = Some(policy);
    } else if truth(request, "ResetPolicy") == Some(true) {
        changed.policy = None;
    }
    let mut writes = Writes::new();
    match way(&found) {
        Way::Gateway => {
            refuse_members(request, &OF_INTERFACES, Way::Gateway)?;
            change_routes(view, request, ctx, &mut writes, &mut changed)?;
        }
        Way::Interface => {
            let of_routes = ["AddRouteTableIds", "RemoveRouteTableIds"];
            refuse_members(request, &of_routes, Way::Interface)?;
            change_interfaces(view, request, ctx, &mut writes, &mut changed)?;
        }
    }
    put(&mut writes, &found, changed);
    Ok((reply!(ec2::MODIFY_VPC_ENDPOINT_RESULT { "Return": true }), writes))
}

fn change_routes(
    view: &View,
    request: &Value,
    ctx: &Ctx,
    writes: &mut Writes,
    changed: &mut VpcEndpoint,
) -> Result<(), Fault> {
    let gone = texts(request, "RemoveRouteTableIds");
    for id in &gone {
        find::<RouteTable>(view, ctx, id)?;
    }
    if let EndpointWay::Gateway { route_tables } = &mut changed.way {
        let (left, kept) = route_tables.drain(..).partition(|id| gone.contains(&id.as_str()));
        *route_tables = kept;
        let left: Vec<String> = left;
        remove_routes(view, ctx, writes, &changed.id, &left)?;
    }
    let more = texts(request, "AddRouteTableIds");
    if let Some(id) = more.iter().find(|id| gone.contains(id)) {
        let message = format!("Route table {id} is both added and removed.");
        return Err(fault::fault("InvalidParameter", message));
    }
    add_routes(view, ctx, writes, changed, &more)
}

fn change_interfaces(
    view: &View,
    request: &Value,
    ctx: &Ctx,
    writes: &mut Writes,
    changed: &mut VpcEndpoint,
) -> Result<(), Fault> {
    let vpc = find::<Vpc>(view, ctx, &changed.vpc)?;
    let service = EndpointService::find(ctx, &changed.service)?;
    let (id, before) = (changed.id.clone(), changed.way.clone());
    let EndpointWay::Interface { subnets, groups, private_dns } = &mut changed.way else {
        return Ok(());
    };
    let is_named = *private_dns;
    *private_dns = truth(request, "PrivateDnsEnabled").unwrap_or(is_named);
    if *private_dns && !is_named {
        check_private_dns(view, ctx, &vpc, &service, &id)?;
        // Of two that take the name at once the second looks again.
        touch(writes, &vpc);
    }
    let gone = texts(request, "RemoveSecurityGroupIds");
    let mut wanted: Vec<&str> =
        groups.iter().map(String::as_str).filter(|it| !gone.contains(it)).collect();
    wanted.extend(texts(request, "AddSecurityGroupIds"));
    if wanted.is_empty() {
        let message = format!("The endpoint {id} needs at least one security group.");
        return Err(fault::fault("InvalidParameter", message));
    }
    let of_now = interface::groups(view, ctx, writes, &wanted, (&vpc.id, &vpc.id))?;
    let regrouped = of_now != *groups;
    *groups = of_now;
    let gone = texts(request, "RemoveSubnetIds");
    for subnet in &gone {
        find::<Subnet>(view, ctx, subnet)?;
    }
    subnets.retain(|(subnet, _)| !gone.contains(&subnet.as_str()));
    if let EndpointWay::Interface { subnets: all, .. } = &before {
        for (subnet, interface) in all {
            let Some(interface) = of_endpoint(view, ctx, interface)? else { continue };
            if gone.contains(&subnet.as_str()) {
                interface::remove(view, ctx, writes, &interface)?;
            } else if regrouped {
                let record = NetworkInterface::clone(&interface.record);
                put(writes, &interface, NetworkInterface { groups: groups.clone(), ..record });
            }
        }
    }
    let more = read_subnets(request, "AddSubnetIds")?;
    add_interfaces(view, ctx, writes, changed, &more)
}

fn of_endpoint(
    view: &View,
    ctx: &Ctx,
    interface: &str,
) -> Result<Option<Found<NetworkInterface>>, Fault> {
    view.get::<NetworkInterface>(&NetworkInterface::key(&ctx.scope, interface))
}
