//! An instance as placement and the query language see it: the records that belong together, that of its place in Fargate's pool included.

use domain::{
    fargate::PoolHost,
    instance::{ContainerInstance, InstanceLink, Ledger},
    instance_type::{INTERFACES_UNBOUNDED, InstanceType},
    status::InstanceStatus,
    tag::Attribute,
};
use std::collections::BTreeMap;

/// The attribute by which an instance says which Availability Zone it is in.
pub const ZONE_ATTRIBUTE: &str = "ecs.availability-zone";

/// The attribute by which an instance says what its CPUs are.
pub const ARCHITECTURE_ATTRIBUTE: &str = "ecs.cpu-architecture";

/// The attribute by which an instance says of which type it is.
pub const TYPE_ATTRIBUTE: &str = "ecs.instance-type";

/// The attribute with the interface that an instance's tasks share as a trunk, where it has one.
pub const TRUNK_ATTRIBUTE: &str = "ecs.awsvpc-trunk-id";

/// The attribute that an agent outside of EC2 registers with.
pub const EXTERNAL_ATTRIBUTE: &str = "ecs.capability.external";

/// One instance at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// What was registered.
    pub instance: &'a ContainerInstance,
    /// What is taken of it.
    pub ledger: &'a Ledger,
    /// Its agent's link; `None` while no agent ever connected.
    pub link: Option<&'a InstanceLink>,
    /// Its place in Fargate's pool, where it is asked about tasks of Fargate; `None` for tasks of its cluster.
    pub pool: Option<PoolHost>,
}

/// How many tasks with an interface of their own an instance with these attributes takes: by its type, with a trunk or without.
pub fn task_interfaces(attributes: &BTreeMap<String, Option<String>>) -> i64 {
    let kind = attributes.get(TYPE_ATTRIBUTE).and_then(|name| name.as_deref());
    let kind = kind.and_then(InstanceType::find);
    let has_trunk = attributes.contains_key(TRUNK_ATTRIBUTE);
    kind.map_or(INTERFACES_UNBOUNDED, |kind| kind.task_interfaces(has_trunk))
}

impl<'a> Candidate<'a> {
    /// Whether its agent is there to be told anything.
    pub fn is_connected(&self) -> bool {
        self.link.is_some_and(|link| link.connected)
    }

    /// How it stands: in its cluster, or in Fargate's pool.
    pub fn status(&self) -> InstanceStatus {
        self.pool.map_or(self.instance.status, |pool| pool.status(self.instance))
    }

    /// Whether it takes tasks that nobody put there by name.
    pub fn takes_new_tasks(&self) -> bool {
        self.status() == InstanceStatus::Active
    }

    /// Whether it is outside of EC2, where only launch type EXTERNAL goes.
    pub fn is_external(&self) -> bool {
        self.instance.attributes.contains_key(EXTERNAL_ATTRIBUTE)
    }

    /// Whether it has an attribute, with the value that is wanted where one is.
    pub fn has(&self, wanted: &Attribute) -> bool {
        let value = self.instance.attributes.get(&wanted.name);
        value.is_some_and(|value| wanted.value.is_none() || *value == wanted.value)
    }

    /// The value of an attribute; `None` where it is absent or has none.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.instance.attributes.get(name)?.as_deref()
    }
}
