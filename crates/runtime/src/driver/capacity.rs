//! What this host registers: resources, and of the capabilities in agent-protocol.md §2.1 those that are really here.

use super::LinuxConfig;
use crate::host::Host;
use agent::driver::Capacity;
use domain::tag::Attribute;

/// After `com.amazonaws.ecs.capability.`.
const DOCKER: &[&str] = &[
    "privileged-container",
    "docker-remote-api.1.17",
    "docker-remote-api.1.18",
    "docker-remote-api.1.19",
    "docker-remote-api.1.20",
    "docker-remote-api.1.21",
    "docker-remote-api.1.22",
    "docker-remote-api.1.23",
    "docker-remote-api.1.24",
    "docker-remote-api.1.25",
    "docker-remote-api.1.28",
    "docker-remote-api.1.29",
    "docker-remote-api.1.30",
    "docker-remote-api.1.32",
    "logging-driver.json-file",
    "logging-driver.none",
    "task-iam-role",
];

/// After `com.amazonaws.ecs.capability.`, where containers in host mode find this agent's endpoints.
const IN_HOST_MODE: &str = "task-iam-role-network-host";

/// After `ecs.capability.`.
const ECS: &[&str] = &[
    "container-health-check",
    "container-ordering",
    "container-restart-policy",
    "docker-plugin.local",
    "full-sync",
    "increased-task-cpu-limit",
    "network.container-port-range",
    "pid-ipc-namespace-sharing",
    "task-cpu-mem-limit",
];

/// Where other hosts' parts of VPCs reach this host's; without a value, nowhere. Who says it is told of VPCs.
const ADDRESS: &str = "longshore.address";

pub(super) fn capacity(config: &LinuxConfig, host: &Host, serves_host: bool) -> Capacity {
    let plain = |name: String| Attribute { name, value: None };
    let valued =
        |name: &str, value: &str| Attribute { name: name.into(), value: Some(value.into()) };
    let docker = DOCKER.iter().chain(serves_host.then_some(&IN_HOST_MODE));
    let mut attributes = vec![
        valued("ecs.os-type", "linux"),
        valued("ecs.os-family", "LINUX"),
        valued("ecs.cpu-architecture", host.architecture),
    ];
    attributes.extend(docker.map(|name| plain(format!("com.amazonaws.ecs.capability.{name}"))));
    let interfaces = config.serves_awsvpc.then_some(&"task-eni");
    attributes
        .extend(ECS.iter().chain(interfaces).map(|name| plain(format!("ecs.capability.{name}"))));
    if config.block_instance_metadata || config.awsvpc_block_imds {
        attributes.push(plain("ecs.capability.task-eni-block-instance-metadata".into()));
    }
    let underlay = config.underlay.map(|address| address.to_string());
    attributes.push(Attribute { name: ADDRESS.into(), value: underlay });
    attributes.sort();
    Capacity {
        cpu_units: i64::from(host.cores) * 1024,
        memory_mib: (host.memory_mib - config.reserved_memory_mib).max(0),
        reserved_ports_tcp: config.reserved_ports_tcp.clone(),
        reserved_ports_udp: config.reserved_ports_udp.clone(),
        attributes,
        engine: format!("longshore {} {}", env!("CARGO_PKG_VERSION"), host.runtime.version),
    }
}
