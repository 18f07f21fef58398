//! What a caller may see, put together from what the machine and the driver know.

use super::{
    docker,
    door::{Caller, ClockDrift, Facts, Sample},
    ids::Ids,
};
use crate::machine::{ContainerPortrait, Portrait};
use domain::{
    id::TaskId,
    link::{
        acs::{InstanceCredentials, PayloadContainer, PayloadTask, docker_name, labels},
        docker::{Config, HostConfig, LogConfig},
    },
    tag::Tag,
};
use serde_json::Value as Json;
use std::{collections::BTreeMap, sync::Arc};

/// What is answered from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct View {
    /// The host.
    pub(crate) host: HostView,
    /// The caller's own task, which its address tells; `None` for callers in the host's network.
    pub(crate) own: Option<String>,
    /// All that the caller may see, and nothing else.
    pub(crate) tasks: Vec<TaskView>,
}

/// The host that tasks run on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HostView {
    /// As configured.
    pub(crate) cluster: String,
    /// Once it is registered.
    pub(crate) instance_arn: Option<String>,
    /// The zone that it says it is in.
    pub(crate) zone: Option<String>,
    /// Its region.
    pub(crate) region: String,
    /// What the plane takes its size from, where that is known.
    pub(crate) instance_type: Option<String>,
    /// EC2's id of it, where it has one.
    pub(crate) ec2_id: Option<String>,
    /// This agent's name and version.
    pub(crate) version: String,
    /// EC2's words are given out without a token as well.
    pub(crate) serves_version_1: bool,
    /// The instance's role, if it has a profile and the plane told.
    pub(crate) role: Option<InstanceCredentials>,
}

/// A task.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TaskView {
    /// What the machine knows.
    pub(crate) portrait: Portrait,
    /// In the payload's order; those that are not created have no Docker id.
    pub(crate) containers: Vec<ContainerView>,
    /// Where they were asked for.
    pub(crate) tags: Option<Tags>,
    /// What only tasks of Fargate are told, where it was asked for.
    pub(crate) on_fargate: OnFargate,
}

/// What tasks of Fargate are told of where they run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct OnFargate {
    /// MiB in use of the task's storage.
    pub(crate) storage_used_mib: Option<i64>,
    /// Of the host's clock.
    pub(crate) clock: Option<ClockDrift>,
}

/// Tags of a task and its instance, and what stood in the way of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tags {
    /// The task's.
    pub(crate) task: Vec<Tag>,
    /// The instance's.
    pub(crate) instance: Vec<Tag>,
    /// In the official agent's form.
    pub(crate) errors: Vec<Json>,
}

/// A container of a task.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ContainerView {
    /// What the machine knows.
    pub(crate) portrait: ContainerPortrait,
    /// As received.
    pub(crate) payload: Arc<PayloadContainer>,
    /// The id in its addresses.
    pub(crate) endpoint_id: String,
    /// What Docker would call it.
    pub(crate) docker_name: String,
    /// The user's labels and ours.
    pub(crate) labels: BTreeMap<String, String>,
    /// Where its output goes.
    pub(crate) log: Option<LogConfig>,
    /// What the driver knows, once it is created.
    pub(crate) facts: Option<Facts>,
    /// In Docker's form, where they were asked for; `None` while it does not run.
    pub(crate) stats: Option<Json>,
}

impl TaskView {
    /// From what is known of a task.
    pub(crate) fn new(portrait: Portrait, mut facts: BTreeMap<String, Facts>, ids: &Ids) -> Self {
        let payload = Arc::clone(&portrait.payload);
        let view = |container: &ContainerPortrait| {
            let name = &container.name;
            let received = payload.container(name).cloned().unwrap_or_default();
            ContainerView {
                portrait: container.clone(),
                endpoint_id: ids.endpoint(payload.id(), name),
                docker_name: docker_name(&payload, name, ids.salt(payload.id(), name)),
                labels: labels_of(&payload, &received),
                log: host_config(&received).log_config,
                facts: facts.remove(name),
                stats: None,
                payload: Arc::new(received),
            }
        };
        let containers = portrait.containers.iter().map(view).collect();
        Self { portrait, containers, tags: None, on_fargate: OnFargate::default() }
    }

    /// Puts statistics in, in Docker's form: each sample with an earlier one.
    pub(crate) fn put_stats(&mut self, samples: &BTreeMap<String, (Sample, Sample)>) {
        for container in &mut self.containers {
            let sample = samples.get(&container.portrait.name);
            container.stats = sample.map(|(before, now)| docker::stats(container, before, now));
        }
    }

    /// The container that `id` is the address's id of.
    pub(super) fn by_endpoint(&self, id: &str) -> Option<&ContainerView> {
        self.containers.iter().find(|container| container.endpoint_id == id)
    }

    /// The container with the engine's id `id`.
    pub(super) fn by_docker_id(&self, id: &str) -> Option<&ContainerView> {
        self.containers.iter().find(|it| it.portrait.runtime_id.as_deref() == Some(id))
    }

    /// Whether processes in the host's network may be of this task.
    pub(super) fn is_in_host_mode(&self) -> bool {
        let is_host = |it: &ContainerView| {
            it.facts.as_ref().is_some_and(|facts| facts.network_mode == "host")
        };
        self.containers.iter().any(is_host)
    }
}

impl View {
    /// Of `tasks` those that `caller` may see.
    pub(crate) fn of(caller: &Caller, host: HostView, tasks: Vec<TaskView>) -> Self {
        let may_see = |task: &TaskView| match caller {
            Caller::Task(id) => task.portrait.payload.id() == id,
            Caller::Host => task.is_in_host_mode(),
        };
        let own = match caller {
            Caller::Task(id) => Some(id.clone()),
            Caller::Host => None,
        };
        Self { host, own, tasks: tasks.into_iter().filter(may_see).collect() }
    }

    /// The container with this id in its address, and its task.
    pub(super) fn by_endpoint(&self, id: &str) -> Option<(&TaskView, &ContainerView)> {
        self.tasks.iter().find_map(|task| Some((task, task.by_endpoint(id)?)))
    }

    /// The task that the caller's address tells.
    pub(super) fn own_task(&self) -> Option<&TaskView> {
        let own = self.own.as_ref()?;
        self.tasks.iter().find(|task| task.portrait.payload.id() == own)
    }
}

impl Caller {
    /// The task that has to be looked up for this caller; `None` for all.
    pub(super) fn task_id(&self) -> Option<TaskId> {
        match self {
            Self::Task(id) => TaskId::parse(id.as_str()).ok(),
            Self::Host => None,
        }
    }
}

/// Ours win over the user's, as with the official agent.
fn labels_of(task: &PayloadTask, container: &PayloadContainer) -> BTreeMap<String, String> {
    let config: Config = serde_json::from_str(&container.docker_config.config).unwrap_or_default();
    let cluster = task.task_cluster_arn.rsplit('/').next().unwrap_or_default();
    let ours = labels(task, &container.name, cluster);
    let mut all = config.labels;
    all.extend(ours.into_iter().map(|label| (label.name, label.value)));
    all
}

fn host_config(container: &PayloadContainer) -> HostConfig {
    serde_json::from_str(&container.docker_config.host_config).unwrap_or_default()
}
