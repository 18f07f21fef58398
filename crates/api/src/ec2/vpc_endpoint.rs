//! VPC endpoints, as stacks make them: a gateway endpoint has routes in route tables, an interface endpoint has interfaces in subnets.
//!
//! Nothing stands behind them. No service answers at an endpoint's interfaces or by its routes, and no name leads there: the region's own
//! services are reached from tasks as without it. So an endpoint is what its stack expects to read, and takes the addresses that it would take.
//!
//! Invariants: the routes of a gateway endpoint are exactly those of the tables that it names, and an interface endpoint's interfaces are
//! in-use from its making to its end. Both change in the commit that changes the endpoint.
//! Read next: `vpc_endpoint_change.rs` for what changes one, `vpc_endpoint_route.rs` for its routes, `endpoint_service.rs` for what there are endpoints for.

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    ec2::{
        endpoint_service::{EndpointService, Way},
        fault, id, interface,
        noun::{self, Noun, add, all_where, delete as delete_record, find, noun, touch},
        once,
        request::{list, required, text, texts, truth},
        tag, unsuccessful,
        vpc_endpoint_route::{add_routes, remove_routes},
    },
};
use domain::{
    ec2::{EndpointWay, VpcEndpoint},
    id::hex,
    vpc::{AttachedTo, NetworkInterface, SecurityGroup, Subnet, Vpc},
};
use ring::digest::{SHA256, digest};
use std::net::Ipv4Addr;
use store::Found;
use wire::{Fault, Value, reply, tables::ec2};

/// What may be done by an endpoint that nobody gave a policy: everything.
pub const POLICY: &str =
    r#"{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}"#;

impl Noun for VpcEndpoint {
    noun!(
        VpcEndpoint,
        "vpc-endpoint",
        "vpce",
        "InvalidVpcEndpointId.NotFound",
        "Vpc Endpoint Id",
        "VpcEndpointIds",
        "VpcEndpoints"
    );

    fn values(&self, _: &View, ctx: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        Ok(Some(vec![match filter {
            "ip-address-type" => "ipv4".to_owned(),
            "service-name" => self.service.clone(),
            "service-region" => ctx.scope.region.to_string(),
            "vpc-endpoint-state" => "available".to_owned(),
            "vpc-endpoint-type" => way(self).as_str().to_owned(),
            "vpc-id" => self.vpc.clone(),
            _ => return Ok(None),
        }]))
    }

    fn show(&self, view: &View, ctx: &Ctx) -> Result<Value, Fault> {
        let (mut tables, mut subnets, mut interfaces, mut groups) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut private = false;
        match &self.way {
            EndpointWay::Gateway { route_tables } => {
                tables.extend(route_tables.iter().map(String::as_str));
            }
            EndpointWay::Interface { subnets: of, groups: in_groups, private_dns } => {
                private = *private_dns;
                subnets.extend(of.iter().map(|(subnet, _)| subnet.as_str()));
                interfaces.extend(of.iter().map(|(_, interface)| interface.as_str()));
                for id in in_groups {
                    let key = SecurityGroup::key(&ctx.scope, id);
                    let name = view.get::<SecurityGroup>(&key)?.map(|group| group.name.clone());
                    groups.push(reply!(ec2::SECURITY_GROUP_IDENTIFIER {
                        "GroupId": id,
                        "GroupName": name,
                    }));
                }
            }
        }
        Ok(reply!(ec2::VPC_ENDPOINT {
            "VpcEndpointId": &self.id,
            "VpcEndpointType": way(self).as_str(),
            "VpcId": &self.vpc,
            "ServiceName": &self.service,
            "ServiceRegion": ctx.scope.region.as_str(),
            "State": "available",
            "PolicyDocument": self.policy.as_deref().unwrap_or(POLICY),
            "RouteTableIds": tables.into_iter().collect::<Value>(),
            "SubnetIds": subnets.into_iter().collect::<Value>(),
            "Groups": Value::List(groups),
            "IpAddressType": "ipv4",
            "DnsOptions": reply!(ec2::DNS_OPTIONS { "DnsRecordIpType": "ipv4" }),
            "PrivateDnsEnabled": private,
            "RequesterManaged": false,
            "NetworkInterfaceIds": interfaces.into_iter().collect::<Value>(),
            "DnsEntries": names(self, view, ctx)?.into_iter().map(|name| reply!(ec2::DNS_ENTRY { "DnsName": name })).collect::<Value>(),
            "CreationTimestamp": moment(self.created_at),
            "Tags": tag::show_all(&self.tags),
            "OwnerId": ctx.scope.account.as_str(),
        }))
    }
}

