//! Laws about records that belong together.

use crate::world::World;
use domain::{
    id::{InstanceId, ServiceName},
    instance::{Assignment, ContainerInstance, Ledger},
    record::Record,
    service::{Service, ServiceEvent, ServiceTask},
    status::TaskStatus,
};
use std::collections::{BTreeMap, BTreeSet};
use store::{Change, Snapshot};

impl World {
    /// Which instances and services a change is about.
    pub(super) fn touched_by(
        &mut self,
        change: &Change,
        instances: &mut BTreeSet<InstanceId>,
        services: &mut BTreeSet<ServiceName>,
    ) {
        let parts: Vec<&str> = change.key.as_str().split('/').collect();
        let part = |at: usize| parts.get(at).copied().unwrap_or_default();
        match change.key.table() {
            Some(Ledger::TABLE | Assignment::TABLE | ContainerInstance::TABLE) => {
                instances.extend(InstanceId::parse(part(4)));
            }
            Some(Service::TABLE | ServiceTask::TABLE | ServiceEvent::TABLE) => {
                services.extend(ServiceName::parse(part(4)));
            }
            Some(_) | None => {}
        }
    }

    pub(super) fn check_books_of(&mut self, instance: &InstanceId, after: &Snapshot) {
        self.a_ledger_is_the_sum_of_its_tasks(instance, after);
        self.assignments_agree_with_tasks(instance, after);
    }

    fn a_ledger_is_the_sum_of_its_tasks(&mut self, instance: &InstanceId, after: &Snapshot) {
        let mut sum = Ledger::default();
        let mut twice = None;
        for task in self.laws.on_instance.get(instance).into_iter().flat_map(BTreeMap::values) {
            let demand = &task.demand;
            let is_free = sum.held.ports_tcp.is_disjoint(&demand.ports_tcp)
                && sum.held.ports_udp.is_disjoint(&demand.ports_udp);
            if !is_free {
                twice = Some(format!("{} on {instance}", self.laws.name_of(task.id.as_str())));
            }
            sum.admit(demand, &task.booked_group(), task.last);
        }
        if let Some(what) = twice {
            self.breaks("no two tasks share a host port", what);
        }
        let key = Ledger::key(&self.scope, &self.cluster, instance);
        let ledger = after.get::<Ledger>(&key).expect("readable");
        let found = ledger.map_or_else(Ledger::default, |found| (*found.record).clone());
        if found != sum {
            let name = self.laws.instances.get(instance).cloned().unwrap_or_default();
            let what = format!("{name} holds {found:?}, its tasks {sum:?}");
            self.breaks("a ledger is the sum of its tasks", what);
        }
        let key = ContainerInstance::key(&self.scope, &self.cluster, instance);
        if let Some(registered) = after.get::<ContainerInstance>(&key).expect("readable") {
            let total = &registered.registered;
            if sum.held.cpu > total.cpu || sum.held.memory > total.memory {
                let what = format!("{instance}: {:?} of {total:?}", sum.held);
                self.breaks("reservations never exceed an instance", what);
            }
        }
    }

    fn assignments_agree_with_tasks(&mut self, instance: &InstanceId, after: &Snapshot) {
        let wanted: BTreeSet<(String, &str)> = self
            .laws
            .on_instance
            .get(instance)
            .into_iter()
            .flat_map(BTreeMap::values)
            .map(|task| (task.id.to_string(), task.desired.as_str()))
            .collect();
        let prefix = Assignment::all_of(&self.scope, &self.cluster, instance);
        let found = crate::truth::all::<Assignment>(after, &prefix);
        let found: BTreeSet<(String, &str)> =
            found.iter().map(|it| (it.key.last().to_owned(), it.desired.as_str())).collect();
        if found != wanted {
            let what = format!("{instance} is assigned {found:?}, its tasks are {wanted:?}");
            self.breaks(
                "exactly the tasks that are not STOPPED are assigned, as they are desired",
                what,
            );
        }
    }

    pub(super) fn the_index_of_a_service_is_its_tasks(
        &mut self,
        service: &ServiceName,
        after: &Snapshot,
    ) {
        let prefix = ServiceTask::all_of(&self.scope, &self.cluster, service);
        let found: BTreeSet<String> =
            after.keys(&prefix).map(|key| key.last().to_owned()).collect();
        let tasks: BTreeSet<String> =
            self.tasks_of(service).map(|task| task.id.to_string()).collect();
        if found != tasks {
            let lost: Vec<_> = tasks.symmetric_difference(&found).collect();
            self.breaks("a service's index names its tasks", format!("{service}: {lost:?}"));
        }
    }

    pub(super) fn events_are_numbered_without_gaps(&mut self, service: &Service, after: &Snapshot) {
        let prefix = ServiceEvent::all_of(&self.scope, &self.cluster, &service.name);
        let numbers: Vec<u64> =
            after.keys(&prefix).filter_map(|key| key.last().parse().ok()).collect();
        let is_dense = numbers.windows(2).all(|two| two[0] + 1 == two[1]);
        let newest = numbers.last().map_or(service.next_event, |newest| newest + 1);
        let count = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
        if !is_dense || newest != service.next_event || count > domain::service::EVENTS_MAX {
            let what = format!("{}: {numbers:?}, next {}", service.name, service.next_event);
            self.breaks("events are numbered without gaps, and the newest 100 are kept", what);
        }
    }

    /// Whether the service of a task is there and ACTIVE.
    pub(super) fn is_of_a_living_service(&self, task: &domain::task::Task) -> bool {
        let Some(name) = super::service_of(task) else { return false };
        let key = Service::key(&self.scope, &self.cluster, &name);
        let found = self.truth.snapshot().get::<Service>(&key).expect("readable");
        let owner = task.owner().map(|owner| owner.deployment.to_owned()).unwrap_or_default();
        found.is_some_and(|service| {
            let is_known = service.deployments.iter().any(|it| it.id.as_str() == owner)
                || service.task_sets.iter().any(|it| it.id.as_str() == owner);
            service.status == domain::service::ServiceStatus::Active && is_known
        })
    }
}

/// Whether a task is over.
pub(super) fn is_over(task: &domain::task::Task) -> bool {
    task.last == TaskStatus::Stopped
}
