//! What is there after the engine was closed and opened again, and what is forgotten.

use domain::{
    key::Prefix,
    record::{Record, Revision},
};
use expect_test::expect;
use fs_err as fs;
use serde::{Deserialize, Serialize};
use std::{path::Path, time::Duration};
use store::{
    Embedded, Engine, Expect, LeaseError, Options, ReadError, Snapshot, Transaction, WatchError,
    conformance::{Note, key, note, notes},
};
use tokio::time::Instant;

async fn open_with(dir: &Path, options: Options) -> Embedded {
    Embedded::open(dir, options).await.expect("the store opens")
}

async fn open(dir: &Path) -> Embedded {
    open_with(dir, Options::default()).await
}

async fn write(engine: &Embedded, name: &str, text: &str) -> Revision {
    let mut transaction = Transaction::new();
    transaction.put(&key(name), Expect::Any, note(text));
    engine.commit(transaction).await.expect("there is room")
}

async fn snapshot(engine: &Embedded) -> Snapshot {
    engine.snapshot().await.expect("it is open")
}

/// Lets other tasks run until it is so.
async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait).await.unwrap_or_else(|_| panic!("{what}"));
}

/// Everything that a snapshot shows, as text.
fn show(snapshot: &Snapshot) -> String {
    let show = |entry: &store::Entry| {
        let lease = entry.lease().map_or_else(String::new, |lease| format!(" lease {lease}"));
        let numbers = format!("{} {} {}", entry.created(), entry.modified(), entry.version());
        format!("{} {numbers}{lease} {}\n", entry.key(), String::from_utf8_lossy(entry.json()))
    };
    let entries: String = snapshot.entries(&Prefix::everything()).map(show).collect();
    format!("revision {}\n{entries}", snapshot.revision())
}

#[tokio::test(start_paused = true)]
async fn lease_lives_on_with_its_whole_time() {
    let dir = tempfile::tempdir().unwrap();
    for checkpoint_log_bytes in [1, 1 << 30] {
        let dir = dir.path().join(checkpoint_log_bytes.to_string());
        let options = Options { checkpoint_log_bytes, ..Options::default() };
        let engine = open_with(&dir, options).await;
        let ended = engine.grant(Duration::from_secs(10)).await.expect("there is room");
        engine.revoke(ended).await.expect("it is there");
        let lease = engine.grant(Duration::from_secs(10)).await.expect("there is room");
        let mut transaction = Transaction::new();
        transaction.put_leased(&key("a"), Expect::Absent, note("x"), lease);
        engine.commit(transaction).await.expect("there is room");
        tokio::time::sleep(Duration::from_secs(8)).await;
        engine.close().await;
        let engine = open_with(&dir, options).await;
        let opened = Instant::now();
        let mut watch = engine.watch(notes(), Revision(2)).await.expect("it is to come");
        assert_eq!(watch.next().await.expect("the lease ends").revision, Revision(2));
        assert_eq!(opened.elapsed().as_secs(), 10);
        assert_eq!(snapshot(&engine).await.count(&notes()), 0);
        let next = engine.grant(Duration::from_secs(10)).await.expect("there is room");
        assert!(next > lease, "{next} was given out before");
        engine.close().await;
        let engine = open_with(&dir, options).await;
        let gone = engine.keep_alive(lease).await.expect_err("it ended before");
        assert!(matches!(gone, LeaseError::NotFound { .. }), "{gone}");
        engine.keep_alive(next).await.expect("it lives");
        engine.close().await;
    }
}

#[tokio::test]
async fn lease_id_is_never_given_out_twice() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options { checkpoint_log_bytes: 1, ..Options::default() };
    let engine = open_with(dir.path(), options).await;
    let lease = engine.grant(Duration::from_secs(10)).await.expect("there is room");
    engine.revoke(lease).await.expect("it is there");
    // The second checkpoint from here on was begun when nothing was left of the lease.
    let before = engine.stats().checkpoints;
    while engine.stats().checkpoints < before + 2 {
        write(&engine, "a", "x").await;
    }
    engine.close().await;
    let engine = open_with(dir.path(), options).await;
    let next = engine.grant(Duration::from_secs(10)).await.expect("there is room");
    assert!(next > lease, "{next} was given out before");
    engine.close().await;
}

