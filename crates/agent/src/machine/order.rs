//! Which container waits for which, and for how long.
//!
//! Edges come from `dependsOn` (START, COMPLETE, SUCCESS, HEALTHY), from `links` (as START) and from `volumesFrom` (created is enough);
//! agent-protocol.md §7. Containers start along the edges and are stopped against them. Invariant: the edges of a task that was
//! accepted have no cycle, so that each walk ends. Not here: what an essential container's end does to its task (`advance`).

use super::task::{Container, State};
use domain::{
    definition::Condition,
    link::acs::PayloadTask,
    status::HealthStatus,
    time::{Millis, Timestamp},
};

/// What must be true of the container at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gate {
    /// It exists, so that its volumes can be taken from it.
    Created,
    /// A condition of `dependsOn`; a link is a START.
    Met(Condition),
}

/// For each container, in the payload's order, the containers that it waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Edges(Vec<Vec<(usize, Gate)>>);

/// Whether a container may be created now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Every gate is open.
    Ready,
    /// A gate may still open; with a time at which it no longer may.
    Wait(Option<Timestamp>),
    /// A gate will never open: agent-protocol.md §7's texts.
    Never(String),
}

impl Edges {
    /// The edges of `task`; `None` if they name a container that is not there or go round.
    pub(super) fn of(task: &PayloadTask) -> Option<Self> {
        let index =
            |name: &str| task.containers.iter().position(|container| container.name == name);
        let mut edges = Vec::new();
        for container in &task.containers {
            let mut gates = Vec::new();
            for dependency in &container.depends_on {
                gates.push((index(&dependency.container_name)?, Gate::Met(dependency.condition)));
            }
            for link in &container.links {
                let name = link.split(':').next().unwrap_or_default();
                gates.push((index(name)?, Gate::Met(Condition::Start)));
            }
            for volume in &container.volumes_from {
                gates.push((index(volume.source_container.as_deref()?)?, Gate::Created));
            }
            edges.push(gates);
        }
        let edges = Self(edges);
        edges.is_acyclic().then_some(edges)
    }

    /// Nobody waits for anybody: for `containers` of which none will start.
    pub(super) fn none(containers: usize) -> Self {
        Self(vec![Vec::new(); containers])
    }

    /// Takes away, again and again, every container that waits for none of those left.
    fn is_acyclic(&self) -> bool {
        let mut left: Vec<usize> = (0..self.0.len()).collect();
        loop {
            let before = left.len();
            let waiting = left.clone();
            left.retain(|&one| self.0[one].iter().any(|(other, _)| waiting.contains(other)));
            if left.is_empty() {
                return true;
            }
            if left.len() == before {
                return false;
            }
        }
    }

    /// Whether container `one` of `containers` may be created at `now`.
    pub(super) fn verdict(&self, containers: &[Container], one: usize, now: Timestamp) -> Verdict {
        let target = &containers[one].name;
        let mut deadline: Option<Timestamp> = None;
        let mut is_ready = true;
        for &(other, gate) in &self.0[one] {
            let dependency = &containers[other];
            let name = &dependency.name;
            let never = |why: &str| {
                Verdict::Never(format!(
                    "dependency graph: failed to resolve container ordering dependency [{name}] for target [{target}] {why}"
                ))
            };
            if gate.is_open(dependency) {
                continue;
            }
            is_ready = false;
            if dependency.state == State::Stopped {
                return never(if dependency.started.is_none() {
                    "because dependency will never start"
                } else if gate == Gate::Met(Condition::Success) {
                    "as dependency did not exit successfully."
                } else {
                    "as dependency stopped before it was healthy."
                });
            }
            if let Some(until) = gate.deadline(dependency) {
                if now >= until {
                    return Verdict::Never(format!(
                        "dependency graph: container ordering dependency [{name}] for target [{target}] has timed out."
                    ));
                }
                deadline = Some(deadline.map_or(until, |earlier| earlier.min(until)));
            }
        }
        if is_ready { Verdict::Ready } else { Verdict::Wait(deadline) }
    }

    /// Whether everything that waits for container `one` has stopped, so that it may be stopped too.
    pub(super) fn is_released(&self, containers: &[Container], one: usize) -> bool {
        self.0
            .iter()
            .zip(containers)
            .filter(|(gates, _)| gates.iter().any(|(other, _)| *other == one))
            .all(|(_, dependent)| dependent.state == State::Stopped)
    }
}

impl Gate {
    fn is_open(self, dependency: &Container) -> bool {
        let has_stopped = dependency.state == State::Stopped && dependency.started.is_some();
        match self {
            Self::Created => dependency.runtime_id.is_some(),
            Self::Met(Condition::Start) => dependency.started.is_some(),
            Self::Met(Condition::Complete) => has_stopped,
            Self::Met(Condition::Success) => has_stopped && dependency.exit_code == Some(0),
            Self::Met(Condition::Healthy) => {
                dependency.state == State::Running
                    && dependency.health_status() == HealthStatus::Healthy
            }
        }
    }

    /// When the wait is given up: the dependency's `startTimeout`, from when it first ran. A start itself is not waited for like this.
    fn deadline(self, dependency: &Container) -> Option<Timestamp> {
        let waits_for_an_end = match self {
            Self::Created | Self::Met(Condition::Start) => false,
            Self::Met(Condition::Complete | Condition::Success | Condition::Healthy) => true,
        };
        let limit = dependency.start_timeout;
        (waits_for_an_end && limit > Millis(0))
            .then(|| dependency.up_since.map(|since| since + limit))?
    }
}
