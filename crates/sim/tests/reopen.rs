//! A run's commits in the real engine: its log, opened again at any point, is what it was.

use domain::key::Prefix;
use sim::{Options, run};
use store::{Embedded, Engine, Snapshot};

/// Everything that a snapshot shows, as text.
fn show(snapshot: &Snapshot) -> String {
    let show = |entry: &store::Entry| {
        let numbers = format!("{} {} {}", entry.created(), entry.modified(), entry.version());
        format!("{} {numbers} {}\n", entry.key(), String::from_utf8_lossy(entry.json()))
    };
    let entries: String = snapshot.entries(&Prefix::everything()).map(show).collect();
    format!("revision {}\n{entries}", snapshot.revision())
}

async fn open(dir: &std::path::Path) -> Embedded {
    // A small log is checkpointed often.
    let options = store::Options { checkpoint_log_bytes: 64 * 1024, ..store::Options::default() };
    Embedded::open(dir, options).await.expect("the store opens")
}

#[tokio::test]
async fn a_store_that_is_opened_again_equals_itself() {
    for seed in 0..4 {
        let outcome = run(Options { with_journal: true, ..Options::new(seed) });
        let dir = tempfile::tempdir().expect("a directory");
        let mut engine = open(dir.path()).await;
        let mut model = Snapshot::default();
        for (number, transaction) in outcome.journal.iter().enumerate() {
            model = model.with(transaction).expect("it was committed once");
            engine.commit(transaction.clone()).await.expect("it was committed once");
            if number % 97 == 13 {
                engine.close().await;
                engine = open(dir.path()).await;
                let found = engine.snapshot().await.expect("it is open");
                assert_eq!(show(&found), show(&model), "seed {seed}, commit {number}");
            }
        }
        engine.close().await;
        let found = open(dir.path()).await.snapshot().await.expect("it is open");
        assert_eq!(show(&found), show(&outcome.stored), "seed {seed}");
    }
}
