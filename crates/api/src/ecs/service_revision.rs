//! Service revisions: what each deployment of a service deploys. They never change but for the image digests that the first task told.

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    ecs::{
        fault, named,
        service::{show_place, show_platform},
    },
};
use domain::{
    arn::{self, Arn},
    deployment::ServiceRevision,
    id::{ClusterName, DeploymentId, Scope, ServiceName},
};
use wire::{Value, reply, tables::ecs, view};

/// ECS's own limit; DescribeServiceRevisions refuses more.
const DESCRIBED_PER_CALL_MAX: usize = 20;

view! {
    Describe : ecs::DESCRIBE_SERVICE_REVISIONS_REQUEST {
        arns: Vec<&'a str> = "serviceRevisionArns",
    }
}

/// Describes revisions by ARN; what does not exist is a failure.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Describe::from(request);
    named::check_count(&request.arns, DESCRIBED_PER_CALL_MAX, "Service revision ARNs")?;
    let (mut shown, mut failures) = (Vec::new(), Vec::new());
    for text in request.arns {
        let malformed = || {
            fault::invalid_parameter(format!(
                "Invalid identifier: `{text}` is not the ARN of a service revision."
            ))
        };
        let arn = Arn::parse(text)
            .filter(|arn| arn.service == "ecs" && arn.resource.starts_with("service-revision/"));
        let named = arn.ok_or_else(malformed)?.resource_in_service(&ctx.scope, "service-revision");
        let named = named.and_then(|(cluster, service, id)| {
            Some((cluster, service, DeploymentId::parse(id).ok()?))
        });
        let Some((cluster, service, id)) = named else {
            failures.push(fault::missing(text));
            continue;
        };
        let key = ServiceRevision::key(&ctx.scope, &cluster, &service, &id);
        match view.get::<ServiceRevision>(&key)? {
            Some(found) => shown.push(show(&ctx.scope, &cluster, &service, &found)),
            None => failures.push(fault::missing(text)),
        }
    }
    let reply = reply!(ecs::DESCRIBE_SERVICE_REVISIONS_RESPONSE {
        "serviceRevisions": shown,
        "failures": failures,
    });
    Ok((reply, Writes::new()))
}

fn show(
    scope: &Scope,
    cluster: &ClusterName,
    service: &ServiceName,
    revision: &ServiceRevision,
) -> Value {
    let images = revision.images.iter().map(|image| {
        reply!(ecs::CONTAINER_IMAGE {
            "containerName": &image.container,
            "image": &image.image,
            "imageDigest": image.digest.as_deref(),
        })
    });
    let name = &revision.template.definition;
    let mut shown = reply!(ecs::SERVICE_REVISION {
        "serviceRevisionArn": arn::service_revision(scope, cluster, service, &revision.id),
        "serviceArn": arn::service(scope, cluster, service),
        "clusterArn": arn::cluster(scope, cluster),
        "taskDefinition": arn::definition(scope, &name.family, name.revision),
        "loadBalancers": Vec::<Value>::new(),
        "serviceRegistries": Vec::<Value>::new(),
        "containerImages": images.collect::<Value>(),
        "guardDutyEnabled": false,
        "createdAt": moment(revision.created_at),
    });
    if let Value::Map(members) = &mut shown {
        show_platform(members, &revision.template);
        show_place(members, &revision.template);
    }
    shown
}
