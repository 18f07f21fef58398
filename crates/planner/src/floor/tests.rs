//! Laws of floors over random clusters, changes and asks: whatever happened before, a draft answers as placement does of the records
//! as they are now. Some instances are on the floor of Fargate's pool too.

use super::{Ask, Floors, Pool, Shortfall};
use crate::plan::Place;
use domain::{
    cluster::Cluster,
    fargate::{POOL_ATTRIBUTE, PoolHost},
    id::{AccountId, ClusterName, InstanceId, Region, Scope},
    instance::{ContainerInstance, InstanceLink, Ledger, Resources},
    status::{InstanceStatus, TaskStatus},
    tag::Attribute,
    time::Timestamp,
    vpc::{SubnetChoice, TaskNetwork},
};
use placement::{
    candidate::Candidate, demand::Demand, filter::Constraint, place::place,
    strategy::Strategy as Preference, wants::Wants,
};
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, Strategy, any, prop_oneof},
    proptest,
};
use std::{collections::BTreeMap, sync::Arc};

const GROUPS: [&str; 3] = ["service:a", "service:b", "service:c"];
const ZONES: [&str; 4] = ["", "za", "zb", "zc"];

/// One thing that happens.
#[derive(Clone, Debug)]
enum Step {
    Register {
        id: u8,
        cpu: i64,
        memory: i64,
        zone: usize,
        has_gpu: bool,
        status: u8,
    },
    Connect {
        id: u8,
        connected: bool,
    },
    Deregister {
        id: u8,
    },
    /// It comes into Fargate's pool or leaves it, or whoever runs the region drains it there.
    Pool {
        id: u8,
        is_in: bool,
        is_draining: bool,
    },
    /// A task comes from elsewhere, such as RunTask.
    Admit {
        id: u8,
        group: usize,
        cpu: i64,
    },
    /// The oldest task goes.
    Release {
        id: u8,
    },
    /// The oldest task runs.
    Run {
        id: u8,
    },
    /// A plan places, and is written perhaps.
    Place {
        asks: Vec<Asked>,
        seed: u64,
        is_written: bool,
    },
}

/// Which wants, which group, how many, and whether of the pool.
type Asked = (usize, usize, usize, bool);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let id = || 1..12_u8;
    let step = prop_oneof![
        3 => (id(), 0..9_i64, 0..9_i64, 0..4_usize, any::<bool>(), 0..8_u8).prop_map(
            |(id, cpu, memory, zone, has_gpu, status)| Step::Register { id, cpu, memory, zone, has_gpu, status }
        ),
        2 => (id(), 0..4_u8).prop_map(|(id, odds)| Step::Connect { id, connected: odds > 0 }),
        1 => id().prop_map(|id| Step::Deregister { id }),
        2 => (id(), 0..3_usize, 0..3_i64).prop_map(|(id, group, cpu)| Step::Admit { id, group, cpu }),
        2 => id().prop_map(|id| Step::Release { id }),
        1 => id().prop_map(|id| Step::Run { id }),
        2 => (id(), 0..5_u8).prop_map(|(id, odds)| Step::Pool { id, is_in: odds > 0, is_draining: odds == 1 }),
        4 => (vec((0..WANTS, 0..3_usize, 0..7_usize, any::<bool>()), 1..4), any::<u64>(), any::<bool>())
            .prop_map(|(asks, seed, is_written)| Step::Place { asks, seed, is_written }),
    ];
    vec(step, 1..60)
}

const WANTS: usize = 10;

/// CPU units, MiB, constraints, strategies.
/// The last one has an interface in two of the zones.
type Wanted = (i64, i64, &'static [&'static str], &'static [(&'static str, Option<&'static str>)]);

