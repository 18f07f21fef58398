//! UpdateService.
//!
//! | begins a deployment | does not |
//! |---|---|
//! | another `taskDefinition`, `networkConfiguration` or `platformVersion`, `forceNewDeployment` | everything else |
//!
//! (spec/services.md §6; what else would begin one is not served yet.) A member that is left out changes nothing, an empty list empties.

use super::{
    active,
    create::{AskedController, read_controller},
    deploy::{deploy, retell},
    settings::{self, Settings},
    show::{Tags, show},
    template::{self, Place},
};
use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{capacity, cluster, fault, launch::not_served, network},
};
use domain::{
    cluster::Cluster,
    definition::{DefinitionStatus, TaskDefinition},
    deployment::BackOff,
    service::{Controller, DefinitionName, Service, Template},
};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ecs, view};

view! {
    UpdateService : ecs::UPDATE_SERVICE_REQUEST {
        cluster: Option<&'a str> = "cluster",
        service: &'a str = "service",
        definition: Option<&'a str> = "taskDefinition",
        strategy: Option<&'a [Value]> = "capacityProviderStrategy",
        platform_version: Option<&'a str> = "platformVersion",
        network: Option<&'a Value> = "networkConfiguration",
        force: Option<bool> = "forceNewDeployment",
        controller: Option<AskedController<'a>> = "deploymentController",
    }
}

/// Changes a service; a new deployment begins where that takes one.
pub fn update(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let asked = UpdateService::from(request);
    let settings = Settings::from(request);
    let cluster = cluster::active(view, ctx, asked.cluster)?;
    let found = active(view, ctx, &cluster.name, asked.service)?;
    let mut service = Service::clone(&found.record);
    if let Some(controller) = &asked.controller
        && read_controller(Some(controller))? != service.controller
    {
        return Err(not_served("Changing the `deploymentController` of a service"));
    }
    let mut writes = Writes::new();
    if service.controller == Controller::External {
        refuse_of_task_sets(request)?;
        settings.apply(&mut service)?;
        service.rebalancing = settings.rebalancing(&service, None, |_| found.rebalancing)?;
        settings.refuse_unserved()?;
    } else {
        let is_forced = asked.force == Some(true);
        settings.apply(&mut service)?;
        let (wanted, definition) = wanted(view, ctx, &cluster, &asked, &service)?;
        if let Some(definition) = &definition {
            settings::check_placement(&service, &wanted, definition)?;
        }
        let made_of = definition.as_deref().map(|definition| (&wanted, definition));
        service.rebalancing = settings.rebalancing(&service, made_of, |_| found.rebalancing)?;
        settings.refuse_unserved()?;
        let is_deployed = service.primary().is_some_and(|it| is_same(&it.template, &wanted));
        let deploys = is_forced || !is_deployed;
        match definition {
            Some(definition) if deploys => {
                deploy(view, ctx, &mut service, wanted, &definition, &mut writes)?;
            }
            _ => {
                service.template = Some(wanted);
                retell(view, ctx, &service, &mut writes)?;
            }
        }
    }
    start_over(&mut service);
    if service != *found.record {
        let strategy =
            |service: &Service| service.template.as_ref().map(|template| template.strategy.clone());
        if strategy(&service) != strategy(&found) {
            // Whoever takes a provider from the cluster looks for services that use it.
            cluster::touch(&mut writes, &cluster);
        }
        touch(ctx, &found, &mut service);
        writes.put(&found.key, Expect::Revision(found.modified), service.clone());
    }
    let shown = show(&view.after(&writes), &ctx.scope, &service, Tags::Hidden)?;
    Ok((reply!(ecs::UPDATE_SERVICE_RESPONSE { "service": shown }), writes))
}

