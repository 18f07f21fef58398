//! What the agent's endpoints ask of this host: where requests arrive, whose address it is, and what containers are and use.

use super::record::{self, Record};
use super::traffic;
use super::{DriverError, Inner, LinuxDriver};
use crate::cgroup::sample;
use crate::network::endpoints;
use crate::shim::protocol::{Network, Phase};
use crate::sys_clock;
use agent::endpoint::{Caller, ClockDrift, Doorway, Facts, Listener, Sample, Traffic, Volume};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr};

impl Doorway for LinuxDriver {
    fn listen(&self) -> io::Result<Vec<Listener>> {
        let mut all = vec![Listener::Tasks(self.inner.endpoints.listen(endpoints::TASKS)?)];
        if !self.inner.config.block_instance_metadata {
            let socket = self.inner.endpoints.listen(endpoints::INSTANCE)?;
            // Replies go no further than to the task itself, as by EC2's default hop limit.
            socket.set_ttl(HOPS)?;
            all.push(Listener::Instance(socket));
        }
        Ok(all)
    }

    fn caller(&self, address: IpAddr) -> Option<Caller> {
        let IpAddr::V4(address) = address else { return None };
        if address == self.inner.endpoints.host_address() {
            return Some(Caller::Host);
        }
        self.inner.callers.task(address).map(Caller::Task)
    }

    fn sees_instance(&self, caller: &Caller) -> bool {
        match caller {
            Caller::Task(id) => self.inner.sees_instance(id),
            Caller::Host => true,
        }
    }

    fn facts(&self, task: &str) -> BTreeMap<String, Facts> {
        let tasks = self.inner.tasks();
        let records = tasks.get(task).map(|known| &known.records);
        records.into_iter().flatten().map(|(name, record)| (name.clone(), facts(record))).collect()
    }

    fn samples(&self, task: String) -> BoxFuture<'_, BTreeMap<String, Sample>> {
        async move {
            let sampled = self.blocking(move |inner| Ok(inner.samples(&task))).await;
            sampled.unwrap_or_else(|error: DriverError| {
                tracing::warn!(%error, "statistics were not read");
                BTreeMap::new()
            })
        }
        .boxed()
    }

    fn clock_drift(&self) -> Option<ClockDrift> {
        let (error_us_max, is_synchronized) = sys_clock::error()?;
        let error_ms_max = error_us_max as f64 / 1000.0;
        Some(ClockDrift { at: super::now(), error_ms_max, is_synchronized })
    }

    fn storage_used_mib(&self, task: String) -> BoxFuture<'_, Option<i64>> {
        async move { self.blocking(move |inner| Ok(inner.storage_used_mib(&task))).await.ok()? }
            .boxed()
    }
}

/// How many hosts a reply about the instance may pass.
const HOPS: u32 = 1;

fn facts(record: &Record) -> Facts {
    let network_mode = match &record.launch.network {
        Network::Host => "host",
        Network::Isolated => "none",
        Network::Bridge(_) => "bridge",
        Network::Task => "awsvpc",
    };
    let volume = |volume: &crate::container::mount::VolumeMount| Volume {
        name: String::new(),
        source: volume.source.display().to_string(),
        destination: volume.destination.clone(),
    };
    Facts {
        image_id: (!record.image_id.is_empty()).then(|| record.image_id.clone()),
        created: record.created,
        network_mode: network_mode.to_owned(),
        addresses: record.address().into_iter().collect(),
        volumes: record.volumes.iter().map(volume).collect(),
    }
}

impl Inner {
    fn samples(&self, task: &str) -> BTreeMap<String, Sample> {
        let containers: Vec<(String, String, Way)> = self
            .tasks()
            .get(task)
            .into_iter()
            .flat_map(|known| known.records.values())
            .map(|record| {
                let way = match &record.launch.network {
                    Network::Bridge(to) => Way::Bridge(to.host_end.clone()),
                    Network::Task => Way::Own,
                    Network::Host | Network::Isolated => Way::None,
                };
                (record.launch.container.clone(), record.launch.cgroup.clone(), way)
            })
            .collect();
        let host_ns = sample::host_ns();
        let sampled = containers.into_iter().filter_map(|(name, cgroup, way)| {
            let limit = u64::try_from(self.host.memory_mib).unwrap_or(0) << 20;
            let mut sample = sample::read(&self.cgroups, &cgroup, limit)?;
            sample.at = super::now();
            sample.host_ns = host_ns;
            sample.cores = u32::from(self.host.cores);
            sample.traffic = match way {
                Way::Bridge(end) => traffic::of_host_end(&end)
                    .map(|it| ("eth0".to_owned(), it))
                    .into_iter()
                    .collect(),
                Way::Own => self.own_traffic(task, &name).unwrap_or_default(),
                Way::None => BTreeMap::new(),
            };
            Some((name, sample))
        });
        sampled.collect()
    }
}

/// How a container's packets go.
enum Way {
    /// By the bridge, from this end of its interface.
    Bridge(String),
    /// By its task's own interface.
    Own,
    /// There is nothing to count that is its own.
    None,
}

impl Inner {
    /// What went through the interfaces of the task that a running container is of.
    fn own_traffic(&self, task: &str, name: &str) -> Option<BTreeMap<String, Traffic>> {
        let Ok(Some(Phase::Running(running))) =
            record::kept_phase(&self.home.container(task, name))
        else {
            return None;
        };
        let text = fs_err::read_to_string(format!("/proc/{}/net/dev", running.pid)).ok()?;
        Some(traffic::interfaces(&text))
    }
}

impl Inner {
    /// The addresses that a container of the bridge finds at the endpoints' interface.
    pub(super) fn endpoint_addresses(&self) -> Vec<Ipv4Addr> {
        let mut all = vec![endpoints::TASKS];
        if !self.config.block_instance_metadata {
            all.push(endpoints::INSTANCE);
        }
        all
    }
}
