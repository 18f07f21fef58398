//! What a service waits for. What is looked up is kept as the API gave it; what it means is in `waits.rs`.

use super::{
    back_off::{BackOff, back_off},
    definition,
    instances::{Answer, Wanted},
    waits,
};
use crate::command::{client::Client, find, render, service};
use anyhow::Result;
use domain::{fargate, service::SchedulingStrategy, time::Timestamp};
use serde_json::{Value as Json, json};

/// GetTaskProtection takes no more at once.
const PROTECTIONS_PER_CALL_MAX: usize = 100;

/// What is known of a service.
pub(super) struct Facts {
    /// As DescribeServices tells.
    pub(super) service: Json,
    /// The story of its newest deployment.
    pub(super) story: Option<Json>,
    /// Its tasks that are to run, newest first.
    pub(super) tasks: Vec<Json>,
    /// Its tasks that are to stop or have, newest first.
    pub(super) stopped: Vec<Json>,
    /// Its protected tasks.
    pub(super) protected: Vec<Json>,
    /// The instances of its cluster.
    pub(super) instances: Vec<Json>,
    /// What the instances that may have them say to one more task of the newest deployment; empty where there is no such deployment.
    pub(super) answers: Vec<Answer>,
}

impl Facts {
    /// Looks everything up.
    pub(super) async fn gather(client: &Client, cluster: &str, service: Json) -> Result<Self> {
        let name = find::service_name(&service).to_owned();
        let story = match service["currentServiceDeployment"].as_str() {
            Some(arn) => find::service_deployment(client, arn).await?,
            None => None,
        };
        let tasks = find::tasks_of(client, cluster, &name).await?;
        let stopped = find::stopped_tasks_of(client, cluster, &name).await?;
        let protected = protected(client, cluster, &tasks).await?;
        let instances = find::instances(client, cluster).await?;
        let mut facts =
            Self { service, story, tasks, stopped, protected, instances, answers: Vec::new() };
        facts.answers = facts.ask(client, cluster).await?;
        Ok(facts)
    }

    async fn ask(&self, client: &Client, cluster: &str) -> Result<Vec<Answer>> {
        // Nobody sees the hosts of Fargate's pool.
        if self.is_fargate() {
            return Ok(Vec::new());
        }
        let Some(definition) = self.service["taskDefinition"].as_str() else {
            return Ok(Vec::new());
        };
        let Some(mut wanted) = Wanted::named(client, definition).await? else {
            return Ok(Vec::new());
        };
        wanted.constrain(&self.service["placementConstraints"])?;
        wanted.connect(client, &self.service["networkConfiguration"]).await?;
        let group = format!("service:{}", find::service_name(&self.service));
        let groups = if wanted.asks_of_tasks() {
            definition::groups(&find::tasks(client, cluster, false).await?)
        } else {
            let own: Vec<Json> = self.tasks.iter().chain(&self.stopped).cloned().collect();
            definition::groups(&own)
        };
        let candidates: Vec<Json> =
            self.instances.iter().filter(|it| self.is_candidate(it)).cloned().collect();
        wanted.ask(cluster, &group, &candidates, &groups)
    }

    /// Whether its launch type or its capacity providers may use an instance at all.
    fn is_candidate(&self, instance: &Json) -> bool {
        let has = |attribute: &str| {
            let attributes = instance["attributes"].as_array().into_iter().flatten();
            attributes.filter_map(|it| it["name"].as_str()).any(|name| name == attribute)
        };
        let is_external = self.service["launchType"] == "EXTERNAL";
        let strategy = self.service["capacityProviderStrategy"].as_array();
        let of_provider = strategy.filter(|items| !items.is_empty()).is_none_or(|items| {
            items.iter().any(|item| item["capacityProvider"] == instance["capacityProviderName"])
        });
        has(placement::candidate::EXTERNAL_ATTRIBUTE) == is_external && of_provider
    }

    /// How many tasks are wanted, whoever counts them.
    pub(super) fn wanted(&self) -> i64 {
        service::count(&self.service, "desiredCount")
    }

    /// Whether new tasks of it are Fargate's.
    pub(super) fn is_fargate(&self) -> bool {
        let strategy = self.service["capacityProviderStrategy"].as_array().into_iter().flatten();
        let mut providers = strategy.filter_map(|item| item["capacityProvider"].as_str());
        self.service["launchType"] == "FARGATE"
            || providers.any(|name| matches!(name, fargate::ON_DEMAND | fargate::SPOT))
    }

    /// Its tasks that are to run and have an instance, or a host of Fargate's pool.
    pub(super) fn placed(&self) -> impl Iterator<Item = &Json> {
        self.tasks.iter().filter(|task| {
            if task["launchType"] == "FARGATE" {
                task["lastStatus"] != "PROVISIONING"
            } else {
                !task["containerInstanceArn"].is_null()
            }
        })
    }

