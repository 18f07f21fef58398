//! The services that VPC endpoints may be for: those of a region of AWS that stacks with ECS make endpoints for.
//!
//! That one is listed says that an endpoint for it can be made, and not that Longshore serves it: see `vpc_endpoint.rs`.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault,
        filter::Filters,
        id,
        request::{text, texts},
        zone,
    },
    page::{Limits, Page},
};
use wire::{Fault, Value, reply, tables::ec2};

const PAGES: Limits = Limits { allowed: 1..=1000, default: i64::MAX };
/// What names of services begin with.
const PREFIX: &str = "com.amazonaws.";
/// Those that are reached by routes too. Their own names are nobody's to give to an interface.
const BY_ROUTES: [&str; 2] = ["dynamodb", "s3"];

/// Services by the last part of their names, and the first part of their host names.
const SERVICES: &[(&str, &str)] = &[
    ("application-autoscaling", "application-autoscaling"),
    ("autoscaling", "autoscaling"),
    ("dynamodb", "dynamodb"),
    ("ec2", "ec2"),
    ("ec2messages", "ec2messages"),
    ("ecr.api", "api.ecr"),
    ("ecr.dkr", "dkr.ecr"),
    ("ecs", "ecs"),
    ("ecs-agent", "ecs-a"),
    ("ecs-telemetry", "ecs-t"),
    ("elasticfilesystem", "elasticfilesystem"),
    ("elasticloadbalancing", "elasticloadbalancing"),
    ("events", "events"),
    ("kms", "kms"),
    ("logs", "logs"),
    ("monitoring", "monitoring"),
    ("s3", "s3"),
    ("scheduler", "scheduler"),
    ("secretsmanager", "secretsmanager"),
    ("servicediscovery", "servicediscovery"),
    ("sns", "sns"),
    ("sqs", "sqs"),
    ("ssm", "ssm"),
    ("ssmmessages", "ssmmessages"),
    ("sts", "sts"),
    ("xray", "xray"),
];

/// How a service is reached by an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// By routes to its addresses.
    Gateway,
    /// By interfaces in subnets.
    Interface,
}

impl Way {
    /// As the API names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gateway => "Gateway",
            Self::Interface => "Interface",
        }
    }
}

/// A service in a region.
#[derive(Clone, Debug)]
pub struct EndpointService {
    /// Such as `com.amazonaws.us-east-1.ecr.api`.
    pub name: String,
    short: &'static str,
    host: &'static str,
    region: String,
}

impl EndpointService {
    /// The one with a name.
    ///
    /// # Errors
    /// `InvalidServiceName`.
    pub fn find(ctx: &Ctx, name: &str) -> Result<Self, Fault> {
        let found = all(ctx).find(|service| service.name == name);
        found.ok_or_else(|| {
            let message = format!("The Vpc Endpoint Service '{name}' does not exist");
            fault::fault("InvalidServiceName", message)
        })
    }

