//! What a health report changes: containers, their task, the instance.
//!
//! Invariant: a report that says what is known already changes nothing, so that agents may repeat themselves every few seconds.

use crate::instance::Instance;
use domain::{
    definition::TaskDefinition,
    link::tcs::TaskHealth,
    status::{HealthStatus, TaskStatus},
    task::Task,
};
use serde_json::{Value as Json, json};
use store::{Expect, ReadError, Snapshot, Transaction};

/// How old the time of an instance's last check may get before it is written again though nothing changed, in seconds: not every
/// report costs a commit.
const CHECK_TIME_AGE_MAX_S: f64 = 300.0;

/// What is written for a report of the agent of `instance`.
///
/// # Errors
/// If a record cannot be read.
pub fn writes(
    snapshot: &Snapshot,
    instance: &Instance,
    told: &[TaskHealth],
) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    for report in told {
        let Some(task) = instance.task_by_arn(snapshot, &report.task_arn)? else { continue };
        let key = TaskDefinition::key(&instance.scope, &task.family, task.revision);
        let Some(definition) = snapshot.get::<TaskDefinition>(&key)? else { continue };
        if let Some(after) = applied(&task, &definition, report) {
            tracing::info!(task = %task.id, from = %task.health, to = %after.health, "task health");
            writes.put(&task.key, Expect::Revision(task.modified), after);
        }
    }
    Ok(writes)
}

/// The task with what `report` says of it; `None` if that changes nothing.
fn applied(task: &Task, definition: &TaskDefinition, report: &TaskHealth) -> Option<Task> {
    if task.last == TaskStatus::Stopped {
        return None;
    }
    let mut after = task.clone();
    for said in &report.containers {
        let checked = has_check(definition, &said.container_name);
        let container = after.containers.iter_mut().find(|it| it.name == said.container_name);
        // Only checks of the definition count; an image's own does not (spec/tasks.md §4).
        if let Some(container) = container.filter(|_| checked) {
            container.health = said.health_status;
        }
    }
    after.health = overall(&after, definition);
    if after.health != task.health {
        after.version += 1;
    }
    (after != *task).then_some(after)
}

fn has_check(definition: &TaskDefinition, container: &str) -> bool {
    let found = definition.container_definitions.iter().find(|it| it.name == container);
    found.is_some_and(|it| it.health_check.is_some())
}

/// Over essential containers with a check: one that is UNHEALTHY makes the task so, else one that is UNKNOWN (spec/tasks.md §4).
fn overall(task: &Task, definition: &TaskDefinition) -> HealthStatus {
    let counts = |name: &str| {
        let found = definition.container_definitions.iter().find(|it| it.name == name);
        found.is_some_and(|it| it.essential && it.health_check.is_some())
    };
    let healths: Vec<_> =
        task.containers.iter().filter(|it| counts(&it.name)).map(|it| it.health).collect();
    if healths.contains(&HealthStatus::Unhealthy) {
        HealthStatus::Unhealthy
    } else if healths.is_empty() || healths.contains(&HealthStatus::Unknown) {
        HealthStatus::Unknown
    } else {
        HealthStatus::Healthy
    }
}

/// An instance's health as the API shows it, of the statuses that its agent published; `None` if `known` says the same.
pub(crate) fn instance(known: Option<&Json>, statuses: &[Json]) -> Option<Json> {
    /// From the worst.
    const ORDER: [&str; 4] = ["IMPAIRED", "INSUFFICIENT_DATA", "INITIALIZING", "OK"];
    let details: Vec<Json> = statuses.iter().map(detail).collect();
    let has = |status: &str| details.iter().any(|detail| detail["status"] == status);
    let overall = ORDER.into_iter().find(|status| has(status)).unwrap_or("INSUFFICIENT_DATA");
    let health = json!({ "overallStatus": overall, "details": details });
    let is_news = known.is_none_or(|known| {
        without_times(known) != without_times(&health) || is_old(known, &health)
    });
    is_news.then_some(health)
}

fn detail(status: &Json) -> Json {
    // The API's enum is in capitals with underscores, the agent's is not.
    let kind = match status["type"].as_str() {
        Some("ContainerRuntime") | None => "CONTAINER_RUNTIME",
        Some("AcceleratedCompute") => "ACCELERATED_COMPUTE",
        Some("Daemon") => "DAEMON",
        Some(other) => other,
    };
    json!({
        "type": kind,
        "status": status["status"],
        "lastUpdated": status["lastUpdated"],
        "lastStatusChange": status["lastStatusChange"],
    })
}

fn without_times(health: &Json) -> Json {
    let mut health = health.clone();
    for detail in health["details"].as_array_mut().into_iter().flatten() {
        detail["lastUpdated"].take();
    }
    health
}

