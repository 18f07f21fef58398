//! How much there is in a cluster: what ledgers have counted, and what is counted where somebody asks for statistics.

use crate::{decide::View, plain};
use domain::{
    fargate::PoolHost,
    id::{ClusterName, Scope},
    instance::{ContainerInstance, Ledger},
    service::{Service, ServiceStatus},
    status::{InstanceStatus, LaunchType, TaskStatus},
    tag::KeyValue,
    task::Task,
};
use wire::{Fault, Value};

/// How many of each a cluster has, as replies show it.
pub(super) struct Counts {
    /// Container instances that are ACTIVE or DRAINING.
    pub(super) instances: i64,
    /// ACTIVE services.
    pub(super) services: i64,
    /// RUNNING tasks.
    pub(super) running: i64,
    /// Tasks that are to be RUNNING.
    pub(super) pending: i64,
}

impl Counts {
    /// By the ledgers of the cluster's instances, and of the pool's hosts.
    ///
    /// # Errors
    /// A fault of ours, if a record cannot be read.
    pub(super) fn of(view: &View, scope: &Scope, cluster: &ClusterName) -> Result<Self, Fault> {
        let mut counts = Self { instances: 0, services: 0, running: 0, pending: 0 };
        for instance in view.range::<ContainerInstance>(&ContainerInstance::all_in(scope, cluster))
        {
            let is_counted =
                matches!(instance?.status, InstanceStatus::Active | InstanceStatus::Draining);
            counts.instances += i64::from(is_counted);
        }
        for service in view.range::<Service>(&Service::all_in(scope, cluster)) {
            counts.services += i64::from(service?.status == ServiceStatus::Active);
        }
        for ledger in view.range::<Ledger>(&Ledger::all_in(scope, cluster)) {
            let ledger = ledger?;
            counts.running += ledger.running;
            counts.pending += ledger.pending;
        }
        for host in view.keys(&PoolHost::all(scope)) {
            let key = PoolHost::ledger_key(host).map(|key| view.get::<Ledger>(&key));
            let ledger = key.transpose()?.flatten();
            let tally = ledger.as_ref().and_then(|ledger| ledger.fargate.get(cluster.as_str()));
            counts.running += tally.map_or(0, |tally| tally.running);
            counts.pending += tally.map_or(0, |tally| tally.pending);
        }
        Ok(counts)
    }
}

/// Tasks and services by launch type.
///
/// # Errors
/// A fault of ours, if a record cannot be read.
pub(super) fn statistics(
    view: &View,
    scope: &Scope,
    cluster: &ClusterName,
) -> Result<Value, Fault> {
    const TYPES: [(LaunchType, &str); 3] = [
        (LaunchType::Ec2, "EC2"),
        (LaunchType::Fargate, "Fargate"),
        (LaunchType::External, "External"),
    ];
    let mut counts = [[0_i64; 4]; TYPES.len()];
    let of = |launch_type| TYPES.iter().position(|(known, _)| *known == launch_type);
    for task in view.range::<Task>(&Task::all_in(scope, cluster)) {
        let task = task?;
        if let Some(at) = of(task.launch_type) {
            counts[at][0] += i64::from(task.last == TaskStatus::Running);
            counts[at][1] += i64::from(task.last < TaskStatus::Running);
        }
    }
    for service in view.range::<Service>(&Service::all_in(scope, cluster)) {
        let service = service?;
        // Capacity providers other than Fargate's are instances of EC2.
        let launch_type = match &service.template {
            Some(template) if template.is_fargate() => LaunchType::Fargate,
            template => template.as_ref().and_then(|it| it.launch_type).unwrap_or(LaunchType::Ec2),
        };
        if let Some(at) = of(launch_type) {
            counts[at][2] += i64::from(service.status == ServiceStatus::Active);
            counts[at][3] += i64::from(service.status == ServiceStatus::Draining);
        }
    }
    let mut statistics = Vec::new();
    let mut add =
        |name: String, value: i64| statistics.push(KeyValue { name, value: value.to_string() });
    for ((_, name), [running, pending, active, draining]) in TYPES.iter().zip(counts) {
        add(format!("running{name}TasksCount"), running);
        add(format!("pending{name}TasksCount"), pending);
        add(format!("active{name}ServiceCount"), active);
        add(format!("draining{name}ServiceCount"), draining);
    }
    Ok(plain::to_value(&statistics))
}
