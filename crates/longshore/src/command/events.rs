//! `longshore events`: what a service's scheduler did or could not do, oldest first.

use super::{client::Client, find, render, service};
use crate::args;
use anyhow::Result;
use serde_json::{Value as Json, json};
use std::{collections::BTreeSet, time::Duration};

/// How often a followed service is looked at. There is no call that waits for an event.
const LOOK_EVERY: Duration = Duration::from_millis(500);

pub(crate) async fn run(arguments: &args::Events) -> Result<()> {
    let client = Client::new(&arguments.connection)?;
    let name = arguments.service.as_str();
    let cluster = find::cluster_of(name, &arguments.cluster);
    let mut service = find::service(&client, cluster, name).await?;
    let is_json = arguments.connection.output == args::Output::Json;
    let mut seen = Seen::default();
    let first = seen.news(&service);
    match (is_json, arguments.follow) {
        (true, false) => render::print_json(&json!({ "events": first })),
        (false, false) if first.is_empty() => {
            anstream::println!("nothing happened to {} yet", service::called(&service));
        }
        _ => print(&first, is_json),
    }
    while arguments.follow && service["status"] != "INACTIVE" {
        tokio::time::sleep(LOOK_EVERY).await;
        service = find::service(&client, cluster, name).await?;
        print(&seen.news(&service), is_json);
    }
    Ok(())
}

/// One event a line, as JSON for programs.
fn print(events: &[Json], is_json: bool) {
    for event in events {
        if is_json {
            anstream::println!("{event}");
        } else {
            anstream::println!("{}", line(event));
        }
    }
}

fn line(event: &Json) -> String {
    format!("{}  {}", render::moment(&event["createdAt"]), service::message(event))
}

/// Which events were told already. Only those that the API still shows are remembered.
#[derive(Default)]
pub(crate) struct Seen(BTreeSet<String>);

impl Seen {
    /// The events that are new since the last call, oldest first.
    pub(crate) fn news(&mut self, service: &Json) -> Vec<Json> {
        let id = |event: &Json| event["id"].as_str().unwrap_or_default().to_owned();
        let oldest_first = service::events(service).rev();
        let news = oldest_first.filter(|event| !self.0.contains(&id(event))).cloned().collect();
        self.0 = service::events(service).map(id).collect();
        news
    }
}

#[cfg(test)]
mod tests {
    use super::{Seen, line};
    use crate::command::service::tests::{updating, web};
    use serde_json::Value as Json;

    fn told(news: &[Json]) -> Vec<String> {
        news.iter().map(line).collect()
    }

    #[test]
    fn events_are_told_once_and_oldest_first() {
        let mut seen = Seen::default();
        assert_eq!(
            told(&seen.news(&updating())),
            [
                "1970-01-01 00:02:21Z  has reached a steady state.",
                "1970-01-01 00:03:10Z  has started 2 tasks: (task 1) (task 2).",
            ]
        );
        assert!(seen.news(&updating()).is_empty());
    }

    #[test]
    fn a_new_event_is_told_alone() {
        let mut seen = Seen::default();
        seen.news(&web());
        assert_eq!(
            told(&seen.news(&updating())),
            ["1970-01-01 00:03:10Z  has started 2 tasks: (task 1) (task 2)."]
        );
    }
}
