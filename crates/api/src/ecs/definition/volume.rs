//! The rules of volumes and of what containers mount (spec/tasks.md §2).

use crate::ecs::{definition::check::check_unique, fault};
use domain::{
    definition::{TaskDefinition, Volume},
    id::NAME_LENGTH_MAX,
};
use wire::Fault;

/// Checks all volumes of `definition` and their uses.
///
/// # Errors
/// The first rule that is broken.
pub(super) fn check(definition: &TaskDefinition) -> Result<(), Fault> {
    for volume in &definition.volumes {
        check_volume(volume)?;
    }
    check_unique("volume name", definition.volumes.iter().map(|volume| volume.name.as_str()))?;
    let at_launch =
        definition.volumes.iter().filter(|volume| volume.configured_at_launch == Some(true));
    if at_launch.count() > 1 {
        return Err(fault::client(
            "Only one volume of a task definition can be configured at launch.",
        ));
    }
    for container in &definition.container_definitions {
        let name = &container.name;
        for mount in &container.mount_points {
            let source = mount.source_volume.as_deref().unwrap_or_default();
            if definition.volumes.iter().all(|volume| volume.name != source) {
                return Err(fault::client(format!(
                    "Unknown volume '{source}' in 'mountPoints' of container '{name}'."
                )));
            }
            if mount.container_path.as_deref().unwrap_or_default().is_empty() {
                return Err(fault::client(format!(
                    "A mount point of container '{name}' has no 'containerPath'."
                )));
            }
        }
        let paths =
            container.mount_points.iter().filter_map(|mount| mount.container_path.as_deref());
        check_unique("mount point", paths)?;
    }
    Ok(())
}

fn check_volume(volume: &Volume) -> Result<(), Fault> {
    let name = &volume.name;
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if name.is_empty() {
        return Err(fault::client("Volume.name should not be null or empty."));
    }
    if name.len() > NAME_LENGTH_MAX || !name.bytes().all(is_allowed) {
        return Err(fault::client("Volume.name contains invalid characters."));
    }
    let kinds = [
        volume.host.is_some(),
        volume.docker_volume_configuration.is_some(),
        volume.efs_volume_configuration.is_some(),
        volume.s3files_volume_configuration.is_some(),
        volume.fsx_windows_file_server_volume_configuration.is_some(),
        volume.configured_at_launch == Some(true),
    ];
    if kinds.iter().filter(|is_given| **is_given).count() > 1 {
        return Err(fault::client(format!(
            "Volume '{name}' has more than one kind of configuration."
        )));
    }
    if let Some(docker) = &volume.docker_volume_configuration
        && docker.autoprovision.is_some()
        && docker.scope.as_deref() != Some("shared")
    {
        return Err(fault::client(format!(
            "Volume '{name}': 'autoprovision' goes with scope shared only."
        )));
    }
    if let Some(efs) = &volume.efs_volume_configuration {
        let authorization = &efs["authorizationConfig"];
        let is_authorized =
            authorization["accessPointId"].is_string() || authorization["iam"] == "ENABLED";
        if is_authorized && efs["transitEncryption"] != "ENABLED" {
            return Err(fault::client(format!(
                "Volume '{name}': 'transitEncryption' must be ENABLED with an access point or IAM authorization."
            )));
        }
        let root = efs["rootDirectory"].as_str().unwrap_or("/");
        if authorization["accessPointId"].is_string() && root != "/" {
            return Err(fault::client(format!(
                "Volume '{name}': 'rootDirectory' must be left out or / with an access point."
            )));
        }
    }
    Ok(())
}
