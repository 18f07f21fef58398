//! Finds what is on the host: after the agent's restart, its crash, a shim's death, a reboot. And clears what belongs to no task.
//!
//! ```text
//! task directory, shim answers      → adopted: phases as the shim tells
//! task directory, no shim           → what runs of it is killed; what ended keeps its exit code, what ran is absent
//! anything else with our names on it → removed
//! ```

use super::record::{self, Record};
use super::task::PAYLOAD;
use super::{DriverError, Inner, LinuxDriver};
use crate::network::flow_logs;
use crate::network::link;
use crate::network::netlink::Netlink;
use crate::network::port_map;
use crate::shim::protocol::{Answer, Ended, Network, Op, Phase as ShimPhase, TERMINAL};
use agent::driver::{Exit, Found, Phase};
use domain::link::acs::PayloadTask;
use domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;
use std::time::SystemTime;

impl LinuxDriver {
    pub(super) async fn find_all(&self) -> Result<Vec<Found>, DriverError> {
        let ids = self.blocking(Inner::task_ids).await?;
        let mut found = Vec::new();
        for id in ids {
            found.push(self.find_task(id).await?);
        }
        self.blocking(Inner::sweep).await?;
        Ok(found)
    }

    async fn find_task(&self, id: String) -> Result<Found, DriverError> {
        let is_connected = self.inner.tasks().get(&id).is_some_and(|known| !known.shim.is_gone());
        if !is_connected {
            self.inner.tasks().remove(&id);
        }
        let mut phases = None;
        if is_connected || self.connect(&id).await.is_ok() {
            phases = match self.ask(&id, Op::State).await {
                Ok(Answer::State(phases)) => Some(phases),
                _ => None,
            };
        }
        if phases.is_none() {
            self.inner.tasks().remove(&id);
            // A shim that does not answer must not come back to life beside the next one.
            let task = id.clone();
            self.blocking(move |inner| {
                inner.kill_shim(&task);
                Ok(())
            })
            .await?;
            self.empty_cgroup(&id).await?;
        }
        self.blocking(move |inner| inner.tell_task(id, phases)).await
    }
}

impl Inner {
    fn task_ids(&self) -> Result<Vec<String>, DriverError> {
        let mut ids = Vec::new();
        for entry in fs_err::read_dir(self.home.tasks()).map_err(DriverError::File)? {
            let entry = entry.map_err(DriverError::File)?;
            ids.push(entry.file_name().to_string_lossy().into_owned());
        }
        ids.sort();
        Ok(ids)
    }

    /// What is known of one task. `phases` are those its shim tells; without a shim nothing of the task runs any more.
    fn tell_task(
        &self,
        id: String,
        phases: Option<BTreeMap<String, ShimPhase>>,
    ) -> Result<Found, DriverError> {
        let payload: Option<PayloadTask> = record::read_json(&self.home.task(&id).join(PAYLOAD))?;
        let mut records = self.records(&id)?;
        let mut containers = Vec::new();
        for container in payload.iter().flat_map(|payload| &payload.containers) {
            let name = &container.name;
            let phase = match records.get(name) {
                None => Phase::Absent,
                Some(record) => self.phase_of(&id, record, phases.as_ref())?,
            };
            if phase == Phase::Absent
                && let Some(record) = records.remove(name)
            {
                // Its file system is as a process left it that nobody saw end: the next run begins afresh.
                self.free_container(&id, &record)?;
                super::remove::gone(fs_err::remove_dir_all(self.home.container(&id, name)))?;
            }
            let engine_id = records.get(name).map(|record| record.launch.id.clone());
            containers.push((name.clone(), engine_id, phase));
        }
        for record in records.values() {
            let Network::Bridge(to) = &record.launch.network else { continue };
            self.pool().mark(to.address);
            self.admit(to.address, &to.host_end, &id)?;
        }
        self.find_network(&id)?;
        if let Some(known) = self.tasks().get_mut(&id) {
            known.records = records;
        }
        Ok(Found { task: id, payload: payload.map(Arc::new), containers })
    }

    fn phase_of(
        &self,
        task: &str,
        record: &Record,
        phases: Option<&BTreeMap<String, ShimPhase>>,
    ) -> Result<Phase, DriverError> {
        let name = &record.launch.container;
        let kept = record::kept_phase(&self.home.container(task, name))?;
        // A shim that was made anew for the task does not know what an earlier one saw end.
        let told = phases.and_then(|phases| phases.get(name));
        Ok(match (told, kept) {
            (Some(ShimPhase::Running(running)), _) => {
                Phase::Running(super::task::started(running, record))
            }
            (Some(ShimPhase::Exited(ended)), _) => Phase::Exited(exit(ended)),
            (None | Some(ShimPhase::Starting), Some(ShimPhase::Exited(ended))) => {
                Phase::Exited(exit(&ended))
            }
            // Asking for the start again joins the one that is on its way.
            (Some(ShimPhase::Starting), _) | (None, None) => Phase::Created,
            (None, Some(ShimPhase::Running(_) | ShimPhase::Starting)) => Phase::Absent,
        })
    }