/// What tasks are to be made from, and its definition; `None` where that is gone and nothing new is asked for.
fn wanted(
    view: &View,
    ctx: &Ctx,
    cluster: &Cluster,
    asked: &UpdateService<'_>,
    service: &Service,
) -> Result<(Template, Option<Found<TaskDefinition>>), Fault> {
    let current = service.template.clone().expect("a service of the ECS controller has a template");
    let is_forced = asked.force == Some(true);
    let definition = match asked.definition.filter(|text| !text.is_empty()) {
        Some(named) => Some(template::usable_definition(view, ctx, named)?),
        None => {
            let name = &current.definition;
            let key = TaskDefinition::key(&ctx.scope, &name.family, name.revision);
            view.get::<TaskDefinition>(&key)?
        }
    };
    // What was deregistered goes on, also by force; what is being deleted does not begin anew.
    let is_usable = definition
        .as_ref()
        .is_some_and(|definition| definition.status != DefinitionStatus::DeleteInProgress);
    if is_forced && !is_usable {
        return Err(fault::client("TaskDefinition is inactive"));
    }
    let place = place(cluster, asked, service, &current)?;
    let kept_version = current.platform_version.clone();
    let platform_version = place.platform_version(asked.platform_version, kept_version);
    if let Some(definition) = &definition {
        let meant = platform_version.as_deref().or(asked.platform_version);
        template::check(definition, &place, meant)?;
    }
    let network = match &definition {
        None => current.network,
        Some(definition) => {
            let kept = current.network.as_ref();
            network::read(view, ctx, definition, place.launch_type(), asked.network, kept)?
        }
    };
    let name = definition.as_ref().map(|definition| DefinitionName {
        family: definition.family.clone(),
        revision: definition.revision,
    });
    let template = Template {
        definition: name.unwrap_or(current.definition),
        platform_version,
        launch_type: place.launch_type,
        strategy: place.strategy,
        network,
    };
    Ok((template, definition))
}

/// Whether tasks of one template are as good as those of the other.
fn is_same(one: &Template, other: &Template) -> bool {
    one.definition == other.definition
        && one.network == other.network
        && one.platform_version == other.platform_version
}

/// Where tasks are to go. Another strategy takes a new deployment, because tasks stay where they are.
fn place(
    cluster: &Cluster,
    asked: &UpdateService<'_>,
    service: &Service,
    current: &Template,
) -> Result<Place, Fault> {
    let unchanged = Place { launch_type: current.launch_type, strategy: current.strategy.clone() };
    let Some(asked_strategy) = asked.strategy else { return Ok(unchanged) };
    let strategy = capacity::strategy::read(asked_strategy)?;
    if strategy == current.strategy {
        return Ok(unchanged);
    }
    let place = if strategy.is_empty() {
        let launch_type = service.first_launch_type.ok_or_else(|| {
            fault::invalid_parameter(
                "No launch type to fall back to for empty capacity provider strategy. Your service was not created with a launch type.",
            )
        })?;
        Place { launch_type: Some(launch_type), strategy }
    } else {
        capacity::strategy::check(&strategy, cluster)?;
        Place { launch_type: None, strategy }
    };
    if asked.force != Some(true) {
        return Err(fault::invalid_parameter(
            "When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity \
             provider strategy on a service that is already using one, you must force a new deployment.",
        ));
    }
    Ok(place)
}

/// Of a service whose client drives its deployments, only what is not a task set's can be changed.
fn refuse_of_task_sets(request: &Value) -> Result<(), Fault> {
    const NAMES: [&str; 8] = [
        "taskDefinition",
        "capacityProviderStrategy",
        "deploymentConfiguration",
        "platformVersion",
        "networkConfiguration",
        "loadBalancers",
        "serviceRegistries",
        "forceNewDeployment",
    ];
    let is_said = |name: &&&str| {
        super::is_given(request, name) && request.get(name) != Some(&Value::Bool(false))
    };
    match NAMES.iter().find(is_said) {
        None => Ok(()),
        Some(name) => Err(fault::invalid_parameter(format!(
            "Unable to update {name} on services with an EXTERNAL deployment controller: change it in a task set."
        ))),
    }
}

/// Whoever changes a service has probably mended why its tasks did not start: they are started at once again.
fn start_over(service: &mut Service) {
    for deployment in &mut service.deployments {
        deployment.failed_tasks = 0;
        deployment.retry_at = None;
        deployment.back_off = BackOff::default();
    }
    for set in &mut service.task_sets {
        set.failed_tasks = 0;
        set.retry_at = None;
        set.back_off = BackOff::default();
    }
}

/// Marks what changed as changed, so that the scheduler says when it is steady again.
fn touch(ctx: &Ctx, before: &Service, service: &mut Service) {
    service.is_steady = false;
    if before.desired == service.desired {
        return;
    }
    if let Some(primary) = service.deployments.first_mut() {
        primary.updated_at = ctx.now;
    }
}
