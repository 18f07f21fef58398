//! What a service's tasks are made from: reading it, and showing where they go.
//!
//! Invariant: a template that was read has an ACTIVE definition whose tasks can be started, and exactly one of launch type and strategy.

use crate::{
    decide::{Ctx, View},
    ecs::{capacity, definition, fargate, fault, launch, network},
    plain,
};
use domain::{
    cluster::{Cluster, StrategyItem},
    definition::{DefinitionStatus, TaskDefinition},
    fargate::platform_version,
    service::{DefinitionName, Template},
    status::LaunchType,
    task::Overrides,
};
use store::Found;
use wire::{Fault, Members, Value, tables::ecs, view};

/// The platform version of tasks of Fargate where nothing is said.
const NEWEST: &str = "LATEST";

/// What runs on every host of Fargate's pool, as replies say it.
const PLATFORM_FAMILY: &str = "Linux";

// CreateTaskSet's members have the same names and shapes, so that one view reads both.
view! {
    Asked : ecs::CREATE_SERVICE_REQUEST {
        definition: Option<&'a str> = "taskDefinition",
        launch_type: Option<&'a str> = "launchType",
        strategy: &'a [Value] = "capacityProviderStrategy",
        platform_version: Option<&'a str> = "platformVersion",
        network: Option<&'a Value> = "networkConfiguration",
    }
}

/// Where tasks go: a launch type, or the shares of capacity providers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) launch_type: Option<LaunchType>,
    pub(super) strategy: Vec<StrategyItem>,
}

impl Place {
    /// What a definition must be for. A strategy has Fargate's providers only, or none of them.
    pub(super) fn launch_type(&self) -> Option<LaunchType> {
        let is_fargate = self.strategy.iter().any(StrategyItem::is_fargate);
        self.launch_type.or(is_fargate.then_some(LaunchType::Fargate))
    }

    /// The platform version that is kept: of tasks of Fargate what was `asked` for, else what was `kept`.
    pub(super) fn platform_version(
        &self,
        asked: Option<&str>,
        kept: Option<String>,
    ) -> Option<String> {
        if self.launch_type() != Some(LaunchType::Fargate) {
            return None;
        }
        let asked = asked.filter(|version| !version.is_empty()).map(str::to_owned);
        asked.or(kept).or_else(|| Some(NEWEST.to_owned()))
    }
}

/// Reads the template of a CreateService or CreateTaskSet, and the definition it names.
///
/// # Errors
/// What ECS refuses the request for.
pub fn read(
    view: &View,
    ctx: &Ctx,
    cluster: &Cluster,
    request: &Value,
) -> Result<(Template, Found<TaskDefinition>), Fault> {
    let asked = Asked::from(request);
    let named = asked.definition.filter(|text| !text.is_empty());
    let named =
        named.ok_or_else(|| fault::invalid_parameter("TaskDefinition can not be blank."))?;
    let definition = usable_definition(view, ctx, named)?;
    let launch_type = asked.launch_type.and_then(LaunchType::parse);
    let place = place(cluster, launch_type, capacity::strategy::read(asked.strategy)?)?;
    check(&definition, &place, asked.platform_version)?;
    let network = network::read(view, ctx, &definition, place.launch_type(), asked.network, None)?;
    let template = Template {
        definition: DefinitionName {
            family: definition.family.clone(),
            revision: definition.revision,
        },
        platform_version: place.platform_version(asked.platform_version, None),
        launch_type: place.launch_type,
        strategy: place.strategy,
        network,
    };
    Ok((template, definition))
}

/// The definition that new tasks may be made from.
pub(super) fn usable_definition(
    view: &View,
    ctx: &Ctx,
    text: &str,
) -> Result<Found<TaskDefinition>, Fault> {
    let definition = definition::find(view, ctx, text)?
        .ok_or_else(|| fault::client("TaskDefinition not found."))?;
    match definition.status {
        DefinitionStatus::Active => {
            launch::check_roles(view, ctx, &definition, None, None)?;
            Ok(definition)
        }
        DefinitionStatus::Inactive | DefinitionStatus::DeleteInProgress => {
            Err(fault::client("TaskDefinition is inactive"))
        }
    }
}

/// The place that is meant: what is named, else the cluster's default strategy, else EC2.
fn place(
    cluster: &Cluster,
    launch_type: Option<LaunchType>,
    strategy: Vec<StrategyItem>,
) -> Result<Place, Fault> {
    match (launch_type, strategy.is_empty()) {
        (Some(_), false) => Err(fault::invalid_parameter(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        )),
        (Some(launch_type), true) => {
            Ok(Place { launch_type: Some(launch_type), strategy: Vec::new() })
        }
        (None, false) => {
            capacity::strategy::check(&strategy, cluster)?;
            Ok(Place { launch_type: None, strategy })
        }
        (None, true) if !cluster.default_strategy.is_empty() => {
            Ok(Place { launch_type: None, strategy: cluster.default_strategy.clone() })
        }
        (None, true) => Ok(Place { launch_type: Some(LaunchType::Ec2), strategy }),
    }
}

/// Refuses what the definition cannot be started with, then what is not served yet.
pub(super) fn check(
    definition: &TaskDefinition,
    place: &Place,
    platform_version: Option<&str>,
) -> Result<(), Fault> {
    let launch_type = place.launch_type();
    if let Some(launch_type) = launch_type {
        launch::check_launch_type(definition, launch_type)?;
    }
    match launch_type {
        Some(LaunchType::Fargate) => {
            fargate::platform_version(definition, platform_version)?;
            fargate::check_size(definition, &Overrides::default())?;
        }
        Some(LaunchType::ManagedInstances) => {
            return Err(launch::not_served(&format!(
                "Launch type {}",
                LaunchType::ManagedInstances
            )));
        }
        Some(LaunchType::Ec2 | LaunchType::External) | None => {
            if platform_version.is_some_and(|version| !version.is_empty()) {
                return Err(fault::invalid_parameter(
                    "The platform version must be null when specifying an EC2 launch type.",
                ));
            }
        }
    }
    launch::check_definition(definition)
}

/// Puts into a reply on which platform a template's tasks of Fargate run: a service shows the version that was asked for.
pub fn show_platform(members: &mut Members, template: &Template) {
    if template.is_fargate() {
        members.put("platformFamily", PLATFORM_FAMILY);
        members.put("platformVersion", platform_version(template.platform_version.as_deref()));
    }
}

/// Puts into a reply where a template's tasks go: its launch type or strategy, whichever it has, and their network.
pub fn show_place(members: &mut Members, template: &Template) {
    if template.strategy.is_empty() {
        members.put("launchType", template.launch_type.map(LaunchType::as_str));
    } else {
        members.put("capacityProviderStrategy", plain::to_value(&template.strategy));
    }
    members.put("networkConfiguration", template.network.as_ref().map(network::show));
}