    /// How it is reached.
    pub fn ways(&self) -> &'static [Way] {
        if BY_ROUTES.contains(&self.short) {
            &[Way::Gateway, Way::Interface]
        } else {
            &[Way::Interface]
        }
    }

    /// What the names of its endpoints end in.
    pub fn endpoint_domain(&self) -> String {
        format!("{}.{}.vpce.amazonaws.com", self.host, self.region)
    }

    /// Its own name, where an endpoint may take it over.
    pub fn private_name(&self) -> Option<String> {
        let wildcard = if self.short == "ecr.dkr" { "*." } else { "" };
        let is_free = !BY_ROUTES.contains(&self.short);
        is_free.then(|| format!("{wildcard}{}.{}.amazonaws.com", self.host, self.region))
    }

    fn values(&self, way: Way, filter: &str) -> Option<Vec<String>> {
        Some(vec![match filter {
            "owner" => "amazon".to_owned(),
            "service-name" => self.name.clone(),
            "service-region" => self.region.clone(),
            "service-type" => way.as_str().to_owned(),
            "supported-ip-address-types" => "ipv4".to_owned(),
            // They have no tags.
            "tag-key" => return Some(Vec::new()),
            _ if filter.starts_with("tag:") => return Some(Vec::new()),
            _ => return None,
        }])
    }

    fn show(&self, ctx: &Ctx, way: Way) -> Value {
        let texts = |texts: &[String]| texts.iter().map(String::as_str).collect::<Value>();
        let private = self.private_name().filter(|_| way == Way::Interface);
        let names = private
            .iter()
            .map(|name| reply!(ec2::PRIVATE_DNS_DETAILS { "PrivateDnsName": name.as_str() }));
        let zones = zone::names(&ctx.scope);
        let zone_ids = zones.clone().map(|zone| domain::vpc::zone_id(&zone));
        let base = match way {
            Way::Gateway => format!("{}.{}.amazonaws.com", self.host, self.region),
            Way::Interface => self.endpoint_domain(),
        };
        reply!(ec2::SERVICE_DETAIL {
            "ServiceName": self.name.as_str(),
            "ServiceId": id::fixed(&ctx.scope, "vpce-svc", &format!("{}/{}", self.short, way.as_str())),
            "ServiceType": Value::List(vec![reply!(ec2::SERVICE_TYPE_DETAIL { "ServiceType": way.as_str() })]),
            "ServiceRegion": self.region.as_str(),
            "AvailabilityZoneIds": texts(&zone_ids),
            "AvailabilityZones": texts(&zones),
            "Owner": "amazon",
            "BaseEndpointDnsNames": texts(&[base]),
            "PrivateDnsName": private.as_deref(),
            "PrivateDnsNames": names.collect::<Value>(),
            "VpcEndpointPolicySupported": true,
            "AcceptanceRequired": false,
            "ManagesVpcEndpoints": false,
            "PrivateDnsNameVerificationState": private.as_ref().map(|_| "verified"),
            "SupportedIpAddressTypes": texts(&["ipv4".to_owned()]),
        })
    }
}

fn all(ctx: &Ctx) -> impl Iterator<Item = EndpointService> {
    let region = ctx.scope.region.to_string();
    SERVICES.iter().map(move |&(short, host)| EndpointService {
        name: format!("{PREFIX}{region}.{short}"),
        short,
        host,
        region: region.clone(),
    })
}

/// Describes the services, each once for every way.
pub fn describe(_: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (named, filters) = (texts(request, "ServiceNames"), Filters::read(request)?);
    for name in &named {
        EndpointService::find(ctx, name)?;
    }
    if let Some(other) =
        texts(request, "ServiceRegions").into_iter().find(|it| *it != ctx.scope.region.as_str())
    {
        return Err(fault::not_served(&format!("A service of another region, `{other}`,")));
    }
    let mut entries = Vec::new();
    for service in all(ctx) {
        for way in service.ways() {
            let is_named = named.is_empty() || named.contains(&service.name.as_str());
            if is_named && filters.admit(|filter| Ok(service.values(*way, filter)))? {
                let position = format!("{} {}", service.name, way.as_str());
                entries.push(Ok((position, service.show(ctx, *way))));
            }
        }
    }
    let page = Page::of_ec2("DescribeVpcEndpointServices", &ctx.scope, request, &PAGES)?;
    let (details, next) = page.cut_all(entries, |earlier, later| earlier < later)?;
    let mut names: Vec<&str> = details.iter().filter_map(|it| text(it, "ServiceName")).collect();
    names.dedup();
    let reply = reply!(ec2::DESCRIBE_VPC_ENDPOINT_SERVICES_RESULT {
        "ServiceNames": names.into_iter().collect::<Value>(),
        "ServiceDetails": Value::List(details),
        "NextToken": next,
    });
    Ok((reply, Writes::new()))
}
