//! Containers' output. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::{Driver, Phase};
use kernel_support::{check, phase, script, script_with};
use runtime::logs::LogReader;
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn a_chatty_container_loses_nothing_and_does_not_hold_up_its_shim() {
    check(|bench| async move {
        let task = script("seq 1 200000; echo end; exec sleep 1000");
        bench.run(&task).await;
        // The shim answers while it is flooded.
        let found = bench.found(&task).await.expect("there");
        assert!(matches!(phase(&found, "main"), Phase::Running(_)));
        bench.log_has(&task, "main", "end\n").await;
        let log = bench.log(&task, "main");
        let wanted: String =
            (1..=200_000).map(|n| format!("{n}\n")).chain(["end\n".into()]).collect();
        assert!(log == wanted, "{} bytes instead of {}", log.len(), wanted.len());
    });
}

#[test]
fn files_are_bounded_as_asked() {
    check(|bench| async move {
        let options =
            json!({ "Type": "json-file", "Config": { "max-size": "10k", "max-file": "3" } });
        let task = script_with(
            "seq 1 5000",
            json!({ "dockerConfig": { "hostConfig": { "LogConfig": options } } }),
        );
        let (_, log) = bench.run_to_end(&task).await;
        assert!(log.ends_with("4999\n5000\n") && !log.contains("\n100\n"));
        let dir = bench.log_path(&task, "main");
        let sizes: Vec<u64> = fs_err::read_dir(dir.parent().expect("dir"))
            .expect("dir")
            .map(|entry| entry.expect("entry").metadata().expect("size").len())
            .collect();
        assert!(sizes.len() == 3 && sizes.iter().all(|size| *size <= 10 << 10), "{sizes:?}");
    });
}

#[test]
fn no_log_is_no_log() {
    check(|bench| async move {
        let task = script_with(
            "echo into the void",
            json!({ "dockerConfig": { "hostConfig": { "LogConfig": { "Type": "none" } } } }),
        );
        let (exit, log) = bench.run_to_end(&task).await;
        assert_eq!((exit.code, log.as_str()), (0, ""));
        assert!(!bench.log_path(&task, "main").exists());
    });
}

#[test]
fn a_reader_follows_until_the_end_and_sees_all() {
    check(|bench| async move {
        let task = script("for i in 1 2 3 4 5; do echo $i; sleep 0.05; done; printf rest");
        bench.create(&task).await.expect("created");
        let mut reader = LogReader::open(bench.log_path(&task, "main")).expect("reader");
        let ended = AtomicBool::new(false);
        let goes_on = || !ended.load(Ordering::SeqCst);
        let read = async {
            let mut seen = String::new();
            while let Some(record) = reader.next(goes_on).await.expect("readable") {
                seen += &record.log;
            }
            seen
        };
        let run = async {
            bench.start(&task, "main").await.expect("started");
            bench.exit(&task, "main").await;
            ended.store(true, Ordering::SeqCst);
        };
        let (seen, ()) = tokio::join!(read, run);
        assert_eq!(seen, "1\n2\n3\n4\n5\nrest");
    });
}

#[test]
fn logs_stay_after_their_task_for_as_long_as_they_are_kept() {
    check(|bench| async move {
        let task = script("echo kept");
        bench.run_to_end(&task).await;
        bench.remove(&task).await;
        assert_eq!(bench.log(&task, "main"), "kept\n");
    });
    kernel_support::check_with(
        |config| config.log_retention = std::time::Duration::ZERO,
        |bench| async move {
            let task = script("echo gone");
            bench.run_to_end(&task).await;
            bench.remove(&task).await;
            bench.driver.inventory().await.expect("inventory");
            assert!(!bench.log_path(&task, "main").exists());
        },
    );
}
