//! `networkConfiguration`: where tasks with an interface of their own are. Read, checked and shown for all operations that take it.
//!
//! Invariant: a network that was read has 1 to 16 subnets and at most five security groups, all of one VPC, that existed then. What is
//! gone when a task starts is told by that task (`books::network`).

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, View},
    ecs::fault,
    plain,
};
use domain::{
    definition::{NetworkMode, TaskDefinition},
    id::Scope,
    key::Key,
    record::Record,
    status::LaunchType,
    vpc::{SecurityGroup, Subnet, SubnetChoice, TaskNetwork},
};
use store::Found;
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit.
const SUBNETS_MAX: usize = 16;
/// ECS's own limit.
const GROUPS_MAX: usize = 5;

view! {
    Network : ecs::NETWORK_CONFIGURATION {
        awsvpc: Option<Awsvpc<'a>> = "awsvpcConfiguration",
    }
    Awsvpc : ecs::AWS_VPC_CONFIGURATION {
        subnets: Vec<&'a str> = "subnets",
        groups: Vec<&'a str> = "securityGroups",
        public_ip: Option<&'a str> = "assignPublicIp",
    }
}

/// The network of tasks of `definition`: what is `asked` for, else what is `kept` of an earlier request. `None` where they have none of
/// their own.
///
/// # Errors
/// `InvalidParameterException`, in ECS's words as far as they are known.
pub fn read(
    view: &View,
    ctx: &Ctx,
    definition: &TaskDefinition,
    launch_type: Option<LaunchType>,
    asked: Option<&Value>,
    kept: Option<&TaskNetwork>,
) -> Result<Option<TaskNetwork>, Fault> {
    let asked = asked.and_then(|asked| Network::from(asked).awsvpc);
    match (definition.network_mode == NetworkMode::Awsvpc, asked, kept) {
        (true, Some(asked), _) => {
            check_public(asked.public_ip == Some("ENABLED"), launch_type)?;
            resolve(view, ctx, &asked).map(Some)
        }
        (true, None, Some(kept)) => {
            check_public(kept.public_ip, launch_type)?;
            Ok(Some(kept.clone()))
        }
        (true, None, None) => Err(fault::invalid_parameter(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        )),
        (false, Some(_), _) => Err(fault::invalid_parameter(
            "Network Configuration is not valid for the given networkMode of this task definition.",
        )),
        (false, None, _) => Ok(None),
    }
}

/// As replies show it: as it was given.
pub fn show(network: &TaskNetwork) -> Value {
    let subnets: Vec<&str> = network.subnets.iter().map(|subnet| subnet.id.as_str()).collect();
    reply!(ecs::NETWORK_CONFIGURATION {
        "awsvpcConfiguration": reply!(ecs::AWS_VPC_CONFIGURATION {
            "subnets": plain::to_value(&subnets),
            "securityGroups": plain::to_value(&network.groups),
            "assignPublicIp": if network.public_ip { "ENABLED" } else { "DISABLED" },
        }),
    })
}

/// Public addresses are for tasks of Fargate, also where a service comes from there to instances.
fn check_public(public_ip: bool, launch_type: Option<LaunchType>) -> Result<(), Fault> {
    if public_ip && launch_type != Some(LaunchType::Fargate) {
        return Err(fault::invalid_parameter(
            "Assign public IP is not supported for this launch type.",
        ));
    }
    Ok(())
}

fn resolve(view: &View, ctx: &Ctx, asked: &Awsvpc<'_>) -> Result<TaskNetwork, Fault> {
    if asked.subnets.is_empty() {
        return Err(fault::invalid_parameter("subnets can not be empty."));
    }
    at_most(asked.subnets.len(), SUBNETS_MAX, "subnets")?;
    at_most(asked.groups.len(), GROUPS_MAX, "securityGroups")?;
    let subnets = asked.subnets.iter().map(|id| {
        find::<Subnet>(view, &ctx.scope, id, Subnet::key)?
            .ok_or_else(|| fault::invalid_parameter(format!("The subnet ID '{id}' does not exist")))
    });
    let subnets = subnets.collect::<Result<Vec<_>, Fault>>()?;
    let vpc = subnets[0].record.vpc.clone();
    if subnets.iter().any(|subnet| subnet.record.vpc != vpc) {
        return Err(fault::invalid_parameter("The subnets must be of the same VPC."));
    }
    for id in &asked.groups {
        let group = find::<SecurityGroup>(view, &ctx.scope, id, SecurityGroup::key)?;
        let group = group.ok_or_else(|| {
            fault::invalid_parameter(format!("The security group '{id}' does not exist"))
        })?;
        if group.record.vpc != vpc {
            return Err(fault::invalid_parameter(format!(
                "The security group '{id}' must be of the same VPC as the subnets."
            )));
        }
    }
    let choice = |subnet: &Found<Subnet>| SubnetChoice {
        id: subnet.record.id.clone(),
        zone: subnet.record.zone.clone(),
    };
    Ok(TaskNetwork {
        vpc,
        subnets: subnets.iter().map(choice).collect(),
        groups: asked.groups.iter().map(|id| (*id).to_owned()).collect(),
        public_ip: asked.public_ip == Some("ENABLED"),
    })
}

fn at_most(count: usize, most: usize, what: &str) -> Result<(), Fault> {
    if count <= most {
        return Ok(());
    }
    Err(fault::invalid_parameter(format!("{what} can have at most {most} items.")))
}

/// The record of an id; what cannot be part of a key is nobody's id.
fn find<R: Record>(
    view: &View,
    scope: &Scope,
    id: &str,
    key: fn(&Scope, &str) -> Key,
) -> Result<Option<Found<R>>, Fault> {
    let is_id = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if id.is_empty() || !is_id {
        return Ok(None);
    }
    view.get::<R>(&key(scope, id))
}
