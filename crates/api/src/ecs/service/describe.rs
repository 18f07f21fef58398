//! DescribeServices.

use super::{
    find,
    show::{Tags, show},
};
use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{cluster, fault},
};
use domain::{
    arn,
    id::{ClusterName, Scope},
};
use wire::{Value, reply, tables::ecs, view};

/// ECS's own limit; DescribeServices refuses more.
const SERVICES_PER_CALL_MAX: usize = 10;

view! {
    DescribeServices : ecs::DESCRIBE_SERVICES_REQUEST {
        cluster: Option<&'a str> = "cluster",
        services: Vec<&'a str> = "services",
        include: Vec<&'a str> = "include",
    }
}

/// Describes services by name or ARN, also those that were deleted and are still kept; what does not exist is a failure.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = DescribeServices::from(request);
    let cluster = cluster::active(view, ctx, request.cluster)?.name.clone();
    if request.services.is_empty() {
        return Err(fault::invalid_parameter("Services cannot be empty."));
    }
    if request.services.len() > SERVICES_PER_CALL_MAX {
        let message = format!("Services cannot have more than {SERVICES_PER_CALL_MAX} elements.");
        return Err(fault::invalid_parameter(message));
    }
    let tags = if request.include.contains(&"TAGS") { Tags::Shown } else { Tags::Hidden };
    let (mut services, mut failures) = (Vec::new(), Vec::new());
    for identifier in request.services {
        match find(view, ctx, &cluster, identifier)? {
            Some(found) => services.push(show(view, &ctx.scope, &found, tags)?),
            None => failures.push(fault::missing(&arn_of(&ctx.scope, &cluster, identifier))),
        }
    }
    let reply =
        reply!(ecs::DESCRIBE_SERVICES_RESPONSE { "services": services, "failures": failures });
    Ok((reply, Writes::new()))
}

/// The full ARN of the service that a request names, whether it exists or not.
fn arn_of(scope: &Scope, cluster: &ClusterName, identifier: &str) -> String {
    if identifier.starts_with("arn:") {
        return identifier.to_owned();
    }
    arn::ecs(scope, &format!("service/{cluster}/{identifier}"))
}
