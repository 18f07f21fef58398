//! Route tables: which subnets have which, and where packets go that leave the VPC.
//!
//! Hosts hear where a subnet's route to 0.0.0.0/0 leads, and nothing of others: what leaves a VPC goes by that route or not at all. Routes to
//! narrower blocks and to prefix lists are kept for whoever describes them.

use crate::{
    decide::{Ctx, Decision, View, Writes, readable},
    ec2::{
        fault, id,
        noun::{self, Noun, add, all_where, delete as delete_record, find, noun, put, touch},
        once,
        request::{required, text},
        tag,
    },
};
use books::route;
use domain::{
    block::Block,
    ec2::{Destination, InternetGateway, NatGateway, PrefixList, Route, RouteTable},
    vpc::{NetworkInterface, Subnet, Vpc},
};
use store::Found;
use wire::{Fault, Value, reply, tables::ec2};

/// Where the routes to the VPC itself come from, which every table has.
const ORIGIN_OF_LOCAL: &str = "CreateRouteTable";
/// Where all others come from.
const ORIGIN: &str = "CreateRoute";

impl Noun for RouteTable {
    noun!(
        RouteTable,
        "route-table",
        "rtb",
        "InvalidRouteTableID.NotFound",
        "routeTable ID",
        "RouteTableIds",
        "RouteTables"
    );

    fn values(&self, view: &View, ctx: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        let associations = |of: fn(&(String, String)) -> &String| {
            self.associations.iter().map(of).cloned().collect::<Vec<_>>()
        };
        let targets = |prefix: &str| {
            let targets = self.routes.iter().map(|route| route.target.clone());
            targets.filter(|target| target.starts_with(prefix)).collect::<Vec<_>>()
        };
        Ok(Some(match filter {
            "association.route-table-association-id" => {
                let mut ids = associations(|(id, _)| id);
                ids.extend(self.main.clone());
                ids
            }
            "association.route-table-id" => vec![self.id.clone()],
            "association.subnet-id" => associations(|(_, subnet)| subnet),
            "association.main" => {
                let mut mains: Vec<_> =
                    self.associations.iter().map(|_| "false".to_owned()).collect();
                mains.extend(self.main.iter().map(|_| "true".to_owned()));
                mains
            }
            "route.destination-cidr-block" => self
                .routes
                .iter()
                .filter_map(|route| match &route.destination {
                    Destination::Ipv4(block) => Some(block.to_string()),
                    Destination::Ipv6(_) | Destination::PrefixList(_) => None,
                })
                .chain(local_blocks(view, ctx, self)?.into_iter().map(|block| block.to_string()))
                .collect(),
            "route.gateway-id" => {
                let mut ids = targets("igw-");
                ids.extend(targets("vpce-"));
                ids.push("local".to_owned());
                ids
            }
            "route.nat-gateway-id" => targets("nat-"),
            "route.destination-prefix-list-id" => self
                .routes
                .iter()
                .filter_map(|route| match &route.destination {
                    Destination::PrefixList(id) => Some(id.clone()),
                    Destination::Ipv4(_) | Destination::Ipv6(_) => None,
                })
                .collect(),
            "route.destination-ipv6-cidr-block" => self
                .routes
                .iter()
                .filter_map(|route| match &route.destination {
                    Destination::Ipv6(block) => Some(block.clone()),
                    Destination::Ipv4(_) | Destination::PrefixList(_) => None,
                })
                .collect(),
            "route.origin" => {
                let mut origins = vec![ORIGIN_OF_LOCAL.to_owned()];
                origins.extend(self.routes.iter().map(|_| ORIGIN.to_owned()));
                origins
            }
            "route.state" => {
                let mut states = vec!["active".to_owned()];
                for route in &self.routes {
                    states.push(state(view, ctx, self, route)?.to_owned());
                }
                states
            }
            // Nothing leads to any of these.
            "route.vpc-peering-connection-id"
            | "route.transit-gateway-id"
            | "route.egress-only-internet-gateway-id"
            | "route.instance-id"
            | "association.gateway-id" => Vec::new(),
            "vpc-id" => vec![self.vpc.clone()],
            _ => return Ok(None),
        }))
    }

