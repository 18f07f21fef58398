//! The law of drained hosts, over random calls: whatever is called, in whatever order, no task of Fargate is put where nothing new may go,
//! users' own tasks go on being put on a lender, and a host is in the pool as long as a task of Fargate is on it.

use super::{able, asked, call, host, id, lender, stage};
use crate::ecs::stage::{Stage, instance_id, list, resources, text};
use domain::{
    fargate::PoolHost,
    id::TaskId,
    instance::ContainerInstance,
    key::Prefix,
    status::{InstanceStatus, TaskStatus},
    task::Task,
};
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, Strategy, any, prop_oneof},
    proptest,
    sample::Index,
};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
enum Call {
    Run { count: i64 },
    RunOwn,
    Stop { task: Index, has_ended: bool },
    Drain { host: Index, stops: bool },
    Resume { host: Index },
    Register { lends: bool },
    State { is_draining: bool },
    Deregister,
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = prop_oneof![
        6 => (1..4_i64).prop_map(|count| Call::Run { count }),
        2 => proptest::strategy::Just(Call::RunOwn),
        5 => (any::<Index>(), any::<bool>()).prop_map(|(task, has_ended)| Call::Stop { task, has_ended }),
        3 => (any::<Index>(), any::<bool>()).prop_map(|(host, stops)| Call::Drain { host, stops }),
        3 => any::<Index>().prop_map(|host| Call::Resume { host }),
        3 => any::<bool>().prop_map(|lends| Call::Register { lends }),
        2 => any::<bool>().prop_map(|is_draining| Call::State { is_draining }),
        1 => proptest::strategy::Just(Call::Deregister),
    ];
    vec(call, 0..40)
}

/// Tasks that are not STOPPED, of all clusters, and where they are.
fn tasks(stage: &Stage) -> BTreeMap<TaskId, Task> {
    let all = stage.world.all::<Task>(&Prefix::table::<Task>(&stage.world.scope()));
    let live = all.into_iter().filter(|task| task.last != TaskStatus::Stopped);
    live.map(|task| (task.id.clone(), Task::clone(&task.record))).collect()
}

/// Hosts that take no new task of Fargate.
fn closed(stage: &Stage) -> BTreeSet<String> {
    let scope = stage.world.scope();
    let all = stage.world.all::<ContainerInstance>(&Prefix::table::<ContainerInstance>(&scope));
    let is_open = |instance: &ContainerInstance| {
        let key = PoolHost::key(&scope, &instance.cluster, &instance.id);
        let host = stage.world.get::<PoolHost>(&key);
        host.is_some_and(|host| host.status(instance) == InstanceStatus::Active)
    };
    let closed = all.iter().filter(|instance| !is_open(instance));
    closed.map(|instance| instance.id.to_string()).collect()
}

/// Performs a call; what is refused is as good as what is not.
fn perform(stage: &mut Stage, hosts: &[String; 2], made: &Call) {
    let of = |host: &Index| id(&hosts[host.index(hosts.len())]);
    let lent = &hosts[1];
    let (operation, request): (&str, Json) = match made {
        Call::Run { count } => ("RunTask", asked(json!({"count": count}))),
        Call::RunOwn => ("RunTask", json!({"taskDefinition": "own"})),
        Call::Stop { task, has_ended } => {
            let tasks: Vec<Task> = tasks(stage).into_values().collect();
            let Some(task) = (!tasks.is_empty()).then(|| &tasks[task.index(tasks.len())]) else {
                return;
            };
            let arn = domain::arn::task(&stage.world.scope(), &task.cluster, &task.id);
            if *has_ended {
                ("SubmitTaskStateChange", json!({"task": arn, "status": "STOPPED"}))
            } else {
                ("StopTask", json!({"cluster": task.cluster.as_str(), "task": arn}))
            }
        }
        Call::Drain { host, stops } => {
            let _ = call(stage, "DrainFargateHost", json!({"host": of(host), "stopTasks": stops}));
            return;
        }
        Call::Resume { host } => {
            let _ = call(stage, "ResumeFargateHost", json!({"host": of(host)}));
            return;
        }
        Call::Register { lends } => {
            let own = if *lends { json!([{"name": "longshore.fargate"}]) } else { json!([]) };
            (
                "RegisterContainerInstance",
                json!({"containerInstanceArn": lent, "attributes": able(own), "totalResources": resources(2048, 4096)}),
            )
        }
        Call::State { is_draining } => {
            let status = if *is_draining { "DRAINING" } else { "ACTIVE" };
            (
                "UpdateContainerInstancesState",
                json!({"containerInstances": [lent], "status": status}),
            )
        }
        Call::Deregister => {
            ("DeregisterContainerInstance", json!({"containerInstance": lent, "force": true}))
        }
    };
    let _ = stage.world.call(operation, request);
    stage.check_books();
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_new_comes_to_a_host_that_is_drained(calls in calls()) {
        let mut stage = stage();
        let hosts = [host(&mut stage), lender(&mut stage, true, json!({}))];
        for made in &calls {
            let (before, closed) = (tasks(&stage), closed(&stage));
            perform(&mut stage, &hosts, made);
            for task in tasks(&stage).into_values().filter(|task| !before.contains_key(&task.id)) {
                let (_, host) = task.host().expect("it has a place");
                let is_closed = task.is_fargate() && closed.contains(host.as_str());
                assert!(!is_closed, "{} is put on a host that is drained", task.id);
            }
        }
        // What the pool drains is its lender's own cluster's as before.
        let lent = instance_id(&hosts[1]);
        let shown = stage.ok("DescribeContainerInstances", json!({"containerInstances": [lent.as_str()]}));
        if text(&shown["containerInstances"][0]["status"]) == "ACTIVE" {
            let tasks = stage.ok("ListTasks", json!({"cluster": "default"}));
            for task in list(&tasks["taskArns"]) {
                stage.ok("StopTask", json!({"task": task}));
                stage.ok("SubmitTaskStateChange", json!({"task": task, "status": "STOPPED"}));
            }
            let left = list(&shown["containerInstances"][0]["remainingResources"]).next();
            let has_room = left.is_some_and(|cpu| cpu["integerValue"].as_i64() >= Some(128));
            let reply = stage.ok("RunTask", json!({"taskDefinition": "own"}));
            assert!(!has_room || list(&reply["tasks"]).count() == 1, "{reply}");
        }
    }
}
