//! Stopping containers. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::Signal;
use kernel_support::{check, eventually, script, script_with, task};
use serde_json::json;

#[test]
fn stop_sends_the_definitions_signal() {
    check(|bench| async move {
        let task = script_with(
            "trap 'exit 3' USR1; trap 'exit 4' TERM; echo ready; while :; do sleep 0.05; done",
            json!({ "dockerConfig": { "config": { "StopSignal": "SIGUSR1" } } }),
        );
        bench.run(&task).await;
        bench.log_has(&task, "main", "ready").await;
        bench.signal(&task, "main", Signal::Stop).await;
        assert_eq!(bench.exit(&task, "main").await.code, 3);
    });
}

#[test]
fn what_does_not_run_is_stopped_already() {
    check(|bench| async move {
        let task = script("exit 0");
        bench.signal(&task, "main", Signal::Stop).await;
        bench.create(&task).await.expect("created");
        bench.signal(&task, "main", Signal::Kill).await;
        bench.start(&task, "main").await.expect("started");
        bench.exit(&task, "main").await;
        bench.signal(&task, "main", Signal::Stop).await;
        bench.signal(&task, "main", Signal::Kill).await;
    });
}

#[test]
fn kill_reaches_every_process_of_the_container() {
    check(|bench| async move {
        let task = task(
            json!({ "pidMode": "host" }),
            json!([{ "name": "main", "command": ["sh", "-c", "setsid sleep 12345 & setsid sleep 12345 & echo ready; exec sleep 12345"] }]),
        );
        bench.run(&task).await;
        bench.log_has(&task, "main", "ready").await;
        bench.signal(&task, "main", Signal::Kill).await;
        assert_eq!(bench.exit(&task, "main").await.code, 137);
        eventually("all are dead", || sleepers(&task.arn) == 0).await;
    });
}

#[test]
fn what_an_ended_container_leaves_running_is_killed() {
    check(|bench| async move {
        let task = task(
            json!({ "pidMode": "host" }),
            json!([{ "name": "main", "command": ["sh", "-c", "setsid sleep 12346 & exit 9"] }]),
        );
        bench.run(&task).await;
        assert_eq!(bench.exit(&task, "main").await.code, 9);
        eventually("all are dead", || sleepers(&task.arn) == 0).await;
    });
}

/// Processes in the control groups of the task.
fn sleepers(arn: &str) -> usize {
    let id = arn.rsplit('/').next().expect("id");
    let all = fs_err::read_dir("/proc").expect("proc").flatten();
    all.filter(|entry| {
        let text = fs_err::read_to_string(entry.path().join("cgroup")).unwrap_or_default();
        text.contains(&format!("/ecs/{id}"))
    })
    .count()
}