    fn show(&self, view: &View, ctx: &Ctx) -> Result<Value, Fault> {
        let state = || reply!(ec2::ROUTE_TABLE_ASSOCIATION_STATE { "State": "associated" });
        let main = self.main.iter().map(|id| {
            reply!(ec2::ROUTE_TABLE_ASSOCIATION {
                "Main": true,
                "RouteTableAssociationId": id,
                "RouteTableId": &self.id,
                "AssociationState": state(),
            })
        });
        let others = self.associations.iter().map(|(id, subnet)| {
            reply!(ec2::ROUTE_TABLE_ASSOCIATION {
                "Main": false,
                "RouteTableAssociationId": id,
                "RouteTableId": &self.id,
                "SubnetId": subnet,
                "AssociationState": state(),
            })
        });
        let local = local_blocks(view, ctx, self)?.into_iter().map(|block| {
            reply!(ec2::ROUTE {
                "DestinationCidrBlock": block.to_string(),
                "GatewayId": "local",
                "Origin": ORIGIN_OF_LOCAL,
                "State": "active",
            })
        });
        let mut routes: Vec<Value> = local.collect();
        for route in &self.routes {
            routes.push(show_route(view, ctx, self, route)?);
        }
        Ok(reply!(ec2::ROUTE_TABLE {
            "Associations": main.chain(others).collect::<Value>(),
            "PropagatingVgws": Value::List(Vec::new()),
            "RouteTableId": &self.id,
            "Routes": Value::List(routes),
            "Tags": tag::show_all(&self.tags),
            "VpcId": &self.vpc,
            "OwnerId": ctx.scope.account.as_str(),
        }))
    }
}

fn local_blocks(view: &View, ctx: &Ctx, table: &RouteTable) -> Result<Vec<Block>, Fault> {
    let vpc = view.get::<Vpc>(&Vpc::key(&ctx.scope, &table.vpc))?;
    Ok(vpc.map(|vpc| vpc.blocks.iter().map(|(_, block)| *block).collect()).unwrap_or_default())
}

/// A route whose target is gone leads into a black hole.
fn state(view: &View, ctx: &Ctx, table: &RouteTable, route: &Route) -> Result<&'static str, Fault> {
    let leads = route::leads(view.snapshot(), &ctx.scope, &table.vpc, &route.target);
    Ok(if readable(leads)? { "active" } else { "blackhole" })
}

fn show_route(view: &View, ctx: &Ctx, table: &RouteTable, route: &Route) -> Result<Value, Fault> {
    let target = |prefix: &str| Some(&route.target).filter(|target| target.starts_with(prefix));
    let (v4, v6, list) = match &route.destination {
        Destination::Ipv4(block) => (Some(block.to_string()), None, None),
        Destination::Ipv6(block) => (None, Some(block), None),
        Destination::PrefixList(id) => (None, None, Some(id)),
    };
    Ok(reply!(ec2::ROUTE {
        "DestinationCidrBlock": v4,
        "DestinationIpv6CidrBlock": v6,
        "DestinationPrefixListId": list,
        "GatewayId": target("igw-").or(target("vpce-")),
        "NatGatewayId": target("nat-"),
        "NetworkInterfaceId": target("eni-"),
        "Origin": ORIGIN,
        "State": state(view, ctx, table, route)?,
    }))
}