fn is_old(known: &Json, news: &Json) -> bool {
    let newest = |health: &Json| {
        let details = health["details"].as_array().into_iter().flatten();
        details.filter_map(|detail| detail["lastUpdated"].as_f64()).fold(0.0, f64::max)
    };
    newest(news) - newest(known) >= CHECK_TIME_AGE_MAX_S
}

#[cfg(test)]
mod tests {
    use super::{applied, instance};
    use domain::{definition::TaskDefinition, link::tcs::TaskHealth, task::Task};
    use serde_json::json;

    /// Containers: `e` essential, `n` not; `+` with a check, `-` without. A report: `H`, `U` or `?` for each.
    fn check(containers: &str, report: &str, expected: &str) {
        let kinds: Vec<(char, char)> = containers
            .split(' ')
            .map(|it| (it.as_bytes()[0] as char, it.as_bytes()[1] as char))
            .collect();
        let health = |letter: char| match letter {
            'H' => "HEALTHY",
            'U' => "UNHEALTHY",
            _ => "UNKNOWN",
        };
        let definitions: Vec<_> = kinds
            .iter()
            .enumerate()
            .map(|(at, (kind, checked))| {
                json!({
                    "name": at.to_string(), "image": "i", "essential": *kind == 'e',
                    "healthCheck": (*checked == '+').then(|| json!({ "command": ["true"] })),
                })
            })
            .collect();
        let definition: TaskDefinition = serde_json::from_value(json!({
            "family": "f", "revision": 1, "status": "ACTIVE", "networkMode": "bridge", "registeredAt": 0,
            "containerDefinitions": definitions,
        })).expect("a definition");
        let names = (0..kinds.len()).map(|at| json!({ "uuid": "u", "name": at.to_string(), "image": "i", "last": "RUNNING", "cpu": "0" }));
        let task: Task = serde_json::from_value(json!({
            "id": "0".repeat(32), "cluster": "web", "family": "f", "revision": 1, "desired": "RUNNING", "last": "RUNNING",
            "demand": {}, "version": 1, "launch_type": "EC2", "group": "family:f", "cpu": "0", "memory": "0",
            "overrides": {}, "created_at": 0, "containers": names.collect::<Vec<_>>(),
        })).expect("a task");
        let said: Vec<_> = report.chars().enumerate().map(|(at, letter)| json!({ "containerName": at.to_string(), "healthStatus": health(letter) })).collect();
        let report: TaskHealth =
            serde_json::from_value(json!({ "containers": said })).expect("a report");
        let told = applied(&task, &definition, &report).map_or_else(
            || "nothing".into(),
            |after| {
                assert_eq!(applied(&after, &definition, &report), None, "said twice");
                assert_eq!(after.version > task.version, after.health != task.health);
                let each: Vec<_> = after.containers.iter().map(|it| it.health.as_str()).collect();
                format!("{} of {}", after.health, each.join(" "))
            },
        );
        assert_eq!(told, expected, "{containers}");
    }

    #[test]
    fn essential_containers_with_a_check_make_the_task_s_health() {
        check("e+", "H", "HEALTHY of HEALTHY");
        check("e+", "U", "UNHEALTHY of UNHEALTHY");
        check("e+", "?", "nothing");
        check("e+ e+", "H?", "UNKNOWN of HEALTHY UNKNOWN");
        check("e+ e+", "?U", "UNHEALTHY of UNKNOWN UNHEALTHY");
        check("e+ e-", "H?", "HEALTHY of HEALTHY UNKNOWN");
        check("e+ n+", "HU", "HEALTHY of HEALTHY UNHEALTHY");
        check("e- n+", "?H", "UNKNOWN of UNKNOWN HEALTHY");
    }

    #[test]
    fn a_check_that_is_not_the_definition_s_does_not_count() {
        check("e-", "H", "nothing");
        check("e+", "H?", "HEALTHY of HEALTHY");
    }

    #[test]
    fn an_instance_is_as_well_as_its_worst_check() {
        let status = |status: &str, at: i64| json!({ "type": "ContainerRuntime", "status": status, "lastUpdated": at, "lastStatusChange": 1 });
        let ok = instance(None, &[status("OK", 10)]).expect("news");
        assert_eq!(ok["overallStatus"], "OK");
        assert_eq!(ok["details"][0]["type"], "CONTAINER_RUNTIME");
        assert_eq!(instance(Some(&ok), &[status("OK", 30)]), None);
        assert!(instance(Some(&ok), &[status("OK", 310)]).is_some());
        let worse = instance(Some(&ok), &[status("OK", 30), status("IMPAIRED", 30)]).expect("news");
        assert_eq!(worse["overallStatus"], "IMPAIRED");
    }
}
