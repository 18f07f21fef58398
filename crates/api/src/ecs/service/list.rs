//! ListServices and ListServicesByNamespace.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::cluster,
    page::{Limits, Page},
};
use domain::{
    arn,
    id::ServiceName,
    service::{Service, ServiceStatus},
    status::LaunchType,
};
use store::Found;
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own numbers: 1 to 100, 10 when nothing is said.
const TEN: Limits = Limits { allowed: 1..=100, default: 10 };

view! {
    ListServices : ecs::LIST_SERVICES_REQUEST {
        cluster: Option<&'a str> = "cluster",
        launch_type: Option<&'a str> = "launchType",
        scheduling: Option<&'a str> = "schedulingStrategy",
        management: Option<&'a str> = "resourceManagementType",
    }
    ListByNamespace : ecs::LIST_SERVICES_BY_NAMESPACE_REQUEST {
        namespace: &'a str = "namespace",
    }
}

/// Lists the ARNs of a cluster's ACTIVE services that all filters of the request hold for, by name.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let page = Page::of("ListServices", &ctx.scope, request, &TEN)?;
    let request = ListServices::from(request);
    let cluster = cluster::active(view, ctx, request.cluster)?.name.clone();
    let is_listed = |service: &Service| {
        let launch_type = service.template.as_ref().and_then(|template| template.launch_type);
        let launch_type = launch_type.map(LaunchType::as_str);
        service.status == ServiceStatus::Active
            && request.launch_type.is_none_or(|wanted| launch_type == Some(wanted))
            && request.scheduling.is_none_or(|wanted| service.scheduling.as_str() == wanted)
            // Services that ECS itself makes for Express gateways are not served.
            && request.management.is_none_or(|wanted| wanted == "CUSTOMER")
    };
    let entry = |found: Result<Found<Service>, Fault>| match found {
        Ok(found) if is_listed(&found) => {
            let arn = arn::service(&ctx.scope, &cluster, &found.name);
            Some(Ok((found.name.to_string(), arn)))
        }
        Ok(_) => None,
        Err(fault) => Some(Err(fault)),
    };
    let all = Service::all_in(&ctx.scope, &cluster);
    let after = page.after().and_then(|name| ServiceName::parse(name).ok());
    let (arns, next) = match after {
        Some(name) => {
            let after = Service::key(&ctx.scope, &cluster, &name);
            page.cut(view.range_after::<Service>(&all, &after).filter_map(entry))?
        }
        None => page.cut(view.range::<Service>(&all).filter_map(entry))?,
    };
    let arns: Value = arns.into_iter().collect();
    let reply = reply!(ecs::LIST_SERVICES_RESPONSE { "serviceArns": arns, "nextToken": next });
    Ok((reply, Writes::new()))
}

/// Lists the services of a Cloud Map namespace. There is no namespace, as none can be created yet.
pub fn list_by_namespace(_view: &View, request: &Value, ctx: &Ctx) -> Decision {
    Page::of("ListServicesByNamespace", &ctx.scope, request, &TEN)?;
    let namespace = ListByNamespace::from(request).namespace;
    Err(Fault::sender(
        "NamespaceNotFoundException",
        format!(
            "Namespace `{namespace}` was not found: namespaces are not served by Longshore yet."
        ),
    ))
}
