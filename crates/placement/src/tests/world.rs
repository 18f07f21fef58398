//! Laws over random clusters and requests.

use super::fixture::instance;
use crate::{
    candidate::Candidate,
    demand::Demand,
    filter::{Constraint, Needs},
    place::place,
    strategy::{Dimension, Field, Strategy as Preference},
};
use domain::instance::{ContainerInstance, InstanceLink, Ledger};
use proptest::{
    collection::vec,
    prelude::{Just, ProptestConfig, Strategy, any, prop_oneof},
    proptest,
};

fn instances() -> impl Strategy<Value = Vec<ContainerInstance>> {
    vec((0..6_i64, 0..6_i64, 0..4_u8), 0..12).prop_map(|rows| {
        let with = |(index, (cpu, memory, zone)): (usize, (i64, i64, u8))| {
            let mut instance = instance(index);
            instance.registered.cpu = cpu * 128;
            instance.registered.memory = memory * 128;
            instance.registered.enis = i64::from(zone);
            instance.registered.gpus = (0..zone).map(|gpu| format!("g{gpu}")).collect();
            if zone > 0 {
                instance.attributes.insert("zone".into(), Some(zone.to_string()));
            }
            instance
        };
        rows.into_iter().enumerate().map(with).collect()
    })
}

fn preferences() -> impl Strategy<Value = Vec<Preference>> {
    let one = prop_oneof![
        Just(Preference::Random),
        Just(Preference::Spread(Field::Instance)),
        Just(Preference::Spread(Field::Attribute("zone".into()))),
        Just(Preference::Binpack(Dimension::Cpu)),
        Just(Preference::Binpack(Dimension::Memory)),
    ];
    vec(one, 0..=5)
}

