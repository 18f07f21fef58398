//! Elastic addresses: public addresses that an account keeps, and gives to interfaces.
//!
//! They are of the plane's pool (`--public-addresses`). An interface has one at most, as its primary address's. Those of NAT gateways are
//! the gateways' to give back.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault, id,
        noun::{self, Noun, add, all_where, delete as delete_record, find, noun, put},
        request::{required, text, texts, truth},
        tag,
    },
};
use books::public::free_public_address;
use domain::{
    ec2::{ElasticAddress, InternetGateway, PublicAddress},
    iam::everywhere,
    vpc::{AttachedTo, NetworkInterface},
};
use std::{collections::BTreeSet, net::Ipv4Addr};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ec2};

impl Noun for ElasticAddress {
    noun!(
        ElasticAddress,
        "elastic-ip",
        "eipalloc",
        "InvalidAllocationID.NotFound",
        "allocation ID",
        "AllocationIds",
        "Addresses"
    );

    fn values(&self, view: &View, ctx: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        let association = |of: fn(&(String, String)) -> &String| {
            self.association.iter().map(of).cloned().collect::<Vec<_>>()
        };
        Ok(Some(match filter {
            "allocation-id" => vec![self.id.clone()],
            "association-id" => association(|(id, _)| id),
            "domain" => vec!["vpc".to_owned()],
            "network-border-group" => vec![ctx.scope.region.to_string()],
            "network-interface-id" => association(|(_, interface)| interface),
            "network-interface-owner-id" => {
                self.association.iter().map(|_| ctx.scope.account.to_string()).collect()
            }
            "private-ip-address" => {
                interface(view, ctx, self)?.iter().map(|it| it.address().to_string()).collect()
            }
            "public-ip" => vec![self.address.to_string()],
            "instance-id" => Vec::new(),
            _ => return Ok(None),
        }))
    }

    fn show(&self, view: &View, ctx: &Ctx) -> Result<Value, Fault> {
        let interface = interface(view, ctx, self)?;
        let of_interface =
            interface.as_ref().map(|interface| (&interface.id, interface.address().to_string()));
        Ok(reply!(ec2::ADDRESS {
            "AllocationId": &self.id,
            "AssociationId": self.association.as_ref().map(|(id, _)| id.as_str()),
            "Domain": "vpc",
            "NetworkInterfaceId": of_interface.as_ref().map(|(id, _)| id.as_str()),
            "NetworkInterfaceOwnerId": of_interface.as_ref().map(|_| ctx.scope.account.as_str()),
            "PrivateIpAddress": of_interface.as_ref().map(|(_, address)| address.as_str()),
            "Tags": tag::show(&self.tags),
            "PublicIpv4Pool": "amazon",
            "NetworkBorderGroup": ctx.scope.region.as_str(),
            "PublicIp": self.address.to_string(),
        }))
    }
}

/// The interface that has it.
fn interface(
    view: &View,
    ctx: &Ctx,
    address: &ElasticAddress,
) -> Result<Option<Found<NetworkInterface>>, Fault> {
    let Some((_, interface)) = &address.association else { return Ok(None) };
    view.get(&NetworkInterface::key(&ctx.scope, interface))
}

/// The elastic address of the account that is `address`, if it is one.
///
/// # Errors
/// If a record cannot be read.
pub fn at(
    view: &View,
    ctx: &Ctx,
    address: Ipv4Addr,
) -> Result<Option<Found<ElasticAddress>>, Fault> {
    let owner = view.get::<PublicAddress>(&PublicAddress::key(&everywhere(), address))?;
    let Some(owner) = owner else { return Ok(None) };
    let id = owner.owner.strip_prefix(&owned_by(ctx)).filter(|id| id.starts_with("eipalloc-"));
    id.map_or(Ok(None), |id| view.get(&ElasticAddress::key(&ctx.scope, id)))
}

fn owned_by(ctx: &Ctx) -> String {
    format!("{}/{}/", ctx.scope.account, ctx.scope.region)
}

