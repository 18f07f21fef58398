//! Metadata of tasks and containers, in the three versions of its form (agent-protocol.md §8). Members are in the documented order.

use super::{
    door::ClockDrift,
    view::{ContainerView, HostView, TaskView},
};
use crate::machine::Known;
use domain::{
    block::Block,
    link::{acs::PayloadTask, network::TaskInterface},
    status::DesiredStatus,
    tag::Tag,
    task::NetworkBinding,
    time::Timestamp,
};
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use wire::{codec::time, shape::TimestampFormat};

/// The network mode of tasks with interfaces of their own.
pub(super) const AWSVPC: &str = "awsvpc";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Task<'a> {
    cluster: &'a str,
    #[serde(rename = "TaskARN")]
    task_arn: &'a str,
    family: &'a str,
    revision: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_name: Option<&'a str>,
    desired_status: &'a str,
    known_status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    limits: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pull_started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pull_stopped_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    execution_stopped_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    availability_zone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    launch_type: Option<&'a str>,
    containers: Vec<Container<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clock_drift: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ephemeral_storage_metrics: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault_injection_enabled: Option<bool>,
    #[serde(rename = "VPCID", skip_serializing_if = "Option::is_none")]
    vpc_id: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    task_tags: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    container_instance_tags: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "<[Json]>::is_empty")]
    errors: &'a [Json],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Container<'a> {
    docker_id: &'a str,
    name: &'a str,
    docker_name: &'a str,
    image: &'a str,
    #[serde(rename = "ImageID")]
    image_id: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ports: Vec<Json>,
    labels: &'a BTreeMap<String, String>,
    desired_status: &'a str,
    known_status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    exit_code: Option<i64>,
    limits: Json,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<String>,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    health: Option<Json>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    volumes: Vec<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_driver: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_options: Option<&'a BTreeMap<String, String>>,
    #[serde(rename = "ContainerARN", skip_serializing_if = "Option::is_none")]
    container_arn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    restart_count: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    networks: Vec<Json>,
}

/// A task in the form of a version.
pub(super) fn task<'a>(host: &'a HostView, task: &'a TaskView, version: u8) -> Task<'a> {
    let (portrait, payload) = (&task.portrait, &task.portrait.payload);
    let is_4 = version >= 4;
    let text = |text: &'a str| (!text.is_empty()).then_some(text);
    let tags = task.tags.as_ref();
    Task {
        cluster: cluster(host, payload),
        task_arn: &payload.arn,
        family: &payload.family,
        revision: &payload.version,
        service_name: text(&payload.service_name).filter(|_| is_4),
        desired_status: portrait.desired.as_str(),
        known_status: portrait.known.as_str(),
        limits: task_limits(payload.cpu, payload.memory),
        pull_started_at: portrait.pulls.map(|(began, _)| moment(began)),
        pull_stopped_at: portrait.pulls.map(|(_, ended)| moment(ended)),
        execution_stopped_at: portrait.execution_stopped_at.map(moment),
        availability_zone: zone(host, payload),
        group: text(&payload.group).filter(|_| is_4),
        launch_type: text(&payload.launch_type).filter(|_| is_4),
        // What is not created has no name that Docker knows.
        containers: task
            .containers
            .iter()
            .filter(|container| container.portrait.runtime_id.is_some())
            .map(|it| container(task, it, version))
            .collect(),
        clock_drift: task.on_fargate.clock.as_ref().map(clock_drift).filter(|_| is_4),
        ephemeral_storage_metrics: storage(task).filter(|_| is_4),
        fault_injection_enabled: is_4.then_some(payload.enable_fault_injection),
        vpc_id: payload
            .elastic_network_interfaces
            .first()
            .and_then(|it| text(&it.vpc_id))
            .filter(|_| is_4),
        task_tags: tags.map(|tags| pairs(&tags.task)).unwrap_or_default(),
        container_instance_tags: tags.map(|tags| pairs(&tags.instance)).unwrap_or_default(),
        errors: tags.map_or(&[], |tags| &tags.errors),
    }
}

