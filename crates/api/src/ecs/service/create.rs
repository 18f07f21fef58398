//! CreateService.
//!
//! Invariant: a name is taken by the record that is expected to be absent or INACTIVE, and the cluster's record is put with it, so that
//! deleting the cluster and filling it cannot pass each other unseen.

use super::{
    deploy::deploy,
    settings::{self, Settings},
    show::{Tags, show},
    template,
};
use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{cluster, fault, launch::not_served, tag, token},
};
use domain::{
    cluster::Cluster,
    deployment::DeploymentConfiguration,
    id::{ClusterName, ServiceName},
    service::{
        Controller, PropagateTags, SchedulingStrategy, Service, ServiceEvent, ServiceStatus,
    },
    status::LaunchType,
};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit.
const TOKEN_LENGTH_MAX: usize = 36;

view! {
    CreateService : ecs::CREATE_SERVICE_REQUEST {
        cluster: Option<&'a str> = "cluster",
        name: &'a str = "serviceName",
        token: Option<&'a str> = "clientToken",
        desired: Option<i64> = "desiredCount",
        scheduling: Option<&'a str> = "schedulingStrategy",
        controller: Option<AskedController<'a>> = "deploymentController",
        launch_type: Option<&'a str> = "launchType",
        role: Option<&'a str> = "role",
        load_balancers: &'a [Value] = "loadBalancers",
        tags: &'a [Value] = "tags",
    }
    pub(super) AskedController : ecs::DEPLOYMENT_CONTROLLER {
        kind: &'a str = "type",
    }
}

/// Creates a service; its first deployment begins.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let asked = CreateService::from(request);
    let cluster = cluster::active(view, ctx, asked.cluster)?;
    let name = ServiceName::parse(asked.name).map_err(|_| {
        fault::invalid_parameter(format!(
            "Service name must be at most 255 letters, digits, hyphens and underscores, but was {}",
            asked.name
        ))
    })?;
    let token = token::read(asked.token, TOKEN_LENGTH_MAX)?;
    let token = token.map(|token| (token.to_owned(), token::parameters(request)));
    let key = Service::key(&ctx.scope, &cluster.name, &name);
    let found = view.get::<Service>(&key)?;
    let expect = match &found {
        None => Expect::Absent,
        Some(found) => match found.status {
            ServiceStatus::Inactive => Expect::Revision(found.modified),
            ServiceStatus::Draining => {
                let message = "Unable to Start a service that is still Draining.";
                return Err(fault::invalid_parameter(message));
            }
            ServiceStatus::Active if token.is_some() && found.token == token => {
                return Ok((reply_with(view, ctx, found)?, Writes::new()));
            }
            ServiceStatus::Active => {
                let message = "Creation of service was not idempotent.";
                return Err(fault::invalid_parameter(message));
            }
        },
    };
    let mut service = blank(ctx, &cluster.name, name, &asked)?;
    service.token = token;
    let mut writes = Writes::new();
    forget_events(view, ctx, found.as_ref(), &mut writes);
    fill(view, ctx, &cluster, request, &asked, &mut service, &mut writes)?;
    cluster::touch(&mut writes, &cluster);
    writes.put(&key, expect, service.clone());
    let reply = reply_with(&view.after(&writes), ctx, &service)?;
    Ok((reply, writes))
}

fn reply_with(view: &View, ctx: &Ctx, service: &Service) -> Result<Value, Fault> {
    let shown = show(view, &ctx.scope, service, Tags::Shown)?;
    Ok(reply!(ecs::CREATE_SERVICE_RESPONSE { "service": shown }))
}

