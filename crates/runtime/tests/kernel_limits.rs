//! Limits as the kernel has them, and what is used of them. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::Driver;
use kernel_support::{check, check_with, eventually, key, script_with, task};
use serde_json::json;
use std::path::PathBuf;

/// A file of a control group, in whichever hierarchy it is; first name version 1, then version 2.
fn setting(path: &str, v1: &str, v2: &str) -> String {
    let mounts = fs_err::read_to_string("/proc/self/mountinfo").expect("mounts");
    let points = mounts
        .lines()
        .filter(|line| line.contains(" - cgroup"))
        .filter_map(|line| line.split(' ').nth(4));
    let files: Vec<PathBuf> = points
        .flat_map(|point| [v1, v2].map(|file| PathBuf::from(format!("{point}{path}/{file}"))))
        .collect();
    let found = files.iter().find_map(|file| fs_err::read_to_string(file).ok());
    found.unwrap_or_else(|| panic!("{path} has no {v1}")).trim().to_owned()
}

#[test]
fn limits_are_the_kernels() {
    check(|bench| async move {
        let mut members = json!({ "cpu": 256, "memory": 64 });
        members["dockerConfig"] = json!({ "hostConfig": { "MemoryReservation": 32 << 20 } });
        let mut with_task = (*script_with("exec sleep 1000", members)).clone();
        with_task.cpu = 0.25;
        with_task.memory = 128;
        let task = std::sync::Arc::new(with_task);
        bench.run(&task).await;
        let group = format!("/ecs/{}", task.id());
        let container = format!("{group}/main");
        let shares = setting(&container, "cpu.shares", "cpu.weight");
        assert!(shares == "256" || shares == "10", "{shares}");
        assert_eq!(
            setting(&container, "memory.limit_in_bytes", "memory.max"),
            (64 << 20).to_string()
        );
        assert_eq!(
            setting(&container, "memory.soft_limit_in_bytes", "memory.low"),
            (32 << 20).to_string()
        );
        assert!(setting(&group, "cpu.cfs_quota_us", "cpu.max").starts_with("25000"));
        assert_eq!(setting(&group, "memory.limit_in_bytes", "memory.max"), (128 << 20).to_string());
    });
}

#[test]
fn a_task_has_at_most_so_many_processes() {
    check_with(
        |config| config.task_pids_max = Some(16),
        |bench| async move {
            let text = "for i in $(seq 40); do sleep 1000 & done; echo none";
            let task = script_with(text, json!({}));
            let (exit, log) = bench.run_to_end(&task).await;
            assert!(exit.code != 0 || log.contains("fork"), "{exit:?} {log}");
        },
    );
}

#[test]
fn usage_is_what_the_container_uses() {
    check(|bench| async move {
        let mut wanted = (*script_with(
            "head -c 8m /dev/zero > /dev/shm/x; echo filled; while :; do :; done",
            json!({}),
        ))
        .clone();
        wanted.network_mode = "bridge".into();
        let task = std::sync::Arc::new(wanted);
        bench.run(&task).await;
        bench.log_has(&task, "main", "filled").await;
        let deadline = tokio::time::Instant::now() + kernel_support::DEADLINE;
        loop {
            let all = bench.driver.usage().await;
            let (_, usage) =
                all.iter().find(|(of, _)| *of == key(&task, "main")).expect("measured");
            if usage.cpu_ns > 100_000_000 {
                assert!(usage.memory_bytes > 8 << 20, "{usage:?}");
                assert!(usage.pids >= 1 && usage.network_bytes.is_some(), "{usage:?}");
                break;
            }
            assert!(tokio::time::Instant::now() < deadline, "{usage:?}");
        }
        bench.remove(&task).await;
        assert!(bench.driver.usage().await.is_empty());
    });
}

#[test]
fn removing_one_task_leaves_the_others_alone() {
    check(|bench| async move {
        let tasks: Vec<_> = (0..3)
            .map(|_| {
                task(
                    json!({}),
                    json!([{ "name": "main", "command": ["sh", "-c", "exec sleep 1000"] }]),
                )
            })
            .collect();
        for task in &tasks {
            bench.run(task).await;
        }
        bench.remove(&tasks[1]).await;
        eventually("the others run", || {
            [0, 2].iter().all(|at: &usize| {
                !setting(&format!("/ecs/{}/main", tasks[*at].id()), "cgroup.procs", "cgroup.procs")
                    .is_empty()
            })
        })
        .await;
    });
}
