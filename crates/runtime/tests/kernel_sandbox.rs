//! Which OCI runtime runs which tasks. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::Signal;
use kernel_support::{Bench, check_with, task};
use runtime::LinuxConfig;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A runtime for Fargate that notes how it is called and is runc. As `runsc` it takes what only that knows.
fn stand_in(config: &mut LinuxConfig, name: &str) {
    let dir = config.root.parent().expect("below the test's directory").to_owned();
    let (program, notes) = (dir.join(name), notes(&dir));
    let text = format!(
        "#!/bin/sh\n\
         [ \"$1\" = --version ] && echo {name} version 1 && exit\n\
         echo \"$@\" >> {}\n\
         for word; do shift; [ \"$word\" = --network=host ] || set -- \"$@\" \"$word\"; done\n\
         exec runc \"$@\"\n",
        notes.display()
    );
    fs_err::write(&program, text).expect("written");
    let mode = std::fs::Permissions::from_mode(0o755);
    fs_err::set_permissions(&program, mode).expect("changed");
    config.fargate_runtime = Some(program.display().to_string());
}

fn notes(dir: &Path) -> PathBuf {
    dir.join("calls")
}

/// How the stand-in was called.
fn calls(bench: &Bench) -> Vec<String> {
    let dir = bench.root().parent().expect("below the test's directory");
    let text = fs_err::read_to_string(notes(dir)).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn sleeper(launch_type: &str, members: Value) -> Arc<domain::link::acs::PayloadTask> {
    let mut all = json!({ "launchType": launch_type });
    for (name, value) in members.as_object().expect("members") {
        all[name] = value.clone();
    }
    let containers =
        json!([{ "name": "main", "command": ["sh", "-c", "echo up; exec sleep 1000"] }]);
    task(all, containers)
}

#[test]
fn only_tasks_of_fargate_run_in_its_runtime() {
    check_with(
        |config| stand_in(config, "other-runc"),
        |bench| async move {
            let instance = sleeper("EC2", json!({}));
            bench.run(&instance).await;
            assert_eq!(calls(&bench), Vec::<String>::new());
            let fargate = sleeper("FARGATE", json!({ "ephemeralStorageGib": 21 }));
            bench.run(&fargate).await;
            bench.log_has(&fargate, "main", "up").await;
            let called = calls(&bench);
            assert!(called.len() == 1 && called[0].contains(" run --detach "), "{called:?}");
            assert_eq!(
                bench.probe(&fargate, "main", &["echo", "in it"]).await,
                (0, "in it\n".into())
            );
            assert!(calls(&bench)[1].contains(" exec --detach "), "{:?}", calls(&bench));
            bench.signal(&fargate, "main", Signal::Kill).await;
            assert_eq!(bench.exit(&fargate, "main").await.code, 137);
        },
    );
}

#[test]
fn runsc_is_called_in_its_own_way() {
    check_with(
        |config| stand_in(config, "runsc"),
        |bench| async move {
            let fargate = sleeper("FARGATE", json!({}));
            bench.run(&fargate).await;
            let called = calls(&bench);
            assert!(
                called[0].contains("/.runsc ") && called[0].contains(" --network=host "),
                "{called:?}"
            );
            bench.remove(&fargate).await;
            let shared = sleeper("FARGATE", json!({ "pidMode": "task" }));
            let fault =
                bench.create(&shared).await.expect_err("kernels of their own share nothing");
            assert!(fault.to_string().contains("`pidMode`"), "{fault}");
        },
    );
}
