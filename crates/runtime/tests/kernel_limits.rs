//! Limits as the kernel has them, and what is used of them. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::Driver;
use kernel_support::{check, check_with, eventually, hierarchies, key, script_with, task};
use serde_json::json;

/// A file of a control group, in whichever hierarchy it is; first name version 1, then version 2.
fn setting(path: &str, v1: &str, v2: &str) -> String {
    find_setting(path, v1, v2).unwrap_or_else(|| panic!("{path} has no {v1}"))
}

/// As [`setting`], where the kernel may not have it.
fn find_setting(path: &str, v1: &str, v2: &str) -> Option<String> {
    let points = hierarchies();
    let read = |name: &str| {
        let file = format!("{}/{name}", path.trim_start_matches('/'));
        points.iter().find_map(|at| fs_err::read_to_string(at.join(&file)).ok())
    };
    let found = read(v1).or_else(|| read(v2));
    Some(found?.trim().to_owned())
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

/// The number after `key` in a file of several.
fn number(text: &str, key: &str) -> u64 {
    let found = text.lines().find_map(|line| line.strip_prefix(key)?.trim().parse().ok());
    found.unwrap_or_else(|| panic!("no `{key}` in `{text}`"))
}

/// CPU time that a group has used, and the periods in which it wanted any. What was used is read first, so that it is of those periods.
fn cpu_of(group: &str) -> (u64, u64) {
    let used = setting(group, "cpuacct.usage", "cpu.stat");
    let ns = used.parse().unwrap_or_else(|_| number(&used, "usage_usec") * 1000);
    (ns, number(&setting(group, "cpu.stat", "cpu.stat"), "nr_periods"))
}

#[test]
fn all_containers_of_a_task_together_use_no_more_cpu_than_it_has() {
    /// Of 256 units in a period of 100 ms.
    const SHARE_NS: u64 = 25_000_000;
    check(|bench| async move {
        let busy = json!(["sh", "-c", "while :; do :; done"]);
        let task = task(
            json!({ "cpu": 0.25, "launchType": "FARGATE" }),
            json!([{ "name": "one", "command": busy }, { "name": "two", "command": busy, "cpu": 1024 }]),
        );
        bench.create(&task).await.expect("created");
        let group = format!("/ecs/{}", task.id());
        for container in &task.containers {
            bench.start(&task, &container.name).await.expect("started");
        }
        let (used_before, before) = cpu_of(&group);
        eventually("twenty periods", || cpu_of(&group).1 >= before + 20).await;
        let (used, periods) = cpu_of(&group);
        // What was left of the period in which the measurement began may be in it, and a processor returns late by a slice.
        let allowed = (periods - before + 2) * SHARE_NS;
        assert!(used - used_before <= allowed, "{} ns of {allowed}", used - used_before);
        assert!(number(&setting(&group, "cpu.stat", "cpu.stat"), "nr_throttled") > 0);
    });
}

#[test]
fn a_fargate_task_does_not_swap() {
    check(|bench| async move {
        let task = task(
            json!({ "memory": 64, "launchType": "FARGATE" }),
            json!([{ "name": "main", "command": ["sleep", "1000"] }]),
        );
        bench.run(&task).await;
        let group = format!("/ecs/{}", task.id());
        let swap = find_setting(&group, "memory.memsw.limit_in_bytes", "memory.swap.max");
        // Where swap is counted.
        if let Some(swap) = swap {
            assert!(swap == (64 << 20).to_string() || swap == "0", "{swap}");
        }
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
