//! Which secrets and which registry's login a container needs; the agent fetches them itself, with the execution role.

use domain::{
    arn::Arn,
    definition::{ContainerDefinition, Secret},
    id::Scope,
};
use serde_json::{Value as Json, json};

/// The secrets of `container`: its variables', then its log driver's.
pub(super) fn references(scope: &Scope, container: &ContainerDefinition) -> Vec<Json> {
    let variables = container.secrets.iter().flatten();
    let options =
        container.log_configuration.iter().flat_map(|it| it.secret_options.iter().flatten());
    let variables = variables.map(|secret| reference(scope, secret, "CONTAINER"));
    variables.chain(options.map(|secret| reference(scope, secret, "LOG_DRIVER"))).collect()
}

fn reference(scope: &Scope, secret: &Secret, target: &str) -> Json {
    let arn = Arn::parse(&secret.value_from);
    let is_asm = arn.is_some_and(|arn| arn.service == "secretsmanager");
    json!({
        "name": secret.name,
        "valueFrom": secret.value_from,
        "region": region(scope, arn),
        "type": "ENVIRONMENT_VARIABLE",
        "provider": if is_asm { "asm" } else { "ssm" },
        "target": target,
    })
}

/// A name without an ARN is of the task's own region.
fn region<'a>(scope: &'a Scope, arn: Option<Arn<'a>>) -> &'a str {
    let of_arn = arn.map(|arn| arn.region).filter(|region| !region.is_empty());
    of_arn.unwrap_or(scope.region.as_str())
}

/// How to log in to the registry of `container`'s image; `None` for one that anybody may read.
pub(super) fn registry(
    scope: &Scope,
    container: &ContainerDefinition,
    has_execution_role: bool,
) -> Option<Json> {
    let credentials = container.repository_credentials.as_ref();
    if let Some(parameter) = credentials.and_then(|it| it["credentialsParameter"].as_str()) {
        return Some(json!({
            "type": "asm",
            "asmAuthData": {
                "credentialsParameter": parameter,
                "region": region(scope, Arn::parse(parameter)),
            },
        }));
    }
    let (registry, region) = ecr(&container.image)?;
    Some(json!({
        "type": "ecr",
        "ecrAuthData": {
            "registryId": registry,
            "region": region,
            "endpointOverride": "",
            "useExecutionRole": has_execution_role,
        },
    }))
}

/// The account and region of an image that is kept in ECR: `{account}.dkr.ecr.{region}.amazonaws.com/…`.
fn ecr(image: &str) -> Option<(&str, &str)> {
    let (host, _) = image.split_once('/')?;
    let (account, rest) = host.split_once(".dkr.ecr.")?;
    let (region, domain) = rest.split_once('.')?;
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    (is_account && domain.starts_with("amazonaws.com")).then_some((account, region))
}
