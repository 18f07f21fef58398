//! Fargate: tasks of all clusters on a pool of hosts that users do not see as container instances.
//!
//! Hosts are of the pool by registering in [`ClusterName::fargate`], or in a cluster of users' with [`POOL_ATTRIBUTE`]: then tasks of the
//! cluster and of Fargate share one ledger, so that neither takes room that the other has. A ledger counts tasks of Fargate apart, by
//! their cluster ([`booked_group`]), because users do not see them on an instance.

use crate::{
    id::{AccountId, ClusterName, InstanceId, Region, Scope},
    instance::{ContainerInstance, Ledger},
    key::{Key, Prefix},
    record::Record,
    status::{InstanceStatus, StopCode},
    task::Stop,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The attribute by which an instance of a users' cluster is of the pool too.
pub const POOL_ATTRIBUTE: &str = "longshore.fargate";

/// The capacity provider of hosts that are not taken away.
pub const ON_DEMAND: &str = "FARGATE";

/// The capacity provider of tasks that may be interrupted.
pub const SPOT: &str = "FARGATE_SPOT";

/// What `LATEST` means for Linux (spec/placement.md §5).
pub const PLATFORM_VERSION: &str = "1.4.0";

/// The platform versions that there are for Linux.
const PLATFORM_VERSIONS: [&str; 2] = [PLATFORM_VERSION, "1.3.0"];

/// What groups of Fargate's tasks begin with in the books. No user may give a group such a name.
pub const GROUP_PREFIX: &str = ".fargate/";

/// The platform version that a request means, which is the newest where it says none; `None` for one that there is not.
pub fn platform_version(asked: Option<&str>) -> Option<&'static str> {
    match asked.filter(|asked| !asked.is_empty()) {
        None | Some("LATEST") => Some(PLATFORM_VERSION),
        Some(asked) => PLATFORM_VERSIONS.into_iter().find(|known| *known == asked),
    }
}

/// The group by which placement and ledgers know the tasks of Fargate in `group` of `cluster`: hosts have tasks of all clusters, and
/// tasks of a group that are not Fargate's are others.
pub fn booked_group(cluster: &ClusterName, group: &str) -> String {
    format!("{GROUP_PREFIX}{cluster}/{group}")
}

/// The cluster of the tasks in a group of [`booked_group`]; `None` for the group of tasks that are not Fargate's.
pub fn cluster_of_booked(group: &str) -> Option<&str> {
    group.strip_prefix(GROUP_PREFIX)?.split_once('/').map(|(cluster, _)| cluster)
}

/// What a task is told whose host goes away or is taken out of service, of which its owner never knew. ECS's words.
pub fn maintenance() -> Stop {
    let reason = "ECS is performing maintenance on the underlying infrastructure hosting the task.";
    Stop { code: StopCode::TerminationNotice, reason: reason.to_owned() }
}

/// GiB that a task may write where its definition says nothing (spec/security-and-storage.md).
pub const EPHEMERAL_STORAGE_GIB: i64 = 20;

/// That an instance is of the pool: exists as long as its registration is of it ([`PoolHost::is_due`]), and beyond that until the last task
/// of Fargate on it has ended. The index by which the pool is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PoolHost {
    /// Since when whoever runs the region wants no new tasks of Fargate on it, and those of services elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draining_since: Option<Timestamp>,
}

impl Record for PoolHost {
    const TABLE: &'static str = "pool-host";
}

impl PoolHost {
    /// The key of one, by the cluster it registered in and its id.
    pub fn key(scope: &Scope, cluster: &ClusterName, id: &InstanceId) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), id.as_str()])
    }

    /// Whether there is to be one for an instance, whether it has tasks or not.
    pub fn is_due(instance: &ContainerInstance) -> bool {
        instance.is_of_pool() && instance.status != InstanceStatus::Inactive
    }

    /// How `instance`, which this is of, stands in the pool. It is DRAINING with its registration, where its room is no longer lent, and
    /// where whoever runs the region wants it so: the tasks of its own cluster have no part in the latter two.
    pub fn status(&self, instance: &ContainerInstance) -> InstanceStatus {
        match instance.status {
            InstanceStatus::Active if self.draining_since.is_some() || !instance.is_of_pool() => {
                InstanceStatus::Draining
            }
            status => status,
        }
    }

    /// The key of the instance that the host at `key` is; `None` for the key of anything else.
    pub fn instance_key(key: &Key) -> Option<Key> {
        Self::parts(key).map(|(scope, cluster, id)| ContainerInstance::key(&scope, &cluster, &id))
    }

    /// The key of that instance's ledger.
    pub fn ledger_key(key: &Key) -> Option<Key> {
        Self::parts(key).map(|(scope, cluster, id)| Ledger::key(&scope, &cluster, &id))
    }

    fn parts(key: &Key) -> Option<(Scope, ClusterName, InstanceId)> {
        let mut parts = key.as_str().split('/');
        let (account, region, table) = (parts.next()?, parts.next()?, parts.next()?);
        let (cluster, id) = (parts.next()?, parts.next()?);
        let scope =
            Scope { account: AccountId::parse(account).ok()?, region: Region::parse(region).ok()? };
        let (cluster, id) = (ClusterName::parse(cluster).ok()?, InstanceId::parse(id).ok()?);
        (table == Self::TABLE).then_some((scope, cluster, id))
    }

    /// The hosts of the pool that registered in a cluster.
    pub fn all_in(scope: &Scope, cluster: &ClusterName) -> Prefix {
        Prefix::under::<Self>(scope, &[cluster.as_str()])
    }

    /// The pool of an account in a region.
    pub fn all(scope: &Scope) -> Prefix {
        Prefix::table::<Self>(scope)
    }
}

#[cfg(test)]
mod tests {
    use super::{booked_group, cluster_of_booked, platform_version};
    use crate::id::ClusterName;

    #[test]
    fn a_group_of_fargate_s_tells_its_cluster() {
        let web = ClusterName::parse("web").expect("a name");
        assert_eq!(cluster_of_booked(&booked_group(&web, "family:a/b")), Some("web"));
        assert_eq!(cluster_of_booked("family:web"), None);
    }

    #[test]
    fn latest_is_what_is_meant_where_nothing_is_said() {
        assert_eq!(platform_version(None), Some("1.4.0"));
        assert_eq!(platform_version(Some("LATEST")), Some("1.4.0"));
        assert_eq!(platform_version(Some("1.3.0")), Some("1.3.0"));
        assert_eq!(platform_version(Some("1.2.0")), None);
    }
}