/// The cluster of a task: of Fargate by its ARN, as its host is in another.
fn cluster<'a>(host: &'a HostView, payload: &'a PayloadTask) -> &'a str {
    if payload.is_on_fargate() { &payload.task_cluster_arn } else { &host.cluster }
}

/// The zone of a task: of Fargate its subnet's, which its host need not be in.
fn zone<'a>(host: &'a HostView, payload: &'a PayloadTask) -> Option<&'a str> {
    let interface = payload.elastic_network_interfaces.first();
    let own = interface.map(|it| it.availability_zone.as_str()).filter(|zone| !zone.is_empty());
    if payload.is_on_fargate() { own } else { host.zone.as_deref() }
}

/// How full the task's storage is, MiB (Fargate).
fn storage(task: &TaskView) -> Option<Json> {
    let reserved = task.portrait.payload.ephemeral_storage_gib? * 1024;
    Some(json!({ "Utilized": task.on_fargate.storage_used_mib?, "Reserved": reserved }))
}

/// How good the host's clock is (Fargate).
fn clock_drift(clock: &ClockDrift) -> Json {
    let status = if clock.is_synchronized { "SYNCHRONIZED" } else { "NOT_SYNCHRONIZED" };
    json!({
        "ClockErrorBound": clock.error_ms_max, "ReferenceTimestamp": moment(clock.at),
        "ClockSynchronizationStatus": status,
    })
}

/// A container in the form of a version.
pub(super) fn container<'a>(
    task: &'a TaskView,
    container: &'a ContainerView,
    version: u8,
) -> Container<'a> {
    let (portrait, payload) = (&container.portrait, &container.payload);
    let is_4 = version >= 4;
    let facts = container.facts.as_ref();
    let is_over = portrait.known == Known::Stopped;
    let desired = if is_over { DesiredStatus::Stopped } else { task.portrait.desired };
    let log = container.log.as_ref().filter(|_| is_4);
    Container {
        docker_id: portrait.runtime_id.as_deref().unwrap_or_default(),
        name: &portrait.name,
        docker_name: &container.docker_name,
        image: &payload.image,
        image_id: facts.and_then(|facts| facts.image_id.as_deref()).unwrap_or_default(),
        ports: portrait.bindings.iter().flat_map(|it| ports(it, is_4)).collect(),
        labels: &container.labels,
        desired_status: desired.as_str(),
        known_status: portrait.known.as_str(),
        exit_code: portrait.exit_code,
        limits: json!({ "CPU": payload.cpu, "Memory": payload.memory }),
        created_at: facts.and_then(|facts| facts.created).map(moment),
        started_at: portrait.started.map(moment),
        finished_at: portrait.finished.map(moment),
        r#type: "NORMAL",
        health: health(container),
        volumes: volumes(container),
        log_driver: log.map(|log| log.kind.as_str()).filter(|kind| !kind.is_empty()),
        log_options: log.map(|log| &log.config).filter(|options| !options.is_empty()),
        container_arn: Some(payload.container_arn.as_str()).filter(|arn| is_4 && !arn.is_empty()),
        restart_count: portrait.restarts.filter(|_| is_4),
        networks: networks(&task.portrait.payload, container, is_4),
    }
}

/// As Docker writes moments.
pub(super) fn moment(at: Timestamp) -> String {
    time::write(at.0, TimestampFormat::DateTime)
}

/// None of its own, no member.
fn task_limits(cpu: f64, memory: i64) -> Option<Json> {
    let mut limits = serde_json::Map::new();
    if cpu > 0.0 {
        limits.insert("CPU".into(), cpu.into());
    }
    if memory > 0 {
        limits.insert("Memory".into(), memory.into());
    }
    (!limits.is_empty()).then_some(Json::Object(limits))
}

