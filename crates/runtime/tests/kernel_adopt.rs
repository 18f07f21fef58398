//! Going on: after the agent's restart, after the death of shim or zygote. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::{Driver, DriverEvent, Phase, Signal};
use domain::link::acs::PayloadTask;
use kernel_support::{
    Bench, DEADLINE, check, eventually, exit_of, found_by, key, phase, script, task,
};
use rustix::process::{Pid, Signal as Unix, kill_process};
use serde_json::json;
use std::sync::Arc;

/// The shim of a task.
fn shim(bench: &Bench, task: &PayloadTask) -> Pid {
    let path = bench.root().join("tasks").join(task.id()).join("shim.json");
    let identity = fs_err::read_to_string(path).expect("identity");
    let identity: serde_json::Value = serde_json::from_str(&identity).expect("JSON");
    let pid = identity["pid"].as_i64().and_then(|pid| i32::try_from(pid).ok()).expect("pid");
    Pid::from_raw(pid).expect("pid")
}

#[test]
fn a_new_agent_finds_what_runs_and_hears_its_end() {
    check(|bench| async move {
        let task = script("echo up; while ! test -e /tmp/end; do sleep 0.02; done; exit 6");
        let started = bench.run(&task).await;
        bench.log_has(&task, "main", "up").await;
        let next = bench.another();
        let found = found_by(&next, &task).await.expect("found");
        assert_eq!(phase(&found, "main"), Phase::Running(started));
        assert_eq!(found.payload.as_deref(), Some(&*task));
        bench.probe(&task, "main", &["touch", "/tmp/end"]).await;
        assert_eq!(exit_of(&next, &task, "main").await.code, 6);
        next.remove(task.id().to_owned()).await.expect("removed");
    });
}

#[test]
fn an_exit_while_no_agent_ran_is_not_lost() {
    check(|bench| async move {
        let task = task(
            json!({ "networkMode": "bridge" }),
            json!([
                { "name": "main", "command": ["sh", "-c", "exit 11"], "portMappings": [{ "containerPort": 80 }] },
                { "name": "side", "command": ["sh", "-c", "exec sleep 1000"] },
            ]),
        );
        bench.run(&task).await;
        bench.start(&task, "side").await.expect("started");
        bench.exit(&task, "main").await;
        let next = bench.another();
        let found = found_by(&next, &task).await.expect("found");
        assert!(matches!(phase(&found, "main"), Phase::Exited(exit) if exit.code == 11));
        assert!(matches!(phase(&found, "side"), Phase::Running(_)));
        // It goes on where the first left off.
        next.start(Arc::clone(&task), "main".into()).await.expect("started again");
        assert_eq!(exit_of(&next, &task, "main").await.code, 11);
        next.signal(key(&task, "side"), Signal::Kill).await.expect("killed");
        assert_eq!(exit_of(&next, &task, "side").await.code, 137);
    });
}

#[test]
fn the_death_of_a_shim_is_told_and_its_containers_die() {
    check(|bench| async move {
        let task = script("exec sleep 1000");
        bench.run(&task).await;
        kill_process(shim(&bench, &task), Unix::KILL).expect("killed");
        let event = tokio::time::timeout(DEADLINE, bench.driver.event()).await.expect("told");
        assert_eq!(event, DriverEvent::Lost(task.id().to_owned()));
        eventually("nothing runs", || {
            !bench
                .driver
                .belongings()
                .expect("listed")
                .iter()
                .any(|line| line.starts_with("process"))
        })
        .await;
        let found = bench.found(&task).await.expect("found");
        assert_eq!(phase(&found, "main"), Phase::Absent);
    });
}

#[test]
fn a_shim_that_died_while_no_agent_ran_leaves_nothing_running() {
    check(|bench| async move {
        let task = task(
            json!({ "networkMode": "bridge" }),
            json!([
                { "name": "main", "command": ["sh", "-c", "exec sleep 1000"], "portMappings": [{ "containerPort": 80 }] },
                { "name": "done", "command": ["sh", "-c", "exit 4"] },
            ]),
        );
        bench.run(&task).await;
        bench.start(&task, "done").await.expect("started");
        bench.exit(&task, "done").await;
        kill_process(shim(&bench, &task), Unix::KILL).expect("killed");
        let next = bench.another();
        let found = found_by(&next, &task).await.expect("found");
        assert_eq!(phase(&found, "main"), Phase::Absent);
        assert!(matches!(phase(&found, "done"), Phase::Exited(exit) if exit.code == 4));
        let left = next.belongings().expect("listed");
        let is_alive = |line: &String| line.starts_with("process") || line.starts_with("port");
        assert!(!left.iter().any(is_alive), "{left:?}");
        // What is absent can begin afresh.
        next.prepare(Arc::clone(&task)).await.expect("prepared");
        next.create(Arc::clone(&task), "main".into()).await.expect("created");
        next.start(Arc::clone(&task), "main".into()).await.expect("started");
    });
}

#[test]
fn the_death_of_the_zygote_is_nobodys_loss() {
    check(|bench| async move {
        let first = script("exec sleep 1000");
        bench.run(&first).await;
        let zygote = bench.driver.zygote_pid().and_then(|pid| Pid::from_raw(pid.cast_signed()));
        kill_process(zygote.expect("zygote"), Unix::KILL).expect("killed");
        let second = script("exec sleep 1000");
        bench.run(&second).await;
        for task in [&first, &second] {
            let found = bench.found(task).await.expect("found");
            assert!(matches!(phase(&found, "main"), Phase::Running(_)));
        }
    });
}

#[test]
fn a_task_that_was_cut_off_before_its_payload_was_kept_can_only_go() {
    check(|bench| async move {
        let id = "0123456789abcdef0123456789abcdef";
        fs_err::create_dir_all(bench.root().join("tasks").join(id)).expect("dir");
        let found = bench.driver.inventory().await.expect("inventory");
        assert_eq!((found.len(), found[0].payload.is_none()), (1, true));
        bench.driver.remove(id.into()).await.expect("removed");
        assert!(bench.driver.inventory().await.expect("inventory").is_empty());
    });
}