/// Takes an address of the pool.
pub fn allocate(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    if text(request, "Domain") == Some("standard") {
        return Err(fault::not_served("`Domain` standard"));
    }
    let start = ctx.ids.number("public-address", 0);
    let pool = ctx.config.public_addresses;
    let address =
        free_public_address(view.snapshot(), pool, start, &BTreeSet::new()).ok_or_else(|| {
            let message = format!("All public addresses of the plane's pool {pool} are given out.");
            fault::fault("InsufficientAddressCapacity", message)
        })?;
    let elastic = ElasticAddress {
        id: id::fresh(&ctx.ids, "eipalloc", 0),
        address,
        association: None,
        tags: tag::specified(request, "elastic-ip")?,
    };
    let reply = reply!(ec2::ALLOCATE_ADDRESS_RESULT {
        "AllocationId": &elastic.id,
        "PublicIpv4Pool": "amazon",
        "NetworkBorderGroup": ctx.scope.region.as_str(),
        "Domain": "vpc",
        "PublicIp": address.to_string(),
    });
    let mut writes = Writes::new();
    let owner = format!("{}{}", owned_by(ctx), elastic.id);
    let key = PublicAddress::key(&everywhere(), address);
    writes.put(&key, Expect::Absent, PublicAddress { owner });
    add(&mut writes, ctx, elastic);
    Ok((reply, writes))
}

/// Gives an address back to the pool.
pub fn release(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = of_request(view, request, ctx)?;
    if found.association.is_some() {
        let message = format!("Address {} is in use.", found.address);
        return Err(fault::fault("InvalidIPAddress.InUse", message));
    }
    let mut writes = Writes::new();
    writes.delete(&PublicAddress::key(&everywhere(), found.address), Expect::Any);
    delete_record(&mut writes, &found);
    Ok((Value::map(), writes))
}

/// The address that a request means by `AllocationId`, or by `PublicIp`.
fn of_request(view: &View, request: &Value, ctx: &Ctx) -> Result<Found<ElasticAddress>, Fault> {
    match (text(request, "AllocationId"), text(request, "PublicIp")) {
        (Some(id), _) => find(view, ctx, id),
        (None, Some(given)) => by_address(view, ctx, given),
        (None, None) => Err(fault::missing("AllocationId or PublicIp")),
    }
}

/// The elastic address that a text says.
///
/// # Errors
/// `InvalidAddress.NotFound`.
pub fn by_address(view: &View, ctx: &Ctx, given: &str) -> Result<Found<ElasticAddress>, Fault> {
    let found = given.parse().ok().map(|address| at(view, ctx, address)).transpose()?;
    found.flatten().ok_or_else(|| {
        fault::fault("InvalidAddress.NotFound", format!("Address '{given}' not found."))
    })
}

/// Gives an interface an address. One that another interface of the user's has is taken from it, unless the request forbids that.
pub fn associate(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = of_request(view, request, ctx)?;
    let interface = find::<NetworkInterface>(view, ctx, required(request, "NetworkInterfaceId")?)?;
    if interface.requester_managed {
        let message = "You do not have permission to access the specified resource.";
        return Err(fault::not_permitted(message));
    }
    let wanted = text(request, "PrivateIpAddress");
    if wanted.is_some_and(|wanted| wanted != interface.address().to_string()) {
        let what = "An elastic address of another than an interface's primary address";
        return Err(fault::not_served(what));
    }
    has_gateway(view, ctx, &interface.vpc)?;
    let associated = |id: &str| reply!(ec2::ASSOCIATE_ADDRESS_RESULT { "AssociationId": id });
    let mut writes = Writes::new();
    if let Some((association, holder)) = &found.association {
        if *holder == interface.id {
            return Ok((associated(association), writes));
        }
        let may_move = truth(request, "AllowReassociation") != Some(false);
        let before = self::interface(view, ctx, &found)?;
        if !may_move || before.as_ref().is_some_and(|it| it.requester_managed) {
            let message = format!(
                "resource {} is already associated with associate-id {association}",
                found.id
            );
            return Err(fault::fault("Resource.AlreadyAssociated", message));
        }
        if let Some(before) = before {
            set_public(&mut writes, &before, None);
        }
    }
    if let Some(public) = interface.public_address {
        let message = format!("resource {} already has the address {public}", interface.id);
        return Err(fault::fault("Resource.AlreadyAssociated", message));
    }
    let association = id::fresh(&ctx.ids, "eipassoc", 0);
    hand_over(&mut writes, &found, &association, &interface.id);
    set_public(&mut writes, &interface, Some(found.address));
    Ok((associated(&association), writes))
}

