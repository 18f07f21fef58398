//! Capacity providers: groups of instances that tasks are shared out to (spec/placement.md §4).

use crate::{
    id::{ClusterName, Scope},
    instance::ContainerInstance,
    key::{Key, Prefix},
    record::Record,
    status::wire_names,
    tag::Tag,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The life of a capacity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ProviderStatus {
    /// Usable.
    Active,
    /// Deleted; describable for a while.
    Inactive,
}
wire_names!(ProviderStatus { Active = "ACTIVE", Inactive = "INACTIVE" });

/// A capacity provider that a user made. FARGATE and FARGATE_SPOT exist without a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CapacityProvider {
    /// Its name.
    pub name: String,
    /// Whether it is usable.
    pub status: ProviderStatus,
    /// Such as `UPDATE_COMPLETE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_status: Option<String>,
    /// When it was deleted: by this it is forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inactive_since: Option<Timestamp>,
    /// The Auto Scaling group whose instances it is made of.
    pub group: AutoScalingGroup,
    /// The cluster, of providers that belong to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<ClusterName>,
    /// When it was created.
    pub created_at: Timestamp,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// The instances of a provider, and how they are scaled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AutoScalingGroup {
    /// The group's ARN or name, as given.
    pub arn: String,
    /// How its size follows from the tasks that want it.
    pub scaling: ManagedScaling,
    /// Whether instances with tasks are protected from scale-in.
    #[serde(default)]
    pub termination_protection: bool,
    /// Whether instances that terminate are drained first.
    #[serde(default)]
    pub draining: bool,
}

/// Numbers of managed scaling, with ECS's defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ManagedScaling {
    /// Whether ECS sets the group's size. Tasks that find no room wait only if it does.
    pub enabled: bool,
    /// Percent of the instances that should be in use, 1 to 100.
    pub target_capacity: i64,
    /// Instances a step, at least.
    pub step_min: i64,
    /// Instances a step, at most.
    pub step_max: i64,
    /// Seconds in which a new instance does not count.
    pub warmup_s: i64,
}

impl Default for ManagedScaling {
    fn default() -> Self {
        Self { enabled: false, target_capacity: 100, step_min: 1, step_max: 10_000, warmup_s: 300 }
    }
}

impl AutoScalingGroup {
    /// The group's name, whether that or the ARN was given.
    pub fn name(&self) -> &str {
        group_name(&self.arn)
    }

    /// Whether a name or ARN means this group. An account has one group of a name in a region.
    pub fn is_meant_by(&self, text: &str) -> bool {
        self.name() == group_name(text)
    }
}

/// What follows `autoScalingGroupName/` in an ARN; a name is its own.
fn group_name(text: &str) -> &str {
    text.rsplit_once("autoScalingGroupName/").map_or(text, |(_, name)| name)
}

impl Record for CapacityProvider {
    const TABLE: &'static str = "capacity-provider";
}

impl CapacityProvider {
    /// The key of one provider.
    pub fn key(scope: &Scope, name: &str) -> Key {
        Key::of::<Self>(scope, &[name])
    }

    /// Whether `instance` is one of its own: it says so itself, or it is of the provider's Auto Scaling group.
    pub fn has(&self, instance: &ContainerInstance) -> bool {
        let group = instance.attributes.get(GROUP_ATTRIBUTE).and_then(|value| value.as_deref());
        instance.capacity_provider.as_deref() == Some(self.name.as_str())
            || group.is_some_and(|group| self.group.is_meant_by(group))
    }

    /// All providers of an account in a region.
    pub fn all(scope: &Scope) -> Prefix {
        Prefix::table::<Self>(scope)
    }
}

/// The attribute by which an instance says of which Auto Scaling group it is, while nobody else can say so: an agent registers with
/// it, and belongs to the cluster's provider of that group.
pub const GROUP_ATTRIBUTE: &str = "longshore.auto-scaling-group";
