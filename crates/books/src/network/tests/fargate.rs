//! Tasks of Fargate beside others on one host: their subnets, their public addresses, and the books over random comings and goings.

use super::{NOW, Plain, cluster, instance_id, network, scope, stop, stopped};
use crate::{blueprint::Blueprint, draft::Draft, ids::Ids};
use domain::{
    block::Block,
    ec2::PublicAddress,
    iam::everywhere,
    id::ClusterName,
    instance::{Assignment, Ledger},
    key::Prefix,
    status::{LaunchType, TaskStatus},
    task::{Overrides, Task},
    vpc::{AttachedTo, NetworkInterface, SubnetAddress, TaskNetwork},
};
use std::{collections::BTreeMap, net::Ipv4Addr};
use store::Found;

/// Two addresses.
const POOL: &str = "203.0.113.0/30";

fn shop() -> ClusterName {
    ClusterName::parse("shop").expect("a name")
}

fn public(network: Option<TaskNetwork>) -> Option<TaskNetwork> {
    network.map(|network| TaskNetwork { public_ip: true, ..network })
}

impl Plain {
    /// Makes so many tasks of Fargate of a cluster in one commit, on the host that is there.
    fn make_far(
        &mut self,
        of: &ClusterName,
        network: Option<TaskNetwork>,
        count: usize,
    ) -> Vec<Task> {
        let (seat, ids) = (self.seat(), self.ids());
        let definition = self.blueprint(None).definition;
        let blueprint =
            Blueprint { network, ..Blueprint::new(of.clone(), definition, Overrides::default()) };
        let blueprint = blueprint.on_fargate("1.4.0");
        let snapshot = self.snapshot.clone();
        let pool: Block = POOL.parse().expect("a block");
        let mut draft = Draft::new(&snapshot, &scope(), NOW).with_public_addresses(pool);
        let tasks = (0..count).map(|index| {
            let held = blueprint.needs(&[]).held_on(&seat.candidate());
            draft.make(&blueprint, &ids.child("task", index), None, &seat, held).expect("records")
        });
        let tasks = tasks.collect();
        self.commit(&draft.finish());
        self.check_law();
        self.check_books();
        tasks
    }

    fn report_running(&mut self, task: &Found<Task>) {
        let snapshot = self.snapshot.clone();
        let mut after = Task::clone(&task.record);
        after.advance(TaskStatus::Running);
        let mut draft = Draft::new(&snapshot, &scope(), NOW);
        draft.change(task, after).expect("records");
        self.commit(&draft.finish());
        self.check_books();
    }

    /// The host's ledger is the sum of its tasks of all clusters, they are assigned with their clusters, and public addresses are those
    /// of interfaces.
    fn check_books(&self) {
        let (mut sum, mut assigned) = (Ledger::default(), BTreeMap::new());
        for task in self.tasks() {
            if task.instance.is_none() || task.last == TaskStatus::Stopped {
                continue;
            }
            assert_eq!(task.host(), Some((&cluster(), &instance_id())));
            sum.admit(&task.demand, &task.booked_group(), task.last);
            let own = (task.cluster != cluster()).then(|| task.cluster.clone());
            assigned.insert(task.id.to_string(), (task.desired, own));
        }
        assert_eq!(*self.seat().ledger, sum);
        let found = self.all::<Assignment>(&Prefix::table::<Assignment>(&scope()));
        let found = found
            .iter()
            .map(|it| (it.key.last().to_owned(), (it.desired, it.cluster.clone())))
            .collect::<BTreeMap<_, _>>();
        assert_eq!(found, assigned);
        let interfaces = self.all::<NetworkInterface>(&NetworkInterface::all(&scope()));
        let mut shown: Vec<Ipv4Addr> = Vec::new();
        shown.extend(interfaces.iter().filter_map(|it| it.public_address));
        shown.sort_unstable();
        assert_eq!(shown, self.public_addresses());
    }

    fn public_addresses(&self) -> Vec<Ipv4Addr> {
        let taken = self.all::<PublicAddress>(&Prefix::table::<PublicAddress>(&everywhere()));
        let addresses = taken.iter().map(|it| it.key.last().parse().expect("an address"));
        let mut addresses: Vec<Ipv4Addr> = addresses.collect();
        addresses.sort_unstable();
        addresses
    }
}

#[test]
fn task_of_another_cluster_is_assigned_to_its_host_by_name() {
    let mut plain = Plain::new();
    let task = plain.make_far(&shop(), network(&[("subnet-1", "a")], &[]), 1).remove(0);
    assert_eq!((task.launch_type, task.demand.enis), (LaunchType::Fargate, 0));
    assert_eq!(
        (task.platform_version.as_deref(), task.ephemeral_storage_gib),
        (Some("1.4.0"), Some(20))
    );
    let interface = plain.all::<NetworkInterface>(&NetworkInterface::all(&scope())).remove(0);
    let AttachedTo::Task { cluster: of, ec2_instance, .. } = &interface.attached_to else {
        panic!("it is a task's")
    };
    assert_eq!((of, ec2_instance), (&cluster(), &None), "the host's, and users see no instance");
    let ledger = plain.seat().ledger;
    assert_eq!((ledger.pending, ledger.fargate["shop"].pending), (0, 1));
}

