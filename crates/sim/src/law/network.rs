//! Laws about interfaces of tasks' own: who has which address, for how long, and who is told.

use crate::{
    truth::{self, Commit},
    world::World,
};
use control::{instance::Instance, network::map::maps};
use domain::{
    id::{InstanceId, TaskId},
    link::acs::PayloadTask,
    record::Record,
    status::TaskStatus,
    task::{Attachment, Task},
    vpc::{AttachedTo, NetworkInterface, SubnetAddress},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::Ipv4Addr,
};
use store::{Change, Snapshot};

const ONE_INTERFACE: &str = "an address is in one interface";
const AS_LONG: &str = "an interface and its address are there as long as their task has a place";
const WHEN_FREE: &str = "an address is given out when it is free";
const TOLD_BEFORE: &str = "a host hears of an interface before the task that has it";
const TOLD_ALL: &str = "hosts know of their VPCs what the records say";

/// Which interface has which address of which subnet.
pub(super) type Addresses = BTreeMap<(String, Ipv4Addr), String>;

impl World {
    /// The laws about what a commit did to interfaces and their addresses.
    pub(super) fn check_interfaces(&mut self, commit: &Commit) {
        let mut tasks = BTreeSet::new();
        for change in &commit.batch.changes {
            match change.key.table() {
                Some(SubnetAddress::TABLE) => self.an_address_is_given_out_when_it_is_free(change),
                Some(NetworkInterface::TABLE) => {
                    let was = change.before::<NetworkInterface>().expect("readable");
                    let is = change.after::<NetworkInterface>().expect("readable");
                    let both = was.iter().chain(&is);
                    tasks.extend(both.filter_map(|it| task_of(it).map(|(task, _)| task.clone())));
                }
                Some(Task::TABLE) => tasks.extend(TaskId::parse(change.key.last())),
                Some(_) | None => {}
            }
        }
        self.addresses_are_in_one_interface(commit);
        for task in tasks {
            self.interfaces_are_there_as_long_as_their_task(&task, &commit.after);
        }
    }

    /// What was released before is absent; nobody takes an address over.
    fn an_address_is_given_out_when_it_is_free(&mut self, change: &Change) {
        let was = change.before::<SubnetAddress>().expect("readable");
        let is = change.after::<SubnetAddress>().expect("readable");
        if let Some((was, is)) = was.zip(is).filter(|(was, is)| was.interface != is.interface) {
            let what =
                format!("{} is taken from {} by {}", change.key, was.interface, is.interface);
            self.breaks(WHEN_FREE, what);
        }
    }

    fn addresses_are_in_one_interface(&mut self, commit: &Commit) {
        let changes = || {
            let of = |it: &&Change| it.key.table() == Some(NetworkInterface::TABLE);
            commit.batch.changes.iter().filter(of)
        };
        for change in changes() {
            if let Some(was) = change.before::<NetworkInterface>().expect("readable") {
                for address in places(&was) {
                    self.laws.addresses.remove(&address);
                }
            }
        }
        for change in changes() {
            let Some(is) = change.after::<NetworkInterface>().expect("readable") else { continue };
            for address in places(&is) {
                let other = self.laws.addresses.insert(address, is.id.clone());
                if let Some(other) = other {
                    let what = format!("{} is of {} and of {other}", is.address(), is.id);
                    self.breaks(ONE_INTERFACE, what);
                }
            }
        }
    }

    fn interfaces_are_there_as_long_as_their_task(&mut self, id: &TaskId, after: &Snapshot) {
        let key = Task::key(&self.scope, &self.cluster, id);
        let task = after.get::<Task>(&key).expect("readable").map(|found| found.record);
        if let Some(what) = task.and_then(|task| self.misfit(&task, after)) {
            let what = format!("{}: {what}", self.laws.name_of(id.as_str()));
            self.breaks(AS_LONG, what);
        }
    }