fn demands() -> impl Strategy<Value = Demand> {
    let all = (0..3_i64, 0..3_i64, any::<bool>(), 0..2_usize, 0..2_i64);
    all.prop_map(|(cpu, memory, has_port, gpus, enis)| {
        let ports_tcp = if has_port { [80].into() } else { Default::default() };
        Demand { cpu: cpu * 100, memory: memory * 100, ports_tcp, gpus, enis, ..Demand::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_overbooked_and_nothing_that_fits_is_refused(
        instances in instances(),
        preferences in preferences(),
        demand in demands(),
        is_distinct in any::<bool>(),
        count in 0..40_usize,
        seed in any::<u64>(),
    ) {
        let empty = Ledger::default();
        let link = InstanceLink { connected: true, ..InstanceLink::default() };
        let candidates: Vec<_> = instances
            .iter()
            .map(|instance| Candidate { instance, ledger: &empty, link: Some(&link), pool: None })
            .collect();
        let constraints = if is_distinct { vec![Constraint::DistinctInstance] } else { Vec::new() };
        let needs = Needs { demand: &demand, attributes: &[], platform: None, network: None, constraints: &constraints, group: "web" };
        let outcome = place(&needs, &preferences, &candidates, count, seed);
        assert_eq!(outcome, place(&needs, &preferences, &candidates, count, seed));

        let mut after = vec![Ledger::default(); instances.len()];
        for placement in &outcome.placed {
            let ledger = &mut after[placement.candidate];
            assert!(ledger.held.gpus.is_disjoint(&placement.held.gpus), "a GPU is held once");
            assert!(ledger.held.ports_tcp.is_disjoint(&placement.held.ports_tcp), "a port is held once");
            assert_eq!(placement.held.gpus.len(), demand.gpus);
            ledger.admit(&placement.held, "web", domain::status::TaskStatus::Pending);
        }
        for (instance, ledger) in instances.iter().zip(&after) {
            assert!(ledger.held.cpu <= instance.registered.cpu && ledger.held.memory <= instance.registered.memory);
            assert!(ledger.held.enis <= instance.registered.enis);
            assert!(ledger.held.gpus.is_subset(&instance.registered.gpus));
            assert!(!is_distinct || ledger.tasks() <= 1);
        }
        let refused: Vec<_> = instances
            .iter()
            .zip(&after)
            .filter(|(instance, ledger)| needs.refused_by(&Candidate { instance, ledger, link: Some(&link), pool: None }).is_some())
            .map(|(instance, _)| &instance.id)
            .collect();
        assert_eq!(outcome.refused.iter().map(|refusal| &refusal.instance).collect::<Vec<_>>(), refused);
        assert!(outcome.placed.len() == count || refused.len() == instances.len());
    }

    /// The ordered cells choose what a plain look at everything would.
    #[test]
    fn a_pick_is_the_best_of_all(instances in instances(), mut preferences in preferences(), demand in demands(), count in 0..12_usize) {
        preferences.retain(|preference| *preference != Preference::Random);
        let empty = Ledger::default();
        let link = InstanceLink { connected: true, ..InstanceLink::default() };
        let candidates: Vec<_> = instances
            .iter()
            .map(|instance| Candidate { instance, ledger: &empty, link: Some(&link), pool: None })
            .collect();
        let needs = Needs { demand: &demand, attributes: &[], platform: None, network: None, constraints: &[], group: "web" };
        let outcome = place(&needs, &preferences, &candidates, count, 0);
        let mut ledgers = vec![Ledger::default(); instances.len()];
        for placement in &outcome.placed {
            assert_eq!(Some(placement.candidate), best(&needs, &preferences, &instances, &ledgers, &link));
            ledgers[placement.candidate].admit(&placement.held, "web", domain::status::TaskStatus::Pending);
        }
    }
}

/// The first instance with the least ranks, computed anew from the ledgers alone.
fn best(
    needs: &Needs<'_>,
    preferences: &[Preference],
    instances: &[ContainerInstance],
    ledgers: &[Ledger],
    link: &InstanceLink,
) -> Option<usize> {
    let zone = |index: usize| instances[index].attributes.get("zone");
    let tasks = |index: usize| ledgers[index].tasks();
    let rank = |index: usize, preference: &Preference| match preference {
        Preference::Spread(Field::Attribute(_)) => {
            let same = (0..instances.len()).filter(|other| zone(*other) == zone(index));
            (zone(index).is_none(), same.map(tasks).sum::<i64>())
        }
        Preference::Spread(Field::Instance) => (false, tasks(index)),
        Preference::Binpack(Dimension::Cpu) => {
            (false, instances[index].registered.cpu - ledgers[index].held.cpu)
        }
        Preference::Binpack(Dimension::Memory) => {
            (false, instances[index].registered.memory - ledgers[index].held.memory)
        }
        Preference::Random => unreachable!("left out"),
    };
    (0..instances.len())
        .filter(|index| {
            let candidate = Candidate {
                instance: &instances[*index],
                ledger: &ledgers[*index],
                link: Some(link),
                pool: None,
            };
            needs.refused_by(&candidate).is_none()
        })
        .min_by_key(|index| preferences.iter().map(|it| rank(*index, it)).collect::<Vec<_>>())
}

#[test]
fn random_gives_every_instance_its_share() {
    let instances: Vec<_> = (0..4).map(instance).collect();
    let (empty, link) =
        (Ledger::default(), InstanceLink { connected: true, ..InstanceLink::default() });
    let candidates: Vec<_> = instances
        .iter()
        .map(|instance| Candidate { instance, ledger: &empty, link: Some(&link), pool: None })
        .collect();
    let demand = Demand::default();
    let needs = Needs {
        demand: &demand,
        attributes: &[],
        platform: None,
        network: None,
        constraints: &[],
        group: "web",
    };
    let mut first = [0; 4];
    for seed in 0..1000 {
        first[place(&needs, &[Preference::Random], &candidates, 1, seed).placed[0].candidate] += 1;
    }
    assert!(first.iter().all(|times| (200..300).contains(times)), "{first:?}");
    let mut all = [0; 4];
    for placement in place(&needs, &[Preference::Random], &candidates, 1000, 7).placed {
        all[placement.candidate] += 1;
    }
    assert!(all.iter().all(|times| (200..300).contains(times)), "{all:?}");
}
