//! Longshore's side: one service at a time, driven by ECS's API.

use super::super::{
    http::Connection,
    process,
    region::Region,
    swarm::{COMMAND, STOP_S},
    wait,
};
use anyhow::{Context, Result, bail};
use serde_json::{Value as Json, json};
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// A scene that takes longer did not work.
const SCENE_MAX: Duration = Duration::from_secs(120);

/// A region with two revisions of one definition.
pub(super) struct Ours {
    region: Region,
    ecs: Connection,
    revision: usize,
}

/// Minimum healthy and maximum percent.
pub(super) type Bounds = (u32, u32);

/// How long a service took.
#[derive(Clone, Copy)]
pub(super) struct Created {
    /// Until all its tasks ran.
    pub(super) running: Duration,
    /// Until its deployment was COMPLETED.
    pub(super) completed: Duration,
}

impl Ours {
    pub(super) fn start(root: &Path) -> Result<Self> {
        let region = Region::start_with(root, &["--healthy-after", "0s"])?;
        region.load_busybox(root)?;
        let mut ecs = region.connect()?;
        for round in ["0", "1"] {
            let container = json!({ "name": "main", "image": "busybox:bench", "memory": 16, "command": COMMAND, "stopTimeout": STOP_S,
                                    "environment": [{ "name": "ROUND", "value": round }] });
            let definition = json!({ "family": "bench", "containerDefinitions": [container] });
            ecs.ecs("RegisterTaskDefinition", &definition)?;
        }
        Ok(Self { region, ecs, revision: 1 })
    }

    /// The image that was loaded, for the peer.
    pub(super) fn archive(&self, root: &Path) -> Result<std::path::PathBuf> {
        self.region.archive(root)
    }

    pub(super) fn create(&mut self, count: usize) -> Result<Created> {
        // A maximum of 100 % leaves no room to move tasks between zones, and is refused with rebalancing.
        let request = json!({ "serviceName": "bench", "taskDefinition": self.definition(), "desiredCount": count,
                              "availabilityZoneRebalancing": "DISABLED" });
        let begin = Instant::now();
        self.ecs.ecs("CreateService", &request)?;
        let running = self.until(begin, |service| service["runningCount"] == count)?;
        let completed = self.until(begin, is_completed)?;
        Ok(Created { running, completed })
    }

    /// Kills the process of a task's container; returns how long it took until another task ran in its place.
    pub(super) fn replace(&mut self, victim: &Json) -> Result<Duration> {
        let before = self.tasks()?;
        let task = victim.as_str().and_then(|arn| arn.rsplit('/').next()).context("an ARN")?;
        let first = process::first_of(&format!("/ecs/{task}/"))?;
        let begin = Instant::now();
        process::kill(first)?;
        self.wait(begin, |ours| {
            let new: Vec<Json> =
                ours.tasks()?.into_iter().filter(|task| !before.contains(task)).collect();
            if new.is_empty() {
                return Ok(false);
            }
            let reply = ours.ecs.ecs("DescribeTasks", &json!({ "tasks": new }))?;
            let mut tasks = reply["tasks"].as_array().into_iter().flatten();
            Ok(tasks.any(|task| task["lastStatus"] == "RUNNING"))
        })
    }

    /// Deploys the other revision; returns how long it took until that was COMPLETED.
    pub(super) fn update(&mut self, (minimum, maximum): Bounds) -> Result<Duration> {
        self.revision = 3 - self.revision;
        let request = json!({
            "service": "bench", "taskDefinition": self.definition(),
            "deploymentConfiguration": { "minimumHealthyPercent": minimum, "maximumPercent": maximum },
        });
        let begin = Instant::now();
        let reply = self.ecs.ecs("UpdateService", &request)?;
        let wanted = reply["service"]["deployments"][0]["id"].clone();
        self.until(begin, |service| {
            is_completed(service) && service["deployments"][0]["id"] == wanted
        })
    }

    pub(super) fn remove(&mut self) -> Result<()> {
        self.ecs.ecs("DeleteService", &json!({ "service": "bench", "force": true }))?;
        self.until(Instant::now(), |service| service["status"] == "INACTIVE").map(drop)
    }

    /// Bytes of the region's process, which is control plane and agent, and of its shims.
    pub(super) fn memory(&self) -> (u64, u64) {
        let control = self.region.memory_of_control();
        (control, self.region.memory().saturating_sub(control))
    }

    fn definition(&self) -> String {
        format!("bench:{}", self.revision)
    }

    /// The ARNs of the tasks that should run.
    pub(super) fn tasks(&mut self) -> Result<Vec<Json>> {
        let reply = self.ecs.ecs("ListTasks", &json!({ "serviceName": "bench" }))?;
        Ok(reply["taskArns"].as_array().context("task ARNs")?.clone())
    }

    fn until(&mut self, begin: Instant, is_so: impl Fn(&Json) -> bool) -> Result<Duration> {
        self.wait(begin, |ours| {
            let reply = ours.ecs.ecs("DescribeServices", &json!({ "services": ["bench"] }))?;
            Ok(is_so(&reply["services"][0]))
        })
    }

    fn wait(
        &mut self,
        begin: Instant,
        mut is_so: impl FnMut(&mut Self) -> Result<bool>,
    ) -> Result<Duration> {
        let took = wait::until(begin, SCENE_MAX, || is_so(self))?;
        if took >= SCENE_MAX {
            let reply = self.ecs.ecs("DescribeServices", &json!({ "services": ["bench"] }))?;
            let service = &reply["services"][0];
            bail!("not after {SCENE_MAX:?}: {} {}", service["deployments"], service["events"]);
        }
        Ok(took)
    }
}

fn is_completed(service: &Json) -> bool {
    let deployments = service["deployments"].as_array().map_or(&[][..], Vec::as_slice);
    deployments.len() == 1 && deployments[0]["rolloutState"] == "COMPLETED"
}
