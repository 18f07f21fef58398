//! What is to be seen of a rollout, and how it ends. Pure: what was looked up in, words out.
//!
//! ```text
//! going ─▶ completed                                     PRIMARY, COMPLETED, all tasks there and no others
//!   │ ─▶ failed                                          FAILED and nothing comes back, stopped, superseded, deleted
//!   └─▶ going back ─▶ failed, with what runs now         a guard tripped, or somebody asked for it
//! ```

use crate::command::{
    find,
    render::{self, Tone, paint},
    service,
};
use domain::time::Millis;
use serde_json::Value as Json;

/// So wide is a bar at most.
const BAR_WIDTH: i64 = 30;

/// What one look found, in the order in which it was asked for: what is later may be newer, never older.
pub(super) struct Look {
    /// The story of the deployment that is watched, where it has one.
    pub(super) story: Option<Json>,
    /// The service.
    pub(super) service: Json,
    /// The service's tasks that are to run.
    pub(super) tasks: Vec<Json>,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// As wanted.
    Completed,
    /// Otherwise, and why.
    Failed(String),
}

/// A deployment that is watched.
pub(super) struct Rollout {
    /// Its id, `ecs-svc/…`.
    pub(super) id: String,
    /// What it deploys, `family:revision`.
    pub(super) definition: String,
}

impl Rollout {
    /// The one of the newest deployment of a service.
    pub(super) fn of(service: &Json) -> Option<Self> {
        let primary = service::primary(service)?;
        let definition = service::definition(primary).to_owned();
        Some(Self { id: primary["id"].as_str()?.to_owned(), definition })
    }

    /// Whether it is over, and how.
    pub(super) fn end(&self, look: &Look) -> Option<End> {
        let service = &look.service;
        let failed = |text: String| Some(End::Failed(text));
        if service["status"] != "ACTIVE" {
            return failed("the service was deleted".into());
        }
        let mine = service::deployment(service, &self.id);
        let reason = self.why(look);
        let story = self.story(look).and_then(|story| story["status"].as_str()).unwrap_or("");
        match story {
            // The service was read after its story and may be ahead of it: the next look has both.
            "PENDING" | "IN_PROGRESS" | "STOP_REQUESTED" => return None,
            "ROLLBACK_REQUESTED" | "ROLLBACK_IN_PROGRESS" => return None,
            "ROLLBACK_SUCCESSFUL" => {
                return failed(format!("{reason}; {} runs again", service::definition(service)));
            }
            "ROLLBACK_FAILED" => return failed(format!("{reason}; the way back failed too")),
            _ => {}
        }
        let Some(mine) = mine else {
            let newer = service::primary(service).and_then(|it| it["id"].as_str()).unwrap_or("-");
            return failed(format!("deployment {newer} took its place"));
        };
        if mine["rolloutState"] == "FAILED" {
            return failed(reason);
        }
        if mine["status"] != "PRIMARY" {
            let newer = service::primary(service).and_then(|it| it["id"].as_str()).unwrap_or("-");
            return failed(format!("deployment {newer} took its place"));
        }
        let wanted = service::count(service, "desiredCount");
        let is_all = service::count(mine, "runningCount") == wanted
            && service::count(service, "runningCount") == wanted
            && service::count(service, "pendingCount") == 0;
        (mine["rolloutState"] == "COMPLETED" && is_all).then_some(End::Completed)
    }

