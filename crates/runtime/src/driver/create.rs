//! Creates a container: everything that can be decided and laid out before its process exists. No program is started.
//!
//! Created means that its record is kept; a creation that was cut off before is begun anew, and its address and file system are found by
//! the next inventory.

use super::home::{check_name, container_cgroup, task_cgroup};
use super::record::Record;
use super::task::find;
use super::{DriverError, Inner, storage, volumes};
use crate::container::files::{self, Link};
use crate::container::mount::Places;
use crate::container::request::{self, LogWanted, NetworkMode, Request, Sharing};
use crate::container::resource::{Files, HostDevice};
use crate::container::spec::{self, Facts};
use crate::container::user::UserFiles;
use crate::container::{mount, oci};
use crate::host::{Runtime, RuntimeKind};
use crate::image::reference::Reference;
use crate::image::rootfs::RootFs;
use crate::image::store::Image;
use crate::shim::protocol::{Attachment, Launch, LogTarget, Network, OciRuntime, Rootfs};
use domain::arn::Arn;
use domain::link::acs::{PayloadContainer, PayloadTask};
use rustix::fs::FileType;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

impl Inner {
    pub(super) fn create(&self, task: &PayloadTask, name: &str) -> Result<String, DriverError> {
        check_name("task id", task.id())?;
        check_name("container", name)?;
        let others = match self.tasks().get(task.id()) {
            Some(known) => known.records.clone(),
            None => {
                return Err(DriverError::Unknown(format!("task `{}` is not prepared", task.id())));
            }
        };
        if let Some(record) = others.get(name) {
            return Ok(record.launch.id.clone());
        }
        let container = find(task, name)?;
        let request = request::read(task, container)?;
        refuse_in_sandbox(self.runtime_of(task), &request)?;
        let image = self.image(&container.image)?;
        let id = new_id();
        let address = match request.network {
            NetworkMode::Bridge => Some(
                self.pool()
                    .take()
                    .ok_or_else(|| DriverError::NoAddress(self.pool().subnet().to_string()))?,
            ),
            NetworkMode::Host | NetworkMode::None | NetworkMode::Task => None,
        };
        let admitted = address.map(|address| {
            let end = self.home.interface(self.pool().subnet().offset(address));
            self.admit(address, &end, task.id())
        });
        let laid_out = match admitted {
            Some(Err(error)) => Err(error),
            _ => self.lay_out(task, container, &request, &image, &id, address, &others),
        };
        match laid_out {
            Ok(record) => {
                if let Some(known) = self.tasks().get_mut(task.id()) {
                    known.records.insert(name.to_owned(), record);
                }
                Ok(id)
            }
            Err(error) => {
                if let Some(address) = address {
                    // What stays is swept by the next inventory.
                    let _ = self.dismiss(address);
                    self.pool().free(address);
                }
                if let Err(error) = self.images.release(&id) {
                    tracing::warn!(%error, "a container's root stays until the next inventory");
                }
                Err(error)
            }
        }
    }

