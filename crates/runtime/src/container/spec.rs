//! Puts together `config.json` of a container.

use super::capability;
use super::mount::{self, Places, VolumeMount};
use super::oci::{self, Linux, Namespace, Process, Resources, Root, Spec};
use super::request::{NetworkMode, Request, RequestError, Sharing};
use super::resource::{self, Files, HostDevice};
use super::seccomp::{self, Machine};
use super::user::Who;
use crate::image::manifest::ImageConfig;
use crate::shim::protocol::Launch;
use data_encoding::BASE64;
use domain::link::acs::PayloadContainer;
use std::collections::BTreeMap;
use std::path::Path;

/// Docker's default search path.
const PATH: &str = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// By this annotation crun takes a compiled filter; other runtimes pass over it and compile the profile.
const COMPILED_FILTER: &str = "run.oci.seccomp_bpf_data";

/// What the shell found out about host, image and task for one container.
pub(crate) struct Facts<'a> {
    /// The engine's id.
    pub(crate) id: &'a str,
    /// Where its files are.
    pub(crate) places: Places<'a>,
    /// Where its file system will be.
    pub(crate) root: &'a Path,
    /// How to run the image.
    pub(crate) image: &'a ImageConfig,
    /// Who it runs as.
    pub(crate) who: &'a Who,
    /// Its volumes.
    pub(crate) volumes: &'a [VolumeMount],
    /// Devices it gets beyond the usual.
    pub(crate) devices: &'a [HostDevice],
    /// The host's own name.
    pub(crate) host_name: &'a str,
    /// Mask of the capabilities this host can give.
    pub(crate) capabilities: u64,
    /// The most open files that this host can give a process.
    pub(crate) files_max: u64,
    /// That it has where the definition says nothing.
    pub(crate) files: Files,
    /// Control groups are version 2.
    pub(crate) is_v2: bool,
    /// Swap is counted.
    pub(crate) counts_swap: bool,
    /// The processor, where a seccomp profile is known for it.
    pub(crate) machine: Option<Machine>,
    /// The runtime is crun.
    pub(crate) takes_compiled_filter: bool,
    /// The task's directory, with the links to shared name spaces.
    pub(crate) task_dir: &'a Path,
    /// Its control group.
    pub(crate) cgroup: &'a str,
    /// Labels beyond the definition's.
    pub(crate) labels: BTreeMap<String, String>,
    /// The region of the task.
    pub(crate) region: Option<&'a str>,
}

/// What `config.json` says, and of the kernel parameters those that the launch child sets: they are of a network name space that the
/// OCI runtime does not make.
pub(crate) struct Built {
    pub(crate) spec: Spec,
    /// Without `net.`.
    pub(crate) net_sysctls: BTreeMap<String, String>,
}

/// Builds `config.json`.
pub(crate) fn build(
    container: &PayloadContainer,
    request: &Request,
    facts: &Facts<'_>,
) -> Result<Built, RequestError> {
    let host = &request.host;
    let value = |what, value: &str, why| RequestError::Value { what, value: value.into(), why };
    let capabilities =
        capability::set(&host.cap_add, &host.cap_drop, host.privileged, facts.capabilities)
            .map_err(|name| value("capability", &name, "is not one that Linux has"))?;
    let rlimits = resource::rlimits(&host.ulimits, facts.files, facts.files_max)
        .map_err(|name| value("ulimit", &name, "is not one that Linux has"))?;
    let (net_sysctls, sysctl) = sysctls(request)?;
    let mut annotations = facts.labels.clone();
    annotations.extend(request.config.labels.clone());
    let seccomp = facts.machine.filter(|_| !request.is_unconfined).map(|machine| {
        let rules = seccomp::rules(machine, &capabilities);
        if machine == Machine::X86_64 && facts.takes_compiled_filter {
            let filter = BASE64.encode(&seccomp::bpf::compile(&rules));
            annotations.insert(COMPILED_FILTER.into(), filter);
        }
        seccomp::profile(machine, &rules)
    });
    let paths = |list: &[&str]| {
        let list = if host.privileged { &[] } else { list };
        list.iter().map(|path| (*path).to_owned()).collect()
    };
    let spec = Spec {
        oci_version: oci::VERSION,
        process: Process {
            terminal: request.config.tty,
            user: facts.who.user.clone(),
            args: args(container, request, facts)?,
            env: env(container, request, facts),
            cwd: working_dir(request, facts.image)?,
            capabilities: process_capabilities(capabilities, facts.who.user.uid),
            rlimits,
            no_new_privileges: request.no_new_privileges,
            oom_score_adj: 0,
        },
        root: Root { path: facts.root.to_owned(), readonly: host.readonly_rootfs },
        hostname: if request.network == NetworkMode::Host && request.config.hostname.is_empty() {
            String::new()
        } else {
            host_name(request, facts.id).to_owned()
        },
        mounts: mount::mounts(request, facts.volumes, &facts.places)?,
        annotations,
        linux: Linux {
            resources: Resources {
                devices: resource::device_rules(host.privileged, facts.devices),
                memory: resource::memory(container, host, facts.counts_swap, !facts.is_v2),
                cpu: resource::cpu(container),
            },
            cgroups_path: facts.cgroup.to_owned(),
            namespaces: namespaces(request, facts),
            devices: facts.devices.iter().map(|device| device.node.clone()).collect(),
            sysctl,
            seccomp,
            masked_paths: paths(mount::MASKED),
            readonly_paths: paths(mount::READ_ONLY),
        },
    };
    Ok(Built { spec, net_sysctls })
}