/// How an endpoint is reached.
pub fn way(endpoint: &VpcEndpoint) -> Way {
    match &endpoint.way {
        EndpointWay::Gateway { .. } => Way::Gateway,
        EndpointWay::Interface { .. } => Way::Interface,
    }
}

/// The names that an interface endpoint has: its own, one in each zone, and the service's where it takes that over.
fn names(endpoint: &VpcEndpoint, view: &View, ctx: &Ctx) -> Result<Vec<String>, Fault> {
    let EndpointWay::Interface { subnets, private_dns, .. } = &endpoint.way else {
        return Ok(Vec::new());
    };
    let service = EndpointService::find(ctx, &endpoint.service)?;
    let domain = service.endpoint_domain();
    let own = digest(&SHA256, endpoint.id.as_bytes());
    let first = format!("{}-{}", endpoint.id, &hex(own.as_ref())[..8]);
    let mut names = vec![format!("{first}.{domain}")];
    for (subnet, _) in subnets {
        if let Some(subnet) = view.get::<Subnet>(&Subnet::key(&ctx.scope, subnet))? {
            names.push(format!("{first}-{}.{domain}", subnet.zone));
        }
    }
    names.extend(service.private_name().filter(|_| *private_dns));
    Ok(names)
}

/// Makes an endpoint.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let reply = |shown: Value| {
        let token = text(request, "ClientToken");
        reply!(ec2::CREATE_VPC_ENDPOINT_RESULT { "ClientToken": token, "VpcEndpoint": shown })
    };
    if let Some(made) = once::earlier::<VpcEndpoint>(view, request, ctx)? {
        return Ok((reply(made.show(view, ctx)?), Writes::new()));
    }
    let vpc = find::<Vpc>(view, ctx, required(request, "VpcId")?)?;
    let service = EndpointService::find(ctx, required(request, "ServiceName")?)?;
    let wanted = read_way(request, &service)?;
    check_addresses(request)?;
    let mut endpoint = VpcEndpoint {
        id: id::fresh(&ctx.ids, "vpce", 0),
        vpc: vpc.id.clone(),
        service: service.name.clone(),
        way: EndpointWay::Gateway { route_tables: Vec::new() },
        policy: read_policy(request)?,
        created_at: ctx.now,
        tags: tag::specified(request, "vpc-endpoint")?,
    };
    let mut writes = Writes::new();
    touch(&mut writes, &vpc);
    let state = match wanted {
        Way::Gateway => {
            refuse_members(request, &INTERFACE_MEMBERS, wanted)?;
            let tables = texts(request, "RouteTableIds");
            add_routes(view, ctx, &mut writes, &mut endpoint, &tables)?;
            "available"
        }
        Way::Interface => {
            refuse_members(request, &["RouteTableIds"], wanted)?;
            let private_dns = read_private_dns(view, ctx, request, &vpc, &service)?;
            let given = texts(request, "SecurityGroupIds");
            let groups = interface::groups(view, ctx, &mut writes, &given, (&vpc.id, &vpc.id))?;
            endpoint.way = EndpointWay::Interface { subnets: Vec::new(), groups, private_dns };
            let subnets = read_subnets(request, "SubnetIds")?;
            add_interfaces(view, ctx, &mut writes, &mut endpoint, &subnets)?;
            "pending"
        }
    };
    once::note(view, request, ctx, &endpoint, &mut writes)?;
    let shown = noun::in_state(endpoint.show(&view.after(&writes), ctx)?, state);
    add(&mut writes, ctx, endpoint);
    Ok((reply(shown), writes))
}

/// Members that only interface endpoints have.
const INTERFACE_MEMBERS: [&str; 4] =
    ["SubnetIds", "SecurityGroupIds", "SubnetConfigurations", "PrivateDnsEnabled"];

fn read_way(request: &Value, service: &EndpointService) -> Result<Way, Fault> {
    let way = match text(request, "VpcEndpointType").unwrap_or("Gateway") {
        "Gateway" => Way::Gateway,
        "Interface" => Way::Interface,
        other => return Err(fault::not_served(&format!("`VpcEndpointType` {other}"))),
    };
    if !service.ways().contains(&way) {
        let ways: Vec<_> = service.ways().iter().map(|way| way.as_str()).collect();
        let message = format!(
            "Endpoint type ({}) does not match available service types ([{}]).",
            way.as_str(),
            ways.join(", ")
        );
        return Err(fault::fault("InvalidParameter", message));
    }
    Ok(way)
}

