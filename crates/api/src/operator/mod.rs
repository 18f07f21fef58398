//! Longshore's own service: what whoever runs a region does, and AWS has no operation for.

pub mod fargate;
pub mod spot;

use crate::decide::Table;
use wire::{Fault, check::Violations, own};

/// The operations of Longshore's own service.
pub static TABLE: Table = Table {
    service: &own::SERVICE,
    operations: &[
        ("DrainFargateHost", fargate::drain),
        ("InterruptSpotTask", spot::interrupt),
        ("ListFargateHosts", fargate::list),
        ("RemoveFargateHost", fargate::remove),
        ("ResumeFargateHost", fargate::resume),
    ],
    refuse,
    server_fault: "ServerException",
    prepare: None,
};

fn refuse(_operation: &str, violations: &Violations) -> Fault {
    violations.fault(&own::SERVICE)
}