/// What a container is called on its network.
pub(crate) fn host_name<'a>(request: &'a Request, id: &'a str) -> &'a str {
    if request.config.hostname.is_empty() {
        id.get(..12).unwrap_or(id)
    } else {
        &request.config.hostname
    }
}

/// Where its program starts.
pub(crate) fn working_dir(request: &Request, image: &ImageConfig) -> Result<String, RequestError> {
    let given = [&request.config.working_dir, &image.working_dir];
    match given.into_iter().find(|dir| !dir.is_empty()) {
        // Images say it without the slash now and then, and Docker takes it so.
        Some(dir) if !dir.starts_with('/') => {
            mount::absolute("workingDirectory", &format!("/{dir}"))
        }
        Some(dir) => mount::absolute("workingDirectory", dir),
        None => Ok("/".into()),
    }
}

fn args(
    container: &PayloadContainer,
    request: &Request,
    facts: &Facts<'_>,
) -> Result<Vec<String>, RequestError> {
    let (entry_point, image_command) = match &container.entry_point {
        // Docker: another entry point makes the image's command meaningless.
        Some(given) => (given, &[][..]),
        None => (&facts.image.entrypoint, &facts.image.cmd[..]),
    };
    let command = if request.command.is_empty() { image_command } else { &request.command };
    let args: Vec<String> = entry_point.iter().chain(command).cloned().collect();
    if args.is_empty() {
        return Err(RequestError::Value {
            what: "command",
            value: String::new(),
            why: "is given by neither the container definition nor the image",
        });
    }
    if facts.places.init.is_some() {
        return Ok([mount::INIT.to_owned()].into_iter().chain(args).collect());
    }
    Ok(args)
}

fn env(container: &PayloadContainer, request: &Request, facts: &Facts<'_>) -> Vec<String> {
    let name_of = |entry: &str| entry.split('=').next().unwrap_or_default().to_owned();
    let mut all: Vec<String> = vec![PATH.into()];
    if request.network == NetworkMode::Host && request.config.hostname.is_empty() {
        all.push(format!("HOSTNAME={}", facts.host_name));
    } else {
        all.push(format!("HOSTNAME={}", host_name(request, facts.id)));
    }
    if request.config.tty {
        all.push("TERM=xterm".into());
    }
    all.push(format!("HOME={}", facts.who.home));
    let given = container.environment.iter().map(|(name, value)| format!("{name}={value}"));
    for entry in facts.image.env.iter().cloned().chain(given) {
        let name = name_of(&entry);
        match all.iter_mut().find(|other| name_of(other) == name) {
            Some(other) => *other = entry,
            None => all.push(entry),
        }
    }
    // Either of them is enough for a user to have chosen (agent-protocol.md §6).
    const REGIONS: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    let is_chosen = all.iter().any(|entry| REGIONS.contains(&name_of(entry).as_str()));
    if let Some(region) = facts.region.filter(|_| !is_chosen) {
        all.extend(REGIONS.map(|name| format!("{name}={region}")));
    }
    all
}

/// Who is not root has capabilities only by what it executes, as with Docker.
fn process_capabilities(all: Vec<String>, uid: u32) -> oci::Capabilities {
    let active = if uid == 0 { all.clone() } else { vec![] };
    oci::Capabilities {
        bounding: all,
        effective: active.clone(),
        permitted: active,
        inheritable: vec![],
        ambient: vec![],
    }
}

fn namespaces(request: &Request, facts: &Facts<'_>) -> Vec<Namespace> {
    use crate::shim::namespace_links::{IPC, PID};
    let new = |kind| Namespace { kind, path: None };
    let shared = |kind, link: &str| Namespace { kind, path: Some(facts.task_dir.join(link)) };
    // No network: the launch child makes it, and the OCI runtime inherits it.
    let mut all = vec![new("mount")];
    if request.network != NetworkMode::Host || !request.config.hostname.is_empty() {
        all.push(new("uts"));
    }
    match request.pids {
        Sharing::Private | Sharing::Nothing => all.push(new("pid")),
        Sharing::Task => all.push(shared("pid", PID)),
        Sharing::Host => {}
    }
    match request.ipc {
        Sharing::Private | Sharing::Nothing => all.push(new("ipc")),
        Sharing::Task => all.push(shared("ipc", IPC)),
        Sharing::Host => {}
    }
    // Also a privileged container, as with Docker: whatever it starts stays in its group, and under its limits.
    if facts.is_v2 {
        all.push(new("cgroup"));
    }
    all
}

