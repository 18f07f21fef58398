//! Tasks of Fargate: on a host of the pool, with their size, their platform and an address, and without a slot of the host's type.

use super::{
    super::super::{tests::terms, writes},
    Scene, cluster, deployment, instance, of, scope, service_key,
};
use books::ids::Ids;
use domain::{
    definition::TaskDefinition,
    fargate::PoolHost,
    id::ClusterName,
    instance::{Assignment, ContainerInstance, InstanceLink, Ledger},
    service::Service,
    status::{InstanceStatus, LaunchType, TaskStatus},
    task::{Attachment, Task},
    time::Timestamp,
    vpc::{NetworkInterface, SecurityGroup, Subnet, Vpc},
};
use expect_test::{Expect as Expected, expect};
use planner::{
    plan::{Action, Launch, Place},
    rules::Rules,
};
use serde_json::json;
use store::Found;

const SUBNETS: [(&str, &str, &str); 2] =
    [("subnet-a", "a", "10.0.1.0/24"), ("subnet-b", "b", "10.0.2.0/24")];

/// A host of the pool in `zone` that has no slot for interfaces, and a service on Fargate in two subnets, with public addresses.
fn scene(zone: &str) -> Scene {
    let subnets = SUBNETS.map(|(id, zone, _)| json!({ "id": id, "zone": zone }));
    let template = json!({
        "definition": { "family": "f", "revision": 1 }, "launchType": "FARGATE", "platformVersion": "LATEST",
        "network": { "vpc": "vpc-1", "subnets": subnets, "groups": [], "publicIp": true },
    });
    let mut scene = Scene::new(json!({}));
    let found = scene.snapshot.get::<Service>(&service_key()).expect("a record");
    let mut service = Service::clone(&found.expect("the service").record);
    service.deployments[0].template = serde_json::from_value(template).expect("a template");
    service.template = Some(service.deployments[0].template.clone());
    scene.put(&service_key(), service);
    let definition: TaskDefinition = of(json!({
        "family": "f", "revision": 1, "status": "ACTIVE", "networkMode": "awsvpc", "registeredAt": 0, "cpu": "256", "memory": "512",
        "containerDefinitions": [{ "name": "app", "image": "busybox" }],
    }));
    let key = TaskDefinition::key(&scope(), &definition.family, definition.revision);
    scene.put(&key, definition);
    put_network(&mut scene);
    let pool = ClusterName::fargate();
    let host: ContainerInstance = of(json!({
        "id": instance(5), "cluster": pool, "status": "ACTIVE", "version": 1, "registered_at": 0,
        "registered": { "cpu": 512, "memory": 4096 }, "attributes": { "ecs.availability-zone": zone },
    }));
    scene.put(&ContainerInstance::key(&scope(), &pool, &instance(5)), host);
    scene.put(&PoolHost::key(&scope(), &pool, &instance(5)), PoolHost::default());
    let link = InstanceLink { connected: true, ..InstanceLink::default() };
    scene.put(&InstanceLink::key(&scope(), &pool, &instance(5)), link);
    scene.step = super::step_on(&scene.snapshot);
    scene
}

fn put_network(scene: &mut Scene) {
    let vpc: Vpc = of(json!({
        "id": "vpc-1", "blocks": [["vpc-cidr-assoc-1", "10.0.0.0/16"]], "number": 1, "dhcpOptions": "default", "dnsSupport": true,
        "dnsHostnames": true, "tenancy": "default", "mainRouteTable": "rtb-1", "defaultAcl": "acl-1", "defaultGroup": "sg-0",
    }));
    scene.put(&Vpc::key(&scope(), "vpc-1"), vpc);
    let group: SecurityGroup =
        of(json!({ "id": "sg-0", "vpc": "vpc-1", "name": "sg-0", "description": "", "rules": [] }));
    scene.put(&SecurityGroup::key(&scope(), "sg-0"), group);
    for (id, zone, block) in SUBNETS {
        let subnet: Subnet = of(json!({
            "id": id, "vpc": "vpc-1", "zone": zone, "block": block, "acl": "acl-1", "aclAssociation": "aclassoc-1",
        }));
        scene.put(&Subnet::key(&scope(), id), subnet);
    }
}

fn launch(scene: &mut Scene, zones: &[Option<&str>]) {
    let host = ContainerInstance::key(&scope(), &ClusterName::fargate(), &instance(5));
    let launch = |zone: &Option<&str>| Launch {
        deployment: deployment(),
        place: Some(Place { instance: host.clone(), held: Default::default() }),
        provider: Some("FARGATE_SPOT".into()),
        zone: zone.map(str::to_owned),
    };
    scene.step.launches = zones.iter().map(launch).collect();
    assert!(scene.perform());
}

fn tasks(scene: &Scene) -> Vec<Found<Task>> {
    let mut tasks = scene.all::<Task>(&Task::all_in(&scope(), &cluster()));
    tasks.sort_by_key(|task| task.availability_zone.clone());
    tasks
}

