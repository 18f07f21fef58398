//! Creating containers, and refusing to. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::{Driver, FaultName, Phase};
use kernel_support::{check, script, script_with, task};
use serde_json::{Value, json};
use std::sync::Arc;

#[test]
fn creating_twice_is_creating_once() {
    check(|bench| async move {
        let task = script("true");
        bench.create(&task).await.expect("created");
        let id = bench.driver.create(Arc::clone(&task), "main".into()).await.expect("there");
        assert_eq!(id.len(), 64);
        let found = bench.found(&task).await.expect("there");
        assert_eq!(found.containers, [("main".into(), Some(id), Phase::Created)]);
        assert_eq!(found.payload.as_deref(), Some(&*task));
    });
}

#[test]
fn removing_a_task_twice_or_one_that_never_was_is_fine() {
    check(|bench| async move {
        let task = script("true");
        bench.remove(&task).await;
        bench.driver.prepare(Arc::clone(&task)).await.expect("prepared");
        bench.remove(&task).await;
        bench.remove(&task).await;
        assert!(bench.found(&task).await.is_none());
    });
}

/// What a container with these members is refused with.
fn refused(task_members: Value, members: Value, name: FaultName, words: &str) {
    let mut container = json!({ "name": "main", "command": ["true"] });
    for (name, value) in members.as_object().expect("members") {
        container[name] = value.clone();
    }
    let task = task(task_members, json!([container]));
    check(|bench| async move {
        bench.driver.prepare(Arc::clone(&task)).await.expect("prepared");
        let fault = bench.driver.create(Arc::clone(&task), "main".into()).await;
        let fault = fault.expect_err("refused");
        assert_eq!(fault.name, name, "{fault}");
        assert!(fault.text.contains(words), "{fault}");
        // Refused is not half created.
        let found = bench.found(&task).await.expect("there");
        assert_eq!(found.containers, [("main".into(), None, Phase::Absent)]);
    });
}

#[test]
fn what_is_not_served_is_refused_by_name() {
    let create = FaultName::CannotCreateContainerError;
    refused(json!({ "networkMode": "nat" }), json!({}), create, "network mode `nat`");
    let log = json!({ "dockerConfig": { "hostConfig": { "LogConfig": { "Type": "syslog" } } } });
    refused(json!({}), log, create, "`syslog`");
    let option = json!({ "dockerConfig": { "hostConfig": { "SecurityOpt": ["apparmor=mine"] } } });
    refused(json!({}), option, create, "`apparmor=mine`");
    refused(json!({}), json!({ "secrets": [{ "name": "A" }] }), create, "`secrets`");
    let sysctl =
        json!({ "dockerConfig": { "hostConfig": { "Sysctls": { "kernel.panic": "1" } } } });
    refused(json!({}), sysctl, create, "`kernel.panic`");
    let capability = json!({ "dockerConfig": { "hostConfig": { "CapAdd": ["FLY"] } } });
    refused(json!({}), capability, create, "`FLY`");
    let broken = json!({ "dockerConfig": { "hostConfig": "{" } });
    refused(json!({}), broken, create, "hostConfig");
}

#[test]
fn what_image_and_host_do_not_have_is_named() {
    let create = FaultName::CannotCreateContainerError;
    let user = json!({ "dockerConfig": { "config": { "User": "nobody-here" } } });
    refused(json!({}), user, create, "`nobody-here`");
    refused(json!({}), json!({ "image": "no-such-image:1" }), create, "`no-such-image:1`");
    refused(json!({}), json!({ "command": [], "entryPoint": [] }), create, "command");
    let device = json!({ "dockerConfig": { "hostConfig": { "Devices": [{ "PathOnHost": "/dev/no-such" }] } } });
    refused(json!({}), device, create, "/dev/no-such");
    let point = json!({ "mountPoints": [{ "sourceVolume": "v", "containerPath": "/v" }] });
    refused(json!({}), point, FaultName::CannotCreateVolumeError, "`v`");
    refused(json!({ "networkMode": "bridge" }), json!({ "links": ["db"] }), create, "`db`");
}

#[test]
fn an_image_is_pulled_where_it_is_not_here() {
    check(|bench| async move {
        let here = script("true");
        let pulled = bench.driver.pull(Arc::clone(&here), "main".into()).await.expect("here");
        assert_eq!(pulled.pulled, None);
        // Nobody listens there.
        let away = script_with("true", json!({ "image": "127.0.0.1:9/away:1" }));
        let fault = bench.driver.pull(Arc::clone(&away), "main".into()).await.expect_err("away");
        assert!(format!("{:?}", fault.name).starts_with("CannotPull"), "{fault}");
        assert!(fault.text.contains("127.0.0.1:9"), "{fault}");
    });
}
