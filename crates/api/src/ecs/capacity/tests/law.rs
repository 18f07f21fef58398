//! The laws of capacity providers, over random calls: whatever is called, in whatever order, what belongs together says so on both sides.

use crate::ecs::stage::{Stage, cluster, resources};
use domain::{
    capacity::{CapacityProvider, GROUP_ATTRIBUTE, ProviderStatus},
    cluster::Cluster,
    instance::ContainerInstance,
    status::{InstanceStatus, TaskStatus},
    task::Task,
};
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, Strategy, any, prop_oneof},
    proptest,
    sample::{Index, select},
};
use serde_json::{Value as Json, json};

#[derive(Clone, Debug)]
enum Call {
    Create { provider: &'static str, group: &'static str, scaling: &'static str },
    Delete { provider: &'static str },
    Associate { providers: Vec<&'static str> },
    Register { host: Index, group: Option<&'static str> },
    Deregister { host: Index },
    PutGroup { host: Index, group: &'static str },
    DeleteGroup { host: Index },
    Run { provider: &'static str, count: i64 },
    Stop { task: Index },
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let provider = || select(&["p", "q"][..]);
    let group = || select(&["a", "b"][..]);
    let scaling = select(&["ENABLED", "DISABLED"][..]);
    let asked = vec(select(&["p", "q", "FARGATE"][..]), 0..3);
    let maybe = select(&[None, Some("a"), Some("b")][..]);
    let call = prop_oneof![
        4 => (provider(), group(), scaling).prop_map(|(provider, group, scaling)| Call::Create { provider, group, scaling }),
        2 => provider().prop_map(|provider| Call::Delete { provider }),
        5 => asked.prop_map(|providers| Call::Associate { providers }),
        4 => (any::<Index>(), maybe).prop_map(|(host, group)| Call::Register { host, group }),
        1 => any::<Index>().prop_map(|host| Call::Deregister { host }),
        2 => (any::<Index>(), group()).prop_map(|(host, group)| Call::PutGroup { host, group }),
        1 => any::<Index>().prop_map(|host| Call::DeleteGroup { host }),
        5 => (provider(), 1..=4_i64).prop_map(|(provider, count)| Call::Run { provider, count }),
        4 => any::<Index>().prop_map(|task| Call::Stop { task }),
    ];
    vec(call, 0..50)
}

/// Performs a call; what is refused is as good as what is not. Says whether it was not refused.
fn perform(stage: &mut Stage, hosts: &[String], call: &Call) -> bool {
    let host = |index: &Index| &hosts[index.index(hosts.len())];
    let group = |group: &str| json!([{"name": GROUP_ATTRIBUTE, "value": group}]);
    let of = |index: &Index, group: &str| json!([{"name": GROUP_ATTRIBUTE, "value": group, "targetId": host(index)}]);
    let (operation, request): (_, Json) = match call {
        Call::Create { provider, group, scaling } => {
            let settings =
                json!({"autoScalingGroupArn": group, "managedScaling": {"status": scaling}});
            (
                "CreateCapacityProvider",
                json!({"name": provider, "autoScalingGroupProvider": settings}),
            )
        }
        Call::Delete { provider } => {
            ("DeleteCapacityProvider", json!({"capacityProvider": provider}))
        }
        Call::Associate { providers } => (
            "PutClusterCapacityProviders",
            json!({"cluster": "default", "capacityProviders": providers, "defaultCapacityProviderStrategy": []}),
        ),
        Call::Register { host: index, group: said } => {
            let attributes = said.map_or_else(|| json!([]), group);
            stage.connect(host(index), true);
            (
                "RegisterContainerInstance",
                json!({"containerInstanceArn": host(index), "attributes": attributes, "totalResources": resources(1024, 1024)}),
            )
        }
        Call::Deregister { host: index } => (
            "DeregisterContainerInstance",
            json!({"containerInstance": host(index), "force": true}),
        ),
        Call::PutGroup { host, group } => ("PutAttributes", json!({"attributes": of(host, group)})),
        Call::DeleteGroup { host } => ("DeleteAttributes", json!({"attributes": of(host, "a")})),
        Call::Run { provider, count } => {
            let strategy = json!([{"capacityProvider": provider, "weight": 1}]);
            (
                "RunTask",
                json!({"taskDefinition": "web", "count": count, "capacityProviderStrategy": strategy}),
            )
        }
        Call::Stop { task } => {
            let all = Task::all_in(&stage.world.scope(), &cluster());
            let tasks = stage.world.all::<Task>(&all);
            let id = (!tasks.is_empty()).then(|| tasks[task.index(tasks.len())].id.to_string());
            ("StopTask", json!({"task": id.unwrap_or_default()}))
        }
    };
    stage.world.call(operation, request).is_ok()
}

fn check(stage: &Stage) {
    let scope = stage.world.scope();
    let cluster_record = stage.world.get::<Cluster>(&Cluster::key(&scope, &cluster()));
    let cluster_record = cluster_record.expect("the cluster is not deleted");
    let providers = stage.world.all::<CapacityProvider>(&CapacityProvider::all(&scope));
    let active: Vec<_> =
        providers.iter().filter(|it| it.status == ProviderStatus::Active).collect();
    let is_associated = |name: &str| cluster_record.capacity_providers.iter().any(|it| it == name);
    for name in cluster_record.capacity_providers.iter().filter(|name| *name != "FARGATE") {
        assert!(active.iter().any(|it| it.name == *name), "{name} is associated and not ACTIVE");
    }
    for (at, one) in active.iter().enumerate() {
        let shares = active[at + 1..].iter().any(|other| one.group.is_meant_by(&other.group.arn));
        assert!(!shares, "{} shares its group", one.name);
    }
    let instances = ContainerInstance::all_in(&scope, &cluster());
    for instance in stage.world.all::<ContainerInstance>(&instances) {
        if instance.status == InstanceStatus::Inactive {
            continue;
        }
        let group = instance.attributes.get(GROUP_ATTRIBUTE).and_then(|it| it.as_deref());
        let its = active.iter().find(|provider| {
            is_associated(&provider.name) && group.is_some_and(|it| provider.group.is_meant_by(it))
        });
        assert_eq!(instance.capacity_provider, its.map(|it| it.name.clone()), "of {group:?}");
    }
    for task in stage.world.all::<Task>(&Task::all_in(&scope, &cluster())) {
        if task.last == TaskStatus::Stopped {
            continue;
        }
        let provider = task.capacity_provider.as_deref().expect("each is run by a strategy");
        assert!(is_associated(provider), "{provider} has a task and is not the cluster's");
        assert_eq!(task.instance.is_none(), task.last == TaskStatus::Provisioning);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clusters_providers_instances_and_tasks_agree(calls in calls()) {
        let mut stage = Stage::new();
        stage.define("web", json!({"cpu": 500}));
        let hosts = ["one", "two", "three"].map(|name| stage.host(name, json!({})));
        for call in &calls {
            let before = stage.world.snapshot.revision();
            let is_done = perform(&mut stage, &hosts, call);
            // A link that a test connects is a commit of its own.
            let is_link = matches!(call, Call::Register { .. });
            assert!(is_done || is_link || stage.world.snapshot.revision() == before);
            check(&stage);
            stage.check_books();
        }
    }
}
