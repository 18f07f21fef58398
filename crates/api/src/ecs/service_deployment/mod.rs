//! Service deployments: the stories of how a service came to what it is (spec/services.md §4).
//!
//! Not here: how a story begins (`service/deploy.rs`) and goes on (the scheduler's rounds); deployments that shift traffic, which are not
//! served, so that no story has a lifecycle stage or hooks.

mod show;
mod stop;

#[cfg(test)]
mod tests;

pub use stop::stop;

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    ecs::{cluster, fault, named, service},
    page::{Limits, Page},
};
use domain::{
    arn::{self, Arn},
    deployment::{ServiceDeployment, ServiceDeploymentStatus},
    id::{ClusterName, ServiceDeploymentId, ServiceName},
    key::Key,
    service::Service,
    time::Timestamp,
};
use show::{Muster, show};
use std::collections::BTreeMap;
use store::Found;
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit; DescribeServiceDeployments refuses more.
const DESCRIBED_PER_CALL_MAX: usize = 20;

/// ECS's own limits on pages of stories.
const PAGES: Limits = Limits { allowed: 1..=100, default: 20 };

view! {
    List : ecs::LIST_SERVICE_DEPLOYMENTS_REQUEST {
        service: &'a str = "service",
        cluster: Option<&'a str> = "cluster",
        statuses: Vec<&'a str> = "status",
        created: Option<Created<'a>> = "createdAt",
    }
    Created : ecs::CREATED_AT {
        before: Option<i64> = "before",
        after: Option<i64> = "after",
    }
    Describe : ecs::DESCRIBE_SERVICE_DEPLOYMENTS_REQUEST {
        arns: Vec<&'a str> = "serviceDeploymentArns",
    }
}

/// Lists a service's stories that all filters of the request hold for, the newest first.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let page = Page::of("ListServiceDeployments", &ctx.scope, request, &PAGES)?;
    let request = List::from(request);
    let cluster = cluster::active(view, ctx, request.cluster)?;
    let service = service::existing(view, ctx, &cluster.name, request.service)?;
    let statuses = request.statuses.iter().map(|name| ServiceDeploymentStatus::parse(name));
    let statuses: Vec<_> = statuses.collect();
    let is_listed = |story: &ServiceDeployment| {
        let is_created = request.created.as_ref().is_none_or(|created| {
            created.before.is_none_or(|before| story.created_at < Timestamp(before))
                && created.after.is_none_or(|after| story.created_at > Timestamp(after))
        });
        is_created && (statuses.is_empty() || statuses.contains(&Some(story.status)))
    };
    let all = ServiceDeployment::all_of(&ctx.scope, &cluster.name, &service.name);
    let stories: Vec<Found<ServiceDeployment>> = view.range(&all).collect::<Result<_, _>>()?;
    let mut stories: Vec<_> = stories.iter().filter(|story| is_listed(story)).collect();
    stories.sort_by_key(|story| position(story));
    let entries =
        stories.into_iter().map(|story| Ok((position(story), brief(ctx, &service, story))));
    let (briefs, next) = page.cut_all(entries, |earlier, later| earlier < later)?;
    let reply = reply!(ecs::LIST_SERVICE_DEPLOYMENTS_RESPONSE {
        "serviceDeployments": briefs,
        "nextToken": next,
    });
    Ok((reply, Writes::new()))
}

/// Where a story stands in the list: positions order as texts, and the newest comes first.
fn position(story: &ServiceDeployment) -> String {
    let before = i64::MAX - story.created_at.0.max(0);
    format!("{before:019}/{}", story.id)
}

fn brief(ctx: &Ctx, service: &Service, story: &ServiceDeployment) -> Value {
    let (scope, cluster, name) = (&ctx.scope, &service.cluster, &service.name);
    reply!(ecs::SERVICE_DEPLOYMENT_BRIEF {
        "serviceDeploymentArn": arn::service_deployment(scope, cluster, name, &story.id),
        "serviceArn": arn::service(scope, cluster, name),
        "clusterArn": arn::cluster(scope, cluster),
        "startedAt": story.started_at.map(moment),
        "createdAt": moment(story.created_at),
        "finishedAt": story.finished_at.map(moment),
        "targetServiceRevisionArn": arn::service_revision(scope, cluster, name, &story.target),
        "status": story.status.as_str(),
        "statusReason": story.status_reason.as_deref(),
    })
}

/// Describes stories by ARN; what does not exist is a failure.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Describe::from(request);
    named::check_count(&request.arns, DESCRIBED_PER_CALL_MAX, "Service deployment ARNs")?;
    let (mut shown, mut failures) = (Vec::new(), Vec::new());
    let mut musters: BTreeMap<Key, Muster> = BTreeMap::new();
    for text in request.arns {
        let Some(named) = Named::read(ctx, text)? else {
            failures.push(fault::missing(text));
            continue;
        };
        match named.find(view, ctx)? {
            Some(told) => {
                // Stories that are asked for together are mostly those of one service.
                let key = &told.service.key;
                if !musters.contains_key(key) {
                    musters.insert(key.clone(), Muster::of(view, &ctx.scope, &told.service)?);
                }
                shown.push(show(&ctx.scope, &told, &musters[key]));
            }
            None => failures.push(fault::missing(text)),
        }
    }
    let reply = reply!(ecs::DESCRIBE_SERVICE_DEPLOYMENTS_RESPONSE {
        "serviceDeployments": shown,
        "failures": failures,
    });
    Ok((reply, Writes::new()))
}

/// A story, and the service that it is told of.
struct Told {
    story: Found<ServiceDeployment>,
    service: Found<Service>,
}

/// What the ARN of a story names.
struct Named {
    cluster: ClusterName,
    service: ServiceName,
    id: ServiceDeploymentId,
}

impl Named {
    /// `None` for one that cannot be here: of another account, region or length.
    fn read(ctx: &Ctx, text: &str) -> Result<Option<Self>, Fault> {
        let malformed = || {
            fault::invalid_parameter(format!(
                "Invalid identifier: `{text}` is not the ARN of a service deployment."
            ))
        };
        let arn = Arn::parse(text).filter(|arn| arn.service == "ecs").ok_or_else(malformed)?;
        if !arn.resource.starts_with("service-deployment/") {
            return Err(malformed());
        }
        let named = arn.resource_in_service(&ctx.scope, "service-deployment");
        Ok(named.and_then(|(cluster, service, id)| {
            Some(Self { cluster, service, id: ServiceDeploymentId::parse(id).ok()? })
        }))
    }

    /// The story and its service, if there are both.
    fn find(&self, view: &View, ctx: &Ctx) -> Result<Option<Told>, Fault> {
        let (cluster, service) = (&self.cluster, &self.service);
        let key = ServiceDeployment::key(&ctx.scope, cluster, service, &self.id);
        let Some(story) = view.get::<ServiceDeployment>(&key)? else { return Ok(None) };
        let service = view.get::<Service>(&Service::key(&ctx.scope, cluster, service))?;
        Ok(service.map(|service| Told { story, service }))
    }
}
