//! What RunTask and StartTask have in common: reading what to start. What is written for a task is `books`' matter.

use crate::{
    decide::{Ctx, View, readable},
    ecs::{definition, fargate, fault, network, overrides, tag},
};
use books::{blueprint::Blueprint, draft::Draft, role, seat::Seat};
use domain::{
    definition::{DefinitionStatus, TaskDefinition},
    id::ClusterName,
    instance::Resources,
    status::LaunchType,
    tag::Tag,
    task::{Seeks, Task},
};
use placement::filter::{Constraint, Needs};
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
    blueprint: Blueprint,
}

impl Launch {
    /// Reads and checks a RunTask or StartTask for `launch_type`; a strategy's instances are EC2's. `started_by_length_max` is how many
    /// characters of `startedBy` the operation takes.
    ///
    /// # Errors
    /// What ECS refuses the whole request for.
    pub fn read(
        view: &View,
        ctx: &Ctx,
        cluster: &ClusterName,
        request: &Value,
        launch_type: LaunchType,
        started_by_length_max: usize,
    ) -> Result<Self, Fault> {
        let request = Launching::from(request);
        let definition = definition::find(view, ctx, request.definition)?
            .ok_or_else(|| fault::client("TaskDefinition not found."))?;
        if definition.status != DefinitionStatus::Active {
            return Err(fault::client("TaskDefinition is inactive"));
        }
        refuse_unserved(&request, &definition)?;
        let network =
            network::read(view, ctx, &definition, Some(launch_type), request.network, None)?;
        let overrides = overrides::read(request.overrides, &definition, launch_type)?;
        let (application, execution) =
            (overrides.task_role_arn.as_deref(), overrides.execution_role_arn.as_deref());
        check_roles(view, ctx, &definition, application, execution)?;
        let blueprint = Blueprint {
            group: read_group(request.group, &definition)?,
            started_by: read_started_by(request.started_by, started_by_length_max)?,
            tags: read_tags(&request, cluster, &definition)?,
            network,
            ..Blueprint::new(cluster.clone(), definition, overrides)
        }
        .entered_if(request.exec == Some(true));
        Ok(Self { blueprint })
    }

    /// The definition.
    pub fn definition(&self) -> &TaskDefinition {
        &self.blueprint.definition
    }

    /// The same, of Fargate: on the platform that the request means.
    ///
    /// # Errors
    /// For a platform that there is not or that cannot run the definition, and a size that Fargate does not have.
    pub fn on_fargate(self, asked_version: Option<&str>) -> Result<Self, Fault> {
        let definition = self.definition();
        let version = fargate::platform_version(definition, asked_version)?;
        fargate::check_size(definition, &self.blueprint.overrides)?;
        Ok(Self { blueprint: self.blueprint.on_fargate(version) })
    }

    /// Makes the call's `index`th task, on the instance of `seat`, where it holds `held`; `provider` is what a strategy chose.
    ///
    /// # Errors
    /// A fault of ours, if a record cannot be read.
    pub fn make(
        &self,
        ctx: &Ctx,
        draft: &mut Draft<'_>,
        index: usize,
        provider: Option<&str>,
        seat: &Seat,
        held: Resources,
    ) -> Result<Task, Fault> {
        let made = draft.make(&self.blueprint, &ctx.ids.child("task", index), provider, seat, held);
        readable(made)
    }

    /// Makes a task of the call, the `index`th, that waits for an instance of `provider`.
    pub fn make_waiting(
        &self,
        ctx: &Ctx,
        draft: &mut Draft<'_>,
        index: usize,
        provider: &str,
    ) -> Task {
        draft.make_waiting(&self.blueprint, &ctx.ids.child("task", index), Some(provider))
    }

    /// Has tasks that wait remember what their request asks of instances.
    pub fn keep_with_waiting(&mut self, mut seeks: Seeks) {
        seeks.network.clone_from(&self.blueprint.network);
        self.blueprint.seeks = (seeks != Seeks::default()).then_some(seeks);
    }

    /// What an instance must have for one such task.
    pub fn needs<'a>(&'a self, constraints: &'a [Constraint]) -> Needs<'a> {
        self.blueprint.needs(constraints)
    }

    /// Refuses a launch type that the definition cannot be started with.
    ///
    /// # Errors
    /// `InvalidParameterException`, in ECS's words.
    pub fn check_launch_type(&self, launch_type: LaunchType) -> Result<(), Fault> {
        check_launch_type(self.definition(), launch_type)
    }
}

fn refuse_unserved(request: &Launching<'_>, definition: &TaskDefinition) -> Result<(), Fault> {
    check_definition(definition)?;
    if !request.volumes.is_empty() {
        return Err(not_served("`volumeConfigurations`"));
    }
    Ok(())
}

/// Refuses a definition whose tasks cannot be started yet.
///
/// # Errors
/// `ClientException` that names what is not served.
pub fn check_definition(definition: &TaskDefinition) -> Result<(), Fault> {
    let requirements = definition
        .container_definitions
        .iter()
        .flat_map(|container| container.resource_requirements.iter().flatten());
    for requirement in requirements {
        if requirement.kind != "GPU" {
            return Err(not_served(&format!(
                "`resourceRequirements` of type {}",
                requirement.kind
            )));
        }
        if requirement.sharing_strategy.is_some() {
            return Err(not_served("`sharingStrategy` of GPUs"));
        }
    }
    Ok(())
}

/// Refuses roles that ECS cannot become for tasks, where policies are enforced: those of the definition, or `application` and `execution` in
/// their place.
///
/// # Errors
/// `ClientException`.
pub fn check_roles(
    view: &View,
    ctx: &Ctx,
    definition: &TaskDefinition,
    application: Option<&str>,
    execution: Option<&str>,
) -> Result<(), Fault> {
    if !ctx.config.enforces_policies {
        return Ok(());
    }
    for (_, named) in role::roles(definition, application, execution) {
        let arn = role::arn_of(&ctx.scope.account, named);
        if !readable(role::is_assumable(view.snapshot(), &ctx.scope, &arn))? {
            return Err(fault::client(role::not_assumable(&arn)));
        }
    }
    Ok(())
}

/// Refuses a launch type that a definition cannot be started with.
///
/// # Errors
/// `InvalidParameterException`, in ECS's words.
pub fn check_launch_type(
    definition: &TaskDefinition,
    launch_type: LaunchType,
) -> Result<(), Fault> {
    if definition.compatibilities.iter().any(|known| known == launch_type.as_str()) {
        return Ok(());
    }
    Err(fault::invalid_parameter(format!(
        "Task definition does not support launch_type {launch_type}."
    )))
}

/// Refuses what is understood but not served yet, by its name.
pub fn not_served(what: &str) -> Fault {
    fault::client(format!("{what} is not served by Longshore yet."))
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
    const RESERVED: [&str; 3] = ["family:", "service:", domain::fargate::GROUP_PREFIX];
    if RESERVED.iter().any(|prefix| group.starts_with(prefix)) {
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
