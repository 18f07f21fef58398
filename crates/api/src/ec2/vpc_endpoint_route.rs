//! The routes of a gateway endpoint: in each table that it names, one to the prefix list of its service.

use crate::{
    decide::{Ctx, View, Writes},
    ec2::{
        fault,
        noun::{self, all_where, find, put},
    },
};
use domain::ec2::{Destination, EndpointWay, PrefixList, Route, RouteTable, VpcEndpoint};
use wire::Fault;

/// Gives a gateway endpoint its routes in `tables`.
///
/// # Errors
/// `InvalidRouteTableID.NotFound`, `InvalidParameter` for a table of another VPC, `RouteAlreadyExists`.
pub(super) fn add_routes(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    endpoint: &mut VpcEndpoint,
    tables: &[&str],
) -> Result<(), Fault> {
    let is_list = |list: &PrefixList| list.name == endpoint.service;
    let lists = all_where::<PrefixList>(view, ctx, is_list)?;
    let Some(prefixes) = lists.first() else {
        return Err(noun::not_found::<PrefixList>(&endpoint.service));
    };
    let EndpointWay::Gateway { route_tables } = &mut endpoint.way else { return Ok(()) };
    for id in tables {
        if route_tables.iter().any(|known| known == id) {
            continue;
        }
        let found = find::<RouteTable>(view, ctx, id)?;
        if found.vpc != endpoint.vpc {
            let message = format!(
                "Route table {id} and network {} belong to different networks",
                endpoint.vpc
            );
            return Err(fault::fault("InvalidParameter", message));
        }
        let destination = Destination::PrefixList(prefixes.id.clone());
        if found.routes.iter().any(|route| route.destination == destination) {
            let message = format!(
                "route table {id} already has a route with destination-prefix-list-id {}",
                prefixes.id
            );
            return Err(fault::fault("RouteAlreadyExists", message));
        }
        let mut table = RouteTable::clone(&found.record);
        table.routes.push(Route { destination, target: endpoint.id.clone() });
        put(writes, &found, table);
        route_tables.push(found.id.clone());
    }
    Ok(())
}

/// Takes a gateway endpoint's routes from `tables`.
///
/// # Errors
/// If a record cannot be read.
pub(super) fn remove_routes(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    endpoint: &str,
    tables: &[String],
) -> Result<(), Fault> {
    for id in tables {
        let Some(found) = view.get::<RouteTable>(&RouteTable::key(&ctx.scope, id))? else {
            continue;
        };
        let mut table = RouteTable::clone(&found.record);
        table.routes.retain(|route| route.target != endpoint);
        put(writes, &found, table);
    }
    Ok(())
}
