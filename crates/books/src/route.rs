//! Where routes of a VPC lead: the one answer for whoever describes a route table and for the hosts that route by it.
//!
//! Not here: which targets a route may be given (`api::ec2::route_table`), what hosts make of it (`vpc`).

use domain::{
    ec2::{Destination, InternetGateway, NatGateway, RouteTable, VpcEndpoint},
    id::Scope,
    link::network::Outside,
    vpc::NetworkInterface,
};
use store::{ReadError, Snapshot};

/// Whether what a route of `vpc` leads to is there and takes packets; otherwise it leads into a black hole.
///
/// # Errors
/// If a record cannot be read.
pub fn leads(
    snapshot: &Snapshot,
    scope: &Scope,
    vpc: &str,
    target: &str,
) -> Result<bool, ReadError> {
    Ok(match target.split_once('-') {
        Some(("igw", _)) => snapshot
            .get::<InternetGateway>(&InternetGateway::key(scope, target))?
            .is_some_and(|gateway| gateway.vpc.as_deref() == Some(vpc)),
        Some(("nat", _)) => snapshot
            .get::<NatGateway>(&NatGateway::key(scope, target))?
            .is_some_and(|gateway| gateway.deleted_at.is_none()),
        Some(("eni", _)) => {
            snapshot.get::<NetworkInterface>(&NetworkInterface::key(scope, target))?.is_some()
        }
        Some(("vpce", _)) => {
            snapshot.get::<VpcEndpoint>(&VpcEndpoint::key(scope, target))?.is_some()
        }
        Some(_) | None => false,
    })
}

/// The way out of subnets that have `table`, from its route to everywhere.
///
/// # Errors
/// If a record cannot be read.
pub fn outside(
    snapshot: &Snapshot,
    scope: &Scope,
    table: &RouteTable,
) -> Result<Outside, ReadError> {
    let everywhere = table.routes.iter().find(|route| match &route.destination {
        Destination::Ipv4(block) => block.prefix() == 0,
        Destination::Ipv6(_) | Destination::PrefixList(_) => false,
    });
    let Some(route) = everywhere else { return Ok(Outside::None) };
    let way = match route.target.split_once('-') {
        Some(("igw", _)) => Outside::Gateway,
        Some(("nat", _)) => Outside::Nat,
        Some(_) | None => return Ok(Outside::None),
    };
    Ok(if leads(snapshot, scope, &table.vpc, &route.target)? { way } else { Outside::None })
}
