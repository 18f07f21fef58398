//! What happens while the disk is slow, full or broken.

mod faulty_disk;

use domain::{key::Prefix, record::Revision};
use faulty_disk::FaultyDisk;
use std::{path::Path, sync::Arc, time::Duration};
use store::{
    CommitError, Embedded, Engine, Expect, LeaseError, Options, ReadError, Transaction, WatchError,
    conformance::{Note, key, note, notes},
};
use tokio::{task::JoinSet, time::Instant};

fn dir() -> &'static Path {
    Path::new("/store")
}

async fn open_with(disk: &FaultyDisk, options: Options) -> Embedded {
    Embedded::open_on(Arc::new(disk.clone()), dir(), options).await.expect("the store opens")
}

async fn open(disk: &FaultyDisk) -> Embedded {
    open_with(disk, Options::default()).await
}

fn put(name: &str, text: &str) -> Transaction {
    let mut transaction = Transaction::new();
    transaction.put(&key(name), Expect::Any, note(text));
    transaction
}

async fn revision(engine: &Embedded) -> Revision {
    engine.snapshot().await.expect("it is open").revision()
}

/// Lets other tasks run until it is so. The paused clock makes the deadline one of rounds, not of time.
async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = std::time::Duration::from_secs(60);
    let wait = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(deadline, wait).await.unwrap_or_else(|_| panic!("{what}"));
}

#[tokio::test]
async fn commits_queued_during_a_sync_share_the_next_one() {
    let disk = FaultyDisk::default();
    let engine = open(&disk).await;
    disk.hold_syncs();
    let mut clients = JoinSet::new();
    let commit = |clients: &mut JoinSet<_>, name: String| {
        let engine = engine.clone();
        clients.spawn(async move { engine.commit(put(&name, "x")).await });
    };
    commit(&mut clients, "first".into());
    until("the first is being synced", || disk.syncs_held() == 1).await;
    for number in 0..50 {
        commit(&mut clients, number.to_string());
    }
    // All are queued when each client was polled once.
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
    disk.release_syncs();
    let mut revisions: Vec<u64> =
        clients.join_all().await.into_iter().map(|done| done.expect("there is room").0).collect();
    revisions.sort_unstable();
    assert_eq!(revisions, Vec::from_iter(1..=51));
    let stats = engine.stats();
    assert_eq!((stats.commits, stats.syncs), (51, 2));
    engine.close().await;
}

#[tokio::test]
async fn nothing_is_seen_before_it_is_durable() {
    let disk = FaultyDisk::default();
    let engine = open(&disk).await;
    let mut watch = engine.watch(notes(), Revision(1)).await.expect("it is open");
    disk.hold_syncs();
    let commit = tokio::task::JoinSet::from_iter([{
        let engine = engine.clone();
        async move { engine.commit(put("a", "x")).await }
    }]);
    until("the commit is being synced", || disk.syncs_held() == 1).await;
    assert_eq!(revision(&engine).await, Revision(0));
    assert!(watch.advance().expect("it goes on").is_none());
    disk.release_syncs();
    assert_eq!(commit.join_all().await[0].as_ref().ok(), Some(&Revision(1)));
    assert_eq!(revision(&engine).await, Revision(1));
    assert!(watch.advance().expect("it goes on").is_some());
    engine.close().await;
}

#[tokio::test]
async fn commit_that_no_one_waits_for_any_more_still_happens() {
    let disk = FaultyDisk::default();
    let engine = open(&disk).await;
    disk.hold_syncs();
    let mut client = JoinSet::new();
    let committing = engine.clone();
    client.spawn(async move { committing.commit(put("a", "x")).await });
    until("the commit is being synced", || disk.syncs_held() == 1).await;
    client.shutdown().await;
    disk.release_syncs();
    assert_eq!(engine.commit(put("b", "x")).await.expect("there is room"), Revision(2));
    engine.close().await;
}

