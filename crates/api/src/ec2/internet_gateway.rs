//! Internet gateways.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault, id,
        noun::{self, Noun, add, all_where, delete as delete_record, find, noun, put, touch},
        request::required,
        tag,
    },
};
use domain::{
    ec2::InternetGateway,
    vpc::{NetworkInterface, Vpc},
};
use wire::{Fault, Value, reply, tables::ec2};

impl Noun for InternetGateway {
    noun!(
        InternetGateway,
        "internet-gateway",
        "igw",
        "InvalidInternetGatewayID.NotFound",
        "internetGateway ID",
        "InternetGatewayIds",
        "InternetGateways"
    );

    fn values(&self, _: &View, _: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        Ok(Some(match filter {
            "attachment.vpc-id" => self.vpc.iter().cloned().collect(),
            "attachment.state" => self.vpc.iter().map(|_| "available".to_owned()).collect(),
            _ => return Ok(None),
        }))
    }

    fn show(&self, _: &View, ctx: &Ctx) -> Result<Value, Fault> {
        let attached = self.vpc.iter().map(
            |vpc| reply!(ec2::INTERNET_GATEWAY_ATTACHMENT { "State": "available", "VpcId": vpc }),
        );
        Ok(reply!(ec2::INTERNET_GATEWAY {
            "Attachments": attached.collect::<Value>(),
            "InternetGatewayId": &self.id,
            "OwnerId": ctx.scope.account.as_str(),
            "Tags": tag::show_all(&self.tags),
        }))
    }
}

/// Makes a gateway that is attached to nothing.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let tags = tag::specified(request, "internet-gateway")?;
    let gateway = InternetGateway { id: id::fresh(&ctx.ids, "igw", 0), vpc: None, tags };
    let shown = gateway.show(view, ctx)?;
    let mut writes = Writes::new();
    add(&mut writes, ctx, gateway);
    Ok((reply!(ec2::CREATE_INTERNET_GATEWAY_RESULT { "InternetGateway": shown }), writes))
}

/// Attaches a gateway to a VPC that has none.
pub fn attach(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<InternetGateway>(view, ctx, required(request, "InternetGatewayId")?)?;
    let vpc = find::<Vpc>(view, ctx, required(request, "VpcId")?)?;
    if found.vpc.is_some() {
        let message = format!("resource {} is already attached to network {}", found.id, vpc.id);
        return Err(fault::fault("Resource.AlreadyAssociated", message));
    }
    if !all_where::<InternetGateway>(view, ctx, |it| it.vpc.as_ref() == Some(&vpc.id))?.is_empty() {
        let message = format!("Network {} already has an internet gateway attached", vpc.id);
        return Err(fault::invalid_value(message));
    }
    let mut writes = Writes::new();
    touch(&mut writes, &vpc);
    let changed =
        InternetGateway { vpc: Some(vpc.id.clone()), ..InternetGateway::clone(&found.record) };
    put(&mut writes, &found, changed);
    Ok((Value::map(), writes))
}

/// Detaches a gateway by which no interface has a public address.
pub fn detach(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<InternetGateway>(view, ctx, required(request, "InternetGatewayId")?)?;
    let vpc = required(request, "VpcId")?;
    if found.vpc.as_deref() != Some(vpc) {
        let message = format!("resource {} is not attached to network {vpc}", found.id);
        return Err(fault::fault("Gateway.NotAttached", message));
    }
    let is_public = |it: &NetworkInterface| it.vpc == vpc && it.public_address.is_some();
    if !all_where::<NetworkInterface>(view, ctx, is_public)?.is_empty() {
        let message = format!(
            "Network {vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."
        );
        return Err(fault::dependency(message));
    }
    let mut writes = Writes::new();
    put(
        &mut writes,
        &found,
        InternetGateway { vpc: None, ..InternetGateway::clone(&found.record) },
    );
    Ok((Value::map(), writes))
}

/// Deletes a gateway that is attached to nothing.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<InternetGateway>(view, ctx, required(request, "InternetGatewayId")?)?;
    if found.vpc.is_some() {
        let message =
            format!("The internetGateway '{}' has dependencies and cannot be deleted.", found.id);
        return Err(fault::dependency(message));
    }
    let mut writes = Writes::new();
    delete_record(&mut writes, &found);
    Ok((Value::map(), writes))
}

/// Describes internet gateways.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe::<InternetGateway>(view, request, ctx)
}