/// Name → value.
type Parameters = BTreeMap<String, String>;

/// Kernel parameters: those of the network without `net.`, and the others.
fn sysctls(request: &Request) -> Result<(Parameters, Parameters), RequestError> {
    let (mut net, mut other) = (BTreeMap::new(), BTreeMap::new());
    for (name, text) in &request.host.sysctls {
        let refuse =
            |why| Err(RequestError::Value { what: "systemControls", value: name.clone(), why });
        let is_ipc = name.starts_with("fs.mqueue.")
            || name.starts_with("kernel.msg")
            || name.starts_with("kernel.shm")
            || name == "kernel.sem";
        if name.contains(['/', '\0']) || name.split('.').any(str::is_empty) {
            return refuse("is not the name of a kernel parameter");
        }
        if let Some(rest) = name.strip_prefix("net.") {
            if request.network == NetworkMode::Host {
                return refuse("is the host's in network mode `host`");
            }
            net.insert(rest.to_owned(), text.clone());
        } else if is_ipc {
            if request.ipc == Sharing::Host {
                return refuse("is the host's with ipcMode `host`");
            }
            other.insert(name.clone(), text.clone());
        } else {
            return refuse("is not of a name space, so it would change the host");
        }
    }
    Ok((net, other))
}

/// The volumes that take over what the image has at their place.
pub(crate) fn copies(volumes: &[VolumeMount]) -> Vec<crate::shim::protocol::Copy> {
    volumes
        .iter()
        .filter(|volume| volume.is_filled)
        .map(|volume| crate::shim::protocol::Copy {
            from: volume.destination.clone(),
            to: volume.source.clone(),
        })
        .collect()
}

/// The parts of a launch that come from the request alone.
pub(crate) fn launch(request: &Request) -> Launch {
    Launch {
        stdin_open: request.config.open_stdin,
        tty: request.config.tty,
        share_pids: request.pids == Sharing::Task,
        share_ipc: request.ipc == Sharing::Task,
        ports: match request.network {
            NetworkMode::Bridge => request.ports.clone(),
            NetworkMode::Host | NetworkMode::None | NetworkMode::Task => vec![],
        },
        ..Launch::default()
    }
}

/// The number of a stop signal by name or number; SIGTERM for none.
pub(crate) fn stop_signal(request: &Request, image: &ImageConfig) -> Result<i32, RequestError> {
    const NAMES: &[(&str, i32)] = &[
        ("HUP", 1),
        ("INT", 2),
        ("QUIT", 3),
        ("ILL", 4),
        ("TRAP", 5),
        ("ABRT", 6),
        ("BUS", 7),
        ("FPE", 8),
        ("KILL", 9),
        ("USR1", 10),
        ("SEGV", 11),
        ("USR2", 12),
        ("PIPE", 13),
        ("ALRM", 14),
        ("TERM", 15),
        ("STKFLT", 16),
        ("CHLD", 17),
        ("CONT", 18),
        ("STOP", 19),
        ("TSTP", 20),
        ("TTIN", 21),
        ("TTOU", 22),
        ("URG", 23),
        ("XCPU", 24),
        ("XFSZ", 25),
        ("VTALRM", 26),
        ("PROF", 27),
        ("WINCH", 28),
        ("IO", 29),
        ("PWR", 30),
        ("SYS", 31),
    ];
    const REALTIME_MIN: i32 = 34;
    const REALTIME_MAX: i32 = 64;
    let given = [&request.config.stop_signal, &image.stop_signal];
    let Some(text) = given.into_iter().find(|text| !text.is_empty()) else { return Ok(15) };
    let upper = text.to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    let by_name = NAMES.iter().find(|(other, _)| *other == name).map(|(_, number)| *number);
    let offset = |prefix: &str| -> Option<i32> {
        let rest = name.strip_prefix(prefix)?;
        if rest.is_empty() { Some(0) } else { rest.parse().ok() }
    };
    let number = by_name
        .or_else(|| name.parse().ok())
        .or_else(|| offset("RTMIN").map(|more| REALTIME_MIN + more))
        .or_else(|| offset("RTMAX").map(|less| REALTIME_MAX + less));
    number.filter(|number| (1..=REALTIME_MAX).contains(number)).ok_or(RequestError::Value {
        what: "stop signal",
        value: text.clone(),
        why: "is not the name or number of a signal",
    })
}
