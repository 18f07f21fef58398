//! `longshore fargate drain`: hosts leave service or come back, and how far those are that leave.

use super::{all, count, id, meant, short, tasks};
use crate::{
    args,
    command::{client::Client, render},
};
use anyhow::{Context, Result, bail};
use serde_json::{Value as Json, json};
use std::{process::ExitCode, time::Duration};
use tokio::{
    signal::unix::{SignalKind, signal},
    time::Instant,
};

/// How often the hosts are looked at. There is no call that waits for a change.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// The exit code when `--timeout` passes: tasks are left, and nothing went wrong.
const TIMED_OUT: u8 = 3;
/// The exit code after Ctrl-C, as shells have it.
const INTERRUPTED: u8 = 130;

pub(super) async fn run(arguments: &args::fargate::Drain) -> Result<ExitCode> {
    let client = Client::new(&arguments.connection)?;
    let ids = meant(&all(&client).await?, &arguments.hosts)?;
    let is_json = arguments.connection.output == args::Output::Json;
    if arguments.undo {
        return resume(&client, &ids, is_json).await;
    }
    let (mut hosts, mut stopped) = (Vec::with_capacity(ids.len()), Vec::new());
    for id in &ids {
        let request = json!({ "host": id, "stopTasks": arguments.stop_tasks });
        let mut reply = client.call_own("DrainFargateHost", request).await?;
        hosts.push(reply["host"].take());
        if let Json::Array(arns) = reply["stoppedTaskArns"].take() {
            stopped.extend(arns);
        }
    }
    let mut code = ExitCode::SUCCESS;
    if arguments.wait {
        (code, hosts) = wait(arguments, &client, hosts, is_json).await?;
    } else if !is_json {
        hosts.iter().for_each(|host| anstream::println!("{}", line(host)));
    }
    if is_json {
        render::print_json(&json!({ "hosts": hosts, "stoppedTaskArns": stopped }));
    }
    Ok(code)
}

async fn resume(client: &Client, ids: &[String], is_json: bool) -> Result<ExitCode> {
    let mut hosts = Vec::with_capacity(ids.len());
    for id in ids {
        let request = json!({ "host": id });
        hosts.push(client.call_own("ResumeFargateHost", request).await?["host"].take());
    }
    if is_json {
        render::print_json(&json!({ "hosts": hosts }));
    } else {
        hosts.iter().for_each(|host| anstream::println!("{}", line(host)));
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows what is left on `hosts` until nothing is; how that ended, and the hosts as they were seen last.
async fn wait(
    arguments: &args::fargate::Drain,
    client: &Client,
    mut hosts: Vec<Json>,
    is_json: bool,
) -> Result<(ExitCode, Vec<Json>)> {
    // Ctrl-C is answered whenever it comes, also while the control plane does not answer.
    let mut interrupt = signal(SignalKind::interrupt()).context("listen for Ctrl-C")?;
    let began = Instant::now();
    let timeout = arguments.timeout.map(|it| Duration::from_millis(it.0.max(0).unsigned_abs()));
    let mut told: Vec<String> = vec![String::new(); hosts.len()];
    loop {
        for (host, told) in hosts.iter().zip(&mut told) {
            let line = line(host);
            if !is_json && line != *told {
                anstream::println!("{line}");
            }
            *told = line;
        }
        if let Some(host) = hosts.iter().find(|host| host["status"] == "ACTIVE") {
            bail!("host {} takes tasks again: somebody took it back", short(host));
        }
        if hosts.iter().all(|host| tasks(host) == 0) {
            return Ok((ExitCode::SUCCESS, hosts));
        }
        if timeout.is_some_and(|timeout| began.elapsed() >= timeout) {
            return Ok((ExitCode::from(TIMED_OUT), hosts));
        }
        let later = async {
            tokio::time::sleep(LOOK_EVERY).await;
            all(client).await
        };
        let seen = tokio::select! {
            biased;
            _ = interrupt.recv() => return Ok((ExitCode::from(INTERRUPTED), hosts)),
            seen = later => seen.context("draining goes on, `longshore fargate hosts` shows how far it is")?,
        };
        hosts = hosts.into_iter().map(|host| as_seen(&seen, host)).collect();
    }
}

/// A host as it is now. One that left the pool has no task of Fargate.
fn as_seen(seen: &[Json], host: Json) -> Json {
    let now = seen.iter().find(|it| id(it) == id(&host));
    now.cloned().unwrap_or_else(|| json!({ "hostId": host["hostId"], "status": "INACTIVE" }))
}

/// How a host stands, and what is left to wait for.
fn line(host: &Json) -> String {
    let name = short(host);
    match host["status"].as_str().unwrap_or("-") {
        "INACTIVE" => return format!("{name} has left the pool"),
        "ACTIVE" => return format!("{name} is ACTIVE: it takes new tasks"),
        _ => {}
    }
    let (left, alone) = (tasks(host), count(host, "standaloneTasksCount"));
    let served = left - alone;
    let mut text = format!("{name} is DRAINING: {} of Fargate left", render::counted(left, "task"));
    if served > 0 {
        text.push_str(&format!(", {served} of services (others come first)"));
    }
    if alone > 0 {
        text.push_str(&format!(", {alone} of RunTask (until they end, or `--stop-tasks`)"));
    }
    // What the plane says beyond that it is drained: that taking it back takes more than `--undo`.
    if host["drainingSince"].is_null()
        && let Some(reason) = host["statusReason"].as_str()
    {
        text.push_str(&format!(". {reason}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{as_seen, line};
    use crate::command::fargate::tests::host;
    use expect_test::expect;
    use serde_json::json;

    #[test]
    fn what_is_left_is_told_with_what_becomes_of_it() {
        let drained = json!({
            "status": "DRAINING", "drainingSince": 1, "fargateTasksCount": 2, "fargateSpotTasksCount": 1, "standaloneTasksCount": 1,
        });
        let lines = [
            host("8e0c", drained),
            host("8e0c", json!({ "status": "DRAINING", "drainingSince": 1 })),
            host(
                "8e0c",
                json!({ "status": "DRAINING", "statusReason": "Its container instance is." }),
            ),
            host("8e0c", json!({})),
            as_seen(&[], host("8e0c", json!({ "status": "DRAINING", "fargateTasksCount": 1 }))),
        ];
        let lines: Vec<String> = lines.iter().map(line).collect();
        expect![[r#"
            8e0c00000000 is DRAINING: 3 tasks of Fargate left, 2 of services (others come first), 1 of RunTask (until they end, or `--stop-tasks`)
            8e0c00000000 is DRAINING: 0 tasks of Fargate left
            8e0c00000000 is DRAINING: 0 tasks of Fargate left. Its container instance is.
            8e0c00000000 is ACTIVE: it takes new tasks
            8e0c00000000 has left the pool"#]].assert_eq(&lines.join("\n"));
    }
}
