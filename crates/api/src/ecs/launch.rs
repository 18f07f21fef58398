//! What RunTask and StartTask have in common: reading what to start, and writing a task that has its instance.
//!
//! Invariant: a task is made with its assignment and its entry in the instance's ledger, in one commit that assumes the instance,
//! the definition and the ledger as they were read. So what two calls at once do is what they would do one after the other.

use crate::{
    decide::{Ctx, View, Writes},
    ecs::{definition, fault, overrides, seat::Seat, tag},
};
use domain::{
    definition::{DefinitionStatus, NetworkMode, TaskDefinition},
    id::{ClusterName, TaskId},
    instance::{Assignment, Ledger, Resources},
    status::{ContainerStatus, DesiredStatus, HealthStatus, LaunchType, TaskStatus},
    tag::{Attribute, Tag},
    task::{Container, Overrides, Task},
};
use placement::{
    demand::{Demand, gpus_of, with_override},
    filter::{Constraint, Needs},
};
use std::collections::BTreeMap;
use store::{Expect, Found};
use wire::{Fault, Value, tables::ecs, view};

/// Longer groups are not names any more; ECS's other names end there too.
const GROUP_LENGTH_MAX: usize = 255;

// StartTask's members have the same names and shapes, so that one view reads both.
view! {
    Launching : ecs::RUN_TASK_REQUEST {
        definition: &'a str = "taskDefinition",
        group: Option<&'a str> = "group",
        managed_tags: Option<bool> = "enableECSManagedTags",
        exec: Option<bool> = "enableExecuteCommand",
        network: Option<&'a Value> = "networkConfiguration",
        overrides: Option<&'a Value> = "overrides",
        propagate: Option<&'a str> = "propagateTags",
        started_by: Option<&'a str> = "startedBy",
        tags: &'a [Value] = "tags",
        volumes: &'a [Value] = "volumeConfigurations",
    }
}

/// What is to be started, any number of times.
#[derive(Clone, Debug)]
pub struct Launch {
    definition: Found<TaskDefinition>,
    overrides: Overrides,
    demand: Demand,
    attributes: Vec<Attribute>,
    group: String,
    started_by: Option<String>,
    tags: Vec<Tag>,
}

impl Launch {
    /// Reads and checks a RunTask or StartTask. `started_by_length_max` is how many characters of `startedBy` the operation takes.
    ///
    /// # Errors
    /// What ECS refuses the whole request for.
    pub fn read(
        view: &View,
        ctx: &Ctx,
        cluster: &ClusterName,
        request: &Value,
        started_by_length_max: usize,
    ) -> Result<Self, Fault> {
        let request = Launching::from(request);
        let definition = definition::find(view, ctx, request.definition)?
            .ok_or_else(|| fault::client("TaskDefinition not found."))?;
        if definition.status != DefinitionStatus::Active {
            return Err(fault::client("TaskDefinition is inactive"));
        }
        refuse_unserved(&request, &definition)?;
        let overrides = overrides::read(request.overrides, &definition)?;
        let mut attributes = definition.requires_attributes.clone();
        attributes.extend(overrides::required(&overrides));
        Ok(Self {
            demand: Demand::of(&definition, &overrides),
            attributes,
            group: read_group(request.group, &definition)?,
            started_by: read_started_by(request.started_by, started_by_length_max)?,
            tags: read_tags(&request, cluster, &definition)?,
            overrides,
            definition,
        })
    }

    /// The definition.
    pub fn definition(&self) -> &TaskDefinition {
        &self.definition
    }

    /// What an instance must have for one such task.
    pub fn needs<'a>(&'a self, constraints: &'a [Constraint]) -> Needs<'a> {
        Needs {
            demand: &self.demand,
            attributes: &self.attributes,
            platform: self.definition.runtime_platform.as_ref(),
            constraints,
            group: &self.group,
        }
    }

    /// Refuses a launch type that the definition cannot be started with.
    ///
    /// # Errors
    /// `InvalidParameterException`, in ECS's words.
    pub fn check_launch_type(&self, launch_type: LaunchType) -> Result<(), Fault> {
        if self.definition.compatibilities.iter().any(|known| known == launch_type.as_str()) {
            return Ok(());
        }
        Err(fault::invalid_parameter(format!(
            "Task definition does not support launch_type {launch_type}."
        )))
    }
}

