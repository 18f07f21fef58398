//! How containers end. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::{Driver, Phase};
use kernel_support::{check, exit_of, phase, script, task};
use serde_json::json;
use std::sync::Arc;

#[test]
fn a_signal_is_128_and_its_number() {
    check(|bench| async move {
        for (text, code) in
            [("kill -9 $$", 137), ("kill -TERM $$; sleep 1000", 143), ("exit 255", 255)]
        {
            let pid_1_has_no_defaults = task(
                json!({ "pidMode": "task" }),
                json!([{ "name": "main", "command": ["sh", "-c", text] }]),
            );
            let (exit, _) = bench.run_to_end(&pid_1_has_no_defaults).await;
            assert_eq!(exit.code, code, "{text}");
        }
    });
}

#[test]
fn an_exit_is_told_once_and_kept() {
    check(|bench| async move {
        let task = script("exit 42");
        let (exit, _) = bench.run_to_end(&task).await;
        let found = bench.found(&task).await.expect("there");
        assert_eq!(phase(&found, "main"), Phase::Exited(exit));
        assert!(found.payload.is_some());
    });
}

#[test]
fn programs_that_end_before_their_start_is_told_are_not_lost() {
    check(|bench| async move {
        let tasks: Vec<_> = (0..20).map(|code| script(&format!("exit {code}"))).collect();
        let mut running = tokio::task::JoinSet::new();
        for task in &tasks {
            let (bench, task) = (Arc::clone(&bench), Arc::clone(task));
            running.spawn(async move {
                bench.run(&task).await;
            });
        }
        while let Some(ended) = running.join_next().await {
            ended.expect("runs");
        }
        let mut codes = Vec::new();
        for _ in &tasks {
            let event = tokio::time::timeout(kernel_support::DEADLINE, bench.driver.event()).await;
            match event.expect("in time") {
                agent::driver::DriverEvent::Exited(_, exit) => codes.push(exit.code),
                other => panic!("{other:?}"),
            }
        }
        codes.sort_unstable();
        assert_eq!(codes, (0..20).collect::<Vec<_>>());
    });
}

#[test]
fn one_container_of_a_task_ends_and_the_other_goes_on() {
    check(|bench| async move {
        let task = task(
            json!({}),
            json!([
                { "name": "main", "command": ["sh", "-c", "exec sleep 1000"] },
                { "name": "side", "command": ["sh", "-c", "exit 3"] },
            ]),
        );
        bench.run(&task).await;
        bench.start(&task, "side").await.expect("started");
        assert_eq!(exit_of(&bench.driver, &task, "side").await.code, 3);
        let found = bench.found(&task).await.expect("there");
        assert!(matches!(phase(&found, "main"), Phase::Running(_)));
    });
}
