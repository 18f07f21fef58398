//! Which instances may have a task, and why the others may not (spec/placement.md §1, steps 1 to 3).
//!
//! A refusal is data: the API's `failures`, service events and `longshore why` print the same one.

use crate::{
    candidate::{ARCHITECTURE_ATTRIBUTE, Candidate, ZONE_ATTRIBUTE},
    demand::Demand,
    query::Query,
    row::Row,
};
use domain::{
    definition::{DefinitionConstraint, RuntimePlatform},
    id::InstanceId,
    instance::Resources,
    service::PlacementRule,
    status::InstanceStatus,
    tag::Attribute,
    vpc::TaskNetwork,
};
use std::{borrow::Borrow, collections::BTreeSet};

/// ECS's own limit, over a definition's constraints and a request's together.
pub const CONSTRAINTS_MAX: usize = 10;

/// What an instance must be like. All constraints of a request must hold.
#[derive(Clone, Debug)]
pub enum Constraint {
    /// No other task of the same group that is not STOPPED.
    DistinctInstance,
    /// An expression is true of it.
    MemberOf(Query),
}

impl Constraint {
    /// What must hold by a definition's `own` constraints and by what its service or its request `asked` for. They were checked when
    /// they were stored: what says none is left out.
    pub fn all(own: &[DefinitionConstraint], asked: &[PlacementRule]) -> Vec<Self> {
        let own = own.iter().map(|it| (it.kind.as_str(), it.expression.as_deref()));
        let asked = asked.iter().map(|it| (it.kind.as_str(), it.argument.as_deref()));
        own.chain(asked).filter_map(|(kind, expression)| Self::of(kind, expression)).collect()
    }

    /// The constraint that the API's `type` and `expression` name; `None` if they name none.
    pub fn of(kind: &str, expression: Option<&str>) -> Option<Self> {
        match (kind, expression.filter(|expression| !expression.is_empty())) {
            ("distinctInstance", None) => Some(Self::DistinctInstance),
            ("memberOf", Some(expression)) => Query::parse(expression).ok().map(Self::MemberOf),
            _ => None,
        }
    }
}

/// What identical tasks need of an instance.
#[derive(Clone, Debug)]
pub struct Needs<'a> {
    /// Amounts.
    pub demand: &'a Demand,
    /// The definition's `requiresAttributes`.
    pub attributes: &'a [Attribute],
    /// The definition's `runtimePlatform`.
    pub platform: Option<&'a RuntimePlatform>,
    /// The definition's and the request's.
    pub constraints: &'a [Constraint],
    /// The subnets of tasks in awsvpc mode: the instance's zone must have one.
    pub network: Option<&'a TaskNetwork>,
    /// The tasks' group.
    pub group: &'a str,
}

/// An instance that was not chosen, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which.
    pub instance: InstanceId,
    /// The first reason found, in the order of [`Reason`].
    pub reason: Reason,
}

/// Why an instance may not have a task; of several reasons, the first in this order is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its status takes no new tasks.
    Status(InstanceStatus),
    /// Its agent is not connected.
    Agent,
    /// CPU units.
    Cpu(Amount),
    /// MiB.
    Memory(Amount),
    /// A port that another task or the host itself has.
    Ports {
        /// The first such port.
        port: u16,
        /// `tcp` or `udp`.
        protocol: &'static str,
    },
    /// GPUs.
    Gpu(Amount),
    /// Network interfaces.
    Interface(Amount),
    /// An attribute that is missing or has another value.
    Attribute {
        /// Its name.
        name: String,
        /// The value it should have, where one is asked for.
        value: Option<String>,
    },
    /// It is in a zone that none of the tasks' subnets is in.
    Location {
        /// Those that have one.
        zones: Vec<String>,
    },
    /// An expression that is not true of it.
    MemberOf {
        /// As it was given.
        expression: String,
    },
    /// A task of the same group is there.
    DistinctInstance,
}

/// What was asked for, and what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// By one task.
    pub needed: i64,
    /// On the instance.
    pub free: i64,
}

