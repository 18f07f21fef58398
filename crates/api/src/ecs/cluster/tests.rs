//! Clusters: requests and replies, rule by rule.

use crate::world::World;
use domain::{
    cluster::Cluster,
    id::{ClusterName, DefinitionRevision, Family, InstanceId, TaskId},
    instance::{ContainerInstance, Ledger, Resources},
    status::{DesiredStatus, HealthStatus, InstanceStatus, LaunchType, TaskStatus},
    task::{Overrides, Task},
    time::{Millis, Timestamp},
};
use expect_test::expect;
use serde_json::{Value as Json, json};

fn name(text: &str) -> ClusterName {
    ClusterName::parse(text).expect("a name")
}

fn instance(world: &mut World, cluster: &str, id: u8, status: InstanceStatus) {
    let (scope, cluster, id) = (world.scope(), name(cluster), InstanceId::from_bytes([id; 16]));
    let instance = ContainerInstance {
        id: id.clone(),
        cluster: cluster.clone(),
        ec2_instance_id: None,
        capacity_provider: None,
        status,
        status_reason: None,
        version: 1,
        registered: Resources::default(),
        attributes: [].into(),
        custom_attributes: [].into(),
        registered_at: Timestamp(0),
        inactive_since: None,
        tags: Vec::new(),
        agent_update: None,
    };
    world.put(&ContainerInstance::key(&scope, &cluster, &id), instance);
    let ledger = Ledger { running: 2, pending: 1, stopping: 5, ..Ledger::default() };
    world.put(&Ledger::key(&scope, &cluster, &id), ledger);
}

fn task(world: &mut World, cluster: &str, id: u8, launch_type: LaunchType, last: TaskStatus) {
    let (scope, cluster, id) = (world.scope(), name(cluster), TaskId::from_bytes([id; 16]));
    let task = Task {
        id: id.clone(),
        cluster: cluster.clone(),
        family: Family::parse("web").expect("a family"),
        revision: DefinitionRevision(1),
        instance: None,
        demand: Resources::default(),
        desired: DesiredStatus::Running,
        last,
        version: 1,
        launch_type,
        capacity_provider: None,
        group: "family:web".into(),
        started_by: None,
        cpu: "0".into(),
        memory: "64".into(),
        overrides: Overrides::default(),
        containers: Vec::new(),
        attachments: Vec::new(),
        attributes: Vec::new(),
        availability_zone: None,
        enable_execute_command: false,
        health: HealthStatus::Unknown,
        connectivity: None,
        created_at: Timestamp(0),
        pull_started_at: None,
        pull_stopped_at: None,
        started_at: None,
        stopping_at: None,
        execution_stopped_at: None,
        stopped_at: None,
        stop: None,
        host_cluster: None,
        platform_version: None,
        ephemeral_storage_gib: None,
        protected_until: None,
        tallied: false,
        seeks: None,
        tags: Vec::new(),
    };
    world.put(&Task::key(&scope, &cluster, &id), task);
}

fn describe(world: &mut World, request: Json) -> Json {
    world.ok("DescribeClusters", request)["clusters"][0].clone()
}

