//! What identical tasks are made from, and a task as it is when it is made.
//!
//! Invariant: a task shows what its definition and overrides say at the moment it is made; what a host found out is not known yet.
//! Not here: whether a client may ask for it (`api`), where it fits (`placement`).

use crate::{ids::Ids, seat::Seat};
use domain::{
    definition::{ContainerDefinition, TaskDefinition},
    exec::{managed_agent, with_capability},
    fargate,
    id::{ClusterName, TaskId},
    instance::Resources,
    status::{ContainerStatus, DesiredStatus, HealthStatus, LaunchType, TaskStatus},
    tag::{Attribute, Tag},
    task::{Container, ContainerOverride, Overrides, Seeks, Task},
    time::Timestamp,
    vpc::TaskNetwork,
};
use placement::{
    candidate::{ARCHITECTURE_ATTRIBUTE, ZONE_ATTRIBUTE},
    demand::{Demand, gpus_of, with_override},
    filter::{Constraint, Needs},
};
use std::collections::{BTreeMap, BTreeSet};
use store::Found;

/// What is to be started, any number of times.
#[derive(Clone, Debug)]
pub struct Blueprint {
    /// Their cluster.
    pub cluster: ClusterName,
    /// What runs, at the revision it was read.
    pub definition: Found<TaskDefinition>,
    /// What is changed of it; every container is named.
    pub overrides: Overrides,
    /// What each holds.
    pub demand: Demand,
    /// What an instance must have.
    pub attributes: Vec<Attribute>,
    /// `family:{family}`, `service:{name}`, or what the client said.
    pub group: String,
    /// Who starts them.
    pub started_by: Option<String>,
    /// Their tags.
    pub tags: Vec<Tag>,
    /// Whether ExecuteCommand may enter them.
    pub exec: bool,
    /// What the request asks of instances, to be kept with tasks that wait for one.
    pub seeks: Option<Seeks>,
    /// Where the interfaces of tasks in awsvpc mode are.
    pub network: Option<TaskNetwork>,
    /// Digests that are already known, by container name: these containers run exactly those images.
    pub digests: BTreeMap<String, String>,
    /// Of tasks of Fargate.
    pub fargate: Option<OnFargate>,
}

/// What tasks of Fargate have that others have not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnFargate {
    /// Such as `1.4.0`.
    platform_version: String,
    /// GiB that each may write.
    storage_gib: i64,
    /// The group by which placement and ledgers know them.
    booked_group: String,
}

impl Blueprint {
    /// Of a definition with overrides, in the definition's own group. Every container is named in what is kept of the overrides.
    pub fn new(
        cluster: ClusterName,
        definition: Found<TaskDefinition>,
        mut overrides: Overrides,
    ) -> Self {
        let given = std::mem::take(&mut overrides.container_overrides);
        let of = |container: &ContainerDefinition| {
            let found = given.iter().find(|change| change.name == container.name);
            found.cloned().unwrap_or_else(|| ContainerOverride {
                name: container.name.clone(),
                ..ContainerOverride::default()
            })
        };
        overrides.container_overrides = definition.container_definitions.iter().map(of).collect();
        Self {
            cluster,
            demand: Demand::of(&definition, &overrides),
            attributes: required(&definition, &overrides),
            group: format!("family:{}", definition.family),
            started_by: None,
            tags: Vec::new(),
            exec: false,
            seeks: None,
            network: None,
            digests: BTreeMap::new(),
            fargate: None,
            definition,
            overrides,
        }
    }

    /// What an instance must have for one such task.
    pub fn needs<'a>(&'a self, constraints: &'a [Constraint]) -> Needs<'a> {
        Needs {
            demand: &self.demand,
            attributes: &self.attributes,
            platform: self.definition.runtime_platform.as_ref(),
            constraints,
            network: self.network.as_ref(),
            group: self.fargate.as_ref().map_or(&self.group, |it| &it.booked_group),
        }
    }

    /// The same, of tasks of Fargate, whose group is not changed any more.
    #[must_use]
    pub fn on_fargate(mut self, platform_version: &str) -> Self {
        self.demand = self.demand.on_fargate();
        self.fargate = Some(OnFargate {
            platform_version: platform_version.to_owned(),
            storage_gib: storage_gib(&self.definition, &self.overrides),
            booked_group: fargate::booked_group(&self.cluster, &self.group),
        });
        self
    }

    /// The same, for tasks that ExecuteCommand may enter, if it may: their instance must be able to let people in.
    #[must_use]
    pub fn entered_if(mut self, exec: bool) -> Self {
        self.exec = exec;
        self.attributes = with_capability(&self.attributes, exec);
        self
    }

