//! A VPC in words, tasks that come and go, and after each change the law: exactly the tasks that have an instance and are not STOPPED
//! have an interface and an address, each its own.

mod fargate;

use super::{assignable, attachment_id, ec2_id, free_address, interface_of};
use crate::{blueprint::Blueprint, draft::Draft, ids::Ids, seat::Seat};
use domain::{
    definition::TaskDefinition,
    id::{AccountId, ClusterName, InstanceId, Region, Scope},
    instance::ContainerInstance,
    key::{Key, Prefix},
    record::Record,
    status::{DesiredStatus, StopCode, TaskStatus},
    task::{Attachment, Overrides, Stop, Task},
    time::Timestamp,
    vpc::{
        AttachedTo, NetworkInterface, SecurityGroup, Subnet, SubnetAddress, SubnetChoice,
        TaskNetwork, Vpc,
    },
};
use expect_test::expect;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use store::{Expect, Found, Snapshot, Transaction};

const NOW: Timestamp = Timestamp(1_000);

fn scope() -> Scope {
    Scope {
        account: AccountId::parse("123456789012").expect("digits"),
        region: Region::parse("eu-west-1").expect("a region"),
    }
}

fn cluster() -> ClusterName {
    ClusterName::parse("web").expect("a name")
}

fn instance_id() -> InstanceId {
    InstanceId::from_bytes([7; 16])
}

/// A VPC with two subnets in zone a (11 addresses each) and one in zone b, one instance in zone a, and a definition in awsvpc mode.
struct Plain {
    snapshot: Snapshot,
    made: u8,
}

fn of<R: Record>(json: Json) -> R {
    serde_json::from_value(json).expect("a record")
}

impl Plain {
    fn new() -> Self {
        let mut plain = Self { snapshot: Snapshot::default(), made: 0 };
        let scope = scope();
        let vpc: Vpc = of(json!({
            "id": "vpc-1", "blocks": [["vpc-cidr-assoc-1", "10.0.0.0/16"]], "number": 1, "dhcpOptions": "default", "dnsSupport": true,
            "dnsHostnames": true, "tenancy": "default", "mainRouteTable": "rtb-1", "defaultAcl": "acl-1", "defaultGroup": "sg-0",
        }));
        plain.put(&Vpc::key(&scope, "vpc-1"), vpc);
        for (id, zone, block) in [
            ("subnet-1", "a", "10.0.1.0/28"),
            ("subnet-2", "a", "10.0.2.0/28"),
            ("subnet-3", "b", "10.0.3.0/24"),
        ] {
            let subnet: Subnet = of(json!({
                "id": id, "vpc": "vpc-1", "zone": zone, "block": block, "acl": "acl-1", "aclAssociation": "aclassoc-1",
            }));
            plain.put(&Subnet::key(&scope, id), subnet);
        }
        for id in ["sg-0", "sg-1"] {
            let group: SecurityGroup =
                of(json!({"id": id, "vpc": "vpc-1", "name": id, "description": "", "rules": []}));
            plain.put(&SecurityGroup::key(&scope, id), group);
        }
        let instance: ContainerInstance = of(json!({
            "id": instance_id(), "cluster": "web", "status": "ACTIVE", "version": 1, "registered_at": 0,
            "ec2_instance_id": "i-1", "registered": {"cpu": 1024, "memory": 1024, "enis": 100},
            "attributes": {"ecs.availability-zone": "a"},
        }));
        plain.put(&ContainerInstance::key(&scope, &cluster(), &instance_id()), instance);
        let definition: TaskDefinition = of(json!({
            "family": "f", "revision": 1, "status": "ACTIVE", "networkMode": "awsvpc", "registeredAt": 0,
            "containerDefinitions": [{"name": "app", "image": "busybox", "memory": 1}, {"name": "side", "image": "busybox", "memory": 1}],
        }));
        let key = TaskDefinition::key(&scope, &definition.family, definition.revision);
        plain.put(&key, definition);
        plain
    }

    fn put<R: Record>(&mut self, key: &Key, record: R) {
        let mut writes = Transaction::new();
        writes.put(key, Expect::Any, record);
        self.commit(&writes);
    }

    fn commit(&mut self, writes: &Transaction) {
        self.snapshot = self.snapshot.with(writes).expect("it was decided on this");
    }

    fn all<R: Record>(&self, prefix: &Prefix) -> Vec<Found<R>> {
        self.snapshot.range(prefix).map(|read| read.expect("a record")).collect()
    }