#[tokio::test]
async fn old_log_goes_when_a_checkpoint_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let options =
        Options { segment_bytes: 8192, checkpoint_log_bytes: 16 * 1024, ..Options::default() };
    let engine = open_with(dir.path(), options).await;
    let mut commits = 0;
    while engine.stats().checkpoints < 5 {
        commits += 1;
        write(&engine, &(commits % 10).to_string(), &"x".repeat(500)).await;
    }
    let log_bytes = engine.stats().log_bytes;
    let before = show(&snapshot(&engine).await);
    engine.close().await;
    let kept: u64 =
        fs::read_dir(dir.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    assert!(log_bytes > 60_000 && kept < log_bytes, "{kept} bytes are kept of {log_bytes}");
    let engine = open_with(dir.path(), options).await;
    assert_eq!(show(&snapshot(&engine).await), before);
    // What the newest commit replaced is known, although the checkpoint has only what replaced it.
    let mut watch =
        engine.watch(notes(), Revision(commits)).await.expect("the newest can be watched from");
    let newest = watch.advance().expect("it is kept").expect("it is a note");
    assert_eq!(newest.revision, Revision(commits));
    let before = newest.changes[0].before::<Note>().expect("a note").expect("there was one");
    assert_eq!(before.modified, Revision(commits - 10));
    engine.close().await;
}

#[tokio::test]
async fn history_is_kept_over_a_restart_as_far_as_the_log_goes() {
    let dir = tempfile::tempdir().unwrap();
    let engine = open(dir.path()).await;
    for text in ["1", "2", "3"] {
        write(&engine, "a", text).await;
    }
    engine.close().await;
    let engine = open(dir.path()).await;
    let mut watch = engine.watch(notes(), Revision(2)).await.expect("the log has it");
    for wanted in ["2", "3"] {
        let batch = watch.next().await.expect("it goes on");
        assert_eq!(batch.changes[0].after::<Note>().expect("a note").expect("put").text, wanted);
    }
    engine.close().await;
}

#[tokio::test]
async fn history_is_bounded_in_commits_and_in_bytes() {
    let by_commits = Options { history_commits_max: 10, ..Options::default() };
    // Each commit keeps its own kilobyte, the one it replaced, and its bookkeeping.
    let by_bytes = Options { history_bytes_max: 10 * 2300, ..Options::default() };
    for options in [by_commits, by_bytes] {
        let dir = tempfile::tempdir().unwrap();
        let engine = open_with(dir.path(), options).await;
        let mut slow = engine.watch(notes(), Revision(1)).await.expect("it is to come");
        for _ in 0..100 {
            write(&engine, "a", &"x".repeat(1000)).await;
        }
        let error = engine.watch(notes(), Revision(50)).await.expect_err("too old");
        let WatchError::Compacted { oldest } = error else { panic!("{error}") };
        assert!((89..=93).contains(&oldest.0), "{oldest}");
        assert_eq!(slow.next().await.err(), Some(WatchError::Compacted { oldest }));
        engine.watch(notes(), oldest).await.expect("the oldest is kept");
        engine.close().await;
        let engine = open_with(dir.path(), options).await;
        let again = engine.watch(notes(), Revision(50)).await.expect_err("too old");
        assert_eq!(again, WatchError::Compacted { oldest }, "the same after a restart");
        engine.close().await;
    }
}

