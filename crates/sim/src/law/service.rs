//! Laws about services, their deployments and what their scheduler does.

use crate::world::{Work, World};
use domain::{
    definition::TaskDefinition,
    deployment::{RolloutState, ServiceDeployment, ServiceDeploymentStatus},
    id::{DeploymentId, InstanceId, ServiceName},
    instance::InstanceLink,
    key::Key,
    service::{Controller, SchedulingStrategy, Service, ServiceStatus},
    status::{DesiredStatus, HealthStatus, TaskStatus},
    task::Task,
    time::Timestamp,
};
use planner::plan::Action;
use std::collections::{BTreeMap, BTreeSet};
use store::Snapshot;

/// What is remembered of services.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Deployments that failed.
    failed: BTreeSet<DeploymentId>,
    /// Deployments that were PRIMARY and are not any more, by the one that came then.
    replaced: BTreeSet<DeploymentId>,
    primary: BTreeMap<ServiceName, DeploymentId>,
}

impl World {
    pub(super) fn check_service(
        &mut self,
        name: &ServiceName,
        before: &Snapshot,
        after: &Snapshot,
        work: &Work,
    ) {
        self.the_index_of_a_service_is_its_tasks(name, after);
        let key = Service::key(&self.scope, &self.cluster, name);
        let was = before.get::<Service>(&key).expect("readable");
        let Some(is) = after.get::<Service>(&key).expect("readable") else {
            self.laws.service.primary.remove(name);
            return;
        };
        self.events_are_numbered_without_gaps(&is, after);
        if let Some(was) = &was {
            self.a_service_s_life_goes_forward(was, &is);
        }
        self.a_deployment_that_failed_stays_so(&is);
        self.stories_end_once(&is, before, after);
        self.a_daemon_is_once_on_an_instance(&is);
        if let (Work::Act { plan, range, .. }, Some(was)) = (work, &was)
            && plan.actions[range.clone()].iter().any(|it| is_step_of(it, &key))
        {
            self.no_round_does_harm(was, &is, before, work);
            self.never_more_than_the_maximum(was, &is, before, after);
        }
    }

    fn a_service_s_life_goes_forward(&mut self, was: &Service, is: &Service) {
        let is_anew = was.status == ServiceStatus::Inactive && is.created_at > was.created_at;
        if is.status < was.status && !is_anew {
            let what = format!("{} from {} to {}", is.name, was.status, is.status);
            self.breaks("a service goes from ACTIVE by DRAINING to INACTIVE", what);
        }
    }

    /// A deployment that a guard failed never goes on, and one that was replaced comes back only as a way back from a failed one.
    fn a_deployment_that_failed_stays_so(&mut self, is: &Service) {
        let memory = &mut self.laws.service;
        let mut wrong = None;
        for deployment in &is.deployments {
            if deployment.rollout == RolloutState::Failed {
                memory.failed.insert(deployment.id.clone());
            } else if memory.failed.contains(&deployment.id) {
                wrong = Some(format!("{} {} is {}", is.name, deployment.id, deployment.rollout));
            }
        }
        let Some(primary) = is.primary() else { return };
        let before = memory.primary.insert(is.name.clone(), primary.id.clone());
        if let Some(before) = before.filter(|before| *before != primary.id) {
            memory.replaced.insert(before);
            let is_way_back = primary.rolls_back.is_some();
            if memory.replaced.contains(&primary.id) && !is_way_back
                || memory.failed.contains(&primary.id)
            {
                wrong = Some(format!("{} comes back to {}", is.name, primary.id));
            }
        }
        if let Some(what) = wrong {
            self.breaks(
                "a deployment that failed or was rolled back never rolls forward by itself",
                what,
            );
        }
    }