    fn tasks(&self) -> Vec<Found<Task>> {
        self.all::<Task>(&Prefix::table::<Task>(&scope()))
    }

    fn blueprint(&self, network: Option<TaskNetwork>) -> Blueprint {
        let prefix = Prefix::table::<TaskDefinition>(&scope());
        let definition = self.all::<TaskDefinition>(&prefix).remove(0);
        let tag = |key: &str| domain::tag::Tag { key: key.into(), value: "web".into() };
        Blueprint {
            network,
            tags: vec![tag("aws:ecs:clusterName"), tag("own")],
            ..Blueprint::new(cluster(), definition, Overrides::default())
        }
    }

    fn seat(&self) -> Seat {
        Seat::all_in(&self.snapshot, &scope(), &cluster()).expect("records").remove(0)
    }

    fn ids(&mut self) -> Ids {
        self.made += 1;
        Ids::from_seed([self.made; 32])
    }

    /// Makes so many tasks in one commit.
    fn make(&mut self, network: Option<TaskNetwork>, count: usize) -> Vec<Task> {
        let (blueprint, seat, ids) = (self.blueprint(network), self.seat(), self.ids());
        let snapshot = self.snapshot.clone();
        let mut draft = Draft::new(&snapshot, &scope(), NOW);
        let tasks = (0..count).map(|index| {
            let held = blueprint.needs(&[]).held_on(&seat.candidate());
            draft.make(&blueprint, &ids.child("task", index), None, &seat, held).expect("records")
        });
        let tasks = tasks.collect();
        self.commit(&draft.finish());
        self.check_law();
        tasks
    }

    fn end(&mut self, task: &Found<Task>) {
        let snapshot = self.snapshot.clone();
        let mut draft = Draft::new(&snapshot, &scope(), NOW);
        draft.end(task, stop()).expect("records");
        self.commit(&draft.finish());
        self.check_law();
    }

    fn check_law(&self) {
        let mut expected = BTreeMap::new();
        for task in self.tasks() {
            let attachments = task.attachments.iter().filter(|it| it.is_interface());
            let attachments: Vec<_> = attachments.collect();
            if task.instance.is_none() || task.last == TaskStatus::Stopped {
                assert!(attachments.iter().all(|it| it.status == Attachment::DELETED));
                continue;
            }
            assert_eq!(attachments.len(), 1, "{} has its interface", task.id);
            let id = attachments[0].detail(Attachment::INTERFACE_ID).expect("an id").to_owned();
            let address = attachments[0].detail(Attachment::ADDRESS).expect("an address");
            assert_eq!(
                expected.insert(id, (task.id.clone(), address.to_owned())),
                None,
                "two tasks have it"
            );
        }
        let found = self.all::<NetworkInterface>(&NetworkInterface::all(&scope()));
        let found: BTreeMap<_, _> = found
            .iter()
            .map(|it| {
                let AttachedTo::Task { task, .. } = &it.attached_to else {
                    panic!("it is a task's")
                };
                (it.id.clone(), (task.clone(), it.address().to_string()))
            })
            .collect();
        assert_eq!(found, expected, "interfaces are those of tasks that live");
        let addresses = self.all::<SubnetAddress>(&Prefix::table::<SubnetAddress>(&scope()));
        let owners: BTreeSet<_> = addresses.iter().map(|it| it.interface.clone()).collect();
        assert_eq!(owners.len(), addresses.len(), "an address has one interface");
        assert_eq!(owners, expected.into_keys().collect(), "addresses are those of interfaces");
    }
}

fn stop() -> Stop {
    Stop { code: StopCode::UserInitiated, reason: "by a test".into() }
}

fn network(subnets: &[(&str, &str)], groups: &[&str]) -> Option<TaskNetwork> {
    let choice =
        |(id, zone): &(&str, &str)| SubnetChoice { id: (*id).into(), zone: (*zone).into() };
    Some(TaskNetwork {
        vpc: "vpc-1".into(),
        subnets: subnets.iter().map(choice).collect(),
        groups: groups.iter().map(|id| (*id).to_owned()).collect(),
        public_ip: false,
    })
}

fn stopped(task: &Task) -> String {
    let stop = task.stop.as_ref().expect("it says why");
    format!("{} {:?} {}", task.last, stop.code, stop.reason)
}

