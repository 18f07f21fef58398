//! An instance as placement and the query language see it: the three records that belong together.

use domain::{
    instance::{ContainerInstance, InstanceLink, Ledger},
    status::InstanceStatus,
};

/// The attribute by which an instance says which Availability Zone it is in.
pub const ZONE_ATTRIBUTE: &str = "ecs.availability-zone";

/// The attribute by which an instance says what its CPUs are.
pub const ARCHITECTURE_ATTRIBUTE: &str = "ecs.cpu-architecture";

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
}

impl<'a> Candidate<'a> {
    /// Whether its agent is there to be told anything.
    pub fn is_connected(&self) -> bool {
        self.link.is_some_and(|link| link.connected)
    }

    /// Whether it takes tasks that nobody put there by name.
    pub fn takes_new_tasks(&self) -> bool {
        self.instance.status == InstanceStatus::Active
    }

    /// Whether it is outside of EC2, where only launch type EXTERNAL goes.
    pub fn is_external(&self) -> bool {
        self.instance.attributes.contains_key(EXTERNAL_ATTRIBUTE)
    }

    /// The value of an attribute; `None` where it is absent or has none.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.instance.attributes.get(name)?.as_deref()
    }
}
