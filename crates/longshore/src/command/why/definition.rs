//! Why a definition could or could not be placed now, instance by instance.

use super::instances::{Answer, Groups, Wanted};
use crate::command::{client::Client, find, render};
use anyhow::Result;
use domain::task::Attachment;
use serde_json::{Value as Json, json};

/// What came of asking every instance.
pub(super) struct Verdict {
    definition: String,
    cluster: String,
    status: String,
    instances: Vec<Answer>,
    /// It may run on Fargate too.
    is_for_fargate: bool,
}

impl Verdict {
    pub(super) fn as_json(&self) -> Json {
        let instances: Vec<Json> = self.instances.iter().map(Answer::as_json).collect();
        json!({ "taskDefinitionArn": self.definition, "status": self.status, "cluster": self.cluster, "instances": instances })
    }

    pub(super) fn print(&self) {
        let name = self.definition.rsplit('/').next().unwrap_or_default();
        let fitting = self.instances.iter().filter(|answer| answer.refusal.is_none()).count();
        anstream::println!("{}", self.headline(name, fitting));
        if self.is_for_fargate && self.status == "ACTIVE" {
            anstream::println!(
                "  on Fargate: its hosts are of no cluster; `longshore fargate hosts` shows what room they have"
            );
        }
        for answer in &self.instances {
            let instance = render::short_id(&json!(answer.instance));
            anstream::println!("  instance {instance}: {}", answer.words());
        }
    }

    fn headline(&self, name: &str, fitting: usize) -> String {
        let all = self.instances.len();
        let cluster = &self.cluster;
        match (self.status.as_str(), all, fitting) {
            ("ACTIVE", 0, _) => format!(
                "{name} cannot be placed: cluster `{cluster}` has no instances; join one with `longshore agent`"
            ),
            ("ACTIVE", _, 0) => format!(
                "{name} cannot be placed now: none of the {all} instances of cluster `{cluster}` takes it"
            ),
            ("ACTIVE", _, _) => format!(
                "{name} can be placed now: {fitting} of {all} instances of cluster `{cluster}` take it"
            ),
            (status, _, _) => format!("{name} cannot be run: the definition is {status}"),
        }
    }
}

/// Asks; `None` where there is no definition of this name.
pub(super) async fn verdict(client: &Client, cluster: &str, name: &str) -> Result<Option<Verdict>> {
    let Some(wanted) = Wanted::named(client, name).await? else { return Ok(None) };
    let instances = find::instances(client, cluster).await?;
    let group = format!("family:{}", wanted.family);
    let groups = if wanted.asks_of_tasks() {
        groups(&find::tasks(client, cluster, false).await?)
    } else {
        Groups::new()
    };
    let instances = wanted.ask(cluster, &group, &instances, &groups)?;
    let is_for_fargate = wanted.is_for_fargate();
    let (definition, status) = (wanted.arn, wanted.status);
    let cluster = cluster.to_owned();
    Ok(Some(Verdict { definition, cluster, status, instances, is_for_fargate }))
}

/// How many tasks of which group are where.
pub(super) fn groups(tasks: &[Json]) -> Groups {
    let mut groups = Groups::new();
    for task in tasks.iter().filter(|task| task["lastStatus"] != "STOPPED") {
        let (instance, group) = (&task["containerInstanceArn"], &task["group"]);
        if let (Some(instance), Some(group)) = (instance.as_str(), group.as_str()) {
            let there = groups.entry(instance.to_owned()).or_default();
            *there.groups.entry(group.to_owned()).or_default() += 1;
            let attachments = task["attachments"].as_array().into_iter().flatten();
            let interfaces = attachments.filter(|it| it["type"] == Attachment::INTERFACE);
            there.interfaces += i64::try_from(interfaces.count()).unwrap_or(i64::MAX);
        }
    }
    groups
}