fn check(scene: &Scene, expected: Expected) {
    let mut text = String::new();
    let pool = ClusterName::fargate();
    for task in tasks(scene) {
        let attachment = task.attachments.iter().find(|it| it.is_interface());
        let detail = |name| attachment.and_then(|it| it.detail(name)).unwrap_or("-").to_owned();
        let interface = detail(Attachment::INTERFACE_ID);
        let interface = NetworkInterface::key(&scope(), &interface);
        let interface = scene.snapshot.get::<NetworkInterface>(&interface).expect("a record");
        let has_public = interface.is_some_and(|it| it.public_address.is_some());
        text += &format!(
            "{} {} of {} in zone {}, subnet {}, public address {has_public}, holds {} {} {} slots, {} GiB\n",
            task.launch_type,
            task.platform_version.as_deref().unwrap_or("-"),
            task.capacity_provider.as_deref().unwrap_or("-"),
            task.availability_zone.as_deref().unwrap_or("-"),
            detail(Attachment::SUBNET),
            task.demand.cpu,
            task.demand.memory,
            task.demand.enis,
            task.ephemeral_storage_gib.unwrap_or_default(),
        );
        assert_eq!(task.host(), Some((&pool, &instance(5))));
        let key = Assignment::key(&scope(), &pool, &instance(5), &task.id);
        let assignment = scene.snapshot.get::<Assignment>(&key).expect("a record");
        assert_eq!(assignment.expect("an assignment").cluster, Some(cluster()));
        assert_eq!(task.launch_type, LaunchType::Fargate);
    }
    let ledger = Ledger::key(&scope(), &pool, &instance(5));
    let ledger = scene.snapshot.get::<Ledger>(&ledger).expect("a record").expect("a ledger");
    let groups: Vec<_> =
        ledger.groups.iter().map(|(group, tasks)| format!("{group} {tasks}")).collect();
    text += &format!("ledger {} {} {}\n", ledger.held.cpu, ledger.held.memory, groups.join(", "));
    expected.assert_eq(&text);
}

#[test]
fn a_host_s_zone_decides_where_it_is_one_of_the_subnets() {
    let mut scene = scene("b");
    launch(&mut scene, &[None]);
    check(
        &scene,
        expect![[r#"
        FARGATE 1.4.0 of FARGATE_SPOT in zone b, subnet subnet-b, public address true, holds 256 512 0 slots, 20 GiB
        ledger 256 512 .fargate/shop/service:web 1
    "#]],
    );
}

#[test]
fn elsewhere_a_task_is_in_the_zone_that_it_is_told() {
    let mut scene = scene("c");
    launch(&mut scene, &[Some("b"), Some("a")]);
    check(
        &scene,
        expect![[r#"
        FARGATE 1.4.0 of FARGATE_SPOT in zone a, subnet subnet-a, public address true, holds 256 512 0 slots, 20 GiB
        FARGATE 1.4.0 of FARGATE_SPOT in zone b, subnet subnet-b, public address true, holds 256 512 0 slots, 20 GiB
        ledger 512 1024 .fargate/shop/service:web 2
    "#]],
    );
}

#[test]
fn what_no_longer_fits_the_pool_is_left_out() {
    let mut scene = scene("a");
    launch(&mut scene, &[None, None, None]);
    assert_eq!(tasks(&scene).len(), 2);
}

/// Tasks of other clusters than the host's are found by its assignments.
#[test]
fn a_host_is_kept_while_a_task_of_any_cluster_is_there_and_goes_with_its_place_in_the_pool() {
    let mut scene = scene("a");
    launch(&mut scene, &[None]);
    let pool = ClusterName::fargate();
    let key = ContainerInstance::key(&scope(), &pool, &instance(5));
    let found = scene.snapshot.get::<ContainerInstance>(&key).expect("a record");
    let mut host = ContainerInstance::clone(&found.expect("the host").record);
    (host.status, host.inactive_since) = (InstanceStatus::Inactive, Some(Timestamp(0)));
    scene.put(&key, host);
    let forget = |scene: &Scene| {
        let rules = Rules::default();
        let action = Action::Forget { record: key.clone(), why: String::new() };
        let ids = Ids::from_seed([2; 32]);
        writes(&scene.snapshot, &terms(&rules), &action, &ids, Timestamp(rules.retention.0))
            .expect("records")
    };
    assert!(forget(&scene).is_empty(), "its task runs");
    let task = tasks(&scene).remove(0);
    scene.put(&task.key, Task { last: TaskStatus::Stopped, ..Task::clone(&task.record) });
    let written = forget(&scene);
    let gone = scene.snapshot.with(&written).expect("it was decided on this");
    assert!(gone.entry(&key).is_none());
    assert!(gone.entry(&PoolHost::key(&scope(), &pool, &instance(5))).is_none());
    assert!(gone.entry(&Assignment::key(&scope(), &pool, &instance(5), &task.id)).is_none());
}