    fn stories_end_once(&mut self, is: &Service, before: &Snapshot, after: &Snapshot) {
        let prefix = ServiceDeployment::all_of(&self.scope, &self.cluster, &is.name);
        let stories = crate::truth::all::<ServiceDeployment>(after, &prefix);
        let mut under_way = 0;
        for story in &stories {
            let was = before.get::<ServiceDeployment>(&story.key).expect("readable");
            if was.is_some_and(|was| was.status.is_over() && was.status != story.status) {
                let what = format!("{} of {} is {} now", story.id, is.name, story.status);
                self.breaks("a service deployment that is over stays so", what);
            }
            let goes_on = !story.status.is_over();
            under_way +=
                usize::from(goes_on && story.status != ServiceDeploymentStatus::StopRequested);
        }
        if under_way > 1 {
            let what = format!("{} has {under_way}", is.name);
            self.breaks("a service has at most one deployment under way", what);
        }
    }

    fn a_daemon_is_once_on_an_instance(&mut self, is: &Service) {
        if is.scheduling != SchedulingStrategy::Daemon {
            return;
        }
        let mut seen: BTreeSet<InstanceId> = BTreeSet::new();
        let wanted = self.tasks_of(&is.name).filter(|task| is_wanted(task));
        let twice =
            wanted.filter_map(|task| task.instance.clone()).find(|it| !seen.insert(it.clone()));
        if let Some(instance) = twice {
            let what = format!("{} on {instance}", is.name);
            self.breaks("a daemon is at most once on an instance", what);
        }
    }

    /// No step by itself takes healthy capacity below the minimum: judged by what its plane knew of the tasks when it decided.
    fn no_round_does_harm(&mut self, was: &Service, is: &Service, before: &Snapshot, work: &Work) {
        let Work::Act { plane, plan, .. } = work else { return };
        if !is_rolling(is) || is.status != ServiceStatus::Active {
            return;
        }
        let known = self.truth.at(self.planes[*plane].seen);
        let healthy: Vec<_> = self
            .tasks_of(&is.name)
            .filter(|task| {
                let key = Task::key(&self.scope, &self.cluster, &task.id);
                let found = known.get::<Task>(&key).expect("readable");
                found.is_some_and(|task| self.is_healthy(&task, &known, plan.now))
            })
            .cloned()
            .collect();
        let is_stopped_now = |task: &&std::sync::Arc<Task>| {
            let key = Task::key(&self.scope, &self.cluster, &task.id);
            let was = before.get::<Task>(&key).expect("readable");
            was.is_some_and(|was| is_wanted(&was)) && task.desired == DesiredStatus::Stopped
        };
        let stopped = healthy.iter().filter(is_stopped_now).count();
        let (count, stopped) = (to_i64(healthy.len()), to_i64(stopped));
        let lower = ceil_percent(was.desired, was.configuration.minimum_healthy_percent);
        if stopped > 0 && count - stopped < lower {
            let what =
                format!("{}: {stopped} of {count} healthy stopped, {lower} must stay", is.name);
            self.breaks("no round takes healthy capacity below the minimum", what);
        }
    }

    /// Whether a task counts as healthy (spec/services.md §2), as far as anybody can know: its host's agent is connected.
    fn is_healthy(&self, task: &Task, snapshot: &Snapshot, now: Timestamp) -> bool {
        if !is_wanted(task) || task.last != TaskStatus::Running {
            return false;
        }
        let Some(instance) = &task.instance else { return false };
        let link = InstanceLink::key(&self.scope, &self.cluster, instance);
        let link = snapshot.get::<InstanceLink>(&link).expect("readable");
        if !link.is_some_and(|link| link.connected) {
            return false;
        }
        let key = TaskDefinition::key(&self.scope, &task.family, task.revision);
        let definition = snapshot.get::<TaskDefinition>(&key).expect("readable");
        let has_check = definition.is_some_and(|definition| {
            let mut containers = definition.container_definitions.iter();
            containers.any(|it| it.essential && it.health_check.is_some())
        });
        match has_check {
            true => task.health == HealthStatus::Healthy,
            false => {
                let after = self.rules.healthy_after;
                task.started_at.is_some_and(|started| now - started >= after)
            }
        }
    }

