//! Starting again what ended, on the same file system. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use kernel_support::{check, script, task};
use serde_json::json;

#[test]
fn files_and_log_are_those_of_the_run_before() {
    check(|bench| async move {
        let task = script("echo run >> /runs; wc -l < /runs | tr -d ' '; exit $(wc -l < /runs)");
        for run in 1..=3 {
            if run == 1 {
                bench.run(&task).await;
            } else {
                bench.start(&task, "main").await.expect("started again");
            }
            assert_eq!(bench.exit(&task, "main").await.code, run);
        }
        assert_eq!(bench.log(&task, "main"), "1\n2\n3\n");
    });
}

#[test]
fn a_start_of_what_runs_is_a_success_and_changes_nothing() {
    check(|bench| async move {
        let task = script("echo up; exec sleep 1000");
        let first = bench.run(&task).await;
        bench.log_has(&task, "main", "up").await;
        assert_eq!(bench.start(&task, "main").await.expect("runs"), first);
        assert_eq!(bench.log(&task, "main"), "up\n");
    });
}

#[test]
fn address_and_ports_stay() {
    check(|bench| async move {
        let task = task(
            json!({ "networkMode": "bridge" }),
            json!([{ "name": "main", "command": ["sh", "-c", "ip -4 -o addr show eth0 | tr -s ' ' | cut -d' ' -f4"],
                "portMappings": [{ "containerPort": 80 }] }]),
        );
        let first = bench.run(&task).await;
        bench.exit(&task, "main").await;
        let second = bench.start(&task, "main").await.expect("started again");
        bench.exit(&task, "main").await;
        assert_eq!(second.bindings, first.bindings);
        let log = bench.log(&task, "main");
        let lines: Vec<_> = log.lines().collect();
        assert!(lines.len() == 2 && lines[0] == lines[1], "{lines:?}");
    });
}