/// A service with nothing set that a template or a setting says.
fn blank(
    ctx: &Ctx,
    cluster: &ClusterName,
    name: ServiceName,
    asked: &CreateService<'_>,
) -> Result<Service, Fault> {
    let scheduling =
        asked.scheduling.and_then(SchedulingStrategy::parse).unwrap_or(SchedulingStrategy::Replica);
    let controller = read_controller(asked.controller.as_ref())?;
    if scheduling == SchedulingStrategy::Daemon && controller != Controller::Ecs {
        return Err(fault::invalid_parameter(format!(
            "The daemon scheduling strategy does not support the {controller} deployment controller."
        )));
    }
    Ok(Service {
        name,
        cluster: cluster.clone(),
        status: ServiceStatus::Active,
        inactive_since: None,
        scheduling,
        controller,
        desired: 0,
        template: None,
        first_launch_type: asked.launch_type.and_then(LaunchType::parse),
        configuration: settings::default_configuration(scheduling),
        constraints: Vec::new(),
        strategies: Vec::new(),
        grace_s: None,
        rebalancing: false,
        managed_tags: false,
        propagate: PropagateTags::None,
        exec: false,
        role: asked.role.filter(|role| !role.is_empty()).map(str::to_owned),
        created_at: ctx.now,
        created_by: Some(ctx.caller.arn.clone()),
        token: None,
        tags: tag::read(asked.tags)?,
        deployments: Vec::new(),
        last_completed: None,
        task_sets: Vec::new(),
        next_event: 0,
        said: None,
        is_steady: false,
        is_rebalancing: false,
    })
}

/// The deployment controller that is asked for.
pub(super) fn read_controller(asked: Option<&AskedController<'_>>) -> Result<Controller, Fault> {
    let Some(asked) = asked else { return Ok(Controller::Ecs) };
    let unserved = || not_served(&format!("Deployment controller {}", asked.kind));
    Controller::parse(asked.kind).ok_or_else(unserved)
}

/// Gives a blank service its settings and its first deployment.
fn fill(
    view: &View,
    ctx: &Ctx,
    cluster: &Cluster,
    request: &Value,
    asked: &CreateService<'_>,
    service: &mut Service,
    writes: &mut Writes,
) -> Result<(), Fault> {
    let settings = Settings::from(request);
    if service.controller == Controller::External {
        refuse_of_task_sets(request)?;
        settings.apply(service)?;
        if service.configuration != DeploymentConfiguration::default() {
            return Err(fault::invalid_parameter(
                "Services with the EXTERNAL deployment controller use the defaults of deploymentConfiguration.",
            ));
        }
        service.rebalancing = settings.rebalancing(service, None, |_| false)?;
        return settings.refuse_unserved();
    }
    if service.scheduling == SchedulingStrategy::Replica && asked.desired.is_none() {
        return Err(fault::invalid_parameter("desiredCount is required for REPLICA services."));
    }
    if service.role.is_some() && asked.load_balancers.is_empty() {
        return Err(fault::invalid_parameter(
            "You cannot specify an IAM role for services that require a service linked role.",
        ));
    }
    settings.apply(service)?;
    let (template, definition) = template::read(view, ctx, cluster, request)?;
    settings::check_placement(service, &template, &definition)?;
    let made_of = Some((&template, definition.record.as_ref()));
    service.rebalancing = settings.rebalancing(service, made_of, |obstacle| obstacle.is_none())?;
    settings.refuse_unserved()?;
    if template.strategy.is_empty() {
        service.first_launch_type = template.launch_type;
    }
    deploy(view, ctx, service, template, &definition, writes)
}

/// What the task sets of a service say is not the service's to say.
fn refuse_of_task_sets(request: &Value) -> Result<(), Fault> {
    const NAMES: [&str; 7] = [
        "taskDefinition",
        "launchType",
        "capacityProviderStrategy",
        "platformVersion",
        "networkConfiguration",
        "loadBalancers",
        "serviceRegistries",
    ];
    match NAMES.iter().find(|name| super::is_given(request, name)) {
        None => Ok(()),
        Some(name) => Err(fault::invalid_parameter(format!(
            "Services with the EXTERNAL deployment controller have no {name} of their own: their task sets have."
        ))),
    }
}

/// An INACTIVE service of the same name leaves its events behind; they are not those of the new one.
fn forget_events(view: &View, ctx: &Ctx, old: Option<&Found<Service>>, writes: &mut Writes) {
    let Some(old) = old else { return };
    for key in view.keys(&ServiceEvent::all_of(&ctx.scope, &old.cluster, &old.name)) {
        writes.delete(key, Expect::Any);
    }
}
