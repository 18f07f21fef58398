//! Kinds of reasons, to be counted and compared: which of the instances that take no task is closest to taking one.

use crate::filter::{Amount, Reason};
use domain::status::InstanceStatus;

/// A kind of [`Reason`], to be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Status,
    Agent,
    Cpu,
    Memory,
    Ports,
    Gpu,
    Interface,
    Attribute,
    Location,
    MemberOf,
    DistinctInstance,
}

/// How many there are.
pub(crate) const KINDS: usize = 11;

impl Kind {
    pub(crate) const ALL: [Self; KINDS] = [
        Self::Status,
        Self::Agent,
        Self::Cpu,
        Self::Memory,
        Self::Ports,
        Self::Gpu,
        Self::Interface,
        Self::Attribute,
        Self::Location,
        Self::MemberOf,
        Self::DistinctInstance,
    ];

    /// As [`Reason::as_str`]; of statuses that take no new tasks, DRAINING is the one that a candidate is in for long.
    pub(crate) fn as_str(self) -> &'static str {
        let amount = Amount { needed: 0, free: 0 };
        match self {
            Self::Status => Reason::Status(InstanceStatus::Draining),
            Self::Agent => Reason::Agent,
            Self::Cpu => Reason::Cpu(amount),
            Self::Memory => Reason::Memory(amount),
            Self::Ports => Reason::Ports { port: 0, protocol: "tcp" },
            Self::Gpu => Reason::Gpu(amount),
            Self::Interface => Reason::Interface(amount),
            Self::Attribute => Reason::Attribute { name: String::new(), value: None },
            Self::Location => Reason::Location { zones: Vec::new() },
            Self::MemberOf => Reason::MemberOf { expression: String::new() },
            Self::DistinctInstance => Reason::DistinctInstance,
        }
        .as_str()
    }
}

/// How far an instance is from taking a task: first what kind of thing it lacks, then how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lack {
    pub(crate) distance: u8,
    /// In thousandths of what is needed.
    pub(crate) missing: i64,
    pub(crate) kind: Kind,
}

/// The kind of a reason that is about room, and how much is missing in thousandths.
pub(crate) fn amount_of(reason: &Reason) -> (Kind, i64) {
    let missing = |amount: &Amount| {
        amount.needed.saturating_sub(amount.free).saturating_mul(1000) / amount.needed
    };
    match reason {
        Reason::Cpu(amount) => (Kind::Cpu, missing(amount)),
        Reason::Memory(amount) => (Kind::Memory, missing(amount)),
        Reason::Gpu(amount) => (Kind::Gpu, missing(amount)),
        Reason::Interface(amount) => (Kind::Interface, missing(amount)),
        Reason::Ports { .. } => (Kind::Ports, 1000),
        Reason::Status(_)
        | Reason::Agent
        | Reason::Attribute { .. }
        | Reason::Location { .. }
        | Reason::MemberOf { .. }
        | Reason::DistinctInstance => unreachable!("{} is not about room", reason.as_str()),
    }
}
