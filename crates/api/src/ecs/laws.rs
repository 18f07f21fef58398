//! The law of the books, over random calls: what every operation writes adds up, and nothing goes back.

use crate::ecs::stage::{Stage, able, list, resources, text};
use domain::{arn, key::Prefix, status::TaskStatus, task::Task};
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
    Fargate { cluster: &'static str, count: i64 },
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
        4 => (select(&["default", "shop"][..]), 1..=3_i64).prop_map(|(cluster, count)| Call::Fargate { cluster, count }),
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
    stage.ok("CreateCluster", json!({"clusterName": "shop"}));
    stage.vpc(&["us-east-1a"]);
    let devices = json!([{"id": "g0", "type": "GPU"}, {"id": "g1", "type": "GPU"}]);
    // The first lends its room to Fargate, too, and the last is of its pool alone.
    let lends = able(json!([{"name": "longshore.fargate"}]));
    let hosts = [
        stage.host("a", json!({"platformDevices": devices, "attributes": lends})),
        stage.host("b", json!({"platformDevices": devices})),
        stage.host("c", json!({"platformDevices": devices})),
        stage.host("d", json!({"cluster": ".fargate", "attributes": lends})),
    ];
    let far = json!({"networkMode": "awsvpc", "cpu": "256", "memory": "512"});
    stage.define_task("far", json!({}), far);
    stage.define("small", json!({"cpu": 100}));
    stage.define("big", json!({"cpu": 600, "memory": 400}));
    stage.define("port", json!({"portMappings": [{"containerPort": 80, "hostPort": 8080}]}));
    stage.define("gpu", json!({"resourceRequirements": [{"type": "GPU", "value": "1"}]}));
    (stage, hosts.into())
}

/// Performs a call; what is refused is as good as what is not, as long as the books are right.
fn perform(stage: &mut Stage, hosts: &[String], call: &Call) {
    let task = |stage: &Stage, index: &Index| {
        let tasks = stage.world.all::<Task>(&Prefix::table::<Task>(&stage.world.scope()));
        (!tasks.is_empty()).then(|| Task::clone(&tasks[index.index(tasks.len())].record))
    };
    let arn = |stage: &Stage, task: &Option<Task>| {
        let task = task.as_ref();
        task.map(|task| arn::task(&stage.world.scope(), &task.cluster, &task.id))
            .unwrap_or_default()
    };
    let host = |index: &Index| &hosts[index.index(hosts.len())];
    let home = |index: &Index| host(index).rsplit('/').nth(1).unwrap_or_default().to_owned();
    let (operation, request) = match call {
        Call::Run { family, count } => {
            ("RunTask", json!({"taskDefinition": family, "count": count}))
        }
        Call::Fargate { cluster, count } => {
            let network = json!({"awsvpcConfiguration": {"subnets": ["subnet-us-east-1a"], "assignPublicIp": "ENABLED"}});
            (
                "RunTask",
                json!({"cluster": cluster, "taskDefinition": "far", "count": count, "launchType": "FARGATE", "networkConfiguration": network}),
            )
        }
        Call::Start { family, host: index } => {
            ("StartTask", json!({"taskDefinition": family, "containerInstances": [host(index)]}))
        }
        Call::Stop { task: index } => {
            let task = task(stage, index);
            let cluster = task.as_ref().map(|task| task.cluster.as_str());
            ("StopTask", json!({"cluster": cluster, "task": arn(stage, &task)}))
        }
        Call::Report { task: index, status, app } => {
            let containers = app.map(|status| json!([{"containerName": "app", "status": status}]));
            let task = task(stage, index);
            let cluster = task.as_ref().and_then(Task::host).map(|(cluster, _)| cluster.as_str());
            (
                "SubmitTaskStateChange",
                json!({"cluster": cluster, "task": arn(stage, &task), "status": status, "containers": containers}),
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
            json!({"cluster": home(index), "containerInstance": host(index), "force": true}),
        ),
        Call::Register { host: index } => {
            let again = json!({"cluster": home(index), "containerInstanceArn": host(index), "totalResources": resources(1024, 1024)});
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
            for task in stage.world.all::<Task>(&Prefix::table::<Task>(&stage.world.scope())) {
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
