//! Clusters.

use crate::{
    fargate,
    id::{ClusterName, Scope},
    key::Key,
    record::Record,
    status::wire_names,
    tag::{KeyValue, Tag},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The life of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ClusterStatus {
    /// Usable.
    Active,
    /// Deleted; describable for a while, and CreateCluster revives it.
    Inactive,
}
wire_names!(ClusterStatus { Active = "ACTIVE", Inactive = "INACTIVE" });

/// One item of a capacity provider strategy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StrategyItem {
    /// The provider's name.
    pub capacity_provider: String,
    /// Share of what exceeds the bases, 0 to 1000.
    #[serde(default)]
    pub weight: i64,
    /// How many tasks go here first, 0 to 100000.
    #[serde(default)]
    pub base: i64,
}

impl StrategyItem {
    /// Whether its provider is one of Fargate's.
    pub fn is_fargate(&self) -> bool {
        matches!(self.capacity_provider.as_str(), fargate::ON_DEMAND | fargate::SPOT)
    }
}

/// A cluster as it is stored. Counts are not stored: they are sums over instances' ledgers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cluster {
    /// Its name.
    pub name: ClusterName,
    /// Whether it is usable.
    pub status: ClusterStatus,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was deleted, while it is INACTIVE: by this it is forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inactive_since: Option<Timestamp>,
    /// Such as `containerInsights`.
    #[serde(default)]
    pub settings: Vec<KeyValue>,
    /// `ClusterConfiguration` as the client gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<serde_json::Value>,
    /// The namespace's ARN or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_connect_namespace: Option<String>,
    /// Names of the capacity providers that the cluster may use.
    #[serde(default)]
    pub capacity_providers: Vec<String>,
    /// What RunTask and CreateService use when they name neither a strategy nor a launch type.
    #[serde(default)]
    pub default_strategy: Vec<StrategyItem>,
    /// The cluster's tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Record for Cluster {
    const TABLE: &'static str = "cluster";
}

impl Cluster {
    /// The key of the cluster called `name`.
    pub fn key(scope: &Scope, name: &ClusterName) -> Key {
        Key::of::<Self>(scope, &[name.as_str()])
    }
}