#[tokio::test]
async fn quiet_watch_is_not_woken_by_what_does_not_concern_it() {
    use std::{
        future::Future,
        pin::pin,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        task::{Context, Wake},
    };
    struct Count(AtomicUsize);
    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let engine = open(dir.path()).await;
    let scope = store::conformance::scope();
    let web = Prefix::under::<Note>(&scope, &["web"]);
    let mut watch = engine.watch(web, Revision(1)).await.expect("it is to come");
    let count = Arc::new(Count(AtomicUsize::new(0)));
    let waker = Arc::clone(&count).into();
    let mut next = pin!(watch.next());
    assert!(next.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    for name in ["api/1", "web", "webs/1", "a/web/1"] {
        write(&engine, name, "x").await;
    }
    assert_eq!(count.0.load(Ordering::Relaxed), 0);
    write(&engine, "web/1", "x").await;
    assert_eq!(count.0.load(Ordering::Relaxed), 1);
    assert_eq!(next.await.expect("it goes on").revision, Revision(5));
    engine.close().await;
}

/// A note as a version of long ago or long to come might have it.
#[derive(Serialize, Deserialize)]
struct OtherNote {
    lines: Vec<String>,
}

impl Record for OtherNote {
    const TABLE: &'static str = "note";
}

#[tokio::test]
async fn record_that_does_not_fit_its_type_is_a_clear_error() {
    let dir = tempfile::tempdir().unwrap();
    let engine = open(dir.path()).await;
    let mut transaction = Transaction::new();
    transaction.put(&key("a"), Expect::Absent, OtherNote { lines: vec!["x".into()] });
    engine.commit(transaction).await.expect("there is room");
    engine.close().await;
    let engine = open(dir.path()).await;
    let error = snapshot(&engine).await.get::<Note>(&key("a")).expect_err("`text` is missing");
    assert!(
        matches!(&error, ReadError::Decode { key: found, table: "note", .. } if *found == key("a")),
        "{error}"
    );
    snapshot(&engine).await.get::<OtherNote>(&key("a")).expect("it is one").expect("it is there");
    engine.close().await;
}

/// The store that is kept in `tests/fixtures/format-1`: everything that can be in a checkpoint, and in a log behind it.
async fn write_fixture(dir: &Path) {
    let options = Options { checkpoint_log_bytes: 700, ..Options::default() };
    let engine = open_with(dir, options).await;
    let revoked = engine.grant(Duration::from_secs(60)).await.expect("there is room");
    let lease = engine.grant(Duration::from_secs(3600)).await.expect("there is room");
    write(&engine, "deleted", "before the checkpoint").await;
    write(&engine, "web/1", "one").await;
    let mut transaction = Transaction::new();
    transaction.delete(&key("deleted"), Expect::Any);
    transaction.put_leased(&key("leased/1"), Expect::Absent, note("gone with its lease"), revoked);
    transaction.put_leased(&key("leased/2"), Expect::Absent, note("käpt ⚓"), lease);
    engine.commit(transaction).await.expect("there is room");
    let mut writes = 0;
    while engine.stats().checkpoints == 0 {
        writes += 1;
        write(&engine, "web/1", if writes == 1 { "two" } else { "three" }).await;
        until("the checkpoint is done or not due", || {
            engine.stats().checkpoints > 0 || engine.stats().log_bytes < 700
        })
        .await;
    }
    engine.revoke(revoked).await.expect("it is there");
    write(&engine, "web/2", "behind the checkpoint").await;
    engine.close().await;
    fs::remove_file(dir.join("LOCK")).unwrap();
    // Without the room made ahead, which is only zeros.
    let log = dir.join("log-0000000000000002");
    let mut content = fs::read(&log).unwrap();
    content.truncate(content.len() - content.iter().rev().take_while(|byte| **byte == 0).count());
    fs::write(log, content).unwrap();
}

/// A directory that the first format's version wrote. If this fails, data of users would not open: keep reading it, or give the new
/// layout a new number and a fixture of its own. `UPDATE_FIXTURE=1` writes it anew, which is right only before the first release.
#[tokio::test]
async fn directory_of_format_1_opens() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/format-1");
    if std::env::var_os("UPDATE_FIXTURE").is_some() {
        let _ = fs::remove_dir_all(&fixture);
        write_fixture(&fixture).await;
    }
    let dir = tempfile::tempdir().unwrap();
    let mut names = Vec::new();
    for file in fs::read_dir(&fixture).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
        names.push(file.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(names, ["FORMAT", "checkpoint", "log-0000000000000002"]);
    let engine = open(dir.path()).await;
    expect![[r#"
        revision 7
        000000000000/us-east-1/note/leased/2 3 3 1 lease 2 {"text":"käpt ⚓"}
        000000000000/us-east-1/note/web/1 2 5 3 {"text":"three"}
        000000000000/us-east-1/note/web/2 7 7 1 {"text":"behind the checkpoint"}
    "#]]
    .assert_eq(&show(&snapshot(&engine).await));
    let lease =
        snapshot(&engine).await.entry(&key("leased/2")).expect("there").lease().expect("leased");
    assert_eq!(engine.keep_alive(lease).await.expect("it lives"), Duration::from_secs(3600));
    write(&engine, "web/1", "of today").await;
    engine.revoke(lease).await.expect("it lives");
    let after = show(&snapshot(&engine).await);
    engine.close().await;
    let engine = open(dir.path()).await;
    assert_eq!(show(&snapshot(&engine).await), after);
    engine.close().await;
}
