//! What a change of one VPC costs all sessions: `cargo run -p control --example rings`.
//!
//! 1,000 tasks on 100 hosts, all in one VPC or in ten. Every host has been told; then a group of one VPC changes, and every session looks.

use control::{
    instance::Instance,
    network::{Told, survey::Surveys},
};
use domain::{
    id::{AccountId, ClusterName, InstanceId, Region, Scope},
    instance::ContainerInstance,
    key::Key,
    record::Record,
    vpc::{NetworkInterface, SecurityGroup, Subnet, Vpc},
};
use serde_json::{Value as Json, json};
use std::time::Duration;
use store::{Expect, Snapshot, Transaction};

const HOSTS: usize = 100;
const TASKS: usize = 1000;
const ROUNDS: usize = 10;

fn main() {
    for vpcs in [1, 10] {
        let (took, told) = ring(vpcs);
        println!(
            "{TASKS} tasks, {HOSTS} hosts, {vpcs} VPCs: {took:?} a ring for all sessions, {told} of them have news"
        );
    }
}

/// How long all sessions take for one change, and how many have news of it.
fn ring(vpcs: usize) -> (Duration, usize) {
    let mut snapshot = region(vpcs);
    let mut sessions: Vec<Told> = (0..HOSTS).map(|_| Told::default()).collect();
    let surveys = Surveys::default();
    look(&surveys, &snapshot, &mut sessions);
    let (mut took, mut told) = (Duration::ZERO, 0);
    for round in 0..ROUNDS {
        snapshot = with(&snapshot, |writes| group(writes, 0, round));
        let begin = tokio::time::Instant::now();
        told = look(&surveys, &snapshot, &mut sessions);
        took += begin.elapsed();
    }
    (took / u32::try_from(ROUNDS).expect("few"), told)
}

fn look(surveys: &Surveys, snapshot: &Snapshot, sessions: &mut [Told]) -> usize {
    let news = sessions.iter_mut().enumerate().filter_map(|(host, told)| {
        // As each session does, with a snapshot of its own.
        let survey = surveys.at(snapshot, &scope()).expect("readable records");
        told.news(&survey, &instance(host)).expect("readable records")
    });
    news.count()
}

fn scope() -> Scope {
    Scope {
        account: AccountId::parse("123456789012").expect("digits"),
        region: Region::parse("eu-west-1").expect("a region"),
    }
}

fn instance(number: usize) -> Instance {
    let cluster = ClusterName::parse("web").expect("a name");
    let id = InstanceId::from_bytes((number as u128).to_be_bytes());
    Instance { scope: scope(), cluster, id }
}

fn with(snapshot: &Snapshot, write: impl FnOnce(&mut Transaction)) -> Snapshot {
    let mut writes = Transaction::new();
    write(&mut writes);
    snapshot.with(&writes).expect("nothing is expected")
}

fn put<R: Record>(writes: &mut Transaction, key: &Key, json: Json) {
    let record: R = serde_json::from_value(json).expect("a record");
    writes.put(key, Expect::Any, record);
}

fn group(writes: &mut Transaction, vpc: usize, round: usize) {
    let id = format!("sg-{vpc}");
    put::<SecurityGroup>(
        writes,
        &SecurityGroup::key(&scope(), &id),
        json!({
            "id": id, "vpc": format!("vpc-{vpc}"), "name": "web", "description": "", "rules": [
                {"id": "sgr-1", "egress": false, "peer": {"group": id}, "traffic": {"protocol": "-1", "from": null, "to": null}},
                {"id": "sgr-2", "egress": true, "peer": {"ipv4": "0.0.0.0/0"}, "traffic": {"protocol": "tcp", "from": round, "to": round}},
            ],
        }),
    );
}

/// Tasks go round the hosts, and hosts round the VPCs.
fn region(vpcs: usize) -> Snapshot {
    let scope = scope();
    with(&Snapshot::default(), |writes| {
        for vpc in 0..vpcs {
            let (id, subnet) = (format!("vpc-{vpc}"), format!("subnet-{vpc}"));
            put::<Vpc>(
                writes,
                &Vpc::key(&scope, &id),
                json!({
                    "id": id, "blocks": [["vpc-cidr-assoc-1", format!("10.{vpc}.0.0/16")]], "number": vpc + 1, "dhcpOptions": "default",
                    "dnsSupport": true, "dnsHostnames": true, "tenancy": "default", "mainRouteTable": "rtb-1", "defaultAcl": "acl-1",
                    "defaultGroup": format!("sg-{vpc}"),
                }),
            );
            put::<Subnet>(
                writes,
                &Subnet::key(&scope, &subnet),
                json!({
                    "id": subnet, "vpc": id, "zone": "eu-west-1a", "block": format!("10.{vpc}.0.0/16"), "acl": "acl-1",
                    "aclAssociation": "aclassoc-1",
                }),
            );
            group(writes, vpc, 0);
        }
        for host in 0..HOSTS {
            let instance = instance(host);
            put::<ContainerInstance>(
                writes,
                &instance.key(),
                json!({
                    "id": instance.id, "cluster": "web", "status": "ACTIVE", "version": 1, "registered": {}, "registered_at": 0,
                    "attributes": {"longshore.address": format!("192.0.2.{host}")},
                }),
            );
        }
        for task in 0..TASKS {
            let (host, id) = (instance(task % HOSTS), format!("eni-{task:017x}"));
            let vpc = task % HOSTS % vpcs;
            put::<NetworkInterface>(
                writes,
                &NetworkInterface::key(&scope, &id),
                json!({
                    "id": id, "vpc": format!("vpc-{vpc}"), "subnet": format!("subnet-{vpc}"), "zone": "eu-west-1a",
                    "addresses": [format!("10.{vpc}.{}.{}", task / 250, task % 250 + 4)], "mac": format!("0a:00:00:00:{:02x}:{:02x}", task / 256, task % 256),
                    "groups": [format!("sg-{vpc}")], "description": "", "sourceDestCheck": true, "createdAt": 0,
                    "attachedTo": {"task": {"task": format!("{task:032x}"), "cluster": "web", "instance": host.id}},
                }),
            );
        }
    })
}
