//! DescribeServices.

use super::{
    find,
    show::{Tags, show},
};
use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{cluster, fault, named},
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
    named::check_count(&request.services, SERVICES_PER_CALL_MAX, "Services")?;
    let tags = if request.include.contains(&"TAGS") { Tags::Shown } else { Tags::Hidden };
    let (mut services, mut failures) = (Vec::new(), Vec::new());
    for identifier in request.services {
        match find(view, ctx, &cluster, identifier)? {
            Some(found) => services.push(show(view, &ctx.scope, &found, tags)?),
            None => {
                let parents = format!("service/{cluster}");
                failures.push(fault::missing(&named::arn_below(&ctx.scope, &parents, identifier)));
            }
        }
    }
    let reply =
        reply!(ecs::DESCRIBE_SERVICES_RESPONSE { "services": services, "failures": failures });
    Ok((reply, Writes::new()))
}