/// Writes that `found` is an interface's now.
pub fn hand_over(
    writes: &mut Writes,
    found: &Found<ElasticAddress>,
    association: &str,
    interface: &str,
) {
    let association = Some((association.to_owned(), interface.to_owned()));
    put(writes, found, ElasticAddress { association, ..ElasticAddress::clone(&found.record) });
}

/// Writes that `found` is nobody's now.
pub fn take_back(writes: &mut Writes, found: &Found<ElasticAddress>) {
    put(
        writes,
        found,
        ElasticAddress { association: None, ..ElasticAddress::clone(&found.record) },
    );
}

fn set_public(writes: &mut Writes, found: &Found<NetworkInterface>, address: Option<Ipv4Addr>) {
    let changed =
        NetworkInterface { public_address: address, ..NetworkInterface::clone(&found.record) };
    put(writes, found, changed);
}

/// Refuses public addresses in a VPC without a way to the internet.
///
/// # Errors
/// `Gateway.NotAttached`.
pub fn has_gateway(view: &View, ctx: &Ctx, vpc: &str) -> Result<(), Fault> {
    let of_vpc = |gateway: &InternetGateway| gateway.vpc.as_deref() == Some(vpc);
    if all_where::<InternetGateway>(view, ctx, of_vpc)?.is_empty() {
        let message = format!("Network {vpc} is not attached to any internet gateway");
        return Err(fault::fault("Gateway.NotAttached", message));
    }
    Ok(())
}

/// Takes an address from the interface that has it.
pub fn disassociate(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = match (text(request, "AssociationId"), text(request, "PublicIp")) {
        (Some(association), _) => {
            let has = |address: &ElasticAddress| {
                address.association.as_ref().is_some_and(|(id, _)| id == association)
            };
            all_where(view, ctx, has)?.into_iter().next().ok_or_else(|| {
                let message = format!("The association ID '{association}' does not exist");
                fault::fault("InvalidAssociationID.NotFound", message)
            })?
        }
        (None, Some(given)) => by_address(view, ctx, given)?,
        (None, None) => return Err(fault::missing("AssociationId or PublicIp")),
    };
    let mut writes = Writes::new();
    let Some(interface) = interface(view, ctx, &found)? else {
        return Ok((Value::map(), writes));
    };
    if let AttachedTo::Other(holder) = &interface.attached_to {
        let message = format!("The address {} is in use by {holder}.", found.address);
        return Err(fault::not_permitted(message));
    }
    take_back(&mut writes, &found);
    set_public(&mut writes, &interface, None);
    Ok((Value::map(), writes))
}

/// Describes elastic addresses, by ids, by addresses, and by filters.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let addresses = texts(request, "PublicIps");
    for given in &addresses {
        by_address(view, ctx, given)?;
    }
    noun::describe_where::<ElasticAddress>(view, request, ctx, |it| {
        addresses.is_empty() || addresses.contains(&it.address.to_string().as_str())
    })
}

/// Describes names of addresses: nobody serves any.
pub fn describe_attribute(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let ids = texts(request, "AllocationIds");
    for id in &ids {
        find::<ElasticAddress>(view, ctx, id)?;
    }
    let is_meant = |address: &ElasticAddress| ids.is_empty() || ids.contains(&address.id.as_str());
    let shown = all_where::<ElasticAddress>(view, ctx, is_meant)?.into_iter().map(|address| {
        reply!(ec2::ADDRESS_ATTRIBUTE {
            "PublicIp": address.address.to_string(),
            "AllocationId": &address.id,
        })
    });
    let reply =
        reply!(ec2::DESCRIBE_ADDRESSES_ATTRIBUTE_RESULT { "Addresses": shown.collect::<Value>() });
    Ok((reply, Writes::new()))
}