    /// Its own story. What was rolled back to has the story of the deployment that failed.
    fn story<'a>(&self, look: &'a Look) -> Option<&'a Json> {
        let is_own = |story: &&Json| {
            let revision = render::last_part(&story["targetServiceRevision"]["arn"]);
            self.id.rsplit('/').next() == Some(revision)
        };
        look.story.as_ref().filter(is_own)
    }

    /// Why it failed or goes back, as far as anybody says.
    fn why(&self, look: &Look) -> String {
        let story = self.story(look);
        let told = |text: &Json| {
            text.as_str().map(service::clause).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let own = service::deployment(&look.service, &self.id)
            .and_then(service::reason)
            .map(str::to_owned);
        story
            .and_then(|story| told(&story["rollback"]["reason"]))
            .or_else(|| story.and_then(|story| told(&story["statusReason"])))
            .or(own)
            .unwrap_or_else(|| "no reason is kept".into())
    }

    /// The view that is redrawn: what is new, what is old, under which bounds, and the newest of `events`.
    pub(super) fn frame(
        &self,
        look: &Look,
        events: &[Json],
        rows: usize,
        elapsed: Millis,
    ) -> Vec<String> {
        let title = format!("{}: {}", service::called(&look.service), self.headline(look));
        let mut lines =
            vec![format!("{}  {}", paint(&title, Tone::Strong), render::length(elapsed))];
        let squads: Vec<Squad> =
            service::deployments(&look.service).map(|it| self.squad(it, look)).collect();
        let most = service::bounds(&look.service).upper.max(squads.iter().map(Squad::all).sum());
        let widest = squads.iter().map(|squad| squad.definition.len()).max().unwrap_or(0);
        lines.push(String::new());
        lines.extend(squads.iter().map(|squad| squad.line(most, widest)));
        let guards = service::guards(&look.service, look.story.as_ref());
        lines.push(paint(&format!("  {guards}"), Tone::Faint));
        lines.push(String::new());
        let room = rows.saturating_sub(lines.len());
        let newest = &events[events.len().saturating_sub(room)..];
        lines.extend(newest.iter().map(event_line));
        lines
    }

    /// The same in a line, for output that cannot be redrawn.
    pub(super) fn line(&self, look: &Look) -> String {
        let squads = service::deployments(&look.service).map(|it| self.squad(it, look));
        let squads: Vec<String> = squads.map(|squad| squad.words()).collect();
        format!("{}: {}", self.headline(look), squads.join("; "))
    }

    fn squad(&self, deployment: &Json, look: &Look) -> Squad {
        let mine = look.tasks.iter().filter(|task| task["startedBy"] == deployment["id"]);
        let with = |verdict: &str| {
            let running = mine.clone().filter(|task| task["lastStatus"] == "RUNNING");
            running.filter(|task| task["healthStatus"] == verdict).count() as i64
        };
        let is_checked = |task: &&Json| {
            let containers = task["containers"].as_array().into_iter().flatten();
            task["healthStatus"] != "UNKNOWN"
                || containers.filter_map(|it| it["healthStatus"].as_str()).any(|it| it != "UNKNOWN")
        };
        Squad {
            is_new: deployment["id"] == self.id.as_str(),
            is_wanted: deployment["status"] == "PRIMARY",
            definition: service::definition(deployment).to_owned(),
            wanted: service::count(deployment, "desiredCount"),
            running: service::count(deployment, "runningCount"),
            pending: service::count(deployment, "pendingCount"),
            failed: service::count(deployment, "failedTasks"),
            healthy: with("HEALTHY"),
            unhealthy: with("UNHEALTHY"),
            has_checks: mine.clone().any(|task| is_checked(&task)),
        }
    }

    fn headline(&self, look: &Look) -> String {
        let story = self.story(look).and_then(|story| story["status"].as_str());
        let mine = service::deployment(&look.service, &self.id);
        let state = mine.and_then(|it| it["rolloutState"].as_str());
        match (story, state) {
            (Some("ROLLBACK_REQUESTED" | "ROLLBACK_IN_PROGRESS"), _) => format!(
                "going back from {} to {} ({})",
                self.definition,
                service::definition(&look.service),
                self.why(look)
            ),
            (Some("ROLLBACK_SUCCESSFUL" | "ROLLBACK_FAILED"), _) => format!(
                "{} was rolled back to {} ({})",
                self.definition,
                service::definition(&look.service),
                self.why(look)
            ),
            (_, Some("COMPLETED")) if self.end(look).is_none() => format!(
                "{} goes to {}",
                self.definition,
                render::counted(service::count(&look.service, "desiredCount"), "task")
            ),
            (_, Some("COMPLETED")) => format!("{} is deployed", self.definition),
            (_, Some("FAILED")) => format!("{} failed ({})", self.definition, self.why(look)),
            _ => format!("deploying {}", self.definition),
        }
    }
}

