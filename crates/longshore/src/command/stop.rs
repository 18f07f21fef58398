//! `longshore stop`: stops tasks and waits until they are.

use super::{client::Client, find, render};
use crate::args;
use anyhow::{Result, bail};
use serde_json::json;
use std::{collections::BTreeMap, time::Duration};

/// How often a stopping task is looked at. StopTask has no way to be told.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// A task's containers may take their stopTimeout, two minutes at most in ECS; then there is a reason to look at.
const WAIT_MAX: Duration = Duration::from_secs(180);

pub(crate) async fn run(arguments: &args::Stop) -> Result<()> {
    let client = Client::new(&arguments.connection)?;
    let mut stopped: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for text in &arguments.tasks {
        let cluster = find::cluster_of(text, &arguments.cluster);
        let task = find::task(&client, cluster, text).await?;
        let arn = task["taskArn"].as_str().unwrap_or_default().to_owned();
        let mut request = json!({ "cluster": cluster, "task": arn });
        if let Some(reason) = &arguments.reason {
            request["reason"] = json!(reason);
        }
        client.call("StopTask", request).await?;
        stopped.entry(cluster).or_default().push(arn);
    }
    let deadline = tokio::time::Instant::now() + WAIT_MAX;
    let tasks = loop {
        let mut tasks = Vec::new();
        for (cluster, arns) in &stopped {
            tasks.extend(find::describe(&client, cluster, arns).await?);
        }
        let waiting = tasks.iter().filter(|task| task["lastStatus"] != "STOPPED").count();
        if arguments.no_wait || waiting == 0 {
            break tasks;
        }
        if tokio::time::Instant::now() > deadline {
            bail!(
                "{waiting} tasks did not stop within {} s; `longshore why TASK` says more",
                WAIT_MAX.as_secs()
            );
        }
        tokio::time::sleep(LOOK_EVERY).await;
    };
    match arguments.connection.output {
        args::Output::Json => render::print_json(&json!({ "tasks": tasks })),
        args::Output::Table => {
            for task in &tasks {
                anstream::println!(
                    "{} {}",
                    find::id(task),
                    task["lastStatus"].as_str().unwrap_or("-")
                );
            }
        }
    }
    Ok(())
}
