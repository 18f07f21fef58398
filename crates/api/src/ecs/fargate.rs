//! What Fargate asks of tasks beyond their definitions: of RunTask's and of services'.
//!
//! Not here: what it asks of a definition (`definition/compatibility.rs`), which host takes a task (`placement`, `books`).

use crate::ecs::{
    definition::{check_fargate_size, is_windows},
    fault,
};
use domain::{definition::TaskDefinition, fargate, task::Overrides};
use wire::Fault;

/// What is said where no host of the pool takes a task (spec/tasks.md §3).
pub const NO_CAPACITY: &str = "Capacity is unavailable at this time. Please try again later or in a different availability zone";

/// The platform version that a request means for tasks of `definition`.
///
/// # Errors
/// `PlatformUnknownException` for one that there is not; `PlatformTaskDefinitionIncompatibilityException` for one that cannot what the
/// definition asks for; `ClientException` for Windows, which no host of ours runs.
pub fn platform_version(
    definition: &TaskDefinition,
    asked: Option<&str>,
) -> Result<&'static str, Fault> {
    if is_windows(definition) {
        return Err(fault::client(
            "Windows on Fargate is not served by Longshore: its hosts run Linux.",
        ));
    }
    let version = fargate::platform_version(asked).ok_or_else(|| {
        let message = "The specified platform version does not exist.";
        Fault::sender("PlatformUnknownException", message)
    })?;
    if version != fargate::PLATFORM_VERSION && needs_newest(definition) {
        return Err(Fault::sender(
            "PlatformTaskDefinitionIncompatibilityException",
            format!(
                "The specified platform version {version} does not have what the task definition requires: use {}.",
                fargate::PLATFORM_VERSION
            ),
        ));
    }
    Ok(version)
}

/// Whether a definition asks for what came with platform version 1.4.0: ephemeral storage of a chosen size, file systems of EFS, ARM, and
/// the sizes above 4 vCPU.
fn needs_newest(definition: &TaskDefinition) -> bool {
    const UNITS_BEFORE_MAX: i64 = 4096;
    let platform = definition.runtime_platform.as_ref();
    let units = definition.cpu.as_ref().and_then(|units| units.parse::<i64>().ok());
    definition.ephemeral_storage.is_some()
        || definition.volumes.iter().any(|volume| volume.efs_volume_configuration.is_some())
        || platform.is_some_and(|it| it.cpu_architecture.as_deref() == Some("ARM64"))
        || units.is_some_and(|units| units > UNITS_BEFORE_MAX)
}

/// Refuses constraints and strategies: where a task of Fargate runs is not its owner's to say.
///
/// # Errors
/// `InvalidParameterException`.
pub fn check_placement(has_constraints: bool, has_strategies: bool) -> Result<(), Fault> {
    let what = match (has_constraints, has_strategies) {
        (false, false) => return Ok(()),
        (true, _) => "Placement constraints",
        (false, true) => "Placement strategies",
    };
    Err(fault::invalid_parameter(format!("{what} are not supported with FARGATE launch type.")))
}

/// Refuses a size of a task, its overrides applied, that Fargate does not have.
///
/// # Errors
/// `ClientException`, in ECS's words.
pub fn check_size(definition: &TaskDefinition, overrides: &Overrides) -> Result<(), Fault> {
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
    let cpu = number(&overrides.cpu).or(number(&definition.cpu)).unwrap_or_default();
    let memory = number(&overrides.memory).or(number(&definition.memory)).unwrap_or_default();
    check_fargate_size(cpu, memory)
}
