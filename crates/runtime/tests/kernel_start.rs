//! Starting containers: what they see of what was asked. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::FaultName;
use kernel_support::{check, script, script_with, task};
use serde_json::json;

#[test]
fn a_container_runs_and_its_output_and_code_are_kept() {
    check(|bench| async move {
        let (exit, log) = bench.run_to_end(&script("echo hello; echo oops >&2; exit 7")).await;
        assert_eq!((exit.code, exit.out_of_memory), (7, false));
        assert!(log.contains("hello\n") && log.contains("oops\n"), "{log}");
    });
}

#[test]
fn a_program_that_is_not_there_is_named() {
    check(|bench| async move {
        let task = task(json!({}), json!([{ "name": "main", "command": ["/no/such/program"] }]));
        bench.create(&task).await.expect("created");
        let fault = bench.start(&task, "main").await.expect_err("no program");
        assert_eq!(fault.name, FaultName::CannotStartContainerError);
        assert!(fault.text.contains("/no/such/program"), "{fault}");
        // And again, since nothing of the first try may be in the way.
        let again = bench.start(&task, "main").await.expect_err("no program");
        assert_eq!(again, fault);
    });
}

#[test]
fn environment_user_and_directory_are_as_asked() {
    check(|bench| async move {
        let task = script_with(
            "id; pwd; echo $A-$HOME; hostname",
            json!({
                "environment": { "A": "b c" },
                "dockerConfig": { "config": { "User": "web", "WorkingDir": "/not/there", "Hostname": "host-1" } },
            }),
        );
        let (exit, log) = bench.run_to_end(&task).await;
        assert_eq!(exit.code, 0, "{log}");
        let lines: Vec<_> = log.lines().collect();
        assert_eq!(lines[0], "uid=1000(web) gid=1001(web) groups=1001(web),50(staff)");
        assert_eq!(lines[1..], ["/not/there", "b c-/home/web", "host-1"]);
    });
}
