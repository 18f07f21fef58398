//! What a described service says of itself, in short. Pure: JSON of DescribeServices in, words out.

use super::{
    find,
    render::{self, Tone},
};
use domain::deployment::DeploymentConfiguration;
use planner::service::bounds::Bounds;
use serde_json::Value as Json;

/// The deployment that new tasks are made for.
pub(crate) fn primary(service: &Json) -> Option<&Json> {
    deployments(service).find(|deployment| deployment["status"] == "PRIMARY")
}

/// The deployment called `id`.
pub(crate) fn deployment<'a>(service: &'a Json, id: &str) -> Option<&'a Json> {
    deployments(service).find(|deployment| deployment["id"] == id)
}

/// Its deployments, newest first.
pub(crate) fn deployments(service: &Json) -> impl Iterator<Item = &Json> {
    service["deployments"].as_array().into_iter().flatten()
}

/// A count, 0 where there is none.
pub(crate) fn count(of: &Json, member: &str) -> i64 {
    of[member].as_i64().unwrap_or(0)
}

/// `family:revision` of a deployment, a service or a task set.
pub(crate) fn definition(of: &Json) -> &str {
    render::last_part(&of["taskDefinition"])
}

/// Its events, newest first.
pub(crate) fn events(service: &Json) -> impl DoubleEndedIterator<Item = &Json> {
    service["events"].as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

/// How many of its tasks must stay healthy and how many may be there at once, by the scheduler's own rounding.
pub(crate) fn bounds(service: &Json) -> Bounds {
    let usual = DeploymentConfiguration::default();
    let percent = |member: &str, usual: i64| {
        service["deploymentConfiguration"][member].as_i64().unwrap_or(usual)
    };
    let configuration = DeploymentConfiguration {
        minimum_healthy_percent: percent("minimumHealthyPercent", usual.minimum_healthy_percent),
        maximum_percent: percent("maximumPercent", usual.maximum_percent),
        ..usual
    };
    Bounds::of(count(service, "desiredCount"), &configuration)
}

/// The circuit breaker of a service deployment's story, if it is enabled.
pub(crate) fn breaker(story: Option<&Json>) -> Option<&Json> {
    let breaker = story.map(|story| &story["deploymentCircuitBreaker"]);
    breaker.filter(|it| it.is_object() && it["status"] != "DISABLED")
}

/// Within which numbers deployments go, and what the circuit breaker counted.
pub(crate) fn guards(service: &Json, story: Option<&Json>) -> String {
    let bounds = bounds(service);
    let mut text = format!(
        "at least {} stay healthy, at most {} at once",
        bounds.lower,
        render::counted(bounds.upper, "task")
    );
    if let Some(breaker) = breaker(story) {
        text.push_str(&format!(
            "; circuit breaker: {} of {} failures",
            count(breaker, "failureCount"),
            count(breaker, "threshold")
        ));
    }
    text
}

/// An event's message without the service's name in front, which the reader knows.
pub(crate) fn message(event: &Json) -> &str {
    let text = event["message"].as_str().unwrap_or("-");
    let rest = text.strip_prefix("(service ").and_then(|rest| rest.split_once(") "));
    rest.map_or(text, |(_, rest)| rest)
}

/// A deployment's reason without its own name; `None` where the state says it all.
pub(crate) fn reason(deployment: &Json) -> Option<&str> {
    let text = clause(deployment["rolloutStateReason"].as_str()?);
    let says_more = !text.ends_with(" in progress") && !text.ends_with(" completed");
    says_more.then_some(text)
}

/// A sentence of ECS about a deployment as a part of another sentence.
pub(crate) fn clause(text: &str) -> &str {
    text.strip_prefix("ECS deployment ").unwrap_or(text).trim_end_matches('.')
}

/// A text in which ids of tasks and instances are as short as tables have them.
pub(crate) fn brief(text: &str) -> String {
    let is_id = |word: &str| word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let cut = |word: &str| {
        let end = word.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(word.len());
        let (id, rest) = word.split_at(end);
        if is_id(id) { format!("{}{rest}", &id[..render::SHORT_ID]) } else { word.to_owned() }
    };
    text.split(' ').map(cut).collect::<Vec<_>>().join(" ")
}

/// How the service is doing, at one glance.
pub(crate) fn tone(service: &Json) -> Tone {
    if trouble(service).is_some() {
        return Tone::Bad;
    }
    match primary(service) {
        _ if service["status"] != "ACTIVE" => Tone::Faint,
        Some(deployment) if deployment["rolloutState"] == "IN_PROGRESS" => Tone::Going,
        _ if count(service, "runningCount") != count(service, "desiredCount") => Tone::Going,
        _ => Tone::Plain,
    }
}

/// What is wrong with a service that is to run, or `None`.
pub(crate) fn trouble(service: &Json) -> Option<String> {
    if service["status"] != "ACTIVE" {
        return None;
    }
    if let Some(failed) = deployments(service).find(|it| it["rolloutState"] == "FAILED") {
        let reason = reason(failed).unwrap_or("no reason is kept");
        return Some(format!("the deployment of {} failed: {reason}", definition(failed)));
    }
    let is_short = count(service, "runningCount") < count(service, "desiredCount");
    if is_short && let Some(newest) = events(service).next() {
        let text = message(newest);
        if text.starts_with("was unable") || text.starts_with("is unable") {
            return Some(brief(text.trim_end_matches('.')));
        }
    }
    let failing = primary(service).filter(|deployment| count(deployment, "failedTasks") > 0)?;
    let tasks = render::counted(count(failing, "failedTasks"), "task");
    Some(format!("{tasks} of {} did not start", definition(failing)))
}

/// Where it is named in words: `web in cluster default`.
pub(crate) fn called(service: &Json) -> String {
    format!(
        "service `{}` in cluster `{}`",
        find::service_name(service),
        render::last_part(&service["clusterArn"])
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{brief, message, reason, trouble};
    use serde_json::{Value as Json, json};

    /// A steady service of three tasks of `web:1`, created 100 s after the beginning of time.
    pub(crate) fn web() -> Json {
        json!({
            "serviceName": "web", "status": "ACTIVE", "schedulingStrategy": "REPLICA",
            "serviceArn": "arn:aws:ecs:us-east-1:000000000000:service/default/web",
            "clusterArn": "arn:aws:ecs:us-east-1:000000000000:cluster/default",
            "taskDefinition": "arn:aws:ecs:us-east-1:000000000000:task-definition/web:1",
            "desiredCount": 3, "runningCount": 3, "pendingCount": 0, "createdAt": 100.0,
            "deploymentConfiguration": {
                "minimumHealthyPercent": 100, "maximumPercent": 200,
                "deploymentCircuitBreaker": { "enable": true, "rollback": true },
            },
            "deploymentController": { "type": "ECS" },
            "deployments": [deployment("ecs-svc/1", "PRIMARY", "web:1", [3, 3, 0], "COMPLETED")],
            "events": [{ "id": "a", "createdAt": 141.0, "message": "(service web) has reached a steady state." }],
        })
    }

    /// With wanted, running and pending tasks.
    pub(crate) fn deployment(
        id: &str,
        status: &str,
        definition: &str,
        counts: [i64; 3],
        rollout: &str,
    ) -> Json {
        json!({
            "id": id, "status": status, "rolloutState": rollout, "failedTasks": 0,
            "taskDefinition": format!("arn:aws:ecs:us-east-1:000000000000:task-definition/{definition}"),
            "desiredCount": counts[0], "runningCount": counts[1], "pendingCount": counts[2],
            "createdAt": 100.0, "updatedAt": 140.0,
            "rolloutStateReason": format!("ECS deployment {id} {}.", rollout.to_lowercase().replace('_', " ")),
        })
    }

    /// `web` while `web:2` replaces `web:1`.
    pub(crate) fn updating() -> Json {
        let mut service = web();
        service["taskDefinition"] =
            json!("arn:aws:ecs:us-east-1:000000000000:task-definition/web:2");
        service["runningCount"] = json!(4);
        service["pendingCount"] = json!(1);
        service["deployments"] = json!([
            deployment("ecs-svc/2", "PRIMARY", "web:2", [3, 1, 1], "IN_PROGRESS"),
            deployment("ecs-svc/1", "ACTIVE", "web:1", [3, 3, 0], "COMPLETED"),
        ]);
        service["events"].as_array_mut().expect("events").insert(
            0,
            json!({ "id": "b", "createdAt": 190.0, "message": "(service web) has started 2 tasks: (task 1) (task 2)." }),
        );
        service
    }

    #[test]
    fn an_event_is_told_without_the_name_of_its_service() {
        let said = |text: &str| message(&json!({ "message": text })).to_owned();
        assert_eq!(
            said("(service web) has reached a steady state."),
            "has reached a steady state."
        );
        assert_eq!(
            said("(service web) (deployment ecs-svc/1) deployment completed."),
            "(deployment ecs-svc/1) deployment completed."
        );
        assert_eq!(said("something else"), "something else");
    }

    #[test]
    fn ids_are_cut_to_what_tables_show() {
        assert_eq!(
            brief(
                "has started 2 tasks: (task cf239ce8aca5b0e78f8f6599c11e0764) (task bf790db9f7448b07510aa372a86c03b6)."
            ),
            "has started 2 tasks: (task cf239ce8aca5) (task bf790db9f744)."
        );
        assert_eq!(
            brief("(deployment ecs-svc/1) deployment completed."),
            "(deployment ecs-svc/1) deployment completed."
        );
    }

    #[test]
    fn a_reason_is_told_only_where_it_says_more_than_the_state() {
        let service = web();
        assert_eq!(reason(&service["deployments"][0]), None);
        let failed = json!({ "rolloutStateReason": "ECS deployment circuit breaker: task(s) failed to start." });
        assert_eq!(reason(&failed), Some("circuit breaker: task(s) failed to start"));
    }

    #[test]
    fn a_service_whose_tasks_do_not_start_is_in_trouble() {
        let mut service = web();
        assert_eq!(trouble(&service), None);
        service["deployments"][0]["failedTasks"] = json!(2);
        assert_eq!(trouble(&service).as_deref(), Some("2 tasks of web:1 did not start"));
    }

    #[test]
    fn an_event_of_yesterday_is_no_trouble_once_all_tasks_run() {
        let mut service = web();
        service["events"][0]["message"] = json!("(service web) was unable to place a task.");
        assert_eq!(trouble(&service), None);
        service["runningCount"] = json!(2);
        assert_eq!(trouble(&service).as_deref(), Some("was unable to place a task"));
    }
}