    /// Removes what has our names on it and belongs to no container that there is.
    fn sweep(&self) -> Result<(), DriverError> {
        let mut records = Vec::new();
        for task in self.task_ids()? {
            records.extend(self.records(&task)?.into_values().map(|record| (task.clone(), record)));
        }
        let ids: BTreeSet<&str> = records.iter().map(|(_, r)| r.launch.id.as_str()).collect();
        for id in self.images.container_ids()? {
            // Other containers' roots may be in the same store, but only ours have ids of 64 digits.
            if id.len() == 64 && !ids.contains(id.as_str()) {
                self.images.release(&id)?;
            }
        }
        self.sweep_state(&ids)?;
        self.sweep_routers()?;
        self.sweep_network(&records)
            .map_err(|error| DriverError::File(io::Error::other(error.to_string())))?;
        self.purge_logs()
    }

    /// What OCI runtimes keep of containers that are gone.
    fn sweep_state(&self, ids: &BTreeSet<&str>) -> Result<(), DriverError> {
        for dir in [false, true].map(|is_runsc| self.home.state_of_runtime(is_runsc)) {
            for entry in fs_err::read_dir(dir).map_err(DriverError::File)? {
                let entry = entry.map_err(DriverError::File)?;
                let name = entry.file_name().to_string_lossy().into_owned();
                // A directory that is called like the container, or runsc's files whose names go on after that.
                if name.get(..64).is_some_and(|id| !ids.contains(id)) {
                    let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
                    super::remove::gone(match is_dir {
                        true => fs_err::remove_dir_all(entry.path()),
                        false => fs_err::remove_file(entry.path()),
                    })?;
                }
                let of = name.strip_suffix(TERMINAL);
                if of.is_some_and(|of| !ids.iter().any(|id| id.starts_with(of))) {
                    super::remove::gone(fs_err::remove_file(entry.path()))?;
                }
            }
        }
        Ok(())
    }

    /// Ports that lead to nobody, and interfaces whose name space hangs.
    fn sweep_network(
        &self,
        records: &[(String, Record)],
    ) -> Result<(), crate::network::netlink::NetlinkError> {
        let mut wanted = BTreeSet::new();
        let mut ends = BTreeSet::new();
        for (task, record) in records {
            let Network::Bridge(to) = &record.launch.network else { continue };
            ends.insert(to.host_end.clone());
            let bundle = self.home.container(task, &record.launch.container);
            if let Ok(Some(ShimPhase::Running(running))) = record::kept_phase(&bundle) {
                wanted.extend(port_map::entries(&running.ports, to.address));
            }
        }
        let strays: Vec<_> = port_map::list(&self.table)?
            .into_iter()
            .filter(|entry| !wanted.contains(entry))
            .collect();
        port_map::withdraw(&self.table, &strays)?;
        for address in self.endpoints.admitted()? {
            if self.callers.task(address).is_none() {
                self.endpoints.dismiss(address)?;
            }
        }
        let mut netlink = Netlink::route()?;
        let prefix = self.home.interface_prefix();
        for name in link::names(&mut netlink)? {
            if name.starts_with(&prefix) && !ends.contains(&name) {
                match netlink.run(&[link::delete(&name)]) {
                    Err(error) if error.is(rustix::io::Errno::NODEV) => {}
                    other => other?,
                }
            }
        }
        Ok(())
    }

    /// Logs of tasks that are gone for longer than they are kept, and flow logs that nobody wrote to for as long.
    pub(super) fn purge_logs(&self) -> Result<(), DriverError> {
        let now = super::now();
        for entry in fs_err::read_dir(self.home.logs()).map_err(DriverError::File)? {
            let entry = entry.map_err(DriverError::File)?;
            let task = entry.file_name().to_string_lossy().into_owned();
            if self.home.task(&task).exists() {
                continue;
            }
            let last = last_change(&entry.path()).unwrap_or(SystemTime::UNIX_EPOCH);
            let age = last
                .duration_since(SystemTime::UNIX_EPOCH)
                .ok()
                .and_then(|since| i64::try_from(since.as_millis()).ok())
                .map_or(i64::MAX, |at| now.0.saturating_sub(at));
            if u128::try_from(age).is_ok_and(|age| age > self.config.log_retention.as_millis()) {
                super::remove::gone(fs_err::remove_dir_all(entry.path()))?;
            }
        }
        flow_logs::purge(&super::awsvpc::records(&self.home, &self.config), now)
            .map_err(DriverError::File)
    }
}

/// When a file in `dir` was last written.
fn last_change(dir: &std::path::Path) -> Option<SystemTime> {
    let mut last = fs_err::metadata(dir).ok()?.modified().ok();
    for entry in fs_err::read_dir(dir).ok()?.flatten() {
        let path = entry.path();
        let changed =
            if path.is_dir() { last_change(&path) } else { entry.metadata().ok()?.modified().ok() };
        last = last.max(changed);
    }
    last
}

fn exit(ended: &Ended) -> Exit {
    Exit { code: ended.code, out_of_memory: ended.oom, at: Timestamp(ended.at) }
}