    /// How many tasks of the newest deployment have no instance yet.
    pub(super) fn missing(&self) -> i64 {
        let newest = service::primary(&self.service).map(|it| &it["id"]);
        let placed = self.placed().filter(|task| Some(&task["startedBy"]) == newest);
        self.wanted() - i64::try_from(placed.count()).unwrap_or(i64::MAX)
    }

    /// Until when nothing is started.
    pub(super) fn back_off(&self) -> Option<BackOff> {
        let newest = service::primary(&self.service)?;
        let tasks = self.tasks.iter().chain(&self.stopped);
        back_off(&tasks.filter(|task| task["startedBy"] == newest["id"]).collect::<Vec<_>>())
    }

    /// Whether it has a task on each instance that fits.
    pub(super) fn is_daemon(&self) -> bool {
        self.service["schedulingStrategy"] == SchedulingStrategy::Daemon.as_str()
    }

    /// Its stopped tasks, the last to stop first.
    pub(super) fn last_stopped(&self) -> Vec<&Json> {
        let mut stopped: Vec<&Json> =
            self.stopped.iter().filter(|task| task["lastStatus"] == "STOPPED").collect();
        let when = |task: &Json| task["stoppedAt"].as_f64().unwrap_or_default();
        stopped.sort_by(|a, b| when(b).total_cmp(&when(a)));
        stopped.truncate(waits::STOPPED_MAX);
        stopped
    }

    /// Instances that are being drained, each with how many of its tasks are there.
    pub(super) fn draining(&self) -> Vec<(&Json, usize)> {
        let draining = self.instances.iter().filter(|it| it["status"] == "DRAINING");
        let counted = draining.map(|instance| {
            let arn = &instance["containerInstanceArn"];
            (instance, self.tasks.iter().filter(|it| it["containerInstanceArn"] == *arn).count())
        });
        counted.collect()
    }

    /// What a person is told.
    pub(super) fn lines(&self, now: Timestamp) -> Vec<String> {
        waits::lines(self, now)
    }

    /// The same for programs.
    pub(super) fn as_json(&self, now: Timestamp) -> Json {
        let back_off = self
            .back_off()
            .filter(|it| it.until > now)
            .map(|it| json!({ "failedStarts": it.starts, "until": it.until.as_seconds() }));
        let stopped = self.last_stopped().into_iter().map(super::words::as_json);
        let draining = self.draining().into_iter().map(|(instance, tasks)| {
            json!({ "containerInstance": instance["containerInstanceArn"], "tasks": tasks })
        });
        let waits: Vec<String> = waits::waits(self, now).into_iter().map(|it| it.text()).collect();
        json!({
            "serviceArn": self.service["serviceArn"], "status": self.service["status"],
            "desiredCount": self.service["desiredCount"], "runningCount": self.service["runningCount"],
            "pendingCount": self.service["pendingCount"], "waitsFor": waits,
            "deployments": self.service["deployments"], "backOff": back_off,
            "deploymentCircuitBreaker": self.story.as_ref().map(|story| &story["deploymentCircuitBreaker"]),
            "instances": self.answers.iter().map(Answer::as_json).collect::<Vec<_>>(),
            "drainingInstances": draining.collect::<Vec<_>>(),
            "protectedTasks": self.protected,
            "stoppedTasks": stopped.collect::<Vec<_>>(),
            "newestEvent": service::events(&self.service).next(),
        })
    }
}

async fn protected(client: &Client, cluster: &str, tasks: &[Json]) -> Result<Vec<Json>> {
    let arns: Vec<&str> = tasks.iter().filter_map(|task| task["taskArn"].as_str()).collect();
    let mut protected = Vec::new();
    for some in arns.chunks(PROTECTIONS_PER_CALL_MAX) {
        let asked = json!({ "cluster": cluster, "tasks": some });
        let reply = client.call("GetTaskProtection", asked).await?;
        let told = reply["protectedTasks"].as_array().into_iter().flatten();
        protected.extend(told.filter(|it| it["protectionEnabled"] == true).cloned());
    }
    Ok(protected)
}

/// `abc until 13:40:00Z (for 20m 0s)`
pub(super) fn until(protection: &Json, now: Timestamp) -> String {
    let task = render::short_id(&protection["taskArn"]);
    match protection["expirationDate"].as_f64() {
        Some(seconds) => format!(
            "{task} until {} (for {})",
            render::clock(&protection["expirationDate"]),
            render::length(Timestamp::from_seconds(seconds) - now)
        ),
        None => task,
    }
}
