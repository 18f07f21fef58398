//! A cluster of any size whose ledgers are written as a control plane would.

use domain::{
    cluster::Cluster as ClusterRecord,
    id::{AccountId, ClusterName, InstanceId, Region, Scope},
    instance::{ContainerInstance, InstanceLink, Ledger, Resources},
    key::Key,
    status::{InstanceStatus, TaskStatus},
    tag::Attribute,
    time::Timestamp,
};
use placement::{demand::Demand, filter::Constraint, strategy::Strategy, wants::Wants};
use planner::{floor::Floors, plan::Place};
use std::{collections::BTreeMap, sync::Arc};

/// 16 cores and 64 GiB: 64 of the tasks below.
pub(crate) const CPU: i64 = 16_384;
pub(crate) const MEMORY: i64 = 65_536;
pub(crate) const TASK_CPU: i64 = 256;
pub(crate) const TASK_MEMORY: i64 = 1024;
pub(crate) const TASKS_PER_INSTANCE: usize = 64;
/// What an agent registers with, such as drivers and versions.
const CAPABILITIES: usize = 30;

/// How much of a cluster is taken before anything is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    Empty,
    /// Between 80 % and all of each instance, 90 % on average, by tasks of other groups.
    NinetyPercent,
}

pub(crate) struct Cluster {
    pub(crate) key: Key,
    pub(crate) floors: Floors,
    pub(crate) ledgers: BTreeMap<Key, (Key, Arc<Ledger>)>,
    /// Tasks that still fit.
    pub(crate) room: usize,
}

pub(crate) fn scope() -> Scope {
    Scope {
        account: AccountId::parse("123456789012").expect("an account"),
        region: Region::parse("us-east-1").expect("a region"),
    }
}

pub(crate) fn name() -> ClusterName {
    ClusterName::parse("scale").expect("a name")
}

/// Numbers that look like chance and are the same in every run.
pub(crate) fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

pub(crate) fn instance_id(index: usize) -> InstanceId {
    let index = index as u64;
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&mix(index).to_be_bytes());
    bytes[8..].copy_from_slice(&mix(!index).to_be_bytes());
    InstanceId::from_bytes(bytes)
}

pub(crate) fn instance(index: usize, racks: usize) -> ContainerInstance {
    let mut attributes: BTreeMap<String, Option<String>> = (0..CAPABILITIES)
        .map(|number| (format!("com.amazonaws.ecs.capability.feature-{number}"), None))
        .collect();
    let zone = format!("us-east-1{}", ["a", "b", "c"][index % 3]);
    let kind = ["m5.4xlarge", "m6i.4xlarge", "c5.4xlarge", "r5.4xlarge"][index / 3 % 4];
    for (name, value) in [
        ("ecs.availability-zone", zone),
        ("ecs.instance-type", kind.to_owned()),
        ("ecs.os-type", "linux".to_owned()),
        ("ecs.cpu-architecture", "x86_64".to_owned()),
        ("rack", format!("r{}", index % racks)),
    ] {
        attributes.insert(name.to_owned(), Some(value));
    }
    ContainerInstance {
        id: instance_id(index),
        cluster: name(),
        ec2_instance_id: Some(format!("i-{index:017x}")),
        capacity_provider: None,
        status: InstanceStatus::Active,
        status_reason: None,
        version: 1,
        registered: Resources { cpu: CPU, memory: MEMORY, ..Resources::default() },
        attributes,
        custom_attributes: Default::default(),
        registered_at: Timestamp(0),
        inactive_since: None,
        tags: Vec::new(),
        agent_update: None,
    }
}

impl Cluster {
    pub(crate) fn new(instances: usize, racks: usize, fill: Fill) -> Self {
        let mut cluster = Self {
            key: ClusterRecord::key(&scope(), &name()),
            floors: Floors::default(),
            ledgers: BTreeMap::new(),
            room: 0,
        };
        let link = Arc::new(InstanceLink { connected: true, ..InstanceLink::default() });
        for index in 0..instances {
            let instance = Arc::new(instance(index, racks));
            let key = ContainerInstance::key(&scope(), &name(), &instance.id);
            let ledger_key = Ledger::key(&scope(), &name(), &instance.id);
            cluster.floors.note_instance(&key, &instance);
            cluster.floors.note_link(&InstanceLink::key(&scope(), &name(), &instance.id), &link);
            let mut ledger = Ledger::default();
            if fill == Fill::NinetyPercent {
                let held = Resources { cpu: TASK_CPU, memory: TASK_MEMORY, ..Resources::default() };
                let taken = TASKS_PER_INSTANCE * 4 / 5 + (mix(index as u64) % 14) as usize;
                for task in 0..taken.min(TASKS_PER_INSTANCE) {
                    ledger.admit(
                        &held,
                        &format!("service:there-{}", task % 8),
                        TaskStatus::Running,
                    );
                }
            }
            cluster.room += TASKS_PER_INSTANCE - ledger.tasks() as usize;
            let ledger = Arc::new(ledger);
            cluster.floors.note_ledger(&ledger_key, &ledger);
            cluster.ledgers.insert(key, (ledger_key, ledger));
        }
        cluster
    }

    /// What a commit of these tasks changes, as the planner is told of it.
    pub(crate) fn commit(&mut self, places: &[Place], group: &str) {
        for place in places {
            let (key, ledger) = self.ledgers.get_mut(&place.instance).expect("it is there");
            Arc::make_mut(ledger).admit(&place.held, group, TaskStatus::Pending);
            self.floors.note_ledger(key, ledger);
        }
        self.room = self.room.saturating_sub(places.len());
    }
}

/// What tasks want that fill an instance by 64.
pub(crate) fn wants(constraints: &[&str], strategies: &[(&str, Option<&str>)]) -> Arc<Wants> {
    wants_of(TASK_CPU, TASK_MEMORY, constraints, strategies)
}

pub(crate) fn wants_of(
    cpu: i64,
    memory: i64,
    constraints: &[&str],
    strategies: &[(&str, Option<&str>)],
) -> Arc<Wants> {
    let constraint = |text: &&str| match *text {
        "distinctInstance" => Constraint::of("distinctInstance", None),
        text => Constraint::of("memberOf", Some(text)),
    };
    let demand = Demand { cpu, memory, ..Demand::default() };
    let attributes = (0..6).map(|number| Attribute {
        name: format!("com.amazonaws.ecs.capability.feature-{}", 4 * number),
        value: None,
    });
    let strategies = strategies.iter().map(|(kind, field)| Strategy::parse(kind, *field));
    Arc::new(Wants::new(
        demand,
        attributes.collect(),
        None,
        constraints.iter().map(|it| constraint(it).expect("a constraint")).collect(),
        strategies.map(|it| it.expect("a strategy")).collect(),
    ))
}

/// A number with its thousands apart.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
