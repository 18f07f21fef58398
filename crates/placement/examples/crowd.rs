//! Places many tasks on many instances, to be timed from outside: pure code has no clock.
//!
//! `time cargo run --release -p placement --example crowd -- INSTANCES TASKS TASKS_PER_CALL`

use domain::{
    id::{ClusterName, InstanceId},
    instance::{ContainerInstance, InstanceLink, Ledger, Resources},
    status::{InstanceStatus, TaskStatus},
    tag::Attribute,
    time::Timestamp,
};
use placement::{
    candidate::Candidate,
    demand::Demand,
    filter::{Constraint, Needs},
    place::place,
    query::Query,
    strategy::Strategy,
};
use std::collections::BTreeMap;

fn main() {
    let arguments: Vec<usize> =
        std::env::args().skip(1).map(|text| text.parse().expect("a number")).collect();
    let [instances, tasks, tasks_per_call] = arguments[..] else {
        panic!("say INSTANCES TASKS TASKS_PER_CALL");
    };
    let instances: Vec<_> = (0..instances).map(instance).collect();
    let mut ledgers = vec![Ledger::default(); instances.len()];
    let link = InstanceLink { connected: true, ..InstanceLink::default() };
    let demand = Demand { cpu: 256, memory: 512, ..Demand::default() };
    let query = Query::parse("attribute:ecs.instance-type =~ m.* and agentConnected == true");
    let needs = Needs {
        demand: &demand,
        attributes: &[Attribute { name: "ecs.capability.task-cpu-mem-limit".into(), value: None }],
        platform: None,
        constraints: &[Constraint::MemberOf(query.expect("a query"))],
        network: None,
        group: "family:web",
    };
    let mut placed = 0;
    while placed < tasks {
        let candidates: Vec<_> = instances
            .iter()
            .zip(&ledgers)
            .map(|(instance, ledger)| Candidate { instance, ledger, link: Some(&link), pool: None })
            .collect();
        let count = tasks_per_call.min(tasks - placed);
        let outcome = place(&needs, &Strategy::defaults(), &candidates, count, placed as u64);
        if outcome.placed.is_empty() {
            break;
        }
        placed += outcome.placed.len();
        for placement in outcome.placed {
            let ledger = &mut ledgers[placement.candidate];
            ledger.admit(&placement.held, needs.group, TaskStatus::Pending);
        }
    }
    println!("placed {placed} tasks on {} instances", instances.len());
}

fn instance(index: usize) -> ContainerInstance {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&(index as u64).to_be_bytes());
    let attributes = [
        ("ecs.availability-zone", Some(format!("us-east-1{}", ["a", "b", "c"][index % 3]))),
        ("ecs.instance-type", Some(["m5.large", "m6i.xlarge", "c5.large"][index / 3 % 3].into())),
        ("ecs.capability.task-cpu-mem-limit", None),
    ];
    ContainerInstance {
        id: InstanceId::from_bytes(bytes),
        cluster: ClusterName::parse("default").expect("a name"),
        ec2_instance_id: None,
        capacity_provider: None,
        status: InstanceStatus::Active,
        status_reason: None,
        version: 1,
        registered: Resources { cpu: 4096, memory: 16384, ..Resources::default() },
        attributes: attributes
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<BTreeMap<_, _>>(),
        custom_attributes: Default::default(),
        registered_at: Timestamp(0),
        inactive_since: None,
        tags: Vec::new(),
        agent_update: None,
    }
}
