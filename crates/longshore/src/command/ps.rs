//! `longshore ps`: the tasks of a cluster.

use super::{client::Client, find, render};
use crate::args;
use anyhow::Result;
use domain::time::Timestamp;
use serde_json::{Value as Json, json};

pub(crate) async fn run(arguments: &args::Ps, now: Timestamp) -> Result<()> {
    let client = Client::new(&arguments.connection)?;
    let tasks = find::tasks(&client, &arguments.cluster, arguments.all).await?;
    if arguments.connection.output == args::Output::Json {
        render::print_json(&json!({ "tasks": tasks }));
        return Ok(());
    }
    if tasks.is_empty() {
        let more = if arguments.all { "" } else { " running" };
        anstream::println!(
            "no{more} tasks in cluster `{}`; start one with `aws ecs run-task`",
            arguments.cluster
        );
        return Ok(());
    }
    let mut table =
        render::table(&["TASK", "DEFINITION", "STATUS", "HEALTH", "AGE", "PORTS", "CONTAINERS"]);
    for task in &tasks {
        table.add_row([
            render::short_id(&task["taskArn"]),
            render::last_part(&task["taskDefinitionArn"]).to_owned(),
            status(task),
            health(task),
            render::ago(&task["createdAt"], now),
            ports(task),
            containers(task),
        ]);
    }
    render::print(&table);
    Ok(())
}

fn status(task: &Json) -> String {
    let last = task["lastStatus"].as_str().unwrap_or("-");
    match (last, task["desiredStatus"].as_str()) {
        ("STOPPED", _) => format!("STOPPED ({})", task["stopCode"].as_str().unwrap_or("-")),
        (_, Some("STOPPED")) => format!("{last} → STOPPED"),
        _ => last.to_owned(),
    }
}

fn health(task: &Json) -> String {
    match task["healthStatus"].as_str() {
        None | Some("UNKNOWN") => "-".into(),
        Some(verdict) => verdict.to_lowercase(),
    }
}

fn ports(task: &Json) -> String {
    let bindings = task["containers"].as_array().into_iter().flatten();
    let bindings = bindings
        .flat_map(|container| container["networkBindings"].as_array().into_iter().flatten());
    let texts: Vec<String> = bindings
        .map(|binding| {
            let protocol = binding["protocol"].as_str().unwrap_or("tcp");
            match (&binding["hostPort"], &binding["hostPortRange"]) {
                (Json::Number(port), _) => {
                    format!("{port}→{}/{protocol}", binding["containerPort"])
                }
                (_, Json::String(range)) => {
                    format!(
                        "{range}→{}/{protocol}",
                        binding["containerPortRange"].as_str().unwrap_or("?")
                    )
                }
                _ => "-".into(),
            }
        })
        .collect();
    if texts.is_empty() { "-".into() } else { texts.join(", ") }
}

fn containers(task: &Json) -> String {
    let names = task["containers"].as_array().into_iter().flatten().map(|container| {
        let name = container["name"].as_str().unwrap_or("-");
        match container["exitCode"].as_i64() {
            Some(code) => format!("{name} (exit {code})"),
            None => name.to_owned(),
        }
    });
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{containers, ports, status};
    use serde_json::json;

    #[test]
    fn a_task_that_is_asked_to_stop_shows_both_statuses() {
        assert_eq!(
            status(&json!({ "lastStatus": "RUNNING", "desiredStatus": "STOPPED" })),
            "RUNNING → STOPPED"
        );
        assert_eq!(
            status(&json!({ "lastStatus": "RUNNING", "desiredStatus": "RUNNING" })),
            "RUNNING"
        );
    }

    #[test]
    fn ports_and_exit_codes_are_shown() {
        let task = json!({ "containers": [
            { "name": "web", "networkBindings": [{ "hostPort": 32768, "containerPort": 80, "protocol": "tcp" }] },
            { "name": "job", "exitCode": 3, "networkBindings": [] },
        ]});
        assert_eq!(ports(&task), "32768→80/tcp");
        assert_eq!(containers(&task), "web, job (exit 3)");
    }
}
