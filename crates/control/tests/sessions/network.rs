//! What a host of ours is told of the VPC of its tasks, over a session as it is.

use crate::{
    agent::Agent,
    scene::{Plane, cluster, of, scope},
};
use books::{blueprint::Blueprint, draft::Draft, ids::Ids, seat::Seat};
use control::instance::Instance;
use domain::{
    definition::TaskDefinition,
    instance::ContainerInstance,
    key::{Key, Prefix},
    link::{acs::FromPlane, network::VpcMap},
    record::Record,
    task::{Overrides, Task},
    vpc::{SecurityGroup, Subnet, SubnetChoice, TaskNetwork, Vpc},
};
use serde_json::{Value as Json, json};
use std::time::Duration;
use store::{Expect, Found, Transaction};
use tokio::time::Instant;

async fn put<R: Record>(plane: &Plane, key: &Key, json: Json) {
    let mut writes = Transaction::new();
    writes.put(key, Expect::Any, of::<R>(json));
    plane.commit(writes).await;
}

async fn group(plane: &Plane, ports: &[u16]) {
    let rules: Vec<Json> = ports
        .iter()
        .map(|port| {
            json!({"id": format!("sgr-{port}"), "peer": {"ipv4": "0.0.0.0/0"},
                "traffic": {"protocol": "tcp", "from": port, "to": port}})
        })
        .collect();
    put::<SecurityGroup>(
        plane,
        &SecurityGroup::key(&scope(), "sg-1"),
        json!({
            "id": "sg-1", "vpc": "vpc-1", "name": "web", "description": "", "rules": rules,
        }),
    )
    .await;
}

/// An instance in zone `a` that says where its overlay is, and a VPC with a subnet there.
async fn register(plane: &Plane) -> Instance {
    let instance = plane.register(1).await;
    put::<ContainerInstance>(plane, &instance.key(), json!({
        "id": instance.id, "cluster": "default", "status": "ACTIVE", "version": 1, "registered_at": 0,
        "registered": {"cpu": 4096, "memory": 4096, "enis": 10},
        "attributes": {"longshore.address": "192.0.2.1", "ecs.availability-zone": "a"},
    }))
    .await;
    put::<Vpc>(plane, &Vpc::key(&scope(), "vpc-1"), json!({
        "id": "vpc-1", "blocks": [["vpc-cidr-assoc-1", "10.0.0.0/16"]], "number": 5, "dhcpOptions": "default", "dnsSupport": true,
        "dnsHostnames": true, "tenancy": "default", "mainRouteTable": "rtb-1", "defaultAcl": "acl-1", "defaultGroup": "sg-1",
    }))
    .await;
    put::<Subnet>(plane, &Subnet::key(&scope(), "subnet-1"), json!({
        "id": "subnet-1", "vpc": "vpc-1", "zone": "a", "block": "10.0.1.0/24", "acl": "acl-1", "aclAssociation": "aclassoc-1",
    }))
    .await;
    group(plane, &[80]).await;
    plane.define(json!({}), None).await;
    instance
}

/// A task in awsvpc mode, as RunTask makes it.
async fn run(plane: &Plane, instance: &Instance) -> Task {
    let snapshot = plane.engine.snapshot().await.expect("an open store");
    let mut definitions = snapshot.range(&Prefix::table::<TaskDefinition>(&scope()));
    let found: Found<TaskDefinition> = definitions.next().expect("one").expect("a record");
    let mut blueprint = Blueprint::new(cluster(), found, Overrides::default());
    blueprint.demand.enis = 1;
    blueprint.network = Some(TaskNetwork {
        vpc: "vpc-1".into(),
        subnets: vec![SubnetChoice { id: "subnet-1".into(), zone: "a".into() }],
        groups: Vec::new(),
        public_ip: false,
    });
    let found = snapshot.get(&instance.key()).expect("a record").expect("it is registered");
    let seat = Seat::of(&snapshot, &scope(), found).expect("records");
    let held = blueprint.needs(&[]).held_on(&seat.candidate());
    let mut draft = Draft::new(&snapshot, &scope(), plane.now());
    let task = draft.make(&blueprint, &Ids::from_seed([9; 32]), None, &seat, held);
    plane.commit(draft.finish()).await;
    task.expect("records")
}

async fn map(agent: &mut Agent) -> VpcMap {
    agent
        .until(|message| match message {
            FromPlane::NetworkMap(map) => Some(map.vpcs[0].clone()),
            _ => None,
        })
        .await
}

#[tokio::test(start_paused = true)]
async fn host_hears_of_the_vpc_before_the_task_and_of_changes_at_once() {
    let mut plane = Plane::start().await;
    let instance = register(&plane).await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    agent.manifest().await;
    let task = run(&plane, &instance).await;
    let mut known = None;
    let payload = agent
        .until(|message| match message {
            FromPlane::NetworkMap(map) => {
                known = Some(map.vpcs[0].clone());
                None
            }
            FromPlane::Payload(payload) => Some(payload.clone()),
            _ => None,
        })
        .await;
    let interface = &payload.tasks[0].elastic_network_interfaces[0];
    let known = known.expect("the VPC is told before the task");
    assert_eq!((known.id.as_str(), known.number), ("vpc-1", 5));
    assert_eq!(known.interfaces[0].id, interface.ec2_id);
    assert_eq!(interface.vpc_number, 5);
    assert_eq!(interface.subnet_gateway_ipv4_address, "10.0.1.1/24");
    assert_eq!(interface.domain_name_servers, ["10.0.0.2"]);
    let attachment = &task.attachments[0];
    assert!(interface.attachment_arn.ends_with(&format!(":attachment/{}", attachment.id)));
    assert_eq!(Some(interface.private_dns_name.as_str()), attachment.detail("privateDnsName"));

    let begin = Instant::now();
    group(&plane, &[80, 443]).await;
    let changed = map(&mut agent).await;
    assert_eq!(changed.groups["sg-1"].ingress.len(), 2);
    assert!(begin.elapsed() < Duration::from_millis(100), "after {:?}", begin.elapsed());

    let memory = agent.leave().await;
    let mut agent = Agent::connect(&mut plane, &instance, memory).await;
    assert_eq!(map(&mut agent).await, changed, "whole again in a new session");
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn official_agent_hears_of_tasks_and_not_of_networks() {
    let mut plane = Plane::start().await;
    let instance = register(&plane).await;
    put::<ContainerInstance>(&plane, &instance.key(), json!({
        "id": instance.id, "cluster": "default", "status": "ACTIVE", "version": 1, "registered_at": 0,
        "registered": {"cpu": 4096, "memory": 4096, "enis": 10}, "attributes": {"ecs.availability-zone": "a"},
    }))
    .await;
    let mut agent = Agent::connect_new(&mut plane, &instance).await;
    run(&plane, &instance).await;
    let payload = agent
        .until(|message| match message {
            FromPlane::NetworkMap(_) => panic!("it does not know such a message"),
            FromPlane::Payload(payload) => Some(payload.clone()),
            _ => None,
        })
        .await;
    assert_eq!(payload.tasks[0].elastic_network_interfaces.len(), 1);
    plane.close().await;
}
