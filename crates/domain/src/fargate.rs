//! Fargate: tasks of all clusters on a pool of hosts that users do not see as container instances.
//!
//! Hosts are of the pool by registering in [`ClusterName::fargate`], or in a cluster of users' with [`POOL_ATTRIBUTE`]: then tasks of the
//! cluster and of Fargate share one ledger, so that neither takes room that the other has.

use crate::{
    id::{ClusterName, InstanceId, Scope},
    key::{Key, Prefix},
    record::Record,
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

/// GiB that a task may write where its definition says nothing (spec/security-and-storage.md).
pub const EPHEMERAL_STORAGE_GIB: i64 = 20;

/// That an instance is of the pool: exists as long as its registration is not INACTIVE. The index by which the pool is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolHost {}

impl Record for PoolHost {
    const TABLE: &'static str = "pool-host";
}

impl PoolHost {
    /// The key of one, by the cluster it registered in and its id.
    pub fn key(scope: &Scope, cluster: &ClusterName, id: &InstanceId) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), id.as_str()])
    }

    /// The pool of an account in a region.
    pub fn all(scope: &Scope) -> Prefix {
        Prefix::table::<Self>(scope)
    }
}
