//! From what a person types to the task or service that is meant, and whole lists of what the API gives in pages.

use super::client::Client;
use anyhow::{Result, bail};
use domain::arn::Arn;
use serde_json::{Value as Json, json};

/// DescribeTasks takes no more at once.
const TASKS_PER_CALL_MAX: usize = 100;
/// DescribeContainerInstances takes no more at once.
const INSTANCES_PER_CALL_MAX: usize = 100;
/// DescribeServices takes no more at once.
const SERVICES_PER_CALL_MAX: usize = 10;
/// ListServices gives no more at once, and ten without being asked.
const SERVICES_PER_PAGE: usize = 100;

/// Every task of a cluster that is still described: running first, then stopped; newest first in each.
pub(crate) async fn tasks(client: &Client, cluster: &str, also_stopped: bool) -> Result<Vec<Json>> {
    let asked = json!({ "cluster": cluster });
    let mut arns = task_arns(client, &asked, "RUNNING").await?;
    if also_stopped {
        arns.extend(task_arns(client, &asked, "STOPPED").await?);
    }
    describe(client, cluster, &arns).await
}

/// The tasks of one service that are to run; newest first.
pub(crate) async fn tasks_of(client: &Client, cluster: &str, service: &str) -> Result<Vec<Json>> {
    let asked = json!({ "cluster": cluster, "serviceName": service });
    let arns = task_arns(client, &asked, "RUNNING").await?;
    describe(client, cluster, &arns).await
}

/// The tasks of one service that are to stop, or have; newest first.
pub(crate) async fn stopped_tasks_of(
    client: &Client,
    cluster: &str,
    service: &str,
) -> Result<Vec<Json>> {
    let asked = json!({ "cluster": cluster, "serviceName": service });
    let arns = task_arns(client, &asked, "STOPPED").await?;
    describe(client, cluster, &arns).await
}

async fn task_arns(client: &Client, asked: &Json, desired: &str) -> Result<Vec<String>> {
    let mut asked = asked.clone();
    asked["desiredStatus"] = json!(desired);
    list(client, "ListTasks", asked, "taskArns").await
}

/// All pages of a list of ARNs.
async fn list(
    client: &Client,
    operation: &str,
    mut request: Json,
    member: &str,
) -> Result<Vec<String>> {
    let mut arns = Vec::new();
    loop {
        let mut reply = client.call(operation, request.clone()).await?;
        let page = reply[member].as_array().into_iter().flatten();
        arns.extend(page.filter_map(Json::as_str).map(str::to_owned));
        let next = reply["nextToken"].take();
        if next.is_null() {
            return Ok(arns);
        }
        request["nextToken"] = next;
    }
}

/// What a call tells of any number of ARNs. One member is both what is asked about and what is told, and a call takes only so many.
async fn described(
    client: &Client,
    cluster: &str,
    (operation, member, per_call_max): (&str, &str, usize),
    arns: &[String],
) -> Result<Vec<Json>> {
    let mut all = Vec::with_capacity(arns.len());
    for some in arns.chunks(per_call_max) {
        let mut reply = client.call(operation, json!({ "cluster": cluster, member: some })).await?;
        if let Json::Array(described) = reply[member].take() {
            all.extend(described);
        }
    }
    Ok(all)
}

/// Every instance of a cluster that is not INACTIVE.
pub(crate) async fn instances(client: &Client, cluster: &str) -> Result<Vec<Json>> {
    let asked = json!({ "cluster": cluster });
    let arns = list(client, "ListContainerInstances", asked, "containerInstanceArns").await?;
    let call = ("DescribeContainerInstances", "containerInstances", INSTANCES_PER_CALL_MAX);
    described(client, cluster, call, &arns).await
}

/// Every ACTIVE service of a cluster, by name.
pub(crate) async fn services(client: &Client, cluster: &str) -> Result<Vec<Json>> {
    let asked = json!({ "cluster": cluster, "maxResults": SERVICES_PER_PAGE });
    let arns = list(client, "ListServices", asked, "serviceArns").await?;
    let call = ("DescribeServices", "services", SERVICES_PER_CALL_MAX);
    let mut services = described(client, cluster, call, &arns).await?;
    services.sort_by(|a, b| a["serviceName"].as_str().cmp(&b["serviceName"].as_str()));
    Ok(services)
}

