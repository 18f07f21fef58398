//! Requests and what is answered to them, on a host with three tasks: `a` and `b` have addresses of their own, `c` is in host mode.

mod credentials;
mod instance;
mod metadata;
mod protection;
mod serve;

use super::{
    Caller, ClockDrift, Facts, HostView, Ids, Traffic,
    docker::Samples,
    door::Sample,
    reply::{Reply, Request},
    respond::respond,
    route::Route,
    view::{OnFargate, TaskView, View},
};
use crate::{
    driver::ContainerKey,
    machine::{ContainerPortrait, Known, Portrait},
};
use domain::{
    link::acs::PayloadTask,
    status::{DesiredStatus, HealthStatus},
    task::NetworkBinding,
    time::Timestamp,
};
use serde_json::{Value as Json, json};
use std::{collections::BTreeMap, net::Ipv4Addr, sync::Arc};

/// A minute past the tasks' start.
const NOW: Timestamp = Timestamp(1_800_000_060_000);

fn ids() -> Ids {
    Ids::new(&[7; 32])
}

fn id(letter: &str) -> String {
    letter.repeat(32)
}

fn arn(letter: &str) -> String {
    format!("arn:aws:ecs:us-east-1:000000000000:task/default/{}", id(letter))
}

/// The id in the addresses of a task's container `web`.
fn endpoint_id(letter: &str) -> String {
    ids().endpoint(&id(letter), "web")
}

fn payload(letter: &str) -> PayloadTask {
    let role = |name: &str| {
        json!({
            "credentialsId": format!("{name}-{letter}"),
            "roleArn": format!("arn:aws:iam::000000000000:role/{name}-{letter}"),
            "accessKeyId": format!("ASIA{letter}"), "secretAccessKey": "secret",
            "sessionToken": "token", "expiration": "2027-01-15T14:00:00Z",
        })
    };
    let host = json!({ "NetworkMode": "bridge", "LogConfig": { "Type": "json-file", "Config": { "max-size": "1m" } } });
    let config = json!({ "Labels": { "tier": "front" } });
    let payload = json!({
        "arn": arn(letter), "taskClusterArn": "arn:aws:ecs:us-east-1:000000000000:cluster/default",
        "family": "shop", "version": "3", "desiredStatus": "RUNNING", "cpu": 0.5, "memory": 256,
        "launchType": "EC2", "group": "service:shop", "serviceName": "shop",
        "roleCredentials": role("app"), "executionRoleCredentials": role("exec"),
        "containers": [
            { "name": "web", "image": "nginx:1", "cpu": 128, "memory": 64,
              "containerArn": "arn:aws:ecs:us-east-1:000000000000:container/default/x/web",
              "dockerConfig": { "config": config.to_string(), "hostConfig": host.to_string() } },
            { "name": "late", "image": "busybox:1" },
        ],
        "associations": [{ "type": "gpu", "name": "gpu-0", "containers": ["web"], "content": { "value": "0", "encoding": "base64" } }],
    });
    let mut payload: PayloadTask = serde_json::from_value(payload).expect("a payload");
    if letter == "b" {
        let interface = json!({
            "ec2Id": "eni-b", "macAddress": "0a:00:00:00:00:0b", "index": 0, "vpcId": "vpc-b",
            "ipv4Addresses": [{ "privateAddress": "10.0.1.11", "primary": true }],
            "subnetGatewayIpv4Address": "10.0.1.1/24", "domainNameServers": ["10.0.0.2"],
            "privateDnsName": "ip-10-0-1-11.ec2.internal",
        });
        payload.elastic_network_interfaces =
            vec![serde_json::from_value(interface).expect("an interface")];
    }
    payload
}

fn container(name: &str, known: Known) -> ContainerPortrait {
    let is_there = known > Known::Pulled;
    ContainerPortrait {
        name: name.to_owned(),
        known,
        runtime_id: is_there
            .then(|| format!("{:0<64}", name.replace(|c: char| !c.is_ascii_hexdigit(), "0"))),
        bindings: Vec::new(),
        started: is_there.then_some(Timestamp(NOW.0 - 60_000)),
        finished: None,
        exit_code: None,
        restarts: None,
        health: None,
    }
}

fn portrait(letter: &str) -> Portrait {
    let binding = NetworkBinding {
        bind_ip: Some("0.0.0.0".into()),
        container_port: Some(80),
        host_port: Some(32768),
        protocol: Some("tcp".into()),
        ..NetworkBinding::default()
    };
    let web = ContainerPortrait {
        bindings: vec![binding],
        restarts: Some(1),
        health: Some((HealthStatus::Healthy, NOW, Some("fine".into()))),
        ..container("web", Known::Running)
    };
    Portrait {
        payload: Arc::new(payload(letter)),
        desired: DesiredStatus::Running,
        known: Known::Pulled,
        is_alive: true,
        pulls: Some((Timestamp(NOW.0 - 62_000), Timestamp(NOW.0 - 61_000))),
        execution_stopped_at: None,
        containers: vec![web, container("late", Known::Pulled)],
    }
}

fn facts(mode: &str) -> BTreeMap<String, Facts> {
    let facts = Facts {
        image_id: Some("sha256:1234".into()),
        created: Some(Timestamp(NOW.0 - 60_500)),
        network_mode: mode.to_owned(),
        addresses: if mode == "bridge" { vec![Ipv4Addr::new(172, 29, 0, 2)] } else { vec![] },
        ..Facts::default()
    };
    BTreeMap::from([("web".to_owned(), facts)])
}

fn host() -> HostView {
    HostView {
        cluster: "default".into(),
        instance_arn: Some(
            "arn:aws:ecs:us-east-1:000000000000:container-instance/default/i".into(),
        ),
        zone: Some("us-east-1a".into()),
        region: "us-east-1".into(),
        instance_type: Some("m5.large".into()),
        ec2_id: Some("i-0123456789abcdef0".into()),
        version: "Longshore agent - v0".into(),
        serves_version_1: false,
        role: None,
    }
}

fn tasks() -> Vec<TaskView> {
    [("a", "bridge"), ("b", "awsvpc"), ("c", "host")]
        .map(|(letter, mode)| TaskView::new(portrait(letter), facts(mode), &ids()))
        .into()
}

fn task_caller(letter: &str) -> Caller {
    Caller::Task(id(letter))
}

fn request(method: &str, path: &str) -> Request {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    Request { method: method.into(), path: path.into(), query: query.into(), ..Request::default() }
}

/// What `caller` is answered to a GET of `path`, on a host with `tasks`.
fn get_of(tasks: Vec<TaskView>, caller: &Caller, path: &str) -> Reply {
    let view = View::of(caller, host(), tasks);
    Route::of(&request("GET", path)).map_or_else(|refusal| refusal, |route| respond(&view, &route))
}

fn get(caller: &Caller, path: &str) -> Reply {
    get_of(tasks(), caller, path)
}

fn text(reply: &Reply) -> String {
    format!("{} {}", reply.status, String::from_utf8_lossy(&reply.body))
}

fn body(reply: &Reply) -> Json {
    serde_json::from_slice(&reply.body).expect("JSON")
}

fn pretty(reply: &Reply) -> String {
    format!("{} {:#}", reply.status, body(reply))
}