    fn image(&self, name: &str) -> Result<Image, DriverError> {
        let reference = Reference::parse(name)?;
        let image = self.images.resolve(&reference)?;
        image.ok_or_else(|| DriverError::Asked(format!("image `{name}` is not on this host")))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the facts of one container, each from elsewhere"
    )]
    fn lay_out(
        &self,
        task: &PayloadTask,
        container: &PayloadContainer,
        request: &Request,
        image: &Image,
        id: &str,
        address: Option<Ipv4Addr>,
        others: &BTreeMap<String, Record>,
    ) -> Result<Record, DriverError> {
        let name = &container.name;
        let runtime = self.runtime_of(task);
        let bundle = self.home.container(task.id(), name);
        fs_err::create_dir_all(&bundle).map_err(DriverError::File)?;
        let root = self.images.rootfs(image, id)?;
        let storage = storage::wanted(&self.home, task);
        let volumes = volumes::mounts(&self.home, task, container, &root.config, others)?;
        let who = {
            let users = self.user_files(image, &root)?;
            let given = [&request.config.user, &root.config.user];
            let text = given.into_iter().find(|text| !text.is_empty());
            users.find(text.map_or("", String::as_str))?
        };
        let devices = devices(request)?;
        let shm = self.home.shared_shm(task.id());
        let init = match request.host.init {
            Some(true) => Some(self.init_program()?),
            _ => None,
        };
        let cgroup = container_cgroup(task.id(), name);
        let task_dir = self.home.task(task.id());
        let facts = Facts {
            id,
            places: Places {
                bundle: &bundle,
                shared_shm: (request.ipc == Sharing::Task).then_some(shm.as_path()),
                init: init.as_deref(),
            },
            root: &root.merged,
            image: &root.config,
            who: &who,
            volumes: &volumes,
            devices: &devices,
            host_name: &self.host.name,
            capabilities: self.host.capabilities,
            files_max: self.host.files_max,
            files: if task.is_on_fargate() { Files::FARGATE } else { Files::INSTANCE },
            is_v2: matches!(self.cgroups, crate::cgroup::Cgroups::V2(_)),
            counts_swap: self.cgroups.counts_swap(&task_cgroup(task.id())),
            machine: crate::container::seccomp::Machine::host(),
            takes_compiled_filter: runtime.kind == RuntimeKind::Crun,
            task_dir: &task_dir,
            cgroup: &cgroup,
            labels: labels(task, name),
            region: Arn::parse(&task.arn).map(|arn| arn.region).filter(|it| !it.is_empty()),
        };
        let built = spec::build(container, request, &facts)?;
        let host_name = spec::host_name(request, id).to_owned();
        self.write_etc(&bundle, container, request, &host_name, address, others)?;
        let config = serde_json::to_vec(&built.spec).expect("a specification is plain data");
        fs_err::write(bundle.join("config.json"), config).map_err(DriverError::File)?;
        let rootfs =
            Rootfs { lower: root.lower, upper: root.upper, work: root.work, merged: root.merged };
        let launch = Launch {
            container: name.clone(),
            id: id.to_owned(),
            bundle: bundle.clone(),
            runtime: self.oci_runtime(runtime),
            rootfs: match &storage {
                Some(storage) => storage::rootfs(storage, id, rootfs),
                None => rootfs,
            },
            scratch: match &storage {
                Some(storage) => storage::scratch(storage, &volumes),
                None => vec![],
            },
            storage,
            working_dir: spec::working_dir(request, &root.config)?,
            copies: spec::copies(&volumes),
            log: self.log_target(task.id(), name, request.log),
            network: self.network(request, address),
            net_sysctls: built.net_sysctls,
            cgroup,
            ..spec::launch(request)
        };
        let is_host = request.network == NetworkMode::Host;
        let record = Record {
            launch,
            volumes,
            stop_signal: spec::stop_signal(request, &root.config)?,
            host_name,
            host_ports: if is_host { request.ports.clone() } else { vec![] },
            image_id: image.id.to_string(),
            created: Some(super::now()),
        };
        record.keep(&bundle)?;
        Ok(record)
    }

    /// Which OCI runtime runs the containers of `task`.
    pub(super) fn runtime_of(&self, task: &PayloadTask) -> &Runtime {
        if task.is_on_fargate() { &self.host.fargate_runtime } else { &self.host.runtime }
    }

    fn oci_runtime(&self, runtime: &Runtime) -> OciRuntime {
        let is_runsc = runtime.kind == RuntimeKind::Runsc;
        let hide = self.cgroups.hybrid_mount().filter(|_| runtime.kind == RuntimeKind::Crun);
        OciRuntime {
            program: runtime.program.clone(),
            state_dir: self.home.state_of_runtime(is_runsc),
            hide: hide.map(Path::to_owned),
            is_runsc,
        }
    }

    fn log_target(&self, task: &str, name: &str, wanted: LogWanted) -> Option<LogTarget> {
        match wanted {
            LogWanted::None => None,
            LogWanted::JsonFile { bytes_max, files_max } => {
                Some(LogTarget { path: self.home.log(task, name), bytes_max, files_max })
            }
        }
    }

    fn network(&self, request: &Request, address: Option<Ipv4Addr>) -> Network {
        match (request.network, address) {
            (NetworkMode::Host, _) => Network::Host,
            (NetworkMode::Task, _) => Network::Task,
            (NetworkMode::None, _) | (NetworkMode::Bridge, None) => Network::Isolated,
            (NetworkMode::Bridge, Some(address)) => {
                let subnet = self.pool().subnet();
                Network::Bridge(Attachment {
                    bridge: self.bridge.clone(),
                    host_end: self.home.interface(subnet.offset(address)),
                    address,
                    prefix: subnet.prefix(),
                    gateway: subnet.gateway(),
                    table: self.table.clone(),
                    endpoints: self.endpoint_addresses(),
                })
            }
        }
    }

    fn write_etc(
        &self,
        bundle: &Path,
        container: &PayloadContainer,
        request: &Request,
        host_name: &str,
        address: Option<Ipv4Addr>,
        others: &BTreeMap<String, Record>,
    ) -> Result<(), DriverError> {
        let is_host = request.network == NetworkMode::Host;
        let base = is_host.then(|| fs_err::read_to_string("/etc/hosts").unwrap_or_default());
        let links = links(container, others)?;
        let own = address.or(request.address).map(|address| (address, host_name));
        let hosts = files::hosts(base.as_deref(), own, &links, &request.host.extra_hosts).map_err(
            |entry| DriverError::Asked(format!("extraHosts `{entry}`: must be `name:address`")),
        )?;
        let resolv = files::resolv_conf(
            &resolv_conf(is_host),
            is_host,
            &request.host.dns,
            &request.host.dns_search,
        );
        let host_name =
            if is_host && request.config.hostname.is_empty() { &self.host.name } else { host_name };
        for (file, text) in
            [("hosts", hosts), ("resolv.conf", resolv), ("hostname", format!("{host_name}\n"))]
        {
            fs_err::write(bundle.join(file), text).map_err(DriverError::File)?;
        }
        Ok(())
    }

    /// What an image says about users. Its files do not change, so they are read once.
    fn user_files(&self, image: &Image, root: &RootFs) -> Result<Arc<UserFiles>, DriverError> {
        let cached = || self.users.lock().expect("nothing panics while it is held");
        if let Some(files) = cached().get(&image.id) {
            return Ok(Arc::clone(files));
        }
        let files = Arc::new(super::users::read(root)?);
        cached().insert(image.id, Arc::clone(&files));
        Ok(files)
    }

    /// The small init, written out once: containers need it as a file that is not replaced under them.
    fn init_program(&self) -> Result<std::path::PathBuf, DriverError> {
        crate::init::program(self.home.root()).map_err(DriverError::File)?.ok_or_else(|| {
            DriverError::Asked(
                "`initProcessEnabled` is not served on this processor: leave it out".into(),
            )
        })
    }
}

