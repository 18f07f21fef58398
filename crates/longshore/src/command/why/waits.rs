//! What a service waits for, in words. Pure: what was looked up in, lines out.
//!
//! ```text
//! deleted ─▶ its last tasks          failed ─▶ nothing, somebody must deploy
//! tasks missing ─▶ back-off, instances, the upper bound, or the scheduler's next round
//! tasks there ─▶ images, health, old ones that must go ─▶ nothing
//! ```

use super::{
    instances,
    service::{Facts, until},
    words,
};
use crate::command::{
    render::{self, Tone, paint},
    service,
};
use domain::{
    capacity::GROUP_ATTRIBUTE,
    time::{Millis, Timestamp},
};
use planner::service::tally::SHORT_WAIT_MAX;
use serde_json::Value as Json;

/// So many stopped tasks are told of.
pub(super) const STOPPED_MAX: usize = 5;
/// So many tasks are told of one by one.
const TASKS_MAX: usize = 5;
/// So many instances are told of one by one.
const INSTANCES_MAX: usize = 20;

/// One thing that a service waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// Nothing: all is as wanted.
    Nothing,
    /// Its last tasks, as it was deleted.
    End(i64),
    /// A person: its deployment failed and starts nothing more.
    Deploy(String),
    /// The time after which tasks that failed are tried again.
    BackOff(String),
    /// Room for so many tasks on one of so many instances that may have them.
    Place(i64, usize),
    /// Room for so many tasks on Fargate's pool.
    Capacity(i64),
    /// Another definition: what no host of Fargate's pool serves.
    Serve(i64, String),
    /// An instance that may have its tasks at all.
    Join(String),
    /// Old tasks that must go first.
    Bound(String),
    /// The scheduler.
    Round(i64),
    /// The pause after tasks that ended soon after they had started.
    Pause(i64),
    /// Tasks that are being started.
    Start(i64),
    /// Tasks that run and are not healthy.
    Health(String),
    /// Tasks that are to go and may not, or are still stopping.
    Leave(String),
    /// Its client, who drives it.
    Client,
}

impl Wait {
    /// As a sentence without a full stop.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Nothing => "it waits for nothing: all is as wanted".into(),
            Self::End(tasks) => {
                format!("it was deleted and waits for {} to stop", render::counted(*tasks, "task"))
            }
            Self::Deploy(why) => format!(
                "it starts no more tasks, because its deployment failed ({why}): deploy something else"
            ),
            Self::Place(tasks, 1) => format!(
                "{} cannot be placed: the only instance takes no more",
                render::counted(*tasks, "task")
            ),
            Self::Place(tasks, instances) => format!(
                "{} cannot be placed: none of the {instances} instances takes one more",
                render::counted(*tasks, "task")
            ),
            Self::Capacity(tasks) => format!(
                "{} cannot be placed: no host of Fargate's pool has room; `longshore fargate hosts` shows what they have, `longshore agent --fargate` adds one",
                render::counted(*tasks, "task")
            ),
            Self::Serve(tasks, unserved) => format!(
                "{} cannot be placed: {unserved} Deploy a task definition without it",
                render::counted(*tasks, "task")
            ),
            Self::Round(tasks) => {
                format!("{} will be started now: there is room", render::counted(*tasks, "task"))
            }
            Self::Pause(tasks) => format!(
                "{} will be started within a minute: there is room, but the last ones ended by themselves soon after they had started",
                render::counted(*tasks, "task")
            ),
            Self::Start(tasks) => format!("{} being started", verb(*tasks)),
            Self::BackOff(text)
            | Self::Bound(text)
            | Self::Health(text)
            | Self::Leave(text)
            | Self::Join(text) => text.clone(),
            Self::Client => {
                "its client drives it by task sets: `aws ecs describe-task-sets` shows them".into()
            }
        }
    }

    fn tone(&self) -> Tone {
        match self {
            Self::Nothing => Tone::Good,
            Self::End(_) | Self::Client => Tone::Plain,
            Self::Deploy(_) | Self::Place(..) | Self::Join(_) => Tone::Bad,
            Self::Capacity(_) | Self::Serve(..) => Tone::Bad,
            Self::BackOff(_) | Self::Bound(_) | Self::Round(_) | Self::Pause(_) => Tone::Going,
            Self::Start(_) | Self::Health(_) | Self::Leave(_) => Tone::Going,
        }
    }
}