/// Makes a route table without routes but the one to the VPC itself.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let reply = |shown: Value| {
        let token = text(request, "ClientToken");
        reply!(ec2::CREATE_ROUTE_TABLE_RESULT { "RouteTable": shown, "ClientToken": token })
    };
    if let Some(made) = once::earlier::<RouteTable>(view, request, ctx)? {
        return Ok((reply(made.show(view, ctx)?), Writes::new()));
    }
    let vpc = find::<Vpc>(view, ctx, required(request, "VpcId")?)?;
    let table = RouteTable {
        id: id::fresh(&ctx.ids, "rtb", 0),
        vpc: vpc.id.clone(),
        main: None,
        associations: Vec::new(),
        routes: Vec::new(),
        tags: tag::specified(request, "route-table")?,
    };
    let mut writes = Writes::new();
    touch(&mut writes, &vpc);
    once::note(view, request, ctx, &table, &mut writes)?;
    let shown = table.show(view, ctx)?;
    add(&mut writes, ctx, table);
    Ok((reply(shown), writes))
}

/// Deletes a route table that no subnet and no gateway endpoint has and that is not the main one.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let table = find::<RouteTable>(view, ctx, required(request, "RouteTableId")?)?;
    let is_of_endpoint = table.routes.iter().any(is_of_endpoint);
    if table.main.is_some() || !table.associations.is_empty() || is_of_endpoint {
        let message =
            format!("The routeTable '{}' has dependencies and cannot be deleted.", table.id);
        return Err(fault::dependency(message));
    }
    let mut writes = Writes::new();
    delete_record(&mut writes, &table);
    Ok((Value::map(), writes))
}

/// Gives a subnet its route table.
pub fn associate(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<RouteTable>(view, ctx, required(request, "RouteTableId")?)?;
    let subnet = find::<Subnet>(view, ctx, required(request, "SubnetId")?)?;
    same_vpc(&found, &subnet)?;
    let has = |table: &RouteTable| table.associations.iter().any(|(_, it)| *it == subnet.id);
    let before = all_where::<RouteTable>(view, ctx, has)?.into_iter().next();
    if let Some(before) = before {
        let of_subnet = before.associations.iter().find(|(_, it)| *it == subnet.id);
        if let Some((association, _)) = of_subnet.filter(|_| before.id == found.id) {
            return Ok((associated(association), Writes::new()));
        }
        let message = format!(
            "the specified association for route table {} conflicts with an existing association",
            found.id
        );
        return Err(fault::fault("Resource.AlreadyAssociated", message));
    }
    let association = id::fresh(&ctx.ids, "rtbassoc", 0);
    let mut table = RouteTable::clone(&found.record);
    table.associations.push((association.clone(), subnet.id.clone()));
    let mut writes = Writes::new();
    // Of two tables that a subnet is given at once one looks again.
    touch(&mut writes, &subnet);
    put(&mut writes, &found, table);
    Ok((associated(&association), writes))
}

fn associated(association: &str) -> Value {
    reply!(ec2::ASSOCIATE_ROUTE_TABLE_RESULT {
        "AssociationId": association,
        "AssociationState": reply!(ec2::ROUTE_TABLE_ASSOCIATION_STATE { "State": "associated" }),
    })
}

fn same_vpc(table: &RouteTable, subnet: &Subnet) -> Result<(), Fault> {
    if table.vpc == subnet.vpc {
        return Ok(());
    }
    let message =
        format!("Route table {} and network {} belong to different networks", table.id, subnet.id);
    Err(fault::invalid_value(message))
}

/// The table that has an association.
fn with_association(view: &View, ctx: &Ctx, association: &str) -> Result<Found<RouteTable>, Fault> {
    let has = |table: &RouteTable| {
        table.main.as_deref() == Some(association)
            || table.associations.iter().any(|(id, _)| id == association)
    };
    all_where(view, ctx, has)?.into_iter().next().ok_or_else(|| {
        let message = format!("The association ID '{association}' does not exist");
        fault::fault("InvalidAssociationID.NotFound", message)
    })
}

