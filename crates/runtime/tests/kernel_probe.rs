//! Commands in running containers. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::{Driver, Probe};
use domain::time::Millis;
use kernel_support::{check, key, script, script_with};
use serde_json::json;

#[test]
fn code_and_output_are_told() {
    check(|bench| async move {
        let task = script_with(
            "exec sleep 1000",
            json!({ "environment": { "A": "of container" }, "dockerConfig": { "config": { "User": "web" } } }),
        );
        bench.run(&task).await;
        let (code, output) =
            bench.probe(&task, "main", &["sh", "-c", "id -un; echo $A >&2; exit 3"]).await;
        assert_eq!((code, output.as_str()), (3, "web\nof container\n"));
        let (code, output) = bench.probe(&task, "main", &["sh", "-c", "seq 1 100000"]).await;
        assert_eq!((code, output.len()), (0, 4096));
        let (code, output) = bench.probe(&task, "main", &["no-such-program"]).await;
        assert_ne!(code, 0, "{output}");
    });
}

#[test]
fn a_command_that_hangs_is_killed_at_its_limit() {
    check(|bench| async move {
        let task = script("exec sleep 1000");
        bench.run(&task).await;
        let command = ["sh", "-c", "sleep 4321 & wait"].map(str::to_owned).to_vec();
        let probe = bench.driver.probe(key(&task, "main"), command, Millis(200)).await;
        assert_eq!(probe.expect("probed"), Probe::TimedOut);
        let (_, left) =
            bench.probe(&task, "main", &["sh", "-c", "ps -o args | grep -c '^sleep 4321'"]).await;
        assert_eq!(left.trim(), "0");
    });
}

#[test]
fn what_does_not_run_cannot_be_probed() {
    check(|bench| async move {
        let task = script("true");
        bench.run_to_end(&task).await;
        let probe = bench.driver.probe(key(&task, "main"), vec!["true".into()], Millis(1000)).await;
        assert!(probe.expect_err("ended").text.contains("does not run"));
    });
}

#[test]
fn many_probes_at_once_do_not_mix() {
    check(|bench| async move {
        let task = script("exec sleep 1000");
        bench.run(&task).await;
        let probes = (0..8).map(|number| {
            let (bench, task) = (&bench, &task);
            async move {
                let text = format!("echo {number}; exit {number}");
                let found = bench.probe(task, "main", &["sh", "-c", &text]).await;
                assert_eq!(found, (number, format!("{number}\n")));
            }
        });
        futures_util::future::join_all(probes).await;
    });
}
