//! A host's kernel and container engine: what really runs, whoever believes what.
//!
//! What a container does is told by its image, whatever tag or digest follows:
//! ```text
//! run       runs until it is stopped       exit-N          ends at once with N      exit-N-after-S   ends after S seconds with N
//! stubborn  ends by a kill only            missing         cannot be pulled         sick             its health check fails
//! slow      takes 20 s to stop             broken          cannot be started        moody            its health check fails in bad times
//! ```
//! Invariants: steps are idempotent, as `agent::driver` asks for; a process that ended stays ended. Not here: how long steps take
//! (`world`), what the agent makes of it (`agent::machine`).

use agent::driver::{ContainerFault, Exit, FaultName, Found, Phase, Started};
use domain::{
    link::acs::PayloadTask,
    task::NetworkBinding,
    time::{Millis, Timestamp},
};
use std::{collections::BTreeMap, sync::Arc};

/// A container of this host: its task's id and its name.
pub(crate) type Name = (String, String);

/// The host port from which on the kernel gives ports to those who do not say which.
const EPHEMERAL: i64 = 32_768;

/// What an image does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Runs until it is stopped, after which it takes so long.
    Runs { stops_after: Millis, is_stubborn: bool },
    /// Ends by itself.
    Ends { code: i64, after: Millis },
    /// Cannot be pulled.
    Missing,
    /// Cannot be started.
    Broken,
}

impl Manner {
    /// By the image's name.
    pub(crate) fn of(image: &str) -> Self {
        let name = image.split([':', '@']).next().unwrap_or_default();
        let mut words = name.split('-');
        match words.next() {
            Some("exit") => {
                let code = words.next().and_then(|code| code.parse().ok()).unwrap_or(1);
                let after = words.nth(1).and_then(|seconds| seconds.parse().ok());
                Self::Ends { code, after: Millis::from_s(after.unwrap_or_default()) }
            }
            Some("missing") => Self::Missing,
            Some("broken") => Self::Broken,
            Some("stubborn") => Self::Runs { stops_after: Millis(0), is_stubborn: true },
            Some("slow") => Self::Runs { stops_after: Millis::from_s(20), is_stubborn: false },
            _ => Self::Runs { stops_after: Millis(50), is_stubborn: false },
        }
    }
}

/// What the host has of a task.
#[derive(Clone, Debug)]
struct OnHost {
    payload: Arc<PayloadTask>,
    containers: BTreeMap<String, Container>,
}

#[derive(Clone, Debug)]
struct Container {
    id: String,
    phase: Phase,
    /// The number of its newest process.
    process: u64,
}

/// The kernel of one host.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kernel {
    tasks: BTreeMap<String, OnHost>,
    processes: u64,
}

impl Kernel {
    /// What `Driver::inventory` answers.
    pub(crate) fn inventory(&self) -> Vec<Found> {
        let of = |(task, on_host): (&String, &OnHost)| Found {
            task: task.clone(),
            payload: Some(Arc::clone(&on_host.payload)),
            containers: on_host
                .payload
                .containers
                .iter()
                .map(|wanted| match on_host.containers.get(&wanted.name) {
                    Some(it) => (wanted.name.clone(), Some(it.id.clone()), it.phase.clone()),
                    None => (wanted.name.clone(), None, Phase::Absent),
                })
                .collect(),
        };
        self.tasks.iter().map(of).collect()
    }

    pub(crate) fn prepare(&mut self, payload: &Arc<PayloadTask>) {
        let fresh = OnHost { payload: Arc::clone(payload), containers: BTreeMap::new() };
        self.tasks.entry(payload.id().to_owned()).or_insert(fresh);
    }

    pub(crate) fn create(
        &mut self,
        payload: &PayloadTask,
        name: &str,
    ) -> Result<String, ContainerFault> {
        let Some(on_host) = self.tasks.get_mut(payload.id()) else {
            return Err(fault(FaultName::CannotCreateContainerError, "its task is not prepared"));
        };
        self.processes += 1;
        let id = format!("{:064x}", self.processes);
        let new = Container { id, phase: Phase::Created, process: 0 };
        Ok(on_host.containers.entry(name.to_owned()).or_insert(new).id.clone())
    }

