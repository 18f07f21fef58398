//! A definition with other images. Pure: the reply of DescribeTaskDefinition in, the request of RegisterTaskDefinition out.
//!
//! Invariant: nothing but images changes. What is asked for is everything that the reply tells and the request of the same model
//! knows, so that a member that ECS adds is kept without a line here.

use crate::args::ContainerImage;
use anyhow::{Result, bail};
use serde_json::{Map, Value as Json};
use wire::tables::ecs;

/// The request, and what changes in words.
pub(super) fn with_images(
    described: &Json,
    images: &[ContainerImage],
) -> Result<(Json, Vec<String>)> {
    let mut request = Map::new();
    for member in &ecs::REGISTER_TASK_DEFINITION_REQUEST.shape().members {
        let told = match member.name {
            "tags" => &described["tags"],
            name => &described["taskDefinition"][name],
        };
        let is_empty = told.as_array().is_some_and(Vec::is_empty);
        if !told.is_null() && !is_empty {
            request.insert(member.name.to_owned(), told.clone());
        }
    }
    let mut request = Json::Object(request);
    let containers = request["containerDefinitions"].as_array_mut();
    let containers = containers.map(Vec::as_mut_slice).unwrap_or_default();
    let mut changes = Vec::with_capacity(images.len());
    for wanted in images {
        let container = find(containers, wanted)?;
        let before = container["image"].as_str().unwrap_or("-").to_owned();
        changes.push(format!(
            "container {} runs {}, {before} before",
            container["name"].as_str().unwrap_or("-"),
            wanted.image
        ));
        container["image"] = Json::from(wanted.image.as_str());
    }
    Ok((request, changes))
}

/// The container that an image is for: the one of its name, or the only one.
fn find<'a>(containers: &'a mut [Json], wanted: &ContainerImage) -> Result<&'a mut Json> {
    let names: Vec<&str> = containers.iter().filter_map(|it| it["name"].as_str()).collect();
    let names = names.join(", ");
    let at = match &wanted.container {
        Some(name) => containers.iter().position(|it| it["name"] == name.as_str()),
        None if containers.len() == 1 => Some(0),
        None => bail!(
            "the definition has several containers ({names}); say for which the image is: `--image CONTAINER={}`",
            wanted.image
        ),
    };
    match at {
        Some(at) => Ok(&mut containers[at]),
        None => bail!(
            "the definition has no container `{}`; it has {names}",
            wanted.container.as_deref().unwrap_or_default()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::with_images;
    use crate::args::ContainerImage;
    use expect_test::{Expect, expect};
    use serde_json::{Value as Json, json};

    fn described(containers: &[&str]) -> Json {
        let containers: Vec<Json> = containers
            .iter()
            .map(|name| json!({ "name": name, "image": "app:1", "memory": 32, "secrets": [] }))
            .collect();
        json!({
            "taskDefinition": {
                "taskDefinitionArn": "arn:aws:ecs:us-east-1:000000000000:task-definition/web:1",
                "family": "web", "revision": 1, "status": "ACTIVE", "registeredAt": 1.5, "registeredBy": "arn:me",
                "requiresAttributes": [{ "name": "ecs.capability.x" }], "compatibilities": ["EC2"],
                "containerDefinitions": containers, "volumes": [], "networkMode": "host", "cpu": "256",
                "runtimePlatform": { "cpuArchitecture": "X86_64" }, "enableFaultInjection": false,
            },
            "tags": [{ "key": "team", "value": "a" }],
        })
    }

    fn check(containers: &[&str], images: &[&str], expected: Expect) {
        let images: Vec<ContainerImage> =
            images.iter().map(|text| text.parse().expect("an image")).collect();
        let told = match with_images(&described(containers), &images) {
            Ok((request, changes)) => format!("{request}\n{}", changes.join("\n")),
            Err(error) => error.to_string(),
        };
        expected.assert_eq(&told);
    }

    #[test]
    fn everything_but_the_image_is_kept() {
        check(
            &["app"],
            &["app:2"],
            expect![[r#"
            {"containerDefinitions":[{"image":"app:2","memory":32,"name":"app","secrets":[]}],"cpu":"256","enableFaultInjection":false,"family":"web","networkMode":"host","runtimePlatform":{"cpuArchitecture":"X86_64"},"tags":[{"key":"team","value":"a"}]}
            container app runs app:2, app:1 before"#]],
        );
    }

    #[test]
    fn one_of_several_containers_is_named() {
        check(
            &["app", "proxy"],
            &["proxy=envoy:3"],
            expect![[r#"
            {"containerDefinitions":[{"image":"app:1","memory":32,"name":"app","secrets":[]},{"image":"envoy:3","memory":32,"name":"proxy","secrets":[]}],"cpu":"256","enableFaultInjection":false,"family":"web","networkMode":"host","runtimePlatform":{"cpuArchitecture":"X86_64"},"tags":[{"key":"team","value":"a"}]}
            container proxy runs envoy:3, app:1 before"#]],
        );
        check(
            &["app", "proxy"],
            &["envoy:3"],
            expect![
                "the definition has several containers (app, proxy); say for which the image is: `--image CONTAINER=envoy:3`"
            ],
        );
        check(
            &["app", "proxy"],
            &["side=envoy:3"],
            expect!["the definition has no container `side`; it has app, proxy"],
        );
    }
}
