//! NAT gateways: interfaces by which a VPC's subnets reach the outside. They are there as soon as they were made; one that was deleted is
//! described for an hour more.
//!
//! What they are for happens on the hosts: packets of a subnet whose route leads to one leave by the host's own address
//! (`link::network::Outside`). So the address that a gateway shows is the account's, and not the one that the outside sees.

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    ec2::{
        address, fault, id, interface,
        noun::{self, Noun, add, all_where, delete as delete_record, find, noun, put},
        once,
        request::{required, text},
        tag,
    },
};
use domain::{
    ec2::{ElasticAddress, NatGateway},
    time::Millis,
    vpc::{AttachedTo, NetworkInterface, Subnet},
};
use store::Found;
use wire::{Fault, Value, reply, tables::ec2};

/// How long one that was deleted is described.
const DESCRIBED_AFTER: Millis = Millis::from_s(3600);

impl Noun for NatGateway {
    noun!(
        NatGateway,
        "natgateway",
        "nat",
        "NatGatewayNotFound",
        "NAT gateway",
        "NatGatewayIds",
        "NatGateways"
    );

    const FILTERS: &'static str = "Filter";

    fn values(&self, _: &View, _: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        Ok(Some(vec![match filter {
            "nat-gateway-id" => self.id.clone(),
            "state" => state(self).to_owned(),
            "subnet-id" => self.subnet.clone(),
            "vpc-id" => self.vpc.clone(),
            _ => return Ok(None),
        }]))
    }

    fn show(&self, _: &View, _: &Ctx) -> Result<Value, Fault> {
        let public = self.public.as_ref();
        let address = reply!(ec2::NAT_GATEWAY_ADDRESS {
            "AllocationId": public.map(|(allocation, ..)| allocation.as_str()),
            "NetworkInterfaceId": &self.interface,
            "PrivateIp": self.address.to_string(),
            "PublicIp": public.map(|(_, address, _)| address.to_string()),
            "AssociationId": public.map(|(.., association)| association.as_str()),
            "IsPrimary": true,
            "Status": "succeeded",
        });
        Ok(reply!(ec2::NAT_GATEWAY {
            "CreateTime": moment(self.created_at),
            "DeleteTime": self.deleted_at.map(moment),
            "NatGatewayAddresses": Value::List(vec![address]),
            "NatGatewayId": &self.id,
            "State": state(self),
            "SubnetId": &self.subnet,
            "VpcId": &self.vpc,
            "Tags": tag::show(&self.tags),
            "ConnectivityType": if public.is_some() { "public" } else { "private" },
        }))
    }
}

fn state(gateway: &NatGateway) -> &'static str {
    if gateway.deleted_at.is_some() { "deleted" } else { "available" }
}

fn is_over(gateway: &NatGateway, ctx: &Ctx) -> bool {
    gateway.deleted_at.is_some_and(|at| at + DESCRIBED_AFTER <= ctx.now)
}

/// Makes a NAT gateway with an interface in a subnet; a public one with an elastic address.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let reply = |shown: Value| {
        let token = text(request, "ClientToken");
        reply!(ec2::CREATE_NAT_GATEWAY_RESULT { "ClientToken": token, "NatGateway": shown })
    };
    if let Some(made) = once::earlier::<NatGateway>(view, request, ctx)? {
        return Ok((reply(made.show(view, ctx)?), Writes::new()));
    }
    let subnet = find::<Subnet>(view, ctx, required(request, "SubnetId")?)?;
    let allocation = text(request, "AllocationId");
    let elastic = match (text(request, "ConnectivityType").unwrap_or("public"), allocation) {
        ("private", None) => None,
        ("private", Some(_)) => {
            let message = "AllocationId cannot be specified for a private NAT gateway";
            return Err(fault::combination(message));
        }
        (_, Some(id)) => Some(free(view, ctx, id)?),
        (_, None) => return Err(fault::missing("AllocationId")),
    };
    if elastic.is_some() {
        address::has_gateway(view, ctx, &subnet.vpc)?;
    }
    let mut writes = Writes::new();
    sweep(view, ctx, &mut writes)?;
    let id = id::fresh(&ctx.ids, "nat", 0);
    let wanted = text(request, "PrivateIpAddress").map(interface::read_address).transpose()?;
    let made = interface::make(
        view,
        ctx,
        &mut writes,
        &subnet,
        &wanted.into_iter().collect::<Vec<_>>(),
        0,
    )?;
    let association = id::fresh(&ctx.ids, "eipassoc", 0);
    let made = NetworkInterface {
        description: format!("Interface for NAT Gateway {id}"),
        attached_to: AttachedTo::Other(id.clone()),
        attachment: Some(id::fresh(&ctx.ids, "ela-attach", 0)),
        public_address: elastic.as_ref().map(|elastic| elastic.address),
        source_dest_check: false,
        requester_managed: true,
        ..made
    };
    let gateway = NatGateway {
        vpc: subnet.vpc.clone(),
        subnet: subnet.id.clone(),
        interface: made.id.clone(),
        address: made.address(),
        public: elastic.as_ref().map(|it| (it.id.clone(), it.address, association.clone())),
        deleted_at: None,
        created_at: ctx.now,
        tags: tag::specified(request, "natgateway")?,
        id,
    };
    if let Some(elastic) = &elastic {
        address::hand_over(&mut writes, elastic, &association, &made.id);
    }
    add(&mut writes, ctx, made);
    once::note(view, request, ctx, &gateway, &mut writes)?;
    let shown = noun::in_state(gateway.show(view, ctx)?, "pending");
    add(&mut writes, ctx, gateway);
    Ok((reply(shown), writes))
}

/// An elastic address that nobody has.
fn free(view: &View, ctx: &Ctx, id: &str) -> Result<Found<ElasticAddress>, Fault> {
    let found = find::<ElasticAddress>(view, ctx, id)?;
    if let Some((association, _)) = &found.association {
        let message =
            format!("resource {id} is already associated with associate-id {association}");
        return Err(fault::fault("Resource.AlreadyAssociated", message));
    }
    Ok(found)
}

/// Deletes a NAT gateway: its interface goes and its address is free again. Routes to it lead into a black hole.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<NatGateway>(view, ctx, required(request, "NatGatewayId")?)?;
    let reply = reply!(ec2::DELETE_NAT_GATEWAY_RESULT { "NatGatewayId": &found.id });
    if is_over(&found, ctx) {
        return Err(noun::not_found::<NatGateway>(&found.id));
    }
    let mut writes = Writes::new();
    if found.deleted_at.is_some() {
        return Ok((reply, writes));
    }
    sweep(view, ctx, &mut writes)?;
    if let Some(interface) =
        view.get::<NetworkInterface>(&NetworkInterface::key(&ctx.scope, &found.interface))?
    {
        interface::remove(view, ctx, &mut writes, &interface)?;
    }
    let gateway = NatGateway { deleted_at: Some(ctx.now), ..NatGateway::clone(&found.record) };
    put(&mut writes, &found, gateway);
    Ok((reply, writes))
}

/// Forgets those that were deleted long ago.
fn sweep(view: &View, ctx: &Ctx, writes: &mut Writes) -> Result<(), Fault> {
    for gone in all_where::<NatGateway>(view, ctx, |gateway| is_over(gateway, ctx))? {
        delete_record(writes, &gone);
    }
    Ok(())
}

/// Describes NAT gateways.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe_where::<NatGateway>(view, request, ctx, |gateway| !is_over(gateway, ctx))
}
