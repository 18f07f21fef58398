//! A described task in words. Pure: JSON of DescribeTasks in, lines out.

use crate::command::render;
use domain::time::Timestamp;
use serde_json::{Value as Json, json};

/// The facts that `task` tells, for programs.
pub(super) fn as_json(task: &Json) -> Json {
    let containers: Vec<Json> = containers(task)
        .map(|container| {
            json!({
                "name": container["name"], "lastStatus": container["lastStatus"], "exitCode": container["exitCode"],
                "reason": container["reason"], "healthStatus": container["healthStatus"],
            })
        })
        .collect();
    json!({
        "taskArn": task["taskArn"], "lastStatus": task["lastStatus"], "desiredStatus": task["desiredStatus"],
        "stopCode": task["stopCode"], "stoppedReason": task["stoppedReason"], "connectivity": task["connectivity"],
        "containerInstanceArn": task["containerInstanceArn"], "containers": containers,
    })
}

/// One thought a line, the most telling first.
pub(super) fn task(task: &Json, now: Timestamp) -> Vec<String> {
    let id = render::short_id(&task["taskArn"]);
    let last = task["lastStatus"].as_str().unwrap_or("-");
    let wants_stop = task["desiredStatus"] == "STOPPED";
    let mut lines = vec![match last {
        "STOPPED" => stopped(task, &id, now),
        "PROVISIONING" if task["containerInstanceArn"].is_null() => {
            format!(
                "task {id} waits for an instance since {}",
                render::ago(&task["createdAt"], now)
            )
        }
        "RUNNING" if wants_stop => {
            format!(
                "task {id} runs and is asked to stop: {}; its containers may take their stopTimeout",
                reason(task)
            )
        }
        "RUNNING" => format!("task {id} runs since {}", render::ago(&task["startedAt"], now)),
        _ if wants_stop => format!("task {id} is {last} and stops: {}", reason(task)),
        "PENDING" => pending(task, &id, now),
        _ => format!(
            "task {id} is {last} since its creation {} ago",
            render::ago(&task["createdAt"], now)
        ),
    }];
    if task["connectivity"] == "DISCONNECTED" {
        lines.push(format!(
            "  its agent is not connected since {}: what is shown is the last that was heard",
            render::ago(&task["connectivityAt"], now)
        ));
    }
    lines.extend(containers(task).filter_map(container));
    lines
}

fn containers(task: &Json) -> impl Iterator<Item = &Json> {
    task["containers"].as_array().into_iter().flatten()
}

fn reason(task: &Json) -> &str {
    task["stoppedReason"].as_str().unwrap_or("no reason is kept")
}

fn stopped(task: &Json, id: &str, now: Timestamp) -> String {
    let when = render::ago(&task["stoppedAt"], now);
    let ran = match (task["startedAt"].as_f64(), task["stoppedAt"].as_f64()) {
        (Some(from), Some(to)) => {
            format!(
                "after it ran {}",
                render::length(Timestamp::from_seconds(to) - Timestamp::from_seconds(from))
            )
        }
        _ => "before it ran".to_owned(),
    };
    format!(
        "task {id} stopped {when} ago, {ran}: {} ({})",
        reason(task),
        task["stopCode"].as_str().unwrap_or("no stop code")
    )
}

fn pending(task: &Json, id: &str, now: Timestamp) -> String {
    let since = render::ago(&task["createdAt"], now);
    let step = match (task["pullStartedAt"].is_null(), task["pullStoppedAt"].is_null()) {
        (false, true) => "its images are being pulled",
        (false, false) => "its images are here, its containers are being started",
        _ => {
            "its instance has it and prepares its containers, or waits until others free what it needs"
        }
    };
    format!("task {id} is PENDING since {since}: {step}")
}

fn container(container: &Json) -> Option<String> {
    let name = container["name"].as_str()?;
    let mut facts = Vec::new();
    if let Some(code) = container["exitCode"].as_i64() {
        facts.push(match code {
            0 => "exit code 0".to_owned(),
            137 => {
                "exit code 137: it was killed (SIGKILL), by the memory limit or after stopTimeout"
                    .to_owned()
            }
            143 => "exit code 143: it ended at the stop signal (SIGTERM)".to_owned(),
            139 => "exit code 139: it crashed (SIGSEGV)".to_owned(),
            127 => "exit code 127: most often the command does not exist in the image".to_owned(),
            126 => "exit code 126: most often the command may not be executed".to_owned(),
            _ => format!("exit code {code}"),
        });
    }
    if let Some(reason) = container["reason"].as_str().filter(|reason| !reason.is_empty()) {
        facts.push(reason.to_owned());
    }
    if container["healthStatus"] == "UNHEALTHY" {
        facts.push("its health check fails".to_owned());
    }
    (!facts.is_empty()).then(|| format!("  container {name}: {}", facts.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::task;
    use domain::time::Timestamp;
    use expect_test::{Expect, expect};
    use serde_json::{Value as Json, json};

    fn check(mut described: Json, expected: Expect) {
        described["taskArn"] = json!(
            "arn:aws:ecs:us-east-1:000000000000:task/default/0123456789abcdef0123456789abcdef"
        );
        expected.assert_eq(&task(&described, Timestamp(100_000)).join("\n"));
    }

    #[test]
    fn a_killed_container_is_explained() {
        check(
            json!({
                "lastStatus": "STOPPED", "desiredStatus": "STOPPED", "stopCode": "EssentialContainerExited",
                "stoppedReason": "Essential container in task exited", "startedAt": 10.0, "stoppedAt": 40.0,
                "containers": [{ "name": "web", "exitCode": 137, "reason": "OutOfMemoryError: Container killed due to memory usage" }],
            }),
            expect![[r"
                task 0123456789ab stopped 1m 0s ago, after it ran 30s: Essential container in task exited (EssentialContainerExited)
                  container web: exit code 137: it was killed (SIGKILL), by the memory limit or after stopTimeout; OutOfMemoryError: Container killed due to memory usage"]],
        );
    }

    #[test]
    fn a_waiting_task_says_what_it_waits_for() {
        check(
            json!({ "lastStatus": "PENDING", "desiredStatus": "RUNNING", "createdAt": 90.0, "pullStartedAt": 91.0 }),
            expect!["task 0123456789ab is PENDING since 10s: its images are being pulled"],
        );
        check(
            json!({ "lastStatus": "PROVISIONING", "desiredStatus": "RUNNING", "createdAt": 90.0 }),
            expect!["task 0123456789ab waits for an instance since 10s"],
        );
    }

    #[test]
    fn silence_of_the_agent_is_said() {
        check(
            json!({
                "lastStatus": "RUNNING", "desiredStatus": "RUNNING", "startedAt": 40.0,
                "connectivity": "DISCONNECTED", "connectivityAt": 70.0,
            }),
            expect![[r"
                task 0123456789ab runs since 1m 0s
                  its agent is not connected since 30s: what is shown is the last that was heard"]],
        );
    }
}