fn pairs(tags: &[Tag]) -> BTreeMap<&str, &str> {
    tags.iter().map(|tag| (tag.key.as_str(), tag.value.as_str())).collect()
}

/// A range is one entry for each port.
fn ports(binding: &NetworkBinding, is_4: bool) -> Vec<Json> {
    let ends = |text: &Option<String>| -> Option<(i64, i64)> {
        let (first, last) = text.as_ref()?.split_once('-')?;
        Some((first.parse().ok()?, last.parse().ok()?))
    };
    let one = |container: i64, host: Option<i64>| {
        let mut port = json!({
            "ContainerPort": container,
            "Protocol": binding.protocol.as_deref().unwrap_or("tcp"),
        });
        if let Some(host) = host {
            port["HostPort"] = host.into();
        }
        if let Some(ip) = binding.bind_ip.as_deref().filter(|_| is_4) {
            port["HostIp"] = ip.into();
        }
        port
    };
    if let Some(container) = binding.container_port {
        return vec![one(container, binding.host_port)];
    }
    let Some((first, last)) = ends(&binding.container_port_range) else { return Vec::new() };
    let host = ends(&binding.host_port_range).map(|(first, _)| first);
    (first..=last).map(|port| one(port, host.map(|host| host + port - first))).collect()
}

fn health(container: &ContainerView) -> Option<Json> {
    let (status, since, output) = container.portrait.health.as_ref()?;
    let mut health = json!({ "status": status.as_str(), "statusSince": moment(*since) });
    if let Some(output) = output {
        health["output"] = output.as_str().into();
    }
    Some(health)
}

fn volumes(container: &ContainerView) -> Vec<Json> {
    let all = container.facts.iter().flat_map(|facts| &facts.volumes);
    all.map(|volume| {
        let mut shown = json!({ "Destination": volume.destination });
        if !volume.source.is_empty() {
            shown["Source"] = volume.source.as_str().into();
        }
        if !volume.name.is_empty() {
            shown["DockerName"] = volume.name.as_str().into();
        }
        shown
    })
    .collect()
}

/// In mode `awsvpc` the task's own interfaces, which all its containers share; else the container's.
pub(super) fn networks(task: &PayloadTask, container: &ContainerView, is_4: bool) -> Vec<Json> {
    let Some(facts) = container.facts.as_ref() else { return Vec::new() };
    let network = |addresses: Vec<String>| json!({ "NetworkMode": facts.network_mode, "IPv4Addresses": addresses });
    if facts.network_mode != AWSVPC {
        return vec![network(facts.addresses.iter().map(ToString::to_string).collect())];
    }
    let of = |interface: &TaskInterface| {
        let addresses = interface.ipv4_addresses.iter();
        let mut network =
            network(addresses.map(|address| address.private_address.to_string()).collect());
        if is_4 {
            put_interface(&mut network, interface);
        }
        network
    };
    task.elastic_network_interfaces.iter().map(of).collect()
}

fn put_interface(network: &mut Json, interface: &TaskInterface) {
    let gateway = &interface.subnet_gateway_ipv4_address;
    network["AttachmentIndex"] = interface.index.into();
    network["MACAddress"] = interface.mac_address.as_str().into();
    if let Some(block) = subnet_of(gateway) {
        network["IPv4SubnetCIDRBlock"] = block.to_string().into();
    }
    network["DomainNameServers"] = interface.domain_name_servers.clone().into();
    if !interface.domain_name.is_empty() {
        network["DomainNameSearchList"] = interface.domain_name.clone().into();
    }
    network["PrivateDNSName"] = interface.private_dns_name.as_str().into();
    network["SubnetGatewayIpv4Address"] = gateway.as_str().into();
}

/// The subnet that a gateway with its prefix is in.
fn subnet_of(gateway: &str) -> Option<Block> {
    let (address, prefix) = gateway.split_once('/')?;
    Some(Block::around(address.parse().ok()?, prefix.parse().ok()?))
}