impl Reason {
    /// The reason in ECS's words, as in `failures[].reason`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Status(status) => status.as_str(),
            Self::Agent => "AGENT",
            Self::Cpu(_) => "RESOURCE:CPU",
            Self::Memory(_) => "RESOURCE:MEMORY",
            Self::Ports { .. } => "RESOURCE:PORTS",
            Self::Gpu(_) => "RESOURCE:GPU",
            Self::Interface(_) => "RESOURCE:ENI",
            Self::Attribute { .. } => "ATTRIBUTE",
            Self::Location { .. } => "LOCATION",
            Self::MemberOf { .. } => "MemberOf placement constraint unsatisfied.",
            Self::DistinctInstance => "DistinctInstance placement constraint unsatisfied.",
        }
    }

    /// What exactly is missing, as in `failures[].detail`.
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::Status(_) | Self::Agent | Self::DistinctInstance => None,
            Self::Cpu(Amount { needed, free }) => {
                Some(format!("needs {needed} CPU units, {free} are free"))
            }
            Self::Memory(Amount { needed, free }) => {
                Some(format!("needs {needed} MiB, {free} are free"))
            }
            Self::Ports { port, protocol } => Some(format!("port {port}/{protocol} is taken")),
            Self::Gpu(Amount { needed, free }) => {
                Some(format!("needs {needed} GPUs, {free} are free"))
            }
            Self::Interface(Amount { needed, free }) => {
                Some(format!("needs {needed} network interfaces, {free} are free"))
            }
            Self::Attribute { name, value: None } => Some(name.clone()),
            Self::Attribute { name, value: Some(value) } => Some(format!("{name}={value}")),
            Self::Location { zones } => Some(format!("the subnets are in {}", zones.join(", "))),
            Self::MemberOf { expression } => Some(expression.clone()),
        }
    }
}

/// Whether tasks of Fargate with subnets in `wanted` are near their hosts: whether one that suits them is in such a zone. `suited` are the
/// zones of the pool's hosts that take new tasks and are as the tasks want them, whether they have room or not: one that is full does
/// not send its tasks to another zone. A pool need not be in every zone, and what no host suits goes to any.
pub fn reaches<'z>(
    suited: impl IntoIterator<Item = &'z str>,
    wanted: &BTreeSet<impl Borrow<str> + Ord>,
) -> bool {
    suited.into_iter().any(|zone| wanted.contains(zone))
}

