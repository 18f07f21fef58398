//! The volumes of a task: which directory of the host each is, and which a container sees where.

use super::DriverError;
use super::home::{self, Home};
use super::record::Record;
use crate::container::mount::{self, VolumeMount};
use crate::image::manifest::ImageConfig;
use domain::definition::DockerVolume;
use domain::link::acs::{PayloadContainer, PayloadTask, PayloadVolume};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Where the task's own volumes are, by name.
const VOLUMES: &str = "volumes";
/// And those that images ask for.
const IMAGE_VOLUMES: &str = "image-volumes";

/// A volume that is there.
struct Source {
    path: PathBuf,
    /// It is ours and takes over what an image has at its place while it is empty.
    is_managed: bool,
}

/// Makes what the volumes of `task` need, or finds it there.
pub(crate) fn prepare(home: &Home, task: &PayloadTask) -> Result<(), DriverError> {
    task.volumes.iter().try_for_each(|volume| source(home, task, volume).map(drop))
}

fn source(home: &Home, task: &PayloadTask, volume: &PayloadVolume) -> Result<Source, DriverError> {
    home::check_name("volume", &volume.name)?;
    let make = |path: PathBuf, is_managed| {
        if !path.exists() {
            fs_err::create_dir_all(&path).map_err(DriverError::File)?;
        }
        Ok(Source { path, is_managed })
    };
    match (volume.kind.as_str(), &volume.docker_volume_configuration) {
        ("docker", Some(docker)) => docker_volume(home, task, volume, docker),
        ("" | "host", _) => {
            let path = volume.host.as_ref().and_then(|host| host.source_path.as_deref());
            match path.filter(|path| !path.is_empty()) {
                // As Docker does with a bind mount: a directory that is not there is made.
                Some(path) if path.starts_with('/') => make(path.into(), false),
                Some(path) => Err(DriverError::Volume(format!(
                    "volume `{}`: sourcePath `{path}` must be an absolute path",
                    volume.name
                ))),
                None => {
                    Ok(Source { path: own(home, task, VOLUMES, &volume.name)?, is_managed: true })
                }
            }
        }
        (kind, _) => Err(DriverError::Volume(format!(
            "volume `{}`: volumes of type `{kind}` are not served: use `host` or a Docker volume",
            volume.name
        ))),
    }
}

fn docker_volume(
    home: &Home,
    task: &PayloadTask,
    volume: &PayloadVolume,
    docker: &DockerVolume,
) -> Result<Source, DriverError> {
    let name = &volume.name;
    let driver = docker.driver.as_deref().unwrap_or("local");
    if !matches!(driver, "" | "local") {
        return Err(DriverError::Volume(format!(
            "volume `{name}`: driver `{driver}` is not available on this host: use `local`"
        )));
    }
    let empty = BTreeMap::new();
    let options = docker.driver_opts.as_ref().unwrap_or(&empty);
    if let Some(path) = bound(options) {
        let path = PathBuf::from(path);
        return if path.is_dir() {
            Ok(Source { path, is_managed: false })
        } else {
            Err(DriverError::Volume(format!(
                "volume `{name}`: device `{}` is no directory of this host",
                path.display()
            )))
        };
    }
    if let Some(option) = options.keys().next() {
        return Err(DriverError::Volume(format!(
            "volume `{name}`: driverOpts `{option}` is not served: use none, or `type=none`, `o=bind` and a directory as `device`"
        )));
    }
    if docker.scope.as_deref() != Some("shared") {
        return Ok(Source { path: own(home, task, VOLUMES, name)?, is_managed: true });
    }
    let path = home.shared_volume(name);
    if !path.is_dir() {
        if docker.autoprovision != Some(true) {
            return Err(DriverError::Volume(format!(
                "volume `{name}` is not on this host: make it by a task with `autoprovision`"
            )));
        }
        fs_err::create_dir_all(&path).map_err(DriverError::File)?;
    }
    Ok(Source { path, is_managed: true })
}

/// A volume that lives as long as its task, and is there from now on. In storage that is limited, the launch of a container makes it:
/// nobody else sees in there.
fn own(home: &Home, task: &PayloadTask, kind: &str, name: &str) -> Result<PathBuf, DriverError> {
    if task.ephemeral_storage_gib.is_some() {
        return Ok(home.storage(task.id()).join(kind).join(name));
    }
    let path = home.task(task.id()).join(kind).join(name);
    fs_err::create_dir_all(&path).map_err(DriverError::File)?;
    Ok(path)
}

/// The directory of a volume that Docker's local driver would bind.
fn bound(options: &BTreeMap<String, String>) -> Option<&str> {
    let is_bind = options.get("o").is_some_and(|o| o.split(',').any(|word| word == "bind"));
    let is_only = options.keys().all(|name| matches!(name.as_str(), "type" | "o" | "device"));
    (is_bind && is_only).then(|| options.get("device").map(String::as_str)).flatten()
}

/// What a container sees of volumes: its mount points, those of containers it takes them from, and what its image asks for.
pub(crate) fn mounts(
    home: &Home,
    task: &PayloadTask,
    container: &PayloadContainer,
    image: &ImageConfig,
    others: &BTreeMap<String, Record>,
) -> Result<Vec<VolumeMount>, DriverError> {
    let mut all: Vec<VolumeMount> = Vec::new();
    for from in &container.volumes_from {
        let name = from.source_container.as_deref().unwrap_or_default();
        let other = others.get(name).ok_or_else(|| {
            DriverError::Volume(format!("volumesFrom: container `{name}` was not created"))
        })?;
        all.extend(other.volumes.iter().map(|volume| VolumeMount {
            read_only: volume.read_only || from.read_only == Some(true),
            is_filled: false,
            ..volume.clone()
        }));
    }
    for point in &container.mount_points {
        let name = point.source_volume.as_deref().unwrap_or_default();
        let volume = task.volumes.iter().find(|volume| volume.name == name).ok_or_else(|| {
            DriverError::Volume(format!("mount point: the task has no volume `{name}`"))
        })?;
        let source = source(home, task, volume)?;
        let path = point.container_path.as_deref().unwrap_or_default();
        add(
            &mut all,
            VolumeMount {
                source: source.path,
                destination: mount::absolute("containerPath", path)?,
                read_only: point.read_only == Some(true),
                is_filled: source.is_managed,
            },
        );
    }
    for (number, path) in image.volumes.iter().enumerate() {
        let destination = mount::absolute("the image's VOLUME", path)?;
        if all.iter().any(|volume| volume.destination == destination) {
            continue;
        }
        let source = own(home, task, IMAGE_VOLUMES, &format!("{}.{number}", container.name))?;
        all.push(VolumeMount { source, destination, read_only: false, is_filled: true });
    }
    Ok(all)
}

/// A later mount at the same place wins.
fn add(all: &mut Vec<VolumeMount>, volume: VolumeMount) {
    all.retain(|other| other.destination != volume.destination);
    all.push(volume);
}