#[tokio::test]
async fn failed_sync_stops_all_writes_and_loses_nothing_acknowledged() {
    let disk = FaultyDisk::default();
    let engine = open(&disk).await;
    engine.commit(put("a", "safe")).await.expect("there is room");
    let mut watch = engine.watch(notes(), Revision(1)).await.expect("it is open");
    disk.fail_next_sync();
    let error = engine.commit(put("a", "lost")).await.expect_err("the sync failed");
    let text = error.to_string();
    assert!(text.contains("sync the log in `/store`") && text.contains("restart"), "{text}");
    // The next sync would work, and would prove nothing.
    let again = engine.commit(put("b", "x")).await.expect_err("no one knows what is on disk");
    assert!(matches!(again, CommitError::Io { .. }), "{again}");
    let error =
        engine.grant(Duration::from_secs(60)).await.expect_err("no one knows what is on disk");
    assert!(matches!(error, LeaseError::Commit(CommitError::Io { .. })), "{error}");
    let snapshot = engine.snapshot().await.expect("reading goes on");
    assert_eq!(snapshot.get::<Note>(&key("a")).expect("a note").expect("there").text, "safe");
    assert_eq!(watch.next().await.expect("what is safe is told").revision, Revision(1));
    assert_eq!(watch.next().await.err(), Some(WatchError::Closed));
    engine.close().await;
    let engine = open(&disk).await;
    let found = engine
        .snapshot()
        .await
        .expect("open")
        .get::<Note>(&key("a"))
        .expect("a note")
        .expect("there");
    assert!(found.text == "safe" || found.text == "lost", "{}", found.text);
    engine.close().await;
}

/// Fills the disk with commits; answers how many were acknowledged.
async fn fill(engine: &Embedded) -> u64 {
    for number in 0.. {
        match engine.commit(put(&format!("fill-{number}"), &"x".repeat(100))).await {
            Ok(_) => {}
            Err(CommitError::Full { dir: full, .. }) => {
                assert_eq!(full, dir());
                return number;
            }
            Err(error) => panic!("{error}"),
        }
    }
    unreachable!("a disk is full at some time")
}

#[tokio::test]
async fn full_disk_refuses_commits_and_loses_nothing_acknowledged() {
    let options =
        Options { segment_bytes: 4096, checkpoint_log_bytes: 1 << 30, ..Options::default() };
    // At every place: in the middle of a segment, at its end, at the beginning of the next.
    for room in (0..6000).step_by(97) {
        let disk = FaultyDisk::default();
        let engine = open_with(&disk, options).await;
        disk.limit(Some(disk.used() + room));
        let first = fill(&engine).await;
        assert_eq!(revision(&engine).await, Revision(first));
        let refused =
            engine.commit(put("more", &"x".repeat(5000))).await.expect_err("it is still full");
        assert!(matches!(refused, CommitError::Full { .. }), "{refused}");
        // Reading, and opening again, need no room.
        engine.close().await;
        let engine = open_with(&disk, options).await;
        assert_eq!(revision(&engine).await, Revision(first), "room {room}");
        disk.limit(Some(disk.used() + 3000));
        let second = fill(&engine).await;
        disk.limit(None);
        engine.commit(put("last", "x")).await.expect("there is room again");
        let all = Revision(first + second + 1);
        assert_eq!(revision(&engine).await, all);
        engine.close().await;
        let engine = open_with(&disk, options).await;
        assert_eq!(revision(&engine).await, all, "room {room}");
        assert_eq!(
            engine.snapshot().await.expect("open").count(&Prefix::everything()),
            count(first, second)
        );
        engine.close().await;
    }
}

/// The second filling puts the keys of the first again.
fn count(first: u64, second: u64) -> usize {
    usize::try_from(first.max(second) + 1).expect("few")
}