impl Needs<'_> {
    /// Why `candidate` may not have one more such task, or `None` if it may. Its status is not looked at: StartTask names
    /// instances that are DRAINING.
    pub fn refused_by(&self, candidate: &Candidate<'_>) -> Option<Reason> {
        self.refused_at(&Row::from(*candidate))
    }

    /// The same, with what is booked there taken into account.
    pub fn refused_at(&self, row: &Row<'_>) -> Option<Reason> {
        if !row.candidate.is_connected() {
            return Some(Reason::Agent);
        }
        self.lacks_room(row)
            .or_else(|| self.lacks_attribute(&row.candidate))
            .or_else(|| self.is_elsewhere(&row.candidate))
            .or_else(|| self.breaks_constraint(row))
    }

    /// Whether `candidate` is as such tasks want it, whether or not it has room, its agent is connected or a task of the group is
    /// there already. Expressions about tasks are not asked: what they say changes with the answer.
    pub fn is_suited_by(&self, candidate: &Candidate<'_>) -> bool {
        let row = Row::from(*candidate);
        self.lacks_attribute(candidate).is_none()
            && self.is_elsewhere(candidate).is_none()
            && self.constraints.iter().all(|constraint| match constraint {
                Constraint::DistinctInstance => true,
                Constraint::MemberOf(query) => query.asks_of_tasks() || query.matches_at(&row),
            })
    }

    /// The same of tasks of Fargate, as `hosts`, which are the pool, decide it: where one is in a zone of their subnets, takes new tasks
    /// and is as the tasks want it, they go to such hosts; where none is, any host carries them.
    #[must_use]
    pub fn of_pool<'c>(self, hosts: impl IntoIterator<Item = Candidate<'c>>) -> Self {
        let anywhere = Needs { network: None, ..self };
        let suited =
            hosts.into_iter().filter(|host| host.takes_new_tasks() && anywhere.is_suited_by(host));
        let zones = suited.filter_map(|host| host.attribute(ZONE_ATTRIBUTE));
        let network = self.network.filter(|network| reaches(zones, &network.zones()));
        Needs { network, ..anywhere }
    }

    pub(crate) fn lacks_room(&self, row: &Row<'_>) -> Option<Reason> {
        let demand = self.demand;
        let lacks = |needed: i64, free: i64| {
            (needed > 0 && needed > free).then_some(Amount { needed, free })
        };
        let gpus = i64::try_from(demand.gpus).unwrap_or(i64::MAX);
        let tcp = || {
            let port =
                demand.ports_tcp.iter().find(|port| row.has_port(|it| &it.ports_tcp, **port));
            port.map(|port| Reason::Ports { port: *port, protocol: "tcp" })
        };
        let udp = || {
            let port =
                demand.ports_udp.iter().find(|port| row.has_port(|it| &it.ports_udp, **port));
            port.map(|port| Reason::Ports { port: *port, protocol: "udp" })
        };
        lacks(demand.cpu, row.cpu_left())
            .map(Reason::Cpu)
            .or_else(|| lacks(demand.memory, row.memory_left()).map(Reason::Memory))
            .or_else(tcp)
            .or_else(udp)
            .or_else(|| lacks(gpus, row.gpus_left()).map(Reason::Gpu))
            .or_else(|| lacks(demand.enis, row.interfaces_left()).map(Reason::Interface))
    }

    pub(crate) fn lacks_attribute(&self, candidate: &Candidate<'_>) -> Option<Reason> {
        let missing = self.attributes.iter().find(|wanted| !candidate.has(wanted));
        if let Some(Attribute { name, value }) = missing {
            return Some(Reason::Attribute { name: name.clone(), value: value.clone() });
        }
        let (name, value) = self
            .platform
            .into_iter()
            .flat_map(platform_attributes)
            .find(|(name, value)| candidate.attribute(name) != Some(value.as_str()))?;
        Some(Reason::Attribute { name: name.to_owned(), value: Some(value) })
    }

    /// Whether the tasks have no subnet in the candidate's zone.
    pub(crate) fn is_elsewhere(&self, candidate: &Candidate<'_>) -> Option<Reason> {
        let network = self.network?;
        let zone = candidate.attribute(ZONE_ATTRIBUTE);
        if network.subnets.iter().any(|subnet| Some(subnet.zone.as_str()) == zone) {
            return None;
        }
        let zones = network.zones().into_iter().map(str::to_owned).collect();
        Some(Reason::Location { zones })
    }

    fn breaks_constraint(&self, row: &Row<'_>) -> Option<Reason> {
        self.constraints.iter().find_map(|constraint| match constraint {
            Constraint::DistinctInstance => {
                row.has_group(self.group).then_some(Reason::DistinctInstance)
            }
            Constraint::MemberOf(query) => (!query.matches_at(row))
                .then(|| Reason::MemberOf { expression: query.text().to_owned() }),
        })
    }

    /// What one such task holds on `candidate`, which may have it: the demand, with the first GPUs that are free.
    pub fn held_on(&self, candidate: &Candidate<'_>) -> Resources {
        self.held_at(&Row::from(*candidate))
    }

    /// The same, with what is booked there taken into account.
    pub fn held_at(&self, row: &Row<'_>) -> Resources {
        self.demand.held_with(row.free_gpus().take(self.demand.gpus).cloned().collect())
    }
}

/// The built-in attributes that a runtime platform asks for.
fn platform_attributes(platform: &RuntimePlatform) -> Vec<(&'static str, String)> {
    let mut wanted = Vec::new();
    match platform.operating_system_family.as_deref() {
        None => {}
        Some("LINUX") => wanted.push(("ecs.os-type", "linux".to_owned())),
        Some(family) => {
            wanted.push(("ecs.os-type", "windows".to_owned()));
            wanted.push(("ecs.os-family", family.to_owned()));
        }
    }
    if let Some(architecture) = &platform.cpu_architecture {
        wanted.push((ARCHITECTURE_ATTRIBUTE, architecture.to_ascii_lowercase()));
    }
    wanted
}