fn verb(tasks: i64) -> String {
    if tasks == 1 { "1 task is".into() } else { format!("{tasks} tasks are") }
}

/// What it waits for, the most telling first; never empty.
pub(super) fn waits(facts: &Facts, now: Timestamp) -> Vec<Wait> {
    let it = &facts.service;
    if it["status"] != "ACTIVE" {
        let tasks = service::count(it, "runningCount") + service::count(it, "pendingCount");
        return vec![Wait::End(tasks)];
    }
    let Some(primary) = service::primary(it) else { return vec![Wait::Client] };
    let mut waits = Vec::new();
    let missing = facts.missing();
    if primary["rolloutState"] == "FAILED" {
        let reason = service::reason(primary).unwrap_or("no reason is kept");
        waits.push(Wait::Deploy(reason.to_owned()));
    } else if missing > 0 {
        waits.push(for_room(facts, missing, now));
    }
    let pending = facts.placed().filter(|task| is_pending(task)).count();
    if pending > 0 {
        waits.push(Wait::Start(i64::try_from(pending).unwrap_or(i64::MAX)));
    }
    waits.extend(for_health(facts, primary));
    waits.extend(to_leave(facts));
    if waits.is_empty() {
        waits.push(Wait::Nothing);
    }
    waits
}

fn is_pending(task: &Json) -> bool {
    matches!(task["lastStatus"].as_str(), Some("PROVISIONING" | "PENDING" | "ACTIVATING"))
}

/// Why `missing` tasks of the newest deployment have no instance.
fn for_room(facts: &Facts, missing: i64, now: Timestamp) -> Wait {
    if let Some(back_off) = facts.back_off().filter(|it| it.until > now) {
        return Wait::BackOff(format!(
            "it starts nothing until {} (for {}), because {} in a row came to nothing",
            render::clock(&Json::from(back_off.until.as_seconds())),
            render::length(back_off.until - now),
            render::counted(back_off.starts.into(), "start")
        ));
    }
    if facts.is_fargate() {
        // Nobody sees its hosts: what the scheduler said last is what is known.
        let said = service::events(&facts.service).next().map(service::message);
        let said = said.unwrap_or_default();
        if let Some(unserved) = placement::feature::told_in(said) {
            return Wait::Serve(missing, unserved.to_owned());
        }
        if said.contains("Capacity is unavailable") {
            return Wait::Capacity(missing);
        }
    } else if facts.answers.is_empty() {
        return Wait::Join(join(facts, missing));
    } else if !facts.answers.iter().any(|answer| answer.refusal.is_none()) {
        return Wait::Place(missing, facts.answers.len());
    }
    let bounds = service::bounds(&facts.service);
    let there = i64::try_from(facts.tasks.len()).unwrap_or(i64::MAX);
    if !facts.is_daemon() && there >= bounds.upper {
        let wanted = facts.wanted();
        let way = if bounds.upper <= wanted && bounds.lower >= wanted {
            "nothing can move: lower minimumHealthyPercent or raise maximumPercent"
        } else {
            "old ones must stop first"
        };
        return Wait::Bound(format!(
            "{} are there of at most {} (maximumPercent): {way}",
            render::counted(there, "task"),
            bounds.upper
        ));
    }
    if ended_by_itself(facts, now) { Wait::Pause(missing) } else { Wait::Round(missing) }
}

/// Whether the last task to stop ran, ended by itself, and did so within the longest pause that follows from it.
fn ended_by_itself(facts: &Facts, now: Timestamp) -> bool {
    let ended = facts.last_stopped().first().copied().filter(|task| {
        task["stopCode"] == "EssentialContainerExited" && !task["startedAt"].is_null()
    });
    let at = ended.and_then(|task| task["stoppedAt"].as_f64()).map(Timestamp::from_seconds);
    at.is_some_and(|at| now < at + SHORT_WAIT_MAX)
}

/// What has to join, as no instance may have the tasks.
fn join(facts: &Facts, missing: i64) -> String {
    let tasks = render::counted(missing, "task");
    let strategy = facts.service["capacityProviderStrategy"].as_array().into_iter().flatten();
    let providers: Vec<&str> =
        strategy.filter_map(|item| item["capacityProvider"].as_str()).collect();
    if facts.instances.is_empty() {
        format!(
            "{tasks} cannot be placed: the cluster has no instances; join one with `longshore agent`"
        )
    } else if providers.is_empty() {
        let launch_type = facts.service["launchType"].as_str().unwrap_or("EC2");
        format!(
            "{tasks} cannot be placed: no instance of the cluster is of launch type {launch_type}"
        )
    } else {
        format!(
            "{tasks} cannot be placed: no instance is of capacity provider {}; an agent is, with `--attribute {GROUP_ATTRIBUTE}=` and its group",
            providers.join(" or ")
        )
    }
}