fn refuse_unserved(request: &Launching<'_>, definition: &TaskDefinition) -> Result<(), Fault> {
    let not_served =
        |what: &str| Err(fault::client(format!("{what} is not served by Longshore yet.")));
    if definition.network_mode == NetworkMode::Awsvpc {
        if request.network.is_none() {
            return Err(fault::invalid_parameter(
                "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
            ));
        }
        return not_served("Running tasks with networkMode `awsvpc`");
    }
    if request.network.is_some() {
        return Err(fault::invalid_parameter(
            "Network Configuration is not valid for the given networkMode of this task definition.",
        ));
    }
    if request.exec == Some(true) {
        return not_served("`enableExecuteCommand`");
    }
    if !request.volumes.is_empty() {
        return not_served("`volumeConfigurations`");
    }
    let requirements = definition
        .container_definitions
        .iter()
        .flat_map(|container| container.resource_requirements.iter().flatten());
    for requirement in requirements {
        if requirement.kind != "GPU" {
            return not_served(&format!("`resourceRequirements` of type {}", requirement.kind));
        }
        if requirement.sharing_strategy.is_some() {
            return not_served("`sharingStrategy` of GPUs");
        }
    }
    Ok(())
}

fn read_group(group: Option<&str>, definition: &TaskDefinition) -> Result<String, Fault> {
    let default = format!("family:{}", definition.family);
    let Some(group) = group.filter(|group| !group.is_empty() && *group != default) else {
        return Ok(default);
    };
    if group.chars().count() > GROUP_LENGTH_MAX {
        let message = format!("Group must not be longer than {GROUP_LENGTH_MAX} characters.");
        return Err(fault::invalid_parameter(message));
    }
    if group.starts_with("family:") || group.starts_with("service:") {
        return Err(fault::invalid_parameter(format!(
            "Group `{group}` begins with a prefix that is reserved for ECS."
        )));
    }
    Ok(group.to_owned())
}

fn read_started_by(text: Option<&str>, length_max: usize) -> Result<Option<String>, Fault> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let is_allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '/');
    if text.chars().count() > length_max || !text.chars().all(is_allowed) {
        return Err(fault::invalid_parameter(format!(
            "`startedBy` has at most {length_max} letters, digits, hyphens, underscores and slashes."
        )));
    }
    Ok(Some(text.to_owned()))
}

/// The request's own tags win over those of the definition.
fn read_tags(
    request: &Launching<'_>,
    cluster: &ClusterName,
    definition: &TaskDefinition,
) -> Result<Vec<Tag>, Fault> {
    let own = tag::read(request.tags)?;
    let propagated = match request.propagate {
        Some("TASK_DEFINITION") => definition.tags.as_slice(),
        Some("SERVICE") => {
            return Err(fault::invalid_parameter(
                "`propagateTags` SERVICE is for tasks of services only.",
            ));
        }
        _ => &[],
    };
    let mut tags = tag::merge(propagated, own)?;
    if request.managed_tags == Some(true) {
        tags.push(Tag { key: "aws:ecs:clusterName".into(), value: cluster.to_string() });
    }
    Ok(tags)
}

/// Tasks being made in one commit.
#[derive(Debug)]
pub struct Batch<'a> {
    launch: &'a Launch,
    ctx: &'a Ctx,
    writes: Writes,
    ledgers: BTreeMap<domain::key::Key, (Expect, Ledger)>,
    tasks: Vec<Task>,
}

impl<'a> Batch<'a> {
    /// Without any task yet.
    pub fn new(launch: &'a Launch, ctx: &'a Ctx) -> Self {
        Self { launch, ctx, writes: Writes::new(), ledgers: BTreeMap::new(), tasks: Vec::new() }
    }

    /// An instance's ledger with the tasks that are being made.
    pub fn ledger<'b>(&'b self, seat: &'b Seat) -> &'b Ledger {
        let key = Ledger::key(&self.ctx.scope, &seat.instance.cluster, &seat.instance.id);
        self.ledgers.get(&key).map_or(&seat.ledger, |(_, ledger)| ledger)
    }

