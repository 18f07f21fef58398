//! CreateTaskSet.

use super::{Scale, read_scale, rewrite, service_of, show};
use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{
        cluster, fault,
        launch::not_served,
        service::{Tags, Tally, check_placement, read_template},
        tag, token,
    },
};
use domain::{
    deployment::BackOff,
    id::DeploymentId,
    service::{Controller, Service},
    task_set::{TaskSet, TaskSetStatus},
};
use store::Expect;
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit on the task sets of a service.
const SETS_MAX: usize = 5;

/// ECS's own limit.
const TOKEN_LENGTH_MAX: usize = 36;

/// As long as an attribute's value in a registry, which it is meant for.
const EXTERNAL_ID_LENGTH_MAX: usize = 1024;

view! {
    Create : ecs::CREATE_TASK_SET_REQUEST {
        cluster: &'a str = "cluster",
        service: &'a str = "service",
        external_id: Option<&'a str> = "externalId",
        load_balancers: &'a [Value] = "loadBalancers",
        registries: &'a [Value] = "serviceRegistries",
        scale: Option<Scale<'a>> = "scale",
        token: Option<&'a str> = "clientToken",
        tags: &'a [Value] = "tags",
    }
}

/// Makes a task set, ACTIVE. A client token makes one only once.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let asked = Create::from(request);
    let service = service_of(view, ctx, asked.cluster, asked.service)?;
    if service.controller != Controller::External {
        return Err(fault::invalid_parameter(
            "Task sets are for services with the EXTERNAL deployment controller only.",
        ));
    }
    let token = token::read(asked.token, TOKEN_LENGTH_MAX)?;
    let token = token.map(|token| (token.to_owned(), token::parameters(request)));
    if let Some(set) = made_before(&service, token.as_ref())? {
        let reply = reply_with(view, ctx, &service, set)?;
        return Ok((reply, Writes::new()));
    }
    let cluster = cluster::active(view, ctx, Some(asked.cluster))?;
    let (template, definition) = read_template(view, ctx, &cluster, request)?;
    check_placement(&service, &template, &definition)?;
    let external_id = asked.external_id.filter(|id| !id.is_empty());
    if external_id.is_some_and(|id| id.chars().count() > EXTERNAL_ID_LENGTH_MAX) {
        return Err(fault::invalid_parameter(format!(
            "`externalId` has at most {EXTERNAL_ID_LENGTH_MAX} characters."
        )));
    }
    let scale_percent = read_scale(asked.scale.as_ref())?;
    let tags = tag::read(asked.tags)?;
    refuse_unserved(&asked)?;
    if service.task_sets.len() >= SETS_MAX {
        return Err(fault::limit_exceeded(format!(
            "A service can have at most {SETS_MAX} task sets."
        )));
    }
    let mut set = TaskSet {
        id: DeploymentId::from_number(ctx.ids.number("task set", 0)),
        status: TaskSetStatus::Active,
        template,
        scale_percent,
        external_id: external_id.map(str::to_owned),
        token,
        tags,
        created_at: ctx.now,
        updated_at: ctx.now,
        stability_at: ctx.now,
        is_steady: false,
        failed_tasks: 0,
        retry_at: None,
        back_off: BackOff::default(),
    };
    // One that wants no task has nothing to wait for.
    set.is_steady = set.computed_desired(service.desired) == 0;
    let mut after = Service::clone(&service.record);
    after.is_steady = false;
    after.task_sets.insert(0, set.clone());
    let reply = reply_with(view, ctx, &after, &set)?;
    let mut writes = rewrite(&service, after);
    writes.expect(&definition.key, Expect::Revision(definition.modified));
    // A capacity provider is not taken from the cluster without a look at the task sets that are on it.
    cluster::touch(&mut writes, &cluster);
    Ok((reply, writes))
}

fn reply_with(view: &View, ctx: &Ctx, service: &Service, set: &TaskSet) -> Result<Value, Fault> {
    let tally = Tally::of(view, &ctx.scope, service)?;
    let shown = show(&ctx.scope, service, set, &tally, Tags::Shown);
    Ok(reply!(ecs::CREATE_TASK_SET_RESPONSE { "taskSet": shown }))
}

/// The task set that was made for this token.
fn made_before<'a>(
    service: &'a Service,
    token: Option<&(String, String)>,
) -> Result<Option<&'a TaskSet>, Fault> {
    let Some(token) = token else { return Ok(None) };
    let made = |set: &&TaskSet| set.token.as_ref().is_some_and(|(text, _)| *text == token.0);
    match service.task_sets.iter().find(made) {
        Some(set) if set.token.as_ref() != Some(token) => {
            Err(fault::invalid_parameter("Creation of task set was not idempotent."))
        }
        found => Ok(found),
    }
}

fn refuse_unserved(asked: &Create<'_>) -> Result<(), Fault> {
    if !asked.load_balancers.is_empty() {
        return Err(not_served("`loadBalancers` of task sets"));
    }
    if !asked.registries.is_empty() {
        return Err(not_served("`serviceRegistries`"));
    }
    Ok(())
}