    /// A task that waits for an instance: PROVISIONING.
    pub fn waiting(&self, ids: &Ids, provider: Option<&str>, now: Timestamp) -> Task {
        Task {
            id: TaskId::from_bytes(ids.bytes("id", 0)),
            cluster: self.cluster.clone(),
            family: self.definition.family.clone(),
            revision: self.definition.revision,
            instance: None,
            host_cluster: None,
            containers: self.containers(ids),
            desired: DesiredStatus::Running,
            last: TaskStatus::Provisioning,
            version: 1,
            launch_type: self.fargate.as_ref().map_or(LaunchType::Ec2, |_| LaunchType::Fargate),
            platform_version: self.fargate.as_ref().map(|it| it.platform_version.clone()),
            ephemeral_storage_gib: self.fargate.as_ref().map(|it| it.storage_gib),
            capacity_provider: provider.map(str::to_owned),
            group: self.group.clone(),
            started_by: self.started_by.clone(),
            cpu: self.demand.cpu.to_string(),
            memory: self.demand.memory.to_string(),
            demand: self.demand.held_with(BTreeSet::new()),
            overrides: self.overrides.clone(),
            attachments: Vec::new(),
            attributes: Vec::new(),
            availability_zone: None,
            enable_execute_command: self.exec,
            health: HealthStatus::Unknown,
            connectivity: None,
            created_at: now,
            pull_started_at: None,
            pull_stopped_at: None,
            started_at: None,
            stopping_at: None,
            execution_stopped_at: None,
            stopped_at: None,
            stop: None,
            protected_until: None,
            tallied: false,
            seeks: self.seeks.clone().map(Box::new),
            tags: self.tags.clone(),
        }
    }

    /// A task that is made on the instance of `seat`, where it holds `held`: PENDING.
    pub fn seated(
        &self,
        ids: &Ids,
        provider: Option<&str>,
        seat: &Seat,
        held: Resources,
        now: Timestamp,
    ) -> Task {
        let mut task = self.waiting(ids, provider, now);
        sit(&mut task, &self.definition, seat, held);
        task
    }

    /// In the order of the definition.
    fn containers(&self, ids: &Ids) -> Vec<Container> {
        let definitions = self.definition.container_definitions.iter().enumerate();
        definitions
            .map(|(index, definition)| {
                let definition = with_override(definition, &self.overrides);
                Container {
                    uuid: ids.uuid("container", index),
                    gpu_ids: Vec::new(),
                    image_digest: self.digests.get(&definition.name).cloned(),
                    name: definition.name,
                    image: definition.image,
                    runtime_id: None,
                    last: ContainerStatus::Pending,
                    exit_code: None,
                    reason: None,
                    network_bindings: Vec::new(),
                    network_interfaces: Vec::new(),
                    health: HealthStatus::Unknown,
                    managed_agents: self.exec.then(managed_agent).into_iter().collect(),
                    cpu: definition.cpu.to_string(),
                    memory: definition.memory.map(|mib| mib.to_string()),
                    memory_reservation: definition.memory_reservation.map(|mib| mib.to_string()),
                }
            })
            .collect()
    }
}

/// What an instance must be able to do for a definition and overrides.
pub fn required(definition: &TaskDefinition, overrides: &Overrides) -> Vec<Attribute> {
    let has_files = overrides
        .container_overrides
        .iter()
        .any(|change| change.environment_files.as_ref().is_some_and(|files| !files.is_empty()));
    let needs = [
        (overrides.task_role_arn.is_some(), "com.amazonaws.ecs.capability.task-iam-role"),
        (
            overrides.cpu.is_some() || overrides.memory.is_some(),
            "ecs.capability.task-cpu-mem-limit",
        ),
        (has_files, "ecs.capability.env-files.s3"),
    ];
    let needed = needs.into_iter().filter(|(is_needed, _)| *is_needed);
    let needed = needed.map(|(_, name)| Attribute { name: name.to_owned(), value: None });
    definition.requires_attributes.iter().cloned().chain(needed).collect()
}

/// What a task of Fargate may write, in GiB: by its request, its definition, or what every task may.
fn storage_gib(definition: &TaskDefinition, overrides: &Overrides) -> i64 {
    let given = overrides.ephemeral_storage.as_ref().or(definition.ephemeral_storage.as_ref());
    let given = given.and_then(|storage| storage["sizeInGiB"].as_i64());
    given.unwrap_or(fargate::EPHEMERAL_STORAGE_GIB)
}

/// Gives a task that waits its instance: it is PENDING there, holds `held`, and each container gets as many GPUs as it asks for.
pub(crate) fn sit(task: &mut Task, definition: &TaskDefinition, seat: &Seat, held: Resources) {
    let candidate = seat.candidate();
    let value = |name: &str| candidate.attribute(name).map(str::to_owned);
    task.instance = Some(seat.instance.id.clone());
    let host_cluster = &seat.instance.cluster;
    task.host_cluster = (*host_cluster != task.cluster).then(|| host_cluster.clone());
    task.seeks = None;
    task.advance(TaskStatus::Pending);
    if candidate.is_external() && !task.is_fargate() {
        task.launch_type = LaunchType::External;
    }
    task.attributes = value(ARCHITECTURE_ATTRIBUTE)
        .map(|value| Attribute { name: ARCHITECTURE_ATTRIBUTE.to_owned(), value: Some(value) })
        .into_iter()
        .collect();
    task.availability_zone = value(ZONE_ATTRIBUTE);
    let mut gpus = held.gpus.iter().cloned();
    for container in &mut task.containers {
        let mut definitions = definition.container_definitions.iter();
        let Some(definition) = definitions.find(|it| it.name == container.name) else { continue };
        let wanted = gpus_of(&with_override(definition, &task.overrides));
        container.gpu_ids = gpus.by_ref().take(wanted).collect();
    }
    task.demand = held;
}