/// Takes its route table from a subnet, which then has the main one.
pub fn disassociate(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let association = required(request, "AssociationId")?;
    let found = with_association(view, ctx, association)?;
    if found.main.as_deref() == Some(association) {
        let message = format!("cannot disassociate the main route table association {association}");
        return Err(fault::invalid_value(message));
    }
    let mut table = RouteTable::clone(&found.record);
    table.associations.retain(|(id, _)| id != association);
    let mut writes = Writes::new();
    put(&mut writes, &found, table);
    Ok((Value::map(), writes))
}

/// Gives a subnet, or the VPC as its main one, another route table.
pub fn replace_association(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let association = required(request, "AssociationId")?;
    let from = with_association(view, ctx, association)?;
    let to = find::<RouteTable>(view, ctx, required(request, "RouteTableId")?)?;
    if from.vpc != to.vpc {
        let message =
            format!("Route tables {} and {} belong to different networks", from.id, to.id);
        return Err(fault::invalid_value(message));
    }
    let fresh = id::fresh(&ctx.ids, "rtbassoc", 0);
    let mut writes = Writes::new();
    let mut left = RouteTable::clone(&from.record);
    let mut taken = if from.id == to.id { left.clone() } else { RouteTable::clone(&to.record) };
    if left.main.as_deref() == Some(association) {
        left.main = None;
        taken.main = Some(fresh.clone());
        let vpc = find::<Vpc>(view, ctx, &to.vpc)?;
        let changed = Vpc { main_route_table: to.id.clone(), ..Vpc::clone(&vpc.record) };
        put(&mut writes, &vpc, changed);
    } else {
        let subnet = left.associations.iter().find(|(id, _)| id == association);
        let subnet = subnet.map(|(_, subnet)| subnet.clone()).unwrap_or_default();
        left.associations.retain(|(id, _)| id != association);
        taken.associations.retain(|(id, _)| id != association);
        taken.associations.push((fresh.clone(), subnet));
    }
    if from.id != to.id {
        put(&mut writes, &from, left);
    }
    put(&mut writes, &to, taken);
    let reply = reply!(ec2::REPLACE_ROUTE_TABLE_ASSOCIATION_RESULT {
        "NewAssociationId": fresh,
        "AssociationState": reply!(ec2::ROUTE_TABLE_ASSOCIATION_STATE { "State": "associated" }),
    });
    Ok((reply, writes))
}

/// Makes a route.
pub fn create_route(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<RouteTable>(view, ctx, required(request, "RouteTableId")?)?;
    let (destination, named) = destination(request)?;
    let mut writes = Writes::new();
    if let Destination::PrefixList(id) = &destination {
        // So that who deletes it at the same time looks again.
        touch(&mut writes, &find::<PrefixList>(view, ctx, id)?);
    }
    let target = target(view, ctx, request, &found)?;
    let mut table = RouteTable::clone(&found.record);
    match table.routes.iter().find(|route| route.destination == destination) {
        // Who asks for what is there already gets it.
        Some(route) if route.target == target => {}
        Some(_) => {
            let message = format!("The route identified by {named} already exists.");
            return Err(fault::fault("RouteAlreadyExists", message));
        }
        None => table.routes.push(Route { destination, target }),
    }
    put(&mut writes, &found, table);
    Ok((reply!(ec2::CREATE_ROUTE_RESULT { "Return": true }), writes))
}

/// Gives a route another target.
pub fn replace_route(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<RouteTable>(view, ctx, required(request, "RouteTableId")?)?;
    let (destination, named) = destination(request)?;
    let target = target(view, ctx, request, &found)?;
    let mut table = RouteTable::clone(&found.record);
    let route = table.routes.iter_mut().find(|route| route.destination == destination);
    let route = route.ok_or_else(|| no_such_route(&found.id, &named))?;
    of_user(&found.id, route)?;
    route.target = target;
    let mut writes = Writes::new();
    put(&mut writes, &found, table);
    Ok((Value::map(), writes))
}