/// Refuses members that endpoints of a way do not have.
///
/// # Errors
/// `InvalidParameter` by the member's name.
pub fn refuse_members(request: &Value, members: &[&str], way: Way) -> Result<(), Fault> {
    let is_given = |member: &&&str| {
        truth(request, member) == Some(true)
            || request.get(member).and_then(Value::as_list).is_some_and(|it| !it.is_empty())
    };
    match members.iter().find(is_given) {
        None => Ok(()),
        Some(member) => {
            let message =
                format!("{member} cannot be given for an endpoint of type {}.", way.as_str());
            Err(fault::fault("InvalidParameter", message))
        }
    }
}

/// Refuses other addresses than IPv4's and options of names that nobody serves.
///
/// # Errors
/// `UnsupportedOperation`.
pub fn check_addresses(request: &Value) -> Result<(), Fault> {
    if let Some(other) = text(request, "IpAddressType").filter(|kind| *kind != "ipv4") {
        return Err(fault::not_served(&format!("`IpAddressType` {other}")));
    }
    let Some(options) = request.get("DnsOptions") else { return Ok(()) };
    let kind = text(options, "DnsRecordIpType");
    if let Some(other) = kind.filter(|kind| !["ipv4", "service-defined"].contains(kind)) {
        return Err(fault::not_served(&format!("`DnsRecordIpType` {other}")));
    }
    if truth(options, "PrivateDnsOnlyForInboundResolverEndpoint") == Some(true) {
        return Err(fault::not_served("`PrivateDnsOnlyForInboundResolverEndpoint`"));
    }
    for member in ["PrivateDnsPreference", "PrivateDnsSpecifiedDomains"] {
        if text(options, member).is_some() || !list(options, member).is_empty() {
            return Err(fault::not_served(&format!("`{member}`")));
        }
    }
    Ok(())
}

/// The policy that a request gives.
///
/// # Errors
/// `InvalidPolicyDocument`, if it is no JSON object with a statement.
pub fn read_policy(request: &Value) -> Result<Option<String>, Fault> {
    let Some(given) = text(request, "PolicyDocument") else { return Ok(None) };
    let is_policy = serde_json::from_str::<serde_json::Value>(given)
        .is_ok_and(|json| json.get("Statement").is_some());
    if !is_policy {
        let message = "The specified policy document is not a valid JSON policy document.";
        return Err(fault::fault("InvalidPolicyDocument", message));
    }
    Ok(Some(given.to_owned()))
}

/// Whether the service's own name is to mean the endpoint: said, or so where it has one.
fn read_private_dns(
    view: &View,
    ctx: &Ctx,
    request: &Value,
    vpc: &Vpc,
    service: &EndpointService,
) -> Result<bool, Fault> {
    let said = truth(request, "PrivateDnsEnabled");
    let is_wanted = said.unwrap_or_else(|| service.private_name().is_some());
    if is_wanted {
        check_private_dns(view, ctx, vpc, service, "")?;
    }
    Ok(is_wanted)
}

/// Refuses to give a service's own name to endpoint `of` where it cannot have it.
///
/// # Errors
/// `InvalidParameter`.
pub fn check_private_dns(
    view: &View,
    ctx: &Ctx,
    vpc: &Vpc,
    service: &EndpointService,
    of: &str,
) -> Result<(), Fault> {
    let refused = |message: String| Err(fault::fault("InvalidParameter", message));
    let Some(name) = service.private_name() else {
        return refused(format!(
            "Private DNS can't be enabled because the service {} does not provide a private DNS name.",
            service.name
        ));
    };
    if !(vpc.dns_support && vpc.dns_hostnames) {
        return refused(format!(
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {}",
            vpc.id
        ));
    }
    let has = |other: &VpcEndpoint| {
        let is_private =
            matches!(&other.way, EndpointWay::Interface { private_dns, .. } if *private_dns);
        other.id != of && other.vpc == vpc.id && other.service == service.name && is_private
    };
    if !all_where::<VpcEndpoint>(view, ctx, has)?.is_empty() {
        return refused(format!(
            "private-dns-enabled cannot be set because there is already a conflicting DNS domain for {name} in the VPC {}",
            vpc.id
        ));
    }
    Ok(())
}