    /// What is wrong about a task's interface.
    fn misfit(&self, task: &Task, after: &Snapshot) -> Option<String> {
        let attachment = task.attachments.iter().find(|it| it.is_interface());
        let place = task.instance.as_ref().filter(|_| task.last != TaskStatus::Stopped);
        let Some(attachment) = attachment else {
            let lacks = place.is_some() && task.demand.enis > 0;
            return lacks.then(|| "it has a place and no interface".to_owned());
        };
        let id = attachment.detail(Attachment::INTERFACE_ID).unwrap_or_default();
        let key = NetworkInterface::key(&self.scope, id);
        let found = after.get::<NetworkInterface>(&key).expect("readable");
        match (place, found) {
            (None, None) => None,
            (None, Some(_)) => Some(format!("{id} is there and its task has no place")),
            (Some(_), None) => Some(format!("{id} is not there")),
            (Some(place), Some(found)) => {
                if task_of(&found) != Some((&task.id, place)) {
                    return Some(format!("{id} is attached to {:?}", found.attached_to));
                }
                found.addresses.iter().find_map(|address| {
                    let key = SubnetAddress::key(&self.scope, &found.subnet, *address);
                    let owner = after.get::<SubnetAddress>(&key).expect("readable");
                    let owner = owner.map(|owner| owner.interface.clone());
                    (owner.as_deref() != Some(id)).then(|| format!("{key} is of {owner:?}"))
                })
            }
        }
    }

    /// A host's agent hears of tasks to start.
    pub(crate) fn check_told(&mut self, host: usize, payload: &PayloadTask) {
        for interface in &payload.elastic_network_interfaces {
            let key = NetworkInterface::key(&self.scope, &interface.ec2_id);
            // One that is gone meanwhile was told of, and then that it is gone.
            let Some(found) =
                self.truth.snapshot().get::<NetworkInterface>(&key).expect("readable")
            else {
                continue;
            };
            let map = self.hosts[host].maps.get(&found.vpc);
            let is_known = map.is_some_and(|map| {
                map.interfaces.iter().any(|it| it.id == found.id && it.host.is_none())
            });
            if !is_known {
                let name = self.laws.name_of(payload.id());
                self.breaks(TOLD_BEFORE, format!("h{host} does not know {} of {name}", found.id));
            }
        }
    }

    /// The laws about all interfaces, for when everything is steady.
    pub(crate) fn check_networks_at_rest(&mut self) {
        let snapshot = self.truth.snapshot().clone();
        let interfaces: Vec<_> =
            truth::all::<NetworkInterface>(&snapshot, &NetworkInterface::all(&self.scope));
        let mut had = BTreeSet::new();
        for interface in &interfaces {
            for (subnet, address) in places(interface) {
                had.insert(SubnetAddress::key(&self.scope, &subnet, address));
            }
            if let Some((task, _)) = task_of(interface) {
                let key = Task::key(&self.scope, &self.cluster, task);
                if snapshot.get::<Task>(&key).expect("readable").is_none() {
                    self.breaks(
                        AS_LONG,
                        format!("{} is of a task that is forgotten", interface.id),
                    );
                }
            }
        }
        let everything = domain::key::Prefix::table::<SubnetAddress>(&self.scope);
        if let Some(left) = snapshot.keys(&everything).find(|key| !had.contains(*key)) {
            self.breaks(AS_LONG, format!("{left} is given out and in no interface"));
        }
        self.hosts_know_what_the_records_say(&snapshot);
    }

    fn hosts_know_what_the_records_say(&mut self, snapshot: &Snapshot) {
        if self.user.networks.is_none() {
            return;
        }
        for host in 0..self.hosts.len() {
            let arn = self.hosts[host].disk.arn.clone().unwrap_or_default();
            let instance = Instance::parse(self.scope.clone(), self.cluster.as_str(), &arn);
            let Ok(instance) = instance else { continue };
            let said = maps(snapshot, &instance).expect("readable records");
            // A VPC in which a host has nothing any more may be one that it was told of before a session that says nothing of it.
            let known = &self.hosts[host].maps;
            let unknown = said.iter().find(|(id, map)| known.get(*id) != Some(map));
            if let Some((id, said)) = unknown {
                let what = format!("h{host} is to know {said:?} and knows {:?}", known.get(id));
                self.breaks(TOLD_ALL, what);
            }
        }
    }
}

fn places(interface: &NetworkInterface) -> Vec<(String, Ipv4Addr)> {
    interface.addresses.iter().map(|address| (interface.subnet.clone(), *address)).collect()
}

fn task_of(interface: &NetworkInterface) -> Option<(&TaskId, &InstanceId)> {
    match &interface.attached_to {
        AttachedTo::Task { task, instance, .. } => Some((task, instance)),
        AttachedTo::Nothing | AttachedTo::Other(_) => None,
    }
}
