//! The records that are taken note of.

use domain::{
    capacity::CapacityProvider,
    cluster::Cluster,
    definition::TaskDefinition,
    deployment::{ServiceDeployment, ServiceRevision},
    fargate::PoolHost,
    iam::{SessionCredential, TaskCredentials},
    instance::{ContainerInstance, InstanceLink, Ledger},
    service::Service,
    task::{ClientToken, Task},
};
use std::sync::Arc;

/// A record that the rules look at, as it is now. What is kept of it is shared, not copied.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each variant is named after its record")]
pub enum Noted<'a> {
    Task(&'a Task),
    Instance(&'a Arc<ContainerInstance>),
    Link(&'a Arc<InstanceLink>),
    Ledger(&'a Arc<Ledger>),
    PoolHost(&'a PoolHost),
    Definition(&'a Arc<TaskDefinition>),
    Cluster(&'a Cluster),
    Token(&'a ClientToken),
    SessionCredential(&'a SessionCredential),
    TaskCredentials(&'a TaskCredentials),
    Service(&'a Arc<Service>),
    Revision(&'a ServiceRevision),
    ServiceDeployment(&'a ServiceDeployment),
    Provider(&'a Arc<CapacityProvider>),
}
