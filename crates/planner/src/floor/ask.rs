//! What is asked of floors, and what they answer.

use crate::plan::Place;
use domain::{
    capacity::GROUP_ATTRIBUTE, instance::ContainerInstance, key::Key, status::InstanceStatus,
};
use placement::{
    candidate::{EXTERNAL_ATTRIBUTE, ZONE_ATTRIBUTE},
    filter::Refusal,
    wants::Wants,
};
use std::{collections::BTreeMap, sync::Arc};

/// Where tasks of one kind may go.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The key of the cluster's record.
    pub cluster: &'a Key,
    /// What they want, made once for their template and shared.
    pub wants: &'a Arc<Wants>,
    /// Their group.
    pub group: &'a str,
    /// Which instances are candidates.
    pub pool: Pool<'a>,
}

/// Which of a cluster's instances are candidates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pool<'a> {
    /// Those outside of EC2, for launch type EXTERNAL; otherwise those of EC2.
    pub is_external: bool,
    /// Only those of this capacity provider.
    pub provider: Option<Provider<'a>>,
    /// Only those of this Availability Zone.
    pub zone: Option<&'a str>,
}

/// How a capacity provider's instances are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provider<'a> {
    /// The provider's name, as [`ContainerInstance::capacity_provider`] says it.
    pub name: &'a str,
    /// Its Auto Scaling group's name or ARN, as [`GROUP_ATTRIBUTE`] says it.
    pub group: &'a str,
}

/// What became of an ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// At most as many as were asked for, in the order in which they were chosen.
    pub places: Vec<Place>,
    /// Why there are not as many as were asked for.
    pub shortfall: Option<Shortfall>,
}

/// Why no further task could be placed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shortfall {
    /// How many tasks have no place.
    pub missing: usize,
    /// Instances of the cluster that are ACTIVE or DRAINING.
    pub instances: usize,
    /// Those of them that are in the pool.
    pub candidates: usize,
    /// The candidate that lacks least, and what. One that is as the tasks want it, but for its room, is closer than any other.
    pub closest: Option<Refusal>,
    /// How many candidates are refused for each reason, in ECS's words ([`Reason::as_str`](placement::filter::Reason::as_str)).
    pub reasons: BTreeMap<&'static str, usize>,
    /// Of tasks of Fargate: what no host serves ([`placement::feature::unserved`]).
    pub unserved: Option<String>,
}

impl Pool<'_> {
    /// Whether `instance` is a candidate. Those that are neither ACTIVE nor DRAINING are not.
    pub fn has(&self, instance: &ContainerInstance) -> bool {
        let value = |name: &str| instance.attributes.get(name).and_then(|value| value.as_deref());
        is_there(instance)
            && instance.attributes.contains_key(EXTERNAL_ATTRIBUTE) == self.is_external
            && self.provider.is_none_or(|provider| {
                instance.capacity_provider.as_deref() == Some(provider.name)
                    || value(GROUP_ATTRIBUTE)
                        .is_some_and(|group| group_name(group) == group_name(provider.group))
            })
            && self.zone.is_none_or(|zone| value(ZONE_ATTRIBUTE) == Some(zone))
    }
}

/// A pool that is kept.
#[derive(Clone, Debug)]
pub(super) struct OwnedPool {
    is_external: bool,
    provider: Option<(String, String)>,
    zone: Option<String>,
}

impl OwnedPool {
    pub(super) fn of(pool: &Pool<'_>) -> Self {
        Self {
            is_external: pool.is_external,
            provider: pool.provider.map(|it| (it.name.to_owned(), it.group.to_owned())),
            zone: pool.zone.map(str::to_owned),
        }
    }

    pub(super) fn has(&self, instance: &ContainerInstance) -> bool {
        let provider = self.provider.as_ref();
        let pool = Pool {
            is_external: self.is_external,
            provider: provider.map(|(name, group)| Provider { name, group }),
            zone: self.zone.as_deref(),
        };
        pool.has(instance)
    }
}

/// Whether an instance is part of its cluster.
pub(super) fn is_there(instance: &ContainerInstance) -> bool {
    matches!(instance.status, InstanceStatus::Active | InstanceStatus::Draining)
}

/// An Auto Scaling group's name, from its name or its ARN.
fn group_name(text: &str) -> &str {
    text.rsplit_once("autoScalingGroupName/").map_or(text, |(_, name)| name)
}
