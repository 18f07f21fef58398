//! The language of the tests.

use crate::candidate::Candidate;
use domain::{
    id::{ClusterName, InstanceId},
    instance::{ContainerInstance, InstanceLink, Ledger, Resources},
    status::{InstanceStatus, TaskStatus},
    time::Timestamp,
};
use std::collections::BTreeMap;

pub(super) struct Cluster {
    pub(super) names: Vec<String>,
    rows: Vec<(ContainerInstance, Ledger, InstanceLink)>,
}

impl Cluster {
    pub(super) fn parse(text: &str) -> Self {
        let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let mut cluster = Self { names: Vec::new(), rows: Vec::new() };
        for (index, line) in lines.iter().enumerate() {
            let mut words = line.split_whitespace();
            cluster.names.push(words.next().expect("a name").to_owned());
            cluster.rows.push(row(index, words));
        }
        cluster
    }

    pub(super) fn candidates(&self) -> Vec<Candidate<'_>> {
        self.rows
            .iter()
            .map(|(instance, ledger, link)| Candidate {
                instance,
                ledger,
                link: Some(link),
                pool: None,
            })
            .collect()
    }
}

pub(super) fn instance(index: usize) -> ContainerInstance {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&(index as u64).to_be_bytes());
    ContainerInstance {
        id: InstanceId::from_bytes(bytes),
        cluster: ClusterName::parse("default").expect("a name"),
        ec2_instance_id: None,
        capacity_provider: None,
        status: InstanceStatus::Active,
        status_reason: None,
        version: 1,
        registered: Resources { cpu: 1024, memory: 1024, ..Resources::default() },
        attributes: BTreeMap::new(),
        custom_attributes: Default::default(),
        registered_at: Timestamp(0),
        tags: Vec::new(),
        agent_update: None,
        inactive_since: None,
    }
}

fn row<'a>(
    index: usize,
    words: impl Iterator<Item = &'a str>,
) -> (ContainerInstance, Ledger, InstanceLink) {
    let mut instance = instance(index);
    let mut ledger = Ledger::default();
    let mut link = InstanceLink { connected: true, ..InstanceLink::default() };
    for word in words {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        let number = || value.parse::<i64>().expect("a number");
        let ports = || value.split(',').map(|port| port.parse().expect("a port")).collect();
        match key {
            "cpu" => instance.registered.cpu = number(),
            "mem" => instance.registered.memory = number(),
            "ports" => instance.registered.ports_tcp = ports(),
            "udp" => instance.registered.ports_udp = ports(),
            "gpus" => instance.registered.gpus = value.split(',').map(str::to_owned).collect(),
            "enis" => instance.registered.enis = number(),
            "status" => instance.status = InstanceStatus::parse(value).expect("a status"),
            "ec2" => instance.ec2_instance_id = Some(value.to_owned()),
            "at" => instance.registered_at = Timestamp(number() * 1000),
            "off" => link.connected = false,
            "version" => link.agent_version = Some(value.to_owned()),
            "running" => ledger.running = number(),
            "held" => hold(&mut ledger, value),
            _ => {
                let value = (!value.is_empty()).then(|| value.to_owned());
                instance.attributes.insert(key.to_owned(), value);
            }
        }
    }
    (instance, ledger, link)
}

/// `group*count@cpu:mem`, where all but the group may be left out.
fn hold(ledger: &mut Ledger, text: &str) {
    let (text, amounts) = text.split_once('@').unwrap_or((text, "0:0"));
    let (group, count) = text.split_once('*').unwrap_or((text, "1"));
    let (cpu, memory) = amounts.split_once(':').expect("cpu:mem");
    let held = Resources {
        cpu: cpu.parse().expect("CPU units"),
        memory: memory.parse().expect("MiB"),
        ..Resources::default()
    };
    for _ in 0..count.parse::<usize>().expect("a count") {
        ledger.admit(&held, group, TaskStatus::Pending);
    }
}
