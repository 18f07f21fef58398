//! How fast the embedded engine commits: `cargo run --release -p store --example commit_rate [DIR]`.
//!
//! Each client puts its own records of 512 bytes or 1 KB, one after the other, every one answered when it is durable. Beside it, what
//! the disk itself gives to one writer that syncs after every write. Results are kept in `bench/store.md`.

use domain::{
    id::{AccountId, Region, Scope},
    key::Key,
    record::Record,
};
use serde::{Deserialize, Serialize};
use std::{error::Error, os::unix::fs::FileExt, path::Path, sync::Arc, time::Duration};
use store::{Embedded, Engine, Expect, Options, Transaction};
use tokio::{task::JoinSet, time::Instant};

/// How long each row is measured.
const ROW: Duration = Duration::from_secs(3);
/// Each client goes round so many keys.
const KEYS_PER_CLIENT: usize = 1000;

#[derive(Serialize, Deserialize)]
struct Blob {
    text: String,
}

impl Record for Blob {
    const TABLE: &'static str = "blob";
}

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let base = std::env::args_os().nth(1).unwrap_or_else(|| ".".into());
    let dir = tempfile::tempdir_in(base)?;
    println!("| what | commits a second | p50 | p99 | commits a sync |");
    println!("|---|---|---|---|---|");
    let disk_path = dir.path().join("disk");
    let times = tokio::task::spawn_blocking(move || disk_alone(&disk_path)).await??;
    print_row("the disk alone: overwrite 512 B, fdatasync", times, None);
    for (clients, puts, bytes) in [
        (1, 1, 512),
        (16, 1, 512),
        (64, 1, 512),
        (256, 1, 512),
        (1, 1, 1024),
        (1, 100, 1024),
        (16, 100, 1024),
    ] {
        let store = dir.path().join(format!("{clients}-{puts}-{bytes}"));
        let engine = Embedded::open(&store, Options::default()).await?;
        let times = measure(&engine, clients, puts, bytes).await?;
        let stats = engine.stats();
        let what = format!("{clients} clients, {puts} puts of {bytes} B a commit");
        print_row(&what, times, Some(stats.commits as f64 / stats.syncs as f64));
        engine.close().await;
    }
    Ok(())
}

fn print_row(what: &str, mut times: Vec<Duration>, per_sync: Option<f64>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1000.0;
    let rate = times.len() as f64 / ROW.as_secs_f64();
    let per_sync = per_sync.map_or_else(|| "1".into(), |figure| format!("{figure:.1}"));
    println!("| {what} | {rate:.0} | {:.2} ms | {:.2} ms | {per_sync} |", at(50), at(99));
}

fn disk_alone(path: &Path) -> std::io::Result<Vec<Duration>> {
    let file = fs_err::File::create(path)?;
    file.file().write_all_at(&vec![0; 16 * 1024 * 1024], 0)?;
    file.sync_data()?;
    let mut times = Vec::new();
    let start = Instant::now();
    while start.elapsed() < ROW {
        let begin = Instant::now();
        file.file().write_all_at(&[1; 512], (times.len() as u64 * 512) % (16 * 1024 * 1024))?;
        file.sync_data()?;
        times.push(begin.elapsed());
    }
    Ok(times)
}

async fn measure(
    engine: &Embedded,
    clients: usize,
    puts: usize,
    bytes: usize,
) -> Result<Vec<Duration>, Box<dyn Error>> {
    let text: Arc<str> = "x".repeat(bytes - r#"{"text":""}"#.len()).into();
    let start = Instant::now();
    let mut running = JoinSet::new();
    for client in 0..clients {
        let (engine, text) = (engine.clone(), Arc::clone(&text));
        running.spawn(async move {
            let scope = Scope {
                account: AccountId::parse("000000000000").expect("twelve digits"),
                region: Region::parse("us-east-1").expect("a region"),
            };
            let mut times = Vec::new();
            let mut count = 0;
            while start.elapsed() < ROW {
                let mut transaction = Transaction::new();
                for _ in 0..puts {
                    count += 1;
                    let name = format!("{client}-{}", count % KEYS_PER_CLIENT);
                    let key = Key::of::<Blob>(&scope, &[&name]);
                    transaction.put(&key, Expect::Any, Blob { text: text.to_string() });
                }
                let begin = Instant::now();
                engine.commit(transaction).await?;
                times.push(begin.elapsed());
            }
            Ok::<_, store::CommitError>(times)
        });
    }
    let mut all = Vec::new();
    while let Some(times) = running.join_next().await {
        all.extend(times??);
    }
    Ok(all)
}