#[test]
fn task_gets_an_interface_of_a_subnet_in_its_zone() {
    let mut plain = Plain::new();
    let task = plain.make(network(&[("subnet-3", "b"), ("subnet-1", "a")], &["sg-1"]), 1).remove(0);
    let interface = plain.all::<NetworkInterface>(&NetworkInterface::all(&scope())).remove(0);
    let shown = serde_json::to_string_pretty(&*interface.record).expect("JSON");
    expect![[r#"
        {
          "id": "eni-72737afb61f1a84a3",
          "vpc": "vpc-1",
          "subnet": "subnet-1",
          "zone": "a",
          "addresses": [
            "10.0.1.14"
          ],
          "mac": "0a:dc:41:94:16:b6",
          "groups": [
            "sg-1"
          ],
          "description": "arn:aws:ecs:eu-west-1:123456789012:attachment/72737afb-61f1-8a84-8a38-8c674c89153e",
          "attachedTo": {
            "task": {
              "task": "010967a02bf2b8edc4828ba2ae5ce129",
              "cluster": "web",
              "instance": "07070707070707070707070707070707",
              "ec2_instance": "i-1"
            }
          },
          "attachment": "eni-attach-c4605c0a8a84ba538",
          "sourceDestCheck": true,
          "requesterManaged": true,
          "createdAt": 1000,
          "tags": [
            {
              "key": "aws:ecs:clusterName",
              "value": "web"
            }
          ]
        }"#]]
    .assert_eq(&shown);
    let attachment = &task.attachments[0];
    assert_eq!(
        interface.description,
        domain::arn::ecs(&scope(), &format!("attachment/{}", attachment.id))
    );
    assert_eq!(
        (attachment.kind.as_str(), attachment.status.as_str()),
        ("ElasticNetworkInterface", "ATTACHING")
    );
    let names: Vec<_> = attachment.details.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        ["subnetId", "networkInterfaceId", "macAddress", "privateDnsName", "privateIPv4Address"]
    );
    let address = interface.address().to_string();
    assert_eq!(
        attachment.detail("privateDnsName"),
        Some(&*format!("ip-{}.eu-west-1.compute.internal", address.replace('.', "-")))
    );
    for container in &task.containers {
        let expected = json!({"attachmentId": attachment.id, "privateIpv4Address": address});
        assert_eq!(container.network_interfaces, [expected]);
    }
}

#[test]
fn without_groups_the_vpc_s_own_counts() {
    let mut plain = Plain::new();
    plain.make(network(&[("subnet-1", "a")], &[]), 1);
    let interface = plain.all::<NetworkInterface>(&NetworkInterface::all(&scope())).remove(0);
    assert_eq!(interface.groups, ["sg-0"]);
}

#[test]
fn tasks_fill_their_subnets_and_the_next_one_says_so() {
    let mut plain = Plain::new();
    let wanted = || network(&[("subnet-1", "a"), ("subnet-2", "a")], &[]);
    let tasks = plain.make(wanted(), 22);
    assert!(tasks.iter().all(|task| task.last == TaskStatus::Pending));
    for task in plain.make(wanted(), 2) {
        let said = stopped(&task);
        assert!(said.starts_with("STOPPED TaskFailedToStart Unexpected EC2 error"), "{said}");
        assert!(said.ends_with("InsufficientFreeAddressesInSubnet"), "{said}");
        assert_eq!(task.desired, DesiredStatus::Stopped);
    }
    let first = plain.tasks().into_iter().find(|task| task.last == TaskStatus::Pending);
    plain.end(&first.expect("one lives"));
    assert_eq!(
        plain.make(wanted(), 1)[0].last,
        TaskStatus::Pending,
        "what was given back is given out again"
    );
    assert_eq!(plain.seat().ledger.held.enis, 22);
}

#[test]
fn what_is_gone_is_said_by_the_task() {
    for (wanted, expected) in [
        (None, "no network configuration"),
        (network(&[("subnet-9", "a")], &[]), "'a': InvalidSubnetID.NotFound"),
        (network(&[("subnet-3", "b")], &[]), "'a': InvalidSubnetID.NotFound"),
        (network(&[("subnet-1", "a")], &["sg-9"]), "'sg-9': InvalidGroup.NotFound"),
    ] {
        let mut plain = Plain::new();
        let said = stopped(&plain.make(wanted, 1)[0]);
        assert!(said.contains(expected), "{said} has {expected}");
        assert_eq!(plain.seat().ledger.held.enis, 0, "it holds nothing");
    }
}

#[test]
fn two_commits_that_chose_the_same_address_cannot_both_be() {
    let mut plain = Plain::new();
    let blueprint = plain.blueprint(network(&[("subnet-1", "a")], &[]));
    let (seat, snapshot) = (plain.seat(), plain.snapshot.clone());
    let ids = plain.ids();
    let drafted = || {
        let mut draft = Draft::new(&snapshot, &scope(), NOW);
        let held = blueprint.needs(&[]).held_on(&seat.candidate());
        draft.make(&blueprint, &ids, None, &seat, held).expect("records");
        draft.finish()
    };
    let (one, other) = (drafted(), drafted());
    plain.commit(&one);
    let refused = plain.snapshot.with(&other).expect_err("the address is taken");
    assert!(matches!(refused, store::CommitError::Conflict { .. }), "{refused}");
}

#[test]
fn waiting_task_gets_its_interface_with_its_instance() {
    let mut plain = Plain::new();
    let blueprint = plain.blueprint(network(&[("subnet-1", "a")], &[]));
    let (ids, snapshot) = (plain.ids(), plain.snapshot.clone());
    let mut draft = Draft::new(&snapshot, &scope(), NOW);
    let task = draft.make_waiting(&blueprint, &ids, None);
    assert_eq!(task.attachments, []);
    plain.commit(&draft.finish());
    plain.check_law();
    let (task, seat, snapshot) = (plain.tasks().remove(0), plain.seat(), plain.snapshot.clone());
    let mut draft = Draft::new(&snapshot, &scope(), NOW);
    let held = blueprint.needs(&[]).held_on(&seat.candidate());
    draft.seat(&task, &blueprint, &seat, held).expect("records");
    plain.commit(&draft.finish());
    plain.check_law();
    let task = plain.tasks().remove(0);
    assert_eq!((task.version, task.attachments.len()), (2, 1));
}

/// Chance from one seed: tasks come, several at once or none, and go in any order.
#[test]
fn whatever_comes_and_goes_nothing_is_shared_and_nothing_stays() {
    for seed in 0..20_u8 {
        let mut plain = Plain::new();
        let chance = Ids::from_seed([seed; 32]);
        for step in 0..25 {
            let number = chance.number("step", step);
            let live: Vec<_> =
                plain.tasks().into_iter().filter(|it| it.last != TaskStatus::Stopped).collect();
            if number.is_multiple_of(3) && !live.is_empty() {
                let at = usize::try_from(number / 3).expect("64 bits") % live.len();
                plain.end(&live[at]);
            } else {
                let subnets = [("subnet-1", "a"), ("subnet-2", "a")];
                let count = usize::try_from(number / 3 % 4).expect("less than four");
                plain.make(
                    network(&subnets[..1 + usize::from(number.is_multiple_of(2))], &[]),
                    count,
                );
            }
        }
        for task in plain.tasks() {
            plain.end(&task);
        }
        assert!(plain.all::<SubnetAddress>(&Prefix::table::<SubnetAddress>(&scope())).is_empty());
    }
}

#[test]
fn last_free_address_of_a_large_subnet_is_found() {
    let mut plain = Plain::new();
    let key = Subnet::key(&scope(), "subnet-3");
    let subnet = plain.snapshot.get::<Subnet>(&key).expect("readable").expect("it is there");
    assert_eq!(assignable(subnet.block), 251);
    let free = subnet.block.address(200).expect("in the block");
    let mut writes = Transaction::new();
    for offset in (4..255).filter(|offset| *offset != 200) {
        let address = subnet.block.address(offset).expect("in the block");
        let record = SubnetAddress { interface: format!("eni-{offset}") };
        writes.put(&SubnetAddress::key(&scope(), "subnet-3", address), Expect::Absent, record);
    }
    plain.commit(&writes);
    for start in [0, 7, 196, 197, 250] {
        let found = free_address(&plain.snapshot, &scope(), &subnet, start, &BTreeSet::new());
        assert_eq!(found, Some(free), "from {start}");
    }
    let taken = BTreeSet::from([SubnetAddress::key(&scope(), "subnet-3", free)]);
    assert_eq!(free_address(&plain.snapshot, &scope(), &subnet, 0, &taken), None);
}

#[test]
fn attachment_tells_its_interface() {
    let ids = Ids::from_seed([7; 32]);
    let interface = ec2_id("eni", &ids);
    let attachment = attachment_id(&interface, &ids);
    let parts: Vec<usize> = attachment.split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12], "{attachment}");
    assert_eq!(interface_of(&attachment), Some(interface));
    let of_an_earlier_version = ids.uuid("attachment", 0);
    let (longer, letters) = (format!("{attachment}0"), attachment.replace('8', "\u{e9}"));
    for other in [of_an_earlier_version.as_str(), &longer, &letters, "", "eni-1", "attachment/1"] {
        assert_eq!(interface_of(other), None, "{other}");
    }
}
