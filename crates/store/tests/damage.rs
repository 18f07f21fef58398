//! The files are cut off and damaged at every byte: a torn end is cut, anything else is a clear error, and never is something else
//! read than was written.

mod faulty_disk;

use domain::record::Revision;
use faulty_disk::FaultyDisk;
use std::{path::Path, sync::Arc};
use store::{
    Embedded, Engine, Expect, OpenError, Options, Transaction,
    conformance::{Note, key, note},
};

const COMMITS: u64 = 6;
/// Where the frame ends that names the segment. It ends in zeros, unlike commits, which end in JSON.
const NAME_END: usize = 29;

fn dir() -> &'static Path {
    Path::new("/store")
}

/// The only segment.
const LOG: &str = "log-0000000000000001";

async fn open(disk: &FaultyDisk, options: Options) -> Result<Embedded, OpenError> {
    Embedded::open_on(Arc::new(disk.clone()), dir(), options).await
}

/// A store of some commits, each of several puts, and where in its one segment each commit ends. Not closed in order.
async fn written() -> (FaultyDisk, Vec<usize>) {
    let disk = FaultyDisk::default();
    let engine = open(&disk, Options::default()).await.expect("an empty disk");
    let end = |disk: &FaultyDisk| {
        let content = disk.content(LOG);
        content.len() - content.iter().rev().take_while(|byte| **byte == 0).count()
    };
    let mut ends = vec![NAME_END];
    for number in 1..=COMMITS {
        let mut transaction = Transaction::new();
        for name in ["a", "b"] {
            transaction.put(&key(name), Expect::Any, note(&format!("commit {number}")));
        }
        engine.commit(transaction).await.expect("there is room");
        ends.push(end(&disk));
    }
    // The engine is not closed, so that there is nothing behind the last commit; the disk is copied as it is.
    (disk.copy(), ends)
}

/// Opens what is there and checks that it is the store as of some commit, whole. Answers which.
async fn check_whole(disk: &FaultyDisk, what: &str) -> Result<Revision, OpenError> {
    let engine = open(disk, Options::default()).await?;
    let snapshot = engine.snapshot().await.expect("it is open");
    let revision = snapshot.revision();
    for name in ["a", "b"] {
        let found = snapshot.get::<Note>(&key(name)).expect("readable");
        let text = found.map(|found| found.text.clone());
        let wanted = (revision.0 > 0).then(|| format!("commit {revision}"));
        assert_eq!(text, wanted, "{what}: half a commit");
    }
    // And it goes on from there.
    let mut transaction = Transaction::new();
    transaction.put(&key("next"), Expect::Absent, note("next"));
    assert_eq!(engine.commit(transaction).await.expect("there is room"), revision.next(), "{what}");
    engine.close().await;
    let engine = open(disk, Options::default()).await.expect("what was just written");
    assert_eq!(engine.snapshot().await.expect("it is open").revision(), revision.next(), "{what}");
    engine.close().await;
    Ok(revision)
}

#[tokio::test]
async fn log_cut_at_every_byte_keeps_every_whole_commit() {
    let (disk, ends) = written().await;
    let content = disk.content(LOG);
    for cut in ends[0]..=ends[ends.len() - 1] {
        let whole = ends.iter().filter(|end| **end <= cut).count() as u64 - 1;
        for fill in [0, 64, content.len() - cut] {
            let copy = disk.copy();
            let mut cut_off = content[..cut].to_vec();
            cut_off.resize(cut + fill, 0);
            copy.set_content(LOG, &cut_off);
            let what = format!("cut at {cut}, then {fill} zeros");
            let revision = check_whole(&copy, &what).await.expect("a torn end is no damage");
            assert_eq!(revision, Revision(whole), "{what}");
        }
    }
}

#[tokio::test]
async fn damaged_byte_in_the_middle_of_the_log_is_a_clear_error() {
    let (disk, ends) = written().await;
    let content = disk.content(LOG);
    let last = ends[ends.len() - 2];
    for at in 0..last {
        for damage in [0x01, 0x80, 0xFF] {
            let copy = disk.copy();
            let mut damaged = content.clone();
            damaged[at] ^= damage;
            copy.set_content(LOG, &damaged);
            let error = check_whole(&copy, "damaged").await.expect_err("damage is not passed over");
            let OpenError::Corrupt { path, offset, .. } = &error else { panic!("{error}") };
            let frame = ends.iter().rev().find(|end| **end <= at).map_or(0, |end| *end as u64);
            assert_eq!((path, *offset), (&dir().join(LOG), frame), "byte {at}: {error}");
        }
    }
}

