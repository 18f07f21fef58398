//! The law of the books, over random calls: what every operation writes adds up, and nothing goes back.

use crate::ecs::stage::{Stage, cluster, list, resources, text};
use domain::{status::TaskStatus, task::Task};
use proptest::{
    collection::vec,
    prelude::{Just, ProptestConfig, Strategy, any, prop_oneof},
    proptest,
    sample::{Index, select},
};
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Call {
    Run { family: &'static str, count: i64 },
    Start { family: &'static str, host: Index },
    Stop { task: Index },
    Report { task: Index, status: Option<&'static str>, app: Option<&'static str> },
    Drain { host: Index },
    Activate { host: Index },
    Deregister { host: Index },
    Register { host: Index },
    Disconnect { host: Index },
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let family = || select(&["small", "big", "port", "gpu"][..]);
    let status = || select(&[None, Some("PENDING"), Some("RUNNING"), Some("STOPPED")][..]);
    let call = prop_oneof![
        6 => (family(), 1..=4_i64).prop_map(|(family, count)| Call::Run { family, count }),
        2 => (family(), any::<Index>()).prop_map(|(family, host)| Call::Start { family, host }),
        3 => any::<Index>().prop_map(|task| Call::Stop { task }),
        8 => (any::<Index>(), status(), status()).prop_map(|(task, status, app)| Call::Report { task, status, app }),
        1 => any::<Index>().prop_map(|host| Call::Drain { host }),
        1 => any::<Index>().prop_map(|host| Call::Activate { host }),
        1 => any::<Index>().prop_map(|host| Call::Deregister { host }),
        1 => any::<Index>().prop_map(|host| Call::Register { host }),
        1 => (any::<Index>(), Just(())).prop_map(|(host, ())| Call::Disconnect { host }),
    ];
    vec(call, 0..40)
}

fn stage() -> (Stage, Vec<String>) {
    let mut stage = Stage::new();
    let devices = json!([{"id": "g0", "type": "GPU"}, {"id": "g1", "type": "GPU"}]);
    let hosts = ["a", "b", "c"].map(|name| stage.host(name, json!({"platformDevices": devices})));
    stage.define("small", json!({"cpu": 100}));
    stage.define("big", json!({"cpu": 600, "memory": 400}));
    stage.define("port", json!({"portMappings": [{"containerPort": 80, "hostPort": 8080}]}));
    stage.define("gpu", json!({"resourceRequirements": [{"type": "GPU", "value": "1"}]}));
    (stage, hosts.into())
}

/// Performs a call; what is refused is as good as what is not, as long as the books are right.
fn perform(stage: &mut Stage, hosts: &[String], call: &Call) {
    let task = |stage: &Stage, index: &Index| {
        let tasks = stage.world.all::<Task>(&Task::all_in(&stage.world.scope(), &cluster()));
        (!tasks.is_empty()).then(|| tasks[index.index(tasks.len())].id.to_string())
    };
    let host = |index: &Index| &hosts[index.index(hosts.len())];
    let (operation, request) = match call {
        Call::Run { family, count } => {
            ("RunTask", json!({"taskDefinition": family, "count": count}))
        }
        Call::Start { family, host: index } => {
            ("StartTask", json!({"taskDefinition": family, "containerInstances": [host(index)]}))
        }
        Call::Stop { task: index } => {
            ("StopTask", json!({"task": task(stage, index).unwrap_or_default()}))
        }
        Call::Report { task: index, status, app } => {
            let containers = app.map(|status| json!([{"containerName": "app", "status": status}]));
            let task = task(stage, index).unwrap_or_default();
            (
                "SubmitTaskStateChange",
                json!({"task": task, "status": status, "containers": containers}),
            )
        }
        Call::Drain { host: index } => (
            "UpdateContainerInstancesState",
            json!({"containerInstances": [host(index)], "status": "DRAINING"}),
        ),
        Call::Activate { host: index } => (
            "UpdateContainerInstancesState",
            json!({"containerInstances": [host(index)], "status": "ACTIVE"}),
        ),
        Call::Deregister { host: index } => (
            "DeregisterContainerInstance",
            json!({"containerInstance": host(index), "force": true}),
        ),
        Call::Register { host: index } => {
            let again = json!({"containerInstanceArn": host(index), "totalResources": resources(1024, 1024)});
            stage.connect(host(index), true);
            ("RegisterContainerInstance", again)
        }
        Call::Disconnect { host: index } => {
            stage.connect(host(index), false);
            return;
        }
    };
    if let Ok(reply) = stage.world.call(operation, request) {
        for task in list(&reply["tasks"]) {
            assert_eq!(text(&task["lastStatus"]), "PENDING");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_called_the_books_are_right_and_nothing_goes_back(calls in calls()) {
        let (mut stage, hosts) = stage();
        let mut seen: BTreeMap<String, Task> = BTreeMap::new();
        for call in &calls {
            // A host that comes back may have fewer GPUs than its tasks hold; only hosts without tasks do so here.
            perform(&mut stage, &hosts, call);
            stage.check_books();
            for task in stage.world.all::<Task>(&Task::all_in(&stage.world.scope(), &cluster())) {
                if let Some(before) = seen.insert(task.id.to_string(), Task::clone(&task.record)) {
                    assert!(task.last >= before.last && task.desired >= before.desired, "{call:?}");
                    assert!(before.last != TaskStatus::Stopped || before == *task.record, "once STOPPED, never changed");
                    assert!(before.stop.is_none() || before.stop == task.stop, "the first reason stays");
                    for (container, before) in task.containers.iter().zip(&before.containers) {
                        assert!(container.last >= before.last, "{call:?}");
                    }
                    let has_moved = before != *task.record;
                    assert_eq!(task.version, before.version + i64::from(has_moved));
                }
            }
        }
    }
}