#[tokio::test]
async fn process_without_a_file_to_spare_refuses_commits_and_goes_on_later() {
    let options = Options { segment_bytes: 4096, checkpoint_log_bytes: 8192, ..Options::default() };
    let disk = FaultyDisk::default();
    let engine = open_with(&disk, options).await;
    disk.give_no_files(true);
    let mut done = 0;
    let error = loop {
        match engine.commit(put(&done.to_string(), &"x".repeat(500))).await {
            Ok(_) => done += 1,
            Err(error) => break error,
        }
    };
    assert!(done > 3, "the open segment has room: {done}");
    assert!(matches!(error, CommitError::Refused { .. }), "{error}");
    assert!(error.to_string().contains("limit of open files"), "{error}");
    engine.commit(put("small", "x")).await.expect("the open segment has room for this");
    disk.give_no_files(false);
    while engine.stats().checkpoints < 2 {
        engine.commit(put("more", &"x".repeat(500))).await.expect("there are files again");
        done += 1;
    }
    engine.close().await;
    let engine = open_with(&disk, options).await;
    assert_eq!(revision(&engine).await, Revision(done + 1));
    engine.close().await;
}

#[tokio::test]
async fn power_loss_on_a_full_disk_loses_nothing_acknowledged() {
    let options =
        Options { segment_bytes: 4096, checkpoint_log_bytes: 1 << 30, ..Options::default() };
    for seed in 0..60 {
        let disk = FaultyDisk::default();
        let engine = open_with(&disk, options).await;
        disk.limit(Some(disk.used() + usize::try_from(seed * 101).expect("small")));
        let first = fill(&engine).await;
        disk.limit(None);
        engine.commit(put("after", "x")).await.expect("there is room again");
        disk.lose_power(&mut faulty_disk::Chance(seed));
        engine.close().await;
        let engine = open_with(&disk, options).await;
        assert_eq!(revision(&engine).await, Revision(first + 1), "seed {seed}");
        engine.close().await;
    }
}

#[tokio::test]
async fn checkpoint_that_finds_no_room_is_made_later() {
    let options = Options { segment_bytes: 4096, checkpoint_log_bytes: 4096, ..Options::default() };
    let disk = FaultyDisk::default();
    let engine = open_with(&disk, options).await;
    // Room for the log, but not for a checkpoint of one big record beside it.
    engine.commit(put("big", &"x".repeat(20_000))).await.expect("there is room");
    until("the first checkpoint is written", || engine.stats().checkpoints == 1).await;
    disk.limit(Some(disk.used() + 15_000));
    let filled = fill(&engine).await;
    assert!(filled > 10, "the log had room for {filled}");
    disk.limit(None);
    let before = engine.stats().checkpoints;
    let mut commits = 0;
    while engine.stats().checkpoints == before {
        engine.commit(put("more", &"x".repeat(1000))).await.expect("there is room again");
        commits += 1;
        assert!(commits < 1000, "no checkpoint is made");
    }
    engine.close().await;
    let engine = open_with(&disk, options).await;
    assert_eq!(revision(&engine).await, Revision(1 + filled + commits));
    engine.close().await;
}