/// Which tasks run and are not healthy.
fn for_health(facts: &Facts, primary: &Json) -> Option<Wait> {
    let running = || facts.tasks.iter().filter(|task| task["lastStatus"] == "RUNNING");
    let unhealthy = running().filter(|task| task["healthStatus"] == "UNHEALTHY").count();
    if unhealthy > 0 {
        let tasks = verb(i64::try_from(unhealthy).unwrap_or(i64::MAX));
        return Some(Wait::Health(format!("{tasks} unhealthy: the health checks fail")));
    }
    let mine = || running().filter(|task| task["startedBy"] == primary["id"]);
    let wanted = facts.wanted();
    if primary["rolloutState"] != "IN_PROGRESS" || mine().count() as i64 != wanted || wanted == 0 {
        return None;
    }
    let mut older = service::deployments(&facts.service).skip(1).peekable();
    let has_older = older.peek().is_some();
    if has_older && older.all(|it| service::count(it, "desiredCount") == 0) {
        // They are asked to stop already: only that is waited for.
        return None;
    }
    let is_checked = |task: &Json| {
        let mut containers = task["containers"].as_array().into_iter().flatten();
        containers.any(|it| it["healthStatus"].as_str().is_some_and(|it| it != "UNKNOWN"))
    };
    let mut text = if mine().any(is_checked) {
        "its tasks run and wait for their health checks to pass".to_owned()
    } else {
        "its tasks run and count as healthy after a while (40 s, or what `--healthy-after` of the control plane says)".to_owned()
    };
    if has_older {
        text.push_str("; then those of older deployments go");
    }
    Some(Wait::Health(text))
}

/// Which tasks are too many and still there.
fn to_leave(facts: &Facts) -> Option<Wait> {
    let stopping = facts.stopped.iter().filter(|task| task["lastStatus"] != "STOPPED").count();
    let stopping = i64::try_from(stopping).unwrap_or(i64::MAX);
    let surplus = i64::try_from(facts.tasks.len()).unwrap_or(i64::MAX) - facts.wanted();
    if surplus > 0 && !facts.protected.is_empty() && facts.missing() <= 0 {
        return Some(Wait::Leave(format!(
            "{} too many, and {} protected",
            verb(surplus),
            verb(facts.protected.len() as i64)
        )));
    }
    (stopping > 0).then(|| {
        Wait::Leave(format!("{} stopping; containers may take their stopTimeout", verb(stopping)))
    })
}

/// Everything, a thought a line.
pub(super) fn lines(facts: &Facts, now: Timestamp) -> Vec<String> {
    let it = &facts.service;
    let mut lines = vec![paint(
        &format!(
            "{}: {} wanted, {} running, {} pending",
            service::called(it),
            service::count(it, "desiredCount"),
            service::count(it, "runningCount"),
            service::count(it, "pendingCount")
        ),
        Tone::Strong,
    )];
    let waits = waits(facts, now);
    lines.extend(waits.iter().map(|wait| paint(&format!("  {}", wait.text()), wait.tone())));
    if waits.iter().any(|wait| matches!(wait, Wait::Place(..))) {
        lines.extend(indented(instances::table(&facts.answers), INSTANCES_MAX, "instances"));
    }
    lines.extend(one_by_one(facts, now));
    for deployment in service::deployments(it) {
        lines.push(format!("  {}", story_of(deployment, now)));
    }
    lines.extend(guards(facts));
    for (instance, tasks) in facts.draining() {
        let id = render::short_id(&instance["containerInstanceArn"]);
        let tasks = render::counted(tasks as i64, "task");
        lines.push(format!("  instance {id} is DRAINING: {tasks} of the service there"));
    }
    if !facts.protected.is_empty() {
        let tasks: Vec<String> = facts.protected.iter().map(|it| until(it, now)).collect();
        lines.push(format!("  protected from scale-in: {}", tasks.join(", ")));
    }
    lines.extend(last_stopped(facts, now));
    if let Some(event) = service::events(it).next() {
        let when = render::ago(&event["createdAt"], now);
        let text = service::brief(service::message(event));
        lines.push(format!("  newest event, {when} ago: {text}"));
    }
    lines
}