/// Different things to want.
fn wants() -> Vec<Arc<Wants>> {
    let table: [Wanted; WANTS] = [
        (
            1,
            1,
            &[],
            &[("spread", Some("attribute:ecs.availability-zone")), ("spread", Some("host"))],
        ),
        (1, 1, &["distinct"], &[("spread", Some("attribute:ecs.availability-zone"))]),
        (2, 1, &[], &[("binpack", Some("cpu"))]),
        (
            1,
            2,
            &[],
            &[("spread", Some("attribute:ecs.availability-zone")), ("binpack", Some("memory"))],
        ),
        (1, 1, &[], &[("random", None)]),
        (1, 0, &["distinct"], &[("random", None)]),
        (1, 1, &["not(task:group == service:b)"], &[("spread", Some("host")), ("random", None)]),
        (1, 1, &["runningTasksCount < 2", "attribute:ecs.availability-zone in [za, zb]"], &[]),
        (
            1,
            1,
            &["attribute:gpu exists"],
            &[("binpack", Some("memory")), ("binpack", Some("cpu")), ("spread", Some("host"))],
        ),
        (1, 0, &[], &[("spread", Some("attribute:ecs.availability-zone"))]),
    ];
    table
        .into_iter()
        .enumerate()
        .map(|(at, (cpu, memory, constraints, strategies))| {
            let constraint = |text: &&str| match *text {
                "distinct" => Constraint::of("distinctInstance", None),
                text => Constraint::of("memberOf", Some(text)),
            };
            let strategy = |(kind, field): &(&str, Option<&str>)| Preference::parse(kind, *field);
            let attributes = vec![Attribute { name: "capability".into(), value: None }];
            let network = (at == WANTS - 1).then(network);
            let enis = i64::from(network.is_some());
            let demand = Demand { cpu, memory, enis, ..Demand::default() };
            let wants = Wants::new(
                demand,
                attributes,
                None,
                constraints.iter().map(|it| constraint(it).expect("a constraint")).collect(),
                strategies.iter().map(|it| strategy(it).expect("a strategy")).collect(),
            );
            Arc::new(wants.in_network(network.as_ref()))
        })
        .collect()
}

fn network() -> TaskNetwork {
    let subnet = |zone: &str| SubnetChoice { id: format!("subnet-{zone}"), zone: zone.to_owned() };
    TaskNetwork {
        vpc: "vpc-1".into(),
        subnets: vec![subnet("za"), subnet("zb")],
        groups: Vec::new(),
        public_ip: false,
    }
}

fn scope() -> Scope {
    Scope {
        account: AccountId::parse("123456789012").expect("an account"),
        region: Region::parse("us-east-1").expect("a region"),
    }
}

fn cluster() -> ClusterName {
    ClusterName::parse("c").expect("a name")
}

fn instance_id(id: u8) -> InstanceId {
    InstanceId::parse(format!("{id:032x}")).expect("an id")
}

/// The records, told to floors as they change.
#[derive(Default)]
struct World {
    floors: Floors,
    pooled: BTreeMap<u8, PoolHost>,
    instances: BTreeMap<u8, Arc<ContainerInstance>>,
    links: BTreeMap<u8, Arc<InstanceLink>>,
    ledgers: BTreeMap<u8, Arc<Ledger>>,
    tasks: BTreeMap<u8, Vec<(Resources, String, TaskStatus)>>,
}

impl World {
    fn take(&mut self, step: &Step, wants: &[Arc<Wants>]) {
        match step {
            Step::Register { id, cpu, memory, zone, has_gpu, status } => {
                let instance = instance(*id, *cpu, *memory, *zone, *has_gpu, *status);
                let key = ContainerInstance::key(&scope(), &cluster(), &instance.id);
                let instance = Arc::new(instance);
                self.floors.note_instance(&key, &instance);
                self.instances.insert(*id, instance);
                self.note_ledger(*id, |_| ());
                self.take(&Step::Connect { id: *id, connected: true }, wants);
            }
            Step::Connect { id, connected } => {
                let link =
                    Arc::new(InstanceLink { connected: *connected, ..InstanceLink::default() });
                let key = InstanceLink::key(&scope(), &cluster(), &instance_id(*id));
                self.floors.note_link(&key, &link);
                self.links.insert(*id, link);
            }
            Step::Deregister { id } => {
                let id_text = instance_id(*id);
                let key = ContainerInstance::key(&scope(), &cluster(), &id_text);
                self.floors.forget(&key);
                self.floors.forget(&Ledger::key(&scope(), &cluster(), &id_text));
                self.floors.forget(&InstanceLink::key(&scope(), &cluster(), &id_text));
                self.floors.forget_pooled(&key);
                self.pooled.remove(id);
                self.instances.remove(id);
                self.ledgers.remove(id);
                self.links.remove(id);
                self.tasks.remove(id);
            }
            Step::Pool { id, is_in, is_draining } => {
                let key = ContainerInstance::key(&scope(), &cluster(), &instance_id(*id));
                if *is_in {
                    let host = PoolHost { draining_since: is_draining.then_some(Timestamp(0)) };
                    self.floors.note_pooled(&key, host);
                    self.pooled.insert(*id, host);
                } else {
                    self.floors.forget_pooled(&key);
                    self.pooled.remove(id);
                }
            }
            Step::Admit { id, group, cpu } => {
                let held = Resources { cpu: *cpu, ..Resources::default() };
                self.admit(*id, held, GROUPS[*group]);
            }
            Step::Release { id } => {
                let Some(tasks) = self.tasks.get_mut(id).filter(|tasks| !tasks.is_empty()) else {
                    return;
                };
                let (held, group, last) = tasks.remove(0);
                self.note_ledger(*id, |ledger| ledger.release(&held, &group, last));
            }
            Step::Run { id } => {
                let tasks = self.tasks.get_mut(id).into_iter().flatten();
                let Some(task) =
                    tasks.into_iter().find(|(_, _, last)| *last == TaskStatus::Pending)
                else {
                    return;
                };
                task.2 = TaskStatus::Running;
                let group = task.1.clone();
                self.note_ledger(*id, |ledger| {
                    ledger.advance(&group, TaskStatus::Pending, TaskStatus::Running)
                });
            }
            Step::Place { asks, seed, is_written } => {
                for (id, held, group) in self.place(asks, *seed, wants) {
                    if *is_written {
                        self.admit(id, held, &group);
                    }
                }
            }
        }
    }