/// The subnets that a request names by `member`, and the addresses that it wants there.
///
/// # Errors
/// `InvalidParameterValue` for an address that is none, `InvalidParameter` for one in a subnet that is not named.
pub fn read_subnets<'a>(
    request: &'a Value,
    member: &str,
) -> Result<Vec<(&'a str, Option<Ipv4Addr>)>, Fault> {
    let mut wanted: Vec<(&str, Option<Ipv4Addr>)> = Vec::new();
    for id in texts(request, member) {
        if !wanted.iter().any(|(known, _)| *known == id) {
            wanted.push((id, None));
        }
    }
    for given in list(request, "SubnetConfigurations") {
        let subnet = required(given, "SubnetId")?;
        if text(given, "Ipv6").is_some() {
            return Err(fault::not_served("`Ipv6` of a `SubnetConfiguration`"));
        }
        let entry = wanted.iter_mut().find(|(known, _)| *known == subnet).ok_or_else(|| {
            let message =
                format!("The subnet {subnet} of SubnetConfigurations is not among {member}.");
            fault::fault("InvalidParameter", message)
        })?;
        entry.1 = text(given, "Ipv4").map(interface::read_address).transpose()?;
    }
    Ok(wanted)
}

/// Gives an interface endpoint an interface in each of `subnets`.
///
/// # Errors
/// `InvalidSubnetID.NotFound`, `InvalidParameter` for one of another VPC, `DuplicateSubnetsInSameZone`, and what a new interface is refused
/// with.
pub fn add_interfaces(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    endpoint: &mut VpcEndpoint,
    wanted: &[(&str, Option<Ipv4Addr>)],
) -> Result<(), Fault> {
    let EndpointWay::Interface { subnets, groups, .. } = &mut endpoint.way else { return Ok(()) };
    let mut zones = Vec::new();
    for (subnet, _) in subnets.iter() {
        zones.push(find::<Subnet>(view, ctx, subnet)?.zone.clone());
    }
    for (index, (id, address)) in wanted.iter().enumerate() {
        if subnets.iter().any(|(known, _)| known == id) {
            continue;
        }
        let subnet = find::<Subnet>(view, ctx, id)?;
        if subnet.vpc != endpoint.vpc {
            let message =
                format!("Subnet {id} and network {} belong to different networks", endpoint.vpc);
            return Err(fault::fault("InvalidParameter", message));
        }
        if zones.contains(&subnet.zone) {
            let message =
                format!("Found another VPC endpoint subnet in the availability zone of {id}");
            return Err(fault::fault("DuplicateSubnetsInSameZone", message));
        }
        zones.push(subnet.zone.clone());
        let address: Vec<Ipv4Addr> = address.iter().copied().collect();
        let made = interface::make(view, ctx, writes, &subnet, &address, index)?;
        let made = NetworkInterface {
            groups: groups.clone(),
            description: format!("VPC Endpoint Interface {}", endpoint.id),
            attached_to: AttachedTo::Other(endpoint.id.clone()),
            attachment: Some(id::fresh(&ctx.ids, "ela-attach", index)),
            requester_managed: true,
            ..made
        };
        subnets.push((subnet.id.clone(), made.id.clone()));
        add(writes, ctx, made);
    }
    Ok(())
}

/// Deletes endpoints, and says of which there are none.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (mut writes, mut unsuccessful) = (Writes::new(), Vec::new());
    let mut now = view.clone();
    for id in texts(request, "VpcEndpointIds") {
        // Endpoints may have routes in the same table: each goes from what the last one left.
        match find::<VpcEndpoint>(&now, ctx, id) {
            Ok(found) => {
                let mut next = Writes::new();
                remove(&now, ctx, &mut next, &found)?;
                now = now.after(&next);
                writes.then(next);
            }
            Err(fault) if fault.receiver => return Err(fault),
            Err(fault) => unsuccessful.push(unsuccessful::item(id, &fault)),
        }
    }
    let reply =
        reply!(ec2::DELETE_VPC_ENDPOINTS_RESULT { "Unsuccessful": Value::List(unsuccessful) });
    Ok((reply, writes))
}

fn remove(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    found: &Found<VpcEndpoint>,
) -> Result<(), Fault> {
    match &found.way {
        EndpointWay::Gateway { route_tables } => {
            remove_routes(view, ctx, writes, &found.id, route_tables)?;
        }
        EndpointWay::Interface { subnets, .. } => {
            for (_, id) in subnets {
                let key = NetworkInterface::key(&ctx.scope, id);
                if let Some(interface) = view.get::<NetworkInterface>(&key)? {
                    interface::remove(view, ctx, writes, &interface)?;
                }
            }
        }
    }
    delete_record(writes, found);
    Ok(())
}

/// Describes endpoints.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe::<VpcEndpoint>(view, request, ctx)
}