#[test]
fn host_in_another_zone_carries_tasks_of_all_subnets_evenly() {
    let mut plain = Plain::new();
    let wanted = network(&[("subnet-3", "b"), ("subnet-1", "c"), ("subnet-2", "c")], &[]);
    let tasks = plain.make_far(&shop(), wanted, 8);
    let in_zone = |zone: &str| {
        tasks.iter().filter(|task| task.availability_zone.as_deref() == Some(zone)).count()
    };
    // What a task says is where its subnet is by its record.
    assert_eq!((in_zone("b"), in_zone("a")), (4, 4));
}

#[test]
fn tasks_take_public_addresses_while_there_are_any() {
    let mut plain = Plain::new();
    let wanted = || public(network(&[("subnet-1", "a")], &[]));
    let tasks = plain.make_far(&shop(), wanted(), 3);
    assert_eq!(plain.public_addresses().len(), 2);
    let said = stopped(&tasks[2]);
    assert!(said.contains("public IP assignment enabled in subnet 'subnet-1'"), "{said}");
    let first = plain.tasks().into_iter().find(|task| task.last == TaskStatus::Pending);
    plain.end(&first.expect("one lives"));
    assert_eq!(plain.public_addresses().len(), 1);
    assert_eq!(plain.make_far(&shop(), wanted(), 1)[0].last, TaskStatus::Pending);
}

#[test]
fn waiting_task_of_fargate_gets_all_with_its_host() {
    let mut plain = Plain::new();
    let definition = plain.blueprint(None).definition;
    let blueprint = Blueprint {
        network: public(network(&[("subnet-1", "a")], &[])),
        ..Blueprint::new(shop(), definition, Overrides::default())
    };
    let blueprint = blueprint.on_fargate("1.4.0");
    let (ids, snapshot) = (plain.ids(), plain.snapshot.clone());
    let mut draft = Draft::new(&snapshot, &scope(), NOW);
    draft.make_waiting(&blueprint, &ids, Some("FARGATE_SPOT"));
    plain.commit(&draft.finish());
    plain.check_books();
    let (task, seat, snapshot) = (plain.tasks().remove(0), plain.seat(), plain.snapshot.clone());
    let pool: Block = POOL.parse().expect("a block");
    let mut draft = Draft::new(&snapshot, &scope(), NOW).with_public_addresses(pool);
    let held = blueprint.needs(&[]).held_on(&seat.candidate());
    draft.seat(&task, &blueprint, &seat, held).expect("records");
    plain.commit(&draft.finish());
    plain.check_law();
    plain.check_books();
    assert_eq!(plain.public_addresses().len(), 1);
}

/// Chance from one seed: tasks of the instance's cluster and of Fargate of two clusters come, run and go in any order.
#[test]
fn whatever_comes_and_goes_the_books_of_a_shared_host_are_right() {
    for seed in 0..20_u8 {
        let mut plain = Plain::new();
        let chance = Ids::from_seed([seed; 32]);
        for step in 0..30 {
            let number = chance.number("step", step);
            let live: Vec<_> =
                plain.tasks().into_iter().filter(|it| it.last != TaskStatus::Stopped).collect();
            let any = (!live.is_empty())
                .then(|| &live[usize::try_from(number / 7 % live.len() as u64).expect("small")]);
            let count = usize::try_from(number / 7 % 3).expect("less than three");
            let wanted = network(&[("subnet-1", "a"), ("subnet-2", "a"), ("subnet-3", "b")], &[]);
            match (number % 7, any) {
                (0 | 1, Some(task)) => plain.end(task),
                (2, Some(task)) => plain.report_running(task),
                (3, _) => drop(plain.make(wanted, count)),
                (4, _) => drop(plain.make_far(&cluster(), wanted, count)),
                (5, _) => drop(plain.make_far(&shop(), wanted, count)),
                _ => drop(plain.make_far(&shop(), public(wanted), count)),
            }
            plain.check_books();
        }
        for task in plain.tasks() {
            plain.end(&task);
        }
        assert!(plain.all::<SubnetAddress>(&Prefix::table::<SubnetAddress>(&scope())).is_empty());
        assert_eq!(
            (&*plain.seat().ledger, plain.public_addresses().len()),
            (&Ledger::default(), 0)
        );
    }
}

#[test]
fn task_of_fargate_whose_host_is_gone_hears_nothing_of_hosts() {
    let mut plain = Plain::new();
    let wanted = || network(&[("subnet-1", "a")], &[]);
    plain.make_far(&shop(), wanted(), 1);
    plain.make(wanted(), 1);
    let snapshot = plain.snapshot.clone();
    let mut draft = Draft::new(&snapshot, &scope(), NOW);
    for task in plain.tasks() {
        draft.lose(&task, stop()).expect("records");
    }
    plain.commit(&draft.finish());
    plain.check_law();
    let said: Vec<_> = plain.tasks().iter().map(|task| stopped(task)).collect();
    let far = "STOPPED TerminationNotice ECS is performing maintenance on the underlying infrastructure hosting the task.";
    assert_eq!(said, [far, "STOPPED UserInitiated by a test"]);
}