    fn admit(&mut self, id: u8, held: Resources, group: &str) {
        if !self.instances.contains_key(&id) {
            return;
        }
        self.note_ledger(id, |ledger| ledger.admit(&held, group, TaskStatus::Pending));
        self.tasks.entry(id).or_default().push((held, group.to_owned(), TaskStatus::Pending));
    }

    fn note_ledger(&mut self, id: u8, change: impl FnOnce(&mut Ledger)) {
        let mut ledger = self.ledgers.get(&id).map(|ledger| (**ledger).clone()).unwrap_or_default();
        change(&mut ledger);
        let ledger = Arc::new(ledger);
        let key = Ledger::key(&scope(), &cluster(), &instance_id(id));
        self.floors.note_ledger(&key, &ledger);
        self.ledgers.insert(id, ledger);
    }

    /// Places by a draft and, for each ask, by one call of placement on copies of the records, which must be the same.
    fn place(
        &self,
        asks: &[Asked],
        seed: u64,
        wants: &[Arc<Wants>],
    ) -> Vec<(u8, Resources, String)> {
        let home = Cluster::key(&scope(), &cluster());
        let pool_key = Cluster::key(&scope(), &ClusterName::fargate());
        let mut draft = self.floors.draft();
        let mut ledgers: BTreeMap<u8, Ledger> =
            self.ledgers.iter().map(|(id, ledger)| (*id, (**ledger).clone())).collect();
        let mut all = Vec::new();
        for (number, (wanted, group, count, of_pool)) in asks.iter().enumerate() {
            let pool = Pool { zone: (seed.is_multiple_of(5)).then_some("za"), ..Pool::default() };
            let (wants, group, seed) = (&wants[*wanted], GROUPS[*group], seed ^ number as u64);
            let floor = if *of_pool { &pool_key } else { &home };
            let ask = Ask { cluster: floor, wants, group, pool };
            let found = draft.place(&ask, *count, seed);
            let rows: Vec<(u8, Candidate<'_>)> = self
                .instances
                .iter()
                .filter(|(id, instance)| {
                    pool.has(instance) && (!of_pool || self.pooled.contains_key(*id))
                })
                .map(|(id, instance)| {
                    let link = self.links.get(id).map(|link| &**link);
                    let pool = self.pooled.get(id).filter(|_| *of_pool).copied();
                    (*id, Candidate { instance, ledger: &ledgers[id], link, pool })
                })
                .collect();
            let candidates: Vec<_> = rows.iter().map(|(_, candidate)| *candidate).collect();
            let outcome = place(&wants.needs(group), wants.strategies(), &candidates, *count, seed);
            let places: Vec<Place> = outcome
                .placed
                .iter()
                .map(|it| Place {
                    instance: ContainerInstance::key(
                        &scope(),
                        &cluster(),
                        &instance_id(rows[it.candidate].0),
                    ),
                    held: it.held.clone(),
                })
                .collect();
            assert_eq!(found.places, places);
            let chosen = outcome.placed.iter().map(|it| &rows[it.candidate].1);
            assert!(chosen.filter_map(|it| it.pool).all(|host| host.draining_since.is_none()));
            check_shortfall(found.shortfall.as_ref(), &outcome, *count, candidates.len());
            let taken: Vec<_> = outcome
                .placed
                .into_iter()
                .map(|it| (rows[it.candidate].0, it.held, group.to_owned()))
                .collect();
            drop(rows);
            for (id, held, group) in &taken {
                ledgers.get_mut(id).expect("it is there").admit(held, group, TaskStatus::Pending);
            }
            all.extend(taken);
        }
        all
    }
}

fn check_shortfall(
    found: Option<&Shortfall>,
    outcome: &placement::place::Outcome,
    count: usize,
    candidates: usize,
) {
    let missing = count - outcome.placed.len();
    assert_eq!(found.map_or(0, |shortfall| shortfall.missing), missing);
    let Some(found) = found else { return };
    let mut reasons = BTreeMap::new();
    for refusal in &outcome.refused {
        *reasons.entry(refusal.reason.as_str()).or_insert(0) += 1;
    }
    assert_eq!(found.reasons, reasons);
    // A cluster that has no record left is not known, nor is what it lacks.
    assert_eq!(found.candidates, candidates);
    match &found.closest {
        None => assert!(outcome.refused.is_empty()),
        Some(closest) => assert!(outcome.refused.contains(closest), "{closest:?}"),
    }
}

fn instance(
    id: u8,
    cpu: i64,
    memory: i64,
    zone: usize,
    has_gpu: bool,
    status: u8,
) -> ContainerInstance {
    let mut attributes = BTreeMap::new();
    if zone > 0 {
        attributes.insert("ecs.availability-zone".to_owned(), Some(ZONES[zone].to_owned()));
    }
    if has_gpu {
        attributes.insert("gpu".to_owned(), None);
    }
    if status != 2 {
        attributes.insert("capability".to_owned(), None);
    }
    // One that no longer lends its room may be in the pool still.
    if status != 3 {
        attributes.insert(POOL_ATTRIBUTE.to_owned(), None);
    }
    ContainerInstance {
        id: instance_id(id),
        cluster: cluster(),
        ec2_instance_id: None,
        capacity_provider: None,
        status: match status {
            0 => InstanceStatus::Draining,
            1 => InstanceStatus::Inactive,
            _ => InstanceStatus::Active,
        },
        status_reason: None,
        version: 1,
        registered: Resources { cpu, memory, enis: memory / 2, ..Resources::default() },
        attributes,
        custom_attributes: Default::default(),
        registered_at: Timestamp(0),
        tags: Vec::new(),
        agent_update: None,
        inactive_since: None,
    }
}

/// It was in no order of the zone when the group's tasks were looked at, and is in one now.
#[test]
fn an_instance_that_comes_into_a_pool_brings_its_tasks() {
    let register =
        |zone| Step::Register { id: 9, cpu: 1, memory: 0, zone, has_gpu: false, status: 3 };
    // Distinct instances of zone a only.
    let place =
        |count| Step::Place { asks: vec![(5, 0, count, false)], seed: 5, is_written: false };
    let admit = Step::Admit { id: 9, group: 0, cpu: 0 };
    let (wants, mut world) = (wants(), World::default());
    for step in [register(2), admit, place(0), register(1), place(1)] {
        world.take(&step, &wants);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_draft_answers_as_placement_does_of_the_records_as_they_are(steps in steps()) {
        let wants = wants();
        let mut world = World::default();
        for step in &steps {
            world.take(step, &wants);
        }
        let mut fresh = world.floors.clone();
        for id in 1..12 {
            world.take(&Step::Deregister { id }, &wants);
            let id = instance_id(id);
            for key in [
                ContainerInstance::key(&scope(), &cluster(), &id),
                Ledger::key(&scope(), &cluster(), &id),
                InstanceLink::key(&scope(), &cluster(), &id),
            ] {
                fresh.forget(&key);
            }
            fresh.forget_pooled(&ContainerInstance::key(&scope(), &cluster(), &id));
        }
        assert!(world.floors.is_empty() && fresh.is_empty(), "nothing is kept of what is gone");
    }
}
