//! From what a person types to the one task that is meant.

use super::client::Client;
use anyhow::{Result, bail};
use serde_json::{Value as Json, json};

/// DescribeTasks takes no more at once.
const TASKS_PER_CALL_MAX: usize = 100;

/// Every task of a cluster that is still described: running first, then stopped; newest first in each.
pub(crate) async fn tasks(client: &Client, cluster: &str, also_stopped: bool) -> Result<Vec<Json>> {
    let mut arns = arns(client, cluster, "RUNNING").await?;
    if also_stopped {
        arns.extend(self::arns(client, cluster, "STOPPED").await?);
    }
    describe(client, cluster, &arns).await
}

async fn arns(client: &Client, cluster: &str, desired: &str) -> Result<Vec<String>> {
    let mut arns = Vec::new();
    let mut next = Json::Null;
    loop {
        let mut request = json!({ "cluster": cluster, "desiredStatus": desired });
        if next.is_string() {
            request["nextToken"] = next;
        }
        let mut reply = client.call("ListTasks", request).await?;
        arns.extend(
            reply["taskArns"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Json::as_str)
                .map(str::to_owned),
        );
        next = reply["nextToken"].take();
        if next.is_null() {
            return Ok(arns);
        }
    }
}

/// DescribeTasks for any number of ARNs; newest first. A task that was forgotten in between is left out.
pub(crate) async fn describe(client: &Client, cluster: &str, arns: &[String]) -> Result<Vec<Json>> {
    let mut tasks = Vec::with_capacity(arns.len());
    for some in arns.chunks(TASKS_PER_CALL_MAX) {
        let mut reply =
            client.call("DescribeTasks", json!({ "cluster": cluster, "tasks": some })).await?;
        if let Json::Array(described) = reply["tasks"].take() {
            tasks.extend(described);
        }
    }
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
