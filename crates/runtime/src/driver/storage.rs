//! Ephemeral storage of limited size (spec/security-and-storage.md §7): what of a task's lies in it, and how full it is.
//!
//! In it are what containers write to their own file systems, the task's volumes without a place on the host, and those that images ask
//! for. An empty file system of each size that was ever wanted is kept and copied for a task (docs/decisions/0017).
//! Not here: the task's own one, which its shim has (`shim::storage`).

use super::home::Home;
use super::record::{self, Record};
use super::{DriverError, Inner, LinuxDriver};
use crate::container::mount::VolumeMount;
use crate::shim::protocol::{Op, Phase, Rootfs, Storage};
use crate::spawn;
use domain::link::acs::PayloadTask;
use rustix::fs::FlockOperation;
use std::path::PathBuf;

/// What ext4 needs for itself comes on top of what the task is given: its tables for each MiB, KiB, and what it keeps back, MiB.
const TABLES_KIB_PER_MIB: u64 = 24;
const KEPT_BACK_MIB: u64 = 32;
const MIB_PER_GIB: i64 = 1024;

impl LinuxDriver {
    /// Makes the task's storage, if it is to have one of its own.
    pub(super) async fn hold_storage(&self, task: &PayloadTask) -> Result<(), DriverError> {
        let Some(gib) = task.ephemeral_storage_gib else { return Ok(()) };
        self.blocking(move |inner| inner.template(gib)).await?;
        let Some(wanted) = wanted(&self.inner.home, task) else { return Ok(()) };
        self.ask(task.id(), Op::HoldStorage(wanted)).await.map(drop)
    }
}

/// The task's storage; `None` for one that writes to the host's disk as it likes.
pub(super) fn wanted(home: &Home, task: &PayloadTask) -> Option<Storage> {
    let gib = task.ephemeral_storage_gib?;
    Some(Storage { template: home.storage_template(gib), at: home.storage(task.id()) })
}

/// Where the container `id` writes, instead of on the host's disk.
pub(super) fn rootfs(storage: &Storage, id: &str, root: Rootfs) -> Rootfs {
    let own = storage.at.join(id);
    Rootfs { upper: own.join("upper"), work: own.join("work"), ..root }
}

/// The directories in it that are to be there for a container with these volumes.
pub(super) fn scratch(storage: &Storage, volumes: &[VolumeMount]) -> Vec<PathBuf> {
    let sources = volumes.iter().map(|volume| &volume.source);
    sources.filter(|source| source.starts_with(&storage.at)).cloned().collect()
}

impl Inner {
    /// Sees to it that there is an empty file system for `gib` GiB.
    fn template(&self, gib: i64) -> Result<(), DriverError> {
        let path = self.home.storage_template(gib);
        if path.exists() {
            return Ok(());
        }
        let mib = u64::try_from(gib.saturating_mul(MIB_PER_GIB)).unwrap_or(0);
        let file = fs_err::File::create(self.home.storage_lock()).map_err(DriverError::File)?;
        rustix::fs::flock(&file, FlockOperation::LockExclusive)
            .map_err(|errno| DriverError::File(errno.into()))?;
        // Another task's start may have made it meanwhile.
        if path.exists() {
            return Ok(());
        }
        let new = path.with_extension("new");
        let made = fs_err::File::create(&new).map_err(DriverError::File)?;
        made.set_len((mib + KEPT_BACK_MIB) * (1024 + TABLES_KIB_PER_MIB) * 1024)
            .map_err(DriverError::File)?;
        spawn::mkfs(&new)?;
        // Half of one after a power failure would be nobody's to repair.
        made.sync_all().map_err(DriverError::File)?;
        fs_err::rename(&new, &path).map_err(DriverError::File)
    }

    /// MiB that are in use of the task's storage, as one of its running containers sees it.
    pub(super) fn storage_used_mib(&self, task: &str) -> Option<i64> {
        let records: Vec<Record> = self.tasks().get(task)?.records.values().cloned().collect();
        records.iter().filter(|record| record.launch.storage.is_some()).find_map(|record| {
            let bundle = self.home.container(task, &record.launch.container);
            let Ok(Some(Phase::Running(running))) = record::kept_phase(&bundle) else {
                return None;
            };
            // An overlay tells of the file system that is written to.
            let found = rustix::fs::statvfs(format!("/proc/{}/root", running.pid)).ok()?;
            let blocks = found.f_blocks.saturating_sub(found.f_bfree);
            i64::try_from(blocks.saturating_mul(found.f_frsize) >> 20).ok()
        })
    }
}