/// What containers in sandboxes, each with a kernel of its own, cannot have.
fn refuse_in_sandbox(runtime: &Runtime, request: &Request) -> Result<(), DriverError> {
    let is_shared = request.pids == Sharing::Task || request.ipc == Sharing::Task;
    match runtime.kind {
        RuntimeKind::Runsc if is_shared => Err(DriverError::Asked(
            "`pidMode` and `ipcMode` `task` are not served where `runsc` runs Fargate's tasks: leave them out".into(),
        )),
        RuntimeKind::Crun | RuntimeKind::Runsc | RuntimeKind::Other => Ok(()),
    }
}

/// 64 random hexadecimal digits, as Docker's ids.
fn new_id() -> String {
    let mut bytes = [0; 32];
    let length = rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty());
    assert_eq!(length, Ok(32), "the kernel gives 32 random bytes at once");
    data_encoding::HEXLOWER.encode(&bytes)
}

fn labels(task: &PayloadTask, name: &str) -> BTreeMap<String, String> {
    let cluster = task.task_cluster_arn.rsplit('/').next().unwrap_or_default();
    domain::link::acs::labels(task, name, cluster)
        .into_iter()
        .map(|label| (label.name, label.value))
        .collect()
}

/// The containers that this one knows by name: `name:alias`, or `name`.
fn links(
    container: &PayloadContainer,
    others: &BTreeMap<String, Record>,
) -> Result<Vec<Link>, DriverError> {
    container
        .links
        .iter()
        .map(|link| {
            let (name, alias) = link.split_once(':').unwrap_or((link, link));
            let other = others.get(name).and_then(|other| Some((other, other.address()?)));
            let (other, address) = other.ok_or_else(|| {
                DriverError::Asked(format!(
                    "link `{link}`: container `{name}` has no address on the bridge"
                ))
            })?;
            let mut names = vec![alias.to_owned(), other.host_name.clone()];
            if alias != name {
                names.push(name.to_owned());
            }
            Ok(Link { address, names })
        })
        .collect()
}

