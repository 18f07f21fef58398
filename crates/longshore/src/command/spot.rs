//! `longshore spot interrupt`: takes back the capacity of tasks of FARGATE_SPOT, to see how they and their services bear it.

use super::{client::Client, find, render};
use crate::args;
use anyhow::Result;
use serde_json::{Value as Json, json};

/// The capacity provider whose tasks may be interrupted.
const SPOT: &str = domain::fargate::SPOT;

pub(crate) async fn run(arguments: &args::spot::Spot) -> Result<()> {
    match arguments {
        args::spot::Spot::Interrupt(arguments) => interrupt(arguments).await,
    }
}

async fn interrupt(arguments: &args::spot::Interrupt) -> Result<()> {
    let client = Client::new(&arguments.connection)?;
    let cluster = arguments.cluster.as_str();
    let mut arns = Vec::new();
    if arguments.all {
        let tasks = find::tasks(&client, cluster, false).await?;
        let of_spot = tasks.iter().filter(|task| is_of_spot(task));
        arns.extend(of_spot.map(|task| task["taskArn"].clone()));
    }
    for text in &arguments.tasks {
        let cluster = find::cluster_of(text, cluster);
        arns.push(find::task(&client, cluster, text).await?["taskArn"].take());
    }
    // One that ended meanwhile is no reason to spare the others.
    let (mut told, mut spared) = (Vec::with_capacity(arns.len()), Vec::new());
    for arn in arns {
        let cluster = find::cluster_of(arn.as_str().unwrap_or_default(), cluster);
        let request = json!({ "cluster": cluster, "task": arn });
        match client.call_own("InterruptSpotTask", request).await {
            Ok(mut reply) => told.push(reply["task"].take()),
            Err(error) => spared.push(format!("{error:#}")),
        }
    }
    match arguments.connection.output {
        args::Output::Json => render::print_json(&json!({ "tasks": told })),
        args::Output::Table if told.is_empty() && spared.is_empty() => {
            anstream::println!("no tasks of {SPOT} run in cluster `{cluster}`");
        }
        args::Output::Table => told.iter().for_each(|task| anstream::println!("{}", line(task))),
    }
    anyhow::ensure!(spared.is_empty(), "{}", spared.join("\n"));
    Ok(())
}

fn is_of_spot(task: &Json) -> bool {
    task["capacityProviderName"] == SPOT
}

/// What became of a task; one that was to stop already says for what reason.
fn line(task: &Json) -> String {
    let reason = task["stoppedReason"].as_str().unwrap_or("-");
    let status = task["lastStatus"].as_str().unwrap_or("-");
    format!("{} {status} → STOPPED: {reason}", find::id(task))
}

#[cfg(test)]
mod tests {
    use super::{is_of_spot, line};
    use serde_json::json;

    #[test]
    fn what_became_of_a_task_is_told_with_its_reason() {
        let task = json!({
            "taskArn": "arn:aws:ecs:us-east-1:000000000000:task/default/0a1b", "lastStatus": "RUNNING",
            "stoppedReason": "Your Spot Task was interrupted.",
        });
        assert_eq!(line(&task), "0a1b RUNNING → STOPPED: Your Spot Task was interrupted.");
    }

    #[test]
    fn tasks_on_demand_are_not_of_spot() {
        assert!(is_of_spot(&json!({ "capacityProviderName": "FARGATE_SPOT" })));
        assert!(!is_of_spot(&json!({ "capacityProviderName": "FARGATE" })));
        assert!(!is_of_spot(&json!({ "launchType": "FARGATE" })));
    }
}