#[tokio::test(start_paused = true)]
async fn lease_that_ends_on_a_full_disk_goes_when_there_is_room() {
    let disk = FaultyDisk::default();
    let engine = open(&disk).await;
    let lease = engine.grant(Duration::from_secs(5)).await.expect("there is room");
    let mut transaction = Transaction::new();
    transaction.put_leased(&key("leased"), Expect::Absent, note("x"), lease);
    engine.commit(transaction).await.expect("there is room");
    disk.limit(Some(0));
    let mut watch = engine.watch(notes(), Revision(2)).await.expect("it is open");
    fill(&engine).await;
    let mut next = async || loop {
        let batch = watch.next().await.expect("it goes on");
        if batch.changes[0].key == key("leased") {
            return batch;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(60), next()).await;
    assert!(waited.is_err(), "there is no room for the end of the lease");
    engine.keep_alive(lease).await.expect_err("its time is over all the same");
    disk.limit(None);
    tokio::time::timeout(Duration::from_secs(60), next()).await.expect("the lease's record goes");
    engine.close().await;
}

#[tokio::test(start_paused = true)]
async fn paused_clock_stands_still_during_a_commit() {
    let engine = open(&FaultyDisk::default()).await;
    let start = Instant::now();
    for number in 0..20 {
        let commit = engine.commit(put(&number.to_string(), "x"));
        tokio::time::timeout(Duration::from_millis(1), commit)
            .await
            .expect("no time passes")
            .expect("there is room");
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
    engine.close().await;
}

#[tokio::test]
async fn closed_engine_refuses_and_what_was_queued_is_done() {
    let disk = FaultyDisk::default();
    let engine = open(&disk).await;
    let mut watch = engine.watch(notes(), Revision(1)).await.expect("it is open");
    disk.hold_syncs();
    let mut client = JoinSet::new();
    let committing = engine.clone();
    client.spawn(async move { committing.commit(put("a", "x")).await });
    until("the commit is being synced", || disk.syncs_held() == 1).await;
    let mut closing = JoinSet::new();
    closing.spawn(engine.clone().close());
    tokio::task::yield_now().await;
    disk.release_syncs();
    closing.join_all().await;
    assert_eq!(client.join_all().await[0].as_ref().ok(), Some(&Revision(1)));
    assert!(matches!(engine.commit(put("b", "x")).await, Err(CommitError::Closed)));
    assert!(matches!(engine.snapshot().await, Err(ReadError::Closed)));
    assert!(matches!(
        engine.grant(Duration::from_secs(60)).await,
        Err(LeaseError::Commit(CommitError::Closed))
    ));
    assert_eq!(watch.next().await.expect("it happened before").revision, Revision(1));
    assert_eq!(watch.next().await.err(), Some(WatchError::Closed));
    assert_eq!(engine.watch(notes(), Revision(1)).await.err(), Some(WatchError::Closed));
}

/// What is cut off must be safely gone before a segment follows, else it is damage in the middle of the log.
#[tokio::test]
async fn what_was_cut_off_does_not_come_back_before_the_next_segment() {
    let large = |bytes: usize| "x".repeat(bytes);
    for seed in 0..20 {
        // Cut off because the disk was full in the middle of a commit.
        let options = Options { segment_bytes: 1 << 20, ..Options::default() };
        let disk = FaultyDisk::default();
        let engine = open_with(&disk, options).await;
        engine.commit(put("a", &large(200_000))).await.expect("there is room");
        disk.limit(Some(disk.used() + 1000));
        engine.commit(put("b", &large(100_000))).await.expect_err("it does not fit");
        disk.limit(None);
        engine.commit(put("c", &large(900_000))).await.expect("in a segment of its own");
        disk.lose_power(&mut faulty_disk::Chance(seed));
        engine.close().await;
        let engine = open_with(&disk, options).await;
        assert_eq!(revision(&engine).await, Revision(2), "seed {seed}");
        // Cut off because it was torn when the power went.
        disk.fail_next_sync();
        engine.commit(put("d", &large(100_000))).await.expect_err("the sync failed");
        engine.close().await;
        let log = disk.names().pop().expect("the newest segment");
        let mut torn = disk.content(&log);
        let end = torn.len() - torn.iter().rev().take_while(|byte| **byte == 0).count();
        torn[end - 1] = 0;
        disk.set_content(&log, &torn);
        let engine = open_with(&disk, options).await;
        assert_eq!(revision(&engine).await, Revision(2), "seed {seed}");
        engine.commit(put("e", &large(900_000))).await.expect("in a segment of its own");
        disk.lose_power(&mut faulty_disk::Chance(seed));
        engine.close().await;
        let engine = open_with(&disk, options).await;
        assert_eq!(revision(&engine).await, Revision(3), "seed {seed}");
        engine.close().await;
    }
}