/// Deletes a route.
pub fn delete_route(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<RouteTable>(view, ctx, required(request, "RouteTableId")?)?;
    let (destination, named) = destination(request)?;
    let mut table = RouteTable::clone(&found.record);
    if let Some(route) = table.routes.iter().find(|route| route.destination == destination) {
        of_user(&found.id, route)?;
    }
    table.routes.retain(|route| route.destination != destination);
    if table.routes.len() == found.routes.len() {
        return Err(no_such_route(&found.id, &named));
    }
    let mut writes = Writes::new();
    put(&mut writes, &found, table);
    Ok((Value::map(), writes))
}

/// Whether a route came with a gateway endpoint, and goes with it.
fn is_of_endpoint(route: &Route) -> bool {
    route.target.starts_with("vpce-")
}

/// Refuses what is not for users to change.
fn of_user(table: &str, route: &Route) -> Result<(), Fault> {
    if is_of_endpoint(route) {
        let message =
            format!("cannot remove VPC endpoint route {} in route table {table}", route.target);
        return Err(fault::invalid_value(message));
    }
    Ok(())
}

fn no_such_route(table: &str, destination: &str) -> Fault {
    let message =
        format!("no route with destination-cidr-block {destination} in route table {table}");
    fault::fault("InvalidRoute.NotFound", message)
}

/// What a request's route is for, and its words for it.
fn destination(request: &Value) -> Result<(Destination, String), Fault> {
    let named = |text: &str| text.to_owned();
    if let Some(given) = text(request, "DestinationCidrBlock") {
        let block = Block::parse_loose(given).map_err(|_| {
            fault::invalid_value(format!(
                "Value ({given}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block."
            ))
        })?;
        return Ok((Destination::Ipv4(block), named(given)));
    }
    if let Some(given) = text(request, "DestinationIpv6CidrBlock") {
        return Ok((Destination::Ipv6(given.to_owned()), named(given)));
    }
    if let Some(given) = text(request, "DestinationPrefixListId") {
        return Ok((Destination::PrefixList(given.to_owned()), named(given)));
    }
    Err(fault::missing("destinationCidrBlock or destinationIpv6CidrBlock"))
}

/// What a request's route leads to: a gateway that is attached to the table's VPC, or an interface in it.
fn target(view: &View, ctx: &Ctx, request: &Value, table: &RouteTable) -> Result<String, Fault> {
    let given =
        ["GatewayId", "NatGatewayId", "NetworkInterfaceId"].map(|member| text(request, member));
    let mut given = given.into_iter().flatten();
    let (Some(target), None) = (given.next(), given.next()) else {
        return Err(fault::combination(
            "Exactly one of 'gatewayId', 'natGatewayId' and 'networkInterfaceId' must be specified.",
        ));
    };
    let elsewhere = || {
        let message = format!(
            "route table {} and network gateway {target} belong to different networks",
            table.id
        );
        fault::invalid_value(message)
    };
    if target.starts_with("nat-") {
        let gateway = view.get::<NatGateway>(&NatGateway::key(&ctx.scope, target))?;
        let gateway = gateway.filter(|gateway| gateway.deleted_at.is_none()).ok_or_else(|| {
            let message = format!("The natGateway ID '{target}' does not exist");
            fault::fault("InvalidNatGatewayID.NotFound", message)
        })?;
        if gateway.vpc != table.vpc {
            return Err(elsewhere());
        }
    } else if target.starts_with("eni-") {
        find::<NetworkInterface>(view, ctx, target)?;
        return Err(fault::not_served("A route to a network interface"));
    } else if target.starts_with("igw-") {
        let gateway = find::<InternetGateway>(view, ctx, target)?;
        if gateway.vpc.as_ref() != Some(&table.vpc) {
            return Err(elsewhere());
        }
    } else {
        return Err(fault::not_served(&format!("A route to `{target}`")));
    }
    Ok(target.to_owned())
}

/// Describes route tables.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe::<RouteTable>(view, request, ctx)
}