    /// Starts a process and says its number, by which its end is told from a later one's.
    pub(crate) fn start(
        &mut self,
        payload: &PayloadTask,
        name: &str,
        now: Timestamp,
    ) -> Result<(Started, u64), ContainerFault> {
        let failed = |text: &str| fault(FaultName::CannotStartContainerError, text);
        let wanted = payload.container(name).ok_or_else(|| failed("no such container"))?;
        if Manner::of(&wanted.image) == Manner::Broken {
            return Err(failed("exec format error"));
        }
        let bindings = self.bindings(payload, name);
        let taken = bindings.iter().filter_map(|binding| binding.host_port).find(|port| {
            self.bound().any(|(of, bound)| of != (payload.id(), name) && bound == *port)
        });
        if let Some(port) = taken {
            let text = format!("port {port} is already allocated");
            return Err(failed(&text));
        }
        self.processes += 1;
        let process = self.processes;
        let found = self.tasks.get_mut(payload.id());
        let container = found.and_then(|on_host| on_host.containers.get_mut(name));
        let container = container.ok_or_else(|| failed("no such container"))?;
        if let Phase::Running(started) = &container.phase {
            return Ok((started.clone(), container.process));
        }
        let started = Started { at: now, bindings };
        container.phase = Phase::Running(started.clone());
        container.process = process;
        Ok((started, process))
    }

    /// The process of that number ends, if it runs.
    pub(crate) fn exit(
        &mut self,
        (task, name): &Name,
        process: u64,
        code: i64,
        now: Timestamp,
    ) -> Option<Exit> {
        let container = self.tasks.get_mut(task)?.containers.get_mut(name)?;
        if container.process != process || !matches!(container.phase, Phase::Running(_)) {
            return None;
        }
        let exit = Exit { code, out_of_memory: false, at: now };
        container.phase = Phase::Exited(exit.clone());
        Some(exit)
    }

    /// The number of the process that runs in a container, and its image.
    pub(crate) fn process(&self, (task, name): &Name) -> Option<(u64, &str)> {
        let on_host = self.tasks.get(task)?;
        let container = on_host.containers.get(name)?;
        let image = on_host.payload.container(name).map_or("", |wanted| wanted.image.as_str());
        matches!(container.phase, Phase::Running(_)).then_some((container.process, image))
    }

    pub(crate) fn remove(&mut self, task: &str) {
        self.tasks.remove(task);
    }

    /// The host is switched off: nothing runs any more. What was prepared is still there.
    pub(crate) fn power_off(&mut self) {
        for on_host in self.tasks.values_mut() {
            on_host.containers.clear();
        }
    }

    /// Everything is gone with the disk.
    pub(crate) fn wipe(&mut self) {
        self.tasks.clear();
    }

    /// Every container that runs, in order.
    pub(crate) fn running(&self) -> impl Iterator<Item = Name> {
        self.tasks.iter().flat_map(|(task, on_host)| {
            let runs = |(_, it): &(&String, &Container)| matches!(it.phase, Phase::Running(_));
            let names = on_host.containers.iter().filter(runs);
            names.map(|(name, _)| (task.clone(), name.clone())).collect::<Vec<_>>()
        })
    }

    /// The tasks that the host has anything of.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = &str> {
        self.tasks.keys().map(String::as_str)
    }

    /// The ports that running containers hold, and whose they are.
    pub(crate) fn bound(&self) -> impl Iterator<Item = ((&str, &str), i64)> {
        self.tasks.iter().flat_map(|(task, on_host)| {
            on_host.containers.iter().flat_map(move |(name, container)| {
                let bindings = match &container.phase {
                    Phase::Running(started) => started.bindings.as_slice(),
                    Phase::Absent | Phase::Created | Phase::Exited(_) => &[],
                };
                let ports = bindings.iter().filter_map(|binding| binding.host_port);
                ports.map(move |port| ((task.as_str(), name.as_str()), port))
            })
        })
    }

    fn bindings(&self, payload: &PayloadTask, name: &str) -> Vec<NetworkBinding> {
        let mappings =
            payload.container(name).map_or(&[][..], |wanted| wanted.port_mappings.as_slice());
        let bind = |(at, mapping): (usize, &domain::definition::PortMapping)| {
            let offset = i64::try_from(at).unwrap_or_default();
            let free = EPHEMERAL + 16 * i64::try_from(self.processes % 1000).unwrap_or_default();
            let asked = mapping.host_port.filter(|port| *port > 0);
            NetworkBinding {
                bind_ip: Some("0.0.0.0".into()),
                container_port: mapping.container_port,
                host_port: Some(asked.unwrap_or(free + offset)),
                protocol: Some("tcp".into()),
                ..NetworkBinding::default()
            }
        };
        mappings.iter().enumerate().map(bind).collect()
    }
}

/// A fault of the driver.
pub(crate) fn fault(name: FaultName, text: &str) -> ContainerFault {
    ContainerFault { name, text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::Manner;
    use domain::time::Millis;

    #[test]
    fn an_image_says_what_it_does() {
        let ends = |code, seconds| Manner::Ends { code, after: Millis::from_s(seconds) };
        assert_eq!(Manner::of("exit-3"), ends(3, 0));
        assert_eq!(Manner::of("exit-0-after-20:v2"), ends(0, 20));
        assert_eq!(Manner::of("missing@sha256:00"), Manner::Missing);
        assert_eq!(Manner::of("run:v1"), Manner::of("moody"));
    }
}
