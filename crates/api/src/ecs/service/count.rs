//! How many tasks a service and its deployments have, and how many a DAEMON wants.
//!
//! Invariant: nothing is counted but records of tasks, so that a count is never behind or ahead of what DescribeTasks shows.

use crate::decide::{View, readable};
use books::seat::Seat;
use domain::{
    capacity::CapacityProvider,
    definition::TaskDefinition,
    id::{DeploymentId, Scope, TaskId},
    service::{SchedulingStrategy, Service, ServiceStatus, ServiceTask, Template},
    status::{DesiredStatus, LaunchType, TaskStatus},
    task::Task,
};
use placement::{
    candidate::Candidate,
    demand::Demand,
    filter::{Constraint, Needs},
};
use std::collections::BTreeMap;
use store::Found;
use wire::Fault;

/// Tasks by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// RUNNING.
    pub running: i64,
    /// On their way there.
    pub pending: i64,
    /// Not STOPPED, and not to be: what the scheduler still wants to have.
    pub kept: i64,
    /// Not STOPPED, whatever else.
    all: i64,
}

impl Counts {
    /// Whether there is no task that is not STOPPED.
    pub fn is_none(&self) -> bool {
        self.all == 0
    }

    fn add(&mut self, task: &Task) {
        self.all += 1;
        self.running += i64::from(task.last == TaskStatus::Running);
        self.pending += i64::from(task.last < TaskStatus::Running);
        let is_kept = task.desired == DesiredStatus::Running && task.last < TaskStatus::Stopped;
        self.kept += i64::from(is_kept);
    }
}

/// A service's tasks that are not STOPPED.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// All of them.
    pub total: Counts,
    by_deployment: BTreeMap<String, Counts>,
}

impl Tally {
    /// Counts the tasks of `service`.
    ///
    /// # Errors
    /// A fault of ours, if a record cannot be read.
    pub fn of(view: &View, scope: &Scope, service: &Service) -> Result<Self, Fault> {
        let mut tally = Self::default();
        let index = ServiceTask::all_of(scope, &service.cluster, &service.name);
        for id in view.keys(&index).filter_map(|key| TaskId::parse(key.last()).ok()) {
            let Some(task) = view.get::<Task>(&Task::key(scope, &service.cluster, &id))? else {
                continue;
            };
            if task.last == TaskStatus::Stopped {
                continue;
            }
            tally.total.add(&task);
            if let Some(owner) = task.owner() {
                tally.by_deployment.entry(owner.deployment.to_owned()).or_default().add(&task);
            }
        }
        Ok(tally)
    }

    /// The tasks of one deployment or task set.
    pub fn deployment(&self, id: &DeploymentId) -> Counts {
        self.by_deployment.get(id.as_str()).copied().unwrap_or_default()
    }
}

/// How many tasks a service wants.
///
/// # Errors
/// A fault of ours, if a record cannot be read.
pub fn desired(view: &View, scope: &Scope, service: &Service) -> Result<i64, Fault> {
    match service.scheduling {
        SchedulingStrategy::Daemon if service.status == ServiceStatus::Active => {
            daemon_desired(view, scope, service)
        }
        SchedulingStrategy::Daemon | SchedulingStrategy::Replica => Ok(service.desired),
    }
}

/// How many tasks a DAEMON wants: one on each ACTIVE instance that its template and constraints hold for, whether or not there is room.
fn daemon_desired(view: &View, scope: &Scope, service: &Service) -> Result<i64, Fault> {
    let Some(template) = service.primary().map(|primary| &primary.template) else { return Ok(0) };
    let name = &template.definition;
    let key = TaskDefinition::key(scope, &name.family, name.revision);
    let Some(definition) = view.get::<TaskDefinition>(&key)? else { return Ok(0) };
    let constraints = Constraint::all(&definition.placement_constraints, &service.constraints);
    let providers = providers(view, scope, template)?;
    let group = service.group();
    let nothing = Demand::default();
    let attributes = domain::exec::with_capability(&definition.requires_attributes, service.exec);
    let needs = Needs {
        demand: &nothing,
        attributes: &attributes,
        platform: definition.runtime_platform.as_ref(),
        constraints: &constraints,
        network: template.network.as_ref(),
        group: &group,
    };
    let is_external = template.launch_type == Some(LaunchType::External);
    let is_wanted = |candidate: &Candidate<'_>| {
        candidate.takes_new_tasks()
            && candidate.is_external() == is_external
            && (template.strategy.is_empty()
                || providers.iter().any(|provider| provider.has(candidate.instance)))
            && needs.is_suited_by(candidate)
    };
    let seats = readable(Seat::all_in(view.snapshot(), scope, &service.cluster))?;
    let wanted = seats.iter().filter(|seat| is_wanted(&seat.candidate())).count();
    Ok(i64::try_from(wanted).unwrap_or(i64::MAX))
}

/// The capacity providers of a template's strategy.
fn providers(
    view: &View,
    scope: &Scope,
    template: &Template,
) -> Result<Vec<Found<CapacityProvider>>, Fault> {
    let keys =
        template.strategy.iter().map(|item| CapacityProvider::key(scope, &item.capacity_provider));
    keys.filter_map(|key| view.get(&key).transpose()).collect()
}