/// An event as a line of the view.
pub(super) fn event_line(event: &Json) -> String {
    let text = service::brief(service::message(event));
    format!("  {}  {text}", render::clock(&event["createdAt"]))
}

/// The tasks of one deployment.
struct Squad {
    /// It is the one that is watched.
    is_new: bool,
    /// It is the one that is to stay.
    is_wanted: bool,
    definition: String,
    wanted: i64,
    running: i64,
    pending: i64,
    failed: i64,
    /// Of those that run: whose health checks pass and do not. Nobody says of tasks without checks.
    healthy: i64,
    unhealthy: i64,
    has_checks: bool,
}

impl Squad {
    fn all(&self) -> i64 {
        self.running + self.pending
    }

    /// `2 of 3 running, 1 healthy, 1 pending, 0 failed`.
    fn counts(&self) -> String {
        let mut words = match self.is_wanted {
            true => vec![format!("{} of {} running", self.running, self.wanted)],
            false => vec![format!("{} running", self.running)],
        };
        if self.has_checks {
            words.push(format!("{} healthy", self.healthy));
        }
        for (count, what) in
            [(self.unhealthy, "unhealthy"), (self.pending, "pending"), (self.failed, "failed")]
        {
            if count > 0 {
                words.push(format!("{count} {what}"));
            }
        }
        words.join(", ")
    }

    fn words(&self) -> String {
        let age = if self.is_new { "new" } else { "old" };
        format!("{age} {}: {}", self.definition, self.counts())
    }

    /// With a bar in which `most` tasks would fill the width.
    fn line(&self, most: i64, widest: usize) -> String {
        let age = if self.is_new { "new" } else { "old" };
        let tone = match self.is_wanted {
            _ if self.failed + self.unhealthy > 0 => Tone::Bad,
            true if self.running == self.wanted => Tone::Good,
            true => Tone::Going,
            false => Tone::Faint,
        };
        let bar = paint(&self.bar(most), tone);
        format!("  {age}  {:widest$}  {bar}  {}", self.definition, self.counts())
    }

    /// Healthy tasks, or running ones where nobody checks, are solid; those that are not there yet are light.
    fn bar(&self, most: i64) -> String {
        let (each, most) = if most <= 0 {
            (0, BAR_WIDTH)
        } else if most <= BAR_WIDTH {
            (BAR_WIDTH / most, most)
        } else {
            (0, most)
        };
        let cells = |count: i64| match (count.max(0), each) {
            (0, _) => 0,
            (count, 0) => (count * BAR_WIDTH / most).max(1),
            (count, each) => count * each,
        };
        let width = if each > 0 { each * most } else { BAR_WIDTH };
        let solid = if self.has_checks { self.healthy.min(self.running) } else { self.running };
        let mut text = String::new();
        for (count, letter) in [(solid, '█'), (self.running - solid, '▓'), (self.pending, '▒')]
        {
            text.extend((0..cells(count)).map(|_| letter));
        }
        let drawn = text.chars().count() as i64;
        text.extend((drawn..width).map(|_| '·'));
        text
    }
}

/// The last words about a rollout that went well.
pub(super) fn done(rollout: &Rollout, service: &Json, elapsed: Millis) -> String {
    format!(
        "done in {}: {} runs {} with {}",
        render::length(elapsed),
        find::service_name(service),
        rollout.definition,
        render::counted(service::count(service, "runningCount"), "task")
    )
}

#[cfg(test)]
mod tests;
