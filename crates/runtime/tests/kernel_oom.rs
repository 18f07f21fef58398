//! Out of memory. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::{Driver, DriverEvent};
use kernel_support::{check, script_with, task};
use serde_json::json;

/// Takes 64 MiB and more of memory that cannot be dropped.
const EAT: &str = "head -c 64m /dev/zero | tail > /dev/null";

#[test]
fn a_container_above_its_limit_is_killed_and_says_so() {
    check(|bench| async move {
        let task = script_with(
            &format!("exec sh -c 'exec tail /dev/zero'; {EAT}"),
            json!({ "memory": 16 }),
        );
        let (exit, _) = bench.run_to_end(&task).await;
        assert_eq!((exit.code, exit.out_of_memory), (137, true));
    });
}

#[test]
fn a_child_that_was_killed_counts_too() {
    check(|bench| async move {
        let task = script_with(&format!("({EAT}); echo went on; exit 0"), json!({ "memory": 16 }));
        let (exit, log) = bench.run_to_end(&task).await;
        assert_eq!((exit.code, exit.out_of_memory), (0, true), "{log}");
        assert!(log.contains("went on"), "{log}");
    });
}

#[test]
fn the_tasks_limit_counts_for_its_containers() {
    check(|bench| async move {
        let task = task(
            json!({ "memory": 16, "cpu": 0.5 }),
            json!([{ "name": "main", "command": ["sh", "-c", format!("({EAT}); echo went on")] }]),
        );
        let (exit, log) = bench.run_to_end(&task).await;
        assert_eq!((exit.code, exit.out_of_memory), (0, true), "{log}");
    });
}

#[test]
fn containers_that_are_too_much_together_lose_one() {
    check(|bench| async move {
        // Each holds 12 MiB for as long as it lives.
        let eater = json!(["tail", "-c", "12m", "/dev/zero"]);
        let task = task(
            json!({ "memory": 20, "cpu": 0.5, "launchType": "FARGATE" }),
            json!([{ "name": "one", "command": eater }, { "name": "two", "command": eater }]),
        );
        bench.create(&task).await.expect("created");
        for container in &task.containers {
            bench.start(&task, &container.name).await.expect("started");
        }
        let ended = tokio::time::timeout(kernel_support::DEADLINE, bench.driver.event()).await;
        let DriverEvent::Exited(_, exit) = ended.expect("one ends") else { panic!("it is lost") };
        assert_eq!((exit.code, exit.out_of_memory), (137, true));
    });
}

#[test]
fn who_stays_below_is_left_alone() {
    check(|bench| async move {
        let task = script_with(
            "head -c 1m /dev/zero | tail > /dev/null; kill -9 $$; exit 1",
            json!({ "memory": 64 }),
        );
        let (exit, _) = bench.run_to_end(&task).await;
        assert!(!exit.out_of_memory, "{exit:?}");
    });
}
