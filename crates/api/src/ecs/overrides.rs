//! What a RunTask or StartTask changes of its definition.
//!
//! Invariant: task-level sizes are plain numbers, as placement and payloads read them. That what is stored names every container of the
//! definition is `books`' matter.

use crate::{
    ecs::{definition, fault},
    plain,
};
use domain::{
    definition::TaskDefinition,
    status::LaunchType,
    task::{ContainerOverride, Overrides},
};
use placement::demand::with_override;
use wire::{Fault, Value, tables::ecs, view};

/// ECS's own limit, over all overrides of a request as JSON.
const LENGTH_MAX: usize = 8192;

/// Less memory than this no container engine starts a container with, MiB.
const MEMORY_MIB_MIN: i64 = 6;

view! {
    TaskOverride : ecs::TASK_OVERRIDE {
        containers: &'a [Value] = "containerOverrides",
        cpu: Option<&'a str> = "cpu",
        memory: Option<&'a str> = "memory",
        task_role: Option<&'a str> = "taskRoleArn",
        execution_role: Option<&'a str> = "executionRoleArn",
        ephemeral_storage: Option<&'a Value> = "ephemeralStorage",
        accelerators: &'a [Value] = "inferenceAcceleratorOverrides",
    }
}

/// The overrides of a request for `definition`; of its storage only tasks of Fargate can have another size.
///
/// # Errors
/// `InvalidParameterException`, if they do not fit the definition; `ClientException` for what is not served.
pub fn read(
    request: Option<&Value>,
    definition: &TaskDefinition,
    launch_type: LaunchType,
) -> Result<Overrides, Fault> {
    let nothing = Value::map();
    let request = request.unwrap_or(&nothing);
    if plain::to_json(request).to_string().chars().count() > LENGTH_MAX {
        let message = format!("Overrides must not be longer than {LENGTH_MAX} characters.");
        return Err(fault::invalid_parameter(message));
    }
    let request = TaskOverride::from(request);
    if !request.accelerators.is_empty() {
        return Err(not_served("inferenceAcceleratorOverrides"));
    }
    let ephemeral_storage = request.ephemeral_storage.map(plain::to_json);
    if ephemeral_storage.is_some() && launch_type != LaunchType::Fargate {
        return Err(fault::invalid_parameter(format!(
            "`ephemeralStorage` in overrides is not supported for launch type {launch_type}."
        )));
    }
    definition::check_ephemeral_storage(ephemeral_storage.as_ref())?;
    let given = request
        .containers
        .iter()
        .map(plain::from_value::<ContainerOverride>)
        .collect::<Result<Vec<_>, _>>()?;
    check_names(&given, definition)?;
    let own = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    let overrides = Overrides {
        container_overrides: given,
        cpu: request.cpu.map(definition::cpu_units).transpose()?.map(|units| units.to_string()),
        memory: request.memory.map(definition::memory_mib).transpose()?.map(|mib| mib.to_string()),
        task_role_arn: own(request.task_role),
        execution_role_arn: own(request.execution_role),
        ephemeral_storage,
        inference_accelerator_overrides: Vec::new(),
    };
    check_sizes(definition, &overrides)?;
    Ok(overrides)
}

fn check_names(given: &[ContainerOverride], definition: &TaskDefinition) -> Result<(), Fault> {
    for (index, change) in given.iter().enumerate() {
        let name = &change.name;
        if name.is_empty() {
            return Err(fault::invalid_parameter("A container override must name its container."));
        }
        if !definition.container_definitions.iter().any(|container| container.name == *name) {
            return Err(fault::invalid_parameter(format!(
                "Override for container named {name} is not a container in the TaskDefinition."
            )));
        }
        if given[..index].iter().any(|earlier| earlier.name == *name) {
            return Err(fault::invalid_parameter(format!(
                "There is more than one override for container named {name}."
            )));
        }
        for requirement in change.resource_requirements.iter().flatten() {
            if requirement.kind != "GPU" {
                return Err(not_served(&format!(
                    "resourceRequirements of type {}",
                    requirement.kind
                )));
            }
            if requirement.sharing_strategy.is_some() {
                return Err(not_served("sharingStrategy"));
            }
            if requirement.value.parse::<u16>().is_err() {
                return Err(fault::invalid_parameter(format!(
                    "`{}` is not a number of GPUs for container {name}.",
                    requirement.value
                )));
            }
        }
    }
    Ok(())
}

fn check_sizes(definition: &TaskDefinition, overrides: &Overrides) -> Result<(), Fault> {
    let task_memory = overrides.memory.as_deref().or(definition.memory.as_deref());
    let task_memory = task_memory.and_then(|text| text.parse::<i64>().ok());
    for container in &definition.container_definitions {
        let after = with_override(container, overrides);
        let name = &after.name;
        let invalid = |why: &str| {
            Err(fault::invalid_parameter(format!(
                "Invalid 'memory' setting for container '{name}'. {why}"
            )))
        };
        if after.cpu < 0 {
            return Err(fault::invalid_parameter(format!(
                "Invalid 'cpu' setting for container '{name}'."
            )));
        }
        let sizes = [after.memory, after.memory_reservation];
        if sizes.into_iter().flatten().any(|mib| mib < MEMORY_MIB_MIN) {
            return invalid(&format!("It must be at least {MEMORY_MIB_MIN} MiB."));
        }
        if let (Some(hard), Some(soft)) = (after.memory, after.memory_reservation)
            && hard < soft
        {
            return invalid("The 'memory' setting must not be less than 'memoryReservation'.");
        }
        if let (Some(hard), Some(task)) = (after.memory, task_memory)
            && hard > task
        {
            return invalid("The 'memory' setting for container is greater than for the task.");
        }
    }
    Ok(())
}

fn not_served(what: &str) -> Fault {
    fault::client(format!("`{what}` in overrides is not served by Longshore yet: leave it out."))
}
