//! Who may open a data directory, and what it must be.

use domain::record::Revision;
use fs_err as fs;
use std::path::Path;
use store::{
    Embedded, Engine, Expect, OpenError, Options, Transaction,
    conformance::{key, note},
};

async fn open(dir: &Path) -> Result<Embedded, OpenError> {
    Embedded::open(dir, Options::default()).await
}

async fn refused(dir: &Path) -> OpenError {
    match open(dir).await {
        Ok(_) => panic!("`{}` opens", dir.display()),
        Err(error) => error,
    }
}

/// A store with one commit, closed.
async fn used() -> (tempfile::TempDir, std::path::PathBuf) {
    let keep = tempfile::tempdir().unwrap();
    let dir = keep.path().join("deep/store");
    let engine = open(&dir).await.expect("directories are made");
    let mut transaction = Transaction::new();
    transaction.put(&key("a"), Expect::Absent, note("x"));
    engine.commit(transaction).await.expect("there is room");
    engine.close().await;
    (keep, dir)
}

#[tokio::test]
async fn directory_opens_once_at_a_time() {
    let (_keep, dir) = used().await;
    let first = open(&dir).await.expect("no one has it");
    let error = refused(&dir).await;
    assert!(
        matches!(error, OpenError::Locked { pid: Some(pid), .. } if pid == std::process::id()),
        "{error}"
    );
    let text = error.to_string();
    assert!(text.contains(&format!("process {}", std::process::id())), "{text}");
    assert!(text.contains(&dir.display().to_string()), "{text}");
    let handle = first.clone();
    first.close().await;
    open(&dir).await.expect("closed is closed, whoever still has a handle").close().await;
    drop(handle);
}

#[tokio::test]
async fn dropped_engine_gives_its_directory_back() {
    let (_keep, dir) = used().await;
    drop(open(&dir).await.expect("no one has it"));
    let engine = open(&dir).await.expect("no one has it any more");
    assert_eq!(engine.snapshot().await.expect("open").revision(), Revision(1));
    engine.close().await;
}

#[tokio::test]
async fn newer_format_is_refused_in_words() {
    let (_keep, dir) = used().await;
    fs::write(dir.join("FORMAT"), "longshore store format 7\n").unwrap();
    let error = refused(&dir).await;
    assert!(matches!(error, OpenError::NewerFormat { found: 7, supported: 1, .. }), "{error}");
    assert!(error.to_string().contains("start the version that wrote it"), "{error}");
}

#[tokio::test]
async fn unreadable_format_is_refused() {
    let (_keep, dir) = used().await;
    for content in
        ["", "1", "longshore store format \n", "longshore store format x\n", "something else"]
    {
        fs::write(dir.join("FORMAT"), content).unwrap();
        let error = refused(&dir).await;
        assert!(
            matches!(&error, OpenError::Corrupt { path, .. } if *path == dir.join("FORMAT")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn log_without_format_is_not_overwritten() {
    let (_keep, dir) = used().await;
    let format = fs::read(dir.join("FORMAT")).unwrap();
    fs::remove_file(dir.join("FORMAT")).unwrap();
    let error = refused(&dir).await;
    assert!(matches!(error, OpenError::Corrupt { .. }), "{error}");
    fs::write(dir.join("FORMAT"), format).unwrap();
    let engine = open(&dir).await.expect("all is there again");
    assert_eq!(engine.snapshot().await.expect("open").revision(), Revision(1));
    engine.close().await;
}

#[tokio::test]
async fn strange_files_are_left_alone() {
    let (_keep, dir) = used().await;
    for name in ["notes.txt", "log-", "log-x", "checkpoint.old"] {
        fs::write(dir.join(name), "mine").unwrap();
    }
    let engine = open(&dir).await.expect("nothing of ours is damaged");
    assert_eq!(engine.snapshot().await.expect("open").revision(), Revision(1));
    engine.close().await;
    for name in ["notes.txt", "log-", "log-x", "checkpoint.old"] {
        assert_eq!(fs::read_to_string(dir.join(name)).unwrap(), "mine");
    }
}

#[tokio::test]
async fn file_in_place_of_the_directory_is_refused() {
    let keep = tempfile::tempdir().unwrap();
    let path = keep.path().join("file");
    fs::write(&path, "not a directory").unwrap();
    let error = refused(&path).await;
    assert!(matches!(&error, OpenError::Io { dir, .. } if *dir == path), "{error}");
}