#[tokio::test]
async fn damaged_byte_in_the_last_commit_is_a_torn_end() {
    let (disk, ends) = written().await;
    let content = disk.content(LOG);
    for at in ends[ends.len() - 2]..ends[ends.len() - 1] {
        let copy = disk.copy();
        let mut damaged = content.clone();
        damaged[at] ^= 0x10;
        copy.set_content(LOG, &damaged);
        let revision = check_whole(&copy, "torn").await.expect("it may be torn");
        assert_eq!(revision, Revision(COMMITS - 1), "byte {at}");
    }
}

#[tokio::test]
async fn damaged_last_commit_of_a_store_closed_in_order_is_a_clear_error() {
    let (disk, ends) = written().await;
    open(&disk, Options::default()).await.expect("undamaged").close().await;
    let content = disk.content(LOG);
    for at in ends[ends.len() - 2]..ends[ends.len() - 1] {
        let copy = disk.copy();
        let mut damaged = content.clone();
        damaged[at] ^= 0x10;
        copy.set_content(LOG, &damaged);
        let error = check_whole(&copy, "damaged").await.expect_err("the commit was safe");
        assert!(matches!(error, OpenError::Corrupt { .. }), "byte {at}: {error}");
    }
}

#[tokio::test]
async fn rubbish_behind_the_end_is_cut_and_does_not_come_back() {
    let (disk, ends) = written().await;
    let mut content = disk.content(LOG);
    let end = ends[ends.len() - 1];
    content[end + 3..end + 300].fill(0xAA);
    disk.set_content(LOG, &content);
    let revision = check_whole(&disk, "rubbish").await.expect("no frame, so no damage");
    assert_eq!(revision, Revision(COMMITS));
}

/// A store with a checkpoint, a segment behind it and one more.
async fn with_checkpoint() -> FaultyDisk {
    let disk = FaultyDisk::default();
    let small = Options { segment_bytes: 512, checkpoint_log_bytes: 1024, ..Options::default() };
    let mut engine = open(&disk, small).await.expect("an empty disk");
    let mut number = 0;
    let has_log =
        |disk: &FaultyDisk| disk.names().iter().filter(|name| name.starts_with("log-")).count();
    while !disk.names().contains(&"checkpoint".to_owned()) || has_log(&disk) < 2 {
        number += 1;
        let mut transaction = Transaction::new();
        transaction.put(
            &key(&number.to_string()),
            Expect::Absent,
            note("some text that takes a little room"),
        );
        engine.commit(transaction).await.expect("there is room");
        if number % 8 == 0 {
            engine.close().await;
            engine = open(&disk, small).await.expect("what was just written");
        }
    }
    engine.close().await;
    disk
}

#[tokio::test]
async fn damaged_or_cut_checkpoint_is_a_clear_error() {
    let disk = with_checkpoint().await;
    let path = "checkpoint";
    let content = disk.content(path);
    let check = async |damaged: &[u8], what: String| {
        let copy = disk.copy();
        copy.set_content(path, damaged);
        let error = open(&copy, Options::default()).await.expect_err(&what);
        assert!(
            matches!(&error, OpenError::Corrupt { path: found, .. } if *found == dir().join(path)),
            "{what}: {error}"
        );
    };
    for at in 0..content.len() {
        let mut damaged = content.clone();
        damaged[at] ^= 0x04;
        check(&damaged, format!("byte {at}")).await;
        check(&content[..at], format!("cut at {at}")).await;
    }
}

#[tokio::test]
async fn missing_file_is_a_clear_error() {
    let disk = with_checkpoint().await;
    open(&disk.copy(), Options::default()).await.expect("undamaged").close().await;
    let names = disk.names();
    let newest = names.iter().rfind(|name| name.starts_with("log-")).expect("a log");
    for name in names.iter().filter(|name| *name != newest) {
        let copy = disk.copy();
        store::disk::Disk::remove(&copy, name).expect("it is there");
        let error = open(&copy, Options::default())
            .await
            .err()
            .unwrap_or_else(|| panic!("without {name:?}"));
        assert!(matches!(error, OpenError::Corrupt { .. }), "without {name:?}: {error}");
    }
}