/// The tasks that are not there yet or not well, each in its own words.
fn one_by_one(facts: &Facts, now: Timestamp) -> Vec<String> {
    let is_told = |task: &&Json| {
        is_pending(task)
            || task["healthStatus"] == "UNHEALTHY"
            || task["connectivity"] == "DISCONNECTED"
    };
    let told: Vec<&Json> = facts.tasks.iter().filter(is_told).collect();
    let lines = told.iter().take(TASKS_MAX).flat_map(|task| words::task(task, now));
    let mut lines: Vec<String> = lines.map(|line| format!("    {line}")).collect();
    if told.len() > TASKS_MAX {
        lines.push(format!("    … and {} more tasks", told.len() - TASKS_MAX));
    }
    lines
}

/// `deployment ecs-svc/2 of web:2 is IN_PROGRESS since 12s: 1 of 3 running, 1 pending`
fn story_of(deployment: &Json, now: Timestamp) -> String {
    let count = |member| service::count(deployment, member);
    let running = match deployment["status"].as_str() {
        Some("PRIMARY") => format!("{} of {}", count("runningCount"), count("desiredCount")),
        _ => count("runningCount").to_string(),
    };
    let mut text = format!(
        "deployment {} of {} ({}) is {} since {}: {running} running, {} pending",
        deployment["id"].as_str().unwrap_or("-"),
        service::definition(deployment),
        deployment["status"].as_str().unwrap_or("-"),
        deployment["rolloutState"].as_str().unwrap_or("-"),
        render::ago(&deployment["updatedAt"], now),
        count("pendingCount"),
    );
    if count("failedTasks") > 0 {
        text.push_str(&format!(", {} in a row did not start", count("failedTasks")));
    }
    if let Some(reason) = service::reason(deployment) {
        text.push_str(&format!(" ({reason})"));
    }
    text
}

/// Bounds, and what the circuit breaker counted.
fn guards(facts: &Facts) -> Option<String> {
    service::primary(&facts.service)?;
    let story = facts.story.as_ref();
    let mut text = format!("  bounds: {}", service::guards(&facts.service, story));
    if let Some(breaker) = service::breaker(story) {
        text.push_str(&format!(" ({})", breaker["status"].as_str().unwrap_or("-")));
    }
    Some(text)
}

fn last_stopped(facts: &Facts, now: Timestamp) -> Vec<String> {
    let stopped = facts.last_stopped();
    if stopped.is_empty() {
        return Vec::new();
    }
    let mut table = render::table(&["TASK", "DEFINITION", "STOPPED", "RAN", "REASON"]);
    for task in stopped {
        let ran = match (task["startedAt"].as_f64(), task["stoppedAt"].as_f64()) {
            (Some(from), Some(to)) => render::length(Millis(((to - from) * 1000.0) as i64)),
            _ => "never".into(),
        };
        table.add_row([
            render::short_id(&task["taskArn"]),
            render::last_part(&task["taskDefinitionArn"]).to_owned(),
            format!("{} ago", render::ago(&task["stoppedAt"], now)),
            ran,
            why_stopped(task),
        ]);
    }
    let mut lines = vec!["  stopped last:".to_owned()];
    lines.extend(indented(render::lines(&table, &[]), usize::MAX, "tasks"));
    lines
}

/// The task's reason, and what its containers add to it.
fn why_stopped(task: &Json) -> String {
    let mut text = task["stoppedReason"].as_str().unwrap_or("no reason is kept").to_owned();
    for container in task["containers"].as_array().into_iter().flatten() {
        let name = container["name"].as_str().unwrap_or("-");
        if let Some(code) = container["exitCode"].as_i64() {
            text.push_str(&format!("; {name}: exit code {code}"));
        }
        let reason = container["reason"].as_str().filter(|it| !it.is_empty());
        if let Some(reason) = reason.filter(|reason| !text.contains(reason)) {
            text.push_str(&format!("; {name}: {reason}"));
        }
    }
    text
}

fn indented(table: Vec<String>, rows_max: usize, what: &str) -> Vec<String> {
    // The header is no row.
    let left = table.len().saturating_sub(1).saturating_sub(rows_max);
    let shown = table.len() - left;
    let mut lines: Vec<String> =
        table.into_iter().take(shown).map(|line| format!("    {line}")).collect();
    if left > 0 {
        lines.push(format!("    … and {left} more {what}"));
    }
    lines
}

#[cfg(test)]
mod tests;
