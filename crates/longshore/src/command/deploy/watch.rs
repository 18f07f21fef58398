//! Looks at a rollout until it is over, and shows it: in place on a terminal, as lines that say what changed elsewhere.

use super::rollout::{self, End, Look, Rollout};
use crate::{
    args,
    command::{client::Client, events::Seen, find, live::Screen, render, service},
};
use anyhow::{Context, Result, bail};
use serde_json::{Value as Json, json};
use std::{process::ExitCode, time::Duration};
use tokio::{
    signal::unix::{SignalKind, signal},
    time::Instant,
};

/// How often the service is looked at. There is no call that waits for a change.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// The exit code when `--timeout` passes: the deployment neither failed nor is done.
const TIMED_OUT: u8 = 3;
/// The exit code after Ctrl-C, as shells have it.
const INTERRUPTED: u8 = 130;
/// How many events the view remembers: more than a terminal is high.
const EVENTS_MAX: usize = 200;

pub(super) async fn run(
    arguments: &args::Deploy,
    client: &Client,
    service: &Json,
    is_json: bool,
) -> Result<ExitCode> {
    let Some(rollout) = Rollout::of(service) else {
        bail!(
            "{} has no deployment to watch; `longshore events` tells what happened",
            service::called(service)
        );
    };
    let mut watch = Watch {
        arguments,
        client,
        rollout,
        story: service["currentServiceDeployment"].as_str().map(str::to_owned),
        began: Instant::now(),
        view: if is_json { View::Silent } else { View::of_stdout() },
        seen: Seen::default(),
    };
    // What happened before is no news.
    watch.seen.news(service);
    let first = Look { story: None, service: service.clone(), tasks: Vec::new() };
    let (outcome, look) = watch.until_over(first).await?;
    watch.tell(&outcome, &look, is_json)
}

/// How the watch ended.
enum Outcome {
    Over(End),
    TimedOut,
    Interrupted,
}

/// Where progress goes.
enum View {
    /// Nowhere: programs get the end.
    Silent,
    /// A line for each change.
    Lines { last: String },
    /// A frame that is drawn over.
    Screen { screen: Screen, events: Vec<Json> },
}

impl View {
    fn of_stdout() -> Self {
        match Screen::of_stdout() {
            Some(screen) => Self::Screen { screen, events: Vec::new() },
            None => Self::Lines { last: String::new() },
        }
    }
}

struct Watch<'a> {
    arguments: &'a args::Deploy,
    client: &'a Client,
    rollout: Rollout,
    /// The ARN of its story.
    story: Option<String>,
    began: Instant,
    view: View,
    seen: Seen,
}

impl Watch<'_> {
    /// Looks and shows; how it ended, and what was seen last. `seen` is what is known before the first look.
    async fn until_over(&mut self, mut seen: Look) -> Result<(Outcome, Look)> {
        // Ctrl-C is answered whenever it comes, also while the control plane does not answer.
        let mut interrupt = signal(SignalKind::interrupt()).context("listen for Ctrl-C")?;
        loop {
            let look = tokio::select! {
                biased;
                _ = interrupt.recv() => return Ok((Outcome::Interrupted, seen)),
                look = self.look() => look,
            };
            seen = look.with_context(|| {
                let name = &self.arguments.service;
                format!("the deployment goes on, `longshore deploy {name} --watch` shows it again")
            })?;
            self.show(&seen)?;
            if let Some(end) = self.rollout.end(&seen) {
                return Ok((Outcome::Over(end), seen));
            }
            let timeout = self.arguments.timeout.map(|timeout| timeout.0.max(0).unsigned_abs());
            if timeout.is_some_and(|ms| self.began.elapsed() >= Duration::from_millis(ms)) {
                return Ok((Outcome::TimedOut, seen));
            }
            tokio::select! {
                biased;
                _ = interrupt.recv() => return Ok((Outcome::Interrupted, seen)),
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    async fn look(&self) -> Result<Look> {
        let name = self.arguments.service.as_str();
        let cluster = find::cluster_of(name, &self.arguments.cluster);
        // The story first: it says when all is over, and the service must not be behind it then.
        let story = match &self.story {
            Some(arn) => find::service_deployment(self.client, arn).await?,
            None => None,
        };
        let service = find::service(self.client, cluster, name).await?;
        let tasks = find::tasks_of(self.client, cluster, find::service_name(&service)).await?;
        Ok(Look { story, service, tasks })
    }

    fn elapsed(&self) -> domain::time::Millis {
        domain::time::Millis(i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX))
    }

    fn show(&mut self, look: &Look) -> Result<()> {
        let elapsed = self.elapsed();
        let news = self.seen.news(&look.service);
        match &mut self.view {
            View::Silent => {}
            View::Lines { last } => {
                for event in &news {
                    anstream::println!("{}", rollout::event_line(event));
                }
                let line = self.rollout.line(look);
                if line != *last {
                    anstream::println!("{:>7}  {line}", render::length(elapsed));
                    *last = line;
                }
            }
            View::Screen { screen, events } => {
                events.extend(news);
                events.drain(..events.len().saturating_sub(EVENTS_MAX));
                screen.draw(&self.rollout.frame(look, events, screen.rows(), elapsed))?;
            }
        }
        Ok(())
    }

    fn tell(&self, outcome: &Outcome, look: &Look, is_json: bool) -> Result<ExitCode> {
        let name = find::service_name(&look.service);
        let called = service::called(&look.service);
        let (word, reason, code) = match outcome {
            Outcome::Over(End::Completed) => ("COMPLETED", None, ExitCode::SUCCESS),
            Outcome::Over(End::Failed(why)) => ("FAILED", Some(why.as_str()), ExitCode::FAILURE),
            Outcome::TimedOut => ("TIMED_OUT", None, ExitCode::from(TIMED_OUT)),
            Outcome::Interrupted => ("INTERRUPTED", None, ExitCode::from(INTERRUPTED)),
        };
        if is_json {
            let told = json!({
                "outcome": word, "reason": reason, "service": look.service, "serviceDeployment": look.story,
            });
            render::print_json(&told);
            return Ok(code);
        }
        match outcome {
            Outcome::Over(End::Completed) => {
                let text = rollout::done(&self.rollout, &look.service, self.elapsed());
                anstream::println!("{}", render::paint(&text, render::Tone::Good));
            }
            Outcome::Over(End::Failed(why)) => bail!(
                "deployment {} of {} did not succeed: {why}; `longshore why {name}` says more",
                self.rollout.id,
                self.rollout.definition
            ),
            Outcome::TimedOut => anstream::eprintln!(
                "longshore: {called}: not done after {}; the deployment goes on, and `longshore why {name}` says what it waits for",
                render::length(self.elapsed())
            ),
            Outcome::Interrupted => anstream::eprintln!(
                "\nthe deployment goes on; `longshore deploy {name} --watch` shows it again, and `aws ecs stop-service-deployment --service-deployment-arn {} --stop-type ROLLBACK` ends it",
                self.story.as_deref().unwrap_or("ARN")
            ),
        }
        Ok(code)
    }
}