    /// One more task, on the instance of `seat`, where it holds `held`.
    pub fn add(&mut self, seat: &Seat, held: Resources) {
        let (scope, instance) = (&self.ctx.scope, &seat.instance);
        let task = self.launch.task(self.ctx, self.tasks.len(), seat, held);
        let ledger = Ledger::key(scope, &task.cluster, &instance.id);
        let (_, ledger) = self
            .ledgers
            .entry(ledger)
            .or_insert_with(|| (seat.ledger_seen, Ledger::clone(&seat.ledger)));
        ledger.admit(&task.demand, &task.group, task.last);
        let assignment = Assignment::key(scope, &task.cluster, &instance.id, &task.id);
        self.writes.put(&assignment, Expect::Absent, Assignment { desired: task.desired });
        self.writes.expect(&instance.key, Expect::Revision(instance.modified));
        self.tasks.push(task);
    }

    /// The tasks, and the writes that make them.
    pub fn finish(mut self) -> (Vec<Task>, Writes) {
        if !self.tasks.is_empty() {
            let definition = &self.launch.definition;
            self.writes.expect(&definition.key, Expect::Revision(definition.modified));
        }
        for (key, (seen, ledger)) in self.ledgers {
            self.writes.put(&key, seen, ledger);
        }
        for task in &self.tasks {
            let key = Task::key(&self.ctx.scope, &task.cluster, &task.id);
            self.writes.put(&key, Expect::Absent, task.clone());
        }
        (self.tasks, self.writes)
    }
}

impl Launch {
    fn task(&self, ctx: &Ctx, index: usize, seat: &Seat, held: Resources) -> Task {
        let ids = ctx.ids.child("task", index);
        let candidate = seat.candidate();
        let value = |name: &str| candidate.attribute(name).map(str::to_owned);
        let architecture = "ecs.cpu-architecture";
        Task {
            id: TaskId::from_bytes(ids.bytes("id", 0)),
            cluster: seat.instance.cluster.clone(),
            family: self.definition.family.clone(),
            revision: self.definition.revision,
            instance: Some(seat.instance.id.clone()),
            containers: self.containers(&ids, &held),
            desired: DesiredStatus::Running,
            last: TaskStatus::Pending,
            version: 1,
            launch_type: if candidate.is_external() {
                LaunchType::External
            } else {
                LaunchType::Ec2
            },
            capacity_provider: None,
            group: self.group.clone(),
            started_by: self.started_by.clone(),
            cpu: held.cpu.to_string(),
            memory: held.memory.to_string(),
            demand: held,
            overrides: self.overrides.clone(),
            attachments: Vec::new(),
            attributes: value(architecture)
                .map(|value| Attribute { name: architecture.to_owned(), value: Some(value) })
                .into_iter()
                .collect(),
            availability_zone: value("ecs.availability-zone"),
            enable_execute_command: false,
            health: HealthStatus::Unknown,
            connectivity: None,
            created_at: ctx.now,
            pull_started_at: None,
            pull_stopped_at: None,
            started_at: None,
            stopping_at: None,
            execution_stopped_at: None,
            stopped_at: None,
            stop: None,
            protected_until: None,
            tallied: false,
            tags: self.tags.clone(),
        }
    }

    /// The containers, in the order of the definition; each gets as many of the GPUs as it asks for.
    fn containers(&self, ids: &crate::ids::Ids, held: &Resources) -> Vec<Container> {
        let mut gpus = held.gpus.iter().cloned();
        let definitions = self.definition.container_definitions.iter().enumerate();
        definitions
            .map(|(index, definition)| {
                let definition = with_override(definition, &self.overrides);
                Container {
                    uuid: ids.uuid("container", index),
                    gpu_ids: gpus.by_ref().take(gpus_of(&definition)).collect(),
                    name: definition.name,
                    image: definition.image,
                    image_digest: None,
                    runtime_id: None,
                    last: ContainerStatus::Pending,
                    exit_code: None,
                    reason: None,
                    network_bindings: Vec::new(),
                    network_interfaces: Vec::new(),
                    health: HealthStatus::Unknown,
                    managed_agents: Vec::new(),
                    cpu: definition.cpu.to_string(),
                    memory: definition.memory.map(|mib| mib.to_string()),
                    memory_reservation: definition.memory_reservation.map(|mib| mib.to_string()),
                }
            })
            .collect()
    }
}
