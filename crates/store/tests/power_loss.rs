//! The power goes at any operation of the disk, again and again: nothing acknowledged is lost, nothing is there in parts.

mod faulty_disk;

use domain::record::Revision;
use faulty_disk::{Chance, FaultyDisk};
use std::{path::Path, sync::Arc};
use store::{
    Embedded, Engine, Expect, LeaseId, Options, Snapshot, Transaction,
    conformance::{key, note},
};

/// So small that a few commits go through segments and checkpoints.
const SMALL: Options = Options {
    segment_bytes: 2048,
    checkpoint_log_bytes: 5000,
    history_commits_max: 20,
    history_bytes_max: 1 << 20,
};

const COMMITS: usize = 60;

fn dir() -> &'static Path {
    Path::new("/store")
}

async fn open(disk: &FaultyDisk) -> Embedded {
    Embedded::open_on(Arc::new(disk.clone()), dir(), SMALL)
        .await
        .expect("the store opens after a power loss")
}

/// Some writes of a few sectors, so that a commit can be torn.
fn writes(chance: &mut Chance, lease: Option<LeaseId>) -> Transaction {
    let mut transaction = Transaction::new();
    for _ in 0..=chance.below(3) {
        let key = key(&chance.below(12).to_string());
        let text = "x".repeat(chance.below(900)) + &chance.next().to_string();
        match (chance.below(4), lease) {
            (0, _) => transaction.delete(&key, Expect::Any),
            (1, Some(lease)) => transaction.put_leased(&key, Expect::Any, note(&text), lease),
            (_, _) => transaction.put(&key, Expect::Any, note(&text)),
        }
    }
    transaction
}

/// Everything that a snapshot shows, as text.
fn show(snapshot: &Snapshot) -> String {
    let show = |entry: &store::Entry| {
        let json = String::from_utf8_lossy(entry.json()).into_owned();
        let numbers = (entry.created(), entry.modified(), entry.version(), entry.lease());
        format!("{} {numbers:?} {json}\n", entry.key())
    };
    let everything = domain::key::Prefix::everything();
    format!("{}\n", snapshot.revision())
        + &snapshot.entries(&everything).map(show).collect::<String>()
}

/// What the engine should show: before the commit that was under way, and after it.
struct Model {
    acknowledged: Snapshot,
    under_way: Snapshot,
}

/// Commits until the power fails or all is done, and keeps the model.
async fn work(engine: &Embedded, model: &mut Model, chance: &mut Chance) {
    let lease = engine.grant(std::time::Duration::from_secs(3600)).await.ok();
    for _ in 0..COMMITS {
        let transaction = writes(chance, lease);
        model.under_way = model.acknowledged.with(&transaction).expect("nothing is expected");
        match engine.commit(transaction).await {
            Ok(revision) => {
                assert_eq!(revision, model.under_way.revision());
                model.acknowledged = model.under_way.clone();
            }
            Err(_) => return,
        }
    }
}

/// One life: work until the power fails at the given operation, come back, compare.
async fn live(disk: &FaultyDisk, model: &mut Model, chance: &mut Chance, fails_after: u64) -> bool {
    let engine = open(disk).await;
    disk.fail_power_at(disk.operations() + fails_after);
    work(&engine, model, chance).await;
    engine.close().await;
    disk.lose_power(chance);
    let engine = open(disk).await;
    let found = engine.snapshot().await.expect("it is open");
    let is_acknowledged = show(&found) == show(&model.acknowledged);
    let is_under_way = show(&found) == show(&model.under_way);
    assert!(is_acknowledged || is_under_way, "found {} of {:?}", show(&found), model.acknowledged);
    let from_now = engine.watch(domain::key::Prefix::everything(), found.revision()).await;
    let newest =
        from_now.expect("the newest commit can be watched from").advance().expect("it is kept");
    assert_eq!(newest.map_or(Revision(0), |batch| batch.revision), found.revision());
    engine.close().await;
    model.acknowledged = found.clone();
    model.under_way = found;
    is_acknowledged
}

fn empty() -> Model {
    Model { acknowledged: Snapshot::default(), under_way: Snapshot::default() }
}

#[tokio::test]
async fn power_fails_at_every_operation_and_nothing_acknowledged_is_lost() {
    let undisturbed = FaultyDisk::default();
    live(&undisturbed, &mut empty(), &mut Chance(1), u64::MAX / 2).await;
    let operations = undisturbed.operations();
    assert!(operations > 150, "segments and checkpoints are made: {operations} operations");
    for fails_after in 1..operations {
        for seed in 0..4 {
            println!("fails_after {fails_after}, seed {seed}");
            let disk = FaultyDisk::default();
            live(&disk, &mut empty(), &mut Chance(fails_after * 4 + seed), fails_after).await;
        }
    }
}

#[tokio::test]
async fn power_fails_again_and_again_and_nothing_acknowledged_is_lost() {
    let mut survived_unacknowledged = 0;
    for seed in 0..40 {
        let mut chance = Chance(seed);
        let disk = FaultyDisk::default();
        let mut model = empty();
        for life in 0..12 {
            println!("seed {seed}, life {life}");
            let fails_after = 1 + chance.below(150) as u64;
            let is_acknowledged = live(&disk, &mut model, &mut chance, fails_after).await;
            survived_unacknowledged += usize::from(!is_acknowledged);
        }
    }
    assert!(
        survived_unacknowledged > 0,
        "the disk keeps some of what was not synced, else this shows little"
    );
}

#[tokio::test]
async fn power_fails_while_a_new_store_is_made() {
    for fails_at in 1..40 {
        for seed in 0..8 {
            println!("fails_at {fails_at}, seed {seed}");
            let disk = FaultyDisk::default();
            disk.fail_power_at(fails_at);
            let opened = Embedded::open_on(Arc::new(disk.clone()), dir(), SMALL).await;
            if let Ok(engine) = opened {
                engine.close().await;
            }
            disk.lose_power(&mut Chance(seed));
            let engine = open(&disk).await;
            assert_eq!(engine.snapshot().await.expect("open").revision(), Revision(0));
            engine.close().await;
        }
    }
}
