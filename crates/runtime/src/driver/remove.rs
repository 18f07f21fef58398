//! Frees all of a task. Every step may have been done before; the task's directory goes last.

use super::home::task_cgroup;
use super::record::{self, Record};
use super::{DriverError, Inner, LinuxDriver};
use crate::network::port_map;
use crate::shim::IDENTITY;
use crate::shim::protocol::{Network, Op, Phase};
use crate::shim::zygote::Identity;
use rustix::mount::UnmountFlags;
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

/// A shim that is asked to end and does not is killed after this.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(20);
/// Processes that were killed are gone by then, unless the kernel itself hangs.
const KILL_TIMEOUT: Duration = Duration::from_secs(20);
/// Between looks whether killed processes are gone: nothing tells us.
const LOOK_PERIOD: Duration = Duration::from_millis(5);

impl LinuxDriver {
    pub(super) async fn remove_task(&self, task: &str) -> Result<(), DriverError> {
        super::home::check_name("task id", task)?;
        if !self.inner.home.task(task).exists() {
            self.inner.tasks().remove(task);
            return Ok(());
        }
        self.end_shim(task).await?;
        self.empty_cgroup(task).await?;
        let id = task.to_owned();
        self.blocking(move |inner| inner.free(&id)).await
    }

    /// Ends the task's shim and with it all that runs of the task.
    async fn end_shim(&self, task: &str) -> Result<(), DriverError> {
        if self.inner.tasks().get(task).is_none_or(|known| known.shim.is_gone()) {
            // One of an earlier agent may run.
            let _ = self.connect(task).await;
        }
        // From here on its end is no news.
        let known = self.inner.tasks().remove(task);
        if let Some(known) = known
            && tokio::time::timeout(SHUTDOWN_TIMEOUT, known.shim.ask(Op::Shutdown)).await.is_err()
        {
            tracing::warn!(task, "a shim did not end when it was asked to, and is killed");
        }
        let id = task.to_owned();
        self.blocking(move |inner| {
            inner.kill_shim(&id);
            Ok(())
        })
        .await
    }

    /// Kills what is in the task's control group until nothing is, and removes it.
    pub(super) async fn empty_cgroup(&self, task: &str) -> Result<(), DriverError> {
        let group = task_cgroup(task);
        let deadline = tokio::time::Instant::now() + KILL_TIMEOUT;
        loop {
            let path = group.clone();
            let is_gone = self
                .blocking(move |inner| {
                    inner.cgroups.kill(&path);
                    Ok(inner.cgroups.remove(&path).is_ok())
                })
                .await?;
            if is_gone {
                return Ok(());
            }
            if tokio::time::Instant::now() > deadline {
                return Err(DriverError::Busy(format!(
                    "processes in control group `{group}` do not end although they were killed: look at them with `ps`, state D means that the kernel waits for a device or file system"
                )));
            }
            tokio::time::sleep(LOOK_PERIOD).await;
        }
    }
}

impl Inner {
    /// Kills the shim that the task's directory names, if that very process still runs.
    pub(super) fn kill_shim(&self, task: &str) {
        let path = self.home.task(task).join(IDENTITY);
        let Ok(Some(identity)) = record::read_json::<Identity>(&path) else { return };
        let Some(pid) = Pid::from_raw(identity.pid) else { return };
        // The descriptor first: from then on the id cannot come to mean another process unseen.
        let Ok(handle) = pidfd_open(pid, PidfdFlags::empty()) else { return };
        if Identity::of(identity.pid).as_ref() == Some(&identity) {
            let _ = pidfd_send_signal(&handle, Signal::KILL);
        }
    }

    /// Frees what a task without processes holds, its directory last.
    pub(super) fn free(&self, task: &str) -> Result<(), DriverError> {
        for record in self.records(task)?.into_values() {
            self.free_container(task, &record)?;
        }
        self.free_network(task)?;
        let shm = self.home.shared_shm(task);
        if is_mount_point(&shm) {
            rustix::mount::unmount(&shm, UnmountFlags::DETACH | UnmountFlags::NOFOLLOW)
                .map_err(|errno| DriverError::File(errno.into()))?;
        }
        gone(fs_err::remove_dir_all(self.home.task(task)))
    }

    /// Frees what a container without processes holds on the host; its bundle stays.
    pub(super) fn free_container(&self, task: &str, record: &Record) -> Result<(), DriverError> {
        self.withdraw(task, record)?;
        let runtime = &record.launch.runtime;
        gone(runtime.forget(&record.launch.id))?;
        gone(fs_err::remove_file(runtime.state_dir.join(record.launch.terminal())))?;
        self.images.release(&record.launch.id)?;
        // After everything that uses it.
        if let Some(address) = record.address() {
            self.dismiss(address)?;
            self.pool().free(address);
        }
        Ok(())
    }

    /// Takes the ports of a container out of the firewall, as its shim could not do.
    pub(super) fn withdraw(&self, task: &str, record: &Record) -> Result<(), DriverError> {
        let Network::Bridge(to) = &record.launch.network else { return Ok(()) };
        let bundle = self.home.container(task, &record.launch.container);
        let Some(Phase::Running(running)) = record::kept_phase(&bundle)? else { return Ok(()) };
        port_map::withdraw(&to.table, &port_map::entries(&running.ports, to.address))
            .map_err(|error| DriverError::File(io::Error::other(error.to_string())))
    }
}

/// Gone already is fine.
pub(super) fn gone(done: io::Result<()>) -> Result<(), DriverError> {
    match done {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(DriverError::File(error)),
        _ => Ok(()),
    }
}

/// Another device than its parent's.
pub(super) fn is_mount_point(path: &Path) -> bool {
    let device = |path: &Path| fs_err::symlink_metadata(path).ok().map(|found| found.dev());
    match (device(path), path.parent().and_then(device)) {
        (Some(here), Some(above)) => here != above,
        _ => false,
    }
}