/// The cluster that `text`, as a person named a task or service, is looked for in: an ARN says its own.
pub(crate) fn cluster_of<'a>(text: &'a str, asked: &'a str) -> &'a str {
    let resource = Arn::parse(text).map(|arn| arn.resource);
    let parts: Option<Vec<&str>> = resource.map(|resource| resource.split('/').collect());
    match parts.as_deref() {
        Some(["task" | "service", cluster, _]) => cluster,
        _ => asked,
    }
}

/// The service that `text` names, also one that was deleted and is still described; `None` if there is none.
pub(crate) async fn known_service(
    client: &Client,
    cluster: &str,
    text: &str,
) -> Result<Option<Json>> {
    let asked = json!({ "cluster": cluster, "services": [text] });
    let mut reply = client.call("DescribeServices", asked).await?;
    Ok(reply["services"].get_mut(0).map(Json::take))
}

/// The service that `text` names, by name or ARN.
pub(crate) async fn service(client: &Client, cluster: &str, text: &str) -> Result<Json> {
    if let Some(service) = known_service(client, cluster, text).await? {
        return Ok(service);
    }
    let name = text.rsplit('/').next().unwrap_or(text);
    bail!(
        "there is no service `{name}` in cluster `{cluster}`; `longshore services` lists them, and \
         `aws ecs create-service --cluster {cluster} --service-name {name} --task-definition FAMILY --desired-count 1` makes one"
    )
}

/// A service's name.
pub(crate) fn service_name(service: &Json) -> &str {
    service["serviceName"].as_str().unwrap_or("-")
}

/// The story of a service deployment; `None` once it is forgotten.
pub(crate) async fn service_deployment(client: &Client, arn: &str) -> Result<Option<Json>> {
    let asked = json!({ "serviceDeploymentArns": [arn] });
    let mut reply = client.call("DescribeServiceDeployments", asked).await?;
    Ok(reply["serviceDeployments"].get_mut(0).map(Json::take))
}

/// DescribeTasks for any number of ARNs; newest first. A task that was forgotten in between is left out.
pub(crate) async fn describe(client: &Client, cluster: &str, arns: &[String]) -> Result<Vec<Json>> {
    let call = ("DescribeTasks", "tasks", TASKS_PER_CALL_MAX);
    let mut tasks = described(client, cluster, call, arns).await?;
    tasks.sort_by(|a, b| created(b).total_cmp(&created(a)));
    Ok(tasks)
}

fn created(task: &Json) -> f64 {
    task["createdAt"].as_f64().unwrap_or_default()
}

/// The id at the end of a task's ARN.
pub(crate) fn id(task: &Json) -> &str {
    task["taskArn"].as_str().and_then(|arn| arn.rsplit('/').next()).unwrap_or_default()
}

/// The one task that `text` means: an ARN, an id, or the beginning of an id that no other task has.
pub(crate) async fn task(client: &Client, cluster: &str, text: &str) -> Result<Json> {
    let wanted = text.rsplit('/').next().unwrap_or(text);
    if wanted.is_empty() {
        bail!(
            "a task is named by its id, the beginning of it, or its ARN; `longshore ps --all` lists them"
        );
    }
    let all = tasks(client, cluster, true).await?;
    let mut matching: Vec<Json> =
        all.into_iter().filter(|task| id(task).starts_with(wanted)).collect();
    match matching.len() {
        0 => bail!(
            "no task in cluster `{cluster}` has an id that begins with `{wanted}`; `longshore ps --all` lists them"
        ),
        1 => Ok(matching.remove(0)),
        many => bail!("{many} tasks have ids that begin with `{wanted}`; give more of it"),
    }
}

#[cfg(test)]
mod tests {
    use super::cluster_of;

    fn check(text: &str, cluster: &str) {
        assert_eq!(cluster_of(text, "asked"), cluster, "{text}");
    }

    #[test]
    fn an_arn_says_its_own_cluster() {
        check("arn:aws:ecs:us-east-1:000000000000:task/shop/0a1b", "shop");
        check("arn:aws:ecs:us-east-1:000000000000:service/shop/web", "shop");
    }

    #[test]
    fn whatever_names_no_cluster_is_in_the_one_that_was_asked_for() {
        check("0a1b", "asked");
        check("web", "asked");
        check("web:3", "asked");
        check("arn:aws:ecs:us-east-1:000000000000:task/0a1b", "asked");
        check("arn:aws:ecs:us-east-1:000000000000:task-definition/web:3", "asked");
    }
}
