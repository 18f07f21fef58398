//! The settings of a provider whose instances are an Auto Scaling group's: reading, changing and showing them.

use crate::{decide::Ctx, ecs::fault};
use domain::{
    arn::Arn,
    capacity::{AutoScalingGroup, ManagedScaling},
};
use std::ops::RangeInclusive;
use wire::{Fault, Value, reply, tables::ecs, view};

/// Auto Scaling's own limit on the name of a group.
const GROUP_NAME_LENGTH_MAX: usize = 255;

/// ECS's own limits on the numbers of managed scaling.
const TARGET_CAPACITY: RangeInclusive<i64> = 1..=100;
const STEP_SIZE: RangeInclusive<i64> = 1..=10_000;
const WARMUP_S: RangeInclusive<i64> = 0..=10_000;

view! {
    Provider : ecs::AUTO_SCALING_GROUP_PROVIDER {
        group: &'a str = "autoScalingGroupArn",
        scaling: Option<Scaling<'a>> = "managedScaling",
        protection: Option<&'a str> = "managedTerminationProtection",
        draining: Option<&'a str> = "managedDraining",
    }
    ProviderUpdate : ecs::AUTO_SCALING_GROUP_PROVIDER_UPDATE {
        scaling: Option<Scaling<'a>> = "managedScaling",
        protection: Option<&'a str> = "managedTerminationProtection",
        draining: Option<&'a str> = "managedDraining",
    }
    Scaling : ecs::MANAGED_SCALING {
        status: Option<&'a str> = "status",
        target: Option<i64> = "targetCapacity",
        step_min: Option<i64> = "minimumScalingStepSize",
        step_max: Option<i64> = "maximumScalingStepSize",
        warmup: Option<i64> = "instanceWarmupPeriod",
    }
}

/// The settings of a new provider; ECS's defaults where the request says nothing.
///
/// # Errors
/// `InvalidParameterException`, if the group's name is none, or a number or a combination is not allowed.
pub(super) fn read(ctx: &Ctx, asked: &Value) -> Result<AutoScalingGroup, Fault> {
    let asked = Provider::from(asked);
    check_group(ctx, asked.group)?;
    let group = AutoScalingGroup {
        arn: asked.group.to_owned(),
        scaling: ManagedScaling::default(),
        termination_protection: false,
        draining: true,
    };
    change(group, asked.scaling, asked.protection, asked.draining)
}

/// `group` with what an UpdateCapacityProvider says; what it does not mention stays.
///
/// # Errors
/// `InvalidParameterException`, if a number or a combination is not allowed.
pub(super) fn update(group: &AutoScalingGroup, asked: &Value) -> Result<AutoScalingGroup, Fault> {
    let asked = ProviderUpdate::from(asked);
    change(group.clone(), asked.scaling, asked.protection, asked.draining)
}

fn change(
    mut group: AutoScalingGroup,
    scaling: Option<Scaling<'_>>,
    protection: Option<&str>,
    draining: Option<&str>,
) -> Result<AutoScalingGroup, Fault> {
    let is_enabled = |status: &str| status == "ENABLED";
    let number =
        |name: &str, asked: Option<i64>, allowed: RangeInclusive<i64>, kept: i64| match asked {
            Some(number) if !allowed.contains(&number) => Err(fault::invalid_parameter(format!(
                "`{name}` of managed scaling must be between {} and {}.",
                allowed.start(),
                allowed.end()
            ))),
            asked => Ok(asked.unwrap_or(kept)),
        };
    if let Some(asked) = scaling {
        let kept = &group.scaling;
        group.scaling = ManagedScaling {
            enabled: asked.status.map_or(kept.enabled, is_enabled),
            target_capacity: number(
                "targetCapacity",
                asked.target,
                TARGET_CAPACITY,
                kept.target_capacity,
            )?,
            step_min: number("minimumScalingStepSize", asked.step_min, STEP_SIZE, kept.step_min)?,
            step_max: number("maximumScalingStepSize", asked.step_max, STEP_SIZE, kept.step_max)?,
            warmup_s: number("instanceWarmupPeriod", asked.warmup, WARMUP_S, kept.warmup_s)?,
        };
    }
    if group.scaling.step_min > group.scaling.step_max {
        return Err(fault::invalid_parameter(
            "`minimumScalingStepSize` must not be greater than `maximumScalingStepSize`.",
        ));
    }
    group.termination_protection = protection.map_or(group.termination_protection, is_enabled);
    group.draining = draining.map_or(group.draining, is_enabled);
    if group.termination_protection && !group.scaling.enabled {
        return Err(fault::invalid_parameter(
            "Managed termination protection needs managed scaling: enable both, or neither.",
        ));
    }
    Ok(group)
}

/// An Auto Scaling group is named by its name, or by its ARN in this account and region. Whether it exists is not asked.
fn check_group(ctx: &Ctx, text: &str) -> Result<(), Fault> {
    let is_name = |name: &str| {
        !name.is_empty()
            && name.chars().count() <= GROUP_NAME_LENGTH_MAX
            && !name.contains(|char: char| char == ':' || char == '/' || char.is_control())
    };
    let is_valid = match Arn::parse(text) {
        None => is_name(text),
        Some(arn) => {
            let (region, account) = (ctx.scope.region.as_str(), ctx.scope.account.as_str());
            let named = arn.resource.strip_prefix("autoScalingGroup:");
            let named = named.and_then(|rest| rest.split_once(":autoScalingGroupName/"));
            (arn.service, arn.region, arn.account) == ("autoscaling", region, account)
                && named.is_some_and(|(id, name)| !id.is_empty() && is_name(name))
        }
    };
    if is_valid {
        return Ok(());
    }
    Err(fault::invalid_parameter(format!(
        "`{text}` is neither the name nor the ARN of an Auto Scaling group of this account and region."
    )))
}

/// The settings as replies show them.
pub(super) fn show(group: &AutoScalingGroup) -> Value {
    let status = |enabled: bool| if enabled { "ENABLED" } else { "DISABLED" };
    let scaling = reply!(ecs::MANAGED_SCALING {
        "status": status(group.scaling.enabled),
        "targetCapacity": group.scaling.target_capacity,
        "minimumScalingStepSize": group.scaling.step_min,
        "maximumScalingStepSize": group.scaling.step_max,
        "instanceWarmupPeriod": group.scaling.warmup_s,
    });
    reply!(ecs::AUTO_SCALING_GROUP_PROVIDER {
        "autoScalingGroupArn": &group.arn,
        "managedScaling": scaling,
        "managedTerminationProtection": status(group.termination_protection),
        "managedDraining": status(group.draining),
    })
}
