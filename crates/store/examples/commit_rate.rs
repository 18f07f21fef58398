//! How fast the embedded engine commits: `cargo run --release -p store --example commit_rate [DIR]`.
//!
//! Each client puts its own records of 512 bytes or 1 KB, one after the other, every one answered when it is durable. Beside it, what
//! the disk itself gives to one writer that syncs after every write. Then a store of 100,000 records: reading, memory, opening.
//! Results are kept in `bench/store.md`.

use domain::{
    id::{AccountId, Region, Scope},
    key::{Key, Prefix},
    record::Record,
};
use serde::{Deserialize, Serialize};
use std::{error::Error, os::unix::fs::FileExt, path::Path, sync::Arc, time::Duration};
use store::{Embedded, Engine, Expect, Options, Transaction};
use tokio::{task::JoinSet, time::Instant};

/// How long each row is measured.
const ROW: Duration = Duration::from_secs(3);
/// The records of the large store.
const MANY: usize = 100_000;
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
    let mut arguments = std::env::args_os().skip(1);
    let base = arguments.next().unwrap_or_else(|| ".".into());
    if base == "read" {
        let dir = arguments.next().ok_or("read which directory?")?;
        return read_large(Path::new(&dir)).await;
    }
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
    println!("\n| {MANY} records of 1 KB | |");
    println!("|---|---|");
    let large = dir.path().join("large");
    write_large(&large).await?;
    // In a process of its own, whose memory nothing else has used.
    let read =
        std::process::Command::new(std::env::current_exe()?).arg("read").arg(large).status()?;
    if read.success() { Ok(()) } else { Err("reading went wrong".into()) }
}

fn scope() -> Scope {
    Scope {
        account: AccountId::parse("000000000000").expect("twelve digits"),
        region: Region::parse("us-east-1").expect("a region"),
    }
}

/// The key of a record of the large store: a hundred under each prefix.
fn many_key(number: usize) -> Key {
    Key::of::<Blob>(&scope(), &[&format!("{:04}", number / 100), &format!("{:02}", number % 100)])
}

async fn write_large(dir: &Path) -> Result<(), Box<dyn Error>> {
    let engine = Embedded::open(dir, Options::default()).await?;
    for batch in 0..MANY / 100 {
        let mut transaction = Transaction::new();
        for number in batch * 100..(batch + 1) * 100 {
            let text = "x".repeat(1024 - r#"{"text":""}"#.len());
            transaction.put(&many_key(number), Expect::Absent, Blob { text });
        }
        engine.commit(transaction).await?;
    }
    engine.close().await;
    Ok(())
}

async fn read_large(dir: &Path) -> Result<(), Box<dyn Error>> {
    let before = resident_bytes()?;
    let start = Instant::now();
    let engine = Embedded::open(dir, Options::default()).await?;
    println!("| opening | {:.0} ms |", start.elapsed().as_secs_f64() * 1000.0);
    println!(
        "| memory a record, with what opening needed | {} bytes |",
        (resident_bytes()? - before) / MANY
    );
    let snapshot = engine.snapshot().await?;
    let all =
        snapshot.range::<Blob>(&Prefix::table::<Blob>(&scope())).filter(Result::is_ok).count();
    assert_eq!(all, MANY);
    println!("| the same when all were read | {} bytes |", (resident_bytes()? - before) / MANY);
    let start = Instant::now();
    for number in 0..MANY {
        // A stride that shares no factor with the count meets every key, far from the one before.
        let found = snapshot.get::<Blob>(&many_key(number * 7919 % MANY))?;
        assert!(found.is_some());
    }
    println!(
        "| reads of one record a second, one thread | {:.0} |",
        MANY as f64 / start.elapsed().as_secs_f64()
    );
    let start = Instant::now();
    for number in 0..MANY / 100 {
        let prefix = Prefix::under::<Blob>(&scope(), &[&format!("{number:04}")]);
        assert_eq!(snapshot.range::<Blob>(&prefix).filter(Result::is_ok).count(), 100);
    }
    println!(
        "| ranges of 100 records a second, one thread | {:.0} |",
        (MANY / 100) as f64 / start.elapsed().as_secs_f64()
    );
    engine.close().await;
    Ok(())
}

fn resident_bytes() -> Result<usize, Box<dyn Error>> {
    let status = fs_err::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<usize>()? * 1024)
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
            let scope = scope();
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