/// The host's resolver configuration; behind systemd-resolved, for a network of its own, the one with the real servers.
fn resolv_conf(is_host: bool) -> String {
    const BEHIND_RESOLVED: &str = "/run/systemd/resolve/resolv.conf";
    let text = fs_err::read_to_string("/etc/resolv.conf").unwrap_or_default();
    if !is_host && text.contains("127.0.0.53") {
        return fs_err::read_to_string(BEHIND_RESOLVED).unwrap_or(text);
    }
    text
}

/// The devices a container gets beyond the usual: those asked for, or all of the host's.
fn devices(request: &Request) -> Result<Vec<HostDevice>, DriverError> {
    let mut found = Vec::new();
    if request.host.privileged {
        device(Path::new("/dev"), "/dev", "rwm", &mut found)?;
        found.retain(|device| !is_usual(&device.node.path));
        return Ok(found);
    }
    for wanted in &request.host.devices {
        let inside = if wanted.path_in_container.is_empty() {
            &wanted.path_on_host
        } else {
            &wanted.path_in_container
        };
        let access =
            if wanted.cgroup_permissions.is_empty() { "rwm" } else { &wanted.cgroup_permissions };
        let before = found.len();
        device(
            Path::new(&wanted.path_on_host),
            &mount::absolute("device", inside)?,
            access,
            &mut found,
        )?;
        if found.len() == before {
            return Err(DriverError::Asked(format!(
                "`{}` is no device of this host",
                wanted.path_on_host
            )));
        }
    }
    Ok(found)
}

/// What every container has in its own `/dev`.
fn is_usual(path: &str) -> bool {
    let own = ["/dev/pts/", "/dev/shm/", "/dev/mqueue/", "/dev/fd/"];
    let made = [
        "null", "zero", "full", "tty", "random", "urandom", "console", "ptmx", "stdin", "stdout",
        "stderr",
    ];
    own.iter().any(|prefix| path.starts_with(prefix))
        || made.iter().any(|name| path.strip_prefix("/dev/") == Some(*name))
}

fn device(
    path: &Path,
    inside: &str,
    access: &str,
    found: &mut Vec<HostDevice>,
) -> Result<(), DriverError> {
    let unknown = |errno: rustix::io::Errno| {
        DriverError::Asked(format!("device `{}`: {}", path.display(), std::io::Error::from(errno)))
    };
    // Followed, for the host may have names such as /dev/disk/by-id/….
    let Ok(stat) = rustix::fs::stat(path).map_err(unknown) else {
        // A dangling link in a directory of devices is not what was asked for.
        return if found.is_empty() && inside != "/dev" {
            rustix::fs::stat(path).map(drop).map_err(unknown)
        } else {
            Ok(())
        };
    };
    let kind = match FileType::from_raw_mode(stat.st_mode) {
        FileType::CharacterDevice => 'c',
        FileType::BlockDevice => 'b',
        FileType::Directory => {
            for entry in fs_err::read_dir(path).map_err(DriverError::File)? {
                let entry = entry.map_err(DriverError::File)?;
                // Links in a directory of devices lead to devices that are found themselves.
                if entry.file_type().is_ok_and(|kind| !kind.is_symlink()) {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    device(&entry.path(), &format!("{inside}/{name}"), access, found)?;
                }
            }
            return Ok(());
        }
        _ => return Ok(()),
    };
    found.push(HostDevice {
        node: oci::Device {
            path: inside.to_owned(),
            kind,
            major: rustix::fs::major(stat.st_rdev),
            minor: rustix::fs::minor(stat.st_rdev),
            file_mode: stat.st_mode & 0o7777,
            uid: stat.st_uid,
            gid: stat.st_gid,
        },
        access: access.to_owned(),
    });
    Ok(())
}