    /// A step makes no task above the maximum. What was lost and came back, or was wanted before, is not its doing.
    fn never_more_than_the_maximum(
        &mut self,
        was: &Service,
        is: &Service,
        before: &Snapshot,
        after: &Snapshot,
    ) {
        if !is_rolling(is) {
            return;
        }
        let wanted = |snapshot: &Snapshot| {
            let of = |task: &&std::sync::Arc<Task>| {
                let key = Task::key(&self.scope, &self.cluster, &task.id);
                let found = snapshot.get::<Task>(&key).expect("readable");
                found.is_some_and(|task| is_wanted(&task))
            };
            to_i64(self.tasks_of(&is.name).filter(of).count())
        };
        let made = self
            .tasks_of(&is.name)
            .any(|task| before.entry(&Task::key(&self.scope, &self.cluster, &task.id)).is_none());
        let upper = was.desired * was.configuration.maximum_percent / 100;
        let (count, count_before) = (wanted(after), wanted(before));
        if made && count > upper.max(count_before) {
            let what = format!("{}: {count} wanted of {upper}", is.name);
            self.breaks("a service never has more tasks than the maximum", what);
        }
    }

    /// The laws about a plan.
    pub(crate) fn check_plan(&mut self, plane: usize, actions: &[Action]) {
        let mut seen = BTreeSet::new();
        for action in actions {
            let subject = match action {
                Action::Lose { tasks, .. } => format!("lose {tasks:?}"),
                Action::Abandon { task, .. } | Action::Seat { task, .. } => format!("task {task}"),
                Action::Serve(step) => format!("serve {}", step.service),
                Action::Forget { record, .. } => format!("forget {record}"),
            };
            if !seen.insert(subject.clone()) {
                self.breaks("a plan says everything once", format!("P{plane} {subject}"));
            }
        }
    }

    /// What keeps services from being steady. `None` if all are.
    pub(crate) fn unsteady_service(&self) -> Option<String> {
        let services = self.truth.all::<Service>(&Service::all_in(&self.scope, &self.cluster));
        services.iter().find_map(|service| {
            let why = self.unsteady(service)?;
            Some(format!("{}: {why}", service.name))
        })
    }

    fn unsteady(&self, service: &Service) -> Option<String> {
        let tasks: Vec<_> = self.tasks_of(&service.name).collect();
        let live = tasks.iter().filter(|task| task.last != TaskStatus::Stopped).count();
        match service.status {
            ServiceStatus::Inactive => return (live > 0).then(|| format!("{live} tasks left")),
            ServiceStatus::Draining => return Some("DRAINING".into()),
            ServiceStatus::Active => {}
        }
        let running =
            tasks.iter().filter(|task| is_wanted(task) && task.last == TaskStatus::Running);
        let running = to_i64(running.count());
        let is_external = service.controller == Controller::External;
        let sets = service.task_sets.iter().map(|set| set.computed_desired(service.desired));
        let wanted = if is_external { sets.sum() } else { service.desired };
        let is_counted = is_rolling(service) || is_external;
        if is_counted && (running != wanted || to_i64(live) != wanted) {
            return Some(format!("{running} run, {live} live, {wanted} wanted"));
        }
        let untallied = tasks.iter().find(|task| {
            task.last == TaskStatus::Stopped && !task.tallied && self.is_of_a_living_service(task)
        });
        if let Some(task) = untallied {
            return Some(format!("{} is not tallied", self.laws.name_of(task.id.as_str())));
        }
        if service.controller == Controller::Ecs {
            if service.deployments.len() != 1 {
                return Some(format!("{} deployments", service.deployments.len()));
            }
            let rollout = service.deployments[0].rollout;
            if rollout == RolloutState::InProgress {
                return Some("its deployment is IN_PROGRESS".into());
            }
        }
        None
    }
}

/// Whether an action is a step of the service of that key.
fn is_step_of(action: &Action, service: &Key) -> bool {
    matches!(action, Action::Serve(step) if step.service == *service)
}

/// Whether a service's tasks follow from its desired count and its deployments' bounds.
fn is_rolling(service: &Service) -> bool {
    service.scheduling == SchedulingStrategy::Replica && service.controller == Controller::Ecs
}

/// Whether a task counts as one that its service has.
fn is_wanted(task: &Task) -> bool {
    task.desired == DesiredStatus::Running && task.last != TaskStatus::Stopped
}

/// `percent` of `count`, rounded up.
fn ceil_percent(count: i64, percent: i64) -> i64 {
    (count * percent + 99) / 100
}

fn to_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
