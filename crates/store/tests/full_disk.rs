//! A real file system that is full. The finer cases are in `faults.rs`.

use domain::record::Revision;
use fs_err as fs;
use rustix::mount::{MountFlags, mount};
use std::{env, path::Path, process::Command};
use store::{
    CommitError, Embedded, Engine, Expect, Options, Transaction,
    conformance::{key, note},
};

/// Set for the process that has its own mounts, which is this test again.
const INSIDE: &str = "STORE_TEST_FULL_DISK_DIR";

const OPTIONS: Options = Options {
    segment_bytes: 128 * 1024,
    checkpoint_log_bytes: 1 << 30,
    history_commits_max: 100,
    history_bytes_max: 1 << 20,
};

#[tokio::test]
async fn full_file_system_refuses_commits_and_loses_nothing_acknowledged() {
    if let Some(dir) = env::var_os(INSIDE) {
        return fill(Path::new(&dir)).await;
    }
    if !rustix::process::geteuid().is_root() {
        println!("SKIPPED: a small file system can be mounted by root only");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let this = env::current_exe().expect("this test");
    let name = "full_file_system_refuses_commits_and_loses_nothing_acknowledged";
    let inside = Command::new("unshare")
        .args(["--mount", "--propagation", "private"])
        .arg(this)
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, dir.path())
        .output()
        .expect("`unshare` of util-linux is there");
    let text = String::from_utf8_lossy(&inside.stdout) + String::from_utf8_lossy(&inside.stderr);
    assert!(inside.status.success() && text.contains("1 passed"), "{text}");
}

async fn commit(engine: &Embedded, name: &str) -> Result<Revision, CommitError> {
    let mut transaction = Transaction::new();
    transaction.put(&key(name), Expect::Any, note(&"x".repeat(3000)));
    engine.commit(transaction).await
}

/// Commits until the disk is full; answers the last revision.
async fn commit_all(engine: &Embedded) -> Revision {
    let mut last = engine.snapshot().await.expect("open").revision();
    loop {
        match commit(engine, &last.to_string()).await {
            Ok(revision) => last = revision,
            Err(error @ CommitError::Full { .. }) => {
                println!("{error}");
                return last;
            }
            Err(error) => panic!("{error}"),
        }
    }
}

async fn fill(dir: &Path) {
    mount("tmpfs", dir, "tmpfs", MountFlags::empty(), Some(c"size=1m")).expect("root may mount");
    let other = dir.join("someone-elses");
    fs::write(&other, vec![1; 400 * 1024]).expect("there is room");
    let store = dir.join("store");
    let engine = Embedded::open(&store, OPTIONS).await.expect("there is room");
    let full = commit_all(&engine).await;
    assert!(full > Revision(50), "there is room for {full:?}");
    assert!(matches!(commit(&engine, "again").await, Err(CommitError::Full { .. })));
    engine.close().await;

    let engine = Embedded::open(&store, OPTIONS).await.expect("opening needs no room");
    assert_eq!(engine.snapshot().await.expect("open").revision(), full);
    fs::remove_file(other).expect("it is there");
    let more = commit_all(&engine).await;
    assert!(more > full, "there was room again");
    engine.close().await;

    let engine = Embedded::open(&store, OPTIONS).await.expect("opening needs no room");
    assert_eq!(engine.snapshot().await.expect("open").revision(), more);
    engine.close().await;
}
