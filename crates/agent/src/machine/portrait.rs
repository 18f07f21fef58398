//! A task as it is shown to itself by the endpoints: what the machine knows of it, at one moment.
//!
//! Not here: addresses, volumes and samples, which the driver knows, and how it is written (`endpoint`).

use super::{
    Machine,
    task::{Container, Stage, State, Task},
};
use domain::{
    id::TaskId,
    link::acs::PayloadTask,
    status::{DesiredStatus, HealthStatus},
    task::NetworkBinding,
    time::Timestamp,
};
use std::sync::Arc;

/// Where a container or task is, in the words of the official agent (agent-protocol.md §7). A task is where the least of its containers is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the official agent's own and are documented there")]
pub enum Known {
    None,
    Pulled,
    Created,
    Running,
    Stopped,
}

impl Known {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Pulled => "PULLED",
            Self::Created => "CREATED",
            Self::Running => "RUNNING",
            Self::Stopped => "STOPPED",
        }
    }
}

/// A task of this host.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// As it was received, with its newest credentials.
    pub payload: Arc<PayloadTask>,
    /// What is wanted of it.
    pub desired: DesiredStatus,
    /// Where it is.
    pub known: Known,
    /// Some of it may still run: only then its credentials are given out.
    pub is_alive: bool,
    /// From the first pull's begin to the last one's end.
    pub pulls: Option<(Timestamp, Timestamp)>,
    /// When the first essential container ended.
    pub execution_stopped_at: Option<Timestamp>,
    /// In the payload's order.
    pub containers: Vec<ContainerPortrait>,
}

/// A container of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerPortrait {
    /// As in the definition.
    pub name: String,
    /// Where it is.
    pub known: Known,
    /// The engine's id, once created.
    pub runtime_id: Option<String>,
    /// Ports on the host.
    pub bindings: Vec<NetworkBinding>,
    /// When its process last began.
    pub started: Option<Timestamp>,
    /// When it ended for good.
    pub finished: Option<Timestamp>,
    /// Once it ended for good.
    pub exit_code: Option<i64>,
    /// By its restart policy; `None` where it has none.
    pub restarts: Option<u32>,
    /// Of its check, if it has one: verdict, since when, and what the check said.
    pub health: Option<(HealthStatus, Timestamp, Option<String>)>,
}

impl Machine {
    /// The task `id`, or every task of this host, as it is now.
    pub fn portraits(&self, id: Option<&TaskId>) -> Vec<Portrait> {
        match id {
            Some(id) => self.tasks.get(id).map(of).into_iter().collect(),
            None => self.tasks.values().map(of).collect(),
        }
    }
}

fn of(task: &Task) -> Portrait {
    let containers: Vec<_> = task.containers.iter().map(container).collect();
    Portrait {
        payload: Arc::clone(&task.payload),
        desired: task.desired,
        known: containers.iter().map(|it| it.known).min().unwrap_or(Known::Stopped),
        is_alive: matches!(task.stage, Stage::Waiting | Stage::Active),
        pulls: task.pulls,
        execution_stopped_at: task.execution_stopped_at,
        containers,
    }
}

fn container(container: &Container) -> ContainerPortrait {
    let known = match container.state {
        State::Stopped => Known::Stopped,
        // Between two runs it counts as running: its restart policy starts it again.
        _ if container.started.is_some() => Known::Running,
        State::Absent | State::Pulling(_) => Known::None,
        State::Pulled | State::Creating(_) => Known::Pulled,
        State::Created | State::Starting(_) => Known::Created,
        State::Running => Known::Running,
    };
    let is_over = known == Known::Stopped;
    let health = container.health.as_ref();
    ContainerPortrait {
        name: container.name.clone(),
        known,
        runtime_id: container.runtime_id.clone(),
        bindings: container.bindings.clone(),
        started: container.started,
        finished: container.last_exit.as_ref().filter(|_| is_over).map(|exit| exit.at),
        exit_code: container.exit_code.filter(|_| is_over),
        restarts: container.restart_policy.is_some().then_some(container.restarts),
        health: health.map(|health| (health.status, health.since, health.message.clone())),
    }
}
