//! A runtime that ends in the middle of commits ends: nothing of the store holds it up.

use domain::{
    id::{AccountId, Region, Scope},
    key::Key,
    setting::Setting,
};
use std::{sync::mpsc, thread, time::Duration};
use store::{Embedded, Engine, Expect, Options, Transaction};

/// How long the whole test may take; it takes a second.
const DEADLINE: Duration = Duration::from_secs(50);

#[test]
fn a_runtime_that_ends_while_commits_are_asked_for_does_not_hang() {
    let (done, is_done) = mpsc::channel();
    let rounds = thread::spawn(move || {
        (0..60).for_each(|_| end_among_commits());
        done.send(()).expect("the test waits");
    });
    is_done.recv_timeout(DEADLINE).expect("every runtime ends");
    rounds.join().expect("no round panics");
}

fn end_among_commits() {
    let dir = tempfile::tempdir().expect("a directory");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let engine = runtime.block_on(Embedded::open(dir.path(), Options::default()));
    let engine = std::sync::Arc::new(engine.expect("an empty directory"));
    let (began, has_begun) = mpsc::channel();
    for client in 0..8 {
        let (engine, began) = (engine.clone(), began.clone());
        runtime.spawn(async move {
            loop {
                let mut writes = Transaction::new();
                let (key, record) = setting(client);
                writes.put(&key, Expect::Any, record);
                if engine.commit(writes).await.is_err() {
                    return;
                }
                // The test hears of it or has gone on.
                let _ = began.send(());
            }
        });
    }
    has_begun.recv_timeout(DEADLINE).expect("a commit");
    drop(runtime);
}

fn setting(client: usize) -> (Key, Setting) {
    let scope = Scope {
        account: AccountId::parse("123456789012").expect("digits"),
        region: Region::parse("us-east-1").expect("a region"),
    };
    let name = format!("client-{client}");
    let record = Setting { name: name.clone(), value: "on".into(), principal: "root".into() };
    (Setting::key(&scope, "root", &name), record)
}
