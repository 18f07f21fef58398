//! Volumes. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::{Driver, FaultName};
use kernel_support::{check, task};
use serde_json::json;
use std::sync::Arc;

fn shell(name: &str, text: &str, more: serde_json::Value) -> serde_json::Value {
    let mut container = json!({ "name": name, "command": ["sh", "-c", text] });
    for (name, value) in more.as_object().expect("members") {
        container[name] = value.clone();
    }
    container
}

#[test]
fn a_directory_of_the_host_is_shared_both_ways_or_read_only() {
    check(|bench| async move {
        let host = bench.root().join("of-host/new");
        let point = |read_only: bool| json!({ "mountPoints": [{ "sourceVolume": "v", "containerPath": "/v", "readOnly": read_only }] });
        let task = task(
            json!({ "volumes": [{ "name": "v", "type": "host", "host": { "sourcePath": host } }] }),
            json!([
                shell("main", "echo from container > /v/file", point(false)),
                shell(
                    "reader",
                    "cat /v/file; touch /v/x 2>/dev/null || echo read only",
                    point(true)
                ),
            ]),
        );
        bench.run(&task).await;
        bench.exit(&task, "main").await;
        assert_eq!(fs_err::read_to_string(host.join("file")).expect("written"), "from container\n");
        bench.start(&task, "reader").await.expect("started");
        bench.exit(&task, "reader").await;
        assert_eq!(bench.log(&task, "reader"), "from container\nread only\n");
    });
}

#[test]
fn a_tasks_volume_has_what_the_image_has_there_and_goes_with_the_task() {
    check(|bench| async move {
        let task = task(
            json!({ "volumes": [{ "name": "v", "type": "host", "host": {} }] }),
            json!([
                shell(
                    "main",
                    "cat /data/from-image; echo more > /data/more",
                    json!({ "mountPoints": [{ "sourceVolume": "v", "containerPath": "/data" }] })
                ),
                shell(
                    "other",
                    "ls /elsewhere",
                    json!({ "volumesFrom": [{ "sourceContainer": "third", "readOnly": true }] })
                ),
                shell(
                    "third",
                    "touch /elsewhere/third",
                    json!({ "mountPoints": [{ "sourceVolume": "v", "containerPath": "/elsewhere" }] })
                ),
            ]),
        );
        bench.driver.prepare(Arc::clone(&task)).await.expect("prepared");
        for name in ["third", "main", "other"] {
            bench.driver.create(Arc::clone(&task), name.into()).await.expect("created");
        }
        for name in ["main", "third", "other"] {
            bench.start(&task, name).await.expect("started");
            assert_eq!(bench.exit(&task, name).await.code, 0, "{name}");
        }
        assert_eq!(bench.log(&task, "main"), "from image\n");
        assert_eq!(bench.log(&task, "other"), "from-image\nmore\nthird\n");
    });
}

#[test]
fn a_shared_volume_outlives_its_task() {
    check(|bench| async move {
        let volume = |autoprovision: bool| {
            json!({ "volumes": [{ "name": "shared-1", "type": "docker",
            "dockerVolumeConfiguration": { "scope": "shared", "autoprovision": autoprovision, "driver": "local" } }] })
        };
        let point =
            json!({ "mountPoints": [{ "sourceVolume": "shared-1", "containerPath": "/v" }] });
        let early = task(volume(false), json!([shell("main", "true", point.clone())]));
        let fault = bench.driver.prepare(Arc::clone(&early)).await.expect_err("not there");
        assert_eq!(fault.name, FaultName::CannotCreateVolumeError);
        assert!(fault.text.contains("`shared-1`"), "{fault}");
        let writer =
            task(volume(true), json!([shell("main", "echo kept > /v/file", point.clone())]));
        bench.run_to_end(&writer).await;
        bench.remove(&writer).await;
        let reader = task(volume(false), json!([shell("main", "cat /v/file", point)]));
        let (_, log) = bench.run_to_end(&reader).await;
        assert_eq!(log, "kept\n");
    });
}

#[test]
fn what_is_not_served_is_named() {
    check(|bench| async move {
        for (volume, word) in [
            (json!({ "name": "v", "type": "efs", "efsVolumeConfiguration": {} }), "efs"),
            (
                json!({ "name": "v", "type": "docker", "dockerVolumeConfiguration": { "driver": "rexray" } }),
                "rexray",
            ),
            (
                json!({ "name": "v", "type": "docker", "dockerVolumeConfiguration": { "driverOpts": { "type": "tmpfs" } } }),
                "driverOpts",
            ),
            (json!({ "name": "../v", "type": "host", "host": {} }), "../v"),
        ] {
            let task =
                task(json!({ "volumes": [volume] }), json!([shell("main", "true", json!({}))]));
            let fault = bench.driver.prepare(Arc::clone(&task)).await.expect_err("refused");
            assert!(fault.text.contains(word), "{fault}");
            bench.remove(&task).await;
        }
    });
}
