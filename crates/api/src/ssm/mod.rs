//! AWS Systems Manager, as far as its sessions with containers go (agent-protocol.md §9.1): what the Session Manager plugin calls.
//!
//! Not here: parameters, documents, managed instances.

pub mod session;

use crate::decide::Table;
use wire::{Fault, check::Violations, tables::ssm};

/// The operations of AWS Systems Manager that Longshore serves.
pub static TABLE: Table = Table {
    service: &ssm::SERVICE,
    operations: &[
        ("ResumeSession", session::resume),
        ("StartSession", session::start),
        ("TerminateSession", session::terminate),
    ],
    refuse,
    server_fault: "InternalServerError",
    prepare: None,
};

fn refuse(_operation: &str, violations: &Violations) -> Fault {
    violations.fault(&ssm::SERVICE)
}