#[test]
fn a_new_cluster_is_shown_whole() {
    let reply = World::new().ok("CreateCluster", json!({"tags": [{"key": "team", "value": "a"}]}));
    expect![[r#"
        {
          "cluster": {
            "activeServicesCount": 0,
            "capacityProviders": [],
            "clusterArn": "arn:aws:ecs:us-east-1:123456789012:cluster/default",
            "clusterName": "default",
            "defaultCapacityProviderStrategy": [],
            "pendingTasksCount": 0,
            "registeredContainerInstancesCount": 0,
            "runningTasksCount": 0,
            "settings": [
              {
                "name": "containerInsights",
                "value": "disabled"
              }
            ],
            "statistics": [],
            "status": "ACTIVE",
            "tags": [
              {
                "key": "team",
                "value": "a"
              }
            ]
          }
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&reply).expect("JSON"));
}

#[test]
fn a_fresh_region_has_no_cluster() {
    let mut world = World::new();
    assert_eq!(world.ok("ListClusters", json!({})), json!({"clusterArns": []}));
    let arn = "arn:aws:ecs:us-east-1:123456789012:cluster/default";
    let missing = json!({"clusters": [], "failures": [{"arn": arn, "reason": "MISSING"}]});
    assert_eq!(world.ok("DescribeClusters", json!({})), missing);
}

#[test]
fn creating_twice_is_creating_once() {
    let mut world = World::new();
    let first = world.ok("CreateCluster", json!({"clusterName": "web"}));
    let revision = world.snapshot.revision();
    assert_eq!(world.ok("CreateCluster", json!({"clusterName": "web"})), first);
    assert_eq!(world.snapshot.revision(), revision, "nothing was written");
}

#[test]
fn accounts_and_regions_keep_to_themselves() {
    let mut world = World::new();
    world.ok("CreateCluster", json!({"clusterName": "web"}));
    for (account, region) in [("123456789012", "eu-west-1"), ("210987654321", "us-east-1")] {
        world.enter(account, region);
        assert_eq!(world.ok("ListClusters", json!({})), json!({"clusterArns": []}));
        let arn = "arn:aws:ecs:us-east-1:123456789012:cluster/web";
        let reply = world.ok("DescribeClusters", json!({"clusters": [arn]}));
        assert_eq!(reply["failures"], json!([{"arn": arn, "reason": "MISSING"}]));
        assert_eq!(
            world.fault("DeleteCluster", json!({"cluster": arn})),
            "ClusterNotFoundException: Cluster not found."
        );
    }
}

#[test]
fn a_deleted_cluster_is_inactive_until_it_is_created_again() {
    let mut world = World::new();
    world.ok("CreateCluster", json!({"clusterName": "web", "tags": [{"key": "a", "value": "b"}]}));
    world.pass(Millis::from_s(5));
    let deleted = world.ok("DeleteCluster", json!({"cluster": "web"}));
    assert_eq!(deleted["cluster"]["status"], "INACTIVE");
    let key = Cluster::key(&world.scope(), &name("web"));
    assert_eq!(world.get::<Cluster>(&key).expect("it is kept").inactive_since, Some(world.now));
    assert_eq!(world.ok("ListClusters", json!({}))["clusterArns"], json!([]));
    assert_eq!(describe(&mut world, json!({"clusters": ["web"]}))["status"], "INACTIVE");
    assert_eq!(
        world.ok("DeleteCluster", json!({"cluster": "web"}))["cluster"]["status"],
        "INACTIVE"
    );
    for operation in ["UpdateCluster", "UpdateClusterSettings"] {
        let settings = json!([{"name": "containerInsights", "value": "enabled"}]);
        let request = json!({"cluster": "web", "settings": settings});
        assert_eq!(world.fault(operation, request), "ClusterNotFoundException: Cluster not found.");
    }
    let revived = world.ok("CreateCluster", json!({"clusterName": "web"}));
    assert_eq!(
        (&revived["cluster"]["status"], &revived["cluster"]["tags"]),
        (&json!("ACTIVE"), &json!([]))
    );
    assert_eq!(world.get::<Cluster>(&key).expect("it is kept").inactive_since, None);
}

#[test]
fn a_cluster_with_instances_or_tasks_stays() {
    let mut world = World::new();
    world.ok("CreateCluster", json!({"clusterName": "web"}));
    for status in [InstanceStatus::Active, InstanceStatus::Draining] {
        instance(&mut world, "web", 1, status);
        assert_eq!(
            world.fault("DeleteCluster", json!({"cluster": "web"})),
            "ClusterContainsContainerInstancesException: The Cluster cannot be deleted while Container Instances are active or draining."
        );
    }
    instance(&mut world, "web", 1, InstanceStatus::Inactive);
    task(&mut world, "web", 1, LaunchType::Ec2, TaskStatus::Stopping);
    assert_eq!(
        world.fault("DeleteCluster", json!({"cluster": "web"})),
        "ClusterContainsTasksException: The Cluster cannot be deleted while Tasks are active."
    );
    task(&mut world, "web", 1, LaunchType::Ec2, TaskStatus::Stopped);
    world.ok("DeleteCluster", json!({"cluster": "web"}));
}

#[test]
fn counts_are_sums_over_ledgers() {
    let mut world = World::new();
    world.ok("CreateCluster", json!({"clusterName": "web"}));
    instance(&mut world, "web", 1, InstanceStatus::Active);
    instance(&mut world, "web", 2, InstanceStatus::Draining);
    instance(&mut world, "web", 3, InstanceStatus::Inactive);
    let cluster = describe(&mut world, json!({"clusters": ["web"]}));
    let counts = [
        "registeredContainerInstancesCount",
        "runningTasksCount",
        "pendingTasksCount",
        "activeServicesCount",
    ];
    assert_eq!(counts.map(|count| cluster[count].as_i64()), [Some(2), Some(6), Some(3), Some(0)]);
}

#[test]
fn statistics_tell_launch_types_apart() {
    let mut world = World::new();
    world.ok("CreateCluster", json!({"clusterName": "web"}));
    task(&mut world, "web", 1, LaunchType::Ec2, TaskStatus::Running);
    task(&mut world, "web", 2, LaunchType::Ec2, TaskStatus::Pending);
    task(&mut world, "web", 3, LaunchType::External, TaskStatus::Running);
    task(&mut world, "web", 4, LaunchType::Ec2, TaskStatus::Stopped);
    let cluster = describe(&mut world, json!({"clusters": ["web"], "include": ["STATISTICS"]}));
    let counted: Vec<String> = cluster["statistics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|statistic| statistic["value"] != "0")
        .map(|statistic| format!("{} {}", statistic["name"], statistic["value"]).replace('"', ""))
        .collect();
    assert_eq!(
        counted,
        ["runningEC2TasksCount 1", "pendingEC2TasksCount 1", "runningExternalTasksCount 1"]
    );
}

#[test]
fn parts_are_shown_when_asked_for() {
    let mut world = World::new();
    let configuration = json!({"executeCommandConfiguration": {"logging": "DEFAULT"}});
    world.ok(
        "CreateCluster",
        json!({"clusterName": "web", "tags": [{"key": "a", "value": "b"}], "configuration": configuration}),
    );
    let plain = describe(&mut world, json!({"clusters": ["web"]}));
    assert_eq!([&plain["tags"], &plain["settings"], &plain["statistics"]], [&json!([]); 3]);
    assert!(plain["configuration"].is_null() && plain["attachments"].is_null());
    let include = ["TAGS", "SETTINGS", "CONFIGURATIONS", "ATTACHMENTS"];
    let whole = describe(&mut world, json!({"clusters": ["web"], "include": include}));
    assert_eq!(whole["tags"], json!([{"key": "a", "value": "b"}]));
    assert_eq!(whole["settings"], json!([{"name": "containerInsights", "value": "disabled"}]));
    assert_eq!(whole["configuration"], configuration);
    assert_eq!(whole["attachments"], json!([]));
    assert_eq!(
        world.fault("DescribeClusters", json!({"include": ["ALL"]})),
        "InvalidParameterException: include should be one of [ATTACHMENTS,CONFIGURATIONS,SETTINGS,STATISTICS,TAGS]"
    );
}

#[test]
fn up_to_a_hundred_clusters_are_described_at_once() {
    let mut world = World::new();
    world.ok("CreateCluster", json!({"clusterName": "a"}));
    let names = |count: usize| json!({"clusters": vec!["a"; count]});
    assert_eq!(
        world.ok("DescribeClusters", names(100))["clusters"].as_array().map(Vec::len),
        Some(100)
    );
    assert!(world.fault("DescribeClusters", names(101)).starts_with("InvalidParameterException: "));
    assert_eq!(
        world.fault("DescribeClusters", json!({"clusters": [""]})),
        "InvalidParameterException: Clusters can not be blank."
    );
}

#[test]
fn clusters_are_listed_by_name_in_pages() {
    let mut world = World::new();
    for name in ["c", "a", "b"] {
        world.ok("CreateCluster", json!({"clusterName": name}));
    }
    let arn = |name: &str| format!("arn:aws:ecs:us-east-1:123456789012:cluster/{name}");
    let first = world.ok("ListClusters", json!({"maxResults": 2}));
    assert_eq!(first["clusterArns"], json!([arn("a"), arn("b")]));
    world.ok("DeleteCluster", json!({"cluster": "b"}));
    let second =
        world.ok("ListClusters", json!({"maxResults": 2, "nextToken": first["nextToken"]}));
    assert_eq!(second, json!({"clusterArns": [arn("c")]}));
    let bad = world.fault("ListClusters", json!({"nextToken": "made up"}));
    assert_eq!(bad, "InvalidParameterException: Invalid token.");
}

#[test]
fn settings_and_configuration_change_where_they_are_mentioned() {
    let mut world = World::new();
    world.ok("CreateCluster", json!({"clusterName": "web"}));
    let settings = |value: &str| json!([{"name": "containerInsights", "value": value}]);
    let updated = world
        .ok("UpdateClusterSettings", json!({"cluster": "web", "settings": settings("enhanced")}));
    assert_eq!(updated["cluster"]["settings"], settings("enhanced"));
    let configuration = json!({"executeCommandConfiguration": {"logging": "NONE"}});
    let updated =
        world.ok("UpdateCluster", json!({"cluster": "web", "configuration": configuration}));
    assert_eq!(updated["cluster"]["settings"], settings("enhanced"));
    assert_eq!(updated["cluster"]["configuration"], configuration);
    for (operation, request) in [
        ("UpdateClusterSettings", json!({"cluster": "web", "settings": []})),
        ("UpdateClusterSettings", json!({"cluster": "web", "settings": settings("sometimes")})),
        ("UpdateCluster", json!({"cluster": "web", "settings": [{"name": "containerInsights"}]})),
        (
            "UpdateCluster",
            json!({"cluster": "web", "settings": [{"name": "other", "value": "on"}]}),
        ),
        (
            "UpdateCluster",
            json!({"cluster": "web", "configuration": {"executeCommandConfiguration": {"logging": "OVERRIDE"}}}),
        ),
        ("CreateCluster", json!({"clusterName": "new", "settings": settings("")})),
    ] {
        let why = world.fault(operation, request);
        assert!(why.starts_with("InvalidParameterException: "), "{operation}: {why}");
    }
}

#[test]
fn a_new_cluster_takes_the_account_s_setting() {
    let mut world = World::new();
    world.ok("PutAccountSettingDefault", json!({"name": "containerInsights", "value": "enabled"}));
    let created = world.ok("CreateCluster", json!({}));
    assert_eq!(
        created["cluster"]["settings"],
        json!([{"name": "containerInsights", "value": "enabled"}])
    );
}

#[test]
fn capacity_providers_are_those_that_exist() {
    let mut world = World::new();
    let strategy = |items: &[(&str, i64, i64)]| -> Json {
        items.iter().map(|(name, weight, base)| json!({"capacityProvider": name, "weight": weight, "base": base})).collect()
    };
    let both = json!(["FARGATE", "FARGATE_SPOT"]);
    let created = world.ok(
        "CreateCluster",
        json!({"capacityProviders": both, "defaultCapacityProviderStrategy": strategy(&[("FARGATE", 1, 2), ("FARGATE_SPOT", 3, 0)])}),
    );
    assert_eq!(created["cluster"]["capacityProviders"], both);
    for (providers, items) in [
        (json!(["mine"]), strategy(&[])),
        (json!(["FARGATE"]), strategy(&[("FARGATE_SPOT", 1, 0)])),
        (both.clone(), strategy(&[("FARGATE", 1, 1), ("FARGATE_SPOT", 1, 1)])),
        (both.clone(), strategy(&[("FARGATE", 0, 1), ("FARGATE_SPOT", 0, 0)])),
        (both.clone(), strategy(&[("FARGATE", 1, 1), ("FARGATE", 1, 0)])),
        (both.clone(), strategy(&[("FARGATE", 1001, 1)])),
    ] {
        let request = json!({"clusterName": "x", "capacityProviders": providers, "defaultCapacityProviderStrategy": items});
        let why = world.fault("CreateCluster", request.clone());
        assert!(why.starts_with("InvalidParameterException: "), "{request}: {why}");
    }
}

#[test]
fn names_are_checked_and_what_is_not_served_is_said() {
    let mut world = World::new();
    let malformed = |name: &str| {
        format!(
            "InvalidParameterException: Cluster must match ^[a-zA-Z0-9\\-_]{{1,255}}$, but was {name}"
        )
    };
    assert_eq!(world.fault("CreateCluster", json!({"clusterName": "a b"})), malformed("a b"));
    let task = "arn:aws:ecs:us-east-1:123456789012:task/web/1";
    assert_eq!(world.fault("DeleteCluster", json!({"cluster": task})), malformed(task));
    assert_eq!(
        world.fault("DeleteCluster", json!({"cluster": "web"})),
        "ClusterNotFoundException: Cluster not found."
    );
    let connect = json!({"serviceConnectDefaults": {"namespace": "apps"}});
    assert!(
        world
            .fault("CreateCluster", connect)
            .contains("`serviceConnectDefaults` is not served by Longshore yet")
    );
    world.ok("CreateCluster", json!({"serviceConnectDefaults": {"namespace": ""}}));
}

#[test]
fn a_key_that_nothing_would_be_encrypted_with_is_refused() {
    let mut world = World::new();
    for key in ["kmsKeyId", "fargateEphemeralStorageKmsKeyId"] {
        let configuration = json!({"managedStorageConfiguration": {key: "alias/mine"}});
        let asked = json!({"clusterName": "web", "configuration": configuration});
        assert!(
            world.fault("CreateCluster", asked).contains(
                "`managedStorageConfiguration` with a key is not served by Longshore yet"
            )
        );
    }
    world.ok("CreateCluster", json!({"configuration": {"managedStorageConfiguration": {}}}));
}
